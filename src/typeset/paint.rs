//! A scene as one egui mesh.
//!
//! Positions are in physical pixels until the last moment: the origin is rounded to a whole one,
//! quads lie on whole ones, and only the vertices are in egui's points. So a page looks the same
//! wherever it stands, and as the [`Canvas`](crate::typeset::Canvas) draws it.

#![expect(clippy::cast_possible_truncation, reason = "a mesh has far fewer than 2³² vertices")]

use egui::epaint::Vertex;
use egui::{Color32, Context, Mesh, Painter, Pos2, Rect, pos2, vec2};

use crate::theme::Rgba;
use crate::typeset::atlas::Atlas;
use crate::typeset::piece::{Piece, PixelRect, cut, cut_glyphs, premultiplied};
use crate::typeset::raster::MAX_SIDE;
use crate::typeset::{Glyph, Scene, Shape};

/// Paints a scene with its origin at `origin`, in points.
///
/// What lies outside the painter's clip rectangle is left out. Vertices are 32-bit floats, so
/// the scene of a long page should begin near the visible part, not thousands of screens above.
pub fn paint(atlas: &mut Atlas, painter: &Painter, origin: Pos2, scene: &Scene) {
    let quads = |shape: &Shape| match shape {
        Shape::Glyphs { glyphs, .. } => glyphs.len(),
        Shape::Fill { .. } | Shape::Outline { .. } => 10,
    };
    let count = scene.shapes.iter().map(quads).sum();
    build(atlas, painter, origin, count, |quads| {
        for shape in &scene.shapes {
            cut(shape, |piece, color| quads.add(piece, ink(color)));
        }
    });
}

/// Paints glyphs of one color, as [`paint`] does a scene.
pub fn paint_glyphs(
    atlas: &mut Atlas,
    painter: &Painter,
    origin: Pos2,
    glyphs: &[Glyph],
    color: Rgba,
) {
    let color = ink(color);
    build(atlas, painter, origin, glyphs.len(), |quads| {
        cut_glyphs(glyphs, |piece| quads.add(piece, color));
    });
}

fn ink(color: Rgba) -> Color32 {
    let [r, g, b, a] = premultiplied(color);
    Color32::from_rgba_premultiplied(r, g, b, a)
}

/// A mesh under construction.
struct Quads<'a> {
    atlas: &'a mut Atlas,
    ctx: &'a Context,
    mesh: Mesh,
    /// The origin in physical pixels; whole numbers.
    origin: Pos2,
    /// The painter's clip rectangle in physical pixels from the origin.
    clip: Rect,
    white: Rect,
    points_per_pixel: f32,
}

fn build(
    atlas: &mut Atlas,
    painter: &Painter,
    origin: Pos2,
    count: usize,
    mut add: impl FnMut(&mut Quads<'_>),
) {
    let clip = painter.clip_rect();
    if !painter.is_visible() || !clip.is_positive() {
        return;
    }
    let scale = painter.pixels_per_point();
    atlas.begin(painter.ctx(), scale);
    let origin = pos2((origin.x * scale + 0.5).floor(), (origin.y * scale + 0.5).floor());
    let clip = (clip * scale).translate(-origin.to_vec2());
    // The first round may begin another texture; the second finds its masks in that.
    for _ in 0..2 {
        let generation = atlas.generation();
        let mut mesh = Mesh::with_texture(atlas.texture_id());
        mesh.reserve_vertices(4 * count);
        mesh.reserve_triangles(2 * count);
        let white = atlas.white();
        let points_per_pixel = 1.0 / scale;
        let ctx = painter.ctx();
        let mut quads =
            Quads { atlas: &mut *atlas, ctx, mesh, origin, clip, white, points_per_pixel };
        add(&mut quads);
        let mesh = quads.mesh;
        if generation == atlas.generation() {
            atlas.upload();
            if !mesh.is_empty() {
                painter.add(mesh);
            }
            return;
        }
    }
}

impl Quads<'_> {
    #[inline]
    fn add(&mut self, piece: Piece, color: Color32) {
        match piece {
            Piece::Glyph { key, x, y } => {
                // Nothing of a glyph is farther from its origin than this.
                let near = self.clip.expand(MAX_SIDE as f32);
                if !near.contains(pos2(x as f32, y as f32)) {
                    return;
                }
                let Some(slot) = self.atlas.slot(self.ctx, key) else { return };
                let corner =
                    pos2(x as f32 + f32::from(slot.left), y as f32 + f32::from(slot.down));
                let size = vec2(f32::from(slot.width), f32::from(slot.height));
                let uv = self.atlas.uv(slot);
                self.quad(Rect::from_min_size(corner, size), uv, color);
            }
            Piece::Solid(rect) => self.quad(whole(rect), self.white, color),
            Piece::Corner { key, square, mirror_x, mirror_y } => {
                let Some(slot) = self.atlas.slot(self.ctx, key) else { return };
                let mut uv = self.atlas.uv(slot);
                if mirror_x {
                    std::mem::swap(&mut uv.min.x, &mut uv.max.x);
                }
                if mirror_y {
                    std::mem::swap(&mut uv.min.y, &mut uv.max.y);
                }
                self.quad(whole(square), uv, color);
            }
        }
    }

    #[inline]
    fn quad(&mut self, rect: Rect, uv: Rect, color: Color32) {
        if !rect.intersects(self.clip) || rect.width() == 0.0 {
            return;
        }
        let mesh = &mut self.mesh;
        let first = mesh.vertices.len() as u32;
        mesh.indices.extend([0, 1, 2, 2, 1, 3].map(|corner| first + corner));
        let min =
            ((rect.min + self.origin.to_vec2()).to_vec2() * self.points_per_pixel).to_pos2();
        let max =
            ((rect.max + self.origin.to_vec2()).to_vec2() * self.points_per_pixel).to_pos2();
        mesh.vertices.extend([
            Vertex { pos: min, uv: uv.min, color },
            Vertex { pos: pos2(max.x, min.y), uv: pos2(uv.max.x, uv.min.y), color },
            Vertex { pos: pos2(min.x, max.y), uv: pos2(uv.min.x, uv.max.y), color },
            Vertex { pos: max, uv: uv.max, color },
        ]);
    }
}

fn whole(rect: PixelRect) -> Rect {
    Rect {
        min: pos2(rect.left as f32, rect.top as f32),
        max: pos2(rect.right as f32, rect.bottom as f32),
    }
}
