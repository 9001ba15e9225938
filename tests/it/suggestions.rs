//! What other programs suggest, taken by the built program as a person runs it in a shell.

#![expect(clippy::disallowed_methods, reason = "the tests' own files need no care")]

use std::fs;
#[cfg(unix)]
use std::process::{Command, Stdio};
#[cfg(unix)]
use std::thread::sleep;
#[cfg(unix)]
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::shell::{CITY, Desk, Said, line};

/// A project with two articles.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.import(line("a", "في فاس", "") + &line("b/1", "زار 12 شخصا", ""), &[]).done();
    desk
}

impl Desk {
    /// Takes a file of these bytes as what `ner` suggests.
    fn suggest(&self, bytes: impl AsRef<[u8]>, args: &[&str]) -> Said {
        self.write("ner.jsonl", bytes);
        let import = ["import", "p", "ner.jsonl", "--as", "suggestions", "--source", "ner"];
        self.run(&[&import, args].concat())
    }

    fn kept(&self) -> String {
        fs::read_to_string(self.path("p/suggestions/ner.jsonl")).unwrap_or_default()
    }
}

const COUNT: &str = r#"{"start": 4, "end": 6, "label": "COUNT", "text": "12", "score": 0.25}"#;

#[test]
fn what_a_program_suggests_is_kept_and_replaced_document_by_document() {
    let desk = desk();
    let said = desk.suggest(line("a", "في فاس", CITY), &[]);
    said.done();
    assert_eq!(
        said.out,
        "imported from `ner`: 1 suggestion\n`ner` suggests something in 1 document now\n"
    );
    let kept = desk.kept();
    let lines: Vec<Value> =
        kept.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines[0]["source"], "ner");
    assert_eq!(
        lines[1]["suggestions"],
        json!([{"label": "CITY", "start": 3, "end": 6, "text": "فاس", "value": "فاس"}])
    );
    // Another document: the first one stays. Nothing for it: it goes.
    let only_ids = format!("{{\"id\": \"b/1\", \"spans\": [{COUNT}]}}\n");
    let said = desk.suggest(&only_ids, &["--json"]);
    let report: Value = serde_json::from_str(&said.out).unwrap();
    let counts = ["documents", "suggestions", "replaced_documents"].map(|key| &report[key]);
    assert_eq!(counts, [&json!(2), &json!(1), &json!(0)]);
    assert!(desk.kept().contains("\"score\":0.25"), "{}", desk.kept());
    let said = desk.suggest("{\"id\": \"a\"}\n", &[]);
    assert!(said.out.contains("took the place of what it had suggested before in 1 document"));
    assert!(!desk.kept().contains("\"document\":\"a\""), "{}", desk.kept());
    desk.run(&["check", "p"]).done();
    // Nobody's spans came of it.
    assert!(!desk.path("p/sets").exists());
}

#[test]
fn a_file_with_a_fault_is_not_taken_unless_told() {
    let desk = desk();
    let good = line("a", "في فاس", CITY);
    for (wrong, says) in [
        (line("c", "نص", ""), "ner.jsonl:2: c: the project has no document `c`"),
        (line("b/1", "زار 13 شخصا", COUNT), "another text under the id `b/1`"),
        (
            line("b/1", "زار 12 شخصا", &COUNT.replace("\"end\": 6", "\"end\": 60")),
            "2: b/1: span 1",
        ),
        (line("b/1", "زار 12 شخصا", &COUNT.replace("COUNT", "X")), "`X` is not in the schema"),
        (
            line("b/1", "زار 12 شخصا", &COUNT.replace("4, \"end\": 6", "7, \"end\": 9")),
            "byte offsets",
        ),
        ("{\"id\": \"b/1\", \"spa".to_owned(), "ends in the middle"),
    ] {
        let said = desk.suggest(good.clone() + &wrong, &[]);
        said.refused(1, says);
        assert!(said.err.contains("nothing was imported"), "{said:?}");
        assert_eq!(desk.kept(), "");
    }
    let said = desk.suggest(good + &line("c", "نص", ""), &["--keep-going"]);
    said.done();
    assert!(said.err.contains("no document `c`"), "{said:?}");
    let map = ["--map", "LOC=CITY"];
    desk.suggest(line("a", "في فاس", &CITY.replace("CITY", "LOC")), &map).done();
    desk.suggest("", &["--map", "LOC=TOWN"]).refused(2, "`TOWN`");
}

#[test]
fn a_source_is_named_and_not_as_the_rules() {
    let desk = desk();
    desk.write("ner.jsonl", line("a", "في فاس", CITY));
    let import = ["import", "p", "ner.jsonl", "--as", "suggestions"];
    desk.run(&import).refused(2, "--source");
    let named = |name: &str| desk.run(&[&import[..], &["--source", name]].concat());
    named("rules").refused(2, "another name");
    named(" ").refused(2, "a source's name");
    named("نموذج/2").done();
    desk.run(&["check", "p"]).done();
}

