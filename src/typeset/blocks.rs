//! Cutting a document into blocks: its paragraphs, and parts of very long ones.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

use crate::text::{self, Offset, TextRange};

/// The longest paragraph that is set as a whole, in bytes: some 3,300 letters, 2 ms.
pub(super) const WHOLE: usize = 6144;

/// About how long the parts of a longer one are, in bytes.
///
/// Setting one takes about a millisecond, so that a turn of the wheel, which brings one into
/// view, leaves most of a frame to others.
const PART: usize = 3072;

/// How far back from there a sentence end is looked for, in bytes.
const SEARCH: usize = 1536;

/// A paragraph, or a part of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    /// Its text, without a line end.
    pub(super) range: Range<u32>,
    /// Where its paragraph begins: the same for all its parts.
    pub(super) paragraph: u32,
    /// Whether it is its paragraph's last.
    pub(super) is_last: bool,
}

impl Block {
    /// The length of its text in bytes.
    pub(super) fn num_bytes(&self) -> usize {
        (self.range.end - self.range.start) as usize
    }
}

/// The blocks of a text; at least one.
pub(super) fn of(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut start = 0;
    while let Some((end, next)) = line_end(text, start) {
        push_paragraph(&mut blocks, text, start..end);
        start = next;
    }
    push_paragraph(&mut blocks, text, start..text.len());
    blocks
}

/// The next line end at or after `start`: where it begins and where it ends.
///
/// Besides `\n` and `\r\n` these are all that would break a line inside a layout: a `\r` by
/// itself and the separators U+2028 and U+2029.
fn line_end(text: &str, start: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut at = start;
    loop {
        let rest = bytes.get(at..)?;
        at += rest.iter().position(|byte| matches!(byte, b'\n' | b'\r' | 0xE2))?;
        match bytes.get(at..)? {
            [b'\n', ..] => return Some((at, at + 1)),
            [b'\r', b'\n', ..] => return Some((at, at + 2)),
            [b'\r', ..] => return Some((at, at + 1)),
            [0xE2, 0x80, 0xA8 | 0xA9, ..] => return Some((at, at + 3)),
            _ => at += 1,
        }
    }
}

fn push_paragraph(blocks: &mut Vec<Block>, text: &str, range: Range<usize>) {
    let paragraph = to_u32(range.start);
    let mut start = range.start;
    while range.end - start > WHOLE {
        let end = cut(text, start, range.end);
        blocks.push(Block { range: to_u32(start)..to_u32(end), paragraph, is_last: false });
        start = end;
    }
    let range = to_u32(start)..to_u32(range.end);
    blocks.push(Block { range, paragraph, is_last: true });
}

/// Where to cut a long paragraph after `start`: after a sentence, else after a space, else
/// between two graphemes.
fn cut(text: &str, start: usize, end: usize) -> usize {
    let target = text.floor_char_boundary(start + PART);
    let from = text.floor_char_boundary(target - SEARCH);
    let window = text.get(from..target).unwrap_or_default();
    let (mut sentence, mut space) = (None, None);
    let mut after_stop = false;
    for (at, c) in window.char_indices() {
        if c == ' ' {
            let next = from + at + 1;
            space = Some(next);
            if after_stop {
                sentence = Some(next);
            }
        } else {
            after_stop = matches!(c, '.' | '!' | '?' | '؟' | '…' | '۔' | '؛')
                || (after_stop && matches!(c, '"' | '»' | ')' | '”'));
        }
    }
    let whole = |at: usize| text::is_boundary(text, Offset::at(at));
    if let Some(at) = sentence.or(space).filter(|at| whole(*at)) {
        return at;
    }
    let found = text::widen(text, TextRange::empty(Offset::at(target)));
    match found.start().to_usize() {
        at if at > start => at,
        // One grapheme that is longer than a part: it stays whole.
        _ => text
            .get(start..end)
            .and_then(|rest| rest.graphemes(true).next())
            .map_or(end, |first| start + first.len()),
    }
}

fn to_u32(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The blocks of `text`, as they read.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = of(text)
            .iter()
            .map(|block| &text[block.range.start as usize..block.range.end as usize])
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn every_line_is_a_paragraph_without_its_line_end() {
        check("", &[""]);
        check("أول", &["أول"]);
        check("أول\n", &["أول", ""]);
        check("أول\n\nثان", &["أول", "", "ثان"]);
        check("أول\r\nثان\rثالث\u{2028}رابع…", &["أول", "ثان", "ثالث", "رابع…"]);
    }

    #[test]
    fn a_long_paragraph_is_cut_after_sentences() {
        let text = "وقالت الشرطة إنها أوقفت شخصين. ".repeat(400);
        let blocks = of(&text);
        assert!(blocks.len() > 2);
        for block in &blocks {
            let part = &text[block.range.start as usize..block.range.end as usize];
            assert!(part.ends_with(". "), "{part}");
            assert!(part.len() <= WHOLE);
            assert_eq!(block.paragraph, 0);
        }
        assert_eq!(blocks.iter().filter(|block| block.is_last).count(), 1);
    }

    #[test]
    fn parts_leave_nothing_out() {
        for text in ["ب".repeat(20_000), "كلمة ".repeat(5_000), "ب\u{64E}".repeat(9_000)]
        {
            let mut at = 0;
            for block in of(&text) {
                assert_eq!(block.range.start, at);
                assert!(text::is_boundary(&text, Offset::at(at as usize)));
                at = block.range.end;
            }
            assert_eq!(at as usize, text.len());
        }
    }

    #[test]
    fn a_grapheme_longer_than_a_part_stays_whole() {
        let text = format!("ب{}ت", "\u{64E}".repeat(9_000));
        let blocks = of(&text);
        assert_eq!(blocks.len(), 2, "the first letter with its marks, and the second");
        assert!(blocks.iter().all(|block| block.range.end > block.range.start));
    }
}
