//! From sets to a training or a gold data set.
//!
//! Says which documents are part of one, and whose spans stand on each. Knows neither files
//! nor formats' bytes: a [`Plan`] is computed from what the index says of the sets, so that a
//! refusal comes before any text is read.

use std::collections::BTreeSet;

use crate::format::Record;
use crate::lang::{Explain, Message};
use crate::model::{AnnotationSet, AnnotatorId, Document, DocumentId, Meta, Schema, State};

/// How many names a refusal lists before it only counts.
const MOST_NAMED: usize = 20;

/// What a data set is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// To train on: finished sets, or those of one annotator as they stand.
    Training,
    /// To measure against: gold sets.
    Gold,
}

/// What is known of the sets on one document.
#[derive(Clone, Debug)]
pub struct Work {
    /// The document.
    pub document: DocumentId,
    /// Whose sets there are, the gold set's owner among them, and how far each is.
    pub sets: Vec<(AnnotatorId, State)>,
}

/// What goes into a data set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The documents, in the project's order, each with the owner of the set whose spans are
    /// written; none for a document that is listed without spans.
    pub rows: Vec<(DocumentId, Option<AnnotatorId>)>,
    /// The documents that are not part of it.
    pub left_out: Vec<DocumentId>,
}

/// Why there is no such data set.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Documents without a gold set.
    #[error(
        "{} of {total} documents have no gold set: {}",
        documents.len(),
        named(documents.iter().map(DocumentId::as_str))
    )]
    NoGold {
        /// Those.
        documents: Vec<DocumentId>,
        /// How many documents there are.
        total: usize,
    },
    /// Documents that several annotators have finished.
    #[error(
        "{} finished the same documents ({}): say whose spans to take with an annotator's name",
        named(annotators.iter().map(AnnotatorId::as_str)),
        named(documents.iter().map(DocumentId::as_str))
    )]
    Several {
        /// Those documents.
        documents: Vec<DocumentId>,
        /// Who has finished one of them.
        annotators: Vec<AnnotatorId>,
    },
    /// An annotator who has no set at all.
    #[error("{annotator} has marked nothing here; there are sets of {}", named(known.iter().map(AnnotatorId::as_str)))]
    NoSuchAnnotator {
        /// Who was asked for.
        annotator: AnnotatorId,
        /// Who has sets.
        known: Vec<AnnotatorId>,
    },
    /// There are sets, and none is finished.
    #[error(
        "no set is finished; name an annotator to take that annotator's sets as they stand \
         (there are sets of {})",
        named(known.iter().map(AnnotatorId::as_str))
    )]
    NothingFinished {
        /// Who has sets, the gold sets' owner among them.
        known: Vec<AnnotatorId>,
    },
}

impl Explain for Refusal {
    fn explain(&self) -> Message {
        let ids = |documents: &[DocumentId]| named(documents.iter().map(DocumentId::as_str));
        let names = |known: &[AnnotatorId]| named(known.iter().map(AnnotatorId::as_str));
        let ar = match self {
            Self::NoGold { documents, total } => format!(
                "لا مجموعة ذهبية لمقالات عددها {} من {total}: {}",
                documents.len(),
                ids(documents)
            ),
            Self::Several { documents, annotators } => format!(
                "أنهى {} المقالات نفسها ({}): اذكر اسم الموسّم الذي تؤخذ مواضعه",
                names(annotators),
                ids(documents)
            ),
            Self::NoSuchAnnotator { annotator, known } => {
                format!("لم يسِم {annotator} شيئًا هنا؛ المجموعات لـ: {}", names(known))
            }
            Self::NothingFinished { known } => format!(
                "لا مجموعة منتهية؛ اذكر اسم موسّم لتؤخذ مجموعاته كما هي (المجموعات لـ: {})",
                names(known)
            ),
        };
        Message::new(ar, self.to_string())
    }
}

/// Decides what goes into a data set.
///
/// Gold: every document with its gold set. A document without one is a refusal, or left out
/// where `keep_going` says so.
///
/// Training with an annotator's name: every document with that annotator's spans as they
/// stand, be they none; left out is what the annotator ignores.
///
/// Training without a name: the documents that somebody has finished; the others are left out,
/// since a text that nobody went through would teach that nothing is in it. Where nobody has
/// marked anything at all, every document is listed without spans.
///
/// # Errors
///
/// If what is asked for is not there, or is not one thing.
pub fn plan(
    works: &[Work],
    kind: Kind,
    annotator: Option<&AnnotatorId>,
    keep_going: bool,
) -> Result<Plan, Refusal> {
    match (kind, annotator) {
        (Kind::Gold, _) => gold(works, keep_going),
        (Kind::Training, Some(annotator)) => of_annotator(works, annotator),
        (Kind::Training, None) => finished(works),
    }
}

