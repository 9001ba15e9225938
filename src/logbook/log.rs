//! The log: a line for what the program did, in a file that does not grow forever.

use std::fmt;
use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::model::Timestamp;

/// The most bytes that a log has before it becomes the old one.
const MOST: u64 = 1_000_000;

/// Something that the log is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// The window is opened.
    Started,
    /// A project was opened that has so many documents.
    Opened {
        /// How many.
        documents: usize,
    },
    /// Work in a thread of its own has ended.
    Task {
        /// What it is called in the program.
        name: &'static str,
        /// How long it took.
        took: Duration,
        /// Whether it brought an outcome.
        is_whole: bool,
    },
    /// Something went wrong or was refused; see [`kind_of`].
    Failed {
        /// Of which kind.
        kind: String,
    },
    /// The program broke at that place of its source.
    Panicked {
        /// File and line.
        place: String,
    },
    /// The window was closed.
    Closed,
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Started => {
                let (os, arch) = (std::env::consts::OS, std::env::consts::ARCH);
                write!(f, "start {} {os} {arch}", env!("CARGO_PKG_VERSION"))
            }
            Self::Opened { documents } => write!(f, "opened documents={documents}"),
            Self::Task { name, took, is_whole } => {
                let end = if *is_whole { "" } else { " lost" };
                write!(f, "task {name:?} ms={}{end}", took.as_millis())
            }
            Self::Failed { kind } => write!(f, "error {kind}"),
            Self::Panicked { place } => write!(f, "panic {place}"),
            Self::Closed => f.write_str("closed"),
        }
    }
}

/// Of which kind an error is: the names of its type's variants, as `Refused.Overlap`, and
/// nothing of what they hold.
#[must_use]
pub fn kind_of(error: &impl fmt::Debug) -> String {
    let debug = format!("{error:?}");
    let mut names = Vec::new();
    let mut rest = debug.as_str();
    while names.len() < 3 && rest.starts_with(|c: char| c.is_ascii_uppercase()) {
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        names.push(name);
        // Only a variant that holds just one thing is gone into.
        let Some(inner) = after.strip_prefix('(') else { break };
        rest = inner;
    }
    if names.is_empty() { "other".to_owned() } else { names.join(".") }
}

/// The log of a folder; one without a folder takes everything and keeps nothing.
///
/// That it cannot be written is told nobody: it is there to help, and must not be in the way.
#[derive(Clone, Debug, Default)]
pub struct Log(Option<Arc<Place>>);

#[derive(Debug)]
struct Place {
    folder: PathBuf,
    now: fn() -> Timestamp,
}

impl Log {
    /// The log in that folder, by that clock.
    #[must_use]
    pub fn new(folder: PathBuf, now: fn() -> Timestamp) -> Self {
        Self(Some(Arc::new(Place { folder, now })))
    }

    /// Writes a line. It waits for no lock, so that it can be called from a panic.
    pub fn write(&self, entry: &Entry) {
        if let Some(place) = &self.0 {
            place.write(entry).unwrap_or_default();
        }
    }
}

impl Place {
    fn write(&self, entry: &Entry) -> io::Result<()> {
        let path = self.folder.join("tawsim.log");
        let line = format!("{} {entry}\n", (self.now)());
        let size = fs::metadata(&path).map_or(0, |metadata| metadata.len());
        if size + line.len() as u64 > MOST {
            fs::rename(&path, path.with_extension("log.old"))?;
        }
        fs::create_dir_all(&self.folder)?;
        let mut file = OpenOptions::new().append(true).create(true).open(&path)?;
        // In one piece, so that lines of two windows do not mix.
        file.write_all(line.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_its_time_and_no_word_of_the_persons() {
        let folder = tempfile::tempdir().unwrap();
        let log = Log::new(folder.path().join("new"), || Timestamp(0));
        log.write(&Entry::Opened { documents: 6 });
        let took = Duration::from_millis(1234);
        log.write(&Entry::Task { name: "Importing…", took, is_whole: false });
        let text = fs::read_to_string(folder.path().join("new/tawsim.log")).unwrap();
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(
            lines,
            [
                "1970-01-01T00:00:00.000Z opened documents=6",
                "1970-01-01T00:00:00.000Z task \"Importing…\" ms=1234 lost",
            ]
        );
    }

    #[test]
    fn a_full_log_becomes_the_only_old_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tawsim.log");
        let log = Log::new(folder.path().to_owned(), || Timestamp(0));
        let near = usize::try_from(MOST).unwrap() - 10;
        for mark in ["a", "b"] {
            let mut file = fs::File::create(&path).unwrap();
            file.write_all(mark.repeat(near).as_bytes()).unwrap();
            log.write(&Entry::Closed);
            assert!(fs::metadata(&path).unwrap().len() < 100);
            let old = fs::read_to_string(folder.path().join("tawsim.log.old")).unwrap();
            assert!(old.starts_with(mark) && old.len() == near);
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn a_log_without_a_place_keeps_nothing_and_breaks_nothing() {
        Log::default().write(&Entry::Started);
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        drop(fs::File::create(&file).unwrap());
        Log::new(file, || Timestamp(0)).write(&Entry::Started);
    }

    #[test]
    fn a_kind_holds_nothing_of_what_went_wrong() {
        #[derive(Debug)]
        #[expect(dead_code, reason = "read by Debug")]
        enum Error {
            Io { path: PathBuf },
            Refused(Refusal),
            Said(String),
            Number(u64),
        }
        #[derive(Debug)]
        enum Refusal {
            Empty,
        }
        let kinds = [
            (Error::Io { path: "/home/Sara".into() }, "Io"),
            (Error::Refused(Refusal::Empty), "Refused.Empty"),
            (Error::Said("Sara".to_owned()), "Said"),
            (Error::Number(7), "Number"),
        ];
        for (error, kind) in kinds {
            assert_eq!(kind_of(&error), kind);
        }
        assert_eq!(kind_of(&"Sara"), "other");
    }
}
