//! The main job, end to end: from an empty window to two data sets, in both languages.

use serde_json::{Value, json};
use tawsim::app::View;
use tawsim::lang::Lang;

use super::hands::{Home, Window};
use super::{GARDEN, mark, words};

#[test]
fn the_main_job_is_done_in_arabic() {
    main_job(Lang::Ar);
}

#[test]
fn the_main_job_is_done_in_english() {
    main_job(Lang::En);
}

fn main_job(lang: Lang) {
    let home = Home::new();
    let mut window = make(&home, lang);
    mark_garden(&mut window, lang);
    go_through(&mut window, lang);
    finish(&mut window, lang);
    let training = export(&home, &mut window, lang, "training.jsonl", false);
    let gold = export(&home, &mut window, lang, "gold.jsonl", true);
    assert_eq!(training, expected());
    assert_eq!(gold, training, "the same set, declared gold");
    let before = seen(&window);
    window.close();
    check_files(&home);

    // Opened again, everything is as it was left.
    let mut window = home.open("project", lang);
    window.click_on("حديقة جديدة في وجدة ·");
    assert_eq!(seen(&window), before);
    assert_eq!(export(&home, &mut window, lang, "again.jsonl", false), training);
    window.close();
    check_files(&home);
}

/// Makes the project by hand.
fn make(home: &Home, lang: Lang) -> Window {
    let t = |text: tawsim::lang::Bilingual| text.get(lang);
    let window = Window::new(home.launch(View::Welcome, lang));
    assert!(window.has(t(words::NEW)) && window.has(t(words::OPEN)));
    window.close();
    let window = super::three_articles(home, lang);
    window.check_says(lang_says(lang, "استُورد: 3 مقالات", "imported 3 documents"));
    assert!(window.is_in_article(), "the first document is open, and its keys work");
    assert!(window.has(t(words::SAVED)));
    window
}

fn lang_says<'a>(lang: Lang, ar: &'a str, en: &'a str) -> &'a str {
    match lang {
        Lang::Ar => ar,
        Lang::En => en,
    }
}

/// Marks the first article: by mouse from either side, by keys; values, a note, a doubt; a
/// label corrected, a span taken away.
fn mark_garden(window: &mut Window, lang: Lang) {
    let t = |text: tawsim::lang::Bilingual| text.get(lang);
    let mut sheet = window.sheet(GARDEN, lang);
    let mut drag = |window: &mut Window, words: &str, backwards: bool| {
        let (from, to) = sheet.ends(words);
        let (from, to) = if backwards { (to, from) } else { (from, to) };
        window.drag(from, to);
        assert_eq!(window.copy().as_deref(), Some(words));
    };

    // A city, from its first letter on.
    drag(window, "وجدة", false);
    window.key("1");
    window.check_says(&mark(words::CITY, lang, "وجدة"));
    window.key("Enter");
    assert!(window.has_focus(t(words::VALUE)));
    window.write("وجدة");
    window.key("Enter");
    assert!(window.is_in_article());
    window.check_says(&format!("{} · وجدة · وجدة", t(words::CITY)));

    // A count, from its last letter back. Digits that are written label nothing.
    drag(window, "250", true);
    window.key("3");
    window.key("Enter");
    window.write("250");
    window.key("Enter");
    window.check_says(&format!("{} · 250 · 250", t(words::COUNT)));
    window.click_field(t(words::NOTE));
    window.write("من بيان 14 مارس؟");
    window.key("Enter");
    assert_eq!(window.value(t(words::NOTE)), "من بيان 14 مارس؟");
    window.key("?");
    assert!(window.is_on(t(words::DOUBTFUL)));

    // A date, first as a city, then as what it is; its value goes with it.
    drag(window, "12 مارس 2024", false);
    window.key("1");
    window.key("Enter");
    window.write("2024-03-12");
    window.key("Enter");
    window.key("4");
    window.check_says(&format!("{} · 12 مارس 2024 · 2024-03-12", t(words::DATE)));

    // An agency, by its chip.
    drag(window, "وزارة البيئة", true);
    window.click_on(t(words::AGENCY));
    window.check_says(&mark(words::AGENCY, lang, "وزارة البيئة"));
    assert!(window.is_in_article(), "the chip gives the focus back");

    // A mistake, taken away; taken back; done again; taken away by the button.
    drag(window, "شجرة", false);
    window.key("2");
    window.key("Delete");
    assert!(!window.says(&mark(words::AGENCY, lang, "شجرة")));
    window.key("Ctrl+Z");
    window.check_says(&mark(words::AGENCY, lang, "شجرة"));
    window.key("Ctrl+Shift+Z");
    assert!(!window.says(&mark(words::AGENCY, lang, "شجرة")));
    window.key("Ctrl+Z");
    window.click(t(words::REMOVE));
    assert!(!window.says(&mark(words::AGENCY, lang, "شجرة")));

    // All back to the start, and all done again.
    let names = seen(window);
    let mut steps = 0;
    while window.is_enabled(&undo_button(window, lang)) {
        window.key("Ctrl+Z");
        steps += 1;
    }
    assert!(steps >= 12, "{steps}");
    assert!(!window.says(&mark(words::CITY, lang, "وجدة")));
    assert!(window.has(lang_says(lang, "لا مواضع", "0 spans")));
    window.keys("Ctrl+Y", steps);
    while window.is_in_article() {
        // One thing at a time: the selection, the chosen span, the article.
        window.key("Esc");
    }
    window.key("F6");
    assert!(window.is_in_article());
    assert_eq!(seen(window), names);
}

