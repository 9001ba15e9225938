//! A document's text out of its line, without reading the rest of the line.
//!
//! For passes over all texts, where a reader of JSON would take longer than what is done with
//! the text. What the quick way does not know is read as JSON.

use memchr::{memchr, memchr2};

use super::json::{Fields, Key};

/// Puts the text of a document's line into `out`, in place of what is there; false if the line
/// has none that can be read. Whether the text is UTF-8 is not looked at.
pub(in crate::store) fn read_text(line: &[u8], out: &mut Vec<u8>) -> bool {
    out.clear();
    match written_text(line) {
        Some(written) if unescape(written, out) => true,
        _ => read_slowly(line, out),
    }
}

fn read_slowly(line: &[u8], out: &mut Vec<u8>) -> bool {
    out.clear();
    let fields = std::str::from_utf8(line).ok().and_then(|line| Fields::parse(line).ok());
    match fields.map(|mut fields| {
        fields.need::<Key<'_>>("text").ok().map(|Key(text)| text.into_owned())
    }) {
        Some(Some(text)) => {
            out.extend_from_slice(text.as_bytes());
            true
        }
        _ => false,
    }
}

/// The text as it is written between its quotation marks.
fn written_text(line: &[u8]) -> Option<&[u8]> {
    let mut rest = line.strip_prefix(b"{")?;
    loop {
        let (key, after) = string(rest)?;
        let value = after.strip_prefix(b":")?;
        if key == b"text" {
            return string(value).map(|(text, _)| text);
        }
        rest = skip(value)?.strip_prefix(b",")?;
    }
}

/// What stands between the quotation marks at the start, and what follows them.
fn string(json: &[u8]) -> Option<(&[u8], &[u8])> {
    let inner = json.strip_prefix(b"\"")?;
    let mut at = 0;
    loop {
        at += memchr2(b'"', b'\\', inner.get(at..)?)?;
        if inner.get(at) == Some(&b'"') {
            return Some((inner.get(..at)?, inner.get(at + 1..)?));
        }
        // The sign behind a backslash is no end.
        at += 2;
    }
}

/// What follows the value at the start: a string, or anything without strings in it.
fn skip(json: &[u8]) -> Option<&[u8]> {
    if json.starts_with(b"\"") {
        return string(json).map(|(_, rest)| rest);
    }
    // Numbers and the like; lists and objects are for a reader of JSON.
    let end =
        json.iter().position(|byte| !byte.is_ascii_alphanumeric() && !b"+-.".contains(byte))?;
    (end > 0).then(|| json.get(end..)).flatten()
}

/// Puts what is written into `out`, its escapes resolved; false where it knows one not.
fn unescape(mut written: &[u8], out: &mut Vec<u8>) -> bool {
    while let Some(at) = memchr(b'\\', written) {
        let (before, escape) = written.split_at(at);
        out.extend_from_slice(before);
        let byte = match escape.get(1) {
            Some(b'n') => b'\n',
            Some(b't') => b'\t',
            Some(b'r') => b'\r',
            Some(byte @ (b'"' | b'\\' | b'/')) => *byte,
            // `\u…` and faults.
            _ => return false,
        };
        out.push(byte);
        written = escape.get(2..).unwrap_or_default();
    }
    out.extend_from_slice(written);
    true
}

#[cfg(test)]
mod tests {
    use super::super::{read_document, write_document};
    use super::*;
    use crate::model::{Document, Extra};

    #[test]
    fn the_quick_way_reads_what_the_other_reads() {
        let texts = [
            "",
            "فاس",
            "سطر\nوآخر\r\n\tو\"اقتباس\" و\\ و/",
            "\u{0}\u{1f}\u{7f}\u{2028}",
            "\"",
            "\\",
            "{\"text\":\"x\"}",
            "\\u0041",
        ];
        for text in texts {
            for extra in [
                vec![],
                vec![("n", "-1.5e+3")],
                vec![("o", r#"{"text":"other"}"#)],
                vec![("s", r#""\"text\":\"no\"""#)],
            ] {
                let mut document = Document::new("a\"b".into(), text);
                let pair = |(key, json): (&str, &str)| (key.to_owned(), json.to_owned());
                document.extra = Extra(extra.into_iter().map(pair).collect());
                let mut line = String::new();
                write_document(&mut line, &document);
                let line = line.trim_end_matches('\n').as_bytes();
                let mut out = b"before".to_vec();
                assert!(read_text(line, &mut out));
                assert_eq!(std::str::from_utf8(&out), Ok(text));
                assert_eq!(&**read_document(line).unwrap().text(), text);
            }
        }
    }

    #[test]
    fn a_line_without_a_text_has_none() {
        let mut out = Vec::new();
        for line in [
            "",
            "{}",
            "{\"text\":1}",
            "{\"id\":\"text\"}",
            "{\"text\":\"",
            "[]",
            "{\"text\":\"\\q\"}",
        ] {
            assert!(!read_text(line.as_bytes(), &mut out), "{line}");
        }
        assert!(read_text(b"{ \"id\": \"a\", \"text\": \"b\\u0041\" }", &mut out));
        assert_eq!(out, b"bA");
    }
}
