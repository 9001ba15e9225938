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
    /// Two bodies of one kind: `جهازي المخابرات والأمن`.
    Two,
    /// The field alone for its ministry, with a nationality: `الخارجية الروسية`.
    Portfolio,
    /// `محكمة الاستئناف`, and the place that it needs.
    Court,
    /// Its kind alone, in front of the place: `استئنافية مراكش`, `جنايات القاهرة`.
    BareCourt,
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
    (
        "الداخلية الخارجية الخزانة الدفاع العدل الصحة التربية النفط التعليم التخطيط الإعلام",
        Head::Portfolio,
    ),
    ("مديريتي مديريتا هيئتي هيئتا جهازي جهازا محكمتي محكمتا رئاستي وكالتي نيابتي", Head::Two),
    ("محكمة", Head::Court),
    ("المحكمة", Head::TheCourt),
    ("ابتدائية استئنافية جنايات جنح", Head::BareCourt),
    ("النيابة نيابة", Head::Prosecution),
    (
        "الشرطة الدرك الحرس الجمارك الاستخبارات المخابرات الأمن الجيش البحرية القوات القوة خفر \
         الوقاية الحماية الاستعلامات قوى قوات الادعاء القضاء مشاة سلاح الأسطول الشرطتين \
         الشرطتان الجيشين الجيشان المباحث",
        Head::Force,
    ),
    ("شرطة درك حرس جمارك استخبارات مخابرات جيش بحرية أمن مباحث مرور", Head::BareForce),
    (
        "فرقة الفرقة فصيلة الفصيلة سرية مفوضية المفوضية ولاية المنطقة المصلحة مصلحة الدائرة \
         المركز السرية كوكبة قيادة القيادة مفرزة الوحدة وحدة دائرة قسم مركز شعبة مديرية \
         المديرية الإدارة إدارة مكتب المجموعة مجموعة الكتيبة كتيبة منطقة إقليم مخفر ثكنة",
        Head::Unit,
    ),
    (
        "هيئة الهيئة المكتب مجلس المجلس وكالة الوكالة جهاز الجهاز المندوبية مندوبية \
         الديوان ديوان اللجنة لجنة القطب قطب رئاسة المعهد السلطة سلطة المؤسسة الأمانة",
        Head::Body,
    ),
];

/// Fields of government and what stands behind them in the names of ministries.
const FIELDS: &str = "\
    الداخلية الخارجية الدفاع العدل الصحة التعليم التربية المالية الاقتصاد الثقافة \
    الفلاحة الزراعة الشباب الرياضة السياحة النقل التجهيز الإسكان الطاقة المعادن النفط \
    الكهرباء المياه الماء البيئة التجارة الصناعة الاستثمار العمل الشغل التشغيل التضامن \
    الأسرة المرأة الطفولة الأوقاف الشؤون الدينية الإسلامية الاجتماعية الاتصال الإعلام \
    الاتصالات التخطيط التعاون الهجرة المهاجرين الخزانة الأمن الحرب التموين البترول الري \
    العدلية الحج العمرة الموارد البشرية السكنية البلدية القروية الوطني الوطنية العالي \
    العلمي البحث المهني التكوين المدنية السكان الأشغال العمومية المحلية الأولي العامة \
    الأجانب المغتربين الدولة الدولي الدولية الاجتماعي الحماية الاستهلاك الصيد البحري \
    التنمية القروي الغابات المناجم التكنولوجيا الرقمي الرقمية التحول الإدارة إصلاح \
    القطاعات الصناعات الحربية العسكري الإنتاج الطيران المدني القومي الداخلي الآثار \
    القوى العاملة الجيوش المسلحة الفضاء الخاصة الإنسان حقوق شؤون الجالية الحضري المدينة \
    الثقافية التربوية القانونية الصحية الصحي الرياضية المغاربية الإدارية العمراني \
    المستدامة الترابي التراب إعداد سياسة السيادة الشتات الحريات الرقمنة الابتكار \
    البلديات الإرشاد الدعوة التواصل الإدماج المقاولة الصغرى الكفاءات التعمير المائية \
    اللوجستيك الانتقال الطاقي الطاقية المصغرة الصغيرة المتوسطة الصيدلانية المهجرين \
    الإعمار أملاك العقارية تكنولوجيات تكنولوجيا المعلومات الشهداء المجاهدين ذوي الحقوق \
    القاعدية المنشآت الصناعية المعرفة الناشئة الحكم الثروة المعدنية السمكية الحيوانية \
    الأمور التجارية الاقتصادية المحليات الخارج الجماعات الأولمبية الأهلية الفنون \
    الأراضي استصلاح التضامني الصناعي العلوم التقنية التقليدية الكهربائية التقليدي";

