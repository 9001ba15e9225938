//! A scene cut into pieces that any painter can draw: rectangles of whole pixels, solid or seen
//! through a mask.
//!
//! Both painters draw the same pieces in the same order, so what they show is the same. The
//! pieces of one shape never overlap: a translucent shape has one tone.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "pixel coordinates saturate, and what lies beyond is not seen anyway"
)]

use crate::theme::Rgba;
use crate::typeset::raster::MaskKey;
use crate::typeset::{Glyph, Rect, Shape};

/// The largest radius of a corner in pixels; larger ones would only take room in the atlas.
const MAX_RADIUS: i32 = 128;

/// A rectangle of whole pixels, its right and bottom edges outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PixelRect {
    pub(super) left: i32,
    pub(super) top: i32,
    pub(super) right: i32,
    pub(super) bottom: i32,
}

impl PixelRect {
    pub(super) fn new(left: i32, top: i32, right: i32, bottom: i32) -> Self {
        Self { left, top, right, bottom }
    }

    pub(super) fn is_empty(self) -> bool {
        self.left >= self.right || self.top >= self.bottom
    }

    /// What lies in both.
    pub(super) fn intersection(self, other: Self) -> Self {
        Self::new(
            self.left.max(other.left),
            self.top.max(other.top),
            self.right.min(other.right),
            self.bottom.min(other.bottom),
        )
    }

    /// Edges rounded to whole pixels, so that they are sharp and neighbors meet without a seam;
    /// something that has a size keeps at least one pixel of it.
    fn from_rect(rect: Rect) -> Option<Self> {
        // Beyond any canvas, yet near enough to cut what leads there into dashes.
        const FAR: f32 = 2_097_152.0;
        let Rect { left, top, right, bottom } = rect;
        if !(left < right && top < bottom) {
            return None;
        }
        let whole = |edge: f32| (edge.clamp(-FAR, FAR) + 0.5).floor() as i32;
        let (left, top) = (whole(left), whole(top));
        Some(Self::new(left, top, whole(right).max(left + 1), whole(bottom).max(top + 1)))
    }
}

/// What is painted in one stroke, in one color.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Every pixel of the rectangle.
    Solid(PixelRect),
    /// A mask, with its origin at this pixel.
    Glyph { key: MaskKey, x: i32, y: i32 },
    /// A corner's mask in this square, mirrored where the corner is not the upper left one.
    Corner { key: MaskKey, square: PixelRect, mirror_x: bool, mirror_y: bool },
}

/// A color as painters blend it: multiplied by its opacity, in sRGB as it stands.
pub(super) fn premultiplied(color: Rgba) -> [u8; 4] {
    let Rgba([r, g, b, a]) = color;
    let times = |channel: u8| ((u16::from(channel) * u16::from(a) + 127) / 255) as u8;
    [times(r), times(g), times(b), a]
}

/// Hands the pieces of `shape` to `draw`, in painting order, and its color.
pub(super) fn cut(shape: &Shape, mut draw: impl FnMut(Piece, Rgba)) {
    match shape {
        Shape::Fill { rect, radius, color } => {
            cut_fill(*rect, *radius, &mut |piece| draw(piece, *color));
        }
        Shape::Outline { rect, radius, width, dash, color } => {
            cut_outline(*rect, *radius, (*width, *dash), &mut |piece| draw(piece, *color));
        }
        Shape::Glyphs { color, glyphs } => {
            for glyph in glyphs {
                draw(cut_glyph(glyph), *color);
            }
        }
    }
}

/// The piece of a glyph.
pub(super) fn cut_glyph(glyph: &Glyph) -> Piece {
    let (key, x, y) = MaskKey::of_glyph(glyph);
    Piece::Glyph { key, x, y }
}

/// A radius in whole pixels, no larger than half of the smaller side.
fn whole_radius(rect: PixelRect, radius: f32) -> i32 {
    let half = (rect.right - rect.left).min(rect.bottom - rect.top) / 2;
    ((radius + 0.5).floor() as i32).clamp(0, half.min(MAX_RADIUS))
}

