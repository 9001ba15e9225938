//! Other programs that suggest: which there are, which of them was approved, and what came of
//! asking one.

use std::path::PathBuf;

use crate::lang::Message;
use crate::model::Program;
use crate::project::Approval;

/// What can be asked for about other programs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Ask {
    /// Shows what would be run, beginning with that one.
    Show(Option<String>),
    /// Runs one; what was not approved is shown first.
    Run(Running),
}

/// A program to run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Running {
    /// Its name.
    pub(super) name: String,
    /// Whether it is asked about all documents, or about the open one.
    pub(super) everywhere: bool,
    /// What the person has just approved, having seen it.
    pub(super) approves: Option<Approval>,
}

/// What would be run, and where.
#[derive(Clone, Debug, Default)]
pub(super) struct ExtractorForm {
    pub(super) programs: Vec<Shown>,
    /// The one that is shown.
    pub(super) at: usize,
    pub(super) everywhere: bool,
    /// The project's folder.
    pub(super) root: PathBuf,
    /// Why nothing came of asking it last.
    pub(super) failed: Option<Failed>,
}

/// A program, as it was when it was shown.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    pub(super) program: Program,
    /// What running it needs.
    pub(super) approval: Approval,
    /// Whether it has that.
    pub(super) is_approved: bool,
}

/// Why nothing came of asking a program.
#[derive(Clone, Debug, Default)]
pub(super) struct Failed {
    pub(super) why: Vec<Message>,
    /// The last lines of its standard error.
    pub(super) said: String,
}
