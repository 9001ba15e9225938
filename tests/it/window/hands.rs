//! A window without a screen, and the hands and eyes of a person who uses it.
//!
//! Everything goes in as a window system would hand it in: a key comes with its text in one
//! frame, the pointer moves before it presses. Everything is found by its accessible name.
//! After each frame it is held that egui drew no text of its own, since it cannot write Arabic
//! (and since that is how it complains of an id used twice).

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use egui::{
    Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, OutputCommand, PointerButton,
    Pos2, Rect, Shape, TouchPhase, ViewportCommand, ViewportEvent, ViewportId, pos2, vec2,
};
use egui_kittest::Harness;
use egui_kittest::kittest::{By, NodeT as _, Queryable as _};
use tawsim::app::{App, Launch, View};
use tawsim::lang::Lang;
use tawsim::model::{AnnotatorId, Timestamp};
use tawsim::project::Ambient;
use tawsim::store::{Disk, Installation, RealDisk};
use tawsim::text::{Offset, TextRange};
use tawsim::theme::{Mode, size};
use tawsim::typeset::{Caret, Page, Typesetter, article_style};
use tempfile::TempDir;

use super::look::{is_field, is_frame, is_on, is_row, is_text};
use crate::support::CpuRenderer;

/// How long work off the frame may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// The width of the article's scroll bar and map, and the space around its lines, in points.
const BAR: f32 = 22.0;
const PAD: f32 = 28.0;

/// The time that every window here tells.
const NOW: Timestamp = Timestamp(1_710_000_000_000);

fn now() -> Timestamp {
    NOW
}

/// A number that was not there before: ids must differ, but nobody guesses them here.
fn random() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(0x9E37_79B9_7F4A_7C15, Ordering::Relaxed)
}

/// A folder of a person's own: settings, articles, projects.
pub(crate) struct Home {
    folder: TempDir,
}

impl Home {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A path in it.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file, with its folders.
    pub(crate) fn write(&self, name: &str, text: &str) -> PathBuf {
        use std::io::Write as _;
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::File::create(&path).unwrap().write_all(text.as_bytes()).unwrap();
        path
    }

    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    /// How a window is opened on `view` in a language: by `amal`.
    pub(crate) fn launch(&self, view: View, lang: Lang) -> Launch {
        Launch {
            view,
            lang: Some(lang),
            annotator: Some(AnnotatorId::new("amal").unwrap()),
            config: self.path("config"),
            ..Launch::default()
        }
    }

    /// A window on a project in this folder.
    pub(crate) fn open(&self, project: &str, lang: Lang) -> Window {
        let view = View::Project { folder: self.path(project), document: None };
        Window::new(self.launch(view, lang))
    }

    /// All files below a folder with their texts, ordered by path, relative to it.
    pub(crate) fn files(&self, folder: &str) -> Vec<(String, String)> {
        fn walk(root: &Path, folder: &Path, out: &mut Vec<(String, String)>) {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    walk(root, &path, out);
                } else {
                    let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
                    let bytes = std::fs::read(&path).unwrap();
                    out.push((name, String::from_utf8_lossy(&bytes).into_owned()));
                }
            }
        }
        let (root, mut out) = (self.path(folder), Vec::new());
        if root.exists() {
            walk(&root, &root, &mut out);
        }
        out.sort();
        out
    }
}

/// An installation, as the settings' folder would hold it.
pub(crate) fn installation() -> Installation {
    Installation::new("00000000000000a1").unwrap()
}

/// The clock and the chance of these windows.
pub(crate) const AMBIENT: Ambient = Ambient { now, random };

/// A window of 1280 × 800 points, and a person in front of it.
pub(crate) struct Window {
    pub(super) harness: Harness<'static, App>,
    /// What was copied last.
    pub(super) copied: Option<String>,
}

impl Window {
    pub(crate) fn new(launch: Launch) -> Self {
        Self::of_size(launch, (1280.0, 800.0))
    }

