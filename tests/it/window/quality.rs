//! How good suggestions are: counted from decisions, looked at by source, rule and label, each
//! opening its cases; decisions searched, opened in the article and asked again.

use std::slice::from_ref;
use std::sync::Arc;

use serde_json::{Value, json};
use tawsim::app::{Launch, View};
use tawsim::edit::{Context, accept, reject, skip};
use tawsim::lang::{Bilingual, Lang, both};
use tawsim::model::{AnnotatorId, Confidence, DocumentId, SpanId, State, Suggestion};
use tawsim::project::{Project, Taught, backlog};
use tawsim::store::RealDisk;
use tawsim::text::TextRange;
use tawsim::theme::Mode;

use super::hands::{AMBIENT, Home, Window, installation};
use super::screens::look;
use super::{statistics, three_articles, words};
use crate::shell::Desk;

const TITLE: Bilingual = both("جودة الاقتراحات", "How good suggestions are");
const BY_RULE: Bilingual = both("بحسب القاعدة", "By rule");
const BY_LABEL: Bilingual = both("بحسب الوسم", "By label");
const CONFIDENCE: Bilingual = both("الثقة", "Confidence");
const DECISIONS: Bilingual = both("القرارات", "Decisions");
const SEARCH: Bilingual = both("ابحث في الكلمات والأسباب", "Search words and reasons");
const AGAIN: Bilingual = both("اسأل من جديد", "Ask again");

/// The first article reviewed: one taken, one with another label, one rejected for a reason, one
/// skipped.
fn reviewed(home: &Home, lang: Lang) -> Window {
    let mut window = three_articles(home, lang);
    window.wait_for(&format!("{}: وجدة", both("اقتراح", "Suggestion").get(lang)));
    window.key("F7");
    window.key("Enter");
    window.key("2");
    window.key("X");
    window.write("ليس في الدليل");
    window.key("Enter");
    window.key("S");
    window
}

#[test]
fn what_was_decided_is_counted_and_each_row_opens_its_decisions() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = reviewed(&home, lang);
        window.key("Ctrl+F7");
        window.check_says(TITLE.get(lang));
        let row = match lang {
            Lang::Ar => "قُبل كما اقتُرح: 1 · صُحّح: 1 · رُفض: 1 · حُذف: 0 · تُخطّي: 1",
            Lang::En => "As proposed: 1 · Corrected: 1 · Rejected: 1 · Removed: 0 · Skipped: 1",
        };
        window.check_says(row);
        // One of three, between 6 and 79 by Wilson; nothing is finished yet.
        window.check_says("\u{2066}33 % (6–79)\u{2069}");
        let copied = window.copy().unwrap();
        let first = copied.lines().nth(1).unwrap();
        assert!(first.starts_with("rules\t1\t1\t1\t0\t1\t33 % (6–79)\t–\t1"), "{copied}");
        for tab in [BY_RULE, BY_LABEL] {
            window.click(tab.get(lang));
            assert!(window.copy().unwrap().lines().count() > 2);
        }
        let as_proposed = both("قُبل كما اقتُرح", "As proposed").get(lang);
        window.click_on(&format!("{} · {as_proposed}: ", words::CITY.get(lang)));
        // Those of the label alone.
        assert!(window.has(both("قراران من 4", "2 decisions of 4").get(lang)));
        window.click(both("اعرضها كلها", "List them all").get(lang));
        assert!(window.has(both("4 قرارات", "4 decisions").get(lang)));
        window.close();
    }
}

#[test]
fn decisions_are_found_by_their_words_and_reasons_and_open_in_the_article() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = reviewed(&home, lang);
        window.key("Ctrl+Shift+F7");
        let count = |window: &Window, text: Bilingual| {
            assert!(window.has(text.get(lang)), "{:#?}", window.names());
        };
        count(&window, both("4 قرارات", "4 decisions"));
        window.fill(SEARCH.get(lang), "الدلِيل");
        count(&window, both("قرار واحد من 4", "1 decision of 4"));
        window.check_says("ليس في الدليل");
        window.fill(SEARCH.get(lang), "لا يوجد هذا");
        window.check_says(both("لا قرار كهذا", "There is no such decision").get(lang));
        window.fill(SEARCH.get(lang), "وجدة");
        window.click_on(&format!(
            "{} · ",
            both("قُبل كما اقتُرح", "accepted as proposed").get(lang)
        ));
        assert!(!window.has(TITLE.get(lang)));
        assert!(window.is_in_article());
        window.check_says(&format!("{}: وجدة", words::CITY.get(lang)));
        window.close();
    }
}

