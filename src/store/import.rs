//! An import: documents and spans, taken whole or not at all.
//!
//! Everything is staged first: texts in shards as they will lie among the documents, edits in a
//! file as it will lie in the history, a set a line. Then they are synced, and one line in the
//! journal says that they count. Memory holds what the list shows, and no text.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use super::catalog::{Documents, Entry, Location, Summary};
use super::disk::{self, Appender, Disk, Folders, Lock, SyncSite};
use super::record::{self, FileKey, RawEdit, SetFile, SetHead, ShardLine, StagedShard, Stamp};
use super::replay::replay_set;
use super::session::Session;
use super::state::{Content, Pending, PendingEdits, Rest, Shard, State as Opened};
use super::writer::{Line, StagedImport};
use super::{Error, scan};
use crate::edit::{Change, Edit, Stale};
use crate::model::{
    AnnotationSet, Digest, Document, DocumentId, Record, SetKey, Span, State, Timestamp,
};

/// The most that a shard may hold, in bytes, unless one document is longer.
const MAX_SHARD: u64 = 64 << 20;

/// How much is gathered before it is handed to the system, in bytes.
const BUFFER: usize = 256 << 10;

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

/// A value that a file gives to a span that is there already with another one, which stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherValue {
    /// The span that is there.
    pub span: Span,
    /// The file's value.
    pub value: String,
}

/// An import under way: taken whole with [`commit`](Self::commit), or not at all if dropped.
pub struct Import<'a> {
    session: &'a Session,
    at: Timestamp,
    lock: Option<Box<dyn Lock>>,
    staging: PathBuf,
    /// Tells the names of this import's files from those of others.
    number: u64,
    /// The place of the next shard among all.
    order: u64,
    known: Documents,
    by_digest: HashMap<Digest, DocumentId>,
    /// The new documents; each location's shard is counted from this import's first.
    entries: Vec<Entry>,
    new: HashMap<DocumentId, Digest>,
    shards: Vec<ShardFile>,
    edits: Option<StagedFile>,
    /// Where each set's edits are, and what the set will be.
    sets: BTreeMap<SetKey, (Vec<Place>, SetHead)>,
    imported: Imported,
    other_values: Vec<OtherValue>,
    is_committed: bool,
}

/// Where a line of the edits is, in bytes.
#[derive(Clone, Copy)]
struct Place {
    offset: u64,
    len: usize,
}

/// A shard on its way.
struct ShardFile {
    file: StagedFile,
    hash: Sha256,
    order: u64,
    count: usize,
}

/// A file on its way, written through a buffer.
struct StagedFile {
    name: String,
    path: PathBuf,
    file: Box<dyn Appender>,
    buffer: String,
    /// Its length, with what is in the buffer.
    len: u64,
}

impl StagedFile {
    fn create(disk: &dyn Disk, staging: &Path, name: String) -> Result<Self, Error> {
        let path = staging.join(&name);
        let file = disk.create(&path).map_err(|error| Error::io(&path, error))?;
        Ok(Self { name, path, file, buffer: String::new(), len: 0 })
    }

    fn push(&mut self, text: &str) -> Result<(), Error> {
        self.buffer.push_str(text);
        self.len += text.len() as u64;
        if self.buffer.len() < BUFFER { Ok(()) } else { self.empty_buffer() }
    }

    fn empty_buffer(&mut self) -> Result<(), Error> {
        let done = self.file.append(self.buffer.as_bytes());
        self.buffer.clear();
        done.map_err(|error| Error::io(&self.path, error))
    }
}

