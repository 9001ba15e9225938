//! Finding in the article and in all documents.

use tawsim::lang::{Lang, both};

use super::hands::{Home, Window};
use super::{GARDEN, mark, three_articles, words};

const FIND: tawsim::lang::Bilingual = both("ابحث في المقال", "Find in the document");
const FIND_ALL: tawsim::lang::Bilingual = both("ابحث في كل المقالات", "Search all documents");
const WHOLE: tawsim::lang::Bilingual = both("كلمة كاملة", "Whole word");
const EXACT: tawsim::lang::Bilingual = both("حرفيًا", "Exact");
const REGEX: tawsim::lang::Bilingual = both("تعبير نمطي", "Expression");
const NOTHING: tawsim::lang::Bilingual = both("لا نتائج", "Nothing found");

fn open(lang: Lang) -> (Home, Window) {
    let home = Home::new();
    let window = three_articles(&home, lang);
    (home, window)
}

/// How many there are, and which is the current one.
fn of(lang: Lang, number: usize, count: usize) -> String {
    match lang {
        Lang::Ar => format!("{number} من {count}"),
        Lang::En => format!("{number} of {count}"),
    }
}

#[test]
fn what_is_found_is_selected_and_can_be_labeled_at_once() {
    for lang in [Lang::Ar, Lang::En] {
        let (_home, mut window) = open(lang);
        window.key("Ctrl+F");
        assert!(window.has_focus(FIND.get(lang)));
        // Spelled otherwise than the article has it: `المدينة`.
        window.write("المدينه");
        assert!(window.has(&of(lang, 1, 1)), "{:#?}", window.names());
        window.key("Esc");
        assert!(!window.has(FIND.get(lang)) && window.is_in_article());
        assert_eq!(window.copy().as_deref(), Some("المدينة"));
        window.key("1");
        window.check_says(&mark(words::CITY, lang, "المدينة"));
        window.close();
    }
}

#[test]
fn enter_goes_through_the_hits_and_round() {
    let (_home, mut window) = open(Lang::En);
    window.key("Ctrl+F");
    window.write("ال");
    let count = GARDEN.matches("ال").count();
    assert!(count > 3);
    assert!(window.has(&of(Lang::En, 1, count)), "{:#?}", window.names());
    window.key("Enter");
    assert!(window.has(&of(Lang::En, 2, count)) && window.has_focus(FIND.en));
    window.key("Shift+Enter");
    window.key("Shift+Enter");
    assert!(window.has(&of(Lang::En, count, count)) && window.has("Went on from the end"));
    window.key("Enter");
    assert!(window.has(&of(Lang::En, 1, count)) && window.has("Went on from the start"));
    window.click("Next hit");
    assert!(window.has(&of(Lang::En, 2, count)));
    window.click("Previous hit");
    assert!(window.has(&of(Lang::En, 1, count)));

    // In the article, letters go on with what was looked for last.
    window.click_field(FIND.en);
    window.key("Esc");
    let first = window.copy();
    window.key("H");
    window.key("Shift+H");
    assert_eq!(window.copy(), first);
    window.key("Shift+H");
    window.check_says("Went on from the end");
    window.close();
}

#[test]
fn options_say_how_letters_are_compared() {
    let (_home, mut window) = open(Lang::En);
    window.key("Ctrl+F");
    window.write("ان");
    // `إنّ` and `كان`-like words: folded, a hamza does not count.
    let folded = tawsim::find::Finder::new("ان", tawsim::find::Options::default()).unwrap();
    let count = folded.all(GARDEN).len();
    assert!(count > 1 && window.has(&of(Lang::En, 1, count)), "{:#?}", window.names());
    window.click(WHOLE.en);
    assert!(window.is_on(WHOLE.en) && window.has(&of(Lang::En, 1, 1)), "{:#?}", window.names());
    window.click(EXACT.en);
    assert!(window.has(NOTHING.en));
    window.click(WHOLE.en);
    window.click(REGEX.en);
    assert!(!window.is_on(EXACT.en));
    window.fill(FIND.en, r"\d{4}");
    assert!(window.has(&of(Lang::En, 1, 2)), "{:#?}", window.names());
    window.fill(FIND.en, r"\d{4");
    window.check_says("no regular expression");
    window.close();
}

