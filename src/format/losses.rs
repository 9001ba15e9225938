//! What a format cannot carry.

use crate::lang::{Explain, Message};
use crate::model::Problem;

/// What of a document, or of many, a format cannot carry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Losses {
    /// Spans that are left out, each with its place and the reason.
    pub spans: Vec<Problem>,
    /// How many of the spans that are written have values, which are not.
    pub values: usize,
    /// How many have attributes, which are not written.
    pub attributes: usize,
    /// How many have notes, which are not written.
    pub notes: usize,
    /// How many are marked as doubtful, which is not written.
    pub doubts: usize,
    /// How many stand in no record, where only records are written.
    pub outside: usize,
    /// How many records there are, which are not written.
    pub records: usize,
    /// How many documents lose what is known about them: id, title, date, source.
    pub documents: usize,
    /// Whether the text cannot be put together again, since spaces and line ends are lost.
    pub spaces: bool,
}

impl Losses {
    /// Whether nothing is lost.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Adds another document's losses.
    pub fn add(&mut self, other: Self) {
        self.spans.extend(other.spans);
        self.values += other.values;
        self.attributes += other.attributes;
        self.notes += other.notes;
        self.doubts += other.doubts;
        self.outside += other.outside;
        self.records += other.records;
        self.documents += other.documents;
        self.spaces |= other.spaces;
    }
}

impl Explain for Losses {
    /// All that is lost, counted, in one sentence; nothing if nothing is.
    fn explain(&self) -> Message {
        let counts = [
            (self.spans.len(), "مواضع متداخلة", "overlapping spans"),
            (self.values, "قيم", "values"),
            (self.attributes, "سمات", "attributes"),
            (self.notes, "ملاحظات", "notes"),
            (self.doubts, "علامات شك", "marks of doubt"),
            (self.outside, "مواضع خارج السجلات", "spans outside of records"),
            (self.records, "سجلات", "records"),
            (self.documents, "معرّفات مقالات وعناوينها", "documents' ids and titles"),
        ];
        let (mut ar, mut en) = (Vec::new(), Vec::new());
        for (count, ar_name, en_name) in counts.into_iter().filter(|(count, ..)| *count > 0) {
            ar.push(format!("{ar_name} ({count})"));
            en.push(format!("{en_name} ({count})"));
        }
        if self.spaces {
            ar.push("المسافات وأطراف الأسطر".to_owned());
            en.push("spaces and line ends".to_owned());
        }
        if ar.is_empty() {
            return Message::default();
        }
        Message::new(
            format!("لا تحمل هذه الصيغة: {}", ar.join("، ")),
            format!("this format does not carry: {}", en.join(", ")),
        )
    }
}
