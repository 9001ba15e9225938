//! The project's schema: to be changed, and changed.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

use egui::Context;

use crate::app::App;
use crate::app::dialog::Dialog;
use crate::app::schema_form::{Ask, Counts, SchemaForm};
use crate::edit::Spread;
use crate::lang::{DOCUMENT, Explain as _, Message, SPAN, both, isolated};
use crate::model::{LabelId, Schema};
use crate::project::{Error, Project, Survey, survey};
use crate::store::read_labels;

/// How many sets are read within a frame; more are work for a task.
const WITHIN_A_FRAME: usize = 100;

impl App {
    pub(super) fn schema(&mut self, ctx: &Context, ask: Ask) {
        match ask {
            Ask::Show => {
                let Some(project) = &self.project else { return };
                let form = SchemaForm::new(project.schema(), counts(project));
                self.show(ctx, Dialog::Schema(Box::new(form)));
            }
            Ask::Save(schema, is_sure) => self.save_schema(ctx, *schema, is_sure),
            Ask::Relabel(from, to) => self.relabel_all(ctx, from, to),
            Ask::ShowTake => self.show(ctx, Dialog::take_labels()),
            Ask::Take(path) => self.take_labels(&path),
            Ask::ShowWrite => self.show(ctx, Dialog::write_labels()),
            Ask::Write(path) => self.write_labels(&path),
            Ask::Earlier => self.show_earlier(),
        }
    }

    /// Works by another schema from now on, unless spans would break by it; what it makes of
    /// values is said first, unless it was. Reads many sets off the frame.
    fn save_schema(&mut self, ctx: &Context, schema: Schema, is_sure: bool) {
        if let Some(form) = self.workspace.new_project_below() {
            form.set_labels(schema);
            self.workspace.leave_dialog();
            return;
        }
        let Some(project) = &self.project else { return };
        let store = project.store().clone();
        if project.num_to_survey(&schema) <= WITHIN_A_FRAME {
            let found = survey(&store, &schema, &mut |_, _| true);
            self.surveyed(schema, &found, is_sure);
            return;
        }
        // Nothing is to change in it meanwhile.
        let dialog = self.workspace.dialog.take();
        let title = both("تُعدّ المواضع…", "Counting spans…");
        self.begin(ctx, title, move |progress| {
            let found = survey(&store, &schema, &mut |done, all| progress.report(done, all));
            Box::new(move |app| {
                app.workspace.dialog = dialog;
                app.surveyed(schema, &found, is_sure);
            })
        });
    }

    fn surveyed(&mut self, schema: Schema, found: &Survey, is_sure: bool) {
        let Some(project) = &self.project else { return };
        let mut refusals = found.refusals(project.schema(), &schema);
        // Their names and ids keep the digits that they have.
        let kept = |what: &Message| Message::new(isolated(&what.ar), isolated(&what.en));
        refusals.extend(found.problems.iter().map(|problem| kept(&problem.what)));
        if found.is_stopped {
            refusals.clear();
            self.workspace.complain(Message::new(
                "أُوقف العدّ؛ لم يُحفظ شيء",
                "The count was stopped; nothing was saved",
            ));
        }
        let warnings = found.warnings(&schema);
        let asks = !warnings.is_empty() && !is_sure;
        if found.is_stopped || asks || !refusals.is_empty() {
            if let Some(Dialog::Schema(form)) = &mut self.workspace.dialog {
                form.refusals = refusals;
                form.warnings = if found.is_stopped { Vec::new() } else { warnings };
            }
            return;
        }
        self.set_schema(schema);
    }

    /// Works by another schema from now on. Where that is not possible, the dialog stays.
    fn set_schema(&mut self, schema: Schema) {
        let Some(project) = &mut self.project else { return };
        if let Err(error) = project.set_schema(schema) {
            self.workspace.complain(error.explain());
            return;
        }
        let armed = self.workspace.armed.take();
        self.workspace.armed = armed.filter(|id| project.schema().label(id).is_some());
        self.workspace.leave_dialog();
        self.workspace.say(Message::new(
            "حُفظت الوسوم؛ يعيدها زر «كما كانت» في حوارها",
            "The labels are saved; “As before” in their dialog brings back what they were",
        ));
    }

    /// Gives all of the annotator's spans of a label another one, as one step.
    fn relabel_all(&mut self, ctx: &Context, from: LabelId, to: LabelId) {
        let Some(mut project) = self.project.take() else { return };
        let num_sets = project.num_own_sets_with(&from);
        if num_sets <= WITHIN_A_FRAME {
            let done = project.relabel_all(&from, &to, &mut |_, _| true);
            self.relabeled(project, done);
            return;
        }
        let dialog = self.workspace.dialog.take();
        let title = both("تُغيَّر الوسوم…", "Relabeling…");
        self.begin(ctx, title, move |progress| {
            let mut go_on = |done, all| progress.report(done, all);
            let done = project.relabel_all(&from, &to, &mut go_on);
            Box::new(move |app| {
                app.workspace.dialog = dialog;
                app.relabeled(project, done);
            })
        });
    }

