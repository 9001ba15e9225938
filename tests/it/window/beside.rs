//! What stands beside the article: the guidelines, and drawers where there is no room.

use tawsim::app::View;
use tawsim::lang::{Lang, both};

use super::hands::{Home, Window};
use super::{GARDEN, mark, three_articles, words};

const GUIDELINES: &str = "# قواعد\n\nوسّم **أقصر** نص يسمي الشيء.\n\n\
    ## مدينة – CITY\n\n- كل مدينة لها اسم: `وجدة`\n- A quarter counts too.\n\n\
    ## عدد\n\n| القيمة | مثال |\n|---|---|\n| 250 | `250 شخصا` |\n";

/// A window of that size on the three articles, the first one open.
fn of_size(home: &Home, lang: Lang, size: (f32, f32)) -> Window {
    three_articles(home, lang).close();
    let view = View::Project { folder: home.path("project"), document: None };
    Window::of_size(home.launch(view, lang), size)
}

#[test]
fn guidelines_are_shown_beside_the_article_at_the_labels_heading() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = three_articles(&home, lang);
        let none = both("لا دليل بعد", "No guidelines yet").get(lang);
        window.key("F3");
        assert!(window.has(none));
        window.check_says("guidelines.md");
        window.key("F3");
        assert!(!window.has(none));
        // Long enough that its end is not seen.
        let filler = "سطر طويل من القواعد يملأ الصفحة كلها.\n\n".repeat(60);
        let text = GUIDELINES.replace("## عدد", &format!("{filler}## عدد"));
        home.write("project/guidelines.md", &text);
        window.click(both("الدليل", "Guidelines").get(lang));
        window.check_says("وسّم أقصر نص يسمي الشيء.");
        window.check_says("كل مدينة لها اسم: \u{2068}وجدة\u{2069}");
        assert!(!window.says("القيمة · مثال"), "it is farther down");
        window.key("3");
        window.check_says("القيمة · مثال");
        window.key("1");
        window.check_says("مدينة – CITY");
        assert!(!window.says("القيمة · مثال"));
        window.key("Esc");

        // The value comes back when it is asked for.
        let mut sheet = window.sheet(GARDEN, lang);
        let (from, to) = sheet.ends("وجدة");
        window.drag(from, to);
        window.key("1");
        window.check_says("مدينة – CITY");
        window.key("Enter");
        window.write("وجدة");
        window.key("Enter");
        assert_eq!(window.value(words::VALUE.get(lang)), "وجدة");
        window.close();
    }
}

#[test]
fn guidelines_scroll_by_wheel_and_keys() {
    let home = Home::new();
    let mut window = three_articles(&home, Lang::En);
    let text: String = (0..200).map(|at| format!("paragraph {at}\n\n")).collect();
    home.write("project/guidelines.md", &text);
    window.key("F3");
    assert!(window.has("paragraph 0") && !window.has("paragraph 199"));
    window.click("paragraph 1");
    window.key("End");
    assert!(window.has("paragraph 199") && !window.has("paragraph 0"));
    window.key("Home");
    window.key("PageDown");
    assert!(!window.has("paragraph 0") && !window.has("paragraph 199"));
    window.key("Home");
    let at = window.rect("paragraph 3").center();
    window.wheel(at, -3_000.0, egui::Modifiers::NONE);
    window.rest();
    assert!(!window.has("paragraph 3"));
    window.close();
}

#[test]
fn a_narrow_window_shows_the_list_as_a_drawer_where_reading_begins() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = of_size(&home, lang, (700.0, 500.0));
        let list = both("قائمة المقالات", "List of documents").get(lang);
        let search = words::SEARCH.get(lang);
        assert!(!window.has(search));
        window.key("F4");
        assert!(window.has_focus(search));
        let field = window.field_rect(search);
        assert_eq!(field.center().x > 350.0, lang == Lang::Ar, "{field:?}");
        window.click_on("ميناء الصيد يستعيد نشاطه ·");
        window.check_says(both("نص المقال · ميناء", "Article text · ميناء").get(lang));
        assert!(!window.has(search), "a chosen row closes it");
        assert!(window.is_in_article());
        for close in ["F4", "Esc"] {
            window.click(list);
            assert!(window.has(search));
            if close == "Esc" {
                // The first is the field’s.
                window.key("Esc");
            }
            window.key(close);
            assert!(!window.has(search), "{close}");
            assert!(window.is_in_article());
        }
        window.click(list);
        let x = if lang == Lang::Ar { 30.0 } else { 670.0 };
        window.click_at(egui::pos2(x, 300.0));
        assert!(!window.has(search), "a click beside it closes it");
        // Where the list has room, the key hides it and shows it again.
        window.close();
        let mut window = home.open("project", lang);
        assert!(window.has(search) && !window.has(list));
        window.key("F4");
        assert!(!window.has(search) && window.is_in_article());
        window.key("F4");
        assert!(window.has_focus(search));
        window.close();
    }
}

#[test]
fn the_open_document_s_row_gets_the_focus_in_a_drawer_too() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = of_size(&home, lang, (700.0, 500.0));
        window.key("G");
        window.key("R");
        let rows: Vec<_> = window
            .names()
            .into_iter()
            .filter(|n| n.starts_with("حديقة جديدة في وجدة ·"))
            .collect();
        assert!(rows.iter().any(|row| window.has_focus(row)), "{rows:?}");
        // From there on by arrows.
        window.key("ArrowDown");
        window.key("Enter");
        window.check_says(both("نص المقال · ميناء", "Article text · ميناء").get(lang));
        window.close();
    }
}

#[test]
fn a_narrower_window_shows_the_span_as_a_drawer_where_reading_ends() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = of_size(&home, lang, (600.0, 480.0));
        let value = words::VALUE.get(lang);
        let mut sheet = window.sheet(GARDEN, lang);
        let (from, to) = sheet.ends("وجدة");
        window.drag(from, to);
        window.key("1");
        window.check_says(&mark(words::CITY, lang, "وجدة"));
        assert!(!window.has(value));
        window.key("Enter");
        assert!(window.has_focus(value));
        let field = window.field_rect(value);
        assert_eq!(field.center().x < 300.0, lang == Lang::Ar, "{field:?}");
        window.write("فاس 1");
        window.key("Enter");
        assert!(!window.has(value) && window.is_in_article(), "it is written and gone");
        window.key("Shift+F4");
        assert_eq!(window.value(value), "فاس 1");
        window.key("F3");
        window.check_says("guidelines.md");
        window.key("Esc");
        assert!(!window.says("guidelines.md"));
        window.close();
    }
}
