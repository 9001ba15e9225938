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
use crate::arabic::fold;
use crate::find::{About, Excerpt, Fact, Query, SpanFilter, excerpt};
use crate::model::{AnnotatorId, DocumentId, SetKey, State};
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
                        Some(filter) => {
                            sets.iter().map(|set| self.num_fitting(entry, *set, filter)).sum()
                        }
                    };
                    take(place, count);
                }
            }
        }
        found
    }

    /// The sets of a document that are what is asked for; the asking annotator may have none
    /// yet. Whether spans are what is asked for is looked up in their files only if `reads`.
    fn sets<'a>(&self, entry: &'a Entry, reads: bool) -> Vec<Option<&'a Summary>> {
        let about = self.query.about.iter();
        let fits = |about: &About| match about {
            About::State(_) => None,
            About::Title(finder) => Some(finder.is_in(entry.title())),
            About::Source(finder) => {
                Some(entry.meta.source.as_deref().is_some_and(|source| finder.is_in(source)))
            }
            About::Id(finder) => Some(finder.is_in(entry.id.as_str())),
            About::Date(date) => Some(entry.meta.date.as_deref().is_some_and(|d| date.fits(d))),
        };
        if about.clone().any(|(about, wanted)| fits(about).is_some_and(|fits| fits != *wanted))
        {
            return Vec::new();
        }
        let sets: Vec<Option<&Summary>> = match &self.query.annotator {
            None => vec![entry.summary(&self.annotator)],
            Some(name) => {
                let named = |set: &&Summary| fold(set.annotator.as_str()) == *name;
                entry.sets.iter().filter(named).map(Some).collect()
            }
        };
        let state_fits = |set: &Option<&Summary>| {
            let state = set.map_or(State::New, |set| set.state);
            about.clone().all(|(about, wanted)| match about {
                About::State(asked) => (state == *asked) == *wanted,
                _ => true,
            })
        };
        let spans_fit = |set: &Option<&Summary>| {
            self.query.spans.iter().all(|filter| {
                let has = if filter.needs_counts_only() {
                    num_by_counts(*set, filter) > 0
                } else if filter.is_negated {
                    reads && self.num_fitting(entry, *set, filter) > 0
                } else {
                    num_with_label(*set, filter) > 0
                        && (!reads || self.num_fitting(entry, *set, filter) > 0)
                };
                has != filter.is_negated
            })
        };
        sets.into_iter().filter(|set| state_fits(set) && spans_fit(set)).collect()
    }

    /// How many spans of a set fit a filter, whether or not it is turned round.
    fn num_fitting(&self, entry: &Entry, set: Option<&Summary>, filter: &SpanFilter) -> usize {
        if filter.needs_counts_only() {
            return num_by_counts(set, filter);
        }
        let Some(set) = set else { return 0 };
        let mut count = 0;
        let read = self.store.each_span(&key(entry, set), &mut |line| {
            count += usize::from(filter.fits(&fact(line)));
        });
        // A set that cannot be read has nothing to show.
        read.map_or(0, |()| count)
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

fn key(entry: &Entry, set: &Summary) -> SetKey {
    SetKey { annotator: set.annotator.clone(), document: entry.id.clone() }
}

fn fact<'a>(line: &'a SpanLine<'_>) -> Fact<'a> {
    Fact {
        label: &line.label,
        value: line.value.as_deref(),
        text: &line.text,
        note: line.note.as_deref().unwrap_or_default(),
        doubtful: line.doubtful,
    }
}

/// How many spans fit a filter that asks for a label or for doubtful spans only.
fn num_by_counts(set: Option<&Summary>, filter: &SpanFilter) -> usize {
    if filter.is_doubtful_only() {
        return set.map_or(0, |set| set.doubtful as usize);
    }
    num_with_label(set, filter)
}

fn num_with_label(set: Option<&Summary>, filter: &SpanFilter) -> usize {
    let Some(set) = set else { return 0 };
    match &filter.label {
        None => set.num_spans(),
        Some(label) => {
            let count = set.labels.iter().find(|(of, _)| of == label);
            count.map_or(0, |(_, count)| *count as usize)
        }
    }
}
