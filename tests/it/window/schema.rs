//! The project's schema changed while there is work: what is safe is done, what is not is told.

use egui::Role;
use tawsim::app::{Launch, View};
use tawsim::lang::{Bilingual, Lang, both};
use tawsim::model::{Name, Schema};
use tawsim::store::{RealDisk, Store};
use tawsim::theme::Mode;

use super::hands::{Home, Window};
use super::screens::look;
use super::{GARDEN, HARBOR, three_articles, words};

const TITLE: Bilingual = both("الوسوم…", "Labels…");
const ARABIC: Bilingual = both("الاسم بالعربية", "Name in Arabic");
const ENGLISH: Bilingual = both("الاسم بالإنجليزية", "Name in English");
const SAVE: Bilingual = both("احفظ", "Save");
const ADD_LAYER: Bilingual = both("أضف طبقة", "Add a layer");
const ADD_ATTRIBUTE: Bilingual = both("أضف سمة", "Add an attribute");
const REMOVE: Bilingual = both("احذف الوسم", "Remove label");
const EXAMPLES: Bilingual = both("أمثلة، في كل سطر مثال", "Examples, one on each line");
const COUNTEREXAMPLES: Bilingual = both("وما ليس منه", "And what is not one");
const PATH: Bilingual = words::PATH;

/// A tall window with the labels' dialog over three articles.
fn open(home: &Home, lang: Lang) -> Window {
    let mut window = three_articles(home, lang);
    window.resize(1280.0, 1000.0);
    window
}

fn show(window: &mut Window, lang: Lang) {
    window.key("Ctrl+K");
    window.write(TITLE.get(lang));
    window.key("Enter");
    assert!(window.has(ADD_LAYER.get(lang)));
}

fn choose(window: &mut Window, name: &str) {
    let place = window.rect_of(Role::ListBoxOption, name).center();
    window.click_at(place);
}

fn click_toggle(window: &mut Window, name: &str) {
    let place = window.rect_of(Role::CheckBox, name).center();
    window.click_at(place);
}

/// Marks words of the open article with the label of a key.
fn mark(window: &mut Window, lang: Lang, text: &str, words: &str, key: &str) {
    let (from, to) = window.sheet(text, lang).ends(words);
    window.drag(from, to);
    window.key(key);
}

#[test]
fn attributes_examples_and_layers_are_written_and_shown() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = open(&home, lang);
        show(&mut window, lang);
        choose(&mut window, words::CITY.get(lang));
        window.fill(EXAMPLES.get(lang), "بطنجة → طنجة");
        window.key("Enter");
        window.write("وبفاس → فاس");
        window.fill(COUNTEREXAMPLES.get(lang), "المغرب");
        window.click(ADD_ATTRIBUTE.get(lang));
        assert!(!window.is_enabled(SAVE.get(lang)), "an attribute without a name");
        let attribute = both("السمة بالإنجليزية 1", "Attribute in English 1");
        window.fill(attribute.get(lang), "Country");
        window.check_says("country");
        window.click(ADD_LAYER.get(lang));
        window.fill(ARABIC.get(lang), "أحداث");
        window.fill(ENGLISH.get(lang), "Events");
        let nested = both("موضع داخل موضع", "One inside another");
        click_toggle(&mut window, nested.get(lang));
        let of_words = both("عند حدود الكلمات", "At the edges of words");
        click_toggle(&mut window, of_words.get(lang));
        window.click(SAVE.get(lang));
        let text = home.read("project/project.ron");
        for part in [
            "\"وبفاس → فاس\"",
            "\"المغرب\"",
            "id: \"country\"",
            "id: \"events\"",
            "overlap: Nested",
            "anchoring: Words",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
        // They are seen where the label is used, without any file of guidelines.
        window.key("1");
        window.click(both("الدليل", "Guidelines").get(lang));
        window.check_says(both("مثال: بطنجة → طنجة", "Example: بطنجة → طنجة").get(lang));
        window.check_says(both("ليس منه: المغرب", "Not: المغرب").get(lang));
        window.close();
    }
}

