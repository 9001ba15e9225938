//! Files into a project: what `tawsim import` and the window's dialog do.

mod plan;
mod proposals;

use std::fs::{self, File};
use std::io::{self, BufReader};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use crate::format::{Format, Item, LabelMap, ReadOptions, Record};
use crate::lang::{Explain, Message, SPAN, isolated};
use crate::model::{
    AnnotationSet, AnnotatorId, Document, Place, Problem, Schema, SetKey, Severity, State,
    Timestamp, validate,
};
use crate::store::{self, Imported, OtherValue, Session, Store, Taken};

pub use plan::{Plan, plan};
pub use proposals::{ProposeOptions, ProposeReport, check_source, propose_file};
pub(super) use proposals::{Proposing, propose};

/// After how many documents of a file it is asked whether to go on.
const ASKED_EVERY: usize = 256;

/// How many letters of a span a message shows.
const MOST_SHOWN: usize = 40;

/// A file to import, and how.
#[derive(Clone, Debug)]
pub struct Input {
    /// The file.
    pub path: PathBuf,
    /// What it is called: its path from the folder that is imported, with `/` on every system;
    /// its name alone where the file itself is imported.
    pub name: String,
    /// Its format; one that can be read.
    pub format: &'static Format,
}

/// Finds a day of publication in a file's name.
pub type DateOfName<'a> = dyn Fn(&str) -> Option<String> + 'a;

/// What an import depends on.
#[derive(Clone, Copy)]
pub struct ImportOptions<'a> {
    /// What labels are called in the files.
    pub map: &'a LabelMap,
    /// How far the session's annotator is on documents that come with spans of theirs.
    pub state: State,
    /// Whether what is well is taken though other things are not.
    pub keep_going: bool,
    /// The day of publication of documents that do not say theirs.
    pub date: Option<&'a str>,
    /// The day of publication that a file's name says, if names are asked; then each must.
    pub date_of_name: Option<&'a DateOfName<'a>>,
    /// Where documents that do not say it were published.
    pub source: Option<&'a str>,
    /// When it is done.
    pub at: Timestamp,
}

/// What an import did and found.
#[derive(Debug, Default)]
pub struct ImportReport {
    /// What it brought; none if nothing was taken.
    pub imported: Option<Imported>,
    /// What could not be read, or is worth a look.
    pub problems: Vec<Problem>,
    /// How many spans the label map left out.
    pub dropped: usize,
    /// How many documents have spans that are nobody's; only the first is among the problems.
    pub ownerless: usize,
    /// How many spans have something to look at.
    pub doubts: usize,
}

