//! What the window shows is what `tawsim render` draws.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the pictures are small"
)]

use egui::{LayerId, Pos2, RawInput, TextureId, Vec2, ViewportId, pos2};
use egui_kittest::{Harness, TestRenderer as _};
use expect_test::expect;
use sha2::{Digest as _, Sha256};
use tawsim::theme::Rgba;
use tawsim::typeset::{
    Atlas, Canvas, FONTS, Face, Fit, FontId, Glyph, Rasterizer, Rect, Scene, Shape, Style,
    Typesetter, paint,
};

use crate::support::CpuRenderer;

/// The width and height of the pictures in physical pixels.
const SIZE: (u32, u32) = (360, 240);

const PAPER: Rgba = Rgba::hex(0xFB_FA_F7);
const INK: Rgba = Rgba::hex(0x20_24_28);

fn page() -> Rect {
    Rect::new(0.0, 0.0, SIZE.0 as f32, SIZE.1 as f32)
}

/// Something of everything: letters, fills and outlines, translucent and on top of each other.
fn sample(scale: f32) -> Scene {
    let rect = |left: f32, top: f32, right: f32, bottom: f32| {
        Rect::new(left * scale, top * scale, right * scale, bottom * scale)
    };
    let mut shapes = vec![Shape::Fill { rect: page(), radius: 0.0, color: PAPER }];
    for (i, radius) in (0..).zip([0.0, 2.0, 3.0, 4.5, 6.0, 12.0]) {
        let left = 5.3 + 28.0 * f32::from(i);
        let color = Rgba::hex(0xD8_5B_1E).with_alpha(60 + 30 * i);
        shapes.push(Shape::Fill {
            rect: rect(left, 6.2, left + 24.0, 30.7),
            radius: radius * scale,
            color,
        });
        let color = Rgba::hex(0x1E_5B_D8).with_alpha(255 - 30 * i);
        let dash = if i % 2 == 0 { 0.0 } else { 3.0 * scale };
        shapes.push(Shape::Outline {
            rect: rect(left, 20.0, left + 24.0, 52.0),
            radius: radius * scale,
            width: (1.0 + f32::from(i) / 2.0) * scale,
            dash,
            color,
        });
    }
    for font in (0..).take(FONTS.len()) {
        let glyphs = (0..24u16).map(|i| Glyph {
            font: FontId(font),
            id: 20 + 3 * i,
            size: 15.0 * scale,
            x: (6.0 + 7.3 * f32::from(i)) * scale,
            y: (62.0 + 11.7 * f32::from(font)) * scale,
        });
        let color = INK.with_alpha(255 - 20 * font);
        shapes.push(Shape::Glyphs { color, glyphs: glyphs.collect() });
    }
    Scene { shapes }
}

fn on_canvas(scene: &Scene) -> Canvas {
    let mut canvas = Canvas::new(SIZE.0, SIZE.1, PAPER).unwrap();
    canvas.draw(scene, &mut Rasterizer::new());
    canvas
}

/// Holds two pictures to be the same to the byte.
#[track_caller]
fn check_same(expected: &[u8], found: &[u8], what: &str) {
    assert_eq!(expected.len(), found.len(), "{what}");
    let worst = expected.iter().zip(found).map(|(a, b)| a.abs_diff(*b)).max();
    assert_eq!(worst, Some(0), "{what}: pictures differ");
}

/// A window without a frame around it.
struct Window {
    ctx: egui::Context,
    renderer: CpuRenderer,
    input: RawInput,
    /// Of the last frame: textures made or changed, and meshes.
    uploads: usize,
    meshes: usize,
}

impl Window {
    fn new(max_texture_side: usize) -> Self {
        let mut input =
            RawInput { max_texture_side: Some(max_texture_side), ..RawInput::default() };
        input.viewports.entry(ViewportId::ROOT).or_default();
        let (ctx, renderer) = (egui::Context::default(), CpuRenderer::default());
        Self { ctx, renderer, input, uploads: 0, meshes: 0 }
    }

    /// The picture of one frame, in which `draw` paints upon everything.
    fn frame(&mut self, scale: f32, mut draw: impl FnMut(&egui::Painter)) -> Vec<u8> {
        let size = Vec2::new(SIZE.0 as f32, SIZE.1 as f32) / scale;
        self.input.screen_rect = Some(egui::Rect::from_min_size(Pos2::ZERO, size));
        let viewport = self.input.viewports.get_mut(&ViewportId::ROOT).unwrap();
        viewport.native_pixels_per_point = Some(scale);
        let mut output = self.ctx.run_ui(self.input.clone(), |ui| {
            draw(&ui.ctx().layer_painter(LayerId::background()));
        });
        // The first frame of all brings egui's own texture.
        let managed = |id: &&TextureId| **id != TextureId::default();
        self.uploads = output.textures_delta.set.keys().filter(managed).count();
        self.meshes = self.ctx.tessellate(output.shapes.clone(), scale).len();
        self.renderer.handle_delta(&mut output.textures_delta);
        self.renderer.render(&self.ctx, &output).unwrap().into_raw()
    }
}

