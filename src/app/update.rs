//! Applies one action.

mod documents;
mod drawer;
mod extractor;
mod guidelines;
mod look;
mod own_keys;
mod quality;
mod records;
mod review;
mod schema;
mod span;
mod start;
mod statistics;
mod steps;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use egui::Context;

use super::action::{Action, Export, Pick, Step};
use super::dialog::Dialog;
use super::find::Find;
use super::task::{Finish, Outcome, Task};
use super::widget::ArticleView;
use super::workspace::Workspace;
use super::{App, OPENING, panel, sample};
use crate::edit::Refusal;
use crate::lang::{Bilingual, Explain as _, Message, both, isolated};
use crate::logbook::Entry;
use crate::model::{AnnotatorId, DocumentId, LabelId, Problem, SpanId, State};
use crate::project::{Error, Project, Saved};
use crate::text::TextRange;

/// How long the first frame waits for the project: less than an eye would notice.
const PATIENCE: Duration = Duration::from_millis(80);

impl App {
    /// Applies one action.
    pub(super) fn apply(&mut self, ctx: &Context, action: Action) {
        if action.leaves_span() {
            self.take_written();
        }
        match action {
            Action::OpenProject(root) => self.open_project(ctx, root, None),
            Action::Start(start) => self.start(ctx, start),
            Action::OpenSample => self.open_sample(ctx),
            Action::Import(import) => self.import(ctx, *import),
            Action::Export(export) => self.export(ctx, export),
            Action::SetAnnotator(name) => self.set_annotator(ctx, &name),
            Action::OpenDocument(id) => self.open_document(&id),
            Action::StepDocument(step) => self.step_document(step),
            Action::UseLabel(label) => self.use_label(&label),
            Action::MarkArmed(range) => self.mark_armed(range),
            Action::Choose(id) => self.choose(id, false),
            Action::StepSpan(step) => self.step_span(step),
            Action::ChooseHere => self.choose_here(),
            Action::Select(range, edge) => self.workspace.article.select_to(range, edge),
            Action::SwapEnds => self.workspace.article.swap_ends(),
            Action::MoveEdge(id, step) => self.move_edge(&id, step),
            Action::Remove(id) => self.remove(&id),
            Action::Split(id, at) => self.split(&id, at),
            Action::Join(id, step) => self.join(&id, step),
            Action::Duplicate(label) => self.duplicate(&label),
            Action::FindOccurrences(id, all) => self.find_occurrences(ctx, &id, all),
            Action::Spread => self.spread(ctx),
            Action::Resize(..)
            | Action::SetValue(..)
            | Action::SetAttribute(..)
            | Action::SetNote(..)
            | Action::SetDoubtful(..)
            | Action::SetState(_) => self.try_edit(|project| span::change(project, action)),
            Action::Relabel(..) | Action::SetDocumentNote(_) | Action::EditMeta(_) => {
                self.edit_if_changed(|project| span::change(project, action));
            }
            Action::FinishAndNext => self.finish_and_next(),
            Action::DeclareGold => self.declare_gold(),
            Action::Undo => self.go_by(ctx, Step::Previous),
            Action::Redo => self.go_by(ctx, Step::Next),
            Action::GoToStep(step) => self.go_to_step(ctx, step),
            Action::ToggleHistory => self.toggle_history(),
            Action::Review(ask) => self.review(ctx, ask),
            Action::Records(ask) => self.records(ask),
            Action::Extractor(asked) => self.extractor(ctx, asked),
            Action::ToggleSuggestions => self.toggle_suggestions(),
            Action::Copy => self.copy(ctx),
            Action::Copied => self.workspace.say(Message::new("نُسخ", "Copied")),
            Action::Show(Some(dialog)) => self.show(ctx, dialog),
            Action::Show(None) => self.workspace.leave_dialog(),
            Action::ShowMenu(menu) => self.workspace.show_menu(menu),
            Action::ShowMenuAtCaret => self.workspace.show_menu_at_caret(),
            Action::Schema(ask) => self.schema(ctx, ask),
            Action::ShowExport(format) => self.show_export(ctx, format),
            Action::Statistics(asked) => self.statistics(ctx, asked),
            Action::ShowPalette => self.show(ctx, Dialog::palette(self.settings.used.clone())),
            Action::Remember(id) => self.remember(id),
            Action::OwnKeys(asked) => self.own_keys(ctx, asked),
            Action::ToggleProblems => self.workspace.shows_problems ^= true,
            Action::FocusSearch => self.focus_search(),
            Action::Find(find) => self.find(ctx, find),
            Action::ToggleLang => self.set_lang(self.settings.lang.other()),
            Action::ShowSettings => self.show_settings(ctx),
            Action::SetLang(lang) => self.set_lang(lang),
            Action::Documents(asked) => self.documents(ctx, asked),
            Action::ToggleTheme => self.toggle_theme(ctx),
            Action::SetLook(look) => self.set_look(ctx, look),
            Action::Zoom(by) => self.zoom(ctx, by),
            Action::FocusValue => self.focus_value(),
            Action::FocusArticle => {
                self.workspace.drawer = None;
                self.workspace.focus = Some(ArticleView::id());
            }
            Action::LeaveArticle => self.leave_article(ctx),
            Action::Leave => self.leave(ctx),
            Action::Browse(pick) => self.browse(ctx, pick),
            Action::Browsed(path) => self.browsed(&path),
            Action::Toggle(drawer) => self.toggle(ctx, drawer),
            Action::Rearrange(rearrange) => self.rearrange(rearrange),
            Action::Guidelines(asked) => self.guidelines(ctx, asked),
            Action::ToggleGuidelines => self.toggle_guidelines(),
            Action::FoundOutside(found) => self.found_outside(ctx, *found),
            Action::DismissNotice => self.dismiss_notice(),
            Action::Cancel => self.cancel(),
            Action::Retry => self.retry(),
            Action::Say(message) => self.workspace.complain(message),
        }
    }

