//! Records as a table: a row for each, a column for each label, its spans as chips; below them
//! rows that are only proposed.

use egui::{
    CursorIcon, EventFilter, Id, Key, LayerId, Order, Rect, Role, Sense, Stroke, StrokeKind,
    Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use super::article::tip_of;
use crate::app::access;
use crate::app::action::{Action, Step};
use crate::app::command::command;
use crate::app::records::{Ask, Records, Row, RowKey, Stop};
use crate::app::widget::{BAR, Button, Ink, Kit, TextKind, color, scroll_area};
use crate::app::workspace::Workspace;
use crate::lang::{Lang, RECORD, both};
use crate::model::{
    AnnotationSet, Document, Label, LabelId, RecordId, Schema, Span, ValueKind,
};
use crate::project::Project;
use crate::theme::size;
use crate::typeset::Align;

/// The height of the heads of the columns, in points.
const HEAD: f32 = 24.0;

/// The height of a chip, in points.
const CHIP: f32 = 26.0;

/// The room for a row's number, in points.
const SIGN: f32 = 34.0;

/// The room around chips, in points.
const SPACE: f32 = 3.0;

/// The least width of a column, in points, below which only labels in use have one.
const NARROW: f32 = 104.0;

/// What the table shows.
#[derive(Clone, Copy)]
struct Content<'a> {
    schema: &'a Schema,
    document: &'a Document,
    set: &'a AnnotationSet,
    is_writable: bool,
}

/// What hands did while the table was drawn.
#[derive(Default)]
struct Touched {
    /// What was clicked.
    at: Option<Stop>,
    dragged: Option<Stop>,
    accepted: Option<RowKey>,
    /// Where the rows are that a span can be taken to; none is a new one.
    places: Vec<(Rect, Option<RecordId>)>,
}

pub(in crate::app) fn ui(
    ui: &mut Ui,
    kit: &mut Kit,
    project: &Project,
    workspace: &mut Workspace,
    out: &mut Vec<Action>,
) {
    let (Some(document), Some(set)) = (project.document(), project.set()) else { return };
    access::region(ui, kit.t(both("السجلات", "Records")));
    let of =
        Content { schema: project.schema(), document, set, is_writable: project.is_writable() };
    let mut records = std::mem::take(&mut workspace.records);
    records.follow(project);
    ui.with_layout(kit.column(), |ui| {
        ui.add_space(size::GAP);
        heading(ui, kit, &records, of, out);
        ui.add_space(size::GAP);
        if records.rows.is_empty() {
            records.focusable = None;
            empty(ui, kit, of, out);
        } else if let Some(id) = table(ui, kit, &mut records, of, out) {
            workspace.focus = Some(id);
        }
    });
    workspace.records = records;
}

/// How many there are, and what can be done with all of them.
fn heading(
    ui: &mut Ui,
    kit: &mut Kit,
    records: &Records,
    of: Content<'_>,
    out: &mut Vec<Action>,
) {
    let kept = records.num_kept();
    let proposed = records.rows.len() - kept;
    let width = ui.available_width();
    kit.row_ui(ui, |ui, kit| {
        ui.spacing_mut().item_spacing.x = size::PAD;
        kit.label(ui, kit.t(both("السجلات", "Records")), TextKind::Heading, Ink::Text);
        if width > 560.0 {
            kit.label(ui, &kit.count(&RECORD, kept), TextKind::Small, Ink::Weak);
        }
        ui.with_layout(kit.row_end(), |ui| {
            let command = command("records.show");
            let tip = command.map(|command| tip_of(kit, command)).unwrap_or_default();
            let close = Button::new(kit.t(both("أغلق", "Close"))).flat().tip(&tip);
            if close.ui(ui, kit).clicked() {
                out.push(Action::Records(Ask::Toggle));
            }
            if kept > 0 {
                let tip = kit.t(both(
                    "صدّر سجلات المشروع جدولًا",
                    "Export the project’s records as a table",
                ));
                if Button::new(kit.t(both("CSV…", "CSV…"))).tip(tip).ui(ui, kit).clicked() {
                    out.push(Action::ShowExport("records"));
                }
            }
            if proposed > 0 && of.is_writable {
                let count = kit.number(proposed);
                let text = match kit.lang {
                    Lang::Ar => format!("اقبل المقترحة كلها ({count})"),
                    Lang::En => format!("Accept all proposed ({count})"),
                };
                let all = crate::app::command::command("records.accept_all");
                let tip = all.map(|command| tip_of(kit, command)).unwrap_or_default();
                if Button::new(&text).tip(&tip).ui(ui, kit).clicked() {
                    out.push(Action::Records(Ask::AcceptAll));
                }
            }
        });
    });
}

