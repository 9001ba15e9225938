//! The built program, run as a person runs it in a shell.

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
struct Desk {
    folder: TempDir,
}

/// What a command said and how it ended.
#[derive(Debug)]
struct Said {
    code: i32,
    out: String,
    err: String,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        desk.run(&["new", "p"]).done();
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::create_dir_all(self.path(name).parent().unwrap()).unwrap();
        fs::write(self.path(name), bytes).unwrap();
    }

    fn run(&self, args: &[&str]) -> Said {
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
    fn import(&self, bytes: impl AsRef<[u8]>, args: &[&str]) -> Said {
        self.write("file.jsonl", bytes);
        self.run(&[&["import", "p", "file.jsonl"], args].concat())
    }

    /// What is exported in the native format.
    fn export(&self, args: &[&str]) -> String {
        let said =
            self.run(&[&["export", "p", "--format", "jsonl", "--out", "-"], args].concat());
        said.done();
        said.out
    }

    fn num_documents(&self) -> u64 {
        let stats = self.run(&["stats", "p", "--json"]);
        stats.done();
        let stats: Value = serde_json::from_str(&stats.out).unwrap();
        stats["documents"].as_u64().unwrap()
    }
}

impl Said {
    #[track_caller]
    fn done(&self) {
        assert_eq!(self.code, 0, "{self:?}");
    }

    /// Ended with that status, and said so much of why.
    #[track_caller]
    fn refused(&self, code: i32, why: &str) {
        assert_eq!(self.code, code, "{self:?}");
        assert!(self.err.contains(why), "`{why}` is not in:\n{}", self.err);
    }
}

/// Whether two files are the same; if not, shows where the first difference is.
#[track_caller]
fn same(found: &str, expected: &str) {
    let mut lines = found.split('\n').zip(expected.split('\n')).enumerate();
    if let Some((at, (found, expected))) = lines.find(|(_, (a, b))| a != b) {
        let cut = |line: &str| line.chars().take(300).collect::<String>();
        panic!("line {}:\n  {}\nis not\n  {}", at + 1, cut(found), cut(expected));
    }
    assert_eq!(found.len(), expected.len(), "one has more lines");
}

fn line(id: &str, text: &str, spans: &str) -> String {
    let (id, text) = (json!(id), json!(text));
    format!("{{\"id\": {id}, \"text\": {text}, \"spans\": [{spans}]}}\n")
}

const CITY: &str = r#"{"start": 3, "end": 6, "label": "CITY", "text": "فاس", "value": "فاس"}"#;

/// A file of the corpus or the gold set, which are not part of the package.
fn shared(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(name);
    if path.exists() {
        return Some(path);
    }
    eprintln!("skipped: there is no {}", path.display());
    None
}

#[test]
fn what_is_imported_is_exported_byte_for_byte() {
    let long_id = "ب".repeat(300);
    let mut file = String::new();
    for (id, text) in [
        ("tashkeel", "وَكَالَةُ الأَنْبَاءِ"),
        ("tatweel", "كـــتب الصـــحفي"),
        ("a/b", "\u{200E}12\u{200F} في فاس"),
        ("..", "👨\u{200D}👩\u{200D}👧 🇲🇦 🙂"),
        ("CON", "12\u{A0}000 درهم"),
        (".hidden", "سطر\r\nثان\r\n"),
        ("أخبار اليوم", "ا\tب\tج"),
        ("🙂", "\u{FEFF}في\u{FEFF}فاس"),
        ("a\nb", "\0\u{1}\u{7F}\u{2028}\u{85}"),
        (long_id.as_str(), ""),
        ("con", "نص آخر"),
        (" ", " "),
        ("a%2fb", "\n\n"),
        ("big", &"كلمة وأخرى ".repeat(50_000)),
    ] {
        file.push_str(&line(id, text, ""));
    }
    assert!(file.lines().last().unwrap().len() > 1_000_000);
    let extra =
        "\"title\": \"عنوان\", \"date\": \"2024-01\", \"source\": \"\", \"n\": {\"b\":1}, ";
    file.push_str(
        &line("extra", "في فاس", CITY)
            .replace("\"text\": \"في", &format!("{extra}\"text\": \"في")),
    );
    let desk = Desk::new();
    desk.import(&file, &["--annotator", "سارة"]).done();
    same(&desk.export(&[]), &file);
    same(&desk.export(&["--annotator", "سارة"]), &file);
    desk.run(&["gold", "p", "--from", "سارة"]).done();
    same(&desk.export(&["--kind", "gold"]), &file);
    assert_eq!(desk.run(&["check", "p"]).out, "0 problems\n");
    // Once more is nothing new.
    let again = desk.import(&file, &["--annotator", "سارة"]);
    assert!(again.out.contains("imported: 0 documents, 0 spans"), "{again:?}");
    same(&desk.export(&[]), &file);
}

