//! A scroll bar for content that is painted by hand.

use egui::scroll_area::ScrollBarVisibility;
use egui::{Id, Rect, Role, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::kit::{Kit, color};

/// How wide a scroll bar is, in points.
pub(in crate::app) const WIDTH: f32 = 12.0;

/// Content that is taller than its place, in points.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extent {
    /// The content's height.
    pub(super) content: f64,
    /// The place's height.
    pub(super) viewport: f64,
}

impl Extent {
    /// The farthest that the content can be scrolled.
    pub(super) fn last_top(self) -> f64 {
        (self.content - self.viewport).max(0.0)
    }
}

/// Draws a scroll bar in `rect` and moves `top` by it. Draws nothing where all fits.
pub(super) fn scroll_bar(
    ui: &Ui,
    kit: &Kit,
    id: Id,
    rect: Rect,
    extent: Extent,
    top: &mut f64,
) {
    *top = top.clamp(0.0, extent.last_top());
    if extent.last_top() <= 0.0 {
        return;
    }
    let height = f64::from(rect.height());
    let length = (height * extent.viewport / extent.content).max(28.0).min(height);
    let travel = height - length;
    // Keys scroll where the focus is: the bar itself is for the pointer.
    let response = ui.interact(rect, id, Sense::CLICK | Sense::DRAG);
    if let Some(pointer) = response.interact_pointer_pos() {
        let start = travel * *top / extent.last_top();
        if response.drag_started() || response.clicked() {
            // A press beside the handle takes the handle's middle there.
            let within = f64::from(pointer.y - rect.top()) - start;
            let grip = if (0.0..length).contains(&within) { within } else { length / 2.0 };
            ui.data_mut(|data| data.insert_temp(id, grip));
        }
        let grip = ui.data(|data| data.get_temp::<f64>(id)).unwrap_or(length / 2.0);
        if travel > 0.0 {
            let at = f64::from(pointer.y - rect.top()) - grip;
            *top = (at / travel * extent.last_top()).clamp(0.0, extent.last_top());
        }
    }
    let start = near(travel * *top / extent.last_top());
    let handle = Rect::from_min_size(
        pos2(rect.left() + 3.0, rect.top() + start),
        vec2(rect.width() - 6.0, near(length)),
    );
    let theme = kit.theme;
    let held = response.hovered() || response.dragged();
    let fill = if held { theme.weak } else { theme.edge.mixed(theme.page, 0.4) };
    ui.painter().rect_filled(handle, 3.0, color(fill));
    response.widget_info(|| {
        let name = crate::lang::both("شريط التمرير", "Scroll bar");
        WidgetInfo::labeled(Role::ScrollBar, true, kit.t(name))
    });
    crate::app::access::scroll_bar(&response, *top, extent.last_top());
}

/// Scrolls content of that height in `area`: by the wheel over it, to a place in it, or by so
/// many points. The place that is left beside the bar, and how far the content is scrolled.
pub(in crate::app) fn scrolled(
    ui: &Ui,
    kit: &Kit,
    id: Id,
    (area, height): (Rect, f64),
    (to, by): (Option<f64>, f32),
) -> (Rect, f64) {
    let extent = Extent { content: height, viewport: f64::from(area.height()) };
    let mut top = ui.data(|data| data.get_temp::<f64>(id)).unwrap_or(0.0);
    if ui.rect_contains_pointer(area) {
        top -= f64::from(ui.input(|input| input.smooth_scroll_delta().y));
    }
    top = (to.unwrap_or(top) + f64::from(by)).clamp(0.0, extent.last_top());
    let (inner, bar) = if kit.rtl() {
        let (bar, inner) = area.split_left_right_at_x(area.left() + WIDTH);
        (inner, bar)
    } else {
        area.split_left_right_at_x(area.right() - WIDTH)
    };
    scroll_bar(ui, kit, id.with("bar"), bar, extent, &mut top);
    ui.data_mut(|data| data.insert_temp(id, top));
    (inner, top)
}

/// Content that scrolls where it is higher than `most` points, with the bar where lists have it.
pub(in crate::app) fn scroll_area<T>(
    ui: &mut Ui,
    kit: &mut Kit,
    id: Id,
    most: f32,
    add: impl FnOnce(&mut Ui, &mut Kit) -> T,
) -> T {
    let scroll = ScrollArea::vertical()
        .id_salt(id)
        .max_height(most)
        .min_scrolled_height(most)
        .scroll_bar_visibility(ScrollBarVisibility::AlwaysHidden);
    // Whether it overflowed in the frame before: then the bar has a place of its own.
    let (id, to) = (id.with("bar"), id.with("to"));
    let scroll = match ui.data_mut(|data| data.remove_temp::<f32>(to)) {
        Some(top) => scroll.vertical_scroll_offset(top),
        None => scroll,
    };
    let overflows = ui.data(|data| data.get_temp::<bool>(id)).unwrap_or(false);
    let shown = scroll.show(ui, |ui| {
        let room = ui.available_rect_before_wrap();
        let width = if overflows { WIDTH } else { 0.0 };
        let inner = if kit.rtl() {
            room.with_min_x(room.left() + width)
        } else {
            room.with_max_x(room.right() - width)
        };
        ui.scope_builder(UiBuilder::new().max_rect(inner), |ui| add(ui, kit)).inner
    });
    let place = shown.inner_rect;
    let extent = Extent {
        content: f64::from(shown.content_size.y),
        viewport: f64::from(place.height()),
    };
    // A hair that is hidden is no reason to scroll.
    let now = extent.last_top() > 1.0;
    if now != overflows {
        ui.data_mut(|data| data.insert_temp(id, now));
        ui.ctx().request_repaint();
    }
    if now {
        let bar = if kit.rtl() {
            place.with_max_x(place.left() + WIDTH)
        } else {
            place.with_min_x(place.right() - WIDTH)
        };
        let before = f64::from(shown.state.clamped_offset().y);
        let mut top = before;
        scroll_bar(ui, kit, id, bar, extent, &mut top);
        top += f64::from(to_focus(ui, id.with("focus"), place));
        if (top - before).abs() > 0.01 {
            ui.data_mut(|data| data.insert_temp(to, near(top)));
            ui.ctx().request_repaint();
        }
    }
    shown.inner
}

/// How far down what has just got the focus by a key is, beyond what is seen of `place`.
fn to_focus(ui: &Ui, id: Id, place: Rect) -> f32 {
    let focused = ui.memory(|memory| memory.focused());
    let before = ui.data(|data| data.get_temp::<Option<Id>>(id)).flatten();
    if focused == before {
        return 0.0;
    }
    ui.data_mut(|data| data.insert_temp(id, focused));
    let response = focused.and_then(|focused| ui.ctx().read_response(focused));
    let Some(rect) = response.filter(|it| it.layer_id == ui.layer_id()).map(|it| it.rect)
    else {
        return 0.0;
    };
    // What stands beside the place is none of its content.
    if rect.left() < place.left() - 1.0 || rect.right() > place.right() + 1.0 {
        return 0.0;
    }
    let seen = place.shrink2(vec2(0.0, 4.0));
    if rect.top() < seen.top() {
        rect.top() - seen.top()
    } else {
        (rect.bottom() - seen.bottom()).max(0.0)
    }
}

/// A distance within a window, where `f32` is exact enough.
#[expect(clippy::cast_possible_truncation, reason = "a window is some thousand points high")]
pub(super) fn near(y: f64) -> f32 {
    y as f32
}
