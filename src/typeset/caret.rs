//! Positions of a caret.

use crate::text::Offset;

/// Which of its two letters a caret belongs to, where they stand apart.
///
/// At the end of a wrapped line and where the direction changes, one offset has two places.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Affinity {
    /// To the letter that follows in the text.
    #[default]
    Downstream,
    /// To the letter that precedes it.
    Upstream,
}

/// A caret: between two letters, at one of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Caret {
    /// Where in the text: a grapheme boundary.
    pub offset: Offset,
    /// At which letter.
    pub affinity: Affinity,
}

impl Caret {
    /// A caret at the letter that begins at `offset`.
    #[must_use]
    pub fn before(offset: Offset) -> Self {
        Self { offset, affinity: Affinity::Downstream }
    }

    /// A caret at the letter that ends at `offset`.
    #[must_use]
    pub fn after(offset: Offset) -> Self {
        Self { offset, affinity: Affinity::Upstream }
    }
}
