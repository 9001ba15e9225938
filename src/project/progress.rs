//! How much is done, by whom, and how it came to be: counts, distributions, pace.
//!
//! How much there is now is what the sets say; when it came is what the history says. The two
//! need not agree, since spans are also imported: what the history does not explain was there
//! before its first day ([`Tally::over_time`]).

use std::collections::BTreeMap;

use crate::model::{AnnotatorId, Day, LabelId, State, Timestamp};
use crate::store::{Documents, Error, PastEdit, PastStep, Store};

/// The longest time between two steps that counts as work on the second, in milliseconds.
pub const LONGEST_PAUSE: i64 = 5 * 60_000;

/// How much work must be known before a pace is told, in milliseconds.
const LEAST_WORK: i64 = 60_000;

const HOUR: i64 = 3_600_000;

/// How far a project is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// How many documents there are.
    pub num_documents: usize,
    /// How long their texts are together, in code points.
    pub num_chars: u64,
    /// Everybody's tally; the gold sets are under their reserved name.
    pub tallies: BTreeMap<AnnotatorId, Tally>,
    /// The project's revision of which all this was counted.
    pub revision: u64,
}

/// What one annotator has done, or what is gold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Documents by state; those without a set are new.
    pub states: BTreeMap<State, usize>,
    /// Spans by label.
    pub spans: BTreeMap<LabelId, usize>,
    /// How many spans are doubtful.
    pub doubtful: usize,
    /// The places in the list of the documents that are in progress or finished, and how many
    /// spans each has: most first, equal ones in the order of the list.
    pub documents: Vec<(usize, usize)>,
    /// What was done in the window, by day.
    pub days: BTreeMap<Day, WorkDone>,
}

/// What was done in a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WorkDone {
    /// Spans marked, less those taken away.
    pub spans: i64,
    /// Documents finished, less those opened again.
    pub finished: i64,
    /// Time at work in milliseconds: between steps that follow each other within
    /// [`LONGEST_PAUSE`].
    pub active: i64,
}

/// How spans are spread over the documents that were worked on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Distribution {
    /// The most in one document.
    pub most: usize,
    /// The fewest in one document.
    pub fewest: usize,
    /// The median; of an even number of documents the lower of the two in the middle.
    pub median: usize,
    /// How many documents have none.
    pub without: usize,
}

/// How much there was at the end of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The day.
    pub day: Day,
    /// What was done in it.
    pub work: WorkDone,
    /// Spans at its end.
    pub spans: usize,
    /// Finished documents at its end.
    pub finished: usize,
}

impl Progress {
    /// Counts what is in a project and reads when it came. `go_on` is told how many of how many
    /// files of the history are read; none if it says no.
    ///
    /// # Errors
    ///
    /// If the history cannot be read.
    pub fn of(
        store: &Store,
        go_on: &mut dyn FnMut(usize, usize) -> bool,
    ) -> Result<Option<Self>, Error> {
        let revision = store.revision();
        let mut progress = Self { revision, ..Self::count(&store.documents()) };
        let (mut is_stopped, mut last) = (false, None);
        let mut tell = |done, total| {
            is_stopped = !go_on(done, total);
            !is_stopped
        };
        store.each_past_step(&mut tell, &mut |step| {
            let before = last.replace((step.desk, step.at));
            let before = before.filter(|(desk, _)| *desk == step.desk).map(|(_, at)| at);
            progress.take(step, before);
        })?;
        Ok((!is_stopped).then_some(progress))
    }

    /// Counts what the list of documents says; no file is read, and no day is known.
    #[must_use]
    pub fn count(documents: &Documents) -> Self {
        let mut tallies: BTreeMap<AnnotatorId, Tally> = BTreeMap::new();
        for (place, entry) in documents.iter().enumerate() {
            for set in &entry.sets {
                let tally = tallies.entry(set.annotator.clone()).or_default();
                *tally.states.entry(set.state).or_default() += 1;
                tally.doubtful += set.doubtful as usize;
                for (label, count) in &set.labels {
                    *tally.spans.entry(label.clone()).or_default() += *count as usize;
                }
                if matches!(set.state, State::InProgress | State::Finished) {
                    tally.documents.push((place, set.num_spans()));
                }
            }
        }
        for tally in tallies.values_mut() {
            let begun: usize = tally.states.values().sum();
            *tally.states.entry(State::New).or_default() += documents.len() - begun;
            tally.documents.sort_by_key(|(place, count)| (std::cmp::Reverse(*count), *place));
        }
        Self {
            num_documents: documents.len(),
            num_chars: documents.iter().map(|entry| entry.num_chars).sum(),
            tallies,
            revision: 0,
        }
    }