    fn remember(&mut self, command: &'static str) {
        self.settings.used(command);
        self.settings_changed = true;
    }

    fn retry(&self) {
        if let Some(project) = &self.project {
            project.retry();
        }
    }

    /// Takes what is still being written in the chosen span's fields.
    pub(super) fn take_written(&mut self) {
        let Some(project) = &mut self.project else { return };
        for action in panel::written(project, &mut self.workspace) {
            let Some(project) = &mut self.project else { return };
            if let Err(error) = span::change(project, action) {
                self.fail(&error);
            }
        }
    }

    /// Takes what the running task brings, if it has ended.
    pub(super) fn finish_task(&mut self) {
        let outcome = self.task.as_ref().map(Task::outcome);
        self.take_outcome(outcome);
    }

    /// Waits a little for the running task before the first frame.
    pub(super) fn await_task(&mut self) {
        let outcome = self.task.as_ref().map(|task| task.outcome_within(PATIENCE));
        self.take_outcome(outcome);
    }

    fn take_outcome(&mut self, outcome: Option<Outcome>) {
        let is_whole = matches!(outcome, Some(Outcome::Ended(_)));
        if let Some(task) = self.task.as_ref()
            && !matches!(outcome, Some(Outcome::Running))
        {
            let (name, took) = task.told();
            self.launch.log.write(&Entry::Task { name, took, is_whole });
        }
        match outcome {
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
        if self.workspace.writes_guidelines() && !self.was_warned {
            self.workspace.complain(Message::new(
                "لم يُحفظ ما كتبته في دليل التوسيم؛ إن أُعيد الإغلاق ضاع",
                "what you have written in the guidelines is not saved; closing again loses it",
            ));
            self.was_warned = true;
            return false;
        }
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

    pub(super) fn begin(
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

    pub(super) fn annotator(&self) -> Option<AnnotatorId> {
        let given = self.launch.annotator.clone();
        given.or_else(|| AnnotatorId::new(&self.settings.annotator).ok())
    }

    pub(super) fn open_project(
        &mut self,
        ctx: &Context,
        root: PathBuf,
        annotator: Option<AnnotatorId>,
    ) {
        let Some(annotator) = annotator.or_else(|| self.annotator()) else {
            // Nobody has said who annotates: ask, then come back here.
            self.waiting = Some(root);
            let name = std::env::var("USER").unwrap_or_default();
            self.workspace.end_dialogs();
            self.workspace.show(Dialog::annotator(&name), None);
            return;
        };
        if !self.is_project(&root) || !self.may_close() {
            return;
        }
        self.close();
        self.waiting = None;
        let (disk, installation) = (Arc::clone(&self.disk), self.installation.clone());
        let (ambient, waker) = (self.ambient, ctx.clone());
        self.begin(ctx, OPENING, move |progress| {
            let wake = Arc::new(move || waker.request_repaint());
            let opened = Project::open((disk, &installation), &root, annotator, ambient, wake);
            // It is not stopped midway, but nothing of it is shown then.
            let is_wanted = progress.report(0, 0);
            Box::new(move |app| {
                if is_wanted {
                    app.opened(&root, opened);
                } else {
                    app.workspace = Workspace::default();
                    app.workspace.say(Message::new(
                        "أُوقف فتح المشروع",
                        "the opening of the project was stopped",
                    ));
                }
            })
        });
    }

    /// Whether there is a project to open. If not, says so, and what is open stays open.
    fn is_project(&mut self, root: &Path) -> bool {
        if self.project.is_none() || self.disk.stat(&root.join("project.ron")).is_ok() {
            return true;
        }
        self.not_opened(&crate::store::Error::NoProject { path: root.to_owned() }.into());
        false
    }

    pub(super) fn opened(
        &mut self,
        root: &Path,
        opened: Result<(Project, Vec<Problem>), Error>,
    ) {
        let (project, problems) = match opened {
            Ok(opened) => opened,
            Err(error) => {
                self.workspace = Workspace::default();
                self.not_opened(&error);
                return;
            }
        };
        let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        self.settings.opened(&root);
        self.launch.log.write(&Entry::Opened { documents: project.num_documents() });
        self.workspace = Workspace::default();
        self.workspace.shows_history = self.settings.layout.shows_steps;
        self.workspace.records.is_open = self.settings.layout.shows_records;
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
        self.read_guidelines();
        if let Some(id) = asked.or(first) {
            self.open_document(&id);
        }
        if let Some(news) = self.news.take() {
            self.workspace.say(news);
        }
        self.offer_tour(is_sample);
        self.save_settings();
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
            Err(error) => self.fail(&error),
        }
    }

    fn set_annotator(&mut self, ctx: &Context, name: &str) {
        let annotator = match AnnotatorId::new(name) {
            Ok(annotator) => annotator,
            Err(error) => {
                self.fail(&error);
                return;
            }
        };
        annotator.as_str().clone_into(&mut self.settings.annotator);
        self.launch.annotator = None;
        self.workspace.end_dialogs();
        self.save_settings();
        if let Some(root) = self.waiting.take() {
            self.open_project(ctx, root, Some(annotator));
        } else if let Some(project) = &self.project {
            let root = project.store().root().to_owned();
            self.asked = project.document().map(|document| document.id().clone());
            self.open_project(ctx, root, Some(annotator));
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
        self.workspace.end_dialogs();
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

    pub(super) fn open_document(&mut self, id: &DocumentId) {
        let Some(project) = &mut self.project else { return };
        match project.open_document(id) {
            Ok(problems) => {
                self.workspace.list_problems(problems);
                self.workspace.article.open();
                self.workspace.drawer = None;
                self.workspace.chosen = None;
                self.workspace.show_row = true;
                self.workspace.focus = Some(ArticleView::id());
            }
            Err(error) => self.fail(&error),
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

    /// Marks what was selected while a label is armed.
    fn mark_armed(&mut self, range: TextRange) {
        if let Some(label) = self.workspace.armed.clone() {
            self.mark(range, &label);
        }
    }

    fn mark(&mut self, range: TextRange, label: &LabelId) {
        let Some(project) = &mut self.project else { return };
        match project.annotate(range, label) {
            Ok(id) => {
                self.choose(id, false);
                self.workspace.article.put_caret(range.end());
            }
            Err(error) => self.fail(&error),
        }
    }

    fn finish_and_next(&mut self) {
        let Some(project) = &mut self.project else { return };
        let finished = project.set().is_some_and(|set| set.state == State::Finished);
        if !finished && let Err(error) = project.set_state(State::Finished) {
            self.fail(&error);
            return;
        }
        self.open_next_unfinished();
    }

    fn declare_gold(&mut self) {
        let Some(project) = &mut self.project else { return };
        match project.declare_gold() {
            Ok(()) => self.workspace.say(Message::new(
                "أُعلنت مجموعة هذا المقال ذهبية",
                "This document’s set is gold now",
            )),
            Err(error) => self.fail(&error),
        }
    }

    fn try_edit(&mut self, edit: impl FnOnce(&mut Project) -> Result<(), Error>) {
        let Some(project) = &mut self.project else { return };
        match edit(project) {
            Ok(()) => {}
            // Nothing went wrong: what was asked for is so.
            Err(Error::Refused(Refusal::Unchanged)) => {
                self.workspace.say(Refusal::Unchanged.explain());
            }
            Err(error) => self.fail(&error),
        }
    }

    /// As `try_edit`, where asking for what is so already is no mistake.
    fn edit_if_changed(&mut self, edit: impl FnOnce(&mut Project) -> Result<(), Error>) {
        self.try_edit(|project| match edit(project) {
            Err(Error::Refused(Refusal::Unchanged)) => Ok(()),
            other => other,
        });
    }

    /// Esc: one thing at a time, the innermost first.
    fn leave(&mut self, ctx: &Context) {
        let workspace = &mut self.workspace;
        if workspace.article.cancel_drag() {
            return;
        }
        if workspace.dialog.is_some() {
            workspace.leave_dialog();
        } else if workspace.documents.focused.is_some() && workspace.documents.select_none() {
            // The row still has the focus.
        } else if ctx
            .memory(|memory| memory.focused())
            .is_some_and(|id| workspace.records.has(id))
        {
            workspace.focus = Some(ArticleView::id());
        } else if workspace.drawer.is_some() {
            workspace.drawer = None;
            workspace.focus = Some(ArticleView::id());
        } else if workspace.tour.is_some() {
            workspace.tour = None;
        } else if workspace.find.is_open {
            self.find(ctx, Find::Close);
        } else if workspace.armed.is_some() {
            workspace.armed = None;
        } else if !workspace.article.selection().is_empty() {
            let end = workspace.article.selection().end();
            workspace.article.put_caret(end);
        } else if workspace.chosen.is_some() {
            workspace.chosen = None;
        } else if workspace.review.take().is_some() {
            workspace.focus = Some(ArticleView::id());
        } else if !workspace.documents.select_none() {
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
    fn browse(&mut self, ctx: &Context, pick: Pick) {
        let (sender, ctx) = (self.sender.clone(), ctx.clone());
        let ask = move || {
            let dialog = rfd::FileDialog::new();
            let answer = match pick {
                Pick::Folder => dialog.pick_folder(),
                Pick::File => dialog.pick_file(),
                Pick::NewFile => dialog.save_file(),
            };
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
