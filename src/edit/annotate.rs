//! What an annotator does, as transactions.

use super::{Blocked, Change, Direction, Edit, Refusal, Step, Transaction, snap};
use crate::model::{
    AnnotationSet, AnnotatorId, AttributeId, Document, DocumentId, LabelId, Layer, Meta,
    Origin, Provenance, RecordId, Schema, SetKey, Span, SpanId, State, Timestamp, is_allowed,
};
use crate::text::TextRange;

/// What a step is computed from.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The document.
    pub document: &'a Document,
    /// The project's schema.
    pub schema: &'a Schema,
    /// The set that is worked on.
    pub set: &'a AnnotationSet,
    /// The time.
    pub at: Timestamp,
}

impl Context<'_> {
    pub(super) fn span(&self, id: &SpanId) -> Result<&Span, Refusal> {
        self.set.span(id).ok_or(Refusal::NoSuchSpan)
    }

    /// A transaction about spans; the first one moves a new set to *in progress*.
    pub(super) fn transaction(
        &self,
        step: Step,
        changes: Vec<Change<Option<Span>>>,
    ) -> Transaction {
        self.transaction_with(step, changes, None)
    }

    /// As [`transaction`](Self::transaction). Spans that go away leave their records; where they
    /// become part of another, `heir`, that one is there in their place.
    pub(super) fn transaction_with(
        &self,
        step: Step,
        changes: Vec<Change<Option<Span>>>,
        heir: Option<&SpanId>,
    ) -> Transaction {
        let key = &self.set.key;
        let records = super::record::without_gone(self, &changes, heir);
        let mut look_at: Option<TextRange> = None;
        let mut edits = Vec::new();
        for change in changes {
            let Some(span) = change.after.as_ref().or(change.before.as_ref()) else { continue };
            look_at = look_at.or(Some(span.range));
            edits.push(Edit::Span(key.clone(), span.id.clone(), Box::new(change)));
        }
        edits.extend(records);
        if self.set.state == State::New && !key.annotator.is_gold() {
            edits.push(Edit::State(key.clone(), Change::new(State::New, State::InProgress)));
        }
        let look_at = look_at.map(|range| (key.document.clone(), range));
        Transaction { step, direction: Direction::Do, edits, look_at, at: self.at }
    }

    /// A transaction that alters one span.
    fn alter(
        &self,
        step: Step,
        id: &SpanId,
        alter: impl FnOnce(&mut Span),
    ) -> Result<Transaction, Refusal> {
        let before = self.span(id)?;
        let mut after = before.clone();
        alter(&mut after);
        if after == *before {
            return Err(Refusal::Unchanged);
        }
        after.provenance = self.by_hand();
        Ok(self.transaction(step, vec![Change::new(Some(before.clone()), Some(after))]))
    }

    pub(super) fn by_hand(&self) -> Provenance {
        Provenance { origin: Origin::Hand, at: Some(self.at) }
    }

    /// The layer of that label.
    pub(super) fn layer(&self, label: &LabelId) -> Result<&Layer, Refusal> {
        self.schema.layer_of(label).ok_or_else(|| Refusal::UnknownLabel(label.to_string()))
    }

    /// Whether `span` may stand among the others of its layer.
    pub(super) fn check_overlap(&self, span: &Span) -> Result<(), Refusal> {
        self.check_overlap_without(span, &[])
    }

    /// Whether `span` may stand among the others of its layer once those of `gone` are not there.
    pub(super) fn check_overlap_without(
        &self,
        span: &Span,
        gone: &[&SpanId],
    ) -> Result<(), Refusal> {
        let layer = self.layer(&span.label)?;
        let others = self.set.overlapping(span.range);
        let others = others.filter(|other| other.id != span.id && !gone.contains(&&other.id));
        for other in others.filter(|other| layer.labels.iter().any(|l| l.id == other.label)) {
            if !is_allowed(layer.overlap, span, other) {
                return Err(Refusal::Overlap(Box::new(Blocked {
                    with: other.id.clone(),
                    text: self.document.slice(other.range).to_owned(),
                    layer: layer.name.clone(),
                    rule: layer.overlap,
                })));
            }
        }
        Ok(())
    }
}

