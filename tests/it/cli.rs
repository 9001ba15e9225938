//! The built program, run as a person runs it in a shell.

#![expect(clippy::disallowed_methods, reason = "the tests' own files need no care")]

use std::fs;

use serde_json::{Value, json};

use crate::shell::{CITY, Desk, files, line, same};

#[test]
fn a_file_is_replaced_only_when_told() {
    let desk = Desk::new();
    desk.import(line("a", "نص", ""), &[]).done();
    desk.write("out.jsonl", "mine");
    let export = ["export", "p", "--format", "jsonl", "--out", "out.jsonl"];
    desk.run(&export).refused(1, "--force");
    assert_eq!(fs::read(desk.path("out.jsonl")).unwrap(), b"mine");
    desk.run(&[&export[..], &["--force"]].concat()).done();
    assert_eq!(fs::read_to_string(desk.path("out.jsonl")).unwrap(), line("a", "نص", ""));
    desk.run(&["export", "p", "--format", "jsonl", "--out", "no/where"]).refused(1, "no/where");
    desk.run(&["export", "p", "--format", "jsonl", "--out", "p"]).refused(1, "p: ");
    let names = fs::read_dir(desk.folder.path()).unwrap();
    let left = names.map(|name| name.unwrap().file_name().into_string().unwrap());
    let left: Vec<_> = left.filter(|name| name.contains(".part")).collect();
    assert!(left.is_empty(), "nothing half-written stays: {left:?}");
}

#[test]
fn gold_is_what_somebody_finished() {
    let desk = Desk::new();
    let done = line("a", "في فاس", CITY) + &line("b", "نص", "");
    desk.import(&done, &["--annotator", "sara"]).done();
    desk.import(line("c", "آخر", ""), &["--annotator", "sara", "--state", "in-progress"])
        .done();
    desk.run(&["gold", "p", "--from", "ali"]).refused(1, "ali has finished no document");
    desk.run(&["gold", "p", "--from", "sara", "--document", "c"])
        .refused(1, "c: only a finished");
    desk.run(&["gold", "p", "--from", "sara", "--document", "x"]).refused(1, "`x`");
    let said = desk.run(&["gold", "p", "--from", "sara", "--document", "a"]);
    assert_eq!(said.out, "declared gold: 1 document; were so already: 0 documents\n");
    let export = ["export", "p", "--format", "jsonl", "--out", "-", "--kind", "gold"];
    desk.run(&export).refused(1, "2 of 3 documents have no gold set: b, c");
    let kept = desk.run(&[&export[..], &["--keep-going"]].concat());
    assert_eq!(kept.out, line("a", "في فاس", CITY));
    assert!(kept.err.contains("left out: 2 documents (without a gold set)"), "{kept:?}");
    desk.run(&[&export[..], &["--annotator", "sara"]].concat()).refused(2, "no annotator's");
    // Somebody else's work does not take its place by accident.
    let other = CITY.replace("CITY", "DATE");
    desk.import(line("a", "في فاس", &other), &["--annotator", "ali"]).done();
    desk.run(&["gold", "p", "--from", "ali"])
        .refused(1, "these have gold sets from elsewhere: a");
    assert_eq!(desk.run(&[&export[..], &["--keep-going"]].concat()).out, kept.out);
    desk.run(&["gold", "p", "--from", "ali", "--force"]).done();
    let file = desk.run(&[&export[..], &["--keep-going"]].concat()).out;
    assert_eq!(file, line("a", "في فاس", &other));
}

#[test]
fn training_is_what_is_finished() {
    let desk = Desk::new();
    desk.import(line("a", "في فاس", CITY), &["--annotator", "sara"]).done();
    desk.import(line("b", "نص", ""), &[]).done();
    let said = desk.run(&["export", "p", "--format", "jsonl", "--out", "-"]);
    assert_eq!(said.out, line("a", "في فاس", CITY));
    assert!(said.err.contains("left out: 1 document (not finished by anybody)"), "{said:?}");
    let both = line("a", "في فاس", CITY) + &line("b", "نص", "");
    assert_eq!(desk.export(&["--annotator", "sara"]), both);
}

#[test]
fn conll_says_what_it_loses() {
    let desk = Desk::new();
    let inner = r#"{"start": 0, "end": 6, "label": "AGENCY", "text": "في فاس"}"#;
    let file = line("a", "في فاس", &format!("{inner}, {CITY}"));
    let said = desk.import(&file, &["--annotator", "a"]);
    said.done();
    assert!(said.err.contains("1 problem"), "overlaps are worth a look: {said:?}");
    let said = desk.run(&["export", "p", "--format", "conll", "--out", "-"]);
    assert_eq!(said.out, "-DOCSTART- -X- O O\n\nفي\tB-AGENCY\nفاس\tI-AGENCY\n\n");
    assert!(
        said.err.contains("“فاس” (CITY) is left out: it overlaps “في فاس” (AGENCY)"),
        "{said:?}"
    );
    let check = desk.run(&["check", "p", "--json"]);
    check.done();
    let report: Value = serde_json::from_str(&check.out).unwrap();
    assert_eq!(
        (&report["sound"], report["problems"].as_array().unwrap().len()),
        (&json!(true), 1)
    );
}

