//! A project that is moved, deleted or replaced while it is open: *saved* means that whoever
//! opens the folder finds it.

use std::path::Path;
use std::sync::Arc;

use super::trouble::{Desk, check_problems, mark, root, sara};
use super::{Disk as _, Error, Installation, RealDisk, Session, Status, Store};
use crate::edit::set_document_note;
use crate::lang::Explain as _;
use crate::model::{Document, Schema, SetKey, Timestamp};

/// What is not saved is shown as failed, because the project is gone.
#[track_caller]
fn check_gone(session: &Session, expected: usize) {
    match session.status() {
        Status::Failed { pending, error: error @ Error::Gone { .. } } => {
            assert_eq!(pending, expected);
            let said = error.explain();
            assert!(said.en.contains("moved or deleted") && said.en.contains("put it back"));
            assert!(said.ar.contains("نُقل مجلد المشروع أو حُذف"), "{}", said.ar);
        }
        other => panic!("{other:?}"),
    }
}

/// A desk on which `فاس` is marked and saved, and in no file yet.
fn marked() -> (Desk, Session) {
    let desk = Desk::new();
    let session = desk.session();
    let number = desk.step(&session, mark("فاس", "2")).unwrap();
    session.wait_saved(number).unwrap();
    (desk, session)
}

#[test]
fn what_goes_to_a_deleted_folder_is_not_saved() {
    let (desk, session) = marked();
    desk.disk.move_folder(&root(), None);
    let number = desk.step(&session, mark("الشرطة", "3")).unwrap();
    assert!(matches!(session.wait_saved(number), Err(Error::Gone { path }) if path == root()));
    // Nor is what was saved before, since no file has it.
    check_gone(&session, 2);
    assert!(matches!(session.flush(), Err(Error::Gone { .. })));
    assert!(desk.disk.stat(&root()).is_err(), "and no folder is made anew");
    assert_eq!(desk.surfaces(), ["الشرطة", "12", "فاس"], "work goes on");
}

#[test]
fn what_was_saved_and_is_gone_is_not_shown_as_saved() {
    let (desk, session) = marked();
    desk.disk.move_folder(&root(), None);
    assert!(matches!(session.status(), Status::Saved), "nobody has looked yet");
    // Which it does by itself when it has been idle.
    assert!(matches!(session.flush(), Err(Error::Gone { .. })));
    check_gone(&session, 1);
}

#[test]
fn a_folder_that_comes_back_takes_everything() {
    let (desk, session) = marked();
    let elsewhere = Path::new("/elsewhere");
    desk.disk.move_folder(&root(), Some(elsewhere));
    let number = desk.step(&session, mark("الشرطة", "3")).unwrap();
    assert!(session.wait_saved(number).is_err());
    desk.disk.move_folder(elsewhere, Some(&root()));
    session.retry();
    session.wait_saved(number).unwrap();
    assert!(matches!(session.status(), Status::Saved));
    check_problems(&desk.again().1, &[]);
    assert_eq!(desk.again().0.surfaces(), ["الشرطة", "12", "فاس"], "from the journal");
    desk.step(&session, |cx| set_document_note(cx, "بعد").unwrap()).unwrap();
    session.close().unwrap();
    let (desk, problems) = desk.again();
    check_problems(&problems, &[]);
    assert_eq!((desk.surfaces().len(), desk.set().note.as_str()), (3, "بعد"));
    assert_eq!(desk.files("conflicts"), []);
}

#[test]
fn a_local_folder_that_was_cleaned_away_is_made_again() {
    let (desk, session) = marked();
    // As `git clean -dfX` does: everything else is there.
    desk.disk.move_folder(&root().join(".tawsim"), None);
    let number = desk.step(&session, mark("الشرطة", "3")).unwrap();
    assert!(session.wait_saved(number).is_err());
    session.retry();
    session.wait_saved(number).unwrap();
    assert_eq!(desk.again().0.surfaces(), ["الشرطة", "12", "فاس"], "from the journal");
    let second = desk.again().0.store.session(Some(&sara()), Arc::new(|| {}));
    assert!(matches!(second, Err(Error::Locked { .. })), "it is locked again");
    session.close().unwrap();
    let (desk, problems) = desk.again();
    check_problems(&problems, &[]);
    assert_eq!(desk.surfaces(), ["الشرطة", "12", "فاس"]);
}

