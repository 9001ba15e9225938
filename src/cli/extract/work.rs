//! A batch of articles to lines with spans.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::cli::lines::as_text;
use crate::extract::{Extractor, Suggestion};
use crate::format::{Format, Item, LabelMap, ReadOptions, Record, Writer, read_document};
use crate::lang::Message;
use crate::model::{
    AttributeId, Document, Extra, LabelId, Place, Problem, Schema, Severity, Span, SpanId,
};

/// Articles that are worked on together.
pub(super) enum Batch {
    /// Lines of JSON with their ends.
    Lines {
        /// Of which file.
        path: PathBuf,
        /// The number of the first.
        first: u64,
        /// All of them.
        bytes: Vec<u8>,
    },
    /// A text.
    Text {
        /// Of which file.
        path: PathBuf,
        /// As it stands there.
        bytes: Vec<u8>,
    },
    /// Something that went wrong in reading.
    Fault(Problem),
}

/// What became of a batch.
#[derive(Default)]
pub(super) struct Done {
    /// Lines to write.
    pub(super) lines: Vec<u8>,
    /// What is wrong with the batch.
    pub(super) problems: Vec<Problem>,
}

/// Works on batches, one after the other.
pub(super) struct Worker {
    extractor: Extractor,
    date: Option<Date>,
    writer: Option<Writer>,
}

impl Worker {
    pub(super) fn new(date: Option<Date>) -> Self {
        let writer = Format::of_id("jsonl").and_then(|format| format.write);
        Self { extractor: Extractor::default(), date, writer }
    }

    pub(super) fn work(&mut self, batch: Batch) -> Done {
        let mut done = Done::default();
        match batch {
            Batch::Lines { path, first, bytes } => {
                let lines = bytes.split_inclusive(|byte| *byte == b'\n');
                for (number, line) in (first..).zip(lines) {
                    self.line(&path, number, line, &mut done);
                }
            }
            Batch::Text { path, bytes } => self.text(&path, &bytes, &mut done),
            Batch::Fault(problem) => done.problems.push(problem),
        }
        done
    }

    fn line(&mut self, path: &Path, number: u64, line: &[u8], done: &mut Done) {
        let document = match as_text(number, line) {
            Ok(line) if line.trim().is_empty() => return,
            Ok(line) => read_document(line),
            Err(what) => Err(what),
        };
        match document {
            Ok(document) => self.document(path, document, done),
            Err(what) => done.problems.push(fault(path, Some(number), what)),
        }
    }

    fn text(&mut self, path: &Path, bytes: &[u8], done: &mut Done) {
        let Some(read) = Format::of_id("text").and_then(|format| format.read) else { return };
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let (schema, map) = (Schema::default(), LabelMap::default());
        let options = ReadOptions { file_name: &name, schema: &schema, map: &map };
        let mut documents = Vec::new();
        let read = read(&mut &*bytes, &options, &mut |item| {
            match item {
                Item::Record { record, .. } => documents.push(record.document),
                Item::Problem(mut problem) => {
                    problem.place.path = Some(path.to_owned());
                    done.problems.push(problem);
                }
            }
            std::ops::ControlFlow::Continue(())
        });
        if let Err(error) = read {
            done.problems.push(fault(
                path,
                None,
                Message::new(error.to_string(), error.to_string()),
            ));
        }
        for document in documents {
            self.document(path, document, done);
        }
    }

    fn document(&mut self, path: &Path, document: Document, done: &mut Done) {
        let given = document.given.date.as_deref().and_then(|date| date.parse().ok());
        let found = self.extractor.suggest(document.text(), given.or(self.date));
        let spans = found.iter().map(|found| span(&document, found)).collect();
        let Some(writer) = self.writer else { return };
        let before = done.lines.len();
        let written = {
            let record = Record { document, spans, records: Vec::new() };
            (writer.write)(&record, &Schema::default(), &mut done.lines)
        };
        if let Err(error) = written {
            done.lines.truncate(before);
            done.problems.push(fault(
                path,
                None,
                Message::new(error.to_string(), error.to_string()),
            ));
        }
    }
}

/// An error at a line of a file.
pub(super) fn fault(path: &Path, line: Option<u64>, what: Message) -> Problem {
    let place = Place { path: Some(path.to_owned()), line, ..Place::default() };
    Problem { severity: Severity::Error, place, what }
}

/// A suggestion as a span of the native format, with what it rests on beside it.
fn span(document: &Document, found: &Suggestion) -> Span {
    let label = LabelId::new(found.target.id());
    let id = SpanId::derived(document.id(), &label, found.range, 0);
    let mut span = Span::new(id, label, found.range);
    span.value.clone_from(&found.value);
    if let Some(of) = &found.of {
        span.attributes.insert(AttributeId::new("of"), of.clone());
    }
    let field = |key: &str, json: String| (key.to_owned(), json);
    span.extra = Extra(vec![
        field("source", "\"tawsim\"".to_owned()),
        field("rule", format!("\"{}\"", found.rule)),
        field("score", format!("{:.3}", found.score)),
    ]);
    span.extra.0.extend(found.place.map(|place| field("place", place.to_string())));
    span
}
