//! From the bytes of a text file to its text: UTF-8, UTF-16 or Windows-1256.
//!
//! UTF-8 comes first: what is well-formed in it is hardly ever anything else. What is not may
//! be taken for UTF-16 or for Windows-1256, the two other encodings in which Arabic newsrooms
//! have left their archives, and only where the text that comes out looks like a text. A wrong
//! guess would be a corpus of letters that nobody wrote, so whatever is in doubt is refused.

use encoding_rs::WINDOWS_1256;

use crate::arabic::{Class, class_of, is_arabic_punctuation};
use crate::lang::Message;

/// How a file's bytes stand for its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    /// The one that files should have.
    Utf8,
    /// UTF-16, the lower byte first.
    Utf16Le,
    /// UTF-16, the higher byte first.
    Utf16Be,
    /// The Arabic code page of Windows.
    Windows1256,
}

impl Encoding {
    /// What to tell of a file that was not in UTF-8; none where it was.
    pub(super) fn notice(self) -> Option<Message> {
        let name = match self {
            Self::Utf8 => return None,
            Self::Utf16Le => "UTF-16LE",
            Self::Utf16Be => "UTF-16BE",
            Self::Windows1256 => "Windows-1256",
        };
        Some(Message::new(
            format!("ليس الملف بترميز UTF-8، فقُرئ بترميز {name}: تحقّق من النص"),
            format!(
                "the file is not UTF-8 and was read as {name}: look whether the text is right"
            ),
        ))
    }
}

/// A file's text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Decoded {
    /// The text, without a byte order mark at its start.
    pub(super) text: String,
    /// Whether there was one.
    pub(super) had_bom: bool,
    /// What it was written in.
    pub(super) encoding: Encoding,
}

/// Where a file is in no encoding that is known here.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Undecodable {
    /// The first byte that is wrong, from the file's start.
    pub(super) offset: usize,
    /// How many line ends stand before it.
    pub(super) lines: usize,
    /// The encoding that a byte order mark at the file's start promises; else UTF-8.
    pub(super) encoding: Encoding,
}

/// The text of a file, or where it is none.
pub(super) fn decode(bytes: Vec<u8>) -> Result<Decoded, Undecodable> {
    for (mark, encoding) in
        [([0xFF, 0xFE], Encoding::Utf16Le), ([0xFE, 0xFF], Encoding::Utf16Be)]
    {
        // Neither byte stands in UTF-8; in Windows-1256 they are a letter of Urdu and a mark of
        // direction, with which no text begins.
        if let Some(rest) = bytes.strip_prefix(&mark) {
            return match utf16(rest, encoding) {
                Ok(text) => Ok(Decoded { text, had_bom: true, encoding }),
                Err((units, lines)) => {
                    Err(Undecodable { offset: 2 + 2 * units, lines, encoding })
                }
            };
        }
    }
    // ASCII and Arabic in UTF-16 are mostly well-formed UTF-8 too, with these between: the
    // higher bytes of the units.
    let has_high_bytes = bytes.iter().any(|byte| matches!(byte, 0x00 | 0x06));
    if has_high_bytes {
        for encoding in [Encoding::Utf16Le, Encoding::Utf16Be] {
            if let Ok(text) = utf16(&bytes, encoding)
                && is_plain(&text)
            {
                return Ok(Decoded { text, had_bom: false, encoding });
            }
        }
    }
    let error = match String::from_utf8(bytes) {
        Ok(text) => {
            let rest = text.strip_prefix('\u{FEFF}').map(str::to_owned);
            let had_bom = rest.is_some();
            return Ok(Decoded {
                text: rest.unwrap_or(text),
                had_bom,
                encoding: Encoding::Utf8,
            });
        }
        Err(error) => error,
    };
    let bytes = error.as_bytes();
    let (text, _) = WINDOWS_1256.decode_without_bom_handling(bytes);
    if is_arabic(&text) {
        let (text, encoding) = (text.into_owned(), Encoding::Windows1256);
        return Ok(Decoded { text, had_bom: false, encoding });
    }
    let offset = error.utf8_error().valid_up_to();
    let before = bytes.get(..offset).unwrap_or_default();
    let lines = before.iter().filter(|byte| **byte == b'\n').count();
    Err(Undecodable { offset, lines, encoding: Encoding::Utf8 })
}

