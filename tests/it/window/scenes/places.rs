//! The scenes, and the way to each.

use std::sync::Arc;
use std::time::Duration;

use tawsim::app::{Launch, View};
use tawsim::lang::{Bilingual, both};

use super::super::closing::Full;
use super::super::hands::{Home, Window};
use super::super::{GARDEN, HARBOR, SCHOOL, words};
use super::stage::{article, choose, command, crowded, import, make};
use super::{Look, Scene};

const SCHEMA: Bilingual = both("الوسوم…", "Labels…");
const MANUAL_SEARCH: Bilingual = both("ابحث في دليل الاستعمال", "Search the manual");
const FILTERS: Bilingual = both("مرشحات", "Filters");

/// All of them, as one comes to them.
pub(super) const SCENES: &[Scene] = &[
    Scene { name: "welcome", show: |home, look| look.window(home, View::Welcome) },
    Scene { name: "welcome-recent", show: recent },
    Scene { name: "notice", show: notice },
    Scene { name: "annotator", show: asks_annotator },
    Scene { name: "new", show: |home, look| over_welcome(home, look, "Ctrl+N") },
    Scene { name: "open", show: |home, look| over_welcome(home, look, "Ctrl+O") },
    Scene { name: "no-project", show: no_project },
    Scene { name: "empty", show: empty },
    Scene { name: "import", show: |home, look| over_sample(home, look, &["Ctrl+I"]) },
    Scene { name: "import-wrong", show: import_wrong },
    Scene { name: "task", show: task },
    Scene { name: "tour", show: |home, look| look.tour(home) },
    Scene { name: "sample", show: |home, look| look.sample(home) },
    Scene { name: "suggestions", show: suggestions },
    Scene { name: "review", show: |home, look| reviewing(home, look, &[]) },
    Scene { name: "review-edge", show: |home, look| reviewing(home, look, &["Ctrl+]"]) },
    Scene { name: "review-why", show: |home, look| reviewing(home, look, &["X"]) },
    Scene { name: "review-alike", show: |home, look| reviewing(home, look, &["A"]) },
    Scene { name: "span", show: |home, look| with_span(home, look, &["Enter"]) },
    Scene { name: "doubtful", show: |home, look| with_span(home, look, &["?"]) },
    Scene { name: "context-menu", show: |home, look| with_span(home, look, &["Shift+F10"]) },
    Scene { name: "spread", show: spread },
    Scene { name: "removed", show: |home, look| with_span(home, look, &["Delete"]) },
    Scene { name: "overlap", show: overlap },
    Scene { name: "refused", show: |home, look| with_span(home, look, &["Shift+1"]) },
    Scene { name: "guidelines", show: |home, look| with_span(home, look, &["F3"]) },
    Scene { name: "no-guidelines", show: no_guidelines },
    Scene { name: "crowded", show: |home, look| crowd(home, look) },
    Scene { name: "long-names", show: long_names },
    Scene { name: "find", show: |home, look| finding(home, look, "طنجه") },
    Scene { name: "find-nothing", show: |home, look| finding(home, look, "قرطبة") },
    Scene { name: "search", show: |home, look| searching(home, look, "city:صفاقس") },
    Scene { name: "search-wrong", show: |home, look| searching(home, look, "town:x") },
    Scene { name: "filters", show: filters },
    Scene { name: "history", show: history },
    Scene {
        name: "records",
        show: |home, look| over_sample(home, look, &["Shift+F8", "F8", "F8"]),
    },
    Scene { name: "records-proposed", show: |home, look| over_sample(home, look, &["F8"]) },
    Scene {
        name: "records-empty",
        show: |home, look| over_sample(home, look, &["Alt+PageDown", "Alt+PageDown", "F8"]),
    },
    Scene { name: "details", show: |home, look| over_sample(home, look, &["F2"]) },
    Scene { name: "labels", show: labels },
    Scene { name: "export", show: |home, look| over_sample(home, look, &["Ctrl+E"]) },
    Scene { name: "menu", show: |home, look| over_sample(home, look, &["F10", "ArrowDown"]) },
    Scene { name: "palette", show: palette },
    Scene { name: "keys", show: |home, look| over_sample(home, look, &["F1"]) },
    Scene { name: "settings", show: |home, look| over_sample(home, look, &["Ctrl+,"]) },
    Scene { name: "manual", show: |home, look| over_sample(home, look, &["Shift+F1"]) },
    Scene { name: "manual-search", show: manual_search },
    Scene { name: "drawer", show: |home, look| over_sample(home, look, &["F4"]) },
    Scene { name: "problems", show: problems },
    Scene { name: "read-only", show: read_only },
    Scene { name: "not-saved", show: not_saved },
    Scene { name: "finished", show: |home, look| over_sample(home, look, &["Ctrl+Enter"]) },
];

fn press(mut window: Window, keys: &[&str]) -> Window {
    for key in keys {
        window.key(key);
    }
    window
}

