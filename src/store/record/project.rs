//! `project.ron` (`docs/project-files.md`, *The project file*).

use std::path::Path;

use ron::extensions::Extensions;
use ron::ser::PrettyConfig;
use serde::{Deserialize, Serialize};

use super::FORMAT_VERSION;
use super::unknown::Unknown;
use crate::lang::Message;
use crate::model::{
    Anchoring, Attribute, Label, Layer, Name, Overlap, Program, Schema, ValueKind,
};
use crate::store::Error;

/// What `project.ron` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::store) struct ProjectFile {
    /// The project's name.
    pub name: String,
    /// Its schema.
    pub schema: Schema,
    /// The programs that suggest. When the file is written they stand as they were, among what
    /// is unknown.
    pub extractors: Vec<Program>,
    /// What it says besides, for other versions.
    pub unknown: Unknown,
}

#[derive(Serialize, Deserialize)]
#[serde(rename = "Project")]
struct ProjectRecord {
    version: u64,
    name: String,
    schema: SchemaRecord,
    #[serde(default, skip_serializing)]
    extractors: Vec<ExtractorRecord>,
}

#[derive(Deserialize)]
#[serde(rename = "Extractor")]
struct ExtractorRecord {
    name: String,
    command: Vec<String>,
    #[serde(default = "default_seconds")]
    seconds: u64,
}

/// How long a program may run where the file does not say it.
fn default_seconds() -> u64 {
    60
}

/// Read first, so that a later version is told from a damaged file.
#[derive(Deserialize)]
#[serde(rename = "Project")]
struct VersionRecord {
    version: u64,
}

#[derive(Serialize, Deserialize)]
#[serde(rename = "Schema")]
struct SchemaRecord {
    layers: Vec<LayerRecord>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename = "Layer")]
struct LayerRecord {
    id: String,
    name: NameRecord,
    #[serde(default)]
    overlap: OverlapRecord,
    #[serde(default)]
    anchoring: AnchoringRecord,
    labels: Vec<LabelRecord>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename = "Label")]
struct LabelRecord {
    id: String,
    name: NameRecord,
    color: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    key: Option<u8>,
    #[serde(default)]
    value: ValueRecord,
    #[serde(default)]
    definition: NameRecord,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    examples: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    counterexamples: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    attributes: Vec<AttributeRecord>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename = "Attribute")]
struct AttributeRecord {
    id: String,
    name: NameRecord,
    #[serde(default)]
    value: ValueRecord,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(rename = "Name")]
struct NameRecord {
    #[serde(default)]
    ar: String,
    #[serde(default)]
    en: String,
}

#[derive(Default, Serialize, Deserialize)]
enum OverlapRecord {
    #[default]
    Never,
    Nested,
    Any,
}

#[derive(Default, Serialize, Deserialize)]
enum AnchoringRecord {
    #[default]
    Characters,
    Words,
}

#[derive(Default, Serialize, Deserialize)]
enum ValueRecord {
    #[default]
    Text,
    Count,
    Date,
    Place,
    Choice(Vec<String>),
}

pub(super) fn options() -> ron::Options {
    ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME)
}

/// Writes `project.ron`, whole.
pub(in crate::store) fn write_project(file: &ProjectFile) -> String {
    let record = ProjectRecord {
        version: FORMAT_VERSION,
        name: file.name.clone(),
        schema: SchemaRecord::of(&file.schema),
        extractors: Vec::new(),
    };
    file.unknown.put_into(&to_ron(&record), &file.schema)
}

/// Reads `project.ron`; `path` is for the message.
pub(in crate::store) fn read_project(path: &Path, bytes: &[u8]) -> Result<ProjectFile, Error> {
    let text = utf8(path, bytes)?;
    let VersionRecord { version } = from_ron(path, text)?;
    if version > FORMAT_VERSION {
        return Err(Error::Newer { path: path.to_owned(), version });
    }
    let record: ProjectRecord = from_ron(path, text)?;
    let schema = record.schema.into_schema(path)?;
    let extractors = record.extractors.into_iter().map(|of| {
        let ExtractorRecord { name, command, seconds } = of;
        Program { name, command, seconds }
    });
    let extractors = extractors.collect();
    Ok(ProjectFile { name: record.name, schema, extractors, unknown: Unknown::of(text) })
}

