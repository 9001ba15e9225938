//! Import and export: bytes in, values out.
//!
//! Each format is a row of [`FORMATS`]. Reading hands over one document at a time, with the
//! spans on it, and goes on past what it cannot read, so that all that is wrong with a file
//! is told at once; whether the good part is taken is for the caller to say. Nothing that was
//! handed over is half-read: a document with one bad span is a problem as a whole.
//!
//! Never touches a file, and knows nothing of projects.

mod conll;
mod encoding;
mod jsonl;
mod label_map;
mod losses;
mod records;
mod text;
mod tokens;

use std::io::{self, BufRead, Write};
use std::ops::ControlFlow;

use crate::lang::Bilingual;
use crate::model::{self, Document, Problem, Schema, Span};

pub use jsonl::{FindDocument, Proposal, read_document, read_proposals, read_record};
pub use label_map::{InvalidLabelMap, LabelMap};
pub use losses::Losses;

/// A document and the spans of one set on it, as one unit of a data set.
#[derive(Clone, Debug)]
pub struct Record {
    /// The document; its `given` is the title, date and source to write.
    pub document: Document,
    /// The spans: in text order where they are written, as they came where they are read.
    pub spans: Vec<Span>,
    /// Which of them belong together, in the order in which they are shown.
    pub records: Vec<model::Record>,
}

/// What a reader finds.
#[derive(Debug)]
pub enum Item {
    /// A document that was read whole.
    Record {
        /// The document and its spans.
        record: Box<Record>,
        /// The line in which it stood or began, from 1.
        line: u64,
        /// Whether the file says which spans the document has, be it none at all.
        is_marked: bool,
        /// How many spans the label map left out.
        dropped: usize,
    },
    /// Something that could not be read, or is worth a look. Its place has the line and, where
    /// it is known, the document, but no path.
    Problem(Problem),
}

/// What reading depends on.
#[derive(Clone, Copy, Debug)]
pub struct ReadOptions<'a> {
    /// What the file is called: its path from the folder that is read, with `/` between, or its
    /// name alone. A text's id is that without its extension, and spans say that they came from
    /// it.
    pub file_name: &'a str,
    /// The labels that spans may have.
    pub schema: &'a Schema,
    /// What becomes of labels that have another name here.
    pub map: &'a LabelMap,
}

/// Takes what a reader finds, and says whether to go on.
pub type Take<'a> = dyn FnMut(Item) -> ControlFlow<()> + 'a;

/// Reads a file from its start; fails only if the bytes cannot be had.
pub type Read = fn(&mut dyn BufRead, &ReadOptions<'_>, &mut Take<'_>) -> io::Result<()>;

/// How a format is written: one document after another, each by itself.
#[derive(Clone, Copy, Debug)]
pub struct Writer {
    /// Writes what stands before all documents.
    pub begin: fn(&Schema, &mut dyn Write) -> io::Result<()>,
    /// What of a document the format cannot carry, to be told before it is written.
    pub losses: fn(&Record) -> Losses,
    /// Writes one document.
    pub write: fn(&Record, &Schema, &mut dyn Write) -> io::Result<()>,
}

/// A format of data sets.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// Its word on the command line.
    pub id: &'static str,
    /// Its name for a person.
    pub name: Bilingual,
    /// Extensions of its files, small letters, the usual one first.
    pub extensions: &'static [&'static str],
    /// How it is read; none where it holds too little to come back.
    pub read: Option<Read>,
    /// How it is written.
    pub write: Option<Writer>,
}

/// All formats, in the order of the help.
pub const FORMATS: &[Format] = &[text::FORMAT, jsonl::FORMAT, conll::FORMAT, records::FORMAT];

/// For formats in which nothing stands before the documents.
fn nothing(_: &Schema, _: &mut dyn Write) -> io::Result<()> {
    Ok(())
}

impl Format {
    /// The format of that id.
    #[must_use]
    pub fn of_id(id: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.id == id)
    }

    /// The format whose files have that extension, in whatever case.
    #[must_use]
    pub fn of_extension(extension: &str) -> Option<&'static Self> {
        let extension = extension.to_ascii_lowercase();
        FORMATS.iter().find(|format| format.extensions.contains(&extension.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn ids_and_extensions_are_one_formats() {
        let mut seen = BTreeSet::new();
        for format in FORMATS {
            assert!(seen.insert(format.id), "{} is taken", format.id);
            assert!(format.read.is_some() || format.write.is_some(), "{} is idle", format.id);
            for extension in format.extensions {
                assert_eq!(Format::of_extension(extension).map(|f| f.id), Some(format.id));
            }
            assert_eq!(Format::of_id(format.id).map(|f| f.id), Some(format.id));
        }
        assert!(Format::of_extension("docx").is_none());
    }
}
