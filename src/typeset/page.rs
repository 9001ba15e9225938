//! A whole document, set as far as it is looked at.
//!
//! A block is a paragraph, or a part of one of many kilobytes. Only blocks near the viewport
//! are set; the others have a height by estimate, or the one they had when they were last set.
//! Vertical positions are `f64`: in `f32` a document of a megabyte would lose pixels.

use std::sync::Arc;

use parley::Layout;

use super::blocks::{self, Block};
use super::direction;
use super::heights::Heights;
use super::lines::{Line, Lines, Run};
use super::shaper::Typesetter;
use super::style::{Align, Direction, Face, Style};
use super::{FontId, Glyph, Rect};
use crate::text::{Offset, TextRange};

/// How much set text is kept, in bytes. With its glyphs it takes some sixty times as much.
const KEPT: usize = 64 * 1024;

/// What a byte of Arabic text is wide, in font sizes, until some of it has been set.
const FIRST_GUESS: f32 = 0.25;

/// How a document is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PageStyle {
    /// The text's style.
    pub body: Style,
    /// The style of the first paragraph, if it is a headline.
    pub title: Option<Style>,
    /// The width of the text in physical pixels.
    pub width: f32,
    /// The space between two paragraphs in physical pixels.
    pub gap: f32,
    /// How high an empty paragraph is, in lines.
    pub blank: f32,
}

impl PageStyle {
    /// A page of `width` physical pixels in one style, with half a line between paragraphs.
    #[must_use]
    pub fn new(body: Style, width: f32) -> Self {
        let gap = (body.line_pixels() / 2.0).round();
        Self { body, title: None, width, gap, blank: 1.0 }
    }

    /// The same page in another face.
    #[must_use]
    pub fn in_face(self, face: Face) -> Self {
        let title = self.title.map(|title| Style { face, ..title });
        Self { body: Style { face, ..self.body }, title, ..self }
    }

    /// The same page with its lines so many times as far apart.
    #[must_use]
    pub fn spaced(self, factor: f32) -> Self {
        let spaced = |style: Style| Style { line_height: style.line_height * factor, ..style };
        Self { body: spaced(self.body), title: self.title.map(spaced), ..self }
    }
}

/// A document, set lazily.
#[derive(Debug)]
pub struct Page {
    pub(super) text: Arc<str>,
    style: PageStyle,
    direction: Direction,
    pub(super) slots: Vec<Slot>,
    heights: Heights,
    /// The blocks that are set, in no order.
    kept: Vec<usize>,
    /// The text in them, in bytes.
    kept_bytes: usize,
    /// Counts the widths: lines of another one are broken again.
    epoch: u32,
    /// What a byte is wide, in font sizes: measured once some text is set.
    byte_width: f32,
    is_measured: bool,
}

/// A block with what is known of it.
#[derive(Debug)]
pub(super) struct Slot {
    pub(super) block: Block,
    direction: Option<Direction>,
    set: Option<Box<Set>>,
    /// With the space after it.
    pub(super) height: f64,
    /// The width of its text on one line; 0 if it was never set.
    natural: f32,
}

/// A block that is set.
#[derive(Debug)]
struct Set {
    layout: Layout<()>,
    lines: Lines,
    epoch: u32,
}

/// A rectangle on a page, in physical pixels from the page's upper left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PageRect {
    /// The smaller x.
    pub left: f32,
    /// The larger x.
    pub right: f32,
    /// The smaller y.
    pub top: f64,
    /// The larger y.
    pub bottom: f64,
}

impl PageRect {
    /// The rectangle where the page's upper left corner is at (`x`, `y`).
    #[must_use]
    pub fn at(self, x: f32, y: f64) -> Rect {
        Rect::new(self.left + x, near(self.top + y), self.right + x, near(self.bottom + y))
    }
}

/// A vertical position near the viewport, where `f32` is exact enough.
#[expect(clippy::cast_possible_truncation, reason = "a viewport is some thousand pixels high")]
fn near(y: f64) -> f32 {
    y as f32
}

