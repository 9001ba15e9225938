//! Choosing spans, one by one and those of one place; moving their edges; removing them.

use super::App;
use super::action::Step;
use super::widget::ArticleView;
use crate::edit::{Edge, EdgeMove};
use crate::lang::Message;
use crate::model::SpanId;
use crate::project::Project;

impl App {
    pub(super) fn choose(&mut self, id: Option<SpanId>, scrolls: bool) {
        let range = id.as_ref().and_then(|id| {
            let set = self.project.as_ref()?.set()?;
            Some(set.span(id)?.range)
        });
        if let Some(range) = range {
            let article = &mut self.workspace.article;
            // A caret that is there stays, so that all spans of its place can be gone through.
            if range.start() <= article.caret() && article.caret() <= range.end() {
                article.collapse();
            } else {
                article.put_caret(range.end());
            }
            article.show(range.start());
            self.workspace.show_span_row = !scrolls || self.workspace.chosen != id;
        }
        self.workspace.chosen = id;
    }

    pub(super) fn step_span(&mut self, step: Step) {
        let Some(set) = self.project.as_ref().and_then(Project::set) else { return };
        let spans = set.spans();
        let chosen = self.workspace.chosen.as_ref();
        let at = chosen.and_then(|id| spans.iter().position(|span| span.id == *id));
        let caret = self.workspace.article.selection().end();
        let next = match (at, step) {
            (Some(at), Step::Next) => Some((at + 1) % spans.len()),
            (Some(at), Step::Previous) => Some((at + spans.len() - 1) % spans.len()),
            (None, Step::Next) => spans
                .iter()
                .position(|span| span.range.start() >= caret)
                .or((!spans.is_empty()).then_some(0)),
            (None, Step::Previous) => spans
                .iter()
                .rposition(|span| span.range.end() <= caret)
                .or_else(|| spans.len().checked_sub(1)),
        };
        let id = next.and_then(|at| spans.get(at)).map(|span| span.id.clone());
        match id {
            Some(id) => self.choose(Some(id), true),
            None => self.workspace.say(Message::new(
                "لا مواضع في هذا المقال بعد",
                "This document has no spans yet",
            )),
        }
    }

    pub(super) fn remove(&mut self, id: &SpanId) {
        let Some(project) = &mut self.project else { return };
        match project.remove(id) {
            Ok(()) => self.workspace.chosen = None,
            Err(error) => self.fail(&error),
        }
        self.workspace.focus = Some(ArticleView::id());
    }

    /// Chooses the smallest span at the caret or, where that is chosen, the next one around it.
    pub(super) fn choose_here(&mut self) {
        let Some(project) = &self.project else { return };
        let here = project.spans_at(self.workspace.article.caret());
        let chosen = self.workspace.chosen.as_ref();
        let at = here.iter().position(|span| Some(&span.id) == chosen);
        let next = at.map_or(0, |at| (at + 1) % here.len().max(1));
        let Some(id) = here.get(next).map(|span| span.id.clone()) else { return };
        let (nth, count) = (next + 1, here.len());
        self.choose(Some(id), true);
        if count > 1 {
            self.workspace.say(Message::new(
                format!("الموضع {nth} من {count} هنا"),
                format!("Span {nth} of {count} here"),
            ));
        }
    }

    /// Moves an edge of a span, and shows where it is then.
    pub(super) fn move_edge(&mut self, id: &SpanId, step: EdgeMove) {
        let Some(project) = &mut self.project else { return };
        if let Err(error) = project.move_edge(id, step) {
            self.fail(&error);
            return;
        }
        let span = project.set().and_then(|set| set.span(id));
        if let Some(range) = span.map(|span| span.range) {
            self.workspace.article.show(match step.edge {
                Edge::Start => range.start(),
                Edge::End => range.end(),
            });
        }
    }
}
