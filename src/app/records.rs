//! The records of the open document as a table: its rows, and the cell that the hand is on.

use super::action::Step;
use crate::model::{AnnotationSet, DocumentId, LabelId, RecordId, Span, SpanId};
use crate::project::{Project, proposals};

/// What can be asked for about records.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Ask {
    /// Shows the table, or no longer.
    Toggle,
    /// Takes all rows that are proposed, as one step.
    AcceptAll,
    /// Takes one of them.
    Accept(RowKey),
    /// Puts the chosen span into the record in hand.
    Put,
    /// Makes a new record with the chosen span.
    PutNew,
    /// Makes a new record without any.
    New,
    /// Shows the span in hand in the article, or takes the row if it is only proposed.
    Enter,
    /// Takes the span in hand out of its record; an empty record away.
    Take,
    /// Takes the record in hand away.
    Remove,
    /// Takes the span in hand to the record above or below.
    Move(Step),
    /// Takes a span from a row to a record; to a new one where none is said.
    Drop {
        /// The span.
        span: SpanId,
        /// Where it comes from.
        from: RowKey,
        /// Where it goes to.
        to: Option<RecordId>,
    },
}

/// What a row is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum RowKey {
    /// A record.
    Kept(RecordId),
    /// A proposal, by the first of its spans.
    Proposed(SpanId),
}

/// A row of the table.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) key: RowKey,
    pub(super) spans: Vec<SpanId>,
}

impl Row {
    /// Its spans in the column of a label.
    pub(super) fn cell<'a>(&self, set: &'a AnnotationSet, label: &LabelId) -> Vec<&'a Span> {
        let there = self.spans.iter().filter_map(|id| set.span(id));
        there.filter(|span| span.label == *label).collect()
    }

    pub(super) fn is_kept(&self) -> bool {
        matches!(self.key, RowKey::Kept(_))
    }
}

/// A place in the table: a row, a column, and which of the spans there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Stop {
    pub(super) row: usize,
    pub(super) column: usize,
    pub(super) span: usize,
}

/// The table of records.
#[derive(Debug, Default)]
pub(super) struct Records {
    /// Whether it is shown.
    pub(super) is_open: bool,
    /// Records in the order of the text, then what is proposed besides.
    pub(super) rows: Vec<Row>,
    /// The labels that have a column, as of the last frame.
    pub(super) columns: Vec<LabelId>,
    /// Where the hand is.
    pub(super) at: Stop,
    /// The row that the hand is on; none before it was on any in this document.
    pub(super) hand: Option<RowKey>,
    /// What of the table Tab comes to: it has the table's keys while it has the focus.
    pub(super) focusable: Option<egui::Id>,
    /// Whether that is to get the focus.
    pub(super) wants_focus: bool,
    /// The span that is being dragged, and the row that it comes from.
    pub(super) dragged: Option<(SpanId, RowKey)>,
    /// The document and the revision of the project that the rows are of.
    of: Option<(DocumentId, u64)>,
}

impl Records {
    /// Brings the rows up to what is open now; the hand stays on its row.
    pub(super) fn follow(&mut self, project: &Project) {
        let (Some(document), Some(set)) = (project.document(), project.set()) else { return };
        let now = (document.id().clone(), project.revision());
        if self.of.as_ref() == Some(&now) {
            return;
        }
        if self.of.as_ref().is_none_or(|(of, _)| *of != now.0) {
            (self.at, self.hand, self.dragged) = (Stop::default(), None, None);
        }
        self.of = Some(now);
        let schema = project.schema();
        let kept = set.records_in_order(schema).into_iter().map(|record| Row {
            key: RowKey::Kept(record.id.clone()),
            spans: record.spans.clone(),
        });
        let proposed = proposals(document, schema, set).into_iter().filter_map(|spans| {
            Some(Row { key: RowKey::Proposed(spans.first()?.clone()), spans })
        });
        self.rows = kept.chain(proposed).collect();
        let hand = self.hand.as_ref();
        if let Some(row) =
            hand.and_then(|hand| self.rows.iter().position(|row| row.key == *hand))
        {
            self.at.row = row;
        } else {
            self.at.row = self.at.row.min(self.rows.len().saturating_sub(1));
            self.hand =
                self.hand.take().and_then(|_| Some(self.rows.get(self.at.row)?.key.clone()));
        }
        self.clamp(set);
    }

