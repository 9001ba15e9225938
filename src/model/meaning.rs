//! How a value is understood, in words, or why it is not of its kind; and the value that digits
//! written in an article mean.
//!
//! Only what stands in digits is read here: number words and names of months need Arabic, which
//! this floor does not know.

use jiff::civil::{Date, Weekday};

use super::ValueKind;
use crate::lang::{Bilingual, Message, both};

/// A day or a longer part of the calendar, as EDTF has it: each part may have digits unknown.
struct Day<'a> {
    year: &'a str,
    month: Option<&'a str>,
    day: Option<&'a str>,
    /// `~`, `?` or `%`.
    doubt: Option<char>,
}

impl ValueKind {
    /// How `value` is understood, for a person: `2 exactly`, `more than 3500`, `Saturday
    /// 18 December 2021`; or why it is not of this kind. None for kinds of which any text is one.
    #[must_use]
    pub fn understand(&self, value: &str) -> Option<Result<Message, Message>> {
        match self {
            Self::Text | Self::Place => None,
            Self::Count => Some(count(value).ok_or_else(|| self.not_one())),
            Self::Date => Some(date(value, self)),
            Self::Choice(_) if self.accepts(value) => Some(Ok(Message::new(value, value))),
            Self::Choice(choices) => Some(Err(Message::new(
                format!("أحد هذه: {}", choices.join("، ")),
                format!("one of: {}", choices.join(", ")),
            ))),
        }
    }

    /// The value of this kind that `words` mean, where they are digits: `٣٥٠٠` is `3500`,
    /// `18/12/2021` is `2021-12-18`. None where they say something else, or can be read in two
    /// ways.
    ///
    /// Digits may be Western, Arabic or Persian; a date in numbers is day, month, year, as
    /// Arabic newspapers write it, or year, month, day.
    #[must_use]
    pub fn of_digits(&self, words: &str) -> Option<String> {
        let words = western(words.trim());
        let value = match self {
            Self::Count => count_of(&words),
            Self::Date => date_of(&words),
            Self::Text | Self::Place | Self::Choice(_) => None,
        }?;
        self.accepts(&value).then_some(value)
    }

    fn not_one(&self) -> Message {
        let example = self.example();
        let (ar, en) = match self {
            Self::Count => ("ليس عددًا؛ مثال", "not a number; for example"),
            _ => ("ليس تاريخًا؛ مثال", "not a date; for example"),
        };
        Message::new(format!("{ar}: {}", example.ar), format!("{en}: {}", example.en))
    }
}

/// `text` in its own direction within a sentence.
fn apart(text: &str) -> String {
    format!("\u{2066}{text}\u{2069}")
}

fn count(value: &str) -> Option<Message> {
    if !ValueKind::Count.accepts(value) {
        return None;
    }
    if let Some((low, high)) = value.split_once("..") {
        return Some(Message::new(
            format!("من {low} إلى {high}"),
            format!("from {low} to {high}"),
        ));
    }
    let bounds = [
        (">=", both("{} فأكثر", "{} or more")),
        ("<=", both("{} فأقل", "{} or fewer")),
        (">", both("أكثر من {}", "more than {}")),
        ("<", both("أقل من {}", "fewer than {}")),
        ("~", both("نحو {}", "about {}")),
        ("", both("{} بالضبط", "{} exactly")),
    ];
    let (number, how) =
        bounds.iter().find_map(|(sign, how)| Some((value.strip_prefix(sign)?, how)))?;
    Some(Message::new(how.ar.replace("{}", number), how.en.replace("{}", number)))
}

fn date(value: &str, kind: &ValueKind) -> Result<Message, Message> {
    if kind.accepts(value) {
        return Ok(match value.split_once('/') {
            Some(("..", to)) => {
                let to = said(to);
                Message::new(format!("حتى {}", to.ar), format!("until {}", to.en))
            }
            Some((from, "..")) => {
                let from = said(from);
                Message::new(format!("من {} فصاعدًا", from.ar), format!("from {} on", from.en))
            }
            Some((from, to)) => {
                let (from, to) = (said(from), said(to));
                Message::new(
                    format!("من {} إلى {}", from.ar, to.ar),
                    format!("from {} to {}", from.en, to.en),
                )
            }
            None => said(value),
        });
    }
    // What is wrong with it, where it looks like a date.
    let wrong = value.split('/').find_map(what_is_wrong).or_else(|| order_is_wrong(value));
    Err(wrong.unwrap_or_else(|| kind.not_one()))
}

