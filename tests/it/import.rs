//! What goes in: the built program imports, and says what it could not take.

use std::fs;

use serde_json::{Value, json};

use crate::shell::{CITY, Desk, files, line, same, shared};

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
            "sub/c" => ("sub/c", ""),
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
    desk.write("bad.txt", b"\xFE\xE8\xE0\xE9");
    desk.run(&["import", "p", "bad.txt"])
        .refused(1, "bad.txt:1: byte 0 of the file is not UTF-8");
    desk.run(&["import", "p", "none.txt"]).refused(1, "none.txt");
    #[cfg(unix)]
    {
        desk.write("links/a.txt", "نص");
        std::os::unix::fs::symlink("nowhere", desk.path("links/b.txt")).unwrap();
        // Which would be read for ever, and is no article.
        std::os::unix::fs::symlink("/dev/zero", desk.path("links/c.txt")).unwrap();
        std::os::unix::fs::symlink("..", desk.path("links/d.txt")).unwrap();
        desk.run(&["import", "p", "links"]).refused(1, "links/b.txt: it cannot be read: ");
        assert_eq!(desk.num_documents(), 0, "whole or not at all");
        let other = Desk::new();
        other
            .run(&["import", "p", desk.path("links").to_str().unwrap(), "--keep-going"])
            .done();
        assert_eq!(other.export(&[]), line("a", "نص", ""));
    }
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
fn texts_of_one_name_in_two_folders_are_two_documents() {
    let desk = Desk::new();
    for (path, text) in [
        ("in/1.txt", "الأول"),
        ("in/a/1.txt", "الثاني"),
        ("in/b/1.txt", "الثالث"),
        ("in/b/2024.1/.x.txt", "الرابع"),
        ("in/أخبار/فاس .txt", "الخامس"),
    ] {
        desk.write(path, text);
    }
    desk.run(&["import", "p", "in"]).done();
    let expected = [
        line("1", "الأول", ""),
        line("a/1", "الثاني", ""),
        line("b/1", "الثالث", ""),
        line("b/2024.1/.x", "الرابع", ""),
        line("أخبار/فاس ", "الخامس", ""),
    ];
    assert_eq!(desk.export(&[]), expected.concat());
    // The same folder once more is nothing new, however it is called.
    let again = desk.run(&["import", "p", "./in/../in/"]);
    assert!(again.out.contains("imported: 0 documents, 0 spans"), "{again:?}");
    assert!(again.out.contains("already there: 5 documents, 0 spans"), "{again:?}");
    // What lies in `b` is called by its way from there, so this is a copy.
    let copy = desk.run(&["import", "p", "in/b/2024.1"]);
    assert!(
        copy.err.contains(".x: note: its text is that of the document `b/2024.1/.x`"),
        "{copy:?}"
    );
    // A set's file is found by such an id.
    desk.import(line("a/1", "الثاني", ""), &["--annotator", "sara"]).done();
    assert_eq!(desk.run(&["check", "p"]).code, 0);
    assert!(files(&desk.path("p/sets")).iter().any(|path| path.ends_with("a%2f1.jsonl")));
}

#[test]
fn a_span_that_is_there_by_hand_is_not_doubled() {
    // What a person marked has an id of its own.
    let hand = CITY.replace("\"value\": \"فاس\"", "\"value\": \"Fes\", \"note\": \"n\"");
    let ours = line("a", "في فاس", &hand.replace('}', ", \"id\": \"h0123456789abcdef\"}"));
    let desk = Desk::new();
    desk.import(&ours, &["--annotator", "sara"]).done();
    let before = desk.export(&[]);
    let said = desk.import(line("a", "في فاس", CITY), &["--annotator", "sara"]);
    said.done();
    assert!(said.out.contains("imported: 0 documents, 0 spans"), "{said:?}");
    assert!(said.out.contains("already there: 1 document, 1 span"), "{said:?}");
    let notice = "file.jsonl:1: a: note: “فاس” (CITY) has the value `Fes` here and `فاس` in the \
        file; what is here stays";
    assert!(said.err.contains(notice), "{said:?}");
    assert_eq!(desk.export(&[]), before, "hers stays");
    // A file that says nothing of the value says nothing else.
    let silent = CITY.replace(", \"value\": \"فاس\"", "");
    let said = desk.import(line("a", "في فاس", &silent), &["--annotator", "sara", "--json"]);
    let report: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(
        (&report["spans"], &report["same_spans"], &report["problems"]),
        (&json!(0), &json!(1), &json!([]))
    );
    // Another label, other letters and another annotator are other spans.
    let more =
        [CITY.replace("CITY", "AGENCY"), CITY.replace("3, \"end\": 6", "7, \"end\": 10")];
    desk.import(line("b", "في فاس فاس", &hand), &["--annotator", "sara"]).done();
    let file = line("b", "في فاس فاس", &more.join(", "));
    let said = desk.import(&file, &["--annotator", "sara"]);
    assert!(said.out.contains("imported: 0 documents, 2 spans"), "{said:?}");
    let said = desk.import(line("a", "في فاس", CITY), &["--annotator", "ali"]);
    assert!(said.out.contains("imported: 0 documents, 1 span"), "{said:?}");
}

