//! Layout, beside harfrust shaping the same text in the same font and nothing else.
//!
//! `cargo bench --bench layout`; `-- --quick` measures once, `-- --only-speed` leaves out the
//! rest. Shaping is the part of layout that cannot be left out, so its
//! speed in the same run is the measure: layout should reach 0.3 of it.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(clippy::expect_used, clippy::cast_precision_loss, reason = "a benchmark")]

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use harfrust::{
    Direction, FontRef, ShapeOptions, ShapePlan, ShaperData, UnicodeBuffer, script,
};
use tawsim::text::TextRange;
use tawsim::typeset::{FONTS, Face, Fit, Page, PageStyle, Style, Typesetter};

/// Pixels per em.
const SIZE: f32 = 22.0;

/// The height of a window, in pixels.
const VIEW: f64 = 900.0;

fn main() {
    let article = article(5_000, 480);
    let many = article_of(1_000_000, 220, "\n");
    let one = article_of(1_000_000, 220, " ");
    println!("{} paragraphs in the long text", many.lines().count());

    compare("article of 5 KB", &article);
    compare("1 MB, many paragraphs", &many);
    compare("1 MB, one paragraph", &one);
    if is_asked("--only-speed") {
        return;
    }
    open("1 MB, many paragraphs", &many.into());
    open("1 MB, one paragraph", &one.into());
    labels();
    begin(&article.into());
}

/// What the program's start pays: fonts registered, a first label, a first article.
fn begin(article: &Arc<str>) {
    let start = Instant::now();
    let mut typesetter = Typesetter::new();
    let fonts = start.elapsed();
    typesetter.text("مدينة", &Style::new(Face::Sans, 15.0), Fit::FREE);
    let label = start.elapsed() - fonts;
    set_all(&mut typesetter, article);
    let rest = start.elapsed() - fonts - label;
    println!(
        "a new typesetter: fonts {fonts:.2?}, first label {label:.2?}, first article {rest:.2?}"
    );
}

/// Sets a whole text and shapes it with harfrust alone.
fn compare(name: &str, text: &str) {
    let mut typesetter = Typesetter::new();
    let shared: Arc<str> = text.into();
    set_all(&mut typesetter, &shared);
    let font = FontRef::new(FONTS[0].bytes).expect("a bundled font");
    let data = ShaperData::new(&font);
    let shaper = data.shaper(&font).build();
    let plan = ShapePlan::new(&shaper, Direction::RightToLeft, Some(script::ARABIC), None, &[]);
    let alone = || {
        let mut buffer = UnicodeBuffer::new();
        for paragraph in text.split('\n') {
            buffer.set_direction(Direction::RightToLeft);
            buffer.set_script(script::ARABIC);
            buffer.push_str(paragraph);
            let options = ShapeOptions::new().plan(Some(&plan));
            let glyphs = shaper.shape(buffer, options);
            buffer = black_box(glyphs).clear();
        }
    };
    // By turns, and the best of each: other programs on the machine disturb both alike.
    let (mut ours, mut theirs) = (Duration::MAX, Duration::MAX);
    let rounds = if text.len() < 100_000 { 40 * rounds() } else { rounds() };
    for _ in 0..rounds {
        ours = ours.min(time(|| set_all(&mut typesetter, &shared)));
        theirs = theirs.min(time(alone));
    }
    let speed = |time: Duration| text.len() as f64 / 1e6 / time.as_secs_f64();
    println!(
        "{name}: layout {ours:.2?} ({:.2} MB/s), harfrust alone {theirs:.2?} ({:.2} MB/s), ratio {:.2}",
        speed(ours),
        speed(theirs),
        speed(ours) / speed(theirs),
    );
}

fn set_all(typesetter: &mut Typesetter, text: &Arc<str>) {
    let mut page = Page::new(Arc::clone(text), style());
    let mut y = 0.0;
    while y < page.height() {
        page.prepare(typesetter, y, y + VIEW);
        y += VIEW;
    }
    black_box(&page);
}

