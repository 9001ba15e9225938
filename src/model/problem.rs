//! Something to tell a person: what is wrong, where, and how bad it is.

use std::fmt;
use std::path::{Path, PathBuf};

use super::DocumentId;
use crate::lang::{Message, visible};
use crate::text::TextRange;

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth a look; nothing is lost or left out.
    Notice,
    /// Something does not fit the schema or the file format.
    Warning,
    /// Something could not be read or written.
    Error,
}

/// Where a problem is; whatever of it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// In which file.
    pub path: Option<PathBuf>,
    /// In which line of it, from 1.
    pub line: Option<u64>,
    /// In which document.
    pub document: Option<DocumentId>,
    /// Where in the document's text.
    pub range: Option<TextRange>,
}

impl fmt::Display for Place {
    /// For a person: on one line whatever the names hold.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |path: &Path| visible(&path.to_string_lossy()).into_owned();
        match (&self.path, self.line, &self.document) {
            (Some(path), Some(line), _) => write!(f, "{}:{line}", shown(path)),
            (Some(path), None, _) => write!(f, "{}", shown(path)),
            (None, _, Some(document)) => write!(f, "{}", visible(document.as_str())),
            (None, _, None) => Ok(()),
        }
    }
}

/// Something to tell a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// How bad.
    pub severity: Severity,
    /// Where.
    pub place: Place,
    /// What, and what to do about it.
    pub what: Message,
}
