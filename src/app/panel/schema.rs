//! The dialog in which the labels are set up.

mod attributes;
mod color;
mod fields;
mod files;
mod label;
mod layer;

use egui::{
    CornerRadius, Id, Key, KeyboardShortcut, Modifiers, Rect, Role, Sense, Stroke, StrokeKind,
    Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

pub(super) use files::{take_ui, write_ui};

use super::dialogs::confirm;
use crate::app::access;
use crate::app::action::Action;
use crate::app::schema_form::{Ask, At, LabelForm, SchemaForm};
use crate::app::widget::{Button, Ink, Kit, TextKind, color, rows, scroll_area};
use crate::lang::{Bilingual, both, isolated};
use crate::project::Project;
use crate::theme::size;
use crate::typeset::Align;

/// The width of the list of labels, in points.
const SIDE: f32 = 232.0;

/// The height of a row of the list, in points.
const ROW: f32 = 32.0;

/// The height of list and fields, in points.
const LEAST: f32 = 260.0;
const MOST: f32 = 720.0;

/// What stands above and below them, in points.
const REST: f32 = 176.0;

pub(super) fn ui(
    ui: &mut Ui,
    kit: &mut Kit,
    (project, form, height): (Option<&Project>, &mut SchemaForm, f32),
    out: &mut Vec<Action>,
) {
    // Those of a project that is not there yet are its maker's.
    let is_locked = project.is_some_and(|project| !project.is_writable());
    if !is_locked {
        keys(ui, form);
    }
    head(ui, kit, form, is_locked, out);
    if let Some(project) = project {
        super::inspector::read_only(ui, kit, project);
    }
    ui.add_space(size::GAP);
    let room = ui.available_rect_before_wrap();
    let height = (height - REST).clamp(LEAST, MOST);
    let room = Rect::from_min_size(room.min, vec2(room.width(), height));
    ui.allocate_rect(room, Sense::hover());
    let (side, main) = columns(kit, room);
    let mut child = ui.new_child(UiBuilder::new().max_rect(side).layout(kit.column()));
    list(&mut child, kit, form, is_locked);
    let mut child = ui.new_child(UiBuilder::new().max_rect(main).layout(kit.column()));
    // Each has its own place to be scrolled to.
    let salt = match form.at() {
        At::Layer(at) => ("layer", at),
        At::Label(at) => ("label", at),
    };
    let id = Id::unique(("schema fields", salt));
    scroll_area(&mut child, kit, id, height, |ui, kit| {
        ui.with_layout(kit.column(), |ui| {
            ui.spacing_mut().item_spacing.y = 6.0;
            match form.at() {
                At::Layer(_) => layer::ui(ui, kit, form, is_locked),
                At::Label(_) => label::ui(ui, kit, form, is_locked, out),
            }
            follow_focus(ui);
        });
    });
    if form.asks_name {
        // It stays only with what is seen: not in a frame in which the dialog is measured.
        let id = fields::field_id("ar");
        form.asks_name = !ui.memory(|memory| memory.has_focus(id));
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    form.keep_step(ui.memory(egui::Memory::focused));
    end(ui, kit, form, is_locked, out);
}

/// Undo and redo of the draft, before a field takes them for itself alone.
fn keys(ui: &Ui, form: &mut SchemaForm) {
    let with_shift = Modifiers::COMMAND | Modifiers::SHIFT;
    for (modifiers, key, back) in [
        (with_shift, Key::Z, false),
        (Modifiers::COMMAND, Key::Y, false),
        (Modifiers::COMMAND, Key::Z, true),
    ] {
        let shortcut = KeyboardShortcut::new(modifiers, key);
        while ui.input_mut(|input| input.consume_shortcut(&shortcut)) {
            form.step(back);
        }
    }
}

/// Shows what the focus has gone to by a key.
fn follow_focus(ui: &Ui) {
    let id = Id::unique("schema focus");
    let focused = ui.memory(egui::Memory::focused);
    if ui.data(|data| data.get_temp::<Option<Id>>(id)).flatten() == focused {
        return;
    }
    ui.data_mut(|data| data.insert_temp(id, focused));
    let Some(rect) = focused.and_then(|of| ui.ctx().read_response(of)).map(|of| of.rect) else {
        return;
    };
    if ui.min_rect().contains_rect(rect) && !ui.clip_rect().contains_rect(rect) {
        ui.scroll_to_rect(rect.expand(8.0), None);
    }
}

/// The dialog's name, and what is done with the labels as a whole.
fn head(
    ui: &mut Ui,
    kit: &mut Kit,
    form: &mut SchemaForm,
    is_locked: bool,
    out: &mut Vec<Action>,
) {
    kit.row_ui(ui, |ui, kit| {
        ui.spacing_mut().item_spacing.x = 6.0;
        kit.label(ui, kit.t(both("الوسوم", "Labels")), TextKind::Heading, Ink::Text);
        ui.with_layout(kit.row_end(), |ui| {
            let mut ask = |ui: &mut Ui, kit: &mut Kit, text: Bilingual, tip, is_on, ask| {
                let button = Button::new(kit.t(text)).tip(kit.t(tip)).enabled(is_on);
                if button.ui(ui, kit).clicked() && is_on {
                    out.push(Action::Schema(ask));
                }
            };
            let text = both("احفظها في ملف…", "Save to a file…");
            let tip = both(
                "ملف تأخذه مشاريع أخرى، أو الأمر \u{2066}tawsim new --schema\u{2069}",
                "A file for other projects, and for tawsim new --schema",
            );
            ask(ui, kit, text, tip, form.read().is_ok(), Ask::ShowWrite);
            let text = both("خذ وسومًا…", "Take labels…");
            let tip = both("من ملف أو من مشروع آخر", "From a file or another project");
            ask(ui, kit, text, tip, !is_locked, Ask::ShowTake);
            let text = both("كما كانت", "As before");
            let tip = both(
                "الوسوم كما كانت قبل آخر حفظ، للنظر فيها ثم حفظها",
                "The labels as they were before they were saved last, to look at and save",
            );
            ask(ui, kit, text, tip, !is_locked, Ask::Earlier);
            for (text, key, back, is_on) in [
                (both("أعد", "Redo"), "Ctrl+Shift+Z", false, form.can_redo()),
                (both("تراجع", "Undo"), "Ctrl+Z", true, form.can_undo()),
            ] {
                let tip = format!("\u{2066}{key}\u{2069}");
                let is_on = is_on && !is_locked;
                let button = Button::new(kit.t(text)).tip(&tip).enabled(is_on);
                if button.ui(ui, kit).clicked() && is_on {
                    form.step(back);
                }
            }
        });
    });
}

/// The list's column, at the side where reading begins, and that of the fields.
fn columns(kit: &Kit, room: Rect) -> (Rect, Rect) {
    let gap = size::MARGIN;
    if kit.rtl() {
        let (rest, side) = room.split_left_right_at_x(room.right() - SIDE);
        (side, rest.with_max_x(rest.right() - gap))
    } else {
        let (side, rest) = room.split_left_right_at_x(room.left() + SIDE);
        (side, rest.with_min_x(rest.left() + gap))
    }
}

/// What is wrong or was done besides, and the buttons.
fn end(
    ui: &mut Ui,
    kit: &mut Kit,
    form: &mut SchemaForm,
    is_locked: bool,
    out: &mut Vec<Action>,
) {
    ui.add_space(size::GAP);
    let asked = form.read();
    if let Some(notice) = &form.notice {
        let notice = kit.digits(notice.get(kit.lang));
        kit.paragraph(ui, &notice, TextKind::Small, Ink::Caution);
    }
    let first = form.first_fault();
    if let Err(why) = &asked
        && first != Some(form.at())
    {
        let id = first.map(|at| match at {
            At::Layer(at) => form.layers().get(at).map(|of| of.id.to_string()),
            At::Label(at) => form.label(at).map(|of| of.id.to_string()),
        });
        let text = match id.flatten() {
            Some(id) => format!("{}: {}", isolated(id), why.get(kit.lang)),
            None => why.get(kit.lang).to_owned(),
        };
        kit.paragraph(ui, &text, TextKind::Small, Ink::Danger);
    }
    for why in &form.refusals {
        let why = kit.digits(why.get(kit.lang));
        kit.paragraph(ui, &why, TextKind::Small, Ink::Danger);
    }
    for what in &form.warnings {
        let what = kit.digits(what.get(kit.lang));
        kit.paragraph(ui, &what, TextKind::Small, Ink::Caution);
    }
    let is_ready = asked.is_ok() && !is_locked && form.refusals.is_empty();
    let is_told = !form.warnings.is_empty();
    let verb = if is_told {
        both("احفظ مع ذلك", "Save anyway")
    } else {
        both("احفظ", "Save")
    };
    if confirm(ui, kit, verb, is_ready, out)
        && let Ok(schema) = asked
    {
        out.push(Action::Schema(Ask::Save(Box::new(schema), is_told)));
    }
}

fn list(ui: &mut Ui, kit: &mut Kit, form: &mut SchemaForm, is_locked: bool) {
    let room = ui.available_rect_before_wrap();
    let buttons = 3.0 * size::CONTROL + 4.0 * size::GAP;
    let (area, rest) = room.split_top_bottom_at_y(room.bottom() - buttons);
    ui.painter().rect(
        area,
        size::RADIUS,
        color(kit.theme.page),
        Stroke::new(1.0, color(kit.theme.line)),
        StrokeKind::Outside,
    );
    let all = form.rows();
    let here = all.iter().position(|at| *at == form.at());
    let shown = std::mem::take(&mut form.shows_row).then_some(here).flatten();
    let mut clicked = None;
    let mut child = ui.new_child(UiBuilder::new().max_rect(area));
    let id = Id::unique("labels");
    rows(&mut child, kit, id, (all.len(), ROW), shown, |ui, kit, row, rect, response| {
        let Some(at) = all.get(row).copied() else { return };
        let is_on = at == form.at();
        if is_on || response.hovered() {
            let ground = if is_on { kit.theme.chosen } else { kit.theme.hover };
            ui.painter().rect_filled(rect, size::RADIUS, color(ground));
        }
        let is_wrong = form.fault(at).is_some();
        let name = match at {
            At::Label(at) => {
                let Some(label) = form.label(at) else { return };
                let count = form.num_spans(&label.id);
                draw_label(ui, kit, rect, (label, count), is_wrong);
                named(label.name().get(kit.lang), label.id.as_str())
            }
            At::Layer(at) => {
                let Some(layer) = form.layers().get(at) else { return };
                let name = named(layer.name().get(kit.lang), layer.id.as_str());
                draw_layer(ui, kit, rect, &name, is_wrong);
                name
            }
        };
        response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, is_on, &name));
        if response.clicked() {
            clicked = Some(at);
        }
    });
    access::name_list(ui.ctx(), id, kit.t(both("الوسوم", "Labels")));
    if let Some(at) = clicked {
        form.choose(at);
    }
    let rest = rest.with_min_y(rest.top() + size::GAP);
    let mut child = ui.new_child(UiBuilder::new().max_rect(rest).layout(kit.column()));
    child.spacing_mut().item_spacing.y = size::GAP;
    list_buttons(&mut child, kit, form, is_locked);
}

