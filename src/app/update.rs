//! Applies one action.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::Context;

use super::action::{Action, Export, Step};
use super::dialog::Dialog;
use super::settings::TEXT_SIZES;
use super::task::{Finish, Outcome, Task};
use super::widget::ArticleView;
use super::workspace::{Menu, Workspace};
use super::{App, OPENING, dress, panel, sample};
use crate::format::LabelMap;
use crate::lang::{Bilingual, DOCUMENT, Explain as _, Lang, Message, SPAN, both, isolated};
use crate::model::{AnnotatorId, DocumentId, LabelId, Problem, SpanId, State};
use crate::project::{
    Error, ImportError, ImportOptions, ImportReport, LookAt, Project, Saved, collect, import,
    name_of,
};
use crate::store::Store;
use crate::text::TextRange;
use crate::theme::{Mode, Theme, size};

impl App {
    /// Applies one action.
    pub(super) fn apply(&mut self, ctx: &Context, action: Action) {
        if action.leaves_span() {
            self.take_written();
        }
        match action {
            Action::OpenProject(root) => self.open_project(ctx, root, None),
            Action::NewProject(root) => self.new_project(ctx, root),
            Action::OpenSample => self.open_sample(ctx),
            Action::Import(path) => self.import(ctx, path),
            Action::Export(export) => self.export(ctx, export),
            Action::SetAnnotator(name) => self.set_annotator(ctx, &name),
            Action::OpenDocument(id) => self.open_document(&id),
            Action::StepDocument(step) => self.step_document(step),
            Action::UseLabel(label) => self.use_label(&label),
            Action::MarkArmed(range) => {
                if let Some(label) = self.workspace.armed.clone() {
                    self.mark(range, &label);
                }
            }
            Action::Choose(id) => self.choose(id, false),
            Action::StepSpan(step) => self.step_span(step),
            Action::Remove(id) => self.remove(&id),
            Action::Resize(id, range) => self.try_edit(|project| project.resize(&id, range)),
            Action::SetValue(id, text) => {
                self.try_edit(|project| project.set_value(&id, &text));
            }
            Action::SetAttribute(id, attribute, text) => {
                self.try_edit(|project| project.set_attribute(&id, &attribute, &text));
            }
            Action::SetNote(id, text) => self.try_edit(|project| project.set_note(&id, &text)),
            Action::SetDoubtful(id, on) => {
                self.try_edit(|project| project.set_doubtful(&id, on));
            }
            Action::SetState(state) => self.try_edit(|project| project.set_state(state)),
            Action::FinishAndNext => self.finish_and_next(),
            Action::SetDocumentNote(note) => {
                self.edit_if_changed(|project| project.set_document_note(&note));
            }
            Action::EditMeta(meta) => self.edit_if_changed(|project| project.edit_meta(meta)),
            Action::DeclareGold => self.declare_gold(),
            Action::Undo => self.undo_or_redo(Project::undo),
            Action::Redo => self.undo_or_redo(Project::redo),
            Action::Relabel(id, label) => {
                self.edit_if_changed(|project| project.relabel(&id, &label));
            }
            Action::Copy => self.copy(ctx),
            Action::Show(dialog) => self.show(dialog),
            Action::ShowMenu(menu) => {
                self.workspace.focus = menu.is_none().then(ArticleView::id);
                self.workspace.menu = menu;
            }
            Action::ShowMenuAtCaret => {
                let place = self.workspace.article.caret_place();
                self.workspace.menu = place.map(Menu::at);
            }
            Action::ShowPalette => self.show(Some(Dialog::palette(self.settings.used.clone()))),
            Action::Remember(id) => {
                self.settings.used(id);
                self.settings_changed = true;
            }
            Action::ChangeKeys => self.change_keys(),
            Action::ReadKeys => self.load_keys(),
            Action::ToggleProblems => {
                self.workspace.shows_problems = !self.workspace.shows_problems;
            }
            Action::FocusSearch => self.workspace.focus = Some(panel::search_id()),
            Action::ToggleLang => self.toggle_lang(),
            Action::ToggleTheme => self.toggle_theme(ctx),
            Action::Zoom(by) => self.zoom(by),
            Action::FocusValue => self.workspace.focus = Some(panel::value_id()),
            Action::FocusArticle => self.workspace.focus = Some(ArticleView::id()),
            Action::LeaveArticle => self.leave_article(ctx),
            Action::Leave => self.leave(ctx),
            Action::Browse => self.browse(ctx),
            Action::Browsed(path) => self.browsed(&path),
            Action::Cancel => self.cancel(),
            Action::Retry => {
                if let Some(project) = &self.project {
                    project.retry();
                }
            }
            Action::Say(message) => self.workspace.complain(message),
        }
    }

