//! The attributes of a label.

use egui::{Id, Rect, Sense, Ui, UiBuilder, pos2, vec2};

use super::fields::{caption, field_id};
use crate::app::schema_form::{AttributeForm, Fault, Kind, SchemaForm};
use crate::app::widget::{Button, Field, Ink, Kit, MenuRow, TextKind, combo, text_field};
use crate::lang::{Bilingual, Lang, both, isolated};
use crate::theme::size;

/// The width of the box with an attribute's kind, in points.
const KIND: f32 = 110.0;

/// The least width of an attribute's name, in points.
const NAME: f32 = 100.0;

/// The width of the buttons of an attribute, in points.
const BUTTONS: f32 = 150.0;

/// What was asked for.
enum Change {
    Remove(usize),
    Swap(usize),
}

pub(super) fn ui(
    ui: &mut Ui,
    kit: &mut Kit,
    form: &mut SchemaForm,
    is_locked: bool,
    fault: Option<&Fault>,
) {
    let Some(label) = form.chosen() else { return };
    kit.rule(ui);
    caption(
        ui,
        kit,
        both("السمات: ما يُكتب مع كل موضع", "Attributes: what is written with each span"),
    );
    let mut change = None;
    let count = label.attributes.len();
    for (at, attribute) in label.attributes.iter_mut().enumerate() {
        change = row(ui, kit, (attribute, at, count), is_locked).or(change);
        if let Some(Fault::Attribute(_, why)) =
            fault.filter(|of| matches!(of, Fault::Attribute(number, _) if *number == at))
        {
            kit.paragraph(ui, why.get(kit.lang), TextKind::Small, Ink::Danger);
        }
    }
    match change {
        Some(Change::Remove(at)) => form.remove_attribute(at),
        Some(Change::Swap(at)) => form.swap_attributes(at),
        None => {}
    }
    kit.row_ui(ui, |ui, kit| {
        let text = kit.t(both("أضف سمة", "Add an attribute"));
        if Button::new(text).enabled(!is_locked).ui(ui, kit).clicked() && !is_locked {
            form.add_attribute();
        }
    });
    form.follow_names();
}

/// The place of a cell in a row, from where reading begins.
fn cell(kit: &Kit, row: Rect, from: f32, width: f32) -> Rect {
    let left = if kit.rtl() { row.right() - from - width } else { row.left() + from };
    Rect::from_min_size(pos2(left, row.top()), vec2(width, row.height()))
}

fn row(
    ui: &mut Ui,
    kit: &mut Kit,
    (attribute, at, count): (&mut AttributeForm, usize, usize),
    is_locked: bool,
) -> Option<Change> {
    let width = ui.available_width();
    let line = vec2(width, size::CONTROL);
    let (rect, _) = ui.allocate_exact_size(line, Sense::hover());
    let beside = (width - KIND - BUTTONS - 3.0 * size::GAP) / 2.0;
    // Where there is no room to write beside them, kind and buttons have a line of their own.
    let (names, rest, kind) = if beside < NAME {
        let (below, _) = ui.allocate_exact_size(line, Sense::hover());
        ((width - size::GAP) / 2.0, below, 0.0)
    } else {
        (beside, rect, 2.0 * (beside + size::GAP))
    };
    let number = at + 1;
    for (from, lang, name, field) in [
        (0.0, "ar", both("السمة بالعربية", "Attribute in Arabic"), &mut attribute.ar),
        (
            names + size::GAP,
            "en",
            both("السمة بالإنجليزية", "Attribute in English"),
            &mut attribute.en,
        ),
    ] {
        let id = field_id(&format!("attribute {at} {lang}"));
        let place = cell(kit, rect, from, names);
        write(ui, kit, (id, place), (name, number), field, is_locked);
    }
    let place = cell(kit, rest, kind, KIND);
    let mut child = ui.new_child(UiBuilder::new().max_rect(place));
    let rows = Kind::ALL
        .map(|kind| MenuRow { text: kit.t(kind.name()).to_owned(), ..MenuRow::default() });
    let chosen = Kind::ALL.iter().position(|kind| *kind == attribute.value.kind);
    let name = numbered(kit, both("نوع السمة", "Kind of attribute"), number);
    let id = Id::unique(("attribute kind", at));
    let asked = combo(&mut child, kit, id, (&name, chosen, !is_locked), &rows);
    if let Some(kind) = asked.and_then(|at| Kind::ALL.get(at)) {
        attribute.value.kind = *kind;
    }
    let place = cell(kit, rest, width - BUTTONS, BUTTONS);
    let mut child = ui.new_child(UiBuilder::new().max_rect(place).layout(kit.row()));
    child.spacing_mut().item_spacing.x = size::GAP;
    let mut change = None;
    let button = |ui: &mut Ui, kit: &mut Kit, text: Bilingual, name: Bilingual, is_on: bool| {
        let name = numbered(kit, name, number);
        let is_on = is_on && !is_locked;
        Button::new(kit.t(text)).named(&name).enabled(is_on).ui(ui, kit).clicked() && is_on
    };
    let down = both("أنزل السمة", "Move attribute down");
    if button(&mut child, kit, both("أنزل", "Down"), down, at + 1 < count) {
        change = Some(Change::Swap(at));
    }
    let remove = both("احذف السمة", "Remove attribute");
    if button(&mut child, kit, both("احذف", "Remove"), remove, true) {
        change = Some(Change::Remove(at));
    }
    if attribute.value.kind == Kind::Choice {
        let name = both("اختيارات السمة، بينها فواصل", "Choices of the attribute, with commas");
        let (rect, _) = ui.allocate_exact_size(line, Sense::hover());
        let id = field_id(&format!("attribute {at} choices"));
        let field = &mut attribute.value.choices;
        write(ui, kit, (id, rect), (name, number), field, is_locked);
    }
    let id = isolated(&attribute.id);
    let text = match kit.lang {
        Lang::Ar => format!("المعرّف في الملفات: {id}"),
        Lang::En => format!("Id in files: {id}"),
    };
    kit.paragraph(ui, &text, TextKind::Small, Ink::Weak);
    change
}

/// A name that tells one attribute from the others.
fn numbered(kit: &Kit, name: Bilingual, number: usize) -> String {
    format!("{} {number}", kit.t(name))
}

/// A field in its place, whose hint is what it is for.
fn write(
    ui: &mut Ui,
    kit: &mut Kit,
    (id, place): (Id, Rect),
    (name, number): (Bilingual, usize),
    field: &mut Field,
    is_locked: bool,
) {
    field.lock(is_locked);
    let mut child = ui.new_child(UiBuilder::new().max_rect(place));
    let full = numbered(kit, name, number);
    text_field(&mut child, kit, id, field, (&full, kit.t(name)), false);
}
