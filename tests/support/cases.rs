//! Annotated articles, and which suggestions for them are right.

use std::fs;
use std::path::{Path, PathBuf};

use tawsim::agreement::{Agreement, Pair, align};
use tawsim::extract::{Confidence, Extractor, Suggestion};
use tawsim::format::read_record;
use tawsim::model::{Span, SpanId};

/// Suggestions for one article, each with whether an annotator has marked the same.
pub(crate) type Case = Vec<(Suggestion, bool)>;

/// The annotated articles that are there: those of the package, and those that lie beside it.
pub(crate) fn files() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = [
        "tests/data/extract/tuned.jsonl",
        "tests/data/extract/held.jsonl",
        "../shared/gold/seeds.jsonl",
    ];
    files.iter().map(|file| root.join(file)).filter(|path| path.exists()).collect()
}

/// What is suggested for each article of a file.
pub(crate) fn cases(path: &Path) -> Vec<Case> {
    let file = fs::read_to_string(path).unwrap();
    let mut extractor = Extractor::default();
    file.lines()
        .map(|line| {
            let record = read_record(line).unwrap();
            let text = record.document.text();
            let date = record.document.given.date.as_deref();
            let found = extractor.suggest(text, date.and_then(|date| date.parse().ok()));
            let spans: Vec<Span> = found
                .iter()
                .enumerate()
                .map(|(number, it)| {
                    Span::new(SpanId::new(number.to_string()), it.target.id().into(), it.range)
                })
                .collect();
            let mut case: Case = found.into_iter().map(|it| (it, false)).collect();
            for pair in align(text, &record.spans, &spans) {
                if let Pair::Both { predicted, agreement: Agreement::Exact, .. } = pair {
                    case[predicted].1 = true;
                }
            }
            case
        })
        .collect()
}

/// The scores of each article's suggestions when fitted to all other articles, each with whether it
/// was right.
pub(crate) fn left_out(cases: &[Case]) -> Vec<(f64, bool)> {
    let mut scored = Vec::new();
    for (number, case) in cases.iter().enumerate() {
        let others = cases.iter().enumerate().filter(|(other, _)| *other != number);
        let others: Case = others.flat_map(|(_, case)| case.iter().cloned()).collect();
        let fitted = Confidence::fit(&others);
        scored.extend(case.iter().map(|(it, right)| (f64::from(fitted.of(it)), *right)));
    }
    scored
}
