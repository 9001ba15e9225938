//! What a key asks for that is not there: said, so that the key does not seem dead.

use super::{Command, Desk, edge, span};
use crate::lang::{Bilingual, both};

/// What to do before a command for spans can do something.
pub(in crate::app) fn lacks(command: &Command, desk: &Desk<'_>) -> Option<Bilingual> {
    let of = |group: &[Command]| group.iter().any(|other| other.id == command.id);
    if desk.document().is_none() || !(of(span::COMMANDS) || of(edge::COMMANDS)) {
        return None;
    }
    Some(match command.id {
        "span.here" => both(
            "لا موضع عند المؤشر: ضع المؤشر على كلمات موسومة",
            "No span at the caret: put it on words that are marked",
        ),
        "span.resize" if desk.chosen().is_some() => both(
            "حدّد أولًا الكلمات التي يُجعل الموضع عليها",
            "Select the words first that the span is to cover",
        ),
        _ if desk.chosen().is_some() => return None,
        _ => CHOOSE_FIRST,
    })
}

/// That a span must be chosen.
pub(in crate::app) const CHOOSE_FIRST: Bilingual = both(
    "اختر موضعًا أولًا: انقر عليه، أو اضغط \u{2066}Tab\u{2069}",
    "Choose a span first: click on it, or press Tab",
);
