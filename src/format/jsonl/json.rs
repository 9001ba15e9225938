//! JSON with places: a line cut into fields, each read with a message that names it.
//!
//! `serde_json`'s own errors say neither which field nor what was wanted, and a derived reader
//! cannot keep unknown fields as they came. So a line is cut into raw fields first, and each
//! is read by itself; where a raw field stands in its line gives the column.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::fault::{Fault, Wanted};

/// A field as it stands in the line.
#[derive(Clone, Copy)]
pub(super) struct Field<'a> {
    /// The whole line.
    line: &'a str,
    /// The field's JSON, a part of it.
    json: &'a str,
}

/// The fields of an object, in the order in which they stand.
struct Object<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'a> Field<'a> {
    /// A line as one field, the object that it should be.
    pub(super) fn line(line: &'a str) -> Self {
        Self { line, json: line }
    }

    /// Its JSON, to be kept as it came; half a surrogate pair in it is a fault all the same.
    pub(super) fn kept(self) -> Result<String, Fault> {
        self.lone_surrogate().map_or_else(|| Ok(self.json.to_owned()), Err)
    }

    /// Whether it is `null`, which is the same as if the field were not there.
    pub(super) fn is_null(self) -> bool {
        self.json == "null"
    }

    /// The fields of an object; a key twice is a fault.
    pub(super) fn object(self, name: &str) -> Result<Vec<(Cow<'a, str>, Self)>, Fault> {
        if !self.json.trim_ascii_start().starts_with('{') {
            // A line that is no JSON at all is told as such.
            serde_json::from_str::<&RawValue>(self.json).map_err(|e| self.fault(&e))?;
            return Err(self.kind(name, Wanted::Object));
        }
        let object: Object<'a> =
            serde_json::from_str(self.json).map_err(|error| self.fault(&error))?;
        let field = |raw: &'a RawValue| Self { line: self.line, json: raw.get() };
        let mut keys: Vec<_> = object.0.iter().map(|(key, raw)| (&**key, field(raw))).collect();
        keys.sort_by_key(|(key, _)| *key);
        if let Some([_, (key, twice)]) = keys.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            let key = (*key).to_owned();
            return Err(Fault::DuplicateKey { column: twice.column(0), key });
        }
        Ok(object.0.into_iter().map(|(key, raw)| (key, field(raw))).collect())
    }

    /// The elements of an array.
    pub(super) fn list(self, name: &str) -> Result<Vec<Self>, Fault> {
        if !self.json.starts_with('[') {
            return Err(self.kind(name, Wanted::List));
        }
        let raw: Vec<&'a RawValue> =
            serde_json::from_str(self.json).map_err(|error| self.fault(&error))?;
        Ok(raw.into_iter().map(|raw| Self { line: self.line, json: raw.get() }).collect())
    }

    /// A text.
    pub(super) fn text(self, name: &str) -> Result<String, Fault> {
        if !self.json.starts_with('"') {
            return Err(self.kind(name, Wanted::Text));
        }
        serde_json::from_str(self.json).map_err(|error| self.fault(&error))
    }

    /// A position.
    pub(super) fn offset(self, name: &str) -> Result<u64, Fault> {
        let number = serde_json::from_str(self.json).ok();
        number.ok_or_else(|| self.kind(name, Wanted::Offset))
    }

    /// A truth value.
    pub(super) fn truth(self, name: &str) -> Result<bool, Fault> {
        let truth = serde_json::from_str(self.json).ok();
        truth.ok_or_else(|| self.kind(name, Wanted::Truth))
    }

    /// The column of the byte `at` of this field, in code points of the line from 1.
    fn column(self, at: usize) -> u64 {
        // Both are parts of one string, so the difference is a place in it.
        let start = (self.json.as_ptr() as usize).saturating_sub(self.line.as_ptr() as usize);
        let at = self.line.floor_char_boundary(start + at);
        self.line.get(..at).map_or(0, |before| before.chars().count() as u64) + 1
    }

    fn kind(self, name: &str, wanted: Wanted) -> Fault {
        let mut found: String = self.json.chars().take(30).collect();
        if found.len() < self.json.len() {
            found.push('…');
        }
        Fault::Kind { field: name.to_owned(), wanted, found, column: self.column(0) }
    }

    /// The fault that half a surrogate pair in it is.
    fn lone_surrogate(self) -> Option<Fault> {
        let at = lone_surrogate(self.json)?;
        let escape = self.json.get(at..at + 6).unwrap_or_default().to_owned();
        Some(Fault::LoneSurrogate { column: self.column(at), escape })
    }

    fn fault(self, error: &serde_json::Error) -> Fault {
        if let Some(fault) = self.lone_surrogate() {
            return fault;
        }
        let column = self.column(error.column().saturating_sub(1));
        if error.is_eof() {
            return Fault::Cut { column };
        }
        // `… at line 1 column 17` counts bytes, and lines within the line.
        let detail = error.to_string();
        let detail = detail.split(" at line ").next().unwrap_or_default().to_owned();
        Fault::Syntax { column, detail }
    }
}

