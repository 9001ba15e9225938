//! How good the sources of suggestions are, from what was decided about them so far.
//!
//! Each decision is a [`Case`], and what became of it is read off the set as it is now: a span
//! that was taken and corrected later counts as corrected, one that was taken away later as
//! removed. So the figures follow every step and every undo, and nothing is kept twice.

use std::collections::{BTreeMap, BTreeSet};

use super::trust::{Scored, Trust};
use super::{Error, Project};
use crate::agreement::{Interval, wilson};
use crate::arabic::fold;
use crate::edit::{self, Context};
use crate::find::{Excerpt, excerpt};
use crate::model::{
    AnnotationSet, AnnotatorId, Decision, DecisionId, Document, DocumentId, LabelId, Problem,
    SetKey, Span, State, Verdict,
};
use crate::store::{self, Store};

/// How many documents are read before it is asked whether to go on.
const CHUNK: usize = 16;

/// What became of a suggestion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It was taken, and stands as it was proposed.
    AsProposed,
    /// It was taken, and something of it is otherwise now.
    Corrected(Corrected),
    /// It is wrong.
    Rejected,
    /// It was left for later.
    Skipped,
    /// It was taken, and its span is no longer there.
    Removed,
}

/// What of a suggestion that was taken is otherwise; at least one of them is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Corrected {
    /// Its label.
    pub label: bool,
    /// Where it begins or ends.
    pub edges: bool,
    /// What it means. Where the source proposed nothing, nothing was corrected.
    pub value: bool,
}

impl Fate {
    /// What became of a decision, by the set that it is in.
    #[must_use]
    pub fn of(decision: &Decision, set: &AnnotationSet) -> Self {
        let id = match &decision.verdict {
            Verdict::Rejected(_) => return Self::Rejected,
            Verdict::Skipped => return Self::Skipped,
            Verdict::Accepted(id) => id,
        };
        let Some(span) = set.span(id) else { return Self::Removed };
        let proposed = &decision.suggestion;
        let is_other = |(id, text)| span.attributes.get(id) != Some(text);
        // Another label may have other fields.
        let is_same_label = span.label == proposed.label;
        let corrected = Corrected {
            label: !is_same_label,
            edges: span.range != proposed.range,
            value: proposed.value.is_some() && span.value != proposed.value
                || is_same_label && proposed.attributes.iter().any(is_other),
        };
        if corrected == Corrected::default() {
            Self::AsProposed
        } else {
            Self::Corrected(corrected)
        }
    }

    /// Whether the right letters were proposed with the right label.
    #[must_use]
    pub fn is_found(self) -> bool {
        match self {
            Self::AsProposed => true,
            Self::Corrected(what) => !what.label && !what.edges,
            _ => false,
        }
    }
}

/// A decision where it was made, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Whose set of which document it is in.
    pub key: SetKey,
    /// The document's title.
    pub title: String,
    /// What was decided about what.
    pub decision: Decision,
    /// What became of it.
    pub fate: Fate,
    /// The letters that were proposed.
    pub words: String,
    /// The span that it is now, with its letters, where it was taken and is there.
    pub span: Option<(Span, String)>,
    /// The letters in the words around them.
    pub excerpt: Excerpt,
    /// What it can be found by: what was proposed and what became of it, folded.
    folded: String,
    /// Whether the set is finished.
    pub is_finished: bool,
}

impl Case {
    fn new(
        (document, title): (&Document, &str),
        set: &AnnotationSet,
        decision: &Decision,
    ) -> Option<Self> {
        let range = decision.suggestion.range;
        document.check(range).ok()?;
        let span = match &decision.verdict {
            Verdict::Accepted(id) => set.span(id),
            _ => None,
        };
        let words = document.slice(range);
        let span = span.map(|span| (span.clone(), document.slice(span.range).to_owned()));
        let reason = match &decision.verdict {
            Verdict::Rejected(reason) => reason,
            _ => "",
        };
        let values = [decision.suggestion.value.as_deref(), span_value(span.as_ref())];
        let became = span.as_ref().map(|(_, words)| words.as_str());
        let said = [words, reason].into_iter().chain(became);
        let said: Vec<_> = said.chain(values.into_iter().flatten()).collect();
        Some(Self {
            key: set.key.clone(),
            title: title.to_owned(),
            decision: decision.clone(),
            fate: Fate::of(decision, set),
            words: words.to_owned(),
            excerpt: excerpt(document.text(), range),
            folded: fold(&said.join("\n")),
            span,
            is_finished: set.state == State::Finished,
        })
    }

