//! Counts: numbers of people or things.

use super::tokens::Kind;
use super::vocabulary::Vocabulary;
use super::{Reading, Suggestion, Target};

/// The words of counts.
#[derive(Debug)]
pub(super) struct Words;

impl Words {
    pub(super) fn new(_: &mut Vocabulary) -> Self {
        Self
    }
}

/// Adds the counts of a text.
pub(super) fn find(reading: &Reading<'_>, out: &mut Vec<Suggestion>) {
    for at in 0..reading.tokens.len() {
        if reading.tokens.get(at).is_some_and(|token| token.kind == Kind::Digits) {
            let mut new =
                Suggestion::new(Target::Count, reading.tokens.range(at, at), "count.digits");
            new.value = Some(reading.tokens.folded(at).to_owned());
            out.push(new);
        }
    }
}
