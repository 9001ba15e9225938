//! How sure a suggestion is: what its rule found right before, and what speaks for or against.
//!
//! A logistic model: a weight for each rule and for each [`Evidence`] of each label, fitted to
//! annotated articles and kept in `assets/extract/confidence.tsv`. When rules have changed, the
//! weights are fitted again by
//!
//! ```text
//! cargo run --release --example fit-confidence
//! ```

use std::collections::BTreeMap;
use std::fmt;

use super::{Suggestion, Target, fit};

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
    /// It has three letters or fewer.
    pub(super) const SHORT: Self = Self(1 << 8);
    /// It has several words.
    pub(super) const LONG: Self = Self(1 << 9);
    /// It shares letters with what another extractor found.
    pub(super) const DISPUTED: Self = Self(1 << 10);
    /// A word that no extractor knows stands in front, and nothing is written onto it: it may
    /// belong to what that word names.
    pub(super) const BEHIND: Self = Self(1 << 11);
    /// A line begins with it, or a sign stands in front.
    pub(super) const FIRST: Self = Self(1 << 12);
    /// A line ends with it, or a sign stands behind.
    pub(super) const LAST: Self = Self(1 << 13);
    /// A word of its own kind stands in front: it may begin there.
    pub(super) const KIN: Self = Self(1 << 14);
    /// A word with an article stands behind: it may go on.
    pub(super) const GOES_ON: Self = Self(1 << 15);
    /// A quotation mark or a bracket stands beside it: it may be a title, a gloss.
    pub(super) const QUOTED: Self = Self(1 << 16);
    /// A preposition stands in front.
    pub(super) const LOCATED: Self = Self(1 << 17);
    /// It stands in a list of its like.
    pub(super) const JOINED: Self = Self(1 << 18);
    /// A town in whose country no other lies that the text names.
    pub(super) const FAR: Self = Self(1 << 19);

    /// The names of all, for the file of weights.
    pub(super) const ALL: [(&'static str, Self); 20] = [
        ("cue", Self::CUE),
        ("ambiguous", Self::AMBIGUOUS),
        ("listed", Self::LISTED),
        ("repeated", Self::REPEATED),
        ("open-end", Self::OPEN_END),
        ("loose-value", Self::LOOSE_VALUE),
        ("cut", Self::CUT),
        ("rare", Self::RARE),
        ("short", Self::SHORT),
        ("long", Self::LONG),
        ("disputed", Self::DISPUTED),
        ("behind", Self::BEHIND),
        ("first", Self::FIRST),
        ("last", Self::LAST),
        ("kin", Self::KIN),
        ("goes-on", Self::GOES_ON),
        ("quoted", Self::QUOTED),
        ("located", Self::LOCATED),
        ("joined", Self::JOINED),
        ("far", Self::FAR),
    ];

    /// Both together.
    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// With those of which it is said that they hold.
    pub(super) fn with<const N: usize>(self, told: [(bool, Self); N]) -> Self {
        told.into_iter().filter(|(holds, _)| *holds).fold(self, |sum, (_, it)| sum.and(it))
    }

    /// Whether it has any of those.
    pub(super) fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// How many kinds of evidence there are.
const KINDS: usize = Evidence::ALL.len();

/// The weights, in log odds.
#[derive(Clone, Debug, Default)]
pub struct Confidence {
    /// Of each rule that was seen.
    rules: BTreeMap<String, f32>,
    /// Of any other rule of each target.
    targets: [f32; Target::ALL.len()],
    /// Of the evidence for each target.
    evidence: [[f32; KINDS]; Target::ALL.len()],
}

/// A kind, a name, a weight, by tabs: see [`Confidence`]'s `Display`.
const WEIGHTS: &str = include_str!("../../assets/extract/confidence.tsv");

impl Confidence {
    /// The weights that come with the program.
    pub(super) fn new() -> Self {
        Self::read(WEIGHTS)
    }

    /// Weights as they were written.
    fn read(file: &str) -> Self {
        let mut new = Self::default();
        for row in file.lines().filter(|line| !line.starts_with('#')) {
            let mut cells = row.split('\t');
            let (Some(kind), Some(name), Some(weight)) =
                (cells.next(), cells.next(), cells.next())
            else {
                continue;
            };
            let weight = weight.parse().unwrap_or(0.0);
            match kind {
                "rule" => {
                    new.rules.insert(name.to_owned(), weight);
                }
                "label" => new.set(name, |it, target| it.targets.get_mut(target), weight),
                _ => {
                    let Some(place) = Evidence::ALL.iter().position(|(it, _)| *it == kind)
                    else {
                        continue;
                    };
                    new.set(
                        name,
                        |it, target| it.evidence.get_mut(target)?.get_mut(place),
                        weight,
                    );
                }
            }
        }
        new
    }

    /// Sets what `place` finds for the target of that id.
    fn set(
        &mut self,
        target: &str,
        place: impl Fn(&mut Self, usize) -> Option<&mut f32>,
        weight: f32,
    ) {
        let target = Target::ALL.iter().position(|it| it.id() == target);
        if let Some(at) = target.and_then(|target| place(self, target)) {
            *at = weight;
        }
    }

    /// How likely a suggestion is right, 0 to 1.
    #[must_use]
    pub fn of(&self, suggestion: &Suggestion) -> f32 {
        let Suggestion { target, rule, evidence, .. } = *suggestion;
        let place = target as usize;
        let of_target = self.targets.get(place).copied().unwrap_or_default();
        let base = self.rules.get(rule).copied().unwrap_or(of_target);
        let weights = self.evidence.get(place).into_iter().flatten();
        let sum: f32 = Evidence::ALL
            .iter()
            .zip(weights)
            .filter(|((_, it), _)| evidence.any(*it))
            .map(|(_, weight)| weight)
            .sum();
        1.0 / (1.0 + (-(base + sum)).exp())
    }

    /// Fits weights to suggestions of which it is known whether they are right.
    ///
    /// A logistic regression by Newton's method, with a ridge: what is seldom seen keeps to what
    /// is seen of its label, and evidence for one label to the same evidence for all.
    #[must_use]
    pub fn fit(cases: &[(Suggestion, bool)]) -> Self {
        let mut rules: Vec<&str> = cases.iter().map(|(case, _)| case.rule).collect();
        rules.sort_unstable();
        rules.dedup();
        let columns = Columns { rules };
        let rows: Vec<(Vec<usize>, bool)> =
            cases.iter().map(|(case, is_right)| (columns.of(case), *is_right)).collect();
        let weights = fit::fit(&rows, columns.len(), RIDGE);
        columns.weights(cases, &weights)
    }
}

/// How strongly weights are held to nothing; that of all together is free.
const RIDGE: f64 = 1.0;

/// Which column of the regression is what: 0 is always there; then targets, evidence, evidence of
/// each target, rules.
struct Columns<'a> {
    rules: Vec<&'a str>,
}

