//! What the scripted session does.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use super::{MemoryDisk, TEXT, World, key, open, root, sara, session, world};
use crate::edit::{
    Change, Context, Direction, Edit, Step, Transaction, annotate, declare_gold, edit_meta,
    remove, set_state, set_value,
};
use crate::model::{AnnotationSet, Document, Meta, Schema, Span, SpanId, State, Timestamp};
use crate::store::writer::Shared;
use crate::store::{Session, Store};
use crate::text::TextRange;

/// A session that is being scripted.
pub(super) struct Script {
    pub(super) disk: MemoryDisk,
    pub(super) store: Store,
    /// What there was to see after each step.
    pub(super) worlds: Vec<World>,
    /// How many of sara's transactions there were after each step.
    pub(super) counts: Vec<u64>,
    transactions: u64,
    time: i64,
}

impl Script {
    pub(super) fn new(disk: MemoryDisk) -> Self {
        Store::create(&disk, &root(), "أخبار", &Schema::default()).unwrap();
        let store = open(&disk).unwrap();
        let worlds = vec![World::new(), world(&store).unwrap()];
        disk.mark(1);
        Self { disk, store, worlds, counts: vec![0, 0], transactions: 0, time: 0 }
    }

    /// Says that a step was made, to be saved by its mark.
    fn made(&mut self) -> u64 {
        self.worlds.push(world(&self.store).unwrap());
        self.counts.push(self.transactions);
        self.worlds.len() as u64 - 1
    }

    fn saved(&mut self) {
        let step = self.made();
        self.disk.mark(step);
    }

    fn time(&mut self) -> Timestamp {
        self.time += 1;
        Timestamp(self.time)
    }

    fn set(&self, document: &str) -> AnnotationSet {
        self.store.set(&key(document)).unwrap().0
    }

