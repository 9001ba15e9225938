//! Fields with their names, as the dialog of the labels has them.

use egui::{Id, Rect, Sense, Ui, UiBuilder, pos2, vec2};

use crate::app::widget::{Field, Ink, Kit, TextKind, text_field};
use crate::lang::Bilingual;
use crate::theme::size;

/// An id, a name and a field.
pub(super) type Named<'a> = (&'static str, Bilingual, &'a mut Field);

pub(super) fn field_id(name: &str) -> Id {
    Id::unique(("schema", name))
}

pub(super) fn caption(ui: &mut Ui, kit: &mut Kit, name: Bilingual) {
    kit.label(ui, kit.t(name), TextKind::Small, Ink::Weak);
}

/// A row of things to choose from; none of them can be where the project is only read.
pub(super) fn choice_row<T>(
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

/// Two fields side by side, the first where reading begins.
pub(super) fn pair(ui: &mut Ui, kit: &mut Kit, fields: [Named<'_>; 2], how: (bool, bool)) {
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
pub(super) fn one(
    ui: &mut Ui,
    kit: &mut Kit,
    (id, name, field): Named<'_>,
    (is_locked, many): (bool, bool),
) {
    field.lock(is_locked);
    caption(ui, kit, name);
    text_field(ui, kit, field_id(id), field, (kit.t(name), ""), many);
}
