//! Fields of the chosen span: nothing that is written gets lost, and nothing goes astray.

use egui::{Event, ImeEvent};
use tawsim::lang::Lang;

use super::hands::{Home, Window};
use super::{GARDEN, mark, three_articles, words};

const LANG: Lang = Lang::En;

fn t(text: tawsim::lang::Bilingual) -> &'static str {
    text.get(LANG)
}

/// A window with two spans, `وجدة` and `250`; the second one is chosen.
fn two_spans(home: &Home) -> Window {
    let mut window = three_articles(home, LANG);
    let mut sheet = window.sheet(GARDEN, LANG);
    for (words, key) in [("وجدة", "1"), ("250", "3")] {
        let (from, to) = sheet.ends(words);
        window.drag(from, to);
        window.key(key);
    }
    window
}

/// The middle of some words in the article.
fn middle(window: &Window, words: &str) -> egui::Pos2 {
    let sheet = window.sheet(GARDEN, LANG);
    sheet.rects(sheet.range(words))[0].center()
}

/// Holds the row of a span in the list to say its value.
#[track_caller]
fn check_value(window: &Window, label: tawsim::lang::Bilingual, text: &str, value: &str) {
    window.check_says(&format!("{} · {text} · {value}", t(label)));
}

/// Writes `250` and a value into the span's field, then does something else that leaves it.
#[track_caller]
fn check_kept(leave: impl FnOnce(&mut Window)) {
    let home = Home::new();
    let mut window = two_spans(&home);
    window.key("Enter");
    window.write("249");
    leave(&mut window);
    window.close();
    let window = home.open("project", LANG);
    let mut window = window;
    window.click_on("حديقة جديدة في وجدة ·");
    check_value(&window, words::COUNT, "250", "249");
    check_value(&window, words::CITY, "وجدة", "");
    window.close();
}

#[test]
fn a_value_goes_to_the_span_it_was_written_for_when_another_is_clicked() {
    check_kept(|window| {
        let other = middle(window, "وجدة");
        window.click_at(other);
        assert!(window.is_on(&mark(words::CITY, LANG, "وجدة")));
        assert_eq!(window.value(t(words::VALUE)), "");
    });
}

#[test]
fn a_value_is_kept_when_press_and_click_come_in_one_frame() {
    check_kept(|window| {
        let other = middle(window, "وجدة");
        window.click_in_one_frame(other);
    });
    check_kept(|window| {
        let row = window.row("ميناء الصيد يستعيد نشاطه ·").center();
        window.click_in_one_frame(row);
        window.check_says("Article text · ميناء الصيد");
    });
}

#[test]
fn a_value_is_kept_when_another_row_is_clicked() {
    check_kept(|window| window.click_on("City · وجدة"));
    check_kept(|window| window.click_on("ميناء الصيد يستعيد نشاطه ·"));
}

#[test]
fn a_value_is_kept_when_a_key_leaves_the_document() {
    check_kept(|window| {
        window.key("Ctrl+Enter");
        window.check_says("Article text · ميناء الصيد");
        window.check_says("1 of 3 documents finished");
    });
    check_kept(|window| window.key("Alt+PageDown"));
    check_kept(|window| window.key("F6"));
    check_kept(|window| window.key("Tab"));
}

#[test]
fn a_value_is_kept_when_the_window_is_closed_or_another_project_opened() {
    check_kept(|_| {});
    check_kept(|window| {
        window.key("Ctrl+O");
        window.fill(t(words::PATH), "/nowhere/at/all");
        window.key("Enter");
    });
}

#[test]
fn esc_takes_back_what_was_written_since_the_focus_came() {
    let home = Home::new();
    let mut window = two_spans(&home);
    for (written, expected) in [("249", "249"), ("25", "25"), ("249", "249")] {
        window.fill(t(words::VALUE), written);
        window.key("Enter");
        check_value(&window, words::COUNT, "250", expected);
    }
    window.fill(t(words::VALUE), "17");
    window.key("Esc");
    assert_eq!(window.value(t(words::VALUE)), "249");
    window.click_field(t(words::NOTE));
    check_value(&window, words::COUNT, "250", "249");
    // A value that was there before can be written again by hand.
    window.click_field(t(words::VALUE));
    window.keys("Backspace", 3);
    window.click_field(t(words::NOTE));
    check_value(&window, words::COUNT, "250", "");
    window.close();
}

