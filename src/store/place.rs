//! Whether a project is still where it was opened.
//!
//! A folder may be moved, deleted or put in another's place while it is open, and the system
//! goes on to take what is appended to files that nobody will find again. So the writer looks,
//! whenever it has synced the journal, whether that still has its name; and where it has not,
//! begins a new one only in a folder that is the same project.

use std::path::Path;
use std::slice;

use super::Error;
use super::disk::{self, Folders};
use super::writer::Writer;
use crate::model::Digest;

impl Writer {
    /// Looks whether the journal is in its place, where there is something that it alone has.
    ///
    /// # Errors
    ///
    /// [`Error::Gone`] if it is not; nothing that it has is shown as saved then.
    pub(super) fn check_place(&mut self) -> Result<(), Error> {
        if self.lines.is_empty() {
            return Ok(());
        }
        match self.journal.check_place() {
            Ok(()) => Ok(()),
            Err(error) => Err(self.fail(error)),
        }
    }

    /// Before a journal is begun again after the last one was lost: sees to it that the project
    /// is back, or that only its local folder was taken away and is made again.
    ///
    /// # Errors
    ///
    /// [`Error::Gone`] if this is not the project; [`Error::Locked`] if somebody else writes
    /// where nobody's lock was left.
    pub(super) fn return_to_place(&mut self) -> Result<(), Error> {
        if !self.is_lost {
            return Ok(());
        }
        let inner = self.inner.clone();
        let (disk, layout) = (&*inner.disk, &inner.layout);
        if !self.is_back() {
            return Err(Error::Gone { path: layout.root.clone() });
        }
        // Nothing of what was known of folders need be so any more.
        self.folders = Folders::new(&layout.root);
        let desk = layout.desk(self.desk.as_ref());
        let path = desk.join("lock");
        let io = |error| Error::io(&path, error);
        super::scan::make_own(disk, layout)
            .and_then(|()| self.folders.make(disk, slice::from_ref(&desk)))
            .map_err(io)?;
        if !self.lock.is_at(&path).map_err(io)? {
            // It is on a file that is gone, and keeps nobody out of this one.
            let Some(lock) = disk.try_lock(&path).map_err(io)? else {
                return Err(Error::Locked { annotator: self.desk.clone(), path });
            };
            self.lock = lock;
        }
        Ok(())
    }

    /// Whether what lies in the project's folder is the project, with every text of it and
    /// everything that imports staged.
    fn is_back(&self) -> bool {
        let (disk, layout) = (&*self.inner.disk, &self.inner.layout);
        let state = self.inner.state();
        let project = disk::read_if_there(disk, &layout.project()).ok().flatten();
        if project.is_none_or(|bytes| Digest::of(&bytes) != state.project_digest) {
            return false;
        }
        let is_there = |path: &Path, len| disk.stat(path).is_ok_and(|stat| stat.len == len);
        if !state.shards.iter().all(|shard| is_there(&layout.root.join(&shard.path), shard.len))
        {
            return false;
        }
        let staging = layout.staging(self.desk.as_ref());
        self.lines.iter().all(|line| {
            let edits = line.import.as_ref().and_then(|import| import.edits.as_ref());
            let is_placed =
                || self.history.as_ref().is_some_and(|all| all.has_import(line.seq));
            edits.is_none_or(|edits| disk.stat(&staging.join(edits)).is_ok() || is_placed())
        })
    }
}
