//! `tawsim layout`.

use serde_json::{Value, json};

use super::article::{Article, Subject};
use super::console::{Console, Failure};
use crate::text::TextRange;
use crate::typeset::{Direction, FONTS, LineDump, PageRect, RunDump, Typesetter};

/// Says where every line, run and span of an article stands, in JSON
///
/// Ranges count code points; all other numbers are pixels from the upper left corner. Runs are
/// in visual order, from left to right. The window draws from the same data.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    article: Subject,
    /// The lines' width in pixels
    #[arg(long, value_name = "PX", value_parser = clap::value_parser!(u32).range(40..=100_000))]
    width: u32,
}

pub(super) fn run(args: &Args, console: &mut Console<'_>) -> Result<(), Failure> {
    let article = Article::read(&args.article, console)?;
    let mut page = article.page(pixels(args.width), 1.0);
    let spans = article.set.as_ref().map(|set| set.spans()).unwrap_or_default();
    let ranges: Vec<_> = spans.iter().map(|span| span.range).collect();
    let dump = page.dump(&mut Typesetter::new(), &ranges);
    let lines = dump.lines.iter().map(|line| line_json(&article, line));
    let marks = spans.iter().zip(&dump.rects).map(|(span, rects)| {
        let [start, end] = chars(&article, span.range);
        json!({
            "start": start,
            "end": end,
            "label": span.label.as_str(),
            "text": article.document.slice(span.range),
            "rects": rects.iter().map(|rect| rect_json(*rect)).collect::<Vec<_>>(),
        })
    });
    console.json(&json!({
        "id": article.document.id().as_str(),
        "width": dump.width,
        "height": dump.height,
        "lines": lines.collect::<Vec<_>>(),
        "spans": marks.collect::<Vec<_>>(),
    }))
}

/// A count of pixels as the typeset layer takes it.
pub(super) fn pixels(count: u32) -> f32 {
    // At most 100,000, where every whole number is an `f32`.
    let [high, low] =
        [count >> 16, count & 0xFFFF].map(|half| u16::try_from(half).unwrap_or(0));
    f32::from(high) * 65_536.0 + f32::from(low)
}

fn line_json(article: &Article, line: &LineDump) -> Value {
    let [start, end] = chars(article, line.range);
    json!({
        "start": start,
        "end": end,
        "text": article.document.slice(line.range),
        "direction": direction(line.direction),
        "top": line.top,
        "bottom": line.bottom,
        "baseline": line.baseline,
        "runs": line.runs.iter().map(|run| run_json(article, run)).collect::<Vec<_>>(),
    })
}

fn run_json(article: &Article, run: &RunDump) -> Value {
    let [start, end] = chars(article, run.range);
    json!({
        "start": start,
        "end": end,
        "direction": direction(run.direction),
        "x": run.x,
        "advance": run.advance,
        "font": FONTS.get(usize::from(run.font.0)).map(|font| font.name),
        "size": run.size,
    })
}

fn rect_json(rect: PageRect) -> Value {
    json!({
        "left": rect.left,
        "top": rect.top,
        "right": rect.right,
        "bottom": rect.bottom,
    })
}

/// Both ends of a range in code points.
fn chars(article: &Article, range: TextRange) -> [u64; 2] {
    let document = &article.document;
    match document.index().char_range(document.text(), range) {
        Some((start, end)) => [start.0, end.0],
        None => unreachable!("{range} is not of this text"),
    }
}

fn direction(direction: Direction) -> &'static str {
    if direction.is_rtl() { "rtl" } else { "ltr" }
}
