//! Decisions that were counted by hand.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::*;
use crate::model::{DecisionId, Schema, Suggestion, Timestamp};
use crate::project::{Ambient, Offer, Project, Saved, Taught, backlog};
use crate::store::{Installation, RealDisk};
use crate::text::TextRange;

const TEXT: &str = "افتتح المعرض في طنجة في 12 مارس 2024 بحضور 250 شخصا، وفي وجدة وتطوان أيضا";

fn random() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

fn open(root: &Path, who: &str) -> Project {
    let installation = Installation::new("00000000000000a1").unwrap();
    let who = AnnotatorId::new(who).unwrap();
    let ambient = Ambient { now: || Timestamp(0), random };
    let disk = (Arc::new(RealDisk) as _, &installation);
    Project::open(disk, root, who, ambient, Arc::new(|| {})).unwrap().0
}

/// A project of two documents with the same text.
fn project(root: &Path) -> Project {
    Store::create(&RealDisk, root, "معارض", &Schema::default()).unwrap();
    let installation = Installation::new("00000000000000a1").unwrap();
    let (store, _) = Store::open(Arc::new(RealDisk), root, &installation).unwrap();
    let amal = AnnotatorId::new("amal").unwrap();
    let session = store.session(Some(&amal), Arc::new(|| {})).unwrap();
    let mut import = session.import(Timestamp(0)).unwrap();
    for id in ["a", "b"] {
        import.add(&Document::new(id.into(), TEXT), Vec::new(), None).unwrap();
    }
    import.commit().unwrap();
    session.close().unwrap();
    open(root, "amal")
}

fn offer(project: &Project, words: &str) -> Offer {
    let found = backlog(
        (project.store(), &Taught::default()),
        project.annotator(),
        &[],
        &mut |_, _| true,
    );
    let open = project.document().unwrap().id();
    let is_it = |it: &&Offer| it.text == words && it.document == *open;
    found.offers.iter().find(is_it).unwrap_or_else(|| panic!("{words}: {found:?}")).clone()
}

fn accept(project: &mut Project, words: &str, correct: impl FnOnce(&mut Suggestion)) {
    let offer = offer(project, words);
    let mut taken = offer.first().clone();
    correct(&mut taken);
    project.accept(&offer, &taken).unwrap();
}

fn count(project: &mut Project) -> Quality {
    assert_eq!(project.flush(), Saved::Saved);
    Quality::of(project.store(), &mut |_, _| true).unwrap()
}

/// One of the two documents decided about in every way.
fn decided(root: &Path) -> Project {
    let mut project = project(root);
    project.open_document(&"a".into()).unwrap();
    accept(&mut project, "طنجة", |_| {});
    accept(&mut project, "وجدة", |it| it.value = Some("أخرى".to_owned()));
    accept(&mut project, "250", |it| it.label = "CITY".into());
    accept(&mut project, "12 مارس 2024", |_| {});
    let offer = offer(&project, "تطوان");
    project.reject(&offer, "ليست مدينة").unwrap();
    project
}

fn of<'a>(figures: &'a [Figures], label: &str) -> &'a Figures {
    let label = Some(LabelId::new(label));
    figures.iter().find(|it| it.group.label == label).unwrap()
}

