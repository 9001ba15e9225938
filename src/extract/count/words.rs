//! The words by which counts are known, and by which other numbers are told from them.

use crate::arabic::number_words;
use crate::extract::names::WordMap;
use crate::extract::vocabulary::{Classes, Vocabulary, WordId};

/// How exact a number is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::extract) enum Degree {
    /// As it says.
    #[default]
    Exact,
    /// More than it says.
    Above,
    /// At least what it says.
    AtLeast,
    /// Less than it says.
    Below,
    /// At most what it says.
    AtMost,
    /// About what it says.
    About,
}

impl Degree {
    /// How a value says it.
    pub(super) fn sign(self) -> &'static str {
        match self {
            Self::Exact => "",
            Self::Above => ">",
            Self::AtLeast => ">=",
            Self::Below => "<",
            Self::AtMost => "<=",
            Self::About => "~",
        }
    }
}

/// Words in front of a number that say how exact it is, last word first in meaning: the longest
/// that ends at the number counts.
const DEGREES: &[(&str, Degree)] = &[
    ("أكثر من", Degree::Above),
    ("أزيد من", Degree::Above),
    ("أكبر من", Degree::Above),
    ("أعلى من", Degree::Above),
    ("ما يزيد عن", Degree::Above),
    ("ما يزيد على", Degree::Above),
    ("ما يزيد عن نحو", Degree::Above),
    ("مما يزيد عن", Degree::Above),
    ("ما يفوق", Degree::Above),
    ("ما يتجاوز", Degree::Above),
    ("ما يربو على", Degree::Above),
    ("ما يربو عن", Degree::Above),
    ("ما ينيف على", Degree::Above),
    ("ما ينيف عن", Degree::Above),
    ("يزيد عن", Degree::Above),
    ("يزيد على", Degree::Above),
    ("فوق", Degree::Above),
    ("ما لا يقل عن", Degree::AtLeast),
    ("ما لا يقل على", Degree::AtLeast),
    ("لا يقل عن", Degree::AtLeast),
    ("لا تقل عن", Degree::AtLeast),
    ("على الأقل", Degree::AtLeast),
    ("أقل من", Degree::Below),
    ("أدنى من", Degree::Below),
    ("ما دون", Degree::Below),
    ("ما يقل عن", Degree::Below),
    ("ما لا يزيد عن", Degree::AtMost),
    ("ما لا يزيد على", Degree::AtMost),
    ("ما لا يتجاوز", Degree::AtMost),
    ("لا يتجاوز", Degree::AtMost),
    ("لا يزيد عن", Degree::AtMost),
    ("لا يزيد على", Degree::AtMost),
    ("نحو", Degree::About),
    ("حوالي", Degree::About),
    ("حوالى", Degree::About),
    ("زهاء", Degree::About),
    ("قرابة", Degree::About),
    ("ما يقارب", Degree::About),
    ("ما يقرب من", Degree::About),
    ("ما يناهز", Degree::About),
    ("ما يقدر بنحو", Degree::About),
    ("ما يعادل", Degree::About),
    ("تقريبا", Degree::About),
    ("أكثر من نحو", Degree::Above),
];

/// Verbs somewhere in front that say it of the number, which stands alone.
const VERBS: &[(&str, Degree)] = &[
    ("فاق", Degree::Above),
    ("فاقت", Degree::Above),
    ("يفوق", Degree::Above),
    ("تفوق", Degree::Above),
    ("تجاوز", Degree::Above),
    ("تجاوزت", Degree::Above),
    ("يتجاوز", Degree::Above),
    ("تتجاوز", Degree::Above),
    ("تخطى", Degree::Above),
    ("تخطت", Degree::Above),
    ("يتخطى", Degree::Above),
    ("تعدى", Degree::Above),
    ("تعدت", Degree::Above),
    ("ناهز", Degree::About),
    ("ناهزت", Degree::About),
    ("يناهز", Degree::About),
    ("تناهز", Degree::About),
    ("قارب", Degree::About),
    ("قاربت", Degree::About),
    ("يقارب", Degree::About),
    ("تقارب", Degree::About),
];

/// Measures of time: what they count is a duration or an age.
const TIMES: &str = "\
    عام عاما أعوام عامين عامان سنة سنوات سنتين سنتان سنين حول شهر شهرا أشهر شهور شهرين \
    شهران أسبوع أسبوعا أسابيع أسبوعين أسبوعان يوم يوما أيام يومين يومان ليلة ليال ليالي \
    ليلتين ساعة ساعات ساعتين ساعتان دقيقة دقائق دقيقتين دقيقتان ثانية ثوان ثواني عقد \
    عقود عقدين عقدان قرن قرون قرنين ربيعا سنويا موسم مواسم مرة مرات مرتين مرتان";