/// The name of the button that takes back, which says what.
fn undo_button(window: &Window, lang: Lang) -> String {
    let start = lang_says(lang, "تراجع", "Undo");
    window.names().into_iter().find(|name| name.starts_with(start)).unwrap()
}

/// From span to span and from document to document.
fn go_through(window: &mut Window, lang: Lang) {
    let t = |text: tawsim::lang::Bilingual| text.get(lang);
    assert!(window.has(t(words::NOTHING_CHOSEN)));
    let order = [
        (words::CITY, "وجدة"),
        (words::DATE, "12 مارس 2024"),
        (words::COUNT, "250"),
        (words::AGENCY, "وزارة البيئة"),
    ];
    window.key("Ctrl+Home");
    for (label, text) in order {
        window.key("Tab");
        assert!(window.is_on(&mark(label, lang, text)), "{text}");
    }
    for (label, text) in order.into_iter().rev().skip(1) {
        window.key("Shift+Tab");
        assert!(window.is_on(&mark(label, lang, text)), "back to {text}");
    }
    window.key("Shift+Tab");
    assert!(window.is_on(&mark(words::AGENCY, lang, "وزارة البيئة")), "round the start");

    window.key("Alt+PageDown");
    window.check_says("· ميناء الصيد يستعيد نشاطه");
    window.click(t(words::NEXT));
    window.check_says("· مدرسة تفتح أبوابها");
    window.key("Alt+PageDown");
    window.check_says(lang_says(lang, "هذا آخر مقال", "This is the last document"));
    window.click(t(words::PREVIOUS));
    window.key("Alt+PageUp");
    window.check_says(&mark(words::CITY, lang, "وجدة"));
}

/// Finishes two documents; the first one is declared gold.
fn finish(window: &mut Window, lang: Lang) {
    let t = |text: tawsim::lang::Bilingual| text.get(lang);
    window.key("Ctrl+G");
    window.check_says(lang_says(lang, "أنهِ المقال أولًا", "finish it first"));
    window.key("Ctrl+Enter");
    window.check_says("· ميناء الصيد يستعيد نشاطه");
    window.check_says(lang_says(lang, "أُنهي 1 من 3 مقالات", "1 of 3 documents finished"));
    window.click(t(words::FINISH));
    window.check_says("· مدرسة تفتح أبوابها");
    window.key("Ctrl+Z");
    window.check_says("· ميناء الصيد يستعيد نشاطه");
    window.check_says(lang_says(lang, "أُنهي 1 من 3 مقالات", "1 of 3 documents finished"));
    window.click_on("حديقة جديدة في وجدة ·");
    window.click(t(words::GOLD));
    window.check_says(lang_says(lang, "أُعلنت", "is gold now"));
    window.check_says(lang_says(lang, "4 مواضع · ذهبي", "4 spans · gold"));
}

