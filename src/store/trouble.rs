//! Bad input, bad disks and other programs: what is well stays, and the rest is named.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::memory_disk::MemoryDisk;
use super::{Disk as _, Error, Installation, RealDisk, Session, Status, Store, Taken};
use crate::edit::{Context, Transaction, annotate, remove, set_document_note, set_state};
use crate::lang::Explain as _;
use crate::model::{
    AnnotationSet, AnnotatorId, Document, DocumentId, Extra, Problem, Schema, SetKey, Severity,
    Span, State, Timestamp,
};
use crate::text::TextRange;

const TEXT: &str = "أوقفت الشرطة 12 شخصا في فاس";

/// A project with the document `a`, on which sara has marked `12`.
pub(super) struct Desk {
    pub disk: MemoryDisk,
    pub store: Store,
}

pub(super) fn root() -> PathBuf {
    PathBuf::from("/project")
}

pub(super) fn installation() -> Installation {
    Installation::new("0123456789abcdef").unwrap()
}

pub(super) fn sara() -> AnnotatorId {
    AnnotatorId::new("سارة").unwrap()
}

pub(super) fn key(document: &str) -> SetKey {
    SetKey { annotator: sara(), document: document.into() }
}

fn span(id: &str, label: &str, surface: &str) -> Span {
    let start = TEXT.find(surface).unwrap();
    Span::new(id.into(), label.into(), TextRange::of(start..start + surface.len()))
}

pub(super) fn mark(
    surface: &'static str,
    id: &'static str,
) -> impl Fn(&Context<'_>) -> Transaction {
    move |cx| {
        let start = cx.document.text().find(surface).unwrap();
        let range = TextRange::of(start..start + surface.len());
        annotate(cx, range, &"CITY".into(), id.into()).unwrap()
    }
}

pub(super) fn problems_of(problems: &[Problem]) -> Vec<String> {
    let line = |problem: &Problem| {
        let file = problem.place.path.as_ref().and_then(|path| path.file_name());
        let file = file.unwrap_or_default().to_string_lossy();
        let line = problem.place.line.map(|line| format!(":{line}")).unwrap_or_default();
        format!("{file}{line}: {}", problem.what.en)
    };
    problems.iter().map(line).collect()
}

impl Desk {
    pub(super) fn new() -> Self {
        let disk = MemoryDisk::default();
        Store::create(&disk, &root(), "أخبار", &Schema::default()).unwrap();
        let desk = Self { store: open(&disk).0, disk };
        let session = desk.session();
        let mut import = session.import(Timestamp(0)).unwrap();
        let document = Document::new("a".into(), TEXT);
        let spans = vec![span("1", "COUNT", "12")];
        import.add(&document, spans, Some(State::InProgress)).unwrap();
        import.commit().unwrap();
        session.close().unwrap();
        desk
    }

    pub(super) fn again(&self) -> (Self, Vec<Problem>) {
        let (store, problems) = open(&self.disk);
        (Self { disk: self.disk.clone(), store }, problems)
    }

    pub(super) fn session(&self) -> Session {
        self.store.session(Some(&sara()), Arc::new(|| {})).unwrap()
    }

    pub(super) fn set(&self) -> AnnotationSet {
        self.store.set(&key("a")).unwrap().0
    }

