//! Records: putting spans together, and apart.

use super::{Change, Context, Direction, Edit, Refusal, Step, Transaction};
use crate::model::{Record, RecordId, SetKey, Span, SpanId, State};
use crate::text::TextRange;

/// Puts spans together: a record for each list of them, all one step. A list may be empty.
///
/// # Errors
///
/// If there is no list, or a span is not there.
pub fn add_records(
    cx: &Context<'_>,
    rows: &[Vec<SpanId>],
    mut id: impl FnMut() -> RecordId,
) -> Result<Transaction, Refusal> {
    let mut edits = Vec::new();
    for spans in rows {
        for span in spans {
            cx.span(span)?;
        }
        let mut record = Record::new(id(), spans.iter().cloned());
        record.at = Some(cx.at);
        edits.push(edit(&cx.set.key, None, Some(record)));
    }
    transaction(cx, Step::AddRecord, edits)
}

/// Puts a span into a record, behind what is in its column.
///
/// # Errors
///
/// If one of them is not there, or the span is in it already.
pub fn put_in_record(
    cx: &Context<'_>,
    id: &RecordId,
    span: &SpanId,
) -> Result<Transaction, Refusal> {
    cx.span(span)?;
    let edit = alter(cx, id, |record| put(record, span))?;
    transaction(cx, Step::EditRecord, vec![edit])
}

/// Takes a span out of a record; it stays in the article.
///
/// # Errors
///
/// If one of them is not there.
pub fn take_from_record(
    cx: &Context<'_>,
    id: &RecordId,
    span: &SpanId,
) -> Result<Transaction, Refusal> {
    let edit = alter(cx, id, |record| record.spans.retain(|other| other != span))?;
    transaction(cx, Step::EditRecord, vec![edit])
}

/// Takes a span from one record to another; without another, to a new one of that id.
///
/// # Errors
///
/// If one of them is not there, or both records are the same.
pub fn move_between_records(
    cx: &Context<'_>,
    span: &SpanId,
    (from, to): (&RecordId, &RecordId),
) -> Result<Transaction, Refusal> {
    cx.span(span)?;
    if from == to {
        return Err(Refusal::Unchanged);
    }
    let gone = alter(cx, from, |record| record.spans.retain(|other| other != span))?;
    if !cx.set.records.contains_key(to) {
        let mut record = Record::new(to.clone(), [span.clone()]);
        record.at = Some(cx.at);
        let made = edit(&cx.set.key, None, Some(record));
        return transaction(cx, Step::EditRecord, vec![made, gone]);
    }
    // Where it is there already, it is only taken away here.
    let edits = match alter(cx, to, |record| put(record, span)) {
        Ok(come) => vec![come, gone],
        Err(_) => vec![gone],
    };
    transaction(cx, Step::EditRecord, edits)
}

/// Takes a record away; its spans stay in the article.
///
/// # Errors
///
/// If it is not there.
pub fn remove_record(cx: &Context<'_>, id: &RecordId) -> Result<Transaction, Refusal> {
    let record = cx.set.records.get(id).ok_or(Refusal::NoSuchRecord)?;
    let edit = edit(&cx.set.key, Some(record.clone()), None);
    transaction(cx, Step::RemoveRecord, vec![edit])
}

/// What becomes of the records whose spans go away with these changes: each loses them.
/// `heir` takes the place of one that has become part of it.
pub(super) fn without_gone(
    cx: &Context<'_>,
    changes: &[Change<Option<Span>>],
    heir: Option<&SpanId>,
) -> Vec<Edit> {
    let gone: Vec<_> = changes
        .iter()
        .filter(|change| change.after.is_none())
        .filter_map(|change| change.before.as_ref().map(|span| &span.id))
        .collect();
    let touched = cx.set.records.values();
    let touched = touched.filter(|record| gone.iter().any(|span| record.has(span)));
    touched
        .map(|before| {
            let spans = before.spans.iter().filter_map(|span| {
                if gone.contains(&span) { heir.cloned() } else { Some(span.clone()) }
            });
            let after =
                Record { spans: Record::new(before.id.clone(), spans).spans, ..before.clone() };
            edit(&cx.set.key, Some(before.clone()), Some(after))
        })
        .collect()
}

fn put(record: &mut Record, span: &SpanId) {
    if !record.has(span) {
        record.spans.push(span.clone());
    }
}

fn alter(
    cx: &Context<'_>,
    id: &RecordId,
    alter: impl FnOnce(&mut Record),
) -> Result<Edit, Refusal> {
    let before = cx.set.records.get(id).ok_or(Refusal::NoSuchRecord)?;
    let mut after = before.clone();
    alter(&mut after);
    if after == *before {
        return Err(Refusal::Unchanged);
    }
    after.at = Some(cx.at);
    Ok(edit(&cx.set.key, Some(before.clone()), Some(after)))
}

fn edit(key: &SetKey, before: Option<Record>, after: Option<Record>) -> Edit {
    let id = after.as_ref().or(before.as_ref()).map(|record| record.id.clone());
    let Some(id) = id else { unreachable!("a record comes, goes or changes") };
    Edit::Record(key.clone(), id, Box::new(Change::new(before, after)))
}

