//! Short texts of the interface: labels, buttons, rows of a list.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, DefaultHasher, Hash as _, Hasher};
use std::ops::Range;
use std::rc::Rc;

use super::caret::Caret;
use super::direction;
use super::lines::{Line, Lines};
use super::shaper::Typesetter;
use super::style::{Direction, Fit, Style, Wrap};
use super::{Glyph, Rect};
use crate::text::{self, Offset, TextRange};

/// How many texts a generation holds; there are two, so at most twice as many are kept. A
/// window shows some two hundred, and each takes about two kilobytes.
const GENERATION: usize = 2048;

/// How many bytes a text may have to be kept: longer ones are pages, not labels.
const LONGEST_KEPT: usize = 2048;

/// A short text, set.
#[derive(Clone, Debug)]
pub struct ShapedText {
    text: Box<str>,
    style: Style,
    fit: Fit,
    /// Paragraphs: where each starts in `text`, its upper edge, its lines.
    parts: Vec<Part>,
    direction: Direction,
    width: f32,
    height: f32,
    is_cut: bool,
}

#[derive(Clone, Debug)]
struct Part {
    start: u32,
    top: f32,
    lines: Lines,
}

impl ShapedText {
    /// Its text, as it was given.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The widest line's width in physical pixels, without spaces at its end.
    #[must_use]
    pub fn width(&self) -> f32 {
        self.width
    }

    /// The height of all lines in physical pixels.
    #[must_use]
    pub fn height(&self) -> f32 {
        self.height
    }

    /// The first line's baseline, from the upper edge.
    #[must_use]
    pub fn baseline(&self) -> f32 {
        self.lines().next().map_or(0.0, |(part, line)| part.top + line.baseline)
    }

    /// How many lines there are; at least one.
    #[must_use]
    pub fn num_lines(&self) -> usize {
        self.parts.iter().map(|part| part.lines.lines.len()).sum()
    }

    /// The first paragraph's base direction.
    #[must_use]
    pub fn direction(&self) -> Direction {
        self.direction
    }

    /// Whether it was too wide and ends in `…`.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// Its glyphs, with its upper left corner at (`x`, `y`).
    pub fn glyphs(&self, x: f32, y: f32) -> impl Iterator<Item = Glyph> + '_ {
        self.lines().flat_map(move |(part, line)| {
            part.lines.glyphs(line).map(move |glyph| Glyph {
                x: x + glyph.x,
                y: y + part.top + glyph.y,
                ..glyph
            })
        })
    }

    /// The caret nearest to a point, told from the upper left corner.
    #[must_use]
    pub fn hit(&self, x: f32, y: f32) -> Caret {
        let below = self.parts.partition_point(|part| part.top <= y);
        let Some(part) = self.parts.get(below.saturating_sub(1)) else {
            return Caret::default();
        };
        let Some(line) = part.lines.lines.get(part.lines.line_at(y - part.top)) else {
            return Caret::default();
        };
        let (offset, affinity) = part.lines.edge_at(line, x);
        let offset = Offset::at(part.start as usize + offset as usize).min(self.end());
        let whole = text::widen(&self.text, TextRange::empty(offset));
        Caret { offset: whole.start(), affinity }
    }

    /// Where a caret stands: a rectangle without width, as high as its line.
    #[must_use]
    pub fn caret_rect(&self, caret: Caret) -> Rect {
        let offset = caret.offset.min(self.end()).to_usize();
        let after = self.parts.partition_point(|part| part.start as usize <= offset);
        let Some(part) = self.parts.get(after.saturating_sub(1)) else {
            return Rect::default();
        };
        let inside = u32::try_from(offset).unwrap_or(u32::MAX).saturating_sub(part.start);
        let Some(line) = part.lines.lines.get(part.lines.line_of(inside, caret.affinity))
        else {
            return Rect::default();
        };
        let x = part.lines.caret_x(line, inside, caret.affinity);
        let top = part.top + line.top;
        Rect::new(x, top, x, top + line.height)
    }

    /// The rectangles of a range, widened to whole graphemes, from the upper left corner.
    #[must_use]
    pub fn rects(&self, range: TextRange) -> Vec<Rect> {
        let range = text::widen(&self.text, range).to_range();
        let mut rects = Vec::new();
        for (part, line) in self.lines() {
            let inside = local(&range, part.start);
            for (left, right) in part.lines.stretches(line, inside) {
                let top = part.top + line.top;
                rects.push(Rect::new(left, top, right, top + line.height));
            }
        }
        rects
    }

    fn end(&self) -> Offset {
        Offset::end_of(&self.text)
    }

    fn lines(&self) -> impl Iterator<Item = (&Part, &Line)> {
        self.parts.iter().flat_map(|part| part.lines.lines.iter().map(move |line| (part, line)))
    }

    fn is_of(&self, text: &str, style: &Style, fit: &Fit) -> bool {
        *self.text == *text && self.style.key() == style.key() && self.fit.key() == fit.key()
    }
}

/// A range of a text as a range of the part of it that begins at `start`.
fn local(range: &Range<usize>, start: u32) -> Range<u32> {
    let cut = |at: usize| u32::try_from(at.saturating_sub(start as usize)).unwrap_or(u32::MAX);
    cut(range.start)..cut(range.end)
}

