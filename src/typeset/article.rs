//! An article with its marked spans, as a scene.
//!
//! The one place that says what a marked article looks like: the window and `tawsim render`
//! both paint what comes out here. Marks lie under unbroken text, so no letters come apart;
//! each has a bar under it and its label's name below the bar, so that color is never the
//! only sign. Marks that overlap stand in lanes: the inner one is inset, its bar lies deeper.

use std::rc::Rc;

use super::{
    Face, Fit, LineView, Page, PageRect, PageStyle, Rect, Scene, Shape, ShapedText, Style,
    Typesetter,
};
use crate::text::TextRange;
use crate::theme::{Rgba, Shades, Theme};

/// A marked range, as it is to be shown.
#[derive(Clone, Copy, Debug)]
pub struct Mark<'a> {
    /// Where.
    pub range: TextRange,
    /// Its lane (see [`lanes`](super::lanes)).
    pub lane: u8,
    /// Its label's colors.
    pub shades: Shades,
    /// Its label's name.
    pub name: &'a str,
    /// Whether the annotator is unsure of it.
    pub doubtful: bool,
    /// Whether it is the chosen one.
    pub chosen: bool,
    /// Whether it is only suggested: an outline, no fill.
    pub suggested: bool,
}

/// How articles are set: `size` physical pixels per em, lines of `width` physical pixels.
///
/// Lines are far apart, as a label's name stands under each mark.
#[must_use]
pub fn article_style(size: f32, width: f32, has_title: bool) -> PageStyle {
    let body = Style { line_height: 2.2, ..Style::new(Face::Naskh, size) };
    let title = Style { bold: true, line_height: 1.9, ..Style::new(Face::Naskh, size * 1.3) };
    PageStyle {
        title: has_title.then_some(title),
        gap: (size * 0.35).round(),
        blank: 0.4,
        ..PageStyle::new(body, width)
    }
}

/// The part of an article between `top` and `bottom`, which must be set ([`Page::prepare`]).
///
/// The scene's origin is the page's upper left corner, moved down by `top`.
pub fn article_scene(
    typesetter: &mut Typesetter,
    page: &Page,
    (top, bottom): (f64, f64),
    marks: &[Mark<'_>],
    selection: Option<TextRange>,
    theme: &Theme,
) -> Scene {
    let size = page.style().body.size;
    let mut layers = Layers::default();
    let mut tags = Vec::new();
    let visible = page.range_between(top, bottom);
    let mut order: Vec<&Mark<'_>> =
        marks.iter().filter(|mark| visible.is_some_and(|v| v.overlaps(mark.range))).collect();
    // Outer marks first, so that inner ones lie on them.
    order.sort_by_key(|mark| (mark.lane, mark.range));
    for mark in order {
        let rects = page.rects(mark.range, top, bottom);
        for rect in &rects {
            draw_mark(mark, boxed(page, *rect, top), size, &mut layers);
        }
        if let Some(first) = first_rect(page, mark.range, &rects) {
            tags.push(Tag {
                mark: *mark,
                line: boxed(page, first, top),
                rtl: is_rtl(page, first),
            });
        }
    }
    if let Some(selection) = selection.filter(|range| !range.is_empty()) {
        for rect in page.rects(selection, top, bottom) {
            let rect = rect.at(0.0, -top);
            layers.fills.push(Shape::Fill { rect, radius: 0.0, color: theme.selection });
        }
    }
    let mut glyphs = Vec::new();
    for line in page.lines(top, bottom) {
        glyphs.extend(line.glyphs(0.0, -top));
    }
    let Layers { fills: mut shapes, bars, over } = layers;
    shapes.extend(bars);
    shapes.push(Shape::Glyphs { color: theme.text, glyphs });
    shapes.extend(over);
    place_tags(typesetter, size, tags, &mut shapes);
    Scene { shapes }
}

/// What marks are made of, from below to above.
#[derive(Default)]
struct Layers {
    /// Behind the letters; at last the selection.
    fills: Vec<Shape>,
    /// Under the letters, not hidden by the selection.
    bars: Vec<Shape>,
    /// Around the letters.
    over: Vec<Shape>,
}

/// The name under a mark, before it has its place.
struct Tag<'a> {
    mark: Mark<'a>,
    line: Boxed,
    /// Whether the line reads from the right, so that the name hangs at the right edge.
    rtl: bool,
}

/// A piece of a mark on one line.
#[derive(Clone, Copy)]
struct Boxed {
    left: f32,
    right: f32,
    /// The baseline, in the scene.
    baseline: f32,
}

/// The line of a rectangle that [`Page::rects`] gave.
fn line_of(page: &Page, rect: PageRect) -> Option<LineView<'_>> {
    let middle = f64::midpoint(rect.top, rect.bottom);
    page.lines(middle, middle + 0.5).next()
}

fn is_rtl(page: &Page, rect: PageRect) -> bool {
    line_of(page, rect).is_none_or(|line| line.direction().is_rtl())
}