#[test]
fn a_decision_is_asked_again_and_that_is_one_step() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = reviewed(&home, lang);
        window.key("Esc");
        window.key("Ctrl+Shift+F7");
        window.click(&format!("{}: وجدة", AGAIN.get(lang)));
        assert!(window.has(both("3 قرارات", "3 decisions").get(lang)), "{:#?}", window.names());
        window.key("Esc");
        window.wait_for(&format!("{}: وجدة", both("اقتراح", "Suggestion").get(lang)));
        window.key("Ctrl+Z");
        window.key("Ctrl+Shift+F7");
        assert!(window.has(both("4 قرارات", "4 decisions").get(lang)));
        // From a row by a key.
        window.fill(SEARCH.get(lang), "وجدة");
        let row = "وجدة · ";
        for _ in 0..12 {
            window.key("Tab");
            if window.names().iter().any(|name| name.contains(row) && window.has_focus(name)) {
                break;
            }
        }
        window.key("Backspace");
        window.fill(SEARCH.get(lang), "");
        assert!(window.has(both("3 قرارات", "3 decisions").get(lang)), "{:#?}", window.names());
        window.close();
    }
}

#[test]
fn the_chosen_span_says_what_it_was_as_a_suggestion() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = reviewed(&home, lang);
        window.key("F7");
        for (words, label, says) in [
            (
                "وجدة",
                words::CITY,
                both("قُبل كما اقتُرح · \u{2068}amal", "accepted as proposed · \u{2068}amal"),
            ),
            (
                "صباح الثلاثاء 12 مارس 2024",
                words::AGENCY,
                both("صُحّح: الوسم، القيمة", "corrected: label, value"),
            ),
        ] {
            window.click(&format!("{}: {words}", label.get(lang)));
            window.check_says(&format!("\u{2068}«{words}»\u{2069}"));
            window.check_says(both("اقترحه", "Proposed by").get(lang));
            window.check_says(says.get(lang));
        }
        look(&mut window, &format!("{}-origin", lang.code()));
        window.close();
    }
}

#[test]
fn without_decisions_it_says_how_to_come_by_them() {
    for (lang, says) in [(Lang::Ar, "لا قرارات بعد"), (Lang::En, "No decisions yet")]
    {
        let home = Home::new();
        let mut window = three_articles(&home, lang);
        window.key("Ctrl+F7");
        window.check_says(says);
        window.close();
    }
}

/// Many decisions of two people about two sources, one of which boasts.
fn decided(home: &Home) {
    statistics::worked(home);
    for who in ["amal", "نبيل بن عبد الرحمان الريفي"] {
        let disk = (Arc::new(RealDisk) as _, &installation());
        let annotator = AnnotatorId::new(who).unwrap();
        let root = home.path("project");
        let opened = Project::open(disk, &root, annotator, AMBIENT, Arc::new(|| {}));
        let mut project = opened.unwrap().0;
        for number in 26..40 {
            project.open_document(&DocumentId::new(format!("{number:02}"))).unwrap();
            by_rules(&mut project, number);
            by_another(&mut project, number);
            if number % 4 != 1 {
                project.set_state(State::Finished).unwrap();
            }
        }
        project.close().unwrap();
    }
}

fn by_rules(project: &mut Project, number: usize) {
    let open = project.document().unwrap().id().clone();
    let found = backlog(
        (project.store(), &Taught::default()),
        project.annotator(),
        &[],
        &mut |_, _| true,
    );
    let here = found.offers.into_iter().filter(|offer| offer.document == open);
    for (at, offer) in here.enumerate() {
        let mut taken = offer.first().clone();
        match (number * 7 + at * 5) % 12 {
            0 => project.reject(&offer, "اسم ميناء لا اسم مدينة").unwrap(),
            1 => project.skip(&offer).unwrap(),
            2 => {
                taken.label = "AGENCY".into();
                project.accept(&offer, &taken).unwrap();
            }
            3 => {
                taken.value = Some("قيمة أخرى".to_owned());
                project.accept(&offer, &taken).unwrap();
            }
            _ => {
                project.accept(&offer, &taken).unwrap();
            }
        }
    }
}

