//! Files of suggestions: a header line, then a document a line (`docs/project-files.md`,
//! *Suggestions*).

use std::collections::BTreeMap;

use super::FORMAT_VERSION;
use super::json::{Fields, Object, Wrong};
use super::set::wrong_utf8;
use crate::lang::{Explain as _, Message};
use crate::model::{
    AttributeId, Confidence, Digest, Document, DocumentId, Extra, LabelId, Suggestion, Surest,
    Timestamp,
};
use crate::text::CharOffset;

/// The header's own fields; all others are kept as they came.
const HEAD: [&str; 4] = ["tawsim", "version", "source", "at"];

/// What a file of suggestions says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::store) struct SuggestedHead {
    /// The version of its format.
    pub version: u64,
    /// Whose suggestions they are.
    pub source: String,
    /// What this version does not know of it.
    pub extra: Extra,
}

/// Writes the header line.
pub(in crate::store) fn write_suggested_head(
    source: &str,
    at: Timestamp,
    extra: &Extra,
) -> String {
    let mut out = String::new();
    let mut object = Object::new(&mut out);
    object.string("tawsim", "suggestions");
    object.number("version", FORMAT_VERSION);
    object.string("source", source);
    object.string("at", &at.to_string());
    object.extra(&HEAD, extra);
    object.end();
    out.push('\n');
    out
}

/// Reads the header line.
pub(in crate::store) fn read_suggested_head(line: &[u8]) -> Result<SuggestedHead, Wrong> {
    let line = std::str::from_utf8(line).map_err(wrong_utf8)?;
    let mut fields = Fields::parse(line)?;
    if fields.need::<String>("tawsim")? != "suggestions" {
        return Err(Message::new("ليس هذا ملف اقتراحات", "this is no file of suggestions"));
    }
    let (version, source) = (fields.need("version")?, fields.need("source")?);
    fields.take_raw("at");
    Ok(SuggestedHead { version, source, extra: fields.into_extra() })
}

/// Writes the line of a document.
pub(in crate::store) fn write_suggested(document: &Document, found: &[Suggestion]) -> String {
    let mut out = String::new();
    let mut object = Object::new(&mut out);
    object.string("document", document.id().as_str());
    object.string("digest", &document.digest().to_string());
    let list = object.key("suggestions");
    list.push('[');
    for (at, it) in found.iter().enumerate() {
        if at > 0 {
            list.push(',');
        }
        push_suggestion(list, document, it);
    }
    list.push(']');
    object.end();
    out.push('\n');
    out
}

fn push_suggestion(out: &mut String, document: &Document, it: &Suggestion) {
    let range = document.index().char_range(document.text(), it.range);
    let Some((start, end)) = range else {
        unreachable!(
            "a suggestion's range is checked where it enters, and {} was not",
            it.range
        )
    };
    let mut object = Object::new(out);
    object.string("label", it.label.as_str());
    object.number("start", start.0);
    object.number("end", end.0);
    object.string("text", document.slice(it.range));
    object.maybe("rule", Some(it.rule.as_str()).filter(|rule| !rule.is_empty()));
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
    object.end();
}

/// The document that a line is about.
pub(in crate::store) fn skim_suggested(line: &[u8]) -> Result<DocumentId, Wrong> {
    let line = std::str::from_utf8(line).map_err(wrong_utf8)?;
    Ok(DocumentId::new(Fields::parse(line)?.need::<String>("document")?))
}

/// What a source suggests for a document, each label and range once, and what of it cannot be used.
///
/// # Errors
///
/// If nothing of the line can be used: it is no such line, or about another text.
pub(in crate::store) fn read_suggested(
    line: &[u8],
    document: &Document,
    source: &str,
) -> Result<(Vec<Suggestion>, Vec<Wrong>), Wrong> {
    let line = std::str::from_utf8(line).map_err(wrong_utf8)?;
    let mut fields = Fields::parse(line)?;
    if fields.need::<String>("document")? != document.id().as_str() {
        return Err(Message::new(
            "تغيّر الملف منذ قُرئ: في السطر مقال آخر",
            "the file has changed since it was read: another document is on this line",
        ));
    }
    let digest: String = fields.need("digest")?;
    if Digest::from_hex(&digest) != Some(document.digest()) {
        return Err(Message::new(
            format!("اقتراحات المصدر «{source}» لنص آخر بالمعرّف نفسه، فلا تُعرض"),
            format!(
                "what `{source}` suggests is for another text of the same id, and is not shown"
            ),
        ));
    }
    let (mut found, mut wrong) = (Surest::default(), Vec::new());
    for fields in fields.need::<Vec<Fields<'_>>>("suggestions")? {
        match suggestion(fields, document, source) {
            Ok(it) => found.push(it),
            Err(what) => wrong.push(what),
        }
    }
    Ok((found.into_found(), wrong))
}

