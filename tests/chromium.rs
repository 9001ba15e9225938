//! Layout beside Chromium's: the same texts, fonts, size and width must give the same line
//! ends and the same visual order.
//!
//! Needs a `chromium` program and says so where there is none; with `TAWSIM_REQUIRE_CHROMIUM=1`
//! its absence is a failure. Chromium gets one page with every text at every width, measures
//! each grapheme's box and writes the boxes into the document, which it prints.

#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "a test")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use serde_json::{Value, json};
use tawsim::text::{self, Offset, TextRange};
use tawsim::typeset::{Direction, Face, LineDump, Page, PageStyle, Style, Typesetter};

const WIDTHS: [f32; 3] = [360.0, 640.0, 900.0];

/// Pixels per em.
const SIZE: f32 = 22.0;

/// How far a line's edges may be from Chromium's, in pixels. It places text in 1/64 pixels.
const TOLERANCE: f64 = 0.25;

/// Own texts with what is hard: numbers, dates, handles, tags, links, quotes, brackets.
const TEXTS: [(&str, &str); 3] = [
    (
        "news",
        "افتتاح حديقة جديدة في الحي الشرقي\n\
         أعلنت البلدية صباح الثلاثاء 18 ديسمبر/كانون الأول 2021 عن افتتاح 3 حدائق، وكلفت الأشغال \
         نحو 12.5 مليون درهم (1,2 مليون يورو) أي بزيادة 7% عن سنة 2014-2015.\n\
         وقال المتحدث إن «الهدف هو مضاعفة المساحات بحلول عام 2030»، وأضاف: \"لن نتوقف هنا\" (بحسب \
         بيان رقم 12/2021 [النسخة الثانية]).\n\n\
         ويبلغ عدد السكّان أكثر من ٣٤٠ ألف نسمة، غير أنّ مُعظَمهم لا يَزورون الحدائق إلّا يومي 29 و30 من كل شهر!",
    ),
    (
        "tweets",
        "ونشرت الجمعية على حسابها @jam3iya_news صوراً من #حدائق_المدينة و#GreenCity2030 قبل أيام.\n\
         pic.twitter.com/AbCdEfGhIj تصوير أحمد\n\
         — بلدية المدينة (@baladiya_ma) February 19, 2025\n\
         Open gardens: three new parks in the east of the city, says @baladiya_ma https://t.co/xYz012\n\
         https://www.example.org/a/rather/long/path/to/an/article-about-gardens?id=42&lang=ar#part-3\n\
         تابعوا الخبر على https://www.example.org/a/rather/long/path/to/an/article?id=42&lang=ar الآن\n\
         قالت شركة Garden Tools International إن مبيعاتها (Q3) بلغت 4.2 مليار دولار، وفق Reuters.",
    ),
    (
        "odd",
        "12/05/2024 (123)\n&\n+212 5 22 00 00 00\n\
         A — ب — C (د) [E] «F» 'ز'\n\
         كلمة\u{200F}: test\u{200E} ثم 10:30، ثم 5°C و-3°C و100$ و50€.\n\
         الجزء الأول... ثم الجزء الثاني؛ فالثالث؟ نعم! 1) أول 2) ثان ٣) ثالث.\n\
         مـــدينة كبيــــرة جداً جداً جداً والسّلامُ عليكم ورحمةُ اللهِ وبركاتُهُ لا إلى إلا الآن",
    ),
];

struct Document {
    name: String,
    text: String,
}

#[test]
fn layout_agrees_with_chromium() {
    let Some(chromium) = chromium() else { return };
    let documents = documents();
    let mut typesetter = Typesetter::new();
    let mut cases = Vec::new();
    for document in &documents {
        for width in WIDTHS {
            cases.push(Case::new(&mut typesetter, document, width));
        }
    }
    let measured = measure(&chromium, &cases);
    let mut differences = String::new();
    let mut num_lines = 0;
    for (case, boxes) in cases.iter().zip(measured) {
        for (paragraph, boxes) in case.paragraphs.iter().zip(boxes) {
            num_lines += paragraph.lines.len();
            compare(case, paragraph, &boxes, &mut differences);
        }
    }
    eprintln!("{} texts, {num_lines} lines at {WIDTHS:?} px", documents.len());
    assert!(num_lines > 100, "too little was compared");
    assert!(differences.is_empty(), "{differences}");
}

