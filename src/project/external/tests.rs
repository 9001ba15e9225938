//! Programs that do well, and each way in which they do not.

#![cfg(unix)]

use std::fs;
use std::io::Write as _;
use std::sync::Arc;
use std::time::Instant;

use super::*;
use crate::model::{Document, Problem, Schema};
use crate::store::{Installation, RealDisk};

/// A project with two documents, and its folder.
struct Desk {
    folder: tempfile::TempDir,
    store: Store,
}

/// Suggests `فاس` in each document that has it at the third letter.
const GOOD: &str = r#"
while read -r line; do
    id=$(printf '%s' "$line" | sed 's/^{"id": "\([^"]*\)".*/\1/')
    printf '{"id": "%s", "spans": [{"start": 3, "end": 6, "label": "CITY", "text": "فاس", "score": 0.5}]}\n' "$id"
done
echo "read all" >&2
"#;

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("p");
        Store::create(&RealDisk, &root, "أخبار", &Schema::default()).unwrap();
        let installation = Installation::new("00000000000000a1").unwrap();
        let store = Store::open(Arc::new(RealDisk), &root, &installation).unwrap().0;
        let session = store.session(None, Arc::new(|| {})).unwrap();
        let mut import = session.import(Timestamp(0)).unwrap();
        for id in ["a", "b"] {
            import.add(&Document::new(id.into(), "في فاس اليوم"), Vec::new(), None).unwrap();
        }
        import.commit().unwrap();
        session.close().unwrap();
        Self { folder, store }
    }

    /// A program that runs a script of the shell.
    fn script(&self, text: &str, seconds: u64) -> Program {
        let path = self.folder.path().join("p/x.sh");
        fs::File::create(path).unwrap().write_all(text.as_bytes()).unwrap();
        let command = ["sh", "x.sh"].map(str::to_owned).to_vec();
        Program { name: "ner".to_owned(), command, seconds }
    }

    fn ask(&self, program: &Program) -> Result<Answer, AskError> {
        let documents = ["a".into(), "b".into()];
        let question = Question { program, documents: &documents, at: Timestamp(0) };
        ask(&self.store, &question, &mut |_, _| true)
    }

    /// That script says this, and leaves the project as it was.
    #[track_caller]
    fn check(&self, text: &str, seconds: u64, says: &str) {
        let before = self.files();
        let program = self.script(text, seconds);
        let began = Instant::now();
        let told = match self.ask(&program) {
            Err(error) => format!("{} | {}", error.explain().en, error.said()),
            Ok(Answer { report, said }) => {
                assert!(report.taken.is_none(), "{report:?}");
                let told = |it: &Problem| format!("{} {}", it.place, it.what.en);
                let told: Vec<_> = report.problems.iter().map(told).collect();
                format!("{} | {said}", told.join("\n"))
            }
        };
        assert!(told.contains(says), "{told}");
        assert!(began.elapsed().as_secs() < 20, "it is not waited for");
        assert_eq!(self.files(), before);
    }

    fn files(&self) -> Vec<String> {
        let listed = fs::read_dir(self.folder.path().join("p/suggestions"));
        let names = listed.into_iter().flatten().map(|file| file.unwrap().file_name());
        names.map(|name| name.into_string().unwrap()).collect()
    }
}

#[test]
fn what_a_program_says_of_its_documents_is_taken() {
    let desk = Desk::new();
    let answer = desk.ask(&desk.script(GOOD, 30)).unwrap();
    assert_eq!(answer.report.problems, []);
    assert_eq!(answer.report.taken.unwrap().suggestions, 2);
    assert_eq!(answer.said, "read all");
    let document = desk.store.document(&"b".into()).unwrap();
    let (found, _) = desk.store.suggested(&document);
    assert_eq!(found[0].source, "ner");
    assert_eq!(document.slice(found[0].range), "فاس");
}

#[test]
fn it_runs_in_the_projects_folder_and_need_not_read() {
    let desk = Desk::new();
    let answer = desk.ask(&desk.script("test -f project.ron && echo here >&2", 30)).unwrap();
    assert_eq!(answer.said, "here");
    assert_eq!(answer.report.taken.unwrap().suggestions, 0);
}