/// A name, or what stands for one that is not written yet.
fn named(name: &str, otherwise: &str) -> String {
    if name.is_empty() { otherwise.to_owned() } else { name.to_owned() }
}

fn list_buttons(ui: &mut Ui, kit: &mut Kit, form: &mut SchemaForm, is_locked: bool) {
    let button = |ui: &mut Ui, kit: &mut Kit, text: Bilingual, is_possible: bool| {
        let is_possible = is_possible && !is_locked;
        Button::new(kit.t(text)).enabled(is_possible).ui(ui, kit).clicked() && is_possible
    };
    kit.row_ui(ui, |ui, kit| {
        if button(ui, kit, both("أضف وسمًا", "Add a label"), true) {
            form.add();
        }
        if button(ui, kit, both("أضف طبقة", "Add a layer"), true) {
            form.add_layer();
        }
    });
    kit.row_ui(ui, |ui, kit| {
        if button(ui, kit, both("إلى أعلى", "Move up"), form.may_move(false)) {
            form.move_by(false);
        }
        if button(ui, kit, both("إلى أسفل", "Move down"), form.may_move(true)) {
            form.move_by(true);
        }
    });
    kit.row_ui(ui, |ui, kit| {
        let (text, is_there) = match form.at() {
            At::Label(at) => (both("احذف الوسم", "Remove label"), form.label(at).is_some()),
            At::Layer(at) => {
                (both("احذف الطبقة", "Remove layer"), form.layers().get(at).is_some())
            }
        };
        if button(ui, kit, text, is_there) {
            form.remove();
        }
    });
}

