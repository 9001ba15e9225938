//! The project's guidelines: Markdown, read as far as a page to look at needs it.
//!
//! Headings, paragraphs, lists, tables as lines, code. What is not understood stands there as
//! it is written; nothing is left out but the marks themselves.

use crate::lang::Message;
use crate::model::Label;
use crate::text::TextRange;

/// What a block is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A heading, the highest of level 1.
    Heading(u8),
    /// Lines that belong together.
    Paragraph,
    /// An item of a list, within so many others; its sign is empty where it has no number.
    Item(u8, String),
    /// A line of a table; whether it is the head.
    Row(bool),
    /// Lines that stand as they are.
    Code,
    /// A line between two parts.
    Rule,
}

/// How a stretch of a block looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// Heavier.
    Bold,
    /// On a ground of its own.
    Code,
}

/// A paragraph of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) kind: Kind,
    /// Its text without marks.
    pub(super) text: String,
    /// Stretches of it that look otherwise, in order.
    pub(super) looks: Vec<(TextRange, Look)>,
}

impl Block {
    fn new(kind: Kind, source: &str) -> Self {
        let source = with_signs(source);
        let (text, looks) = match kind {
            Kind::Code => (source, Vec::new()),
            _ => inline(&source),
        };
        Self { kind, text, looks }
    }
}

/// The guidelines as they were read last, and where the reader is in them.
#[derive(Debug, Default)]
pub(super) struct Guide {
    /// Why they cannot be read.
    pub(super) trouble: Option<Message>,
    pub(super) blocks: Vec<Block>,
    /// A block to show at the top.
    pub(super) shown: Option<usize>,
    /// The upper edges of the blocks, in points, and what they follow from: the width, the
    /// scale. The last one is the lower edge of the last block.
    pub(super) tops: (Option<(u32, u32)>, Vec<f64>),
}

impl Guide {
    /// Takes what the file says; if that is something else than before, all is set anew.
    pub(super) fn take(&mut self, read: Result<String, Message>) {
        let (blocks, trouble) = match read {
            Ok(text) => (blocks(&text), None),
            Err(trouble) => (Vec::new(), Some(trouble)),
        };
        self.trouble = trouble;
        if self.blocks != blocks {
            self.blocks = blocks;
            self.tops.0 = None;
        }
    }

    /// Goes to the heading that names a label, if there is one.
    pub(super) fn show_label(&mut self, label: &Label) {
        let names = [label.id.as_str(), label.name.ar.as_str(), label.name.en.as_str()];
        let heads = |name: &&str| {
            self.blocks.iter().position(|block| {
                matches!(block.kind, Kind::Heading(_)) && has_word(&block.text, name)
            })
        };
        if let Some(at) = names.iter().find_map(heads) {
            self.shown = Some(at);
        }
    }
}

/// Whether a name stands in a text as words of its own.
fn has_word(text: &str, name: &str) -> bool {
    let is_letter = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    let (text, name) = (text.to_lowercase(), name.to_lowercase());
    !name.is_empty()
        && text.match_indices(&name).any(|(at, _)| {
            let (before, after) = (text.get(..at), text.get(at + name.len()..));
            !is_letter(before.and_then(|text| text.chars().next_back()))
                && !is_letter(after.and_then(|text| text.chars().next()))
        })
}

/// The blocks of a page.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut reader = Reader::default();
    for line in text.lines() {
        reader.line(line);
    }
    reader.end();
    reader.blocks
}

/// Reads line by line.
#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    /// The block that the next line may go on.
    open: Option<(Kind, String)>,
    /// Whether lines stand as they are.
    in_code: bool,
    in_comment: bool,
}

impl Reader {
    fn end(&mut self) {
        if let Some((kind, text)) = self.open.take() {
            self.blocks.push(Block::new(kind, &text));
        }
    }

    fn begin(&mut self, kind: Kind, text: &str) {
        self.end();
        self.open = Some((kind, text.to_owned()));
    }

    fn whole(&mut self, kind: Kind, text: &str) {
        self.begin(kind, text);
        self.end();
    }

