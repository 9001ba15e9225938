//! Grapheme cluster boundaries: what a reader takes for one letter.
//!
//! Extended grapheme clusters of UAX #29. A vowel mark belongs to its letter, so no span
//! begins in front of one; lam and alef are two clusters, though one glyph in many fonts.

use unicode_segmentation::{GraphemeCursor, GraphemeIncomplete};

use super::{Offset, TextRange};

/// Whether a letter, as a reader sees it, begins or ends at `offset`.
///
/// False past the end and inside a code point.
#[must_use]
pub fn is_boundary(text: &str, offset: Offset) -> bool {
    let at = offset.to_usize();
    if at > text.len() || !text.is_char_boundary(at) {
        return false;
    }
    let mut cursor = GraphemeCursor::new(at, text.len(), true);
    complete(text, |chunk, start| cursor.is_boundary(chunk, start))
}

/// The next boundary after `offset`, or the text's end.
#[must_use]
pub fn next_boundary(text: &str, offset: Offset) -> Offset {
    let at = text.ceil_char_boundary(offset.to_usize());
    let mut cursor = GraphemeCursor::new(at, text.len(), true);
    let next = complete(text, |chunk, start| cursor.next_boundary(chunk, start));
    Offset::at(next.unwrap_or(text.len()))
}

/// The boundary before `offset`, or the text's start.
#[must_use]
pub fn previous_boundary(text: &str, offset: Offset) -> Offset {
    let at = text.floor_char_boundary(offset.to_usize());
    let mut cursor = GraphemeCursor::new(at, text.len(), true);
    let previous = complete(text, |chunk, start| cursor.prev_boundary(chunk, start));
    Offset::at(previous.unwrap_or(0))
}

/// The smallest range of whole clusters that covers `range`.
///
/// For display: a range that ends inside a cluster has no rectangle of its own.
#[must_use]
pub fn widen(text: &str, range: TextRange) -> TextRange {
    let start = match range.start() {
        start if is_boundary(text, start) => start,
        start => previous_boundary(text, start),
    };
    let end = match range.end() {
        end if is_boundary(text, end) => end,
        end => next_boundary(text, end),
    };
    TextRange::between(start, end)
}

/// Asks a cursor about the whole text at once, so that it never lacks context.
fn complete<T>(
    text: &str,
    ask: impl FnOnce(&str, usize) -> Result<T, GraphemeIncomplete>,
) -> T {
    match ask(text, 0) {
        Ok(answer) => answer,
        Err(_) => unreachable!("the chunk is the whole text"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `cuts` is `text` with `|` at every boundary inside it.
    #[track_caller]
    fn check(text: &str, cuts: &str) {
        let mut found = String::new();
        let mut at = Offset::ZERO;
        while at < Offset::end_of(text) {
            let next = next_boundary(text, at);
            assert!(is_boundary(text, next));
            assert_eq!(previous_boundary(text, next), at);
            if at > Offset::ZERO {
                found.push('|');
            }
            found.push_str(&text[TextRange::between(at, next).to_range()]);
            at = next;
        }
        assert_eq!(found, cuts);
    }

    #[test]
    fn a_vowel_mark_belongs_to_its_letter() {
        check("وَكَالَة", "وَ|كَ|ا|لَ|ة");
    }

    #[test]
    fn lam_and_alef_are_two_clusters() {
        check("لا", "ل|ا");
    }

    #[test]
    fn an_emoji_family_is_one_cluster() {
        check("👨\u{200D}👩\u{200D}👧ب", "👨\u{200D}👩\u{200D}👧|ب");
    }

    #[test]
    fn a_range_inside_a_cluster_is_widened_to_it() {
        let text = "كَتب";
        let mark = TextRange::of(2..4);
        assert_eq!(widen(text, mark), TextRange::of(0..4));
        assert_eq!(widen(text, TextRange::of(0..6)), TextRange::of(0..6));
    }

    #[test]
    fn past_the_end_is_no_boundary() {
        assert!(!is_boundary("ب", Offset::at(3)));
        assert!(is_boundary("", Offset::ZERO));
    }
}