/// Adjectives and nouns that say what a force is for.
const TASKS: &str = "\
    الديواني الديوانية البحرية القضائية الوطنية الوطني العلمية الإدارية السياحية المحلية الكتالونية الاتحادية \
    الفيدرالية الفدرالية العدلية العسكرية العسكري الملكي الملكية المدني المدنية \
    الجمهوري الثوري الرئاسي العام العامة الداخلي الداخلية الخارجي الخارجية الحربية \
    الجوية البحرية البرية المسلحة المساعدة الخاصة المشتركة السرية البلدية السواحل \
    الحدود المالي القومي الدبلوماسي العمومي العمومية السياسي الفني التقنية الجنائية \
    الجبائية المركزية المركزي الإقليمي الإقليمية الجهوي الجهوية الحضري الحضرية البحري \
    الجوي البري المالية الأعلى الصاروخية الدولية المجتمعية الجو المهندسين المدفعية \
    الإشارة الخامس السادس الأطلسي النووية الشعبي البيئية الريفية الحدودية المسلح";

/// Words that a name of a court goes on with.
const COURTS: &str = "\
    الدائمة الاستئناف استئناف النقض التعقيب التمييز الجنايات جنايات الجنح جنح الأسرة الابتدائية \
    ابتدائية الإدارية العليا الدستورية الجنائية العسكرية الاتحادية الوطنية الفيدرالية \
    الفدرالية الزجرية التجارية الأوروبية الجزائية المتخصصة القضاء الإداري العدل الدولية \
    الخاصة المالية العقارية أمن الدولة الكبرى الصغرى الكلية الجزئية المدنية العمالية \
    الشرعية الاقتصادية التحقيق الطوارئ طوارئ الإرهاب مكافحة الفساد المركزية الاستئنافية \
    بداءة تحقيق الأولى المظالم العامة مستأنف الاجتماعية الإقليمية التأديبية المرور \
    الثورة الأحداث الصلح صلح البداءة الشغل الأمور المستعجلة الإقليمي المحلية";

/// Words that the name of any other body goes on with.
const PARTS: &str = "\
    درك المؤثرات العقلية الاستطلاع المتنقلة المتنقل الديوانة إجرام الإجرام التوثيق المداهمات الاستقبال النقل المالية حقوق خفر الطوارئ الكوارث جمارك حماية العدلية الحرب الثقافة العامة العام العليا \
    الأعلى المركزي المركزية الوطني الوطنية الاتحادي الاتحادية الفيدرالي الفيدرالية \
    القضائي القضائية الولائية الولائي الإقليمي الإقليمية الجهوي الجهوية المحلي المحلية \
    المستقلة المستقل السامية السامي الحكومية الدولي الدولية الملكي الملكية المتخصصة \
    المشتركة الجنائية الجنائي الاقتصادية الاقتصادي المالية المالي الإدارية الإداري \
    الأمنية الأمني العسكرية العسكري الخاصة الخاص المختلطة المغاربية الخارجية الداخلية \
    الداخلي الخارجي المدنية المدني البحري البحرية الجوية الحدودية الشرطة الأمن الدرك \
    الجمارك الحرس القضاء السجون الانتخابات الدفاع الوقاية الحماية الأبحاث البحث \
    التحقيقات التحقيق الاستعلامات الاستخبارات المخابرات الدراسات الهجرة النزاهة الرقابة \
    المحاسبات الإحصاء التخطيط الصحة النقل الجوازات المرور التموين التعليم السلامة \
    الأرصاد الحسابات المنافسة الغابات المياه الضرائب الصرف القوات الجيش الطيران التراب \
    الأشخاص الأمم حرس مكافحة مراقبة محاربة شؤون إدارة قمع أمن تنسيق ضمان قوى دعم \
    الإرهاب المخدرات الجريمة المنظمة الفساد الحدود السواحل الأجانب الدولة الشغب التهريب \
    التطرف غير الشرعية القانونية الإلكترونية المعلوماتية السيبرانية المعلومات اللاجئين \
    الأسلحة الأموال غسل تبييض الإنسان الاتحاد الأوروبي المتحدة المفرقعات العلمية \
    التقنية الفنية التدخل السريع السريعة الأحداث القاصرين الآداب العمران المناخ \
    الفضائية البشرية الموارد جرائم الجرائم المتفجرات السياحة السياحية الخيالة الكلاب \
    الخطيرة القضايا النائب المدعي المعمق المستندات الحضري الحضرية العاصمة المباحث \
    الجنايات الشؤون المحافظة الاستعلام العملياتية العمليات الإنقاذ الحج المنافذ الميناء \
    المطار البيئة النظافة الوثائق الهوية الوطنيين المسلحة الجوي شرطة مباحث عمليات \
    استخبارات مرور صحة تربية التربية تحقيق التفتيش الترابي الترابية الأركان أركان \
    المعمقة الاتجار العملياتي التحريات الأولى الثانية الثالثة الرابعة الخامسة \
    العصابات النجدة الفرعية الإجرامية الجمركية الجمركي الأوروبية الأدلة العقابية الوسطى \
    الفلاحة الزراعة التجارة العدل المهاجرين الشباب الاجتماعية الدينية التسجيل";