    fn relabeled(&mut self, project: Project, done: Result<Option<Spread>, Error>) {
        let said = match done {
            Ok(Some(done)) => {
                let (spans, documents) =
                    (SPAN.message(done.num_spans), DOCUMENT.message(done.num_documents));
                let (left_ar, left_en) = match done.num_refused {
                    0 => (String::new(), String::new()),
                    left => {
                        let left = SPAN.message(left);
                        (
                            format!("؛ ما لم يمكن: {}", left.ar),
                            format!("; not possible: {}", left.en),
                        )
                    }
                };
                Message::new(
                    format!("غُيّر الوسم: {} · {}{left_ar}", spans.ar, documents.ar),
                    format!("Relabeled {} in {}{left_en}", spans.en, documents.en),
                )
            }
            Ok(None) => Message::new("أُوقف؛ لم يتغير شيء", "Stopped; nothing was changed"),
            Err(error) => {
                self.project = Some(project);
                self.workspace.complain(error.explain());
                return;
            }
        };
        if let Some(Dialog::Schema(form)) = &mut self.workspace.dialog {
            form.set_counts(counts(&project));
            form.relabel_to = None;
            form.notice = Some(said);
        }
        self.project = Some(project);
    }

    /// Takes the labels of a file or a project into the draft.
    fn take_labels(&mut self, path: &Path) {
        let path = if path.is_dir() { path.join("project.ron") } else { path.to_owned() };
        let read = fs::read(&path).map_err(|error| failed(&path, &error));
        let schema =
            read.and_then(|bytes| read_labels(&path, &bytes).map_err(|error| error.explain()));
        match schema {
            Ok(schema) => {
                self.workspace.leave_dialog();
                if let Some(Dialog::Schema(form)) = &mut self.workspace.dialog {
                    form.take(&schema);
                }
            }
            Err(why) => self.workspace.complain(why),
        }
    }

    /// Writes the draft to a new file.
    fn write_labels(&mut self, path: &Path) {
        let Some((Dialog::Schema(form), _)) = self.workspace.under.last() else { return };
        let text = match form.read() {
            Ok(schema) => crate::store::write_schema(&schema),
            Err(why) => {
                self.workspace.complain(why);
                return;
            }
        };
        let write = || -> io::Result<()> {
            let mut file = File::create_new(path)?;
            file.write_all(text.as_bytes())?;
            file.sync_all()
        };
        match write() {
            Ok(()) => {
                self.workspace.leave_dialog();
                if let Some(Dialog::Schema(form)) = &mut self.workspace.dialog {
                    let path = isolated(path.display());
                    form.notice = Some(Message::new(
                        format!("كُتبت الوسوم في {path}"),
                        format!("The labels were written to {path}"),
                    ));
                }
            }
            Err(error) => self.workspace.complain(failed(path, &error)),
        }
    }

    /// Makes the draft what the labels were before they were saved last.
    fn show_earlier(&mut self) {
        let is_new = self.workspace.is_for_new_project();
        let project = self.project.as_ref().filter(|_| !is_new);
        let earlier = project.and_then(|project| project.store().earlier_schema());
        let Some(Dialog::Schema(form)) = &mut self.workspace.dialog else { return };
        form.notice = Some(match &earlier {
            Some(schema) => {
                form.replace(schema);
                Message::new(
                    "هذه هي الوسوم كما كانت قبل آخر حفظ؛ احفظها لتعود",
                    "These are the labels as they were before they were saved last: save them to have them back",
                )
            }
            None => Message::new(
                "لم تُحفظ هنا وسوم أخرى من قبل، أو غيّر برنامج آخر ملف المشروع منذ ذلك",
                "No other labels were saved here before, or another program has changed the project’s file since",
            ),
        });
    }
}

fn counts(project: &Project) -> Counts {
    Counts { all: project.num_spans_by_label(), own: project.num_own_spans_by_label() }
}

fn failed(path: &Path, error: &io::Error) -> Message {
    let path = isolated(path.display());
    if error.kind() == io::ErrorKind::AlreadyExists {
        return Message::new(
            format!("{path} موجود: اختر اسمًا آخر"),
            format!("{path} is there already: choose another name"),
        );
    }
    Message::new(format!("{path}: {error}"), format!("{path}: {error}"))
}
