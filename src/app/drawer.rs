//! Regions that a narrow window has no room for: drawers over the article.

use egui::{Area, Id, Order, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, vec2};

use super::layout::Layout;
use super::widget::{Kit, color};
use crate::lang::both;
use crate::theme::size;

/// A region that can be a drawer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Drawer {
    /// The list of documents, where reading begins.
    Documents,
    /// The chosen span and the guidelines, where reading ends.
    Inspector,
}

/// Which regions stand beside the article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Docked {
    pub(super) documents: bool,
    pub(super) inspector: bool,
}

impl Docked {
    /// What a window of that width in points has room for. In a narrow window, or with large
    /// text, the article comes first; while none is open, the list does.
    pub(super) fn in_width(width: f32, is_open: bool) -> Self {
        Self { documents: width >= 1_000.0 || !is_open, inspector: width >= 720.0 && is_open }
    }

    /// What stands there of what there is room for: all that is not hidden.
    pub(super) fn without_hidden(self, layout: &Layout, is_open: bool) -> Self {
        Self {
            documents: self.documents && !(layout.hides_documents && is_open),
            inspector: self.inspector && !layout.hides_inspector,
        }
    }

    pub(super) fn has(self, drawer: Drawer) -> bool {
        match drawer {
            Drawer::Documents => self.documents,
            Drawer::Inspector => self.inspector,
        }
    }
}

/// What a drawer says of itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shown {
    /// Whether it is to be closed, since what lies beside it was clicked.
    pub(super) closes: bool,
    /// Whether it can be seen: not yet in the first frame, in which egui measures it.
    pub(super) is_seen: bool,
}

/// Draws a drawer over `area`, with its content.
pub(super) fn show(
    ui: &Ui,
    kit: &mut Kit,
    (drawer, area): (Drawer, Rect),
    add: impl FnOnce(&mut Ui, &mut Kit),
) -> Shown {
    // Some of the article is left, to click on.
    let width = 320.0_f32.min(area.width() - 72.0);
    let is_left = (drawer == Drawer::Documents) != kit.rtl();
    let place = if is_left {
        Rect::from_min_size(area.min, vec2(width, area.height()))
    } else {
        Rect::from_min_max(egui::pos2(area.right() - width, area.top()), area.max)
    };
    let beside = if is_left {
        Rect::from_min_max(egui::pos2(place.right(), area.top()), area.max)
    } else {
        Rect::from_min_max(area.min, egui::pos2(place.left(), area.bottom()))
    };
    let name = kit.t(match drawer {
        Drawer::Documents => both("المقالات", "Documents"),
        Drawer::Inspector => both("الموضع", "Span"),
    });
    let layer = Area::new(Id::unique("drawer")).order(Order::Middle).fixed_pos(area.min);
    let layer = layer.role(Role::Region).accessible_name(name);
    let shown = layer.movable(false).constrain(false).show(ui.ctx(), |ui| {
        ui.set_clip_rect(area);
        ui.allocate_rect(area, Sense::hover());
        ui.painter().rect_filled(beside, 0.0, color(kit.theme.shade));
        ui.painter().rect_filled(place, 0.0, color(kit.theme.panel));
        let close = ui.interact(beside, Id::unique("beside the drawer"), Sense::click());
        let name = kit.t(both("أغلق اللوح", "Close the drawer"));
        close.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
        let inner = place.shrink2(vec2(12.0, 0.0));
        let mut child = ui.new_child(UiBuilder::new().max_rect(inner).layout(kit.column()));
        child.set_clip_rect(place);
        child.spacing_mut().item_spacing.y = size::GAP;
        add(&mut child, kit);
        Shown { closes: close.clicked(), is_seen: !ui.is_sizing_pass() }
    });
    shown.inner
}
