//! A disk in memory that remembers every step, and can say what a power cut leaves.
//!
//! The rules are those that POSIX promises and no more. Bytes are on the disk once their file
//! was synced; a name (made, moved or removed) once its folder was. What was not synced may be
//! there or not, in any combination, and bytes also in part or as zeros. A move to another
//! folder is a new name there and, with or after it, a removal here.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::disk::{Appender, Disk, Listed, Lock, Stat, SyncSite};

/// A disk in memory. A handle: clones are the same disk.
#[derive(Clone, Default)]
pub(super) struct MemoryDisk(Arc<Mutex<Memory>>, Arc<Mutex<Option<Hook>>>);

/// Called once, when a file of that name is made.
type Hook = (&'static str, Box<dyn FnOnce() + Send>);

/// A file's number, which it keeps when it is moved.
type Inode = usize;

#[derive(Clone, Default)]
struct Memory {
    names: BTreeMap<PathBuf, Node>,
    files: Vec<File>,
    steps: Vec<Step>,
    locks: BTreeSet<Inode>,
    /// The site whose syncs do nothing.
    omitted: Option<SyncSite>,
    /// How many steps there were when the first of them was left out.
    first_omitted: Option<usize>,
    /// How many more bytes there is room for.
    room: Option<usize>,
    /// How many more syncs succeed.
    good_syncs: Option<usize>,
    is_read_only: bool,
    time: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Node {
    Folder,
    File(Inode),
}

#[derive(Clone, Default)]
struct File {
    bytes: Vec<u8>,
    modified: i64,
}

/// What was done to the disk.
#[derive(Clone, Debug)]
enum Step {
    Link(PathBuf, Node),
    Move {
        from: PathBuf,
        to: PathBuf,
        inode: Inode,
    },
    Unlink(PathBuf, Inode),
    Append(Inode, Vec<u8>),
    SyncFile(Inode),
    SyncFolder(PathBuf),
    /// The system wrote everything out, as it does when there is time.
    SyncAll,
    /// Something that the test wants to know the time of.
    Mark(u64),
}

/// What of a step that was not synced is on the disk after all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// All of it.
    Kept,
    /// Nothing of it.
    Lost,
    /// Of bytes, the first half; of a move, the new name beside the old one.
    Torn,
}

/// A step that a power cut may undo.
#[derive(Clone, Copy, Debug)]
pub(super) struct Loose {
    step: usize,
    /// Whether it has a half.
    pub can_tear: bool,
}

impl MemoryDisk {
    /// Leaves out the syncs of one site from now on.
    pub(super) fn omit(&self, site: SyncSite) {
        self.memory().omitted = Some(site);
    }

    /// How many steps there were when a sync was left out for the first time.
    pub(super) fn first_omitted(&self) -> Option<usize> {
        self.memory().first_omitted
    }

    /// Remembers that something was reached, such as that a transaction is shown as saved.
    pub(super) fn mark(&self, mark: u64) {
        self.memory().steps.push(Step::Mark(mark));
    }

    /// Has everything written out, as the system does when there is time.
    pub(super) fn sync_all(&self) {
        self.memory().steps.push(Step::SyncAll);
    }

    /// Has something done when a file whose name begins so is made the next time.
    pub(super) fn when_made(&self, name: &'static str, hook: impl FnOnce() + Send + 'static) {
        *self.1.lock().unwrap() = Some((name, Box::new(hook)));
    }

    /// From now on there is room for so many bytes; for none, without an end.
    pub(super) fn set_room(&self, room: Option<usize>) {
        self.memory().room = room;
    }

    /// From now on so many syncs succeed, and all others fail; for none, all succeed.
    pub(super) fn set_good_syncs(&self, good: Option<usize>) {
        self.memory().good_syncs = good;
    }

    pub(super) fn set_read_only(&self, is_read_only: bool) {
        self.memory().is_read_only = is_read_only;
    }

    /// How many steps were done.
    pub(super) fn num_steps(&self) -> usize {
        self.memory().steps.len()
    }

    /// The highest mark among the first `steps` steps.
    pub(super) fn mark_at(&self, steps: usize) -> u64 {
        let memory = self.memory();
        let marks = memory.steps.iter().take(steps).filter_map(|step| match step {
            Step::Mark(mark) => Some(*mark),
            _ => None,
        });
        marks.max().unwrap_or_default()
    }

    /// All paths that are there, with their bytes; folders have none.
    pub(super) fn content(&self) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
        let memory = self.memory();
        let content = |node: &Node| match node {
            Node::Folder => None,
            Node::File(inode) => Some(memory.files[*inode].bytes.clone()),
        };
        memory.names.iter().map(|(path, node)| (path.clone(), content(node))).collect()
    }

    /// Puts a file where another program would, whole and synced.
    pub(super) fn put(&self, path: &Path, bytes: &[u8]) {
        let mut memory = self.memory();
        memory.time += 1;
        let modified = memory.time;
        let folders: Vec<_> = path.ancestors().skip(1).map(Path::to_owned).collect();
        for folder in folders.into_iter().rev() {
            if memory.names.insert(folder.clone(), Node::Folder).is_none() {
                memory.steps.push(Step::Link(folder, Node::Folder));
            }
        }
        let inode = memory.files.len();
        memory.files.push(File { bytes: bytes.to_vec(), modified });
        memory.names.insert(path.to_owned(), Node::File(inode));
        memory.steps.push(Step::Link(path.to_owned(), Node::File(inode)));
        memory.steps.push(Step::Append(inode, bytes.to_vec()));
        memory.steps.push(Step::SyncAll);
    }

    /// Moves a folder with all that is in it where another program would; for none, removes it.
    /// Crashes are not for a disk where this was done: it is no step.
    pub(super) fn move_folder(&self, from: &Path, to: Option<&Path>) {
        let mut memory = self.memory();
        for (path, node) in std::mem::take(&mut memory.names) {
            let path = match (path.strip_prefix(from), to) {
                (Err(_), _) => path,
                (Ok(_), None) => continue,
                (Ok(inner), Some(to)) if inner.as_os_str().is_empty() => to.to_owned(),
                (Ok(inner), Some(to)) => to.join(inner),
            };
            memory.names.insert(path, node);
        }
    }

    /// What a power cut after the first `steps` steps may undo, in order.
    pub(super) fn loose(&self, steps: usize) -> Vec<Loose> {
        let memory = self.memory();
        let steps = &memory.steps[..steps];
        let mut loose = Vec::new();
        let first = steps.iter().rposition(|step| matches!(step, Step::SyncAll)).unwrap_or(0);
        for (at, step) in steps.iter().enumerate().skip(first) {
            let later = &steps[at + 1..];
            let is_file_synced = |inode: &Inode| {
                later.iter().any(|step| matches!(step, Step::SyncFile(other) if other == inode))
            };
            let (is_durable, can_tear) = match step {
                Step::Link(path, _) | Step::Unlink(path, _) => (is_synced(later, path), false),
                Step::Move { from, to, .. } => {
                    (is_synced(later, to) && is_synced(later, from), true)
                }
                Step::Append(inode, bytes) => (is_file_synced(inode), bytes.len() > 1),
                Step::SyncFile(_) | Step::SyncFolder(_) | Step::SyncAll | Step::Mark(_) => {
                    (true, false)
                }
            };
            if !is_durable {
                loose.push(Loose { step: at, can_tear });
            }
        }
        loose
    }

    /// The disk after a power cut that came after the first `steps` steps, with what was not
    /// synced as `fates` says; what they do not say is kept.
    pub(super) fn crash(&self, steps: usize, fates: &[(Loose, Fate)]) -> Self {
        let memory = self.memory();
        let steps = &memory.steps[..steps];
        let fate = |at: usize| {
            let found = fates.iter().find(|(loose, _)| loose.step == at);
            found.map_or(Fate::Kept, |(_, fate)| *fate)
        };
        let mut names = BTreeMap::new();
        let root = PathBuf::from("/");
        names.insert(root, Node::Folder);
        // What is written and how far, since a lost piece leaves a hole before a kept one.
        let mut files: BTreeMap<Inode, (usize, Vec<u8>)> = BTreeMap::new();
        let link = |names: &mut BTreeMap<PathBuf, Node>, path: &PathBuf, node: Node| {
            // In a folder that is not there it cannot be seen.
            if path.parent().is_some_and(|folder| names.contains_key(folder)) {
                names.insert(path.clone(), node);
            }
        };
        for (at, step) in steps.iter().enumerate() {
            match (step, fate(at)) {
                (Step::Link(path, node), Fate::Kept) => link(&mut names, path, *node),
                (Step::Unlink(path, inode), Fate::Kept) => unlink(&mut names, path, *inode),
                (Step::Move { from, to, inode }, fate) => {
                    let later = &steps[at + 1..];
                    let (to_synced, from_synced) =
                        (is_synced(later, to), is_synced(later, from));
                    if to_synced || fate != Fate::Lost {
                        link(&mut names, to, Node::File(*inode));
                    }
                    if from_synced || fate == Fate::Kept {
                        unlink(&mut names, from, *inode);
                    }
                }
                (Step::Append(inode, bytes), fate) => {
                    let (written, file) = files.entry(*inode).or_default();
                    let kept = match fate {
                        Fate::Kept => bytes.len(),
                        Fate::Torn => bytes.len() / 2,
                        Fate::Lost => 0,
                    };
                    if kept > 0 {
                        file.resize(*written, 0);
                        file.extend(&bytes[..kept]);
                    }
                    *written += bytes.len();
                }
                _ => {}
            }
        }
        let mut content = vec![File::default(); memory.files.len()];
        for (inode, (_, bytes)) in files {
            content[inode] = File { bytes, modified: memory.time + 1 };
        }
        settled(names, content, memory.time + 1)
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A disk of that content, all of it synced.
fn settled(names: BTreeMap<PathBuf, Node>, files: Vec<File>, time: i64) -> MemoryDisk {
    let mut memory = Memory { names, files, time, ..Memory::default() };
    for (path, node) in &memory.names {
        if path.parent().is_none() {
            continue;
        }
        memory.steps.push(Step::Link(path.clone(), *node));
    }
    for (inode, file) in memory.files.iter().enumerate() {
        memory.steps.push(Step::Append(inode, file.bytes.clone()));
    }
    memory.steps.push(Step::SyncAll);
    MemoryDisk(Arc::new(Mutex::new(memory)), Arc::default())
}

fn is_synced(later: &[Step], path: &Path) -> bool {
    let folder = path.parent();
    later.iter().any(|step| match step {
        Step::SyncFolder(other) => Some(&**other) == folder,
        Step::SyncAll => true,
        _ => false,
    })
}

fn unlink(names: &mut BTreeMap<PathBuf, Node>, path: &PathBuf, inode: Inode) {
    if names.get(path) == Some(&Node::File(inode)) {
        names.remove(path);
    }
}

impl Memory {
    fn file(&self, path: &Path) -> io::Result<Inode> {
        match self.names.get(path) {
            Some(Node::File(inode)) => Ok(*inode),
            Some(Node::Folder) => Err(ErrorKind::IsADirectory.into()),
            None => Err(ErrorKind::NotFound.into()),
        }
    }

    fn check_writable(&self) -> io::Result<()> {
        if self.is_read_only { Err(ErrorKind::ReadOnlyFilesystem.into()) } else { Ok(()) }
    }

    fn link(&mut self, path: &Path, node: Node) -> io::Result<()> {
        self.check_writable()?;
        let folder = path.parent().unwrap();
        if folder != Path::new("/") && self.names.get(folder) != Some(&Node::Folder) {
            return Err(ErrorKind::NotFound.into());
        }
        if self.names.contains_key(path) {
            return Err(ErrorKind::AlreadyExists.into());
        }
        self.names.insert(path.to_owned(), node);
        self.steps.push(Step::Link(path.to_owned(), node));
        Ok(())
    }

    fn sync(&mut self, site: SyncSite, step: Step) -> io::Result<()> {
        if let Some(good) = &mut self.good_syncs {
            if *good == 0 {
                return Err(io::Error::other("the disk is ill"));
            }
            *good -= 1;
        }
        if self.omitted == Some(site) {
            self.first_omitted.get_or_insert(self.steps.len());
        } else {
            self.steps.push(step);
        }
        Ok(())
    }
}

impl Disk for MemoryDisk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let memory = self.memory();
        Ok(memory.files[memory.file(path)?].bytes.clone())
    }

    fn read_range(&self, path: &Path, offset: u64, len: usize) -> io::Result<Vec<u8>> {
        let bytes = self.read(path)?;
        let start = usize::try_from(offset).unwrap();
        let range = bytes.get(start..start + len);
        range.map(<[u8]>::to_vec).ok_or_else(|| ErrorKind::UnexpectedEof.into())
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Listed>> {
        let memory = self.memory();
        if memory.names.get(folder) != Some(&Node::Folder) {
            return Err(ErrorKind::NotFound.into());
        }
        let inside = memory.names.keys().filter(|path| path.parent() == Some(folder));
        let names: Vec<_> = inside.cloned().collect();
        drop(memory);
        let listed = |path: &PathBuf| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            Ok(Listed { name, stat: self.stat(path)? })
        };
        names.iter().map(listed).collect()
    }

    fn stat(&self, path: &Path) -> io::Result<Stat> {
        let memory = self.memory();
        match memory.names.get(path) {
            Some(Node::File(inode)) => {
                let file = &memory.files[*inode];
                let len = file.bytes.len() as u64;
                Ok(Stat { len, modified: file.modified, is_folder: false })
            }
            Some(Node::Folder) => Ok(Stat { is_folder: true, ..Stat::default() }),
            None if path == Path::new("/") => Ok(Stat { is_folder: true, ..Stat::default() }),
            None => Err(ErrorKind::NotFound.into()),
        }
    }

    fn create_folder(&self, path: &Path) -> io::Result<()> {
        self.memory().link(path, Node::Folder)
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn Appender>> {
        let hook = {
            let name = path.file_name().unwrap().to_str().unwrap();
            self.1.lock().unwrap().take_if(|(prefix, _)| name.starts_with(*prefix))
        };
        if let Some((_, hook)) = hook {
            hook();
        }
        let mut memory = self.memory();
        let inode = memory.files.len();
        memory.link(path, Node::File(inode))?;
        memory.time += 1;
        let modified = memory.time;
        memory.files.push(File { bytes: Vec::new(), modified });
        Ok(Box::new(MemoryFile { disk: self.clone(), inode }))
    }

    fn open_append(&self, path: &Path) -> io::Result<Box<dyn Appender>> {
        let memory = self.memory();
        memory.check_writable()?;
        let inode = memory.file(path)?;
        Ok(Box::new(MemoryFile { disk: self.clone(), inode }))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut memory = self.memory();
        memory.check_writable()?;
        let inode = memory.file(from)?;
        if memory.names.get(to.parent().unwrap()) != Some(&Node::Folder) {
            return Err(ErrorKind::NotFound.into());
        }
        memory.names.remove(from);
        memory.names.insert(to.to_owned(), Node::File(inode));
        memory.steps.push(Step::Move { from: from.to_owned(), to: to.to_owned(), inode });
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        let mut memory = self.memory();
        memory.check_writable()?;
        let inode = memory.file(path)?;
        memory.names.remove(path);
        memory.steps.push(Step::Unlink(path.to_owned(), inode));
        Ok(())
    }

    fn sync(&self, site: SyncSite, paths: &[PathBuf]) -> io::Result<()> {
        let mut memory = self.memory();
        for path in paths {
            let step = match memory.names.get(path) {
                Some(Node::File(inode)) => Step::SyncFile(*inode),
                Some(Node::Folder) => Step::SyncFolder(path.clone()),
                None if path == Path::new("/") => Step::SyncFolder(path.clone()),
                None => return Err(ErrorKind::NotFound.into()),
            };
            memory.sync(site, step)?;
        }
        Ok(())
    }

    fn try_lock(&self, path: &Path) -> io::Result<Option<Box<dyn Lock>>> {
        if self.stat(path).is_err() {
            drop(self.create(path)?);
        }
        let mut memory = self.memory();
        memory.check_writable()?;
        let inode = memory.file(path)?;
        if !memory.locks.insert(inode) {
            return Ok(None);
        }
        Ok(Some(Box::new(MemoryLock { disk: self.clone(), inode })))
    }
}

struct MemoryFile {
    disk: MemoryDisk,
    inode: Inode,
}

impl Appender for MemoryFile {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut memory = self.disk.memory();
        memory.check_writable()?;
        let fits = memory.room.map_or(bytes.len(), |room| room.min(bytes.len()));
        memory.room = memory.room.map(|room| room - fits);
        memory.time += 1;
        let modified = memory.time;
        let file = &mut memory.files[self.inode];
        file.bytes.extend(&bytes[..fits]);
        file.modified = modified;
        memory.steps.push(Step::Append(self.inode, bytes[..fits].to_vec()));
        if fits < bytes.len() { Err(ErrorKind::StorageFull.into()) } else { Ok(()) }
    }

    fn sync_data(&mut self, site: SyncSite) -> io::Result<()> {
        self.disk.memory().sync(site, Step::SyncFile(self.inode))
    }

    fn is_at(&self, path: &Path) -> io::Result<bool> {
        Ok(self.disk.memory().names.get(path) == Some(&Node::File(self.inode)))
    }
}

