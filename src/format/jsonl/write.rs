//! Documents to lines.

use std::io::{self, Write};

use super::rows;
use crate::format::{Losses, Record};
use crate::model::{self, Document, Span};

/// Nothing: what is read from what is written is the same.
pub(super) fn losses(_: &Record) -> Losses {
    Losses::default()
}

pub(super) fn write(record: &Record, out: &mut dyn Write) -> io::Result<()> {
    let document = &record.document;
    let mut line = Object::new();
    line.text("id", document.id().as_str())?;
    let given = &document.given;
    for (key, value) in
        [("title", &given.title), ("date", &given.date), ("source", &given.source)]
    {
        if let Some(value) = value {
            line.text(key, value)?;
        }
    }
    // Another program's field of that name gives way.
    let is_kept = |(key, _): &&(String, String)| record.records.is_empty() || key != "records";
    let extra: Vec<_> = document.extra.0.iter().filter(is_kept).cloned().collect();
    line.raw_fields(&extra)?;
    line.text("text", document.text())?;
    let spans: io::Result<Vec<_>> =
        record.spans.iter().map(|span| span_json(document, span)).collect();
    line.raw("spans", &format!("[{}]", spans?.join(", ")))?;
    if !record.records.is_empty() {
        let rows = record.records.iter().map(|row| row_json(record, row));
        let rows: io::Result<Vec<_>> = rows.collect();
        line.raw("records", &format!("[{}]", rows?.join(", ")))?;
    }
    out.write_all(line.close().as_bytes())?;
    out.write_all(b"\n")
}

fn row_json(record: &Record, row: &model::Record) -> io::Result<String> {
    let mut json = Object::new();
    if !is_ours(row.id.as_str(), &['r']) {
        json.text("id", row.id.as_str())?;
    }
    let mut cells = Object::new();
    for (label, places) in rows::cells(record, row) {
        let places: Vec<_> = places.iter().map(usize::to_string).collect();
        cells.raw(label, &format!("[{}]", places.join(", ")))?;
    }
    json.raw("cells", &cells.close())?;
    if !row.note.is_empty() {
        json.text("note", &row.note)?;
    }
    json.raw_fields(&row.extra.0)?;
    Ok(json.close())
}

fn span_json(document: &Document, span: &Span) -> io::Result<String> {
    let Some((start, end)) = document.index().char_range(document.text(), span.range) else {
        unreachable!("ranges are checked where they enter, and {} was not", span.range)
    };
    let mut json = Object::new();
    if !is_ours(span.id.as_str(), &['i', 'h']) {
        json.text("id", span.id.as_str())?;
    }
    json.raw("start", &start.0.to_string())?;
    json.raw("end", &end.0.to_string())?;
    json.text("label", span.label.as_str())?;
    json.text("text", document.slice(span.range))?;
    if let Some(value) = &span.value {
        json.text("value", value)?;
    }
    if !span.attributes.is_empty() {
        let mut attributes = Object::new();
        for (id, value) in &span.attributes {
            attributes.text(id.as_str(), value)?;
        }
        json.raw("attributes", &attributes.close())?;
    }
    if !span.note.is_empty() {
        json.text("note", &span.note)?;
    }
    if span.doubtful {
        json.raw("doubtful", "true")?;
    }
    json.raw_fields(&span.extra.0)?;
    Ok(json.close())
}

/// Whether the program made the id ([`SpanId::derived`](crate::model::SpanId::derived)). Such ids mean
/// nothing elsewhere, and would make a difference where there is none.
fn is_ours(id: &str, kinds: &[char]) -> bool {
    let digits = id.strip_prefix(kinds);
    digits.is_some_and(|hex| {
        hex.len() == 16 && hex.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    })
}

/// A JSON object under construction, spaced as Python spaces it.
struct Object(String);

impl Object {
    fn new() -> Self {
        Self("{".to_owned())
    }

    fn raw(&mut self, key: &str, json: &str) -> io::Result<()> {
        if self.0.len() > 1 {
            self.0.push_str(", ");
        }
        self.0.push_str(&serde_json::to_string(key)?);
        self.0.push_str(": ");
        self.0.push_str(json);
        Ok(())
    }

    fn text(&mut self, key: &str, value: &str) -> io::Result<()> {
        self.raw(key, &serde_json::to_string(value)?)
    }

    fn raw_fields(&mut self, fields: &[(String, String)]) -> io::Result<()> {
        fields.iter().try_for_each(|(key, json)| self.raw(key, json))
    }

    fn close(mut self) -> String {
        self.0.push('}');
        self.0
    }
}
