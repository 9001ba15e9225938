//! Points in time.

use std::fmt;

/// A point in time, in milliseconds since 1970-01-01T00:00:00Z.
///
/// Written in RFC 3339, always in UTC and always with milliseconds, so that it sorts as text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// Reads RFC 3339 with any offset and precision; none if it is no date and time.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        text.parse::<jiff::Timestamp>().ok().map(|time| Self(time.as_millisecond()))
    }
}

/// A day in UTC, counted from 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i64);

impl Timestamp {
    /// The day on which it is, in UTC.
    #[must_use]
    pub fn day(self) -> Day {
        Day(self.0.div_euclid(DAY))
    }
}

/// Milliseconds in a day.
const DAY: i64 = 86_400_000;

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let start = Timestamp(self.0.saturating_mul(DAY)).to_string();
        f.write_str(start.split('T').next().unwrap_or_default())
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Out of jiff's range (the years -9999 to 9999): no clock says that.
        let time = jiff::Timestamp::from_millisecond(self.0).unwrap_or_default();
        write!(f, "{time:.3}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_in_utc_with_milliseconds() {
        let time = Timestamp::parse("2026-11-22T10:00:00.5+01:00");
        assert_eq!(
            time.map(|time| time.to_string()),
            Some("2026-11-22T09:00:00.500Z".to_owned())
        );
        assert_eq!(Timestamp(0).to_string(), "1970-01-01T00:00:00.000Z");
        assert_eq!(Timestamp::parse("yesterday"), None);
    }

    #[test]
    fn a_day_ends_at_midnight_in_utc() {
        let day = |text| Timestamp::parse(text).map(|time| time.day().to_string());
        assert_eq!(day("2024-02-29T23:59:59.999Z").as_deref(), Some("2024-02-29"));
        assert_eq!(day("2024-02-29T23:59:59-01:00").as_deref(), Some("2024-03-01"));
        assert_eq!(Timestamp(-1).day().to_string(), "1969-12-31");
    }
}
