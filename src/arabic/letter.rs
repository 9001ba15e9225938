//! What a character is, as far as marking Arabic news needs to know.

use super::letter::DigitSystem::{ArabicIndic, Persian, Western};

/// What a character is.
///
/// Every character is of exactly one class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// A letter of the Arabic script, Persian and others included, also as a presentation form.
    Arabic,
    /// A mark on an Arabic letter: a vowel, a hamza or madda of its own, a Quranic sign.
    ArabicMark,
    /// The stroke that lengthens a word (U+0640).
    Tatweel,
    /// A letter of the Latin script.
    Latin,
    /// A letter or letter-like number of any other script.
    OtherLetter,
    /// A combining mark of any other script.
    OtherMark,
    /// A decimal digit of one of three systems.
    Digit,
    /// Nothing to see: direction marks, joiners, byte order marks.
    Invisible,
    /// White space, line breaks included.
    Space,
    /// Punctuation, symbols, emoji, control characters: all the rest.
    Other,
}

/// A way to write digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DigitSystem {
    /// `0123456789`
    Western,
    /// `٠١٢٣٤٥٦٧٨٩`
    ArabicIndic,
    /// `۰۱۲۳۴۵۶۷۸۹`, as Persian and Urdu write.
    Persian,
}

/// What `c` is.
#[must_use]
pub fn class_of(c: char) -> Class {
    match c {
        'a'..='z' | 'A'..='Z' => Class::Latin,
        ' ' | '\t'..='\r' => Class::Space,
        '\u{640}' => Class::Tatweel,
        _ if digit(c).is_some() => Class::Digit,
        _ if c.is_ascii() => Class::Other,
        _ if is_arabic_mark(c) => Class::ArabicMark,
        _ if is_arabic_letter(c) => Class::Arabic,
        _ if is_invisible(c) => Class::Invisible,
        _ if c.is_whitespace() => Class::Space,
        _ if is_latin_letter(c) => Class::Latin,
        _ if is_other_mark(c) => Class::OtherMark,
        _ if c.is_alphanumeric() => Class::OtherLetter,
        _ => Class::Other,
    }
}

/// Whether `c` is a vowel mark, a tanween, a shadda or a sukun (U+064B–U+0652) or the small
/// alef (U+0670): what schoolbooks write and papers leave out.
#[must_use]
pub fn is_tashkeel(c: char) -> bool {
    matches!(c, '\u{64B}'..='\u{652}' | '\u{670}')
}

/// Whether `c` is a mark that only the Quran and honorifics have.
#[must_use]
pub fn is_quranic_mark(c: char) -> bool {
    matches!(c,
        '\u{610}'..='\u{61A}' | '\u{656}'..='\u{65F}' | '\u{6D6}'..='\u{6DC}'
        | '\u{6DF}'..='\u{6E8}' | '\u{6EA}'..='\u{6ED}' | '\u{897}'..='\u{89F}'
        | '\u{8CA}'..='\u{8E1}' | '\u{8E3}'..='\u{8FF}')
}

/// Whether `c` is a hamza or madda written as a mark of its own (U+0653–U+0655).
#[must_use]
pub fn is_combining_hamza(c: char) -> bool {
    matches!(c, '\u{653}'..='\u{655}')
}

/// Whether `c` is any mark on an Arabic letter.
#[must_use]
pub fn is_arabic_mark(c: char) -> bool {
    is_tashkeel(c) || is_combining_hamza(c) || is_quranic_mark(c)
}

/// Whether `c` is an alef, with or without hamza, madda or wasla.
#[must_use]
pub fn is_alef(c: char) -> bool {
    matches!(c, 'ا' | 'أ' | 'إ' | 'آ' | 'ٱ' | 'ٲ' | 'ٳ' | 'ٵ')
}

/// The system and the value of a decimal digit; none for anything else.
#[must_use]
pub fn digit(c: char) -> Option<(DigitSystem, u8)> {
    let (system, zero) = match c {
        '0'..='9' => (Western, '0'),
        '٠'..='٩' => (ArabicIndic, '٠'),
        '۰'..='۹' => (Persian, '۰'),
        _ => return None,
    };
    u8::try_from(u32::from(c) - u32::from(zero)).ok().map(|value| (system, value))
}

/// Whether `c` only steers the direction of text.
#[must_use]
pub fn is_bidi_mark(c: char) -> bool {
    matches!(c, '\u{200E}' | '\u{200F}' | '\u{61C}' | '\u{202A}'..='\u{202E}'
        | '\u{2066}'..='\u{2069}')
}