#[test]
fn somebody_else_who_came_in_meanwhile_is_not_disturbed() {
    let (desk, session) = marked();
    desk.disk.move_folder(&root().join(".tawsim"), None);
    let second = desk.again().0.session();
    let number = desk.step(&session, mark("الشرطة", "3")).unwrap();
    assert!(session.wait_saved(number).is_err());
    session.retry();
    assert!(matches!(session.flush(), Err(Error::Locked { .. })), "now they write");
    assert!(matches!(session.status(), Status::Failed { pending: 2, .. }));
    second.close().unwrap();
    session.retry();
    session.wait_saved(number).unwrap();
    session.close().unwrap();
    assert_eq!(desk.again().0.surfaces(), ["الشرطة", "12", "فاس"]);
}

#[test]
fn another_project_in_its_place_is_left_alone() {
    let (desk, session) = marked();
    desk.disk.move_folder(&root(), None);
    // Of the same name and schema, and without its documents.
    Store::create(&desk.disk, &root(), "أخبار", &Schema::default()).unwrap();
    let before = desk.disk.content();
    let number = desk.step(&session, mark("الشرطة", "3")).unwrap();
    assert!(session.wait_saved(number).is_err());
    session.retry();
    assert!(matches!(session.flush(), Err(Error::Gone { .. })));
    check_gone(&session, 2);
    drop(session);
    assert_eq!(desk.disk.content(), before);
}

#[test]
fn a_history_that_was_taken_away_begins_again() {
    let (desk, session) = marked();
    session.flush().unwrap();
    desk.step(&session, mark("الشرطة", "3")).unwrap();
    desk.disk.move_folder(&root().join("history"), None);
    // What it had is lost, and nobody can help that; what comes is not.
    assert!(session.flush().is_err());
    session.flush().unwrap();
    session.close().unwrap();
    let history = desk.files("history");
    assert!(history.iter().any(|(_, text)| text.contains("الشرطة")), "{history:?}");
    assert_eq!(desk.again().0.surfaces(), ["الشرطة", "12", "فاس"]);
}

#[test]
fn the_systems_own_disk_tells_too() {
    let folder = tempfile::tempdir().unwrap();
    let (path, moved) = (folder.path().join("p"), folder.path().join("q"));
    Store::create(&RealDisk, &path, "أخبار", &Schema::default()).unwrap();
    let installation = Installation::new("0123456789abcdef").unwrap();
    let (store, _) = Store::open(Arc::new(RealDisk), &path, &installation).unwrap();
    let session = store.session(Some(&sara()), Arc::new(|| {})).unwrap();
    let mut import = session.import(Timestamp(0)).unwrap();
    let document = Document::new("a".into(), "في فاس والشرطة");
    import.add(&document, Vec::new(), None).unwrap();
    import.commit().unwrap();
    session.flush().unwrap();
    let commit = |surface, id| {
        let key = SetKey { annotator: sara(), document: "a".into() };
        let (set, schema) = (store.set(&key).unwrap().0, store.schema());
        let cx = crate::edit::Context {
            document: &document,
            schema: &schema,
            set: &set,
            at: Timestamp(1),
        };
        session.commit(&mark(surface, id)(&cx))
    };
    let number = commit("فاس", "1").unwrap();
    session.wait_saved(number).unwrap();
    std::fs::rename(&path, &moved).unwrap();
    let number = commit("الشرطة", "2").unwrap();
    assert!(matches!(session.wait_saved(number), Err(Error::Gone { .. })));
    check_gone(&session, 2);
    std::fs::rename(&moved, &path).unwrap();
    session.retry();
    session.wait_saved(number).unwrap();
    session.close().unwrap();
}
