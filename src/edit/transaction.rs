//! Changes, edits and transactions: applying them and taking them back.

use std::collections::BTreeMap;

use crate::lang::{Bilingual, Explain, Message, both};
use crate::model::{
    AnnotationSet, Decision, DecisionId, DocumentId, Meta, Record, RecordId, SetKey, Span,
    SpanId, State, Timestamp,
};
use crate::text::TextRange;

/// What was and what is to be. Insertion and removal are changes from and to `None`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change<T> {
    /// What must be there for the change to fit.
    pub before: T,
    /// What is there afterwards.
    pub after: T,
}

impl<T> Change<T> {
    /// The change from `before` to `after`.
    #[must_use]
    pub fn new(before: T, after: T) -> Self {
        Self { before, after }
    }

    /// The change that takes this one back.
    #[must_use]
    pub fn inverse(self) -> Self {
        Self { before: self.after, after: self.before }
    }
}

/// One change of one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// A span of a set. Both sides, where they are there, have the id beside them.
    Span(SetKey, SpanId, Box<Change<Option<Span>>>),
    /// What was decided about a suggestion. Both sides, where they are there, have that id.
    Decision(SetKey, DecisionId, Box<Change<Option<Decision>>>),
    /// Which spans belong together. Both sides, where they are there, have that id.
    Record(SetKey, RecordId, Box<Change<Option<Record>>>),
    /// How far the work on a set is.
    State(SetKey, Change<State>),
    /// A set's remark on its document.
    Note(SetKey, Change<String>),
    /// A document's title, date and source.
    Meta(DocumentId, Change<Meta>),
}

impl Edit {
    /// The edit of a span of `set`: an insertion, a removal or an alteration.
    #[must_use]
    pub fn span(set: SetKey, id: SpanId, before: Option<Span>, after: Option<Span>) -> Self {
        Self::Span(set, id, Box::new(Change::new(before, after)))
    }

    /// The edit that takes this one back.
    #[must_use]
    pub fn inverse(self) -> Self {
        match self {
            Self::Span(set, id, change) => Self::Span(set, id, Box::new(change.inverse())),
            Self::Decision(set, id, change) => {
                Self::Decision(set, id, Box::new(change.inverse()))
            }
            Self::Record(set, id, change) => Self::Record(set, id, Box::new(change.inverse())),
            Self::State(set, change) => Self::State(set, change.inverse()),
            Self::Note(set, change) => Self::Note(set, change.inverse()),
            Self::Meta(document, change) => Self::Meta(document, change.inverse()),
        }
    }

    /// The document it is about.
    #[must_use]
    pub fn document(&self) -> &DocumentId {
        match self {
            Self::Span(set, _, _)
            | Self::Decision(set, _, _)
            | Self::Record(set, _, _)
            | Self::State(set, _)
            | Self::Note(set, _) => &set.document,
            Self::Meta(document, _) => document,
        }
    }

    /// The set it is about; none for a document's own fields.
    #[must_use]
    pub fn set(&self) -> Option<&SetKey> {
        match self {
            Self::Span(set, _, _)
            | Self::Decision(set, _, _)
            | Self::Record(set, _, _)
            | Self::State(set, _)
            | Self::Note(set, _) => Some(set),
            Self::Meta(_, _) => None,
        }
    }
}

/// What a transaction does, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Marks a range with a label.
    Annotate,
    /// Gives a span another label.
    Relabel,
    /// Moves a span's edges.
    Resize,
    /// Writes a span's value.
    SetValue,
    /// Writes one of a span's attributes.
    SetAttribute,
    /// Writes a span's note.
    SetNote,
    /// Marks a span as doubtful, or no longer.
    SetDoubtful,
    /// Takes spans away.
    Remove,
    /// Makes two spans of one.
    Split,
    /// Makes one span of two.
    Join,
    /// Gives the letters of a span a second label.
    Duplicate,
    /// Labels the other occurrences of a span's words.
    Spread,
    /// Takes suggestions, as they are or corrected.
    Accept,
    /// Says that suggestions are wrong.
    Reject,
    /// Leaves suggestions for later.
    Skip,
    /// Puts spans together in new records.
    AddRecord,
    /// Changes which spans belong to a record.
    EditRecord,
    /// Takes a record away; its spans stay.
    RemoveRecord,
    /// Takes a decision back, so that it is asked again.
    AskAgain,
    /// Says how far the work on a document is.
    SetState,
    /// Writes the remark on a document.
    SetDocumentNote,
    /// Mends a document's title, date or source.
    EditMeta,
    /// Brings documents and spans in from files.
    Import,
    /// Declares a finished set gold.
    DeclareGold,
}

