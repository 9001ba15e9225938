//! How good the suggestions are: what of the decisions is looked at; and what confidence means,
//! learned from them beside the frame.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use super::widget::Field;
use crate::arabic::fold;
use crate::lang::{Bilingual, Lang, both};
use crate::model::{AnnotatorId, DecisionId, DocumentId, Schema};
use crate::project::{Fate, Figures, Group, GroupBy, Quality, Trust};
use crate::store::Store;

/// What can be asked for where decisions are looked at.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Ask {
    /// Shows what the decisions say; counts first, if something has changed since.
    Show(Tab),
    /// Counts anew.
    Recount,
    /// Takes a decision back, so that it is asked again.
    Again(DocumentId, DecisionId),
}

/// What decisions are looked at by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Tab {
    #[default]
    Sources,
    Rules,
    Labels,
    /// What the sources' confidence means.
    Confidence,
    /// Each by itself.
    Decisions,
}

impl Tab {
    pub(super) const ALL: [Self; 5] =
        [Self::Sources, Self::Rules, Self::Labels, Self::Confidence, Self::Decisions];

    pub(super) fn name(self) -> Bilingual {
        match self {
            Self::Sources => both("بحسب المصدر", "By source"),
            Self::Rules => both("بحسب القاعدة", "By rule"),
            Self::Labels => both("بحسب الوسم", "By label"),
            Self::Confidence => both("الثقة", "Confidence"),
            Self::Decisions => both("القرارات", "Decisions"),
        }
    }

    /// What is counted together; none where nothing is.
    fn group_by(self) -> Option<GroupBy> {
        match self {
            Self::Sources => Some(GroupBy::Source),
            Self::Rules => Some(GroupBy::Rule),
            Self::Labels => Some(GroupBy::Label),
            Self::Confidence | Self::Decisions => None,
        }
    }
}

/// The name of what became of a suggestion, and whether it is that.
type NamedFate = (Bilingual, fn(Fate) -> bool);

/// What became of a suggestion, as a name and as a filter.
pub(super) const FATES: [NamedFate; 5] = [
    (both("قُبل كما اقتُرح", "accepted as proposed"), |fate| {
        fate == Fate::AsProposed
    }),
    (both("صُحّح", "corrected"), |fate| matches!(fate, Fate::Corrected(_))),
    (both("رُفض", "rejected"), |fate| fate == Fate::Rejected),
    (both("حُذف لاحقًا", "removed later"), |fate| fate == Fate::Removed),
    (both("تُخطّي", "skipped"), |fate| fate == Fate::Skipped),
];

/// The name of what became of a suggestion.
pub(super) fn fate_name(fate: Fate) -> Bilingual {
    let row = FATES.iter().find(|(_, is)| is(fate));
    row.map_or(both("", ""), |(name, _)| *name)
}

/// Which decisions are listed.
#[derive(Clone, Debug, Default)]
pub(super) struct Filter {
    pub(super) group: Group,
    /// One of [`FATES`].
    pub(super) fate: Option<usize>,
    pub(super) search: Field,
}

/// What is looked at.
#[derive(Clone, Debug)]
pub(super) struct QualityForm {
    pub(super) quality: Arc<Quality>,
    pub(super) trust: Arc<Trust>,
    /// Whose decisions; none for everybody's.
    pub(super) who: Option<AnnotatorId>,
    pub(super) tab: Tab,
    pub(super) filter: Filter,
    /// What is shown of `tab` and `who`.
    pub(super) figures: Vec<Figures>,
    /// The places of the listed cases, and what they follow from.
    listed: Vec<usize>,
    of: Option<Asked>,
}

/// What the listed cases follow from.
type Asked = (Option<AnnotatorId>, Group, Option<usize>, String);

impl QualityForm {
    pub(super) fn new(quality: Arc<Quality>, trust: Arc<Trust>, tab: Tab) -> Self {
        let (who, filter) = (None, Filter::default());
        let (figures, listed, of) = (Vec::new(), Vec::new(), None);
        let mut form = Self { quality, trust, who, tab, filter, figures, listed, of };
        form.look_at(tab, None);
        form
    }

    /// Looks at what was counted anew, as at what was counted before.
    pub(super) fn recounted(&mut self, quality: Arc<Quality>, trust: Arc<Trust>) {
        (self.quality, self.trust, self.of) = (quality, trust, None);
        self.look_at(self.tab, self.who.clone());
    }

    /// Looks at something else, or at somebody else's decisions.
    pub(super) fn look_at(&mut self, tab: Tab, who: Option<AnnotatorId>) {
        (self.tab, self.who) = (tab, who);
        let figures = |by| self.quality.figures(by, self.who.as_ref());
        self.figures = tab.group_by().map(figures).unwrap_or_default();
    }