    pub(crate) fn of_size(launch: Launch, size: (f32, f32)) -> Self {
        Self::on_disk(launch, size, Arc::new(RealDisk))
    }

    /// A window whose projects are on that disk.
    pub(crate) fn on_disk(
        launch: Launch,
        (width, height): (f32, f32),
        disk: Arc<dyn Disk>,
    ) -> Self {
        let is_dark = launch.mode.is_some_and(Mode::is_dark);
        let harness = Harness::builder()
            .with_size(vec2(width, height))
            .with_step_dt(1.0 / 60.0)
            .with_theme(if is_dark { egui::Theme::Dark } else { egui::Theme::Light })
            .renderer(CpuRenderer::default())
            .build_eframe(move |cx| {
                App::new(&cx.egui_ctx, launch, (disk, installation()), AMBIENT)
            });
        let mut window = Self { harness, copied: None };
        window.settle();
        window
    }

    /// Asks it to close, as the window system does; whether it does.
    pub(crate) fn ask_to_close(&mut self) -> bool {
        let input = self.harness.input_mut();
        if let Some(viewport) = input.viewports.get_mut(&ViewportId::ROOT) {
            viewport.events.push(ViewportEvent::Close);
        }
        self.harness.step();
        let commands = &self.harness.output().viewport_output[&ViewportId::ROOT].commands;
        let closes = !commands.contains(&ViewportCommand::CancelClose);
        if let Some(viewport) = self.harness.input_mut().viewports.get_mut(&ViewportId::ROOT) {
            viewport.events.clear();
        }
        self.settle();
        closes
    }

    /// Closes it, as the window system does.
    pub(crate) fn close(self) {
        self.harness.into_state().close();
    }

    /// The accessible names of all that is there, in order.
    pub(crate) fn names(&self) -> Vec<String> {
        let nodes = self.harness.root().children_recursive();
        // What stands in the article is no name.
        let nodes = nodes.filter(|node| !is_text(node.accesskit_node().role()));
        nodes.filter_map(|node| name_of(&node)).collect()
    }

