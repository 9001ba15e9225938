//! Power cuts at every step: what was shown as saved is there, and nothing is half there.
//!
//! A scripted session runs on a disk in memory. Then, for every step that the disk was asked
//! for, and for many combinations of what was not synced by then, the project is opened as a
//! power cut there would have left it.

mod outside;
mod play;

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::PathBuf;
use std::sync::Arc;

use super::memory_disk::{Fate, Loose, MemoryDisk};
use super::{Disk as _, Installation, Session, Store, SyncSite, record};
use crate::model::{AnnotatorId, SetKey};
use play::Script;

const TEXT: &str = "أوقفت الشرطة 12 شخصا في فاس";

/// All that a person sees of a project, in words.
type World = BTreeMap<String, String>;

fn root() -> PathBuf {
    PathBuf::from("/project")
}

fn installation() -> Installation {
    Installation::new("0123456789abcdef").unwrap()
}

fn sara() -> AnnotatorId {
    AnnotatorId::new("سارة").unwrap()
}

fn key(document: &str) -> SetKey {
    SetKey { annotator: sara(), document: document.into() }
}

fn open(disk: &MemoryDisk) -> Result<Store, String> {
    let opened = Store::open(Arc::new(disk.clone()), &root(), &installation());
    let (store, problems) = opened.map_err(|error| error.to_string())?;
    match problems.first() {
        None => Ok(store),
        Some(problem) => Err(format!("{}: {}", problem.place, problem.what.en)),
    }
}

fn session(store: &Store, annotator: Option<&AnnotatorId>) -> Result<Session, String> {
    store.session(annotator, Arc::new(|| {})).map_err(|error| error.to_string())
}

fn world(store: &Store) -> Result<World, String> {
    let mut world = World::new();
    world.insert("name".to_owned(), store.name());
    for (at, entry) in store.documents().iter().enumerate() {
        let document = store.document(&entry.id).map_err(|error| error.to_string())?;
        let id = entry.id.as_str();
        world.insert(format!("{at}"), format!("{id} {:?} {}", entry.meta, document.text()));
        for annotator in [sara(), AnnotatorId::gold()] {
            let key = SetKey { annotator, document: entry.id.clone() };
            let (set, problems) = store.set(&key).map_err(|error| error.to_string())?;
            if let Some(problem) = problems.first() {
                return Err(format!("{problem:?} {set:?}"));
            }
            let listed = entry.summary(&key.annotator).map_or(0, |summary| summary.num_spans());
            if listed != set.spans().len() {
                return Err(format!("{listed} spans are listed of {:?}", set.spans()));
            }
            if !set.is_blank() {
                world.insert(format!("{at} {}", key.annotator), format!("{set:?}"));
            }
        }
    }
    Ok(world)
}

/// The numbers in sara's history, and whether each import has its edits.
fn history(disk: &MemoryDisk) -> Result<BTreeSet<u64>, String> {
    let mut numbers = BTreeSet::new();
    let folder = root().join("history");
    for (path, bytes) in disk.content() {
        let Some(bytes) = bytes.filter(|_| path.starts_with(&folder)) else { continue };
        let name = path.file_name().unwrap().to_str().unwrap();
        if name.starts_with("import") {
            continue;
        }
        for line in bytes.split(|byte| *byte == b'\n') {
            let Some(record) = record::read_record(line) else { continue };
            if let record::Body::Import { edits: Some(_), .. } = record.body {
                let edits = path.with_file_name(format!("import-{:08}.jsonl", record.seq));
                let edits = disk.read(&edits).map_err(|e| format!("an import's edits: {e}"))?;
                let lines = edits.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
                for line in lines {
                    record::read_import_edits(line).ok_or("an import's edits are torn")?;
                }
            }
            numbers.insert(record.seq);
        }
    }
    Ok(numbers)
}

fn without_local(disk: &MemoryDisk) -> MemoryDisk {
    let copy = MemoryDisk::default();
    for (path, bytes) in disk.content() {
        if let Some(bytes) = bytes
            && !path.starts_with(root().join(".tawsim"))
        {
            copy.put(&path, &bytes);
        }
    }
    copy
}

