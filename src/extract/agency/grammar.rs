//! Names that are built of a head and what it wants behind it.

use std::collections::HashSet;

use super::body::body;
use super::place::{place, site};
use super::words::{Gender, Head};
use super::{Name, Reading, gender, is_behind, is_word, nations};
use crate::extract::confidence::Evidence;
use crate::extract::tokens::WordReading;
use crate::extract::vocabulary::{Classes, WordId};

/// What no word of a name is: a day, a particle, a number.
pub(super) const BREAKS: Classes =
    Classes::WEEKDAY.and(Classes::DATE_END).and(Classes::CLOSED).and(Classes::NUMBER);

/// The name that a head begins.
pub(super) fn built(
    reading: &Reading<'_>,
    at: usize,
    first: WordReading,
    head: Head,
) -> Option<Name> {
    match head {
        Head::Ministry | Head::Ministries => ministry(reading, at, head),
        Head::Two => two(reading, at),
        Head::Portfolio => portfolio(reading, at, first),
        Head::Court | Head::TheCourt => court(reading, at, head),
        Head::BareCourt => {
            let last = site(reading, at + 1)?;
            Some(Name::new(last, "agency.court").with(true, Evidence::AMBIGUOUS))
        }
        Head::Prosecution => prosecution(reading, at, first),
        Head::Force => force(reading, at, first),
        Head::BareForce => bare_force(reading, at, first),
        Head::Unit | Head::Body => body(reading, at, first, head),
    }
}

/// A name up to `last` and the nationalities behind it.
pub(super) fn national(
    reading: &Reading<'_>,
    last: usize,
    gender: Option<Gender>,
    rule: &'static str,
) -> Name {
    match nations(reading, last + 1, gender) {
        Some((last, also, _)) => Name { also, ..Name::new(last, rule) },
        None => Name::new(last, rule),
    }
}

pub(super) fn folded<'a>(reading: &Reading<'a>, at: usize) -> &'a str {
    reading.tokens.folded(at)
}

/// Whether a word with the article stands there that no list has.
pub(super) fn is_open(reading: &Reading<'_>, at: usize) -> bool {
    is_word(reading, at).is_some_and(|token| {
        let word = folded(reading, at);
        !token.whole.is_known() && word.starts_with("ال") && word.len() >= 10
    })
}

/// The last of the tokens from `at` on that are in a set, with a conjunction where `joins` lets
/// it; none if not even the first is.
pub(super) fn run(
    reading: &Reading<'_>,
    at: usize,
    set: &HashSet<WordId>,
    joins: bool,
) -> Option<usize> {
    let words = &reading.lexicon.agencies;
    let is_ministry = std::ptr::eq(set, &raw const words.fields);
    let mut last: Option<usize> = None;
    let mut next = at;
    while let Some(token) = is_word(reading, next) {
        let is_known = set.contains(&token.whole);
        let is_joined = !is_known && joins && last.is_some() && set.contains(&token.stem);
        // Another body: `والشرطة`, but not the field of a ministry.
        let is_head = is_joined
            && token.prefix() == "و"
            && words.head(token.stem).is_some_and(|it| {
                // `استخبارات وأمن البصرة` are one.
                let is_bare = last.is_some_and(|last| !is_article(reading, last));
                it != Head::Portfolio && !(is_bare && it == Head::BareForce)
            })
            && !words.fields.contains(&token.stem)
            || matches!(folded(reading, next), "والمنظمه" | "والنايب" | "والمدعي");
        let is_next = last.is_some_and(|last| is_next_noun(reading, last, next));
        // `في جرائم الإرهاب`, whatever else closes a name.
        let is_crime = joins
            && last.is_some_and(|last| is_about(folded(reading, last), folded(reading, next)))
            && matches!(
                folded(reading, next + 1),
                "جرايم" | "الجرايم" | "قضايا" | "الفساد" | "الرشوه" | "التعذيب"
            );
        if is_crime {
            last = Some(next + 1);
            next += 2;
            continue;
        }
        if is_head || is_broken(reading, next) || is_next {
            break;
        }
        let ahead = last.map_or("", |last| folded(reading, last));
        let is_part = is_known
            || is_joined && (token.prefix() == "و" || token.prefix() == "ل" && !is_ministry)
            || joins && is_free(reading, ahead, next);
        if !is_part {
            break;
        }
        last = Some(next);
        next += 1;
    }
    last
}

