//! The file of what this installation has learned from the project: it can be made again, and
//! removed at any time. That it survives a power cut is not promised, so it is not synced; who
//! reads it sees whether it is whole.

use super::disk::{self, Folders};
use super::{Error, Store};

impl Store {
    /// Whether there is a file of what was learned.
    #[must_use]
    pub fn has_learned(&self) -> bool {
        self.inner.disk.stat(&self.inner.layout.learned()).is_ok()
    }

    /// What was learned, as it was written; none where nothing was.
    ///
    /// # Errors
    ///
    /// If it is there and cannot be read.
    pub fn learned(&self) -> Result<Option<Vec<u8>>, Error> {
        let path = self.inner.layout.learned();
        disk::read_if_there(&*self.inner.disk, &path).map_err(|error| Error::io(&path, error))
    }

    /// Writes what was learned in place of what was there.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub fn write_learned(&self, bytes: &[u8]) -> Result<(), Error> {
        let (disk, layout) = (&*self.inner.disk, &self.inner.layout);
        let path = layout.learned();
        let beside = path.with_extension("new");
        let write = || {
            Folders::around(disk, &layout.root).make(disk, &[layout.own()])?;
            if disk.stat(&beside).is_ok() {
                // Left by a program that was killed.
                disk.remove(&beside)?;
            }
            disk::write_new(disk, &beside, bytes)?;
            disk.rename(&beside, &path)
        };
        write().map_err(|error| Error::io(&path, error))
    }

    /// Removes what was learned.
    ///
    /// # Errors
    ///
    /// If it is there and cannot be removed.
    pub fn forget_learned(&self) -> Result<(), Error> {
        let (disk, path) = (&*self.inner.disk, self.inner.layout.learned());
        match disk.remove(&path) {
            Err(error) if !disk::is_absence(&error) => Err(Error::io(&path, error)),
            _ => Ok(()),
        }
    }
}
