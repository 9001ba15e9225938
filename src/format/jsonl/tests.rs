//! Reading and writing together.

use std::ops::ControlFlow;

use proptest::prelude::*;

use crate::format::{Item, LabelMap, ReadOptions, Record};
use crate::model::{Document, Extra, Problem, Schema, Severity, Span, SpanId};
use crate::text::{self, Offset, TextRange};

/// What is read from `bytes`, with labels mapped.
fn read(bytes: &[u8], map: &str) -> (Vec<Record>, usize, Vec<Problem>) {
    let (schema, map) = (Schema::default(), LabelMap::parse(map).unwrap());
    let options = ReadOptions { file_name: "a.jsonl", schema: &schema, map: &map };
    let (mut records, mut left_out, mut problems) = (Vec::new(), 0, Vec::new());
    let mut source = bytes;
    super::read::read(&mut source, &options, &mut |item| {
        match item {
            Item::Record { record, dropped, .. } => {
                records.push(*record);
                left_out += dropped;
            }
            Item::Problem(problem) => problems.push(problem),
        }
        ControlFlow::Continue(())
    })
    .unwrap();
    (records, left_out, problems)
}

fn write<'a>(records: impl IntoIterator<Item = &'a Record>) -> String {
    let mut out = Vec::new();
    for record in records {
        super::write::write(record, &mut out).unwrap();
    }
    String::from_utf8(out).unwrap()
}

/// What is read is written again, byte for byte.
#[track_caller]
fn same(file: &str) {
    let (records, _, problems) = read(file.as_bytes(), "");
    assert_eq!(problems, []);
    assert_eq!(write(&records), file);
}

/// A document of that text and JSON of its spans.
fn line(text: &str, spans: &str) -> String {
    let text = serde_json::to_string(text).unwrap();
    format!("{{\"id\": \"a\", \"text\": {text}, \"spans\": [{spans}]}}\n")
}

/// The problem that a file has, and that nothing else was lost by it.
#[track_caller]
fn fault(file: impl AsRef<[u8]>, expected: &str) {
    let good = line("قبل", "").replace("\"a\"", "\"before\"");
    let after = line("بعد", "").replace("\"a\"", "\"after\"");
    let file = [good.as_bytes(), file.as_ref(), after.as_bytes()].concat();
    let (records, _, problems) = read(&file, "");
    let [problem] = problems.as_slice() else { panic!("not one problem: {problems:#?}") };
    assert_eq!(problem.what.en, expected);
    assert_eq!((problem.severity, problem.place.line), (Severity::Error, Some(2)));
    assert!(problem.what.ar.chars().any(|c| ('ء'..='ي').contains(&c)), "{}", problem.what.ar);
    let ids: Vec<_> = records.iter().map(|record| record.document.id().as_str()).collect();
    assert_eq!(ids, ["before", "after"], "nothing of the bad line is taken");
}

#[test]
fn all_fields_come_back_in_their_order() {
    same(
        "{\"id\": \"ا/ب\", \"title\": \"\", \"date\": \"2024-01-30\", \"source\": \"وكالة\", \
         \"n\": {\"b\":1,  \"a\":[1e5]}, \"sha256\": \"00\", \"text\": \"في فاس 12 شخصا\", \
         \"spans\": [{\"id\": \"T1\", \"start\": 3, \"end\": 6, \"label\": \"CITY\", \
         \"text\": \"فاس\", \"value\": \"فاس\"}, {\"start\": 7, \"end\": 9, \"label\": \"COUNT\", \
         \"text\": \"12\", \"attributes\": {\"of\": \"شخصا\"}, \"note\": \"قيل\", \
         \"doubtful\": true, \"by\": null, \"p\": 0.90}]}\n",
    );
}

#[test]
fn texts_come_back_as_they_stand() {
    for text in [
        "",
        "وَكَالَةٌ ـــ كـــتب",
        "\u{200E}قال\u{200F} 👨\u{200D}👩\u{200D}👧 \u{A0}\u{2028}",
        "سطر\r\n\tثان\u{FEFF}\n\u{0}\u{1F}\u{7F}\u{8}\u{C}",
        "\u{FEFF}قال \"نعم\" \\ / ",
    ] {
        same(&line(text, ""));
    }
    same(&line(&"فاس وطنجة ".repeat(60_000), ""));
}

