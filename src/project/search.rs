//! Searching all documents: threads that read, a list that grows in the documents' order.
//!
//! What is found is kept as a count for each document: rows are counted through, and the words
//! around a hit are read when somebody looks at its row.

use std::collections::{BTreeMap, HashMap};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use super::Project;
use super::filter::{Asking, fact, key, num_fitting};
use crate::find::{Excerpt, Query, excerpt};
use crate::model::{AnnotatorId, DocumentId};
use crate::store::{Documents, Entry, SpanLine, Store, Summary, Texts};
use crate::text::{Offset, TextRange};

/// How many documents a thread takes at a time where no text is read.
const CHUNK: usize = 256;

/// The most excerpts that are kept; more rows than that are never seen together.
const KEPT: usize = 1_024;

/// How many threads read.
const THREADS: usize = 4;

/// A search of all documents, under way or done. Dropping it stops it.
pub struct Search {
    shared: Arc<Shared>,
    parts: Receiver<Part>,
    /// Parts that came before others that stand before them.
    waiting: BTreeMap<usize, Vec<Found>>,
    next: usize,
    is_done: bool,
    /// The documents that have hits, in order, with how many hits come before each.
    found: Vec<(Found, u64)>,
    num_hits: u64,
    documents: Documents,
    asked: Sender<Asked>,
    answers: Receiver<(u64, Option<Excerpt>)>,
    excerpts: HashMap<u64, Option<Excerpt>>,
    /// Rows whose excerpts are under way.
    pending: Vec<u64>,
}

impl std::fmt::Debug for Search {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Search").field("found", &self.found).finish_non_exhaustive()
    }
}

/// A hit as a row of a list.
#[derive(Clone, Copy, Debug)]
pub struct HitRow<'a> {
    /// Its document.
    pub id: &'a DocumentId,
    /// The document's title to show.
    pub title: &'a str,
    /// Its number among the document's hits, from 0.
    pub number: u64,
    /// How many hits the document has.
    pub num_hits: u64,
    /// The place and the words around it; none before they are read.
    pub excerpt: Option<&'a Excerpt>,
    /// Whether they were read and are not there: the document cannot be read.
    pub is_missing: bool,
}

/// A document and how many hits it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Found {
    place: u32,
    count: u32,
}

/// Documents that stand together, and what was found in them.
struct Part {
    number: usize,
    found: Vec<Found>,
    /// How many parts there are.
    of: usize,
}

/// A row whose excerpt is wanted.
struct Asked {
    row: u64,
    place: u32,
    number: u64,
}

/// What the threads share.
struct Shared {
    store: Store,
    documents: Documents,
    query: Query,
    annotator: AnnotatorId,
    stop: AtomicBool,
    wake: Arc<dyn Fn() + Send + Sync>,
}

impl Search {
    /// Begins to search the documents of `project` for `query`. `wake` is called from other
    /// threads when there is something to [`poll`](Self::poll).
    ///
    /// # Errors
    ///
    /// If the system gives no thread.
    pub fn begin(
        project: &Project,
        query: Query,
        wake: Arc<dyn Fn() + Send + Sync>,
    ) -> io::Result<Self> {
        let documents = project.documents.clone();
        Self::begin_in(&project.store, documents, &project.annotator, query, wake)
    }

    /// The same without a project's session: `annotator`'s sets are asked where the query names
    /// nobody.
    ///
    /// # Errors
    ///
    /// If the system gives no thread.
    pub fn begin_in(
        store: &Store,
        documents: Documents,
        annotator: &AnnotatorId,
        query: Query,
        wake: Arc<dyn Fn() + Send + Sync>,
    ) -> io::Result<Self> {
        let shared = Arc::new(Shared {
            store: store.clone(),
            documents: documents.clone(),
            query,
            annotator: annotator.clone(),
            stop: AtomicBool::new(false),
            wake,
        });
        let (sender, parts) = channel();
        let (asked, questions) = channel();
        let (answer, answers) = channel();
        let (of_search, of_excerpts) = (Arc::clone(&shared), Arc::clone(&shared));
        let thread = |name: &str| thread::Builder::new().name(name.to_owned());
        thread("search").spawn(move || of_search.search(&sender))?;
        thread("excerpts").spawn(move || of_excerpts.excerpts(&questions, &answer))?;
        Ok(Self {
            shared,
            parts,
            waiting: BTreeMap::new(),
            next: 0,
            is_done: false,
            found: Vec::new(),
            num_hits: 0,
            documents,
            asked,
            answers,
            excerpts: HashMap::new(),
            pending: Vec::new(),
        })
    }