/// A text at a width, as we set it.
struct Case<'a> {
    document: &'a Document,
    width: f32,
    paragraphs: Vec<Paragraph>,
}

struct Paragraph {
    range: TextRange,
    direction: Direction,
    graphemes: Vec<TextRange>,
    /// Left and right edge of each grapheme; none where it has no rectangle.
    boxes: Vec<Option<(f64, f64)>>,
    lines: Vec<Line>,
}

/// A line: its graphemes from left to right, without blanks at its ends, and its edges.
struct Line {
    order: Vec<TextRange>,
    left: f64,
    right: f64,
}

impl<'a> Case<'a> {
    fn new(typesetter: &mut Typesetter, document: &'a Document, width: f32) -> Self {
        let text: Arc<str> = document.text.as_str().into();
        let mut page = Page::new(Arc::clone(&text), style(width));
        let dump = page.dump(typesetter, &[]);
        let mut paragraphs: Vec<Paragraph> = Vec::new();
        for line in &dump.lines {
            let starts = line.range.start().to_usize();
            let is_new = starts == 0 || text.as_bytes()[starts - 1] == b'\n';
            if is_new {
                paragraphs.push(Paragraph {
                    range: line.range,
                    direction: line.direction,
                    graphemes: Vec::new(),
                    boxes: Vec::new(),
                    lines: Vec::new(),
                });
            }
            let paragraph = paragraphs.last_mut().unwrap();
            paragraph.range = TextRange::between(paragraph.range.start(), line.range.end());
            if !line.range.is_empty() {
                paragraph.lines.push(ours(&text, line));
            }
        }
        for paragraph in &mut paragraphs {
            paragraph.graphemes = graphemes(&text, paragraph.range);
            let parts = paragraph.graphemes.iter();
            paragraph.boxes = parts
                .map(|part| {
                    let rects = page.rects(*part, 0.0, page.height());
                    rects.first().map(|rect| (f64::from(rect.left), f64::from(rect.right)))
                })
                .collect();
        }
        paragraphs.retain(|paragraph| !paragraph.range.is_empty());
        Self { document, width, paragraphs }
    }
}

fn style(width: f32) -> PageStyle {
    PageStyle::new(Style::new(Face::Naskh, SIZE), width)
}

/// A line as we set it.
fn ours(text: &str, dump: &LineDump) -> Line {
    let (left, right) = (f64::from(dump.left), f64::from(dump.right));
    let mut line = Line { order: Vec::new(), left, right };
    for run in &dump.runs {
        let mut order = graphemes(text, run.range);
        if run.direction.is_rtl() {
            order.reverse();
        }
        line.order.extend(order.iter().filter(|part| is_compared(text, **part)));
    }
    line
}

fn graphemes(text: &str, range: TextRange) -> Vec<TextRange> {
    let mut found = Vec::new();
    let mut at = range.start();
    while at < range.end() {
        let next = text::next_boundary(text, at);
        found.push(TextRange::between(at, next));
        at = next;
    }
    found
}

/// Blanks have no box that two programs must agree on (but for U+00A0, which does not hang at
/// a line's end), nor have format characters.
fn is_compared(text: &str, grapheme: TextRange) -> bool {
    text[grapheme.to_range()].chars().any(|c| {
        let is_format = matches!(c, '\u{200B}'..='\u{200F}' | '\u{FEFF}' | '\u{61C}');
        c == '\u{A0}' || !(c.is_whitespace() || is_format)
    })
}

/// Chromium's box of a grapheme: top, left, right.
type Box = [f64; 3];