/// Whether a project that was found after a power cut is as one of the worlds from `acked` on.
fn check(disk: &MemoryDisk, worlds: &[World], acked: u64) -> Result<usize, String> {
    if acked == 0 && disk.stat(&root().join("project.ron")).is_err() {
        return Ok(0);
    }
    let found = world(&open(disk)?)?;
    let acked = usize::try_from(acked).unwrap();
    let step = worlds.iter().enumerate().skip(acked).find(|(_, world)| **world == found);
    match step {
        Some((step, _)) => Ok(step),
        None => Err(format!("{acked} steps were saved, and this is there:\n{found:#?}")),
    }
}

/// Whether the next sessions bring what was found into the files, and leave it as it is.
fn check_recovery(disk: &MemoryDisk, script: &Script, step: usize) -> Result<(), String> {
    let store = open(disk)?;
    for annotator in [None, Some(sara())] {
        let session = session(&store, annotator.as_ref())?;
        if let Some(problem) = session.take_problems().first() {
            return Err(problem.what.en.clone());
        }
        session.close().map_err(|error| error.to_string())?;
    }
    let same = |disk: &MemoryDisk, what: &str| {
        let found = world(&open(disk)?)?;
        if found == script.worlds[step] { Ok(()) } else { Err(format!("{what}:\n{found:#?}")) }
    };
    same(disk, "recovery changed what there was")?;
    same(&without_local(disk), "not all is in the files")?;
    let history = history(disk)?;
    match (1..=script.counts[step]).find(|number| !history.contains(number)) {
        None => Ok(()),
        Some(lost) => Err(format!("transaction {lost} is not in the history: {history:?}")),
    }
}

/// Combinations of what may become of steps that were not synced: all of them if they are few.
fn combinations(loose: &[Loose], seed: u64) -> Vec<Vec<(Loose, Fate)>> {
    let fates = |loose: &Loose| {
        if loose.can_tear {
            &[Fate::Kept, Fate::Lost, Fate::Torn][..]
        } else {
            &[Fate::Kept, Fate::Lost][..]
        }
    };
    let all: usize =
        loose.iter().map(|loose| fates(loose).len()).fold(1, usize::saturating_mul);
    let pick = |mut choice: usize| {
        let mut picked = Vec::new();
        for loose in loose {
            let fates = fates(loose);
            picked.push((*loose, fates[choice % fates.len()]));
            choice /= fates.len();
        }
        picked
    };
    if all <= 32 {
        return (0..all).map(pick).collect();
    }
    let same = |fate: Fate| loose.iter().map(|loose| (*loose, fate)).collect::<Vec<_>>();
    let mut chosen = vec![same(Fate::Kept), same(Fate::Lost)];
    for at in 0..loose.len() {
        for (base, other) in
            [(Fate::Kept, Fate::Lost), (Fate::Lost, Fate::Kept), (Fate::Kept, Fate::Torn)]
        {
            let mut one = same(base);
            one[at].1 = other;
            chosen.push(one);
        }
    }
    let mut random = seed.wrapping_mul(2).wrapping_add(1);
    for _ in 0..8 {
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        chosen.push(pick(usize::try_from(random >> 33).unwrap()));
    }
    chosen
}

/// Calls `visit` with every disk that a power cut may leave, each once, and how many steps it
/// came after, beginning with `begin`; until one is not as it should be.
fn explore(
    disk: &MemoryDisk,
    begin: usize,
    mut visit: impl FnMut(&MemoryDisk, usize) -> Result<(), String>,
) -> Result<usize, String> {
    let mut seen = BTreeSet::new();
    let mut visited = 0;
    for steps in begin..=disk.num_steps() {
        let mark = disk.mark_at(steps);
        for fates in combinations(&disk.loose(steps), steps as u64) {
            let crashed = disk.crash(steps, &fates);
            let mut hash = DefaultHasher::new();
            (mark, crashed.content()).hash(&mut hash);
            if !seen.insert(hash.finish()) {
                continue;
            }
            visited += 1;
            visit(&crashed, steps)
                .map_err(|error| format!("after {steps} steps, {fates:?}: {error}"))?;
        }
    }
    Ok(visited)
}

