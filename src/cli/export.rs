//! `tawsim export`.

use std::path::PathBuf;

use super::args::{self, annotator, writable};
use super::console::{Console, Failure};
use super::output::write_to;
use super::project;
use crate::dataset;
use crate::format::Format;
use crate::lang::{DOCUMENT, Explain as _, Message, SPAN};
use crate::model::{AnnotatorId, Severity};
use crate::project::{ExportError, ExportOptions, ExportReport, export};

/// Writes a training or a gold data set
///
/// Training: the documents that somebody has finished, with their spans, be they none; or, with
/// --annotator, every document with that annotator's spans as they stand. Where several have
/// finished the same document, an annotator must be named. A project in which nobody has marked
/// anything is written without spans.
///
/// Gold: every document with its gold set; one that has none is a refusal, or with
/// --keep-going left out.
///
/// What the format cannot carry is said before the file is there.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The project's folder
    #[arg(value_name = "DIR")]
    pub(super) folder: PathBuf,
    /// The data set's format
    #[arg(long, value_parser = writable())]
    pub(super) format: String,
    /// The file to write; `-` is the standard output
    #[arg(long, value_name = "PATH")]
    pub(super) out: PathBuf,
    /// What the data set is for
    #[arg(long, value_enum, default_value = "training")]
    pub(super) kind: args::Kind,
    /// Whose spans
    #[arg(long, value_parser = annotator, value_name = "NAME")]
    pub(super) annotator: Option<AnnotatorId>,
    /// Leaves out what is missing or damaged instead of refusing
    #[arg(long)]
    pub(super) keep_going: bool,
    /// Replaces the file if it is there
    #[arg(long)]
    pub(super) force: bool,
}

pub(super) fn run(args: &Args, console: &mut Console<'_>) -> Result<(), Failure> {
    let Some(writer) = Format::of_id(&args.format).and_then(|format| format.write) else {
        unreachable!("the command line takes only formats that can be written")
    };
    let kind = match (args.kind, &args.annotator) {
        (args::Kind::Training, _) => dataset::Kind::Training,
        (args::Kind::Gold, None) => dataset::Kind::Gold,
        (args::Kind::Gold, Some(_)) => {
            return Err(Failure::Usage(Message::new(
                "المجموعة الذهبية ليست لموسّم: اختر ‎--annotator أو ‎--kind gold",
                "gold sets are no annotator's: give --annotator or --kind gold, not both",
            )));
        }
    };
    let (store, problems) = project::open(&args.folder)?;
    console.problems(&problems);
    // A conflict that is not settled is no damage: the file that stands is whole.
    if !args.keep_going && problems.iter().any(|problem| problem.severity == Severity::Error) {
        return Err(ExportError::Damaged(Vec::new()).into());
    }
    let options =
        ExportOptions { kind, annotator: args.annotator.as_ref(), keep_going: args.keep_going };
    let mut report = ExportReport::default();
    write_to(&args.out, args.force, console, |console, out| {
        report = match export(&store, writer, &options, out, &mut |_, _| true) {
            Ok(report) => report,
            Err(ExportError::Io(error)) => return Err(Failure::io(&args.out, &error)),
            Err(error) => {
                if let ExportError::Damaged(problems) = &error {
                    console.problems(problems);
                }
                return Err(error.into());
            }
        };
        console.problems(&report.problems);
        if !report.losses.is_empty() {
            console.problems(&report.losses.spans);
            console.note(&report.losses.explain());
        }
        Ok(())
    })?;
    told(args, console, &report);
    Ok(())
}

/// Says what was written; beside it, as the data set may itself be on the standard output.
fn told(args: &Args, console: &mut Console<'_>, report: &ExportReport) {
    let plan = &report.plan;
    let documents = DOCUMENT.message(report.num_documents);
    let spans = SPAN.message(report.num_spans);
    let out = args.out.display();
    console.note(&Message::new(
        format!("كُتب في {out}: {}، {}", documents.ar, spans.ar),
        format!("wrote {}, {} to {out}", documents.en, spans.en),
    ));
    if !plan.left_out.is_empty() {
        let count = DOCUMENT.message(plan.left_out.len());
        let reason = match (args.kind, &args.annotator) {
            (args::Kind::Gold, _) => ("بلا مجموعة ذهبية", "without a gold set"),
            (args::Kind::Training, Some(_)) => ("متجاهَلة", "ignored"),
            (args::Kind::Training, None) => ("لم تُنهَ", "not finished by anybody"),
        };
        console.note(&Message::new(
            format!("تُرك: {} ({})", count.ar, reason.0),
            format!("left out: {} ({})", count.en, reason.1),
        ));
    }
}
