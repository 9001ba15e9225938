//! What other programs suggest: a file a source, of which the places of its lines are kept.
//!
//! A line is read when its document is: so a project with ten thousand documents opens as fast
//! as one without suggestions. The files are written whole, by imports, and followed by length
//! and time.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::disk::{self, Disk, Folders, Stat, SyncSite};
use super::kept::{self, Keep};
use super::path::Layout;
use super::record::{self, Wrong};
use super::state::Inner;
use super::{Error, Store, scan};
use crate::lang::Message;
use crate::model::{
    Document, DocumentId, Extra, Place, Problem, Severity, Suggestion, Timestamp,
};

/// How long all files may be that are looked through while a project is opened, in bytes: a few
/// milliseconds.
const SHORT: u64 = 1 << 20;

/// What is known of the files of suggestions.
#[derive(Default)]
pub(super) struct Sources {
    /// By name in their folder.
    files: Mutex<BTreeMap<String, SourceFile>>,
    /// Whether they were looked through.
    is_known: AtomicBool,
    /// Grows with every change of what they say.
    revision: AtomicU64,
}

/// A file of suggestions.
#[derive(Clone)]
struct SourceFile {
    stat: Stat,
    /// Whose suggestions they are.
    source: String,
    lines: Arc<BTreeMap<DocumentId, Line>>,
    /// What is wrong with it; what is wrong with a line that is well-formed, its reader says.
    problems: Vec<Problem>,
}

#[derive(Clone, Copy)]
struct Line {
    offset: u64,
    len: usize,
    number: u64,
}

/// What an import of suggestions did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Suggested {
    /// For how many documents the source suggests something now.
    pub documents: usize,
    /// How many suggestions were brought.
    pub suggestions: usize,
    /// For how many documents the source had suggested something before, which is gone.
    pub replaced: usize,
}

/// Suggestions of one source on their way: taken whole with [`commit`](Self::commit), or not at
/// all.
pub struct Suggesting<'a> {
    store: &'a Store,
    source: String,
    lines: BTreeMap<DocumentId, Option<String>>,
    count: usize,
}

impl Sources {
    /// Whether they were looked through.
    pub(super) fn is_known(&self) -> bool {
        self.is_known.load(Ordering::Acquire)
    }

    fn files(&self) -> MutexGuard<'_, BTreeMap<String, SourceFile>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store {
    /// Begins to take what a source suggests.
    #[must_use]
    pub fn suggesting(&self, source: &str) -> Suggesting<'_> {
        let (source, lines) = (source.to_owned(), BTreeMap::new());
        Suggesting { store: self, source, lines, count: 0 }
    }

    /// Who suggests something in this project, besides its own rules, in order; none before the
    /// files were looked through.
    #[must_use]
    pub fn sources(&self) -> Vec<String> {
        let files = self.inner.sources.files();
        let known = files.values().filter(|file| !file.source.is_empty());
        let mut sources: Vec<_> = known.map(|file| file.source.clone()).collect();
        sources.sort_unstable();
        sources
    }

    /// Whether the files of suggestions were looked through: what they say of a document is then
    /// known at once. Quick: meant for every frame.
    #[must_use]
    pub fn knows_suggested(&self) -> bool {
        self.inner.sources.is_known()
    }

    /// Grows with every change of what [`suggested`](Self::suggested) says. Quick: meant for
    /// every frame.
    #[must_use]
    pub fn suggested_revision(&self) -> u64 {
        self.inner.sources.revision.load(Ordering::Acquire)
    }

    /// What all sources suggest for a document, by source, and what is wrong with their files.
    #[must_use]
    pub fn suggested(&self, document: &Document) -> (Vec<Suggestion>, Vec<Problem>) {
        if !self.knows_suggested() {
            refresh(&self.inner);
        }
        let mut problems = Vec::new();
        let mut lines = Vec::new();
        for (name, file) in &*self.inner.sources.files() {
            problems.extend(file.problems.iter().cloned());
            if let Some(line) = file.lines.get(document.id()) {
                lines.push((
                    self.inner.layout.suggestions().join(name),
                    file.source.clone(),
                    *line,
                ));
            }
        }
        let mut found = Vec::new();
        for (path, source, line) in lines {
            let place = |what| problem(&path, line.number, Some(document.id()), what);
            let bytes = match self.inner.disk.read_range(&path, line.offset, line.len) {
                Ok(bytes) => bytes,
                Err(error) => {
                    problems.push(Error::io(&path, error).to_problem());
                    continue;
                }
            };
            match record::read_suggested(&bytes, document, &source) {
                Ok((mut of, wrong)) => {
                    found.append(&mut of);
                    problems.extend(wrong.into_iter().map(place));
                }
                Err(what) => problems.push(place(what)),
            }
        }
        (found, problems)
    }

    /// Takes away all that a source suggests. What was decided about it stays.
    ///
    /// # Errors
    ///
    /// If the file cannot be removed.
    pub fn forget_suggested(&self, source: &str) -> Result<(), Error> {
        let path = self.inner.layout.suggested(source);
        let folder = self.inner.layout.suggestions();
        let removed = self.inner.disk.remove(&path);
        let synced =
            removed.and_then(|()| self.inner.disk.sync(SyncSite::BesideName, &[folder]));
        synced.map_err(|error| Error::io(&path, error))?;
        refresh(&self.inner);
        Ok(())
    }
}