impl<'a> Import<'a> {
    pub(super) fn begin(session: &'a Session, at: Timestamp) -> Result<Self, Error> {
        let inner = &session.inner;
        let (disk, layout) = (&*inner.disk, &inner.layout);
        let path = layout.own().join("import.lock");
        let lock = disk.try_lock(&path).map_err(|error| Error::io(&path, error))?;
        let Some(lock) = lock else { return Err(Error::Locked { annotator: None, path }) };
        let staging = layout.staging(session.annotator());
        Folders::new(&layout.root)
            .make(disk, std::slice::from_ref(&staging))
            .map_err(|error| Error::io(&staging, error))?;
        let mut state = inner.state();
        if scan::has_news(inner, &state) {
            scan::refresh(inner, &mut state)?;
        }
        state.imports += 1;
        let last = state.shards.iter().map(|shard| shard.order).filter(|o| *o < u64::MAX).max();
        let known = state.documents.clone();
        let by_digest = known.iter().rev().map(|entry| (entry.digest, entry.id.clone()));
        Ok(Self {
            session,
            at,
            lock: Some(lock),
            staging,
            number: state.imports,
            order: last.map_or(1, |last| last + 1),
            by_digest: by_digest.collect(),
            known,
            entries: Vec::new(),
            new: HashMap::new(),
            shards: Vec::new(),
            edits: None,
            sets: BTreeMap::new(),
            imported: Imported::default(),
            other_values: Vec::new(),
            is_committed: false,
        })
    }

