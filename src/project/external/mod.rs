//! Other programs as sources of suggestions: run where the person agreed, given documents, and
//! what they write is taken whole or not at all.
//!
//! A program has its documents on its standard input and writes to its standard output, both in
//! the native format. It runs in the project's folder, in a group of processes that is ended
//! with it: at its time limit, when it writes without end, and when it is stopped.

mod approval;
mod group;
mod pipes;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use super::import::{Proposing, propose};
use super::{ImportError, ProposeOptions, ProposeReport};
use crate::format::LabelMap;
use crate::lang::{Explain, Message, isolated};
use crate::model::{DocumentId, Program, Timestamp};
use crate::store::{Documents, Store};
use pipes::Pipes;

pub use approval::{Approval, approval_of};

/// How often it is looked whether a program has ended.
const LOOKS: Duration = Duration::from_millis(15);

/// How much a program may write beyond what is in proportion to its documents, in bytes.
const MOST_WRITTEN: u64 = 16 << 20;

/// How much it may write for each letter that it is given, in bytes.
const WRITTEN_A_LETTER: u64 = 16;

/// How long the rest of its output is waited for once it has ended.
const REST: Duration = Duration::from_secs(2);

/// What a program is asked.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// The program.
    pub program: &'a Program,
    /// For which documents, in order.
    pub documents: &'a [DocumentId],
    /// When.
    pub at: Timestamp,
}

/// What came of asking a program.
#[derive(Debug, Default)]
pub struct Answer {
    /// What was taken of what it wrote, and what is wrong with it.
    pub report: ProposeReport,
    /// The last lines of its standard error.
    pub said: String,
}

/// Why nothing came of asking a program. The project is as it was.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// It has no command.
    #[error("the extractor has no command")]
    NoCommand,
    /// Its name is none of a source.
    #[error("{}", .0.en)]
    Name(Message),
    /// It could not be started.
    #[error(
        "`{command}` could not be started ({error}): check that it is installed and that its name is right"
    )]
    Start {
        /// What was to be run.
        command: String,
        /// Why not.
        error: std::io::Error,
    },
    /// It did not end in time.
    #[error(
        "it did not end within {seconds} s and was ended; `seconds` in project.ron allows it more"
    )]
    Late {
        /// How long it may run.
        seconds: u64,
        /// The last lines of its standard error.
        said: String,
    },
    /// It wrote without end.
    #[error("it wrote more than {most} MB, and was ended")]
    Flood {
        /// How much it may write, in megabytes.
        most: u64,
        /// The last lines of its standard error.
        said: String,
    },
    /// It ended with an error.
    #[error("it ended with {}; nothing of what it wrote was taken", how(*status).en)]
    Failed {
        /// How it ended.
        status: ExitStatus,
        /// The last lines of its standard error.
        said: String,
    },
    /// It ended well, but something that it started holds its standard output.
    #[error(
        "it ended, but what it started still writes: it must wait for that, or its output is not whole; nothing was taken"
    )]
    Unfinished {
        /// The last lines of its standard error.
        said: String,
    },
    /// How it ended cannot be known.
    #[error("how it ended cannot be known ({0}); nothing was taken")]
    Unknown(std::io::Error),
    /// It was stopped.
    #[error("stopped; nothing was taken")]
    Stopped,
    /// What it wrote could not be taken.
    #[error(transparent)]
    Import(#[from] ImportError),
}

impl AskError {
    /// The last lines of the program's standard error.
    #[must_use]
    pub fn said(&self) -> &str {
        match self {
            Self::Late { said, .. }
            | Self::Flood { said, .. }
            | Self::Failed { said, .. }
            | Self::Unfinished { said } => said,
            _ => "",
        }
    }
}

impl Explain for AskError {
    fn explain(&self) -> Message {
        let ar = match self {
            Self::NoCommand => "ليس للمستخرج أمر يُشغَّل".to_owned(),
            Self::Name(message) => return message.clone(),
            Self::Start { command, error } => format!(
                "تعذّر تشغيل {} ({error}): تحقّق من أنه مثبّت ومن صحة اسمه",
                isolated(command)
            ),
            Self::Late { seconds, .. } => {
                format!("لم ينتهِ خلال {seconds} ثانية فأُوقف؛ و‎seconds في project.ron يزيد مهلته")
            }
            Self::Flood { most, .. } => {
                format!("كتب أكثر من {most} ميغابايت فأُوقف")
            }
            Self::Failed { status, .. } => {
                format!("انتهى بخطأ ({})؛ ولم يؤخذ شيء مما كتب", how(*status).ar)
            }
            Self::Unfinished { .. } => {
                "انتهى وما زال ما شغّله يكتب: فإن لم ينتظره لم يكتمل ما كتب؛ ولم يؤخذ شيء"
                    .to_owned()
            }
            Self::Unknown(error) => {
                format!("تعذّرت معرفة كيف انتهى ({error})؛ ولم يؤخذ شيء")
            }
            Self::Stopped => "أُوقف ولم يؤخذ شيء".to_owned(),
            Self::Import(error) => return error.explain(),
        };
        Message::new(ar, self.to_string())
    }
}

