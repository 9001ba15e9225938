//! What is still to be decided: suggestions of one or several sources for the same letters.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::arabic::fold;
use crate::model::{
    AnnotationSet, Confidence, Document, DocumentId, LabelId, Schema, Suggestion,
};
use crate::text::{Offset, TextRange};

/// A label that one or several sources propose for the same letters of a document: one question
/// to the annotator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// In which document.
    pub document: DocumentId,
    /// The letters, as they stand.
    pub text: String,
    /// What is proposed, by the source that is surest of it.
    first: Suggestion,
    /// All of them, the surest first; the first of them is `first`.
    all: Vec<Suggestion>,
}

/// What makes offers alike: the folded letters, the label and the rule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Likeness {
    /// The letters without marks and variants of spelling.
    pub folded: String,
    /// The label.
    pub label: LabelId,
    /// The source and the rule of it.
    pub rule: (String, String),
}

impl Offer {
    /// What is proposed, by the source that is surest of it.
    #[must_use]
    pub fn first(&self) -> &Suggestion {
        &self.first
    }

    /// What each source proposes, the surest first.
    #[must_use]
    pub fn all(&self) -> &[Suggestion] {
        &self.all
    }

    /// Which letters.
    #[must_use]
    pub fn range(&self) -> TextRange {
        self.first.range
    }

    /// The sources, the surest first.
    pub fn sources(&self) -> impl Iterator<Item = &str> {
        self.all.iter().map(|it| it.source.as_str())
    }

    /// What it has in common with others that may be decided with it.
    #[must_use]
    pub fn likeness(&self) -> Likeness {
        Likeness {
            folded: fold(&self.text),
            label: self.first.label.clone(),
            rule: (self.first.source.clone(), self.first.rule.clone()),
        }
    }
}

