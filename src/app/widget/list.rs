//! A list of rows of one height, of which only the visible ones are drawn: a hundred thousand
//! cost what ten do.

use egui::{
    EventFilter, Id, Key, Rect, Response, Sense, Stroke, StrokeKind, Ui, UiBuilder, pos2, vec2,
};

use super::kit::{Kit, color};
use super::scroll::{Extent, WIDTH, near, scroll_bar};
use crate::app::access::{Rows, list_id};

/// Draws the visible rows of `count`, each `height` points high, in all the room there is.
///
/// `shown` is a row to scroll to. `row` draws one row in its rectangle. Tab comes to one row,
/// from which arrows, pages, Home and End go on to others.
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
    let viewport = f64::from(area.height());
    // At its end too the list begins with a whole row.
    let whole = |y: f64| (y / step).ceil() * step;
    let content = match step * to_f64(count) {
        content if content > viewport => whole(content - viewport) + viewport,
        content => content,
    };
    let extent = Extent { content, viewport };
    let mut top = ui.data(|data| data.get_temp::<f64>(id)).unwrap_or(0.0);
    if ui.rect_contains_pointer(area) {
        top -= f64::from(ui.input(|input| input.smooth_scroll_delta().y));
    }
    let at_id = id.with("at");
    let mut current = ui.data(|data| data.get_temp::<usize>(at_id)).unwrap_or(0);
    current = shown.unwrap_or(current).min(count.saturating_sub(1));
    let per_page = to_usize(extent.viewport / step).max(2) - 1;
    let last = count.saturating_sub(1);
    let stepped = step_focus(ui, id, (current, count), |key, at| match key {
        Key::ArrowDown => Some((at + 1).min(last)),
        Key::ArrowUp => Some(at.saturating_sub(1)),
        Key::PageDown => Some((at + per_page).min(last)),
        Key::PageUp => Some(at.saturating_sub(per_page)),
        Key::Home => Some(0),
        Key::End => Some(last),
        _ => None,
    });
    current = stepped.unwrap_or(current);
    if let Some(shown) = stepped.or(shown) {
        let y = step * to_f64(shown);
        // Where there is no room for a whole row, its upper edge is shown; the one at the top is
        // whole.
        top = top.clamp(whole((y + step - viewport).max(0.0)).min(y), y);
        top = (top / step).floor() * step;
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
    let child = UiBuilder::new().scope_id(list_id(id)).max_rect(inner);
    let mut child = ui.new_child(child.accessibility_role(egui::Role::ListBox));
    let mut told = Rows::default();
    child.set_clip_rect(inner.intersect(ui.clip_rect()));
    // Of what is seen, one row is in the order of the focus.
    let stop = if (first..last).contains(&current) { current } else { first };
    for at in first..last {
        let y = inner.top() + near(step * to_f64(at) - top);
        let rect = Rect::from_min_size(pos2(inner.left(), y), vec2(inner.width(), height));
        let sense = if at == stop { Sense::click() } else { Sense::CLICK };
        let response = child.interact(rect, id.with(at), sense);
        let has_focus = response.has_focus();
        if has_focus || response.clicked() {
            current = at;
        }
        row(&mut child, kit, at, rect, response);
        told.row(child.ctx(), id.with(at), at);
        if has_focus {
            let stroke = Stroke::new(2.0, color(kit.theme.accent));
            let inner = rect.shrink(1.0);
            child.painter().rect_stroke(inner, 3.0, stroke, StrokeKind::Inside);
        }
    }
    told.end(ui.ctx(), id, inner, count);
    scroll_bar(ui, kit, id.with("bar"), bar, extent, &mut top);
    ui.data_mut(|data| {
        data.insert_temp(id, top);
        data.insert_temp(at_id, current);
    });
}