impl Typesetter {
    /// Sets a short text, or finds it as it was set before.
    ///
    /// Where it may wrap, each of its lines is a paragraph; otherwise it is one line, and line
    /// ends are shown as spaces. Offsets are those of `text` also where it is cut.
    pub fn text(&mut self, text: &str, style: &Style, fit: Fit) -> Rc<ShapedText> {
        let key = hash(text, style, &fit);
        if let Some(found) = self.labels.find(key, text, style, &fit) {
            return found;
        }
        let shaped = Rc::new(self.set_text(text, style, fit));
        if text.len() <= LONGEST_KEPT {
            self.labels.keep(key, Rc::clone(&shaped));
        }
        shaped
    }

    fn set_text(&mut self, text: &str, style: &Style, fit: Fit) -> ShapedText {
        let document = direction::of_document(text, style.base);
        let mut shaped = ShapedText {
            text: text.into(),
            style: *style,
            fit,
            parts: Vec::new(),
            direction: document,
            width: 0.0,
            height: 0.0,
            is_cut: false,
        };
        if fit.wrap == Wrap::Wrap {
            let mut start = 0;
            for line in text.split('\n') {
                let content = line.strip_suffix('\r').unwrap_or(line);
                let direction = direction::of_paragraph(content, style.base, document);
                let lines = self.set_lines(content, style, direction, &fit);
                shaped.push(start, lines);
                start += line.len() + 1;
            }
        } else {
            let line = text.replace(['\n', '\r'], " ");
            let mut lines = self.set_lines(&line, style, document, &fit);
            if let (Wrap::Ellipsis, Some(width)) = (fit.wrap, fit.width)
                && lines.width > width
            {
                lines = self.cut(&line, style, document, (width, &fit, &lines));
                shaped.is_cut = true;
            }
            shaped.push(0, lines);
        }
        // Lines of several paragraphs are placed in one width.
        let width = fit.width.unwrap_or(shaped.width);
        for part in &mut shaped.parts {
            part.lines.place(width, fit.align);
        }
        shaped
    }

    /// The longest beginning of `line` that fits into the width with a `…` after it.
    fn cut(
        &mut self,
        line: &str,
        style: &Style,
        direction: Direction,
        (width, fit, uncut): (f32, &Fit, &Lines),
    ) -> Lines {
        let ellipsis = self.set_lines("…", style, direction, &Fit::FREE).width;
        let mut end = uncut.fitting(width - ellipsis);
        loop {
            let whole = text::widen(line, TextRange::empty(Offset::at(end)));
            let kept = line.get(..whole.start().to_usize()).unwrap_or_default();
            let cut = format!("{}…", kept.trim_end());
            let lines = self.set_lines(&cut, style, direction, fit);
            // Letters join anew at the cut, so the first guess may be a little too wide.
            if lines.width <= width || kept.is_empty() {
                return lines;
            }
            end = kept.len().saturating_sub(1);
        }
    }

    /// Sets one paragraph.
    fn set_lines(
        &mut self,
        text: &str,
        style: &Style,
        direction: Direction,
        fit: &Fit,
    ) -> Lines {
        let mut layout = std::mem::take(&mut self.scratch);
        // Parley sets an empty text as one space, which has the line's height and baseline.
        self.shape(if text.is_empty() { " " } else { text }, style, direction, &mut layout);
        layout.break_all_lines(if fit.wrap == Wrap::Wrap { fit.width } else { None });
        let lines = if text.is_empty() {
            Lines::empty_of(&layout, direction, 1.0)
        } else {
            Lines::of(&layout, text, self.font_ids(), direction)
        };
        self.scratch = layout;
        lines
    }
}

impl ShapedText {
    fn push(&mut self, start: usize, lines: Lines) {
        if self.parts.is_empty() {
            self.direction = lines.direction;
        }
        let start = u32::try_from(start).unwrap_or(u32::MAX);
        self.width = self.width.max(lines.width);
        let top = self.height;
        self.height += lines.height;
        self.parts.push(Part { start, top, lines });
    }
}

/// Texts set before, in two generations: when the young one is full, it becomes the old one,
/// and the old one is forgotten. What is looked up stays.
#[derive(Default)]
pub(super) struct Labels {
    young: HashMap<u64, Rc<ShapedText>, BuildHasherDefault<Hashed>>,
    old: HashMap<u64, Rc<ShapedText>, BuildHasherDefault<Hashed>>,
}

impl std::fmt::Debug for Labels {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} texts", self.young.len() + self.old.len())
    }
}

impl Labels {
    fn find(
        &mut self,
        key: u64,
        text: &str,
        style: &Style,
        fit: &Fit,
    ) -> Option<Rc<ShapedText>> {
        if let Some(found) = self.young.get(&key) {
            // Two texts of one hash: the later one takes the place.
            return found.is_of(text, style, fit).then(|| Rc::clone(found));
        }
        let found = self.old.remove(&key).filter(|found| found.is_of(text, style, fit))?;
        self.keep(key, Rc::clone(&found));
        Some(found)
    }

    fn keep(&mut self, key: u64, text: Rc<ShapedText>) {
        if self.young.len() >= GENERATION {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(key, text);
    }
}

fn hash(text: &str, style: &Style, fit: &Fit) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    style.key().hash(&mut hasher);
    fit.key().hash(&mut hasher);
    hasher.finish()
}

/// Keys are hashes already.
#[derive(Default)]
struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

#[cfg(test)]
mod tests;