    pub(super) fn step(
        &self,
        session: &Session,
        step: impl FnOnce(&Context<'_>) -> Transaction,
    ) -> Result<u64, Error> {
        let (document, set) = (self.store.document(&"a".into()).unwrap(), self.set());
        let schema = self.store.schema();
        let at = Timestamp(1_000);
        session.commit(&step(&Context { document: &document, schema: &schema, set: &set, at }))
    }

    pub(super) fn surfaces(&self) -> Vec<String> {
        let set = self.set();
        set.spans().iter().map(|span| TEXT[span.range.to_range()].to_owned()).collect()
    }

    fn set_path(&self) -> PathBuf {
        self.store.inner.layout.set(&key("a"))
    }

    pub(super) fn set_text(&self) -> String {
        String::from_utf8(self.disk.read(&self.set_path()).unwrap()).unwrap()
    }

    /// Changes the set's file as another program would.
    pub(super) fn change_set(&self, change: impl FnOnce(String) -> String) {
        self.disk.put(&self.set_path(), change(self.set_text()).as_bytes());
    }

    /// The files in a folder of the project and those in it, with their text.
    pub(super) fn files(&self, folder: &str) -> Vec<(PathBuf, String)> {
        let folder = root().join(folder);
        let files =
            self.disk.content().into_iter().filter(|(path, _)| path.starts_with(&folder));
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        files.filter_map(|(path, bytes)| Some((path, text(bytes?)))).collect()
    }
}

fn open(disk: &MemoryDisk) -> (Store, Vec<Problem>) {
    Store::open(Arc::new(disk.clone()), &root(), &installation()).unwrap()
}

#[track_caller]
pub(super) fn check_problems(found: &[Problem], expected: &[&str]) {
    assert_eq!(problems_of(found), expected);
}

/// Opens the project anew after a change of the set's file: what is told then, what is told of
/// the set, and the set's spans.
#[track_caller]
fn check_changed(
    change: impl FnOnce(String) -> String,
    on_open: &[&str],
    of_set: &[&str],
    spans: &[&str],
) -> Desk {
    let desk = Desk::new();
    desk.change_set(change);
    let (desk, problems) = desk.again();
    check_problems(&problems, on_open);
    check_problems(&desk.store.set(&key("a")).unwrap().1, of_set);
    assert_eq!(desk.surfaces(), spans);
    desk
}

#[test]
fn a_folder_without_project_ron_is_no_project() {
    let disk = MemoryDisk::default();
    let opened = Store::open(Arc::new(disk.clone()), &root(), &installation());
    assert!(matches!(opened.err().unwrap(), Error::NoProject { path } if path == root()));
    Store::create(&disk, &root(), "أ", &Schema::default()).unwrap();
    let again = Store::create(&disk, &root(), "ب", &Schema::default());
    assert!(matches!(again, Err(Error::ProjectExists { .. })));
    assert_eq!(open(&disk).0.name(), "أ");
}

#[test]
fn a_later_project_is_refused_by_its_version() {
    let desk = Desk::new();
    let path = root().join("project.ron");
    let text = String::from_utf8(desk.disk.read(&path).unwrap()).unwrap();
    desk.disk.put(&path, text.replace("version: 1", "version: 9").as_bytes());
    let error = Store::open(Arc::new(desk.disk), &root(), &installation()).err().unwrap();
    assert!(matches!(error, Error::Newer { version: 9, .. }));
    assert!(error.explain().en.contains("update the program: /project/project.ron"), "{error}");
}

#[test]
fn a_later_set_is_named_and_left_alone() {
    let desk = Desk::new();
    desk.change_set(|text| text.replace("\"version\":1", "\"version\":2"));
    let (desk, problems) = desk.again();
    let expected = "a.jsonl: a later version of the program wrote this file (format 2); update \
        the program";
    check_problems(&problems, &[expected]);
    assert!(matches!(desk.store.set(&key("a")), Err(Error::Newer { version: 2, .. })));
    let before = desk.set_text();
    let session = desk.session();
    let document = desk.store.document(&"a".into()).unwrap();
    let (set, schema) = (AnnotationSet::new(key("a")), desk.store.schema());
    let at = Timestamp(1);
    let cx = Context { document: &document, schema: &schema, set: &set, at };
    let refused = session.commit(&mark("فاس", "2")(&cx));
    assert!(matches!(refused, Err(Error::Newer { .. })));
    session.close().unwrap();
    assert_eq!(desk.set_text(), before);
}

#[test]
fn a_cut_line_is_named_and_the_others_are_kept() {
    let desk = check_changed(
        |text| text + "{\"id\":\"2\",\"label\":\"CITY\",\"sta",
        &["a.jsonl:3: the line is cut after byte 29"],
        &["a.jsonl:3: the line is cut after byte 29"],
        &["12"],
    );
    // It is told each time.
    check_problems(&desk.again().1, &["a.jsonl:3: the line is cut after byte 29"]);
    // Before the file is written anew, it is kept as it was.
    let damaged = desk.set_text();
    let session = desk.session();
    desk.step(&session, mark("فاس", "3")).unwrap();
    session.flush().unwrap();
    let kept = desk.files("damaged");
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].1, damaged);
    assert!(kept[0].0.to_string_lossy().contains("/sets/%d8%b3"), "{:?}", kept[0].0);
    let told = session.take_problems();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].severity, Severity::Notice);
    session.close().unwrap();
    let (desk, problems) = desk.again();
    check_problems(&problems, &[]);
    assert_eq!(desk.surfaces(), ["12", "فاس"]);
}

