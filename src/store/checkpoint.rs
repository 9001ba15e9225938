//! The checkpoint: what the journal has is brought into the files, and the journal forgets it.
//!
//! New content is written beside, synced, renamed into place, and the folders are synced; only
//! then does a new journal segment say that it is done. Cut off anywhere, it is begun again
//! ([`super::replay`]). A file that is not what was read or written last was changed by another
//! program: it stays, and what we have is kept beside ([`super::kept`]).

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::disk::{self, Folders, Stat, SyncSite};
use super::kept::{self, Keep};
use super::record::{self, FileKey, SegmentHead, Stamp};
use super::state::{Content, Desk, Inner, OpenFile, Rest};
use super::writer::{Line, Writer};
use super::{Error, scan};
use crate::model::{Digest, Problem};

/// How often what another program changed in the meantime is looked at again.
const ROUNDS: usize = 4;

/// A file's new content, beside it.
struct Staged {
    key: FileKey,
    /// Where the content is; none where the file has it already.
    from: Option<PathBuf>,
    to: PathBuf,
    /// What the system said of the file when it was compared.
    stat: Option<Stat>,
    /// The digest of the new content; none where there is no file, and none is needed.
    digest: Option<Digest>,
    /// The last edit that the content has.
    seq: u64,
    /// Whether it got into place.
    is_done: bool,
}

/// What came of bringing a file up to date.
enum Outcome {
    /// Its new content is beside it.
    Ready(Staged),
    /// There is nothing to do, or what we have is kept elsewhere.
    Settled,
    /// It was changed meanwhile.
    Again(PathBuf),
}

impl Writer {
    /// Brings everything that was committed into the files.
    ///
    /// # Errors
    ///
    /// If the disk does not take it, or a file cannot be read that it is about. The journal
    /// keeps what is not in the files.
    pub(super) fn checkpoint(&mut self) -> Result<(), Error> {
        self.check_place()?;
        let done = self.write_files();
        if done.as_ref().is_err_and(Error::is_absence) {
            // A folder that was known to be there was taken away: next time it is made again.
            self.folders = Folders::new(&self.inner.layout.root);
        }
        done
    }

    fn write_files(&mut self) -> Result<(), Error> {
        let mut rounds = 0;
        let (mark, stuck) = loop {
            rounds += 1;
            let (mark, keys) = self.behind();
            let (mut staged, mut again, mut stuck) = (Vec::new(), None, None);
            for key in keys {
                match self.stage(&key) {
                    Ok(Outcome::Ready(ready)) => staged.push(ready),
                    Ok(Outcome::Settled) => {}
                    Ok(Outcome::Again(path)) => again = Some(path),
                    Err(error) if is_about_a_file(&error) => stuck = Some(error),
                    Err(error) => return Err(error),
                }
            }
            // What the staged files hold must be in the journal before it is in the files.
            self.save()?;
            let again = self.place(staged)?.or(again);
            match again {
                None => break (mark, stuck),
                Some(path) if rounds == ROUNDS => {
                    break (mark, stuck.or(Some(Error::ChangedOutside { path })));
                }
                Some(_) => {}
            }
        };
        self.place_shards(mark)?;
        self.hand_over(mark)?;
        match stuck {
            Some(error) => Err(error),
            None => self.trim(mark),
        }
    }

    /// The last commit, and the files that do not have everything up to it.
    fn behind(&self) -> (u64, BTreeSet<FileKey>) {
        let state = self.inner.state();
        let is_ours = |desk: &Desk| *desk == self.desk;
        let ahead = state
            .open
            .iter()
            .filter(|(_, file)| file.ahead.as_ref().is_some_and(|(desk, _)| is_ours(desk)));
        let mut keys: BTreeSet<_> = ahead.map(|(key, _)| key.clone()).collect();
        let waiting = state.pending.iter();
        let waiting = waiting.filter(|(_, all)| all.iter().any(|one| is_ours(&one.desk)));
        keys.extend(waiting.map(|(key, _)| key.clone()));
        (self.shared.queue().last, keys)
    }