    /// Takes what is still being written in the chosen span's fields.
    pub(super) fn take_written(&mut self) {
        let Some(project) = &mut self.project else { return };
        for action in panel::written(project, &mut self.workspace) {
            let taken = match action {
                Action::SetValue(id, text) => project.set_value(&id, &text),
                Action::SetNote(id, text) => project.set_note(&id, &text),
                Action::SetAttribute(id, attribute, text) => {
                    project.set_attribute(&id, &attribute, &text)
                }
                _ => Ok(()),
            };
            if let Err(error) = taken {
                self.workspace.complain(error.explain());
            }
        }
    }

    /// Takes what the running task brings, if it has ended.
    pub(super) fn finish_task(&mut self) {
        match self.task.as_ref().map(Task::outcome) {
            None | Some(Outcome::Running) => {}
            Some(Outcome::Ended(finish)) => {
                self.task = None;
                finish(self);
            }
            Some(Outcome::Lost) => {
                self.task = None;
                self.workspace.complain(Message::new(
                    "توقفت المهمة دون نتيجة. ما حُفظ باقٍ.",
                    "The task ended without an outcome. What was saved is still there.",
                ));
            }
        }
    }

    /// Whether the project may be closed: all that was done in it is on the disk. If not, says
    /// so; the second time in a row it may.
    pub(super) fn may_close(&mut self) -> bool {
        self.take_written();
        let Some(project) = &self.project else { return true };
        let Saved::Failed(why) = project.flush() else {
            self.was_warned = false;
            return true;
        };
        self.workspace.complain(Message::new(
            format!("لم يُحفظ كل شيء ({})؛ إن أُعيد الإغلاق ضاع ما لم يُحفظ", why.ar),
            format!("not everything is saved ({}); closing again loses the rest", why.en),
        ));
        std::mem::replace(&mut self.was_warned, true)
    }

    fn begin(
        &mut self,
        ctx: &Context,
        title: Bilingual,
        work: impl FnOnce(&super::task::Progress) -> Finish + Send + 'static,
    ) {
        match Task::begin(ctx, title, work) {
            Ok(task) => self.task = Some(task),
            Err(error) => self.workspace.complain(Message::new(
                format!("تعذّر بدء المهمة: {error}"),
                format!("the task could not be begun: {error}"),
            )),
        }
    }

    fn annotator(&self) -> Option<AnnotatorId> {
        let given = self.launch.annotator.clone();
        given.or_else(|| AnnotatorId::new(&self.settings.annotator).ok())
    }

    fn open_project(&mut self, ctx: &Context, root: PathBuf, annotator: Option<AnnotatorId>) {
        let Some(annotator) = annotator.or_else(|| self.annotator()) else {
            // Nobody has said who annotates: ask, then come back here.
            self.waiting = Some(root);
            let name = std::env::var("USER").unwrap_or_default();
            self.workspace.dialog = Some(Dialog::annotator(&name));
            return;
        };
        if !self.is_project(&root) || !self.may_close() {
            return;
        }
        self.close();
        self.waiting = None;
        let (disk, installation) = (Arc::clone(&self.disk), self.installation.clone());
        let (ambient, waker) = (self.ambient, ctx.clone());
        self.begin(ctx, OPENING, move |_| {
            let wake = Arc::new(move || waker.request_repaint());
            let opened = Project::open((disk, &installation), &root, annotator, ambient, wake);
            Box::new(move |app| app.opened(&root, opened))
        });
    }

    /// Whether there is a project to open. If not, says so, and what is open stays open.
    fn is_project(&mut self, root: &Path) -> bool {
        if self.project.is_none() || self.disk.stat(&root.join("project.ron")).is_ok() {
            return true;
        }
        let error = crate::store::Error::NoProject { path: root.to_owned() };
        self.workspace.complain(error.explain());
        false
    }

    fn opened(&mut self, root: &Path, opened: Result<(Project, Vec<Problem>), Error>) {
        let (project, problems) = match opened {
            Ok(opened) => opened,
            Err(error) => {
                self.workspace = Workspace::default();
                self.workspace.complain(error.explain());
                return;
            }
        };
        let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        self.settings.opened(&root);
        self.workspace = Workspace::default();
        self.workspace.list_problems(problems);
        self.workspace.list_problems(self.key_problems.clone());
        let asked = self.asked.take().or_else(|| self.launch.take_document());
        // The sample begins with an article that is marked, so that it is seen what that is.
        let is_sample =
            root.canonicalize().ok() == sample::root(&self.launch.config).canonicalize().ok();
        let first = project
            .first_unfinished()
            .filter(|_| !is_sample)
            .or_else(|| project.row(0).map(|row| row.id.clone()));
        self.project = Some(project);
        if let Some(id) = asked.or(first) {
            self.open_document(&id);
        }
        self.save_settings();
    }

