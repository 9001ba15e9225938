//! What is listed, from a project of articles whose title, date, state and spans are known.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::*;
use crate::model::{Document, Meta, SetKey, Span, Timestamp};
use crate::project::{Ambient, Many};
use crate::store::{Installation, RealDisk};
use crate::text::TextRange;

/// A project in which سارة works.
struct Desk {
    project: Project,
    listing: Listing,
    folder: tempfile::TempDir,
}

const TITLES: [&str; 5] =
    ["السلطات تغلق ميناء", "أمطار في فاس", "Rabat today", "وزير يزور بركان", "إعلان جديد"];

/// The texts begin with a name to mark.
fn text(at: usize) -> String {
    format!("فاس مدينة، وهذا المقال رقم {at}")
}

impl Desk {
    /// As many articles; every third one without a date, every tenth one with a doubtful span.
    fn new(count: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("project");
        Store::create(&RealDisk, &root, "أخبار", &Schema::default()).unwrap();
        let installation = Installation::new("00000000000000a1").unwrap();
        let disk = Arc::new(RealDisk);
        let sara = AnnotatorId::new("سارة").unwrap();
        let opened =
            Project::open((disk, &installation), &root, sara, Ambient::SYSTEM, Arc::new(|| {}));
        let (mut project, _) = opened.unwrap();
        let mut import = project.session().unwrap().import(Timestamp(0)).unwrap();
        for at in 0..count {
            let mut document = Document::new(at.to_string().as_str().into(), text(at));
            document.given = Meta {
                title: Some(format!("{} {at}", TITLES[at % TITLES.len()])),
                date: (at % 3 > 0).then(|| format!("2024-01-{:02}", 1 + (at * 7) % 28)),
                ..Meta::default()
            };
            let mut spans = Vec::new();
            if at % 10 == 0 {
                let mut span = Span::new("1".into(), "CITY".into(), TextRange::of(0..6));
                span.doubtful = true;
                spans.push(span);
            }
            let state = (!spans.is_empty()).then_some(State::InProgress);
            import.add(&document, spans, state).unwrap();
        }
        import.commit().unwrap();
        project.reload();
        Self { project, listing: Listing::default(), folder }
    }

    fn follow(&mut self, text: &str, state: Option<State>, order: &str) -> bool {
        let asked = Asked { text, state, order: Order::from_id(order).unwrap() };
        self.listing.follow(&self.project, asked, || {})
    }

    /// What is listed once it is there.
    fn listed(&mut self, text: &str, state: Option<State>, order: &str) -> Vec<u32> {
        let begin = Instant::now();
        loop {
            self.follow(text, state, order);
            if !self.listing.is_busy() {
                return self.listing.rows().to_vec();
            }
            assert!(begin.elapsed() < Duration::from_secs(60));
            thread::sleep(Duration::from_millis(1));
        }
    }

    /// The same, looked through from the beginning.
    fn anew(&mut self, text: &str, state: Option<State>, order: &str) -> Vec<u32> {
        let kept = std::mem::take(&mut self.listing);
        let rows = self.listed(text, state, order);
        self.listing = kept;
        rows
    }

    fn set_state(&mut self, ids: &[usize], state: State) -> Many {
        let ids: Vec<DocumentId> =
            ids.iter().map(|at| at.to_string().as_str().into()).collect();
        self.project.set_state_of(&ids, state, &mut |_, _| true).unwrap().unwrap()
    }

    fn key(&self, at: usize) -> SetKey {
        let annotator = self.project.annotator().clone();
        SetKey { annotator, document: at.to_string().as_str().into() }
    }
}

