//! What another schema would make of the spans that are there.

use std::collections::BTreeMap;

use super::Project;
use crate::edit::snap;
use crate::lang::{Lang, Message, SPAN, VALUE, isolated};
use crate::model::{
    Anchoring, Attribute, AttributeId, Document, Label, LabelId, Layer, LayerId, Name, Overlap,
    Problem, Schema, SetKey, Span, is_allowed,
};
use crate::store::{Entry, Store};

/// What another schema would make of the spans that are there.
#[derive(Clone, Debug, Default)]
pub struct Survey {
    /// Attributes that it lacks, and how many spans hold them.
    attributes: BTreeMap<(LabelId, AttributeId), usize>,
    /// How many values, understood now, would not be understood.
    values: BTreeMap<LabelId, usize>,
    /// How many spans would share letters with another one as the layer does not allow it.
    overlaps: BTreeMap<LayerId, usize>,
    /// How many spans would have edges within words.
    edges: BTreeMap<LayerId, usize>,
    /// What could not be read.
    pub problems: Vec<Problem>,
    /// Whether it was stopped before the end.
    pub is_stopped: bool,
}

/// What changes for the spans of one label.
struct Asked<'a> {
    before: &'a Label,
    after: &'a Label,
    layer: &'a Layer,
    lost: Vec<&'a Attribute>,
    /// Whether values, overlaps and edges are to be looked at.
    values: bool,
    overlaps: bool,
    edges: bool,
}

impl Project {
    /// How many sets [`survey`] would read to say what another schema makes of their spans.
    #[must_use]
    pub fn num_to_survey(&self, after: &Schema) -> usize {
        let asked = asked(&self.schema, after);
        let entries = self.documents.iter();
        entries.map(|entry| concerned(entry, &asked).count()).sum()
    }
}

/// Reads the spans for which another schema changes something, and counts what breaks by it.
/// `go_on` is told how many documents are done, of how many.
pub fn survey(
    store: &Store,
    after: &Schema,
    go_on: &mut dyn FnMut(usize, usize) -> bool,
) -> Survey {
    let before = store.schema();
    let asked = asked(&before, after);
    let mut survey = Survey::default();
    if asked.is_empty() {
        return survey;
    }
    let documents = store.documents();
    for (done, entry) in documents.iter().enumerate() {
        if done % 16 == 0 && !go_on(done, documents.len()) {
            survey.is_stopped = true;
            break;
        }
        for key in concerned(entry, &asked) {
            let read = store.document(&entry.id).and_then(|of| Ok((of, store.set(&key)?.0)));
            match read {
                Ok((document, set)) => survey.look(&document, set.spans(), &asked),
                Err(error) => survey.problems.push(error.to_problem()),
            }
        }
    }
    survey
}

/// The labels whose spans are to be looked at.
fn asked<'a>(before: &'a Schema, after: &'a Schema) -> BTreeMap<LabelId, Asked<'a>> {
    let mut asked = BTreeMap::new();
    for (old, was) in
        before.layers().iter().flat_map(|l| l.labels.iter().map(move |of| (l, of)))
    {
        let (Some(label), Some(layer)) = (after.label(&was.id), after.layer_of(&was.id)) else {
            continue;
        };
        let has = |id: &AttributeId| label.attributes.iter().any(|other| other.id == *id);
        let of = Asked {
            before: was,
            after: label,
            layer,
            lost: was.attributes.iter().filter(|of| !has(&of.id)).collect(),
            values: was.value != label.value,
            overlaps: rank(layer.overlap) < rank(old.overlap),
            edges: old.anchoring == Anchoring::Characters
                && layer.anchoring == Anchoring::Words,
        };
        if of.values || of.overlaps || of.edges || !of.lost.is_empty() {
            asked.insert(was.id.clone(), of);
        }
    }
    asked
}

/// How much a rule allows.
fn rank(overlap: Overlap) -> u8 {
    match overlap {
        Overlap::Never => 0,
        Overlap::Nested => 1,
        Overlap::Any => 2,
    }
}

/// The sets of a document that have spans of such labels.
fn concerned<'a>(
    entry: &'a Entry,
    asked: &'a BTreeMap<LabelId, Asked<'_>>,
) -> impl Iterator<Item = SetKey> + 'a {
    let has = |labels: &[(LabelId, u32)]| {
        labels.iter().any(|(label, count)| *count > 0 && asked.contains_key(label))
    };
    entry
        .sets
        .iter()
        .filter(move |set| has(&set.labels))
        .map(|set| SetKey { annotator: set.annotator.clone(), document: entry.id.clone() })
}

