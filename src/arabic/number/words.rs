//! The words of numbers, folded, and what each of them is worth.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What a word of a number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// 1 to 9.
    Unit(u32),
    /// 1 or 2 as it stands only in front of `عشر`.
    TeenUnit(u32),
    /// `عشرة`, `عشر`: 10, or what makes a unit in front of it a teen.
    Ten,
    /// 20 to 90.
    Tens(u32),
    /// `مئة`: 100, or what a unit in front of it counts.
    Hundred,
    /// 200 to 900 in one word.
    Hundreds(u32),
    /// A thousand, a million and so on, by its power of ten: one, or as many as stand in front.
    Scale(u32),
    /// Two of them.
    TwoScales(u32),
    /// `ألفا`: a thousand counted, or two thousand in front of a genitive.
    ScaleOrTwo(u32),
    /// One of so many parts: `نصف`, `ثلث`, `ربع`.
    Fraction(u32),
    /// As many of so many parts as stand in front: `ثلاثة أرباع`.
    Parts(u32),
}

/// The words with their worth, in the spelling that folding gives.
pub(super) static WORDS: LazyLock<HashMap<String, Part>> = LazyLock::new(|| {
    let mut words = HashMap::new();
    let mut add = |spellings: &[&str], part| {
        for spelling in spellings {
            words.insert((*spelling).to_owned(), part);
        }
    };
    add(&["واحد", "واحده", "واحدا"], Part::Unit(1));
    add(&["احد", "احدي"], Part::TeenUnit(1));
    add(&["اثنان", "اثنين", "اثنتان", "اثنتين", "ثنتان", "ثنتين"], Part::Unit(2));
    add(&["اثنا", "اثني", "اثنتا", "اثنتي"], Part::TeenUnit(2));
    for (value, stem) in (3..).zip(["ثلاث", "اربع", "خمس", "ست", "سبع", "ثماني", "تسع"])
    {
        add(&[stem, &format!("{stem}ه"), &format!("{stem}ا")], Part::Unit(value));
        let stems: &[&str] = if value == 8 { &["ثماني", "ثمان"] } else { &[stem] };
        let tens = if value == 8 { "ثمان" } else { stem };
        add(&[&format!("{tens}ون"), &format!("{tens}ين")], Part::Tens(value * 10));
        for stem in stems {
            for hundred in ["ميه", "مايه", "مءه"] {
                add(&[&format!("{stem}{hundred}")], Part::Hundreds(value * 100));
            }
        }
    }
    add(&["ثمان", "ثمانيا"], Part::Unit(8));
    add(&["عشر", "عشره", "عشرا"], Part::Ten);
    add(&["عشرون", "عشرين"], Part::Tens(20));
    add(&["ميه", "مايه", "مءه"], Part::Hundred);
    for two in ["ميتان", "ميتين", "ميتا", "ميتي", "مايتان", "مايتين", "مايتا", "مايتي"]
    {
        add(&[two], Part::Hundreds(200));
    }
    add(&["الف", "الاف"], Part::Scale(3));
    add(&["الفا"], Part::ScaleOrTwo(3));
    add(&["الفان", "الفين", "الفي"], Part::TwoScales(3));
    let scales = [
        (6, "مليون", "ملايين"),
        (9, "مليار", "مليارات"),
        (9, "بليون", "بلايين"),
        (12, "تريليون", "تريليونات"),
        (12, "ترليون", "ترليونات"),
    ];
    for (power, one, many) in scales {
        add(&[one, many], Part::Scale(power));
        add(&[&format!("{one}ا")], Part::ScaleOrTwo(power));
        let two = ["ان", "ين", "ي"].map(|end| format!("{one}{end}"));
        add(&[&two[0], &two[1], &two[2]], Part::TwoScales(power));
    }
    add(&["نصف", "نصفا"], Part::Fraction(2));
    add(&["ثلث", "ثلثا"], Part::Fraction(3));
    add(&["ربع", "ربعا"], Part::Fraction(4));
    for (parts, words) in [(3, "اثلاث"), (4, "ارباع"), (5, "اخماس"), (10, "اعشار")]
    {
        add(&[words], Part::Parts(parts));
    }
    words
});

/// The words that say no more than how large a number is, with the least that they say.
pub(super) const VAGUE: &[(&str, u64)] = &[
    ("عشرات", 10),
    ("ميات", 100),
    ("الاف", 1_000),
    ("ملايين", 1_000_000),
    ("مليارات", 1_000_000_000),
];

/// All words that a number may hold, folded and without article.
pub(super) fn all() -> impl Iterator<Item = &'static str> {
    WORDS.keys().map(String::as_str).chain(VAGUE.iter().map(|(word, _)| *word))
}
