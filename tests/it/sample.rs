//! The sample project: read without a complaint, its marked half true to its own rules, and
//! nothing in it copied.

use std::collections::BTreeSet;
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use tawsim::format::{Format, Item, LabelMap, ReadOptions, Record};
use tawsim::model::Schema;
use tawsim::text::Offset;

const ARTICLES: &str = include_str!("../../assets/sample/articles.jsonl");
const GUIDELINES: &str = include_str!("../../assets/sample/guidelines.md");

/// So many words in a row are a copy.
const RUN: usize = 8;

fn records() -> Vec<Record> {
    let (schema, map) = (Schema::default(), LabelMap::default());
    let options = ReadOptions { file_name: "articles.jsonl", schema: &schema, map: &map };
    let mut records = Vec::new();
    let read = Format::of_id("jsonl").unwrap().read.unwrap();
    read(&mut ARTICLES.as_bytes(), &options, &mut |item| {
        match item {
            Item::Record { record, .. } => records.push(*record),
            Item::Problem(problem) => panic!("{problem:?}"),
        }
        ControlFlow::Continue(())
    })
    .unwrap();
    records
}

#[test]
fn half_of_the_sample_is_marked_and_half_is_left() {
    let marked: Vec<bool> = records().iter().map(|record| !record.spans.is_empty()).collect();
    assert_eq!(marked, [true, true, true, false, false, false]);
}

#[test]
fn the_samples_values_are_of_their_kinds() {
    let schema = Schema::default();
    let mut labels = BTreeSet::new();
    for Record { document, spans, .. } in records() {
        for span in spans {
            let label = schema.label(&span.label).unwrap();
            let value = span.value.unwrap_or_default();
            let words = document.slice(span.range);
            assert!(label.value.accepts(&value), "{words}: {value} is no {}", label.id);
            labels.insert(span.label.to_string());
        }
    }
    assert_eq!(labels.len(), schema.labels().count(), "every label is shown");
}

#[test]
fn no_name_of_the_sample_is_marked_in_one_place_and_left_in_another() {
    for Record { document, spans, .. } in records() {
        let text = document.text();
        for span in &spans {
            let name = document.slice(span.range);
            // Shorter ones stand in other words too; numbers and times mean different things.
            if name.chars().count() < 5 || !matches!(span.label.as_str(), "CITY" | "AGENCY") {
                continue;
            }
            for (start, _) in text.match_indices(name) {
                let at = Offset::at(start);
                let is_marked = spans.iter().any(|other| other.range.contains(at));
                assert!(is_marked, "`{name}` at byte {start} of `{}`", document.id());
            }
        }
    }
}

#[test]
fn nothing_in_the_sample_is_copied() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let Ok(corpus) = fs::read_dir(shared.join("corpus")) else {
        println!("skipped: there is no corpus beside the project");
        return;
    };
    let mut known = BTreeSet::new();
    for path in corpus.map(|entry| entry.unwrap().path()).chain([shared.join("GUIDELINES.md")])
    {
        known.extend(runs(&fs::read_to_string(path).unwrap()));
    }
    assert!(known.len() > 1_000, "the corpus was read");
    let texts: Vec<String> =
        records().iter().map(|record| record.document.text().to_string()).collect();
    for text in texts.iter().map(String::as_str).chain([GUIDELINES]) {
        let copied = runs(text).into_iter().find(|run| known.contains(run));
        assert_eq!(copied, None);
    }
}

/// All runs of so many words.
fn runs(text: &str) -> Vec<String> {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.windows(RUN).map(|run| run.join(" ")).collect()
}

#[test]
fn the_labels_that_come_with_it_have_colors_that_all_eyes_tell_apart() {
    for label in Schema::default().labels() {
        let is_held =
            tawsim::theme::LABEL_COLORS.iter().any(|(color, _)| *color == label.color);
        assert!(is_held, "{}: {:?} is no color of the palette", label.id, label.color);
    }
}
