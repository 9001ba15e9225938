//! How the regions of the window stand: hidden, resized, remembered, and the article alone.

use egui::vec2;
use tawsim::app::View;
use tawsim::lang::{Bilingual, Lang, both};

use super::hands::{Home, Window};
use super::{GARDEN, three_articles, words};

const LIST_EDGE: Bilingual = both("حافة قائمة المقالات", "Edge of the list of documents");
const SPAN_EDGE: Bilingual = both("حافة لوح الموضع", "Edge of the span’s panel");

/// Drags an edge by so many points to the right.
fn drag(window: &mut Window, edge: &str, by: f32) {
    let at = window.rect(edge).center();
    window.drag(at, at + vec2(by, 0.0));
}

/// By how much a region grows where its edge goes to the right.
fn way(lang: Lang, is_list: bool) -> f32 {
    if (lang == Lang::Ar) == is_list { -1.0 } else { 1.0 }
}

#[test]
fn edges_are_dragged_and_remembered_in_both_directions() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = three_articles(&home, lang);
        let (list, span) = (LIST_EDGE.get(lang), SPAN_EDGE.get(lang));
        let search = words::SEARCH.get(lang);
        let first = window.field_rect(search).width();
        let article = window.article_rect();
        drag(&mut window, list, 60.0 * way(lang, true));
        assert!((window.field_rect(search).width() - first - 60.0).abs() < 2.0);
        drag(&mut window, span, 40.0 * way(lang, false));
        let narrower = article.width() - window.article_rect().width();
        assert!((narrower - 100.0).abs() < 3.0, "{narrower}");
        window.close();

        let mut window = home.open("project", lang);
        assert!((window.field_rect(search).width() - first - 60.0).abs() < 2.0);
        // No farther than the article has its part, however far the hand goes.
        drag(&mut window, list, 900.0 * way(lang, true));
        assert!(window.article_rect().width() > 300.0);
        let at = window.rect(list).center();
        window.click_at(at);
        window.click_at(at);
        assert!((window.field_rect(search).width() - first).abs() < 2.0);
        window.close();
    }
}

#[test]
fn edges_are_moved_by_arrows_too() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = three_articles(&home, lang);
        for (edge, is_list) in [(LIST_EDGE, true), (SPAN_EDGE, false)] {
            let edge = edge.get(lang);
            if window.is_in_article() {
                window.key("F6");
            }
            for _ in 0..80 {
                if window.has_focus(edge) {
                    break;
                }
                window.key("Tab");
            }
            assert!(window.has_focus(edge), "Tab comes to it");
            let place = |window: &Window| window.rect(edge).center().x;
            let (before, article) = (place(&window), window.article_rect().width());
            // The edge goes where the arrow points.
            window.keys("ArrowRight", 2);
            let right = place(&window);
            assert!(right > before + 10.0, "{before} {right}");
            let grown = article - window.article_rect().width();
            assert_eq!(grown > 0.0, way(lang, is_list) > 0.0, "{grown}");
            window.keys("ArrowLeft", 3);
            assert!(place(&window) < before - 4.0);
            assert!(window.has_focus(edge));
            window.key("Enter");
            assert!((place(&window) - before).abs() < 2.0, "Enter makes it as it was at first");
        }
        window.key("ArrowRight");
        let moved = window.rect(SPAN_EDGE.get(lang)).center().x;
        window.close();
        let window = home.open("project", lang);
        assert!((window.rect(SPAN_EDGE.get(lang)).center().x - moved).abs() < 2.0);
    }
}

#[test]
fn a_wide_window_gives_the_panels_more_until_they_are_sized_by_hand() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        three_articles(&home, lang).close();
        let view = View::Project { folder: home.path("project"), document: None };
        let mut window = Window::of_size(home.launch(view, lang), (1920.0, 1080.0));
        let (list, search) = (LIST_EDGE.get(lang), words::SEARCH.get(lang));
        let wide = window.field_rect(search).width();
        assert!(wide > 300.0, "{wide}");
        assert!(window.article_rect().width() > 1_100.0);
        drag(&mut window, list, -60.0 * way(lang, true));
        assert!((wide - window.field_rect(search).width() - 60.0).abs() < 2.0);
        let at = window.rect(list).center();
        window.click_at(at);
        window.click_at(at);
        assert!((window.field_rect(search).width() - wide).abs() < 2.0);
        window.close();
    }
}

#[test]
fn hidden_regions_stay_hidden_and_come_as_drawers_when_they_are_needed() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = three_articles(&home, lang);
        let (search, value) = (words::SEARCH.get(lang), words::VALUE.get(lang));
        let nothing = words::NOTHING_CHOSEN.get(lang);
        let before = window.article_rect().width();
        window.key("F4");
        window.key("Shift+F4");
        assert!(!window.has(search) && !window.has(nothing));
        assert!(window.article_rect().width() > before + 500.0);
        window.close();

        let mut window = home.open("project", lang);
        assert!(!window.has(search) && !window.has(nothing));
        let (from, to) = window.sheet(GARDEN, lang).ends("وجدة");
        window.drag(from, to);
        window.key("1");
        window.key("Enter");
        assert!(window.has_focus(value), "the value comes as a drawer");
        window.write("وجدة");
        window.key("Enter");
        assert!(!window.has(value) && window.is_in_article());
        window.key("Ctrl+K");
        window.write(both("أعد الألواح", "Reset the layout").get(lang));
        window.key("Enter");
        assert!(window.has(search) && window.has(value));
        assert!((window.article_rect().width() - before).abs() < 2.0);
        window.close();
    }
}

#[test]
fn the_article_can_be_alone_and_all_else_comes_back() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = three_articles(&home, lang);
        let search = words::SEARCH.get(lang);
        let steps = both("بداية الجلسة", "Beginning of the session").get(lang);
        window.key("Ctrl+Shift+H");
        assert!(window.says(steps) && window.has(search));
        let before = window.article_rect();
        window.key("F11");
        assert!(!window.says(steps) && !window.has(search));
        assert!(!window.has(words::NOTHING_CHOSEN.get(lang)));
        window.check_says(words::SAVED.get(lang));
        window.check_says("F11");
        assert!(window.article_rect().width() > 1_200.0);
        // Marking goes on, and the list comes as a drawer.
        let (from, to) = window.sheet(GARDEN, lang).ends("وجدة");
        window.drag(from, to);
        window.key("1");
        window.check_says(&super::mark(words::CITY, lang, "وجدة"));
        window.key("F4");
        assert!(window.has_focus(search));
        window.key("F4");
        assert!(!window.has(search));
        window.key("F11");
        assert!(window.says(steps) && window.has(search));
        assert_eq!(window.article_rect(), before);
        window.close();
    }
}
