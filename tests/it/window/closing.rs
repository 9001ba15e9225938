//! Closing a window, and opening something else in it: nothing is lost on the way.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tawsim::app::View;
use tawsim::lang::Lang;
use tawsim::store::{Appender, Disk, Listed, Lock, RealDisk, Stat, SyncSite};

use super::hands::{Home, Window};
use super::{GARDEN, SCHOOL, words};

/// A disk that can be full.
#[derive(Clone, Default)]
pub(super) struct Full(Arc<AtomicBool>);

struct FullFile(Box<dyn Appender>, Full);

impl Full {
    pub(super) fn set(&self, is_full: bool) {
        self.0.store(is_full, Ordering::SeqCst);
    }

    fn check(&self) -> io::Result<()> {
        if self.0.load(Ordering::SeqCst) {
            return Err(io::ErrorKind::StorageFull.into());
        }
        Ok(())
    }
}

impl Appender for FullFile {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.1.check()?;
        self.0.append(bytes)
    }

    fn sync_data(&mut self, site: SyncSite) -> io::Result<()> {
        self.0.sync_data(site)
    }

    fn is_at(&self, path: &Path) -> io::Result<bool> {
        self.0.is_at(path)
    }
}

impl Disk for Full {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        RealDisk.read(path)
    }

    fn read_range(&self, path: &Path, offset: u64, len: usize) -> io::Result<Vec<u8>> {
        RealDisk.read_range(path, offset, len)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Listed>> {
        RealDisk.list(folder)
    }

    fn stat(&self, path: &Path) -> io::Result<Stat> {
        RealDisk.stat(path)
    }

    fn create_folder(&self, path: &Path) -> io::Result<()> {
        RealDisk.create_folder(path)
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn Appender>> {
        Ok(Box::new(FullFile(RealDisk.create(path)?, self.clone())))
    }

    fn open_append(&self, path: &Path) -> io::Result<Box<dyn Appender>> {
        Ok(Box::new(FullFile(RealDisk.open_append(path)?, self.clone())))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        RealDisk.rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        RealDisk.remove(path)
    }

    fn sync(&self, site: SyncSite, paths: &[PathBuf]) -> io::Result<()> {
        RealDisk.sync(site, paths)
    }

    fn try_lock(&self, path: &Path) -> io::Result<Option<Box<dyn Lock>>> {
        RealDisk.try_lock(path)
    }
}

#[test]
fn a_window_with_unsaved_work_closes_only_when_asked_again() {
    let home = Home::new();
    super::three_articles(&home, Lang::En).close();
    let view = View::Project { folder: home.path("project"), document: None };
    let disk = Full::default();
    let launch = home.launch(view, Lang::En);
    let mut window = Window::on_disk(launch, (1280.0, 800.0), Arc::new(disk.clone()));
    assert!(window.ask_to_close(), "nothing is unsaved");

    disk.set(true);
    window.key("Ctrl+A");
    window.key("2");
    window.wait_for("Not saved");
    assert!(!window.ask_to_close());
    window.check_says("not everything is saved");

    disk.set(false);
    assert!(window.ask_to_close(), "the disk takes it now");
    window.close();
    let window = home.open("project", Lang::En);
    assert!(window.says(&super::mark(words::AGENCY, Lang::En, GARDEN.trim_end())));
    window.close();
}

#[test]
fn unsaved_work_can_be_left() {
    let home = Home::new();
    super::three_articles(&home, Lang::En).close();
    let view = View::Project { folder: home.path("project"), document: None };
    let disk = Full::default();
    let launch = home.launch(view, Lang::En);
    let mut window = Window::on_disk(launch, (1280.0, 800.0), Arc::new(disk.clone()));
    disk.set(true);
    window.key("Ctrl+A");
    window.key("2");
    window.wait_for("Not saved");
    assert!(!window.ask_to_close());
    assert!(window.ask_to_close());
    window.close();
}

#[test]
fn a_wrong_path_leaves_the_open_project_open() {
    let home = Home::new();
    let mut window = super::three_articles(&home, Lang::En);
    window.key("Ctrl+O");
    window.fill(words::PATH.get(Lang::En), home.path("articles").to_str().unwrap());
    window.key("Enter");
    window.check_says("There is no project in");
    window.key("Esc");
    assert!(window.is_in_article());
    window.close();
}

#[test]
fn spans_that_are_imported_are_seen_in_the_open_article() {
    let home = Home::new();
    let mut window = super::three_articles(&home, Lang::En);
    window.key("Alt+PageDown");
    window.key("Alt+PageDown");
    let (text, start) = (serde_json::json!(SCHOOL), SCHOOL.chars().count() - 12);
    let line = format!(
        r#"{{"id":"3-school","text":{text},"spans":[{{"label":"COUNT","start":{start},"end":{}}}]}}"#,
        start + 3
    );
    let path = home.write("marked.jsonl", &line);
    window.key("Ctrl+I");
    window.fill(words::PATH.get(Lang::En), path.to_str().unwrap());
    window.key("Enter");
    window.check_says("imported");
    window.check_says("Count: 320");
    window.close();
}
