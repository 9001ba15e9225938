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
use crate::model::{
    AnnotationSet, AttributeId, Confidence, Document, LabelId, Problem, Schema, Suggestion,
};
use crate::store::Store;
use crate::text::TextRange;

/// The source of what this program's own rules find.
pub const RULES: &str = "rules";

/// How long a text may be that is looked through at once, in bytes: a millisecond or two, while
/// the thread's answer would be seen some frames after the article.
pub(super) const SHORT: usize = 64 << 10;

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
    found: Option<Arc<(Vec<Suggestion>, Reading)>>,
    /// What of it is still to be decided, once that is known, and what was asked for last.
    sifted: Option<Sifted>,
    of: Option<Of>,
    /// Grows with every change of `open` that does not come of deciding.
    generation: u64,
    /// All sources, as they were before what is open now was sifted.
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

/// What is still to be decided follows from this: the revision of the project, what is remembered,
/// and the sources that are hidden.
type Of = ((u64, u64), Vec<String>);

/// What of all that was found is still to be decided.
#[derive(Debug, Default)]
struct Sifted {
    open: Vec<Offer>,
    /// All sources.
    sources: Vec<SourceRow>,
    /// How many are not shown, since what was learned or decided elsewhere says otherwise.
    silent: usize,
}

/// What suggestions are sifted by, of their own for a thread.
struct Sieve {
    of: Of,
    found: Arc<(Vec<Suggestion>, Reading)>,
    taught: Taught,
    document: Arc<Document>,
    schema: Schema,
    set: AnnotationSet,
    others: Vec<String>,
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
        f.debug_struct("Suggestions").field("sifted", &self.sifted).finish_non_exhaustive()
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

/// What a thread is asked.
enum Question {
    Find(Asked),
    Sift(Box<Sieve>),
}

/// What it answers.
enum Reply {
    Found(Asked, Answer),
    /// For that document: two that are open one after the other may follow from the same.
    Sifted(Arc<Document>, Of, Sifted),
}

struct Thread {
    questions: Sender<Question>,
    answers: Receiver<Reply>,
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
            let ask = Question::Find(now);
            self.thread = thread.filter(|thread| thread.questions.send(ask).is_ok());
        }
        let is_new = self.take_replies();
        let Some(found) = &self.found else { return is_new };
        let revisions = (project.revision(), project.taught().remembers());
        let of = (revisions, hidden.to_vec());
        if self.of.as_ref() == Some(&of) {
            return is_new;
        }
        let hidden_before = self.of.as_ref().map(|(_, hidden)| hidden.as_slice());
        let is_other_schema = self.schema.as_ref() != Some(project.schema());
        if hidden_before != Some(hidden) || is_other_schema {
            self.generation += 1;
        }
        if is_other_schema {
            self.schema = Some(project.schema().clone());
        }
        self.of = Some(of.clone());
        let (taught, others) = (project.taught(), project.store().sources());
        if document.text().len() <= SHORT || self.thread.is_none() {
            let cx = (&*document, project.schema(), set);
            self.sifted = Some(sift(found, taught, cx, (hidden, others)));
            return is_new;
        }
        // In a long text each takes some hundredths of a second, after every step.
        let sieve = Sieve {
            of,
            found: Arc::clone(found),
            taught: taught.clone(),
            document: Arc::clone(&document),
            schema: project.schema().clone(),
            set: set.clone(),
            others,
        };
        let ask = Question::Sift(Box::new(sieve));
        self.thread = self.thread.take().filter(|thread| thread.questions.send(ask).is_ok());
        is_new
    }

    /// Takes what the thread has answered to what was asked last; whether there was something.
    fn take_replies(&mut self) -> bool {
        let replies: Vec<_> =
            self.thread.iter().flat_map(|thread| thread.answers.try_iter()).collect();
        let mut is_new = false;
        for reply in replies {
            match reply {
                Reply::Found(of, answer) => {
                    if self.asked.as_ref().is_some_and(|asked| asked.is(&of)) {
                        self.take(answer);
                        is_new = true;
                    }
                }
                Reply::Sifted(document, of, sifted) => {
                    let open = self.asked.as_ref().map(|asked| &asked.document);
                    let is_open = open.is_some_and(|open| Arc::ptr_eq(open, &document));
                    if is_open && self.of.as_ref() == Some(&of) {
                        self.sifted = Some(sifted);
                        is_new = true;
                    }
                }
            }
        }
        is_new
    }

    fn take(&mut self, (found, problems): Answer) {
        (self.found, self.of) = (Some(Arc::new(found)), None);
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
        self.sifted.as_ref().map_or(0, |sifted| sifted.silent)
    }

    /// All sources of the project, its own rules first; none before it is known.
    #[must_use]
    pub fn sources(&self) -> &[SourceRow] {
        self.sifted.as_ref().map_or(&self.sources, |sifted| &sifted.sources)
    }

    /// What is wrong with the files of sources, since the last call.
    pub fn take_problems(&mut self) -> Vec<Problem> {
        std::mem::take(&mut self.problems)
    }

    /// Lets go of everything that was found: nothing is suggested.
    pub fn forget(&mut self) {
        let (extractor, thread) = (std::mem::take(&mut self.extractor), self.thread.take());
        let generation = self.generation;
        let before = self.sifted.take().map(|sifted| sifted.sources);
        let sources = before.unwrap_or_else(|| std::mem::take(&mut self.sources));
        let schema = self.schema.take();
        *self = Self { extractor, thread, generation, sources, schema, ..Self::default() };
    }

    /// What is still to be decided, in text order; none before it is known.
    #[must_use]
    pub fn all(&self) -> Option<&[Offer]> {
        self.sifted.as_ref().map(|sifted| sifted.open.as_slice())
    }

    /// Those that share letters with a range.
    pub fn between(&self, range: TextRange) -> impl Iterator<Item = &Offer> {
        let open = self.all().unwrap_or_default();
        let end = open.partition_point(|it| it.range().start() < range.end());
        open.iter().take(end).filter(move |it| it.range().overlaps(range))
    }
}

