//! Why something cannot be done, in words a person can act on.

use crate::lang::{Explain, Message};
use crate::model::{RangeError, SpanId};

/// Why something cannot be done. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Nothing is selected, or only spaces are.
    #[error("select some letters first")]
    NothingSelected,
    /// The range is none.
    #[error(transparent)]
    Range(#[from] RangeError),
    /// The schema has no such label.
    #[error("the schema has no label `{0}`")]
    UnknownLabel(String),
    /// The set has no such span.
    #[error("this span is no longer there")]
    NoSuchSpan,
    /// It is as asked for already.
    #[error("it is so already")]
    Unchanged,
    /// The layer forbids it: the span would share letters with another.
    #[error("it would overlap “{text}”: change that span or remove it first")]
    Overlap {
        /// The other span.
        with: SpanId,
        /// The other span's text.
        text: String,
    },
    /// Nothing would be left of the span.
    #[error("nothing would be left of the span: remove it with Delete instead")]
    WouldBeEmpty,
    /// The edge stands at the text's start or end.
    #[error("the text goes no farther")]
    TextEnds,
    /// A gold set can be declared only from a finished set.
    #[error("only a finished document can be declared gold: finish it first")]
    NotFinished,
}

impl Explain for Refusal {
    fn explain(&self) -> Message {
        let ar = match self {
            Self::NothingSelected => "حدّد حروفًا أولًا".to_owned(),
            Self::Range(error) => return error.explain(),
            Self::UnknownLabel(label) => format!("ليس في المخطط وسم «{label}»"),
            Self::NoSuchSpan => "لم يعد هذا الموضع موجودًا".to_owned(),
            Self::Unchanged => "هو كذلك أصلًا".to_owned(),
            Self::Overlap { text, .. } => {
                format!("يتداخل مع «{text}»: غيّر ذلك الموضع أو احذفه أولًا")
            }
            Self::WouldBeEmpty => {
                "لن يبقى من الموضع شيء: احذفه بالمفتاح \u{2066}Delete\u{2069}".to_owned()
            }
            Self::TextEnds => "هنا ينتهي النص".to_owned(),
            Self::NotFinished => "لا تُعلَن ذهبيةً إلا مجموعة منتهية: أنهِ المقال أولًا".to_owned(),
        };
        Message::new(ar, self.to_string())
    }
}