    fn new_project(&mut self, ctx: &Context, root: PathBuf) {
        let schema = crate::model::Schema::default();
        match Store::create(&*self.disk, &root, &name_of(&root), &schema) {
            Ok(()) => {
                self.workspace.dialog = None;
                self.open_project(ctx, root, None);
            }
            Err(error) => self.workspace.complain(error.explain()),
        }
    }

    fn open_sample(&mut self, ctx: &Context) {
        let made = sample::make(
            &self.disk,
            &self.installation,
            &self.launch.config,
            (self.ambient.now)(),
        );
        let annotator = self.launch.annotator.clone().or_else(|| sample::annotator().ok());
        match made {
            Ok(root) => self.open_project(ctx, root, annotator),
            Err(error) => self.workspace.complain(error.explain()),
        }
    }

    fn set_annotator(&mut self, ctx: &Context, name: &str) {
        let annotator = match AnnotatorId::new(name) {
            Ok(annotator) => annotator,
            Err(error) => {
                self.workspace.complain(error.explain());
                return;
            }
        };
        annotator.as_str().clone_into(&mut self.settings.annotator);
        self.launch.annotator = None;
        self.workspace.dialog = None;
        self.save_settings();
        if let Some(root) = self.waiting.take() {
            self.open_project(ctx, root, Some(annotator));
        } else if let Some(project) = &self.project {
            let root = project.store().root().to_owned();
            self.asked = project.document().map(|document| document.id().clone());
            self.open_project(ctx, root, Some(annotator));
        }
    }

    /// Runs an import in a thread, which has the project meanwhile.
    fn import(&mut self, ctx: &Context, path: PathBuf) {
        let Some(project) = self.project.take() else { return };
        self.workspace.dialog = None;
        let now = self.ambient.now;
        let title = both("تُستورد الملفات…", "Importing…");
        self.begin(ctx, title, move |progress| {
            let report = import_into(&project, &path, now(), progress);
            Box::new(move |app| app.imported(project, report))
        });
    }

    fn imported(&mut self, mut project: Project, report: Result<ImportReport, ImportError>) {
        project.reload();
        let was_empty = project.document().is_none();
        self.project = Some(project);
        match report {
            Err(error) => self.workspace.complain(error.explain()),
            Ok(report) => {
                self.workspace.shows_problems = !report.problems.is_empty();
                match report.imported {
                    Some(taken) => {
                        let both = |lang| {
                            let documents = DOCUMENT.count(lang, taken.documents);
                            (documents, SPAN.count(lang, taken.spans))
                        };
                        let ((d_ar, s_ar), (d_en, s_en)) = (both(Lang::Ar), both(Lang::En));
                        self.workspace.say(Message::new(
                            format!("استُورد: {d_ar}، {s_ar}"),
                            format!("imported {d_en}, {s_en}"),
                        ));
                    }
                    None => self.workspace.complain(Message::new(
                        "لم يُستورد شيء: انظر المشكلات",
                        "nothing was imported: see the problems",
                    )),
                }
                self.workspace.list_problems(report.problems);
                if was_empty {
                    self.step_document(Step::Next);
                }
            }
        }
    }

    fn export(&mut self, ctx: &Context, export: Export) {
        let Some(project) = &self.project else { return };
        if export.path.exists() {
            self.workspace.complain(Message::new(
                format!("{} موجود: اختر اسمًا آخر", isolated(export.path.display())),
                format!("{} is there already: choose another name", export.path.display()),
            ));
            return;
        }
        self.workspace.dialog = None;
        let store = project.store().clone();
        let title = both("تُصدَّر المجموعة…", "Exporting…");
        self.begin(ctx, title, move |progress| {
            let said = super::task::export(&store, &export, progress);
            Box::new(move |app| match said {
                Ok((message, problems)) => {
                    app.workspace.say(message);
                    app.workspace.shows_problems |= !problems.is_empty();
                    app.workspace.list_problems(problems);
                }
                Err(message) => app.workspace.complain(message),
            })
        });
    }

