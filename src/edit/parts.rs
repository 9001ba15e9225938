//! One span of two, and two of one: split, join, duplicate.

use super::{Change, Context, Refusal, Step, Transaction, snap};
use crate::model::{Anchoring, LabelId, Span, SpanId};
use crate::text::{Offset, TextRange, is_boundary, previous_boundary};

/// Which neighbor, in the order of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Neighbor {
    /// The one after.
    Next,
    /// The one before.
    Previous,
}

/// Splits a span in two at an offset; the second part's id is `second`.
///
/// Both parts are snapped, so that spaces between them belong to neither, nor does a single
/// letter that is written onto the second. Value, attributes and
/// note stay with the first part: they were given for the whole, and nobody has yet said what
/// the second means. Both are doubtful if the whole was.
///
/// # Errors
///
/// If the span is not there, no letters would be left on one side, or the layer wants whole
/// words ([`Refusal::InsideWord`]) or forbids how a part would lie to another span.
pub fn split(
    cx: &Context<'_>,
    id: &SpanId,
    at: Offset,
    second: SpanId,
) -> Result<Transaction, Refusal> {
    let whole = cx.span(id)?;
    let layer = cx.layer(&whole.label)?;
    if !(whole.range.start() < at && at < whole.range.end()) {
        return Err(Refusal::NothingToSplit);
    }
    let text = cx.document.text();
    let at = if is_boundary(text, at) { at } else { previous_boundary(text, at) };
    let part = |start, end| {
        let part = snap(cx.document, layer.anchoring, TextRange::between(start, end));
        // Whatever is wrong with a part, there is none.
        part.ok().ok_or(Refusal::NothingToSplit)
    };
    let (start, end) = (whole.range.start(), whole.range.end());
    let (head, tail) = (part(start, at)?, part(at, end)?);
    let head = without_clitic(cx, head);
    if head.overlaps(tail) {
        return Err(match layer.anchoring {
            Anchoring::Words => Refusal::InsideWord(layer.name.clone()),
            Anchoring::Characters => Refusal::NothingToSplit,
        });
    }
    let mut first = whole.clone();
    first.range = head;
    first.provenance = cx.by_hand();
    let mut last = Span::new(second, whole.label.clone(), tail);
    last.doubtful = whole.doubtful;
    last.provenance = cx.by_hand();
    for part in [&first, &last] {
        cx.check_overlap_without(part, &[id])?;
    }
    let changes =
        vec![Change::new(Some(whole.clone()), Some(first)), Change::new(None, Some(last))];
    Ok(cx.transaction(Step::Split, changes))
}

/// Joins a span with its neighbor of the same label: one span over both and the text between.
///
/// The first of the two in the text goes on; its id is that of the whole. Its value and
/// attributes are kept, and the other's only where it has none; notes are joined, line by line.
///
/// # Errors
///
/// If the span is not there, has no such neighbor, or none in its paragraph; or the layer
/// forbids how the whole would lie to another span.
pub fn join(cx: &Context<'_>, id: &SpanId, with: Neighbor) -> Result<Transaction, Refusal> {
    let chosen = cx.span(id)?;
    let layer = cx.layer(&chosen.label)?;
    let spans = cx.set.spans();
    let same = |other: &&Span| other.label == chosen.label && other.id != chosen.id;
    let other = match with {
        Neighbor::Next => {
            spans.iter().filter(same).find(|other| other.text_order(chosen).is_gt())
        }
        Neighbor::Previous => {
            spans.iter().rev().filter(same).find(|other| other.text_order(chosen).is_lt())
        }
    };
    let other = other.ok_or(Refusal::NothingToJoin)?;
    let (first, second) = match with {
        Neighbor::Next => (chosen, other),
        Neighbor::Previous => (other, chosen),
    };
    let start = first.range.start().min(second.range.start());
    let end = first.range.end().max(second.range.end());
    let range = snap(cx.document, layer.anchoring, TextRange::between(start, end))?;
    let own_breaks = breaks(cx, first.range) + breaks(cx, second.range);
    if breaks(cx, range) > own_breaks {
        return Err(Refusal::OtherParagraph);
    }
    let mut whole = first.clone();
    whole.range = range;
    whole.value = first.value.clone().or_else(|| second.value.clone());
    for (attribute, text) in &second.attributes {
        whole.attributes.entry(attribute.clone()).or_insert_with(|| text.clone());
    }
    whole.note = joined(&first.note, &second.note);
    whole.doubtful |= second.doubtful;
    for (key, json) in &second.extra.0 {
        if !whole.extra.0.iter().any(|(own, _)| own == key) {
            whole.extra.0.push((key.clone(), json.clone()));
        }
    }
    whole.provenance = cx.by_hand();
    cx.check_overlap_without(&whole, &[&second.id])?;
    let changes = vec![
        Change::new(Some(first.clone()), Some(whole)),
        Change::new(Some(second.clone()), None),
    ];
    Ok(cx.transaction_with(Step::Join, changes, Some(&first.id)))
}

