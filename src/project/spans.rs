//! Spans made of spans: split, join, duplicate, and label every other occurrence.

use std::collections::BTreeMap;

use super::{Error, Project};
use crate::edit::{
    self, Context, Edit, Neighbor, Occurrence, Pattern, Refusal, Spread, Spreading, Transaction,
};
use crate::model::{
    AnnotationSet, AnnotatorId, Document, DocumentId, LabelId, Problem, Schema, SetKey, SpanId,
    State, Timestamp,
};
use crate::store::{Entry, Store};
use crate::text::{Offset, TextRange};

/// How many bytes of its paragraph are shown on each side of an occurrence, at most.
const AROUND: usize = 120;

/// What is searched for occurrences.
#[derive(Clone, Debug)]
pub struct Sought {
    /// What they are to be labeled with.
    pub pattern: Pattern,
    /// Whether all documents are searched; only the pattern's otherwise.
    pub everywhere: bool,
    /// Whose sets.
    pub annotator: AnnotatorId,
}

/// A place with the same words, with the words around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its document.
    pub document: DocumentId,
    /// That document's title.
    pub title: String,
    /// Where it is.
    pub range: TextRange,
    /// The words around it, on one line.
    pub context: String,
    /// Where it is in `context`.
    pub hit: TextRange,
    /// Why it cannot be labeled, if so.
    pub refusal: Option<Refusal>,
}

/// What a search for occurrences found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The places, in the order of the documents and of their texts.
    pub places: Vec<Place>,
    /// What could not be read.
    pub problems: Vec<Problem>,
    /// How many documents with such places were left out, since they are ignored on purpose.
    pub num_ignored: usize,
    /// Whether it was stopped before the end.
    pub is_stopped: bool,
}

/// Finds every other occurrence of a span's words, in its document or in all.
///
/// A document whose text or set cannot be read is skipped, with a problem. `go_on` is told how
/// many documents are done, of how many; if it says no, what was found so far is given.
pub fn find_occurrences(
    store: &Store,
    sought: &Sought,
    go_on: &mut dyn FnMut(usize, usize) -> bool,
) -> Found {
    let (documents, schema) = (store.documents(), store.schema());
    let home = documents.find(&sought.pattern.document);
    let total = if sought.everywhere { documents.len() } else { usize::from(home.is_some()) };
    let entries = documents.iter().filter(|_| sought.everywhere).chain(
        // Its own document alone.
        home.into_iter().filter(|_| !sought.everywhere),
    );
    let mut found = Found::default();
    for (done, entry) in entries.enumerate() {
        if done % 64 == 0 && !go_on(done, total) {
            found.is_stopped = true;
            break;
        }
        if let Err(error) = find_in(store, &schema, sought, entry, &mut found) {
            found.problems.push(error.to_problem());
        }
    }
    found
}

fn find_in(
    store: &Store,
    schema: &Schema,
    sought: &Sought,
    entry: &Entry,
    found: &mut Found,
) -> Result<(), crate::store::Error> {
    let document = store.document(&entry.id)?;
    let ranges = sought.pattern.find_in(document.text());
    if ranges.is_empty() {
        return Ok(());
    }
    let key = SetKey { annotator: sought.annotator.clone(), document: entry.id.clone() };
    let set = match entry.summary(&sought.annotator) {
        None => AnnotationSet::new(key),
        Some(_) => store.set(&key)?.0,
    };
    if set.state == State::Ignored {
        found.num_ignored += 1;
        return Ok(());
    }
    let cx = Context { document: &document, schema, set: &set, at: Timestamp::default() };
    for Occurrence { range, refusal } in edit::occurrences(&cx, &sought.pattern, ranges) {
        let (context, hit) = around(&document, range);
        found.places.push(Place {
            document: entry.id.clone(),
            title: entry.title().to_owned(),
            range,
            context,
            hit,
            refusal,
        });
    }
    Ok(())
}

/// The words around a range within its paragraph, and where it is among them.
fn around(document: &Document, range: TextRange) -> (String, TextRange) {
    let text = document.text();
    let (start, end) = (range.start().to_usize(), range.end().to_usize());
    let before = text.get(..start).unwrap_or_default();
    let after = text.get(end..).unwrap_or_default();
    let from = before.rfind('\n').map_or(0, |at| at + 1);
    let to = end + after.find('\n').unwrap_or(after.len());
    // Whole words, so that no letter loses its neighbor.
    let from = if start - from > AROUND {
        let near = text.ceil_char_boundary(start - AROUND);
        text.get(near..start).and_then(|near| near.find(' ')).map_or(near, |at| near + at + 1)
    } else {
        from
    };
    let to = if to - end > AROUND {
        let near = text.floor_char_boundary(end + AROUND);
        text.get(end..near).and_then(|near| near.rfind(' ')).map_or(near, |at| end + at)
    } else {
        to
    };
    let context = text.get(from..to).unwrap_or_default().replace(['\n', '\r', '\t'], " ");
    (context, TextRange::of(start - from..end - from))
}

