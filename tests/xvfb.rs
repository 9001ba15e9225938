//! The real program in a real window: mouse and keys, pixels on the screen, files on the disk.
//!
//! Needs `Xvfb`, `xdotool` and `import` (of `ImageMagick`), and says so where one is missing; with
//! `TAWSIM_REQUIRE_XVFB=1` that is a failure.
//!
//! Nothing here knows where the window puts its parts. A span that was imported shows where its
//! words stand, by its highlight; the rest is done there.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test is allowed to panic")]

#[path = "support/xvfb.rs"]
mod support;

use std::time::Duration;

use serde_json::{Value, json};
use support::{Home, Patch, Point, Screen, Shot, say, wait_for};
use tawsim::model::Schema;
use tawsim::theme::{Mode, Rgba, Theme};

const TEXT: &str = "قطار الليل يصل إلى البحر\n\nوصل أول قطار ليلي إلى ميناء الدار البيضاء وعلى متنه \
    شخصين لا غير، في رحلة بدأت من مراكش مساء الجمعة 7 يونيو/حزيران 2024.\n\nوقالت المسافرة: «نمنا \
    جيدا، ورأينا شروق الشمس من النافذة».\n";

/// The words that are marked, and what they mean.
const CITY: &str = "الدار البيضاء";

#[test]
fn a_span_is_removed_drawn_undone_saved_and_found_again() {
    let Some(screen) = Screen::open() else { return };
    let home = Home::new();
    let project = project(&home);
    let imported = spans(&home, &project);
    assert_eq!(imported.len(), 1);
    let open = open(&project);
    let color = fill("CITY");
    let Rgba([r, g, b, _]) = Theme::new(Mode::Light).page;
    let page = [r, g, b];

    // An imported span is seen.
    let window = screen.start(&home, &open);
    let seen = wait_for("the imported span's highlight", || highlight(&screen.shot(), color));
    let full = screen.settled();

    // Whoever sits here looks at what a hand did before the next one comes.
    let gone = |what: &str| {
        // An undo selects the words that it was about.
        screen.key("Escape");
        wait_for(what, || {
            let shot = screen.shot();
            (shot.count(page, seen.area) > full.count(color, seen.area) * 9 / 10).then_some(())
        });
    };
    let shown = |what: &str| {
        // The chosen span has a color of its own.
        screen.key("Escape");
        wait_for(what, || {
            let patches = screen.shot().patches(color);
            patches.into_iter().find(|patch| patch.area.is_near(seen.area, 2))
        });
    };

    // The next span from there is that one; removed, it is gone.
    screen.click(beside(&seen));
    screen.settled();
    screen.key("Tab");
    wait_for("the span to be chosen", || {
        // But for the pixels at the knobs of its handles.
        (screen.shot().count(color, seen.area) < full.count(color, seen.area) / 20)
            .then_some(())
    });
    screen.key("Delete");
    gone("the removal");

    // Drawn again with the mouse from its first letter to its last, it is as it was.
    let from = Point { x: seen.area.right - 1, y: seen.area.middle().y };
    let to = Point { x: seen.area.left + 1, y: seen.area.middle().y };
    screen.drag(from, to);
    screen.key("1");
    shown("the drawn highlight");

    // Undone and redone.
    screen.key("ctrl+z");
    gone("the undo");
    screen.key("ctrl+shift+z");
    shown("the redo");

    // From the other side.
    screen.key("ctrl+z");
    gone("the second undo");
    screen.drag(to, from);
    screen.key("1");
    shown("the highlight drawn backwards");
    window.close();
    assert_eq!(spans(&home, &project), imported, "the same letters");

    // Opened again, it is as it was left.
    let window = screen.start(&home, &open);
    let again =
        wait_for("the highlight after opening again", || highlight(&screen.shot(), color));
    assert!(again.area.is_near(seen.area, 1), "{again:?} is not where {seen:?} was");
    assert!(screen.settled().count(color, seen.area) >= full.count(color, seen.area) * 9 / 10);
    window.kill();
    home.run(&["check", &project]);
}

