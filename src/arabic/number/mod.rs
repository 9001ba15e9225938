//! Numbers, in words and in digits, to their value and back to words.
//!
//! Read is what newspapers write: both genders, all cases, `مئة` and `مائة`, joined or apart
//! (`ثلاثمئة`, `ثلاث مئة`), digits with scales (`3 ملايين و696 ألف و275`), separators of
//! thousands and of decimals, halves and quarters of a scale.

mod decimal;
mod parse;
mod spell;
mod words;

pub use decimal::Decimal;
pub use parse::{Item, Number, is_number_word, parse_number};
pub use spell::{Case, Gender, spell};

/// All words that a number may hold, folded and without article, in no order.
pub fn number_words() -> impl Iterator<Item = &'static str> {
    words::all()
}

#[cfg(test)]
mod tests;
