//! Which values a kind accepts.
//!
//! Only the form is looked at: a value that is not of its kind is a problem to show, never a
//! reason to refuse a span or to change what was given.

use super::ValueKind;
use crate::lang::{Bilingual, both};

impl ValueKind {
    /// Whether `value` has the form that this kind asks for. An empty value has none.
    #[must_use]
    pub fn accepts(&self, value: &str) -> bool {
        match self {
            Self::Text | Self::Place => !value.trim().is_empty(),
            Self::Count => is_count(value),
            Self::Date => is_date(value),
            Self::Choice(choices) => choices.iter().any(|choice| choice == value),
        }
    }

    /// What a value of this kind looks like, for a person.
    #[must_use]
    pub fn example(&self) -> Bilingual {
        match self {
            Self::Text => both("نص حر", "free text"),
            Self::Place => both("الاسم كما في المعجم", "the name as its gazetteer has it"),
            Self::Count => both("‏12 أو ‎>3500 أو ‎~20 أو ‎30..40", "12, >3500, ~20 or 30..40"),
            Self::Date => {
                both("‏2021-12-18 أو ‎XXXX-06 أو ‎2002/2015", "2021-12-18, XXXX-06 or 2002/2015")
            }
            Self::Choice(_) => both("أحد الخيارات", "one of the choices"),
        }
    }
}

/// `12`, `1.5`, with one of `>`, `>=`, `<`, `<=`, `~` before it, or `30..40`.
fn is_count(value: &str) -> bool {
    if let Some((low, high)) = value.split_once("..") {
        return is_number(low) && is_number(high) && is_in_order(low, high);
    }
    let bounds = [">=", "<=", ">", "<", "~"];
    let number = bounds.iter().find_map(|bound| value.strip_prefix(bound)).unwrap_or(value);
    is_number(number)
}

/// Whether the first of two numbers is not the greater one.
fn is_in_order(low: &str, high: &str) -> bool {
    match (low.parse::<f64>(), high.parse::<f64>()) {
        (Ok(low), Ok(high)) => low <= high,
        _ => false,
    }
}

/// Western digits, with at most one `.` between two of them.
fn is_number(text: &str) -> bool {
    let digits =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    match text.split_once('.') {
        Some((whole, fraction)) => digits(whole) && digits(fraction),
        None => digits(text),
    }
}

/// An EDTF date or interval, levels 0 and 1 with `X` for unknown digits.
fn is_date(value: &str) -> bool {
    match value.split_once('/') {
        Some((from, to)) => {
            let open = |edge: &str| edge == ".." || is_day(edge);
            // Of two whole dates the text is in the order of time.
            let is_whole = |edge: &str| edge.len() == 10 && !edge.contains('X');
            let is_turned = is_whole(from) && is_whole(to) && from > to;
            open(from) && open(to) && !(from == ".." && to == "..") && !is_turned
        }
        None => is_day(value),
    }
}

/// `2021`, `2021-12`, `2021-12-18`, `2015-22` (a season), `XXXX-06`, each with `~`, `?` or
/// `%` after it.
fn is_day(text: &str) -> bool {
    let text = text.strip_suffix(['~', '?', '%']).unwrap_or(text);
    let mut parts = text.split('-');
    let year = parts.next().is_some_and(|part| is_part(part, 4, 0..=9999));
    // 21 to 41 are seasons, quarters and halves (ISO 8601-2, sub-year groupings).
    let month = parts.next().map(|part| (part, is_part(part, 2, 1..=12)));
    let day = parts.next().map(|part| is_part(part, 2, 1..=31));
    if !year || parts.next().is_some() {
        return false;
    }
    match (month, day) {
        (None, _) => true,
        (Some((part, plain)), None) => plain || is_part(part, 2, 21..=41),
        (Some((_, plain)), Some(day)) => plain && day && is_on_the_calendar(text),
    }
}

/// Whether a day with all its digits known exists; one with unknown digits may.
fn is_on_the_calendar(text: &str) -> bool {
    text.contains('X') || text.parse::<jiff::civil::Date>().is_ok()
}

/// So many digits within bounds, or with some of them `X`.
fn is_part(part: &str, len: usize, bounds: std::ops::RangeInclusive<u32>) -> bool {
    part.len() == len
        && part.bytes().all(|byte| byte.is_ascii_digit() || byte == b'X')
        && (part.contains('X') || part.parse().is_ok_and(|number| bounds.contains(&number)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(kind: &ValueKind, accepted: &[&str], refused: &[&str]) {
        for value in accepted {
            assert!(kind.accepts(value), "{value} is one");
        }
        for value in refused {
            assert!(!kind.accepts(value), "{value} is none");
        }
    }

    #[test]
    fn counts_are_numbers_with_bounds() {
        check(
            &ValueKind::Count,
            &["12", ">3500", ">=3", "<50", "<=50", "~10", "30..40", "1.5"],
            &["", "12 شخصا", "١٢", ">", "..", "3..", "1.", "-4", "~>3", "40..30"],
        );
    }

    #[test]
    fn dates_are_edtf() {
        check(
            &ValueKind::Date,
            &[
                "2021-12-18",
                "2022-06",
                "2015",
                "XXXX",
                "XXXX-06",
                "2024-01-29/2024-01-30",
                "2015-22",
                "2024-33",
                "2021-12-18~",
                "2021/..",
                "199X",
            ],
            &[
                "",
                "18-12-2021",
                "2021-13",
                "2021-12-32",
                "2021-22-01",
                "../..",
                "2021-1",
                "2021-02-30",
                "2024-01-30/2024-01-29",
                "أمس",
            ],
        );
    }

    #[test]
    fn a_choice_is_one_of_its_list() {
        let kind = ValueKind::Choice(vec!["نعم".to_owned(), "لا".to_owned()]);
        check(&kind, &["نعم"], &["ربما", ""]);
    }
}
