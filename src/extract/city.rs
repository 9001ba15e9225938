//! Cities: named towns.

use super::vocabulary::Vocabulary;
use super::{Reading, Suggestion};

/// The words of cities.
#[derive(Debug)]
pub(super) struct Words;

impl Words {
    pub(super) fn new(_: &mut Vocabulary) -> Self {
        Self
    }
}

/// Adds the cities of a text.
pub(super) fn find(_: &Reading<'_>, _: &mut Vec<Suggestion>) {}
