//! Deciding about suggestions: taking one, as it is or corrected; rejecting, skipping.

use super::{Change, Context, Direction, Edit, Refusal, Step, Transaction, snap};
use crate::model::{Decision, Origin, Provenance, Span, SpanId, State, Suggestion, Verdict};

/// Takes what one or several sources propose: a span and the decisions about them, one step.
///
/// `taken` is what the span is to be, `suggestions` what was proposed, the surest first; they
/// differ where it is corrected. Its edges are snapped as a selection's are ([`snap()`]). Where just that span is
/// there already, the decision names it, and it stays.
///
/// # Errors
///
/// If the label is unknown, nothing would be marked, or the layer's overlap rule forbids it.
pub fn accept(
    cx: &Context<'_>,
    suggestions: &[Suggestion],
    taken: &Suggestion,
    id: SpanId,
) -> Result<Transaction, Refusal> {
    check(cx, suggestions)?;
    let layer = cx.layer(&taken.label)?;
    let range = snap(cx.document, layer.anchoring, taken.range)?;
    cx.document.check(range)?;
    let same = |span: &&Span| span.range == range && span.label == taken.label;
    if let Some(there) = cx.set.overlapping(range).find(same) {
        return decide(cx, suggestions, &Verdict::Accepted(there.id.clone()), Step::Accept);
    }
    let mut span = Span::new(id, taken.label.clone(), range);
    span.value.clone_from(&taken.value);
    span.attributes.clone_from(&taken.attributes);
    if let Some(label) = cx.schema.label(&taken.label) {
        span.attributes.retain(|id, _| label.attributes.iter().any(|has| has.id == *id));
    }
    let sources: Vec<_> = suggestions.iter().map(|it| it.source.as_str()).collect();
    let origin = Origin::Suggestion(sources.join("+"));
    span.provenance = Provenance { origin, at: Some(cx.at) };
    cx.check_overlap(&span)?;
    let verdict = Verdict::Accepted(span.id.clone());
    let mut transaction = cx.transaction(Step::Accept, vec![Change::new(None, Some(span))]);
    transaction.edits.extend(decisions(cx, suggestions, &verdict));
    Ok(transaction)
}

/// Says that suggestions are wrong, and why, if that is said.
///
/// # Errors
///
/// If just that was decided already.
pub fn reject(
    cx: &Context<'_>,
    suggestions: &[Suggestion],
    reason: &str,
) -> Result<Transaction, Refusal> {
    decide(cx, suggestions, &Verdict::Rejected(reason.trim().to_owned()), Step::Reject)
}

/// Leaves suggestions for later, or for somebody else.
///
/// # Errors
///
/// If just that was decided already.
pub fn skip(cx: &Context<'_>, suggestions: &[Suggestion]) -> Result<Transaction, Refusal> {
    decide(cx, suggestions, &Verdict::Skipped, Step::Skip)
}

fn decide(
    cx: &Context<'_>,
    suggestions: &[Suggestion],
    verdict: &Verdict,
    step: Step,
) -> Result<Transaction, Refusal> {
    check(cx, suggestions)?;
    let mut edits: Vec<_> = decisions(cx, suggestions, verdict).collect();
    let Some(first) = suggestions.first().filter(|_| !edits.is_empty()) else {
        return Err(Refusal::Unchanged);
    };
    let key = &cx.set.key;
    if cx.set.state == State::New && !key.annotator.is_gold() {
        edits.push(Edit::State(key.clone(), Change::new(State::New, State::InProgress)));
    }
    let look_at = Some((key.document.clone(), first.range));
    Ok(Transaction { step, direction: Direction::Do, edits, look_at, at: cx.at })
}

/// Whether what was proposed can be written down: a place that is none of the text could not be
/// read again.
fn check(cx: &Context<'_>, suggestions: &[Suggestion]) -> Result<(), Refusal> {
    suggestions.iter().try_for_each(|it| Ok(cx.document.check(it.range)?))
}

/// The edits of decisions; none for what was just so decided already.
fn decisions(
    cx: &Context<'_>,
    suggestions: &[Suggestion],
    verdict: &Verdict,
) -> impl Iterator<Item = Edit> {
    suggestions.iter().filter_map(|suggestion| {
        let key = &cx.set.key;
        let after = Decision::new(&key.document, suggestion.clone(), verdict.clone(), cx.at);
        let before = cx.set.decisions.get(&after.id).cloned();
        let is_new = before.as_ref().is_none_or(|before| before.verdict != after.verdict);
        let id = after.id.clone();
        let change = Box::new(Change::new(before, Some(after)));
        is_new.then(|| Edit::Decision(key.clone(), id, change))
    })
}

#[cfg(test)]
mod tests {
    use std::slice::from_ref;

