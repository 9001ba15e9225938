//! The statistics: counted, looked at, walked through by keys, copied, and left for what they
//! are about.

use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use tawsim::app::{Launch, View};
use tawsim::lang::{Bilingual, Lang, both};
use tawsim::model::{AnnotatorId, Document, DocumentId, Schema, State, Timestamp};
use tawsim::project::{Ambient, Project};
use tawsim::store::{RealDisk, Store};
use tawsim::text::TextRange;
use tawsim::theme::Mode;

use super::hands::{AMBIENT, Home, Window, installation};
use super::screens::look;
use super::{GARDEN, three_articles, words};

const TITLE: Bilingual = both("الإحصاءات", "Statistics");
const BY_LABEL: Bilingual = both("حسب الوسم", "By label");
const BY_DOCUMENT: Bilingual = both("حسب المقال", "By document");
const BY_STATE: Bilingual = both("حسب الحالة", "By state");
const BY_ANNOTATOR: Bilingual = both("حسب الموسّم", "By annotator");

/// Three spans in the first of three articles, of which it is finished; two labels.
fn marked(home: &Home, lang: Lang) -> Window {
    let mut window = three_articles(home, lang);
    for (words, key) in [("وجدة", "1"), ("بركان", "1"), ("250", "3")] {
        let (from, to) = window.sheet(GARDEN, lang).ends(words);
        window.drag(from, to);
        window.key(key);
        window.key("Esc");
    }
    window.key("Ctrl+Enter");
    window
}

#[test]
fn a_project_is_counted_in_both_languages() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = marked(&home, lang);
        window.key("Ctrl+Shift+S");
        window.check_says(TITLE.get(lang));
        let (figures, moment) = match lang {
            Lang::Ar => (
                ["مقالات منتهية: 1 من 3", "مواضع: 3", "مشكوك فيها: 0"],
                "المواضع: \u{2066}2024-03-09\u{2069} · 3 مواضع (\u{2066}+3\u{2069})",
            ),
            Lang::En => (
                ["documents finished: 1 of 3", "spans: 3", "doubtful: 0"],
                "Spans: \u{2066}2024-03-09\u{2069} · 3 spans (\u{2066}+3\u{2069})",
            ),
        };
        for figure in figures {
            assert!(window.has(figure), "{:#?}", window.names());
        }
        assert!(window.has(moment), "{:#?}", window.names());
        window.click(BY_STATE.get(lang));
        let finished = State::Finished.name().get(lang);
        window.check_says(&format!("{finished}: 1 · \u{2066}33 %\u{2069}"));
        window.click(BY_ANNOTATOR.get(lang));
        window.check_says("\u{2068}amal\u{2069}: 3");
        window.key("Esc");
        assert!(!window.has(BY_LABEL.get(lang)));
        assert!(!window.is_in_article() || window.names().len() > 3);
        window.close();
    }
}

#[test]
fn bars_grow_from_where_reading_begins_and_keys_go_from_one_to_the_next() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = marked(&home, lang);
        window.key("Ctrl+Shift+S");
        window.click(BY_LABEL.get(lang));
        let bar = |label: Bilingual, count: &str| format!("{}: {count}", label.get(lang));
        let city = bar(words::CITY, "2 · \u{2066}67 %\u{2069}");
        let agency = bar(words::AGENCY, "0 · \u{2066}0 %\u{2069}");
        let table = window.rect(match lang {
            Lang::Ar => "انسخ الجدول",
            Lang::En => "Copy the table",
        });
        let plot = window.rect(&city);
        match lang {
            Lang::Ar => assert!(plot.left() > table.right()),
            Lang::En => assert!(plot.right() < table.left()),
        }
        // Tab leads into the plot, the arrows from bar to bar, Enter to what it is about.
        for _ in 0..4 {
            window.key("Tab");
            if window.has_focus(&city) {
                break;
            }
        }
        assert!(window.has_focus(&city), "{:#?}", window.names());
        window.key("ArrowDown");
        assert!(window.has_focus(&agency));
        window.key("ArrowUp");
        window.key("Enter");
        assert_eq!(window.value(words::SEARCH.get(lang)), "label:CITY");
        assert!(!window.has(BY_LABEL.get(lang)));
        window.check_says("حديقة جديدة في وجدة");
        window.close();
    }
}

#[test]
fn the_table_is_copied_and_opens_documents() {
    let home = Home::new();
    let mut window = marked(&home, Lang::En);
    window.key("Ctrl+Shift+S");
    window.click(BY_LABEL.en);
    let copied = window.copy().unwrap();
    let lines: Vec<_> = copied.lines().collect();
    assert_eq!(lines[..2], ["Label\tSpans\tShare", "City\t2\t67 %"]);
    window.click(BY_DOCUMENT.en);
    assert_eq!(window.copy().unwrap(), "Document\tSpans\nحديقة جديدة في وجدة\t3\n");
    // A column of the histogram keeps its documents only.
    window.click("3 spans: 1 document");
    assert!(window.is_on("3 spans: 1 document"));
    window.click("2 spans: 0 documents");
    assert_eq!(window.copy().unwrap(), "Document\tSpans\n");
    window.click("3 spans: 1 document");
    window.click("Document: حديقة جديدة في وجدة · Spans: 3");
    assert!(!window.has(BY_LABEL.en));
    assert!(window.is_in_article());
    window.check_says("City: وجدة");
    window.close();
}

