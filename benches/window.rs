//! What frames of the window cost on the CPU: egui's run and its tessellation, without the
//! painter, at 1280 × 800 points.
//!
//! `cargo bench --bench window`; `-- --quick` measures less often. A document of 1 MB with
//! 2,000 spans, as many paragraphs and as one, is opened, scrolled, jumped in and marked; then
//! a project of 10,000 documents of 6 KB is imported and opened in a process of its own.
//! Beside the figures stand, from the same run, an empty frame of egui, a frame with an
//! article of 5 KB, and a bare append with `sync_data` on the same disk.
#![expect(clippy::print_stdout, reason = "a benchmark tells its figures")]
#![expect(clippy::unwrap_used, reason = "a benchmark")]

use std::fmt::Write as _;
use std::fs::File;
use std::hint::black_box;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use egui::{
    Context, Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2,
    RawInput, Rect, TouchPhase, pos2, vec2,
};
use serde_json::json;
use tawsim::app::{App, Launch, View};
use tawsim::format::LabelMap;
use tawsim::lang::Lang;
use tawsim::model::{AnnotatorId, DocumentId, Schema, State};
use tawsim::project::{Ambient, ImportOptions, collect, import};
use tawsim::store::{Installation, RealDisk, Store};

/// The words that sentences are made of.
const WORDS: &[&str] = &[
    "أعلنت",
    "البلدية",
    "صباح",
    "اليوم",
    "عن",
    "افتتاح",
    "حديقة",
    "جديدة",
    "في",
    "الحي",
    "الشرقي",
    "وقال",
    "المهندس",
    "إنّ",
    "العمل",
    "استغرق",
    "14",
    "شهرا",
    "وشارك",
    "فيه",
    "أكثر",
    "من",
    "200",
    "متطوع",
    "(بحسب",
    "إحصاء",
    "سنة",
    "2014)،",
    "كما",
    "غُرست",
    "أشجار",
    "زيتون",
    "ولوز",
    "قرب",
    "الميناء",
    "القديم،",
    "بينما",
    "تواصل",
    "لجنة",
    "مختصة",
    "زيارة",
    "الموقع",
    "AquaLine",
    "@garden_news",
    "يوم",
    "29",
    "يناير",
    "للوقوف",
    "على",
    "سير.",
];

/// Numbers that look like chance and are the same every time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }
}

/// A text of about so many bytes; after each `paragraph` words a line ends. With it the code
/// point ranges of every `step`-th word.
fn article(
    chance: &mut Chance,
    num_bytes: usize,
    paragraph: usize,
    step: usize,
) -> (String, Vec<(usize, usize)>) {
    let (mut text, mut chars, mut spans) = (String::new(), 0, Vec::new());
    for at in 1.. {
        let word = WORDS[chance.below(WORDS.len())];
        let length = word.chars().count();
        if at % step == 0 {
            spans.push((chars, chars + length));
        }
        text.push_str(word);
        text.push(if at % paragraph == 0 { '\n' } else { ' ' });
        chars += length + 1;
        if text.len() >= num_bytes {
            break;
        }
    }
    (text, spans)
}

/// A line of native JSONL.
fn line(id: &str, (text, spans): &(String, Vec<(usize, usize)>)) -> String {
    const LABELS: [&str; 4] = ["CITY", "AGENCY", "COUNT", "DATE"];
    let chars: Vec<char> = text.chars().collect();
    let spans = spans.iter().zip(LABELS.iter().cycle()).map(|((start, end), label)| {
        let words: String = chars[*start..*end].iter().collect();
        json!({ "start": start, "end": end, "label": label, "text": words, "value": words })
    });
    json!({ "id": id, "text": text, "spans": spans.collect::<Vec<_>>() }).to_string() + "\n"
}

fn installation() -> Installation {
    Installation::new("00000000000000b1").unwrap()
}

fn annotator() -> AnnotatorId {
    AnnotatorId::new("amal").unwrap()
}