    fn open_document(&mut self, id: &DocumentId) {
        let Some(project) = &mut self.project else { return };
        match project.open_document(id) {
            Ok(problems) => {
                self.workspace.list_problems(problems);
                self.workspace.article.open();
                self.workspace.chosen = None;
                self.workspace.show_row = true;
                self.workspace.focus = Some(ArticleView::id());
            }
            Err(error) => self.workspace.complain(error.explain()),
        }
    }

    fn step_document(&mut self, step: Step) {
        let Some(project) = &self.project else { return };
        let at = match (project.open_row(), step) {
            (None, _) => Some(0),
            (Some(at), Step::Next) => Some(at + 1),
            (Some(at), Step::Previous) => at.checked_sub(1),
        };
        match at.and_then(|at| project.row(at)).map(|row| row.id.clone()) {
            Some(id) => self.open_document(&id),
            None => self.workspace.say(match step {
                Step::Next => Message::new("هذا آخر مقال", "This is the last document"),
                Step::Previous => Message::new("هذا أول مقال", "This is the first document"),
            }),
        }
    }

    /// A label's key or chip: marks the selection, else relabels the chosen span, else arms.
    fn use_label(&mut self, label: &LabelId) {
        let selection = self.workspace.article.selection();
        let chosen = self.workspace.chosen.clone();
        let covers = |project: &Project, id: &SpanId| {
            project.set().and_then(|set| set.span(id)).is_some_and(|s| s.range == selection)
        };
        match (chosen, &self.project) {
            (Some(id), Some(project)) if selection.is_empty() || covers(project, &id) => {
                self.edit_if_changed(|project| project.relabel(&id, label));
            }
            _ if !selection.is_empty() => self.mark(selection, label),
            _ => {
                let armed = self.workspace.armed.as_ref() == Some(label);
                self.workspace.armed = (!armed).then(|| label.clone());
            }
        }
        self.workspace.focus = Some(ArticleView::id());
    }

    fn mark(&mut self, range: TextRange, label: &LabelId) {
        let Some(project) = &mut self.project else { return };
        match project.annotate(range, label) {
            Ok(id) => {
                self.choose(id, false);
                self.workspace.article.put_caret(range.end());
            }
            Err(error) => self.workspace.complain(error.explain()),
        }
    }

    fn choose(&mut self, id: Option<SpanId>, scrolls: bool) {
        let range = id.as_ref().and_then(|id| {
            let set = self.project.as_ref()?.set()?;
            Some(set.span(id)?.range)
        });
        if let Some(range) = range {
            self.workspace.article.put_caret(range.end());
            self.workspace.article.show(range.start());
            self.workspace.show_span_row = !scrolls || self.workspace.chosen != id;
        }
        self.workspace.chosen = id;
    }

