//! Records as CSV (RFC 4180): a line for each, with columns for each label. Written only.
//!
//! Of a label `CITY` there are `CITY` (the spans' values, or their words where they have none),
//! `CITY.words` and `CITY.range` (start and end in code points, the end exclusive), and a column
//! for each attribute, such as `COUNT.of`. Where several spans are in a cell they stand in all
//! of these in the same order, ` | ` between them, so that each is found in the text.

use std::io::{self, Write};

use super::{Format, Losses, Record, Writer};
use crate::lang::both;
use crate::model::{self, Label, Schema, Span};

pub(super) const FORMAT: Format = Format {
    id: "records",
    name: both("سجلات (CSV)", "Records (CSV)"),
    extensions: &["csv"],
    read: None,
    write: Some(Writer { begin, losses, write }),
};

/// What stands between the spans of a cell.
const BETWEEN: &str = " | ";

fn losses(record: &Record) -> Losses {
    let is_in = |span: &&Span| record.records.iter().any(|row| row.has(&span.id));
    let outside = record.spans.len() - record.spans.iter().filter(is_in).count();
    Losses { outside, ..Losses::default() }
}

fn begin(schema: &Schema, out: &mut dyn Write) -> io::Result<()> {
    let mut line: Vec<String> =
        ["document", "title", "date", "record"].map(str::to_owned).into();
    for label in schema.labels() {
        let id = &label.id;
        line.extend([id.to_string(), format!("{id}.words"), format!("{id}.range")]);
        line.extend(label.attributes.iter().map(|attribute| format!("{id}.{}", attribute.id)));
    }
    line.push("note".to_owned());
    write_line(&line, out)
}

fn write(record: &Record, schema: &Schema, out: &mut dyn Write) -> io::Result<()> {
    let document = &record.document;
    let given = &document.given;
    for (at, row) in record.records.iter().enumerate() {
        let mut line = vec![
            document.id().to_string(),
            document.title(given).to_owned(),
            given.date.clone().unwrap_or_default(),
            (at + 1).to_string(),
        ];
        for label in schema.labels() {
            cells(record, row, label, &mut line);
        }
        line.push(row.note.clone());
        write_line(&line, out)?;
    }
    Ok(())
}

/// The columns of one label.
fn cells(record: &Record, row: &model::Record, label: &Label, line: &mut Vec<String>) {
    let document = &record.document;
    let find = |id: &model::SpanId| {
        record.spans.iter().find(|span| span.id == *id && span.label == label.id)
    };
    let spans: Vec<&Span> = row.spans.iter().filter_map(find).collect();
    let mut column = |text: &dyn Fn(&Span) -> String| {
        let texts: Vec<_> = spans.iter().map(|span| text(span)).collect();
        line.push(texts.join(BETWEEN));
    };
    let words = |span: &Span| document.slice(span.range).to_owned();
    column(&|span| span.value.clone().unwrap_or_else(|| words(span)));
    column(&words);
    column(&|span| {
        let range = document.index().char_range(document.text(), span.range);
        range.map(|(start, end)| format!("{}-{}", start.0, end.0)).unwrap_or_default()
    });
    for attribute in &label.attributes {
        column(&|span| span.attributes.get(&attribute.id).cloned().unwrap_or_default());
    }
}

fn write_line(fields: &[String], out: &mut dyn Write) -> io::Result<()> {
    let fields: Vec<_> = fields.iter().map(|field| quoted(field)).collect();
    write!(out, "{}\r\n", fields.join(","))
}

/// A field as it is, in quotes where it has to be, or where it could be taken for a formula.
fn quoted(field: &str) -> std::borrow::Cow<'_, str> {
    let is_special = field.contains([',', '"', '\n', '\r'])
        || field.starts_with(['=', '+', '-', '@', ' ', '\t'])
        || field.ends_with([' ', '\t']);
    if is_special { format!("\"{}\"", field.replace('"', "\"\"")).into() } else { field.into() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Document, Record as Row};
    use crate::text::TextRange;

    const TEXT: &str = "أوقفت 12 أو 15 شخصا في فاس, \"غدا\"";

    fn record() -> Record {
        let mut spans = Vec::new();
        for (id, words, label, value) in [
            ("a", "12", "COUNT", Some("12")),
            ("b", "15", "COUNT", Some("~15")),
            ("c", "فاس, \"غدا\"", "CITY", None),
            ("d", "أوقفت", "DATE", Some("=1+1")),
        ] {
            let start = TEXT.find(words).unwrap();
            let range = TextRange::of(start..start + words.len());
            let mut span = Span::new(id.into(), label.into(), range);
            span.value = value.map(str::to_owned);
            if label == "COUNT" {
                span.attributes.insert("of".into(), "شخصا".to_owned());
            }
            spans.push(span);
        }
        let rows = [vec!["a", "b", "c"], vec!["d"], vec![]].map(|spans| {
            let spans = spans.into_iter().map(Into::into);
            Row::new("r".into(), spans)
        });
        let mut document = Document::new("doc".into(), TEXT);
        document.given.title = Some("-عنوان".to_owned());
        Record { document, spans, records: rows.into() }
    }

    #[test]
    fn every_cell_has_its_values_words_and_places() {
        let (mut out, record, schema) = (Vec::new(), record(), Schema::default());
        begin(&schema, &mut out).unwrap();
        write(&record, &schema, &mut out).unwrap();
        let expected = [
            "document,title,date,record,CITY,CITY.words,CITY.range,AGENCY,AGENCY.words,\
             AGENCY.range,COUNT,COUNT.words,COUNT.range,COUNT.of,DATE,DATE.words,DATE.range,note",
            "doc,\"-عنوان\",,1,\"فاس, \"\"غدا\"\"\",\"فاس, \"\"غدا\"\"\",23-33,,,,12 | ~15,\
             12 | 15,6-8 | 12-14,شخصا | شخصا,,,,",
            "doc,\"-عنوان\",,2,,,,,,,,,,,\"=1+1\",أوقفت,0-5,",
            "doc,\"-عنوان\",,3,,,,,,,,,,,,,,",
            "",
        ];
        assert_eq!(String::from_utf8(out).unwrap(), expected.join("\r\n"));
        assert_eq!(losses(&record), Losses::default());
    }

    #[test]
    fn spans_outside_of_records_are_told() {
        let mut record = record();
        record.records.pop();
        record.records.pop();
        assert_eq!(losses(&record).outside, 1);
    }
}
