//! The units that a caret, a selection and the edges of a span go by.

use unicode_segmentation::UnicodeSegmentation as _;

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
    /// starts. Sentences and paragraphs are come to at their starts either way.
    ///
    /// The text's end or start where there is none.
    #[must_use]
    pub fn edge(self, text: &str, offset: Offset, way: Way) -> Offset {
        match (self, way) {
            (Self::Grapheme, Way::Forward) => text::next_boundary(text, offset),
            (Self::Grapheme, Way::Backward) => text::previous_boundary(text, offset),
            (Self::Clitic | Self::Word, Way::Forward) => word_end(text, offset),
            (Self::Clitic | Self::Word, Way::Backward) => word_start(text, offset),
            (Self::Sentence | Self::Paragraph, way) => text::paragraph_edge(text, offset, way),
        }
    }

    /// The unit that holds the letter at `offset`, without outer spaces; a letter that is none
    /// of a word's is a word of its own.
    #[must_use]
    pub fn around(self, text: &str, offset: Offset) -> TextRange {
        let letter = TextRange::between(offset, text::next_boundary(text, offset));
        match self {
            Self::Grapheme => letter,
            Self::Clitic | Self::Word => {
                let end = word_end(text, letter.start());
                TextRange::between(word_start(text, letter.end()), end.max(letter.end()))
            }
            Self::Sentence | Self::Paragraph => text::paragraph_at(text, offset),
        }
    }
}

/// What clicks on the letter at `offset` take of its word, one after the other: the stem, then
/// the other cuts, at last the word as a whole. Never nothing.
#[must_use]
pub fn picks(text: &str, offset: Offset) -> Vec<TextRange> {
    vec![Unit::Word.around(text, offset)]
}

fn word_end(text: &str, offset: Offset) -> Offset {
    let rest = text.get(offset.to_usize()..).unwrap_or_default();
    let words = rest.split_word_bound_indices();
    let mut ends = words.filter(|(_, word)| !word.trim().is_empty());
    let end = ends.next().map_or(rest.len(), |(at, word)| at + word.len());
    Offset::at(offset.to_usize() + end)
}

fn word_start(text: &str, offset: Offset) -> Offset {
    let before = text.get(..offset.to_usize()).unwrap_or_default();
    let words = before.split_word_bound_indices().rev();
    let mut starts = words.filter(|(_, word)| !word.trim().is_empty());
    Offset::at(starts.next().map_or(0, |(at, _)| at))
}
