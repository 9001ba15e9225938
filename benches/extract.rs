//! How fast suggestions are found, on one core.
//!
//! `cargo bench --bench extract [-- --quick] [--alone]`. Makes 64 MB of articles (4 MB with `--quick`) out
//! of templates, names, numbers and dates, always the same, and in the same run measures
//!
//! - the whole extractor, article by article (with `--alone` nothing else, for a profiler);
//! - the crate aho-corasick as a DFA that finds the gazetteer's folded names in the same
//!   articles, folded beforehand: what finding names alone costs at least;
//! - spaCy's blank Arabic pipeline with an entity ruler of 5,000 of these names
//!   (`benches/spacy_ruler.py`), if `TAWSIM_SPACY` names a Python that has it.
#![expect(clippy::print_stdout, reason = "a benchmark tells its figures")]
#![expect(clippy::unwrap_used, reason = "a benchmark may end at the first surprise")]
#![expect(clippy::disallowed_methods, reason = "files for spaCy need no care")]

use std::collections::HashSet;
use std::process::Command;
use std::time::{Duration, Instant};

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use tawsim::arabic::fold;
use tawsim::extract::{self, Extractor};

/// `@` is a town, `#` a number, `$` a date, `*` a word, `~` a noun with what is written onto it.
/// There is about one suggestion in 150 bytes, as in annotated articles.
const TEMPLATES: &[&str] = &[
    "قالت مصادر محلية في @ إن # شخصا شاركوا $ في حملة نظافة بشاطئ المدينة و* الحملة أياما أخرى.",
    "وأعلنت وزارة الداخلية توقيف # مشتبها فيهم بمدينة @ $ بعد تحريات * دامت أسابيع طويلة.",
    "وبلغت قيمة البضائع التي حجزتها الجمارك بميناء @ أكثر من # درهم وفق بيان * صدر $ عن الإدارة.",
    "وانطلقت $ أشغال بناء مدرسة جديدة بضواحي @ تتسع لنحو # تلميذ على أن * أبوابها الموسم المقبل.",
    "وأوضح المتحدث أن القطار الرابط بين @ و@ تأخر # دقيقة بسبب الضباب الكثيف الذي * المنطقة كلها.",
    "وكان المتهم قد مثل $ أمام محكمة الاستئناف بمدينة @ التي قررت * النظر في القضية إلى جلسة لاحقة.",
    "وتشير الأرقام إلى أن عدد زوار المهرجان ارتفع إلى # زائر منذ افتتاحه $ وهو رقم * لم يسبق له مثيل.",
    "ولم تسجل أي إصابات في الحادث الذي * على الطريق المؤدية إلى @ بحسب ما أفاد به شهود عيان للصحيفة.",
    "ويرى خبراء الاقتصاد أن أسعار الخضر والفواكه * مرشحة للارتفاع في أسواق @ قبل حلول الشهر المقبل.",
    "ودعا سكان الحي إلى * الإنارة العمومية وإصلاح الأرصفة وتوفير حافلات أكثر تربطهم بوسط المدينة.",
    "وضبطت عناصر الدرك الملكي # كيلوغراما من المخدرات في سيارة * كانت متجهة من @ نحو @ ليلة أمس.",
    "وقال المدرب عقب المباراة إن فريقه * أضاع فرصا كثيرة وإن اللاعبين مطالبون بمزيد من التركيز والعمل.",
    "وشهدت الندوة التي احتضنتها @ $ حضور # باحثا ناقشوا * سبل تدبير الموارد المائية في سنوات الجفاف.",
    "ونفت الشركة أن تكون قد * عمالها في مصنع @ مؤكدة أن الأجور صرفت في موعدها رغم الصعوبات المالية.",
    "وقد فتحت النيابة العامة $ تحقيقا في ظروف الحريق الذي * مستودعا للأثاث وخلف خسائر مادية كبيرة.",
    "ويقول سكان ~ إن ~ التي تحيط ببيوتهم لم تعد تكفي، وإن ~ و~ صارت عبئا على ~ ما لم تتدخل ~ قريبا.",
    "ولا يخفي ~ قلقه من ~ بعد أن تراجعت ~، غير أنه يرى في ~ فرصة لمراجعة ~ على مهل وبلا ضجيج.",
    "وتعود ~ إلى ما كانت عليه قبل ~، إذ لم تنفع ~ ولا ~ في إقناع ~ بأن ~ هي الطريق إلى ~.",
    "أما ~ فقد اختار أن يبتعد عن ~ وأن يكتفي بـ~، وكتب في رسالة ~ أن ~ لا تعني نهاية ~ كما يظن بعضهم.",
    "ومن جهتها ترى ~ أن ~ تحتاج إلى ~ ووقت طويل، لأن ~ تراكمت ولأن ~ لم تكن في مستوى ~ يوما.",
    "وفي انتظار ~ تبقى ~ مفتوحة على كل احتمال، وتبقى ~ معلقة بين ~ و~ إلى أن تقول ~ كلمتها الأخيرة.",
    "وكلما اقترب ~ من ~ ازدادت ~، حتى صار الحديث عن ~ أو عن ~ مدعاة إلى ~ عند كثير من الناس.",
    "وأضاف أن المشروع * كلف # دولار وسيوفر مناصب شغل لأبناء المنطقة الذين طالما اشتكوا من البطالة.",
];

