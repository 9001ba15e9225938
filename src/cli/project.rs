//! An opened project, for a command.

use std::io;
use std::path::{self, Path, PathBuf};
use std::sync::Arc;

use super::config::config_dir;
use super::console::{Console, Failure};
use crate::lang::Message;
use crate::model::{Problem, Severity, Timestamp};
use crate::project::Ambient;
use crate::store::{Disk as _, Installation, RealDisk, Store};

/// Opens the project in `folder`, and what is wrong with it.
pub(super) fn open(folder: &Path) -> Result<(Store, Vec<Problem>), Failure> {
    let Some(config) = config_dir() else {
        return Err(Failure::Refused(Message::new(
            "لا مجلد للإعدادات على هذا النظام: سمّ واحدًا في TAWSIM_CONFIG_DIR",
            "this system has no folder for settings: name one in TAWSIM_CONFIG_DIR",
        )));
    };
    let installation =
        Installation::of(&RealDisk, &absolute(&config)?, (Ambient::SYSTEM.random)())?;
    Ok(Store::open(Arc::new(RealDisk), &absolute(folder)?, &installation)?)
}

/// Refuses a folder that is no project, before a window is opened for it.
pub(super) fn expect(folder: &Path) -> Result<(), Failure> {
    let path = absolute(folder)?;
    match RealDisk.stat(&path.join("project.ron")) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Err(crate::store::Error::NoProject { path }.into())
        }
        // Anything else is for the window to say, beside what can be shown.
        _ => Ok(()),
    }
}

/// The folder that is meant by a path: that of a `project.ron`, as a file manager names it.
pub(super) fn folder_of(path: PathBuf) -> PathBuf {
    let is_file = path.file_name().is_some_and(|name| name == "project.ron") && !path.is_dir();
    match path.parent() {
        Some(parent) if is_file && parent.as_os_str().is_empty() => PathBuf::from("."),
        Some(parent) if is_file => parent.to_owned(),
        _ => path,
    }
}

/// The same path from the root: the store syncs a folder's parents, and `p` has none to name.
pub(super) fn absolute(path: &Path) -> Result<PathBuf, Failure> {
    path::absolute(path).map_err(|error| Failure::io(path, &error))
}

/// Opens the project in `folder` and says what is wrong with it; what is well is there.
pub(super) fn open_and_tell(
    folder: &Path,
    console: &mut Console<'_>,
) -> Result<Store, Failure> {
    let (store, problems) = open(folder)?;
    console.problems(&problems);
    Ok(store)
}

/// Whether one of the problems that the store tells of files is more than a notice: what is in
/// them is then not all that was put there, or not settled.
pub(super) fn is_damaged(problems: &[Problem]) -> bool {
    problems.iter().any(|problem| problem.severity == Severity::Error)
}

/// What a session calls when its status changes: nobody is looking.
pub(super) fn no_wake() -> Arc<dyn Fn() + Send + Sync> {
    Arc::new(|| {})
}

/// The time.
pub(super) fn now() -> Timestamp {
    (Ambient::SYSTEM.now)()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_project_file_stands_for_its_folder() {
        let cases = [
            ("news/project.ron", "news"),
            ("project.ron", "."),
            ("news", "news"),
            ("news/other.ron", "news/other.ron"),
            ("/", "/"),
        ];
        for (path, folder) in cases {
            assert_eq!(folder_of(PathBuf::from(path)), Path::new(folder), "{path}");
        }
    }
}
