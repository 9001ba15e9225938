//! `tawsim stats`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::console::{Console, Failure};
use super::project;
use crate::lang::{DOCUMENT, Lang, Message, SPAN};
use crate::model::{AnnotatorId, LabelId, State};
use crate::store::Documents;

/// Counts documents, states and spans
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The project's folder
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Reports in JSON
    #[arg(long)]
    json: bool,
}

/// What one annotator has done, or what is gold.
#[derive(Default)]
struct Tally {
    /// Documents by state; those without a set are new.
    states: BTreeMap<State, usize>,
    spans: BTreeMap<LabelId, usize>,
    doubtful: usize,
}

pub(super) fn run(args: &Args, console: &mut Console<'_>) -> Result<(), Failure> {
    let store = project::open_and_tell(&args.folder, console)?;
    let documents = store.documents();
    let chars: u64 = documents.iter().map(|entry| entry.num_chars).sum();
    let tallies = tallies(&documents);
    if args.json {
        let of: serde_json::Map<_, _> =
            tallies.iter().map(|(name, tally)| (name.to_string(), tally.json())).collect();
        return console.json(&serde_json::json!({
            "name": store.name(),
            "documents": documents.len(),
            "code_points": chars,
            "sets": of,
        }));
    }
    let count = DOCUMENT.message(documents.len());
    console.say(&Message::new(
        format!("{}: {}، {chars} محرف يونيكود", store.name(), count.ar),
        format!("{}: {}, {chars} code points", store.name(), count.en),
    ))?;
    for (name, tally) in &tallies {
        console.say(&Message::new(
            format!("{name}: {}", tally.text(Lang::Ar)),
            format!("{name}: {}", tally.text(Lang::En)),
        ))?;
    }
    Ok(())
}

/// Everybody's tally; the gold sets are under their reserved name.
fn tallies(documents: &Documents) -> BTreeMap<AnnotatorId, Tally> {
    let mut tallies: BTreeMap<AnnotatorId, Tally> = BTreeMap::new();
    for set in documents.iter().flat_map(|entry| &entry.sets) {
        let tally = tallies.entry(set.annotator.clone()).or_default();
        *tally.states.entry(set.state).or_default() += 1;
        tally.doubtful += set.doubtful as usize;
        for (label, count) in &set.labels {
            *tally.spans.entry(label.clone()).or_default() += *count as usize;
        }
    }
    for tally in tallies.values_mut() {
        let begun: usize = tally.states.values().sum();
        *tally.states.entry(State::New).or_default() += documents.len() - begun;
    }
    tallies
}

impl Tally {
    fn num_spans(&self) -> usize {
        self.spans.values().sum()
    }

    fn json(&self) -> serde_json::Value {
        let states: serde_json::Map<_, _> = State::ALL
            .into_iter()
            .map(|state| {
                let count = self.states.get(&state).copied().unwrap_or_default();
                (state.id().to_owned(), count.into())
            })
            .collect();
        let labels: serde_json::Map<_, _> = self
            .spans
            .iter()
            .map(|(label, count)| (label.to_string(), (*count).into()))
            .collect();
        serde_json::json!({
            "states": states,
            "spans": self.num_spans(),
            "doubtful": self.doubtful,
            "labels": labels,
        })
    }

    fn text(&self, lang: Lang) -> String {
        let states = State::ALL.into_iter().filter_map(|state| {
            let count = self.states.get(&state).copied().filter(|count| *count > 0)?;
            Some(format!("{} {count}", state.name().get(lang).to_lowercase()))
        });
        let labels = self.spans.iter().map(|(label, count)| format!("{label} {count}"));
        let (states, labels): (Vec<_>, Vec<_>) = (states.collect(), labels.collect());
        let comma = if lang == Lang::Ar { "، " } else { ", " };
        let spans = SPAN.count(lang, self.num_spans());
        let mut text = format!("{}; {spans}", states.join(comma));
        if !labels.is_empty() {
            text.push_str(&format!(" ({})", labels.join(comma)));
        }
        text
    }
}
