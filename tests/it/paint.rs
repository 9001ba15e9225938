//! What the window shows is what `tawsim render` draws.

use egui::{Sense, Vec2, pos2};
use egui_kittest::Harness;
use tawsim::theme::Rgba;
use tawsim::typeset::{
    Atlas, Canvas, FONTS, FontId, Glyph, Rasterizer, Rect, Scene, Shape, paint,
};

use crate::support::CpuRenderer;

/// The width and height of the pictures in physical pixels.
const SIZE: (u32, u32) = (360, 240);

const PAPER: Rgba = Rgba::hex(0xFB_FA_F7);

/// Something of everything: letters, fills and outlines, translucent and on top of each other.
fn sample(scale: f32) -> Scene {
    let rect = |left: f32, top: f32, right: f32, bottom: f32| {
        Rect::new(left * scale, top * scale, right * scale, bottom * scale)
    };
    let mut shapes = vec![Shape::Fill {
        rect: Rect::new(0.0, 0.0, SIZE.0 as f32, SIZE.1 as f32),
        radius: 0.0,
        color: PAPER,
    }];
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
        let color = Rgba::hex(0x20_24_28).with_alpha(255 - 20 * font);
        shapes.push(Shape::Glyphs { color, glyphs: glyphs.collect() });
    }
    Scene { shapes }
}

fn on_canvas(scene: &Scene) -> Vec<u8> {
    let mut canvas = Canvas::new(SIZE.0, SIZE.1, PAPER).unwrap();
    canvas.draw(scene, &mut Rasterizer::new());
    canvas.pixels().to_vec()
}

fn in_window(scene: Scene, scale: f32) -> Vec<u8> {
    let mut atlas = Atlas::new();
    let mut harness = Harness::builder()
        .with_size(Vec2::new(SIZE.0 as f32, SIZE.1 as f32) / scale)
        .with_pixels_per_point(scale)
        .renderer(CpuRenderer::default())
        .build_ui(move |ui| {
            let (_, _) = ui.allocate_exact_size(Vec2::ZERO, Sense::hover());
            let painter = ui.ctx().layer_painter(egui::LayerId::background());
            paint(&mut atlas, &painter, pos2(0.0, 0.0), &scene);
        });
    harness.run();
    harness.render().unwrap().into_raw()
}

#[track_caller]
fn check_same(scale: f32) {
    let scene = sample(scale);
    let (canvas, window) = (on_canvas(&scene), in_window(scene, scale));
    assert_eq!(canvas.len(), window.len());
    let worst = canvas.iter().zip(&window).map(|(a, b)| a.abs_diff(*b)).max();
    assert_eq!(worst, Some(0), "at {scale} pixels a point");
}

#[test]
fn the_window_shows_what_the_canvas_draws() {
    for scale in [1.0, 1.5, 2.0] {
        check_same(scale);
    }
}
