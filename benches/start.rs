//! How long the program takes to start, beside an empty window of eframe in the same run.
//!
//! `cargo bench --bench start`; `-- --quick` starts each less often. Both windows are of
//! 1280 × 800 points on a screen of their own (Xvfb, drawn in software), and both are measured
//! from outside in the same way: from the moment in which the process is started until the
//! screen shows the last picture that it then stays with. The screen is asked over the X
//! protocol, a few rows of it every two milliseconds. Starts take turns, and medians count.
//!
//! Where `Xvfb` is missing nothing is measured, unless `TAWSIM_REQUIRE_XVFB=1`: then it fails.
#![cfg_attr(unix, expect(clippy::print_stdout, reason = "a benchmark tells its figures"))]
#![cfg_attr(unix, expect(clippy::unwrap_used, reason = "a benchmark"))]

#[cfg(unix)]
#[path = "../tests/support/tools.rs"]
mod tools;

#[cfg(unix)]
fn main() {
    unix::main();
}

#[cfg(not(unix))]
fn main() {}

#[cfg(unix)]
mod unix {
    use std::io::{BufRead as _, BufReader, Read as _, Write as _};
    use std::os::unix::net::UnixStream;
    use std::path::Path;
    use std::process::{Child, Command, Stdio};
    use std::thread;
    use std::time::{Duration, Instant};

    use tempfile::TempDir;

    use super::tools::lacks;

    /// Of the program's window and of the empty one.
    const SIZE: (u16, u16) = (1280, 800);

    /// The argument with which this benchmark is itself the empty window.
    const EMPTY: &str = "--empty-window";

    /// How long the start may take, as a multiple of the empty window's.
    const LIMIT: f64 = 1.5;

    /// Between two looks at the screen.
    const PAUSE: Duration = Duration::from_millis(2);

    /// How long a picture must stay to be the last one.
    const REST: Duration = Duration::from_millis(600);

    /// How long a window may take to come.
    const PATIENCE: Duration = Duration::from_secs(60);

    /// The rows that are looked at: every so many pixels.
    const ROWS: usize = 40;

    /// A word of the article, for the project that is opened.
    const ARTICLE: &str = "افتتحت البلدية صباح الثلاثاء حديقة جديدة قرب الميناء القديم.\n";

    pub(super) fn main() {
        let arguments: Vec<String> = std::env::args().collect();
        if arguments.iter().any(|argument| argument == EMPTY) {
            empty_window();
            return;
        }
        let is_quick = arguments.iter().any(|argument| argument == "--quick");
        if lacks(&["Xvfb"], "TAWSIM_REQUIRE_XVFB") {
            println!("not measured: there is no Xvfb");
            return;
        }
        measure(if is_quick { 3 } else { 11 });
    }

    fn measure(rounds: usize) {
        let home = tempfile::tempdir().unwrap();
        let project = project(&home);
        let mut screen = Screen::open();
        let size = format!("{}x{}", SIZE.0, SIZE.1);
        let empty = std::env::current_exe().unwrap();
        let program = Path::new(env!("CARGO_BIN_EXE_tawsim"));
        let open = ["open", &project, "--annotator", "amal", "--size", &size];
        let starts: [(&str, &Path, &[&str]); 3] = [
            ("an empty window of eframe", &empty, &[EMPTY]),
            ("the welcome page", program, &[]),
            ("a project with an article", program, &open),
        ];
        let mut times = [const { Vec::new() }; 3];
        // The first round finds nothing in the system's caches and does not count.
        for round in 0..=rounds {
            for ((_, program, args), times) in starts.iter().zip(&mut times) {
                let time = screen.start(program, args, &home);
                if round > 0 {
                    times.push(time);
                }
            }
        }
        println!("from the start to the picture that stays, medians of {rounds}; ms");
        println!("{:<28} {:>8} {:>8} {:>8} {:>7}", "", "first", "last", "worst", "ratio");
        let mut reference = None;
        for ((name, ..), times) in starts.iter().zip(times) {
            let first = median(times.iter().map(|time| time.first));
            let last = median(times.iter().map(|time| time.last));
            let worst = times.iter().map(|time| time.last).fold(0.0, f64::max);
            let ratio = last / *reference.get_or_insert(last);
            println!("{name:<28} {first:>8.1} {last:>8.1} {worst:>8.1} {ratio:>6.2}x");
        }
        println!("wanted: at most {LIMIT}x");
    }

    fn median(times: impl Iterator<Item = f64>) -> f64 {
        let mut times: Vec<f64> = times.collect();
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    }

    /// A window with nothing in it, with the options of the program's own.
    fn empty_window() {
        struct Empty;
        impl eframe::App for Empty {
            fn ui(&mut self, _: &mut egui::Ui, _: &mut eframe::Frame) {}
        }
        let (width, height) = SIZE;
        let viewport = egui::ViewportBuilder::default()
            .with_title("empty")
            .with_inner_size([f32::from(width), f32::from(height)]);
        let options = eframe::NativeOptions {
            viewport,
            renderer: eframe::Renderer::Glow,
            multisampling: 0,
            depth_buffer: 0,
            stencil_buffer: 0,
            ..eframe::NativeOptions::default()
        };
        eframe::run_native("empty", options, Box::new(|_| Ok(Box::new(Empty)))).unwrap();
    }

