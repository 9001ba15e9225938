//! The gold spans beside this repository, as a person sees them in the window.

#![expect(clippy::print_stderr, reason = "what is skipped, and what was seen, is to be read")]

use std::path::Path;

use egui::{Rect, Vec2};
use serde_json::Value;
use tawsim::app::View;
use tawsim::lang::Lang;
use tawsim::text::{CharOffset, TextIndex, TextRange};

use super::hands::{Home, Sheet, Window};
use super::words;

/// The articles with their gold spans; none where they are not there.
fn seeds() -> Option<Vec<Value>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/gold/seeds.jsonl");
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("SKIPPED: {} is not there", path.display());
        return None;
    };
    Some(text.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

/// An article's spans: name of the label in Arabic, range, value.
fn spans(seed: &Value) -> Vec<(&'static str, TextRange, String)> {
    let text = seed["text"].as_str().unwrap();
    let index = TextIndex::new(text);
    let spans = seed["spans"].as_array().unwrap().iter().map(|span| {
        let label = match span["label"].as_str().unwrap() {
            "CITY" => words::CITY,
            "AGENCY" => words::AGENCY,
            "COUNT" => words::COUNT,
            "DATE" => words::DATE,
            other => panic!("`{other}` is no label"),
        };
        let at = |field: &str| {
            let at = CharOffset(span[field].as_u64().unwrap());
            index.offset_of_char(text, at).unwrap()
        };
        let range = TextRange::new(at("start"), at("end")).unwrap();
        assert_eq!(&text[range.to_range()], span["text"].as_str().unwrap());
        let value = span["value"].as_str().unwrap_or_default().to_owned();
        (label.get(Lang::Ar), range, value)
    });
    spans.collect()
}

/// What a range covers on its first line.
fn first_line(sheet: &Sheet, range: TextRange) -> Rect {
    let rects = sheet.rects(range);
    let line = rects.iter().filter(|rect| rect.top() <= rects[0].top());
    line.fold(Rect::NOTHING, |all, rect| all.union(*rect))
}

#[test]
fn all_gold_spans_are_seen_on_their_letters() {
    let Some(seeds) = seeds() else { return };
    let home = Home::new();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/gold/seeds.jsonl");
    let mut window = Window::new(home.launch(View::Welcome, Lang::Ar));
    window.click(words::NEW.get(Lang::Ar));
    window.fill(words::PATH.get(Lang::Ar), home.path("project").to_str().unwrap());
    window.key("Enter");
    window.key("Ctrl+I");
    window.fill(words::PATH.get(Lang::Ar), path.to_str().unwrap());
    window.key("Enter");
    window.check_says(&format!("استُورد: {} مقالات", seeds.len()));

    let mut seen = 0;
    let mut after_lam = 0;
    for (at, seed) in seeds.iter().enumerate() {
        if at > 0 {
            window.key("Alt+PageDown");
        }
        let spans = spans(seed);
        let (count, lams) = check_document(&mut window, seed, &spans);
        assert_eq!(count, spans.len());
        seen += count;
        after_lam += lams;
    }
    eprintln!("{seen} gold spans seen, {after_lam} of them after a ل that is not theirs");
    assert_eq!(seen, 161);
    assert!(after_lam >= 1);
    window.close();
}

/// Goes through the open document by Tab; how many spans are on their letters, and how many
/// of them begin after the first ل of `لل`.
fn check_document(
    window: &mut Window,
    seed: &Value,
    spans: &[(&str, TextRange, String)],
) -> (usize, usize) {
    let text = seed["text"].as_str().unwrap();
    let first = text.lines().next().unwrap_or_default().trim();
    let title = seed["title"].as_str().map_or(first, str::trim);
    let mut sheet = window.sheet_of(text, !first.is_empty() && first == title, Lang::Ar);
    window.key("Ctrl+Home");
    let mut lams = 0;
    for (label, range, value) in spans {
        window.key("Tab");
        let words = &text[range.to_range()];
        // Its row in the list is on, and a click there shows it as well.
        let row = format!("{label} · {words} · {value}");
        let rows = window.rows(&row);
        let (_, place, _) = rows.iter().find(|(_, _, is_on)| *is_on).unwrap();
        window.click_at(place.center());
        let name = format!("{label}: {words}");
        let marks = window.marks();
        let Some((_, mark, _)) = marks.iter().find(|(n, _, is_on)| *is_on && *n == name) else {
            panic!("`{name}` is not seen: {marks:?}")
        };
        // It covers its letters' width to the pixel, and lies where a line of them lies.
        let expected = first_line(&sheet, *range);
        let by = mark.min - expected.min;
        assert!(by.x.abs() < 0.1, "{name}: {mark:?} for {expected:?}");
        let moved = expected.translate(Vec2::new(0.0, by.y));
        let seen = moved.intersect(window.article_rect());
        assert!((seen.right() - mark.right()).abs() < 0.1, "{name}: {mark:?} for {seen:?}");
        // Dragged over, just its letters are selected.
        let (from, to) = sheet.ends_of(*range);
        let by = Vec2::new(0.0, by.y);
        window.drag(from + by, to + by);
        assert_eq!(window.copy().as_deref(), Some(words));

        let before = &text[..range.start().to_usize()];
        if before.ends_with('ل') && words.starts_with('ل') {
            let word = TextRange::of(before.len() - 'ل'.len_utf8()..range.end().to_usize());
            let whole = first_line(&sheet, word);
            assert!(whole.right() > mark.right() + 2.0, "{name} begins after the first ل");
            lams += 1;
        }
    }
    (spans.len(), lams)
}
