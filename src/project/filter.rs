//! Which documents, and whose sets on them, are what a query asks for.

use crate::arabic::fold;
use crate::find::{About, Fact, Query, SpanFilter};
use crate::model::{AnnotatorId, SetKey, State};
use crate::store::{Entry, SpanLine, Store, Summary};

/// A query, and who asks.
#[derive(Clone, Copy)]
pub(super) struct Asking<'a> {
    pub(super) query: &'a Query,
    pub(super) annotator: &'a AnnotatorId,
}

impl Asking<'_> {
    /// Whether a list of documents has this one: its title or id has what is looked for, and it
    /// is what else is asked for. What spans say is read with a `store` only.
    pub(super) fn lists(&self, entry: &Entry, store: Option<&Store>) -> bool {
        let mut finders = self.query.finders.iter();
        finders.all(|finder| finder.is_in(entry.title()) || finder.is_in(entry.id.as_str()))
            && !self.sets(entry, store).is_empty()
    }

    /// The sets of a document that are what is asked for; the asking annotator may have none
    /// yet. Whether spans are what is asked for is looked up in their files only with a `store`.
    pub(super) fn sets<'a>(
        &self,
        entry: &'a Entry,
        store: Option<&Store>,
    ) -> Vec<Option<&'a Summary>> {
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
            None => vec![entry.summary(self.annotator)],
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
                } else if let Some(store) = store {
                    num_with_label(*set, filter) > 0
                        && num_fitting(store, entry, *set, filter) > 0
                } else {
                    !filter.is_negated && num_with_label(*set, filter) > 0
                };
                has != filter.is_negated
            })
        };
        sets.into_iter().filter(|set| state_fits(set) && spans_fit(set)).collect()
    }
}

/// How many spans of a set fit a filter, whether or not it is turned round.
pub(super) fn num_fitting(
    store: &Store,
    entry: &Entry,
    set: Option<&Summary>,
    filter: &SpanFilter,
) -> usize {
    if filter.needs_counts_only() {
        return num_by_counts(set, filter);
    }
    let Some(set) = set else { return 0 };
    let mut count = 0;
    let read = store.each_span(&key(entry, set), &mut |line| {
        count += usize::from(filter.fits(&fact(line)));
    });
    // A set that cannot be read has nothing to show.
    read.map_or(0, |()| count)
}

pub(super) fn key(entry: &Entry, set: &Summary) -> SetKey {
    SetKey { annotator: set.annotator.clone(), document: entry.id.clone() }
}

pub(super) fn fact<'a>(line: &'a SpanLine<'_>) -> Fact<'a> {
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
