//! `tawsim score`.

mod errors;
mod report;

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use super::console::{Console, Failure};
use super::lines::{Line, Lines, as_text, too_long};
use crate::agreement::{Scores, align};
use crate::format::{Record, read_record};
use crate::lang::{DOCUMENT, Message};
use crate::model::{DocumentId, Place, Problem, Severity};

/// Compares predicted spans with gold ones: precision, recall, F1 and values, by label and in all
///
/// Both are JSON lines as `export` and `extract` write them; documents are told by their ids and
/// must have the same texts. What only one of both has is named and left out. A span is found
/// exactly, or at the same stem (but for proclitics and the article of its first word), or with
/// letters in common; values are compared where a span is found exactly. Intervals hold 95 % of
/// 1,000 draws of the documents, the same draws each time.
///
/// Of the texts only those are in memory that wait for their partner: none, where both files have
/// one order.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The spans that are right; `-` is the standard input
    #[arg(value_name = "GOLD")]
    gold: PathBuf,
    /// The spans to judge; `-` is the standard input
    #[arg(value_name = "PREDICTED")]
    predicted: PathBuf,
    /// Reports in JSON: a line for each error, if they are asked for, and one for the figures
    #[arg(long)]
    json: bool,
    /// Shows every error in context
    #[arg(long)]
    errors: bool,
}

pub(super) fn run(args: &Args, console: &mut Console<'_>) -> Result<(), Failure> {
    let mut gold = Side::open(&args.gold)?;
    let mut predicted = Side::open(&args.predicted)?;
    let mut scores = Scores::default();
    while !(gold.is_read && predicted.is_read) {
        if let Some(record) = gold.next(console)? {
            match predicted.waiting.remove(record.document.id()) {
                Some(other) => compare(args, &record, &other, &mut scores, console)?,
                None => gold.wait(record),
            }
        }
        if let Some(record) = predicted.next(console)? {
            match gold.waiting.remove(record.document.id()) {
                Some(other) => compare(args, &other, &record, &mut scores, console)?,
                None => predicted.wait(record),
            }
        }
    }
    let only_gold = gold.left();
    let only_predicted = predicted.left();
    tell_left(&gold.path, &only_gold, console);
    tell_left(&predicted.path, &only_predicted, console);
    if scores.num_documents() == 0 {
        return Err(Failure::Refused(Message::new(
            "لا مقال في الملفين معا: لا شيء يُقارن",
            "no document is in both files: there is nothing to compare",
        )));
    }
    if args.json {
        console.json(&report::json(&scores, &only_gold, &only_predicted))?;
    } else {
        report::say(&scores, console)?;
    }
    if gold.is_whole && predicted.is_whole { Ok(()) } else { Err(Failure::Told) }
}

/// Counts what becomes of a document, and shows what is wrong if that is wanted.
fn compare(
    args: &Args,
    gold: &Record,
    predicted: &Record,
    scores: &mut Scores,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let text = gold.document.text();
    if text != predicted.document.text() {
        let same = text.chars().zip(predicted.document.text().chars());
        let at = same.take_while(|(a, b)| a == b).count();
        let id = gold.document.id();
        return Err(Failure::Refused(Message::new(
            format!("{id}: النصان مختلفان في الملفين ابتداء من المحرف {at}"),
            format!("{id}: its texts differ in the two files, from code point {at} on"),
        )));
    }
    let pairs = align(text, &gold.spans, &predicted.spans);
    scores.add(&gold.spans, &predicted.spans, &pairs);
    if args.errors { errors::tell(gold, predicted, &pairs, args.json, console) } else { Ok(()) }
}

/// Names documents that only one file has.
fn tell_left(path: &Path, left: &[DocumentId], console: &mut Console<'_>) {
    /// How many are named.
    const MOST: usize = 10;
    if left.is_empty() {
        return;
    }
    let ids: Vec<&str> = left.iter().take(MOST).map(DocumentId::as_str).collect();
    let (count, path) = (DOCUMENT.message(left.len()), path.display());
    let more = if left.len() > MOST { ", …" } else { "" };
    console.note(&Message::new(
        format!("في {path} وحده: {} ({}{more})؛ لا تُحسب", count.ar, ids.join("، ")),
        format!("only in {path}, and left out: {} ({}{more})", count.en, ids.join(", ")),
    ));
}

/// One of both files.
struct Side {
    path: PathBuf,
    lines: Lines<Box<dyn BufRead>>,
    /// Documents whose partner has not come yet.
    waiting: HashMap<DocumentId, Record>,
    seen: HashSet<DocumentId>,
    is_read: bool,
    /// Whether every line could be read.
    is_whole: bool,
}

impl Side {
    fn open(path: &Path) -> Result<Self, Failure> {
        let input: Box<dyn BufRead> = if path == Path::new("-") {
            Box::new(BufReader::new(io::stdin()))
        } else {
            let file = File::open(path).map_err(|error| Failure::io(path, &error))?;
            Box::new(BufReader::with_capacity(1 << 18, file))
        };
        Ok(Self {
            path: path.to_owned(),
            lines: Lines::new(input),
            waiting: HashMap::new(),
            seen: HashSet::new(),
            is_read: false,
            is_whole: true,
        })
    }

    /// The next document that can be read; what cannot is told.
    fn next(&mut self, console: &mut Console<'_>) -> Result<Option<Record>, Failure> {
        while !self.is_read {
            let line = self.lines.next().map_err(|error| Failure::io(&self.path, &error))?;
            let Some((number, line)) = line else {
                self.is_read = true;
                break;
            };
            let record = match line {
                Line::TooLong => Err(vec![too_long()]),
                Line::Whole(line) => match as_text(number, line) {
                    Ok(line) if line.trim().is_empty() => continue,
                    Ok(line) => read_record(line),
                    Err(what) => Err(vec![what]),
                },
            };
            let problems = match record {
                Ok(record) if self.seen.insert(record.document.id().clone()) => {
                    return Ok(Some(record));
                }
                Ok(record) => {
                    let id = record.document.id();
                    vec![Message::new(
                        format!("المقال {id} للمرة الثانية"),
                        format!("the document {id} for the second time"),
                    )]
                }
                Err(problems) => problems,
            };
            self.is_whole = false;
            let place = Place {
                path: Some(self.path.clone()),
                line: Some(self.lines.number()),
                ..Place::default()
            };
            let problem =
                |what| Problem { severity: Severity::Error, place: place.clone(), what };
            console.problems(&problems.into_iter().map(problem).collect::<Vec<_>>());
        }
        Ok(None)
    }

    fn wait(&mut self, record: Record) {
        self.waiting.insert(record.document.id().clone(), record);
    }

    /// The documents that have found no partner, by id.
    fn left(&self) -> Vec<DocumentId> {
        let mut left: Vec<DocumentId> = self.waiting.keys().cloned().collect();
        left.sort();
        left
    }
}
