//! The one texture that all glyphs and corners of the window are painted from.
//!
//! The texture holds white of varying opacity, and vertices bring the color, so a fill, a corner
//! and a glyph are quads of one mesh; a fill shows a texel that is wholly white. Sampling is
//! nearest, since quads lie on whole pixels.
//!
//! A texture is only ever added to. When it is full, another one takes its place, larger as
//! long as the system allows, and the old one lives on until the frame after: meshes of this
//! frame that are already handed to egui still show what they showed when they were built.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    reason = "places in a texture of at most LARGEST texels a side"
)]

use egui::{
    Color32, ColorImage, Context, Rect, TextureHandle, TextureId, TextureOptions, pos2,
};
use etagere::{BucketedAtlasAllocator, size2};

use crate::typeset::piece::PixelRect;
use crate::typeset::raster::{MAX_SIDE, Mask, MaskKey, MaskMap, Rasterizer};

/// The side of the first texture, which holds the glyphs of a page at 100 %. A larger one costs
/// the first frame milliseconds, since a texture is made and handed over whole.
const FIRST: u32 = MAX_SIDE / 2;

/// The side that no texture exceeds.
const LARGEST: u32 = 4 * MAX_SIDE;

/// Where a mask lies in the texture, and where it goes about its origin.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Slot {
    /// From the origin to the first column.
    pub(super) left: i16,
    /// From the origin down to the first row.
    pub(super) down: i16,
    /// 0 if there is nothing to paint.
    pub(super) width: u16,
    pub(super) height: u16,
    x: u16,
    y: u16,
}

/// The glyph texture of a window, and what is in it.
///
/// Keep one for as long as the window lives, and paint with
/// [`paint`](crate::typeset::paint()).
pub struct Atlas {
    rasterizer: Rasterizer,
    texture: Option<Texture>,
    /// Former textures, and the frame in which each was in use for the last time.
    retired: Vec<(TextureHandle, u64)>,
    slots: MaskMap<Slot>,
    pixels_per_point: f32,
    limits: (u32, u32),
}

struct Texture {
    handle: TextureHandle,
    side: u32,
    allocator: BucketedAtlasAllocator,
    /// A single texel of full opacity, for fills.
    white: Slot,
    /// What the texture holds, so that a larger one can take it over.
    coverage: Vec<u8>,
    /// What is in `coverage` and not yet in the texture.
    dirty: Vec<PixelRect>,
}

impl std::fmt::Debug for Atlas {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Atlas({} masks in {1} × {1} texels)", self.len(), self.side())
    }
}

impl Default for Atlas {
    fn default() -> Self {
        Self::new()
    }
}

impl Atlas {
    /// An empty atlas; its texture is made when first painted with.
    #[must_use]
    pub fn new() -> Self {
        Self::with_limits(FIRST, LARGEST)
    }

    fn with_limits(first: u32, largest: u32) -> Self {
        Self {
            rasterizer: Rasterizer::new(),
            texture: None,
            retired: Vec::new(),
            slots: MaskMap::default(),
            pixels_per_point: 0.0,
            limits: (first, largest),
        }
    }

    /// How many masks the texture holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    /// Whether nothing was painted yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// The width and height of the texture in texels; 0 before the first painting.
    #[must_use]
    pub fn side(&self) -> u32 {
        self.texture.as_ref().map_or(0, |texture| texture.side)
    }

    /// Makes ready for painting: a texture there is, and its masks are of this resolution.
    pub(super) fn begin(&mut self, ctx: &Context, pixels_per_point: f32) {
        let frame = ctx.cumulative_frame_nr();
        self.retired.retain(|(_, last)| *last == frame);
        if self.pixels_per_point != pixels_per_point {
            // Sizes in pixels differ now, so no mask will be asked for again.
            self.pixels_per_point = pixels_per_point;
            self.retire(ctx);
        }
        if self.texture.is_none() {
            let side = self.limits.0.min(self.largest(ctx));
            self.start(ctx, side);
        }
    }

    /// The place of a mask, if it has one.
    #[inline]
    pub(super) fn slot(&self, key: MaskKey) -> Option<Slot> {
        self.slots.get(&key).copied()
    }

    /// Makes a mask and finds it a place; `None` if it does not fit even alone.
    ///
    /// May start another texture. What was found before is not in it then.
    #[cold]
    pub(super) fn add(&mut self, ctx: &Context, key: MaskKey) -> Option<Slot> {
        let mask = self.rasterizer.mask(key);
        if mask.width == 0 || mask.height == 0 {
            self.slots.insert(key, Slot::default());
            return Some(Slot::default());
        }
        let largest = self.largest(ctx);
        loop {
            let texture = self.texture.as_mut()?;
            if let Some(slot) = texture.insert(&mask) {
                self.slots.insert(key, slot);
                return Some(slot);
            }
            let side = texture.side;
            if side < largest {
                self.grow(ctx, side * 2);
            } else if self.slots.is_empty() {
                return None;
            } else {
                self.retire(ctx);
                self.start(ctx, side);
            }
        }
    }