/// Where the first escape stands that is half a surrogate pair.
fn lone_surrogate(json: &str) -> Option<usize> {
    let unit = |at: usize| {
        let hex = json.get(at..)?.strip_prefix("\\u")?.get(..4)?;
        u16::from_str_radix(hex, 16).ok()
    };
    let mut at = 0;
    while let Some(found) = json.get(at..).and_then(|rest| rest.find('\\')) {
        at += found;
        match unit(at) {
            Some(0xD800..=0xDBFF) => match unit(at + 6) {
                Some(0xDC00..=0xDFFF) => at += 12,
                _ => return Some(at),
            },
            Some(0xDC00..=0xDFFF) => return Some(at),
            // Past the backslash and what it escapes, which may be a backslash.
            _ => at = json.ceil_char_boundary(at + 2),
        }
    }
    None
}

impl<'de: 'a, 'a> Deserialize<'de> for Object<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;
        impl<'de> Visitor<'de> for Fields {
            type Value = Object<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut fields = Vec::new();
                while let Some(Key(key)) = map.next_key()? {
                    fields.push((key, map.next_value()?));
                }
                Ok(Object(fields))
            }
        }
        deserializer.deserialize_map(Fields)
    }
}

/// A key, borrowed where it has no escapes; serde's own `Cow` always copies.
struct Key<'a>(Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Key<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl<'de> Visitor<'de> for Text {
            type Value = Key<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }

            fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Self::Value, E> {
                Ok(Key(Cow::Borrowed(key)))
            }

            fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
                Ok(Key(Cow::Owned(key.to_owned())))
            }
        }
        deserializer.deserialize_str(Text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: &str) {
        let fields = Field::line(line).object("the line");
        let texts = fields.and_then(|fields| {
            fields.into_iter().try_for_each(|(key, field)| field.text(&key).map(|_| ()))
        });
        assert_eq!(texts.err().map(|fault| fault.to_string()).unwrap_or_default(), expected);
    }

    #[test]
    fn half_a_pair_is_named_by_its_column() {
        check(r#"{"م": "\ud83d\ude00 \\ud800"}"#, "");
        let half = |column: u64, escape: &str| {
            format!(
                "column {column}: `{escape}` is half a surrogate pair, and no text can hold it"
            )
        };
        check(r#"{"م": "نص \ud800"}"#, &half(11, r"\ud800"));
        check(r#"{"م": "\uDE00"}"#, &half(8, r"\uDE00"));
        check(r#"{"م": "\ud800\ud800\udc00"}"#, &half(8, r"\ud800"));
        check(r#"{"\ud800": "نص"}"#, &half(3, r"\ud800"));
    }

    #[test]
    fn a_cut_line_is_told_from_a_wrong_one() {
        let cut = |column: u64| {
            format!(
                "the line ends in the middle, at column {column}: the file seems to be cut off"
            )
        };
        check(r#"{"م": "نص"#, &cut(9));
        check(r#"{"م": "نص","#, &cut(11));
        check("{", &cut(1));
        check(r#"{"م": نص}"#, "the line is no JSON at column 7: expected value");
        check(r#"{"م": "ن"} {"#, "the line is no JSON at column 12: trailing characters");
        check("\u{FEFF}{}", "the line is no JSON at column 1: expected value");
    }

    #[test]
    fn what_is_not_of_its_kind_is_shown() {
        check("[1]", "column 1: `the line` must be an object {…}, not [1]");
        check(r#"{"م": 12}"#, "column 7: `م` must be text in quotes, not 12");
        check(r#"{"م": "", "م": ""}"#, "column 16: the field `م` stands there twice");
        check(r#"{"a": "", "\u0061": ""}"#, "column 21: the field `a` stands there twice");
    }
}
