//! From a raw selection to a range that a span may have.

use super::Refusal;
use crate::arabic::{Unit, is_invisible};
use crate::model::{Anchoring, Document};
use crate::text::{Offset, TextRange, previous_boundary, widen};

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
        Anchoring::Words => words(text, range),
    })
}

/// The smallest range of whole words that covers `range`.
fn words(text: &str, range: TextRange) -> TextRange {
    let first = Unit::Word.around(text, range.start());
    let last = Unit::Word.around(text, previous_boundary(text, range.end()));
    TextRange::between(range.start().min(first.start()), range.end().max(last.end()))
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
        check(
            Anchoring::Characters,
            "في \u{200B}فاس\u{2060} أمس",
            "\u{200B}فاس\u{2060}",
            Some("فاس"),
        );
    }

    #[test]
    fn a_torn_letter_is_taken_whole() {
        check(Anchoring::Characters, "كَتب", "\u{064E}ت", Some("كَت"));
    }

    #[test]
    fn words_are_taken_whole_where_the_layer_says_so() {
        check(Anchoring::Words, "أول\nزار مدينة فاس أمس", "ينة ف", Some("مدينة فاس"));
        check(Anchoring::Words, "فاس", "ا", Some("فاس"));
        // The same words that a caret and an edge go by.
        check(Anchoring::Words, "وسم #الدار_البيضاء", "بيضا", Some("البيضاء"));
        check(Anchoring::Words, "مدينة Al-Hoceima", "Hoc", Some("Al-Hoceima"));
        check(Anchoring::Words, "قال: «فاس»", "«فا", Some("«فاس"));
    }
}
