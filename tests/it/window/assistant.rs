//! A new project, set up on one page: folder, articles, labels, who annotates.

use egui::Role;
use serde_json::Value;
use tawsim::app::{Launch, View};
use tawsim::lang::{Bilingual, Lang, both};
use tawsim::theme::Mode;

use super::hands::{Home, Window};
use super::screens::look;
use super::{GARDEN, HARBOR, SCHOOL, words};

const ARTICLES: Bilingual = both("المقالات", "Articles");
const ANNOTATOR: Bilingual = both("اسم الموسّم", "Annotator");
const NAME: Bilingual = both("اسم المشروع", "Project name");
const OWN: Bilingual = both("وسوم أصنعها", "My own");
const FROM: Bilingual = both("من ملف أو مشروع", "From a file or project");

/// A window on the welcome page of somebody who has a home folder and no name yet.
fn welcome(home: &Home, lang: Lang) -> Window {
    std::fs::create_dir_all(home.path("home")).unwrap();
    Window::new(Launch {
        home: home.path("home"),
        annotator: None,
        ..home.launch(View::Welcome, lang)
    })
}

/// Writes what files are to be looked at, and waits until they are.
fn look_at(window: &mut Window, lang: Lang, path: &std::path::Path) {
    window.fill(ARTICLES.get(lang), path.to_str().unwrap());
    window.rest();
    window.settle();
}

#[test]
fn labels_of_ones_own_from_an_empty_screen_to_an_exported_file() {
    for lang in [Lang::Ar, Lang::En] {
        let t = |ar, en| both(ar, en).get(lang);
        let home = Home::new();
        home.write("articles/harbor.txt", HARBOR);
        let mut window = welcome(&home, lang);
        window.click(words::NEW.get(lang));
        // A folder is suggested, and has the focus.
        let folder = home.path("home/tawsim-project");
        assert_eq!(window.value(words::PATH.get(lang)), folder.to_str().unwrap());
        assert!(window.has_focus(words::PATH.get(lang)));
        window.check_says(t("سيُنشأ هذا المجلد", "This folder will be made"));
        window.fill(NAME.get(lang), "موانئ");
        window.fill(ANNOTATOR.get(lang), "سارة");
        look_at(&mut window, lang, &home.path("articles"));
        window.check_says(t("مقال واحد", "1 document"));
        window.check_says("ميناء الصيد يستعيد نشاطه");

        // Labels: none yet, then one; what is written elsewhere stays.
        window.click(OWN.get(lang));
        window.check_says(t("اصنع وسمًا واحدًا على الأقل", "Make at least one label"));
        assert!(!window.is_enabled(words::CREATE.get(lang)));
        window.click(t("اصنع الوسوم…", "Make labels…"));
        window.click(t("أضف وسمًا", "Add a label"));
        window.fill(t("الاسم بالعربية", "Name in Arabic"), "سفينة");
        window.fill(t("الاسم بالإنجليزية", "Name in English"), "Ship");
        window.click(t("احفظ", "Save"));
        assert_eq!(window.value(NAME.get(lang)), "موانئ");
        assert!(window.has(t("سفينة", "Ship")));
        window.click(words::CREATE.get(lang));

        window.check_says(t("استُورد: مقال واحد", "imported 1 document"));
        window.check_says("\u{2068}سارة\u{2069}");
        assert!(window.is_in_article());
        let mut sheet = window.sheet(HARBOR, lang);
        let (from, to) = sheet.ends("45 سفينة");
        window.drag(from, to);
        window.key("1");
        window.click(words::FINISH.get(lang));
        window.key("Ctrl+E");
        window.key("Enter");
        window.close();

        assert!(home.read("home/tawsim-project/project.ron").contains("موانئ"));
        let files = home.files("home");
        let (_, text) = files.iter().find(|(name, _)| name.starts_with("موانئ-")).unwrap();
        let document: Value = serde_json::from_str(text.trim()).unwrap();
        let spans = document["spans"].as_array().unwrap();
        assert_eq!(
            (&spans[0]["label"], &spans[0]["text"]),
            (&"SHIP".into(), &"45 سفينة".into())
        );
    }
}

