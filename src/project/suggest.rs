//! What is suggested for the open document, by all sources: by this program's own rules, found
//! at once in a short text and in a thread in a long one, and by what was brought from outside.
//! Kept until the text, its date, the spans on it or the decisions change.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use super::offer::{Offer, offers};
use super::{MEMORY, Project, Taught};
use crate::extract::{self, Extractor};
use crate::learn::Reading;
use crate::model::{AttributeId, Confidence, Document, LabelId, Problem, Schema, Suggestion};
use crate::store::Store;
use crate::text::TextRange;

/// The source of what this program's own rules find.
pub const RULES: &str = "rules";

/// How long a text may be that is looked through at once, in bytes: a millisecond or two, while
/// the thread's answer would be seen some frames after the article.
const SHORT: usize = 64 << 10;

/// Suggestions for the open document. Dropping it ends its thread.
#[derive(Default)]
pub struct Suggestions {
    /// The schema that what is open follows.
    schema: Option<Schema>,
    extractor: Extractor,
    thread: Option<Thread>,
    /// What was asked last.
    asked: Option<Asked>,
    /// Whether it was handed to the thread: one frame after it is first asked, so that a
    /// document is seen first, and one that is only passed by is not looked through.
    is_sent: bool,
    /// What all sources say of it.
    found: Option<(Vec<Suggestion>, Reading)>,
    /// What is still to be decided, and what it follows from: the revision of the project, and
    /// what is remembered, and the sources that are hidden.
    open: Vec<Offer>,
    of: Option<((u64, u64), Vec<String>)>,
    /// How many are not shown, since what was learned or decided elsewhere says otherwise.
    silent: usize,
    /// Grows with every change of `open` that does not come of deciding.
    generation: u64,
    /// All sources.
    sources: Vec<SourceRow>,
    /// What is wrong with the files of sources, and was not told yet.
    problems: Vec<Problem>,
}

/// A source of suggestions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceRow {
    /// Its name.
    pub name: String,
    /// How many of its suggestions for the open document are still to be decided, were it
    /// shown.
    pub open: usize,
    /// Whether it is shown.
    pub is_on: bool,
}

/// What suggestions are followed for.
#[derive(Clone, Copy)]
pub struct Asking<'a> {
    /// The project.
    pub project: &'a Project,
    /// The sources that are not to be shown.
    pub hidden: &'a [String],
}

impl std::fmt::Debug for Suggestions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Suggestions").field("open", &self.open).finish_non_exhaustive()
    }
}

/// A text and its date as its annotator has it, and what other programs said by then.
#[derive(Clone)]
struct Asked {
    document: Arc<Document>,
    date: Option<String>,
    store: Store,
    taught: Taught,
    revision: u64,
}

impl Asked {
    fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.document, &other.document)
            && self.date == other.date
            && self.revision == other.revision
            && self.taught.revision() == other.taught.revision()
    }

    fn answer(&self, extractor: &mut Extractor) -> Answer {
        by_all(extractor, (&self.store, &self.taught), &self.document, self.date.as_deref())
    }
}

/// What was found, and what is wrong with the files of sources.
type Answer = ((Vec<Suggestion>, Reading), Vec<Problem>);

struct Thread {
    questions: Sender<Asked>,
    answers: Receiver<(Asked, Answer)>,
}