/// A step that looks at the first of the spans that come into a record or leave it.
fn transaction(
    cx: &Context<'_>,
    step: Step,
    mut edits: Vec<Edit>,
) -> Result<Transaction, Refusal> {
    if edits.is_empty() {
        return Err(Refusal::Unchanged);
    }
    let key = &cx.set.key;
    let look_at = edits.iter().find_map(|edit| place(cx, edit));
    if cx.set.state == State::New && !key.annotator.is_gold() {
        edits.push(Edit::State(key.clone(), Change::new(State::New, State::InProgress)));
    }
    let look_at = look_at.map(|range| (key.document.clone(), range));
    Ok(Transaction { step, direction: Direction::Do, edits, look_at, at: cx.at })
}

/// The span that an edit is about, or the first of its record.
fn place(cx: &Context<'_>, edit: &Edit) -> Option<TextRange> {
    let Edit::Record(_, _, change) = edit else { return None };
    let spans = |side: &Option<Record>| side.iter().flat_map(|it| it.spans.clone()).collect();
    let (before, after): (Vec<SpanId>, Vec<SpanId>) =
        (spans(&change.before), spans(&change.after));
    let has_changed = |id: &&SpanId| before.contains(id) != after.contains(id);
    let changed = after.iter().chain(&before).find(has_changed).and_then(|id| cx.set.span(id));
    let whole = change.after.as_ref().or(change.before.as_ref());
    changed.map(|span| span.range).or_else(|| whole?.range(cx.set))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::bench::Bench;
    use crate::edit::{Neighbor, annotate, join, remove};
    use crate::model::{Anchoring, Overlap};

    const TEXT: &str = "أوقفت الشرطة 12 شخصا في فاس و3 في سلا";

    /// A bench with a span for each of some words, its id that of the place in the list.
    fn bench() -> Bench {
        let mut bench = Bench::new(TEXT, Overlap::Nested, Anchoring::Characters);
        let words = [
            ("الشرطة", "AGENCY"),
            ("12", "COUNT"),
            ("فاس", "CITY"),
            ("3", "COUNT"),
            ("سلا", "CITY"),
        ];
        for (at, (words, label)) in words.into_iter().enumerate() {
            let start = TEXT.find(words).unwrap();
            let range = TextRange::of(start..start + words.len());
            bench.step(|cx| annotate(cx, range, &label.into(), id(at))).unwrap();
        }
        bench
    }

    fn id(at: usize) -> SpanId {
        SpanId::new(at.to_string())
    }

    fn add(bench: &mut Bench, rows: &[&[usize]]) {
        let rows: Vec<Vec<_>> =
            rows.iter().map(|row| row.iter().map(|at| id(*at)).collect()).collect();
        let mut number = bench.set().records.len();
        bench
            .step(|cx| {
                add_records(cx, &rows, || {
                    number += 1;
                    RecordId::new(format!("r{number}"))
                })
            })
            .unwrap();
    }

    /// What stands in which record.
    fn rows(bench: &Bench) -> Vec<String> {
        let rows = bench.set().records.values();
        rows.map(|row| {
            let spans: Vec<_> = row.spans.iter().map(SpanId::as_str).collect();
            format!("{}: {}", row.id, spans.join(" "))
        })
        .collect()
    }

    #[test]
    fn spans_are_put_together_and_apart_and_all_of_it_is_taken_back() {
        let mut bench = bench();
        add(&mut bench, &[&[0, 1, 2], &[3, 4]]);
        let (one, two) = (RecordId::new("r1"), RecordId::new("r2"));
        bench.check_inverse(|cx| put_in_record(cx, &two, &id(0)));
        bench.check_inverse(|cx| take_from_record(cx, &one, &id(2)));
        bench.check_inverse(|cx| move_between_records(cx, &id(1), (&one, &two)));
        bench.check_inverse(|cx| move_between_records(cx, &id(1), (&one, &"new".into())));
        bench.check_inverse(|cx| remove_record(cx, &one));
        bench.step(|cx| move_between_records(cx, &id(1), (&one, &two))).unwrap();
        assert_eq!(rows(&bench), ["r1: 0 2", "r2: 3 4 1"]);
        let count = crate::model::LabelId::new("COUNT");
        let counts: Vec<_> = bench.set().records[&two]
            .cell(bench.set(), &count)
            .map(|span| span.id.as_str())
            .collect();
        assert_eq!(counts, ["3", "1"], "what sources say differently is all kept");
        let again = bench.step(|cx| put_in_record(cx, &two, &id(1)));
        assert_eq!(again, Err(Refusal::Unchanged));
        let none = bench.step(|cx| put_in_record(cx, &"r9".into(), &id(1)));
        assert_eq!(none, Err(Refusal::NoSuchRecord));
        let none = bench.step(|cx| put_in_record(cx, &two, &id(9)));
        assert_eq!(none, Err(Refusal::NoSuchSpan));
    }

    #[test]
    fn a_span_that_goes_leaves_its_records_and_comes_back_to_them() {
        let mut bench = bench();
        add(&mut bench, &[&[0, 1, 2], &[0, 3, 4]]);
        let before = bench.work.clone();
        bench.step(|cx| remove(cx, &id(0))).unwrap();
        assert_eq!(rows(&bench), ["r1: 1 2", "r2: 3 4"]);
        bench.undo();
        assert_eq!(bench.work, before);
    }

    #[test]
    fn a_span_that_becomes_part_of_another_is_followed_by_it() {
        let mut bench = bench();
        add(&mut bench, &[&[0, 3], &[1, 3]]);
        bench.step(|cx| join(cx, &id(1), Neighbor::Next)).unwrap();
        assert_eq!(rows(&bench), ["r1: 0 1", "r2: 1"]);
    }
}