const WORDS: &[&str] = &[
    "ستتواصل",
    "دقيقة",
    "رسمي",
    "تفتح",
    "غطى",
    "تأجيل",
    "قياسي",
    "وقع",
    "تبقى",
    "تقوية",
    "خفيفة",
    "ربما",
    "خلاله",
    "سرحت",
    "أتى على",
    "الجديد",
    "سريعا",
    "مرة أخرى",
    "بحسبه",
    "كما يبدو",
    "في الغالب",
    "حاليا",
    "معا",
    "طوعا",
    "كثيرا",
    "قليلا",
    "فعلا",
    "بدورها",
    "بدوره",
    "غالبا",
    "لاحقا",
    "ميدانيا",
];

const NOUNS: &[&str] = &[
    "بلد",
    "طريق",
    "سوق",
    "مدرس",
    "حديق",
    "شاعر",
    "كتاب",
    "لجن",
    "صحيف",
    "مزرع",
    "محصول",
    "مطبخ",
    "ملعب",
    "حارس",
    "رسال",
    "خيم",
    "جسر",
    "قطار",
    "بحار",
    "سفين",
    "مهندس",
    "مصنع",
    "عامل",
    "نقاب",
    "مطر",
    "سحاب",
    "جفاف",
    "سد",
    "نخل",
    "زيتون",
    "قمح",
    "طحين",
    "فرن",
    "خباز",
    "شارع",
    "رصيف",
    "مصباح",
    "نافذ",
    "باب",
    "سطح",
    "حائط",
    "لوح",
    "رسام",
    "متحف",
    "معرض",
    "تذكر",
    "مسرح",
    "ستار",
    "ممثل",
    "مخرج",
    "شريط",
    "صور",
    "مصور",
    "مرآ",
    "ضوء",
    "ظل",
    "لون",
    "صوت",
    "لحن",
    "مغني",
    "عود",
    "وتر",
    "طبل",
    "رقص",
    "عرس",
    "ضيف",
    "مائد",
    "طبق",
    "ملح",
    "سكر",
    "قهو",
    "شاي",
    "كأس",
    "ماء",
    "نهر",
    "ضف",
    "سمك",
    "شبك",
    "صياد",
    "موج",
    "رمل",
    "صدف",
    "ميناء",
    "رافع",
    "حمول",
    "شاحن",
    "سائق",
    "رخص",
    "إشار",
    "منعطف",
    "حادث",
    "إسعاف",
    "طبيب",
    "ممرض",
    "دواء",
    "وصف",
    "علاج",
    "شفاء",
    "تجرب",
    "فكر",
    "سؤال",
    "جواب",
    "خلاف",
];

const FRONT: &[&str] =
    &["ال", "ال", "ال", "", "", "بال", "وال", "لل", "كال", "فال", "ل", "ب", "و"];

const BACK: &[&str] = &["", "", "ة", "ات", "ه", "ها", "هم", "نا", "ين", "ون", "ية", "ي"];

const MONTHS: &[&str] = &[
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "ماي",
    "يونيو",
    "يوليوز",
    "غشت",
    "شتنبر",
    "أكتوبر",
    "نونبر",
    "دجنبر",
    "كانون الثاني",
    "شباط",
    "آذار",
    "نيسان",
    "أيار",
    "حزيران",
    "تموز",
    "آب",
    "أيلول",
];

const DAYS: &[&str] = &["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"];

const SPELLED: &[&str] = &[
    "ثلاثة",
    "خمسة عشر",
    "عشرين",
    "مئة وخمسين",
    "ألفي",
    "ثلاثة آلاف",
    "عشرات",
    "مئات",
    "مليونين ونصف مليون",
];

/// The length of an article, in bytes of UTF-8.
const ARTICLE: usize = 3_000;

/// How many names spaCy's ruler has.
const RULES: usize = 5_000;

/// How often each is measured; the middle one counts.
const ROUNDS: usize = 3;