impl Columns<'_> {
    const EVIDENCE: usize = 1 + Target::ALL.len();
    const OF_TARGET: usize = Self::EVIDENCE + KINDS;
    const RULES: usize = Self::OF_TARGET + KINDS * Target::ALL.len();

    fn len(&self) -> usize {
        Self::RULES + self.rules.len()
    }

    fn of(&self, case: &Suggestion) -> Vec<usize> {
        let target = case.target as usize;
        let mut columns = vec![0, 1 + target];
        for (place, (_, it)) in Evidence::ALL.iter().enumerate() {
            if case.evidence.any(*it) {
                columns.push(Self::EVIDENCE + place);
                columns.push(Self::OF_TARGET + target * KINDS + place);
            }
        }
        columns
            .extend(self.rules.binary_search(&case.rule).ok().map(|rule| Self::RULES + rule));
        columns
    }

    /// What the regression found, added up to one weight for each rule, target and evidence.
    #[expect(clippy::cast_possible_truncation, reason = "a score needs no more digits")]
    fn weights(&self, cases: &[(Suggestion, bool)], weights: &[f64]) -> Confidence {
        let sum = |columns: &[usize]| -> f32 {
            columns.iter().filter_map(|column| weights.get(*column)).sum::<f64>() as f32
        };
        let mut new = Confidence::default();
        for (target, of) in new.targets.iter_mut().enumerate() {
            *of = sum(&[0, 1 + target]);
        }
        for (target, of) in new.evidence.iter_mut().enumerate() {
            for (place, of) in of.iter_mut().enumerate() {
                *of = sum(&[Self::EVIDENCE + place, Self::OF_TARGET + target * KINDS + place]);
            }
        }
        for (rule, name) in self.rules.iter().enumerate() {
            let of = cases.iter().find(|(case, _)| case.rule == *name);
            if let Some((case, _)) = of {
                let columns = [0, 1 + case.target as usize, Self::RULES + rule];
                new.rules.insert((*name).to_owned(), sum(&columns));
            }
        }
        new
    }
}

