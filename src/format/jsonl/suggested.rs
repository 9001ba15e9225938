//! What another program suggests: lines as of documents, of which the text may be left out.
//!
//! A span may also have a `score` (a number from 0 to 1) and a `rule`. The document is the
//! project's own: what a line says of it must fit there.

use std::collections::HashMap;
use std::io::{self, BufRead};
use std::ops::ControlFlow;
use std::sync::Arc;

use super::fault::{Fault, SpanFault};
use super::json::Field;
use super::read::{Spans, each_line, once, problem, tell};
use crate::format::ReadOptions;
use crate::lang::{Explain as _, Message};
use crate::model::{Confidence, Document, DocumentId, Problem, Span, Suggestion, Surest};

/// The project's document of an id; none if it has none.
pub type FindDocument<'a> =
    dyn FnMut(&DocumentId) -> Result<Option<Arc<Document>>, Message> + 'a;

/// What a reader of suggestions finds.
#[derive(Debug)]
pub enum Proposal {
    /// What is suggested for a document, be it nothing.
    Of {
        /// The document.
        document: Arc<Document>,
        /// What is suggested for it, each label and range once.
        found: Vec<Suggestion>,
        /// How many spans the label map left out.
        dropped: usize,
    },
    /// Something that could not be read. Its place has the line and, where it is known, the
    /// document, but no path.
    Problem(Problem),
}

/// Reads what a source, which is the `file_name` of the options, suggests for documents that
/// `find` knows; fails only if the bytes cannot be had.
///
/// # Errors
///
/// Whatever the source of the bytes says.
pub fn read_proposals(
    source: &mut dyn BufRead,
    options: &ReadOptions<'_>,
    find: &mut FindDocument<'_>,
    take: &mut dyn FnMut(Proposal) -> ControlFlow<()>,
) -> io::Result<()> {
    let mut seen = HashMap::new();
    each_line(source, &mut |number, line| {
        let mut wrong = |id: Option<&DocumentId>, what| {
            take(Proposal::Problem(problem(number, id.cloned(), what)))
        };
        let head = match line.and_then(|line| head(line).map_err(|fault| fault.explain())) {
            Ok(head) => head,
            Err(what) => return wrong(None, what),
        };
        let id = &head.id;
        let known = find(id).and_then(|document| {
            known(&head, document)
                .and_then(|document| once(&mut seen, id, number).map(|()| document))
                .map_err(|fault| fault.explain())
        });
        let document = match known {
            Ok(document) => document,
            Err(what) => return wrong(Some(id), what),
        };
        let mut spans = Spans::new(&document, options.file_name, Some(options));
        spans.take_all(head.spans);
        let (dropped, mut faults) = (spans.dropped, spans.faults);
        let mut found = Surest::default();
        for (at, span) in (1..).zip(spans.spans) {
            match suggestion(options.file_name, span) {
                Ok(it) => found.push(it),
                Err(fault) => faults.push(Fault::Span { number: at, fault }),
            }
        }
        if faults.is_empty() {
            let found = found.into_found();
            return take(Proposal::Of { document, found, dropped });
        }
        tell(faults, number, id, &mut |problem| take(Proposal::Problem(problem)))
    })
}

/// What a line says besides its document's other fields.
struct Head<'a> {
    id: DocumentId,
    text: Option<String>,
    spans: Option<Field<'a>>,
}

fn head(line: &str) -> Result<Head<'_>, Fault> {
    let (mut id, mut text, mut spans) = (None, None, None);
    for (key, field) in Field::line(line).object("the line")? {
        match &*key {
            "id" => id = Some(field.text(&key)?),
            "text" | "spans" if field.is_null() => {}
            "text" => text = Some(field.text(&key)?),
            "spans" => spans = Some(field),
            _ => {}
        }
    }
    let id = id.ok_or(Fault::Missing { field: "id" })?;
    Ok(Head { id: DocumentId::new(id), text, spans })
}

/// The document that a line is about, if it is the project's and of that text.
fn known(head: &Head<'_>, document: Option<Arc<Document>>) -> Result<Arc<Document>, Fault> {
    let id = || head.id.to_string();
    let document = document.ok_or_else(|| Fault::UnknownDocument { id: id() })?;
    match &head.text {
        Some(text) if **text != **document.text() => Err(Fault::OtherText { id: id() }),
        _ => Ok(document),
    }
}