    /// Writes a file's new content beside it.
    fn stage(&mut self, key: &FileKey) -> Result<Outcome, Error> {
        let inner = self.inner.clone();
        let path = inner.path_of(key);
        let io = |error| Error::io(&path, error);
        let (content, file, seq, is_changed) = {
            let state = inner.state();
            let open = state.open.get(key).zip(state.content(key));
            match open.map(|(file, content)| (file, file.ahead.clone(), content)) {
                Some((file, Some((desk, seq)), content)) if desk == self.desk => {
                    (content, file.clone(), seq, false)
                }
                // Another session of this process is ahead of it: it goes first.
                Some((_, Some(_), _)) => return Err(Error::ChangedOutside { path }),
                _ => {
                    let loaded = inner.load(&state, key, Some(&self.desk))?;
                    let Some((_, seq)) = loaded.file.ahead.clone() else {
                        return Ok(Outcome::Settled);
                    };
                    (loaded.content, loaded.file, seq, loaded.theirs.is_some())
                }
            }
        };
        let stat = inner.disk.stat(&path).ok();
        let found = disk::read_if_there(&*inner.disk, &path).map_err(io)?;
        let bytes = encode(key, &content, &file);
        let digest = found.as_deref().map(Digest::of);
        let is_same = found.as_deref() == Some(bytes.as_bytes());
        if is_changed || digest != file.base && !is_same {
            return self.settle(key, seq, bytes.as_bytes());
        }
        let is_blank = matches!(&content, Content::Set(set) if set.is_blank());
        let mut staged =
            Staged { key: key.clone(), from: None, to: path, stat, digest, seq, is_done: true };
        if is_same || found.is_none() && is_blank {
            return Ok(Outcome::Ready(staged));
        }
        if let (Rest::Set(_, rest), Some(found)) = (&file.rest, &found)
            && rest.is_damaged
        {
            let place = self.keep(kept::DAMAGED, &staged.to, found)?;
            self.report(kept::damaged_problem(&place));
        }
        let beside = self.staging()?;
        disk::write_new(&*inner.disk, &beside, bytes.as_bytes())
            .map_err(|error| Error::io(&beside, error))?;
        staged.from = Some(beside);
        staged.digest = Some(Digest::of(bytes.as_bytes()));
        Ok(Outcome::Ready(staged))
    }

    /// A path for something that is on its way to its place.
    fn staging(&mut self) -> Result<PathBuf, Error> {
        let folder = self.inner.layout.staging(self.desk.as_ref());
        self.folders
            .make(&*self.inner.disk, std::slice::from_ref(&folder))
            .map_err(|error| Error::io(&folder, error))?;
        self.staged += 1;
        Ok(folder.join(format!("file-{}", self.staged)))
    }

    /// Keeps bytes of a file in the folder for that.
    fn keep(&mut self, folder: &str, path: &Path, bytes: &[u8]) -> Result<PathBuf, Error> {
        let beside = self.staging()?;
        let file = Keep { folder, path, at: self.last_at, beside: &beside };
        kept::keep(&self.inner, &mut self.folders, &file, bytes)
            .map_err(|error| Error::io(path, error))
    }

    /// Keeps a damaged segment of the journal as it was found.
    pub(super) fn keep_damaged(&mut self, path: &Path, bytes: &[u8]) -> Result<(), Error> {
        let place = self.keep(kept::DAMAGED, path, bytes)?;
        self.report(kept::damaged_problem(&place));
        Ok(())
    }