#[test]
fn ctrl_and_the_wheel_change_the_size_of_the_text() {
    let Some(screen) = Screen::open() else { return };
    let home = Home::new();
    let project = project(&home);
    let color = fill("CITY");
    let _window = screen.start(&home, &open(&project));
    let small = wait_for("a highlight", || highlight(&screen.shot(), color));
    screen.wheel_with("ctrl", small.area.middle(), -3);
    let large = wait_for("larger letters", || {
        let patch = highlight(&screen.shot(), color)?;
        (patch.area.height() > small.area.height()).then_some(patch)
    });
    screen.wheel_with("ctrl", large.area.middle(), 3);
    wait_for("smaller letters", || {
        let patch = highlight(&screen.shot(), color)?;
        (patch.area.height() < large.area.height()).then_some(())
    });
}

#[test]
fn a_window_in_which_nothing_happens_keeps_no_processor_busy() {
    const LOOKED_AT: Duration = Duration::from_secs(10);
    let Some(screen) = Screen::open() else { return };
    let home = Home::new();
    let window = screen.start(&home, &["demo", "--annotator", "amal", "--size", "1280x800"]);
    // What has the focus, and the key that leads there from the one before.
    let states = [("the article", None), ("a field", Some("ctrl+f")), ("the help", Some("F1"))];
    for (state, key) in states {
        screen.settled();
        if let Some(key) = key {
            screen.key(key);
            screen.settled();
        }
        // News in the status line goes away by itself.
        std::thread::sleep(Duration::from_secs(9));
        let before = window.busy();
        std::thread::sleep(LOOKED_AT);
        let busy = window.busy().saturating_sub(before);
        let share = busy.as_secs_f64() / LOOKED_AT.as_secs_f64();
        say(&format!("idle, {state} in focus: {:.1} % of a processor", share * 100.0));
        assert!(share < 0.01, "{state}: busy for {busy:?} of {LOOKED_AT:?}");
    }
    window.close();
}

/// A project with the article, whose city `amal` has marked.
fn project(home: &Home) -> String {
    let project = home.path().join("project").to_str().unwrap().to_owned();
    home.run(&["new", &project]);
    let file = home.file("seed.jsonl", &format!("{}\n", record(&[CITY])));
    home.run(&["import", &project, &file, "--annotator", "amal"]);
    project
}

/// What opens it.
fn open(project: &str) -> [&str; 12] {
    [
        "open",
        project,
        "--document",
        "train",
        "--annotator",
        "amal",
        "--lang",
        "ar",
        "--theme",
        "light",
        "--size",
        "1280x800",
    ]
}

/// The label, range and words of each of `amal`'s spans, as exported.
fn spans(home: &Home, project: &str) -> Vec<Value> {
    let path = home.path().join("out.jsonl");
    let out = path.to_str().unwrap();
    home.run(&["export", project, "--format", "jsonl", "--out", out, "--annotator", "amal"]);
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    let record: Value = serde_json::from_str(text.trim_end()).unwrap();
    let spans = record["spans"].as_array().unwrap().iter();
    spans.map(|span| json!([span["label"], span["start"], span["end"], span["text"]])).collect()
}

/// The document as native JSONL, with those words marked as cities where they first stand.
fn record(cities: &[&str]) -> Value {
    let span = |words: &&str| {
        let start = TEXT[..TEXT.find(words).unwrap()].chars().count();
        let end = start + words.chars().count();
        json!({"start": start, "end": end, "label": "CITY", "text": words, "value": words})
    };
    let spans: Vec<Value> = cities.iter().map(span).collect();
    json!({"id": "train", "title": "قطار الليل", "date": "2024-06-08", "text": TEXT, "spans": spans})
}

/// What stands behind text of that label in the light theme.
fn fill(label: &str) -> [u8; 3] {
    let schema = Schema::default();
    let label = schema.label(&label.into()).unwrap();
    let [r, g, b, _] = Theme::new(Mode::Light).shades(label.color).fill.0;
    [r, g, b]
}

/// The highlight of a few words in the article, while no span is chosen: larger than any chip
/// or swatch of that color.
fn highlight(shot: &Shot, color: [u8; 3]) -> Option<Patch> {
    let patches = shot.patches(color);
    patches.into_iter().find(|patch| patch.area.width() > 60 && patch.num_pixels > 800)
}

/// A place in the article above a highlight, in the empty line before its paragraph.
fn beside(patch: &Patch) -> Point {
    Point { x: patch.area.middle().x, y: patch.area.top - patch.area.height() / 2 }
}
