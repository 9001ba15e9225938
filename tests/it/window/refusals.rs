//! What cannot be done is said in words, and changes nothing.

use std::fs::File;

use tawsim::app::{Launch, View};
use tawsim::lang::{Lang, both};

use super::hands::{Home, Window};
use super::{GARDEN, HARBOR, mark, three_articles, words};

/// A project with one span, closed; the words of the span.
fn one_span(home: &Home) -> &'static str {
    let mut window = three_articles(home, Lang::En);
    let mut sheet = window.sheet(GARDEN, Lang::En);
    let (from, to) = sheet.ends("وزارة البيئة");
    window.drag(from, to);
    window.key("2");
    window.close();
    "وزارة البيئة"
}

#[test]
fn a_second_window_on_the_same_set_reads_only() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let span = one_span(&home);
        let mut first = home.open("project", lang);
        first.click_on("حديقة جديدة في وجدة ·");
        let files = home.files("project/sets");
        let mut second = home.open("project", lang);
        second.check_says(both("للقراءة فقط: ", "Read only: ").get(lang));
        second.click_on("حديقة جديدة في وجدة ·");
        let seen = mark(words::AGENCY, lang, span);
        second.check_says(&seen);
        let row = format!("{} · {span} · ", words::AGENCY.get(lang));
        second.check_says(&row);

        // Whatever is tried, it says why not.
        let refused = both("للقراءة فقط", "for reading only").get(lang);
        let mut sheet = second.sheet(GARDEN, lang);
        let (from, to) = sheet.ends("وجدة");
        second.drag(from, to);
        second.key("1");
        second.check_says(refused);
        assert!(!second.says(&mark(words::CITY, lang, "وجدة")));
        second.click_on(span);
        for key in ["1", "?", "Delete", "Ctrl+Enter", "Ctrl+Z", "Ctrl+G"] {
            second.key(key);
            second.check_says(&seen);
        }
        second.check_says(both("للقراءة والنسخ فقط: ", "To read and copy only: ").get(lang));
        second.click_field(words::VALUE.get(lang));
        second.write("ab");
        second.paste("cd");
        second.key("Backspace");
        assert_eq!(second.value(words::VALUE.get(lang)), "");
        second.key("Enter");
        assert!(second.is_in_article());
        assert!(!second.is_enabled(words::DOUBTFUL.get(lang)));
        assert!(!second.is_enabled(words::REMOVE.get(lang)));
        assert!(!second.is_enabled(words::FINISH.get(lang)));
        assert!(!second.is_enabled(words::COUNT.get(lang)), "nor are the chips");
        assert!(second.has(&row) && second.has(both("موضع واحد", "1 span").get(lang)));
        second.close();
        assert_eq!(home.files("project/sets"), files);

        // Another annotator works beside, and neither sees the other's spans.
        let mut third = Window::new(Launch {
            annotator: Some(tawsim::model::AnnotatorId::new("basma").unwrap()),
            ..home.launch(View::Project { folder: home.path("project"), document: None }, lang)
        });
        assert!(!third.says(both("للقراءة فقط: ", "Read only: ").get(lang)));
        assert!(!third.says(&seen));
        let mut sheet = third.sheet(GARDEN, lang);
        let (from, to) = sheet.ends("وجدة");
        third.drag(from, to);
        third.key("1");
        third.check_says(&mark(words::CITY, lang, "وجدة"));
        third.close();

        // The first window works on.
        first.key("Tab");
        first.key("1");
        first.check_says(&mark(words::CITY, lang, span));
        first.close();
        assert_ne!(home.files("project/sets"), files);
    }
}

#[test]
fn what_cannot_be_changed_can_be_read_and_copied() {
    let home = Home::new();
    one_span(&home);
    let mut first = home.open("project", Lang::En);
    first.click_on("حديقة جديدة في وجدة ·");
    first.key("Tab");
    first.fill("Value", "وزارة");
    first.key("Enter");
    let mut second = home.open("project", Lang::En);
    second.click_on("حديقة جديدة في وجدة ·");
    second.click_on("Agency · وزارة البيئة · وزارة");
    second.click_field("Value");
    second.key("Ctrl+A");
    second.frame(&[egui::Event::Cut]);
    second.write("x");
    second.key("Delete");
    assert_eq!(second.copy().as_deref(), Some("وزارة"));
    assert_eq!(second.value("Value"), "وزارة");
    second.key("F2");
    second.click_field("Title");
    second.write("x");
    assert_eq!(second.value("Title"), "");
    assert!(!second.is_enabled("Save"));
    second.close();
    first.close();
}

#[test]
fn an_overlap_is_refused_in_words() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let span = one_span(&home);
        let mut window = home.open("project", lang);
        window.click_on("حديقة جديدة في وجدة ·");
        let mut sheet = window.sheet(GARDEN, lang);
        for words in ["وقالت وزارة", "البيئة إنّ", "البيئة"] {
            let (from, to) = sheet.ends(words);
            window.drag(from, to);
            window.key("1");
            window.check_says(
                both("يتداخل مع «وزارة البيئة»", "overlap “وزارة البيئة”").get(lang),
            );
            assert!(!window.says(&mark(words::CITY, lang, words)));
            assert_eq!(window.copy().as_deref(), Some(words), "the selection stays");
        }
        // On the same letters it is no overlap but another label.
        let (from, to) = sheet.ends(span);
        window.drag(from, to);
        window.key("1");
        window.check_says(&mark(words::CITY, lang, span));
        // Of nothing but a space there is no span.
        let (_, from) = sheet.ends("وحضر");
        let (to, _) = sheet.ends("الحفل");
        window.drag(from, to);
        window.key("1");
        window.check_says(both("حدّد حروفًا أولًا", "select some letters first").get(lang));
        window.close();
    }
}