    /// Takes what the threads have found since. Quick: meant for every frame.
    pub fn poll(&mut self) {
        for part in self.parts.try_iter() {
            self.waiting.insert(part.number, part.found);
            while let Some(found) = self.waiting.remove(&self.next) {
                self.next += 1;
                for found in found {
                    self.found.push((found, self.num_hits));
                    self.num_hits += u64::from(found.count);
                }
            }
            self.is_done = self.next >= part.of;
        }
        for (row, excerpt) in self.answers.try_iter() {
            self.pending.retain(|pending| *pending != row);
            if self.excerpts.len() >= KEPT {
                self.excerpts.clear();
            }
            self.excerpts.insert(row, excerpt);
        }
    }

    /// Whether all documents were searched.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.is_done
    }

    /// How many hits were found so far: as many as there are rows.
    #[must_use]
    pub fn num_hits(&self) -> u64 {
        self.num_hits
    }

    /// How many documents have them.
    #[must_use]
    pub fn num_documents(&self) -> usize {
        self.found.len()
    }

    /// The hit at that place in the list. The words around it are read if they are not there.
    pub fn row(&mut self, row: u64) -> Option<HitRow<'_>> {
        let at = self.found.partition_point(|(_, before)| *before <= row).checked_sub(1)?;
        let (found, before) = *self.found.get(at)?;
        let number = row - before;
        if number >= u64::from(found.count) {
            return None;
        }
        if !self.excerpts.contains_key(&row) && !self.pending.contains(&row) {
            self.pending.push(row);
            // A thread that is gone answers nothing: the row stays without its words.
            self.asked.send(Asked { row, place: found.place, number }).ok();
        }
        let entry = self.documents.get(found.place as usize)?;
        let excerpt = self.excerpts.get(&row);
        Some(HitRow {
            id: &entry.id,
            title: entry.title(),
            number,
            num_hits: u64::from(found.count),
            excerpt: excerpt.and_then(Option::as_ref),
            is_missing: excerpt.is_some_and(Option::is_none),
        })
    }
}

impl Drop for Search {
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::Relaxed);
    }
}