#[test]
fn invalid_utf_8_is_named_and_the_other_lines_are_kept() {
    let desk = Desk::new();
    let mut bytes = desk.disk.read(&desk.set_path()).unwrap();
    bytes.extend(b"{\"id\":\"\xff\"}\n");
    desk.disk.put(&desk.set_path(), &bytes);
    let (desk, problems) = desk.again();
    check_problems(&problems, &["a.jsonl:3: byte 8 is not UTF-8"]);
    assert_eq!(desk.surfaces(), ["12"]);
}

#[test]
fn a_set_without_its_header_keeps_its_spans() {
    let expected = "a.jsonl:1: the first line is no set's header; the spans were kept, and the \
        state is *in progress*";
    let no_head = |text: String| text.lines().nth(1).unwrap().to_owned() + "\n";
    let on_open = "a.jsonl:1: the first line is no set's header, so it is not in the list";
    let desk = check_changed(no_head, &[on_open], &[expected], &["12"]);
    assert_eq!(desk.set().state, State::InProgress);
}

#[test]
fn spans_that_cannot_stand_are_named_and_stay_in_the_file() {
    let wrong = "{\"id\":\"x\",\"label\":\"CITY\",\"start\":90,\"end\":95,\"text\":\"؟\"}\n";
    let twice = "{\"id\":\"1\",\"label\":\"CITY\",\"start\":0,\"end\":5}\n";
    let expected = [
        "a.jsonl:3: the span ends at 95, past the text's end at 27",
        "a.jsonl:4: the id `1` is in the file twice",
    ];
    let desk = check_changed(|text| text + wrong + twice, &[], &expected, &["12"]);
    let session = desk.session();
    desk.step(&session, mark("فاس", "3")).unwrap();
    session.close().unwrap();
    let text = desk.set_text();
    assert!(text.contains(wrong.trim_end()) && text.contains(twice.trim_end()), "{text}");
    assert_eq!(desk.again().0.surfaces(), ["12", "فاس"]);
}

#[test]
fn a_quotation_that_does_not_fit_is_told_until_the_span_is_moved() {
    let expected = "a.jsonl:2: the file says “13”, and the text has “12” there";
    let desk =
        check_changed(|text| text.replace("\"12\"", "\"13\""), &[], &[expected], &["12"]);
    let session = desk.session();
    desk.step(&session, mark("فاس", "3")).unwrap();
    session.flush().unwrap();
    assert!(desk.set_text().contains("\"text\":\"13\""), "the evidence stays");
    desk.step(&session, |cx| remove(cx, &"1".into()).unwrap()).unwrap();
    session.close().unwrap();
    assert!(!desk.set_text().contains("\"text\":\"13\""));
}

#[test]
fn a_set_made_on_another_text_is_told() {
    let other = crate::model::Digest::of(b"another").to_string();
    let ours = crate::model::Digest::of(TEXT.as_bytes()).to_string();
    let desk = check_changed(
        |text| text.replace(&ours, &other),
        &[],
        &["a.jsonl:1: these spans were made on another text"],
        &["12"],
    );
    let session = desk.session();
    desk.step(&session, mark("فاس", "3")).unwrap();
    session.close().unwrap();
    assert!(desk.set_text().contains(&other), "the evidence stays");
}