    /// Lists the decisions of a group.
    pub(super) fn open(&mut self, group: Group) {
        self.filter = Filter { group, ..Filter::default() };
        self.look_at(Tab::Decisions, self.who.clone());
    }

    /// The places of those decisions that are listed.
    pub(super) fn listed(&mut self) -> &[usize] {
        let filter = &self.filter;
        let folded = fold(filter.search.text());
        let now = (self.who.clone(), filter.group.clone(), filter.fate, folded);
        if self.of.as_ref() != Some(&now) {
            let (who, group, fate, folded) = &now;
            let is_fate =
                |of: Fate| fate.and_then(|at| FATES.get(at)).is_none_or(|(_, is)| is(of));
            let cases = self.quality.cases.iter().enumerate();
            let kept = cases.filter(|(_, case)| {
                who.as_ref().is_none_or(|who| case.key.annotator == *who)
                    && group.has(case)
                    && is_fate(case.fate)
                    && case.is_like(folded)
            });
            self.listed = kept.map(|(at, _)| at).collect();
            self.of = Some(now);
        }
        &self.listed
    }

    /// The sources of all decisions, by name.
    pub(super) fn sources(&self) -> Vec<String> {
        let mut sources: Vec<_> =
            self.quality.cases.iter().map(|it| it.decision.suggestion.source.clone()).collect();
        sources.sort_unstable();
        sources.dedup();
        sources
    }

    /// What a group is called: its source where there are several, its rule, its label.
    pub(super) fn name_of(&self, group: &Group, schema: &Schema, lang: Lang) -> String {
        let mut parts = Vec::new();
        if let Some(label) = &group.label {
            let known = schema.label(label);
            parts.push(known.map_or(label.as_str(), |label| label.name.get(lang)).to_owned());
        }
        match &group.rule {
            Some(rule) if rule.is_empty() => parts.push("–".to_owned()),
            Some(rule) => parts.push(format!("\u{2066}{rule}\u{2069}")),
            None => {}
        }
        let several = parts.is_empty() || self.sources().len() > 1;
        if let Some(source) = group.source.as_ref().filter(|_| several) {
            parts.push(format!("\u{2068}{source}\u{2069}"));
        }
        parts.join(" · ")
    }
}

/// What the sources' confidence means, by the decisions so far; learned in a thread, whose work
/// ends where nobody waits for it.
#[derive(Debug, Default)]
pub(super) struct Trusting {
    /// What is known.
    pub(super) trust: Arc<Trust>,
    /// The project's revision of which that was learned.
    revision: Option<u64>,
    thread: Option<(u64, Receiver<Trust>, Stop)>,
}

/// Stops whoever looks at it when it is dropped.
#[derive(Debug)]
struct Stop(Arc<AtomicBool>);

impl Drop for Stop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Trusting {
    /// Learns anew, unless nothing has changed. `wake` is called from another thread once it is
    /// known. Where no thread can be had, sources are told as they say.
    pub(super) fn begin(&mut self, store: &Store, wake: impl Fn() + Send + 'static) {
        let now = store.revision();
        let asked = self.thread.as_ref().map(|(revision, ..)| *revision).or(self.revision);
        if asked == Some(now) {
            return;
        }
        let (sender, receiver) = channel();
        let stop = Stop(Arc::default());
        let (store, is_over) = (store.clone(), Arc::clone(&stop.0));
        let work = move || {
            let mut go_on = |_, _| !is_over.load(Ordering::Relaxed);
            if let Some(quality) = Quality::of(&store, &mut go_on) {
                // The window may have been closed meanwhile.
                sender.send(quality.trust()).ok();
                wake();
            }
        };
        let thread = std::thread::Builder::new().name("trust".to_owned()).spawn(work);
        self.thread = thread.is_ok().then_some((now, receiver, stop));
    }

    /// Takes what was learned elsewhere.
    pub(super) fn take(&mut self, trust: Arc<Trust>, revision: u64) {
        (self.trust, self.revision, self.thread) = (trust, Some(revision), None);
    }

    /// Takes what the thread has learned; true if that is something else.
    pub(super) fn follow(&mut self) -> bool {
        let Some((revision, receiver, _)) = &self.thread else { return false };
        let learned = receiver.try_recv();
        let revision = *revision;
        match learned {
            Ok(trust) => {
                let is_new = *self.trust != trust;
                self.take(Arc::new(trust), revision);
                is_new
            }
            Err(TryRecvError::Empty) => false,
            Err(TryRecvError::Disconnected) => {
                self.thread = None;
                false
            }
        }
    }
}
