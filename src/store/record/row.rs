//! Records in set files and journals (`docs/project-files.md`, *Sets*): spans that belong together.

use super::json::{Fields, Object, Wrong, push_string};
use crate::lang::Message;
use crate::model::{Record, RecordId, SpanId, Timestamp};

/// The word of its lines.
pub(super) const KIND: &str = "record";

/// Its own fields; all others are kept as they came.
const OWN: [&str; 5] = ["kind", "id", "spans", "note", "at"];

/// Writes a record as an object.
pub(super) fn push_row(out: &mut String, record: &Record) {
    let mut object = Object::new(out);
    object.string("kind", KIND);
    object.string("id", record.id.as_str());
    let list = object.key("spans");
    list.push('[');
    for (at, span) in record.spans.iter().enumerate() {
        if at > 0 {
            list.push(',');
        }
        push_string(list, span.as_str());
    }
    list.push(']');
    object.maybe("note", Some(record.note.as_str()).filter(|note| !note.is_empty()));
    object.maybe("at", record.at.map(|at| at.to_string()).as_deref());
    object.extra(&OWN, &record.extra);
    object.end();
}

/// Reads a record from an object of that kind.
///
/// # Errors
///
/// If a field is missing or wrong.
pub(super) fn read_row(mut fields: Fields<'_>) -> Result<Record, Wrong> {
    fields.need::<String>("kind")?;
    let id = RecordId::new(fields.need::<String>("id")?);
    let spans: Vec<String> = fields.need("spans")?;
    let note = fields.take("note")?.unwrap_or_default();
    let at = match fields.take::<String>("at")? {
        None => None,
        Some(at) => Some(Timestamp::parse(&at).ok_or_else(|| {
            Message::new(format!("«{at}» ليس وقتًا"), format!("`{at}` is no time"))
        })?),
    };
    let record = Record::new(id, spans.into_iter().map(SpanId::new));
    Ok(Record { note, at, extra: fields.into_extra(), ..record })
}
