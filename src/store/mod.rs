//! A project on disk: a folder of plain files, as `docs/project-files.md` specifies them.
//!
//! A [`Store`] reads; a [`Session`] writes, for one annotator. What a session commits goes to
//! its journal first, in a thread of its own, and is *saved* when the disk has acknowledged
//! that ([`Session::status`]); the files that people see follow when there is time, and at the
//! latest when the session is closed. A power cut at any instant loses nothing that was shown
//! as saved, and no file is ever overwritten that another program has changed.
//!
//! Knows nothing of windows, of undo or of other formats. The disk is reached through the
//! [`Disk`] seam alone, and the time comes in with the transactions.

mod catalog;
mod check;
mod checkpoint;
#[cfg(test)]
mod crash;
mod disk;
mod earlier;
mod error;
mod guidelines;
mod history;
mod import;
mod journal;
mod kept;
#[cfg(test)]
mod laws;
mod learned;
mod look;
#[cfg(test)]
mod memory_disk;
#[cfg(test)]
mod moved;
mod past;
mod path;
mod place;
mod real_disk;
mod recent;
mod record;
mod replay;
mod scan;
mod session;
mod state;
mod suggested;
mod texts;
#[cfg(test)]
mod trouble;
mod writer;

use std::collections::BTreeSet;
use std::io;
use std::path::Path;
use std::sync::Arc;

pub use catalog::{Documents, Entry, Summary};
pub use disk::{Appender, Disk, Listed, Lock, Stat, SyncSite};
pub use error::Error;
pub use import::{Import, Imported, OtherValue, Taken};
pub use kept::Conflict;
pub use look::Outside;
pub use past::{PastEdit, PastStep};
pub use real_disk::{RealDisk, may_write};
pub use record::{FORMAT_VERSION, SpanLine, read_labels, read_schema, write_schema};
pub use session::{Session, Status};
pub use suggested::{Suggested, Suggesting};
pub use texts::Texts;
pub use writer::drain;

use crate::model::{
    AnnotationSet, AnnotatorId, Digest, Document, DocumentId, Meta, Problem, Program, Schema,
    SetKey,
};
use disk::Folders;
use path::Layout;
use record::FileKey;
use state::{Inner, State};

/// Which copy of the program, on which machine, for which person, writes: a random id.
///
/// Kept in the person's settings, so that two machines that share a folder by a synced drive
/// never write the same history file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Installation(String);

/// A project on disk, opened. A handle: clones are the same project.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

impl Installation {
    /// The installation whose id is kept in `config`, a folder that need not be there. Where
    /// none is kept, one is made of `random` and written there.
    ///
    /// # Errors
    ///
    /// If the folder cannot be read or written.
    pub fn of(disk: &dyn Disk, config: &Path, random: u64) -> Result<Self, Error> {
        let path = config.join("installation");
        let found =
            disk::read_if_there(disk, &path).map_err(|error| Error::io(&path, error))?;
        if let Some(installation) = found.and_then(|bytes| Self::parse(&bytes)) {
            return Ok(installation);
        }
        let id = format!("{random:016x}");
        let write = || -> io::Result<()> {
            Folders::around(disk, config).make(disk, &[config.to_owned()])?;
            let beside = config.join(format!("installation.{id}"));
            disk::write_new(disk, &beside, id.as_bytes())?;
            disk.rename(&beside, &path)
        };
        write().map_err(|error| Error::io(&path, error))?;
        Ok(Self(id))
    }

    /// The installation of that id, which must be 16 small hex digits.
    #[must_use]
    pub fn new(id: &str) -> Option<Self> {
        let hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        (id.len() == 16 && id.bytes().all(hex)).then(|| Self(id.to_owned()))
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        Self::new(std::str::from_utf8(bytes).ok()?.trim())
    }
}

impl Store {
    /// Makes a project in `root`: a folder that is empty, not there yet, or holds other files.
    ///
    /// # Errors
    ///
    /// If there is a project already ([`Error::ProjectExists`]), or the folder cannot be
    /// written.
    pub fn create(
        disk: &dyn Disk,
        root: &Path,
        name: &str,
        schema: &Schema,
    ) -> Result<(), Error> {
        let path = root.join("project.ron");
        if disk.stat(&path).is_ok() {
            return Err(Error::ProjectExists { path: root.to_owned() });
        }
        let file = record::ProjectFile {
            name: name.to_owned(),
            schema: schema.clone(),
            extractors: Vec::new(),
            unknown: record::Unknown::default(),
        };
        let write = || -> io::Result<()> {
            Folders::around(disk, root).make(disk, &[root.to_owned()])?;
            write_project_file(disk, root, record::write_project(&file).as_bytes())
        };
        write().map_err(|error| Error::io(&path, error))
    }

