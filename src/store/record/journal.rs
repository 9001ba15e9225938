//! Journal and history: a transaction a line (`docs/project-files.md`, *Journal*).
//!
//! Every line begins with a digest of its rest, so that a torn one is recognized. Spans are
//! kept as JSON until their document is at hand, since their offsets are code points.

use serde::Deserialize as _;
use serde_json::value::RawValue;

use super::FORMAT_VERSION;
use super::decision::{push_decision, read_decision};
use super::json::{Fields, Object, Wrong};
use super::meta::{push_meta, take_meta};
use super::row::{push_row, read_row};
use super::set::push_span;
use crate::edit::{Direction, Edit, Transaction};
use crate::lang::Message;
use crate::model::{
    AnnotatorId, Decision, DecisionId, Digest, Document, DocumentId, Meta, Record as Joined,
    RecordId, SetKey, SpanId, State, Timestamp,
};

/// What every line begins with, before 16 hex digits.
const CHECK: &str = "{\"check\":\"";

/// The header of a journal segment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::store) struct SegmentHead {
    /// Whose journal it is; none for the project's.
    pub annotator: Option<AnnotatorId>,
    /// The last record that is in the files already.
    pub done: u64,
    /// The first record that this segment may hold: what older ones have from there on never
    /// counted.
    pub from: u64,
}

/// One line of a journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::store) struct Record {
    /// Its number, from 1, without gaps.
    pub seq: u64,
    /// The last record that was known to be on the disk when this one was made.
    pub saved: u64,
    /// When it was made.
    pub at: Timestamp,
    /// What it says.
    pub body: Body,
}

/// What a line of a journal says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::store) enum Body {
    /// A transaction's edits.
    Edits(Vec<RawEdit>),
    /// An import's commit: where what it staged lies.
    Import {
        /// Its shards.
        shards: Vec<StagedShard>,
        /// The file of its edits, in the staging folder.
        edits: Option<String>,
    },
    /// What earlier records say of that file is kept elsewhere and counts no more.
    Settled(FileKey),
}

/// A shard that an import staged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::store) struct StagedShard {
    /// Its name in the staging folder.
    pub staged: String,
    /// Its name among the documents.
    pub name: String,
}

/// What one file of the project is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::store) enum FileKey {
    /// A set's file.
    Set(SetKey),
    /// A document's meta file.
    Meta(DocumentId),
}

impl FileKey {
    /// The file that `edit` changes.
    pub(in crate::store) fn of(edit: &Edit) -> Self {
        match edit.set() {
            Some(key) => Self::Set(key.clone()),
            None => Self::Meta(edit.document().clone()),
        }
    }

    /// The document that it is about.
    pub(in crate::store) fn document(&self) -> &DocumentId {
        match self {
            Self::Set(key) => &key.document,
            Self::Meta(document) => document,
        }
    }
}

/// An edit as a line has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::store) enum RawEdit {
    /// A span, each side as JSON.
    Span(SetKey, SpanId, Option<String>, Option<String>),
    /// A decision, each side as JSON.
    Decision(SetKey, DecisionId, Option<String>, Option<String>),
    /// A record, each side as JSON.
    Record(SetKey, RecordId, Option<String>, Option<String>),
    /// A set's state.
    State(SetKey, State, State),
    /// A set's note.
    Note(SetKey, String, String),
    /// A document's fields.
    Meta(DocumentId, Meta, Meta),
}

impl RawEdit {
    /// The file that it changes.
    pub(in crate::store) fn key(&self) -> FileKey {
        match self {
            Self::Span(key, ..)
            | Self::Decision(key, ..)
            | Self::Record(key, ..)
            | Self::State(key, ..)
            | Self::Note(key, ..) => FileKey::Set(key.clone()),
            Self::Meta(document, ..) => FileKey::Meta(document.clone()),
        }
    }
}

/// What a line is numbered and dated with.
#[derive(Clone, Copy, Debug)]
pub(in crate::store) struct Stamp {
    /// Its number.
    pub seq: u64,
    /// The last record known to be on the disk.
    pub saved: u64,
    /// When it was made.
    pub at: Timestamp,
}