fn compare(case: &Case<'_>, paragraph: &Paragraph, boxes: &[Box], differences: &mut String) {
    let text = &case.document.text;
    let mut theirs: BTreeMap<i64, Vec<(TextRange, Box)>> = BTreeMap::new();
    for ((grapheme, ours), found) in paragraph.graphemes.iter().zip(&paragraph.boxes).zip(boxes)
    {
        if is_compared(text, *grapheme) {
            if ours.is_none_or(|(left, right)| {
                (left - found[1]).abs() > TOLERANCE || (right - found[2]).abs() > TOLERANCE
            }) {
                writeln!(
                    differences,
                    "{} at {} px: box {ours:.2?}, theirs {:.2?} {}",
                    case.document.name,
                    case.width,
                    (found[1], found[2]),
                    &text[grapheme.to_range()]
                )
                .unwrap();
            }
            #[expect(clippy::cast_possible_truncation, reason = "a page is short")]
            let top = found[0].round() as i64;
            theirs.entry(top).or_default().push((*grapheme, *found));
        }
    }
    let shown = |order: &[TextRange]| {
        order.iter().map(|part| &text[part.to_range()]).collect::<Vec<_>>().join(" ")
    };
    let lines = paragraph.lines.iter().filter(|line| !line.order.is_empty());
    let mut theirs = theirs.into_values();
    for line in lines {
        let mut found = theirs.next().unwrap_or_default();
        found.sort_by(|a, b| (a.1[1] + a.1[2]).total_cmp(&(b.1[1] + b.1[2])));
        let order: Vec<TextRange> = found.iter().map(|(grapheme, _)| *grapheme).collect();
        let left = found.iter().fold(f64::INFINITY, |left, (_, found)| left.min(found[1]));
        let right =
            found.iter().fold(f64::NEG_INFINITY, |right, (_, found)| right.max(found[2]));
        let place = format!("{} at {} px", case.document.name, case.width);
        if order != line.order {
            writeln!(
                differences,
                "{place}: order\n  ours   {}\n  theirs {}",
                shown(&line.order),
                shown(&order)
            )
            .unwrap();
        } else if (left - line.left).abs() > TOLERANCE || (right - line.right).abs() > TOLERANCE
        {
            writeln!(
                differences,
                "{place}: edges {:.2}..{:.2}, theirs {left:.2}..{right:.2}\n  {}",
                line.left,
                line.right,
                shown(&line.order)
            )
            .unwrap();
        }
    }
    for rest in theirs {
        let order: Vec<TextRange> = rest.iter().map(|(grapheme, _)| *grapheme).collect();
        writeln!(differences, "a line more in Chromium: {}", shown(&order)).unwrap();
    }
}

/// Own texts, the sample project's and, where it lies beside the repository, the corpus.
fn documents() -> Vec<Document> {
    let mut documents: Vec<Document> = TEXTS
        .iter()
        .map(|(name, text)| Document { name: (*name).into(), text: (*text).into() })
        .collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sample = fs::read_to_string(root.join("assets/sample/articles.jsonl")).unwrap();
    for line in sample.lines() {
        let article: Value = serde_json::from_str(line).unwrap();
        let field = |name: &str| article[name].as_str().unwrap().to_owned();
        documents.push(Document { name: field("id"), text: field("text") });
    }
    let corpus = texts_in(&root.join("../shared/corpus"));
    if corpus.is_empty() {
        eprintln!("skipped: the corpus is not beside the repository");
    }
    documents.extend(corpus);
    documents
}

fn texts_in(folder: &Path) -> Vec<Document> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    paths
        .iter()
        .map(|path| Document {
            name: path.file_stem().unwrap().to_string_lossy().into_owned(),
            text: fs::read_to_string(path).unwrap().replace('\r', ""),
        })
        .collect()
}

fn chromium() -> Option<PathBuf> {
    let found = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
        .iter()
        .map(PathBuf::from)
        .find(|path| path.exists());
    if found.is_none() {
        let required = env::var_os("TAWSIM_REQUIRE_CHROMIUM").is_some_and(|value| value == "1");
        assert!(!required, "TAWSIM_REQUIRE_CHROMIUM is set, and there is no chromium");
        eprintln!("SKIPPED: no chromium, so layout is compared with nothing");
    }
    found
}

