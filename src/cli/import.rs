//! `tawsim import`.

use std::path::{Path, PathBuf};

use super::args::{annotator, readable};
use super::console::{Console, Failure, problem_json};
use super::{project, proposals};
use crate::format::{Format, LabelMap};
use crate::lang::{DOCUMENT, Explain as _, Message, PROBLEM, SPAN};
use crate::model::{AnnotatorId, State, ValueKind};
use crate::project::{
    DateOfName, ImportOptions, ImportReport, NameDate, ProposeOptions, check_source, collect,
    import, propose_file,
};
use crate::store::Store;

/// Takes articles into a project, and spans on them
///
/// An import is taken whole or not at all; with --keep-going, what is well is taken and the
/// rest is listed. A document that the project has already, with the same text, is not taken
/// twice, but this annotator's spans on it are; those of them that are there already, by hand
/// or from a file, stay as they are.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The project's folder
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// What is taken: articles and the spans on them, or what another program suggests for
    /// articles that the project has
    #[arg(long = "as", value_name = "WHAT", value_parser = ["articles", "suggestions"],
        default_value = "articles")]
    what: String,
    /// Files, or folders of them: .txt, one article a file, and .jsonl, one article a line. The
    /// id of a text is its name; in a folder within a folder, its way from there, as sub/name
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
    /// Where documents that do not say it were published; with --as suggestions, who suggests.
    /// Of each document that is named in the files, nothing stays that the same one suggested
    /// before
    #[arg(long, value_name = "NAME", required_if_eq("what", "suggestions"))]
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
    let map = args.map.clone().unwrap_or_default();
    map.check(&store.schema()).map_err(|error| Failure::Usage(error.explain()))?;
    if args.what == "suggestions" {
        return suggestions(args, (&store, &map), console);
    }
    let format = args.format.as_deref().and_then(Format::of_id);
    let inputs = collect(&args.paths, format)?;
    let session = store.session(args.annotator.as_ref(), project::no_wake())?;
    let date_of_name =
        args.date_from_name.as_ref().map(|pattern| move |name: &str| pattern.find(name));
    let options = ImportOptions {
        map: &map,
        state: State::from_id(&args.state).unwrap_or(State::Finished),
        keep_going: args.keep_going,
        date: args.date.as_deref(),
        date_of_name: date_of_name.as_ref().map(|find| find as &DateOfName<'_>),
        source: args.source.as_deref(),
        at: project::now(),
    };
    let found = import(&store, &session, &inputs, &options, &mut |_, _| true)?;
    session.close()?;
    report(args, console, &found)?;
    if found.imported.is_some() { Ok(()) } else { Err(Failure::Told) }
}

/// Takes what another program suggests, a file after the other.
fn suggestions(
    args: &Args,
    (store, map): (&Store, &LabelMap),
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let source = args.source.as_deref().unwrap_or_default();
    check_source(source).map_err(Failure::Usage)?;
    let [path] = &*args.paths else {
        return Err(Failure::Usage(Message::new(
            "الاقتراحات من ملف واحد كل مرة",
            "suggestions come from one file at a time",
        )));
    };
    let (keep_going, at) = (args.keep_going, project::now());
    let options = ProposeOptions { source, map, keep_going, at };
    let found = propose_file(store, Path::new(path), &options, &mut |_| true)?;
    proposals::report(&found, (source, args.json), console)
}

fn report(args: &Args, console: &mut Console<'_>, found: &ImportReport) -> Result<(), Failure> {
    if args.json {
        let lang = console.lang();
        let problems: Vec<_> = found.problems.iter().map(|p| problem_json(p, lang)).collect();
        let taken = found.imported.clone().unwrap_or_default();
        return console.json(&serde_json::json!({
            "imported": found.imported.is_some(),
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
    let Some(taken) = &found.imported else {
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
