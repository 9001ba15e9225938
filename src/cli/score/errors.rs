//! Every error in its context.

use serde_json::{Value, json};

use crate::agreement::{Agreement, Pair};
use crate::cli::console::{Console, Failure};
use crate::format::Record;
use crate::lang::{Bilingual, Message, both};
use crate::model::{Document, Span};
use crate::text::{Offset, TextRange};

/// How many code points around an error are shown on each side.
const AROUND: usize = 30;

/// What is wrong, its word for a machine and for a person.
struct Kind {
    id: &'static str,
    name: Bilingual,
}

const MISSED: Kind = Kind { id: "missed", name: both("فائت", "missed") };
const SPURIOUS: Kind = Kind { id: "spurious", name: both("زائد", "spurious") };
const VALUE: Kind = Kind { id: "value", name: both("القيمة", "value") };
const STEM: Kind = Kind { id: "stem", name: both("السوابق", "stem") };
const EXTENT: Kind = Kind { id: "extent", name: both("الحدود", "extent") };
const LABEL: Kind = Kind { id: "label", name: both("الوسم", "label") };

/// An error: what is wrong, the span in gold and the one that was predicted.
type Wrong<'a> = (Kind, Option<&'a Span>, Option<&'a Span>);

/// Says what is wrong with a document, a line for each error.
pub(super) fn tell(
    gold: &Record,
    predicted: &Record,
    pairs: &[Pair],
    in_json: bool,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    for pair in pairs {
        let Some(wrong) = wrong(gold, predicted, pair) else { continue };
        if in_json {
            console.json(&as_json(&gold.document, &wrong))?;
        } else {
            console.say(&in_words(&gold.document, &wrong))?;
        }
    }
    Ok(())
}

/// What is wrong with a pair, if anything is.
fn wrong<'a>(gold: &'a Record, predicted: &'a Record, pair: &Pair) -> Option<Wrong<'a>> {
    match *pair {
        Pair::Missed(number) => Some((MISSED, Some(gold.spans.get(number)?), None)),
        Pair::Spurious(number) => Some((SPURIOUS, None, Some(predicted.spans.get(number)?))),
        Pair::Both { gold: g, predicted: p, agreement } => {
            let (a, b) = (gold.spans.get(g)?, predicted.spans.get(p)?);
            let kind = match agreement {
                Agreement::Exact if a.value.is_none() || a.value == b.value => return None,
                Agreement::Exact => VALUE,
                Agreement::SameStem => STEM,
                Agreement::Overlapping => EXTENT,
                Agreement::OtherLabel => LABEL,
            };
            Some((kind, Some(a), Some(b)))
        }
    }
}

/// The text before and behind what `spans` cover together.
fn around<'a>(document: &'a Document, spans: [Option<&Span>; 2]) -> (&'a str, &'a str) {
    let ranges = || spans.iter().flatten().map(|span| span.range);
    let start = ranges().map(TextRange::start).min().map_or(0, Offset::to_usize);
    let end = ranges().map(TextRange::end).max().map_or(0, Offset::to_usize);
    let before = document.text().get(..start).unwrap_or_default();
    let behind = document.text().get(end..).unwrap_or_default();
    let from = before.char_indices().rev().take(AROUND).last().map_or(start, |(at, _)| at);
    let to = behind.char_indices().nth(AROUND).map_or(behind.len(), |(at, _)| at);
    (before.get(from..).unwrap_or_default(), behind.get(..to).unwrap_or_default())
}

fn chars(document: &Document, span: &Span) -> (u64, u64) {
    let range = document.index().char_range(document.text(), span.range);
    range.map_or((0, 0), |(start, end)| (start.0, end.0))
}

fn as_json(document: &Document, (kind, gold, predicted): &Wrong<'_>) -> Value {
    let span = |span: &Span| {
        let (start, end) = chars(document, span);
        json!({
            "start": start,
            "end": end,
            "label": span.label.as_str(),
            "text": document.slice(span.range),
            "value": span.value,
        })
    };
    let (before, behind) = around(document, [*gold, *predicted]);
    json!({
        "error": kind.id,
        "document": document.id().as_str(),
        "gold": gold.map(span),
        "predicted": predicted.map(span),
        "before": before,
        "behind": behind,
    })
}

fn in_words(document: &Document, (kind, gold, predicted): &Wrong<'_>) -> Message {
    let side = |span: Option<&Span>| {
        span.map_or_else(
            || "–".to_owned(),
            |span| {
                let (start, end) = chars(document, span);
                let value = span.value.as_ref().map(|value| format!(" = {value}"));
                let value = value.unwrap_or_default();
                let words = document.slice(span.range);
                format!("{} {start}–{end} [{words}]{value}", span.label)
            },
        )
    };
    let (before, behind) = around(document, [*gold, *predicted]);
    let whole = match (gold, predicted) {
        (Some(a), Some(b)) => TextRange::of(
            a.range.start().min(b.range.start()).to_usize()
                ..a.range.end().max(b.range.end()).to_usize(),
        ),
        (Some(one), None) | (None, Some(one)) => one.range,
        (None, None) => return Message::new("", ""),
    };
    let context = format!("…{before}⟦{}⟧{behind}…", document.slice(whole));
    let (id, gold, predicted) = (document.id(), side(*gold), side(*predicted));
    Message::new(
        format!("{id}: {}: المرجع {gold}؛ المتوقع {predicted}: {context}", kind.name.ar),
        format!("{id}: {}: gold {gold}; predicted {predicted}: {context}", kind.name.en),
    )
}
