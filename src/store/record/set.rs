//! Set files: a header line, then a span a line (`docs/project-files.md`, *Sets*).

use std::collections::{BTreeMap, BTreeSet};

use super::FORMAT_VERSION;
use super::decision::{push_decision, read_decision};
use super::json::{Fields, Object, Wrong};
use super::row::{self, push_row, read_row};
use crate::lang::{Explain as _, Message};
use crate::model::{
    AnnotationSet, AttributeId, Digest, Document, Extra, LabelId, Origin, Provenance, SetKey,
    Span, SpanId, State, Timestamp,
};
use crate::text::{CharOffset, TextRange};

/// The header's own fields; all others are kept as they came.
const HEAD: [&str; 7] =
    ["tawsim", "version", "annotator", "document", "digest", "state", "note"];

/// A span's own fields; all others are kept as they came.
const SPAN: [&str; 12] = [
    "kind",
    "id",
    "label",
    "start",
    "end",
    "text",
    "value",
    "attributes",
    "note",
    "doubtful",
    "origin",
    "at",
];

/// What a set file holds.
#[derive(Clone, Debug)]
pub(in crate::store) struct SetFile {
    /// What of it makes a set.
    pub set: AnnotationSet,
    /// What of it does not.
    pub rest: SetRest,
    /// What is wrong, with the line, from 1; none for the file as a whole.
    pub wrong: Vec<(Option<u64>, Wrong)>,
}

/// What a set file holds besides its set, to be written again with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::store) struct SetRest {
    /// Lines that are no span of this version, or whose range is none of this text: kept, and
    /// written again as they came.
    pub aside: Vec<String>,
    /// Quotations that are not the text at their span's range: kept until the span is moved.
    pub quotes: BTreeMap<SpanId, (TextRange, String)>,
    /// The digest of the text that it was made on, where that is another text.
    pub other_text: Option<String>,
    /// Whether lines were left out that could not be read at all.
    pub is_damaged: bool,
}

/// What a set file says without a look at its document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::store) struct SetHead {
    /// Whose work it is, by the header.
    pub annotator: String,
    /// On which document, by the header.
    pub document: String,
    /// How far it is.
    pub state: State,
    /// Its spans by label.
    pub labels: BTreeMap<LabelId, u32>,
    /// How many of them are doubtful.
    pub doubtful: u32,
}

impl SetHead {
    /// What the file of `set` says.
    pub(in crate::store) fn of(set: &AnnotationSet) -> Self {
        let mut labels: BTreeMap<LabelId, u32> = BTreeMap::new();
        for span in set.spans() {
            match labels.get_mut(&span.label) {
                Some(count) => *count += 1,
                None => drop(labels.insert(span.label.clone(), 1)),
            }
        }
        let doubtful = set.spans().iter().map(|span| u32::from(span.doubtful)).sum();
        Self {
            annotator: set.key.annotator.to_string(),
            document: set.key.document.to_string(),
            state: set.state,
            labels,
            doubtful,
        }
    }
}

impl SetFile {
    /// The file of a set that was never written.
    pub(in crate::store) fn blank(key: SetKey) -> Self {
        Self { set: AnnotationSet::new(key), rest: SetRest::default(), wrong: Vec::new() }
    }
}

/// Writes a set file, whole.
pub(in crate::store) fn write_set(
    document: &Document,
    set: &AnnotationSet,
    rest: &SetRest,
) -> String {
    let mut out = String::with_capacity(256 + set.spans().len() * 192);
    let mut head = Object::new(&mut out);
    head.string("tawsim", "set");
    head.number("version", FORMAT_VERSION);
    head.string("annotator", set.key.annotator.as_str());
    head.string("document", set.key.document.as_str());
    match &rest.other_text {
        Some(digest) => head.string("digest", digest),
        None => head.string("digest", &document.digest().to_string()),
    }
    head.string("state", set.state.id());
    head.maybe("note", Some(set.note.as_str()).filter(|note| !note.is_empty()));
    head.extra(&HEAD, &set.extra);
    head.end();
    out.push('\n');
    for span in set.spans() {
        let kept = rest.quotes.get(&span.id).filter(|(range, _)| *range == span.range);
        push_span(&mut out, document, span, kept.map(|(_, quote)| quote.as_str()));
        out.push('\n');
    }
    let mut decisions: Vec<_> = set.decisions.values().collect();
    decisions.sort_by_key(|it| {
        let range = it.suggestion.range;
        (range.start(), std::cmp::Reverse(range.end()), &it.suggestion.label, &it.id)
    });
    for decision in decisions {
        push_decision(&mut out, document, decision);
        out.push('\n');
    }
    for record in set.records.values() {
        push_row(&mut out, record);
        out.push('\n');
    }
    for line in &rest.aside {
        out.push_str(line);
        out.push('\n');
    }
    out
}

