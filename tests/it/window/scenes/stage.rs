//! Moves that many scenes share, and what lies on the disk before the window opens.

use egui::Event;
use serde_json::json;
use tawsim::app::View;
use tawsim::lang::{Bilingual, Lang};

use super::super::hands::{Home, Window};
use super::super::screens::{target, write};
use super::super::words;

/// Takes a picture of what is seen, without the pointer; also of work that goes on.
pub(super) fn take(window: &mut Window, name: &str) {
    window.frame(&[Event::PointerGone]);
    window.frame(&[]);
    let picture = window.picture();
    write(&target(name), &picture, png::Compression::Fast);
}

/// Does what has that name among all commands.
pub(super) fn command(window: &mut Window, lang: Lang, name: Bilingual) {
    window.key("Ctrl+K");
    window.paste(name.get(lang));
    window.key("Enter");
}

/// Goes to where the article `times` chooses a span from the start.
pub(super) fn choose(window: &mut Window, times: usize) {
    window.keys("Tab", times);
}

/// A project in `home`, made from files of articles as they lie in `articles`.
pub(super) fn make(home: &Home, project: &str) {
    let lang = Lang::En;
    let mut window = Window::new(home.launch(View::Welcome, lang));
    window.key("Ctrl+N");
    window.paste(home.path(project).to_str().unwrap());
    window.key("Enter");
    if home.path("articles").exists() {
        import(&mut window, home.path("articles").to_str().unwrap(), lang);
    }
    window.close();
}

/// Imports what is at that path.
pub(super) fn import(window: &mut Window, path: &str, lang: Lang) {
    window.key("Ctrl+I");
    window.click_field(words::PATH.get(lang));
    window.paste(path);
    window.key("Enter");
}

/// A JSON line of an article with its spans, given as (label, words) in their order.
pub(super) fn article(id: &str, text: &str, spans: &[(&str, &str)]) -> String {
    let mut from = 0;
    let spans = spans.iter().map(|(label, words)| {
        let at = from + text[from..].find(words).unwrap();
        from = at + words.len();
        let (start, length) = (text[..at].chars().count(), words.chars().count());
        json!({"start": start, "end": start + length, "label": label, "text": words})
    });
    let spans: Vec<_> = spans.collect();
    let line = json!({"id": id, "text": text, "date": "2024-03-12", "spans": spans});
    format!("{line}\n")
}

/// An article of five hundred spans.
pub(super) fn crowded() -> String {
    let mut text = String::from("سجل الرحلات المدرسية لعام 2024\n\n");
    let mut spans = Vec::new();
    let cities = ["وجدة", "بركان", "الناظور", "تازة", "جرسيف"];
    for at in 0..125_usize {
        let (count, day) =
            ((at * 7 % 90 + 12).to_string(), format!("{} مارس 2024", at % 28 + 1));
        let city = cities[at % cities.len()];
        text.push_str(&format!(
            "وصل {count} تلميذا إلى {city} يوم {day} مع وفد من وزارة البيئة. "
        ));
        if at % 5 == 4 {
            text.push_str("\n\n");
        }
        for (label, words) in [("COUNT", count), ("CITY", city.to_owned()), ("DATE", day)] {
            spans.push((label, words));
        }
        spans.push(("AGENCY", "وزارة البيئة".to_owned()));
    }
    let spans: Vec<_> = spans.iter().map(|(label, words)| (*label, words.as_str())).collect();
    assert_eq!(spans.len(), 500);
    article("school-trips", &text, &spans)
}
