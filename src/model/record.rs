//! Rows of facts: spans that belong together.

use std::collections::BTreeSet;

use super::{
    AnnotationSet, Extra, LabelId, RecordId, Schema, Span, SpanId, Timestamp, ValueKind,
};
use crate::text::TextRange;

/// Spans of an article that say one thing together: where, who, how many of what, when.
///
/// In which column a span stands is said by its label, so that a span that gets another label
/// goes to the column of that one. Several spans in a column are what several sources say, or
/// what one says in several words; all are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// What it is found by; unique in its set.
    pub id: RecordId,
    /// Its spans, each once, those of a column in the order in which they were put there. One
    /// that is not in the set counts as not there.
    pub spans: Vec<SpanId>,
    /// A free remark.
    pub note: String,
    /// When it was made or last changed; none if the file does not say.
    pub at: Option<Timestamp>,
    /// Fields that this version does not know.
    pub extra: Extra,
}

impl Record {
    /// A record of these spans; of one that comes twice, the first stays.
    #[must_use]
    pub fn new(id: RecordId, spans: impl IntoIterator<Item = SpanId>) -> Self {
        let mut seen = BTreeSet::new();
        let spans = spans.into_iter().filter(|span| seen.insert(span.clone())).collect();
        Self { id, spans, note: String::new(), at: None, extra: Extra::default() }
    }

    /// Whether the span is one of its.
    #[must_use]
    pub fn has(&self, span: &SpanId) -> bool {
        self.spans.contains(span)
    }

    /// The spans in the column of a label.
    pub fn cell<'a>(
        &'a self,
        set: &'a AnnotationSet,
        label: &'a LabelId,
    ) -> impl Iterator<Item = &'a Span> {
        let there = self.spans.iter().filter_map(|id| set.span(id));
        there.filter(move |span| span.label == *label)
    }

    /// Where it begins in the text; none where none of its spans is there.
    #[must_use]
    pub fn range(&self, set: &AnnotationSet) -> Option<TextRange> {
        let there = self.spans.iter().filter_map(|id| set.span(id));
        there.map(|span| span.range).min_by_key(|range| (range.start(), range.end()))
    }
}

impl AnnotationSet {
    /// Its records in the order in which they are shown: by the first count in each, or where
    /// none is, the first place, or the first span; then by id. Those without spans are last.
    #[must_use]
    pub fn records_in_order(&self, schema: &Schema) -> Vec<&Record> {
        let is_of = |label: &LabelId, kind: &ValueKind| {
            schema.label(label).is_some_and(|label| label.value == *kind)
        };
        let mut keyed: Vec<_> = self
            .records
            .values()
            .map(|record| {
                let first = |kind| {
                    let mut spans = record.spans.iter().filter_map(|id| self.span(id));
                    spans.find(|span| is_of(&span.label, kind)).map(|span| span.range)
                };
                let range = first(&ValueKind::Count).or_else(|| first(&ValueKind::Place));
                let range = range.or_else(|| record.range(self));
                (range.is_none(), range.map(TextRange::start), record)
            })
            .collect();
        keyed.sort_by(|a, b| (a.0, a.1, &a.2.id).cmp(&(b.0, b.1, &b.2.id)));
        keyed.into_iter().map(|(_, _, record)| record).collect()
    }
}