/// Measures of length, heat and play, which articles measure and do not count.
const MEASURES: &str = "\
    كيلومتر كيلومترا كيلومترات كلم كم متر مترا أمتار مترين سنتيمتر سنتيمترا سنتمترا سم \
    ملم مم ميليمتر ميليمترا مليمتر مليمترا ميل ميلا أميال درجة درجات درجتين نقطة نقاط \
    نقطتين هدف أهداف هدفين عقدة كيلومترين ميلين";

/// Words in front of a number that make it a number of something, not of things.
const NUMBERED: &str = "\
    المادة مادة المواد الفصل فصل الفصول رقم الرقم برقم القانون قانون المرسوم الظهير \
    القرار الفقرة البند الصفحة صفحة الساعة الدقيقة ساعة سن عمره عمرها عمر المركز المرتبة \
    الرتبة المجموعة مجموعة الجولة الدورة النسخة القناة قناة الطريق طريق هاتف الهاتف \
    الأخضر الطبعة العدد القرن اللواء الكتيبة الفرقة غرفة كوفيد ف إف ميراج جي السابعة \
    طراز موديل الحلقة الخط القطاع عمرهما عمرهم عمرهن أعمارهم أعمارهما التعليقات \
    المشاهدات الزيارات الإعجابات المشاركات عيار بقوة الأشهر الأيام السنوات الأعوام \
    الأسابيع الساعات العاشرة";

/// Nouns behind a number that a site counts.
const COUNTERS: &str = "\
    تعليق تعليقا تعليقات مشاهدة مشاهدات مشاركة إعجاب إعجابا إعجابات زيارة متابع متابعا \
    قراءة قراءات تغريدة";

/// Nouns behind an age.
const OF_AGE: &str = "\
    البالغ البالغة يبلغ تبلغ العمر عمره عمرها بعمر";

/// What no counted noun is.
const NO_NOUN: &str = "\
    من في على إلى عن مع بين أن إن التي الذي الذين هذا هذه ذلك تلك كما أو ثم حتى بعد قبل \
    خلال منذ عند لدى حسب وفق منهم منها منهن منه آخرين آخرون آخر أخرى بينهم بينها كان \
    كانت كانوا هم هن هي هو ما لا لم لن قد فقط اللتي تقريبا أي بدل مقابل ضد قال تم بتهمة \
    عبر أمام";

/// Singular nouns whose dual counts two; a `+` behind those whose plural ends in `ين` too.
const COUNTABLE: &str = include_str!("../../../assets/extract/countable.txt");

/// The words of counts.
#[derive(Debug)]
pub(in crate::extract) struct Words {
    /// Degrees by their last word, the longest first: the words, last to first.
    degrees: WordMap<Vec<(Vec<WordId>, Degree)>>,
    verbs: WordMap<Degree>,
    times: Vec<WordId>,
    measures: Vec<WordId>,
    numbered: Vec<WordId>,
    counters: Vec<WordId>,
    ages: Vec<WordId>,
    no_noun: Vec<WordId>,
    /// For a noun in the dual, whether its form is that in front of a genitive.
    duals: WordMap<bool>,
    pub(super) one: [WordId; 3],
    pub(super) between: WordId,
    pub(super) from: WordId,
    pub(super) to: WordId,
    pub(super) at: WordId,
    pub(super) least: WordId,
    pub(super) most: WordId,
    pub(super) percent: [WordId; 5],
}

