//! `tawsim render`.

use std::path::PathBuf;

use super::args::theme_parser;
use super::article::{Article, Subject};
use super::console::{Console, Failure, text};
use super::layout::pixels;
use super::output::write_to;
use crate::lang::Lang;
use crate::model::AnnotationSet;
use crate::theme::{Mode, Theme};
use crate::typeset::{
    Canvas, CanvasError, Mark, Page, Rasterizer, Typesetter, article_scene, lanes,
};

/// The color of a label that the schema does not have.
const UNKNOWN: [u8; 3] = [0x80, 0x80, 0x80];

/// The margin around the text, in pixels before scaling.
const MARGIN: f32 = 48.0;

/// Draws an article with its spans as a picture, without window or GPU
///
/// The same article gives the same bytes on every run.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    article: Subject,
    /// The file to write; `-` is the standard output
    #[arg(long, value_name = "page.png")]
    out: PathBuf,
    /// The lines' width in pixels, before scaling
    #[arg(
        long, value_name = "PX", default_value = "760",
        value_parser = clap::value_parser!(u32).range(40..=20_000)
    )]
    width: u32,
    /// How many times as large
    #[arg(
        long, value_name = "N", default_value = "1",
        value_parser = clap::value_parser!(u32).range(1..=8)
    )]
    scale: u32,
    /// Light or dark
    #[arg(long, value_parser = theme_parser(), value_name = "light|dark", default_value = "light")]
    theme: Mode,
}

/// Draws it; labels' names are in `lang`.
pub(super) fn run(args: &Args, lang: Lang, console: &mut Console<'_>) -> Result<(), Failure> {
    let article = Article::read(&args.article, console)?;
    let scale = pixels(args.scale);
    let page = article.page(pixels(args.width), scale);
    let png = picture(&article, page, &Theme::new(args.theme), (lang, scale))?;
    write_to(&args.out, true, console, |_, out| {
        out.write_all(&png).map_err(|error| Failure::io(&args.out, &error))
    })
}

/// The picture of a whole article, as PNG.
fn picture(
    article: &Article,
    mut page: Page,
    theme: &Theme,
    (lang, scale): (Lang, f32),
) -> Result<Vec<u8>, Failure> {
    let mut typesetter = Typesetter::new();
    page.prepare(&mut typesetter, 0.0, f64::INFINITY);
    let margin = MARGIN * scale;
    let spans = article.set.as_ref().map(AnnotationSet::spans).unwrap_or_default();
    let ranges: Vec<_> = spans.iter().map(|span| span.range).collect();
    let marks: Vec<_> = spans
        .iter()
        .zip(lanes(&ranges))
        .map(|(span, lane)| {
            let label = article.schema.label(&span.label);
            Mark {
                range: span.range,
                lane,
                shades: theme.shades(label.map_or(UNKNOWN, |label| label.color)),
                name: label.map_or(span.label.as_str(), |label| label.name.get(lang)),
                doubtful: span.doubtful,
                chosen: false,
                suggested: false,
            }
        })
        .collect();
    let whole = (0.0, page.height());
    let scene = article_scene(&mut typesetter, &page, whole, &marks, None, theme);
    let side = |length: f64| whole_pixels(length + 2.0 * f64::from(margin));
    let (width, height) = (side(f64::from(page.style().width)), side(page.height()));
    let failure = |error: CanvasError| Failure::Refused(text(|_| error.to_string()));
    let mut canvas = Canvas::new(width, height, theme.page).map_err(failure)?;
    canvas.draw(&scene.moved(margin, margin), &mut Rasterizer::new());
    canvas.to_png().map_err(failure)
}

/// A length as a count of pixels; one past any picture's is the largest count.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the cast saturates, and a canvas refuses what is too large"
)]
fn whole_pixels(length: f64) -> u32 {
    length.ceil() as u32
}
