//! An open project, without a window: the only owner of its changing state.
//!
//! Holds the open document, the sets that were worked on, and undo over all of them. Every
//! change takes one way, [`Project::commit`]: it is applied in memory, handed to the store's
//! writer, and remembered for undo. Knows nothing of panels, keys or drawing.

mod ambient;
mod edges;
mod error;
mod export;
mod external;
mod filter;
mod follow;
mod import;
mod learn;
mod listing;
mod many;
mod memory;
mod name_date;
mod offer;
mod order;
mod progress;
mod quality;
mod records;
mod review;
mod schema;
mod search;
mod spans;
mod steps;
mod suggest;
mod survey;
mod trust;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use crate::edit::{self, Context, History, Work};
use crate::lang::{Explain as _, Message, both};
use crate::model::{
    AnnotationSet, AnnotatorId, AttributeId, Document, DocumentId, LabelId, Meta, Problem,
    Program, Schema, SetKey, Span, SpanId, State,
};
use crate::store::{self, Disk, Documents, Installation, Session, Status, Store};
use crate::text::TextRange;
use crate::typeset::lanes;

pub use ambient::Ambient;
pub use error::Error;
pub use export::{ExportError, ExportOptions, ExportReport, export};
pub use external::{Answer, Approval, AskError, Question, approval_of, ask};
pub use import::{
    DateOfName, ImportError, ImportOptions, ImportReport, Input, Plan, ProposeOptions,
    ProposeReport, check_source, collect, collect_while, import, plan, propose_file,
};
pub use learn::{LEARNED, Learning, MEMORY, Taught, Teacher};
pub use listing::{Asked, Listing};
pub use many::Many;
pub use name_date::{InvalidNameDate, NameDate};
pub use offer::{Likeness, Offer};
pub use order::{Order, OrderBy};
pub use progress::{Distribution, LONGEST_PAUSE, Moment, Progress, Tally, WorkDone, tenths};
pub use quality::{Case, Corrected, Counts, Fate, Figures, Group, GroupBy, Quality, Rate};
pub use records::proposals;
pub use review::{Backlog, ReviewOrder, backlog, in_context};
pub use search::{HitRow, Search};
pub use spans::{Found, Place, Sought, find_occurrences};
pub use suggest::{Asking, RULES, SourceRow, Suggestions};
pub use survey::{Survey, survey};
pub use trust::{ENOUGH, Fitted, Scored, Trust};

/// Whether the work is on the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saved {
    /// All of it is, and survives a power cut.
    Saved,
    /// Some of it is on its way.
    Saving,
    /// Some of it is not, and why.
    Failed(Message),
}

/// A place to look at: a document and a range in it.
pub type LookAt = (DocumentId, TextRange);

/// A document as a row of a list.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// Its id.
    pub id: &'a DocumentId,
    /// Its title to show.
    pub title: &'a str,
    /// Its date as given.
    pub date: Option<&'a str>,
    /// How far the annotator is.
    pub state: State,
    /// How many spans the annotator has on it.
    pub num_spans: usize,
    /// Whether it has a finished gold set.
    pub is_gold: bool,
}

/// An open project.
pub struct Project {
    store: Store,
    session: Option<Session>,
    read_only: Option<Message>,
    annotator: AnnotatorId,
    name: String,
    schema: Schema,
    extractors: Vec<Program>,
    documents: Documents,
    revision: u64,
    counts: Vec<(State, usize)>,
    work: Work,
    history: History,
    open: Option<Open>,
    /// What is wrong and was not told yet.
    problems: Vec<Problem>,
    ambient: Ambient,
    taught: Taught,
}

/// The open document.
struct Open {
    document: Arc<Document>,
    key: SetKey,
    row: usize,
    lanes: Vec<u8>,
    /// How many spans have each label.
    labels: BTreeMap<LabelId, usize>,
}

