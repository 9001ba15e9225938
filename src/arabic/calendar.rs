//! Calendars: the names of months and days as newspapers of each country write them, and the
//! Islamic calendar's days in the common one.

use std::collections::HashMap;
use std::sync::LazyLock;

use jiff::civil::{Date, Weekday};

use super::fold::fold;

/// A calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Calendar {
    /// The common one.
    Gregorian,
    /// The Islamic one, by the tabular reckoning with the leap years of the 30-year cycle
    /// 2, 5, 7, 10, 13, 16, 18, 21, 24, 26, 29; the moon may be seen a day sooner or later.
    Hijri,
}

/// A way of naming the twelve months.
#[derive(Clone, Copy, Debug)]
pub struct Naming {
    /// Where it is used.
    pub place: &'static str,
    /// Of which calendar.
    pub calendar: Calendar,
    /// The months, first to last, each in its spellings, the usual one first.
    pub months: [&'static [&'static str]; 12],
}

/// All ways of naming months.
pub const NAMINGS: &[Naming] = &[
    Naming {
        place: "Egypt and the Gulf",
        calendar: Calendar::Gregorian,
        months: [
            &["يناير"],
            &["فبراير"],
            &["مارس"],
            &["أبريل", "إبريل"],
            &["مايو"],
            &["يونيو", "يونيه"],
            &["يوليو", "يوليه"],
            &["أغسطس", "اغسطس", "أغسطوس"],
            &["سبتمبر"],
            &["أكتوبر", "اكتوبر"],
            &["نوفمبر"],
            &["ديسمبر"],
        ],
    },
    Naming {
        place: "Morocco",
        calendar: Calendar::Gregorian,
        months: [
            &["يناير"],
            &["فبراير"],
            &["مارس"],
            &["أبريل"],
            &["ماي"],
            &["يونيو"],
            &["يوليوز"],
            &["غشت"],
            &["شتنبر"],
            &["أكتوبر"],
            &["نونبر"],
            &["دجنبر"],
        ],
    },
    Naming {
        place: "Algeria and Tunisia",
        calendar: Calendar::Gregorian,
        months: [
            &["جانفي"],
            &["فيفري"],
            &["مارس"],
            &["أفريل"],
            &["ماي"],
            &["جوان"],
            &["جويلية", "جويليا"],
            &["أوت"],
            &["سبتمبر"],
            &["أكتوبر"],
            &["نوفمبر"],
            &["ديسمبر"],
        ],
    },
    Naming {
        place: "the Levant and Iraq",
        calendar: Calendar::Gregorian,
        months: [
            &["كانون الثاني", "كانون ثاني"],
            &["شباط"],
            &["آذار", "اذار"],
            &["نيسان"],
            &["أيار", "ايار"],
            &["حزيران"],
            &["تموز"],
            &["آب"],
            &["أيلول", "ايلول"],
            &["تشرين الأول", "تشرين أول"],
            &["تشرين الثاني", "تشرين ثاني"],
            &["كانون الأول", "كانون أول"],
        ],
    },
    Naming {
        place: "the Islamic calendar",
        calendar: Calendar::Hijri,
        months: [
            &["محرم", "المحرم"],
            &["صفر"],
            &["ربيع الأول", "ربيع أول"],
            &["ربيع الآخر", "ربيع الثاني"],
            &["جمادى الأولى", "جمادى الأول"],
            &["جمادى الآخرة", "جمادى الثانية"],
            &["رجب"],
            &["شعبان"],
            &["رمضان"],
            &["شوال"],
            &["ذو القعدة", "ذي القعدة"],
            &["ذو الحجة", "ذي الحجة"],
        ],
    },
    Naming {
        place: "English",
        calendar: Calendar::Gregorian,
        months: [
            &["January", "Jan"],
            &["February", "Feb"],
            &["March", "Mar"],
            &["April", "Apr"],
            &["May"],
            &["June", "Jun"],
            &["July", "Jul"],
            &["August", "Aug"],
            &["September", "Sep", "Sept"],
            &["October", "Oct"],
            &["November", "Nov"],
            &["December", "Dec"],
        ],
    },
    Naming {
        place: "French",
        calendar: Calendar::Gregorian,
        months: [
            &["janvier"],
            &["février"],
            &["mars"],
            &["avril"],
            &["mai"],
            &["juin"],
            &["juillet"],
            &["août"],
            &["septembre"],
            &["octobre"],
            &["novembre"],
            &["décembre"],
        ],
    },
];

