//! The clock and the chance that are handed down to whoever needs them.

use crate::model::Timestamp;

/// The time and chance, given from outside so that every test can be repeated.
#[derive(Clone, Copy, Debug)]
pub struct Ambient {
    /// Tells the time.
    pub now: fn() -> Timestamp,
    /// Gives a number that nobody can guess.
    pub random: fn() -> u64,
}

impl Ambient {
    /// The system's clock and its random numbers.
    pub const SYSTEM: Self = Self { now: system_now, random: system_random };
}

#[expect(clippy::disallowed_methods, reason = "this is the clock that all others are given")]
fn system_now() -> Timestamp {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let millis = since.map(|since| since.as_millis()).unwrap_or_default();
    Timestamp(i64::try_from(millis).unwrap_or(i64::MAX))
}

/// A system without random numbers still has a clock: ids need only differ.
fn system_random() -> u64 {
    getrandom::u64().unwrap_or_else(|_| system_now().0.unsigned_abs())
}
