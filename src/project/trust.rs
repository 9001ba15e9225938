//! What a source's confidence means, once enough of its suggestions were decided.

use std::collections::BTreeMap;

use crate::agreement::{Calibration, Recalibration, held_out};
use crate::model::{Confidence, Suggestion};

/// How many of a source's suggestions must be decided before its confidence is told otherwise
/// than it says.
pub const ENOUGH: usize = 50;

/// In how many parts the documents fall, each of which is told by the others.
const PARTS: usize = 5;

/// A decided suggestion: what its source said, and whether that was right.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scored {
    /// How sure the source was, from 0 to 1.
    pub score: f64,
    /// Whether it was taken as it was proposed.
    pub is_right: bool,
    /// The number of its document: what one document says of itself proves nothing.
    pub document: usize,
}

/// What the confidence of each source means. Whoever asks about a source of which too little is
/// known is told what it says itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trust(BTreeMap<String, Fitted>);

/// What was learned of a source's confidence.
#[derive(Clone, Debug, PartialEq)]
pub struct Fitted {
    /// From how many decisions.
    pub num_decided: usize,
    /// How far confidence and truth are apart as the source says it.
    pub before: Calibration,
    /// The same as it is told instead, of documents from which that was not learned; none of
    /// fewer than [`ENOUGH`] decisions or of a single document.
    pub after: Option<Calibration>,
    /// How it is told; none where that would be no better.
    curve: Option<Recalibration>,
}

impl Fitted {
    fn new(scored: &[Scored]) -> Self {
        let all: Vec<_> = scored.iter().map(|it| (it.score, it.is_right)).collect();
        let groups: Vec<_> = scored.iter().map(|it| it.document % PARTS).collect();
        let before = Calibration::of(&all);
        let is_enough =
            all.len() >= ENOUGH && groups.iter().any(|group| Some(group) != groups.first());
        let after = is_enough.then(|| Calibration::of(&held_out(&all, &groups)));
        let helps = after.as_ref().is_some_and(|after| after.error < before.error);
        let curve = helps.then(|| Recalibration::fit(&all));
        Self { num_decided: all.len(), before, after, curve }
    }

    /// Whether its confidence is told otherwise than it says.
    #[must_use]
    pub fn is_used(&self) -> bool {
        self.curve.is_some()
    }
}

impl Trust {
    /// Learned from what was decided of each source.
    #[must_use]
    pub fn of(sources: &BTreeMap<String, Vec<Scored>>) -> Self {
        let fitted =
            |(source, scored): (&String, &Vec<Scored>)| (source.clone(), Fitted::new(scored));
        Self(sources.iter().map(fitted).collect())
    }

    /// How sure one may be of a suggestion; none where its source does not say.
    #[must_use]
    pub fn confidence(&self, of: &Suggestion) -> Option<Confidence> {
        let said = of.confidence?;
        let curve = self.0.get(&of.source).and_then(|fitted| fitted.curve);
        curve.map_or(Some(said), |curve| Confidence::new(curve.of(said.share())))
    }

    /// What was learned of each source that says how sure it is.
    pub fn sources(&self) -> impl Iterator<Item = (&str, &Fitted)> {
        self.0.iter().map(|(source, fitted)| (source.as_str(), fitted))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::TextRange;

    /// Decisions about a source that says 0.9, of which `right` in 10 are right.
    fn boasting(right: usize, count: usize) -> Vec<Scored> {
        let scored = |at| Scored { score: 0.9, is_right: at % 10 < right, document: at / 10 };
        (0..count).map(scored).collect()
    }

    fn told(scored: Vec<Scored>) -> f64 {
        let trust = Trust::of(&BTreeMap::from([("rules".to_owned(), scored)]));
        let mut it = Suggestion::new("rules", "CITY".into(), TextRange::of(0..2));
        assert_eq!(trust.confidence(&it), None);
        it.confidence = Confidence::new(0.9);
        trust.confidence(&it).unwrap().share()
    }

    #[test]
    fn of_enough_decisions_a_source_is_told_as_it_is() {
        assert!((told(boasting(5, 60)) - 0.5).abs() < 0.05);
        assert_eq!(told(boasting(5, 60)).to_bits(), told(boasting(5, 60)).to_bits());
        // Too few, of one document only, or no better: as the source says.
        assert!((told(boasting(5, ENOUGH - 1)) - 0.9).abs() < 1e-9);
        assert!((told(boasting(9, 60)) - 0.9).abs() < 1e-9);
        let single = boasting(5, 60).into_iter().map(|it| Scored { document: 3, ..it });
        assert!((told(single.collect()) - 0.9).abs() < 1e-9);
    }

    #[test]
    fn sources_do_not_speak_for_each_other() {
        let sources = BTreeMap::from([
            ("rules".to_owned(), boasting(5, 100)),
            ("spacy".to_owned(), boasting(9, 20)),
        ]);
        let trust = Trust::of(&sources);
        let of = |source: &str| {
            let mut it = Suggestion::new(source, "CITY".into(), TextRange::of(0..2));
            it.confidence = Confidence::new(0.9);
            trust.confidence(&it).unwrap().share()
        };
        assert!(of("rules") < 0.6);
        assert!((of("spacy") - 0.9).abs() < 1e-9 && (of("unknown") - 0.9).abs() < 1e-9);
        let known: Vec<_> =
            trust.sources().map(|(source, fitted)| (source, fitted.is_used())).collect();
        assert_eq!(known, [("rules", true), ("spacy", false)]);
    }
}
