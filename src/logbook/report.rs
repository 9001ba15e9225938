//! The report on a panic: what is in it, and what is kept out.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::model::Timestamp;

/// How many reports are kept.
const MOST: usize = 5;

/// How messages begin that the standard library makes, and whether numbers in them are of
/// lengths and places. Only that much of a message that was put together is told: the rest may
/// quote what a person has written.
const KNOWN: &[(&str, bool)] = &[
    ("index out of bounds", true),
    ("range start index", true),
    ("range end index", true),
    ("slice index starts at", true),
    ("byte index", true),
    ("start byte index", true),
    ("end byte index", true),
    ("mid > len", true),
    ("copy_from_slice: source slice length", true),
    ("called `Option::unwrap()`", false),
    ("called `Result::unwrap()` on an `Err` value", false),
    ("assertion `left == right` failed", false),
    ("assertion `left != right` failed", false),
    ("assertion failed", false),
    ("internal error: entered unreachable code", false),
    ("attempt to", false),
    ("failed to spawn thread", false),
];

/// What is known of a panic, as it came.
#[derive(Clone, Copy, Debug)]
pub(super) struct Panic<'a> {
    pub(super) at: Timestamp,
    /// The thread's name, which the program gave it.
    pub(super) thread: &'a str,
    /// File, line and column that the panic tells.
    pub(super) raised: (&'a str, u32),
    /// The message, and whether it stands in the source just so.
    pub(super) message: (&'a str, bool),
    pub(super) backtrace: &'a str,
    /// How many transactions did not reach the disk.
    pub(super) pending: usize,
}

impl Panic<'_> {
    /// The place in the program's own source, as `src/app/mod.rs:12`; where it was raised, if
    /// none of it is known.
    pub(super) fn place(&self) -> String {
        let (file, line) = self.raised;
        let raised = format!("{}:{line}", short(file));
        if raised.starts_with("src/") {
            return raised;
        }
        let frames = self.backtrace.lines().filter_map(|line| {
            let path = short(line.trim_start().strip_prefix("at ")?);
            (path.starts_with("src/") && !path.starts_with("src/logbook/")).then_some(path)
        });
        let ours = frames.map(|path| match path.match_indices(':').nth(1) {
            Some((column, _)) => path[..column].to_owned(),
            None => path.to_owned(),
        });
        ours.into_iter().next().unwrap_or(raised)
    }

    /// The whole report.
    pub(super) fn report(&self) -> String {
        let (message, is_literal) = self.message;
        let saved = match self.pending {
            0 => "all that was done is on the disk".to_owned(),
            pending => format!("{pending} steps are not known to be on the disk"),
        };
        let mut text = format!(
            "Tawsim has ended because of a mistake in it.\n\
             This report has no text, values, notes or names of yours in it.\n\n\
             version: {}\nsystem: {} {}\ntime: {}\nthread: {}\nplace: {}\nraised: {}:{}\n\
             what: {}\nsaved: {saved}\n\nbacktrace:\n",
            env!("CARGO_PKG_VERSION"),
            std::env::consts::OS,
            std::env::consts::ARCH,
            self.at,
            self.thread,
            self.place(),
            short(self.raised.0),
            self.raised.1,
            scrub(message, is_literal),
        );
        for line in self.backtrace.lines() {
            let indent = line.len() - line.trim_start().len();
            match line.trim_start().strip_prefix("at ") {
                Some(path) => writeln!(text, "{}at {}", &line[..indent], short(path)),
                None => writeln!(text, "{line}"),
            }
            // Nothing can go wrong in a String.
            .unwrap_or_default();
        }
        text
    }
}

/// What may be told of a panic's message: all of one that stands in the source, else how it
/// begins, if the standard library begins it so, with the numbers in it up to a quotation.
pub(super) fn scrub(message: &str, is_literal: bool) -> String {
    if is_literal {
        return message.to_owned();
    }
    let Some((known, has_numbers)) = KNOWN.iter().find(|(known, _)| message.starts_with(known))
    else {
        return "(the message is left out)".to_owned();
    };
    let rest = message[known.len()..].split(['`', '\'', '"']).next().unwrap_or_default();
    let numbers: Vec<_> = rest
        .split(|c: char| !c.is_ascii_digit())
        .filter(|number| *has_numbers && !number.is_empty())
        .collect();
    if numbers.is_empty() {
        (*known).to_owned()
    } else {
        format!("{known} ({})", numbers.join(", "))
    }
}

/// A path of source without the folders of whoever has built the program, which may be the
/// person: from the crate's name or from `src` on.
fn short(path: &str) -> &str {
    let path = path.strip_prefix("./").unwrap_or(path);
    let own = concat!(env!("CARGO_MANIFEST_DIR"), "/");
    if let Some(rest) = path.strip_prefix(own) {
        return rest;
    }
    if let Some((_, rest)) = path.split_once("registry/src/") {
        return rest.split_once('/').map_or(rest, |(_, rest)| rest);
    }
    match path.find("/library/") {
        Some(at) => &path[at + 1..],
        None if path.starts_with("src/") => path,
        None => path.rsplit_once(['/', '\\']).map_or(path, |(_, name)| name),
    }
}

