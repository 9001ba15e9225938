//! What was done and when: the history of everybody, read from its beginning.

use std::path::PathBuf;

use super::disk;
use super::history::number_of;
use super::journal::read_tail;
use super::record::{Body, RawEdit, Record, read_record};
use super::{Error, Store};
use crate::model::{SetKey, State, Timestamp};

/// A step as it stands in the history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastStep {
    /// Which person on which installation did it: steps of one number follow each other.
    pub desk: usize,
    /// When it was done.
    pub at: Timestamp,
    /// What it did to sets.
    pub edits: Vec<PastEdit>,
}

/// What a step did to a set, as far as counting goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PastEdit {
    /// A span came, went, or was changed: whether it was there before and after.
    Span(SetKey, bool, bool),
    /// The set's state before and after.
    State(SetKey, State, State),
    /// Its note.
    Note(SetKey),
}

impl PastEdit {
    /// The set that it is about.
    #[must_use]
    pub fn key(&self) -> &SetKey {
        match self {
            Self::Span(key, ..) | Self::State(key, ..) | Self::Note(key) => key,
        }
    }

    fn of(edit: RawEdit) -> Option<Self> {
        match edit {
            RawEdit::Span(key, _, before, after) => {
                Some(Self::Span(key, before.is_some(), after.is_some()))
            }
            RawEdit::State(key, before, after) => Some(Self::State(key, before, after)),
            RawEdit::Note(key, ..) => Some(Self::Note(key)),
            RawEdit::Decision(..) | RawEdit::Record(..) | RawEdit::Meta(..) => None,
        }
    }
}

/// One person's history on one installation.
struct Desk {
    files: Vec<PathBuf>,
    /// What the journal has beyond them.
    tail: Vec<Record>,
}

impl Store {
    /// Calls `each` with every step that anybody has done in the window, in the order in which
    /// it was done at its desk; what was imported is no step. `go_on` is told how many of how
    /// many files are read; if it says no, the rest is left out.
    ///
    /// Lines that are torn are passed over, as they were written again. What other
    /// installations have not yet handed from their journal to the history is not there.
    ///
    /// # Errors
    ///
    /// If a file cannot be read.
    pub fn each_past_step(
        &self,
        go_on: &mut dyn FnMut(usize, usize) -> bool,
        each: &mut dyn FnMut(&PastStep),
    ) -> Result<(), Error> {
        let desks = self.past_desks()?;
        let total = desks.iter().map(|desk| desk.files.len()).sum();
        let mut done = 0;
        for (number, desk) in desks.into_iter().enumerate() {
            let mut last = 0;
            let mut tell = |record: Record| {
                // A number that comes twice is the same line twice.
                if record.seq <= last {
                    return;
                }
                last = record.seq;
                let Body::Edits(edits) = record.body else { return };
                let edits = edits.into_iter().filter_map(PastEdit::of).collect();
                each(&PastStep { desk: number, at: record.at, edits });
            };
            for path in &desk.files {
                if !go_on(done, total) {
                    return Ok(());
                }
                done += 1;
                let bytes =
                    self.inner.disk.read(path).map_err(|error| Error::io(path, error))?;
                bytes.split(|byte| *byte == b'\n').filter_map(read_record).for_each(&mut tell);
            }
            desk.tail.into_iter().for_each(&mut tell);
        }
        Ok(())
    }

    fn past_desks(&self) -> Result<Vec<Desk>, Error> {
        let (disk, layout) = (&*self.inner.disk, &self.inner.layout);
        let names = |folder: &PathBuf| {
            let listed = disk::list_if_there(disk, folder);
            let listed = listed.map_err(|error| Error::io(folder, error))?;
            Ok::<_, Error>(listed.into_iter().map(|file| file.name).collect::<Vec<_>>())
        };
        let mut people = names(&layout.histories())?;
        people.extend(names(&layout.desks())?);
        people.sort_unstable();
        people.dedup();
        let mut desks = Vec::new();
        for person in people {
            // Before the history: what is handed over meanwhile is then there twice, not never.
            let tail = read_tail(disk, &layout.desks().join(&person))?;
            let mut tail: Vec<_> = tail.records.into_iter().map(|(record, _)| record).collect();
            let folder = layout.histories().join(&person);
            for installation in names(&folder)? {
                let folder = folder.join(&installation);
                let mut files: Vec<_> = names(&folder)?
                    .into_iter()
                    .filter_map(|name| Some((number_of(&name)?, folder.join(name))))
                    .collect();
                files.sort_unstable();
                let files = files.into_iter().map(|(_, path)| path).collect();
                let is_own = installation == layout.installation;
                let tail = if is_own { std::mem::take(&mut tail) } else { Vec::new() };
                desks.push(Desk { files, tail });
            }
            if !tail.is_empty() {
                desks.push(Desk { files: Vec::new(), tail });
            }
        }
        Ok(desks)
    }
}
