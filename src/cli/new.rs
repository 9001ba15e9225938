//! `tawsim new`.

use std::fs;
use std::path::PathBuf;

use super::console::{Console, Failure};
use super::project;
use crate::lang::Message;
use crate::model::Schema;
use crate::store::{RealDisk, Store, read_schema};

/// Makes a project in a folder
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The folder: empty, not there yet, or with other files in it
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// The labels and their rules, as project.ron has them; without it, cities, agencies,
    /// counts and dates
    #[arg(long, value_name = "FILE.ron")]
    schema: Option<PathBuf>,
    /// The project's name, if not the folder's
    #[arg(long)]
    name: Option<String>,
}

pub(super) fn run(args: &Args, console: &mut Console<'_>) -> Result<(), Failure> {
    let schema = match &args.schema {
        Some(path) => {
            let bytes = fs::read(path).map_err(|error| Failure::io(path, &error))?;
            read_schema(path, &bytes)?
        }
        None => Schema::default(),
    };
    let folder = project::absolute(&args.folder)?;
    let own = folder.file_name().map(|name| name.to_string_lossy().into_owned());
    let name = args.name.clone().or(own).unwrap_or_default();
    Store::create(&RealDisk, &folder, &name, &schema)?;
    let folder = args.folder.display();
    console.say(&Message::new(
        format!("أُنشئ المشروع «{name}» في {folder}"),
        format!("made the project “{name}” in {folder}"),
    ))
}
