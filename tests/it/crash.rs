//! A program that breaks: what was done is saved, the report is written, and it says so.
//!
//! There is no way to break the program itself. A child process of this test installs the
//! program's hook, works in a project, and panics in a thread.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use tawsim::logbook::{Log, has_crashed, newest_report, watch};
use tawsim::model::{AnnotatorId, Timestamp};
use tawsim::project::{Ambient, Project};
use tawsim::store::{Installation, RealDisk};
use tawsim::text::{Offset, TextRange};

use crate::shell::{Desk, line};

/// Tells the child where its folder is.
const FOLDER: &str = "TAWSIM_TEST_CRASH";

fn open(folder: &Path) -> Project {
    let config = folder.join("config");
    let installation = Installation::of(&RealDisk, &config, 7).unwrap();
    let annotator = AnnotatorId::new("sara").unwrap();
    let disk = (Arc::new(RealDisk) as _, &installation);
    let (mut project, _) =
        Project::open(disk, &folder.join("p"), annotator, Ambient::SYSTEM, Arc::new(|| {}))
            .unwrap();
    let first = project.row(0).unwrap().id.clone();
    let problems = project.open_document(&first).unwrap();
    assert!(problems.is_empty(), "{problems:?}");
    project
}

/// Not a test by itself: what the child does. It ends without closing anything.
#[test]
#[ignore = "run as a process of its own by the test below"]
fn child() {
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else { return };
    let config = folder.join("config");
    watch(Some(config.clone()), || Timestamp(0), Log::new(config, || Timestamp(0)));
    let mut project = open(&folder);
    let text = "في فاس";
    let range = TextRange::new(
        Offset::new(text.find('ف').unwrap()).unwrap(),
        Offset::new(text.find(' ').unwrap()).unwrap(),
    );
    let label = project.schema().labels().next().unwrap().id.clone();
    project.annotate(range.unwrap(), &label).unwrap();
    let worker = std::thread::Builder::new().name("worker".to_owned());
    let secret = folder.join("article-of-sara.txt");
    let broken = worker.spawn(move || panic!("{} holds {text}", secret.display())).unwrap();
    assert!(broken.join().is_err() && has_crashed());
    // As a power cut would: what the hook has not brought to the disk is gone.
    std::process::exit(70);
}

#[test]
fn a_panic_in_a_thread_leaves_a_saved_project_and_a_report_without_a_word_of_the_persons() {
    let desk = Desk::new();
    desk.import(line("a", "في فاس", "").replace(", \"spans\": []", ""), &[]).done();
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["crash::child", "--exact", "--ignored", "--nocapture"])
        .env(FOLDER, desk.folder.path())
        .output()
        .unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(70), "{err}");

    let project = open(desk.folder.path());
    assert_eq!(project.set().unwrap().spans().len(), 1, "the span was drained to the disk");

    let path = newest_report(&desk.path("config")).unwrap();
    for part in [path.to_str().unwrap(), "crash.rs:"] {
        assert!(err.contains(part), "`{part}` is not in:\n{err}");
    }
    let report = fs::read_to_string(&path).unwrap();
    for part in [
        concat!("version: ", env!("CARGO_PKG_VERSION")),
        "thread: worker\n",
        "crash.rs:",
        "what: (the message is left out)\n",
        "saved: all that was done is on the disk\n",
        "it::crash::child",
    ] {
        assert!(report.contains(part), "`{part}` is not in:\n{report}");
    }
    let log = fs::read_to_string(desk.path("config/tawsim.log")).unwrap();
    assert!(log.starts_with("1970-01-01T00:00:00.000Z panic "), "{log}");
    for text in [&report, &log] {
        for secret in ["article-of-sara", "فاس", desk.folder.path().to_str().unwrap()] {
            assert!(!text.contains(secret), "`{secret}` is in:\n{text}");
        }
    }
}