/// What to do while there is no row.
fn empty(ui: &mut Ui, kit: &mut Kit, of: Content<'_>, out: &mut Vec<Action>) {
    let text = if of.set.spans().is_empty() {
        both(
            "السجل صف يجمع مواضع تقول شيئًا واحدًا: أين، ومن، وكم، ومتى. علّم المواضع في المقال أولًا.",
            "A record is a row of spans that say one thing together: where, who, how many, when. Mark spans in the article first.",
        )
    } else {
        both(
            "لا سجلات بعد. اختر موضعًا في المقال واضغط \u{2066}Shift+K\u{2069} ليبدأ به سجل، ثم \u{2066}K\u{2069} لتضيف إليه غيره.",
            "No records yet. Choose a span in the article and press Shift+K to begin a record with it, then K to add others.",
        )
    };
    kit.paragraph(ui, kit.t(text), TextKind::Body, Ink::Weak);
    if of.is_writable && !of.set.spans().is_empty() {
        ui.add_space(size::GAP);
        if Button::new(kit.t(both("سجل جديد", "New record"))).ui(ui, kit).clicked() {
            out.push(Action::Records(Ask::New));
        }
    }
}

/// The labels that have a column: all, or where they would be too narrow, those in use.
fn columns(records: &Records, of: Content<'_>, width: f32) -> Vec<LabelId> {
    let labels: Vec<&Label> = of.schema.labels().collect();
    let wanted = labels.iter().map(|_| NARROW).sum::<f32>();
    let is_used =
        |label: &Label| records.rows.iter().any(|row| !row.cell(of.set, &label.id).is_empty());
    let used = labels.iter().filter(|label| is_used(label));
    let used: Vec<_> = used.map(|label| label.id.clone()).collect();
    if wanted <= width - SIGN || used.is_empty() {
        return labels.into_iter().map(|label| label.id.clone()).collect();
    }
    used
}

/// Draws the rows; what is to get the focus.
fn table(
    ui: &mut Ui,
    kit: &mut Kit,
    records: &mut Records,
    of: Content<'_>,
    out: &mut Vec<Action>,
) -> Option<Id> {
    let id = Id::unique("records");
    // Beside the rows there may be a scroll bar.
    let width = ui.available_width() - BAR;
    records.columns = columns(records, of, width);
    records.clamp(of.set);
    let had_focus = keys(ui, kit, records, of.set);
    let stop = id.with(records.at);
    if (had_focus && records.focusable != Some(stop))
        || std::mem::take(&mut records.wants_focus)
    {
        ui.memory_mut(|memory| memory.request_focus(stop));
    }
    records.focusable = Some(stop);
    heads(ui, kit, records, of, width);
    let mut touched = Touched::default();
    let most = ui.available_height();
    scroll_area(ui, kit, id.with("scroll"), most, |ui, kit| {
        let grid = UiBuilder::new().accessibility_role(Role::Grid).scope_id(id.with("grid"));
        ui.scope_builder(grid.layout(kit.column()), |ui| {
            let name = kit.t(both("سجلات المقال", "Records of the document"));
            ui.ctx().accesskit_node_builder(id.with("grid"), |node| {
                node.set_label(name);
                node.set_row_count(records.rows.len());
                node.set_column_count(records.columns.len());
            });
            ui.spacing_mut().item_spacing.y = 0.0;
            let kept = records.num_kept();
            for at in 0..kept {
                row(ui, kit, (id, at, width), (records, of), &mut touched);
            }
            if of.is_writable {
                new_row(ui, kit, records, &mut touched, out);
            }
            if kept < records.rows.len() {
                ui.add_space(size::GAP);
                let text = both("مقترحة، لا تُحفظ قبل قبولها", "Proposed; kept once accepted");
                kit.label(ui, kit.t(text), TextKind::Small, Ink::Weak);
            }
            for at in kept..records.rows.len() {
                row(ui, kit, (id, at, width), (records, of), &mut touched);
            }
        });
    });
    dragging(ui, kit, (records, of), &touched, out);
    if let Some(key) = touched.accepted {
        out.push(Action::Records(Ask::Accept(key)));
    }
    if let Some(at) = touched.dragged.filter(|_| of.is_writable) {
        records.go(at);
        let span = records.span_in_hand(of.set);
        records.dragged = span.zip(records.hand.clone());
    }
    let at = touched.at?;
    records.go(at);
    if let Some(span) = records.span_in_hand(of.set) {
        out.push(Action::Choose(Some(span)));
    }
    records.focusable = Some(id.with(at));
    records.focusable
}