struct MemoryLock {
    disk: MemoryDisk,
    inode: Inode,
}

impl Lock for MemoryLock {
    fn is_at(&self, path: &Path) -> io::Result<bool> {
        Ok(self.disk.memory().names.get(path) == Some(&Node::File(self.inode)))
    }
}

impl Drop for MemoryLock {
    fn drop(&mut self) {
        self.disk.memory().locks.remove(&self.inode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(disk: &MemoryDisk, path: &str, bytes: &str) -> Box<dyn Appender> {
        let mut file = disk.create(Path::new(path)).unwrap();
        file.append(bytes.as_bytes()).unwrap();
        file
    }

    /// All that a power cut may leave of the files, as `path=bytes` lists.
    fn outcomes(disk: &MemoryDisk) -> BTreeSet<String> {
        let steps = disk.num_steps();
        let loose = disk.loose(steps);
        let fates = [Fate::Kept, Fate::Lost, Fate::Torn];
        let mut found = BTreeSet::new();
        for mut choice in 0..3_usize.pow(u32::try_from(loose.len()).unwrap()) {
            let mut chosen = Vec::new();
            for loose in &loose {
                chosen.push((*loose, fates[choice % 3]));
                choice /= 3;
            }
            let content = disk.crash(steps, &chosen).content();
            let files = content.iter().filter_map(|(path, bytes)| {
                let bytes = String::from_utf8_lossy(bytes.as_ref()?).replace('\0', "0");
                Some(format!("{}={bytes}", path.display()))
            });
            found.insert(files.collect::<Vec<_>>().join(" "));
        }
        found
    }

    #[track_caller]
    fn check(disk: &MemoryDisk, expected: &[&str]) {
        let expected: BTreeSet<_> = expected.iter().map(|text| (*text).to_owned()).collect();
        assert_eq!(outcomes(disk), expected);
    }

    #[test]
    fn bytes_need_their_file_synced_and_names_their_folder() {
        let disk = MemoryDisk::default();
        let mut file = write(&disk, "/a", "xy");
        check(&disk, &["", "/a=", "/a=x", "/a=xy"]);
        file.sync_data(SyncSite::Journal).unwrap();
        check(&disk, &["", "/a=xy"]);
        disk.sync(SyncSite::Folder, &["/".into()]).unwrap();
        check(&disk, &["/a=xy"]);
        file.append(b"z").unwrap();
        file.append(b"w").unwrap();
        check(&disk, &["/a=xy", "/a=xyz", "/a=xy0w", "/a=xyzw"]);
    }

    #[test]
    fn a_move_may_be_undone_or_half_done_but_loses_nothing() {
        let disk = MemoryDisk::default();
        disk.create_folder(Path::new("/b")).unwrap();
        disk.sync(SyncSite::Folder, &["/".into()]).unwrap();
        let mut file = write(&disk, "/a", "x");
        file.sync_data(SyncSite::Beside).unwrap();
        disk.sync(SyncSite::Folder, &["/".into()]).unwrap();
        disk.rename(Path::new("/a"), Path::new("/b/a")).unwrap();
        check(&disk, &["/a=x", "/b/a=x", "/a=x /b/a=x"]);
        disk.sync(SyncSite::Folder, &["/b".into()]).unwrap();
        check(&disk, &["/b/a=x", "/a=x /b/a=x"]);
    }

    #[test]
    fn a_lost_folder_takes_what_is_in_it() {
        let disk = MemoryDisk::default();
        disk.create_folder(Path::new("/b")).unwrap();
        write(&disk, "/b/a", "x").sync_data(SyncSite::Journal).unwrap();
        disk.sync(SyncSite::Folder, &["/b".into()]).unwrap();
        check(&disk, &["", "/b/a=x"]);
    }

    #[test]
    fn a_full_disk_takes_what_fits() {
        let disk = MemoryDisk::default();
        disk.set_room(Some(3));
        let mut file = disk.create(Path::new("/a")).unwrap();
        assert!(file.append(b"xy").is_ok());
        assert_eq!(file.append(b"zw").unwrap_err().kind(), ErrorKind::StorageFull);
        assert_eq!(disk.read(Path::new("/a")).unwrap(), b"xyz");
    }
}
