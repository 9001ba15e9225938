//! Selecting in the article: by mouse from either side, by keys, within lines and across them.

use egui::{Modifiers, pos2, vec2};
use tawsim::lang::Lang;
use tawsim::text::Offset;

use super::hands::{Home, Window};
use super::{GARDEN, mark, three_articles, words};

const LANG: Lang = Lang::Ar;

fn open() -> (Home, Window) {
    let home = Home::new();
    let window = three_articles(&home, LANG);
    (home, window)
}

#[track_caller]
fn check(window: &mut Window, expected: &str) {
    assert_eq!(window.copy().as_deref(), Some(expected));
}

#[test]
fn a_drag_selects_from_either_side() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = three_articles(&home, lang);
        let mut sheet = window.sheet(GARDEN, lang);
        for words in ["وجدة", "12 مارس 2024", "250", "وزارة البيئة", "شركة AquaLine", "لمديرية"]
        {
            let (from, to) = sheet.ends(words);
            window.drag(from, to);
            check(&mut window, words);
            window.drag(to, from);
            check(&mut window, words);
        }
        window.close();
    }
}

#[test]
fn a_drag_over_a_line_end_selects_what_lies_between() {
    let (_home, mut window) = open();
    let mut sheet = window.sheet(GARDEN, LANG);
    let words = "محطة القطار، وحضر الحفل";
    let range = sheet.range(words);
    assert!(sheet.rects(range).len() >= 2, "it stands on two lines");
    let (from, to) = sheet.ends(words);
    window.drag(from, to);
    check(&mut window, words);
    window.drag(to, from);
    check(&mut window, words);
    window.key("2");
    window.check_says(&mark(words::AGENCY, LANG, words));

    // Over paragraphs: their line ends come with it.
    let (from, _) = sheet.ends("بركان");
    let (_, to) = sheet.ends("البيئة");
    window.drag(to, from);
    check(&mut window, "بركان وتاوريرت.\n\nوقالت وزارة البيئة");
    window.close();
}

#[test]
fn shift_and_arrows_select_letters_words_and_lines() {
    let (_home, mut window) = open();
    let mut sheet = window.sheet(GARDEN, LANG);
    let (start, _) = sheet.ends("صباح");
    window.click_at(start);
    window.keys("Shift+ArrowLeft", 4);
    check(&mut window, "صباح");
    window.keys("Shift+ArrowRight", 2);
    check(&mut window, "صب");
    window.keys("Shift+ArrowRight", 4);
    check(&mut window, "ة ");
    window.keys("Shift+ArrowLeft", 2);
    window.key("Ctrl+Shift+ArrowLeft");
    check(&mut window, "صباح");
    window.key("Ctrl+Shift+ArrowLeft");
    check(&mut window, "صباح الثلاثاء");
    window.key("1");
    window.check_says(&mark(words::CITY, LANG, "صباح الثلاثاء"));

    // A mark is one letter with the one it sits on.
    let (start, _) = sheet.ends("إنّ");
    window.click_at(start);
    window.keys("Shift+ArrowLeft", 2);
    check(&mut window, "إنّ");

    // To the line's ends, and a line down and up again.
    let (start, _) = sheet.ends("الحفل");
    window.click_at(start);
    window.key("Shift+Home");
    check(&mut window, "القطار، وحضر ");
    window.key("Shift+End");
    check(&mut window, "الحفل 250 شخصا جاؤوا من بركان وتاوريرت.");
    let (start, _) = sheet.ends("افتتحت");
    window.click_at(start);
    window.key("Shift+ArrowDown");
    check(&mut window, "افتتحت بلدية المدينة صباح الثلاثاء 12 مارس 2024 حديقة قرب محطة ");
    window.key("Shift+ArrowUp");
    assert_eq!(window.copy(), None);
    window.key("Shift+ArrowUp");
    window.key("Shift+ArrowUp");
    check(&mut window, "حديقة جديدة في وجدة\n\n");
    window.key("Ctrl+A");
    check(&mut window, GARDEN);
    window.key("ArrowLeft");
    assert_eq!(window.copy(), None, "an arrow alone lets go of the selection");
    window.close();
}

#[test]
fn an_arrow_goes_on_over_the_end_of_a_line_and_of_a_paragraph() {
    let (_home, mut window) = open();
    let mut sheet = window.sheet(GARDEN, LANG);
    let (_, end) = sheet.ends("محطة");
    window.click_at(end);
    window.key("ArrowLeft");
    window.keys("Shift+ArrowLeft", 3);
    check(&mut window, "الق");
    let (_, end) = sheet.ends("وتاوريرت.");
    window.click_at(end);
    window.keys("Shift+ArrowLeft", 6);
    check(&mut window, "\n\nوقال");
    window.close();
}

#[test]
fn a_double_click_takes_a_word_and_a_triple_click_a_sentence() {
    let (_home, mut window) = open();
    let sheet = window.sheet(GARDEN, LANG);
    for word in ["وجدة", "250", "AquaLine", "البيئة", "إنّ"] {
        let range = sheet.range(word);
        let at = sheet.rects(range)[0].center();
        window.double_click_at(at);
        check(&mut window, word);
        window.rest();
    }
    let at = sheet.rects(sheet.range("البيئة"))[0].center();
    window.double_click_at(at);
    window.key("2");
    window.check_says(&mark(words::AGENCY, LANG, "البيئة"));
    window.rest();
    window.triple_click_at(at);
    let sentence =
        "وقالت وزارة البيئة إنّ العمل استغرق عاما كاملا، وإن شركة AquaLine زرعت 1400 شجرة.";
    check(&mut window, sentence);
    window.rest();
    window.click_times(at, 4);
    check(&mut window, &format!("{sentence} وسُلّمت المفاتيح للمديرية المحلية."));
    window.close();
}

