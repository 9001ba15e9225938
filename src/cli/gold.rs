//! `tawsim gold`.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::args::annotator;
use super::console::{self, Console, Failure, text};
use super::project;
use crate::edit::{Direction, Edit, Refusal, Step, Transaction, declare_gold};
use crate::lang::{DOCUMENT, Explain as _, Message};
use crate::model::{AnnotationSet, AnnotatorId, DocumentId, Origin, SetKey, Severity, State};
use crate::store::Store;

/// Declares an annotator's finished sets gold, as they stand
///
/// Takes all of them, or those of the documents that are named; all as one step or none.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The project's folder
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Whose sets
    #[arg(long, value_parser = annotator, value_name = "NAME")]
    from: AnnotatorId,
    /// Only of these documents
    #[arg(long, value_name = "ID")]
    document: Vec<String>,
    /// Replaces gold sets that were not declared from this annotator's sets
    #[arg(long)]
    force: bool,
}

pub(super) fn run(args: &Args, out: &mut Console<'_>) -> Result<(), Failure> {
    let store = project::open_and_tell(&args.folder, out)?;
    let at = project::now();
    let mut step = Transaction {
        step: Step::DeclareGold,
        direction: Direction::Do,
        edits: Vec::new(),
        look_at: None,
        at,
    };
    let mut changed = BTreeSet::new();
    let mut others: Vec<DocumentId> = Vec::new();
    let chosen = chosen(args, &store)?;
    for id in &chosen {
        let set = |annotator: AnnotatorId| {
            let key = SetKey { annotator, document: id.clone() };
            let (set, problems) = store.set(&key)?;
            match problems.into_iter().find(|problem| problem.severity == Severity::Error) {
                // What is declared gold must be all that was marked.
                Some(problem) => {
                    Err(Failure::Refused(text(|lang| console::line(&problem, lang))))
                }
                None => Ok(set),
            }
        };
        let (own, gold) = (set(args.from.clone())?, set(AnnotatorId::gold())?);
        let gold = Some(&gold).filter(|gold| !gold.is_blank());
        match declare_gold(&own, gold, at) {
            Ok(part) => {
                if gold.is_some_and(|gold| !is_from(gold, &args.from)) {
                    others.push(id.clone());
                }
                changed.insert(id.clone());
                step.look_at = step.look_at.or(part.look_at);
                step.edits.extend::<Vec<Edit>>(part.edits);
            }
            Err(Refusal::Unchanged) => {}
            Err(refusal) => {
                let what = refusal.explain();
                return Err(Failure::Refused(Message::new(
                    format!("{id}: {}", what.ar),
                    format!("{id}: {}", what.en),
                )));
            }
        }
    }
    if !others.is_empty() && !args.force {
        let ids: Vec<_> = others.iter().map(DocumentId::as_str).collect();
        let ids = ids.join(", ");
        return Err(Failure::Refused(Message::new(
            format!("لهذه المقالات مجموعات ذهبية من غيره: {ids}؛ تُستبدل بـ ‎--force"),
            format!("these have gold sets from elsewhere: {ids}; --force replaces them"),
        )));
    }
    if !step.edits.is_empty() {
        let session = store.session(Some(&args.from), project::no_wake())?;
        session.commit(&step)?;
        session.close()?;
    }
    let (new, same) = (DOCUMENT.message(changed.len()), chosen.len() - changed.len());
    let same = DOCUMENT.message(same);
    out.say(&Message::new(
        format!("أُعلن ذهبيًّا: {}؛ وكان كذلك: {}", new.ar, same.ar),
        format!("declared gold: {}; were so already: {}", new.en, same.en),
    ))
}

/// The documents whose sets are to be declared gold.
fn chosen(args: &Args, store: &Store) -> Result<Vec<DocumentId>, Failure> {
    let documents = store.documents();
    if args.document.is_empty() {
        let finished =
            documents.iter().filter(|entry| entry.state(&args.from) == State::Finished);
        let finished: Vec<_> = finished.map(|entry| entry.id.clone()).collect();
        if finished.is_empty() {
            let from = &args.from;
            return Err(Failure::Refused(Message::new(
                format!("لم يُنهِ {from} أي مقال"),
                format!("{from} has finished no document"),
            )));
        }
        return Ok(finished);
    }
    let ids = args.document.iter().map(|id| {
        let id = DocumentId::from(id.as_str());
        match documents.find(&id) {
            Some(_) => Ok(id),
            None => Err(crate::store::Error::NoDocument(id).into()),
        }
    });
    ids.collect()
}

/// Whether all of a gold set was declared from that annotator's work.
fn is_from(gold: &AnnotationSet, annotator: &AnnotatorId) -> bool {
    gold.spans().iter().all(|span| {
        matches!(&span.provenance.origin, Origin::Declared(name) if name == annotator.as_str())
    })
}
