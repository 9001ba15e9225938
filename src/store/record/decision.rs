//! Decisions in set files and journals (`docs/project-files.md`, *Sets*).

use std::collections::BTreeMap;

use super::json::{Fields, Object, Wrong};
use crate::lang::{Explain as _, Message};
use crate::model::{
    AttributeId, Confidence, Decision, DecisionId, Document, LabelId, SpanId, Suggestion,
    Timestamp, Verdict,
};
use crate::text::{CharOffset, TextRange};

/// The word of its lines.
const KIND: &str = "decision";

/// Its own fields; all others are kept as they came.
const OWN: [&str; 14] = [
    "kind",
    "id",
    "source",
    "rule",
    "label",
    "start",
    "end",
    "value",
    "attributes",
    "score",
    "verdict",
    "span",
    "reason",
    "at",
];

/// Writes a decision as an object.
pub(super) fn push_decision(out: &mut String, document: &Document, decision: &Decision) {
    let it = &decision.suggestion;
    let range = document.index().char_range(document.text(), it.range);
    let Some((start, end)) = range else {
        unreachable!(
            "a suggestion's range is checked where it enters, and {} was not",
            it.range
        )
    };
    let mut object = Object::new(out);
    object.string("kind", KIND);
    object.string("id", decision.id.as_str());
    object.string("source", &it.source);
    object.maybe("rule", Some(it.rule.as_str()).filter(|rule| !rule.is_empty()));
    object.string("label", it.label.as_str());
    object.number("start", start.0);
    object.number("end", end.0);
    object.maybe("value", it.value.as_deref());
    if !it.attributes.is_empty() {
        let mut attributes = Object::new(object.key("attributes"));
        for (id, text) in &it.attributes {
            attributes.string(id.as_str(), text);
        }
        attributes.end();
    }
    if let Some(confidence) = it.confidence {
        object.key("score").push_str(&confidence.share().to_string());
    }
    object.string("verdict", decision.verdict.id());
    match &decision.verdict {
        Verdict::Accepted(span) => object.string("span", span.as_str()),
        Verdict::Rejected(reason) => {
            object.maybe("reason", Some(reason.as_str()).filter(|reason| !reason.is_empty()));
        }
        Verdict::Skipped => {}
    }
    object.maybe("at", decision.at.map(|at| at.to_string()).as_deref());
    object.extra(&OWN, &decision.extra);
    object.end();
}

/// Reads a decision from an object that has a kind; none if it is of another kind.
///
/// # Errors
///
/// If a field is missing or wrong, or the range is none of this document.
pub(super) fn read_decision(
    document: &Document,
    mut fields: Fields<'_>,
) -> Result<Option<Decision>, Wrong> {
    if fields.need::<String>("kind")? != KIND {
        return Ok(None);
    }
    let id = DecisionId::new(fields.need::<String>("id")?);
    let source: String = fields.need("source")?;
    let rule = fields.take::<String>("rule")?.unwrap_or_default();
    let label = LabelId::new(fields.need::<String>("label")?);
    let (start, end) = (CharOffset(fields.need("start")?), CharOffset(fields.need("end")?));
    let range: TextRange = document.range(start, end).map_err(|error| error.explain())?;
    let value = fields.take("value")?;
    let attributes = fields.take::<BTreeMap<String, String>>("attributes")?.unwrap_or_default();
    let attributes =
        attributes.into_iter().map(|(id, text)| (AttributeId::new(id), text)).collect();
    let confidence = fields.take::<f64>("score")?.and_then(Confidence::new);
    let suggestion = Suggestion { source, rule, label, range, value, attributes, confidence };
    let word: String = fields.need("verdict")?;
    let verdict = match word.as_str() {
        "accepted" => Verdict::Accepted(SpanId::new(fields.need::<String>("span")?)),
        "rejected" => Verdict::Rejected(fields.take("reason")?.unwrap_or_default()),
        "skipped" => Verdict::Skipped,
        // What only later versions know.
        _ => return Ok(None),
    };
    let at = match fields.take::<String>("at")? {
        None => None,
        Some(at) => Some(Timestamp::parse(&at).ok_or_else(|| {
            Message::new(format!("«{at}» ليس وقتًا"), format!("`{at}` is no time"))
        })?),
    };
    Ok(Some(Decision { id, suggestion, verdict, at, extra: fields.into_extra() }))
}