    /// Whether something with that name is there.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.harness.query_all_by_label(name).next().is_some()
    }

    /// Whether something is there whose name contains that.
    pub(crate) fn says(&self, part: &str) -> bool {
        self.names().iter().any(|name| name.contains(part))
    }

    /// Fails, with all names, unless something is there whose name contains that.
    #[track_caller]
    pub(crate) fn check_says(&self, part: &str) {
        assert!(self.says(part), "`{part}` is not among {:#?}", self.names());
    }

    /// The place of the only thing with that name.
    #[track_caller]
    pub(crate) fn rect(&self, name: &str) -> Rect {
        let rects = self.rects(name);
        assert_eq!(rects.len(), 1, "`{name}` in {:#?}", self.names());
        rects[0]
    }

    /// The places of all things with that name.
    pub(crate) fn rects(&self, name: &str) -> Vec<Rect> {
        let nodes = self.harness.query_all_by_label(name);
        // What is named after its heading is as large as all that it holds.
        let nodes = nodes.filter(|node| !is_frame(node.accesskit_node().role()));
        nodes.map(|node| node.rect()).collect()
    }

    /// What stands in the field with that name.
    #[track_caller]
    pub(crate) fn value(&self, name: &str) -> String {
        self.field(name).value().unwrap_or_default()
    }

    #[track_caller]
    fn field<'a>(&'a self, name: &'a str) -> egui_kittest::Node<'a> {
        let is_field = |node: &egui_kittest::Node<'_>| is_field(node.accesskit_node().role());
        match self.harness.query_all_by_label(name).find(is_field) {
            Some(node) => node,
            None => panic!("no field `{name}` in {:#?}", self.names()),
        }
    }

    /// Whether the thing with that name has the focus.
    pub(crate) fn has_focus(&self, name: &str) -> bool {
        self.harness.query_all_by_label(name).any(|node| node.is_focused())
    }

    /// Whether the article has the focus.
    pub(crate) fn is_in_article(&self) -> bool {
        self.article().is_focused()
    }

    /// Whether the toggle or row with that name is on.
    #[track_caller]
    pub(crate) fn is_on(&self, name: &str) -> bool {
        is_on(&self.node(name)).unwrap_or_default()
    }

    /// Whether the button with that name can be clicked.
    #[track_caller]
    pub(crate) fn is_enabled(&self, name: &str) -> bool {
        !self.node(name).accesskit_node().is_disabled()
    }

    #[track_caller]
    fn node<'a>(&'a self, name: &'a str) -> egui_kittest::Node<'a> {
        match self.harness.query_all_by_label(name).next() {
            Some(node) => node,
            None => panic!("no `{name}` in {:#?}", self.names()),
        }
    }

    fn article(&self) -> egui_kittest::Node<'_> {
        self.harness.get(By::new().role(egui::Role::Document))
    }

    /// Where the article is, its scroll bar included.
    pub(crate) fn article_rect(&self) -> Rect {
        self.article().rect()
    }

    /// A picture of what is seen.
    pub(crate) fn picture(&mut self) -> image::RgbaImage {
        self.harness.render().unwrap()
    }

    /// Presses a key as a keyboard does: `Ctrl+Shift+Z`, `?`, `ArrowLeft`.
    pub(crate) fn key(&mut self, chord: &str) {
        self.frame(&key_events(chord, true));
        self.frame(&key_events(chord, false));
        self.settle();
    }

    /// The same several times.
    pub(crate) fn keys(&mut self, chord: &str, times: usize) {
        for _ in 0..times {
            self.key(chord);
        }
    }

    /// Presses keys so fast, or while frames are so slow, that all come in one; what follows
    /// from them in that very frame is seen.
    pub(crate) fn keys_in_one_frame(&mut self, chords: &[&str]) {
        let events = chords.iter().flat_map(|chord| {
            let mut events = key_events(chord, true);
            events.append(&mut key_events(chord, false));
            events
        });
        self.frame(&events.collect::<Vec<_>>());
    }

    /// Writes text letter by letter, each with the key that has it.
    pub(crate) fn write(&mut self, text: &str) {
        for c in text.chars() {
            self.key(&c.to_string());
        }
    }

    /// Clicks on the thing with that name.
    #[track_caller]
    pub(crate) fn click(&mut self, name: &str) {
        let at = self.rect(name).center();
        self.click_at(at);
    }

    /// The place of the first row or button whose name contains that.
    #[track_caller]
    pub(crate) fn row(&self, part: &str) -> Rect {
        let is_row = |node: &egui_kittest::Node<'_>| is_row(node.accesskit_node().role());
        match self.harness.query_all(By::new().label_contains(part)).find(is_row) {
            Some(node) => node.rect(),
            None => panic!("`{part}` is no button in {:#?}", self.names()),
        }
    }

    /// Clicks on the first row or button whose name contains that.
    #[track_caller]
    pub(crate) fn click_on(&mut self, part: &str) {
        let at = self.row(part).center();
        self.click_at(at);
    }

    /// The place of the field with that name.
    #[track_caller]
    pub(crate) fn field_rect(&self, name: &str) -> Rect {
        self.field(name).rect()
    }

    /// Clicks on the last of the things with that name: the one in the dialog.
    #[track_caller]
    pub(crate) fn click_on_last(&mut self, name: &str) {
        let at = self.rects(name).last().unwrap().center();
        self.click_at(at);
    }

    /// Clicks into the field with that name.
    #[track_caller]
    pub(crate) fn click_field(&mut self, name: &str) {
        let at = self.field_rect(name).center();
        self.click_at(at);
    }

    /// Clicks into the field with that name and writes that in place of what is there.
    #[track_caller]
    pub(crate) fn fill(&mut self, name: &str, text: &str) {
        self.click_field(name);
        self.key("Ctrl+A");
        self.write(text);
    }

    pub(crate) fn click_at(&mut self, at: Pos2) {
        self.move_to(at);
        self.press(at, true);
        self.press(at, false);
        self.settle();
    }

    /// Clicks so fast, or while frames are so slow, that it is all over in one.
    pub(crate) fn click_in_one_frame(&mut self, pos: Pos2) {
        self.move_to(pos);
        let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
        let press = |pressed| Event::PointerButton { pos, button, pressed, modifiers };
        self.frame(&[press(true), press(false)]);
        self.settle();
    }

    pub(crate) fn double_click_at(&mut self, at: Pos2) {
        self.click_times(at, 2);
    }

    pub(crate) fn triple_click_at(&mut self, at: Pos2) {
        self.click_times(at, 3);
    }

    pub(crate) fn click_times(&mut self, at: Pos2, times: usize) {
        self.move_to(at);
        for _ in 0..times {
            self.press(at, true);
            self.press(at, false);
        }
        self.settle();
    }

    /// Clicks while modifiers are held down.
    pub(crate) fn click_with(&mut self, pos: Pos2, modifiers: Modifiers) {
        self.move_to(pos);
        self.frame(&[Event::ModifiersChanged(modifiers)]);
        for pressed in [true, false] {
            let button = PointerButton::Primary;
            self.frame(&[Event::PointerButton { pos, button, pressed, modifiers }]);
        }
        self.frame(&[Event::ModifiersChanged(Modifiers::NONE)]);
        self.settle();
    }

    /// Does nothing for as long as makes the next click a first one.
    pub(crate) fn rest(&mut self) {
        for _ in 0..30 {
            self.frame(&[]);
        }
    }

    /// Presses at one place and lets go at another.
    pub(crate) fn drag(&mut self, from: Pos2, to: Pos2) {
        self.drag_with(PointerButton::Primary, from, to);
    }

    /// The same with the right button.
    pub(crate) fn drag_with_right_button(&mut self, from: Pos2, to: Pos2) {
        self.drag_with(PointerButton::Secondary, from, to);
    }

    fn drag_with(&mut self, button: PointerButton, from: Pos2, to: Pos2) {
        let modifiers = Modifiers::NONE;
        let press =
            |pos: Pos2, pressed: bool| Event::PointerButton { pos, button, pressed, modifiers };
        self.move_to(from);
        self.frame(&[press(from, true)]);
        for step in 1..=4_u8 {
            self.move_to(from.lerp(to, f32::from(step) / 4.0));
        }
        self.frame(&[press(to, false)]);
        self.settle();
    }

    /// Turns the wheel over a place by so many points; upwards if positive.
    pub(crate) fn wheel(&mut self, at: Pos2, points: f32, modifiers: Modifiers) {
        self.move_to(at);
        self.frame(&[Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta: vec2(0.0, points),
            phase: TouchPhase::Move,
            source: MouseWheelSource::Wheel,
            modifiers,
        }]);
        self.settle();
    }

    /// Makes the window as large as that.
    pub(crate) fn resize(&mut self, width: f32, height: f32) {
        self.harness.set_size(vec2(width, height));
        self.settle();
    }

    /// Moves the pointer out of the window.
    pub(crate) fn let_go(&mut self) {
        self.frame(&[Event::PointerGone]);
        self.settle();
    }

    /// What is selected in the article or in a field, as copying gives it.
    pub(crate) fn copy(&mut self) -> Option<String> {
        self.copied = None;
        self.frame(&[Event::Copy]);
        self.settle();
        self.copied.take()
    }

    /// Pastes a text.
    pub(crate) fn paste(&mut self, text: &str) {
        self.frame(&[Event::Paste(text.to_owned())]);
        self.settle();
    }

    pub(crate) fn move_to(&mut self, at: Pos2) {
        self.frame(&[Event::PointerMoved(at)]);
    }

    pub(crate) fn press(&mut self, pos: Pos2, pressed: bool) {
        let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
        self.frame(&[Event::PointerButton { pos, button, pressed, modifiers }]);
    }

    /// One frame with those events in it.
    pub(crate) fn frame(&mut self, events: &[Event]) {
        let input = self.harness.input_mut();
        for event in events {
            if let Event::Key { modifiers, .. } = event {
                input.events.push(Event::ModifiersChanged(*modifiers));
            }
            input.events.push(event.clone());
        }
        // As the window system's loop does it: what is left is for the next frames.
        let mut input = std::mem::take(input);
        let ctx = self.harness.ctx.clone();
        eframe::App::raw_input_hook(self.harness.state_mut(), &ctx, &mut input);
        *self.harness.input_mut() = input;
        self.harness.step();
        let output = self.harness.output();
        for command in &output.platform_output.commands {
            if let OutputCommand::CopyText(text) = command {
                self.copied = Some(text.clone());
            }
        }
        for clipped in &output.shapes {
            check_no_text(&clipped.shape);
        }
    }

    /// Draws frames until nothing moves any more and no work is under way.
    #[track_caller]
    pub(crate) fn settle(&mut self) {
        let start = Instant::now();
        loop {
            self.frame(&[]);
            let delay = self.harness.output().viewport_output[&ViewportId::ROOT].repaint_delay;
            let is_busy =
                ["أوقف", "Stop", "يُحفظ…", "Saving…"].iter().any(|name| self.has(name));
            if delay != Duration::ZERO && !is_busy {
                break;
            }
            assert!(start.elapsed() < PATIENCE, "it does not settle: {:#?}", self.names());
            if is_busy {
                std::thread::sleep(Duration::from_millis(1));
            }
        }
        self.harness.check_accessibility();
    }

    /// Waits until something is said whose text contains that.
    #[track_caller]
    pub(crate) fn wait_for(&mut self, part: &str) {
        let start = Instant::now();
        while !self.says(part) {
            assert!(start.elapsed() < PATIENCE, "no `{part}` in {:#?}", self.names());
            std::thread::sleep(Duration::from_millis(1));
            self.settle();
        }
    }

    /// The lines of `text` as they stand in this window, if it is what is open, unscrolled.
    pub(crate) fn sheet(&self, text: &str, lang: Lang) -> Sheet {
        Sheet::new(self.article_rect(), (text, true), lang)
    }

    /// The same for a text whose first line may be no title.
    pub(crate) fn sheet_of(&self, text: &str, has_title: bool, lang: Lang) -> Sheet {
        Sheet::new(self.article_rect(), (text, has_title), lang)
    }
}

