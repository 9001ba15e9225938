//! The same project without a window.
//!
//! Reads the command line. What asks for a window is handed back as a [`Window`]; everything
//! else is done here, one file a command, and ends in an exit status: 0 done, 1 the request
//! cannot be met, 2 wrong usage, 70 a bug. Results go to the standard output, everything else
//! beside it; messages are English unless `--lang ar` is given.

mod args;
mod article;
mod check;
mod config;
mod console;
mod export;
mod extract;
mod gold;
mod import;
mod layout;
mod lines;
mod new;
mod output;
mod project;
mod proposals;
mod records;
mod render;
mod score;
mod signal;
mod stats;
mod suggest;

use std::ffi::OsString;
use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser as _;

use crate::lang::Lang;
use crate::license;
use crate::model::{AnnotatorId, DocumentId};
use crate::theme::Mode;
use args::{Args, Command, Look, Open};
pub use config::{config_dir, home_dir};
use console::{Console, Failure};

/// The status of a bug (`EX_SOFTWARE` of sysexits).
pub const BUG: u8 = 70;

/// What the command line asks for.
#[derive(Debug)]
pub enum Invocation {
    /// A window.
    Window(Window),
    /// Nothing more: the program ends with this status.
    Done(ExitCode),
}

/// The window that is asked for; what is none is for the settings to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// What it shows.
    pub view: View,
    /// The language of the interface.
    pub lang: Option<Lang>,
    /// Light or dark.
    pub theme: Option<Mode>,
    /// Who marks.
    pub annotator: Option<AnnotatorId>,
    /// Its width and height in points.
    pub size: Option<(u32, u32)>,
}

/// What a window shows first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum View {
    /// A choice of what to do.
    Welcome,
    /// A project.
    Project {
        /// Its folder.
        folder: PathBuf,
        /// The document to show first.
        document: Option<DocumentId>,
    },
    /// The sample project.
    Demo,
}

/// Reads the arguments of the program, the first being its name, and does what they ask for
/// unless that is a window.
#[must_use]
pub fn invoke(arguments: impl IntoIterator<Item = OsString>) -> Invocation {
    let Args { lang, command } = match Args::try_parse_from(arguments) {
        Ok(args) => args,
        Err(error) => {
            // Help is asked for and goes to the standard output. Where neither can be written
            // to, there is nobody to tell.
            error.print().unwrap_or_default();
            let code = u8::try_from(error.exit_code()).unwrap_or(BUG);
            return Invocation::Done(ExitCode::from(code));
        }
    };
    let window = |view, look: Option<Look>| {
        let look = look.unwrap_or(Look { theme: None, annotator: None, size: None });
        let Look { theme, annotator, size } = look;
        Invocation::Window(Window { view, lang, theme, annotator, size })
    };
    match command {
        None => window(View::Welcome, None),
        Some(Command::Demo(look)) => window(View::Demo, Some(look)),
        Some(Command::Open(Open { folder: None, look, .. })) => {
            window(View::Welcome, Some(look))
        }
        Some(Command::Open(Open { folder: Some(path), document, look })) => {
            let folder = project::folder_of(path);
            if let Err(failure) = project::expect(&folder) {
                return Invocation::Done(ExitCode::from(refuse(&failure, lang)));
            }
            let document = document.map(DocumentId::new);
            window(View::Project { folder, document }, Some(look))
        }
        Some(command) => Invocation::Done(ExitCode::from(run(&command, lang))),
    }
}

/// Runs a command to its exit status.
fn run(command: &Command, lang: Option<Lang>) -> u8 {
    let done = panic::catch_unwind(AssertUnwindSafe(|| {
        let (mut out, mut err) = (io::stdout().lock(), io::stderr().lock());
        let mut console = Console::new(lang.unwrap_or(Lang::En), &mut out, &mut err);
        match dispatch(command, lang, &mut console) {
            Ok(()) => 0,
            Err(failure) => tell(&failure, &mut console),
        }
    }));
    // The place has been told by the hook.
    done.unwrap_or(BUG)
}

/// Says why there will be no window; the exit status.
fn refuse(failure: &Failure, lang: Option<Lang>) -> u8 {
    let (mut out, mut err) = (io::stdout().lock(), io::stderr().lock());
    tell(failure, &mut Console::new(lang.unwrap_or(Lang::En), &mut out, &mut err))
}

/// Says why something was not done, unless that was said; the exit status.
fn tell(failure: &Failure, console: &mut Console<'_>) -> u8 {
    if let Failure::Refused(message) | Failure::Usage(message) = failure {
        console.note(message);
    }
    failure.code()
}

fn dispatch(
    command: &Command,
    lang: Option<Lang>,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    match command {
        Command::New(args) => new::run(args, console),
        Command::Import(args) => import::run(args, console),
        Command::Export(args) => export::run(args, console),
        Command::Records(args) => records::run(args, console),
        Command::Extract(args) => extract::run(args, console),
        Command::Score(args) => score::run(args, console),
        Command::Gold(args) => gold::run(args, console),
        Command::Check(args) => check::run(args, console),
        Command::Suggest(args) => suggest::run(args, console),
        Command::Stats(args) => stats::run(args, console),
        Command::Render(args) => render::run(args, lang.unwrap_or_default(), console),
        Command::Layout(args) => layout::run(args, console),
        Command::Licenses => console.write(license::text().as_bytes()),
        Command::Open(_) | Command::Demo(_) => {
            unreachable!("a window is not for this half of the program")
        }
    }
}
