//! What the documents list shows: every document and how far each annotator is with it.

use std::collections::HashMap;
use std::sync::Arc;

use super::record::{SetHead, ShardLine};
use crate::model::{AnnotatorId, Digest, DocumentId, LabelId, Meta, State};

/// All documents of a project as they were at one moment, in the order of their import.
///
/// A snapshot: cheap to take and to keep, and never changed. Take another one when
/// [`Store::revision`](super::Store::revision) says so.
#[derive(Clone, Debug, Default)]
pub struct Documents(pub(super) Arc<Catalog>);

#[derive(Clone, Debug, Default)]
pub(super) struct Catalog {
    entries: Vec<Arc<Entry>>,
    by_id: Arc<HashMap<DocumentId, usize>>,
}

/// One document in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its id.
    pub id: DocumentId,
    /// Its title, date and source, as edited.
    pub meta: Meta,
    /// Title, date and source as they came with it.
    pub given: Meta,
    /// The first line of its text that is not blank, cut after 160 code points.
    pub first_line: String,
    /// The length of its text in code points.
    pub num_chars: u64,
    /// The digest of its text.
    pub digest: Digest,
    /// The sets that are there, ordered by annotator; blank ones are not.
    pub sets: Vec<Summary>,
    pub(super) location: Location,
}

/// Where a document's line lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Location {
    /// The shard's number.
    pub shard: usize,
    /// Where its line begins, in bytes.
    pub offset: u64,
    /// Its length in bytes, without the line break.
    pub len: usize,
    /// Its number, from 1.
    pub line: u64,
}

/// How far one annotator is with one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Whose set it is.
    pub annotator: AnnotatorId,
    /// How far it is.
    pub state: State,
    /// Its spans by label, ordered by label; none is zero.
    pub labels: Vec<(LabelId, u32)>,
    /// How many of its spans are doubtful.
    pub doubtful: u32,
}

impl Summary {
    /// How many spans it has.
    #[must_use]
    pub fn num_spans(&self) -> usize {
        self.labels.iter().map(|(_, count)| *count as usize).sum()
    }

    pub(super) fn of(annotator: AnnotatorId, head: SetHead) -> Self {
        Self {
            annotator,
            state: head.state,
            labels: head.labels.into_iter().collect(),
            doubtful: head.doubtful,
        }
    }

    /// What the index keeps of it.
    pub(super) fn to_head(&self, document: &DocumentId) -> SetHead {
        SetHead {
            annotator: self.annotator.to_string(),
            document: document.to_string(),
            state: self.state,
            labels: self.labels.iter().cloned().collect(),
            doubtful: self.doubtful,
        }
    }
}

impl Entry {
    pub(super) fn new(line: ShardLine, location: Location) -> Self {
        Self {
            id: line.id,
            meta: line.given.clone(),
            given: line.given,
            first_line: line.first_line,
            num_chars: line.num_chars,
            digest: line.digest,
            sets: Vec::new(),
            location,
        }
    }

    /// What the index keeps of it.
    pub(super) fn to_line(&self) -> ShardLine {
        ShardLine {
            id: self.id.clone(),
            given: self.given.clone(),
            first_line: self.first_line.clone(),
            num_chars: self.num_chars,
            digest: self.digest,
        }
    }

    /// The title to show: its own, else the text's first line, else the id.
    #[must_use]
    pub fn title(&self) -> &str {
        let own = self.meta.title.as_deref().filter(|title| !title.trim().is_empty());
        own.or(Some(self.first_line.as_str()).filter(|line| !line.is_empty()))
            .unwrap_or(self.id.as_str())
    }

    /// How far that annotator is; none where they have not begun.
    #[must_use]
    pub fn summary(&self, annotator: &AnnotatorId) -> Option<&Summary> {
        self.sets.iter().find(|summary| summary.annotator == *annotator)
    }

    /// The state of that annotator's set.
    #[must_use]
    pub fn state(&self, annotator: &AnnotatorId) -> State {
        self.summary(annotator).map(|summary| summary.state).unwrap_or_default()
    }
}

impl Documents {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.entries.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.entries.is_empty()
    }

    /// The one at that place in the list.
    #[must_use]
    pub fn get(&self, at: usize) -> Option<&Entry> {
        self.0.entries.get(at).map(|entry| &**entry)
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Entry> + DoubleEndedIterator {
        self.0.entries.iter().map(|entry| &**entry)
    }

    /// The place in the list of the document of that id.
    #[must_use]
    pub fn position(&self, id: &DocumentId) -> Option<usize> {
        self.0.by_id.get(id).copied()
    }

    /// The places of the documents that are not as they were in `before`; none if documents
    /// have come, gone or moved since, so that all are to be looked at.
    #[must_use]
    pub fn changed_since(&self, before: &Self) -> Option<Vec<usize>> {
        if !Arc::ptr_eq(&self.0.by_id, &before.0.by_id) {
            return None;
        }
        let both = self.0.entries.iter().zip(&before.0.entries).enumerate();
        let changed = both.filter(|(_, (now, before))| !Arc::ptr_eq(now, before));
        Some(changed.map(|(at, _)| at).collect())
    }

    /// The document of that id.
    #[must_use]
    pub fn find(&self, id: &DocumentId) -> Option<&Entry> {
        self.get(self.position(id)?)
    }
}

impl Catalog {
    /// Puts a document at the end of the list; not if its id is there already: the digest of
    /// that document's text is given back then.
    pub(super) fn push(&mut self, entry: Entry) -> Option<Digest> {
        let by_id = Arc::make_mut(&mut self.by_id);
        if let Some(at) = by_id.get(&entry.id) {
            return self.entries.get(*at).map(|entry| entry.digest);
        }
        by_id.insert(entry.id.clone(), self.entries.len());
        self.entries.push(Arc::new(entry));
        None
    }

    /// Makes room for so many more documents.
    pub(super) fn reserve(&mut self, more: usize) {
        self.entries.reserve(more);
        Arc::make_mut(&mut self.by_id).reserve(more);
    }

    /// Changes one document's entry, if there is something to change.
    pub(super) fn change(
        &mut self,
        id: &DocumentId,
        is_needed: impl FnOnce(&Entry) -> bool,
        change: impl FnOnce(&mut Entry),
    ) {
        let entry = self.by_id.get(id).and_then(|at| self.entries.get_mut(*at));
        if let Some(entry) = entry.filter(|entry| is_needed(entry)) {
            change(Arc::make_mut(entry));
        }
    }

    /// Puts a set's summary into its document's entry; none where the set is blank.
    pub(super) fn put_summary(
        &mut self,
        id: &DocumentId,
        annotator: &AnnotatorId,
        summary: Option<Summary>,
    ) {
        let is_new = self
            .by_id
            .get(id)
            .and_then(|at| self.entries.get(*at))
            .is_some_and(|entry| entry.summary(annotator) != summary.as_ref());
        self.change(
            id,
            |_| is_new,
            |entry| {
                entry.sets.retain(|other| other.annotator != *annotator);
                entry.sets.extend(summary);
                entry.sets.sort_by(|a, b| a.annotator.cmp(&b.annotator));
            },
        );
    }
}
