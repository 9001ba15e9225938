//! What is asked of all documents: patterns and filters, written on one line.
//!
//! `وزارة الداخلية city:طنجة count>100 -state:finished` asks for documents that have those
//! words, a city of that value, a count above that, and are not finished. Words in a row are
//! one pattern, `"…"` is one by itself. A filter has no space around its sign; `-` before it
//! turns it round.

#[cfg(test)]
mod tests;

use crate::arabic::fold;
use crate::find::compare::{self, Operator};
use crate::find::{Finder, Kind, Options, Wrong};
use crate::lang::{Message, isolated};
use crate::model::{Label, LabelId, Schema, State, ValueKind};
use crate::text::TextRange;

/// What is asked of all documents. All of it must be so.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// What its text must have.
    pub finders: Vec<Finder>,
    /// What must be known of it, or must not be.
    pub about: Vec<(About, bool)>,
    /// Spans that it must have, or must not have.
    pub spans: Vec<SpanFilter>,
    /// Whose sets are asked, in folded letters; the asking annotator's where none is named.
    pub annotator: Option<String>,
}

/// What can be known of a document without its text.
#[derive(Clone, Debug)]
pub enum About {
    /// How far the annotator is.
    State(State),
    /// Its title has that.
    Title(Finder),
    /// Its source has that.
    Source(Finder),
    /// Its id has that.
    Id(Finder),
    /// Its date of publication lies there.
    Date(DateFilter),
}

/// A comparison of a date.
#[derive(Clone, Debug)]
pub struct DateFilter(Operator, compare::Bounds<u32>);

impl DateFilter {
    /// Whether a date may lie there; false for what is no date.
    #[must_use]
    pub fn fits(&self, date: &str) -> bool {
        compare::date(date).is_some_and(|date| date.fits(self.0, &self.1))
    }
}

/// What one span must be.
#[derive(Clone, Debug, Default)]
pub struct SpanFilter {
    /// Its label; none for any.
    pub label: Option<LabelId>,
    /// Whether a document must have no such span.
    pub is_negated: bool,
    tests: Vec<Test>,
}

/// What a filter looks at in a span.
#[derive(Clone, Copy, Debug, Default)]
pub struct Fact<'a> {
    /// Its label's id.
    pub label: &'a str,
    /// Its value.
    pub value: Option<&'a str>,
    /// The marked text.
    pub text: &'a str,
    /// Its note.
    pub note: &'a str,
    /// Whether it is doubtful.
    pub doubtful: bool,
}

#[derive(Clone, Debug)]
enum Test {
    /// The value has that, or the marked text where there is no value.
    Value(Finder),
    Note(Finder),
    Doubtful,
    Number(Operator, compare::Bounds<f64>),
    Date(Operator, compare::Bounds<u32>),
}

impl Query {
    /// Reads a query. `options` say how its words are found.
    ///
    /// # Errors
    ///
    /// If something in it cannot be understood; the first such thing.
    pub fn parse(text: &str, options: Options, schema: &Schema) -> Result<Self, Wrong> {
        let mut reader = Reader { schema, options, query: Self::default(), generic: None };
        let mut words: Option<TextRange> = None;
        for part in parts(text)? {
            let word = &text[part.range.to_range()];
            let is_filter = !part.is_quoted && reader.filter(part.range, word)?;
            if is_filter || part.is_quoted {
                reader.phrase(text, words.take())?;
            }
            if part.is_quoted {
                let inner = TextRange::of(
                    part.range.start().to_usize() + 1..part.range.end().to_usize() - 1,
                );
                reader.phrase(text, Some(inner).filter(|inner| !inner.is_empty()))?;
            } else if !is_filter {
                let start = words.map_or(part.range.start(), TextRange::start);
                words = Some(TextRange::between(start, part.range.end()));
            }
        }
        reader.phrase(text, words)?;
        Ok(reader.finish())
    }