/// Exports by the dialog and reads the file.
fn export(home: &Home, window: &mut Window, lang: Lang, name: &str, gold: bool) -> Vec<Value> {
    if gold {
        // Of three documents, one has a gold set: a gold data set says so, unless told to go on.
        window.key("Ctrl+E");
        window.click_on_last(words::GOLD_SETS.get(lang));
        window.fill(words::PATH.get(lang), home.path(name).to_str().unwrap());
        window.key("Enter");
        window.check_says("2-harbor, 3-school");
        assert!(!home.path(name).exists());
    }
    window.key("Ctrl+E");
    if gold {
        window.click_on_last(words::GOLD_SETS.get(lang));
        window.click(words::KEEP_GOING.get(lang));
    }
    window.fill(words::PATH.get(lang), home.path(name).to_str().unwrap());
    window.click(words::EXPORT.get(lang));
    window.check_says(lang_says(lang, "كُتب: مقال واحد، 4 مواضع", "wrote 1 document, 4 spans"));
    home.read(name).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// What the data sets hold.
fn expected() -> Vec<Value> {
    let span = |label: &str, text: &str, value: Option<&str>, note: &str, doubtful: bool| {
        let start = GARDEN[..GARDEN.find(text).unwrap()].chars().count();
        let end = start + text.chars().count();
        let mut span = json!({ "start": start, "end": end, "label": label, "text": text });
        let fields = span.as_object_mut().unwrap();
        if let Some(value) = value {
            fields.insert("value".to_owned(), json!(value));
        }
        if !note.is_empty() {
            fields.insert("note".to_owned(), json!(note));
        }
        if doubtful {
            fields.insert("doubtful".to_owned(), json!(true));
        }
        span
    };
    vec![json!({
        "id": "1-garden",
        "text": GARDEN,
        "spans": [
            span("CITY", "وجدة", Some("وجدة"), "", false),
            span("DATE", "12 مارس 2024", Some("2024-03-12"), "", false),
            span("COUNT", "250", Some("250"), "من بيان 14 مارس؟", true),
            span("AGENCY", "وزارة البيئة", None, "", false),
        ],
    })]
}

/// All names but those of what is said for a while, of the last undo, and of suggestions, which
/// come when a thread has found them.
fn seen(window: &Window) -> Vec<String> {
    let passing = ["استُورد", "imported", "تراجع", "Undo", "أعد", "Redo", "كُتب", "wrote"];
    let mut names = window.names();
    let words = ["اقتراح", "suggestion", "Suggestion"];
    let is_suggested = |name: &str| words.iter().any(|word| name.contains(word));
    names.retain(|name| {
        !passing.iter().any(|start| name.starts_with(start)) && !is_suggested(name)
    });
    names
}

/// The files of the closed project hold what was marked, once each.
fn check_files(home: &Home) {
    let files = home.files("project");
    let of = |end: &str, folder: &str| {
        let mut found =
            files.iter().filter(|(name, _)| name.starts_with(folder) && name.ends_with(end));
        let (Some((_, text)), None) = (found.next(), found.next()) else {
            panic!("{folder}…{end} in {:?}", files.iter().map(|(name, _)| name))
        };
        text.clone()
    };
    for folder in ["sets/amal/", "gold/"] {
        let set = of("/1-garden.jsonl", folder);
        assert_eq!(set.lines().count(), 5, "a head and four spans: {set}");
        assert!(set.contains("\"2024-03-12\"") && set.contains("من بيان 14 مارس؟"), "{set}");
    }
    let document = of(".jsonl", "documents/");
    assert!(document.contains("حديقة جديدة في وجدة\\n\\nافتتحت"), "{document}");
}
