//! A set against its document and schema.

use super::{
    AnnotationSet, Attribute, Document, Overlap, Place, Problem, Schema, Severity, Span,
    ValueKind,
};
use crate::lang::{Explain as _, Message};

/// What is wrong with a set, in text order: ranges, labels, overlaps, values.
#[must_use]
pub fn validate(document: &Document, schema: &Schema, set: &AnnotationSet) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (at, span) in set.spans().iter().enumerate() {
        problems.extend(validate_span(document, schema, span));
        let Some(layer) = schema.layer_of(&span.label) else { continue };
        let later = set.spans().get(at + 1..).unwrap_or_default();
        let near = later.iter().take_while(|other| other.range.start() < span.range.end());
        for other in
            near.filter(|other| layer.labels.iter().any(|label| label.id == other.label))
        {
            if !is_allowed(layer.overlap, span, other) {
                problems.push(problem(document, other, overlap_message(document, span, other)));
            }
        }
    }
    problems
}

/// What is wrong with one span by itself.
#[must_use]
pub fn validate_span(document: &Document, schema: &Schema, span: &Span) -> Vec<Problem> {
    let mut problems = Vec::new();
    if let Err(error) = document.check(span.range) {
        let mut problem = problem(document, span, error.explain());
        problem.severity = Severity::Error;
        return vec![problem];
    }
    let Some(label) = schema.label(&span.label) else {
        let message = Message::new(
            format!("الوسم «{}» ليس في المخطط", span.label),
            format!("the label `{}` is not in the schema", span.label),
        );
        return vec![problem(document, span, message)];
    };
    if let Some(value) = span.value.as_deref().filter(|value| !label.value.accepts(value)) {
        let example = label.value.example();
        problems.push(problem(
            document,
            span,
            Message::new(
                format!("القيمة «{value}» ليست من نوع {}: {}", label.name.ar, example.ar),
                format!("`{value}` is no value of {}: {}", label.name.en, example.en),
            ),
        ));
    }
    for (id, value) in &span.attributes {
        let what = match label.attributes.iter().find(|attribute| attribute.id == *id) {
            None => Message::new(
                format!("السمة «{id}» ليست من سمات {}", label.name.ar),
                format!("{} has no attribute `{id}`", label.name.en),
            ),
            Some(attribute) if !attribute.value.accepts(value) => no_value(attribute, value),
            Some(_) => continue,
        };
        problems.push(problem(document, span, what));
    }
    problems
}

/// Whether two spans of one layer may stand as they do.
#[must_use]
pub fn is_allowed(overlap: Overlap, a: &Span, b: &Span) -> bool {
    match overlap {
        Overlap::Any => true,
        Overlap::Never => !a.range.overlaps(b.range),
        Overlap::Nested => {
            !a.range.overlaps(b.range) || a.range.covers(b.range) || b.range.covers(a.range)
        }
    }
}

/// That an attribute does not hold such a value.
fn no_value(attribute: &Attribute, value: &str) -> Message {
    let name = &attribute.name;
    if let ValueKind::Choice(choices) = &attribute.value {
        return Message::new(
            format!("«{value}» ليس من خيارات السمة «{}»: {}", name.ar, choices.join("، ")),
            format!("`{value}` is no choice of {}: {}", name.en, choices.join(", ")),
        );
    }
    let example = attribute.value.example();
    Message::new(
        format!("القيمة «{value}» لا تصلح للسمة «{}»: {}", name.ar, example.ar),
        format!("`{value}` is no value of {}: {}", name.en, example.en),
    )
}

fn overlap_message(document: &Document, a: &Span, b: &Span) -> Message {
    let (a, b) = (document.slice(a.range), document.slice(b.range));
    Message::new(
        format!("«{b}» يتداخل مع «{a}»، والمخطط لا يسمح بذلك"),
        format!("“{b}” overlaps “{a}”, which the schema does not allow"),
    )
}

