//! The program.

use std::process::ExitCode;

use tawsim::cli::{self, Invocation};

fn main() -> ExitCode {
    match cli::invoke(std::env::args_os()) {
        Invocation::Done(code) => code,
        Invocation::Window(_) => ExitCode::FAILURE,
    }
}
