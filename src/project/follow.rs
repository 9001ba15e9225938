//! Following the store: what an import or another program changed is read again.
//!
//! The project keeps the sets that it works on, and the store has them too. They are the same
//! as long as all changes come through [`Project::commit`]; here is what is done where others
//! have come.

use super::{Error, Project};
use crate::edit::Work;
use crate::lang::Message;
use crate::model::{Place, Problem, Severity};
use crate::store::{self, Session};

impl Project {
    /// What went wrong while writing since the last call. Where another program's work took
    /// the place of ours, that is what is there from now on.
    #[must_use]
    pub fn take_problems(&mut self) -> Vec<Problem> {
        let mut problems = std::mem::take(&mut self.problems);
        let found = self.session.as_ref().map(Session::take_problems).unwrap_or_default();
        if !found.is_empty() {
            self.reload();
            problems.append(&mut self.problems);
        }
        problems.extend(found);
        problems
    }

    /// Reads again what is in memory: the list, and the sets, the open one at once. After an
    /// import, or where another program has changed something.
    pub fn reload(&mut self) {
        self.work = Work::default();
        self.refresh();
        let Some(open) = &mut self.open else { return };
        let (key, id) = (open.key.clone(), open.document.id().clone());
        open.row = self.documents.position(&id).unwrap_or_default();
        let problems = self.load_set(&key).and_then(|problems| {
            self.load_meta(&id)?;
            Ok(problems)
        });
        match problems {
            Ok(problems) => self.problems.extend(problems),
            Err(error) => {
                // Nothing is shown that may not be so.
                self.open = None;
                self.problems.push(problem(&error));
            }
        }
        self.lay_lanes();
    }

    /// Brings the list up to commits that were just made; if something else came with them, all.
    pub(super) fn follow_commits(&mut self, count: u64) {
        let expected = self.revision + count;
        self.lay_lanes();
        self.refresh();
        if self.revision != expected {
            self.reload();
            let key = self.open.as_ref().map(|open| open.key.document.clone());
            self.problems.push(Problem {
                severity: Severity::Notice,
                place: Place { document: key, ..Place::default() },
                what: Message::new(
                    "غيّر برنامج آخر ملفات هذا المشروع؛ يُعرض ما فيها الآن",
                    "another program has changed files of this project; what they say now is \
                     shown",
                ),
            });
        }
    }
}

/// Whether a step was made for what is there no longer.
pub(super) fn is_stale(error: &Error) -> bool {
    matches!(error, Error::Stale(_) | Error::Store(store::Error::Stale(_)))
}

