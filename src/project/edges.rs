//! The open document's spans: which are at a place, and moving their edges.

use super::{Error, Project};
use crate::edit::{self, EdgeMove};
use crate::model::{AnnotationSet, Span, SpanId};
use crate::text::{Offset, TextRange};

impl Project {
    /// The spans that `offset` is in or touches, the smallest first; of equal ones the first in
    /// text order.
    #[must_use]
    pub fn spans_at(&self, offset: Offset) -> Vec<&Span> {
        let spans = self.set().map(AnnotationSet::spans).unwrap_or_default();
        let end = spans.partition_point(|span| span.range.start() <= offset);
        let before = spans.iter().take(end);
        let mut here: Vec<&Span> = before.filter(|span| offset <= span.range.end()).collect();
        here.sort_by_key(|span| span.range.num_bytes());
        here
    }

    /// Moves a span's edges to the selection.
    ///
    /// # Errors
    ///
    /// If it makes no sense here ([`Refusal`](edit::Refusal)) or nothing can be changed.
    pub fn resize(&mut self, id: &SpanId, selection: TextRange) -> Result<(), Error> {
        let transaction = edit::resize(&self.context()?, id, selection)?;
        self.commit(transaction)
    }

    /// Moves an edge of a span by a step.
    ///
    /// # Errors
    ///
    /// If it makes no sense here ([`Refusal`](edit::Refusal)) or nothing can be changed.
    pub fn move_edge(&mut self, id: &SpanId, step: EdgeMove) -> Result<(), Error> {
        let transaction = edit::move_edge(&self.context()?, id, step)?;
        self.commit(transaction)
    }
}
