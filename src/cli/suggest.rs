//! `tawsim suggest`.

use std::path::PathBuf;

use super::console::{Console, Failure};
use super::signal::Stop;
use super::{project, proposals};
use crate::lang::{Explain as _, Message};
use crate::model::{DocumentId, Program};
use crate::project::{AskError, Question, ask};
use crate::store::Store;

/// Asks other programs for suggestions, as `extractors` in project.ron names them
///
/// A program has documents on its standard input, JSON lines without spans, and writes JSON lines
/// with spans, which may have a `score`. It runs in the project's folder. What it writes is taken
/// whole or not at all. It is not run without --yes: then it is only said what would be.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The project's folder
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Which of them; all without it
    #[arg(long, value_name = "NAME")]
    extractor: Option<String>,
    /// For this document; for all without it
    #[arg(long = "document", value_name = "ID")]
    documents: Vec<String>,
    /// Runs the programs, which may do all that you may do
    #[arg(long)]
    yes: bool,
    /// Reports in JSON, a line for each program
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, console: &mut Console<'_>) -> Result<(), Failure> {
    let store = project::open_and_tell(&args.folder, console)?;
    let programs = programs(&store, args.extractor.as_deref())?;
    let documents = documents(&store, &args.documents)?;
    if !args.yes {
        return Err(Failure::Refused(not_without_yes(&store, &programs)));
    }
    let mut end = Ok(());
    let mut stop = Stop::watch();
    for program in &programs {
        end = end.and(one(args, (&store, program, &documents), &mut stop, console));
        if stop.is_wanted() {
            break;
        }
    }
    end
}

fn one(
    args: &Args,
    (store, program, documents): (&Store, &Program, &[DocumentId]),
    stop: &mut Stop,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let question = Question { program, documents, at: project::now() };
    match ask(store, &question, &mut |_, _| !stop.is_wanted()) {
        Ok(answer) => {
            say(console, program, &answer.said);
            proposals::report(&answer.report, (&program.name, args.json), console)
        }
        Err(error) => {
            say(console, program, error.said());
            Err(refused(program, &error, console))
        }
    }
}

/// Says why nothing came of asking a program; the others are asked all the same.
fn refused(program: &Program, error: &AskError, console: &mut Console<'_>) -> Failure {
    let why = error.explain();
    console.note(&Message::new(
        format!("«{}»: {}", program.name, why.ar),
        format!("`{}`: {}", program.name, why.en),
    ));
    Failure::Told
}

/// Says the last lines of a program's standard error.
fn say(console: &mut Console<'_>, program: &Program, said: &str) {
    for line in said.lines() {
        let line = format!("{}: {line}", program.name);
        console.note(&Message::new(line.clone(), line));
    }
}

fn programs(store: &Store, name: Option<&str>) -> Result<Vec<Program>, Failure> {
    let all = store.extractors();
    let known: Vec<_> = all.iter().map(|program| program.name.clone()).collect();
    let named: Vec<_> = all
        .into_iter()
        .filter(|program| name.is_none_or(|name| name == program.name))
        .collect();
    if !named.is_empty() {
        return Ok(named);
    }
    let (known, name) = (known.join(", "), name.unwrap_or_default());
    Err(Failure::Refused(if known.is_empty() {
        Message::new(
            "لا مستخرجات في project.ron: أضف إليه مثلًا ‎extractors: [Extractor(name: \"ner\", command: [\"python3\", \"ner.py\"])]",
            "project.ron names no extractors: add to it, for example, extractors: \
             [Extractor(name: \"ner\", command: [\"python3\", \"ner.py\"])]",
        )
    } else {
        Message::new(
            format!("لا مستخرج باسم «{name}» في project.ron، وفيه: {known}"),
            format!("project.ron has no extractor `{name}`; it has {known}"),
        )
    }))
}

fn documents(store: &Store, ids: &[String]) -> Result<Vec<DocumentId>, Failure> {
    let all = store.documents();
    if ids.is_empty() {
        return Ok(all.iter().map(|entry| entry.id.clone()).collect());
    }
    let find = |id: &String| {
        let id = DocumentId::new(id.as_str());
        match all.find(&id) {
            Some(_) => Ok(id),
            None => Err(crate::store::Error::NoDocument(id).into()),
        }
    };
    ids.iter().map(find).collect()
}

fn not_without_yes(store: &Store, programs: &[Program]) -> Message {
    let commands: Vec<_> = programs.iter().map(Program::shown).collect();
    let (commands, folder) = (commands.join(" · "), store.root().display());
    Message::new(
        format!("سيُشغَّل في {folder}: {commands} — أضف ‎--yes إن كنت تثق به"),
        format!("this would run in {folder}: {commands} — give --yes if you trust it"),
    )
}