#[test]
fn documents_stand_in_the_order_that_is_asked_for() {
    let mut desk = Desk::new(12);
    let listed = |desk: &mut Desk, order: &str| desk.listed("", None, order);
    assert_eq!(listed(&mut desk, "project"), (0..12).collect::<Vec<_>>());
    assert_eq!(listed(&mut desk, "-project"), (0..12).rev().collect::<Vec<_>>());
    // إعلان, أمطار, السلطات, وزير, Rabat: each with its number.
    let by_title = [4, 9, 1, 6, 11, 0, 5, 10, 3, 8, 2, 7];
    assert_eq!(listed(&mut desk, "title"), by_title);
    assert_eq!(listed(&mut desk, "-title"), by_title.into_iter().rev().collect::<Vec<_>>());
    // Days: 1→8, 2→15, 4→1, 5→8, 7→22, 8→1, 10→15, 11→22; the others have none.
    assert_eq!(listed(&mut desk, "date"), [4, 8, 1, 5, 2, 10, 7, 11, 0, 3, 6, 9]);
    assert_eq!(listed(&mut desk, "-date"), [7, 11, 2, 10, 1, 5, 4, 8, 0, 3, 6, 9]);
    assert_eq!(listed(&mut desk, "-spans")[..3], [0, 10, 1]);
    desk.set_state(&[3], State::Ignored);
    assert_eq!(listed(&mut desk, "-state")[..4], [3, 0, 10, 1]);
}

#[test]
fn filters_leave_out_what_does_not_fit_and_spans_are_read_where_they_must_be() {
    let mut desk = Desk::new(30);
    assert_eq!(desk.listed("doubtful", None, "-project"), [20, 10, 0]);
    assert!(desk.listed("مشكوك_فيه", Some(State::New), "project").is_empty());
    assert!(desk.listed("رباط", None, "project").is_empty());
    assert_eq!(desk.listed("rabat -id:7", None, "project"), [2, 12, 22]);
    assert_eq!(desk.listed("label:CITY doubtful city:فاس", None, "project"), [0, 10, 20]);
    assert!(desk.listed("city:طنجة", None, "project").is_empty());
    // What cannot be understood leaves the list as it was, and says what is wrong.
    desk.listed("doubtful", None, "project");
    assert_eq!(desk.listed("\"doubtful", None, "project"), [0, 10, 20]);
    assert!(desk.listing.wrong().is_some());
}

#[test]
fn a_long_list_is_made_off_the_frame_and_kept_up_document_by_document() {
    let mut desk = Desk::new(AT_ONCE + 1);
    assert!(desk.follow("", None, "project"), "as they came, all are there at once");
    assert!(!desk.follow("", None, "title"));
    assert!(desk.listing.is_busy());
    assert_eq!(desk.listing.rows().len(), AT_ONCE + 1, "what was listed before stays");
    let by_title = desk.listed("", None, "title");
    for (text, state, order) in [
        ("", None, "title"),
        ("", None, "-state"),
        ("", Some(State::New), "date"),
        ("doubtful", Some(State::Finished), "-title"),
        ("label:CITY doubtful", None, "spans"),
    ] {
        desk.listed(text, state, order);
        desk.set_state(&[7, 10, 20], State::Finished);
        desk.follow(text, state, order);
        assert!(!desk.listing.is_busy(), "three documents are no reason for a new list");
        let kept = desk.listing.rows().to_vec();
        assert_eq!(kept, desk.anew(text, state, order), "{text} {state:?} {order}");
        desk.project.undo().unwrap();
        desk.follow(text, state, order);
        assert!(!desk.listing.is_busy());
        let kept = desk.listing.rows().to_vec();
        assert_eq!(kept, desk.anew(text, state, order), "{text} {state:?} {order}, undone");
    }
    assert_eq!(desk.listed("", None, "title"), by_title);
    // What is asked for meanwhile takes the place of what was under way.
    desk.follow("", None, "date");
    desk.follow("doubtful", None, "title");
    let rows = desk.listed("doubtful", None, "title");
    assert!(rows.iter().all(|row| row % 10 == 0) && rows.len() == AT_ONCE / 10 + 1);
}