impl Page {
    /// A page of `text`. Nothing is set yet, so this takes a millisecond a megabyte.
    #[must_use]
    pub fn new(text: Arc<str>, style: PageStyle) -> Self {
        let slots = blocks::of(&text)
            .into_iter()
            .map(|block| Slot { block, direction: None, set: None, height: 0.0, natural: 0.0 })
            .collect();
        let direction = direction::of_document(&text, style.body.base);
        let mut page = Self {
            text,
            style,
            direction,
            slots,
            heights: Heights::default(),
            kept: Vec::new(),
            kept_bytes: 0,
            epoch: 0,
            byte_width: FIRST_GUESS,
            is_measured: false,
        };
        page.estimate();
        page
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// How it is set.
    #[must_use]
    pub fn style(&self) -> &PageStyle {
        &self.style
    }

    /// The document's direction: that of most of its text, or the one it was given.
    #[must_use]
    pub fn direction(&self) -> Direction {
        self.direction
    }

    /// Its height in physical pixels: partly an estimate until all of it was set.
    #[must_use]
    pub fn height(&self) -> f64 {
        self.heights.total()
    }

    /// Sets the page in another style. With nothing but another width, lines are broken again
    /// without shaping; otherwise all is set anew when it is next looked at.
    pub fn set_style(&mut self, style: PageStyle) {
        if style == self.style {
            return;
        }
        let reshape =
            style.body.key() != self.style.body.key() || style.title != self.style.title;
        if style.body.base != self.style.body.base {
            self.direction = direction::of_document(&self.text, style.body.base);
            for slot in &mut self.slots {
                slot.direction = None;
            }
        }
        self.style = style;
        self.epoch += 1;
        if reshape {
            self.is_measured = false;
            self.kept.clear();
            self.kept_bytes = 0;
            for slot in &mut self.slots {
                slot.set = None;
                slot.natural = 0.0;
            }
        }
        self.estimate();
    }

    /// Sets what lies between `top` and `bottom` and is not set yet.
    ///
    /// Returns by how much the content above `top` grew. A view that adds this to its scroll
    /// position shows the same lines at the same place as before.
    pub fn prepare(&mut self, typesetter: &mut Typesetter, top: f64, bottom: f64) -> f64 {
        let mut grown = self.set_between(typesetter, top, bottom);
        if !self.is_measured && self.kept_bytes > 0 {
            let first = self.heights.at(top + grown);
            let before = self.heights.top(first);
            self.measure();
            grown += self.heights.top(first) - before;
            grown += self.set_between(typesetter, top + grown, bottom + grown);
        }
        self.forget_far(self.heights.at(top + grown), self.heights.at(bottom + grown));
        grown
    }

    fn set_between(&mut self, typesetter: &mut Typesetter, top: f64, bottom: f64) -> f64 {
        let mut grown = 0.0;
        'again: loop {
            let (from, to) = ((top + grown).max(0.0), bottom + grown);
            let mut index = self.heights.at(from);
            let mut y = self.heights.top(index);
            while y < to && index < self.slots.len() {
                let delta = self.set(typesetter, index);
                if y < from && delta != 0.0 {
                    grown += delta;
                    continue 'again;
                }
                y += self.slots.get(index).map_or(0.0, |slot| slot.height);
                index += 1;
            }
            return grown;
        }
    }

