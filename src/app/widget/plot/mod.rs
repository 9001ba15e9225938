//! Plots, whose every word and number is set by the typeset layer.
//!
//! A plot begins where reading begins: in Arabic its vertical axis stands on the right, bars
//! grow from the right, and time runs from right to left too. So do Arabic newspapers set
//! them, so do people who read from the right order what comes first and what comes later, and
//! so the table beside it is read; a plot that ran the other way would be the only thing in the
//! window that does.
//!
//! What is drawn stands with its name and number beside it, so that no color is needed to tell
//! it. Each bar is a button: a key takes the focus from one to the next, and its accessible
//! name says what the eye reads.

mod bars;
mod columns;
mod rates;
mod scale;
mod steps;

use egui::{
    Align2, Id, Key, Painter, Pos2, Rect, Response, Stroke, StrokeKind, Ui, pos2, vec2,
};

pub(in crate::app) use bars::{Bar, bar_chart};
pub(in crate::app) use columns::{Mark, column_chart};
pub(in crate::app) use rates::{RateRow, Share, rate_chart};
pub(in crate::app) use steps::{Curve, step_chart};

use super::kit::{Kit, TextKind, color};
use super::list::step_focus;
use crate::theme::{Rgba, size};

/// A rectangle in which places are told from where reading begins.
#[derive(Clone, Copy, Debug)]
struct Field {
    rect: Rect,
    rtl: bool,
}

impl Field {
    /// The x at that share of the width.
    fn x(self, share: f32) -> f32 {
        let by = self.rect.width() * share;
        if self.rtl { self.rect.right() - by } else { self.rect.left() + by }
    }

    /// The y at that share of the height, from below.
    fn y(self, share: f32) -> f32 {
        self.rect.bottom() - self.rect.height() * share
    }

    /// The share of the width at which an x is.
    fn share(self, x: f32) -> f32 {
        let by = if self.rtl { self.rect.right() - x } else { x - self.rect.left() };
        by / self.rect.width().max(1.0)
    }

    /// What lies between two shares of the width.
    fn between(self, from: f32, to: f32) -> Rect {
        let (a, b) = (self.x(from), self.x(to));
        let (top, bottom) = (self.rect.top(), self.rect.bottom());
        Rect::from_min_max(pos2(a.min(b), top), pos2(a.max(b), bottom))
    }

    /// A strip of that width where reading begins, and the rest.
    fn split(self, width: f32) -> (Self, Self) {
        let share = width / self.rect.width().max(1.0);
        let field = |rect| Self { rect, ..self };
        (field(self.between(0.0, share)), field(self.between(share, 1.0)))
    }
}

/// Paints a text around a place: which of its sides or corners lies there says `anchor`, in
/// which left is where reading begins.
fn paint_at(
    painter: &Painter,
    ui: &Ui,
    kit: &mut Kit,
    (at, anchor): (Pos2, Align2),
    (text, ink): (&str, Rgba),
) {
    let set = kit.set(ui, text, TextKind::Small, None);
    let anchor = if kit.rtl() { Align2([anchor.x().flipped(), anchor.y()]) } else { anchor };
    let rect = anchor.anchor_size(at, Kit::size(ui, &set));
    let scale = ui.ctx().pixels_per_point();
    let min = pos2((rect.left() * scale).round() / scale, (rect.top() * scale).round() / scale);
    kit.paint(painter, min, &set, ink);
}

/// How wide a text is, in points.
fn width(ui: &Ui, kit: &mut Kit, text: &str, kind: TextKind) -> f32 {
    Kit::size(ui, &kit.set(ui, text, kind, None)).x.ceil()
}