/// Writes a span as an object; `quote` in place of the text at its range.
pub(super) fn push_span(
    out: &mut String,
    document: &Document,
    span: &Span,
    quote: Option<&str>,
) {
    let range = document.index().char_range(document.text(), span.range);
    let Some((start, end)) = range else {
        unreachable!("a span's range is checked where it enters, and {} was not", span.range)
    };
    let mut object = Object::new(out);
    object.string("id", span.id.as_str());
    object.string("label", span.label.as_str());
    object.number("start", start.0);
    object.number("end", end.0);
    object.string("text", quote.unwrap_or_else(|| document.slice(span.range)));
    object.maybe("value", span.value.as_deref());
    if !span.attributes.is_empty() {
        let mut attributes = Object::new(object.key("attributes"));
        for (id, text) in &span.attributes {
            attributes.string(id.as_str(), text);
        }
        attributes.end();
    }
    object.maybe("note", Some(span.note.as_str()).filter(|note| !note.is_empty()));
    object.flag("doubtful", span.doubtful);
    match &span.provenance.origin {
        Origin::Hand => object.string("origin", "hand"),
        Origin::Import(file) => object.string("origin", &format!("import:{file}")),
        Origin::Declared(annotator) => {
            object.string("origin", &format!("declared:{annotator}"));
        }
        Origin::Suggestion(source) => {
            object.string("origin", &format!("suggestion:{source}"));
        }
        Origin::Other(origin) => object.string("origin", origin),
    }
    object.maybe("at", span.provenance.at.map(|at| at.to_string()).as_deref());
    object.extra(&SPAN, &span.extra);
    object.end();
}

/// A span as a line has it, its range not yet looked at.
struct SpanRecord {
    span: Span,
    start: CharOffset,
    end: CharOffset,
    quote: Option<String>,
}

impl SpanRecord {
    fn read(mut fields: Fields<'_>) -> Result<Self, Wrong> {
        let id = SpanId::new(fields.need::<String>("id")?);
        let label = LabelId::new(fields.need::<String>("label")?);
        let mut span = Span::new(id, label, TextRange::default());
        let start = CharOffset(fields.need("start")?);
        let end = CharOffset(fields.need("end")?);
        let quote = fields.take("text")?;
        span.value = fields.take("value")?;
        if let Some(attributes) = fields.take::<BTreeMap<String, String>>("attributes")? {
            let pair = |(id, text): (String, String)| (AttributeId::new(id), text);
            span.attributes = attributes.into_iter().map(pair).collect();
        }
        span.note = fields.take("note")?.unwrap_or_default();
        span.doubtful = fields.take("doubtful")?.unwrap_or_default();
        span.provenance = read_provenance(&mut fields)?;
        span.extra = fields.into_extra();
        Ok(Self { span, start, end, quote })
    }
}

fn read_provenance(fields: &mut Fields<'_>) -> Result<Provenance, Wrong> {
    let origin = fields.take::<String>("origin")?;
    let origin = match origin.as_deref() {
        None | Some("hand") => Origin::Hand,
        Some(origin) => match origin.split_once(':') {
            Some(("import", file)) => Origin::Import(file.to_owned()),
            Some(("suggestion", source)) => Origin::Suggestion(source.to_owned()),
            Some(("declared", annotator)) => Origin::Declared(annotator.to_owned()),
            _ => Origin::Other(origin.to_owned()),
        },
    };
    let at = match fields.take::<String>("at")? {
        None => None,
        Some(at) => Some(Timestamp::parse(&at).ok_or_else(|| {
            Message::new(format!("«{at}» ليس وقتًا"), format!("`{at}` is no time"))
        })?),
    };
    Ok(Provenance { origin, at })
}