#[test]
fn damage_is_named_by_file_and_line_and_not_exported_as_if_it_were_whole() {
    let desk = Desk::new();
    let other = CITY.replace("3, \"end\": 6", "7, \"end\": 10");
    let file = line("a", "في فاس فاس", &format!("{CITY}, {other}")) + &line("b", "نص", "");
    desk.import(&file, &["--annotator", "sara"]).done();
    let sets = files(&desk.path("p/sets"));
    let set = sets.iter().find(|path| path.ends_with("a.jsonl")).unwrap();
    let text = fs::read_to_string(set).unwrap();
    let mut lines: Vec<_> = text.lines().collect();
    assert_eq!(lines.len(), 3, "a header and two spans:\n{text}");
    lines[1] = "{\"id\": ";
    fs::write(set, lines.join("\n") + "\n").unwrap();
    let check = desk.run(&["check", "p"]);
    assert_eq!(check.code, 1, "{check:?}");
    assert!(check.out.contains("a.jsonl:2: "), "{check:?}");
    let export = ["export", "p", "--format", "jsonl", "--out", "out.jsonl"];
    let said = desk.run(&export);
    said.refused(1, "the project is damaged");
    assert!(said.err.contains("a.jsonl:2: "), "{said:?}");
    assert!(!desk.path("out.jsonl").exists());
    desk.run(&["gold", "p", "--from", "sara"]).refused(1, "");
    // What is well is there on demand.
    desk.run(&[&export[..], &["--keep-going"]].concat()).done();
    let kept = fs::read_to_string(desk.path("out.jsonl")).unwrap();
    same(&kept, &(line("a", "في فاس فاس", &other) + &line("b", "نص", "")));
}

#[test]
fn a_project_is_made_once_and_with_its_own_schema() {
    let desk = Desk::new();
    desk.run(&["new", "p"]).refused(1, "there is a project");
    desk.run(&["new", "q", "--schema", "none.ron"]).refused(1, "none.ron");
    desk.write("bad.ron", "(");
    desk.run(&["new", "q", "--schema", "bad.ron"]).refused(1, "bad.ron:");
    assert!(!desk.path("q/project.ron").exists());
    desk.run(&["stats", "nowhere"]).refused(1, "no project");
    desk.write("folder/a.txt", "");
    for command in
        [&["check", "folder"][..], &["stats", "folder"], &["gold", "folder", "--from", "a"]]
    {
        desk.run(command).refused(1, "this folder is no project");
    }
}

#[test]
fn wrong_usage_ends_in_two_and_help_in_zero() {
    let desk = Desk::new();
    for args in [
        &["frobnicate"][..],
        &["export", "p"],
        &["export", "p", "--format", "text", "--out", "-"],
        &["import", "p"],
        &["open", "p", "--size", "big"],
        &["gold", "p", "--from", ""],
        &["import", "p", "a", "--date", "yesterday"],
        &["import", "p", "a", "--date-from-name", "%d"],
        &["layout", "p", "a", "--width", "0"],
        &["stats", "p", "--lang", "fr"],
    ] {
        assert_eq!(desk.run(args).code, 2, "{args:?}");
    }
    for args in [&["--help"][..], &["--version"], &["import", "--help"], &["help", "export"]] {
        let said = desk.run(args);
        assert_eq!((said.code, said.err.as_str()), (0, ""), "{args:?}");
        assert!(!said.out.is_empty(), "{args:?}");
    }
}

#[test]
fn licenses_name_crates_and_fonts() {
    let said = Desk::new().run(&["licenses"]);
    said.done();
    for name in ["Noto Naskh Arabic", "parley", "SIL OPEN FONT LICENSE"] {
        assert!(said.out.contains(name), "{name}");
    }
}

#[test]
fn a_rendered_page_is_the_same_on_every_run_and_shows_its_spans() {
    let desk = Desk::new();
    let text = "في فاس\nفتح المعرض أبوابه يوم 12 مايو.";
    desk.import(line("a/b", text, CITY), &["--annotator", "sara"]).done();
    let render = |out: &str, more: &[&str]| {
        desk.run(&[&["render", "p", "a/b", "--out", out], more].concat()).done();
        fs::read(desk.path(out)).unwrap()
    };
    let page = render("a.png", &[]);
    assert!(page.starts_with(b"\x89PNG"));
    assert_eq!(render("b.png", &[]), page);
    assert_eq!(render("a.png", &["--annotator", "sara"]), page, "a picture is made anew");
    desk.run(&["gold", "p", "--from", "sara"]).done();
    assert_eq!(render("g.png", &["--annotator", "gold"]), page);
    let mut others = vec![page];
    for more in [
        &["--annotator", "nobody"][..],
        &["--theme", "dark"],
        &["--lang", "en"],
        &["--scale", "2"],
        &["--width", "400"],
    ] {
        let other = render("c.png", more);
        assert!(!others.contains(&other), "{more:?} makes a difference");
        others.push(other);
    }
    desk.run(&["render", "p", "x", "--out", "x.png"]).refused(1, "`x`");
    desk.import(line("a/b", text, ""), &["--annotator", "ali"]).done();
    desk.run(&["render", "p", "a/b", "--out", "x.png"]).refused(1, "ali, sara have marked it");
    assert!(!desk.path("x.png").exists());
}

