//! What an import would bring, without writing anything.

use std::collections::HashMap;

use super::{ImportError, ImportOptions, ImportReport, Input, Sink, Taker};
use crate::format::Format;
use crate::model::{AnnotatorId, Digest, Document, DocumentId, Schema, Severity};
use crate::store::{Documents, Error, Imported, Store, Taken};

/// How many titles are kept, to recognize the articles by.
const NUM_TITLES: usize = 3;

/// What an import would bring.
#[derive(Debug, Default)]
pub struct Plan {
    /// What is well, and would be taken. Of spans, which of them are there already is not looked
    /// at.
    pub taken: Imported,
    /// How many of the new documents have the text of another one.
    pub copies: usize,
    /// How many files there are of each format.
    pub files: Vec<(&'static Format, usize)>,
    /// The titles of the first new documents.
    pub titles: Vec<String>,
    /// What could not be read, or is worth a look.
    pub report: ImportReport,
}

impl Plan {
    /// Whether something is damaged, so that nothing is taken unless what is well is asked for.
    #[must_use]
    pub fn is_damaged(&self) -> bool {
        self.report.problems.iter().any(|problem| problem.severity == Severity::Error)
    }

    /// Whether the import would bring something.
    #[must_use]
    pub fn brings_something(&self) -> bool {
        self.taken.documents + self.taken.same > 0
    }
}

/// Reads files as an import of them into `store` would, or into a new project, and writes
/// nothing.
///
/// `go_on` is as for [`import`](super::import).
///
/// # Errors
///
/// If a file cannot be read to its end, or it was stopped.
pub fn plan(
    store: Option<&Store>,
    (annotator, schema): (Option<&AnnotatorId>, &Schema),
    inputs: &[Input],
    options: &ImportOptions<'_>,
    go_on: &mut dyn FnMut(usize, usize) -> bool,
) -> Result<Plan, ImportError> {
    let known = store.map(Store::documents);
    let sink = Sink::Plan(Box::new(Planned { known, ..Planned::default() }));
    let taker = Taker::of((annotator, schema), options, sink).all(inputs, go_on)?;
    let Taker { sink: Sink::Plan(planned), report, .. } = taker else {
        unreachable!("a plan stays one")
    };
    let Planned { taken, copies, titles, .. } = *planned;
    let mut files: Vec<(&Format, usize)> = Vec::new();
    for input in inputs {
        match files.iter_mut().find(|(format, _)| format.id == input.format.id) {
            Some((_, count)) => *count += 1,
            None => files.push((input.format, 1)),
        }
    }
    Ok(Plan { taken, copies, files, titles, report })
}

/// What was planned so far: ids and digests, no text.
#[derive(Default)]
pub(super) struct Planned {
    known: Option<Documents>,
    new: HashMap<DocumentId, Digest>,
    by_digest: HashMap<Digest, DocumentId>,
    taken: Imported,
    copies: usize,
    titles: Vec<String>,
}

impl Planned {
    /// What the store would answer.
    pub(super) fn add(&mut self, document: &Document, spans: usize) -> Result<Taken, Error> {
        let (id, digest) = (document.id(), document.digest());
        let here = self.known.as_ref().and_then(|known| known.find(id));
        let here = here.map(|entry| entry.digest).or_else(|| self.new.get(id).copied());
        let taken = match here {
            Some(known) if known != digest => return Err(Error::OtherText(id.clone())),
            Some(_) => {
                self.taken.same += 1;
                Taken::Same
            }
            None => self.add_new(document),
        };
        self.taken.spans += spans;
        Ok(taken)
    }

