//! What several tests need: pictures of a window without a screen or a GPU.

#![expect(
    clippy::iter_over_hash_type,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "textures do not depend on each other; pixels are clipped to the picture"
)]

use std::collections::HashMap;

use egui::epaint::{Primitive, Vertex};
use egui::{Color32, ColorImage, ImageData, Mesh, Rect, TextureId, TexturesDelta, Vec2};
use egui::{TextureFilter, pos2};
use egui_kittest::TestRenderer;
use image::{Rgba, RgbaImage};

/// Draws triangles on the CPU as `egui_glow` has a GPU draw them.
///
/// Colors are blended in sRGB as they stand, premultiplied, with one rounding a blend. The bytes
/// are the same on every machine: whole numbers decide which pixels a triangle covers, and the
/// rest is sums, products and quotients, which IEEE 754 defines to the bit.
#[derive(Default)]
pub(crate) struct CpuRenderer {
    textures: HashMap<TextureId, (ColorImage, TextureFilter)>,
    /// Textures that are gone once the next frame comes.
    freed: Vec<TextureId>,
}

impl TestRenderer for CpuRenderer {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        for id in self.freed.drain(..) {
            self.textures.remove(&id);
        }
        for (id, images) in delta.set.drain() {
            for delta in images {
                let ImageData::Color(image) = &delta.image;
                let Some([left, top]) = delta.pos else {
                    let image = ColorImage::clone(image);
                    self.textures.insert(id, (image, delta.options.magnification));
                    continue;
                };
                let (texture, _) = self.textures.get_mut(&id).unwrap();
                for (y, row) in image.pixels.chunks_exact(image.size[0]).enumerate() {
                    let start = (top + y) * texture.size[0] + left;
                    texture.pixels[start..start + row.len()].copy_from_slice(row);
                }
            }
        }
        self.freed.extend(delta.free.drain());
    }

    fn render(
        &mut self,
        ctx: &egui::Context,
        output: &egui::FullOutput,
    ) -> Result<RgbaImage, String> {
        let scale = output.pixels_per_point;
        let size = ctx.content_rect().size() * scale;
        let (width, height) = (size.x.round() as u32, size.y.round() as u32);
        let mut picture = RgbaImage::from_pixel(width, height, Rgba([0, 0, 0, 255]));
        for clipped in ctx.tessellate(output.shapes.clone(), scale) {
            if let Primitive::Mesh(mesh) = &clipped.primitive {
                self.draw(&mut picture, mesh, clipped.clip_rect * scale, scale)?;
            }
        }
        Ok(picture)
    }
}

impl CpuRenderer {
    fn draw(
        &self,
        picture: &mut RgbaImage,
        mesh: &Mesh,
        clip: Rect,
        scale: f32,
    ) -> Result<(), String> {
        let (texture, filter) =
            self.textures.get(&mesh.texture_id).ok_or("a mesh needs a texture that is gone")?;
        let size = Vec2::new(picture.width() as f32, picture.height() as f32);
        let clip = clip.round().intersect(Rect::from_min_size(pos2(0.0, 0.0), size));
        for corners in mesh.triangles() {
            let vertices = corners.map(|corner| mesh.vertices[corner as usize]);
            triangle(vertices, clip, scale, |x, y, uv, color| {
                let texel = match filter {
                    TextureFilter::Nearest => nearest(texture, uv),
                    TextureFilter::Linear => linear(texture, uv),
                };
                let pixel = &mut picture.get_pixel_mut(x, y).0;
                let alpha = color[3] * texel[3] / 255.0;
                for channel in 0..3 {
                    let above = color[channel] * texel[channel] / 255.0;
                    let below = f32::from(pixel[channel]);
                    pixel[channel] = (above + below * (255.0 - alpha) / 255.0 + 0.5) as u8;
                }
            });
        }
        Ok(())
    }
}

/// Calls `paint` for each pixel whose center lies in the triangle, with the texture coordinates
/// and the color there. Pixels on an edge that two triangles share belong to one of them.
fn triangle(
    mut vertices: [Vertex; 3],
    clip: Rect,
    scale: f32,
    mut paint: impl FnMut(u32, u32, Vec2, [f32; 4]),
) {
    // In 256ths of a pixel, as GPUs do it.
    let place = |vertex: Vertex| {
        let pixels = vertex.pos * scale * 256.0;
        (pixels.x.round() as i64, pixels.y.round() as i64)
    };
    type Point = (i64, i64);
    let side =
        |a: Point, b: Point, p: Point| (b.0 - a.0) * (p.1 - a.1) - (b.1 - a.1) * (p.0 - a.0);
    if side(place(vertices[0]), place(vertices[1]), place(vertices[2])) < 0 {
        vertices.swap(1, 2);
    }
    let [a, b, c] = vertices.map(place);
    let area = side(a, b, c);
    if area == 0 {
        return;
    }
    let edges = [(b, c), (c, a), (a, b)];
    // The upper and the left edges belong to the triangle, the others do not.
    let least = edges.map(|(from, to)| {
        let is_left_or_top = to.1 < from.1 || (to.1 == from.1 && to.0 > from.0);
        i64::from(!is_left_or_top)
    });
    let bounds = Rect::from_points(&vertices.map(|vertex| vertex.pos * scale)).intersect(clip);
    for y in bounds.top().max(0.0) as u32..bounds.bottom().ceil().min(clip.bottom()) as u32 {
        for x in bounds.left().max(0.0) as u32..bounds.right().ceil().min(clip.right()) as u32 {
            let center = (i64::from(x) * 256 + 128, i64::from(y) * 256 + 128);
            let weights = edges.map(|(from, to)| side(from, to, center));
            if (0..3).any(|i| weights[i] < least[i]) {
                continue;
            }
            let mix = |of: &dyn Fn(Vertex) -> f32| {
                let sum = |i: usize| weights[i] as f32 * of(vertices[i]);
                (sum(0) + sum(1) + sum(2)) / area as f32
            };
            let uv = Vec2::new(mix(&|vertex| vertex.uv.x), mix(&|vertex| vertex.uv.y));
            let channel = |i: usize| mix(&|vertex| f32::from(vertex.color.to_array()[i]));
            paint(x, y, uv, [channel(0), channel(1), channel(2), channel(3)]);
        }
    }
}

/// A texel, clamped to the edge.
fn texel(texture: &ColorImage, x: f32, y: f32) -> [f32; 4] {
    let [width, height] = texture.size;
    let (x, y) = ((x.max(0.0) as usize).min(width - 1), (y.max(0.0) as usize).min(height - 1));
    let color: Color32 = texture.pixels[y * width + x];
    color.to_array().map(f32::from)
}

fn nearest(texture: &ColorImage, uv: Vec2) -> [f32; 4] {
    texel(texture, uv.x * texture.size[0] as f32, uv.y * texture.size[1] as f32)
}

fn linear(texture: &ColorImage, uv: Vec2) -> [f32; 4] {
    let (x, y) = (uv.x * texture.size[0] as f32 - 0.5, uv.y * texture.size[1] as f32 - 0.5);
    let (left, top) = (x.floor(), y.floor());
    let (dx, dy) = (x - left, y - top);
    let row = |y: f32| {
        let (a, b) = (texel(texture, left, y), texel(texture, left + 1.0, y));
        [0, 1, 2, 3].map(|i| a[i] * (1.0 - dx) + b[i] * dx)
    };
    let (above, below) = (row(top), row(top + 1.0));
    [0, 1, 2, 3].map(|i| above[i] * (1.0 - dy) + below[i] * dy)
}
