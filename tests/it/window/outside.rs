//! What other programs change while the window is open.

use tawsim::app::{Launch, View};
use tawsim::lang::{Lang, both};
use tawsim::model::AnnotatorId;

use super::hands::{Home, Window};
use super::{GARDEN, mark, three_articles, words};

/// Comes back to the window, as from a terminal.
fn come_back(window: &mut Window) {
    window.frame(&[egui::Event::WindowFocused(false)]);
    window.frame(&[egui::Event::WindowFocused(true)]);
    window.settle();
}

#[test]
fn what_was_pulled_is_shown_when_the_window_gains_the_focus() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = three_articles(&home, lang);
        let mut sheet = window.sheet(GARDEN, lang);
        let (from, to) = sheet.ends("وجدة");
        window.drag(from, to);
        window.key("1");
        window.close();
        let (name, text) = home.files("project/sets").swap_remove(0);
        let mut window = home.open("project", lang);
        window.click_on("حديقة جديدة في وجدة ·");
        let span = mark(words::CITY, lang, "وجدة");
        window.check_says(&span);

        // Nothing has changed, nothing is said; also after what was written here.
        let news = both("غيّر برنامج آخر ملفات", "another program has changed files").get(lang);
        come_back(&mut window);
        window.key("Tab");
        window.key("?");
        window.wait_for(words::SAVED.get(lang));
        come_back(&mut window);
        std::thread::sleep(std::time::Duration::from_millis(300));
        come_back(&mut window);
        assert!(!window.says(news));

        // The span goes, and a document's title comes.
        window.key("?");
        window.close();
        let mut window = home.open("project", lang);
        window.click_on("حديقة جديدة في وجدة ·");
        let head = text.lines().next().unwrap();
        home.write(&format!("project/sets/{name}"), &format!("{head}\n"));
        home.write("project/guidelines.md", "# جديد");
        come_back(&mut window);
        window.wait_for(news);
        assert!(!window.says(&span));
        window.key("F3");
        assert!(window.has("جديد"));
        window.close();
    }
}

#[test]
fn a_document_and_another_schema_from_outside_are_shown_too() {
    let home = Home::new();
    // Closed once, so that its import is in the files.
    three_articles(&home, Lang::En).close();
    let mut window = home.open("project", Lang::En);
    window.click_on("ميناء الصيد يستعيد نشاطه ·");
    let other = Launch {
        annotator: Some(AnnotatorId::new("basma").unwrap()),
        ..home.launch(View::Project { folder: home.path("project"), document: None }, Lang::En)
    };
    let mut second = Window::new(other);
    home.write("more/4-bridge.txt", "جسر على أم الربيع\n");
    second.key("Ctrl+I");
    second.fill("Path", home.path("more").to_str().unwrap());
    second.key("Enter");
    second.check_says("imported 1 document");
    second.close();
    come_back(&mut window);
    window.wait_for("another program has changed files");
    window.check_says("0 of 4 documents finished");
    window.check_says("جسر على أم الربيع ·");

    let schema = home.read("project/project.ron").replace("\"مدينة\"", "\"بلدة\"");
    home.write("project/project.ron", &schema.replace("\"City\"", "\"Town\""));
    come_back(&mut window);
    window.wait_for("the project was opened anew");
    assert!(window.has("Town"));
    window.check_says("Article text · ميناء الصيد");
    window.close();
}
