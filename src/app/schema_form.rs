//! The schema while a person changes it: labels as fields, and back to a [`Schema`].
//!
//! Only what is safe can be done: an id never changes once it is saved, and a label that has
//! spans stays.

use std::collections::{BTreeMap, BTreeSet};

use super::widget::Field;
use crate::lang::{Bilingual, Explain as _, Message, SPAN, both};
use crate::model::{Attribute, Label, LabelId, Layer, Name, Overlap, Schema, ValueKind};
use crate::theme::LABEL_COLORS;

/// How many letters an id has at most.
const ID_LENGTH: usize = 40;

/// What stands between choices.
const COMMA: &str = "، ";

/// What a label's value may be, without the choices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Count,
    Date,
    Place,
    Choice,
}

impl Kind {
    /// All of them, in the order in which they are shown.
    pub(super) const ALL: [Self; 5] =
        [Self::Text, Self::Count, Self::Date, Self::Place, Self::Choice];

    pub(super) fn name(self) -> Bilingual {
        match self {
            Self::Text => both("نص", "Text"),
            Self::Count => both("عدد", "Count"),
            Self::Date => both("تاريخ", "Date"),
            Self::Place => both("مكان", "Place"),
            Self::Choice => both("اختيار", "Choice"),
        }
    }

    pub(super) fn of(kind: &ValueKind) -> Self {
        match kind {
            ValueKind::Text => Self::Text,
            ValueKind::Count => Self::Count,
            ValueKind::Date => Self::Date,
            ValueKind::Place => Self::Place,
            ValueKind::Choice(_) => Self::Choice,
        }
    }
}

/// A label while it is changed.
#[derive(Clone, Debug)]
pub(super) struct LabelForm {
    pub(super) id: LabelId,
    /// Whether it is not saved yet: its id follows its name.
    is_new: bool,
    /// How many spans it has, in everybody's sets.
    pub(super) num_spans: usize,
    /// Its layer's place.
    layer: usize,
    pub(super) ar: Field,
    pub(super) en: Field,
    pub(super) definition_ar: Field,
    pub(super) definition_en: Field,
    /// Examples, each on a line.
    pub(super) examples: Field,
    /// What it is not, each on a line.
    pub(super) counterexamples: Field,
    pub(super) color: [u8; 3],
    pub(super) key: Option<u8>,
    pub(super) kind: Kind,
    /// The choices, with commas between them.
    pub(super) choices: Field,
    /// The choices as they were, which may have commas in them.
    saved_choices: Vec<String>,
    pub(super) attributes: Vec<Attribute>,
}

/// What is wrong with a label, and which field it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// Its names.
    Name(Message),
    /// Its choices.
    Choices(Message),
}

/// The schema while it is changed.
#[derive(Clone, Debug)]
pub(super) struct SchemaForm {
    /// The layers, without their labels.
    layers: Vec<Layer>,
    /// The labels of all layers, layer by layer.
    labels: Vec<LabelForm>,
    /// The chosen label's place.
    at: usize,
    /// What was done besides what was asked for, or why something was not.
    pub(super) notice: Option<Message>,
    /// Whether the list is to show the chosen label.
    pub(super) shows_row: bool,
    /// Whether the name has not had the focus yet.
    pub(super) asks_name: bool,
}

impl LabelForm {
    fn of(label: &Label, layer: usize, num_spans: usize) -> Self {
        let saved_choices = match &label.value {
            ValueKind::Choice(choices) => choices.clone(),
            _ => Vec::new(),
        };
        Self {
            id: label.id.clone(),
            is_new: false,
            num_spans,
            layer,
            ar: Field::new(&label.name.ar),
            en: Field::new(&label.name.en),
            definition_ar: Field::new(&label.definition.ar),
            definition_en: Field::new(&label.definition.en),
            examples: Field::new(&label.examples.join("\n")),
            counterexamples: Field::new(&label.counterexamples.join("\n")),
            color: label.color,
            key: label.key,
            kind: Kind::of(&label.value),
            choices: Field::new(&saved_choices.join(COMMA)),
            saved_choices,
            attributes: label.attributes.clone(),
        }
    }

    /// Its name as written.
    pub(super) fn name(&self) -> Name {
        Name::new(self.ar.text().trim(), self.en.text().trim())
    }

    fn choices(&self) -> Vec<String> {
        if self.choices.text() == self.saved_choices.join(COMMA) {
            return self.saved_choices.clone();
        }
        let parts = self.choices.text().split(['،', ',', '؛', ';', '\n']).map(str::trim);
        parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
    }