/// Why an import could not be tried or went no further. Nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A file or folder cannot be read.
    #[error("cannot read {} ({error}): check that it is there and that you may read it", path.display())]
    Io {
        /// Which.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// A folder without anything to import.
    #[error("{} has no files to import: choose a folder with .txt or .jsonl files", .0.display())]
    NoFiles(PathBuf),
    /// A file whose name says no format.
    #[error("{}: its name does not say its format: end it with .txt or .jsonl, or give --format", .0.display())]
    UnknownFormat(PathBuf),
    /// It was stopped.
    #[error("stopped; nothing was imported")]
    Stopped,
    /// The store does not take it.
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl Explain for ImportError {
    fn explain(&self) -> Message {
        let ar = match self {
            Self::Io { path, error } => {
                format!(
                    "تعذّرت قراءة {} ({error}): تحقّق من المسار ومن صلاحياتك عليه",
                    isolated(path.display())
                )
            }
            Self::NoFiles(path) => format!(
                "لا ملفات للاستيراد في {}: اختر مجلدًا فيه ملفات ‎.txt أو ‎.jsonl",
                isolated(path.display())
            ),
            Self::UnknownFormat(path) => {
                format!(
                    "{}: لا تُعرف صيغته من اسمه: اجعله ينتهي بـ ‎.txt أو ‎.jsonl، أو اذكرها بـ ‎--format",
                    isolated(path.display())
                )
            }
            Self::Stopped => "أُوقف الاستيراد ولم يُستورد شيء".to_owned(),
            Self::Store(error) => return error.explain(),
        };
        Message::new(ar, self.to_string())
    }
}

/// The files that `paths` name, in that order; those in a folder and the folders in it by name.
///
/// Of a folder, files are taken whose extension is a format's that can be read (`format`'s,
/// where that is given). A file that is named itself must be of such a format, or `format`
/// says which.
///
/// # Errors
///
/// If a path cannot be read, a folder has no such file, or a file's name says no format.
pub fn collect(
    paths: &[PathBuf],
    format: Option<&'static Format>,
) -> Result<Vec<Input>, ImportError> {
    collect_while(paths, format, &mut || true)
}

/// As [`collect`], as long as `go_on` says so: a folder may be a whole disk.
///
/// # Errors
///
/// As [`collect`], and if it was stopped.
pub fn collect_while(
    paths: &[PathBuf],
    format: Option<&'static Format>,
    go_on: &mut dyn FnMut() -> bool,
) -> Result<Vec<Input>, ImportError> {
    let mut inputs = Vec::new();
    for path in paths {
        let meta = fs::metadata(path).map_err(|error| io_error(path, error))?;
        if meta.is_dir() {
            let before = inputs.len();
            collect_folder((path, ""), format, go_on, &mut inputs)?;
            if inputs.len() == before {
                return Err(ImportError::NoFiles(path.clone()));
            }
            continue;
        }
        let Some(format) = format.or_else(|| format_of(path)) else {
            return Err(ImportError::UnknownFormat(path.clone()));
        };
        inputs.push(Input { path: path.clone(), name: name_of(path), format });
    }
    Ok(inputs)
}

/// Collects what is in a folder; `prefix` is what it is called, with a `/` after it, and empty
/// for the folder that is imported.
fn collect_folder(
    (path, prefix): (&Path, &str),
    format: Option<&'static Format>,
    go_on: &mut dyn FnMut() -> bool,
    inputs: &mut Vec<Input>,
) -> Result<(), ImportError> {
    if !go_on() {
        return Err(ImportError::Stopped);
    }
    let mut entries = Vec::new();
    for entry in fs::read_dir(path).map_err(|error| io_error(path, error))? {
        let entry = entry.map_err(|error| io_error(path, error))?;
        // Of the entry itself: a link to a folder is not followed, and cannot lead in a circle.
        let kind = entry.file_type().map_err(|error| io_error(path, error))?;
        entries.push((entry.file_name(), kind.is_dir()));
    }
    entries.sort();
    for (name, is_folder) in entries {
        let path = path.join(name);
        let name = format!("{prefix}{}", name_of(&path));
        if is_folder {
            collect_folder((&path, &(name + "/")), format, go_on, inputs)?;
        } else if let Some(found) = format_of(&path)
            && format.is_none_or(|format| format.id == found.id)
            // Not a pipe or a device, which may never end. A link to nothing is told later.
            && fs::metadata(&path).map_or(true, |metadata| metadata.is_file())
        {
            inputs.push(Input { path, name, format: found });
        }
    }
    Ok(())
}

/// A file's name without its folders.
fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// The readable format whose extension a file has.
fn format_of(path: &Path) -> Option<&'static Format> {
    let format = Format::of_extension(path.extension()?.to_str()?)?;
    format.read.is_some().then_some(format)
}

fn io_error(path: &Path, error: io::Error) -> ImportError {
    ImportError::Io { path: path.to_owned(), error }
}

/// Imports files: whole or not at all, unless `keep_going` takes what is well.
///
/// `go_on` is told how many files are done, of how many, and asked again within long ones; if it
/// says no, nothing is imported.
///
/// # Errors
///
/// If a file cannot be read to its end, it was stopped, or the store does not take it. That a
/// file cannot be opened, and what is wrong *in* one, is in the report instead.
pub fn import(
    store: &Store,
    session: &Session,
    inputs: &[Input],
    options: &ImportOptions<'_>,
    go_on: &mut dyn FnMut(usize, usize) -> bool,
) -> Result<ImportReport, ImportError> {
    let schema = store.schema();
    let import = session.import(options.at)?;
    let annotator = session.annotator();
    let sink = Sink::Store(Box::new(import));
    let taker = Taker::of((annotator, &schema), options, sink).all(inputs, go_on)?;
    let Taker { sink: Sink::Store(import), mut report, num_taken, .. } = taker else {
        unreachable!("what is taken stays so")
    };
    let is_damaged = report.problems.iter().any(|p| p.severity == Severity::Error);
    if !is_damaged || (options.keep_going && num_taken > 0) {
        report.imported = Some(import.commit()?);
    }
    Ok(report)
}

