//! Laws over generated work: files and journals are read as they were written.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::memory_disk::MemoryDisk;
use super::record::{self, SetRest};
use super::{Disk as _, Installation, Session, Store};
use crate::edit::{Change, Direction, Edit, Step, Transaction, Work};
use crate::model::{
    AnnotationSet, AnnotatorId, Confidence, Decision, Document, DocumentId, Extra, Meta,
    Origin, Provenance, Record, RecordId, Schema, SetKey, Span, State, Suggestion, Timestamp,
    Verdict,
};
use crate::text::TextRange;

/// Letters of two, three and four bytes, and marks.
const TEXT: &str = "أَوْقَفَتِ الشرطةُ ١٢ شخصًا 🙂 في فاس \u{200f}(Fès) 12/2021";

const DOCUMENTS: [&str; 2] = ["a", "مقال/2"];

fn annotator() -> AnnotatorId {
    AnnotatorId::new("سارة").unwrap()
}

fn key(document: &str) -> SetKey {
    SetKey { annotator: annotator(), document: document.into() }
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z\"\\\\\n\u{0}]{0,6}", "[ء-ي\u{64b}-\u{652} ]{0,6}", any::<String>()]
}

/// Raw JSON under any name, also under names that files use themselves.
fn extra() -> impl Strategy<Value = Extra> {
    let name = prop_oneof![
        4 => "[a-z]{1,4}",
        1 => prop_oneof![Just("id"), Just("note"), Just("other"), Just("state")]
            .prop_map(str::to_owned),
    ];
    let raw = prop_oneof![
        Just("1.50".to_owned()),
        Just("[ 1, {\"a\":null} ]".to_owned()),
        Just("\"\\u0041\"".to_owned()),
    ];
    let pairs = proptest::collection::btree_map(name, raw, 0..3);
    pairs.prop_map(|pairs| Extra(pairs.into_iter().rev().collect()))
}

/// A span on grapheme boundaries of [`TEXT`].
fn span() -> impl Strategy<Value = Span> {
    let provenance = (
        prop_oneof![
            Just(Origin::Hand),
            text().prop_map(Origin::Import),
            text().prop_map(Origin::Declared),
            text().prop_map(Origin::Suggestion),
            Just(Origin::Other("model:7".to_owned())),
        ],
        option::of(-4_000_000_000_000..4_000_000_000_000_i64),
    );
    let place = (0..100_usize, 0..100_usize);
    let words = (option::of(text()), text(), any::<bool>());
    let attributes = proptest::collection::btree_map("[a-z]{1,3}", text(), 0..3);
    ("[a-d]", text(), place, words, attributes, provenance, extra()).prop_map(
        |(id, label, place, (value, note, doubtful), attributes, (origin, at), extra)| {
            let mut span = Span::new(id.as_str().into(), label.as_str().into(), range(place));
            span.value = value;
            span.note = note;
            span.doubtful = doubtful;
            let pair = |(id, text): (String, String)| (id.as_str().into(), text);
            span.attributes = attributes.into_iter().map(pair).collect();
            span.provenance = Provenance { origin, at: at.map(Timestamp) };
            span.extra = extra;
            span
        },
    )
}

fn range((a, b): (usize, usize)) -> TextRange {
    use crate::text::{Offset, is_boundary};
    let all = (0..=TEXT.len()).filter(|at| TEXT.is_char_boundary(*at)).map(Offset::at);
    let edges: Vec<_> = all.filter(|at| is_boundary(TEXT, *at)).collect();
    let (a, b) = (a % edges.len(), b % (edges.len() - 1));
    let b = if b >= a { b + 1 } else { b };
    TextRange::between(edges[a], edges[b])
}

/// A suggestion and what is decided about it. Of few kinds, so that some are decided twice.
fn decided() -> impl Strategy<Value = (Suggestion, Verdict)> {
    let verdict = prop_oneof![
        "[a-d]".prop_map(|id| Verdict::Accepted(id.as_str().into())),
        text().prop_map(Verdict::Rejected),
        Just(Verdict::Skipped),
    ];
    let words = (text(), option::of(text()), option::of(0.0..=1.0_f64));
    (0..2_usize, "[ab]", words, span(), verdict).prop_map(
        |(place, source, (rule, value, share), span, verdict)| {
            let mut it = Suggestion::new(source, "CITY".into(), range((place, 4)));
            (it.rule, it.value, it.attributes) = (rule, value, span.attributes);
            it.confidence = share.and_then(Confidence::new);
            (it, verdict)
        },
    )
}

