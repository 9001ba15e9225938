//! The history of one annotator on one installation: every transaction, appended, for ever.
//!
//! The lines are those of the journal, handed over before the journal forgets them. A line
//! that is torn was handed over again, in a later file; a number that comes twice is the same
//! line twice.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Error;
use super::disk::{self, Appender, Disk, Folders, SyncSite};
use super::record::read_record;

/// From what length on a new file is begun, in bytes.
const ROTATE: u64 = 4 << 20;

/// A history that can be appended to.
pub(super) struct History {
    disk: Arc<dyn Disk>,
    folder: PathBuf,
    /// The number of the next file.
    next: u64,
    /// The file that goes on; none where a new one must be begun.
    open: Option<PathBuf>,
    file: Option<Box<dyn Appender>>,
    len: u64,
    /// The last transaction that is in it.
    pub last: u64,
}

impl History {
    /// Looks at the history in `folder`, of which nothing need be there.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    pub(super) fn open(disk: Arc<dyn Disk>, folder: PathBuf) -> Result<Self, Error> {
        let mut history =
            Self { disk, folder, next: 1, open: None, file: None, len: 0, last: 0 };
        let folder = &history.folder;
        let listed = disk::list_if_there(&*history.disk, folder);
        let listed = listed.map_err(|error| Error::io(folder, error))?;
        let mut numbers: Vec<_> =
            listed.iter().filter_map(|file| number_of(&file.name)).collect();
        numbers.sort_unstable();
        history.next = numbers.last().map_or(1, |last| last + 1);
        for (at, number) in numbers.iter().enumerate().rev() {
            let path = history.path(*number);
            let bytes = history.disk.read(&path).map_err(|error| Error::io(&path, error))?;
            let mut lines = bytes.split(|byte| *byte == b'\n');
            // What follows the last line break is torn, or nothing.
            let mut is_whole = lines.next_back().is_some_and(<[u8]>::is_empty);
            let mut last = None;
            for line in lines {
                let Some(record) = read_record(line) else {
                    is_whole = false;
                    break;
                };
                last = last.max(Some(record.seq));
            }
            if at + 1 == numbers.len() && is_whole && (bytes.len() as u64) < ROTATE {
                history.len = bytes.len() as u64;
                history.open = Some(path);
            }
            if let Some(last) = last {
                history.last = last;
                break;
            }
        }
        Ok(history)
    }

    /// Appends lines up to the transaction of that number, and returns when they are on the
    /// disk.
    ///
    /// # Errors
    ///
    /// If the disk does not take them. A new file is begun the next time.
    pub(super) fn append(
        &mut self,
        folders: &mut Folders,
        lines: &str,
        last: u64,
    ) -> Result<(), Error> {
        if lines.is_empty() {
            return Ok(());
        }
        folders
            .make(&*self.disk, std::slice::from_ref(&self.folder))
            .map_err(|error| Error::io(&self.folder, error))?;
        let mut is_new = false;
        let (mut file, path) = match (self.file.take(), self.open.take()) {
            (Some(file), Some(path)) if self.len < ROTATE => (file, path),
            (None, Some(path)) if self.len < ROTATE => {
                let file = self.disk.open_append(&path);
                (file.map_err(|error| Error::io(&path, error))?, path)
            }
            _ => {
                let path = self.path(self.next);
                self.next += 1;
                self.len = 0;
                is_new = true;
                let file = self.disk.create(&path);
                (file.map_err(|error| Error::io(&path, error))?, path)
            }
        };
        file.append(lines.as_bytes())
            .and_then(|()| file.sync_data(SyncSite::History))
            .and_then(|()| if is_new { self.sync_names(SyncSite::HistoryName) } else { Ok(()) })
            .and_then(|()| disk::check_place(&*file, &path))
            .map_err(|error| Error::io(&path, error))?;
        self.len += lines.len() as u64;
        self.last = last;
        self.file = Some(file);
        self.open = Some(path);
        Ok(())
    }

    /// Moves the file of an import's edits into the history; nothing if that was done already.
    ///
    /// # Errors
    ///
    /// If the disk does not take it.
    pub(super) fn take_import(
        &self,
        folders: &mut Folders,
        staged: &Path,
        seq: u64,
    ) -> Result<(), Error> {
        let path = self.import(seq);
        let mut take = || {
            folders.make(&*self.disk, std::slice::from_ref(&self.folder))?;
            if self.disk.stat(staged).is_ok() {
                self.disk.rename(staged, &path)?;
            }
            // Also where it was moved before: that attempt may have ended here.
            self.sync_names(SyncSite::ImportName)
        };
        take().map_err(|error| Error::io(&path, error))
    }

    /// Whether the edits of the import with that number are here.
    pub(super) fn has_import(&self, seq: u64) -> bool {
        self.disk.stat(&self.import(seq)).is_ok()
    }

    fn import(&self, seq: u64) -> PathBuf {
        self.folder.join(format!("import-{seq:08}.jsonl"))
    }

    fn sync_names(&self, site: SyncSite) -> std::io::Result<()> {
        self.disk.sync(site, std::slice::from_ref(&self.folder))
    }

    fn path(&self, number: u64) -> PathBuf {
        self.folder.join(format!("{number:08}.jsonl"))
    }
}

/// The number of a history file's name.
pub(super) fn number_of(name: &str) -> Option<u64> {
    name.strip_suffix(".jsonl")?.parse().ok()
}
