//! Which documents are listed, and in which order: found in a thread where there are many, and
//! kept up document by document while somebody works.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::thread;

use super::Project;
use super::filter::Asking;
use super::order::{Key, Order};
use crate::find::{Options, Query, Wrong};
use crate::model::{AnnotatorId, DocumentId, Schema, State};
use crate::store::{Documents, Entry, Store};

/// Up to how many documents are looked through in the frame itself: some milliseconds at most.
const AT_ONCE: usize = 2_000;

/// Up to how many changed documents are put in their places one by one.
const FEW: usize = 64;

/// How many documents a thread looks at before it asks whether it is still wanted.
const CHUNK: usize = 256;

/// What is asked of the list.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// A query, as it is written.
    pub text: &'a str,
    /// The state that documents must have; none for any.
    pub state: Option<State>,
    /// Their order.
    pub order: Order,
}

/// What is asked of the list, understood.
#[derive(Debug)]
struct Wanted {
    query: Query,
    /// Whether spans must be read to know.
    reads: bool,
    state: Option<State>,
    order: Order,
    annotator: AnnotatorId,
}

/// Which documents are listed, in order.
///
/// Holds their places in the project, and what the documents were then: where one has changed
/// since, only its own place is found anew.
#[derive(Debug, Default)]
pub struct Listing {
    /// What was asked last: the query as written, the state, the order, the schema.
    asked: Option<(String, Option<State>, Order, Schema)>,
    wanted: Option<Arc<Wanted>>,
    wrong: Option<Wrong>,
    rows: Vec<u32>,
    /// The documents as `rows` lists them.
    documents: Documents,
    revision: Option<u64>,
    coming: Option<Coming>,
    /// Everybody who has a set; none where that was not asked or may have changed.
    annotators: Option<Vec<AnnotatorId>>,
}

/// A list that a thread makes.
#[derive(Debug)]
struct Coming {
    documents: Documents,
    rows: Receiver<Vec<u32>>,
    stop: Arc<AtomicBool>,
}

impl Drop for Coming {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

impl Listing {
    /// Brings the list up to what is asked and to the project; whether it is another one then.
    ///
    /// Cheap where nothing has changed, and where few documents have. `wake` is called from
    /// another thread once there is more to follow.
    pub fn follow(
        &mut self,
        project: &Project,
        asked: Asked<'_>,
        wake: impl Fn() + Send + 'static,
    ) -> bool {
        let mut is_new = self.take_coming();
        if self.is_other(project, asked) {
            let schema = project.schema().clone();
            self.asked = Some((asked.text.to_owned(), asked.state, asked.order, schema));
            match Query::parse(asked.text, Options::default(), project.schema()) {
                // While something is being written, what was listed before stays.
                Err(wrong) => self.wrong = Some(wrong),
                Ok(query) => {
                    self.wrong = None;
                    let reads = query.spans.iter().any(|filter| !filter.needs_counts_only());
                    let (state, order) = (asked.state, asked.order);
                    let annotator = project.annotator.clone();
                    let wanted = Wanted { query, reads, state, order, annotator };
                    self.wanted = Some(Arc::new(wanted));
                    return self.begin(project, wake) || is_new;
                }
            }
        }
        if self.revision != Some(project.revision) {
            match project.documents.changed_since(&self.documents) {
                Some(changed) if changed.len() <= FEW => {
                    is_new |= self.put(project, &changed);
                }
                // What is under way began from documents that are gone; after it comes this.
                _ if self.coming.is_some() => {}
                _ => {
                    self.annotators = None;
                    is_new |= self.begin(project, wake);
                }
            }
        }
        is_new
    }

    /// The listed documents' places in the project, in order.
    #[must_use]
    pub fn rows(&self) -> &[u32] {
        &self.rows
    }

    /// The place in the project of the document in a row.
    #[must_use]
    pub fn place(&self, row: usize) -> Option<usize> {
        self.rows.get(row).map(|place| *place as usize)
    }

    /// The row of the document of that place in the project; none if it is not listed.
    #[must_use]
    pub fn row_of(&self, place: usize) -> Option<usize> {
        let place = u32::try_from(place).ok()?;
        self.rows.iter().position(|row| *row == place)
    }

    /// What is wrong with what is asked.
    #[must_use]
    pub fn wrong(&self) -> Option<&Wrong> {
        self.wrong.as_ref()
    }

    /// Whether another list is being made.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.coming.is_some()
    }

    /// Everybody who has a set in the project.
    pub fn annotators(&mut self, project: &Project) -> &[AnnotatorId] {
        self.annotators.get_or_insert_with(|| project.store.annotators())
    }

    /// The rows between those that come before a document and those that come after it: its
    /// own row, or none where it is not listed.
    #[must_use]
    pub fn around(&self, project: &Project, place: usize) -> Range<usize> {
        if let Some(row) = self.row_of(place) {
            return row..row + 1;
        }
        let row = self.wanted.as_ref().and_then(|wanted| {
            let key = wanted.key_at(&project.documents, place)?;
            Some(wanted.row_for(&self.rows, &project.documents, &key))
        });
        row.map_or(0..0, |row| row..row)
    }

    fn is_other(&self, project: &Project, asked: Asked<'_>) -> bool {
        self.asked.as_ref().is_none_or(|(text, state, order, schema)| {
            *text != asked.text
                || *state != asked.state
                || *order != asked.order
                || (self.revision != Some(project.revision) && schema != project.schema())
        })
    }