fn boxed(page: &Page, rect: PageRect, top: f64) -> Boxed {
    let placed = rect.at(0.0, -top);
    let baseline = line_of(page, rect).map_or(rect.bottom, |line| line.baseline());
    let baseline = PageRect { top: baseline, bottom: baseline, ..rect }.at(0.0, -top).top;
    Boxed { left: placed.left, right: placed.right, baseline: baseline.round() }
}

/// The rectangle where a mark begins, if that line is visible.
fn first_rect(page: &Page, range: TextRange, rects: &[PageRect]) -> Option<PageRect> {
    let first = rects.first()?;
    let line = line_of(page, *first)?;
    if !line.range().contains(range.start()) {
        return None;
    }
    let same = rects.iter().filter(|rect| rect.top <= first.top);
    // Where a line reads from the right, a mark begins at its rightmost piece.
    let edge =
        |rect: &&PageRect| if line.direction().is_rtl() { rect.right } else { -rect.left };
    same.max_by(|a, b| edge(a).total_cmp(&edge(b))).copied()
}

fn draw_mark(mark: &Mark<'_>, line: Boxed, size: f32, layers: &mut Layers) {
    if mark.suggested {
        draw_suggested(mark, line, size, layers);
        return;
    }
    let lane = f32::from(mark.lane.min(4));
    let pad = (size * 0.06).round();
    let rect = Rect::new(
        (line.left - pad).round(),
        (line.baseline - size * 1.02 + lane * 3.0).round(),
        (line.right + pad).round(),
        (line.baseline + size * 0.46).round(),
    );
    let radius = (size * 0.14).round();
    let color = if mark.chosen { mark.shades.chosen } else { mark.shades.fill };
    layers.fills.push(Shape::Fill { rect, radius, color });
    let thick = (size * 0.085).round().max(2.0);
    let bar_top = rect.bottom + lane * (thick + 1.0);
    let bar = Rect::new(rect.left, bar_top, rect.right, bar_top + thick);
    layers.bars.push(Shape::Fill { rect: bar, radius: 0.0, color: mark.shades.bar });
    if mark.chosen {
        let outline =
            Rect::new(rect.left - 1.0, rect.top - 1.0, rect.right + 1.0, bar.bottom + 1.0);
        let width = (size * 0.07).round().max(1.0);
        layers.over.push(Shape::Outline {
            rect: outline,
            radius,
            width,
            color: mark.shades.ink,
            dash: 0.0,
        });
    }
}

/// A dashed outline around what is suggested: neither a ground nor a bar, as a span has them.
fn draw_suggested(mark: &Mark<'_>, line: Boxed, size: f32, layers: &mut Layers) {
    let pad = (size * 0.06).round();
    let rect = Rect::new(
        (line.left - pad).round(),
        (line.baseline - size * 1.02).round(),
        (line.right + pad).round(),
        (line.baseline + size * 0.52).round(),
    );
    let radius = (size * 0.14).round();
    // The one in hand has a ground too, and twice the line.
    let mut width = (size * 0.05).round().max(1.0);
    if mark.chosen {
        layers.fills.push(Shape::Fill { rect, radius, color: mark.shades.fill });
        width *= 2.0;
    }
    layers.bars.push(Shape::Outline {
        rect,
        radius,
        width,
        color: mark.shades.ink,
        dash: (size * 0.14).round().max(2.0),
    });
}

/// Puts the names under their marks, from where lines begin; one that finds no room moves
/// along, and one that would leave its mark is cut or left out.
fn place_tags(
    typesetter: &mut Typesetter,
    size: f32,
    mut tags: Vec<Tag<'_>>,
    shapes: &mut Vec<Shape>,
) {
    let style = Style { line_height: 1.2, ..Style::new(Face::Sans, (size * 0.46).max(8.0)) };
    tags.sort_by(|a, b| {
        let along = |tag: &Tag<'_>| if tag.rtl { -tag.line.right } else { tag.line.left };
        a.line.baseline.total_cmp(&b.line.baseline).then(along(a).total_cmp(&along(b)))
    });
    let gap = (size * 0.2).round();
    let mut taken: Option<(f32, f32)> = None;
    for tag in tags {
        let text = if tag.mark.doubtful {
            // The mark of its own script, whichever way the line runs.
            let is_arabic = tag.mark.name.chars().any(|c| matches!(c, '\u{600}'..='\u{6FF}'));
            format!("{} {}", tag.mark.name, if is_arabic { "؟" } else { "?" })
        } else {
            tag.mark.name.to_owned()
        };
        let mut set = typesetter.text(&text, &style, Fit::FREE);
        let edge = match taken.filter(|(baseline, _)| *baseline >= tag.line.baseline) {
            Some((_, edge)) if tag.rtl => tag.line.right.min(edge - gap),
            Some((_, edge)) => tag.line.left.max(edge + gap),
            None if tag.rtl => tag.line.right,
            None => tag.line.left,
        };
        // How far the name may reach: past a short mark by as much as the name is wide.
        let room = if tag.rtl {
            edge - (tag.line.left - set.width().min(size * 2.0))
        } else {
            tag.line.right + set.width().min(size * 2.0) - edge
        };
        if room < size * 0.7 {
            continue;
        }
        if set.width() > room {
            set = typesetter.text(&text, &style, Fit::cut(room.floor()));
        }
        let x = if tag.rtl { edge - set.width() } else { edge };
        taken = Some((tag.line.baseline, if tag.rtl { x } else { x + set.width() }));
        let lane = f32::from(tag.mark.lane.min(4));
        let y = tag.line.baseline + size * 0.56 + lane * 3.0;
        shapes.push(glyphs(&set, x, y.round(), tag.mark.shades.ink));
    }
}

