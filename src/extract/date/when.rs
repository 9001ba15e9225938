//! What a date means, and how EDTF (ISO 8601-2) says it.

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};

use super::words::{Rel, Unit};
use crate::arabic::of_hijri;

/// A year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Year {
    /// This one.
    Known(i16),
    /// Seen from the day of writing.
    Rel(Rel),
    /// Not told: the one that brings the date nearest to the day of writing.
    Near,
    /// Not told, and long past or to come: the last or next such day or month.
    Since(Rel),
}

/// What a date means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum When {
    /// A day, a month or a year.
    Point { year: Year, month: Option<i8>, day: Option<i8> },
    /// The same in the Islamic calendar.
    Hijri { year: Option<i16>, month: Option<i8>, day: Option<i8> },
    /// So many days from the day of writing.
    Deictic(i8),
    /// A day of the week.
    Weekday(Weekday, Option<Rel>),
    /// A day of a month that is told from the day of writing.
    DayOfMonth(i8, Rel),
    /// A stretch told from the day of writing.
    Period(Unit, Rel),
    /// So many of a unit before or after the day of writing; 0 if not told.
    Many(Unit, Rel, u8),
    /// A season or a quarter by its number in EDTF.
    Season(u8, Year),
    /// A decade: the tens, and the hundreds where they are told.
    Decade(u8, Option<u8>),
    /// A century: its hundreds, or seen from the day of writing.
    Century(Option<u8>, Rel),
    /// From one to another.
    Range(Box<Self>, Box<Self>),
}

impl When {
    /// Its value: resolved by the day of writing, with `X` for what is unknown.
    pub(super) fn edtf(&self, today: Option<Date>) -> String {
        match self {
            Self::Point { year, month, day } => point(*year, *month, *day, today),
            Self::Hijri { year, month, day } => hijri(*year, *month, *day, today),
            Self::Deictic(days) => {
                day_text(today.and_then(|it| plus_days(it, i64::from(*days))))
            }
            Self::Weekday(day, rel) => day_text(today.and_then(|it| weekday(it, *day, *rel))),
            Self::DayOfMonth(day, rel) => {
                format!("{}-{day:02}", month_text(today, step(*rel).into()))
            }
            Self::Period(unit, rel) => period(*unit, *rel, today),
            Self::Many(unit, rel, count) => many(*unit, *rel, *count, today),
            Self::Season(number, year) => year_of(*year, today)
                .map_or_else(|| "XXXX".to_owned(), |it| format!("{it:04}-{number}")),
            Self::Decade(tens, hundreds) => {
                format!(
                    "{}{tens}X",
                    hundreds.map_or_else(|| "19".to_owned(), |it| it.to_string())
                )
            }
            Self::Century(hundreds, rel) => {
                let seen = today.map(|it| it.year() / 100 + step(*rel));
                let hundreds = hundreds.map(i16::from).or(seen);
                hundreds.map_or_else(|| "XXXX".to_owned(), |it| format!("{it:02}XX"))
            }
            Self::Range(from, to) => format!("{}/{}", from.edtf(today), to.edtf(today)),
        }
    }
}

fn step(rel: Rel) -> i16 {
    match rel {
        Rel::Last => -1,
        Rel::This => 0,
        Rel::Next => 1,
    }
}

fn plus_days(day: Date, days: i64) -> Option<Date> {
    day.checked_add(days.days()).ok()
}

fn day_text(day: Option<Date>) -> String {
    day.map_or_else(|| "XXXX-XX-XX".to_owned(), |day| day.to_string())
}

/// The last such day up to the day of writing, or the one before or after it.
fn weekday(today: Date, day: Weekday, rel: Option<Rel>) -> Option<Date> {
    let back = i64::from(day.until(today.weekday()));
    match rel {
        None | Some(Rel::This) => plus_days(today, -back),
        Some(Rel::Last) => plus_days(today, if back == 0 { -7 } else { -back }),
        Some(Rel::Next) => plus_days(today, 7 - back),
    }
}

fn year_of(year: Year, today: Option<Date>) -> Option<i16> {
    match year {
        Year::Known(year) => Some(year),
        Year::Rel(rel) => today.map(|today| today.year() + step(rel)),
        Year::Near | Year::Since(_) => None,
    }
}