impl Step {
    /// All steps.
    pub const ALL: [Self; 24] = [
        Self::Annotate,
        Self::Relabel,
        Self::Resize,
        Self::SetValue,
        Self::SetAttribute,
        Self::SetNote,
        Self::SetDoubtful,
        Self::Remove,
        Self::Split,
        Self::Join,
        Self::Duplicate,
        Self::Spread,
        Self::Accept,
        Self::Reject,
        Self::Skip,
        Self::AddRecord,
        Self::EditRecord,
        Self::RemoveRecord,
        Self::AskAgain,
        Self::SetState,
        Self::SetDocumentNote,
        Self::EditMeta,
        Self::Import,
        Self::DeclareGold,
    ];

    /// Its word in files.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Annotate => "annotate",
            Self::Relabel => "relabel",
            Self::Resize => "resize",
            Self::SetValue => "set-value",
            Self::SetAttribute => "set-attribute",
            Self::SetNote => "set-note",
            Self::SetDoubtful => "set-doubtful",
            Self::Remove => "remove",
            Self::Split => "split",
            Self::Join => "join",
            Self::Duplicate => "duplicate",
            Self::Spread => "spread",
            Self::Accept => "accept",
            Self::Reject => "reject",
            Self::Skip => "skip",
            Self::AddRecord => "add-record",
            Self::EditRecord => "edit-record",
            Self::RemoveRecord => "remove-record",
            Self::AskAgain => "ask-again",
            Self::SetState => "set-state",
            Self::SetDocumentNote => "set-document-note",
            Self::EditMeta => "edit-meta",
            Self::Import => "import",
            Self::DeclareGold => "declare-gold",
        }
    }

    /// The step of that word; none for another.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.id() == id)
    }

    /// Its name for a person, as in *Undo: …*.
    #[must_use]
    pub fn name(self) -> Bilingual {
        match self {
            Self::Annotate => both("وسم موضع", "mark span"),
            Self::Relabel => both("تغيير وسم", "change label"),
            Self::Resize => both("تحريك حدّ", "move edge"),
            Self::SetValue => both("كتابة قيمة", "set value"),
            Self::SetAttribute => both("كتابة سمة", "set attribute"),
            Self::SetNote => both("كتابة ملاحظة", "write note"),
            Self::SetDoubtful => both("علامة شك", "mark doubtful"),
            Self::Remove => both("حذف موضع", "remove span"),
            Self::Split => both("قسمة موضع", "split span"),
            Self::Join => both("ضم موضعين", "join spans"),
            Self::Duplicate => both("وسم ثانٍ", "second label"),
            Self::Spread => both("وسم المواضع المماثلة", "label occurrences"),
            Self::Accept => both("قبول اقتراح", "accept suggestion"),
            Self::Reject => both("رفض اقتراح", "reject suggestion"),
            Self::Skip => both("تخطي اقتراح", "skip suggestion"),
            Self::AddRecord => both("إضافة سجل", "add record"),
            Self::EditRecord => both("تعديل سجل", "change record"),
            Self::RemoveRecord => both("حذف سجل", "remove record"),
            Self::AskAgain => both("سؤال من جديد", "ask again"),
            Self::SetState => both("تغيير حالة", "change state"),
            Self::SetDocumentNote => both("ملاحظة على المقال", "note on the document"),
            Self::EditMeta => both("بيانات المقال", "document details"),
            Self::Import => both("استيراد", "import"),
            Self::DeclareGold => both("إعلان ذهبية", "declare gold"),
        }
    }
}