/// Whether a word goes on with a preposition: `الأبحاث في جرائم الإرهاب`, `الوقاية من الفساد`.
fn is_about(word: &str, preposition: &str) -> bool {
    let noun = word.strip_prefix("لل").or_else(|| word.strip_prefix("ال")).unwrap_or(word);
    match preposition {
        "في" => {
            matches!(noun, "ابحاث" | "بحث" | "تحقيق" | "تحقيقات" | "متخصصه" | "متخصص" | "تحري")
        }
        "من" => noun == "وقايه",
        _ => false,
    }
}

/// Whether the word behind `ahead` belongs to it, whatever it is: `مكافحة العصابات`.
fn is_free(reading: &Reading<'_>, ahead: &str, at: usize) -> bool {
    let word = folded(reading, at);
    let ahead = ahead.strip_prefix('ل').unwrap_or(ahead);
    match ahead {
        "مكافحه" | "محاربه" | "غير" | "جرايم" | "قمع" | "حمايه" | "شوون" => {
            word.starts_with("ال")
        }
        "الاتجار" | "لاتجار" => word.starts_with("بال") || word == "غير",
        "المشروع" => word.starts_with("بال"),
        _ => false,
    }
}

/// Whether a definite noun follows a definite word: then the name has ended before it, since only
/// an adjective goes on with it.
fn is_next_noun(reading: &Reading<'_>, before: usize, at: usize) -> bool {
    let word = folded(reading, at);
    let is_more = word.ends_with('ي')
        || word.ends_with("يه")
        || matches!(
            word,
            "العام"
                | "العامه"
                | "العليا"
                | "الاعلي"
                | "الخاصه"
                | "الخاص"
                | "المستقله"
                | "المستقل"
                | "المشتركه"
                | "المتخصصه"
                | "المتخصص"
                | "السريع"
                | "السريعه"
                | "المختلطه"
                | "المستدامه"
                | "المسلحه"
                | "المسلح"
                | "المساعده"
                | "الناشيه"
                | "الصغيره"
                | "المتوسطه"
                | "المصغره"
                | "المتحده"
                | "المنظمه"
                | "الخطيره"
                | "المعمق"
                | "المعمقه"
                | "المستعجله"
                | "الثالثه"
                | "الرابعه"
                | "الخامسه"
                | "الخامس"
                | "السادس"
                | "العامله"
                | "الدايمه"
        );
    let before = folded(reading, before);
    let before = before.strip_prefix('و').unwrap_or(before);
    (before.starts_with("ال") || before.starts_with("لل")) && word.starts_with("ال") && !is_more
}

/// Whether a word is a day or the like, which no name goes on with.
pub(super) fn is_broken(reading: &Reading<'_>, at: usize) -> bool {
    reading.tokens.get(at).is_some_and(|token| {
        reading.lexicon.vocabulary.classes(token.whole).any(BREAKS)
            || folded(reading, at) == "اليوم"
    })
}

/// `وزارة الداخلية المغربية`, `وزارتي الدفاع والداخلية`.
fn ministry(reading: &Reading<'_>, at: usize, head: Head) -> Option<Name> {
    let words = &reading.lexicon.agencies;
    let fields = run(reading, at + 1, &words.fields, true);
    // Any noun in front of what is known of fields.
    let open = || {
        let is_noun = is_article(reading, at + 1) && !is_broken(reading, at + 1);
        (is_noun && head == Head::Ministry).then_some(at + 1)
    };
    let first = fields.or_else(open)?;
    let last = if fields.is_some() { first } else { run_on(reading, first, &words.fields) };
    let last = if head == Head::Ministries { other_field(reading, at, last) } else { last };
    let gender = if head == Head::Ministries { Some(Gender::Dual) } else { None };
    let name = national(reading, last, gender, "agency.ministry");
    let is_bare = name.last == last;
    Some(
        name.with(fields.is_none(), Evidence::OPEN_END.and(Evidence::RARE))
            .with(!is_bare, Evidence::CUE),
    )
}

/// `جهازي المخابرات والأمن`, `محكمتي النقض والاستئناف`: the second is joined.
fn two(reading: &Reading<'_>, at: usize) -> Option<Name> {
    let words = &reading.lexicon.agencies;
    let is_joined = |last: &usize| {
        (at + 2..=*last).any(|at| reading.tokens.get(at).is_some_and(|it| it.prefix() == "و"))
    };
    let sets = [&words.parts, &words.courts];
    let last = sets.into_iter().filter_map(|set| run(reading, at + 1, set, true)).max();
    let last = last.filter(is_joined)?;
    let name = national(reading, last, Some(Gender::Dual), "agency.body");
    Some(name.with(true, Evidence::LOOSE_VALUE))
}

