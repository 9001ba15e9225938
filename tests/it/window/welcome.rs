//! The first page: projects that were open before, and what is no project.

use egui::Role;
use tawsim::app::{Launch, View};
use tawsim::lang::{Lang, both};
use tawsim::model::Schema;
use tawsim::store::{RealDisk, Store};

use super::hands::{Home, Window};
use super::words;

#[test]
fn projects_of_one_name_are_told_apart_by_their_place() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        for folder in ["spring", "autumn"] {
            let path = home.path(folder).join("news");
            Store::create(&RealDisk, &path, "News", &Schema::default()).unwrap();
            home.open(&format!("{folder}/news"), lang).close();
        }
        let launch = || Launch { home: home.path(""), ..home.launch(View::Welcome, lang) };
        for scale in [1.0, 2.0] {
            let mut window = Window::new(launch());
            window.harness.set_pixels_per_point(scale);
            window.settle();
            for folder in ["spring", "autumn"] {
                let path = home.path(folder).join("news").canonicalize().unwrap();
                let name = format!("news · \u{2066}{}\u{2069}", path.display());
                assert!(window.rect_of(Role::Button, &name).width() > 100.0);
            }
            window.close();
        }
        let mut window = Window::new(launch());
        super::screens::look(&mut window, &format!("recent-{}", lang.code()));
        window.click_on("spring");
        window.key("Ctrl+I");
        window.check_says(words::PATH.get(lang));
        window.close();
    }
}

#[test]
fn what_to_do_with_a_folder_that_is_no_project_is_said_in_the_words_of_the_window() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        home.write("empty/readme.txt", "");
        let mut window = Window::new(home.launch(View::Welcome, lang));
        window.key("Ctrl+O");
        window.fill(words::PATH.get(lang), home.path("empty").to_str().unwrap());
        window.key("Enter");
        let said = both(
            "«مشروع جديد…» (\u{2068}Ctrl+N\u{2069})",
            "“New project…” (\u{2068}Ctrl+N\u{2069})",
        );
        window.check_says(said.get(lang));
        assert!(!window.says("tawsim new"));
        window.close();
    }
}
