//! With the keyboard alone, and with the mouse alone: from the sample project to a data set.

use serde_json::Value;
use tawsim::app::{Launch, View};
use tawsim::lang::{Bilingual, Lang, both};

use super::hands::{Home, Window};
use super::{mark, words};

const EXPORT_MENU: Bilingual = both("صدّر…", "Export…");
const DOUBTFUL: Bilingual = both("مشكوك فيه ؟", "Doubtful ?");

/// The sample article that comes without spans first, its id and the start of its title.
const RACE: &str = "04-rabat-race";
const RACE_TITLE: &str = "أكثر من 3200 عداء";

fn sample(home: &Home, lang: Lang) -> Window {
    std::fs::create_dir_all(home.path("files")).unwrap();
    let launch =
        Launch { annotator: None, home: home.path("files"), ..home.launch(View::Sample, lang) };
    Window::new(launch)
}

/// The only file that was exported: its documents.
fn exported(home: &Home) -> Vec<Value> {
    let files = home.files("files");
    let [(name, text)] = files.as_slice() else { panic!("{files:?}") };
    assert!(name.ends_with("-training.jsonl"), "{name}");
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Label, words and value of the spans of a document.
fn spans_of<'a>(documents: &'a [Value], id: &str) -> Vec<(&'a str, &'a str, &'a str)> {
    let document = documents.iter().find(|document| document["id"] == id).unwrap();
    let spans = document["spans"].as_array().unwrap().iter();
    let field = |span: &'a Value, name: &str| span[name].as_str().unwrap_or_default();
    spans
        .map(|span| (field(span, "label"), field(span, "text"), field(span, "value")))
        .collect()
}

#[test]
fn the_keyboard_is_enough() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = sample(&home, lang);
        // On to the first article without spans.
        window.keys("Alt+PageDown", 3);
        window.check_says(RACE_TITLE);

        // A count: by words from the title's start, and inward by one.
        window.key("Ctrl+Home");
        window.keys("Ctrl+Shift+ArrowLeft", 3);
        assert_eq!(window.copy().as_deref(), Some("أكثر من 3200"));
        window.key("3");
        window.key("Enter");
        window.write(">3200");
        window.key("Enter");
        // A city, found by its letters; the hit stays selected.
        window.key("Ctrl+F");
        window.write("مكناس");
        window.key("Esc");
        window.key("1");
        window.check_says(&mark(words::CITY, lang, "مكناس"));
        // Edges by keys; a doubt; a mistake taken away and back.
        window.key("Ctrl+]");
        window.key("Ctrl+Shift+]");
        window.check_says(&mark(words::CITY, lang, "مكناس"));
        window.key("?");
        assert!(window.is_on(DOUBTFUL.get(lang)));
        window.key("Delete");
        assert!(!window.says(&mark(words::CITY, lang, "مكناس")));
        window.key("Ctrl+Z");
        window.key("Ctrl+Enter");

        window.key("Ctrl+E");
        window.key("Enter");
        window.check_says(home.path("files").to_str().unwrap());
        window.close();
        let documents = exported(&home);
        assert_eq!(
            spans_of(&documents, RACE),
            [("COUNT", "أكثر من 3200", ">3200"), ("CITY", "مكناس", "")]
        );
    }
}

#[test]
fn the_mouse_is_enough() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = sample(&home, lang);
        window.click_on(RACE_TITLE);
        let text = article(RACE);
        let mut sheet = window.sheet(&text, lang);
        // A city that stands behind a letter of another word's: its name is what is taken.
        let cities = sheet.range("وجدة وأكادير");
        let after = text[cities.start().to_usize()..].find("أكادير").unwrap();
        let letter = tawsim::text::Offset::at(cities.start().to_usize() + after);
        window.double_click_at(sheet.letter(letter));
        assert_eq!(window.copy().as_deref(), Some("أكادير"));
        window.click_on(words::CITY.get(lang));
        window.check_says(&mark(words::CITY, lang, "أكادير"));
        // A count, drawn over; what its digits say is offered, and a click takes it.
        window.rest();
        let (from, to) = sheet.ends("400");
        window.drag(from, to);
        window.click_on(words::COUNT.get(lang));
        window.click(both("خذها", "Take it").get(lang));
        window.check_says(&format!("{} · 400 · 400", words::COUNT.get(lang)));
        // A mistake, taken away by its button.
        window.rest();
        let (from, to) = sheet.ends("شرطي");
        window.drag(from, to);
        window.click_on(words::AGENCY.get(lang));
        window.click(words::REMOVE.get(lang));
        assert!(!window.says(&mark(words::AGENCY, lang, "شرطي")));
        window.click(words::FINISH.get(lang));

        window.click(EXPORT_MENU.get(lang));
        window.click(words::EXPORT.get(lang));
        window.check_says(home.path("files").to_str().unwrap());
        window.close();
        let documents = exported(&home);
        assert_eq!(
            spans_of(&documents, RACE),
            [("CITY", "أكادير", ""), ("COUNT", "400", "400")]
        );
    }
}

/// The text of a sample article.
fn article(id: &str) -> String {
    let all = include_str!("../../../assets/sample/articles.jsonl");
    let articles = all.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let mut found = articles.filter(|article| article["id"] == id);
    found.next().unwrap()["text"].as_str().unwrap().to_owned()
}