#[test]
fn steps_of_the_draft_are_taken_back_and_so_is_what_was_saved() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = open(&home, lang);
        let before = home.read("project/project.ron");
        show(&mut window, lang);
        choose(&mut window, words::AGENCY.get(lang));
        window.click(REMOVE.get(lang));
        choose(&mut window, words::CITY.get(lang));
        window.fill(ENGLISH.get(lang), "Town");
        window.key("Ctrl+Z");
        assert_eq!(window.value(ENGLISH.get(lang)), "City");
        window.key("Ctrl+Z");
        assert_eq!(window.options().len(), 5);
        window.key("Ctrl+Shift+Z");
        assert_eq!(window.options().len(), 4);
        window.click(SAVE.get(lang));
        assert!(!home.read("project/project.ron").contains("AGENCY"));
        window.close();
        // In another window, on another day.
        let mut window = home.open("project", lang);
        show(&mut window, lang);
        window.click(both("كما كانت", "As before").get(lang));
        assert_eq!(window.options().len(), 5);
        window.click(SAVE.get(lang));
        assert_eq!(home.read("project/project.ron"), before);
        window.close();
    }
}

#[test]
fn all_spans_of_a_label_get_another_before_it_goes() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = open(&home, lang);
        mark(&mut window, lang, GARDEN, "وجدة", "1");
        mark(&mut window, lang, GARDEN, "بركان", "1");
        window.key("Esc");
        window.click(words::NEXT.get(lang));
        mark(&mut window, lang, HARBOR, "الحسيمة", "1");
        show(&mut window, lang);
        window.click(REMOVE.get(lang));
        window.check_says(both("3 مواضع", "3 spans").get(lang));
        let other = both("وسم آخر لمواضعك", "Another label for your spans");
        let place = window.rect_of(Role::ComboBox, other.get(lang)).center();
        window.click_at(place);
        window.key("Enter");
        window.click(both("غيّر وسم مواضعك (3)", "Relabel yours (3)").get(lang));
        window.check_says(
            both("غُيّر الوسم: 3 مواضع", "Relabeled 3 spans in 2 documents").get(lang),
        );
        window.click(REMOVE.get(lang));
        window.click(SAVE.get(lang));
        let mark_of = |label: Bilingual| super::mark(label, lang, "الحسيمة");
        window.check_says(&mark_of(words::AGENCY));
        // One step of undo gives the label back to all of them, though the schema lacks it.
        window.key("Ctrl+Z");
        assert!(!window.says(&mark_of(words::AGENCY)));
        window.close();
        let sets = home.files("project/sets");
        assert!(sets.iter().all(|(_, text)| !text.contains("AGENCY")), "{sets:?}");
    }
}

#[test]
fn what_spans_do_not_allow_is_refused_with_numbers() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = open(&home, lang);
        show(&mut window, lang);
        let layer = both("كيانات", "Entities");
        choose(&mut window, layer.get(lang));
        click_toggle(&mut window, both("كيفما كانت", "In any way").get(lang));
        window.click(SAVE.get(lang));
        mark(&mut window, lang, GARDEN, "250 شخصا", "3");
        mark(&mut window, lang, GARDEN, "250", "3");
        window.key("Enter");
        window.write("250");
        window.key("Enter");
        // A stricter rule, which two spans break.
        show(&mut window, lang);
        choose(&mut window, layer.get(lang));
        click_toggle(&mut window, both("لا تتداخل", "Never").get(lang));
        window.click(SAVE.get(lang));
        window.check_says(
            both("ما لا تسمح به الجديدة: موضع واحد", "stays; broken by 1 span").get(lang),
        );
        assert!(!window.is_enabled(SAVE.get(lang)));
        click_toggle(&mut window, both("كيفما كانت", "In any way").get(lang));
        // Values that are not understood any more are told, and stay.
        choose(&mut window, words::COUNT.get(lang));
        click_toggle(&mut window, both("تاريخ", "Date").get(lang));
        window.click(SAVE.get(lang));
        window.check_says(
            both("ما لن يُفهم بعد تغيير النوع: قيمة واحدة", "not understood any more: 1 value")
                .get(lang),
        );
        window.click(both("احفظ مع ذلك", "Save anyway").get(lang));
        assert!(!window.has(ADD_LAYER.get(lang)));
        window.close();
        let sets = home.files("project/sets");
        assert!(sets.iter().any(|(_, text)| text.contains("\"value\":\"250\"")), "{sets:?}");
    }
}

