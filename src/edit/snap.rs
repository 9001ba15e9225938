//! From a raw selection to a range that a span may have.

use unicode_segmentation::UnicodeSegmentation as _;

use super::Refusal;
use crate::model::{Anchoring, Document};
use crate::text::{Offset, TextRange, widen};

/// What a selection means for a span: whole letters, no outer spaces, and whole words where
/// the layer is anchored to words.
///
/// # Errors
///
/// If nothing but spaces is left, or the selection is not in the text.
pub fn snap(
    document: &Document,
    anchoring: Anchoring,
    selection: TextRange,
) -> Result<TextRange, Refusal> {
    let text = document.text();
    if selection.end() > Offset::end_of(text) {
        document.check(selection)?;
    }
    let letters = widen(text, selection);
    let slice = document.slice(letters);
    let outside = |c: char| c.is_whitespace() || is_invisible(c);
    let trimmed = slice.trim_start_matches(outside);
    let start = letters.end().to_usize() - trimmed.len();
    let range = TextRange::of(start..start + trimmed.trim_end_matches(outside).len());
    if range.is_empty() {
        return Err(Refusal::NothingSelected);
    }
    // Trimming a mark that stands alone can leave an edge inside a cluster.
    let range = widen(text, range);
    Ok(match anchoring {
        Anchoring::Characters => range,
        Anchoring::Words => words(document, range),
    })
}

/// Direction marks and byte order marks: nothing a reader could have meant to select.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{FEFF}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The smallest range of whole words (UAX #29) that covers `range`.
fn words(document: &Document, range: TextRange) -> TextRange {
    let text = document.text();
    let line_start = text.get(..range.start().to_usize()).and_then(|before| before.rfind('\n'));
    let base = line_start.map_or(0, |at| at + 1);
    let (mut start, mut end) = (range.start(), range.end());
    for (at, word) in text.get(base..).unwrap_or_default().split_word_bound_indices() {
        let word = TextRange::of(base + at..base + at + word.len());
        if word.start() >= range.end() {
            break;
        }
        if word.overlaps(range) {
            (start, end) = (start.min(word.start()), end.max(word.end()));
        }
    }
    TextRange::between(start, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(anchoring: Anchoring, text: &str, selected: &str, expected: Option<&str>) {
        let document = Document::new("a".into(), text);
        let start = text.find(selected).unwrap();
        let range = TextRange::of(start..start + selected.len());
        let snapped = snap(&document, anchoring, range);
        assert_eq!(snapped.as_ref().ok().map(|range| document.slice(*range)), expected);
        if let Ok(range) = snapped {
            assert_eq!(document.check(range), Ok(()));
        }
    }

    #[test]
    fn outer_spaces_and_direction_marks_stay_outside() {
        check(Anchoring::Characters, "في  فاس \u{200F}أمس", "  فاس \u{200F}", Some("فاس"));
        check(Anchoring::Characters, "في  فاس", "  ", None);
    }

    #[test]
    fn a_torn_letter_is_taken_whole() {
        check(Anchoring::Characters, "كَتب", "\u{064E}ت", Some("كَت"));
    }

    #[test]
    fn words_are_taken_whole_where_the_layer_says_so() {
        check(Anchoring::Words, "أول\nزار مدينة فاس أمس", "ينة ف", Some("مدينة فاس"));
        check(Anchoring::Words, "فاس", "ا", Some("فاس"));
    }
}
