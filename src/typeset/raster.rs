//! Masks: the bitmaps that scenes are painted through.
//!
//! A mask is one byte of coverage a pixel. It is either a glyph at one of four horizontal
//! subpixel positions, or the corner of a rounded rectangle. Nothing is kept here: the atlas
//! and the canvas keep the masks they use.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "mask sizes are checked against MAX_SIDE, and keys are taken apart bit by bit"
)]

use std::hash::{BuildHasherDefault, Hasher};

use swash::FontRef;
use swash::scale::{Render, ScaleContext, Source};
use swash::zeno::Vector;

use crate::typeset::{FONTS, FontId, Glyph};

/// The largest width and height of a mask in pixels.
///
/// What would be larger is not drawn; it is four times the height of the largest page text.
pub(super) const MAX_SIDE: u32 = 1024;

/// Which mask: a glyph or a corner, packed into one number.
///
/// ```text
/// glyph:   0 | 5 unused | size, as the bits of an f32: 32 | glyph: 16 | font: 8 | quarter: 2
/// corner:  1 | 31 unused | radius: 16 | line width, 0 for a filled one: 16
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct MaskKey(u64);

/// The bit that tells corners from glyphs.
const CORNER: u64 = 1 << 63;

impl MaskKey {
    /// The mask of a glyph, and the whole pixel at which its origin stands.
    ///
    /// The x is rounded to quarters of a pixel, the y to whole pixels: letters then keep their
    /// distances along the line, and all of a line stand on one sharp baseline.
    pub(super) fn of_glyph(glyph: &Glyph) -> (Self, i32, i32) {
        let quarters = (glyph.x * 4.0 + 0.5).floor() as i32;
        let key = u64::from(glyph.size.to_bits()) << 26
            | u64::from(glyph.id) << 10
            | u64::from(glyph.font.0) << 2
            | u64::from(quarters as u32 & 3);
        (Self(key), quarters >> 2, (glyph.y + 0.5).floor() as i32)
    }

    /// The upper left corner of a rectangle; both measures in pixels, `width` 0 to fill it.
    pub(super) fn corner(radius: u16, width: u16) -> Self {
        Self(CORNER | u64::from(radius) << 16 | u64::from(width))
    }
}

/// A hasher for [`MaskKey`]: one multiplication, since a page looks up two thousand keys a frame.
#[derive(Default)]
pub(super) struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u64(u64::from(byte));
        }
    }

    fn write_u64(&mut self, key: u64) {
        // Folding the halves of the product carries every bit of the key into the low bits,
        // which choose the bucket, and into the high ones, which hashbrown compares.
        let product = u128::from(self.0 ^ key) * 0x9E37_79B9_7F4A_7C15;
        self.0 = (product >> 64) as u64 ^ product as u64;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Things by [`MaskKey`].
pub(super) type MaskMap<T> =
    std::collections::HashMap<MaskKey, T, BuildHasherDefault<KeyHasher>>;

/// Coverage, one byte a pixel, rows from the top.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Mask {
    /// From the origin rightwards to the first column.
    pub(super) left: i32,
    /// From the origin upwards to the top of the first row.
    pub(super) top: i32,
    /// Pixels a row; 0 if there is nothing to see.
    pub(super) width: u32,
    /// How many rows.
    pub(super) height: u32,
    /// `width * height` bytes.
    pub(super) coverage: Vec<u8>,
}

/// Makes masks from the bundled fonts.
pub struct Rasterizer {
    context: ScaleContext,
    /// A `FontRef` carries the key under which swash keeps what it knows of a font, so it is
    /// made once.
    fonts: Vec<Option<FontRef<'static>>>,
}

impl Default for Rasterizer {
    fn default() -> Self {
        Self::new()
    }
}

impl std::fmt::Debug for Rasterizer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rasterizer").field("fonts", &self.fonts.len()).finish_non_exhaustive()
    }
}

impl Rasterizer {
    /// A rasterizer of the bundled fonts.
    #[must_use]
    pub fn new() -> Self {
        let fonts = FONTS.iter().map(|font| FontRef::from_index(font.bytes, 0)).collect();
        Self { context: ScaleContext::new(), fonts }
    }

    /// The mask of `key`; empty if there is nothing to see or nothing that could be drawn.
    pub(super) fn mask(&mut self, key: MaskKey) -> Mask {
        let MaskKey(key) = key;
        if key & CORNER == 0 {
            let size = f32::from_bits((key >> 26) as u32);
            self.glyph(FontId((key >> 2) as u8), (key >> 10) as u16, size, (key & 3) as u8)
        } else {
            corner((key >> 16) as u16, key as u16)
        }
    }

    fn glyph(&mut self, font: FontId, id: u16, size: f32, quarter: u8) -> Mask {
        let Some(Some(font)) = self.fonts.get(usize::from(font.0)) else {
            return Mask::default();
        };
        if !(size > 0.0 && size <= MAX_SIDE as f32) {
            return Mask::default();
        }
        let mut scaler = self.context.builder(*font).size(size).hint(false).build();
        let image = Render::new(&[Source::Outline])
            .offset(Vector::new(f32::from(quarter) / 4.0, 0.0))
            .render(&mut scaler, id);
        match image {
            Some(image)
                if (1..=MAX_SIDE).contains(&image.placement.width)
                    && (1..=MAX_SIDE).contains(&image.placement.height) =>
            {
                Mask {
                    left: image.placement.left,
                    top: image.placement.top,
                    width: image.placement.width,
                    height: image.placement.height,
                    coverage: image.data,
                }
            }
            _ => Mask::default(),
        }
    }
}

