//! Labels of one's own, from an empty window to an exported file.

use egui::Role;
use serde_json::Value;
use tawsim::app::View;
use tawsim::lang::{Bilingual, Lang, both};

use super::hands::{Home, Window};
use super::{HARBOR, words};

const LABELS: Bilingual = both("الوسوم…", "Labels…");
const ADD: Bilingual = both("أضف وسمًا", "Add a label");
const REMOVE: Bilingual = both("احذف الوسم", "Remove label");
const ARABIC: Bilingual = both("الاسم بالعربية", "Name in Arabic");
const ENGLISH: Bilingual = both("الاسم بالإنجليزية", "Name in English");
const SAVE: Bilingual = both("احفظ", "Save");
const PINK: Bilingual = both("زهري", "pink");

/// Opens the labels by their command's name.
fn show_labels(window: &mut Window, lang: Lang) {
    window.key("Ctrl+K");
    window.write(LABELS.get(lang));
    window.key("Enter");
    assert!(window.has(ADD.get(lang)));
}

/// Clicks a row, a color or another thing of that role.
fn click_role(window: &mut Window, role: Role, name: &str) {
    let place = window.rect_of(role, name).center();
    window.click_at(place);
}

fn add(window: &mut Window, lang: Lang, [ar, en]: [&str; 2]) {
    window.click(ADD.get(lang));
    window.fill(ARABIC.get(lang), ar);
    window.fill(ENGLISH.get(lang), en);
}

#[test]
fn labels_of_ones_own_mark_what_is_exported() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        home.write("articles/harbor.txt", HARBOR);
        std::fs::create_dir_all(home.path("files")).unwrap();
        let launch = tawsim::app::Launch {
            home: home.path("files"),
            ..home.launch(View::Welcome, lang)
        };
        let mut window = Window::new(launch);
        window.click(words::NEW.get(lang));
        window.fill(words::PATH.get(lang), home.path("project").to_str().unwrap());
        window.click(words::CREATE.get(lang));

        // Instead of the four that are there, two others.
        show_labels(&mut window, lang);
        for _ in 0..4 {
            window.click(REMOVE.get(lang));
        }
        add(&mut window, lang, ["سفينة", "Ship"]);
        click_role(&mut window, Role::CheckBox, "5");
        click_role(&mut window, Role::RadioButton, PINK.get(lang));
        add(&mut window, lang, ["مرفأ", "Ship"]);
        assert!(!window.is_enabled(SAVE.get(lang)), "two labels of one name");
        window.fill(ENGLISH.get(lang), "Sea port");
        window.check_says("SEA_PORT");
        window.click(SAVE.get(lang));

        window.click(words::IMPORT.get(lang));
        window.fill(words::PATH.get(lang), home.path("articles").to_str().unwrap());
        window.key("Enter");
        let mut sheet = window.sheet(HARBOR, lang);
        for (words, key) in [("45 سفينة", "5"), ("ميناء الحسيمة", "1")] {
            let (from, to) = sheet.ends(words);
            window.drag(from, to);
            window.key(key);
        }
        window.click(words::FINISH.get(lang));
        window.key("Ctrl+E");
        window.key("Enter");
        window.check_says(home.path("files").to_str().unwrap());
        window.close();

        let files = home.files("files");
        let document: Value = serde_json::from_str(files[0].1.trim()).unwrap();
        let spans = document["spans"].as_array().unwrap().iter();
        let spans: Vec<_> = spans.map(|span| (&span["label"], &span["text"])).collect();
        let expected = [("SHIP", "45 سفينة"), ("SEA_PORT", "ميناء الحسيمة")];
        assert_eq!(
            spans
                .iter()
                .map(|(a, b)| (a.as_str().unwrap(), b.as_str().unwrap()))
                .collect::<Vec<_>>(),
            expected
        );
    }
}

#[test]
fn a_renamed_label_keeps_its_spans_and_the_open_article_its_steps() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = super::three_articles(&home, lang);
        let mut sheet = window.sheet(super::GARDEN, lang);
        let (from, to) = sheet.ends("وجدة");
        window.drag(from, to);
        window.key("1");
        show_labels(&mut window, lang);
        window.click(REMOVE.get(lang));
        let why = both("لهذا الوسم موضع واحد", "This label has 1 span");
        window.check_says(why.get(lang));
        window.fill(ARABIC.get(lang), "بلدة");
        window.fill(ENGLISH.get(lang), "Town");
        window.check_says("CITY");
        window.click(SAVE.get(lang));
        let mark = |name: Bilingual| super::mark(name, lang, "وجدة");
        window.check_says(&mark(both("بلدة", "Town")));
        window.key("Ctrl+Z");
        assert!(!window.says(&mark(both("بلدة", "Town"))));
        window.close();
        let text = home.read("project/project.ron");
        assert!(text.contains("en: \"Town\"") && text.contains("id: \"CITY\""), "{text}");
    }
}

#[test]
fn labels_of_a_project_that_is_only_read_are_shown_and_stay() {
    let lang = Lang::En;
    let home = Home::new();
    let first = super::three_articles(&home, lang);
    let mut window = home.open("project", lang);
    show_labels(&mut window, lang);
    assert_eq!(window.value(ENGLISH.get(lang)), "City");
    for name in [ADD, REMOVE, SAVE] {
        assert!(!window.is_enabled(name.get(lang)), "{}", name.en);
    }
    click_role(&mut window, Role::ListBoxOption, "Count");
    assert_eq!(window.value(ENGLISH.get(lang)), "Count");
    window.close();
    first.close();
}