/// What is wrong with something of a date's form: a month or a day that does not exist.
fn what_is_wrong(text: &str) -> Option<Message> {
    let day = Day::parse(text);
    let number = |part: Option<&str>| {
        part.filter(|part| part.len() == 2).and_then(|part| part.parse::<i8>().ok())
    };
    let is_year = day.year.len() == 4 && day.year.bytes().all(|b| b.is_ascii_digit());
    let (month, of) = (number(day.month)?, number(day.day));
    if !is_year {
        return None;
    }
    let is_group = of.is_none() && (21..=41).contains(&month);
    if !(1..=12).contains(&month) && !is_group {
        return Some(Message::new(
            format!("لا شهر رقمه {month}"),
            format!("there is no month {month}"),
        ));
    }
    let year = day.year.parse().ok()?;
    let of = of?;
    if Date::new(year, month, of).is_ok() {
        return None;
    }
    let name = month_name(month)?;
    Some(Message::new(
        format!("ليس في {} {year} يوم رقمه {of}", name.ar),
        format!("{} {year} has no day {of}", name.en),
    ))
}

fn order_is_wrong(value: &str) -> Option<Message> {
    let (from, to) = value.split_once('/')?;
    let both = ValueKind::Date.accepts(from) && ValueKind::Date.accepts(to);
    both.then(|| Message::new("تنتهي المدة قبل أن تبدأ", "the period ends before it begins"))
}

impl<'a> Day<'a> {
    fn parse(text: &'a str) -> Self {
        let plain = text.strip_suffix(['~', '?', '%']);
        let doubt = plain.and_then(|_| text.chars().next_back());
        let mut parts = plain.unwrap_or(text).splitn(3, '-');
        let year = parts.next().unwrap_or_default();
        Self { year, month: parts.next(), day: parts.next(), doubt }
    }
}

/// A day of an accepted form, in words.
fn said(text: &str) -> Message {
    let day = Day::parse(text);
    let plain = exact(&day).unwrap_or_else(|| vague(&day));
    let doubt = match day.doubt {
        Some('~') => both("تقريبًا", "approximately"),
        Some('?') => both("غير مؤكد", "uncertain"),
        Some(_) => both("تقريبًا وغير مؤكد", "approximately, uncertain"),
        None => return plain,
    };
    Message::new(format!("{} ({})", plain.ar, doubt.ar), format!("{} ({})", plain.en, doubt.en))
}

/// A day, month, season or year of which every digit is known.
fn exact(day: &Day<'_>) -> Option<Message> {
    let year: i16 = day.year.parse().ok()?;
    let Some(month) = day.month else {
        return Some(Message::new(format!("عام {year}"), format!("the year {year}")));
    };
    let month: i8 = month.parse().ok()?;
    let Some(number) = day.day else {
        let name = month_name(month).or_else(|| group_name(month))?;
        let of = if month > 32 { "of " } else { "" };
        return Some(Message::new(
            format!("{} {year}", name.ar),
            format!("{} {of}{year}", name.en),
        ));
    };
    let date = Date::new(year, month, number.parse().ok()?).ok()?;
    let (weekday, name) = (weekday_name(date.weekday()), month_name(month)?);
    Some(Message::new(
        format!("{} {} {} {year}", weekday.ar, date.day(), name.ar),
        format!("{} {} {} {year}", weekday.en, date.day(), name.en),
    ))
}

