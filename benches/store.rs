//! What the disk costs: adding a span, and importing and opening ten thousand documents.
//!
//! `cargo bench --bench store [-- FOLDER]`. Works in a folder of its own in `FOLDER`, or where
//! the system keeps temporary files: the figures are that disk's. Beside each stands what the
//! same disk and parser take for the bare work, in the same run.
#![expect(clippy::print_stdout, reason = "a benchmark tells its figures")]
#![expect(clippy::unwrap_used, reason = "a benchmark may end at the first surprise")]

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tawsim::edit::{Context, annotate};
use tawsim::model::{
    AnnotationSet, AnnotatorId, Document, Schema, SetKey, Span, SpanId, State, Timestamp,
};
use tawsim::store::{Installation, RealDisk, Store};
use tawsim::text::TextRange;

const SENTENCE: &str = "افتتحت البلدية صباح الثلاثاء 18 مارس 2025 حديقةً جديدةً قرب الميناء \
    القديم، وقال المهندس إنّ العمل استغرق 14 شهرًا وشارك فيه أكثر من 200 متطوّع من سبعة أحياء. ";

const DOCUMENTS: usize = 10_000;

/// The length of a document, in bytes of UTF-8.
const BYTES: usize = 6_000;

/// Spans on each document, where there are any.
const SPANS: usize = 20;

const ROUNDS: usize = 200;

fn main() {
    let arguments: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["child", "import", folder, spans] => child_import(Path::new(folder), spans == "spans"),
        ["child", "parse", folder] => child_parse(Path::new(folder)),
        ["child", "open", folder] => child_open(Path::new(folder)),
        [folder] => run(Path::new(folder)),
        _ => run(&std::env::temp_dir()),
    }
}

