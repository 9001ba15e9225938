//! The words of dates, folded.

use crate::arabic::{NAMINGS, WEEKDAYS, fold};
use crate::extract::names::WordMap;
use crate::extract::vocabulary::{Classes, Vocabulary, WordId};

/// Which one, seen from the day of writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rel {
    /// The one before.
    Last,
    /// The one that the day of writing is in.
    This,
    /// The one after.
    Next,
}

/// A stretch of the calendar that is told from the day of writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    Week,
    Month,
    Season(u8),
    Year,
    Decade,
}

/// What a word of a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// So many days from the day of writing: `اليوم`, `أمس`, `غدا`.
    Deictic(i8),
    /// In front of a day: `يوم`, `يومه`.
    Day,
    /// A part of the day in front of one: `صباح`.
    PartOfDay,
    /// In front of two days, months or years: `يومي`, `عامي`.
    Two(Unit),
    /// A bare unit in front of a name or number: `شهر`, `عام`, `سنة`.
    Unit(Unit),
    /// A definite unit: `العام`, `الشهر`, `الأسبوع`, `الصيف`.
    The(Unit),
    /// Two of a unit, definite: `العامين`.
    TheTwo(Unit),
    /// Some of a unit, definite: `السنوات`, `الأشهر`.
    TheMany(Unit),
    /// `الماضي`, `الجاري`, `المقبل`.
    Rel(Rel),
    /// `هذا`, `هذه`.
    This,
    /// A part of what follows: `أواخر`, `مطلع`.
    Part,
    /// A season in front of a year: `صيف`.
    Season(u8),
    /// `الربع`, `النصف`, with how many there are in a year.
    Share(u8),
    /// A decade by its name: `الثمانينيات`.
    Decade(u8),
    /// `القرن`.
    Century,
    /// `أول`, of `أول أمس`.
    Before,
    /// `بعد`, of `بعد غد`.
    After,
    /// `الفترة ذاتها من`.
    Same,
}

const ROLES: &[(&[&str], Role)] = &[
    (&["اليوم"], Role::Deictic(0)),
    (&["أمس", "الأمس", "البارحة"], Role::Deictic(-1)),
    (&["أول"], Role::Before),
    (&["بعد"], Role::After),
    (&["الفترة"], Role::Same),
    (&["غدا", "الغد", "غد", "غداً"], Role::Deictic(1)),
    (&["يوم", "يومه", "نهار", "ليلة", "عشية", "عشيه"], Role::Day),
    (
        &[
            "صباح",
            "مساء",
            "ظهر",
            "فجر",
            "عصر",
            "ضحى",
            "ليل",
            "زوال",
            "صبيحة",
            "عشية",
            "ظهيرة",
            "مغرب",
            "صباحه",
            "منتصف",
            "سهرة",
            "أمسية",
        ],
        Role::PartOfDay,
    ),
    (&["يومي", "يوما", "يومَي"], Role::Two(Unit::Day)),
    (&["عامي", "سنتي", "عاما"], Role::Two(Unit::Year)),
    (&["شهري", "شهرا"], Role::Two(Unit::Month)),
    (&["شهر"], Role::Unit(Unit::Month)),
    (&["عام", "سنة", "موسم"], Role::Unit(Unit::Year)),
    (&["العام", "السنة", "العامِ"], Role::The(Unit::Year)),
    (&["الشهر"], Role::The(Unit::Month)),
    (&["الأسبوع", "الاسبوع"], Role::The(Unit::Week)),
    (&["الليلة"], Role::The(Unit::Day)),
    (&["العقد"], Role::The(Unit::Decade)),
    (&["القرن"], Role::Century),
    (&["الصيف"], Role::The(Unit::Season(22))),
    (&["الشتاء"], Role::The(Unit::Season(24))),
    (&["الخريف"], Role::The(Unit::Season(23))),
    (&["الربيع"], Role::The(Unit::Season(21))),
    (&["العامين", "السنتين", "العامان", "السنتان"], Role::TheTwo(Unit::Year)),
    (&["الشهرين", "الشهران"], Role::TheTwo(Unit::Month)),
    (&["اليومين", "اليومان"], Role::TheTwo(Unit::Day)),
    (&["الأسبوعين", "الأسبوعان"], Role::TheTwo(Unit::Week)),
    (&["السنوات", "الأعوام", "السنين"], Role::TheMany(Unit::Year)),
    (&["الأشهر", "الشهور"], Role::TheMany(Unit::Month)),
    (&["الأيام"], Role::TheMany(Unit::Day)),
    (&["الأسابيع"], Role::TheMany(Unit::Week)),
    (
        &[
            "الماضي",
            "الماضية",
            "الماضيين",
            "الماضيتين",
            "الماضين",
            "المنصرم",
            "المنصرمة",
            "المنصرمين",
            "الفائت",
            "الفائتة",
            "الفارط",
            "الفارطة",
            "المنقضي",
            "المنقضية",
            "الأخير",
            "الأخيرة",
            "الأخيرين",
        ],
        Role::Rel(Rel::Last),
    ),
    (&["الجاري", "الجارية", "الحالي", "الحالية", "الحاليين"], Role::Rel(Rel::This)),
    (
        &["المقبل", "المقبلة", "القادم", "القادمة", "المقبلين", "القادمين", "الآتي", "الموالي"],
        Role::Rel(Rel::Next),
    ),
    (&["هذا", "هذه"], Role::This),
    (
        &[
            "أواخر",
            "أوائل",
            "مطلع",
            "بداية",
            "نهاية",
            "منتصف",
            "مستهل",
            "ختام",
            "أواسط",
            "غرة",
            "فاتح",
            "متم",
            "موفى",
            "بدايات",
            "نهايات",
            "وسط",
        ],
        Role::Part,
    ),
    (&["صيف", "صائفة"], Role::Season(22)),
    (&["شتاء"], Role::Season(24)),
    (&["خريف"], Role::Season(23)),
    (&["ربيع"], Role::Season(21)),
    (&["الربع", "الفصل"], Role::Share(4)),
    (&["النصف"], Role::Share(2)),
];