/// Reads a span from an object, with its range checked; a quotation that does not fit is
/// given back.
pub(super) fn read_span(
    document: &Document,
    fields: Fields<'_>,
) -> Result<(Span, Option<String>), Wrong> {
    let mut record = SpanRecord::read(fields)?;
    let range = document.range(record.start, record.end).map_err(|error| error.explain())?;
    record.span.range = range;
    let stale = record.quote.filter(|quote| quote != document.slice(range));
    Ok((record.span, stale))
}

/// Takes a line that says of which kind it is; whether it is of one that this version knows.
fn take_of_kind(
    set: &mut AnnotationSet,
    document: &Document,
    fields: Fields<'_>,
) -> Result<bool, Wrong> {
    if fields.says("kind", row::KIND) {
        let record = read_row(fields)?;
        set.records.insert(record.id.clone(), record);
        return Ok(true);
    }
    let decision = read_decision(document, fields)?;
    let is_known = decision.is_some();
    set.decisions.extend(decision.map(|decision| (decision.id.clone(), decision)));
    Ok(is_known)
}

/// Reads a set file. `None` if a later version of the program wrote it, with that version.
pub(in crate::store) fn read_set(
    bytes: &[u8],
    document: &Document,
    key: &SetKey,
) -> Result<SetFile, u64> {
    let mut file = SetFile::blank(key.clone());
    let mut spans = Vec::new();
    let mut ids = BTreeSet::new();
    let mut lines = lines(bytes).peekable();
    let had_head = match lines.peek() {
        Some(Ok(line)) => match read_head(line.text) {
            Ok(head) if head.version > FORMAT_VERSION => return Err(head.version),
            Ok(head) => {
                apply_head(&mut file, document, head);
                lines.next();
                true
            }
            Err(_) => false,
        },
        _ => false,
    };
    if !had_head && !bytes.is_empty() {
        let first = lines.next_if(|line| !matches!(line, Ok(line) if is_span(line.text)));
        file.rest.is_damaged = first.is_some();
        let what = Message::new(
            "السطر الأول ليس رأس مجموعة؛ حُفظت المواضع وأصبحت الحالة «قيد العمل»",
            "the first line is no set's header; the spans were kept, and the state is *in progress*",
        );
        file.wrong.push((Some(1), what));
        file.set.state = State::InProgress;
    }
    for line in lines {
        let line = match line {
            Ok(line) => line,
            Err((number, wrong)) => {
                file.rest.is_damaged = true;
                file.wrong.push((Some(number), wrong));
                continue;
            }
        };
        let fields = match Fields::parse(line.text) {
            Ok(fields) => fields,
            Err(wrong) => {
                file.rest.is_damaged = true;
                file.wrong.push((Some(line.number), wrong));
                continue;
            }
        };
        if fields.has("kind") {
            match take_of_kind(&mut file.set, document, fields) {
                Ok(true) => {}
                Ok(false) => file.rest.aside.push(line.text.to_owned()),
                Err(wrong) => {
                    file.wrong.push((Some(line.number), wrong));
                    file.rest.aside.push(line.text.to_owned());
                }
            }
            continue;
        }
        match read_span(document, fields) {
            Ok((span, _)) if !ids.insert(span.id.clone()) => {
                let what = Message::new(
                    format!("المعرّف «{}» مكرر في الملف", span.id),
                    format!("the id `{}` is in the file twice", span.id),
                );
                file.wrong.push((Some(line.number), what));
                file.rest.aside.push(line.text.to_owned());
            }
            Ok((span, quote)) => {
                if let Some(quote) = quote {
                    let now = document.slice(span.range);
                    let what = Message::new(
                        format!("في الملف «{quote}» وفي النص هناك «{now}»"),
                        format!("the file says “{quote}”, and the text has “{now}” there"),
                    );
                    file.wrong.push((Some(line.number), what));
                    file.rest.quotes.insert(span.id.clone(), (span.range, quote));
                }
                spans.push(span);
            }
            Err(wrong) => {
                file.wrong.push((Some(line.number), wrong));
                file.rest.aside.push(line.text.to_owned());
            }
        }
    }
    file.set.extend(spans);
    Ok(file)
}