    /// Makes the list anew, in a thread where that takes long; whether it is there already.
    fn begin(&mut self, project: &Project, wake: impl Fn() + Send + 'static) -> bool {
        self.coming = None;
        let Some(wanted) = self.wanted.clone() else { return false };
        let documents = project.documents.clone();
        if wanted.is_all() || (documents.len() <= AT_ONCE && !wanted.reads) {
            self.rows = wanted.rows(&documents, None, &|| true).unwrap_or_default();
            (self.documents, self.revision) = (documents, Some(project.revision));
            return true;
        }
        let (sender, rows) = channel();
        let stop = Arc::new(AtomicBool::new(false));
        let coming = Coming { documents: documents.clone(), rows, stop: Arc::clone(&stop) };
        let store = project.store.clone();
        let work = move || {
            let goes_on = || !stop.load(Ordering::Relaxed);
            if let Some(rows) = wanted.rows(&documents, Some(&store), &goes_on) {
                sender.send(rows).ok();
            }
            drop(sender);
            wake();
        };
        let thread = thread::Builder::new().name("list".to_owned()).spawn(work);
        // Without a thread what was listed before stays, until something changes.
        self.coming = thread.is_ok().then_some(coming);
        self.revision = None;
        false
    }

    fn take_coming(&mut self) -> bool {
        let Some(coming) = &self.coming else { return false };
        match coming.rows.try_recv() {
            Ok(rows) => {
                self.rows = rows;
                self.documents = coming.documents.clone();
                self.coming = None;
                true
            }
            Err(TryRecvError::Disconnected) => {
                self.coming = None;
                false
            }
            Err(TryRecvError::Empty) => false,
        }
    }

    /// Puts documents that have changed in their places; whether the list is another one then.
    fn put(&mut self, project: &Project, changed: &[usize]) -> bool {
        if self.coming.is_none() {
            self.revision = Some(project.revision);
        }
        let Some(wanted) = self.wanted.clone().filter(|_| self.coming.is_none()) else {
            return false;
        };
        let documents = &project.documents;
        self.documents = documents.clone();
        let entries = changed.iter().filter_map(|at| Some((*at, documents.get(*at)?)));
        let entries: Vec<(usize, &Entry)> = entries.collect();
        self.add_annotators(&entries);
        if wanted.is_all() {
            return false;
        }
        let before = self.rows.clone();
        self.rows.retain(|row| !changed.contains(&(*row as usize)));
        for (at, entry) in entries {
            let Some(key) = wanted.key_at(documents, at) else { continue };
            if wanted.lists(entry, Some(&project.store)) {
                let row = wanted.row_for(&self.rows, documents, &key);
                self.rows.insert(row, key.1);
            }
        }
        self.rows != before
    }

    fn add_annotators(&mut self, entries: &[(usize, &Entry)]) {
        let Some(all) = &mut self.annotators else { return };
        for set in entries.iter().flat_map(|(_, entry)| &entry.sets) {
            if let Err(at) = all.binary_search(&set.annotator)
                && !set.annotator.is_gold()
            {
                all.insert(at, set.annotator.clone());
            }
        }
    }
}

impl Wanted {
    /// Whether every document is listed, as they came: nothing is to be looked at then.
    fn is_all(&self) -> bool {
        self.query.is_empty() && self.state.is_none() && self.order == Order::default()
    }

    /// Whether a document is listed. What spans say is read with a `store` only.
    fn lists(&self, entry: &Entry, store: Option<&Store>) -> bool {
        let asking = Asking { query: &self.query, annotator: &self.annotator };
        self.state.is_none_or(|state| entry.state(&self.annotator) == state)
            && (self.query.is_empty() || asking.lists(entry, store.filter(|_| self.reads)))
    }

    fn key_at(&self, documents: &Documents, at: usize) -> Option<(Key, u32)> {
        let key = self.order.key((at, documents.get(at)?), &self.annotator);
        Some((key, u32::try_from(at).ok()?))
    }

    /// Before which of the rows a document belongs.
    fn row_for(&self, rows: &[u32], documents: &Documents, key: &(Key, u32)) -> usize {
        rows.partition_point(|row| {
            let other = self.key_at(documents, *row as usize);
            other.is_some_and(|other| self.order.compare(&other, key).is_lt())
        })
    }

    /// The documents that are listed, in order; none if it was stopped.
    fn rows(
        &self,
        documents: &Documents,
        store: Option<&Store>,
        goes_on: &dyn Fn() -> bool,
    ) -> Option<Vec<u32>> {
        if self.is_all() {
            return Some((0..).take(documents.len()).collect());
        }
        let mut keys = Vec::new();
        for (at, entry) in (0_u32..).zip(documents.iter()) {
            if (at as usize).is_multiple_of(CHUNK) && !goes_on() {
                return None;
            }
            if self.lists(entry, store) {
                keys.push((self.order.key((at as usize, entry), &self.annotator), at));
            }
        }
        keys.sort_unstable_by(|a, b| self.order.compare(a, b));
        Some(keys.into_iter().map(|(_, at)| at).collect())
    }
}

impl Project {
    /// The first unfinished document of those rows of a list.
    #[must_use]
    pub fn unfinished_of(
        &self,
        listing: &Listing,
        rows: impl IntoIterator<Item = usize>,
    ) -> Option<DocumentId> {
        let mut places = rows.into_iter().filter_map(|row| listing.place(row));
        let entry = places
            .find_map(|at| self.documents.get(at).filter(|entry| self.is_unfinished(entry)));
        entry.map(|entry| entry.id.clone())
    }
}

#[cfg(test)]
mod tests;
