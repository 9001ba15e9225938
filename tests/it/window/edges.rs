//! The edges of a span, by keys and by the mouse; spans in and across each other.

use egui::{Event, Modifiers, PointerButton, Pos2};
use tawsim::lang::{Bilingual, Lang, both};
use tawsim::theme::Mode;

use super::hands::{Sheet, Window};
use super::travel::{open, open_overlapping};
use super::{GARDEN, mark, words};

const LANG: Lang = Lang::Ar;
const START: Bilingual = both("بداية الموضع", "Start of the span");
const END: Bilingual = both("نهاية الموضع", "End of the span");

/// Marks words with the label of a key.
fn mark_words(window: &mut Window, sheet: &mut Sheet, words: &str, key: &str) {
    let (from, to) = sheet.ends(words);
    window.drag(from, to);
    window.key(key);
    window.rest();
}

#[track_caller]
fn check(window: &Window, words: &str) {
    window.check_says(&mark(words::AGENCY, LANG, words));
}

#[test]
fn brackets_move_the_edges_outward_and_with_shift_inward() {
    let (_home, mut window) = open(GARDEN);
    let mut sheet = window.sheet(GARDEN, LANG);
    mark_words(&mut window, &mut sheet, "وزارة", "2");
    for (key, expected) in [
        ("Ctrl+]", "وزارة البيئة"),
        ("]", "وزارة البيئة إ"),
        ("Shift+]", "وزارة البيئة"),
        ("Ctrl+Shift+]", "وزارة"),
        ("[", "ت وزارة"),
        ("Shift+[", "وزارة"),
        ("Ctrl+[", "وقالت وزارة"),
        ("Alt+Shift+[", "قالت وزارة"),
        ("Ctrl+Shift+[", "وزارة"),
        ("Alt+]", "وزارة ال"),
    ] {
        window.key(key);
        check(&window, expected);
    }
    // A step is one step of undo.
    for expected in ["وزارة", "قالت وزارة", "وقالت وزارة"] {
        window.key("Ctrl+Z");
        check(&window, expected);
    }
    window.close();
}

#[test]
fn an_edge_that_cannot_move_says_why() {
    let (_home, mut window) = open(GARDEN);
    let mut sheet = window.sheet(GARDEN, LANG);
    mark_words(&mut window, &mut sheet, "وزارة", "2");
    window.key("Ctrl+Shift+]");
    window.check_says("لن يبقى من الموضع شيء");
    check(&window, "وزارة");
    mark_words(&mut window, &mut sheet, "حديقة جديدة", "2");
    window.key("[");
    window.check_says("هنا ينتهي النص");
    window.close();
}

/// Drags something with modifiers held down, and lets go unless told otherwise.
fn drag(window: &mut Window, from: Pos2, to: Pos2, modifiers: Modifiers) {
    let button = PointerButton::Primary;
    let press = |pos: Pos2, pressed| Event::PointerButton { pos, button, pressed, modifiers };
    window.move_to(from);
    window.frame(&[Event::ModifiersChanged(modifiers)]);
    window.frame(&[press(from, true)]);
    for step in 1..=4_u8 {
        window.move_to(from.lerp(to, f32::from(step) / 4.0));
    }
    window.frame(&[press(to, false)]);
    window.frame(&[Event::ModifiersChanged(Modifiers::NONE)]);
    window.settle();
}

