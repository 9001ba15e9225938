//! Which words a text has, wherever it is asked.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;

/// `expected` holds the words, with `|` between them.
#[track_caller]
fn check(text: &str, expected: &str) {
    let found: Vec<&str> = words(text).map(|word| &text[word.to_range()]).collect();
    assert_eq!(found.join("|"), expected, "{text}");
}

#[test]
fn signs_cut_words() {
    check("#الدار_البيضاء", "الدار|البيضاء");
    check("@DGSN_MAROC قال", "DGSN|MAROC|قال");
    check("«فاس»، (سلا) \"تازة\"؛ وجدة؟", "فاس|سلا|تازة|وجدة");
    check("18 ديسمبر/كانون", "18|ديسمبر|كانون");
    check("المغربي-الإسباني", "المغربي|الإسباني");
    check("ب'القاعدة'", "ب|القاعدة");
    check("فاس..صور", "فاس|صور");
    check("انتهى.وقال", "انتهى|وقال");
    check("— فاس…", "فاس");
}

#[test]
fn numbers_are_whole() {
    check("3,500 و1.200.000 و٣٬٥٠٠٫٥", "3,500|و|1.200.000|و|٣٬٥٠٠٫٥");
    check("و45.6٪ و45%", "و|45.6|و|45");
    check("12/05/2024، 2024-01-30؛ 1.2.2024.", "12/05/2024|2024-01-30|1.2.2024");
    check("بين 2002-2015", "بين|2002|2015");
    check("2002،2003 و12،5", "2002|2003|و|12،5");
    check("الساعة 10:30", "الساعة|10:30");
    check("45كلم", "45|كلم");
    check("انتهى عام 2020.", "انتهى|عام|2020");
}

#[test]
fn abbreviations_and_links_are_one_word() {
    check("قالت أ.ف.ب. أمس", "قالت|أ.ف.ب|أمس");
    check("د.محمد", "د|محمد");
    check("(https://example.com/a_b?c=1). تابع", "https://example.com/a_b?c=1|تابع");
    check(
        "https://example.org/wiki/فاس_(مدينة)، هنا",
        "https://example.org/wiki/فاس_(مدينة)|هنا",
    );
    check("صورhttps://example.com/abcقرب", "صور|https://example.com/abc|قرب");
    check("pic.example.com/1aB— هنا", "pic.example.com/1aB|هنا");
    check("راسل news.desk@example.co.uk.", "راسل|news.desk@example.co.uk");
    check("www.example.com", "www.example.com");
}

#[test]
fn latin_words_keep_their_joints() {
    check("Al-Hoceima d'Or F-16 U.S.A. COVID-19", "Al-Hoceima|d'Or|F-16|U.S.A|COVID-19");
    check("طائرةF-16الجديدة", "طائرة|F-16|الجديدة");
    check("Te\u{301}touan", "Te\u{301}touan");
    check("الـDGSN", "الـ|DGSN");
    check("20kg", "20kg");
}

#[test]
fn marks_stay_inside_and_direction_outside() {
    check("كَتَبَ الـولـد", "كَتَبَ|الـولـد");
    check("\u{200F}فاس\u{200F} ف\u{200F}اس", "فاس|ف\u{200F}اس");
    check("می\u{200C}خواهم", "می\u{200C}خواهم");
    check("قال \u{64B}فاس", "قال|فاس");
}

#[test]
fn an_emoji_is_a_word() {
    check("👨\u{200D}👩\u{200D}👧فاس🇲🇦❤\u{FE0F}", "👨\u{200D}👩\u{200D}👧|فاس|🇲🇦|❤\u{FE0F}");
}

#[test]
fn a_click_finds_the_word_that_it_touches() {
    let text = "في #أمن_فاس، و45   \nقال";
    let cases = [
        ("في", "في"),
        (" #", "في"),
        ("#", "#"),
        ("أمن", "أمن"),
        ("_", "أمن"),
        ("فاس", "فاس"),
        ("،", "فاس"),
        (" و4", " "),
        ("45", "45"),
        ("5", "45"),
        ("  \n", "   "),
        ("قال", "قال"),
    ];
    for (at, expected) in cases {
        let offset = Offset::at(text.find(at).unwrap());
        let found = word_at(text, offset);
        if at == " و4" {
            assert_eq!(&text[found.to_range()], expected, "behind a sign: the space");
        } else {
            assert_eq!(&text[found.to_range()], expected, "at {at:?}");
        }
    }
    assert_eq!(word_at(text, Offset::end_of(text)), TextRange::of(text.len() - 6..text.len()));
    assert!(word_at("", Offset::ZERO).is_empty());
    assert!(word_at("\n\n", Offset::at(1)).is_empty());
}

