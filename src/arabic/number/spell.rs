//! Numbers to words, as grammar wants them in front of a counted noun.

/// The gender of the counted noun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gender {
    /// As of `رجل`.
    Masculine,
    /// As of `امرأة`.
    Feminine,
}

/// The case that the number stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// Nominative.
    Nominative,
    /// Accusative or genitive, which look alike in numbers.
    Oblique,
}

const UNITS: [&str; 8] = ["", "", "", "ثلاث", "أربع", "خمس", "ست", "سبع"];

/// `number` in words, for a counted noun of that gender, without vowel marks.
///
/// Masculine nouns want units from 3 on with ة and feminine ones without; `عشر` of a teen goes
/// the other way.
#[must_use]
pub fn spell(number: u64, gender: Gender, case: Case) -> String {
    if number == 0 {
        return "صفر".to_owned();
    }
    const SCALES: [(u64, &str, &str); 4] = [
        (1_000_000_000_000, "تريليون", "تريليونات"),
        (1_000_000_000, "مليار", "مليارات"),
        (1_000_000, "مليون", "ملايين"),
        (1_000, "ألف", "آلاف"),
    ];
    let mut parts = Vec::new();
    let mut rest = number;
    for (worth, one, many) in SCALES {
        let times = rest / worth;
        rest %= worth;
        let dual = if case == Case::Nominative { "ان" } else { "ين" };
        match times {
            0 => {}
            1 => parts.push(one.to_owned()),
            2 => parts.push(format!("{one}{dual}")),
            // The scale is itself counted, and masculine.
            _ => {
                let last = times % 100;
                let noun = match last {
                    3..=10 => many.to_owned(),
                    11..=99 => format!("{one}ا"),
                    _ => one.to_owned(),
                };
                parts.push(format!("{} {noun}", group(times, Gender::Masculine, case, true)));
            }
        }
    }
    if rest > 0 {
        parts.push(group(rest, gender, case, false));
    }
    parts.join(" و")
}

/// 1 to 999; `is_bound` if a genitive follows a final two hundred (`مئتا ألف`).
fn group(number: u64, gender: Gender, case: Case, is_bound: bool) -> String {
    let (hundreds, rest) = (number / 100, number % 100);
    let mut parts = Vec::new();
    match hundreds {
        0 => {}
        1 => parts.push("مئة".to_owned()),
        2 => parts.push(
            match (case, is_bound && rest == 0) {
                (Case::Nominative, true) => "مئتا",
                (Case::Nominative, false) => "مئتان",
                (Case::Oblique, true) => "مئتي",
                (Case::Oblique, false) => "مئتين",
            }
            .to_owned(),
        ),
        8 => parts.push("ثمانمئة".to_owned()),
        9 => parts.push("تسعمئة".to_owned()),
        _ => parts.push(format!("{}مئة", unit_stem(hundreds))),
    }
    if rest > 0 {
        parts.push(below_hundred(rest, gender, case));
    }
    parts.join(" و")
}

fn below_hundred(number: u64, gender: Gender, case: Case) -> String {
    let (tens, unit) = (number / 10, number % 10);
    let is_masculine = gender == Gender::Masculine;
    match (tens, unit) {
        (0, _) => units(unit, gender, case),
        (1, 0) => if is_masculine { "عشرة" } else { "عشر" }.to_owned(),
        (1, _) => {
            let ten = if is_masculine { "عشر" } else { "عشرة" };
            let unit = match (unit, is_masculine, case) {
                (1, true, _) => "أحد".to_owned(),
                (1, false, _) => "إحدى".to_owned(),
                (2, true, Case::Nominative) => "اثنا".to_owned(),
                (2, true, Case::Oblique) => "اثني".to_owned(),
                (2, false, Case::Nominative) => "اثنتا".to_owned(),
                (2, false, Case::Oblique) => "اثنتي".to_owned(),
                _ => units(unit, gender, case),
            };
            format!("{unit} {ten}")
        }
        _ => {
            let end = if case == Case::Nominative { "ون" } else { "ين" };
            let stem = match tens {
                2 => "عشر",
                8 => "ثمان",
                9 => "تسع",
                _ => unit_stem(tens),
            };
            let tens = format!("{stem}{end}");
            match unit {
                0 => tens,
                1 if !is_masculine => format!("إحدى و{tens}"),
                _ => format!("{} و{tens}", units(unit, gender, case)),
            }
        }
    }
}

fn unit_stem(unit: u64) -> &'static str {
    usize::try_from(unit).ok().and_then(|unit| UNITS.get(unit)).copied().unwrap_or_default()
}

fn units(unit: u64, gender: Gender, case: Case) -> String {
    let is_masculine = gender == Gender::Masculine;
    match (unit, is_masculine, case) {
        (1, true, _) => "واحد".to_owned(),
        (1, false, _) => "واحدة".to_owned(),
        (2, true, Case::Nominative) => "اثنان".to_owned(),
        (2, true, Case::Oblique) => "اثنين".to_owned(),
        (2, false, Case::Nominative) => "اثنتان".to_owned(),
        (2, false, Case::Oblique) => "اثنتين".to_owned(),
        (8, true, _) => "ثمانية".to_owned(),
        (8, false, _) => "ثماني".to_owned(),
        (9, true, _) => "تسعة".to_owned(),
        (9, false, _) => "تسع".to_owned(),
        (_, true, _) => format!("{}ة", unit_stem(unit)),
        (_, false, _) => unit_stem(unit).to_owned(),
    }
}