#[test]
fn a_layout_tells_of_every_letter_and_span() {
    let desk = Desk::new();
    let text = "في فاس\nبدأ 🙂 المهرجان يوم 18 ديسمبر/كانون الأول 2021 بحضور Reuters";
    desk.import(line("a", text, CITY), &["--annotator", "sara"]).done();
    let said = desk.run(&["layout", "p", "a", "--width", "300"]);
    said.done();
    let page: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!((&page["id"], &page["width"]), (&json!("a"), &json!(300.0)));
    let lines = page["lines"].as_array().unwrap();
    assert!(lines.len() > 2);
    let whole: String = lines.iter().map(|line| line["text"].as_str().unwrap()).collect();
    assert_eq!(whole.replace('\n', ""), text.replace('\n', ""));
    for line in lines {
        assert_eq!(line["direction"], "rtl");
        let letters: Vec<char> = text.chars().collect();
        let range = |of: &Value| {
            let at = |key: &str| usize::try_from(of[key].as_u64().unwrap()).unwrap();
            at("start")..at("end")
        };
        let here: String = letters[range(line)].iter().collect();
        assert_eq!(line["text"], here.as_str());
        let runs = line["runs"].as_array().unwrap();
        let mut covered: Vec<usize> = runs.iter().flat_map(range).collect();
        covered.sort_unstable();
        let visible: Vec<usize> = range(line).filter(|at| letters[*at] != '\n').collect();
        covered.retain(|at| letters[*at] != '\n');
        assert_eq!(covered, visible, "runs cover the line once");
        let left: Vec<f64> = runs.iter().map(|run| run["x"].as_f64().unwrap()).collect();
        assert!(left.is_sorted(), "in visual order");
    }
    let span = &page["spans"][0];
    assert_eq!((&span["text"], &span["label"]), (&json!("فاس"), &json!("CITY")));
    assert_eq!(span["rects"].as_array().unwrap().len(), 1);
}

#[test]
fn a_folder_that_is_no_project_opens_no_window() {
    let desk = Desk::new();
    for folder in ["nothing", "."] {
        desk.run(&["open", folder]).refused(1, "this folder is no project");
    }
    desk.run(&["open", "nothing", "--lang", "ar"]).refused(1, "ليس هذا المجلد مشروعًا");
}

#[test]
fn check_names_both_sides_of_a_conflict() {
    let desk = Desk::new();
    desk.import(line("a/b", "في فاس", CITY), &["--annotator", "sara"]).done();
    let set = files(&desk.path("p/sets")).remove(0);
    let stands = set.strip_prefix(desk.path("p")).unwrap().to_str().unwrap().to_owned();
    let kept =
        format!("p/conflicts/{}", stands.replace(".jsonl", ".20261122T090000000Z-ab.jsonl"));
    desk.write(&kept, fs::read(&set).unwrap());
    let check = desk.run(&["check", "p"]);
    check.done();
    let expected = format!("{kept}: a/b: warning: another program changed {stands} while");
    assert!(check.out.contains(&expected), "{check:?}");
    assert!(check.out.ends_with("1 problem\n"), "{check:?}");
    let said = desk.run(&["check", "p", "--json", "--lang", "ar"]);
    let report: Value = serde_json::from_str(&said.out).unwrap();
    assert!(report["problems"][0]["file"].as_str().unwrap().ends_with(&kept));
    assert!(report["problems"][0]["message"].as_str().unwrap().contains(&stands));
    fs::remove_file(desk.path(&kept)).unwrap();
    assert_eq!(desk.run(&["check", "p"]).out, "0 problems\n");
}

#[test]
fn records_are_written_as_csv() {
    let desk = Desk::new();
    let line = r#"{"id": "a", "text": "في فاس 12", "spans": [{"start": 3, "end": 6, "label": "CITY"}, {"start": 7, "end": 9, "label": "COUNT", "value": "12"}], "records": [{"cells": {"CITY": [0], "COUNT": [1]}}]}"#;
    desk.write("in.jsonl", line);
    desk.run(&["import", "p", "in.jsonl", "--annotator", "sara"]).done();
    let told = desk.run(&["records", "p", "--out", "-"]);
    let rows: Vec<_> = told.out.lines().collect();
    assert_eq!(rows.len(), 2, "{}", told.err);
    assert!(rows[1].starts_with("a,في فاس 12,,1,فاس,فاس,3-6,,,,12,12,7-9,"), "{}", rows[1]);
}
