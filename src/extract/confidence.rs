//! How sure a suggestion is: what its rule found right before, and what speaks for or against.
//!
//! A logistic model: a weight for each rule and for each [`Evidence`], fitted to annotated
//! articles and kept in `assets/extract/confidence.tsv`.

use std::collections::BTreeMap;

/// What speaks for or against a suggestion, as a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Evidence(u32);

impl Evidence {
    /// Words beside it say what it is (`مدينة` in front of a town).
    pub(super) const CUE: Self = Self(1);
    /// It is also a common word, a person's name, or something else.
    pub(super) const AMBIGUOUS: Self = Self(1 << 1);
    /// It stands in a list as a whole.
    pub(super) const LISTED: Self = Self(1 << 2);
    /// It is found elsewhere in the same text where it is beyond doubt.
    pub(super) const REPEATED: Self = Self(1 << 3);
    /// Where it ends is a guess.
    pub(super) const OPEN_END: Self = Self(1 << 4);
    /// Its value is a guess.
    pub(super) const LOOSE_VALUE: Self = Self(1 << 5);
    /// It is the stem of a word that might also be whole.
    pub(super) const CUT: Self = Self(1 << 6);
    /// A small town, or a name seldom met.
    pub(super) const RARE: Self = Self(1 << 7);

    /// The names of all, for the file of weights.
    pub(super) const ALL: [(&'static str, Self); 8] = [
        ("cue", Self::CUE),
        ("ambiguous", Self::AMBIGUOUS),
        ("listed", Self::LISTED),
        ("repeated", Self::REPEATED),
        ("open-end", Self::OPEN_END),
        ("loose-value", Self::LOOSE_VALUE),
        ("cut", Self::CUT),
        ("rare", Self::RARE),
    ];

    /// Both together.
    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether it has any of those.
    pub(super) fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// The weights, in log odds.
#[derive(Debug)]
pub(super) struct Confidence {
    rules: BTreeMap<&'static str, f32>,
    evidence: [f32; Evidence::ALL.len()],
}

/// `rule` or `evidence`, its name, its weight, by tabs.
const WEIGHTS: &str = include_str!("../../assets/extract/confidence.tsv");

/// The weight of a rule that was never seen to be right or wrong.
const UNSEEN: f32 = 1.0;

impl Confidence {
    pub(super) fn new() -> Self {
        let mut new = Self { rules: BTreeMap::new(), evidence: [0.0; Evidence::ALL.len()] };
        let rows = WEIGHTS.lines().filter(|line| !line.starts_with('#'));
        for row in rows {
            let mut cells = row.split('\t');
            let (Some(kind), Some(name)) = (cells.next(), cells.next()) else { continue };
            let weight = cells.next().and_then(|weight| weight.parse().ok()).unwrap_or(0.0);
            if kind == "rule" {
                new.rules.insert(name, weight);
            } else if let Some(place) = Evidence::ALL.iter().position(|(it, _)| *it == name)
                && let Some(of) = new.evidence.get_mut(place)
            {
                *of = weight;
            }
        }
        new
    }

    /// How likely a suggestion of that rule is right, 0 to 1.
    pub(super) fn of(&self, rule: &str, evidence: Evidence) -> f32 {
        let base = self.rules.get(rule).copied().unwrap_or(UNSEEN);
        let weights = Evidence::ALL.iter().zip(self.evidence);
        let sum: f32 =
            weights.filter(|((_, it), _)| evidence.any(*it)).map(|(_, weight)| weight).sum();
        1.0 / (1.0 + (-(base + sum)).exp())
    }
}
