//! Learning from finished documents: what can be asked for, and what is said of it.

use egui::Context;

use super::App;
use crate::lang::{DOCUMENT, Message, both};
use crate::project::{Learning, Teacher, tenths};

/// What can be asked for about learning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Learn {
    /// Shows what was learned and gained; learns first, if nothing was.
    Show,
    /// Learns from what is finished now.
    Now,
    /// Forgets what was learned.
    Forget,
}

/// A share as percent with a tenth.
pub(super) fn percent(share: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "a share is between -1 and 1")]
    let text = tenths((share * 1000.0).round() as i64);
    if text.contains(['.', ',']) { text } else { text + ".0" }
}

/// What came of learning, in a line.
pub(super) fn in_words(learning: &Learning) -> Message {
    let report = &learning.report;
    let documents = DOCUMENT.message(report.documents);
    let from = Message::new(
        format!("تعلّم البرنامج من {}", documents.ar),
        format!("Learned from {}", documents.en),
    );
    if !report.is_used() {
        return Message::new(
            format!("{}؛ القواعد وحدها لا تقل عنه، فلا يُستعمل شيء منه", from.ar),
            format!("{}; rules alone are as good, so nothing of it is used", from.en),
        );
    }
    let (rules, with) = report.total();
    let (rules, with) = (percent(rules.f1()), percent(with.f1()));
    Message::new(
        format!("{}: من {rules} بالقواعد وحدها إلى {with} معه", from.ar),
        format!("{}: F1 of {with}, after {rules} by rules alone", from.en),
    )
}

impl App {
    /// Takes what was learned, and lets learn what is to be learned.
    pub(super) fn follow_teacher(&mut self, ctx: &Context) {
        let Some(project) = &mut self.project else { return };
        let waker = ctx.clone();
        if !self.workspace.teacher.follow(project, move || waker.request_repaint()) {
            return;
        }
        if let Some(learning) = project.taught().learning() {
            self.workspace.say(in_words(learning));
        }
        ctx.request_repaint();
    }

    /// Does what was asked for.
    pub(super) fn learn(&mut self, ctx: &Context, asked: Learn) {
        let Some(project) = &mut self.project else { return };
        match asked {
            Learn::Show => {
                let is_new = project.taught().learning().is_none();
                if is_new && project.num_finished() >= Teacher::FEWEST {
                    self.workspace.teacher.ask();
                }
                self.show(ctx, super::dialog::Dialog::Learning);
            }
            Learn::Now => self.workspace.teacher.ask(),
            Learn::Forget => match self.workspace.teacher.forget(project) {
                Ok(()) => self
                    .workspace
                    .say(both("نُسي ما تُعلّم", "What was learned is forgotten").into()),
                Err(error) => self.fail(&error),
            },
        }
    }
}
