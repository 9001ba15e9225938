//! What would be imported: asked for while a dialog is open, read in a thread, shown in it.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use egui::Context;

use super::App;
use super::action::Import;
use super::dialog::Dialog;
use super::task::Progress;
use super::widget::Field;
use crate::lang::Message;
use crate::model::Schema;
use crate::project::Plan;

/// The files and folders that a dialog names: one, to be written, or several that were dropped.
#[derive(Clone, Debug)]
pub(super) struct Sources {
    /// The one that is written.
    pub(super) path: Field,
    /// Those that were dropped, if several were.
    pub(super) several: Vec<PathBuf>,
}

impl Default for Sources {
    fn default() -> Self {
        Self { path: Field::path(), several: Vec::new() }
    }
}

impl Sources {
    /// Names other files and folders.
    pub(super) fn set(&mut self, paths: &[PathBuf]) {
        *self = Self::default();
        match paths {
            [path] => self.path.follow(&path.display().to_string()),
            several => self.several = several.to_vec(),
        }
    }

    /// The files and folders; none if nothing is written.
    pub(super) fn paths(&self) -> Vec<PathBuf> {
        let written = self.path.text().trim();
        match self.several.as_slice() {
            [] if written.is_empty() => Vec::new(),
            [] => vec![PathBuf::from(written)],
            several => several.to_vec(),
        }
    }
}

/// What is to be looked at.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Look {
    /// Which files, and how they would be taken.
    pub(super) import: Import,
    /// The labels of a project that is not there yet; those of the open one otherwise.
    pub(super) schema: Option<Schema>,
}

/// What would be imported, as far as it is known.
#[derive(Clone, Debug, Default)]
pub(super) struct Preview {
    /// What was last asked for, and since when in egui's seconds.
    pub(super) asked: Option<(Look, f64)>,
    /// What is being looked at, and what was found.
    shown: Option<(Look, Arc<Found>)>,
}

/// What a thread finds. It ends where nobody waits for it any more.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) progress: Progress,
    pub(super) outcome: OnceLock<Result<Plan, Message>>,
}

impl Preview {
    /// What was found of that.
    pub(super) fn of(&self, look: &Look) -> Option<&Arc<Found>> {
        let shown = self.shown.as_ref().filter(|(of, _)| of == look);
        shown.map(|(_, found)| found)
    }

    /// What was found, if all was read.
    pub(super) fn plan(&self) -> Option<&Plan> {
        self.shown.as_ref()?.1.outcome.get()?.as_ref().ok()
    }
}

impl App {
    /// Reads what the open dialog would import, in a thread.
    pub(super) fn look(&mut self, ctx: &Context, look: Look) {
        let project = self.project.as_ref();
        let (store, schema) = match (&look.schema, project) {
            (Some(schema), _) => (None, schema.clone()),
            (None, Some(project)) => (Some(project.store().clone()), project.schema().clone()),
            (None, None) => return,
        };
        let annotator = project.map(|project| project.annotator().clone());
        let preview = match &mut self.workspace.dialog {
            Some(Dialog::New(form)) => &mut form.preview,
            Some(Dialog::Import(form)) => &mut form.preview,
            _ => return,
        };
        let found = Arc::new(Found::default());
        let (theirs, import, waker) = (Arc::clone(&found), look.import.clone(), ctx.clone());
        preview.shown = Some((look, found));
        let at = (self.ambient.now)();
        let read = move || {
            let outcome = super::import::planned(
                &import,
                (store.as_ref(), annotator.as_ref(), &schema),
                at,
                // Where the dialog waits for something else or is closed, this is the last one.
                &mut |done, total| {
                    theirs.progress.report(done, total) && Arc::strong_count(&theirs) > 1
                },
            );
            theirs.outcome.set(outcome).ok();
            waker.request_repaint();
        };
        if let Err(error) = std::thread::Builder::new().name("preview".to_owned()).spawn(read) {
            self.workspace.complain(Message::new(error.to_string(), error.to_string()));
        }
    }
}