/// Writes a segment's header line.
pub(in crate::store) fn write_segment_head(head: &SegmentHead) -> String {
    sealed(|object| {
        object.string("tawsim", "journal");
        object.number("version", FORMAT_VERSION);
        object.maybe("annotator", head.annotator.as_ref().map(AnnotatorId::as_str));
        object.number("done", head.done);
        object.number("from", head.from);
    })
}

/// Reads a segment's header line; a later version's number is an error.
pub(in crate::store) fn read_segment_head(line: &[u8]) -> Option<Result<SegmentHead, u64>> {
    let mut fields = Fields::parse(unsealed(line)?).ok()?;
    if fields.need::<String>("tawsim").ok()? != "journal" {
        return None;
    }
    let version = fields.need("version").ok()?;
    if version > FORMAT_VERSION {
        return Some(Err(version));
    }
    let annotator = match fields.take::<String>("annotator").ok()? {
        Some(name) => Some(annotator_of(&name)?),
        None => None,
    };
    let (done, from) = (fields.need("done").ok()?, fields.need("from").ok()?);
    Some(Ok(SegmentHead { annotator, done, from }))
}

/// Writes a transaction's line. `document` finds the documents of its edits.
pub(in crate::store) fn write_transaction<'a>(
    stamp: Stamp,
    transaction: &Transaction,
    document: impl Fn(&DocumentId) -> Option<&'a Document>,
) -> String {
    sealed(|object| {
        push_stamp(object, stamp);
        object.string("step", transaction.step.id());
        let direction = match transaction.direction {
            Direction::Do => None,
            Direction::Undo => Some("undo"),
            Direction::Redo => Some("redo"),
        };
        object.maybe("direction", direction);
        if let Some((id, range)) = &transaction.look_at {
            let range = document(id)
                .and_then(|document| document.index().char_range(document.text(), *range));
            if let Some((start, end)) = range {
                let mut look = Object::new(object.key("look"));
                look.string("document", id.as_str());
                look.number("start", start.0);
                look.number("end", end.0);
                look.end();
            }
        }
        push_edits(object.key("edits"), &transaction.edits, document);
    })
}

/// Writes the line of an import's edits on one set, for the staging folder and the history.
pub(in crate::store) fn write_import_edits(edits: &[Edit], document: &Document) -> String {
    sealed(|object| push_edits(object.key("edits"), edits, |_| Some(document)))
}

/// Writes the line that makes an import count.
pub(in crate::store) fn write_import(
    stamp: Stamp,
    shards: &[StagedShard],
    edits: Option<&str>,
) -> String {
    sealed(|object| {
        push_stamp(object, stamp);
        object.string("step", "import");
        let mut import = Object::new(object.key("import"));
        let list = import.key("shards");
        list.push('[');
        for (at, shard) in shards.iter().enumerate() {
            if at > 0 {
                list.push(',');
            }
            let mut item = Object::new(list);
            item.string("staged", &shard.staged);
            item.string("name", &shard.name);
            item.end();
        }
        list.push(']');
        import.maybe("edits", edits);
        import.end();
    })
}

/// Writes the line that says that a file's earlier records are kept elsewhere.
pub(in crate::store) fn write_settled(stamp: Stamp, key: &FileKey) -> String {
    sealed(|object| {
        push_stamp(object, stamp);
        object.string("step", "settled");
        let mut settled = Object::new(object.key("settled"));
        if let FileKey::Set(key) = key {
            settled.string("annotator", key.annotator.as_str());
        }
        settled.string("document", key.document().as_str());
        settled.end();
    })
}

