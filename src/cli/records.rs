//! `tawsim records`.

use std::path::PathBuf;

use super::args::{self, annotator};
use super::console::{Console, Failure};
use super::export;
use crate::model::AnnotatorId;

/// Writes records as CSV: a line for each, with columns for each label
///
/// The same as `tawsim export --format records`: of the documents that are in such a data set.
/// Every cell has its spans' values, their words, and where they stand, in code points.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The project's folder
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// The file to write; `-` is the standard output
    #[arg(long, value_name = "PATH")]
    out: PathBuf,
    /// Whose records: of finished or of gold sets
    #[arg(long, value_enum, default_value = "training")]
    kind: args::Kind,
    /// Whose records, finished or not
    #[arg(long, value_parser = annotator, value_name = "NAME")]
    annotator: Option<AnnotatorId>,
    /// Leaves out what is missing or damaged instead of refusing
    #[arg(long)]
    keep_going: bool,
    /// Replaces the file if it is there
    #[arg(long)]
    force: bool,
}

pub(super) fn run(args: &Args, console: &mut Console<'_>) -> Result<(), Failure> {
    let export = export::Args {
        folder: args.folder.clone(),
        format: "records".to_owned(),
        out: args.out.clone(),
        kind: args.kind,
        annotator: args.annotator.clone(),
        keep_going: args.keep_going,
        force: args.force,
    };
    export::run(&export, console)
}