    fn line(&mut self, line: &str) {
        let content = line.trim();
        if self.in_comment || content.starts_with("<!--") {
            self.in_comment = !content.contains("-->");
        } else if content.starts_with("```") || content.starts_with("~~~") {
            self.end();
            self.in_code = !self.in_code;
        } else if self.in_code {
            match &mut self.open {
                Some((Kind::Code, text)) => {
                    text.push('\n');
                    text.push_str(line);
                }
                _ => self.begin(Kind::Code, line),
            }
        } else if content.is_empty() {
            self.end();
        } else if let Some((level, text)) = heading(content) {
            self.whole(Kind::Heading(level), text);
        } else if let Some(level) = underline(content, self.open.as_ref()) {
            if let Some((kind, _)) = &mut self.open {
                *kind = Kind::Heading(level);
            }
            self.end();
        } else if is_rule(content) {
            self.whole(Kind::Rule, "");
        } else if let Some((sign, text)) = item(content) {
            let indent = line.chars().take_while(|letter| letter.is_whitespace()).count();
            let depth = u8::try_from(indent / 2).unwrap_or(u8::MAX).min(5);
            self.begin(Kind::Item(depth, sign.to_owned()), text);
        } else if let Some(row) = content.strip_prefix('|') {
            self.row(row);
        } else {
            let text = content.trim_start_matches(['>', ' ']);
            match &mut self.open {
                Some((_, open)) => {
                    open.push(' ');
                    open.push_str(text);
                }
                None => self.begin(Kind::Paragraph, text),
            }
        }
    }

    fn row(&mut self, row: &str) {
        let cells: Vec<_> = row.trim_end_matches('|').split('|').map(str::trim).collect();
        let is_line =
            |cell: &&str| !cell.is_empty() && cell.trim_matches([':', '-']).is_empty();
        if cells.iter().all(is_line) {
            if let Some(Block { kind: Kind::Row(is_head), .. }) = self.blocks.last_mut() {
                *is_head = true;
            }
            return;
        }
        self.whole(Kind::Row(false), &cells.join(" · "));
    }
}

fn heading(line: &str) -> Option<(u8, &str)> {
    let rest = line.trim_start_matches('#');
    let level =
        u8::try_from(line.len() - rest.len()).ok().filter(|level| (1..=6).contains(level))?;
    let text = rest.strip_prefix([' ', '\t'])?;
    Some((level, text.trim_end_matches('#').trim()))
}

/// The level of a heading that a line of `=` or `-` makes of the line above it.
fn underline(line: &str, open: Option<&(Kind, String)>) -> Option<u8> {
    let (kind, _) = open?;
    let all = |letter| line.len() > 1 && line.chars().all(|other| other == letter);
    match kind {
        Kind::Paragraph if all('=') => Some(1),
        Kind::Paragraph if all('-') => Some(2),
        _ => None,
    }
}

fn is_rule(line: &str) -> bool {
    let letters: Vec<char> = line.chars().filter(|letter| *letter != ' ').collect();
    letters.len() >= 3
        && letters.first().is_some_and(|first| "-*_".contains(*first))
        && letters.iter().all(|letter| Some(letter) == letters.first())
}

/// The sign and the text of an item of a list; a bullet's sign is empty.
fn item(line: &str) -> Option<(&str, &str)> {
    if let Some(text) = line.strip_prefix(['-', '*', '+', '•']) {
        return text.strip_prefix([' ', '\t']).map(|text| ("", text.trim()));
    }
    let digits = line.trim_start_matches(char::is_numeric);
    let rest = digits.strip_prefix(['.', ')'])?.strip_prefix(' ')?;
    let sign = line.get(..line.len() - rest.len())?.trim();
    (digits.len() < line.len()).then_some((sign, rest.trim()))
}

/// A text without its marks, and the stretches that they were around.
fn inline(source: &str) -> (String, Vec<(TextRange, Look)>) {
    let (mut text, mut looks) = (String::new(), Vec::new());
    let mut bold: Option<usize> = None;
    let mut rest = source;
    while let Some(letter) = rest.chars().next() {
        let after = &rest[letter.len_utf8()..];
        if letter == '\\' && after.starts_with(|next: char| next.is_ascii_punctuation()) {
            text.extend(after.chars().next());
            rest = after.get(1..).unwrap_or_default();
        } else if letter == '`'
            && let Some((code, after)) = between(rest, '`')
        {
            // Code keeps its own direction within the line.
            let start = text.len();
            text.push_str(&crate::lang::isolated(code.trim()));
            looks.push((TextRange::of(start..text.len()), Look::Code));
            rest = after;
        } else if (rest.starts_with("**") || rest.starts_with("__"))
            && let Some(mark) = rest.get(..2)
            && (bold.is_some() || rest.get(2..).is_some_and(|after| after.contains(mark)))
        {
            match bold.take() {
                None => bold = Some(text.len()),
                Some(start) => looks.push((TextRange::of(start..text.len()), Look::Bold)),
            }
            rest = rest.get(2..).unwrap_or_default();
        } else if letter == '*'
            && let Some((inner, after)) = between(rest, '*')
            && !inner.starts_with(' ')
        {
            let (inner, _) = inline(inner);
            text.push_str(&inner);
            rest = after;
        } else if let Some((name, after)) = link(rest) {
            text.push_str(name);
            rest = after;
        } else {
            text.push(letter);
            rest = after;
        }
    }
    looks.sort_by_key(|(range, _)| range.start());
    (text, looks)
}

