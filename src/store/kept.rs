//! What is kept beside a project's files: the other side of a conflict, and what a damaged file
//! was before it was written anew.

use std::io;
use std::path::{Path, PathBuf};

use super::disk::{self, Disk, Folders, SyncSite};
use super::path::Layout;
use super::state::Inner;
use super::{Error, record};
use crate::lang::Message;
use crate::model::{AnnotationSet, Place, Problem, SetKey, Severity, Timestamp};

/// The folder of conflicts: of each, what this installation had.
pub(super) const CONFLICTS: &str = "conflicts";

/// The folder of damaged files, as they were found.
pub(super) const DAMAGED: &str = "damaged";

/// What is to be kept of a file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Keep<'a> {
    /// The folder for it: [`CONFLICTS`] or [`DAMAGED`].
    pub folder: &'a str,
    /// The file.
    pub path: &'a Path,
    /// When it was worked on last.
    pub at: Timestamp,
    /// A path for what is on its way there.
    pub beside: &'a Path,
}

/// Keeps `bytes` of a file beside the project's, and returns where, when that is on the disk.
/// What is kept already is not kept twice.
pub(super) fn keep(
    inner: &Inner,
    folders: &mut Folders,
    file: &Keep<'_>,
    bytes: &[u8],
) -> io::Result<PathBuf> {
    let (disk, layout) = (&*inner.disk, &inner.layout);
    let Keep { folder, path, at, beside } = *file;
    let stamp = stamp(layout, at);
    let mut place = layout.beside(folder, path, &stamp);
    let mut again = 1;
    while let Some(found) = disk::read_if_there(disk, &place)? {
        if found == bytes {
            break;
        }
        again += 1;
        place = layout.beside(folder, path, &format!("{stamp}-{again}"));
    }
    let above = place.parent().unwrap_or(&layout.root).to_owned();
    folders.make(disk, std::slice::from_ref(&above))?;
    disk::write_new(disk, beside, bytes)?;
    disk.sync(SyncSite::Kept, &[beside.to_owned()])?;
    disk.rename(beside, &place)?;
    disk.sync(SyncSite::KeptName, &[above])?;
    Ok(place)
}

/// Tells several kept files apart: a time, and who kept it.
fn stamp(layout: &Layout, at: Timestamp) -> String {
    let digits: String = at.to_string().chars().filter(|c| c.is_ascii_alphanumeric()).collect();
    let installation: String = layout.installation.chars().take(8).collect();
    format!("{digits}-{installation}")
}

/// A file that another program changed while it was worked on here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// What was done here: a file of the same form as the one that was changed.
    pub path: PathBuf,
    /// Which set it is about; none for a document's title, date and source.
    pub set: Option<SetKey>,
}

/// All conflicts, by path.
pub(super) fn conflicts(disk: &dyn Disk, layout: &Layout) -> Vec<Conflict> {
    let mut found = Vec::new();
    let mut folders = vec![layout.root.join(CONFLICTS)];
    while let Some(folder) = folders.pop() {
        for file in disk::list_if_there(disk, &folder).unwrap_or_default() {
            let path = folder.join(&file.name);
            if file.stat.is_folder {
                folders.push(path);
            } else {
                let head =
                    disk.read(&path).ok().and_then(|bytes| record::skim_set(&bytes).ok());
                let set = head.and_then(|(head, _)| {
                    let annotator = record::annotator_of(&head.annotator)?;
                    Some(SetKey { annotator, document: head.document.as_str().into() })
                });
                found.push(Conflict { path, set });
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// What was kept of a set.
pub(super) fn set(
    inner: &Inner,
    conflict: &Conflict,
) -> Result<(AnnotationSet, Vec<Problem>), Error> {
    let path = &conflict.path;
    let Some(key) = &conflict.set else {
        let what = Message::new("ليس هذا ملف مجموعة", "this is no set's file");
        return Err(Error::Damaged { path: path.clone(), line: None, what });
    };
    let document = {
        let state = inner.state();
        let entry = state.documents.find(&key.document);
        let entry = entry.ok_or_else(|| Error::NoDocument(key.document.clone()))?;
        inner.document(&state, entry)?
    };
    let bytes = inner.disk.read(path).map_err(|error| Error::io(path, error))?;
    let file = record::read_set(&bytes, &document, key)
        .map_err(|version| Error::Newer { path: path.clone(), version })?;
    let problem = |(line, what)| inner.problem_at(path, &key.document, line, what);
    Ok((file.set, file.wrong.into_iter().map(problem).collect()))
}

/// A problem for each conflict that nobody has settled.
pub(super) fn problems(disk: &dyn Disk, layout: &Layout) -> Vec<Problem> {
    conflicts(disk, layout).iter().map(|conflict| conflict_problem(&conflict.path)).collect()
}

/// Says that a file was changed by two programs, and where the other side is.
pub(super) fn conflict_problem(path: &Path) -> Problem {
    let what = Message::new(
        "غيّر برنامج آخر الملف بينما كان العمل عليه جاريًا؛ بقي ما كتبه، وحُفظ عملك هنا للمقارنة",
        "another program changed the file while it was worked on; what that wrote stands, and \
         your work is kept here to compare",
    );
    let place = Place { path: Some(path.to_owned()), ..Place::default() };
    Problem { severity: Severity::Warning, place, what }
}

/// Says that a damaged file is kept as it was found.
pub(super) fn damaged_problem(path: &Path) -> Problem {
    let what = Message::new(
        "حُفظت هنا نسخة من ملف تالف كما وُجد قبل أن يُكتب من جديد",
        "a damaged file is kept here as it was found, before it was written anew",
    );
    let place = Place { path: Some(path.to_owned()), ..Place::default() };
    Problem { severity: Severity::Notice, place, what }
}
