//! Records: spans put together by key, by drag, and by accepting what is proposed; all of it
//! taken back by one step each, there again when the project is opened again, and exported.

use std::path::Path;

use serde_json::Value;
use tawsim::app::View;
use tawsim::lang::{Bilingual, Lang, both};

use super::hands::{Home, Window};
use super::screens::{look, look_now};
use super::{GARDEN, three_articles, words};

const ALL: Bilingual = both("اقبل المقترحة كلها (2)", "Accept all proposed (2)");
const NEW_RECORD: Bilingual = both("سجل جديد", "New record");

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

/// Chooses the span of those words in the article.
fn choose(window: &mut Window, lang: Lang, text: &str) {
    let (from, to) = window.sheet(GARDEN, lang).ends(text);
    window.click_at(from.lerp(to, 0.5));
}

/// The records of the annotator's set file, each as the words of its spans.
fn records(home: &Home) -> Vec<Vec<String>> {
    let Some((_, text)) = home.files("project/sets").into_iter().next() else {
        return Vec::new();
    };
    let lines = text.lines().skip(1).map(|line| serde_json::from_str::<Value>(line).unwrap());
    let (rows, spans): (Vec<_>, Vec<_>) =
        lines.partition(|line| line["kind"].as_str() == Some("record"));
    let words = |id: &Value| {
        let span = spans.iter().find(|span| span["id"] == *id).unwrap();
        span["text"].as_str().unwrap().to_owned()
    };
    let mut rows: Vec<Vec<_>> = rows
        .iter()
        .map(|row| row["spans"].as_array().unwrap().iter().map(words).collect())
        .collect();
    rows.sort();
    rows
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
        window.key("Ctrl+D");
        window.harness.set_pixels_per_point(2.0);
        look(&mut window, &format!("records-{}-dark-200", lang.code()));
        window.harness.set_pixels_per_point(1.0);
        window.settle();
        assert!(!window.says(ALL.get(lang)));
        window.key("Ctrl+Z");
        window.check_says(ALL.get(lang));
        // One of the two, by the key of the table.
        window.key("F8");
        window.key("F8");
        window.key("Enter");
        window.check_says(both("اقبل المقترحة كلها (1)", "Accept all proposed (1)").get(lang));
        window.close();
        assert_eq!(records(&home), [["250", "بركان", "تاوريرت", "12 مارس 2024"]]);
    }
}

#[test]
fn rows_are_made_by_key_and_by_drag_and_are_there_again() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = marked(&home, lang);
        choose(&mut window, lang, "250");
        window.key("Shift+K");
        choose(&mut window, lang, "بركان");
        window.key("K");
        choose(&mut window, lang, "12 مارس 2024");
        window.key("K");
        choose(&mut window, lang, "1400");
        window.key("Shift+K");
        choose(&mut window, lang, "تاوريرت");
        window.key("K");
        // The second record's town to the first one, by the mouse; and back by a key.
        let town = format!("{}: تاوريرت", words::CITY.get(lang));
        let first = format!("{}: بركان", words::CITY.get(lang));
        let below = |rects: Vec<egui::Rect>| {
            rects.into_iter().max_by(|a, b| a.top().total_cmp(&b.top())).unwrap()
        };
        let (from, to) = (below(window.rects(&town)), below(window.rects(&first)));
        window.move_to(from.center());
        window.press(from.center(), true);
        window.move_to(from.center().lerp(to.center(), 0.5));
        window.move_to(to.center());
        look_now(&mut window, &format!("records-{}-drag", lang.code()));
        window.press(to.center(), false);
        window.settle();
        let row = |window: &Window| below(window.rects(&town)).top();
        assert!((row(&window) - below(window.rects(&first)).top()).abs() < 1.0);
        window.key("Alt+Down");
        assert!(row(&window) > below(window.rects(&first)).top() + 10.0);
        for _ in 0..2 {
            window.key("Ctrl+Z");
        }
        window.key("Ctrl+Y");
        assert!((row(&window) - below(window.rects(&first)).top()).abs() < 1.0);
        // To a row of its own.
        let from = below(window.rects(&town)).center();
        let to = below(window.rects(NEW_RECORD.get(lang))).center();
        window.drag(from, to);
        // Away from its new record, which is then empty and goes as well.
        window.key("Delete");
        window.key("Delete");
        window.close();
        let expected = [vec!["1400"], vec!["250", "بركان", "12 مارس 2024"]];
        assert_eq!(records(&home), expected);

        // The table is shown again too, as it was.
        let mut window = home.open("project", lang);
        assert!(window.rects(&first).len() == 2, "in the article and in its record");
        // A span that goes leaves its record, and comes back to it.
        choose(&mut window, lang, "بركان");
        window.key("Delete");
        window.close();
        assert_eq!(records(&home), [vec!["1400"], vec!["250", "12 مارس 2024"]]);
    }
}

