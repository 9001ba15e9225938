//! JSON objects with their keys in a fixed order, and unknown fields as they came.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::lang::Message;
use crate::model::Extra;

/// Where unknown fields go when one of them has the name of a known one.
const OTHER: &str = "other";

/// What is wrong with a line, for a person.
pub(in crate::store) type Wrong = Message;

/// The fields of one JSON object, in order, their values not yet looked at.
pub(super) struct Fields<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'a> Fields<'a> {
    /// Reads an object.
    pub(super) fn parse(json: &'a str) -> Result<Self, Wrong> {
        serde_json::from_str(json).map_err(|error| wrong_json(&error))
    }

    /// Takes the field out and reads it; none if it is not there or `null`.
    pub(super) fn take<T: Deserialize<'a>>(&mut self, key: &str) -> Result<Option<T>, Wrong> {
        let Some(raw) = self.take_raw(key) else { return Ok(None) };
        serde_json::from_str(raw.get()).map_err(|error| {
            Message::new(
                format!("الحقل «{key}» على غير ما ينبغي: {error}"),
                format!("the field `{key}` is not as it should be: {error}"),
            )
        })
    }

    /// Takes out and reads a field that must be there.
    pub(super) fn need<T: Deserialize<'a>>(&mut self, key: &str) -> Result<T, Wrong> {
        self.take(key)?.ok_or_else(|| {
            Message::new(format!("الحقل «{key}» غائب"), format!("the field `{key}` is missing"))
        })
    }

    /// Takes the field out as it is.
    pub(super) fn take_raw(&mut self, key: &str) -> Option<&'a RawValue> {
        let at = self.0.iter().position(|(name, _)| name == key)?;
        Some(self.0.remove(at).1)
    }

    /// Whether there is such a field, and it is that text.
    pub(super) fn says(&self, key: &str, text: &str) -> bool {
        let mut found = self.0.iter().filter(|(name, _)| name == key);
        found.any(|(_, raw)| {
            serde_json::from_str::<Key<'_>>(raw.get()).is_ok_and(|Key(said)| said == text)
        })
    }

    /// Whether there is such a field.
    pub(super) fn has(&self, key: &str) -> bool {
        self.0.iter().any(|(name, _)| name == key)
    }

    /// What was not taken, and what [`Object::extra`] set apart, in order.
    pub(super) fn into_extra(mut self) -> Extra {
        let other = self.take_raw(OTHER);
        let pair =
            |(key, raw): (Cow<'_, str>, &RawValue)| (key.into_owned(), raw.get().to_owned());
        let mut extra: Vec<_> = self.0.into_iter().map(pair).collect();
        if let Some(other) = other {
            match Fields::parse(other.get()) {
                Ok(fields) => extra.extend(fields.0.into_iter().map(pair)),
                // Somebody else's field of that name.
                Err(_) => extra.push((OTHER.to_owned(), other.get().to_owned())),
            }
        }
        Extra(extra)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Fields<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct FieldsVisitor;

        impl<'de> Visitor<'de> for FieldsVisitor {
            type Value = Vec<(Cow<'de, str>, &'de RawValue)>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut fields = Vec::new();
                while let Some(Key(key)) = map.next_key()? {
                    fields.push((key, map.next_value()?));
                }
                Ok(fields)
            }
        }

        deserializer.deserialize_map(FieldsVisitor).map(Fields)
    }
}

/// A key or text, borrowed where it has no escapes.
pub(super) struct Key<'a>(pub Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Key<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;

        impl<'de> Visitor<'de> for KeyVisitor {
            type Value = Key<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Key(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Key(Cow::Owned(text.to_owned())))
            }
        }

        deserializer.deserialize_str(KeyVisitor)
    }
}

/// An object that is being written, on one line.
pub(super) struct Object<'a> {
    out: &'a mut String,
    empty: bool,
}

impl<'a> Object<'a> {
    /// Begins an object at the end of `out`.
    pub(super) fn new(out: &'a mut String) -> Self {
        out.push('{');
        Self { out, empty: true }
    }

    /// Begins a field, whose value the caller writes.
    pub(super) fn key(&mut self, key: &str) -> &mut String {
        if !self.empty {
            self.out.push(',');
        }
        self.empty = false;
        push_string(self.out, key);
        self.out.push(':');
        self.out
    }

    pub(super) fn string(&mut self, key: &str, text: &str) {
        let out = self.key(key);
        push_string(out, text);
    }