/// Reads a line; none if it is torn.
pub(in crate::store) fn read_record(line: &[u8]) -> Option<Record> {
    let mut fields = Fields::parse(unsealed(line)?).ok()?;
    let (seq, saved) = (fields.need("seq").ok()?, fields.need("saved").ok()?);
    let at = Timestamp::parse(&fields.need::<String>("at").ok()?)?;
    let body = if let Some(edits) = fields.take_raw("edits") {
        Body::Edits(read_edits(edits).ok()?)
    } else if let Some(import) = fields.take_raw("import") {
        read_import(import).ok()?
    } else {
        let mut settled = Fields::parse(fields.take_raw("settled")?.get()).ok()?;
        let document = DocumentId::new(settled.need::<String>("document").ok()?);
        Body::Settled(match settled.take::<String>("annotator").ok()? {
            Some(annotator) => {
                FileKey::Set(SetKey { annotator: annotator_of(&annotator)?, document })
            }
            None => FileKey::Meta(document),
        })
    };
    Some(Record { seq, saved, at, body })
}

/// Reads the line of an import's edits on one set; none if it is torn.
pub(in crate::store) fn read_import_edits(line: &[u8]) -> Option<Vec<RawEdit>> {
    let mut fields = Fields::parse(unsealed(line)?).ok()?;
    read_edits(fields.take_raw("edits")?).ok()
}

/// Reads a span as a line of the journal has it.
///
/// # Errors
///
/// If it is none of this document.
pub(in crate::store) fn read_raw_span(
    document: &Document,
    raw: &str,
) -> Result<crate::model::Span, Wrong> {
    super::set::read_span(document, Fields::parse(raw)?).map(|(span, _)| span)
}

/// Reads a decision as a line of the journal has it.
///
/// # Errors
///
/// If it is none, or none on this document.
pub(in crate::store) fn read_raw_decision(
    document: &Document,
    raw: &str,
) -> Result<Decision, Wrong> {
    read_decision(document, Fields::parse(raw)?)?.ok_or_else(|| unknown(raw))
}

/// Reads a record, as a line of the journal has it.
///
/// # Errors
///
/// If it is none.
pub(in crate::store) fn read_raw_row(raw: &str) -> Result<Joined, Wrong> {
    read_row(Fields::parse(raw)?)
}

/// The annotator of that name in a file, gold included.
pub(in crate::store) fn annotator_of(name: &str) -> Option<AnnotatorId> {
    let gold = AnnotatorId::gold();
    if name == gold.as_str() { Some(gold) } else { AnnotatorId::new(name).ok() }
}

/// An object on a line of its own, a digest of its rest in front.
fn sealed(write: impl FnOnce(&mut Object<'_>)) -> String {
    let mut body = String::new();
    let mut object = Object::new(&mut body);
    write(&mut object);
    object.end();
    let rest = body.get(1..).unwrap_or_default();
    format!("{CHECK}{}\",{rest}\n", check(rest))
}

/// The line, if it is what was written.
fn unsealed(line: &[u8]) -> Option<&str> {
    let line = std::str::from_utf8(line).ok()?;
    let (found, rest) = line.strip_prefix(CHECK)?.split_once("\",")?;
    (found == check(rest)).then_some(line)
}

fn check(rest: &str) -> String {
    Digest::of(rest.as_bytes()).to_string().chars().take(16).collect()
}

fn push_stamp(object: &mut Object<'_>, stamp: Stamp) {
    object.number("seq", stamp.seq);
    object.number("saved", stamp.saved);
    object.string("at", &stamp.at.to_string());
}

fn push_edits<'a>(
    out: &mut String,
    edits: &[Edit],
    document: impl Fn(&DocumentId) -> Option<&'a Document>,
) {
    out.push('[');
    for (at, edit) in edits.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        let mut object = Object::new(out);
        if let Some(key) = edit.set() {
            object.string("annotator", key.annotator.as_str());
        }
        object.string("document", edit.document().as_str());
        match edit {
            Edit::Span(_, id, change) => {
                object.string("span", id.as_str());
                for (name, side) in [("before", &change.before), ("after", &change.after)] {
                    if let (Some(span), Some(document)) = (side, document(edit.document())) {
                        push_span(object.key(name), document, span, None);
                    }
                }
            }
            Edit::Decision(_, id, change) => {
                object.string("decision", id.as_str());
                for (name, side) in [("before", &change.before), ("after", &change.after)] {
                    if let (Some(decision), Some(document)) = (side, document(edit.document()))
                    {
                        push_decision(object.key(name), document, decision);
                    }
                }
            }
            Edit::Record(_, id, change) => {
                object.string("record", id.as_str());
                for (name, side) in [("before", &change.before), ("after", &change.after)] {
                    if let Some(record) = side {
                        push_row(object.key(name), record);
                    }
                }
            }
            Edit::State(_, change) => {
                let mut state = Object::new(object.key("state"));
                state.string("before", change.before.id());
                state.string("after", change.after.id());
                state.end();
            }
            Edit::Note(_, change) => {
                let mut note = Object::new(object.key("note"));
                note.string("before", &change.before);
                note.string("after", &change.after);
                note.end();
            }
            Edit::Meta(_, change) => {
                let mut meta = Object::new(object.key("meta"));
                for (name, side) in [("before", &change.before), ("after", &change.after)] {
                    let mut object = Object::new(meta.key(name));
                    push_meta(&mut object, side);
                    object.end();
                }
                meta.end();
            }
        }
        object.end();
    }
    out.push(']');
}

