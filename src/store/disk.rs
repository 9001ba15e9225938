//! The one seam through which the store reaches the disk.
//!
//! Everything that makes something durable goes through [`Disk::sync`] and
//! [`Appender::sync_data`], each call with the [`SyncSite`] that it is: so a disk in memory can
//! leave out any one of them, and a test can show that each is needed.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

/// What is known of a file without reading it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stat {
    /// Its length in bytes.
    pub len: u64,
    /// When it was last changed, in nanoseconds since 1970; only ever compared for equality.
    pub modified: i64,
    /// Whether it is a folder.
    pub is_folder: bool,
}

/// A name in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The name, without its folder. Names that are not UTF-8 are never ours and not listed.
    pub name: String,
    /// What it names.
    pub stat: Stat,
}

/// Something that holds an advisory lock until it is dropped.
pub trait Lock: Send + Sync {
    /// Whether `path` still names the file that is locked, as [`Appender::is_at`] says it.
    ///
    /// # Errors
    ///
    /// Whatever the system says; that nothing is there is no error.
    fn is_at(&self, path: &Path) -> io::Result<bool>;
}

/// A file that is written at its end only.
pub trait Appender: Send {
    /// Writes `bytes` at the end. After an error nothing is known about what was written.
    ///
    /// # Errors
    ///
    /// Whatever the system says.
    fn append(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Returns when everything appended is on the disk. After an error the file must not be
    /// used again: the system may have dropped what it could not write, and a second call may
    /// succeed without it.
    ///
    /// # Errors
    ///
    /// Whatever the system says.
    fn sync_data(&mut self, site: SyncSite) -> io::Result<()>;

    /// Whether `path` still names this file. It does not where the file or a folder above it
    /// was moved, removed or put in another's place since: what is appended is lost to
    /// whoever looks there then, though the system takes it.
    ///
    /// # Errors
    ///
    /// Whatever the system says; that nothing is there is no error.
    fn is_at(&self, path: &Path) -> io::Result<bool>;
}

/// The file system, as far as the store needs it.
pub trait Disk: Send + Sync {
    /// The whole file.
    ///
    /// # Errors
    ///
    /// Whatever the system says, as in all methods of this trait.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;

    /// `len` bytes from `offset`; an error if the file ends before.
    ///
    /// # Errors
    ///
    /// Whatever the system says.
    fn read_range(&self, path: &Path, offset: u64, len: usize) -> io::Result<Vec<u8>>;

    /// The names in a folder, sorted.
    ///
    /// # Errors
    ///
    /// Whatever the system says.
    fn list(&self, folder: &Path) -> io::Result<Vec<Listed>>;

    /// What is known of a file or folder.
    ///
    /// # Errors
    ///
    /// Whatever the system says.
    fn stat(&self, path: &Path) -> io::Result<Stat>;

    /// Makes one folder, in one that is there.
    ///
    /// # Errors
    ///
    /// Whatever the system says; `AlreadyExists` if it is there.
    fn create_folder(&self, path: &Path) -> io::Result<()>;

    /// Makes a file, to be written from its start.
    ///
    /// # Errors
    ///
    /// Whatever the system says; `AlreadyExists` if it is there.
    fn create(&self, path: &Path) -> io::Result<Box<dyn Appender>>;

    /// Opens a file that is there, to be written on from its end.
    ///
    /// # Errors
    ///
    /// Whatever the system says.
    fn open_append(&self, path: &Path) -> io::Result<Box<dyn Appender>>;

    /// Gives a file another name, in place of whatever had it.
    ///
    /// # Errors
    ///
    /// Whatever the system says.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Removes a file.
    ///
    /// # Errors
    ///
    /// Whatever the system says.
    fn remove(&self, path: &Path) -> io::Result<()>;

    /// Returns when these are on the disk: of a file its bytes, of a folder its names.
    ///
    /// # Errors
    ///
    /// Whatever the system says.
    fn sync(&self, site: SyncSite, paths: &[PathBuf]) -> io::Result<()>;