/// Whether a power cut after some of the script's steps, and what is made of it, is as it
/// should be.
fn check_script(
    script: &Script,
    crashed: &MemoryDisk,
    steps: usize,
    with_recovery: bool,
) -> Result<(), String> {
    let step = check(crashed, &script.worlds, script.disk.mark_at(steps))?;
    if step == 0 || !with_recovery {
        return Ok(());
    }
    check_recovery(crashed, script, step)
}

#[test]
fn a_power_cut_at_any_step_loses_nothing_that_was_saved() {
    let script = play::play(&MemoryDisk::default());
    let visited =
        explore(&script.disk, 0, |crashed, steps| check_script(&script, crashed, steps, true));
    let visited = visited.unwrap();
    println!("{visited} power cuts in {} steps", script.disk.num_steps());
    assert!(visited > 1_000, "{visited} are too few to mean anything");
}

#[test]
fn a_power_cut_in_the_recovery_from_a_power_cut_loses_nothing_either() {
    let script = play::play(&MemoryDisk::default());
    let (mut at, mut visited) = (0, 0);
    explore(&script.disk, 0, |crashed, steps| {
        at += 1;
        if at % 97 != 0 {
            return Ok(());
        }
        let step = check(crashed, &script.worlds, script.disk.mark_at(steps))?;
        let begin = crashed.num_steps();
        check_recovery(crashed, &script, step)?;
        visited += explore(crashed, begin, |again, _| {
            let found = world(&open(again)?)?;
            if found == script.worlds[step] {
                Ok(())
            } else {
                Err(format!("recovery changed what there was:\n{found:#?}"))
            }
        })?;
        Ok(())
    })
    .unwrap();
    println!("{visited} power cuts");
    assert!(visited > 500, "{visited} are too few to mean anything");
}

/// What shows that the site's sync is missing: what is there after a power cut, or what the next
/// sessions make of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    AtOnce,
    ByRecovery,
}

/// Whether some power cut shows that the site's sync is missing.
#[track_caller]
fn check_needed(site: SyncSite, shown: Shown) {
    let disk = MemoryDisk::default();
    disk.omit(site);
    let script = play::play(&disk);
    let begin = disk.first_omitted().unwrap_or_else(|| panic!("nothing gets to {site:?}"));
    let explored = explore(&disk, begin, |crashed, steps| {
        check_script(&script, crashed, steps, shown == Shown::ByRecovery)
    });
    let Err(violation) = explored else { panic!("nothing shows that {site:?} is missing") };
    println!("{site:?}: {violation}");
}

#[test]
fn the_syncs_of_names_are_needed() {
    check_needed(SyncSite::Folder, Shown::AtOnce);
    check_needed(SyncSite::JournalName, Shown::AtOnce);
    check_needed(SyncSite::HistoryName, Shown::ByRecovery);
}

#[test]
fn the_syncs_of_the_journal_are_needed() {
    check_needed(SyncSite::Journal, Shown::AtOnce);
    check_needed(SyncSite::JournalStart, Shown::AtOnce);
}

#[test]
fn the_syncs_of_the_history_are_needed() {
    check_needed(SyncSite::History, Shown::ByRecovery);
    check_needed(SyncSite::ImportName, Shown::ByRecovery);
}

#[test]
fn the_syncs_of_replaced_files_are_needed() {
    check_needed(SyncSite::Beside, Shown::AtOnce);
    check_needed(SyncSite::BesideName, Shown::AtOnce);
}

#[test]
fn the_syncs_of_imports_and_of_the_project_file_are_needed() {
    for site in
        [SyncSite::Staged, SyncSite::ShardName, SyncSite::Project, SyncSite::ProjectName]
    {
        check_needed(site, Shown::AtOnce);
    }
}

#[test]
fn every_sync_has_a_test_of_its_need() {
    let source = concat!(include_str!("mod.rs"), include_str!("outside.rs"));
    for site in SyncSite::ALL {
        assert!(source.contains(&format!("SyncSite::{site:?}")), "{site:?}");
    }
}
