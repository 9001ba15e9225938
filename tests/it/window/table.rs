//! The table of the article's spans, the map beside the scroll bar, and where a span stands.

use egui::{pos2, vec2};
use tawsim::lang::{Lang, both};

use super::hands::{Home, Window};
use super::{GARDEN, mark, three_articles, words};

/// Marks four things of the garden's article, the last one doubtful.
fn marked(home: &Home, lang: Lang) -> Window {
    let mut window = three_articles(home, lang);
    let mut sheet = window.sheet(GARDEN, lang);
    for (words, key) in [("وجدة", "1"), ("12 مارس 2024", "4"), ("بركان", "1"), ("1400", "3")]
    {
        let (from, to) = sheet.ends(words);
        window.drag(from, to);
        window.key(key);
    }
    window.key("?");
    // Room for all rows.
    window.key("Esc");
    window
}

/// The order in which the rows with those words stand.
fn order(window: &Window, parts: [&str; 4]) -> Vec<usize> {
    let mut rows: Vec<_> = (0..4).map(|at| (window.row(parts[at]).top(), at)).collect();
    rows.sort_by(|a, b| a.0.total_cmp(&b.0));
    rows.into_iter().map(|(_, at)| at).collect()
}

#[test]
fn the_table_is_sorted_by_its_heads_and_filtered_by_label() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = marked(&home, lang);
        let rows = ["· وجدة ·", "· 12 مارس 2024 ·", "· بركان ·", "· 1400 ·"];
        assert_eq!(order(&window, rows), [0, 1, 2, 3]);
        let text = both("رتّب بالنص", "Sort by text").get(lang);
        window.click(text);
        assert_eq!(order(&window, rows), [1, 3, 2, 0]);
        window.click(text);
        assert_eq!(order(&window, rows), [0, 2, 3, 1]);
        window.click(text);
        assert_eq!(order(&window, rows), [0, 1, 2, 3], "by place again");
        window.click(both("المشكوك فيها أولًا", "Doubtful ones first").get(lang));
        assert_eq!(order(&window, rows), [3, 0, 1, 2]);
        window.click(both("رتّب بالوسم", "Sort by label").get(lang));
        assert_eq!(order(&window, rows)[..2], [0, 2]);
        window.click_on("· بركان ·");
        assert!(window.is_on(&format!("{} · بركان · ", words::CITY.get(lang))));

        window.click(both("مواضع أي وسم", "Spans of which label").get(lang));
        window.key("ArrowDown");
        window.key("Enter");
        window.check_says("· بركان ·");
        assert!(!window.says("· 1400 ·") && !window.says("· 12 مارس 2024 ·"));
        // It goes on in other documents, and is seen there and taken back by one click.
        let all = both("أظهر كل الوسوم", "Show all labels").get(lang);
        window.click_on("ميناء الصيد يستعيد نشاطه ·");
        assert!(window.has(all));
        window.click_on("حديقة جديدة في وجدة ·");
        assert!(!window.says("· 1400 ·"));
        window.click(all);
        window.check_says("· 1400 ·");
        assert!(!window.has(all));
        window.close();
    }
}

#[test]
fn where_a_span_stands_is_copied_by_a_click_and_who_made_it_is_said() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = marked(&home, lang);
        window.click_on("· وجدة ·");
        let unit = both("البايتات", "Bytes").get(lang);
        let start = GARDEN.find("وجدة").unwrap();
        let range = format!("{}–{}", start, start + "وجدة".len());
        window.click(&format!("{unit} {range}"));
        assert_eq!(window.copied.take(), Some(range));
        let by =
            both("وسمه باليد \u{2068}amal\u{2069}", "Marked by hand by \u{2068}amal\u{2069}");
        window.check_says(by.get(lang));
        window.check_says("2024-03-09");
        window.close();
    }
}

#[test]
fn the_map_shows_all_spans_and_a_click_on_it_goes_there() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = three_articles(&home, lang);
        let long =
            format!("مقال طويل\n\n{}وصل الوفد إلى تاوريرت.\n", "سطر عن القطار.\n".repeat(300));
        home.write("more/long.txt", &long);
        window.key("Ctrl+I");
        window.fill(words::PATH.get(lang), home.path("more").to_str().unwrap());
        window.key("Enter");
        window.click_on("مقال طويل ·");
        let none = both("خريطة المواضع: لا مواضع", "Map of spans: 0 spans").get(lang);
        let strip = window.rect(none);
        let article = window.article_rect();
        let is_left = strip.center().x < article.center().x;
        assert_eq!(is_left, lang == Lang::Ar, "{strip:?} {article:?}");

        // The end of the article, by the map alone.
        window.click_at(pos2(strip.center().x, strip.bottom() - 2.0));
        window.key("Ctrl+F");
        window.write("تاوريرت");
        window.key("Enter");
        window.key("Esc");
        window.key("1");
        let seen = mark(words::CITY, lang, "تاوريرت");
        window.check_says(&seen);
        let one = both("خريطة المواضع: موضع واحد", "Map of spans: 1 span").get(lang);
        assert!(window.has(one));
        window.click_at(strip.center_top() + vec2(0.0, 2.0));
        assert!(!window.says(&seen), "the beginning is seen");
        window.click_at(pos2(strip.center().x, strip.bottom() - 2.0));
        window.check_says(&seen);
        window.close();
    }
}
