//! What an open project holds in memory: the list, and the files that are being worked on.
//!
//! A file is *open* once it was read: its content is in [`Work`], what else is known of it in
//! [`OpenFile`]. It is *ahead* while its content has edits that the file has not. What the
//! journal has beyond a file that is not open waits in `pending`, unread.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::catalog::{Documents, Entry, Summary};
use super::disk::{self, Disk, Stat};
use super::path::Layout;
use super::recent::{OpenTexts, Recent};
use super::record::{
    self, FileKey, MetaFile, ProjectFile, RawEdit, SetFile, SetHead, SetRest, Wrong,
};
use super::replay::{replay_meta, replay_set};
use super::suggested::Sources;
use super::{Error, scan};
use crate::edit::Work;
use crate::lang::Message;
use crate::model::{
    AnnotationSet, AnnotatorId, Digest, Document, DocumentId, Extra, Meta, Place, Problem,
    SetKey, Severity,
};

/// How many files that are not ahead stay open.
const MAX_RECENT: usize = 16;

/// Whose journal something is in; none for the project's.
pub(super) type Desk = Option<AnnotatorId>;

/// What all handles of a project share.
pub(super) struct Inner {
    pub disk: Arc<dyn Disk>,
    pub layout: Layout,
    /// What other programs suggest.
    pub sources: Sources,
    state: Mutex<State>,
}

/// What changes while a project is open.
pub(super) struct State {
    pub project: ProjectFile,
    /// The digest of `project.ron` as it was read or written last.
    pub project_digest: Digest,
    /// Where the shards are; a document's location has the number of its own.
    pub shards: Vec<Shard>,
    pub documents: Documents,
    /// Grows with every change that can be seen.
    pub revision: u64,
    /// The content of the open files.
    pub work: Work,
    pub open: BTreeMap<FileKey, OpenFile>,
    /// What journals have beyond files that are not open, oldest first.
    pub pending: BTreeMap<FileKey, Vec<Pending>>,
    /// The desks that sessions of this process write.
    pub desks: BTreeSet<Desk>,
    /// How many imports were begun.
    pub imports: u64,
    /// The texts of the open sets.
    texts: OpenTexts,
    /// Open files that are not ahead.
    recent: Recent,
    /// What the system said of each file that the list was made from.
    pub stamps: BTreeMap<FileKey, Stat>,
    /// Whether the index on disk is no longer what it should be.
    pub is_index_stale: bool,
}

/// A file of documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shard {
    /// Its name among the documents.
    pub name: String,
    /// Where it is, from the project's folder.
    pub path: PathBuf,
    /// Its length in bytes.
    pub len: u64,
    /// Its place among the shards.
    pub order: u64,
    /// How many documents are in it.
    pub count: usize,
    /// Whether it was read without a fault.
    pub is_whole: bool,
}

/// Edits of a journal, not yet applied.
#[derive(Clone, Debug)]
pub(super) struct Pending {
    /// Whose journal they are in.
    pub desk: Desk,
    /// The number of their record.
    pub seq: u64,
    /// Where they are.
    pub edits: PendingEdits,
}

/// Where edits are that were not applied yet.
#[derive(Clone, Debug)]
pub(super) enum PendingEdits {
    /// Here.
    Here(RawEdit),
    /// On a line of a file that an import staged.
    Staged { path: Arc<Path>, offset: u64, len: usize },
}

/// What is known of a file besides its content.
#[derive(Clone, Debug)]
pub(super) struct OpenFile {
    /// The digest of the file as it was read or written last; none if it was not there.
    pub base: Option<Digest>,
    /// What the system said of it then.
    pub stat: Option<Stat>,
    /// What it has besides its content.
    pub rest: Rest,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
    /// Whose edits it does not have yet, and the number of the last of them.
    pub ahead: Option<(Desk, u64)>,
}

/// What a file has besides its content.
#[derive(Clone, Debug)]
pub(super) enum Rest {
    /// A set's document, and what of the file makes no set.
    Set(Arc<Document>, SetRest),
    /// Fields that this version does not know.
    Meta(Extra),
}

