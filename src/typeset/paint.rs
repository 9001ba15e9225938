//! Scenes as egui meshes, one each.
//!
//! Positions are in physical pixels until the last moment: the origin is rounded to a whole one,
//! quads lie on whole ones, and only the vertices are in egui's points. So a page looks the same
//! wherever it stands, and as a [`Canvas`](crate::typeset::Canvas) draws it.

#![expect(clippy::cast_possible_truncation, reason = "a mesh has far fewer than 2³² vertices")]

use egui::epaint::Vertex;
use egui::{Color32, Mesh, Painter, Pos2, Rect, Vec2, pos2, vec2};

use crate::theme::Rgba;
use crate::typeset::atlas::{Atlas, Slot};
use crate::typeset::piece::{Piece, PixelRect, cut, cut_glyph, premultiplied};
use crate::typeset::raster::{MAX_SIDE, MaskKey};
use crate::typeset::{Glyph, Scene, Shape};

/// Paints a scene with its origin at `origin`, in points.
///
/// What lies outside the painter's clip rectangle is left out. Vertices are 32-bit floats, so
/// the scene of a long page should begin near the visible part, not thousands of screens above.
pub fn paint(atlas: &mut Atlas, painter: &Painter, origin: Pos2, scene: &Scene) {
    paint_with(atlas, painter, origin, |pen| {
        for shape in &scene.shapes {
            pen.shape(shape);
        }
    });
}

/// Paints what `draw` draws, its origin at `origin`, in points, as [`paint`] does a scene.
///
/// For what is drawn anew each frame: no scene need be built.
pub fn paint_with(
    atlas: &mut Atlas,
    painter: &Painter,
    origin: Pos2,
    draw: impl FnOnce(&mut Pen<'_>),
) {
    let clip = painter.clip_rect();
    if !painter.is_visible() || !clip.is_positive() {
        return;
    }
    let scale = painter.pixels_per_point();
    atlas.begin(painter.ctx(), scale);
    let whole = |points: f32| (points * scale + 0.5).floor();
    let origin = vec2(whole(origin.x), whole(origin.y));
    let mut pen = Pen {
        mesh: Mesh::with_texture(atlas.texture_id()),
        white: atlas.white(),
        atlas,
        painter,
        origin,
        clip: (clip * scale).translate(-origin),
        points_per_pixel: 1.0 / scale,
    };
    draw(&mut pen);
    pen.finish();
}

/// Draws in the window, in physical pixels from an origin.
pub struct Pen<'a> {
    atlas: &'a mut Atlas,
    painter: &'a Painter,
    mesh: Mesh,
    /// The texture coordinates of fills.
    white: Rect,
    /// In physical pixels; whole numbers.
    origin: Vec2,
    /// What is seen, in physical pixels from the origin.
    clip: Rect,
    points_per_pixel: f32,
}

impl std::fmt::Debug for Pen<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pen").field("origin", &self.origin).finish_non_exhaustive()
    }
}

impl Pen<'_> {
    /// Draws a shape over what was drawn before.
    pub fn shape(&mut self, shape: &Shape) {
        if let Shape::Glyphs { color, glyphs } = shape {
            self.glyphs(glyphs.iter().copied(), *color);
        } else {
            cut(shape, |piece, color| self.piece(piece, ink(color)));
        }
    }

    /// Draws glyphs of one color over what was drawn before.
    pub fn glyphs(&mut self, glyphs: impl IntoIterator<Item = Glyph>, color: Rgba) {
        let color = ink(color);
        let glyphs = glyphs.into_iter();
        self.mesh.reserve_vertices(4 * glyphs.size_hint().0);
        self.mesh.reserve_triangles(2 * glyphs.size_hint().0);
        for glyph in glyphs {
            self.piece(cut_glyph(&glyph), color);
        }
    }

    #[inline]
    fn piece(&mut self, piece: Piece, color: Color32) {
        match piece {
            Piece::Glyph { key, x, y } => {
                let at = pos2(x as f32, y as f32);
                // No ink of a glyph is farther from its origin.
                if !self.clip.expand(MAX_SIDE as f32).contains(at) {
                    return;
                }
                let Some(slot) = self.slot(key) else { return };
                let corner = at + vec2(f32::from(slot.left), f32::from(slot.down));
                let size = vec2(f32::from(slot.width), f32::from(slot.height));
                self.quad(Rect::from_min_size(corner, size), self.atlas.uv(slot), color);
            }
            Piece::Solid(rect) => self.quad(place(rect), self.white, color),
            Piece::Corner { key, square, mirror_x, mirror_y } => {
                let Some(slot) = self.slot(key) else { return };
                let mut uv = self.atlas.uv(slot);
                if mirror_x {
                    std::mem::swap(&mut uv.min.x, &mut uv.max.x);
                }
                if mirror_y {
                    std::mem::swap(&mut uv.min.y, &mut uv.max.y);
                }
                self.quad(place(square), uv, color);
            }
        }
    }

    /// The place of a mask in the texture that the mesh uses.
    #[inline]
    fn slot(&mut self, key: MaskKey) -> Option<Slot> {
        match self.atlas.slot(key) {
            Some(slot) => Some(slot),
            None => self.new_slot(key),
        }
    }

    #[cold]
    fn new_slot(&mut self, key: MaskKey) -> Option<Slot> {
        let slot = self.atlas.add(self.painter.ctx(), key);
        let texture = self.atlas.texture_id();
        if texture != self.mesh.texture_id {
            // There was no room. What is drawn already stays with the former texture.
            let mesh = std::mem::replace(&mut self.mesh, Mesh::with_texture(texture));
            self.painter.add(mesh);
            self.white = self.atlas.white();
        }
        slot
    }

    #[inline]
    fn quad(&mut self, rect: Rect, uv: Rect, color: Color32) {
        if rect.width() == 0.0 || !rect.intersects(self.clip) {
            return;
        }
        let points = |pixels: Pos2| (pixels + self.origin) * self.points_per_pixel;
        let (min, max) = (points(rect.min), points(rect.max));
        let first = self.mesh.vertices.len() as u32;
        self.mesh.indices.extend([0, 1, 2, 2, 1, 3].map(|corner| first + corner));
        self.mesh.vertices.extend([
            Vertex { pos: min, uv: uv.min, color },
            Vertex { pos: pos2(max.x, min.y), uv: pos2(uv.max.x, uv.min.y), color },
            Vertex { pos: pos2(min.x, max.y), uv: pos2(uv.min.x, uv.max.y), color },
            Vertex { pos: max, uv: uv.max, color },
        ]);
    }

    fn finish(self) {
        self.atlas.upload();
        if !self.mesh.is_empty() {
            self.painter.add(self.mesh);
        }
    }
}

fn ink(color: Rgba) -> Color32 {
    let [r, g, b, a] = premultiplied(color);
    Color32::from_rgba_premultiplied(r, g, b, a)
}

fn place(rect: PixelRect) -> Rect {
    Rect {
        min: pos2(rect.left as f32, rect.top as f32),
        max: pos2(rect.right as f32, rect.bottom as f32),
    }
}