/// The upper left corner of a rounded rectangle, its origin at the rectangle's corner.
///
/// Each pixel is sampled 16 × 16 times in whole numbers.
fn corner(radius: u16, width: u16) -> Mask {
    let side = u32::from(radius).min(MAX_SIDE);
    // In 32nds of a pixel, so that samples stand at odd numbers.
    let center = i64::from(side) * 32;
    let outer = center * center;
    let hole = (i64::from(side) - i64::from(width)).max(0) * 32;
    let inner = if width == 0 { 0 } else { hole * hole };
    let samples = |pixel: u32| (0..16).map(move |i| center - i64::from(pixel * 32 + i * 2 + 1));

    let mut coverage = Vec::with_capacity((side * side) as usize);
    for y in 0..side {
        for x in 0..side {
            let hits: u32 = samples(y)
                .map(|dy| {
                    samples(x)
                        .map(|dx| dx * dx + dy * dy)
                        .filter(|d| (inner..outer).contains(d))
                        .count() as u32
                })
                .sum();
            coverage.push(((hits * 255 + 128) / 256) as u8);
        }
    }
    Mask { left: 0, top: 0, width: side, height: side, coverage }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glyph(x: f32, y: f32) -> Glyph {
        Glyph { font: FontId(0), id: 77, size: 20.0, x, y }
    }

    #[track_caller]
    fn check_snapping(x: f32, y: f32, quarter: u64, pixel: (i32, i32)) {
        let (key, left, top) = MaskKey::of_glyph(&glyph(x, y));
        assert_eq!((key.0 & 3, (left, top)), (quarter, pixel), "at {x}, {y}");
    }

    #[test]
    fn glyphs_snap_to_quarter_pixels_across_and_to_whole_ones_down() {
        check_snapping(3.0, 7.0, 0, (3, 7));
        check_snapping(3.12, 7.49, 0, (3, 7));
        check_snapping(3.13, 7.5, 1, (3, 8));
        check_snapping(3.5, 7.6, 2, (3, 8));
        check_snapping(3.88, 8.4, 0, (4, 8));
        check_snapping(-0.25, -0.5, 3, (-1, 0));
        check_snapping(-1.0, -0.6, 0, (-1, -1));
    }

    #[test]
    fn unlike_glyphs_have_unlike_keys() {
        let base = glyph(0.0, 0.0);
        let mut keys: Vec<MaskKey> = [
            base,
            Glyph { id: 78, ..base },
            Glyph { font: FontId(1), ..base },
            Glyph { size: 20.5, ..base },
            Glyph { x: 0.25, ..base },
        ]
        .iter()
        .map(|glyph| MaskKey::of_glyph(glyph).0)
        .collect();
        keys.push(MaskKey::corner(4, 0));
        keys.push(MaskKey::corner(4, 1));
        keys.sort_unstable_by_key(|key| key.0);
        keys.dedup();
        assert_eq!(keys.len(), 7);
    }

    #[test]
    fn a_quarter_step_moves_ink_to_the_right() {
        let mut rasterizer = Rasterizer::new();
        // The center of the ink, in pixels from the origin.
        let mut center = |x: f32| {
            let mask = rasterizer.mask(MaskKey::of_glyph(&glyph(x, 0.0)).0);
            let columns = mask.coverage.iter().enumerate().map(|(i, &ink)| {
                let x = mask.left as f32 + (i as u32 % mask.width) as f32;
                (x * f32::from(ink), f32::from(ink))
            });
            let (sum, ink) = columns.fold((0.0, 0.0), |a, b| (a.0 + b.0, a.1 + b.1));
            sum / ink
        };
        let start = center(0.0);
        for quarter in [0.25, 0.5, 0.75] {
            let moved = center(quarter) - start;
            assert!((moved - quarter).abs() < 0.02, "{quarter} moved the ink by {moved}");
        }
    }

    #[test]
    fn what_cannot_be_drawn_is_empty() {
        let mut rasterizer = Rasterizer::new();
        let base = glyph(0.0, 0.0);
        for bad in [
            Glyph { font: FontId(200), ..base },
            Glyph { id: u16::MAX, ..base },
            Glyph { size: f32::NAN, ..base },
            Glyph { size: f32::INFINITY, ..base },
            Glyph { size: -3.0, ..base },
            Glyph { size: 0.0, ..base },
            Glyph { size: 1e9, ..base },
        ] {
            assert_eq!(rasterizer.mask(MaskKey::of_glyph(&bad).0), Mask::default(), "{bad:?}");
        }
        // Positions out of this world only saturate.
        for far in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, 1e30] {
            let _: (MaskKey, i32, i32) = MaskKey::of_glyph(&glyph(far, far));
        }
    }

    #[test]
    fn a_corner_is_a_quarter_of_a_disc() {
        for radius in [1, 2, 3, 5, 8, 20] {
            let mask = corner(radius, 0);
            let area: u32 = mask.coverage.iter().map(|&c| u32::from(c)).sum();
            let area = area as f32 / 255.0;
            let disc = std::f32::consts::FRAC_PI_4 * f32::from(radius) * f32::from(radius);
            assert!((area - disc).abs() < 0.02 * disc + 0.01, "{radius}: {area} for {disc}");
            // It is its own mirror image along the diagonal.
            let side = mask.width as usize;
            for (y, x) in (0..side).flat_map(|y| (0..side).map(move |x| (y, x))) {
                assert_eq!(mask.coverage[y * side + x], mask.coverage[x * side + y]);
            }
        }
    }

    #[test]
    fn a_line_as_wide_as_the_radius_fills_the_corner() {
        assert_eq!(corner(5, 5), corner(5, 0));
        assert_eq!(corner(5, 9), corner(5, 0));
        let ring = corner(6, 1);
        let last = ring.coverage.last().copied();
        assert_eq!(last, Some(0), "the inside of a thin ring is empty");
    }
}