/// What a file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Content {
    Set(AnnotationSet),
    Meta(Meta),
}

/// A file with what the journals have beyond it.
pub(super) struct Loaded {
    /// What the file and the journals say together.
    pub content: Content,
    pub file: OpenFile,
    /// What the file says, where that is on no journal's chain: somebody else changed it.
    pub theirs: Option<Content>,
}

impl Inner {
    pub(super) fn new(disk: Arc<dyn Disk>, layout: Layout, state: State) -> Self {
        Self { disk, layout, sources: Sources::default(), state: Mutex::new(state) }
    }

    /// The changing part. A panic elsewhere leaves it whole enough to read: what is on disk is
    /// never made from it without a check.
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads a document and checks it against its digest.
    pub(super) fn document(
        &self,
        state: &State,
        entry: &Entry,
    ) -> Result<Arc<Document>, Error> {
        let at = &entry.location;
        let Some(shard) = state.shards.get(at.shard) else {
            unreachable!("a document is listed after its shard")
        };
        let path = self.layout.root.join(&shard.path);
        let read = self.disk.read_range(&path, at.offset, at.len);
        let line = read.map_err(|error| Error::io(&path, error))?;
        let damaged = |what| Error::Damaged { path: path.clone(), line: Some(at.line), what };
        let document = record::read_document(&line).map_err(damaged)?;
        if *document.id() != entry.id || document.digest() != entry.digest {
            return Err(damaged(Message::new(
                "تغيّر الملف منذ فُهرس: في السطر مقال آخر",
                "the file has changed since it was indexed: another document is on this line",
            )));
        }
        Ok(Arc::new(document))
    }

    pub(super) fn path_of(&self, key: &FileKey) -> PathBuf {
        match key {
            FileKey::Set(key) => self.layout.set(key),
            FileKey::Meta(document) => self.layout.meta(document),
        }
    }

    /// Reads a file, and applies what the journals have beyond it: that of one desk, or of all.
    pub(super) fn load(
        &self,
        state: &State,
        key: &FileKey,
        only: Option<&Desk>,
    ) -> Result<Loaded, Error> {
        let (content, mut file) = self.read(state, key)?;
        let pending = state.pending.get(key).into_iter().flatten();
        let pending: Vec<_> = pending
            .filter(|pending| only.is_none_or(|desk| pending.desk == *desk))
            .cloned()
            .collect();
        if pending.is_empty() {
            return Ok(Loaded { content, file, theirs: None });
        }
        let edits = self.pending_edits(key, &pending)?;
        let wrong = |what: Wrong| Error::Damaged {
            path: self.layout.desk(pending.first().and_then(|first| first.desk.as_ref())),
            line: None,
            what,
        };
        let (ours, fits) = match (&content, &file.rest) {
            (Content::Set(set), Rest::Set(document, _)) => {
                let replayed = replay_set(document, set.clone(), &edits).map_err(wrong)?;
                (Content::Set(replayed.ours), replayed.fits)
            }
            (Content::Meta(meta), _) => {
                let replayed = replay_meta(meta, &edits);
                (Content::Meta(replayed.ours), replayed.fits)
            }
            (Content::Set(_), Rest::Meta(_)) => unreachable!("a set is read with its document"),
        };
        file.ahead = pending.last().map(|last| (last.desk.clone(), last.seq));
        let theirs = (!fits).then_some(content);
        Ok(Loaded { content: ours, file, theirs })
    }