#[test]
fn decisions_are_counted_as_by_hand_by_source_rule_and_label() {
    let folder = tempfile::tempdir().unwrap();
    let mut project = decided(&folder.path().join("project"));
    // By hand, and found by nobody.
    let start = TEXT.find("المعرض").unwrap();
    let range = TextRange::of(start..start + "المعرض".len());
    project.annotate(range, &"CITY".into()).unwrap();
    let before = count(&mut project);
    // What is not finished is nothing that all of it should have been found of.
    assert!(before.figures(GroupBy::Source, None).iter().all(|it| it.recall.is_none()));
    project.set_state(State::Finished).unwrap();
    let quality = count(&mut project);
    assert_eq!(quality.problems, []);

    let [rules] = &quality.figures(GroupBy::Source, None)[..] else { panic!("one source") };
    assert_eq!(rules.group.source.as_deref(), Some("rules"));
    let expected = Counts {
        as_proposed: 2,
        corrected: 2,
        label: 1,
        value: 1,
        rejected: 1,
        ..Counts::default()
    };
    assert_eq!(rules.counts, expected);
    let precision = rules.counts.precision().unwrap();
    assert_eq!((precision.count, precision.of), (2, 5));
    assert!(precision.interval.low < 0.4 && 0.4 < precision.interval.high);
    // Of five spans three had been proposed: the one with another value too.
    assert_eq!(rules.recall.map(|it| (it.count, it.of)), Some((3, 5)));

    let labels = quality.figures(GroupBy::Label, None);
    let city = of(&labels, "CITY");
    assert_eq!((city.counts.as_proposed, city.counts.value, city.counts.rejected), (1, 1, 1));
    assert_eq!(city.recall.map(|it| (it.count, it.of)), Some((2, 4)));
    let count = of(&labels, "COUNT");
    assert_eq!((count.counts.label, count.recall), (1, None));
    let rules = quality.figures(GroupBy::Rule, None);
    assert!(rules.len() >= 3 && rules.iter().all(|it| it.recall.is_none()), "{rules:?}");
    let decided: usize = rules.iter().map(|it| it.counts.num_decided()).sum();
    assert_eq!(decided, 5);

    let nobody = AnnotatorId::new("nabil").unwrap();
    assert_eq!(quality.figures(GroupBy::Source, Some(&nobody)), []);
    let rejected = quality.cases.iter().find(|case| case.fate == Fate::Rejected).unwrap();
    assert_eq!((rejected.words.as_str(), rejected.span.as_ref()), ("تطوان", None));
    let excerpt = &rejected.excerpt;
    assert_eq!(&excerpt.line[excerpt.emphasis.clone()], "تطوان");
    assert!(excerpt.line.contains("وجدة") && quality.people().len() == 1);
    // Found by words and reason, in any spelling, and not by its neighbors.
    for (text, is_like) in [("تِطوان", true), ("مدينه ليست", true), ("", true), ("وجدة", false)]
    {
        assert_eq!(rejected.is_like(&fold(text)), is_like, "{text}");
    }
}

#[test]
fn what_is_changed_removed_or_taken_back_later_is_counted_so() {
    let folder = tempfile::tempdir().unwrap();
    let mut project = decided(&folder.path().join("project"));
    let town = project.set().unwrap().spans()[0].id.clone();
    project.remove(&town).unwrap();
    let counts = count(&mut project).figures(GroupBy::Source, None)[0].counts;
    assert_eq!((counts.as_proposed, counts.removed), (1, 1));
    assert_eq!(counts.num_decided(), 5);
    project.undo().unwrap();
    project.undo().unwrap();
    let counts = count(&mut project).figures(GroupBy::Source, None)[0].counts;
    assert_eq!((counts.as_proposed, counts.rejected, counts.removed), (2, 0, 0));
    // Skipped is not decided.
    let offer = offer(&project, "تطوان");
    project.skip(&offer).unwrap();
    let counts = count(&mut project).figures(GroupBy::Source, None)[0].counts;
    assert_eq!((counts.skipped, counts.num_decided()), (1, 4));
}

#[test]
fn a_decision_is_taken_back_from_anywhere_and_asked_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut project = decided(&folder.path().join("project"));
    project.open_document(&"b".into()).unwrap();
    let quality = count(&mut project);
    let case = |words: &str| quality.cases.iter().find(|case| case.words == words).unwrap();
    let (town, rejected) =
        (case("طنجة").decision.id.clone(), case("تطوان").decision.id.clone());
    let document = case("طنجة").key.document.clone();
    project.ask_again(&document, &town).unwrap();
    project.ask_again(&document, &rejected).unwrap();
    let unknown = project.ask_again(&document, &DecisionId::new("d0"));
    assert!(unknown.is_err());
    assert_eq!(count(&mut project).cases.len(), 3);
    let asked = backlog(
        (project.store(), &Taught::default()),
        project.annotator(),
        &[],
        &mut |_, _| true,
    );
    let asked: Vec<_> =
        asked.offers.iter().filter(|it| it.document == document).map(|it| &it.text).collect();
    assert_eq!(asked, ["طنجة", "تطوان"]);
    project.undo().unwrap();
    project.undo().unwrap();
    assert_eq!(count(&mut project).cases, quality.cases);
}

#[test]
fn counting_can_be_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let project = decided(&folder.path().join("project"));
    assert_eq!(Quality::of(project.store(), &mut |_, _| false), None);
}
