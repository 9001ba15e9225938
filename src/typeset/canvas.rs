//! A picture in memory, painted on by the CPU alone.
//!
//! Blending is done in sRGB values as they stand, with premultiplied colors, as egui's painters
//! do it; so a page from `tawsim render` looks as it does in the window. All arithmetic is in
//! whole numbers with one rounding a blend: the same scene gives the same bytes everywhere.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    reason = "a canvas has at most MAX_SIDE pixels a side"
)]

use crate::theme::Rgba;
use crate::typeset::Scene;
use crate::typeset::piece::{Piece, PixelRect, cut, premultiplied};
use crate::typeset::raster::{Mask, MaskMap, Rasterizer};

/// The largest width and height of a canvas in pixels.
const MAX_SIDE: u32 = 1 << 20;

/// The most pixels of a canvas: 1 GiB of memory.
const MAX_PIXELS: u64 = 1 << 28;

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum CanvasError {
    /// The picture would not fit into memory.
    #[error("a picture of {width} × {height} pixels is too large")]
    TooLarge {
        /// The width asked for.
        width: u32,
        /// The height asked for.
        height: u32,
    },
    /// The picture could not be written as PNG; an empty one cannot.
    #[error("the picture cannot be encoded: {0}")]
    Encode(#[from] png::EncodingError),
}

/// An opaque picture.
pub struct Canvas {
    width: u32,
    height: u32,
    /// Red, green, blue and 255, rows from the top.
    pixels: Vec<u8>,
    masks: MaskMap<Mask>,
}

impl std::fmt::Debug for Canvas {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Canvas({} × {})", self.width, self.height)
    }
}

impl Canvas {
    /// A canvas of one color, whose opacity is ignored.
    ///
    /// # Errors
    /// If it is wider or higher than 2²⁰ pixels or has more than 2²⁸ of them.
    pub fn new(width: u32, height: u32, background: Rgba) -> Result<Self, CanvasError> {
        let count = u64::from(width) * u64::from(height);
        if width.max(height) > MAX_SIDE || count > MAX_PIXELS {
            return Err(CanvasError::TooLarge { width, height });
        }
        let Rgba([r, g, b, _]) = background;
        let pixels = [r, g, b, 255].repeat(count as usize);
        Ok(Self { width, height, pixels, masks: MaskMap::default() })
    }

    /// Its width in pixels.
    #[must_use]
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Its height in pixels.
    #[must_use]
    pub fn height(&self) -> u32 {
        self.height
    }

    /// Red, green, blue and 255 of each pixel, rows from the top.
    #[must_use]
    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    /// Paints a scene, its origin at the upper left corner.
    pub fn draw(&mut self, scene: &Scene, rasterizer: &mut Rasterizer) {
        // Taken out so that a mask can be read while the pixels are written.
        let mut masks = std::mem::take(&mut self.masks);
        for shape in &scene.shapes {
            cut(shape, |piece, color| {
                let color = premultiplied(color);
                match piece {
                    Piece::Solid(rect) => self.fill(rect, color),
                    Piece::Glyph { key, x, y } => {
                        let mask = masks.entry(key).or_insert_with(|| rasterizer.mask(key));
                        let (left, top) =
                            (x.saturating_add(mask.left), y.saturating_sub(mask.top));
                        self.blend(mask, (left, top), (false, false), color);
                    }
                    Piece::Corner { key, square, mirror_x, mirror_y } => {
                        let mask = masks.entry(key).or_insert_with(|| rasterizer.mask(key));
                        self.blend(
                            mask,
                            (square.left, square.top),
                            (mirror_x, mirror_y),
                            color,
                        );
                    }
                }
            });
        }
        self.masks = masks;
    }

    /// The picture as a PNG file.
    ///
    /// # Errors
    /// If the picture has no pixels.
    pub fn to_png(&self) -> Result<Vec<u8>, CanvasError> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, self.width, self.height);
        encoder.set_color(png::ColorType::Rgba);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::Balanced);
        encoder.set_source_srgb(png::SrgbRenderingIntent::Perceptual);
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&self.pixels)?;
        writer.finish()?;
        Ok(bytes)
    }

    fn bounds(&self) -> PixelRect {
        PixelRect::new(0, 0, self.width as i32, self.height as i32)
    }

    /// The pixels of a row between two columns, all within the canvas.
    fn row(&mut self, y: i32, left: i32, right: i32) -> &mut [[u8; 4]] {
        let start = y as usize * self.width as usize;
        let (pixels, _) = self.pixels.as_chunks_mut::<4>();
        &mut pixels[start + left as usize..start + right as usize]
    }

    fn fill(&mut self, rect: PixelRect, color: [u8; 4]) {
        let rect = rect.intersection(self.bounds());
        if rect.is_empty() {
            return;
        }
        for y in rect.top..rect.bottom {
            for pixel in self.row(y, rect.left, rect.right) {
                blend_pixel(pixel, color, 255);
            }
        }
    }

    fn blend(&mut self, mask: &Mask, at: (i32, i32), mirror: (bool, bool), color: [u8; 4]) {
        let (left, top) = at;
        let (width, height) = (mask.width as i32, mask.height as i32);
        let whole =
            PixelRect::new(left, top, left.saturating_add(width), top.saturating_add(height));
        let seen = whole.intersection(self.bounds());
        if seen.is_empty() {
            return;
        }
        for y in seen.top..seen.bottom {
            let row = if mirror.1 { height - 1 - (y - top) } else { y - top };
            let coverage =
                &mask.coverage[row as usize * mask.width as usize..][..mask.width as usize];
            for (x, pixel) in (seen.left - left..).zip(self.row(y, seen.left, seen.right)) {
                let column = if mirror.0 { width - 1 - x } else { x };
                blend_pixel(pixel, color, coverage[column as usize]);
            }
        }
    }
}