impl Project {
    /// Opens the project in `root` to work as `annotator`, with what is wrong with it.
    ///
    /// If another window works as this annotator, or the folder may not be written, or a later
    /// version left work of theirs in the journal, it opens for reading
    /// ([`read_only`](Self::read_only)). `wake` is called from another thread when
    /// [`saved`](Self::saved) has changed.
    ///
    /// # Errors
    ///
    /// If there is no project, or a later version wrote it, or it cannot be read.
    pub fn open(
        (disk, installation): (Arc<dyn Disk>, &Installation),
        root: &Path,
        annotator: AnnotatorId,
        ambient: Ambient,
        wake: Arc<dyn Fn() + Send + Sync>,
    ) -> Result<(Self, Vec<Problem>), Error> {
        let (store, problems) = Store::open(disk, root, installation)?;
        let (session, read_only) = match store.session(Some(&annotator), wake) {
            Ok(session) => (Some(session), None),
            // Whatever keeps it from being written, what is there can be read.
            Err(error) => (None, Some(error.explain())),
        };
        let mut project = Self {
            name: store.name(),
            schema: store.schema(),
            extractors: store.extractors(),
            documents: store.documents(),
            revision: 0,
            counts: Vec::new(),
            store,
            session,
            read_only,
            annotator,
            work: Work::default(),
            history: History::default(),
            open: None,
            problems: Vec::new(),
            ambient,
            taught: Taught::default(),
        };
        project.refresh();
        Ok((project, problems))
    }

    /// The store beneath, for what needs no open document.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The session that writes; none where the project is open for reading.
    #[must_use]
    pub fn session(&self) -> Option<&Session> {
        self.session.as_ref()
    }

    /// The project's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The project's schema.
    #[must_use]
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// The programs that suggest, as `project.ron` named them when it was opened.
    #[must_use]
    pub fn extractors(&self) -> &[Program] {
        &self.extractors
    }

    /// Who works.
    #[must_use]
    pub fn annotator(&self) -> &AnnotatorId {
        &self.annotator
    }

    /// Why nothing can be changed, if so.
    #[must_use]
    pub fn read_only(&self) -> Option<&Message> {
        self.read_only.as_ref()
    }

    /// Whether something can be changed.
    #[must_use]
    pub fn is_writable(&self) -> bool {
        self.session.is_some()
    }

    /// Grows with every change of the list of documents and of sets.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// How many documents there are.
    #[must_use]
    pub fn num_documents(&self) -> usize {
        self.documents.len()
    }

    /// How many documents are in that state for this annotator.
    #[must_use]
    pub fn num_in_state(&self, state: State) -> usize {
        self.counts.iter().find(|(of, _)| *of == state).map_or(0, |(_, count)| *count)
    }