/// Which way a transaction goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// Something new.
    #[default]
    Do,
    /// Takes an earlier one back.
    Undo,
    /// Does again what was taken back.
    Redo,
}

/// One step that a person can undo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transaction {
    /// What it does.
    pub step: Step,
    /// Whether it is new, an undo or a redo.
    pub direction: Direction,
    /// What it changes, in order. No two edits are about the same thing.
    pub edits: Vec<Edit>,
    /// Where to look after it, after its undo and after its redo.
    pub look_at: Option<(DocumentId, TextRange)>,
    /// When it was made.
    pub at: Timestamp,
}

impl Transaction {
    /// The transaction that takes this one back, made at `at`. Where this one has moved the span
    /// that is looked at, the other looks at where that was.
    #[must_use]
    pub fn inverse(&self, at: Timestamp) -> Self {
        let direction = match self.direction {
            Direction::Do | Direction::Redo => Direction::Undo,
            Direction::Undo => Direction::Redo,
        };
        let look_at = self.look_at.clone().map(|(document, range)| {
            let before = self.edits.iter().find_map(|edit| match edit {
                Edit::Span(key, _, change) if key.document == document => {
                    let after = change.after.as_ref().filter(|span| span.range == range);
                    change.before.as_ref().filter(|_| after.is_some())
                }
                _ => None,
            });
            let range = before.map_or(range, |span| span.range);
            (document, range)
        });
        let edits = self.edits.iter().rev().cloned().map(Edit::inverse).collect();
        Self { step: self.step, direction, edits, look_at, at }
    }
}

/// An edit whose `before` is not what is there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{document}` has changed since this step was made")]
pub struct Stale {
    /// The document it is about.
    pub document: DocumentId,
}

impl Explain for Stale {
    fn explain(&self) -> Message {
        Message::new(
            format!("تغيّر «{}» منذ هذه الخطوة فلم تُنفَّذ", self.document),
            format!("{self}; nothing was done"),
        )
    }
}

/// Sets and document fields in memory: what transactions are applied to.
///
/// A set or a [`Meta`] that is not there counts as blank, so whoever applies a transaction
/// must have loaded all that it is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// The loaded sets.
    pub sets: BTreeMap<SetKey, AnnotationSet>,
    /// The loaded fields of documents.
    pub metas: BTreeMap<DocumentId, Meta>,
}

impl Work {
    /// Applies all edits of `transaction`, or none.
    ///
    /// # Errors
    ///
    /// If the `before` of an edit is not what is there. Nothing is changed then.
    pub fn apply(&mut self, transaction: &Transaction) -> Result<(), Stale> {
        let many = many(transaction);
        let is_many = |edit: &Edit| {
            matches!(edit, Edit::Span(..))
                && edit.set().is_some_and(|key| many.contains_key(key))
        };
        for (key, edits) in &many {
            let set = self.set(key).map(AnnotationSet::spans).unwrap_or_default();
            let spans: BTreeMap<&SpanId, &Span> =
                set.iter().map(|span| (&span.id, span)).collect();
            let is_stale = |(id, change): &(&SpanId, &Change<Option<Span>>)| {
                spans.get(*id).copied() != change.before.as_ref() || !is_of(id, change)
            };
            if edits.iter().any(is_stale) {
                return Err(Stale { document: key.document.clone() });
            }
        }
        let mut few = transaction.edits.iter().filter(|edit| !is_many(edit));
        if let Some(edit) = few.clone().find(|edit| !self.fits(edit)) {
            return Err(Stale { document: edit.document().clone() });
        }
        for (key, edits) in &many {
            let gone = edits.iter().map(|(id, _)| *id).collect();
            let new = edits.iter().filter_map(|(_, change)| change.after.clone());
            self.set_mut(key).replace(&gone, new);
        }
        few.by_ref().for_each(|edit| self.write(edit));
        Ok(())
    }