    /// Reads a file as it is.
    pub(super) fn read(
        &self,
        state: &State,
        key: &FileKey,
    ) -> Result<(Content, OpenFile), Error> {
        let id = key.document();
        let entry = state.documents.find(id).ok_or_else(|| Error::NoDocument(id.clone()))?;
        let path = self.path_of(key);
        let io = |error| Error::io(&path, error);
        // Before the bytes: a change in between is then seen as one later.
        let stat = self.disk.stat(&path).ok();
        let bytes = disk::read_if_there(&*self.disk, &path).map_err(io)?;
        let base = bytes.as_deref().map(Digest::of);
        let newer = |version| Error::Newer { path: path.clone(), version };
        let (content, rest, problems) = match key {
            FileKey::Set(key) => {
                let document = self.document(state, entry)?;
                let file = match &bytes {
                    None => SetFile::blank(key.clone()),
                    Some(bytes) => record::read_set(bytes, &document, key).map_err(newer)?,
                };
                let problem = |(line, what)| self.problem_at(&path, id, line, what);
                let problems = file.wrong.into_iter().map(problem).collect();
                (Content::Set(file.set), Rest::Set(document, file.rest), problems)
            }
            FileKey::Meta(_) => match &bytes {
                None => {
                    (Content::Meta(entry.given.clone()), Rest::Meta(Extra::default()), vec![])
                }
                Some(bytes) => {
                    let MetaFile { version, meta, extra, .. } = record::read_meta(bytes)
                        .map_err(|what| Error::Damaged {
                            path: path.clone(),
                            line: None,
                            what,
                        })?;
                    if version > record::FORMAT_VERSION {
                        return Err(newer(version));
                    }
                    (Content::Meta(meta), Rest::Meta(extra), vec![])
                }
            },
        };
        Ok((content, OpenFile { base, stat, rest, problems, ahead: None }))
    }

    /// A problem of a document's file.
    pub(super) fn problem_at(
        &self,
        path: &Path,
        document: &DocumentId,
        line: Option<u64>,
        what: Wrong,
    ) -> Problem {
        let place = Place {
            path: Some(path.to_owned()),
            line,
            document: Some(document.clone()),
            range: None,
        };
        Problem { severity: Severity::Error, place, what }
    }

    /// The edits of that file that wait, in order.
    pub(super) fn pending_edits(
        &self,
        key: &FileKey,
        pending: &[Pending],
    ) -> Result<Vec<RawEdit>, Error> {
        let mut edits = Vec::new();
        for pending in pending {
            match &pending.edits {
                PendingEdits::Here(edit) => edits.push(edit.clone()),
                PendingEdits::Staged { path, offset, len } => {
                    let read = self.disk.read_range(path, *offset, *len);
                    let line = read.map_err(|error| Error::io(path, error))?;
                    let found = record::read_import_edits(&line).ok_or_else(|| {
                        let what = Message::new("سطر تالف", "a damaged line");
                        Error::Damaged { path: path.to_path_buf(), line: None, what }
                    })?;
                    edits.extend(found.into_iter().filter(|edit| edit.key() == *key));
                }
            }
        }
        Ok(edits)
    }

    /// Sees to it that a file is open and, where nothing is ahead of it, as it is on disk.
    pub(super) fn ensure_open(&self, state: &mut State, key: &FileKey) -> Result<(), Error> {
        if let Some(file) = state.open.get(key) {
            if file.ahead.is_some() || file.stat == self.disk.stat(&self.path_of(key)).ok() {
                state.touch(key);
                return Ok(());
            }
            state.close(key);
            // Whoever has read it before is told.
            state.revision += 1;
        }
        let mut loaded = self.load(state, key, None)?;
        if loaded.theirs.is_some() && scan::reload_journals(self, state) {
            // Another process may have gone on since its journal was read.
            loaded = self.load(state, key, None)?;
        }
        if let Some(theirs) = loaded.theirs {
            let what = Message::new(
                "غيّر برنامج آخر هذا الملف، وفي السجل خطوات على ما كان فيه؛ يُعرض هنا ما في الملف",
                "another program has changed this file, and the journal has steps on what was in \
                 it; what the file says is shown",
            );
            let path = self.path_of(key);
            let problem = self.problem_at(&path, key.document(), None, what);
            loaded.file.problems.push(problem);
            loaded.file.ahead = None;
            loaded.content = theirs;
        }
        state.put(key, loaded.content, loaded.file);
        state.touch(key);
        Ok(())
    }
}

