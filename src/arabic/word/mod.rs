//! Word boundaries fit for marking: UAX #29 with rules of our own on top.
//!
//! - `#`, `@` and `_` are never part of a word: `#الدار_البيضاء` is two words. [`joined_at`] gives
//!   the joined name.
//! - A link or an address is one word, a number with its separators too (`3,500`, `45.6`,
//!   `12/05/2024`), and an abbreviation of single letters (`أ.ف.ب`).
//! - Arabic letters end where digits or Latin letters begin: `و45.6` is `و` and `45.6`.
//! - Hyphens and apostrophes join Latin letters (`Al-Hoceima`, `d'Or`), and no others.
//! - Vowel marks, tatweel and marks of direction between letters are inside, outer ones of
//!   direction outside. An emoji is a word, punctuation is none.
//!
//! Every word is made of whole letters. Nothing here looks farther than the white space around an
//! offset, or than [`REACH`] bytes where there is none.

mod segment;

use self::segment::{Segment, segment};
use crate::arabic::letter::is_line_break;
use crate::text::{Offset, TextRange, is_boundary, next_boundary};

/// How many bytes without white space are taken for one stretch, at least.
///
/// A text without any space is cut at multiples of this, wherever that is, so that a word is
/// found in it as fast as in any other.
const REACH: usize = 4_096;

/// The words of `text`, in order.
pub fn words(text: &str) -> impl Iterator<Item = TextRange> {
    segments_from(text, 0).filter(|segment| segment.is_word).map(Segment::range)
}

/// The word that `offset` is in or touches.
///
/// Between two words that touch it is the one behind `offset`. If there is no word, the run of
/// equal signs or of spaces that `offset` is in; empty only between two lines, or where there
/// is nothing.
#[must_use]
pub fn word_at(text: &str, offset: Offset) -> TextRange {
    let at = text.floor_char_boundary(offset.to_usize());
    let here = segment_around(text, at);
    if let Some(here) = here.filter(|here| here.is_word) {
        return here.range();
    }
    if let Some(before) = segment_before(text, at).filter(|before| before.is_word) {
        return before.range();
    }
    here.map_or_else(|| spaces_around(text, at), Segment::range)
}

/// The word at `offset` with all that is joined to it by `_`: `الدار_البيضاء` of
/// `#الدار_البيضاء`, the word itself if nothing is.
#[must_use]
pub fn joined_at(text: &str, offset: Offset) -> TextRange {
    let word = word_at(text, offset);
    let (mut start, mut end) = (word.start().to_usize(), word.end().to_usize());
    while let Some(before) = text.get(..start).and_then(|text| text.strip_suffix('_')) {
        let from = before.trim_end_matches('_').len();
        match segment_before(text, from).filter(|segment| segment.is_word) {
            Some(joined) => start = joined.start,
            None => break,
        }
    }
    while let Some(behind) = text.get(end..).and_then(|text| text.strip_prefix('_')) {
        let from = text.len() - behind.trim_start_matches('_').len();
        match segment_around(text, from).filter(|segment| segment.is_word) {
            Some(joined) => end = joined.end,
            None => break,
        }
    }
    TextRange::of(start..end)
}

/// The end of the word that `offset` is in or, from a word's end on, of the next one; the text's
/// end if there is none.
#[must_use]
pub fn next_word_end(text: &str, offset: Offset) -> Offset {
    let at = text.floor_char_boundary(offset.to_usize());
    let from = if is_space_at(text, at) { at } else { start_of_stretch(text, at) };
    let mut ends = segments_from(text, from).filter(|segment| segment.is_word);
    ends.find(|word| word.end > at).map_or(Offset::end_of(text), |word| Offset::at(word.end))
}

/// The start of the word that `offset` is in or, from a word's start on, of the one before; the
/// text's start if there is none.
#[must_use]
pub fn previous_word_start(text: &str, offset: Offset) -> Offset {
    let mut at = text.floor_char_boundary(offset.to_usize());
    loop {
        at = text.get(..at).map_or(0, |before| before.trim_end_matches(is_space).len());
        let Some((last, _)) = text.get(..at).and_then(|text| text.char_indices().next_back())
        else {
            return Offset::ZERO;
        };
        let from = start_of_stretch(text, last);
        let before = segments_from(text, from).take_while(|segment| segment.start < at);
        if let Some(word) = before.filter(|segment| segment.is_word).last() {
            return Offset::at(word.start);
        }
        at = from;
    }
}

