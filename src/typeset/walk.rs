//! Hits and caret moves on a page.
//!
//! A step to the left or right goes from grapheme edge to grapheme edge as they stand on the
//! line. Where the direction changes, two offsets share one place, and the caret stops at both:
//! so a walk comes by every grapheme boundary, and the way back is the same way. Parley's own
//! visual moves stick at the ends of wrapped right-to-left lines.
//!
//! One place has one caret: where both neighbors of an offset stand side by side, it belongs to
//! the letter that follows, whether a key or a click has led there.

mod leap;

use super::caret::{Affinity, Caret};
use super::lines::{Line, Lines, Stop};
use super::page::{Page, PageRect, shifted};
use super::shaper::Typesetter;
use super::style::Direction;
use crate::text::{self, Offset, TextRange};

/// Where a caret stands.
struct Place {
    block: usize,
    line: usize,
}

/// To the left or to the right, as the eye sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// To the left.
    Left,
    /// To the right.
    Right,
}

impl Page {
    /// The caret nearest to a point, told from the page's upper left corner.
    pub fn hit(&mut self, typesetter: &mut Typesetter, x: f32, y: f64) -> Caret {
        let Some((block, line)) = self.line_at(typesetter, y) else { return Caret::default() };
        let Some((lines, line)) = self.line(block, line) else { return Caret::default() };
        let (offset, affinity) = lines.edge_at(line, x);
        let caret = self.caret(block, offset, affinity);
        self.canonical(typesetter, caret)
    }

    /// The grapheme under a point; none beside the text.
    pub fn grapheme_at(
        &mut self,
        typesetter: &mut Typesetter,
        x: f32,
        y: f64,
    ) -> Option<TextRange> {
        if !(0.0..self.height()).contains(&y) {
            return None;
        }
        let (block, line) = self.line_at(typesetter, y)?;
        let (lines, line) = self.line(block, line)?;
        let found = lines.grapheme_at(line, x)?;
        let start = self.slots.get(block)?.block.range.start;
        Some(text::widen(&self.text, shifted(&found, start)))
    }

    /// Where a caret stands: a rectangle without width, as high as its line.
    pub fn caret_rect(&mut self, typesetter: &mut Typesetter, caret: Caret) -> PageRect {
        let caret = self.settled(caret);
        let place = self.place(typesetter, caret);
        let inside = self.inside(place.block, caret.offset);
        let block_top = self.top_of(place.block);
        let Some((lines, line)) = self.line(place.block, place.line) else {
            return PageRect::default();
        };
        let x = lines.caret_x(line, inside, caret.affinity);
        let top = block_top + f64::from(line.top);
        PageRect { left: x, right: x, top, bottom: top + f64::from(line.height) }
    }

    /// One step to the left. At the end of the document it stays.
    pub fn left(&mut self, typesetter: &mut Typesetter, caret: Caret) -> Caret {
        self.step(typesetter, caret, Side::Left)
    }

    /// One step to the right. At the end of the document it stays.
    pub fn right(&mut self, typesetter: &mut Typesetter, caret: Caret) -> Caret {
        self.step(typesetter, caret, Side::Right)
    }

    /// The caret one line up, near `x`; on the first line, its start.
    pub fn up(&mut self, typesetter: &mut Typesetter, caret: Caret, x: f32) -> Caret {
        let caret = self.settled(caret);
        let place = self.place(typesetter, caret);
        match self.line_before(typesetter, &place) {
            Some(place) => self.at_x(typesetter, &place, x),
            None => Caret::before(Offset::ZERO),
        }
    }

    /// The caret one line down, near `x`; on the last line, its end.
    pub fn down(&mut self, typesetter: &mut Typesetter, caret: Caret, x: f32) -> Caret {
        let caret = self.settled(caret);
        let place = self.place(typesetter, caret);
        match self.line_after(typesetter, &place) {
            Some(place) => self.at_x(typesetter, &place, x),
            None => Caret::after(Offset::end_of(&self.text)),
        }
    }

    /// The start of the caret's line, as the text runs.
    pub fn line_start(&mut self, typesetter: &mut Typesetter, caret: Caret) -> Caret {
        let caret = self.settled(caret);
        let place = self.place(typesetter, caret);
        let start = self.line(place.block, place.line).map_or(0, |(_, line)| line.range.start);
        let caret = self.caret(place.block, start, Affinity::Downstream);
        self.canonical(typesetter, caret)
    }

    /// The end of the caret's line, as the text runs.
    pub fn line_end(&mut self, typesetter: &mut Typesetter, caret: Caret) -> Caret {
        let caret = self.settled(caret);
        let place = self.place(typesetter, caret);
        let end = self.line(place.block, place.line).map_or(0, |(_, line)| line.range.end);
        let caret = self.caret(place.block, end, Affinity::Upstream);
        self.canonical(typesetter, caret)
    }

