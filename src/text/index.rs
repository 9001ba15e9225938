//! From bytes to code points, UTF-16 units, lines and columns, and back.

use super::{CharOffset, Offset, TextRange, Utf16Offset};

/// How far apart the checkpoints are, in bytes.
///
/// A conversion scans at most this many bytes; a checkpoint takes twelve. At 512 a table is
/// a fortieth of its text, and a scan is well under a microsecond.
const STEP: usize = 512;

/// A line and a column, both from 1, the column in code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// The line, from 1. A line ends with its `\n`.
    pub line: u64,
    /// The column, from 1, in code points.
    pub column: u64,
}

/// The way between an offset and other units, for one text.
///
/// Holds counts at every 512th byte and no text: each call is given the text that the index
/// was made of. With another text of at least that length the answers are wrong, but nothing
/// panics.
#[derive(Clone, Debug, Default)]
pub struct TextIndex {
    checkpoints: Vec<Checkpoint>,
    num_bytes: usize,
    num_chars: u64,
    num_utf16: u64,
}

/// What precedes the first code point edge at or after a multiple of [`STEP`].
#[derive(Clone, Copy, Debug)]
struct Checkpoint {
    bytes: u32,
    chars: u32,
    utf16: u32,
}

/// Counts up to some code point edge.
#[derive(Clone, Copy)]
struct Counts {
    bytes: usize,
    chars: u64,
    utf16: u64,
}