/// A body of these is one of a state in any case.
const KEYS: &str = "\
    خفر الأمن أمن الشرطة شرطة مباحث الدرك الجمارك جمارك الحرس القضائي القضائية الأبحاث \
    الإرهاب المخدرات الجريمة الحدود الهجرة السجون الاستعلامات الاستخبارات المخابرات \
    النزاهة الفساد الانتخابات الدفاع الوقاية الحماية التحقيق التحقيقات القضاء الجوازات \
    المرور المحاسبات الحسابات الإحصاء الصرف التخطيط العسكرية العسكري المباحث التراب \
    الإنقاذ المتحدة الأرصاد التهريب حماية الرقابة النائب حقوق الطوارئ الكوارث المدعي \
    العمليات القوات المسلحة الغابات الحضري المعلوماتية السيبرانية الإلكترونية أركان \
    الأركان عمليات استخبارات مكافحة محاربة الجنائي الجنائية الجيش جرائم المنافذ \
    المتفجرات الضرائب الجمركية النجدة التحريات مرور تحقيق";

/// Regions that a body is named by, beside towns.
const PROVINCES: &str = "ديالى; نينوى; الأنبار; صلاح الدين; ذي قار; ميسان; واسط; بابل; المثنى; \
    القادسية; كربلاء; النجف; البصرة; كركوك; الديوانية; إقليم كردستان; كردستان; سومر; الرافدين; \
    الفرات الأوسط; الجزيرة; شرق دجلة; غرب نينوى; الكرخ; الرصافة; مكة المكرمة; الرياض; الشرقية; \
    المنطقة الشرقية; عسير; جازان; تبوك; القصيم; حائل; الباحة; نجران; الجوف; الحدود الشمالية; \
    المدينة المنورة; القاهرة; الجيزة; القليوبية; الدقهلية; الغربية; المنوفية; البحيرة; كفر الشيخ; \
    دمياط; بورسعيد; الإسماعيلية; السويس; سيناء; الفيوم; بني سويف; المنيا; أسيوط; سوهاج; قنا; \
    الأقصر; أسوان; البحر الأحمر; الوادي الجديد; مطروح; مرسى مطروح; الإسكندرية; كتالونيا; الأندلس; \
    إقليم الباسك; الباسك; غاليسيا; أراغون; مرسية; بن عروس; منوبة; أريانة; نابل; زغوان; جندوبة; \
    سليانة; سيدي بوزيد; مدنين; تطاوين; قبلي; تيبازة; بومرداس; تيزي وزو; بجاية; جيجل; الطارف; \
    غرداية; تمنراست; إليزي; أدرار; النعامة; البيض; الأغواط; الجلفة; المسيلة; القاهرة الجديدة; \
    عين شمس; مدينة نصر; الساحل; الحدود; الشرق; الرمل; العجوزة; قصر النيل; السلام; المرج; البساتين; \
    الحوز; الريف; سوس ماسة; درعة تافيلالت; أنفا; الفداء; عين السبع";