/// Where the letters of an article are that is seen from its first line on.
pub(crate) struct Sheet {
    page: Page,
    typesetter: Typesetter,
    text: String,
    /// The upper left corner of the page in the window.
    origin: Pos2,
}

impl Sheet {
    fn new(area: Rect, (text, has_title): (&str, bool), lang: Lang) -> Self {
        let area = match lang {
            Lang::Ar => Rect::from_min_max(area.min + vec2(BAR, 0.0), area.max),
            Lang::En => Rect::from_min_max(area.min, area.max - vec2(BAR, 0.0)),
        };
        let width = (area.width() - 2.0 * PAD).min(31.0 * size::ARTICLE).floor();
        let origin = pos2((area.center().x - width / 2.0).round(), area.top() + PAD);
        let mut typesetter = Typesetter::new();
        let style = article_style(size::ARTICLE, width, has_title);
        let mut page = Page::new(text.into(), style);
        page.prepare(&mut typesetter, 0.0, 100_000.0);
        Self { page, typesetter, text: text.to_owned(), origin }
    }

    /// The only place of those words.
    #[track_caller]
    pub(crate) fn range(&self, words: &str) -> TextRange {
        let mut places = self.text.match_indices(words);
        let (Some((at, _)), None) = (places.next(), places.next()) else {
            panic!("`{words}` is not there once")
        };
        TextRange::of(at..at + words.len())
    }

