//! Deciding about suggestions: taking one, as it is or corrected; rejecting, skipping.

use super::{Change, Context, Direction, Edit, Refusal, Step, Transaction, snap};
use crate::model::{Decision, Origin, Provenance, Span, SpanId, State, Suggestion, Verdict};

/// Takes a suggestion: a span and the decision about it, one step.
///
/// `taken` is what the span is to be, `suggestion` what was proposed; they differ where it is
/// corrected. Its edges are snapped as a selection's are ([`snap()`]). Where just that span is
/// there already, the decision names it, and it stays.
///
/// # Errors
///
/// If the label is unknown, nothing would be marked, or the layer's overlap rule forbids it.
pub fn accept(
    cx: &Context<'_>,
    suggestion: &Suggestion,
    taken: &Suggestion,
    id: SpanId,
) -> Result<Transaction, Refusal> {
    let layer = cx.layer(&taken.label)?;
    let range = snap(cx.document, layer.anchoring, taken.range)?;
    cx.document.check(range)?;
    let same = |span: &&Span| span.range == range && span.label == taken.label;
    if let Some(there) = cx.set.overlapping(range).find(same) {
        return decide(cx, suggestion, Verdict::Accepted(there.id.clone()), Step::Accept);
    }
    let mut span = Span::new(id, taken.label.clone(), range);
    span.value.clone_from(&taken.value);
    span.attributes.clone_from(&taken.attributes);
    span.provenance =
        Provenance { origin: Origin::Suggestion(suggestion.source.clone()), at: Some(cx.at) };
    cx.check_overlap(&span)?;
    let verdict = Verdict::Accepted(span.id.clone());
    let mut transaction = cx.transaction(Step::Accept, vec![Change::new(None, Some(span))]);
    transaction.edits.extend(decision(cx, suggestion, verdict));
    Ok(transaction)
}

/// Says that a suggestion is wrong, and why, if that is said.
///
/// # Errors
///
/// If just that was decided already.
pub fn reject(
    cx: &Context<'_>,
    suggestion: &Suggestion,
    reason: &str,
) -> Result<Transaction, Refusal> {
    decide(cx, suggestion, Verdict::Rejected(reason.trim().to_owned()), Step::Reject)
}

/// Leaves a suggestion for later, or for somebody else.
///
/// # Errors
///
/// If just that was decided already.
pub fn skip(cx: &Context<'_>, suggestion: &Suggestion) -> Result<Transaction, Refusal> {
    decide(cx, suggestion, Verdict::Skipped, Step::Skip)
}

fn decide(
    cx: &Context<'_>,
    suggestion: &Suggestion,
    verdict: Verdict,
    step: Step,
) -> Result<Transaction, Refusal> {
    let edit = decision(cx, suggestion, verdict).ok_or(Refusal::Unchanged)?;
    let key = &cx.set.key;
    let mut edits = vec![edit];
    if cx.set.state == State::New && !key.annotator.is_gold() {
        edits.push(Edit::State(key.clone(), Change::new(State::New, State::InProgress)));
    }
    let look_at = Some((key.document.clone(), suggestion.range));
    Ok(Transaction { step, direction: Direction::Do, edits, look_at, at: cx.at })
}

/// The edit of the decision; none if just that was decided already.
fn decision(cx: &Context<'_>, suggestion: &Suggestion, verdict: Verdict) -> Option<Edit> {
    let key = &cx.set.key;
    let after = Decision::new(&key.document, suggestion.clone(), verdict, cx.at);
    let id = after.id.clone();
    let before = cx.set.decisions.get(&id).cloned();
    if before.as_ref().is_some_and(|before| before.verdict == after.verdict) {
        return None;
    }
    let change = Change::new(before, Some(after));
    Some(Edit::Decision(key.clone(), id, Box::new(change)))
}

#[cfg(test)]
mod tests {
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
        bench.step(|cx| accept(cx, &it, &it, "h1".into())).unwrap();
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
        bench.step(|cx| accept(cx, &wrong, &right, "h1".into())).unwrap();
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
        bench.step(|cx| skip(cx, &it)).unwrap();
        assert_eq!(bench.step(|cx| skip(cx, &it)), Err(Refusal::Unchanged));
        bench.step(|cx| reject(cx, &it, " نادٍ لا مدينة ")).unwrap();
        let id = it.id(&bench.context().set.key.document);
        let verdict = |bench: &Bench| bench.context().set.decisions[&id].verdict.clone();
        assert_eq!(verdict(&bench), Verdict::Rejected("نادٍ لا مدينة".to_owned()));
        assert!(bench.context().set.spans().is_empty());
        bench.undo();
        assert_eq!(verdict(&bench), Verdict::Skipped);
    }

    #[test]
    fn a_span_that_is_there_already_is_not_made_twice() {
        let mut bench = bench();
        let it = of("فاس", "CITY");
        bench.step(|cx| accept(cx, &it, &it, "h1".into())).unwrap();
        let other = Suggestion { source: "spacy".to_owned(), ..it.clone() };
        bench.step(|cx| accept(cx, &other, &other, "h2".into())).unwrap();
        let cx = bench.context();
        assert_eq!(cx.set.spans().len(), 1);
        let decision = &cx.set.decisions[&other.id(&cx.set.key.document)];
        assert_eq!(decision.verdict, Verdict::Accepted("h1".into()));
        // Another label on the same letters is in its way.
        let third = Suggestion { label: "DATE".into(), ..other };
        let refused = bench.step(|cx| accept(cx, &third, &third, "h3".into()));
        assert!(matches!(refused, Err(Refusal::Overlap(_))), "{refused:?}");
    }
}