#[test]
fn what_is_not_there_yet_is_said_in_words() {
    for (lang, spans, work) in
        [(Lang::Ar, "لا مواضع بعد", "لا عمل بعد"), (Lang::En, "No spans yet", "No work yet")]
    {
        let home = Home::new();
        let mut window = three_articles(&home, lang);
        window.key("Ctrl+Shift+S");
        window.check_says(work);
        window.click(BY_LABEL.get(lang));
        window.check_says(spans);
        window.close();
    }
}

static CLOCK: AtomicI64 = AtomicI64::new(0);

fn clock() -> Timestamp {
    Timestamp(CLOCK.load(Ordering::Relaxed))
}

/// A project of forty articles at which two people have worked for some weeks.
pub(super) fn worked(home: &Home) {
    const TEXT: &str = "وصل 12 صحفيا إلى ميناء الحسيمة يوم 7 أبريل، وقالت وزارة البيئة إن 30 \
        سفينة عادت إلى طنجة والناظور وبركان ووجدة وتاوريرت والعروي وزايو وسلوان والدريوش.";
    let root = home.path("project");
    Store::create(&RealDisk, &root, "أخبار", &Schema::default()).unwrap();
    let store = Store::open(Arc::new(RealDisk), &root, &installation()).unwrap().0;
    let session = store.session(None, Arc::new(|| {})).unwrap();
    let mut import = session.import(Timestamp(0)).unwrap();
    for number in 0..40 {
        let id = DocumentId::new(format!("{number:02}"));
        let text = format!("خبر الميناء رقم {number}\n\n{TEXT}\n");
        import.add(&Document::new(id, text), Vec::new(), None).unwrap();
    }
    import.commit().unwrap();
    session.close().unwrap();
    work(&root, "amal", 26);
    work(&root, "بلال بن سعيد الناظوري", 9);
}

fn work(root: &Path, who: &str, documents: i64) {
    // There is only one clock.
    static BUSY: Mutex<()> = Mutex::new(());
    let _busy = BUSY.lock().unwrap();
    let ambient = Ambient { now: clock, ..AMBIENT };
    let disk = (Arc::new(RealDisk) as _, &installation());
    let who = AnnotatorId::new(who).unwrap();
    let mut project = Project::open(disk, root, who, ambient, Arc::new(|| {})).unwrap().0;
    for number in 0..documents {
        // Three documents on a day of work, and a week without any.
        let day = 19_780 + number / 3 + if number > 12 { 7 } else { 0 };
        let mut at = (day * 24 * 60 + 8 * 60 + number % 3 * 30) * 60_000;
        CLOCK.store(at, Ordering::Relaxed);
        project.open_document(&DocumentId::new(format!("{number:02}"))).unwrap();
        let text = project.document().unwrap().text().to_owned();
        let words = ["الحسيمة", "12", "طنجة", "الناظور", "7 أبريل", "30", "بركان", "وجدة"];
        let labels = ["CITY", "COUNT", "CITY", "CITY", "DATE", "COUNT", "CITY", "CITY"];
        for (word, label) in
            words.iter().zip(labels).take(usize::try_from(number * 7 % 9).unwrap())
        {
            at += 55_000;
            CLOCK.store(at, Ordering::Relaxed);
            let start = text.find(word).unwrap();
            let range = TextRange::of(start..start + word.len());
            project.annotate(range, &label.into()).unwrap();
        }
        if number % 5 == 1 {
            let id = project.set().unwrap().spans()[0].id.clone();
            project.set_doubtful(&id, true).unwrap();
        }
        let state = match number % 8 {
            7 => State::Ignored,
            4 => State::InProgress,
            _ => State::Finished,
        };
        project.set_state(state).ok();
    }
    project.close().unwrap();
}

#[test]
fn pictures_of_the_statistics_to_look_at() {
    for (lang, mode) in [(Lang::Ar, Mode::Light), (Lang::En, Mode::Dark)] {
        let home = Home::new();
        worked(&home);
        let view = View::Project { folder: home.path("project"), document: None };
        let mut window = Window::new(Launch { mode: Some(mode), ..home.launch(view, lang) });
        window.key("Ctrl+Shift+S");
        let name = |what: &str| format!("{}-{}-statistics-{what}", lang.code(), mode.id());
        look(&mut window, &name("time"));
        for (tab, what) in [
            (BY_LABEL, "labels"),
            (BY_DOCUMENT, "documents"),
            (BY_STATE, "states"),
            (BY_ANNOTATOR, "annotators"),
        ] {
            window.click(tab.get(lang));
            look(&mut window, &name(what));
        }
        window.close();
    }
}
