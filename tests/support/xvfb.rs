//! A screen without a monitor, the program on it, and hands.
//!
//! Starts an X server of its own on a free display, runs the built program there with a home
//! of its own, moves the pointer and presses keys with `xdotool`, and looks at the pixels.
//! Ends only the processes that it started.

#[path = "tools.rs"]
mod tools;
#[path = "x11.rs"]
mod x11;

use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufRead as _, BufReader, Cursor, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;
use tools::lacks;
pub(crate) use tools::say;

/// How long anything on the screen may take: software rendering on a busy machine is slow.
const PATIENCE: Duration = Duration::from_secs(60);

/// Between two looks at the screen.
const PAUSE: Duration = Duration::from_millis(100);

/// How far a channel of a pixel may be from the color looked for.
const TOLERANCE: u8 = 3;

/// Pixels of one patch may stand this far apart: letters on a highlight leave gaps.
const GAP: i32 = 3;

/// A place on the screen in pixels, y downwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Point {
    pub(crate) x: i32,
    pub(crate) y: i32,
}

/// A rectangle on the screen in pixels; its right and bottom edges do not belong to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Area {
    pub(crate) left: i32,
    pub(crate) top: i32,
    pub(crate) right: i32,
    pub(crate) bottom: i32,
}

impl Area {
    pub(crate) fn width(self) -> i32 {
        self.right - self.left
    }

    pub(crate) fn height(self) -> i32 {
        self.bottom - self.top
    }

    pub(crate) fn middle(self) -> Point {
        Point { x: (self.left + self.right) / 2, y: (self.top + self.bottom) / 2 }
    }

    /// Whether every edge is within `by` pixels of the other's.
    pub(crate) fn is_near(self, other: Self, by: i32) -> bool {
        let edges = |area: Self| [area.left, area.top, area.right, area.bottom];
        edges(self).iter().zip(edges(other)).all(|(a, b)| (a - b).abs() <= by)
    }

    fn with(self, x: i32, y: i32) -> Self {
        Self {
            left: self.left.min(x),
            top: self.top.min(y),
            right: self.right.max(x + 1),
            bottom: self.bottom.max(y + 1),
        }
    }
}

/// Pixels of one color that lie together.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Patch {
    pub(crate) area: Area,
    pub(crate) num_pixels: usize,
}

/// Calls `look` until it finds something.
///
/// # Panics
///
/// If it found nothing for a minute.
#[track_caller]
pub(crate) fn wait_for<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(start.elapsed() < PATIENCE, "waited in vain for {what}");
        thread::sleep(PAUSE);
    }
}

/// An X server without a monitor. Ends when dropped.
pub(crate) struct Screen {
    server: Child,
    display: String,
}