#[test]
fn the_same_file_twice_adds_nothing() {
    // Equal spans in one file are that file's business; they come in once each, and not again.
    let other = CITY.replace("\"فاس\"}", "\"Fes\"}");
    let file = line("a", "في فاس", &[CITY, &other, CITY].join(", "));
    let desk = Desk::new();
    let said = desk.import(&file, &["--annotator", "sara"]);
    assert!(said.out.contains("imported: 1 document, 3 spans"), "{said:?}");
    let before = desk.export(&["--annotator", "sara"]);
    let said = desk.import(&file, &["--annotator", "sara"]);
    said.done();
    assert!(said.out.contains("imported: 0 documents, 0 spans"), "{said:?}");
    assert!(said.out.contains("already there: 1 document, 3 spans"), "{said:?}");
    assert!(!said.err.contains("note:"), "{said:?}");
    // Nor does the same file under two names in one import.
    let twice = desk.run(&["import", "p", "file.jsonl", "./file.jsonl", "--annotator", "ali"]);
    assert!(twice.out.contains("imported: 0 documents, 3 spans"), "{twice:?}");
    assert_eq!(desk.export(&["--annotator", "sara"]), before);
}

#[test]
fn what_would_break_a_line_is_written_out_in_messages_and_kept_in_data() {
    let desk = Desk::new();
    let id = "a\nb\u{1b}[2J";
    let bad = r#"{"start": 3, "end": 3, "label": "CITY"}"#;
    let said = desk.import(line(id, "في فاس", bad), &["--annotator", "sara"]);
    said.refused(1, "file.jsonl:1: a\\nb\\u{1b}[2J: span 1: the span at 3 is empty");
    desk.import(line(id, "في فاس", CITY), &["--annotator", "sara"]).done();
    let said = desk.import(line("copy", "في فاس", ""), &["--json"]);
    assert!(said.out.contains("a\\nb\\u001b[2J"), "JSON has its own way: {said:?}");
    let said = desk.run(&["gold", "p", "--from", "ali", "--document", id]);
    said.refused(1, "a\\nb\\u{1b}[2J");
    desk.run(&["render", "p", "no\nsuch", "--out", "x.png"]).refused(1, "no\\nsuch");
    assert!(desk.export(&[]).contains(r#"{"id": "a\nb\u001b[2J""#));
    #[cfg(unix)]
    {
        desk.write("c\nd.txt", b"\xFF");
        desk.run(&["import", "p", "c\nd.txt"]).refused(1, "c\\nd.txt:1: byte 0");
        desk.run(&["import", "p", "e\nf.txt"]).refused(1, "e\\nf.txt");
    }
}

#[test]
fn a_text_of_windows_is_taken_and_told_with_its_file() {
    let desk = Desk::new();
    // «قال الوزير», and a word of French in Latin-1.
    desk.write("in/a.txt", b"\xDE\xC7\xE1 \xC7\xE1\xE6\xD2\xED\xD1\n");
    let said = desk.run(&["import", "p", "in"]);
    said.done();
    assert!(said.out.contains("imported: 1 document"), "{said:?}");
    assert!(said.err.contains("a.txt") && said.err.contains("Windows-1256"), "{said:?}");
    let texts = files(&desk.path("p/documents"));
    let texts = texts.iter().map(|path| fs::read_to_string(path).unwrap());
    assert!(texts.collect::<String>().contains("قال الوزير"));
    desk.write("b.txt", b"d\xE9j\xE0 vu\n");
    desk.run(&["import", "p", "b.txt"]).refused(1, "byte 1 of the file is not UTF-8");
}