#[test]
fn ids_that_are_no_file_names_come_back() {
    let long = "ب".repeat(300);
    for id in ["a/b", "..", "CON", ".hidden", long.as_str(), "مقال", "🙂", "a\nb", " ", "\0"]
    {
        let id = serde_json::to_string(id).unwrap();
        same(&line("نص", "").replace("\"a\"", &id));
    }
}

#[test]
fn control_characters_are_escaped_as_python_escapes_them() {
    let (records, ..) = read(line("\u{1}\u{8}\u{7F}\u{2028}/\t", "").as_bytes(), "");
    let written = write(&records);
    assert!(written.contains("\"\\u0001\\b\u{7F}\u{2028}/\\t\""), "{written}");
}

#[test]
fn blank_lines_a_leading_mark_and_crlf_are_no_part_of_it() {
    let one = line("نص", "");
    let file = format!("\u{FEFF}\n{}\r\n \t\n", one.trim_end());
    let (records, _, problems) = read(file.as_bytes(), "");
    assert_eq!(problems, []);
    assert_eq!(write(&records), one);
}

#[test]
fn fields_that_may_be_missing_may_be_null() {
    let spans = r#"{"start":0,"end":2,"label":"CITY","text":null,"value":null,"note":null}"#;
    let file = format!(r#"{{"text":"نص","id":"a","title":null,"spans":[{spans}]}}"#);
    let (records, _, problems) = read(file.as_bytes(), "");
    assert_eq!(problems, []);
    assert!(records[0].spans[0].value.is_none());
    assert_eq!(read(br#"{"text":"","id":"a"}"#, "").0.len(), 1, "spans may be missing");
}

#[test]
fn equal_spans_are_kept_apart() {
    let span = r#"{"start": 0, "end": 2, "label": "CITY", "text": "نص"}"#;
    let (records, ..) = read(line("نص", &[span, span].join(", ")).as_bytes(), "");
    let [a, b] = records[0].spans.as_slice() else { panic!() };
    assert_ne!(a.id, b.id);
    assert_eq!(a.id, SpanId::derived(&"a".into(), &"CITY".into(), TextRange::of(0..4), 0));
}

#[test]
fn the_label_map_renames_and_leaves_out() {
    let spans = r#"{"start":0,"end":2,"label":"LOC"},{"start":9,"end":1,"label":"PER"}"#;
    let (records, dropped, problems) = read(line("نص", spans).as_bytes(), "LOC=CITY,PER=-");
    assert_eq!(problems, []);
    assert_eq!((dropped, records[0].spans.len()), (1, 1));
    assert_eq!(records[0].spans[0].label.as_str(), "CITY");
}

#[test]
fn a_bad_line_is_left_out_and_told() {
    fault(
        "{\"id\": \"a\", \"te\n",
        "the line ends in the middle, at column 15: the file seems to be cut off",
    );
    fault("12\n", "column 1: `the line` must be an object {…}, not 12");
    fault("id\n", "the line is no JSON at column 1: expected value");
    fault(
        b"{\"id\": \"\xE3\"}\n",
        "byte 56 of the file is not UTF-8: save the file as UTF-8 and try again",
    );
    fault("{\"id\": \"a\"}\n", "the field `text` is missing");
    fault("{\"text\": \"a\"}\n", "the field `id` is missing");
    fault("{\"id\": \"\", \"text\": \"a\"}\n", "`id` is empty");
    fault("{\"id\": 7, \"text\": \"a\"}\n", "column 8: `id` must be text in quotes, not 7");
    fault(line("ن", "").replace("[]", "{}"), "column 35: `spans` must be a list […], not {}");
    fault(
        "{\"id\": \"a\", \"text\": \"نص \\ud83d\"}\n",
        r"column 25: `\ud83d` is half a surrogate pair, and no text can hold it",
    );
    // Also where a field is kept as it came, since whoever reads the export may refuse it.
    fault(
        "{\"id\": \"a\", \"text\": \"\", \"n\": [{\"k\": \"\\\\\\udc00\"}]}\n",
        r"column 40: `\udc00` is half a surrogate pair, and no text can hold it",
    );
    fault(
        "{\"id\": \"a\", \"text\": \"\", \"id\": \"b\"}\n",
        "column 31: the field `id` stands there twice",
    );
    fault(
        line("قبل", "").replace("\"a\"", "\"before\""),
        "the document `before` stands already in line 1",
    );
}

/// The one thing that is wrong with a span on `كَتب 🙂 فاس`.
#[track_caller]
fn span_fault(span: &str, expected: &str) {
    fault(line("كَتب 🙂 فاس", span), expected);
}

#[test]
fn a_bad_span_is_told_with_what_stands_there() {
    span_fault(
        r#"{"start": 7, "end": 11, "label": "CITY"}"#,
        "span 1: the span ends at 11, past the text's end at 10",
    );
    span_fault(
        r#"{"start": 8, "end": 11, "label": "CITY", "text": "فاس"}"#,
        "span 1: the span ends at 11, past the text's end at 10; these look like UTF-16 \
         offsets, and should count code points",
    );
    span_fault(
        r#"{"start": 14, "end": 20, "label": "CITY", "text": "فاس"}"#,
        "span 1: the span ends at 20, past the text's end at 10; these look like byte \
         offsets, and should count code points",
    );
    span_fault(
        r#"{"start": 9, "end": 7, "label": "CITY"}"#,
        "span 1: the span starts at 9 after its end 7",
    );
    span_fault(r#"{"start": 7, "end": 7, "label": "CITY"}"#, "span 1: the span at 7 is empty");
    span_fault(
        r#"{"start": 0, "end": 1, "label": "CITY"}"#,
        "span 1: the span's edge at 1 tears a letter from its mark",
    );
    span_fault(
        r#"{"start": 7, "end": 9, "label": "CITY", "text": "فاس"}"#,
        "span 1: 7..9 is “فا” in the text, not “فاس”",
    );
    span_fault(
        r#"{"start": 7, "end": 10, "label": "TOWN"}, {"start": 0, "end": 4, "label": "TOWN"}"#,
        "span 1: the label `TOWN` is not in the schema, which has CITY, AGENCY, COUNT, DATE: \
         give `--map TOWN=LABEL`, or `--map TOWN=-` to leave its spans out",
    );
    span_fault(
        r#"{"id": "T", "start": 0, "end": 4, "label": "CITY"}, {"id": "T", "start": 7, "end": 10, "label": "CITY"}"#,
        "span 2: the id `T` is another span's too",
    );
    span_fault(
        r#"{"start": -1, "end": 4, "label": "CITY"}"#,
        "column 55: `start` must be a whole number from 0, not -1",
    );
    span_fault(r#"{"end": 4, "label": "CITY"}"#, "the field `start` is missing");
    span_fault(
        r#"{"start": 0, "end": 4, "label": "CITY", "value": 12}"#,
        "column 94: `value` must be text in quotes, not 12",
    );
}

#[test]
fn every_bad_span_of_a_line_is_told_up_to_a_limit() {
    let spans = vec![r#"{"start": 7, "end": 7, "label": "CITY"}"#; 25].join(", ");
    let (records, _, problems) = read(line("نص", &spans).as_bytes(), "");
    assert_eq!((records.len(), problems.len()), (0, super::read::MOST_FAULTS + 1));
    assert_eq!(problems.last().map(|p| p.what.en.as_str()), Some("and 5 more like it"));
}

/// Letters that have been trouble: marks, joiners, controls, astral ones, marks of direction.
fn any_text() -> impl Strategy<Value = String> {
    let letter = prop_oneof![
        8 => prop::char::range('ء', 'ي'),
        2 => prop::char::range('\u{64B}', '\u{652}'),
        2 => prop::char::range(' ', '~'),
        1 => prop::sample::select(vec![
            '\u{200E}', '\u{200F}', '\u{200D}', '\u{A0}', '\u{FEFF}', '\r', '\n', '\t', '\0',
            '🙂', '👩', '\u{1F1F2}', '\u{640}', '\u{2028}',
        ]),
        1 => any::<char>(),
    ];
    prop::collection::vec(letter, 0..60).prop_map(|letters| letters.into_iter().collect())
}

#[test]
fn records_are_read_as_they_were_written() {
    let line = concat!(
        r#"{"id": "a", "text": "في فاس 12 و15", "spans": ["#,
        r#"{"start": 3, "end": 6, "label": "CITY", "text": "فاس"}, "#,
        r#"{"start": 7, "end": 9, "label": "COUNT", "text": "12"}, "#,
        r#"{"start": 11, "end": 13, "label": "COUNT", "text": "15"}], "#,
        r#""records": [{"cells": {"CITY": [0], "COUNT": [1, 2]}, "note": "روايتان"}, "#,
        r#"{"id": "mine", "cells": {}, "x": [1]}, {"cells": {"COUNT": [2]}}]}"#,
        "\n",
    );
    let (records, _, problems) = read(line.as_bytes(), "");
    assert_eq!(problems, []);
    let ids: Vec<_> = records[0].spans.iter().map(|span| span.id.clone()).collect();
    assert_eq!(records[0].records[0].spans, ids);
    assert_eq!(records[0].records[1].id.as_str(), "mine");
    assert_eq!(write([&records[0]]), line);
}

#[test]
fn a_record_of_no_span_is_a_fault_and_another_programs_field_is_kept() {
    let head = r#"{"id": "a", "text": "في فاس", "#;
    let (records, _, problems) = read(
        format!("{head}\"records\": [{{\"cells\": {{\"CITY\": [0]}}}}]}}\n").as_bytes(),
        "",
    );
    assert_eq!(records.len(), 0);
    assert!(problems[0].what.en.contains("a record has the span 0"), "{problems:?}");
    let line = format!("{head}\"records\": [1, 2], \"spans\": []}}\n");
    let (records, _, problems) = read(line.as_bytes(), "");
    assert_eq!((records[0].records.len(), problems.len()), (0, 0));
    let expected = r#"{"id": "a", "records": [1, 2], "text": "في فاس", "spans": []}"#;
    assert_eq!(write([&records[0]]), format!("{expected}\n"));
}

prop_compose! {
    fn any_record()(
        id in any_text().prop_filter("an id is not empty", |id| !id.is_empty()),
        text in any_text(),
        given in prop::option::of(any_text()),
        spans in prop::collection::vec(
            (0_usize..300, 0_usize..300, prop::sample::select(vec!["CITY", "DATE"]),
             prop::option::of(any_text()), any_text(), any::<bool>()),
            0..5,
        ),
    ) -> Record {
        let mut document = Document::new(id.as_str().into(), text.as_str());
        document.given.title = given.clone();
        document.given.source = given;
        document.extra = Extra(vec![("x".to_owned(), "[ null,1]".to_owned())]);
        let mut record = Record { document, spans: Vec::new(), records: Vec::new() };
        for (start, end, label, value, note, doubtful) in spans {
            let near = |at: usize| Offset::at(text.floor_char_boundary(at.min(text.len())));
            let range = text::widen(&text, TextRange::between(near(start), near(end)));
            if range.is_empty() {
                continue;
            }
            let id = SpanId::new(format!("T{}", record.spans.len()));
            let mut span = Span::new(id, label.into(), range);
            span.value = value;
            span.attributes.insert("of".into(), note.clone());
            span.note = note;
            span.doubtful = doubtful;
            record.spans.push(span);
        }
        record
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(record in any_record()) {
        let written = write([&record]);
        let (mut records, _, problems) = read(written.as_bytes(), "");
        prop_assert_eq!(problems, vec![]);
        let mut back = records.remove(0);
        for span in &mut back.spans {
            span.provenance = crate::model::Provenance::default();
        }
        prop_assert_eq!(back.document.id(), record.document.id());
        prop_assert_eq!(back.document.text(), record.document.text());
        prop_assert_eq!(&back.document.given, &record.document.given);
        prop_assert_eq!(&back.document.extra, &record.document.extra);
        prop_assert_eq!(&back.spans, &record.spans);
        prop_assert_eq!(write([&back]), written);
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        read(&bytes, "");
    }

    #[test]
    fn a_damaged_file_makes_no_panic_and_no_other_text(
        record in any_record(), at in any::<prop::sample::Index>(), byte in any::<u8>(),
    ) {
        let mut bytes = write([&record]).into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        for back in read(&bytes, "").0 {
            for span in &back.spans {
                prop_assert_eq!(back.document.check(span.range), Ok(()));
            }
        }
    }
}
