//! What folds to what, and that the way back is right.

use proptest::prelude::*;

use super::*;
use crate::text::{next_boundary, widen};

#[track_caller]
fn check(spellings: &[&str], folded: &str) {
    for spelling in spellings {
        assert_eq!(fold(spelling), folded, "{spelling}");
        assert_eq!(Folded::new(spelling).text(), folded, "{spelling}, with the way back");
    }
}

#[test]
fn spellings_of_one_word_fold_to_the_same() {
    check(&["وكالة", "وَكَالَةٌ", "وكـــالة", "وكال\u{200F}ة", "وكالہ", "ﻭﻛﺎﻟﺔ", "وڪالة"], "وكاله");
    check(&["أكادير", "اكادير", "أگادير", "ڭادير".replace('ڭ', "أڭ").as_str()], "اكادير");
    check(&["آسفي", "اسفي", "ا\u{653}سفى", "آسفی"], "اسفي");
    check(&["مؤسسة", "موسسه", "مو\u{654}سسة"], "موسسه");
    check(&["هيئة", "هييه", "هي\u{654}ية"], "هييه");
    check(&["لا إله", "ﻻ ٳله"], "لا اله");
    check(&["الله", "ﷲ", "اللّٰه"], "الله");
    check(&["ﷺ"], "صلي الله عليه وسلم");
    check(&["Tétouan", "Te\u{301}touan", "TETOUAN", "Ｔetouan"], "tetouan");
    check(&["Œuvre", "ŒUVRE"], "oeuvre");
    check(&["پاريس", "باريس"], "باريس");
    check(&["جزء", "جُزْء"], "جزء");
}

#[test]
fn numbers_fold_to_western_digits() {
    check(&["2021", "٢٠٢١", "۲۰۲۱"], "2021");
    check(&["3,500.5", "٣٬٥٠٠٫٥"], "3,500.5");
    check(&["45%", "٤٥٪"], "45%");
}

#[test]
fn spaces_and_signs_fold_to_those_of_ascii() {
    check(&["قرب فاس", "قرب\u{A0}فاس", "قرب \u{200F}\t فاس"], "قرب فاس");
    check(&["قرب\nفاس", "قرب\r\nفاس", "قرب\n\n\r\nفاس", "قرب\u{2028}فاس"], "قرب\nفاس");
    check(&["\"لا\"، قال؛ لم؟", "«لا»، قال؛ لم؟", "“لا”, قال; لم?"], "\"لا\", قال; لم?");
    check(&["المغربي-الإسباني", "المغربي–الاسباني"], "المغربي-الاسباني");
}

#[test]
fn different_words_stay_different() {
    for (a, b) in
        [("فاس", "فاسد"), ("قرى", "قراء"), ("سلا", "سلاء"), ("12", "120"), ("a b", "ab")]
    {
        assert_ne!(fold(a), fold(b));
    }
}

#[test]
fn fold_into_appends() {
    let mut out = "قبل ".to_owned();
    fold_into(" بعد", &mut out);
    assert_eq!(out, "قبل  بعد", "what stands there is not part of the run of spaces");
}

/// `piece` of the folded text comes from `origin`.
#[track_caller]
fn check_origin(text: &str, piece: &str, origin: &str) {
    let folded = Folded::new(text);
    let start = folded.text().find(piece).unwrap();
    let range = FoldedOffset::at(start)..FoldedOffset::at(start + piece.len());
    let found = folded.origin(range.clone());
    assert_eq!(&text[found.to_range()], origin, "{text}");
    let back = folded.folded(found);
    assert!(back.start <= range.start && range.end <= back.end, "{back:?} covers {range:?}");
}

#[test]
fn the_way_back_leads_to_whole_letters() {
    check_origin("قرب فَاسَ أمس", "فاس", "فَاسَ");
    check_origin("قرب فـاسـ أمس", "فاس", "فـاسـ");
    check_origin("(\u{200F}فاس\u{200F})", "فاس", "فاس");
    check_origin("ف\u{200F}اس", "فاس", "ف\u{200F}اس");
    check_origin("قرب \u{A0} فاس", " ", " \u{A0} ");
    check_origin("لاﻻلا", "الال", "اﻻل");
    check_origin("سنة ٢٠٢١م", "21", "٢١");
    check_origin("👨\u{200D}👩\u{200D}👧 ب", "👩", "👨\u{200D}👩\u{200D}👧");
    check_origin("Te\u{301}touan", "e", "e\u{301}");
    check_origin("رسول الله ﷺ قال", "عليه", "ﷺ");
}

#[test]
fn an_empty_range_comes_from_an_empty_range() {
    let folded = Folded::new("فَا\u{200F}");
    let at = |bytes| folded.origin(FoldedOffset::at(bytes)..FoldedOffset::at(bytes));
    assert_eq!([at(0), at(2), at(4)], [0, 4, 6].map(|at| TextRange::of(at..at)));
    let nothing = Folded::new("\u{200F}");
    assert_eq!(nothing.text(), "");
    assert!(nothing.origin(FoldedOffset::at(0)..FoldedOffset::at(9)).is_empty());
}