impl Suggesting<'_> {
    /// Adds what the source suggests for a document: that and nothing else from now on. What is
    /// added for a document that was added before takes its place.
    pub fn add(&mut self, document: &Document, found: &[Suggestion]) {
        self.count += found.len();
        let line = (!found.is_empty()).then(|| record::write_suggested(document, found));
        self.lines.insert(document.id().clone(), line);
    }

    /// Writes the source's file, and returns when it is on the disk. What it says of documents
    /// that were not added stays.
    ///
    /// # Errors
    ///
    /// If a later version of the program wrote the file, or it cannot be written.
    pub fn commit(mut self, at: Timestamp) -> Result<Suggested, Error> {
        let inner = &self.store.inner;
        let (disk, path) = (&*inner.disk, inner.layout.suggested(&self.source));
        let io = |error| Error::io(&path, error);
        let lock = inner.layout.own().join("import.lock");
        scan::make_own(disk, &inner.layout).map_err(io)?;
        let locked = disk.try_lock(&lock).map_err(|error| Error::io(&lock, error))?;
        let Some(_locked) = locked else {
            return Err(Error::Locked { annotator: None, path: lock });
        };
        let folder = inner.layout.suggestions();
        Folders::around(disk, &inner.layout.root)
            .make(disk, std::slice::from_ref(&folder))
            .map_err(io)?;
        let found = disk::read_if_there(disk, &path).map_err(io)?.unwrap_or_default();
        let mut done = Suggested { suggestions: self.count, ..Suggested::default() };
        let text = self.text(&path, &found, at, &mut done)?;
        let beside = path.with_extension("jsonl.new");
        let write = || {
            if disk.stat(&beside).is_ok() {
                // Left by a program that was killed.
                disk.remove(&beside)?;
            }
            disk::write_new(disk, &beside, text.as_bytes())?;
            disk.sync(SyncSite::Beside, std::slice::from_ref(&beside))?;
            disk.rename(&beside, &path)?;
            disk.sync(SyncSite::BesideName, std::slice::from_ref(&folder))
        };
        write().map_err(io)?;
        refresh(inner);
        Ok(done)
    }

    /// What the file is to say. What cannot be read of what it says is kept beside.
    fn text(
        &mut self,
        path: &Path,
        found: &[u8],
        at: Timestamp,
        done: &mut Suggested,
    ) -> Result<String, Error> {
        let mut lines = found.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        let mut is_damaged = false;
        let mut extra = Extra::default();
        if let Some(line) = lines.next() {
            match record::read_suggested_head(line) {
                Ok(head) if head.version > record::FORMAT_VERSION => {
                    let path = path.to_owned();
                    return Err(Error::Newer { path, version: head.version });
                }
                Ok(head) => extra = head.extra,
                Err(_) => is_damaged = true,
            }
        }
        let mut text = record::write_suggested_head(&self.source, at, &extra);
        for line in lines {
            let known = record::skim_suggested(line).ok().zip(std::str::from_utf8(line).ok());
            let Some((document, line)) = known else {
                is_damaged = true;
                continue;
            };
            match self.lines.get_mut(&document) {
                Some(new) => {
                    done.replaced += 1;
                    // Once, though the file may have it twice.
                    if let Some(new) = new.take() {
                        done.documents += 1;
                        text.push_str(&new);
                    }
                }
                None => {
                    done.documents += 1;
                    text.push_str(line);
                    text.push('\n');
                }
            }
        }
        for new in std::mem::take(&mut self.lines).into_values().flatten() {
            done.documents += 1;
            text.push_str(&new);
        }
        if is_damaged {
            let inner = &self.store.inner;
            let beside = path.with_extension("jsonl.kept");
            let keep = Keep { folder: kept::DAMAGED, path, at, beside: &beside };
            let mut folders = Folders::around(&*inner.disk, &inner.layout.root);
            kept::keep(inner, &mut folders, &keep, found)
                .map_err(|error| Error::io(path, error))?;
        }
        Ok(text)
    }
}

