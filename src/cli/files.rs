//! The files that an import is given.

use std::fs;
use std::path::{Path, PathBuf};

use super::console::Failure;
use crate::format::Format;
use crate::lang::Message;

/// A file to import, and how.
#[derive(Debug)]
pub(super) struct Input {
    pub(super) path: PathBuf,
    pub(super) format: &'static Format,
}

/// The files that `paths` name, in that order; those in a folder and the folders in it by name.
///
/// Of a folder, files are taken whose extension is a format's that can be read (`format`'s,
/// where that is given). A file that is named itself must be of such a format, or `format`
/// says which.
pub(super) fn collect(
    paths: &[PathBuf],
    format: Option<&'static Format>,
) -> Result<Vec<Input>, Failure> {
    let mut inputs = Vec::new();
    for path in paths {
        let meta = fs::metadata(path).map_err(|error| Failure::io(path, &error))?;
        if meta.is_dir() {
            let before = inputs.len();
            folder(path, format, &mut inputs)?;
            if inputs.len() == before {
                return Err(Failure::Refused(Message::new(
                    format!("لا ملفات للاستيراد في {}", path.display()),
                    format!("{} has no files to import", path.display()),
                )));
            }
            continue;
        }
        let Some(format) = format.or_else(|| format_of(path)) else {
            return Err(Failure::Refused(Message::new(
                format!("{}: لا تُعرف صيغته من اسمه: اذكرها بـ ‎--format", path.display()),
                format!("{}: its name does not say its format: give --format", path.display()),
            )));
        };
        inputs.push(Input { path: path.clone(), format });
    }
    Ok(inputs)
}

fn folder(
    path: &Path,
    format: Option<&'static Format>,
    inputs: &mut Vec<Input>,
) -> Result<(), Failure> {
    let failure = |error| Failure::io(path, &error);
    let mut entries = Vec::new();
    for entry in fs::read_dir(path).map_err(failure)? {
        let entry = entry.map_err(failure)?;
        // Of the entry itself: a link to a folder is not followed, and cannot lead in a circle.
        let kind = entry.file_type().map_err(failure)?;
        entries.push((entry.file_name(), kind.is_dir()));
    }
    entries.sort();
    for (name, is_folder) in entries {
        let path = path.join(name);
        if is_folder {
            folder(&path, format, inputs)?;
        } else if let Some(found) = format_of(&path)
            && format.is_none_or(|format| format.id == found.id)
        {
            inputs.push(Input { path, format: found });
        }
    }
    Ok(())
}

/// The readable format whose extension a file has.
fn format_of(path: &Path) -> Option<&'static Format> {
    let format = Format::of_extension(path.extension()?.to_str()?)?;
    format.read.is_some().then_some(format)
}