    /// Opens the project in `root`, for reading; nobody else is disturbed, and no lock is
    /// needed. What other sessions have saved is there, whether or not it is in the files yet.
    ///
    /// Whatever else is wrong with the project is in the list: a damaged file, a later version,
    /// a conflict. The rest of the project opens.
    ///
    /// # Errors
    ///
    /// If there is no `project.ron` ([`Error::NoProject`]), a later version of the program
    /// wrote it ([`Error::Newer`]), or it cannot be read.
    pub fn open(
        disk: Arc<dyn Disk>,
        root: &Path,
        installation: &Installation,
    ) -> Result<(Self, Vec<Problem>), Error> {
        let layout = Layout { root: root.to_owned(), installation: installation.0.clone() };
        let path = layout.project();
        let bytes =
            disk::read_if_there(&*disk, &path).map_err(|error| Error::io(&path, error))?;
        let Some(bytes) = bytes else {
            return Err(Error::NoProject { path: root.to_owned() });
        };
        let project = record::read_project(&path, &bytes)?;
        let inner = Inner::new(disk, layout, State::new(project, Digest::of(&bytes)));
        let problems = {
            let mut state = inner.state();
            let problems = scan::read_all(&inner, &mut state)?;
            scan::write_index(&inner, &mut state);
            problems
        };
        suggested::open(&inner);
        Ok((Self { inner: Arc::new(inner) }, problems))
    }