fn point(year: Year, month: Option<i8>, day: Option<i8>, today: Option<Date>) -> String {
    let year = year_of(year, today).or_else(|| nearest(year, month?, day, today?));
    let mut text = year.map_or_else(|| "XXXX".to_owned(), |year| format!("{year:04}"));
    if let Some(month) = month {
        text.push_str(&format!("-{month:02}"));
        if let Some(day) = day {
            text.push_str(&format!("-{day:02}"));
        }
    }
    text
}

/// The year of a month or day that is told without one.
fn nearest(year: Year, month: i8, day: Option<i8>, today: Date) -> Option<i16> {
    let at = |year: i16| Date::new(year, month, day.unwrap_or(1)).ok();
    let this = today.year();
    let months = |year: i16| (i32::from(year - this) * 12) + i32::from(month - today.month());
    let is_before = |year: i16| match day {
        Some(_) => at(year).is_some_and(|it| it < today),
        None => months(year) < 0,
    };
    let is_after = |year: i16| match day {
        Some(_) => at(year).is_some_and(|it| it > today),
        None => months(year) > 0,
    };
    match year {
        Year::Since(Rel::Last) => [this, this - 1].into_iter().find(|year| is_before(*year)),
        Year::Since(Rel::Next) => [this, this + 1].into_iter().find(|year| is_after(*year)),
        Year::Since(Rel::This) => Some(this),
        _ => {
            // A day of this month or the last ones: news is of what was, unless that is far.
            [this, this - 1, this + 1].into_iter().min_by_key(|year| {
                let off = months(*year);
                if off <= 0 { -off } else { off + 1 }
            })
        }
    }
}

fn hijri(year: Option<i16>, month: Option<i8>, day: Option<i8>, today: Option<Date>) -> String {
    let today_there = today.and_then(crate::arabic::to_hijri);
    let year = year.or_else(|| {
        let (this, now, _) = today_there?;
        let month = month?;
        [this, this - 1, this + 1].into_iter().min_by_key(|year| {
            let off = i32::from(year - this) * 12 + i32::from(month - now);
            if off <= 0 { -off } else { off + 1 }
        })
    });
    let Some(year) = year else {
        let unknown = ["XXXX", "-XX", "-XX"];
        let parts = 1 + usize::from(month.is_some()) + usize::from(day.is_some());
        return format!("{}~", unknown.iter().take(parts).copied().collect::<String>());
    };
    match (month, day) {
        (Some(month), Some(day)) => format!("{}~", day_text(of_hijri(year, month, day))),
        (Some(month), None) => {
            // The common month that most of it lies in.
            let middle = of_hijri(year, month, 15);
            middle.map_or_else(
                || "XXXX-XX~".to_owned(),
                |it| format!("{:04}-{:02}~", it.year(), it.month()),
            )
        }
        _ => {
            let middle = of_hijri(year, 6, 29);
            middle.map_or_else(|| "XXXX~".to_owned(), |it| format!("{:04}~", it.year()))
        }
    }
}

fn month_text(today: Option<Date>, months: i64) -> String {
    let then = today.and_then(|it| it.first_of_month().checked_add(months.months()).ok());
    then.map_or_else(
        || "XXXX-XX".to_owned(),
        |it| format!("{:04}-{:02}", it.year(), it.month()),
    )
}

/// Monday to Sunday.
fn week(today: Option<Date>, weeks: i64) -> String {
    let monday = today.and_then(|it| {
        let since = i64::from(Weekday::Monday.until(it.weekday()));
        plus_days(it, weeks * 7 - since)
    });
    let sunday = monday.and_then(|it| plus_days(it, 6));
    format!("{}/{}", day_text(monday), day_text(sunday))
}