/// A source from outside that is always nearly sure, and right every other time.
fn by_another(project: &mut Project, number: usize) {
    let document = project.document().unwrap();
    let text = document.text().to_owned();
    for (at, word) in ["الميناء", "صحفيا", "سفينة", "عادت"].into_iter().enumerate()
    {
        let start = text.find(word).unwrap();
        let range = TextRange::of(start..start + word.len());
        let mut it = Suggestion::new("spacy-ar", "CITY".into(), range);
        it.confidence = Confidence::new(if at % 2 == 0 { 0.95 } else { 0.85 });
        let set = project.set().unwrap();
        let cx = Context {
            document: project.document().unwrap(),
            schema: project.schema(),
            set,
            at: (AMBIENT.now)(),
        };
        let id = SpanId::random((AMBIENT.random)());
        let step = match (number + at) % 4 {
            0 => reject(&cx, from_ref(&it), "ليس مدينة"),
            1 if number.is_multiple_of(3) => skip(&cx, from_ref(&it)),
            2 => reject(&cx, from_ref(&it), ""),
            _ => accept(&cx, from_ref(&it), &it, id),
        };
        project.commit(step.unwrap()).unwrap();
    }
}

#[test]
fn a_source_that_boasts_is_shown_recalibrated() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        decided(&home);
        let view = View::Project { folder: home.path("project"), document: None };
        let mut window = Window::new(home.launch(view, lang));
        window.key("Ctrl+F7");
        // Everybody's, then one's.
        let everybody = window.copy().unwrap();
        window.click("\u{2068}amal\u{2069}");
        assert_ne!(window.copy().unwrap(), everybody);
        window.click(CONFIDENCE.get(lang));
        window.check_says(match lang {
            Lang::Ar => "تُعرض ثقته معايرة",
            Lang::En => "Its confidence is shown recalibrated",
        });
        window.close();
    }
}

#[test]
fn the_command_line_says_the_same() {
    let home = Home::new();
    decided(&home);
    let (desk, folder) = (Desk::new(), home.path("project"));
    let folder = folder.to_str().unwrap();
    let said = desk.run(&["stats", folder, "--json"]);
    said.done();
    let report: Value = serde_json::from_str(&said.out).unwrap();
    let all = &report["suggestions"];
    assert_eq!(all["decisions"], 504);
    let of = &all["sources"][1];
    assert_eq!((&of["source"], &of["accepted_as_proposed"]), (&json!("spacy-ar"), &json!(46)));
    assert_eq!((&of["rejected"], &of["precision"]["of"]), (&json!(56), &json!(102)));
    let number = |name: &str| of["precision"][name].as_f64().unwrap();
    assert!(number("low") < number("share") && number("share") < number("high"));
    assert!(
        all["rules"].as_array().unwrap().len() > 3 && all["labels"][0]["recall"].is_object()
    );
    assert_eq!(all["confidence"][1]["recalibrated"], true);
    let said = desk.run(&["stats", folder, "--lang", "en"]);
    assert!(
        said.out.contains("spacy-ar: accepted as proposed 46, corrected 0"),
        "{}",
        said.out
    );
}

#[test]
fn pictures_of_the_quality_to_look_at() {
    for (lang, mode, size) in [
        (Lang::Ar, Mode::Light, (1280.0, 800.0)),
        (Lang::En, Mode::Dark, (1280.0, 800.0)),
        (Lang::Ar, Mode::Dark, (640.0, 400.0)),
        (Lang::En, Mode::Light, (640.0, 400.0)),
    ] {
        let home = Home::new();
        decided(&home);
        let view = View::Project { folder: home.path("project"), document: None };
        let launch = Launch { mode: Some(mode), ..home.launch(view, lang) };
        let mut window = Window::of_size(launch, size);
        window.key("Ctrl+F7");
        let name =
            |what: &str| format!("{}-{}-{}-quality-{what}", lang.code(), mode.id(), size.0);
        look(&mut window, &name("sources"));
        for (tab, what) in [
            (BY_RULE, "rules"),
            (BY_LABEL, "labels"),
            (CONFIDENCE, "confidence"),
            (DECISIONS, "decisions"),
        ] {
            window.click(tab.get(lang));
            look(&mut window, &name(what));
        }
        window.close();
    }
}
