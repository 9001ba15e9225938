//! The interface's two languages, and how each counts.
//!
//! Every string that a person reads stands here or beside the thing it names, in Arabic and
//! in English next to each other; a missing one does not compile. Knows nothing of drawing:
//! Arabic goes through the typeset layer, never through egui's own text.

mod digits;

use std::borrow::Cow;

pub use digits::Digits;

/// A language of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Arabic: the window is mirrored.
    #[default]
    Ar,
    /// English.
    En,
}

impl Lang {
    /// Its code of ISO 639-1: `ar`, `en`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Ar => "ar",
            Self::En => "en",
        }
    }

    /// The language of a code; none for another.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "ar" => Some(Self::Ar),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Ar => Self::En,
            Self::En => Self::Ar,
        }
    }

    /// Whether lines run from the right.
    #[must_use]
    pub fn is_right_to_left(self) -> bool {
        self == Self::Ar
    }
}

/// A fixed string in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bilingual {
    /// The Arabic.
    pub ar: &'static str,
    /// The English.
    pub en: &'static str,
}

impl Bilingual {
    /// The string in `lang`.
    #[must_use]
    pub const fn get(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Ar => self.ar,
            Lang::En => self.en,
        }
    }
}

/// The string pair `ar`, `en`.
#[must_use]
pub const fn both(ar: &'static str, en: &'static str) -> Bilingual {
    Bilingual { ar, en }
}

/// A sentence made at run time, in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message {
    /// The Arabic.
    pub ar: String,
    /// The English.
    pub en: String,
}

impl Message {
    /// The pair of `ar` and `en`.
    #[must_use]
    pub fn new(ar: impl Into<String>, en: impl Into<String>) -> Self {
        Self { ar: ar.into(), en: en.into() }
    }

    /// The sentence in `lang`.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Ar => &self.ar,
            Lang::En => &self.en,
        }
    }
}

impl From<Bilingual> for Message {
    fn from(text: Bilingual) -> Self {
        Self::new(text.ar, text.en)
    }
}

/// A path, a name or an id for the middle of a sentence: it keeps its own direction there, and
/// turns nothing around it (first strong isolate, UAX #9). It stays on its line
/// ([`visible`]).
#[must_use]
pub fn isolated(text: impl std::fmt::Display) -> String {
    format!("\u{2068}{}\u{2069}", visible(&text.to_string()))
}

/// A line for a person, with what would break it or drive a terminal written out: a line break
/// as `\n`, other controls as `\u{1b}`. Ids and file names may hold any of them.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    let is_hidden = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut line = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if is_hidden(c) {
            line.extend(c.escape_default());
        } else {
            line.push(c);
        }
    }
    Cow::Owned(line)
}

/// Something that can say in either language what it is.
pub trait Explain {
    /// What it is, what it means and what to do, for a person.
    fn explain(&self) -> Message;
}

/// A noun that can be counted in both languages.
#[derive(Clone, Copy, Debug)]
pub struct Noun {
    /// Arabic for none, with its negation: `لا مواضع`.
    pub ar_zero: &'static str,
    /// Arabic for one: `موضع واحد`.
    pub ar_one: &'static str,
    /// The Arabic dual, by itself: `موضعان`.
    pub ar_two: &'static str,
    /// The Arabic plural after 3 to 10: `مواضع`.
    pub ar_few: &'static str,
    /// The Arabic accusative singular after 11 to 99: `موضعًا`.
    pub ar_many: &'static str,
    /// The Arabic singular after full hundreds: `موضع`.
    pub ar_other: &'static str,
    /// English for one: `span`.
    pub en_one: &'static str,
    /// English for any other number: `spans`.
    pub en_other: &'static str,
}

impl Noun {
    /// So many of it, in words and Western digits: `3 مواضع`, `2 spans`.
    #[must_use]
    pub fn count(&self, lang: Lang, count: usize) -> String {
        match (lang, count) {
            (Lang::En, 1) => format!("1 {}", self.en_one),
            (Lang::En, _) => format!("{count} {}", self.en_other),
            (Lang::Ar, 0) => self.ar_zero.to_owned(),
            (Lang::Ar, 1) => self.ar_one.to_owned(),
            (Lang::Ar, 2) => self.ar_two.to_owned(),
            // Unicode CLDR's plural rules for Arabic: the last two digits decide.
            (Lang::Ar, _) => match count % 100 {
                3..=10 => format!("{count} {}", self.ar_few),
                11..=99 => format!("{count} {}", self.ar_many),
                _ => format!("{count} {}", self.ar_other),
            },
        }
    }

    /// So many of it, in both languages.
    #[must_use]
    pub fn message(&self, count: usize) -> Message {
        Message::new(self.count(Lang::Ar, count), self.count(Lang::En, count))
    }
}

