//! The settings: each counts at once, in both languages, and is still there after a restart.

use egui::Role;
use tawsim::app::{Launch, View};
use tawsim::lang::{Bilingual, Lang, both};

use super::hands::{Home, Window};
use super::three_articles;

const TITLE: Bilingual = both("الإعدادات", "Settings");
const CLOSE: Bilingual = both("أغلق", "Close");

/// Chooses a radio button.
fn choose(window: &mut Window, lang: Lang, name: Bilingual, option: Bilingual) {
    let name = format!("{}: {}", name.get(lang), option.get(lang));
    let place = window.rect_of(Role::RadioButton, &name).center();
    window.click_at(place);
    assert!(window.is_on_of(Role::RadioButton, &name), "{name}");
}

const THEME: Bilingual = both("السمة", "Theme");
const CONTRAST: Bilingual = both("داكن عالي التباين", "Dark, high contrast");
const SIZE: Bilingual = both("حجم الواجهة", "Interface size");
const LENGTH: Bilingual = both("طول السطر", "Line length");
const SPACING: Bilingual = both("تباعد الأسطر", "Line spacing");
const FONT: Bilingual = both("الخط", "Font");

#[test]
fn settings_count_at_once_and_are_remembered() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = three_articles(&home, lang);
        window.key("Ctrl+,");
        assert!(window.has(TITLE.get(lang)));
        choose(&mut window, lang, THEME, CONTRAST);
        choose(&mut window, lang, FONT, both("بلا زوائد (نوتو)", "Sans (Noto)"));
        choose(&mut window, lang, LENGTH, both("طويل", "Wide"));
        choose(&mut window, lang, SPACING, both("متباعد", "Wide"));
        window.click(both("كبّر نص المقال", "Enlarge the article’s text").get(lang));
        window.click(both("قلّل الحركة", "Reduce motion").get(lang));
        let before = window.rect(CLOSE.get(lang)).height();
        choose(&mut window, lang, SIZE, both("125%", "125%"));
        assert!((window.rect(CLOSE.get(lang)).height() - before).abs() < 0.1, "in points");
        window.key("Esc");
        assert!(!window.has(TITLE.get(lang)) && window.is_in_article());
        window.close();
        let text = home.read("config/settings.ron");
        for line in [
            "theme: \"contrast-dark\"",
            "scale: 125",
            "text_size: 24.0",
            "text_face: \"sans\"",
            "line_length: \"wide\"",
            "line_spacing: \"wide\"",
            "less_motion: true",
        ] {
            assert!(text.contains(line), "{line} is not in {text}");
        }

        let mut window = Window::new(Launch { mode: None, ..home.launch(View::Welcome, lang) });
        window.key("Ctrl+,");
        for (name, option) in [(THEME, CONTRAST), (LENGTH, both("طويل", "Wide"))] {
            let name = format!("{}: {}", name.get(lang), option.get(lang));
            assert!(window.is_on_of(Role::RadioButton, &name), "{name}");
        }
        window.close();
    }
}

#[test]
fn the_language_changes_while_the_settings_are_open() {
    let home = Home::new();
    let mut window = three_articles(&home, Lang::En);
    window.key("Ctrl+,");
    let place = window.rect_of(Role::RadioButton, "Language: العربية").center();
    window.click_at(place);
    assert!(window.is_on_of(Role::RadioButton, "اللغة: العربية"));
    assert!(window.has(TITLE.ar) && !window.has(TITLE.en));
    window.close();
    assert!(home.read("config/settings.ron").contains("lang: \"ar\""));
}

#[test]
fn the_interface_counts_in_the_digits_that_the_person_reads_and_the_article_keeps_its_own() {
    let home = Home::new();
    let mut window = three_articles(&home, Lang::Ar);
    window.check_says("3 مقالات");
    window.key("Ctrl+,");
    let digits = both("أرقام الواجهة", "Digits");
    choose(&mut window, Lang::Ar, digits, both("\u{2066}١٢٣٤\u{2069}", ""));
    window.key("Esc");
    window.check_says("٣ مقالات");
    assert!(!window.says("3 مقالات"));
    window.key("Ctrl+A");
    assert!(window.copy().unwrap().contains("12 مارس 2024"));
    window.close();
}

#[test]
fn choices_are_made_by_arrows_and_keep_the_focus() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = three_articles(&home, lang);
        window.key("Ctrl+,");
        choose(&mut window, lang, SPACING, both("معتاد", "Normal"));
        // Onwards is to the left where reading is.
        let (onwards, back) = match lang {
            Lang::Ar => ("ArrowLeft", "ArrowRight"),
            Lang::En => ("ArrowRight", "ArrowLeft"),
        };
        let is_on = |window: &Window, option: Bilingual| {
            let name = format!("{}: {}", SPACING.get(lang), option.get(lang));
            window.is_on_of(Role::RadioButton, &name)
        };
        window.key(onwards);
        assert!(is_on(&window, both("متباعد", "Wide")));
        window.keys(back, 2);
        assert!(is_on(&window, both("متقارب", "Close")));
        window.close();
    }
}

/// Goes through the settings by Tab until something has the focus that is seen.
fn tab_to(window: &mut Window, name: &str) {
    for _ in 0..30 {
        window.key("Tab");
        if window.has_focus(name) {
            window.settle();
            let (rect, all) = (window.rect(name), window.harness.ctx.content_rect());
            assert!(all.contains_rect(rect), "`{name}` at {rect} is not in {all}");
            return;
        }
    }
    panic!("Tab does not come to `{name}`");
}

#[test]
fn at_twice_the_size_all_settings_are_reached_by_keys_and_seen() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = three_articles(&home, lang);
        window.key("Ctrl+,");
        choose(&mut window, lang, SIZE, both("200%", "200%"));
        let change = both("غيّر الموسّم…", "Change annotator…");
        for name in [change, both("كل المفاتيح", "All keys"), CLOSE] {
            tab_to(&mut window, name.get(lang));
        }
        window.key("Enter");
        assert!(!window.has(TITLE.get(lang)));
        window.close();
    }
}

#[test]
fn the_bar_of_a_dialog_is_where_reading_ends() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let launch = home.launch(View::Welcome, lang);
        let mut window = Window::of_size(launch, (700.0, 420.0));
        window.key("Ctrl+,");
        let bar = window.rect_of(Role::ScrollBar, both("شريط التمرير", "Scroll bar").get(lang));
        let title = window.rect(TITLE.get(lang));
        match lang {
            Lang::Ar => assert!(bar.left() < 60.0 && title.right() > 600.0, "{bar} {title}"),
            Lang::En => assert!(bar.right() > 640.0 && title.left() < 100.0, "{bar} {title}"),
        }
        window.press(bar.center_top() + egui::vec2(0.0, 4.0), true);
        window.move_to(bar.center_bottom());
        window.press(bar.center_bottom(), false);
        window.settle();
        assert!(window.rect(TITLE.get(lang)).bottom() < 0.0, "dragging it scrolls");
        window.close();
    }
}