#[test]
fn the_table_is_gone_through_by_arrows_and_shows_each_span() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = marked(&home, lang);
        window.key("Shift+F8");
        window.key("F8");
        window.key("F8");
        let on = if lang == Lang::Ar { "ArrowLeft" } else { "ArrowRight" };
        let name = |label: Bilingual, text: &str| format!("{}: {text}", label.get(lang));
        assert!(window.has_focus(&name(words::CITY, "بركان")));
        window.key(on);
        assert!(window.has_focus(&name(words::CITY, "تاوريرت")));
        window.key(on);
        let none = both("جهاز رسمي: لا شيء", "Agency: none").get(lang);
        assert!(window.has_focus(none), "{:?}", window.names());
        window.key("ArrowDown");
        assert!(window.has_focus(&name(words::AGENCY, "وزارة البيئة")));
        window.key("Enter");
        let row = format!("{} · وزارة البيئة · ", words::AGENCY.get(lang));
        assert!(window.is_on(&row), "it is chosen in the article");
        assert!(window.has_focus(&name(words::AGENCY, "وزارة البيئة")), "and the hand stays");
        window.key("Esc");
        // The first one closes the tooltip of what the keys have come to.
        window.key("Esc");
        assert!(window.is_in_article());
        window.key("F8");
        window.close();
    }
}

#[test]
fn records_are_exported_with_where_they_stand_and_read_again() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = marked(&home, lang);
        window.key("Shift+F8");
        window.key("Ctrl+Enter");
        window.key("Alt+PageUp");
        window.click("CSV…");
        look(&mut window, &format!("records-{}-export", lang.code()));
        window.fill(words::PATH.get(lang), home.path("out.csv").to_str().unwrap());
        window.key("Enter");
        window.key("Ctrl+E");
        window.fill(words::PATH.get(lang), home.path("out.jsonl").to_str().unwrap());
        window.key("Enter");
        window.close();
        check_csv(&home.read("out.csv"), &[("1-garden", GARDEN)], 2);
        let jsonl = home.read("out.jsonl");
        assert!(jsonl.contains("\"records\": [{\"cells\": {\"COUNT\": ["), "{jsonl}");
        // What is read again says the same.
        let mut window = Window::new(home.launch(View::Welcome, lang));
        window.click(words::NEW.get(lang));
        window.fill(words::PATH.get(lang), home.path("again").to_str().unwrap());
        window.click(words::CREATE.get(lang));
        window.key("Ctrl+I");
        window.fill(words::PATH.get(lang), home.path("out.jsonl").to_str().unwrap());
        window.key("Enter");
        window.key("Ctrl+Enter");
        window.key("Ctrl+E");
        window.fill(words::PATH.get(lang), home.path("again.jsonl").to_str().unwrap());
        window.key("Enter");
        window.close();
        assert_eq!(home.read("again.jsonl"), jsonl);
    }
}