/// A day with digits unknown.
fn vague(day: &Day<'_>) -> Message {
    let is_known = |part: &str| !part.contains('X');
    let is_unknown = |part: &str| part.bytes().all(|byte| byte == b'X');
    let year = if is_known(day.year) {
        Message::new(day.year, day.year)
    } else if is_unknown(day.year) {
        Message::new("سنة غير معلومة", "an unknown year")
    } else {
        let (low, high) = (day.year.replace('X', "0"), day.year.replace('X', "9"));
        Message::new(
            format!("سنة بين {low} و{high}"),
            format!("a year between {low} and {high}"),
        )
    };
    let Some(month) = day.month else { return year };
    let month =
        match month.parse().ok().and_then(|at| month_name(at).or_else(|| group_name(at))) {
            Some(name) => Message::from(name),
            None if is_unknown(month) => Message::new("شهر غير معلوم", "an unknown month"),
            None => Message::new(
                format!("الشهر {}", apart(month)),
                format!("month {month}, X unknown"),
            ),
        };
    let month_of_year = if is_known(day.year) {
        Message::new(format!("{} {}", month.ar, year.ar), format!("{} {}", month.en, year.en))
    } else {
        Message::new(
            format!("{} من {}", month.ar, year.ar),
            format!("{} of {}", month.en, year.en),
        )
    };
    let Some(number) = day.day else { return month_of_year };
    let number = match number.parse::<u8>() {
        Ok(number) => Message::new(format!("اليوم {number}"), format!("day {number}")),
        Err(_) if is_unknown(number) => Message::new("يوم غير معلوم", "an unknown day"),
        Err(_) => Message::new(
            format!("اليوم {}", apart(number)),
            format!("day {number}, X unknown,"),
        ),
    };
    Message::new(
        format!("{} من {}", number.ar, month_of_year.ar),
        format!("{} of {}", number.en, month_of_year.en),
    )
}

fn weekday_name(day: Weekday) -> Bilingual {
    match day {
        Weekday::Monday => both("الاثنين", "Monday"),
        Weekday::Tuesday => both("الثلاثاء", "Tuesday"),
        Weekday::Wednesday => both("الأربعاء", "Wednesday"),
        Weekday::Thursday => both("الخميس", "Thursday"),
        Weekday::Friday => both("الجمعة", "Friday"),
        Weekday::Saturday => both("السبت", "Saturday"),
        Weekday::Sunday => both("الأحد", "Sunday"),
    }
}

fn month_name(month: i8) -> Option<Bilingual> {
    Some(match month {
        1 => both("يناير/كانون الثاني", "January"),
        2 => both("فبراير/شباط", "February"),
        3 => both("مارس/آذار", "March"),
        4 => both("أبريل/نيسان", "April"),
        5 => both("مايو/أيار", "May"),
        6 => both("يونيو/حزيران", "June"),
        7 => both("يوليو/تموز", "July"),
        8 => both("أغسطس/آب", "August"),
        9 => both("سبتمبر/أيلول", "September"),
        10 => both("أكتوبر/تشرين الأول", "October"),
        11 => both("نوفمبر/تشرين الثاني", "November"),
        12 => both("ديسمبر/كانون الأول", "December"),
        _ => return None,
    })
}

/// Seasons, quarters, thirds and halves of a year (ISO 8601-2, sub-year groupings).
fn group_name(number: i8) -> Option<Bilingual> {
    Some(match number {
        21 | 25 | 29 => both("ربيع", "spring"),
        22 | 26 | 30 => both("صيف", "summer"),
        23 | 27 | 31 => both("خريف", "autumn"),
        24 | 28 | 32 => both("شتاء", "winter"),
        33 => both("الربع الأول من", "first quarter"),
        34 => both("الربع الثاني من", "second quarter"),
        35 => both("الربع الثالث من", "third quarter"),
        36 => both("الربع الرابع من", "fourth quarter"),
        37 => both("الثلث الأول من", "first third"),
        38 => both("الثلث الثاني من", "second third"),
        39 => both("الثلث الثالث من", "last third"),
        40 => both("النصف الأول من", "first half"),
        41 => both("النصف الثاني من", "second half"),
        _ => return None,
    })
}