    /// The document at that place in the list.
    #[must_use]
    pub fn row(&self, at: usize) -> Option<Row<'_>> {
        let entry = self.documents.get(at)?;
        let summary = entry.summary(&self.annotator);
        let is_gold = entry
            .sets
            .iter()
            .any(|set| set.annotator.is_gold() && set.state == State::Finished);
        Some(Row {
            id: &entry.id,
            title: entry.title(),
            date: entry.meta.date.as_deref(),
            state: summary.map(|summary| summary.state).unwrap_or_default(),
            num_spans: summary.map_or(0, store::Summary::num_spans),
            is_gold,
        })
    }

    /// The open document's place in the list.
    #[must_use]
    pub fn open_row(&self) -> Option<usize> {
        self.open.as_ref().map(|open| open.row)
    }

    /// The place in the list of the document of that id.
    #[must_use]
    pub fn position(&self, id: &DocumentId) -> Option<usize> {
        self.documents.position(id)
    }

    /// The open document.
    #[must_use]
    pub fn document(&self) -> Option<&Arc<Document>> {
        self.open.as_ref().map(|open| &open.document)
    }

    /// The annotator's set on the open document.
    #[must_use]
    pub fn set(&self) -> Option<&AnnotationSet> {
        self.work.set(&self.open.as_ref()?.key)
    }

    /// The open document's title, date and source.
    #[must_use]
    pub fn meta(&self) -> Option<&Meta> {
        self.work.metas.get(self.open.as_ref()?.document.id())
    }

    /// The lane of each span of the open document's set, in text order.
    #[must_use]
    pub fn lanes(&self) -> &[u8] {
        self.open.as_ref().map(|open| open.lanes.as_slice()).unwrap_or_default()
    }

    /// How many spans of the open document's set have that label.
    #[must_use]
    pub fn num_with_label(&self, label: &LabelId) -> usize {
        let open = self.open.as_ref();
        open.and_then(|open| open.labels.get(label)).copied().unwrap_or_default()
    }

    /// Opens a document; the problems of its set.
    ///
    /// # Errors
    ///
    /// If it or its set cannot be read. What was open stays open then.
    pub fn open_document(&mut self, id: &DocumentId) -> Result<Vec<Problem>, Error> {
        let document = self.store.document(id)?;
        let key = SetKey { annotator: self.annotator.clone(), document: id.clone() };
        let problems = self.load_set(&key)?;
        self.load_meta(id)?;
        let row = self.documents.position(id).unwrap_or_default();
        self.open =
            Some(Open { document, key, row, lanes: Vec::new(), labels: BTreeMap::new() });
        self.lay_lanes();
        Ok(problems)
    }

    /// Whether all work is on the disk. Quick: meant for every frame.
    #[must_use]
    pub fn saved(&self) -> Saved {
        match self.session.as_ref().map(Session::status) {
            None | Some(Status::Saved) => Saved::Saved,
            Some(Status::Saving { .. }) => Saved::Saving,
            Some(Status::Failed { error, .. }) => Saved::Failed(error.explain()),
        }
    }

    /// Waits until what was done is on the disk or cannot be written; then which of the two.
    /// That a file could not be brought up to date is no loss: the journal has it.
    #[must_use]
    pub fn flush(&self) -> Saved {
        if let Some(session) = &self.session {
            session.flush().unwrap_or_default();
        }
        self.saved()
    }

    /// Tries again to write what could not be written.
    pub fn retry(&self) {
        if let Some(session) = &self.session {
            session.retry();
        }
    }

    /// Waits until everything is in the files, and closes.
    ///
    /// # Errors
    ///
    /// If the disk does not take everything. What was saved stays saved.
    pub fn close(self) -> Result<(), Error> {
        match self.session {
            Some(session) => Ok(session.close()?),
            None => Ok(()),
        }
    }

    /// Takes the store's list; of the counts, what has changed.
    fn refresh(&mut self) {
        let documents = self.store.documents();
        let before = std::mem::replace(&mut self.documents, documents);
        self.revision = self.store.revision();
        let changed = self.documents.changed_since(&before);
        let Some(changed) = changed.filter(|_| !self.counts.is_empty()) else {
            self.counts = State::ALL.map(|state| (state, 0)).into();
            for entry in self.documents.iter() {
                count_state(&mut self.counts, entry.state(&self.annotator), 1);
            }
            return;
        };
        for at in changed {
            for (documents, by) in [(&before, -1), (&self.documents, 1)] {
                if let Some(entry) = documents.get(at) {
                    count_state(&mut self.counts, entry.state(&self.annotator), by);
                }
            }
        }
    }

    /// The first document that is neither finished nor ignored.
    #[must_use]
    pub fn first_unfinished(&self) -> Option<DocumentId> {
        self.documents
            .iter()
            .find(|entry| self.is_unfinished(entry))
            .map(|entry| entry.id.clone())
    }

    fn is_unfinished(&self, entry: &store::Entry) -> bool {
        matches!(entry.state(&self.annotator), State::New | State::InProgress)
    }

    /// Marks a range with a label; the span's id.
    ///
    /// # Errors
    ///
    /// If it makes no sense here ([`Refusal`](edit::Refusal)) or nothing can be changed.
    pub fn annotate(
        &mut self,
        selection: TextRange,
        label: &LabelId,
    ) -> Result<Option<SpanId>, Error> {
        let id = SpanId::random((self.ambient.random)());
        let transaction = edit::annotate(&self.context()?, selection, label, id)?;
        let span = spans::first_span(&transaction);
        self.commit(transaction)?;
        Ok(span)
    }

    /// Gives a span another label.
    ///
    /// # Errors
    ///
    /// As [`annotate`](Self::annotate).
    pub fn relabel(&mut self, id: &SpanId, label: &LabelId) -> Result<(), Error> {
        let transaction = edit::relabel(&self.context()?, id, label)?;
        self.commit(transaction)
    }

    /// Takes a span away.
    ///
    /// # Errors
    ///
    /// As [`annotate`](Self::annotate).
    pub fn remove(&mut self, id: &SpanId) -> Result<(), Error> {
        let transaction = edit::remove(&self.context()?, id)?;
        self.commit(transaction)
    }

    /// Writes a span's value; an empty one is none.
    ///
    /// # Errors
    ///
    /// As [`annotate`](Self::annotate).
    pub fn set_value(&mut self, id: &SpanId, value: &str) -> Result<(), Error> {
        let transaction = edit::set_value(&self.context()?, id, value)?;
        self.commit(transaction)
    }

    /// Writes one of a span's attributes; an empty text takes it away.
    ///
    /// # Errors
    ///
    /// As [`annotate`](Self::annotate).
    pub fn set_attribute(
        &mut self,
        id: &SpanId,
        attribute: &AttributeId,
        text: &str,
    ) -> Result<(), Error> {
        let transaction = edit::set_attribute(&self.context()?, id, attribute, text)?;
        self.commit(transaction)
    }

    /// Writes a span's note.
    ///
    /// # Errors
    ///
    /// As [`annotate`](Self::annotate).
    pub fn set_note(&mut self, id: &SpanId, note: &str) -> Result<(), Error> {
        let transaction = edit::set_note(&self.context()?, id, note)?;
        self.commit(transaction)
    }

    /// Marks a span as doubtful, or no longer.
    ///
    /// # Errors
    ///
    /// As [`annotate`](Self::annotate).
    pub fn set_doubtful(&mut self, id: &SpanId, doubtful: bool) -> Result<(), Error> {
        let transaction = edit::set_doubtful(&self.context()?, id, doubtful)?;
        self.commit(transaction)
    }

    /// Says how far the work on the open document is.
    ///
    /// # Errors
    ///
    /// As [`annotate`](Self::annotate).
    pub fn set_state(&mut self, state: State) -> Result<(), Error> {
        let transaction = edit::set_state(&self.context()?, state)?;
        self.commit(transaction)
    }

    /// Writes the remark on the open document.
    ///
    /// # Errors
    ///
    /// As [`annotate`](Self::annotate).
    pub fn set_document_note(&mut self, note: &str) -> Result<(), Error> {
        let transaction = edit::set_document_note(&self.context()?, note)?;
        self.commit(transaction)
    }

    /// Mends the open document's title, date and source.
    ///
    /// # Errors
    ///
    /// As [`annotate`](Self::annotate).
    pub fn edit_meta(&mut self, after: Meta) -> Result<(), Error> {
        let before = self.meta().ok_or(Error::NoDocument)?.clone();
        let id = self.document().ok_or(Error::NoDocument)?.id().clone();
        let transaction = edit::edit_meta(&id, &before, after, (self.ambient.now)())?;
        self.commit(transaction)
    }

    /// Declares the open document's finished set gold.
    ///
    /// # Errors
    ///
    /// If it is not finished, or the gold set is the same already.
    pub fn declare_gold(&mut self) -> Result<(), Error> {
        let document = self.document().ok_or(Error::NoDocument)?.id().clone();
        let key = SetKey { annotator: AnnotatorId::gold(), document };
        // Anybody may have declared it meanwhile.
        self.work.sets.remove(&key);
        self.load_set(&key)?;
        let set = self.set().ok_or(Error::NoDocument)?;
        let transaction = edit::declare_gold(set, self.work.set(&key), (self.ambient.now)())?;
        self.commit(transaction)
    }

    fn load_set(&mut self, key: &SetKey) -> Result<Vec<Problem>, Error> {
        if self.work.sets.contains_key(key) {
            return Ok(Vec::new());
        }
        let (set, problems) = self.store.set(key)?;
        self.work.sets.insert(key.clone(), set);
        Ok(problems)
    }

    fn load_meta(&mut self, id: &DocumentId) -> Result<(), Error> {
        if !self.work.metas.contains_key(id) {
            self.work.metas.insert(id.clone(), self.store.meta(id)?);
        }
        Ok(())
    }

    /// Finds the lanes of the open set's spans, and counts them.
    fn lay_lanes(&mut self) {
        let Some(open) = &mut self.open else { return };
        let spans = self.work.set(&open.key).map(AnnotationSet::spans).unwrap_or_default();
        let ranges: Vec<TextRange> = spans.iter().map(|span: &Span| span.range).collect();
        open.lanes = lanes(&ranges);
        open.labels.clear();
        for span in spans {
            match open.labels.get_mut(&span.label) {
                Some(count) => *count += 1,
                None => drop(open.labels.insert(span.label.clone(), 1)),
            }
        }
    }

    fn context(&self) -> Result<Context<'_>, Error> {
        let open = self.open.as_ref().ok_or(Error::NoDocument)?;
        let set = self.work.set(&open.key).ok_or(Error::NoDocument)?;
        let at = (self.ambient.now)();
        Ok(Context { document: &open.document, schema: &self.schema, set, at })
    }
}

fn count_state(counts: &mut [(State, usize)], state: State, by: isize) {
    if let Some((_, count)) = counts.iter_mut().find(|(of, _)| *of == state) {
        *count = count.saturating_add_signed(by);
    }
}

/// A name for a new project: its folder's.
#[must_use]
pub fn name_of(root: &Path) -> String {
    let name = root.file_name().map(|name| name.to_string_lossy().into_owned());
    name.unwrap_or_else(|| both("مشروع", "project").en.to_owned())
}
