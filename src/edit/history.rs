//! Undo and redo.

use super::{Edit, Transaction};
use crate::model::Timestamp;

/// A step that was done, and maybe taken back.
#[derive(Clone, Debug)]
pub struct Done {
    /// The step.
    pub transaction: Transaction,
    /// The words that it was about, for a person; cut where they are long.
    pub words: Box<str>,
    /// How many documents it is about.
    pub num_documents: usize,
}

impl Done {
    /// How many spans it changes.
    #[must_use]
    pub fn num_spans(&self) -> usize {
        let edits = self.transaction.edits.iter();
        edits.filter(|edit| matches!(edit, Edit::Span(..))).count()
    }
}

/// The transactions that can be undone and redone, without a cap.
///
/// Linear: a new transaction forgets what could have been redone. It holds values and applies
/// nothing; whoever takes a step from it commits that step and then says so.
#[derive(Clone, Debug, Default)]
pub struct History {
    done: Vec<Done>,
    /// What was taken back, the one taken back last at the end.
    undone: Vec<Done>,
}

impl History {
    /// Remembers a new transaction, and the words that it is about.
    pub fn push(&mut self, transaction: Transaction, words: &str) {
        /// What a list has room for, in bytes.
        const ROOM: usize = 160;
        let words = words.get(..words.floor_char_boundary(ROOM)).unwrap_or_default();
        let mut documents: Vec<_> = transaction.edits.iter().map(Edit::document).collect();
        documents.sort_unstable();
        documents.dedup();
        let num_documents = documents.len();
        self.done.push(Done { transaction, words: words.into(), num_documents });
        self.undone.clear();
    }

    /// How many steps there are, those that were taken back included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.done.len() + self.undone.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many steps are done: those before that place in the list, where the work is now.
    #[must_use]
    pub fn num_done(&self) -> usize {
        self.done.len()
    }

    /// The step at that place in the list of all, in the order in which they were done.
    #[must_use]
    pub fn get(&self, at: usize) -> Option<&Done> {
        match at.checked_sub(self.done.len()) {
            None => self.done.get(at),
            Some(at) => self.undone.iter().nth_back(at),
        }
    }

    /// The transaction that would be undone next.
    #[must_use]
    pub fn last(&self) -> Option<&Transaction> {
        self.done.last().map(|done| &done.transaction)
    }

    /// The transaction that would be redone next.
    #[must_use]
    pub fn next(&self) -> Option<&Transaction> {
        self.undone.last().map(|done| &done.transaction)
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
    use crate::edit::{Change, Direction, Step, Work};
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
            history.push(step, "");
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
        history.push(step(State::New, State::Finished), "");
        history.undone();
        history.push(step(State::New, State::Ignored), "");
        assert!(history.next().is_none());
    }

    #[test]
    fn the_list_keeps_its_order_whatever_was_taken_back() {
        let mut history = History::default();
        for words in ["أ", "ب", "ج", "د"] {
            history.push(step(State::New, State::Finished), words);
        }
        for (undos, num_done) in [(0, 4), (1, 3), (2, 1), (1, 0)] {
            (0..undos).for_each(|_| history.undone());
            assert_eq!((history.num_done(), history.len()), (num_done, 4));
            let words: Vec<_> = (0..4).map(|at| &*history.get(at).unwrap().words).collect();
            assert_eq!(words, ["أ", "ب", "ج", "د"]);
            assert!(history.get(4).is_none());
        }
    }
}