fn over_welcome(home: &Home, look: Look, key: &str) -> Window {
    press(look.window(home, View::Welcome), &[key])
}

pub(super) fn over_sample(home: &Home, look: Look, keys: &[&str]) -> Window {
    press(look.sample(home), keys)
}

/// The sample with one of its spans chosen, and what is done with that.
pub(super) fn with_span(home: &Home, look: Look, keys: &[&str]) -> Window {
    let mut window = look.sample(home);
    choose(&mut window, 4);
    press(window, keys)
}

/// A city of the fourth article marked, and its other occurrences.
fn spread(home: &Home, look: Look) -> Window {
    let mut window = over_sample(home, look, &["Alt+PageDown", "Alt+PageDown", "Alt+PageDown"]);
    window.key("Ctrl+F");
    window.paste("الرباط");
    press(window, &["Esc", "1", "Shift+A"])
}

fn three(home: &Home) {
    home.write("articles/1-garden.txt", GARDEN);
    home.write("articles/2-harbor.txt", HARBOR);
    home.write("articles/3-school.txt", SCHOOL);
    make(home, "project");
}

fn recent(home: &Home, look: Look) -> Window {
    make(home, "Corpus of news from the Maghreb 2019-2024/second round, annotators A to F");
    make(home, "news");
    make(home, "أخبار");
    look.window(home, View::Welcome)
}

fn notice(home: &Home, look: Look) -> Window {
    home.write("config/crash-20260101T000000.000Z.txt", "x");
    look.window(home, View::Welcome)
}

fn asks_annotator(home: &Home, look: Look) -> Window {
    three(home);
    let view = View::Project { folder: home.path("project"), document: None };
    home.write("config/settings.ron", "(version: 1)");
    let launch = home.launch(view, look.lang);
    look.launch(Launch { annotator: None, mode: Some(look.mode), ..launch })
}

fn no_project(home: &Home, look: Look) -> Window {
    let mut window = look.window(home, View::Welcome);
    window.key("Ctrl+O");
    window.paste(home.path("nowhere").to_str().unwrap());
    press(window, &["Enter"])
}

fn empty(home: &Home, look: Look) -> Window {
    make(home, "project");
    look.project(home, "project")
}

fn import_wrong(home: &Home, look: Look) -> Window {
    home.write(
        "broken.jsonl",
        "{\"id\": \"a\", \"text\": \"نص\"}\n{\"id\": \"b\"}\n{\"id\": 3\n",
    );
    let mut window = look.sample(home);
    import(&mut window, home.path("broken.jsonl").to_str().unwrap(), look.lang);
    window
}

/// An import that takes its time.
fn task(home: &Home, look: Look) -> Window {
    let lines: String = (0..40_000).map(|at| article(&format!("{at}"), HARBOR, &[])).collect();
    home.write("many.jsonl", &lines);
    make(home, "project");
    let mut window = look.project(home, "project");
    window.key("Ctrl+I");
    window.paste(home.path("many.jsonl").to_str().unwrap());
    window.keys_in_one_frame(&["Enter"]);
    while !window.has("Stop") && !window.has("أوقف") {
        std::thread::sleep(Duration::from_millis(5));
        window.frame(&[]);
    }
    window
}

fn overlap(home: &Home, look: Look) -> Window {
    let text = "وفد AquaLine في وجدة\n\nوصل وفد من شركة AquaLine Water Systems إلى مدينة وجدة يوم \
        12/05/2024 (مع 3 صحفيين من AFP)، ثم زار ميناء الحسيمة ومدينة بركان وعاد بالقطار مساء اليوم \
        نفسه. وقال مدير الشركة: «سنعود بعد 10 أيام»، وبالقاهرة مكتب آخر لها.\n";
    home.write("articles/trip.txt", text);
    make(home, "project");
    let project = home.read("project/project.ron");
    home.write("project/project.ron", &project.replace("overlap: Never", "overlap: Any"));
    let mut window = look.project(home, "project");
    for (words, key) in [
        ("وفد من شركة AquaLine Water Systems إلى مدينة وجدة", "2"),
        ("شركة AquaLine", "2"),
        ("مدينة وجدة", "1"),
        ("12/05/2024", "4"),
        ("3 صحفيين", "3"),
        ("ميناء الحسيمة ومدينة بركان وعاد بالقطار مساء اليوم نفسه", "1"),
        ("بركان", "1"),
    ] {
        window.key("Ctrl+F");
        window.key("Ctrl+A");
        window.paste(words);
        window.key("Esc");
        window.key(key);
    }
    window
}

fn no_guidelines(home: &Home, look: Look) -> Window {
    three(home);
    press(look.project(home, "project"), &["F3"])
}

fn crowd(home: &Home, look: Look) -> Window {
    home.write("articles/trips.jsonl", &crowded());
    make(home, "project");
    let mut window = look.project(home, "project");
    choose(&mut window, 6);
    window
}

