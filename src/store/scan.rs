//! Reads what is on disk into a [`State`]: shards, sets, metas, journals.
//!
//! What the index has of a file is taken from there if the file is still what it was: shards
//! by name and length, since they are named by their content; others by length and time.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::catalog::{Catalog, Documents, Entry, Location, Summary};
use super::disk::{self, Disk, Listed, Stat};
use super::journal::{self, Tail};
use super::path::Layout;
use super::record::{
    self, Body, FileKey, Index, IndexShard, Record, SetHead, ShardLine, Wrong, annotator_of,
};
use super::state::{Content, Desk, Inner, Pending, PendingEdits, Shard, State};
use super::{Error, kept};
use crate::lang::Message;
use crate::model::{DocumentId, Place, Problem, SetKey, Severity};

/// Reads everything that the list shows, and what the journals have beyond it.
pub(super) fn read_all(inner: &Inner, state: &mut State) -> Result<Vec<Problem>, Error> {
    let (disk, layout) = (&*inner.disk, &inner.layout);
    let mut problems = Vec::new();
    let index = disk.read(&layout.index()).ok().and_then(|bytes| record::read_index(&bytes));
    state.is_index_stale = index.is_none();
    let mut index = index.unwrap_or_default();
    let tails = read_tails(disk, layout, &mut problems);
    read_shards(disk, layout, state, &tails, &mut index, &mut problems)?;
    read_sets(disk, layout, state, &mut index, &mut problems);
    read_metas(disk, layout, state, &mut index, &mut problems);
    // Whatever the index has beyond what was found is gone.
    let left = index.shards.len() + index.sets.len() + index.metas.len();
    state.is_index_stale |= left > 0;
    state.pending = pending_of(disk, layout, &tails);
    list_pending(inner, state, &mut problems);
    problems.extend(kept::problems(disk, layout));
    Ok(problems)
}

/// Reads everything anew, but for what is ahead of its file.
pub(super) fn refresh(inner: &Inner, state: &mut State) -> Result<Vec<Problem>, Error> {
    let mut fresh = State::new(state.project.clone(), state.project_digest);
    fresh.desks.clone_from(&state.desks);
    let problems = read_all(inner, &mut fresh)?;
    // What our own sessions have committed is known better here.
    for (key, pending) in &mut fresh.pending {
        pending.retain(|pending| !state.desks.contains(&pending.desk));
        let ours = state.pending.get(key).into_iter().flatten();
        pending.extend(ours.filter(|pending| state.desks.contains(&pending.desk)).cloned());
    }
    for (key, pending) in std::mem::take(&mut state.pending) {
        let ours = pending.into_iter().filter(|pending| state.desks.contains(&pending.desk));
        fresh.pending.entry(key).or_insert_with(|| ours.collect());
    }
    fresh.pending.retain(|_, pending| !pending.is_empty());
    state.documents = fresh.documents;
    state.shards = fresh.shards;
    state.stamps = fresh.stamps;
    state.pending = fresh.pending;
    state.is_index_stale |= fresh.is_index_stale;
    state.revision += 1;
    for key in state.open.keys().cloned().collect::<Vec<_>>() {
        if state.open.get(&key).is_some_and(|file| file.ahead.is_some()) {
            state.list(&key);
        } else {
            state.close(&key);
        }
    }
    Ok(problems)
}

/// Whether there are documents on disk that the list does not have.
pub(super) fn has_news(inner: &Inner, state: &State) -> bool {
    let (disk, layout) = (&*inner.disk, &inner.layout);
    let tails = read_tails(disk, layout, &mut Vec::new());
    let Ok(found) = find_shards(disk, layout, &tails) else { return true };
    let known = |name: &String| state.shards.iter().any(|shard| shard.name == *name);
    found.len() != state.shards.len() || !found.keys().all(known)
}

/// Writes the index, if it is not as it should be and nothing is ahead of the files. That it
/// cannot be written is no fault: it is made again.
pub(super) fn write_index(inner: &Inner, state: &mut State) {
    let is_ahead = state.open.values().any(|file| file.ahead.is_some());
    if !state.is_index_stale || is_ahead || !state.pending.is_empty() {
        return;
    }
    let (disk, layout) = (&*inner.disk, &inner.layout);
    let text = index_of(layout, state);
    let path = layout.index();
    let beside = path.with_extension(format!("{}", state.revision));
    let written = make_own(disk, layout)
        .and_then(|()| disk::write_new(disk, &beside, text.as_bytes()))
        .and_then(|()| disk.rename(&beside, &path));
    state.is_index_stale = written.is_err();
}