    /// The direction of the letter at which a caret stands, if that beside it runs the other way.
    ///
    /// At a paragraph's edge its base direction stands for the missing letter.
    pub fn turn_at(&mut self, typesetter: &mut Typesetter, caret: Caret) -> Option<Direction> {
        let here = self.direction_beside(typesetter, caret)?;
        let affinity = match caret.affinity {
            Affinity::Downstream => Affinity::Upstream,
            Affinity::Upstream => Affinity::Downstream,
        };
        let base = self.direction_at(caret.offset);
        let there = self.direction_beside(typesetter, Caret { affinity, ..caret });
        (there.unwrap_or(base) != here).then_some(here)
    }

    /// The direction of the letter that a caret belongs to; none at a paragraph's edge.
    fn direction_beside(
        &mut self,
        typesetter: &mut Typesetter,
        caret: Caret,
    ) -> Option<Direction> {
        let caret = self.settled(caret);
        let place = self.place(typesetter, caret);
        let inside = self.inside(place.block, caret.offset);
        let (lines, line) = self.line(place.block, place.line)?;
        lines.direction_at(line, inside, caret.affinity)
    }

    /// The base direction of the paragraph at `offset`.
    pub fn direction_at(&mut self, offset: Offset) -> Direction {
        self.direction_of(self.block_of(offset))
    }

    /// The document's start.
    #[must_use]
    pub fn start(&self) -> Caret {
        Caret::before(Offset::ZERO)
    }

    /// The document's end.
    #[must_use]
    pub fn end(&self) -> Caret {
        Caret::after(Offset::end_of(&self.text))
    }

    fn step(&mut self, typesetter: &mut Typesetter, caret: Caret, side: Side) -> Caret {
        let caret = self.settled(caret);
        let place = self.place(typesetter, caret);
        let inside = self.inside(place.block, caret.offset);
        let stops = self.stops(&place);
        let at = stop_of(&stops, inside, caret.affinity);
        let rest = at.map(|at| match side {
            Side::Left => stops.get(..at).unwrap_or_default(),
            Side::Right => stops.get(at + 1..).unwrap_or_default(),
        });
        if let Some(next) = self.nearest_stop(&place, rest.unwrap_or_default(), side) {
            return self.caret(place.block, next.offset, next.affinity());
        }
        // A line may have no stop of its own: a broken grapheme's, or a wrapped one's end alone.
        let mut place = place;
        while let Some(next) = self.line_beside(typesetter, &place, side) {
            let stops = self.stops(&next);
            if let Some(stop) = self.nearest_stop(&next, &stops, side) {
                return self.caret(next.block, stop.offset, stop.affinity());
            }
            place = next;
        }
        caret
    }

    /// The first stop of a walk through `stops`, leaving out the end of a wrapped line: it is
    /// the start of the next one too.
    fn nearest_stop(&self, place: &Place, stops: &[Stop], side: Side) -> Option<Stop> {
        let end = self.wrapped_end(place);
        let mut stops = stops.iter().filter(|stop| Some(stop.offset) != end).copied();
        match side {
            Side::Left => stops.next_back(),
            Side::Right => stops.next(),
        }
    }

    /// The offset at which a line ends that goes on in the next one.
    fn wrapped_end(&self, place: &Place) -> Option<u32> {
        let (lines, line) = self.line(place.block, place.line)?;
        let goes_on = place.line + 1 < lines.lines.len()
            || self.slots.get(place.block).is_some_and(|slot| !slot.block.is_last);
        goes_on.then_some(line.range.end)
    }

    /// The line that a walk to `side` comes to after a line's last stop.
    ///
    /// Within a paragraph its own direction decides, between paragraphs the document's: else a
    /// walk would turn round where an Arabic paragraph meets a Latin one.
    fn line_beside(
        &mut self,
        typesetter: &mut Typesetter,
        place: &Place,
        side: Side,
    ) -> Option<Place> {
        let rtl = self.direction_of(place.block).is_rtl();
        let paragraph = self.paragraph_of(place.block);
        let onward = rtl == (side == Side::Left);
        let next = if onward {
            self.line_after(typesetter, place)
        } else {
            self.line_before(typesetter, place)
        };
        if let Some(next) = next
            && self.paragraph_of(next.block) == paragraph
        {
            return Some(next);
        }
        let onward = self.direction().is_rtl() == (side == Side::Left);
        let (first, last) = self.blocks_of(place.block);
        let block = if onward { last + 1 } else { first.checked_sub(1)? };
        if block >= self.slots.len() {
            return None;
        }
        let (first, last) = self.blocks_of(block);
        // Coming from the right, a right-to-left paragraph begins and a left-to-right one ends.
        let at_start = self.direction_of(block).is_rtl() == (side == Side::Left);
        let block = if at_start { first } else { last };
        self.set(typesetter, block);
        let num = self.lines_of(block)?.lines.len();
        Some(Place { block, line: if at_start { 0 } else { num.saturating_sub(1) } })
    }

    /// The first and the last block of a block's paragraph.
    fn blocks_of(&self, block: usize) -> (usize, usize) {
        let paragraph = self.paragraph_of(block);
        let first = self.slots.partition_point(|slot| slot.block.paragraph < paragraph);
        let after = self.slots.partition_point(|slot| slot.block.paragraph <= paragraph);
        (first, after.saturating_sub(1))
    }

