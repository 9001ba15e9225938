//! Positions in a text: offsets, ranges, units, grapheme clusters and paragraphs.
//!
//! Knows Unicode, and nothing of Arabic, of spans or of files. Inside the program a position
//! is a UTF-8 byte ([`Offset`]); code points ([`CharOffset`]) and UTF-16 units
//! ([`Utf16Offset`]) have types of their own and exist only at the edges, where a file or
//! another program counts that way. [`TextIndex`] leads from one to the other.

mod grapheme;
mod index;
mod offset;
mod paragraph;

pub use grapheme::{is_boundary, next_boundary, previous_boundary, widen};
pub use index::{LineColumn, TextIndex};
pub use offset::{CharOffset, Offset, TextRange, Utf16Offset};
pub use paragraph::{Way, paragraph_at, paragraph_edge};