    /// The set of that key; none if it is not loaded.
    #[must_use]
    pub fn set(&self, key: &SetKey) -> Option<&AnnotationSet> {
        self.sets.get(key)
    }

    fn fits(&self, edit: &Edit) -> bool {
        match edit {
            Edit::Span(key, id, change) => {
                self.set(key).and_then(|set| set.span(id)) == change.before.as_ref()
                    && is_of(id, change)
            }
            Edit::Decision(key, id, change) => {
                self.set(key).and_then(|set| set.decisions.get(id)) == change.before.as_ref()
                    && [&change.before, &change.after]
                        .into_iter()
                        .flatten()
                        .all(|it| it.id == *id)
            }
            Edit::Record(key, id, change) => {
                self.set(key).and_then(|set| set.records.get(id)) == change.before.as_ref()
                    && [&change.before, &change.after]
                        .into_iter()
                        .flatten()
                        .all(|it| it.id == *id)
            }
            Edit::State(key, change) => {
                self.set(key).map(|set| set.state).unwrap_or_default() == change.before
            }
            Edit::Note(key, change) => {
                self.set(key).map(|set| set.note.as_str()).unwrap_or_default() == change.before
            }
            Edit::Meta(document, change) => match self.metas.get(document) {
                Some(meta) => *meta == change.before,
                None => change.before == Meta::default(),
            },
        }
    }

    fn write(&mut self, edit: &Edit) {
        match edit {
            Edit::Span(key, id, change) => {
                let set = self.set_mut(key);
                match &change.after {
                    Some(span) => set.insert(span.clone()),
                    None => set.remove(id),
                };
            }
            Edit::Decision(key, id, change) => {
                let decisions = &mut self.set_mut(key).decisions;
                match &change.after {
                    Some(decision) => decisions.insert(id.clone(), decision.clone()),
                    None => decisions.remove(id),
                };
            }
            Edit::Record(key, id, change) => {
                let records = &mut self.set_mut(key).records;
                match &change.after {
                    Some(record) => records.insert(id.clone(), record.clone()),
                    None => records.remove(id),
                };
            }
            Edit::State(key, change) => self.set_mut(key).state = change.after,
            Edit::Note(key, change) => self.set_mut(key).note.clone_from(&change.after),
            Edit::Meta(document, change) => {
                self.metas.insert(document.clone(), change.after.clone());
            }
        }
    }

    fn set_mut(&mut self, key: &SetKey) -> &mut AnnotationSet {
        self.sets.entry(key.clone()).or_insert_with(|| AnnotationSet::new(key.clone()))
    }
}

/// Whether both sides of a change, where they are there, have that id.
fn is_of(id: &SpanId, change: &Change<Option<Span>>) -> bool {
    [&change.before, &change.after].into_iter().flatten().all(|span| span.id == *id)
}

/// The changes of one set's spans.
type SpanChanges<'a> = Vec<(&'a SpanId, &'a Change<Option<Span>>)>;

