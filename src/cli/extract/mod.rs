//! `tawsim extract`.

mod stream;
mod work;

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::console::{Console, Failure};
use super::lines::{Line, Lines, too_long};
use crate::format::Format;
use crate::lang::Message;
use stream::{Batches, run_through};

/// Proposes spans in articles: cities, agencies, counts and dates
///
/// Reads text files, one article each, or JSON lines, one article a line, and writes JSON lines
/// with the spans that were found, in the order in which the articles came. Spans that an article
/// has already are left out. What cannot be read is told with its file and line, and the rest is
/// done; the exit status is then 1.
///
/// Of all there is only a little in memory at a time, so that it can stand in a pipe of any length.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Text files, JSON lines, or folders of them; `-` or nothing is the standard input
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The day of writing of articles that do not say theirs
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<Date>,
    /// How many processors to use; all of them otherwise
    #[arg(long, value_name = "N")]
    jobs: Option<std::num::NonZeroUsize>,
}

pub(super) fn run(args: &Args, console: &mut Console<'_>) -> Result<(), Failure> {
    let paths =
        if args.paths.is_empty() { vec![PathBuf::from("-")] } else { args.paths.clone() };
    let mut files = Vec::new();
    for path in paths {
        add_files(path, &mut files)?;
    }
    let jobs = args.jobs.or_else(|| std::thread::available_parallelism().ok());
    let jobs = jobs.map_or(1, std::num::NonZeroUsize::get);
    crate::extract::prepare();
    run_through(jobs, args.date, console, |batches| {
        for path in &files {
            if !read(path, batches) {
                return;
            }
        }
    })
}

/// A file, or those of a folder that can be read, by name.
fn add_files(path: PathBuf, files: &mut Vec<PathBuf>) -> Result<(), Failure> {
    if path == Path::new("-") || !path.is_dir() {
        files.push(path);
        return Ok(());
    }
    let failure = |error: io::Error| Failure::io(&path, &error);
    let mut inside: Vec<PathBuf> = fs::read_dir(&path)
        .map_err(failure)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<_>>()
        .map_err(failure)?;
    inside.retain(|path| path.is_file() && kind(path).is_some());
    inside.sort();
    if inside.is_empty() {
        return Err(Failure::Refused(Message::new(
            format!("{}: ليس فيه نصوص ولا JSONL", path.display()),
            format!("{}: holds neither texts nor JSON lines", path.display()),
        )));
    }
    files.extend(inside);
    Ok(())
}

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    Lines,
}

fn kind(path: &Path) -> Option<Kind> {
    let extension = path.extension()?.to_str()?;
    match Format::of_extension(extension)?.id {
        "text" => Some(Kind::Text),
        "jsonl" => Some(Kind::Lines),
        _ => None,
    }
}

/// Hands on what a file holds; false if nobody takes it any more.
fn read(path: &Path, batches: &mut Batches<'_>) -> bool {
    if path == Path::new("-") {
        let mut input = io::stdin().lock();
        return match kind_of_start(&mut input) {
            Ok(Kind::Lines) => lines(path, &mut input, batches),
            Ok(Kind::Text) => text(path, input, batches),
            Err(error) => batches.problem(path, None, &error),
        };
    }
    let Some(kind) = kind(path) else {
        return batches.fault(
            path,
            None,
            Message::new(
                "ليس نصا (.txt) ولا JSONL (.jsonl)",
                "is neither a text (.txt) nor JSON lines (.jsonl)",
            ),
        );
    };
    match (File::open(path), kind) {
        (Ok(file), Kind::Lines) => {
            lines(path, &mut BufReader::with_capacity(1 << 18, file), batches)
        }
        (Ok(file), Kind::Text) => text(path, file, batches),
        (Err(error), _) => batches.problem(path, None, &error),
    }
}

/// JSON lines begin with a brace; anything else is a text.
fn kind_of_start(input: &mut impl BufRead) -> io::Result<Kind> {
    let start = input.fill_buf()?;
    let start = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start);
    let first = start.iter().find(|byte| !byte.is_ascii_whitespace());
    Ok(if first.is_none_or(|byte| *byte == b'{') { Kind::Lines } else { Kind::Text })
}

fn text(path: &Path, mut input: impl Read, batches: &mut Batches<'_>) -> bool {
    let mut bytes = Vec::new();
    match input.read_to_end(&mut bytes) {
        Ok(_) => batches.text(path, bytes),
        Err(error) => batches.problem(path, None, &error),
    }
}

fn lines(path: &Path, input: impl BufRead, batches: &mut Batches<'_>) -> bool {
    let mut lines = Lines::new(input);
    loop {
        let is_taken = match lines.next() {
            Ok(None) => return batches.flush(),
            Ok(Some((number, Line::Whole(line)))) => batches.line(path, number, line),
            Ok(Some((number, Line::TooLong))) => batches.fault(path, Some(number), too_long()),
            Err(error) => {
                let number = lines.number() + 1;
                return batches.problem(path, Some(number), &error);
            }
        };
        if !is_taken {
            return false;
        }
    }
}