#[test]
fn documents_without_spans_need_no_annotator() {
    let file = line("a", "نص", "") + &line("b", "آخر", "");
    let desk = Desk::new();
    desk.import(&file, &[]).done();
    same(&desk.export(&[]), &file);
    let other = Desk::new();
    other.import(file.replace(", \"spans\": []", ""), &[]).done();
    same(&other.export(&[]), &file);
}

#[test]
fn the_gold_spans_come_back_as_they_are() {
    let Some(seeds) = shared("gold/seeds.jsonl") else { return };
    let file = fs::read_to_string(&seeds).unwrap();
    let desk = Desk::new();
    desk.run(&["import", "p", seeds.to_str().unwrap(), "--annotator", "a"]).done();
    same(&desk.export(&[]), &file);
    let conll = desk.run(&["export", "p", "--format", "conll", "--out", "-"]);
    conll.done();
    let spans: usize = file.matches("\"start\": ").count();
    assert_eq!(spans, 161);
    assert_eq!(conll.out.matches("\tB-").count(), spans);
    assert!(conll.err.contains("values (161)"), "{}", conll.err);
}

#[test]
fn the_same_spans_go_onto_texts_that_are_there() {
    let (Some(seeds), Some(corpus)) = (shared("gold/seeds.jsonl"), shared("corpus")) else {
        return;
    };
    let desk = Desk::new();
    let said = desk.run(&["import", "p", corpus.to_str().unwrap()]);
    said.done();
    assert!(said.out.contains("imported: 5 documents, 0 spans"), "{said:?}");
    let said = desk.run(&["import", "p", seeds.to_str().unwrap(), "--annotator", "a"]);
    assert!(said.out.contains("imported: 0 documents, 161 spans"), "{said:?}");
    let spans = |file: &str| -> Vec<Value> {
        let lines = file.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        lines.map(|mut line| line["spans"].take()).collect()
    };
    assert_eq!(spans(&desk.export(&[])), spans(&fs::read_to_string(seeds).unwrap()));
}

#[test]
fn texts_are_taken_as_they_are_and_in_the_order_of_their_names() {
    let desk = Desk::new();
    desk.write("in/b.txt", "\u{FEFF}ب\r\n\tنص\u{FEFF}");
    desk.write("in/a-2024-01-30.TXT", "ا");
    desk.write("in/sub/c.txt", "");
    desk.write("in/notes.docx", "لا");
    let import = ["import", "p", "in", "--date-from-name", "%Y-%m-%d", "--source", "وكالة"];
    desk.run(&import).refused(1, "in/b.txt: there is no date of that pattern");
    assert_eq!(desk.num_documents(), 0, "whole or not at all");
    desk.run(&["import", "p", "in", "--date", "2024-02", "--source", "وكالة"]).done();
    let expected = ["a-2024-01-30", "b", "sub/c"].map(|name| {
        let (id, text) = match name {
            "b" => ("b", "ب\r\n\tنص\u{FEFF}"),
            "sub/c" => ("c", ""),
            name => (name, "ا"),
        };
        let more = "\"date\": \"2024-02\", \"source\": \"وكالة\", \"text\"";
        line(id, text, "").replacen("\"text\"", more, 1)
    });
    assert_eq!(desk.export(&[]), expected.concat());
}

