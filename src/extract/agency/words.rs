//! The words of agencies: listed names, adjectives of nationality, and what names are built of.

use std::collections::{HashMap, HashSet};

use crate::arabic::fold;
use crate::extract::names::Names;
use crate::extract::vocabulary::{Classes, Vocabulary, WordId};

/// Official name, other names joined by `; `, country.
const LISTED: &str = include_str!("../../../assets/extract/agencies.tsv");
const NATIONALITIES: &str = include_str!("../../../assets/extract/nationalities.tsv");

/// What a noun at the head of a name wants behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Head {
    /// A field of government: `وزارة الداخلية`.
    Ministry,
    /// Two or more fields: `وزارتي الدفاع والداخلية`.
    Ministries,
    /// `محكمة الاستئناف`, and the place that it needs.
    Court,
    /// `المحكمة الابتدائية`, and the place that it needs.
    TheCourt,
    /// `النيابة العامة`.
    Prosecution,
    /// A body of men that is named by nationality or task: `الشرطة`, `المخابرات`.
    Force,
    /// The same without article, in front of its task: `شرطة مكافحة الإرهاب`.
    BareForce,
    /// A unit, and the place that it needs: `فرقة`, `ولاية أمن`.
    Unit,
    /// Any other body, named by its task: `المديرية العامة`, `هيئة`, `المكتب`.
    Body,
}

const HEADS: &[(&str, Head)] = &[
    ("وزارة", Head::Ministry),
    ("وزارتي وزارتا وزارات", Head::Ministries),
    ("محكمة محاكم", Head::Court),
    ("المحكمة", Head::TheCourt),
    ("النيابة نيابة", Head::Prosecution),
    (
        "الشرطة الدرك الحرس الجمارك الاستخبارات المخابرات الأمن الجيش البحرية القوات خفر الدفاع \
         الوقاية الحماية الاستعلامات قوى الادعاء القضاء مشاة سلاح",
        Head::Force,
    ),
    ("شرطة درك حرس جمارك استخبارات مخابرات جيش بحرية أمن مباحث", Head::BareForce),
    (
        "فرقة الفرقة فصيلة الفصيلة سرية مفوضية المفوضية ولاية المنطقة المصلحة مصلحة الدائرة \
         المركز السرية كوكبة الهيئة القيادة قيادة مفرزة الوحدة وحدة لواء خلية الأمن",
        Head::Unit,
    ),
    (
        "المديرية مديرية الإدارة إدارة هيئة الهيئة المكتب مكتب مجلس المجلس وكالة الوكالة جهاز \
         الجهاز المندوبية مندوبية الديوان ديوان اللجنة لجنة مركز القطب قطب شعبة قسم دائرة رئاسة \
         المصالح قطاع المعهد السلطة سلطة المؤسسة الأمانة مفوضية",
        Head::Body,
    ),
];

/// Fields of government and what stands behind them in the names of ministries.
const FIELDS: &str = "الداخلية الخارجية الدفاع العدل الصحة التعليم التربية المالية الاقتصاد \
    الاقتصاد الثقافة الفلاحة الزراعة الشباب الرياضة السياحة النقل التجهيز الإسكان الطاقة المعادن \
    النفط الكهرباء المياه الماء البيئة التجارة الصناعة الاستثمار العمل الشغل التشغيل التضامن الأسرة \
    المرأة الطفولة الأوقاف الشؤون الدينية الإسلامية الاجتماعية الاتصال الإعلام الاتصالات التخطيط \
    التعاون الهجرة المهاجرين الخزانة الأمن الحرب التموين البترول الري العدلية الحج العمرة الموارد \
    البشرية السكنية البلدية القروية الوطني الوطنية العالي العلمي البحث المهني التكوين المدنية \
    السكان الأشغال العمومية المحلية الأولي العامة الأجانب المغتربين الدولة الدولي الدولية الاجتماعي \
    الحماية الاستهلاك الصيد البحري التنمية القروي الغابات المناجم التكنولوجيا الرقمي الرقمية \
    التحول الإدارة إصلاح القطاعات الصناعات الحربية العسكري الإنتاج الطيران المدني الأمن القومي \
    الآثار القوى العاملة الجيوش المسلحة الفضاء الخاصة الإنسان حقوق شؤون الجالية الحضري المدينة \
    الثقافية التربوية القانونية الصحية الصحي الرياضية المغاربية الإدارية العمراني المستدامة الترابي التراب إعداد سياسة السيادة الشتات الحريات والمالية";

/// Adjectives that say what a force is for.
const TASKS: &str = "القضائية الوطنية الوطني العلمية الإدارية السياحية المحلية الكتالونية \
    الاتحادية الفيدرالية الفدرالية العدلية العسكرية العسكري الملكي الملكية المدني المدنية الجمهوري \
    الثوري الرئاسي العام العامة الداخلي الداخلية الخارجي الخارجية الحربية الجوية البحرية البرية \
    المسلحة المساعدة الخاصة المشتركة النظامية السرية البلدية السواحل الحدود المالي القومي الدبلوماسي \
    العمومي العمومية السياسي الفني التقنية الجنائية الجبائية المركزية الإقليمي الإقليمية الجهوي \
    الجهوية الحضري الحضرية العالمية العسكريه الشعبي الأمريكيين التونسيين البحري الجوي البري \
    المالية الأعلى الصاروخية الدولية";