impl Screen {
    /// A new screen of 1280 × 1024 pixels.
    ///
    /// None, with a word about it, where a tool is missing; a failure instead where
    /// `TAWSIM_REQUIRE_XVFB=1`.
    pub(crate) fn open() -> Option<Self> {
        if lacks(&["Xvfb", "xdotool", "import"], "TAWSIM_REQUIRE_XVFB") {
            return None;
        }
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1280x1024x24", "+extension", "GLX"])
            .args(["-nolisten", "tcp", "-noreset"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(server.stdout.take().unwrap()).lines();
        let (sender, receiver) = mpsc::channel();
        thread::spawn(move || sender.send(lines.next()));
        let number = receiver.recv_timeout(PATIENCE);
        let screen = |display| Self { server, display };
        match number {
            Ok(Some(Ok(number))) => Some(screen(format!(":{number}"))),
            other => {
                drop(screen(String::new()));
                panic!("Xvfb gave no display: {other:?}")
            }
        }
    }

    /// Starts the program and waits until it has a window.
    pub(crate) fn start(&self, home: &Home, args: &[&str]) -> Window<'_> {
        let log = home.path().join(format!("{}.log", args[0]));
        let file = File::create(&log).unwrap();
        let child = home
            .command(args)
            .env("DISPLAY", &self.display)
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .stdin(Stdio::null())
            .stdout(file.try_clone().unwrap())
            .stderr(file)
            .spawn()
            .unwrap();
        let mut window = Window { screen: self, child, id: String::new(), log };
        window.id = wait_for("a window", || {
            if let Some(status) = window.child.try_wait().unwrap() {
                panic!("the program ended with {status}:\n{}", window.log());
            }
            // By process: this xdotool finds no title that is not in Latin letters.
            let pid = window.child.id().to_string();
            let found = self.xdotool(&["search", "--onlyvisible", "--pid", &pid]);
            let ids = String::from_utf8(found.stdout).unwrap();
            ids.lines().next().map(str::to_owned)
        });
        // There is no window manager here that would give it the keys.
        self.hands(&["windowfocus", "--sync", &window.id]);
        window
    }

    /// The screen as it is.
    pub(crate) fn shot(&self) -> Shot {
        let made = Command::new("import")
            .args(["-silent", "-window", "root", "-depth", "8", "PNG24:-"])
            .env("DISPLAY", &self.display)
            .output()
            .unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        Shot::new(made.stdout)
    }

    /// Waits until the screen stays as it is for a moment, and gives it.
    pub(crate) fn settled(&self) -> Shot {
        let mut last = self.shot();
        wait_for("the screen to come to rest", || {
            let shot = self.shot();
            let is_same = shot.pixels == last.pixels;
            last = shot;
            is_same.then_some(())
        });
        last
    }

    /// Moves the pointer.
    pub(crate) fn point_at(&self, at: Point) {
        self.hands(&["mousemove", &at.x.to_string(), &at.y.to_string(), "sleep", "0.05"]);
    }

    /// Clicks with the left button.
    pub(crate) fn click(&self, at: Point) {
        self.click_times(at, 1);
    }

    /// Clicks several times in a row with the left button.
    pub(crate) fn click_times(&self, at: Point, times: u32) {
        self.point_at(at);
        let times = times.to_string();
        self.hands(&["click", "--repeat", &times, "--delay", "60", "1"]);
    }

    /// Draws with the left button from one place to another, in many small steps.
    pub(crate) fn drag(&self, from: Point, to: Point) {
        const STEPS: i32 = 12;
        let mut way = format!("mousemove {} {} sleep 0.05 mousedown 1", from.x, from.y);
        for step in 1..=STEPS {
            let x = from.x + (to.x - from.x) * step / STEPS;
            let y = from.y + (to.y - from.y) * step / STEPS;
            write!(way, " sleep 0.02 mousemove {x} {y}").unwrap();
        }
        way.push_str(" sleep 0.05 mouseup 1");
        self.hands(&way.split(' ').collect::<Vec<_>>());
    }

    /// Turns the wheel by so many notches, away from the hand where negative, while a key is
    /// held down.
    pub(crate) fn wheel_with(&self, key: &str, at: Point, notches: i32) {
        self.point_at(at);
        let button = if notches < 0 { "4" } else { "5" };
        let times = notches.unsigned_abs().to_string();
        self.hands(&["keydown", key]);
        self.hands(&["click", "--repeat", &times, "--delay", "40", button]);
        self.hands(&["keyup", key]);
    }

    /// Presses a key, or keys together as `ctrl+shift+z`; names are those of X.
    pub(crate) fn key(&self, key: &str) {
        self.hands(&["key", "--delay", "40", key]);
    }

    #[track_caller]
    fn hands(&self, args: &[&str]) {
        let done = self.xdotool(args);
        assert!(done.status.success(), "{args:?}: {}", String::from_utf8_lossy(&done.stderr));
    }

    fn xdotool(&self, args: &[&str]) -> Output {
        Command::new("xdotool").args(args).env("DISPLAY", &self.display).output().unwrap()
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        end(&mut self.server);
    }
}

/// The program with its window. Killed when dropped.
///
/// When a test fails, what was on the screen is kept as a picture, and the failure names it.
pub(crate) struct Window<'a> {
    screen: &'a Screen,
    child: Child,
    id: String,
    log: PathBuf,
}

impl Window<'_> {
    /// Asks the window to close, and waits until the program has ended well.
    pub(crate) fn close(mut self) {
        x11::close(&self.screen.display, self.id.parse().unwrap());
        let status = wait_for("the program to end", || self.child.try_wait().unwrap());
        assert!(status.success(), "the program ended with {status}:\n{}", self.log());
    }

    /// Kills the program where it stands.
    pub(crate) fn kill(mut self) {
        end(&mut self.child);
    }

    /// How long the program has kept processors busy so far, all its threads together.
    pub(crate) fn busy(&self) -> Duration {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap();
        // After the name, which may hold anything: the 14th and 15th field, user and system
        // time in hundredths of a second (proc(5)).
        let (_, fields) = stat.rsplit_once(") ").unwrap();
        let times = fields.split(' ').skip(11).take(2);
        Duration::from_millis(times.map(|time| time.parse::<u64>().unwrap() * 10).sum())
    }

    /// What the program wrote to its standard output and error.
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap()
    }
}

impl Drop for Window<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            let name = thread::current().name().unwrap_or("test").replace("::", "-");
            let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.png"));
            let kept =
                File::create(&path).and_then(|mut to| to.write_all(&self.screen.shot().png));
            let said = std::fs::read_to_string(&self.log).unwrap_or_default();
            let about =
                format!("the screen: {} ({kept:?}); the program said:\n{said}", path.display());
            say(&about);
        }
        end(&mut self.child);
    }
}