fn problem(document: &Document, span: &Span, what: Message) -> Problem {
    Problem {
        severity: Severity::Warning,
        place: Place {
            document: Some(document.id().clone()),
            range: Some(span.range),
            ..Place::default()
        },
        what,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AnnotatorId, Name, SetKey};
    use crate::text::TextRange;

    const TEXT: &str = "أوقفت الشرطة 12 شخصا في فاس";

    /// Problems in English of spans given as label, surface and value.
    fn problems(overlap: Overlap, spans: &[(&str, &str, Option<&str>)]) -> Vec<String> {
        let document = Document::new("a".into(), TEXT);
        let mut layers = Schema::default().layers().to_vec();
        layers[0].overlap = overlap;
        let schema = Schema::new(layers).unwrap();
        let key = SetKey {
            annotator: AnnotatorId::new("سارة").unwrap(),
            document: document.id().clone(),
        };
        let mut set = AnnotationSet::new(key);
        for (at, (label, surface, value)) in spans.iter().enumerate() {
            let start = TEXT.find(surface).unwrap();
            let range = TextRange::of(start..start + surface.len());
            let mut span = Span::new(at.to_string().as_str().into(), (*label).into(), range);
            span.value = value.map(str::to_owned);
            set.insert(span);
        }
        validate(&document, &schema, &set).into_iter().map(|problem| problem.what.en).collect()
    }

    #[test]
    fn a_set_by_the_rules_has_no_problems() {
        let spans = [("COUNT", "12", Some("12")), ("CITY", "فاس", None)];
        assert_eq!(problems(Overlap::Never, &spans), [""; 0]);
    }

    #[test]
    fn an_unknown_label_and_a_foreign_value_are_named() {
        let found = problems(
            Overlap::Never,
            &[("COUNT", "12", Some("اثنا عشر")), ("PERSON", "شخصا", None)],
        );
        assert_eq!(
            found,
            [
                "`اثنا عشر` is no value of Count: 12, >3500, ~20 or 30..40",
                "the label `PERSON` is not in the schema"
            ]
        );
    }

    #[test]
    fn an_attribute_is_held_against_its_kind() {
        let mut schema = Schema::default();
        let attribute = |id: &str, value| Attribute {
            id: id.into(),
            name: Name::new("صنف", "Kind"),
            value,
        };
        let choices = vec!["قتيل".to_owned(), "جريح".to_owned()];
        let mut layers = schema.layers().to_vec();
        layers[0].labels[2].attributes = vec![
            attribute("kind", ValueKind::Choice(choices)),
            attribute("on", ValueKind::Date),
        ];
        schema = Schema::new(layers).unwrap();
        let document = Document::new("a".into(), TEXT);
        let start = TEXT.find("12").unwrap();
        let problems = |id: &str, value: &str| {
            let range = TextRange::of(start..start + 2);
            let mut span = Span::new("1".into(), "COUNT".into(), range);
            span.attributes.insert(id.into(), value.to_owned());
            let found = validate_span(&document, &schema, &span);
            assert!(found.iter().all(|problem| problem.place.range == Some(range)));
            found.into_iter().map(|problem| (problem.what.ar, problem.what.en)).next()
        };
        assert_eq!(problems("kind", "جريح"), None);
        assert_eq!(problems("on", "2024-03-12"), None);
        let (ar, en) = problems("kind", "غريق").unwrap();
        assert_eq!(ar, "«غريق» ليس من خيارات السمة «صنف»: قتيل، جريح");
        assert_eq!(en, "`غريق` is no choice of Kind: قتيل, جريح");
        assert!(problems("on", "أمس").is_some());
        assert_eq!(problems("where", "x").unwrap().1, "Count has no attribute `where`");
    }

    #[test]
    fn overlap_is_a_problem_only_where_the_layer_says_so() {
        let nested = [("COUNT", "12 شخصا", None), ("COUNT", "12", None)];
        assert_eq!(problems(Overlap::Never, &nested).len(), 1);
        assert_eq!(problems(Overlap::Nested, &nested).len(), 0);
        let crossing = [("AGENCY", "الشرطة 12", None), ("COUNT", "12 شخصا", None)];
        assert_eq!(problems(Overlap::Nested, &crossing).len(), 1);
        assert_eq!(problems(Overlap::Any, &crossing).len(), 0);
    }
}