/// The last token of the second field of two, where no list has it.
fn other_field(reading: &Reading<'_>, at: usize, last: usize) -> usize {
    let is_joined = |at: usize| folded(reading, at).starts_with("وال");
    let is_one = (at + 1..=last).any(is_joined) || !is_joined(last + 1);
    let fields = &reading.lexicon.agencies.fields;
    if is_one { last } else { run_on(reading, last + 1, fields) }
}

/// The last token of words of a set behind `at`, joined by `و` or not; `at` where there are none.
fn run_on(reading: &Reading<'_>, at: usize, set: &HashSet<WordId>) -> usize {
    let mut last = at;
    while let Some(token) = is_word(reading, last + 1) {
        let is_part =
            set.contains(&token.whole) || token.prefix() == "و" && set.contains(&token.stem);
        if !is_part || is_next_noun(reading, last, last + 1) {
            break;
        }
        last += 1;
    }
    last
}

/// `الخارجية الروسية`: the ministry, unless it is an adjective of what stands in front.
fn portfolio(reading: &Reading<'_>, at: usize, first: WordReading) -> Option<Name> {
    let before = at.checked_sub(1).filter(|it| is_word(reading, *it).is_some());
    let before = before.map_or("", |before| folded(reading, before));
    // `السياسة الخارجية الأميركية`, `سياستها الخارجية`.
    let is_of_noun =
        before.strip_prefix(['و', 'ف', 'ب', 'ل']).unwrap_or(before).starts_with("ال")
            || before.starts_with("لل")
            || before.ends_with("ها")
            || before.ends_with("هم");
    if !first.is_stem && is_of_noun {
        return None;
    }
    let (last, also, nation) = nations(reading, at + 1, Some(Gender::Feminine))?;
    (!matches!(nation.country, "XX" | "EU" | "UN")).then_some(())?;
    let name = Name { also, ..Name::new(last, "agency.portfolio") };
    Some(name.with(true, Evidence::AMBIGUOUS))
}

/// `محكمة الاستئناف بسلا`, `محكمة جنايات القاهرة`, `المحكمة الإدارية`.
fn court(reading: &Reading<'_>, at: usize, head: Head) -> Option<Name> {
    let words = &reading.lexicon.agencies;
    let Some(end) = run(reading, at + 1, &words.courts, false) else {
        if head == Head::TheCourt {
            let (last, _, _) = nations(reading, at + 1, Some(Gender::Feminine))?;
            return Some(Name::new(last, "agency.court").with(true, Evidence::AMBIGUOUS));
        }
        // `محكمة مغنية`.
        let last = site(reading, at + 1)?;
        return Some(Name::new(last, "agency.court").with(true, Evidence::OPEN_END));
    };
    let of: Vec<&str> = (at + 1..=end).map(|at| folded(reading, at)).collect();
    let has = |word: &str| of.contains(&word);
    let mut name = national(reading, end, Some(Gender::Feminine), "agency.court");
    let is_bare = name.last == end;
    // The only one of its kind.
    let is_high = (has("العليا") && !has("العدل") || has("الدستوريه") || has("النقض"))
        || (has("التمييز") || has("التعقيب") || has("المركزيه") || has("الدوليه"))
        || (has("الاوروبيه") || has("الوطنيه") || has("القضاء"))
        || of.first() == Some(&"الاتحاديه");
    if folded(reading, name.last + 1) == "رقم" {
        name.last += 2;
    }
    let whole = site(reading, name.last + 1).filter(|_| is_bare);
    let open = || {
        let is_noun = of.last().is_some_and(|word| !word.starts_with("ال"));
        (is_noun && is_bare && is_open(reading, name.last + 1)).then_some(name.last + 1)
    };
    if !is_high && let Some(last) = place(reading, name.last + 1, true).or(whole).or_else(open)
    {
        name.last = last;
        if matches!(
            folded(reading, last + 1),
            "الاتحاديه" | "الابتداييه" | "الاقتصاديه" | "الكليه"
        ) {
            name.last += 1;
        }
        return Some(name);
    }
    Some(name.with(is_bare && !is_high, Evidence::OPEN_END))
}

/// `النيابة العامة`, `النيابة المصرية`, `نيابة شمال الجيزة`.
fn prosecution(reading: &Reading<'_>, at: usize, first: WordReading) -> Option<Name> {
    if folded(reading, at).ends_with("لنيابه") {
        return the_prosecution(reading, at);
    }
    let words = &reading.lexicon.agencies;
    let end = run(reading, at + 1, &words.parts, true).unwrap_or(at);
    if first.is_stem && folded(reading, at).starts_with('ب') || folded(reading, at + 1) == "عن"
    {
        return None;
    }
    let open = is_open(reading, end + 1).then_some(end + 1);
    let last =
        site(reading, end + 1).or(open).filter(|_| end == at || !is_article(reading, end));
    let last = last.or_else(|| (end > at).then_some(end))?;
    let mut name = Name::new(last, "agency.prosecution");
    if matches!(folded(reading, last + 1), "الكليه" | "الجزييه" | "العامه") {
        name.last += 1;
    }
    Some(name.with(open == Some(last), Evidence::OPEN_END))
}