/// Goes by the arrows while the table has the focus; whether it has.
fn keys(ui: &Ui, kit: &Kit, records: &mut Records, set: &AnnotationSet) -> bool {
    let Some(id) = records.focusable else { return false };
    if !ui.memory(|memory| memory.has_focus(id)) {
        return false;
    }
    if records.hand.is_none() {
        records.go(records.at);
    }
    let filter = EventFilter {
        horizontal_arrows: true,
        vertical_arrows: true,
        // It leads back to the article.
        escape: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    let (left, right) =
        if kit.rtl() { (Step::Next, Step::Previous) } else { (Step::Previous, Step::Next) };
    ui.input_mut(|input| {
        input.events.retain(|event| {
            let egui::Event::Key { key, pressed: true, modifiers, .. } = event else {
                return true;
            };
            if modifiers.any() {
                return true;
            }
            let (row, last) = (records.at.row, records.rows.len().saturating_sub(1));
            match key {
                Key::ArrowDown => records.go_to_row(row + 1),
                Key::ArrowUp => records.go_to_row(row.saturating_sub(1)),
                Key::PageDown | Key::End => records.go_to_row(last),
                Key::PageUp | Key::Home => records.go_to_row(0),
                Key::ArrowLeft => records.step(set, left),
                Key::ArrowRight => records.step(set, right),
                _ => return true,
            }
            false
        });
    });
    true
}

/// The names of the columns.
fn heads(ui: &mut Ui, kit: &mut Kit, records: &Records, of: Content<'_>, width: f32) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEAD), Sense::hover());
    let (_, cells) = split(kit, rect, (width, records.columns.len()));
    for (id, cell) in records.columns.iter().zip(cells) {
        let Some(label) = of.schema.label(id) else { continue };
        let ink = kit.theme.shades(label.color).ink;
        let inner = cell.shrink2(vec2(SPACE + 3.0, 0.0));
        kit.paint_in(ui, inner, (label.name.get(kit.lang), TextKind::Small), ink, Align::Start);
    }
    kit.rule(ui);
}

/// The places of a row's number and of its cells, from where reading begins.
fn split(kit: &Kit, rect: Rect, (width, count): (f32, usize)) -> (Rect, Vec<Rect>) {
    let count = u16::try_from(count.max(1)).map_or(1.0, f32::from);
    let share = (width - SIGN) / count;
    let place = |along: f32, width: f32| {
        let left = if kit.rtl() { rect.right() - along - width } else { rect.left() + along };
        Rect::from_min_size(pos2(left, rect.top()), vec2(width, rect.height()))
    };
    let mut cells = Vec::new();
    let mut along = SIGN;
    while along + share <= width + 0.5 {
        cells.push(place(along, share));
        along += share;
    }
    (place(0.0, SIGN), cells)
}

/// A part of the table, as assistive technology is told of it.
fn part(ui: &mut Ui, id: Id, rect: Rect, (role, name): (Role, &str)) -> Ui {
    let part = UiBuilder::new().scope_id(id).max_rect(rect).accessibility_role(role);
    let child = ui.new_child(part);
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_bounds(access::bounds(rect));
        node.set_label(name);
    });
    child
}

