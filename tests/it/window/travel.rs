//! The caret by keys of every size, clicks that go through a word, drags beyond an edge.

use egui::{Modifiers, PointerButton, Pos2, pos2, vec2};
use tawsim::app::View;
use tawsim::lang::Lang;

use super::hands::{Home, Window};
use super::words;

const LANG: Lang = Lang::Ar;

/// An article with words onto which others are written, and with more than one direction.
const TRIP: &str = "رحلة قصيرة\n\nوصل الوفد إلى وجدة صباحا. وبالقاهرة التقى وزيرا من AquaLine ثم \
    عاد بعد 12 يوما!\nانتهت الرحلة.\n";

/// A window on one article.
pub(super) fn open(text: &str) -> (Home, Window) {
    let home = Home::new();
    home.write("articles/trip.txt", text);
    let mut window = Window::new(home.launch(View::Welcome, LANG));
    window.click(words::NEW.get(LANG));
    window.fill(words::PATH.get(LANG), home.path("project").to_str().unwrap());
    window.click(words::CREATE.get(LANG));
    window.click(words::IMPORT.get(LANG));
    window.fill(words::PATH.get(LANG), home.path("articles").to_str().unwrap());
    window.key("Enter");
    (home, window)
}

#[track_caller]
fn check(window: &mut Window, expected: &str) {
    assert_eq!(window.copy().as_deref(), Some(expected));
}

#[test]
fn a_click_goes_through_the_cuts_of_a_word_that_a_double_click_took() {
    let (_home, mut window) = open(TRIP);
    let sheet = window.sheet(TRIP, LANG);
    let at = sheet.rects(sheet.range("وبالقاهرة"))[0].center();
    window.double_click_at(at);
    check(&mut window, "القاهرة");
    let mut taken = Vec::new();
    for round in 0..8 {
        window.rest();
        // A second double click goes on just as a click does.
        if round == 0 {
            window.double_click_at(at);
        } else {
            window.click_at(at);
        }
        let words = window.copy().unwrap();
        if words == "القاهرة" {
            break;
        }
        taken.push(words);
    }
    for words in ["بالقاهرة", "وبالقاهرة", "قاهرة"] {
        assert!(taken.iter().any(|taken| taken == words), "{words} in {taken:?}");
    }
    check(&mut window, "القاهرة");
    // Elsewhere a click is a click.
    window.rest();
    window.click_at(sheet.rects(sheet.range("الوفد"))[0].center());
    assert_eq!(window.copy(), None);
    // A name that only looks cut is whole.
    window.rest();
    window.double_click_at(sheet.rects(sheet.range("وجدة"))[0].center());
    check(&mut window, "وجدة");
    window.close();
}

#[test]
fn a_drag_after_a_double_click_takes_whole_words() {
    let (_home, mut window) = open(TRIP);
    let sheet = window.sheet(TRIP, LANG);
    let from = sheet.rects(sheet.range("الوفد"))[0].center();
    for (to, expected) in [("وجدة", "الوفد إلى وجدة"), ("وصل", "وصل الوفد")]
    {
        let to = sheet.rects(sheet.range(to))[0].center();
        window.rest();
        window.move_to(from);
        for pressed in [true, false] {
            window.press(from, pressed);
        }
        window.drag(from, to);
        check(&mut window, expected);
    }
    window.close();
}

#[test]
fn alt_and_arrows_go_by_what_is_written_onto_a_word() {
    let (_home, mut window) = open(TRIP);
    let mut sheet = window.sheet(TRIP, LANG);
    let (start, _) = sheet.ends("وبالقاهرة");
    window.click_at(start);
    for expected in ["و", "وب", "وبال", "وبالقاهرة", "وبالقاهرة ال"]
    {
        window.key("Alt+Shift+ArrowLeft");
        check(&mut window, expected);
    }
    window.key("Alt+Shift+ArrowRight");
    check(&mut window, "وبالقاهرة ");
    window.close();
}

#[test]
fn up_and_down_with_alt_go_by_sentences_and_with_ctrl_by_paragraphs() {
    let (_home, mut window) = open(TRIP);
    let mut sheet = window.sheet(TRIP, LANG);
    let (start, _) = sheet.ends("وصل");
    window.click_at(start);
    window.key("Alt+Shift+ArrowDown");
    check(&mut window, "وصل الوفد إلى وجدة صباحا.");
    window.key("Alt+Shift+ArrowDown");
    check(&mut window, TRIP.split('\n').nth(2).unwrap());
    window.key("Alt+Shift+ArrowUp");
    check(&mut window, "وصل الوفد إلى وجدة صباحا. ");
    window.key("Alt+Shift+ArrowUp");
    assert_eq!(window.copy(), None);
    window.key("Ctrl+Shift+ArrowDown");
    check(&mut window, &format!("{}\n", TRIP.split('\n').nth(2).unwrap()));
    window.key("Ctrl+Shift+ArrowUp");
    window.key("Ctrl+Shift+ArrowUp");
    check(&mut window, "رحلة قصيرة\n\n");
    window.close();
}

