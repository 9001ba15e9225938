//! The dialog in which the labels are set up.

use egui::{
    CornerRadius, Id, Rect, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2,
    vec2,
};

use super::dialogs::confirm;
use crate::app::action::Action;
use crate::app::schema_form::{Fault, Kind, LabelForm, SchemaForm};
use crate::app::widget::{Button, Field, Ink, Kit, TextKind, color, rows, text_field, toggle};
use crate::lang::{Bilingual, Lang, SPAN, both, isolated};
use crate::model::Overlap;
use crate::project::Project;
use crate::theme::{LABEL_COLORS, size};
use crate::typeset::Align;

/// The width of the list of labels, in points.
const SIDE: f32 = 220.0;

/// The height of a label's row, in points.
const ROW: f32 = 34.0;

/// The height of the list at least, in points.
const LEAST: f32 = 240.0;

pub(super) fn ui(
    ui: &mut Ui,
    kit: &mut Kit,
    (project, form): (Option<&Project>, &mut SchemaForm),
    out: &mut Vec<Action>,
) {
    let Some(project) = project else { return };
    kit.label(ui, kit.t(both("الوسوم", "Labels")), TextKind::Heading, Ink::Text);
    super::inspector::read_only(ui, kit, project);
    let is_locked = !project.is_writable();
    ui.add_space(size::GAP);
    let room = ui.available_rect_before_wrap();
    // As high as the fields were in the frame before.
    let height_id = Id::unique("schema height");
    let height = ui.data(|data| data.get_temp::<f32>(height_id)).unwrap_or(LEAST).max(LEAST);
    let (side, main) = columns(kit, room);
    let side = Rect::from_min_size(side.min, vec2(side.width(), height));
    let mut child = ui.new_child(UiBuilder::new().max_rect(side).layout(kit.column()));
    list(&mut child, kit, form, is_locked);
    let mut child = ui.new_child(UiBuilder::new().max_rect(main).layout(kit.column()));
    child.spacing_mut().item_spacing.y = 6.0;
    fields(&mut child, kit, form, is_locked);
    if form.asks_name {
        // It stays only with what is seen: not in a frame in which the dialog is measured.
        let id = field_id("ar");
        form.asks_name = !ui.memory(|memory| memory.has_focus(id));
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    let used = child.min_rect().height().ceil();
    ui.data_mut(|data| data.insert_temp(height_id, used));
    let area = Rect::from_min_size(room.min, vec2(room.width(), height.max(used)));
    ui.allocate_rect(area, Sense::hover());
    end(ui, kit, form, is_locked, out);
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
    let asked = form.read();
    if let Some(notice) = &form.notice {
        kit.paragraph(ui, notice.get(kit.lang), TextKind::Small, Ink::Caution);
    }
    if let Err(why) = &asked
        && form.first_fault() != Some(form.at())
    {
        let at = form.first_fault().and_then(|at| form.labels().get(at));
        let text = match at {
            Some(label) => format!("{}: {}", isolated(&label.id), why.get(kit.lang)),
            None => why.get(kit.lang).to_owned(),
        };
        kit.paragraph(ui, &text, TextKind::Small, Ink::Danger);
    }
    let is_ready = asked.is_ok() && !is_locked;
    if confirm(ui, kit, both("احفظ", "Save"), is_ready, out)
        && let Ok(schema) = asked
    {
        out.push(Action::SetSchema(Box::new(schema)));
    }
}

fn list(ui: &mut Ui, kit: &mut Kit, form: &mut SchemaForm, is_locked: bool) {
    let id = Id::unique("labels");
    let room = ui.available_rect_before_wrap();
    let buttons = 2.0 * size::CONTROL + 3.0 * size::GAP;
    let (area, rest) = room.split_top_bottom_at_y(room.bottom() - buttons);
    ui.painter().rect(
        area,
        size::RADIUS,
        color(kit.theme.page),
        Stroke::new(1.0, color(kit.theme.line)),
        StrokeKind::Outside,
    );
    let shown = std::mem::take(&mut form.shows_row).then_some(form.at());
    let mut clicked = None;
    let mut child = ui.new_child(UiBuilder::new().max_rect(area));
    let count = form.labels().len();
    rows(&mut child, kit, id, (count, ROW), shown, |ui, kit, at, rect, response| {
        let Some(label) = form.labels().get(at) else { return };
        let is_on = at == form.at();
        if is_on || response.hovered() {
            let ground = if is_on { kit.theme.chosen } else { kit.theme.hover };
            ui.painter().rect_filled(rect, size::RADIUS, color(ground));
        }
        let name = label.name();
        let name = name.get(kit.lang);
        let is_wrong = form.fault(at).is_some();
        draw_row(ui, kit, rect, label, is_wrong);
        let name = if name.is_empty() { label.id.as_str() } else { name };
        response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, is_on, name));
        if response.clicked() {
            clicked = Some(at);
        }
    });
    if let Some(at) = clicked {
        form.choose(at);
    }
    let rest = rest.with_min_y(rest.top() + size::GAP);
    let mut child = ui.new_child(UiBuilder::new().max_rect(rest).layout(kit.column()));
    child.spacing_mut().item_spacing.y = size::GAP;
    let button = |ui: &mut Ui, kit: &mut Kit, text: Bilingual, is_possible: bool| {
        let is_possible = is_possible && !is_locked;
        Button::new(kit.t(text)).enabled(is_possible).ui(ui, kit).clicked() && is_possible
    };
    kit.row_ui(&mut child, |ui, kit| {
        if button(ui, kit, both("أضف وسمًا", "Add a label"), true) {
            form.add();
        }
        if button(ui, kit, both("احذف الوسم", "Remove label"), count > 0) {
            form.remove();
        }
    });
    kit.row_ui(&mut child, |ui, kit| {
        if button(ui, kit, both("إلى أعلى", "Move up"), form.may_move(false)) {
            form.move_by(false);
        }
        if button(ui, kit, both("إلى أسفل", "Move down"), form.may_move(true)) {
            form.move_by(true);
        }
    });
}

