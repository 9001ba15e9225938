//! Round numbers along an axis.

/// An axis from zero up, cut into equal round steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Scale {
    step: usize,
    end: usize,
}

impl Scale {
    /// An axis for counts up to `most`, of at most so many steps, each 1, 2 or 5 times a power
    /// of ten.
    pub(super) fn new(most: usize, steps: usize) -> Self {
        let (most, steps) = (most.max(1), steps.max(1));
        let tens = std::iter::successors(Some(1_usize), |ten| ten.checked_mul(10));
        let mut round = tens.flat_map(|ten| [1, 2, 5].map(|by| ten.saturating_mul(by)));
        let step = round.find(|step| most.div_ceil(*step) <= steps).unwrap_or(most);
        Self { step, end: most.div_ceil(step).saturating_mul(step) }
    }

    /// The last number of it.
    pub(super) fn end(self) -> usize {
        self.end
    }

    /// Where it has ticks: from zero to its end.
    pub(super) fn ticks(self) -> impl Iterator<Item = usize> {
        (0..=self.end / self.step).map(move |at| at * self.step)
    }

    /// How far along the axis a count is, 0 to 1.
    #[expect(clippy::cast_precision_loss, reason = "a share of some hundred points")]
    pub(super) fn share(self, count: usize) -> f32 {
        (count as f32 / self.end as f32).min(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_reach_what_there_is() {
        for (most, steps, expected) in [
            (0, 4, &[0, 1][..]),
            (1, 4, &[0, 1]),
            (3, 4, &[0, 1, 2, 3]),
            (5, 4, &[0, 2, 4, 6]),
            (17, 4, &[0, 5, 10, 15, 20]),
            (99, 5, &[0, 20, 40, 60, 80, 100]),
            (101, 5, &[0, 50, 100, 150]),
            (1_234_567, 4, &[0, 500_000, 1_000_000, 1_500_000]),
        ] {
            let scale = Scale::new(most, steps);
            assert_eq!(scale.ticks().collect::<Vec<_>>(), expected, "{most}");
        }
    }

    #[test]
    fn every_count_has_its_place() {
        for most in (0..3_000).chain([usize::MAX / 2, usize::MAX]) {
            let scale = Scale::new(most, 4);
            assert!(scale.end() >= most && scale.end() / scale.step <= 4, "{most}");
            assert!(scale.share(most) <= 1.0);
        }
        assert_eq!((Scale::new(10, 5).share(0), Scale::new(10, 5).share(5)), (0.0, 0.5));
    }
}
