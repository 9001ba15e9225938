//! Agencies: named organizations of states.

use super::vocabulary::Vocabulary;
use super::{Reading, Suggestion};

/// The words of agencies.
#[derive(Debug)]
pub(super) struct Words;

impl Words {
    pub(super) fn new(_: &mut Vocabulary) -> Self {
        Self
    }
}

/// Adds the agencies of a text.
pub(super) fn find(_: &Reading<'_>, _: &mut Vec<Suggestion>) {}