/// One blend of a premultiplied color, seen through a mask, over an opaque pixel.
///
/// The exact result of `color·m + pixel·(1 − a·m)`, rounded once.
fn blend_pixel(pixel: &mut [u8; 4], color: [u8; 4], mask: u8) {
    const ONE: u32 = 255 * 255;
    let mask = u32::from(mask);
    let [red, green, blue, alpha] = color.map(|channel| u32::from(channel) * mask);
    let rest = ONE - alpha;
    let over = |below: u8, above: u32| {
        ((above * 255 + u32::from(below) * rest + ONE / 2) / ONE).min(255) as u8
    };
    let [r, g, b, _] = *pixel;
    *pixel = [over(r, red), over(g, green), over(b, blue), 255];
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typeset::{Rect, Shape};

    const WHITE: Rgba = Rgba::hex(0xFF_FF_FF);

    fn fill(rect: Rect, color: Rgba) -> Shape {
        Shape::Fill { rect, radius: 0.0, color }
    }

    #[track_caller]
    fn check_pixel(canvas: &Canvas, x: usize, y: usize, expected: [u8; 3]) {
        let pixel = &canvas.pixels()[4 * (y * canvas.width() as usize + x)..][..4];
        let [r, g, b] = expected;
        assert_eq!(pixel, [r, g, b, 255], "at {x}, {y}");
    }

    #[test]
    fn colors_blend_in_srgb_as_they_stand() {
        let mut canvas = Canvas::new(4, 1, WHITE).unwrap();
        let shapes = vec![
            fill(Rect::new(0.0, 0.0, 1.0, 1.0), Rgba([10, 20, 30, 255])),
            fill(Rect::new(1.0, 0.0, 2.0, 1.0), Rgba([0, 0, 0, 128])),
            fill(Rect::new(2.0, 0.0, 3.0, 1.0), Rgba([0, 0, 0, 0])),
            fill(Rect::new(3.0, 0.0, 9.0, 9.0), Rgba([255, 0, 0, 51])),
        ];
        canvas.draw(&Scene { shapes }, &mut Rasterizer::new());
        check_pixel(&canvas, 0, 0, [10, 20, 30]);
        check_pixel(&canvas, 1, 0, [127, 127, 127]);
        check_pixel(&canvas, 2, 0, [255, 255, 255]);
        check_pixel(&canvas, 3, 0, [255, 204, 204]);
    }

    #[test]
    fn what_lies_outside_is_not_drawn() {
        let mut canvas = Canvas::new(3, 3, WHITE).unwrap();
        let black = Rgba::hex(0);
        let glyph = crate::typeset::Glyph {
            font: crate::typeset::FontId(0),
            id: 77,
            size: 40.0,
            x: -1e9,
            y: f32::NAN,
        };
        let far = Rect::new(-1e30, f32::NEG_INFINITY, 0.0, 1e30);
        let shapes = vec![
            fill(far, black),
            fill(Rect::new(5.0, -5.0, 9.0, 9.0), black),
            fill(Rect::new(2.0, 1.0, 1.0, 2.0), black),
            fill(Rect::new(f32::NAN, 0.0, 3.0, 3.0), black),
            Shape::Fill { rect: Rect::new(-40.0, 1.0, 41.0, 2.0), radius: 9.0, color: black },
            Shape::Outline { rect: far, radius: 1e9, width: 1e9, dash: 1e9, color: black },
            Shape::Glyphs { color: black, glyphs: vec![glyph] },
        ];
        canvas.draw(&Scene { shapes }, &mut Rasterizer::new());
        for (x, y) in (0..3).flat_map(|y| (0..3).map(move |x| (x, y))) {
            let expected = if y == 1 { [0; 3] } else { [255; 3] };
            check_pixel(&canvas, x, y, expected);
        }
    }

    #[test]
    fn a_picture_is_its_png() {
        let mut canvas = Canvas::new(9, 5, Rgba::hex(0x12_34_56)).unwrap();
        let shape = fill(Rect::new(2.0, 1.0, 7.0, 3.0), Rgba::hex(0xFE_DC_BA));
        canvas.draw(&Scene { shapes: vec![shape] }, &mut Rasterizer::new());
        let bytes = canvas.to_png().unwrap();
        assert_eq!(bytes, canvas.to_png().unwrap());
        let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut pixels).unwrap();
        assert_eq!((info.width, info.height), (9, 5));
        assert_eq!(pixels, canvas.pixels());
    }

    #[test]
    fn no_picture_is_an_error_and_not_a_crash() {
        assert!(matches!(
            Canvas::new(1 << 21, 1, WHITE),
            Err(CanvasError::TooLarge { width: 2_097_152, height: 1 })
        ));
        assert!(matches!(
            Canvas::new(1 << 20, 1 << 20, WHITE),
            Err(CanvasError::TooLarge { .. })
        ));
        let empty = Canvas::new(0, 7, WHITE).unwrap();
        assert!(matches!(empty.to_png(), Err(CanvasError::Encode(_))));
    }
}