fn suggestion(
    mut fields: Fields<'_>,
    document: &Document,
    source: &str,
) -> Result<Suggestion, Wrong> {
    let label = LabelId::new(fields.need::<String>("label")?);
    let (start, end) = (CharOffset(fields.need("start")?), CharOffset(fields.need("end")?));
    let range = document.range(start, end).map_err(|error| error.explain())?;
    if let Some(text) = fields.take::<String>("text")?
        && text != document.slice(range)
    {
        return Err(Message::new(
            format!("في {}..{} نص آخر غير «{text}»", start.0, end.0),
            format!("at {}..{} there is another text than “{text}”", start.0, end.0),
        ));
    }
    let attributes = fields.take::<BTreeMap<String, String>>("attributes")?.unwrap_or_default();
    Ok(Suggestion {
        source: source.to_owned(),
        rule: fields.take("rule")?.unwrap_or_default(),
        label,
        range,
        value: fields.take("value")?,
        attributes: attributes
            .into_iter()
            .map(|(id, text)| (AttributeId::new(id), text))
            .collect(),
        confidence: fields.take::<f64>("score")?.and_then(Confidence::new),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::TextRange;

    #[test]
    fn what_is_suggested_comes_back_as_it_was() {
        let document = Document::new("a".into(), "في فاس 12 شخصا");
        let mut town = Suggestion::new("ner", "CITY".into(), TextRange::of(5..11));
        town.value = Some("فاس".to_owned());
        town.confidence = Confidence::new(0.125);
        let mut count = Suggestion::new("ner", "COUNT".into(), TextRange::of(12..14));
        count.rule = "digits".to_owned();
        count.attributes.insert("of".into(), "شخصا".to_owned());
        let line = write_suggested(&document, &[town.clone(), count.clone()]);
        assert!(line.contains("\"start\":3,\"end\":6,\"text\":\"فاس\""), "{line}");
        let line = line.trim_end().as_bytes();
        assert_eq!(skim_suggested(line), Ok("a".into()));
        let (found, wrong) = read_suggested(line, &document, "ner").unwrap();
        assert_eq!((found, wrong.len()), (vec![town, count], 0));
        let other = Document::new("a".into(), "في فاس");
        let wrong = read_suggested(line, &other, "ner").unwrap_err();
        assert!(wrong.en.contains("another text"), "{}", wrong.en);
    }

    #[test]
    fn what_of_a_line_is_wrong_does_not_take_the_rest_with_it() {
        let document = Document::new("a".into(), "في فاس");
        let digest = document.digest();
        let line = format!(
            "{{\"document\":\"a\",\"digest\":\"{digest}\",\"suggestions\":[\
             {{\"label\":\"CITY\",\"start\":3,\"end\":60}},\
             {{\"label\":\"CITY\",\"start\":3,\"end\":6,\"text\":\"تونس\"}},\
             {{\"start\":3,\"end\":6}},{{\"label\":\"CITY\",\"start\":3,\"end\":6}}]}}"
        );
        let (found, wrong) = read_suggested(line.as_bytes(), &document, "ner").unwrap();
        assert_eq!((found.len(), wrong.len()), (1, 3));
    }

    #[test]
    fn of_what_is_suggested_twice_the_surer_one_stays() {
        let document = Document::new("a".into(), "في فاس");
        let digest = document.digest();
        let one = |more: &str| format!("{{\"label\":\"CITY\",\"start\":3,\"end\":6{more}}}");
        let (sure, surer) = (one(",\"score\":0.5"), one(",\"score\":0.75"));
        let all = [one(""), surer, sure].join(",");
        let line =
            format!("{{\"document\":\"a\",\"digest\":\"{digest}\",\"suggestions\":[{all}]}}");
        let (found, wrong) = read_suggested(line.as_bytes(), &document, "ner").unwrap();
        let sure: Vec<_> = found.iter().map(|it| it.confidence).collect();
        assert_eq!((sure, wrong), (vec![Confidence::new(0.75)], Vec::new()));
    }

    #[test]
    fn a_header_keeps_what_it_does_not_know() {
        let line = "{\"tawsim\":\"suggestions\",\"version\":1,\"source\":\"ner\",\"by\":[1]}";
        let head = read_suggested_head(line.as_bytes()).unwrap();
        let written = write_suggested_head(&head.source, Timestamp(0), &head.extra);
        assert!(written.ends_with("\"by\":[1]}\n"), "{written}");
        assert_eq!(read_suggested_head(written.trim_end().as_bytes()), Ok(head));
        assert!(read_suggested_head(b"{\"tawsim\":\"set\",\"version\":1}").is_err());
    }
}