    /// The texture to paint with.
    pub(super) fn texture_id(&self) -> TextureId {
        self.texture.as_ref().map_or_else(TextureId::default, |texture| texture.handle.id())
    }

    /// A slot's place in the texture, with texture coordinates from 0 to 1.
    pub(super) fn uv(&self, slot: Slot) -> Rect {
        let scale = self.scale();
        let (x, y) = (f32::from(slot.x), f32::from(slot.y));
        let (right, bottom) = (x + f32::from(slot.width), y + f32::from(slot.height));
        Rect { min: pos2(x * scale, y * scale), max: pos2(right * scale, bottom * scale) }
    }

    /// Where a fill finds its white; the middle of a white texel.
    pub(super) fn white(&self) -> Rect {
        let white = self.texture.as_ref().map_or_else(Slot::default, |texture| texture.white);
        let middle = self.uv(white).center();
        Rect { min: middle, max: middle }
    }

    /// Brings what was added into the texture.
    pub(super) fn upload(&mut self) {
        let Some(texture) = &mut self.texture else { return };
        for rect in std::mem::take(&mut texture.dirty) {
            let image = texture.image(rect);
            let at = [rect.left as usize, rect.top as usize];
            texture.handle.set_partial(at, image, TextureOptions::NEAREST);
        }
    }

    fn scale(&self) -> f32 {
        // A power of two, so that texture coordinates are exact.
        self.texture.as_ref().map_or(1.0, |texture| 1.0 / texture.side as f32)
    }

    fn largest(&self, ctx: &Context) -> u32 {
        let possible = ctx.input(|input| input.max_texture_side) as u32;
        // The largest power of two that the system allows.
        let possible = 1 << possible.max(1).ilog2();
        self.limits.1.min(possible)
    }

    /// Puts the texture aside and forgets what is in it.
    fn retire(&mut self, ctx: &Context) {
        self.upload();
        self.slots.clear();
        if let Some(texture) = self.texture.take() {
            self.retired.push((texture.handle, ctx.cumulative_frame_nr()));
        }
    }

    /// Begins an empty texture.
    fn start(&mut self, ctx: &Context, side: u32) {
        let mut texture = Texture {
            handle: load(ctx, ColorImage::filled([side as usize; 2], Color32::TRANSPARENT)),
            side,
            allocator: BucketedAtlasAllocator::new(size2(side as i32, side as i32)),
            white: Slot::default(),
            coverage: vec![0; (side * side) as usize],
            dirty: Vec::new(),
        };
        let white = Mask { left: 0, top: 0, width: 1, height: 1, coverage: vec![255] };
        texture.white = texture.insert(&white).unwrap_or_default();
        self.texture = Some(texture);
    }

    /// Begins a larger texture that takes over what the present one holds.
    fn grow(&mut self, ctx: &Context, side: u32) {
        self.upload();
        let Some(mut texture) = self.texture.take() else { return };
        let mut coverage = vec![0; (side * side) as usize];
        let rows = texture.coverage.chunks_exact(texture.side as usize);
        for (from, to) in rows.zip(coverage.chunks_exact_mut(side as usize)) {
            to[..from.len()].copy_from_slice(from);
        }
        texture.allocator.grow(size2(side as i32, side as i32));
        texture.side = side;
        texture.coverage = coverage;
        let whole = PixelRect::new(0, 0, side as i32, side as i32);
        let handle = load(ctx, texture.image(whole));
        let old = std::mem::replace(&mut texture.handle, handle);
        self.retired.push((old, ctx.cumulative_frame_nr()));
        self.texture = Some(texture);
    }
}

fn load(ctx: &Context, image: ColorImage) -> TextureHandle {
    ctx.load_texture("glyphs", image, TextureOptions::NEAREST)
}

impl Texture {
    /// Finds a place for a mask.
    fn insert(&mut self, mask: &Mask) -> Option<Slot> {
        let (width, height) = (mask.width as usize, mask.height as usize);
        let place = self.allocator.allocate(size2(width as i32, height as i32))?.rectangle.min;
        let (x, y) = (place.x as usize, place.y as usize);
        for (row, from) in mask.coverage.chunks_exact(width).enumerate() {
            let start = (y + row) * self.side as usize + x;
            self.coverage[start..start + width].copy_from_slice(from);
        }
        self.dirty.push(PixelRect::new(
            place.x,
            place.y,
            place.x + width as i32,
            place.y + height as i32,
        ));
        Some(Slot {
            left: mask.left as i16,
            down: -mask.top as i16,
            width: width as u16,
            height: height as u16,
            x: x as u16,
            y: y as u16,
        })
    }

