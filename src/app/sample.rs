//! The sample project: articles inside the program, written for it.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::format::{Format, LabelMap};
use crate::lang::both;
use crate::model::{AnnotatorId, InvalidAnnotator, Schema, State, Timestamp};
use crate::project::{self, ImportError, ImportOptions, Input};
use crate::store::{Disk, Installation, Store};

/// Six articles, three of them marked.
const ARTICLES: &str = include_str!("../../assets/sample/articles.jsonl");

/// How to mark them.
const GUIDELINES: &str = include_str!("../../assets/sample/guidelines.md");

/// Whose work the marked ones are.
const ANNOTATOR: &str = "مثال";

/// Who annotates the sample project: whose work it comes with, so that it is seen.
pub(super) fn annotator() -> Result<AnnotatorId, InvalidAnnotator> {
    AnnotatorId::new(ANNOTATOR)
}

/// Where the sample project is.
pub(super) fn root(config: &Path) -> PathBuf {
    config.join("sample")
}

/// Makes the sample project, unless it is there: what was marked in it stays.
pub(super) fn make(
    disk: &Arc<dyn Disk>,
    installation: &Installation,
    config: &Path,
    now: Timestamp,
) -> Result<PathBuf, ImportError> {
    let root = root(config);
    if root.join("project.ron").exists() {
        return Ok(root);
    }
    let failed =
        |path: &Path, error: io::Error| ImportError::Io { path: path.to_owned(), error };
    let name = both("مشروع المثال", "Sample project").ar;
    // Made beside and renamed, so that a sample that was made half is never taken for one.
    let beside = config.join("sample.new");
    if beside.exists() {
        fs::remove_dir_all(&beside).map_err(|error| failed(&beside, error))?;
    }
    Store::create(&**disk, &beside, name, &Schema::default())?;
    let write = |path: &Path, text: &str| -> io::Result<()> {
        File::create(path)?.write_all(text.as_bytes())
    };
    let guidelines = beside.join("guidelines.md");
    write(&guidelines, GUIDELINES).map_err(|error| failed(&guidelines, error))?;
    let articles = beside.join("sample.jsonl");
    write(&articles, ARTICLES).map_err(|error| failed(&articles, error))?;
    take(disk, installation, &beside, &articles, now)?;
    fs::remove_file(&articles).map_err(|error| failed(&articles, error))?;
    fs::rename(&beside, &root).map_err(|error| failed(&root, error))?;
    Ok(root)
}

fn take(
    disk: &Arc<dyn Disk>,
    installation: &Installation,
    root: &Path,
    articles: &Path,
    now: Timestamp,
) -> Result<(), ImportError> {
    let (store, _) = Store::open(Arc::clone(disk), root, installation)?;
    let Some(format) = Format::of_id("jsonl") else {
        unreachable!("`FORMATS` has the native one")
    };
    let Ok(annotator) = annotator() else { unreachable!("`{ANNOTATOR}` is a name") };
    let session = store.session(Some(&annotator), Arc::new(|| {}))?;
    let options = ImportOptions {
        map: &LabelMap::default(),
        state: State::Finished,
        keep_going: false,
        date: None,
        date_of_name: None,
        source: None,
        at: now,
    };
    let name = "sample.jsonl".to_owned();
    let inputs = [Input { path: articles.to_owned(), name, format }];
    let report = project::import(&store, &session, &inputs, &options, &mut |_, _| true)?;
    session.close()?;
    match report.imported {
        Some(_) => Ok(()),
        None => unreachable!("a test imports the sample articles"),
    }
}
