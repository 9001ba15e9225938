//! New projects.

use std::sync::Arc;

use egui::Context;

use crate::app::App;
use crate::app::action::Action;
use crate::app::assistant::{NewForm, NewProject};
use crate::app::dialog::{Dialog, ImportForm};
use crate::app::import::import_into;
use crate::app::panel;
use crate::app::schema_form::{Counts, SchemaForm};
use crate::app::start::Start;
use crate::lang::{Explain as _, Message, both, isolated};
use crate::logbook::{self, Entry};
use crate::project::{Error, ImportError, ImportReport, Project};
use crate::store::{self, Store};

impl App {
    /// Begins something.
    pub(super) fn start(&mut self, ctx: &Context, start: Start) {
        match start {
            Start::New(articles) => {
                let annotator = self.annotator();
                let name = annotator.map(|annotator| annotator.to_string());
                let name = name.or_else(|| std::env::var("USER").ok()).unwrap_or_default();
                let form = NewForm::new(&self.launch.home, &name, &articles);
                self.show(ctx, Dialog::New(Box::new(form)));
            }
            Start::Create(project) => self.create(ctx, *project),
            Start::Labels => self.show_labels_of_new(ctx),
            Start::Look(look) => self.look(ctx, *look),
            Start::Drop(dropped) => self.dropped(ctx, dropped),
            Start::Tour(card) => self.workspace.tour = card,
        }
    }

    /// Begins the tour where the sample is opened for the first time; never again by itself.
    pub(super) fn offer_tour(&mut self, is_sample: bool) {
        if is_sample && !self.settings.seen_tour {
            self.settings.seen_tour = true;
            self.workspace.tour = Some(0);
        }
    }

    /// What lies over everything else: a card of the tour, and what is to become of files that
    /// are held over the window.
    pub(in crate::app) fn over(&mut self, ctx: &Context, out: &mut Vec<Action>) {
        let workspace = &self.workspace;
        let is_free =
            self.task.is_none() && workspace.dialog.is_none() && workspace.menu.is_none();
        let reads = self.project.as_ref().is_some_and(|project| project.document().is_some());
        let card = workspace.tour.filter(|_| is_free && reads);
        panel::tour_ui(ctx, &mut self.kit, card, out);
        let held = self.held(ctx);
        panel::drop_ui(ctx, &mut self.kit, held.as_ref());
    }

    /// Shows the labels of the project that is being set up, to be changed.
    fn show_labels_of_new(&mut self, ctx: &Context) {
        let Some(Dialog::New(form)) = &mut self.workspace.dialog else { return };
        let form = match form.schema() {
            Ok(schema) => SchemaForm::new(&schema, Counts::default()),
            Err(_) => SchemaForm::empty(),
        };
        self.show(ctx, Dialog::Schema(Box::new(form)));
    }

    /// Makes a project, opens it and takes the articles in: what comes first stays, whatever
    /// becomes of the rest.
    fn create(&mut self, ctx: &Context, new: NewProject) {
        if !self.may_close() {
            return;
        }
        let NewProject { root, name, schema, annotator, import } = new;
        if let Err(error) = Store::create(&*self.disk, &root, &name, &schema) {
            self.fail(&error);
            return;
        }
        let articles = match self.workspace.dialog.take() {
            Some(Dialog::New(form)) => Some(form.articles),
            _ => None,
        };
        self.workspace.end_dialogs();
        if self.annotator().as_ref() != Some(&annotator) {
            annotator.as_str().clone_into(&mut self.settings.annotator);
            self.launch.annotator = None;
        }
        self.close();
        let (disk, installation) = (Arc::clone(&self.disk), self.installation.clone());
        let (ambient, waker) = (self.ambient, ctx.clone());
        let title = both("يُنشأ المشروع…", "Making the project…");
        self.begin(ctx, title, move |progress| {
            let wake = Arc::new(move || waker.request_repaint());
            let opened = Project::open((disk, &installation), &root, annotator, ambient, wake);
            let report = match (&opened, &import) {
                (Ok((project, _)), Some(import)) => {
                    Some(import_into(project, import, (ambient.now)(), progress))
                }
                _ => None,
            };
            Box::new(move |app| {
                app.opened(&root, opened);
                app.created(&name, report);
                if let (Some(sources), true) = (articles, app.workspace.has_failed()) {
                    // To be mended, and tried again.
                    let form = ImportForm { sources, ..ImportForm::default() };
                    app.workspace.import_draft = Some(Box::new(form));
                }
            })
        });
    }

    /// Says what has become of a new project and its articles.
    fn created(&mut self, name: &str, report: Option<Result<ImportReport, ImportError>>) {
        let Some(project) = self.project.take() else { return };
        let name = isolated(name);
        match report {
            None => {
                self.project = Some(project);
                self.workspace.say(Message::new(
                    format!("أُنشئ المشروع «{name}»"),
                    format!("made the project “{name}”"),
                ));
            }
            Some(Ok(report)) if report.imported.is_none() => {
                self.imported(project, Ok(report));
                self.workspace.complain(Message::new(
                    "أُنشئ المشروع ولم يُستورد شيء: انظر المشكلات، ثم استورد مرة أخرى",
                    "the project is made, and nothing was imported: see the problems, then \
                     import again",
                ));
            }
            Some(Ok(report)) => self.imported(project, Ok(report)),
            Some(Err(error)) => {
                self.project = Some(project);
                let why = error.explain();
                self.fail(&error);
                self.workspace.complain(Message::new(
                    format!("أُنشئ المشروع ولم تُستورد المقالات: {}", why.ar),
                    format!("the project is made, and nothing was imported: {}", why.en),
                ));
            }
        }
    }

    /// Says why a project could not be opened, and what to do in a window.
    pub(in crate::app) fn not_opened(&mut self, error: &Error) {
        let Error::Store(store::Error::NoProject { path }) = error else {
            self.fail(error);
            return;
        };
        self.launch.log.write(&Entry::Failed { kind: logbook::kind_of(error) });
        let path = isolated(path.display());
        let key = isolated(self.kit.keymap.key_of("project.new").unwrap_or_default());
        self.workspace.complain(Message::new(
            format!(
                "لا مشروع في المجلد {path}، فلا ملف فيه باسم \u{2066}project.ron\u{2069}؛ اختر مجلدًا آخر، أو أنشئ \
                 مشروعًا بالأمر «مشروع جديد…» ({key})"
            ),
            format!(
                "There is no project in {path}, for it has no project.ron; choose another folder, \
                 or make a project with “New project…” ({key})"
            ),
        ));
    }
}
