//! What taking another program's suggestions did, told.

use super::console::{Console, Failure, problem_json};
use crate::lang::{DOCUMENT, Message, SPAN, SUGGESTION};
use crate::project::ProposeReport;

/// Says what was taken, and what is wrong.
pub(super) fn report(
    found: &ProposeReport,
    (source, is_json): (&str, bool),
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let end = if found.taken.is_some() { Ok(()) } else { Err(Failure::Told) };
    if is_json {
        let lang = console.lang();
        let problems: Vec<_> = found.problems.iter().map(|p| problem_json(p, lang)).collect();
        let taken = found.taken.unwrap_or_default();
        console.json(&serde_json::json!({
            "imported": found.taken.is_some(),
            "source": source,
            "documents": taken.documents,
            "suggestions": taken.suggestions,
            "replaced_documents": taken.replaced,
            "left_out_spans": found.dropped,
            "problems": problems,
        }))?;
        return end;
    }
    console.problems(&found.problems);
    let Some(taken) = found.taken else {
        console.note(&Message::new(
            "لم يُستورد شيء؛ ‎--keep-going يستورد السليم وحده",
            "nothing was imported; --keep-going imports what is well",
        ));
        return end;
    };
    for message in in_words(source, found) {
        console.say(&message)?;
    }
    let documents = DOCUMENT.message(taken.documents);
    console.say(&Message::new(
        format!("يقترح المصدر «{source}» الآن في: {}", documents.ar),
        format!("`{source}` suggests something in {} now", documents.en),
    ))?;
    end
}

fn in_words(source: &str, found: &ProposeReport) -> Vec<Message> {
    let Some(taken) = found.taken else { return Vec::new() };
    let suggestions = SUGGESTION.message(taken.suggestions);
    let mut said = vec![Message::new(
        format!("استُورد من «{source}»: {}", suggestions.ar),
        format!("imported from `{source}`: {}", suggestions.en),
    )];
    if taken.replaced > 0 {
        let documents = DOCUMENT.message(taken.replaced);
        said.push(Message::new(
            format!("حلّ محل ما اقترحه هذا المصدر قبلُ في: {}", documents.ar),
            format!("this took the place of what it had suggested before in {}", documents.en),
        ));
    }
    if found.dropped > 0 {
        let count = SPAN.message(found.dropped);
        said.push(Message::new(
            format!("أُسقط بـ ‎--map: {}", count.ar),
            format!("left out by --map: {}", count.en),
        ));
    }
    said
}