    /// Sets a block if it is not; by how much it grew.
    pub(super) fn set(&mut self, typesetter: &mut Typesetter, index: usize) -> f64 {
        let epoch = self.epoch;
        if self.slots.get(index).is_none_or(|slot| slot.is_set(epoch)) {
            return 0.0;
        }
        let direction = self.direction_of(index);
        let style = self.style_of(index);
        let gap = self.gap_after(index);
        let PageStyle { width, blank, .. } = self.style;
        let Some(slot) = self.slots.get_mut(index) else { return 0.0 };
        let range = slot.block.range.start as usize..slot.block.range.end as usize;
        let text = self.text.get(range).unwrap_or_default();
        let (mut layout, is_new) = match slot.set.take() {
            Some(stale) => (stale.layout, false),
            None => (std::mem::take(&mut typesetter.scratch), true),
        };
        if is_new {
            // Parley sets an empty text as one space: its line has height and baseline.
            let shown = if text.is_empty() { " " } else { text };
            typesetter.shape(shown, &style, direction, &mut layout);
            self.kept.push(index);
            self.kept_bytes += text.len();
        }
        layout.break_all_lines(Some(width.max(1.0)));
        let mut lines = if text.is_empty() {
            Lines::empty_of(&layout, direction, blank)
        } else {
            Lines::of(&layout, text, typesetter.font_ids(), direction)
        };
        lines.place(width, Align::Start);
        if is_new {
            // Parley reserves room for as many letters as there are bytes: a copy takes less
            // memory, and shaping into the same layout every time is faster.
            let kept = layout.clone();
            typesetter.scratch = std::mem::replace(&mut layout, kept);
        }
        slot.natural = lines.natural();
        let height = f64::from(lines.height) + gap;
        let delta = height - slot.height;
        slot.height = height;
        slot.set = Some(Box::new(Set { layout, lines, epoch }));
        if delta != 0.0 {
            self.heights.grow(index, delta);
        }
        delta
    }

    /// Forgets set blocks far from those between `first` and `last`, if there are too many.
    fn forget_far(&mut self, first: usize, last: usize) {
        if self.kept_bytes <= KEPT {
            return;
        }
        let distance =
            |index: &usize| first.saturating_sub(*index).max(index.saturating_sub(last));
        self.kept.sort_by_key(distance);
        // Not just to the bound, or the next step would sort again.
        while self.kept_bytes > KEPT / 4 * 3
            && let Some(index) = self.kept.pop_if(|index| distance(index) > 0)
        {
            let Some(slot) = self.slots.get_mut(index) else { continue };
            slot.set = None;
            self.kept_bytes -= slot.block.num_bytes();
        }
    }

    /// Learns from what is set how wide a byte is, and estimates the rest anew.
    fn measure(&mut self) {
        let (mut width, mut bytes) = (0.0, 0.0);
        for index in &self.kept {
            let Some(slot) = self.slots.get(*index) else { continue };
            width += slot.natural / self.style_of(*index).size;
            bytes += count(slot.block.num_bytes());
        }
        if bytes > 0.0 {
            self.byte_width = width / bytes;
            self.is_measured = true;
            self.estimate();
        }
    }

    /// Gives a height to every block that is not set.
    fn estimate(&mut self) {
        let epoch = self.epoch;
        for index in 0..self.slots.len() {
            let (style, gap) = (self.style_of(index), self.gap_after(index));
            let Some(slot) = self.slots.get_mut(index) else { continue };
            if slot.is_set(epoch) {
                continue;
            }
            let guess = count(slot.block.num_bytes()) * self.byte_width * style.size;
            let natural = if slot.natural > 0.0 { slot.natural } else { guess };
            let num_lines = (natural / self.style.width.max(1.0)).ceil().max(1.0);
            let is_empty = slot.block.range.is_empty();
            let num_lines = if is_empty { self.style.blank } else { num_lines };
            slot.height = f64::from((num_lines * style.line_pixels()).round()) + gap;
        }
        self.heights = Heights::new(self.slots.iter().map(|slot| slot.height));
    }

    fn style_of(&self, index: usize) -> Style {
        match (&self.style.title, self.slots.get(index)) {
            (Some(title), Some(slot)) if slot.block.paragraph == 0 => *title,
            _ => self.style.body,
        }
    }

    fn gap_after(&self, index: usize) -> f64 {
        let is_inner = index + 1 < self.slots.len();
        let ends = self.slots.get(index).is_some_and(|slot| slot.block.is_last);
        if is_inner && ends { f64::from(self.style.gap) } else { 0.0 }
    }

