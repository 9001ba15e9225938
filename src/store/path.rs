//! Where each file of a project lives; nobody else joins paths.
//!
//! The specification is `docs/project-files.md`, *Names*.

use std::path::{Path, PathBuf};

use crate::model::{AnnotatorId, Digest, DocumentId, SetKey};

/// The longest name that is written out; longer ones become prefix and digest.
const MAX_NAME: usize = 120;

/// How much of a long name is kept in front of its digest.
const PREFIX: usize = MAX_NAME - 65;

/// Names that some systems give to devices, whatever comes after a dot.
const DEVICES: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8",
    "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// The file name, without extension, of a thing with that id.
///
/// Keeps `a-z 0-9 _ -` and writes every other byte as `%xx`. Over 120 bytes, what begins the
/// name is followed by `~` and the SHA-256 of the id.
pub(super) fn file_name(id: &str) -> String {
    let mut name = String::with_capacity(id.len());
    for byte in id.bytes() {
        match byte {
            b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-' => name.push(char::from(byte)),
            _ => name.push_str(&format!("%{byte:02x}")),
        }
    }
    if name.is_empty() {
        return "%".to_owned();
    }
    if DEVICES.contains(&name.as_str()) {
        let first = name.remove(0);
        return format!("%{:02x}{name}", u32::from(first));
    }
    if name.len() > MAX_NAME {
        let mut end = PREFIX;
        // Not inside a `%xx`.
        while name.get(end.saturating_sub(2)..end).is_some_and(|near| near.contains('%')) {
            end -= 1;
        }
        name.truncate(end);
        return format!("{name}~{}", Digest::of(id.as_bytes()));
    }
    name
}

/// The folder in which a document's files lie: two hex digits of its id's digest.
pub(super) fn bucket(document: &DocumentId) -> String {
    Digest::of(document.as_str().as_bytes()).to_string().chars().take(2).collect()
}

/// The paths of one project, for one installation.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    /// The project's folder.
    pub root: PathBuf,
    /// The installation's id, which is a file name.
    pub installation: String,
}

impl Layout {
    pub(super) fn project(&self) -> PathBuf {
        self.root.join("project.ron")
    }

    pub(super) fn guidelines(&self) -> PathBuf {
        self.root.join("guidelines.md")
    }

    pub(super) fn documents(&self) -> PathBuf {
        self.root.join("documents")
    }

    /// The folder of all annotators' sets.
    pub(super) fn sets(&self) -> PathBuf {
        self.root.join("sets")
    }

    /// The folder of what other programs suggest.
    pub(super) fn suggestions(&self) -> PathBuf {
        self.root.join("suggestions")
    }

    /// What a source suggests.
    pub(super) fn suggested(&self, source: &str) -> PathBuf {
        self.suggestions().join(format!("{}.jsonl", file_name(source)))
    }

    pub(super) fn gold(&self) -> PathBuf {
        self.root.join("gold")
    }

    pub(super) fn metas(&self) -> PathBuf {
        self.root.join("meta")
    }

    /// The folder of one annotator's sets; the gold sets have their own.
    pub(super) fn sets_of(&self, annotator: &AnnotatorId) -> PathBuf {
        if annotator.is_gold() {
            return self.gold();
        }
        self.sets().join(file_name(annotator.as_str()))
    }

    pub(super) fn set(&self, key: &SetKey) -> PathBuf {
        in_bucket(&self.sets_of(&key.annotator), &key.document, "jsonl")
    }

    pub(super) fn meta(&self, document: &DocumentId) -> PathBuf {
        in_bucket(&self.metas(), document, "json")
    }

    /// Where this installation writes what that annotator did.
    pub(super) fn history(&self, annotator: &AnnotatorId) -> PathBuf {
        let name = file_name(annotator.as_str());
        self.histories().join(name).join(&self.installation)
    }

    /// The folder of everybody's history.
    pub(super) fn histories(&self) -> PathBuf {
        self.root.join("history")
    }

    /// What is local to this machine, for all installations.
    pub(super) fn local(&self) -> PathBuf {
        self.root.join(".tawsim")
    }

    /// What is local to this installation.
    pub(super) fn own(&self) -> PathBuf {
        self.local().join(&self.installation)
    }

    /// What this installation has learned from the project.
    pub(super) fn learned(&self) -> PathBuf {
        self.own().join("learned")
    }

    /// What `project.ron` said before it became what has that digest.
    pub(super) fn earlier(&self, after: Digest) -> PathBuf {
        let digest: String = after.to_string().chars().take(16).collect();
        self.own().join(format!("project.{digest}.ron"))
    }

    /// Whether a path in the installation's folder is one of those.
    pub(super) fn is_earlier(&self, path: &Path) -> bool {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        path.parent() == Some(&self.own())
            && name.starts_with("project.")
            && name.ends_with(".ron")
    }

    pub(super) fn index(&self) -> PathBuf {
        self.own().join("index.jsonl")
    }

    /// The folder of all annotators' desks.
    pub(super) fn desks(&self) -> PathBuf {
        self.own().join("sets")
    }