impl Suggestions {
    /// Follows the open document; true if another frame is to follow at once. Meant for every
    /// frame, after what it changes. `wake` is called from another thread when something was
    /// found.
    pub fn follow(&mut self, asking: Asking<'_>, wake: impl Fn() + Send + 'static) -> bool {
        let Asking { project, hidden } = asking;
        let Some((document, set)) = project.document().zip(project.set()) else {
            self.forget();
            return false;
        };
        let date = project.meta().and_then(|meta| meta.date.clone());
        let (document, store) = (Arc::clone(document), project.store().clone());
        let revision = store.suggested_revision();
        let taught = project.taught().clone();
        let now = Asked { document: Arc::clone(&document), date, store, taught, revision };
        if !self.asked.as_ref().is_some_and(|asked| asked.is(&now)) {
            self.forget();
            self.asked = Some(now.clone());
            let is_known = extract::is_prepared() && now.store.knows_suggested();
            // A model takes some six times as long as the rules.
            let short = if now.taught.learning().is_some() { SHORT / 8 } else { SHORT };
            if now.document.text().len() > short || !is_known {
                return true;
            }
            let answer = now.answer(&mut self.extractor);
            self.take(answer);
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
        if let Some((_, answer)) = answer {
            self.take(answer);
        }
        let Some((found, reading)) = &self.found else { return false };
        let revisions = (project.revision(), project.taught().remembers());
        let of = Some((revisions, hidden.to_vec()));
        if self.of != of {
            let hidden_before = self.of.as_ref().map(|(_, hidden)| hidden.as_slice());
            let is_other_schema = self.schema.as_ref() != Some(project.schema());
            if hidden_before != Some(hidden) || is_other_schema {
                self.generation += 1;
            }
            if is_other_schema {
                self.schema = Some(project.schema().clone());
            }
            self.of = of;
            let cx = (&*document, project.schema(), set);
            let taught = project.taught();
            let all = taught.heard((found, reading), &[]).0;
            self.sources = rows(project, &offers(&all, cx), hidden);
            let (heard, silent) = taught.heard((found, reading), hidden);
            (self.open, self.silent) = (offers(&heard, cx), silent);
        }
        is_new
    }

    fn take(&mut self, (found, problems): Answer) {
        (self.found, self.of) = (Some(found), None);
        self.problems.extend(problems);
    }

    /// Grows with every change of what is suggested, but not of what is decided about it.
    #[must_use]
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// How many suggestions of shown sources are silent: what was learned, or decided about the
    /// same words elsewhere, says otherwise.
    #[must_use]
    pub fn silent(&self) -> usize {
        self.silent
    }

    /// All sources of the project, its own rules first; none before it is known.
    #[must_use]
    pub fn sources(&self) -> &[SourceRow] {
        &self.sources
    }

    /// What is wrong with the files of sources, since the last call.
    pub fn take_problems(&mut self) -> Vec<Problem> {
        std::mem::take(&mut self.problems)
    }

    /// Lets go of everything that was found: nothing is suggested.
    pub fn forget(&mut self) {
        let (extractor, thread) = (std::mem::take(&mut self.extractor), self.thread.take());
        let (generation, sources) = (self.generation, std::mem::take(&mut self.sources));
        let schema = self.schema.take();
        *self = Self { extractor, thread, generation, sources, schema, ..Self::default() };
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

/// All sources, with how many of `open` each proposes.
fn rows(project: &Project, open: &[Offer], hidden: &[String]) -> Vec<SourceRow> {
    // What is remembered is a source where it says something.
    let remembers = open.iter().any(|offer| offer.sources().any(|source| source == MEMORY));
    let remembered = (remembers || hidden.iter().any(|name| name == MEMORY)).then_some(MEMORY);
    let own = std::iter::once(RULES).chain(project.taught().sources()).chain(remembered);
    let own = own.map(str::to_owned);
    let names = own.chain(project.store().sources());
    let row = |name: String| {
        let proposes = |offer: &&Offer| offer.sources().any(|source| source == name);
        let open = open.iter().filter(proposes).count();
        let is_on = !hidden.contains(&name);
        SourceRow { name, open, is_on }
    };
    names.map(row).collect()
}

/// What all sources say of a document of that date, and what is wrong with their files.
pub(super) fn by_all(
    extractor: &mut Extractor,
    (store, taught): (&Store, &Taught),
    document: &Document,
    date: Option<&str>,
) -> Answer {
    let (mut found, reading) = taught.suggest(extractor, (document, || store.schema()), date);
    let (mut others, problems) = store.suggested(document);
    found.append(&mut others);
    ((found, reading), problems)
}

/// What this program's own rules find in a text of that date.
#[cfg(test)]
pub(super) fn by_rules(
    extractor: &mut Extractor,
    text: &str,
    date: Option<&str>,
) -> Vec<Suggestion> {
    let date = date.and_then(|date| date.parse().ok());
    extractor.suggest(text, date).into_iter().map(of_rules).collect()
}

/// What a rule has found, as a suggestion.
pub(super) fn of_rules(found: extract::Suggestion) -> Suggestion {
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