#[test]
fn the_window_shows_what_the_canvas_draws() {
    for scale in [1.0, 1.25, 1.5, 1.75, 2.0] {
        let scene = sample(scale);
        let expected = on_canvas(&scene);
        let mut atlas = Atlas::new();
        let mut harness = Harness::builder()
            .with_size(Vec2::new(SIZE.0 as f32, SIZE.1 as f32) / scale)
            .with_pixels_per_point(scale)
            .renderer(CpuRenderer::default())
            .build_ui(move |ui| {
                let painter = ui.ctx().layer_painter(LayerId::background());
                paint(&mut atlas, &painter, Pos2::ZERO, &scene);
            });
        harness.run();
        let found = harness.render().unwrap();
        check_same(expected.pixels(), &found, &format!("{scale} pixels a point"));
    }
}

#[test]
fn a_page_is_one_mesh_and_its_glyphs_are_uploaded_once() {
    let (mut window, mut atlas, scene) = (Window::new(2048), Atlas::new(), sample(1.0));
    let mut uploads = Vec::new();
    for _ in 0..3 {
        window.frame(1.0, |painter| paint(&mut atlas, painter, Pos2::ZERO, &scene));
        assert_eq!(window.meshes, 1);
        uploads.push(window.uploads);
    }
    assert_eq!(uploads, [1, 0, 0]);
    assert!(atlas.len() > 100 && atlas.side() == 512, "{atlas:?}");
}

/// Letters of six inches, faint and on top of each other: more than a texture holds.
fn huge_letters() -> Scene {
    let shape = |font: u8| {
        let glyphs = (0..24u16).map(|i| Glyph {
            font: FontId(font),
            id: 20 + 3 * i,
            size: 290.0,
            x: -60.0 + 11.3 * f32::from(i),
            y: 20.0 + 4.0 * f32::from(font),
        });
        Shape::Glyphs { color: INK.with_alpha(9), glyphs: glyphs.collect() }
    };
    let mut shapes = sample(1.0).shapes;
    shapes.extend((0..).take(FONTS.len()).map(shape));
    Scene { shapes }
}

#[test]
fn a_texture_that_is_too_small_is_not_seen() {
    let scene = huge_letters();
    let expected = on_canvas(&scene);
    for (side, textures) in [(1024, 3), (2048, 2)] {
        let (mut window, mut atlas) = (Window::new(side), Atlas::new());
        for round in 0..2 {
            // In two parts, as two views are painted by one atlas.
            let found = window.frame(1.0, |painter| {
                let (under, over) = scene.shapes.split_at(scene.shapes.len() - 2);
                for shapes in [under, over] {
                    let scene = Scene { shapes: shapes.to_vec() };
                    paint(&mut atlas, painter, Pos2::ZERO, &scene);
                }
            });
            check_same(expected.pixels(), &found, &format!("side {side}, frame {round}"));
            if round == 0 {
                assert!(window.uploads >= textures, "it was large enough: {atlas:?}");
            }
        }
    }
}

#[test]
fn another_resolution_begins_an_empty_texture() {
    let (mut window, mut atlas) = (Window::new(2048), Atlas::new());
    for scale in [1.0, 1.5, 2.0, 1.0] {
        let scene = sample(scale);
        let found =
            window.frame(scale, |painter| paint(&mut atlas, painter, Pos2::ZERO, &scene));
        check_same(on_canvas(&scene).pixels(), &found, &format!("{scale} pixels a point"));
        let mut fresh = Atlas::new();
        Window::new(2048)
            .frame(scale, |painter| paint(&mut fresh, painter, Pos2::ZERO, &scene));
        assert_eq!(atlas.len(), fresh.len(), "at {scale}");
    }
}

