//! What is found, what is not, and how fast.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;
use crate::arabic::word::words;

/// `expected` is the text with the places found in brackets.
#[track_caller]
fn check(needle: &str, expected: &str) {
    let text = expected.replace(['[', ']'], "");
    let needle = Needle::of_words(needle).unwrap();
    assert_eq!(bracketed(&text, needle.find_in(&text)), expected);
}

fn bracketed(text: &str, found: Vec<TextRange>) -> String {
    let mut out = text.to_owned();
    for range in found.into_iter().rev() {
        out.insert(range.end().to_usize(), ']');
        out.insert(range.start().to_usize(), '[');
    }
    out
}

#[test]
fn a_name_is_found_behind_its_clitics_and_not_inside_a_word() {
    check(
        "فاس",
        "[فاس]، و[فاس] وب[فاس] ثم ب[فاس] ل[فاس] #أمن_[فاس] «[فاس]»، لا فاسد ولا فاسي ولا نفاس",
    );
    check("سلا", "ب[سلا] لا كسلا ولا سلام");
    check("جدة", "ب[جدة] لا وجدة، ثم ل[جدة]");
    check("لندن", "ل[لندن] و[لندن] لا لندني");
    check("ركان", "بركان");
}

#[test]
fn the_article_is_found_where_the_writing_has_swallowed_it() {
    check("الشرطة", "[الشرطة] و[الشرطة] ب[الشرطة] ل[لشرطة] ول[لشرطة] لا شرطة ولا لشرطة");
    check("اللجنة", "[اللجنة] ل[لجنة] و[اللجنة] لا لجنة");
    check("الشرطة الإسبانية", "ل[لشرطة الاسبانية] و[الشرطة\u{A0} الإسبانيّة]");
    check("شرطة", "[شرطة] ل[شرطة] و[شرطة] لا للشرطة ولا الشرطة ولا شرطته");
}

#[test]
fn spelling_does_not_matter() {
    check("أكادير", "[اكادير] و[أگادير] ب[أَكَادِيرَ] [أكـاديرـ]");
    check("آسفي", "[اسفى] ب[آسفي]");
    check("2021", "[2021] [٢٠٢١]");
    check("tetouan", "[Tétouan] [TETOUAN] Tetouane");
}

#[test]
fn several_words_stand_on_one_line() {
    check(
        "الدار البيضاء",
        "ب[الدار البيضاء] #[الدار_البيضاء] [الدار  البيضاء]، لا الدار\nالبيضاء ولا الدار، البيضاء",
    );
    check("بني ملال", "وب[بني ملال]");
    check("DGSN MAROC", "@[DGSN_MAROC]");
}

#[test]
fn numbers_are_found_whole() {
    check("12", "[12] و[12] ([12]) لا 120 ولا 1,200 ولا 12.5 ولا 12/05/2024 ولا 312");
    check("200", "1,200 [200]");
    check("maroc", "https://example.com/maroc [Maroc]");
}

#[test]
fn a_span_finds_the_others_and_not_itself() {
    let text = "أعلنت الشرطة، وقال مصدر للشرطة إن شرطة أخرى";
    for (span, start, expected) in
        [("الشرطة", text.find("الشرطة"), "لشرطة"), ("لشرطة", text.rfind("لشرطة"), "الشرطة")]
    {
        let start = start.unwrap();
        let found = occurrences(text, TextRange::of(start..start + span.len()));
        assert_eq!(found.iter().map(|it| &text[it.to_range()]).collect::<Vec<_>>(), [expected]);
    }
    let nothing = TextRange::of(0..0);
    assert!(occurrences(text, nothing).is_empty() && Needle::of_words(" \u{64B}").is_none());
}

#[test]
fn a_span_that_cuts_through_a_word_is_found_inside_words() {
    let text = "مغربي ومغربية والمغرب";
    let range = TextRange::of(0..8);
    assert_eq!(bracketed(text, occurrences(text, range)), "مغربي و[مغرب]ية والمغرب");
}

#[test]
fn a_large_collection_is_searched_fast() {
    let article =
        "قالت السلطات في مدينة الناظور إن 12 شخصا أوقفوا يوم الثلاثاء قرب مليلية. ".repeat(45);
    let needle = Needle::of_words("الشرطة الوطنية").unwrap();
    let start = Instant::now();
    let found: usize = (0..1_000).map(|_| needle.find_in(&article).len()).sum();
    let took = start.elapsed();
    assert_eq!(found, 0);
    if !cfg!(debug_assertions) {
        assert!(took < Duration::from_millis(500), "{took:?} for {} KB", article.len());
    }
}

proptest! {
    #[test]
    fn every_word_is_found_where_it_stands(
        pieces in prop::collection::vec(prop::sample::select(vec![
            "فاس", "الشرطة", "للشرطة", "و", "ب", "12", ",", " ", " ", "\n", "_", "#", "Al", "-", "\u{64E}", "\u{640}",
            "\u{200F}", "لل", "ال", "كان", "ﻻ",
        ]), 0..16)
    ) {
        let text = pieces.concat();
        for word in words(&text) {
            let Some(needle) = Needle::new(&text, word) else { continue };
            let found = needle.find_in(&text);
            let is_found = found.iter().any(|it| it.overlaps(word));
            prop_assert!(is_found, "{:?} in {text:?}: {found:?}", &text[word.to_range()]);
            for hit in found {
                let again = Needle::new(&text, hit).unwrap();
                prop_assert_eq!(again.may_be_in(&fold(&text)), true);
            }
        }
    }
}
