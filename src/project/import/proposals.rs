//! What another program suggests, into a project: what `tawsim import --as suggestions` does,
//! and what is done with what an extractor says.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use super::{ASKED_EVERY, ImportError, io_error};
use crate::format::{FindDocument, LabelMap, Proposal, ReadOptions, read_proposals};
use crate::lang::{Explain as _, Message};
use crate::model::{Document, DocumentId, Problem, Severity, Timestamp};
use crate::project::{LEARNED, MEMORY, RULES};
use crate::store::{self, Store, Suggested};

/// After how many bytes it is asked whether to go on, however few documents are in them.
const ASKED_BYTES: u64 = 1 << 20;

/// How long a source's name may be, in code points.
const LONGEST_NAME: usize = 60;

/// What taking suggestions depends on.
#[derive(Clone, Copy, Debug)]
pub struct ProposeOptions<'a> {
    /// Whose they are.
    pub source: &'a str,
    /// What labels are called there.
    pub map: &'a LabelMap,
    /// Whether what is well is taken though other things are not.
    pub keep_going: bool,
    /// When it is done.
    pub at: Timestamp,
}

/// What taking suggestions did and found.
#[derive(Debug, Default)]
pub struct ProposeReport {
    /// What it brought; none if nothing was taken.
    pub taken: Option<Suggested>,
    /// What could not be read.
    pub problems: Vec<Problem>,
    /// How many spans the label map left out.
    pub dropped: usize,
}

/// Looks whether a source may be called so.
///
/// # Errors
///
/// If not, in words.
pub fn check_source(name: &str) -> Result<(), Message> {
    if [RULES, LEARNED, MEMORY].contains(&name) {
        return Err(Message::new(
            format!("«{name}» اسم ما يقترحه البرنامج نفسه: اختر اسمًا آخر للمصدر"),
            format!(
                "`{name}` is what this program itself suggests: give the source another name"
            ),
        ));
    }
    let is_name = !name.trim().is_empty()
        && name.trim() == name
        && name.chars().count() <= LONGEST_NAME
        && !name.chars().any(char::is_control);
    if is_name {
        return Ok(());
    }
    Err(Message::new(
        format!("اسم المصدر كلمة أو كلمات في سطر، لا يتجاوز {LONGEST_NAME} حرفًا"),
        format!(
            "a source's name is a word or a few on one line, at most {LONGEST_NAME} letters"
        ),
    ))
}

/// Takes a file of suggestions: whole or not at all, unless `keep_going` takes what is well. Of
/// a document that is named in it, nothing stays that the source suggested before.
///
/// `go_on` is told how many documents are done; if it says no, nothing is taken.
///
/// # Errors
///
/// If the file cannot be read to its end, it was stopped, or the store does not take it.
pub fn propose_file(
    store: &Store,
    path: &Path,
    options: &ProposeOptions<'_>,
    go_on: &mut dyn FnMut(usize) -> bool,
) -> Result<ProposeReport, ImportError> {
    let file = File::open(path).map_err(|error| io_error(path, error))?;
    let mut source = BufReader::with_capacity(1 << 16, file);
    let from = Proposing { called: path, asked: None };
    let mut report = propose(store, (&mut source, from), options, go_on)?;
    for problem in &mut report.problems {
        problem.place.path = Some(path.to_owned());
    }
    Ok(report)
}

/// Where suggestions are read from.
#[derive(Clone, Copy, Debug)]
pub(in crate::project) struct Proposing<'a> {
    /// What it is called in messages.
    pub(in crate::project) called: &'a Path,
    /// The documents that it may be about; none for all.
    pub(in crate::project) asked: Option<&'a BTreeSet<&'a DocumentId>>,
}

/// As [`propose_file`], of what is read elsewhere.
///
/// # Errors
///
/// As [`propose_file`].
pub(in crate::project) fn propose(
    store: &Store,
    (source, from): (&mut dyn BufRead, Proposing<'_>),
    options: &ProposeOptions<'_>,
    go_on: &mut dyn FnMut(usize) -> bool,
) -> Result<ProposeReport, ImportError> {
    let schema = store.schema();
    let read = ReadOptions { file_name: options.source, schema: &schema, map: options.map };
    let mut report = ProposeReport::default();
    let mut suggesting = store.suggesting(options.source);
    let (mut done, mut is_stopped) = (0_usize, false);
    let (num_bytes, mut asked_at) = (Cell::new(0), 0);
    let source = &mut Counted { source, num_bytes: &num_bytes };
    let mut find = |id: &DocumentId| match from.asked {
        Some(asked) if !asked.contains(id) => Err(not_asked(id)),
        _ => document_of(store, id),
    };
    let find: &mut FindDocument<'_> = &mut find;
    read_proposals(source, &read, find, &mut |item| {
        match item {
            Proposal::Of { document, found, dropped } => {
                report.dropped += dropped;
                suggesting.add(&document, &found);
                done += 1;
                is_stopped = done.is_multiple_of(ASKED_EVERY) && !go_on(done);
            }
            Proposal::Problem(problem) => report.problems.push(problem),
        }
        if num_bytes.get() - asked_at >= ASKED_BYTES {
            asked_at = num_bytes.get();
            is_stopped = is_stopped || !go_on(done);
        }
        if is_stopped { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })
    .map_err(|error| io_error(from.called, error))?;
    if is_stopped || !go_on(done) {
        return Err(ImportError::Stopped);
    }
    let is_damaged = report.problems.iter().any(|p| p.severity == Severity::Error);
    if !is_damaged || (options.keep_going && done > 0) {
        report.taken = Some(suggesting.commit(options.at)?);
    }
    Ok(report)
}

/// Counts what is read.
struct Counted<'a> {
    source: &'a mut dyn BufRead,
    num_bytes: &'a Cell<u64>,
}

impl Read for Counted<'_> {
    fn read(&mut self, block: &mut [u8]) -> io::Result<usize> {
        let len = self.source.read(block)?;
        self.num_bytes.set(self.num_bytes.get() + len as u64);
        Ok(len)
    }
}

impl BufRead for Counted<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.source.fill_buf()
    }

    fn consume(&mut self, len: usize) {
        self.num_bytes.set(self.num_bytes.get() + len as u64);
        self.source.consume(len);
    }
}

fn not_asked(id: &DocumentId) -> Message {
    Message::new(
        format!("لم يُسأل عن المقال «{id}»"),
        format!("it was not asked about the document `{id}`"),
    )
}

fn document_of(store: &Store, id: &DocumentId) -> Result<Option<Arc<Document>>, Message> {
    match store.document(id) {
        Ok(document) => Ok(Some(document)),
        Err(store::Error::NoDocument(_)) => Ok(None),
        Err(error) => Err(error.explain()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_has_a_name_of_its_own() {
        for name in ["spacy", "نموذج 2", "a/b"] {
            assert_eq!(check_source(name), Ok(()), "{name}");
        }
        let long = "a".repeat(61);
        for name in ["", " ", " a", "rules", "learned", "memory", "a\nb", long.as_str()] {
            assert!(check_source(name).is_err(), "{name}");
        }
    }
}