#[test]
fn a_program_that_hangs_is_ended_with_what_it_started() {
    let desk = Desk::new();
    desk.check("echo waiting >&2; sleep 300 & sleep 300", 1, "within 1 s");
    desk.check("echo waiting >&2; sleep 300", 1, "| waiting");
    // What outlives it may hold its standard error open, and is not waited for.
    let quiet = "sleep 300 > /dev/null & echo '{\"id\": \"a\"}'";
    let answer = desk.ask(&desk.script(quiet, 30)).unwrap();
    assert_eq!(answer.report.problems, []);
    desk.check("cat > /dev/null; sleep 300 & exit 3", 30, "exit code 3");
}

#[test]
fn what_is_not_written_to_its_end_is_not_taken() {
    let desk = Desk::new();
    let begun = "(echo '{\"id\": \"a\"}'; sleep 300; echo '{\"id\": \"b\"}') & echo left >&2";
    desk.check(begun, 30, "what it started still writes");
    desk.check(begun, 30, "| left");
    // What comes soon after its end is waited for.
    desk.check("(sleep 0.3; echo hello) &", 30, "ner:1 the line is no JSON");
}

#[test]
fn what_ends_with_too_much_is_a_flood_each_time() {
    let desk = Desk::new();
    for _ in 0..5 {
        // It ends at the moment at which it has written too much.
        desk.check("head -c 16800000 /dev/zero", 60, "more than 16 MB");
    }
}

#[test]
fn a_program_is_there_until_its_group_has_ended() {
    let mut command = Command::new("sh");
    command.args(["-c", "sleep 300 & exit 3"]);
    group::lead(&mut command);
    let mut child = command.spawn().unwrap();
    while !group::has_ended(&mut child).unwrap() {
        std::thread::sleep(LOOKS);
    }
    assert!(group::has_ended(&mut child).unwrap(), "its number is still its own");
    assert_eq!(group::end(&mut child).unwrap().code(), Some(3));
}

#[test]
fn what_is_taken_can_be_stopped_within_few_documents() {
    let desk = Desk::new();
    let line = format!("{{\"id\": \"a\", \"more\": \"{}\"}}\n", "x".repeat(700_000));
    let lines = line.repeat(6);
    let map = LabelMap::default();
    let options =
        ProposeOptions { source: "ner", map: &map, keep_going: true, at: Timestamp(0) };
    let from = Proposing { called: std::path::Path::new("ner"), asked: None };
    let mut asked = 0;
    let mut go_on = |_| {
        asked += 1;
        false
    };
    let stopped = propose(&desk.store, (&mut lines.as_bytes(), from), &options, &mut go_on);
    assert!(matches!(stopped, Err(ImportError::Stopped)));
    assert_eq!(asked, 1, "asked after the second line, and never again");
}

#[test]
fn a_program_that_crashes_says_how() {
    let desk = Desk::new();
    desk.check("echo 'no model' >&2; exit 7", 30, "exit code 7");
    desk.check("echo 'no model' >&2; exit 7", 30, "| no model");
    desk.check("kill -9 $$", 30, "signal: 9");
    desk.check(&format!("{GOOD}\nexit 1"), 30, "nothing of what it wrote was taken");
    let command = vec!["no-such-program-anywhere".to_owned()];
    let program = Program { name: "ner".to_owned(), command, seconds: 1 };
    let error = desk.ask(&program).unwrap_err().to_string();
    assert!(error.contains("`no-such-program-anywhere` could not be started"), "{error}");
    let program = Program { command: Vec::new(), ..program };
    assert!(matches!(desk.ask(&program), Err(AskError::NoCommand)));
    let program = Program { name: "rules".to_owned(), ..desk.script(GOOD, 1) };
    assert!(matches!(desk.ask(&program), Err(AskError::Name(_))));
}

#[test]
fn a_flood_is_ended() {
    let desk = Desk::new();
    desk.check("yes '{}'", 60, "more than 16 MB");
    // What is said beside is no output, and only its end is kept.
    let answer = desk.ask(&desk.script("seq 1 100000 >&2", 30)).unwrap();
    assert!(answer.said.starts_with("99981\n") && answer.said.ends_with("100000"));
}

