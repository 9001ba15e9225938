//! What a frame costs that paints a page: egui's run and its tessellation, without the GPU.
//!
//! `cargo bench --bench frame`. Beside each figure stands that of a frame in which egui paints
//! as many Latin letters of its own, from the same run, since machines differ.
#![expect(clippy::print_stdout, reason = "a benchmark tells its figures")]

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use egui::{
    Context, FontData, FontDefinitions, FontFamily, FullOutput, Pos2, RawInput, Ui, pos2,
};
use tawsim::theme::Rgba;
use tawsim::typeset::{
    Atlas, Canvas, CanvasError, FONTS, Face, Fit, Glyph, Rasterizer, Rect, Scene, Shape, Style,
    Typesetter, paint, paint_with,
};

const TEXT: &str = "افتتحت البلدية صباح الثلاثاء 18 مارس/آذار 2025 حديقةً جديدةً قرب الميناء \
    القديم، وقال المهندس إنّ العمل استغرق 14 شهرًا وشارك فيه أكثر من 200 متطوّع من سبعة أحياء. ";

/// The letters of a full page at 1280 × 800 points.
const GLYPHS: usize = 1_700;

/// The spans seen on it.
const FILLS: usize = 26;

const ROUNDS: usize = 400;

const INK: Rgba = Rgba::hex(0x20_24_28);

fn main() -> Result<(), CanvasError> {
    let mut typesetter = Typesetter::new();
    let style = Style::new(Face::Naskh, 18.0);
    let page = typesetter.text(&TEXT.repeat(20), &style, Fit::wrapped(1_200.0));
    let glyphs: Vec<Glyph> = page.glyphs(40.0, 10.0).take(GLYPHS).collect();
    let mut shapes: Vec<Shape> =
        glyphs.iter().step_by(GLYPHS / FILLS).take(FILLS).map(fill).collect();
    shapes.push(Shape::Glyphs { color: INK, glyphs: glyphs.clone() });
    let scene = Scene { shapes };
    println!("a page of {} glyphs and {FILLS} fills, medians of {ROUNDS} frames", glyphs.len());

    let empty = frames("an empty frame", None, |_| {});
    let letters: String =
        "Sphinx of black quartz, judge my vow. ".chars().cycle().take(GLYPHS).collect();
    let reference = frames("egui's own Latin letters, as many", None, |ui| {
        for glyph in glyphs.iter().step_by(GLYPHS / FILLS).take(FILLS) {
            let rect =
                egui::Rect::from_min_size(pos2(glyph.x, glyph.y), egui::vec2(60.0, 24.0));
            ui.painter().rect_filled(rect, 3.0, egui::Color32::LIGHT_BLUE);
        }
        ui.label(&letters);
    });

    let mut atlas = Atlas::new();
    frames("the page as a scene", Some(reference), |ui| {
        paint(&mut atlas, ui.painter(), Pos2::ZERO, &scene);
    });
    frames("the page with a pen, glyphs from the layout", Some(reference), |ui| {
        paint_with(&mut atlas, ui.painter(), Pos2::ZERO, |pen| {
            for shape in scene.shapes.iter().take(FILLS) {
                pen.shape(shape);
            }
            pen.glyphs(page.glyphs(40.0, 10.0).take(GLYPHS), INK);
        });
    });

    let label = typesetter.text("مدينة طنجة", &Style::new(Face::Sans, 14.0), Fit::default());
    const LABELS: usize = 100;
    let median = frames("a hundred labels of 9 letters", Some(reference), |ui| {
        for i in 0..LABELS {
            let at = pos2(10.0, 7.0 * i as f32);
            paint_with(&mut atlas, ui.painter(), at, |pen| {
                pen.glyphs(label.glyphs(0.0, 0.0), INK);
            });
        }
    });
    println!("  {:8.2} µs a label", (median - empty) / LABELS as f64);

    let mut cold = Atlas::new();
    let ctx = context();
    finish(&ctx, ctx.run_ui(RawInput::default(), |_| {}));
    let mut start = Instant::now();
    let draw = |ui: &mut Ui| paint(&mut cold, ui.painter(), Pos2::ZERO, &scene);
    finish(&ctx, ctx.run_ui(RawInput::default(), draw));
    let first = micros(start);
    println!("  {first:8.0} µs the first frame: {} masks made", cold.len());

    let mut canvas = Canvas::new(1_280, 800, Rgba::hex(0xFB_FA_F7))?;
    let mut rasterizer = Rasterizer::new();
    start = Instant::now();
    canvas.draw(&scene, &mut rasterizer);
    println!("  {:8.0} µs the page on a canvas, masks made", micros(start));
    start = Instant::now();
    canvas.draw(&scene, &mut rasterizer);
    println!("  {:8.0} µs the same again", micros(start));
    start = Instant::now();
    let bytes = canvas.to_png()?.len();
    println!("  {:8.0} µs as PNG of {bytes} bytes", micros(start));
    Ok(())
}

fn fill(glyph: &Glyph) -> Shape {
    let rect = Rect::new(glyph.x, glyph.y - 18.0, glyph.x + 60.0, glyph.y + 6.0);
    Shape::Fill { rect, radius: 3.0, color: Rgba::hex(0x3A_86_FF).with_alpha(60) }
}

/// A context with a font, since egui comes without one here.
fn context() -> Context {
    let ctx = Context::default();
    let mut fonts = FontDefinitions::empty();
    let latin = FONTS.iter().find(|font| font.name == "Noto Sans Regular");
    if let Some(font) = latin {
        let data = FontData::from_static(font.bytes);
        fonts.font_data.insert(String::from("latin"), Arc::new(data));
        for family in [FontFamily::Proportional, FontFamily::Monospace] {
            fonts.families.insert(family, vec![String::from("latin")]);
        }
    }
    ctx.set_fonts(fonts);
    ctx
}

/// Prints the median time of a frame in microseconds, and returns it.
fn frames(name: &str, reference: Option<f64>, mut draw: impl FnMut(&mut Ui)) -> f64 {
    let ctx = context();
    let screen = egui::Rect::from_min_size(Pos2::ZERO, egui::vec2(1_280.0, 800.0));
    let mut times = Vec::with_capacity(ROUNDS);
    for round in 0..ROUNDS + 20 {
        let input = RawInput {
            screen_rect: Some(screen),
            time: Some(round as f64 / 60.0),
            ..RawInput::default()
        };
        let start = Instant::now();
        let output = ctx.run_ui(input, &mut draw);
        finish(&ctx, output);
        if round >= 20 {
            times.push(micros(start));
        }
    }
    times.sort_by(f64::total_cmp);
    let median = times[ROUNDS / 2];
    match reference {
        Some(reference) => {
            println!("  {median:8.1} µs {name} ({:.2} × egui's)", median / reference);
        }
        None => println!("  {median:8.1} µs {name}"),
    }
    median
}

fn finish(ctx: &Context, mut output: FullOutput) {
    black_box(ctx.tessellate(output.shapes, output.pixels_per_point));
    output.textures_delta.clear();
}

fn micros(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1e6
}
