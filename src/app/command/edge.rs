//! The edges of the selection, or of the chosen span: outward by `[` and `]`, inward with Shift.

use super::{Command, Desk, Scope};
use crate::app::action::Action;
use crate::app::review::Ask;
use crate::arabic::Unit;
use crate::edit::{Edge, EdgeMove, moved};
use crate::lang::{Bilingual, Explain as _, both};
use crate::model::Anchoring;
use crate::text::Way;

pub(super) const COMMANDS: &[Command] = &[
    edge(
        "start.earlier.letter",
        both("قدّم البداية حرفًا", "Start a letter earlier"),
        &["["],
        |desk| desk.move_edge(Edge::Start, Way::Backward, Unit::Grapheme),
    ),
    edge(
        "start.earlier.clitic",
        both("قدّم البداية لاصقة", "Start a clitic earlier"),
        &["Alt+["],
        |desk| desk.move_edge(Edge::Start, Way::Backward, Unit::Clitic),
    ),
    edge(
        "start.earlier.word",
        both("قدّم البداية كلمة", "Start a word earlier"),
        &["Ctrl+["],
        |desk| desk.move_edge(Edge::Start, Way::Backward, Unit::Word),
    ),
    edge(
        "start.later.letter",
        both("أخّر البداية حرفًا", "Start a letter later"),
        &["Shift+["],
        |desk| desk.move_edge(Edge::Start, Way::Forward, Unit::Grapheme),
    ),
    edge(
        "start.later.clitic",
        both("أخّر البداية لاصقة", "Start a clitic later"),
        &["Alt+Shift+["],
        |desk| desk.move_edge(Edge::Start, Way::Forward, Unit::Clitic),
    ),
    edge(
        "start.later.word",
        both("أخّر البداية كلمة", "Start a word later"),
        &["Ctrl+Shift+["],
        |desk| desk.move_edge(Edge::Start, Way::Forward, Unit::Word),
    ),
    edge(
        "end.later.letter",
        both("أخّر النهاية حرفًا", "End a letter later"),
        &["]"],
        |desk| desk.move_edge(Edge::End, Way::Forward, Unit::Grapheme),
    ),
    edge(
        "end.later.clitic",
        both("أخّر النهاية لاصقة", "End a clitic later"),
        &["Alt+]"],
        |desk| desk.move_edge(Edge::End, Way::Forward, Unit::Clitic),
    ),
    edge(
        "end.later.word",
        both("أخّر النهاية كلمة", "End a word later"),
        &["Ctrl+]"],
        |desk| desk.move_edge(Edge::End, Way::Forward, Unit::Word),
    ),
    edge(
        "end.earlier.letter",
        both("قدّم النهاية حرفًا", "End a letter earlier"),
        &["Shift+]"],
        |desk| desk.move_edge(Edge::End, Way::Backward, Unit::Grapheme),
    ),
    edge(
        "end.earlier.clitic",
        both("قدّم النهاية لاصقة", "End a clitic earlier"),
        &["Alt+Shift+]"],
        |desk| desk.move_edge(Edge::End, Way::Backward, Unit::Clitic),
    ),
    edge(
        "end.earlier.word",
        both("قدّم النهاية كلمة", "End a word earlier"),
        &["Ctrl+Shift+]"],
        |desk| desk.move_edge(Edge::End, Way::Backward, Unit::Word),
    ),
];

const fn edge(
    id: &'static str,
    title: Bilingual,
    keys: &'static [&'static str],
    action: fn(&Desk<'_>) -> Option<Action>,
) -> Command {
    Command { id, title, keys, scope: Scope::Article, action }
}

impl Desk<'_> {
    /// What moving an edge does: to the selection if there is one, else to the chosen span.
    fn move_edge(&self, edge: Edge, way: Way, unit: Unit) -> Option<Action> {
        let step = EdgeMove { edge, way, unit };
        let selection = self.workspace.article.selection();
        if selection.is_empty() && self.in_hand().is_some() {
            return Some(Action::Review(Ask::MoveEdge(step)));
        }
        if selection.is_empty() {
            return self.chosen().map(|span| Action::MoveEdge(span.id.clone(), step));
        }
        Some(match moved(self.document()?, Anchoring::Characters, selection, step) {
            Ok(range) => Action::Select(range, edge),
            Err(refusal) => Action::Say(refusal.explain()),
        })
    }
}
