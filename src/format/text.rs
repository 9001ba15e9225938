//! Plain text: one file, one document.
//!
//! The text is taken exactly as it stands, with its line ends, tabs and marks of direction.
//! Only a byte order mark at the very start is left out, and that is recorded. The document
//! has no title of its own: its first line serves (see [`Document::title`]). A file that is
//! not in UTF-8 but in another encoding of [`super::encoding`] is read, and that is told.

use std::io::{self, BufRead};
use std::ops::ControlFlow;

use super::encoding::{Encoding, Undecodable, decode};
use super::{Format, Item, ReadOptions, Record, Take};
use crate::lang::{Message, both};
use crate::model::{Document, Place, Problem, Severity};
use crate::text::Offset;

pub(super) const FORMAT: Format = Format {
    id: "text",
    name: both("نص", "plain text"),
    extensions: &["txt", "text"],
    read: Some(read),
    write: None,
};

fn read(
    source: &mut dyn BufRead,
    options: &ReadOptions<'_>,
    take: &mut Take<'_>,
) -> io::Result<()> {
    let mut bytes = Vec::new();
    source.read_to_end(&mut bytes)?;
    let item = match document(options.file_name, bytes) {
        Ok((document, encoding)) => {
            if let Some(what) = encoding.notice() {
                let place = Place { document: Some(document.id().clone()), ..Place::default() };
                let notice = Problem { severity: Severity::Notice, place, what };
                if take(Item::Problem(notice)).is_break() {
                    return Ok(());
                }
            }
            Item::Record {
                record: Box::new(Record { document, spans: Vec::new(), records: Vec::new() }),
                line: 1,
                is_marked: false,
                dropped: 0,
            }
        }
        Err((line, what)) => {
            let place = Place { line, ..Place::default() };
            Item::Problem(Problem { severity: Severity::Error, place, what })
        }
    };
    match take(item) {
        // There is nothing after the one document to go on with.
        ControlFlow::Continue(()) | ControlFlow::Break(()) => Ok(()),
    }
}

/// The document and what it was written in, or what is wrong with it in which line.
fn document(
    file_name: &str,
    bytes: Vec<u8>,
) -> Result<(Document, Encoding), (Option<u64>, Message)> {
    let too_long = || {
        let ar = "النص أطول من 4 غيبيبايت";
        (None, Message::new(ar, "the text is longer than 4 GiB"))
    };
    if Offset::new(bytes.len()).is_none() {
        return Err(too_long());
    }
    let decoded =
        decode(bytes).map_err(|error| (Some(error.lines as u64 + 1), undecodable(&error)))?;
    // A letter of Windows-1256 has two or three bytes in UTF-8.
    if Offset::new(decoded.text.len()).is_none() {
        return Err(too_long());
    }
    let mut document = Document::new(stem(file_name).into(), decoded.text);
    document.had_bom = decoded.had_bom;
    Ok((document, decoded.encoding))
}

/// The message on a file in no encoding that is known here.
fn undecodable(error: &Undecodable) -> Message {
    let offset = error.offset;
    match error.encoding {
        Encoding::Utf8 | Encoding::Windows1256 => Message::new(
            format!(
                "البايت {offset} من الملف ليس UTF-8، ولا يُقرأ الملف نصًّا عربيًّا بترميز \
                 Windows-1256 أو UTF-16: احفظ الملف بترميز UTF-8 ثم استورده"
            ),
            format!(
                "byte {offset} of the file is not UTF-8, and the file does not read as Arabic in \
                 Windows-1256 or UTF-16: save the file as UTF-8 and try again"
            ),
        ),
        Encoding::Utf16Le | Encoding::Utf16Be => Message::new(
            format!(
                "يبدأ الملف بعلامة UTF-16، لكن البايت {offset} ليس منه: احفظ الملف بترميز UTF-8 \
                 ثم استورده"
            ),
            format!(
                "the file begins with the mark of UTF-16, but byte {offset} is not UTF-16: save \
                 the file as UTF-8 and try again"
            ),
        ),
    }
}

/// The message on bytes that are no UTF-8, the first of them at `offset` of the file.
pub(super) fn not_utf8(offset: u64) -> Message {
    Message::new(
        format!("البايت {offset} من الملف ليس UTF-8: احفظ الملف بترميز UTF-8 ثم استورده"),
        format!("byte {offset} of the file is not UTF-8: save the file as UTF-8 and try again"),
    )
}

