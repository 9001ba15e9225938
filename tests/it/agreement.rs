//! `tawsim score`, run as a person runs it in a shell.

use serde_json::{Value, json};

use crate::shell::{CITY, Desk, line};

const COUNT: &str = r#"{"start": 7, "end": 9, "label": "COUNT", "text": "12", "value": "12"}"#;

fn score(desk: &Desk, gold: &str, predicted: &str, args: &[&str]) -> crate::shell::Said {
    desk.write("gold.jsonl", gold);
    desk.write("predicted.jsonl", predicted);
    desk.run(&[&["score", "gold.jsonl", "predicted.jsonl"], args].concat())
}

#[test]
fn a_score_tells_labels_values_and_every_error_in_context() {
    let desk = Desk::new();
    let gold = line("a", "في فاس 12 شخصا", &format!("{CITY}, {COUNT}"))
        + &line("b", "في فاس", CITY)
        + &line("c", "بفاس", "");
    let scored = r#"{"start": 7, "end": 9, "label": "COUNT", "value": ">12", "rule": "r", "score": 0.5, "source": "s"}"#;
    let wide = r#"{"start": 0, "end": 4, "label": "MOOD"}"#;
    // In another order, with fields and a label of its own.
    let predicted = line("c", "بفاس", wide)
        + &line("b", "في فاس", &CITY.replace("CITY", "PERSON"))
        + &line("a", "في فاس 12 شخصا", &format!("{scored}, {CITY}"));
    let said = score(&desk, &gold, &predicted, &["--json", "--errors"]);
    said.done();
    let lines: Vec<Value> =
        said.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let kinds: Vec<(&str, &str)> = lines[..lines.len() - 1]
        .iter()
        .map(|it| (it["document"].as_str().unwrap(), it["error"].as_str().unwrap()))
        .collect();
    let mut sorted = kinds.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, [("a", "value"), ("b", "label"), ("c", "spurious")]);
    let value = lines.iter().find(|it| it["error"] == "value").unwrap();
    assert_eq!(
        (&value["gold"]["value"], &value["predicted"]["value"], &value["before"]),
        (&json!("12"), &json!(">12"), &json!("في فاس "))
    );
    assert_eq!((&value["gold"]["start"], &value["gold"]["end"]), (&json!(7), &json!(9)));
    let report = lines.last().unwrap();
    assert_eq!(report["documents"], 3);
    assert_eq!(report["labels"]["CITY"]["exact"]["recall"]["value"], 0.5);
    assert_eq!(report["labels"]["CITY"]["exact"]["precision"]["value"], 1.0);
    assert_eq!(report["labels"]["MOOD"]["exact"]["recall"], Value::Null);
    assert_eq!(report["labels"]["COUNT"]["values"]["accuracy"]["value"], 0.0);
    assert_eq!(
        report["confusion"],
        json!([{ "gold": "CITY", "predicted": "PERSON", "count": 1 }])
    );
    let again = score(&desk, &gold, &predicted, &["--json", "--errors"]);
    assert_eq!(said.out, again.out, "the same draws each time");
    // For a person, in both languages.
    let said = score(&desk, &gold, &predicted, &["--errors"]);
    let value = "a: value: gold COUNT 7–9 [12] = 12; predicted COUNT 7–9 [12] = >12: \
                 …في فاس ⟦12⟧ شخصا…\n";
    assert!(said.out.contains(value), "{}", said.out);
    assert!(said.out.contains("CITY taken for PERSON: 1\n"), "{}", said.out);
    assert!(said.out.contains("\nall     3     4 "), "{}", said.out);
    let said = score(&desk, &gold, &predicted, &["--lang", "ar"]);
    assert!(said.out.starts_with("3 مقالات؛"), "{}", said.out);
    assert!(said.out.contains("CITY أُخذ على أنه PERSON: 1"), "{}", said.out);
}

#[test]
fn only_the_same_texts_are_compared_and_what_is_missing_is_told() {
    let desk = Desk::new();
    let both = line("a", "في فاس", CITY);
    let gold = both.clone() + &line("g1", "نص", "") + &line("g2", "نص", "");
    let said = score(&desk, &gold, &(both.clone() + &line("p", "نص", "")), &["--json"]);
    said.done();
    assert!(
        said.err.contains("only in gold.jsonl, and left out: 2 documents (g1, g2)"),
        "{said:?}"
    );
    assert!(said.err.contains("only in predicted.jsonl, and left out: 1 document (p)"));
    let report: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!((&report["only_gold"], &report["documents"]), (&json!(["g1", "g2"]), &json!(1)));
    assert_eq!(report["all"]["exact"]["f1"], json!({ "value": 1.0, "low": 1.0, "high": 1.0 }));
    let other = line("a", "في فأس", "");
    score(&desk, &both, &other, &[]).refused(1, "a: its texts differ in the two files, from");
    score(&desk, &both, &line("x", "في فاس", CITY), &[]).refused(1, "no document is in both");
    score(&desk, "", "", &[]).refused(1, "no document is in both");
    desk.run(&["score", "gold.jsonl", "nowhere.jsonl"]).refused(1, "nowhere.jsonl: ");
}

#[test]
fn a_line_that_cannot_be_read_is_named_and_the_rest_is_scored() {
    let desk = Desk::new();
    let both = line("a", "في فاس", CITY);
    let bad = format!("{{\"id\": \n{}", line("b", "في", CITY)) + &both;
    let said = score(&desk, &(both.clone() + &both + &bad), &both, &["--json"]);
    said.refused(1, "gold.jsonl:2: the document a for the second time");
    for place in ["gold.jsonl:3: ", "gold.jsonl:4: ", "gold.jsonl:5: "] {
        assert!(said.err.contains(place), "{said:?}");
    }
    let report: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(report["all"]["exact"]["count"], 1);
}