    /// The base direction of a block: that of its paragraph's beginning.
    pub(super) fn direction_of(&mut self, index: usize) -> Direction {
        let Some(slot) = self.slots.get(index) else { return self.direction };
        if let Some(known) = slot.direction {
            return known;
        }
        let paragraph = slot.block.paragraph;
        let first = self.slots.partition_point(|slot| slot.block.range.start < paragraph);
        let range = self.slots.get(first).map(|slot| slot.block.range.clone());
        let range = range.unwrap_or_default();
        let text = self.text.get(range.start as usize..range.end as usize).unwrap_or_default();
        let found = direction::of_paragraph(text, self.style.body.base, self.direction);
        if let Some(slot) = self.slots.get_mut(index) {
            slot.direction = Some(found);
        }
        found
    }

    /// About where `offset` is from the page's upper edge, without setting anything: within
    /// its block by its part of the text.
    #[must_use]
    pub fn y_near(&self, offset: Offset) -> f64 {
        let index = self.block_of(offset);
        let Some(slot) = self.slots.get(index) else { return 0.0 };
        let before = offset.to_usize().saturating_sub(slot.block.range.start as usize);
        let share = f64::from(count(before)) / f64::from(count(slot.block.num_bytes().max(1)));
        self.heights.top(index) + slot.height * share.min(1.0)
    }

    /// The block that holds `offset`; at a border of two parts, the later one.
    pub(super) fn block_of(&self, offset: Offset) -> usize {
        let offset = u32::try_from(offset.to_usize()).unwrap_or(u32::MAX);
        self.slots.partition_point(|slot| slot.block.range.start <= offset).saturating_sub(1)
    }

    /// The block at height `y`.
    pub(super) fn block_at(&self, y: f64) -> usize {
        self.heights.at(y)
    }

    /// The upper edge of a block.
    pub(super) fn top_of(&self, index: usize) -> f64 {
        self.heights.top(index)
    }

    /// The lines of a block that is set.
    pub(super) fn lines_of(&self, index: usize) -> Option<&Lines> {
        let set = self.slots.get(index)?.set.as_ref()?;
        (set.epoch == self.epoch).then_some(&set.lines)
    }

    /// Sets what a window of `height` pixels shows with the line of `offset` at `above` pixels
    /// from its upper edge, as far as the page's ends let it be there; the scroll position.
    pub fn jump(
        &mut self,
        typesetter: &mut Typesetter,
        offset: Offset,
        (height, above): (f64, f64),
    ) -> f64 {
        let mut top = 0.0;
        // Setting what is above the line moves it; a second round seldom finds more to set.
        for _ in 0..4 {
            let y = self.y_of(typesetter, offset);
            top = (y - above).min(self.height() - height).max(0.0);
            self.prepare(typesetter, top, top + height);
            if self.y_of(typesetter, offset) == y {
                break;
            }
        }
        top
    }

    /// Sets the block of `offset`; the upper edge of its line, as long as nothing above is set.
    pub fn y_of(&mut self, typesetter: &mut Typesetter, offset: Offset) -> f64 {
        self.caret_rect(typesetter, super::Caret::before(offset)).top
    }

    /// The text on the lines between `top` and `bottom` that are set; none without a line.
    #[must_use]
    pub fn range_between(&self, top: f64, bottom: f64) -> Option<TextRange> {
        let mut lines = self.lines(top, bottom).map(|line| line.range());
        let first = lines.next()?;
        let last = lines.last().unwrap_or(first);
        Some(TextRange::between(first.start(), last.end()))
    }

    /// The lines between `top` and `bottom` that are set (see [`Self::prepare`]).
    pub fn lines(&self, top: f64, bottom: f64) -> impl Iterator<Item = LineView<'_>> {
        let first = self.heights.at(top);
        let mut y = self.heights.top(first);
        let visible = self.slots.iter().enumerate().skip(first).map_while(move |(at, slot)| {
            let block_top = y;
            y += slot.height;
            (block_top < bottom).then_some((at, slot, block_top))
        });
        visible
            .filter_map(|(at, slot, y)| Some((self.lines_of(at)?, slot.block.range.start, y)))
            .flat_map(|(lines, start, y)| {
                lines.lines.iter().map(move |line| LineView {
                    lines,
                    line,
                    start,
                    block_top: y,
                })
            })
            .filter(move |line| line.top() < bottom && line.bottom() > top)
    }
}