/// A part of a row between two distances from where reading begins.
fn strip(kit: &Kit, row: Rect, from: f32, to: f32) -> Rect {
    let (left, right) = if kit.rtl() {
        (row.right() - to, row.right() - from)
    } else {
        (row.left() + from, row.left() + to)
    };
    Rect::from_min_max(pos2(left, row.top()), pos2(right, row.bottom()))
}

/// A layer's name, over its labels.
fn draw_layer(ui: &Ui, kit: &mut Kit, rect: Rect, name: &str, is_wrong: bool) {
    let inner = rect.shrink2(vec2(size::PAD, 0.0));
    let ink = if is_wrong { kit.theme.danger } else { kit.theme.weak };
    kit.paint_content(ui, inner, (name, TextKind::Small), ink);
}

/// A label's color, name, number of spans and key.
fn draw_label(
    ui: &Ui,
    kit: &mut Kit,
    rect: Rect,
    (label, count): (&LabelForm, usize),
    is_wrong: bool,
) {
    let theme = kit.theme;
    let shades = theme.shades(label.color());
    let inner = rect.shrink2(vec2(size::PAD, 0.0));
    let end = inner.width();
    let dot = strip(kit, inner, 6.0, 20.0);
    let dot = Rect::from_center_size(dot.center(), vec2(14.0, 14.0));
    ui.painter().rect_filled(dot, 3.0, color(shades.bar));
    let name = label.name();
    let (text, ink) = match name.get(kit.lang) {
        "" => (kit.t(both("بلا اسم", "no name")), theme.weak),
        name => (name, theme.text),
    };
    let ink = if is_wrong { theme.danger } else { ink };
    let numbers = if count > 0 { 40.0 } else { 0.0 };
    let room = strip(kit, inner, 28.0, end - 26.0 - numbers);
    kit.paint_content(ui, room, (text, TextKind::Body), ink);
    if count > 0 {
        let room = strip(kit, inner, end - 26.0 - numbers, end - 26.0);
        let count = kit.digits(&count.to_string());
        kit.paint_in(ui, room, (&count, TextKind::Small), theme.weak, Align::Center);
    }
    if let Some(key) = label.key {
        let cap = strip(kit, inner, end - 20.0, end);
        let cap = Rect::from_center_size(cap.center(), vec2(20.0, 19.0));
        let edge = Stroke::new(1.0, color(theme.edge));
        ui.painter().rect_stroke(cap, CornerRadius::same(3), edge, StrokeKind::Inside);
        let key = key.to_string();
        kit.paint_in(ui, cap, (&key, TextKind::Small), theme.weak, Align::Center);
    }
}
