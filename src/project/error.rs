//! Why something was not done in a project.

use crate::edit::{Refusal, Stale};
use crate::lang::{Explain, Message};
use crate::store;

/// Why something was not done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It makes no sense here.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// What it was made for has changed.
    #[error(transparent)]
    Stale(#[from] Stale),
    /// The store cannot do it.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// The project is open for reading only.
    #[error("this project is open for reading only")]
    ReadOnly,
    /// A label cannot be taken away, since it has spans; in words.
    #[error("{}", .0.en)]
    LabelInUse(Message),
    /// No document is open.
    #[error("no document is open")]
    NoDocument,
}

impl Explain for Error {
    fn explain(&self) -> Message {
        match self {
            Self::Refused(error) => error.explain(),
            Self::Stale(error) => error.explain(),
            Self::Store(error) => error.explain(),
            Self::ReadOnly => Message::new(
                "المشروع مفتوح للقراءة فقط",
                "This project is open for reading only",
            ),
            Self::LabelInUse(why) => why.clone(),
            Self::NoDocument => Message::new("لا مقال مفتوح", "No document is open"),
        }
    }
}
