//! The shape of the code, held by reading it: floors, fences, doors, headers, sizes.
//!
//! Each rule is a function from sources to complaints, so that a planted violation can show that
//! it still complains.

use std::fs;
use std::path::{Path, PathBuf};

/// The modules of the crate, ground floor first. A module may use those on lower floors.
const FLOORS: &[&[&str]] = &[
    &["lang", "license", "text"],
    &["model", "theme"],
    &["arabic", "typeset"],
    &["edit", "extract", "find", "format"],
    &["agreement", "dataset", "learn", "store"],
    &["logbook", "project"],
    &["app", "cli"],
    &["lib", "main"],
];

/// What only some modules may name.
struct Fence {
    /// As it is written in code.
    names: &'static [&'static str],
    /// The modules that may name it, with their submodules.
    only_in: &'static [&'static str],
}

const FENCES: &[Fence] = &[
    // Formats and logic are functions of bytes, and cannot fail for reasons of disk.
    Fence {
        names: &["std::fs", "fs", "tempfile"],
        only_in: &["store", "logbook", "project::import", "project::external", "cli", "app"],
    },
    // No inner type is a file format by accident.
    Fence {
        names: &["serde", "serde_json", "ron"],
        only_in: &[
            "store::record",
            "format",
            "dataset::card",
            "cli",
            "app::settings",
            "app::keymap",
        ],
    },
    // Layout is testable without a window.
    Fence {
        names: &["egui", "epaint", "eframe"],
        only_in: &["app", "typeset::atlas", "typeset::paint"],
    },
    // What is looked for is found in one place, by its rules.
    Fence { names: &["regex", "regex_syntax"], only_in: &["find"] },
    Fence { names: &["rfd"], only_in: &["app"] },
    Fence { names: &["clap"], only_in: &["cli"] },
    // The shaper and the rasterizer can be replaced.
    Fence {
        names: &["parley", "fontique", "harfrust", "swash", "skrifa", "etagere", "png"],
        only_in: &["typeset"],
    },
    // Every test is reproducible: whoever needs the time is given it.
    Fence {
        names: &["SystemTime::now", "Timestamp::now", "Zoned::now"],
        only_in: &["project", "app", "cli"],
    },
    // The store draws the number of an installation, once, where no file has it yet.
    Fence { names: &["getrandom"], only_in: &["store", "project", "app", "cli"] },
    // A program runs only where the user agreed.
    Fence { names: &["process::Command", "Command::new"], only_in: &["project::external"] },
    // One place to port.
    Fence {
        names: &[
            "cfg(unix",
            "cfg(windows",
            "cfg(target_os",
            "cfg(not(unix",
            "rustix",
            "std::os",
        ],
        only_in: &["store", "project::external::group", "cli::signal"],
    },
    // One look, in the window and in `render`.
    Fence { names: &["Rgba::hex"], only_in: &["theme"] },
];

/// The most lines that a file may have, its tests included.
const MAX_LINES: usize = 700;

/// A source file.
struct Source {
    path: PathBuf,
    /// Its place in the crate, as `typeset::atlas`.
    module: String,
    text: String,
}

impl Source {
    fn new(path: &Path, text: String) -> Self {
        let name = path.with_extension("").display().to_string().replace(['/', '\\'], "::");
        let module = name.strip_suffix("::mod").unwrap_or(&name).to_owned();
        Self { path: path.to_owned(), module, text }
    }

    /// The top module that it belongs to.
    fn top(&self) -> &str {
        self.module.split("::").next().unwrap_or_default()
    }

    /// What the program is built from: no comments, no tests.
    fn code(&self) -> String {
        if self.module.split("::").any(|part| part == "tests") {
            return String::new();
        }
        let text = self.text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
        let lines = text.lines().map(|line| line.split("//").next().unwrap_or_default());
        lines.collect::<Vec<_>>().join("\n")
    }