    /// Commits a step on a document, without waiting.
    pub(super) fn commit(
        &mut self,
        session: &Session,
        document: &str,
        step: impl FnOnce(&Context<'_>) -> Transaction,
    ) -> (u64, Transaction) {
        let (at, schema) = (self.time(), self.store.schema());
        let document = self.store.document(&document.into()).unwrap();
        let set = self.set(document.id().as_str());
        let cx = Context { document: &document, schema: &schema, set: &set, at };
        let transaction = step(&cx);
        self.transactions += 1;
        (session.commit(&transaction).unwrap(), transaction)
    }

    /// Commits a step on a document, and waits until it is saved.
    pub(super) fn step(
        &mut self,
        session: &Session,
        document: &str,
        step: impl FnOnce(&Context<'_>) -> Transaction,
    ) -> Transaction {
        let (number, transaction) = self.commit(session, document, step);
        session.wait_saved(number).unwrap();
        self.saved();
        transaction
    }
}

pub(super) fn mark(
    surface: &'static str,
    label: &'static str,
    id: &'static str,
) -> impl Fn(&Context<'_>) -> Transaction {
    move |cx| {
        let start = cx.document.text().find(surface).unwrap();
        let range = TextRange::of(start..start + surface.len());
        annotate(cx, range, &label.into(), id.into()).unwrap()
    }
}

fn span(id: &str, label: &str, surface: &str) -> Span {
    let start = TEXT.find(surface).unwrap();
    Span::new(id.into(), label.into(), TextRange::of(start..start + surface.len()))
}

/// Everything that a session does, once.
pub(super) fn play(disk: &MemoryDisk) -> Script {
    let mut script = Script::new(disk.clone());
    let store = script.store.clone();
    {
        let nobody = session(&store, None).unwrap();
        let mut import = nobody.import(script.time()).unwrap();
        for id in ["a", "B/2"] {
            import.add(&Document::new(id.into(), TEXT), Vec::new(), None).unwrap();
        }
        import.commit().unwrap();
        script.saved();
        nobody.close().unwrap();
    }
    disk.sync_all();
    let sara = session(&store, Some(&sara())).unwrap();
    let mut import = sara.import(script.time()).unwrap();
    let document = Document::new("c".into(), TEXT);
    let spans = vec![span("i1", "COUNT", "12"), span("i2", "CITY", "فاس")];
    import.add(&document, spans, Some(State::Finished)).unwrap();
    let document = Document::new("a".into(), TEXT);
    import.add(&document, vec![span("i3", "CITY", "فاس")], Some(State::InProgress)).unwrap();
    script.transactions += 1;
    import.commit().unwrap();
    script.saved();
    script.step(&sara, "a", mark("12", "COUNT", "h1"));
    let valued = script.step(&sara, "a", |cx| set_value(cx, &"h1".into(), "12").unwrap());
    script.step(&sara, "a", |cx| valued.inverse(cx.at));
    // Two that go to the disk together, perhaps.
    script.commit(&sara, "B/2", mark("الشرطة", "AGENCY", "h2"));
    script.made();
    let (number, _) = script.commit(&sara, "B/2", mark("فاس", "CITY", "h3"));
    sara.wait_saved(number).unwrap();
    script.saved();
    let title = Meta { title: Some("عنوان".to_owned()), ..Meta::default() };
    script.step(&sara, "a", |cx| {
        edit_meta(cx.document.id(), &Meta::default(), title, cx.at).unwrap()
    });
    sara.flush().unwrap();
    script.step(&sara, "a", |cx| remove(cx, &"h1".into()).unwrap());
    script.step(&sara, "B/2", |cx| set_state(cx, State::Finished).unwrap());
    script.step(&sara, "c", |cx| declare_gold(cx.set, None, cx.at).unwrap());
    // One step over two sets.
    script.step(&sara, "a", |cx| Transaction {
        step: Step::Annotate,
        direction: Direction::Do,
        edits: ["a", "B/2"]
            .map(|id| {
                let span = span("h4", "COUNT", "12");
                Edit::span(key(id), SpanId::new("h4"), None, Some(span))
            })
            .into(),
        look_at: None,
        at: cx.at,
    });
    sara.close().unwrap();
    drop(store);
    disk.sync_all();
    script.store = open(disk).unwrap();
    play_trouble(&mut script);
    script.store.write_project("آخر", &Schema::default()).unwrap();
    script.saved();
    script
}

/// A second session, in which not all goes well.
fn play_trouble(script: &mut Script) {
    let disk = script.disk.clone();
    // Marks the late step when its line is on the disk, and not only when the test sees it.
    type Late = Option<(Arc<Shared>, Arc<AtomicU64>, u64)>;
    let mark_late: Arc<Mutex<Late>> = Arc::default();
    let wake = {
        let (mark_late, disk) = (mark_late.clone(), disk.clone());
        Arc::new(move || {
            let Some((shared, late, step)) = mark_late.lock().unwrap().clone() else { return };
            if shared.queue().saved >= late.load(Ordering::Relaxed) {
                disk.mark(step);
            }
        })
    };
    let again = Arc::new(script.store.session(Some(&sara()), wake).unwrap());
    script.step(&again, "a", |cx| Transaction {
        step: Step::SetDocumentNote,
        direction: Direction::Do,
        edits: vec![Edit::Note(key("a"), Change::new(String::new(), "ملاحظة".to_owned()))],
        look_at: None,
        at: cx.at,
    });
    // The disk is ill for a while.
    disk.set_good_syncs(Some(0));
    let (number, _) = script.commit(&again, "c", mark("الشرطة", "AGENCY", "h5"));
    assert!(again.wait_saved(number).is_err());
    disk.set_good_syncs(None);
    again.retry();
    again.wait_saved(number).unwrap();
    script.saved();
    // A step comes while the files are being written.
    let late = Arc::new(AtomicU64::new(u64::MAX));
    {
        let (again, late, disk) = (again.clone(), late.clone(), disk.clone());
        let transaction = Transaction {
            step: Step::SetDocumentNote,
            direction: Direction::Do,
            edits: vec![Edit::Note(key("c"), Change::new(String::new(), "لاحقًا".to_owned()))],
            look_at: None,
            at: script.time(),
        };
        disk.when_made("file-", move || {
            late.store(again.commit(&transaction).unwrap(), Ordering::Relaxed);
        });
    }
    *mark_late.lock().unwrap() = Some((again.shared.clone(), late, script.worlds.len() as u64));
    script.transactions += 1;
    again.flush().unwrap();
    assert_eq!(script.set("c").note, "لاحقًا");
    script.made();
    let mut import = again.import(script.time()).unwrap();
    let document = Document::new("d".into(), TEXT);
    import.add(&document, vec![span("i4", "CITY", "فاس")], None).unwrap();
    script.transactions += 1;
    import.commit().unwrap();
    script.saved();
    Arc::into_inner(again).unwrap().close().unwrap();
}