fn period(unit: Unit, rel: Rel, today: Option<Date>) -> String {
    let year = || today.map(|it| it.year() + step(rel));
    match unit {
        Unit::Day => day_text(today.and_then(|it| plus_days(it, step(rel).into()))),
        Unit::Week => week(today, step(rel).into()),
        Unit::Month => month_text(today, step(rel).into()),
        Unit::Year => year().map_or_else(|| "XXXX".to_owned(), |it| format!("{it:04}")),
        Unit::Season(number) => {
            // Its first month, of which the last or next one is meant.
            let month = [3, 6, 9, 12].get(usize::from(number.saturating_sub(21))).copied();
            let year = month.and_then(|month| {
                let since =
                    if rel == Rel::This { Year::Since(Rel::This) } else { Year::Since(rel) };
                nearest(since, month, None, today?)
            });
            year.map_or_else(|| "XXXX".to_owned(), |it| format!("{it:04}-{number}"))
        }
        Unit::Decade => today.map_or_else(
            || "XXXX".to_owned(),
            |it| format!("{:03}X", it.year() / 10 + step(rel)),
        ),
    }
}

/// So many whole units before or after the one of the day of writing.
fn many(unit: Unit, rel: Rel, count: u8, today: Option<Date>) -> String {
    let count = i64::from(count);
    let (from, to) = match rel {
        Rel::Last => (-count, -1),
        Rel::This => (0, 0),
        Rel::Next => (1, count),
    };
    let today = today.filter(|_| count > 0);
    let day = |days| day_text(today.and_then(|it| plus_days(it, days)));
    match unit {
        Unit::Month => format!("{}/{}", month_text(today, from), month_text(today, to)),
        Unit::Day => format!("{}/{}", day(from), day(to)),
        Unit::Week => {
            let (first, last) = (week(today, from), week(today, to));
            let monday = first.split('/').next().unwrap_or_default().to_owned();
            format!("{monday}/{}", last.split('/').nth(1).unwrap_or_default())
        }
        _ => {
            let year = |off: i64| {
                let year = today.map(|it| i64::from(it.year()) + off);
                year.map_or_else(|| "XXXX".to_owned(), |it| format!("{it:04}"))
            };
            format!("{}/{}", year(from), year(to))
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_are_told_from_the_day_of_writing() {
        // A Wednesday.
        let today = Some(date(2025, 2, 19));
        let wednesday = Weekday::Wednesday;
        for (when, known, unknown) in [
            (When::Deictic(0), "2025-02-19", "XXXX-XX-XX"),
            (When::Deictic(-1), "2025-02-18", "XXXX-XX-XX"),
            (When::Weekday(wednesday, None), "2025-02-19", "XXXX-XX-XX"),
            (When::Weekday(wednesday, Some(Rel::Last)), "2025-02-12", "XXXX-XX-XX"),
            (When::Weekday(Weekday::Tuesday, Some(Rel::Last)), "2025-02-18", "XXXX-XX-XX"),
            (When::Weekday(Weekday::Thursday, Some(Rel::Next)), "2025-02-20", "XXXX-XX-XX"),
            (When::Weekday(Weekday::Thursday, None), "2025-02-13", "XXXX-XX-XX"),
            (When::Period(Unit::Year, Rel::Last), "2024", "XXXX"),
            (When::Period(Unit::Month, Rel::Last), "2025-01", "XXXX-XX"),
            (
                When::Period(Unit::Week, Rel::Last),
                "2025-02-10/2025-02-16",
                "XXXX-XX-XX/XXXX-XX-XX",
            ),
            (When::Period(Unit::Season(22), Rel::Last), "2024-22", "XXXX"),
            (When::Many(Unit::Year, Rel::Last, 2), "2023/2024", "XXXX/XXXX"),
            (When::Decade(8, None), "198X", "198X"),
        ] {
            assert_eq!(when.edtf(today), known, "{when:?}");
            assert_eq!(when.edtf(None), unknown, "{when:?}");
        }
    }

    #[test]
    fn a_month_without_a_year_is_the_last_the_next_or_the_nearest() {
        let today = Some(date(2022, 1, 10));
        let month = |month, year| When::Point { year, month: Some(month), day: None };
        for (when, expected) in [
            (month(6, Year::Since(Rel::Last)), "2021-06"),
            (month(1, Year::Since(Rel::Last)), "2021-01"),
            (month(3, Year::Since(Rel::Next)), "2022-03"),
            (month(12, Year::Near), "2021-12"),
            (month(2, Year::Near), "2022-02"),
            (month(6, Year::Known(2002)), "2002-06"),
        ] {
            assert_eq!(when.edtf(today), expected, "{when:?}");
        }
        assert_eq!(month(6, Year::Since(Rel::Last)).edtf(None), "XXXX-06");
    }
}
