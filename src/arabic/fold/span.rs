//! A span folded as a reader reads it, with the article that the writing has swallowed.

use super::fold;
use crate::arabic::letter::{Class, class_of};
use crate::arabic::lexicon::Lexicon;
use crate::text::TextRange;

/// The words of `range`, folded, the article written out where the writing has swallowed it.
///
/// In `لل…` a span starts at the second ل, for the first is a preposition: `لشرطة` of `للشرطة`
/// folds to `الشرطه`, and `لجنة` of `للجنة`, a noun that begins with ل itself, to `اللجنه`.
/// A name that begins with ل has no article: `لندن` of `للندن` stays. Any other range folds as
/// [`fold`] does.
#[must_use]
pub fn fold_span(text: &str, range: TextRange) -> String {
    let folded = fold(text.get(range.to_range()).unwrap_or_default());
    let swallowed = folded.starts_with('ل')
        && text.get(..range.start().to_usize()).is_some_and(ends_with_preposition);
    if swallowed { with_article(&folded).unwrap_or(folded) } else { folded }
}

/// Whether a text ends with a ل that is a word's preposition: at the word's start, or behind
/// و or ف.
fn ends_with_preposition(before: &str) -> bool {
    let mut letters = before.chars().rev().filter(|c| {
        !matches!(class_of(*c), Class::ArabicMark | Class::Tatweel | Class::Invisible)
    });
    let is_word = |c: char| matches!(class_of(c), Class::Arabic | Class::Digit);
    if letters.next() != Some('ل') {
        return false;
    }
    match letters.next() {
        Some('و' | 'ف') => !letters.next().is_some_and(is_word),
        before => !before.is_some_and(is_word),
    }
}

/// `folded`, which starts at the second ل of `لل…`, with its article; none if it has none.
fn with_article(folded: &str) -> Option<String> {
    let word = folded.split(|c| class_of(c) != Class::Arabic).next().unwrap_or_default();
    let lexicon = Lexicon::get();
    if lexicon.is_lam_noun(word) {
        Some(format!("ال{folded}"))
    } else if word.chars().count() < 3 || lexicon.is_name(word) {
        None
    } else {
        Some(format!("ا{folded}"))
    }
}
