//! Records of a document: which of its spans belong together.
//!
//! ```json
//! "records": [{"cells": {"CITY": [0], "COUNT": [1, 4]}, "note": "…"}]
//! ```
//!
//! Spans are named by their place in `spans`, from 0.

use std::collections::HashMap;

use super::fault::Fault;
use super::json::Field;
use crate::format::Record;
use crate::model::{self, DocumentId, RecordId, SpanId};

/// Whether a field of that name is one of ours: a list of objects with cells. Another
/// program's is kept as it came.
pub(super) fn is_ours(field: Field<'_>) -> bool {
    let has_cells = |row: Field<'_>| {
        row.object("").is_ok_and(|fields| fields.iter().any(|(key, _)| key == "cells"))
    };
    field.list("").is_ok_and(|rows| rows.into_iter().all(has_cells))
}

/// Reads records. `spans` has the ids of the document's spans as they stand in the line; none
/// for one that is left out.
pub(super) fn read(
    field: Field<'_>,
    document: &DocumentId,
    spans: &[Option<SpanId>],
) -> Result<Vec<model::Record>, Fault> {
    let mut ordinals: HashMap<Vec<SpanId>, usize> = HashMap::new();
    let mut records = Vec::new();
    for row in field.list("records")? {
        let mut record = model::Record::new(RecordId::new(""), []);
        let (mut id, mut found) = (None, Vec::new());
        for (key, field) in row.object("records")? {
            match &*key {
                "cells" => {
                    for (label, cell) in field.object(&key)? {
                        for place in cell.list(&label)? {
                            let number = place.offset(&label)?;
                            let at = usize::try_from(number).ok();
                            let span = at.and_then(|at| spans.get(at));
                            found.extend(span.ok_or(Fault::NoSuchSpan { number })?.clone());
                        }
                    }
                }
                "id" => id = Some(RecordId::new(field.text(&key)?)),
                "note" => record.note = field.text(&key)?,
                _ => record.extra.0.push((key.into_owned(), field.kept()?)),
            }
        }
        record.spans = model::Record::new(RecordId::new(""), found).spans;
        record.id = id.unwrap_or_else(|| {
            let ordinal = ordinals.entry(record.spans.clone()).or_default();
            *ordinal += 1;
            RecordId::derived(document, &record.spans, *ordinal - 1)
        });
        records.push(record);
    }
    Ok(records)
}

/// The cells of a record: each label with the places of its spans in the list of all.
pub(super) fn cells<'a>(record: &'a Record, row: &model::Record) -> Vec<(&'a str, Vec<usize>)> {
    let mut cells: Vec<(&str, Vec<usize>)> = Vec::new();
    for id in &row.spans {
        let Some(at) = record.spans.iter().position(|span| span.id == *id) else { continue };
        let Some(label) = record.spans.get(at).map(|span| span.label.as_str()) else {
            continue;
        };
        match cells.iter_mut().find(|(other, _)| *other == label) {
            Some((_, cell)) => cell.push(at),
            None => cells.push((label, vec![at])),
        }
    }
    cells
}
