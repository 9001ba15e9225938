//! All spans of the article as a table: sorted by its heads, filtered by label.

use egui::{Id, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::app::access;
use crate::app::action::Action;
use crate::app::widget::{BAR, Button, Ink, Kit, MenuRow, TextKind, color, combo, rows};
use crate::app::workspace::Workspace;
use crate::arabic::fold;
use crate::lang::{Bilingual, Lang, SPAN, both};
use crate::model::{AnnotationSet, Document, DocumentId, LabelId, Schema, Span};
use crate::project::Project;
use crate::theme::{Rgba, size};
use crate::typeset::Align;

/// The height of a row, in points.
pub(super) const ROW: f32 = 34.0;

/// The height of the heads, in points.
const HEAD: f32 = 26.0;

/// The least height of the table with what stands above it, in points.
pub(super) const LEAST: f32 = 56.0 + HEAD + 3.0 * ROW;

/// The color of a label that the schema does not have.
const UNKNOWN: [u8; 3] = [128, 128, 128];

/// What the rows are sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Order {
    /// Their place in the text.
    #[default]
    Place,
    /// Doubtful ones first.
    Doubtful,
    /// The schema's order.
    Label,
    /// Their text, folded.
    Text,
    /// Their value: numbers by their size, then texts, then none.
    Value,
}

/// What the rows follow from.
#[derive(Clone, Debug, PartialEq)]
struct Source {
    revision: u64,
    document: DocumentId,
    order: (Order, bool),
    label: Option<LabelId>,
    look: (Lang, u32),
}

/// How the table is sorted and filtered, and its rows as long as nothing they follow from
/// changes.
#[derive(Debug, Default)]
pub(in crate::app) struct SpanTable {
    order: Order,
    is_reversed: bool,
    /// The only label that is shown; none for all.
    label: Option<LabelId>,
    of: Option<Source>,
    /// Places in the set, as they are shown.
    rows: Vec<usize>,
    /// What labels and values want in width, in points.
    widths: [f32; 2],
}

impl SpanTable {
    /// A click on a head: by it, then the other way around, then by place again.
    fn sort(&mut self, order: Order) {
        (self.order, self.is_reversed) = match (self.order == order, self.is_reversed) {
            (false, _) => (order, false),
            (true, false) => (order, true),
            (true, true) => (Order::Place, false),
        };
    }

    fn follow(&mut self, ui: &Ui, kit: &mut Kit, project: &Project, of: Content<'_>) {
        let source = Source {
            revision: project.revision(),
            document: of.document.id().clone(),
            order: (self.order, self.is_reversed),
            label: self.label.clone(),
            look: (kit.lang, ui.ctx().pixels_per_point().to_bits()),
        };
        if self.of.as_ref() == Some(&source) {
            return;
        }
        self.of = Some(source);
        self.rows = self.sorted(of);
        let lang = kit.lang;
        let names = of.schema.labels().map(|label| label.name.get(lang));
        let label = widest(ui, kit, names);
        let values = of.set.spans().iter().filter_map(|span| span.value.as_deref());
        self.widths = [label, widest(ui, kit, values)];
    }

    fn sorted(&self, of: Content<'_>) -> Vec<usize> {
        let spans = of.set.spans();
        let all = spans.iter().enumerate();
        let shown = all
            .filter(|(_, span)| self.label.as_ref().is_none_or(|label| span.label == *label));
        let mut keyed: Vec<_> = shown.map(|(at, span)| (self.key(of, span), at)).collect();
        keyed.sort_by(|(a, at), (b, other)| a.compare(b).then(at.cmp(other)));
        if self.is_reversed {
            keyed.reverse();
        }
        keyed.into_iter().map(|(_, at)| at).collect()
    }

    fn key(&self, of: Content<'_>, span: &Span) -> Key {
        match self.order {
            Order::Place => Key::default(),
            Order::Doubtful => Key { class: usize::from(!span.doubtful), ..Key::default() },
            Order::Label => {
                let at = of.schema.labels().position(|label| label.id == span.label);
                Key { class: at.unwrap_or(usize::MAX), ..Key::default() }
            }
            Order::Text => Key { text: fold(of.document.slice(span.range)), ..Key::default() },
            Order::Value => match span.value.as_deref().filter(|value| !value.is_empty()) {
                None => Key { class: 2, ..Key::default() },
                Some(value) => match value.parse::<f64>() {
                    Ok(number) => Key { number, ..Key::default() },
                    Err(_) => Key { class: 1, text: fold(value), ..Key::default() },
                },
            },
        }
    }
}