/// A label's color, name and key.
fn draw_row(ui: &Ui, kit: &mut Kit, rect: Rect, label: &LabelForm, is_wrong: bool) {
    let theme = kit.theme;
    let shades = theme.shades(label.color);
    let inner = rect.shrink2(vec2(size::PAD, 0.0));
    let rtl = kit.rtl();
    let strip = |from: f32, to: f32| {
        let (left, right) = if rtl {
            (inner.right() - to, inner.right() - from)
        } else {
            (inner.left() + from, inner.left() + to)
        };
        Rect::from_min_max(pos2(left, inner.top()), pos2(right, inner.bottom()))
    };
    let dot = Rect::from_center_size(strip(0.0, 14.0).center(), vec2(14.0, 14.0));
    ui.painter().rect_filled(dot, 3.0, color(shades.bar));
    let end = inner.width();
    let name = label.name();
    let (text, ink) = match name.get(kit.lang) {
        "" => (kit.t(both("بلا اسم", "no name")), theme.weak),
        name => (name, theme.text),
    };
    let ink = if is_wrong { theme.danger } else { ink };
    kit.paint_content(ui, strip(22.0, end - 26.0), (text, TextKind::Body), ink);
    if let Some(key) = label.key {
        let cap = Rect::from_center_size(strip(end - 20.0, end).center(), vec2(20.0, 19.0));
        let edge = Stroke::new(1.0, color(theme.edge));
        ui.painter().rect_stroke(cap, CornerRadius::same(3), edge, StrokeKind::Inside);
        let key = key.to_string();
        kit.paint_in(ui, cap, (&key, TextKind::Small), theme.weak, Align::Center);
    }
}

fn field_id(name: &str) -> Id {
    Id::unique(("schema", name))
}