pub(super) fn is_article(reading: &Reading<'_>, at: usize) -> bool {
    folded(reading, at).starts_with("ال")
}

fn the_prosecution(reading: &Reading<'_>, at: usize) -> Option<Name> {
    let is_one = matches!(
        folded(reading, at + 1),
        "العامه"
            | "العموميه"
            | "العسكريه"
            | "الاداريه"
            | "الوطنيه"
            | "الماليه"
            | "الفيدراليه"
            | "الفدراليه"
            | "الاتحاديه"
    );
    if !is_one {
        let (last, also, _) = nations(reading, at + 1, Some(Gender::Feminine))?;
        let name = Name { also, ..Name::new(last, "agency.prosecution") };
        return Some(name.with(true, Evidence::AMBIGUOUS));
    }
    let mut last = at + 1;
    // An epithet is inside where a part of the name follows it.
    let charge =
        if folded(reading, last + 1) == "المختصه" { last + 2 } else { last + 1 };
    if matches!(folded(reading, charge), "المكلفه" | "المختصه")
        && folded(reading, charge + 1).starts_with("بقضايا")
    {
        last = charge + 1;
        while let Some(token) = is_word(reading, last + 1) {
            let word = folded(reading, last + 1);
            let is_part = word.starts_with("ال")
                || token.prefix() == "و" && word.starts_with("وال")
                || matches!(word, "غسل" | "تبييض" | "تمويل" | "امن" | "مكافحه");
            if !is_part || is_broken(reading, last + 1) || last > charge + 4 {
                break;
            }
            last += 1;
        }
    }
    if matches!(
        folded(reading, last + 1),
        "التمييزيه" | "الاستينافيه" | "الماليه" | "العسكريه" | "الاتحاديه"
    ) {
        last += 1;
    }
    Some(national(reading, last, Some(Gender::Feminine), "agency.prosecution"))
}

/// `الشرطة الوطنية الإسبانية`, `خفر السواحل الليبي`: with a task or a nationality.
fn force(reading: &Reading<'_>, at: usize, first: WordReading) -> Option<Name> {
    let words = &reading.lexicon.agencies;
    let head = reading.lexicon.vocabulary.spelling(first.word);
    let of = gender(reading, first.word);
    let tasks = run(reading, at + 1, &words.tasks, false);
    let end = tasks.unwrap_or(at);
    let task = tasks.map_or("", |_| folded(reading, at + 1));
    // `خفر السواحل الليبية` too.
    let is_of_many = matches!(folded(reading, end), "السواحل" | "الحدود");
    let nations = nations(reading, end + 1, of.filter(|_| !is_of_many));
    let nations =
        nations.filter(|(_, _, nation)| !matches!(nation.country, "XX" | "EU" | "UN"));
    let is_national = nations.is_some();
    let (last, also) = nations.map_or((end, 0), |(last, also, _)| (last, also));
    (last > at).then_some(())?;
    let is_men = is_behind(reading, at, &words.men);
    let mut name = Name {
        also,
        ..Name::new(last, if is_national { "agency.nationality" } else { "agency.force" })
    };
    let is_one = match head {
        "الامن" => match task {
            "" => is_national && !folded(reading, at.saturating_sub(1)).ends_with("قوات"),
            "القومي" => false,
            "الاقليمي" | "الجهوي" | "الحضري" => {
                place(reading, last + 1, false).is_some()
            }
            _ => is_national || is_men || is_acting(reading, at, first),
        },
        "القضاء" => is_national || matches!(task, "العسكري"),
        "البحريه" => is_national || matches!(task, "الملكيه" | "الوطنيه"),
        "القوه" => is_national && matches!(task, "الجويه" | "البحريه"),
        "القوات" => {
            is_national || !matches!(task, "" | "العموميه" | "المحليه" | "الشعبي")
        }
        "خفر" => task == "السواحل",
        "سلاح" => {
            matches!(task, "الجو" | "البحريه" | "المهندسين" | "المدفعيه" | "الاشاره" | "الحدود")
        }
        "الادعاء" => is_national || task == "العام",
        "الاسطول" => is_national && tasks.is_some(),
        "الوقايه" | "الحمايه" => matches!(task, "المدنيه"),
        "مشاه" => matches!(task, "البحريه"),
        // `الجيش الملكي` is a club, `الجيش السوري الحر` none of a state.
        "الجيش" => {
            (is_national || task == "الوطني") && folded(reading, last + 1) != "الحر"
        }
        _ => true,
    };
    let is_club = head == "الجيش" && task == "الملكي";
    (is_one && !is_club).then_some(())?;
    // A force of a town or a unit of it needs its place.
    let wants_place = matches!(
        folded(reading, end),
        "القضاييه"
            | "المحليه"
            | "الاقليمي"
            | "الجهوي"
            | "العدليه"
            | "البلديه"
            | "الحضريه"
            | "الحضري"
    );
    if wants_place && let Some(end) = place(reading, last + 1, false) {
        name.last = end;
    }
    let is_vague = matches!(head, "الامن" | "القضاء" | "القوات" | "الادعاء" | "الجيش");
    Some(name.with(is_vague, Evidence::AMBIGUOUS).with(!is_national, Evidence::OPEN_END))
}