    /// The project's folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.inner.layout.root
    }

    /// The project's name.
    #[must_use]
    pub fn name(&self) -> String {
        self.inner.state().project.name.clone()
    }

    /// The project's schema.
    #[must_use]
    pub fn schema(&self) -> Schema {
        self.inner.state().project.schema.clone()
    }

    /// The programs that suggest, as `project.ron` names them.
    #[must_use]
    pub fn extractors(&self) -> Vec<Program> {
        self.inner.state().project.extractors.clone()
    }

    /// Writes another name or schema, if `project.ron` still is what was read, and returns when
    /// it is on the disk. Fields that this version does not know are kept, comments are not.
    ///
    /// # Errors
    ///
    /// If another program has changed it since ([`Error::OtherProject`]: what was to be written
    /// is kept beside), or it cannot be written.
    pub fn write_project(&self, name: &str, schema: &Schema) -> Result<(), Error> {
        let mut state = self.inner.state();
        let (disk, path) = (&*self.inner.disk, self.inner.layout.project());
        let io = |error| Error::io(&path, error);
        let file = record::ProjectFile {
            name: name.to_owned(),
            schema: schema.clone(),
            extractors: state.project.extractors.clone(),
            unknown: state.project.unknown.clone(),
        };
        let text = record::write_project(&file);
        let found = disk.read(&path).map_err(io)?;
        if Digest::of(&found) != state.project_digest {
            let kept = kept::keep_named(&self.inner, ("project", "ron"), text.as_bytes())
                .map_err(io)?;
            return Err(Error::OtherProject { path, kept });
        }
        let digest = Digest::of(text.as_bytes());
        earlier::keep(&self.inner, &found, digest).map_err(io)?;
        write_project_file(disk, self.root(), text.as_bytes()).map_err(io)?;
        state.project = file;
        state.project_digest = digest;
        state.revision += 1;
        // What is left of it is no more than a file that nobody reads.
        earlier::forget_others(&self.inner, digest).ok();
        Ok(())
    }

    /// The schema before the one that [`write_project`](Self::write_project) wrote last on this
    /// installation; none where another program has changed `project.ron` since.
    #[must_use]
    pub fn earlier_schema(&self) -> Option<Schema> {
        let digest = self.inner.state().project_digest;
        earlier::schema(&self.inner, digest)
    }

    /// All documents, in the order of their import, with everybody's progress.
    #[must_use]
    pub fn documents(&self) -> Documents {
        self.inner.state().documents.clone()
    }

    /// Grows with every change of what [`documents`](Self::documents), [`set`](Self::set),
    /// [`meta`](Self::meta), [`name`](Self::name) and [`schema`](Self::schema) say.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.inner.state().revision
    }

    /// Everybody who has a set in the project, ordered by name; without gold.
    #[must_use]
    pub fn annotators(&self) -> Vec<AnnotatorId> {
        let documents = self.documents();
        let all = documents.iter().flat_map(|entry| &entry.sets);
        let names: BTreeSet<_> =
            all.map(|summary| &summary.annotator).filter(|name| !name.is_gold()).collect();
        names.into_iter().cloned().collect()
    }

    /// A document, read from the disk and checked against its digest.
    ///
    /// # Errors
    ///
    /// If there is none of that id, or its line cannot be read or is not what was imported.
    pub fn document(&self, id: &DocumentId) -> Result<Arc<Document>, Error> {
        let state = self.inner.state();
        if let Some(document) = state.document_of(id) {
            return Ok(document);
        }
        let entry = state.documents.find(id).ok_or_else(|| Error::NoDocument(id.clone()))?;
        self.inner.document(&state, entry)
    }

    /// A document's title, date and source, as edited.
    ///
    /// # Errors
    ///
    /// If there is no document of that id.
    pub fn meta(&self, id: &DocumentId) -> Result<Meta, Error> {
        let documents = self.documents();
        let entry = documents.find(id).ok_or_else(|| Error::NoDocument(id.clone()))?;
        Ok(entry.meta.clone())
    }

    /// A set with everything that was committed to it, saved or not, and what is wrong with its
    /// file; a blank one where there is no file.
    ///
    /// # Errors
    ///
    /// If there is no such document, its text cannot be read, or a later version of the program
    /// wrote the file.
    pub fn set(&self, key: &SetKey) -> Result<(AnnotationSet, Vec<Problem>), Error> {
        let mut state = self.inner.state();
        let file = FileKey::Set(key.clone());
        self.inner.ensure_open(&mut state, &file)?;
        let problems = state.open.get(&file).map(|file| file.problems.clone());
        let Some(set) = state.work.set(key).cloned() else {
            unreachable!("a set's file was opened")
        };
        state.close_oldest();
        Ok((set, problems.unwrap_or_default()))
    }

    /// Files that another program changed while they were worked on here, and that nobody has
    /// settled yet: what they say stands, and what was done here is kept.
    #[must_use]
    pub fn conflicts(&self) -> Vec<Conflict> {
        kept::conflicts(&*self.inner.disk, &self.inner.layout)
    }

    /// What was done here to a set that another program has changed. What that wrote is what
    /// [`set`](Self::set) says.
    ///
    /// # Errors
    ///
    /// If the conflict is not about a set, or what was kept cannot be read.
    pub fn kept_set(
        &self,
        conflict: &Conflict,
    ) -> Result<(AnnotationSet, Vec<Problem>), Error> {
        kept::set(&self.inner, conflict)
    }

    /// Reads everything that there is, and says what is wrong with it: files that cannot be
    /// read, texts that are not what was imported, spans that break a rule of the schema.
    #[must_use]
    pub fn check(&self) -> Vec<Problem> {
        check::check(self)
    }

    /// Looks for what other programs have changed, and says what is wrong with it.
    ///
    /// # Errors
    ///
    /// If the folder of documents cannot be read.
    pub fn refresh(&self) -> Result<Vec<Problem>, Error> {
        scan::refresh(&self.inner, &mut self.inner.state())
    }

    /// Looks whether other programs have changed something, and reads it if so. For another
    /// thread than that of the window: it takes as long as opening the project, but keeps
    /// nobody from working meanwhile.
    ///
    /// # Errors
    ///
    /// If `project.ron` or the folder of documents cannot be read.
    pub fn look(&self) -> Result<Outside, Error> {
        look::look(&self.inner)
    }

    /// Begins to write for an annotator, or, for none, to import documents without spans.
    ///
    /// One session at a time writes for an annotator on one installation. `wake` is called from
    /// the writer's thread whenever [`Session::status`] has changed: it should ask for a frame,
    /// and must not block.
    ///
    /// # Errors
    ///
    /// If another window or command has one ([`Error::Locked`]), or the folder may not be
    /// written ([`Error::ReadOnly`]). The store stays good for reading.
    pub fn session(
        &self,
        annotator: Option<&AnnotatorId>,
        wake: Arc<dyn Fn() + Send + Sync>,
    ) -> Result<Session, Error> {
        Session::open(self, annotator.cloned(), wake)
    }
}

