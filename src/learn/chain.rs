//! A chain of pieces, each outside of a label's spans, the first of one, or a further one: a
//! conditional random field over these three, learned by stochastic gradients whose steps adapt
//! to each weight (`AdaGrad`).
//!
//! It begins by believing the rules, so that what is seldom seen stays with what they say.

use std::ops::Range;

use super::chance::Chance;
use super::piece::{BITS, Reading, bias, rule_feature};

/// How often all lines are gone through.
const ROUNDS: usize = 10;
/// How far a weight goes at its first step.
const STEP: f32 = 0.15;
/// How strongly a weight is drawn back to nothing whenever it is moved.
const RIDGE: f32 = 0.002;
/// What is surer than that teaches nothing.
const SURE: f64 = 0.002;
/// How strongly the rules are believed in the beginning.
const BELIEF: f32 = 3.0;

/// Outside, first, further.
const TAGS: usize = 3;
const OUTSIDE: usize = 0;
const FIRST: usize = 1;
const FURTHER: usize = 2;

/// What was learned of a label.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Chain {
    /// What each feature says for a first and for a further piece, in log odds against neither.
    pub(super) weights: Vec<[f32; 2]>,
    /// What one piece says of the next.
    pub(super) steps: [[f32; TAGS]; TAGS],
}

/// A line and where spans stand in it.
#[derive(Clone, Debug)]
pub(super) struct Row<'a> {
    pub(super) reading: &'a Reading,
    pub(super) line: Range<usize>,
    /// In pieces of the text, in order and apart.
    pub(super) spans: Vec<Range<usize>>,
}

impl Chain {
    /// A chain that believes the rules, as far as they have that label.
    pub(super) fn new(label: &str) -> Self {
        let mut weights = vec![[0.0; 2]; 1 << BITS];
        let mut set = |feature: u32, weight: [f32; 2]| {
            if let Some(it) = weights.get_mut(feature as usize) {
                *it = weight;
            }
        };
        set(bias(), [-BELIEF, -BELIEF]);
        set(rule_feature(label, true), [2.0 * BELIEF, 0.0]);
        set(rule_feature(label, false), [0.0, 2.0 * BELIEF]);
        Self { weights, steps: [[0.0; TAGS]; TAGS] }
    }