#[test]
fn written_text_is_no_command() {
    let home = Home::new();
    let mut window = two_spans(&home);
    let before = window.rects(&mark(words::CITY, LANG, "وجدة"));
    for field in [words::VALUE, words::NOTE] {
        window.fill(t(field), "1 2 3 4 ?r R");
        assert_eq!(window.value(t(field)), "1 2 3 4 ?r R");
        window.keys("Backspace", 4);
        window.key("Delete");
        assert_eq!(window.value(t(field)), "1 2 3 4 ");
        window.key("Enter");
    }
    assert_eq!(window.rects(&mark(words::CITY, LANG, "وجدة")), before);
    check_value(&window, words::COUNT, "250", "1 2 3 4 ");
    assert!(!window.is_on(t(words::DOUBTFUL)));
    window.fill(t(words::SEARCH), "123");
    assert_eq!(window.value(t(words::SEARCH)), "123");
    window.check_says("No document matches.");
    window.key("Ctrl+A");
    window.key("Delete");
    window.check_says("ميناء الصيد يستعيد نشاطه ·");
    window.close();
}

#[test]
fn what_is_typed_in_one_frame_stands_there_at_once_as_if_typed_one_by_one() {
    let flows: &[&[&str]] = &[
        &["a", "b", "c", "1", "?", "x"],
        &["ف", "ا", "س", "ArrowRight", "و", "Backspace", "ق"],
        &["a", "ف", "ا", "ArrowLeft", "ArrowLeft", "x", "Home", "y", "End", "Backspace"],
        &["a", "b", "Shift+ArrowLeft", "Shift+ArrowLeft", "c"],
    ];
    let home = Home::new();
    let mut window = two_spans(&home);
    for flow in flows {
        window.fill(t(words::VALUE), "-");
        for chord in *flow {
            window.key(chord);
        }
        let expected = window.value(t(words::VALUE));
        window.fill(t(words::VALUE), "-");
        window.keys_in_one_frame(flow);
        assert_eq!(window.value(t(words::VALUE)), expected, "{flow:?}");
        window.settle();
    }
    // Keys that leave the field are answered by themselves, in their order.
    window.fill(t(words::VALUE), "-");
    window.keys_in_one_frame(&["Backspace", "2", "5", "Enter", "Tab", "Enter", "7", "Enter"]);
    window.settle();
    check_value(&window, words::COUNT, "250", "25");
    check_value(&window, words::CITY, "وجدة", "7");
    window.close();
}

#[test]
fn a_dialog_keeps_what_was_written_in_it_while_the_keys_are_shown() {
    let home = Home::new();
    let mut window = two_spans(&home);
    window.key("F2");
    window.fill("Source", "وكالة");
    window.fill("Title", "حديقة");
    window.key("F1");
    window.check_says("Remove the span: ");
    assert!(!window.has("Source"), "the keys lie over it");
    window.key("F1");
    window.key("Esc");
    assert!(window.has_focus("Title"));
    window.write("!");
    assert_eq!(window.value("Title"), "حديقة!");
    assert_eq!(window.value("Source"), "وكالة");
    // A click beside it throws nothing away either.
    window.click_at(egui::pos2(20.0, 400.0));
    assert_eq!(window.value("Source"), "وكالة");
    window.click("Save");
    window.check_says("Article text · حديقة!");
    window.key("F1");
    window.click_at(egui::pos2(20.0, 400.0));
    assert!(!window.says("Remove the span: "));
    assert!(window.is_in_article());
    window.close();
}