fn suggestion(source: &str, span: Span) -> Result<Suggestion, SpanFault> {
    let mut it = Suggestion::new(source, span.label, span.range);
    (it.value, it.attributes) = (span.value, span.attributes);
    for (key, json) in span.extra.0 {
        match &*key {
            "score" if json != "null" => {
                let score = serde_json::from_str::<f64>(&json).ok().and_then(Confidence::new);
                let score = score.ok_or(SpanFault::Score { found: json })?;
                it.confidence = Some(score);
            }
            "rule" if json != "null" => {
                let rule = serde_json::from_str(&json);
                it.rule = rule.map_err(|_error| SpanFault::Rule { found: json })?;
            }
            _ => {}
        }
    }
    Ok(it)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::LabelMap;
    use crate::model::Schema;

    const TEXT: &str = "في فاس 12 شخصا";

    fn read(file: &str) -> (Vec<Suggestion>, Vec<String>) {
        let (schema, map) = (Schema::default(), LabelMap::parse("LOC=CITY").unwrap());
        let options = ReadOptions { file_name: "ner", schema: &schema, map: &map };
        let (mut all, mut wrong) = (Vec::new(), Vec::new());
        let mut find = |id: &DocumentId| {
            let is_there = id.as_str() == "a";
            Ok(is_there.then(|| Arc::new(Document::new(id.clone(), TEXT))))
        };
        read_proposals(&mut file.as_bytes(), &options, &mut find, &mut |item| {
            match item {
                Proposal::Of { found, .. } => all.extend(found),
                Proposal::Problem(problem) => {
                    wrong.push(format!("{:?}: {}", problem.place.line, problem.what.en));
                }
            }
            ControlFlow::Continue(())
        })
        .unwrap();
        (all, wrong)
    }

    #[test]
    fn a_source_says_how_sure_it_is_by_which_rule_and_need_not_repeat_the_text() {
        let (found, wrong) = read(
            "{\"id\": \"a\", \"source\": \"a wire\", \"spans\": [\
             {\"start\": 3, \"end\": 6, \"label\": \"LOC\", \"score\": 0.5, \"rule\": \"town\", \
             \"source\": \"other\", \"value\": \"فاس\"}, \
             {\"start\": 3, \"end\": 6, \"label\": \"CITY\", \"score\": 0.75}, \
             {\"start\": 7, \"end\": 9, \"label\": \"COUNT\", \"text\": \"12\"}]}\n",
        );
        assert_eq!(wrong, [""; 0]);
        let [town, count] = &found[..] else { panic!("{found:?}") };
        assert_eq!(town.source, "ner");
        assert_eq!(town.confidence, Confidence::new(0.75), "the surer of two for one place");
        assert_eq!((count.label.as_str(), count.confidence), ("COUNT", None));
    }

    #[test]
    fn many_in_one_document_take_no_time() {
        // A span for each cut of a long word: 45,000 of them.
        let text = "ب".repeat(300);
        let all = (0..300).flat_map(|start| (start + 1..=300).map(move |end| (start, end)));
        let one = |(start, end)| {
            format!("{{\"start\": {start}, \"end\": {end}, \"label\": \"CITY\"}}")
        };
        let spans: Vec<_> = all.map(one).collect();
        let line = format!("{{\"id\": \"a\", \"spans\": [{}]}}\n", spans.join(","));
        let (schema, map) = (Schema::default(), LabelMap::default());
        let options = ReadOptions { file_name: "ner", schema: &schema, map: &map };
        let document = Arc::new(Document::new("a".into(), text));
        let mut find = |_: &DocumentId| Ok(Some(Arc::clone(&document)));
        let mut count = 0;
        let began = std::time::Instant::now();
        read_proposals(&mut line.as_bytes(), &options, &mut find, &mut |item| {
            if let Proposal::Of { found, .. } = item {
                count = found.len();
            }
            ControlFlow::Continue(())
        })
        .unwrap();
        assert_eq!(count, spans.len());
        assert!(began.elapsed().as_secs() < 10, "{:?}", began.elapsed());
    }

    #[track_caller]
    fn check(line: &str, says: &str) {
        let (found, wrong) = read(line);
        assert!(found.is_empty(), "{found:?}");
        assert!(wrong.iter().any(|wrong| wrong.contains(says)), "{wrong:?}");
    }

    #[test]
    fn what_does_not_fit_the_projects_document_is_told_with_its_line() {
        let span = |fields: &str| {
            format!("\n{{\"id\": \"a\", \"spans\": [{{\"label\": \"CITY\", {fields}}}]}}\n")
        };
        check("{\"id\": \"b\", \"spans\": []}", "Some(1): the project has no document `b`");
        check("{\"id\": \"a\", \"text\": \"آخر\"}", "another text under the id `a`");
        check("{\"id\": \"a\"}\n{\"id\": \"a\"}", "Some(2): the document `a` stands already");
        check("{\"id\": \"a\", \"spans\": [{\"sta", "ends in the middle");
        check(&span("\"start\": 5, \"end\": 11, \"text\": \"فاس\""), "byte offsets");
        check(&span("\"start\": 3, \"end\": 600"), "Some(2)");
        check(
            &span("\"start\": 3, \"end\": 6, \"score\": 1.5"),
            "a number from 0 to 1, not 1.5",
        );
        check(&span("\"start\": 3, \"end\": 6, \"rule\": 7"), "`rule` must be text");
        let label = span("\"start\": 3, \"end\": 6").replace("CITY", "TOWN");
        check(&label, "the label `TOWN` is not in the schema");
    }
}
