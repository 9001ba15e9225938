//! A list of rows of one height, of which only the visible ones are drawn.

use egui::{Id, Rect, Response, Sense, Ui, UiBuilder, pos2, vec2};

use super::kit::Kit;
use super::scroll::{Extent, WIDTH, near, scroll_bar};

/// Draws the visible rows of `count`, each `height` points high, in all the room there is.
///
/// `shown` is a row to scroll to. `row` draws one row in its rectangle.
pub(in crate::app) fn rows(
    ui: &mut Ui,
    kit: &mut Kit,
    id: Id,
    (count, height): (usize, f32),
    shown: Option<usize>,
    mut row: impl FnMut(&mut Ui, &mut Kit, usize, Rect, Response),
) {
    let area = ui.available_rect_before_wrap();
    ui.allocate_rect(area, Sense::hover());
    if area.height() < 1.0 || area.width() < 1.0 {
        return;
    }
    let step = f64::from(height);
    let extent = Extent { content: step * to_f64(count), viewport: f64::from(area.height()) };
    let mut top = ui.data(|data| data.get_temp::<f64>(id)).unwrap_or(0.0);
    if ui.rect_contains_pointer(area) {
        top -= f64::from(ui.input(|input| input.smooth_scroll_delta().y));
    }
    if let Some(shown) = shown {
        let y = step * to_f64(shown);
        top = top.clamp((y + step - extent.viewport).max(0.0), y.max(0.0));
    }
    top = top.clamp(0.0, extent.last_top());
    let bar_room = if extent.last_top() > 0.0 { WIDTH } else { 0.0 };
    let (inner, bar) = if kit.rtl() {
        area.split_left_right_at_x(area.left() + bar_room)
    } else {
        area.split_left_right_at_x(area.right() - bar_room)
    };
    let (inner, bar) = if kit.rtl() { (bar, inner) } else { (inner, bar) };
    let first = to_usize(top / step);
    let last = count.min(to_usize((top + extent.viewport) / step) + 1);
    let mut child = ui.new_child(UiBuilder::new().max_rect(inner));
    child.set_clip_rect(inner.intersect(ui.clip_rect()));
    for at in first..last {
        let y = inner.top() + near(step * to_f64(at) - top);
        let rect = Rect::from_min_size(pos2(inner.left(), y), vec2(inner.width(), height));
        let response = child.interact(rect, id.with(at), Sense::click());
        row(&mut child, kit, at, rect, response);
    }
    scroll_bar(ui, kit, id.with("bar"), bar, extent, &mut top);
    ui.data_mut(|data| data.insert_temp(id, top));
}

#[expect(clippy::cast_precision_loss, reason = "a list has far fewer than 2⁵³ rows")]
fn to_f64(count: usize) -> f64 {
    count as f64
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the row number of a position that is not negative"
)]
fn to_usize(row: f64) -> usize {
    row.max(0.0) as usize
}
