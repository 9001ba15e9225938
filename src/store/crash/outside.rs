//! Power cuts while files are kept that another program has changed or that are damaged.

use super::play::{Script, mark};
use super::{MemoryDisk, explore, installation, key, root, sara, session};
use crate::model::{Document, Timestamp};
use crate::store::{Disk as _, Store, SyncSite};
use std::sync::Arc;

/// What another program leaves: a header, a span, and a line that is cut.
const DAMAGED: &str = "{\"tawsim\":\"set\",\"version\":1,\"annotator\":\"سارة\",\
    \"document\":\"a\",\"digest\":\"\",\"state\":\"finished\"}\n{\"id\":\"x\",\n";

/// The marks of the script.
const DAMAGED_AT: u64 = 100;
const CHANGED_AT: u64 = 101;

/// A session between two outside changes. Returns what the other program wrote last.
fn play(disk: &MemoryDisk) -> String {
    let mut script = Script::new(disk.clone());
    let store = script.store.clone();
    let sara = session(&store, Some(&sara())).unwrap();
    let mut import = sara.import(Timestamp(1)).unwrap();
    for id in ["a", "c"] {
        import.add(&Document::new(id.into(), super::TEXT), Vec::new(), None).unwrap();
    }
    import.commit().unwrap();
    script.step(&sara, "c", mark("12", "COUNT", "h1"));
    sara.flush().unwrap();
    disk.sync_all();
    let layout = &store.inner.layout;
    disk.put(&layout.set(&key("a")), DAMAGED.as_bytes());
    disk.mark(DAMAGED_AT);
    let (number, _) = script.commit(&sara, "a", mark("فاس", "CITY", "h2"));
    sara.wait_saved(number).unwrap();
    sara.flush().unwrap();
    let (number, _) = script.commit(&sara, "c", mark("فاس", "CITY", "h3"));
    sara.wait_saved(number).unwrap();
    let theirs = String::from_utf8(disk.read(&layout.set(&key("c"))).unwrap()).unwrap();
    let theirs = theirs.replace("in-progress", "finished");
    disk.put(&layout.set(&key("c")), theirs.as_bytes());
    disk.mark(CHANGED_AT);
    sara.flush().unwrap();
    assert_eq!(sara.take_problems().len(), 2);
    sara.close().unwrap();
    theirs
}

/// Whether some file in that folder of the project has these words.
fn has(disk: &MemoryDisk, folder: &str, words: &str) -> bool {
    let folder = root().join(folder);
    disk.content().into_iter().any(|(path, bytes)| {
        let text = bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        path.starts_with(&folder) && text.is_some_and(|text| text.contains(words))
    })
}

fn check(disk: &MemoryDisk, theirs: &str, mark: u64) -> Result<(), String> {
    if mark >= DAMAGED_AT && !has(disk, "sets", DAMAGED) && !has(disk, "damaged", DAMAGED) {
        return Err("a damaged file was overwritten".to_owned());
    }
    if mark < CHANGED_AT {
        return Ok(());
    }
    let open = || Store::open(Arc::new(disk.clone()), &root(), &installation());
    let (store, _) = open().map_err(|error| error.to_string())?;
    let sara = session(&store, Some(&sara()))?;
    sara.close().map_err(|error| error.to_string())?;
    let now = disk.read(&store.inner.layout.set(&key("c"))).map_err(|e| e.to_string())?;
    let now = String::from_utf8(now).map_err(|error| error.to_string())?;
    if !theirs.lines().all(|line| now.contains(line)) {
        return Err(format!("another program's file was overwritten: {now}"));
    }
    // Where the power went before the change was seen, our edit fits theirs and joins it.
    if !has(disk, "conflicts", "\"h3\"") && !now.contains("\"h3\"") {
        return Err("what was saved is not kept".to_owned());
    }
    Ok(())
}

fn explore_outside(disk: &MemoryDisk) -> Result<usize, String> {
    let theirs = play(disk);
    explore(disk, 0, |crashed, steps| check(crashed, &theirs, disk.mark_at(steps)))
}

#[test]
fn what_others_wrote_and_what_was_saved_both_survive() {
    let visited = explore_outside(&MemoryDisk::default()).unwrap();
    println!("{visited} power cuts");
    assert!(visited > 100, "{visited} are too few to mean anything");
}

#[test]
fn the_syncs_of_what_is_kept_are_needed() {
    for site in [SyncSite::Kept, SyncSite::KeptName] {
        let disk = MemoryDisk::default();
        disk.omit(site);
        let violation = explore_outside(&disk).unwrap_err();
        println!("{site:?}: {violation}");
    }
}
