//! `tawsim export`.

use std::path::PathBuf;

use super::args::{self, annotator, writable};
use super::console::{Console, Failure};
use super::output::write_to;
use super::project;
use crate::dataset::{self, Plan, Work};
use crate::format::{Format, Losses, Writer};
use crate::lang::{DOCUMENT, Explain as _, Message, SPAN};
use crate::model::{AnnotatorId, DocumentId, SetKey, Severity};
use crate::store::Store;

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
    folder: PathBuf,
    /// The data set's format
    #[arg(long, value_parser = writable())]
    format: String,
    /// The file to write; `-` is the standard output
    #[arg(long, value_name = "PATH")]
    out: PathBuf,
    /// What the data set is for
    #[arg(long, value_enum, default_value = "training")]
    kind: args::Kind,
    /// Whose spans
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
    let mut is_whole = problems.iter().all(|problem| problem.severity < Severity::Error);
    let documents = store.documents();
    let works = documents.iter().map(|entry| Work {
        document: entry.id.clone(),
        sets: entry.sets.iter().map(|set| (set.annotator.clone(), set.state)).collect(),
    });
    let works: Vec<_> = works.collect();
    let plan = dataset::plan(&works, kind, args.annotator.as_ref(), args.keep_going)?;
    let mut num_spans = 0;
    write_to(&args.out, args.force, console, |console, out| {
        let mut losses = Losses::default();
        for (id, owner) in &plan.rows {
            let row = match row(&store, id, owner.as_ref(), console, &mut is_whole) {
                Err(failure) if args.keep_going => {
                    tell(console, failure);
                    is_whole = false;
                    continue;
                }
                row => row?,
            };
            if !is_whole && !args.keep_going {
                break;
            }
            num_spans += row.spans.len();
            let Writer { losses: lost, write } = writer;
            losses.add(lost(&row));
            write(&row, out).map_err(|error| Failure::io(&args.out, &error))?;
        }
        if !is_whole && !args.keep_going {
            return Err(Failure::Refused(Message::new(
                "في المشروع تلف: أصلحه، أو صدّر السليم بـ ‎--keep-going",
                "the project is damaged: mend it, or export what is well with --keep-going",
            )));
        }
        if !losses.is_empty() {
            console.problems(&losses.spans);
            console.note(&losses.explain());
        }
        Ok(())
    })?;
    told(args, console, &plan, num_spans);
    Ok(())
}

/// One document of the data set; what is wrong with its set's file is said.
fn row(
    store: &Store,
    id: &DocumentId,
    owner: Option<&AnnotatorId>,
    console: &mut Console<'_>,
    is_whole: &mut bool,
) -> Result<crate::format::Record, Failure> {
    let document = store.document(id)?;
    let meta = store.meta(id)?;
    let set = match owner {
        Some(owner) => {
            let key = SetKey { annotator: owner.clone(), document: id.clone() };
            let (set, problems) = store.set(&key)?;
            console.problems(&problems);
            *is_whole &= !project::is_damaged(&problems);
            Some(set)
        }
        None => None,
    };
    Ok(dataset::record((*document).clone(), meta, set.as_ref()))
}

fn tell(console: &mut Console<'_>, failure: Failure) {
    if let Failure::Refused(message) = failure {
        console.note(&message);
    }
}

/// Says what was written; beside it, as the data set may itself be on the standard output.
fn told(args: &Args, console: &mut Console<'_>, plan: &Plan, num_spans: usize) {
    let (documents, spans) = (DOCUMENT.message(plan.rows.len()), SPAN.message(num_spans));
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