/// Words that a name of a court goes on with.
const COURTS: &str = "الاستئناف استئناف النقض التعقيب التمييز الجنايات جنايات الجنح جنح الأسرة \
    الابتدائية ابتدائية الإدارية العليا الدستورية الجنائية العسكرية الاتحادية الوطنية الفيدرالية \
    الفدرالية الزجرية التجارية الأوروبية الجزائية المتخصصة القضاء الإداري العدل الدولية الخاصة \
    المالية العقارية أمن الدولة الكبرى الصغرى الكلية الجزئية المدنية العمالية الشرعية الاقتصادية \
    التحقيق الطوارئ الإرهاب مكافحة الفساد المركزية الاستئنافية الجنائيه بداءة تحقيق الأولى المختصة \
    المظالم العامة";

/// Words that the name of any other body goes on with.
const PARTS: &str = "حقوق خفر الطوارئ الكوارث لجمارك جمارك لحماية العدلية الحرب الثقافة العامة العام العليا الأعلى الأعلى المركزي المركزية الوطني الوطنية الاتحادي \
    الاتحادية الفيدرالي الفيدرالية القضائي القضائية الولائية الولائي الإقليمي الإقليمية الجهوي \
    الجهوية المحلي المحلية المستقلة المستقل السامية السامي الحكومية الدولي الدولية الملكي الملكية \
    المتخصصة المشتركة الجنائية الجنائي الاقتصادية الاقتصادي المالية المالي الإدارية الإداري الأمنية \
    الأمني العسكرية العسكري الخاصة الخاص المختلطة المغاربية الخارجية الداخلية الداخلي الخارجي \
    المدنية المدني البحري البحرية الجوية الحدودية للشرطة للأمن للدرك للجمارك للحرس للقضاء للسجون \
    للانتخابات للدفاع للوقاية للحماية للأبحاث للبحث للتحقيقات للتحقيق للاستعلامات للاستخبارات \
    للمخابرات للدراسات للهجرة للنزاهة للرقابة للمحاسبات للإحصاء للتخطيط للصحة للنقل للجوازات \
    للمرور للتموين للتعليم للثقافة للسلامة للأرصاد للحسابات للمنافسة للغابات للمياه للضرائب للصرف \
    للقوات للجيش للطيران للتراب للأشخاص للأمم لحماية لحرس لمكافحة لمراقبة لمحاربة لشؤون لإدارة \
    لحقوق لقمع لأمن لتنسيق لضمان لقوى لدعم لجهاز لوزارة مكافحة محاربة مراقبة شؤون إدارة حماية أمن \
    قمع حرس الأمن الشرطة الدرك الجمارك الحرس القضاء السجون الانتخابات الدفاع الوقاية الحماية \
    الأبحاث البحث التحقيقات التحقيق الاستعلامات الاستخبارات المخابرات الدراسات الهجرة النزاهة \
    الرقابة المحاسبات الإحصاء التخطيط الإرهاب المخدرات الجريمة المنظمة الفساد الحدود السواحل \
    الأجانب الجوازات المرور الدولة الجريمه الشغب التهريب التطرف غير الشرعية القانونية الإلكترونية \
    المعلوماتية السيبرانية المعلومات التراب الوطنيه الحسابات الصرف الضرائب اللاجئين الأسلحة \
    الأموال غسل تبييض الإنسان الاتحاد الأوروبي الأمم المتحدة للجريمة للإرهاب للمخدرات المفرقعات \
    العلمية التقنية الفنية التدخل السريع السريعة الأحداث القاصرين الآداب العمران الصحة المناخ \
    الفضائية البشرية الموارد جرائم الجرائم المتفجرات السياحة السياحية الخيالة الكلاب الخطيرة \
    القضايا النائب المدعي المعمق المستندات والمستندات الدولة الحضري الحضرية العاصمة المباحث \
    والهجرة الجنايات للشؤون المحافظة الأموال والاستعلام العملياتية العمليات الإنقاذ البحث الحج \
    المنافذ الميناء المطار التموين البيئة النظافة الوثائق الهوية الوطنيين الطيران المسلحة الجوي";

