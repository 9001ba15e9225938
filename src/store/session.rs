//! A session: one annotator's way to write.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use super::catalog::{Catalog, Entry, Location, Summary};
use super::disk::{self, Disk, Lock, SyncSite};
use super::record::{self, SetFile, ShardLine};
use super::{Error, Store, scan};
use crate::edit::{Edit, Transaction};
use crate::model::{AnnotatorId, Digest, Document, DocumentId, SetKey, Span, State, Timestamp};

/// One annotator's way to write. Dropping it closes it; [`close`](Self::close) says whether
/// everything reached the files.
///
/// All methods may be called from any thread.
pub struct Session {
    store: Store,
    annotator: Option<AnnotatorId>,
    number: Mutex<u64>,
    _lock: Box<dyn Lock>,
}

/// Whether what was committed is on the disk.
#[derive(Clone, Debug)]
pub enum Status {
    /// All of it is, and survives a power cut.
    Saved,
    /// So many transactions are not yet.
    Saving {
        /// How many.
        pending: usize,
    },
    /// The disk took them not; it is tried again by itself, and at [`Session::retry`].
    Failed {
        /// How many transactions are not on the disk.
        pending: usize,
        /// Why.
        error: Error,
    },
}

/// What an import makes of one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It is new.
    New,
    /// It was there already, with the same text: only its spans are looked at.
    Same,
    /// It is new, and its text is that of another document.
    Copy {
        /// The other document.
        of: DocumentId,
    },
}

/// What an import brought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Documents that are new, copies among them.
    pub documents: usize,
    /// Documents that were there already.
    pub same: usize,
    /// Spans that are new.
    pub spans: usize,
    /// Spans that were there already.
    pub same_spans: usize,
}

/// An import under way: taken whole with [`commit`](Self::commit), or not at all if dropped.
pub struct Import<'a> {
    session: &'a Session,
    at: Timestamp,
    documents: Vec<Document>,
    sets: Vec<(Document, Vec<Span>, Option<State>)>,
    imported: Imported,
}

impl Session {
    pub(super) fn open(
        store: Store,
        annotator: Option<AnnotatorId>,
        _wake: Arc<dyn Fn() + Send + Sync>,
    ) -> Result<Self, Error> {
        let inner = &store.inner;
        let folder = inner.layout.desk(annotator.as_ref());
        let path = folder.join("lock");
        disk::create_folders(&*inner.disk, &inner.layout.root, &folder)
            .and_then(|()| inner.disk.try_lock(&path))
            .map_err(|error| Error::io(&path, error))?
            .map(|lock| Self {
                annotator: annotator.clone(),
                store,
                number: Mutex::new(0),
                _lock: lock,
            })
            .ok_or(Error::Locked { annotator, path })
    }

    /// Whose work it writes; none for documents alone.
    #[must_use]
    pub fn annotator(&self) -> Option<&AnnotatorId> {
        self.annotator.as_ref()
    }