/// What a row is sorted by.
#[derive(Debug, Default)]
struct Key {
    class: usize,
    number: f64,
    text: String,
}

impl Key {
    fn compare(&self, other: &Self) -> std::cmp::Ordering {
        let class = self.class.cmp(&other.class);
        let number = self.number.total_cmp(&other.number);
        class.then(number).then_with(|| self.text.cmp(&other.text))
    }
}

/// What the table shows.
#[derive(Clone, Copy)]
struct Content<'a> {
    schema: &'a Schema,
    document: &'a Document,
    set: &'a AnnotationSet,
}

/// The width of the widest of some texts in points, without setting each: one of those with
/// the most letters.
fn widest<'a>(ui: &Ui, kit: &mut Kit, texts: impl Iterator<Item = &'a str>) -> f32 {
    const TRIED: usize = 6;
    let mut longest: Vec<(usize, &str)> = Vec::new();
    for text in texts {
        let count = text.chars().take(64).count();
        if longest.iter().any(|(_, other)| *other == text) {
            continue;
        }
        longest.push((count, text));
        if longest.len() > TRIED {
            longest.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
            longest.truncate(TRIED);
        }
    }
    let mut width = |text| Kit::size(ui, &kit.set(ui, text, TextKind::Small, Some(400.0))).x;
    longest.into_iter().map(|(_, text)| width(text).ceil()).fold(0.0, f32::max)
}

pub(super) fn ui(
    ui: &mut Ui,
    kit: &mut Kit,
    project: &Project,
    workspace: &mut Workspace,
    out: &mut Vec<Action>,
) {
    let (Some(document), Some(set)) = (project.document(), project.set()) else { return };
    let of = Content { schema: project.schema(), document, set };
    let mut table = std::mem::take(&mut workspace.span_table);
    heading(ui, kit, project, (of, &mut table));
    table.follow(ui, kit, project, of);
    heads(ui, kit, &mut table);
    table.follow(ui, kit, project, of);
    if table.rows.is_empty() && !set.spans().is_empty() {
        let none = both("لا موضع بهذا الوسم هنا", "No span has this label here");
        kit.paragraph(ui, kit.t(none), TextKind::Small, Ink::Weak);
    }
    let spans = set.spans();
    let chosen = workspace.chosen.as_ref();
    let chosen = chosen.and_then(|id| spans.iter().position(|span| span.id == *id));
    let shown = std::mem::take(&mut workspace.show_span_row).then_some(chosen).flatten();
    let shown = shown.and_then(|chosen| table.rows.iter().position(|at| *at == chosen));
    let list = (table.rows.len(), ROW);
    rows(ui, kit, Id::unique("spans"), list, shown, |ui, kit, at, rect, response| {
        let Some(at) = table.rows.get(at).copied() else { return };
        let Some(span) = spans.get(at) else { return };
        let is_chosen = chosen == Some(at);
        let ground = match (is_chosen, response.hovered()) {
            (true, _) => Some(kit.theme.chosen),
            (false, true) => Some(kit.theme.hover),
            (false, false) => None,
        };
        if let Some(ground) = ground {
            ui.painter().rect_filled(rect, size::RADIUS, color(ground));
        }
        let places = columns(kit, rect, table.widths);
        let said = draw(ui, kit, of, span, places);
        let name = said.join(" · ");
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_chosen, &name));
        let [_, label, text, value] = places;
        let heads = [both("الوسم", "Label"), both("النص", "Text"), both("القيمة", "Value")];
        let [label_said, text_said, value_said] = &said;
        let cells = [(label, label_said), (text, text_said), (value, value_said)];
        let cells: Vec<_> = cells
            .into_iter()
            .zip(heads)
            .map(|((rect, said), head)| (rect, kit.t(head), said.as_str()))
            .collect();
        access::cells(ui, &response, &cells);
        let response = kit.tip(response, &name);
        if response.clicked() {
            out.push(Action::Choose(Some(span.id.clone())));
        }
    });
    let name = kit.t(both("مواضع المقال", "Spans of the document"));
    access::name_list(ui.ctx(), Id::unique("spans"), name);
    workspace.span_table = table;
}

