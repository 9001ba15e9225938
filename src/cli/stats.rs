//! `tawsim stats`.

use std::path::PathBuf;

use super::console::{Console, Failure};
use super::project;
use crate::lang::{Bilingual, DOCUMENT, Lang, Message, SPAN, both};
use crate::model::State;
use crate::project::{Figures, GroupBy, Progress, Quality, Rate, Tally, tenths};

/// Counts documents, states and spans, tells when and how fast they came, and how good the
/// suggestions were that were decided about
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The project's folder
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Reports in JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, console: &mut Console<'_>) -> Result<(), Failure> {
    let store = project::open_and_tell(&args.folder, console)?;
    let Some(progress) = Progress::of(&store, &mut |_, _| true)? else { return Ok(()) };
    let Some(quality) = Quality::of(&store, &mut |_, _| true) else { return Ok(()) };
    console.problems(&quality.problems);
    let chars = progress.num_chars;
    if args.json {
        let of: serde_json::Map<_, _> = progress
            .tallies
            .iter()
            .map(|(name, tally)| (name.to_string(), json(tally)))
            .collect();
        return console.json(&serde_json::json!({
            "name": store.name(),
            "documents": progress.num_documents,
            "code_points": chars,
            "sets": of,
            "suggestions": suggestions(&quality),
        }));
    }
    let count = DOCUMENT.message(progress.num_documents);
    console.say(&Message::new(
        format!("{}: {}، {chars} محرف يونيكود", store.name(), count.ar),
        format!("{}: {}, {chars} code points", store.name(), count.en),
    ))?;
    for (name, tally) in &progress.tallies {
        console.say(&Message::new(
            format!("{name}: {}", text(tally, Lang::Ar)),
            format!("{name}: {}", text(tally, Lang::En)),
        ))?;
    }
    for figures in quality.figures(GroupBy::Source, None) {
        let source = figures.group.source.clone().unwrap_or_default();
        console.say(&Message::new(
            format!("{source}: {}", told(&figures, Lang::Ar)),
            format!("{source}: {}", told(&figures, Lang::En)),
        ))?;
    }
    Ok(())
}

/// How good a source is, in a line.
fn told(figures: &Figures, lang: Lang) -> String {
    let counts = figures.counts;
    let mut parts = Vec::new();
    for (name, count) in [
        (both("قُبل كما اقتُرح", "accepted as proposed"), counts.as_proposed),
        (both("صُحّح", "corrected"), counts.corrected),
        (both("رُفض", "rejected"), counts.rejected),
        (both("حُذف لاحقًا", "removed later"), counts.removed),
        (both("تُخطّي", "skipped"), counts.skipped),
    ] {
        parts.push(format!("{} {count}", name.get(lang)));
    }
    for (name, rate) in [
        (both("الدقة", "precision"), counts.precision()),
        (both("الاستدعاء", "recall"), figures.recall),
    ] {
        if let Some(rate) = rate {
            let (low, high) = (rate.interval.low, rate.interval.high);
            parts.push(format!("{} {:.3} ({low:.3}–{high:.3})", name.get(lang), rate.share()));
        }
    }
    parts.join(if lang == Lang::Ar { "، " } else { ", " })
}