#[test]
fn a_page_looks_the_same_wherever_it_stands() {
    for scale in [1.0, 1.5, 2.0] {
        let scene = sample(scale);
        for origin in [pos2(13.4, 7.7), pos2(-20.3, -11.5)] {
            let (mut window, mut atlas) = (Window::new(2048), Atlas::new());
            let found = window.frame(scale, |painter| {
                let paper = Shape::Fill { rect: page(), radius: 0.0, color: PAPER };
                paint(&mut atlas, painter, Pos2::ZERO, &Scene { shapes: vec![paper] });
                paint(&mut atlas, painter, origin, &scene);
            });
            let whole = |points: f32| (points * scale + 0.5).floor();
            let moved = moved(&scene, whole(origin.x), whole(origin.y));
            check_same(on_canvas(&moved).pixels(), &found, &format!("{origin:?} at {scale}"));
        }
    }
}

fn moved(scene: &Scene, dx: f32, dy: f32) -> Scene {
    let mut scene = scene.clone();
    for shape in &mut scene.shapes {
        match shape {
            Shape::Fill { rect, .. } | Shape::Outline { rect, .. } => {
                *rect = rect.moved(dx, dy);
            }
            Shape::Glyphs { glyphs, .. } => glyphs.iter_mut().for_each(|glyph| {
                glyph.x += dx;
                glyph.y += dy;
            }),
        }
    }
    scene
}

#[test]
fn what_is_clipped_is_not_painted() {
    let (mut window, mut atlas, scene) = (Window::new(2048), Atlas::new(), sample(1.0));
    let full = on_canvas(&scene);
    let clip = egui::Rect::from_min_max(pos2(31.0, 22.0), pos2(90.0, 71.0));
    let found = window.frame(1.0, |painter| {
        paint(&mut atlas, &painter.with_clip_rect(clip), Pos2::ZERO, &scene);
    });
    for (at, (expected, found)) in
        full.pixels().chunks_exact(4).zip(found.chunks_exact(4)).enumerate()
    {
        let (x, y) = (at % SIZE.0 as usize, at / SIZE.0 as usize);
        let is_inside = clip.contains(pos2(x as f32 + 0.5, y as f32 + 0.5));
        let expected = if is_inside { expected } else { &[0, 0, 0, 255] };
        assert_eq!(found, expected, "at {x}, {y}");
    }

    let mut far = Atlas::new();
    window.frame(1.0, |painter| paint(&mut far, painter, pos2(0.0, 2000.0), &scene));
    assert!(far.len() < 20, "glyphs far from the clip rectangle were made: {far:?}");
}

#[test]
fn a_picture_has_the_same_bytes_on_every_machine() {
    let digest = |bytes: &[u8]| {
        let digest = Sha256::digest(bytes);
        digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect::<String>()
    };
    let canvas = on_canvas(&sample(1.5));
    let digests = [digest(canvas.pixels()), digest(&canvas.to_png().unwrap())];
    expect!["235b54fb640d09da c7fbf5ebcd56ccc9"].assert_eq(&digests.join(" "));
}

/// Joined letters overlap or touch, each rounded to a quarter of a pixel. Where they meet, a
/// stroke may not become visibly thinner or thicker.
#[test]
fn joined_letters_show_no_seam() {
    const STROKE: &str = "ــــــــــــــــــــــــ";
    let mut typesetter = Typesetter::new();
    for (face, size) in [Face::Naskh, Face::Amiri, Face::Sans]
        .into_iter()
        .flat_map(|face| (12..=44).map(move |size| (face, size as f32)))
    {
        let text = typesetter.text(STROKE, &Style::new(face, size), Fit::default());
        let (white, black) = (Rgba::hex(0xFF_FF_FF), Rgba::hex(0));
        let mut canvas = Canvas::new(SIZE.0, SIZE.1, black).unwrap();
        let glyphs = text.glyphs(0.0, 0.0).collect();
        let shapes = vec![Shape::Glyphs { color: white, glyphs }];
        canvas.draw(&Scene { shapes }, &mut Rasterizer::new());
        let width = text.width().floor() as usize;
        assert!(width < SIZE.0 as usize && text.height() < SIZE.1 as f32, "{size}");
        // The ink of each column, without those at which the stroke begins and ends.
        let ink = |x: usize| -> f32 {
            let column = canvas.pixels().chunks_exact(4).skip(x).step_by(SIZE.0 as usize);
            column.map(|pixel| f32::from(pixel[0])).sum()
        };
        let mut inks: Vec<f32> = (4..width - 4).map(ink).collect();
        inks.sort_by(f32::total_cmp);
        let (least, median, most) = (inks[0], inks[inks.len() / 2], inks[inks.len() - 1]);
        let (thin, thick) = (least / median, most / median);
        assert!(thin > 0.75 && thick < 1.25, "{face:?} at {size}: {thin:.2} to {thick:.2}");
    }
}
