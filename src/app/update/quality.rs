//! Counting what became of suggestions, off the frame.

use std::sync::Arc;

use egui::Context;

use crate::app::App;
use crate::app::dialog::Dialog;
use crate::app::quality::{Ask, QualityForm, Tab};
use crate::lang::{Message, both};
use crate::model::{DecisionId, DocumentId};
use crate::project::Quality;

impl App {
    /// Does what was asked for where decisions are looked at.
    pub(super) fn quality(&mut self, ctx: &Context, ask: Ask) {
        match ask {
            Ask::Show(tab) => self.count_decisions(ctx, tab),
            Ask::Recount => {
                if let Some(Dialog::Quality(form)) = &self.workspace.dialog {
                    self.count_decisions(ctx, form.tab);
                }
            }
            Ask::Again(document, id) => self.ask_again(ctx, &document, &id),
        }
    }

    fn count_decisions(&mut self, ctx: &Context, tab: Tab) {
        let Some(project) = &self.project else { return };
        let store = project.store().clone();
        let title = both("تُحصى القرارات…", "Counting the decisions…");
        let shared = ctx.clone();
        self.begin(ctx, title, move |progress| {
            let mut go_on = |done, total| progress.report(done, total);
            let counted = Quality::of(&store, &mut go_on);
            Box::new(move |app| match counted {
                Some(quality) => app.counted_decisions(&shared, tab, quality),
                None => app.workspace.say(Message::new("أُوقف الإحصاء", "Counting was stopped")),
            })
        });
        self.await_task();
    }

    fn counted_decisions(&mut self, ctx: &Context, tab: Tab, mut quality: Quality) {
        let problems = std::mem::take(&mut quality.problems);
        self.workspace.list_problems(problems);
        let trust = Arc::new(quality.trust());
        self.workspace.trusting.take(Arc::clone(&trust), quality.revision);
        self.trust_anew();
        let quality = Arc::new(quality);
        if let Some(Dialog::Quality(form)) = &mut self.workspace.dialog {
            form.recounted(quality, trust);
        } else {
            let form = QualityForm::new(quality, trust, tab);
            self.show(ctx, Dialog::Quality(Box::new(form)));
        }
    }

    fn ask_again(&mut self, ctx: &Context, document: &DocumentId, id: &DecisionId) {
        let Some(project) = &mut self.project else { return };
        if let Err(error) = project.ask_again(document, id) {
            self.fail(&error);
            return;
        }
        self.workspace.say(Message::new(
            "سيُسأل عنه من جديد؛ يمكن التراجع بالمفتاحين Ctrl+Z",
            "It will be asked again; Ctrl+Z takes that back",
        ));
        self.quality(ctx, Ask::Recount);
    }

    /// Goes through suggestions by what their confidence means now.
    pub(in crate::app) fn trust_anew(&mut self) {
        let trust = Arc::clone(&self.workspace.trusting.trust);
        if let Some(review) = &mut self.workspace.review {
            review.set_trust(trust);
        }
    }
}