impl Words {
    pub(in crate::extract) fn new(vocabulary: &mut Vocabulary) -> Self {
        for word in number_words() {
            vocabulary.add(word, Classes::NUMBER);
            vocabulary.add(&format!("ال{word}"), Classes::NUMBER);
        }
        let list = |vocabulary: &mut Vocabulary, words: &str, classes| {
            let words = words.split_whitespace();
            let mut ids: Vec<WordId> =
                words.map(|word| vocabulary.add(word, classes)).collect();
            ids.sort_unstable();
            ids
        };
        let mut degrees: WordMap<Vec<(Vec<WordId>, Degree)>> = WordMap::default();
        let mut all: Vec<_> = DEGREES.iter().collect();
        // The longest first, of those that end alike.
        all.sort_by_key(|(words, _)| std::cmp::Reverse(words.split(' ').count()));
        for (words, degree) in all {
            let ids: Vec<WordId> = words
                .split(' ')
                .rev()
                .map(|word| vocabulary.add(word, Classes::NONE))
                .collect();
            if let Some(last) = ids.first() {
                degrees.entry(*last).or_default().push((ids.clone(), *degree));
            }
        }
        let mut duals = WordMap::default();
        for noun in COUNTABLE.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
        {
            // A plural in `ين` looks like the dual: of such nouns only the other form counts.
            let (noun, has_plural) = match noun.strip_suffix('+') {
                Some(noun) => (noun, true),
                None => (noun, false),
            };
            let forms = duals_of(noun).into_iter();
            for (dual, is_bound) in
                forms.filter(|(dual, _)| !has_plural || dual.ends_with("ان"))
            {
                let classes = if is_bound { Classes::NONE } else { Classes::DUAL };
                let id = vocabulary.add(&dual, classes.and(Classes::DUAL));
                duals.entry(id).or_insert(is_bound);
            }
        }
        let verbs =
            VERBS.iter().map(|(verb, degree)| (vocabulary.add(verb, Classes::NONE), *degree));
        let verbs = verbs.collect();
        let mut word = |word: &str| vocabulary.add(word, Classes::NONE);
        Self {
            degrees,
            verbs,
            duals,
            one: ["واحد", "واحدة", "واحدا"].map(&mut word),
            between: word("بين"),
            from: word("من"),
            to: word("إلى"),
            at: word("على"),
            least: word("الأقل"),
            most: word("الأكثر"),
            percent: ["المئة", "المائة", "بالمئة", "بالمائة", "بالمية"].map(&mut word),
            times: list(vocabulary, TIMES, Classes::NO_COUNT),
            measures: list(vocabulary, MEASURES, Classes::NO_COUNT),
            numbered: list(vocabulary, NUMBERED, Classes::NO_COUNT),
            counters: list(vocabulary, COUNTERS, Classes::NO_COUNT),
            ages: list(vocabulary, OF_AGE, Classes::NONE),
            no_noun: list(vocabulary, NO_NOUN, Classes::CLOSED),
        }
    }

    /// The words of degree that end with that one, the longest first: last word to first.
    pub(super) fn degrees(&self, last: WordId) -> &[(Vec<WordId>, Degree)] {
        self.degrees.get(&last).map_or(&[], Vec::as_slice)
    }

    /// Whether a word ends words of degree (`من` of `أكثر من` does not: it ends other things too).
    pub(in crate::extract) fn is_degree(&self, word: WordId) -> bool {
        self.degrees.get(&word).is_some_and(|all| all.iter().any(|(words, _)| words.len() == 1))
    }

    pub(super) fn verb(&self, word: WordId) -> Option<Degree> {
        self.verbs.get(&word).copied()
    }

    /// Whether a noun in the dual stands in the form in front of a genitive; none if it is none.
    pub(super) fn dual(&self, word: WordId) -> Option<bool> {
        self.duals.get(&word).copied()
    }

    pub(super) fn is_time(&self, word: WordId) -> bool {
        self.times.binary_search(&word).is_ok()
    }

    pub(super) fn is_measure(&self, word: WordId) -> bool {
        self.measures.binary_search(&word).is_ok()
    }

    pub(super) fn is_numbered(&self, word: WordId) -> bool {
        self.numbered.binary_search(&word).is_ok()
    }

    pub(super) fn is_counter(&self, word: WordId) -> bool {
        self.counters.binary_search(&word).is_ok()
    }

    pub(super) fn is_of_age(&self, word: WordId) -> bool {
        self.ages.binary_search(&word).is_ok()
    }

    pub(super) fn is_no_noun(&self, word: WordId) -> bool {
        self.no_noun.binary_search(&word).is_ok()
    }
}

/// The forms of the dual of a singular noun, and whether each stands in front of a genitive.
fn duals_of(noun: &str) -> [(String, bool); 4] {
    let stem =
        noun.strip_suffix('ة').map_or_else(|| noun.to_owned(), |stem| format!("{stem}ت"));
    [("ان", false), ("ين", false), ("ا", true), ("ي", true)]
        .map(|(end, is_bound)| (format!("{stem}{end}"), is_bound))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_noun_has_its_duals() {
        let of = |noun| duals_of(noun).map(|(dual, _)| dual);
        assert_eq!(of("شخص"), ["شخصان", "شخصين", "شخصا", "شخصي"]);
        assert_eq!(of("خلية"), ["خليتان", "خليتين", "خليتا", "خليتي"]);
    }

    #[test]
    fn every_countable_noun_is_there_once_and_no_measure_of_time() {
        let mut seen = std::collections::BTreeSet::new();
        for noun in COUNTABLE.lines().filter(|line| !line.starts_with('#')) {
            assert!(seen.insert(noun), "{noun} is there twice");
            let noun = noun.trim_end_matches('+');
            assert!(!TIMES.split(' ').any(|time| time == noun), "{noun}");
        }
        assert!(seen.len() > 300, "{}", seen.len());
    }
}