fn run(folder: &Path) {
    let folder = folder.join(format!("tawsim-bench-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    println!("in {}", folder.display());
    add_spans(&folder.join("spans"), "a document of 6 KB with 20 spans", 1, SPANS);
    add_spans(&folder.join("many"), "a document of 1 MB with 2,000 spans", 170, 2_000);
    write_input(&folder);
    println!("{DOCUMENTS} documents of {BYTES} bytes");
    let parse = child(&folder, &["parse"]);
    println!("  {parse} parsing the same JSON Lines with serde_json, from the file");
    for spans in ["bare", "spans"] {
        let project = folder.join("project");
        drop(fs::remove_dir_all(&project));
        println!(
            "  {} importing, {spans}, until all is in the files",
            child(&folder, &["import", spans])
        );
        println!("  {} opening, the index is there", child(&folder, &["open"]));
        println!("  {} opening again", child(&folder, &["open"]));
        let own =
            fs::read_dir(project.join(".tawsim")).unwrap().map(|entry| entry.unwrap().path());
        for own in own.filter(|path| path.is_dir()) {
            fs::remove_file(own.join("index.jsonl")).unwrap();
        }
        println!("  {} opening, the index is made again", child(&folder, &["open"]));
    }
    fs::remove_dir_all(&folder).unwrap();
}

/// Runs a part in a process of its own, so that its memory is its own; what it tells.
fn child(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.arg("child").arg(arguments[0]).arg(folder).args(&arguments[1..]);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// Adding a span, beside appending as many bytes to a file and syncing it.
fn add_spans(folder: &Path, title: &str, repeat: usize, spans: usize) {
    let store = create(folder);
    let sara = sara();
    let session = store.session(Some(&sara), Arc::new(|| {})).unwrap();
    let text = SENTENCE.repeat(BYTES / SENTENCE.len() * repeat);
    let document = Document::new("a".into(), text);
    let mut import = session.import(Timestamp(0)).unwrap();
    import.add(&document, spans_of(&document, spans), Some(State::InProgress)).unwrap();
    import.commit().unwrap();
    session.flush().unwrap();
    let key = SetKey { annotator: sara, document: document.id().clone() };
    let schema = store.schema();
    let mut bare = File::create(folder.join("bare")).unwrap();
    let (mut commits, mut saves, mut bares) = (Vec::new(), Vec::new(), Vec::new());
    let taken: AnnotationSet = store.set(&key).unwrap().0;
    let free = free_words(&document, &taken, ROUNDS);
    let mut bytes = 0;
    for (round, range) in free.into_iter().enumerate() {
        let (set, _) = store.set(&key).unwrap();
        let cx = Context {
            document: &document,
            schema: &schema,
            set: &set,
            at: Timestamp(i64::try_from(round).unwrap()),
        };
        let step = annotate(&cx, range, &"CITY".into(), SpanId::random(round as u64)).unwrap();
        let begin = Instant::now();
        let number = session.commit(&step).unwrap();
        commits.push(begin.elapsed());
        session.wait_saved(number).unwrap();
        saves.push(begin.elapsed());
        bytes = 600;
        let line = vec![b'x'; bytes];
        let begin = Instant::now();
        bare.write_all(&line).unwrap();
        bare.sync_data().unwrap();
        bares.push(begin.elapsed());
    }
    session.close().unwrap();
    let (commit, save, bare) = (median(commits), median(saves), median(bares));
    println!("adding a span to {title}, medians of {ROUNDS}");
    println!("  {:8.3} ms until commit returns", commit.as_secs_f64() * 1e3);
    println!("  {:8.3} ms until it is saved", save.as_secs_f64() * 1e3);
    println!(
        "  {:8.3} ms appending {bytes} bytes and syncing them: {:.2} of it is saved",
        bare.as_secs_f64() * 1e3,
        save.as_secs_f64() / bare.as_secs_f64()
    );
}

/// Words of a document that no span has.
fn free_words(document: &Document, set: &AnnotationSet, count: usize) -> Vec<TextRange> {
    let words = words(document.text());
    let free = words.into_iter().filter(|range| set.overlapping(*range).next().is_none());
    free.take(count).collect()
}

fn words(text: &str) -> Vec<TextRange> {
    let mut words = Vec::new();
    let mut at = 0;
    for word in text.split(' ') {
        if word.len() > 4 {
            words.push(TextRange::of(at..at + word.len()));
        }
        at += word.len() + 1;
    }
    words
}

fn spans_of(document: &Document, count: usize) -> Vec<Span> {
    let words = words(document.text());
    let every = (words.len() / count.max(1)).max(1);
    let mut spans = Vec::new();
    for (at, range) in words.into_iter().step_by(every).take(count).enumerate() {
        let id = SpanId::derived(document.id(), &"CITY".into(), range, at);
        let mut span = Span::new(id, "CITY".into(), range);
        span.value = Some("فاس".to_owned());
        spans.push(span);
    }
    spans
}

fn write_input(folder: &Path) {
    let mut out = std::io::BufWriter::new(File::create(folder.join("input.jsonl")).unwrap());
    for at in 0..DOCUMENTS {
        let mut text = format!("المقال رقم {at}\n");
        while text.len() < BYTES {
            text.push_str(SENTENCE);
        }
        let json = serde_json::json!({ "id": format!("doc-{at:05}"), "text": text });
        writeln!(out, "{json}").unwrap();
    }
    out.flush().unwrap();
}

fn read_input(folder: &Path, mut take: impl FnMut(String, String)) {
    let file =
        BufReader::with_capacity(1 << 16, File::open(folder.join("input.jsonl")).unwrap());
    for line in file.lines() {
        let mut value: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(&line.unwrap()).unwrap();
        let mut string = |key: &str| match value.remove(key) {
            Some(serde_json::Value::String(text)) => text,
            other => panic!("{key} is {other:?}"),
        };
        take(string("id"), string("text"));
    }
}

fn child_parse(folder: &Path) {
    let begin = Instant::now();
    let mut bytes = 0;
    read_input(folder, |_, text| bytes += text.len());
    tell(begin.elapsed(), bytes as u64 >> 20, "MB of text");
}

fn child_import(folder: &Path, with_spans: bool) {
    let store = create(&folder.join("project"));
    let peak = Peak::start();
    let begin = Instant::now();
    let session = store.session(Some(&sara()), Arc::new(|| {})).unwrap();
    let mut import = session.import(Timestamp(0)).unwrap();
    read_input(folder, |id, text| {
        let document = Document::new(id.as_str().into(), text);
        let spans = if with_spans { spans_of(&document, SPANS) } else { Vec::new() };
        let state = with_spans.then_some(State::Finished);
        import.add(&document, spans, state).unwrap();
    });
    let added = begin.elapsed();
    import.commit().unwrap();
    let committed = begin.elapsed();
    session.close().unwrap();
    let took = begin.elapsed();
    tell(took, peak.stop(), "MB of anonymous memory at most;");
    println!(
        "(read and staged {:.2} s, saved {:.2} s)",
        added.as_secs_f64(),
        committed.as_secs_f64()
    );
}

fn child_open(folder: &Path) {
    let begin = Instant::now();
    let root = folder.join("project");
    let (store, problems) =
        Store::open(Arc::new(RealDisk), &root, &installation(&root)).unwrap();
    let documents = store.documents();
    let took = begin.elapsed();
    assert_eq!((documents.len(), problems.len()), (DOCUMENTS, 0));
    tell(took, anonymous() >> 20, "MB of anonymous memory");
}

fn tell(took: Duration, number: u64, unit: &str) {
    println!("{:8.3} s, {number:4} {unit}", took.as_secs_f64());
}

fn sara() -> AnnotatorId {
    AnnotatorId::new("سارة").unwrap()
}

fn installation(root: &Path) -> Installation {
    let config: PathBuf = root.with_extension("config");
    Installation::of(&RealDisk, &config, 7).unwrap()
}

fn create(root: &Path) -> Store {
    Store::create(&RealDisk, root, "bench", &Schema::default()).unwrap();
    Store::open(Arc::new(RealDisk), root, &installation(root)).unwrap().0
}

/// Anonymous memory of this process, in bytes; 0 where the system does not say.
fn anonymous() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"));
    let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kib.unwrap_or_default() << 10
}

/// Watches the anonymous memory of this process.
struct Peak {
    most: Arc<AtomicU64>,
    is_over: Arc<AtomicBool>,
}

impl Peak {
    fn start() -> Self {
        let peak = Self { most: Arc::default(), is_over: Arc::default() };
        let (most, is_over) = (peak.most.clone(), peak.is_over.clone());
        std::thread::spawn(move || {
            while !is_over.load(Ordering::Relaxed) {
                most.fetch_max(anonymous(), Ordering::Relaxed);
                std::thread::sleep(Duration::from_millis(2));
            }
        });
        peak
    }

    /// The most that there was, in MB.
    fn stop(&self) -> u64 {
        self.is_over.store(true, Ordering::Relaxed);
        self.most.load(Ordering::Relaxed) >> 20
    }
}
