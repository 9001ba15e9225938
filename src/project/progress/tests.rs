//! A project that was counted by hand.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use super::*;
use crate::model::{Document, DocumentId, Schema, Span};
use crate::project::{Ambient, Project, Saved};
use crate::store::{Installation, RealDisk};
use crate::text::TextRange;

static NOW: AtomicI64 = AtomicI64::new(0);

fn now() -> Timestamp {
    Timestamp(NOW.load(Ordering::Relaxed))
}

fn random() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

fn installation() -> Installation {
    Installation::new("00000000000000a1").unwrap()
}

fn store(root: &Path) -> Store {
    Store::open(Arc::new(RealDisk), root, &installation()).unwrap().0
}

fn open(root: &Path, who: &str) -> Project {
    let who = AnnotatorId::new(who).unwrap();
    let ambient = Ambient { now, random };
    let disk = (Arc::new(RealDisk) as _, &installation());
    Project::open(disk, root, who, ambient, Arc::new(|| {})).unwrap().0
}

/// Four documents of which the first came with two spans.
fn project(root: &Path) {
    Store::create(&RealDisk, root, "أخبار", &Schema::default()).unwrap();
    let store = store(root);
    let amal = AnnotatorId::new("amal").unwrap();
    let session = store.session(Some(&amal), Arc::new(|| {})).unwrap();
    let mut import = session.import(Timestamp(0)).unwrap();
    for id in ["a", "b", "c", "d"] {
        let document = Document::new(id.into(), "aa bb cc dd");
        let spans = if id == "a" {
            vec![
                Span::new("1".into(), "CITY".into(), TextRange::of(0..2)),
                Span::new("2".into(), "DATE".into(), TextRange::of(3..5)),
            ]
        } else {
            Vec::new()
        };
        let state = (id == "a").then_some(State::Finished);
        import.add(&document, spans, state).unwrap();
    }
    import.commit().unwrap();
    session.close().unwrap();
}

/// A minute of the day `day`, counted from its midnight.
fn at(day: i64, minute: i64) {
    NOW.store((day * 24 * 60 + minute) * 60_000, Ordering::Relaxed);
}

fn mark(project: &mut Project, label: &str, range: std::ops::Range<usize>) {
    project.annotate(TextRange::of(range), &label.into()).unwrap();
}

#[test]
fn a_project_is_counted_as_by_hand() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("project");
    project(&root);
    let mut work = open(&root, "amal");
    let states = |id: &str| work.position(&DocumentId::new(id));
    assert_eq!((states("a"), states("d")), (Some(0), Some(3)));
    // The first day: three spans in six minutes, one of them taken back and done again.
    at(10, 60);
    work.open_document(&"b".into()).unwrap();
    mark(&mut work, "CITY", 0..2);
    at(10, 63);
    mark(&mut work, "CITY", 3..5);
    work.undo().unwrap();
    work.redo().unwrap();
    at(10, 66);
    mark(&mut work, "COUNT", 6..8);
    // After a pause that is no work: one is doubtful, and the document is finished.
    at(10, 80);
    let id = work.set().unwrap().spans()[0].id.clone();
    work.set_doubtful(&id, true).unwrap();
    at(10, 82);
    work.set_state(State::Finished).unwrap();
    // Two days later: another document is begun, one span goes.
    at(12, 0);
    work.open_document(&"c".into()).unwrap();
    mark(&mut work, "CITY", 0..2);
    at(12, 4);
    mark(&mut work, "CITY", 3..5);
    let id = work.set().unwrap().spans()[1].id.clone();
    work.remove(&id).unwrap();
    // Not yet handed from the journal to the history, but done.
    assert_eq!(work.flush(), Saved::Saved);
    let counted = Progress::of(work.store(), &mut |_, _| true).unwrap().unwrap();
    work.close().unwrap();
    let again = Progress::of(&store(&root), &mut |_, _| true).unwrap().unwrap();
    assert_eq!(counted.tallies, again.tallies);

    assert_eq!((counted.num_documents, counted.num_chars), (4, 44));
    let tally = &counted.tallies[&AnnotatorId::new("amal").unwrap()];
    let spans: Vec<_> = tally.spans.iter().map(|(id, count)| (id.as_str(), *count)).collect();
    assert_eq!(spans, [("CITY", 4), ("COUNT", 1), ("DATE", 1)]);
    assert_eq!((tally.num_spans(), tally.doubtful), (6, 1));
    assert_eq!(State::ALL.map(|state| tally.num_in_state(state)), [1, 1, 2, 0]);
    assert_eq!(tally.documents, [(1, 3), (0, 2), (2, 1)]);
    let expected = Distribution { most: 3, fewest: 1, median: 2, without: 0 };
    assert_eq!(tally.distribution(), Some(expected));

    let days: Vec<_> = tally
        .over_time()
        .into_iter()
        .map(|at| (at.day, at.work.spans, at.spans, at.work.finished, at.work.active / 60_000))
        .collect();
    assert_eq!(days, [(Day(10), 3, 5, 1, 8), (Day(12), 1, 6, 0, 4)]);
    // Four spans in twelve minutes, and one document in two days.
    assert_eq!(tally.spans_per_hour(), Some(200));
    assert_eq!(tally.documents_per_day(), Some(5));
}

#[test]
fn counting_can_be_stopped_and_needs_no_history() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("project");
    project(&root);
    let counted = Progress::of(&store(&root), &mut |_, _| true).unwrap().unwrap();
    let tally = &counted.tallies[&AnnotatorId::new("amal").unwrap()];
    assert_eq!((tally.num_spans(), tally.over_time().len()), (2, 0));
    assert_eq!((tally.spans_per_hour(), tally.documents_per_day()), (None, None));
    std::fs::remove_dir_all(root.join("history")).ok();
    assert_eq!(Progress::of(&store(&root), &mut |_, _| true).unwrap().unwrap(), counted);

    at(10, 60);
    let mut work = open(&root, "bilal");
    work.open_document(&"b".into()).unwrap();
    mark(&mut work, "CITY", 0..2);
    work.close().unwrap();
    assert_eq!(Progress::of(&store(&root), &mut |_, _| false).unwrap(), None);
}

#[test]
fn the_distribution_counts_documents_without_spans() {
    let documents = vec![(4, 9), (0, 5), (1, 2), (2, 0)];
    let tally = Tally { documents, ..Tally::default() };
    let expected = Distribution { most: 9, fewest: 0, median: 2, without: 1 };
    assert_eq!(tally.distribution(), Some(expected));
    assert_eq!(Tally::blank(7).distribution(), None);
    assert_eq!(Tally::blank(7).num_in_state(State::New), 7);
}
