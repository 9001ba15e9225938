//! Layers, labels and attributes as fields.

use crate::app::widget::Field;
use crate::lang::{Bilingual, both};
use crate::model::{
    Anchoring, Attribute, AttributeId, Label, LabelId, Layer, LayerId, Name, Overlap, ValueKind,
};

/// What stands between choices.
const COMMA: &str = "، ";

/// What a value may be, without the choices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum Kind {
    Text,
    Count,
    Date,
    Place,
    Choice,
}

impl Kind {
    /// All of them, in the order in which they are shown.
    pub(in crate::app) const ALL: [Self; 5] =
        [Self::Text, Self::Count, Self::Date, Self::Place, Self::Choice];

    pub(in crate::app) fn name(self) -> Bilingual {
        match self {
            Self::Text => both("نص", "Text"),
            Self::Count => both("عدد", "Count"),
            Self::Date => both("تاريخ", "Date"),
            Self::Place => both("مكان", "Place"),
            Self::Choice => both("اختيار", "Choice"),
        }
    }
}

/// What a value may be.
#[derive(Clone, Debug)]
pub(in crate::app) struct ValueForm {
    pub(in crate::app) kind: Kind,
    /// The choices, with commas between them.
    pub(in crate::app) choices: Field,
    /// The choices as they were, which may have commas in them.
    saved: Vec<String>,
}

impl ValueForm {
    pub(super) fn of(kind: &ValueKind) -> Self {
        let saved = match kind {
            ValueKind::Choice(choices) => choices.clone(),
            _ => Vec::new(),
        };
        let kind = match kind {
            ValueKind::Text => Kind::Text,
            ValueKind::Count => Kind::Count,
            ValueKind::Date => Kind::Date,
            ValueKind::Place => Kind::Place,
            ValueKind::Choice(_) => Kind::Choice,
        };
        Self { kind, choices: Field::new(&saved.join(COMMA)), saved }
    }

    fn choices(&self) -> Vec<String> {
        if self.choices.text() == self.saved.join(COMMA) {
            return self.saved.clone();
        }
        let parts = self.choices.text().split(['،', ',', '؛', ';', '\n']).map(str::trim);
        parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
    }

    pub(super) fn kind(&self) -> ValueKind {
        match self.kind {
            Kind::Text => ValueKind::Text,
            Kind::Count => ValueKind::Count,
            Kind::Date => ValueKind::Date,
            Kind::Place => ValueKind::Place,
            Kind::Choice => ValueKind::Choice(self.choices()),
        }
    }

    /// Whether there is nothing to choose from.
    pub(super) fn lacks_choices(&self) -> bool {
        self.kind == Kind::Choice && self.choices().is_empty()
    }
}

/// An attribute while it is changed.
#[derive(Clone, Debug)]
pub(in crate::app) struct AttributeForm {
    pub(in crate::app) id: AttributeId,
    pub(in crate::app) ar: Field,
    pub(in crate::app) en: Field,
    pub(in crate::app) value: ValueForm,
}

impl AttributeForm {
    pub(super) fn of(attribute: &Attribute) -> Self {
        Self {
            id: attribute.id.clone(),
            ar: Field::new(&attribute.name.ar),
            en: Field::new(&attribute.name.en),
            value: ValueForm::of(&attribute.value),
        }
    }

    pub(in crate::app) fn name(&self) -> Name {
        name(&self.ar, &self.en)
    }

    pub(super) fn attribute(&self) -> Attribute {
        Attribute { id: self.id.clone(), name: self.name(), value: self.value.kind() }
    }
}