fn cut_fill(rect: Rect, radius: f32, draw: &mut impl FnMut(Piece)) {
    let Some(rect) = PixelRect::from_rect(rect) else { return };
    let radius = whole_radius(rect, radius);
    let PixelRect { left, top, right, bottom } = rect;
    let mut solid = |rect: PixelRect| {
        if !rect.is_empty() {
            draw(Piece::Solid(rect));
        }
    };
    solid(PixelRect::new(left + radius, top, right - radius, top + radius));
    solid(PixelRect::new(left, top + radius, right, bottom - radius));
    solid(PixelRect::new(left + radius, bottom - radius, right - radius, bottom));
    cut_corners(rect, radius, 0, draw);
}

fn cut_outline(rect: Rect, radius: f32, line: (f32, f32), draw: &mut impl FnMut(Piece)) {
    let (line_width, dash) = line;
    let Some(pixels) = PixelRect::from_rect(rect) else { return };
    let PixelRect { left, top, right, bottom } = pixels;
    let width = ((line_width + 0.5).floor() as i32).max(1);
    if 2 * width >= (right - left).min(bottom - top) {
        return cut_fill(rect, radius, draw);
    }
    let radius = whole_radius(pixels, radius);
    let dash = (dash + 0.5).floor() as i32;
    let (thin, side) = (radius.min(width), radius.max(width));
    let mut edge = |rect: PixelRect| cut_edge(rect, dash, draw);
    edge(PixelRect::new(left + radius, top, right - radius, top + thin));
    edge(PixelRect::new(left, top + radius, right, top + width));
    edge(PixelRect::new(left, top + side, left + width, bottom - side));
    edge(PixelRect::new(right - width, top + side, right, bottom - side));
    edge(PixelRect::new(left, bottom - width, right, bottom - radius));
    edge(PixelRect::new(left + radius, bottom - thin, right - radius, bottom));
    cut_corners(pixels, radius, if width < radius { width } else { 0 }, draw);
}

/// A straight line, broken into dashes if `dash` is above zero.
///
/// The dashes are stretched a little so that the line begins and ends with one.
fn cut_edge(edge: PixelRect, dash: i32, draw: &mut impl FnMut(Piece)) {
    if edge.is_empty() {
        return;
    }
    let (width, height) = (edge.right - edge.left, edge.bottom - edge.top);
    let length = width.max(height);
    if dash <= 0 || length < 3 * dash {
        return draw(Piece::Solid(edge));
    }
    // An odd number of stretches, dash and gap in turn.
    let stretches = (length / dash - 1) | 1;
    let at =
        |stretch: i32| (i64::from(length) * i64::from(stretch) / i64::from(stretches)) as i32;
    for stretch in (0..stretches).step_by(2) {
        let (from, to) = (at(stretch), at(stretch + 1));
        draw(Piece::Solid(if width >= height {
            PixelRect { left: edge.left + from, right: edge.left + to, ..edge }
        } else {
            PixelRect { top: edge.top + from, bottom: edge.top + to, ..edge }
        }));
    }
}

