//! A labeled range.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::{AttributeId, Extra, LabelId, Provenance, SpanId};
use crate::text::TextRange;

/// A labeled range of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Its id, unique in its set.
    pub id: SpanId,
    /// Its label.
    pub label: LabelId,
    /// Where it stands; never empty, and both ends on grapheme boundaries.
    pub range: TextRange,
    /// Its normalized meaning, exactly as given, whether or not the label's kind accepts it.
    pub value: Option<String>,
    /// Its further fields, such as a count's `of`.
    pub attributes: BTreeMap<AttributeId, String>,
    /// A free remark.
    pub note: String,
    /// Whether the annotator is unsure of it.
    pub doubtful: bool,
    /// Who or what made it.
    pub provenance: Provenance,
    /// Fields that this version does not know.
    pub extra: Extra,
}

impl Span {
    /// A span with nothing but its place and label.
    #[must_use]
    pub fn new(id: SpanId, label: LabelId, range: TextRange) -> Self {
        Self {
            id,
            label,
            range,
            value: None,
            attributes: BTreeMap::new(),
            note: String::new(),
            doubtful: false,
            provenance: Provenance::default(),
            extra: Extra::default(),
        }
    }

    /// Text order: by start, outer before inner, then by label and id.
    #[must_use]
    pub fn text_order(&self, other: &Self) -> Ordering {
        (self.range.start(), other.range.end(), &self.label, &self.id).cmp(&(
            other.range.start(),
            self.range.end(),
            &other.label,
            &other.id,
        ))
    }
}