/// Reads what a set file says of itself, counts its spans, and says which lines cannot be read.
/// An error if a later version of the program wrote it, with that version.
pub(in crate::store) fn skim_set(bytes: &[u8]) -> Result<(SetHead, Vec<(u64, Wrong)>), u64> {
    let mut head = SetHead { state: State::InProgress, ..SetHead::default() };
    let mut wrong = Vec::new();
    for (at, line) in lines(bytes).enumerate() {
        let line = match line {
            Ok(line) => line,
            Err(found) => {
                wrong.push(found);
                continue;
            }
        };
        if at == 0
            && let Ok(found) = read_head(line.text)
        {
            if found.version > FORMAT_VERSION {
                return Err(found.version);
            }
            head.annotator = found.annotator;
            head.document = found.document;
            head.state = found.state;
            continue;
        }
        let mut fields = match Fields::parse(line.text) {
            Ok(fields) => fields,
            Err(found) => {
                wrong.push((line.number, found));
                continue;
            }
        };
        if fields.has("kind") || !fields.has("start") {
            continue;
        }
        let Ok(Some(label)) = fields.take::<String>("label") else { continue };
        *head.labels.entry(LabelId::new(label)).or_default() += 1;
        head.doubtful += u32::from(matches!(fields.take("doubtful"), Ok(Some(true))));
    }
    Ok((head, wrong))
}

struct Head {
    version: u64,
    annotator: String,
    document: String,
    digest: String,
    state: State,
    note: String,
    extra: Extra,
}

fn read_head(line: &str) -> Result<Head, Wrong> {
    let mut fields = Fields::parse(line)?;
    let is_set = fields.need::<String>("tawsim")? == "set";
    let version = if is_set { fields.need("version")? } else { 0 };
    let state = fields.take::<String>("state")?.unwrap_or_default();
    let head = Head {
        version,
        annotator: fields.need("annotator")?,
        document: fields.need("document")?,
        digest: fields.need("digest")?,
        // A state that only later versions know is work that has begun.
        state: State::from_id(&state).unwrap_or(State::InProgress),
        note: fields.take("note")?.unwrap_or_default(),
        extra: fields.into_extra(),
    };
    Ok(head)
}

fn apply_head(file: &mut SetFile, document: &Document, head: Head) {
    let key = &file.set.key;
    if head.document != key.document.as_str() || head.annotator != key.annotator.as_str() {
        let what = Message::new(
            format!("يقول رأس الملف إنه من عمل «{}» على «{}»", head.annotator, head.document),
            format!("its header says that it is {}'s on `{}`", head.annotator, head.document),
        );
        file.wrong.push((Some(1), what));
    }
    if Digest::from_hex(&head.digest) != Some(document.digest()) {
        let what = Message::new(
            "كُتبت هذه المواضع على نص آخر",
            "these spans were made on another text",
        );
        file.wrong.push((Some(1), what));
        file.rest.other_text = Some(head.digest);
    }
    file.set.state = head.state;
    file.set.note = head.note;
    file.set.extra = head.extra;
}

fn is_span(line: &str) -> bool {
    Fields::parse(line).is_ok_and(|fields| fields.has("start") && fields.has("label"))
}

/// A line of a file that is UTF-8.
pub(super) struct Line<'a> {
    /// Its number, from 1.
    pub number: u64,
    /// Its text, without the line break.
    pub text: &'a str,
}

/// The lines of a file that are not empty; of those that are not UTF-8, number and reason.
pub(super) fn lines(bytes: &[u8]) -> impl Iterator<Item = Result<Line<'_>, (u64, Wrong)>> {
    let numbered = (1_u64..).zip(bytes.split(|byte| *byte == b'\n'));
    numbered.filter(|(_, line)| !line.trim_ascii().is_empty()).map(|(number, line)| {
        match std::str::from_utf8(line) {
            Ok(text) => Ok(Line { number, text: text.trim_end_matches('\r') }),
            Err(error) => Err((number, wrong_utf8(error))),
        }
    })
}

/// What is wrong with bytes that are not UTF-8.
pub(in crate::store) fn wrong_utf8(error: std::str::Utf8Error) -> Wrong {
    let byte = error.valid_up_to() + 1;
    Message::new(
        format!("ليس UTF-8 صحيحًا عند البايت {byte}"),
        format!("byte {byte} is not UTF-8"),
    )
}
