//! The figures, as a table and for a machine.

use serde_json::{Map, Value, json};

use crate::agreement::{Agreement, Figure, LEVEL, Measure, ROUNDS, Report, Scores};
use crate::cli::console::{Console, Failure, text};
use crate::lang::{DOCUMENT, Lang, Message};
use crate::model::DocumentId;

/// Columns of the table.
const COLUMNS: usize = 9;

/// What heads them.
fn heads(lang: Lang) -> [&'static str; COLUMNS] {
    match lang {
        Lang::Ar => [
            "الوسم",
            "المرجع",
            "المتوقع",
            "الدقة",
            "الاستيعاب",
            "F1",
            "F1 بالجذع",
            "F1 بالتداخل",
            "القيم",
        ],
        Lang::En => [
            "label",
            "gold",
            "predicted",
            "precision",
            "recall",
            "F1",
            "stem F1",
            "overlap F1",
            "values",
        ],
    }
}

/// Says what came out, for a person.
pub(super) fn say(scores: &Scores, console: &mut Console<'_>) -> Result<(), Failure> {
    let lang = console.lang();
    let (labels, all) = scores.reports();
    let mut rows = vec![heads(lang).map(str::to_owned)];
    rows.extend(labels.iter().map(|(label, report)| row(label.as_str(), report)));
    let name = if lang == Lang::Ar { "الكل" } else { "all" };
    rows.push(row(name, &all));
    let count = DOCUMENT.message(scores.num_documents());
    let percent = LEVEL * 100.0;
    console.say(&Message::new(
        format!("{}؛ بين المعقوفين ما يقع فيه {percent:.0} % من السحبات", count.ar),
        format!("{}; in brackets where {percent:.0} % of the draws lie", count.en),
    ))?;
    let mut widths = [0; COLUMNS];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    for row in &rows {
        let cells: Vec<String> =
            row.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        console.say(&text(|_| cells.join("  ").trim_end().to_owned()))?;
    }
    for (gold, predicted, count) in scores.confusion() {
        console.say(&Message::new(
            format!("{gold} أُخذ على أنه {predicted}: {count}"),
            format!("{gold} taken for {predicted}: {count}"),
        ))?;
    }
    Ok(())
}

fn row(name: &str, report: &Report) -> [String; COLUMNS] {
    let figure = |measure| report.figure(measure).map_or_else(|| "–".to_owned(), in_words);
    [
        name.to_owned(),
        report.tally.gold.to_string(),
        report.tally.predicted.to_string(),
        figure(Measure::Precision(Agreement::Exact)),
        figure(Measure::Recall(Agreement::Exact)),
        figure(Measure::F1(Agreement::Exact)),
        figure(Measure::F1(Agreement::SameStem)),
        figure(Measure::F1(Agreement::Overlapping)),
        figure(Measure::Values),
    ]
}

fn in_words(figure: Figure) -> String {
    let Figure { value, interval } = figure;
    format!("{value:.3} [{:.3} {:.3}]", interval.low, interval.high)
}

/// What came out, for a machine.
pub(super) fn json(
    scores: &Scores,
    only_gold: &[DocumentId],
    only_predicted: &[DocumentId],
) -> Value {
    let (labels, all) = scores.reports();
    let labels: Map<String, Value> =
        labels.iter().map(|(label, report)| (label.to_string(), of(report))).collect();
    let confusion: Vec<Value> = scores
        .confusion()
        .map(|(gold, predicted, count)| {
            json!({ "gold": gold.as_str(), "predicted": predicted.as_str(), "count": count })
        })
        .collect();
    let ids = |ids: &[DocumentId]| -> Vec<Value> {
        ids.iter().map(|id| id.as_str().into()).collect()
    };
    json!({
        "documents": scores.num_documents(),
        "only_gold": ids(only_gold),
        "only_predicted": ids(only_predicted),
        "rounds": ROUNDS,
        "level": LEVEL,
        "labels": labels,
        "all": of(&all),
        "confusion": confusion,
    })
}

fn of(report: &Report) -> Value {
    let figure = |measure| {
        report.figure(measure).map(|Figure { value, interval }| {
            json!({ "value": value, "low": interval.low, "high": interval.high })
        })
    };
    let tally = &report.tally;
    let matched = |count: u32, agreement| {
        json!({
            "count": count,
            "precision": figure(Measure::Precision(agreement)),
            "recall": figure(Measure::Recall(agreement)),
            "f1": figure(Measure::F1(agreement)),
        })
    };
    json!({
        "gold": tally.gold,
        "predicted": tally.predicted,
        "exact": matched(tally.exact, Agreement::Exact),
        "same_stem": matched(tally.same_stem, Agreement::SameStem),
        "overlapping": matched(tally.overlapping, Agreement::Overlapping),
        "values": {
            "compared": tally.valued,
            "same": tally.same_value,
            "accuracy": figure(Measure::Values),
        },
    })
}