/// Digits and signs of the three systems in their Western form.
fn western(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '\u{0660}'..='\u{0669}' | '\u{06F0}'..='\u{06F9}' => {
                let digit = u32::from(c) & 0xF;
                out.extend(char::from_digit(digit, 10));
            }
            '\u{066B}' => out.push('.'),
            // Spaces within a number, and the Arabic thousands separator.
            '\u{066C}' | '\u{00A0}' | '\u{202F}' | '\u{2009}' => out.push('\u{066C}'),
            '\u{060C}' => out.push(','),
            '≥' => out.push_str(">="),
            '≤' => out.push_str("<="),
            '≈' => out.push('~'),
            '–' | '—' | '−' => out.push('-'),
            // Direction marks say nothing about a number.
            '\u{200E}' | '\u{200F}' | '\u{061C}' => {}
            c => out.push(c),
        }
    }
    out
}

fn count_of(words: &str) -> Option<String> {
    let ends = |separator| words.split_once(separator);
    if let Some((low, high)) = ends("..").or_else(|| ends("-")) {
        return Some(format!("{}..{}", number_of(low.trim())?, number_of(high.trim())?));
    }
    let signs = [">=", "<=", ">", "<", "~"];
    let sign = signs.into_iter().find(|sign| words.starts_with(sign)).unwrap_or_default();
    let number = words.strip_prefix(sign).unwrap_or(words);
    Some(format!("{sign}{}", number_of(number.trim_start())?))
}

/// A number with separators as a plain one. `3,500`, `3٬500` and `3 500` are 3500, `3,5` is
/// 3.5; `3.500` may be either, so it is none.
fn number_of(text: &str) -> Option<String> {
    if text.is_empty() || !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let is_grouped = |separator: char| {
        let mut groups = text.split(separator);
        let first = groups.next().unwrap_or_default();
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        (1..=3).contains(&first.len())
            && digits(first)
            && groups.clone().next().is_some()
            && groups.all(|group| group.len() == 3 && digits(group))
    };
    for separator in ['\u{066C}', ',', ' '] {
        if is_grouped(separator) {
            return Some(text.replace(separator, ""));
        }
    }
    if is_grouped('.') {
        return None;
    }
    Some(text.replacen(',', ".", 1))
}