/// Makes the folder of what is local to this installation, which git is told to leave alone.
pub(super) fn make_own(disk: &dyn Disk, layout: &Layout) -> io::Result<()> {
    for folder in [layout.local(), layout.own()] {
        match disk.create_folder(&folder) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
            _ => {}
        }
    }
    match disk::write_new(disk, &layout.local().join(".gitignore"), b"*\n") {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

fn index_of(layout: &Layout, state: &State) -> String {
    let mut shards: Vec<_> = state
        .shards
        .iter()
        .map(|shard| {
            let documents = Vec::new();
            (shard, IndexShard { len: shard.len, order: shard.order, documents })
        })
        .collect();
    let (mut sets, mut metas) = (Vec::new(), Vec::new());
    for entry in state.documents.iter() {
        if let Some((_, shard)) = shards.get_mut(entry.location.shard) {
            let (location, line) = (&entry.location, entry.to_line());
            shard.documents.push((line, location.offset, location.len));
        }
        for summary in &entry.sets {
            let annotator = summary.annotator.clone();
            let key = SetKey { annotator, document: entry.id.clone() };
            let path = layout.short_name(&layout.set(&key));
            let head = summary.to_head(&entry.id);
            if let Some(stat) = state.stamps.get(&FileKey::Set(key)) {
                sets.push((path, *stat, head));
            }
        }
        if let Some(stat) = state.stamps.get(&FileKey::Meta(entry.id.clone())) {
            let path = layout.short_name(&layout.meta(&entry.id));
            metas.push((path, *stat, entry.id.as_str(), &entry.meta));
        }
    }
    // A shard with a fault is read again each time, so that the fault is told each time; and
    // so is one with a document that another has too.
    shards.retain(|(shard, found)| shard.is_whole && shard.count == found.documents.len());
    let shards: Vec<_> =
        shards.iter().map(|(shard, found)| (shard.name.as_str(), found)).collect();
    let sets: Vec<_> = sets.iter().map(|(path, stat, head)| (&**path, *stat, head)).collect();
    let metas: Vec<_> =
        metas.iter().map(|(path, stat, id, meta)| (&**path, *stat, *id, *meta)).collect();
    record::write_index(&shards, &sets, &metas)
}

/// Reads the journals of other sessions again; whether there is anything in them.
pub(super) fn reload_journals(inner: &Inner, state: &mut State) -> bool {
    let (disk, layout) = (&*inner.disk, &inner.layout);
    let mut tails = read_tails(disk, layout, &mut Vec::new());
    tails.retain(|(desk, _)| !state.desks.contains(desk));
    let ours = state.desks.clone();
    for pending in state.pending.values_mut() {
        pending.retain(|pending| ours.contains(&pending.desk));
    }
    for (key, pending) in pending_of(disk, layout, &tails) {
        state.pending.entry(key).or_default().extend(pending);
    }
    state.pending.retain(|_, pending| !pending.is_empty());
    !tails.is_empty()
}

/// The journal of every desk of this installation.
fn read_tails(
    disk: &dyn Disk,
    layout: &Layout,
    problems: &mut Vec<Problem>,
) -> Vec<(Desk, Tail)> {
    let mut paths = vec![layout.desk(None)];
    let folders = disk::list_if_there(disk, &layout.desks()).unwrap_or_default();
    let folders = folders.into_iter().filter(|folder| folder.stat.is_folder);
    paths.extend(folders.map(|folder| layout.desks().join(folder.name)));
    let mut tails = Vec::new();
    for path in paths {
        match journal::read_tail(disk, &path) {
            Ok(mut tail) => {
                problems.append(&mut tail.problems);
                if let Some(desk) = tail.desk.clone()
                    && !tail.records.is_empty()
                {
                    tails.push((desk, tail));
                }
            }
            Err(error) => problems.push(error.to_problem()),
        }
    }
    tails
}

/// Where the shards are: in their folder, or staged by an import that was committed.
fn find_shards(
    disk: &dyn Disk,
    layout: &Layout,
    tails: &[(Desk, Tail)],
) -> Result<BTreeMap<String, (PathBuf, u64)>, Error> {
    let folder = layout.documents();
    let listed =
        disk::list_if_there(disk, &folder).map_err(|error| Error::io(&folder, error))?;
    let mut found = BTreeMap::new();
    for (desk, tail) in tails {
        for (record, _) in &tail.records {
            let Body::Import { shards, .. } = &record.body else { continue };
            for shard in shards {
                let path = layout.staging(desk.as_ref()).join(&shard.staged);
                if let Ok(stat) = disk.stat(&path) {
                    found.insert(shard.name.clone(), (layout.short(&path), stat.len));
                }
            }
        }
    }
    for file in listed.into_iter().filter(|file| file.name.ends_with(".jsonl")) {
        let path = layout.short(&folder.join(&file.name));
        found.insert(file.name, (path, file.stat.len));
    }
    Ok(found)
}

fn read_shards(
    disk: &dyn Disk,
    layout: &Layout,
    state: &mut State,
    tails: &[(Desk, Tail)],
    index: &mut Index,
    problems: &mut Vec<Problem>,
) -> Result<(), Error> {
    let mut shards = Vec::new();
    for (name, (path, len)) in find_shards(disk, layout, tails)? {
        let known = index.shards.remove(&name).filter(|known| known.len == len);
        let full = layout.root.join(&path);
        let (content, is_whole) = match known {
            Some(known) => (known, true),
            None => {
                state.is_index_stale = true;
                let bytes = disk.read(&full).map_err(|error| Error::io(&full, error));
                let bytes = match bytes {
                    Ok(bytes) => bytes,
                    Err(error) => {
                        problems.push(error.to_problem());
                        continue;
                    }
                };
                let before = problems.len();
                let Some(content) = read_shard(&full, &bytes, problems) else { continue };
                (content, problems.len() == before)
            }
        };
        let order = content.order;
        let count = content.documents.len();
        shards.push((Shard { name, path, len, order, count, is_whole }, content));
    }
    shards.sort_by(|(a, _), (b, _)| (a.order, &a.name).cmp(&(b.order, &b.name)));
    let mut catalog = Catalog::default();
    catalog.reserve(shards.iter().map(|(_, content)| content.documents.len()).sum());
    for (at, (shard, content)) in shards.into_iter().enumerate() {
        let path = layout.root.join(&shard.path);
        state.shards.push(shard);
        for (number, (line, offset, len)) in (2..).zip(content.documents) {
            let location = Location { shard: at, offset, len, line: number };
            let (id, digest) = (line.id.clone(), line.digest);
            let other = catalog.push(Entry::new(line, location));
            if other.is_some_and(|other| other != digest) {
                let what = Message::new(
                    format!("المعرّف «{id}» لنصّين مختلفين؛ يُعرض الأول"),
                    format!("two different texts have the id `{id}`; the first one is shown"),
                );
                problems.push(problem(&path, Some(number), what));
            }
        }
    }
    state.documents = Documents(Arc::new(catalog));
    Ok(())
}

/// What a shard holds; none if a later version of the program wrote it. Lines that cannot be
/// read are problems.
fn read_shard(path: &Path, bytes: &[u8], problems: &mut Vec<Problem>) -> Option<IndexShard> {
    let mut shard =
        IndexShard { len: bytes.len() as u64, order: u64::MAX, documents: Vec::new() };
    let mut offset = 0;
    for (number, line) in (1..).zip(bytes.split_inclusive(|byte| *byte == b'\n')) {
        let start = offset;
        offset += line.len() as u64;
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        if number == 1 {
            match record::read_shard_head(line) {
                Ok(head) if head.version > record::FORMAT_VERSION => {
                    let error = Error::Newer { path: path.to_owned(), version: head.version };
                    problems.push(error.to_problem());
                    return None;
                }
                Ok(head) => shard.order = head.order,
                Err(what) => problems.push(problem(path, Some(number), what)),
            }
            continue;
        }
        match ShardLine::read(line) {
            Ok(found) => shard.documents.push((found, start, line.len())),
            Err(what) => problems.push(problem(path, Some(number), what)),
        }
    }
    Some(shard)
}

/// Everybody's set files, with whose folder they are in.
fn read_sets(
    disk: &dyn Disk,
    layout: &Layout,
    state: &mut State,
    index: &mut Index,
    problems: &mut Vec<Problem>,
) {
    let mut folders = vec![layout.gold()];
    match disk::list_if_there(disk, &layout.sets()) {
        Ok(listed) => {
            let listed = listed.into_iter().filter(|file| file.stat.is_folder);
            folders.extend(listed.map(|folder| layout.sets().join(folder.name)));
        }
        Err(error) => problems.push(Error::io(&layout.sets(), error).to_problem()),
    }
    for folder in folders {
        for (path, file) in list_buckets(disk, &folder, "jsonl", problems) {
            let short = layout.short_name(&path);
            let known = index.sets.remove(&short).filter(|(stat, _)| *stat == file.stat);
            let (head, is_whole) = match known {
                Some((_, head)) => (head, true),
                None => {
                    state.is_index_stale = true;
                    let before = problems.len();
                    match skim(disk, layout, &path, problems) {
                        // What is damaged is not in the index, so that it is told each time.
                        Some(head) => (head, problems.len() == before),
                        None => continue,
                    }
                }
            };
            let Some(annotator) = annotator_of(&head.annotator) else { continue };
            let key = SetKey { annotator, document: head.document.as_str().into() };
            list_set(state, key, head, is_whole.then_some(file.stat));
        }
    }
}

fn list_set(state: &mut State, key: SetKey, head: SetHead, stat: Option<Stat>) {
    if state.documents.position(&key.document).is_some() {
        let summary = Summary::of(key.annotator.clone(), head);
        let is_blank = summary.num_spans() == 0 && summary.state == crate::model::State::New;
        state.change_summary(&key, (!is_blank).then_some(summary));
        if let Some(stat) = stat {
            state.stamps.insert(FileKey::Set(key), stat);
        }
    }
}

/// What a set file says, where it is one and lies where it should.
fn skim(
    disk: &dyn Disk,
    layout: &Layout,
    path: &Path,
    problems: &mut Vec<Problem>,
) -> Option<SetHead> {
    let bytes = match disk.read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            problems.push(Error::io(path, error).to_problem());
            return None;
        }
    };
    let (head, wrong) = match record::skim_set(&bytes) {
        Ok(found) => found,
        Err(version) => {
            problems.push(Error::Newer { path: path.to_owned(), version }.to_problem());
            return None;
        }
    };
    for (line, what) in wrong {
        problems.push(problem(path, Some(line), what));
    }
    let Some(annotator) = annotator_of(&head.annotator) else {
        let what = Message::new(
            "السطر الأول ليس رأس مجموعة، فلا تظهر في القائمة",
            "the first line is no set's header, so it is not in the list",
        );
        problems.push(problem(path, Some(1), what));
        return None;
    };
    let key = SetKey { annotator, document: head.document.as_str().into() };
    if layout.set(&key) != path {
        let what = Message::new(
            format!("الملف من عمل «{}» على «{}» وليس هذا مكانه", head.annotator, head.document),
            format!(
                "this is {}'s set on `{}`, and not its place",
                head.annotator, head.document
            ),
        );
        problems.push(problem(path, None, what));
        return None;
    }
    Some(head)
}

