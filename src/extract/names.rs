//! Names of one word or several, found as the longest one that begins at a word.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::tokens::{Kind, Token, Tokens};
use super::vocabulary::{Classes, Vocabulary, WordId};

/// Names, each with what it stands for.
#[derive(Debug)]
pub(super) struct Names<T> {
    /// From a node by a word to the next. The node 0 is where all names begin.
    steps: HashMap<(u32, WordId), u32, BuildHasherDefault<Mixed>>,
    /// For each node the names that end there.
    ends: Vec<Vec<T>>,
}

/// A name that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found<'a, T> {
    /// The number of its last token.
    pub(super) last: usize,
    /// What it stands for: one thing or, if several have the name, all.
    pub(super) all: &'a [T],
}

impl<T> Default for Names<T> {
    fn default() -> Self {
        Self { steps: HashMap::default(), ends: vec![Vec::new()] }
    }
}

impl<T> Names<T> {
    /// Adds a name in any spelling; its first word gets the class `first`.
    pub(super) fn add(
        &mut self,
        vocabulary: &mut Vocabulary,
        first: Classes,
        name: &str,
        of: T,
    ) {
        let mut node = 0;
        let words = name.split([' ', '_', '-', '\u{a0}']).filter(|word| !word.is_empty());
        for (number, word) in words.enumerate() {
            let classes = if number == 0 { first } else { Classes::NONE };
            let word = vocabulary.add(word, classes);
            let next = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
            node = *self.steps.entry((node, word)).or_insert(next);
            if node == next {
                self.ends.push(Vec::new());
            }
        }
        if node != 0
            && let Some(ends) = self.ends.get_mut(node as usize)
        {
            ends.push(of);
        }
    }

    /// The longest name that begins with the word `first` at the token `at`. Its words may be
    /// joined by `_` or `-`, and lie on one line.
    pub(super) fn longest(
        &self,
        tokens: &Tokens,
        at: usize,
        first: WordId,
    ) -> Option<Found<'_, T>> {
        self.longest_by(tokens, at, first, |_, token| token.whole)
    }

    /// The same where `word` says which word a token behind the first is.
    pub(super) fn longest_by(
        &self,
        tokens: &Tokens,
        at: usize,
        first: WordId,
        word: impl Fn(usize, &Token) -> WordId,
    ) -> Option<Found<'_, T>> {
        let mut node = *self.steps.get(&(0, first))?;
        let mut found = None;
        let mut last = at;
        loop {
            let all = self.ends.get(node as usize).map_or(&[][..], Vec::as_slice);
            if !all.is_empty() {
                found = Some(Found { last, all });
            }
            let next = next_word(tokens, last);
            let Some(step) = tokens
                .get(next)
                .filter(|token| matches!(token.kind, Kind::Word | Kind::Foreign))
                .and_then(|token| self.steps.get(&(node, word(next, token))))
            else {
                return found;
            };
            (node, last) = (*step, next);
        }
    }
}

/// The token behind `at`, past what joins two words.
fn next_word(tokens: &Tokens, at: usize) -> usize {
    let joins = tokens.is_sign(at + 1, '_') || tokens.is_sign(at + 1, '-');
    if joins && tokens.is_glued(at + 1) && tokens.is_glued(at + 2) { at + 2 } else { at + 1 }
}

/// What is known of some words.
pub(super) type WordMap<T> = HashMap<WordId, T, BuildHasherDefault<Mixed>>;

/// A hash of two small numbers, in one multiplication.
#[derive(Default)]
pub(super) struct Mixed(u64);

impl Hasher for Mixed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u32(u32::from(*byte));
        }
    }

    fn write_u32(&mut self, number: u32) {
        let mixed =
            (self.0.rotate_left(29) ^ u64::from(number)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 = mixed ^ (mixed >> 32);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_name_is_found_whatever_joins_its_words() {
        let mut vocabulary = Vocabulary::new();
        let mut names = Names::default();
        for (name, of) in [("الدار البيضاء", 1), ("الدار", 2), ("بني ملال", 3), ("بني ملال", 4)]
        {
            names.add(&mut vocabulary, Classes::PLACE, name, of);
        }
        let mut tokens = Tokens::default();
        tokens.read("بالدار_البيضاء الدار الكبيرة بني ملال بني\nملال", &vocabulary);
        let found: Vec<(usize, usize, Vec<i32>)> = (0..tokens.len())
            .filter_map(|at| {
                let reading = tokens.get(at)?.reading(&vocabulary, Classes::PLACE)?;
                let found = names.longest(&tokens, at, reading.word)?;
                Some((at, found.last, found.all.to_vec()))
            })
            .collect();
        assert_eq!(found, [(0, 2, vec![1]), (3, 3, vec![2]), (5, 6, vec![3, 4])]);
    }
}
