//! What a search has found on a page.

use super::{Page, PageRect, Rect, Scene, Shape};
use crate::text::TextRange;
use crate::theme::Theme;

/// Puts what was found into a page's scene, which begins at `top`: over the marks, under the
/// letters. Each has an edge, and the current one a thick one, so that color is never the only
/// sign. `hits` are in text order.
pub fn add_hits(
    scene: &mut Scene,
    page: &Page,
    (top, bottom): (f64, f64),
    (hits, current): (&[TextRange], Option<TextRange>),
    theme: &Theme,
) {
    let Some(visible) = page.range_between(top, bottom) else { return };
    let start = hits.partition_point(|hit| hit.end() <= visible.start());
    let seen = hits.iter().skip(start).take_while(|hit| hit.start() < visible.end());
    let size = page.style().body.size;
    let mut shapes = Vec::new();
    for hit in seen {
        let is_current = current == Some(*hit);
        let width = (size * if is_current { 0.09 } else { 0.03 }).round().max(1.0);
        for rect in page.rects(*hit, top, bottom) {
            let rect = boxed(page, rect, top, size);
            let radius = (size * 0.12).round();
            shapes.push(Shape::Fill { rect, radius, color: theme.found });
            let color = if is_current { theme.text } else { theme.found_edge };
            shapes.push(Shape::Outline { rect, radius, width, color, dash: 0.0 });
        }
    }
    let letters = scene.shapes.iter().position(|shape| matches!(shape, Shape::Glyphs { .. }));
    let at = letters.unwrap_or(scene.shapes.len());
    scene.shapes.splice(at..at, shapes);
}

/// The box around letters, within their line.
fn boxed(page: &Page, rect: PageRect, top: f64, size: f32) -> Rect {
    let middle = f64::midpoint(rect.top, rect.bottom);
    let line = page.lines(middle, middle + 0.5).next();
    let baseline = line.map_or(rect.bottom, |line| line.baseline());
    let placed = PageRect { top: baseline, bottom: baseline, ..rect }.at(0.0, -top);
    let baseline = placed.top;
    Rect::new(
        (placed.left - 1.0).round(),
        (baseline - size * 0.92).round(),
        (placed.right + 1.0).round(),
        (baseline + size * 0.38).round(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::Mode;
    use crate::typeset::{Typesetter, article_scene, article_style};

    #[test]
    fn hits_lie_under_the_letters_and_only_those_that_are_seen() {
        let text = "فاس ثم فاس\n".repeat(200);
        let mut typesetter = Typesetter::new();
        let mut page = Page::new(text.as_str().into(), article_style(24.0, 600.0, false));
        page.prepare(&mut typesetter, 0.0, 300.0);
        let theme = Theme::new(Mode::Light);
        let span = (0.0, 300.0);
        let mut scene = article_scene(&mut typesetter, &page, span, &[], None, &theme);
        let hits: Vec<TextRange> =
            text.match_indices("فاس").map(|(at, _)| TextRange::of(at..at + 6)).collect();
        add_hits(&mut scene, &page, span, (&hits, hits.first().copied()), &theme);
        let letters = scene.shapes.iter().position(|s| matches!(s, Shape::Glyphs { .. }));
        let fills: Vec<usize> = (0..scene.shapes.len())
            .filter(|at| matches!(scene.shapes[*at], Shape::Fill { color, .. } if color == theme.found))
            .collect();
        assert!(fills.len() >= 4 && fills.len() < 60, "{} of {}", fills.len(), hits.len());
        assert!(fills.iter().all(|at| Some(*at) < letters));
    }
}
