//! Going through what is suggested, in one document or in all: what is left, in which order, and
//! what is decided about it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::many::problem;
use super::offer::{Offer, offers};
use super::suggest::by_all;
use super::{Error, Found, Many, Place, Project, Taught, Trust, spans};
use crate::edit::{self, Context, Edit, Refusal, Step};
use crate::extract::Extractor;
use crate::find::{Excerpt, excerpt};
use crate::model::{
    AnnotationSet, AnnotatorId, Document, DocumentId, Problem, SetKey, SpanId, State,
    Suggestion,
};
use crate::store::{Entry, Store};
use crate::text::TextRange;

/// In which order suggestions are gone through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReviewOrder {
    /// As they stand in the text.
    #[default]
    Text,
    /// The least sure first.
    Doubt,
    /// By label.
    Label,
    /// By source and rule.
    Rule,
    /// By the letters themselves, so that the same ones follow each other.
    Words,
}

impl ReviewOrder {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Text, Self::Doubt, Self::Label, Self::Rule, Self::Words];

    /// Puts what holds offers in this order; what is equal in it stays as it stands. How sure one
    /// may be of them says `trust`.
    pub fn sort<T>(self, all: &mut [T], of: impl Fn(&T) -> &Offer, trust: &Trust) {
        match self {
            Self::Text => {}
            Self::Doubt => all.sort_by_key(|it| trust.confidence(of(it).first())),
            Self::Label => all.sort_by_cached_key(|it| of(it).first().label.clone()),
            Self::Rule => all.sort_by_cached_key(|it| {
                let first = of(it).first();
                (first.source.clone(), first.rule.clone())
            }),
            Self::Words => all.sort_by_cached_key(|it| of(it).likeness().folded),
        }
    }
}

/// What is still to be decided in all documents of a project.
#[derive(Clone, Debug, Default)]
pub struct Backlog {
    /// In the order of the documents and of their texts.
    pub offers: Vec<Offer>,
    /// What could not be read.
    pub problems: Vec<Problem>,
    /// Whether it was stopped before the end.
    pub is_stopped: bool,
}

impl Backlog {
    /// Tells problems, each once: what is wrong with a source's file is so for all documents.
    fn tell(&mut self, problems: Vec<Problem>) {
        for problem in problems {
            if !self.problems.contains(&problem) {
                self.problems.push(problem);
            }
        }
    }
}

/// Looks for what is still to be decided by an annotator in all documents that are neither
/// finished nor ignored, without what `hidden` sources propose. `go_on` is told how many documents
/// are done, of how many; if it says no, the rest is left out.
pub fn backlog(
    (store, taught): (&Store, &Taught),
    annotator: &AnnotatorId,
    hidden: &[String],
    go_on: &mut dyn FnMut(usize, usize) -> bool,
) -> Backlog {
    let (schema, documents) = (store.schema(), store.documents());
    let mut extractor = Extractor::default();
    let mut backlog = Backlog::default();
    for (done, entry) in documents.iter().enumerate() {
        if done % 16 == 0 && !go_on(done, documents.len()) {
            backlog.is_stopped = true;
            break;
        }
        if matches!(entry.state(annotator), State::Finished | State::Ignored) {
            continue;
        }
        let read = (|| {
            let document = store.document(&entry.id)?;
            let set = set_of(store, entry, annotator)?;
            Ok((document, set))
        })();
        match read {
            Ok((document, set)) => {
                let date = entry.meta.date.as_deref();
                let ((found, reading), problems) =
                    by_all(&mut extractor, (store, taught), &document, date);
                let found = taught.heard((&found, &reading), hidden).0;
                backlog.tell(problems);
                backlog.offers.append(&mut offers(&found, (&document, &schema, &set)));
            }
            Err(error) => {
                let error: crate::store::Error = error;
                backlog.problems.push(error.to_problem());
            }
        }
    }
    backlog
}

fn set_of(
    store: &Store,
    entry: &Entry,
    annotator: &AnnotatorId,
) -> Result<AnnotationSet, crate::store::Error> {
    let key = SetKey { annotator: annotator.clone(), document: entry.id.clone() };
    match entry.summary(annotator) {
        None => Ok(AnnotationSet::new(key)),
        Some(_) => Ok(store.set(&key)?.0),
    }
}

/// Offers where they stand, in the words around them; those of documents that cannot be read are
/// left out. `go_on` is told how many are done, of how many; if it says no, the rest is left out.
pub fn in_context(
    store: &Store,
    offers: &[Offer],
    go_on: &mut dyn FnMut(usize, usize) -> bool,
) -> (Vec<Offer>, Found) {
    let (mut kept, mut found) = (Vec::new(), Found::default());
    let documents = store.documents();
    let mut last: Option<Arc<Document>> = None;
    for (done, offer) in offers.iter().enumerate() {
        if done % 64 == 0 && !go_on(done, offers.len()) {
            found.is_stopped = true;
            break;
        }
        let open = last.take().filter(|document| *document.id() == offer.document);
        let document = match open.map_or_else(|| store.document(&offer.document), Ok) {
            Ok(document) => document,
            Err(error) => {
                found.problems.push(error.to_problem());
                continue;
            }
        };
        let Excerpt { line: context, emphasis, .. } = excerpt(document.text(), offer.range());
        let title = documents.find(&offer.document).map_or("", Entry::title).to_owned();
        found.places.push(Place {
            document: offer.document.clone(),
            title,
            range: offer.range(),
            context,
            hit: TextRange::of(emphasis),
            refusal: None,
        });
        kept.push(offer.clone());
        last = Some(document);
    }
    (kept, found)
}

