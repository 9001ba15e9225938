//! Meta files: a document's title, date and source as edited (`docs/project-files.md`, *Meta*).

use super::FORMAT_VERSION;
use super::json::{Fields, Object, Wrong};
use super::set::wrong_utf8;
use crate::model::{DocumentId, Extra, Meta};

const META: [&str; 6] = ["tawsim", "version", "document", "title", "date", "source"];

/// Writes a meta file, whole.
pub(in crate::store) fn write_meta(
    document: &DocumentId,
    meta: &Meta,
    extra: &Extra,
) -> String {
    let mut out = String::new();
    let mut object = Object::new(&mut out);
    object.string("tawsim", "meta");
    object.number("version", FORMAT_VERSION);
    object.string("document", document.as_str());
    push_meta(&mut object, meta);
    object.extra(&META, extra);
    object.end();
    out.push('\n');
    out
}

/// Writes the fields of `meta` that are there.
pub(super) fn push_meta(object: &mut Object<'_>, meta: &Meta) {
    object.maybe("title", meta.title.as_deref());
    object.maybe("date", meta.date.as_deref());
    object.maybe("source", meta.source.as_deref());
}

/// Takes the fields of a meta out of an object.
pub(super) fn take_meta(fields: &mut Fields<'_>) -> Result<Meta, Wrong> {
    Ok(Meta {
        title: fields.take("title")?,
        date: fields.take("date")?,
        source: fields.take("source")?,
    })
}

/// A meta file's content: whose it is, by itself, and what it says.
pub(in crate::store) struct MetaFile {
    /// The version of its format.
    pub version: u64,
    /// Its document, by itself.
    pub document: String,
    /// What it says.
    pub meta: Meta,
    /// What this version does not know of it.
    pub extra: Extra,
}

/// Reads a meta file.
pub(in crate::store) fn read_meta(bytes: &[u8]) -> Result<MetaFile, Wrong> {
    let json = std::str::from_utf8(bytes).map_err(wrong_utf8)?;
    let mut fields = Fields::parse(json)?;
    let tawsim: Option<String> = fields.take("tawsim")?;
    let version = fields.take("version")?.unwrap_or(FORMAT_VERSION);
    let document = fields.need("document")?;
    let meta = take_meta(&mut fields)?;
    drop(tawsim);
    Ok(MetaFile { version, document, meta, extra: fields.into_extra() })
}
