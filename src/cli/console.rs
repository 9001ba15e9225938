//! What a command says, and how it ends.

use std::io::{self, Write};
use std::path::Path;

use crate::lang::{Explain, Lang, Message, visible};
use crate::model::{Place, Problem, Severity};

/// How many problems are told before the rest is only counted.
const MOST_TOLD: usize = 100;

/// Why a command could not do what it was asked.
#[derive(Debug)]
pub(super) enum Failure {
    /// The request cannot be met; said in these words.
    Refused(Message),
    /// The request makes no sense; said in these words.
    Usage(Message),
    /// The request cannot be met, and it was said why.
    Told,
    /// Nobody reads what is written any more.
    Unread,
}

impl Failure {
    /// The failure to do something with a file.
    pub(super) fn io(path: &Path, error: &io::Error) -> Self {
        Self::Refused(text(|_| format!("{}: {error}", path.display())))
    }

    /// The status with which the program ends.
    pub(super) fn code(&self) -> u8 {
        match self {
            Self::Refused(_) | Self::Told => 1,
            Self::Usage(_) => 2,
            Self::Unread => 0,
        }
    }
}

impl<E: Explain> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Refused(error.explain())
    }
}

/// Where a command writes, and in which language. What it says in words stays on its line,
/// whatever ids and names hold; bytes and JSON are written as they are.
pub(super) struct Console<'a> {
    lang: Lang,
    out: &'a mut dyn Write,
    err: &'a mut dyn Write,
}

impl<'a> Console<'a> {
    pub(super) fn new(lang: Lang, out: &'a mut dyn Write, err: &'a mut dyn Write) -> Self {
        Self { lang, out, err }
    }

    /// The language of messages.
    pub(super) fn lang(&self) -> Lang {
        self.lang
    }

    /// Writes a line of what was asked for.
    pub(super) fn say(&mut self, message: &Message) -> Result<(), Failure> {
        let line = visible(message.get(self.lang));
        write_out(self.out, format!("{line}\n").as_bytes())
    }

    /// Writes bytes of what was asked for, as they are.
    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        write_out(self.out, bytes)
    }

    /// Writes a value for a machine, on one line.
    pub(super) fn json(&mut self, value: &serde_json::Value) -> Result<(), Failure> {
        write_out(self.out, format!("{value}\n").as_bytes())
    }

    /// Says something beside what was asked for.
    pub(super) fn note(&mut self, message: &Message) {
        let line = visible(message.get(self.lang));
        // Where there is nobody to tell, there is nobody to tell that either.
        writeln!(self.err, "tawsim: {line}").unwrap_or_default();
    }

    /// Says what is wrong where, the first hundred things in full.
    pub(super) fn problems(&mut self, problems: &[Problem]) {
        for problem in problems.iter().take(MOST_TOLD) {
            let line = line(problem, self.lang);
            let line = visible(&line);
            writeln!(self.err, "{line}").unwrap_or_default();
        }
        let rest = problems.len().saturating_sub(MOST_TOLD);
        if rest > 0 {
            self.note(&Message::new(format!("ومثلها {rest} أخرى"), format!("and {rest} more")));
        }
    }
}

/// A message of what `words` says in each language.
pub(super) fn text(words: impl Fn(Lang) -> String) -> Message {
    Message::new(words(Lang::Ar), words(Lang::En))
}

/// A problem as a line: `FILE:LINE: document: what`.
pub(super) fn line(problem: &Problem, lang: Lang) -> String {
    let mut line = String::new();
    let Place { path, document, .. } = &problem.place;
    if path.is_some() {
        line.push_str(&format!("{}: ", problem.place));
    }
    if let Some(document) = document {
        line.push_str(&format!("{document}: "));
    }
    if problem.severity < Severity::Error {
        let word = match lang {
            Lang::Ar => "تنبيه: ",
            Lang::En if problem.severity == Severity::Notice => "note: ",
            Lang::En => "warning: ",
        };
        line.push_str(word);
    }
    line.push_str(problem.what.get(lang));
    line
}

/// A problem for a machine.
pub(super) fn problem_json(problem: &Problem, lang: Lang) -> serde_json::Value {
    let Place { path, line, document, range } = &problem.place;
    serde_json::json!({
        "severity": match problem.severity {
            Severity::Notice => "notice",
            Severity::Warning => "warning",
            Severity::Error => "error",
        },
        "file": path.as_ref().map(|path| path.display().to_string()),
        "line": line,
        "document": document.as_ref().map(crate::model::DocumentId::as_str),
        "bytes": range.map(|range| [range.start().to_usize(), range.end().to_usize()]),
        "message": problem.what.get(lang),
    })
}

fn write_out(out: &mut dyn Write, bytes: &[u8]) -> Result<(), Failure> {
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Ok(()) => Ok(()),
        // `tawsim … | head` is no failure.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Err(Failure::Unread),
        Err(error) => Err(Failure::io(Path::new("-"), &error)),
    }
}
