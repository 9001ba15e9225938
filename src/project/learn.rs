//! What the project's documents have taught, and how it joins what is suggested: what was marked
//! and rejected, and what finished documents taught the tagger.
//!
//! A tagger that is used decides of its labels alone: what the rules find and it does not is not
//! heard. Where its source is hidden, all rules are heard again.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::sync::{Arc, PoisonError, RwLock};
use std::thread;

use super::Project;
use super::memory::Remembering;
use super::suggest::{RULES, of_rules};
use crate::extract::{self, Extractor};
use crate::learn::{
    FEWEST, Lesson, Marked, Memory, Model, Reading, Report, cross_validate, from_bytes, teach,
    to_bytes,
};
use crate::model::{
    AnnotationSet, AnnotatorId, Confidence, Document, LabelId, Schema, SetKey, State,
    Suggestion,
};
use crate::store::{Entry, Store};
use crate::text::TextRange;

/// The source of what was learned from finished documents.
pub const LEARNED: &str = "learned";
/// The source of what the same words were marked as elsewhere.
pub const MEMORY: &str = "memory";
/// Their rules.
const REMEMBERED: &str = "memory.marked";
const TAGGER: &str = "learned.tagger";

/// From how many documents at most is learned: of more, some of all times are taken.
const MOST: usize = 400;
/// From how many more documents than last time is learned by itself: at least so many, and a
/// fifth.
const MORE: usize = 5;
/// The seed of all chance in learning.
const SEED: u64 = 1;

/// What was learned, and what it gains.
#[derive(Debug)]
pub struct Learning {
    /// What it gains over rules alone.
    pub report: Report,
    model: Model,
}

/// What a project has taught. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Taught {
    learning: Option<Arc<Learning>>,
    memory: Arc<RwLock<Memory>>,
    /// Grows with every change of what was learned.
    revision: u64,
    /// Grows with every change of what is remembered.
    remembers: u64,
}

impl Taught {
    /// What was learned last, if anything was.
    #[must_use]
    pub fn learning(&self) -> Option<&Arc<Learning>> {
        self.learning.as_ref()
    }

    /// Grows with every change of what is remembered.
    #[must_use]
    pub(super) fn remembers(&self) -> u64 {
        self.remembers
    }

    /// What is remembered, to be changed.
    pub(super) fn memory(&self) -> &RwLock<Memory> {
        &self.memory
    }

    /// Grows with every change of what was learned.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The sources that it adds to the project's.
    pub(super) fn sources(&self) -> impl Iterator<Item = &'static str> {
        self.model().map(|_| LEARNED).into_iter()
    }

    fn model(&self) -> Option<&Model> {
        let model = self.learning.as_ref().map(|learning| &learning.model);
        model.filter(|model| !model.is_empty())
    }

    /// What rules find in a document of that date, and what was learned.
    pub(super) fn suggest(
        &self,
        extractor: &mut Extractor,
        (document, schema): (&Document, impl FnOnce() -> Schema),
        date: Option<&str>,
    ) -> (Vec<Suggestion>, Reading) {
        let date = date.and_then(|date| date.parse().ok());
        let text = document.text();
        let of_rules = |reading: &Reading| -> Vec<Suggestion> {
            reading.rules().iter().cloned().map(of_rules).collect()
        };
        let Some(model) = self.model() else {
            let reading = Reading::of_words(extractor, text, date);
            return (of_rules(&reading), reading);
        };
        let reading = Reading::new(extractor, text, date);
        let mut found = of_rules(&reading);
        let schema = schema();
        for learned in model.find(&reading) {
            let mut it = Suggestion::new(LEARNED, learned.label, learned.range);
            TAGGER.clone_into(&mut it.rule);
            it.confidence = Confidence::new(learned.score);
            let same =
                found.iter().find(|rule| rule.label == it.label && rule.range == it.range);
            if let Some(same) = same {
                (it.value, it.attributes) = (same.value.clone(), same.attributes.clone());
            } else if learned.value.is_some() {
                it.value = learned.value;
                it.attributes = learned.attributes.into_iter().collect();
            } else {
                let kind = schema.label(&it.label).map(|label| &label.value);
                it.value = kind.and_then(|kind| kind.of_digits(document.slice(it.range)));
            }
            found.push(it);
        }
        (found, reading)
    }

    /// What of `found` in a text is heard while those sources are hidden, with what is remembered;
    /// and how many of it are silent, since the tagger or who decided about the same words
    /// elsewhere says otherwise.
    pub(super) fn heard(
        &self,
        (found, reading): (&[Suggestion], &Reading),
        hidden: &[String],
    ) -> (Vec<Suggestion>, usize) {
        let is_on = |source: &str| !hidden.iter().any(|hidden| hidden == source);
        let decides: BTreeSet<&LabelId> = match self.model() {
            Some(model) if is_on(LEARNED) => model.labels().collect(),
            _ => BTreeSet::new(),
        };
        let learned: BTreeSet<(&LabelId, TextRange)> = found
            .iter()
            .filter(|it| it.source == LEARNED)
            .map(|it| (&it.label, it.range))
            .collect();
        let memory = self.memory.read().unwrap_or_else(PoisonError::into_inner);
        let uses_memory = is_on(MEMORY) && !memory.is_empty();
        let is_silent = |it: &Suggestion| {
            let rule = (it.source.clone(), it.rule.clone());
            uses_memory
                && reading
                    .letters_of(it.range)
                    .is_some_and(|letters| memory.is_silent(&letters, &it.label, &rule))
        };
        let is_overruled = |it: &Suggestion| {
            it.source == RULES
                && decides.contains(&it.label)
                && !learned.contains(&(&it.label, it.range))
        };
        let (silent, mut heard): (Vec<_>, Vec<_>) = found
            .iter()
            .filter(|it| is_on(&it.source))
            .cloned()
            .partition(|it| is_overruled(it) || is_silent(it));
        let mut silent = silent.len();
        if uses_memory {
            for it in remembered(&memory, reading, &heard) {
                if is_silent(&it) {
                    silent += 1;
                } else {
                    heard.push(it);
                }
            }
        }
        (heard, silent)
    }
}

