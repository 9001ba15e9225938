//! The guidelines, written in the window: a page of text, saved, and never lost.

use egui::vec2;
use tawsim::app::View;
use tawsim::lang::{Bilingual, Lang, both};

use super::hands::{Home, Window};
use super::three_articles;

const FILE: &str = "project/guidelines.md";
const EDIT: Bilingual = both("حرّر دليل التوسيم", "Edit the guidelines");
const TEXT: Bilingual = both("نص الدليل", "Text of the guidelines");
const SAVE: Bilingual = both("احفظ", "Save");
const CANCEL: Bilingual = both("ألغِ", "Cancel");
const GO_ON: Bilingual = both("عد إلى الكتابة", "Go on writing");
const DISCARD: Bilingual = both("اتركه دون حفظ", "Leave it unsaved");
const OWN: Bilingual = both("اكتب نصي في الملف", "Write mine to the file");
const OTHER: Bilingual = both("اترك الآخر فيه", "Leave the other there");

/// A window with the guidelines open to be written in.
fn open(home: &Home, lang: Lang) -> Window {
    let mut window = three_articles(home, lang);
    window.key("F3");
    window.click(EDIT.get(lang));
    assert!(window.has_focus(TEXT.get(lang)));
    window
}

#[test]
fn guidelines_are_begun_and_changed_in_the_window() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = open(&home, lang);
        assert_eq!(window.value(TEXT.get(lang)), "");
        assert!(!window.is_enabled(SAVE.get(lang)));
        window.paste("# قواعد");
        window.keys("Enter", 2);
        window.write("abc");
        window.key("Backspace");
        assert_eq!(window.value(TEXT.get(lang)), "# قواعد\n\nab");
        window.key("Ctrl+S");
        assert!(!window.has(TEXT.get(lang)));
        window.check_says("قواعد");
        window.check_says(both("حُفظ دليل التوسيم", "The guidelines are saved").get(lang));
        assert_eq!(home.read(FILE), "# قواعد\n\nab");

        // By keys along the lines, up and down, in both directions of writing.
        window.click(EDIT.get(lang));
        window.key("End");
        window.write("x");
        window.key("ArrowDown");
        window.key("ArrowDown");
        window.key("Home");
        window.key("ArrowRight");
        window.write("y");
        window.key("Ctrl+Home");
        window.key("ArrowLeft");
        window.key("ArrowLeft");
        window.write("z");
        assert_eq!(window.value(TEXT.get(lang)), "# zقواعدx\n\nayb");
        window.keys("Ctrl+Z", 1);
        assert_eq!(window.value(TEXT.get(lang)), "# قواعدx\n\nayb");
        window.key("Ctrl+A");
        assert_eq!(window.copy().as_deref(), Some("# قواعدx\n\nayb"));
        window.key("Ctrl+Enter");
        assert_eq!(home.read(FILE), "# قواعدx\n\nayb");
        window.close();
    }
}

#[test]
fn what_is_not_saved_is_asked_for_before_it_is_left() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        home.write(FILE, "# قواعد\r\nسطر\r\n");
        let mut window = open(&home, lang);
        // Nothing was changed: nothing is asked.
        window.key("Esc");
        assert!(!window.has(TEXT.get(lang)));
        window.click(EDIT.get(lang));
        window.write("ab");
        window.key("Esc");
        window.check_says(both("لم يُحفظ", "is not saved").get(lang));
        assert!(window.has_focus(SAVE.get(lang)));
        // Esc once more, or the button: back to the text.
        window.key("Esc");
        assert!(window.has_focus(TEXT.get(lang)));
        window.click(CANCEL.get(lang));
        window.click(GO_ON.get(lang));
        assert_eq!(window.value(TEXT.get(lang)), "ab# قواعد\nسطر\n");
        // The window is not closed over it either.
        assert!(!window.ask_to_close());
        window.check_says(both("إن أُعيد الإغلاق ضاع", "closing again loses it").get(lang));
        window.key("Esc");
        window.click(DISCARD.get(lang));
        assert!(!window.has(TEXT.get(lang)));
        assert_eq!(home.read(FILE), "# قواعد\r\nسطر\r\n");
        window.click(EDIT.get(lang));
        window.write("cd");
        window.key("Esc");
        window.key("Enter");
        assert_eq!(home.read(FILE), "cd# قواعد\r\nسطر\r\n");
        assert!(window.ask_to_close());
        window.close();
    }
}

#[test]
fn what_another_program_wrote_meanwhile_is_kept_too() {
    for lang in [Lang::Ar, Lang::En] {
        for (answer, stands, kept) in [(OWN, "ab# أ\n", "# ب\n"), (OTHER, "# ب\n", "ab# أ\n")]
        {
            let home = Home::new();
            home.write(FILE, "# أ\n");
            let mut window = open(&home, lang);
            window.write("ab");
            home.write(FILE, "# ب\n");
            window.key("Ctrl+S");
            window.check_says(both("غيّر برنامج آخر", "Another program has changed").get(lang));
            assert_eq!(home.read(FILE), "# ب\n");
            // It can wait.
            window.click(GO_ON.get(lang));
            assert_eq!(window.value(TEXT.get(lang)), "ab# أ\n");
            window.key("Ctrl+S");
            window.click(answer.get(lang));
            assert!(!window.has(TEXT.get(lang)));
            assert_eq!(home.read(FILE), stands);
            let conflicts = home.files("project/conflicts");
            let texts: Vec<_> = conflicts.iter().map(|(_, text)| text.as_str()).collect();
            assert_eq!(texts, [kept]);
            window.check_says(both("مشكلة واحدة", "1 problem").get(lang));
            window.close();
        }
    }
}

#[test]
fn a_long_page_is_scrolled_to_where_one_writes() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let line = "سطر من القواعد يصف ما يُوسم، and some English in it.\n";
        let text = line.repeat(4_000);
        home.write(FILE, &text);
        let mut window = open(&home, lang);
        let bar =
            |window: &Window| window.rects(both("شريط التمرير", "Scroll bar").get(lang)).len();
        assert!(bar(&window) >= 1);
        window.key("Ctrl+End");
        window.paste("END");
        window.key("PageUp");
        window.key("PageDown");
        window.key("Ctrl+End");
        window.paste("!");
        let at = window.field_rect(TEXT.get(lang));
        // The last line is empty but for this, at the bottom of what is seen.
        window.wheel(at.center(), 4_000.0, egui::Modifiers::NONE);
        window.click_at(at.min + vec2(at.width() / 2.0, 40.0));
        window.paste("HERE");
        let value = window.value(TEXT.get(lang));
        let here = value.find("HERE").unwrap();
        assert!(value.ends_with("END!") && here > text.len() / 2 && here < text.len());
        window.key("Ctrl+S");
        assert_eq!(home.read(FILE), value);
        window.close();
    }
}

#[test]
fn guidelines_that_cannot_be_read_are_not_written_over() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = three_articles(&home, lang);
        let path = home.write(FILE, "");
        std::fs::remove_file(&path).unwrap();
        std::fs::create_dir(&path).unwrap();
        window.key("F3");
        window.click(EDIT.get(lang));
        assert!(!window.has(TEXT.get(lang)));
        window.check_says("guidelines.md");
        window.close();
        // Without a project there are none.
        let mut window = Window::new(home.launch(View::Welcome, lang));
        window.key("Ctrl+K");
        window.paste(both("حرّر دليل", "Edit the guidelines").get(lang));
        let name = both("حرّر دليل التوسيم…", "Edit the guidelines…").get(lang);
        assert!(!window.is_enabled(name));
        window.close();
    }
}