/// The word that `at` is in, not at whose end it is.
pub(super) fn word_around(text: &str, at: usize) -> Option<TextRange> {
    segment_around(text, at).filter(|segment| segment.is_word).map(Segment::range)
}

/// The segments from `from` on, which must be where a stretch or white space starts.
fn segments_from(text: &str, from: usize) -> impl Iterator<Item = Segment> {
    let (mut at, mut end) = (from, from);
    std::iter::from_fn(move || {
        if at == end {
            let rest = text.get(at..)?;
            at = text.len() - rest.trim_start_matches(is_space).len();
            if at == text.len() {
                return None;
            }
            end = end_of_stretch(text, at);
        }
        let segment = segment(text.get(..end)?, at);
        at = segment.end;
        Some(segment)
    })
}

/// The segment that holds what is at `at`; none if that is white space.
fn segment_around(text: &str, at: usize) -> Option<Segment> {
    if is_space_at(text, at) {
        return None;
    }
    segments_from(text, start_of_stretch(text, at)).find(|segment| segment.end > at)
}

/// The segment that ends at `at` or holds it; none if white space stands before.
fn segment_before(text: &str, at: usize) -> Option<Segment> {
    let (last, _) = text.get(..at)?.char_indices().next_back()?;
    segment_around(text, last)
}

fn is_space(c: char) -> bool {
    c.is_whitespace()
}

/// Whether there is white space at `at`, or nothing.
fn is_space_at(text: &str, at: usize) -> bool {
    text.get(at..).and_then(|rest| rest.chars().next()).is_none_or(is_space)
}

/// The spaces around `at` on its line.
fn spaces_around(text: &str, at: usize) -> TextRange {
    let (before, behind) = text.split_at_checked(at).unwrap_or_default();
    let is_blank = |c: char| is_space(c) && !is_line_break(c);
    let start = before.trim_end_matches(is_blank).len();
    TextRange::of(start..text.len() - behind.trim_start_matches(is_blank).len())
}

/// The start of the stretch without white space that `at` is in.
fn start_of_stretch(text: &str, at: usize) -> usize {
    let far = text.ceil_char_boundary(at.saturating_sub(3 * REACH));
    let before = text.get(far..at).unwrap_or_default();
    let start = before.rfind(is_space).map_or(far, |space| {
        let len =
            before.get(space..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
        far + space + len
    });
    if at - start < REACH {
        return start;
    }
    let forced =
        (start / REACH..=at / REACH).rev().filter_map(|number| forced_cut(text, number));
    forced.filter(|cut| *cut > start).find(|cut| *cut <= at).unwrap_or(start)
}

/// The end of the stretch without white space that `at` is in.
fn end_of_stretch(text: &str, at: usize) -> usize {
    let far = text.ceil_char_boundary((at + 3 * REACH).min(text.len()));
    let behind = text.get(at..far).unwrap_or_default();
    let end = behind.find(is_space).map_or(far, |space| at + space);
    if end - at < REACH {
        return end;
    }
    let mut forced = (at / REACH..=end / REACH).filter_map(|number| forced_cut(text, number));
    forced.find(|cut| *cut > at && *cut < end).unwrap_or(end)
}

/// Where a stretch is cut for its length: at the `number`th multiple of [`REACH`] if for as many
/// bytes before and behind there is no white space.
///
/// That does not depend on where the question comes from.
fn forced_cut(text: &str, number: usize) -> Option<usize> {
    let at = number * REACH;
    if at < REACH || at + REACH >= text.len() {
        return None;
    }
    let from = text.floor_char_boundary(at - REACH);
    let to = text.ceil_char_boundary(at + REACH);
    if text.get(from..to)?.contains(is_space) {
        return None;
    }
    let cut = Offset::at(at);
    Some(if is_boundary(text, cut) { at } else { next_boundary(text, cut).to_usize() })
}

#[cfg(test)]
mod tests;