    /// Where words begin and end in the window, at the middle of their lines and a pixel
    /// inside of them: at a change of direction, their edge is that of other words too.
    #[track_caller]
    pub(crate) fn ends(&mut self, words: &str) -> (Pos2, Pos2) {
        let range = self.range(words);
        self.ends_of(range)
    }

    pub(crate) fn ends_of(&mut self, range: TextRange) -> (Pos2, Pos2) {
        let last = tawsim::text::previous_boundary(&self.text, range.end());
        let inside = |edge: Pos2, letter: Pos2| {
            pos2(edge.x + (letter.x - edge.x).clamp(-1.0, 1.0), edge.y)
        };
        let start = inside(self.edge(Caret::before(range.start())), self.letter(range.start()));
        let end = inside(self.edge(Caret::after(range.end())), self.letter(last));
        (start, end)
    }

    /// The middle of the letter at `offset`.
    pub(crate) fn letter(&self, offset: Offset) -> Pos2 {
        let end = tawsim::text::next_boundary(&self.text, offset);
        let rect = self.rects(TextRange::between(offset, end))[0];
        rect.center()
    }

    /// The rectangles of a range in the window.
    pub(crate) fn rects(&self, range: TextRange) -> Vec<Rect> {
        let rects = self.page.rects(range, 0.0, 100_000.0).into_iter();
        let rects = rects.map(|rect| {
            let rect = rect.at(self.origin.x, f64::from(self.origin.y));
            Rect::from_min_max(pos2(rect.left, rect.top), pos2(rect.right, rect.bottom))
        });
        rects.collect()
    }

