//! What one step costs that labels ten thousand places: in as many documents, and in one.
//!
//! `cargo bench --bench spread [-- FOLDER]`. Works in a folder of its own in `FOLDER`, or where
//! the system keeps temporary files: the figures are that disk's.
#![expect(clippy::print_stdout, reason = "a benchmark tells its figures")]
#![expect(clippy::unwrap_used, reason = "a benchmark may end at the first surprise")]

use std::fmt::Write as _;
use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use tawsim::format::LabelMap;
use tawsim::model::{AnnotatorId, Schema, State, Timestamp};
use tawsim::project::{
    Ambient, Found, ImportOptions, Project, collect, find_occurrences, import,
};
use tawsim::store::{Installation, RealDisk, Store};
use tawsim::text::TextRange;

const SENTENCE: &str = "افتتحت البلدية صباح الثلاثاء حديقة جديدة قرب الميناء القديم، وقال المهندس \
    إن العمل استغرق شهورا وشارك فيه متطوعون من أحياء كثيرة. ";

const COUNT: usize = 10_000;

fn main() {
    let parent = std::env::args().nth(1).filter(|folder| Path::new(folder).is_dir());
    let folder = match parent {
        Some(parent) => tempfile::tempdir_in(parent).unwrap(),
        None => tempfile::tempdir().unwrap(),
    };
    let mut lines = String::new();
    for at in 0..COUNT {
        let text = format!("{} وصل الوفد إلى فاس. {}", SENTENCE.repeat(3), SENTENCE.repeat(3));
        let text = format!("مقال {at}\\n{text}");
        writeln!(lines, "{{\"id\":\"{at}\",\"text\":\"{text}\"}}").unwrap();
    }
    let path = folder.path().join("many.jsonl");
    write_file(&path, &lines);
    println!("{COUNT} documents of {} bytes, one place in each:", lines.len() / COUNT);
    measure(&folder.path().join("many"), &path, "0");

    let text = "وصل إلى فاس أمس. ".repeat(COUNT + 1);
    let path = folder.path().join("one.jsonl");
    write_file(&path, &format!("{{\"id\":\"0\",\"text\":\"{text}\"}}\n"));
    println!("one document of {} bytes with all of them:", text.len());
    measure(&folder.path().join("one"), &path, "0");
}

fn write_file(path: &Path, text: &str) {
    File::create(path).unwrap().write_all(text.as_bytes()).unwrap();
}

/// Marks one place, spreads its label over all others, takes that back and does it again.
fn measure(root: &Path, articles: &Path, first: &str) {
    Store::create(&RealDisk, root, "bench", &Schema::default()).unwrap();
    let installation = Installation::new("00000000000000a1").unwrap();
    let amal = AnnotatorId::new("amal").unwrap();
    let opened = Project::open(
        (Arc::new(RealDisk), &installation),
        root,
        amal,
        Ambient::SYSTEM,
        Arc::new(|| {}),
    );
    let mut project = opened.unwrap().0;
    let options = ImportOptions {
        map: &LabelMap::default(),
        state: State::InProgress,
        keep_going: false,
        date: None,
        date_of_name: None,
        source: None,
        at: Timestamp(0),
    };
    let inputs = collect(&[articles.to_owned()], None).unwrap();
    let session = project.session().unwrap();
    import(project.store(), session, &inputs, &options, &mut |_, _| true).unwrap();
    project.reload();
    project.open_document(&first.into()).unwrap();
    let start = project.document().unwrap().text().find("فاس").unwrap();
    let id =
        project.annotate(TextRange::of(start..start + 6), &"CITY".into()).unwrap().unwrap();

    let sought = project.sought(&id, true).unwrap();
    let store = project.store().clone();
    let found: Found = told("  found", || find_occurrences(&store, &sought, &mut |_, _| true));
    let places: Vec<_> =
        found.places.into_iter().map(|place| (place.document, place.range)).collect();
    project.session().unwrap().flush().unwrap();
    let number = project.session().unwrap().saved_up_to() + 1;
    let spread = told("  labeled in memory", || {
        project.spread(&sought.pattern, places, &mut |_, _| true).unwrap().unwrap()
    });
    println!("    {} spans in {} documents", spread.num_spans, spread.num_documents);
    told("  saved (journal) after", || project.session().unwrap().wait_saved(number).unwrap());
    println!("    journal: {} KB", size_of(&root.join(".tawsim")) / 1024);
    told("  taken back in memory", || project.undo().unwrap());
    told("  done again in memory", || project.redo().unwrap());
    told("  in the files after", || project.session().unwrap().flush().unwrap());
    told("  taken back once in the files", || project.undo().unwrap());
    told("  closed", || project.close().unwrap());
}

fn told<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let value = work();
    println!("{what}: {:.2?}", start.elapsed());
    value
}

/// The bytes of all files below a folder.
fn size_of(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    entries
        .map(|entry| {
            let meta = entry.metadata().unwrap();
            if meta.is_dir() { size_of(&entry.path()) } else { meta.len() }
        })
        .sum()
}
