//! `tawsim check`.

use std::path::PathBuf;

use super::console::{Console, Failure, line, problem_json, text};
use super::project;
use crate::lang::PROBLEM;

/// Reads all of a project and says what is wrong with it
///
/// What is damaged ends in exit status 1; what only does not fit the schema does not.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The project's folder
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Reports in JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, console: &mut Console<'_>) -> Result<(), Failure> {
    let (store, mut problems) = project::open(&args.folder)?;
    // What was seen on opening is seen again.
    for problem in store.check() {
        if !problems.contains(&problem) {
            problems.push(problem);
        }
    }
    let is_sound = !project::is_damaged(&problems);
    let lang = console.lang();
    if args.json {
        let list: Vec<_> = problems.iter().map(|problem| problem_json(problem, lang)).collect();
        console.json(&serde_json::json!({ "sound": is_sound, "problems": list }))?;
    } else {
        for problem in &problems {
            console.say(&text(|lang| line(problem, lang)))?;
        }
        console.say(&PROBLEM.message(problems.len()))?;
    }
    if is_sound { Ok(()) } else { Err(Failure::Told) }
}
