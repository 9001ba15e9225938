//! Finished documents teach: what is learned is told, suggested, switched off and forgotten.

use std::fmt::Write as _;

use tawsim::lang::{Bilingual, Lang, both};

use super::hands::{Home, Window};
use super::screens::look;
use crate::lessons::people_and_vehicles;

const COMMAND: Bilingual = both("تعلّم من المقالات المنتهية…", "Learn from finished documents…");
const TEXT: &str =
    "تعيين في الميناء\n\nوقد أسندت القيادة الجديدة لنادية بوعزة بإجماع الحاضرين.";
const OFFERED: Bilingual = both("اقتراح: نادية بوعزة", "Suggestion: نادية بوعزة");

/// Articles with people as cities, of which no rule says anything, and vehicles as agencies.
fn jsonl(many: usize) -> String {
    people_and_vehicles(many, 0).iter().enumerate().fold(String::new(), |mut out, (at, it)| {
        let chars = |bytes: usize| it.text[..bytes].chars().count();
        let spans: Vec<String> = it
            .spans
            .iter()
            .map(|span| {
                let range = span.range.to_range();
                let label = if span.label.as_str() == "PERSON" { "CITY" } else { "AGENCY" };
                format!(
                    "{{\"start\": {}, \"end\": {}, \"label\": \"{label}\"}}",
                    chars(range.start),
                    chars(range.end)
                )
            })
            .collect();
        let (text, spans) = (it.text.replace('\n', "\\n"), spans.join(", "));
        writeln!(out, "{{\"id\": \"a{at:02}\", \"text\": \"{text}\", \"spans\": [{spans}]}}")
            .unwrap();
        out
    })
}

/// A window on so many finished articles and an open one.
fn open(home: &Home, many: usize, lang: Lang) -> Window {
    home.write("articles/1-harbor.txt", TEXT);
    home.write("articles/finished.jsonl", &jsonl(many));
    super::imported(home, lang)
}

fn ask(window: &mut Window, lang: Lang) {
    window.key("Ctrl+K");
    window.write(COMMAND.get(lang));
    window.key("Enter");
}

#[test]
fn finished_documents_teach_and_what_is_learned_is_suggested() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = open(&home, 24, lang);
        // By itself, as enough is finished.
        window
            .wait_for(both("تعلّم البرنامج من 24 مقالًا", "Learned from 24 documents").get(lang));
        window.wait_for(OFFERED.get(lang));
        ask(&mut window, lang);
        window.check_says(both("مدينة · ", "City · ").get(lang));
        window.check_says(both(" · نعم", " · yes").get(lang));
        look(&mut window, &format!("learn-{}", lang.code()));
        // Without it, only rules suggest.
        let switch = both("استعمل ما تُعلّم", "Use what was learned").get(lang);
        window.click(switch);
        window.key("Escape");
        assert!(!window.has(OFFERED.get(lang)));
        ask(&mut window, lang);
        window.click(switch);
        window.key("Escape");
        window.wait_for(OFFERED.get(lang));
        window.close();
        // It is there again without learning anew, and goes away with its file.
        let learned = |home: &Home| {
            let files = home.files("project/.tawsim");
            files.into_iter().any(|(name, _)| name.ends_with("learned"))
        };
        let mut window = home.open("project", lang);
        window.wait_for(OFFERED.get(lang));
        ask(&mut window, lang);
        window.click(both("انسَ ما تُعلّم", "Forget what was learned").get(lang));
        window.key("Escape");
        assert!(!window.has(OFFERED.get(lang)));
        window.close();
        assert!(!learned(&home));
    }
}

#[test]
fn few_finished_documents_teach_nothing_and_the_window_says_so() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = open(&home, 5, lang);
        ask(&mut window, lang);
        window.check_says(both("المنتهي الآن: 5", "finished now: 5").get(lang));
        assert!(!window.is_enabled(both("تعلّم الآن", "Learn now").get(lang)));
        look(&mut window, &format!("learn-few-{}", lang.code()));
        window.close();
    }
}

/// A window on articles of these names and texts, and on finished ones.
fn open_texts(home: &Home, (texts, finished): (&[(&str, &str)], &str), lang: Lang) -> Window {
    for (name, text) in texts {
        home.write(&format!("articles/{name}.txt"), text);
    }
    if !finished.is_empty() {
        home.write("articles/finished.jsonl", finished);
    }
    super::imported(home, lang)
}

#[test]
fn what_was_marked_before_is_suggested_elsewhere() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let finished = "{\"id\": \"z1\", \"text\": \"افتتحت دار النخيل أمس\", \"spans\": \
            [{\"start\": 7, \"end\": 17, \"label\": \"AGENCY\"}]}\n";
        let texts =
            [("a", "سباق المدينة\n\nوتنظم الحفل دار النخيل، ثم يعود الزوار إلى دار النخيل.")];
        let mut window = open_texts(&home, (&texts, finished), lang);
        let offered = both("اقتراح: دار النخيل", "Suggestion: دار النخيل").get(lang);
        window.wait_for(offered);
        window.key("F7");
        window.check_says("memory.marked");
        window.check_says(
            both("وُسمت مثلها من قبل", "the same words were marked before").get(lang),
        );
        look(&mut window, &format!("memory-{}", lang.code()));
        // Taken, taken back.
        window.key("Enter");
        window.key("Enter");
        assert!(!window.has(offered));
        window.key("Ctrl+Z");
        window.wait_for(offered);
        window.close();
        // It is read anew.
        let mut window = home.open("project", lang);
        window.wait_for(offered);
        window.close();
    }
}

#[test]
fn what_was_rejected_twice_is_silent_elsewhere() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let texts = [
            ("a", "خبر أول\n\nسار الوفد إلى وجدة مساء."),
            ("b", "خبر ثان\n\nسار الوفد إلى وجدة صباحا."),
            ("c", "خبر ثالث\n\nعاد الوفد من وجدة إلى طنجة."),
        ];
        let mut window = open_texts(&home, (&texts, ""), lang);
        let offered =
            |town: &str| format!("{}: {town}", both("اقتراح", "Suggestion").get(lang));
        let silent = both("اقتراحات صامتة: 1", "1 silent").get(lang);
        for title in ["خبر أول", "خبر ثان"] {
            window.click_on(title);
            window.wait_for(&offered("وجدة"));
            window.key("F7");
            assert!(!window.says(silent));
            window.key("Backspace");
            window.key("F7");
        }
        window.click_on("خبر ثالث");
        window.wait_for(&offered("طنجة"));
        assert!(!window.has(&offered("وجدة")));
        window.key("F7");
        window.check_says(silent);
        look(&mut window, &format!("silent-{}", lang.code()));
        // Taken back, it is heard again.
        window.key("Ctrl+Z");
        window.click_on("خبر ثالث");
        window.wait_for(&offered("وجدة"));
        window.close();
    }
}