fn read_metas(
    disk: &dyn Disk,
    layout: &Layout,
    state: &mut State,
    index: &mut Index,
    problems: &mut Vec<Problem>,
) {
    for (path, file) in list_buckets(disk, &layout.metas(), "json", problems) {
        let short = layout.short_name(&path);
        let known = index.metas.remove(&short).filter(|(stat, ..)| *stat == file.stat);
        let (document, meta) = match known {
            Some((_, document, meta)) => (document, meta),
            None => {
                state.is_index_stale = true;
                let read = disk.read(&path).map_err(|error| Error::io(&path, error));
                let read = read.and_then(|bytes| {
                    record::read_meta(&bytes).map_err(|what| Error::Damaged {
                        path: path.clone(),
                        line: None,
                        what,
                    })
                });
                match read {
                    Ok(file) if file.version > record::FORMAT_VERSION => {
                        let error = Error::Newer { path, version: file.version };
                        problems.push(error.to_problem());
                        continue;
                    }
                    Ok(file) => (file.document, file.meta),
                    Err(error) => {
                        problems.push(error.to_problem());
                        continue;
                    }
                }
            }
        };
        let id = DocumentId::from(document.as_str());
        let documents = Arc::make_mut(&mut state.documents.0);
        documents.change(&id, |entry| entry.meta != meta, |entry| entry.meta.clone_from(&meta));
        state.stamps.insert(FileKey::Meta(id), file.stat);
    }
}