/// Draws one row.
fn row(
    ui: &mut Ui,
    kit: &mut Kit,
    (id, at, width): (Id, usize, f32),
    (records, of): (&Records, Content<'_>),
    touched: &mut Touched,
) {
    let Some(row) = records.rows.get(at) else { return };
    let (_, cells) = split(kit, Rect::ZERO, (width, records.columns.len()));
    let inner = cells.first().map_or(width, Rect::width) - 2.0 * SPACE;
    let chips: Vec<Vec<Chip<'_>>> = records
        .columns
        .iter()
        .map(|label| flow(ui, kit, of, row.cell(of.set, label), inner))
        .collect();
    let lowest = chips.iter().flatten().map(|chip| chip.top + CHIP).fold(CHIP, f32::max);
    let height = lowest + 2.0 * SPACE + 1.0;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let is_stop = records.at.row == at;
    if !ui.is_rect_visible(rect) && !is_stop {
        return;
    }
    let start = if kit.rtl() { rect.right() - width } else { rect.left() };
    let rect = Rect::from_min_size(pos2(start, rect.top()), vec2(width, height));
    let is_kept = row.is_kept();
    if is_kept && let RowKey::Kept(record) = &row.key {
        touched.places.push((rect, Some(record.clone())));
    }
    let theme = kit.theme;
    let in_hand = records.hand.as_ref() == Some(&row.key);
    if in_hand {
        ui.painter().rect_filled(rect, size::RADIUS, color(theme.chosen));
    }
    ui.painter().hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, color(theme.line)));
    let number = kit.number(at + 1);
    let name = match (kit.lang, is_kept) {
        (Lang::Ar, true) => format!("سجل {number}"),
        (Lang::Ar, false) => format!("سجل مقترح {number}"),
        (Lang::En, true) => format!("Record {number}"),
        (Lang::En, false) => format!("Proposed record {number}"),
    };
    let mut line = part(ui, id.with(("row", at)), rect, (Role::Row, &name));
    let (sign_rect, cells) = split(kit, rect, (width, records.columns.len()));
    sign(&mut line, kit, (row, &number, &name), (sign_rect, in_hand), (of, touched));
    let cells = cells.into_iter().zip(&records.columns).zip(chips);
    for (column, ((rect, label), chips)) in cells.enumerate() {
        let first = Stop { row: at, column, span: 0 };
        let Some(label) = of.schema.label(label) else { continue };
        cell(&mut line, kit, (id, first, rect), (records, of, label), &chips, touched);
    }
}

/// The row's number; of a proposed one, a sign to accept it by.
fn sign(
    ui: &mut Ui,
    kit: &mut Kit,
    (row, number, name): (&Row, &str, &str),
    (rect, in_hand): (Rect, bool),
    (of, touched): (Content<'_>, &mut Touched),
) {
    let theme = kit.theme;
    if in_hand {
        let x = if kit.rtl() { rect.right() - 3.0 } else { rect.left() };
        let bar = Rect::from_min_size(pos2(x, rect.top()), vec2(3.0, rect.height()));
        ui.painter().rect_filled(bar, 1.0, color(theme.accent));
    }
    if row.is_kept() || !of.is_writable {
        kit.paint_in(ui, rect, (number, TextKind::Small), theme.weak, Align::Center);
        return;
    }
    let square = Rect::from_center_size(rect.center(), vec2(24.0, 24.0));
    let response = ui.interact(square, ui.unique_id().with("accept"), Sense::CLICK);
    if response.hovered() {
        ui.painter().rect_filled(square, size::RADIUS, color(theme.hover));
    }
    let stroke = Stroke::new(1.8, color(theme.accent));
    let center = square.center();
    ui.painter().hline(center.x - 5.0..=center.x + 5.0, center.y, stroke);
    ui.painter().vline(center.x, center.y - 5.0..=center.y + 5.0, stroke);
    let said = match kit.lang {
        Lang::Ar => format!("اقبل: {name}"),
        Lang::En => format!("Accept: {name}"),
    };
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &said));
    let response = kit.tip(response, &said);
    if response.clicked() {
        touched.accepted = Some(row.key.clone());
    }
}

/// A span in a cell: what is written on it, and its place from where reading begins.
struct Chip<'a> {
    span: &'a Span,
    text: String,
    along: f32,
    top: f32,
    width: f32,
}

/// Lays a cell's chips in lines.
fn flow<'a>(
    ui: &Ui,
    kit: &mut Kit,
    of: Content<'_>,
    spans: Vec<&'a Span>,
    room: f32,
) -> Vec<Chip<'a>> {
    let (mut along, mut top) = (0.0, 0.0);
    let mut chips = Vec::new();
    for span in spans {
        let text = said(of, span);
        let set = kit.set(ui, &text, TextKind::Body, None);
        let width = (Kit::size(ui, &set).x + 2.0 * size::PAD + 2.0).ceil().min(room);
        if along > 0.0 && along + width > room {
            (along, top) = (0.0, top + CHIP + SPACE);
        }
        chips.push(Chip { span, text, along, top, width });
        along += width + SPACE;
    }
    chips
}