/// The schema of a file in RON, as `tawsim new --schema` takes it; `path` is for the message.
///
/// # Errors
///
/// If it is no UTF-8, no RON of that form, or breaks a rule of [`Schema::new`].
pub fn read_schema(path: &Path, bytes: &[u8]) -> Result<Schema, Error> {
    let record: SchemaRecord = from_ron(path, utf8(path, bytes)?)?;
    record.into_schema(path)
}

/// The schema of a file in RON that is a `project.ron` or holds a schema alone; `path` is for the
/// message.
///
/// # Errors
///
/// As [`read_schema`], or if a later version of the program wrote it.
pub fn read_labels(path: &Path, bytes: &[u8]) -> Result<Schema, Error> {
    let is_project = from_ron::<VersionRecord>(path, utf8(path, bytes)?).is_ok();
    if is_project { Ok(read_project(path, bytes)?.schema) } else { read_schema(path, bytes) }
}

/// A schema in RON, as [`read_schema`] reads it.
#[must_use]
pub fn write_schema(schema: &Schema) -> String {
    to_ron(&SchemaRecord::of(schema))
}

fn to_ron(record: &impl Serialize) -> String {
    let config = PrettyConfig::new().struct_names(true).new_line("\n".to_owned());
    let written = options().to_string_pretty(record, config);
    let Ok(mut text) = written else {
        unreachable!("records are made of strings, numbers and lists, which RON can all write")
    };
    text.push('\n');
    readable(&text)
}

/// The same RON with letters for what its writer escapes without need: it takes every vowel mark
/// for a control character, and `\u{651}` is nothing for people.
fn readable(ron: &str) -> String {
    let mut text = String::with_capacity(ron.len());
    let mut rest = ron;
    while let Some((before, escape)) = rest.split_once('\\') {
        text.push_str(before);
        let letter = escape.strip_prefix("u{").and_then(|code| {
            let (code, after) = code.split_once('}')?;
            let letter = char::from_u32(u32::from_str_radix(code, 16).ok()?)?;
            (!letter.is_control()).then_some((letter, after))
        });
        if let Some((letter, after)) = letter {
            text.push(letter);
            rest = after;
        } else {
            // Any other escape stays, its second character with it: that may be a backslash.
            let end = escape.chars().next().map_or(0, char::len_utf8);
            let (second, after) = escape.split_at(end);
            text.push('\\');
            text.push_str(second);
            rest = after;
        }
    }
    text.push_str(rest);
    text
}

fn from_ron<'a, T: Deserialize<'a>>(path: &Path, text: &'a str) -> Result<T, Error> {
    options().from_str(text).map_err(|error| {
        let place = error.span.start;
        let (column, reason) = (place.col, error.code.to_string());
        Error::Damaged {
            path: path.to_owned(),
            line: Some(place.line as u64),
            what: Message::new(
                format!("ليس RON صحيحًا عند العمود {column}: {reason}"),
                format!("this is not as it should be at column {column}: {reason}"),
            ),
        }
    })
}

fn utf8<'a>(path: &Path, bytes: &'a [u8]) -> Result<&'a str, Error> {
    std::str::from_utf8(bytes).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let line = before.iter().filter(|byte| **byte == b'\n').count() as u64 + 1;
        Error::Damaged {
            path: path.to_owned(),
            line: Some(line),
            what: Message::new("ليس UTF-8 صحيحًا", "this is not UTF-8"),
        }
    })
}

impl SchemaRecord {
    fn of(schema: &Schema) -> Self {
        Self { layers: schema.layers().iter().map(LayerRecord::of).collect() }
    }

    fn into_schema(self, path: &Path) -> Result<Schema, Error> {
        let mut layers = Vec::new();
        for layer in self.layers {
            layers.push(layer.into_layer(path)?);
        }
        Schema::new(layers).map_err(|error| Error::Schema { path: path.to_owned(), error })
    }
}

impl LayerRecord {
    fn of(layer: &Layer) -> Self {
        Self {
            id: layer.id.to_string(),
            name: NameRecord::of(&layer.name),
            overlap: match layer.overlap {
                Overlap::Never => OverlapRecord::Never,
                Overlap::Nested => OverlapRecord::Nested,
                Overlap::Any => OverlapRecord::Any,
            },
            anchoring: match layer.anchoring {
                Anchoring::Characters => AnchoringRecord::Characters,
                Anchoring::Words => AnchoringRecord::Words,
            },
            labels: layer.labels.iter().map(LabelRecord::of).collect(),
        }
    }

