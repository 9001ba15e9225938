//! What the journal says, applied to what a file says.
//!
//! For each thing that edits are about (a span, a decision, a record, a state, a note, a document's fields) the
//! journal is a chain of values. A checkpoint that was cut off may have left any of them in the
//! file: wherever the file is on the chain, the chain's end is what counts, so replaying is
//! idempotent. A value that is nowhere on the chain was written by somebody else.

use std::collections::BTreeMap;

use super::record::{RawEdit, Wrong, read_raw_decision, read_raw_row, read_raw_span};
use crate::model::{AnnotationSet, DecisionId, Document, Meta, RecordId, SpanId, State};

/// What came of applying a journal to a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Replayed<T> {
    /// The file's content with every chain at its end.
    pub ours: T,
    /// Whether everything in the file was on its chain. If not, somebody else has changed it.
    pub fits: bool,
}

/// The end of a chain, and whether `now` is on it.
fn end<'a, T: PartialEq>(now: &T, chain: &'a [(T, T)]) -> Option<(&'a T, bool)> {
    let (_, end) = chain.last()?;
    let fits = chain.iter().any(|(before, after)| before == now || after == now);
    Some((end, fits))
}

/// What becomes of one thing, which may not be there.
type Chain<T> = Vec<(Option<T>, Option<T>)>;

/// Puts the end of each chain in its place; whether what was there is on all of them.
fn put_ends<K: Ord + Clone, T: PartialEq + Clone>(
    there: &mut BTreeMap<K, T>,
    chains: &BTreeMap<&K, Chain<T>>,
) -> bool {
    let mut all_fit = true;
    for (id, chain) in chains {
        let now = there.get(*id).cloned();
        let Some((last, fits)) = end(&now, chain) else { continue };
        all_fit &= fits;
        match last {
            Some(last) => drop(there.insert((*id).clone(), last.clone())),
            None => drop(there.remove(*id)),
        }
    }
    all_fit
}

/// Applies a set's edits, in the order of the journal, to what its file says.
///
/// # Errors
///
/// If a span of the journal is none of this document.
pub(super) fn replay_set(
    document: &Document,
    mut set: AnnotationSet,
    edits: &[RawEdit],
) -> Result<Replayed<AnnotationSet>, Wrong> {
    let mut spans: BTreeMap<&SpanId, Vec<_>> = BTreeMap::new();
    let mut decisions: BTreeMap<&DecisionId, Vec<_>> = BTreeMap::new();
    let mut records: BTreeMap<&RecordId, Vec<_>> = BTreeMap::new();
    let (mut states, mut notes) = (Vec::new(), Vec::new());
    for edit in edits {
        match edit {
            RawEdit::Span(_, id, before, after) => {
                let read = |side: &Option<String>| {
                    side.as_deref().map(|raw| read_raw_span(document, raw)).transpose()
                };
                spans.entry(id).or_default().push((read(before)?, read(after)?));
            }
            RawEdit::Decision(_, id, before, after) => {
                let read = |side: &Option<String>| {
                    side.as_deref().map(|raw| read_raw_decision(document, raw)).transpose()
                };
                decisions.entry(id).or_default().push((read(before)?, read(after)?));
            }
            RawEdit::Record(_, id, before, after) => {
                let read =
                    |side: &Option<String>| side.as_deref().map(read_raw_row).transpose();
                records.entry(id).or_default().push((read(before)?, read(after)?));
            }
            RawEdit::State(_, before, after) => states.push((*before, *after)),
            RawEdit::Note(_, before, after) => notes.push((before.as_str(), after.as_str())),
            RawEdit::Meta(..) => {}
        }
    }
    let mut all_fit = true;
    let mut insert = Vec::new();
    for (id, chain) in spans {
        let now = set.span(id).cloned();
        let Some((span, fits)) = end(&now, &chain) else { continue };
        all_fit &= fits;
        if *span != now {
            match span {
                Some(span) => insert.push(span.clone()),
                None => drop(set.remove(id)),
            }
        }
    }
    set.extend(insert);
    all_fit &= put_ends(&mut set.decisions, &decisions);
    all_fit &= put_ends(&mut set.records, &records);
    if let Some((state, fits)) = end::<State>(&set.state, &states) {
        all_fit &= fits;
        set.state = *state;
    }
    if let Some((note, fits)) = end(&set.note.as_str(), &notes) {
        all_fit &= fits;
        set.note = (*note).to_owned();
    }
    Ok(Replayed { ours: set, fits: all_fit })
}

/// Applies a document's edits, in the order of the journal, to what its meta file says.
pub(super) fn replay_meta(now: &Meta, edits: &[RawEdit]) -> Replayed<Meta> {
    let mut chain = Vec::new();
    for edit in edits {
        if let RawEdit::Meta(_, before, after) = edit {
            chain.push((before.clone(), after.clone()));
        }
    }
    match end(now, &chain) {
        Some((meta, fits)) => Replayed { ours: meta.clone(), fits },
        None => Replayed { ours: now.clone(), fits: true },
    }
}