    /// Whether nothing is asked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let nothing = self.finders.is_empty() && self.about.is_empty() && self.spans.is_empty();
        nothing && self.annotator.is_none()
    }

    /// How often its patterns are in a text, given as bytes; 0 unless each of them is.
    #[must_use]
    pub fn count(&self, text: &[u8]) -> usize {
        match &self.finders[..] {
            [finder] => finder.count(text),
            finders if finders.iter().all(|finder| finder.may_be_in(text)) => {
                std::str::from_utf8(text).map_or(0, |text| self.places(text).len())
            }
            _ => 0,
        }
    }

    /// Where its patterns are in a text, in order, without those that begin within another;
    /// none unless each pattern is there.
    #[must_use]
    pub fn places(&self, text: &str) -> Vec<TextRange> {
        let mut all = Vec::new();
        for finder in &self.finders {
            let found = finder.all(text);
            if found.is_empty() {
                return found;
            }
            all.extend(found);
        }
        if self.finders.len() > 1 {
            all.sort_by_key(|range| (range.start(), std::cmp::Reverse(range.end())));
            let mut end = crate::text::Offset::ZERO;
            all.retain(|range| {
                let is_free = range.start() >= end;
                end = if is_free { range.end() } else { end };
                is_free
            });
        }
        all
    }

    /// The filter whose spans are what is found, where no text is asked for.
    #[must_use]
    pub fn shown_spans(&self) -> Option<&SpanFilter> {
        let first = self.spans.iter().find(|filter| !filter.is_negated);
        first.filter(|_| self.finders.is_empty())
    }
}

impl SpanFilter {
    /// Whether a span is what is asked for, whether or not the filter is turned round.
    #[must_use]
    pub fn fits(&self, span: &Fact<'_>) -> bool {
        self.label.as_ref().is_none_or(|label| label.as_str() == span.label)
            && self.tests.iter().all(|test| test.fits(span))
    }

    /// Whether counts by label, and of doubtful spans, are enough to answer.
    #[must_use]
    pub fn needs_counts_only(&self) -> bool {
        self.tests.is_empty() || self.is_doubtful_only()
    }

    /// Whether any doubtful span will do.
    #[must_use]
    pub fn is_doubtful_only(&self) -> bool {
        self.label.is_none() && matches!(self.tests[..], [Test::Doubtful])
    }
}

impl Test {
    fn fits(&self, span: &Fact<'_>) -> bool {
        match self {
            Self::Value(finder) => finder.is_in(span.value.unwrap_or(span.text)),
            Self::Note(finder) => finder.is_in(span.note),
            Self::Doubtful => span.doubtful,
            Self::Number(operator, asked) => {
                let value = span.value.and_then(compare::number);
                value.is_some_and(|value| value.fits(*operator, asked))
            }
            Self::Date(operator, asked) => {
                let value = span.value.and_then(compare::date);
                value.is_some_and(|value| value.fits(*operator, asked))
            }
        }
    }
}

/// A part of a query: a word, a filter, or something quoted.
struct Part {
    range: TextRange,
    is_quoted: bool,
}

/// The parts of a query, apart at spaces outside of quotation marks.
fn parts(text: &str) -> Result<Vec<Part>, Wrong> {
    let mut parts = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if c.is_whitespace() {
            continue;
        }
        let mut end = start + c.len_utf8();
        let mut quote = (c == '"').then_some(start);
        let is_quoted = quote.is_some();
        while let Some((at, c)) = chars.peek().copied() {
            let after_sign = || text[..at].ends_with([':', '=', '<', '>']);
            if quote.is_none() && (c.is_whitespace() || (is_quoted && at > start + 1)) {
                break;
            }
            if c == '"' && quote.is_some() {
                quote = None;
            } else if c == '"' && after_sign() {
                quote = Some(at);
            }
            end = at + c.len_utf8();
            chars.next();
        }
        if let Some(at) = quote {
            return Err(Wrong {
                place: TextRange::of(at..text.len()),
                what: Message::new("علامة الاقتباس لا تُغلق", "the quotation mark is not closed"),
            });
        }
        parts.push(Part { range: TextRange::of(start..end), is_quoted });
    }
    Ok(parts)
}

