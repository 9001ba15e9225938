//! CoNLL in two columns: a token, a tabulator, its IOB2 tag.
//!
//! A document begins with `-DOCSTART- -X- O O` and a blank line; a blank line also ends each
//! paragraph and each sentence (UAX #29) that no span runs across. A span always begins with
//! `B-`. Tokens and the choice among overlapping spans are those of [`tokens`]. Written only:
//! the text cannot be put together from its tokens.

use std::io::{self, Write};

use unicode_segmentation::UnicodeSegmentation as _;

use super::tokens::{self, is_space};
use super::{Format, Losses, Record, Writer, nothing};
use crate::lang::{Message, both};
use crate::model::{LabelId, Place, Problem, Severity, Span};
use crate::text::{Offset, TextRange};

pub(super) const FORMAT: Format = Format {
    id: "conll",
    name: both("CoNLL (IOB2)", "CoNLL (IOB2)"),
    extensions: &["conll", "iob", "iob2", "bio"],
    read: None,
    write: Some(Writer { begin: nothing, losses, write: |record, _, out| write(record, out) }),
};

fn losses(record: &Record) -> Losses {
    let document = &record.document;
    let records = record.records.len();
    let (kept, dropped) = tokens::flatten(document, &record.spans);
    let count = |is: fn(&Span) -> bool| kept.iter().filter(|span| is(span)).count();
    let left_out = |span: &Span, what| Problem {
        severity: Severity::Warning,
        place: Place {
            document: Some(document.id().clone()),
            range: Some(span.range),
            ..Place::default()
        },
        what,
    };
    let mut spans: Vec<_> = dropped
        .iter()
        .map(|(span, other)| {
            let (a, b) = (document.slice(span.range), document.slice(other.range));
            let (label, other) = (&span.label, &other.label);
            left_out(
                span,
                Message::new(
                    format!("يُترك «{a}» ({label}) لأنه يتداخل مع «{b}» ({other})"),
                    format!("“{a}” ({label}) is left out: it overlaps “{b}” ({other})"),
                ),
            )
        })
        .collect();
    for span in &kept {
        if document.slice(span.range).chars().all(is_space) {
            let label = &span.label;
            let what = Message::new(
                format!("يُترك موضع {label}: ليس فيه إلا مسافات"),
                format!("a span of {label} is left out: there is nothing but spaces in it"),
            );
            spans.push(left_out(span, what));
        }
    }
    Losses {
        spans,
        values: count(|span| span.value.is_some()),
        attributes: count(|span| !span.attributes.is_empty()),
        notes: count(|span| !span.note.is_empty()),
        doubts: count(|span| span.doubtful),
        documents: 1,
        spaces: document.text().chars().any(is_space),
        records,
        outside: 0,
    }
}

fn write(record: &Record, out: &mut dyn Write) -> io::Result<()> {
    let document = &record.document;
    let text = document.text();
    let (spans, _) = tokens::flatten(document, &record.spans);
    let edges: Vec<Offset> =
        spans.iter().flat_map(|span| [span.range.start(), span.range.end()]).collect();
    out.write_all(b"-DOCSTART- -X- O O\n\n")?;
    let mut ends = ends(text).into_iter().peekable();
    let mut spans = spans.into_iter().peekable();
    let mut inside: Option<TextRange> = None;
    let mut is_fresh = true;
    for token in tokens::tokens(text, &edges) {
        while spans.next_if(|span| span.range.end() <= token.start()).is_some() {}
        let span = spans.peek().filter(|span| span.range.covers(token));
        let goes_on = span.is_some_and(|span| inside == Some(span.range));
        let mut ended = false;
        while ends.next_if(|end| *end <= token.start()).is_some() {
            ended = true;
        }
        if ended && !goes_on && !is_fresh {
            out.write_all(b"\n")?;
        }
        is_fresh = false;
        out.write_all(text.get(token.to_range()).unwrap_or_default().as_bytes())?;
        match span {
            None => out.write_all(b"\tO\n")?,
            Some(span) => {
                let begins = if goes_on { "I" } else { "B" };
                writeln!(out, "\t{begins}-{}", tag(&span.label))?;
            }
        }
        inside = span.map(|span| span.range);
    }
    // What follows, if anything, is another document.
    if is_fresh { Ok(()) } else { out.write_all(b"\n") }
}

/// The label as a tag, which can have no white space.
fn tag(label: &LabelId) -> String {
    label.as_str().chars().map(|c| if is_space(c) { '_' } else { c }).collect()
}

