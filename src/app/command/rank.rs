//! How well a name fits what somebody wrote to find it, both of them folded.

/// The rank of what has only the letters, one here and one there.
pub(in crate::app) const SCATTERED: u32 = 4;

/// How well the folded `name` fits the folded `needle`: the less, the better; none if not at
/// all. Begins with it, has it from a word's beginning, has words that begin with its words,
/// has it somewhere, has its letters in order.
pub(in crate::app) fn rank(needle: &str, name: &str) -> Option<u32> {
    if name.starts_with(needle) {
        return Some(0);
    }
    let begins_word = |at: usize| {
        let before = name.get(..at).and_then(|before| before.chars().next_back());
        before.is_none_or(|c| !c.is_alphanumeric())
            // The article is no part of what one looks for.
            || name.get(..at).is_some_and(|before| {
                before.strip_suffix("ال").is_some_and(|rest| {
                    rest.chars().next_back().is_none_or(|c| !c.is_alphanumeric())
                })
            })
    };
    if name.match_indices(needle).any(|(at, _)| begins_word(at)) {
        return Some(1);
    }
    if words_begin(needle, name, &begins_word) {
        return Some(2);
    }
    if name.contains(needle) {
        return Some(3);
    }
    let mut letters = name.chars();
    let in_order = needle
        .chars()
        .filter(|c| !c.is_whitespace())
        .all(|wanted| letters.any(|letter| letter == wanted));
    in_order.then_some(SCATTERED)
}

/// Whether each word of the needle begins a word of the name, whatever their order.
fn words_begin(needle: &str, name: &str, begins_word: &impl Fn(usize) -> bool) -> bool {
    let mut words = needle.split_whitespace();
    words.all(|word| name.match_indices(word).any(|(at, _)| begins_word(at)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arabic::fold;

    #[track_caller]
    fn check(needle: &str, name: &str, expected: Option<u32>) {
        assert_eq!(rank(&fold(needle), &fold(name)), expected, "{needle} in {name}");
    }

    #[test]
    fn names_are_found_by_beginnings_words_parts_and_letters() {
        check("next", "Next document", Some(0));
        check("DOC", "Next document", Some(1));
        check("doc ne", "Next document", Some(2));
        check("cum", "Next document", Some(3));
        check("nxd", "Next document", Some(4));
        check("xn", "Next", None);
    }

    #[test]
    fn arabic_is_found_however_it_is_spelt() {
        check("احذف", "احذف الموضع", Some(0));
        check("الغ", "ألغِ الاختيار", Some(0));
        check("الوسم", "الوسمُ", Some(0));
        check("موضع", "احذف الموضع", Some(1));
        check("ذهبيه", "أعلن المجموعة ذهبية", Some(1));
        check("ذهب مجموعه", "أعلن المجموعة ذهبية", Some(2));
    }
}