/// A record of few kinds of spans, some of them not there.
fn joined() -> impl Strategy<Value = Record> {
    let time = option::of(-4_000_000_000_000..4_000_000_000_000_i64);
    ("[ab]", vec("[a-e]", 0..4), text(), time, extra()).prop_map(
        |(id, spans, note, at, extra)| {
            let spans = spans.iter().map(|id| id.as_str().into());
            let record = Record::new(RecordId::new(id), spans);
            Record { note, at: at.map(Timestamp), extra, ..record }
        },
    )
}

/// Something to do, whatever there is.
#[derive(Clone, Debug)]
enum Deed {
    Put(usize, Box<Span>),
    Remove(usize, usize),
    State(usize, usize),
    Note(usize, String),
    Meta(usize, Meta),
    Decide(usize, Box<(Suggestion, Verdict)>),
    Join(usize, Box<Record>),
    Part(usize),
    /// One step over both documents.
    PutBoth(Box<Span>),
    /// Takes the last step back.
    Undo,
}

fn deed() -> impl Strategy<Value = Deed> {
    let at = 0..DOCUMENTS.len();
    let meta = (option::of(text()), option::of(text()), option::of(text()))
        .prop_map(|(title, date, source)| Meta { title, date, source });
    prop_oneof![
        4 => (at.clone(), span()).prop_map(|(at, span)| Deed::Put(at, Box::new(span))),
        1 => (at.clone(), 0..9_usize).prop_map(|(at, which)| Deed::Remove(at, which)),
        1 => (at.clone(), 0..4_usize).prop_map(|(at, state)| Deed::State(at, state)),
        1 => (at.clone(), text()).prop_map(|(at, note)| Deed::Note(at, note)),
        1 => (at.clone(), meta).prop_map(|(at, meta)| Deed::Meta(at, meta)),
        2 => (at.clone(), joined()).prop_map(|(at, record)| Deed::Join(at, Box::new(record))),
        1 => at.clone().prop_map(Deed::Part),
        2 => (at, decided()).prop_map(|(at, decided)| Deed::Decide(at, Box::new(decided))),
        1 => span().prop_map(|span| Deed::PutBoth(Box::new(span))),
        1 => Just(Deed::Undo),
    ]
}

/// A project, and what was done to it.
struct Desk {
    disk: MemoryDisk,
    store: Store,
    session: Session,
    work: Work,
    done: Vec<Transaction>,
}

impl Desk {
    fn new() -> Self {
        let disk = MemoryDisk::default();
        let root = PathBuf::from("/p");
        Store::create(&disk, &root, "أخبار", &Schema::default()).unwrap();
        let store = open(&disk);
        let session = store.session(Some(&annotator()), Arc::new(|| {})).unwrap();
        let mut import = session.import(Timestamp(0)).unwrap();
        for id in DOCUMENTS {
            import.add(&Document::new(id.into(), TEXT), Vec::new(), None).unwrap();
        }
        import.commit().unwrap();
        session.flush().unwrap();
        Self { disk, store, session, work: Work::default(), done: Vec::new() }
    }

