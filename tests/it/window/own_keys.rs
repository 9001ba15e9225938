//! Keys that are changed in the window: recorded, taken from another command, put back.

use egui::{Event, Key, Modifiers};
use tawsim::app::View;
use tawsim::lang::{Bilingual, Lang, both};

use super::hands::{Home, Window};
use super::{GARDEN, mark, three_articles, words};

const CHANGE: Bilingual = both("غيّر المفاتيح…", "Change keys…");
const TITLE: Bilingual = both("غيّر المفاتيح", "Change keys");
const SEARCH: Bilingual = both("ابحث عن أمر أو مفتاح", "Search for a command or a key");
const REPLACE: Bilingual = both("خذه له", "Replace");
const LEAVE: Bilingual = both("اتركه", "Leave");
const ADD: Bilingual = both("أضف مفتاحًا آخر", "Add another key");
const AWAY: Bilingual = both("انزع المفتاح", "Take the key away");
const RESET: Bilingual = both("أعده كما كان", "Reset");
const UNDO: Bilingual = both("تراجع عن التغيير", "Undo the change");
const RESET_ALL: Bilingual = both("أعد كل المفاتيح", "Reset all");

const UNDO_ROW: Bilingual = both("تراجع · التحرير: ", "Undo · Edit: ");
const THEME_ROW: Bilingual = both("فاتح أو داكن · العرض: ", "Light or dark · View: ");
const CHANGED: Bilingual = both(" · مغيَّر", " · changed");

/// What the row of a command is called that has those keys.
fn row(lang: Lang, command: Bilingual, keys: &[&str], changed: bool) -> String {
    let keys: Vec<_> = keys.iter().map(|keys| format!("\u{2068}{keys}\u{2069}")).collect();
    let keys = match keys.is_empty() {
        true => both("بلا مفتاح", "no key").get(lang).to_owned(),
        false => keys.join(both("، ", ", ").get(lang)),
    };
    let changed = if changed { CHANGED.get(lang) } else { "" };
    format!("{}{keys}{changed}", command.get(lang))
}

/// The settings, and in them the page of keys.
fn open(window: &mut Window, lang: Lang) {
    window.key("Ctrl+,");
    window.click(CHANGE.get(lang));
    assert!(window.has(TITLE.get(lang)));
}

/// Looks for the only command that fits, and comes to its row.
fn find(window: &mut Window, lang: Lang, text: &str) {
    window.fill(SEARCH.get(lang), text);
    window.key("Enter");
}

#[test]
fn a_key_is_recorded_and_counts_at_once_and_after_a_restart() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = three_articles(&home, lang);
        open(&mut window, lang);
        find(&mut window, lang, "Ctrl+Z");
        assert!(window.has_focus(&row(lang, UNDO_ROW, &["Ctrl+Z"], false)));
        window.key("Enter");
        let recorder = both("مفتاح جديد: تراجع", "New key: Undo").get(lang);
        assert!(window.has_focus(recorder));
        // What is a command elsewhere is a key here.
        window.key("Esc");
        assert!(window.has_focus(&row(lang, UNDO_ROW, &["Ctrl+Z"], false)));
        window.key("Enter");
        window.key("Ctrl+U");
        assert_eq!(window.value(recorder), "Ctrl+U");
        window.key("Enter");
        window.fill(SEARCH.get(lang), "Ctrl+U");
        assert!(window.has(&row(lang, UNDO_ROW, &["Ctrl+U"], true)), "{:#?}", window.names());
        // Out of the page, out of the settings.
        window.keys("Esc", 2);
        assert!(window.is_in_article());

        let check = |window: &mut Window| {
            let mut sheet = window.sheet(GARDEN, lang);
            let city = mark(words::CITY, lang, "وجدة");
            let (from, to) = sheet.ends("وجدة");
            window.drag(from, to);
            window.key("1");
            window.check_says(&city);
            window.key("Ctrl+Z");
            window.check_says(&city);
            window.key("Ctrl+U");
            assert!(!window.says(&city));
        };
        check(&mut window);
        window.key("F1");
        window.check_says(
            both("تراجع: \u{2066}Ctrl+U\u{2069}", "Undo: \u{2066}Ctrl+U\u{2069}").get(lang),
        );
        window.close();
        let file = home.read("config/keys.ron");
        assert!(
            file.contains("\"Ctrl+U\": \"edit.undo\",\n    \"Ctrl+Z\": \"none\","),
            "{file}"
        );
        assert!(file.contains("// \"Ctrl+Z\": \"edit.undo\""), "the rest is as it was");
        let mut window = home.open("project", lang);
        check(&mut window);
        window.close();
    }
}

