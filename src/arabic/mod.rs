//! Arabic as far as marking news needs it: letters, folding, words, sentences, clitics.
//!
//! Text in, facts with ranges out; no state, no file, nothing of spans or labels. There is no
//! dictionary but a small lexicon of names. What looks around an offset looks at its line or less
//! and never at the whole text.

mod calendar;
mod clitic;
mod collate;
mod fold;
mod letter;
mod lexicon;
mod number;
mod occurrence;
mod sentence;
mod unit;
mod word;

pub use calendar::{
    Calendar, NAMINGS, Naming, WEEKDAYS, month_of, of_hijri, to_hijri, weekday_of,
};
pub use clitic::{
    Cut, CutKind, Cuts, cuts, next_clitic_end, previous_clitic_start, stem, stems,
};
pub use collate::collation_key;
pub use fold::{Folded, FoldedChar, FoldedOffset, fold, fold_char, fold_into, fold_span};
pub use letter::{
    Class, DigitSystem, class_of, digit, is_alef, is_arabic_letter, is_arabic_mark,
    is_arabic_punctuation, is_bidi_mark, is_combining_hamza, is_invisible, is_latin_letter,
    is_line_break, is_quranic_mark, is_tashkeel,
};
pub use number::{
    Case, Decimal, Gender, Item, Number, is_number_word, number_words, parse_number, spell,
};
pub use occurrence::{Needle, occurrences};
pub use sentence::{next_sentence_end, previous_sentence_start, sentence_at, sentences};
pub use unit::Unit;
pub use word::{joined_at, next_word_end, previous_word_start, word_at, words};
