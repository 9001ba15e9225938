//! The schema: which labels there are, what their values mean, and where spans may stand.

use std::collections::BTreeSet;

use super::{AttributeId, LabelId, LayerId};
use crate::lang::{Explain, Lang, Message};

/// A name in both languages, given by the project.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Name {
    /// The Arabic.
    pub ar: String,
    /// The English.
    pub en: String,
}

impl Name {
    /// The pair of `ar` and `en`.
    #[must_use]
    pub fn new(ar: &str, en: &str) -> Self {
        Self { ar: ar.to_owned(), en: en.to_owned() }
    }

    /// The name in `lang`, or the other language's where that is empty.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        match (lang, self.ar.is_empty(), self.en.is_empty()) {
            (Lang::Ar, false, _) | (Lang::En, _, true) => &self.ar,
            (Lang::Ar, true, _) | (Lang::En, _, false) => &self.en,
        }
    }
}

/// Whether two spans of a layer may share letters. After INCEpTION's `OverlapMode`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Overlap {
    /// They may not.
    #[default]
    Never,
    /// One may stand inside the other, or both on the same range; they may not cross.
    Nested,
    /// They may, in any way.
    Any,
}

/// Where a span's edges may stand. After INCEpTION's `AnchoringMode`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Anchoring {
    /// Between any two letters (grapheme clusters).
    #[default]
    Characters,
    /// At the edges of words, which the module `arabic` tells.
    Words,
}

/// What kind of value a span may have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ValueKind {
    /// Any text.
    #[default]
    Text,
    /// A number or a bound: `12`, `>3500`, `>=3`, `<50`, `~20`, `30..40`.
    Count,
    /// A date or an interval in EDTF (ISO 8601-2): `2021-12-18`, `XXXX-06`, `2002/2015`.
    Date,
    /// A place's name as its gazetteer has it.
    Place,
    /// One of these.
    Choice(Vec<String>),
}

/// A further field of a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Its stable id.
    pub id: AttributeId,
    /// Its name.
    pub name: Name,
    /// What it may hold.
    pub value: ValueKind,
}

/// A category given to spans.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Its stable id: what files hold.
    pub id: LabelId,
    /// Its name: what people read.
    pub name: Name,
    /// What it means and what it does not, for the annotator.
    pub definition: Name,
    /// Short examples of it, each as a person writes it: `بطنجة → طنجة`.
    pub examples: Vec<String>,
    /// Short examples of what it is not.
    pub counterexamples: Vec<String>,
    /// Its color: red, green, blue.
    pub color: [u8; 3],
    /// Its key, 1 to 9.
    pub key: Option<u8>,
    /// What its value may be.
    pub value: ValueKind,
    /// Its further fields.
    pub attributes: Vec<Attribute>,
}

/// A family of labels with one overlap rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    /// Its stable id.
    pub id: LayerId,
    /// Its name.
    pub name: Name,
    /// Whether its spans may share letters.
    pub overlap: Overlap,
    /// Where its spans' edges may stand.
    pub anchoring: Anchoring,
    /// Its labels, in the order of the chips.
    pub labels: Vec<Label>,
}

/// All layers of a project.
///
/// Ids of labels are unique over all layers, and so are keys; [`Schema::new`] sees to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schema {
    layers: Vec<Layer>,
}

/// Why layers make no schema.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SchemaError {
    /// An id or a choice is empty or has outer spaces.
    #[error("`{0}` is no id: it must not be empty nor begin or end with a space")]
    InvalidId(String),
    /// Two labels, layers or attributes of one label have the same id.
    #[error("the id `{0}` is used twice")]
    DuplicateId(String),
    /// Two labels have the same key.
    #[error("the key {0} is given to two labels")]
    DuplicateKey(u8),
    /// A key that is not one of 1 to 9.
    #[error("{0} is no label key: keys are 1 to 9")]
    InvalidKey(u8),
    /// No label at all.
    #[error("a schema needs at least one label")]
    NoLabels,
}

impl Explain for SchemaError {
    fn explain(&self) -> Message {
        let ar = match self {
            Self::InvalidId(id) => format!("المعرّف «{id}» فارغ أو في طرفه مسافة"),
            Self::DuplicateId(id) => format!("المعرّف «{id}» مكرر"),
            Self::DuplicateKey(key) => format!("المفتاح {key} لوسمين"),
            Self::InvalidKey(key) => format!("{key} ليس مفتاحًا: المفاتيح من 1 إلى 9"),
            Self::NoLabels => "يلزم المخططَ وسم واحد على الأقل".to_owned(),
        };
        Message::new(ar, self.to_string())
    }
}

impl Schema {
    /// A schema of these layers.
    ///
    /// # Errors
    ///
    /// If an id is empty or used twice, a key is used twice or is not 1 to 9, or no layer has
    /// a label.
    pub fn new(layers: Vec<Layer>) -> Result<Self, SchemaError> {
        let mut layer_ids = BTreeSet::new();
        let mut label_ids = BTreeSet::new();
        let mut keys = BTreeSet::new();
        for layer in &layers {
            insert_id(&mut layer_ids, layer.id.as_str())?;
            for label in &layer.labels {
                insert_id(&mut label_ids, label.id.as_str())?;
                if let Some(key) = label.key {
                    if !(1..=9).contains(&key) {
                        return Err(SchemaError::InvalidKey(key));
                    }
                    if !keys.insert(key) {
                        return Err(SchemaError::DuplicateKey(key));
                    }
                }
                let mut attribute_ids = BTreeSet::new();
                for attribute in &label.attributes {
                    insert_id(&mut attribute_ids, attribute.id.as_str())?;
                }
            }
        }
        if label_ids.is_empty() {
            return Err(SchemaError::NoLabels);
        }
        Ok(Self { layers })
    }