/// What a filter can be about, with its words in both languages, folded.
const KEYS: &[(&str, &str, Key)] = &[
    ("label", "وسم", Key::Label),
    ("value", "قيمة", Key::Value),
    ("note", "ملاحظة", Key::Note),
    ("state", "حالة", Key::State),
    ("annotator", "موسم", Key::Annotator),
    ("title", "عنوان", Key::Title),
    ("source", "مصدر", Key::Source),
    ("id", "معرف", Key::Id),
    ("published", "نشر", Key::Published),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Key {
    Label,
    Value,
    Note,
    State,
    Annotator,
    Title,
    Source,
    Id,
    Published,
}

/// The words for doubtful spans, which are filters by themselves.
const DOUBTFUL: [&str; 2] = ["doubtful", "مشكوك_فيه"];

struct Reader<'a> {
    schema: &'a Schema,
    options: Options,
    query: Query,
    /// The place of the filter among the query's that takes what is said of any span.
    generic: Option<usize>,
}

/// A filter as it is written.
struct Written<'a> {
    operator: Operator,
    value: &'a str,
    is_negated: bool,
    /// Where the whole is, and where the value is.
    range: TextRange,
    value_range: TextRange,
}

impl Written<'_> {
    fn wrong(&self, ar: String, en: String) -> Wrong {
        Wrong { place: self.value_range, what: Message::new(ar, en) }
    }
}

