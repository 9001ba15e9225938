//! What marking costs: the gold spans beside this repository, by gestures alone.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;
use tawsim::app::View;
use tawsim::lang::Lang;
use tawsim::text::{CharOffset, TextIndex, TextRange};

use super::hands::{Home, Sheet, Window};
use super::words;

/// A window in which a whole article is seen at once: wheel and scroll bar are not counted.
const TALL: (f32, f32) = (1280.0, 6000.0);

/// The most gestures a span may cost on average, its label included.
const MOST: f64 = 3.2;

/// Gestures by kind. A click is one press of a button; a drag is one press, with what follows
/// until the button is let go.
#[derive(Default)]
struct Cost {
    clicks: usize,
    drags: usize,
    keys: usize,
}

impl Cost {
    fn total(&self) -> usize {
        self.clicks + self.drags + self.keys
    }
}

/// A span to mark: start and end in code points, its range, the key of its label.
struct Wanted {
    chars: (u64, u64),
    range: TextRange,
    label: String,
    key: &'static str,
}

fn wanted(seed: &Value) -> Vec<Wanted> {
    let text = seed["text"].as_str().unwrap();
    let index = TextIndex::new(text);
    let spans = seed["spans"].as_array().unwrap().iter().map(|span| {
        let label = span["label"].as_str().unwrap().to_owned();
        let key = match label.as_str() {
            "CITY" => "1",
            "AGENCY" => "2",
            "COUNT" => "3",
            "DATE" => "4",
            other => panic!("`{other}` is no label"),
        };
        let chars = (span["start"].as_u64().unwrap(), span["end"].as_u64().unwrap());
        let offset = |at: u64| index.offset_of_char(text, CharOffset(at)).unwrap();
        let range = TextRange::new(offset(chars.0), offset(chars.1)).unwrap();
        Wanted { chars, range, label, key }
    });
    spans.collect()
}

/// Selects a range as a practiced hand does: a double click on a single word, and once more where
/// the first cut is not the one; a drag from its first to its last letter otherwise.
fn select(
    window: &mut Window,
    sheet: &mut Sheet,
    (text, range): (&str, TextRange),
    cost: &mut Cost,
) {
    let words = &text[range.to_range()];
    window.rest();
    if !words.contains(char::is_whitespace) {
        let at = sheet.letter(range.start());
        window.double_click_at(at);
        cost.clicks += 2;
        if window.copy().as_deref() == Some(words) {
            return;
        }
        window.rest();
    }
    let (from, to) = sheet.ends_of(range);
    window.drag(from, to);
    cost.drags += 1;
    assert_eq!(window.copy().as_deref(), Some(words));
}

#[test]
fn a_span_costs_few_gestures() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/gold/seeds.jsonl");
    let Ok(seeds) = std::fs::read_to_string(&path) else {
        eprintln!("SKIPPED: {} is not there", path.display());
        return;
    };
    let seeds: Vec<Value> =
        seeds.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let home = Home::new();
    for (at, seed) in seeds.iter().enumerate() {
        home.write(&format!("articles/{at}.txt"), seed["text"].as_str().unwrap());
    }
    let mut window = Window::of_size(home.launch(View::Welcome, Lang::Ar), TALL);
    window.click(words::NEW.get(Lang::Ar));
    window.fill(words::PATH.get(Lang::Ar), home.path("project").to_str().unwrap());
    window.key("Enter");
    window.key("Ctrl+I");
    window.fill(words::PATH.get(Lang::Ar), home.path("articles").to_str().unwrap());
    window.key("Enter");

    let (mut cost, mut count) = (Cost::default(), 0);
    for (at, seed) in seeds.iter().enumerate() {
        if at > 0 {
            window.key("Alt+PageDown");
        }
        let text = seed["text"].as_str().unwrap();
        let has_title = text.lines().next().is_some_and(|line| !line.trim().is_empty());
        let mut sheet = window.sheet_of(text, has_title, Lang::Ar);
        for span in wanted(seed) {
            select(&mut window, &mut sheet, (text, span.range), &mut cost);
            window.key(span.key);
            cost.keys += 1;
            count += 1;
        }
    }
    window.close();

    // What is in the files is what was wanted.
    let files = home.files("project/sets/amal");
    let mut found = BTreeMap::new();
    for (_, file) in &files {
        let mut lines = file.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let head = lines.next().unwrap();
        let mut spans: Vec<_> = lines
            .map(|span| {
                let at = |field: &str| span[field].as_u64().unwrap();
                (at("start"), at("end"), span["label"].as_str().unwrap().to_owned())
            })
            .collect();
        spans.sort();
        found.insert(head["document"].as_str().unwrap().to_owned(), spans);
    }
    for (at, seed) in seeds.iter().enumerate() {
        let mut spans: Vec<_> = wanted(seed)
            .into_iter()
            .map(|span| (span.chars.0, span.chars.1, span.label))
            .collect();
        spans.sort();
        assert_eq!(found.get(&at.to_string()), Some(&spans));
    }
    let average = f64::from(u32::try_from(cost.total()).unwrap()) / f64::from(count);
    eprintln!(
        "{count} gold spans by {} gestures: {} clicks, {} drags, {} keys; {average:.2} a span",
        cost.total(),
        cost.clicks,
        cost.drags,
        cost.keys,
    );
    assert_eq!(count, 161);
    assert!(average <= MOST);
}