fn long_names(home: &Home, look: Look) -> Window {
    let title = "اللجنة المشتركة لتنسيق أعمال صيانة الطرق القروية وقنوات الري في الجماعات الجبلية \
        تعلن تأجيل اجتماعها السنوي الذي كان مقررا في مدينة وجدة إلى أجل لم يُعلن بعد";
    let text = format!("{title}\n\nحضر 3 مهندسين من وزارة التجهيز إلى وجدة.\n");
    let spans = [("CITY", "وجدة"), ("COUNT", "3"), ("AGENCY", "وزارة التجهيز")];
    home.write("articles/a.jsonl", &article(&"commission-".repeat(12), &text, &spans));
    make(home, "project");
    let project = home.read("project/project.ron");
    let project = project
        .replace("جهاز رسمي", "جهاز رسمي من أجهزة الدولة أو مما أسسته دول متعددة")
        .replace("\"Agency\"", "\"Agency of a state, or one that several states founded\"");
    home.write("project/project.ron", &project);
    let mut window = look.project(home, "project");
    choose(&mut window, 3);
    window
}

fn finding(home: &Home, look: Look, what: &str) -> Window {
    let mut window = look.sample(home);
    window.key("Ctrl+F");
    window.paste(what);
    window
}

pub(super) fn searching(home: &Home, look: Look, what: &str) -> Window {
    let mut window = look.sample(home);
    window.key("Ctrl+Shift+F");
    window.paste(what);
    for _ in 0..40 {
        std::thread::sleep(Duration::from_millis(5));
        window.settle();
    }
    window
}

fn filters(home: &Home, look: Look) -> Window {
    let mut window = look.sample(home);
    // In a narrow window the list is a drawer.
    if !window.has(FILTERS.get(look.lang)) {
        window.key("F4");
    }
    window.click(FILTERS.get(look.lang));
    window.click_field(words::SEARCH.get(look.lang));
    window.paste("label:CITY");
    window
}

fn history(home: &Home, look: Look) -> Window {
    let mut window = with_span(home, look, &["2", "?", "Tab", "Delete", "Tab", "3", "Ctrl+Z"]);
    window.key("Ctrl+Shift+H");
    window
}

fn labels(home: &Home, look: Look) -> Window {
    let mut window = look.sample(home);
    command(&mut window, look.lang, SCHEMA);
    window
}

fn palette(home: &Home, look: Look) -> Window {
    let mut window = look.sample(home);
    window.key("Ctrl+K");
    window.paste("موضع");
    window
}

fn manual_search(home: &Home, look: Look) -> Window {
    let mut window = over_sample(home, look, &["Shift+F1"]);
    window.click_field(MANUAL_SEARCH.get(look.lang));
    window.paste("git");
    press(window, &["Enter"])
}

fn problems(home: &Home, look: Look) -> Window {
    home.write(
        "articles/1.jsonl",
        &article("garden", GARDEN, &[("CITY", "وجدة"), ("COUNT", "250")]),
    );
    make(home, "project");
    let (name, text) = home.files("project/sets").swap_remove(0);
    home.write(&format!("project/sets/{name}"), &format!("{text}{{\"id\": \n{{\"x\": 1}}\n"));
    press(look.project(home, "project"), &["G", "P"])
}

fn read_only(home: &Home, look: Look) -> Window {
    three(home);
    // Whoever has it open keeps it, until the program ends.
    std::mem::forget(look.project(home, "project"));
    look.project(home, "project")
}

fn not_saved(home: &Home, look: Look) -> Window {
    three(home);
    let view = View::Project { folder: home.path("project"), document: None };
    let launch = Launch { mode: Some(look.mode), ..home.launch(view, look.lang) };
    let disk = Full::default();
    let (_, size, scale) = look.size.of();
    let window = Window::on_disk(launch, size, Arc::new(disk.clone()));
    let mut window = look.scale(window, scale);
    disk.set(true);
    press_and_wait(&mut window);
    window
}

fn press_and_wait(window: &mut Window) {
    window.key("Ctrl+A");
    window.key("2");
    let is_told = |window: &Window| window.says("Not saved") || window.says("لم يُحفظ");
    for _ in 0..400 {
        if is_told(window) {
            return;
        }
        std::thread::sleep(Duration::from_millis(5));
        window.settle();
    }
    assert!(is_told(window), "{:#?}", window.names());
}

/// Suggestions are gone through.
fn reviewing(home: &Home, look: Look, keys: &[&str]) -> Window {
    let mut window = suggestions(home, look);
    window.key("F7");
    for key in keys {
        window.key(key);
    }
    window.rest();
    window
}

/// What is suggested in an article, beside the spans that it has.
fn suggestions(home: &Home, look: Look) -> Window {
    let mut window = over_sample(home, look, &["Ctrl+Alt+PageDown"]);
    let some = both("اقتراح: ", "Suggestion: ").get(look.lang);
    window.wait_for(some);
    window
}
