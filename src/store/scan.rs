//! Reads what is on disk: shards, sets, metas.

use std::path::Path;
use std::sync::Arc;

use super::catalog::{Catalog, Documents, Entry, Location, Summary};
use super::disk::{self, Disk};
use super::path::{Layout, id_of};
use super::record::{self, SetFile, ShardLine};
use super::{Error, Inner};
use crate::model::{AnnotatorId, Document, Meta, Place, Problem, SetKey, Severity};

/// Every document, with everybody's progress.
pub(super) fn documents(
    disk: &dyn Disk,
    layout: &Layout,
    problems: &mut Vec<Problem>,
) -> Result<Documents, Error> {
    let folder = layout.documents();
    let listed =
        disk::list_if_there(disk, &folder).map_err(|error| Error::io(&folder, error))?;
    let mut shards = Vec::new();
    for file in listed.iter().filter(|file| file.name.ends_with(".jsonl")) {
        let path = folder.join(&file.name);
        let bytes = disk.read(&path).map_err(|error| Error::io(&path, error))?;
        let Some((order, entries)) = shard(&path, &file.name, &bytes, problems) else {
            continue;
        };
        shards.push((order, file.name.clone(), entries));
    }
    shards.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    let entries = shards.into_iter().flat_map(|(_, _, entries)| entries).collect();
    let mut catalog = Catalog::new(entries);
    sets(disk, layout, &mut catalog);
    Ok(Documents(Arc::new(catalog)))
}

/// The documents of one shard; none if a later version of the program wrote it.
fn shard(
    path: &Path,
    name: &str,
    bytes: &[u8],
    problems: &mut Vec<Problem>,
) -> Option<(u64, Vec<Entry>)> {
    let name: Arc<str> = name.into();
    let mut order = u64::MAX;
    let mut entries = Vec::new();
    let mut offset = 0;
    for (number, line) in (1_u64..).zip(bytes.split_inclusive(|byte| *byte == b'\n')) {
        let start = offset;
        offset += line.len() as u64;
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        let damaged = |what| {
            Error::Damaged { path: path.to_owned(), line: Some(number), what }.to_problem()
        };
        if number == 1 {
            match record::read_shard_head(line) {
                Ok(head) if head.version > record::FORMAT_VERSION => {
                    let error = Error::Newer { path: path.to_owned(), version: head.version };
                    problems.push(error.to_problem());
                    return None;
                }
                Ok(head) => order = head.order,
                Err(what) => problems.push(damaged(what)),
            }
            continue;
        }
        match ShardLine::read(line) {
            Ok(found) => {
                let location = Location {
                    shard: name.clone(),
                    offset: start,
                    len: line.len(),
                    line: number,
                };
                entries.push(Entry::new(found, location));
            }
            Err(what) => problems.push(damaged(what)),
        }
    }
    Some((order, entries))
}

fn sets(disk: &dyn Disk, layout: &Layout, catalog: &mut Catalog) {
    let documents = Documents(Arc::new(catalog.clone()));
    let mut annotators = vec![AnnotatorId::gold()];
    for folder in disk::list_if_there(disk, &layout.sets()).unwrap_or_default() {
        let id = id_of(&folder.name).and_then(|name| AnnotatorId::new(&name).ok());
        annotators.extend(id);
    }
    for annotator in annotators {
        for entry in documents.iter() {
            let key = SetKey { annotator: annotator.clone(), document: entry.id.clone() };
            let Ok(bytes) = disk.read(&layout.set(&key)) else { continue };
            let Some(head) = record::skim_set(&bytes) else { continue };
            let summary = Summary::of(annotator.clone(), head);
            catalog.put_summary(&entry.id, &annotator, Some(summary));
        }
    }
    for entry in documents.iter() {
        let Ok(bytes) = disk.read(&layout.meta(&entry.id)) else { continue };
        let Ok(file) = record::read_meta(&bytes) else { continue };
        let meta: Meta = file.meta;
        catalog.change(&entry.id, |entry| entry.meta = meta);
    }
}

/// A set's file and what is wrong with it.
pub(super) fn set(
    inner: &Inner,
    document: &Document,
    key: &SetKey,
) -> Result<(SetFile, Vec<Problem>), Error> {
    let path = inner.layout.set(key);
    let bytes =
        disk::read_if_there(&*inner.disk, &path).map_err(|error| Error::io(&path, error))?;
    let file = match bytes {
        None => SetFile::blank(key.clone()),
        Some(bytes) => record::read_set(&bytes, document, key)
            .map_err(|version| Error::Newer { path: path.clone(), version })?,
    };
    let problem = |(line, what): &(Option<u64>, record::Wrong)| Problem {
        severity: Severity::Warning,
        place: Place {
            path: Some(path.clone()),
            line: *line,
            document: Some(key.document.clone()),
            range: None,
        },
        what: what.clone(),
    };
    let problems = file.wrong.iter().map(problem).collect();
    Ok((file, problems))
}
