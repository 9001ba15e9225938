//! `tawsim extract`.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::console::{Console, Failure};
use crate::extract::{Extractor, Suggestion};
use crate::format::{Format, Item, LabelMap, ReadOptions, Record};
use crate::lang::Message;
use crate::model::{AttributeId, Document, Extra, LabelId, Schema, Span, SpanId};

/// Proposes spans in articles: cities, agencies, counts and dates
///
/// Reads text files, one article each, or JSON lines, and writes JSON lines with the spans
/// that were found, in the order in which the articles came.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Text files or JSON lines; `-` or nothing is the standard input, as JSON lines
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The day of writing of articles that do not say theirs
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<Date>,
}

pub(super) fn run(args: &Args, console: &mut Console<'_>) -> Result<(), Failure> {
    let dash = [PathBuf::from("-")];
    let paths = if args.paths.is_empty() { &dash[..] } else { &args.paths };
    let mut extractor = Extractor::default();
    for path in paths {
        if path == Path::new("-") {
            read(&mut io::stdin().lock(), path, args, &mut extractor, console)?;
        } else {
            let file = File::open(path).map_err(|error| Failure::io(path, &error))?;
            read(&mut BufReader::new(file), path, args, &mut extractor, console)?;
        }
    }
    Ok(())
}

fn read(
    source: &mut dyn BufRead,
    path: &Path,
    args: &Args,
    extractor: &mut Extractor,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let extension = path.extension().and_then(|it| it.to_str()).unwrap_or("jsonl");
    let format = Format::of_extension(extension).filter(|format| format.read.is_some());
    let (Some(reader), Some(writer)) = (
        format.and_then(|format| format.read),
        Format::of_id("jsonl").and_then(|format| format.write),
    ) else {
        return Err(Failure::Refused(Message::new(
            format!("{}: ليس نصا ولا JSONL", path.display()),
            format!("{}: neither text nor JSON lines", path.display()),
        )));
    };
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let schema = Schema::default();
    let map = LabelMap::default();
    let options = ReadOptions { file_name: &name, schema: &schema, map: &map };
    let mut failure = None;
    let taken = reader(source, &options, &mut |item| {
        let done = match item {
            Item::Record { record, .. } => {
                let record = suggest(record.document, args.date, extractor);
                let mut line = Vec::new();
                (writer.write)(&record, &mut line)
                    .map_err(|error| Failure::io(path, &error))
                    .and_then(|()| console.write(&line))
            }
            Item::Problem(problem) => {
                console.problems(&[problem]);
                Ok(())
            }
        };
        match done {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                failure = Some(error);
                ControlFlow::Break(())
            }
        }
    });
    taken.map_err(|error| Failure::io(path, &error))?;
    failure.map_or(Ok(()), Err)
}

fn suggest(document: Document, date: Option<Date>, extractor: &mut Extractor) -> Record {
    let given = document.given.date.as_deref().and_then(|date| date.parse().ok());
    let found = extractor.suggest(document.text(), given.or(date));
    let spans = found.iter().enumerate().map(|(number, found)| span(number, found)).collect();
    Record { document, spans }
}

fn span(number: usize, found: &Suggestion) -> Span {
    let id = SpanId::new(format!("i{number:016x}"));
    let mut span = Span::new(id, LabelId::new(found.target.id()), found.range);
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
    span
}
