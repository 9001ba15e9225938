//! What a project is made of.
//!
//! ```text
//! Schema ── Layer ── Label ── Attribute
//! Document (immutable text) ── Meta (title, date, source; may change)
//!    └─ AnnotationSet (one annotator's work on it) ── Span (range, label, value, …)
//! ```
//!
//! No I/O, no serialization, no clock: files have types of their own in `store` and `format`.
//! A [`Document`]'s text never changes, so an offset into it is a plain fact. Ranges are
//! checked where they enter ([`Document::range`]) and trusted afterwards.

mod digest;
mod document;
mod id;
mod meaning;
mod problem;
mod program;
mod provenance;
mod record;
mod schema;
mod set;
mod span;
mod suggestion;
mod time;
mod validate;
mod value;

pub use digest::Digest;
pub use document::{Document, Extra, Meta, RangeError};
pub use id::{
    AnnotatorId, AttributeId, DocumentId, InvalidAnnotator, LabelId, LayerId, RecordId, SpanId,
};
pub use problem::{Place, Problem, Severity};
pub use program::Program;
pub use provenance::{Origin, Provenance};
pub use record::Record;
pub use schema::{
    Anchoring, Attribute, Label, Layer, Name, Overlap, Schema, SchemaError, ValueKind,
};
pub use set::{AnnotationSet, SetKey, State};
pub use span::Span;
pub use suggestion::{Confidence, Decision, DecisionId, Suggestion, Surest, Verdict};
pub use time::{Day, Timestamp};
pub use validate::{is_allowed, validate, validate_span};