fn read_edits(raw: &RawValue) -> Result<Vec<RawEdit>, Wrong> {
    list(raw)?.into_iter().map(read_edit).collect()
}

fn read_edit(mut fields: Fields<'_>) -> Result<RawEdit, Wrong> {
    let document = DocumentId::new(fields.need::<String>("document")?);
    let annotator: Option<String> = fields.take("annotator")?;
    let Some(annotator) = annotator else {
        let mut meta = Fields::parse(need_raw(&mut fields, "meta")?)?;
        let mut side = |name| take_meta(&mut Fields::parse(need_raw(&mut meta, name)?)?);
        return Ok(RawEdit::Meta(document, side("before")?, side("after")?));
    };
    let annotator = annotator_of(&annotator).ok_or_else(|| unknown(&annotator))?;
    let key = SetKey { annotator, document };
    if let Some(id) = fields.take::<String>("span")? {
        let mut side = |name| fields.take_raw(name).map(|raw| raw.get().to_owned());
        return Ok(RawEdit::Span(key, SpanId::new(id), side("before"), side("after")));
    }
    if let Some(id) = fields.take::<String>("decision")? {
        let mut side = |name| fields.take_raw(name).map(|raw| raw.get().to_owned());
        return Ok(RawEdit::Decision(key, DecisionId::new(id), side("before"), side("after")));
    }
    if let Some(id) = fields.take::<String>("record")? {
        let mut side = |name| fields.take_raw(name).map(|raw| raw.get().to_owned());
        return Ok(RawEdit::Record(key, RecordId::new(id), side("before"), side("after")));
    }
    if let Some(state) = fields.take_raw("state") {
        let mut state = Fields::parse(state.get())?;
        let mut side = |name| {
            let id: String = state.need(name)?;
            State::from_id(&id).ok_or_else(|| unknown(&id))
        };
        return Ok(RawEdit::State(key, side("before")?, side("after")?));
    }
    let mut note = Fields::parse(need_raw(&mut fields, "note")?)?;
    Ok(RawEdit::Note(key, note.need("before")?, note.need("after")?))
}

fn read_import(raw: &RawValue) -> Result<Body, Wrong> {
    let mut fields = Fields::parse(raw.get())?;
    let mut shards = Vec::new();
    if let Some(raw) = fields.take_raw("shards") {
        for mut shard in list(raw)? {
            shards
                .push(StagedShard { staged: shard.need("staged")?, name: shard.need("name")? });
        }
    }
    Ok(Body::Import { shards, edits: fields.take("edits")? })
}

fn need_raw<'a>(fields: &mut Fields<'a>, key: &str) -> Result<&'a str, Wrong> {
    fields.take_raw(key).map(RawValue::get).ok_or_else(|| unknown(key))
}

fn list(raw: &RawValue) -> Result<Vec<Fields<'_>>, Wrong> {
    let mut json = serde_json::Deserializer::from_str(raw.get());
    Vec::deserialize(&mut json).map_err(|error| super::json::wrong_json(&error))
}

fn unknown(what: &str) -> Wrong {
    Message::new(format!("«{what}» غير معروف"), format!("`{what}` is not known"))
}
