//! The program: the command line, or the window that it asks for.

use std::io::Write as _;
use std::process::ExitCode;

use tawsim::app::{self, Launch, View};
use tawsim::cli::{self, Invocation};

fn main() -> ExitCode {
    let window = match cli::invoke(std::env::args_os()) {
        Invocation::Done(code) => return code,
        Invocation::Window(window) => window,
    };
    let Some(config) = cli::config_dir() else {
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
    };
    match app::run(launch) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&error.to_string()),
    }
}

/// Says why there is no window. Where that cannot be written to, there is nobody to tell.
fn failed(message: &str) -> ExitCode {
    writeln!(std::io::stderr(), "tawsim: {message}").unwrap_or_default();
    ExitCode::FAILURE
}