fn cut_corners(rect: PixelRect, radius: i32, width: i32, draw: &mut impl FnMut(Piece)) {
    if radius == 0 {
        return;
    }
    let key = MaskKey::corner(radius as u16, width as u16);
    for (mirror_x, mirror_y) in [(false, false), (true, false), (false, true), (true, true)] {
        let left = if mirror_x { rect.right - radius } else { rect.left };
        let top = if mirror_y { rect.bottom - radius } else { rect.top };
        let square = PixelRect::new(left, top, left + radius, top + radius);
        draw(Piece::Corner { key, square, mirror_x, mirror_y });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIDE: usize = 64;

    /// How often each pixel is painted, the squares of corners counted as they stand.
    fn painted(shape: &Shape) -> Vec<u8> {
        let mut counts = vec![0; SIDE * SIDE];
        cut(shape, |piece, _| {
            let rect = match piece {
                Piece::Solid(rect) | Piece::Corner { square: rect, .. } => rect,
                Piece::Glyph { .. } => unreachable!("there are no glyphs"),
            };
            assert!(!rect.is_empty(), "an empty piece of {shape:?}");
            for y in rect.top..rect.bottom {
                for x in rect.left..rect.right {
                    counts[y as usize * SIDE + x as usize] += 1;
                }
            }
        });
        counts
    }

    #[track_caller]
    fn check_painted(shape: &Shape, expected: impl Fn(i32, i32) -> bool) {
        for (at, count) in painted(shape).into_iter().enumerate() {
            let (x, y) = ((at % SIDE) as i32, (at / SIDE) as i32);
            assert_eq!(count, u8::from(expected(x, y)), "at {x}, {y} of {shape:?}");
        }
    }

    const COLOR: Rgba = Rgba::hex(0);

    #[test]
    fn a_fill_is_each_of_its_pixels_once() {
        for (width, height) in [(1, 1), (2, 9), (7, 7), (40, 3), (31, 30)] {
            for radius in [0.0, 0.4, 1.0, 3.0, 5.5, 100.0] {
                let rect = Rect::new(4.0, 6.0, (4 + width) as f32, (6 + height) as f32);
                let shape = Shape::Fill { rect, radius, color: COLOR };
                check_painted(&shape, |x, y| {
                    (4..4 + width).contains(&x) && (6..6 + height).contains(&y)
                });
            }
        }
    }

    #[test]
    fn an_outline_is_its_border_and_the_squares_of_its_corners_once() {
        for (w, h) in [(12, 12), (40, 14), (13, 50)] {
            for radius in 0..6_i32 {
                for width in 1..6_i32 {
                    let rect = Rect::new(4.0, 6.0, (4 + w) as f32, (6 + h) as f32);
                    let (r, line) = (radius as f32, width as f32);
                    let shape = Shape::Outline {
                        rect,
                        radius: r,
                        width: line,
                        dash: 0.0,
                        color: COLOR,
                    };
                    check_painted(&shape, |x, y| {
                        // The distance of a pixel from the nearest edges.
                        let dx = (x - 4).min(3 + w - x);
                        let dy = (y - 6).min(5 + h - y);
                        let in_border = dx.min(dy) < width || dx.max(dy) < radius;
                        dx >= 0 && dy >= 0 && in_border
                    });
                }
            }
        }
    }

    #[test]
    fn a_dashed_edge_begins_and_ends_with_a_dash() {
        for length in 3..60 {
            for dash in 1..8 {
                let mut pixels = vec![false; length as usize];
                cut_edge(PixelRect::new(0, 0, length, 1), dash, &mut |piece| {
                    let Piece::Solid(rect) = piece else { unreachable!("edges are solid") };
                    pixels[rect.left as usize..rect.right as usize].fill(true);
                });
                assert!(
                    pixels[0] && pixels[length as usize - 1],
                    "{length} in dashes of {dash}"
                );
                let gaps = pixels.iter().filter(|painted| !**painted).count();
                assert_eq!(gaps > 0, length >= 3 * dash, "{length} in dashes of {dash}");
            }
        }
    }

    #[test]
    fn neighbors_meet_and_thin_lines_do_not_vanish() {
        for step in 0..40 {
            let (left, middle, right) = (3.3, 5.0 + step as f32 / 20.0, 9.6);
            let first = PixelRect::from_rect(Rect::new(left, 0.0, middle, 1.0)).unwrap();
            let second = PixelRect::from_rect(Rect::new(middle, 0.0, right, 1.0)).unwrap();
            assert_eq!(first.right, second.left, "at {middle}");
            let caret =
                PixelRect::from_rect(Rect::new(middle, 0.0, middle + 0.2, 1.0)).unwrap();
            assert_eq!(caret.right - caret.left, 1, "at {middle}");
        }
    }
}
