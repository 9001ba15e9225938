//! The program: the command line, or the window that it asks for.

use std::io::Write as _;
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;

use tawsim::app::{self, Launch, View};
use tawsim::cli::{self, Invocation};
use tawsim::logbook::{self, Log};
use tawsim::project::Ambient;

fn main() -> ExitCode {
    let config = cli::config_dir();
    let now = Ambient::SYSTEM.now;
    let log = config.clone().map_or_else(Log::default, |folder| Log::new(folder, now));
    logbook::watch(config.clone(), now, log.clone());
    let window = match cli::invoke(std::env::args_os()) {
        Invocation::Done(code) => return code,
        Invocation::Window(window) => window,
    };
    let Some(config) = config else {
        return failed("this system has no folder for settings: name one in TAWSIM_CONFIG_DIR");
    };
    let view = match window.view {
        cli::View::Welcome => View::Welcome,
        cli::View::Project { folder, document } => View::Project { folder, document },
        cli::View::Demo => View::Sample,
    };
    let launch = Launch {
        view,
        lang: window.lang,
        mode: window.theme,
        annotator: window.annotator,
        size: window.size,
        config,
        home: cli::home_dir().unwrap_or_default(),
        log,
    };
    // What is dropped on the way out of a panic saves what it has, as at any other end.
    match panic::catch_unwind(AssertUnwindSafe(|| app::run(launch))) {
        Err(_) => ExitCode::from(cli::BUG),
        Ok(_) if logbook::has_crashed() => ExitCode::from(cli::BUG),
        Ok(Ok(())) => ExitCode::SUCCESS,
        Ok(Err(error)) => failed(&error.to_string()),
    }
}

/// Says why there is no window. Where that cannot be written to, there is nobody to tell.
fn failed(message: &str) -> ExitCode {
    writeln!(std::io::stderr(), "tawsim: {message}").unwrap_or_default();
    ExitCode::FAILURE
}
