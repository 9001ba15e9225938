//! Imports: what the dialog asked for, in a thread.

use egui::Context;

use super::App;
use super::action::Import;
use super::dialog::Dialog;
use super::task::Progress;
use crate::lang::{DOCUMENT, Explain as _, Message, PROBLEM, SPAN, both};
use crate::model::{AnnotatorId, Schema, Timestamp};
use crate::project::{
    DateOfName, ImportError, ImportOptions, ImportReport, Plan, Project, collect_while, import,
    plan,
};
use crate::store::{Error, Imported, Store};

impl App {
    /// Runs an import in a thread, which has the project meanwhile.
    pub(super) fn import(&mut self, ctx: &Context, what: Import) {
        let Some(project) = self.project.take() else { return };
        // If it fails, what was written is there when the dialog is opened again.
        if let Some(Dialog::Import(form)) = self.workspace.dialog.take() {
            self.workspace.import_draft = Some(form);
        }
        self.workspace.end_dialogs();
        let now = self.ambient.now;
        let title = both("تُستورد الملفات…", "Importing…");
        self.begin(ctx, title, move |progress| {
            let report = import_into(&project, &what, now(), progress);
            Box::new(move |app| app.imported(project, report))
        });
    }

    pub(super) fn imported(
        &mut self,
        mut project: Project,
        report: Result<ImportReport, ImportError>,
    ) {
        project.reload();
        let was_empty = project.document().is_none();
        self.project = Some(project);
        match report {
            Err(error) => self.fail(&error),
            Ok(report) => {
                self.workspace.shows_problems = !report.problems.is_empty();
                match &report.imported {
                    Some(taken) => {
                        self.workspace.import_draft = None;
                        self.workspace.say(told(taken, &report));
                    }
                    None => self.workspace.complain(Message::new(
                        "لم يُستورد شيء: انظر المشكلات",
                        "nothing was imported: see the problems",
                    )),
                }
                self.workspace.list_problems(report.problems);
                if was_empty {
                    self.open_first();
                }
            }
        }
    }
}

/// What an import has brought, in a sentence.
fn told(taken: &Imported, report: &ImportReport) -> Message {
    let (documents, spans) = (DOCUMENT.message(taken.documents), SPAN.message(taken.spans));
    let mut ar = format!("استُورد: {}، {}", documents.ar, spans.ar);
    let mut en = format!("imported {}, {}", documents.en, spans.en);
    let mut add = |count: usize, (noun, before): (&crate::lang::Noun, (&str, &str))| {
        if count > 0 {
            let count = noun.message(count);
            ar.push_str(&format!("؛ {}: {}", before.0, count.ar));
            en.push_str(&format!("; {}: {}", before.1, count.en));
        }
    };
    add(taken.same, (&DOCUMENT, ("كان في المشروع", "already there")));
    add(report.dropped, (&SPAN, ("أُسقط", "left out")));
    add(report.doubts, (&PROBLEM, ("في المواضع", "the spans have")));
    Message::new(ar, en)
}

/// Imports what was asked for, as the project's annotator.
pub(super) fn import_into(
    project: &Project,
    what: &Import,
    at: Timestamp,
    progress: &Progress,
) -> Result<ImportReport, ImportError> {
    let inputs = collect_while(&what.paths, None, &mut || progress.report(0, 0))?;
    let Some(session) = project.session() else {
        let path = project.store().root().to_owned();
        return Err(ImportError::Store(Error::ReadOnly { path }));
    };
    let mut go_on = |done, total| progress.report(done, total);
    with_options(what, at, |options| {
        import(project.store(), session, &inputs, options, &mut go_on)
    })
}

/// What an import would bring into `store`, or into a new project.
pub(super) fn planned(
    what: &Import,
    (store, annotator, schema): (Option<&Store>, Option<&AnnotatorId>, &Schema),
    at: Timestamp,
    go_on: &mut dyn FnMut(usize, usize) -> bool,
) -> Result<Plan, Message> {
    let explain = |error: ImportError| match error {
        ImportError::Stopped => Message::new("أُوقفت القراءة", "The reading was stopped"),
        error => error.explain(),
    };
    let inputs = collect_while(&what.paths, None, &mut || go_on(0, 0)).map_err(explain)?;
    // In a project that is not there yet, spans will be those of whoever makes it.
    let someone = AnnotatorId::new("annotator").ok();
    let annotator = annotator.or(someone.as_ref());
    with_options(what, at, |options| plan(store, (annotator, schema), &inputs, options, go_on))
        .map_err(explain)
}

/// Does something with what was asked for as the project takes it.
fn with_options<T>(
    what: &Import,
    at: Timestamp,
    go: impl FnOnce(&ImportOptions<'_>) -> T,
) -> T {
    let date_of_name =
        what.date_of_name.as_ref().map(|pattern| move |name: &str| pattern.find(name));
    go(&ImportOptions {
        map: &what.map,
        state: what.state,
        keep_going: what.keep_going,
        date: what.date.as_deref(),
        date_of_name: date_of_name.as_ref().map(|find| find as &DateOfName<'_>),
        source: what.source.as_deref(),
        at,
    })
}