fn fields(ui: &mut Ui, kit: &mut Kit, form: &mut SchemaForm, is_locked: bool) {
    let fault = form.fault(form.at());
    let Some(label) = form.chosen() else {
        let text = both("لا وسوم بعد: أضف وسمًا", "No labels yet: add one");
        kit.paragraph(ui, kit.t(text), TextKind::Body, Ink::Weak);
        return;
    };
    let names = [
        ("ar", both("الاسم بالعربية", "Name in Arabic"), &mut label.ar),
        ("en", both("الاسم بالإنجليزية", "Name in English"), &mut label.en),
    ];
    pair(ui, kit, names, (is_locked, false));
    if let Some(Fault::Name(why)) = &fault {
        kit.paragraph(ui, why.get(kit.lang), TextKind::Small, Ink::Danger);
    }
    form.follow_name();
    let Some(label) = form.chosen() else { return };
    identity(ui, kit, label);
    caption(ui, kit, both("اللون", "Color"));
    choice_row(ui, kit, is_locked, |ui, kit| swatches(ui, kit, &mut label.color));
    caption(ui, kit, both("المفتاح", "Key"));
    let key = label.key;
    let asked = choice_row(ui, kit, is_locked, |ui, kit| keys(ui, kit, key));
    if let Some(key) = asked {
        form.set_key(key);
    }
    let Some(label) = form.chosen() else { return };
    caption(ui, kit, both("القيمة", "Value"));
    choice_row(ui, kit, is_locked, |ui, kit| {
        for kind in Kind::ALL {
            if toggle(ui, kit, kit.t(kind.name()), label.kind == kind).clicked() {
                label.kind = kind;
            }
        }
    });
    if label.kind == Kind::Choice {
        let name = both("الاختيارات، بينها فواصل", "Choices, with commas between them");
        one(ui, kit, ("choices", name, &mut label.choices), (is_locked, false));
    }
    if let Some(Fault::Choices(why)) = &fault {
        kit.paragraph(ui, why.get(kit.lang), TextKind::Small, Ink::Danger);
    }
    let definitions = [
        (
            "definition ar",
            both("التعريف بالعربية", "Definition in Arabic"),
            &mut label.definition_ar,
        ),
        (
            "definition en",
            both("التعريف بالإنجليزية", "Definition in English"),
            &mut label.definition_en,
        ),
    ];
    pair(ui, kit, definitions, (is_locked, true));
    attributes(ui, kit, label);
    overlap(ui, kit, form, is_locked);
}

/// The id, and how many spans there are.
fn identity(ui: &mut Ui, kit: &mut Kit, label: &LabelForm) {
    let (id, count) = (isolated(&label.id), kit.count(&SPAN, label.num_spans));
    let text = match kit.lang {
        Lang::Ar => format!("المعرّف في الملفات: {id} · {count}"),
        Lang::En => format!("Id in files: {id} · {count}"),
    };
    kit.paragraph(ui, &text, TextKind::Small, Ink::Weak);
}

fn attributes(ui: &mut Ui, kit: &mut Kit, label: &LabelForm) {
    if label.attributes.is_empty() {
        return;
    }
    let names = label.attributes.iter().map(|attribute| {
        let kind = kit.t(Kind::of(&attribute.value).name());
        let (name, id) = (attribute.name.get(kit.lang), &attribute.id);
        format!("{} ({} · {kind})", isolated(name), isolated(id))
    });
    let names: Vec<_> = names.collect();
    let text = match kit.lang {
        Lang::Ar => format!("الحقول: {}", names.join("، ")),
        Lang::En => format!("Attributes: {}", names.join(", ")),
    };
    kit.paragraph(ui, &text, TextKind::Small, Ink::Weak);
}

fn overlap(ui: &mut Ui, kit: &mut Kit, form: &mut SchemaForm, is_locked: bool) {
    let Some(layer) = form.layer() else { return };
    let (name, now) = (isolated(layer.name.get(kit.lang)), layer.overlap);
    kit.rule(ui);
    let text = match kit.lang {
        Lang::Ar => format!("تداخل مواضع الطبقة «{name}»"),
        Lang::En => format!("Overlapping spans of the layer “{name}”"),
    };
    kit.label(ui, &text, TextKind::Small, Ink::Weak);
    choice_row(ui, kit, is_locked, |ui, kit| {
        for (rule, name) in [
            (Overlap::Never, both("لا تتداخل", "Never")),
            (Overlap::Nested, both("موضع داخل موضع", "One inside another")),
            (Overlap::Any, both("كيفما كانت", "In any way")),
        ] {
            if toggle(ui, kit, kit.t(name), now == rule).clicked() {
                form.set_overlap(rule);
            }
        }
    });
}