impl Thread {
    /// Begins a thread that makes the lists ready and then answers, only the last of what it is
    /// asked meanwhile.
    fn begin(wake: impl Fn() + Send + 'static) -> Option<Self> {
        let (questions, asked) = channel::<Question>();
        let (answer, answers) = channel();
        let work = move || {
            extract::prepare();
            let mut extractor = Extractor::default();
            while let Ok(next) = asked.recv() {
                let last = asked.try_iter().last().unwrap_or(next);
                let reply = match last {
                    Question::Find(of) => {
                        let found = of.answer(&mut extractor);
                        Reply::Found(of, found)
                    }
                    Question::Sift(by) => {
                        let cx = (&*by.document, &by.schema, &by.set);
                        let (_, hidden) = &by.of;
                        let sifted = sift(&by.found, &by.taught, cx, (hidden, by.others));
                        Reply::Sifted(by.document, by.of, sifted)
                    }
                };
                if answer.send(reply).is_err() {
                    return;
                }
                wake();
            }
        };
        thread::Builder::new().name("suggest".to_owned()).spawn(work).ok()?;
        Some(Self { questions, answers })
    }
}

/// What of `found` is still to be decided in a document while those sources are hidden; `others`
/// are the sources from outside.
fn sift(
    (found, reading): &(Vec<Suggestion>, Reading),
    taught: &Taught,
    cx: (&Document, &Schema, &AnnotationSet),
    (hidden, others): (&[String], Vec<String>),
) -> Sifted {
    let (heard, silent) = taught.heard((found, reading), hidden);
    let open = offers(&heard, cx);
    // What there would be, were none of them hidden.
    let whole =
        (!hidden.is_empty()).then(|| offers(&taught.heard((found, reading), &[]).0, cx));
    let sources = rows(taught, whole.as_ref().unwrap_or(&open), (hidden, others));
    Sifted { open, sources, silent }
}

/// All sources, with how many of `open` each proposes.
fn rows(
    taught: &Taught,
    open: &[Offer],
    (hidden, others): (&[String], Vec<String>),
) -> Vec<SourceRow> {
    // What is remembered is a source where it says something.
    let remembers = open.iter().any(|offer| offer.sources().any(|source| source == MEMORY));
    let remembered = (remembers || hidden.iter().any(|name| name == MEMORY)).then_some(MEMORY);
    let own = std::iter::once(RULES).chain(taught.sources()).chain(remembered);
    let names = own.map(str::to_owned).chain(others);
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

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;
    use crate::model::{AnnotatorId, DocumentId, Timestamp};
    use crate::project::Ambient;
    use crate::store::{Installation, RealDisk};

    const LINE: &str = "افتتح المعرض في طنجة أمام الزوار.\n";

    /// Follows until that is so.
    #[track_caller]
    fn follow(
        suggestions: &mut Suggestions,
        project: &Project,
        is_so: impl Fn(&Suggestions) -> bool,
    ) {
        let begin = Instant::now();
        while !is_so(suggestions) {
            assert!(begin.elapsed() < Duration::from_secs(60), "{suggestions:?}");
            suggestions.follow(Asking { project, hidden: &[] }, || {});
            thread::sleep(Duration::from_millis(1));
        }
    }

    #[test]
    fn what_a_thread_says_late_of_a_long_text_is_not_said_of_the_next_one() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("project");
        let long = LINE.repeat(SHORT / LINE.len() * 4);
        Store::create(&RealDisk, &root, "معارض", &Schema::default()).unwrap();
        let installation = Installation::new("00000000000000a1").unwrap();
        let (store, _) = Store::open(Arc::new(RealDisk), &root, &installation).unwrap();
        let amal = AnnotatorId::new("amal").unwrap();
        let session = store.session(Some(&amal), Arc::new(|| {})).unwrap();
        let mut import = session.import(Timestamp(0)).unwrap();
        for (id, text) in [("long", long.as_str()), ("short", LINE)] {
            import.add(&Document::new(id.into(), text), Vec::new(), None).unwrap();
        }
        import.commit().unwrap();
        session.close().unwrap();
        let ambient = Ambient { now: || Timestamp(0), random: || 1 };
        let disk = (Arc::new(RealDisk) as _, &installation);
        let (mut project, _) =
            Project::open(disk, &root, amal, ambient, Arc::new(|| {})).unwrap();
        extract::prepare();

        let mut suggestions = Suggestions::default();
        project.open_document(&"long".into()).unwrap();
        follow(&mut suggestions, &project, |it| it.all().is_some());
        let num = suggestions.all().map(<[Offer]>::len);
        let start = LINE.find("المعرض").unwrap();
        let range = TextRange::of(start..start + "المعرض".len());
        project.annotate(range, &"CITY".into()).unwrap();
        // This is asked of the thread, and the next document is open before it answers.
        suggestions.follow(Asking { project: &project, hidden: &[] }, || {});
        let short = DocumentId::new("short");
        project.open_document(&short).unwrap();
        follow(&mut suggestions, &project, |it| it.all().is_some_and(|all| all.len() == 1));
        let begin = Instant::now();
        while begin.elapsed() < Duration::from_millis(400) {
            suggestions.follow(Asking { project: &project, hidden: &[] }, || {});
            let all = suggestions.all().unwrap_or_default();
            assert!(all.iter().all(|offer| offer.document == short), "{num:?}");
            thread::sleep(Duration::from_millis(1));
        }
    }
}
