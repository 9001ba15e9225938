//! What begins something: a project, the preview of an import, a tour.

use std::path::PathBuf;

use super::assistant::NewProject;
use super::drop::Dropped;
use super::preview::Look;

/// Begins something.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Start {
    /// Sets up a new project with those articles.
    New(Vec<PathBuf>),
    /// Makes the project that was set up, and opens it.
    Create(Box<NewProject>),
    /// Sets up labels for the project that is being set up.
    Labels,
    /// Reads what would be imported, without taking it.
    Look(Box<Look>),
    /// Opens a project that was dropped, or shows what articles would bring.
    Drop(Dropped),
    /// Shows a card of the tour, or ends it.
    Tour(Option<usize>),
}
