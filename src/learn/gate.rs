//! What learning gains over rules alone, asked of documents that were not learned from.

use std::collections::BTreeSet;

use super::Lesson;
use super::chance::Chance;
use super::model::{Read, Scale, find, in_threads, learn};
use crate::extract::Extractor;
use crate::model::LabelId;
use crate::text::TextRange;

/// How many finished documents it takes at least.
pub const FEWEST: usize = 15;
/// How many parts the documents are dealt into; each is read by what the others have taught.
const FOLDS: usize = 5;
/// How often documents are drawn anew to see whether a gain is more than luck.
const DRAWS: usize = 400;
/// In how many hundredths of these draws there has to be a gain.
const SURE: usize = 97;
/// What a label has to gain at least.
const LEAST_GAIN: f64 = 0.01;
/// What share of the spans of a label without rules must be found, and of what is found be right.
const LEAST_F1: f64 = 0.4;

/// How many there are, were found, and were found right to the letter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Spans that annotators have marked.
    pub gold: usize,
    /// What was found.
    pub found: usize,
    /// What was found and is marked so.
    pub right: usize,
}

impl Figures {
    /// The mean of precision and recall that is called F1; 0 where there is nothing.
    #[must_use]
    pub fn f1(self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "counts of spans are small")]
        let ratio = |a: usize, b: usize| if b == 0 { 0.0 } else { a as f64 / b as f64 };
        ratio(2 * self.right, self.gold + self.found)
    }

    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            gold: self.gold + other.gold,
            found: self.found + other.found,
            right: self.right + other.right,
        }
    }
}

/// What a label gains.
#[derive(Clone, Debug, PartialEq)]
pub struct Gain {
    /// Which.
    pub label: LabelId,
    /// Rules alone.
    pub rules: Figures,
    /// With what was learned.
    pub learned: Figures,
    /// Whether it is used.
    pub is_used: bool,
    /// How sure what is found is.
    pub(super) scale: Scale,
}

/// What learning gains, label by label.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// From how many documents.
    pub documents: usize,
    /// Each label that is marked in them, in order.
    pub gains: Vec<Gain>,
}

impl Report {
    /// Whether any label gains.
    #[must_use]
    pub fn is_used(&self) -> bool {
        self.gains.iter().any(|gain| gain.is_used)
    }

    /// All labels together: by rules alone, and with what is used.
    #[must_use]
    pub fn total(&self) -> (Figures, Figures) {
        let mut total = (Figures::default(), Figures::default());
        for gain in &self.gains {
            let with = if gain.is_used { gain.learned } else { gain.rules };
            total = (total.0.and(gain.rules), total.1.and(with));
        }
        total
    }
}

/// What one label came to in one document.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    rules: Figures,
    learned: Figures,
}

/// Lets each document be read by what the others have taught. `go_on` is asked between the
/// labels; if it says no, there is no answer. With fewer than [`FEWEST`] documents nothing is
/// used.
pub fn cross_validate(
    lessons: &[Lesson],
    seed: u64,
    go_on: &mut dyn FnMut(usize, usize) -> bool,
) -> Option<Report> {
    let mut report = Report { documents: lessons.len(), gains: Vec::new() };
    if lessons.len() < FEWEST {
        return Some(report);
    }
    let mut extractor = Extractor::default();
    let texts: Vec<Read> =
        lessons.iter().map(|lesson| Read::new(&mut extractor, lesson)).collect();
    let labels: BTreeSet<&LabelId> =
        lessons.iter().flat_map(|it| &it.spans).map(|span| &span.label).collect();
    let mut order: Vec<usize> = (0..texts.len()).collect();
    Chance::new(seed).shuffle(&mut order);
    for (done, label) in labels.iter().enumerate() {
        if !go_on(done, labels.len()) {
            return None;
        }
        let folds: Vec<usize> = (0..FOLDS).collect();
        let read = in_threads(&folds, |fold| {
            let part = |is_left: bool| -> Vec<&Read> {
                let of = |number: &usize| (number % FOLDS == *fold) == is_left;
                let places = order.iter().enumerate().filter(|(number, _)| of(number));
                places.filter_map(|(_, at)| texts.get(*at)).collect()
            };
            read_fold(label, (&part(false), &part(true)), seed)
        });
        let (counts, cases): (Vec<_>, Vec<_>) = read.into_iter().unzip();
        report.gains.push(gain(label, &counts.concat(), &cases.concat(), seed));
    }
    Some(report)
}

/// How sure what was found seemed, and whether it is right.
type Cases = Vec<(f64, bool)>;

/// Reads documents by what others teach: counts of each, and how sure what was found seemed.
fn read_fold(
    label: &LabelId,
    (others, left): (&[&Read], &[&Read]),
    seed: u64,
) -> (Vec<Counts>, Cases) {
    let chain = learn(label, others, seed);
    let mut cases = Vec::new();
    let counts = left.iter().map(|text| {
        let gold = text.gold(label);
        let rules = text.reading.rules.iter().filter(|it| it.target.id() == label.as_str());
        let rules: Vec<TextRange> = rules.map(|it| it.range).collect();
        let found = find(&chain, label, &text.reading);
        cases.extend(found.iter().map(|(range, sure)| (*sure, gold.contains(range))));
        let found: Vec<TextRange> = found.into_iter().map(|(range, _)| range).collect();
        Counts { rules: figures(&gold, &rules), learned: figures(&gold, &found) }
    });
    let counts = counts.collect();
    (counts, cases)
}

fn figures(gold: &[TextRange], found: &[TextRange]) -> Figures {
    let right = found.iter().filter(|range| gold.contains(range)).count();
    Figures { gold: gold.len(), found: found.len(), right }
}

fn gain(label: &LabelId, counts: &[Counts], cases: &[(f64, bool)], seed: u64) -> Gain {
    let (rules, learned) = sum(counts.iter());
    let gains = |(rules, learned): (Figures, Figures)| learned.f1() - rules.f1();
    let mut chance = Chance::new(seed);
    let lucky = (0..DRAWS).filter(|_| {
        let drawn = (0..counts.len()).filter_map(|_| counts.get(chance.below(counts.len())));
        gains(sum(drawn)) > 0.0
    });
    let is_sure = lucky.count() * 100 >= DRAWS * SURE;
    let is_used = is_sure && gains((rules, learned)) >= LEAST_GAIN && learned.f1() >= LEAST_F1;
    Gain { label: label.clone(), rules, learned, is_used, scale: Scale::fit(cases) }
}

fn sum<'a>(counts: impl Iterator<Item = &'a Counts>) -> (Figures, Figures) {
    counts.fold((Figures::default(), Figures::default()), |(rules, learned), it| {
        (rules.and(it.rules), learned.and(it.learned))
    })
}
