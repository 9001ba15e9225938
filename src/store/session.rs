//! A session: one annotator's way to write.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::thread::JoinHandle;

use super::checkpoint::clean_staging;
use super::disk::{Folders, Lock};
use super::history::History;
use super::import::Import;
use super::journal::{self, Tail};
use super::kept::Conflict;
use super::record::{self, Body, FileKey, SegmentHead, Stamp};
use super::state::{Desk, Inner, State};
use super::writer::{Line, Shared, Writer};
use super::{Error, Store, scan, writer};
use crate::edit::Transaction;
use crate::model::{AnnotatorId, DocumentId, Problem, Timestamp};

/// One annotator's way to write. Dropping it closes it; [`close`](Self::close) says whether
/// everything reached the files.
///
/// All methods may be called from any thread.
pub struct Session {
    pub(super) inner: Arc<Inner>,
    pub(super) desk: Desk,
    pub(super) shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
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
    /// The disk did not take them; it is tried again by itself, and at [`Session::retry`].
    Failed {
        /// How many transactions are not on the disk.
        pending: usize,
        /// Why.
        error: Error,
    },
}

impl Session {
    pub(super) fn open(
        store: &Store,
        desk: Desk,
        wake: Arc<dyn Fn() + Send + Sync>,
    ) -> Result<Self, Error> {
        if desk.as_ref().is_some_and(AnnotatorId::is_gold) {
            return Err(Error::NotYours { ours: None, theirs: AnnotatorId::gold() });
        }
        let inner = store.inner.clone();
        let taken = take_desk(&inner, &desk)?;
        let writer = take_over(&inner, &desk, wake, taken);
        let writer = writer.inspect_err(|_| {
            inner.state().desks.remove(&desk);
        })?;
        let shared = writer.shared.clone();
        let name = writer::THREAD.to_owned();
        let thread = std::thread::Builder::new().name(name).spawn(move || writer.run());
        let thread = thread.map_err(|error| Error::io(&inner.layout.root, error))?;
        Ok(Self { inner, desk, shared, thread: Some(thread) })
    }

    /// Whose work it writes; none for documents alone.
    #[must_use]
    pub fn annotator(&self) -> Option<&AnnotatorId> {
        self.desk.as_ref()
    }

    /// Applies a transaction and hands it to the writer, without waiting for the disk to take
    /// it. Returns its number: it is saved once [`saved_up_to`](Self::saved_up_to) has reached
    /// that.
    ///
    /// A session changes its annotator's sets, gold sets and metas. What it is about is read
    /// from the disk if it was not lately, so whoever must not wait has asked for it before
    /// ([`Store::set`]).
    ///
    /// # Errors
    ///
    /// If the transaction does not fit what is there ([`Error::Stale`]), touches another
    /// annotator's set, a set's file cannot be read, or another session of this process is
    /// writing it. Nothing is changed then.
    pub fn commit(&self, transaction: &Transaction) -> Result<u64, Error> {
        let mut state = self.inner.state();
        if self.shared.queue().has_ended() {
            return Err(Error::Closed);
        }
        let mut keys = BTreeSet::new();
        for edit in &transaction.edits {
            let key = FileKey::of(edit);
            self.check_ours(&key)?;
            keys.insert(key);
        }
        for key in &keys {
            self.inner.ensure_open(&mut state, key)?;
            self.check_free(&state, key)?;
        }
        state.work.apply(transaction)?;
        let mut queue = self.shared.queue();
        let stamp = Stamp { seq: queue.last + 1, saved: queue.saved, at: transaction.at };
        let documents: BTreeMap<_, _> = keys
            .iter()
            .filter_map(|key| Some((key.document(), state.document_of(key.document())?)))
            .collect();
        let document = |id: &DocumentId| documents.get(id).map(|document| &**document);
        let text = record::write_transaction(stamp, transaction, document);
        queue.last = stamp.seq;
        queue.lines.push(Line { seq: stamp.seq, text, at: stamp.at, import: None });
        drop(queue);
        for key in &keys {
            state.set_ahead(key, &self.desk, stamp.seq);
            state.list(key);
        }
        state.close_oldest();
        state.revision += 1;
        drop(state);
        self.shared.notify();
        Ok(stamp.seq)
    }

