//! Counts of pairs, and the ratios that come of them.

use std::collections::BTreeMap;

use super::align::{Agreement, Pair};
use super::bootstrap::{Interval, interval, rounds};
use crate::model::{LabelId, Span};

/// How many spans there are of a label, and how many of them agree how far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// In gold.
    pub gold: u32,
    /// In the prediction.
    pub predicted: u32,
    /// In both at the same place.
    pub exact: u32,
    /// In both at the same place but for proclitics and the article: the exact ones too.
    pub same_stem: u32,
    /// In both with letters in common: all of those too.
    pub overlapping: u32,
    /// How many exact pairs have a value in gold.
    pub valued: u32,
    /// In how many of those the prediction has the same value.
    pub same_value: u32,
}

impl Tally {
    fn add(&mut self, other: &Self) {
        self.gold += other.gold;
        self.predicted += other.predicted;
        self.exact += other.exact;
        self.same_stem += other.same_stem;
        self.overlapping += other.overlapping;
        self.valued += other.valued;
        self.same_value += other.same_value;
    }

    /// A ratio; none where there is nothing to divide by.
    fn ratio(&self, measure: Measure) -> Option<f64> {
        let (of, part) = match measure {
            Measure::Precision(agreement) => (self.predicted, self.matched(agreement)),
            Measure::Recall(agreement) => (self.gold, self.matched(agreement)),
            Measure::F1(agreement) => {
                (self.gold + self.predicted, self.matched(agreement).saturating_mul(2))
            }
            Measure::Values => (self.valued, self.same_value),
        };
        (of > 0).then(|| f64::from(part) / f64::from(of))
    }

    fn matched(&self, agreement: Agreement) -> u32 {
        match agreement {
            Agreement::Exact => self.exact,
            Agreement::SameStem => self.same_stem,
            Agreement::Overlapping => self.overlapping,
            Agreement::OtherLabel => 0,
        }
    }
}

/// A ratio of a tally.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// How much of what is predicted is in gold, at least so far.
    Precision(Agreement),
    /// How much of gold is predicted, at least so far.
    Recall(Agreement),
    /// Both, as their harmonic mean.
    F1(Agreement),
    /// How many exact pairs with a value have the same one.
    Values,
}

impl Measure {
    /// All of them.
    pub const ALL: [Self; 10] = {
        use Agreement::{Exact, Overlapping, SameStem};
        [
            Self::Precision(Exact),
            Self::Recall(Exact),
            Self::F1(Exact),
            Self::Precision(SameStem),
            Self::Recall(SameStem),
            Self::F1(SameStem),
            Self::Precision(Overlapping),
            Self::Recall(Overlapping),
            Self::F1(Overlapping),
            Self::Values,
        ]
    };
}

/// A ratio, and from where to where it lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    /// The ratio over all documents.
    pub value: f64,
    /// Where it lies.
    pub interval: Interval,
}

/// What became of a label, or of all.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// The counts.
    pub tally: Tally,
    figures: [Option<Figure>; Measure::ALL.len()],
}

impl Report {
    /// A ratio with its interval; none where there is nothing to divide by.
    #[must_use]
    pub fn figure(&self, measure: Measure) -> Option<Figure> {
        let place = Measure::ALL.iter().position(|it| *it == measure)?;
        self.figures.get(place).copied().flatten()
    }
}

/// Tallies of all documents, by label: a few numbers for each document.
#[derive(Clone, Debug, Default)]
pub struct Scores {
    labels: BTreeMap<LabelId, usize>,
    /// Of each document the tallies of the labels that occur in it.
    documents: Vec<Vec<(usize, Tally)>>,
    confusion: BTreeMap<(LabelId, LabelId), usize>,
}

impl Scores {
    /// Counts the pairs of one document.
    pub fn add(&mut self, gold: &[Span], predicted: &[Span], pairs: &[Pair]) {
        let mut tallies = BTreeMap::new();
        for span in gold {
            self.of(&mut tallies, span).gold += 1;
        }
        for span in predicted {
            self.of(&mut tallies, span).predicted += 1;
        }
        for pair in pairs {
            let Pair::Both { gold: g, predicted: p, agreement } = pair else { continue };
            let (Some(a), Some(b)) = (gold.get(*g), predicted.get(*p)) else { continue };
            if *agreement == Agreement::OtherLabel {
                let labels = (a.label.clone(), b.label.clone());
                *self.confusion.entry(labels).or_default() += 1;
                continue;
            }
            let tally = self.of(&mut tallies, a);
            tally.overlapping += 1;
            tally.same_stem += u32::from(*agreement <= Agreement::SameStem);
            if *agreement == Agreement::Exact {
                tally.exact += 1;
                tally.valued += u32::from(a.value.is_some());
                tally.same_value += u32::from(a.value.is_some() && a.value == b.value);
            }
        }
        self.documents.push(tallies.into_iter().collect());
    }

