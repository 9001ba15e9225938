//! What the annotator has marked and rejected, kept in mind: read once in a thread, then followed
//! document by document as they change.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::sync::{Arc, PoisonError};
use std::thread;

use super::Project;
use super::suggest::SHORT;
use crate::extract::{self, Extractor};
use crate::learn::{Memory, Reading, Trace};
use crate::model::{AnnotationSet, AnnotatorId, Document, SetKey, Verdict};
use crate::store::{Documents, Entry, Store};

/// How many documents may change within a frame without all being read again in a thread.
const WITHIN_A_FRAME: usize = 8;

/// Follows what is marked and rejected. Dropping it ends its thread.
#[derive(Default)]
pub(super) struct Remembering {
    extractor: Extractor,
    /// The documents as they were when they were looked at last.
    seen: Option<Documents>,
    reading: Option<Read>,
}

/// All that is read anew.
struct Read {
    stop: Arc<AtomicBool>,
    answer: Receiver<Memory>,
    of: Documents,
}

impl Drop for Read {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

impl Remembering {
    /// Brings the memory up to the project; true if it has changed.
    pub(super) fn follow(
        &mut self,
        project: &Project,
        wake: impl Fn() + Send + 'static,
    ) -> bool {
        if let Some(reading) = &self.reading {
            let answer = match reading.answer.try_recv() {
                Err(TryRecvError::Empty) => return false,
                answer => answer.ok(),
            };
            self.seen = Some(reading.of.clone());
            self.reading = None;
            let Some(new) = answer else { return false };
            *project.taught().memory().write().unwrap_or_else(PoisonError::into_inner) = new;
            return true;
        }
        let changed = self.seen.as_ref().and_then(|it| project.documents.changed_since(it));
        match changed {
            Some(changed) if changed.is_empty() => false,
            // A long text is read again when another one is open: not after each step in it.
            Some(changed) if changed.len() <= WITHIN_A_FRAME && is_in_a_long_one(project) => {
                false
            }
            Some(changed) if changed.len() <= WITHIN_A_FRAME && extract::is_prepared() => {
                self.seen = Some(project.documents.clone());
                for entry in changed.iter().filter_map(|at| project.documents.get(*at)) {
                    self.look_at(project, entry);
                }
                true
            }
            _ => {
                self.begin(project, wake);
                false
            }
        }
    }

    /// Takes what became of one document.
    fn look_at(&mut self, project: &Project, entry: &Entry) {
        let annotator = project.annotator.clone();
        let key = SetKey { annotator, document: entry.id.clone() };
        let traces = match project.work.set(&key) {
            Some(set) => project
                .store
                .document(&entry.id)
                .ok()
                .map(|document| traces(&mut self.extractor, &document, set)),
            None => read(&mut self.extractor, &project.store, (entry, &project.annotator)),
        };
        let memory = project.taught().memory();
        let mut memory = memory.write().unwrap_or_else(PoisonError::into_inner);
        memory.put(&entry.id, traces.unwrap_or_default());
    }

    fn begin(&mut self, project: &Project, wake: impl Fn() + Send + 'static) {
        let (store, annotator) = (project.store.clone(), project.annotator.clone());
        let (of, stop) = (project.documents.clone(), Arc::new(AtomicBool::new(false)));
        let (sender, answer) = channel();
        let (documents, stopped) = (of.clone(), Arc::clone(&stop));
        let work = move || {
            let (mut memory, mut extractor) = (Memory::default(), Extractor::default());
            for entry in documents.iter() {
                if stopped.load(Ordering::Relaxed) {
                    return;
                }
                let traces = read(&mut extractor, &store, (entry, &annotator));
                memory.put(&entry.id, traces.unwrap_or_default());
            }
            // Nobody waits for it where the project was closed meanwhile.
            sender.send(memory).ok();
            wake();
        };
        self.seen = Some(of.clone());
        // Where no thread can be had, nothing is remembered but what is marked from now on.
        let thread = thread::Builder::new().name("memory".to_owned()).spawn(work);
        self.reading = thread.ok().map(|_| Read { stop, answer, of });
    }
}

/// Whether the open document is too long to be read in a frame.
fn is_in_a_long_one(project: &Project) -> bool {
    project.document().is_some_and(|document| document.text().len() > SHORT)
}

/// What became of words in a document that the annotator has worked on; what cannot be read
/// teaches nothing.
fn read(
    extractor: &mut Extractor,
    store: &Store,
    (entry, annotator): (&Entry, &AnnotatorId),
) -> Option<Vec<(String, Trace)>> {
    entry.summary(annotator)?;
    let key = SetKey { annotator: annotator.clone(), document: entry.id.clone() };
    let set = store.set(&key).ok()?.0;
    let document = store.document(&entry.id).ok()?;
    Some(traces(extractor, &document, &set))
}

/// What became of words in a document.
fn traces(
    extractor: &mut Extractor,
    document: &Document,
    set: &AnnotationSet,
) -> Vec<(String, Trace)> {
    if set.spans().is_empty() && set.decisions.is_empty() {
        return Vec::new();
    }
    let reading = Reading::of_words(extractor, document.text(), None);
    let marked = set.spans().iter().filter_map(|span| {
        let attributes = span.attributes.iter().map(|(id, of)| (id.clone(), of.clone()));
        let meaning = (span.value.clone(), attributes.collect());
        Some((reading.letters_of(span.range)?, Trace::Marked(span.label.clone(), meaning)))
    });
    let decided = set.decisions.values().filter_map(|decision| {
        let it = &decision.suggestion;
        let rule = (it.source.clone(), it.rule.clone());
        let trace = match decision.verdict {
            Verdict::Rejected(_) => Trace::Rejected(it.label.clone(), rule),
            Verdict::Accepted(_) => Trace::Accepted(it.label.clone(), rule),
            Verdict::Skipped => return None,
        };
        Some((reading.letters_of(it.range)?, trace))
    });
    marked.chain(decided).collect()
}
