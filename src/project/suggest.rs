//! What is suggested for the open document, by all sources: by this program's own rules, found
//! at once in a short text and in a thread in a long one, and by what was brought from outside.
//! Kept until the text, its date, the spans on it or the decisions change.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use super::Project;
use super::offer::{Offer, offers};
use crate::extract::{self, Extractor};
use crate::model::{AttributeId, Confidence, Document, LabelId, Suggestion};
use crate::text::TextRange;

/// The source of what this program's own rules find.
pub const RULES: &str = "rules";

/// How long a text may be that is looked through at once, in bytes: a millisecond or two, while
/// the thread's answer would be seen some frames after the article.
const SHORT: usize = 64 << 10;

/// Suggestions for the open document. Dropping it ends its thread.
#[derive(Default)]
pub struct Suggestions {
    extractor: Extractor,
    thread: Option<Thread>,
    /// What was asked last.
    asked: Option<Asked>,
    /// Whether it was handed to the thread: one frame after it is first asked, so that a
    /// document is seen first, and one that is only passed by is not looked through.
    is_sent: bool,
    /// What the rules found in it.
    found: Option<Vec<Suggestion>>,
    /// What is still to be decided, and the revision of the project that it follows from.
    open: Vec<Offer>,
    of: Option<u64>,
}

impl std::fmt::Debug for Suggestions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Suggestions").field("open", &self.open).finish_non_exhaustive()
    }
}

/// A text and its date as its annotator has it.
#[derive(Clone)]
struct Asked {
    document: Arc<Document>,
    date: Option<String>,
}

impl Asked {
    fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.document, &other.document) && self.date == other.date
    }

    fn answer(&self, extractor: &mut Extractor) -> Vec<Suggestion> {
        by_rules(extractor, self.document.text(), self.date.as_deref())
    }
}

struct Thread {
    questions: Sender<Asked>,
    answers: Receiver<(Asked, Vec<Suggestion>)>,
}

impl Suggestions {
    /// Follows the open document; true if another frame is to follow at once. Meant for every
    /// frame, after what it changes. `wake` is called from another thread when something was
    /// found.
    pub fn follow(&mut self, project: &Project, wake: impl Fn() + Send + 'static) -> bool {
        let Some((document, set)) = project.document().zip(project.set()) else {
            self.forget();
            return false;
        };
        let date = project.meta().and_then(|meta| meta.date.clone());
        let now = Asked { document: Arc::clone(document), date };
        if !self.asked.as_ref().is_some_and(|asked| asked.is(&now)) {
            self.forget();
            self.asked = Some(now.clone());
            if now.document.text().len() > SHORT || !extract::is_prepared() {
                return true;
            }
            self.found = Some(now.answer(&mut self.extractor));
            self.is_sent = true;
        }
        if !self.is_sent {
            self.is_sent = true;
            // Where no thread can be had, nothing is suggested.
            let thread = self.thread.take().or_else(|| Thread::begin(wake));
            self.thread = thread.filter(|thread| thread.questions.send(now).is_ok());
        }
        let answers = self.thread.iter().flat_map(|thread| thread.answers.try_iter());
        let asked = self.asked.as_ref();
        let answer = answers.filter(|(of, _)| asked.is_some_and(|asked| asked.is(of))).last();
        let is_new = answer.is_some();
        if let Some((_, found)) = answer {
            (self.found, self.of) = (Some(found), None);
        }
        let Some(found) = &self.found else { return false };
        if self.of != Some(project.revision()) {
            self.of = Some(project.revision());
            self.open = offers(found, (document, project.schema(), set));
        }
        is_new
    }

    /// Lets go of everything that was found: nothing is suggested.
    pub fn forget(&mut self) {
        let (extractor, thread) = (std::mem::take(&mut self.extractor), self.thread.take());
        *self = Self { extractor, thread, ..Self::default() };
    }

    /// What is still to be decided, in text order; none before it is known.
    #[must_use]
    pub fn all(&self) -> Option<&[Offer]> {
        self.found.as_ref().map(|_| self.open.as_slice())
    }

    /// Those that share letters with a range.
    pub fn between(&self, range: TextRange) -> impl Iterator<Item = &Offer> {
        let end = self.open.partition_point(|it| it.range().start() < range.end());
        self.open.iter().take(end).filter(move |it| it.range().overlaps(range))
    }
}

impl Thread {
    /// Begins a thread that makes the lists ready and then answers, only the last of what it is
    /// asked meanwhile.
    fn begin(wake: impl Fn() + Send + 'static) -> Option<Self> {
        let (questions, asked) = channel::<Asked>();
        let (answer, answers) = channel();
        let work = move || {
            extract::prepare();
            let mut extractor = Extractor::default();
            while let Ok(next) = asked.recv() {
                let last = asked.try_iter().last().unwrap_or(next);
                let found = last.answer(&mut extractor);
                if answer.send((last, found)).is_err() {
                    return;
                }
                wake();
            }
        };
        thread::Builder::new().name("suggest".to_owned()).spawn(work).ok()?;
        Some(Self { questions, answers })
    }
}

/// What this program's own rules find in a text of that date.
pub(super) fn by_rules(
    extractor: &mut Extractor,
    text: &str,
    date: Option<&str>,
) -> Vec<Suggestion> {
    let date = date.and_then(|date| date.parse().ok());
    extractor.suggest(text, date).into_iter().map(of_rules).collect()
}

fn of_rules(found: extract::Suggestion) -> Suggestion {
    let place = found.place.map(|place| (AttributeId::new("place"), place.to_string()));
    let of = found.of.map(|of| (AttributeId::new("of"), of));
    Suggestion {
        source: RULES.to_owned(),
        rule: found.rule.to_owned(),
        label: LabelId::new(found.target.id()),
        range: found.range,
        value: found.value,
        attributes: place.into_iter().chain(of).collect(),
        confidence: Confidence::new(f64::from(found.score)),
    }
}
