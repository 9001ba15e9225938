//! Where a span came from.

use super::Timestamp;

/// Who or what made a span.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Origin {
    /// A person, in the window.
    #[default]
    Hand,
    /// An import, from a file of that name (without its folders).
    Import(String),
    /// A finished set of that annotator, declared gold as it stood.
    Declared(String),
    /// A suggestion of that source, which a person accepted.
    Suggestion(String),
    /// Something that this version does not know, kept as it was written.
    Other(String),
}

/// Who or what made a span, and when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Provenance {
    /// Who or what made it.
    pub origin: Origin,
    /// When it was made or last changed; none for what a file did not say.
    pub at: Option<Timestamp>,
}