/// Words in front of a name that is then a club's.
const CLUBS: &str = "نادي ناديي فريق فريقي منتخب مدرب لاعب لاعبي لاعبو حارس نجم مهاجم جمهور \
    جماهير ملعب أولمبيك طلائع مباراة لقاء هداف نادى مرمى شباك رابطة دوري كأس بطولة";

/// Men or means of a body, or whoever belongs to it.
const MEN: &str = "عناصر مصالح رجال ضباط ضابط أعوان أفراد دورية دوريات عنصر عنصرين موظف موظفي \
    شرطي فرق وحدات جهاز مقر حاجز مركبات سيارات مدرعات زوارق إطارات أسلاك سلك أسرة مفارز \
    مفرزة قوة تشكيلات قطعات محققو محققي كوادر منتسبي منتسبو مديرية إدارة ولاية بيان بلاغ";

/// Many bodies, or the office of a person: what stands behind is none.
const VAGUE: &str = "أجهزة الأجهزة وكالات هيئات وزير وزيرة وزيري وزراء وزيرا وزيران مستشار \
    مستشارة شركة شركات نقابة بنك صحيفة";

/// What masculine and feminine adjectives tell of a head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gender {
    Masculine,
    Feminine,
    /// Of two bodies: `الشرطتين الإسبانيتين`.
    Dual,
}

/// An adjective of nationality, with its article.
#[derive(Clone, Copy, Debug)]
pub(super) struct Nation {
    pub(super) country: &'static str,
    pub(super) gender: Gender,
    /// The one of the other number or gender that a value is written with.
    pub(super) feminine: WordId,
}

/// A listed body.
#[derive(Debug)]
pub(super) struct Listed {
    pub(super) official: &'static str,
    pub(super) country: &'static str,
}

/// A listed name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    /// The number of its body.
    pub(super) number: usize,
    /// Whether it is the official one.
    pub(super) is_own: bool,
}

/// The words of agencies.
#[derive(Debug)]
pub(in crate::extract) struct Words {
    pub(super) names: Names<Entry>,
    pub(super) listed: Vec<Listed>,
    /// Every listed name, folded.
    by_name: HashMap<String, usize>,
    /// Long words of long listed names, folded.
    long: Vec<(String, WordId)>,
    heads: HashMap<WordId, Head>,
    nations: HashMap<WordId, Nation>,
    pub(super) fields: HashSet<WordId>,
    pub(super) tasks: HashSet<WordId>,
    pub(super) courts: HashSet<WordId>,
    pub(super) parts: HashSet<WordId>,
    pub(super) keys: HashSet<WordId>,
    pub(super) provinces: Names<()>,
    pub(super) clubs: HashSet<String>,
    pub(super) men: HashSet<String>,
    pub(super) vague: HashSet<String>,
    /// The careful spelling of a word.
    spellings: HashMap<WordId, String>,
}

impl Words {
    pub(in crate::extract) fn new(vocabulary: &mut Vocabulary) -> Self {
        let mut spellings = HashMap::new();
        let List { names, listed, by_name } = list(vocabulary);
        let mut long = Vec::new();
        for name in listed.iter().flat_map(|it| it.official.split(';')) {
            for word in name.split_whitespace() {
                let id = spell(vocabulary, &mut spellings, word);
                let folded = fold(word);
                if name.trim().chars().count() >= 12 && folded.chars().count() >= LONG {
                    long.push((folded, id));
                }
            }
        }
        let others = LISTED.lines().filter_map(|row| row.split('\t').nth(1));
        for word in others.flat_map(|names| names.split(';')).flat_map(str::split_whitespace) {
            spell(vocabulary, &mut spellings, word);
        }
        long.sort_unstable();
        long.dedup();
        let mut heads = HashMap::new();
        for (words, head) in HEADS {
            for word in words.split_whitespace() {
                let id = vocabulary.add(word, Classes::AGENCY_HEAD);
                heads.entry(id).or_insert(*head);
                spellings.entry(id).or_insert_with(|| word.to_owned());
            }
        }
        let nations = nations(vocabulary, &mut spellings);
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
        let mut provinces = Names::default();
        for name in PROVINCES.split(';') {
            provinces.add(vocabulary, Classes::NONE, name.trim(), ());
        }
        let folded = |words: &str| words.split_whitespace().map(fold).collect();
        Self {
            names,
            listed,
            by_name,
            long,
            heads,
            nations,
            fields,
            tasks,
            courts,
            parts,
            keys,
            provinces,
            clubs: folded(CLUBS),
            men: folded(MEN),
            vague: folded(VAGUE),
            spellings,
        }
    }