    /// A part of what the texture is to hold.
    fn image(&self, rect: PixelRect) -> ColorImage {
        let (left, right) = (rect.left as usize, rect.right as usize);
        let (top, bottom) = (rect.top as usize, rect.bottom as usize);
        let rows = self.coverage.chunks_exact(self.side as usize).skip(top).take(bottom - top);
        let pixels = rows
            .flat_map(|row| &row[left..right])
            .map(|&ink| Color32::from_rgba_premultiplied(ink, ink, ink, ink))
            .collect();
        ColorImage::new([right - left, bottom - top], pixels)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use egui::{ImageData, RawInput};

    use super::*;
    use crate::typeset::{FontId, Glyph};

    fn keys(count: u16) -> Vec<MaskKey> {
        let glyph = |id| Glyph { font: FontId(0), id, size: 14.0, x: 0.25, y: 0.0 };
        (30..30 + count).map(|id| MaskKey::of_glyph(&glyph(id)).0).collect()
    }

    /// One frame that asks for masks, with what a painter holds afterwards.
    fn frame(
        ctx: &Context,
        screen: &mut HashMap<TextureId, ColorImage>,
        mut draw: impl FnMut(&Context),
    ) {
        let mut output = ctx.run_ui(RawInput::default(), |ui| draw(ui.ctx()));
        let deltas: Vec<_> = output.textures_delta.set.drain().collect();
        for (id, image) in
            deltas.into_iter().flat_map(|(id, all)| all.into_iter().map(move |d| (id, d)))
        {
            let ImageData::Color(pixels) = &image.image;
            let Some([x, y]) = image.pos else {
                screen.insert(id, ColorImage::clone(pixels));
                continue;
            };
            let texture = screen.get_mut(&id).expect("it was made before");
            for (row, line) in pixels.pixels.chunks_exact(pixels.size[0]).enumerate() {
                let start = (y + row) * texture.size[0] + x;
                texture.pixels[start..start + line.len()].copy_from_slice(line);
            }
        }
        screen.retain(|id, _| !output.textures_delta.free.contains(id));
        output.textures_delta.clear();
    }

    /// What the painter's texture shows at a slot, row by row.
    fn shown(screen: &HashMap<TextureId, ColorImage>, atlas: &Atlas, slot: Slot) -> Vec<u8> {
        let texture = &screen[&atlas.texture_id()];
        let uv = atlas.uv(slot);
        let side = texture.size[0] as f32;
        let (left, top) = ((uv.min.x * side) as usize, (uv.min.y * side) as usize);
        let rows = texture.pixels.chunks_exact(texture.size[0]).skip(top);
        rows.take(slot.height.into())
            .flat_map(|row| &row[left..left + usize::from(slot.width)])
            .map(|pixel| pixel.a())
            .collect()
    }

    #[test]
    fn a_growing_texture_keeps_what_it_shows_where_it_is() {
        let (ctx, mut screen) = (Context::default(), HashMap::new());
        let mut atlas = Atlas::with_limits(32, 256);
        let mut sides = Vec::new();
        for count in [3, 20, 90, 90] {
            frame(&ctx, &mut screen, |ctx| {
                atlas.begin(ctx, 1.0);
                for key in keys(count) {
                    assert!(atlas.slot(key).or_else(|| atlas.add(ctx, key)).is_some());
                }
                atlas.upload();
            });
            sides.push(atlas.side());
            for key in keys(count) {
                let slot = atlas.slot(key).expect("the texture was never emptied");
                let mask = Rasterizer::new().mask(key);
                assert_eq!(shown(&screen, &atlas, slot), mask.coverage, "{count}: {key:?}");
            }
        }
        assert_eq!(sides, [32, 64, 128, 128]);
        assert_eq!(screen.len(), 2, "former textures were not freed; egui has one of its own");
    }

    #[test]
    fn what_exceeds_the_largest_texture_is_refused_and_the_rest_is_not() {
        let (ctx, mut screen) = (Context::default(), HashMap::new());
        let mut atlas = Atlas::with_limits(32, 32);
        frame(&ctx, &mut screen, |ctx| {
            atlas.begin(ctx, 1.0);
            for _ in 0..2 {
                assert!(atlas.add(ctx, MaskKey::corner(40, 0)).is_none());
                assert!(atlas.add(ctx, MaskKey::corner(20, 0)).is_some());
            }
            atlas.upload();
        });
    }
}