#[test]
fn what_would_be_imported_is_seen_before_and_nothing_is_kept_by_esc() {
    for lang in [Lang::Ar, Lang::En] {
        let t = |ar, en| both(ar, en).get(lang);
        let home = Home::new();
        home.write("articles/a.txt", GARDEN);
        home.write("articles/b.jsonl", "{ nothing\n");
        // قال الوزير, in Windows-1256.
        let old = home.write("articles/c.txt", "");
        std::io::Write::write_all(
            &mut std::fs::File::create(old).unwrap(),
            b"\xDE\xC7\xE1 \xC7\xE1\xE6\xD2\xED\xD1\r\n",
        )
        .unwrap();
        let mut window = welcome(&home, lang);
        window.click(words::NEW.get(lang));
        look_at(&mut window, lang, &home.path("articles"));
        window.check_says(t("مقالان", "2 documents"));
        window
            .check_says(t("\u{2068}نص\u{2069}: ملفان", "\u{2068}plain text\u{2069}: 2 files"));
        window.check_says("حديقة جديدة في وجدة");
        window.check_says("Windows-1256");
        window.check_says("b.jsonl:1");
        assert!(home.files("home").is_empty());
        window.key("Esc");
        assert!(window.has(words::NEW.get(lang)));
        assert!(home.files("home").is_empty());

        // Damaged: the project is made nonetheless, and it is told.
        window.click(words::NEW.get(lang));
        assert_eq!(window.value(ARTICLES.get(lang)), "");
        window.fill(ANNOTATOR.get(lang), "سارة");
        look_at(&mut window, lang, &home.path("articles"));
        window.click(words::CREATE.get(lang));
        window.check_says(t(
            "أُنشئ المشروع ولم يُستورد شيء",
            "the project is made, and nothing was imported",
        ));
        assert!(home.path("home/tawsim-project/project.ron").exists());
        // What was named is there again, to be tried once more.
        window.key("Ctrl+I");
        let path = home.path("articles");
        assert_eq!(window.value(words::PATH.get(lang)), path.to_str().unwrap());
        window.click(t("استورد السليم", "Import what is well"));
        window.key("Esc");
        window.close();
    }
}

#[test]
fn pictures_of_a_new_project() {
    for (lang, mode) in [(Lang::Ar, Mode::Light), (Lang::En, Mode::Dark)] {
        let home = Home::new();
        let mut window = articles_of_all_kinds(&home, lang, mode);
        let name = format!("assistant-{}-{}", lang.code(), mode.id());
        look(&mut window, &name);
        window.click(OWN.get(lang));
        look(&mut window, &format!("{name}-own"));
        window.resize(900.0, 560.0);
        look(&mut window, &format!("{name}-small"));
        window.close();
    }
}

/// The page of a new project in which articles of several kinds are named.
fn articles_of_all_kinds(home: &Home, lang: Lang, mode: Mode) -> Window {
    for (number, text) in [GARDEN, HARBOR, SCHOOL, "خبر رابع\n"].iter().enumerate() {
        home.write(&format!("articles/{number}.txt"), text);
    }
    home.write("articles/b.jsonl", "{ nothing\n");
    std::fs::create_dir_all(home.path("home")).unwrap();
    let mut window = Window::new(Launch {
        home: home.path("home"),
        mode: Some(mode),
        ..home.launch(View::Welcome, lang)
    });
    window.click(words::NEW.get(lang));
    look_at(&mut window, lang, &home.path("articles"));
    window
}

#[test]
fn places_that_are_none_are_told_before_anything_is_made() {
    let home = Home::new();
    home.write("used/notes.txt", "x");
    let mut window = welcome(&home, Lang::En);
    window.click("New project…");
    window.fill("Annotator", "Sara");
    for (path, says, may) in [
        (home.path("used"), "Other files are in this folder", true),
        (home.path("used/notes.txt"), "This is a file", false),
        (home.path("used/new"), "This folder will be made", true),
    ] {
        window.fill("Path", path.to_str().unwrap());
        window.check_says(says);
        assert_eq!(window.is_enabled("Create"), may, "{}", path.display());
    }
    window.fill("Annotator", "gold");
    assert!(!window.is_enabled("Create"), "`gold` is nobody’s name");
    window.fill("Annotator", "Sara");
    window.fill("Path", home.path("used").to_str().unwrap());
    window.key("Enter");
    window.check_says("This project has no documents yet");
    assert_eq!(home.read("used/notes.txt"), "x");

    // There is a project now: it can be opened from here, and lends its labels.
    window.key("Ctrl+N");
    window.fill("Path", home.path("used").to_str().unwrap());
    assert!(!window.is_enabled("Create"));
    assert!(window.has("Open this project"));
    window.fill("Path", home.path("other").to_str().unwrap());
    window.click(FROM.get(Lang::En));
    window.fill("Labels from", home.path("used").to_str().unwrap());
    for name in ["City", "Agency", "Count", "Date"] {
        assert_eq!(window.of_role(Role::Button).iter().filter(|of| *of == name).count(), 1);
    }
    window.click("Create");
    window.check_says("made the project “\u{2068}other\u{2069}”");
    window.close();
}