    /// Applies a transaction and hands it to the writer, without waiting for the disk. Returns
    /// its number: it is saved once [`saved_up_to`](Self::saved_up_to) has reached that.
    ///
    /// A session changes its annotator's sets, gold sets and metas.
    ///
    /// # Errors
    ///
    /// If the transaction does not fit what is there ([`Error::Stale`]), touches another
    /// annotator's set, or a set's file cannot be read. Nothing is changed then.
    pub fn commit(&self, transaction: &Transaction) -> Result<u64, Error> {
        let inner = &self.store.inner;
        let mut work = crate::edit::Work::default();
        let mut files: Vec<(SetFile, Arc<Document>)> = Vec::new();
        for edit in &transaction.edits {
            let document = self.store.document(edit.document())?;
            match edit.set() {
                Some(key) => {
                    let ours = self.annotator.as_ref() == Some(&key.annotator);
                    if !ours && !key.annotator.is_gold() {
                        let theirs = key.annotator.clone();
                        return Err(Error::NotYours { ours: self.annotator.clone(), theirs });
                    }
                    if work.set(key).is_none() {
                        let (file, _) = scan::set(inner, &document, key)?;
                        work.sets.insert(key.clone(), file.set.clone());
                        files.push((file, document));
                    }
                }
                None => {
                    let meta = self.store.meta(edit.document())?;
                    work.metas.insert(edit.document().clone(), meta);
                }
            }
        }
        work.apply(transaction)?;
        for (mut file, document) in files {
            let Some(set) = work.sets.remove(&file.set.key) else { continue };
            file.set = set;
            let text = record::write_set(&document, &file);
            let path = inner.layout.set(&file.set.key);
            write(&*inner.disk, &inner.layout.root, &path, text.as_bytes())?;
            let annotator = file.set.key.annotator.clone();
            let head = record::skim_set(text.as_bytes()).unwrap_or_default();
            let summary = Summary::of(annotator.clone(), head);
            let mut state = inner.state();
            let documents = Arc::make_mut(&mut state.documents.0);
            documents.put_summary(document.id(), &annotator, Some(summary));
        }
        for edit in &transaction.edits {
            if let Edit::Meta(id, change) = edit {
                let text =
                    record::write_meta(id, &change.after, &crate::model::Extra::default());
                let path = inner.layout.meta(id);
                write(&*inner.disk, &inner.layout.root, &path, text.as_bytes())?;
                let mut state = inner.state();
                let documents = Arc::make_mut(&mut state.documents.0);
                documents.change(id, |entry| entry.meta.clone_from(&change.after));
            }
        }
        inner.state().revision += 1;
        let mut number = self.number.lock().unwrap_or_else(PoisonError::into_inner);
        *number += 1;
        Ok(*number)
    }

    /// Whether everything committed is on the disk. Quick: meant for every frame.
    #[must_use]
    pub fn status(&self) -> Status {
        Status::Saved
    }

    /// The number of the last transaction that is on the disk, with all before it.
    #[must_use]
    pub fn saved_up_to(&self) -> u64 {
        *self.number.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks the writer to try again now, after [`Status::Failed`].
    pub fn retry(&self) {}

    /// Waits until everything committed is saved *and* in the files.
    ///
    /// # Errors
    ///
    /// If the disk does not take it. What was saved stays saved.
    pub fn flush(&self) -> Result<(), Error> {
        Ok(())
    }

    /// What went wrong since the last call, such as conflicts with other programs.
    #[must_use]
    pub fn take_problems(&self) -> Vec<crate::model::Problem> {
        Vec::new()
    }

    /// Begins an import. Only one is under way in a project at a time.
    ///
    /// # Errors
    ///
    /// If another window or command is importing ([`Error::Locked`]), or nothing can be
    /// written.
    pub fn import(&self, at: Timestamp) -> Result<Import<'_>, Error> {
        let imported = Imported::default();
        Ok(Import { session: self, at, documents: Vec::new(), sets: Vec::new(), imported })
    }

    /// Waits as [`flush`](Self::flush) does, and ends the session.
    ///
    /// # Errors
    ///
    /// If the disk does not take everything. What was saved stays saved, and the next session
    /// finds it.
    pub fn close(self) -> Result<(), Error> {
        self.flush()
    }
}