/// How many there are, and the label whose spans alone are shown.
fn heading(
    ui: &mut Ui,
    kit: &mut Kit,
    project: &Project,
    (of, table): (Content<'_>, &mut SpanTable),
) {
    let labels: Vec<_> = of.schema.labels().collect();
    let all = of.set.spans().len();
    let row = vec2(ui.available_width(), size::CONTROL);
    ui.allocate_ui_with_layout(row, kit.row(), |ui| {
        ui.spacing_mut().item_spacing.x = size::PAD;
        kit.label(ui, &kit.count(&SPAN, all), TextKind::Heading, Ink::Text);
        let mut choices = vec![MenuRow {
            text: kit.t(both("كل الوسوم", "All labels")).to_owned(),
            key: kit.digits(&all.to_string()),
            is_on: Some(table.label.is_none()),
            ..MenuRow::default()
        }];
        choices.extend(labels.iter().map(|label| MenuRow {
            text: label.name.get(kit.lang).to_owned(),
            key: kit.digits(&project.num_with_label(&label.id).to_string()),
            is_on: Some(table.label.as_ref() == Some(&label.id)),
            swatch: Some(kit.theme.shades(label.color).bar),
            ..MenuRow::default()
        }));
        let chosen = table.label.as_ref();
        let chosen = chosen.and_then(|id| labels.iter().position(|label| label.id == *id));
        let name = kit.t(both("مواضع أي وسم", "Spans of which label"));
        let state = (name, Some(chosen.map_or(0, |at| at + 1)), all > 0);
        if let Some(at) = combo(ui, kit, Id::unique("spans of label"), state, &choices) {
            let label = at.checked_sub(1).and_then(|at| labels.get(at));
            table.label = label.map(|label| label.id.clone());
        }
    });
    only(ui, kit, of.schema, table);
}

/// Says that one label's spans alone are shown, in other documents too, and takes that back.
fn only(ui: &mut Ui, kit: &mut Kit, schema: &Schema, table: &mut SpanTable) {
    let Some(id) = table.label.as_ref() else { return };
    let Some(label) = schema.label(id) else {
        table.label = None;
        return;
    };
    let text = match kit.lang {
        Lang::Ar => format!("{} فقط ×", label.name.get(kit.lang)),
        Lang::En => format!("{} only ×", label.name.get(kit.lang)),
    };
    let name = kit.t(both("أظهر كل الوسوم", "Show all labels"));
    if Button::new(&text).named(name).tip(name).ui(ui, kit).clicked() {
        table.label = None;
    }
    ui.add_space(size::GAP);
}

/// The heads of the columns, each of which sorts by it.
fn heads(ui: &mut Ui, kit: &mut Kit, table: &mut SpanTable) {
    const HEADS: [(Order, Bilingual, Bilingual); 4] = [
        (Order::Doubtful, both("؟", "?"), both("المشكوك فيها أولًا", "Doubtful ones first")),
        (Order::Label, both("الوسم", "Label"), both("رتّب بالوسم", "Sort by label")),
        (Order::Text, both("النص", "Text"), both("رتّب بالنص", "Sort by text")),
        (Order::Value, both("القيمة", "Value"), both("رتّب بالقيمة", "Sort by value")),
    ];
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEAD), Sense::hover());
    // Over the rows, beside which there is a scroll bar where they do not all fit.
    let needed =
        table.rows.iter().map(|_| ROW).sum::<f32>() + 1.0 + ui.spacing().item_spacing.y;
    let aside = if needed > ui.available_height() { BAR } else { 0.0 };
    let start = if kit.rtl() { rect.left() + aside } else { rect.left() };
    let inner = vec2(rect.width() - aside, rect.height());
    let rect = Rect::from_min_size(pos2(start, rect.top()), inner);
    let cells = columns(kit, rect, table.widths);
    for ((order, title, name), cell) in HEADS.into_iter().zip(cells) {
        let response = ui.interact(cell, Id::unique(("spans head", name.en)), Sense::click());
        let is_on = table.order == order;
        let theme = kit.theme;
        if response.hovered() {
            ui.painter().rect_filled(cell, 3.0, color(theme.hover));
        }
        if response.has_focus() {
            let stroke = Stroke::new(2.0, color(theme.accent));
            ui.painter().rect_stroke(cell, 3.0, stroke, egui::StrokeKind::Inside);
        }
        let ink = if is_on { theme.accent } else { theme.weak };
        let inner = cell.shrink2(vec2(3.0, 0.0));
        kit.paint_in(ui, inner, (kit.t(title), TextKind::Small), ink, Align::Start);
        if is_on {
            let word = kit.set(ui, kit.t(title), TextKind::Small, None);
            let beside = Kit::size(ui, &word).x + 12.0;
            arrow(ui, kit, cell, beside, (ink, table.is_reversed));
        }
        let way = match (is_on, table.is_reversed) {
            (true, false) => both("تصاعديًا", "ascending"),
            (true, true) => both("تنازليًا", "descending"),
            (false, _) => both("", ""),
        };
        response.widget_info(|| {
            let mut info = WidgetInfo::selected(Role::Button, true, is_on, kit.t(name));
            info.current_text_value = (is_on).then(|| kit.t(way).to_owned());
            info
        });
        let tip = match kit.t(way) {
            "" => kit.t(name).to_owned(),
            way => format!("{} · {way}", kit.t(name)),
        };
        if kit.tip(response, &tip).clicked() {
            table.sort(order);
        }
    }
    kit.rule(ui);
}