    fn add_new(&mut self, document: &Document) -> Taken {
        let (id, digest) = (document.id(), document.digest());
        if self.by_digest.is_empty()
            && let Some(known) = &self.known
        {
            let digests = known.iter().rev().map(|entry| (entry.digest, entry.id.clone()));
            self.by_digest = digests.collect();
        }
        self.new.insert(id.clone(), digest);
        self.taken.documents += 1;
        if self.titles.len() < NUM_TITLES {
            self.titles.push(document.title(&document.given).to_owned());
        }
        match self.by_digest.get(&digest) {
            Some(of) => {
                self.copies += 1;
                Taken::Copy { of: of.clone() }
            }
            None => {
                self.by_digest.insert(digest, id.clone());
                Taken::New
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;

    use super::*;
    use crate::format::LabelMap;
    use crate::model::{State, Timestamp};
    use crate::project::{collect, import};
    use crate::store::{Disk, Installation, RealDisk, Store};

    /// Files of which an import takes all, some of them twice.
    fn write_articles(folder: &Path) {
        let marked = r#"{"id": "c", "text": "سوق في وهران", "spans":
            [{"start": 7, "end": 12, "label": "CITY", "text": "وهران"}]}"#;
        let files = [
            ("a.txt", "فاس".to_owned()),
            ("copy.txt", "فاس".to_owned()),
            ("c.jsonl", marked.replace('\n', " ")),
            ("d.jsonl", marked.replace('\n', " ")),
        ];
        std::fs::create_dir(folder).unwrap();
        for (name, text) in files {
            use std::io::Write as _;
            let mut file = std::fs::File::create(folder.join(name)).unwrap();
            file.write_all(text.as_bytes()).unwrap();
        }
    }

    #[test]
    fn a_plan_says_what_the_import_brings_and_writes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let (articles, root) = (folder.path().join("articles"), folder.path().join("project"));
        write_articles(&articles);
        let inputs = collect(&[articles], None).unwrap();
        let schema = Schema::default();
        let amal = AnnotatorId::new("أمل").unwrap();
        let map = LabelMap::default();
        let options = ImportOptions {
            map: &map,
            state: State::Finished,
            keep_going: false,
            date: None,
            date_of_name: None,
            source: None,
            at: Timestamp(1),
        };
        let planned = |store: Option<&Store>| {
            plan(store, (Some(&amal), &schema), &inputs, &options, &mut |_, _| true).unwrap()
        };
        let before = planned(None);
        assert!(!root.exists() && !before.is_damaged() && before.brings_something());
        assert_eq!((before.copies, before.titles.len()), (1, 3));
        assert_eq!(
            before.files.iter().map(|(of, n)| (of.id, *n)).collect::<Vec<_>>(),
            [("text", 2), ("jsonl", 2)]
        );

        Store::create(&RealDisk, &root, "أخبار", &schema).unwrap();
        let installation = Installation::new("0123456789abcdef").unwrap();
        let disk = Arc::new(RealDisk) as Arc<dyn Disk>;
        let (store, _) = Store::open(disk, &root, &installation).unwrap();
        let session = store.session(Some(&amal), Arc::new(|| {})).unwrap();
        let report = import(&store, &session, &inputs, &options, &mut |_, _| true).unwrap();
        let brought = report.imported.unwrap();
        assert_eq!(
            (brought.documents, brought.same),
            (before.taken.documents, before.taken.same)
        );
        assert_eq!(brought.documents, 3);
        let after = planned(Some(&store));
        assert_eq!((after.taken.documents, after.taken.same), (0, 4));
        assert!(after.titles.is_empty());
        session.close().unwrap();
    }

    #[test]
    fn a_plan_that_is_stopped_says_so() {
        let stopped = plan(
            None,
            (None, &Schema::default()),
            &[Input {
                path: "a.txt".into(),
                name: "a.txt".to_owned(),
                format: Format::of_id("text").unwrap(),
            }],
            &ImportOptions {
                map: &LabelMap::default(),
                state: State::New,
                keep_going: false,
                date: None,
                date_of_name: None,
                source: None,
                at: Timestamp(1),
            },
            &mut |_, _| false,
        );
        assert!(matches!(stopped, Err(ImportError::Stopped)));
    }
}