/// Gives the letters of a span a second label, as a span of their own with the id `copy`.
///
/// The copy has the value where both labels have values of the same kind; attributes and note
/// are not copied.
///
/// # Errors
///
/// If the span or the label is not there, the letters have that label already, or the label's
/// layer lets no second span stand there.
pub fn duplicate(
    cx: &Context<'_>,
    id: &SpanId,
    label: &LabelId,
    copy: SpanId,
) -> Result<Transaction, Refusal> {
    let chosen = cx.span(id)?;
    let layer = cx.layer(label)?;
    let range = snap(cx.document, layer.anchoring, chosen.range)?;
    let has_it = |other: &Span| other.range == range && other.label == *label;
    if cx.set.overlapping(range).any(has_it) {
        return Err(Refusal::Unchanged);
    }
    let kind = |label: &LabelId| cx.schema.label(label).map(|label| &label.value);
    let mut span = Span::new(copy, label.clone(), range);
    span.value = chosen.value.clone().filter(|_| kind(label) == kind(&chosen.label));
    span.doubtful = chosen.doubtful;
    span.provenance = cx.by_hand();
    cx.check_overlap(&span)?;
    Ok(cx.transaction(Step::Duplicate, vec![Change::new(None, Some(span))]))
}

/// A range without a letter at its end that is a word's beginning: of `سلا ووجدة`, cut before
/// `وجدة`, the first part is `سلا`.
fn without_clitic(cx: &Context<'_>, range: TextRange) -> TextRange {
    let words = cx.document.slice(range);
    let rest = words.strip_suffix(['و', 'ف', 'ب', 'ك', 'ل']).unwrap_or(words);
    let name = rest.trim_end();
    if rest.len() == words.len() || name.len() == rest.len() || name.is_empty() {
        return range;
    }
    let start = range.start().to_usize();
    TextRange::of(start..start + name.len())
}

/// How many line ends are in a range.
fn breaks(cx: &Context<'_>, range: TextRange) -> usize {
    cx.document.slice(range).matches('\n').count()
}

