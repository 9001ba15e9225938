//! What is found is what a search in the folded text finds.

use proptest::prelude::*;

use super::pattern::is_whole;
use super::{Finder, Kind, Options};
use crate::arabic::{Folded, FoldedOffset, fold};
use crate::text::{TextRange, is_boundary};

/// The definition: fold the text, find the folded pattern in it, and go back.
fn by_definition(text: &str, pattern: &str, whole_words: bool) -> Vec<TextRange> {
    let (folded, needle) = (Folded::new(text), fold(pattern));
    let mut found = Vec::new();
    let mut taken = 0;
    let mut from = 0;
    while let Some(at) = folded.text()[from..].find(&needle) {
        let start = from + at;
        from = start + folded.text()[start..].chars().next().unwrap().len_utf8();
        let range = FoldedOffset::at(start)..FoldedOffset::at(start + needle.len());
        let range = folded.origin(range);
        let (start, end) = (range.start().to_usize(), range.end().to_usize());
        if start >= taken && (!whole_words || is_whole(text.as_bytes(), start, end)) {
            taken = end;
            found.push(range);
        }
    }
    found
}

/// Letters in which folding has something to do, close together.
const LETTERS: &str = "[اأإآبتةهلنيىئوؤء ـَُِّْٰ\u{200F}\u{200C}\u{200D}٠١2۳ﻻﻼﷲﷺلالهaAéßĲ\
    \u{301}\u{654}👩🏽\n\r\u{A0}\u{600}\u{6DD}،,«\"…گکی한각\u{1160}]{0,24}";

/// The same without presentation forms.
const PLAIN: &str = "[اأإآبتةهلنيىئوؤء ـَُِّْٰ\u{200F}\u{200C}٠١2۳لالهaAé\u{301}\u{654}👩\n\r\u{A0}\
    \u{600}،,گکی]{0,24}";

/// Some characters of a text, if it has any.
fn part(text: &str, start: usize, len: usize) -> String {
    text.chars().skip(start % text.chars().count().max(1)).take(len).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, ..ProptestConfig::default() })]

    #[test]
    fn folded_patterns_are_found_where_the_folded_text_has_them(
        text in prop_oneof![LETTERS, PLAIN],
        other in "[اأبةهلني َ1ﻻ\n]{1,3}",
        start in 0..24_usize,
        len in 1..6_usize,
        whole_words: bool,
        is_own: bool,
    ) {
        let pattern = if is_own { part(&text, start, len) } else { other };
        let options = Options { kind: Kind::Folded, whole_words };
        if fold(&pattern).is_empty() {
            return Ok(());
        }
        let finder = Finder::new(&pattern, options).unwrap();
        let found = finder.all(&text);
        prop_assert_eq!(&found, &by_definition(&text, &pattern, whole_words), "{:?}", pattern);
        for range in &found {
            prop_assert!(is_boundary(&text, range.start()) && is_boundary(&text, range.end()));
        }
        prop_assert_eq!(finder.count(text.as_bytes()), found.len());
        prop_assert_eq!(finder.is_in(&text), !found.is_empty());
        prop_assert!(found.is_empty() || finder.may_be_in(text.as_bytes()));
    }

    #[test]
    fn exact_patterns_are_found_as_they_are(text in LETTERS, start in 0..24_usize, len in 1..4_usize) {
        let pattern = part(&text, start, len);
        if pattern.is_empty() {
            return Ok(());
        }
        let options = Options { kind: Kind::Exact, whole_words: false };
        let found = Finder::new(&pattern, options).unwrap().all(&text);
        prop_assert!(!found.is_empty());
        for range in &found {
            prop_assert!(text[range.to_range()].contains(&pattern));
            prop_assert!(is_boundary(&text, range.start()) && is_boundary(&text, range.end()));
        }
    }
}

#[track_caller]
fn check((kind, whole_words): (Kind, bool), pattern: &str, text: &str, expected: &[&str]) {
    let finder = Finder::new(pattern, Options { kind, whole_words }).unwrap();
    let found: Vec<_> =
        finder.all(text).into_iter().map(|range| &text[range.to_range()]).collect();
    assert_eq!(found, expected, "{pattern}");
}

#[test]
fn spelling_does_not_count_where_it_is_folded() {
    let text = "زار أحمدُ مَدِينَةَ الدّار البيضاء، وأحـمـد في مدينه فاس ﻷنّه";
    check((Kind::Folded, false), "احمد", text, &["أحمدُ", "أحـمـد"]);
    check((Kind::Folded, false), "مدينة", text, &["مَدِينَةَ", "مدينه"]);
    check((Kind::Folded, false), "الدار  البيضاء", text, &["الدّار البيضاء"]);
    check((Kind::Folded, false), "لان", text, &["ﻷنّ"]);
    check((Kind::Folded, true), "احمد", text, &["أحمدُ"]);
    check((Kind::Exact, false), "احمد", text, &[]);
    check((Kind::Exact, false), "أحمد", text, &["أحمدُ"]);
}

#[test]
fn expressions_are_found_line_by_line_and_never_empty() {
    let text = "أوقفت 12 شخصا\nو7 آخرين";
    check((Kind::Regex, false), r"\d+", text, &["12", "7"]);
    check((Kind::Regex, false), r"^و?\d*", text, &["و7"]);
    check((Kind::Regex, false), r"\p{Arabic}+$", text, &["شخصا", "آخرين"]);
    check((Kind::Regex, true), r"\d+", text, &["12"]);
}

#[test]
fn a_whole_word_is_touched_by_no_letter() {
    check(
        (Kind::Folded, true),
        "فاس",
        "فاس وفاس فاسد فاسَ #أمن_فاس فاسـ \"فاس\"",
        &["فاس", "فاسَ", "فاس", "فاسـ", "فاس"],
    );
    check((Kind::Folded, true), "فاس فاس", "xفاس فاس فاس", &["فاس فاس"]);
}

#[test]
fn what_cannot_be_found_is_said_with_its_place() {
    let wrong = |kind, pattern: &str| {
        Finder::new(pattern, Options { kind, whole_words: false }).unwrap_err()
    };
    assert_eq!(wrong(Kind::Regex, "فاس(").place, TextRange::of(6..7));
    assert_eq!(wrong(Kind::Regex, r"a\q").place, TextRange::of(1..3));
    assert!(wrong(Kind::Regex, r"(\w{100}){100}").what.en.contains("too large"));
    assert_eq!(wrong(Kind::Folded, "\u{64E}").place, TextRange::of(0..2));
    assert!(wrong(Kind::Folded, &"فاس ".repeat(200)).what.en.contains("longer"));
}
