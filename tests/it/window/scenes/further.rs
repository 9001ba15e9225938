//! Scenes that are farther away: the statistics, many documents at once, files that are dropped,
//! the labels' further pages.

use egui::Role;
use tawsim::app::View;
use tawsim::lang::{Bilingual, both};

use super::super::hands::{Home, Window};
use super::super::{GARDEN, HARBOR, SCHOOL, documents, sources, statistics, words};
use super::places::{over_sample, searching, with_span};
use super::stage::{choose, command, crowded, make};
use super::{Look, Scene};

const ARTICLES: Bilingual = both("المقالات", "Articles");
const BY_LABEL: Bilingual = both("حسب الوسم", "By label");
const BY_DOCUMENT: Bilingual = both("حسب المقال", "By document");
const BY_STATE: Bilingual = both("حسب الحالة", "By state");
const BY_ANNOTATOR: Bilingual = both("حسب الموسّم", "By annotator");
const BY_TEXT: Bilingual = both("رتّب بالنص", "Sort by text");
const LABELS: Bilingual = both("الوسوم…", "Labels…");
const LAYER: Bilingual = both("كيانات", "Entities");
const TAKE: Bilingual = both("خذ وسومًا…", "Take labels…");
const WRITE: Bilingual = both("احفظها في ملف…", "Save to a file…");
const EXTRACTOR: Bilingual = both("شغّل مستخرجًا آخر…", "Run an extractor…");
const ADD_ATTRIBUTE: Bilingual = both("أضف سمة", "Add an attribute");

/// All of them.
pub(super) const SCENES: &[Scene] = &[
    Scene { name: "new-articles", show: new_over_welcome },
    Scene { name: "new-over-project", show: new_over_project },
    Scene { name: "held", show: held },
    Scene { name: "dropped", show: dropped },
    Scene { name: "own-keys", show: own_keys },
    Scene { name: "guidelines-edit", show: |home, look| edited(home, look, false) },
    Scene { name: "guidelines-unsaved", show: |home, look| edited(home, look, true) },
    Scene { name: "documents-selected", show: selected },
    Scene { name: "documents-menu", show: menu_of_documents },
    Scene { name: "documents-nothing", show: no_document },
    Scene { name: "statistics", show: |home, look| worked(home, look, None) },
    Scene { name: "statistics-labels", show: |home, look| worked(home, look, Some(BY_LABEL)) },
    Scene {
        name: "statistics-documents",
        show: |home, look| worked(home, look, Some(BY_DOCUMENT)),
    },
    Scene { name: "statistics-states", show: |home, look| worked(home, look, Some(BY_STATE)) },
    Scene {
        name: "statistics-annotators",
        show: |home, look| worked(home, look, Some(BY_ANNOTATOR)),
    },
    Scene { name: "statistics-empty", show: no_statistics },
    Scene { name: "sources", show: |home, look| reviewed(home, look, None) },
    Scene { name: "extractor", show: |home, look| reviewed(home, look, Some(EXTRACTOR)) },
    Scene { name: "learning", show: learning },
    Scene { name: "labels-attributes", show: attributes },
    Scene { name: "labels-layer", show: layer },
    Scene { name: "labels-take", show: |home, look| file_of_labels(home, look, TAKE) },
    Scene { name: "labels-write", show: |home, look| file_of_labels(home, look, WRITE) },
    Scene { name: "alone", show: |home, look| with_span(home, look, &["F11"]) },
    Scene { name: "map", show: map },
    Scene { name: "table-sorted", show: sorted_table },
    Scene { name: "search-empty", show: |home, look| searching(home, look, "") },
    Scene {
        name: "history-empty",
        show: |home, look| over_sample(home, look, &["Ctrl+Shift+H"]),
    },
];

/// Several sources in review; over it what another program would run.
fn reviewed(home: &Home, look: Look, over: Option<Bilingual>) -> Window {
    sources::make(home, look.lang);
    if over.is_some() {
        sources::name_extractor(home, "");
    }
    let mut window = look.project(home, "project");
    window.wait_for("حديقة (");
    window.key("F7");
    if let Some(over) = over {
        command(&mut window, look.lang, over);
    }
    window
}

/// A page of a new project in which articles of several kinds are named.
fn new_with_articles(mut window: Window, home: &Home, look: Look) -> Window {
    for (name, text) in [("1", GARDEN), ("2", HARBOR), ("3", SCHOOL)] {
        home.write(&format!("articles/{name}.txt"), text);
    }
    home.write("articles/broken.jsonl", "{ nothing\n");
    window.key("Ctrl+N");
    let articles = ARTICLES.get(look.lang);
    while !window.has_focus(articles) {
        window.key("Tab");
    }
    window.paste(home.path("articles").to_str().unwrap());
    window.rest();
    window.settle();
    window
}