    /// Keeps the hand on something that is there.
    pub(super) fn clamp(&mut self, set: &AnnotationSet) {
        self.at.column = self.at.column.min(self.columns.len().saturating_sub(1));
        let spans = self.num_spans(set, self.at);
        self.at.span = self.at.span.min(spans.saturating_sub(1));
    }

    /// Puts the hand on a place.
    pub(super) fn go(&mut self, at: Stop) {
        self.at = at;
        self.hand = self.rows.get(at.row).map(|row| row.key.clone());
    }

    /// Puts the hand on a record, once it is among the rows.
    pub(super) fn take_in_hand(&mut self, id: RecordId) {
        self.hand = Some(RowKey::Kept(id));
    }

    fn num_spans(&self, set: &AnnotationSet, at: Stop) -> usize {
        let cell = self.rows.get(at.row).zip(self.columns.get(at.column));
        cell.map_or(0, |(row, label)| row.cell(set, label).len())
    }

    /// The row in hand.
    pub(super) fn in_hand(&self) -> Option<&Row> {
        let hand = self.hand.as_ref()?;
        self.rows.iter().find(|row| row.key == *hand)
    }

    /// The span in hand.
    pub(super) fn span_in_hand(&self, set: &AnnotationSet) -> Option<SpanId> {
        let cell = self.in_hand()?.cell(set, self.columns.get(self.at.column)?);
        cell.get(self.at.span).map(|span| span.id.clone())
    }

    /// Puts the hand on a span of the row in hand.
    pub(super) fn find(&mut self, set: &AnnotationSet, span: &SpanId) {
        let Some(row) = self.in_hand().cloned() else { return };
        for (column, label) in self.columns.iter().enumerate() {
            let cell = row.cell(set, label);
            if let Some(at) = cell.iter().position(|other| other.id == *span) {
                (self.at.column, self.at.span) = (column, at);
                return;
            }
        }
    }

    /// The spans of the proposed rows.
    pub(super) fn proposed(&self) -> Vec<Vec<SpanId>> {
        let rows = self.rows.iter().filter(|row| !row.is_kept());
        rows.map(|row| row.spans.clone()).collect()
    }

    /// How many rows are records.
    pub(super) fn num_kept(&self) -> usize {
        self.rows.iter().filter(|row| row.is_kept()).count()
    }

    /// The record above or below the one in hand; none beyond the last.
    pub(super) fn beside(&self, step: Step) -> Option<&RecordId> {
        let at = self.rows.iter().position(|row| Some(&row.key) == self.hand.as_ref())?;
        let at = match step {
            Step::Next => at + 1,
            Step::Previous => at.checked_sub(1)?,
        };
        match &self.rows.get(at)?.key {
            RowKey::Kept(id) => Some(id),
            RowKey::Proposed(_) => None,
        }
    }

    /// Whether the focus is in the table.
    pub(super) fn has(&self, focused: egui::Id) -> bool {
        self.is_open && self.focusable == Some(focused)
    }

    /// Goes a place on in the order of reading: to the cell's next span, else to the next cell.
    pub(super) fn step(&mut self, set: &AnnotationSet, step: Step) {
        let at = self.at;
        let to = match step {
            Step::Next if at.span + 1 < self.num_spans(set, at) => {
                Stop { span: at.span + 1, ..at }
            }
            Step::Next if at.column + 1 < self.columns.len() => {
                Stop { column: at.column + 1, span: 0, ..at }
            }
            Step::Previous if at.span > 0 => Stop { span: at.span - 1, ..at },
            Step::Previous if at.column > 0 => {
                let to = Stop { column: at.column - 1, ..at };
                Stop { span: self.num_spans(set, to).saturating_sub(1), ..to }
            }
            Step::Next | Step::Previous => at,
        };
        self.go(to);
    }

    /// Goes to a row; the column stays.
    pub(super) fn go_to_row(&mut self, row: usize) {
        let row = row.min(self.rows.len().saturating_sub(1));
        self.go(Stop { row, span: 0, ..self.at });
    }
}
