//! Undo and redo.

use super::Transaction;
use crate::model::Timestamp;

/// The transactions that can be undone and redone, without a cap.
///
/// Linear: a new transaction forgets what could have been redone. It holds values and applies
/// nothing; whoever takes a step from it commits that step and then says so.
#[derive(Clone, Debug, Default)]
pub struct History {
    done: Vec<Transaction>,
    undone: Vec<Transaction>,
}

impl History {
    /// Remembers a new transaction.
    pub fn push(&mut self, transaction: Transaction) {
        self.done.push(transaction);
        self.undone.clear();
    }

    /// The transaction that would be undone next.
    #[must_use]
    pub fn last(&self) -> Option<&Transaction> {
        self.done.last()
    }

    /// The transaction that would be redone next.
    #[must_use]
    pub fn next(&self) -> Option<&Transaction> {
        self.undone.last()
    }

    /// What undoing the last transaction means.
    #[must_use]
    pub fn undo(&self, at: Timestamp) -> Option<Transaction> {
        self.last().map(|transaction| transaction.inverse(at))
    }

    /// What redoing the next transaction means: its undo, undone.
    #[must_use]
    pub fn redo(&self, at: Timestamp) -> Option<Transaction> {
        self.next().map(|transaction| transaction.inverse(at).inverse(at))
    }

    /// Says that what [`undo`](Self::undo) gave was committed.
    pub fn undone(&mut self) {
        self.undone.extend(self.done.pop());
    }

    /// Says that what [`redo`](Self::redo) gave was committed.
    pub fn redone(&mut self) {
        self.done.extend(self.undone.pop());
    }

    /// Forgets the transaction that would be undone next: it fits no more.
    pub fn forget_last(&mut self) {
        self.done.pop();
    }

    /// Forgets the transaction that would be redone next: it fits no more.
    pub fn forget_next(&mut self) {
        self.undone.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{Change, Direction, Edit, Step, Work};
    use crate::model::{AnnotatorId, SetKey, State};

    fn step(before: State, after: State) -> Transaction {
        let key = SetKey { annotator: AnnotatorId::new("س").unwrap(), document: "a".into() };
        Transaction {
            step: Step::SetState,
            direction: Direction::Do,
            edits: vec![Edit::State(key, Change::new(before, after))],
            look_at: None,
            at: Timestamp(0),
        }
    }

    #[test]
    fn undo_and_redo_go_back_and_forth() {
        let (mut work, mut history) = (Work::default(), History::default());
        let mut states = vec![work.clone()];
        for (before, after) in
            [(State::New, State::InProgress), (State::InProgress, State::Finished)]
        {
            let step = step(before, after);
            work.apply(&step).unwrap();
            history.push(step);
            states.push(work.clone());
        }
        for expected in [1, 0] {
            let undo = history.undo(Timestamp(1)).unwrap();
            assert_eq!(undo.direction, Direction::Undo);
            work.apply(&undo).unwrap();
            history.undone();
            let expected = &states[expected];
            let state = |work: &Work| work.sets.values().map(|set| set.state).next();
            assert_eq!(state(&work).unwrap_or_default(), state(expected).unwrap_or_default());
        }
        assert!(history.undo(Timestamp(1)).is_none());
        for expected in [1, 2] {
            let redo = history.redo(Timestamp(1)).unwrap();
            assert_eq!(redo.direction, Direction::Redo);
            work.apply(&redo).unwrap();
            history.redone();
            assert_eq!(work, states[expected]);
        }
        assert!(history.redo(Timestamp(1)).is_none());
    }

    #[test]
    fn something_new_forgets_what_could_be_redone() {
        let mut history = History::default();
        history.push(step(State::New, State::Finished));
        history.undone();
        history.push(step(State::New, State::Ignored));
        assert!(history.next().is_none());
    }
}