/// Where what was read goes.
enum Sink<'a> {
    /// Into a project.
    Store(Box<store::Import<'a>>),
    /// Nowhere: it is only counted.
    Plan(Box<plan::Planned>),
}

/// Takes what readers find into an import.
struct Taker<'a> {
    annotator: Option<&'a AnnotatorId>,
    options: &'a ImportOptions<'a>,
    schema: &'a Schema,
    sink: Sink<'a>,
    report: ImportReport,
    /// How many documents were added.
    num_taken: usize,
    /// What ended the import.
    fatal: Option<ImportError>,
}

impl<'a> Taker<'a> {
    fn of(
        (annotator, schema): (Option<&'a AnnotatorId>, &'a Schema),
        options: &'a ImportOptions<'a>,
        sink: Sink<'a>,
    ) -> Self {
        let report = ImportReport::default();
        Self { annotator, options, schema, sink, report, num_taken: 0, fatal: None }
    }

    /// Takes all files.
    fn all(
        mut self,
        inputs: &[Input],
        go_on: &mut dyn FnMut(usize, usize) -> bool,
    ) -> Result<Self, ImportError> {
        for (at, input) in inputs.iter().enumerate() {
            let mut go_on = || go_on(at, inputs.len());
            if !go_on() {
                return Err(ImportError::Stopped);
            }
            self.file(input, &mut go_on)?;
            if let Some(error) = self.fatal {
                return Err(error);
            }
        }
        Ok(self)
    }