    /// Whether all words of a folded text are in it: in the letters that were proposed or that
    /// it became, the values or the reason.
    #[must_use]
    pub fn is_like(&self, folded: &str) -> bool {
        folded.split_whitespace().all(|word| self.folded.contains(word))
    }
}

fn span_value(span: Option<&(Span, String)>) -> Option<&str> {
    span.and_then(|(span, _)| span.value.as_deref())
}

/// What is counted together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GroupBy {
    /// All that a source proposed.
    #[default]
    Source,
    /// What a rule of a source found.
    Rule,
    /// A source's suggestions of a label.
    Label,
}

/// Those cases that are counted together. What is none is any.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Group {
    /// Whose suggestions.
    pub source: Option<String>,
    /// Of which rule.
    pub rule: Option<String>,
    /// Of which label.
    pub label: Option<LabelId>,
}

impl Group {
    /// Whether a case is one of them.
    #[must_use]
    pub fn has(&self, case: &Case) -> bool {
        let it = &case.decision.suggestion;
        self.source.as_ref().is_none_or(|source| *source == it.source)
            && self.rule.as_ref().is_none_or(|rule| *rule == it.rule)
            && self.label.as_ref().is_none_or(|label| *label == it.label)
    }
}

/// A share of what was counted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate {
    /// How many.
    pub count: usize,
    /// Of how many; not 0.
    pub of: usize,
    /// Where the share lies at 95 %.
    pub interval: Interval,
}

impl Rate {
    fn new(count: usize, of: usize) -> Option<Self> {
        Some(Self { count, of, interval: wilson(count, of)? })
    }

    /// The share, from 0 to 1.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "far fewer than 2⁵³ decisions")]
    pub fn share(&self) -> f64 {
        self.count as f64 / self.of as f64
    }
}

/// What became of some suggestions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Taken, and as they were proposed.
    pub as_proposed: usize,
    /// Taken and corrected.
    pub corrected: usize,
    /// Of these: in label, edges and value, each counted by itself.
    pub label: usize,
    /// See `label`.
    pub edges: usize,
    /// See `label`.
    pub value: usize,
    /// Wrong.
    pub rejected: usize,
    /// Left for later.
    pub skipped: usize,
    /// Taken, and taken away later.
    pub removed: usize,
}

impl Counts {
    fn add(&mut self, fate: Fate) {
        match fate {
            Fate::AsProposed => self.as_proposed += 1,
            Fate::Rejected => self.rejected += 1,
            Fate::Skipped => self.skipped += 1,
            Fate::Removed => self.removed += 1,
            Fate::Corrected(what) => {
                self.corrected += 1;
                self.label += usize::from(what.label);
                self.edges += usize::from(what.edges);
                self.value += usize::from(what.value);
            }
        }
    }

    /// How many were decided; what was skipped was not.
    #[must_use]
    pub fn num_decided(&self) -> usize {
        self.as_proposed + self.corrected + self.rejected + self.removed
    }

    /// Which share of what was decided was right as it was proposed; none where nothing was.
    #[must_use]
    pub fn precision(&self) -> Option<Rate> {
        Rate::new(self.as_proposed, self.num_decided())
    }
}

/// How good a group is.
#[derive(Clone, Debug, PartialEq)]
pub struct Figures {
    /// Which cases.
    pub group: Group,
    /// What became of them.
    pub counts: Counts,
    /// Which share of the spans of finished documents it had proposed, letters and label; none
    /// of a rule, which is not there to find everything, and where nothing is finished.
    pub recall: Option<Rate>,
}

/// All decisions of a project, and what they came to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Quality {
    /// All decisions, in the order of the documents, of the annotators and of the text.
    pub cases: Vec<Case>,
    /// The spans of finished sets that have decisions.
    marked: BTreeMap<(AnnotatorId, LabelId), usize>,
    /// What could not be read.
    pub problems: Vec<Problem>,
    /// The project's revision of which all this was counted.
    pub revision: u64,
}

impl Quality {
    /// Reads the decisions of everybody's sets; the gold sets have none of their own. `go_on` is
    /// told how many of how many documents are read; none if it says no.
    pub fn of(store: &Store, go_on: &mut dyn FnMut(usize, usize) -> bool) -> Option<Self> {
        let mut quality = Self { revision: store.revision(), ..Self::default() };
        let documents = store.documents();
        for (done, entry) in documents.iter().enumerate() {
            if done % CHUNK == 0 && !go_on(done, documents.len()) {
                return None;
            }
            let people = entry.sets.iter().map(|set| &set.annotator);
            for annotator in people.filter(|who| !who.is_gold()) {
                let key = SetKey { annotator: annotator.clone(), document: entry.id.clone() };
                if let Err(error) = quality.take(store, &key, entry.title()) {
                    quality.problems.push(error.to_problem());
                }
            }
        }
        Some(quality)
    }