    /// Takes a document and this annotator's spans on it. `state` is given to a set that is
    /// new. Spans that the set has already, by id or by label and range, are left as they are;
    /// [`take_other_values`](Self::take_other_values) says what else a file had to say of them.
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
        let id = document.id();
        if self.session.desk.is_none() && !spans.is_empty() {
            return Err(Error::NoAnnotator(id.clone()));
        }
        let here = self.known.find(id).map(|entry| entry.digest);
        let here = here.or_else(|| self.new.get(id).copied());
        let taken = match here {
            Some(digest) if digest == document.digest() => {
                self.imported.same += 1;
                Taken::Same
            }
            Some(_) => return Err(Error::OtherText(id.clone())),
            None => {
                self.add_text(document)?;
                let of = self.by_digest.get(&document.digest()).cloned();
                if of.is_none() {
                    self.by_digest.insert(document.digest(), id.clone());
                }
                self.new.insert(id.clone(), document.digest());
                self.imported.documents += 1;
                of.map_or(Taken::New, |of| Taken::Copy { of })
            }
        };
        self.add_spans(document, spans, state)?;
        Ok(taken)
    }

    /// Takes what a file says of which of a document's spans belong together, after these were
    /// [added](Self::add). A record that the set has already is left as it is.
    ///
    /// # Errors
    ///
    /// If what was taken so far cannot be read back, or the disk fails: both end the import.
    pub fn add_records(
        &mut self,
        document: &Document,
        spans: &[Span],
        records: Vec<Record>,
    ) -> Result<(), Error> {
        let Some(annotator) = self.session.desk.clone() else { return Ok(()) };
        let key = SetKey { annotator, document: document.id().clone() };
        let set = self.set_so_far(&key, document)?;
        // A span that was there already has the id that it had.
        let ids: HashMap<_, _> = spans
            .iter()
            .filter_map(|span| Some((&span.id, find_same(&set, span)?.id.clone())))
            .collect();
        let mut edits = Vec::new();
        for record in records {
            let spans = record.spans.iter().filter_map(|id| ids.get(id).cloned());
            let record = Record { spans: spans.collect(), ..record };
            let is_same =
                |other: &Record| other.id == record.id || other.spans.iter().eq(&record.spans);
            if set.records.values().any(is_same) {
                continue;
            }
            let id = record.id.clone();
            let change = Box::new(Change::new(None, Some(record)));
            edits.push(Edit::Record(key.clone(), id, change));
        }
        let head = SetHead::of(&set);
        self.stage(key, &edits, head, document)
    }

    /// The values that were not taken since the last call, as another one is there.
    #[must_use]
    pub fn take_other_values(&mut self) -> Vec<OtherValue> {
        std::mem::take(&mut self.other_values)
    }

    fn add_text(&mut self, document: &Document) -> Result<(), Error> {
        let mut line = String::with_capacity(document.text().len() + 256);
        record::write_document(&mut line, document);
        let disk = &*self.session.inner.disk;
        let is_full = |shard: &ShardFile| shard.file.len + line.len() as u64 > MAX_SHARD;
        if self.shards.last().is_none_or(is_full) {
            if let Some(full) = self.shards.last_mut() {
                full.file.empty_buffer()?;
            }
            let order = self.order + self.shards.len() as u64;
            let name = format!("shard-{}-{order}", self.number);
            let file = StagedFile::create(disk, &self.staging, name)?;
            let mut shard = ShardFile { file, hash: Sha256::new(), order, count: 0 };
            shard.push(&record::write_shard_head(order, self.at))?;
            self.shards.push(shard);
        }
        let at = self.shards.len() - 1;
        let Some(shard) = self.shards.last_mut() else {
            unreachable!("a shard was begun where there was none")
        };
        let location = Location {
            shard: at,
            offset: shard.file.len,
            len: line.len() - 1,
            line: shard.count as u64 + 2,
        };
        shard.count += 1;
        shard.push(&line)?;
        self.entries.push(Entry::new(ShardLine::of(document), location));
        Ok(())
    }

    fn add_spans(
        &mut self,
        document: &Document,
        spans: Vec<Span>,
        state: Option<State>,
    ) -> Result<(), Error> {
        let Some(annotator) = self.session.desk.clone() else { return Ok(()) };
        if spans.is_empty() && state.is_none() {
            return Ok(());
        }
        let key = SetKey { annotator, document: document.id().clone() };
        let set = self.set_so_far(&key, document)?;
        let mut head = SetHead::of(&set);
        let mut edits = Vec::new();
        let mut seen = std::collections::BTreeSet::new();
        for span in spans {
            if let Some(there) = find_same(&set, &span) {
                self.imported.same_spans += 1;
                if let Some(value) =
                    span.value.filter(|value| Some(value) != there.value.as_ref())
                {
                    self.other_values.push(OtherValue { span: there.clone(), value });
                }
                continue;
            }
            if !seen.insert(span.id.clone()) {
                self.imported.same_spans += 1;
                continue;
            }
            self.imported.spans += 1;
            *head.labels.entry(span.label.clone()).or_default() += 1;
            head.doubtful += u32::from(span.doubtful);
            edits.push(Edit::span(key.clone(), span.id.clone(), None, Some(span)));
        }
        if let Some(state) =
            state.filter(|state| set.state == State::New && *state != State::New)
        {
            head.state = state;
            edits.push(Edit::State(key.clone(), Change::new(State::New, state)));
        }
        self.stage(key, &edits, head, document)
    }

    /// Stages edits of a set; `head` is what its file will say.
    fn stage(
        &mut self,
        key: SetKey,
        edits: &[Edit],
        head: SetHead,
        document: &Document,
    ) -> Result<(), Error> {
        if edits.is_empty() {
            return Ok(());
        }
        let line = record::write_import_edits(edits, document);
        let file = match &mut self.edits {
            Some(file) => file,
            none => {
                let disk = &*self.session.inner.disk;
                let name = format!("edits-{}", self.number);
                none.insert(StagedFile::create(disk, &self.staging, name)?)
            }
        };
        let place = Place { offset: file.len, len: line.len() - 1 };
        file.push(&line)?;
        let (places, kept) = self.sets.entry(key).or_default();
        places.push(place);
        *kept = head;
        Ok(())
    }

    /// The set as it will be with what this import has brought so far.
    fn set_so_far(
        &mut self,
        key: &SetKey,
        document: &Document,
    ) -> Result<AnnotationSet, Error> {
        let inner = &self.session.inner;
        let file_key = FileKey::Set(key.clone());
        let set = if self.known.find(document.id()).is_some() {
            let state = inner.state();
            match state.content(&file_key) {
                Some(content) => content,
                None => inner.load(&state, &file_key, None)?.content,
            }
        } else {
            // There may be a file even so, if its document was lost once.
            let path = inner.layout.set(key);
            let bytes = disk::read_if_there(&*inner.disk, &path);
            let file = match bytes.map_err(|error| Error::io(&path, error))? {
                None => SetFile::blank(key.clone()),
                Some(bytes) => record::read_set(&bytes, document, key)
                    .map_err(|version| Error::Newer { path, version })?,
            };
            Content::Set(file.set)
        };
        let Content::Set(set) = set else { unreachable!("a set's file holds a set") };
        let Some((places, _)) = self.sets.get(key) else { return Ok(set) };
        let places = places.clone();
        if let Some(file) = &mut self.edits {
            file.empty_buffer()?;
        }
        let edits = self.staged_edits(&places)?;
        let replayed = replay_set(document, set, &edits);
        let path = self.staging.clone();
        Ok(replayed.map_err(|what| Error::Damaged { path, line: None, what })?.ours)
    }

    /// Reads edits back that were staged.
    fn staged_edits(&self, places: &[Place]) -> Result<Vec<RawEdit>, Error> {
        let Some(file) = &self.edits else { return Ok(Vec::new()) };
        let mut edits = Vec::new();
        for place in places {
            let read = self.session.inner.disk.read_range(&file.path, place.offset, place.len);
            let line = read.map_err(|error| Error::io(&file.path, error))?;
            edits.extend(record::read_import_edits(&line).unwrap_or_default());
        }
        Ok(edits)
    }

    /// Takes everything, as one transaction, and waits until it is on the disk.
    ///
    /// # Errors
    ///
    /// If the disk does not take it, or a set was changed meanwhile in a way that does not fit.
    /// Where the disk fails at the very end, in the journal, the import waits with everything
    /// else that was committed ([`Session::status`]).
    pub fn commit(mut self) -> Result<Imported, Error> {
        if self.shards.is_empty() && self.edits.is_none() {
            return Ok(self.imported.clone());
        }
        self.sync_staged()?;
        let session = self.session;
        let mut state = session.inner.state();
        let opened = self.fit_open_sets(&state)?;
        self.is_committed = true;
        let (staged, shards) = self.finish_shards();
        let edits = self.edits.as_ref().map(|file| file.name.clone());
        let mut queue = session.shared.queue();
        let stamp = Stamp { seq: queue.last + 1, saved: queue.saved, at: self.at };
        let text = record::write_import(stamp, &staged, edits.as_deref());
        queue.last = stamp.seq;
        let import = Some(StagedImport { shards: staged, edits });
        queue.lines.push(Line { seq: stamp.seq, text, at: self.at, import });
        queue.import_locks.extend(self.lock.take().map(|lock| (stamp.seq, lock)));
        drop(queue);
        self.show(&mut state, shards, &opened, stamp.seq);
        drop(state);
        session.shared.notify();
        session.shared.wait_saved(stamp.seq)?;
        Ok(self.imported.clone())
    }

    /// Waits until everything staged is on the disk, with its name.
    fn sync_staged(&mut self) -> Result<(), Error> {
        let mut paths = Vec::new();
        let shards = self.shards.iter_mut().map(|shard| &mut shard.file);
        for file in shards.chain(&mut self.edits) {
            file.empty_buffer()?;
            paths.push(file.path.clone());
        }
        paths.push(self.staging.clone());
        let disk = &self.session.inner.disk;
        disk.sync(SyncSite::Staged, &paths).map_err(|error| Error::io(&self.staging, error))
    }

    /// Open sets with this import's edits, where these still fit.
    fn fit_open_sets(&self, state: &Opened) -> Result<BTreeMap<FileKey, AnnotationSet>, Error> {
        let mut fitted = BTreeMap::new();
        for (key, (places, _)) in &self.sets {
            let file_key = FileKey::Set(key.clone());
            let Some(file) = state.open.get(&file_key) else { continue };
            let (Rest::Set(document, _), Some(set)) = (&file.rest, state.work.set(key)) else {
                continue;
            };
            let edits = self.staged_edits(places)?;
            let stale = || Stale { document: key.document.clone() };
            let is_free = edits.iter().all(|edit| match edit {
                RawEdit::Span(_, id, ..) => set.span(id).is_none(),
                RawEdit::Record(_, id, ..) => !set.records.contains_key(id),
                RawEdit::State(_, before, _) => set.state == *before,
                RawEdit::Decision(..) | RawEdit::Note(..) | RawEdit::Meta(..) => false,
            });
            let other = file.ahead.as_ref().is_some_and(|(desk, _)| *desk != self.session.desk);
            if !is_free || other {
                return Err(stale().into());
            }
            let replayed = replay_set(document, set.clone(), &edits);
            let Ok(replayed) = replayed else { return Err(stale().into()) };
            fitted.insert(file_key, replayed.ours);
        }
        Ok(fitted)
    }

    /// Names the shards by their content.
    fn finish_shards(&mut self) -> (Vec<StagedShard>, Vec<Shard>) {
        let layout = &self.session.inner.layout;
        let (mut staged, mut shards) = (Vec::new(), Vec::new());
        for shard in std::mem::take(&mut self.shards) {
            let digits = shard.hash.finalize();
            let digits: String = digits.iter().map(|byte| format!("{byte:02x}")).collect();
            let name = format!("{digits}.jsonl");
            shards.push(Shard {
                name: name.clone(),
                path: layout.short(&shard.file.path),
                len: shard.file.len,
                order: shard.order,
                count: shard.count,
                is_whole: true,
            });
            staged.push(StagedShard { staged: shard.file.name, name });
        }
        (staged, shards)
    }

    /// Brings what was imported into what the store shows.
    fn show(
        &mut self,
        state: &mut Opened,
        shards: Vec<Shard>,
        opened: &BTreeMap<FileKey, AnnotationSet>,
        seq: u64,
    ) {
        let desk = &self.session.desk;
        let first = state.shards.len();
        state.shards.extend(shards);
        let documents = Arc::make_mut(&mut state.documents.0);
        documents.reserve(self.entries.len());
        for mut entry in self.entries.drain(..) {
            entry.location.shard += first;
            let other = documents.push(entry);
            debug_assert_eq!(other, None, "ids are checked as they come, under the lock");
        }
        let path: Option<Arc<Path>> = self.edits.as_ref().map(|file| file.path.clone().into());
        for (key, (places, head)) in std::mem::take(&mut self.sets) {
            let file_key = FileKey::Set(key.clone());
            if let Some(set) = opened.get(&file_key) {
                state.work.sets.insert(key, set.clone());
                state.set_ahead(&file_key, desk, seq);
                state.list(&file_key);
                continue;
            }
            let summary = Summary::of(key.annotator.clone(), head);
            state.change_summary(&key, Some(summary));
            let pending = state.pending.entry(file_key).or_default();
            for (Place { offset, len }, path) in places.into_iter().zip(path.iter().cycle()) {
                let edits = PendingEdits::Staged { path: path.clone(), offset, len };
                pending.push(Pending { desk: desk.clone(), seq, edits });
            }
        }
        state.revision += 1;
        state.is_index_stale = true;
    }
}

/// The span of a set that a span of a file is: the one of its id, or else one with its label on
/// just its letters, such as one that was made by hand.
fn find_same<'a>(set: &'a AnnotationSet, span: &Span) -> Option<&'a Span> {
    let is_same = |other: &&Span| other.label == span.label && other.range == span.range;
    set.span(&span.id).or_else(|| set.overlapping(span.range).find(is_same))
}

impl ShardFile {
    fn push(&mut self, text: &str) -> Result<(), Error> {
        self.hash.update(text.as_bytes());
        self.file.push(text)
    }
}

impl Drop for Import<'_> {
    fn drop(&mut self) {
        if self.is_committed {
            return;
        }
        let shards = self.shards.iter().map(|shard| &shard.file);
        for file in shards.chain(&self.edits) {
            // If it cannot be removed now, the next session does it.
            drop(self.session.inner.disk.remove(&file.path));
        }
    }
}
