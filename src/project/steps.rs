//! Steps: applying them, taking them back, doing them again, going to any of them.

use super::follow::is_stale;
use super::{Error, LookAt, Project};
use crate::edit::{Edit, History, Transaction};
use crate::lang::Bilingual;

impl Project {
    /// Whether something can be undone.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        self.is_writable() && self.history.last().is_some()
    }

    /// Whether something can be done again.
    #[must_use]
    pub fn can_redo(&self) -> bool {
        self.is_writable() && self.history.next().is_some()
    }

    /// What would be undone.
    #[must_use]
    pub fn undo_name(&self) -> Option<Bilingual> {
        self.history.last().map(|transaction| transaction.step.name())
    }

    /// What would be done again.
    #[must_use]
    pub fn redo_name(&self) -> Option<Bilingual> {
        self.history.next().map(|transaction| transaction.step.name())
    }

    /// The steps of this session, those that were taken back included.
    #[must_use]
    pub fn history(&self) -> &History {
        &self.history
    }

    /// How many edits are between here and the point where `target` steps are done: how much
    /// work it is to [go](Self::go_to) there.
    #[must_use]
    pub fn num_edits_to(&self, target: usize) -> usize {
        let here = self.history.num_done();
        let steps = here.min(target)..here.max(target);
        steps
            .filter_map(|at| self.history.get(at))
            .map(|done| done.transaction.edits.len())
            .sum()
    }

    /// Takes the last step back; where to look.
    ///
    /// # Errors
    ///
    /// If nothing can be changed, or the step no longer fits: then it is forgotten, so that
    /// those before it can be taken back.
    pub fn undo(&mut self) -> Result<Option<LookAt>, Error> {
        self.go_to(self.history.num_done().saturating_sub(1), &mut |_, _| true)
    }

    /// Does again what was taken back; where to look.
    ///
    /// # Errors
    ///
    /// If nothing can be changed, or the step no longer fits: then it is forgotten.
    pub fn redo(&mut self) -> Result<Option<LookAt>, Error> {
        self.go_to(self.history.num_done() + 1, &mut |_, _| true)
    }

    /// Takes steps back, or does them again, until `target` of them are done; where to look.
    ///
    /// `go_on` is told how many of how many are gone; if it says no, the work stays there.
    ///
    /// # Errors
    ///
    /// If nothing can be changed, or a step no longer fits: then it is forgotten, and the work
    /// stays before it.
    pub fn go_to(
        &mut self,
        target: usize,
        go_on: &mut dyn FnMut(usize, usize) -> bool,
    ) -> Result<Option<LookAt>, Error> {
        let target = target.min(self.history.len());
        let total = self.history.num_done().abs_diff(target);
        let (mut gone, mut look_at) = (0, None);
        let mut outcome = Ok(());
        while self.history.num_done() != target && go_on(gone, total) {
            let back = self.history.num_done() > target;
            let step = if back { self.undo_quietly() } else { self.redo_quietly() };
            match step {
                Ok(place) => look_at = place.or(look_at),
                Err(error) => {
                    outcome = Err(error);
                    break;
                }
            }
            gone += 1;
        }
        if gone > 0 {
            self.follow_commits(gone as u64);
        }
        outcome.map(|()| look_at)
    }

    /// Applies a new transaction, hands it to the writer and remembers it for undo.
    ///
    /// # Errors
    ///
    /// If it does not fit what is there, or nothing can be changed. Nothing was changed then.
    pub fn commit(&mut self, transaction: Transaction) -> Result<(), Error> {
        let words = self.words_of(&transaction);
        self.commit_about(transaction, &words)
    }

    /// As [`commit`](Self::commit), for a step that is about those words.
    pub(super) fn commit_about(
        &mut self,
        transaction: Transaction,
        words: &str,
    ) -> Result<(), Error> {
        self.write(&transaction)?;
        self.follow_commits(1);
        self.history.push(transaction, words);
        Ok(())
    }

    /// The words of the open document that a transaction is about.
    fn words_of(&self, transaction: &Transaction) -> String {
        let Some(open) = &self.open else { return String::new() };
        let range = transaction.edits.iter().find_map(|edit| match edit {
            Edit::Span(key, _, change) if *key == open.key => {
                change.after.as_ref().or(change.before.as_ref()).map(|span| span.range)
            }
            Edit::Decision(key, _, change) if *key == open.key => {
                let decision = change.after.as_ref().or(change.before.as_ref());
                decision.map(|it| it.suggestion.range)
            }
            Edit::Record(key, _, change) if *key == open.key => {
                let record = change.after.as_ref().or(change.before.as_ref());
                record.and_then(|it| it.range(self.work.set(key)?))
            }
            _ => None,
        });
        range.map(|range| open.document.slice(range).to_owned()).unwrap_or_default()
    }

    /// Takes a step back; the list does not follow yet.
    fn undo_quietly(&mut self) -> Result<Option<LookAt>, Error> {
        let Some(transaction) = self.history.undo((self.ambient.now)()) else {
            return Ok(None);
        };
        self.write(&transaction).inspect_err(|error| {
            if is_stale(error) {
                self.history.forget_last();
            }
        })?;
        self.history.undone();
        Ok(transaction.look_at)
    }

    /// Does a step again; the list does not follow yet.
    fn redo_quietly(&mut self) -> Result<Option<LookAt>, Error> {
        let Some(transaction) = self.history.redo((self.ambient.now)()) else {
            return Ok(None);
        };
        self.write(&transaction).inspect_err(|error| {
            if is_stale(error) {
                self.history.forget_next();
            }
        })?;
        self.history.redone();
        Ok(transaction.look_at)
    }

    /// Applies a transaction and hands it to the writer; the list does not follow yet.
    fn write(&mut self, transaction: &Transaction) -> Result<(), Error> {
        if self.session.is_none() {
            return Err(Error::ReadOnly);
        }
        for edit in &transaction.edits {
            if let Some(key) = edit.set() {
                self.load_set(key)?;
            } else {
                self.load_meta(edit.document())?;
            }
        }
        self.work.apply(transaction)?;
        let written = self.session.as_ref().map(|session| session.commit(transaction));
        if let Some(Err(error)) = written {
            // The store did not take it, so memory must not keep it.
            self.work.apply(&transaction.inverse(transaction.at))?;
            let error = Error::from(error);
            if is_stale(&error) {
                // What is in memory is not what the store has.
                self.reload();
            }
            return Err(error);
        }
        Ok(())
    }
}
