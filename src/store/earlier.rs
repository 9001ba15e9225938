//! What `project.ron` said before it was written last, kept so that labels can be taken back.
//!
//! It is local, and bound by its name to what was written after it: where another program has
//! changed the file since, there is nothing to take back. That it survives a power cut is not
//! promised, so it is not synced.

use std::io;

use super::disk::{self, Folders};
use super::record;
use super::state::Inner;
use crate::model::{Digest, Schema};

/// Keeps what stood there before it becomes what has that digest.
pub(super) fn keep(inner: &Inner, before: &[u8], after: Digest) -> io::Result<()> {
    let (disk, layout) = (&*inner.disk, &inner.layout);
    let path = layout.earlier(after);
    if disk.stat(&path).is_ok() {
        disk.remove(&path)?;
    }
    Folders::around(disk, &layout.root).make(disk, &[layout.own()])?;
    disk::write_new(disk, &path, before)
}

/// Removes what is kept of any other time than before that digest.
pub(super) fn forget_others(inner: &Inner, after: Digest) -> io::Result<()> {
    let (disk, layout) = (&*inner.disk, &inner.layout);
    for file in disk::list_if_there(disk, &layout.own())? {
        let path = layout.own().join(&file.name);
        if layout.is_earlier(&path) && path != layout.earlier(after) {
            disk.remove(&path)?;
        }
    }
    Ok(())
}

/// The schema before what has that digest, if it is kept and can be read.
pub(super) fn schema(inner: &Inner, after: Digest) -> Option<Schema> {
    let path = inner.layout.earlier(after);
    let bytes = disk::read_if_there(&*inner.disk, &path).ok().flatten()?;
    Some(record::read_project(&path, &bytes).ok()?.schema)
}