#[test]
fn words_are_gone_through_as_they_are_seen_where_the_direction_changes() {
    let (_home, mut window) = open(TRIP);
    let mut sheet = window.sheet(TRIP, LANG);
    let (_, end) = sheet.ends("من");
    window.click_at(end);
    // The right edge of the Latin word is its end, its left edge its start.
    window.key("Ctrl+ArrowLeft");
    window.keys("Shift+ArrowRight", 4);
    check(&mut window, "Aqua");
    window.key("Ctrl+ArrowLeft");
    window.key("Ctrl+ArrowLeft");
    window.key("Ctrl+Shift+ArrowLeft");
    check(&mut window, " عاد");
    window.close();
}

#[test]
fn both_ends_of_a_selection_can_be_moved() {
    let (_home, mut window) = open(TRIP);
    let mut sheet = window.sheet(TRIP, LANG);
    let (from, to) = sheet.ends("الوفد");
    window.drag(from, to);
    window.key("Shift+ArrowLeft");
    window.key("Ctrl+Shift+ArrowLeft");
    check(&mut window, "الوفد إلى");
    window.key("x");
    window.key("Ctrl+Shift+ArrowRight");
    check(&mut window, "وصل الوفد إلى");
    // The same by its edges, whichever end the caret is at.
    window.key("Ctrl+]");
    check(&mut window, "وصل الوفد إلى وجدة");
    window.key("Ctrl+Shift+[");
    check(&mut window, "الوفد إلى وجدة");
    window.key("[");
    check(&mut window, "ل الوفد إلى وجدة");
    window.close();
}

#[test]
fn a_selection_is_kept_while_the_text_and_the_window_change_their_size() {
    let (_home, mut window) = open(TRIP);
    let mut sheet = window.sheet(TRIP, LANG);
    let (from, to) = sheet.ends("التقى وزيرا");
    window.drag(from, to);
    for _ in 0..4 {
        window.key("Ctrl+Plus");
    }
    window.resize(760.0, 500.0);
    check(&mut window, "التقى وزيرا");
    let area = window.article_rect();
    window.wheel(area.center(), -40.0, Modifiers::NONE);
    check(&mut window, "التقى وزيرا");
    window.key("Shift+ArrowLeft");
    window.key("Shift+ArrowLeft");
    check(&mut window, "التقى وزيرا م");
    window.close();
}

#[test]
fn the_right_and_the_middle_button_leave_the_selection() {
    let (_home, mut window) = open(TRIP);
    let mut sheet = window.sheet(TRIP, LANG);
    let (from, to) = sheet.ends("التقى وزيرا");
    let elsewhere = sheet.rects(sheet.range("انتهت"))[0].center();
    window.drag(from, to);
    for button in [PointerButton::Secondary, PointerButton::Middle] {
        window.move_to(elsewhere);
        let modifiers = Modifiers::NONE;
        for pressed in [true, false] {
            let pos = elsewhere;
            window.frame(&[egui::Event::PointerButton { pos, button, pressed, modifiers }]);
        }
        window.settle();
        window.key("Esc");
        if button == PointerButton::Middle {
            // Esc had nothing but the selection to let go of.
            assert_eq!(window.copy(), None);
        } else {
            check(&mut window, "التقى وزيرا");
        }
    }
    window.close();
}

/// Presses at one place, rests at another outside of the article for so many frames, lets go.
fn drag_and_rest(window: &mut Window, from: Pos2, to: Pos2, frames: usize) -> usize {
    window.move_to(from);
    window.press(from, true);
    window.move_to(from.lerp(to, 0.5));
    window.move_to(to);
    for _ in 0..frames {
        window.frame(&[]);
    }
    window.press(to, false);
    window.settle();
    window.copy().map_or(0, |text| text.len())
}

#[test]
fn a_drag_that_rests_outside_scrolls_on_and_faster_the_farther_out() {
    let long = format!("{TRIP}\n").repeat(30);
    let (_home, mut window) = open(&long);
    let area = window.article_rect();
    let from = pos2(area.center().x, area.top() + 60.0);
    let mut taken = Vec::new();
    for (past, frames) in [(4.0, 10), (4.0, 60), (60.0, 60)] {
        window.key("Ctrl+Home");
        window.rest();
        let to = area.center_bottom() + vec2(0.0, past);
        taken.push(drag_and_rest(&mut window, from, to, frames));
    }
    assert!(taken.is_sorted_by(|a, b| a < b), "{taken:?}");
    window.close();
}
