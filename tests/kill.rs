//! What was shown as saved outlives the program, killed at any moment.
//!
//! The program here is this very test, started once more: it opens a project, marks at random
//! without a window, and tells what it began, what it handed over and what it may show as
//! saved. Both sides follow the same [`Script`], so the one that kills knows every state that
//! the other passed through, and looks which of them is found on the disk.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test is allowed to panic")]

#[path = "support/script.rs"]
mod script;
#[path = "support/tools.rs"]
mod tools;

use std::collections::BTreeMap;
use std::env;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use script::{Random, Script, annotator, documents};
use tawsim::edit::Work;
use tawsim::model::{AnnotatorId, Document, Schema, SetKey, Severity, Timestamp};
use tawsim::project::{Ambient, Project, Saved, Taught, backlog};
use tawsim::store::{Installation, RealDisk, Session, Status, Store};

/// Kills.
const ROUNDS: u64 = 100;

/// At least so many of them must come while something is handed over and not yet saved.
const TAILS: u64 = 10;

/// Tells the child the project's folder.
const ROOT: &str = "TAWSIM_KILL_ROOT";

/// Tells the child which script to follow.
const ROUND: &str = "TAWSIM_KILL_ROUND";

/// So often is each project reviewed.
const REVIEWS: u64 = 10;

/// What is said of a decision that was taken back.
const TAKEN_BACK: &str = "none";

/// How many steps the traced child takes, one after the other.
const TRACED_STEPS: u64 = 12;

