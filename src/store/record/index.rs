//! The index: what opening a project needs, so that nothing else is read (`docs/project-files.md`,
//! *Index*).
//!
//! A cache: any doubt about it is a reason to make it again. A digest of the whole in the first
//! line tells a torn one.

use std::borrow::Cow;
use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::document::ShardLine;
use super::set::SetHead;
use crate::model::{Digest, LabelId, Meta, State};
use crate::store::disk::Stat;

/// The version of the index's own form. Another one is made again.
const INDEX_VERSION: u64 = 1;

/// What was read of a project the last time.
#[derive(Debug, Default, PartialEq)]
pub(in crate::store) struct Index {
    /// Shards by file name.
    pub shards: HashMap<String, IndexShard>,
    /// Set files by path, from the project's folder.
    pub sets: HashMap<String, (Stat, SetHead)>,
    /// Meta files by path, from the project's folder.
    pub metas: HashMap<String, (Stat, String, Meta)>,
}

/// A shard, read whole and without a fault.
#[derive(Debug, Default, PartialEq)]
pub(in crate::store) struct IndexShard {
    /// Its length in bytes.
    pub len: u64,
    /// Its place among the shards.
    pub order: u64,
    /// Its documents, each with where its line begins and how long it is. The first is on
    /// line 2, and none is missing.
    pub documents: Vec<(ShardLine, u64, usize)>,
}

#[derive(Serialize, Deserialize)]
struct Head {
    tawsim: String,
    version: u64,
    check: String,
    shards: usize,
    sets: usize,
    metas: usize,
}

/// Name, length, order, documents.
#[derive(Serialize, Deserialize)]
struct ShardRow<'a>(#[serde(borrow)] Cow<'a, str>, u64, u64, usize);

/// Id, title, date, source, first line, code points, digest, offset, length.
#[derive(Serialize, Deserialize)]
struct DocumentRow<'a>(
    #[serde(borrow)] Cow<'a, str>,
    Option<String>,
    Option<String>,
    Option<String>,
    String,
    u64,
    #[serde(borrow)] Cow<'a, str>,
    u64,
    usize,
);

/// Path, length, time, annotator, document, state, labels, doubtful.
#[derive(Serialize, Deserialize)]
struct SetRow<'a>(
    #[serde(borrow)] Cow<'a, str>,
    u64,
    i64,
    String,
    String,
    #[serde(borrow)] Cow<'a, str>,
    Vec<(String, u32)>,
    u32,
);

/// Path, length, time, document, title, date, source.
#[derive(Serialize, Deserialize)]
struct MetaRow(String, u64, i64, String, Option<String>, Option<String>, Option<String>);