impl Shared {
    fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    fn search(&self, sender: &Sender<Part>) {
        let places: Vec<u32> = (0_u32..)
            .zip(self.documents.iter())
            .filter(|(_, entry)| !self.sets(entry, false).is_empty())
            .map(|(place, _)| place)
            .collect();
        let work = if self.query.finders.is_empty() {
            Work::Entries(places)
        } else {
            Work::Texts(self.store.texts(&self.documents, places))
        };
        let of = work.num_parts();
        let next = AtomicUsize::new(0);
        let run = |sender: Sender<Part>| {
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= of || self.stopped() {
                    break;
                }
                let found = self.part(&work, number);
                let is_news = !found.is_empty() && number < 4;
                // Whoever asked may have turned to something else.
                if sender.send(Part { number, found, of }).is_err() {
                    break;
                }
                if is_news || number % 64 == 63 {
                    (self.wake)();
                }
            }
        };
        if of == 0 {
            sender.send(Part { number: 0, found: Vec::new(), of }).ok();
        }
        let threads = thread::available_parallelism().map_or(1, usize::from).min(THREADS);
        thread::scope(|scope| {
            for _ in 1..threads.min(of) {
                let sender = sender.clone();
                let thread = thread::Builder::new().name("search".to_owned());
                // Without more threads this one does it all.
                thread.spawn_scoped(scope, || run(sender)).ok();
            }
            run(sender.clone());
        });
        (self.wake)();
    }

    fn part(&self, work: &Work, number: usize) -> Vec<Found> {
        let mut found = Vec::new();
        let mut take = |place: usize, count: usize| {
            let (Ok(place), Ok(count)) = (u32::try_from(place), u32::try_from(count)) else {
                return;
            };
            if count > 0 {
                found.push(Found { place, count });
            }
        };
        match work {
            Work::Texts(texts) => texts.read(number, &mut |place, text| {
                let count = self.query.count(text);
                let fits = count > 0
                    && (self.query.spans.is_empty()
                        || self
                            .documents
                            .get(place)
                            .is_some_and(|e| !self.sets(e, true).is_empty()));
                take(place, if fits { count } else { 0 });
                !self.stopped()
            }),
            Work::Entries(places) => {
                for place in places.iter().skip(number * CHUNK).take(CHUNK) {
                    if self.stopped() {
                        break;
                    }
                    let place = *place as usize;
                    let Some(entry) = self.documents.get(place) else { continue };
                    let sets = self.sets(entry, true);
                    let count = match self.query.shown_spans() {
                        _ if sets.is_empty() => 0,
                        None => 1,
                        Some(filter) => sets
                            .iter()
                            .map(|set| num_fitting(&self.store, entry, *set, filter))
                            .sum(),
                    };
                    take(place, count);
                }
            }
        }
        found
    }

    fn sets<'a>(&self, entry: &'a Entry, reads: bool) -> Vec<Option<&'a Summary>> {
        let asked = Asking { query: &self.query, annotator: &self.annotator };
        asked.sets(entry, reads.then_some(&self.store))
    }

    /// Reads the words around hits, one row after the other, the last asked first.
    fn excerpts(&self, asked: &Receiver<Asked>, answers: &Sender<(u64, Option<Excerpt>)>) {
        let mut last: Option<(u32, Vec<Excerpt>)> = None;
        while let Ok(first) = asked.recv() {
            // Documents one after the other, so that each is read once.
            let mut rows: Vec<Asked> = std::iter::once(first).chain(asked.try_iter()).collect();
            rows.sort_by_key(|asked| asked.row);
            let wanted = |place: u32| rows.iter().filter(move |asked| asked.place == place);
            for asked in &rows {
                if self.stopped() {
                    return;
                }
                if last.as_ref().is_none_or(|(place, _)| *place != asked.place) {
                    last = None;
                }
                let numbers: Vec<u64> = wanted(asked.place).map(|asked| asked.number).collect();
                let excerpts = match last.take() {
                    Some((_, excerpts)) => excerpts,
                    None => self.excerpts_of(asked.place, &numbers).unwrap_or_default(),
                };
                let at = numbers.iter().position(|number| *number == asked.number);
                let excerpt = at.and_then(|at| excerpts.get(at)).cloned();
                last = Some((asked.place, excerpts));
                if answers.send((asked.row, excerpt)).is_err() {
                    return;
                }
            }
            last = None;
            (self.wake)();
        }
    }

    /// The excerpts of a document's hits of those numbers.
    fn excerpts_of(&self, place: u32, numbers: &[u64]) -> Option<Vec<Excerpt>> {
        let entry = self.documents.get(place as usize)?;
        let document = self.store.document(&entry.id).ok()?;
        let text = document.text();
        let hits = if !self.query.finders.is_empty() {
            self.query.places(text)
        } else if let Some(filter) = self.query.shown_spans() {
            let mut hits = Vec::new();
            for set in self.sets(entry, true).into_iter().flatten() {
                let (set, _) = self.store.set(&key(entry, set)).ok()?;
                let fits = |range| {
                    move |line: &SpanLine<'_>| filter.fits(&fact(line)).then_some(range)
                };
                hits.extend(set.spans().iter().filter_map(|span| {
                    fits(span.range)(&SpanLine::of(span, document.slice(span.range)))
                }));
            }
            hits
        } else {
            vec![TextRange::empty(Offset::ZERO)]
        };
        let at = |number: &u64| hits.get(usize::try_from(*number).ok()?).copied();
        Some(numbers.iter().filter_map(at).map(|range| excerpt(text, range)).collect())
    }
}