/// Looks through the files while a project is opened, if that takes no time.
pub(super) fn open(inner: &Inner) {
    let listed = disk::list_if_there(&*inner.disk, &inner.layout.suggestions());
    let listed = listed.unwrap_or_default();
    if listed.iter().map(|file| file.stat.len).sum::<u64>() <= SHORT {
        refresh(inner);
    }
}

/// Looks through the files that have changed since; true if there are any.
pub(super) fn refresh(inner: &Inner) -> bool {
    let (disk, layout, sources) = (&*inner.disk, &inner.layout, &inner.sources);
    let folder = layout.suggestions();
    let listed = disk::list_if_there(disk, &folder).unwrap_or_default();
    let listed: BTreeMap<String, Stat> = listed
        .into_iter()
        .filter(|file| !file.stat.is_folder && file.name.ends_with(".jsonl"))
        .map(|file| (file.name, file.stat))
        .collect();
    let before = sources.files().clone();
    let is_same = before.len() == listed.len()
        && before.iter().all(|(name, file)| listed.get(name) == Some(&file.stat));
    if !is_same {
        let mut files = BTreeMap::new();
        for (name, stat) in listed {
            let known = before.get(&name).filter(|file| file.stat == stat).cloned();
            let file = known.or_else(|| look_through(disk, layout, &folder.join(&name), stat));
            files.extend(file.map(|file| (name, file)));
        }
        *sources.files() = files;
        sources.revision.fetch_add(1, Ordering::AcqRel);
    }
    sources.is_known.store(true, Ordering::Release);
    !is_same
}