/// Two notes as one; what both say, once.
fn joined(first: &str, second: &str) -> String {
    match (first.is_empty(), second.is_empty()) {
        (true, _) => second.to_owned(),
        (_, true) => first.to_owned(),
        _ if first == second => first.to_owned(),
        _ => format!("{first}\n{second}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::bench::Bench;
    use crate::edit::{annotate, set_attribute, set_note, set_value};
    use crate::model::{AttributeId, Overlap};

    const TEXT: &str = "زار الوفد مدن فاس وسلا وطنجة\nثم عاد إلى فاس";

    fn offset(words: &str) -> Offset {
        Offset::at(TEXT.find(words).unwrap())
    }

    fn bench(overlap: Overlap, anchoring: Anchoring) -> Bench {
        Bench::new(TEXT, overlap, anchoring)
    }

    fn mark(bench: &mut Bench, words: &str, label: &str, id: &str) {
        let start = TEXT.find(words).unwrap();
        let range = TextRange::of(start..start + words.len());
        bench.step(|cx| annotate(cx, range, &label.into(), id.into())).unwrap();
    }

    #[test]
    fn a_split_leaves_spaces_to_neither_and_the_value_to_the_first() {
        let mut bench = bench(Overlap::Never, Anchoring::Characters);
        mark(&mut bench, "فاس وسلا", "CITY", "1");
        let id = SpanId::new("1");
        bench.step(|cx| set_value(cx, &id, "فاس")).unwrap();
        bench.step(|cx| set_note(cx, &id, "ملاحظة")).unwrap();
        bench.step(|cx| split(cx, &id, offset("وسلا"), "2".into())).unwrap();
        assert_eq!(bench.spans(), [("CITY", "فاس"), ("CITY", "وسلا")]);
        let spans = bench.set().spans();
        assert_eq!((spans[0].value.as_deref(), spans[0].note.as_str()), (Some("فاس"), "ملاحظة"));
        assert_eq!((&spans[1].value, spans[1].note.as_str()), (&None, ""));
        assert_eq!(spans[0].id, id);
    }

    #[test]
    fn a_letter_written_onto_the_second_part_belongs_to_neither() {
        let mut bench = bench(Overlap::Never, Anchoring::Characters);
        mark(&mut bench, "فاس وسلا", "CITY", "1");
        bench.step(|cx| split(cx, &"1".into(), offset("سلا"), "2".into())).unwrap();
        assert_eq!(bench.spans(), [("CITY", "فاس"), ("CITY", "سلا")]);
    }

    #[test]
    fn a_split_that_leaves_nothing_on_a_side_is_refused() {
        let mut bench = bench(Overlap::Never, Anchoring::Characters);
        mark(&mut bench, "فاس وسلا", "CITY", "1");
        let id = SpanId::new("1");
        for at in [offset("فاس"), offset(" وطنجة"), offset("وطنجة"), offset("زار")]
        {
            let refusal = bench.step(|cx| split(cx, &id, at, "2".into()));
            assert_eq!(refusal, Err(Refusal::NothingToSplit), "{at}");
        }
        let gone = bench.step(|cx| split(cx, &"9".into(), offset("وسلا"), "2".into()));
        assert_eq!(gone, Err(Refusal::NoSuchSpan));
        assert_eq!(bench.spans(), [("CITY", "فاس وسلا")]);
    }

    #[test]
    fn a_layer_of_words_is_split_between_words_only() {
        let mut bench = bench(Overlap::Never, Anchoring::Words);
        mark(&mut bench, "فاس وسلا", "CITY", "1");
        let refusal =
            bench.step(|cx| split(cx, &"1".into(), offset("سلا"), "2".into())).unwrap_err();
        assert!(matches!(refusal, Refusal::InsideWord(_)), "{refusal:?}");
        bench.step(|cx| split(cx, &"1".into(), offset(" وسلا"), "2".into())).unwrap();
        assert_eq!(bench.spans(), [("CITY", "فاس"), ("CITY", "وسلا")]);
    }

    #[test]
    fn a_split_through_a_nested_span_is_refused_where_spans_only_nest() {
        let mut bench = bench(Overlap::Nested, Anchoring::Characters);
        mark(&mut bench, "فاس وسلا", "CITY", "1");
        mark(&mut bench, "وسلا", "AGENCY", "2");
        let refusal = bench.step(|cx| split(cx, &"1".into(), offset("لا وطنجة"), "3".into()));
        assert!(matches!(refusal, Err(Refusal::Overlap(_))), "{refusal:?}");
        bench.step(|cx| split(cx, &"1".into(), offset("وسلا"), "3".into())).unwrap();
    }

    #[test]
    fn a_join_takes_the_text_between_and_keeps_what_the_first_says() {
        for with in [Neighbor::Next, Neighbor::Previous] {
            let mut bench = bench(Overlap::Never, Anchoring::Characters);
            mark(&mut bench, "فاس", "CITY", "1");
            mark(&mut bench, "سلا", "CITY", "2");
            let (first, second) = (SpanId::new("1"), SpanId::new("2"));
            bench.step(|cx| set_value(cx, &first, "فاس")).unwrap();
            bench.step(|cx| set_value(cx, &second, "سلا")).unwrap();
            bench.step(|cx| set_note(cx, &first, "أولى")).unwrap();
            bench.step(|cx| set_note(cx, &second, "ثانية")).unwrap();
            bench.step(|cx| set_attribute(cx, &second, &"of".into(), "مدينة")).unwrap();
            let chosen = if with == Neighbor::Next { &first } else { &second };
            bench.step(|cx| join(cx, chosen, with)).unwrap();
            assert_eq!(bench.spans(), [("CITY", "فاس وسلا")]);
            let whole = &bench.set().spans()[0];
            assert_eq!((&whole.id, whole.value.as_deref()), (&first, Some("فاس")));
            assert_eq!(whole.note, "أولى\nثانية");
            assert_eq!(whole.attributes[&AttributeId::new("of")], "مدينة");
        }
    }

    #[test]
    fn a_join_wants_a_neighbor_of_its_label_in_its_paragraph() {
        let mut bench = bench(Overlap::Never, Anchoring::Characters);
        mark(&mut bench, "سلا", "CITY", "1");
        let alone = bench.step(|cx| join(cx, &"1".into(), Neighbor::Next));
        assert_eq!(alone, Err(Refusal::NothingToJoin));
        let last = TEXT.rfind("فاس").unwrap();
        let range = TextRange::of(last..TEXT.len());
        bench.step(|cx| annotate(cx, range, &"CITY".into(), "2".into())).unwrap();
        let far = bench.step(|cx| join(cx, &"1".into(), Neighbor::Next));
        assert_eq!(far, Err(Refusal::OtherParagraph));
        assert_eq!(
            bench.step(|cx| join(cx, &"1".into(), Neighbor::Previous)),
            Err(Refusal::NothingToJoin)
        );
    }

    #[test]
    fn a_join_over_a_span_in_between_is_refused_by_the_layers_rule() {
        let mut bench = bench(Overlap::Never, Anchoring::Characters);
        for (words, label, id) in
            [("فاس", "CITY", "1"), ("سلا", "AGENCY", "2"), ("طنجة", "CITY", "3")]
        {
            mark(&mut bench, words, label, id);
        }
        let refusal = bench.step(|cx| join(cx, &"1".into(), Neighbor::Next)).unwrap_err();
        assert!(refusal.to_string().contains("“سلا”"), "{refusal}");
        let mut nests = self::bench(Overlap::Nested, Anchoring::Characters);
        for (words, label, id) in
            [("فاس", "CITY", "1"), ("سلا", "AGENCY", "2"), ("طنجة", "CITY", "3")]
        {
            mark(&mut nests, words, label, id);
        }
        nests.step(|cx| join(cx, &"1".into(), Neighbor::Next)).unwrap();
        assert_eq!(nests.spans(), [("CITY", "فاس وسلا وطنجة"), ("AGENCY", "سلا")]);
    }

    #[test]
    fn a_duplicate_stands_only_where_the_layer_lets_it() {
        let copy = |bench: &mut Bench, label: &str| {
            bench.step(|cx| duplicate(cx, &"1".into(), &label.into(), "2".into()))
        };
        let mut never = bench(Overlap::Never, Anchoring::Characters);
        mark(&mut never, "فاس", "CITY", "1");
        assert!(matches!(copy(&mut never, "AGENCY"), Err(Refusal::Overlap(_))));
        let mut nested = bench(Overlap::Nested, Anchoring::Characters);
        mark(&mut nested, "فاس", "CITY", "1");
        nested.step(|cx| set_value(cx, &"1".into(), "فاس")).unwrap();
        assert_eq!(copy(&mut nested, "CITY"), Err(Refusal::Unchanged));
        assert!(matches!(copy(&mut nested, "NONE"), Err(Refusal::UnknownLabel(_))));
        copy(&mut nested, "AGENCY").unwrap();
        assert_eq!(nested.spans(), [("AGENCY", "فاس"), ("CITY", "فاس")]);
        assert_eq!(nested.set().spans()[0].value, None, "a place’s name is no agency’s");
        assert_eq!(copy(&mut nested, "AGENCY"), Err(Refusal::Unchanged));
    }

    #[test]
    fn each_of_them_is_taken_back_whole() {
        let mut bench = bench(Overlap::Nested, Anchoring::Characters);
        mark(&mut bench, "فاس وسلا", "CITY", "1");
        mark(&mut bench, "طنجة", "CITY", "2");
        let id = SpanId::new("1");
        bench.check_inverse(|cx| split(cx, &id, offset("وسلا"), "3".into()));
        bench.check_inverse(|cx| join(cx, &id, Neighbor::Next));
        bench.check_inverse(|cx| duplicate(cx, &id, &"AGENCY".into(), "3".into()));
    }
}
