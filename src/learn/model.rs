//! What was learned of all labels, and what it finds in a text.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::chain::{Chain, Lattice, Row};
use super::piece::Reading;
use super::{Lesson, Marked};
use crate::extract::Extractor;
use crate::model::{AttributeId, LabelId};
use crate::text::TextRange;

/// How likely what is suggested has to be, before calibration.
const LEAST: f64 = 0.35;

/// What was learned from finished documents, of labels that gain by it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    pub(super) taggers: BTreeMap<LabelId, Tagger>,
    pub(super) meanings: Meanings,
}

/// What the same words with the same label have always meant.
pub(super) type Meanings = BTreeMap<(LabelId, String), Meaning>;

/// A value and further fields.
pub type Meaning = (Option<String>, Vec<(AttributeId, String)>);

/// What was learned of one label.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tagger {
    pub(super) chain: Chain,
    pub(super) scale: Scale,
}

/// What makes of how likely something seems how likely it is: a line in log odds (Platt).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale {
    pub(super) slope: f64,
    pub(super) shift: f64,
}

/// What a model finds.
#[derive(Clone, Debug, PartialEq)]
pub struct Learned {
    /// What it is.
    pub label: LabelId,
    /// Where it stands.
    pub range: TextRange,
    /// What it means: what the same words have meant elsewhere.
    pub value: Option<String>,
    /// Its further fields.
    pub attributes: Vec<(AttributeId, String)>,
    /// How likely it is right, 0 to 1.
    pub score: f64,
}

/// A text as pieces, and what is marked in it.
pub(super) struct Read {
    pub(super) reading: Reading,
    marked: Vec<Marked>,
}

impl Read {
    pub(super) fn new(extractor: &mut Extractor, lesson: &Lesson) -> Self {
        let reading = Reading::new(extractor, &lesson.text, lesson.date);
        Self { reading, marked: lesson.spans.clone() }
    }

    /// Where a label's spans stand.
    pub(super) fn gold(&self, label: &LabelId) -> Vec<TextRange> {
        self.marked.iter().filter(|it| it.label == *label).map(|it| it.range).collect()
    }

    /// Its lines to learn a label from.
    fn rows(&self, label: &LabelId) -> impl Iterator<Item = Row<'_>> {
        let pieces = |range: &TextRange| self.reading.pieces_of(*range);
        let mut spans: Vec<_> = self.gold(label).iter().map(pieces).collect();
        spans.sort_by_key(|span| (span.start, span.end));
        spans.dedup_by(|next, last| next.start < last.end);
        self.reading.lines.iter().map(move |line| {
            let inside =
                |span: &&Range<usize>| line.start <= span.start && span.end <= line.end;
            Row {
                reading: &self.reading,
                line: line.clone(),
                spans: spans.iter().filter(inside).cloned().collect(),
            }
        })
    }
}

/// Learns a label from texts.
pub(super) fn learn(label: &LabelId, texts: &[&Read], seed: u64) -> Chain {
    let rows: Vec<Row<'_>> = texts.iter().flat_map(|text| text.rows(label)).collect();
    Chain::learn(label.as_str(), &rows, seed)
}

/// What a chain finds in a text: ranges with how likely each seems, in order and apart.
pub(super) fn find(chain: &Chain, label: &LabelId, reading: &Reading) -> Vec<(TextRange, f64)> {
    let by_rules: Vec<(Range<usize>, TextRange)> = reading
        .rules
        .iter()
        .filter(|it| it.target.id() == label.as_str())
        .map(|it| (reading.pieces_of(it.range), it.range))
        .collect();
    let others: Vec<_> = by_rules.iter().map(|(pieces, _)| pieces.clone()).collect();
    let mut lattice = Lattice::default();
    let mut found = Vec::new();
    for line in &reading.lines {
        let mut spans = chain.spans((reading, line), &others, &mut lattice);
        spans.retain(|(_, sure)| *sure >= LEAST);
        spans.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.start.cmp(&b.0.start)));
        let mut kept: Vec<(Range<usize>, f64)> = Vec::new();
        for (span, sure) in spans {
            let is_apart =
                kept.iter().all(|(kept, _)| span.end <= kept.start || kept.end <= span.start);
            if is_apart {
                kept.push((span, sure));
            }
        }
        kept.sort_by_key(|(span, _)| span.start);
        for (span, sure) in kept {
            // Where the rules find the same pieces, they know the edges to the letter.
            let range = by_rules.iter().find(|(pieces, _)| *pieces == span);
            let range = range.map(|(_, range)| *range).or_else(|| reading.range(span));
            found.extend(range.map(|range| (range, sure)));
        }
    }
    found
}

