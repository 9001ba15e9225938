//! What searching all documents costs, until the first hit is there and until all are counted.
//!
//! `cargo bench --bench search [-- --quick] [FOLDER]`. Makes a project of 100,000 documents of
//! 6 KB (10,000 with `--quick`) in `FOLDER`, or where the system keeps temporary files. Beside
//! the searches stands a bare pass over the same files with `memchr::memmem`, on as many
//! threads, in the same run.
#![expect(clippy::print_stdout, reason = "a benchmark tells its figures")]
#![expect(clippy::unwrap_used, reason = "a benchmark may end at the first surprise")]

use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use memchr::memmem;
use tawsim::find::{Kind, Options, Query};
use tawsim::model::{AnnotatorId, Document, Schema, Span, SpanId, State, Timestamp};
use tawsim::project::Search;
use tawsim::store::{Installation, RealDisk, Store};
use tawsim::text::TextRange;

/// Words of news in many orders, so that no two documents are the same.
const WORDS: &str = "افتتحت البلدية صباح الثلاثاء حديقةً جديدةً قرب الميناء القديم وقال المهندس إنّ \
    العمل استغرق 14 شهرًا وشارك فيه أكثر من متطوّع من سبعة أحياء أعلنت وزارة الصحة إطلاق حملة \
    للتلقيح ضد الإنفلونزا تشمل كبار السن والأطفال أطفأت فرق الإنقاذ حريقا اندلع في مستودع للورق \
    ولم يسجل أي مصاب بينما تأخرت رحلات الطيران بسبب الضباب وأوضحت إدارة المطار أنها ستبلّغ المسافرين";

/// The length of a document, in bytes of UTF-8.
const BYTES: usize = 6_000;

/// How often each search is made; the middle one counts.
const ROUNDS: usize = 5;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let is_quick = arguments.iter().any(|argument| argument == "--quick");
    let mut paths = arguments.iter().filter(|argument| !argument.starts_with("--"));
    match (paths.next().map(String::as_str), paths.next()) {
        (Some("child"), Some(folder)) => measure(Path::new(folder)),
        (folder, _) => {
            let folder = folder.map_or_else(std::env::temp_dir, PathBuf::from);
            run(&folder, if is_quick { 10_000 } else { 100_000 });
        }
    }
}