#[test]
fn a_key_that_another_command_has_is_taken_only_when_asked() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = three_articles(&home, lang);
        open(&mut window, lang);
        find(&mut window, lang, "Ctrl+D");
        let theme = |keys: &[&str], changed| row(lang, THEME_ROW, keys, changed);
        for answer in [LEAVE, REPLACE] {
            window.key("Enter");
            window.key("Ctrl+Z");
            window.key("Enter");
            window.check_says(both("للأمر «تراجع»", "belongs to “Undo”").get(lang));
            assert!(window.has(&theme(&["Ctrl+D"], false)));
            assert!(window.has_focus(REPLACE.get(lang)));
            window.click(answer.get(lang));
        }
        window.fill(SEARCH.get(lang), "Ctrl+Z");
        assert!(window.has(&theme(&["Ctrl+Z"], true)), "{:#?}", window.names());
        window.fill(SEARCH.get(lang), both("تراجع", "undo").get(lang));
        assert!(window.has(&row(lang, UNDO_ROW, &[], true)));
        // Put back, it takes the key again, and says so.
        window.key("Enter");
        window.click(RESET.get(lang));
        window.check_says(both("للأمر «فاتح أو داكن»", "belongs to “Light or dark”").get(lang));
        window.key("Esc");
        assert!(window.has(&row(lang, UNDO_ROW, &[], true)) && window.has(TITLE.get(lang)));
        window.click(RESET.get(lang));
        window.key("Enter");
        assert!(window.has(&row(lang, UNDO_ROW, &["Ctrl+Z"], false)));
        window.close();
    }
}

#[test]
fn keys_one_after_another_are_recorded_and_a_first_one_waits_a_little() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = three_articles(&home, lang);
        open(&mut window, lang);
        find(&mut window, lang, "Ctrl+D");
        window.click(ADD.get(lang));
        window.key("q");
        window.key("w");
        let theme = |keys: &[&str]| row(lang, THEME_ROW, keys, true);
        assert!(window.has(&theme(&["Q W", "Ctrl+D"])), "{:#?}", window.names());
        // On an Arabic layout, a letter is the Latin one of its place.
        window.key("Enter");
        for pressed in [true, false] {
            let key = Event::Key {
                key: Key::J,
                physical_key: Some(Key::J),
                pressed,
                repeat: false,
                modifiers: Modifiers::NONE,
            };
            window.frame(&[key, Event::Text("ت".to_owned())]);
        }
        window.rest();
        let recorder = both("مفتاح جديد: فاتح أو داكن", "New key: Light or dark").get(lang);
        assert_eq!(window.value(recorder), "J");
        for _ in 0..2 {
            window.rest();
        }
        // It is the key of another command.
        window.check_says(both("للأمر «", "belongs to “").get(lang));
        window.key("Esc");
        assert!(window.has(&theme(&["Q W", "Ctrl+D"])));
        window.keys("Esc", 2);
        assert!(window.is_in_article());
        let is_dark = window.has(both("فاتح", "Light").get(lang));
        window.key("q");
        window.key("w");
        assert_ne!(window.has(both("فاتح", "Light").get(lang)), is_dark);
        window.close();
    }
}