impl Project {
    /// Splits a span in two; the first part keeps its id and value.
    ///
    /// # Errors
    ///
    /// As [`annotate`](Self::annotate).
    pub fn split(&mut self, id: &SpanId, at: Offset) -> Result<(), Error> {
        let second = SpanId::random((self.ambient.random)());
        let transaction = edit::split(&self.context()?, id, at, second)?;
        self.commit(transaction)
    }

    /// Joins a span with its neighbor of the same label; the id of the whole.
    ///
    /// # Errors
    ///
    /// As [`annotate`](Self::annotate).
    pub fn join(&mut self, id: &SpanId, with: Neighbor) -> Result<Option<SpanId>, Error> {
        let transaction = edit::join(&self.context()?, id, with)?;
        let whole = first_span(&transaction);
        self.commit(transaction)?;
        Ok(whole)
    }

    /// Gives a span's letters a second label; the id of the new span.
    ///
    /// # Errors
    ///
    /// As [`annotate`](Self::annotate).
    pub fn duplicate(&mut self, id: &SpanId, label: &LabelId) -> Result<Option<SpanId>, Error> {
        let copy = SpanId::random((self.ambient.random)());
        let transaction = edit::duplicate(&self.context()?, id, label, copy)?;
        let span = first_span(&transaction);
        self.commit(transaction)?;
        Ok(span)
    }

    /// What a search for the other occurrences of a span's words needs.
    ///
    /// # Errors
    ///
    /// If the span is not there, or nothing can be changed.
    pub fn sought(&self, id: &SpanId, everywhere: bool) -> Result<Sought, Error> {
        if !self.is_writable() {
            return Err(Error::ReadOnly);
        }
        let pattern = Pattern::of(&self.context()?, id)?;
        Ok(Sought { pattern, everywhere, annotator: self.annotator.clone() })
    }

    /// Labels places, as one step over all their documents; what it came to.
    ///
    /// What is possible no longer is left out and counted. A document whose text or set cannot
    /// be read is skipped, with a problem. `go_on` is told how many documents are done, of how
    /// many; if it says no, nothing is labeled, and there is no answer.
    ///
    /// # Errors
    ///
    /// If there is nothing to label, or nothing can be changed.
    pub fn spread(
        &mut self,
        pattern: &Pattern,
        places: impl IntoIterator<Item = (DocumentId, TextRange)>,
        go_on: &mut dyn FnMut(usize, usize) -> bool,
    ) -> Result<Option<Spread>, Error> {
        if !self.is_writable() {
            return Err(Error::ReadOnly);
        }
        let mut by_document: BTreeMap<DocumentId, Vec<TextRange>> = BTreeMap::new();
        for (document, range) in places {
            by_document.entry(document).or_default().push(range);
        }
        let (total, at) = (by_document.len(), (self.ambient.now)());
        let mut spreading = Spreading::new(pattern);
        for (done, (id, ranges)) in by_document.iter().enumerate() {
            if done % 16 == 0 && !go_on(done, total) {
                return Ok(None);
            }
            let key = SetKey { annotator: self.annotator.clone(), document: id.clone() };
            let read = self.store.document(id).map_err(Error::from);
            let read = read.and_then(|document| self.load_set(&key).map(|_| document));
            let document = match read {
                Ok(document) => document,
                Err(Error::Store(error)) => {
                    self.problems.push(error.to_problem());
                    continue;
                }
                Err(error) => return Err(error),
            };
            let Some(set) = self.work.set(&key) else { continue };
            let cx = Context { document: &document, schema: &self.schema, set, at };
            let random = self.ambient.random;
            spreading.add(&cx, ranges, || SpanId::random(random()));
        }
        let spread = spreading.finish(at)?;
        self.commit_about(spread.transaction.clone(), &pattern.words)?;
        Ok(Some(spread))
    }
}

/// The first span that a transaction is about.
pub(super) fn first_span(transaction: &Transaction) -> Option<SpanId> {
    transaction.edits.iter().find_map(|edit| match edit {
        Edit::Span(_, id, _) => Some(id.clone()),
        _ => None,
    })
}