/// Whether a verb of what bodies do stands in front, or a word behind which one stands.
fn is_acting(reading: &Reading<'_>, at: usize, first: WordReading) -> bool {
    let before = at.checked_sub(1).map_or("", |at| folded(reading, at));
    if first.is_stem {
        // `الدرك الملكي والأمن الوطني`, `التابعة للأمن العام`.
        let prefix = reading.tokens.get(at).map_or("", |token| token.prefix());
        let is_joined = matches!(before, "الوطني" | "الملكي" | "الدرك" | "الجمارك" | "الجيش");
        return prefix == "و" && is_joined
            || prefix == "ل" && matches!(before, "التابع" | "التابعه" | "التابعين");
    }
    let verb = before.strip_prefix(['و', 'ف']).unwrap_or(before);
    matches!(
        verb,
        "تمكن"
            | "اوقف"
            | "اعتقل"
            | "القي"
            | "ضبط"
            | "حجز"
            | "اعلن"
            | "اكد"
            | "نفي"
            | "فتح"
            | "فكك"
            | "احبط"
            | "باشر"
            | "داهم"
            | "اطاح"
            | "نفذ"
            | "كشف"
            | "قبض"
            | "افاد"
            | "اوضح"
            | "شارك"
            | "مع"
            | "طرف"
            | "لدي"
            | "باسم"
            | "قبل"
            | "تابع"
    )
}

/// `شرطة مكافحة الإرهاب المغربية`, `شرطة دبي`, `أمن تطوان`.
fn bare_force(reading: &Reading<'_>, at: usize, first: WordReading) -> Option<Name> {
    let words = &reading.lexicon.agencies;
    let head = reading.lexicon.vocabulary.spelling(first.word);
    let is_vague = matches!(head, "امن" | "جيش" | "حرس");
    // `مباحث مركز شرطة طوخ`.
    if head == "مباحث"
        && let Some(unit) = is_word(reading, at + 1).filter(|it| !it.stem.is_known())
        && words.head(unit.whole) == Some(Head::Unit)
    {
        let first = WordReading { word: unit.whole, start: unit.start(), is_stem: false };
        return body(reading, at + 1, first, Head::Unit);
    }
    if let Some(end) = run(reading, at + 1, &words.parts, true) {
        let has_key = (at + 1..=end).any(|at| is_key(reading, at));
        let name = national(reading, end, None, "agency.force");
        let is_national = name.last > end;
        let is_one = is_national
            || head == "مباحث"
            || has_key && (!is_vague || head == "حرس" && folded(reading, end) == "الحدود");
        let name = name.with(!is_national, Evidence::OPEN_END);
        return is_one.then(|| name.with(is_vague, Evidence::AMBIGUOUS));
    }
    let last = site(reading, at + 1).filter(|_| !matches!(head, "جيش" | "حرس"))?;
    let is_nation = matches!(folded(reading, at + 1), "تونس" | "الجزاير" | "الكويت" | "قطر");
    (!(head == "امن" && is_nation)).then_some(())?;
    let name = Name::new(last, "agency.force");
    Some(name.with(is_vague, Evidence::AMBIGUOUS).with(is_nation, Evidence::OPEN_END))
}

pub(super) fn is_key(reading: &Reading<'_>, at: usize) -> bool {
    reading.tokens.get(at).is_some_and(|token| {
        let keys = &reading.lexicon.agencies.keys;
        keys.contains(&token.whole) || keys.contains(&token.stem)
    })
}