impl Reader<'_> {
    /// Takes a pattern.
    fn phrase(&mut self, text: &str, range: Option<TextRange>) -> Result<(), Wrong> {
        let Some(range) = range else { return Ok(()) };
        let start = range.start().to_usize();
        let pattern = &text[range.to_range()];
        let finder = Finder::new(pattern, self.options).map_err(|wrong| Wrong {
            place: TextRange::of(
                start + wrong.place.start().to_usize()..start + wrong.place.end().to_usize(),
            ),
            what: wrong.what,
        })?;
        self.query.finders.push(finder);
        Ok(())
    }

    /// Takes a filter; false if the word is none.
    fn filter(&mut self, range: TextRange, word: &str) -> Result<bool, Wrong> {
        let (is_negated, word) = match word.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, word),
        };
        if DOUBTFUL.contains(&word) {
            self.generic(is_negated, None).tests.push(Test::Doubtful);
            return Ok(true);
        }
        let name_end = word.find([':', '=', '<', '>']).unwrap_or_default();
        let (name, rest) = word.split_at(name_end);
        let sign = Operator::ALL
            .iter()
            .find_map(|(sign, operator)| Some((*operator, rest.strip_prefix(sign)?)));
        let is_name = |c: char| c.is_alphabetic() || c == '_';
        let (Some((operator, value)), true) =
            (sign, !name.is_empty() && name.chars().all(is_name))
        else {
            return Ok(false);
        };
        let end = range.end().to_usize();
        let quoted = value.strip_prefix('"').and_then(|value| value.strip_suffix('"'));
        let written = Written {
            operator,
            value: quoted.unwrap_or(value),
            is_negated,
            range,
            value_range: TextRange::of(end - value.len()..end),
        };
        let folded = fold(name);
        let key = KEYS.iter().find(|(en, ar, _)| folded == *en || folded == fold(ar));
        let label = label_of(self.schema, name).map(|label| (label.id.clone(), &label.value));
        if key.is_none() && label.is_none() {
            return self.unknown(&written, name);
        }
        if written.value.is_empty() {
            return Err(Wrong {
                place: range,
                what: Message::new(
                    "بعد علامة المرشح قيمة",
                    "a filter has a value after its sign",
                ),
            });
        }
        match (key, label) {
            (Some((_, _, key)), _) => self.known(*key, &written)?,
            (None, Some((id, kind))) => self.labeled(id, kind, &written)?,
            (None, None) => {}
        }
        Ok(true)
    }

    /// A word that looks like a filter and is none: a clock time or the end of a clause is
    /// text, and so is everything in an expression.
    fn unknown(&self, written: &Written<'_>, name: &str) -> Result<bool, Wrong> {
        let is_text = written.value.is_empty() || self.options.kind == Kind::Regex;
        if is_text {
            return Ok(false);
        }
        let start = written.range.start().to_usize() + usize::from(written.is_negated);
        Err(Wrong {
            place: TextRange::of(start..start + name.len()),
            what: Message::new(
                format!(
                    "لا وسم ولا مرشح اسمه {}؛ إن أردته نصًا فضعه بين علامتي \"",
                    isolated(name)
                ),
                format!(
                    "no label or filter is called `{name}`; to look for it, put it in \"…\""
                ),
            ),
        })
    }

    fn known(&mut self, key: Key, written: &Written<'_>) -> Result<(), Wrong> {
        let has_order = matches!(key, Key::Published | Key::Value);
        if written.operator != Operator::Is && !has_order {
            return Err(no_order(written));
        }
        let finder = |kind: Options| {
            Finder::new(written.value, kind)
                .map_err(|wrong| Wrong { place: written.value_range, what: wrong.what })
        };
        let folded = Options::default();
        let about = match key {
            Key::Label => {
                let label = label_of(self.schema, written.value).map(|label| label.id.clone());
                let label = label.ok_or_else(|| unknown_label(self.schema, written))?;
                self.generic(written.is_negated, Some(label));
                return Ok(());
            }
            Key::Value => {
                let test = value_test(&ValueKind::Text, written)?;
                self.generic(written.is_negated, None).tests.push(test);
                return Ok(());
            }
            Key::Note => {
                let test = Test::Note(finder(folded)?);
                self.generic(written.is_negated, None).tests.push(test);
                return Ok(());
            }
            Key::Annotator => {
                // Whose sets are asked: nobody's is no answer, and two people's neither.
                if written.is_negated || self.query.annotator.is_some() {
                    return Err(written.wrong(
                        "يُسمّى موسّم واحد تُسأل مجموعاته، بلا - قبله".to_owned(),
                        "one annotator is named, whose sets are asked, without - before it"
                            .to_owned(),
                    ));
                }
                self.query.annotator = Some(fold(written.value));
                return Ok(());
            }
            Key::State => About::State(state_of(written)?),
            Key::Title => About::Title(finder(folded)?),
            Key::Source => About::Source(finder(folded)?),
            Key::Id => About::Id(finder(folded)?),
            Key::Published => match compare::date(written.value) {
                Some(date) => About::Date(DateFilter(written.operator, date)),
                None => return Err(no_date(written)),
            },
        };
        self.query.about.push((about, !written.is_negated));
        Ok(())
    }

    /// A filter that has a label's name: one span must be that.
    fn labeled(
        &mut self,
        id: LabelId,
        kind: &ValueKind,
        written: &Written<'_>,
    ) -> Result<(), Wrong> {
        let test = value_test(kind, written)?;
        let is_order = |filter: &SpanFilter| {
            filter.label.as_ref() == Some(&id)
                && filter.tests.iter().all(|test| {
                    let (Test::Number(operator, _) | Test::Date(operator, _)) = test else {
                        return false;
                    };
                    *operator != Operator::Is
                })
        };
        // Above this and below that is one number; two names are two.
        let same = self.query.spans.iter_mut().find(|filter| {
            !filter.is_negated
                && !written.is_negated
                && written.operator != Operator::Is
                && is_order(filter)
        });
        match same {
            Some(filter) => filter.tests.push(test),
            None => self.query.spans.push(SpanFilter {
                label: Some(id),
                is_negated: written.is_negated,
                tests: vec![test],
            }),
        }
        Ok(())
    }

    /// The filter that takes what is said of any span: all of it is said of one.
    fn generic(&mut self, is_negated: bool, label: Option<LabelId>) -> &mut SpanFilter {
        let spans = &mut self.query.spans;
        let is_taken = |at: usize| {
            label.is_some() && spans.get(at).is_none_or(|filter| filter.label.is_some())
        };
        let at = match self.generic.filter(|at| !is_negated && !is_taken(*at)) {
            Some(at) => at,
            None => {
                spans.push(SpanFilter { is_negated, ..SpanFilter::default() });
                spans.len() - 1
            }
        };
        if !is_negated {
            self.generic = Some(at);
        }
        let filter = &mut spans[at];
        if label.is_some() {
            filter.label = label;
        }
        filter
    }

    fn finish(mut self) -> Query {
        // `city:طنجة doubtful` asks for a doubtful one.
        let spans = &mut self.query.spans;
        let named: Vec<usize> = (0..spans.len())
            .filter(|at| spans[*at].label.is_some() && !spans[*at].is_negated)
            .collect();
        if let (Some(generic), [named]) = (self.generic, &named[..])
            && generic != *named
        {
            let tests = std::mem::take(&mut spans[generic].tests);
            spans[*named].tests.extend(tests);
            spans.remove(generic);
        }
        self.query
    }
}