/// A picture of the screen.
pub(crate) struct Shot {
    png: Vec<u8>,
    width: i32,
    height: i32,
    pixels: Vec<[u8; 3]>,
}

impl Shot {
    fn new(png: Vec<u8>) -> Self {
        let mut reader = png::Decoder::new(Cursor::new(&png)).read_info().unwrap();
        let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
        let frame = reader.next_frame(&mut bytes).unwrap();
        assert_eq!(frame.color_type, png::ColorType::Rgb);
        let pixels = bytes.chunks_exact(3).map(|rgb| [rgb[0], rgb[1], rgb[2]]).collect();
        let [width, height] = [frame.width, frame.height].map(|side| side.try_into().unwrap());
        Self { png, width, height, pixels }
    }

    /// The color of a pixel, none outside.
    pub(crate) fn pixel(&self, at: Point) -> Option<[u8; 3]> {
        let is_inside = (0..self.width).contains(&at.x) && (0..self.height).contains(&at.y);
        let place = usize::try_from(at.y * self.width + at.x).ok()?;
        if is_inside { self.pixels.get(place).copied() } else { None }
    }

    /// How many pixels of an area are near a color.
    pub(crate) fn count(&self, color: [u8; 3], within: Area) -> usize {
        let mut count = 0;
        for y in within.top..within.bottom {
            for x in within.left..within.right {
                count += usize::from(self.is_near(Point { x, y }, color));
            }
        }
        count
    }

    /// Where pixels near a color lie together, the largest patch first.
    pub(crate) fn patches(&self, color: [u8; 3]) -> Vec<Patch> {
        let mut left: Vec<bool> = Vec::with_capacity(self.pixels.len());
        for y in 0..self.height {
            left.extend((0..self.width).map(|x| self.is_near(Point { x, y }, color)));
        }
        let place = |x: i32, y: i32| usize::try_from(y * self.width + x).unwrap();
        let mut patches = Vec::new();
        for y in 0..self.height {
            for x in 0..self.width {
                if !std::mem::take(&mut left[place(x, y)]) {
                    continue;
                }
                let area = Area { left: x, top: y, right: x + 1, bottom: y + 1 };
                let mut patch = Patch { area, num_pixels: 0 };
                let mut open = vec![(x, y)];
                while let Some((x, y)) = open.pop() {
                    patch.area = patch.area.with(x, y);
                    patch.num_pixels += 1;
                    for near_y in (y - GAP).max(0)..=(y + GAP).min(self.height - 1) {
                        for near_x in (x - GAP).max(0)..=(x + GAP).min(self.width - 1) {
                            if std::mem::take(&mut left[place(near_x, near_y)]) {
                                open.push((near_x, near_y));
                            }
                        }
                    }
                }
                patches.push(patch);
            }
        }
        patches.sort_by_key(|patch| std::cmp::Reverse(patch.num_pixels));
        patches
    }

    fn is_near(&self, at: Point, color: [u8; 3]) -> bool {
        self.pixel(at).is_some_and(|found| {
            found.iter().zip(color).all(|(a, b)| a.abs_diff(b) <= TOLERANCE)
        })
    }
}

/// A home folder of its own for the program: settings, projects, files. Goes away when dropped.
pub(crate) struct Home {
    folder: TempDir,
}

impl Home {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::Builder::new().prefix("tawsim-").tempdir().unwrap() }
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file and gives its path as text.
    pub(crate) fn file(&self, name: &str, text: &str) -> String {
        let path = self.path().join(name);
        File::create(&path).unwrap().write_all(text.as_bytes()).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// Runs the program without a screen, and gives what it wrote to its standard output.
    ///
    /// # Panics
    ///
    /// If it does not end with 0.
    #[track_caller]
    pub(crate) fn run(&self, args: &[&str]) -> String {
        let done = self.command(args).output().unwrap();
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "tawsim {args:?} ended with {}: {said}", done.status);
        String::from_utf8(done.stdout).unwrap()
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tawsim"));
        command.args(args).current_dir(self.path()).env("HOME", self.path());
        for name in ["CONFIG", "DATA", "STATE", "CACHE"] {
            command.env(format!("XDG_{name}_HOME"), self.path().join(name.to_lowercase()));
        }
        command.env("TAWSIM_CONFIG_DIR", self.path().join("config/tawsim"));
        // Neither the screen of whoever runs the tests nor what listens there.
        for name in ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "DBUS_SESSION_BUS_ADDRESS"]
        {
            command.env_remove(name);
        }
        command.env("XDG_RUNTIME_DIR", self.path());
        command
    }
}

/// Kills a process, if it still runs, and waits for it.
fn end(child: &mut Child) {
    child.kill().ok();
    child.wait().ok();
}