/// Learns `labels` from finished documents; the scales say how sure what is found is.
#[must_use]
pub fn teach(lessons: &[Lesson], gate: &super::Report, seed: u64) -> Model {
    let mut extractor = Extractor::default();
    let texts: Vec<Read> =
        lessons.iter().map(|lesson| Read::new(&mut extractor, lesson)).collect();
    let texts: Vec<&Read> = texts.iter().collect();
    let used: Vec<_> = gate.gains.iter().filter(|gain| gain.is_used).collect();
    let chains = in_threads(&used, |gain| learn(&gain.label, &texts, seed));
    let taggers = used
        .iter()
        .zip(chains)
        .map(|(gain, chain)| (gain.label.clone(), Tagger { chain, scale: gain.scale }));
    Model { taggers: taggers.collect(), meanings: meanings(&texts) }
}

/// What the same words have always meant, in two texts or more: what is meant only here, as a day
/// by the day of writing, is nothing to go by.
fn meanings(texts: &[&Read]) -> Meanings {
    let mut counts: BTreeMap<(LabelId, String), (BTreeSet<usize>, BTreeSet<Meaning>)> =
        BTreeMap::new();
    for (number, text) in texts.iter().enumerate() {
        for span in text.marked.iter().filter(|it| it.value.is_some()) {
            let letters = text.reading.letters(text.reading.pieces_of(span.range));
            let of = counts.entry((span.label.clone(), letters)).or_default();
            of.0.insert(number);
            of.1.insert((span.value.clone(), span.attributes.clone()));
        }
    }
    let always = |(texts, meanings): (BTreeSet<usize>, BTreeSet<Meaning>)| {
        let is_so = texts.len() > 1 && meanings.len() == 1;
        meanings.into_iter().next().filter(|_| is_so)
    };
    counts.into_iter().filter_map(|(key, of)| Some((key, always(of)?))).collect()
}

/// Does something with each, in two threads; the answers are in order.
pub(super) fn in_threads<T: Sync, A: Send>(
    things: &[T],
    work: impl Fn(&T) -> A + Sync,
) -> Vec<A> {
    let half =
        |first: usize| -> Vec<A> { things.iter().skip(first).step_by(2).map(&work).collect() };
    std::thread::scope(|scope| {
        let odd = std::thread::Builder::new().spawn_scoped(scope, || half(1));
        let even = half(0);
        // Where there is no second thread, or it has broken, this one does its part.
        let odd = odd.ok().and_then(|odd| odd.join().ok()).unwrap_or_else(|| half(1));
        let mut odd = odd.into_iter();
        even.into_iter().flat_map(|it| [Some(it), odd.next()]).flatten().collect()
    })
}

impl Model {
    /// Whether it has learned anything that is used.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.taggers.is_empty()
    }

    /// The labels that it finds, in order.
    pub fn labels(&self) -> impl Iterator<Item = &LabelId> {
        self.taggers.keys()
    }

    /// What is found in a text, in text order.
    #[must_use]
    pub fn find(&self, reading: &Reading) -> Vec<Learned> {
        let mut found = Vec::new();
        for (label, tagger) in &self.taggers {
            for (range, sure) in find(&tagger.chain, label, reading) {
                let letters = reading.letters(reading.pieces_of(range));
                let meaning = self.meanings.get(&(label.clone(), letters)).cloned();
                let (value, attributes) = meaning.unwrap_or_default();
                let (label, score) = (label.clone(), tagger.scale.of(sure));
                found.push(Learned { label, range, value, attributes, score });
            }
        }
        found.sort_by_key(|it| (it.range.start(), it.range.end()));
        found
    }
}

impl Scale {
    /// How likely it is what seems `sure` likely.
    pub(super) fn of(self, sure: f64) -> f64 {
        1.0 / (1.0 + (-(self.slope * log_odds(sure) + self.shift)).exp())
    }

    /// Fits a line to what seemed how likely and was right or not: Newton's method, held to
    /// what seems (slope 1, shift 0) as by a few cases.
    pub(super) fn fit(cases: &[(f64, bool)]) -> Self {
        const HOLD: f64 = 2.0;
        let (mut slope, mut shift) = (1.0, 0.0);
        for _ in 0..20 {
            let (mut g, mut h) = ([HOLD * (slope - 1.0), HOLD * shift], [HOLD, 0.0, HOLD]);
            for (sure, is_right) in cases {
                let x = log_odds(*sure);
                let p = Self { slope, shift }.of(*sure);
                let miss = p - f64::from(u8::from(*is_right));
                let weight = p * (1.0 - p);
                g = [g[0] + miss * x, g[1] + miss];
                h = [h[0] + weight * x * x, h[1] + weight * x, h[2] + weight];
            }
            let determinant = h[0] * h[2] - h[1] * h[1];
            slope -= (h[2] * g[0] - h[1] * g[1]) / determinant;
            shift -= (h[0] * g[1] - h[1] * g[0]) / determinant;
        }
        let is_sound = slope.is_finite() && shift.is_finite() && slope > 0.0;
        if is_sound { Self { slope, shift } } else { Self { slope: 1.0, shift: 0.0 } }
    }
}

fn log_odds(sure: f64) -> f64 {
    let sure = sure.clamp(0.001, 0.999);
    (sure / (1.0 - sure)).ln()
}
