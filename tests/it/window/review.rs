//! Suggestions are gone through: one key where they are right, two or three where they are not;
//! what was decided is kept, comes back when a step is taken back, and is not asked again.

use std::fmt::Write as _;

use tawsim::lang::{Lang, both};

use super::hands::{Home, Window};
use super::three_articles;

const TOWNS: [&str; 5] = ["طنجة", "وجدة", "الحسيمة", "تطوان", "مراكش"];

/// An article with a hundred towns, a line each.
fn hundred() -> String {
    (0..100).fold(String::new(), |mut text, at| {
        writeln!(text, "افتتح مركز جديد في {} أمام الزوار.", TOWNS[at % 5]).unwrap();
        text
    })
}

/// A window with that article alone, all suggestions of it found.
fn open(home: &Home, lang: Lang) -> Window {
    home.write("articles/towns.txt", &hundred());
    let mut window = super::imported(home, lang);
    window.wait_for(&format!("{}: طنجة", both("اقتراح", "Suggestion").get(lang)));
    window
}

/// The lines of the annotator's set file: spans, and decisions.
fn lines(home: &Home) -> (Vec<String>, Vec<String>) {
    let set = home.files("project/sets").into_iter().next();
    let text = set.map(|(_, text)| text).unwrap_or_default();
    let lines = text.lines().skip(1).map(str::to_owned);
    lines.partition(|line| !line.contains("\"kind\":\"decision\""))
}

/// Counts the keys that are pressed.
struct Keys<'a>(&'a mut Window, usize);

impl Keys<'_> {
    fn press(&mut self, chord: &str) {
        self.0.key(chord);
        self.1 += 1;
    }
}

#[test]
fn a_hundred_right_suggestions_take_a_hundred_keys() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = open(&home, lang);
        window.key("F7");
        let mut keys = Keys(&mut window, 0);
        for _ in 0..100 {
            keys.press("Enter");
        }
        assert_eq!(keys.1, 100);
        window.check_says(
            both("لم يبق اقتراح ينتظر قرارًا", "No suggestion is left to decide").get(lang),
        );
        window.close();
        let (spans, decisions) = lines(&home);
        assert_eq!((spans.len(), decisions.len()), (100, 100));
        let is_kept = |line: &String| line.contains("\"origin\":\"suggestion:rules\"");
        assert!(spans.iter().all(is_kept), "{}", spans[0]);
        assert!(decisions.iter().all(|line| line.contains("\"verdict\":\"accepted\"")));
    }
}

#[test]
fn a_hundred_of_which_twenty_are_wrong_take_at_most_160_keys() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = open(&home, lang);
        window.key("F7");
        let mut keys = Keys(&mut window, 0);
        for at in 0..100 {
            match at {
                // Another label.
                0..=6 => keys.press("2"),
                // An edge a word farther.
                7..=13 => {
                    keys.press("Ctrl+]");
                    keys.press("Enter");
                }
                // Another value.
                14..=19 => {
                    keys.press("V");
                    keys.0.key("Ctrl+A");
                    keys.0.write("مدينة");
                    keys.press("Enter");
                }
                _ => keys.press("Enter"),
            }
        }
        assert!(keys.1 <= 160, "{}", keys.1);
        assert_eq!(keys.1, 113);
        window.close();
        let (spans, decisions) = lines(&home);
        assert_eq!((spans.len(), decisions.len()), (100, 100));
        let count = |part: &str| spans.iter().filter(|line| line.contains(part)).count();
        assert_eq!(count("\"label\":\"AGENCY\""), 7);
        assert_eq!(count(" أمام\""), 7);
        assert_eq!(count("\"value\":\"مدينة\""), 6);
        // What was proposed is on record as it was.
        let proposed = decisions.iter().filter(|line| line.contains("\"label\":\"CITY\""));
        assert_eq!(proposed.count(), 100);
    }
}

#[test]
fn what_was_decided_comes_back_when_it_is_taken_back_and_is_not_asked_again() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = three_articles(&home, lang);
        let offered =
            |words: &str| format!("{}: {words}", both("اقتراح", "Suggestion").get(lang));
        window.wait_for(&offered("وجدة"));
        window.key("F7");
        let left = |window: &Window, number: usize| {
            let text = match (lang, number) {
                (Lang::En, _) => format!("{number} suggestions left"),
                (Lang::Ar, 1..=2) => "بقي: اقتراح".to_owned(),
                (Lang::Ar, _) => format!("بقي: {number} اقتراحات"),
            };
            assert!(window.says(&text), "{text}: {:?}", window.names());
        };
        let (mut total, mut text) = (0, String::new());
        for number in 3..12 {
            text = format!("{number} suggestions left");
            if window.says(&text) || window.says(&format!("بقي: {number} اقتراحات"))
            {
                total = number;
                break;
            }
        }
        assert!(total > 3, "{text}");
        // Rejected, skipped, rejected for a reason.
        window.key("Backspace");
        left(&window, total - 1);
        window.key("S");
        left(&window, total - 2);
        window.key("Ctrl+Z");
        left(&window, total - 1);
        window.key("S");
        window.key("X");
        let why = both("سبب الرفض", "Why it is wrong").get(lang);
        assert!(window.has_focus(why), "{:?}", window.names());
        window.write("ليس كذلك");
        window.key("Enter");
        assert!(window.is_in_article());
        left(&window, total - 3);
        window.close();
        let (spans, decisions) = lines(&home);
        assert_eq!((spans.len(), decisions.len()), (0, 3));
        let has = |part: &str| decisions.iter().filter(|line| line.contains(part)).count();
        assert_eq!(has("\"verdict\":\"skipped\""), 1);
        assert_eq!(has("\"verdict\":\"rejected\""), 2);
        assert_eq!(has("\"reason\":\"ليس كذلك\""), 1);

        let mut window = home.open("project", lang);
        window.wait_for(both("اقتراح", "suggestions").get(lang));
        window.key("F7");
        left(&window, total - 3);
        window.close();
    }
}

#[test]
fn all_documents_are_gone_through_and_what_is_alike_is_one_step() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        for (at, town) in [("أول", "طنجة"), ("ثانٍ", "طنجة"), ("ثالث", "فاس")]
        {
            let text = format!("خبر {at}\n\nافتتح مركز جديد في {town} أمام الزوار.\n");
            home.write(&format!("articles/{at}.txt"), &text);
        }
        let mut window = super::imported(&home, lang);
        window.wait_for(&format!("{}: طنجة", both("اقتراح", "Suggestion").get(lang)));
        window.key("Shift+F7");
        window.wait_for(both("بقي: 3 اقتراحات", "3 suggestions left").get(lang));
        window.key("A");
        window.wait_for(both("اقبل كل ما يماثل", "Accept all like").get(lang));
        window.key("Enter");
        window.wait_for(both("قُبل: اقتراحان", "Accepted: 2 suggestions").get(lang));
        // The last one is in hand, in its own document.
        assert!(window.says("فاس"), "{:?}", window.names());
        window.key("Ctrl+Z");
        window.check_says(both("بقي: 3 اقتراحات", "3 suggestions left").get(lang));
        window.close();
        let (spans, decisions) = lines(&home);
        assert_eq!((spans.len(), decisions.len()), (0, 0), "one step took all of it back");
    }
}
