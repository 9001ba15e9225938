//! The native format: JSON Lines, one document a line, offsets in code points.
//!
//! ```json
//! {"id": "a", "title": "…", "date": "…", "source": "…", "text": "في فاس",
//!  "spans": [{"start": 3, "end": 6, "label": "CITY", "text": "فاس", "value": "فاس"}]}
//! ```
//!
//! Of a document only `id` and `text` must be there; of a span `start`, `end` and `label`. A
//! span may also have `id`, `attributes` (an object of texts), `note` and `doubtful`. Records, spans that belong together, stand in `records` (see `rows`). Fields
//! that are none of these are kept as they came. What is written follows the order above,
//! each document with a list of spans, in the spacing of Python's `json.dumps` without ASCII
//! escapes, so that files written by scripts and files written here compare line by line.

mod fault;
mod json;
mod read;
mod rows;
mod suggested;
#[cfg(test)]
mod tests;
mod write;

pub use read::{read_document, read_record};
pub use suggested::{FindDocument, Proposal, read_proposals};

use super::{Format, Writer, nothing};
use crate::lang::both;

pub(super) const FORMAT: Format = Format {
    id: "jsonl",
    name: both("JSON Lines", "JSON Lines"),
    extensions: &["jsonl", "ndjson"],
    read: Some(read::read),
    write: Some(Writer {
        begin: nothing,
        losses: write::losses,
        write: |record, _, out| write::write(record, out),
    }),
};
