//! Menus: of all commands, of what can be done at a place, of labels to choose from.

use egui::{Event, Key, Modifiers, PointerButton, Role};
use tawsim::lang::{Bilingual, Lang, both};

use super::hands::{Home, Window};
use super::{GARDEN, mark, three_articles, words};

const MENU: Bilingual = both("القائمة", "Menu");
const EDIT: Bilingual = both("التحرير", "Edit");
const UNDO: Bilingual = both("تراجع", "Undo");
const HERE_REMOVE: Bilingual = both("احذف الموضع", "Remove the span");
const DOUBTFUL: Bilingual = both("علّم الموضع بالشك", "Mark the span as doubtful");

/// The names of the open menu's rows.
fn menu_items(window: &Window) -> Vec<String> {
    let mut rows = window.of_role(Role::MenuItem);
    rows.extend(window.of_role(Role::MenuItemRadio));
    rows
}

/// A window with one marked city, chosen.
fn one_city(home: &Home, lang: Lang) -> (Window, String) {
    let mut window = three_articles(home, lang);
    let mut sheet = window.sheet(GARDEN, lang);
    let (from, to) = sheet.ends("وجدة");
    window.drag(from, to);
    window.key("1");
    let city = mark(words::CITY, lang, "وجدة");
    window.check_says(&city);
    (window, city)
}

/// Presses and lets go of Alt alone, with what happens in between.
fn alt(window: &mut Window, between: &[Event]) {
    let event = |pressed| Event::Key {
        key: Key::AltLeft,
        physical_key: Some(Key::AltLeft),
        pressed,
        repeat: false,
        modifiers: if pressed { Modifiers::ALT } else { Modifiers::NONE },
    };
    window.frame(&[event(true)]);
    window.frame(between);
    window.frame(&[event(false)]);
    window.settle();
}

#[test]
fn every_command_is_reached_by_f10_and_the_arrows() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let (mut window, city) = one_city(&home, lang);
        window.key("F10");
        // Onwards is to the left in Arabic.
        let (onwards, back) = match lang {
            Lang::Ar => ("ArrowLeft", "ArrowRight"),
            Lang::En => ("ArrowRight", "ArrowLeft"),
        };
        assert!(window.has_focus(both("المشروع", "Project").get(lang)));
        window.key("ArrowDown");
        assert!(window.has_focus(EDIT.get(lang)));
        window.key(onwards);
        assert!(window.has_focus(both("انسخ", "Copy").get(lang)));
        window.key(back);
        assert!(window.has_focus(EDIT.get(lang)));
        window.key("Enter");
        window.key("ArrowDown");
        window.key("Enter");
        assert!(!window.says(&city), "undone");
        assert!(menu_items(&window).is_empty());
        assert!(window.is_in_article());

        // What is not possible is there, and leaves the menu open.
        window.key("F10");
        window.key("ArrowDown");
        window.key(onwards);
        window.key("ArrowDown");
        window.key("Enter");
        assert!(menu_items(&window).contains(&UNDO.get(lang).to_owned()));
        window.key("Esc");
        assert!(menu_items(&window).is_empty() && window.is_in_article());
        window.close();
    }
}

#[test]
fn alt_alone_opens_the_menu_and_alt_with_something_else_does_not() {
    let home = Home::new();
    let mut window = three_articles(&home, Lang::En);
    alt(&mut window, &[]);
    assert!(!menu_items(&window).is_empty());
    window.key("Esc");
    let key = |key, modifiers| Event::Key {
        key,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers,
    };
    // To another layout, to another window, a caret step, a click.
    let between = [
        vec![key(Key::ShiftLeft, Modifiers::ALT)],
        vec![Event::WindowFocused(false), Event::WindowFocused(true)],
        vec![key(Key::ArrowLeft, Modifiers::ALT)],
    ];
    for between in between {
        alt(&mut window, &between);
        assert!(menu_items(&window).is_empty(), "{between:?}");
    }
    window.close();
}

