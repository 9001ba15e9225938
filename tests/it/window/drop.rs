//! Files and folders that are dragged onto the window.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{DroppedFile, DroppedFileHandle, HoveredFile};
use tawsim::app::View;
use tawsim::lang::{Lang, both};
use tawsim::theme::Mode;

use super::hands::{Home, Window};
use super::screens::{look, look_now};
use super::{GARDEN, HARBOR, SCHOOL, three_articles, words};

/// A file as a window system drops it.
#[derive(Debug)]
struct Dropped(PathBuf);

impl DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

impl Window {
    /// Holds files over the window; lets go of none of them.
    pub(super) fn hold(&mut self, paths: &[PathBuf]) {
        let files = paths
            .iter()
            .map(|path| HoveredFile { path: Some(path.clone()), ..HoveredFile::default() });
        self.harness.input_mut().hovered_files = files.collect();
        // While they are held, egui draws on.
        for _ in 0..3 {
            self.frame(&[]);
        }
    }

    /// Drops files onto the window.
    pub(super) fn drop_files(&mut self, paths: &[PathBuf]) {
        self.harness.input_mut().hovered_files.clear();
        let files =
            paths.iter().map(|path| Arc::new(Dropped(path.clone())) as DroppedFileHandle);
        self.harness.input_mut().dropped_files = files.collect();
        self.settle();
    }
}

#[test]
fn articles_that_are_dropped_are_looked_at_before_they_are_taken() {
    for lang in [Lang::Ar, Lang::En] {
        let t = |ar, en| both(ar, en).get(lang);
        let home = Home::new();
        let mut window = three_articles(&home, lang);
        let new = home.write("new/new.txt", "خبر جديد من طنجة\n");
        let paths = [home.path("articles"), new];
        window.hold(&paths);
        window.check_says(t("أفلت لترى ما يُستورد من ملفين", "Drop to see what 2 files"));
        window.hold(&[]);
        assert!(!window.says(t("أفلت", "Drop to")), "what is carried away is not taken");

        window.drop_files(&paths);
        window.check_says(t(
            "مقال واحد · في المشروع من قبل: 3 مقالات",
            "1 document · already here: 3",
        ));
        window.check_says("خبر جديد من طنجة");
        assert!(!window.says("خبر جديد من طنجة ·"), "nothing is taken yet");
        window.click(t("استورد", "Import"));
        window.check_says(t("استُورد: مقال واحد", "imported 1 document"));
        window.check_says("خبر جديد من طنجة ·");

        // Esc takes nothing; what is dropped into the open dialog is named there instead.
        window.drop_files(&[home.path("articles")]);
        window.drop_files(&[home.path("new")]);
        let path = home.path("new");
        assert_eq!(window.value(words::PATH.get(lang)), path.to_str().unwrap());
        window.key("Esc");
        window.close();
    }
}

#[test]
fn a_project_that_is_dropped_is_opened() {
    for lang in [Lang::Ar, Lang::En] {
        let t = |ar, en| both(ar, en).get(lang);
        let home = Home::new();
        three_articles(&home, lang).close();
        let mut window = Window::new(home.launch(View::Welcome, lang));
        let project = home.path("project");
        window.hold(std::slice::from_ref(&project));
        window.check_says(t(
            "أفلت لفتح المشروع «\u{2068}project\u{2069}»",
            "Drop to open the project",
        ));
        window.drop_files(&[project]);
        window.check_says("حديقة جديدة في وجدة");
        assert!(window.is_in_article());
        window.close();
    }
}

#[test]
fn articles_that_are_dropped_on_the_first_page_begin_a_project() {
    for lang in [Lang::Ar, Lang::En] {
        let t = |ar, en| both(ar, en).get(lang);
        let home = Home::new();
        let paths = [("a.txt", GARDEN), ("b.txt", HARBOR), ("c.txt", SCHOOL)];
        let paths = paths.map(|(name, text)| home.write(name, text));
        let mut window = Window::new(home.launch(View::Welcome, lang));
        window.hold(&paths);
        window.check_says(t("أفلت لإعداد مشروع جديد من 3 ملفات", "a new project with 3 files"));
        window.drop_files(&paths);
        window.check_says(t("3 مقالات", "3 documents"));
        window.check_says("\u{2068}a.txt\u{2069}");
        window.fill(words::PATH.get(lang), home.path("project").to_str().unwrap());
        window.click(words::CREATE.get(lang));
        window.check_says(t("استُورد: 3 مقالات", "imported 3 documents"));
        window.close();
    }
}

#[test]
fn pictures_of_what_is_held_and_of_the_import_that_follows() {
    for (lang, mode) in [(Lang::Ar, Mode::Dark), (Lang::En, Mode::Light)] {
        let home = Home::new();
        three_articles(&home, lang).close();
        let view = View::Project { folder: home.path("project"), document: None };
        let launch = tawsim::app::Launch { mode: Some(mode), ..home.launch(view, lang) };
        let mut window = Window::new(launch);
        let paths = [home.path("articles"), home.write("new/new.txt", "خبر جديد من طنجة\n")];
        window.hold(&paths);
        look_now(&mut window, &format!("held-{}", lang.code()));
        window.drop_files(&paths);
        look(&mut window, &format!("import-{}", lang.code()));
        window.close();
    }
}