    fn label(&self) -> Label {
        Label {
            id: self.id.clone(),
            name: self.name(),
            definition: Name::new(
                self.definition_ar.text().trim(),
                self.definition_en.text().trim(),
            ),
            examples: lines(&self.examples),
            counterexamples: lines(&self.counterexamples),
            color: self.color,
            key: self.key,
            value: match self.kind {
                Kind::Text => ValueKind::Text,
                Kind::Count => ValueKind::Count,
                Kind::Date => ValueKind::Date,
                Kind::Place => ValueKind::Place,
                Kind::Choice => ValueKind::Choice(self.choices()),
            },
            attributes: self.attributes.clone(),
        }
    }
}

/// What stands on the lines of a field that are not empty.
fn lines(field: &Field) -> Vec<String> {
    let lines = field.text().lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(str::to_owned).collect()
}

impl SchemaForm {
    /// The form of a schema whose labels have so many spans.
    pub(super) fn new(schema: &Schema, num_spans: &BTreeMap<LabelId, usize>) -> Self {
        let mut labels = Vec::new();
        for (at, layer) in schema.layers().iter().enumerate() {
            labels.extend(layer.labels.iter().map(|label| {
                let count = num_spans.get(&label.id).copied().unwrap_or_default();
                LabelForm::of(label, at, count)
            }));
        }
        let bare = |layer: &Layer| Layer { labels: Vec::new(), ..layer.clone() };
        let layers = schema.layers().iter().map(bare).collect();
        Self { layers, labels, at: 0, notice: None, shows_row: true, asks_name: true }
    }

    pub(super) fn labels(&self) -> &[LabelForm] {
        &self.labels
    }