/// What was marked elsewhere, where it is not at odds with what is found.
fn remembered(memory: &Memory, reading: &Reading, found: &[Suggestion]) -> Vec<Suggestion> {
    let mut suggestions = Vec::new();
    for it in memory.find(reading) {
        let mut shared = found.iter().filter(|other| other.range.overlaps(it.range));
        if shared.clone().any(|other| other.range != it.range) {
            continue;
        }
        let mut suggestion = Suggestion::new(MEMORY, it.label, it.range);
        REMEMBERED.clone_into(&mut suggestion.rule);
        suggestion.confidence = Confidence::new(it.score);
        if let Some(same) = shared.find(|other| other.label == suggestion.label) {
            suggestion.value.clone_from(&same.value);
            suggestion.attributes.clone_from(&same.attributes);
        } else {
            suggestion.value = it.value;
            suggestion.attributes = it.attributes.into_iter().collect();
        }
        suggestions.push(suggestion);
    }
    suggestions
}

impl Project {
    /// What was learned from this project.
    #[must_use]
    pub fn taught(&self) -> &Taught {
        &self.taught
    }

    /// How many documents this annotator has finished.
    #[must_use]
    pub fn num_finished(&self) -> usize {
        self.num_in_state(State::Finished)
    }
}

/// The finished documents to learn from: of each the finished gold set, else the annotator's own,
/// else the first other. What cannot be read teaches nothing.
fn lessons(
    store: &Store,
    annotator: &AnnotatorId,
    go_on: &mut dyn FnMut() -> bool,
) -> Option<Vec<Lesson>> {
    let documents = store.documents();
    let finished = |entry: &Entry| -> Option<SetKey> {
        let mut sets: Vec<_> =
            entry.sets.iter().filter(|set| set.state == State::Finished).collect();
        sets.sort_by_key(|set| (!set.annotator.is_gold(), set.annotator != *annotator));
        let annotator = sets.first()?.annotator.clone();
        Some(SetKey { annotator, document: entry.id.clone() })
    };
    let all: Vec<(&Entry, SetKey)> =
        documents.iter().filter_map(|entry| Some((entry, finished(entry)?))).collect();
    // Evenly from all of them.
    let num = all.len().min(MOST);
    let sample = (0..num).filter_map(|at| all.get(at * all.len() / num));
    let mut lessons = Vec::new();
    for (entry, key) in sample {
        if !go_on() {
            return None;
        }
        let read = store.document(&entry.id).and_then(|it| Ok((it, store.set(key)?.0)));
        let Ok((document, set)) = read else { continue };
        lessons.push(lesson(entry, &document, &set));
    }
    Some(lessons)
}

fn lesson(entry: &Entry, document: &Document, set: &AnnotationSet) -> Lesson {
    let date = entry.meta.date.as_deref();
    let mark = |span: &crate::model::Span| Marked {
        label: span.label.clone(),
        range: span.range,
        value: span.value.clone(),
        attributes: span
            .attributes
            .iter()
            .map(|(id, text)| (id.clone(), text.clone()))
            .collect(),
    };
    Lesson {
        text: Arc::clone(document.text()),
        date: date.and_then(|date| date.parse().ok()),
        spans: set.spans().iter().map(mark).collect(),
    }
}

