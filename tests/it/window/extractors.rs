//! Other programs are asked for suggestions: only when the person agrees, and what goes wrong is
//! said.

#![cfg(unix)]

use std::time::{Duration, Instant};

use tawsim::lang::{Lang, both};

use super::hands::{Home, Window};
use super::screens::look;
use super::sources::name_extractor;
use super::three_articles;

/// Says that the word at the first letter is an agency, and leaves a mark that it ran.
const GOOD: &str = "cat > /dev/null; echo ran >> ran\n\
    echo '{\"id\": \"1-garden\", \"spans\": [{\"start\": 0, \"end\": 5, \"label\": \"AGENCY\"}]}'\n";

/// A window on a project that names `ner`, which runs a script.
fn open(home: &Home, lang: Lang, script: &str) -> Window {
    three_articles(home, lang).close();
    name_extractor(home, script);
    let mut window = home.open("project", lang);
    window.wait_for(&format!("{}: وجدة", both("اقتراح", "Suggestion").get(lang)));
    window
}

fn run(lang: Lang) -> String {
    both("شغّل \u{2068}ner\u{2069}", "Run \u{2068}ner\u{2069}").get(lang).to_owned()
}

const TRUST: tawsim::lang::Bilingual = both("أثق به، شغّله", "I trust it, run it");

fn num_runs(home: &Home) -> usize {
    std::fs::read_to_string(home.path("project/ran")).map_or(0, |text| text.lines().count())
}

#[test]
fn a_program_runs_once_it_is_trusted_and_again_without_a_question_until_it_changes() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = open(&home, lang, GOOD);
        let trust = TRUST.get(lang);
        window.key("F7");
        window.click(&run(lang));
        window.check_says("sh x.sh '--model=fast and small'");
        let folder = home.path("project").canonicalize().unwrap();
        window.check_says(folder.file_name().unwrap().to_str().unwrap());
        look(&mut window, &format!("extractor-{}", lang.code()));
        assert_eq!(num_runs(&home), 0, "nothing runs before it is trusted");
        window.key("Escape");
        assert_eq!(num_runs(&home), 0);
        window.click(&run(lang));
        window.click(trust);
        window
            .wait_for(both("ner\u{2069}: اقتراح واحد", "ner\u{2069}: 1 suggestion").get(lang));
        window.wait_for(&format!("{}: حديقة", both("اقتراح", "Suggestion").get(lang)));
        assert_eq!(num_runs(&home), 1);
        window.click(&run(lang));
        window
            .wait_for(both("ner\u{2069}: اقتراح واحد", "ner\u{2069}: 1 suggestion").get(lang));
        assert_eq!((num_runs(&home), window.says(trust)), (2, false));
        window.close();

        // It is remembered, for what it was.
        let mut window = home.open("project", lang);
        window.key("F7");
        window.click(&run(lang));
        window
            .wait_for(both("ner\u{2069}: اقتراح واحد", "ner\u{2069}: 1 suggestion").get(lang));
        home.write("project/x.sh", &format!("{GOOD}exit 0\n"));
        window.click(&run(lang));
        assert!(window.says(trust), "it has changed: {:?}", window.names());
        // And once more while that was being read.
        home.write("project/x.sh", &format!("{GOOD}exit 1\n"));
        window.click(trust);
        assert!(window.says(trust), "{:?}", window.names());
        assert_eq!(num_runs(&home), 3);
        window.key("Escape");
        window.close();
    }
}

#[test]
fn what_goes_wrong_is_said_with_what_the_program_said() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = open(&home, lang, "echo 'no model here' >&2; exit 3");
        window.key("F7");
        window.click(&run(lang));
        window.click(TRUST.get(lang));
        window
            .wait_for(both("انتهى بخطأ (رمز الخروج 3)", "it ended with exit code 3").get(lang));
        window.check_says("no model here");
        look(&mut window, &format!("extractor-failed-{}", lang.code()));
        window.key("Escape");
        // Half a line.
        home.write("project/x.sh", "printf '{\"id\": \"1-garden\", \"spa'");
        window.click(&run(lang));
        window.click(TRUST.get(lang));
        window.wait_for(both("يبدو أن الملف مبتور", "ends in the middle").get(lang));
        assert!(!home.path("project/suggestions").exists());
        window.key("Escape");
        window.close();
    }
}

/// Presses a button, and waits for nothing.
fn press(window: &mut Window, name: &str) {
    let at = window.rect(name).center();
    window.move_to(at);
    window.press(at, true);
    window.press(at, false);
}

#[test]
fn a_program_that_hangs_is_stopped_by_hand() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = open(&home, lang, "echo $$ > pid; sleep 300");
        window.key("F7");
        window.click(&run(lang));
        let stop = both("أوقف", "Stop").get(lang);
        press(&mut window, TRUST.get(lang));
        let pid = home.path("project/pid");
        let is_running =
            || std::fs::read_to_string(&pid).is_ok_and(|text| text.ends_with('\n'));
        let began = Instant::now();
        while !window.has(stop) || !is_running() {
            assert!(began.elapsed() < Duration::from_secs(20), "{:?}", window.names());
            std::thread::sleep(Duration::from_millis(1));
            window.frame(&[]);
        }
        window.check_says(both("يعمل المستخرج", "The extractor is running").get(lang));
        press(&mut window, stop);
        window.settle();
        window.wait_for(both("أُوقف ولم يؤخذ شيء", "stopped; nothing was taken").get(lang));
        assert!(began.elapsed() < Duration::from_secs(25), "it is not waited for");
        let pid = std::fs::read_to_string(&pid).unwrap();
        let process = std::path::Path::new("/proc").join(pid.trim());
        assert!(!process.exists(), "it is gone");
        assert!(window.has(&run(lang)), "work goes on");
        window.close();
    }
}

#[test]
fn a_project_without_extractors_says_how_one_is_named() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = three_articles(&home, lang);
        window.key("Ctrl+K");
        window.write(both("مستخرج", "extractor").get(lang));
        window.key("Enter");
        window.check_says("extractors: [Extractor(name: \"ner\"");
        look(&mut window, &format!("extractor-none-{}", lang.code()));
        window.key("Escape");
        window.close();
    }
}
