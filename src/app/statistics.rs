//! The statistics: what of what was counted is looked at, and as which table it is told.

use std::ops::Range;
use std::sync::Arc;

use crate::lang::{Bilingual, Lang, both};
use crate::model::{AnnotatorId, LabelId, Schema, State};
use crate::project::{Moment, Progress, Tally};

/// How many columns the histogram has at most, that of no span aside.
const MOST_BINS: usize = 12;

/// What can be asked for where the project is counted.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Statistics {
    /// Shows what was counted; counts first, if something has changed since.
    Show,
    /// Counts anew.
    Recount,
    /// Lists the documents that such words of a search say.
    List(String),
}

/// What is counted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Tab {
    /// Spans and finished documents, day by day.
    #[default]
    Time,
    /// Spans by label.
    Labels,
    /// Spans by document.
    Documents,
    /// Documents by state.
    States,
    /// Spans and finished documents by annotator.
    Annotators,
}

impl Tab {
    pub(super) const ALL: [Self; 5] =
        [Self::Time, Self::Labels, Self::Documents, Self::States, Self::Annotators];

    pub(super) fn name(self) -> Bilingual {
        match self {
            Self::Time => both("عبر الزمن", "Over time"),
            Self::Labels => both("حسب الوسم", "By label"),
            Self::Documents => both("حسب المقال", "By document"),
            Self::States => both("حسب الحالة", "By state"),
            Self::Annotators => both("حسب الموسّم", "By annotator"),
        }
    }
}

/// What is looked at.
#[derive(Clone, Debug)]
pub(super) struct StatisticsForm {
    pub(super) progress: Arc<Progress>,
    /// Whose work.
    pub(super) who: AnnotatorId,
    pub(super) tab: Tab,
    /// Which column of the histogram is chosen: only its documents are listed.
    pub(super) bin: Option<usize>,
    /// A row of the table to show.
    pub(super) shown: Option<usize>,
    /// What follows from whose work it is.
    pub(super) of: Of,
}

/// One annotator's tally, and what follows from it.
#[derive(Clone, Debug)]
pub(super) struct Of {
    pub(super) tally: Tally,
    pub(super) moments: Vec<Moment>,
    pub(super) bins: Vec<Bin>,
}

/// Documents with about as many spans.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bin {
    /// The fewest and the most spans that they have.
    pub(super) from: usize,
    pub(super) to: usize,
    /// Which of [`Tally::documents`] they are.
    pub(super) documents: Range<usize>,
}

impl Of {
    fn new(progress: &Progress, who: &AnnotatorId) -> Self {
        let tally = progress.tallies.get(who).cloned();
        let tally = tally.unwrap_or_else(|| Tally::blank(progress.num_documents));
        Self { moments: tally.over_time(), bins: bins(&tally), tally }
    }
}

impl StatisticsForm {
    pub(super) fn new(progress: Arc<Progress>, who: AnnotatorId) -> Self {
        let of = Of::new(&progress, &who);
        Self { progress, who, tab: Tab::default(), bin: None, shown: None, of }
    }

    /// Looks at what was counted anew, as at what was counted before.
    pub(super) fn recounted(&mut self, progress: Arc<Progress>) {
        *self = Self { tab: self.tab, ..Self::new(progress, self.who.clone()) };
    }

    /// Looks at somebody's work.
    pub(super) fn look_at(&mut self, who: AnnotatorId) {
        self.of = Of::new(&self.progress, &who);
        (self.who, self.bin, self.shown) = (who, None, None);
    }

    /// Those documents that are listed, as places in [`Tally::documents`].
    pub(super) fn listed(&self) -> Range<usize> {
        let bin = self.bin.and_then(|bin| self.of.bins.get(bin));
        bin.map_or(0..self.of.tally.documents.len(), |bin| bin.documents.clone())
    }

    /// The labels with their spans: those of the schema in its order, then others that spans
    /// have.
    pub(super) fn labels(&self, schema: &Schema, lang: Lang) -> Vec<(LabelId, String, usize)> {
        let count = |id: &LabelId| self.of.tally.spans.get(id).copied().unwrap_or_default();
        let known = schema
            .labels()
            .map(|label| (label.id.clone(), label.name.get(lang).to_owned(), count(&label.id)));
        let others = self.of.tally.spans.keys().filter(|id| schema.label(id).is_none());
        let others = others.map(|id| (id.clone(), id.to_string(), count(id)));
        known.chain(others).collect()
    }

