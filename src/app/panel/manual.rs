//! The manual, to be read in the window.

use egui::{Id, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, vec2};

use super::page::{RING, page};
use crate::app::manual::ManualForm;
use crate::app::widget::{Ink, Kit, TextKind, color, rows, text_field};
use crate::lang::{Lang, both};
use crate::theme::size;
use crate::typeset::Align;

/// The height of a chapter's row, and the width of the list, in points.
const ROW: f32 = 28.0;
const LIST: f32 = 250.0;

/// The manual's place, which takes the focus to scroll by keys.
fn page_id() -> Id {
    Id::unique("manual")
}

pub(super) fn ui(ui: &mut Ui, kit: &mut Kit, form: &mut ManualForm, height: f32) {
    form.follow(kit.lang);
    let title = kit.t(both("دليل الاستعمال", "Manual"));
    kit.label(ui, title, TextKind::Heading, Ink::Text);
    search(ui, kit, form);
    ui.add_space(size::GAP);
    // The heading and the field stay.
    let seen = (height - 4.0 * size::CONTROL - 2.0 * size::PAD).max(4.0 * ROW);
    let (area, _) = ui.allocate_exact_size(vec2(ui.available_width(), seen), Sense::hover());
    let mut text = area;
    if area.width() > 3.0 * LIST {
        let list = if kit.rtl() {
            text.max.x -= LIST + size::GAP;
            area.with_min_x(area.right() - LIST)
        } else {
            text.min.x += LIST + size::GAP;
            area.with_max_x(area.left() + LIST)
        };
        chapters(ui, kit, form, list);
    }
    // The ring of the focus is on a line with the field.
    let text = text.shrink(RING);
    form.top = page(ui, kit, &mut form.guide, (page_id(), title), text);
    if ui.memory(|memory| memory.focused().is_none()) {
        ui.memory_mut(|memory| memory.request_focus(page_id()));
    }
}

/// The field of what is looked for, and how many places have it.
fn search(ui: &mut Ui, kit: &mut Kit, form: &mut ManualForm) {
    let before = form.field.text().to_owned();
    let name = kit.t(both("ابحث في دليل الاستعمال", "Search the manual"));
    let id = Id::unique("manual search");
    let outcome = text_field(ui, kit, id, &mut form.field, (name, name), false);
    if form.field.text() != before {
        form.search();
    } else if outcome.entered {
        form.next();
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    if form.field.text().trim().is_empty() {
        return;
    }
    let (hits, at) = (form.hits.0.len(), form.hits.1 + 1);
    let text = match (hits, kit.lang) {
        (0, _) => kit.t(both("لا نتائج", "Nothing found")).to_owned(),
        (_, Lang::Ar) => format!("{at} من {hits}؛ ينتقل Enter إلى التالية"),
        (_, Lang::En) => format!("{at} of {hits}; Enter goes to the next"),
    };
    kit.label(ui, &text, TextKind::Small, Ink::Weak);
}

/// The chapters; a click goes to one.
fn chapters(ui: &mut Ui, kit: &mut Kit, form: &mut ManualForm, area: Rect) {
    let current = form.chapter();
    let titles: Vec<_> = form.chapters().map(|(at, title)| (at, title.to_owned())).collect();
    let mut child = ui.new_child(UiBuilder::new().max_rect(area).layout(kit.column()));
    child.set_clip_rect(area.intersect(ui.clip_rect()));
    let id = Id::unique("manual chapters");
    rows(&mut child, kit, id, (titles.len(), ROW), None, |ui, kit, at, rect, row| {
        let Some((block, title)) = titles.get(at) else { return };
        let is_current = at == current;
        let ground = match (is_current, row.hovered()) {
            (true, _) => Some(kit.theme.chosen),
            (false, true) => Some(kit.theme.hover),
            (false, false) => None,
        };
        if let Some(ground) = ground {
            ui.painter().rect_filled(rect, size::RADIUS, color(ground));
        }
        let kind = if is_current { TextKind::Strong } else { TextKind::Body };
        let inner = rect.shrink2(vec2(size::GAP, 0.0));
        kit.paint_in(ui, inner, (title, kind), kit.theme.text, Align::Start);
        row.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, is_current, title));
        if row.clicked() {
            form.guide.shown = Some(*block);
        }
    });
}