    fn file(
        &mut self,
        input: &Input,
        go_on: &mut dyn FnMut() -> bool,
    ) -> Result<(), ImportError> {
        let path = &input.path;
        let day = match self.options.date_of_name {
            Some(date_of_name) => {
                let Some(day) = date_of_name(&name_of(path)) else {
                    let what = Message::new(
                        "لا تاريخ في اسم الملف بهذا النمط",
                        "there is no date of that pattern in the file's name",
                    );
                    self.problem(input, None, None, what);
                    return Ok(());
                };
                Some(day)
            }
            None => self.options.date.map(str::to_owned),
        };
        let Some(read) = input.format.read else {
            unreachable!("only formats that can be read are collected")
        };
        let file = match File::open(path) {
            Ok(file) => file,
            Err(error) => {
                let what = Message::new(
                    format!("تعذّرت قراءته: {error}"),
                    format!("it cannot be read: {error}"),
                );
                self.problem(input, None, None, what);
                return Ok(());
            }
        };
        let mut source = BufReader::with_capacity(1 << 16, file);
        let options =
            ReadOptions { file_name: &input.name, schema: self.schema, map: self.options.map };
        read(&mut source, &options, &mut |item| {
            match item {
                Item::Record { mut record, line, is_marked, dropped } => {
                    let given = &mut record.document.given;
                    given.date = given.date.take().or_else(|| day.clone());
                    given.source =
                        given.source.take().or_else(|| self.options.source.map(str::to_owned));
                    self.report.dropped += dropped;
                    self.record(input, *record, line, is_marked);
                    if self.num_taken.is_multiple_of(ASKED_EVERY) && !go_on() {
                        self.fatal = Some(ImportError::Stopped);
                    }
                }
                Item::Problem(mut problem) => {
                    problem.place.path = Some(path.clone());
                    self.report.problems.push(problem);
                }
            }
            if self.fatal.is_some() {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        })
        .map_err(|error| io_error(path, error))
    }

    fn record(&mut self, input: &Input, record: Record, line: u64, is_marked: bool) {
        let Record { document, spans, records } = record;
        let Some(annotator) = self.annotator else {
            if spans.is_empty() {
                self.add(input, line, &document, spans, None);
            } else {
                self.report.ownerless += 1;
                if self.report.ownerless == 1 {
                    self.problem(input, Some(line), Some(&document), nobodys(spans.len()));
                }
            }
            return;
        };
        let key = SetKey { annotator: annotator.clone(), document: document.id().clone() };
        let mut set = AnnotationSet::new(key);
        set.extend(spans.iter().cloned());
        self.report.doubts += validate(&document, self.schema, &set).len();
        let state = is_marked.then_some(self.options.state);
        let joined = if records.is_empty() { Vec::new() } else { spans.clone() };
        let before = self.num_taken;
        self.add(input, line, &document, spans, state);
        if self.num_taken > before
            && !records.is_empty()
            && let Sink::Store(import) = &mut self.sink
            && let Err(error) = import.add_records(&document, &joined, records)
        {
            self.fatal = Some(error.into());
        }
    }

    fn add(
        &mut self,
        input: &Input,
        line: u64,
        document: &Document,
        spans: Vec<crate::model::Span>,
        state: Option<State>,
    ) {
        let taken = match &mut self.sink {
            Sink::Store(import) => import.add(document, spans, state),
            Sink::Plan(plan) => plan.add(document, spans.len()),
        };
        match taken {
            Ok(taken) => {
                self.num_taken += 1;
                if let Taken::Copy { of } = taken {
                    let what = Message::new(
                        format!("نصه نص المقال «{of}» نفسه"),
                        format!("its text is that of the document `{of}`"),
                    );
                    self.notice(input, line, document, what);
                }
                let others = match &mut self.sink {
                    Sink::Store(import) => import.take_other_values(),
                    Sink::Plan(_) => Vec::new(),
                };
                for other in others {
                    self.notice(input, line, document, not_taken(document, &other));
                }
            }
            Err(error @ (store::Error::OtherText(_) | store::Error::NoAnnotator(_))) => {
                self.problem(input, Some(line), Some(document), error.explain());
            }
            Err(error) => self.fatal = Some(error.into()),
        }
    }

    fn notice(&mut self, input: &Input, line: u64, document: &Document, what: Message) {
        self.problem(input, Some(line), Some(document), what);
        if let Some(last) = self.report.problems.last_mut() {
            last.severity = Severity::Notice;
        }
    }

    fn problem(
        &mut self,
        input: &Input,
        line: Option<u64>,
        document: Option<&Document>,
        what: Message,
    ) {
        let place = Place {
            path: Some(input.path.clone()),
            line,
            document: document.map(|document| document.id().clone()),
            range: None,
        };
        self.report.problems.push(Problem { severity: Severity::Error, place, what });
    }
}

/// What a file says of a span that is there already, and is not taken.
fn not_taken(document: &Document, other: &OtherValue) -> Message {
    let OtherValue { span, value } = other;
    let quote: String = document.slice(span.range).chars().take(MOST_SHOWN).collect();
    match &span.value {
        Some(ours) => Message::new(
            format!(
                "«{quote}» ({}) قيمته هنا «{ours}» وفي الملف «{value}»؛ بقي ما هنا",
                span.label
            ),
            format!(
                "“{quote}” ({}) has the value `{ours}` here and `{value}` in the file; what is \
                 here stays",
                span.label
            ),
        ),
        None => Message::new(
            format!(
                "«{quote}» ({}) بلا قيمة هنا، وقيمته في الملف «{value}»؛ بقي ما هنا",
                span.label
            ),
            format!(
                "“{quote}” ({}) has no value here, and `{value}` in the file; what is here stays",
                span.label
            ),
        ),
    }
}

/// Why spans without an annotator are refused.
fn nobodys(num_spans: usize) -> Message {
    let count = SPAN.message(num_spans);
    Message::new(
        format!(
            "في هذا المقال {}، ولكل موضع صاحب: اذكر من وسمها بـ ‎--annotator NAME",
            count.ar
        ),
        format!(
            "this document has {}, and every span is somebody's work: say whose with \
             --annotator NAME",
            count.en
        ),
    )
}
