//! Spans made of spans: split, join, duplicate, and label every other occurrence.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use super::{Error, Project};
use crate::arabic::fold;
use crate::edit::{
    self, Context, Edit, Neighbor, Occurrence, Pattern, Refusal, Spread, Spreading, Transaction,
};
use crate::find::{Excerpt, excerpt};
use crate::model::{
    AnnotationSet, AnnotatorId, DocumentId, LabelId, Problem, Schema, SetKey, SpanId, State,
    Timestamp,
};
use crate::store::{Documents, Entry, Store};
use crate::text::{Offset, TextRange};

/// How many threads read, at most.
const THREADS: usize = 4;

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
/// A document whose set cannot be read is skipped, with a problem. `go_on` is told how many
/// documents are done, of how many; if it says no, what was found so far is given.
pub fn find_occurrences(
    store: &Store,
    sought: &Sought,
    go_on: &mut dyn FnMut(usize, usize) -> bool,
) -> Found {
    let (documents, schema) = (store.documents(), store.schema());
    let mut found = Found::default();
    let places = if sought.everywhere {
        let (places, is_stopped) = candidates(store, &documents, &sought.pattern, go_on);
        found.is_stopped = is_stopped;
        places
    } else {
        documents.position(&sought.pattern.document).into_iter().collect()
    };
    for entry in places.into_iter().filter_map(|place| documents.get(place)) {
        if !go_on(documents.len(), documents.len()) {
            found.is_stopped = true;
            break;
        }
        if let Err(error) = find_in(store, &schema, sought, entry, &mut found) {
            found.problems.push(error.to_problem());
        }
    }
    found
}