/// A document and the spans of its set, as a format writes them.
///
/// `meta` is the title, date and source as they are at present.
#[must_use]
pub fn record(
    document: Document,
    meta: Meta,
    set: Option<&AnnotationSet>,
    schema: &Schema,
) -> Record {
    let mut document = document;
    document.given = meta;
    let spans = set.map_or_else(Vec::new, |set| set.spans().to_vec());
    let records = set.map_or_else(Vec::new, |set| set.records_in_order(schema));
    Record { document, spans, records: records.into_iter().cloned().collect() }
}

fn gold(works: &[Work], keep_going: bool) -> Result<Plan, Refusal> {
    let mut plan = Plan::default();
    for work in works {
        match work.sets.iter().find(|(owner, _)| owner.is_gold()) {
            Some((owner, _)) => plan.rows.push((work.document.clone(), Some(owner.clone()))),
            None => plan.left_out.push(work.document.clone()),
        }
    }
    if plan.left_out.is_empty() || keep_going {
        return Ok(plan);
    }
    Err(Refusal::NoGold { documents: plan.left_out, total: works.len() })
}

fn of_annotator(works: &[Work], annotator: &AnnotatorId) -> Result<Plan, Refusal> {
    let mut plan = Plan::default();
    let mut is_known = false;
    for work in works {
        let set = work.sets.iter().find(|(owner, _)| owner == annotator);
        is_known |= set.is_some();
        let id = work.document.clone();
        match set {
            Some((_, State::Ignored)) => plan.left_out.push(id),
            set => plan.rows.push((id, set.map(|(owner, _)| owner.clone()))),
        }
    }
    if is_known {
        return Ok(plan);
    }
    Err(Refusal::NoSuchAnnotator { annotator: annotator.clone(), known: owners(works) })
}

fn finished(works: &[Work]) -> Result<Plan, Refusal> {
    let known = owners(works);
    if known.is_empty() {
        let rows = works.iter().map(|work| (work.document.clone(), None));
        return Ok(Plan { rows: rows.collect(), left_out: Vec::new() });
    }
    let mut plan = Plan::default();
    let mut documents = Vec::new();
    let mut several = BTreeSet::new();
    for work in works {
        let mut owners = work
            .sets
            .iter()
            .filter(|(owner, state)| *state == State::Finished && !owner.is_gold())
            .map(|(owner, _)| owner);
        match (owners.next(), owners.next()) {
            (None, _) => plan.left_out.push(work.document.clone()),
            (Some(owner), None) => plan.rows.push((work.document.clone(), Some(owner.clone()))),
            (Some(first), Some(second)) => {
                documents.push(work.document.clone());
                several.extend([first, second].into_iter().chain(owners).cloned());
            }
        }
    }
    if !documents.is_empty() {
        return Err(Refusal::Several { documents, annotators: several.into_iter().collect() });
    }
    if plan.rows.is_empty() {
        return Err(Refusal::NothingFinished { known });
    }
    Ok(plan)
}

/// Whose sets there are, the gold sets' owner among them.
fn owners(works: &[Work]) -> Vec<AnnotatorId> {
    let owners = works.iter().flat_map(|work| &work.sets).map(|(owner, _)| owner);
    let owners: BTreeSet<_> = owners.cloned().collect();
    owners.into_iter().collect()
}

