//! What is suggested for the open document: found at once in a short text, in a thread in a long
//! one, kept until the text, its date or the spans on it change.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use super::Project;
use crate::extract::{self, Extractor, Suggestion, Target};
use crate::model::{AnnotationSet, Document, LabelId, Schema};
use crate::text::TextRange;

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
    /// What the thread found in it.
    found: Option<Vec<Suggestion>>,
    /// What of it is shown, and what that follows from.
    shown: Vec<Suggestion>,
    of: Option<(u64, [bool; 4])>,
}

impl std::fmt::Debug for Suggestions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Suggestions").field("shown", &self.shown).finish_non_exhaustive()
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
        let date = self.date.as_deref().and_then(|date| date.parse().ok());
        extractor.suggest(self.document.text(), date)
    }
}

struct Thread {
    questions: Sender<Asked>,
    answers: Receiver<(Asked, Vec<Suggestion>)>,
}

impl Suggestions {
    /// Follows the open document; true if another frame is to follow at once. Meant for every
    /// frame, after what it changes. `wake` is called from another thread when something was found.
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
        let of = (project.revision(), Target::ALL.map(|it| has(project.schema(), it)));
        if self.of != Some(of) {
            self.of = Some(of);
            self.shown = not_marked(found, project.schema(), set);
        }
        is_new
    }

    /// Lets go of everything that was found: nothing is suggested.
    pub fn forget(&mut self) {
        let (extractor, thread) = (std::mem::take(&mut self.extractor), self.thread.take());
        *self = Self { extractor, thread, ..Self::default() };
    }

    /// What is suggested, in text order and without overlaps; none before it is known.
    #[must_use]
    pub fn all(&self) -> Option<&[Suggestion]> {
        self.found.as_ref().map(|_| self.shown.as_slice())
    }

    /// Those that share letters with a range.
    #[must_use]
    pub fn between(&self, range: TextRange) -> &[Suggestion] {
        let start = self.shown.partition_point(|it| it.range.end() <= range.start());
        let end = self.shown.partition_point(|it| it.range.start() < range.end());
        self.shown.get(start..end).unwrap_or_default()
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

fn has(schema: &Schema, target: Target) -> bool {
    schema.label(&LabelId::new(target.id())).is_some()
}

/// Those of `found` that have a label and share no letter with a span of the set. Both are in
/// text order.
fn not_marked(found: &[Suggestion], schema: &Schema, set: &AnnotationSet) -> Vec<Suggestion> {
    let mut spans = set.spans().iter().peekable();
    // The end of those that begin before a suggestion ends: spans may lie in each other.
    let mut end = None;
    let free = found.iter().filter(|it| {
        while let Some(span) = spans.next_if(|span| span.range.start() < it.range.end()) {
            end = end.max(Some(span.range.end()));
        }
        end.is_none_or(|end| end <= it.range.start())
    });
    free.filter(|it| has(schema, it.target)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AnnotatorId, DocumentId, SetKey, Span, SpanId};

    /// Which of the words of `text` that are suggested stay when `marked` have spans.
    #[track_caller]
    fn check(marked: &[&str], expected: &[&str]) {
        let text = "افتتح المعرض في طنجة في 12 مارس 2024 بحضور 250 شخصا";
        let range = |words: &str| {
            let start = text.find(words).unwrap();
            TextRange::of(start..start + words.len())
        };
        let found = Extractor::default().suggest(text, None);
        let mut set = AnnotationSet::new(SetKey {
            annotator: AnnotatorId::new("amal").unwrap(),
            document: DocumentId::new("port"),
        });
        for (at, words) in marked.iter().enumerate() {
            let id = SpanId::random(at as u64);
            set.insert(Span::new(id, LabelId::new("OTHER"), range(words)));
        }
        let left = not_marked(&found, &Schema::default(), &set);
        let left: Vec<_> = left.iter().map(|it| &text[it.range.to_range()]).collect();
        assert_eq!(left, expected);
    }

    #[test]
    fn what_shares_letters_with_a_span_is_not_suggested() {
        check(&[], &["طنجة", "12 مارس 2024", "250"]);
        check(&["طنجة"], &["12 مارس 2024", "250"]);
        check(&["مارس"], &["طنجة", "250"]);
        check(&["في"], &["طنجة", "12 مارس 2024", "250"]);
        check(&["المعرض في طنجة في 12", "في"], &["250"]);
    }
}