#[test]
fn what_this_version_does_not_know_survives_a_rewrite() {
    let decision = "{\"kind\":\"relation\",\"suggestion\":\"s\",  \"n\":1.50}\n";
    let desk = check_changed(
        |text| {
            let text = text.replacen("\"state\"", "\"seconds\":[ 1, 2 ],\"state\"", 1);
            text.replace("\"origin\"", "\"sure\":0.50,\"origin\"") + decision
        },
        &[],
        &[],
        &["12"],
    );
    let session = desk.session();
    desk.step(&session, mark("فاس", "3")).unwrap();
    session.close().unwrap();
    let text = desk.set_text();
    for kept in [decision.trim_end(), "\"seconds\":[ 1, 2 ]", "\"sure\":0.50"] {
        assert!(text.contains(kept), "{kept} is not in {text}");
    }
    let extra = Extra(vec![("sure".to_owned(), "0.50".to_owned())]);
    assert_eq!(desk.set().span(&"1".into()).unwrap().extra, extra);
}

#[test]
fn a_damaged_document_is_named_and_the_rest_opens() {
    let desk = Desk::new();
    let session = desk.session();
    let mut import = session.import(Timestamp(5)).unwrap();
    import.add(&Document::new("b".into(), "نص آخر"), Vec::new(), None).unwrap();
    import.commit().unwrap();
    session.close().unwrap();
    let mut shards = desk.files("documents").into_iter();
    let (path, text) = shards.find(|(_, text)| text.contains("شخصا")).unwrap();
    let other = text.replace("شخصا", "شخصٌ");
    desk.disk.put(&path, other.as_bytes());
    let (desk, problems) = desk.again();
    // The length is the same, so the index is believed until the text is read.
    check_problems(&problems, &[]);
    let error = desk.store.document(&"a".into()).err().unwrap();
    assert!(error.explain().en.contains("its digest differs"), "{error}");
    assert_eq!(&**desk.store.document(&"b".into()).unwrap().text(), "نص آخر");
    assert_eq!(problems_of(&desk.store.check()).len(), 1);
    // A line that is cut changes the length.
    desk.disk.put(&path, &text.as_bytes()[..text.len() - 9]);
    let (desk, problems) = desk.again();
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!(problems[0].place.line, Some(2));
    assert!(problems[0].what.en.contains("cut"), "{problems:?}");
    assert_eq!(desk.store.documents().len(), 1);
}

#[test]
fn two_sessions_for_one_annotator_are_one_too_many() {
    let desk = Desk::new();
    let first = desk.session();
    let second = || desk.again().0.store.session(Some(&sara()), Arc::new(|| {}));
    assert!(matches!(second(), Err(Error::Locked { annotator: Some(_), .. })));
    // Others may work, and everybody may read what was saved.
    let omar = AnnotatorId::new("عمر").unwrap();
    let other = desk.store.session(Some(&omar), Arc::new(|| {})).unwrap();
    let number = desk.step(&first, mark("فاس", "2")).unwrap();
    first.wait_saved(number).unwrap();
    assert_eq!(desk.again().0.surfaces(), ["12", "فاس"]);
    let theirs = desk.step(&other, mark("الشرطة", "3"));
    assert!(matches!(theirs, Err(Error::NotYours { .. })));
    drop(first);
    drop(second().unwrap());
}

#[test]
fn a_read_only_folder_can_be_read() {
    let desk = Desk::new();
    desk.disk.set_read_only(true);
    let (desk, problems) = desk.again();
    check_problems(&problems, &[]);
    assert_eq!(desk.surfaces(), ["12"]);
    let session = desk.store.session(Some(&sara()), Arc::new(|| {}));
    assert!(matches!(session, Err(Error::ReadOnly { .. })));
}

#[test]
fn a_full_disk_is_told_and_writing_goes_on_when_there_is_room() {
    let desk = Desk::new();
    let session = desk.session();
    desk.disk.set_room(Some(20));
    let number = desk.step(&session, mark("فاس", "2")).unwrap();
    assert!(matches!(session.wait_saved(number), Err(Error::Full { .. })));
    assert!(matches!(
        session.status(),
        Status::Failed { pending: 1, error: Error::Full { .. } }
    ));
    assert!(session.saved_up_to() < number);
    // Work goes on.
    let number = desk.step(&session, |cx| set_state(cx, State::Finished).unwrap()).unwrap();
    assert_eq!(desk.surfaces(), ["12", "فاس"]);
    desk.disk.set_room(None);
    session.retry();
    session.wait_saved(number).unwrap();
    assert!(matches!(session.status(), Status::Saved));
    session.close().unwrap();
    let (desk, problems) = desk.again();
    check_problems(&problems, &[]);
    assert_eq!(desk.surfaces(), ["12", "فاس"]);
    assert_eq!(desk.set().state, State::Finished);
}