fn caption(ui: &mut Ui, kit: &mut Kit, name: Bilingual) {
    kit.label(ui, kit.t(name), TextKind::Small, Ink::Weak);
}

/// A row of things to choose from; none of them can be where the project is only read.
fn choice_row<T>(
    ui: &mut Ui,
    kit: &mut Kit,
    is_locked: bool,
    add: impl FnOnce(&mut Ui, &mut Kit) -> T,
) -> T {
    kit.row_ui(ui, |ui, kit| {
        if is_locked {
            ui.disable();
        }
        ui.spacing_mut().item_spacing = vec2(size::GAP, size::GAP);
        add(ui, kit)
    })
}

/// The keys 1 to 9, and none; the one that was clicked.
fn keys(ui: &mut Ui, kit: &mut Kit, now: Option<u8>) -> Option<Option<u8>> {
    let mut asked = None;
    let none = kit.t(both("بلا", "None"));
    if toggle(ui, kit, none, now.is_none()).clicked() {
        asked = Some(None);
    }
    for key in 1..=9_u8 {
        if toggle(ui, kit, &key.to_string(), now == Some(key)).clicked() {
            asked = Some(Some(key));
        }
    }
    asked
}

/// The colors to choose from; a label's own that is none of them stands first.
fn swatches(ui: &mut Ui, kit: &mut Kit, chosen: &mut [u8; 3]) {
    let is_own = LABEL_COLORS.iter().all(|(color, _)| color != chosen);
    let own = is_own.then_some((*chosen, both("لون خاص", "own color")));
    for (rgb, name) in own.into_iter().chain(LABEL_COLORS) {
        let side = vec2(size::CONTROL, size::CONTROL);
        let (rect, response) = ui.allocate_exact_size(side, Sense::click());
        let is_on = rgb == *chosen;
        // As it will be seen: in the dark, dark colors are paler.
        let bar = kit.theme.shades(rgb).bar;
        ui.painter().rect_filled(rect.shrink(5.0), 4.0, color(bar));
        let ring = match (is_on, response.hovered()) {
            (true, _) => Some(Stroke::new(2.0, color(kit.theme.text))),
            (false, true) => Some(Stroke::new(1.0, color(kit.theme.edge))),
            (false, false) => None,
        };
        if let Some(ring) = ring {
            ui.painter().rect_stroke(rect.shrink(1.0), size::RADIUS, ring, StrokeKind::Inside);
        }
        if response.has_focus() {
            let ring = Stroke::new(2.0, color(kit.theme.accent));
            ui.painter().rect_stroke(rect.expand(2.0), 7.0, ring, StrokeKind::Inside);
        }
        let name = kit.t(name);
        let is_enabled = ui.is_enabled();
        response
            .widget_info(|| WidgetInfo::selected(Role::RadioButton, is_enabled, is_on, name));
        if kit.tip(response, name).clicked() {
            *chosen = rgb;
        }
    }
}

type Named<'a> = (&'static str, Bilingual, &'a mut Field);

/// Two fields side by side, the first where reading begins.
fn pair(ui: &mut Ui, kit: &mut Kit, fields: [Named<'_>; 2], how: (bool, bool)) {
    let room = ui.available_rect_before_wrap();
    let width = (room.width() - size::MARGIN) / 2.0;
    let mut bottom = room.top();
    for (at, field) in fields.into_iter().enumerate() {
        let is_left = (at == 0) != kit.rtl();
        let left = if is_left { room.left() } else { room.right() - width };
        let rect = Rect::from_min_size(pos2(left, room.top()), vec2(width, room.height()));
        let mut child = ui.new_child(UiBuilder::new().max_rect(rect).layout(kit.column()));
        child.spacing_mut().item_spacing.y = 6.0;
        one(&mut child, kit, field, how);
        bottom = bottom.max(child.min_rect().bottom());
    }
    ui.allocate_rect(room.with_max_y(bottom), Sense::hover());
}

/// A field below its name.
fn one(
    ui: &mut Ui,
    kit: &mut Kit,
    (id, name, field): Named<'_>,
    (is_locked, many): (bool, bool),
) {
    field.lock(is_locked);
    caption(ui, kit, name);
    text_field(ui, kit, field_id(id), field, (kit.t(name), ""), many);
}
