//! What is done with many documents as one step.

use super::{Error, Project};
use crate::edit::{self, Context, Direction, Edit, Refusal, Step, Transaction};
use crate::lang::Explain as _;
use crate::model::{AnnotatorId, DocumentId, Place, Problem, SetKey, Severity, State};

/// How many documents are looked at before it is asked whether to go on.
const CHUNK: usize = 16;

/// What a step over many documents came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Many {
    /// How many documents it has changed.
    pub num_changed: usize,
    /// How many were as asked for already.
    pub num_unchanged: usize,
    /// The titles of those for which it was not possible, and why.
    pub refused: Vec<(String, Problem)>,
}

impl Project {
    /// Says how far the work on documents is, as one step; what it came to.
    ///
    /// Documents for which it is not possible, since they cannot be read, are left out and
    /// named. `go_on` is told how many of how many are done; if it says no, nothing is changed,
    /// and there is no answer.
    ///
    /// # Errors
    ///
    /// If nothing can be changed in this project.
    pub fn set_state_of(
        &mut self,
        documents: &[DocumentId],
        state: State,
        go_on: &mut dyn FnMut(usize, usize) -> bool,
    ) -> Result<Option<Many>, Error> {
        self.step_over(Step::SetState, documents, go_on, |project, id| {
            let key = SetKey { annotator: project.annotator.clone(), document: id.clone() };
            project.load_set(&key)?;
            let set = project.work.set(&key).ok_or(Error::NoDocument)?;
            let document = project.store.document(id)?;
            let (schema, at) = (&project.schema, (project.ambient.now)());
            let cx = Context { document: &document, schema, set, at };
            Ok(edit::set_state(&cx, state)?.edits)
        })
    }

    /// Declares the finished sets of documents gold, as one step; what it came to. Those that
    /// are not finished are left out and named.
    ///
    /// # Errors
    ///
    /// As [`set_state_of`](Self::set_state_of).
    pub fn declare_gold_of(
        &mut self,
        documents: &[DocumentId],
        go_on: &mut dyn FnMut(usize, usize) -> bool,
    ) -> Result<Option<Many>, Error> {
        self.step_over(Step::DeclareGold, documents, go_on, |project, id| {
            let key = SetKey { annotator: project.annotator.clone(), document: id.clone() };
            let gold = SetKey { annotator: AnnotatorId::gold(), document: id.clone() };
            project.load_set(&key)?;
            // Anybody may have declared it meanwhile.
            project.work.sets.remove(&gold);
            project.load_set(&gold)?;
            let set = project.work.set(&key).ok_or(Error::NoDocument)?;
            let at = (project.ambient.now)();
            Ok(edit::declare_gold(set, project.work.set(&gold), at)?.edits)
        })
    }

    pub(super) fn step_over(
        &mut self,
        step: Step,
        documents: &[DocumentId],
        go_on: &mut dyn FnMut(usize, usize) -> bool,
        mut edits_of: impl FnMut(&mut Self, &DocumentId) -> Result<Vec<Edit>, Error>,
    ) -> Result<Option<Many>, Error> {
        if !self.is_writable() {
            return Err(Error::ReadOnly);
        }
        let (mut many, mut edits) = (Many::default(), Vec::new());
        for (done, id) in documents.iter().enumerate() {
            if done % CHUNK == 0 && !go_on(done, documents.len()) {
                return Ok(None);
            }
            match edits_of(self, id) {
                Ok(mut of_document) => {
                    many.num_changed += 1;
                    edits.append(&mut of_document);
                }
                Err(Error::Refused(Refusal::Unchanged)) => many.num_unchanged += 1,
                Err(error) => many.refused.push((self.title_of(id), problem(id, &error))),
            }
        }
        if !edits.is_empty() {
            let at = (self.ambient.now)();
            // It is about no place in particular: its undo shows none either.
            let (direction, look_at) = (Direction::Do, None);
            self.commit_about(Transaction { step, direction, edits, look_at, at }, "")?;
        }
        Ok(Some(many))
    }

    pub(super) fn title_of(&self, id: &DocumentId) -> String {
        let entry = self.documents.find(id);
        entry.map_or(id.as_str(), |entry| entry.title()).to_owned()
    }
}

/// Why a document was left out.
pub(super) fn problem(id: &DocumentId, error: &Error) -> Problem {
    match error {
        Error::Store(error) => {
            let mut problem = error.to_problem();
            problem.place.document.get_or_insert_with(|| id.clone());
            problem
        }
        other => Problem {
            severity: Severity::Notice,
            place: Place { document: Some(id.clone()), ..Place::default() },
            what: other.explain(),
        },
    }
}
