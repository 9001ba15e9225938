//! What a set file's spans say, without their document.
//!
//! For filters over many sets: where a span stands is not looked at, so that neither a text nor
//! its offsets are needed.

use std::borrow::Cow;

use serde::Deserialize;

use crate::model::Span;

/// What a span's line says, without where it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct SpanLine<'a> {
    /// Its label's id.
    #[serde(borrow, default)]
    pub label: Cow<'a, str>,
    /// The marked text, as the line quotes it.
    #[serde(borrow, default)]
    pub text: Cow<'a, str>,
    /// Its value.
    #[serde(borrow, default)]
    pub value: Option<Cow<'a, str>>,
    /// Its note.
    #[serde(borrow, default)]
    pub note: Option<Cow<'a, str>>,
    /// Whether it is doubtful.
    #[serde(default)]
    pub doubtful: bool,
    /// What else the line is; none for a span.
    #[serde(borrow, default)]
    kind: Option<Cow<'a, str>>,
}

impl<'a> SpanLine<'a> {
    /// What the line of a span says, whose marked text is `text`.
    #[must_use]
    pub fn of(span: &'a Span, text: &'a str) -> Self {
        Self {
            label: span.label.as_str().into(),
            text: text.into(),
            value: span.value.as_deref().map(Into::into),
            note: Some(span.note.as_str().into()),
            doubtful: span.doubtful,
            kind: None,
        }
    }
}

/// Calls `each` with what each span's line says. Lines that make no span are passed over.
pub(in crate::store) fn read_span_lines(bytes: &[u8], each: &mut dyn FnMut(&SpanLine<'_>)) {
    for line in bytes.split(|byte| *byte == b'\n') {
        let Ok(line) = serde_json::from_slice::<SpanLine<'_>>(line) else { continue };
        if !line.label.is_empty() && line.kind.is_none() {
            each(&line);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_say_what_they_are_and_other_lines_nothing() {
        let file = "{\"tawsim\":\"set\",\"version\":1}\n\
            {\"id\":\"1\",\"label\":\"CITY\",\"start\":0,\"end\":3,\"text\":\"فا\\nس\",\"value\":\"فاس\"}\n\
            {\"kind\":\"decision\",\"label\":\"CITY\"}\ngarbage\n\
            {\"id\":\"2\",\"label\":\"COUNT\",\"start\":4,\"end\":6,\"text\":\"12\",\"doubtful\":true,\"new\":[1]}\n";
        let mut found = Vec::new();
        read_span_lines(file.as_bytes(), &mut |line| {
            found.push((
                line.label.to_string(),
                line.text.to_string(),
                line.value.is_some(),
                line.doubtful,
            ));
        });
        let expected = [("CITY", "فا\nس", true, false), ("COUNT", "12", false, true)];
        let expected: Vec<_> =
            expected.map(|(l, t, v, d)| (l.to_owned(), t.to_owned(), v, d)).into();
        assert_eq!(found, expected);
    }
}
