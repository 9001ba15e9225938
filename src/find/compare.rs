//! Values that have an order: numbers and dates.

use std::cmp::Ordering;

/// How a value is compared with what a filter asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    /// `:` — it is that, or lies within it.
    Is,
    Less,
    AtMost,
    More,
    AtLeast,
}

impl Operator {
    pub(super) const ALL: [(&'static str, Self); 6] = [
        (">=", Self::AtLeast),
        ("<=", Self::AtMost),
        (">", Self::More),
        ("<", Self::Less),
        (":", Self::Is),
        ("=", Self::Is),
    ];
}

/// From the least to the greatest that a value may mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Bounds<T> {
    least: T,
    most: T,
}

impl<T: PartialOrd> Bounds<T> {
    /// Whether a value that may mean anything in `self` can stand in that relation to what
    /// was asked for.
    pub(super) fn fits(&self, operator: Operator, asked: &Self) -> bool {
        let is = |a: &T, b: &T, orders: &[Ordering]| {
            a.partial_cmp(b).is_some_and(|order| orders.contains(&order))
        };
        let (up, down) =
            (&[Ordering::Greater, Ordering::Equal], &[Ordering::Less, Ordering::Equal]);
        match operator {
            Operator::Is => {
                is(&self.least, &asked.least, up) && is(&self.most, &asked.most, down)
            }
            Operator::More => is(&self.most, &asked.most, &[Ordering::Greater]),
            Operator::AtLeast => is(&self.most, &asked.least, up),
            Operator::Less => is(&self.least, &asked.least, &[Ordering::Less]),
            Operator::AtMost => is(&self.least, &asked.most, down),
        }
    }
}

/// What a count may mean: `12`, `>3500`, `<=50`, `~20`, `30..40`; none for what is no count.
pub(super) fn number(text: &str) -> Option<Bounds<f64>> {
    const STEP: f64 = 1e-6;
    let read = |text: &str| {
        let is_number = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        is_number.then(|| text.parse::<f64>().ok()).flatten()
    };
    let text = text.trim();
    if let Some((least, most)) = text.split_once("..") {
        return Some(Bounds { least: read(least)?, most: read(most)? });
    }
    let bound = |mark: &str| text.strip_prefix(mark).and_then(read);
    if let Some(least) = bound(">=") {
        return Some(Bounds { least, most: f64::INFINITY });
    }
    if let Some(most) = bound("<=") {
        return Some(Bounds { least: 0.0, most });
    }
    if let Some(least) = bound(">") {
        return Some(Bounds { least: least + STEP, most: f64::INFINITY });
    }
    if let Some(most) = bound("<") {
        return Some(Bounds { least: 0.0, most: most - STEP });
    }
    let number = read(text.strip_prefix('~').unwrap_or(text))?;
    Some(Bounds { least: number, most: number })
}

/// A day as `YYYYMMDD`; digits that are not known are the least or the greatest.
type Day = u32;

/// What a date may mean: EDTF such as `2021-12-18`, `2021-12`, `2015`, `199X`, `2002/2015`;
/// none for what is no date, or one whose year is not known at all.
pub(super) fn date(text: &str) -> Option<Bounds<Day>> {
    let text = text.trim();
    if let Some((from, to)) = text.split_once('/') {
        let least = if from == ".." { 0 } else { day(from)?.least };
        let most = if to == ".." { Day::MAX } else { day(to)?.most };
        return Some(Bounds { least, most });
    }
    day(text)
}

/// The first day that a date may mean, as `YYYYMMDD`; none for what is no date.
#[must_use]
pub fn first_day(text: &str) -> Option<u32> {
    date(text).map(|date| date.least)
}

fn day(text: &str) -> Option<Bounds<Day>> {
    let text = text.strip_suffix(['~', '?', '%']).unwrap_or(text);
    let mut parts = text.split('-');
    let year = part(parts.next()?, 4, (0, 9_999))?;
    if text.starts_with("XXXX") {
        return None;
    }
    let month = match parts.next() {
        // A season, a quarter or a half: within its year.
        Some(month) if part(month, 2, (21, 41)).is_some() && !month.contains('X') => (1, 12),
        Some(month) => part(month, 2, (1, 12))?,
        None => (1, 12),
    };
    let day = match parts.next() {
        Some(day) => part(day, 2, (1, 31))?,
        None => (1, 31),
    };
    let of = |year: u32, month: u32, day: u32| year * 10_000 + month * 100 + day;
    parts
        .next()
        .is_none()
        .then(|| Bounds { least: of(year.0, month.0, day.0), most: of(year.1, month.1, day.1) })
}

/// The least and the greatest number that digits may mean, of which some may be `X`.
fn part(text: &str, len: usize, (least, most): (u32, u32)) -> Option<(u32, u32)> {
    let is_part = text.len() == len && text.bytes().all(|b| b.is_ascii_digit() || b == b'X');
    if !is_part {
        return None;
    }
    let low: u32 = text.replace('X', "0").parse().ok()?;
    let high: u32 = text.replace('X', "9").parse().ok()?;
    (low <= most && high >= least).then(|| (low.max(least), high.min(most)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check<T: PartialOrd>(
        read: fn(&str) -> Option<Bounds<T>>,
        operator: Operator,
        asked: &str,
        fit: &[&str],
        unfit: &[&str],
    ) {
        let asked = read(asked).unwrap();
        let fits = |value: &&str| read(value).is_some_and(|value| value.fits(operator, &asked));
        for value in fit {
            assert!(fits(value), "{value} fits");
        }
        for value in unfit {
            assert!(!fits(value), "{value} does not fit");
        }
    }

    #[test]
    fn counts_are_compared_as_numbers_with_their_bounds() {
        check(
            number,
            Operator::More,
            "100",
            &["101", ">50", "99..120", "~200"],
            &["100", "<50", "<100", "9"],
        );
        check(
            number,
            Operator::AtMost,
            "100",
            &["100", "~20", "<3000", ">20"],
            &["101", ">100"],
        );
        check(number, Operator::AtLeast, "100", &["100", ">100"], &["99"]);
        check(number, Operator::Is, "12", &["12", "~12"], &["120", ">12", "10..12", "أمس"]);
        check(number, Operator::Is, "10..20", &["12", "10..11"], &["9..11"]);
        check(number, Operator::Less, "3", &["2", "<3"], &["3", ">3"]);
    }

    #[test]
    fn dates_are_compared_by_the_days_that_they_may_mean() {
        check(
            date,
            Operator::Is,
            "2021-12",
            &["2021-12-18", "2021-12"],
            &["2021", "2021-11-30"],
        );
        check(date, Operator::Is, "2021", &["2021-12-18", "2021-22", "2021~"], &["2020/2021"]);
        check(
            date,
            Operator::More,
            "2021",
            &["2022-01-01", "2020/2022", "2021/.."],
            &["2021-12-31"],
        );
        check(
            date,
            Operator::Less,
            "2021-06",
            &["2021-05-31", "202X"],
            &["2021-06-01", "XXXX-06"],
        );
        check(date, Operator::AtLeast, "2021-06-05", &["2021-06-05", "2021"], &["2021-06-04"]);
        assert_eq!(date("2021-13"), None);
        assert_eq!(date("18-12-2021"), None);
    }
}