/// Where each line of a file is; none if the file is gone again.
fn look_through(
    disk: &dyn Disk,
    layout: &Layout,
    path: &Path,
    stat: Stat,
) -> Option<SourceFile> {
    let (source, mut lines) = (String::new(), BTreeMap::new());
    let mut file = SourceFile { stat, source, lines: Arc::default(), problems: Vec::new() };
    let bytes = match disk::read_if_there(disk, path) {
        Ok(bytes) => bytes?,
        Err(error) => {
            file.problems.push(Error::io(path, error).to_problem());
            return Some(file);
        }
    };
    let mut offset = 0;
    for (number, line) in (1..).zip(bytes.split_inclusive(|byte| *byte == b'\n')) {
        let start = offset;
        offset += line.len() as u64;
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        if number > 1 {
            match record::skim_suggested(line) {
                Ok(document) => {
                    lines.insert(document, Line { offset: start, len: line.len(), number });
                }
                Err(what) => file.problems.push(problem(path, number, None, what)),
            }
            continue;
        }
        match record::read_suggested_head(line) {
            Ok(head) if head.version > record::FORMAT_VERSION => {
                let error = Error::Newer { path: path.to_owned(), version: head.version };
                file.problems.push(error.to_problem());
                break;
            }
            Ok(head) if layout.suggested(&head.source) != path => {
                let what = Message::new(
                    format!("الملف من اقتراحات «{}» وليس هذا مكانه", head.source),
                    format!(
                        "these are the suggestions of `{}`, and not their place",
                        head.source
                    ),
                );
                file.problems.push(problem(path, 1, None, what));
                break;
            }
            Ok(head) => file.source = head.source,
            Err(what) => {
                file.problems.push(problem(path, 1, None, what));
                break;
            }
        }
    }
    file.lines = Arc::new(lines);
    Some(file)
}

/// Reads all files, and says what is wrong with them.
pub(super) fn check(store: &Store) -> Vec<Problem> {
    let inner = &store.inner;
    refresh(inner);
    let files = inner.sources.files().clone();
    let documents = store.documents();
    let mut problems = Vec::new();
    let mut asked = Vec::new();
    for (name, file) in &files {
        problems.extend(file.problems.iter().cloned());
        let path = inner.layout.suggestions().join(name);
        for (id, line) in &*file.lines {
            asked.push((path.clone(), line.number, id.clone()));
        }
    }
    asked.sort_unstable();
    let mut seen = BTreeSet::new();
    for (path, number, id) in asked {
        if documents.find(&id).is_none() {
            let what = Message::new("لا مقال بهذا المعرّف", "there is no document of that id");
            problems.push(problem(&path, number, Some(&id), what));
        } else if seen.insert(id.clone())
            && let Ok(document) = store.document(&id)
        {
            for problem in store.suggested(&document).1 {
                if !problems.contains(&problem) {
                    problems.push(problem);
                }
            }
        }
    }
    problems
}