impl TextIndex {
    /// Counts through `text` once.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut index = Self { num_bytes: text.len(), ..Self::default() };
        let (mut chars, mut utf16) = (0_u32, 0_u32);
        let mut next = 0;
        for (at, c) in text.char_indices() {
            if at >= next {
                let bytes = Offset::at(at).to_usize();
                let Ok(bytes) = u32::try_from(bytes) else { unreachable!("see `Offset`") };
                index.checkpoints.push(Checkpoint { bytes, chars, utf16 });
                next += STEP;
            }
            chars += 1;
            utf16 += if c.len_utf16() == 2 { 2 } else { 1 };
        }
        index.num_chars = u64::from(chars);
        index.num_utf16 = u64::from(utf16);
        index
    }

    /// The text's length in code points.
    #[must_use]
    pub fn num_chars(&self) -> u64 {
        self.num_chars
    }

    /// The text's length in UTF-16 units.
    #[must_use]
    pub fn num_utf16(&self) -> u64 {
        self.num_utf16
    }

    /// The code points before `offset`; none past the end or inside a code point.
    #[must_use]
    pub fn char_offset(&self, text: &str, offset: Offset) -> Option<CharOffset> {
        self.at_byte(text, offset).map(|counts| CharOffset(counts.chars))
    }

    /// The UTF-16 units before `offset`; none past the end or inside a code point.
    #[must_use]
    pub fn utf16_offset(&self, text: &str, offset: Offset) -> Option<Utf16Offset> {
        self.at_byte(text, offset).map(|counts| Utf16Offset(counts.utf16))
    }

    /// The offset after so many code points; none past the end.
    #[must_use]
    pub fn offset_of_char(&self, text: &str, chars: CharOffset) -> Option<Offset> {
        if chars.0 > self.num_chars {
            return None;
        }
        let near = self.checkpoints.partition_point(|point| u64::from(point.chars) <= chars.0);
        let counts = self.scan(text, near, |counts| counts.chars >= chars.0)?;
        (counts.chars == chars.0).then(|| Offset::at(counts.bytes))
    }

    /// The offset after so many UTF-16 units; none past the end or between two surrogates.
    #[must_use]
    pub fn offset_of_utf16(&self, text: &str, utf16: Utf16Offset) -> Option<Offset> {
        if utf16.0 > self.num_utf16 {
            return None;
        }
        let near = self.checkpoints.partition_point(|point| u64::from(point.utf16) <= utf16.0);
        let counts = self.scan(text, near, |counts| counts.utf16 >= utf16.0)?;
        (counts.utf16 == utf16.0).then(|| Offset::at(counts.bytes))
    }

    /// Both ends of `range` in code points.
    #[must_use]
    pub fn char_range(&self, text: &str, range: TextRange) -> Option<(CharOffset, CharOffset)> {
        Some((self.char_offset(text, range.start())?, self.char_offset(text, range.end())?))
    }

    /// Both ends of `range` in UTF-16 units.
    #[must_use]
    pub fn utf16_range(
        &self,
        text: &str,
        range: TextRange,
    ) -> Option<(Utf16Offset, Utf16Offset)> {
        Some((self.utf16_offset(text, range.start())?, self.utf16_offset(text, range.end())?))
    }

    /// The line and column of `offset`. Counts lines from the start: for messages only.
    #[must_use]
    pub fn line_column(&self, text: &str, offset: Offset) -> Option<LineColumn> {
        let before = text.get(..offset.to_usize())?;
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = before.bytes().filter(|byte| *byte == b'\n').count() as u64 + 1;
        let column = before.get(line_start..)?.chars().count() as u64 + 1;
        Some(LineColumn { line, column })
    }

    fn at_byte(&self, text: &str, offset: Offset) -> Option<Counts> {
        let bytes = offset.to_usize();
        if bytes > self.num_bytes || !text.is_char_boundary(bytes) {
            return None;
        }
        let near = self.checkpoints.partition_point(|point| point.bytes as usize <= bytes);
        self.scan(text, near, |counts| counts.bytes >= bytes)
    }

    /// Counts on from the checkpoint before the `near`th, until `stop`.
    fn scan(&self, text: &str, near: usize, stop: impl Fn(&Counts) -> bool) -> Option<Counts> {
        let mut counts = match near.checked_sub(1).and_then(|at| self.checkpoints.get(at)) {
            Some(point) => Counts {
                bytes: point.bytes as usize,
                chars: u64::from(point.chars),
                utf16: u64::from(point.utf16),
            },
            None => Counts { bytes: 0, chars: 0, utf16: 0 },
        };
        let mut rest = text.get(counts.bytes..)?.chars();
        while !stop(&counts) {
            let c = rest.next()?;
            counts.bytes += c.len_utf8();
            counts.chars += 1;
            counts.utf16 += c.len_utf16() as u64;
        }
        Some(counts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, bytes: usize, chars: u64, utf16: u64) {
        let index = TextIndex::new(text);
        let offset = Offset::at(bytes);
        assert_eq!(index.char_offset(text, offset), Some(CharOffset(chars)));
        assert_eq!(index.utf16_offset(text, offset), Some(Utf16Offset(utf16)));
        assert_eq!(index.offset_of_char(text, CharOffset(chars)), Some(offset));
        assert_eq!(index.offset_of_utf16(text, Utf16Offset(utf16)), Some(offset));
    }

    #[test]
    fn an_arabic_letter_is_two_bytes_and_one_of_everything_else() {
        check("قرب فاس", 7, 4, 4);
    }

    #[test]
    fn an_emoji_is_two_utf16_units() {
        check("🙂 فاس", 4, 1, 2);
        check("🙂 فاس", 5, 2, 3);
    }

    #[test]
    fn both_ends_of_a_text_have_offsets() {
        check("", 0, 0, 0);
        check("فاس", 0, 0, 0);
        check("فاس", 6, 3, 3);
    }

    #[test]
    fn what_is_no_position_has_no_answer() {
        let text = "🙂ب";
        let index = TextIndex::new(text);
        assert_eq!(index.char_offset(text, Offset::at(1)), None);
        assert_eq!(index.char_offset(text, Offset::at(7)), None);
        assert_eq!(index.offset_of_char(text, CharOffset(3)), None);
        assert_eq!(index.offset_of_utf16(text, Utf16Offset(1)), None, "between surrogates");
        assert_eq!(index.offset_of_utf16(text, Utf16Offset(4)), None);
    }

    #[test]
    fn long_texts_are_counted_across_checkpoints() {
        let text = "ب🙂a ".repeat(2_000);
        let index = TextIndex::new(&text);
        let (mut chars, mut utf16) = (0, 0);
        for (at, c) in text.char_indices() {
            let offset = Offset::at(at);
            assert_eq!(index.char_offset(&text, offset), Some(CharOffset(chars)));
            assert_eq!(index.offset_of_utf16(&text, Utf16Offset(utf16)), Some(offset));
            chars += 1;
            utf16 += c.len_utf16() as u64;
        }
        assert_eq!((index.num_chars(), index.num_utf16()), (chars, utf16));
    }

    #[test]
    fn lines_and_columns_count_from_one() {
        let text = "أول\r\nثان\n";
        let index = TextIndex::new(text);
        let at = |bytes| index.line_column(text, Offset::at(bytes));
        assert_eq!(at(0), Some(LineColumn { line: 1, column: 1 }));
        assert_eq!(at(8), Some(LineColumn { line: 2, column: 1 }));
        assert_eq!(at(10), Some(LineColumn { line: 2, column: 2 }));
        assert_eq!(at(15), Some(LineColumn { line: 3, column: 1 }));
    }
}