    fn is_in(&self, module: &str) -> bool {
        let rest = self.module.strip_prefix(module);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
    }
}

/// The files below a folder of the package, in order.
fn sources(folder: &str) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                found.push(Source::new(path.strip_prefix(&root).unwrap(), text));
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(!found.is_empty(), "nothing below {}", root.display());
    found
}

fn floor_of(module: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&module))
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Whether the code names `name`: a path anywhere, a crate where a path or an import begins.
fn names(code: &str, name: &str) -> bool {
    code.match_indices(name).any(|(at, _)| {
        let (before, after) = (&code[..at], &code[at + name.len()..]);
        if before.ends_with(is_name) || after.starts_with(is_name) {
            return false;
        }
        let line = before.lines().next_back().unwrap_or_default().trim_start();
        let is_path = name.contains(['(', ':']);
        is_path
            || !before.ends_with("::") && (after.starts_with("::") || line.starts_with("use "))
    })
}

fn floor_complaints(sources: &[Source]) -> Vec<String> {
    let mut complaints = Vec::new();
    for source in sources {
        let path = source.path.display();
        let Some(floor) = floor_of(source.top()) else {
            complaints.push(format!("{path}: `{}` has no floor", source.top()));
            continue;
        };
        for used in source.text.split("crate::").skip(1) {
            let used = used.split(|c| !is_name(c)).next().unwrap_or_default();
            if used == source.top() {
                continue;
            }
            match floor_of(used) {
                Some(other) if other < floor => {}
                Some(other) => complaints.push(format!(
                    "{path} is on floor {floor} and uses `crate::{used}` on floor {other}"
                )),
                None => complaints.push(format!("{path}: `crate::{used}` has no floor")),
            }
        }
        // Every use of another module is spelt `crate::module::…`, so that this test sees it.
        if source.code().contains("super::super") {
            complaints.push(format!("{path}: write `crate::…` instead of `super::super`"));
        }
    }
    complaints
}

fn fence_complaints(sources: &[Source]) -> Vec<String> {
    let mut complaints = Vec::new();
    for source in sources {
        let code = source.code();
        for fence in FENCES {
            if fence.only_in.iter().any(|module| source.is_in(module)) {
                continue;
            }
            for name in fence.names.iter().filter(|name| names(&code, name)) {
                let (path, only_in) = (source.path.display(), fence.only_in);
                complaints.push(format!("{path} names `{name}`, which only {only_in:?} may"));
            }
        }
    }
    complaints
}

/// A module is entered by its door: its submodules are private.
fn door_complaints(sources: &[Source]) -> Vec<String> {
    let mut complaints = Vec::new();
    for source in sources.iter().filter(|source| source.module != "lib") {
        for line in source.code().lines().map(str::trim_start) {
            let public =
                line.starts_with("pub") && line.contains(" mod ") && line.ends_with(';');
            if public {
                complaints
                    .push(format!("{}: `{line}`: no way past the door", source.path.display()));
            }
        }
    }
    complaints
}

fn header_complaints(sources: &[Source]) -> Vec<String> {
    let silent = sources.iter().filter(|source| !source.text.starts_with("//! "));
    silent.map(|source| format!("{} does not say what it is", source.path.display())).collect()
}

fn size_complaints(sources: &[Source]) -> Vec<String> {
    let lines = |source: &Source| source.text.lines().count();
    let long = sources.iter().filter(|source| lines(source) > MAX_LINES);
    long.map(|source| format!("{} has {} lines", source.path.display(), lines(source)))
        .collect()
}

