//! Which letters each character folds to, as the automaton wants it.

use std::sync::OnceLock;

use crate::arabic::{FoldedChar, fold_char, is_invisible};

/// The letters that one character folds to: none, one, or those of a text.
#[derive(Clone, Copy, Debug)]
pub(super) enum OfChar {
    One(Option<char>),
    Many(&'static str),
}

/// What a character folds to, whatever stands beside it.
pub(super) fn letters(c: char) -> OfChar {
    match fold_char(c) {
        FoldedChar::Nothing => OfChar::One(None),
        FoldedChar::One(c) => OfChar::One(Some(c)),
        FoldedChar::Many(many) => OfChar::Many(many),
    }
}

impl OfChar {
    /// The letters, in order.
    pub(super) fn iter(self) -> impl DoubleEndedIterator<Item = char> {
        let (one, many) = match self {
            Self::One(one) => (one, ""),
            Self::Many(many) => (None, many),
        };
        one.into_iter().chain(many.chars())
    }

    /// Only the first `count` letters.
    pub(super) fn first(self, count: usize) -> Self {
        match self {
            Self::One(one) => Self::One(one.filter(|_| count > 0)),
            Self::Many(many) => {
                let end = many.char_indices().nth(count).map_or(many.len(), |(at, _)| at);
                Self::Many(many.get(..end).unwrap_or(many))
            }
        }
    }
}

/// Whether a character is white space, of which a run in a text folds to one letter.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace()
}

/// Whether folding leaves nothing of a character.
pub(super) fn is_nothing(c: char) -> bool {
    is_invisible(c) || matches!(letters(c), OfChar::One(None))
}

/// Where characters are that do not fold to themselves.
const CHANGED: [std::ops::Range<u32>; 4] =
    [0..0x3400, 0xA000..0xAC00, 0xF900..0x1_0000, 0x1_0400..0x2_0000];

/// All characters that do not fold to themselves, with what they fold to, in order.
pub(super) fn changed() -> &'static [(char, Vec<char>)] {
    static LETTERS: OnceLock<Vec<(char, Vec<char>)>> = OnceLock::new();
    LETTERS.get_or_init(|| {
        let chars = CHANGED.into_iter().flatten().filter_map(char::from_u32);
        let folded = chars.map(|c| (c, letters(c).iter().collect::<Vec<_>>()));
        folded.filter(|(c, folded)| folded[..] != [*c]).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_character_is_changed_that_is_not_listed() {
        let listed = changed();
        for c in '\0'..=char::MAX {
            let folded: Vec<char> = letters(c).iter().collect();
            let found = listed.binary_search_by_key(&c, |(c, _)| *c).ok();
            let expected = (folded[..] != [c]).then_some(folded);
            let found = found.map(|at| listed[at].1.clone());
            assert_eq!(found, expected, "U+{:04X}", u32::from(c));
        }
    }
}