/// The label of that id or name, in either language; `_` stands for a space.
fn label_of<'a>(schema: &'a Schema, name: &str) -> Option<&'a Label> {
    let same = |other: &str| fold(&other.replace(' ', "_")) == fold(&name.replace(' ', "_"));
    let is_it = |label: &&Label| {
        same(label.id.as_str()) || same(&label.name.ar) || same(&label.name.en)
    };
    schema.labels().find(is_it)
}

fn state_of(written: &Written<'_>) -> Result<State, Wrong> {
    let same = |other: &str| {
        fold(&other.replace([' ', '-'], "_")) == fold(&written.value.replace([' ', '-'], "_"))
    };
    let is_it =
        |state: &State| same(state.id()) || same(state.name().ar) || same(state.name().en);
    State::ALL.into_iter().find(is_it).ok_or_else(|| {
        let list = |name: fn(State) -> &'static str| State::ALL.map(name).join("، ");
        written.wrong(
            format!("لا حالة بهذا الاسم؛ الحالات: {}", list(|state| state.name().ar)),
            format!(
                "no state is called that; there are {}",
                State::ALL.map(State::id).join(", ")
            ),
        )
    })
}

/// What a filter with a sign asks of a value of that kind.
fn value_test(kind: &ValueKind, written: &Written<'_>) -> Result<Test, Wrong> {
    let (number, date) = (compare::number(written.value), compare::date(written.value));
    let operator = written.operator;
    match (kind, number, date) {
        (ValueKind::Count, Some(number), _) => Ok(Test::Number(operator, number)),
        (ValueKind::Date, _, Some(date)) => Ok(Test::Date(operator, date)),
        (ValueKind::Count, None, _) if operator != Operator::Is => Err(written.wrong(
            "يُقارن العدد بعدد، مثل 100".to_owned(),
            "a count is compared with a number, such as 100".to_owned(),
        )),
        (ValueKind::Date, _, None) if operator != Operator::Is => Err(no_date(written)),
        (_, Some(number), _) if operator != Operator::Is => Ok(Test::Number(operator, number)),
        (_, _, Some(date)) if operator != Operator::Is => Ok(Test::Date(operator, date)),
        _ if operator != Operator::Is => Err(no_order(written)),
        _ => Finder::new(written.value, Options::default())
            .map(Test::Value)
            .map_err(|wrong| Wrong { place: written.value_range, what: wrong.what }),
    }
}

fn no_order(written: &Written<'_>) -> Wrong {
    written.wrong(
        "لا أكبر ولا أصغر هنا: اكتب : بدل العلامة".to_owned(),
        "nothing here is greater or less: write : instead".to_owned(),
    )
}

fn no_date(written: &Written<'_>) -> Wrong {
    written.wrong(
        "ليس هذا تاريخًا؛ اكتب مثل 2021-12-18 أو 2021-12 أو 2021".to_owned(),
        "this is no date; write one like 2021-12-18, 2021-12 or 2021".to_owned(),
    )
}

fn unknown_label(schema: &Schema, written: &Written<'_>) -> Wrong {
    let list = |name: fn(&Label) -> &str, between: &str| {
        schema.labels().map(name).collect::<Vec<_>>().join(between)
    };
    written.wrong(
        format!("لا وسم بهذا الاسم؛ الوسوم: {}", list(|label| &label.name.ar, "، ")),
        format!("no label is called that; there are {}", list(|label| label.id.as_str(), ", ")),
    )
}