const DECADES: [(&str, u8); 8] = [
    ("عشرين", 2),
    ("ثلاثين", 3),
    ("أربعين", 4),
    ("خمسين", 5),
    ("ستين", 6),
    ("سبعين", 7),
    ("ثمانين", 8),
    ("تسعين", 9),
];

/// The words of dates.
#[derive(Debug)]
pub(in crate::extract) struct Words {
    roles: WordMap<Vec<Role>>,
}

impl Words {
    pub(in crate::extract) fn new(vocabulary: &mut Vocabulary) -> Self {
        let mut roles: WordMap<Vec<Role>> = WordMap::default();
        for (words, role) in ROLES {
            let classes = match role {
                Role::Rel(_) => Classes::DATE_END,
                _ => Classes::DATE,
            };
            for word in *words {
                let id = vocabulary.add(word, classes);
                let of = roles.entry(id).or_default();
                if !of.contains(role) {
                    of.push(*role);
                }
            }
        }
        for (stem, tens) in DECADES {
            for (article, end) in [("", "يات"), ("ال", "يات"), ("", "ات"), ("ال", "ات")]
            {
                let id = vocabulary.add(&format!("{article}{stem}{end}"), Classes::DATE);
                roles.entry(id).or_default().push(Role::Decade(tens));
            }
        }
        let ordinals = "الأول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر الحادي \
            فاتح الفاتح";
        for ordinal in ordinals.split_whitespace() {
            vocabulary.add(ordinal, Classes::DATE);
        }
        for naming in NAMINGS {
            for name in naming.months.iter().flat_map(|names| names.iter()) {
                let first = name.split(' ').next().unwrap_or(name);
                vocabulary.add(first, Classes::MONTH);
            }
        }
        for name in WEEKDAYS.iter().flat_map(|names| names.iter()) {
            vocabulary.add(name, Classes::WEEKDAY);
            // `للخميس`, `ليلة السبت`: the article's word is the name.
            debug_assert!(fold(name).starts_with("ال"));
        }
        Self { roles }
    }

    /// What a word may be in a date.
    pub(super) fn roles(&self, word: WordId) -> &[Role] {
        self.roles.get(&word).map_or(&[], Vec::as_slice)
    }
}