#[test]
fn keys_are_taken_away_and_put_back_and_each_change_can_be_taken_back() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        home.write("config/keys.ron", "{ \"Ctrl+J\": \"edit.redo\" } // mine\n");
        let mut window = three_articles(&home, lang);
        open(&mut window, lang);
        find(&mut window, lang, "Ctrl+Z");
        window.key("Enter");
        window.key("Backspace");
        let none = row(lang, UNDO_ROW, &[], true);
        let first = row(lang, UNDO_ROW, &["Ctrl+Z"], false);
        window.fill(SEARCH.get(lang), both("تراجع", "undo").get(lang));
        window.check_says(&none);
        window.click(UNDO.get(lang));
        window.check_says(&first);
        assert_eq!(home.read("config/keys.ron"), "{ \"Ctrl+J\": \"edit.redo\" } // mine\n");
        // By the button, and by the key on the row.
        window.key("Enter");
        window.click(AWAY.get(lang));
        window.check_says(&none);
        window.click(RESET.get(lang));
        window.check_says(&first);
        window.click(both("المغيَّرة فقط", "Changed only").get(lang));
        window.fill(SEARCH.get(lang), "");
        window.key("Ctrl+A");
        window.key("Delete");
        assert!(!window.has(&first));
        window.check_says("Ctrl+J");
        window.click(RESET_ALL.get(lang));
        assert!(!window.says("Ctrl+J"));
        window.click(UNDO.get(lang));
        window.check_says("Ctrl+J");
        // Written by another program meanwhile: that stays.
        window.click(RESET_ALL.get(lang));
        home.write("config/keys.ron", "{ \"Ctrl+M\": \"edit.redo\" }");
        window.click(UNDO.get(lang));
        window.check_says(both("برنامج آخر", "another program").get(lang));
        window.check_says("Ctrl+M");
        assert_eq!(home.read("config/keys.ron"), "{ \"Ctrl+M\": \"edit.redo\" }");
        window.close();
    }
}

#[test]
fn a_key_that_others_live_by_is_refused_and_the_page_goes_on_listening() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = Window::new(home.launch(View::Welcome, lang));
        open(&mut window, lang);
        find(&mut window, lang, "Ctrl+D");
        window.key("Enter");
        let recorder = both("مفتاح جديد: فاتح أو داكن", "New key: Light or dark").get(lang);
        for (keys, why) in [
            ("1", both("للوسوم", "is for labels")),
            ("ArrowLeft", both("يحرّك المؤشر", "moves the caret")),
        ] {
            window.key(keys);
            window.key("Enter");
            window.check_says(why.get(lang));
            assert!(window.has_focus(recorder));
        }
        window.copy();
        window.key("Enter");
        window.check_says(both("للنسخ والقص", "copies, cuts or pastes").get(lang));
        window.key("Esc");
        assert!(window.has(&row(lang, THEME_ROW, &["Ctrl+D"], false)));
        window.close();
        assert!(!home.path("config/keys.ron").exists());
    }
}

#[test]
fn a_file_that_cannot_be_read_is_never_written_over() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let path = home.write("config/keys.ron", "");
        std::fs::remove_file(&path).unwrap();
        std::fs::create_dir(&path).unwrap();
        let mut window = Window::new(home.launch(View::Welcome, lang));
        open(&mut window, lang);
        window.check_says(
            both("تعذّرت قراءة ملف المفاتيح", "the file of keys cannot be read").get(lang),
        );
        find(&mut window, lang, "Ctrl+Z");
        window.key("Enter");
        window.key("Ctrl+U");
        window.key("Enter");
        window.check_says(both("فلم يُكتب فيه شيء", "nothing was written to it").get(lang));
        assert!(window.has(&row(lang, UNDO_ROW, &["Ctrl+Z"], false)));
        window.close();
        assert!(path.is_dir());

        // Lines that cannot be read are told, and stay as they are.
        let home = Home::new();
        home.write("config/keys.ron", "{\n  Ctrl+W: edit.redo,\n}\n");
        let mut window = Window::new(home.launch(View::Welcome, lang));
        open(&mut window, lang);
        window.check_says(both("السطر 2", "line 2").get(lang));
        find(&mut window, lang, "Ctrl+Z");
        window.key("Enter");
        window.key("Ctrl+U");
        window.key("Enter");
        window.close();
        let file = home.read("config/keys.ron");
        assert!(file.contains("  Ctrl+W: edit.redo,\n}\n") && file.contains("\"Ctrl+U\""));
    }
}