/// The files of that extension in the buckets of a folder, in order.
fn list_buckets(
    disk: &dyn Disk,
    folder: &Path,
    extension: &str,
    problems: &mut Vec<Problem>,
) -> Vec<(PathBuf, Listed)> {
    let mut files = Vec::new();
    let mut list = |folder: &Path| match disk::list_if_there(disk, folder) {
        Ok(listed) => listed,
        Err(error) => {
            problems.push(Error::io(folder, error).to_problem());
            Vec::new()
        }
    };
    for bucket in list(folder).into_iter().filter(|bucket| bucket.stat.is_folder) {
        let bucket = folder.join(bucket.name);
        for file in list(&bucket) {
            let path = bucket.join(&file.name);
            if path.extension().is_some_and(|found| found == extension) {
                files.push((path, file));
            }
        }
    }
    files
}

/// What journals have beyond the files, by file.
fn pending_of(
    disk: &dyn Disk,
    layout: &Layout,
    tails: &[(Desk, Tail)],
) -> BTreeMap<FileKey, Vec<Pending>> {
    let mut pending = BTreeMap::new();
    for (desk, tail) in tails {
        for (record, _) in &tail.records {
            add_pending(disk, layout, desk, record, &mut pending);
        }
    }
    pending
}

/// Adds what one record of a journal says to what waits, by file.
pub(super) fn add_pending(
    disk: &dyn Disk,
    layout: &Layout,
    desk: &Desk,
    record: &Record,
    pending: &mut BTreeMap<FileKey, Vec<Pending>>,
) {
    let one = |edits| Pending { desk: desk.clone(), seq: record.seq, edits };
    match &record.body {
        Body::Edits(edits) => {
            for edit in edits {
                let edits = PendingEdits::Here(edit.clone());
                pending.entry(edit.key()).or_default().push(one(edits));
            }
        }
        Body::Settled(key) => {
            if let Some(pending) = pending.get_mut(key) {
                pending.retain(|pending| pending.desk != *desk);
            }
        }
        Body::Import { edits: None, .. } => {}
        Body::Import { edits: Some(name), .. } => {
            let path: Arc<Path> = layout.staging(desk.as_ref()).join(name).into();
            // Where it is gone, it is in the history, and the files have what it said.
            let bytes = disk.read(&path).unwrap_or_default();
            let mut offset = 0;
            for line in bytes.split_inclusive(|byte| *byte == b'\n') {
                let start = offset;
                offset += line.len() as u64;
                let line = line.strip_suffix(b"\n").unwrap_or(line);
                let found = record::read_import_edits(line).unwrap_or_default();
                let Some(first) = found.first() else { continue };
                let path = path.clone();
                let edits = PendingEdits::Staged { path, offset: start, len: line.len() };
                pending.entry(first.key()).or_default().push(one(edits));
            }
        }
    }
}

/// Brings the list up to what the journals have beyond the files.
fn list_pending(inner: &Inner, state: &mut State, problems: &mut Vec<Problem>) {
    let keys: Vec<_> = state.pending.keys().cloned().collect();
    for key in keys {
        match inner.load(state, &key, None) {
            Ok(loaded) => {
                let content = loaded.theirs.unwrap_or(loaded.content);
                match content {
                    Content::Set(set) => {
                        let head = SetHead::of(&set);
                        let summary = Summary::of(set.key.annotator.clone(), head);
                        let summary = (!set.is_blank()).then_some(summary);
                        state.change_summary(&set.key, summary);
                    }
                    Content::Meta(meta) => {
                        let documents = Arc::make_mut(&mut state.documents.0);
                        let change = |entry: &mut Entry| entry.meta.clone_from(&meta);
                        documents.change(key.document(), |entry| entry.meta != meta, change);
                    }
                }
            }
            Err(error) => problems.push(error.to_problem()),
        }
    }
}

fn problem(path: &Path, line: Option<u64>, what: Wrong) -> Problem {
    let place = Place { path: Some(path.to_owned()), line, ..Place::default() };
    Problem { severity: Severity::Error, place, what }
}
