//! The digits of the interface's own numbers.

use std::borrow::Cow;

use super::Lang;

/// The digits in which the Arabic interface writes its own numbers: counts, and dates in lists.
/// Texts, values and files keep theirs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Digits {
    /// `1234`, as in the Maghreb and in data.
    #[default]
    Western,
    /// `١٢٣٤`, as in the Mashriq.
    ArabicIndic,
}

impl Digits {
    /// Its word in the settings.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Western => "western",
            Self::ArabicIndic => "arabic-indic",
        }
    }

    /// The digits of that word; none for another.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        [Self::Western, Self::ArabicIndic].into_iter().find(|digits| digits.id() == id)
    }

    /// What the interface itself says, in these digits. What stands in isolates (a path, a
    /// name, a key, a value) stays, and so does English.
    #[must_use]
    pub fn write(self, lang: Lang, text: &str) -> Cow<'_, str> {
        let has_digits = text.contains(|c: char| c.is_ascii_digit());
        if self == Self::Western || lang == Lang::En || !has_digits {
            return Cow::Borrowed(text);
        }
        let mut depth = 0_usize;
        let mut written = String::with_capacity(text.len() * 2);
        let mut chars = text.chars().peekable();
        let mut is_after_digit = false;
        while let Some(c) = chars.next() {
            match c {
                '\u{2066}'..='\u{2068}' => depth += 1,
                '\u{2069}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            let is_before_digit = chars.peek().is_some_and(char::is_ascii_digit);
            written.push(match c {
                _ if depth > 0 => c,
                '0'..='9' => char::from_u32(u32::from(c) + 0x630).unwrap_or(c),
                '.' if is_after_digit && is_before_digit => '٫',
                '%' if is_after_digit => '٪',
                _ => c,
            });
            is_after_digit = c.is_ascii_digit();
        }
        Cow::Owned(written)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(Digits::ArabicIndic.write(Lang::Ar, text), expected);
        assert_eq!(Digits::ArabicIndic.write(Lang::En, text), text);
        assert_eq!(Digits::Western.write(Lang::Ar, text), text);
    }

    #[test]
    fn the_interface_s_numbers_take_its_digits_and_nothing_else_does() {
        check("أُنهي 12 من 103 مقالات", "أُنهي ١٢ من ١٠٣ مقالات");
        check("2024-03-12", "٢٠٢٤-٠٣-١٢");
        check("98.5% من 7.", "٩٨٫٥٪ من ٧.");
        check("2 في \u{2068}مجلد 2/a1\u{2069} و3", "٢ في \u{2068}مجلد 2/a1\u{2069} و٣");
        check("لا شيء", "لا شيء");
    }
}