#[test]
fn an_import_that_does_not_fit_the_disk_takes_nothing() {
    let desk = Desk::new();
    let session = desk.session();
    let mut import = session.import(Timestamp(9)).unwrap();
    desk.disk.set_room(Some(100));
    import.add(&Document::new("b".into(), "نص"), Vec::new(), None).unwrap();
    assert!(matches!(import.commit(), Err(Error::Full { .. })));
    desk.disk.set_room(None);
    assert_eq!(desk.store.documents().len(), 1);
    let staged = desk.files(".tawsim").into_iter();
    let staged = staged.filter(|(path, _)| path.to_string_lossy().contains("staging/"));
    assert_eq!(staged.collect::<Vec<_>>(), []);
    session.close().unwrap();
    assert_eq!(desk.again().0.store.documents().len(), 1);
}

#[test]
fn a_file_changed_underneath_is_not_overwritten() {
    let desk = Desk::new();
    let session = desk.session();
    let number = desk.step(&session, mark("فاس", "2")).unwrap();
    session.wait_saved(number).unwrap();
    desk.change_set(|text| text.replace("in-progress", "ignored"));
    let theirs = desk.set_text();
    session.flush().unwrap();
    assert_eq!(desk.set_text(), theirs);
    let told = session.take_problems();
    assert_eq!(told.len(), 1);
    let stands = desk.store.inner.layout.short_name(&desk.set_path());
    let expected = format!("another program changed {stands} while");
    assert!(told[0].what.en.contains(&expected), "{told:?}");
    let conflicts = desk.store.conflicts();
    assert_eq!(conflicts.len(), 1);
    assert_eq!(conflicts[0].file, desk.set_path());
    let place = &told[0].place;
    assert_eq!(
        (&place.path, &place.document),
        (&Some(conflicts[0].path.clone()), &Some("a".into()))
    );
    let (ours, problems) = desk.store.kept_set(&conflicts[0]).unwrap();
    check_problems(&problems, &[]);
    assert_eq!(ours.key, key("a"));
    assert_eq!(ours.spans().len(), 2);
    // What the store shows is theirs now, and work goes on from there.
    assert_eq!((desk.surfaces().len(), desk.set().state), (1, State::Ignored));
    desk.step(&session, |cx| set_document_note(cx, "بعد").unwrap()).unwrap();
    session.close().unwrap();
    let (desk, problems) = desk.again();
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!((desk.set().note.as_str(), desk.set().state), ("بعد", State::Ignored));
    let session = desk.session();
    session.drop_conflict(&desk.store.conflicts()[0]).unwrap();
    assert_eq!(desk.store.conflicts(), []);
    session.close().unwrap();
    check_problems(&desk.again().1, &[]);
}

/// A conflict as above: both sides have marked something, and the files are closed.
fn conflict() -> (Desk, PathBuf, String) {
    let desk = Desk::new();
    let session = desk.session();
    let number = desk.step(&session, mark("فاس", "2")).unwrap();
    session.wait_saved(number).unwrap();
    let theirs = "{\"id\":\"3\",\"label\":\"AGENCY\",\"start\":6,\"end\":12}\n";
    desk.change_set(|text| text + theirs);
    session.close().unwrap();
    let kept = desk.store.conflicts().remove(0).path;
    let ours = String::from_utf8(desk.disk.read(&kept).unwrap()).unwrap();
    (desk, kept, ours)
}