/// From a text with 2,000 marks to its first screen; then wheel steps and jumps.
fn open(name: &str, text: &Arc<str>) {
    let marks = marks(text, 2_000);
    let mut typesetter = Typesetter::new();
    typesetter.text("مدينة", &Style::new(Face::Sans, 14.0), Fit::FREE);
    let first = median(|| {
        let mut page = Page::new(Arc::clone(text), style());
        page.prepare(&mut typesetter, 0.0, VIEW);
        black_box(rects(&page, &marks, 0.0));
    });
    let mut page = Page::new(Arc::clone(text), style());
    page.prepare(&mut typesetter, 0.0, VIEW);
    let mut y = 0.0;
    let mut steps = Vec::new();
    for _ in 0..2_000 {
        let start = Instant::now();
        y += 120.0;
        y += page.prepare(&mut typesetter, y, y + VIEW);
        black_box(rects(&page, &marks, y));
        steps.push(start.elapsed());
    }
    let mut jumps = Vec::new();
    for at in 0..200_usize {
        let start = Instant::now();
        let share = (at * 37 % 200) as f64 / 200.0;
        let mut y = share * page.height();
        y += page.prepare(&mut typesetter, y, y + VIEW);
        black_box(rects(&page, &marks, y));
        jumps.push(start.elapsed());
    }
    steps.sort();
    jumps.sort();
    println!(
        "{name}: first screen {first:.2?}; wheel step median {:.2?}, 99 % {:.2?}, worst {:.2?}; jump median {:.2?}, worst {:.2?}",
        steps[steps.len() / 2],
        steps[steps.len() * 99 / 100],
        steps[steps.len() - 1],
        jumps[jumps.len() / 2],
        jumps[jumps.len() - 1],
    );
}

fn rects(page: &Page, marks: &[TextRange], y: f64) -> usize {
    marks.iter().map(|mark| page.rects(*mark, y, y + VIEW).len()).sum()
}

/// Labels of a list: the first time and again.
fn labels() {
    let mut typesetter = Typesetter::new();
    let style = Style::new(Face::Sans, 15.0);
    let texts: Vec<String> = (0..1_000).map(|at| format!("الخبر {at} عن المدينة")).collect();
    typesetter.text("أول", &style, Fit::FREE);
    let mut pass = || {
        let start = Instant::now();
        for text in &texts {
            black_box(typesetter.text(text, &style, Fit::cut(240.0)));
        }
        start.elapsed() / 1_000
    };
    let (cold, warm) = (pass(), pass());
    println!("label: {cold:.2?} the first time, {warm:.2?} again");
}

fn style() -> PageStyle {
    PageStyle::new(Style::new(Face::Naskh, SIZE), 760.0)
}

/// How often each thing is measured.
fn rounds() -> usize {
    if is_asked("--quick") { 1 } else { 9 }
}

fn is_asked(option: &str) -> bool {
    std::env::args().any(|arg| arg == option)
}

fn time(run: impl FnOnce()) -> Duration {
    let start = Instant::now();
    run();
    start.elapsed()
}

fn median(mut run: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..rounds()).map(|_| time(&mut run)).collect();
    times.sort();
    times[times.len() / 2]
}

/// Ranges of one word each, spread over the text.
fn marks(text: &str, num: usize) -> Vec<TextRange> {
    let step = text.len() / num;
    (0..num)
        .filter_map(|at| {
            let from = text.floor_char_boundary(at * step);
            let start = from + text.get(from..)?.find(' ')? + 1;
            let end = start + text.get(start..)?.find(' ')?;
            Some(TextRange::of(start..end))
        })
        .collect()
}

fn article(num_bytes: usize, paragraph: usize) -> String {
    article_of(num_bytes, paragraph, "\n")
}

/// A text of sentences in the manner of a news article, with figures and Latin in between.
fn article_of(num_bytes: usize, paragraph: usize, separator: &str) -> String {
    const SENTENCES: [&str; 8] = [
        "أعلنت البلدية صباح اليوم الثلاثاء عن افتتاح ثلاث حدائق جديدة في الأحياء الشرقية.",
        "وقال المتحدث باسمها إن الأشغال بدأت في 18 ديسمبر/كانون الأول 2021 وكلفت نحو 12.5 مليون درهم.",
        "ونشرت الجمعية على حسابها @jam3iya_news صوراً تظهر عشرات الأطفال وهم يغرسون الأشجار.",
        "وأضاف أن «الهدف هو مضاعفة المساحات الخضراء بحلول عام 2030»، من دون أن يذكر تفاصيل أخرى.",
        "ويبلغ عدد سكان المدينة أكثر من 340 ألف نسمة (بحسب إحصاء سنة 2014).",
        "ورحّب السكّان بالمشروع، غير أنّ بعضهم طالب بتحسين النقل العمومي أولاً.",
        "ومن المنتظر أن تزور لجنة مختصة الموقع يومي 29 و30 يناير المقبل للوقوف على سير العمل.",
        "Read more: https://example.org/gardens?id=42",
    ];
    let mut text = String::with_capacity(num_bytes + 512);
    let mut length = 0;
    for at in 0.. {
        if text.len() >= num_bytes {
            break;
        }
        let sentence = SENTENCES[at * 5 % SENTENCES.len()];
        text.push_str(sentence);
        length += sentence.len();
        let ends = length > paragraph;
        text.push_str(if ends { separator } else { " " });
        if ends {
            length = 0;
        }
    }
    text
}