#[test]
fn undo_in_a_field_takes_back_letters_and_no_span() {
    let home = Home::new();
    let mut window = two_spans(&home);
    window.key("Enter");
    window.write("ab");
    window.key("Ctrl+Z");
    assert_eq!(window.value(t(words::VALUE)), "a");
    window.key("Ctrl+Y");
    assert_eq!(window.value(t(words::VALUE)), "ab");
    window.keys("Ctrl+Z", 5);
    assert_eq!(window.value(t(words::VALUE)), "");
    window.check_says(&mark(words::COUNT, LANG, "250"));
    window.key("Esc");
    window.key("Ctrl+Z");
    assert!(!window.says(&mark(words::COUNT, LANG, "250")), "in the article it is the span");
    window.close();
}

#[test]
fn an_attribute_and_a_note_of_many_lines_are_kept() {
    let home = Home::new();
    let mut window = two_spans(&home);
    window.fill("counted noun", "شخصا");
    window.click_field(t(words::NOTE));
    window.write("سطر");
    window.key("Shift+Enter");
    window.paste("آخر\r\nوثالث\tورابع");
    window.key("Enter");
    assert_eq!(window.value("counted noun"), "شخصا");
    assert_eq!(window.value(t(words::NOTE)), "سطر\nآخر\nوثالث ورابع");
    window.close();
    let sets = home.files("project/sets");
    let set = &sets.iter().find(|(name, _)| name.ends_with("1-garden.jsonl")).unwrap().1;
    assert!(set.contains("سطر\\nآخر\\nوثالث ورابع") && set.contains("شخصا"), "{set}");
}

#[test]
fn a_field_is_edited_by_mouse_and_clipboard() {
    let home = Home::new();
    let mut window = two_spans(&home);
    window.click_field(t(words::VALUE));
    window.write("one two");
    window.key("Ctrl+A");
    assert_eq!(window.copy().as_deref(), Some("one two"));
    window.key("End");
    window.key("Ctrl+Backspace");
    assert_eq!(window.value(t(words::VALUE)), "one ");
    window.key("Home");
    window.paste("x\ny");
    assert_eq!(window.value(t(words::VALUE)), "x yone ");
    window.key("Shift+ArrowRight");
    assert_eq!(window.copy().as_deref(), Some("o"));
    window.key("Esc");
    window.fill(t(words::VALUE), "فاس");
    window.key("Shift+ArrowRight");
    assert_eq!(window.copy().as_deref(), Some("س"), "to the right is back in Arabic");
    window.close();
}

#[test]
fn what_an_input_method_composes_is_clicked_on_without_harm() {
    let home = Home::new();
    let mut window = two_spans(&home);
    window.fill(t(words::VALUE), "فاس");
    window.key("Home");
    let preedit = |text: &str| {
        let active_range_chars = None;
        Event::Ime(ImeEvent::Preedit { text: text.to_owned(), active_range_chars })
    };
    window.frame(&[preedit("abc")]);
    window.settle();
    for step in 0..12_u8 {
        let field = window.field_rect(t(words::VALUE));
        let x = field.left() + f32::from(step) * 6.0;
        window.click_at(egui::pos2(x, field.center().y));
        window.frame(&[preedit("abc")]);
    }
    window.frame(&[Event::Ime(ImeEvent::Commit("ab".to_owned()))]);
    window.key("Enter");
    let value = window.value(t(words::VALUE));
    assert!(value.contains("ab") && value.replace("ab", "") == "فاس", "{value}");
    window.close();
}

#[test]
fn a_value_without_letters_reads_from_left_to_right_in_an_arabic_window() {
    let home = Home::new();
    let mut window = three_articles(&home, Lang::Ar);
    let mut sheet = window.sheet(GARDEN, Lang::Ar);
    let (from, to) = sheet.ends("250");
    window.drag(from, to);
    window.key("3");
    window.key("Enter");
    window.write(">12");
    // The bound stands before its digits, so that two steps to the left lead between them.
    window.keys("ArrowLeft", 2);
    window.write("5");
    assert_eq!(window.value(words::VALUE.get(Lang::Ar)), ">512");
    window.close();
}
