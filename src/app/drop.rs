//! Files and folders that are dragged onto the window: what will become of them is said while
//! they hover, and nothing is taken before it was looked at.

use std::path::{Path, PathBuf};

use egui::Context;

use super::App;
use super::action::Action;
use super::dialog::{Dialog, ImportForm};
use super::start::Start;
use crate::lang::{FILE, Message, isolated};
use crate::project::name_of;

/// What is to become of what is dragged onto the window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Dropped {
    /// A project, to be opened.
    Project(PathBuf),
    /// Articles for the open project.
    Articles(Vec<PathBuf>),
    /// Articles for a new project.
    New(Vec<PathBuf>),
}

impl Dropped {
    /// What paths mean, in a window with a project or without.
    fn of(paths: Vec<PathBuf>, has_project: bool) -> Self {
        match paths.as_slice() {
            [path] if path.join("project.ron").is_file() => Self::Project(path.clone()),
            [path] if path.file_name().is_some_and(|name| name == "project.ron") => {
                Self::Project(path.parent().unwrap_or(Path::new("")).to_owned())
            }
            _ if has_project => Self::Articles(paths),
            _ => Self::New(paths),
        }
    }

    /// What will happen, while it is still held.
    pub(super) fn told(&self) -> Message {
        match self {
            Self::Project(root) => {
                let name = isolated(name_of(root));
                Message::new(
                    format!("أفلت لفتح المشروع «{name}»"),
                    format!("Drop to open the project “{name}”"),
                )
            }
            Self::Articles(paths) => {
                let count = FILE.message(paths.len());
                Message::new(
                    format!(
                        "أفلت لترى ما يُستورد من {}. لا يُستورد شيء قبل أن توافق.",
                        genitive(paths, count.ar)
                    ),
                    format!(
                        "Drop to see what {} would bring. Nothing is taken before you say so.",
                        named(paths, count.en)
                    ),
                )
            }
            Self::New(paths) => {
                let count = FILE.message(paths.len());
                Message::new(
                    format!("أفلت لإعداد مشروع جديد من {}", genitive(paths, count.ar)),
                    format!("Drop to set up a new project with {}", named(paths, count.en)),
                )
            }
        }
    }
}

/// The name of the only path, or how many there are.
fn named(paths: &[PathBuf], count: String) -> String {
    match paths {
        [path] => isolated(name_of(path)),
        _ => count,
    }
}

/// The same after an Arabic preposition.
fn genitive(paths: &[PathBuf], count: String) -> String {
    if paths.len() == 2 { "ملفين".to_owned() } else { named(paths, count) }
}

impl App {
    /// What is held over the window; none if nothing is.
    pub(super) fn held(&self, ctx: &Context) -> Option<Dropped> {
        let held: Vec<_> = ctx.input(|input| {
            let files = input.raw.hovered_files.iter();
            files.map(|file| file.path.clone().unwrap_or_default()).collect()
        });
        (!held.is_empty()).then(|| Dropped::of(held, self.project.is_some()))
    }

    /// Takes what was dropped in this frame.
    pub(super) fn take_dropped(&mut self, ctx: &Context, actions: &mut Vec<Action>) {
        let paths: Vec<_> = ctx.input(|input| {
            input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect()
        });
        if paths.is_empty() {
            return;
        }
        if self.task.is_some() {
            self.workspace.complain(Message::new(
                "انتظر حتى تنتهي المهمة ثم أفلت الملفات مرة أخرى",
                "wait until the task has ended, then drop the files again",
            ));
            return;
        }
        let dropped = Dropped::of(paths, self.project.is_some());
        actions.push(Action::Start(Start::Drop(dropped)));
    }

    /// Opens a project that was dropped, or shows what articles would bring.
    pub(super) fn dropped(&mut self, ctx: &Context, dropped: Dropped) {
        match (dropped, &mut self.workspace.dialog) {
            (Dropped::Project(root), None | Some(Dialog::Open(_) | Dialog::Keys)) => {
                self.workspace.end_dialogs();
                self.open_project(ctx, root, None);
            }
            // What is written in a dialog is not thrown away.
            (Dropped::Project(_), Some(_)) => self.workspace.complain(Message::new(
                "أغلق هذا الحوار ثم أفلت المشروع مرة أخرى",
                "close this dialog, then drop the project again",
            )),
            (Dropped::Articles(paths) | Dropped::New(paths), Some(Dialog::New(form))) => {
                form.articles.set(&paths);
            }
            (Dropped::Articles(paths), Some(Dialog::Import(form))) => form.sources.set(&paths),
            (Dropped::Articles(paths), _) => {
                let mut form = ImportForm::default();
                self.workspace.import_draft = None;
                form.sources.set(&paths);
                self.show(ctx, Dialog::Import(Box::new(form)));
            }
            (Dropped::New(paths), _) => {
                self.workspace.end_dialogs();
                self.apply(ctx, Action::Start(Start::New(paths)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_dropped_is_a_project_or_articles() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        std::fs::create_dir(path("project")).unwrap();
        std::fs::File::create(path("project/project.ron")).unwrap();
        let project = Dropped::Project(path("project"));
        for has_project in [false, true] {
            for name in ["project", "project/project.ron"] {
                assert_eq!(Dropped::of(vec![path(name)], has_project), project);
            }
        }
        let two = vec![path("project"), path("a.txt")];
        assert_eq!(Dropped::of(two.clone(), true), Dropped::Articles(two.clone()));
        assert_eq!(Dropped::of(two.clone(), false), Dropped::New(two.clone()));
        let told = Dropped::Articles(two).told();
        assert!(told.ar.contains("من ملفين"), "{}", told.ar);
        assert!(told.en.contains("2 files"), "{}", told.en);
    }
}
