//! Finds a folded pattern by its rarest letter.
//!
//! Most letters of a text are nowhere near the pattern. Where one letter of it is written in few
//! ways, each of two bytes, the second bytes are looked for at the speed of memory, and only
//! around them is it read what stands there. It finds what the automaton finds, in plain texts.

use super::letters::{OfChar, is_space, letters};

/// Letters of news, the rare ones first. Those that are not here are rarer than all.
const BY_FREQUENCY: &str = "ظغثذءضزخصشطجكقفحسعدهبتمنوريلا ";

/// The byte with which presentation forms begin, which may be several letters in one.
const PRESENTATION: u8 = 0xEF;

/// The rarest letter of a pattern.
#[derive(Clone, Debug)]
pub(super) struct Anchor {
    /// Its number in the pattern.
    number: usize,
    /// How it is written, outside of presentation forms: one to three ways.
    pairs: Vec<[u8; 2]>,
}

impl Anchor {
    /// The anchor of a pattern, given how its letters are written; none where no letter will
    /// do.
    pub(super) fn new(needle: &[char], written: &[(char, Vec<char>)]) -> Option<Self> {
        let lead = |c: char| {
            let mut buffer = [0; 4];
            let bytes = c.encode_utf8(&mut buffer).as_bytes();
            (bytes.first().copied().unwrap_or_default(), bytes.get(1).copied(), bytes.len())
        };
        // Outside of presentation forms, each character must be one letter.
        let is_single =
            |(c, folded): &(char, Vec<char>)| folded.len() <= 1 || lead(*c).0 == PRESENTATION;
        if !written.iter().all(is_single) {
            return None;
        }
        let forms = |letter: char| {
            written.iter().filter(move |(_, folded)| folded[..] == [letter]).map(|(c, _)| *c)
        };
        let fits = |letter: char| {
            forms(letter).all(|c| {
                let (first, _, len) = lead(c);
                len == 2 || first == PRESENTATION
            })
        };
        let rank = |letter: char| BY_FREQUENCY.chars().position(|c| c == letter);
        let pairs = |letter: char| -> Vec<[u8; 2]> {
            let pairs = forms(letter).filter_map(|c| match lead(c) {
                (first, Some(second), 2) => Some([first, second]),
                _ => None,
            });
            pairs.collect()
        };
        let letters = needle.iter().copied().enumerate().filter(|(_, letter)| fits(*letter));
        let few = letters.map(|(number, letter)| (number, letter, pairs(letter)));
        let few = few.filter(|(_, _, pairs)| (1..=3).contains(&pairs.len()));
        let (number, _, pairs) = few.min_by_key(|(_, letter, _)| rank(*letter))?;
        Some(Self { number, pairs })
    }

    /// Whether this way finds all that is in a text: not where letters may be joined in one
    /// character.
    pub(super) fn suits(text: &[u8]) -> bool {
        memchr::memchr(PRESENTATION, text).is_none()
    }

    /// The next occurrence whose anchor is at `at` or behind it: where it starts and ends, and
    /// where to look on. `text` may be any bytes.
    pub(super) fn next(
        &self,
        needle: &[char],
        text: &[u8],
        mut at: usize,
    ) -> Option<(usize, usize, usize)> {
        let (before, after) = needle.split_at(self.number);
        loop {
            let rest = text.get(at..)?;
            let second = match self.pairs[..] {
                [[_, a]] => memchr::memchr(a, rest),
                [[_, a], [_, b]] => memchr::memchr2(a, b, rest),
                [[_, a], [_, b], [_, c]] => memchr::memchr3(a, b, c, rest),
                _ => None,
            };
            let second = at + second?;
            at = second + 1;
            let pair = second.checked_sub(1).and_then(|found| text.get(found..=second));
            if !pair.is_some_and(|pair| self.pairs.iter().any(|known| known == pair)) {
                continue;
            }
            let found = second - 1;
            if let Some(start) = start_of(before, text, found)
                && let Some(end) = end_of(after.get(1..).unwrap_or_default(), text, at)
            {
                return Some((start, end, at));
            }
        }
    }
}

/// Where letters start that end at `end`; none if others stand there.
fn start_of(letters_before: &[char], text: &[u8], mut end: usize) -> Option<usize> {
    let mut start = end;
    let mut space = None;
    let mut wanted = letters_before.iter().rev();
    let mut next = wanted.next();
    while let Some(letter) = next {
        let c = char_before(text, end)?;
        end -= c.len_utf8();
        let OfChar::One(folded) = letters(c) else { return None };
        let Some(folded) = folded else { continue };
        if is_space(c) && space == Some(folded) {
            continue;
        }
        if folded != *letter {
            return None;
        }
        space = is_space(c).then_some(folded);
        start = end;
        next = wanted.next();
    }
    Some(start)
}

/// Where letters end that start at `start`; none if others stand there.
fn end_of(letters_after: &[char], text: &[u8], mut start: usize) -> Option<usize> {
    let mut end = start;
    let mut space = None;
    let mut wanted = letters_after.iter();
    let mut next = wanted.next();
    while let Some(letter) = next {
        let c = char_at(text, start)?;
        start += c.len_utf8();
        let OfChar::One(folded) = letters(c) else { return None };
        let Some(folded) = folded else { continue };
        if is_space(c) && space == Some(folded) {
            continue;
        }
        if folded != *letter {
            return None;
        }
        space = is_space(c).then_some(folded);
        end = start;
        next = wanted.next();
    }
    Some(end)
}

/// The character that ends at `end`; none at the start, or where there is no UTF-8.
pub(super) fn char_before(text: &[u8], end: usize) -> Option<char> {
    let back = (1..=4.min(end)).find(|back| text[end - back] & 0xC0 != 0x80)?;
    char_at(text.get(..end)?, end - back)
}

/// The character that starts at `start`.
pub(super) fn char_at(text: &[u8], start: usize) -> Option<char> {
    let rest = text.get(start..)?;
    match *rest {
        [byte, ..] if byte < 0x80 => Some(char::from(byte)),
        [first @ 0xC2..=0xDF, second @ 0x80..=0xBF, ..] => {
            char::from_u32(u32::from(first & 0x1F) << 6 | u32::from(second & 0x3F))
        }
        [first, ..] => {
            let len = if first >= 0xF0 { 4 } else { 3 };
            std::str::from_utf8(rest.get(..len)?).ok()?.chars().next()
        }
        [] => None,
    }
}