/// The row to which a key takes the focus, if one of the rows has it. `to` says where a key
/// leads from a row; none for a key that is not for rows.
pub(super) fn step_focus(
    ui: &Ui,
    id: Id,
    (current, count): (usize, usize),
    to: impl Fn(Key, usize) -> Option<usize>,
) -> Option<usize> {
    let row = id.with(current);
    if count == 0 || !ui.memory(|memory| memory.has_focus(row)) {
        return None;
    }
    let filter = EventFilter {
        vertical_arrows: true,
        horizontal_arrows: to(Key::ArrowRight, current).is_some(),
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(row, filter));
    let mut at = current;
    ui.input_mut(|input| {
        input.events.retain(|event| {
            let egui::Event::Key { key, pressed: true, modifiers, .. } = event else {
                return true;
            };
            if modifiers.any() {
                return true;
            }
            let Some(next) = to(*key, at) else { return true };
            at = next;
            false
        });
    });
    if at == current {
        return None;
    }
    ui.memory_mut(|memory| {
        memory.request_focus(id.with(at));
        memory.set_focus_lock_filter(id.with(at), filter);
    });
    Some(at)
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

#[cfg(test)]
mod tests {
    use egui::{Context, Event, Modifiers, RawInput};

    use super::*;
    use crate::lang::Lang;
    use crate::theme::{Mode, Theme};

    const HEIGHT: f32 = 20.0;

    /// A list in a window of 200 × 200 points, and the rows that its last frame drew.
    struct Bench {
        ctx: Context,
        kit: Kit,
        count: usize,
        drawn: Vec<usize>,
        height: f32,
        /// Where the first row is.
        top: f32,
        focused: Option<usize>,
    }

    impl Bench {
        fn new(count: usize) -> Self {
            let kit = Kit::new(Theme::new(Mode::Light), Lang::Ar);
            Self {
                ctx: Context::default(),
                kit,
                count,
                drawn: Vec::new(),
                height: HEIGHT,
                top: 0.0,
                focused: None,
            }
        }

        fn frame(&mut self, shown: Option<usize>, events: Vec<Event>) {
            let size = Rect::from_min_size(pos2(0.0, 0.0), vec2(200.0, 200.0));
            let input = RawInput { screen_rect: Some(size), events, ..RawInput::default() };
            let Self { ctx, kit, count, drawn, height, top, focused } = self;
            let output = ctx.clone().run_ui(input, |ui| {
                drawn.clear();
                *focused = None;
                let list = (*count, *height);
                rows(ui, kit, Id::unique("list"), list, shown, |_, _, at, rect, response| {
                    if drawn.is_empty() {
                        *top = rect.top();
                    }
                    drawn.push(at);
                    if response.has_focus() {
                        *focused = Some(at);
                    }
                });
            });
            output.drop_without_applying_deltas();
        }

        fn key(&mut self, key: Key) {
            let modifiers = Modifiers::NONE;
            let event =
                Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers };
            self.frame(None, vec![event]);
            self.frame(None, Vec::new());
        }
    }

    #[test]
    fn a_hundred_thousand_rows_cost_what_a_hundred_do() {
        let mut drawn = Vec::new();
        for count in [100, 100_000] {
            let mut bench = Bench::new(count);
            let mut most = 0;
            for shown in [0, count / 3, count / 2, count - 1] {
                bench.frame(Some(shown), Vec::new());
                assert!(bench.drawn.contains(&shown), "{shown} of {count}");
                most = most.max(bench.drawn.len());
            }
            drawn.push(most);
        }
        assert!(drawn[0] <= 12 && drawn[0] == drawn[1], "{drawn:?}");
    }

    #[test]
    fn keys_leave_the_row_at_the_top_whole() {
        let mut bench = Bench::new(100);
        // Six rows and a part.
        bench.height = 30.0;
        bench.frame(None, Vec::new());
        let first = bench.top;
        bench.key(Key::Tab);
        let down = [Key::ArrowDown; 9];
        for key in down.into_iter().chain([Key::End, Key::ArrowUp, Key::PageUp, Key::Home]) {
            bench.key(key);
            assert!((bench.top - first).abs() < 0.01, "{key:?}: {}", bench.top);
            assert!(bench.focused.is_some_and(|at| bench.drawn.contains(&at)));
        }
    }

    #[test]
    fn the_focus_goes_through_all_rows_by_keys() {
        let mut bench = Bench::new(100_000);
        bench.frame(None, Vec::new());
        bench.key(Key::Tab);
        assert_eq!(bench.focused, Some(0));
        let steps = [
            (Key::ArrowDown, 1),
            (Key::End, 99_999),
            (Key::ArrowDown, 99_999),
            (Key::ArrowUp, 99_998),
            (Key::PageUp, 99_989),
            (Key::Home, 0),
            (Key::ArrowUp, 0),
            (Key::PageDown, 9),
        ];
        for (key, expected) in steps {
            bench.key(key);
            assert_eq!(bench.focused, Some(expected), "{key:?}");
            assert!(bench.drawn.contains(&expected));
        }
    }
}