    /// Everybody who has work in the project, and who is looked at.
    pub(super) fn people(&self) -> Vec<AnnotatorId> {
        let mut people: Vec<_> = self.progress.tallies.keys().cloned().collect();
        if !people.contains(&self.who) {
            people.insert(0, self.who.clone());
        }
        people
    }

    /// The search that lists the looked-at work's documents with such words; none where there
    /// is no set that could be found.
    pub(super) fn search(&self, me: &AnnotatorId, word: &str) -> String {
        if *me == self.who {
            return word.to_owned();
        }
        format!("annotator:{} {word}", quoted(self.who.as_str()))
    }
}

/// A word of a search, in quotes where it has spaces.
pub(super) fn quoted(text: &str) -> String {
    if text.contains(char::is_whitespace) { format!("\"{text}\"") } else { text.to_owned() }
}

/// The documents that were worked on, by how many spans they have: none, then equal steps.
fn bins(tally: &Tally) -> Vec<Bin> {
    let documents = &tally.documents;
    let Some((_, most)) = documents.first() else { return Vec::new() };
    let mut step = 1;
    while most.div_ceil(step) > MOST_BINS {
        // 1, 2, 5, 10, 20, 50 …
        step = if step.to_string().starts_with('2') { step / 2 * 5 } else { step * 2 };
    }
    // Most come first: how many have more than that.
    let above = |count: usize| documents.partition_point(|(_, spans)| *spans > count);
    let none = Bin { from: 0, to: 0, documents: above(0)..documents.len() };
    let steps = (0..most.div_ceil(step)).map(|at| {
        let (from, to) = (at * step + 1, (at + 1) * step);
        Bin { from, to, documents: above(to)..above(from - 1) }
    });
    std::iter::once(none).chain(steps).collect()
}

/// A count's share of all, as `12 %`; below one half it is said so.
pub(super) fn percent(count: usize, of: usize) -> String {
    let tenths = (count.saturating_mul(1_000) + of / 2).checked_div(of).unwrap_or_default();
    match (tenths, count) {
        (0..=9, 1..) => format!("0.{} %", tenths.max(1)),
        _ => format!("{} %", (tenths + 5) / 10),
    }
}

/// A time at work as hours and minutes.
pub(super) fn hours(lang: Lang, milliseconds: i64) -> String {
    let minutes = milliseconds / 60_000;
    let (hours, rest) = (minutes / 60, minutes % 60);
    match (lang, hours) {
        (Lang::Ar, 0) => format!("{rest} د"),
        (Lang::En, 0) => format!("{rest} min"),
        (Lang::Ar, _) => format!("{hours} س {rest} د"),
        (Lang::En, _) => format!("{hours} h {rest} min"),
    }
}

/// The word of a search for a state.
pub(super) fn state_word(state: State) -> String {
    format!("state:{}", state.id())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(counts: &[usize]) -> Tally {
        let documents = counts.iter().copied().enumerate().collect();
        Tally { documents, ..Tally::default() }
    }

    #[test]
    fn every_document_is_in_one_column() {
        for counts in [&[0][..], &[3, 1, 0, 0], &[12, 12, 5], &[250, 49, 26, 25, 1, 0]] {
            let bins = bins(&tally(counts));
            assert!(bins.len() <= MOST_BINS + 1);
            for (at, count) in counts.iter().enumerate() {
                let homes: Vec<_> =
                    bins.iter().filter(|bin| bin.documents.contains(&at)).collect();
                assert_eq!(homes.len(), 1, "{counts:?} {count}");
                assert!((homes[0].from..=homes[0].to).contains(count));
            }
        }
        assert_eq!(bins(&tally(&[])), []);
        let last = bins(&tally(&[250])).last().map(|bin| (bin.from, bin.to));
        assert_eq!(last, Some((201, 250)));
    }

    #[test]
    fn shares_and_times_are_told_shortly() {
        let told = [(1, 3), (1, 1_000), (1, 100_000), (0, 5), (5, 5), (0, 0)];
        let told = told.map(|(count, of)| percent(count, of));
        assert_eq!(told, ["33 %", "0.1 %", "0.1 %", "0 %", "100 %", "0 %"]);
        assert_eq!(hours(Lang::En, 95 * 60_000), "1 h 35 min");
        assert_eq!(hours(Lang::Ar, 59_000), "0 د");
    }
}