impl Slot {
    fn is_set(&self, epoch: u32) -> bool {
        self.set.as_ref().is_some_and(|set| set.epoch == epoch)
    }
}

/// A length of text, for a product with a width.
#[expect(clippy::cast_precision_loss, reason = "an estimate")]
fn count(bytes: usize) -> f32 {
    bytes as f32
}

/// A line of a page.
#[derive(Clone, Copy, Debug)]
pub struct LineView<'a> {
    pub(super) lines: &'a Lines,
    pub(super) line: &'a Line,
    /// Where its block starts.
    pub(super) start: u32,
    pub(super) block_top: f64,
}

impl<'a> LineView<'a> {
    /// Its text, spaces at its end included, a line end of the text not.
    #[must_use]
    pub fn range(&self) -> TextRange {
        shifted(&self.line.range, self.start)
    }

    /// Its paragraph's base direction.
    #[must_use]
    pub fn direction(&self) -> Direction {
        self.lines.direction
    }

    /// Its upper edge in physical pixels from the page's.
    #[must_use]
    pub fn top(&self) -> f64 {
        self.block_top + f64::from(self.line.top)
    }

    /// Its lower edge.
    #[must_use]
    pub fn bottom(&self) -> f64 {
        self.top() + f64::from(self.line.height)
    }

    /// Its baseline.
    #[must_use]
    pub fn baseline(&self) -> f64 {
        self.block_top + f64::from(self.line.baseline)
    }

    /// The left edge of its text, without spaces at its end.
    #[must_use]
    pub fn left(&self) -> f32 {
        self.line.left
    }

    /// The right edge of its text, without spaces at its end.
    #[must_use]
    pub fn right(&self) -> f32 {
        self.line.right
    }

    /// Its runs, from left to right.
    pub fn runs(&self) -> impl Iterator<Item = RunView<'a>> {
        let view = *self;
        self.lines.runs_of(self.line).iter().map(move |run| RunView { view, run })
    }

    /// Its glyphs where the page's upper left corner is at (`x`, `y`).
    pub fn glyphs(&self, x: f32, y: f64) -> impl Iterator<Item = Glyph> + 'a {
        let dy = near(self.block_top + y);
        let (lines, line) = (self.lines, self.line);
        lines.glyphs(line).map(move |glyph| Glyph { x: glyph.x + x, y: glyph.y + dy, ..glyph })
    }
}

/// A run of a line: a stretch of one direction and one font.
#[derive(Clone, Copy, Debug)]
pub struct RunView<'a> {
    view: LineView<'a>,
    run: &'a Run,
}

impl RunView<'_> {
    /// Its text.
    #[must_use]
    pub fn range(&self) -> TextRange {
        shifted(&self.run.range, self.view.start)
    }

    /// Its direction.
    #[must_use]
    pub fn direction(&self) -> Direction {
        self.run.direction
    }

    /// Its left edge.
    #[must_use]
    pub fn x(&self) -> f32 {
        self.run.x
    }

    /// Its width.
    #[must_use]
    pub fn advance(&self) -> f32 {
        self.run.advance
    }

    /// Its font.
    #[must_use]
    pub fn font(&self) -> FontId {
        self.run.font
    }

    /// Its font size in physical pixels per em.
    #[must_use]
    pub fn size(&self) -> f32 {
        self.run.size
    }
}

pub(super) fn shifted(range: &std::ops::Range<u32>, by: u32) -> TextRange {
    TextRange::of((range.start + by) as usize..(range.end + by) as usize)
}

#[cfg(test)]
mod tests;
