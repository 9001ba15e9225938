//! Fields of `project.ron` that this version does not know: they are kept as they were written.
//!
//! They are RON as text, since no type says what they hold, and stand again where they stood: in
//! the project, the schema, or the layer, label or attribute of that id.

use std::collections::BTreeMap;
use std::fmt;

use ron::value::RawValue;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, Visitor};

use super::project::options;
use crate::model::{AttributeId, LabelId, LayerId, Schema};

/// The unknown fields of a project file: name and value as written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::store) struct Unknown(BTreeMap<Place, Vec<(String, String)>>);

/// What has fields of its own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Project,
    Schema,
    Layer(LayerId),
    Label(LabelId),
    Attribute(LabelId, AttributeId),
}

/// The lines with which these begin in what is written.
const OPENINGS: &[&str] = &["Project(", "schema: Schema(", "Layer(", "Label(", "Attribute("];

impl Unknown {
    /// The unknown fields of a file that was read as a project.
    pub(super) fn of(text: &str) -> Self {
        let mut unknown = Self::default();
        unknown.project(text);
        unknown
    }

    /// Adds the fields to `text`, which was written of that schema.
    pub(super) fn put_into(&self, text: &str, schema: &Schema) -> String {
        let mut places = places(schema).into_iter();
        let mut with = String::with_capacity(text.len());
        for line in text.split_inclusive('\n') {
            with.push_str(line);
            if !OPENINGS.contains(&line.trim()) {
                continue;
            }
            let fields = places.next().and_then(|place| self.0.get(&place));
            let indent = line.len() - line.trim_start().len() + 4;
            for (name, value) in fields.into_iter().flatten() {
                with.push_str(&format!("{:indent$}{name}: {value},\n", ""));
            }
        }
        with
    }

    fn project(&mut self, text: &str) -> Option<()> {
        let mut fields = fields("Project", text)?;
        let schema = take(&mut fields, "schema")?;
        self.keep(Place::Project, fields, &["version", "name"]);
        let mut fields = self::fields("Schema", &schema)?;
        let layers = items(&take(&mut fields, "layers")?);
        self.keep(Place::Schema, fields, &[]);
        for layer in layers {
            self.layer(&layer);
        }
        Some(())
    }

    fn layer(&mut self, text: &str) -> Option<()> {
        let mut fields = fields("Layer", text)?;
        let id = string(&take(&mut fields, "id")?)?;
        let labels = items(&take(&mut fields, "labels")?);
        let known = &["name", "overlap", "anchoring"];
        self.keep(Place::Layer(id.as_str().into()), fields, known);
        for label in labels {
            self.label(&label);
        }
        Some(())
    }

    fn label(&mut self, text: &str) -> Option<()> {
        let mut fields = fields("Label", text)?;
        let label: LabelId = string(&take(&mut fields, "id")?)?.as_str().into();
        let attributes = take(&mut fields, "attributes").map(|list| items(&list));
        let known =
            &["name", "color", "key", "value", "definition", "examples", "counterexamples"];
        self.keep(Place::Label(label.clone()), fields, known);
        for attribute in attributes.into_iter().flatten() {
            let Some(mut fields) = self::fields("Attribute", &attribute) else { continue };
            let id = take(&mut fields, "id").and_then(|id| string(&id));
            let Some(id) = id else { continue };
            let place = Place::Attribute(label.clone(), id.as_str().into());
            self.keep(place, fields, &["name", "value"]);
        }
        Some(())
    }

    fn keep(&mut self, place: Place, mut fields: Vec<(String, String)>, known: &[&str]) {
        fields.retain(|(name, _)| !known.contains(&name.as_str()));
        if !fields.is_empty() {
            self.0.insert(place, fields);
        }
    }
}