/// Whether `c` takes no room and marks nothing: direction marks, joiners, byte order marks.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    is_bidi_mark(c)
        || matches!(c, '\u{200B}'..='\u{200D}' | '\u{FEFF}' | '\u{2060}' | '\u{AD}' | '\u{34F}')
}

/// Whether `c` ends a line.
#[must_use]
pub fn is_line_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Whether `c` is punctuation that only Arabic script uses.
#[must_use]
pub fn is_arabic_punctuation(c: char) -> bool {
    matches!(c, '\u{609}'..='\u{60D}' | '؛' | '\u{61D}'..='؟' | '٪'..='٭' | '۔' | '﴾' | '﴿')
}

/// Whether `c` is a letter of the Arabic script; marks and tatweel are not.
#[must_use]
pub fn is_arabic_letter(c: char) -> bool {
    match c {
        '\u{620}'..='\u{63F}' | '\u{641}'..='\u{64A}' | '\u{671}'..='\u{6D3}' => true,
        '\u{66E}' | '\u{66F}' | '\u{6D5}' | '\u{6EE}' | '\u{6EF}' => true,
        '\u{6FA}'..='\u{6FF}' | '\u{750}'..='\u{77F}' | '\u{8A0}'..='\u{8C9}' => true,
        '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' => c.is_alphabetic(),
        _ => false,
    }
}

/// Whether `c` is a letter of the Latin script.
#[must_use]
pub fn is_latin_letter(c: char) -> bool {
    match c {
        'a'..='z' | 'A'..='Z' => true,
        '\u{AA}' | '\u{BA}' | '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => {
            !matches!(c, '×' | '÷')
        }
        '\u{FF21}'..='\u{FF3A}' | '\u{FF41}'..='\u{FF5A}' => true,
        _ => false,
    }
}

/// Whether `c` is a combining mark outside the Arabic script, of those that texts in Latin,
/// Greek, Cyrillic and Hebrew letters and emoji have.
fn is_other_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5BD}'
        | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FE20}'..='\u{FE2F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_has_its_class() {
        let cases: &[(Class, &str)] = &[
            (Class::Arabic, "ءآأؤإئابةتىيٱپچکگیہﻻﷲﺍﭖ"),
            (
                Class::ArabicMark,
                "\u{64B}\u{651}\u{652}\u{653}\u{654}\u{670}\u{6D6}\u{610}\u{8F0}",
            ),
            (Class::Tatweel, "\u{640}"),
            (Class::Latin, "aZéŁßẞＡ"),
            (Class::OtherLetter, "жΩ漢א"),
            (Class::OtherMark, "\u{301}\u{FE0F}"),
            (Class::Digit, "09٠٩۰۹"),
            (
                Class::Invisible,
                "\u{200B}\u{200C}\u{200D}\u{200E}\u{200F}\u{61C}\u{202B}\u{2067}\u{FEFF}",
            ),
            (Class::Space, " \t\n\r\u{A0}\u{2003}\u{2028}"),
            (Class::Other, "#@_.,،؛؟٪٫«»…–×🙂\u{6DD}\u{FFFD}"),
        ];
        for (class, chars) in cases {
            for c in chars.chars() {
                assert_eq!(class_of(c), *class, "{c:?} U+{:04X}", u32::from(c));
            }
        }
    }

    #[test]
    fn spaces_are_what_unicode_calls_white_space() {
        for c in '\0'..=char::MAX {
            assert_eq!(
                class_of(c) == Class::Space,
                c.is_whitespace(),
                "U+{:04X}",
                u32::from(c)
            );
        }
    }

    #[test]
    fn three_systems_write_the_same_digits() {
        for (value, digits) in
            ["0٠۰", "5٥۵", "9٩۹"].into_iter().zip([0, 5, 9]).map(|(d, v)| (v, d))
        {
            let found: Vec<_> = digits.chars().filter_map(digit).collect();
            assert_eq!(found, [(Western, value), (ArabicIndic, value), (Persian, value)]);
        }
        assert_eq!(digit('²'), None);
    }

    #[test]
    fn punctuation_is_no_letter() {
        for c in "،؛؟٪٫٬٭۔﴾﴿".chars() {
            assert!(is_arabic_punctuation(c) && !is_arabic_letter(c), "{c}");
        }
        assert!(!is_arabic_punctuation('.'));
    }
}
