//! What finished documents teach: a tagger, and a gate that says whether it is any good.
//!
//! A text is read into pieces (`piece`), each with what can be told of it, the rules' own
//! suggestions among it. A chain (`chain`) for each label learns where its spans begin and go
//! on. [`cross_validate`] lets every document be read by taggers that have not seen it and says
//! for each label what that gains over rules alone; only labels that gain are used.
//! Nothing here knows a project or a file, and chance comes of a seed: who learns twice from the
//! same learns the same.

mod bytes;
mod chain;
mod chance;
mod gate;
mod memory;
mod model;
mod piece;

use std::sync::Arc;

use jiff::civil::Date;

pub use bytes::{from_bytes, to_bytes};
pub use gate::{FEWEST, Figures, Gain, Report, cross_validate};
pub use memory::{Memory, Rule, Trace};
pub use model::{Learned, Meaning, Model, teach};
pub use piece::Reading;

use crate::model::{AttributeId, LabelId};
use crate::text::TextRange;

/// A finished document.
#[derive(Clone, Debug)]
pub struct Lesson {
    /// Its text.
    pub text: Arc<str>,
    /// When it was written, where that is known.
    pub date: Option<Date>,
    /// What is marked in it.
    pub spans: Vec<Marked>,
}

/// A span of a finished document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// Its label.
    pub label: LabelId,
    /// Where it stands.
    pub range: TextRange,
    /// What it means.
    pub value: Option<String>,
    /// Its further fields.
    pub attributes: Vec<(AttributeId, String)>,
}
