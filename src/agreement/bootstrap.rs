//! Intervals by resampling documents.
//!
//! Spans of one document stand and fall together, so whole documents are drawn: as many as there
//! are, with replacement, again and again. The numbers are always the same ones.

/// How often the documents are drawn.
pub const ROUNDS: usize = 1_000;

/// How much of what was drawn lies within an interval.
pub const LEVEL: f64 = 0.95;

/// From where to where a ratio lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// Numbers that look like chance, the same each time (`SplitMix64`).
struct Draws(u64);

impl Draws {
    /// A number below `below`.
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let product = u128::from(z ^ (z >> 31)) * below as u128;
        usize::try_from(product >> 64).unwrap_or_default()
    }
}

/// Calls `round` [`ROUNDS`] times with the numbers of the documents that were drawn of `len`.
pub(super) fn rounds(len: usize, mut round: impl FnMut(&mut dyn Iterator<Item = usize>)) {
    let mut draws = Draws(0x7461_7773_696D);
    for _ in 0..ROUNDS {
        round(&mut (0..len).map(|_| draws.next(len)));
    }
}

/// The interval that holds the middle [`LEVEL`] of `values`.
pub(super) fn interval(mut values: Vec<f64>) -> Option<Interval> {
    values.sort_by(f64::total_cmp);
    let at = |share: f64| {
        let last = values.len().checked_sub(1)?;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "a place among a thousand values"
        )]
        let place = (share * last as f64).round() as usize;
        values.get(place).copied()
    };
    let tail = (1.0 - LEVEL) / 2.0;
    Some(Interval { low: at(tail)?, high: at(1.0 - tail)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_are_even_and_the_same_each_time() {
        let mut counts = [0_usize; 10];
        let mut sums = Vec::new();
        rounds(10, |drawn| {
            let drawn: Vec<usize> = drawn.collect();
            sums.push(drawn.iter().sum::<usize>());
            for number in drawn {
                counts[number] += 1;
            }
        });
        assert!(counts.iter().all(|count| (900..1_100).contains(count)), "{counts:?}");
        let mut again = Vec::new();
        rounds(10, |drawn| again.push(drawn.sum::<usize>()));
        assert_eq!(sums, again);
        rounds(0, |drawn| assert_eq!(drawn.next(), None));
    }

    #[test]
    fn an_interval_leaves_out_the_same_at_both_ends() {
        let values = (0..=1_000).rev().map(f64::from).collect();
        assert_eq!(interval(values), Some(Interval { low: 25.0, high: 975.0 }));
        assert_eq!(interval(Vec::new()), None);
    }
}