    fn paragraph_of(&self, block: usize) -> u32 {
        self.slots.get(block).map_or(0, |slot| slot.block.paragraph)
    }

    fn line_after(&mut self, typesetter: &mut Typesetter, place: &Place) -> Option<Place> {
        if place.line + 1 < self.lines_of(place.block)?.lines.len() {
            return Some(Place { block: place.block, line: place.line + 1 });
        }
        let block = place.block + 1;
        self.slots.get(block)?;
        self.set(typesetter, block);
        Some(Place { block, line: 0 })
    }

    fn line_before(&mut self, typesetter: &mut Typesetter, place: &Place) -> Option<Place> {
        if let Some(line) = place.line.checked_sub(1) {
            return Some(Place { block: place.block, line });
        }
        let block = place.block.checked_sub(1)?;
        self.set(typesetter, block);
        let num = self.lines_of(block)?.lines.len();
        Some(Place { block, line: num.saturating_sub(1) })
    }

    /// The stops of a line that are grapheme boundaries of the whole text.
    fn stops(&self, place: &Place) -> Vec<Stop> {
        let Some((lines, line)) = self.line(place.block, place.line) else { return Vec::new() };
        let mut stops = lines.stops(line);
        stops.retain(|stop| {
            let caret = self.caret(place.block, stop.offset, Affinity::Downstream);
            text::is_boundary(&self.text, caret.offset)
        });
        stops
    }

    fn at_x(&mut self, typesetter: &mut Typesetter, place: &Place, x: f32) -> Caret {
        let Some((lines, line)) = self.line(place.block, place.line) else {
            return Caret::default();
        };
        let (offset, affinity) = lines.edge_at(line, x);
        let caret = self.caret(place.block, offset, affinity);
        self.canonical(typesetter, caret)
    }

    /// The line at height `y`: its block, set, and its place there.
    fn line_at(&mut self, typesetter: &mut Typesetter, y: f64) -> Option<(usize, usize)> {
        let block = self.block_at(y);
        self.set(typesetter, block);
        let inside =
            PageRect { top: y, ..PageRect::default() }.at(0.0, -self.top_of(block)).top;
        Some((block, self.lines_of(block)?.line_at(inside)))
    }

    fn line(&self, block: usize, line: usize) -> Option<(&Lines, &Line)> {
        let lines = self.lines_of(block)?;
        Some((lines, lines.lines.get(line)?))
    }

    /// The line on which a caret stands; its block is set.
    fn place(&mut self, typesetter: &mut Typesetter, caret: Caret) -> Place {
        let mut block = self.block_of(caret.offset);
        let starts = self.inside(block, caret.offset) == 0;
        if caret.affinity == Affinity::Upstream
            && starts
            && let Some(before) = block.checked_sub(1)
            && self.paragraph_of(before) == self.paragraph_of(block)
        {
            block = before;
        }
        self.set(typesetter, block);
        let inside = self.inside(block, caret.offset);
        let line =
            self.lines_of(block).map_or(0, |lines| lines.line_of(inside, caret.affinity));
        Place { block, line }
    }

    /// An offset from its block's start; past the block, its end.
    fn inside(&self, block: usize, offset: Offset) -> u32 {
        let Some(slot) = self.slots.get(block) else { return 0 };
        let offset = u32::try_from(offset.to_usize()).unwrap_or(u32::MAX);
        offset.min(slot.block.range.end).saturating_sub(slot.block.range.start)
    }

    fn caret(&self, block: usize, inside: u32, affinity: Affinity) -> Caret {
        let start = self.slots.get(block).map_or(0, |slot| slot.block.range.start);
        Caret { offset: Offset::at((start + inside) as usize), affinity }
    }

    /// The caret that a walk has at this caret's place.
    fn canonical(&mut self, typesetter: &mut Typesetter, caret: Caret) -> Caret {
        let caret = self.settled(caret);
        let place = self.place(typesetter, caret);
        let inside = self.inside(place.block, caret.offset);
        let stops = self.stops(&place);
        match stop_of(&stops, inside, caret.affinity).and_then(|at| stops.get(at)) {
            Some(stop) => Caret { affinity: stop.affinity(), ..caret },
            None => caret,
        }
    }

    /// The same caret on a grapheme boundary of the text.
    fn settled(&self, caret: Caret) -> Caret {
        let offset = caret.offset.min(Offset::end_of(&self.text));
        let whole = text::widen(&self.text, TextRange::empty(offset));
        Caret { offset: whole.start(), ..caret }
    }
}

/// Which of a line's stops is the place of a caret.
fn stop_of(stops: &[Stop], offset: u32, affinity: Affinity) -> Option<usize> {
    let is_it = |stop: &Stop| {
        stop.offset == offset
            && match affinity {
                Affinity::Downstream => stop.downstream,
                Affinity::Upstream => stop.upstream,
            }
    };
    let there = stops.iter().position(is_it);
    there.or_else(|| stops.iter().position(|stop| stop.offset == offset))
}

#[cfg(test)]
mod tests;