/// Marks the selection with a label.
///
/// The selection is snapped first ([`snap()`]). Where a span of the same layer has just that
/// range, and the layer lets no second one stand there, it is given the label instead.
///
/// # Errors
///
/// If there is nothing to mark, the label is unknown, or the layer's overlap rule forbids it.
pub fn annotate(
    cx: &Context<'_>,
    selection: TextRange,
    label: &LabelId,
    id: SpanId,
) -> Result<Transaction, Refusal> {
    let layer = cx.layer(label)?;
    let range = snap(cx.document, layer.anchoring, selection)?;
    cx.document.check(range)?;
    let same = |other: &&Span| {
        other.range == range && layer.labels.iter().any(|label| label.id == other.label)
    };
    if let Some(other) = cx.set.overlapping(range).find(same) {
        let mut second = other.clone();
        second.label = label.clone();
        if other.label == *label || !is_allowed(layer.overlap, other, &second) {
            return relabel(cx, &other.id, label);
        }
    }
    let mut span = Span::new(id, label.clone(), range);
    span.provenance = cx.by_hand();
    cx.check_overlap(&span)?;
    Ok(cx.transaction(Step::Annotate, vec![Change::new(None, Some(span))]))
}

/// Gives a span another label. Its value stays; attributes stay too, whatever the label has.
///
/// # Errors
///
/// If the span or the label is not there, or the label's layer forbids the place.
pub fn relabel(cx: &Context<'_>, id: &SpanId, label: &LabelId) -> Result<Transaction, Refusal> {
    let transaction = cx.alter(Step::Relabel, id, |span| span.label = label.clone())?;
    let mut span = cx.span(id)?.clone();
    span.label = label.clone();
    cx.check_overlap(&span)?;
    Ok(transaction)
}

/// Moves a span's edges to the selection, snapped.
///
/// # Errors
///
/// If the span is not there, the selection holds nothing, or the layer forbids the place.
pub fn resize(
    cx: &Context<'_>,
    id: &SpanId,
    selection: TextRange,
) -> Result<Transaction, Refusal> {
    let mut span = cx.span(id)?.clone();
    let anchoring = cx.schema.layer_of(&span.label).map(|layer| layer.anchoring);
    let range = snap(cx.document, anchoring.unwrap_or_default(), selection)?;
    cx.document.check(range)?;
    span.range = range;
    cx.check_overlap(&span)?;
    cx.alter(Step::Resize, id, |span| span.range = range)
}

/// Writes a span's value, exactly as given; an empty one is none.
///
/// # Errors
///
/// If the span is not there, or has this value already.
pub fn set_value(cx: &Context<'_>, id: &SpanId, value: &str) -> Result<Transaction, Refusal> {
    let value = (!value.is_empty()).then(|| value.to_owned());
    cx.alter(Step::SetValue, id, |span| span.value = value)
}

/// Writes one of a span's attributes; an empty text takes it away.
///
/// # Errors
///
/// If the span is not there, or has this text already.
pub fn set_attribute(
    cx: &Context<'_>,
    id: &SpanId,
    attribute: &AttributeId,
    text: &str,
) -> Result<Transaction, Refusal> {
    cx.alter(Step::SetAttribute, id, |span| {
        if text.is_empty() {
            span.attributes.remove(attribute);
        } else {
            span.attributes.insert(attribute.clone(), text.to_owned());
        }
    })
}

/// Writes a span's note.
///
/// # Errors
///
/// If the span is not there, or has this note already.
pub fn set_note(cx: &Context<'_>, id: &SpanId, note: &str) -> Result<Transaction, Refusal> {
    cx.alter(Step::SetNote, id, |span| note.clone_into(&mut span.note))
}

/// Marks a span as doubtful, or no longer.
///
/// # Errors
///
/// If the span is not there, or is so already.
pub fn set_doubtful(
    cx: &Context<'_>,
    id: &SpanId,
    doubtful: bool,
) -> Result<Transaction, Refusal> {
    cx.alter(Step::SetDoubtful, id, |span| span.doubtful = doubtful)
}

/// Takes a span away.
///
/// # Errors
///
/// If the span is not there.
pub fn remove(cx: &Context<'_>, id: &SpanId) -> Result<Transaction, Refusal> {
    let span = cx.span(id)?.clone();
    Ok(cx.transaction(Step::Remove, vec![Change::new(Some(span), None)]))
}

/// Says how far the work on the document is.
///
/// # Errors
///
/// If it is in that state already.
pub fn set_state(cx: &Context<'_>, state: State) -> Result<Transaction, Refusal> {
    if cx.set.state == state {
        return Err(Refusal::Unchanged);
    }
    let edit = Edit::State(cx.set.key.clone(), Change::new(cx.set.state, state));
    Ok(Transaction {
        step: Step::SetState,
        direction: Direction::Do,
        edits: vec![edit],
        look_at: Some((cx.set.key.document.clone(), TextRange::default())),
        at: cx.at,
    })
}

/// Writes the remark on the document.
///
/// # Errors
///
/// If it is so already.
pub fn set_document_note(cx: &Context<'_>, note: &str) -> Result<Transaction, Refusal> {
    if cx.set.note == note {
        return Err(Refusal::Unchanged);
    }
    let key = cx.set.key.clone();
    let edit = Edit::Note(key.clone(), Change::new(cx.set.note.clone(), note.to_owned()));
    Ok(Transaction {
        step: Step::SetDocumentNote,
        direction: Direction::Do,
        edits: vec![edit],
        look_at: Some((key.document, TextRange::default())),
        at: cx.at,
    })
}