/// Where paragraphs and sentences end, in text order.
fn ends(text: &str) -> Vec<Offset> {
    let sentences = text.split_sentence_bound_indices();
    let mut ends: Vec<_> =
        sentences.map(|(at, sentence)| Offset::at(at + sentence.len())).collect();
    ends.extend(text.match_indices('\n').map(|(at, _)| Offset::at(at + 1)));
    ends.sort();
    ends.dedup();
    ends
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::Document;

    /// A document with labeled stretches, found one after another.
    fn record(text: &str, spans: &[(&str, &str)]) -> Record {
        let document = Document::new("a".into(), text);
        let mut after = 0;
        let spans = spans.iter().enumerate().map(|(number, (label, quote))| {
            let start = after + text[after..].find(quote).unwrap();
            after = start + quote.len();
            let id = format!("T{number}");
            Span::new(id.as_str().into(), (*label).into(), TextRange::of(start..after))
        });
        let spans = spans.collect();
        Record { document, spans, records: Vec::new() }
    }

    fn written(record: &Record) -> String {
        let mut out = Vec::new();
        write(record, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[track_caller]
    fn check(text: &str, spans: &[(&str, &str)], expected: &str) {
        let rows = written(&record(text, spans));
        let rows = rows.strip_prefix("-DOCSTART- -X- O O\n\n").unwrap();
        assert_eq!(rows.replace('\t', " "), expected);
    }

    /// The chunks of rows in strict IOB2, as seqeval reads them: a label and its tokens. An
    /// `I-` that continues nothing is a panic.
    fn chunks(file: &str) -> Vec<(String, Vec<String>)> {
        let mut chunks: Vec<(String, Vec<String>)> = Vec::new();
        let mut open = false;
        for row in file.split('\n') {
            if row.is_empty() || row == "-DOCSTART- -X- O O" {
                open = false;
                continue;
            }
            // Readers split rows at any white space.
            let columns: Vec<_> = row.split(is_space).collect();
            let [token, tag] = columns.as_slice() else { panic!("not two columns: {row:?}") };
            match tag.split_once('-') {
                None => {
                    assert_eq!(*tag, "O");
                    open = false;
                }
                Some(("B", label)) => {
                    chunks.push((label.to_owned(), vec![(*token).to_owned()]));
                    open = true;
                }
                Some(("I", label)) => {
                    let last = chunks.last_mut().filter(|(l, _)| open && l == label).unwrap();
                    last.1.push((*token).to_owned());
                }
                Some(_) => panic!("no tag: {tag}"),
            }
        }
        chunks
    }

    #[test]
    fn a_clitic_is_a_token_before_the_span() {
        check(
            "شخصين بالناظور",
            &[("COUNT", "شخصين"), ("CITY", "الناظور")],
            "شخصين B-COUNT\nب O\nالناظور B-CITY\n\n",
        );
        check("للمديرية", &[("AGENCY", "لمديرية")], "ل O\nلمديرية B-AGENCY\n\n");
    }

    #[test]
    fn a_span_begins_with_b_also_next_to_another() {
        check(
            "18 ديسمبر فاس،سلا",
            &[("DATE", "18 ديسمبر"), ("CITY", "فاس"), ("CITY", "سلا")],
            "18 B-DATE\nديسمبر I-DATE\nفاس B-CITY\n، O\nسلا B-CITY\n\n",
        );
        check("فاسسلا", &[("CITY", "فاس"), ("CITY", "سلا")], "فاس B-CITY\nسلا B-CITY\n\n");
    }

    #[test]
    fn a_blank_line_ends_sentences_and_paragraphs_but_no_span() {
        check("قال. ثم\n\nعاد", &[], "قال O\n. O\n\nثم O\n\nعاد O\n\n");
        check(
            "\nقال. ثم\nعاد",
            &[("X Y", "قال. ثم\nعاد")],
            "قال B-X_Y\n. I-X_Y\nثم I-X_Y\nعاد I-X_Y\n\n",
        );
        check("", &[], "");
        check(" \n", &[], "");
    }

    #[test]
    fn what_is_lost_is_told() {
        let mut record = record("ولاية أمن فاس  \n", &[("AGENCY", "ولاية أمن فاس"), ("X", " ")]);
        record.spans[0].value = Some("أمن".to_owned());
        let city = TextRange::of("ولاية أمن ".len().."ولاية أمن فاس".len());
        record.spans.push(Span::new("T9".into(), "CITY".into(), city));
        let losses = losses(&record);
        let told: Vec<_> =
            losses.spans.iter().map(|problem| problem.what.en.as_str()).collect();
        assert_eq!(
            told,
            [
                "“فاس” (CITY) is left out: it overlaps “ولاية أمن فاس” (AGENCY)",
                "a span of X is left out: there is nothing but spaces in it",
            ]
        );
        assert_eq!((losses.values, losses.notes, losses.spaces), (1, 0, true));
        assert_eq!(chunks(&written(&record)).len(), 1);
    }

    proptest! {
        #[test]
        fn a_strict_reader_finds_every_kept_span_and_every_letter(
            text in "[ء-ي\u{64B}-\u{652}a-c1-3 .،؟#_\t\n\r\u{A0}\u{200F}\u{200D}🙂👩\u{1F1F2}\u{FEFF}\u{0}\u{1C}]{0,60}",
            cuts in prop::collection::vec((0_usize..120, 0_usize..120, 0_usize..3), 0..6),
        ) {
            let mut record = Record { document: Document::new("a".into(), text.as_str()), spans: Vec::new(), records: Vec::new() };
            for (number, (a, b, label)) in cuts.into_iter().enumerate() {
                let near = |at: usize| Offset::at(text.floor_char_boundary(at.min(text.len())));
                let range = crate::text::widen(&text, TextRange::between(near(a), near(b)));
                if !range.is_empty() {
                    let id = format!("T{number}");
                    let label = ["CITY", "DATE", "A B"][label];
                    record.spans.push(Span::new(id.as_str().into(), label.into(), range));
                }
            }
            let file = written(&record);
            let letters = |text: &str| -> String { text.chars().filter(|c| !is_space(*c)).collect() };
            let (kept, _) = tokens::flatten(&record.document, &record.spans);
            let expected: Vec<_> = kept
                .into_iter()
                .map(|span| (tag(&span.label), letters(record.document.slice(span.range))))
                .filter(|(_, quote)| !quote.is_empty())
                .collect();
            let found: Vec<_> =
                chunks(&file).into_iter().map(|(label, tokens)| (label, tokens.concat())).collect();
            prop_assert_eq!(found, expected);
            let tokens = file.lines().filter_map(|row| row.split_once('\t'));
            let all: String = tokens.map(|(token, _)| token).collect();
            prop_assert_eq!(all, letters(&text));
        }
    }
}
