//! Moves of more than a letter to the left or right: to the next edge of a word, say.
//!
//! What an edge is, the caller knows, in the order of the text. A leap goes through a line's
//! runs as they stand and asks in each along its own direction, so that it leads to the left
//! in Arabic, in Latin and across from one to the other.

use super::{Place, Side, shifted};
use crate::text::{Offset, TextRange, Way};
use crate::typeset::{Affinity, Caret, Direction, Page, Typesetter};

/// How many lines a leap goes through at most: a text may be nothing but spaces.
const MOST_LINES: usize = 32;

/// Two places closer than this are one, in physical pixels.
const SAME: f32 = 0.01;

/// A run that a leap goes through.
struct Passage {
    range: TextRange,
    /// Whether the text goes on to the side to which the leap leads.
    way: Way,
    /// Where the leap enters it.
    entry: Offset,
    /// Whether it runs against its paragraph, and text of the paragraph's own direction stands
    /// beside it where the leap leaves it.
    is_inset: bool,
}

impl Passage {
    /// Where the leap leaves it.
    fn exit(&self) -> Offset {
        match self.way {
            Way::Forward => self.range.end(),
            Way::Backward => self.range.start(),
        }
    }

    /// The caret at an offset that was come to through this run.
    fn caret(&self, offset: Offset) -> Caret {
        match self.way {
            Way::Forward => Caret::after(offset),
            Way::Backward => Caret::before(offset),
        }
    }

    /// The caret where the leap leaves the run. Beyond words that run against their paragraph, it
    /// belongs to the text around them: what is selected on the way holds them whole.
    fn beyond(&self, offset: Offset) -> Caret {
        match self.way {
            _ if !self.is_inset || offset != self.exit() => self.caret(offset),
            Way::Backward => Caret::before(self.range.end()),
            Way::Forward => Caret::after(self.range.start()),
        }
    }

    /// Whether `offset` is in the part that lies before the leap, its far edge included.
    fn reaches(&self, offset: Offset) -> bool {
        match self.way {
            Way::Forward => self.entry < offset && offset <= self.range.end(),
            Way::Backward => self.range.start() <= offset && offset < self.entry,
        }
    }
}

impl Page {
    /// The caret at the next edge to a side. `edge` tells the next one after an offset in the
    /// order of the text, either way; the offset itself where there is none.
    ///
    /// What spans several runs, as a word of Arabic letters and a number, is passed as a whole.
    /// At the end of the document it stays.
    pub fn leap(
        &mut self,
        typesetter: &mut Typesetter,
        caret: Caret,
        side: Side,
        edge: &dyn Fn(Offset, Way) -> Offset,
    ) -> Caret {
        let caret = self.settled(caret);
        let mut place = self.place(typesetter, caret);
        let mut passages = self.passages(&place, Some(caret), side);
        let mut last = None;
        // What is being passed; and what was asked last, so that nothing is asked twice.
        let mut passed: Option<TextRange> = None;
        let mut known: Option<(Way, TextRange)> = None;
        for _ in 0..MOST_LINES {
            for passage in &passages {
                if let (Some(passed), Some(last)) = (passed, last)
                    && !passed.overlaps(passage.range)
                {
                    return self.canonical(typesetter, last);
                }
                let target = match known {
                    Some((Way::Forward, known))
                        if passage.way == Way::Forward && known.contains(passage.entry) =>
                    {
                        known.end()
                    }
                    Some((Way::Backward, known))
                        if passage.way == Way::Backward
                            && known.start() < passage.entry
                            && passage.entry <= known.end() =>
                    {
                        known.start()
                    }
                    _ => edge(passage.entry, passage.way),
                };
                if passage.reaches(target) {
                    return self.canonical(typesetter, passage.beyond(target));
                }
                if target != passage.entry {
                    let asked = TextRange::between(passage.entry, target);
                    known = Some((passage.way, asked));
                    passed = Some(passed.map_or(asked, |passed| {
                        TextRange::between(
                            passed.start().min(asked.start()),
                            passed.end().max(asked.end()),
                        )
                    }));
                }
                last = Some(passage.beyond(passage.exit()));
            }
            let Some(next) = self.line_beside(typesetter, &place, side) else { break };
            place = next;
            passages = self.passages(&place, None, side);
        }
        self.canonical(typesetter, last.unwrap_or(caret))
    }

    /// The runs of a line that lie to a side of a caret, or all of them, nearest first.
    fn passages(&mut self, place: &Place, from: Option<Caret>, side: Side) -> Vec<Passage> {
        let base = self.direction_of(place.block);
        let Some((lines, line)) = self.line(place.block, place.line) else { return Vec::new() };
        let start = self.slots.get(place.block).map_or(0, |slot| slot.block.range.start);
        let x = from.map(|caret| {
            let inside = self.inside(place.block, caret.offset);
            (inside, lines.caret_x(line, inside, caret.affinity))
        });
        let runs = lines.runs_of(line).iter();
        let mut found: Vec<Passage> = runs
            .filter(|run| match (x, side) {
                (None, _) => true,
                (Some((_, x)), Side::Left) => run.x < x - SAME,
                (Some((_, x)), Side::Right) => run.x + run.advance > x + SAME,
            })
            .map(|run| {
                let onward = (run.direction == Direction::RightToLeft) == (side == Side::Left);
                let way = if onward { Way::Forward } else { Way::Backward };
                let range = shifted(&run.range, start);
                let near = if onward { range.start() } else { range.end() };
                // Where the leap begins within the run, it enters there.
                let inside = x.filter(|(offset, x)| {
                    (run.range.start..=run.range.end).contains(offset)
                        && (run.x + lines.x_in(run, *offset) - x).abs() < SAME
                });
                let entry = inside.map_or(near, |(offset, _)| {
                    self.caret(place.block, offset, Affinity::Downstream).offset
                });
                let goes_on = match way {
                    Way::Backward => run.range.end < line.range.end,
                    Way::Forward => line.range.start < run.range.start,
                };
                let is_inset = run.direction != base && goes_on;
                Passage { range, way, entry, is_inset }
            })
            .collect();
        if side == Side::Left {
            found.reverse();
        }
        found
    }
}