#[test]
fn handles_drag_the_edges_of_the_chosen_span() {
    let (_home, mut window) = open(GARDEN);
    let mut sheet = window.sheet(GARDEN, LANG);
    assert!(!window.has(START.get(LANG)), "without a chosen span there is none");
    mark_words(&mut window, &mut sheet, "وزارة", "2");
    for name in [START, END] {
        assert!(window.rect(name.get(LANG)).width() >= 12.0);
    }
    let end = window.rect(END.get(LANG)).center();
    let (_, to) = sheet.ends("البيئة");
    drag(&mut window, end, to, Modifiers::NONE);
    check(&window, "وزارة البيئة");
    // Whole words with Ctrl, wherever in them the pointer is.
    let start = window.rect(START.get(LANG)).center();
    let inside = sheet.rects(sheet.range("وقالت"))[0].center();
    let ctrl = Modifiers { ctrl: true, ..Modifiers::COMMAND };
    drag(&mut window, start, inside, ctrl);
    check(&window, "وقالت وزارة البيئة");
    window.key("Ctrl+Z");
    check(&window, "وزارة البيئة");
    // Past its other edge a letter is left of it.
    let start = window.rect(START.get(LANG)).center();
    let (beyond, _) = sheet.ends("العمل");
    drag(&mut window, start, beyond, Modifiers::NONE);
    check(&window, "ة");
    window.close();
}

#[test]
fn a_press_on_a_handle_that_goes_nowhere_is_a_click_and_esc_lets_go_of_it() {
    let (_home, mut window) = open(GARDEN);
    let mut sheet = window.sheet(GARDEN, LANG);
    mark_words(&mut window, &mut sheet, "وزارة", "2");
    let end = window.rect(END.get(LANG)).center();
    window.move_to(end);
    window.press(end, true);
    let (_, to) = sheet.ends("البيئة");
    window.move_to(end.lerp(to, 0.5));
    window.move_to(to);
    window.key("Esc");
    window.press(to, false);
    window.settle();
    check(&window, "وزارة");
    window.rest();
    window.click_at(end);
    window.keys("Shift+ArrowLeft", 2);
    assert_eq!(window.copy().as_deref(), Some(" ا"));
    window.close();
}

#[test]
fn a_drag_that_takes_nothing_lets_go_of_the_chosen_span() {
    let (_home, mut window) = open(GARDEN);
    let mut sheet = window.sheet(GARDEN, LANG);
    mark_words(&mut window, &mut sheet, "وزارة", "2");
    assert!(window.has(START.get(LANG)));
    // Past the end of the last line there are no letters.
    let (_, end) = sheet.ends("للمديرية المحلية.");
    window.drag(end - egui::vec2(40.0, 0.0), end - egui::vec2(80.0, 0.0));
    assert!(!window.has(START.get(LANG)));
    window.close();
}

#[test]
fn a_span_that_is_removed_while_its_edge_is_held_leaves_the_next_one_alone() {
    let (_home, mut window) = open(GARDEN);
    let mut sheet = window.sheet(GARDEN, LANG);
    mark_words(&mut window, &mut sheet, "البيئة", "2");
    mark_words(&mut window, &mut sheet, "وزارة", "2");
    let start = window.rect(START.get(LANG)).center();
    let (_, to) = sheet.ends("وقالت");
    window.move_to(start);
    window.press(start, true);
    window.move_to(start.lerp(to, 0.5));
    window.key("Delete");
    window.move_to(to);
    window.press(to, false);
    window.settle();
    check(&window, "البيئة");
    window.close();
}

#[test]
fn spans_of_one_place_are_gone_through_by_clicks_and_by_a_key() {
    let (_home, mut window) = open_overlapping(GARDEN, LANG, Mode::Light);
    let mut sheet = window.sheet(GARDEN, LANG);
    mark_words(&mut window, &mut sheet, "وزارة البيئة إنّ", "2");
    mark_words(&mut window, &mut sheet, "البيئة", "1");
    window.key("Esc");
    let outer = mark(words::AGENCY, LANG, "وزارة البيئة إنّ");
    let inner = mark(words::CITY, LANG, "البيئة");
    let at = sheet.rects(sheet.range("البيئة"))[0].center();
    for expected in [&inner, &outer, &inner] {
        window.rest();
        window.click_at(at);
        assert!(window.is_on(expected), "{expected}");
    }
    for expected in [&outer, &inner, &outer] {
        window.key("n");
        assert!(window.is_on(expected), "{expected}");
    }
    window.check_says("الموضع 2 من 2 هنا");
    window.close();
}