    /// The chosen label's place.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    pub(super) fn choose(&mut self, at: usize) {
        self.at = at.min(self.labels.len().saturating_sub(1));
        self.notice = None;
    }

    /// The chosen label; none where there is no label at all.
    pub(super) fn chosen(&mut self) -> Option<&mut LabelForm> {
        self.labels.get_mut(self.at)
    }

    /// The layer of the chosen label.
    pub(super) fn layer(&mut self) -> Option<&mut Layer> {
        let at = self.labels.get(self.at).map_or(0, |label| label.layer);
        self.layers.get_mut(at)
    }

    /// Adds a label without a name below the chosen one's layer, and chooses it.
    pub(super) fn add(&mut self) {
        let layer = self.labels.get(self.at).map_or(0, |label| label.layer);
        let used = |key: &u8| self.labels.iter().any(|label| label.key == Some(*key));
        let key = (1..=9).find(|key| !used(key));
        let is_free = |color: &[u8; 3]| self.labels.iter().all(|label| label.color != *color);
        let colors = LABEL_COLORS.iter().map(|(color, _)| *color);
        let count = self.labels.len() % LABEL_COLORS.len();
        let color = colors.clone().find(is_free).or_else(|| colors.clone().nth(count));
        let label = LabelForm {
            id: self.new_id("", None),
            is_new: true,
            num_spans: 0,
            layer,
            ar: Field::default(),
            en: Field::default(),
            definition_ar: Field::default(),
            definition_en: Field::default(),
            examples: Field::default(),
            counterexamples: Field::default(),
            color: color.unwrap_or_default(),
            key,
            kind: Kind::Text,
            choices: Field::default(),
            saved_choices: Vec::new(),
            attributes: Vec::new(),
        };
        let end = self.labels.iter().rposition(|label| label.layer == layer);
        let at = end.map_or(self.labels.len(), |end| end + 1);
        self.labels.insert(at, label);
        self.choose(at);
        self.shows_row = true;
        self.asks_name = true;
    }

    /// Takes the chosen label away, unless it has spans.
    pub(super) fn remove(&mut self) {
        let Some(label) = self.labels.get(self.at) else { return };
        if label.num_spans > 0 {
            let count = SPAN.message(label.num_spans);
            self.notice = Some(Message::new(
                format!("لهذا الوسم {}؛ احذفها أو غيّر وسمها قبل حذفه", count.ar),
                format!("This label has {}: remove or relabel them first", count.en),
            ));
            return;
        }
        self.labels.remove(self.at);
        self.choose(self.at);
    }

    /// Whether the chosen label has a neighbor of its layer, before it or after it.
    pub(super) fn may_move(&self, forward: bool) -> bool {
        self.neighbor(forward).is_some()
    }

    fn neighbor(&self, forward: bool) -> Option<usize> {
        let layer = self.labels.get(self.at)?.layer;
        let to = if forward { self.at + 1 } else { self.at.checked_sub(1)? };
        self.labels.get(to).filter(|label| label.layer == layer).map(|_| to)
    }

    /// Lets the chosen label change places with its neighbor.
    pub(super) fn move_by(&mut self, forward: bool) {
        if let Some(to) = self.neighbor(forward) {
            self.labels.swap(self.at, to);
            self.choose(to);
            self.shows_row = true;
        }
    }

    /// Gives the chosen label a key, or none. Another one that has it has none any more.
    pub(super) fn set_key(&mut self, key: Option<u8>) {
        self.notice = None;
        if let Some(key) = key {
            let at = self.at;
            let mut others = self.labels.iter_mut().enumerate().filter(|(of, _)| *of != at);
            if let Some((_, other)) = others.find(|(_, other)| other.key == Some(key)) {
                other.key = None;
                let name = other.name();
                let [ar, en] = [crate::lang::Lang::Ar, crate::lang::Lang::En]
                    .map(|lang| crate::lang::isolated(name.get(lang)));
                self.notice = Some(Message::new(
                    format!("كان المفتاح {key} للوسم «{ar}»، فلم يبق له مفتاح"),
                    format!("The key {key} was that of “{en}”, which has none now"),
                ));
            }
        }
        if let Some(label) = self.chosen() {
            label.key = key;
        }
    }

    pub(super) fn set_overlap(&mut self, overlap: Overlap) {
        if let Some(layer) = self.layer() {
            layer.overlap = overlap;
        }
    }

    /// Lets the chosen label's id follow its name, as long as it was never saved.
    pub(super) fn follow_name(&mut self) {
        let Some(label) = self.labels.get(self.at).filter(|label| label.is_new) else { return };
        let id = self.new_id(label.en.text(), Some(self.at));
        if let Some(label) = self.chosen() {
            label.id = id;
        }
    }

    /// An id of capitals, digits and `_`, made of an English name, which no label but `of` has.
    fn new_id(&self, english: &str, of: Option<usize>) -> LabelId {
        let mut stem = String::new();
        for c in english.trim().chars().take(ID_LENGTH) {
            if c.is_ascii_alphanumeric() {
                stem.push(c.to_ascii_uppercase());
            } else if !stem.is_empty() && !stem.ends_with('_') {
                stem.push('_');
            }
        }
        let stem = match stem.trim_end_matches('_') {
            "" => "LABEL",
            stem => stem,
        };
        let others = self.labels.iter().enumerate().filter(|(at, _)| Some(*at) != of);
        let used: BTreeSet<_> = others.map(|(_, label)| label.id.as_str()).collect();
        let mut id = stem.to_owned();
        let mut number = 2_usize;
        while used.contains(id.as_str()) {
            id = format!("{stem}_{number}");
            number += 1;
        }
        id.as_str().into()
    }

    /// What is wrong with the label at that place.
    pub(super) fn fault(&self, at: usize) -> Option<Fault> {
        let label = self.labels.get(at)?;
        let name = label.name();
        if name.ar.is_empty() && name.en.is_empty() {
            return Some(Fault::Name(Message::new(
                "اكتب اسمًا للوسم بإحدى اللغتين",
                "Write a name for the label in one of the languages",
            )));
        }
        let others = self.labels.iter().enumerate().filter(|(of, _)| *of != at);
        let is_same = |a: &str, b: &str| !a.is_empty() && a.to_lowercase() == b.to_lowercase();
        for (_, other) in others {
            let theirs = other.name();
            if is_same(&name.ar, &theirs.ar) || is_same(&name.en, &theirs.en) {
                let id = crate::lang::isolated(&other.id);
                return Some(Fault::Name(Message::new(
                    format!("للوسم {id} هذا الاسم نفسه"),
                    format!("The label {id} has this name too"),
                )));
            }
        }
        if label.kind == Kind::Choice && label.choices().is_empty() {
            return Some(Fault::Choices(Message::new(
                "اكتب اختيارًا واحدًا على الأقل",
                "Write at least one choice",
            )));
        }
        None
    }

    /// The place of the first label with which something is wrong.
    pub(super) fn first_fault(&self) -> Option<usize> {
        (0..self.labels.len()).find(|at| self.fault(*at).is_some())
    }

    /// The schema that is asked for.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub(super) fn read(&self) -> Result<Schema, Message> {
        if let Some(Fault::Name(why) | Fault::Choices(why)) =
            self.first_fault().and_then(|at| self.fault(at))
        {
            return Err(why);
        }
        let mut layers = self.layers.clone();
        for label in &self.labels {
            if let Some(layer) = layers.get_mut(label.layer) {
                layer.labels.push(label.label());
            }
        }
        Schema::new(layers).map_err(|error| error.explain())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The form of the default schema; `CITY` has 12 spans.
    fn form() -> SchemaForm {
        let counts = BTreeMap::from([("CITY".into(), 12)]);
        SchemaForm::new(&Schema::default(), &counts)
    }

    fn ids(form: &SchemaForm) -> Vec<&str> {
        form.labels.iter().map(|label| label.id.as_str()).collect()
    }

    /// Adds a label of that English name.
    fn add(form: &mut SchemaForm, english: &str) {
        form.add();
        form.chosen().unwrap().en = Field::new(english);
        form.follow_name();
    }

    #[test]
    fn what_nobody_changed_is_as_it_was() {
        assert_eq!(form().read(), Ok(Schema::default()));
    }

    #[test]
    fn ids_are_made_of_english_names_and_stay() {
        for (english, id) in [
            ("Court ruling", "COURT_RULING"),
            ("  a.b--c! ", "A_B_C"),
            ("City", "CITY_2"),
            ("محكمة", "LABEL"),
            ("", "LABEL"),
        ] {
            let mut form = form();
            add(&mut form, english);
            assert_eq!(ids(&form)[4], id, "{english}");
        }
        let mut form = form();
        form.chosen().unwrap().en = Field::new("Town");
        form.follow_name();
        let schema = form.read().unwrap();
        assert_eq!(schema.label(&"CITY".into()).unwrap().name.en, "Town");
    }

    #[test]
    fn a_new_label_takes_a_free_key_and_a_free_color() {
        let mut form = form();
        add(&mut form, "Court");
        let label = form.chosen().unwrap().clone();
        assert_eq!(label.key, Some(5));
        assert!(form.labels[..4].iter().all(|other| other.color != label.color));
        assert_eq!(form.read().unwrap().labels().count(), 5);
    }

    #[test]
    fn a_label_with_spans_stays_and_is_told_why() {
        let mut form = form();
        form.remove();
        assert_eq!(ids(&form).len(), 4);
        assert!(form.notice.as_ref().unwrap().en.contains("12 spans"));
        form.choose(3);
        form.remove();
        assert_eq!((ids(&form), form.at()), (vec!["CITY", "AGENCY", "COUNT"], 2));
    }

    #[test]
    fn a_key_moves_to_the_latest() {
        let mut form = form();
        form.choose(2);
        form.set_key(Some(1));
        assert!(form.notice.as_ref().unwrap().en.contains("City"));
        let schema = form.read().unwrap();
        assert_eq!(schema.label_of_key(1).unwrap().id.as_str(), "COUNT");
        assert_eq!(schema.label(&"CITY".into()).unwrap().key, None);
        form.set_key(None);
        assert_eq!(form.notice, None);
        assert!(form.read().unwrap().label_of_key(1).is_none());
    }

    #[test]
    fn labels_change_places_within_their_layer() {
        let mut form = form();
        assert!(!form.may_move(false) && form.may_move(true));
        form.move_by(true);
        form.move_by(true);
        assert_eq!(ids(&form), ["AGENCY", "COUNT", "CITY", "DATE"]);
        form.move_by(false);
        assert_eq!((ids(&form)[1], form.at()), ("CITY", 1));
    }

    #[test]
    fn what_is_wrong_is_said_where_it_is() {
        let mut form = form();
        add(&mut form, "city ");
        assert!(matches!(form.fault(4), Some(Fault::Name(why)) if why.en.contains("CITY")));
        form.chosen().unwrap().en = Field::new(" ");
        assert!(matches!(form.fault(4), Some(Fault::Name(why)) if why.en.contains("Write")));
        assert!(form.read().is_err());
        let label = form.chosen().unwrap();
        label.ar = Field::new("حكم");
        label.kind = Kind::Choice;
        assert!(matches!(form.fault(4), Some(Fault::Choices(_))));
        form.chosen().unwrap().choices = Field::new("نعم، لا, ربما ،");
        let schema = form.read().unwrap();
        let choices = ["نعم", "لا", "ربما"].map(str::to_owned).to_vec();
        assert_eq!(schema.label(&"CITY_2".into()).unwrap().value, ValueKind::Choice(choices));
    }

    #[test]
    fn without_labels_there_is_no_schema() {
        let mut form = SchemaForm::new(&Schema::default(), &BTreeMap::new());
        for _ in 0..5 {
            form.remove();
        }
        assert!(form.read().unwrap_err().en.contains("at least one label"));
        add(&mut form, "Court");
        assert_eq!(form.read().unwrap().label_of_key(1).unwrap().id.as_str(), "COURT");
    }
}
