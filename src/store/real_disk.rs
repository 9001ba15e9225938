//! The disk of the system: the only place of the store that names `std::fs`.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use super::disk::{self, Appender, Disk, Listed, Lock, Stat, SyncSite};

/// From how many paths on the whole file system is synced in one call, where there is one.
#[cfg(target_os = "linux")]
const MANY: usize = 16;

/// The system's own disk.
#[derive(Clone, Copy, Debug, Default)]
pub struct RealDisk;

impl Disk for RealDisk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        fs::read(path)
    }

    fn read_range(&self, path: &Path, offset: u64, len: usize) -> io::Result<Vec<u8>> {
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(offset))?;
        let mut bytes = vec![0; len];
        file.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Listed>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let Ok(name) = entry.file_name().into_string() else { continue };
            let mut metadata = entry.metadata();
            if metadata.as_ref().is_ok_and(fs::Metadata::is_symlink) {
                metadata = fs::metadata(entry.path());
            }
            match metadata {
                Ok(metadata) => names.push(Listed { name, stat: stat_of(&metadata) }),
                // Removed between the two calls, or a link to nothing.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
        names.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(names)
    }

    fn stat(&self, path: &Path) -> io::Result<Stat> {
        fs::metadata(path).map(|metadata| stat_of(&metadata))
    }

    fn create_folder(&self, path: &Path) -> io::Result<()> {
        fs::create_dir(path)
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn Appender>> {
        let file = OpenOptions::new().append(true).create_new(true).open(path)?;
        Ok(Box::new(RealFile(file)))
    }

    fn open_append(&self, path: &Path) -> io::Result<Box<dyn Appender>> {
        Ok(Box::new(RealFile(OpenOptions::new().append(true).open(path)?)))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn sync(&self, _: SyncSite, paths: &[PathBuf]) -> io::Result<()> {
        #[cfg(target_os = "linux")]
        if let (Some(first), MANY..) = (paths.first(), paths.len()) {
            match rustix::fs::syncfs(File::open(first)?).map_err(io::Error::from) {
                Err(error) if is_unsupported(&error) => {}
                done => return done,
            }
        }
        paths.iter().try_for_each(|path| sync_one(path))
    }

    fn try_lock(&self, path: &Path) -> io::Result<Option<Box<dyn Lock>>> {
        let mut options = OpenOptions::new();
        let file = options.read(true).write(true).create(true).truncate(false).open(path)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Box::new(RealLock { file }))),
            Err(fs::TryLockError::WouldBlock) => Ok(None),
            Err(fs::TryLockError::Error(error)) => Err(error),
        }
    }
}

struct RealFile(File);

impl Appender for RealFile {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.write_all(bytes)
    }

    fn sync_data(&mut self, _: SyncSite) -> io::Result<()> {
        self.0.sync_data()
    }

    fn is_at(&self, path: &Path) -> io::Result<bool> {
        is_at(&self.0, path)
    }
}

/// Whether `path` names `file`.
fn is_at(file: &File, path: &Path) -> io::Result<bool> {
    match fs::metadata(path) {
        Ok(there) => Ok(is_same(&there, &file.metadata()?)),
        Err(error) if disk::is_absence(&error) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Whether two files are one.
#[cfg(unix)]
fn is_same(a: &fs::Metadata, b: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    (a.dev(), a.ino()) == (b.dev(), b.ino())
}

/// Whether two files are one, as far as that can be told here: another file would have to be of
/// the same age and length.
#[cfg(not(unix))]
fn is_same(a: &fs::Metadata, b: &fs::Metadata) -> bool {
    a.len() == b.len() && a.created().ok() == b.created().ok()
}

/// The lock ends when the file is closed.
struct RealLock {
    file: File,
}

impl Lock for RealLock {
    fn is_at(&self, path: &Path) -> io::Result<bool> {
        is_at(&self.file, path)
    }
}

fn stat_of(metadata: &fs::Metadata) -> Stat {
    let since = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let modified = since.and_then(|since| i64::try_from(since.as_nanos()).ok());
    Stat {
        len: metadata.len(),
        modified: modified.unwrap_or_default(),
        is_folder: metadata.is_dir(),
    }
}

/// Syncs a file or a folder. Some network file systems cannot sync a folder, and keep names
/// in their own way.
#[cfg(unix)]
fn sync_one(path: &Path) -> io::Result<()> {
    let file = File::open(path)?;
    match file.sync_all() {
        Err(error) if is_unsupported(&error) && file.metadata()?.is_dir() => Ok(()),
        done => done,
    }
}

/// Whether the system cannot do this here, as opposed to having failed at it.
#[cfg(unix)]
fn is_unsupported(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported)
}

/// Syncs a file. Names are durable with the file system's own journal: a folder cannot be
/// opened as a file here.
#[cfg(not(unix))]
fn sync_one(path: &Path) -> io::Result<()> {
    if fs::metadata(path)?.is_dir() {
        return Ok(());
    }
    OpenOptions::new().write(true).open(path)?.sync_all()
}

/// Whether the system lets this person write in a folder, without trying it.
#[must_use]
pub fn may_write(folder: &Path) -> bool {
    #[cfg(target_os = "linux")]
    return rustix::fs::access(folder, rustix::fs::Access::WRITE_OK).is_ok();
    #[cfg(not(target_os = "linux"))]
    std::fs::metadata(folder).is_ok_and(|metadata| !metadata.permissions().readonly())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_knows_whether_it_is_still_where_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let (inner, moved) = (folder.path().join("a"), folder.path().join("b"));
        let path = inner.join("journal");
        RealDisk.create_folder(&inner).unwrap();
        let mut file = RealDisk.create(&path).unwrap();
        file.append(b"x").unwrap();
        assert!(file.is_at(&path).unwrap());
        fs::rename(&inner, &moved).unwrap();
        assert!(!file.is_at(&path).unwrap(), "its folder was moved");
        // A file of the same length in its place, as a copy that was brought back would be.
        RealDisk.create_folder(&inner).unwrap();
        RealDisk.create(&path).unwrap().append(b"x").unwrap();
        assert!(!file.is_at(&path).unwrap(), "another one has its name");
        fs::remove_dir_all(&inner).unwrap();
        fs::rename(&moved, &inner).unwrap();
        assert!(file.is_at(&path).unwrap(), "it is back");
        fs::remove_file(&path).unwrap();
        assert!(!file.is_at(&path).unwrap(), "it was removed");
        fs::remove_dir(&inner).unwrap();
        File::create(&inner).unwrap();
        assert!(!file.is_at(&path).unwrap(), "its folder is a file now");
    }
}
