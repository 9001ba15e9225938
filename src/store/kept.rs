//! What is kept beside a project's files: the other side of a conflict, and what a damaged file
//! was before it was written anew.

use std::io;
use std::path::{Path, PathBuf};

use super::disk::{self, Disk, Folders, SyncSite};
use super::path::Layout;
use super::state::Inner;
use super::{Error, record};
use crate::lang::{Message, isolated};
use crate::model::{
    AnnotationSet, Digest, DocumentId, Place, Problem, SetKey, Severity, Timestamp,
};

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

/// Keeps what a file of the project's folder was to become, or has been, where another program
/// has changed it; returns where. The same is not kept twice: its name follows from what it says.
pub(super) fn keep_named(
    inner: &Inner,
    (stem, extension): (&str, &str),
    bytes: &[u8],
) -> io::Result<PathBuf> {
    let (disk, layout) = (&*inner.disk, &inner.layout);
    let above = layout.root.join(CONFLICTS);
    let digest: String = Digest::of(bytes).to_string().chars().take(16).collect();
    let place = above.join(format!("{stem}.{digest}.{extension}"));
    if disk.stat(&place).is_ok() {
        return Ok(place);
    }
    Folders::around(disk, &layout.root).make(disk, std::slice::from_ref(&above))?;
    let beside = above.join(format!("{stem}.{digest}.new"));
    if disk.stat(&beside).is_ok() {
        // Left by a program that was killed.
        disk.remove(&beside)?;
    }
    disk::write_new(disk, &beside, bytes)?;
    disk.sync(SyncSite::Kept, std::slice::from_ref(&beside))?;
    disk.rename(&beside, &place)?;
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
    /// The file that was changed, which stands as the other program left it.
    pub file: PathBuf,
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
                let file = original(layout, &path);
                found.push(Conflict { path, file, set });
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

/// The file that a kept one is about, as [`Layout::beside`] named it.
fn original(layout: &Layout, kept: &Path) -> PathBuf {
    let inner = kept.strip_prefix(layout.root.join(CONFLICTS)).unwrap_or(kept);
    let name = inner.file_name().unwrap_or_default().to_string_lossy();
    let stem = name.split('.').next().unwrap_or_default();
    let extension = name.rsplit('.').next().unwrap_or_default();
    layout.root.join(inner).with_file_name(format!("{stem}.{extension}"))
}

/// A problem for each conflict that nobody has settled.
pub(super) fn problems(disk: &dyn Disk, layout: &Layout) -> Vec<Problem> {
    let problem = |conflict: &Conflict| {
        let document = conflict.set.as_ref().map(|set| set.document.clone());
        conflict_problem(layout, &conflict.path, document)
    };
    conflicts(disk, layout).iter().map(problem).collect()
}

/// Says that a file was changed by two programs, and where both sides are: what is in `kept`
/// and what stands.
pub(super) fn conflict_problem(
    layout: &Layout,
    kept: &Path,
    document: Option<DocumentId>,
) -> Problem {
    let file = original(layout, kept);
    let stands = layout.short_name(&file);
    let place = Place { path: Some(kept.to_owned()), document, ..Place::default() };
    if file == layout.guidelines() {
        // Whose stands there was chosen by a person.
        let what = Message::new(
            format!(
                "كُتب {} هنا وفي برنامج آخر معًا؛ وهذا ما كُتب في أحدهما ولم يبق فيه: قارن بينهما ثم احذف هذا",
                isolated(&stands)
            ),
            format!(
                "{stands} was written here and by another program; this is what one of them \
                 wrote and does not stand there: compare them, then remove this one"
            ),
        );
        return Problem { severity: Severity::Warning, place, what };
    }
    let what = Message::new(
        format!(
            "غيّر برنامج آخر الملف {} بينما كان العمل عليه جاريًا؛ بقي فيه ما كتبه ذاك، وحُفظ \
             عملك في هذا الملف للمقارنة، ثم احذفه",
            isolated(&stands)
        ),
        format!(
            "another program changed {stands} while it was worked on; what that wrote stands \
             there, and your work is kept in this file: compare them, then remove this one"
        ),
    );
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
