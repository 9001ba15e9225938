//! Whether scores mean what they say: of what scores 0.8, four in five should be right.

use super::Interval;
use super::wilson::wilson_of;

/// How many bins there are.
const BINS: usize = 10;

/// What scores alike.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bin {
    /// How many there are.
    pub count: usize,
    /// What they score in the mean.
    pub score: f64,
    /// Which share of them is right.
    pub right: f64,
}

impl Bin {
    /// Where the share lies that is right; none of none.
    #[must_use]
    pub fn interval(&self) -> Option<Interval> {
        wilson_of(self.right, self.count)
    }
}

/// What comes of scores and of what turned out to be right.
#[derive(Clone, Debug, PartialEq)]
pub struct Calibration {
    /// From the lowest scores to the highest.
    pub bins: [Bin; BINS],
    /// How far scores and shares are apart, in the mean over all that was scored.
    pub error: f64,
    /// How likely something right scores more than something wrong (AUROC); none without both.
    pub ranking: Option<f64>,
}

impl Calibration {
    /// Of scores from 0 to 1, each with whether it was right, in bins of equal width.
    #[must_use]
    pub fn of(scored: &[(f64, bool)]) -> Self {
        Self::binned(scored, |_, score| {
            (1..BINS).take_while(|at| score * to_f64(BINS) >= to_f64(*at)).count()
        })
    }

    /// The same in bins that hold a tenth each: where nearly all scores are high, those of equal
    /// width are nearly all empty.
    #[must_use]
    pub fn of_tenths(scored: &[(f64, bool)]) -> Self {
        let mut sorted = scored.to_vec();
        sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
        Self::binned(&sorted, |rank, _| rank * BINS / sorted.len())
    }

    /// In bins of which it is told which one takes what, by its place in `scored` and its score.
    fn binned(scored: &[(f64, bool)], bin: impl Fn(usize, f64) -> usize) -> Self {
        let mut bins = [Bin::default(); BINS];
        for (place, (score, is_right)) in scored.iter().enumerate() {
            if let Some(bin) = bins.get_mut(bin(place, *score)) {
                bin.count += 1;
                bin.score += score;
                bin.right += f64::from(*is_right);
            }
        }
        let mut error = 0.0;
        for bin in bins.iter_mut().filter(|bin| bin.count > 0) {
            error += (bin.score - bin.right).abs() / to_f64(scored.len());
            bin.score /= to_f64(bin.count);
            bin.right /= to_f64(bin.count);
        }
        Self { bins, error, ranking: ranking(scored) }
    }
}

/// By ranks, equal scores sharing theirs (Mann and Whitney).
fn ranking(scored: &[(f64, bool)]) -> Option<f64> {
    let mut sorted = scored.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut wins, mut wrong) = (0.0, 0.0);
    for equal in sorted.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq()) {
        let right = to_f64(equal.iter().filter(|(_, is_right)| *is_right).count());
        let wrong_here = to_f64(equal.len()) - right;
        wins += right * (wrong + wrong_here / 2.0);
        wrong += wrong_here;
    }
    let right = to_f64(scored.len()) - wrong;
    (right > 0.0 && wrong > 0.0).then(|| wins / (right * wrong))
}

#[expect(clippy::cast_precision_loss, reason = "what is counted here is far below 2⁵³")]
fn to_f64(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tenths_hold_as_much_each_from_low_to_high() {
        // The lower half of what scores high is wrong, told in any order.
        let scored: Vec<(f64, bool)> = (0..95_u32)
            .map(|n| n * 37 % 95)
            .map(|n| (0.9 + f64::from(n) / 1000.0, n >= 47))
            .collect();
        let calibration = Calibration::of_tenths(&scored);
        assert!(calibration.bins.iter().all(|bin| matches!(bin.count, 9 | 10)));
        assert!(calibration.bins.is_sorted_by(|a, b| a.score < b.score));
        let [low, .., high] = calibration.bins.map(|bin| bin.right.to_bits());
        assert_eq!([low, high], [0.0, 1.0].map(f64::to_bits), "{calibration:?}");
        assert!(calibration.error > 0.4, "half of it is wrong: {calibration:?}");
        assert_eq!(calibration.ranking, Some(1.0));
        assert_eq!(Calibration::of_tenths(&[]), Calibration::of(&[]));
    }

    #[test]
    fn scores_are_held_to_what_was_right() {
        let honest: Vec<(f64, bool)> = (0..100)
            .map(|n| (0.85, n % 20 < 17))
            .chain((0..100).map(|n| (0.35, n % 20 < 7)))
            .collect();
        let calibration = Calibration::of(&honest);
        assert!(calibration.error < 1e-9, "{calibration:?}");
        assert_eq!(calibration.bins.map(|bin| bin.count), [0, 0, 0, 100, 0, 0, 0, 0, 100, 0]);
        // Of 120 right and 80 wrong: 85 × 65 pairs in order, 85 × 15 and 35 × 65 equal.
        let expected = (85.0 * 65.0 + (85.0 * 15.0 + 35.0 * 65.0) / 2.0) / (120.0 * 80.0);
        assert!((calibration.ranking.unwrap() - expected).abs() < 1e-9);
        let boastful: Vec<(f64, bool)> = (0..10).map(|n| (1.0, n < 6)).collect();
        let calibration = Calibration::of(&boastful);
        assert!((calibration.error - 0.4).abs() < 1e-9);
        assert_eq!(calibration.ranking, Some(0.5));
        assert_eq!(Calibration::of(&[(0.5, true)]).ranking, None);
        assert_eq!(Calibration::of(&[]).error.to_bits(), 0);
    }
}