    /// Learns a label from lines.
    pub(super) fn learn(label: &str, rows: &[Row<'_>], seed: u64) -> Self {
        let mut chain = Self::new(label);
        let mut paces = Paces {
            weights: vec![[1e-6; 2]; chain.weights.len()],
            steps: [[1e-6; TAGS]; TAGS],
        };
        let mut chance = Chance::new(seed);
        let mut order: Vec<usize> = (0..rows.len()).collect();
        let mut lattice = Lattice::default();
        for _ in 0..ROUNDS {
            chance.shuffle(&mut order);
            for row in order.iter().filter_map(|at| rows.get(*at)) {
                lattice.fill(&chain, row.reading, &row.line);
                chain.take(row, &lattice, &mut paces);
            }
        }
        chain
    }

    /// Takes a step towards what a line says.
    fn take(&mut self, row: &Row<'_>, lattice: &Lattice, paces: &mut Paces) {
        let mut spans = row.spans.iter().peekable();
        let mut before = OUTSIDE;
        for (number, at) in row.line.clone().enumerate() {
            while spans.next_if(|span| span.end <= at).is_some() {}
            let tag = match spans.peek() {
                Some(span) if span.start == at => FIRST,
                Some(span) if span.start < at && before != OUTSIDE => FURTHER,
                _ => OUTSIDE,
            };
            let share = lattice.share(number);
            let told = f64::from(u8::from(tag == FIRST));
            let goes_on = f64::from(u8::from(tag == FURTHER));
            let miss = [share[FIRST] - told, share[FURTHER] - goes_on];
            if miss.iter().any(|miss| miss.abs() > SURE) {
                let miss = miss.map(to_f32);
                for feature in row.reading.features(at) {
                    let at = *feature as usize;
                    if let Some((weight, pace)) =
                        self.weights.get_mut(at).zip(paces.weights.get_mut(at))
                    {
                        for ((weight, pace), miss) in weight.iter_mut().zip(pace).zip(miss) {
                            step(weight, pace, miss);
                        }
                    }
                }
            }
            for from in [FIRST, FURTHER] {
                for to in 0..TAGS {
                    let is_so = number > 0 && from == before && to == tag;
                    let miss = lattice.step(number, from, to) - f64::from(u8::from(is_so));
                    if miss.abs() > SURE {
                        step(
                            &mut self.steps[from][to],
                            &mut paces.steps[from][to],
                            to_f32(miss),
                        );
                    }
                }
            }
            before = tag;
        }
    }

    /// What each piece of a line speaks for, relative to its greatest.
    fn nodes(&self, reading: &Reading, at: usize) -> [f64; TAGS] {
        let mut sum = [0.0_f32; 2];
        for feature in reading.features(at) {
            if let Some([first, further]) = self.weights.get(*feature as usize) {
                sum[0] += first;
                sum[1] += further;
            }
        }
        let [first, further] = sum.map(|sum| f64::from(sum.clamp(-30.0, 30.0)));
        let most = first.max(further).max(0.0);
        [(-most).exp(), (first - most).exp(), (further - most).exp()]
    }

    /// The most likely spans of a line, and those of `others` in it, in pieces, each with how
    /// likely it is.
    pub(super) fn spans(
        &self,
        (reading, line): (&Reading, &Range<usize>),
        others: &[Range<usize>],
        lattice: &mut Lattice,
    ) -> Vec<(Range<usize>, f64)> {
        lattice.fill(self, reading, line);
        let mut spans = lattice.best();
        for span in &mut spans {
            *span = span.start + line.start..span.end + line.start;
        }
        let inside = |span: &&Range<usize>| line.start <= span.start && span.end <= line.end;
        let others: Vec<_> =
            others.iter().filter(inside).filter(|it| !spans.contains(it)).cloned().collect();
        spans.extend(others);
        let place = |span: &Range<usize>| span.start - line.start..span.end - line.start;
        spans.into_iter().map(|span| (span.clone(), lattice.sure(place(&span)))).collect()
    }
}

/// How far weights have gone already, squared.
struct Paces {
    weights: Vec<[f32; 2]>,
    steps: [[f32; TAGS]; TAGS],
}

fn step(weight: &mut f32, pace: &mut f32, miss: f32) {
    let slope = miss + RIDGE * *weight;
    *pace += slope * slope;
    *weight -= STEP * slope / pace.sqrt();
}

#[expect(clippy::cast_possible_truncation, reason = "a weight needs no more digits")]
fn to_f32(x: f64) -> f32 {
    x as f32
}

/// How likely all ways through a line are: made to be filled again.
#[derive(Debug, Default)]
pub(super) struct Lattice {
    nodes: Vec<[f64; TAGS]>,
    /// How likely what stands before and at a piece is, as far as that; then what stands behind.
    ahead: Vec<[f64; TAGS]>,
    behind: Vec<[f64; TAGS]>,
    scales: Vec<f64>,
    steps: [[f64; TAGS]; TAGS],
}

impl Lattice {
    fn fill(&mut self, chain: &Chain, reading: &Reading, line: &Range<usize>) {
        self.steps = chain.steps.map(|row| row.map(|weight| f64::from(weight).exp()));
        self.steps[OUTSIDE][FURTHER] = 0.0;
        self.nodes.clear();
        self.nodes.extend(line.clone().map(|at| chain.nodes(reading, at)));
        self.ahead.clear();
        self.scales.clear();
        let mut before = [1.0, 0.0, 0.0];
        for node in &self.nodes {
            let mut here = [0.0; TAGS];
            for (to, here) in here.iter_mut().enumerate() {
                let way = |from: usize| before[from] * self.steps[from][to];
                *here = node[to] * (way(OUTSIDE) + way(FIRST) + way(FURTHER));
            }
            let scale = here.iter().sum::<f64>().max(1e-300);
            before = here.map(|it| it / scale);
            self.ahead.push(before);
            self.scales.push(scale);
        }
        self.behind.clear();
        self.behind.resize(self.nodes.len(), [1.0; TAGS]);
        for at in (1..self.nodes.len()).rev() {
            let mut here = [0.0; TAGS];
            for (from, here) in here.iter_mut().enumerate() {
                *here = (0..TAGS).map(|to| self.way(at, from, to)).sum();
            }
            if let Some(behind) = self.behind.get_mut(at - 1) {
                *behind = here;
            }
        }
    }

