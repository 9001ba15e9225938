//! Keys: the same on every layout, one after another, and as a person wants them.

use egui::{Event, Key, Modifiers};
use tawsim::app::View;
use tawsim::lang::{Lang, both};

use super::hands::{Home, Window};
use super::{GARDEN, HARBOR, mark, three_articles, words};

const NONE: Modifiers = Modifiers::NONE;
const SHIFT: Modifiers = Modifiers::SHIFT;
const CTRL: Modifiers = Modifiers { ctrl: true, command: true, ..Modifiers::NONE };

/// A key of a layout: what it prints, where it stands on a US keyboard, what is held with it.
type Printed = (&'static str, Key, Modifiers);

/// The keys of a layout.
struct Layout {
    one: Printed,
    two: Printed,
    doubtful: Printed,
    undo: Printed,
    redo: Printed,
    resize: Printed,
    go: Printed,
    documents: Printed,
    theme: Printed,
}

const US: Layout = Layout {
    one: ("1", Key::Num1, NONE),
    two: ("2", Key::Num2, NONE),
    doubtful: ("?", Key::Slash, SHIFT),
    undo: ("z", Key::Z, CTRL),
    redo: ("y", Key::Y, CTRL),
    resize: ("r", Key::R, NONE),
    go: ("g", Key::G, NONE),
    documents: ("d", Key::D, NONE),
    theme: ("d", Key::D, CTRL),
};

/// AZERTY, as in France and the Maghreb.
const FRENCH: Layout = Layout {
    one: ("&", Key::Num1, NONE),
    two: ("é", Key::Num2, NONE),
    doubtful: ("?", Key::M, SHIFT),
    undo: ("z", Key::W, CTRL),
    ..US
};

const ARABIC: Layout = Layout {
    one: ("١", Key::Num1, NONE),
    two: ("٢", Key::Num2, NONE),
    doubtful: ("؟", Key::Slash, SHIFT),
    undo: ("ئ", Key::Z, CTRL),
    redo: ("غ", Key::Y, CTRL),
    resize: ("ق", Key::R, NONE),
    go: ("ل", Key::G, NONE),
    documents: ("ي", Key::D, NONE),
    theme: ("ي", Key::D, CTRL),
};

/// Presses a key as egui-winit tells it: the key is what is printed, if that has a name among
/// the keys, and else the one that stands there on a US keyboard.
fn press(window: &mut Window, (printed, place, modifiers): Printed) {
    let key = Key::from_name(printed).unwrap_or(place);
    let event = |pressed| Event::Key {
        key,
        physical_key: Some(place),
        pressed,
        repeat: false,
        modifiers,
    };
    let mut down = vec![event(true)];
    if modifiers.is_none() || modifiers.shift {
        down.push(Event::Text(printed.to_owned()));
    }
    window.frame(&down);
    window.frame(&[event(false), Event::ModifiersChanged(NONE)]);
    window.settle();
}

#[test]
fn a_key_that_needs_a_span_says_so() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = three_articles(&home, lang);
        let first = both("اختر موضعًا أولًا", "Choose a span first").get(lang);
        let here = both("لا موضع عند المؤشر", "No span at the caret").get(lang);
        for (key, said) in [
            ("Enter", first),
            ("N", here),
            ("?", first),
            ("[", first),
            ("Delete", first),
            ("R", first),
            ("Shift+1", first),
        ] {
            // A dialog takes away what was said.
            window.key("F1");
            window.key("Esc");
            assert!(window.is_in_article() && !window.says(said));
            window.key(key);
            window.check_says(said);
        }
        window.close();
    }
}

#[test]
fn the_same_keys_work_on_an_arabic_a_french_and_a_us_layout() {
    for (name, layout) in [("US", US), ("French", FRENCH), ("Arabic", ARABIC)] {
        let home = Home::new();
        let mut window = three_articles(&home, Lang::En);
        let mut sheet = window.sheet(GARDEN, Lang::En);
        let city = mark(words::CITY, Lang::En, "وجدة");
        let (from, to) = sheet.ends("وجدة");
        window.drag(from, to);
        press(&mut window, layout.one);
        assert!(window.says(&city), "{name}: a digit labels");
        press(&mut window, layout.two);
        let agency = mark(words::AGENCY, Lang::En, "وجدة");
        assert!(window.says(&agency), "{name}: another relabels");
        press(&mut window, layout.undo);
        assert!(window.says(&city), "{name}: undo");
        press(&mut window, layout.redo);
        assert!(window.says(&agency), "{name}: redo");
        press(&mut window, layout.doubtful);
        assert!(window.is_on(words::DOUBTFUL.get(Lang::En)), "{name}: doubtful");
        // The chosen span goes where the selection is.
        let (from, to) = sheet.ends("في وجدة");
        window.drag(from, to);
        press(&mut window, layout.resize);
        let wider = mark(words::AGENCY, Lang::En, "في وجدة");
        assert!(window.says(&wider), "{name}: resize {:#?}", window.names());
        // One after another: to the search of the list.
        press(&mut window, layout.go);
        window.check_says("Search the titles");
        press(&mut window, layout.documents);
        assert!(window.has_focus(words::SEARCH.get(Lang::En)), "{name}: go, documents");
        assert_eq!(window.value(words::SEARCH.get(Lang::En)), "", "{name}");
        // With Ctrl they count in a field too.
        press(&mut window, layout.theme);
        assert!(window.has("Light"), "{name}: dark");
        window.close();
    }
}

