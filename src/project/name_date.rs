//! A date in a file's name.

use jiff::civil::Date;

use crate::lang::{Explain, Message, isolated};

/// A pattern such as `%Y-%m-%d`, to be found anywhere in a name.
///
/// `%Y` is a year of four digits, `%m` and `%d` are month and day of two, `%%` is `%`, and
/// everything else stands for itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameDate {
    parts: Vec<Part>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Year,
    Month,
    Day,
    Letter(char),
}

/// Why a text is no pattern of a date.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidNameDate {
    /// A letter after `%` that means nothing.
    #[error("`%{0}` is none of %Y, %m, %d and %%")]
    UnknownPart(String),
    /// Parts that make no date.
    #[error("a date has one %Y, at most one %m, and a %d only with it")]
    NoDate,
}

impl Explain for InvalidNameDate {
    fn explain(&self) -> Message {
        let ar = match self {
            Self::UnknownPart(letter) => {
                format!("{} ليس من {}", isolated(format!("%{letter}")), isolated("%Y %m %d %%"))
            }
            Self::NoDate => format!(
                "في التاريخ {} مرة واحدة، و{} مرة على الأكثر، و{} معه وحده",
                isolated("%Y"),
                isolated("%m"),
                isolated("%d")
            ),
        };
        Message::new(ar, self.to_string())
    }
}

impl NameDate {
    /// Reads a pattern.
    ///
    /// # Errors
    ///
    /// If a `%` is followed by another letter, or the parts make no date.
    pub fn parse(pattern: &str) -> Result<Self, InvalidNameDate> {
        let mut parts = Vec::new();
        let mut letters = pattern.chars();
        while let Some(letter) = letters.next() {
            parts.push(match (letter, (letter == '%').then(|| letters.next()).flatten()) {
                ('%', Some('Y')) => Part::Year,
                ('%', Some('m')) => Part::Month,
                ('%', Some('d')) => Part::Day,
                ('%', Some('%')) => Part::Letter('%'),
                ('%', other) => {
                    let other = other.map(String::from).unwrap_or_default();
                    return Err(InvalidNameDate::UnknownPart(other));
                }
                (letter, _) => Part::Letter(letter),
            });
        }
        let count = |part| parts.iter().filter(|other| **other == part).count();
        match (count(Part::Year), count(Part::Month), count(Part::Day)) {
            (1, 1, 0 | 1) | (1, 0, 0) => Ok(Self { parts }),
            _ => Err(InvalidNameDate::NoDate),
        }
    }

    /// The first date of this form in `name`, as `2024-01-30`, `2024-01` or `2024`.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<String> {
        let letters: Vec<char> = name.chars().collect();
        (0..letters.len()).find_map(|start| {
            let before = start.checked_sub(1).and_then(|at| letters.get(at));
            self.at(letters.get(start..)?, before.copied())
        })
    }

    /// The date with which `letters` begin, `before` standing before them.
    fn at(&self, letters: &[char], before: Option<char>) -> Option<String> {
        let (mut year, mut month, mut day) = (None, None, None);
        let mut rest = letters;
        for part in &self.parts {
            let (field, digits) = match part {
                Part::Letter(letter) => {
                    rest = rest.strip_prefix(&[*letter])?;
                    continue;
                }
                Part::Year => (&mut year, 4),
                Part::Month => (&mut month, 2),
                Part::Day => (&mut day, 2),
            };
            let (number, after) = rest.split_at_checked(digits)?;
            *field = Some(number.iter().try_fold(0_i16, |sum, digit| {
                Some(sum * 10 + i16::try_from(digit.to_digit(10)?).ok()?)
            })?);
            rest = after;
        }
        // Four digits out of a longer number are no year.
        let is_digit = |letter: Option<&char>| letter.is_some_and(char::is_ascii_digit);
        let starts_in = is_digit(before.as_ref()) && is_digit(letters.first());
        let ends_in = is_digit(rest.first())
            && letters.get(..letters.len() - rest.len()).is_some_and(|m| is_digit(m.last()));
        if starts_in || ends_in {
            return None;
        }
        let (year, small) = (year?, |part: Option<i16>| i8::try_from(part.unwrap_or(1)).ok());
        Date::new(year, small(month)?, small(day)?).ok()?;
        Some(match (month, day) {
            (Some(month), Some(day)) => format!("{year:04}-{month:02}-{day:02}"),
            (Some(month), None) => format!("{year:04}-{month:02}"),
            (None, _) => format!("{year:04}"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, name: &str, date: Option<&str>) {
        let found = NameDate::parse(pattern).unwrap().find(name);
        assert_eq!(found.as_deref(), date);
    }

    #[test]
    fn a_date_is_found_anywhere() {
        check("%Y-%m-%d", "خبر-2024-01-30.txt", Some("2024-01-30"));
        check("%Y%m%d", "a_20240130_8d06fa1c4c5afd43.txt", Some("2024-01-30"));
        check("%d.%m.%Y", "30.01.2024", Some("2024-01-30"));
        check("v%Y-%m", "2023-01 v2024-02", Some("2024-02"));
        check("%Y", "100% 2024", Some("2024"));
        check("%%%Y", "1999 %2024", Some("2024"));
    }

    #[test]
    fn what_is_no_date_is_passed_over() {
        check("%Y-%m-%d", "2024-02-30 2024-03-01", Some("2024-03-01"));
        check("%Y-%m-%d", "12024-01-305", None);
        check("%Y%m%d", "1202401305", None);
        check("%Y-%m-%d", "٢٠٢٤-٠١-٣٠", None);
        check("%Y", "", None);
    }

    #[test]
    fn a_pattern_must_make_a_date() {
        for wrong in ["", "%d", "%Y%d", "%m-%d", "%Y%Y", "%y", "%Y-%", "2024"] {
            assert!(NameDate::parse(wrong).is_err(), "{wrong}");
        }
    }
}