fn date_of(words: &str) -> Option<String> {
    if ValueKind::Date.accepts(words) {
        return Some(words.to_owned());
    }
    let separator = ['/', '-', '.'].into_iter().find(|sign| words.contains(*sign))?;
    let mut parts = words.split(separator).map(str::trim);
    let (a, b, c) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let number = |part: &str| -> Option<i8> {
        let is_one = (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        if is_one { part.parse().ok() } else { None }
    };
    let year = |part: &str| -> Option<i16> {
        let is_one = part.len() == 4 && part.bytes().all(|b| b.is_ascii_digit());
        if is_one { part.parse().ok() } else { None }
    };
    let (year, month, day) = match (year(a), year(c)) {
        (Some(year), None) => (year, number(b)?, number(c)?),
        (None, Some(year)) => (year, number(b)?, number(a)?),
        _ => return None,
    };
    let date = Date::new(year, month, day).ok()?;
    Some(format!("{year:04}-{:02}-{:02}", date.month(), date.day()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(kind: &ValueKind, value: &str, ar: &str, en: &str) {
        assert_eq!(kind.understand(value), Some(Ok(Message::new(ar, en))), "{value}");
        assert!(kind.accepts(value), "{value}");
    }

    #[track_caller]
    fn check_wrong(kind: &ValueKind, value: &str, en: &str) {
        let Some(Err(why)) = kind.understand(value) else { panic!("{value} is understood") };
        assert!(why.en.starts_with(en), "{value}: {why:?}");
        assert!(!kind.accepts(value), "{value}");
    }

    #[test]
    fn counts_are_said_with_their_bounds() {
        let kind = ValueKind::Count;
        check(&kind, "2", "2 بالضبط", "2 exactly");
        check(&kind, ">3500", "أكثر من 3500", "more than 3500");
        check(&kind, ">=3", "3 فأكثر", "3 or more");
        check(&kind, "<50", "أقل من 50", "fewer than 50");
        check(&kind, "<=50", "50 فأقل", "50 or fewer");
        check(&kind, "~10", "نحو 10", "about 10");
        check(&kind, "30..40", "من 30 إلى 40", "from 30 to 40");
        for wrong in ["", "xyz", "٣", "40..30", "~>3"] {
            check_wrong(&kind, wrong, "not a number; for example: 12");
        }
    }

    #[test]
    fn dates_are_said_with_their_weekday() {
        let kind = ValueKind::Date;
        let saturday = "السبت 18 ديسمبر/كانون الأول 2021";
        check(&kind, "2021-12-18", saturday, "Saturday 18 December 2021");
        check(&kind, "2022-06", "يونيو/حزيران 2022", "June 2022");
        check(&kind, "2015", "عام 2015", "the year 2015");
        check(&kind, "2015-22", "صيف 2015", "summer 2015");
        check(&kind, "2024-33", "الربع الأول من 2024", "first quarter of 2024");
        check(&kind, "XXXX", "سنة غير معلومة", "an unknown year");
        check(&kind, "199X", "سنة بين 1990 و1999", "a year between 1990 and 1999");
        let june = "يونيو/حزيران من سنة غير معلومة";
        check(&kind, "XXXX-06", june, "June of an unknown year");
        let day = "يوم غير معلوم من مارس/آذار 2020";
        check(&kind, "2020-03-XX", day, "an unknown day of March 2020");
        check(&kind, "2015~", "عام 2015 (تقريبًا)", "the year 2015 (approximately)");
        check(
            &kind,
            "2024-01-29/2024-01-30",
            "من الاثنين 29 يناير/كانون الثاني 2024 إلى الثلاثاء 30 يناير/كانون الثاني 2024",
            "from Monday 29 January 2024 to Tuesday 30 January 2024",
        );
        check(&kind, "2002/..", "من عام 2002 فصاعدًا", "from the year 2002 on");
        check(&kind, "../2002", "حتى عام 2002", "until the year 2002");
    }

    #[test]
    fn a_date_that_is_none_is_told_why() {
        let kind = ValueKind::Date;
        check_wrong(&kind, "2021-13", "there is no month 13");
        check_wrong(&kind, "2021-02-30", "February 2021 has no day 30");
        check_wrong(&kind, "2021-12-32", "December 2021 has no day 32");
        check_wrong(&kind, "2023-02-29/2023-03-01", "February 2023 has no day 29");
        check_wrong(&kind, "2024-01-30/2024-01-29", "the period ends before it begins");
        check_wrong(&kind, "18-12-2021", "not a date; for example: 2021-12-18");
        check_wrong(&kind, "", "not a date");
    }

    #[test]
    fn digits_in_three_systems_are_read() {
        let count = |words| ValueKind::Count.of_digits(words);
        for (words, value) in [
            ("12", "12"),
            ("٣٥٠٠", "3500"),
            ("۳۵۰۰", "3500"),
            ("3,500", "3500"),
            ("٣٬٥٠٠", "3500"),
            ("3 500", "3500"),
            ("1,250,000", "1250000"),
            ("3,5", "3.5"),
            ("٤٥٫٦", "45.6"),
            ("≥ 3", ">=3"),
            ("30-40", "30..40"),
            ("٣٠ – ٤٠", "30..40"),
            ("~20", "~20"),
        ] {
            assert_eq!(count(words).as_deref(), Some(value), "{words}");
        }
        for words in ["", "شخصين", "12 شخصا", "3.500", "40-30", "1,2,3", "-", "12 50"]
        {
            assert_eq!(count(words), None, "{words}");
        }
    }

    #[test]
    fn dates_in_digits_are_read_day_first() {
        let date = |words| ValueKind::Date.of_digits(words);
        for (words, value) in [
            ("2015", "2015"),
            ("٢٠١٥", "2015"),
            ("12/05/2024", "2024-05-12"),
            ("18/12/2021", "2021-12-18"),
            ("١٨/١٢/٢٠٢١", "2021-12-18"),
            ("3.4.2020", "2020-04-03"),
            ("2021-12-18", "2021-12-18"),
            ("2021/12/18", "2021-12-18"),
            ("2002/2015", "2002/2015"),
        ] {
            assert_eq!(date(words).as_deref(), Some(value), "{words}");
        }
        for words in ["", "أمس", "31/02/2021", "12/2024", "12/18/2021", "1/2/3", "18"] {
            assert_eq!(date(words), None, "{words}");
        }
        assert_eq!(ValueKind::Text.of_digits("12"), None);
    }
}
