//! The files' own types, and the way from them to the model and back.
//!
//! The specification is `docs/project-files.md`. Only here does the store name serde. Offsets
//! in files are code points; a record is turned into the model with its document at hand, and
//! every range is checked on the way. Nothing here touches the disk.

mod decision;
mod document;
mod index;
mod journal;
mod json;
mod lines;
mod meta;
mod project;
mod row;
mod set;
mod suggested;
mod text;
mod unknown;

pub(super) use document::{
    ShardLine, read_document, read_shard_head, write_document, write_shard_head,
};
pub(super) use index::{Index, IndexShard, read_index, write_index};
pub(super) use journal::{
    Body, FileKey, RawEdit, Record, SegmentHead, StagedShard, Stamp, annotator_of,
    read_import_edits, read_raw_decision, read_raw_row, read_raw_span, read_record,
    read_segment_head, write_import, write_import_edits, write_segment_head, write_settled,
    write_transaction,
};
pub(super) use json::Wrong;
pub use lines::SpanLine;
pub(super) use lines::read_span_lines;
pub(super) use meta::{MetaFile, read_meta, write_meta};
pub(super) use project::{ProjectFile, read_project, write_project};
pub use project::{read_labels, read_schema, write_schema};
pub(super) use set::{SetFile, SetHead, SetRest, read_set, skim_set, write_set, wrong_utf8};
pub(super) use suggested::{
    read_suggested, read_suggested_head, skim_suggested, write_suggested, write_suggested_head,
};
pub(super) use text::read_text;
pub(super) use unknown::Unknown;

/// The version of the file format that this program writes.
pub const FORMAT_VERSION: u64 = 1;