#[test]
fn damage_and_later_versions_are_told_and_never_lost() {
    let desk = desk();
    let both = line("a", "في فاس", CITY) + &line("b/1", "زار 12 شخصا", COUNT);
    desk.suggest(&both, &[]).done();
    let whole = desk.kept();
    let path = desk.path("p/suggestions/ner.jsonl");
    let broken = whole.replace("{\"document\":\"a\"", "{\"document\":").replace("12", "13");
    fs::write(&path, &broken).unwrap();
    let check = desk.run(&["check", "p"]);
    assert_eq!(check.code, 1);
    assert!(check.out.contains("ner.jsonl:2: "), "{check:?}");
    assert!(check.out.contains("ner.jsonl:3: "), "{check:?}");
    desk.suggest(line("b/1", "زار 12 شخصا", COUNT), &[]).done();
    let damaged = fs::read_dir(desk.path("p/damaged/suggestions")).unwrap().next();
    assert_eq!(fs::read_to_string(damaged.unwrap().unwrap().path()).unwrap(), broken);
    desk.run(&["check", "p"]).done();

    let later = whole.replacen("\"version\":1", "\"version\":2", 1);
    fs::write(&path, &later).unwrap();
    assert!(desk.run(&["check", "p"]).out.contains("format 2"));
    desk.suggest(&both, &[]).refused(1, "format 2");
    assert_eq!(desk.kept(), later);
    // What lies elsewhere than it says is told.
    fs::rename(&path, desk.path("p/suggestions/other.jsonl")).unwrap();
    fs::write(desk.path("p/suggestions/other.jsonl"), whole).unwrap();
    assert!(desk.run(&["check", "p"]).out.contains("suggestions of `ner`"));
}

#[cfg(unix)]
#[test]
fn what_runs_is_ended_with_the_command_that_started_it() {
    for signal in ["-INT", "-TERM"] {
        let desk = desk();
        let file = fs::read_to_string(desk.path("p/project.ron")).unwrap();
        let command = "[\"sh\", \"-c\", \"sleep 300 & echo $! > pid; wait\"]";
        let named = |name: &str| format!("Extractor(name: \"{name}\", command: {command})");
        let extractors = format!("extractors: [{}, {}],", named("a"), named("b"));
        let file = file.replacen("version: 1,", &format!("version: 1, {extractors}"), 1);
        fs::write(desk.path("p/project.ron"), &file).unwrap();
        let mut running = Command::new(env!("CARGO_BIN_EXE_tawsim"))
            .args(["suggest", "p", "--yes"])
            .current_dir(desk.folder.path())
            .env("TAWSIM_CONFIG_DIR", desk.path("config"))
            .spawn()
            .unwrap();
        let until = Instant::now() + Duration::from_secs(60);
        let pid = loop {
            let pid = fs::read_to_string(desk.path("p/pid")).unwrap_or_default();
            if pid.ends_with('\n') {
                break pid.trim().to_owned();
            }
            assert!(Instant::now() < until, "it has not begun");
            sleep(Duration::from_millis(20));
        };
        let kill = |args: &[&str]| {
            Command::new("kill").args(args).stderr(Stdio::null()).status().unwrap().success()
        };
        assert!(kill(&[signal, &running.id().to_string()]));
        assert_eq!(running.wait().unwrap().code(), Some(1), "it says that it was stopped");
        assert_eq!(
            fs::read_to_string(desk.path("p/pid")).unwrap().trim(),
            pid,
            "nor the other"
        );
        // Its parent is gone: the system's first process may take a moment to see its end.
        while kill(&["-0", &pid]) && !is_over(&pid) {
            assert!(Instant::now() < until, "what it had started still runs");
            sleep(Duration::from_millis(20));
        }
    }
}

/// Whether a process has ended though nobody has asked for it.
#[cfg(unix)]
fn is_over(pid: &str) -> bool {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat"));
    stat.is_ok_and(|stat| stat.contains(") Z "))
}

#[cfg(unix)]
#[test]
fn a_program_is_asked_only_when_told_and_says_what_went_wrong() {
    let desk = desk();
    desk.run(&["suggest", "p"]).refused(1, "project.ron names no extractors");
    let file = fs::read_to_string(desk.path("p/project.ron")).unwrap();
    let extractors = "extractors: [Extractor(name: \"ner\", command: [\"sh\", \"x.sh\"]), \
        Extractor(name: \"b\", command: [\"sh\", \"-c\", \"echo no model >&2; exit 4\"])],";
    let file = file.replacen("version: 1,", &format!("version: 1, {extractors}"), 1);
    fs::write(desk.path("p/project.ron"), &file).unwrap();
    let script = "cat >/dev/null; touch ran\n\
        echo '{\"id\": \"a\", \"spans\": [{\"start\": 3, \"end\": 6, \"label\": \"CITY\"}]}'\n";
    desk.write("p/x.sh", script);
    let ner = ["suggest", "p", "--extractor", "ner"];
    let said = desk.run(&ner);
    said.refused(1, "sh x.sh — give --yes");
    assert!(said.err.contains(desk.path("p").to_str().unwrap()), "{said:?}");
    assert!(!desk.path("p/ran").exists());
    let said = desk.run(&[&ner[..], &["--yes"]].concat());
    said.done();
    assert!(said.out.contains("imported from `ner`: 1 suggestion"), "{said:?}");
    assert!(desk.kept().contains("\"document\":\"a\""));
    let kept = desk.kept();
    // It was not asked about the document of which it speaks.
    let said = desk.run(&[&ner[..], &["--yes", "--document", "b/1"]].concat());
    said.refused(1, "ner:1: a: it was not asked about the document `a`");
    let said = desk.run(&["suggest", "p", "--yes"]);
    said.refused(1, "`b`: it ended with exit code 4");
    assert!(said.err.contains("b: no model"), "{said:?}");
    assert!(said.out.contains("imported from `ner`"), "the other is asked all the same");
    assert_eq!(
        desk.kept().lines().skip(1).collect::<Vec<_>>(),
        kept.lines().skip(1).collect::<Vec<_>>()
    );
    desk.run(&["suggest", "p", "--extractor", "c"]).refused(1, "it has ner, b");
    desk.run(&["suggest", "p", "--document", "x"]).refused(1, "`x`");
    let ar = desk.run(&["--lang", "ar", "suggest", "p", "--extractor", "b", "--yes"]);
    ar.refused(1, "«b»: انتهى بخطأ");
}
