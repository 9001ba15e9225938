//! Why something cannot be done, in words a person can act on.

use crate::lang::{Explain, Message};
use crate::model::{Name, Overlap, RangeError, SpanId};

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
    /// The set has no such record.
    #[error("this record is no longer there")]
    NoSuchRecord,
    /// It is as asked for already.
    #[error("it is so already")]
    Unchanged,
    /// The layer forbids it: the span would share letters with another.
    #[error(transparent)]
    Overlap(Box<Blocked>),
    /// The layer forbids it: an edge would stand inside a word.
    #[error(
        "the layer “{}” lets spans begin and end only at the edges of words: choose a place \
         between two words",
        .0.en
    )]
    InsideWord(Name),
    /// A span can be split only where letters of it are left on both sides.
    #[error("put the caret inside the span, between the letters where it is to be split")]
    NothingToSplit,
    /// There is no span of the same label on that side.
    #[error("there is no other span of this label on that side to join it with")]
    NothingToJoin,
    /// The nearest span of the same label is in another paragraph.
    #[error(
        "the nearest span of this label is in another paragraph: a span does not run over the \
         end of a paragraph"
    )]
    OtherParagraph,
    /// A span without letters or digits has no words to look for.
    #[error("there is no letter and no digit in this span to look for")]
    NothingToFind,
    /// Of all that was asked for, nothing is possible.
    #[error("no occurrence is ticked")]
    NothingTicked,
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

/// Another span that is in the way, and the rule that says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blocked {
    /// The other span.
    pub with: SpanId,
    /// The other span's text.
    pub text: String,
    /// The layer of both.
    pub layer: Name,
    /// What the layer says of spans that share letters.
    pub rule: Overlap,
}

impl std::error::Error for Blocked {}

impl std::fmt::Display for Blocked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.explain().en)
    }
}

impl Explain for Blocked {
    fn explain(&self) -> Message {
        let Self { text, layer, rule, .. } = self;
        let (ar, en) = match rule {
            Overlap::Never => {
                ("لا تقبل أن يشترك موضعان في حرف", "lets no two spans share letters")
            }
            Overlap::Nested => (
                "لا تقبل إلا أن يقع موضع كله داخل آخر، لا أن يتقاطعا",
                "lets spans only nest, one wholly inside the other, and not cross",
            ),
            Overlap::Any => ("تقبل التداخل", "lets spans overlap"),
        };
        Message::new(
            format!(
                "يتداخل مع «{text}»، وطبقة «{}» في المخطط {ar}: غيّر ذلك الموضع أو احذفه أولًا",
                layer.get(crate::lang::Lang::Ar)
            ),
            format!(
                "it would overlap “{text}”, and the schema’s layer “{}” {en}: change that span \
                 or remove it first",
                layer.get(crate::lang::Lang::En)
            ),
        )
    }
}

impl Explain for Refusal {
    fn explain(&self) -> Message {
        let ar = match self {
            Self::NothingSelected => "حدّد حروفًا أولًا".to_owned(),
            Self::Range(error) => return error.explain(),
            Self::UnknownLabel(label) => format!("ليس في المخطط وسم «{label}»"),
            Self::NoSuchSpan => "لم يعد هذا الموضع موجودًا".to_owned(),
            Self::NoSuchRecord => "لم يعد هذا السجل موجودًا".to_owned(),
            Self::Unchanged => "هو كذلك أصلًا".to_owned(),
            Self::Overlap(blocked) => return blocked.explain(),
            Self::InsideWord(layer) => format!(
                "طبقة «{}» في المخطط لا تقبل أن يبدأ موضع أو ينتهي إلا عند حدود الكلمات: اختر \
                 مكانًا بين كلمتين",
                layer.get(crate::lang::Lang::Ar)
            ),
            Self::NothingToSplit => {
                "ضع المؤشر داخل الموضع بين الحرفين اللذين يُقسم عندهما".to_owned()
            }
            Self::NothingToJoin => "لا موضع آخر بهذا الوسم في تلك الجهة ليُضم إليه".to_owned(),
            Self::OtherParagraph => {
                "أقرب موضع بهذا الوسم في فقرة أخرى، ولا يمتد موضع بعد نهاية فقرته".to_owned()
            }
            Self::NothingToFind => "ليس في هذا الموضع حرف ولا رقم يُبحث عنه".to_owned(),
            Self::NothingTicked => "لم يُختر أي ورود".to_owned(),
            Self::WouldBeEmpty => {
                "لن يبقى من الموضع شيء: احذفه بالمفتاح \u{2066}Delete\u{2069}".to_owned()
            }
            Self::TextEnds => "هنا ينتهي النص".to_owned(),
            Self::NotFinished => "لا تُعلَن ذهبيةً إلا مجموعة منتهية: أنهِ المقال أولًا".to_owned(),
        };
        Message::new(ar, self.to_string())
    }
}
