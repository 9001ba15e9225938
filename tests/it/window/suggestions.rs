//! What is suggested in the article: outlines that come, hide, and give way to spans.

use tawsim::lang::{Lang, both};

use super::hands::Home;
use super::screens::{look, look_now};
use super::{GARDEN, three_articles};

#[test]
fn suggestions_are_counted_hidden_by_a_key_and_give_way_to_spans() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = three_articles(&home, lang);
        let date =
            format!("{}: صباح الثلاثاء 12 مارس 2024", both("اقتراح", "Suggestion").get(lang));
        window.wait_for(&date);
        look(&mut window, &format!("suggestions-{}", lang.code()));

        // Told when the pointer rests on it.
        let mut sheet = window.sheet(GARDEN, lang);
        let (from, to) = sheet.ends("12 مارس 2024");
        window.move_to(from.lerp(to, 0.5));
        window.rest();
        window.rest();
        look_now(&mut window, &format!("suggestions-{}-tip", lang.code()));
        window.check_says(both("بقواعد التواريخ", "by the grammar of dates").get(lang));
        window.check_says("2024-03-12");

        // Text is selected over it, and what is marked is no longer suggested.
        window.drag(from, to);
        window.key("4");
        window.check_says("· 12 مارس 2024 ·");
        window.let_go();
        assert!(!window.says(&date), "marked in part, and suggested still");

        let town = format!("{}: بركان", both("اقتراح", "Suggestion").get(lang));
        assert!(window.says(&town), "what is not marked stays");
        for key in ["G", "U"] {
            window.key(key);
        }
        window.check_says(both("أُخفيت الاقتراحات", "Suggestions are hidden").get(lang));
        assert!(!window.says(&town));
        for key in ["G", "U"] {
            window.key(key);
        }
        window.wait_for(&town);
        window.close();
    }
}