/// A project in `root` with what `jsonl` holds; seconds that the import took.
fn make(root: &Path, jsonl: &str) -> f64 {
    let file = root.with_extension("jsonl");
    File::create(&file).unwrap().write_all(jsonl.as_bytes()).unwrap();
    Store::create(&RealDisk, root, "bench", &Schema::default()).unwrap();
    let start = Instant::now();
    let (store, _) = Store::open(Arc::new(RealDisk), root, &installation()).unwrap();
    let session = store.session(Some(&annotator()), Arc::new(|| {})).unwrap();
    let options = ImportOptions {
        map: &LabelMap::default(),
        state: State::InProgress,
        keep_going: false,
        date: None,
        date_of_name: None,
        source: None,
        at: (Ambient::SYSTEM.now)(),
    };
    let inputs = collect(std::slice::from_ref(&file), None).unwrap();
    let report = import(&store, &session, &inputs, &options, &mut |_, _| true).unwrap();
    assert!(report.imported.is_some(), "{:?}", report.problems.first());
    session.close().unwrap();
    start.elapsed().as_secs_f64()
}

/// A window without a screen.
struct Window {
    ctx: Context,
    app: App,
    time: f64,
}

/// What a frame took, in milliseconds.
#[derive(Clone, Copy, Default)]
struct Cost {
    run: f64,
    tessellation: f64,
}

impl Cost {
    fn all(self) -> f64 {
        self.run + self.tessellation
    }
}

const SCREEN: Rect = Rect { min: Pos2::ZERO, max: pos2(1280.0, 800.0) };

/// The middle of the article.
const MIDDLE: Pos2 = pos2(650.0, 450.0);

impl Window {
    fn open(root: &Path, document: &str) -> Self {
        let ctx = Context::default();
        let launch = Launch {
            view: View::Project {
                folder: root.to_owned(),
                document: Some(DocumentId::new(document)),
            },
            lang: Some(Lang::Ar),
            annotator: Some(annotator()),
            config: root.with_extension("config"),
            ..Launch::default()
        };
        let disk = (Arc::new(RealDisk) as Arc<_>, installation());
        let app = App::new(&ctx, launch, disk, Ambient::SYSTEM);
        Self { ctx, app, time: 0.0 }
    }

    fn frame(&mut self, events: Vec<Event>) -> Cost {
        self.time += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(SCREEN),
            max_texture_side: Some(8_192),
            time: Some(self.time),
            events,
            ..RawInput::default()
        };
        let start = Instant::now();
        let mut output = self.ctx.run_ui(input, |ui| self.app.frame(ui));
        let run = millis(start);
        let start = Instant::now();
        black_box(self.ctx.tessellate(output.shapes, output.pixels_per_point));
        let tessellation = millis(start);
        output.textures_delta.clear();
        Cost { run, tessellation }
    }

    /// Draws frames until a document is open and shown; how many it took.
    fn wait(&mut self) -> usize {
        for count in 1.. {
            self.frame(Vec::new());
            // The article gets the focus when its document is opened; the next frame shows it.
            if self.ctx.memory(egui::Memory::focused).is_some() {
                self.frame(Vec::new());
                return count + 1;
            }
            std::thread::yield_now();
        }
        0
    }

    /// Frames in which nothing happens: their median.
    fn idle(&mut self, rounds: usize) -> Cost {
        let costs = (0..rounds).map(|_| self.frame(Vec::new())).collect();
        median(costs)
    }

    fn key(&mut self, key: Key, modifiers: Modifiers) -> Cost {
        let event = |pressed| Event::Key {
            key,
            physical_key: Some(key),
            pressed,
            repeat: false,
            modifiers,
        };
        self.frame(vec![event(true), event(false)])
    }

    fn press(&mut self, pos: Pos2, pressed: bool) -> Cost {
        let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
        self.frame(vec![
            Event::PointerMoved(pos),
            Event::PointerButton { pos, button, pressed, modifiers },
        ])
    }

    fn wheel(&mut self, lines: f32) -> Cost {
        self.frame(vec![
            Event::PointerMoved(MIDDLE),
            Event::MouseWheel {
                unit: MouseWheelUnit::Line,
                delta: vec2(0.0, lines),
                phase: TouchPhase::Move,
                source: MouseWheelSource::Wheel,
                modifiers: Modifiers::NONE,
            },
        ])
    }
}