#[test]
fn what_does_not_fit_is_told_and_nothing_is_taken() {
    let desk = Desk::new();
    let line = |id: &str, start: u32, end: u32| {
        format!(
            "echo '{{\"id\": \"{id}\", \"spans\": [{{\"start\": {start}, \"end\": {end}, \
             \"label\": \"CITY\", \"text\": \"فاس\"}}]}}'\n"
        )
    };
    desk.check(
        &format!("{}printf '{{\"id\": \"b\", \"sp'", line("a", 3, 6)),
        30,
        "ner:2 the line ends in the middle",
    );
    desk.check(&(line("a", 3, 6) + &line("b", 5, 11)), 30, "byte offsets");
    desk.check(&(line("a", 3, 6) + &line("c", 3, 6)), 30, "not asked about the document `c`");
    desk.check(&line("a", 3, 99), 30, "ner:1 ");
    desk.check("echo hello", 30, "ner:1 the line is no JSON");
    desk.check("printf '\\377\\n'", 30, "UTF-8");
}

#[test]
fn it_is_ended_when_it_is_stopped() {
    let desk = Desk::new();
    let program = desk.script("sleep 300", 300);
    let documents = ["a".into()];
    let question = Question { program: &program, documents: &documents, at: Timestamp(0) };
    let mut asked = 0;
    let stopped = ask(&desk.store, &question, &mut |_, total| {
        asked += 1;
        assert_eq!(total, 1);
        asked < 3
    });
    assert!(matches!(stopped, Err(AskError::Stopped)));
}

#[test]
fn what_is_approved_is_a_command_in_a_folder_with_the_projects_own_files() {
    let desk = Desk::new();
    let root = desk.store.root().to_owned();
    let first = desk.script("echo 1", 1);
    let approved = approval_of(&root, &first);
    assert_eq!(approved, approval_of(&root, &Program { seconds: 9, ..first.clone() }));
    let more = Program {
        command: vec!["sh".to_owned(), "x.sh".to_owned(), "-x".to_owned()],
        ..first.clone()
    };
    assert_ne!(approved, approval_of(&root, &more));
    assert_ne!(approved, approval_of(desk.folder.path(), &first));
    let changed = desk.script("echo 2", 1);
    assert_ne!(approved, approval_of(&root, &changed), "the script is another one");
}

#[test]
fn what_is_in_a_file_is_approved_wherever_the_command_names_it() {
    let desk = Desk::new();
    let root = desk.store.root().to_owned();
    let write = |name: &str, text: &str| {
        fs::File::create(root.join(name)).unwrap().write_all(text.as_bytes()).unwrap();
    };
    let of = |words: &[&str]| {
        let command = words.iter().map(|word| (*word).to_owned()).collect();
        approval_of(&root, &Program { name: "ner".to_owned(), command, seconds: 1 })
    };
    write("m.bin", "1");
    let first = of(&["ner", "--model=m.bin"]);
    assert!(first.is_lasting);
    write("m.bin", "2");
    assert_ne!(first, of(&["ner", "--model=m.bin"]));
    // A file is no word, whatever is in it.
    write("m.bin", "x");
    assert_ne!(of(&["m.bin"]), of(&["m.bin", "x"]));
    // A large one is known by its length and its time.
    fs::File::create(root.join("m.bin")).unwrap().set_len(17 << 20).unwrap();
    let large = of(&["m.bin"]);
    assert_eq!(large, of(&["m.bin"]));
    fs::File::create(root.join("m.bin")).unwrap().set_len(18 << 20).unwrap();
    assert_ne!(large, of(&["m.bin"]));
}

#[test]
fn what_cannot_be_read_is_not_approved_for_long() {
    use std::os::unix::fs::symlink;
    let desk = Desk::new();
    let root = desk.store.root().to_owned();
    // A link to itself is there, and cannot be read, by nobody.
    symlink("loop", root.join("loop")).unwrap();
    let command = ["sh", "loop"].map(str::to_owned).to_vec();
    let approval = approval_of(&root, &Program { name: "ner".to_owned(), command, seconds: 1 });
    assert!(!approval.is_lasting);
    assert_eq!(approval.digest.len(), 64);
}
