//! A number as an article gives it: exact, with as many decimals as were written.

use std::fmt;

/// A number of at least 0, in decimal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal {
    /// In units of [`Decimal::UNIT`].
    scaled: u128,
}

impl Decimal {
    /// How many parts one has: six decimals are more than a newspaper writes.
    const UNIT: u128 = 1_000_000;

    /// That whole number.
    #[must_use]
    pub fn whole(number: u64) -> Self {
        Self { scaled: u128::from(number) * Self::UNIT }
    }

    /// The number of those digits before and behind the separator; none if there are none, or
    /// more than a number of people or things has.
    #[must_use]
    pub fn of_digits(whole: &str, decimals: &str) -> Option<Self> {
        let decimals = decimals.get(..decimals.len().min(6))?;
        let mut scaled: u128 = 0;
        for digit in whole.bytes().chain(decimals.bytes()) {
            let digit = digit.is_ascii_digit().then(|| u128::from(digit - b'0'))?;
            scaled = scaled.checked_mul(10)?.checked_add(digit)?;
        }
        let missing = 6_u32.saturating_sub(u32::try_from(decimals.len()).ok()?);
        let scaled = scaled.checked_mul(10_u128.checked_pow(missing)?)?;
        (!whole.is_empty() && scaled < Self::UNIT * 10_u128.pow(16)).then_some(Self { scaled })
    }

    /// The sum.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        Some(Self { scaled: self.scaled.checked_add(other.scaled)? })
    }

    /// So many times ten to that power.
    #[must_use]
    pub fn times_ten_to(self, power: u32) -> Option<Self> {
        Some(Self { scaled: self.scaled.checked_mul(10_u128.checked_pow(power)?)? })
    }

    /// One of so many parts of ten to that power.
    #[must_use]
    pub fn part_of_ten_to(parts: u32, power: u32) -> Option<Self> {
        let whole = Self::UNIT.checked_mul(10_u128.checked_pow(power)?)?;
        Some(Self { scaled: whole.checked_div(u128::from(parts))? })
    }

    /// The number without decimals; none if it has some.
    #[must_use]
    pub fn to_whole(self) -> Option<u64> {
        self.scaled
            .is_multiple_of(Self::UNIT)
            .then(|| u64::try_from(self.scaled / Self::UNIT).ok())?
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.scaled / Self::UNIT, self.scaled % Self::UNIT);
        if rest == 0 {
            return write!(f, "{whole}");
        }
        let decimals = format!("{rest:06}");
        write!(f, "{whole}.{}", decimals.trim_end_matches('0'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_read_and_written_as_they_are() {
        for (whole, decimals, written) in
            [("12", "", "12"), ("45", "60", "45.6"), ("0", "5", "0.5"), ("007", "", "7")]
        {
            let number = Decimal::of_digits(whole, decimals).map(|number| number.to_string());
            assert_eq!(number.as_deref(), Some(written));
        }
        assert_eq!(Decimal::of_digits("", "5"), None);
        assert_eq!(Decimal::of_digits("1a", ""), None);
        assert_eq!(Decimal::of_digits(&"9".repeat(40), ""), None);
    }

    #[test]
    fn parts_and_powers_are_exact() {
        let two_and_a_half = Decimal::of_digits("2", "5").and_then(|it| it.times_ten_to(6));
        assert_eq!(two_and_a_half.and_then(Decimal::to_whole), Some(2_500_000));
        let quarter = Decimal::part_of_ten_to(4, 6);
        assert_eq!(quarter.and_then(Decimal::to_whole), Some(250_000));
        let sum = Decimal::whole(1).plus(Decimal::part_of_ten_to(2, 0).unwrap());
        assert_eq!(sum.map(|sum| sum.to_string()).as_deref(), Some("1.5"));
    }
}
