//! Heights of many things, one below the other.

/// Heights with their sums: a Fenwick tree (binary indexed tree), so that a change, a sum and
/// a search take as many steps as the count has bits.
#[derive(Clone, Debug, Default)]
pub(super) struct Heights {
    /// From index 1 on, as the scheme has it.
    sums: Vec<f64>,
}

impl Heights {
    /// Sums up `heights` in one pass.
    pub(super) fn new(heights: impl ExactSizeIterator<Item = f64>) -> Self {
        let num = heights.len();
        let mut sums = vec![0.0; num + 1];
        for (slot, height) in sums.iter_mut().skip(1).zip(heights) {
            *slot = height;
        }
        for at in 1..=num {
            let parent = at + lowest_bit(at);
            let sum = sums.get(at).copied().unwrap_or_default();
            if let Some(slot) = sums.get_mut(parent) {
                *slot += sum;
            }
        }
        Self { sums }
    }

    fn len(&self) -> usize {
        self.sums.len().saturating_sub(1)
    }

    /// Makes the thing at `index` higher by `delta`.
    pub(super) fn grow(&mut self, index: usize, delta: f64) {
        let mut at = index + 1;
        while let Some(slot) = self.sums.get_mut(at) {
            *slot += delta;
            at += lowest_bit(at);
        }
    }

    /// The upper edge of the thing at `index`; past the last one, the whole height.
    pub(super) fn top(&self, index: usize) -> f64 {
        let mut at = index.min(self.len());
        let mut sum = 0.0;
        while at > 0 {
            sum += self.sums.get(at).copied().unwrap_or_default();
            at -= lowest_bit(at);
        }
        sum
    }

    /// The whole height.
    pub(super) fn total(&self) -> f64 {
        self.top(self.len())
    }

    /// The thing at height `y`; the first or last one if `y` is above or below all.
    pub(super) fn at(&self, y: f64) -> usize {
        let mut below = 0;
        let mut left = y;
        let mut step = self.len().next_power_of_two();
        while step > 0 {
            if let Some(sum) = self.sums.get(below + step)
                && *sum <= left
            {
                below += step;
                left -= sum;
            }
            step /= 2;
        }
        below.min(self.len().saturating_sub(1))
    }
}

fn lowest_bit(at: usize) -> usize {
    at & at.wrapping_neg()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nothing_has_no_height() {
        let none = Heights::new([].into_iter());
        assert_eq!((none.total(), none.at(5.0)), (0.0, 0));
    }

    proptest! {
        #[test]
        fn sums_and_searches_agree_with_adding_up(
            heights in prop::collection::vec(0_u32..50, 1..200),
            changes in prop::collection::vec((0_usize..200, 0_u32..50), 0..50),
            y in -10.0..6000.0,
        ) {
            let mut plain: Vec<f64> = heights.iter().map(|h| f64::from(*h)).collect();
            let mut tree = Heights::new(plain.iter().copied());
            for (at, height) in changes {
                let at = at % plain.len();
                tree.grow(at, f64::from(height) - plain[at]);
                plain[at] = f64::from(height);
            }
            let mut top = 0.0;
            let mut found = 0;
            for (at, height) in plain.iter().enumerate() {
                prop_assert_eq!(tree.top(at), top);
                if top <= y {
                    found = at;
                }
                top += height;
            }
            prop_assert_eq!(tree.total(), top);
            prop_assert_eq!(tree.at(y), found);
        }
    }
}
