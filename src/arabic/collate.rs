//! The order in which a person looks titles up.

use super::{digit, fold_into, is_arabic_letter, is_tashkeel};

/// A key by which titles are ordered as a person looks them up: by folded letters, from the
/// first letter or digit on, numbers by what they mean, Arabic before other scripts.
///
/// The article `ال` at the start does not count, as in a dictionary or a library's catalog: half
/// of all headlines begin with it, and nobody looks for السلطات under ا. Without a dictionary a
/// verb such as التقى is taken for a word with it, and stands under ت. With a hamza it is none:
/// ألمانيا stands under ا.
#[must_use]
pub fn collation_key(title: &str) -> String {
    let from = title.find(char::is_alphanumeric).unwrap_or(title.len());
    let words = without_article(&title[from..]);
    let mut folded = String::new();
    fold_into(words, &mut folded);
    let mut key = String::with_capacity(folded.len());
    let mut rest = folded.as_str();
    while let Some(c) = rest.chars().next() {
        let end = rest.find(|c| digit(c).is_none()).unwrap_or(rest.len());
        if end > 0 {
            number(&rest[..end], &mut key);
            rest = &rest[end..];
        } else {
            key.push(after_arabic(c));
            rest = &rest[c.len_utf8()..];
        }
    }
    key
}

/// A number that has more digits comes after one that has fewer.
fn number(digits: &str, key: &mut String) {
    let digits = digits.trim_start_matches(|c| digit(c).is_some_and(|digit| digit.1 == 0));
    let len = u32::try_from(digits.chars().count()).unwrap_or(u32::MAX).min(400);
    // Below all Arabic letters, whatever the length.
    key.extend(char::from_u32(u32::from('0') + len));
    key.push_str(digits);
}

/// A letter that is not Arabic, moved behind all that are.
fn after_arabic(c: char) -> char {
    const BEHIND: u32 = 0x1_0000;
    if c.is_alphabetic() && !is_arabic_letter(c) {
        char::from_u32(u32::from(c) + BEHIND).unwrap_or(c)
    } else {
        c
    }
}

/// A text without the article at its start, where a word of two letters or more is left.
fn without_article(text: &str) -> &str {
    let mut chars = text.chars();
    let mut next = || {
        let rest = chars.as_str();
        let c = chars.next();
        while chars.clone().next().is_some_and(is_tashkeel) {
            chars.next();
        }
        (c, rest)
    };
    let is_article = matches!(next().0, Some('ا' | 'ٱ')) && next().0 == Some('ل');
    let (first, rest) = next();
    let (second, _) = next();
    let is_word = [first, second].into_iter().all(|c| c.is_some_and(is_arabic_letter));
    if is_article && is_word { rest } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted<'a>(titles: &[&'a str]) -> Vec<&'a str> {
        let mut titles = titles.to_vec();
        titles.sort_by_cached_key(|title| collation_key(title));
        titles
    }

    #[test]
    fn titles_stand_where_a_person_looks_for_them() {
        assert_eq!(
            sorted(&[
                "Rabat opens a port",
                "وزارة الصحة",
                "السلطات تغلق",
                "«سبتة» تستعد",
                "ألمانيا تعلن",
                "إعلان جديد",
                "الشُّرطة توقف",
                "شارع في فاس",
                "أب يبحث",
                "agadir",
            ]),
            [
                "أب يبحث",
                "إعلان جديد",
                "ألمانيا تعلن",
                "«سبتة» تستعد",
                "السلطات تغلق",
                "شارع في فاس",
                "الشُّرطة توقف",
                "وزارة الصحة",
                "agadir",
                "Rabat opens a port",
            ]
        );
    }

    #[test]
    fn numbers_are_ordered_by_what_they_mean() {
        let titles = ["المقال ٢", "المقال 10", "مقال 007", "المقال 100"];
        let expected = ["المقال ٢", "مقال 007", "المقال 10", "المقال 100"];
        assert_eq!(sorted(&[titles[3], titles[1], titles[2], titles[0]]), expected);
        assert_eq!(sorted(&["ب", "12", "3"]), ["3", "12", "ب"]);
    }

    #[test]
    fn an_article_is_one_only_before_a_word() {
        assert_eq!(collation_key("الأمن"), collation_key("أمن"));
        assert_eq!(collation_key("اَلْأمن"), collation_key("أمن"));
        assert_eq!(collation_key("ال"), "ال");
        assert_eq!(collation_key("الم"), "الم");
        assert_eq!(collation_key("!?"), "");
        assert_ne!(collation_key("ألمانيا"), collation_key("مانيا"));
    }
}