    /// What a deed means here; none where it would change nothing.
    fn transaction(&self, deed: Deed) -> Option<Transaction> {
        let set = |at: usize| self.work.set(&key(DOCUMENTS[at]));
        let put = |at: usize, span: &Span| {
            let before = set(at).and_then(|set| set.span(&span.id)).cloned();
            Edit::span(key(DOCUMENTS[at]), span.id.clone(), before, Some(span.clone()))
        };
        let edits = match deed {
            Deed::Put(at, span) => vec![put(at, &span)],
            Deed::PutBoth(span) => vec![put(0, &span), put(1, &span)],
            Deed::Remove(at, which) => {
                let span = set(at)?.spans().get(which)?.clone();
                vec![Edit::span(key(DOCUMENTS[at]), span.id.clone(), Some(span), None)]
            }
            Deed::State(at, state) => {
                let before = set(at).map(|set| set.state).unwrap_or_default();
                vec![Edit::State(key(DOCUMENTS[at]), Change::new(before, State::ALL[state]))]
            }
            Deed::Note(at, note) => {
                let before = set(at).map(|set| set.note.clone()).unwrap_or_default();
                vec![Edit::Note(key(DOCUMENTS[at]), Change::new(before, note))]
            }
            Deed::Meta(at, meta) => {
                let id = DocumentId::from(DOCUMENTS[at]);
                let before = self.work.metas.get(&id).cloned().unwrap_or_default();
                vec![Edit::Meta(id, Change::new(before, meta))]
            }
            Deed::Decide(at, decided) => {
                let (suggestion, verdict) = *decided;
                let document = DocumentId::from(DOCUMENTS[at]);
                let after = Decision::new(&document, suggestion, verdict, self.time());
                let id = after.id.clone();
                let before = set(at).and_then(|set| set.decisions.get(&id)).cloned();
                let change = Change::new(before, Some(after));
                vec![Edit::Decision(key(DOCUMENTS[at]), id, Box::new(change))]
            }
            Deed::Join(at, after) => {
                let id = after.id.clone();
                let before = set(at).and_then(|set| set.records.get(&id)).cloned();
                let change = Change::new(before, Some(*after));
                vec![Edit::Record(key(DOCUMENTS[at]), id, Box::new(change))]
            }
            Deed::Part(at) => {
                let (id, before) = set(at)?.records.first_key_value()?;
                let change = Change::new(Some(before.clone()), None);
                vec![Edit::Record(key(DOCUMENTS[at]), id.clone(), Box::new(change))]
            }
            Deed::Undo => return Some(self.done.last()?.inverse(self.time())),
        };
        let direction = Direction::Do;
        Some(Transaction {
            step: Step::Annotate,
            direction,
            edits,
            look_at: None,
            at: self.time(),
        })
    }

    fn time(&self) -> Timestamp {
        Timestamp(i64::try_from(self.done.len()).unwrap())
    }

    fn commit(&mut self, transaction: Transaction) -> u64 {
        self.work.apply(&transaction).unwrap();
        let number = self.session.commit(&transaction).unwrap();
        self.done.push(transaction);
        number
    }
}

fn open(disk: &MemoryDisk) -> Store {
    let installation = Installation::new("0123456789abcdef").unwrap();
    let (store, problems) =
        Store::open(Arc::new(disk.clone()), &PathBuf::from("/p"), &installation).unwrap();
    assert_eq!(problems, []);
    store
}

/// What is there, blank things left out.
fn content(store: &Store) -> BTreeMap<String, String> {
    let mut content = BTreeMap::new();
    for id in DOCUMENTS {
        let (set, problems) = store.set(&key(id)).unwrap();
        assert_eq!(problems, []);
        put(&mut content, &set, &store.meta(&id.into()).unwrap());
    }
    content
}

/// The same of work in memory.
fn content_of(work: &Work) -> BTreeMap<String, String> {
    let mut content = BTreeMap::new();
    for id in DOCUMENTS {
        let set = work.set(&key(id)).cloned();
        let meta = work.metas.get(&id.into()).cloned().unwrap_or_default();
        put(&mut content, &set.unwrap_or_else(|| AnnotationSet::new(key(id))), &meta);
    }
    content
}