/// The changes of the sets of which so many spans change that it does not do to look for each
/// of them and to make room for each.
fn many(transaction: &Transaction) -> BTreeMap<&SetKey, SpanChanges<'_>> {
    const FEW: usize = 32;
    let mut changes: BTreeMap<&SetKey, SpanChanges<'_>> = BTreeMap::new();
    if transaction.edits.len() <= FEW {
        return changes;
    }
    for edit in &transaction.edits {
        if let Edit::Span(key, id, change) = edit {
            changes.entry(key).or_default().push((id, change));
        }
    }
    changes.retain(|_, changes| changes.len() > FEW);
    changes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::AnnotatorId;

    fn key() -> SetKey {
        SetKey { annotator: AnnotatorId::new("سارة").unwrap(), document: "a".into() }
    }

    fn span(id: &str, start: usize) -> Span {
        Span::new(id.into(), "CITY".into(), TextRange::of(start..start + 2))
    }

    fn transaction(edits: Vec<Edit>) -> Transaction {
        Transaction {
            step: Step::Annotate,
            direction: Direction::Do,
            edits,
            look_at: None,
            at: Timestamp(0),
        }
    }

    fn put(span: Span) -> Edit {
        Edit::span(key(), span.id.clone(), None, Some(span))
    }

    #[test]
    fn a_transaction_and_its_inverse_are_nothing() {
        let mut work = Work::default();
        work.apply(&transaction(vec![put(span("a", 0))])).unwrap();
        let before = work.clone();
        let step = transaction(vec![
            Edit::span(key(), "a".into(), Some(span("a", 0)), Some(span("a", 4))),
            put(span("b", 8)),
            Edit::State(key(), Change::new(State::New, State::Finished)),
            Edit::Note(key(), Change::new(String::new(), "ملاحظة".to_owned())),
        ]);
        work.apply(&step).unwrap();
        assert_ne!(work, before);
        let inverse = step.inverse(Timestamp(1));
        work.apply(&inverse).unwrap();
        assert_eq!(work, before);
        assert_eq!(inverse.direction, Direction::Undo);
        assert_eq!(inverse.inverse(Timestamp(2)).direction, Direction::Redo);
    }

    #[test]
    fn a_span_that_was_moved_is_looked_at_where_it_is_then() {
        let moved = Edit::span(key(), "a".into(), Some(span("a", 0)), Some(span("a", 4)));
        let look_at = |start: usize| Some(("a".into(), TextRange::of(start..start + 2)));
        let step = Transaction { look_at: look_at(4), ..transaction(vec![moved]) };
        let undo = step.inverse(Timestamp(1));
        assert_eq!(undo.look_at, look_at(0));
        assert_eq!(undo.inverse(Timestamp(2)).look_at, look_at(4));
        // What is new has been nowhere, what is gone was there.
        let new = Transaction { look_at: look_at(4), ..transaction(vec![put(span("a", 4))]) };
        assert_eq!(new.inverse(Timestamp(1)).look_at, look_at(4));
    }

    #[test]
    fn a_stale_transaction_changes_nothing() {
        let mut work = Work::default();
        work.apply(&transaction(vec![put(span("a", 0))])).unwrap();
        let before = work.clone();
        let stale = transaction(vec![put(span("b", 4)), put(span("a", 0))]);
        assert_eq!(work.apply(&stale), Err(Stale { document: "a".into() }));
        assert_eq!(work, before);
    }

    #[test]
    fn many_changes_of_a_set_come_to_the_same_as_one_after_the_other() {
        let mut work = Work::default();
        let some = (0..100).map(|at| put(span(&format!("old-{at}"), at * 4)));
        work.apply(&transaction(some.collect())).unwrap();
        let before = work.clone();
        let mut edits: Vec<Edit> = Vec::new();
        for at in 0..100 {
            let (id, place) = (format!("old-{at}"), at * 4);
            let moved = (at % 3 == 0).then(|| span(&id, place + 2));
            if at % 3 < 2 {
                let old = Some(span(&id, place));
                edits.push(Edit::span(key(), id.as_str().into(), old, moved));
            }
            edits.push(put(span(&format!("new-{at}"), place + 1)));
        }
        let mut one_by_one = work.clone();
        for edit in &edits {
            one_by_one.apply(&transaction(vec![edit.clone()])).unwrap();
        }
        let step = transaction(edits.clone());
        work.apply(&step).unwrap();
        assert_eq!(work, one_by_one);
        work.apply(&step.inverse(Timestamp(1))).unwrap();
        assert_eq!(work, before);
        // One that is stale among them keeps all from being done.
        edits.push(put(span("old-2", 0)));
        assert_eq!(work.apply(&transaction(edits)), Err(Stale { document: "a".into() }));
        assert_eq!(work, before);
    }

    #[test]
    fn steps_are_read_as_they_are_written() {
        for step in Step::ALL {
            assert_eq!(Step::from_id(step.id()), Some(step));
        }
    }
}