/// Holds that the words of every cell are the text at its offsets; how many rows there are.
#[track_caller]
fn check_csv(csv: &str, texts: &[(&str, &str)], num_rows: usize) {
    let lines = parse(csv);
    let (head, rows) = lines.split_first().unwrap();
    let column = |name: &str| head.iter().position(|field| field == name).unwrap();
    let mut num_cells = 0;
    for row in rows {
        let id = &row[column("document")];
        let (_, text) = texts.iter().find(|(of, _)| of == id).unwrap();
        let letters: Vec<char> = text.chars().collect();
        for label in ["CITY", "AGENCY", "COUNT", "DATE"] {
            let part = |name: &str| {
                let field = &row[column(&format!("{label}.{name}"))];
                let parts = field.split(" | ").filter(|part| !part.is_empty());
                parts.map(str::to_owned).collect::<Vec<_>>()
            };
            for (words, range) in part("words").iter().zip(part("range")) {
                let (start, end) = range.split_once('-').unwrap();
                let (start, end): (usize, usize) =
                    (start.parse().unwrap(), end.parse().unwrap());
                assert_eq!(letters[start..end].iter().collect::<String>(), *words);
                num_cells += 1;
            }
        }
    }
    assert_eq!(rows.len(), num_rows, "{csv}");
    assert!(num_cells >= num_rows);
}

/// Reads CSV by RFC 4180.
fn parse(csv: &str) -> Vec<Vec<String>> {
    let (mut lines, mut line, mut field) = (Vec::new(), Vec::new(), String::new());
    let (mut is_quoted, mut chars) = (false, csv.chars().peekable());
    while let Some(c) = chars.next() {
        match c {
            '"' if is_quoted && chars.peek() == Some(&'"') => {
                chars.next();
                field.push('"');
            }
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => line.push(std::mem::take(&mut field)),
            '\r' if !is_quoted => {}
            '\n' if !is_quoted => {
                line.push(std::mem::take(&mut field));
                lines.push(std::mem::take(&mut line));
            }
            c => field.push(c),
        }
    }
    assert!(!is_quoted && field.is_empty() && line.is_empty(), "it ends with a whole line");
    lines
}

#[test]
fn the_seeds_become_records_with_evidence() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/gold/seeds.jsonl");
    let Ok(seeds) = std::fs::read_to_string(&path) else {
        eprintln!("SKIPPED: {} is not there", path.display());
        return;
    };
    let seeds: Vec<Value> = seeds.lines().map(|it| serde_json::from_str(it).unwrap()).collect();
    let (home, lang) = (Home::new(), Lang::Ar);
    let mut window = Window::new(home.launch(View::Welcome, lang));
    window.click(words::NEW.get(lang));
    window.fill(words::PATH.get(lang), home.path("project").to_str().unwrap());
    window.key("Enter");
    window.key("Ctrl+I");
    window.fill(words::PATH.get(lang), path.to_str().unwrap());
    window.key("Enter");
    for at in 0..seeds.len() {
        window.key("Shift+F8");
        let picture = look(&mut window, &format!("records-seed-{at}"));
        assert_eq!(picture.dimensions(), (1280, 800));
        window.key("Alt+PageDown");
    }
    window.key("Ctrl+E");
    window.click(both("سجلات (CSV)", "Records (CSV)").get(lang));
    window.fill(words::PATH.get(lang), home.path("seeds.csv").to_str().unwrap());
    window.key("Enter");
    window.close();
    let csv = home.read("seeds.csv");
    let texts: Vec<_> = seeds
        .iter()
        .map(|seed| (seed["id"].as_str().unwrap(), seed["text"].as_str().unwrap()))
        .collect();
    let rows = parse(&csv).len() - 1;
    eprintln!("{rows} records of {} articles", seeds.len());
    assert!(rows >= 40, "{rows}");
    check_csv(&csv, &texts, rows);
}
