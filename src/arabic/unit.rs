//! The units that a caret, a selection and the edges of a span go by.

use super::{
    next_clitic_end, next_sentence_end, next_word_end, previous_clitic_start,
    previous_sentence_start, previous_word_start, sentence_at, word_at,
};
use crate::text::{self, Offset, TextRange, Way};

/// A unit of text, from small to large.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// A letter with its marks.
    Grapheme,
    /// A word without what is written onto it, and each thing that is.
    Clitic,
    /// A word.
    Word,
    /// A sentence.
    Sentence,
    /// A paragraph.
    Paragraph,
}

impl Unit {
    /// The next edge of such a unit after `offset`: forward where one ends, backward where one
    /// starts. Paragraphs are come to at their starts either way.
    ///
    /// The text's end or start where there is none.
    #[must_use]
    pub fn edge(self, text: &str, offset: Offset, way: Way) -> Offset {
        match (self, way) {
            (Self::Grapheme, Way::Forward) => text::next_boundary(text, offset),
            (Self::Grapheme, Way::Backward) => text::previous_boundary(text, offset),
            (Self::Clitic, Way::Forward) => next_clitic_end(text, offset),
            (Self::Clitic, Way::Backward) => previous_clitic_start(text, offset),
            (Self::Word, Way::Forward) => next_word_end(text, offset),
            (Self::Word, Way::Backward) => previous_word_start(text, offset),
            (Self::Sentence, Way::Forward) => next_sentence_end(text, offset),
            (Self::Sentence, Way::Backward) => previous_sentence_start(text, offset),
            (Self::Paragraph, way) => text::paragraph_edge(text, offset, way),
        }
    }

    /// The unit that holds the letter at `offset`: a word where it is asked for a clitic, a run
    /// of equal signs or of spaces where the letter is in no word.
    #[must_use]
    pub fn around(self, text: &str, offset: Offset) -> TextRange {
        match self {
            Self::Grapheme => TextRange::between(offset, text::next_boundary(text, offset)),
            Self::Clitic | Self::Word => {
                // Before a sign, a word that only touches it would come first.
                let found = word_at(text, offset);
                if found.contains(offset) {
                    return found;
                }
                let letter = TextRange::between(offset, text::next_boundary(text, offset));
                text::widen(text, letter)
            }
            Self::Sentence => sentence_at(text, offset),
            Self::Paragraph => text::paragraph_at(text, offset),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "وصل الوفد. وعاد وبالقاهرة (أمس)!\nثم انتهى";

    #[track_caller]
    fn check(unit: Unit, forward: &[&str], backward: &[&str]) {
        let mut found = Vec::new();
        let mut at = Offset::ZERO;
        while at < Offset::end_of(TEXT) {
            let next = unit.edge(TEXT, at, Way::Forward);
            assert!(next > at, "it goes on from {at}");
            found.push(&TEXT[at.to_usize()..next.to_usize()]);
            at = next;
        }
        assert_eq!(found, forward);
        found.clear();
        while at > Offset::ZERO {
            let next = unit.edge(TEXT, at, Way::Backward);
            assert!(next < at, "it goes back from {at}");
            found.push(&TEXT[next.to_usize()..at.to_usize()]);
            at = next;
        }
        assert_eq!(found, backward);
    }

    #[test]
    fn words_are_come_to_at_their_ends_and_from_behind_at_their_starts() {
        check(
            Unit::Word,
            &["وصل", " الوفد", ". وعاد", " وبالقاهرة", " (أمس", ")!\nثم", " انتهى"],
            &["انتهى", "ثم ", "أمس)!\n", "وبالقاهرة (", "وعاد ", "الوفد. ", "وصل "],
        );
    }

    #[test]
    fn paragraphs_are_come_to_at_their_starts() {
        let (first, second) = TEXT.split_at(TEXT.find("ثم").unwrap());
        check(Unit::Paragraph, &[first, second], &[second, first]);
    }

    #[test]
    fn a_unit_holds_the_letter_that_is_asked_for() {
        let at = |letter: char| Offset::at(TEXT.find(letter).unwrap());
        let slice = |range: TextRange| &TEXT[range.to_range()];
        assert_eq!(slice(Unit::Word.around(TEXT, at('ق'))), "وبالقاهرة");
        assert_eq!(slice(Unit::Word.around(TEXT, at('.'))), ".");
        assert_eq!(slice(Unit::Word.around(TEXT, at('('))), "(");
        assert_eq!(slice(Unit::Sentence.around(TEXT, at('ق'))), "وعاد وبالقاهرة (أمس)!");
        assert_eq!(
            slice(Unit::Paragraph.around(TEXT, at('ه'))),
            &TEXT[..TEXT.find('\n').unwrap()]
        );
    }

    #[test]
    fn clitics_are_come_to_one_by_one() {
        let word = TEXT.find("وبالقاهرة").unwrap();
        let mut at = Offset::at(word);
        let mut found = Vec::new();
        while at.to_usize() < word + "وبالقاهرة".len() {
            let next = Unit::Clitic.edge(TEXT, at, Way::Forward);
            found.push(&TEXT[at.to_usize()..next.to_usize()]);
            at = next;
        }
        assert_eq!(found, ["و", "ب", "ال", "قاهرة"]);
    }
}