/// Writes a report beside the others and removes the oldest above the number that is kept.
pub(super) fn write(folder: &Path, at: Timestamp, text: &str) -> io::Result<PathBuf> {
    fs::create_dir_all(folder)?;
    let time: String = at.to_string().chars().filter(|c| !matches!(c, '-' | ':')).collect();
    let mut path = folder.join(format!("crash-{time}.txt"));
    let mut file = File::create_new(&path);
    let mut count = 1;
    while file.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::AlreadyExists) {
        count += 1;
        path = folder.join(format!("crash-{time}-{count}.txt"));
        file = File::create_new(&path);
    }
    let mut file = file?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    let reports = reports(folder);
    for old in reports.iter().take(reports.len().saturating_sub(MOST)) {
        // One too many harms nobody.
        fs::remove_file(old).unwrap_or_default();
    }
    Ok(path)
}

/// The last report in that folder.
#[must_use]
pub fn newest_report(folder: &Path) -> Option<PathBuf> {
    reports(folder).pop()
}

/// The reports in that folder, the oldest first.
fn reports(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let paths = entries.map(|entry| entry.path()).filter(|path| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        name.starts_with("crash-") && name.ends_with(".txt")
    });
    let mut paths: Vec<_> = paths.collect();
    paths.sort();
    paths
}

#[cfg(test)]
mod tests {
    use super::*;

    const BACKTRACE: &str = "   0: std::panicking::begin\n             \
        at /rustc/0123abcd/library/std/src/panicking.rs:1:5\n   1: egui::ui\n             \
        at /home/sara/.cargo/registry/src/index.crates.io-1/egui-0.37.0/src/ui.rs:8:3\n   \
        2: tawsim::app::frame\n             at ./src/app/mod.rs:12:9\n   \
        3: main\n             at /home/sara/secret/other.rs:1:1\n";

    fn panic<'a>(message: (&'a str, bool), raised: (&'a str, u32)) -> Panic<'a> {
        let thread = "task";
        Panic { at: Timestamp(0), thread, raised, message, backtrace: BACKTRACE, pending: 0 }
    }

    #[track_caller]
    fn check(message: &str, told: &str) {
        assert_eq!(scrub(message, false), told);
    }

    #[test]
    fn of_a_message_goes_only_what_the_program_wrote() {
        check(
            "index out of bounds: the len is 3 but the index is 5",
            "index out of bounds (3, 5)",
        );
        check(
            "byte index 3 is not a char boundary; it is inside 'ق' (bytes 2..4) of `2024 قال`",
            "byte index (3)",
        );
        check(
            "called `Result::unwrap()` on an `Err` value: Io { path: /home/sara/9 }",
            "called `Result::unwrap()` on an `Err` value",
        );
        check(
            "assertion `left == right` failed\n  left: قال\n right: 4",
            "assertion `left == right` failed",
        );
        check("/home/sara/article.txt is odd", "(the message is left out)");
        check("قال", "(the message is left out)");
        assert_eq!(
            scrub("the dialog offers only formats", true),
            "the dialog offers only formats"
        );
    }

    #[test]
    fn a_report_has_version_place_and_backtrace_and_no_folder_of_the_persons() {
        let elsewhere = ("/rustc/0123abcd/library/core/src/slice/mod.rs", 7);
        let report = panic(("قال الوزير", false), elsewhere).report();
        for part in [
            concat!("version: ", env!("CARGO_PKG_VERSION"), "\n"),
            "time: 1970-01-01T00:00:00.000Z\n",
            "thread: task\n",
            "place: src/app/mod.rs:12\n",
            "raised: library/core/src/slice/mod.rs:7\n",
            "saved: all that was done is on the disk\n",
            "tawsim::app::frame\n             at src/app/mod.rs:12:9\n",
            "at egui-0.37.0/src/ui.rs:8:3\n",
            "at other.rs:1:1\n",
        ] {
            assert!(report.contains(part), "`{part}` is not in:\n{report}");
        }
        for secret in ["sara", "secret", "قال"] {
            assert!(!report.contains(secret), "`{secret}` is in:\n{report}");
        }
        assert_eq!(panic(("x", true), ("src/text/mod.rs", 3)).place(), "src/text/mod.rs:3");
        let some = Panic { pending: 2, ..panic(("x", true), elsewhere) };
        assert!(some.report().contains("saved: 2 steps are not known to be on the disk\n"));
    }

    #[test]
    fn the_last_five_reports_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        drop(File::create(folder.path().join("crash-notes.md")).unwrap());
        let mut paths = Vec::new();
        for second in [0, 0, 1, 2, 3, 4, 5] {
            paths.push(write(folder.path(), Timestamp(second * 1000), "x").unwrap());
        }
        assert_eq!(newest_report(folder.path()).as_ref(), paths.last());
        assert_eq!(reports(folder.path()), paths[2..]);
        assert!(folder.path().join("crash-notes.md").exists());
        assert_eq!(newest_report(&folder.path().join("none")), None);
    }
}