/// The same arrows as signs that the fonts have: they have none of Unicode's arrows. These
/// signs are mirrored in lines from the right, so each points where its arrow pointed.
fn with_signs(source: &str) -> String {
    let first = source.chars().find(|letter| letter.is_alphabetic());
    let is_rtl = first.is_some_and(|letter| ('\u{590}'..='\u{8ff}').contains(&letter));
    let sign = |letter| match (letter, is_rtl) {
        ('→' | '⇒', false) | ('←' | '⇐', true) => '›',
        ('←' | '⇐', false) | ('→' | '⇒', true) => '‹',
        _ => letter,
    };
    source.chars().map(sign).collect()
}

/// What stands between a run of `mark` and the next equal run, and what comes after that.
fn between(text: &str, mark: char) -> Option<(&str, &str)> {
    let inner = text.trim_start_matches(mark);
    let run = text.get(..text.len() - inner.len())?;
    let (inner, after) = inner.split_once(run)?;
    (!inner.is_empty()).then_some((inner, after))
}

/// The name of a link or picture at the start of a text, and what comes after it.
fn link(text: &str) -> Option<(&str, &str)> {
    let text = text.strip_prefix('!').unwrap_or(text);
    let (name, rest) = text.strip_prefix('[')?.split_once("](")?;
    let (_, after) = rest.split_once(')')?;
    (!name.contains('[')).then_some((name, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, expected: &[(Kind, &str)]) {
        let found = blocks(source);
        let found: Vec<_> =
            found.iter().map(|block| (block.kind.clone(), block.text.as_str())).collect();
        assert_eq!(found, expected, "{source}");
    }

    fn bullet(depth: u8) -> Kind {
        Kind::Item(depth, String::new())
    }

    #[test]
    fn a_page_is_read_without_its_marks() {
        check(
            "# دليل\nسطر\nوآخر\n\n## مدينة ##\n",
            &[
                (Kind::Heading(1), "دليل"),
                (Kind::Paragraph, "سطر وآخر"),
                (Kind::Heading(2), "مدينة"),
            ],
        );
        check(
            "- أ\n  تتمة\n  - ب\n* ج\n1. د\n12) ه",
            &[
                (bullet(0), "أ تتمة"),
                (bullet(1), "ب"),
                (bullet(0), "ج"),
                (Kind::Item(0, "1.".to_owned()), "د"),
                (Kind::Item(0, "12)".to_owned()), "ه"),
            ],
        );
        check(
            "| أ | ب |\n|---|:-:|\n| 1 | 2 |",
            &[(Kind::Row(true), "أ · ب"), (Kind::Row(false), "1 · 2")],
        );
        check(
            "Title\n=====\nb\n---\n\n---\n> quoted\n> more",
            &[
                (Kind::Heading(1), "Title"),
                (Kind::Heading(2), "b"),
                (Kind::Rule, ""),
                (Kind::Paragraph, "quoted more"),
            ],
        );
        check(
            "```\n# a **b**\n  c\n```\n<!-- x\ny -->\nz",
            &[(Kind::Code, "# a **b**\n  c"), (Kind::Paragraph, "z")],
        );
        check("", &[]);
    }

    #[test]
    fn stretches_are_where_their_marks_were() {
        let (text, looks) = inline("في `وبفاس` **نأخذ** *فاس* و[هنا](http://x) \\*");
        assert_eq!(text, "في \u{2068}وبفاس\u{2069} نأخذ فاس وهنا *");
        let looks: Vec<_> = looks
            .iter()
            .map(|(range, look)| (text.get(range.to_range()).unwrap(), *look))
            .collect();
        assert_eq!(looks, [("\u{2068}وبفاس\u{2069}", Look::Code), ("نأخذ", Look::Bold)]);
    }

    #[test]
    fn what_is_no_mark_stays() {
        for text in ["2 * 3 * 4", "#الدار_البيضاء", "a ` b", "a ** b", "-5", "[x] y", "__init"]
        {
            assert_eq!(blocks(text).first().map(|block| block.text.as_str()), Some(text));
        }
    }

    #[test]
    fn arrows_point_where_they_did() {
        check("`a` → `b`", &[(Kind::Paragraph, "\u{2068}a\u{2069} › \u{2068}b\u{2069}")]);
        check("من ← إلى", &[(Kind::Paragraph, "من › إلى")]);
    }

    #[test]
    fn a_label_is_found_in_its_heading() {
        let mut guide = Guide::default();
        guide.take(Ok("# DATES of CITY life\n## جهاز رسمي\nx\n## 4 تاريخ".to_owned()));
        let schema = crate::model::Schema::default();
        for (label, shown) in [("CITY", 0), ("AGENCY", 1), ("DATE", 3), ("COUNT", 3)] {
            guide.show_label(schema.label(&label.into()).unwrap());
            assert_eq!(guide.shown, Some(shown), "{label}");
        }
    }
}
