//! Counting the project, off the frame.

use std::sync::Arc;

use egui::Context;

use crate::app::App;
use crate::app::dialog::Dialog;
use crate::app::statistics::{Statistics, StatisticsForm};
use crate::app::widget::Field;
use crate::lang::{Message, both};
use crate::project::Progress;

impl App {
    pub(super) fn statistics(&mut self, ctx: &Context, asked: Statistics) {
        match asked {
            Statistics::Show => {
                let Some(project) = &self.project else { return };
                let known = self.workspace.progress.clone();
                match known.filter(|known| known.revision == project.revision()) {
                    Some(progress) => self.counted(ctx, progress),
                    None => self.count(ctx),
                }
            }
            Statistics::Recount => self.count(ctx),
            Statistics::List(words) => {
                self.workspace.end_dialogs();
                self.workspace.search = Field::new(&words);
                self.workspace.state_filter = None;
                self.focus_search();
            }
        }
    }

    fn count(&mut self, ctx: &Context) {
        let Some(project) = &self.project else { return };
        let store = project.store().clone();
        let title = both("يُحصى المشروع…", "Counting the project…");
        let shared = ctx.clone();
        self.begin(ctx, title, move |progress| {
            let counted = Progress::of(&store, &mut |done, total| progress.report(done, total));
            Box::new(move |app| match counted {
                Ok(Some(progress)) => app.counted(&shared, Arc::new(progress)),
                Ok(None) => {
                    app.workspace.say(Message::new("أُوقف الإحصاء", "Counting was stopped"));
                }
                Err(error) => app.fail(&error),
            })
        });
        // A small project is counted before an eye would notice; nothing else flashes up.
        self.await_task();
    }

    /// Shows what was counted.
    fn counted(&mut self, ctx: &Context, progress: Arc<Progress>) {
        let Some(project) = &self.project else { return };
        self.workspace.progress = Some(Arc::clone(&progress));
        if let Some(Dialog::Statistics(form)) = &mut self.workspace.dialog {
            form.recounted(progress);
        } else {
            let form = StatisticsForm::new(progress, project.annotator().clone());
            self.show(ctx, Dialog::Statistics(Box::new(form)));
        }
    }
}