    /// The folder of journal and lock of an annotator; of the project, for none.
    pub(super) fn desk(&self, annotator: Option<&AnnotatorId>) -> PathBuf {
        match annotator {
            Some(annotator) => self.desks().join(file_name(annotator.as_str())),
            None => self.own().join("project"),
        }
    }

    /// Where a desk writes what is not yet in its place.
    pub(super) fn staging(&self, annotator: Option<&AnnotatorId>) -> PathBuf {
        self.desk(annotator).join("staging")
    }

    /// A path, from the project's folder.
    pub(super) fn short(&self, path: &Path) -> PathBuf {
        path.strip_prefix(&self.root).unwrap_or(path).to_owned()
    }

    /// A path, from the project's folder, with `/` on every system.
    pub(super) fn short_name(&self, path: &Path) -> String {
        let parts = self.short(path);
        let parts: Vec<_> = parts.iter().map(|part| part.to_string_lossy()).collect();
        parts.join("/")
    }

    /// Where that file's other side is kept after a conflict; `stamp` tells several apart.
    pub(super) fn beside(&self, folder: &str, path: &Path, stamp: &str) -> PathBuf {
        let inner = path.strip_prefix(&self.root).unwrap_or(path);
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let extension = path.extension().unwrap_or_default().to_string_lossy();
        let name = format!("{stem}.{stamp}.{extension}");
        self.root.join(folder).join(inner).with_file_name(name)
    }
}

fn in_bucket(folder: &Path, document: &DocumentId, extension: &str) -> PathBuf {
    let name = file_name(document.as_str());
    folder.join(bucket(document)).join(format!("{name}.{extension}"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The id that a file name says; none if it is only prefix and digest, or not one of ours.
    fn id_of(name: &str) -> Option<String> {
        if name == "%" {
            return Some(String::new());
        }
        let mut bytes = Vec::with_capacity(name.len());
        let mut rest = name.bytes();
        while let Some(byte) = rest.next() {
            if byte == b'%' {
                let pair = [rest.next()?, rest.next()?];
                let pair = std::str::from_utf8(&pair).ok()?;
                bytes.push(u8::from_str_radix(pair, 16).ok()?);
            } else {
                bytes.push(byte);
            }
        }
        let id = String::from_utf8(bytes).ok()?;
        (file_name(&id) == name).then_some(id)
    }

    #[track_caller]
    fn check(id: &str, name: &str) {
        assert_eq!(file_name(id), name);
        assert_eq!(id_of(name).as_deref(), Some(id));
    }

    #[test]
    fn harmless_ids_are_their_own_names() {
        check("000_8d06fa1c-4c5afd43", "000_8d06fa1c-4c5afd43");
    }

    #[test]
    fn everything_else_is_written_in_hex() {
        check("A/b", "%41%2fb");
        check("..", "%2e%2e");
        check("فاس", "%d9%81%d8%a7%d8%b3");
        check("a%20", "a%2520");
        check("a\0~", "a%00%7e");
        check("", "%");
    }

    #[test]
    fn device_names_are_avoided() {
        check("con", "%63on");
        check("lpt9", "%6cpt9");
        check("CON", "%43%4f%4e");
        check("console", "console");
    }

    #[test]
    fn long_ids_become_prefix_and_digest() {
        let long = "ب".repeat(300);
        let name = file_name(&long);
        assert!(name.len() <= MAX_NAME, "{}", name.len());
        assert!(name.starts_with("%d8%a8%d8%a8") && name.contains('~'));
        assert!(!name.contains("%~") && !name.contains("%d~"), "no torn escape");
        assert_eq!(id_of(&name), None);
        assert_eq!(file_name(&"a".repeat(120)), "a".repeat(120));
        assert_eq!(file_name(&"a".repeat(121)).len(), MAX_NAME);
        assert_ne!(file_name(&"a".repeat(121)), file_name(&"a".repeat(122)));
    }

    #[test]
    fn foreign_names_are_nobodys() {
        for name in ["A", "%2F", "%zz", "%6", "con", "%ff", "a b", "a~b"] {
            assert_eq!(id_of(name), None, "{name}");
        }
    }

    #[test]
    fn a_kept_file_lies_where_its_original_does() {
        let layout = Layout { root: "/p".into(), installation: "i".to_owned() };
        let path = Path::new("/p/sets/sara/0a/doc.jsonl");
        let kept = layout.beside("conflicts", path, "20261122T100000Z");
        assert_eq!(kept, Path::new("/p/conflicts/sets/sara/0a/doc.20261122T100000Z.jsonl"));
    }

    proptest! {
        #[test]
        fn names_are_unique_reversible_and_fold_no_case(id in "\\PC{0,80}", other in "\\PC{0,80}") {
            let name = file_name(&id);
            prop_assert!(name.len() <= MAX_NAME);
            prop_assert_eq!(name.to_lowercase(), name.clone());
            prop_assert_eq!(name == file_name(&other), id == other);
            if !name.contains('~') {
                prop_assert_eq!(id_of(&name), Some(id));
            }
        }
    }
}