fn new_over_welcome(home: &Home, look: Look) -> Window {
    new_with_articles(look.window(home, View::Welcome), home, look)
}

fn new_over_project(home: &Home, look: Look) -> Window {
    new_with_articles(look.sample(home), home, look)
}

fn held(home: &Home, look: Look) -> Window {
    let paths = ["a.txt", "b.txt"].map(|name| home.write(name, HARBOR));
    let mut window = look.sample(home);
    window.hold(&paths);
    window
}

fn dropped(home: &Home, look: Look) -> Window {
    let paths = [home.write("new/a.txt", HARBOR), home.write("new/b.txt", SCHOOL)];
    let mut window = look.sample(home);
    window.drop_files(&paths);
    window
}

/// Six articles.
fn six(home: &Home, look: Look) -> Window {
    documents::six_articles(home, home.launch(View::Welcome, look.lang), look.lang).close();
    look.project(home, "project")
}

fn selected(home: &Home, look: Look) -> Window {
    let mut window = six(home, look);
    for key in ["G", "R", "Shift+ArrowDown"] {
        window.key(key);
    }
    window
}

fn menu_of_documents(home: &Home, look: Look) -> Window {
    let mut window = selected(home, look);
    window.key("Shift+F10");
    window
}

fn no_document(home: &Home, look: Look) -> Window {
    let mut window = six(home, look);
    window.key("G");
    window.key("D");
    window.paste("قرطبة");
    window
}

fn worked(home: &Home, look: Look, tab: Option<Bilingual>) -> Window {
    statistics::worked(home);
    let mut window = look.project(home, "project");
    window.key("Ctrl+Shift+S");
    if let Some(tab) = tab {
        window.click(tab.get(look.lang));
    }
    window
}

fn no_statistics(home: &Home, look: Look) -> Window {
    make(home, "project");
    let mut window = look.project(home, "project");
    window.key("Ctrl+Shift+S");
    window
}

/// What finished documents teach, before there are enough.
fn learning(home: &Home, look: Look) -> Window {
    let mut window = look.sample(home);
    command(
        &mut window,
        look.lang,
        both("تعلّم من المقالات المنتهية…", "Learn from finished documents…"),
    );
    window
}

/// The page of keys, with keys of one's own in it.
fn own_keys(home: &Home, look: Look) -> Window {
    home.write("config/keys.ron", "{ \"Ctrl+J\": \"edit.redo\", \"G S\": \"view.theme\" }");
    let mut window = look.sample(home);
    command(&mut window, look.lang, both("غيّر المفاتيح…", "Change keys…"));
    window.keys("Enter", 2);
    window.key("g");
    window
}

/// The guidelines, with a word that is not saved; whether it is asked for.
fn edited(home: &Home, look: Look, leaves: bool) -> Window {
    let mut window = look.sample(home);
    command(&mut window, look.lang, both("حرّر دليل التوسيم…", "Edit the guidelines…"));
    window.key("Ctrl+ArrowDown");
    window.paste("كل ما يدل على الشيء وحده. ");
    window.keys("Shift+ArrowDown", 3);
    if leaves {
        window.key("Esc");
    }
    window
}

/// The labels' dialog, with a row of its list chosen.
fn labels(home: &Home, look: Look, row: Bilingual) -> Window {
    let mut window = look.sample(home);
    command(&mut window, look.lang, LABELS);
    let at = window.rect_of(Role::ListBoxOption, row.get(look.lang)).center();
    window.click_at(at);
    window
}

fn attributes(home: &Home, look: Look) -> Window {
    let mut window = labels(home, look, words::COUNT);
    let add = ADD_ATTRIBUTE.get(look.lang);
    while !window.has_focus(add) {
        window.key("Tab");
    }
    window.key("Enter");
    window
}

fn layer(home: &Home, look: Look) -> Window {
    labels(home, look, LAYER)
}

fn file_of_labels(home: &Home, look: Look, button: Bilingual) -> Window {
    let mut window = labels(home, look, words::COUNT);
    window.click(button.get(look.lang));
    window
}

/// Five hundred spans, a dozen of them doubtful, and hits between them.
fn map(home: &Home, look: Look) -> Window {
    let mut window = many_spans(home, look);
    for _ in 0..12 {
        window.keys("Tab", 9);
        window.key("?");
    }
    window.key("Ctrl+F");
    window.paste("الناظور");
    window
}

fn sorted_table(home: &Home, look: Look) -> Window {
    let mut window = many_spans(home, look);
    if window.has(BY_TEXT.get(look.lang)) {
        window.click(BY_TEXT.get(look.lang));
    }
    choose(&mut window, 3);
    window
}

fn many_spans(home: &Home, look: Look) -> Window {
    home.write("articles/trips.jsonl", &crowded());
    make(home, "project");
    look.project(home, "project")
}