/// What `docs/project-files.md` says of settling conflicts by hand.
#[test]
fn a_conflict_is_settled_with_a_text_editor() {
    // Ours is wanted: the kept file takes the place of the other.
    let (desk, kept, _) = conflict();
    assert_eq!(desk.surfaces(), ["الشرطة", "12"]);
    desk.disk.rename(&kept, &desk.set_path()).unwrap();
    let (desk, problems) = desk.again();
    check_problems(&problems, &[]);
    check_problems(&desk.store.check(), &[]);
    assert_eq!(desk.surfaces(), ["12", "فاس"]);
    // Both are wanted: the lines that the other file lacks are put at its end.
    let (desk, kept, ours) = conflict();
    let line = ours.lines().find(|line| line.contains("فاس")).unwrap();
    desk.change_set(|text| text + line + "\n");
    desk.disk.remove(&kept).unwrap();
    let (desk, problems) = desk.again();
    check_problems(&problems, &[]);
    check_problems(&desk.store.check(), &[]);
    assert_eq!(desk.surfaces(), ["الشرطة", "12", "فاس"]);
    // Work goes on, and puts them in order.
    let session = desk.session();
    desk.step(&session, |cx| set_document_note(cx, "بعد").unwrap()).unwrap();
    session.close().unwrap();
    assert_eq!(desk.again().0.set().spans().len(), 3);
    assert_eq!(desk.store.conflicts(), []);
}

#[test]
fn a_file_changed_before_it_is_worked_on_is_read_again() {
    let desk = Desk::new();
    let session = desk.session();
    assert_eq!(desk.surfaces(), ["12"]);
    let stale = {
        let (document, set) = (desk.store.document(&"a".into()).unwrap(), desk.set());
        let (schema, at) = (desk.store.schema(), Timestamp(1));
        let cx = Context { document: &document, schema: &schema, set: &set, at };
        remove(&cx, &"1".into()).unwrap()
    };
    desk.change_set(|text| text.replace("\"label\":\"COUNT\"", "\"label\":\"CITY\""));
    assert!(matches!(session.commit(&stale), Err(Error::Stale(_))));
    assert_eq!(desk.set().spans()[0].label.as_str(), "CITY");
    desk.step(&session, mark("فاس", "2")).unwrap();
    session.close().unwrap();
    assert_eq!(desk.surfaces(), ["12", "فاس"]);
    assert_eq!(desk.store.conflicts(), []);
}

#[test]
fn a_project_file_changed_underneath_is_not_overwritten() {
    let desk = Desk::new();
    let path = root().join("project.ron");
    let text = String::from_utf8(desk.disk.read(&path).unwrap()).unwrap();
    desk.disk.put(&path, format!("// mine\n{text}").as_bytes());
    let refused = desk.store.write_project("آخر", &Schema::default());
    let Err(Error::OtherProject { kept, .. }) = refused else { panic!("{refused:?}") };
    let text = String::from_utf8(desk.disk.read(&kept).unwrap()).unwrap();
    assert!(text.contains("آخر"), "{text}");
    assert!(String::from_utf8(desk.disk.read(&path).unwrap()).unwrap().starts_with("// mine"));
    let (desk, _) = desk.again();
    desk.store.write_project("آخر", &Schema::default()).unwrap();
    assert_eq!(desk.again().0.store.name(), "آخر");
}

#[test]
fn an_import_knows_what_is_there() {
    let desk = Desk::new();
    let session = desk.session();
    let mut import = session.import(Timestamp(9)).unwrap();
    let document = Document::new("a".into(), TEXT);
    let spans = vec![span("1", "COUNT", "12"), span("2", "CITY", "فاس")];
    assert_eq!(import.add(&document, spans.clone(), None).unwrap(), Taken::Same);
    let other = import.add(&Document::new("a".into(), "نص"), Vec::new(), None);
    assert!(matches!(other, Err(Error::OtherText(id)) if id == DocumentId::from("a")));
    let copy = Document::new("A".into(), TEXT);
    let of = DocumentId::from("a");
    assert_eq!(import.add(&copy, spans.clone(), None).unwrap(), Taken::Copy { of });
    // The same twice in one import.
    assert_eq!(import.add(&copy, spans, None).unwrap(), Taken::Same);
    let imported = import.commit().unwrap();
    assert_eq!((imported.documents, imported.same), (1, 2));
    assert_eq!((imported.spans, imported.same_spans), (3, 3));
    session.close().unwrap();
    let (desk, problems) = desk.again();
    check_problems(&problems, &[]);
    assert_eq!(desk.surfaces(), ["12", "فاس"]);
    assert_eq!(desk.store.set(&key("A")).unwrap().0.spans().len(), 2);
    let documents = desk.store.documents();
    let ids: Vec<_> = documents.iter().map(|entry| entry.id.as_str()).collect();
    assert_eq!(ids, ["a", "A"]);
}