    pub(super) fn maybe(&mut self, key: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.string(key, text);
        }
    }

    pub(super) fn number(&mut self, key: &str, number: u64) {
        let out = self.key(key);
        out.push_str(&number.to_string());
    }

    /// Writes `true`, or nothing.
    pub(super) fn flag(&mut self, key: &str, flag: bool) {
        if flag {
            self.key(key).push_str("true");
        }
    }

    /// Writes fields that are not ours. If one has the name of one of `ours`, all go into a
    /// field of their own, so that a reader can tell them apart and keeps their order.
    pub(super) fn extra(&mut self, ours: &[&str], extra: &Extra) {
        let clash = |key: &String| key == OTHER || ours.contains(&key.as_str());
        if extra.0.iter().any(|(key, _)| clash(key)) {
            let mut other = Object::new(self.key(OTHER));
            for (key, raw) in &extra.0 {
                push_raw(other.key(key), raw);
            }
            other.end();
        } else {
            for (key, raw) in &extra.0 {
                push_raw(self.key(key), raw);
            }
        }
    }

    pub(super) fn end(self) {
        self.out.push('}');
    }
}

/// Writes a JSON string.
pub(super) fn push_string(out: &mut String, text: &str) {
    out.push('"');
    let mut rest = text;
    // RFC 8259 asks for these to be escaped and for no others; U+2028 and U+2029 stay too.
    // All of them are ASCII, so bytes will do, and are found many at a time.
    let special = |byte: u8| byte < b' ' || byte == b'"' || byte == b'\\';
    while let Some(at) = rest.bytes().position(special) {
        let (plain, special) = rest.split_at(at);
        out.push_str(plain);
        let mut chars = special.chars();
        match chars.next() {
            Some('"') => out.push_str("\\\""),
            Some('\\') => out.push_str("\\\\"),
            Some('\n') => out.push_str("\\n"),
            Some('\r') => out.push_str("\\r"),
            Some('\t') => out.push_str("\\t"),
            Some(c) => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            None => {}
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
    out.push('"');
}

/// Writes a value that came as JSON, on one line; what is no JSON becomes a string.
fn push_raw(out: &mut String, raw: &str) {
    if serde_json::from_str::<&RawValue>(raw).is_err() {
        return push_string(out, raw);
    }
    // A line break in JSON is a space between two tokens.
    out.extend(raw.chars().map(|c| if matches!(c, '\n' | '\r') { ' ' } else { c }));
}

/// What is wrong, as the JSON parser sees it.
pub(super) fn wrong_json(error: &serde_json::Error) -> Wrong {
    let column = error.column();
    if error.is_eof() {
        return Message::new(
            format!("السطر مقطوع بعد {column} بايت"),
            format!("the line is cut after byte {column}"),
        );
    }
    Message::new(
        format!("ليس JSON صحيحًا عند البايت {column}: {error}"),
        format!("this is no JSON at byte {column}: {error}"),
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(ours: &[&str], extra: &Extra) -> String {
        let mut out = String::new();
        let mut object = Object::new(&mut out);
        object.string("id", "a");
        object.extra(ours, extra);
        object.end();
        out
    }

    fn extra(pairs: &[(&str, &str)]) -> Extra {
        Extra(pairs.iter().map(|(key, raw)| ((*key).to_owned(), (*raw).to_owned())).collect())
    }

    #[track_caller]
    fn check(pairs: &[(&str, &str)], json: &str) {
        let extra = extra(pairs);
        let out = written(&["id"], &extra);
        assert_eq!(out, json);
        let mut fields = Fields::parse(&out).unwrap();
        assert_eq!(fields.need::<String>("id"), Ok("a".to_owned()));
        assert_eq!(fields.into_extra(), extra);
    }

    #[test]
    fn unknown_fields_keep_their_form_and_order() {
        check(&[("z", "1.50"), ("a", "[ 1,2 ]")], r#"{"id":"a","z":1.50,"a":[ 1,2 ]}"#);
    }

    #[test]
    fn unknown_fields_with_known_names_stay_apart() {
        check(&[("z", "1"), ("id", "2")], r#"{"id":"a","other":{"z":1,"id":2}}"#);
        check(&[("other", "{}")], r#"{"id":"a","other":{"other":{}}}"#);
    }

    #[test]
    fn a_foreign_value_cannot_break_the_line() {
        let extra = extra(&[("a", "[1,\n2]"), ("b", "no json\n")]);
        assert_eq!(written(&[], &extra), "{\"id\":\"a\",\"a\":[1, 2],\"b\":\"no json\\n\"}");
    }

    #[test]
    fn a_cut_line_is_called_cut() {
        let wrong = Fields::parse(r#"{"id":"a"#).err().unwrap();
        assert!(wrong.en.contains("cut"), "{}", wrong.en);
        let wrong = Fields::parse(r#"{"id":a}"#).err().unwrap();
        assert!(!wrong.en.contains("cut"), "{}", wrong.en);
    }

    proptest! {
        #[test]
        fn strings_are_read_as_they_were_written(text in any::<String>()) {
            let mut out = String::new();
            push_string(&mut out, &text);
            prop_assert!(!out.contains('\n'));
            prop_assert_eq!(serde_json::from_str::<String>(&out).unwrap(), text);
        }

        #[test]
        fn no_bytes_make_the_reader_panic(text in any::<String>()) {
            if let Ok(fields) = Fields::parse(&text) {
                drop(fields.into_extra());
            }
        }
    }
}
