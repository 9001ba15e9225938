//! `guidelines.md`: how to annotate, which everybody of the project reads and writes.

use std::path::PathBuf;

use super::disk::{self, SyncSite};
use super::{Error, Store, kept, record};
use crate::model::Problem;

impl Store {
    /// `guidelines.md`, to be shown beside the text; empty where there is none.
    ///
    /// # Errors
    ///
    /// If it is there and cannot be read, or is not UTF-8.
    pub fn guidelines(&self) -> Result<String, Error> {
        let path = self.inner.layout.guidelines();
        let bytes = disk::read_if_there(&*self.inner.disk, &path)
            .map_err(|error| Error::io(&path, error))?;
        let what = |error: std::string::FromUtf8Error| record::wrong_utf8(error.utf8_error());
        String::from_utf8(bytes.unwrap_or_default()).map_err(|error| Error::Damaged {
            path,
            line: None,
            what: what(error),
        })
    }

    /// Writes `guidelines.md` if it still says what was read, and returns when it is on the
    /// disk. Where another program has changed it since, nothing is written: what it says now.
    ///
    /// # Errors
    ///
    /// As [`guidelines`](Self::guidelines), and if it cannot be written.
    pub fn write_guidelines(&self, read: &str, text: &str) -> Result<Option<String>, Error> {
        // One window may have it open twice.
        let _state = self.inner.state();
        let found = self.guidelines()?;
        if found != read {
            return Ok(Some(found));
        }
        let (disk, path) = (&*self.inner.disk, self.inner.layout.guidelines());
        let beside = path.with_extension("md.new");
        let write = || {
            if disk.stat(&beside).is_ok() {
                // Left by a program that was killed.
                disk.remove(&beside)?;
            }
            disk::write_new(disk, &beside, text.as_bytes())?;
            disk.sync(SyncSite::Beside, std::slice::from_ref(&beside))?;
            disk.rename(&beside, &path)?;
            disk.sync(SyncSite::BesideName, &[self.root().to_owned()])
        };
        write().map_err(|error| Error::io(&path, error))?;
        Ok(None)
    }

    /// Keeps guidelines that do not stand in `guidelines.md` among the project's conflicts;
    /// where, and what is to be told of it.
    ///
    /// # Errors
    ///
    /// If they cannot be written.
    pub fn keep_guidelines(&self, text: &str) -> Result<(PathBuf, Problem), Error> {
        let path = self.inner.layout.guidelines();
        let place = kept::keep_named(&self.inner, ("guidelines", "md"), text.as_bytes())
            .map_err(|error| Error::io(&path, error))?;
        let problem = kept::conflict_problem(&self.inner.layout, &place, None);
        Ok((place, problem))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::memory_disk::{Fate, MemoryDisk};
    use super::super::{Installation, RealDisk};
    use super::*;
    use crate::model::Schema;

    #[test]
    fn guidelines_are_written_only_over_what_was_read() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("project");
        Store::create(&RealDisk, &root, "أخبار", &Schema::default()).unwrap();
        let installation = Installation::new("00000000000000a1").unwrap();
        let store = Store::open(Arc::new(RealDisk), &root, &installation).unwrap().0;
        assert_eq!(store.guidelines().unwrap(), "");
        assert_eq!(store.write_guidelines("", "# قواعد\n").unwrap(), None);
        assert_eq!(store.guidelines().unwrap(), "# قواعد\n");
        let theirs = store.write_guidelines("", "# أخرى\n").unwrap();
        assert_eq!(theirs.as_deref(), Some("# قواعد\n"));
        assert_eq!(store.guidelines().unwrap(), "# قواعد\n");
        // What is kept is listed, once.
        let (place, problem) = store.keep_guidelines("# أخرى\n").unwrap();
        assert_eq!(store.keep_guidelines("# أخرى\n").unwrap().0, place);
        assert_eq!(std::fs::read_to_string(&place).unwrap(), "# أخرى\n");
        let problems = Store::open(Arc::new(RealDisk), &root, &installation).unwrap().1;
        assert_eq!(problems, [problem]);
        assert!(problems[0].what.en.contains("guidelines.md"));
    }

    #[test]
    fn a_power_cut_leaves_the_old_or_the_new_guidelines_and_what_was_saved_stays() {
        let disk = MemoryDisk::default();
        let root = std::path::Path::new("/project");
        Store::create(&disk, root, "أخبار", &Schema::default()).unwrap();
        let installation = Installation::new("00000000000000a1").unwrap();
        let read = |disk: &MemoryDisk| {
            let store = Store::open(Arc::new(disk.clone()), root, &installation).unwrap().0;
            store.guidelines().unwrap()
        };
        let store = Store::open(Arc::new(disk.clone()), root, &installation).unwrap().0;
        let (first, second) = ("# قواعد\n", "# قواعد أخرى\n");
        store.write_guidelines("", first).unwrap();
        let begin = disk.num_steps();
        store.write_guidelines(first, second).unwrap();
        for steps in begin..=disk.num_steps() {
            for fate in [Fate::Kept, Fate::Lost] {
                let loose = disk.loose(steps).into_iter().map(|loose| (loose, fate));
                let found = read(&disk.crash(steps, &loose.collect::<Vec<_>>()));
                let is_saved = steps == disk.num_steps();
                assert!(found == second || (found == first && !is_saved), "{steps}: {found}");
            }
        }
    }
}