    fn edge(&mut self, caret: Caret) -> Pos2 {
        let rect = self.page.caret_rect(&mut self.typesetter, caret);
        let rect = rect.at(self.origin.x, f64::from(self.origin.y));
        pos2(rect.left, (rect.top + rect.bottom) / 2.0)
    }
}

pub(super) fn name_of(node: &egui_kittest::Node<'_>) -> Option<String> {
    let node = node.accesskit_node();
    let name = node.label().or_else(|| node.value());
    name.filter(|name| !name.is_empty())
}

/// The events of a key that goes down or up, in the order in which a window system sends them.
fn key_events(chord: &str, pressed: bool) -> Vec<Event> {
    let mut modifiers = Modifiers::NONE;
    let mut rest = chord;
    while let Some((name, after)) = rest.split_once('+').filter(|(_, after)| !after.is_empty())
    {
        modifiers |= match name {
            "Ctrl" => Modifiers { ctrl: true, command: true, ..Modifiers::NONE },
            "Shift" => Modifiers::SHIFT,
            "Alt" => Modifiers::ALT,
            _ => panic!("`{name}` is no modifier"),
        };
        rest = after;
    }
    let key = match rest {
        "Esc" => Some(Key::Escape),
        _ => Key::from_name(&rest.to_uppercase()).or_else(|| Key::from_name(rest)),
    };
    if rest == "?" {
        modifiers |= Modifiers::SHIFT;
    }
    let is_text = rest.chars().count() == 1 && !modifiers.command && !modifiers.alt;
    assert!(key.is_some() || is_text, "`{rest}` is no key");
    let mut events = Vec::new();
    if let Some(key) = key {
        let physical_key = Some(if key == Key::Questionmark { Key::Slash } else { key });
        events.push(Event::Key { key, physical_key, pressed, repeat: false, modifiers });
    }
    if is_text && pressed {
        events.push(Event::Text(rest.to_owned()));
    }
    if !pressed {
        events.push(Event::ModifiersChanged(Modifiers::NONE));
    }
    events
}

#[track_caller]
fn check_no_text(shape: &Shape) {
    match shape {
        Shape::Vec(shapes) => shapes.iter().for_each(check_no_text),
        Shape::Text(text) => panic!("egui wrote `{}` itself", text.galley.text()),
        _ => {}
    }
}