#[test]
fn what_is_changed_while_the_list_is_made_is_in_it() {
    let mut desk = Desk::new(AT_ONCE + 1);
    desk.listed("", None, "project");
    desk.follow("", Some(State::Finished), "title");
    desk.set_state(&[4], State::Finished);
    assert_eq!(desk.listed("", Some(State::Finished), "title"), [4]);
    desk.project.undo().unwrap();
    assert!(desk.listed("", Some(State::Finished), "title").is_empty());
}

#[test]
fn the_place_of_a_document_that_is_not_listed_is_known() {
    let mut desk = Desk::new(12);
    // By title: 4 9 1 6 11 0 5 10 3 8 2 7, of which 0 and 10 are in progress.
    assert_eq!(desk.listed("", Some(State::InProgress), "title"), [0, 10]);
    let around = |at| desk.listing.around(&desk.project, at);
    assert_eq!([around(0), around(10)], [0..1, 1..2]);
    assert_eq!([around(4), around(5), around(3)], [0..0, 1..1, 2..2]);
}

#[test]
fn the_state_of_many_is_one_step() {
    let mut desk = Desk::new(40);
    let all: Vec<usize> = (0..40).collect();
    let many = desk.set_state(&all, State::InProgress);
    assert_eq!((many.num_changed, many.num_unchanged, many.refused.len()), (36, 4, 0));
    assert_eq!(desk.project.num_in_state(State::InProgress), 40);
    assert_eq!(desk.project.history().len(), 1);
    assert_eq!(desk.project.history().get(0).unwrap().num_documents, 36);
    assert_eq!(desk.project.undo().unwrap(), None);
    assert_eq!(desk.project.num_in_state(State::New), 36);
    desk.project.redo().unwrap();
    assert_eq!(desk.project.num_in_state(State::InProgress), 40);
    // As they are already: no step. Stopped: nothing at all.
    let many = desk.set_state(&all, State::InProgress);
    assert_eq!((many.num_changed, many.num_unchanged), (0, 40));
    let ids: Vec<DocumentId> = vec!["1".into()];
    let stopped = desk.project.set_state_of(&ids, State::Ignored, &mut |_, _| false);
    assert_eq!(stopped.unwrap(), None);
    assert_eq!(desk.project.history().len(), 1);
    assert_eq!(desk.project.num_in_state(State::Ignored), 0);
}

#[test]
fn what_cannot_be_changed_is_named_and_the_rest_is_done() {
    let mut desk = Desk::new(12);
    desk.set_state(&[0, 1], State::Finished);
    let ids: Vec<DocumentId> = vec!["0".into(), "1".into(), "2".into(), "no".into()];
    let many = desk.project.declare_gold_of(&ids, &mut |_, _| true).unwrap().unwrap();
    assert_eq!(many.num_changed, 2);
    let refused: Vec<&str> = many.refused.iter().map(|(title, _)| title.as_str()).collect();
    assert_eq!(refused, ["Rabat today 2", "no"]);
    let places = many.refused.iter().map(|(_, problem)| problem.place.document.as_ref());
    assert!(places.eq([Some(&ids[2]), Some(&ids[3])]));
    assert!(desk.project.row(0).unwrap().is_gold && !desk.project.row(2).unwrap().is_gold);
    desk.project.undo().unwrap();
    assert!(!desk.project.row(0).unwrap().is_gold);
    let (set, _) = desk.project.store().set(&desk.key(0)).unwrap();
    assert_eq!(set.state, State::Finished);
    assert!(desk.folder.path().exists());
}

#[test]
fn counts_by_state_are_kept_up() {
    let mut desk = Desk::new(30);
    let counts = |desk: &Desk| State::ALL.map(|state| desk.project.num_in_state(state));
    assert_eq!(counts(&desk), [27, 3, 0, 0]);
    desk.set_state(&[0, 1, 2], State::Finished);
    assert_eq!(counts(&desk), [25, 2, 3, 0]);
    desk.project.undo().unwrap();
    assert_eq!(counts(&desk), [27, 3, 0, 0]);
}
