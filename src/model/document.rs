//! One article: a text that never changes, and what is known about it.

use std::sync::{Arc, OnceLock};

use super::{Digest, DocumentId};
use crate::lang::{Explain, Message};
use crate::text::{self, CharOffset, Offset, TextIndex, TextRange};

/// JSON fields that this version does not know: kept, and written again as they came.
///
/// Each is a key and the raw JSON of its value, in the order in which they stood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extra(pub Vec<(String, String)>);

impl Extra {
    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// What is known about a document and may be mended: everything but its id and text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meta {
    /// Its title; none where the text's first line serves.
    pub title: Option<String>,
    /// The day it was published, as given: `2024-01-30` where it is well known.
    pub date: Option<String>,
    /// Where it was published: a name or an address.
    pub source: Option<String>,
}

/// One article, exactly as it was imported.
#[derive(Clone, Debug)]
pub struct Document {
    id: DocumentId,
    text: Arc<str>,
    digest: Digest,
    /// What came with it on import.
    pub given: Meta,
    /// Fields of its record that this version does not know.
    pub extra: Extra,
    /// Whether its file began with a byte order mark, which is no part of the text.
    pub had_bom: bool,
    index: OnceLock<TextIndex>,
}

/// Why two numbers are no range of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RangeError {
    /// The start is after the end.
    #[error("the span starts at {start} after its end {end}")]
    Inverted {
        /// As given, in the unit of the source.
        start: u64,
        /// As given, in the unit of the source.
        end: u64,
    },
    /// Start and end are the same.
    #[error("the span at {at} is empty")]
    Empty {
        /// As given, in the unit of the source.
        at: u64,
    },
    /// The end is past the text's end.
    #[error("the span ends at {end}, past the text's end at {length}")]
    OutOfBounds {
        /// As given, in the unit of the source.
        end: u64,
        /// The text's length, in the same unit.
        length: u64,
    },
    /// An end inside a code point or a grapheme cluster, such as before a vowel mark.
    #[error("the span's edge at {at} tears a letter from its mark")]
    InsideLetter {
        /// As given, in the unit of the source.
        at: u64,
    },
}

impl Explain for RangeError {
    fn explain(&self) -> Message {
        let ar = match self {
            Self::Inverted { start, end } => {
                format!("يبدأ الموضع عند {start} بعد نهايته {end}")
            }
            Self::Empty { at } => format!("الموضع عند {at} فارغ"),
            Self::OutOfBounds { end, length } => {
                format!("ينتهي الموضع عند {end} بعد نهاية النص عند {length}")
            }
            Self::InsideLetter { at } => format!("حدّ الموضع عند {at} يفصل حرفًا عن علامته"),
        };
        Message::new(ar, self.to_string())
    }
}