/// The boxes of every grapheme, by case and paragraph.
fn measure(chromium: &Path, cases: &[Case<'_>]) -> Vec<Vec<Vec<Box>>> {
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("page.html");
    #[expect(clippy::disallowed_methods, reason = "a file of this test alone")]
    fs::write(&page, html(cases)).unwrap();
    let output = folder.path().join("dom.html");
    let mut child = Command::new(chromium)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"])
        .args(["--no-first-run", "--disable-background-networking", "--disable-sync"])
        .args(["--disable-component-update", "--allow-file-access-from-files"])
        .args(["--virtual-time-budget=60000", "--dump-dom"])
        .arg(format!("--user-data-dir={}", folder.path().join("profile").display()))
        .arg(format!("file://{}", page.display()))
        .stdout(fs::File::create(&output).unwrap())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let start = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if start.elapsed() > Duration::from_secs(120) {
            child.kill().unwrap();
            panic!("chromium did not end within two minutes");
        }
        thread::sleep(Duration::from_millis(50));
    }
    let dom = fs::read_to_string(output).unwrap();
    let boxes = dom.split("<pre id=\"out\">").nth(1).and_then(|rest| rest.split('<').next());
    let boxes = boxes.expect("chromium wrote no boxes");
    serde_json::from_str(boxes).unwrap_or_else(|error| panic!("{error} in {boxes:.200}"))
}

/// A page that measures itself.
fn html(cases: &[Case<'_>]) -> String {
    let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts");
    let mut faces = String::new();
    for (family, file) in [
        ("Naskh", "NotoNaskhArabic-Regular.ttf"),
        ("Latin", "NotoSans-Regular.ttf"),
        ("Emoji", "NotoEmoji-Regular.ttf"),
    ] {
        let file = fonts.join(file);
        writeln!(
            faces,
            "@font-face {{ font-family: {family}; src: url('file://{}'); }}",
            file.display()
        )
        .unwrap();
    }
    let data: Vec<Value> = cases
        .iter()
        .map(|case| {
            let paragraphs: Vec<Value> = case
                .paragraphs
                .iter()
                .map(|paragraph| {
                    let content = &case.document.text[paragraph.range.to_range()];
                    let ends = paragraph.graphemes.iter().map(|grapheme| {
                        let start = paragraph.range.start();
                        units(&case.document.text, TextRange::between(start, grapheme.end()))
                    });
                    let rtl = paragraph.direction.is_rtl();
                    json!({ "text": content, "rtl": rtl, "ends": ends.collect::<Vec<_>>() })
                })
                .collect();
            json!({ "width": case.width, "paragraphs": paragraphs })
        })
        .collect();
    let data = serde_json::to_string(&data).unwrap().replace('<', "\\u003c");
    let line = Style::new(Face::Naskh, SIZE).line_pixels();
    format!(
        "<!doctype html><meta charset=utf-8><style>{faces}
         body {{ margin: 0; font: {SIZE}px/{line}px Naskh, Latin, Emoji;
           text-rendering: geometricPrecision }}
         p {{ margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; line-break: normal }}
         </style><body><script>
         const cases = {data};
         async function run() {{
           for (const face of document.fonts) await face.load();
           const all = [];
           for (const one of cases) {{
             const holder = document.createElement('div');
             holder.style.width = one.width + 'px';
             document.body.replaceChildren(holder);
             const boxes = [];
             for (const {{ text, rtl, ends }} of one.paragraphs) {{
               const p = document.createElement('p');
               p.dir = rtl ? 'rtl' : 'ltr';
               p.textContent = text;
               holder.append(p);
               const range = document.createRange();
               let start = 0;
               boxes.push(ends.map(end => {{
                 range.setStart(p.firstChild, start);
                 range.setEnd(p.firstChild, end);
                 start = end;
                 const found = [...range.getClientRects()];
                 const box = found.find(box => box.width > 0) || found[0];
                 return box ? [box.top + scrollY, box.left, box.right] : [-1, 0, 0];
               }}));
             }}
             all.push(boxes);
           }}
           const out = document.createElement('pre');
           out.id = 'out';
           out.textContent = JSON.stringify(all);
           document.body.replaceChildren(out);
         }}
         run();
         </script>"
    )
}

/// The length of a range in UTF-16 units, as JavaScript counts.
fn units(text: &str, range: TextRange) -> usize {
    let start = range.start().max(Offset::ZERO);
    text[start.to_usize()..range.end().to_usize()].encode_utf16().count()
}
