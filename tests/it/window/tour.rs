//! The first minutes in the sample project, and the tour of it.

use tawsim::app::{Launch, View};
use tawsim::lang::{Bilingual, Lang, both};

use super::hands::{Home, Window};
use super::screens::look;
use super::words;

const NEXT: Bilingual = both("البطاقة التالية", "Next card");
const BACK: Bilingual = both("البطاقة السابقة", "Previous card");
const END: Bilingual = both("أنهِ الجولة", "End the tour");
const TOUR: Bilingual = both("جولة قصيرة", "Short tour");

/// The sample project's articles.
const ARTICLES: &str = include_str!("../../../assets/sample/articles.jsonl");

/// The window of `tawsim demo`.
fn demo(home: &Home, lang: Lang) -> Window {
    Window::new(Launch { annotator: None, ..home.launch(View::Sample, lang) })
}

/// The text of the article that is open.
fn open_text(window: &Window) -> String {
    let texts = ARTICLES.lines().map(|line| {
        let article: serde_json::Value = serde_json::from_str(line).unwrap();
        article["text"].as_str().unwrap().to_owned()
    });
    let is_open = |text: &String| {
        let title = text.lines().next().unwrap();
        window.names().iter().any(|name| name.ends_with(&format!(" · {title}")))
    };
    let open: Vec<_> = texts.filter(is_open).collect();
    assert_eq!(open.len(), 1, "{:#?}", window.names());
    open.into_iter().next().unwrap()
}

/// A word of the text that stands there once and bears no mark.
fn bare_word(window: &Window, text: &str) -> String {
    let marks: Vec<_> = window.marks().into_iter().map(|(name, ..)| name).collect();
    let body = text.split_once('\n').unwrap().1;
    let words = body.split_whitespace().filter(|word| {
        word.chars().count() >= 4
            && word.chars().all(char::is_alphabetic)
            && text.matches(*word).count() == 1
            && !word.starts_with(['و', 'ف', 'ب', 'ل', 'ك'])
            && marks.iter().all(|mark| !mark.contains(word))
    });
    words.map(str::to_owned).next().unwrap()
}

#[test]
fn the_first_span_is_marked_by_two_inputs_from_the_first_start() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = demo(&home, lang);
        assert!(window.has(NEXT.get(lang)), "the tour is there, and in nobody’s way");
        let text = open_text(&window);
        let word = bare_word(&window, &text);
        let sheet = window.sheet(&text, lang);
        let at = sheet.rects(sheet.range(&word))[0].center();
        let before = window.marks().len();
        window.double_click_at(at);
        window.key("1");
        assert_eq!(window.marks().len(), before + 1);
        window.check_says(&super::mark(words::CITY, lang, &word));
        window.key("Ctrl+Z");
        assert_eq!(window.marks().len(), before);
        window.close();
    }
}

#[test]
fn the_tour_ends_for_good_and_comes_back_when_asked_for() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = demo(&home, lang);
        assert!(!window.has(BACK.get(lang)));
        for card in 2..=6 {
            window.click(NEXT.get(lang));
            window.check_says(&format!("\u{2066}{card} / 6\u{2069}"));
            assert!(window.is_in_article(), "the article keeps its keys");
        }
        assert!(!window.has(NEXT.get(lang)));
        window.click(BACK.get(lang));
        window.check_says("\u{2066}5 / 6\u{2069}");
        window.key("Esc");
        assert!(!window.has(END.get(lang)));
        window.close();

        let mut window = demo(&home, lang);
        assert!(!window.has(END.get(lang)), "it does not come back by itself");
        window.key("Ctrl+K");
        window.write(TOUR.get(lang));
        window.key("Enter");
        window.check_says("\u{2066}1 / 6\u{2069}");
        window.click(END.get(lang));
        assert!(!window.has(END.get(lang)));
        window.close();
    }
}

#[test]
fn each_card_points_at_what_it_tells_of_and_covers_none_of_it() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = demo(&home, lang);
        let places = [both("تراجع", "Undo"), words::FINISH, both("صدّر…", "Export…")];
        for (clicks, place) in [2, 1, 1].into_iter().zip(places) {
            for _ in 0..clicks {
                window.click(NEXT.get(lang));
            }
            let finishes = place == words::FINISH;
            let (card, place) = (window.rect(NEXT.get(lang)), window.row(place.get(lang)));
            assert!(!card.expand(14.0).intersects(place), "{card:?} {place:?}");
            // Nor the title, above which the button is that finishes.
            let article = window.article_rect();
            assert!(!finishes || card.top() > article.center().y, "{card:?} {article:?}");
        }
        // The last one leaves the title alone, above which its button is.
        window.click(NEXT.get(lang));
        let (card, article) = (window.rect(END.get(lang)), window.article_rect());
        assert!(card.top() > article.center().y, "{card:?} {article:?}");
        window.close();
    }
}

#[test]
fn pictures_of_the_tour() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = demo(&home, lang);
        for card in 1..=6 {
            look(&mut window, &format!("tour-{}-{card}", lang.code()));
            if card == 1 {
                window.key("Tab");
            }
            if card < 6 {
                window.click(NEXT.get(lang));
            }
        }
        window.close();
    }
}