/// A label while it is changed.
#[derive(Clone, Debug)]
pub(in crate::app) struct LabelForm {
    pub(in crate::app) id: LabelId,
    /// Its layer's place.
    pub(in crate::app) layer: usize,
    pub(in crate::app) ar: Field,
    pub(in crate::app) en: Field,
    pub(in crate::app) definition_ar: Field,
    pub(in crate::app) definition_en: Field,
    /// Examples, each on a line.
    pub(in crate::app) examples: Field,
    /// What it is not, each on a line.
    pub(in crate::app) counterexamples: Field,
    pub(super) color: [u8; 3],
    /// The color as it is written: `#1f77b4`.
    pub(in crate::app) hex: Field,
    pub(in crate::app) key: Option<u8>,
    pub(in crate::app) value: ValueForm,
    pub(in crate::app) attributes: Vec<AttributeForm>,
}

impl LabelForm {
    pub(super) fn of(label: &Label, layer: usize) -> Self {
        Self {
            id: label.id.clone(),
            layer,
            ar: Field::new(&label.name.ar),
            en: Field::new(&label.name.en),
            definition_ar: Field::new(&label.definition.ar),
            definition_en: Field::new(&label.definition.en),
            examples: Field::lines(&label.examples.join("\n")),
            counterexamples: Field::lines(&label.counterexamples.join("\n")),
            color: label.color,
            hex: Field::new(&hex_of(label.color)),
            key: label.key,
            value: ValueForm::of(&label.value),
            attributes: label.attributes.iter().map(AttributeForm::of).collect(),
        }
    }

    /// Its name as written.
    pub(in crate::app) fn name(&self) -> Name {
        name(&self.ar, &self.en)
    }

    pub(in crate::app) fn color(&self) -> [u8; 3] {
        self.color
    }

    /// Gives it a color from the palette.
    pub(in crate::app) fn set_color(&mut self, color: [u8; 3]) {
        self.color = color;
        self.hex = Field::new(&hex_of(color));
    }

    /// Takes the color that is written, if it is one.
    pub(in crate::app) fn read_hex(&mut self) {
        self.color = color_of(self.hex.text()).unwrap_or(self.color);
    }

    pub(super) fn label(&self) -> Label {
        Label {
            id: self.id.clone(),
            name: self.name(),
            definition: name(&self.definition_ar, &self.definition_en),
            examples: lines(&self.examples),
            counterexamples: lines(&self.counterexamples),
            color: self.color,
            key: self.key,
            value: self.value.kind(),
            attributes: self.attributes.iter().map(AttributeForm::attribute).collect(),
        }
    }
}

/// A layer while it is changed, without its labels.
#[derive(Clone, Debug)]
pub(in crate::app) struct LayerForm {
    pub(in crate::app) id: LayerId,
    pub(in crate::app) ar: Field,
    pub(in crate::app) en: Field,
    pub(in crate::app) overlap: Overlap,
    pub(in crate::app) anchoring: Anchoring,
}

impl LayerForm {
    pub(super) fn of(layer: &Layer) -> Self {
        Self {
            id: layer.id.clone(),
            ar: Field::new(&layer.name.ar),
            en: Field::new(&layer.name.en),
            overlap: layer.overlap,
            anchoring: layer.anchoring,
        }
    }

    pub(in crate::app) fn name(&self) -> Name {
        name(&self.ar, &self.en)
    }

    pub(super) fn layer(&self) -> Layer {
        Layer {
            id: self.id.clone(),
            name: self.name(),
            overlap: self.overlap,
            anchoring: self.anchoring,
            labels: Vec::new(),
        }
    }
}

fn name(ar: &Field, en: &Field) -> Name {
    Name::new(ar.text().trim(), en.text().trim())
}

/// What stands on the lines of a field that are not empty.
fn lines(field: &Field) -> Vec<String> {
    let lines = field.text().lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(str::to_owned).collect()
}

fn hex_of([red, green, blue]: [u8; 3]) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// The color that is written as `#1f77b4`, with or without its sign.
pub(super) fn color_of(text: &str) -> Option<[u8; 3]> {
    let digits = text.trim();
    let digits = digits.strip_prefix('#').unwrap_or(digits);
    if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let [_, red, green, blue] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
    Some([red, green, blue])
}