/// As `assets/extract/confidence.tsv` has it.
impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "# Weights in log odds, fitted by `cargo run --release --example fit-confidence`."
        )?;
        for (target, weight) in Target::ALL.iter().zip(self.targets) {
            writeln!(f, "label\t{}\t{weight:.3}", target.id())?;
        }
        for (name, weight) in &self.rules {
            writeln!(f, "rule\t{name}\t{weight:.3}")?;
        }
        for (target, weights) in Target::ALL.iter().zip(&self.evidence) {
            for ((name, _), weight) in Evidence::ALL.iter().zip(weights) {
                if weight.abs() >= 0.001 {
                    writeln!(f, "{name}\t{}\t{weight:.3}", target.id())?;
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::TextRange;

    fn case(target: Target, rule: &'static str, evidence: Evidence) -> Suggestion {
        let mut case = Suggestion::new(target, TextRange::of(0..1), rule);
        case.evidence = evidence;
        case
    }

    #[test]
    fn what_was_right_is_learned_and_written_and_read() {
        let often = case(Target::City, "city.listed", Evidence::LISTED);
        let seldom =
            case(Target::City, "city.listed", Evidence::LISTED.and(Evidence::AMBIGUOUS));
        let count = case(Target::Count, "count.digits", Evidence::default());
        let mut cases = Vec::new();
        for n in 0..200 {
            cases.push((often.clone(), n % 10 > 0));
            cases.push((seldom.clone(), n % 10 < 3));
            cases.push((count.clone(), n % 2 == 0));
        }
        let fitted = Confidence::fit(&cases);
        let near = |case: &Suggestion, share: f32| (fitted.of(case) - share).abs() < 0.03;
        assert!(near(&often, 0.9) && near(&seldom, 0.3) && near(&count, 0.5), "{fitted}");
        // A rule that was never seen is taken for one of its label.
        let new = case(Target::Count, "count.new", Evidence::default());
        assert!((fitted.of(&new) - 0.5).abs() < 0.1);
        let read = Confidence::read(&fitted.to_string());
        for case in [&often, &seldom, &count, &new] {
            assert!((read.of(case) - fitted.of(case)).abs() < 0.002);
        }
    }

    #[test]
    fn a_rule_seen_once_keeps_to_its_label() {
        let mut cases: Vec<(Suggestion, bool)> = (0..100)
            .map(|n| (case(Target::Date, "date.day", Evidence::default()), n % 10 > 0))
            .collect();
        cases.push((case(Target::Date, "date.range", Evidence::default()), false));
        let fitted = Confidence::fit(&cases);
        let seen_once = fitted.of(&cases[100].0);
        assert!((0.5..0.9).contains(&seen_once), "{seen_once}");
    }
}