fn millis(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1e3
}

fn median(mut costs: Vec<Cost>) -> Cost {
    costs.sort_by(|a, b| a.all().total_cmp(&b.all()));
    costs[costs.len() / 2]
}

fn worst(costs: &[Cost]) -> Cost {
    costs.iter().copied().max_by(|a, b| a.all().total_cmp(&b.all())).unwrap_or_default()
}

/// One line of the table: a figure, its target in milliseconds, and what share of it.
fn tell(what: &str, cost: Cost, target: Option<f64>) {
    let all = cost.all();
    let parts = format!("{:7.2} + {:5.2}", cost.run, cost.tessellation);
    let verdict = match target {
        Some(target) if all > target => format!("OVER {target} ({:.2} of it)", all / target),
        Some(target) => format!("≤ {target} ({:.2} of it)", all / target),
        None => String::new(),
    };
    println!("  {all:8.2} ms  ({parts})  {what}  {verdict}");
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    if let Some(at) = args.iter().position(|arg| arg == "--child") {
        child(Path::new(&args[at + 1]));
        return;
    }
    let is_quick = args.iter().any(|arg| arg == "--quick");
    let home = tempfile::tempdir().unwrap();
    println!("milliseconds of CPU a frame: all (egui's run + tessellation)");
    references(home.path(), is_quick);
    for (name, paragraph) in
        [("1 MB, many paragraphs", 22), ("1 MB, one paragraph", usize::MAX)]
    {
        let mut chance = Chance(7);
        let long = article(&mut chance, 1_000_000, paragraph, 51);
        let short = article(&mut chance, 5_000, 22, 51);
        let (paragraphs, spans) = (long.0.lines().count(), long.1.len());
        println!("{name}: {} bytes, {paragraphs} paragraphs, {spans} spans", long.0.len());
        let root = home.path().join(format!("p{paragraphs}"));
        make(&root, &(line("a", &short) + &line("b", &long)));
        open(&root, if is_quick { 3 } else { 9 });
        work(&root, if is_quick { 50 } else { 200 });
    }
    many(&home.path().join("many"), if is_quick { 2_000 } else { 10_000 });
}

/// Figures to compare with.
fn references(home: &Path, is_quick: bool) {
    let rounds = if is_quick { 50 } else { 400 };
    let ctx = Context::default();
    let mut costs = Vec::new();
    for round in 0..rounds {
        let input = RawInput {
            screen_rect: Some(SCREEN),
            time: Some(f64::from(round) / 60.0),
            ..RawInput::default()
        };
        let start = Instant::now();
        let mut output = ctx.run_ui(input, |_| {});
        let run = millis(start);
        let start = Instant::now();
        black_box(ctx.tessellate(output.shapes, output.pixels_per_point));
        costs.push(Cost { run, tessellation: millis(start) });
        output.textures_delta.clear();
    }
    tell("an empty frame of egui", median(costs), None);

    let root = home.join("short");
    make(&root, &line("a", &article(&mut Chance(3), 5_000, 22, 56)));
    let mut window = Window::open(&root, "a");
    window.wait();
    window.idle(20);
    tell("a frame with an article of 5 KB", window.idle(100), None);
    window.app.close();

    let path = home.join("append");
    let mut file = File::create(&path).unwrap();
    let mut syncs: Vec<f64> = Vec::new();
    for _ in 0..20 {
        let start = Instant::now();
        file.write_all(&[b'x'; 300]).unwrap();
        file.sync_data().unwrap();
        syncs.push(millis(start));
    }
    syncs.sort_by(f64::total_cmp);
    let sync = Cost { run: syncs[syncs.len() / 2], tessellation: 0.0 };
    tell("a bare append of 300 bytes with sync_data", sync, None);
}

