//! Plain text: one UTF-8 file, one document.
//!
//! The text is taken exactly as it stands, with its line ends, tabs and marks of direction.
//! Only a byte order mark at the very start is left out, and that is recorded. The document
//! has no title of its own: its first line serves (see [`Document::title`]).

use std::io::{self, BufRead};
use std::ops::ControlFlow;

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
        Ok(document) => Item::Record {
            record: Box::new(Record { document, spans: Vec::new() }),
            line: 1,
            is_marked: false,
            dropped: 0,
        },
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

/// The document, or what is wrong with it in which line.
fn document(file_name: &str, bytes: Vec<u8>) -> Result<Document, (Option<u64>, Message)> {
    if Offset::new(bytes.len()).is_none() {
        let ar = "النص أطول من 4 غيبيبايت";
        return Err((None, Message::new(ar, "the text is longer than 4 GiB")));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        let before = error.as_bytes().get(..offset).unwrap_or_default();
        let line = before.iter().filter(|byte| **byte == b'\n').count() as u64 + 1;
        (Some(line), not_utf8(offset as u64))
    })?;
    let (text, had_bom) = match text.strip_prefix('\u{FEFF}') {
        Some(rest) => (rest.to_owned(), true),
        None => (text, false),
    };
    let mut document = Document::new(stem(file_name).into(), text);
    document.had_bom = had_bom;
    Ok(document)
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
            prop_assert_eq!(is_text, matches!(items("a", &bytes)[..], [Item::Record { .. }]));
        }
    }
}
