//! Records: spans put together by key, by drag, and by accepting what is proposed; all of it
//! taken back by one step each, and there again when the project is opened again.

use tawsim::lang::{Bilingual, Lang, both};

use super::hands::{Home, Window};
use super::screens::look;
use super::{GARDEN, three_articles};

const ALL: Bilingual = both("اقبل المقترحة كلها (2)", "Accept all proposed (2)");

/// The garden's article with spans; the caret is where it was, and no span is chosen.
fn marked(home: &Home, lang: Lang) -> Window {
    let mut window = three_articles(home, lang);
    let mut sheet = window.sheet(GARDEN, lang);
    for (words, key) in [
        ("12 مارس 2024", "4"),
        ("250", "3"),
        ("بركان", "1"),
        ("تاوريرت", "1"),
        ("وزارة البيئة", "2"),
        ("1400", "3"),
    ] {
        let (from, to) = sheet.ends(words);
        window.drag(from, to);
        window.key(key);
        window.key("Esc");
    }
    window
}

/// The lines of records in the annotator's set file.
fn lines(home: &Home) -> Vec<String> {
    let set = home.files("project/sets").into_iter().next();
    let text = set.map(|(_, text)| text).unwrap_or_default();
    let lines = text.lines().filter(|line| line.contains("\"kind\":\"record\""));
    lines.map(str::to_owned).collect()
}

#[test]
fn what_is_proposed_is_seen_and_accepted_by_one_key() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = marked(&home, lang);
        window.key("F8");
        window.check_says(ALL.get(lang));
        look(&mut window, &format!("records-{}-proposed", lang.code()));
        window.key("Shift+F8");
        look(&mut window, &format!("records-{}", lang.code()));
        assert!(!window.says(ALL.get(lang)));
        window.key("Ctrl+Z");
        window.check_says(ALL.get(lang));
        window.key("Ctrl+Y");
        window.close();
        assert_eq!(lines(&home).len(), 2);
    }
}