    /// What a noun wants behind it, if it is one that heads a name.
    pub(super) fn head(&self, word: WordId) -> Option<Head> {
        self.heads.get(&word).copied()
    }

    /// Of which nation an adjective tells.
    pub(super) fn nation(&self, word: WordId) -> Option<Nation> {
        self.nations.get(&word).copied()
    }

    /// How a careful writer spells a word.
    pub(super) fn spelling(&self, word: WordId) -> Option<&str> {
        self.spellings.get(&word).map(String::as_str)
    }

    /// The official name of a listed one.
    pub(super) fn official(&self, name: &str) -> Option<&'static str> {
        let number = self.by_name.get(&fold(name))?;
        self.listed.get(*number).map(|it| it.official)
    }

    /// The long word of a listed name that an unknown one is but for one letter.
    pub(super) fn slip_of(&self, folded: &str) -> WordId {
        if folded.chars().count() < LONG {
            return WordId::NONE;
        }
        let close = self.long.iter().find(|(word, _)| is_one_off(word, folded));
        close.map_or(WordId::NONE, |(_, id)| *id)
    }
}

/// Adds a word with its careful spelling.
fn spell(
    vocabulary: &mut Vocabulary,
    spellings: &mut HashMap<WordId, String>,
    word: &str,
) -> WordId {
    let id = vocabulary.add(word, Classes::NONE);
    spellings.entry(id).or_insert_with(|| word.to_owned());
    id
}

/// From so many letters on, a word is known with one of them wrong.
const LONG: usize = 6;

/// Whether two words differ by one letter, left out, too many or another.
fn is_one_off(a: &str, b: &str) -> bool {
    let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    let same = long.chars().zip(short.chars()).take_while(|(a, b)| a == b).count();
    let rest = |word: &str| word.chars().skip(same).collect::<Vec<_>>();
    let (long, short) = (rest(long), rest(short));
    long.get(1..)
        .is_some_and(|after| after == short || short.get(1..).is_some_and(|it| it == after))
}

/// The adjectives of nationality with their article, in each gender.
fn nations(
    vocabulary: &mut Vocabulary,
    spellings: &mut HashMap<WordId, String>,
) -> HashMap<WordId, Nation> {
    let mut nations = HashMap::new();
    for row in NATIONALITIES.lines().filter(|line| !line.starts_with('#')) {
        let Some((country, stems)) = row.split_once('\t') else { continue };
        for stem in stems.split_whitespace() {
            let feminine = vocabulary.add(&format!("ال{stem}ة"), Classes::NATIONALITY);
            for (article, end, gender) in [
                ("ال", "", Gender::Masculine),
                ("ال", "ة", Gender::Feminine),
                ("ال", "تين", Gender::Dual),
                ("ال", "تان", Gender::Dual),
                ("", "", Gender::Masculine),
                ("", "ة", Gender::Feminine),
            ] {
                let word = format!("{article}{stem}{end}");
                let id = vocabulary.add(&word, Classes::NATIONALITY);
                if !article.is_empty() {
                    nations.insert(id, Nation { country, gender, feminine });
                }
                spellings.entry(id).or_insert(word);
            }
        }
    }
    nations
}

/// What the list of bodies holds.
struct List {
    names: Names<Entry>,
    listed: Vec<Listed>,
    by_name: HashMap<String, usize>,
}

fn list(vocabulary: &mut Vocabulary) -> List {
    let mut names = Names::default();
    let mut listed = Vec::new();
    let mut by_name = HashMap::new();
    for row in LISTED.lines().filter(|line| !line.starts_with('#')) {
        let mut cells = row.split('\t');
        let Some(official) = cells.next().filter(|name| !name.is_empty()) else { continue };
        // Of two under one head only the name in common is looked for.
        let own = (!official.contains(';')).then_some(official);
        let all = cells.next().unwrap_or_default();
        let country = cells.next().unwrap_or_default();
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
            let number = listed.len();
            by_name.entry(fold(spelling)).or_insert_with(|| {
                let entry = Entry { number, is_own: own == Some(spelling) };
                names.add(vocabulary, Classes::AGENCY, spelling, entry);
                number
            });
        }
        listed.push(Listed { official, country });
    }
    List { names, listed, by_name }
}