/// What a span says: its value, or its words where that is open in part; of how many, of what.
fn said(of: Content<'_>, span: &Span) -> String {
    let kind = of.schema.label(&span.label).map(|label| &label.value);
    let is_open = |value: &&str| kind == Some(&ValueKind::Date) && value.contains('X');
    let value = span.value.as_deref().filter(|value| !value.is_empty() && !is_open(value));
    let said = value.unwrap_or_else(|| of.document.slice(span.range));
    let more = span.attributes.values().filter(|text| !text.is_empty());
    more.fold(said.to_owned(), |said, text| format!("{said} {text}"))
}

/// Draws a cell with its chips.
fn cell(
    ui: &mut Ui,
    kit: &mut Kit,
    (id, first, rect): (Id, Stop, Rect),
    (records, of, label): (&Records, Content<'_>, &Label),
    chips: &[Chip<'_>],
    touched: &mut Touched,
) {
    let name = label.name.get(kit.lang);
    let differ = label.value == ValueKind::Count
        && chips.iter().any(|chip| chip.span.value != chips[0].span.value);
    let title = if differ {
        format!("{name}: {}", kit.t(both("أعداد مختلفة", "counts differ")))
    } else {
        name.to_owned()
    };
    let place = id.with(("cell", first.row, first.column));
    let mut cell = part(ui, place, rect, (Role::Cell, &title));
    let ui = &mut cell;
    ui.ctx().accesskit_node_builder(place, |node| node.set_column_index(first.column));
    if differ {
        let stroke = Stroke::new(1.0, color(kit.theme.caution));
        ui.painter().rect_stroke(rect.shrink(1.0), size::RADIUS, stroke, StrokeKind::Inside);
    }
    if chips.is_empty() {
        let sense = if records.at == first { Sense::click() } else { Sense::CLICK };
        let response = ui.interact(rect, id.with(first), sense);
        ring(ui, kit, rect.shrink(1.0), response.has_focus());
        let none = match kit.lang {
            Lang::Ar => format!("{name}: لا شيء"),
            Lang::En => format!("{name}: none"),
        };
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &none));
        if response.clicked() {
            touched.at = Some(first);
        }
        return;
    }
    let is_kept = records.rows.get(first.row).is_some_and(Row::is_kept);
    for (span, chip) in chips.iter().enumerate() {
        let stop = Stop { span, ..first };
        let along = SPACE + chip.along;
        let left =
            if kit.rtl() { rect.right() - along - chip.width } else { rect.left() + along };
        let place = Rect::from_min_size(
            pos2(left, rect.top() + SPACE + chip.top),
            vec2(chip.width, CHIP),
        );
        let drags = Sense::CLICK | Sense::DRAG;
        let sense = if records.at == stop { Sense::click_and_drag() } else { drags };
        let response = ui.interact(place, id.with(stop), sense);
        paint(ui, kit, place, (&chip.text, label), is_kept);
        ring(ui, kit, place, response.has_focus());
        let said = format!("{name}: {}", chip.text);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &said));
        let words = of.document.slice(chip.span.range);
        let tip = match chip.span.value.as_deref() {
            Some(value) if value != words => {
                format!("{title} · \u{2068}{words}\u{2069} · \u{2068}{value}\u{2069}")
            }
            _ => format!("{title} · \u{2068}{words}\u{2069}"),
        };
        let response = kit.tip(response, &tip);
        if response.drag_started() {
            touched.dragged = Some(stop);
        }
        if response.clicked() {
            touched.at = Some(stop);
        }
    }
}