/// A file's name or path without its last extension.
fn stem(file_name: &str) -> &str {
    match file_name.rsplit_once('.') {
        // A name that only begins with a point has no extension; nor has one in such a folder.
        Some((stem, end)) if !stem.is_empty() && !stem.ends_with('/') && !end.contains('/') => {
            stem
        }
        _ => file_name,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::format::LabelMap;
    use crate::model::Schema;

    fn items(file_name: &str, bytes: &[u8]) -> Vec<Item> {
        let options =
            ReadOptions { file_name, schema: &Schema::default(), map: &LabelMap::default() };
        let mut items = Vec::new();
        let mut source = bytes;
        read(&mut source, &options, &mut |item| {
            items.push(item);
            ControlFlow::Continue(())
        })
        .unwrap();
        items
    }

    #[track_caller]
    fn check(bytes: &[u8], text: &str, had_bom: bool) {
        let items = items("مقال.txt", bytes);
        let [Item::Record { record, .. }] = items.as_slice() else {
            panic!("not one document: {items:?}");
        };
        assert_eq!(record.document.id().as_str(), "مقال");
        assert_eq!((&**record.document.text(), record.document.had_bom), (text, had_bom));
    }

    #[test]
    fn a_text_is_taken_as_it_stands() {
        for text in ["", "سطر\r\n\tثان\u{A0}\u{200F}\n", "\0", "\u{200E}قال\u{FEFF}قال", "كـــَ"]
        {
            check(text.as_bytes(), text, false);
        }
    }

    #[test]
    fn a_leading_mark_is_dropped_once_and_recorded() {
        check("\u{FEFF}قال\u{FEFF}".as_bytes(), "قال\u{FEFF}", true);
        check("\u{FEFF}\u{FEFF}".as_bytes(), "\u{FEFF}", true);
    }

    #[test]
    fn bytes_that_are_no_utf8_are_named_by_line_and_place() {
        let items = items("a.txt", b"ab\ncd\xC8\xE1\n");
        let [Item::Problem(problem)] = items.as_slice() else { panic!("{items:?}") };
        assert_eq!((problem.severity, problem.place.line), (Severity::Error, Some(2)));
        assert!(problem.what.en.contains("byte 5 "), "{}", problem.what.en);
    }

    #[test]
    fn a_file_that_is_read_in_another_encoding_is_told_before_its_document() {
        let items = items("a.txt", b"\xDE\xC7\xE1 \xC7\xE1\xE6\xD2\xED\xD1\r\n");
        let [Item::Problem(notice), Item::Record { record, .. }] = items.as_slice() else {
            panic!("{items:?}");
        };
        assert_eq!(&**record.document.text(), "قال الوزير\r\n");
        assert_eq!(notice.severity, Severity::Notice);
        assert_eq!(notice.place.document.as_ref(), Some(record.document.id()));
        for text in [&notice.what.ar, &notice.what.en] {
            assert!(text.contains("Windows-1256"), "{text}");
        }
    }

    #[test]
    fn an_id_is_the_name_without_its_extension() {
        assert_eq!(stem("a.txt"), "a");
        assert_eq!(stem("a.b.txt"), "a.b");
        assert_eq!(stem(".hidden"), ".hidden");
        assert_eq!(stem("a"), "a");
        assert_eq!(stem("أخبار/2024.1/a.txt"), "أخبار/2024.1/a");
        assert_eq!(stem("2024.1/a"), "2024.1/a");
        assert_eq!(stem("sub/.hidden"), "sub/.hidden");
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_text_or_a_problem(bytes in prop::collection::vec(any::<u8>(), 0..100)) {
            let is_text = std::str::from_utf8(&bytes).is_ok();
            let items = items("a", &bytes);
            let is_taken = matches!(items[..], [Item::Record { .. }]);
            // What is taken otherwise is told.
            let is_told = matches!(items[..], [Item::Problem(_), Item::Record { .. }]);
            prop_assert!(is_taken || is_told || matches!(items[..], [Item::Problem(_)]));
            prop_assert!(!is_text || is_taken || is_told);
            prop_assert!(is_text || !is_taken);
        }
    }
}