/// A labeled range.
pub const SPAN: Noun = Noun {
    ar_zero: "لا مواضع",
    ar_one: "موضع واحد",
    ar_two: "موضعان",
    ar_few: "مواضع",
    ar_many: "موضعًا",
    ar_other: "موضع",
    en_one: "span",
    en_other: "spans",
};

/// What a span's words mean, as it is written.
pub const VALUE: Noun = Noun {
    ar_zero: "لا قيم",
    ar_one: "قيمة واحدة",
    ar_two: "قيمتان",
    ar_few: "قيم",
    ar_many: "قيمة",
    ar_other: "قيمة",
    en_one: "value",
    en_other: "values",
};

/// A span that is proposed.
pub const SUGGESTION: Noun = Noun {
    ar_zero: "لا اقتراحات",
    ar_one: "اقتراح واحد",
    ar_two: "اقتراحان",
    ar_few: "اقتراحات",
    ar_many: "اقتراحًا",
    ar_other: "اقتراح",
    en_one: "suggestion",
    en_other: "suggestions",
};

/// Spans that belong together.
pub const RECORD: Noun = Noun {
    ar_zero: "لا سجلات",
    ar_one: "سجل واحد",
    ar_two: "سجلان",
    ar_few: "سجلات",
    ar_many: "سجلًا",
    ar_other: "سجل",
    en_one: "record",
    en_other: "records",
};

/// A place where some words stand.
pub const OCCURRENCE: Noun = Noun {
    ar_zero: "لا مواضع",
    ar_one: "موضع واحد",
    ar_two: "موضعان",
    ar_few: "مواضع",
    ar_many: "موضعًا",
    ar_other: "موضع",
    en_one: "occurrence",
    en_other: "occurrences",
};

/// A step that can be taken back.
pub const STEP: Noun = Noun {
    ar_zero: "لا خطوات",
    ar_one: "خطوة واحدة",
    ar_two: "خطوتان",
    ar_few: "خطوات",
    ar_many: "خطوة",
    ar_other: "خطوة",
    en_one: "step",
    en_other: "steps",
};

/// An article.
pub const DOCUMENT: Noun = Noun {
    ar_zero: "لا مقالات",
    ar_one: "مقال واحد",
    ar_two: "مقالان",
    ar_few: "مقالات",
    ar_many: "مقالًا",
    ar_other: "مقال",
    en_one: "document",
    en_other: "documents",
};

/// A file.
pub const FILE: Noun = Noun {
    ar_zero: "لا ملفات",
    ar_one: "ملف واحد",
    ar_two: "ملفان",
    ar_few: "ملفات",
    ar_many: "ملفًا",
    ar_other: "ملف",
    en_one: "file",
    en_other: "files",
};

/// Something to look at.
pub const PROBLEM: Noun = Noun {
    ar_zero: "لا مشكلات",
    ar_one: "مشكلة واحدة",
    ar_two: "مشكلتان",
    ar_few: "مشكلات",
    ar_many: "مشكلة",
    ar_other: "مشكلة",
    en_one: "problem",
    en_other: "problems",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(count: usize, ar: &str, en: &str) {
        assert_eq!(SPAN.message(count), Message::new(ar, en));
    }

    #[test]
    fn a_path_in_a_sentence_is_isolated_from_it() {
        assert_eq!(format!("في {}.", isolated("/a/b")), "في \u{2068}/a/b\u{2069}.");
        assert_eq!(isolated("a\nb"), "\u{2068}a\\nb\u{2069}");
    }

    #[test]
    fn what_would_break_a_line_is_written_out() {
        assert_eq!(visible("a\nb\t\r\u{1b}[2J\u{85}"), "a\\nb\\t\\r\\u{1b}[2J\\u{85}");
        assert_eq!(visible("\u{2028}\u{2029}\0"), "\\u{2028}\\u{2029}\\u{0}");
        // Marks of direction, joiners, vowel marks and a backslash stay as they are.
        let text = "\u{2068}وَكَالة\u{2069} \u{200F}\u{200D}\u{A0} C:\\news";
        assert!(matches!(visible(text), Cow::Borrowed(same) if same == text));
    }

    #[test]
    fn arabic_counts_with_six_forms() {
        check(0, "لا مواضع", "0 spans");
        check(1, "موضع واحد", "1 span");
        check(2, "موضعان", "2 spans");
        check(3, "3 مواضع", "3 spans");
        check(10, "10 مواضع", "10 spans");
        check(11, "11 موضعًا", "11 spans");
        check(100, "100 موضع", "100 spans");
        check(103, "103 مواضع", "103 spans");
        check(199, "199 موضعًا", "199 spans");
    }
}