    /// A project with one article, made by the program; its folder.
    fn project(home: &TempDir) -> String {
        let article = home.path().join("article.txt");
        std::fs::File::create(&article)
            .unwrap()
            .write_all(ARTICLE.repeat(40).as_bytes())
            .unwrap();
        let project = home.path().join("p").to_str().unwrap().to_owned();
        for args in [&["new", &project][..], &["import", &project, article.to_str().unwrap()]] {
            let program = Path::new(env!("CARGO_BIN_EXE_tawsim"));
            let done = at_home(program, args, home).stdout(Stdio::null()).status().unwrap();
            assert!(done.success(), "tawsim {args:?}");
        }
        project
    }

    /// A command with settings of its own.
    fn at_home(program: &Path, args: &[&str], home: &TempDir) -> Command {
        let mut command = Command::new(program);
        command.args(args).env("HOME", home.path()).stdin(Stdio::null());
        command.env("TAWSIM_CONFIG_DIR", home.path().join("config"));
        for name in ["WAYLAND_DISPLAY", "WAYLAND_SOCKET", "DBUS_SESSION_BUS_ADDRESS"] {
            command.env_remove(name);
        }
        command.env("XDG_RUNTIME_DIR", home.path());
        command
    }

    /// When something was seen, in milliseconds since the start.
    #[derive(Clone, Copy)]
    struct Time {
        /// The first picture.
        first: f64,
        /// The last one.
        last: f64,
    }

    /// An X server without a monitor, and a way to ask it what it shows. Ends when dropped.
    struct Screen {
        server: Child,
        display: String,
        socket: UnixStream,
        root: u32,
    }

    impl Screen {
        fn open() -> Self {
            let (width, height) = SIZE;
            let mut server = Command::new("Xvfb")
                .args(["-displayfd", "1", "-screen", "0", &format!("{width}x{height}x24")])
                .args(["+extension", "GLX", "-nolisten", "tcp", "-noreset"])
                .stdin(Stdio::null())
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            let mut number = String::new();
            BufReader::new(server.stdout.take().unwrap()).read_line(&mut number).unwrap();
            let number = number.trim();
            let socket = UnixStream::connect(format!("/tmp/.X11-unix/X{number}")).unwrap();
            let mut screen = Self { server, display: format!(":{number}"), socket, root: 0 };
            screen.root = screen.greet();
            screen
        }

        /// Sets the connection up (X11 protocol, chapter 8); the root window.
        fn greet(&mut self) -> u32 {
            // Little-endian, version 11.0, no authorization.
            self.socket.write_all(&[b'l', 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0]).unwrap();
            let head = self.read(8);
            assert_eq!(head[0], 1, "the X server lets us in");
            let rest = self.read(usize::from(u16::from_le_bytes([head[6], head[7]])) * 4);
            let vendor = usize::from(u16::from_le_bytes([rest[16], rest[17]]));
            let screens = 32 + vendor.next_multiple_of(4) + 8 * usize::from(rest[21]);
            u32::from_le_bytes(rest[screens..screens + 4].try_into().unwrap())
        }

        fn read(&mut self, length: usize) -> Vec<u8> {
            let mut bytes = vec![0; length];
            self.socket.read_exact(&mut bytes).unwrap();
            bytes
        }

        /// What some rows of the screen show.
        fn look(&mut self) -> Vec<u8> {
            const GET_IMAGE: u8 = 73;
            const Z_PIXMAP: u8 = 2;
            let (width, height) = SIZE;
            let rows = (4..height).step_by(ROWS);
            let mut requests = Vec::new();
            for y in rows.clone() {
                requests.extend([GET_IMAGE, Z_PIXMAP, 5, 0]);
                requests.extend(self.root.to_le_bytes());
                for side in [0, y, width, 1] {
                    requests.extend(side.to_le_bytes());
                }
                requests.extend(u32::MAX.to_le_bytes());
            }
            self.socket.write_all(&requests).unwrap();
            let mut seen = Vec::new();
            for _ in rows {
                let head = self.read(32);
                assert_eq!(head[0], 1, "an image, and no error");
                let words = u32::from_le_bytes(head[4..8].try_into().unwrap());
                let row = self.read(usize::try_from(words).unwrap() * 4);
                seen.extend(row);
            }
            seen
        }

        /// Starts a program, waits until what it shows stays, and ends it.
        fn start(&mut self, program: &Path, args: &[&str], home: &TempDir) -> Time {
            let blank = self.look();
            let mut command = at_home(program, args, home);
            command.env("DISPLAY", &self.display).env("LIBGL_ALWAYS_SOFTWARE", "1");
            command.stdout(Stdio::null()).stderr(Stdio::null());
            let start = Instant::now();
            let mut child = command.spawn().unwrap();
            let (mut seen, mut first, mut last) = (blank.clone(), None, start);
            while first.is_none() || last.elapsed() < REST {
                thread::sleep(PAUSE);
                let now = self.look();
                if now != seen {
                    seen = now;
                    last = Instant::now();
                    first.get_or_insert(last);
                }
                assert!(start.elapsed() < PATIENCE, "{program:?} {args:?} comes to no rest");
                assert_eq!(child.try_wait().unwrap(), None, "{program:?} {args:?} has ended");
            }
            child.kill().unwrap();
            child.wait().unwrap();
            while self.look() != blank {
                thread::sleep(PAUSE);
                assert!(last.elapsed() < PATIENCE, "the window does not go away");
            }
            let time = |at: Instant| (at - start).as_secs_f64() * 1e3;
            Time { first: time(first.unwrap_or(last)), last: time(last) }
        }
    }

    impl Drop for Screen {
        fn drop(&mut self) {
            self.server.kill().ok();
            self.server.wait().ok();
        }
    }
}