/// Opens the long document from the stored project.
fn open(root: &Path, rounds: usize) {
    let (mut fresh, mut within) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        // From nothing: the project is opened in a thread, meanwhile frames wait for it.
        let start = Instant::now();
        let mut window = Window::open(root, "b");
        window.wait();
        fresh.push(Cost { run: millis(start), tessellation: 0.0 });
        window.app.close();

        // In a window that has the project open: the frame that opens it, and the first one
        // that shows it.
        let mut window = Window::open(root, "a");
        window.wait();
        window.idle(10);
        let opening = window.key(Key::PageDown, Modifiers::ALT);
        let shown = window.frame(Vec::new());
        let settled = window.frame(Vec::new());
        within.push(Cost {
            run: opening.run + shown.run + settled.run,
            tessellation: shown.tessellation + settled.tessellation,
        });
        window.app.close();
    }
    tell("opened in a new window, until shown: median", median(fresh.clone()), Some(100.0));
    tell("… worst", worst(&fresh), None);
    tell("opened from the list, until shown: median", median(within.clone()), Some(100.0));
    tell("… worst", worst(&within), Some(100.0));
}

/// Scrolls, jumps and marks in the long document.
fn work(root: &Path, rounds: usize) {
    let mut window = Window::open(root, "b");
    window.wait();
    tell("a frame in which nothing happens", window.idle(rounds), None);

    let steps: Vec<Cost> = (0..rounds).map(|_| window.wheel(-3.0)).collect();
    window.idle(20);
    tell("a step of the wheel: median", median(steps.clone()), Some(4.0));
    tell("… worst", worst(&steps), Some(4.0));
    let back: Vec<Cost> = (0..rounds).map(|_| window.wheel(3.0)).collect();
    window.idle(20);
    tell("… back: worst", worst(&back), Some(4.0));

    // Anywhere, by the scroll bar, which stands at the left in Arabic.
    let bar = scroll_bar(&mut window);
    let mut chance = Chance(11);
    let mut jumps = Vec::new();
    for _ in 0..rounds.min(50) {
        let y = bar.top()
            + 20.0
            + f32::from(u16::try_from(chance.below(1_000)).unwrap()) / 1_000.0
                * (bar.height() - 40.0);
        jumps.push(window.press(pos2(bar.center().x, y), true));
        jumps.push(window.press(pos2(bar.center().x, y), false));
        window.idle(20);
    }
    tell("a jump by the scroll bar: worst frame", worst(&jumps), Some(30.0));
    let mut ends = Vec::new();
    window.press(MIDDLE, true);
    window.press(MIDDLE, false);
    for at in 0..10 {
        let key = if at % 2 == 0 { Key::End } else { Key::Home };
        ends.push(window.key(key, Modifiers { ctrl: true, ..Modifiers::COMMAND }));
        ends.push(window.frame(Vec::new()));
    }
    tell("a jump to the start or the end: worst frame", worst(&ends), Some(30.0));
    let (mut tabs, mut taken) = (Vec::new(), Vec::new());
    for _ in 0..rounds.min(50) {
        tabs.push(window.key(Key::Tab, Modifiers::NONE));
        tabs.push(window.frame(Vec::new()));
    }
    tell("on to the next span: worst frame", worst(&tabs), Some(30.0));

    travel(&mut window, rounds);

    // A span: a double click on a word takes it, the key marks it.
    window.key(Key::Escape, Modifiers::NONE);
    let idle = window.idle(rounds);
    let mut added = Vec::new();
    let mut shown = Vec::new();
    for at in 0..rounds.min(60) {
        window.wheel(-3.0);
        window.idle(40);
        for _ in 0..2 {
            window.press(MIDDLE, true);
            window.press(MIDDLE, false);
        }
        let key = [Key::Num1, Key::Num2, Key::Num3, Key::Num4][at % 4];
        added.push(window.key(key, Modifiers::NONE));
        shown.push(window.frame(Vec::new()));
        let undone = window.key(Key::Z, Modifiers { ctrl: true, ..Modifiers::COMMAND });
        taken.push(undone);
        window.idle(20);
    }
    tell("adding a span, the key's frame: median", median(added.clone()), Some(2.0));
    tell("… worst", worst(&added), None);
    tell("… the frame that shows it: median", median(shown.clone()), Some(2.0));
    let extra = median(added).all() + median(shown).all() - 2.0 * idle.all();
    println!("  {extra:8.2} ms  more than two frames in which nothing happens");
    tell("taking it back, the key's frame: median", median(taken), Some(2.0));
    window.app.close();
}

