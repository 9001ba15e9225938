//! `tawsim import`.

use std::fs::File;
use std::io::BufReader;
use std::ops::ControlFlow;
use std::path::PathBuf;

use super::args::{annotator, readable};
use super::console::{Console, Failure, problem_json};
use super::files::{self, Input};
use super::name_date::NameDate;
use super::project;
use crate::format::{Format, Item, LabelMap, ReadOptions, Record};
use crate::lang::{DOCUMENT, Explain as _, Message, PROBLEM, SPAN};
use crate::model::{
    AnnotationSet, AnnotatorId, Document, Problem, Schema, SetKey, Severity, State, ValueKind,
    validate,
};
use crate::store::{Error, Import, Imported, Taken};

/// Takes articles into a project, and spans on them
///
/// An import is taken whole or not at all; with --keep-going, what is well is taken and the
/// rest is listed. A document that the project has already, with the same text, is not taken
/// twice, but this annotator's spans on it are.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The project's folder
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Files, or folders of them: .txt, one article a file, and .jsonl, one article a line
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// The files' format, if their names do not say it
    #[arg(long, value_parser = readable())]
    format: Option<String>,
    /// Whose work the spans in the files are
    #[arg(long, value_parser = annotator, value_name = "NAME")]
    annotator: Option<AnnotatorId>,
    /// How far that work is, where the annotator has none on a document yet
    #[arg(long, value_parser = ["finished", "in-progress"], default_value = "finished")]
    state: String,
    /// What labels are called here: LOC=CITY renames, PER=- leaves out
    #[arg(long, value_parser = map, value_name = "LOC=CITY,PER=-")]
    map: Option<LabelMap>,
    /// Takes what is well, and lists the rest
    #[arg(long)]
    keep_going: bool,
    /// The day of publication of documents that do not say theirs, such as 2024-01-30
    #[arg(long, value_parser = date, value_name = "DATE")]
    date: Option<String>,
    /// Where in file names that day stands: %Y, %m and %d, such as %Y-%m-%d
    #[arg(long, value_parser = NameDate::parse, value_name = "PATTERN", conflicts_with = "date")]
    date_from_name: Option<NameDate>,
    /// Where documents that do not say it were published
    #[arg(long)]
    source: Option<String>,
    /// Reports in JSON
    #[arg(long)]
    json: bool,
}

fn map(rules: &str) -> Result<LabelMap, String> {
    LabelMap::parse(rules).map_err(|error| error.to_string())
}

fn date(date: &str) -> Result<String, String> {
    if ValueKind::Date.accepts(date) {
        Ok(date.to_owned())
    } else {
        Err("write it as 2024-01-30, 2024-01 or 2024".to_owned())
    }
}

pub(super) fn run(args: &Args, console: &mut Console<'_>) -> Result<(), Failure> {
    let store = project::open_and_tell(&args.folder, console)?;
    let schema = store.schema();
    let map = args.map.clone().unwrap_or_default();
    map.check(&schema).map_err(|error| Failure::Usage(error.explain()))?;
    let format = args.format.as_deref().and_then(Format::of_id);
    let inputs = files::collect(&args.paths, format)?;
    let session = store.session(args.annotator.as_ref(), project::no_wake())?;
    let import = session.import(project::now())?;
    let mut taker =
        Taker { args, schema: &schema, import, found: Found::default(), fatal: None };
    for input in &inputs {
        taker.file(input, &map)?;
        if let Some(error) = taker.fatal {
            return Err(error.into());
        }
    }
    let Taker { import, found, .. } = taker;
    let num_errors = found.problems.iter().filter(|p| p.severity == Severity::Error).count();
    let imported = if num_errors > 0 && !(args.keep_going && found.num_taken > 0) {
        drop(import);
        None
    } else {
        Some(import.commit()?)
    };
    session.close()?;
    report(args, console, imported.as_ref(), &found)?;
    if imported.is_some() { Ok(()) } else { Err(Failure::Told) }
}

/// What an import has found so far.
#[derive(Default)]
struct Found {
    problems: Vec<Problem>,
    /// How many documents were read and added.
    num_taken: usize,
    /// How many spans the label map left out.
    dropped: usize,
    /// How many documents have spans that are nobody's.
    ownerless: usize,
    /// How many spans have something to look at.
    doubts: usize,
}

/// Takes what readers find into an import.
struct Taker<'a> {
    args: &'a Args,
    schema: &'a Schema,
    import: Import<'a>,
    found: Found,
    /// What ended the import.
    fatal: Option<Error>,
}

