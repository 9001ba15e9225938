//! The built program in a shell, with a project of its own: what its tests share.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "the tests' own files need no care; what is skipped must be seen"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

/// A folder with a project `p` in it, and settings of its own.
pub(crate) struct Desk {
    pub(crate) folder: TempDir,
}

/// What a command said and how it ended.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Desk {
    pub(crate) fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        desk.run(&["new", "p"]).done();
        desk
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::create_dir_all(self.path(name).parent().unwrap()).unwrap();
        fs::write(self.path(name), bytes).unwrap();
    }

    pub(crate) fn run(&self, args: &[&str]) -> Said {
        let output = Command::new(env!("CARGO_BIN_EXE_tawsim"))
            .args(args)
            .current_dir(self.folder.path())
            .env("TAWSIM_CONFIG_DIR", self.path("config"))
            .output()
            .unwrap();
        Said {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Imports a file of these bytes as `file.jsonl`.
    pub(crate) fn import(&self, bytes: impl AsRef<[u8]>, args: &[&str]) -> Said {
        self.write("file.jsonl", bytes);
        self.run(&[&["import", "p", "file.jsonl"], args].concat())
    }

    /// What is exported in the native format.
    pub(crate) fn export(&self, args: &[&str]) -> String {
        let said =
            self.run(&[&["export", "p", "--format", "jsonl", "--out", "-"], args].concat());
        said.done();
        said.out
    }

    pub(crate) fn num_documents(&self) -> u64 {
        let stats = self.run(&["stats", "p", "--json"]);
        stats.done();
        let stats: Value = serde_json::from_str(&stats.out).unwrap();
        stats["documents"].as_u64().unwrap()
    }
}

impl Said {
    #[track_caller]
    pub(crate) fn done(&self) {
        assert_eq!(self.code, 0, "{self:?}");
    }

    /// Ended with that status, and said so much of why.
    #[track_caller]
    pub(crate) fn refused(&self, code: i32, why: &str) {
        assert_eq!(self.code, code, "{self:?}");
        assert!(self.err.contains(why), "`{why}` is not in:\n{}", self.err);
    }
}

/// Whether two files are the same; if not, shows where the first difference is.
#[track_caller]
pub(crate) fn same(found: &str, expected: &str) {
    let mut lines = found.split('\n').zip(expected.split('\n')).enumerate();
    if let Some((at, (found, expected))) = lines.find(|(_, (a, b))| a != b) {
        let cut = |line: &str| line.chars().take(300).collect::<String>();
        panic!("line {}:\n  {}\nis not\n  {}", at + 1, cut(found), cut(expected));
    }
    assert_eq!(found.len(), expected.len(), "one has more lines");
}

pub(crate) fn line(id: &str, text: &str, spans: &str) -> String {
    let (id, text) = (json!(id), json!(text));
    format!("{{\"id\": {id}, \"text\": {text}, \"spans\": [{spans}]}}\n")
}

pub(crate) const CITY: &str =
    r#"{"start": 3, "end": 6, "label": "CITY", "text": "فاس", "value": "فاس"}"#;

/// A file of the corpus or the gold set, which are not part of the package.
pub(crate) fn shared(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(name);
    if path.exists() {
        return Some(path);
    }
    eprintln!("skipped: there is no {}", path.display());
    None
}

/// The files below a folder.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}
