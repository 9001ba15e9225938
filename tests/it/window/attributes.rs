//! Attributes of a span: a field each, or a box with the choices.

use egui::Role;
use tawsim::app::View;
use tawsim::lang::{Lang, both};
use tawsim::model::{Attribute, Name, Schema, ValueKind};
use tawsim::store::{RealDisk, Store};

use super::hands::{Home, Window};
use super::{GARDEN, words};

/// A window on a project whose counts have an attribute of two choices, `250` chosen.
fn open(home: &Home, lang: Lang) -> Window {
    let mut layers = Schema::default().layers().to_vec();
    layers[0].labels[2].attributes.push(Attribute {
        id: "state".into(),
        name: Name::new("الحال", "State"),
        value: ValueKind::Choice(vec!["جالس".to_owned(), "واقف".to_owned()]),
    });
    let schema = Schema::new(layers).unwrap();
    Store::create(&RealDisk, &home.path("project"), "أخبار", &schema).unwrap();
    home.write("articles/1-garden.txt", GARDEN);
    let view = View::Project { folder: home.path("project"), document: None };
    let mut window = Window::new(home.launch(view, lang));
    window.key("Ctrl+I");
    window.fill(words::PATH.get(lang), home.path("articles").to_str().unwrap());
    window.key("Enter");
    let (from, to) = window.sheet(GARDEN, lang).ends("250");
    window.drag(from, to);
    window.key("3");
    window
}

/// What is written of the span.
fn set(home: &Home) -> String {
    let files = home.files("project/sets");
    files.into_iter().map(|(_, text)| text).collect()
}

#[test]
fn a_choice_is_taken_by_mouse_and_by_keys_and_taken_back() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = open(&home, lang);
        let name = both("الحال", "State").get(lang);
        let chosen = |window: &Window| window.value_of(Role::ComboBox, name);
        let none = both("بلا اختيار", "No choice").get(lang);
        assert_eq!(chosen(&window), none);
        let at = window.rect_of(Role::ComboBox, name).center();
        window.click_at(at);
        assert_eq!(window.of_role(Role::MenuItemRadio), [none, "جالس", "واقف"]);
        let row = window.rect_of(Role::MenuItemRadio, "واقف").center();
        window.click_at(row);
        assert_eq!(chosen(&window), "واقف");
        // It has the focus: by keys alone another one, and none.
        for (key, expected) in [("ArrowUp", "جالس"), ("ArrowUp", none)] {
            window.key("ArrowDown");
            window.key(key);
            window.key("Enter");
            assert_eq!(chosen(&window), expected);
        }
        window.key("F6");
        if !window.is_in_article() {
            window.click_on(&format!("{} · 250", words::COUNT.get(lang)));
        }
        for expected in ["جالس", "واقف", none, "واقف"] {
            window.key(if expected == "واقف" && chosen(&window) == none {
                "Ctrl+Y"
            } else {
                "Ctrl+Z"
            });
            assert_eq!(chosen(&window), expected);
        }
        window.close();
        assert!(set(&home).contains("واقف"), "{}", set(&home));
    }
}

#[test]
fn what_is_no_choice_is_shown_and_said_to_be_none() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = open(&home, lang);
        let name = both("الحال", "State").get(lang);
        let at = window.rect_of(Role::ComboBox, name).center();
        window.click_at(at);
        let row = window.rect_of(Role::MenuItemRadio, "واقف").center();
        window.click_at(row);
        window.close();
        for (path, text) in home.files("project/sets") {
            home.write(&format!("project/sets/{path}"), &text.replace("واقف", "نائم"));
        }
        let mut window = home.open("project", lang);
        window.click_on(&format!("{} · 250", words::COUNT.get(lang)));
        let said = both(
            "«نائم» ليس من خيارات السمة «الحال»: جالس، واقف",
            "`نائم` is no choice of State: جالس, واقف",
        );
        window.check_says(said.get(lang));
        assert_eq!(window.value_of(Role::ComboBox, name), "نائم");
        window.close();
    }
}