/// Paints a chip: filled where it is kept, an outline where it is proposed.
fn paint(ui: &Ui, kit: &mut Kit, rect: Rect, (text, label): (&str, &Label), is_kept: bool) {
    let shades = kit.theme.shades(label.color);
    let (fill, edge) =
        if is_kept { (shades.fill, shades.fill) } else { (kit.theme.page, shades.bar) };
    ui.painter().rect_filled(rect, size::RADIUS, color(fill));
    let stroke = Stroke::new(1.0, color(edge));
    ui.painter().rect_stroke(rect, size::RADIUS, stroke, StrokeKind::Inside);
    if is_kept {
        let bar = Rect::from_min_max(pos2(rect.left() + 3.0, rect.bottom() - 2.0), rect.max);
        let bar = bar.with_max_x(rect.right() - 3.0);
        ui.painter().rect_filled(bar, 0.0, color(shades.bar));
    }
    let ink = kit.theme.text;
    kit.paint_content(ui, rect.shrink2(vec2(size::PAD, 0.0)), (text, TextKind::Body), ink);
}

/// The ring of the focus.
fn ring(ui: &Ui, kit: &Kit, rect: Rect, has_focus: bool) {
    if has_focus {
        let stroke = Stroke::new(2.0, color(kit.theme.accent));
        ui.painter().rect_stroke(rect, size::RADIUS, stroke, StrokeKind::Inside);
    }
}

/// The row below the last record, that becomes one by a click or by what is dropped there.
fn new_row(
    ui: &mut Ui,
    kit: &mut Kit,
    records: &Records,
    touched: &mut Touched,
    out: &mut Vec<Action>,
) {
    let text = kit.t(both("سجل جديد", "New record"));
    ui.add_space(2.0);
    if records.dragged.is_none() {
        let command = command("records.new");
        let tip = command.map(|command| tip_of(kit, command)).unwrap_or_default();
        let response = Button::new(text).flat().tip(&tip).ui(ui, kit);
        touched.places.push((response.rect, None));
        if response.clicked() {
            out.push(Action::Records(Ask::New));
        }
        return;
    }
    let whole = vec2(ui.available_width(), size::CONTROL);
    let (rect, _) = ui.allocate_exact_size(whole, Sense::hover());
    let stroke = Stroke::new(1.0, color(kit.theme.edge));
    ui.painter().rect_stroke(rect, size::RADIUS, stroke, StrokeKind::Inside);
    kit.paint_in(ui, rect, (text, TextKind::Body), kit.theme.weak, Align::Center);
    touched.places.push((rect, None));
}

/// Shows what is being dragged and where it would go; takes it there when it is let go.
fn dragging(
    ui: &Ui,
    kit: &mut Kit,
    (records, of): (&mut Records, Content<'_>),
    touched: &Touched,
    out: &mut Vec<Action>,
) {
    let Some((id, from)) = records.dragged.clone() else { return };
    let (pointer, is_let_go) = ui.input(|input| {
        let is_down = input.pointer.any_down();
        (input.pointer.latest_pos(), !is_down)
    });
    let (Some(pointer), Some(span)) = (pointer, of.set.span(&id)) else {
        records.dragged = None;
        return;
    };
    let over = touched.places.iter().find(|(rect, _)| rect.contains(pointer));
    let is_from = |to: &Option<RecordId>| matches!((to, &from), (Some(to), RowKey::Kept(from)) if to == from);
    let target = over.filter(|(_, to)| !is_from(to));
    if is_let_go {
        records.dragged = None;
        if let Some((_, to)) = target {
            out.push(Action::Records(Ask::Drop { span: id, from, to: to.clone() }));
        }
        return;
    }
    if let Some((rect, _)) = target {
        let stroke = Stroke::new(2.0, color(kit.theme.accent));
        ui.painter().rect_stroke(*rect, size::RADIUS, stroke, StrokeKind::Inside);
    }
    ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
    let Some(label) = of.schema.label(&span.label) else { return };
    let text = said(of, span);
    let set = kit.set(ui, &text, TextKind::Body, None);
    let wanted = Kit::size(ui, &set) + vec2(2.0 * size::PAD, 0.0);
    let rect = Rect::from_center_size(pointer, vec2(wanted.x, CHIP));
    let painter = ui.ctx().layer_painter(LayerId::new(Order::Tooltip, Id::unique("dragged")));
    let shades = kit.theme.shades(label.color);
    painter.rect_filled(rect, size::RADIUS, color(shades.fill));
    let stroke = Stroke::new(1.0, color(shades.bar));
    painter.rect_stroke(rect, size::RADIUS, stroke, StrokeKind::Inside);
    let at = pos2(rect.left() + size::PAD, rect.center().y - wanted.y / 2.0);
    kit.paint(&painter, at, &set, kit.theme.text);
}
