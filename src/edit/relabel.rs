//! Another label for all spans of one.

use super::{Change, Context, Edit, Refusal, Step};
use crate::model::{LabelId, Span};

/// Gives all spans of a set that have one label another: the edits, and how many spans cannot
/// have it there. Values and attributes stay.
///
/// # Errors
///
/// If the label is unknown.
pub fn relabel_all(
    cx: &Context<'_>,
    from: &LabelId,
    to: &LabelId,
) -> Result<(Vec<Edit>, usize), Refusal> {
    cx.layer(to)?;
    let mut set = cx.set.clone();
    let mut changes: Vec<Change<Option<Span>>> = Vec::new();
    let mut num_refused = 0;
    for span in cx.set.spans().iter().filter(|span| span.label == *from) {
        let mut after = span.clone();
        after.label = to.clone();
        after.provenance = cx.by_hand();
        // Each stands among those that have the label already.
        if (Context { set: &set, ..*cx }).check_overlap(&after).is_err() {
            num_refused += 1;
            continue;
        }
        set.remove(&span.id);
        set.insert(after.clone());
        changes.push(Change::new(Some(span.clone()), Some(after)));
    }
    if changes.is_empty() {
        return Ok((Vec::new(), num_refused));
    }
    Ok((cx.transaction(Step::Relabel, changes).edits, num_refused))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::annotate;
    use crate::edit::bench::Bench;
    use crate::model::{Anchoring, Overlap};
    use crate::text::TextRange;

    #[test]
    fn all_spans_of_a_label_get_the_other_and_the_rest_stays() {
        let text = "فاس ووجدة في 2015";
        let mut bench = Bench::new(text, Overlap::Never, Anchoring::Characters);
        for (number, (words, label)) in
            [("فاس", "CITY"), ("وجدة", "CITY"), ("2015", "DATE")].into_iter().enumerate()
        {
            let start = text.find(words).unwrap();
            let range = TextRange::of(start..start + words.len());
            let id = number.to_string();
            bench.step(|cx| annotate(cx, range, &label.into(), id.as_str().into())).unwrap();
        }
        let cx = bench.context();
        let (edits, num_refused) = relabel_all(&cx, &"CITY".into(), &"AGENCY".into()).unwrap();
        assert_eq!((edits.len(), num_refused), (2, 0));
        assert!(relabel_all(&cx, &"CITY".into(), &"TOWN".into()).is_err());
        let (edits, _) = relabel_all(&cx, &"COUNT".into(), &"CITY".into()).unwrap();
        assert_eq!(edits, []);
    }
}