/// The caret's steps of every size, from the middle of the document on.
fn travel(window: &mut Window, rounds: usize) {
    let ctrl = Modifiers { ctrl: true, ..Modifiers::COMMAND };
    let middle = pos2(scroll_bar(window).center().x, SCREEN.center().y);
    window.press(middle, true);
    window.press(middle, false);
    window.idle(20);
    window.press(MIDDLE, true);
    window.press(MIDDLE, false);
    for (step, key, modifiers) in [
        ("a letter", Key::ArrowLeft, Modifiers::NONE),
        ("a clitic", Key::ArrowLeft, Modifiers::ALT),
        ("a word", Key::ArrowLeft, ctrl),
        ("a word, selecting", Key::ArrowLeft, ctrl | Modifiers::SHIFT),
        ("a line", Key::ArrowDown, Modifiers::NONE),
        ("a sentence", Key::ArrowDown, Modifiers::ALT),
    ] {
        let costs: Vec<Cost> = (0..rounds).map(|_| window.key(key, modifiers)).collect();
        window.idle(20);
        tell(&format!("the caret by {step}: median"), median(costs.clone()), Some(4.0));
        tell("… worst", worst(&costs), Some(4.0));
    }
}

/// Where the article's scroll bar is: found by its looks, a narrow high shape.
fn scroll_bar(window: &mut Window) -> Rect {
    let input = RawInput {
        screen_rect: Some(SCREEN),
        time: Some(window.time + 1.0 / 60.0),
        ..RawInput::default()
    };
    window.time += 1.0 / 60.0;
    window.ctx.enable_accesskit();
    let output = window.ctx.run_ui(input, |ui| window.app.frame(ui));
    window.ctx.disable_accesskit();
    let update = output.platform_output.accesskit_update.unwrap();
    let bars = update.nodes.iter().filter(|(_, node)| node.role() == egui::Role::ScrollBar);
    let bounds = bars.filter_map(|(_, node)| node.bounds()).map(|b| {
        let near = |x: f64| format!("{x}").parse::<f32>().unwrap();
        Rect::from_min_max(pos2(near(b.x0), near(b.y0)), pos2(near(b.x1), near(b.y1)))
    });
    bounds.max_by(|a, b| a.height().total_cmp(&b.height())).unwrap()
}

/// A project of many documents: its import here, its opening in a process of its own.
fn many(root: &PathBuf, count: usize) {
    let mut chance = Chance(5);
    let mut jsonl = String::new();
    for at in 0..count {
        let text = article(&mut chance, 6_000, 22, 51);
        jsonl.push_str(&line(&format!("d{at:05}"), &text));
    }
    println!("{count} documents of 6 KB, {} MB", jsonl.len() / 1_000_000);
    let seconds = make(root, &jsonl);
    drop(jsonl);
    println!("  {:8.0} ms  imported (target for 10,000: 3000)", seconds * 1e3);
    for round in ["first", "again"] {
        let exe = std::env::current_exe().unwrap();
        let output = std::process::Command::new(exe).arg("--child").arg(root).output().unwrap();
        print!("  {round}: {}", String::from_utf8_lossy(&output.stdout));
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

/// Opens the project of many documents and says what it took.
fn child(root: &Path) {
    let start = Instant::now();
    let mut window = Window::open(root, "d00000");
    let frames = window.wait();
    let opened = millis(start);
    let idle = window.idle(100);
    let mut steps = Vec::new();
    for _ in 0..20 {
        steps.push(window.key(Key::PageDown, Modifiers::ALT));
        steps.push(window.frame(Vec::new()));
    }
    let mut said = String::new();
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let anonymous = status.lines().find_map(|line| line.strip_prefix("RssAnon:"));
    write!(
        said,
        "{opened:.0} ms from nothing until shown, {frames} frames (target 500); \
         {:.2} ms a frame; {:.2} ms the worst frame of going on to the next document; \
         RssAnon {} (target 100 MB)",
        idle.all(),
        worst(&steps).all(),
        anonymous.unwrap_or("unknown").trim(),
    )
    .unwrap();
    println!("{said}");
    window.app.close();
}