fn put(content: &mut BTreeMap<String, String>, set: &AnnotationSet, meta: &Meta) {
    if !set.is_blank() {
        content.insert(format!("{} set", set.key.document), format!("{set:?}"));
    }
    if *meta != Meta::default() {
        content.insert(format!("{} meta", set.key.document), format!("{meta:?}"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_set_is_read_as_it_was_written(
        spans in vec(span(), 0..5),
        (state, note, extra) in (0..4_usize, text(), extra()),
        records in vec(joined(), 0..3),
        aside in vec("\\{\"kind\":\"[a-z]{0,5}\"\\}", 0..3),
    ) {
        let document = Document::new("a".into(), TEXT);
        let mut set = AnnotationSet::new(key("a"));
        set.state = State::ALL[state];
        set.note = note;
        set.extra = extra;
        set.extend(spans);
        set.records = records.into_iter().map(|it| (it.id.clone(), it)).collect();
        let rest = SetRest { aside, ..SetRest::default() };
        let written = record::write_set(&document, &set, &rest);
        let file = record::read_set(written.as_bytes(), &document, &set.key).unwrap();
        prop_assert_eq!(&file.wrong, &[]);
        prop_assert_eq!(&file.set, &set);
        prop_assert_eq!(&file.rest, &rest);
        prop_assert_eq!(record::write_set(&document, &file.set, &file.rest), written);
    }

    #[test]
    fn no_bytes_make_a_reader_panic(
        spans in vec(span(), 0..3),
        damage in vec((any::<prop::sample::Index>(), any::<u8>()), 0..9),
        cut in any::<prop::sample::Index>(),
    ) {
        let document = Document::new("a".into(), TEXT);
        let mut set = AnnotationSet::new(key("a"));
        set.extend(spans);
        let mut bytes = record::write_set(&document, &set, &SetRest::default()).into_bytes();
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate(cut.index(bytes.len() + 1));
        // Whatever is read can be worked with and written again.
        if let Ok(file) = record::read_set(&bytes, &document, &set.key) {
            for span in file.set.spans() {
                prop_assert!(document.check(span.range).is_ok());
            }
            record::write_set(&document, &file.set, &file.rest);
        }
        drop(record::skim_set(&bytes));
        drop(record::read_meta(&bytes));
        drop(record::read_document(&bytes));
        drop(record::read_record(&bytes));
        drop(record::read_index(&bytes));
    }

    #[test]
    fn any_prefix_of_a_journal_replays(
        deeds in vec(deed(), 1..12),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut desk = Desk::new();
        let mut contents = vec![content_of(&desk.work)];
        let mut last = 0;
        for deed in deeds {
            let Some(transaction) = desk.transaction(deed) else { continue };
            last = desk.commit(transaction);
            contents.push(content_of(&desk.work));
        }
        desk.session.wait_saved(last).unwrap();
        prop_assert_eq!(&content(&desk.store), contents.last().unwrap());
        let folder = desk.store.inner.layout.desk(Some(&annotator()));
        let listed = desk.disk.list(&folder).unwrap();
        let segment = listed.iter().rfind(|file| file.name.starts_with("journal-")).unwrap();
        let path = folder.join(&segment.name);
        let bytes = desk.disk.read(&path).unwrap();
        let cut = cut.index(bytes.len() + 1);
        let copy = desk.disk.crash(desk.disk.num_steps(), &[]);
        copy.put(&path, &bytes[..cut]);
        // The header is a line too. The last line counts without its line break.
        let whole = |bytes: &[u8]| bytes.split(|byte| *byte == b'\n')
            .filter(|line| record::read_record(line).is_some())
            .count();
        let store = open(&copy);
        prop_assert_eq!(&content(&store), &contents[whole(&bytes[..cut])]);
        // The next session takes it into the files.
        store.session(Some(&annotator()), Arc::new(|| {})).unwrap().close().unwrap();
        prop_assert_eq!(&content(&open(&copy)), &contents[whole(&bytes[..cut])]);
    }

    #[test]
    fn steps_and_their_inverses_are_nothing(deeds in vec(deed(), 1..10), flush in 0..10_usize) {
        let mut desk = Desk::new();
        let before = content(&desk.store);
        let mut made = Vec::new();
        for (at, deed) in deeds.into_iter().enumerate() {
            let Some(transaction) = desk.transaction(deed) else { continue };
            made.push(transaction.clone());
            desk.commit(transaction);
            if at == flush {
                desk.session.flush().unwrap();
                prop_assert_eq!(&content(&open(&desk.disk)), &content_of(&desk.work));
            }
        }
        while let Some(transaction) = made.pop() {
            desk.commit(transaction.inverse(Timestamp(99)));
        }
        prop_assert_eq!(&content(&desk.store), &before);
        desk.session.flush().unwrap();
        prop_assert_eq!(&content(&open(&desk.disk)), &before);
    }
}
