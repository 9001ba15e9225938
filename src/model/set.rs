//! One annotator's spans on one document.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    AnnotatorId, Decision, DecisionId, DocumentId, Extra, Record, RecordId, Span, SpanId,
};
use crate::lang::{Bilingual, both};
use crate::text::TextRange;

/// Whose set on what.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SetKey {
    /// Whose; [`AnnotatorId::gold`] for the gold set.
    pub annotator: AnnotatorId,
    /// On which document.
    pub document: DocumentId,
}

/// How far the work on a set is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Not begun.
    #[default]
    New,
    /// Begun.
    InProgress,
    /// Done: part of a training set.
    Finished,
    /// Left out on purpose.
    Ignored,
}

impl State {
    /// All states, in the order of work.
    pub const ALL: [Self; 4] = [Self::New, Self::InProgress, Self::Finished, Self::Ignored];

    /// Its name for a person.
    #[must_use]
    pub fn name(self) -> Bilingual {
        match self {
            Self::New => both("جديد", "New"),
            Self::InProgress => both("قيد العمل", "In progress"),
            Self::Finished => both("منتهٍ", "Finished"),
            Self::Ignored => both("متجاهَل", "Ignored"),
        }
    }

    /// Its word in files and on the command line.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::InProgress => "in-progress",
            Self::Finished => "finished",
            Self::Ignored => "ignored",
        }
    }

    /// The state of that word; none for another.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.id() == id)
    }
}

/// All spans of one annotator on one document, what was decided about suggestions, and
/// which of the spans belong together.
///
/// Spans are kept in text order ([`Span::text_order`]), with unique ids. A set that was never
/// written is the same as an empty one in the state [`State::New`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnnotationSet {
    /// Whose, on what.
    pub key: SetKey,
    /// How far the work is.
    pub state: State,
    /// A free remark on the document.
    pub note: String,
    /// Header fields that this version does not know.
    pub extra: Extra,
    /// What was decided about suggestions.
    pub decisions: BTreeMap<DecisionId, Decision>,
    /// Which spans belong together.
    pub records: BTreeMap<RecordId, Record>,
    spans: Vec<Span>,
}

impl AnnotationSet {
    /// An empty set.
    #[must_use]
    pub fn new(key: SetKey) -> Self {
        Self {
            key,
            state: State::New,
            note: String::new(),
            extra: Extra::default(),
            decisions: BTreeMap::new(),
            records: BTreeMap::new(),
            spans: Vec::new(),
        }
    }

    /// Whether it says nothing: what a set that was never written would say.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.state == State::New
            && self.note.is_empty()
            && self.spans.is_empty()
            && self.decisions.is_empty()
            && self.records.is_empty()
            && self.extra.is_empty()
    }

    /// Its spans, in text order.
    #[must_use]
    pub fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// The span of that id.
    #[must_use]
    pub fn span(&self, id: &SpanId) -> Option<&Span> {
        self.spans.iter().find(|span| span.id == *id)
    }

    /// The spans that share at least one byte with `range`, in text order.
    pub fn overlapping(&self, range: TextRange) -> impl Iterator<Item = &Span> {
        let end = self.spans.partition_point(|span| span.range.start() < range.end());
        self.spans.iter().take(end).filter(move |span| span.range.overlaps(range))
    }

    /// Puts `span` in its place; a span of the same id makes way and is returned.
    pub fn insert(&mut self, span: Span) -> Option<Span> {
        let before = self.remove(&span.id);
        let at = self.spans.partition_point(|other| other.text_order(&span).is_lt());
        self.spans.insert(at, span);
        before
    }

    /// Puts many spans in their places at once; of equal ids the last stays.
    pub fn extend(&mut self, spans: impl IntoIterator<Item = Span>) {
        self.spans.extend(spans);
        // A stable sort keeps equal ids in the order in which they came.
        self.spans.sort_by(|a, b| a.id.cmp(&b.id));
        self.spans.reverse();
        self.spans.dedup_by(|later, kept| later.id == kept.id);
        self.spans.sort_by(Span::text_order);
    }

    /// Takes out the spans of the ids in `gone` and puts others in, all at once.
    pub fn replace(&mut self, gone: &BTreeSet<&SpanId>, spans: impl IntoIterator<Item = Span>) {
        self.spans.retain(|span| !gone.contains(&span.id));
        self.extend(spans);
    }

    /// Takes out the span of that id.
    pub fn remove(&mut self, id: &SpanId) -> Option<Span> {
        let at = self.spans.iter().position(|span| span.id == *id)?;
        Some(self.spans.remove(at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> SetKey {
        SetKey {
            annotator: AnnotatorId::new("سارة").unwrap(), document: DocumentId::new("a")
        }
    }

    fn span(id: &str, start: usize, end: usize) -> Span {
        Span::new(id.into(), "CITY".into(), TextRange::of(start..end))
    }

    fn ids(set: &AnnotationSet) -> Vec<&str> {
        set.spans().iter().map(|span| span.id.as_str()).collect()
    }

    #[test]
    fn spans_stand_in_text_order_outer_before_inner() {
        let mut set = AnnotationSet::new(key());
        for (id, start, end) in [("d", 8, 9), ("inner", 2, 4), ("a", 0, 1), ("outer", 2, 6)] {
            set.insert(span(id, start, end));
        }
        assert_eq!(ids(&set), ["a", "outer", "inner", "d"]);
    }

    #[test]
    fn an_id_is_in_a_set_once() {
        let mut set = AnnotationSet::new(key());
        set.insert(span("a", 0, 1));
        assert_eq!(set.insert(span("a", 4, 5)), Some(span("a", 0, 1)));
        assert_eq!(set.spans(), [span("a", 4, 5)]);
        set.extend([span("a", 6, 7), span("b", 1, 2), span("a", 8, 9)]);
        assert_eq!(set.spans(), [span("b", 1, 2), span("a", 8, 9)]);
    }

    #[test]
    fn overlapping_finds_enclosing_spans_too() {
        let mut set = AnnotationSet::new(key());
        set.extend([span("long", 0, 20), span("b", 2, 4), span("c", 6, 8)]);
        let found: Vec<_> =
            set.overlapping(TextRange::of(4..7)).map(|s| s.id.as_str()).collect();
        assert_eq!(found, ["long", "c"]);
    }

    #[test]
    fn states_are_read_as_they_are_written() {
        for state in State::ALL {
            assert_eq!(State::from_id(state.id()), Some(state));
        }
    }
}