#[test]
fn a_joined_name_is_found_from_each_of_its_words() {
    for (text, at, expected) in [
        ("في #الدار_البيضاء.", "البيضاء", "الدار_البيضاء"),
        ("في #الدار_البيضاء.", "الدار", "الدار_البيضاء"),
        ("@DGSN_MAROC", "MAROC", "DGSN_MAROC"),
        ("#أمن__فاس_ اليوم", "أمن", "أمن__فاس"),
        ("قرب فاس", "فاس", "فاس"),
    ] {
        let found = joined_at(text, Offset::at(text.find(at).unwrap()));
        assert_eq!(&text[found.to_range()], expected, "{text}");
    }
}

#[test]
fn a_long_paragraph_costs_no_more_than_a_short_one() {
    for piece in ["قالت الشرطة إن ", "قالت", "-", "漢字かな", "a.b-c/", "1,000"]
    {
        let text = piece.repeat(1_000_000 / piece.len());
        let start = Instant::now();
        for number in 0..64 {
            let offset = Offset::at(text.len() / 64 * number + 17);
            std::hint::black_box(word_at(&text, offset));
            // Where there is no word at all, one is looked for to the end.
            if piece != "-" {
                std::hint::black_box(next_word_end(&text, offset));
                std::hint::black_box(previous_word_start(&text, offset));
            }
        }
        let took = start.elapsed();
        assert!(took < Duration::from_secs(2), "{took:?} for {piece}");
    }
}

/// A text of pieces that words are cut and joined by.
fn mixed() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "فاس", "و", "أ", ".", "،", " ", "\n", "_", "#", "@", "12", "٣", "/", ":", "-", "'",
        "Al", "é", "http://", "x.com/", "\u{200F}", "\u{200D}", "\u{64E}", "\u{640}", "🇲🇦",
        "👨", "漢", "한", "\u{FE0F}", "\u{301}", "\u{6DD}", "ж", "(", ")", "%", "\u{A0}",
    ]);
    prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

/// The same, so long and with so few spaces that stretches have to be cut.
fn endless() -> impl Strategy<Value = String> {
    (mixed(), mixed(), 1..1200_usize, 1..1200_usize).prop_map(|(a, b, m, n)| {
        let close = |text: String| text.replace([' ', '\n', '\u{A0}'], "");
        [close(a).repeat(m), " ".to_owned(), close(b).repeat(n)].concat()
    })
}

fn check_laws(text: &str, step: usize) -> Result<(), TestCaseError> {
    let all: Vec<TextRange> = words(text).collect();
    let mut before = 0;
    for word in &all {
        prop_assert!(!word.is_empty() && word.start().to_usize() >= before, "in order");
        prop_assert!(
            is_boundary(text, word.start()) && is_boundary(text, word.end()),
            "{word}"
        );
        before = word.end().to_usize();
    }
    for at in (0..=text.len()).step_by(step).filter(|at| text.is_char_boundary(*at)) {
        let offset = Offset::at(at);
        let inside = all.iter().find(|word| word.contains(offset));
        let touching = all.iter().find(|word| word.end() == offset);
        let found = word_at(text, offset);
        match inside.or(touching) {
            Some(word) => prop_assert_eq!(found, *word),
            None => prop_assert!(!all.contains(&found)),
        }
        let next = all.iter().map(|word| word.end()).find(|end| *end > offset);
        prop_assert_eq!(next_word_end(text, offset), next.unwrap_or(Offset::end_of(text)));
        let previous = all.iter().map(|word| word.start()).rfind(|start| *start < offset);
        prop_assert_eq!(previous_word_start(text, offset), previous.unwrap_or(Offset::ZERO));
    }
    Ok(())
}

proptest! {
    #[test]
    fn words_are_the_same_wherever_it_is_asked(text in mixed()) {
        check_laws(&text, 1)?;
    }

    #[test]
    fn arbitrary_text_has_words_of_whole_letters(text in ".{0,20}") {
        check_laws(&text, 1)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn words_without_any_space_are_the_same_wherever_it_is_asked(text in endless()) {
        check_laws(&text, text.len() / 40 + 1)?;
    }
}