#[test]
fn shift_and_a_click_extend_the_selection() {
    let (_home, mut window) = open();
    let mut sheet = window.sheet(GARDEN, LANG);
    let (start, _) = sheet.ends("بلدية");
    let (_, end) = sheet.ends("المدينة");
    window.click_at(start);
    window.click_with(end, Modifiers::SHIFT);
    check(&mut window, "بلدية المدينة");
    let (_, end) = sheet.ends("بلدية");
    window.click_with(end, Modifiers::SHIFT);
    check(&mut window, "بلدية");
    window.close();
}

#[test]
fn a_selection_survives_a_click_on_a_chip_and_another_theme() {
    let (_home, mut window) = open();
    let mut sheet = window.sheet(GARDEN, LANG);
    let (from, to) = sheet.ends("بركان");
    window.drag(from, to);
    window.click("داكن");
    check(&mut window, "بركان");
    window.click_on("مدينة");
    window.check_says(&mark(words::CITY, LANG, "بركان"));
    assert_eq!(window.copy(), None);
    // The chosen span gets another label by another chip.
    window.click_on("تاريخ");
    window.check_says(&mark(words::DATE, LANG, "بركان"));
    window.close();
}

#[test]
fn an_armed_label_marks_every_selection_until_esc() {
    let (_home, mut window) = open();
    let mut sheet = window.sheet(GARDEN, LANG);
    window.key("1");
    window.check_says("كل تحديد يُوسم");
    for words in ["وجدة", "بركان", "وتاوريرت"] {
        let (from, to) = sheet.ends(words);
        window.drag(to, from);
        window.check_says(&mark(words::CITY, LANG, words));
    }
    window.key("Esc");
    assert!(!window.says("كل تحديد يُوسم"));
    let (from, to) = sheet.ends("شركة");
    window.drag(from, to);
    assert!(!window.says(&mark(words::CITY, LANG, "شركة")));
    window.close();
}

#[test]
fn a_click_chooses_the_innermost_span_or_none() {
    let (_home, mut window) = open();
    let mut sheet = window.sheet(GARDEN, LANG);
    let (from, to) = sheet.ends("وجدة");
    window.drag(from, to);
    window.key("1");
    let beside = sheet.rects(sheet.range("جديدة"))[0].center();
    window.click_at(beside);
    assert!(window.has(words::NOTHING_CHOSEN.get(LANG)));
    window.click_at(sheet.letter(Offset::at(GARDEN.find("وجدة").unwrap() + 2)));
    assert!(window.is_on(&mark(words::CITY, LANG, "وجدة")));
    // Below the last line there is no letter.
    let area = window.article_rect();
    window.click_at(area.center_bottom() - vec2(0.0, 20.0));
    assert!(window.has(words::NOTHING_CHOSEN.get(LANG)));
    window.close();
}

#[test]
fn a_span_is_made_to_cover_the_selection() {
    let (_home, mut window) = open();
    let mut sheet = window.sheet(GARDEN, LANG);
    let (from, to) = sheet.ends("البيئة");
    window.drag(from, to);
    window.key("2");
    let (from, to) = sheet.ends("وزارة البيئة");
    window.drag(from, to);
    window.key("r");
    window.check_says(&mark(words::AGENCY, LANG, "وزارة البيئة"));
    assert!(!window.says(&mark(words::AGENCY, LANG, "البيئة")));
    window.close();
}

#[test]
fn the_right_button_selects_nothing() {
    let (_home, mut window) = open();
    let mut sheet = window.sheet(GARDEN, LANG);
    let (from, to) = sheet.ends("وجدة");
    window.click_at(from);
    window.drag_with_right_button(from, to);
    assert_eq!(window.copy(), None);
    window.close();
}

#[test]
fn ctrl_and_the_wheel_change_the_size_and_the_wheel_alone_scrolls() {
    let (home, mut window) = open();
    let long = format!("{GARDEN}\n").repeat(12);
    home.write("long/4-long.txt", &long);
    window.key("Ctrl+I");
    window.fill(words::PATH.get(LANG), home.path("long").to_str().unwrap());
    window.key("Enter");
    window.check_says("استُورد: مقال واحد");
    window.click_on("حديقة جديدة في وجدة · جديد");
    window.key("Alt+PageDown");
    window.key("Alt+PageDown");
    window.key("Alt+PageDown");
    let area = window.article_rect();
    let top = pos2(area.right() - 60.0, area.top() + 60.0);
    window.rest();
    window.double_click_at(top);
    check(&mut window, "حديقة");
    window.key("1");
    let first = window.rect("مدينة: حديقة");
    window.wheel(area.center(), -20.0, Modifiers::NONE);
    let scrolled = window.rect("مدينة: حديقة");
    assert!((first.top() - scrolled.top() - 20.0).abs() < 1.5, "{first:?} {scrolled:?}");
    window.wheel(area.center(), 20.0, Modifiers::NONE);
    assert_eq!(window.rect("مدينة: حديقة"), first);
    window.wheel(area.center(), 50.0, Modifiers { ctrl: true, ..Modifiers::COMMAND });
    let large = window.rect("مدينة: حديقة");
    assert!(large.height() > first.height(), "{first:?} {large:?}");
    window.key("Ctrl+0");
    assert_eq!(window.rect("مدينة: حديقة"), first);
    // To the end and back by keys: the mark is out of sight, then in it again.
    window.key("Ctrl+End");
    assert!(!window.says("مدينة: حديقة"));
    window.key("Ctrl+Home");
    assert_eq!(window.rect("مدينة: حديقة"), first);
    window.close();
}