    /// Keeps what we have of a file that another program has changed, and takes what is there.
    fn settle(&mut self, key: &FileKey, seq: u64, ours: &[u8]) -> Result<Outcome, Error> {
        let inner = self.inner.clone();
        let path = inner.path_of(key);
        let place = self.keep(kept::CONFLICTS, &path, ours)?;
        let mut state = inner.state();
        let ahead = state.open.get(key).and_then(|file| file.ahead.as_ref());
        if ahead.is_some_and(|(_, ahead)| *ahead != seq) {
            // Something was committed meanwhile: it is kept in the next round.
            return Ok(Outcome::Again(path));
        }
        {
            let mut queue = self.shared.queue();
            queue.last += 1;
            let stamp = Stamp { seq: queue.last, saved: queue.saved, at: self.last_at };
            let text = record::write_settled(stamp, key);
            queue.lines.push(Line { seq: stamp.seq, text, at: stamp.at, import: None });
        }
        state.close(key);
        if let Some(pending) = state.pending.get_mut(key) {
            pending.retain(|pending| pending.desk != self.desk);
        }
        state.pending.retain(|_, pending| !pending.is_empty());
        if let Ok((content, file)) = inner.read(&state, key) {
            state.put(key, content, file);
        }
        state.revision += 1;
        state.is_index_stale = true;
        drop(state);
        let document = Some(key.document().clone());
        self.report(kept::conflict_problem(&inner.layout, &place, document));
        Ok(Outcome::Settled)
    }

    /// Moves staged content into place; a file that was changed meanwhile is returned.
    fn place(&mut self, mut staged: Vec<Staged>) -> Result<Option<PathBuf>, Error> {
        let inner = self.inner.clone();
        let (disk, root) = (&*inner.disk, &inner.layout.root);
        let beside: Vec<_> = staged.iter().filter_map(|file| file.from.clone()).collect();
        let mut again = None;
        if let Some(first) = beside.first() {
            disk.sync(SyncSite::Beside, &beside).map_err(|error| Error::io(first, error))?;
            let above = |file: &Staged| file.to.parent().map(Path::to_owned);
            let moved = staged.iter().filter(|file| file.from.is_some());
            let folders: BTreeSet<_> = moved.filter_map(above).collect();
            let folders: Vec<_> = folders.into_iter().collect();
            self.folders.make(disk, &folders).map_err(|error| Error::io(root, error))?;
            for file in &mut staged {
                let Some(from) = &file.from else { continue };
                if disk.stat(&file.to).ok() == file.stat {
                    disk.rename(from, &file.to).map_err(|error| Error::io(&file.to, error))?;
                } else {
                    again = Some(file.to.clone());
                    disk.remove(from).map_err(|error| Error::io(from, error))?;
                    file.is_done = false;
                }
            }
            disk.sync(SyncSite::BesideName, &folders)
                .map_err(|error| Error::io(root, error))?;
        }
        for file in &mut staged {
            file.stat = disk.stat(&file.to).ok();
        }
        let mut state = inner.state();
        for file in staged.iter().filter(|file| file.is_done) {
            if let Some(open) = state.open.get_mut(&file.key) {
                (open.base, open.stat) = (file.digest, file.stat);
                if let Rest::Set(_, rest) = &mut open.rest {
                    rest.is_damaged = false;
                }
                if open.ahead.as_ref().is_some_and(|(_, seq)| *seq <= file.seq) {
                    open.ahead = None;
                }
                state.touch(&file.key);
            }
            if let Some(pending) = state.pending.get_mut(&file.key) {
                pending.retain(|pending| pending.desk != self.desk || pending.seq > file.seq);
            }
            match file.stat {
                Some(stat) => state.stamps.insert(file.key.clone(), stat),
                None => state.stamps.remove(&file.key),
            };
            state.is_index_stale = true;
        }
        state.pending.retain(|_, pending| !pending.is_empty());
        Ok(again)
    }