/// A small triangle `beside` the word of a head: up where the first row has the least.
fn arrow(ui: &Ui, kit: &Kit, cell: Rect, beside: f32, (ink, points_down): (Rgba, bool)) {
    let narrow = cell.width() < 30.0;
    let x = match (narrow, kit.rtl()) {
        (true, _) => cell.center().x,
        (false, true) => (cell.right() - beside).max(cell.left() + 5.0),
        (false, false) => (cell.left() + beside).min(cell.right() - 5.0),
    };
    // Below the sign where there is no room beside it.
    let y = if narrow { cell.bottom() - 3.0 } else { cell.center().y };
    let tall = if points_down { 3.0 } else { -3.0 };
    let points = [vec2(-3.5, -tall), vec2(3.5, -tall), vec2(0.0, tall)];
    let points = points.map(|by| pos2(x, y) + by).to_vec();
    ui.painter().add(egui::Shape::convex_polygon(points, color(ink), Stroke::NONE));
}

/// Draws a row; what its label, text and value say.
fn draw(
    ui: &Ui,
    kit: &mut Kit,
    of: Content<'_>,
    span: &Span,
    [sign, label_rect, text_rect, value_rect]: [Rect; 4],
) -> [String; 3] {
    let label = of.schema.label(&span.label);
    let shades = kit.theme.shades(label.map_or(UNKNOWN, |label| label.color));
    let name = label.map_or(span.label.as_str(), |label| label.name.get(kit.lang)).to_owned();
    let mark = if kit.rtl() { "؟" } else { "?" };
    if span.doubtful {
        let sheet = Rect::from_center_size(sign.center(), vec2(15.0, 17.0));
        let stroke = Stroke::new(1.0, color(shades.bar));
        ui.painter().rect_stroke(sheet, 3.0, stroke, egui::StrokeKind::Inside);
        kit.paint_in(ui, sheet, (mark, TextKind::Small), shades.ink, Align::Center);
    } else {
        let dot = Rect::from_center_size(sign.center(), vec2(10.0, 10.0));
        ui.painter().rect_filled(dot, 3.0, color(shades.bar));
    }
    let inner = |rect: Rect| rect.shrink2(vec2(3.0, 0.0));
    kit.paint_in(ui, inner(label_rect), (&name, TextKind::Small), shades.ink, Align::Start);
    let (text, theme) = (of.document.slice(span.range), kit.theme);
    kit.paint_content(ui, inner(text_rect), (text, TextKind::Body), theme.text);
    let value = span.value.as_deref().unwrap_or_default();
    kit.paint_content(ui, inner(value_rect), (value, TextKind::Small), theme.weak);
    let doubt = if span.doubtful { format!(" {mark}") } else { String::new() };
    [name, text.to_owned(), format!("{value}{doubt}")]
}

/// Sign, label, text, value, from where reading begins: labels and values get what they want,
/// as long as the text keeps its part.
fn columns(kit: &Kit, rect: Rect, [label, value]: [f32; 2]) -> [Rect; 4] {
    const SIGN: f32 = 22.0;
    let rest = (rect.width() - SIGN - 4.0).max(0.0);
    let label = (label + 6.0).max(44.0).min(rest * 0.3);
    let value = (value + 6.0).max(48.0).min(rest * 0.4);
    let widths = [SIGN, label, rest - label - value, value];
    let mut along = 2.0;
    widths.map(|width| {
        let left = if kit.rtl() { rect.right() - along - width } else { rect.left() + along };
        along += width;
        Rect::from_min_size(pos2(left, rect.top()), vec2(width, rect.height()))
    })
}
