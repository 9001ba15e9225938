//! Asking other programs for suggestions.

use egui::Context;

use crate::app::App;
use crate::app::dialog::Dialog;
use crate::app::extractor::{Ask, ExtractorForm, Failed, Running, Shown};
use crate::app::review::Review;
use crate::lang::{Explain as _, Message, SUGGESTION, both, isolated};
use crate::model::{DocumentId, Place, Problem, Program, Severity};
use crate::project::{Answer, Approval, AskError, Project, Question, approval_of, ask};

/// How many approvals are remembered; what was approved before is asked anew.
const MOST_APPROVED: usize = 200;

/// How many problems the dialog names; all are in the list.
const MOST_NAMED: usize = 3;

impl App {
    /// Does what was asked for about other programs.
    pub(in crate::app) fn extractor(&mut self, ctx: &Context, asked: Ask) {
        match asked {
            Ask::Show(name) => self.show_extractors(ctx, name.as_deref(), false, None),
            Ask::Run(running) => self.run_extractor(ctx, running),
        }
    }

    fn show_extractors(
        &mut self,
        ctx: &Context,
        name: Option<&str>,
        everywhere: bool,
        failed: Option<Failed>,
    ) {
        let Some(project) = &self.project else { return };
        let store = project.store();
        let shown = |program: Program| {
            let approval = approval_of(store.root(), &program);
            let is_approved = self.is_approved(&approval);
            Shown { program, approval, is_approved }
        };
        let programs: Vec<_> = store.extractors().into_iter().map(shown).collect();
        let at =
            programs.iter().position(|of| name.is_some_and(|name| of.program.name == name));
        let form = ExtractorForm {
            programs,
            at: at.unwrap_or_default(),
            everywhere,
            root: store.root().to_owned(),
            failed,
        };
        if matches!(self.workspace.dialog, Some(Dialog::Extractor(_))) {
            // What it shows is no longer so.
            self.workspace.drop_dialog();
        }
        self.show(ctx, Dialog::Extractor(Box::new(form)));
    }

    fn run_extractor(&mut self, ctx: &Context, running: Running) {
        let Running { name, everywhere, approves } = running;
        let Some(project) = &self.project else { return };
        let store = project.store().clone();
        let Some(program) = store.extractors().into_iter().find(|of| of.name == name) else {
            self.workspace.complain(Message::new(
                format!("لم يعد في project.ron مستخرج باسم {}", isolated(&name)),
                format!("project.ron has no extractor {} any more", isolated(&name)),
            ));
            return;
        };
        let approval = approval_of(store.root(), &program);
        // What was approved is what was seen: it may have changed since.
        let is_seen = approves.as_ref() == Some(&approval);
        if is_seen && approval.is_lasting && !self.is_approved(&approval) {
            self.settings.approved.insert(0, approval.digest.clone());
            self.settings.approved.truncate(MOST_APPROVED);
            self.settings_changed = true;
        }
        if !is_seen && !self.is_approved(&approval) {
            self.show_extractors(ctx, Some(&name), everywhere, None);
            return;
        }
        let documents = asked_about(project, everywhere);
        self.workspace.drop_dialog();
        let at = (self.ambient.now)();
        let title = both("يعمل المستخرج…", "The extractor is running…");
        let ctx_then = ctx.clone();
        self.begin(ctx, title, move |progress| {
            let question = Question { program: &program, documents: &documents, at };
            let mut go_on = |done, total| progress.report(done, total);
            let answer = ask(&store, &question, &mut go_on);
            Box::new(move |app| app.answered(&ctx_then, (&program.name, everywhere), answer))
        });
    }

    /// Whether a program may run without being shown first.
    fn is_approved(&self, approval: &Approval) -> bool {
        approval.is_lasting && self.settings.approved.contains(&approval.digest)
    }

    fn answered(
        &mut self,
        ctx: &Context,
        (name, everywhere): (&str, bool),
        answer: Result<Answer, AskError>,
    ) {
        let failed = match answer {
            Ok(Answer { report, said }) => match report.taken {
                Some(taken) => {
                    self.took(ctx, name, taken.suggestions);
                    self.workspace.list_problems(said_beside(name, &said));
                    return;
                }
                None => {
                    let why = report.problems.iter().take(MOST_NAMED).map(|problem| {
                        let place = isolated(&problem.place);
                        let what = &problem.what;
                        Message::new(
                            format!("{place} {}", what.ar),
                            format!("{place} {}", what.en),
                        )
                    });
                    let none =
                        both("لم يؤخذ شيء مما كتب.", "Nothing of what it wrote was taken.");
                    let why = std::iter::once(none.into()).chain(why).collect();
                    self.workspace.list_problems(report.problems);
                    Failed { why, said }
                }
            },
            Err(AskError::Stopped) => {
                self.workspace.say(AskError::Stopped.explain());
                return;
            }
            Err(error) => {
                let (why, of) = (error.explain(), isolated(name));
                let why =
                    Message::new(format!("{of}: {}", why.ar), format!("{of}: {}", why.en));
                let why = vec![why];
                Failed { why, said: error.said().to_owned() }
            }
        };
        self.show_extractors(ctx, Some(name), everywhere, Some(failed));
    }

    /// Says what a program has suggested; what is gone through follows.
    fn took(&mut self, ctx: &Context, name: &str, count: usize) {
        // Who runs it wants to see what it says.
        let hidden = &mut self.settings.hidden_sources;
        self.settings_changed |= hidden.iter().any(|source| source == name);
        hidden.retain(|source| source != name);
        let (name, count) = (isolated(name), SUGGESTION.message(count));
        self.workspace.say(Message::new(
            format!("{name}: {}", count.ar),
            format!("{name}: {}", count.en),
        ));
        if self.workspace.review.as_ref().is_some_and(|review| review.everywhere) {
            self.workspace.review.iter_mut().for_each(Review::here);
            self.review(ctx, crate::app::review::Ask::ToggleAll);
        }
    }
}

fn asked_about(project: &Project, everywhere: bool) -> Vec<DocumentId> {
    if everywhere {
        return project.store().documents().iter().map(|entry| entry.id.clone()).collect();
    }
    project.document().map(|document| document.id().clone()).into_iter().collect()
}

/// What a program that did well has said beside, to be looked at.
fn said_beside(name: &str, said: &str) -> Option<Problem> {
    let said: Vec<_> = said.lines().filter(|line| !line.trim().is_empty()).collect();
    let said = said.join(" · ");
    let place = Place { path: Some(name.into()), ..Place::default() };
    let what = Message::new(said.clone(), said.clone());
    (!said.is_empty()).then_some(Problem { severity: Severity::Notice, place, what })
}