    fn into_layer(self, path: &Path) -> Result<Layer, Error> {
        let mut labels = Vec::new();
        for label in self.labels {
            labels.push(label.into_label(path)?);
        }
        Ok(Layer {
            id: self.id.as_str().into(),
            name: self.name.into_name(),
            overlap: match self.overlap {
                OverlapRecord::Never => Overlap::Never,
                OverlapRecord::Nested => Overlap::Nested,
                OverlapRecord::Any => Overlap::Any,
            },
            anchoring: match self.anchoring {
                AnchoringRecord::Characters => Anchoring::Characters,
                AnchoringRecord::Words => Anchoring::Words,
            },
            labels,
        })
    }
}

impl LabelRecord {
    fn of(label: &Label) -> Self {
        let [red, green, blue] = label.color;
        Self {
            id: label.id.to_string(),
            name: NameRecord::of(&label.name),
            color: format!("#{red:02x}{green:02x}{blue:02x}"),
            key: label.key,
            value: ValueRecord::of(&label.value),
            definition: NameRecord::of(&label.definition),
            examples: label.examples.clone(),
            counterexamples: label.counterexamples.clone(),
            attributes: label.attributes.iter().map(AttributeRecord::of).collect(),
        }
    }

    fn into_label(self, path: &Path) -> Result<Label, Error> {
        let color = read_color(&self.color).ok_or_else(|| Error::Damaged {
            path: path.to_owned(),
            line: None,
            what: Message::new(
                format!("«{}» ليس لونًا؛ يُكتب اللون هكذا: ‎#1f77b4", self.color),
                format!("`{}` is no color; a color is written like #1f77b4", self.color),
            ),
        })?;
        Ok(Label {
            id: self.id.as_str().into(),
            name: self.name.into_name(),
            definition: self.definition.into_name(),
            examples: self.examples,
            counterexamples: self.counterexamples,
            color,
            key: self.key,
            value: self.value.into_kind(),
            attributes: self
                .attributes
                .into_iter()
                .map(AttributeRecord::into_attribute)
                .collect(),
        })
    }
}

impl AttributeRecord {
    fn of(attribute: &Attribute) -> Self {
        Self {
            id: attribute.id.to_string(),
            name: NameRecord::of(&attribute.name),
            value: ValueRecord::of(&attribute.value),
        }
    }

    fn into_attribute(self) -> Attribute {
        Attribute {
            id: self.id.as_str().into(),
            name: self.name.into_name(),
            value: self.value.into_kind(),
        }
    }
}

impl NameRecord {
    fn of(name: &Name) -> Self {
        Self { ar: name.ar.clone(), en: name.en.clone() }
    }

    fn into_name(self) -> Name {
        Name { ar: self.ar, en: self.en }
    }
}

impl ValueRecord {
    fn of(kind: &ValueKind) -> Self {
        match kind {
            ValueKind::Text => Self::Text,
            ValueKind::Count => Self::Count,
            ValueKind::Date => Self::Date,
            ValueKind::Place => Self::Place,
            ValueKind::Choice(choices) => Self::Choice(choices.clone()),
        }
    }

    fn into_kind(self) -> ValueKind {
        match self {
            Self::Text => ValueKind::Text,
            Self::Count => ValueKind::Count,
            Self::Date => ValueKind::Date,
            Self::Place => ValueKind::Place,
            Self::Choice(choices) => ValueKind::Choice(choices),
        }
    }
}

