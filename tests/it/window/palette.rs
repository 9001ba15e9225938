//! The list of all commands: found in either language, done by Enter, recent ones first.

use tawsim::lang::{Lang, both};

use super::hands::{Home, Window};
use super::{GARDEN, mark, three_articles, words};

/// The names of the list's rows, from above.
fn listed(window: &Window) -> Vec<String> {
    window.options().into_iter().map(|(name, _)| name).collect()
}

#[test]
fn commands_are_found_in_both_languages_and_done() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = three_articles(&home, lang);
        let dark = both("فاتح", "Light").get(lang);
        for name in ["light dark", "داكن"] {
            assert!(!window.has(dark));
            window.key("Ctrl+K");
            window.write(name);
            let first = listed(&window).first().cloned();
            assert_eq!(first.as_deref(), Some(both("فاتح أو داكن", "Light or dark").get(lang)));
            window.key("Enter");
            assert!(window.has(dark), "{name}");
            assert!(window.is_in_article());
            window.key("Ctrl+D");
        }
        // Spelt otherwise: a hamza, a ta marbuta.
        window.key("Ctrl+K");
        window.write("اعلن المجموعه");
        let gold = both("أعلن المجموعة ذهبية", "Declare the set gold").get(lang);
        assert_eq!(listed(&window).first().map(String::as_str), Some(gold));
        window.key("Esc");
        assert!(listed(&window).is_empty());
        window.close();
    }
}

#[test]
fn labels_are_among_the_commands() {
    let home = Home::new();
    let mut window = three_articles(&home, Lang::En);
    let mut sheet = window.sheet(GARDEN, Lang::En);
    let (from, to) = sheet.ends("وجدة");
    window.drag(from, to);
    window.key("Ctrl+K");
    window.write("label: ci");
    assert_eq!(listed(&window).first().map(String::as_str), Some("Label: City"));
    window.key("Enter");
    window.check_says(&mark(words::CITY, Lang::En, "وجدة"));
    // And by its Arabic name: the chosen span gets another label.
    window.key("Ctrl+K");
    window.write("تاريخ");
    window.key("Enter");
    window.check_says(&mark(words::DATE, Lang::En, "وجدة"));
    window.close();
}

#[test]
fn what_is_not_possible_is_there_and_does_nothing() {
    let home = Home::new();
    let mut window = three_articles(&home, Lang::En);
    window.key("Ctrl+K");
    window.write("redo");
    let options = window.options();
    assert_eq!(options.first(), Some(&("Redo".to_owned(), false)));
    window.key("Enter");
    assert!(!window.options().is_empty(), "it stays open");
    window.key("Ctrl+K");
    assert!(window.options().is_empty(), "its key closes it");
    window.close();
}

#[test]
fn what_is_not_possible_comes_after_all_that_is() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = three_articles(&home, lang);
        // Without steps and without a chosen span, much of what fits is not possible.
        for written in ["", "s", "ا"] {
            window.key("Ctrl+K");
            window.write(written);
            // The list holds what is seen of it.
            let mut all = window.options();
            for _ in 0..20 {
                window.key("PageDown");
                let seen = window.options().into_iter();
                let new: Vec<_> = seen.filter(|row| !all.contains(row)).collect();
                all.extend(new);
            }
            let off: Vec<bool> = all.iter().map(|(_, is_on)| !is_on).collect();
            assert!(off.contains(&true) && off.contains(&false), "{written}: {all:?}");
            assert!(off.is_sorted(), "{written}: {all:?}");
            window.key("Esc");
        }
        window.close();
    }
}

#[test]
fn what_was_done_last_comes_first_and_the_arrows_choose() {
    let home = Home::new();
    let mut window = three_articles(&home, Lang::En);
    for name in ["smaller text", "next document"] {
        window.key("Ctrl+K");
        window.write(name);
        window.key("Enter");
    }
    window.key("Ctrl+K");
    assert_eq!(listed(&window)[..2], ["Next document", "Smaller text"]);
    window.key("ArrowDown");
    assert!(window.is_on("Smaller text") && window.has_focus("Smaller text"));
    window.key("ArrowUp");
    window.key("ArrowUp");
    // Around the end, where that is which is not possible now, and seen.
    let (last, is_possible) = window.options().pop().unwrap();
    assert!(window.is_on(&last) && !is_possible, "{:#?}", window.options());
    window.key("PageUp");
    window.key("ArrowDown");
    window.key("Esc");
    // They are remembered for the next time.
    window.close();
    let mut window = home.open("project", Lang::En);
    window.key("Ctrl+K");
    assert_eq!(listed(&window)[..2], ["Next document", "Smaller text"]);
    let title = "ميناء الصيد يستعيد نشاطه";
    window.write("next doc");
    let at = window.rect_of(egui::Role::ListBoxOption, "Next document").center();
    window.click_at(at);
    assert!(window.options().is_empty());
    window.check_says(title);
    window.close();
}

#[test]
fn it_waits_until_another_dialog_is_closed() {
    let home = Home::new();
    let mut window = three_articles(&home, Lang::En);
    window.key("Ctrl+E");
    window.fill(words::PATH.get(Lang::En), "out");
    window.key("Ctrl+K");
    assert_eq!(window.value(words::PATH.get(Lang::En)), "out");
    assert!(window.options().is_empty());
    window.close();
}