/// What is read, in parts.
enum Work {
    Texts(Texts),
    Entries(Vec<u32>),
}

impl Work {
    fn num_parts(&self) -> usize {
        match self {
            Self::Texts(texts) => texts.num_blocks(),
            Self::Entries(places) => places.len().div_ceil(CHUNK),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;
    use crate::edit::annotate;
    use crate::find::{Kind, Options};
    use crate::model::{Document, Schema, SetKey, Span, State, Timestamp};
    use crate::store::{Installation, RealDisk};

    /// A project with many documents, of which some have spans of سارة.
    struct Desk {
        store: Store,
        session: crate::store::Session,
        _folder: tempfile::TempDir,
    }

    fn sara() -> AnnotatorId {
        AnnotatorId::new("سارة").unwrap()
    }

    fn text(at: usize) -> String {
        let city = ["طنجة", "طَنْجه", "فاس", "وجدة"][at % 4];
        format!(
            "المقال رقم {at}\nزار الوفد {city} ثم {city} مساء\n{}",
            "سطر آخر. ".repeat(at % 40)
        )
    }

    impl Desk {
        fn new(count: usize) -> Self {
            let folder = tempfile::tempdir().unwrap();
            let root = folder.path().join("project");
            Store::create(&RealDisk, &root, "أخبار", &Schema::default()).unwrap();
            let installation = Installation::new("00000000000000a1").unwrap();
            let (store, _) = Store::open(Arc::new(RealDisk), &root, &installation).unwrap();
            let session = store.session(Some(&sara()), Arc::new(|| {})).unwrap();
            let mut import = session.import(Timestamp(0)).unwrap();
            for at in 0..count {
                let document = Document::new(at.to_string().as_str().into(), text(at));
                let mut spans = Vec::new();
                if at % 10 == 0 {
                    let start = document.text().find("زار").unwrap();
                    let mut span =
                        Span::new("1".into(), "COUNT".into(), TextRange::of(start..start + 6));
                    span.value = Some(at.to_string());
                    span.doubtful = at % 20 == 0;
                    spans.push(span);
                }
                let state = (!spans.is_empty()).then_some(State::Finished);
                import.add(&document, spans, state).unwrap();
            }
            import.commit().unwrap();
            session.flush().unwrap();
            Self { store, session, _folder: folder }
        }

        fn begin(&self, query: &str, options: Options) -> Search {
            let query = Query::parse(query, options, &self.store.schema()).unwrap();
            let wake = Arc::new(|| {});
            Search::begin_in(&self.store, self.store.documents(), &sara(), query, wake).unwrap()
        }

        /// The documents that are found, with how many hits each has.
        fn found(&self, query: &str) -> Vec<(String, u64)> {
            let mut search = done(self.begin(query, Options::default()));
            let mut found: Vec<(String, u64)> = Vec::new();
            for row in 0..search.num_hits() {
                let row = search.row(row).unwrap();
                if row.number == 0 {
                    found.push((row.id.to_string(), row.num_hits));
                }
            }
            assert_eq!(found.len(), search.num_documents());
            assert!(search.row(search.num_hits()).is_none());
            found
        }
    }

    #[track_caller]
    fn wait(search: &mut Search, mut is_over: impl FnMut(&mut Search) -> bool) {
        let begin = Instant::now();
        while !is_over(search) {
            assert!(begin.elapsed() < Duration::from_secs(60));
            thread::sleep(Duration::from_millis(1));
            search.poll();
        }
    }

    fn done(mut search: Search) -> Search {
        wait(&mut search, |search| search.is_done());
        search
    }

    fn all_with(count: usize, each: impl Fn(usize) -> u64) -> Vec<(String, u64)> {
        (0..count).map(|at| (at.to_string(), each(at))).filter(|(_, hits)| *hits > 0).collect()
    }

    #[test]
    fn every_hit_is_found_in_the_order_of_the_documents() {
        let desk = Desk::new(1_500);
        assert_eq!(desk.found("طنجة"), all_with(1_500, |at| if at % 4 < 2 { 2 } else { 0 }));
        assert_eq!(desk.found("سطر آخر"), all_with(1_500, |at| (at % 40) as u64));
        assert_eq!(desk.found("\"رقم 1402\" وجدة"), []);
        assert_eq!(desk.found("لا شيء من هذا"), []);
        let mut search = done(
            desk.begin(r"رقم \d+7\b", Options { kind: Kind::Regex, ..Options::default() }),
        );
        assert_eq!(search.num_hits(), 149);
        let row = |search: &mut Search| search.row(1).unwrap().excerpt.cloned();
        wait(&mut search, |search| row(search).is_some());
        let excerpt = row(&mut search).unwrap();
        assert_eq!(&excerpt.line[excerpt.emphasis], "رقم 27");
        assert_eq!(search.row(1).unwrap().id.as_str(), "27");
        assert_eq!(&text(27)[excerpt.range.to_range()], "رقم 27");
        desk.session.close().unwrap();
    }

    #[test]
    fn filters_choose_documents_by_sets_and_spans() {
        let desk = Desk::new(400);
        let found = |query: &str| desk.found(query);
        let every = |step: usize| all_with(400, |at| u64::from(at % step == 0));
        assert_eq!(found("label:COUNT"), every(10));
        assert_eq!(found("doubtful"), every(20));
        assert_eq!(found("count>=390"), [("390".to_owned(), 1)]);
        assert_eq!(found("state:finished"), every(10));
        assert_eq!(found("annotator:ساره doubtful"), every(20));
        assert_eq!(found("annotator:عمر"), []);
        assert_eq!(found("طنجة count<50 -doubtful"), []);
        assert_eq!(
            found("فاس count<50 -doubtful"),
            [("10".to_owned(), 2), ("30".to_owned(), 2)]
        );
        assert_eq!(found("-label:COUNT id:40"), []);
        assert_eq!(found("title:\"رقم 398\" -state:finished"), [("398".to_owned(), 1)]);

        // What is not yet in a file counts as well, and a hit is where the span is.
        let id: DocumentId = "5".into();
        let document = desk.store.document(&id).unwrap();
        let key = SetKey { annotator: sara(), document: id };
        let (set, _) = desk.store.set(&key).unwrap();
        let schema = desk.store.schema();
        let at = Timestamp(1);
        let cx = crate::edit::Context { document: &document, schema: &schema, set: &set, at };
        let start = document.text().find("الوفد").unwrap();
        let step =
            annotate(&cx, TextRange::of(start..start + 10), &"AGENCY".into(), "2".into());
        desk.session.commit(&step.unwrap()).unwrap();
        assert_eq!(found("agency:الوفد"), [("5".to_owned(), 1)]);
        let mut search = done(desk.begin("agency:الوفد", Options::default()));
        wait(&mut search, |search| search.row(0).unwrap().excerpt.is_some());
        assert_eq!(
            search.row(0).unwrap().excerpt.unwrap().range,
            TextRange::of(start..start + 10)
        );
        desk.session.close().unwrap();
    }

    #[test]
    fn a_dropped_search_stops() {
        let desk = Desk::new(300);
        let search = desk.begin("ا", Options::default());
        let shared = Arc::downgrade(&search.shared);
        drop(search);
        let begin = Instant::now();
        while shared.strong_count() > 0 {
            assert!(begin.elapsed() < Duration::from_secs(60), "its threads go on");
            thread::sleep(Duration::from_millis(1));
        }
        desk.session.close().unwrap();
    }
}