#[test]
fn the_selection_is_what_is_looked_for() {
    let (_home, mut window) = open(Lang::En);
    let mut sheet = window.sheet(GARDEN, Lang::En);
    let (from, to) = sheet.ends("بركان");
    window.drag(from, to);
    window.key("Ctrl+F");
    assert_eq!(window.value(FIND.en), "بركان");
    assert!(window.has(&of(Lang::En, 1, 1)));
    window.close();
}

#[test]
fn all_documents_are_searched_and_a_hit_is_opened() {
    for lang in [Lang::Ar, Lang::En] {
        let (_home, mut window) = open(lang);
        window.key("Ctrl+Shift+F");
        assert!(window.has_focus(FIND_ALL.get(lang)));
        window.write("مينا");
        let (two, in_one) = match lang {
            Lang::Ar => ("نتيجتان في مقال واحد", "ميناء الحسيمة"),
            Lang::En => ("2 hits in 1 document", "ميناء الحسيمة"),
        };
        window.wait_for(two);
        window.wait_for(in_one);
        window.key("ArrowDown");
        window.key("Enter");
        window.wait_for("45 سفينة");
        window.settle();
        assert!(window.is_in_article());
        assert_eq!(window.copy().as_deref(), Some("مينا"));
        window.key("Ctrl+Shift+F");
        window.key("Esc");
        assert!(!window.has(FIND_ALL.get(lang)) && window.is_in_article());
        window.close();
    }
}

#[test]
fn the_search_and_the_list_of_steps_make_way_for_each_other() {
    let steps = "Beginning of the session";
    let (_home, mut window) = open(Lang::En);
    let all = FIND_ALL.get(Lang::En);
    window.key("Ctrl+Shift+H");
    assert!(window.says(steps));
    window.key("Ctrl+Shift+F");
    assert!(window.has(all) && !window.says(steps));
    window.key("Ctrl+Shift+H");
    assert!(!window.has(all) && window.says(steps));
    window.close();
}

#[test]
fn filters_ask_for_spans_of_all_documents() {
    let (_home, mut window) = open(Lang::En);
    let mut sheet = window.sheet(GARDEN, Lang::En);
    let (from, to) = sheet.ends("250");
    window.drag(from, to);
    window.key("3");
    window.key("Ctrl+Shift+F");
    window.write("label:COUNT");
    window.wait_for("1 hit in 1 document");
    window.fill(FIND_ALL.en, "city:");
    window.check_says("a filter has a value after its sign");
    window.fill(FIND_ALL.en, "town:x");
    window.check_says("no label or filter is called `town`");
    window.fill(FIND_ALL.en, "-label:COUNT");
    window.wait_for("2 hits in 2 documents");
    window.close();
}

#[test]
fn the_list_of_documents_is_searched_by_folded_words_and_filters() {
    let (_home, mut window) = open(Lang::En);
    window.fill(words::SEARCH.en, "مدرسه");
    assert!(window.says("مدرسة تفتح أبوابها") && !window.says("ميناء الصيد"));
    window.fill(words::SEARCH.en, "label:CITY");
    window.check_says("No document matches");
    window.key("Ctrl+A");
    window.key("Delete");
    window.click("Filters");
    // The first of that name is in the list; the other is the article's chip.
    let filter = window.rects("Agency")[0].center();
    window.click_at(filter);
    assert_eq!(window.value(words::SEARCH.en), "label:AGENCY");
    assert!(window.is_on("Agency"));
    window.close();
}