/// How good the suggestions were by everybody's decisions, in three groupings, and what the
/// sources' confidence means.
fn suggestions(quality: &Quality) -> serde_json::Value {
    let rate = |rate: Option<Rate>| {
        rate.map(|it| {
            serde_json::json!({
                "share": it.share(),
                "count": it.count,
                "of": it.of,
                "low": it.interval.low,
                "high": it.interval.high,
            })
        })
    };
    let group = |by: GroupBy| -> Vec<_> {
        let figures = quality.figures(by, None).into_iter();
        let row = |Figures { group, counts, recall }| {
            serde_json::json!({
                "source": group.source,
                "rule": group.rule,
                "label": group.label.map(|label| label.to_string()),
                "accepted_as_proposed": counts.as_proposed,
                "corrected": counts.corrected,
                "corrected_label": counts.label,
                "corrected_edges": counts.edges,
                "corrected_value": counts.value,
                "rejected": counts.rejected,
                "skipped": counts.skipped,
                "removed": counts.removed,
                "precision": rate(counts.precision()),
                "recall": rate(recall),
            })
        };
        figures.map(row).collect()
    };
    let trust = quality.trust();
    let confidence = trust.sources().map(|(source, fitted)| {
        serde_json::json!({
            "source": source,
            "decided": fitted.num_decided,
            "error": fitted.before.error,
            "error_recalibrated": fitted.after.as_ref().map(|after| after.error),
            "recalibrated": fitted.is_used(),
        })
    });
    serde_json::json!({
        "decisions": quality.cases.len(),
        "sources": group(GroupBy::Source),
        "rules": group(GroupBy::Rule),
        "labels": group(GroupBy::Label),
        "confidence": confidence.collect::<Vec<_>>(),
    })
}

fn json(tally: &Tally) -> serde_json::Value {
    let states: serde_json::Map<_, _> = State::ALL
        .into_iter()
        .map(|state| (state.id().to_owned(), tally.num_in_state(state).into()))
        .collect();
    let labels: serde_json::Map<_, _> =
        tally.spans.iter().map(|(label, count)| (label.to_string(), (*count).into())).collect();
    let days = tally.over_time().into_iter().map(|moment| {
        serde_json::json!({
            "day": moment.day.to_string(),
            "spans": moment.work.spans,
            "finished": moment.work.finished,
            "active_seconds": moment.work.active / 1000,
            "spans_so_far": moment.spans,
            "finished_so_far": moment.finished,
        })
    });
    let per_document = tally.distribution().map(|found| {
        serde_json::json!({
            "most": found.most,
            "median": found.median,
            "fewest": found.fewest,
            "without": found.without,
        })
    });
    serde_json::json!({
        "states": states,
        "spans": tally.num_spans(),
        "doubtful": tally.doubtful,
        "labels": labels,
        "spans_per_document": per_document,
        "days": days.collect::<Vec<_>>(),
        "active_seconds": tally.active() / 1000,
        "spans_per_hour": tally.spans_per_hour().map(tenths_as_number),
        "documents_per_day": tally.documents_per_day().map(tenths_as_number),
    })
}

fn text(tally: &Tally, lang: Lang) -> String {
    let states = State::ALL.into_iter().filter_map(|state| {
        let count = Some(tally.num_in_state(state)).filter(|count| *count > 0)?;
        Some(format!("{} {count}", state.name().get(lang).to_lowercase()))
    });
    let labels = tally.spans.iter().map(|(label, count)| format!("{label} {count}"));
    let (states, labels): (Vec<_>, Vec<_>) = (states.collect(), labels.collect());
    let comma = if lang == Lang::Ar { "، " } else { ", " };
    let spans = SPAN.count(lang, tally.num_spans());
    let mut text = format!("{}; {spans}", states.join(comma));
    if !labels.is_empty() {
        text.push_str(&format!(" ({})", labels.join(comma)));
    }
    let mut tell = |name: Bilingual, number: Option<String>| {
        if let Some(number) = number {
            text.push_str(&format!("; {} {number}", name.get(lang)));
        }
    };
    let doubtful = Some(tally.doubtful).filter(|count| *count > 0);
    tell(both("مشكوك فيه", "doubtful"), doubtful.map(|count| count.to_string()));
    tell(both("مواضع في الساعة", "spans per hour"), tally.spans_per_hour().map(tenths));
    tell(both("مقالات في اليوم", "documents per day"), tally.documents_per_day().map(tenths));
    text
}

#[expect(clippy::cast_precision_loss, reason = "a pace is far below 2⁵³")]
fn tenths_as_number(tenths: i64) -> f64 {
    tenths as f64 / 10.0
}