impl State {
    pub(super) fn new(project: ProjectFile, project_digest: Digest) -> Self {
        Self {
            project,
            project_digest,
            shards: Vec::new(),
            documents: Documents::default(),
            revision: 1,
            work: Work::default(),
            open: BTreeMap::new(),
            pending: BTreeMap::new(),
            desks: BTreeSet::new(),
            imports: 0,
            texts: OpenTexts::default(),
            recent: Recent::default(),
            stamps: BTreeMap::new(),
            is_index_stale: false,
        }
    }

    /// The content of an open file.
    pub(super) fn content(&self, key: &FileKey) -> Option<Content> {
        match key {
            FileKey::Set(key) => self.work.sets.get(key).cloned().map(Content::Set),
            FileKey::Meta(id) => self.work.metas.get(id).cloned().map(Content::Meta),
        }
    }

    /// Makes a file open, with that content.
    pub(super) fn put(&mut self, key: &FileKey, content: Content, file: OpenFile) {
        match content {
            Content::Set(set) => drop(self.work.sets.insert(set.key.clone(), set)),
            Content::Meta(meta) => drop(self.work.metas.insert(key.document().clone(), meta)),
        }
        if let Rest::Set(document, _) = &file.rest {
            self.texts.hold(document);
        }
        if file.ahead.is_some() {
            self.recent.forget(key);
        }
        let before = self.open.insert(key.clone(), file);
        if before.is_some_and(|before| matches!(before.rest, Rest::Set(..))) {
            self.texts.release(key.document());
        }
        self.list(key);
    }

    /// The document of an open set.
    pub(super) fn document_of(&self, id: &DocumentId) -> Option<Arc<Document>> {
        self.texts.get(id)
    }

    /// Says that an open file has edits that it has not on disk.
    pub(super) fn set_ahead(&mut self, key: &FileKey, desk: &Desk, seq: u64) {
        if let Some(file) = self.open.get_mut(key) {
            file.ahead = Some((desk.clone(), seq));
            self.recent.forget(key);
        }
    }

    /// Forgets a file's content.
    pub(super) fn close(&mut self, key: &FileKey) {
        match key {
            FileKey::Set(key) => drop(self.work.sets.remove(key)),
            FileKey::Meta(id) => drop(self.work.metas.remove(id)),
        }
        let file = self.open.remove(key);
        if file.is_some_and(|file| matches!(file.rest, Rest::Set(..))) {
            self.texts.release(key.document());
        }
        self.recent.forget(key);
    }

    /// Says that a file was used just now. One that is ahead stays open by itself.
    pub(super) fn touch(&mut self, key: &FileKey) {
        if self.open.get(key).is_some_and(|file| file.ahead.is_none()) {
            self.recent.touch(key);
        }
    }

    /// Closes the files that were not used for longest, but for some and for those that are
    /// ahead. Only between steps: a step needs all the files that it is about.
    pub(super) fn close_oldest(&mut self) {
        while let Some(key) = self.recent.oldest_of_more_than(MAX_RECENT) {
            self.close(&key);
        }
    }

    /// Brings the list up to what an open file says.
    pub(super) fn list(&mut self, key: &FileKey) {
        match self.content(key) {
            Some(Content::Set(set)) => {
                let summary = (!set.is_blank())
                    .then(|| Summary::of(set.key.annotator.clone(), SetHead::of(&set)));
                self.change_summary(&set.key, summary);
            }
            Some(Content::Meta(meta)) => {
                let documents = Arc::make_mut(&mut self.documents.0);
                documents.change(
                    key.document(),
                    |entry| entry.meta != meta,
                    |entry| entry.meta.clone_from(&meta),
                );
            }
            None => {}
        }
    }

    /// Puts a set's summary into the list; none where the set is blank.
    pub(super) fn change_summary(&mut self, key: &SetKey, summary: Option<Summary>) {
        let documents = Arc::make_mut(&mut self.documents.0);
        documents.put_summary(&key.document, &key.annotator, summary);
    }
}