#[test]
fn a_date_in_a_name_is_the_documents_unless_it_says_another() {
    let desk = Desk::new();
    desk.write("a-2024-01-30.txt", "نص");
    desk.write("b-2024-01-31.jsonl", "{\"id\":\"b\",\"text\":\"آخر\",\"date\":\"1999\"}");
    let files = ["a-2024-01-30.txt", "b-2024-01-31.jsonl"];
    desk.run(&["import", "p", files[0], files[1], "--date-from-name", "%Y-%m-%d"]).done();
    let file = desk.export(&[]);
    assert!(file.contains("\"date\": \"2024-01-30\"") && file.contains("\"date\": \"1999\""));
}

/// A file with a good line before and after a bad one: nothing of it is taken, and with
/// `--keep-going` the good ones are.
#[track_caller]
fn bad_line(bytes: impl AsRef<[u8]>, why: &str) {
    let (good, other) = (line("good", "قبل", ""), line("other", "بعد", ""));
    let file = [good.as_bytes(), bytes.as_ref(), b"\n", other.as_bytes()].concat();
    let desk = Desk::new();
    desk.import(&file, &["--annotator", "a"]).refused(1, &format!("file.jsonl:2: {why}"));
    assert_eq!(desk.num_documents(), 0, "whole or not at all");
    let said = desk.import(&file, &["--annotator", "a", "--keep-going"]);
    said.done();
    assert!(said.err.contains(why), "{said:?}");
    assert_eq!(desk.export(&[]), good + &other);
}

