//! Offsets and ranges.

use std::fmt;
use std::ops::Range;

/// A position in a text, in UTF-8 bytes from its start.
///
/// A text is at most 4 GiB long, so 32 bits are enough. Nothing here says that the position
/// lies on a code point's edge: that is checked where a range enters the program (see
/// `Document::range` of the model) and may be relied on afterwards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Offset(u32);

impl Offset {
    /// The start of every text.
    pub const ZERO: Self = Self(0);

    /// Makes an offset of `bytes`; none if it is past 4 GiB.
    #[must_use]
    pub fn new(bytes: usize) -> Option<Self> {
        u32::try_from(bytes).ok().map(Self)
    }

    /// Makes an offset of a position that is known to lie in a text.
    ///
    /// # Panics
    ///
    /// If `bytes` is past 4 GiB, which no text is (see [`Offset`]).
    #[must_use]
    pub fn at(bytes: usize) -> Self {
        let Some(offset) = Self::new(bytes) else {
            unreachable!("a text is at most 4 GiB long, so {bytes} is no position in one")
        };
        offset
    }

    /// The end of `text`.
    #[must_use]
    pub fn end_of(text: &str) -> Self {
        Self::at(text.len())
    }

    /// The position in bytes, as slices want it.
    #[must_use]
    pub fn to_usize(self) -> usize {
        self.0 as usize
    }
}

impl fmt::Display for Offset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A position in code points (Unicode scalar values), as JSONL files, brat and Python count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CharOffset(pub u64);

/// A position in UTF-16 code units, as JavaScript tools and accessibility count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Utf16Offset(pub u64);

/// A stretch of a text, in UTF-8 bytes: start inclusive, end exclusive.
///
/// `start <= end` by construction. Ordered by start, then by end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextRange {
    start: Offset,
    end: Offset,
}

impl TextRange {
    /// The stretch from `start` to `end`; none if they stand the wrong way round.
    #[must_use]
    pub fn new(start: Offset, end: Offset) -> Option<Self> {
        (start <= end).then_some(Self { start, end })
    }

    /// The stretch between two positions, whichever comes first: what a selection covers.
    #[must_use]
    pub fn between(a: Offset, b: Offset) -> Self {
        Self { start: a.min(b), end: a.max(b) }
    }

    /// The empty stretch at `offset`.
    #[must_use]
    pub fn empty(offset: Offset) -> Self {
        Self { start: offset, end: offset }
    }

    /// The stretch of a slice's byte range.
    #[must_use]
    pub fn of(range: Range<usize>) -> Self {
        Self::between(Offset::at(range.start), Offset::at(range.end))
    }

    /// Where it starts.
    #[must_use]
    pub fn start(self) -> Offset {
        self.start
    }

    /// Where it ends: the first position that is not in it.
    #[must_use]
    pub fn end(self) -> Offset {
        self.end
    }

    /// Its length in bytes.
    #[must_use]
    pub fn num_bytes(self) -> usize {
        self.end.to_usize() - self.start.to_usize()
    }

    /// Whether nothing is in it.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `offset` is in it; its end is not.
    #[must_use]
    pub fn contains(self, offset: Offset) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether all of `other` is in it.
    #[must_use]
    pub fn covers(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte. Touching ranges share none.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start.max(other.start) < self.end.min(other.end)
    }

    /// What both have in common; none where they do not even touch.
    #[must_use]
    pub fn intersection(self, other: Self) -> Option<Self> {
        Self::new(self.start.max(other.start), self.end.min(other.end))
    }

    /// The byte range, as slices want it.
    #[must_use]
    pub fn to_range(self) -> Range<usize> {
        self.start.to_usize()..self.end.to_usize()
    }
}

impl fmt::Display for TextRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(start: usize, end: usize) -> TextRange {
        TextRange::new(Offset::at(start), Offset::at(end)).unwrap()
    }

    #[test]
    fn touching_ranges_do_not_overlap() {
        assert!(!range(0, 3).overlaps(range(3, 5)));
        assert!(range(0, 4).overlaps(range(3, 5)));
        assert!(!range(2, 2).overlaps(range(0, 5)), "an empty range overlaps nothing");
    }

    #[test]
    fn an_inverted_range_cannot_be_made() {
        assert_eq!(TextRange::new(Offset::at(2), Offset::at(1)), None);
        assert_eq!(TextRange::between(Offset::at(2), Offset::at(1)), range(1, 2));
    }

    #[test]
    fn the_end_is_not_inside() {
        assert!(range(1, 3).contains(Offset::at(1)));
        assert!(!range(1, 3).contains(Offset::at(3)));
        assert!(range(1, 3).covers(range(3, 3)));
    }
}
