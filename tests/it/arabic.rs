//! Words, stems and occurrences on the gold spans beside this repository.

#![expect(clippy::print_stderr, reason = "figures, and what is skipped, are to be read")]

use std::path::Path;

use serde_json::Value;
use tawsim::arabic::{fold_span, occurrences, stem, word_at};
use tawsim::text::{CharOffset, TextIndex, TextRange, previous_boundary};

/// The articles with the ranges of their gold spans; none where they are not there.
fn seeds() -> Option<Vec<(String, Vec<TextRange>)>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/gold/seeds.jsonl");
    let Ok(lines) = std::fs::read_to_string(&path) else {
        eprintln!("SKIPPED: {} is not there", path.display());
        return None;
    };
    let read = |line: &str| {
        let seed: Value = serde_json::from_str(line).unwrap();
        let text = seed["text"].as_str().unwrap().to_owned();
        let index = TextIndex::new(&text);
        let spans = seed["spans"].as_array().unwrap().iter().map(|span| {
            let at = |field: &str| {
                let at = CharOffset(span[field].as_u64().unwrap());
                index.offset_of_char(&text, at).unwrap()
            };
            TextRange::new(at("start"), at("end")).unwrap()
        });
        let spans = spans.collect();
        (text, spans)
    };
    Some(lines.lines().map(read).collect())
}

#[test]
fn double_clicks_find_both_edges_of_nearly_all_gold_spans() {
    let Some(seeds) = seeds() else { return };
    let (mut num_spans, mut behind_clitics, mut starts, mut ends) = (0, 0, 0, 0);
    for (text, spans) in &seeds {
        for span in spans {
            let first = word_at(text, span.start());
            let last = word_at(text, previous_boundary(text, span.end()));
            num_spans += 1;
            behind_clitics += usize::from(first.start() < span.start());
            starts += usize::from(stem(text, first).start() == span.start());
            ends += usize::from(last.end() == span.end());
        }
    }
    eprintln!("{num_spans} spans, {behind_clitics} of them behind a clitic:");
    eprintln!("the first word's stem starts {starts}, the last word ends {ends}");
    assert!(starts * 100 >= num_spans * 97, "{starts} of {num_spans} starts");
    assert!(ends * 100 >= num_spans * 97, "{ends} of {num_spans} ends");
}

#[test]
fn a_gold_span_finds_all_others_of_its_words() {
    let Some(seeds) = seeds() else { return };
    let (mut pairs, mut missed) = (0, 0);
    for (text, spans) in &seeds {
        for span in spans {
            let found = occurrences(text, *span);
            let words = fold_span(text, *span);
            for other in spans.iter().filter(|other| *other != span) {
                if fold_span(text, *other) == words {
                    pairs += 1;
                    missed += usize::from(!found.contains(other));
                }
            }
        }
    }
    eprintln!("{pairs} pairs of spans have the same words; {missed} are not found");
    assert_eq!(missed, 0);
}