    /// Whether everything committed is on the disk. Quick: meant for every frame.
    #[must_use]
    pub fn status(&self) -> Status {
        let queue = self.shared.queue();
        let pending = usize::try_from(queue.last - queue.saved).unwrap_or(usize::MAX);
        match (&queue.failed, pending) {
            (_, 0) => Status::Saved,
            (_, pending) if queue.has_ended() => {
                Status::Failed { pending, error: Error::Closed }
            }
            (None, pending) => Status::Saving { pending },
            (Some(error), pending) => Status::Failed { pending, error: error.clone() },
        }
    }

    /// The number of the last transaction that is on the disk, with all before it.
    #[must_use]
    pub fn saved_up_to(&self) -> u64 {
        self.shared.queue().saved
    }

    /// Waits until the transaction of that number is saved.
    ///
    /// # Errors
    ///
    /// If the disk does not take it; it is tried again as long as the session is open.
    pub fn wait_saved(&self, number: u64) -> Result<(), Error> {
        self.shared.wait_saved(number)
    }

    /// Asks the writer to try again now, after [`Status::Failed`].
    pub fn retry(&self) {
        self.shared.retry();
    }

    /// Waits until everything committed is saved *and* in the files.
    ///
    /// # Errors
    ///
    /// If the disk does not take it, or a file is in the way. What was saved stays saved.
    pub fn flush(&self) -> Result<(), Error> {
        self.shared.flush()
    }

    /// What went wrong since the last call, such as conflicts with other programs. After a
    /// conflict the set is what the other program wrote; read it anew ([`Store::set`]).
    #[must_use]
    pub fn take_problems(&self) -> Vec<Problem> {
        std::mem::take(&mut self.shared.queue().problems)
    }

    /// Settles a conflict: what was kept of it is removed. Whoever wants it has committed it
    /// before; all that was saved is in the history too.
    ///
    /// # Errors
    ///
    /// If it cannot be removed.
    pub fn drop_conflict(&self, conflict: &Conflict) -> Result<(), Error> {
        let path = &conflict.path;
        self.inner.disk.remove(path).map_err(|error| Error::io(path, error))
    }

    /// Begins an import. Only one is under way in a project at a time. What this session
    /// imported before is put into its place first, where that was not done yet.
    ///
    /// # Errors
    ///
    /// If another window or command is importing ([`Error::Locked`]), or nothing can be
    /// written.
    pub fn import(&self, at: Timestamp) -> Result<Import<'_>, Error> {
        let is_placed = self.shared.queue().import_locks.is_empty();
        if !is_placed {
            self.flush()?;
        }
        Import::begin(self, at)
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

    /// Whether this session may change that file.
    pub(super) fn check_ours(&self, key: &FileKey) -> Result<(), Error> {
        let Some(ours) = &self.desk else {
            return Err(Error::NoAnnotator(key.document().clone()));
        };
        match key {
            FileKey::Set(key) if key.annotator != *ours && !key.annotator.is_gold() => {
                let (ours, theirs) = (self.desk.clone(), key.annotator.clone());
                Err(Error::NotYours { ours, theirs })
            }
            FileKey::Set(_) | FileKey::Meta(_) => Ok(()),
        }
    }

