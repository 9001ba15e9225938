//! Finding: what a person writes into a search field, and where texts have it.
//!
//! A [`Finder`] is one pattern, made to be found in any number of texts: by folded letters, by
//! the letters themselves, or as a regular expression. A [`Query`] is what is asked of all
//! documents: patterns and filters together. Knows texts and the words of a schema; where
//! documents and spans come from is for the project to say.

mod anchor;
mod automaton;
mod compare;
mod excerpt;
mod lazy;
mod letters;
mod pattern;
mod query;
#[cfg(test)]
mod tests;

pub use compare::first_day;
pub use excerpt::{Excerpt, excerpt};
pub use pattern::{Finder, Kind, Options, Wrong};
pub use query::{About, DateFilter, Fact, Query, SpanFilter};