fn glyphs(set: &Rc<ShapedText>, x: f32, y: f32, color: Rgba) -> Shape {
    // A text that was fitted to a width stands at that width's starting edge.
    let left =
        set.rects(TextRange::of(0..set.text().len())).first().map_or(0.0, |rect| rect.left);
    Shape::Glyphs { color, glyphs: set.glyphs(x - left, y).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::Mode;

    const TEXT: &str = "زار الوفد مدينة فاس في 12 مايو ثم عاد";

    /// The scene of `TEXT` with the given surfaces marked, on lines of `width` pixels.
    fn scene(width: f32, surfaces: &[&str]) -> Scene {
        scene_of(width, surfaces, false)
    }

    fn scene_of(width: f32, surfaces: &[&str], suggested: bool) -> Scene {
        let mut typesetter = Typesetter::new();
        let mut page = Page::new(TEXT.into(), article_style(24.0, width, false));
        page.prepare(&mut typesetter, 0.0, 2_000.0);
        let theme = Theme::new(Mode::Light);
        let ranges: Vec<TextRange> = surfaces
            .iter()
            .map(|surface| {
                let start = TEXT.find(surface).unwrap();
                TextRange::of(start..start + surface.len())
            })
            .collect();
        let lanes = super::super::lanes(&ranges);
        let marks: Vec<Mark<'_>> = ranges
            .iter()
            .zip(lanes)
            .map(|(range, lane)| Mark {
                range: *range,
                lane,
                shades: theme.shades([31, 119, 180]),
                name: "مدينة",
                doubtful: false,
                chosen: false,
                suggested,
            })
            .collect();
        article_scene(&mut typesetter, &page, (0.0, 2_000.0), &marks, None, &theme)
    }

    fn fills(scene: &Scene) -> Vec<Rect> {
        let fill = |shape: &Shape| match shape {
            Shape::Fill { rect, radius, .. } if *radius > 0.0 => Some(*rect),
            _ => None,
        };
        scene.shapes.iter().filter_map(fill).collect()
    }

    fn num_glyph_shapes(scene: &Scene) -> usize {
        scene.shapes.iter().filter(|shape| matches!(shape, Shape::Glyphs { .. })).count()
    }

    #[test]
    fn a_mark_is_a_fill_a_bar_and_a_name() {
        let scene = scene(800.0, &["فاس"]);
        assert_eq!(fills(&scene).len(), 1);
        assert_eq!(num_glyph_shapes(&scene), 2, "the text and one name");
    }

    /// The outlines, with whether they are broken.
    fn outlines(scene: &Scene) -> Vec<(Rect, bool)> {
        let outline = |shape: &Shape| match shape {
            Shape::Outline { rect, dash, .. } => Some((*rect, *dash > 0.0)),
            _ => None,
        };
        scene.shapes.iter().filter_map(outline).collect()
    }

    #[test]
    fn a_suggestion_is_a_broken_outline_and_a_name_on_each_line() {
        let one = scene_of(800.0, &["فاس"], true);
        let fill = |shape: &Shape| matches!(shape, Shape::Fill { .. });
        assert!(!one.shapes.iter().any(fill));
        assert_eq!(num_glyph_shapes(&one), 2, "the text and one name");
        let found = outlines(&one);
        assert!(matches!(found[..], [(_, true)]), "{found:?}");
        assert_eq!(found[0].0.left, fills(&scene(800.0, &["فاس"]))[0].left);
        let over = scene_of(260.0, &["مدينة فاس في 12 مايو ثم"], true);
        assert!(outlines(&over).len() >= 2);
        assert_eq!(num_glyph_shapes(&over), 2);
    }

    #[test]
    fn an_inner_mark_is_inset_and_drawn_on_the_outer_one() {
        let scene = scene(800.0, &["فاس", "مدينة فاس"]);
        let fills = fills(&scene);
        let (outer, inner) = (fills[0], fills[1]);
        assert!(outer.left <= inner.left && outer.right > inner.right);
        assert!(inner.top > outer.top);
    }

    #[test]
    fn a_mark_over_a_line_end_is_filled_on_both_lines_and_named_once() {
        let scene = scene(260.0, &["مدينة فاس في 12 مايو ثم"]);
        assert!(fills(&scene).len() >= 2);
        assert_eq!(num_glyph_shapes(&scene), 2);
    }
}