#[test]
fn a_span_behind_the_preposition_lam_folds_with_its_article() {
    let cases = [
        ("قال للشرطة الإسبانية", "لشرطة الإسبانية", "الشرطه الاسبانيه"),
        ("وللشرطة", "لشرطة", "الشرطه"),
        ("«لِلشرطة»", "لشرطة", "الشرطه"),
        ("وصل للندن", "لندن", "لندن"),
        ("تابع للجنة الوطنية", "لجنة الوطنية", "اللجنه الوطنيه"),
        ("قال الشرطة", "الشرطة", "الشرطه"),
        ("وصل لندن", "لندن", "لندن"),
        ("بللشرطة", "لشرطة", "لشرطه"),
        ("أمل لشرطة", "لشرطة", "لشرطه"),
    ];
    for (text, span, folded) in cases {
        let start = text.rfind(span).unwrap();
        let range = TextRange::of(start..start + span.len());
        assert_eq!(fold_span(text, range), folded, "{text}");
    }
}

/// Mixed text with all that folding has a rule for.
fn mixed() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => prop::sample::select(
            "ابتثجحخدذرزسشصضطظعغفقكلمنهويأإآٱىةئؤءکگپیہ".chars().collect::<Vec<_>>()
        ),
        2 => prop::sample::select("\u{64B}\u{64E}\u{651}\u{654}\u{653}\u{670}\u{6E5}\u{301}\u{FE0F}\u{93F}\u{730}".chars().collect::<Vec<_>>()),
        2 => prop::sample::select("\u{640}\u{200C}\u{200D}\u{200E}\u{200F}\u{61C}\u{202B}\u{202C}\u{FEFF}\u{AD}".chars().collect::<Vec<_>>()),
        2 => prop::sample::select(" \u{A0}\n\r\t\u{2003}\u{2028}".chars().collect::<Vec<_>>()),
        2 => prop::sample::select("0٠9٩۹,٫٬.،؛؟٪-–«»“#@_\u{600}\u{6DD}".chars().collect::<Vec<_>>()),
        1 => prop::sample::select("ﻻﷲﺔﷺﹱﹶﱞａＺéßŒİжΣ漢한가🙂👨👩🇲🇦©".chars().collect::<Vec<_>>()),
        1 => any::<char>(),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|chars| chars.into_iter().collect())
}

proptest! {
    #[test]
    fn folding_twice_is_folding_once(text in mixed()) {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once);
    }

    #[test]
    fn both_ways_of_folding_agree(text in mixed()) {
        let folded = Folded::new(&text);
        prop_assert_eq!(folded.text(), fold(&text));
    }

    #[test]
    fn the_origin_of_every_folded_substring_is_right(text in mixed()) {
        let folded = Folded::new(&text);
        let edges: Vec<usize> =
            folded.text().char_indices().map(|(at, _)| at).chain([folded.text().len()]).collect();
        for (number, start) in edges.iter().copied().enumerate() {
            for end in edges[number..].iter().copied() {
                let range = FoldedOffset::at(start)..FoldedOffset::at(end);
                let origin = folded.origin(range.clone());
                prop_assert_eq!(widen(&text, origin), origin, "whole letters");
                if start == end {
                    prop_assert!(origin.is_empty());
                    continue;
                }
                // Folding it again gives the piece, and more only where a letter that folds to
                // several was cut.
                let again = fold(&text[origin.to_range()]);
                let back = folded.folded(origin);
                prop_assert_eq!(&again, &folded.text()[back.start.to_usize()..back.end.to_usize()]);
                prop_assert!(back.start <= range.start && range.end <= back.end);
                let letter = |at| folded.origin(FoldedOffset::at(at)..FoldedOffset::at(at + 1));
                prop_assert_eq!(letter(start).start(), origin.start());
                prop_assert_eq!(letter(end - 1).end(), origin.end());
                if back.start < range.start {
                    prop_assert_eq!(letter(back.start.to_usize()), letter(start));
                }
                if range.end < back.end {
                    prop_assert_eq!(letter(back.end.to_usize() - 1), letter(end - 1));
                }
            }
        }
        // Letters come in order and do not overlap.
        let letters: Vec<TextRange> = edges.windows(2)
            .map(|pair| folded.origin(FoldedOffset::at(pair[0])..FoldedOffset::at(pair[1])))
            .collect();
        for pair in letters.windows(2) {
            prop_assert!(pair[0] == pair[1] || pair[0].end() <= pair[1].start());
        }
    }

    #[test]
    fn every_letter_of_the_text_finds_its_fold(text in mixed()) {
        let folded = Folded::new(&text);
        let mut at = Offset::ZERO;
        while at < Offset::end_of(&text) {
            let letter = TextRange::between(at, next_boundary(&text, at));
            let range = folded.folded(letter);
            let slice = &folded.text()[range.start.to_usize()..range.end.to_usize()];
            let alone = fold(&text[letter.to_range()]);
            // A space may be the run's, and a lone tatweel its neighbor's.
            prop_assert!(slice.contains(alone.trim_matches([' ', '\n'])), "{slice:?} {alone:?}");
            at = letter.end();
        }
    }
}