fn problem(path: &Path, line: u64, document: Option<&DocumentId>, what: Wrong) -> Problem {
    let place = Place {
        path: Some(PathBuf::from(path)),
        line: Some(line),
        document: document.cloned(),
        range: None,
    };
    Problem { severity: Severity::Error, place, what }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::sync::Arc;

    use super::super::memory_disk::{Fate, MemoryDisk};
    use super::super::{Installation, RealDisk};
    use super::*;
    use crate::model::Schema;
    use crate::text::TextRange;

    const ROOT: &str = "/project";

    fn open(disk: Arc<dyn Disk>, root: &Path) -> Store {
        let installation = Installation::new("00000000000000a1").unwrap();
        Store::open(disk, root, &installation).unwrap().0
    }

    fn import(store: &Store, ids: impl Iterator<Item = usize>) {
        let session = store.session(None, Arc::new(|| {})).unwrap();
        let mut import = session.import(Timestamp(0)).unwrap();
        for id in ids {
            let document = Document::new(format!("{id}").as_str().into(), "في فاس");
            import.add(&document, Vec::new(), None).unwrap();
        }
        import.commit().unwrap();
        session.close().unwrap();
    }

    /// Suggests the town in those documents.
    fn suggest(store: &Store, source: &str, ids: impl Iterator<Item = usize>) -> Suggested {
        let mut suggesting = store.suggesting(source);
        for id in ids {
            let document = store.document(&format!("{id}").as_str().into()).unwrap();
            let town = Suggestion::new(source, "CITY".into(), TextRange::of(5..11));
            suggesting.add(&document, &[town]);
        }
        suggesting.commit(Timestamp(0)).unwrap()
    }

    /// Who suggests something for a document.
    fn sources(store: &Store, id: &str) -> Vec<String> {
        let (found, problems) = store.suggested(&store.document(&id.into()).unwrap());
        assert_eq!(problems, []);
        found.into_iter().map(|it| it.source).collect()
    }

    #[test]
    fn what_several_sources_suggest_is_there_when_the_project_is_opened_again() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("p");
        Store::create(&RealDisk, &root, "أخبار", &Schema::default()).unwrap();
        let store = open(Arc::new(RealDisk), &root);
        import(&store, 0..3);
        assert!(store.knows_suggested());
        let first = store.suggested_revision();
        let done = suggest(&store, "a", 0..2);
        assert_eq!(done, Suggested { documents: 2, suggestions: 2, replaced: 0 });
        assert!(store.suggested_revision() > first);
        suggest(&store, "نموذج", 1..3);
        let other = open(Arc::new(RealDisk), &root);
        assert_eq!(other.sources(), ["a", "نموذج"]);
        let all = |store: &Store| ["0", "1", "2"].map(|id| sources(store, id).len());
        assert_eq!((all(&store), all(&other)), ([1, 2, 1], [1, 2, 1]));
        // What another program writes is found by looking.
        let before = other.suggested_revision();
        suggest(&store, "a", 2..3);
        other.look().unwrap();
        assert!(other.suggested_revision() > before);
        assert_eq!(all(&other), [1, 2, 2]);
        other.forget_suggested("a").unwrap();
        assert_eq!(all(&other), [0, 1, 1]);
        assert_eq!(other.check(), []);
    }

    #[test]
    fn a_power_cut_leaves_the_old_or_the_new_suggestions_and_what_was_taken_stays() {
        let disk = MemoryDisk::default();
        let root = Path::new(ROOT);
        Store::create(&disk, root, "أخبار", &Schema::default()).unwrap();
        let store = open(Arc::new(disk.clone()), root);
        import(&store, 0..2);
        suggest(&store, "a", 0..1);
        let begin = disk.num_steps();
        suggest(&store, "a", 1..2);
        for steps in begin..=disk.num_steps() {
            for fate in [Fate::Kept, Fate::Lost] {
                let loose = disk.loose(steps).into_iter().map(|loose| (loose, fate));
                let left = disk.crash(steps, &loose.collect::<Vec<_>>());
                let found = open(Arc::new(left), root);
                assert_eq!(sources(&found, "0"), ["a"], "{steps}");
                let is_there = sources(&found, "1") == ["a"];
                assert!(is_there || steps < disk.num_steps(), "{steps}");
            }
        }
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "as another program would")]
    fn only_the_line_of_a_document_is_read_for_it() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("p");
        Store::create(&RealDisk, &root, "أخبار", &Schema::default()).unwrap();
        let store = open(Arc::new(RealDisk), &root);
        import(&store, 0..2);
        suggest(&store, "a", 0..2);
        let path = root.join("suggestions/a.jsonl");
        let text = fs::read_to_string(&path).unwrap();
        // A longer file than is looked through while opening.
        fs::write(&path, text.clone() + &" ".repeat(usize::try_from(SHORT).unwrap())).unwrap();
        let store = open(Arc::new(RealDisk), &root);
        assert!(!store.knows_suggested());
        let (found, problems) = store.suggested(&store.document(&"1".into()).unwrap());
        assert_eq!((found.len(), problems.len()), (1, 1), "blanks are no line");
        // The first document's line may be anything by then.
        fs::write(&path, text.replacen("\"document\":\"0\"", "\"document\":\"x\"", 1)).unwrap();
        assert_eq!(store.suggested(&store.document(&"1".into()).unwrap()).0.len(), 1);
        let (found, problems) = store.suggested(&store.document(&"0".into()).unwrap());
        assert!(found.is_empty());
        assert!(problems[1].what.en.contains("another document"), "{problems:?}");
    }
}