    /// The layers.
    #[must_use]
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// All labels, in the order of the chips.
    pub fn labels(&self) -> impl Iterator<Item = &Label> {
        self.layers.iter().flat_map(|layer| &layer.labels)
    }

    /// The label of that id.
    #[must_use]
    pub fn label(&self, id: &LabelId) -> Option<&Label> {
        self.labels().find(|label| label.id == *id)
    }

    /// The label of that key.
    #[must_use]
    pub fn label_of_key(&self, key: u8) -> Option<&Label> {
        self.labels().find(|label| label.key == Some(key))
    }

    /// The layer of that label.
    #[must_use]
    pub fn layer_of(&self, id: &LabelId) -> Option<&Layer> {
        self.layers.iter().find(|layer| layer.labels.iter().any(|label| label.id == *id))
    }
}

impl Default for Schema {
    /// Cities, agencies, counts and dates in news articles, as the guidelines define them.
    fn default() -> Self {
        let label = |key, id: &str, ar, en, color, value, definition| Label {
            id: id.into(),
            name: Name::new(ar, en),
            definition,
            examples: Vec::new(),
            counterexamples: Vec::new(),
            color,
            key: Some(key),
            value,
            attributes: Vec::new(),
        };
        let city = label(
            1,
            "CITY",
            "مدينة",
            "City",
            [0x06, 0x47, 0xe6],
            ValueKind::Place,
            Name::new(
                "مدينة أو بلدة أو قرية أو حي مسمّى، دون حروف الجر والعطف الملتصقة.",
                "A named town, city, village or quarter, without the clitics written onto it.",
            ),
        );
        let agency = label(
            2,
            "AGENCY",
            "جهاز رسمي",
            "Agency",
            [0x96, 0x27, 0x31],
            ValueKind::Text,
            Name::new(
                "هيئة مسمّاة من هيئات الدولة في الأمن أو القضاء أو الدفاع أو الإدارة.",
                "A named organization of a state in security, justice, defense or government.",
            ),
        );
        let mut count = label(
            3,
            "COUNT",
            "عدد",
            "Count",
            [0xb3, 0x89, 0x04],
            ValueKind::Count,
            Name::new(
                "عدد أشخاص أو أشياء مع ألفاظ التقريب، دون المعدود؛ والمثنى موضع بنفسه.",
                "A number of people or things with its words of degree, without the noun.",
            ),
        );
        count.attributes.push(Attribute {
            id: "of".into(),
            name: Name::new("المعدود", "counted noun"),
            value: ValueKind::Text,
        });
        let date = label(
            4,
            "DATE",
            "تاريخ",
            "Date",
            [0x83, 0x4c, 0xa4],
            ValueKind::Date,
            Name::new(
                "نقطة أو مدة على التقويم، مطلقة أو منسوبة إلى يوم الكتابة.",
                "A point or a period on the calendar, absolute or told from the day of writing.",
            ),
        );
        let entities = Layer {
            id: "entities".into(),
            name: Name::new("كيانات", "Entities"),
            overlap: Overlap::Never,
            anchoring: Anchoring::Characters,
            labels: vec![city, agency, count, date],
        };
        Self { layers: vec![entities] }
    }
}

fn insert_id<'a>(ids: &mut BTreeSet<&'a str>, id: &'a str) -> Result<(), SchemaError> {
    if id.is_empty() || id.trim() != id {
        return Err(SchemaError::InvalidId(id.to_owned()));
    }
    if ids.insert(id) { Ok(()) } else { Err(SchemaError::DuplicateId(id.to_owned())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The default schema with something changed.
    fn changed(change: impl FnOnce(&mut Layer)) -> Result<Schema, SchemaError> {
        let mut layers = Schema::default().layers;
        change(&mut layers[0]);
        Schema::new(layers)
    }

    #[test]
    fn the_default_schema_keeps_the_rules() {
        assert_eq!(changed(|_| {}), Ok(Schema::default()));
        let schema = Schema::default();
        let ids: Vec<_> = schema.labels().map(|label| label.id.as_str()).collect();
        assert_eq!(ids, ["CITY", "AGENCY", "COUNT", "DATE"]);
        assert_eq!(schema.label_of_key(3).map(|label| label.id.as_str()), Some("COUNT"));
        assert_eq!(
            schema.layer_of(&"DATE".into()).map(|layer| layer.id.as_str()),
            Some("entities")
        );
    }

    #[test]
    fn broken_rules_are_named() {
        let error = |change: fn(&mut Layer)| changed(change).err();
        assert_eq!(
            error(|layer| layer.labels[1].id = "CITY".into()),
            Some(SchemaError::DuplicateId("CITY".to_owned()))
        );
        assert_eq!(
            error(|layer| layer.labels[1].key = Some(1)),
            Some(SchemaError::DuplicateKey(1))
        );
        assert_eq!(
            error(|layer| layer.labels[1].key = Some(0)),
            Some(SchemaError::InvalidKey(0))
        );
        assert_eq!(
            error(|layer| layer.labels[1].id = " ".into()),
            Some(SchemaError::InvalidId(" ".to_owned()))
        );
        assert_eq!(error(|layer| layer.labels.clear()), Some(SchemaError::NoLabels));
    }

    #[test]
    fn a_missing_name_is_the_other_languages() {
        assert_eq!(Name::new("", "City").get(Lang::Ar), "City");
        assert_eq!(Name::new("مدينة", "").get(Lang::En), "مدينة");
        assert_eq!(Name::new("مدينة", "City").get(Lang::En), "City");
    }
}