fn run(folder: &Path, documents: usize) {
    let folder = folder.join(format!("tawsim-search-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    make(&folder, documents);
    // A process of its own, whose memory is that of an opened project and a search.
    let output = Command::new(std::env::current_exe().unwrap())
        .arg("child")
        .arg(&folder)
        .output()
        .unwrap();
    print!("{}", String::from_utf8_lossy(&output.stdout));
    fs::remove_dir_all(&folder).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// The next of numbers that look like chance and are the same every time.
fn next(number: &mut u64) -> usize {
    *number ^= *number << 13;
    *number ^= *number >> 7;
    *number ^= *number << 17;
    usize::try_from(*number >> 33).unwrap()
}

fn make(folder: &Path, documents: usize) {
    let root = folder.join("project");
    Store::create(&RealDisk, &root, "bench", &Schema::default()).unwrap();
    let (store, _) = open(folder);
    let session = store.session(Some(&sara()), Arc::new(|| {})).unwrap();
    let mut import = session.import(Timestamp(0)).unwrap();
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let mut seed = 88_172_645_463_325_252;
    for at in 0..documents {
        let mut text = format!("المقال رقم {at}\n");
        if (at + 993).is_multiple_of(1_000) {
            text.push_str("وصل القطار إلى مدينة طنجة مساءً. ");
        }
        while text.len() < BYTES {
            text.push_str(words[next(&mut seed) % words.len()]);
            text.push(if next(&mut seed).is_multiple_of(60) { '\n' } else { ' ' });
        }
        let document = Document::new(format!("doc-{at:06}").as_str().into(), text);
        // A tenth of the documents has spans.
        let spans = (0..10).filter(|_| at.is_multiple_of(10)).map(|number| {
            let (start, c) = document.text().char_indices().nth(number).unwrap();
            let range = TextRange::of(start..start + c.len_utf8());
            let id = SpanId::derived(document.id(), &"COUNT".into(), range, number);
            let mut span = Span::new(id, "COUNT".into(), range);
            span.value = Some((number * 15).to_string());
            span
        });
        let spans: Vec<Span> = spans.collect();
        let state = (!spans.is_empty()).then_some(State::Finished);
        import.add(&document, spans, state).unwrap();
    }
    import.commit().unwrap();
    session.close().unwrap();
}

fn measure(folder: &Path) {
    let (store, documents) = open(folder);
    let opened = anonymous();
    let bytes: u64 = shards(folder).iter().map(|path| fs::metadata(path).unwrap().len()).sum();
    println!(
        "{} documents, {} MB in files, {} threads",
        documents.len(),
        bytes >> 20,
        threads()
    );
    println!("  {:5} MB of anonymous memory when the project is open", opened >> 20);
    for needle in ["طنجة", "البلدية"] {
        let times = (0..ROUNDS).map(|_| bare(folder, needle));
        let took = median(times.collect());
        println!("  {} memmem alone, {needle}", speed(took, bytes));
    }
    let folded = Options::default();
    let whole = Options { whole_words: true, ..folded };
    let (exact, regex) =
        (Options { kind: Kind::Exact, ..folded }, Options { kind: Kind::Regex, ..folded });
    let mut most = 0;
    for (options, query) in [
        (folded, "طنجه"),
        (folded, "البلدية"),
        (folded, "وزارة الصحة"),
        (folded, "ا"),
        (whole, "من"),
        (exact, "طنجة"),
        (exact, "البلدية"),
        (regex, r"طنج[ةه]"),
        (regex, r"\d+ شهر"),
        (folded, "count>100"),
        (folded, "البلدية count>100 state:finished"),
    ] {
        let mut firsts = Vec::new();
        let mut totals = Vec::new();
        let mut hits = 0;
        for _ in 0..ROUNDS {
            let begin = Instant::now();
            let query = Query::parse(query, options, &store.schema()).unwrap();
            let (sara, documents) = (sara(), documents.clone());
            let wake = Arc::new(|| {});
            let mut search = Search::begin_in(&store, documents, &sara, query, wake).unwrap();
            let mut first = None;
            while !search.is_done() {
                search.poll();
                first = first.or((search.num_hits() > 0).then(|| begin.elapsed()));
                std::thread::sleep(Duration::from_micros(200));
                most = most.max(anonymous());
            }
            totals.push(begin.elapsed());
            firsts.push(first.unwrap_or_default());
            hits = search.num_hits();
        }
        println!(
            "  {}, first hit {:7.1} ms, {hits:9} hits: {:?} {query}",
            speed(median(totals), bytes),
            median(firsts).as_secs_f64() * 1e3,
            options.kind
        );
    }
    println!("  {:5} MB of anonymous memory at most", most >> 20);
}

/// All shards with `memmem` and nothing else.
fn bare(folder: &Path, needle: &str) -> Duration {
    let begin = Instant::now();
    let (paths, next, found) = (shards(folder), AtomicUsize::new(0), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for _ in 0..threads() {
            scope.spawn(|| {
                let finder = memmem::Finder::new(needle);
                let mut block = vec![0; 1 << 20];
                while let Some(path) = paths.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let mut file = File::open(path).unwrap();
                    loop {
                        let len = file.read(&mut block).unwrap();
                        if len == 0 {
                            break;
                        }
                        found.fetch_add(
                            finder.find_iter(&block[..len]).count(),
                            Ordering::Relaxed,
                        );
                    }
                }
            });
        }
    });
    assert!(found.into_inner() > 0);
    begin.elapsed()
}

fn speed(took: Duration, bytes: u64) -> String {
    let mb = f64::from(u32::try_from(bytes >> 10).unwrap()) / 1024.0;
    format!("{:7.1} ms, {:6.0} MB/s", took.as_secs_f64() * 1e3, mb / took.as_secs_f64())
}

fn shards(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder.join("project/documents")).unwrap();
    entries.map(|entry| entry.unwrap().path()).collect()
}

fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from).min(4)
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn open(folder: &Path) -> (Store, tawsim::store::Documents) {
    let installation = Installation::of(&RealDisk, &folder.join("config"), 7).unwrap();
    let root = folder.join("project");
    let (store, problems) = Store::open(Arc::new(RealDisk), &root, &installation).unwrap();
    assert_eq!(problems, []);
    let documents = store.documents();
    (store, documents)
}

fn sara() -> AnnotatorId {
    AnnotatorId::new("سارة").unwrap()
}

/// Anonymous memory of this process, in bytes; 0 where the system does not say.
fn anonymous() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"));
    let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kib.unwrap_or_default() << 10
}