impl Taker<'_> {
    fn file(&mut self, input: &Input, map: &LabelMap) -> Result<(), Failure> {
        let path = &input.path;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let day = match &self.args.date_from_name {
            Some(pattern) => match pattern.find(&name) {
                Some(day) => Some(day),
                None => {
                    self.problem(
                        input,
                        None,
                        None,
                        Message::new(
                            "لا تاريخ في اسم الملف بهذا النمط",
                            "there is no date of that pattern in the file's name",
                        ),
                    );
                    return Ok(());
                }
            },
            None => self.args.date.clone(),
        };
        let Some(read) = input.format.read else {
            unreachable!("only formats that can be read are collected")
        };
        let file = File::open(path).map_err(|error| Failure::io(path, &error))?;
        let mut source = BufReader::with_capacity(1 << 16, file);
        let options = ReadOptions { file_name: &name, schema: self.schema, map };
        read(&mut source, &options, &mut |item| {
            match item {
                Item::Record { mut record, line, is_marked, dropped } => {
                    let given = &mut record.document.given;
                    given.date = given.date.take().or_else(|| day.clone());
                    given.source = given.source.take().or_else(|| self.args.source.clone());
                    self.found.dropped += dropped;
                    self.record(input, *record, line, is_marked);
                }
                Item::Problem(mut problem) => {
                    problem.place.path = Some(path.clone());
                    self.found.problems.push(problem);
                }
            }
            if self.fatal.is_some() {
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        })
        .map_err(|error| Failure::io(path, &error))
    }

    fn record(&mut self, input: &Input, record: Record, line: u64, is_marked: bool) {
        let Record { document, spans } = record;
        let annotator = self.args.annotator.as_ref();
        if annotator.is_none() && !spans.is_empty() {
            self.found.ownerless += 1;
            // The same is true of all of them; once is enough.
            if self.found.ownerless > 1 {
                return;
            }
            let count = SPAN.message(spans.len());
            let what = Message::new(
                format!(
                    "في هذا المقال {}، ولكل موضع صاحب: اذكر من وسمها بـ ‎--annotator NAME",
                    count.ar
                ),
                format!(
                    "this document has {}, and every span is somebody's work: say whose with \
                     --annotator NAME",
                    count.en
                ),
            );
            self.problem(input, Some(line), Some(&document), what);
            return;
        }
        if let Some(annotator) = annotator {
            let key = SetKey { annotator: annotator.clone(), document: document.id().clone() };
            let mut set = AnnotationSet::new(key);
            set.extend(spans.iter().cloned());
            self.found.doubts += validate(&document, self.schema, &set).len();
        }
        let state =
            State::from_id(&self.args.state).filter(|_| annotator.is_some() && is_marked);
        match self.import.add(&document, spans, state) {
            Ok(taken) => {
                self.found.num_taken += 1;
                if let Taken::Copy { of } = taken {
                    let what = Message::new(
                        format!("نصه نص المقال «{of}» نفسه"),
                        format!("its text is that of the document `{of}`"),
                    );
                    self.problem(input, Some(line), Some(&document), what);
                    if let Some(last) = self.found.problems.last_mut() {
                        last.severity = Severity::Notice;
                    }
                }
            }
            Err(error @ (Error::OtherText(_) | Error::NoAnnotator(_))) => {
                self.problem(input, Some(line), Some(&document), error.explain());
            }
            Err(error) => self.fatal = Some(error),
        }
    }

    fn problem(
        &mut self,
        input: &Input,
        line: Option<u64>,
        document: Option<&Document>,
        what: Message,
    ) {
        let place = crate::model::Place {
            path: Some(input.path.clone()),
            line,
            document: document.map(|document| document.id().clone()),
            range: None,
        };
        self.found.problems.push(Problem { severity: Severity::Error, place, what });
    }
}

fn report(
    args: &Args,
    console: &mut Console<'_>,
    imported: Option<&Imported>,
    found: &Found,
) -> Result<(), Failure> {
    if args.json {
        let lang = console.lang();
        let problems: Vec<_> = found.problems.iter().map(|p| problem_json(p, lang)).collect();
        let taken = imported.cloned().unwrap_or_default();
        return console.json(&serde_json::json!({
            "imported": imported.is_some(),
            "documents": taken.documents,
            "same_documents": taken.same,
            "spans": taken.spans,
            "same_spans": taken.same_spans,
            "left_out_spans": found.dropped,
            "to_look_at": found.doubts,
            "problems": problems,
        }));
    }
    console.problems(&found.problems);
    if found.ownerless > 1 {
        let count = DOCUMENT.message(found.ownerless - 1);
        console.note(&Message::new(
            format!("ومثله {} بمواضع بلا صاحب", count.ar),
            format!("the same is true of {} more", count.en),
        ));
    }
    let Some(taken) = imported else {
        console.note(&Message::new(
            "لم يُستورد شيء؛ ‎--keep-going يستورد السليم وحده",
            "nothing was imported; --keep-going imports what is well",
        ));
        return Ok(());
    };
    let counts = |ar: &str, en: &str, documents: usize, spans: usize| {
        let (documents, spans) = (DOCUMENT.message(documents), SPAN.message(spans));
        Message::new(
            format!("{ar}: {}، {}", documents.ar, spans.ar),
            format!("{en}: {}, {}", documents.en, spans.en),
        )
    };
    console.say(&counts("استُورد", "imported", taken.documents, taken.spans))?;
    if taken.same + taken.same_spans > 0 {
        let same = counts("كان في المشروع", "already there", taken.same, taken.same_spans);
        console.say(&same)?;
    }
    if found.dropped > 0 {
        let count = SPAN.message(found.dropped);
        console.say(&Message::new(
            format!("أُسقط بـ ‎--map: {}", count.ar),
            format!("left out by --map: {}", count.en),
        ))?;
    }
    if found.doubts > 0 {
        let count = PROBLEM.message(found.doubts);
        console.note(&Message::new(
            format!("في المواضع {}: انظر tawsim check", count.ar),
            format!("the spans have {}: see `tawsim check`", count.en),
        ));
    }
    Ok(())
}
