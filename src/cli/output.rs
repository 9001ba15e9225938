//! Files that a command makes: there whole, or not at all.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::console::{Console, Failure};
use crate::lang::Message;

/// A file under construction, beside the place where it will stand.
///
/// Dropped unfinished, it leaves nothing behind and what was there as it was.
pub(super) struct Output {
    path: PathBuf,
    /// Where the bytes are until they are all there; none where there is nothing to rename:
    /// a pipe or a device.
    beside: Option<PathBuf>,
    file: BufWriter<File>,
}

impl Output {
    /// Begins a file.
    ///
    /// # Errors
    ///
    /// If it is there and may not be replaced, or none can be made.
    pub(super) fn new(path: &Path, may_replace: bool) -> Result<Self, Failure> {
        // Through a link, what it leads to is replaced and not the link.
        let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let failure = |error: io::Error| Failure::io(path, &error);
        match fs::metadata(path) {
            Ok(meta) if meta.is_dir() => {
                return Err(failure(io::Error::from(io::ErrorKind::IsADirectory)));
            }
            Ok(meta) if !meta.is_file() => {
                let file = File::options().write(true).open(path).map_err(failure)?;
                let file = BufWriter::new(file);
                return Ok(Self { path: path.to_owned(), beside: None, file });
            }
            Ok(_) if !may_replace => {
                return Err(Failure::Refused(Message::new(
                    format!("الملف موجود: {}؛ يُستبدل بـ ‎--force", path.display()),
                    format!("{} is there already; --force replaces it", path.display()),
                )));
            }
            _ => {}
        }
        let mut name = OsString::from(".");
        name.push(path.file_name().unwrap_or_default());
        name.push(format!(".{}.part", std::process::id()));
        let beside = path.with_file_name(name);
        let file = BufWriter::new(File::create(&beside).map_err(failure)?);
        Ok(Self { path: path.to_owned(), beside: Some(beside), file })
    }

    /// Puts the file in its place, once all of it is on the disk.
    pub(super) fn finish(mut self) -> Result<(), Failure> {
        let done = self.file.flush().and_then(|()| match &self.beside {
            Some(beside) => {
                self.file.get_ref().sync_all()?;
                fs::rename(beside, &self.path)
            }
            None => Ok(()),
        });
        done.map_err(|error| Failure::io(&self.path, &error))?;
        self.beside = None;
        Ok(())
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        if let Some(beside) = &self.beside {
            // It is a file of no use to anybody; that it stays is no further failure.
            fs::remove_file(beside).unwrap_or_default();
        }
    }
}

/// Writes all of a command's output to `path`, or where that is `-` to the console.
///
/// # Errors
///
/// What `write` fails with, or if the file cannot be made.
pub(super) fn write_to(
    path: &Path,
    may_replace: bool,
    console: &mut Console<'_>,
    write: impl FnOnce(&mut Console<'_>, &mut dyn Write) -> Result<(), Failure>,
) -> Result<(), Failure> {
    if path == Path::new("-") {
        let mut bytes = Vec::new();
        write(console, &mut bytes)?;
        return console.write(&bytes);
    }
    let mut output = Output::new(path, may_replace)?;
    write(console, &mut output)?;
    output.finish()
}