fn is_decided(set: &AnnotationSet, offer: &Offer) -> bool {
    set.decisions
        .values()
        .map(|decision| &decision.suggestion)
        .any(|decided| decided.range == offer.range() && decided.label == offer.first().label)
}

impl Project {
    /// Whether an offer is still to be decided; none if its document's set is not at hand, where
    /// nothing has changed it.
    #[must_use]
    pub fn is_undecided(&self, offer: &Offer) -> Option<bool> {
        let key =
            SetKey { annotator: self.annotator.clone(), document: offer.document.clone() };
        let set = self.work.set(&key)?;
        let is_known = self.schema.label(&offer.first().label).is_some();
        let is_marked = set.overlapping(offer.range()).next().is_some();
        Some(is_known && !is_marked && !is_decided(set, offer))
    }

    /// Whether its annotator has decided about an offer.
    #[must_use]
    pub fn is_decided(&self, offer: &Offer) -> bool {
        let key =
            SetKey { annotator: self.annotator.clone(), document: offer.document.clone() };
        self.work.set(&key).is_some_and(|set| is_decided(set, offer))
    }

    /// Takes an offer on the open document as `taken`; the id of the span that it became.
    ///
    /// # Errors
    ///
    /// As [`annotate`](Self::annotate).
    pub fn accept(
        &mut self,
        offer: &Offer,
        taken: &Suggestion,
    ) -> Result<Option<SpanId>, Error> {
        let id = SpanId::random((self.ambient.random)());
        let transaction = edit::accept(&self.context_of(offer)?, offer.all(), taken, id)?;
        let span = spans::first_span(&transaction);
        self.commit(transaction)?;
        Ok(span)
    }

    /// Says that an offer on the open document is wrong, and why, if that is said.
    ///
    /// # Errors
    ///
    /// As [`annotate`](Self::annotate).
    pub fn reject(&mut self, offer: &Offer, reason: &str) -> Result<(), Error> {
        let transaction = edit::reject(&self.context_of(offer)?, offer.all(), reason)?;
        self.commit(transaction)
    }

    /// Leaves an offer on the open document for later.
    ///
    /// # Errors
    ///
    /// As [`annotate`](Self::annotate).
    pub fn skip(&mut self, offer: &Offer) -> Result<(), Error> {
        let transaction = edit::skip(&self.context_of(offer)?, offer.all())?;
        self.commit(transaction)
    }

    /// Takes many offers as they are, or rejects them for that reason, as one step over all
    /// their documents; what it came to, and how many were decided. What is not possible is left
    /// out and named. `go_on` is told how many documents are done, of how many; if it says no, nothing is changed, and
    /// there is no answer.
    ///
    /// # Errors
    ///
    /// If nothing can be changed in this project.
    pub fn decide_all(
        &mut self,
        offers: &[Offer],
        rejected: Option<&str>,
        go_on: &mut dyn FnMut(usize, usize) -> bool,
    ) -> Result<Option<(Many, usize)>, Error> {
        let (mut refused, mut num_decided) = (Vec::new(), 0);
        let mut by_document: BTreeMap<&DocumentId, Vec<&Offer>> = BTreeMap::new();
        for offer in offers {
            by_document.entry(&offer.document).or_default().push(offer);
        }
        let documents: Vec<_> = by_document.keys().map(|id| (*id).clone()).collect();
        let step = if rejected.is_some() { Step::Reject } else { Step::Accept };
        let done = self.step_over(step, &documents, go_on, |project, id| {
            let key = SetKey { annotator: project.annotator.clone(), document: id.clone() };
            project.load_set(&key)?;
            let document = project.store.document(id)?;
            let mut set = project.work.set(&key).ok_or(Error::NoDocument)?.clone();
            let mut edits = Vec::new();
            for offer in by_document.get(id).into_iter().flatten() {
                let cx = Context {
                    document: &document,
                    schema: &project.schema,
                    set: &set,
                    at: (project.ambient.now)(),
                };
                let span = SpanId::random((project.ambient.random)());
                let made = match rejected {
                    Some(reason) => edit::reject(&cx, offer.all(), reason),
                    None => edit::accept(&cx, offer.all(), offer.first(), span),
                };
                let transaction = match made {
                    Ok(transaction) => transaction,
                    Err(Refusal::Unchanged) => continue,
                    Err(refusal) => {
                        refused.push((project.title_of(id), problem(id, &refusal.into())));
                        continue;
                    }
                };
                num_decided += 1;
                // Each stands among those that were taken before.
                for edit in &transaction.edits {
                    match edit {
                        Edit::Span(_, _, change) => {
                            change.after.clone().map(|span| set.insert(span));
                        }
                        Edit::State(_, change) => set.state = change.after,
                        _ => {}
                    }
                }
                edits.extend(transaction.edits);
            }
            if edits.is_empty() { Err(Refusal::Unchanged.into()) } else { Ok(edits) }
        })?;
        Ok(done.map(|mut many| {
            many.refused.append(&mut refused);
            (many, num_decided)
        }))
    }

    /// What a decision about an offer is made from: it must be one on the open document.
    fn context_of(&self, offer: &Offer) -> Result<Context<'_>, Error> {
        let cx = self.context()?;
        if *cx.document.id() == offer.document { Ok(cx) } else { Err(Error::NoDocument) }
    }
}