    /// Takes in a step; `before` is when the step before it was done at its desk.
    fn take(&mut self, step: &PastStep, before: Option<Timestamp>) {
        let day = step.at.day();
        for edit in &step.edits {
            let tally = self.tallies.entry(edit.key().annotator.clone()).or_default();
            let work = tally.days.entry(day).or_default();
            match edit {
                PastEdit::Span(_, before, after) => {
                    work.spans += i64::from(*after) - i64::from(*before);
                }
                PastEdit::State(_, before, after) => {
                    let is_finished = |state: State| i64::from(state == State::Finished);
                    work.finished += is_finished(*after) - is_finished(*before);
                }
                PastEdit::Note(_) => {}
            }
        }
        // Who declares something gold works on it for themselves.
        let who = step.edits.iter().map(|edit| &edit.key().annotator);
        let Some(who) = who.clone().find(|who| !who.is_gold()).or(who.clone().next()) else {
            return;
        };
        let pause = before.map_or(i64::MAX, |before| step.at.0.saturating_sub(before.0));
        if let Some(tally) = self.tallies.get_mut(who)
            && (0..=LONGEST_PAUSE).contains(&pause)
        {
            tally.days.entry(day).or_default().active += pause;
        }
    }
}

impl Tally {
    /// The tally of who has not begun with any of so many documents.
    #[must_use]
    pub fn blank(num_documents: usize) -> Self {
        Self { states: BTreeMap::from([(State::New, num_documents)]), ..Self::default() }
    }

    /// How many spans there are.
    #[must_use]
    pub fn num_spans(&self) -> usize {
        self.spans.values().sum()
    }

    /// How many documents are in that state.
    #[must_use]
    pub fn num_in_state(&self, state: State) -> usize {
        self.states.get(&state).copied().unwrap_or_default()
    }

    /// How the spans are spread over the documents that were worked on; none if none was.
    #[must_use]
    pub fn distribution(&self) -> Option<Distribution> {
        let (_, most) = *self.documents.first()?;
        let (_, fewest) = *self.documents.last()?;
        // Most come first, so of two in the middle the lower one is the later one.
        let (_, median) = *self.documents.get(self.documents.len() / 2)?;
        let without = self.documents.iter().filter(|(_, count)| *count == 0).count();
        Some(Distribution { most, fewest, median, without })
    }

    /// How much there was at the end of each day on which something was done. The last is what
    /// there is now.
    #[must_use]
    pub fn over_time(&self) -> Vec<Moment> {
        let signed = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        let sum = |of: fn(&WorkDone) -> i64| self.days.values().map(of).sum::<i64>();
        let mut spans = signed(self.num_spans()) - sum(|work| work.spans);
        let mut finished =
            signed(self.num_in_state(State::Finished)) - sum(|work| work.finished);
        let unsigned = |count: i64| usize::try_from(count).unwrap_or_default();
        let moment = |(day, work): (&Day, &WorkDone)| {
            spans += work.spans;
            finished += work.finished;
            let (spans, finished) = (unsigned(spans), unsigned(finished));
            Moment { day: *day, work: *work, spans, finished }
        };
        self.days.iter().map(moment).collect()
    }

    /// The time at work, in milliseconds.
    #[must_use]
    pub fn active(&self) -> i64 {
        self.days.values().map(|work| work.active).sum()
    }

    /// Spans marked in an hour of work, in tenths; none where too little work is known.
    #[must_use]
    pub fn spans_per_hour(&self) -> Option<i64> {
        let spans: i64 = self.days.values().map(|work| work.spans).sum();
        let active = self.active();
        (active >= LEAST_WORK).then(|| rounded(spans.max(0) * 10 * HOUR, active))
    }

    /// Documents finished in a day of work, in tenths; none where there was none.
    #[must_use]
    pub fn documents_per_day(&self) -> Option<i64> {
        let finished: i64 = self.days.values().map(|work| work.finished).sum();
        let days = i64::try_from(self.days.len()).ok().filter(|days| *days > 0)?;
        Some(rounded(finished.max(0) * 10, days))
    }
}

/// A number of tenths, as it is written: `12.5`, and `12` for `12.0`.
#[must_use]
pub fn tenths(tenths: i64) -> String {
    match tenths % 10 {
        0 => (tenths / 10).to_string(),
        rest => format!("{}.{rest}", tenths / 10),
    }
}

/// The quotient of two numbers that are not negative, rounded.
fn rounded(of: i64, by: i64) -> i64 {
    (of + by / 2) / by
}

#[cfg(test)]
mod tests;