#[test]
fn whoever_annotates_is_asked_for_once() {
    let home = Home::new();
    one_span(&home);
    std::fs::remove_dir_all(home.path("config")).unwrap();
    let view = View::Project { folder: home.path("project"), document: None };
    let launch = || Launch { annotator: None, ..home.launch(view.clone(), Lang::Ar) };
    let mut window = Window::new(launch());
    window.check_says("من الموسّم؟");
    assert!(!window.says("محفوظ"), "nothing is open yet");
    window.key("Ctrl+A");
    window.key("Backspace");
    assert!(!window.is_enabled("ابدأ"));
    window.write("سارة");
    window.key("Enter");
    window.check_says("الموسّم: \u{2068}سارة\u{2069}");
    assert!(window.is_in_article());
    window.close();
    let window = Window::new(launch());
    window.check_says("الموسّم: \u{2068}سارة\u{2069}");
    window.close();

    // `gold` is nobody's name.
    let mut window = Window::new(launch());
    window.key("Ctrl+Shift+A");
    window.fill("اسمك", "gold");
    window.key("Enter");
    window.check_says("الموسّم: \u{2068}سارة\u{2069}");
    assert!(window.has("اسمك"), "the dialog stays");
    window.key("Esc");
    window.close();
}

#[test]
fn a_name_that_was_asked_for_one_project_is_not_taken_for_another() {
    let home = Home::new();
    one_span(&home);
    std::fs::remove_dir_all(home.path("config")).unwrap();
    let view = View::Project { folder: home.path("project"), document: None };
    let mut window = Window::new(Launch { annotator: None, ..home.launch(view, Lang::Ar) });
    window.click("ألغِ");
    window.click("جرّب مشروع المثال");
    window.check_says("مشروع المثال");
    window.key("Ctrl+Shift+A");
    window.fill("اسمك", "سارة");
    window.key("Enter");
    window.check_says("الموسّم: \u{2068}سارة\u{2069}");
    window.check_says("مشروع المثال");
    window.close();
}

#[test]
fn folders_and_files_that_are_none_are_refused() {
    let home = Home::new();
    let mut window = Window::new(home.launch(View::Welcome, Lang::En));
    window.click("Open a project…");
    window.fill("Path", home.path("nothing").to_str().unwrap());
    window.key("Enter");
    window.check_says("nothing");
    assert!(window.has("New project…"), "the welcome page is there");
    window.close();

    one_span(&home);
    let mut window = Window::new(home.launch(View::Welcome, Lang::En));
    window.click("New project…");
    window.fill("Path", home.path("project").to_str().unwrap());
    window.click("Create");
    window.check_says("here is a project in this folder already");
    window.key("Esc");
    window.close();

    let mut window = home.open("project", Lang::En);
    let files = home.files("project/documents");
    let bad = format!(
        "{}\n{{\"id\": \"b\", \"text\": ",
        serde_json::json!({"id": "a", "text": HARBOR})
    );
    for (name, text, says) in [
        ("bad/cut.jsonl", bad.as_str(), "nothing was imported"),
        ("odd/picture.png", "not text", "no files to import"),
    ] {
        home.write(name, text);
        window.key("Ctrl+I");
        window.fill("Path", home.path(name).parent().unwrap().to_str().unwrap());
        window.key("Enter");
        window.check_says(says);
        window.check_says("0 of 3 documents finished");
        assert_eq!(home.files("project/documents"), files);
    }
    window.check_says("cut.jsonl:2");
    window.close();
}

#[test]
fn a_file_that_is_there_is_not_overwritten() {
    let home = Home::new();
    one_span(&home);
    let mut window = home.open("project", Lang::En);
    window.click_on("حديقة جديدة في وجدة ·");
    window.key("Ctrl+Enter");
    home.write("out.jsonl", "precious");
    window.key("Ctrl+E");
    window.fill("Path", home.path("out.jsonl").to_str().unwrap());
    window.click("Export");
    window.check_says("is there already");
    assert_eq!(home.read("out.jsonl"), "precious");
    window.fill("Path", home.path("no/such/folder/out.jsonl").to_str().unwrap());
    window.key("Enter");
    window.check_says("cannot write");
    window.close();
}

#[test]
fn a_damaged_set_is_named_and_the_rest_is_there() {
    let home = Home::new();
    let span = one_span(&home);
    let (name, text) = home.files("project/sets").swap_remove(0);
    let path = home.path("project/sets").join(&name);
    {
        use std::io::Write as _;
        let mut file = File::options().append(true).open(&path).unwrap();
        file.write_all(b"{\"id\": \"broken\n").unwrap();
    }
    let mut window = home.open("project", Lang::En);
    window.click_on("حديقة جديدة في وجدة ·");
    window.check_says(&mark(words::AGENCY, Lang::En, span));
    window.click_on("problem");
    window.check_says(":3");
    window.close();
    let kept = std::fs::read_to_string(&path).unwrap();
    assert!(kept.starts_with(text.lines().next().unwrap()), "{kept}");
}