#[test]
fn labels_go_to_a_file_and_come_from_a_file_or_a_project() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = open(&home, lang);
        let file = home.path("labels.ron");
        show(&mut window, lang);
        choose(&mut window, words::CITY.get(lang));
        window.fill(ENGLISH.get(lang), "Town");
        let write = both("احفظها في ملف…", "Save to a file…");
        for _ in 0..2 {
            window.click(write.get(lang));
            window.fill(PATH.get(lang), file.to_str().unwrap());
            window.key("Enter");
        }
        // The second time the file is there.
        window.check_says(both("موجود: اختر اسمًا آخر", "is there already").get(lang));
        window.key("Esc");
        window.key("Ctrl+Z");
        assert_eq!(window.value(ENGLISH.get(lang)), "City");
        let take = both("خذ وسومًا…", "Take labels…");
        window.click(take.get(lang));
        window.fill(PATH.get(lang), home.path("nowhere").to_str().unwrap());
        window.key("Enter");
        window.check_says("nowhere");
        window.fill(PATH.get(lang), file.to_str().unwrap());
        window.key("Enter");
        window.check_says(
            both("جديدة 0، تغيّرت 1، كما هي 3", "0 new, 1 changed, 3 as they were").get(lang),
        );
        assert_eq!(window.value(ENGLISH.get(lang)), "Town");
        window.click(take.get(lang));
        window.fill(PATH.get(lang), home.path("project").to_str().unwrap());
        window.key("Enter");
        assert_eq!(window.value(ENGLISH.get(lang)), "City");
        window.close();
    }
}

/// Fifteen labels in two layers, some with long names or with one of the two missing.
fn many_labels() -> Schema {
    let mut layers = Schema::default().layers().to_vec();
    layers[0].labels[0].examples =
        vec!["بطنجة → طنجة".to_owned(), "وبالقاهرة → القاهرة".to_owned()];
    layers[0].labels[0].counterexamples = vec!["المغرب (بلد)".to_owned()];
    let model = layers[0].labels[1].clone();
    for number in 0..11_u8 {
        let mut label = model.clone();
        label.id = format!("MORE_{number}").as_str().into();
        label.key = (number < 5).then_some(number + 5);
        label.color = tawsim::theme::LABEL_COLORS[usize::from(number) % 12].0;
        label.name = match number {
            0 => Name::new("وسم له اسم طويل جدًا لا يتسع له مكان في القائمة", ""),
            1 => Name::new("", "A label with a name much too long for its row in the list"),
            2 => Name::new("", "Vessel"),
            _ => Name::new(&format!("وسم {number}"), &format!("Label {number}")),
        };
        layers[0].labels.push(label);
    }
    let mut events = layers[0].clone();
    events.id = "events".into();
    events.name = Name::new("أحداث", "Events");
    events.labels = layers[0].labels.split_off(10);
    layers.push(events);
    Schema::new(layers).unwrap()
}

#[test]
fn pictures_of_labels() {
    for (lang, mode) in [
        (Lang::Ar, Mode::Light),
        (Lang::Ar, Mode::Dark),
        (Lang::En, Mode::Light),
        (Lang::En, Mode::Dark),
    ] {
        let home = Home::new();
        Store::create(&RealDisk, &home.path("project"), "أخبار", &many_labels()).unwrap();
        home.write("articles/1.txt", GARDEN);
        let view = View::Project { folder: home.path("project"), document: None };
        let mut window = Window::new(Launch { mode: Some(mode), ..home.launch(view, lang) });
        window.key("Ctrl+I");
        window.fill(PATH.get(lang), home.path("articles").to_str().unwrap());
        window.key("Enter");
        mark(&mut window, lang, GARDEN, "250", "3");
        let name = format!("labels-{}-{}", lang.code(), mode.id());
        show(&mut window, lang);
        look(&mut window, &name);
        choose(&mut window, words::COUNT.get(lang));
        let at = window.rect_of(Role::RadioButton, both("أزرق", "blue").get(lang)).center();
        window.wheel(at, -2000.0, egui::Modifiers::NONE);
        window.click(ADD_ATTRIBUTE.get(lang));
        window.wheel(at, -2000.0, egui::Modifiers::NONE);
        look(&mut window, &format!("{name}-attributes"));
        window.key("Ctrl+Z");
        let layer = both("كيانات", "Entities");
        choose(&mut window, layer.get(lang));
        look(&mut window, &format!("{name}-layer"));
        window.click(both("خذ وسومًا…", "Take labels…").get(lang));
        look(&mut window, &format!("{name}-take"));
        window.key("Esc");
        window.key("Esc");
        window.key("Esc");
        window.key("1");
        window.click(both("الدليل", "Guidelines").get(lang));
        look(&mut window, &format!("{name}-guidelines"));
        window.close();
    }
}
