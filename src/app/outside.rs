//! What other programs change while the window is open: a `git pull`, a synced drive.
//!
//! Looked for when the window gains the focus, in a thread of its own.

use std::path::PathBuf;

use egui::Context;

use super::App;
use super::action::Action;
use crate::lang::{Explain as _, Message, both};
use crate::store::{Outside, Store};

/// What was found in a project's folder.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found {
    root: PathBuf,
    files: Result<Outside, Message>,
    guidelines: Result<String, Message>,
}

/// Looks, and reads what has changed.
fn look(store: &Store) -> Found {
    Found {
        root: store.root().to_owned(),
        files: store.look().map_err(|error| error.explain()),
        guidelines: store.guidelines().map_err(|error| error.explain()),
    }
}

impl App {
    /// Looks for what has changed, if the window has just gained the focus.
    pub(super) fn look_outside(&mut self, ctx: &Context) {
        let gained = ctx.input(|input| {
            let mut events = input.events.iter().rev();
            events.find_map(|event| match event {
                egui::Event::WindowFocused(gained) => Some(*gained),
                _ => None,
            })
        });
        if gained != Some(true) || self.is_looking || self.task.is_some() {
            return;
        }
        let Some(project) = &self.project else { return };
        let (store, sender, ctx) = (project.store().clone(), self.sender.clone(), ctx.clone());
        let work = move || {
            // The window may have been closed meanwhile; then nobody waits for it.
            sender.send(Action::FoundOutside(Box::new(look(&store)))).ok();
            ctx.request_repaint();
        };
        // If no thread can be had, the next focus or the next edit will tell.
        let begun = std::thread::Builder::new().name("look".to_owned()).spawn(work);
        self.is_looking = begun.is_ok();
    }

    /// Shows what was found.
    pub(super) fn found_outside(&mut self, ctx: &Context, found: Found) {
        self.is_looking = false;
        let Some(project) = &mut self.project else { return };
        // Another project may have been opened meanwhile.
        if project.store().root() != found.root {
            return;
        }
        self.workspace.guide.take(found.guidelines);
        let news = both(
            "غيّر برنامج آخر ملفات هذا المشروع؛ يُعرض ما فيها الآن",
            "another program has changed files of this project; what they say now is shown",
        );
        match found.files {
            Ok(Outside::Nothing) => {}
            Ok(Outside::Files(problems)) => {
                project.reload();
                self.workspace.list_problems(problems);
                self.workspace.say(news.into());
            }
            Ok(Outside::Project) => {
                let (root, annotator) = (found.root, project.annotator().clone());
                self.asked = project.document().map(|document| document.id().clone());
                self.news = Some(Message::from(both(
                    "غيّر برنامج آخر project.ron، ففُتح المشروع من جديد",
                    "another program has changed project.ron, so the project was opened anew",
                )));
                self.take_written();
                self.open_project(ctx, root, Some(annotator));
            }
            Err(why) => self.workspace.complain(why),
        }
    }

    /// Reads the guidelines, to be shown.
    pub(super) fn read_guidelines(&mut self) {
        let Some(project) = &self.project else { return };
        let read = project.store().guidelines().map_err(|error| error.explain());
        self.workspace.guide.take(read);
    }
}