#[test]
fn the_menu_works_by_mouse() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let (mut window, city) = one_city(&home, lang);
        window.click(MENU.get(lang));
        let group = window.rect_of(Role::MenuItem, EDIT.get(lang));
        window.click_at(group.center());
        let undo = window.rect_of(Role::MenuItem, UNDO.get(lang));
        // It is mirrored: the commands stand beyond their groups.
        assert_eq!(undo.center().x < group.center().x, lang == Lang::Ar);
        window.click_at(undo.center());
        assert!(!window.says(&city));
        // A click beside closes it, and does nothing else.
        window.click(MENU.get(lang));
        let before = window.names().len();
        window.click_at(window.article_rect().center_bottom() - egui::vec2(0.0, 5.0));
        assert!(menu_items(&window).is_empty() && window.names().len() < before);
        window.close();
    }
}

#[test]
fn the_right_button_says_what_can_be_done_with_a_span() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let (mut window, city) = one_city(&home, lang);
        window.key("Esc");
        let at = window.rect(&city).center();
        window.click_with_button(PointerButton::Secondary, at);
        let items = menu_items(&window);
        let label = both("وسم: جهاز رسمي", "Label: Agency").get(lang);
        for item in [both("انسخ", "Copy").get(lang), HERE_REMOVE.get(lang), label] {
            assert!(items.contains(&item.to_owned()), "{item}: {items:#?}");
        }
        window.click(label);
        let agency = mark(words::AGENCY, lang, "وجدة");
        window.check_says(&agency);
        window.click_with_button(PointerButton::Secondary, at);
        window.click(DOUBTFUL.get(lang));
        assert!(window.is_on(words::DOUBTFUL.get(lang)));
        window.click_with_button(PointerButton::Secondary, at);
        window.click(HERE_REMOVE.get(lang));
        assert!(!window.says(&agency));
        window.close();
    }
}

#[test]
fn the_right_button_on_a_selection_keeps_it() {
    let home = Home::new();
    let mut window = three_articles(&home, Lang::En);
    let mut sheet = window.sheet(GARDEN, Lang::En);
    let (from, to) = sheet.ends("بركان");
    window.drag(from, to);
    let at = sheet.letter(sheet.range("بركان").start());
    window.click_with_button(PointerButton::Secondary, at);
    assert!(!menu_items(&window).contains(&HERE_REMOVE.get(Lang::En).to_owned()));
    window.click("Label: City");
    window.check_says(&mark(words::CITY, Lang::En, "بركان"));
    window.close();
}

#[test]
fn the_menu_of_a_place_is_opened_by_key_at_the_caret() {
    let home = Home::new();
    let (mut window, city) = one_city(&home, Lang::En);
    for key in ["Shift+F10", "Menu"] {
        window.key(key);
        assert!(window.has_focus("Copy"), "{key}");
        let copy = window.rect("Copy");
        let span = window.rect(&city);
        assert!(copy.top() > span.top() && copy.top() < span.bottom() + 40.0);
        window.key("Esc");
    }
    window.key("Shift+F10");
    window.key("End");
    window.key("Enter");
    window.check_says(&mark(words::DATE, Lang::En, "وجدة"));
    window.close();
}

#[test]
fn a_box_lists_the_labels_to_choose_from() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let (mut window, city) = one_city(&home, lang);
        let name = both("الوسم", "Label").get(lang);
        let rect = window.rect_of(Role::ComboBox, name);
        window.click_at(rect.center());
        assert_eq!(window.of_role(Role::MenuItemRadio).len(), 4);
        assert!(window.is_on_of(Role::MenuItemRadio, words::CITY.get(lang)));
        window.key("ArrowDown");
        window.key("Enter");
        window.check_says(&mark(words::AGENCY, lang, "وجدة"));
        assert!(window.of_role(Role::MenuItemRadio).is_empty());
        // By keys alone: it has the focus now, and Esc changes nothing.
        window.key("ArrowDown");
        assert_eq!(window.of_role(Role::MenuItemRadio).len(), 4);
        window.key("ArrowUp");
        window.key("Esc");
        assert!(window.of_role(Role::MenuItemRadio).is_empty());
        window.check_says(&mark(words::AGENCY, lang, "وجدة"));
        window.click_at(rect.center());
        let row = window.rect_of(Role::MenuItemRadio, words::CITY.get(lang));
        window.click_at(row.center());
        window.check_says(&city);
        window.close();
    }
}