/// Learns from the finished documents; none if it was stopped.
fn learn(
    store: &Store,
    annotator: &AnnotatorId,
    go_on: &mut dyn FnMut() -> bool,
) -> Option<Learning> {
    extract::prepare();
    let lessons = lessons(store, annotator, go_on)?;
    let report = cross_validate(&lessons, SEED, &mut |_, _| go_on())?;
    let model = teach(&lessons, &report, SEED);
    if !go_on() {
        return None;
    }
    // Where it cannot be written, it is learned again next time.
    store.write_learned(&to_bytes(&report, &model)).ok();
    Some(Learning { report, model })
}

/// Learns off the frame: reads what was learned last, and learns anew when it is asked to or when
/// enough documents have been finished since. Dropping it stops it.
#[derive(Default)]
pub struct Teacher {
    /// Whether what was learned last was read.
    is_ready: bool,
    is_asked: bool,
    /// How many documents were finished when it could not learn.
    tried: usize,
    work: Option<Work>,
    remembering: Remembering,
}

impl std::fmt::Debug for Teacher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Teacher")
            .field("is_learning", &self.is_learning())
            .finish_non_exhaustive()
    }
}

struct Work {
    stop: Arc<AtomicBool>,
    answer: Receiver<Option<Learning>>,
    is_learning: bool,
}

impl Drop for Work {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

impl Teacher {
    /// How many finished documents it takes at least.
    pub const FEWEST: usize = FEWEST;

    /// Asks to learn from what is finished now.
    pub fn ask(&mut self) {
        self.is_asked = true;
    }

    /// Whether it is learning, or is about to.
    #[must_use]
    pub fn is_learning(&self) -> bool {
        self.is_asked || self.work.as_ref().is_some_and(|work| work.is_learning)
    }

    /// Forgets what was learned, and removes its file; nothing is learned by itself before more
    /// documents are finished.
    ///
    /// # Errors
    ///
    /// If the file cannot be removed.
    pub fn forget(&mut self, project: &mut Project) -> Result<(), super::Error> {
        self.work = None;
        (self.is_ready, self.is_asked) = (true, false);
        self.tried = project.num_finished();
        project.taught.learning = None;
        project.taught.revision += 1;
        Ok(project.store.forget_learned()?)
    }

    /// Takes what was learned, and begins what is to be done; true if something was learned.
    /// Meant for every frame. `wake` is called from another thread when there is something.
    pub fn follow(
        &mut self,
        project: &mut Project,
        wake: impl Fn() + Clone + Send + 'static,
    ) -> bool {
        if self.remembering.follow(project, wake.clone()) {
            project.taught.remembers += 1;
        }
        if let Some(work) = &self.work {
            let answer = match work.answer.try_recv() {
                Err(TryRecvError::Empty) => return false,
                answer => answer.ok().flatten(),
            };
            let has_learned = work.is_learning && answer.is_some();
            self.work = None;
            self.is_ready = true;
            if let Some(learning) = answer {
                project.taught.learning = Some(Arc::new(learning));
                project.taught.revision += 1;
            }
            if has_learned {
                self.tried = project.num_finished();
            }
            return has_learned;
        }
        let (store, annotator) = (project.store.clone(), project.annotator.clone());
        if !self.is_ready && store.has_learned() {
            let read = move |_: &AtomicBool| {
                let bytes = store.learned().ok().flatten()?;
                let (report, model) = from_bytes(&bytes)?;
                Some(Learning { report, model })
            };
            self.begin(false, read, wake);
            return false;
        }
        self.is_ready = true;
        if std::mem::take(&mut self.is_asked) || self.is_time(project) {
            let learn = move |stop: &AtomicBool| {
                learn(&store, &annotator, &mut || !stop.load(Ordering::Relaxed))
            };
            self.tried = project.num_finished();
            self.begin(true, learn, wake);
        }
        false
    }

    /// Whether enough documents were finished since it learned last.
    fn is_time(&self, project: &Project) -> bool {
        let learned = project.taught.learning.as_ref().map_or(0, |it| it.report.documents);
        let last = learned.max(self.tried);
        let finished = project.num_finished();
        finished >= FEWEST && (last == 0 || finished >= last + MORE.max(last / 5))
    }

    fn begin(
        &mut self,
        is_learning: bool,
        work: impl FnOnce(&AtomicBool) -> Option<Learning> + Send + 'static,
        wake: impl Fn() + Send + 'static,
    ) {
        let stop = Arc::new(AtomicBool::new(false));
        let (sender, answer) = channel();
        let shared = Arc::clone(&stop);
        let work = move || {
            // Nobody waits for it where the project was closed meanwhile.
            sender.send(work(&shared)).ok();
            wake();
        };
        // Where no thread can be had, nothing is learned.
        self.is_ready = true;
        let thread = thread::Builder::new().name("learn".to_owned()).spawn(work);
        self.work = thread.ok().map(|_| Work { stop, answer, is_learning });
    }
}