    fn of<'a>(
        &mut self,
        tallies: &'a mut BTreeMap<usize, Tally>,
        span: &Span,
    ) -> &'a mut Tally {
        let next = self.labels.len();
        let number = match self.labels.get(&span.label) {
            Some(number) => *number,
            None => *self.labels.entry(span.label.clone()).or_insert(next),
        };
        tallies.entry(number).or_default()
    }

    /// How many documents were counted.
    #[must_use]
    pub fn num_documents(&self) -> usize {
        self.documents.len()
    }

    /// How often a span of the first label was predicted under the second.
    pub fn confusion(&self) -> impl Iterator<Item = (&LabelId, &LabelId, usize)> {
        self.confusion.iter().map(|((gold, predicted), count)| (gold, predicted, *count))
    }

    /// What became of each label, in the labels' order, and of all together.
    #[must_use]
    pub fn reports(&self) -> (Vec<(LabelId, Report)>, Report) {
        let whole = self.sums(&mut (0..self.documents.len()));
        let mut drawn: Vec<[Vec<f64>; Measure::ALL.len()]> =
            vec![Default::default(); whole.len()];
        rounds(self.documents.len(), |documents| {
            for (tally, drawn) in self.sums(documents).iter().zip(&mut drawn) {
                for (measure, drawn) in Measure::ALL.into_iter().zip(drawn) {
                    drawn.extend(tally.ratio(measure));
                }
            }
        });
        let mut reports: Vec<Report> = whole
            .into_iter()
            .zip(drawn)
            .map(|(tally, drawn)| {
                let mut figures = [None; Measure::ALL.len()];
                for ((figure, measure), drawn) in
                    figures.iter_mut().zip(Measure::ALL).zip(drawn)
                {
                    *figure = tally
                        .ratio(measure)
                        .and_then(|value| Some(Figure { value, interval: interval(drawn)? }));
                }
                Report { tally, figures }
            })
            .collect();
        let none = Report { tally: Tally::default(), figures: [None; Measure::ALL.len()] };
        let all = reports.pop().unwrap_or_else(|| none.clone());
        let of = |number: &usize| reports.get(*number).unwrap_or(&none).clone();
        (self.labels.iter().map(|(label, number)| (label.clone(), of(number))).collect(), all)
    }

    /// The tallies of each label over some documents, and behind them that of all.
    fn sums(&self, documents: &mut dyn Iterator<Item = usize>) -> Vec<Tally> {
        let mut sums = vec![Tally::default(); self.labels.len() + 1];
        for document in documents {
            for (label, tally) in self.documents.get(document).into_iter().flatten() {
                if let Some(sum) = sums.get_mut(*label) {
                    sum.add(tally);
                }
            }
        }
        let mut all = Tally::default();
        sums.iter().for_each(|sum| all.add(sum));
        if let Some(last) = sums.last_mut() {
            *last = all;
        }
        sums
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agreement::align;
    use crate::model::SpanId;
    use crate::text::TextRange;

    const TEXT: &str = "aa bb cc dd";

    fn span(label: &str, at: usize, value: Option<&str>) -> Span {
        let range = TextRange::of(at * 3..at * 3 + 2);
        let mut span = Span::new(SpanId::new(format!("{label}{at}")), label.into(), range);
        span.value = value.map(str::to_owned);
        span
    }

    fn add(scores: &mut Scores, gold: &[Span], predicted: &[Span]) {
        scores.add(gold, predicted, &align(TEXT, gold, predicted));
    }

    #[test]
    fn labels_are_counted_each_and_together() {
        let mut scores = Scores::default();
        let gold = [
            span("A", 0, Some("1")),
            span("A", 1, Some("2")),
            span("B", 2, None),
            span("B", 3, None),
        ];
        let predicted = [
            span("A", 0, Some("1")),
            span("A", 1, Some("3")),
            span("A", 2, None),
            span("C", 3, None),
        ];
        add(&mut scores, &gold, &predicted);
        add(&mut scores, &[], &[]);
        let (labels, all) = scores.reports();
        let names: Vec<&str> = labels.iter().map(|(label, _)| label.as_str()).collect();
        assert_eq!(names, ["A", "B", "C"]);
        let value = |report: &Report, measure| report.figure(measure).map(|it| it.value);
        let exact = Agreement::Exact;
        let a = &labels[0].1;
        assert_eq!(value(a, Measure::Precision(exact)), Some(2.0 / 3.0));
        assert_eq!(value(a, Measure::Recall(exact)), Some(1.0));
        assert_eq!(value(a, Measure::F1(exact)), Some(0.8));
        assert_eq!(value(a, Measure::Values), Some(0.5));
        let b = &labels[1].1;
        assert_eq!(value(b, Measure::Precision(exact)), None, "nothing was predicted");
        assert_eq!(value(b, Measure::F1(exact)), Some(0.0));
        assert_eq!((all.tally.gold, all.tally.predicted, all.tally.exact), (4, 4, 2));
        assert_eq!(value(&all, Measure::F1(exact)), Some(0.5));
        let confusion: Vec<_> =
            scores.confusion().map(|(a, b, n)| (a.as_str(), b.as_str(), n)).collect();
        assert_eq!(confusion, [("B", "A", 1), ("B", "C", 1)]);
    }

    #[test]
    fn intervals_hold_the_ratio_and_narrow_with_more_documents() {
        let width = |documents: usize| {
            let mut scores = Scores::default();
            for number in 0..documents {
                let gold = [span("A", 0, None), span("A", 1, None)];
                add(&mut scores, &gold, gold.get(..number % 3).unwrap());
            }
            let figure = scores.reports().1.figure(Measure::Recall(Agreement::Exact)).unwrap();
            let Interval { low, high } = figure.interval;
            assert!(low < figure.value && figure.value < high, "{figure:?}");
            high - low
        };
        // The standard error of a recall of 0, 1/2 or 1 is 0.41 over the root of their number.
        let (few, many) = (width(30), width(300));
        assert!((0.24..0.34).contains(&few), "{few}");
        assert!((0.075..0.11).contains(&many), "{many}");
    }

    #[test]
    fn without_a_document_there_is_no_ratio() {
        let (labels, all) = Scores::default().reports();
        assert!(labels.is_empty());
        assert_eq!(all.figure(Measure::F1(Agreement::Exact)), None);
    }
}