/// The one of `count` marks that is in the order of the focus, after the keys of this frame:
/// arrows go to the next and the previous, also when the window is mirrored.
fn current(ui: &Ui, kit: &Kit, id: Id, count: usize) -> usize {
    let (last, rtl) = (count.saturating_sub(1), kit.rtl());
    let at = ui.data(|data| data.get_temp::<usize>(id)).unwrap_or(0).min(last);
    let stepped = step_focus(ui, id, (at, count), |key, at| match (key, rtl) {
        (Key::ArrowDown, _) | (Key::ArrowRight, false) | (Key::ArrowLeft, true) => {
            Some((at + 1).min(last))
        }
        (Key::ArrowUp, _) | (Key::ArrowLeft, false) | (Key::ArrowRight, true) => {
            Some(at.saturating_sub(1))
        }
        (Key::Home, _) => Some(0),
        (Key::End, _) => Some(last),
        _ => None,
    });
    keep(ui, id, stepped.unwrap_or(at));
    stepped.unwrap_or(at)
}

/// Keeps which mark is in the order of the focus.
fn keep(ui: &Ui, id: Id, at: usize) {
    ui.data_mut(|data| data.insert_temp(id, at));
}

/// Shows that a mark has the focus.
fn ring(ui: &Ui, kit: &Kit, response: &Response, rect: Rect) {
    if response.has_focus() {
        let stroke = Stroke::new(2.0, color(kit.theme.accent));
        ui.painter().rect_stroke(rect, size::RADIUS, stroke, StrokeKind::Inside);
    }
}

/// A grid line at a share of the height, with its number beside it.
fn level(ui: &Ui, kit: &mut Kit, field: Field, (share, text): (f32, &str)) {
    let y = field.y(share).round();
    let line = if share > 0.0 { kit.theme.line } else { kit.theme.edge };
    let ends = [pos2(field.rect.left(), y), pos2(field.rect.right(), y)];
    ui.painter().line_segment(ends, Stroke::new(1.0, color(line)));
    let gap = if field.rtl { 6.0 } else { -6.0 };
    let at = pos2(field.x(0.0) + gap, y);
    let weak = kit.theme.weak;
    paint_at(ui.painter(), ui, kit, (at, Align2::RIGHT_CENTER), (text, weak));
}

/// The room of a plot with a vertical axis up to `scale`, below its `margin` at the top, and with
/// a line of text under it.
fn axes(ui: &Ui, kit: &mut Kit, rect: Rect, (scale, margin): (&scale::Scale, f32)) -> Field {
    let widest = width(ui, kit, &scale.end().to_string(), TextKind::Small);
    let below = size::SMALL * 1.8;
    let inner = Rect::from_min_max(
        rect.min + vec2(0.0, margin),
        pos2(rect.right(), (rect.bottom() - below).max(rect.top() + margin + 1.0)),
    );
    let (_, field) = Field { rect: inner, rtl: kit.rtl() }.split(widest + 10.0);
    for tick in scale.ticks() {
        level(ui, kit, field, (scale.share(tick), &tick.to_string()));
    }
    field
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_mirrored_begins_on_the_right() {
        let rect = Rect::from_min_size(pos2(100.0, 0.0), vec2(200.0, 50.0));
        let ltr = Field { rect, rtl: false };
        let rtl = Field { rect, rtl: true };
        assert_eq!((ltr.x(0.25), rtl.x(0.25)), (150.0, 250.0));
        assert_eq!((ltr.share(150.0), rtl.share(150.0)), (0.25, 0.75));
        assert_eq!((ltr.y(0.0), rtl.y(1.0)), (50.0, 0.0));
        let (strip, rest) = rtl.split(40.0);
        assert_eq!((strip.rect.left(), strip.rect.right()), (260.0, 300.0));
        assert_eq!((rest.rect.left(), rest.rect.right()), (100.0, 260.0));
        // One is the other in a mirror.
        let (a, b) = (ltr.between(0.1, 0.4), rtl.between(0.1, 0.4));
        assert!((a.left() + b.right() - 400.0).abs() < 0.01);
        assert!((a.right() + b.left() - 400.0).abs() < 0.01);
    }
}