/// All that has fields, in the order in which it is written.
fn places(schema: &Schema) -> Vec<Place> {
    let mut places = vec![Place::Project, Place::Schema];
    for layer in schema.layers() {
        places.push(Place::Layer(layer.id.clone()));
        for label in &layer.labels {
            places.push(Place::Label(label.id.clone()));
            let attributes = label.attributes.iter();
            places.extend(attributes.map(|a| Place::Attribute(label.id.clone(), a.id.clone())));
        }
    }
    places
}

/// The fields of a struct of that name, in order; none if `text` is none.
fn fields(name: &'static str, text: &str) -> Option<Vec<(String, String)>> {
    options().from_str_seed(text, Struct(name)).ok()
}

/// Takes the field of that name out.
fn take(fields: &mut Vec<(String, String)>, name: &str) -> Option<String> {
    let at = fields.iter().position(|(of, _)| of == name)?;
    Some(fields.remove(at).1)
}

/// The items of a list.
fn items(text: &str) -> Vec<String> {
    let items: Vec<Box<RawValue>> = options().from_str(text).unwrap_or_default();
    items.iter().map(|item| item.get_ron().to_owned()).collect()
}

fn string(text: &str) -> Option<String> {
    options().from_str(text).ok()
}

/// Reads a struct of that name, whatever its fields are.
struct Struct(&'static str);

impl<'de> DeserializeSeed<'de> for Struct {
    type Value = Vec<(String, String)>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_struct(self.0, &[], self)
    }
}

impl<'de> Visitor<'de> for Struct {
    type Value = Vec<(String, String)>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.0)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut fields = Vec::new();
        while let Some(name) = map.next_key_seed(FieldName)? {
            let value: Box<RawValue> = map.next_value()?;
            fields.push((name, value.trim().get_ron().to_owned()));
        }
        Ok(fields)
    }
}

/// Reads a field's name.
struct FieldName;

impl<'de> DeserializeSeed<'de> for FieldName {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<String, D::Error> {
        from.deserialize_identifier(self)
    }
}

impl Visitor<'_> for FieldName {
    type Value = String;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a field's name")
    }

    fn visit_str<E>(self, name: &str) -> Result<String, E> {
        Ok(name.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::project::{read_project, write_project};

    /// A file of a later minor version: it says more than this one knows, everywhere.
    const LATER: &str = r##"
        Project(version: 1, name: "أخبار", license: "CC0", schema: Schema(hidden: [1, 2],
            layers: [Layer(id: "e", name: (en: "E"), shape: Round(3), labels: [
                Label(id: "CITY", name: (ar: "مدينة"), color: "#0a0b0c", key: 1,
                    hint: Some((a: "x) // y", b: Never)), // a comment
                    attributes: [(id: "of", name: (en: "of"), unit: 'k')]),
                (id: "DATE", name: (en: "Date"), color: "#010203"),
            ])],
        ))
    "##;

    #[test]
    fn fields_of_a_later_version_survive_a_rewrite() {
        let read = |text: &str| read_project(Path::new("p"), text.as_bytes()).unwrap();
        let mut file = read(LATER);
        let mut layers = file.schema.layers().to_vec();
        layers[0].labels.swap(0, 1);
        file.schema = crate::model::Schema::new(layers).unwrap();
        let written = write_project(&file);
        assert_eq!(read(&written), file, "{written}");
        let lines: Vec<_> = written.lines().map(str::trim).collect();
        let after = |line: &str, begin: &str| {
            let at = lines.iter().position(|other| *other == line).unwrap();
            lines[at..].iter().position(|other| other.starts_with(begin)).unwrap()
        };
        assert!(after("license: \"CC0\",", "schema:") > 0);
        assert!(after("hidden: [1, 2],", "layers:") > 0);
        assert!(after("shape: Round(3),", "id: \"e\"") > 0);
        assert_eq!(after("hint: Some((a: \"x) // y\", b: Never)),", "id: \"CITY\""), 1);
        assert_eq!(after("unit: 'k',", "id: \"of\""), 1);
        let again = write_project(&read(&written));
        assert_eq!(again, written);
    }
}