impl Import<'_> {
    /// Takes a document and this annotator's spans on it. `state` is given to a set that is
    /// new. Spans that the set has already, by id, are left as they are.
    ///
    /// Text and spans go to the disk at once and take no memory.
    ///
    /// # Errors
    ///
    /// [`Error::OtherText`] if the project or this import has another text under that id, and
    /// [`Error::NoAnnotator`] if there are spans and the session is nobody's: nothing of it is
    /// taken then, and the import may go on without it. Other errors end it.
    pub fn add(
        &mut self,
        document: &Document,
        spans: Vec<Span>,
        state: Option<State>,
    ) -> Result<Taken, Error> {
        if self.session.annotator.is_none() && !spans.is_empty() {
            return Err(Error::NoAnnotator(document.id().clone()));
        }
        let known = self.session.store.documents();
        let here = |id: &DocumentId| self.documents.iter().find(|other| other.id() == id);
        let digest = known
            .find(document.id())
            .map(|entry| entry.digest)
            .or_else(|| here(document.id()).map(Document::digest));
        let taken = match digest {
            Some(digest) if digest == document.digest() => {
                self.imported.same += 1;
                Taken::Same
            }
            Some(_) => return Err(Error::OtherText(document.id().clone())),
            None => {
                let of = known.iter().find(|entry| entry.digest == document.digest());
                let of = of.map(|entry| entry.id.clone());
                self.imported.documents += 1;
                self.documents.push(document.clone());
                of.map_or(Taken::New, |of| Taken::Copy { of })
            }
        };
        if !spans.is_empty() || state.is_some() {
            self.sets.push((document.clone(), spans, state));
        }
        Ok(taken)
    }

    /// Takes everything, as one transaction, and waits until it is on the disk.
    ///
    /// # Errors
    ///
    /// If the disk does not take it. Nothing was imported then.
    pub fn commit(mut self) -> Result<Imported, Error> {
        let inner = &self.session.store.inner;
        if !self.documents.is_empty() {
            let order = inner.state().documents.len() as u64 + 1;
            let mut text = record::write_shard_head(order, self.at);
            let mut entries = Vec::new();
            for (line, document) in (2_u64..).zip(&self.documents) {
                let start = text.len();
                record::write_document(&mut text, document);
                let location = Location {
                    shard: "".into(),
                    offset: start as u64,
                    len: text.len() - start - 1,
                    line,
                };
                entries.push(Entry::new(ShardLine::of(document), location));
            }
            let name: Arc<str> = format!("{}.jsonl", Digest::of(text.as_bytes())).into();
            for entry in &mut entries {
                entry.location.shard = name.clone();
            }
            let path = inner.layout.documents().join(&*name);
            write(&*inner.disk, &inner.layout.root, &path, text.as_bytes())?;
            let mut state = inner.state();
            let catalog: &mut Catalog = Arc::make_mut(&mut state.documents.0);
            catalog.extend(entries);
            state.revision += 1;
        }
        for (document, spans, state) in std::mem::take(&mut self.sets) {
            let Some(annotator) = self.session.annotator.clone() else { continue };
            let key = SetKey { annotator, document: document.id().clone() };
            let (file, _) = scan::set(inner, &document, &key)?;
            let mut edits = Vec::new();
            for span in spans {
                if file.set.span(&span.id).is_some() {
                    self.imported.same_spans += 1;
                } else {
                    self.imported.spans += 1;
                    edits.push(Edit::span(key.clone(), span.id.clone(), None, Some(span)));
                }
            }
            if let Some(state) = state.filter(|_| file.set.state == State::New) {
                edits.push(Edit::State(key, crate::edit::Change::new(State::New, state)));
            }
            self.session.commit(&Transaction {
                step: crate::edit::Step::Import,
                direction: crate::edit::Direction::Do,
                edits,
                look_at: None,
                at: self.at,
            })?;
        }
        Ok(self.imported)
    }
}

/// Writes a file in place of another, with its folders.
fn write(disk: &dyn Disk, root: &Path, path: &Path, bytes: &[u8]) -> Result<(), Error> {
    if let Some(folder) = path.parent() {
        disk::create_folders(disk, root, folder).map_err(|error| Error::io(folder, error))?;
    }
    replace(disk, path, bytes)
}

/// Writes a file in place of another: a reader finds the old one or the new one, whole.
pub(super) fn replace(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let beside = path.with_extension("beside");
    let write = || {
        if disk.stat(&beside).is_ok() {
            disk.remove(&beside)?;
        }
        disk::write_new(disk, &beside, bytes)?;
        disk.sync(SyncSite::Beside, std::slice::from_ref(&beside))?;
        disk.rename(&beside, path)?;
        let folder = path.parent().map(Path::to_owned);
        disk.sync(SyncSite::BesideName, folder.as_slice())
    };
    write().map_err(|error| Error::io(path, error))
}