    fn step_span(&mut self, step: Step) {
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

    fn remove(&mut self, id: &SpanId) {
        let Some(project) = &mut self.project else { return };
        match project.remove(id) {
            Ok(()) => self.workspace.chosen = None,
            Err(error) => self.workspace.complain(error.explain()),
        }
        self.workspace.focus = Some(ArticleView::id());
    }

    fn finish_and_next(&mut self) {
        let Some(project) = &mut self.project else { return };
        let finished = project.set().is_some_and(|set| set.state == State::Finished);
        if !finished && let Err(error) = project.set_state(State::Finished) {
            self.workspace.complain(error.explain());
            return;
        }
        match project.next_unfinished() {
            Some(id) => self.open_document(&id),
            None => self.workspace.say(Message::new(
                "أُنهيت كل المقالات. صدّرها بالمفتاحين ‎Ctrl+E",
                "Every document is finished. Export them with Ctrl+E",
            )),
        }
    }

    fn declare_gold(&mut self) {
        let Some(project) = &mut self.project else { return };
        match project.declare_gold() {
            Ok(()) => self.workspace.say(Message::new(
                "أُعلنت مجموعة هذا المقال ذهبية",
                "This document’s set is gold now",
            )),
            Err(error) => self.workspace.complain(error.explain()),
        }
    }

    fn try_edit(&mut self, edit: impl FnOnce(&mut Project) -> Result<(), Error>) {
        let Some(project) = &mut self.project else { return };
        if let Err(error) = edit(project) {
            self.workspace.complain(error.explain());
        }
    }

    /// As `try_edit`, where asking for what is so already is no mistake.
    fn edit_if_changed(&mut self, edit: impl FnOnce(&mut Project) -> Result<(), Error>) {
        self.try_edit(|project| match edit(project) {
            Err(Error::Refused(crate::edit::Refusal::Unchanged)) => Ok(()),
            other => other,
        });
    }

    fn undo_or_redo(&mut self, step: fn(&mut Project) -> Result<Option<LookAt>, Error>) {
        let Some(project) = &mut self.project else { return };
        let look_at = match step(project) {
            Ok(look_at) => look_at,
            Err(error) => {
                self.workspace.complain(error.explain());
                return;
            }
        };
        let Some((document, range)) = look_at else { return };
        let elsewhere = project.document().is_none_or(|open| *open.id() != document);
        if elsewhere {
            self.open_document(&document);
        }
        let open = self.project.as_ref().and_then(Project::document);
        if open.is_none_or(|open| *open.id() != document) {
            return;
        }
        let Some(set) = self.project.as_ref().and_then(Project::set) else { return };
        let there = set.spans().iter().find(|span| span.range == range);
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
    }

    fn toggle_lang(&mut self) {
        self.settings.lang = match self.settings.lang {
            Lang::Ar => Lang::En,
            Lang::En => Lang::Ar,
        };
        self.kit.lang = self.settings.lang;
        self.save_settings();
    }

    fn toggle_theme(&mut self, ctx: &Context) {
        self.settings.mode = match self.settings.mode {
            Mode::Light => Mode::Dark,
            Mode::Dark => Mode::Light,
        };
        self.kit.theme = Theme::new(self.settings.mode);
        dress(ctx, &self.kit.theme);
        self.save_settings();
    }

    fn zoom(&mut self, by: f32) {
        let size = if by == 0.0 { size::ARTICLE } else { self.settings.text_size + by };
        let (least, most) = (*TEXT_SIZES.start(), *TEXT_SIZES.end());
        self.settings.text_size = size.clamp(least, most);
        self.settings_changed = true;
    }

    /// Esc: one thing at a time, the innermost first.
    fn leave(&mut self, ctx: &Context) {
        let workspace = &mut self.workspace;
        if workspace.dialog.is_some() {
            workspace.dialog = None;
            workspace.focus = Some(ArticleView::id());
        } else if workspace.armed.is_some() {
            workspace.armed = None;
        } else if !workspace.article.selection().is_empty() {
            let end = workspace.article.selection().end();
            workspace.article.put_caret(end);
        } else if workspace.chosen.is_some() {
            workspace.chosen = None;
        } else {
            self.leave_article(ctx);
        }
    }

    fn leave_article(&mut self, ctx: &Context) {
        self.workspace.is_away = true;
        if let Some(id) = ctx.memory(|memory| memory.focused()) {
            ctx.memory_mut(|memory| memory.surrender_focus(id));
        }
    }

    /// Asks the system's dialog in a thread, as it may take as long as a person likes.
    fn browse(&mut self, ctx: &Context) {
        let Some(dialog) = &self.workspace.dialog else { return };
        let wants_folder =
            matches!(dialog, Dialog::Open(_) | Dialog::New(_) | Dialog::Import(_));
        let (sender, ctx) = (self.sender.clone(), ctx.clone());
        let ask = move || {
            let dialog = rfd::FileDialog::new();
            let answer = if wants_folder { dialog.pick_folder() } else { dialog.save_file() };
            let action = answer.map_or_else(
                || {
                    Action::Say(Message::new(
                        "لم يُختر شيء. إن لم يظهر حوار النظام فاكتب المسار.",
                        "Nothing was chosen. If no system dialog appeared, write the path.",
                    ))
                },
                Action::Browsed,
            );
            sender.send(action).ok();
            ctx.request_repaint();
        };
        if let Err(error) = std::thread::Builder::new().name("dialog".to_owned()).spawn(ask) {
            self.workspace.complain(Message::new(error.to_string(), error.to_string()));
        }
    }

    fn browsed(&mut self, path: &Path) {
        if let Some(field) = self.workspace.dialog.as_mut().and_then(Dialog::path) {
            field.follow(&path.display().to_string());
        }
    }

    fn cancel(&mut self) {
        if let Some(task) = &self.task {
            task.cancel();
        }
    }
}

/// Imports what a path names, as the project's annotator.
fn import_into(
    project: &Project,
    path: &Path,
    at: crate::model::Timestamp,
    progress: &super::task::Progress,
) -> Result<ImportReport, ImportError> {
    let inputs = collect(&[path.to_owned()], None)?;
    let options = ImportOptions {
        map: &LabelMap::default(),
        state: State::Finished,
        keep_going: false,
        date: None,
        date_of_name: None,
        source: None,
        at,
    };
    let Some(session) = project.session() else {
        return Err(ImportError::Store(crate::store::Error::ReadOnly {
            path: project.store().root().to_owned(),
        }));
    };
    let mut go_on = |done, total| progress.report(done, total);
    import(project.store(), session, &inputs, &options, &mut go_on)
}