#[test]
fn killed_at_any_moment_nothing_shown_as_saved_is_missing() {
    if let Some(child) = Child::from_env() {
        child.mark_until_killed();
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("project");
    make_project(&root);
    let mut random = Random::new(7);
    let mut state = load(&root, INSTALLATION);
    let (mut tails, mut saved, mut lost, mut decisions) = (0, 0, 0, 0);
    for round in 0..ROUNDS {
        // Sometimes while it still opens the project and reads the journal.
        let is_early = round % 8 == 7;
        let delay = Duration::from_micros(random.below(if is_early { 40_000 } else { 60_000 }));
        let told = run_and_kill(&root, round, is_early, delay);
        assert!(told.saved <= told.handed_over && told.handed_over <= told.begun);
        let found = load(&root, INSTALLATION);
        let Some((steps, next)) = find(&state, round, &found, told.begun) else {
            let kept = folder.keep();
            panic!("round {round}: {} never was like this, of {told:?}", kept.display());
        };
        assert!(
            steps >= told.saved,
            "round {round}: {} steps were shown as saved, {steps} are there, of {told:?}",
            told.saved
        );
        tails += u64::from(told.handed_over > told.saved);
        saved += told.saved;
        lost += told.begun - steps;
        let of = |work: &Work| work.sets.values().map(|set| set.decisions.len()).sum::<usize>();
        decisions = decisions.max(of(&next));
        state = next;
    }
    println!("{ROUNDS} kills, {tails} in a tail; {saved} steps saved, {lost} begun and lost");
    assert!(decisions > 10, "only {decisions} decisions were ever there");
    assert!(tails >= TAILS, "only {tails} kills came while something was on its way");
    assert!(saved >= ROUNDS, "only {saved} steps were saved");

    // With the journal taken into the files, the files alone say the same.
    let (store, problems) = open(&root, INSTALLATION);
    assert_eq!(problems, []);
    session(&store).close().unwrap();
    drop(store);
    std::fs::remove_dir_all(root.join(".tawsim")).unwrap();
    assert_eq!(load(&root, "00000000000000bb"), state);
}

#[test]
fn killed_during_a_review_no_decision_shown_as_saved_is_lost() {
    if let Some(child) = Child::from_env() {
        child.review_until_killed();
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut random = Random::new(11);
    let (mut tails, mut saved, mut kinds) = (0, 0, BTreeMap::new());
    for round in 0..ROUNDS {
        // Each project is reviewed further until its suggestions come to an end.
        let root = folder.path().join(format!("project-{}", round / REVIEWS));
        if round % REVIEWS == 0 {
            make_project_of(&root, &towns());
        }
        let delay = Duration::from_micros(random.below(60_000));
        let told = run_and_kill(&root, round, false, delay);
        assert!(told.saved <= told.handed_over && told.handed_over <= told.begun);
        let (store, problems) = open(&root, INSTALLATION);
        assert_eq!(problems, []);
        let mut found = BTreeMap::new();
        for document in towns() {
            let key = SetKey { annotator: annotator(), document: document.id().clone() };
            let decisions = store.set(&key).unwrap().0.decisions;
            let verdicts = decisions.into_iter().map(|(id, it)| (id.to_string(), it.verdict));
            found.extend(verdicts.map(|(id, verdict)| (id, verdict.id())));
        }
        let mut said: BTreeMap<&str, Vec<(u64, &str)>> = BTreeMap::new();
        for (step, id, verdict) in &told.decided {
            said.entry(id).or_default().push((*step, verdict));
        }
        for (id, verdicts) in said {
            let there = found.get(id).copied().unwrap_or(TAKEN_BACK);
            let is_saved = |(step, _): &&(u64, &str)| *step <= told.saved;
            let last = verdicts.iter().rfind(is_saved).map_or(TAKEN_BACK, |(_, last)| last);
            let later = verdicts.iter().filter(|it| !is_saved(it)).map(|(_, verdict)| *verdict);
            assert!(
                later.chain([last]).any(|verdict| verdict == there),
                "round {round}: {id} is {there} of {verdicts:?}, saved up to {}",
                told.saved
            );
            *kinds.entry(there).or_insert(0) += 1;
        }
        tails += u64::from(told.handed_over > told.saved);
        saved += told.saved;
    }
    println!("{ROUNDS} kills, {tails} in a tail; {saved} decisions saved; {kinds:?}");
    assert!(saved >= ROUNDS, "only {saved} decisions were saved");
    for verdict in ["accepted", "rejected", "skipped", TAKEN_BACK] {
        assert!(kinds.contains_key(verdict), "{verdict} was never there: {kinds:?}");
    }
}

#[test]
fn traced_every_step_is_synced_before_it_is_shown_as_saved() {
    if let Some(child) = Child::from_env() {
        child.mark_step_by_step();
        return;
    }
    if tools::lacks(&["strace"], "TAWSIM_REQUIRE_STRACE") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("project");
    make_project(&root);
    let log = folder.path().join("trace");
    let mut strace = Command::new("strace");
    strace.args(["-f", "-y", "-s", "65536", "-o"]).arg(&log);
    strace.args(["-e", "trace=write,writev,pwrite64,fdatasync,fsync", "--"]);
    strace.arg(env::current_exe().unwrap());
    let traced = child(strace, &root, 0).output().unwrap();
    assert!(traced.status.success(), "{}", String::from_utf8_lossy(&traced.stderr));
    let calls = calls(&std::fs::read_to_string(&log).unwrap());
    for step in 1..=TRACED_STEPS {
        let mark = script::mark(step);
        let journal =
            |call: &Call| call.path.contains("/.tawsim/") && call.data.contains(&mark);
        let written = calls.iter().find(|call| journal(call));
        let written = written.unwrap_or_else(|| panic!("step {step} is in no journal"));
        let synced = calls.iter().find(|call| {
            call.is_sync && call.path == written.path && call.began > written.ended
        });
        let synced = synced.unwrap_or_else(|| panic!("step {step} was never synced"));
        let told = format!("A {step}\\n");
        let shown = calls.iter().find(|call| !call.is_sync && call.data == told).unwrap();
        assert!(
            synced.ended < shown.began,
            "step {step} was shown as saved in line {}, and synced in line {}",
            shown.began,
            synced.ended
        );
    }
}

const INSTALLATION: &str = "00000000000000aa";

/// What the child told before it was killed, each a number of steps.
#[derive(Debug, Default)]
struct Told {
    begun: u64,
    handed_over: u64,
    saved: u64,
    /// Each decision's step, its id and its verdict.
    decided: Vec<(u64, String, String)>,
}

/// Starts the child, kills it after `delay`, and gives what it told.
///
/// The delay runs from the first step, or from the start where it is to be `early`.
fn run_and_kill(root: &Path, round: u64, early: bool, delay: Duration) -> Told {
    let mut child = child(Command::new(env::current_exe().unwrap()), root, round)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .unwrap();
    let output = BufReader::new(child.stdout.take().unwrap());
    let (sender, receiver) = mpsc::channel();
    let reader = thread::spawn(move || {
        let mut told = Told::default();
        // Only whole lines: the kill may cut the last one.
        for line in output.split(b'\n').map_while(Result::ok) {
            let line = String::from_utf8_lossy(&line).into_owned();
            let Some((what, number)) = line.split_once(' ') else { continue };
            if let ("D", [step, id, verdict]) =
                (what, &number.split(' ').collect::<Vec<_>>()[..])
            {
                let step = step.parse().unwrap();
                told.decided.push((step, (*id).to_owned(), (*verdict).to_owned()));
            }
            let Ok(number) = number.parse() else { continue };
            match what {
                "B" => told.begun = number,
                "S" => told.handed_over = number,
                "A" => told.saved = number,
                _ => continue,
            }
            sender.send(()).ok();
        }
        told
    });
    if !early {
        receiver.recv_timeout(Duration::from_secs(60)).unwrap();
    }
    thread::sleep(delay);
    assert_eq!(child.try_wait().unwrap(), None, "the child still runs");
    child.kill().unwrap();
    child.wait().unwrap();
    reader.join().unwrap()
}

/// This test, as a child with that project. `command` is its program, or one that starts it.
fn child(mut command: Command, root: &Path, round: u64) -> Command {
    let test = thread::current().name().unwrap().to_owned();
    command.args(["--exact", &test, "--nocapture", "--test-threads", "1"]);
    command.env(ROOT, root).env(ROUND, round.to_string());
    command
}

/// After how many steps of that round's script the work is what was found, and that work.
fn find(start: &Work, round: u64, found: &Work, begun: u64) -> Option<(u64, Work)> {
    let mut script = Script::new(round, start.clone());
    let mut last = (script.work == *found).then_some(0);
    for step in 1..=begun {
        script.step();
        if script.work == *found {
            last = Some(step);
        }
    }
    last.map(|steps| (steps, found.clone()))
}

/// What is reviewed: articles with far more towns than are decided about in a moment.
fn towns() -> Vec<Document> {
    let text =
        "افتتح مركز جديد في طنجة أمام الزوار.\nوصلت القافلة إلى وجدة مساء أمس.\n".repeat(150);
    ["a", "b"].map(|id| Document::new(id.into(), text.clone())).to_vec()
}

fn make_project(root: &Path) {
    make_project_of(root, &documents());
}

fn make_project_of(root: &Path, documents: &[Document]) {
    Store::create(&RealDisk, root, "kill", &Schema::default()).unwrap();
    let (store, _) = open(root, INSTALLATION);
    let session = session(&store);
    let mut import = session.import(Timestamp(0)).unwrap();
    for document in documents {
        import.add(document, Vec::new(), None).unwrap();
    }
    import.commit().unwrap();
    session.close().unwrap();
}

fn open(root: &Path, installation: &str) -> (Store, Vec<tawsim::model::Problem>) {
    let installation = Installation::new(installation).unwrap();
    Store::open(Arc::new(RealDisk), root, &installation).unwrap()
}

fn session(store: &Store) -> Session {
    store.session(Some(&annotator()), Arc::new(|| {})).unwrap()
}

/// Everything that the project on the disk says, which must be without problems.
fn load(root: &Path, installation: &str) -> Work {
    let (store, problems) = open(root, installation);
    assert_eq!(problems, []);
    // Values of another kind are marked as they are, and told.
    let errors =
        store.check().into_iter().filter(|problem| problem.severity == Severity::Error);
    assert_eq!(errors.collect::<Vec<_>>(), []);
    read(&store)
}

fn read(store: &Store) -> Work {
    let mut work = Work { sets: BTreeMap::new(), metas: BTreeMap::new() };
    for document in documents() {
        for annotator in [annotator(), AnnotatorId::gold()] {
            let key = SetKey { annotator, document: document.id().clone() };
            work.sets.insert(key.clone(), store.set(&key).unwrap().0);
        }
        let meta = store.meta(document.id()).unwrap();
        work.metas.insert(document.id().clone(), meta);
    }
    work
}

/// The one that is killed.
struct Child {
    root: PathBuf,
    round: u64,
}

impl Child {
    /// None where this process is the one that kills.
    fn from_env() -> Option<Self> {
        let root = env::var_os(ROOT)?.into();
        Some(Self { root, round: env::var(ROUND).unwrap().parse().unwrap() })
    }

    /// Marks in bursts, without waiting for the disk, as a person with quick hands.
    fn mark_until_killed(&self) {
        let (store, _) = open(&self.root, INSTALLATION);
        let session = session(&store);
        let mut script = Script::new(self.round, read(&store));
        let mut random = Random::new(self.round + 1_000);
        let earlier = session.saved_up_to();
        let (begun, handed_over) = (AtomicU64::new(0), AtomicU64::new(0));
        let is_over = AtomicBool::new(false);
        let output = Mutex::new(());
        tell(&output, "");
        thread::scope(|scope| {
            scope.spawn(|| {
                let mut shown = 0;
                while !is_over.load(Ordering::SeqCst) {
                    // As the window does it: what is on its way is looked at first.
                    let before = handed_over.load(Ordering::SeqCst);
                    let all = matches!(session.status(), Status::Saved).then_some(before);
                    let saved = (session.saved_up_to() - earlier).max(all.unwrap_or_default());
                    if saved > shown {
                        // Told as handed over before it is told as saved.
                        while handed_over.load(Ordering::SeqCst) < saved {
                            thread::yield_now();
                        }
                        tell(&output, &format!("A {saved}"));
                        shown = saved;
                    }
                    thread::sleep(Duration::from_micros(100));
                }
            });
            // Far more than there is time for: an end, should nobody kill.
            for _ in 0..5_000 {
                for _ in 0..=random.below(12) {
                    let step = begun.fetch_add(1, Ordering::SeqCst) + 1;
                    let transaction = script.step();
                    tell(&output, &format!("B {step}"));
                    let number = session.commit(&transaction).unwrap();
                    assert_eq!(number, earlier + step, "no number is left out");
                    tell(&output, &format!("S {step}"));
                    handed_over.store(step, Ordering::SeqCst);
                }
                // Some write the files again and again, so that the kill comes amid that.
                if self.round % 4 == 1 && random.below(3) == 0 {
                    session.flush().unwrap();
                }
                thread::sleep(Duration::from_micros(random.below(4_000)));
            }
            is_over.store(true, Ordering::SeqCst);
        });
    }

    /// Decides about one suggestion after the other, as a person in a review: takes it as it is
    /// or corrected, rejects or skips it, and takes some of that back.
    fn review_until_killed(&self) {
        let mut random = Random::new(self.round + 2_000);
        let installation = Installation::new(INSTALLATION).unwrap();
        let ambient = Ambient { now: || Timestamp(1_700_000_000_000), random: chance };
        let disk = (Arc::new(RealDisk) as _, &installation);
        let (mut project, _) =
            Project::open(disk, &self.root, annotator(), ambient, Arc::new(|| {})).unwrap();
        let found = backlog(
            (project.store(), &Taught::default()),
            project.annotator(),
            &[],
            &mut |_, _| true,
        );
        assert!(!found.offers.is_empty(), "something is left to decide");
        let output = Mutex::new(());
        tell(&output, "");
        let mut step = 0;
        for offer in found.offers {
            if project.document().is_none_or(|open| *open.id() != offer.document) {
                project.open_document(&offer.document).unwrap();
            }
            let id = offer.first().id(&offer.document);
            let chosen = random.below(10);
            let verdict = match chosen {
                0..=5 => "accepted",
                6..=7 => "rejected",
                _ => "skipped",
            };
            step += 1;
            // What may be on the disk is told before it can be.
            tell(&output, &format!("D {step} {id} {verdict}\nB {step}"));
            let mut taken = offer.first().clone();
            taken.value = (chosen < 2).then(|| "أخرى".to_owned()).or(taken.value);
            match verdict {
                "accepted" => project.accept(&offer, &taken).map(|_| ()),
                "rejected" => project.reject(&offer, "ليس اسمًا لهذا"),
                _ => project.skip(&offer),
            }
            .unwrap();
            tell(&output, &format!("S {step}"));
            if random.below(8) == 0 {
                step += 1;
                tell(&output, &format!("D {step} {id} {TAKEN_BACK}\nB {step}"));
                project.undo().unwrap();
                tell(&output, &format!("S {step}"));
            }
            // Some look up at the status line before they go on, others do not.
            for _ in 0..random.below(6) {
                if project.saved() == Saved::Saved {
                    tell(&output, &format!("A {step}"));
                    break;
                }
                thread::sleep(Duration::from_millis(1));
            }
        }
        thread::sleep(Duration::from_secs(60));
    }

    /// Writes remarks, and waits for each to be saved.
    fn mark_step_by_step(&self) {
        let (store, _) = open(&self.root, INSTALLATION);
        let session = session(&store);
        let mut script = Script::new(self.round, read(&store));
        let output = Mutex::new(());
        tell(&output, "");
        for step in 1..=TRACED_STEPS {
            let number = session.commit(&script.remark(step)).unwrap();
            session.wait_saved(number).unwrap();
            assert!(session.saved_up_to() >= number);
            tell(&output, &format!("A {step}"));
        }
        session.close().unwrap();
    }
}

/// A number that no other process draws in the same moment.
fn chance() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let drawn = NEXT.fetch_add(1, Ordering::Relaxed);
    drawn << 32 | u64::from(std::process::id())
}

/// Writes a line at once. Ends the process if nobody reads it any more.
fn tell(output: &Mutex<()>, line: &str) {
    let turn = output.lock().unwrap();
    let mut stdout = std::io::stdout();
    if stdout.write_all(format!("{line}\n").as_bytes()).and_then(|()| stdout.flush()).is_err() {
        std::process::exit(1);
    }
    drop(turn);
}

/// A system call as strace wrote it.
struct Call {
    /// In which line of the trace it began.
    began: usize,
    /// In which line it had returned.
    ended: usize,
    is_sync: bool,
    /// What its descriptor stands for.
    path: String,
    /// What it wrote, as strace spells it.
    data: String,
}

/// The calls that succeeded: `PID write(7</path>, "data", 4) = 4`, whole or cut in two where
/// another thread came between.
fn calls(trace: &str) -> Vec<Call> {
    let mut calls = Vec::new();
    let mut open: BTreeMap<&str, (usize, &str)> = BTreeMap::new();
    for (line, text) in trace.lines().enumerate() {
        let Some((pid, text)) = text.split_once(' ') else { continue };
        let text = text.trim_start();
        if let Some(head) = text.strip_suffix("<unfinished ...>") {
            open.insert(pid, (line, head));
            continue;
        }
        let (began, head, end) = match text.split_once(" resumed>") {
            Some((_, end)) if text.starts_with("<... ") => {
                let Some((began, head)) = open.remove(pid) else { continue };
                (began, head, end)
            }
            _ => (line, text, text),
        };
        let is_good = end.rsplit_once(" = ").is_some_and(|(_, value)| !value.starts_with('-'));
        let Some((name, arguments)) = head.split_once('(') else { continue };
        let path = arguments.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
        let (Some((path, rest)), true) = (path, is_good) else { continue };
        let data = rest.split_once('"').and_then(|(_, data)| data.rsplit_once('"'));
        calls.push(Call {
            began,
            ended: line,
            is_sync: matches!(name, "fdatasync" | "fsync"),
            path: path.to_owned(),
            data: data.map(|(data, _)| data.to_owned()).unwrap_or_default(),
        });
    }
    calls
}