#[test]
fn keys_that_wait_are_let_go_by_esc_and_by_the_mouse() {
    let home = Home::new();
    let mut window = three_articles(&home, Lang::En);
    let sheet = window.sheet(GARDEN, Lang::En);
    window.click_at(sheet.letter(sheet.range("صباح").start()));
    for lets_go in ["Esc", "click"] {
        window.key("g");
        window.check_says("Search the titles");
        match lets_go {
            "click" => window.click_at(sheet.letter(sheet.range("صباح").start())),
            _ => window.key(lets_go),
        }
        assert!(!window.says("Search the titles"));
        window.key("d");
        assert!(window.is_in_article());
    }
    window.close();
}

#[test]
fn a_person_s_own_keys_count_as_soon_as_they_are_written() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let file = "{\n  \"Ctrl+U\": \"edit.undo\",\n  \"Ctrl+J\": \"edit.undon\",\n}\n";
        home.write("config/keys.ron", file);
        let mut window = three_articles(&home, lang);
        // What is wrong is told with its line.
        window.click(both("مشكلة واحدة", "1 problem").get(lang));
        window.check_says("keys.ron:3");
        window.check_says(both("لعلك تريد", "perhaps").get(lang));
        let mut sheet = window.sheet(GARDEN, lang);
        let city = mark(words::CITY, lang, "وجدة");
        let (from, to) = sheet.ends("وجدة");
        window.drag(from, to);
        window.key("1");
        window.check_says(&city);
        window.key("Ctrl+U");
        assert!(!window.says(&city));
        // The help shows what counts.
        window.key("F1");
        window.check_says("Ctrl+U  ·  Ctrl+Z");
        window.key("Esc");

        // The file is mended in another window.
        home.write("config/keys.ron", "{ \"Ctrl+J\": \"edit.redo\", \"Ctrl+U\": \"none\" }");
        window.frame(&[Event::WindowFocused(false)]);
        window.frame(&[Event::WindowFocused(true)]);
        window.settle();
        assert!(!window.says("keys.ron:3"));
        window.key("Ctrl+J");
        window.check_says(&city);
        window.key("Ctrl+U");
        window.check_says(&city);
        window.key("Ctrl+Z");
        assert!(!window.says(&city));
        window.close();
    }
}

#[test]
fn the_file_of_keys_is_made_when_it_is_asked_for() {
    let home = Home::new();
    let mut window = Window::new(home.launch(View::Welcome, Lang::En));
    window.key("F1");
    window.click("Change keys…");
    window.click("The file…");
    let path = home.path("config/keys.ron");
    window.check_says(path.to_str().unwrap());
    window.check_says("Nothing is wrong with it.");
    assert!(home.read("config/keys.ron").contains("\"Ctrl+Z\": \"edit.undo\""));
    // What is there is kept, and read again.
    home.write("config/keys.ron", "{ \"Ctrl+Y\": \"edit.rodo\" }");
    window.click("Read it again");
    window.check_says("line 1: there is no command `edit.rodo`: perhaps `edit.redo`");
    window.key("Esc");
    window.close();
    assert_eq!(home.read("config/keys.ron"), "{ \"Ctrl+Y\": \"edit.rodo\" }");
}

#[test]
fn a_key_without_ctrl_is_a_letter_in_a_field() {
    let home = Home::new();
    home.write("config/keys.ron", "{ \"n\": \"document.next\" }");
    let mut window = three_articles(&home, Lang::En);
    window.key("n");
    window.check_says(HARBOR.lines().next().unwrap());
    window.fill(words::SEARCH.get(Lang::En), "n");
    assert_eq!(window.value(words::SEARCH.get(Lang::En)), "n");
    window.close();
}

#[test]
fn the_help_is_read_by_keys_where_it_does_not_fit() {
    let home = Home::new();
    let mut window = Window::of_size(home.launch(View::Welcome, Lang::En), (640.0, 480.0));
    window.key("F1");
    let last = "Keys: \u{2066}F1\u{2069}";
    assert!(window.rect(last).top() > 480.0);
    let top = window.rect("Text size: Ctrl, wheel").top();
    window.key("ArrowDown");
    assert!(window.rect("Text size: Ctrl, wheel").top() < top);
    window.key("End");
    assert!(window.rect(last).bottom() < 430.0);
    window.key("Home");
    assert!((window.rect("Text size: Ctrl, wheel").top() - top).abs() < 0.5);
    window.close();
}

#[test]
fn buttons_show_the_keys_that_count() {
    let home = Home::new();
    home.write("config/keys.ron", "{ \"Ctrl+M\": \"view.theme\" }");
    let mut window = three_articles(&home, Lang::En);
    let at = window.rect("Dark").center();
    window.hover(at);
    window.check_says("Light or dark · \u{2066}Ctrl+M\u{2069}");
    window.close();
}