/// Writes `project.ron`, in place of what is there: a reader finds the old one or the new one.
fn write_project_file(disk: &dyn Disk, root: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = root.join("project.ron.new");
    if disk.stat(&beside).is_ok() {
        // Left by a program that was killed.
        disk.remove(&beside)?;
    }
    disk::write_new(disk, &beside, bytes)?;
    disk.sync(SyncSite::Project, std::slice::from_ref(&beside))?;
    disk.rename(&beside, &root.join("project.ron"))?;
    disk.sync(SyncSite::ProjectName, &[root.to_owned()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{Context, Direction, Edit, Step, Transaction, annotate};
    use crate::model::{Span, State, Timestamp};
    use crate::text::TextRange;

    #[test]
    fn what_is_committed_is_there_when_the_project_is_opened_again() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("project");
        let schema = Schema::default();
        Store::create(&RealDisk, &root, "أخبار", &schema).unwrap();
        let installation =
            Installation::of(&RealDisk, &folder.path().join("config"), 7).unwrap();
        let sara = AnnotatorId::new("سارة").unwrap();
        let open = || Store::open(Arc::new(RealDisk), &root, &installation).unwrap().0;
        let store = open();
        let document = Document::new("a/b".into(), "أوقفت الشرطة 12 شخصا في فاس");
        {
            let session = store.session(Some(&sara), Arc::new(|| {})).unwrap();
            assert!(matches!(
                store.session(Some(&sara), Arc::new(|| {})).map(|_| ()),
                Err(Error::Locked { .. })
            ));
            let mut import = session.import(Timestamp(0)).unwrap();
            let span = Span::new("1".into(), "COUNT".into(), TextRange::of(24..26));
            let taken = import.add(&document, vec![span], Some(State::InProgress)).unwrap();
            assert_eq!(taken, Taken::New);
            import.commit().unwrap();
            let key = SetKey { annotator: sara.clone(), document: document.id().clone() };
            let (set, _) = store.set(&key).unwrap();
            let cx =
                Context { document: &document, schema: &schema, set: &set, at: Timestamp(1) };
            let range = TextRange::of(document.text().len() - 6..document.text().len());
            let step = annotate(&cx, range, &"CITY".into(), "2".into()).unwrap();
            session.commit(&step).unwrap();
            session.close().unwrap();
        }
        let store = open();
        let key = SetKey { annotator: sara.clone(), document: document.id().clone() };
        let (set, problems) = store.set(&key).unwrap();
        assert_eq!(problems, []);
        let spans: Vec<_> = set.spans().iter().map(|span| document.slice(span.range)).collect();
        assert_eq!(spans, ["12", "فاس"]);
        assert_eq!(store.documents().get(0).unwrap().state(&sara), State::InProgress);
        assert_eq!(store.annotators(), [sara]);
        assert_eq!(store.check(), []);
    }

    #[test]
    fn an_import_can_follow_another_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("project");
        Store::create(&RealDisk, &root, "أخبار", &Schema::default()).unwrap();
        let installation = Installation::new("00000000000000a1").unwrap();
        let (store, _) = Store::open(Arc::new(RealDisk), &root, &installation).unwrap();
        let session = store.session(None, Arc::new(|| {})).unwrap();
        for id in ["a", "b", "c"] {
            let mut import = session.import(Timestamp(0)).unwrap();
            import.add(&Document::new(id.into(), id), Vec::new(), None).unwrap();
            import.commit().unwrap();
        }
        assert_eq!(store.documents().len(), 3);
    }

    #[test]
    fn a_step_may_change_more_sets_than_are_kept_open() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("project");
        Store::create(&RealDisk, &root, "أخبار", &Schema::default()).unwrap();
        let installation = Installation::new("00000000000000a1").unwrap();
        let sara = AnnotatorId::new("سارة").unwrap();
        let open = || Store::open(Arc::new(RealDisk), &root, &installation).unwrap().0;
        let ids: Vec<String> = (0..40).map(|number| number.to_string()).collect();
        let key = |id: &String| {
            let document = id.as_str().into();
            SetKey { annotator: sara.clone(), document }
        };
        let session = open().session(Some(&sara), Arc::new(|| {})).unwrap();
        let mut import = session.import(Timestamp(0)).unwrap();
        for id in &ids {
            import.add(&Document::new(id.as_str().into(), "فاس"), Vec::new(), None).unwrap();
        }
        import.commit().unwrap();
        session.flush().unwrap();
        let edit = |id| {
            let span = Span::new("1".into(), "CITY".into(), TextRange::of(0..6));
            Edit::span(key(id), span.id.clone(), None, Some(span))
        };
        let step = Transaction {
            step: Step::Annotate,
            direction: Direction::Do,
            edits: ids.iter().map(edit).collect(),
            look_at: None,
            at: Timestamp(1),
        };
        session.commit(&step).unwrap();
        session.close().unwrap();
        let store = open();
        for id in &ids {
            assert_eq!(store.set(&key(id)).unwrap().0.spans().len(), 1, "{id}");
        }
    }
}