fn main() {
    let is_quick = std::env::args().any(|argument| argument == "--quick");
    let names: Vec<&str> = extract::place_names().collect();
    let corpus = Corpus::new(&names, if is_quick { 4 << 20 } else { 64 << 20 });
    println!(
        "{} MB in {} articles, of {} different sentences; {} names of places; one core",
        corpus.bytes >> 20,
        corpus.articles.len(),
        corpus.sentences,
        names.len()
    );
    assert!(corpus.sentences >= 2_000);
    let begin = Instant::now();
    extract::prepare();
    println!("  {:7.1} ms to read the lists", begin.elapsed().as_secs_f64() * 1e3);
    let mut found = 0;
    let whole = corpus.speed(median(|| {
        let mut extractor = Extractor::default();
        let day = Some("2019-02-12".parse().unwrap());
        found = corpus.articles.iter().map(|text| extractor.suggest(text, day).len()).sum();
    }));
    println!("  {whole:7.1} MB/s the extractor, {found} suggestions");
    if std::env::args().any(|argument| argument == "--alone") {
        return;
    }
    let alone = corpus.speed(median(|| {
        let folded: usize = corpus.articles.iter().map(|text| fold(text).len()).sum();
        assert!(folded > 0);
    }));
    println!("  {alone:7.1} MB/s folding alone");
    let dfa = corpus.dfa(&names);
    println!("  {dfa:7.1} MB/s aho-corasick's DFA over folded text; {:.2} of it", whole / dfa);
    match std::env::var_os("TAWSIM_SPACY") {
        Some(python) => {
            let spacy = corpus.spacy(&python, &names, is_quick);
            println!(
                "  {spacy:7.2} MB/s spaCy's entity ruler; {:.1} times that",
                whole / spacy
            );
        }
        None => println!("  spaCy is left out: TAWSIM_SPACY names no Python that has it"),
    }
}

struct Corpus {
    articles: Vec<String>,
    bytes: usize,
    sentences: usize,
}

impl Corpus {
    fn new(names: &[&str], bytes: usize) -> Self {
        let mut seed = 88_172_645_463_325_252;
        let (mut articles, mut total) = (Vec::new(), 0);
        let mut different = HashSet::new();
        while total < bytes {
            let mut article = String::with_capacity(ARTICLE + 400);
            while article.len() < ARTICLE {
                let sentence = sentence(names, &mut seed);
                article.push_str(&sentence);
                article.push(if next(&mut seed).is_multiple_of(4) { '\n' } else { ' ' });
                different.insert(sentence);
            }
            total += article.len();
            articles.push(article);
        }
        Self { articles, bytes: total, sentences: different.len() }
    }

    /// In MB a second.
    fn speed(&self, took: Duration) -> f64 {
        f64::from(u32::try_from(self.bytes >> 10).unwrap()) / 1024.0 / took.as_secs_f64()
    }

    fn dfa(&self, names: &[&str]) -> f64 {
        let names: HashSet<String> = names.iter().map(|name| fold(name)).collect();
        let dfa = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::DFA))
            .match_kind(MatchKind::LeftmostLongest)
            .build(names)
            .unwrap();
        let folded: Vec<String> = self.articles.iter().map(|text| fold(text)).collect();
        let mut hits = 0;
        let took =
            median(|| hits = folded.iter().map(|text| dfa.find_iter(text).count()).sum());
        assert!(hits > 0);
        // By the articles' own length, which folding hardly changes.
        self.speed(took)
    }

    fn spacy(&self, python: &std::ffi::OsStr, names: &[&str], is_quick: bool) -> f64 {
        let folder =
            std::env::temp_dir().join(format!("tawsim-extract-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let all = if is_quick { self.articles.len() / 8 } else { self.articles.len() };
        let articles = self.articles[..all].join("\u{1e}");
        std::fs::write(folder.join("articles"), &articles).unwrap();
        std::fs::write(folder.join("names"), names[..RULES.min(names.len())].join("\n"))
            .unwrap();
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/spacy_ruler.py");
        let output = Command::new(python).arg(script).arg(&folder).output().unwrap();
        std::fs::remove_dir_all(&folder).unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim().parse().unwrap()
    }
}

fn sentence(names: &[&str], seed: &mut u64) -> String {
    let mut sentence = String::new();
    for c in pick(TEMPLATES, seed).chars() {
        match c {
            '@' => sentence.push_str(pick(names, seed)),
            '*' => sentence.push_str(pick(WORDS, seed)),
            '~' => [FRONT, NOUNS, BACK].iter().for_each(|of| sentence.push_str(pick(of, seed))),
            '#' if next(seed).is_multiple_of(3) => sentence.push_str(pick(SPELLED, seed)),
            '#' => sentence.push_str(&(next(seed) % 9_000 + 3).to_string()),
            '$' => {
                let (day, year) = (next(seed) % 28 + 1, next(seed) % 11 + 2_015);
                let month = pick(MONTHS, seed);
                sentence.push_str(&match next(seed) % 4 {
                    0 => format!("يوم {} {day} {month} {year}", pick(DAYS, seed)),
                    1 => format!("يوم {} الماضي", pick(DAYS, seed)),
                    2 => format!("في {day} {month} {year}"),
                    _ => format!("في {month} {year}"),
                });
            }
            c => sentence.push(c),
        }
    }
    sentence
}

fn pick<'a>(of: &[&'a str], seed: &mut u64) -> &'a str {
    of[next(seed) % of.len()]
}

/// The next of numbers that look like chance and are the same every time.
fn next(number: &mut u64) -> usize {
    *number ^= *number << 13;
    *number ^= *number >> 7;
    *number ^= *number << 17;
    usize::try_from(*number >> 33).unwrap()
}

fn median(mut work: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let begin = Instant::now();
            work();
            begin.elapsed()
        })
        .collect();
    times.sort();
    times[times.len() / 2]
}
