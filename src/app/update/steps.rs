//! Undo, redo, and going to any step.

use egui::Context;

use crate::app::App;
use crate::app::action::Step;
use crate::app::widget::ArticleView;
use crate::edit::Done;
use crate::lang::{DOCUMENT, Message, SPAN, STEP, both, isolated};
use crate::project::{Error, LookAt, Project};

/// How many edits are taken back, or done again, within a frame; more are work for a task.
const WITHIN_A_FRAME: usize = 200;

impl App {
    /// Takes the last step back, or does the next one again.
    pub(super) fn go_by(&mut self, ctx: &Context, step: Step) {
        let Some(project) = &self.project else { return };
        let history = project.history();
        let target = match step {
            Step::Next => (history.num_done() + 1).min(history.len()),
            Step::Previous => history.num_done().saturating_sub(1),
        };
        self.go_to_step(ctx, target);
    }

    /// Takes steps back or does them again until `target` are done, and shows where that is.
    pub(super) fn go_to_step(&mut self, ctx: &Context, target: usize) {
        let Some(project) = &mut self.project else { return };
        let from = project.history().num_done();
        if project.num_edits_to(target) <= WITHIN_A_FRAME {
            let gone = project.go_to(target, &mut |_, _| true);
            self.gone(from, gone);
            return;
        }
        let Some(mut project) = self.project.take() else { return };
        let title = both("يُنتقل إلى الخطوة…", "Going to the step…");
        self.begin(ctx, title, move |progress| {
            let gone = project.go_to(target, &mut |done, total| progress.report(done, total));
            Box::new(move |app| {
                app.project = Some(project);
                app.gone(from, gone);
            })
        });
    }

    /// Shows or hides the list of steps; at first it shows the last one. The search over all
    /// documents makes way for it: both together leave too little of the article.
    pub(super) fn toggle_history(&mut self) {
        self.workspace.shows_history ^= true;
        self.settings.layout.shows_steps = self.workspace.shows_history;
        self.settings_changed = true;
        self.workspace.search_all.is_open &= !self.workspace.shows_history;
        self.workspace.steps_seen = (usize::MAX, 0);
    }

    /// Says what going from a step came to, and shows where.
    fn gone(&mut self, from: usize, gone: Result<Option<LookAt>, Error>) {
        match gone {
            Ok(look_at) => {
                let said = self.project.as_ref().and_then(|project| said(project, from));
                if let Some(look_at) = look_at {
                    self.show_place(look_at);
                }
                if let Some(message) = said {
                    self.workspace.say(message);
                }
            }
            Err(error) => self.fail(&error),
        }
    }

    /// Opens the document of a place, and chooses the span there or selects its letters.
    pub(super) fn show_place(&mut self, (document, range): LookAt) {
        let open = self.project.as_ref().and_then(Project::document);
        if open.is_none_or(|open| *open.id() != document) {
            self.open_document(&document);
        }
        let open = self.project.as_ref().and_then(Project::document);
        if open.is_none_or(|open| *open.id() != document) {
            return;
        }
        let Some(set) = self.project.as_ref().and_then(Project::set) else { return };
        // A span whose edge has moved back is not where the step left it, but still the same.
        let chosen = self.workspace.chosen.as_ref();
        let mut spans = set.spans().iter();
        let there = spans.clone().find(|span| span.range == range).or_else(|| {
            spans.find(|span| Some(&span.id) == chosen && span.range.overlaps(range))
        });
        let id = there.map(|span| span.id.clone());
        if id.is_some() {
            self.choose(id, true);
        } else {
            // Nothing is there any more: the letters that it was on show where it was.
            self.workspace.chosen = None;
            if !range.is_empty() {
                self.workspace.article.select(range);
            }
        }
        self.workspace.focus = Some(ArticleView::id());
    }
}

/// What going from a step is worth saying: how many steps it was, or how much one step was that
/// is not seen as a whole.
fn said(project: &Project, from: usize) -> Option<Message> {
    let history = project.history();
    let here = history.num_done();
    let is_back = here < from;
    let count = here.abs_diff(from);
    let verb =
        if is_back { both("تراجع", "Undone") } else { both("أُعيد", "Done again") };
    if count > 1 {
        let steps = STEP.message(count);
        return Some(Message::new(
            format!("{}: {}", verb.ar, steps.ar),
            format!("{}: {}", verb.en, steps.en),
        ));
    }
    let step = history.get(here.min(from)).filter(|step| count == 1 && is_wide(step))?;
    let (name, words) = (step.transaction.step.name(), isolated(&step.words));
    let spans = SPAN.message(step.num_spans());
    let documents = DOCUMENT.message(step.num_documents);
    if matches!(
        step.transaction.step,
        crate::edit::Step::SetState | crate::edit::Step::DeclareGold
    ) {
        return Some(Message::new(
            format!("{}: {} · {}", verb.ar, name.ar, documents.ar),
            format!("{}: {}, {}", verb.en, name.en, documents.en),
        ));
    }
    Some(Message::new(
        format!("{}: {} «{words}» · {} · {}", verb.ar, name.ar, spans.ar, documents.ar),
        format!("{}: {} “{words}”, {} in {}", verb.en, name.en, spans.en, documents.en),
    ))
}

fn is_wide(step: &Done) -> bool {
    match step.transaction.step {
        crate::edit::Step::Spread => true,
        crate::edit::Step::Relabel => step.num_spans() > 1,
        _ => step.num_documents > 1,
    }
}
