//! What learning gains, on articles that were not learned from.
#![expect(clippy::print_stdout, reason = "the tables are what is asked for")]

use tawsim::extract::Extractor;
use tawsim::learn::{
    FEWEST, Figures, Lesson, Model, Reading, Report, cross_validate, from_bytes, teach,
    to_bytes,
};
use tawsim::model::LabelId;
use tawsim::text::TextRange;

use crate::lessons::{chance, lessons, people_and_vehicles};

fn shuffled(mut lessons: Vec<Lesson>, seed: u64) -> Vec<Lesson> {
    let mut next = chance(seed);
    for at in (1..lessons.len()).rev() {
        lessons.swap(at, next(at + 1));
    }
    lessons
}

/// What is found by rules alone, and with what is learned of the labels that gain by it.
fn figures(model: &Model, lessons: &[Lesson]) -> (Figures, Figures) {
    let mut extractor = Extractor::default();
    let mut total = (Figures::default(), Figures::default());
    let used: Vec<&LabelId> = model.labels().collect();
    for lesson in lessons {
        let reading = Reading::new(&mut extractor, &lesson.text, lesson.date);
        let learned = model.find(&reading);
        let rules: Vec<(LabelId, TextRange)> =
            reading.rules().iter().map(|it| (LabelId::new(it.target.id()), it.range)).collect();
        let kept = rules.iter().filter(|(label, _)| !used.contains(&label)).cloned();
        let with: Vec<(LabelId, TextRange)> =
            kept.chain(learned.into_iter().map(|it| (it.label, it.range))).collect();
        let count = |found: &[(LabelId, TextRange)]| {
            let is_right = |it: &&(LabelId, TextRange)| {
                lesson.spans.iter().any(|span| span.label == it.0 && span.range == it.1)
            };
            let right = found.iter().filter(is_right).count();
            Figures { gold: lesson.spans.len(), found: found.len(), right }
        };
        total = (total.0.and(count(&rules)), total.1.and(count(&with)));
    }
    total
}

fn tell(name: &str, report: &Report) {
    println!("{name}: {} documents, five folds", report.documents);
    for gain in &report.gains {
        let (rules, learned) = (gain.rules.f1(), gain.learned.f1());
        println!(
            "  {:8} {:4} spans  rules {rules:.3}  learned {learned:.3}  gain {:+.3}  {}",
            gain.label.as_str(),
            gain.rules.gold,
            learned - rules,
            if gain.is_used { "used" } else { "not used" },
        );
    }
    let (rules, with) = report.total();
    println!("  all: rules {:.3}, with learning {:.3}", rules.f1(), with.f1());
}

fn gate(lessons: &[Lesson]) -> Report {
    cross_validate(lessons, 1, &mut |_, _| true).unwrap()
}

#[test]
fn learning_gains_or_stays_off() {
    let both = || [lessons("tuned.jsonl"), lessons("held.jsonl")].concat();
    tell("held alone", &gate(&lessons("held.jsonl")));
    tell("all articles", &gate(&both()));
    for seed in 1..=4 {
        let all = shuffled(both(), seed);
        let (learned, others) = all.split_at(20);
        let report = gate(learned);
        let model = teach(learned, &report, 1);
        let (rules, with) = figures(&model, others);
        let used: Vec<&str> = model.labels().map(LabelId::as_str).collect();
        println!(
            "20 of 48, draw {seed}: rules {:.4}, with learning {:.4} ({})",
            rules.f1(),
            with.f1(),
            used.join(" ")
        );
        assert!(with.f1() >= rules.f1() - 0.002);
        assert_eq!(model.is_empty(), !report.is_used());
    }
}

/// The same articles in a project that marks a count together with the word behind it.
fn counts_with_their_noun(mut lessons: Vec<Lesson>) -> Vec<Lesson> {
    for lesson in &mut lessons {
        for span in lesson.spans.iter_mut().filter(|it| it.label.as_str() == "COUNT") {
            let (start, end) = (span.range.start().to_usize(), span.range.end().to_usize());
            let behind = lesson.text[end..].strip_prefix(' ').unwrap_or_default();
            let len = behind.find(|c: char| !c.is_alphabetic()).unwrap_or(behind.len());
            if len > 0 {
                span.range = TextRange::of(start..end + 1 + len);
            }
        }
    }
    lessons
}

#[test]
fn what_a_project_marks_in_its_own_way_is_learned() {
    let both = [lessons("tuned.jsonl"), lessons("held.jsonl")].concat();
    for seed in 1..=2 {
        let all = counts_with_their_noun(shuffled(both.clone(), seed));
        let (learned, others) = all.split_at(20);
        let report = gate(learned);
        tell("counts with their noun", &report);
        let model = teach(learned, &report, 1);
        let (rules, with) = figures(&model, others);
        println!("  on 28 others: rules {:.3}, with learning {:.3}", rules.f1(), with.f1());
        assert!(model.labels().any(|label| label.as_str() == "COUNT"));
        assert!(with.f1() > rules.f1() + 0.1);
    }
}

#[test]
fn labels_that_rules_know_nothing_of_are_learned_from_thirty_documents() {
    let (learned, others) = (people_and_vehicles(30, 0), people_and_vehicles(30, 1));
    let report = gate(&learned);
    tell("people and vehicles", &report);
    assert!(report.gains.iter().all(|gain| gain.is_used && gain.learned.f1() > 0.8));
    let model = teach(&learned, &report, 1);
    let (rules, with) = figures(&model, &others);
    println!(
        "on 30 others with other names: rules {:.3}, with learning {:.3}",
        rules.f1(),
        with.f1()
    );
    assert!(with.f1() > 0.6);
    // What stands behind a proclitic is found without it.
    let text = "وقد أسندت المهمة لنادية بوعزة بإجماع الحاضرين.";
    let found = model.find(&Reading::new(&mut Extractor::default(), text, None));
    let found: Vec<&str> =
        found.iter().map(|it| text.get(it.range.to_range()).unwrap()).collect();
    assert_eq!(found, ["نادية بوعزة"]);
}

#[test]
fn who_learns_twice_from_the_same_learns_the_same() {
    let lessons = people_and_vehicles(FEWEST, 0);
    let (report, again) = (gate(&lessons), gate(&lessons));
    assert_eq!(report, again);
    let model = teach(&lessons, &report, 1);
    assert!(!model.is_empty());
    assert_eq!(model, teach(&lessons, &again, 1));
    // So it is when it was written and read; what is damaged is nothing.
    let mut bytes = to_bytes(&report, &model);
    assert_eq!(from_bytes(&bytes), Some((report.clone(), model.clone())));
    for len in [0, 10, 90, bytes.len() / 2, bytes.len() - 1] {
        assert_eq!(from_bytes(&bytes[..len]), None);
    }
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    assert_eq!(from_bytes(&bytes), None);
    assert_ne!(model, teach(&lessons, &report, 2), "another order teaches something else");
}

#[test]
fn few_documents_teach_nothing() {
    let report = gate(&people_and_vehicles(FEWEST - 1, 0));
    assert_eq!((report.documents, report.gains.len()), (FEWEST - 1, 0));
    assert!(!report.is_used());
    assert!(cross_validate(&people_and_vehicles(FEWEST, 0), 1, &mut |_, _| false).is_none());
}