    /// Whether no other session of this process is ahead of the file.
    fn check_free(&self, state: &State, key: &FileKey) -> Result<(), Error> {
        let ahead = state.open.get(key).and_then(|file| file.ahead.clone());
        match ahead {
            Some((desk, _)) if desk != self.desk => {
                Err(Error::Locked { annotator: desk, path: self.inner.path_of(key) })
            }
            _ => Ok(()),
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.shared.stop();
        if let Some(thread) = self.thread.take() {
            // If it panicked, the journal has what was saved.
            drop(thread.join());
        }
        self.inner.state().desks.remove(&self.desk);
    }
}

/// Makes a desk's folder and takes its lock.
fn take_desk(inner: &Inner, desk: &Desk) -> Result<(Box<dyn Lock>, Folders), Error> {
    let (disk, layout) = (&*inner.disk, &inner.layout);
    let folder = layout.desk(desk.as_ref());
    let path = folder.join("lock");
    let mut folders = Folders::new(&layout.root);
    let lock = scan::make_own(disk, layout)
        .and_then(|()| folders.make(disk, &[folder]))
        .and_then(|()| disk.try_lock(&path))
        .map_err(|error| Error::io(&path, error))?;
    match lock {
        Some(lock) => Ok((lock, folders)),
        None => Err(Error::Locked { annotator: desk.clone(), path }),
    }
}

/// Takes over what an earlier session left in the journal, and brings it into the files.
fn take_over(
    inner: &Arc<Inner>,
    desk: &Desk,
    wake: Arc<dyn Fn() + Send + Sync>,
    taken: (Box<dyn Lock>, Folders),
) -> Result<Writer, Error> {
    let (disk, layout) = (&*inner.disk, &inner.layout);
    let folder = layout.desk(desk.as_ref());
    let mut tail = journal::read_tail(disk, &folder)?;
    let history = match desk {
        Some(annotator) => Some(History::open(inner.disk.clone(), layout.history(annotator))?),
        None => None,
    };
    tail.last = tail.last.max(history.as_ref().map_or(0, |history| history.last));
    let mut needed = BTreeSet::new();
    for (record, _) in &tail.records {
        if let Body::Import { shards, edits } = &record.body {
            needed.extend(shards.iter().map(|shard| shard.staged.clone()));
            needed.extend(edits.clone());
        }
    }
    clean_staging(inner, &layout.staging(desk.as_ref()), &needed);
    take_pending(inner, desk, &tail)?;
    let shared = Shared::new(tail.last, wake);
    let (is_behind, last) = (!tail.records.is_empty(), tail.last);
    let damaged = std::mem::take(&mut tail.damaged);
    let problems = std::mem::take(&mut tail.problems);
    let mut writer = Writer::new(inner.clone(), desk.clone(), shared, history, tail, taken);
    writer.shared.queue().problems = problems;
    for path in damaged {
        let bytes = disk.read(&path).map_err(|error| Error::io(&path, error))?;
        writer.keep_damaged(&path, &bytes)?;
    }
    if is_behind {
        match writer.checkpoint() {
            Err(error) if super::checkpoint::is_about_a_file(&error) => {
                writer.shared.queue().problems.push(error.to_problem());
            }
            other => other?,
        }
    }
    if !writer.journal.is_open() {
        let head = SegmentHead { annotator: desk.clone(), done: writer.done, from: last + 1 };
        writer.journal.start(&head, "")?;
        if writer.lines.is_empty() {
            writer.journal.trim()?;
        }
    }
    Ok(writer)
}

/// What the journal of a desk has beyond the files is what waits, and nothing else.
fn take_pending(inner: &Inner, desk: &Desk, tail: &Tail) -> Result<(), Error> {
    let mut state = inner.state();
    if !state.desks.insert(desk.clone()) {
        unreachable!("a lock is held by one session")
    }
    let has_import =
        tail.records.iter().any(|(record, _)| matches!(record.body, Body::Import { .. }));
    if has_import && scan::has_news(inner, &state) {
        scan::refresh(inner, &mut state)?;
    }
    for pending in state.pending.values_mut() {
        pending.retain(|pending| pending.desk != *desk);
    }
    let state = &mut *state;
    for (record, _) in &tail.records {
        scan::add_pending(&*inner.disk, &inner.layout, desk, record, &mut state.pending);
    }
    state.pending.retain(|_, pending| !pending.is_empty());
    // What was read with an older tail is read again.
    let stale = state
        .open
        .iter()
        .filter(|(_, file)| file.ahead.as_ref().is_some_and(|(other, _)| other == desk));
    for key in stale.map(|(key, _)| key.clone()).collect::<Vec<_>>() {
        state.close(&key);
    }
    Ok(())
}