    use super::*;
    use crate::edit::bench::Bench;
    use crate::model::{Anchoring, Overlap};
    use crate::text::TextRange;

    const TEXT: &str = "اعتُقل شخصان بالناظور وفاس";

    fn bench() -> Bench {
        Bench::new(TEXT, Overlap::Never, Anchoring::Characters)
    }

    fn of(words: &str, label: &str) -> Suggestion {
        let start = TEXT.find(words).unwrap();
        Suggestion::new("rules", label.into(), TextRange::of(start..start + words.len()))
    }

    #[test]
    fn what_is_taken_becomes_a_span_and_is_remembered_with_where_it_came_from() {
        let mut bench = bench();
        let it = Suggestion {
            value: Some("الناظور".to_owned()), ..of("الناظور", "CITY")
        };
        bench.step(|cx| accept(cx, from_ref(&it), &it, "h1".into())).unwrap();
        let cx = bench.context();
        let [span] = cx.set.spans() else { panic!("one span") };
        assert_eq!((span.range, span.value.as_deref()), (it.range, Some("الناظور")));
        assert_eq!(span.provenance.origin, Origin::Suggestion("rules".to_owned()));
        let decision = &cx.set.decisions[&it.id(&cx.set.key.document)];
        assert_eq!(decision.verdict, Verdict::Accepted("h1".into()));
        assert_eq!(decision.suggestion, it);
        assert_eq!(cx.set.state, State::InProgress);
        bench.undo();
        let cx = bench.context();
        assert_eq!((cx.set.spans().len(), cx.set.decisions.len()), (0, 0));
    }

    #[test]
    fn what_is_corrected_keeps_what_was_proposed() {
        let mut bench = bench();
        let (wrong, right) = (of("بالناظور", "AGENCY"), of("الناظور", "CITY"));
        bench.step(|cx| accept(cx, from_ref(&wrong), &right, "h1".into())).unwrap();
        let cx = bench.context();
        let span = cx.set.span(&"h1".into()).unwrap();
        assert_eq!((span.label.as_str(), span.range), ("CITY", right.range));
        let decision = &cx.set.decisions[&wrong.id(&cx.set.key.document)];
        assert_eq!(decision.suggestion, wrong);
    }

    #[test]
    fn what_is_rejected_or_skipped_marks_nothing_and_can_be_decided_anew() {
        let mut bench = bench();
        let it = of("فاس", "CITY");
        bench.step(|cx| skip(cx, from_ref(&it))).unwrap();
        assert_eq!(bench.step(|cx| skip(cx, from_ref(&it))), Err(Refusal::Unchanged));
        bench.step(|cx| reject(cx, from_ref(&it), " نادٍ لا مدينة ")).unwrap();
        let id = it.id(&bench.context().set.key.document);
        let verdict = |bench: &Bench| bench.context().set.decisions[&id].verdict.clone();
        assert_eq!(verdict(&bench), Verdict::Rejected("نادٍ لا مدينة".to_owned()));
        assert!(bench.context().set.spans().is_empty());
        bench.undo();
        assert_eq!(verdict(&bench), Verdict::Skipped);
    }

    #[test]
    fn nothing_is_decided_about_a_place_that_is_none() {
        let mut bench = bench();
        let end = TEXT.len();
        for range in [TextRange::of(end..end), TextRange::of(0..end + 2)] {
            let it = Suggestion::new("spacy", "CITY".into(), range);
            let refused = bench.step(|cx| reject(cx, from_ref(&it), ""));
            assert!(matches!(refused, Err(Refusal::Range(_))), "{refused:?}");
            let right = of("فاس", "CITY");
            let refused = bench.step(|cx| accept(cx, from_ref(&it), &right, "h1".into()));
            assert!(matches!(refused, Err(Refusal::Range(_))), "{refused:?}");
        }
    }

    #[test]
    fn a_span_that_is_there_already_is_not_made_twice() {
        let mut bench = bench();
        let it = of("فاس", "CITY");
        bench.step(|cx| accept(cx, from_ref(&it), &it, "h1".into())).unwrap();
        let other = Suggestion { source: "spacy".to_owned(), ..it.clone() };
        bench.step(|cx| accept(cx, from_ref(&other), &other, "h2".into())).unwrap();
        let cx = bench.context();
        assert_eq!(cx.set.spans().len(), 1);
        let decision = &cx.set.decisions[&other.id(&cx.set.key.document)];
        assert_eq!(decision.verdict, Verdict::Accepted("h1".into()));
        // Another label on the same letters is in its way.
        let third = Suggestion { label: "DATE".into(), ..other };
        let refused = bench.step(|cx| accept(cx, from_ref(&third), &third, "h3".into()));
        assert!(matches!(refused, Err(Refusal::Overlap(_))), "{refused:?}");
    }
}