/// The places in the list of the documents that may have the words, in order, and whether the
/// search was stopped before the last.
fn candidates(
    store: &Store,
    documents: &Documents,
    pattern: &Pattern,
    go_on: &mut dyn FnMut(usize, usize) -> bool,
) -> (Vec<usize>, bool) {
    let all = (0_u32..).zip(documents.iter()).map(|(place, _)| place).collect();
    let texts = store.texts(documents, all);
    let (next, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
    let taken: Mutex<Vec<usize>> = Mutex::new(Vec::new());
    let read = |number: usize| {
        let mut places = Vec::new();
        texts.read(number, &mut |place, text| {
            let text = std::str::from_utf8(text).unwrap_or_default();
            if pattern.may_be_in(&fold(text)) {
                places.push(place);
            }
            !stop.load(Ordering::Relaxed)
        });
        taken.lock().unwrap_or_else(PoisonError::into_inner).append(&mut places);
    };
    let take =
        || Some(next.fetch_add(1, Ordering::Relaxed)).filter(|at| *at < texts.num_blocks());
    let threads = thread::available_parallelism().map_or(1, usize::from).min(THREADS);
    thread::scope(|scope| {
        for _ in 1..threads {
            let work = || {
                while let Some(number) = take().filter(|_| !stop.load(Ordering::Relaxed)) {
                    read(number);
                }
            };
            // Without more threads this one does it all.
            let thread = thread::Builder::new().name("occurrences".to_owned());
            thread.spawn_scoped(scope, work).ok();
        }
        while let Some(number) = take() {
            let done = documents.len() * number / texts.num_blocks().max(1);
            if !go_on(done, documents.len()) {
                stop.store(true, Ordering::Relaxed);
                break;
            }
            read(number);
        }
    });
    let mut places = taken.into_inner().unwrap_or_else(PoisonError::into_inner);
    places.sort_unstable();
    (places, stop.into_inner())
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
        let Excerpt { line: context, emphasis, .. } = excerpt(document.text(), range);
        found.places.push(Place {
            document: entry.id.clone(),
            title: entry.title().to_owned(),
            range,
            context,
            hit: TextRange::of(emphasis),
            refusal,
        });
    }
    Ok(())
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

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;

    use super::*;
    use crate::edit::Step;
    use crate::format::LabelMap;
    use crate::project::{Ambient, ImportOptions, collect, import};
    use crate::store::{Installation, RealDisk};

    /// A project with an article for each text, named by its number; the first one open.
    struct Desk {
        folder: tempfile::TempDir,
        project: Project,
    }

    fn open(root: &Path) -> Project {
        let installation = Installation::new("00000000000000a1").unwrap();
        let sara = AnnotatorId::new("سارة").unwrap();
        let disk = Arc::new(RealDisk);
        let wake = Arc::new(|| {});
        Project::open((disk, &installation), root, sara, Ambient::SYSTEM, wake).unwrap().0
    }

    impl Desk {
        fn new(texts: &[&str]) -> Self {
            use std::io::Write as _;
            let folder = tempfile::tempdir().unwrap();
            let root = folder.path().join("project");
            Store::create(&RealDisk, &root, "أخبار", &Schema::default()).unwrap();
            let mut project = open(&root);
            for (at, text) in texts.iter().enumerate() {
                let path = folder.path().join(format!("{at}.txt"));
                std::fs::File::create(&path).unwrap().write_all(text.as_bytes()).unwrap();
                let inputs = collect(&[path], None).unwrap();
                let options = ImportOptions {
                    map: &LabelMap::default(),
                    state: State::Finished,
                    keep_going: false,
                    date: None,
                    date_of_name: None,
                    source: None,
                    at: Timestamp(0),
                };
                let session = project.session().unwrap();
                import(project.store(), session, &inputs, &options, &mut |_, _| true).unwrap();
            }
            project.reload();
            project.open_document(&"0".into()).unwrap();
            Self { folder, project }
        }

        fn mark(&mut self, words: &str, label: &str) -> SpanId {
            let start = self.project.document().unwrap().text().find(words).unwrap();
            let range = TextRange::of(start..start + words.len());
            self.project.annotate(range, &label.into()).unwrap().unwrap()
        }

        fn find(&self, id: &SpanId, everywhere: bool) -> (Sought, Found) {
            let sought = self.project.sought(id, everywhere).unwrap();
            let found = find_occurrences(self.project.store(), &sought, &mut |_, _| true);
            (sought, found)
        }

        /// Labels all that was found and is possible.
        fn spread(&mut self, id: &SpanId) -> Option<Spread> {
            let (sought, found) = self.find(id, true);
            let places = found.places.into_iter().filter(|place| place.refusal.is_none());
            let places = places.map(|place| (place.document, place.range));
            self.project.spread(&sought.pattern, places, &mut |_, _| true).unwrap()
        }

        /// How many spans a document has.
        fn num_spans(&self, id: &str) -> usize {
            let id = DocumentId::new(id);
            self.project.row(self.project.position(&id).unwrap()).unwrap().num_spans
        }
    }

    const TEXTS: [&str; 4] = [
        "زار الوفد فاس ثم عاد إلى فاس",
        "وقالت ولاية أمن فاس إن سوقا فاسدة أغلقت بفاس",
        "لا شيء هنا",
        "إلى فَـاس ومنها",
    ];

    #[test]
    fn occurrences_are_found_whatever_their_spelling_and_clitics() {
        let mut desk = Desk::new(&TEXTS);
        let id = desk.mark("فاس", "CITY");
        let shown = |found: &Found| -> Vec<(String, String)> {
            let shown = |place: &Place| {
                let hit = &place.context[place.hit.to_range()];
                (place.document.to_string(), hit.to_owned())
            };
            found.places.iter().map(shown).collect()
        };
        let pair = |id: &str, words: &str| (id.to_owned(), words.to_owned());
        let (_, here) = desk.find(&id, false);
        assert_eq!(shown(&here), [pair("0", "فاس")]);
        let (_, all) = desk.find(&id, true);
        let expected =
            [pair("0", "فاس"), pair("1", "فاس"), pair("1", "فاس"), pair("3", "فَـاس")];
        assert_eq!(shown(&all), expected);
        assert!(all.problems.is_empty() && !all.is_stopped);
    }

    #[test]
    fn one_step_labels_many_documents_and_one_takes_all_back() {
        let mut desk = Desk::new(&TEXTS);
        let id = desk.mark("فاس", "CITY");
        let done = desk.spread(&id).unwrap();
        assert_eq!((done.num_spans, done.num_documents), (4, 3));
        assert_eq!(["0", "1", "2", "3"].map(|id| desk.num_spans(id)), [2, 2, 0, 1]);
        let last = desk.project.history().get(1).unwrap();
        assert_eq!((last.transaction.step, last.num_documents), (Step::Spread, 3));
        assert_eq!(&*last.words, "فاس");
        // After the files were written, and from another document.
        desk.project.session().unwrap().flush().unwrap();
        desk.project.open_document(&"2".into()).unwrap();
        let look_at = desk.project.undo().unwrap().unwrap();
        assert_eq!(look_at.0.as_str(), "0");
        assert_eq!(["0", "1", "2", "3"].map(|id| desk.num_spans(id)), [1, 0, 0, 0]);
        desk.project.redo().unwrap();
        assert_eq!(["0", "1", "2", "3"].map(|id| desk.num_spans(id)), [2, 2, 0, 1]);
        let Desk { folder, project } = desk;
        project.close().unwrap();
        let project = open(&folder.path().join("project"));
        let row = project.row(project.position(&"3".into()).unwrap()).unwrap();
        assert_eq!((row.num_spans, row.state), (1, State::InProgress));
    }

    #[test]
    fn steps_are_taken_back_over_an_import_and_over_documents() {
        let mut desk = Desk::new(&TEXTS);
        desk.mark("فاس", "CITY");
        desk.project.open_document(&"1".into()).unwrap();
        desk.mark("ولاية أمن فاس", "AGENCY");
        desk.project.reload();
        assert_eq!(desk.project.history().len(), 2);
        let look_at = desk.project.go_to(0, &mut |_, _| true).unwrap().unwrap();
        assert_eq!(look_at.0.as_str(), "0");
        assert_eq!(["0", "1"].map(|id| desk.num_spans(id)), [0, 0]);
        desk.project.go_to(2, &mut |_, _| true).unwrap();
        assert_eq!(["0", "1"].map(|id| desk.num_spans(id)), [1, 1]);
        // Stopped on the way, it stays where it is.
        desk.project.go_to(0, &mut |gone, _| gone < 1).unwrap();
        assert_eq!(["0", "1"].map(|id| desk.num_spans(id)), [1, 0]);
        assert_eq!(desk.project.history().num_done(), 1);
        assert!(desk.project.take_problems().is_empty());
    }

    #[test]
    fn ignored_documents_are_left_out_and_a_stop_labels_nothing() {
        let mut desk = Desk::new(&TEXTS);
        let id = desk.mark("فاس", "CITY");
        desk.project.open_document(&"1".into()).unwrap();
        desk.project.set_state(State::Ignored).unwrap();
        desk.project.open_document(&"0".into()).unwrap();
        let (sought, found) = desk.find(&id, true);
        assert_eq!((found.places.len(), found.num_ignored), (2, 1));
        let places: Vec<_> =
            found.places.into_iter().map(|place| (place.document, place.range)).collect();
        let stopped = desk.project.spread(&sought.pattern, places.clone(), &mut |_, _| false);
        assert!(stopped.unwrap().is_none());
        assert_eq!(["0", "3"].map(|id| desk.num_spans(id)), [1, 0]);
        let none = desk.project.spread(&sought.pattern, [], &mut |_, _| true);
        assert!(matches!(none, Err(Error::Refused(Refusal::NothingTicked))));
        let found = find_occurrences(desk.project.store(), &sought, &mut |_, _| false);
        assert!(found.is_stopped && found.places.is_empty());
    }

    #[test]
    fn a_document_that_cannot_be_read_is_skipped_and_named() {
        let mut desk = Desk::new(&TEXTS);
        let id = desk.mark("فاس", "CITY");
        desk.project.open_document(&"3".into()).unwrap();
        desk.mark("ومنها", "AGENCY");
        desk.project.session().unwrap().flush().unwrap();
        desk.project.open_document(&"0".into()).unwrap();
        let Desk { folder, project } = desk;
        project.close().unwrap();
        // Where its set's file was there is a folder.
        let root = folder.path().join("project");
        let project = open(&root);
        let key = SetKey {
            annotator: AnnotatorId::new("سارة").unwrap(),
            document: DocumentId::new("3"),
        };
        let path = find_set(&root.join("sets"), "3.jsonl").unwrap();
        std::fs::remove_file(&path).unwrap();
        std::fs::create_dir(&path).unwrap();
        let mut desk = Desk { folder, project };
        assert!(desk.project.store().set(&key).is_err());
        desk.project.open_document(&"0".into()).unwrap();
        let (_, found) = desk.find(&id, true);
        assert_eq!((found.places.len(), found.problems.len()), (3, 1));
        let done = desk.spread(&id).unwrap();
        assert_eq!(done.num_documents, 2);
    }

    fn find_set(folder: &Path, name: &str) -> Option<std::path::PathBuf> {
        std::fs::read_dir(folder).unwrap().find_map(|entry| {
            let path = entry.unwrap().path();
            if path.is_dir() {
                find_set(&path, name)
            } else {
                path.ends_with(name).then_some(path)
            }
        })
    }
}