/// The days of the week from Monday, in their spellings, the usual one first.
pub const WEEKDAYS: [&[&str]; 7] = [
    &["الاثنين", "الإثنين", "الأثنين"],
    &["الثلاثاء", "الثلاثا"],
    &["الأربعاء", "الاربعاء", "الأربعا"],
    &["الخميس"],
    &["الجمعة"],
    &["السبت"],
    &["الأحد", "الاحد"],
];

/// A month by its folded name, of one word or two.
static MONTHS: LazyLock<HashMap<String, (Calendar, i8)>> = LazyLock::new(|| {
    let mut months = HashMap::new();
    for naming in NAMINGS {
        for (number, names) in (1..).zip(naming.months) {
            for name in names {
                months.entry(fold(name)).or_insert((naming.calendar, number));
            }
        }
    }
    months
});

/// The month, 1 to 12, of that name, folded: one word, or two with a space between.
#[must_use]
pub fn month_of(folded: &str) -> Option<(Calendar, i8)> {
    MONTHS.get(folded).copied()
}

/// The day of the week of that name, folded.
#[must_use]
pub fn weekday_of(folded: &str) -> Option<Weekday> {
    let days = (1..).zip(WEEKDAYS);
    let mut days = days.filter(|(_, names)| names.iter().any(|name| fold(name) == folded));
    days.next().and_then(|(day, _)| Weekday::from_monday_one_offset(day).ok())
}

/// Days from 1 Muharram 1 to the first of a month.
fn days_before(year: i64, month: i64) -> i64 {
    // Months have 30 and 29 days by turns; 11 years of 30 have a day more.
    (year - 1) * 354 + (3 + 11 * year).div_euclid(30) + (59 * (month - 1) + 1) / 2
}

/// The first day of the Islamic calendar, in days from 1 January of the year 1.
const EPOCH: i64 = 227_014;

/// 1 January of the year 1, from which days are counted.
const FIRST: Date = jiff::civil::date(1, 1, 1);

/// The common date of a day of the Islamic calendar; none if there is no such day.
#[must_use]
pub fn of_hijri(year: i16, month: i8, day: i8) -> Option<Date> {
    let is_month = (1..=12).contains(&month) && (1..=30).contains(&day) && year > 0;
    is_month.then_some(())?;
    let days = days_before(year.into(), month.into()) + i64::from(day) - 1 + EPOCH;
    FIRST.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// The day of the Islamic calendar of a common date: year, month, day; none before its first.
#[must_use]
pub fn to_hijri(date: Date) -> Option<(i16, i8, i8)> {
    let days = i64::from(FIRST.until(date).ok()?.get_days()) - EPOCH;
    (days >= 0).then_some(())?;
    let mut year = days / 355 + 1;
    while days_before(year + 1, 1) <= days {
        year += 1;
    }
    let month = (1..=12).rev().find(|month| days_before(year, *month) <= days)?;
    let day = days - days_before(year, month) + 1;
    Some((i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?))
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan as _;
    use jiff::civil::date;

    use super::*;

    #[test]
    fn every_name_of_a_month_and_of_a_day_is_known() {
        for naming in NAMINGS {
            for (number, names) in (1..).zip(naming.months) {
                for name in names {
                    let expected = Some((naming.calendar, number));
                    assert_eq!(month_of(&fold(name)), expected, "{name} in {}", naming.place);
                }
            }
        }
        for (number, names) in (1..).zip(WEEKDAYS) {
            let day = Weekday::from_monday_one_offset(number).unwrap();
            assert!(names.iter().all(|name| weekday_of(&fold(name)) == Some(day)));
        }
        assert_eq!(month_of("كتاب"), None);
    }

    #[test]
    fn known_days_of_the_islamic_calendar_are_where_the_tables_have_them() {
        for ((year, month, day), expected) in [
            ((1, 1, 1), date(622, 7, 19)),
            ((1400, 1, 1), date(1979, 11, 21)),
            ((1445, 9, 1), date(2024, 3, 12)),
            ((1446, 1, 1), date(2024, 7, 8)),
        ] {
            let found = of_hijri(year, month, day).unwrap();
            let off = found.until(expected).unwrap().get_days().abs();
            assert!(off <= 1, "{year}-{month}-{day} is {found}, not {expected}");
        }
    }

    #[test]
    fn every_day_goes_to_the_islamic_calendar_and_back() {
        let mut day = date(1990, 1, 1);
        let mut before = None;
        while day < date(2036, 1, 1) {
            let hijri = to_hijri(day).unwrap();
            assert!(before < Some(hijri), "{day}");
            assert_eq!(of_hijri(hijri.0, hijri.1, hijri.2), Some(day));
            before = Some(hijri);
            day = day.checked_add(1.day()).unwrap();
        }
    }
}
