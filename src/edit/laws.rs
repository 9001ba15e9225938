//! Laws over generated work: whatever is done, the schema's rules hold and it can be taken back.

use proptest::collection::vec;
use proptest::prelude::*;

use super::bench::Bench;
use super::{
    Neighbor, Pattern, Refusal, Spreading, Transaction, annotate, duplicate, join, relabel,
    remove, resize, set_note, set_value, split,
};
use crate::model::{Anchoring, LabelId, Overlap, Schema, SpanId, Timestamp, validate};
use crate::text::{Offset, TextRange};

/// Words that come again, with letters written onto them, marks and a second paragraph.
const TEXT: &str = "زار فاسَ ثم سلا وفاس وسلا 12\nعاد إلى فاس 🙂 فاس في 12/2021";

/// Something to do with the span of that number, whatever there is.
#[derive(Clone, Debug)]
enum Deed {
    Annotate(usize, usize, usize),
    Relabel(usize, usize),
    Resize(usize, usize, usize),
    Split(usize, usize),
    Join(usize, bool),
    Duplicate(usize, usize),
    Spread(usize),
    Value(usize),
    Note(usize, bool),
    Remove(usize),
}

fn deed() -> impl Strategy<Value = Deed> {
    let (at, span, label) = (0..=TEXT.len(), 0..9_usize, 0..4_usize);
    prop_oneof![
        4 => (at.clone(), at.clone(), label.clone())
            .prop_map(|(a, b, label)| Deed::Annotate(a, b, label)),
        1 => (span.clone(), label.clone()).prop_map(|(span, label)| Deed::Relabel(span, label)),
        1 => (span.clone(), at.clone(), at.clone())
            .prop_map(|(span, a, b)| Deed::Resize(span, a, b)),
        2 => (span.clone(), at).prop_map(|(span, at)| Deed::Split(span, at)),
        2 => (span.clone(), any::<bool>()).prop_map(|(span, next)| Deed::Join(span, next)),
        1 => (span.clone(), label).prop_map(|(span, label)| Deed::Duplicate(span, label)),
        2 => span.clone().prop_map(Deed::Spread),
        1 => span.clone().prop_map(Deed::Value),
        1 => (span.clone(), any::<bool>()).prop_map(|(span, one)| Deed::Note(span, one)),
        1 => span.prop_map(Deed::Remove),
    ]
}

/// A range between two places, moved to the code points before them.
fn range(a: usize, b: usize) -> TextRange {
    let near = |at| Offset::at(TEXT.floor_char_boundary(at));
    TextRange::between(near(a), near(b))
}

/// What a deed comes to; none where it has no span to be about.
fn transaction(bench: &Bench, deed: &Deed, at: usize) -> Option<Result<Transaction, Refusal>> {
    let cx = &bench.context();
    let labels: Vec<LabelId> = bench.schema.labels().map(|label| label.id.clone()).collect();
    let spans = bench.set().spans();
    let span = |which: &usize| Some(&spans.get(which % spans.len().max(1))?.id);
    let new = SpanId::new(format!("{at}"));
    Some(match deed {
        Deed::Annotate(a, b, label) => annotate(cx, range(*a, *b), &labels[*label], new),
        Deed::Relabel(which, label) => relabel(cx, span(which)?, &labels[*label]),
        Deed::Resize(which, a, b) => resize(cx, span(which)?, range(*a, *b)),
        Deed::Split(which, cut) => split(cx, span(which)?, range(*cut, *cut).start(), new),
        Deed::Join(which, next) => {
            let with = if *next { Neighbor::Next } else { Neighbor::Previous };
            join(cx, span(which)?, with)
        }
        Deed::Duplicate(which, label) => duplicate(cx, span(which)?, &labels[*label], new),
        Deed::Spread(which) => Pattern::of(cx, span(which)?).and_then(|pattern| {
            let mut spreading = Spreading::new(&pattern);
            let mut number = 0;
            spreading.add(cx, &pattern.find_in(TEXT), || {
                number += 1;
                SpanId::new(format!("{at}-{number}"))
            });
            Ok(spreading.finish(Timestamp(7))?.transaction)
        }),
        Deed::Value(which) => set_value(cx, span(which)?, &format!("{at}")),
        Deed::Note(which, one) => set_note(cx, span(which)?, if *one { "أ" } else { "ب" }),
        Deed::Remove(which) => remove(cx, span(which)?),
    })
}

fn rules() -> impl Strategy<Value = (Overlap, Anchoring)> {
    let overlap = prop_oneof![Just(Overlap::Never), Just(Overlap::Nested), Just(Overlap::Any)];
    (overlap, prop_oneof![Just(Anchoring::Characters), Just(Anchoring::Words)])
}

proptest! {
    #[test]
    fn whatever_is_done_the_rules_hold_and_it_can_be_taken_back(
        (overlap, anchoring) in rules(),
        deeds in vec(deed(), 1..30),
    ) {
        let mut bench = Bench::new(TEXT, overlap, anchoring);
        // Values of any form are kept, so they are none of the rules that are held here.
        let mut layers = Schema::default().layers().to_vec();
        layers[0].overlap = overlap;
        layers[0].anchoring = anchoring;
        for label in &mut layers[0].labels {
            label.value = crate::model::ValueKind::Text;
        }
        let rules = Schema::new(layers).unwrap();
        let mut done: Vec<Transaction> = Vec::new();
        let first = bench.work.clone();
        for (at, deed) in deeds.iter().enumerate() {
            let Some(Ok(transaction)) = transaction(&bench, deed, at) else { continue };
            let before = bench.work.clone();
            bench.work.apply(&transaction).unwrap();
            prop_assert_ne!(&bench.work, &before);
            let problems = validate(&bench.document, &rules, bench.set());
            prop_assert!(problems.is_empty(), "{:?} made {:?}", deed, problems);
            let inverse = transaction.inverse(Timestamp(8));
            let after = bench.work.clone();
            bench.work.apply(&inverse).unwrap();
            prop_assert_eq!(&bench.work, &before);
            bench.work.apply(&inverse.inverse(Timestamp(9))).unwrap();
            prop_assert_eq!(&bench.work, &after);
            done.push(transaction);
        }
        for transaction in done.iter().rev() {
            bench.work.apply(&transaction.inverse(Timestamp(10))).unwrap();
        }
        prop_assert_eq!(&bench.work, &first);
    }
}
