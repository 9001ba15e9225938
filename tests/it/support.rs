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
        let sample = |uv: Vec2| match filter {
            TextureFilter::Nearest => nearest(texture, uv),
            TextureFilter::Linear => linear(texture, uv),
        };
        for corners in mesh.triangles() {
            let vertices = corners.map(|corner| Vertex {
                pos: mesh.vertices[corner as usize].pos * scale,
                ..mesh.vertices[corner as usize]
            });
            let [a, b, c] = vertices;
            if (a.color, a.uv) == (b.color, b.uv) && (a.color, a.uv) == (c.color, c.uv) {
                let source = times(color(a), sample(a.uv.to_vec2()));
                rows(vertices, clip, |x, y, _| {
                    blend(&mut picture.get_pixel_mut(x, y).0, source);
                });
                continue;
            }
            rows(vertices, clip, |x, y, [i, j, k]| {
                let uv = a.uv.to_vec2() * i + b.uv.to_vec2() * j + c.uv.to_vec2() * k;
                let mix = |n: usize| color(a)[n] * i + color(b)[n] * j + color(c)[n] * k;
                let mixed = if a.color == b.color && b.color == c.color {
                    color(a)
                } else {
                    [mix(0), mix(1), mix(2), mix(3)]
                };
                blend(&mut picture.get_pixel_mut(x, y).0, times(mixed, sample(uv)));
            });
        }
        Ok(())
    }
}

fn color(vertex: Vertex) -> [f32; 4] {
    vertex.color.to_array().map(f32::from)
}

fn times(a: [f32; 4], b: [f32; 4]) -> [f32; 4] {
    [a[0] * b[0] / 255.0, a[1] * b[1] / 255.0, a[2] * b[2] / 255.0, a[3] * b[3] / 255.0]
}

/// A premultiplied color over an opaque pixel.
fn blend(pixel: &mut [u8; 4], source: [f32; 4]) {
    for (below, above) in pixel.iter_mut().zip(source).take(3) {
        *below = (above + f32::from(*below) * (255.0 - source[3]) / 255.0 + 0.5) as u8;
    }
}

/// Calls `paint` for each pixel whose center lies in the triangle, with the weights of the
/// corners there. Pixels on an edge that two triangles share belong to one of them.
fn rows(vertices: [Vertex; 3], clip: Rect, mut paint: impl FnMut(u32, u32, [f32; 3])) {
    // In 256ths of a pixel, as GPUs do it.
    type Point = (i64, i64);
    let place = |vertex: Vertex| -> Point {
        ((vertex.pos.x * 256.0).round() as i64, (vertex.pos.y * 256.0).round() as i64)
    };
    let side =
        |a: Point, b: Point, p: Point| (b.0 - a.0) * (p.1 - a.1) - (b.1 - a.1) * (p.0 - a.0);
    let [a, b, c] = vertices.map(place);
    let area = side(a, b, c);
    if area == 0 {
        return;
    }
    let sign = area.signum();
    let top =
        vertices.map(|v| v.pos.y).into_iter().fold(clip.bottom(), f32::min).max(clip.top());
    let bottom = vertices.map(|v| v.pos.y).into_iter().fold(top, f32::max).min(clip.bottom());
    for y in top as u32..bottom.ceil() as u32 {
        let (mut left, mut right) = (clip.left() as i64, clip.right() as i64);
        // Each edge's distance at the first pixel, and its growth from pixel to pixel.
        let edges = [(b, c), (c, a), (a, b)].map(|(from, to)| {
            let start = sign * side(from, to, (128, i64::from(y) * 256 + 128));
            let step = sign * 256 * (from.1 - to.1);
            // The upper and the left edges belong to the triangle, the others do not.
            let is_upper_or_left = step > 0 || (step == 0 && sign * (to.0 - from.0) > 0);
            let least = i64::from(!is_upper_or_left);
            match step.signum() {
                1 => left = left.max((least - start + step - 1).div_euclid(step)),
                -1 => right = right.min((start - least).div_euclid(-step) + 1),
                _ if start < least => right = left,
                _ => {}
            }
            (start, step)
        });
        let scale = 1.0 / (sign * area) as f32;
        for x in left..right {
            let weight = |(start, step): (i64, i64)| (start + x * step) as f32 * scale;
            paint(x as u32, y, edges.map(weight));
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