    /// Moves the shards of imports into place.
    fn place_shards(&mut self, mark: u64) -> Result<(), Error> {
        let inner = self.inner.clone();
        let (disk, layout) = (&*inner.disk, &inner.layout);
        let (staging, folder) = (layout.staging(self.desk.as_ref()), layout.documents());
        let mut moved = Vec::new();
        for line in self.lines.iter().filter(|line| line.seq <= mark) {
            for shard in line.import.iter().flat_map(|import| &import.shards) {
                let from = staging.join(&shard.staged);
                if disk.stat(&from).is_err() {
                    continue;
                }
                let to = folder.join(&shard.name);
                self.folders
                    .make(disk, std::slice::from_ref(&folder))
                    .and_then(|()| disk.rename(&from, &to))
                    .map_err(|error| Error::io(&to, error))?;
                moved.push((shard.name.clone(), layout.short(&to)));
            }
        }
        // Also where nothing was moved now: an earlier attempt may have ended before this.
        if self.lines.iter().any(|line| line.import.is_some()) && disk.stat(&folder).is_ok() {
            disk.sync(SyncSite::ShardName, std::slice::from_ref(&folder))
                .map_err(|error| Error::io(&folder, error))?;
        }
        let mut state = inner.state();
        for (name, path) in moved {
            state.is_index_stale = true;
            for shard in state.shards.iter_mut().filter(|shard| shard.name == name) {
                shard.path.clone_from(&path);
            }
        }
        drop(state);
        self.shared.queue().import_locks.retain(|(seq, _)| *seq > mark);
        Ok(())
    }

    /// Hands over to the history what the journal is about to forget.
    fn hand_over(&mut self, mark: u64) -> Result<(), Error> {
        let Some(history) = &mut self.history else { return Ok(()) };
        let staging = self.inner.layout.staging(self.desk.as_ref());
        let mut text = String::new();
        let mut last = history.last;
        for line in self.lines.iter().filter(|line| line.seq <= mark) {
            if let Some(edits) = line.import.as_ref().and_then(|import| import.edits.as_ref()) {
                history.take_import(&mut self.folders, &staging.join(edits), line.seq)?;
            }
            if line.seq > history.last {
                text.push_str(&line.text);
                last = line.seq;
            }
        }
        history.append(&mut self.folders, &text, last)
    }

    /// Begins a new journal segment, and removes older ones.
    fn trim(&mut self, mark: u64) -> Result<(), Error> {
        if mark == self.done && self.journal.is_open() {
            return Ok(());
        }
        let mut carried = String::new();
        let newer = self.lines.iter().filter(|line| line.seq > mark);
        carried.extend(newer.map(|line| line.text.as_str()));
        // Older segments go on to count for what is carried over, until it is on the disk here.
        let from = self.lines.back().map_or(mark, |line| line.seq.max(mark)) + 1;
        let head = SegmentHead { annotator: self.desk.clone(), done: mark, from };
        self.journal.start(&head, &carried)?;
        self.done = mark;
        self.lines.retain(|line| line.seq > mark);
        self.journal.trim()
    }

    /// Leaves the index as it should be for the next one who opens the project.
    pub(super) fn write_index(&self) {
        scan::write_index(&self.inner, &mut self.inner.state());
    }

    fn report(&self, problem: Problem) {
        self.shared.queue().problems.push(problem);
    }
}

/// Whether an error is about one file's content, such as a text that cannot be read: the
/// journal keeps its edits then, and others go on.
pub(super) fn is_about_a_file(error: &Error) -> bool {
    matches!(
        error,
        Error::NoDocument(_)
            | Error::Damaged { .. }
            | Error::Newer { .. }
            | Error::ChangedOutside { .. }
    )
}

/// A file, whole.
fn encode(key: &FileKey, content: &Content, file: &OpenFile) -> String {
    match (content, &file.rest) {
        (Content::Set(set), Rest::Set(document, rest)) => {
            record::write_set(document, set, rest)
        }
        (Content::Meta(meta), Rest::Meta(extra)) => {
            record::write_meta(key.document(), meta, extra)
        }
        _ => unreachable!("a file is opened as what its key says"),
    }
}

/// Removes what was left in a desk's staging folder by a session that ended badly, but for
/// what the journal still needs.
pub(super) fn clean_staging(inner: &Inner, folder: &Path, needed: &BTreeSet<String>) {
    for file in disk::list_if_there(&*inner.disk, folder).unwrap_or_default() {
        if !needed.contains(&file.name) {
            // If it cannot be removed, it is in nobody's way but that of its name.
            drop(inner.disk.remove(&folder.join(&file.name)));
        }
    }
}