/// Mends a document's title, date and source.
///
/// # Errors
///
/// If they are so already.
pub fn edit_meta(
    document: &DocumentId,
    before: &Meta,
    after: Meta,
    at: Timestamp,
) -> Result<Transaction, Refusal> {
    if *before == after {
        return Err(Refusal::Unchanged);
    }
    Ok(Transaction {
        step: Step::EditMeta,
        direction: Direction::Do,
        edits: vec![Edit::Meta(document.clone(), Change::new(before.clone(), after))],
        look_at: Some((document.clone(), TextRange::default())),
        at,
    })
}

/// Declares a finished set gold: the gold set becomes what that set is.
///
/// Spans keep their ids; their provenance says whose they were. Spans that the gold set had
/// and the finished set has not are taken away.
///
/// # Errors
///
/// If the set is not finished, or the gold set is the same already.
pub fn declare_gold(
    set: &AnnotationSet,
    gold: Option<&AnnotationSet>,
    at: Timestamp,
) -> Result<Transaction, Refusal> {
    if set.state != State::Finished {
        return Err(Refusal::NotFinished);
    }
    let key = SetKey { annotator: AnnotatorId::gold(), document: set.key.document.clone() };
    let old = gold.map(AnnotationSet::spans).unwrap_or_default();
    let origin = Origin::Declared(set.key.annotator.to_string());
    let mut edits = Vec::new();
    for span in set.spans() {
        let before = gold.and_then(|gold| gold.span(&span.id));
        let mut after = span.clone();
        after.provenance = Provenance { origin: origin.clone(), at: Some(at) };
        let same = before.is_some_and(|before| {
            after.provenance.at = before.provenance.at;
            let same = *before == after;
            after.provenance.at = Some(at);
            same
        });
        if !same {
            edits.push(Edit::span(key.clone(), span.id.clone(), before.cloned(), Some(after)));
        }
    }
    for span in old.iter().filter(|span| set.span(&span.id).is_none()) {
        edits.push(Edit::span(key.clone(), span.id.clone(), Some(span.clone()), None));
    }
    edits.extend(records_of(set, gold, &key));
    let state = gold.map(|gold| gold.state).unwrap_or_default();
    if state != State::Finished {
        edits.push(Edit::State(key.clone(), Change::new(state, State::Finished)));
    }
    if edits.is_empty() {
        return Err(Refusal::Unchanged);
    }
    let look_at = Some((key.document, TextRange::default()));
    Ok(Transaction { step: Step::DeclareGold, direction: Direction::Do, edits, look_at, at })
}

