//! Numbers, spelled and read back.

use super::*;
use crate::arabic::fold;

/// Items of a folded text: words and digits by spaces, signs between digits by themselves.
fn items(text: &str) -> Vec<(char, String)> {
    let mut items: Vec<(char, String)> = Vec::new();
    for word in fold(text).split(' ') {
        let mut is_new = true;
        for c in word.chars() {
            let kind = match c {
                '0'..='9' => 'd',
                '.' | ',' | '/' | '-' => 'j',
                _ => 'w',
            };
            match items.last_mut() {
                Some((last, item)) if *last == kind && !is_new => item.push(c),
                _ => items.push((kind, c.to_string())),
            }
            is_new = false;
        }
    }
    items
}

fn parse(text: &str) -> Option<Number> {
    let items = items(text);
    parse_number(|at| {
        let (kind, item) = items.get(at)?;
        Some(match kind {
            'd' => Item::Digits(item),
            'j' => Item::Joint(item.chars().next()?),
            _ => Item::Word(item),
        })
    })
}

fn value(text: &str) -> String {
    parse(text).map_or_else(String::new, |number| number.value.to_string())
}

const FORMS: [(Gender, Case); 4] = [
    (Gender::Masculine, Case::Nominative),
    (Gender::Masculine, Case::Oblique),
    (Gender::Feminine, Case::Nominative),
    (Gender::Feminine, Case::Oblique),
];

#[track_caller]
fn there_and_back(number: u64) {
    for (gender, case) in FORMS {
        let words = spell(number, gender, case);
        let found = parse(&words);
        assert_eq!(
            found.and_then(|found| found.value.to_whole()),
            Some(number),
            "{number}: {words}"
        );
        assert_eq!(
            found.map(|found| found.num_items),
            Some(words.split(' ').count()),
            "{number}: {words}"
        );
    }
}

#[test]
fn every_number_is_read_as_it_is_spelled() {
    // In a debug build every seventh one: the numbers below are all of them there.
    let step = if cfg!(debug_assertions) { 7 } else { 1 };
    (1..=20_000).for_each(there_and_back);
    (20_000..=1_000_000).step_by(step).for_each(there_and_back);
}

#[test]
fn numbers_up_to_a_million_millions_are_read_as_they_are_spelled() {
    let mut number: u64 = 1;
    for _ in 0..20_000 {
        // Any spread over the powers of ten will do.
        number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695);
        let power = 6 + (number >> 60) % 7;
        there_and_back(1 + (number >> 8) % 10_u64.pow(u32::try_from(power).unwrap()));
    }
    for number in [1_000_000_000_000, 2_000_000_000, 3_000_000_000_000, 11_000_000, 200_000_000]
    {
        there_and_back(number);
    }
}

#[test]
fn what_newspapers_write_is_read() {
    for (text, expected) in [
        ("اثني عشر", "12"),
        ("إثنتا عشرة", "12"),
        ("ثلاثمائة", "300"),
        ("ثلاث مئة وخمسة وعشرون", "325"),
        ("مائتا ألف", "200000"),
        ("ألفان وأربعمائة", "2400"),
        ("ألفي", "2000"),
        ("3 ملايين و696 ألف و275", "3696275"),
        ("3 ملايين و 696 ألفا", "3696000"),
        ("3.500", "3500"),
        ("3,500", "3500"),
        ("٣٬٥٠٠", "3500"),
        ("1.234.567", "1234567"),
        ("45,6", "45.6"),
        ("1,234.5", "1234.5"),
        ("2.5 مليون", "2500000"),
        ("مليونين ونصف", "2500000"),
        ("مليون ونصف المليون", "1500000"),
        ("ثلاثة أرباع المليون", "750000"),
        ("ثلاثا وعشرين", "23"),
        ("نصف مليون", "500000"),
        ("ربع مليون", "250000"),
        ("عشرات", "10"),
        ("مئات الآلاف", "100000"),
        ("عشرات الآلاف", "10000"),
        ("الألفين", "2000"),
        ("مئة وعشرين ألفا", "120000"),
        ("خمسة آلاف مليار", "5000"),
    ] {
        assert_eq!(value(text), expected, "{text}");
    }
}

#[test]
fn all_words_of_a_number_are_taken() {
    for (text, num_items) in [
        ("مليونا ونصف المليون شخص", 3),
        ("ثلاثة أرباع المليون تلقوا", 3),
        ("نصف مليون درهم", 2),
        ("3 ملايين و696 ألف و275 شخصا", 7),
    ] {
        let items = items(text).len().min(num_items);
        assert_eq!(parse(text).map(|number| number.num_items), Some(items), "{text}");
    }
}

#[test]
fn a_number_ends_where_the_next_one_begins() {
    for (text, num_items) in [
        ("خمسة وعشرة", 1),
        ("عشرون وثلاثة", 1),
        ("ثلاثة أربعة", 1),
        ("مئة مئة", 1),
        ("12 15", 1),
        ("ثلاثة أشخاص وأربعة", 1),
        ("ألف وألف", 1),
        ("عشرة عشرة", 1),
    ] {
        assert_eq!(parse(text).map(|number| number.num_items), Some(num_items), "{text}");
    }
    for text in ["12/05/2024", "كتاب", "وثلاثة", "أحدهم", "0.5.6"] {
        let found = parse(text).filter(|number| number.num_items > 1);
        assert_eq!(found, None, "{text}");
    }
}
