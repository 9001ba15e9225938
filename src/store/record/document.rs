//! Shards: a header line, then a document a line (`docs/project-files.md`, *Documents*).

use super::FORMAT_VERSION;
use super::json::{Fields, Key, Object, Wrong};
use super::meta::{push_meta, take_meta};
use super::set::wrong_utf8;
use crate::lang::Message;
use crate::model::{Digest, Document, DocumentId, Meta, Timestamp};

/// A document's own fields; all others are kept as they came.
const DOCUMENT: [&str; 7] = ["id", "title", "date", "source", "text", "digest", "bom"];

/// What a shard says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::store) struct Shard {
    /// The version of its format.
    pub version: u64,
    /// Its place among the project's shards.
    pub order: u64,
}

/// Writes a shard's header line.
pub(in crate::store) fn write_shard_head(order: u64, at: Timestamp) -> String {
    let mut out = String::new();
    let mut object = Object::new(&mut out);
    object.string("tawsim", "documents");
    object.number("version", FORMAT_VERSION);
    object.number("order", order);
    object.string("at", &at.to_string());
    object.end();
    out.push('\n');
    out
}

/// Reads a shard's header line.
pub(in crate::store) fn read_shard_head(line: &[u8]) -> Result<Shard, Wrong> {
    let line = std::str::from_utf8(line).map_err(wrong_utf8)?;
    let mut fields = Fields::parse(line)?;
    if fields.need::<String>("tawsim")? != "documents" {
        return Err(Message::new("ليس هذا ملف مقالات", "this is no file of documents"));
    }
    Ok(Shard { version: fields.need("version")?, order: fields.need("order")? })
}

/// Writes a document's line.
pub(in crate::store) fn write_document(out: &mut String, document: &Document) {
    let mut object = Object::new(out);
    object.string("id", document.id().as_str());
    push_meta(&mut object, &document.given);
    object.extra(&DOCUMENT, &document.extra);
    object.string("text", document.text());
    object.string("digest", &document.digest().to_string());
    object.flag("bom", document.had_bom);
    object.end();
    out.push('\n');
}

/// Reads a document's line and checks its text against its digest.
pub(in crate::store) fn read_document(line: &[u8]) -> Result<Document, Wrong> {
    let line = std::str::from_utf8(line).map_err(wrong_utf8)?;
    let mut fields = Fields::parse(line)?;
    let id = DocumentId::new(fields.need::<String>("id")?);
    let mut document = Document::new(id, fields.need::<String>("text")?);
    let digest: String = fields.need("digest")?;
    if Digest::from_hex(&digest) != Some(document.digest()) {
        return Err(Message::new(
            "ليس النص هو الذي استُورد: بصمته مختلفة",
            "the text is not the one that was imported: its digest differs",
        ));
    }
    document.given = take_meta(&mut fields)?;
    document.had_bom = fields.take("bom")?.unwrap_or_default();
    document.extra = fields.into_extra();
    Ok(document)
}

/// What the index keeps of a document's line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::store) struct ShardLine {
    /// Its id.
    pub id: DocumentId,
    /// What came with it.
    pub given: Meta,
    /// The first line of its text that is not blank, cut to a title's length.
    pub first_line: String,
    /// The length of its text in code points.
    pub num_chars: u64,
    /// The digest of its text, as the line says it.
    pub digest: Digest,
}

/// How much of a text's first line serves as a title, in code points.
const TITLE: usize = 160;

impl ShardLine {
    /// What the index keeps of `document`.
    pub(in crate::store) fn of(document: &Document) -> Self {
        Self {
            id: document.id().clone(),
            given: document.given.clone(),
            first_line: first_line(document.text()),
            num_chars: document.text().chars().count() as u64,
            digest: document.digest(),
        }
    }

    /// Reads a document's line; its text is not checked against its digest.
    pub(in crate::store) fn read(line: &[u8]) -> Result<Self, Wrong> {
        let line = std::str::from_utf8(line).map_err(wrong_utf8)?;
        let mut fields = Fields::parse(line)?;
        let id = DocumentId::new(fields.need::<String>("id")?);
        let Key(text) = fields.need("text")?;
        let digest: String = fields.need("digest")?;
        let digest = Digest::from_hex(&digest)
            .ok_or_else(|| Message::new("بصمة النص ليست بصمة", "the text's digest is none"))?;
        let num_chars = text.chars().count() as u64;
        let given = take_meta(&mut fields)?;
        Ok(Self { id, given, first_line: first_line(&text), num_chars, digest })
    }
}

fn first_line(text: &str) -> String {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    line.chars().take(TITLE).collect()
}
