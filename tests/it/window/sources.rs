//! Several sources of suggestions side by side: signs, agreement, switches.

use tawsim::lang::{Lang, both};
use tawsim::project::{ProposeOptions, propose_file};
use tawsim::store::{RealDisk, Store};

use super::hands::{Home, Window, installation};
use super::screens::{look, look_now};
use super::three_articles;

/// What `ner` says: a town that the rules find too, and one that is none.
const NER: &str = "{\"id\": \"1-garden\", \"spans\": [\
    {\"start\": 15, \"end\": 19, \"label\": \"CITY\", \"text\": \"وجدة\", \"score\": 0.4}, \
    {\"start\": 0, \"end\": 5, \"label\": \"AGENCY\", \"text\": \"حديقة\"}]}\n";

/// Takes what another program suggests into the project, as the command line does.
fn suggest(home: &Home, source: &str, text: &str) {
    use std::sync::Arc;
    let file = home.write(&format!("{source}.jsonl"), text);
    let root = home.path("project");
    let store = Store::open(Arc::new(RealDisk), &root, &installation()).unwrap().0;
    let map = tawsim::format::LabelMap::default();
    let at = tawsim::model::Timestamp(0);
    let options = ProposeOptions { source, map: &map, keep_going: false, at };
    let found = propose_file(&store, &file, &options, &mut |_| true).unwrap();
    assert_eq!((found.problems, found.taken.unwrap().documents), (Vec::new(), 1));
}

/// Clicks the switch of a source.
fn switch(window: &mut Window, source: &str) {
    let part = format!("· \u{2068}{source}\u{2069} · ");
    let name = window.names().into_iter().find(|name| name.contains(&part));
    window.click(&name.unwrap_or(part));
}

/// A project in which two programs have suggested something.
pub(super) fn make(home: &Home, lang: Lang) {
    three_articles(home, lang).close();
    suggest(home, "ner", NER);
    suggest(home, "نموذج ثانٍ", &NER.replace("0.4", "0.9"));
}

/// Names `ner` in the project, which runs a script.
pub(super) fn name_extractor(home: &Home, script: &str) {
    let file = home.read("project/project.ron");
    let extractors = "version: 1, extractors: [Extractor(name: \"ner\", \
        command: [\"sh\", \"x.sh\", \"--model=fast and small\"], seconds: 30)],";
    home.write("project/project.ron", &file.replacen("version: 1,", extractors, 1));
    home.write("project/x.sh", script);
}

/// A window on a project in which two programs have suggested something.
fn open(home: &Home, lang: Lang) -> Window {
    make(home, lang);
    home.open("project", lang)
}

#[test]
fn sources_stand_side_by_side_agree_and_are_switched() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = open(&home, lang);
        let offered =
            |words: &str| format!("{}: {words}", both("اقتراح", "Suggestion").get(lang));
        window.wait_for(&offered("حديقة"));
        // Who proposes it stands in the article.
        let signs =
            both("وجدة (مدينة \u{2068}ق ن N\u{2069})", "وجدة (City \u{2068}R ن N\u{2069})")
                .get(lang);
        window.check_says(signs);
        let mut sheet = window.sheet(super::GARDEN, lang);
        let (from, to) = sheet.ends("وجدة");
        window.move_to(from.lerp(to, 0.5));
        window.rest();
        window.rest();
        look_now(&mut window, &format!("sources-{}-tip", lang.code()));
        window.check_says(
            both(
                "من المصدر \u{2068}ner\u{2069} (40٪)",
                "from the source \u{2068}ner\u{2069} (40%)",
            )
            .get(lang),
        );

        window.key("F7");
        window.check_says(both("المصادر المتفقة: 2 من 3", "2 of 3 sources").get(lang));
        window.key("ArrowDown");
        look(&mut window, &format!("sources-{}", lang.code()));
        window.key("S");
        window.check_says(both("المصادر المتفقة: 3 من 3", "3 of 3 sources").get(lang));
        let left = |window: &Window| {
            let says = |number: usize| match lang {
                Lang::Ar => window.says(&format!("بقي: {number} اقتراح")),
                Lang::En => window.says(&format!("{number} suggestion")),
            };
            (0..30).find(|number| says(*number)).unwrap()
        };
        let before = left(&window);
        // Without both of them, only the rules' are left; decided ones stay decided.
        switch(&mut window, "ner");
        switch(&mut window, "نموذج ثانٍ");
        assert!(!window.says(&offered("حديقة")), "{:?}", window.names());
        assert_eq!(left(&window), before, "what two of them had was skipped already");
        assert!(!window.says(both("المصادر المتفقة", "of 1 sources").get(lang)));
        window.key("Backspace");
        window.key("Ctrl+Z");
        assert_eq!(left(&window), before);
        window.close();
        // It is remembered.
        let mut window = home.open("project", lang);
        window.wait_for(&offered("بركان"));
        assert!(!window.says(&offered("حديقة")));
        window.key("F7");
        switch(&mut window, "ner");
        window.key("Shift+F7");
        window.wait_for(both("المصادر المتفقة: ", "of 2 sources").get(lang));
        window.close();
    }
}

#[test]
fn a_damaged_file_of_suggestions_is_told_and_the_rest_counts() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        open(&home, lang).close();
        let text = home.read("project/suggestions/ner.jsonl") + "{\"document\":\n";
        home.write("project/suggestions/ner.jsonl", &text);
        let mut window = home.open("project", lang);
        window.wait_for("ner.jsonl");
        window.wait_for(&format!("{}: حديقة", both("اقتراح", "Suggestion").get(lang)));
        window.close();
    }
}