/// What is still to be decided of `found` in a document, in text order, of several labels for the
/// same letters the surest first: what has a label, shares
/// no letter with a span of the set, and was not decided about. Attributes that the label does
/// not have are left out. What was decided of one source is decided of all that propose the same.
pub(super) fn offers(
    found: &[Suggestion],
    (document, schema, set): (&Document, &Schema, &AnnotationSet),
) -> Vec<Offer> {
    let decided: BTreeSet<(TextRange, &LabelId)> = set
        .decisions
        .values()
        .map(|decision| (decision.suggestion.range, &decision.suggestion.label))
        .collect();
    // How sure the surest source is of each label at each place.
    let mut surest: BTreeMap<(TextRange, &LabelId), Option<Confidence>> = BTreeMap::new();
    for it in found {
        let of = surest.entry((it.range, &it.label)).or_default();
        *of = it.confidence.max(*of);
    }
    let mut found: Vec<&Suggestion> = found.iter().collect();
    let place = |it: &Suggestion| (it.range.start(), Reverse(it.range.end()));
    let sure = |it: &Suggestion| Reverse(surest.get(&(it.range, &it.label)).copied().flatten());
    found.sort_by(|a, b| {
        let surer = b.confidence.cmp(&a.confidence);
        (place(a), sure(a), &a.label).cmp(&(place(b), sure(b), &b.label)).then(surer)
    });
    // How far the spans reach up to each: they may lie in each other.
    let reach: Vec<Offset> = set
        .spans()
        .iter()
        .scan(Offset::default(), |reach, span| {
            *reach = span.range.end().max(*reach);
            Some(*reach)
        })
        .collect();
    let is_marked = |range: TextRange| {
        let before = set.spans().partition_point(|span| span.range.start() < range.end());
        before.checked_sub(1).is_some_and(|last| reach[last] > range.start())
    };
    let mut offers: Vec<Offer> = Vec::new();
    for it in found {
        if is_marked(it.range) || decided.contains(&(it.range, &it.label)) {
            continue;
        }
        let Some(label) = schema.label(&it.label) else { continue };
        let mut it = it.clone();
        it.attributes.retain(|id, _| label.attributes.iter().any(|has| has.id == *id));
        match offers.last_mut() {
            Some(last) if last.first.range == it.range && last.first.label == it.label => {
                last.all.push(it);
            }
            _ => offers.push(Offer {
                document: document.id().clone(),
                text: document.slice(it.range).to_owned(),
                first: it.clone(),
                all: vec![it],
            }),
        }
    }
    offers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::Extractor;
    use crate::model::{AnnotatorId, Decision, SetKey, Span, SpanId, Timestamp, Verdict};
    use crate::project::suggest::by_rules;

    const TEXT: &str = "افتتح المعرض في طنجة في 12 مارس 2024 بحضور 250 شخصا";

    fn document() -> Document {
        Document::new("port".into(), TEXT)
    }

    fn set() -> AnnotationSet {
        AnnotationSet::new(SetKey {
            annotator: AnnotatorId::new("amal").unwrap(),
            document: "port".into(),
        })
    }

    fn found() -> Vec<Suggestion> {
        by_rules(&mut Extractor::default(), TEXT, None)
    }

    /// Which of the words that are suggested stay when `marked` have spans.
    #[track_caller]
    fn check(marked: &[&str], expected: &[&str]) {
        let range = |words: &str| {
            let start = TEXT.find(words).unwrap();
            TextRange::of(start..start + words.len())
        };
        let mut set = set();
        for (at, words) in marked.iter().enumerate() {
            let id = SpanId::random(at as u64);
            set.insert(Span::new(id, LabelId::new("OTHER"), range(words)));
        }
        let left = offers(&found(), (&document(), &Schema::default(), &set));
        let left: Vec<_> = left.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(left, expected);
    }

    #[test]
    fn what_shares_letters_with_a_span_is_not_suggested() {
        check(&[], &["طنجة", "12 مارس 2024", "250"]);
        check(&["طنجة"], &["12 مارس 2024", "250"]);
        check(&["مارس"], &["طنجة", "250"]);
        check(&["في"], &["طنجة", "12 مارس 2024", "250"]);
        check(&["المعرض في طنجة في 12", "في"], &["250"]);
    }

    #[test]
    fn sources_that_propose_the_same_are_one_question_and_one_decision_answers_it() {
        let (document, schema, mut set) = (document(), Schema::default(), set());
        let mut found = found();
        let town = found[0].clone();
        let mut sure = Suggestion { source: "spacy".to_owned(), ..town.clone() };
        sure.confidence = Confidence::new(1.0);
        found.extend([sure.clone(), Suggestion { label: "AGENCY".into(), ..sure }]);
        let all = offers(&found, (&document, &schema, &set));
        assert_eq!(all.len(), 4);
        let [other, same] = &all[..2] else { panic!("two for the town") };
        assert_eq!(other.first().label.as_str(), "AGENCY");
        assert_eq!(same.sources().collect::<Vec<_>>(), ["spacy", "rules"]);
        let rejected = Verdict::Rejected(String::new());
        let decision = Decision::new(document.id(), town, rejected, Timestamp(0));
        set.decisions.insert(decision.id.clone(), decision);
        let left = offers(&found, (&document, &schema, &set));
        assert_eq!(left.len(), 3);
        assert!(left.iter().all(|it| it.first().label.as_str() != "CITY"));
    }

    #[test]
    fn a_long_suggestion_that_is_marked_hides_no_short_one_in_it() {
        let (document, schema, mut set) = (document(), Schema::default(), set());
        let of = |words: &str| {
            let start = TEXT.find(words).unwrap();
            let range = TextRange::of(start..start + words.len());
            Suggestion::new("spacy", "CITY".into(), range)
        };
        let marked = of("طنجة").range;
        set.insert(Span::new("h1".into(), "CITY".into(), marked));
        let found = [of("افتتح المعرض في طنجة"), of("افتتح"), of("المعرض")];
        let left = offers(&found, (&document, &schema, &set));
        let left: Vec<_> = left.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(left, ["افتتح", "المعرض"]);
    }

    #[test]
    fn what_is_alike_is_alike_in_another_spelling() {
        let (schema, set) = (Schema::default(), set());
        let of = |text: &str| {
            let document = Document::new("port".into(), text);
            let mut it = Suggestion::new("rules", "CITY".into(), TextRange::of(0..text.len()));
            it.rule = "city.name".to_owned();
            offers(&[it], (&document, &schema, &set)).remove(0).likeness()
        };
        assert_eq!(of("أكادير"), of("اكادير"));
        assert_ne!(of("أكادير"), of("الناظور"));
    }
}
