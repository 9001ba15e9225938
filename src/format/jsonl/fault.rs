//! What can be wrong with a line.

use crate::lang::{Bilingual, Explain, Message, both};
use crate::model::RangeError;

/// What is wrong with a line, or with one span on it. Columns count code points from 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Fault {
    #[error("the line is no JSON at column {column}: {detail}")]
    Syntax { column: u64, detail: String },
    #[error("the line ends in the middle, at column {column}: the file seems to be cut off")]
    Cut { column: u64 },
    #[error("column {column}: `{escape}` is half a surrogate pair, and no text can hold it")]
    LoneSurrogate { column: u64, escape: String },
    #[error("column {column}: the field `{key}` stands there twice")]
    DuplicateKey { column: u64, key: String },
    #[error("the field `{field}` is missing")]
    Missing { field: &'static str },
    #[error("column {column}: `{field}` must be {}, not {found}", wanted.name().en)]
    Kind { field: String, wanted: Wanted, found: String, column: u64 },
    #[error("`id` is empty")]
    EmptyId,
    #[error("the text is longer than 4 GiB")]
    TooLong,
    #[error("the project has no document `{id}`")]
    UnknownDocument { id: String },
    #[error(
        "the project has another text under the id `{id}`, so the offsets mean nothing there"
    )]
    OtherText { id: String },
    #[error("the document `{id}` stands already in line {line}")]
    DuplicateId { id: String, line: u64 },
    #[error(
        "a record has the span {number}, and there is none of that number: they count from 0"
    )]
    NoSuchSpan { number: u64 },
    #[error("span {number}: {fault}")]
    Span { number: usize, fault: SpanFault },
}

/// What is wrong with a span.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum SpanFault {
    #[error("{error}{}", hint.map_or("", |unit| unit.hint().en))]
    Range { error: RangeError, hint: Option<Unit> },
    #[error(
        "{start}..{end} is “{stands}” in the text, not “{quote}”{}",
        hint.map_or("", |unit| unit.hint().en)
    )]
    Quote { start: u64, end: u64, stands: String, quote: String, hint: Option<Unit> },
    #[error(
        "the label `{label}` is not in the schema, which has {known}: give `--map \
         {label}=LABEL`, or `--map {label}=-` to leave its spans out"
    )]
    UnknownLabel { label: String, known: String },
    #[error("the id `{id}` is another span's too")]
    DuplicateId { id: String },
    #[error("`score` must be a number from 0 to 1, not {found}")]
    Score { found: String },
    #[error("`rule` must be text in quotes, not {found}")]
    Rule { found: String },
}

/// What a field should have been.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// A string.
    Text,
    /// A whole number from 0.
    Offset,
    /// An object.
    Object,
    /// An array.
    List,
    /// `true` or `false`.
    Truth,
}

/// A unit that the numbers seem to be in, though they should be code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// UTF-16 units, as JavaScript counts.
    Utf16,
    /// UTF-8 bytes.
    Bytes,
}

impl Wanted {
    fn name(self) -> Bilingual {
        match self {
            Self::Text => both("نصًا", "text in quotes"),
            Self::Offset => both("عددًا صحيحًا من 0", "a whole number from 0"),
            Self::Object => both("كائنًا {…}", "an object {…}"),
            Self::List => both("قائمة […]", "a list […]"),
            Self::Truth => both("true أو false", "true or false"),
        }
    }
}

impl Unit {
    fn hint(self) -> Bilingual {
        match self {
            Self::Utf16 => both(
                "؛ تبدو الأعداد بوحدات UTF-16، والمطلوب محارف يونيكود",
                "; these look like UTF-16 offsets, and should count code points",
            ),
            Self::Bytes => both(
                "؛ تبدو الأعداد بالبايتات، والمطلوب محارف يونيكود",
                "; these look like byte offsets, and should count code points",
            ),
        }
    }
}

impl Explain for Fault {
    fn explain(&self) -> Message {
        let ar = match self {
            Self::Syntax { column, detail } => {
                format!("السطر ليس JSON عند العمود {column}: {detail}")
            }
            Self::Cut { column } => {
                format!("ينقطع السطر عند العمود {column}: يبدو أن الملف مبتور")
            }
            Self::LoneSurrogate { column, escape } => {
                format!("العمود {column}: ‏{escape} نصف زوج بديل لا يحمله نص")
            }
            Self::DuplicateKey { column, key } => {
                format!("العمود {column}: الحقل «{key}» مكرر")
            }
            Self::Missing { field } => format!("الحقل «{field}» ناقص"),
            Self::Kind { field, wanted, found, column } => format!(
                "العمود {column}: يجب أن يكون «{field}» {}، لا {found}",
                wanted.name().ar
            ),
            Self::EmptyId => "الحقل «id» فارغ".to_owned(),
            Self::TooLong => "النص أطول من 4 غيبيبايت".to_owned(),
            Self::UnknownDocument { id } => format!("لا مقال في المشروع بالمعرّف «{id}»"),
            Self::OtherText { id } => {
                format!("للمعرّف «{id}» في المشروع نص آخر، فلا معنى للأرقام فيه")
            }
            Self::DuplicateId { id, line } => format!("المقال «{id}» موجود في السطر {line}"),
            Self::NoSuchSpan { number } => {
                format!("في سجل الموضعُ {number}، ولا موضع بهذا الرقم: الترقيم من 0")
            }
            Self::Span { number, fault } => {
                format!("الموضع {number}: {}", fault.explain().ar)
            }
        };
        Message::new(ar, self.to_string())
    }
}

impl Explain for SpanFault {
    fn explain(&self) -> Message {
        let hint_ar = |hint: &Option<Unit>| hint.map_or("", |unit| unit.hint().ar);
        let ar = match self {
            Self::Range { error, hint } => {
                format!("{}{}", error.explain().ar, hint_ar(hint))
            }
            Self::Quote { start, end, stands, quote, hint } => {
                format!("في {start}..{end} «{stands}» لا «{quote}»{}", hint_ar(hint))
            }
            Self::UnknownLabel { label, known } => format!(
                "الوسم «{label}» ليس في المخطط، وفيه: {known}؛ استعمل ‎--map {label}=LABEL أو \
                 ‎--map {label}=-"
            ),
            Self::DuplicateId { id } => format!("المعرّف «{id}» لموضع آخر أيضًا"),
            Self::Score { found } => format!("يجب أن يكون «score» عددًا من 0 إلى 1، لا {found}"),
            Self::Rule { found } => format!("يجب أن يكون «rule» نصًا، لا {found}"),
        };
        Message::new(ar, self.to_string())
    }
}
