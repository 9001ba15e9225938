//! Finished documents to learn from: the annotated articles of the package, and articles made of
//! templates in which people and vehicles are marked, of which the rules know nothing.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use tawsim::format::read_record;
use tawsim::learn::{Lesson, Marked};
use tawsim::text::TextRange;

/// The annotated articles of a file of the package.
pub(crate) fn lessons(file: &str) -> Vec<Lesson> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/extract").join(file);
    let lines = fs::read_to_string(path).unwrap();
    lines.lines().map(lesson).collect()
}

fn lesson(line: &str) -> Lesson {
    let record = read_record(line).unwrap();
    let date = record.document.given.date.as_deref();
    Lesson {
        text: Arc::clone(record.document.text()),
        date: date.and_then(|date| date.parse().ok()),
        spans: record
            .spans
            .iter()
            .map(|span| Marked {
                label: span.label.clone(),
                range: span.range,
                value: span.value.clone(),
                attributes: Vec::new(),
            })
            .collect(),
    }
}

/// A row of numbers that looks like chance.
pub(crate) fn chance(mut seed: u64) -> impl FnMut(usize) -> usize {
    move |end| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((seed >> 33) % end as u64).unwrap()
    }
}

/// `@` is a person, `%` a vehicle.
const TEMPLATES: &[&str] = &[
    "قال الناطق @ إن المعرض سيفتح أبوابه مطلع الأسبوع.",
    "واصطدمت % بعمود كهرباء قرب السوق الأسبوعي دون إصابات.",
    "وأكد الأستاذ @ أن الأشغال بلغت مراحلها الأخيرة.",
    "وعثر رجال الدرك على % متروكة خارج المدار الحضري.",
    "ووصل السيد @ إلى مقر الجماعة صباحا رفقة @ للمشاركة في اللقاء.",
    "وكان على متن % ثلاثة ركاب نقلوا إلى المستشفى.",
    "وسلمت الجائزة إلى @ بعد تصويت الجمهور.",
    "وحجزت المصالح المختصة % محملة بسلع مهربة.",
    "ودعا الرئيس @ أعضاء المكتب إلى اجتماع عاجل.",
    "وأوضح @ في تصريح للصحافة أن الحصيلة مؤقتة.",
    "وقاد المشتبه فيه % بسرعة كبيرة قبل أن توقفه دورية.",
    "وأضاف المهندس @ أن التصاميم جاهزة منذ شهور.",
    "وانقلبت % في منعرج خطير بسبب الأمطار.",
    "وتسلم المدير السابق مهامه من @ في حفل بسيط.",
    "واندلعت النيران داخل % كانت مركونة أمام المصنع.",
    "وقد أسندت القيادة الجديدة ل@ بإجماع الحاضرين.",
    "ونوه المنظمون ب@ وبما قدمه للفريق طيلة الموسم.",
    "وتعرض الأجهزة الحديثة في رواق خاص طيلة أيام المعرض.",
    "وتواصل الجمعيات حملتها لتنظيف الشاطئ قبل بداية الصيف.",
    "ويشكو سكان الحي من غياب الإنارة ومن تراكم النفايات.",
    "وقررت اللجنة تأجيل البت في الطلب إلى موعد لاحق.",
    "ويرتقب أن تنطلق الدراسة في المؤسسة الجديدة قريبا.",
];

const FIRST: &[&str] = &[
    "محمد",
    "أحمد",
    "يوسف",
    "كريم",
    "سعيد",
    "خالد",
    "نبيل",
    "رشيد",
    "فاطمة",
    "مريم",
    "سلمى",
    "نادية",
    "هشام",
    "طارق",
    "ليلى",
    "زينب",
    "عمر",
    "إدريس",
    "حسن",
    "أمينة",
    "سمير",
    "وفاء",
];

const LAST: &[&str] = &[
    "بنعلي",
    "الإدريسي",
    "العلوي",
    "بنجلون",
    "التازي",
    "الفاسي",
    "الوزاني",
    "برادة",
    "المرابط",
    "الحداد",
    "النجار",
    "القادري",
    "بوزيان",
    "الصقلي",
    "أوحمو",
    "الزياني",
    "الخطابي",
    "بلحاج",
    "العمراني",
    "السباعي",
    "الراشدي",
    "اليعقوبي",
    "المنصوري",
    "الشرقاوي",
    "البقالي",
    "الغزواني",
    "الرحماني",
    "بوعزة",
    "الكتاني",
    "المكناسي",
];

const VEHICLES: &[&str] = &[
    "سيارة",
    "شاحنة",
    "حافلة",
    "دراجة نارية",
    "سيارة أجرة",
    "شاحنة صغيرة",
    "حافلة للنقل المدرسي",
    "سيارة رباعية الدفع",
    "جرار",
    "دراجة ثلاثية العجلات",
    "عربة مجرورة",
    "سيارة خفيفة",
];

/// Articles in which people and vehicles are marked, always the same for a seed; those of one
/// half have no family name and no vehicle of the other half's.
pub(crate) fn people_and_vehicles(many: usize, half: usize) -> Vec<Lesson> {
    let mut next = chance(half as u64 + 7);
    (0..many).map(|_| people_and_vehicles_of(half, &mut next)).collect()
}

fn people_and_vehicles_of(half: usize, next: &mut impl FnMut(usize) -> usize) -> Lesson {
    let (mut text, mut spans) = (String::new(), Vec::new());
    for _ in 0..8 {
        for c in TEMPLATES[next(TEMPLATES.len())].chars() {
            let mut of_half = |words: &[&'static str]| {
                let part = words.len() / 2;
                words[half * part + next(part)]
            };
            let (label, words) = match c {
                '@' => {
                    let last = of_half(LAST);
                    ("PERSON", format!("{} {last}", FIRST[next(FIRST.len())]))
                }
                '%' => ("VEHICLE", of_half(VEHICLES).to_owned()),
                _ => {
                    text.push(c);
                    continue;
                }
            };
            let start = text.len();
            text.push_str(&words);
            spans.push(Marked {
                label: label.into(),
                range: TextRange::of(start..text.len()),
                value: None,
                attributes: Vec::new(),
            });
        }
        text.push('\n');
    }
    Lesson { text: text.into(), date: None, spans }
}
