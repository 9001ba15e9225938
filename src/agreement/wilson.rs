//! The interval of a share of what was drawn one by one.

use super::Interval;

/// How many standard deviations hold 95 % of a normal distribution.
const Z: f64 = 1.959_964;

/// From where to where a share lies of which `right` of `of` were drawn, at 95 % (Wilson 1927):
/// it stays between 0 and 1, and says something of few too. None of none.
#[must_use]
pub fn wilson(right: usize, of: usize) -> Option<Interval> {
    wilson_of(to_f64(right) / to_f64(of), of)
}

/// The same of a share of `of` that were drawn.
pub(super) fn wilson_of(share: f64, of: usize) -> Option<Interval> {
    if of == 0 {
        return None;
    }
    let count = to_f64(of);
    let scale = 1.0 + Z * Z / count;
    let center = (share + Z * Z / (2.0 * count)) / scale;
    let half =
        Z / scale * (share * (1.0 - share) / count + Z * Z / (4.0 * count * count)).sqrt();
    Some(Interval { low: (center - half).max(0.0), high: (center + half).min(1.0) })
}

#[expect(clippy::cast_precision_loss, reason = "what is counted here is far below 2⁵³")]
fn to_f64(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_holds_its_share_and_narrows_with_what_is_known() {
        // By hand of Wilson's formula.
        for (right, of, low, high) in [
            (9, 10, 0.5958, 0.9821),
            (90, 100, 0.8256, 0.9448),
            (0, 10, 0.0, 0.2775),
            (10, 10, 0.7225, 1.0),
        ] {
            let found = wilson(right, of).unwrap();
            assert!((found.low - low).abs() < 1e-3, "{right} of {of}: {found:?}");
            assert!((found.high - high).abs() < 1e-3, "{right} of {of}: {found:?}");
        }
        assert_eq!(wilson(0, 0), None);
        for of in 1..60 {
            for right in 0..=of {
                let (found, share) = (wilson(right, of).unwrap(), to_f64(right) / to_f64(of));
                assert!(found.low <= share + 1e-12 && share <= found.high + 1e-12);
            }
        }
    }
}
