//! Scores made to mean what they say, from what turned out to be right.
//!
//! A straight line over the logit of the score (Platt 1999), its slope and its height drawn to
//! *the score is right as it is*: of few cases little follows, and what scores more is never
//! told as less sure than what scores less. Two numbers are fitted and no more, since an
//! annotator's first fifty decisions must do; steps fitted freely would say 0 and 1 of them.

/// Scores beyond are taken as these: 0 and 1 have no logit.
const EDGE: f64 = 0.001;

/// How strongly slope and height are drawn to 1 and 0: as much as some cases weigh.
const PRIOR: f64 = 1.0;

/// How a source's scores are told instead.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recalibration {
    slope: f64,
    height: f64,
}

impl Recalibration {
    /// Fitted to scores from 0 to 1, each with whether it was right. By Newton's method on a
    /// convex loss: the same cases always give the same.
    #[must_use]
    pub fn fit(scored: &[(f64, bool)]) -> Self {
        let cases: Vec<(f64, f64)> = scored
            .iter()
            .map(|(score, is_right)| (logit(*score), f64::from(*is_right)))
            .collect();
        let free = Self { slope: 1.0, height: 0.0 }.descend(&cases, true);
        if free.slope >= 0.0 {
            return free;
        }
        // What contradicts itself says nothing at all, not the contrary.
        Self { slope: 0.0, height: 0.0 }.descend(&cases, false)
    }

    /// Goes down to where the loss is least; the slope stays if it is not `free`.
    fn descend(mut self, cases: &[(f64, f64)], is_free: bool) -> Self {
        let mut loss = self.loss(cases);
        for _ in 0..100 {
            let (by_slope, by_height) = self.newton(cases, is_free);
            // A whole step overshoots where scores are far off.
            let lengths = std::iter::successors(Some(1.0), |length| Some(length / 2.0));
            let next = lengths
                .take(30)
                .map(|length| Self {
                    slope: self.slope - length * by_slope,
                    height: self.height - length * by_height,
                })
                .find(|next| next.loss(cases) < loss);
            let Some(next) = next else { break };
            let gained = loss - next.loss(cases);
            (self, loss) = (next, loss - gained);
            if gained < 1e-12 {
                break;
            }
        }
        self
    }

    /// What that score means.
    #[must_use]
    pub fn of(self, score: f64) -> f64 {
        sigmoid(self.slope * logit(score) + self.height)
    }

    fn loss(self, cases: &[(f64, f64)]) -> f64 {
        let drawn = (self.slope - 1.0).powi(2) + self.height.powi(2);
        let of_case = |(x, right): &(f64, f64)| {
            let z = self.slope * x + self.height;
            // ln(1 + e^z) without an overflow.
            z.max(0.0) + (-z.abs()).exp().ln_1p() - right * z
        };
        PRIOR / 2.0 * drawn + cases.iter().map(of_case).sum::<f64>()
    }

    /// The gradient by the inverse of the second derivatives.
    fn newton(self, cases: &[(f64, f64)], is_free: bool) -> (f64, f64) {
        let (mut g, mut h) =
            ((PRIOR * (self.slope - 1.0), PRIOR * self.height), (PRIOR, 0.0, PRIOR));
        for (x, right) in cases {
            let p = sigmoid(self.slope * x + self.height);
            g = (g.0 + (p - right) * x, g.1 + p - right);
            let w = p * (1.0 - p);
            h = (h.0 + w * x * x, h.1 + w * x, h.2 + w);
        }
        if !is_free {
            return (0.0, g.1 / h.2);
        }
        let determinant = h.0 * h.2 - h.1 * h.1;
        ((h.2 * g.0 - h.1 * g.1) / determinant, (h.0 * g.1 - h.1 * g.0) / determinant)
    }
}

/// What scores mean by cases that they are not of: each group's are told by what was fitted to
/// the other groups.
#[must_use]
pub fn held_out(scored: &[(f64, bool)], groups: &[usize]) -> Vec<(f64, bool)> {
    let mut ids: Vec<_> = groups.to_vec();
    ids.sort_unstable();
    ids.dedup();
    let with_group = || scored.iter().zip(groups);
    let fitted: Vec<_> = ids
        .iter()
        .map(|id| {
            let others = with_group().filter(|(_, group)| *group != id).map(|(case, _)| *case);
            Recalibration::fit(&others.collect::<Vec<_>>())
        })
        .collect();
    with_group()
        .filter_map(|((score, is_right), group)| {
            let by = fitted.get(ids.binary_search(group).ok()?)?;
            Some((by.of(*score), *is_right))
        })
        .collect()
}

fn logit(score: f64) -> f64 {
    let score = score.clamp(EDGE, 1.0 - EDGE);
    (score / (1.0 - score)).ln()
}

fn sigmoid(z: f64) -> f64 {
    1.0 / (1.0 + (-z).exp())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agreement::Calibration;

    /// So many cases of a score, of which every `right` in `of` is right.
    fn cases(score: f64, (right, of): (usize, usize), count: usize) -> Vec<(f64, bool)> {
        (0..count).map(|at| (score, at % of < right)).collect()
    }

    #[test]
    fn a_source_that_boasts_is_told_as_it_is() {
        let scored = [cases(0.95, (6, 10), 200), cases(0.7, (3, 10), 200)].concat();
        let by = Recalibration::fit(&scored);
        assert!((by.of(0.95) - 0.6).abs() < 0.03, "{by:?} {}", by.of(0.95));
        assert!((by.of(0.7) - 0.3).abs() < 0.04, "{by:?} {}", by.of(0.7));
        let before = Calibration::of(&scored).error;
        let after: Vec<_> =
            scored.iter().map(|(score, right)| (by.of(*score), *right)).collect();
        assert!(before > 0.3 && Calibration::of(&after).error < 0.04);
        assert_eq!(by, Recalibration::fit(&scored));
    }

    #[test]
    fn what_is_honest_and_what_is_unknown_stay_as_they_are() {
        let nothing = Recalibration::fit(&[]);
        let honest =
            Recalibration::fit(&[cases(0.8, (8, 10), 100), cases(0.2, (2, 10), 100)].concat());
        for score in [0.0, 0.1, 0.5, 0.83, 1.0] {
            assert!((nothing.of(score) - score).abs() <= EDGE + 1e-9);
            assert!((honest.of(score) - score).abs() < 0.02, "{}", honest.of(score));
        }
    }

    #[test]
    fn what_scores_more_is_never_less_sure() {
        for scored in [
            cases(1.0, (1, 1), 60),
            cases(0.0, (1, 1), 60),
            [cases(0.9, (0, 1), 80), cases(0.1, (1, 1), 80)].concat(),
            cases(f64::MIN_POSITIVE, (1, 2), 500),
        ] {
            let by = Recalibration::fit(&scored);
            let told: Vec<_> = (0..=100).map(|at| by.of(f64::from(at) / 100.0)).collect();
            assert!(
                told.is_sorted() && told.iter().all(|it| (0.0..=1.0).contains(it)),
                "{by:?}"
            );
        }
    }

    #[test]
    fn nobody_is_judged_by_themselves() {
        // Each of two groups says the contrary of the other.
        let scored = [cases(0.9, (1, 1), 100), cases(0.9, (0, 1), 100)].concat();
        let groups: Vec<_> = (0..200).map(|at| at / 100).collect();
        let told = held_out(&scored, &groups);
        assert!(told[0].0 < 0.1 && told[199].0 > 0.9, "{:?} {:?}", told[0], told[199]);
        assert_eq!(told.iter().filter(|(_, right)| *right).count(), 100);
    }
}
