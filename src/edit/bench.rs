//! For tests: a set to work on.

use super::{Context, Refusal, Transaction, Work};
use crate::model::{
    Anchoring, AnnotationSet, AnnotatorId, Document, Overlap, Schema, SetKey, Timestamp,
};

/// A document, a schema with one rule, and one annotator's set.
pub(super) struct Bench {
    pub(super) document: Document,
    pub(super) schema: Schema,
    pub(super) work: Work,
    pub(super) key: SetKey,
    /// The last step.
    last: Option<Transaction>,
}

impl Bench {
    pub(super) fn new(text: &str, overlap: Overlap, anchoring: Anchoring) -> Self {
        let document = Document::new("a".into(), text);
        let mut layers = Schema::default().layers().to_vec();
        layers[0].overlap = overlap;
        layers[0].anchoring = anchoring;
        let annotator = AnnotatorId::new("سارة").unwrap();
        let key = SetKey { annotator, document: document.id().clone() };
        let mut work = Work::default();
        work.sets.insert(key.clone(), AnnotationSet::new(key.clone()));
        Self { document, schema: Schema::new(layers).unwrap(), work, key, last: None }
    }

    pub(super) fn set(&self) -> &AnnotationSet {
        &self.work.sets[&self.key]
    }

    pub(super) fn context(&self) -> Context<'_> {
        Context {
            document: &self.document,
            schema: &self.schema,
            set: self.set(),
            at: Timestamp(7),
        }
    }

    pub(super) fn step(
        &mut self,
        step: impl FnOnce(&Context<'_>) -> Result<Transaction, Refusal>,
    ) -> Result<(), Refusal> {
        let transaction = step(&self.context())?;
        self.work.apply(&transaction).unwrap();
        self.last = Some(transaction);
        Ok(())
    }

    /// Takes the last step back.
    pub(super) fn undo(&mut self) {
        let last = self.last.take().unwrap();
        self.work.apply(&last.inverse(Timestamp(8))).unwrap();
    }

    /// Holds that a step changes something, and that its inverse takes all of that back.
    #[track_caller]
    pub(super) fn check_inverse(
        &mut self,
        step: impl FnOnce(&Context<'_>) -> Result<Transaction, Refusal>,
    ) {
        let before = self.work.clone();
        let transaction = step(&self.context()).unwrap();
        self.work.apply(&transaction).unwrap();
        assert_ne!(self.work, before);
        self.work.apply(&transaction.inverse(Timestamp(8))).unwrap();
        assert_eq!(self.work, before);
    }

    pub(super) fn spans(&self) -> Vec<(&str, &str)> {
        let spans = self.set().spans().iter();
        spans.map(|s| (s.label.as_str(), self.document.slice(s.range))).collect()
    }
}