#[test]
fn bad_lines_are_named_and_nothing_is_half_taken() {
    bad_line("{\"id\": \"a\", \"text\": \"في", "the line ends in the middle");
    bad_line(b"{\"id\": \"a\", \"text\": \"\xC7\xE1\"}", "byte ");
    bad_line(
        "{\"id\": \"a\", \"text\": \"\\ud800\"}",
        "column 22: `\\ud800` is half a surrogate",
    );
    bad_line("{\"id\": \"a\"}", "the field `text` is missing");
    bad_line("نص", "the line is no JSON at column 1");
    bad_line(
        line("good", "مرة أخرى", ""),
        "good: the document `good` stands already in line 1",
    );
    let span = |span: &str| line("a", "في فاس كَتب", span);
    bad_line(
        span(r#"{"start": 8, "end": 99, "label": "CITY"}"#),
        "a: span 1: the span ends at 99",
    );
    bad_line(
        span(r#"{"start": 6, "end": 3, "label": "CITY"}"#),
        "a: span 1: the span starts at 6",
    );
    bad_line(
        span(r#"{"start": 3, "end": 3, "label": "CITY"}"#),
        "a: span 1: the span at 3 is empty",
    );
    bad_line(
        span(r#"{"start": 7, "end": 8, "label": "CITY"}"#),
        "a: span 1: the span's edge at 8",
    );
    bad_line(
        span(r#"{"start": 4, "end": 7, "label": "CITY", "text": "فاس"}"#),
        "a: span 1: 4..7 is “اس ” in the text, not “فاس”",
    );
    bad_line(span(r#"{"start": 3, "end": 6, "label": "TOWN"}"#), "a: span 1: the label `TOWN`");
}

#[test]
fn a_bad_file_is_named() {
    let desk = Desk::new();
    desk.write("bad.txt", b"\xFF\xFE\x06\x45");
    desk.run(&["import", "p", "bad.txt"])
        .refused(1, "bad.txt:1: byte 0 of the file is not UTF-8");
    desk.run(&["import", "p", "none.txt"]).refused(1, "none.txt");
    desk.write("a.docx", "");
    desk.run(&["import", "p", "a.docx"]).refused(1, "give --format");
    desk.write("empty/x.docx", "");
    desk.run(&["import", "p", "empty"]).refused(1, "has no files to import");
    desk.run(&["import", "p", "a.docx", "--format", "text"]).done();
    assert_eq!(desk.num_documents(), 1);
}

#[test]
fn spans_are_somebodys_work() {
    let desk = Desk::new();
    let file = line("a", "في فاس", CITY) + &line("b", "قم فاس", CITY);
    let said = desk.import(&file, &[]);
    said.refused(
        1,
        "file.jsonl:1: a: this document has 1 span, and every span is somebody's work",
    );
    assert!(said.err.contains("the same is true of 1 document more"), "{said:?}");
    desk.import(&file, &["--annotator", "gold"]).refused(2, "`gold` is reserved");
    assert_eq!(desk.num_documents(), 0);
    let said = desk.run(&["import", "p", "file.jsonl", "--lang", "ar"]);
    said.refused(1, "في هذا المقال موضع واحد");
}

#[test]
fn labels_are_mapped_or_left_out() {
    let desk = Desk::new();
    let spans = [CITY.replace("CITY", "LOC"), CITY.replace("CITY", "PER")].join(", ");
    let file = line("a", "في فاس", &spans);
    let args = ["--annotator", "a", "--map", "LOC=CITY,PER=-"];
    let said = desk.import(&file, &args);
    said.done();
    assert!(said.out.contains("left out by --map: 1 span"), "{said:?}");
    assert_eq!(desk.export(&[]), line("a", "في فاس", CITY));
    desk.import(&file, &["--map", "LOC=TOWN"]).refused(2, "`TOWN` is not in the schema");
    desk.import(&file, &["--map", "LOC"]).refused(2, "`LOC` is no rule");
}

#[test]
fn an_id_keeps_its_text_and_a_copy_is_told() {
    let desk = Desk::new();
    desk.import(line("a", "في فاس", CITY), &["--annotator", "sara"]).done();
    desk.import(line("a", "نص آخر", ""), &[]).refused(1, "file.jsonl:1: a: ");
    let said = desk.import(line("b", "في فاس", ""), &["--json"]);
    said.done();
    let report: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(report["documents"], 1);
    assert_eq!(report["problems"][0]["severity"], "notice");
    assert_eq!(report["problems"][0]["line"], 1);
    // Another annotator's spans on the same text.
    let said = desk.import(line("a", "في فاس", CITY), &["--annotator", "ali"]);
    assert!(said.out.contains("imported: 0 documents, 1 span"), "{said:?}");
    let why = "ali, sara finished the same documents (a)";
    desk.run(&["export", "p", "--format", "jsonl", "--out", "-"]).refused(1, why);
    assert!(desk.export(&["--annotator", "ali"]).starts_with(&line("a", "في فاس", CITY)));
}

#[test]
fn a_file_is_replaced_only_when_told() {
    let desk = Desk::new();
    desk.import(line("a", "نص", ""), &[]).done();
    desk.write("out.jsonl", "mine");
    let export = ["export", "p", "--format", "jsonl", "--out", "out.jsonl"];
    desk.run(&export).refused(1, "--force");
    assert_eq!(fs::read(desk.path("out.jsonl")).unwrap(), b"mine");
    desk.run(&[&export[..], &["--force"]].concat()).done();
    assert_eq!(fs::read_to_string(desk.path("out.jsonl")).unwrap(), line("a", "نص", ""));
    desk.run(&["export", "p", "--format", "jsonl", "--out", "no/where"]).refused(1, "no/where");
    desk.run(&["export", "p", "--format", "jsonl", "--out", "p"]).refused(1, "p: ");
    let names = fs::read_dir(desk.folder.path()).unwrap();
    let left = names.map(|name| name.unwrap().file_name().into_string().unwrap());
    let left: Vec<_> = left.filter(|name| name.contains(".part")).collect();
    assert!(left.is_empty(), "nothing half-written stays: {left:?}");
}

#[test]
fn gold_is_what_somebody_finished() {
    let desk = Desk::new();
    let done = line("a", "في فاس", CITY) + &line("b", "نص", "");
    desk.import(&done, &["--annotator", "sara"]).done();
    desk.import(line("c", "آخر", ""), &["--annotator", "sara", "--state", "in-progress"])
        .done();
    desk.run(&["gold", "p", "--from", "ali"]).refused(1, "ali has finished no document");
    desk.run(&["gold", "p", "--from", "sara", "--document", "c"])
        .refused(1, "c: only a finished");
    desk.run(&["gold", "p", "--from", "sara", "--document", "x"]).refused(1, "`x`");
    let said = desk.run(&["gold", "p", "--from", "sara", "--document", "a"]);
    assert_eq!(said.out, "declared gold: 1 document; were so already: 0 documents\n");
    let export = ["export", "p", "--format", "jsonl", "--out", "-", "--kind", "gold"];
    desk.run(&export).refused(1, "2 of 3 documents have no gold set: b, c");
    let kept = desk.run(&[&export[..], &["--keep-going"]].concat());
    assert_eq!(kept.out, line("a", "في فاس", CITY));
    assert!(kept.err.contains("left out: 2 documents (without a gold set)"), "{kept:?}");
    desk.run(&[&export[..], &["--annotator", "sara"]].concat()).refused(2, "no annotator's");
    // Somebody else's work does not take its place by accident.
    let other = CITY.replace("CITY", "DATE");
    desk.import(line("a", "في فاس", &other), &["--annotator", "ali"]).done();
    desk.run(&["gold", "p", "--from", "ali"])
        .refused(1, "these have gold sets from elsewhere: a");
    assert_eq!(desk.run(&[&export[..], &["--keep-going"]].concat()).out, kept.out);
    desk.run(&["gold", "p", "--from", "ali", "--force"]).done();
    let file = desk.run(&[&export[..], &["--keep-going"]].concat()).out;
    assert_eq!(file, line("a", "في فاس", &other));
}

#[test]
fn training_is_what_is_finished() {
    let desk = Desk::new();
    desk.import(line("a", "في فاس", CITY), &["--annotator", "sara"]).done();
    desk.import(line("b", "نص", ""), &[]).done();
    let said = desk.run(&["export", "p", "--format", "jsonl", "--out", "-"]);
    assert_eq!(said.out, line("a", "في فاس", CITY));
    assert!(said.err.contains("left out: 1 document (not finished by anybody)"), "{said:?}");
    let both = line("a", "في فاس", CITY) + &line("b", "نص", "");
    assert_eq!(desk.export(&["--annotator", "sara"]), both);
}

#[test]
fn conll_says_what_it_loses() {
    let desk = Desk::new();
    let inner = r#"{"start": 0, "end": 6, "label": "AGENCY", "text": "في فاس"}"#;
    let file = line("a", "في فاس", &format!("{inner}, {CITY}"));
    let said = desk.import(&file, &["--annotator", "a"]);
    said.done();
    assert!(said.err.contains("1 problem"), "overlaps are worth a look: {said:?}");
    let said = desk.run(&["export", "p", "--format", "conll", "--out", "-"]);
    assert_eq!(said.out, "-DOCSTART- -X- O O\n\nفي\tB-AGENCY\nفاس\tI-AGENCY\n\n");
    assert!(
        said.err.contains("“فاس” (CITY) is left out: it overlaps “في فاس” (AGENCY)"),
        "{said:?}"
    );
    let check = desk.run(&["check", "p", "--json"]);
    check.done();
    let report: Value = serde_json::from_str(&check.out).unwrap();
    assert_eq!(
        (&report["sound"], report["problems"].as_array().unwrap().len()),
        (&json!(true), 1)
    );
}

/// The files below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

#[test]
fn damage_is_named_by_file_and_line_and_not_exported_as_if_it_were_whole() {
    let desk = Desk::new();
    let other = CITY.replace("3, \"end\": 6", "7, \"end\": 10");
    let file = line("a", "في فاس فاس", &format!("{CITY}, {other}")) + &line("b", "نص", "");
    desk.import(&file, &["--annotator", "sara"]).done();
    let sets = files(&desk.path("p/sets"));
    let set = sets.iter().find(|path| path.ends_with("a.jsonl")).unwrap();
    let text = fs::read_to_string(set).unwrap();
    let mut lines: Vec<_> = text.lines().collect();
    assert_eq!(lines.len(), 3, "a header and two spans:\n{text}");
    lines[1] = "{\"id\": ";
    fs::write(set, lines.join("\n") + "\n").unwrap();
    let check = desk.run(&["check", "p"]);
    assert_eq!(check.code, 1, "{check:?}");
    assert!(check.out.contains("a.jsonl:2: "), "{check:?}");
    let export = ["export", "p", "--format", "jsonl", "--out", "out.jsonl"];
    let said = desk.run(&export);
    said.refused(1, "the project is damaged");
    assert!(said.err.contains("a.jsonl:2: "), "{said:?}");
    assert!(!desk.path("out.jsonl").exists());
    desk.run(&["gold", "p", "--from", "sara"]).refused(1, "");
    // What is well is there on demand.
    desk.run(&[&export[..], &["--keep-going"]].concat()).done();
    let kept = fs::read_to_string(desk.path("out.jsonl")).unwrap();
    same(&kept, &(line("a", "في فاس فاس", &other) + &line("b", "نص", "")));
}

#[test]
fn a_project_is_made_once_and_with_its_own_schema() {
    let desk = Desk::new();
    desk.run(&["new", "p"]).refused(1, "there is a project");
    desk.run(&["new", "q", "--schema", "none.ron"]).refused(1, "none.ron");
    desk.write("bad.ron", "(");
    desk.run(&["new", "q", "--schema", "bad.ron"]).refused(1, "bad.ron:");
    assert!(!desk.path("q/project.ron").exists());
    desk.run(&["stats", "nowhere"]).refused(1, "no project");
    desk.write("folder/a.txt", "");
    for command in
        [&["check", "folder"][..], &["stats", "folder"], &["gold", "folder", "--from", "a"]]
    {
        desk.run(command).refused(1, "this folder is no project");
    }
}

#[test]
fn wrong_usage_ends_in_two_and_help_in_zero() {
    let desk = Desk::new();
    for args in [
        &["frobnicate"][..],
        &["export", "p"],
        &["export", "p", "--format", "text", "--out", "-"],
        &["import", "p"],
        &["open", "p", "--size", "big"],
        &["gold", "p", "--from", ""],
        &["import", "p", "a", "--date", "yesterday"],
        &["import", "p", "a", "--date-from-name", "%d"],
        &["layout", "p", "a", "--width", "0"],
        &["stats", "p", "--lang", "fr"],
    ] {
        assert_eq!(desk.run(args).code, 2, "{args:?}");
    }
    for args in [&["--help"][..], &["--version"], &["import", "--help"], &["help", "export"]] {
        let said = desk.run(args);
        assert_eq!((said.code, said.err.as_str()), (0, ""), "{args:?}");
        assert!(!said.out.is_empty(), "{args:?}");
    }
}

#[test]
fn licenses_name_crates_and_fonts() {
    let said = Desk::new().run(&["licenses"]);
    said.done();
    for name in ["Noto Naskh Arabic", "parley", "SIL OPEN FONT LICENSE"] {
        assert!(said.out.contains(name), "{name}");
    }
}

#[test]
fn a_rendered_page_is_the_same_on_every_run_and_shows_its_spans() {
    let desk = Desk::new();
    let text = "في فاس\nفتح المعرض أبوابه يوم 12 مايو.";
    desk.import(line("a/b", text, CITY), &["--annotator", "sara"]).done();
    let render = |out: &str, more: &[&str]| {
        desk.run(&[&["render", "p", "a/b", "--out", out], more].concat()).done();
        fs::read(desk.path(out)).unwrap()
    };
    let page = render("a.png", &[]);
    assert!(page.starts_with(b"\x89PNG"));
    assert_eq!(render("b.png", &[]), page);
    assert_eq!(render("a.png", &["--annotator", "sara"]), page, "a picture is made anew");
    desk.run(&["gold", "p", "--from", "sara"]).done();
    assert_eq!(render("g.png", &["--annotator", "gold"]), page);
    let mut others = vec![page];
    for more in [
        &["--annotator", "nobody"][..],
        &["--theme", "dark"],
        &["--lang", "en"],
        &["--scale", "2"],
        &["--width", "400"],
    ] {
        let other = render("c.png", more);
        assert!(!others.contains(&other), "{more:?} makes a difference");
        others.push(other);
    }
    desk.run(&["render", "p", "x", "--out", "x.png"]).refused(1, "`x`");
    desk.import(line("a/b", text, ""), &["--annotator", "ali"]).done();
    desk.run(&["render", "p", "a/b", "--out", "x.png"]).refused(1, "ali, sara have marked it");
    assert!(!desk.path("x.png").exists());
}

#[test]
fn a_layout_tells_of_every_letter_and_span() {
    let desk = Desk::new();
    let text = "في فاس\nبدأ 🙂 المهرجان يوم 18 ديسمبر/كانون الأول 2021 بحضور Reuters";
    desk.import(line("a", text, CITY), &["--annotator", "sara"]).done();
    let said = desk.run(&["layout", "p", "a", "--width", "300"]);
    said.done();
    let page: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!((&page["id"], &page["width"]), (&json!("a"), &json!(300.0)));
    let lines = page["lines"].as_array().unwrap();
    assert!(lines.len() > 2);
    let whole: String = lines.iter().map(|line| line["text"].as_str().unwrap()).collect();
    assert_eq!(whole.replace('\n', ""), text.replace('\n', ""));
    for line in lines {
        assert_eq!(line["direction"], "rtl");
        let letters: Vec<char> = text.chars().collect();
        let range = |of: &Value| {
            let at = |key: &str| usize::try_from(of[key].as_u64().unwrap()).unwrap();
            at("start")..at("end")
        };
        let here: String = letters[range(line)].iter().collect();
        assert_eq!(line["text"], here.as_str());
        let runs = line["runs"].as_array().unwrap();
        let mut covered: Vec<usize> = runs.iter().flat_map(range).collect();
        covered.sort_unstable();
        let visible: Vec<usize> = range(line).filter(|at| letters[*at] != '\n').collect();
        covered.retain(|at| letters[*at] != '\n');
        assert_eq!(covered, visible, "runs cover the line once");
        let left: Vec<f64> = runs.iter().map(|run| run["x"].as_f64().unwrap()).collect();
        assert!(left.is_sorted(), "in visual order");
    }
    let span = &page["spans"][0];
    assert_eq!((&span["text"], &span["label"]), (&json!("فاس"), &json!("CITY")));
    assert_eq!(span["rects"].as_array().unwrap().len(), 1);
}

#[test]
fn a_folder_that_is_no_project_opens_no_window() {
    let desk = Desk::new();
    for folder in ["nothing", "."] {
        desk.run(&["open", folder]).refused(1, "this folder is no project");
    }
    desk.run(&["open", "nothing", "--lang", "ar"]).refused(1, "ليس هذا المجلد مشروعًا");
}
