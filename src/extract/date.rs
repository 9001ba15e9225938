//! Dates: points and periods on the calendar.

use super::vocabulary::Vocabulary;
use super::{Reading, Suggestion};

/// The words of dates.
#[derive(Debug)]
pub(super) struct Words;

impl Words {
    pub(super) fn new(_: &mut Vocabulary) -> Self {
        Self
    }
}

/// Adds the dates of a text.
pub(super) fn find(_: &Reading<'_>, _: &mut Vec<Suggestion>) {}