#[test]
fn spans_need_somebody_whose_they_are() {
    let desk = Desk::new();
    let nobody = desk.store.session(None, Arc::new(|| {})).unwrap();
    let mut import = nobody.import(Timestamp(9)).unwrap();
    let document = Document::new("b".into(), TEXT);
    let refused = import.add(&document, vec![span("1", "COUNT", "12")], None);
    assert!(matches!(refused, Err(Error::NoAnnotator(_))));
    import.add(&document, Vec::new(), None).unwrap();
    import.commit().unwrap();
    assert!(matches!(desk.step(&nobody, mark("فاس", "2")), Err(Error::NoAnnotator(_))));
    nobody.close().unwrap();
    assert_eq!(desk.again().0.store.documents().len(), 2);
}

#[test]
fn one_import_at_a_time_and_a_dropped_one_leaves_nothing() {
    let desk = Desk::new();
    let session = desk.session();
    let mut import = session.import(Timestamp(9)).unwrap();
    let document = Document::new("b".into(), TEXT);
    import.add(&document, vec![span("1", "COUNT", "12")], None).unwrap();
    let second = session.import(Timestamp(9)).map(|_| ());
    assert!(matches!(second, Err(Error::Locked { annotator: None, .. })));
    drop(import);
    assert_eq!(desk.store.documents().len(), 1);
    let import = session.import(Timestamp(9)).unwrap();
    assert_eq!(import.commit().unwrap().documents, 0);
    session.close().unwrap();
    assert_eq!(desk.again().0.store.documents().len(), 1);
}

#[test]
fn documents_that_another_process_imported_are_found() {
    let desk = Desk::new();
    let omar = AnnotatorId::new("عمر").unwrap();
    let (other, _) = desk.again();
    let theirs = other.store.session(Some(&omar), Arc::new(|| {})).unwrap();
    let mut import = theirs.import(Timestamp(9)).unwrap();
    import.add(&Document::new("b".into(), "نص"), Vec::new(), None).unwrap();
    import.commit().unwrap();
    // It is committed, and its shard is not in its place yet.
    let session = desk.session();
    assert_eq!(desk.store.documents().len(), 1);
    let locked = session.import(Timestamp(10)).map(|_| ());
    assert!(matches!(locked, Err(Error::Locked { .. })), "its shard is on its way");
    theirs.flush().unwrap();
    let mut import = session.import(Timestamp(10)).unwrap();
    let taken = import.add(&Document::new("b".into(), "نص"), Vec::new(), None).unwrap();
    assert_eq!(taken, Taken::Same);
    drop(import);
    assert_eq!(desk.store.documents().len(), 2);
}

#[test]
fn the_list_is_the_same_with_the_index_and_without() {
    let desk = Desk::new();
    let list = |desk: &Desk| {
        let documents = desk.store.documents();
        documents.iter().map(|entry| format!("{entry:?}")).collect::<Vec<_>>()
    };
    let index = desk.store.inner.layout.index();
    let with = list(&desk.again().0);
    let before = desk.disk.read(&index).unwrap();
    desk.disk.put(&index, b"torn");
    assert_eq!(list(&desk.again().0), with);
    assert_eq!(desk.disk.read(&index).unwrap(), before, "it is made again");
    // A set that was changed is counted again.
    desk.change_set(|text| text.lines().next().unwrap().to_owned() + "\n");
    let documents = desk.again().0.store.documents();
    assert_eq!(documents.get(0).unwrap().summary(&sara()).unwrap().num_spans(), 0);
}

#[test]
fn what_is_local_is_told_to_git() {
    let desk = Desk::new();
    let ignored = desk.disk.read(Path::new("/project/.tawsim/.gitignore")).unwrap();
    assert_eq!(ignored, b"*\n");
}

#[test]
fn an_installation_keeps_its_id() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("config/tawsim");
    let first = Installation::of(&RealDisk, &config, 7).unwrap();
    assert_eq!(Installation::of(&RealDisk, &config, 8).unwrap(), first);
    assert_eq!(Installation::new("0000000000000007"), Some(first));
    assert_eq!(Installation::new("../../../../etc/"), None);
}