/// A body of these is one of a state in any case.
const KEYS: &str = "خفر الأمن للأمن أمن لأمن الشرطة للشرطة شرطة الدرك للدرك الجمارك للجمارك جمارك الحرس \
    للحرس القضائي القضائية للأبحاث الأبحاث الإرهاب للإرهاب المخدرات للمخدرات الجريمة للجريمة الحدود \
    الهجرة للهجرة السجون للسجون الاستعلامات للاستعلامات الاستخبارات للاستخبارات المخابرات للمخابرات \
    النزاهة للنزاهة الفساد الانتخابات للانتخابات الدفاع للدفاع الوقاية للوقاية الحماية للحماية \
    التحقيق للتحقيق التحقيقات للتحقيقات القضاء للقضاء الدولة الجوازات للجوازات المرور للمرور \
    المحاسبات للمحاسبات الحسابات للحسابات الإحصاء للإحصاء الصرف التخطيط للتخطيط العسكرية العسكري \
    المباحث التراب الإنقاذ المتحدة الأرصاد للأرصاد التهريب حماية لحماية الرقابة للرقابة النائب \
    حقوق الطوارئ الكوارث المدعي العمليات القوات للقوات المسلحة الغابات للغابات الحضري المعلوماتية السيبرانية الإلكترونية";

/// The words of agencies.
#[derive(Debug)]
pub(in crate::extract) struct Words {
    pub(super) names: Names<usize>,
    /// Their official names.
    pub(super) official: Vec<&'static str>,
    heads: HashMap<WordId, Head>,
    pub(super) nationalities: HashSet<WordId>,
    pub(super) fields: HashSet<WordId>,
    pub(super) tasks: HashSet<WordId>,
    pub(super) courts: HashSet<WordId>,
    pub(super) parts: HashSet<WordId>,
    pub(super) keys: HashSet<WordId>,
    /// The careful spelling of a word.
    spellings: HashMap<WordId, String>,
}

impl Words {
    pub(in crate::extract) fn new(vocabulary: &mut Vocabulary) -> Self {
        let mut spellings = HashMap::new();
        let (names, official) = listed(vocabulary);
        for name in &official {
            for word in name.split_whitespace() {
                let id = vocabulary.add(word, Classes::NONE);
                spellings.entry(id).or_insert_with(|| word.to_owned());
            }
        }
        let mut heads = HashMap::new();
        for (words, head) in HEADS {
            for word in words.split_whitespace() {
                let id = vocabulary.add(word, Classes::AGENCY_HEAD);
                heads.entry(id).or_insert(*head);
                spellings.entry(id).or_insert_with(|| word.to_owned());
            }
        }
        let mut nationalities = HashSet::new();
        let rows = NATIONALITIES.lines().filter(|line| !line.starts_with('#'));
        let stems = rows.filter_map(|line| line.split('\t').nth(1));
        for stem in stems.flat_map(str::split_whitespace) {
            for (article, end) in [("ال", ""), ("ال", "ة"), ("", ""), ("", "ة")] {
                let word = format!("{article}{stem}{end}");
                let id = vocabulary.add(&word, Classes::NATIONALITY);
                nationalities.insert(id);
                spellings.entry(id).or_insert(word);
            }
        }
        let mut set = |words: &str| -> HashSet<WordId> {
            let ids = words.split_whitespace().map(|word| {
                let id = vocabulary.add(word, Classes::AGENCY_PART);
                spellings.entry(id).or_insert_with(|| word.to_owned());
                id
            });
            ids.collect()
        };
        let (fields, tasks, courts) = (set(FIELDS), set(TASKS), set(COURTS));
        let (mut parts, keys) = (set(PARTS), set(KEYS));
        parts.extend(&tasks);
        Self {
            names,
            official,
            heads,
            nationalities,
            fields,
            tasks,
            courts,
            parts,
            keys,
            spellings,
        }
    }

    /// What a noun wants behind it, if it is one that heads a name.
    pub(super) fn head(&self, word: WordId) -> Option<Head> {
        self.heads.get(&word).copied()
    }

    /// How a careful writer spells a word.
    pub(super) fn spelling(&self, word: WordId) -> Option<&str> {
        self.spellings.get(&word).map(String::as_str)
    }
}

/// The listed names with the number of their official one.
fn listed(vocabulary: &mut Vocabulary) -> (Names<usize>, Vec<&'static str>) {
    let mut names = Names::default();
    let mut official = Vec::new();
    let mut seen = HashSet::new();
    for row in LISTED.lines().filter(|line| !line.starts_with('#')) {
        let mut cells = row.split('\t');
        let Some(name) = cells.next().filter(|name| !name.is_empty()) else { continue };
        // Of two under one head only the name in common is looked for.
        let own = (!name.contains(';')).then_some(name);
        let all = cells.next().unwrap_or_default();
        // A generic noun in front of a name that stands alone is outside.
        let is_outside = |spelling: &str| {
            let generic = "وكالة مكتب جهاز حلف منظمة قوات وحدة";
            spelling.split_once(' ').is_some_and(|(first, rest)| {
                generic.split(' ').any(|it| it == first)
                    && !rest.contains(' ')
                    && all.split(';').any(|it| it.trim() == rest)
            })
        };
        let others = all.split(';').map(str::trim).filter(|it| !is_outside(it));
        for spelling in own.into_iter().chain(others).filter(|name| !name.is_empty()) {
            if seen.insert(fold(spelling)) {
                names.add(vocabulary, Classes::AGENCY, spelling, official.len());
            }
        }
        official.push(name);
    }
    (names, official)
}