/// Reads `#rrggbb`.
fn read_color(text: &str) -> Option<[u8; 3]> {
    let digits = text.strip_prefix('#')?.as_bytes();
    if digits.len() != 6 || !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    let mut color = [0; 3];
    for (part, pair) in color.iter_mut().zip(digits.chunks_exact(2)) {
        *part = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(color)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vowel_marks_are_written_as_letters_and_escapes_stay() {
        assert_eq!(readable(r#""مسم\u{651}ى""#), "\"مسم\u{651}ى\"");
        assert_eq!(readable(r#""\\u{651} \u{7} \" \n""#), r#""\\u{651} \u{7} \" \n""#);
    }

    fn read(text: &str) -> Result<ProjectFile, Error> {
        read_project(Path::new("project.ron"), text.as_bytes())
    }

    #[test]
    fn a_project_is_read_as_it_was_written() {
        let mut layers = Schema::default().layers().to_vec();
        layers[0].overlap = Overlap::Nested;
        layers[0].anchoring = Anchoring::Words;
        layers[0].labels[1].key = None;
        layers[0].labels[1].value =
            ValueKind::Choice(vec!["نعم".to_owned(), "\"لا\"".to_owned()]);
        layers[0].labels[1].examples = vec!["\"بطنجة\" → طنجة".to_owned(), "Label(".to_owned()];
        layers[0].labels[1].counterexamples = vec!["المغرب".to_owned()];
        let schema = Schema::new(layers).unwrap();
        let file = ProjectFile {
            name: "أخبار \"1\"\n".to_owned(),
            schema,
            extractors: Vec::new(),
            unknown: Unknown::default(),
        };
        let text = write_project(&file);
        assert_eq!(read(&text).unwrap(), file);
        let schema = write_schema(&file.schema);
        assert_eq!(read_schema(Path::new("s"), schema.as_bytes()).unwrap(), file.schema);
        for text in [text, schema] {
            assert_eq!(read_labels(Path::new("s"), text.as_bytes()).unwrap(), file.schema);
        }
    }

    #[test]
    fn a_schema_needs_only_what_matters() {
        let text = r##"
            // A person wrote this.
            (layers: [(id: "e", name: (en: "E"), labels: [
                (id: "CITY", name: (ar: "مدينة"), color: "#0a0B0c", key: 1),
            ])])
        "##;
        let schema = read_schema(Path::new("s"), text.as_bytes()).unwrap();
        assert_eq!(schema.label_of_key(1).map(|label| label.color), Some([10, 11, 12]));
    }

    #[test]
    fn the_specifications_example_is_read() {
        let page = include_str!("../../../docs/project-files.md");
        let example = page.split("```ron\n").nth(1).unwrap().split("```").next().unwrap();
        let file = read(example).unwrap();
        let label = file.schema.label(&"COUNT".into()).unwrap();
        assert_eq!((label.key, label.value.clone()), (Some(3), ValueKind::Count));
        assert_eq!(label.attributes[0].id.as_str(), "of");
    }

    #[test]
    fn extractors_are_read_and_stay_as_they_were_written() {
        let written = "[Extractor(name: \"ner\", command: [\"python3\", \"x.py\"], /* mine */ new: 1), \
            (name: \"b\", command: [], seconds: 5)]";
        let text = write_schema(&Schema::default());
        let text = format!(
            "Project(version: 1, name: \"a\", extractors: {written}, schema: {})",
            text.trim_end()
        );
        let file = read(&text).unwrap();
        let command = vec!["python3".to_owned(), "x.py".to_owned()];
        let ner = Program { name: "ner".to_owned(), command, seconds: 60 };
        assert_eq!(file.extractors[0], ner);
        assert_eq!(file.extractors[1].seconds, 5);
        let again = write_project(&file);
        assert!(again.contains(&format!("extractors: {written},")), "{again}");
        assert_eq!(read(&again).unwrap(), file);
        assert!(read(&text.replace("[\"python3\"", "3, [\"")).is_err());
    }

    #[test]
    fn a_later_version_is_told_from_a_damaged_file() {
        let later = "Project(version: 2, name: \"a\", color: 3)";
        assert!(matches!(read(later), Err(Error::Newer { version: 2, .. })));
        let cut = "Project(version: 1,\n name: \"a";
        assert!(
            matches!(read(cut), Err(Error::Damaged { line: Some(2), .. })),
            "{:?}",
            read(cut)
        );
        let rule = write_schema(&Schema::default()).replace("\"AGENCY\"", "\"CITY\"");
        let error = read_schema(Path::new("s"), rule.as_bytes()).unwrap_err();
        assert!(matches!(error, Error::Schema { .. }), "{error}");
        let color = write_schema(&Schema::default()).replace("#0647e6", "blue");
        let error = read_schema(Path::new("s"), color.as_bytes()).unwrap_err();
        assert!(error.to_string().contains("`blue` is no color"), "{error}");
    }
}