/// Writes an index, its lines in the order of the arguments.
pub(in crate::store) fn write_index<'a>(
    shards: &[(&'a str, &'a IndexShard)],
    sets: &[(&'a str, Stat, &'a SetHead)],
    metas: &[(&'a str, Stat, &'a str, &'a Meta)],
) -> String {
    let mut out = String::new();
    let mut push = |row: serde_json::Result<String>| {
        let Ok(row) = row else {
            unreachable!("rows are made of strings and numbers, which JSON can all write")
        };
        out.push_str(&row);
        out.push('\n');
    };
    for (name, shard) in shards {
        let row = ShardRow((*name).into(), shard.len, shard.order, shard.documents.len());
        push(serde_json::to_string(&row));
        for (line, offset, len) in &shard.documents {
            let Meta { title, date, source } = line.given.clone();
            push(serde_json::to_string(&DocumentRow(
                line.id.as_str().into(),
                title,
                date,
                source,
                line.first_line.clone(),
                line.num_chars,
                line.digest.to_string().into(),
                *offset,
                *len,
            )));
        }
    }
    for (path, stat, head) in sets {
        let label = |(label, count): (&LabelId, &u32)| (label.to_string(), *count);
        push(serde_json::to_string(&SetRow(
            (*path).into(),
            stat.len,
            stat.modified,
            head.annotator.clone(),
            head.document.clone(),
            head.state.id().into(),
            head.labels.iter().map(label).collect(),
            head.doubtful,
        )));
    }
    for (path, stat, document, meta) in metas {
        let Meta { title, date, source } = (*meta).clone();
        let (path, document) = ((*path).to_owned(), (*document).to_owned());
        let row = MetaRow(path, stat.len, stat.modified, document, title, date, source);
        push(serde_json::to_string(&row));
    }
    let head = Head {
        tawsim: "index".to_owned(),
        version: INDEX_VERSION,
        check: Digest::of(out.as_bytes()).to_string(),
        shards: shards.len(),
        sets: sets.len(),
        metas: metas.len(),
    };
    let Ok(head) = serde_json::to_string(&head) else {
        unreachable!("a header is made of strings and numbers, which JSON can all write")
    };
    format!("{head}\n{out}")
}

/// Reads an index; none if there is any doubt about it.
pub(in crate::store) fn read_index(bytes: &[u8]) -> Option<Index> {
    let text = std::str::from_utf8(bytes).ok()?;
    let (head, rest) = text.split_once('\n')?;
    let head: Head = serde_json::from_str(head).ok()?;
    let is_ours = head.tawsim == "index" && head.version == INDEX_VERSION;
    if !is_ours || head.check != Digest::of(rest.as_bytes()).to_string() {
        return None;
    }
    let mut lines = rest.lines();
    let mut index = Index::default();
    for _ in 0..head.shards {
        let row: ShardRow<'_> = serde_json::from_str(lines.next()?).ok()?;
        let mut shard = IndexShard { len: row.1, order: row.2, documents: Vec::new() };
        for _ in 0..row.3 {
            let row: DocumentRow<'_> = serde_json::from_str(lines.next()?).ok()?;
            let line = ShardLine {
                id: (&*row.0).into(),
                given: Meta { title: row.1, date: row.2, source: row.3 },
                first_line: row.4,
                num_chars: row.5,
                digest: Digest::from_hex(&row.6)?,
            };
            shard.documents.push((line, row.7, row.8));
        }
        index.shards.insert(row.0.into_owned(), shard);
    }
    for _ in 0..head.sets {
        let row: SetRow<'_> = serde_json::from_str(lines.next()?).ok()?;
        let head = SetHead {
            annotator: row.3,
            document: row.4,
            state: State::from_id(&row.5)?,
            labels: row.6.into_iter().map(|(label, n)| (LabelId::new(label), n)).collect(),
            doubtful: row.7,
        };
        let stat = Stat { len: row.1, modified: row.2, is_folder: false };
        index.sets.insert(row.0.into_owned(), (stat, head));
    }
    for _ in 0..head.metas {
        let row: MetaRow = serde_json::from_str(lines.next()?).ok()?;
        let stat = Stat { len: row.1, modified: row.2, is_folder: false };
        let meta = Meta { title: row.4, date: row.5, source: row.6 };
        index.metas.insert(row.0, (stat, row.3, meta));
    }
    Some(index)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Document;

    fn written() -> (String, Index) {
        let document = Document::new("a\"\\".into(), "عنوان\nنص");
        let line = ShardLine::of(&document);
        let shard = IndexShard { len: 9, order: 3, documents: vec![(line, 7, 5)] };
        let mut head = SetHead {
            annotator: "سارة".to_owned(),
            document: "a\"\\".to_owned(),
            state: State::Finished,
            doubtful: 1,
            ..SetHead::default()
        };
        head.labels.insert("CITY".into(), 2);
        let stat = Stat { len: 5, modified: -4, is_folder: false };
        let meta = Meta { title: Some("ع".to_owned()), date: None, source: None };
        let text = write_index(
            &[("d.jsonl", &shard)],
            &[("sets/s", stat, &head)],
            &[("meta/m", stat, "a", &meta)],
        );
        let mut index = Index::default();
        index.shards.insert("d.jsonl".to_owned(), shard);
        index.sets.insert("sets/s".to_owned(), (stat, head));
        index.metas.insert("meta/m".to_owned(), (stat, "a".to_owned(), meta));
        (text, index)
    }

    #[test]
    fn an_index_is_read_as_it_was_written() {
        let (text, index) = written();
        assert_eq!(read_index(text.as_bytes()), Some(index));
    }

    #[test]
    fn any_doubt_about_an_index_is_enough() {
        let (text, _) = written();
        for end in 0..text.len() {
            assert_eq!(read_index(&text.as_bytes()[..end]), None, "cut at {end}");
        }
        assert_eq!(read_index(text.replace("CITY", "DATE").as_bytes()), None);
    }
}