impl Survey {
    fn look(
        &mut self,
        document: &Document,
        spans: &[Span],
        asked: &BTreeMap<LabelId, Asked<'_>>,
    ) {
        for (at, span) in spans.iter().enumerate() {
            let Some(of) = asked.get(&span.label) else { continue };
            for attribute in of.lost.iter().filter(|a| span.attributes.contains_key(&a.id)) {
                let key = (span.label.clone(), attribute.id.clone());
                *self.attributes.entry(key).or_default() += 1;
            }
            let value = span.value.as_deref().filter(|_| of.values);
            let is_lost =
                |value: &str| of.before.value.accepts(value) && !of.after.value.accepts(value);
            if value.is_some_and(is_lost) {
                *self.values.entry(span.label.clone()).or_default() += 1;
            }
            let is_of_words = |span: &Span| {
                snap(document, Anchoring::Words, span.range)
                    .is_ok_and(|range| range == span.range)
            };
            if of.edges && !is_of_words(span) {
                *self.edges.entry(of.layer.id.clone()).or_default() += 1;
            }
            let before = spans.get(..at).unwrap_or_default();
            if of.overlaps && before.iter().any(|other| breaks(of.layer, other, span)) {
                *self.overlaps.entry(of.layer.id.clone()).or_default() += 1;
            }
        }
    }

    /// Why the schema cannot be had with these spans.
    #[must_use]
    pub fn refusals(&self, before: &Schema, after: &Schema) -> Vec<Message> {
        let mut refusals = Vec::new();
        for ((label, attribute), count) in &self.attributes {
            let Some(label) = before.label(label) else { continue };
            let attribute = label.attributes.iter().find(|of| of.id == *attribute);
            let [of_ar, of_en] = names(attribute.map(|of| &of.name));
            let [ar, en] = names(Some(&label.name));
            let count = SPAN.message(*count);
            refusals.push(Message::new(
                format!("لا تُحذف السمة «{of_ar}» من «{ar}»؛ ما كُتبت فيه: {}", count.ar),
                format!("The attribute “{of_en}” of “{en}” stays: it is in {}", count.en),
            ));
        }
        let layer = |id: &LayerId| {
            let layer = after.layers().iter().find(|layer| layer.id == *id);
            names(layer.map(|layer| &layer.name))
        };
        for (id, count) in &self.overlaps {
            let [ar, en] = layer(id);
            let count = SPAN.message(*count);
            refusals.push(Message::new(
                format!("تبقى قاعدة تداخل «{ar}»؛ ما لا تسمح به الجديدة: {}", count.ar),
                format!("The overlap rule of “{en}” stays; broken by {}", count.en),
            ));
        }
        for (id, count) in &self.edges {
            let [ar, en] = layer(id);
            let count = SPAN.message(*count);
            refusals.push(Message::new(
                format!("تبقى قاعدة حدود «{ar}»؛ ما حدّه داخل كلمة: {}", count.ar),
                format!(
                    "The rule on edges of “{en}” stays; with an edge within a word: {}",
                    count.en
                ),
            ));
        }
        refusals
    }

    /// What the schema makes of values: they stay as they are.
    #[must_use]
    pub fn warnings(&self, after: &Schema) -> Vec<Message> {
        let warning = |(label, count): (&LabelId, &usize)| {
            let [ar, en] = names(after.label(label).map(|label| &label.name));
            let count = VALUE.message(*count);
            Message::new(
                format!(
                    "«{ar}»، ما لن يُفهم بعد تغيير النوع: {}؛ يبقى كما كُتب، ويُنبَّه عليه في مواضعه",
                    count.ar
                ),
                format!(
                    "“{en}”, not understood any more: {}; what is written stays, and is listed \
                     as a problem to look at",
                    count.en
                ),
            )
        };
        self.values.iter().map(warning).collect()
    }
}

/// Whether two spans are of one layer that does not allow them as they stand.
fn breaks(layer: &Layer, a: &Span, b: &Span) -> bool {
    layer.labels.iter().any(|label| label.id == a.label) && !is_allowed(layer.overlap, a, b)
}

/// A name in both languages, for the middle of a sentence.
fn names(name: Option<&Name>) -> [String; 2] {
    [Lang::Ar, Lang::En].map(|lang| isolated(name.map_or("", |name| name.get(lang))))
}