/// Names in a row; of very many only the first.
fn named<'a>(names: impl ExactSizeIterator<Item = &'a str>) -> String {
    let rest = names.len().saturating_sub(MOST_NAMED);
    let first: Vec<_> = names.take(MOST_NAMED).collect();
    let more = if rest > 0 { format!(", … (+{rest})") } else { String::new() };
    // A project without any set has no names to tell.
    if first.is_empty() { "-".to_owned() } else { format!("{}{more}", first.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(name: &str) -> AnnotatorId {
        if name == "gold" { AnnotatorId::gold() } else { AnnotatorId::new(name).unwrap() }
    }

    /// Documents named by their numbers, each with its sets as `name:state`.
    fn works(documents: &[&str]) -> Vec<Work> {
        let set = |set: &str| {
            let (owner, state) = set.split_once(':').unwrap();
            (name(owner), State::from_id(state).unwrap())
        };
        let works = documents.iter().enumerate().map(|(number, sets)| Work {
            document: number.to_string().as_str().into(),
            sets: sets.split_whitespace().map(set).collect(),
        });
        works.collect()
    }

    /// What is planned, as `document:owner`, and what is left out.
    #[track_caller]
    fn check(
        documents: &[&str],
        (kind, annotator): (Kind, Option<&str>),
        expected: Result<(&str, &str), &str>,
    ) {
        let annotator = annotator.map(name);
        let found = plan(&works(documents), kind, annotator.as_ref(), false);
        let found = found.map(|plan| {
            let row = |(id, owner): &(DocumentId, Option<AnnotatorId>)| {
                format!("{id}:{}", owner.as_ref().map_or("", AnnotatorId::as_str))
            };
            let rows: Vec<_> = plan.rows.iter().map(row).collect();
            let left_out: Vec<_> = plan.left_out.iter().map(DocumentId::as_str).collect();
            (rows.join(" "), left_out.join(" "))
        });
        let expected = expected.map(|(rows, left_out)| (rows.to_owned(), left_out.to_owned()));
        assert_eq!(
            found.map_err(|refusal| refusal.to_string()),
            expected.map_err(str::to_owned)
        );
    }

    const TRAINING: (Kind, Option<&str>) = (Kind::Training, None);
    const OF_SARA: (Kind, Option<&str>) = (Kind::Training, Some("sara"));
    const GOLD: (Kind, Option<&str>) = (Kind::Gold, None);

    #[test]
    fn training_takes_what_is_finished_whoever_finished_it() {
        check(
            &["sara:finished", "ali:finished sara:in-progress", "sara:in-progress", ""],
            TRAINING,
            Ok(("0:sara 1:ali", "2 3")),
        );
    }

    #[test]
    fn what_several_have_finished_is_not_one_thing() {
        check(
            &["sara:finished ali:finished", "sara:finished"],
            TRAINING,
            Err("ali, sara finished the same documents (0): say whose spans to take with an \
                 annotator's name"),
        );
        check(
            &["sara:finished ali:finished", "sara:finished"],
            OF_SARA,
            Ok(("0:sara 1:sara", "")),
        );
    }

    #[test]
    fn without_any_set_all_documents_are_listed() {
        check(&["", ""], TRAINING, Ok(("0: 1:", "")));
        check(&[], TRAINING, Ok(("", "")));
    }

    #[test]
    fn an_annotators_sets_are_taken_as_they_stand() {
        check(
            &["sara:in-progress", "ali:finished", "sara:ignored", "sara:finished"],
            OF_SARA,
            Ok(("0:sara 1: 3:sara", "2")),
        );
        check(
            &["ali:finished"],
            OF_SARA,
            Err("sara has marked nothing here; there are sets of ali"),
        );
    }

    #[test]
    fn unfinished_work_is_taken_only_by_name() {
        check(
            &["sara:in-progress", ""],
            TRAINING,
            Err("no set is finished; name an annotator to take that annotator's sets as they \
                 stand (there are sets of sara)"),
        );
    }

    #[test]
    fn gold_is_no_training_data() {
        check(
            &["gold:finished", ""],
            TRAINING,
            Err("no set is finished; name an annotator to take that annotator's sets as they \
                 stand (there are sets of gold)"),
        );
        check(&["gold:finished sara:finished"], TRAINING, Ok(("0:sara", "")));
    }

    #[test]
    fn gold_wants_every_document_unless_told_to_keep_going() {
        check(&["gold:finished sara:finished"], GOLD, Ok(("0:gold", "")));
        let documents = ["gold:finished", "sara:finished", ""];
        check(&documents, GOLD, Err("2 of 3 documents have no gold set: 1, 2"));
        let kept = plan(&works(&documents), Kind::Gold, None, true).unwrap();
        assert_eq!((kept.rows.len(), kept.left_out.len()), (1, 2));
    }

    #[test]
    fn a_long_list_is_cut() {
        let many = vec![""; 25];
        let refusal = plan(&works(&many), Kind::Gold, None, false).unwrap_err();
        assert!(refusal.to_string().ends_with("19, … (+5)"), "{refusal}");
    }
}
