//! Names of things: each its own type, so that one is not taken for another.

use std::fmt;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use crate::lang::{Explain, Message};
use crate::text::TextRange;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The id as it is written.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

macro_rules! open_id {
    ($(#[$doc:meta])* $name:ident) => {
        id!($(#[$doc])* $name);

        impl $name {
            /// The id written `id`: any text will do.
            #[must_use]
            pub fn new(id: impl Into<Arc<str>>) -> Self {
                Self(id.into())
            }
        }

        impl From<&str> for $name {
            fn from(id: &str) -> Self {
                Self::new(id)
            }
        }
    };
}

open_id! {
    /// A document's id: any text, unique in a project.
    DocumentId
}
open_id! {
    /// A span's id, unique in its annotation set.
    ///
    /// A span made by hand gets a random one. An imported span's id follows from what it is,
    /// so that the same import twice gives the same spans; see [`SpanId::derived`].
    SpanId
}
open_id! {
    /// A label's stable id, such as `CITY`. Names and keys may change; the id does not.
    LabelId
}
open_id! {
    /// A layer's stable id.
    LayerId
}
open_id! {
    /// An attribute's stable id, such as `of`.
    AttributeId
}
open_id! {
    /// A record's id, unique in its annotation set.
    RecordId
}
id! {
    /// Whose work a set is: a person's short name.
    ///
    /// Neither empty nor only spaces, at most 100 bytes, without control characters. `gold`
    /// is reserved for the gold set ([`AnnotatorId::gold`]).
    AnnotatorId
}

impl SpanId {
    /// The id of an imported span: `i` and 16 hex digits of a SHA-256 over the document's id,
    /// the label's id, the range in bytes, and the ordinal among equal spans, from 0.
    #[must_use]
    pub fn derived(
        document: &DocumentId,
        label: &LabelId,
        range: TextRange,
        ordinal: usize,
    ) -> Self {
        let mut hash = Sha256::new();
        for part in [document.as_str(), label.as_str(), &format!("{range} {ordinal}")] {
            // A length in front of each part keeps ("ab", "c") apart from ("a", "bc").
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part.as_bytes());
        }
        Self::from_bits('i', hash.finalize().as_slice())
    }

    /// The id of a span made by hand: `h` and 16 hex digits of `random`.
    #[must_use]
    pub fn random(random: u64) -> Self {
        Self::from_bits('h', &random.to_be_bytes())
    }

    fn from_bits(kind: char, bytes: &[u8]) -> Self {
        let mut id = String::from(kind);
        for byte in bytes.iter().take(8) {
            id.push_str(&format!("{byte:02x}"));
        }
        Self::new(id)
    }
}

impl RecordId {
    /// The id of a record made in the window: `r` and 16 hex digits of `random`.
    #[must_use]
    pub fn random(random: u64) -> Self {
        Self::new(format!("r{random:016x}"))
    }

    /// The id of an imported record: `r` and 16 hex digits of a SHA-256 over the document's id,
    /// its spans' ids, and the ordinal among equal records, from 0.
    #[must_use]
    pub fn derived(document: &DocumentId, spans: &[SpanId], ordinal: usize) -> Self {
        let mut hash = Sha256::new();
        let ordinal = ordinal.to_string();
        let parts = [document.as_str(), &ordinal].into_iter();
        for part in parts.chain(spans.iter().map(SpanId::as_str)) {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part.as_bytes());
        }
        let hex: String =
            hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        Self::new(format!("r{hex}"))
    }
}

/// Why a text is no annotator's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidAnnotator {
    /// Nothing but spaces.
    #[error("an annotator's name must not be empty")]
    Empty,
    /// More than 100 bytes.
    #[error("an annotator's name must be at most 100 bytes long")]
    TooLong,
    /// A control character in it.
    #[error("an annotator's name must not contain control characters")]
    Control,
    /// `gold`, in whatever case.
    #[error("the name `gold` is reserved for the gold set")]
    Reserved,
}

impl Explain for InvalidAnnotator {
    fn explain(&self) -> Message {
        let ar = match self {
            Self::Empty => "اكتب اسمًا للموسّم",
            Self::TooLong => "اسم الموسّم أطول من 100 بايت",
            Self::Control => "في اسم الموسّم محارف تحكم",
            Self::Reserved => "الاسم gold محجوز للمجموعة الذهبية",
        };
        Message::new(ar, self.to_string())
    }
}

impl AnnotatorId {
    /// The annotator of that name; outer spaces are dropped.
    ///
    /// # Errors
    ///
    /// If the name breaks one of the rules of [`AnnotatorId`].
    pub fn new(name: &str) -> Result<Self, InvalidAnnotator> {
        let name = name.trim();
        if name.is_empty() {
            return Err(InvalidAnnotator::Empty);
        }
        if name.len() > 100 {
            return Err(InvalidAnnotator::TooLong);
        }
        if name.chars().any(char::is_control) {
            return Err(InvalidAnnotator::Control);
        }
        if name.eq_ignore_ascii_case("gold") {
            return Err(InvalidAnnotator::Reserved);
        }
        Ok(Self(name.into()))
    }

    /// The owner of gold sets, which is no person.
    #[must_use]
    pub fn gold() -> Self {
        Self("gold".into())
    }

    /// Whether this is the gold set's owner.
    #[must_use]
    pub fn is_gold(&self) -> bool {
        &*self.0 == "gold"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gold_is_nobodys_name() {
        assert_eq!(AnnotatorId::new("gold"), Err(InvalidAnnotator::Reserved));
        assert_eq!(AnnotatorId::new(" Gold "), Err(InvalidAnnotator::Reserved));
        assert!(AnnotatorId::gold().is_gold());
    }

    #[test]
    fn any_other_name_will_do() {
        assert_eq!(AnnotatorId::new(" سارة ").map(|id| id.to_string()), Ok("سارة".to_owned()));
        assert_eq!(AnnotatorId::new("  "), Err(InvalidAnnotator::Empty));
        assert_eq!(AnnotatorId::new("a\nb"), Err(InvalidAnnotator::Control));
        assert_eq!(AnnotatorId::new(&"ب".repeat(51)), Err(InvalidAnnotator::TooLong));
    }

    #[test]
    fn a_derived_id_follows_from_what_the_span_is() {
        let id = |document: &str, label: &str, start, ordinal| {
            SpanId::derived(
                &document.into(),
                &label.into(),
                TextRange::of(start..start + 2),
                ordinal,
            )
        };
        assert_eq!(id("a", "CITY", 0, 0), id("a", "CITY", 0, 0));
        assert_ne!(id("a", "CITY", 0, 0), id("a", "CITY", 0, 1));
        assert_ne!(id("a", "CITY", 0, 0), id("a", "CITY", 1, 0));
        assert_ne!(id("ab", "C", 0, 0), id("a", "bC", 0, 0));
        assert_eq!(id("a", "CITY", 0, 0).as_str().len(), 17);
    }
}