    /// How likely what stands at a piece and behind is, from a tag before it.
    fn way(&self, at: usize, from: usize, to: usize) -> f64 {
        let (node, behind) = (tag(&self.nodes, at, to), tag(&self.behind, at, to));
        let scale = self.scales.get(at).copied().unwrap_or(1.0);
        self.steps[from][to] * node * behind / scale
    }

    /// How likely each tag of a piece is.
    fn share(&self, at: usize) -> [f64; TAGS] {
        let mut share = [0.0; TAGS];
        for (number, share) in share.iter_mut().enumerate() {
            *share = tag(&self.ahead, at, number) * tag(&self.behind, at, number);
        }
        share
    }

    /// How likely a tag of the piece before is together with one of this.
    fn step(&self, at: usize, from: usize, to: usize) -> f64 {
        let Some(before) = at.checked_sub(1) else { return 0.0 };
        tag(&self.ahead, before, from) * self.way(at, from, to)
    }

    /// How likely exactly this is a span.
    fn sure(&self, span: Range<usize>) -> f64 {
        let mut sure = tag(&self.ahead, span.start, FIRST);
        let mut before = FIRST;
        for at in span.start + 1..span.end {
            let scale = self.scales.get(at).copied().unwrap_or(1.0);
            sure *= self.steps[before][FURTHER] * tag(&self.nodes, at, FURTHER) / scale;
            before = FURTHER;
        }
        if span.end < self.nodes.len() {
            sure *=
                [OUTSIDE, FIRST].map(|to| self.way(span.end, before, to)).iter().sum::<f64>();
        }
        sure.clamp(0.0, 1.0)
    }

    /// The spans of the most likely way.
    fn best(&self) -> Vec<Range<usize>> {
        let mut from: Vec<[usize; TAGS]> = Vec::with_capacity(self.nodes.len());
        let mut before = [1.0, 0.0, 0.0];
        for node in &self.nodes {
            let (mut here, mut ways) = ([0.0; TAGS], [OUTSIDE; TAGS]);
            for (to, (here, ways)) in here.iter_mut().zip(&mut ways).enumerate() {
                for (way, before) in before.iter().enumerate() {
                    let likely = before * self.steps[way][to] * node[to];
                    if likely > *here {
                        (*here, *ways) = (likely, way);
                    }
                }
            }
            let most = here.iter().copied().fold(1e-300, f64::max);
            before = here.map(|it| it / most);
            from.push(ways);
        }
        let mut at_end = OUTSIDE;
        for to in [FIRST, FURTHER] {
            if before[to] > before[at_end] {
                at_end = to;
            }
        }
        let mut spans = Vec::new();
        let mut end = self.nodes.len();
        for (at, ways) in from.iter().enumerate().rev() {
            match at_end {
                FIRST => {
                    spans.push(at..end);
                    end = at;
                }
                FURTHER => {}
                _ => end = at,
            }
            at_end = ways[at_end];
        }
        spans.reverse();
        spans
    }
}

fn tag(of: &[[f64; TAGS]], at: usize, tag: usize) -> f64 {
    of.get(at).and_then(|it| it.get(tag)).copied().unwrap_or_default()
}
