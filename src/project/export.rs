//! A data set out of a project: what `tawsim export` and the window's dialog write.

use std::io::{self, Write};

use crate::dataset::{self, Kind, Plan};
use crate::format::{Losses, Record, Writer};
use crate::lang::{Explain, Message};
use crate::model::{AnnotatorId, DocumentId, Problem, Schema, SetKey, Severity};
use crate::store::{self, Store};

/// What an export is to hold.
#[derive(Clone, Copy, Debug)]
pub struct ExportOptions<'a> {
    /// What the data set is for.
    pub kind: Kind,
    /// Whose spans; none for whoever has finished, or for gold.
    pub annotator: Option<&'a AnnotatorId>,
    /// Whether what is missing or damaged is left out instead of refused.
    pub keep_going: bool,
}

/// What an export wrote and could not write.
#[derive(Debug, Default)]
pub struct ExportReport {
    /// Which documents are in it.
    pub plan: Plan,
    /// How many documents were written: what cannot be read is left out where that is asked.
    pub num_documents: usize,
    /// How many spans were written.
    pub num_spans: usize,
    /// What the format cannot carry.
    pub losses: Losses,
    /// What is wrong with the project's files, as far as they were read.
    pub problems: Vec<Problem>,
}

/// Why a data set was not written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// What is asked for is not there.
    #[error(transparent)]
    Refused(#[from] dataset::Refusal),
    /// A document or set cannot be read.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// A set's file is damaged.
    #[error("the project is damaged: mend it, or export what is well with --keep-going")]
    Damaged(Vec<Problem>),
    /// The data set cannot be written.
    #[error("cannot write: {0}")]
    Io(#[from] io::Error),
    /// It was stopped.
    #[error("stopped; nothing was written")]
    Stopped,
}

impl Explain for ExportError {
    fn explain(&self) -> Message {
        let ar = match self {
            Self::Refused(error) => return error.explain(),
            Self::Store(error) => return error.explain(),
            Self::Damaged(_) => {
                "في المشروع تلف: أصلحه، أو صدّر السليم بـ ‎--keep-going".to_owned()
            }
            Self::Io(error) => format!("تعذّرت الكتابة: {error}"),
            Self::Stopped => "أُوقف التصدير ولم يُكتب شيء".to_owned(),
        };
        Message::new(ar, self.to_string())
    }
}

/// Writes a data set to `out`.
///
/// `go_on` is told how many documents are done, of how many. What `out` has got when this
/// fails is no data set: write beside and rename at the end.
///
/// # Errors
///
/// If there is nothing such, something cannot be read or written, or it was stopped.
pub fn export(
    store: &Store,
    writer: Writer,
    options: &ExportOptions<'_>,
    out: &mut dyn Write,
    go_on: &mut dyn FnMut(usize, usize) -> bool,
) -> Result<ExportReport, ExportError> {
    let documents = store.documents();
    let works = documents.iter().map(|entry| dataset::Work {
        document: entry.id.clone(),
        sets: entry.sets.iter().map(|set| (set.annotator.clone(), set.state)).collect(),
    });
    let works: Vec<_> = works.collect();
    let plan = dataset::plan(&works, options.kind, options.annotator, options.keep_going)?;
    let mut report = ExportReport::default();
    let schema = store.schema();
    (writer.begin)(&schema, out)?;
    for (at, (id, owner)) in plan.rows.iter().enumerate() {
        if !go_on(at, plan.rows.len()) {
            return Err(ExportError::Stopped);
        }
        let record = match record((store, &schema), id, owner.as_ref(), &mut report.problems) {
            Err(error) if options.keep_going => {
                report.problems.push(error.to_problem());
                continue;
            }
            record => record?,
        };
        // Of a damaged file, what is written would be less than was marked.
        let is_damage = |problem: &Problem| problem.severity == Severity::Error;
        if !options.keep_going && report.problems.iter().any(is_damage) {
            return Err(ExportError::Damaged(report.problems));
        }
        report.num_documents += 1;
        report.num_spans += record.spans.len();
        report.losses.add((writer.losses)(&record));
        (writer.write)(&record, &schema, out)?;
    }
    report.plan = plan;
    Ok(report)
}

/// One document of the data set.
fn record(
    (store, schema): (&Store, &Schema),
    id: &DocumentId,
    owner: Option<&AnnotatorId>,
    problems: &mut Vec<Problem>,
) -> Result<Record, store::Error> {
    let document = store.document(id)?;
    let meta = store.meta(id)?;
    let set = match owner {
        Some(owner) => {
            let key = SetKey { annotator: owner.clone(), document: id.clone() };
            let (set, found) = store.set(&key)?;
            problems.extend(found);
            Some(set)
        }
        None => None,
    };
    Ok(dataset::record((*document).clone(), meta, set.as_ref(), schema))
}