/// The text of UTF-16, or how many units and line ends are well before the first that is not:
/// a surrogate alone, half a unit, or U+0000, which UTF-32 is full of.
fn utf16(bytes: &[u8], encoding: Encoding) -> Result<String, (usize, usize)> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let unit = |pair: &[u8; 2]| match encoding {
        Encoding::Utf16Be => u16::from_be_bytes(*pair),
        Encoding::Utf16Le | Encoding::Utf8 | Encoding::Windows1256 => u16::from_le_bytes(*pair),
    };
    let mut text = String::with_capacity(bytes.len());
    let (mut units, mut lines) = (0, 0);
    for c in char::decode_utf16(pairs.iter().map(unit)) {
        match c {
            Ok(c) if c != '\0' => {
                text.push(c);
                units += c.len_utf16();
                lines += usize::from(c == '\n');
            }
            Ok(_) | Err(_) => return Err((units, lines)),
        }
    }
    if rest.is_empty() { Ok(text) } else { Err((units, lines)) }
}

/// Whether a text without a byte order mark is one that UTF-16 may be taken for: Arabic, ASCII
/// and what stands between words in them, and nothing else to speak of. The wrong order of
/// bytes gives ideographs.
fn is_plain(text: &str) -> bool {
    let (mut known, mut other) = (0_usize, 0_usize);
    for c in text.chars() {
        match class_of(c) {
            _ if is_control(c) => return false,
            Class::Space => {}
            Class::Arabic | Class::ArabicMark | Class::Tatweel | Class::Digit => known += 1,
            _ if c.is_ascii() || is_usual(c) => known += 1,
            _ => other += 1,
        }
    }
    known > 0 && other * 20 <= known
}

/// Whether bytes that are no UTF-8 give Arabic in Windows-1256.
///
/// Every byte means something there, so that this alone decides. Each rule keeps out texts of
/// other encodings: half of the letters are Arabic (Latin ones with a few accents), nearly all
/// that is not ASCII is Arabic (UTF-8 with a damaged byte, Chinese), Arabic and Latin letters
/// do not stand in one word (ISO-8859-6, Greek, Cyrillic of Windows), and the letters that
/// every Arabic text is full of are there (Cyrillic in KOI8).
fn is_arabic(text: &str) -> bool {
    let (mut arabic, mut latin, mut common) = (0_usize, 0_usize, 0_usize);
    let (mut usual, mut odd, mut mixed) = (0_usize, 0_usize, 0_usize);
    let mut before = Class::Space;
    for c in text.chars() {
        if is_control(c) {
            return false;
        }
        let class = class_of(c);
        match class {
            Class::Arabic => arabic += 1,
            Class::Latin => latin += 1,
            _ => {}
        }
        common += usize::from(matches!(c, 'ا' | 'ل' | 'ي' | 'و' | 'م' | 'ن'));
        if !c.is_ascii() {
            let is_ours = matches!(class, Class::Arabic | Class::ArabicMark | Class::Tatweel);
            *(if is_ours || is_usual(c) { &mut usual } else { &mut odd }) += 1;
        }
        let is_arabic = |class| matches!(class, Class::Arabic | Class::ArabicMark);
        mixed += usize::from(
            is_arabic(before) && class == Class::Latin
                || before == Class::Latin && is_arabic(class),
        );
        before = class;
    }
    arabic > 0
        && arabic >= latin
        && common * 5 >= arabic
        && odd * 10 <= usual
        && mixed * 50 <= arabic
}