fn problem(error: &Error) -> Problem {
    match error {
        Error::Store(error) => error.to_problem(),
        other => Problem {
            severity: Severity::Error,
            place: Place::default(),
            what: crate::lang::Explain::explain(other),
        },
    }
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};
    use std::sync::Arc;

    use super::*;
    use crate::format::LabelMap;
    use crate::model::{AnnotatorId, Schema, State, Timestamp};
    use crate::project::{Ambient, ImportOptions, collect, import};
    use crate::store::{Installation, RealDisk, Store};
    use crate::text::TextRange;

    const TEXT: &str = "أوقفت الشرطة 12 شخصا في فاس";

    /// A project in which `a` is open, and its folder.
    struct Desk {
        folder: tempfile::TempDir,
        project: Project,
    }

    impl Desk {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let root = folder.path().join("project");
            Store::create(&RealDisk, &root, "أخبار", &Schema::default()).unwrap();
            let mut desk = Self { project: open(&root), folder };
            desk.import("a.txt", TEXT);
            desk.project.open_document(&"a".into()).unwrap();
            desk
        }

        fn import(&mut self, name: &str, text: &str) {
            let path = self.write(name, text);
            let inputs = collect(&[path], None).unwrap();
            let options = ImportOptions {
                map: &LabelMap::default(),
                state: State::Finished,
                keep_going: false,
                date: None,
                date_of_name: None,
                source: None,
                at: Timestamp(0),
            };
            let session = self.project.session().unwrap();
            let go_on = &mut |_, _| true;
            let report =
                import(self.project.store(), session, &inputs, &options, go_on).unwrap();
            assert!(report.imported.is_some(), "{:?}", report.problems);
            self.project.reload();
        }

        /// Imports the open document again, with a span on its last word.
        fn import_marked(&mut self) {
            let id = self.project.documents.get(0).unwrap().id.clone();
            let (start, end) = (TEXT.chars().count() - 3, TEXT.chars().count());
            let line = format!(
                r#"{{"id":"{id}","text":"{TEXT}","spans":[{{"label":"CITY","start":{start},"end":{end}}}]}}"#
            );
            self.import("b.jsonl", &line);
        }

        fn write(&self, name: &str, text: &str) -> PathBuf {
            use std::io::Write as _;
            let path = self.folder.path().join(name);
            std::fs::File::create(&path).unwrap().write_all(text.as_bytes()).unwrap();
            path
        }

        fn mark(&mut self, words: &str, label: &str) -> Result<(), Error> {
            let start = TEXT.find(words).unwrap();
            let range = TextRange::of(start..start + words.len());
            self.project.annotate(range, &label.into()).map(|_| ())
        }

        fn spans(&self) -> Vec<&str> {
            let document = self.project.document().unwrap();
            let spans = self.project.set().unwrap().spans().iter();
            spans.map(|span| document.slice(span.range)).collect()
        }

        /// The file of the open set.
        fn set_file(&self) -> PathBuf {
            fn find(folder: &Path) -> Option<PathBuf> {
                std::fs::read_dir(folder).unwrap().find_map(|entry| {
                    let path = entry.unwrap().path();
                    if path.is_dir() { find(&path) } else { Some(path) }
                })
            }
            find(&self.folder.path().join("project/sets")).unwrap()
        }

        /// As a `git pull` would: the set's file without its spans.
        fn pull_without_spans(&self) {
            let path = self.set_file();
            let text = std::fs::read_to_string(&path).unwrap();
            let head = text.lines().next().unwrap();
            std::fs::remove_file(&path).unwrap();
            use std::io::Write as _;
            let mut file = std::fs::File::create(&path).unwrap();
            file.write_all(format!("{head}\n").as_bytes()).unwrap();
        }
    }

    fn open(root: &Path) -> Project {
        let installation = Installation::new("00000000000000a1").unwrap();
        let sara = AnnotatorId::new("سارة").unwrap();
        let disk = Arc::new(RealDisk);
        let wake = Arc::new(|| {});
        Project::open((disk, &installation), root, sara, Ambient::SYSTEM, wake).unwrap().0
    }

    #[test]
    fn imported_spans_are_there_in_the_open_document() {
        let mut desk = Desk::new();
        assert!(desk.spans().is_empty());
        desk.import_marked();
        assert_eq!(desk.spans(), ["فاس"]);
        assert_eq!(desk.project.set().unwrap().state, State::Finished);
        assert_eq!(desk.project.lanes().len(), 1);
        desk.mark("12", "COUNT").unwrap();
        assert_eq!(desk.spans(), ["12", "فاس"]);
    }

    #[test]
    fn a_step_that_no_longer_fits_does_not_keep_those_before_it_from_being_taken_back() {
        let mut desk = Desk::new();
        desk.mark("12", "COUNT").unwrap();
        desk.project.set_state(State::New).unwrap();
        desk.import_marked();
        assert_eq!(desk.project.set().unwrap().state, State::Finished);
        assert!(is_stale(&desk.project.undo().unwrap_err()), "it was new, and is finished");
        assert!(is_stale(&desk.project.undo().unwrap_err()), "its state was part of the mark");
        assert!(!desk.project.can_undo());
        assert_eq!(desk.spans(), ["12", "فاس"]);
    }

    #[test]
    fn what_another_program_wrote_is_shown_after_the_next_step() {
        let mut desk = Desk::new();
        desk.mark("12", "COUNT").unwrap();
        desk.mark("فاس", "CITY").unwrap();
        desk.project.session().unwrap().flush().unwrap();
        desk.pull_without_spans();
        desk.mark("الشرطة", "AGENCY").unwrap();
        assert_eq!(desk.spans(), ["الشرطة"]);
        assert_eq!(desk.project.take_problems().len(), 1);
        assert_eq!(desk.project.take_problems(), []);
    }

    #[test]
    fn a_step_on_what_another_program_took_away_is_refused_and_shown() {
        let mut desk = Desk::new();
        desk.mark("12", "COUNT").unwrap();
        desk.project.session().unwrap().flush().unwrap();
        let id = desk.project.set().unwrap().spans()[0].id.clone();
        desk.pull_without_spans();
        assert!(is_stale(&desk.project.set_value(&id, "12").unwrap_err()));
        assert!(desk.spans().is_empty());
    }

    #[test]
    fn after_a_conflict_what_the_other_program_wrote_is_shown() {
        let mut desk = Desk::new();
        desk.mark("12", "COUNT").unwrap();
        desk.project.session().unwrap().flush().unwrap();
        desk.mark("فاس", "CITY").unwrap();
        desk.pull_without_spans();
        desk.project.session().unwrap().flush().unwrap();
        assert_eq!(desk.spans(), ["12", "فاس"]);
        assert_eq!(desk.project.take_problems().len(), 1);
        assert!(desk.spans().is_empty(), "what was ours is kept beside, and named");
    }

    #[test]
    fn where_no_journal_can_be_written_the_project_can_be_read() {
        let mut desk = Desk::new();
        desk.mark("12", "COUNT").unwrap();
        let Desk { folder, project } = desk;
        project.close().unwrap();
        let root = folder.path().join("project");
        let own = root.join(".tawsim/00000000000000a1");
        std::fs::remove_dir_all(&own).unwrap();
        std::fs::File::create(&own).unwrap();
        let mut project = open(&root);
        assert!(!project.is_writable());
        assert!(project.read_only().is_some());
        project.open_document(&"a".into()).unwrap();
        assert_eq!(project.set().unwrap().spans().len(), 1);
    }
}