impl Document {
    /// A document of that text.
    #[must_use]
    pub fn new(id: DocumentId, text: impl Into<Arc<str>>) -> Self {
        let text = text.into();
        let digest = Digest::of(text.as_bytes());
        Self {
            id,
            text,
            digest,
            given: Meta::default(),
            extra: Extra::default(),
            had_bom: false,
            index: OnceLock::new(),
        }
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> &DocumentId {
        &self.id
    }

    /// Its text, exactly as it was imported.
    #[must_use]
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// The digest of its text.
    #[must_use]
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// The way to other units, counted at the first call.
    #[must_use]
    pub fn index(&self) -> &TextIndex {
        self.index.get_or_init(|| TextIndex::new(&self.text))
    }

    /// The text in `range`.
    ///
    /// # Panics
    ///
    /// If `range` was not checked against this document ([`Document::check`]).
    #[must_use]
    pub fn slice(&self, range: TextRange) -> &str {
        let Some(slice) = self.text.get(range.to_range()) else {
            unreachable!("ranges are checked where they enter, and {range} was not")
        };
        slice
    }

    /// The span range between two positions in code points.
    ///
    /// # Errors
    ///
    /// If it is empty, inverted, out of bounds, or has an edge inside a grapheme cluster.
    pub fn range(&self, start: CharOffset, end: CharOffset) -> Result<TextRange, RangeError> {
        if start > end {
            return Err(RangeError::Inverted { start: start.0, end: end.0 });
        }
        let length = self.index().num_chars();
        let offset = |chars| {
            let offset = self.index().offset_of_char(&self.text, chars);
            offset.ok_or(RangeError::OutOfBounds { end: end.0, length })
        };
        let (start_offset, end_offset) = (offset(start)?, offset(end)?);
        if start == end {
            return Err(RangeError::Empty { at: start.0 });
        }
        for (offset, at) in [(start_offset, start), (end_offset, end)] {
            if !text::is_boundary(&self.text, offset) {
                return Err(RangeError::InsideLetter { at: at.0 });
            }
        }
        Ok(TextRange::between(start_offset, end_offset))
    }

    /// Whether `range`, in bytes, may be a span's.
    ///
    /// # Errors
    ///
    /// If it is empty, out of bounds, or has an edge inside a grapheme cluster; numbers in the
    /// error are bytes.
    pub fn check(&self, range: TextRange) -> Result<(), RangeError> {
        if range.end() > Offset::end_of(&self.text) {
            return Err(RangeError::OutOfBounds {
                end: range.end().to_usize() as u64,
                length: self.text.len() as u64,
            });
        }
        if range.is_empty() {
            return Err(RangeError::Empty { at: range.start().to_usize() as u64 });
        }
        for offset in [range.start(), range.end()] {
            if !text::is_boundary(&self.text, offset) {
                return Err(RangeError::InsideLetter { at: offset.to_usize() as u64 });
            }
        }
        Ok(())
    }

    /// The title to show: `meta`'s, else the text's first line that is not blank, cut after 160
    /// code points, else the id.
    #[must_use]
    pub fn title<'a>(&'a self, meta: &'a Meta) -> &'a str {
        meta.title
            .as_deref()
            .filter(|title| !title.trim().is_empty())
            .unwrap_or_else(|| first_line(&self.text).unwrap_or(self.id.as_str()))
    }

    /// Whether the text begins with a line of its own that is the title, and is short enough
    /// to be set as one.
    #[must_use]
    pub fn begins_with_title(&self, meta: &Meta) -> bool {
        // No more is looked at than a title has: the text may be one line.
        let start = &self.text[..self.text.floor_char_boundary(400)];
        if start.len() < self.text.len() && !start.contains('\n') {
            return false;
        }
        let line = start.lines().next().map(str::trim).unwrap_or_default();
        let own = meta.title.as_deref().map(str::trim).filter(|title| !title.is_empty());
        !line.is_empty() && line.len() < 300 && own.is_none_or(|title| line == title)
    }
}

/// The first line of `text` that is not blank, without outer spaces, cut after 160 code points
/// as in the list of documents: a text may be one line.
#[must_use]
fn first_line(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let end = text.char_indices().nth(160).map_or(text.len(), |(end, _)| end);
    text[..end].lines().next().map(str::trim_end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(text: &str) -> Document {
        Document::new("a".into(), text)
    }

    #[track_caller]
    fn check(text: &str, start: u64, end: u64, expected: Result<&str, RangeError>) {
        let document = document(text);
        let range = document.range(CharOffset(start), CharOffset(end));
        if let Ok(range) = range {
            assert_eq!(document.check(range), Ok(()));
        }
        assert_eq!(range.map(|range| document.slice(range)), expected);
    }

    #[test]
    fn a_range_counts_code_points() {
        check("🙂 في فاس", 5, 8, Ok("فاس"));
    }

    #[test]
    fn what_is_no_range_says_why() {
        check("فاس", 2, 1, Err(RangeError::Inverted { start: 2, end: 1 }));
        check("فاس", 1, 1, Err(RangeError::Empty { at: 1 }));
        check("فاس", 0, 4, Err(RangeError::OutOfBounds { end: 4, length: 3 }));
        check("كَتب", 0, 1, Err(RangeError::InsideLetter { at: 1 }));
        check("كَتب", 1, 3, Err(RangeError::InsideLetter { at: 1 }));
    }

    #[test]
    fn the_title_falls_back_to_the_first_line_and_then_to_the_id() {
        let mut meta = Meta::default();
        assert_eq!(document("\n \nعنوان \nنص").title(&meta), "عنوان");
        assert_eq!(document("").title(&meta), "a");
        meta.title = Some("آخر".to_owned());
        assert_eq!(document("نص").title(&meta), "آخر");
        let long = "ك".repeat(500);
        assert_eq!(document(&long).title(&Meta::default()).chars().count(), 160);
    }
    #[test]
    fn a_text_begins_with_its_title_or_does_not() {
        let mut meta = Meta::default();
        assert!(document("عنوان \nنص").begins_with_title(&meta));
        assert!(!document("\nعنوان\nنص").begins_with_title(&meta));
        assert!(!document("").begins_with_title(&meta));
        assert!(!document(&"ب".repeat(150)).begins_with_title(&meta));
        assert!(!document(&"ب".repeat(9_000)).begins_with_title(&meta));
        meta.title = Some("آخر".to_owned());
        assert!(!document("عنوان\nنص").begins_with_title(&meta));
    }
}
