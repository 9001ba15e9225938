//! What the name of an agency is worth: the official one, or its words in careful spelling.

use super::words::{Gender, Head};
use super::{Name, Reading, gender};
use crate::arabic::fold;
use crate::extract::vocabulary::WordId;

/// The value of a name at a token, of two bodies both.
pub(super) fn of(reading: &Reading<'_>, at: usize, first: WordId, name: &Name) -> String {
    let words = &reading.lexicon.agencies;
    if let Some(body) = name.listed.and_then(|number| words.listed.get(number)) {
        return body.official.to_owned();
    }
    let head = words.head(first);
    let mut base = String::new();
    if name.rule == "agency.portfolio" {
        base.push_str("وزارة ");
    }
    let end = name.last - name.also;
    if name.also == 0 {
        push(reading, (at, first), at..=end, &mut base);
        return match head {
            Some(Head::Ministries | Head::Two) => several(reading, &base, end),
            _ => official(reading, base),
        };
    }
    // `الشرطة المغربية والإسبانية` are `الشرطة المغربية; الشرطة الإسبانية`.
    push(reading, (at, first), at..=end.saturating_sub(1), &mut base);
    let base = if gender(reading, first) == Some(Gender::Dual) {
        base.replacen("الشرطتين", "الشرطة", 1)
            .replacen("الشرطتان", "الشرطة", 1)
            .replacen("الجيشين", "الجيش", 1)
            .replacen("الجيشان", "الجيش", 1)
    } else if head == Some(Head::Ministries) {
        base.split_once(' ')
            .map_or_else(String::new, |(head, rest)| format!("{} {rest}", singular(head)))
    } else {
        base
    };
    let nations = (end..=name.last).filter_map(|at| {
        let token = reading.tokens.get(at)?;
        words.spelling(if at == end { token.whole } else { token.stem })
    });
    let all: Vec<String> =
        nations.map(|nation| official(reading, format!("{base} {nation}"))).collect();
    all.join("; ")
}

/// The official name where that name is listed.
fn official(reading: &Reading<'_>, name: String) -> String {
    reading.lexicon.agencies.official(&name).map_or(name, str::to_owned)
}

/// Adds tokens in careful spelling, without an epithet that is no part of the name.
fn push(
    reading: &Reading<'_>,
    (first_at, first): (usize, WordId),
    tokens: std::ops::RangeInclusive<usize>,
    name: &mut String,
) {
    let words = &reading.lexicon.agencies;
    for at in tokens {
        let Some(token) = reading.tokens.get(at) else { continue };
        let is_first = at == first_at;
        if !is_first && reading.tokens.folded(at) == "المختصه" {
            continue;
        }
        if !is_first && token.is_spaced {
            name.push(' ');
        }
        let word = if is_first { first } else { token.whole };
        if let Some(careful) = words.spelling(word) {
            name.push_str(careful);
        } else if is_first {
            name.push_str(reading.lexicon.vocabulary.spelling(first));
        } else if let Some(stem) =
            words.spelling(token.stem).filter(|_| matches!(token.prefix(), "و" | "ل"))
        {
            // With its conjunction or preposition: `والداخلية`, `للأمن`.
            name.push_str(token.prefix());
            match stem.strip_prefix("ال").filter(|_| token.prefix() == "ل") {
                Some(noun) => {
                    name.push('ل');
                    name.push_str(noun);
                }
                None => name.push_str(stem),
            }
        } else {
            let range = reading.tokens.range(at, at).to_range();
            name.push_str(reading.text.get(range).unwrap_or_default());
        }
    }
}

/// `وزارتي الدفاع والداخلية` are `وزارة الدفاع; وزارة الداخلية`; of three or more each has its
/// own too.
fn several(reading: &Reading<'_>, name: &str, end: usize) -> String {
    let Some((head, rest)) = name.split_once(' ') else { return name.to_owned() };
    let is_dual = !fold(head).ends_with("ات");
    let head = singular(head);
    // `… العراقيتين`: each of them is.
    let token = reading.tokens.get(end);
    let words = &reading.lexicon.agencies;
    let nation = token.and_then(|token| words.nation(token.whole));
    let (rest, nation) = match (rest.rsplit_once(' '), nation) {
        (Some((rest, _)), Some(nation)) => {
            (rest, words.spelling(nation.feminine).unwrap_or_default())
        }
        _ => (rest, ""),
    };
    let each: Vec<&str> = if is_dual {
        rest.rsplit_once(" و").map_or_else(|| vec![rest], |(first, second)| vec![first, second])
    } else {
        rest.split(" و").collect()
    };
    let each: Vec<String> = each
        .iter()
        .map(|of| official(reading, format!("{head} {of} {nation}").trim_end().to_owned()))
        .collect();
    each.join("; ")
}

/// `وزارة` of `وزارتي` and `وزارات`, `جهاز` of `جهازي`.
fn singular(noun: &str) -> String {
    let stem = ["تي", "تا", "ات"].iter().find_map(|end| noun.strip_suffix(end));
    match stem {
        Some(stem) => format!("{stem}ة"),
        None => noun.trim_end_matches(['ي', 'ا']).to_owned(),
    }
}