/// How a program has ended, in words.
fn how(status: ExitStatus) -> Message {
    match status.code() {
        Some(code) => Message::new(format!("رمز الخروج {code}"), format!("exit code {code}")),
        // Ended from outside: the system names by what.
        None => Message::new(isolated(status), status.to_string()),
    }
}

/// Asks a program for suggestions, and takes what it writes: all of it or nothing. `go_on` is
/// told how many documents it has answered, of how many; if it says no, the program is ended.
///
/// # Errors
///
/// If the program cannot be started, does not end well, or the store does not take what it
/// writes. What is wrong in what it writes is in the answer.
pub fn ask(
    store: &Store,
    question: &Question<'_>,
    go_on: &mut dyn FnMut(usize, usize) -> bool,
) -> Result<Answer, AskError> {
    let Question { program, documents, at } = *question;
    super::check_source(&program.name).map_err(AskError::Name)?;
    let (bytes, said) = run(store, program, documents, go_on)?;
    let asked: BTreeSet<&DocumentId> = documents.iter().collect();
    let map = LabelMap::default();
    let options = ProposeOptions { source: &program.name, map: &map, keep_going: false, at };
    let called = PathBuf::from(&program.name);
    let proposing = Proposing { called: &called, asked: Some(&asked) };
    let total = documents.len();
    let mut go_on = |_| go_on(total, total);
    let mut report = propose(store, (&mut &bytes[..], proposing), &options, &mut go_on)?;
    for problem in &mut report.problems {
        problem.place.path = Some(called.clone());
    }
    Ok(Answer { report, said })
}

/// Runs a program to its end: what it wrote, and the last lines of its standard error.
fn run(
    store: &Store,
    program: &Program,
    documents: &[DocumentId],
    go_on: &mut dyn FnMut(usize, usize) -> bool,
) -> Result<(Vec<u8>, String), AskError> {
    let [name, arguments @ ..] = &*program.command else { return Err(AskError::NoCommand) };
    let mut command = Command::new(name);
    command.args(arguments).current_dir(store.root());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    group::lead(&mut command);
    let begun = command.spawn();
    let mut child =
        begun.map_err(|error| AskError::Start { command: program.shown(), error })?;
    let most = most_written(&store.documents(), documents);
    let pipes = Pipes::begin(&mut child, (store, documents), most);
    let ended = follow(&mut child, (program, documents.len()), &pipes, go_on);
    // Whatever it has left running goes with it.
    let status = group::end(&mut child);
    let said = pipes.said();
    let is_whole = match ended? {
        End::Late => return Err(AskError::Late { seconds: program.seconds, said }),
        End::Flood => return Err(AskError::Flood { most: most >> 20, said }),
        End::Itself { is_whole } => is_whole,
    };
    let status = status.map_err(AskError::Unknown)?;
    if !status.success() {
        return Err(AskError::Failed { status, said });
    }
    if !is_whole {
        return Err(AskError::Unfinished { said });
    }
    Ok((pipes.written(), said))
}

/// How a program has ended, or must.
enum End {
    /// By itself, and whether all that it wrote is there.
    Itself {
        is_whole: bool,
    },
    Late,
    Flood,
}

/// Waits until a program has ended and all that it wrote is there, or until it must end.
fn follow(
    child: &mut Child,
    (program, total): (&Program, usize),
    pipes: &Pipes,
    go_on: &mut dyn FnMut(usize, usize) -> bool,
) -> Result<End, AskError> {
    let began = Instant::now();
    let limit = Duration::from_secs(program.seconds);
    let mut ended = None;
    loop {
        let (is_whole, is_heard) = (pipes.is_whole(), pipes.is_heard());
        if pipes.is_flood() {
            return Ok(End::Flood);
        }
        if !go_on(pipes.num_lines().min(total), total) {
            return Err(AskError::Stopped);
        }
        // That it cannot be asked for is as if it had not ended: the limit ends it.
        if ended.is_none() && group::has_ended(child).unwrap_or_default() {
            ended = Some(Instant::now());
        }
        // What it has left running may hold its pipes open.
        if ended.is_some_and(|at| is_whole && is_heard || at.elapsed() > REST) {
            return Ok(if pipes.is_flood() { End::Flood } else { End::Itself { is_whole } });
        }
        if began.elapsed() > limit {
            return Ok(End::Late);
        }
        std::thread::sleep(LOOKS);
    }
}

/// How much a program may write for those documents, in bytes.
fn most_written(all: &Documents, documents: &[DocumentId]) -> u64 {
    let letters = documents.iter().filter_map(|id| all.find(id)).map(|entry| entry.num_chars);
    MOST_WRITTEN + WRITTEN_A_LETTER * letters.sum::<u64>()
}