    fn take(&mut self, store: &Store, key: &SetKey, title: &str) -> Result<(), store::Error> {
        let (set, _) = store.set(key)?;
        if set.decisions.is_empty() {
            return Ok(());
        }
        let document = store.document(&key.document)?;
        let mut decisions: Vec<_> = set.decisions.values().collect();
        decisions.sort_by_key(|it| (it.suggestion.range.start(), it.suggestion.range.end()));
        let case = |decision| Case::new((&document, title), &set, decision);
        self.cases.extend(decisions.into_iter().filter_map(case));
        if set.state == State::Finished {
            for span in set.spans() {
                let of = (key.annotator.clone(), span.label.clone());
                *self.marked.entry(of).or_default() += 1;
            }
        }
        Ok(())
    }

    /// Whose decisions there are.
    #[must_use]
    pub fn people(&self) -> BTreeSet<&AnnotatorId> {
        self.cases.iter().map(|case| &case.key.annotator).collect()
    }

    /// The cases of one annotator, or of all.
    pub fn cases_of(&self, who: Option<&AnnotatorId>) -> impl Iterator<Item = &Case> {
        let is_whose = move |case: &&Case| who.is_none_or(|who| case.key.annotator == *who);
        self.cases.iter().filter(is_whose)
    }

    /// How good each group is, by one annotator's decisions or by all.
    #[must_use]
    pub fn figures(&self, by: GroupBy, who: Option<&AnnotatorId>) -> Vec<Figures> {
        let mut groups: BTreeMap<Group, (Counts, usize)> = BTreeMap::new();
        let mut labels: BTreeMap<&str, BTreeSet<&LabelId>> = BTreeMap::new();
        for case in self.cases_of(who) {
            let it = &case.decision.suggestion;
            labels.entry(&it.source).or_default().insert(&it.label);
            let group = Group {
                source: Some(it.source.clone()),
                rule: (by == GroupBy::Rule).then(|| it.rule.clone()),
                label: (by == GroupBy::Label).then(|| it.label.clone()),
            };
            let (counts, found) = groups.entry(group).or_default();
            counts.add(case.fate);
            *found += usize::from(case.is_finished && case.fate.is_found());
        }
        let figures = groups.into_iter().map(|(group, (counts, found))| {
            let known = group.source.as_deref().and_then(|source| labels.get(source));
            let is_meant = |label: &LabelId| match &group.label {
                Some(of) => of == label,
                // A source answers for those labels that it proposes.
                None => known.is_some_and(|known| known.contains(label)),
            };
            let marked = self.marked.iter().filter(|((annotator, label), _)| {
                who.is_none_or(|who| who == annotator) && is_meant(label)
            });
            let recall = match by {
                GroupBy::Rule => None,
                _ => Rate::new(found, marked.map(|(_, count)| count).sum()),
            };
            Figures { group, counts, recall }
        });
        figures.collect()
    }

    /// What the sources' confidence means by everybody's decisions.
    #[must_use]
    pub fn trust(&self) -> Trust {
        let mut documents = BTreeMap::new();
        for case in &self.cases {
            let next = documents.len();
            documents.entry(&case.key.document).or_insert(next);
        }
        let mut sources: BTreeMap<String, Vec<Scored>> = BTreeMap::new();
        for case in self.cases.iter().filter(|case| case.fate != Fate::Skipped) {
            let it = &case.decision.suggestion;
            let Some(confidence) = it.confidence else { continue };
            sources.entry(it.source.clone()).or_default().push(Scored {
                score: confidence.share(),
                is_right: case.fate == Fate::AsProposed,
                document: documents.get(&case.key.document).copied().unwrap_or_default(),
            });
        }
        Trust::of(&sources)
    }
}

impl Project {
    /// Takes a decision of one's own back, so that it is asked again: see
    /// [`edit::ask_again`].
    ///
    /// # Errors
    ///
    /// If there is no such decision, or nothing can be changed in this project.
    pub fn ask_again(&mut self, document: &DocumentId, id: &DecisionId) -> Result<(), Error> {
        if !self.is_writable() {
            return Err(Error::ReadOnly);
        }
        let key = SetKey { annotator: self.annotator.clone(), document: document.clone() };
        self.load_set(&key)?;
        let text = self.store.document(document)?;
        let set = self.work.set(&key).ok_or(Error::NoDocument)?;
        let at = (self.ambient.now)();
        let cx = Context { document: &text, schema: &self.schema, set, at };
        let transaction = edit::ask_again(&cx, id)?;
        self.commit(transaction)
    }
}

#[cfg(test)]
mod tests;
