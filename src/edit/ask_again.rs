//! Taking a decision back long after its step.

use super::{Change, Context, Edit, Refusal, Step, Transaction};
use crate::model::{Decision, DecisionId, Provenance, Span, SpanId, Suggestion, Verdict};

/// Takes a decision back, with those about what other sources proposed of the same letters and
/// label: it will be asked again. The span that it became goes too, if it still says just what
/// was proposed; one on which somebody has worked stays.
///
/// # Errors
///
/// If there is no such decision.
pub fn ask_again(cx: &Context<'_>, id: &DecisionId) -> Result<Transaction, Refusal> {
    let asked = cx.set.decisions.get(id).ok_or(Refusal::Unchanged)?;
    let proposed = &asked.suggestion;
    let is_same = |it: &&Decision| {
        it.suggestion.range == proposed.range && it.suggestion.label == proposed.label
    };
    let decisions: Vec<_> = cx.set.decisions.values().filter(is_same).collect();
    let span = match &asked.verdict {
        Verdict::Accepted(id) => cx.set.span(id),
        _ => None,
    };
    let is_as_proposed = |span: &&Span| {
        decisions.iter().any(|it| becomes(&it.suggestion, &span.id, &span.provenance) == **span)
    };
    let removed = span.filter(is_as_proposed).cloned();
    let mut transaction = cx.transaction(
        Step::AskAgain,
        removed.into_iter().map(|span| Change::new(Some(span), None)).collect(),
    );
    let key = &cx.set.key;
    transaction.edits.extend(decisions.into_iter().map(|it| {
        let change = Change::new(Some(it.clone()), None);
        Edit::Decision(key.clone(), it.id.clone(), Box::new(change))
    }));
    transaction.look_at = Some((key.document.clone(), proposed.range));
    Ok(transaction)
}

/// The span that a suggestion becomes where it is taken and nothing else is done to it.
fn becomes(suggestion: &Suggestion, id: &SpanId, provenance: &Provenance) -> Span {
    let mut span = Span::new(id.clone(), suggestion.label.clone(), suggestion.range);
    span.value.clone_from(&suggestion.value);
    span.attributes.clone_from(&suggestion.attributes);
    span.provenance.clone_from(provenance);
    span
}

#[cfg(test)]
mod tests {
    use std::slice::from_ref;

    use super::*;
    use crate::edit::bench::Bench;
    use crate::edit::{accept, reject, set_note};
    use crate::model::{Anchoring, Overlap};
    use crate::text::TextRange;

    const TEXT: &str = "افتتح مركزان في الناظور وفاس";

    fn bench() -> Bench {
        Bench::new(TEXT, Overlap::Never, Anchoring::Characters)
    }

    fn of(words: &str, source: &str) -> Suggestion {
        let start = TEXT.find(words).unwrap();
        Suggestion::new(source, "CITY".into(), TextRange::of(start..start + words.len()))
    }

    fn left(bench: &Bench) -> (usize, usize) {
        let cx = bench.context();
        (cx.set.spans().len(), cx.set.decisions.len())
    }

    #[test]
    fn what_was_decided_is_asked_again_and_its_span_goes() {
        let mut bench = bench();
        let both = [of("فاس", "rules"), of("فاس", "spacy")];
        let other = of("الناظور", "rules");
        bench.step(|cx| accept(cx, &both, &both[0], "h1".into())).unwrap();
        bench.step(|cx| reject(cx, from_ref(&other), "")).unwrap();
        let document = bench.context().set.key.document.clone();
        bench.step(|cx| ask_again(cx, &both[1].id(&document))).unwrap();
        assert_eq!(left(&bench), (0, 1));
        bench.undo();
        assert_eq!(left(&bench), (1, 3));
        bench.step(|cx| ask_again(cx, &other.id(&document))).unwrap();
        assert_eq!(left(&bench), (1, 2));
        let again = bench.step(|cx| ask_again(cx, &other.id(&document)));
        assert_eq!(again, Err(Refusal::Unchanged));
    }

    #[test]
    fn a_span_on_which_somebody_has_worked_stays() {
        let it = of("فاس", "rules");
        let with_value = Suggestion { value: Some("فاس".to_owned()), ..it.clone() };
        for (taken, note) in [(&with_value, ""), (&it, "ضاحية؟")] {
            let mut bench = bench();
            let id = it.id(&bench.context().set.key.document);
            bench.step(|cx| accept(cx, from_ref(&it), taken, "h1".into())).unwrap();
            if !note.is_empty() {
                bench.step(|cx| set_note(cx, &"h1".into(), note)).unwrap();
            }
            bench.step(|cx| ask_again(cx, &id)).unwrap();
            assert_eq!(left(&bench), (1, 0));
        }
    }
}