/// What makes the records of the gold set those of a set.
fn records_of(set: &AnnotationSet, gold: Option<&AnnotationSet>, key: &SetKey) -> Vec<Edit> {
    let old = |id| gold.and_then(|gold| gold.records.get(id)).cloned();
    let edit = |id: &RecordId, before, after| {
        Edit::Record(key.clone(), id.clone(), Box::new(Change::new(before, after)))
    };
    let new = set.records.iter().filter(|(id, record)| old(id).as_ref() != Some(record));
    let new = new.map(|(id, record)| edit(id, old(id), Some(record.clone())));
    let gone = gold.iter().flat_map(|gold| gold.records.keys());
    let gone = gone.filter(|id| !set.records.contains_key(id));
    new.chain(gone.map(|id| edit(id, old(id), None))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::bench::Bench;
    use crate::lang::Explain as _;
    use crate::model::{Anchoring, Overlap};

    const TEXT: &str = "أوقفت الشرطة 12 شخصا في فاس";

    /// A bench with a text and its words.
    struct Desk(Bench);

    impl Desk {
        fn new(overlap: Overlap) -> Self {
            Self(Bench::new(TEXT, overlap, Anchoring::Characters))
        }

        fn mark(&mut self, surface: &str, label: &str, id: &str) -> Result<(), Refusal> {
            let start = TEXT.find(surface).unwrap();
            let range = TextRange::of(start..start + surface.len());
            self.0.step(|cx| annotate(cx, range, &label.into(), id.into()))
        }
    }

    impl std::ops::Deref for Desk {
        type Target = Bench;

        fn deref(&self) -> &Bench {
            &self.0
        }
    }

    impl std::ops::DerefMut for Desk {
        fn deref_mut(&mut self) -> &mut Bench {
            &mut self.0
        }
    }

    #[test]
    fn marking_begins_the_work() {
        let mut desk = Desk::new(Overlap::Never);
        desk.mark(" فاس", "CITY", "1").unwrap();
        assert_eq!(desk.spans(), [("CITY", "فاس")]);
        assert_eq!(desk.set().state, State::InProgress);
        assert_eq!(desk.set().spans()[0].provenance.at, Some(Timestamp(7)));
    }

    #[test]
    fn marking_the_same_range_again_changes_its_label() {
        let mut desk = Desk::new(Overlap::Never);
        desk.mark("فاس", "CITY", "1").unwrap();
        desk.mark("فاس", "AGENCY", "2").unwrap();
        assert_eq!(desk.spans(), [("AGENCY", "فاس")]);
        assert_eq!(desk.mark("فاس", "AGENCY", "3"), Err(Refusal::Unchanged));
    }

    #[test]
    fn an_overlap_is_refused_by_name_where_the_layer_forbids_it() {
        let mut desk = Desk::new(Overlap::Never);
        desk.mark("12", "COUNT", "1").unwrap();
        let refusal = desk.mark("12 شخصا", "COUNT", "2").unwrap_err();
        let said = refusal.explain();
        assert!(said.en.contains("“12”") && said.en.contains("“Entities”"), "{said:?}");
        assert!(said.ar.contains("«12»") && said.ar.contains("«كيانات»"), "{said:?}");
        assert_eq!(desk.spans(), [("COUNT", "12")]);
        let mut desk = Desk::new(Overlap::Nested);
        desk.mark("12", "COUNT", "1").unwrap();
        desk.mark("12 شخصا", "COUNT", "2").unwrap();
        let crossing = desk.mark("الشرطة 12", "AGENCY", "3").unwrap_err().explain();
        assert!(crossing.en.contains("only nest"), "{crossing:?}");
        assert_eq!(desk.spans(), [("COUNT", "12 شخصا"), ("COUNT", "12")]);
    }

    #[test]
    fn a_span_can_be_altered_in_every_field() {
        let mut desk = Desk::new(Overlap::Never);
        desk.mark("12", "COUNT", "1").unwrap();
        let id = SpanId::new("1");
        desk.step(|cx| set_value(cx, &id, "12")).unwrap();
        desk.step(|cx| set_attribute(cx, &id, &"of".into(), "شخصا")).unwrap();
        desk.step(|cx| set_note(cx, &id, "ملاحظة")).unwrap();
        desk.step(|cx| set_doubtful(cx, &id, true)).unwrap();
        let wide = TEXT.find("12").unwrap();
        desk.step(|cx| resize(cx, &id, TextRange::of(wide..wide + "12 شخصا".len()))).unwrap();
        let span = desk.set().span(&id).unwrap();
        assert_eq!(span.value.as_deref(), Some("12"));
        assert_eq!(span.attributes[&AttributeId::new("of")], "شخصا");
        assert_eq!((span.note.as_str(), span.doubtful), ("ملاحظة", true));
        assert_eq!(desk.spans(), [("COUNT", "12 شخصا")]);
        assert_eq!(desk.step(|cx| set_value(cx, &id, "12")), Err(Refusal::Unchanged));
        desk.step(|cx| set_value(cx, &id, "")).unwrap();
        assert_eq!(desk.set().span(&id).unwrap().value, None);
        desk.step(|cx| remove(cx, &id)).unwrap();
        assert_eq!(desk.spans(), []);
        assert_eq!(desk.step(|cx| remove(cx, &id)), Err(Refusal::NoSuchSpan));
    }

    #[test]
    fn gold_is_declared_from_a_finished_set_only_and_follows_it() {
        let mut desk = Desk::new(Overlap::Never);
        desk.mark("12", "COUNT", "1").unwrap();
        assert_eq!(declare_gold(desk.set(), None, Timestamp(8)), Err(Refusal::NotFinished));
        desk.step(|cx| set_state(cx, State::Finished)).unwrap();
        let step = declare_gold(desk.set(), None, Timestamp(8)).unwrap();
        desk.work.apply(&step).unwrap();
        let key = SetKey { annotator: AnnotatorId::gold(), document: "a".into() };
        let gold = desk.work.sets[&key].clone();
        assert_eq!(gold.state, State::Finished);
        assert_eq!(gold.spans()[0].provenance.origin, Origin::Declared("سارة".to_owned()));
        let again = declare_gold(desk.set(), Some(&gold), Timestamp(9));
        assert_eq!(again, Err(Refusal::Unchanged));
        desk.step(|cx| remove(cx, &"1".into())).unwrap();
        let step = declare_gold(desk.set(), Some(&gold), Timestamp(9)).unwrap();
        desk.work.apply(&step).unwrap();
        assert_eq!(desk.work.sets[&key].spans(), []);
    }
}