    /// Takes the advisory lock on a file, made if it is not there; none if another holds it.
    ///
    /// The lock is the system's: it ends with its holder, however that ends. That the file
    /// exists means nothing.
    ///
    /// # Errors
    ///
    /// Whatever the system says.
    fn try_lock(&self, path: &Path) -> io::Result<Option<Box<dyn Lock>>>;
}

/// Each place in the store that waits for the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SyncSite {
    /// A new folder's name in the folder above.
    Folder,
    /// The journal's tail: what makes a transaction *saved*.
    Journal,
    /// What a new journal segment begins with: that older ones are done with, and what they
    /// failed to take.
    JournalStart,
    /// A new journal segment's name.
    JournalName,
    /// The history's tail, before the journal forgets.
    History,
    /// A new history file's name.
    HistoryName,
    /// The name of an import's edits in the history.
    ImportName,
    /// New content beside the file that it will replace.
    Beside,
    /// The names of replaced files, before the journal forgets.
    BesideName,
    /// What an import staged, with its name, before the import is committed.
    Staged,
    /// The names of an import's shards in their place, before the journal forgets.
    ShardName,
    /// What is kept of a conflict or of a damaged file.
    Kept,
    /// The name of what is kept.
    KeptName,
    /// `project.ron`, beside the old one.
    Project,
    /// The name of `project.ron`.
    ProjectName,
}

impl SyncSite {
    /// All of them.
    pub const ALL: [Self; 15] = [
        Self::Folder,
        Self::Journal,
        Self::JournalStart,
        Self::JournalName,
        Self::History,
        Self::HistoryName,
        Self::ImportName,
        Self::Beside,
        Self::BesideName,
        Self::Staged,
        Self::ShardName,
        Self::Kept,
        Self::KeptName,
        Self::Project,
        Self::ProjectName,
    ];
}

/// Folders whose names are known to be on the disk.
#[derive(Debug)]
pub(super) struct Folders {
    /// The folder in which all others are; itself somebody else's business.
    root: PathBuf,
    known: BTreeSet<PathBuf>,
}

impl Folders {
    /// None yet but `root`, which is there.
    pub(super) fn new(root: &Path) -> Self {
        Self { root: root.to_owned(), known: BTreeSet::new() }
    }

    /// None yet but the nearest folder around `path` that is there.
    pub(super) fn around(disk: &dyn Disk, path: &Path) -> Self {
        let there = path.ancestors().find(|above| disk.stat(above).is_ok());
        Self::new(there.unwrap_or(path))
    }

    /// Makes these folders, and those above them, and returns when their names are on the disk.
    ///
    /// A folder that is there was perhaps made by a program that was killed before its name was
    /// synced; so each is synced once, by whoever relies on it.
    ///
    /// # Errors
    ///
    /// Whatever the system says.
    pub(super) fn make(&mut self, disk: &dyn Disk, folders: &[PathBuf]) -> io::Result<()> {
        let (mut made, mut above) = (BTreeSet::new(), BTreeSet::new());
        for folder in folders {
            let inside = folder.ancestors().take_while(|path| **path != *self.root);
            let new: Vec<_> = inside.take_while(|path| !self.known.contains(*path)).collect();
            for path in new.into_iter().rev() {
                if made.contains(path) {
                    continue;
                }
                match disk.create_folder(path) {
                    Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                        return Err(error);
                    }
                    _ => {}
                }
                above.extend(path.parent().map(Path::to_owned));
                made.insert(path.to_owned());
            }
        }
        if above.is_empty() {
            return Ok(());
        }
        disk.sync(SyncSite::Folder, &above.into_iter().collect::<Vec<_>>())?;
        self.known.append(&mut made);
        Ok(())
    }
}

/// Whether the system says that there is nothing under a path.
pub(super) fn is_absence(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// Whether `path` still names `file`.
///
/// # Errors
///
/// `NotFound` if it does not, and whatever else the system says.
pub(super) fn check_place(file: &dyn Appender, path: &Path) -> io::Result<()> {
    if file.is_at(path)? { Ok(()) } else { Err(io::ErrorKind::NotFound.into()) }
}

/// Writes a new file in one go, without waiting for the disk.
///
/// # Errors
///
/// Whatever the system says; `AlreadyExists` if it is there.
pub(super) fn write_new(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> io::Result<()> {
    disk.create(path)?.append(bytes)
}

/// The names in `folder`; none if there is no such folder.
///
/// # Errors
///
/// Whatever else the system says.
pub(super) fn list_if_there(disk: &dyn Disk, folder: &Path) -> io::Result<Vec<Listed>> {
    match disk.list(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        other => other,
    }
}

/// The whole file; none if there is no such file.
///
/// # Errors
///
/// Whatever else the system says.
pub(super) fn read_if_there(disk: &dyn Disk, path: &Path) -> io::Result<Option<Vec<u8>>> {
    match disk.read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
