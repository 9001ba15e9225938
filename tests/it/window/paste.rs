//! Whatever comes into a field: a megabyte, control characters, line ends of other systems,
//! what an input method composes. Nothing breaks, and the rule is the same everywhere.

use std::time::{Duration, Instant};

use egui::{Event, ImeEvent};
use tawsim::lang::{Bilingual, Lang, both};

use super::hands::{Home, Window};
use super::{GARDEN, three_articles, words};

const LANG: Lang = Lang::Ar;

/// What a field holds at most, in bytes.
const MOST: usize = 16_384;

/// How long pasting a megabyte may take, with the frames until it is still: a slow machine's
/// time, far below what setting all of it would need.
const PATIENCE: Duration = Duration::from_secs(20);

fn t(text: Bilingual) -> &'static str {
    text.get(LANG)
}

/// Every field of the window: the key that opens its place, its name, whether it has lines.
const FIELDS: &[(&str, Bilingual, bool)] = &[
    ("", words::VALUE, false),
    ("", both("المعدود", "counted noun"), false),
    ("", words::NOTE, true),
    ("", words::SEARCH, false),
    ("Ctrl+F", both("ابحث في المقال", "Find in the document"), false),
    ("Ctrl+Shift+F", both("ابحث في كل المقالات", "Search all documents"), false),
    ("Ctrl+K", both("اسم الأمر أو الوسم", "Name of a command or a label"), false),
    ("Ctrl+O", words::PATH, false),
    ("Ctrl+N", words::PATH, false),
    ("Ctrl+E", words::PATH, false),
    ("Ctrl+I", words::PATH, false),
    ("Ctrl+I", both("المصدر", "Source"), false),
    ("F2", both("العنوان", "Title"), false),
    ("F2", both("ملاحظة على المقال", "Note on the document"), true),
    ("Ctrl+Shift+A", both("اسمك", "Your name"), false),
];

/// A window with one count, chosen, and a field of it that is empty and has the focus.
fn open(home: &Home, (key, name, _): (&str, Bilingual, bool)) -> Window {
    let mut window = three_articles(home, LANG);
    let mut sheet = window.sheet(GARDEN, LANG);
    let (from, to) = sheet.ends("250");
    window.drag(from, to);
    window.key("3");
    if !key.is_empty() {
        window.key(key);
    }
    window.click_field(t(name));
    window.key("Ctrl+A");
    window.key("Delete");
    assert_eq!(window.value(t(name)), "", "{}", t(name));
    window
}

#[test]
fn line_ends_and_control_characters_are_taken_by_one_rule() {
    for field @ (_, name, has_lines) in FIELDS.iter().copied() {
        let home = Home::new();
        let mut window = open(&home, field);
        window.paste("أ\r\nب\rج\nد\tه\u{0}و\u{1b}[2Jز\u{7f}ح\u{2028}ط");
        let expected = if has_lines {
            "أ\nب\nج\nد هو[2Jزح\nط"
        } else {
            "أ ب ج د هو[2Jزح ط"
        };
        assert_eq!(window.value(t(name)), expected, "{}", t(name));
        window.key("Ctrl+Z");
        assert_eq!(window.value(t(name)), "", "{}: one step back", t(name));
        window.close();
    }
}

#[test]
fn a_megabyte_is_cut_to_what_a_field_holds_and_that_is_said() {
    let text = "كَلِمَةٌ 👨‍👩‍👧 ".repeat(1 << 15);
    assert!(text.len() > 1 << 20);
    for field @ (_, name, _) in FIELDS.iter().copied() {
        let home = Home::new();
        let mut window = open(&home, field);
        let start = Instant::now();
        window.paste(&text);
        window.key("x");
        let took = start.elapsed();
        let value = window.value(t(name));
        assert!(value.len() <= MOST && value.len() > MOST - 64, "{}: {}", t(name), value.len());
        assert!(text.starts_with(&value), "{}: no letter is torn or lost", t(name));
        window.check_says("لا يتسع الحقل لأكثر من");
        assert!(took < PATIENCE, "{}: {took:?}", t(name));
        window.key("Ctrl+A");
        window.key("Backspace");
        assert_eq!(window.value(t(name)), "");
        window.close();
    }
}

#[test]
fn what_is_composed_stands_in_every_field_only_once_it_is_done() {
    for field @ (_, name, _) in FIELDS.iter().copied() {
        let home = Home::new();
        let mut window = open(&home, field);
        for text in ["ㅎ", "하", "한", ""] {
            let (text, active_range_chars) = (text.to_owned(), None);
            window.frame(&[Event::Ime(ImeEvent::Preedit { text, active_range_chars })]);
            assert_eq!(window.value(t(name)), "", "{}", t(name));
        }
        window.frame(&[Event::Ime(ImeEvent::Commit("한\r\nب".to_owned()))]);
        window.settle();
        let value = window.value(t(name));
        assert!(matches!(&*value, "한 ب" | "한\nب"), "{}: {value:?}", t(name));
        window.close();
    }
}
