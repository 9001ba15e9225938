//! Spans that somebody else proposes, and what an annotator decided about them.

use std::collections::BTreeMap;
use std::collections::hash_map::{Entry, HashMap};
use std::fmt;

use sha2::{Digest as _, Sha256};

use super::{AttributeId, DocumentId, Extra, LabelId, SpanId, Timestamp};
use crate::text::TextRange;

/// How sure a source is of a suggestion, in thousandths: 0 not at all, 1000 quite sure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Confidence(u16);

impl Confidence {
    /// Of a share between 0 and 1; none of what is no such number.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share is between 0 and 1"
    )]
    pub fn new(share: f64) -> Option<Self> {
        (0.0..=1.0).contains(&share).then(|| Self((share * 1000.0).round() as u16))
    }

    /// As a share between 0 and 1.
    #[must_use]
    pub fn share(self) -> f64 {
        f64::from(self.0) / 1000.0
    }
}

/// A span that a source proposes for a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// What proposes it: `rules` for this program's own, else a name that somebody gave.
    pub source: String,
    /// The rule that found it, where the source has rules; empty otherwise.
    pub rule: String,
    /// The label that it would have.
    pub label: LabelId,
    /// Where it would stand; never empty, and both ends on grapheme boundaries.
    pub range: TextRange,
    /// What it would mean.
    pub value: Option<String>,
    /// Its further fields.
    pub attributes: BTreeMap<AttributeId, String>,
    /// How sure the source is of it, where it says so.
    pub confidence: Option<Confidence>,
}

impl Suggestion {
    /// A suggestion that says nothing but where, what and whose.
    #[must_use]
    pub fn new(source: impl Into<String>, label: LabelId, range: TextRange) -> Self {
        Self {
            source: source.into(),
            rule: String::new(),
            label,
            range,
            value: None,
            attributes: BTreeMap::new(),
            confidence: None,
        }
    }

    /// What a decision about it is found by; see [`DecisionId::of`].
    #[must_use]
    pub fn id(&self, document: &DocumentId) -> DecisionId {
        DecisionId::of(document, self)
    }
}

/// What one source suggests for a document, each label and range once, in the order in which
/// they came first: of two, the surer one stays, and of two as sure the first.
#[derive(Debug, Default)]
pub struct Surest {
    found: Vec<Suggestion>,
    places: HashMap<(LabelId, TextRange), usize>,
}

impl Surest {
    /// Adds a suggestion, or passes it by.
    pub fn push(&mut self, it: Suggestion) {
        match self.places.entry((it.label.clone(), it.range)) {
            Entry::Vacant(place) => {
                place.insert(self.found.len());
                self.found.push(it);
            }
            Entry::Occupied(place) => {
                let other = self.found.get_mut(*place.get());
                if let Some(other) = other.filter(|other| other.confidence < it.confidence) {
                    *other = it;
                }
            }
        }
    }

    /// What has stayed.
    #[must_use]
    pub fn into_found(self) -> Vec<Suggestion> {
        self.found
    }
}

/// What a decision is about: a source's proposal of a label at a range of a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DecisionId(String);

impl DecisionId {
    /// `d` and 16 hex digits of a SHA-256 over the document's id, the source, the label's id and
    /// the range in bytes: who asks the same again is answered already. The value and the rule
    /// are not in it, as they change from one version of a source to the next.
    #[must_use]
    pub fn of(document: &DocumentId, suggestion: &Suggestion) -> Self {
        let mut hash = Sha256::new();
        let range = suggestion.range.to_string();
        let parts = [document.as_str(), &suggestion.source, suggestion.label.as_str(), &range];
        for part in parts {
            // A length in front of each part keeps ("ab", "c") apart from ("a", "bc").
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part.as_bytes());
        }
        let hex: String =
            hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        Self(format!("d{hex}"))
    }

    /// The id that is written so in a file.
    #[must_use]
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// The id as it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DecisionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What was decided about a suggestion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It was taken, and became that span. Whether it was corrected is seen by comparing both:
    /// so it stays true when the span is changed later.
    Accepted(SpanId),
    /// It is wrong; why, if that was said.
    Rejected(String),
    /// It is left to somebody else: neither right nor wrong, and not asked again.
    Skipped,
}

impl Verdict {
    /// Its word in files.
    #[must_use]
    pub fn id(&self) -> &'static str {
        match self {
            Self::Accepted(_) => "accepted",
            Self::Rejected(_) => "rejected",
            Self::Skipped => "skipped",
        }
    }
}

/// What an annotator decided about a suggestion. Whose decision it is is said by its set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// What it is found by.
    pub id: DecisionId,
    /// What was proposed, as it was.
    pub suggestion: Suggestion,
    /// What became of it.
    pub verdict: Verdict,
    /// When; none if the file does not say.
    pub at: Option<Timestamp>,
    /// Fields that this version does not know.
    pub extra: Extra,
}

impl Decision {
    /// A decision about a suggestion for a document.
    #[must_use]
    pub fn new(
        document: &DocumentId,
        suggestion: Suggestion,
        verdict: Verdict,
        at: Timestamp,
    ) -> Self {
        let id = suggestion.id(document);
        Self { id, suggestion, verdict, at: Some(at), extra: Extra::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_confidence_is_a_share() {
        assert_eq!(Confidence::new(0.8734).map(Confidence::share), Some(0.873));
        assert_eq!(Confidence::new(1.0).map(Confidence::share), Some(1.0));
        for none in [-0.1, 1.01, f64::NAN, f64::INFINITY] {
            assert_eq!(Confidence::new(none), None);
        }
    }

    #[test]
    fn who_proposes_the_same_again_is_known() {
        let document = DocumentId::new("a");
        let first = Suggestion::new("rules", "CITY".into(), TextRange::of(2..8));
        let same = Suggestion { value: Some("فاس".to_owned()), ..first.clone() };
        assert_eq!(first.id(&document), same.id(&document));
        for other in [
            Suggestion { source: "spacy".to_owned(), ..first.clone() },
            Suggestion { label: "AGENCY".into(), ..first.clone() },
            Suggestion { range: TextRange::of(2..6), ..first.clone() },
        ] {
            assert_ne!(first.id(&document), other.id(&document));
        }
        assert_ne!(first.id(&document), first.id(&DocumentId::new("b")));
    }
}