/// Whether `c` is no ASCII, and yet usual between Arabic words.
fn is_usual(c: char) -> bool {
    is_arabic_punctuation(c)
        || matches!(c,
            '«' | '»' | '“' | '”' | '‘' | '’' | '–' | '—' | '…' | '•' | '·' | '°'
            | '\u{A0}' | '\u{200C}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// Whether `c` is a control character that no text has.
fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\u{B}' | '\u{C}' | '\r' | '\u{1A}' | '\u{85}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Written for this test.
    const NEWS: &str = "قال الناطق باسم البلدية إن 12 حافلة وصلت إلى الساحة، \
                        وأضاف: «لن تتوقف الأشغال»؛ فماذا بعد؟\r\nوأُعلن عن موعد آخر.\n";

    fn encoded(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    fn windows(text: &str) -> Vec<u8> {
        let (bytes, _, is_lossy) = WINDOWS_1256.encode(text);
        assert!(!is_lossy, "{text}");
        bytes.into_owned()
    }

    #[track_caller]
    fn check(bytes: &[u8], text: &str, had_bom: bool, encoding: Encoding) {
        let decoded = Decoded { text: text.to_owned(), had_bom, encoding };
        assert_eq!(decode(bytes.to_vec()), Ok(decoded));
    }

    #[track_caller]
    fn check_refused(bytes: &[u8], offset: usize, lines: usize) {
        let error = decode(bytes.to_vec()).unwrap_err();
        assert_eq!((error.offset, error.lines), (offset, lines), "{error:?}");
    }

    #[test]
    fn arabic_of_windows_is_read_to_the_letter() {
        // The bytes by hand: of this much the table is not asked.
        check(
            b"\xDE\xC7\xE1 \xC7\xE1\xE6\xD2\xED\xD1\xA1",
            "قال الوزير،",
            false,
            Encoding::Windows1256,
        );
        check(&windows(NEWS), NEWS, false, Encoding::Windows1256);
        let french = "زار المعهد (Institut supérieur) وفد من جامعة القاضي عياض يوم الاثنين";
        check(&windows(french), french, false, Encoding::Windows1256);
        let vowels = "كَتَبَ الوَلَدُ الدَّرْسَ، وَقَالَ: نَعَمْ";
        check(&windows(vowels), vowels, false, Encoding::Windows1256);
    }

    #[test]
    fn utf16_is_read_in_both_orders_with_and_without_its_mark() {
        for text in [NEWS, "قال", "Only Latin, 12.\n", "😀 قال"] {
            let (le, be) = (encoded(text, u16::to_le_bytes), encoded(text, u16::to_be_bytes));
            check(&[b"\xFF\xFE", &*le].concat(), text, true, Encoding::Utf16Le);
            check(&[b"\xFE\xFF", &*be].concat(), text, true, Encoding::Utf16Be);
            if !text.contains('😀') {
                check(&le, text, false, Encoding::Utf16Le);
                check(&be, text, false, Encoding::Utf16Be);
            }
        }
    }

    #[test]
    fn utf8_is_the_first_choice() {
        for text in ["", NEWS, "\0", "a\0\0b", "a\u{6}b", "é", "汉字"] {
            check(text.as_bytes(), text, false, Encoding::Utf8);
        }
        check("\u{FEFF}قال".as_bytes(), "قال", true, Encoding::Utf8);
    }

    #[test]
    fn texts_of_other_code_pages_are_not_taken_for_arabic() {
        let all: &[(&str, &encoding_rs::Encoding, &str)] = &[
            (
                "German",
                encoding_rs::WINDOWS_1252,
                "Die Gemeinde erklärte, für die Bürger sei das schön.",
            ),
            (
                "French",
                encoding_rs::WINDOWS_1252,
                "Le maire a déclaré que la rue sera fermée à midi.",
            ),
            (
                "Turkish",
                encoding_rs::WINDOWS_1254,
                "Belediye başkanı yarın görüşme yapılacağını söyledi.",
            ),
            (
                "Russian",
                encoding_rs::WINDOWS_1251,
                "Глава города сообщил, что улица будет закрыта.",
            ),
            (
                "Russian in KOI8",
                encoding_rs::KOI8_R,
                "глава города сообщил, что улица будет закрыта.",
            ),
            ("Greek", encoding_rs::ISO_8859_7, "Ο δήμαρχος είπε ότι ο δρόμος θα κλείσει."),
            ("Hebrew", encoding_rs::WINDOWS_1255, "ראש העיר אמר שהרחוב ייסגר מחר בבוקר."),
            (
                "Arabic of ISO",
                encoding_rs::ISO_8859_6,
                "قال الناطق باسم البلدية إن الحافلات وصلت إلى الساحة",
            ),
            ("Chinese", encoding_rs::GBK, "市长说这条街明天早上关闭。"),
            ("Japanese", encoding_rs::SHIFT_JIS, "市長はこの通りが明日閉鎖されると言った。"),
        ];
        for (name, encoding, text) in all {
            let (bytes, _, is_lossy) = encoding.encode(text);
            assert!(!is_lossy, "{name}");
            assert!(decode(bytes.to_vec()).is_err(), "{name}: {:?}", decode(bytes.to_vec()));
        }
        check_refused(b"\xE9\xE8\xE0 \xF4\xFB", 0, 0);
        check_refused(b"caf\xE9\n", 3, 0);
    }

    #[test]
    fn utf8_with_a_damaged_byte_is_refused_at_it() {
        let mut bytes = NEWS.repeat(3).into_bytes();
        bytes[NEWS.len()] = 0xFF;
        check_refused(&bytes, NEWS.len(), 2);
        bytes.truncate(NEWS.len() - 1);
        bytes.push(0xD9);
        check_refused(&bytes, NEWS.len() - 1, 1);
    }

    #[test]
    fn a_byte_order_mark_that_lies_is_told_with_the_place() {
        check_refused(b"\xFF\xFE\x42\x06\x0A\x00\x00\xD8\x42\x06", 6, 1);
        check_refused(b"\xFE\xFF\x06\x42\x06", 4, 0);
        // UTF-32.
        check_refused(b"\xFF\xFE\x00\x00\x42\x06\x00\x00", 2, 0);
    }

    #[test]
    fn binary_files_are_no_texts() {
        check_refused(b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR", 0, 0);
        let mut noise = 7_u32;
        let bytes: Vec<u8> = std::iter::repeat_with(|| {
            noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            noise.to_be_bytes()[0]
        })
        .take(4096)
        .collect();
        assert!(decode(bytes).is_err());
    }
}