#[track_caller]
fn check(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

#[test]
fn modules_use_only_lower_floors() {
    check(&floor_complaints(&sources("src")));
}

#[test]
fn fenced_names_stay_behind_their_fence() {
    check(&fence_complaints(&sources("src")));
}

#[test]
fn modules_are_entered_by_their_door() {
    check(&door_complaints(&sources("src")));
}

#[test]
fn files_say_what_they_are() {
    for folder in ["src", "tests", "benches"] {
        check(&header_complaints(&sources(folder)));
    }
}

#[test]
fn files_can_be_read_at_one_sitting() {
    for folder in ["src", "tests", "benches"] {
        check(&size_complaints(&sources(folder)));
    }
}

#[test]
fn the_crates_front_page_shows_each_module_on_its_floor() {
    let sources = sources("src");
    let lib = sources.iter().find(|source| source.module == "lib").unwrap();
    for source in &sources {
        let top = source.top();
        if top == "lib" {
            continue;
        }
        let floor = floor_of(top).unwrap().to_string();
        let line = lib.text.lines().find(|line| {
            let mut words =
                line.trim_start_matches("//!").split([' ', '·']).filter(|w| !w.is_empty());
            words.next() == Some(&floor) && words.any(|word| word == top)
        });
        assert!(line.is_some(), "`{top}` is not on floor {floor} in src/lib.rs");
    }
}

#[test]
fn architecture_md_names_every_module() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("ARCHITECTURE.md");
    let page = fs::read_to_string(path).unwrap();
    for source in sources("src").iter().filter(|source| source.module != "lib") {
        let name = format!("`{}`", source.top());
        assert!(page.contains(&name), "ARCHITECTURE.md does not name {name}");
    }
}

#[test]
fn planted_violations_are_found() {
    let plant = |path: &str, text: &str| Source::new(Path::new(path), text.to_owned());
    let planted = [
        plant("text/index.rs", "//! A header.\nuse crate::app::App;\nuse std::fs;\n"),
        plant("format/mod.rs", "//! A header.\nuse serde::Serialize;\npub mod jsonl;\n"),
        plant("model/span.rs", "use serde::Serialize;\nuse crate::theme::Rgba;\n"),
        plant(
            "typeset/lines.rs",
            "//! On egui::Mesh, in words only.\nuse {egui, std::rc::Rc};\n",
        ),
        plant("typeset/paint.rs", "//! A header.\nuse egui::Mesh;\nuse super::super::text;\n"),
        plant("edit/mod.rs", "//! A header.\nfn f() { std::process::Command::new(\"ls\"); }\n"),
        plant("attic/mod.rs", "//! A header.\n#[cfg(unix)]\nfn f() { crate::cellar::f() }\n"),
        plant("store/disk.rs", "//! A header.\n#[cfg(test)]\nmod tests { use egui::Mesh; }\n"),
        plant("long.rs", &format!("//! A header.\n{}", "\n".repeat(MAX_LINES))),
    ];
    let starts = |complaints: &[String], expected: &[&str]| {
        let found = complaints.join("\n");
        assert_eq!(complaints.len(), expected.len(), "\n{found}");
        for (complaint, expected) in complaints.iter().zip(expected) {
            assert!(complaint.starts_with(expected), "{complaint}\nis not\n{expected}");
        }
    };
    starts(
        &floor_complaints(&planted),
        &[
            "text/index.rs is on floor 0 and uses `crate::app` on floor 6",
            "model/span.rs is on floor 1 and uses `crate::theme` on floor 1",
            "typeset/paint.rs: write `crate::…`",
            "attic/mod.rs: `attic` has no floor",
            "long.rs: `long` has no floor",
        ],
    );
    starts(
        &fence_complaints(&planted),
        &[
            "text/index.rs names `std::fs`",
            "model/span.rs names `serde`",
            "typeset/lines.rs names `egui`",
            "edit/mod.rs names `process::Command`",
            "edit/mod.rs names `Command::new`",
            "attic/mod.rs names `cfg(unix`",
        ],
    );
    starts(&door_complaints(&planted), &["format/mod.rs: `pub mod jsonl;`"]);
    starts(&header_complaints(&planted), &["model/span.rs"]);
    starts(&size_complaints(&planted), &["long.rs has 701 lines"]);
}
