//! The schema while a person changes it: layers, labels and attributes as fields, and back to a
//! [`Schema`].
//!
//! All of it is a draft: every step in it can be undone, and nothing is done to the project
//! before it is saved. Ids stay once they are saved, and so does a label that has spans. What
//! else would break spans is looked for when it is saved.

mod parts;
mod steps;
mod take;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

pub(super) use parts::{AttributeForm, Kind, LabelForm, LayerForm};

use crate::lang::{Explain as _, Lang, Message, SPAN, isolated};
use crate::model::{Anchoring, Overlap, ValueKind};
use crate::model::{Attribute, AttributeId, Label, LabelId, Layer, LayerId, Name, Schema};
use crate::theme::LABEL_COLORS;
use steps::Steps;

/// How many letters an id has at most.
const ID_LENGTH: usize = 40;

/// What is asked for about the labels.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Ask {
    /// Shows them, to be changed.
    Show,
    /// Works by that schema from now on; whether what it makes of values was told already.
    Save(Box<Schema>, bool),
    /// Gives all of the annotator's spans of one label the other.
    Relabel(LabelId, LabelId),
    /// Asks from which file or project to take labels.
    ShowTake,
    /// Takes the labels of a file or a project into the draft.
    Take(PathBuf),
    /// Asks where to write them to.
    ShowWrite,
    /// Writes them to a new file.
    Write(PathBuf),
    /// Makes the draft what the labels were before they were saved last.
    Earlier,
}

/// What is chosen: the place of a layer or of a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum At {
    Layer(usize),
    Label(usize),
}

/// What is wrong with a label or a layer, and which field it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// Its names.
    Name(Message),
    /// Its color.
    Color(Message),
    /// Its choices.
    Choices(Message),
    /// The attribute at that place.
    Attribute(usize, Message),
}

impl Fault {
    pub(super) fn why(&self) -> &Message {
        match self {
            Self::Name(why)
            | Self::Color(why)
            | Self::Choices(why)
            | Self::Attribute(_, why) => why,
        }
    }
}

/// The ids that stay: those that are saved here or came with a file.
#[derive(Clone, Debug, Default)]
struct Fixed {
    layers: BTreeSet<LayerId>,
    labels: BTreeSet<LabelId>,
    attributes: BTreeSet<(LabelId, AttributeId)>,
}

impl Fixed {
    fn add(&mut self, layers: &[Layer]) {
        for layer in layers {
            self.layers.insert(layer.id.clone());
            for label in &layer.labels {
                self.labels.insert(label.id.clone());
                let ids = label.attributes.iter().map(|of| (label.id.clone(), of.id.clone()));
                self.attributes.extend(ids);
            }
        }
    }
}

/// How many spans labels have.
#[derive(Clone, Debug, Default)]
pub(super) struct Counts {
    /// In everybody's sets.
    pub(super) all: BTreeMap<LabelId, usize>,
    /// In the annotator's own.
    pub(super) own: BTreeMap<LabelId, usize>,
}

/// The schema while it is changed.
#[derive(Clone, Debug)]
pub(super) struct SchemaForm {
    layers: Vec<LayerForm>,
    /// The labels of all layers, layer by layer.
    labels: Vec<LabelForm>,
    at: At,
    fixed: Fixed,
    counts: Counts,
    steps: Steps,
    /// What the project has; labels can be given to spans only if they are there.
    saved: Schema,
    /// Which label the spans of the chosen one are to be given.
    pub(super) relabel_to: Option<LabelId>,
    /// What was done besides what was asked for, or why something was not.
    pub(super) notice: Option<Message>,
    /// Why it was not saved.
    pub(super) refusals: Vec<Message>,
    /// What saving it makes of values, to be said before it is done.
    pub(super) warnings: Vec<Message>,
    /// Whether the list is to show what is chosen.
    pub(super) shows_row: bool,
    /// Whether the name has not had the focus yet.
    pub(super) asks_name: bool,
}

impl SchemaForm {
    /// The form of a schema whose labels have so many spans.
    pub(super) fn new(schema: &Schema, counts: Counts) -> Self {
        let mut form = Self {
            layers: Vec::new(),
            labels: Vec::new(),
            at: At::Label(0),
            fixed: Fixed::default(),
            counts,
            steps: Steps::new(schema.layers().to_vec()),
            saved: schema.clone(),
            relabel_to: None,
            notice: None,
            refusals: Vec::new(),
            warnings: Vec::new(),
            shows_row: true,
            asks_name: true,
        };
        form.fixed.add(schema.layers());
        form.lay_out(schema.layers());
        form
    }

    /// The form of labels of one's own: none yet, in the layer of the first schema.
    pub(super) fn empty() -> Self {
        let schema = Schema::default();
        let bare = |layer: &Layer| Layer { labels: Vec::new(), ..layer.clone() };
        let layers: Vec<_> = schema.layers().iter().map(bare).collect();
        let mut form = Self::new(&schema, Counts::default());
        form.fixed = Fixed::default();
        form.fixed.add(&layers);
        form.lay_out(&layers);
        form.steps = Steps::new(layers);
        form
    }

    /// Makes fields of layers.
    fn lay_out(&mut self, layers: &[Layer]) {
        self.layers = layers.iter().map(LayerForm::of).collect();
        let labels = layers.iter().enumerate().flat_map(|(at, layer)| {
            layer.labels.iter().map(move |label| LabelForm::of(label, at))
        });
        self.labels = labels.collect();
    }

    /// What stands in the fields, whether or not it makes a schema.
    fn draft(&self) -> Vec<Layer> {
        let mut layers: Vec<_> = self.layers.iter().map(LayerForm::layer).collect();
        for label in &self.labels {
            if let Some(layer) = layers.get_mut(label.layer) {
                layer.labels.push(label.label());
            }
        }
        layers
    }

    /// What spans there are now.
    pub(super) fn set_counts(&mut self, counts: Counts) {
        self.counts = counts;
    }

    /// The labels of the project, which spans can be given.
    pub(super) fn saved(&self) -> &Schema {
        &self.saved
    }

    pub(super) fn layers(&self) -> &[LayerForm] {
        &self.layers
    }

    pub(super) fn label(&self, at: usize) -> Option<&LabelForm> {
        self.labels.get(at)
    }

    /// All layers with their labels below them.
    pub(super) fn rows(&self) -> Vec<At> {
        let mut rows = Vec::with_capacity(self.layers.len() + self.labels.len());
        for layer in 0..self.layers.len() {
            rows.push(At::Layer(layer));
            let labels = self.labels.iter().enumerate().filter(|(_, of)| of.layer == layer);
            rows.extend(labels.map(|(at, _)| At::Label(at)));
        }
        rows
    }

    /// How many spans a label has, in everybody's sets.
    pub(super) fn num_spans(&self, label: &LabelId) -> usize {
        self.counts.all.get(label).copied().unwrap_or_default()
    }

    /// How many of them are the annotator's own.
    pub(super) fn num_own(&self, label: &LabelId) -> usize {
        self.counts.own.get(label).copied().unwrap_or_default()
    }

    /// How many spans the labels of a layer have.
    pub(super) fn num_spans_of_layer(&self, layer: usize) -> usize {
        let labels = self.labels.iter().filter(|label| label.layer == layer);
        labels.map(|label| self.num_spans(&label.id)).sum()
    }

    /// What is chosen.
    pub(super) fn at(&self) -> At {
        self.at
    }

    pub(super) fn choose(&mut self, at: At) {
        self.at = match at {
            At::Layer(at) => At::Layer(at.min(self.layers.len().saturating_sub(1))),
            At::Label(at) => At::Label(at.min(self.labels.len().saturating_sub(1))),
        };
        self.notice = None;
        self.relabel_to = None;
    }

    /// The chosen label; none where a layer is chosen or there is no label at all.
    pub(super) fn chosen(&mut self) -> Option<&mut LabelForm> {
        match self.at {
            At::Label(at) => self.labels.get_mut(at),
            At::Layer(_) => None,
        }
    }

    /// The chosen layer; none where a label is chosen.
    pub(super) fn chosen_layer(&mut self) -> Option<&mut LayerForm> {
        match self.at {
            At::Layer(at) => self.layers.get_mut(at),
            At::Label(_) => None,
        }
    }

    /// The layer that is chosen or has the chosen label.
    fn layer_at(&self) -> usize {
        match self.at {
            At::Layer(at) => at,
            At::Label(at) => self.labels.get(at).map_or(0, |label| label.layer),
        }
    }

    /// Adds a label without a name at the end of the layer that is chosen, and chooses it.
    pub(super) fn add(&mut self) {
        if self.layers.is_empty() {
            self.add_layer();
        }
        let layer = self.layer_at();
        let used = |key: &u8| self.labels.iter().any(|label| label.key == Some(*key));
        let key = (1..=9).find(|key| !used(key));
        let is_free = |color: &[u8; 3]| self.labels.iter().all(|label| label.color != *color);
        let colors = LABEL_COLORS.iter().map(|(color, _)| *color);
        let count = self.labels.len() % LABEL_COLORS.len();
        let color = colors.clone().find(is_free).or_else(|| colors.clone().nth(count));
        let label = Label {
            id: self.label_id("", None),
            name: Name::default(),
            definition: Name::default(),
            examples: Vec::new(),
            counterexamples: Vec::new(),
            color: color.unwrap_or_default(),
            key,
            value: ValueKind::Text,
            attributes: Vec::new(),
        };
        let at = self.insert(LabelForm::of(&label, layer));
        self.choose(At::Label(at));
        self.shows_row = true;
        self.asks_name = true;
    }

    /// Puts a label at the end of its layer; its place.
    fn insert(&mut self, label: LabelForm) -> usize {
        let at = self.labels.iter().filter(|other| other.layer <= label.layer).count();
        self.labels.insert(at, label);
        at
    }

    /// Adds a layer without labels, and chooses it.
    pub(super) fn add_layer(&mut self) {
        let layer = Layer {
            id: self.layer_id("", None),
            name: Name::default(),
            overlap: Overlap::Never,
            anchoring: Anchoring::Characters,
            labels: Vec::new(),
        };
        self.layers.push(LayerForm::of(&layer));
        self.choose(At::Layer(self.layers.len() - 1));
        self.shows_row = true;
        self.asks_name = true;
    }

    /// Takes the chosen label away, unless it has spans; or the chosen layer, unless it has
    /// labels.
    pub(super) fn remove(&mut self) {
        match self.at {
            At::Label(at) => {
                let Some(label) = self.labels.get(at) else { return };
                let count = self.num_spans(&label.id);
                if count > 0 {
                    let count = SPAN.message(count);
                    self.notice = Some(Message::new(
                        format!("لهذا الوسم {}؛ احذفها أو غيّر وسمها قبل حذفه", count.ar),
                        format!("This label has {}: remove or relabel them first", count.en),
                    ));
                    return;
                }
                let layer = label.layer;
                self.labels.remove(at);
                // The next one of the layer, or the last.
                let is_there = self.labels.get(at).is_some_and(|next| next.layer == layer);
                let last = self.labels.iter().rposition(|label| label.layer == layer);
                let to = if is_there { Some(at) } else { last };
                self.choose(to.map_or(At::Layer(layer), At::Label));
            }
            At::Layer(at) => {
                if self.labels.iter().any(|label| label.layer == at) {
                    self.notice = Some(Message::new(
                        "لهذه الطبقة وسوم؛ احذفها أو انقلها قبل حذف الطبقة",
                        "This layer has labels: remove or move them first",
                    ));
                    return;
                }
                if at >= self.layers.len() {
                    return;
                }
                self.layers.remove(at);
                for label in self.labels.iter_mut().filter(|label| label.layer > at) {
                    label.layer -= 1;
                }
                self.choose(At::Layer(at));
            }
        }
    }

    /// Whether what is chosen has a neighbor of its kind, before it or after it.
    pub(super) fn may_move(&self, forward: bool) -> bool {
        self.neighbor(forward).is_some()
    }

    fn neighbor(&self, forward: bool) -> Option<At> {
        let step = |at: usize| if forward { Some(at + 1) } else { at.checked_sub(1) };
        match self.at {
            At::Label(at) => {
                let (to, layer) = (step(at)?, self.labels.get(at)?.layer);
                let other = self.labels.get(to).filter(|label| label.layer == layer);
                other.map(|_| At::Label(to))
            }
            At::Layer(at) => step(at).filter(|to| *to < self.layers.len()).map(At::Layer),
        }
    }

    /// Lets what is chosen change places with its neighbor.
    pub(super) fn move_by(&mut self, forward: bool) {
        let Some(to) = self.neighbor(forward) else { return };
        match (self.at, to) {
            (At::Label(from), At::Label(to)) => self.labels.swap(from, to),
            (At::Layer(from), At::Layer(to)) => {
                self.layers.swap(from, to);
                for label in &mut self.labels {
                    label.layer = match label.layer {
                        layer if layer == from => to,
                        layer if layer == to => from,
                        layer => layer,
                    };
                }
                self.labels.sort_by_key(|label| label.layer);
            }
            _ => {}
        }
        self.choose(to);
        self.shows_row = true;
    }

    /// Moves the chosen label to another layer, unless it has spans.
    pub(super) fn move_to_layer(&mut self, layer: usize) {
        let At::Label(at) = self.at else { return };
        let is_free = |label: &LabelForm| self.num_spans(&label.id) == 0;
        if !self.labels.get(at).is_some_and(is_free) || layer >= self.layers.len() {
            return;
        }
        let mut label = self.labels.remove(at);
        label.layer = layer;
        let at = self.insert(label);
        self.choose(At::Label(at));
        self.shows_row = true;
    }

    /// Gives the chosen label a key, or none. Another one that has it has none any more.
    pub(super) fn set_key(&mut self, key: Option<u8>) {
        self.notice = None;
        let At::Label(at) = self.at else { return };
        if let Some(key) = key {
            let mut others = self.labels.iter_mut().enumerate().filter(|(of, _)| *of != at);
            if let Some((_, other)) = others.find(|(_, other)| other.key == Some(key)) {
                other.key = None;
                let name = other.name();
                let [ar, en] = [Lang::Ar, Lang::En].map(|lang| isolated(name.get(lang)));
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

    /// Adds an attribute without a name to the chosen label.
    pub(super) fn add_attribute(&mut self) {
        let Some(label) = self.chosen() else { return };
        let used = label.attributes.iter().map(|of| of.id.as_str());
        let attribute = Attribute {
            id: free_id("attribute", used).as_str().into(),
            name: Name::default(),
            value: ValueKind::Text,
        };
        label.attributes.push(AttributeForm::of(&attribute));
    }

    /// Takes an attribute of the chosen label away. Whether spans hold it is looked for when
    /// the schema is saved.
    pub(super) fn remove_attribute(&mut self, at: usize) {
        let Some(label) = self.chosen().filter(|label| at < label.attributes.len()) else {
            return;
        };
        let attribute = label.attributes.remove(at);
        let label = label.id.clone();
        let is_saved = self.fixed.attributes.contains(&(label.clone(), attribute.id));
        let count = self.num_spans(&label);
        self.notice = (is_saved && count > 0).then(|| {
            let count = SPAN.message(count);
            Message::new(
                format!("لهذا الوسم {}؛ إن كُتبت فيها السمة فلن تُحفظ الوسوم", count.ar),
                format!(
                    "This label has {}: if they hold the attribute, nothing will be saved",
                    count.en
                ),
            )
        });
    }

    /// Lets an attribute of the chosen label change places with the next one.
    pub(super) fn swap_attributes(&mut self, at: usize) {
        if let Some(label) = self.chosen().filter(|label| at + 1 < label.attributes.len()) {
            label.attributes.swap(at, at + 1);
        }
    }

    /// Lets the ids of what is chosen follow its names, as long as they were never saved.
    pub(super) fn follow_names(&mut self) {
        match self.at {
            At::Layer(at) => {
                let layer =
                    self.layers.get(at).filter(|of| !self.fixed.layers.contains(&of.id));
                let Some(id) = layer.map(|layer| self.layer_id(layer.en.text(), Some(at)))
                else {
                    return;
                };
                if let Some(layer) = self.layers.get_mut(at) {
                    layer.id = id;
                }
            }
            At::Label(at) => {
                let Some(label) = self.labels.get(at) else { return };
                if !self.fixed.labels.contains(&label.id) {
                    let id = self.label_id(label.en.text(), Some(at));
                    if let Some(label) = self.labels.get_mut(at) {
                        label.id = id;
                    }
                }
                self.follow_attribute_names(at);
            }
        }
    }

    fn follow_attribute_names(&mut self, at: usize) {
        let Some(label) = self.labels.get_mut(at) else { return };
        for number in 0..label.attributes.len() {
            let others = label.attributes.iter().enumerate().filter(|(of, _)| *of != number);
            let used: Vec<_> = others.map(|(_, other)| other.id.clone()).collect();
            let Some(attribute) = label.attributes.get_mut(number) else { continue };
            let key = (label.id.clone(), attribute.id.clone());
            if !self.fixed.attributes.contains(&key) {
                let stem = stem(attribute.en.text(), "attribute").to_lowercase();
                let id = free_id(&stem, used.iter().map(AttributeId::as_str));
                attribute.id = id.as_str().into();
            }
        }
    }

    /// An id of capitals, digits and `_`, made of an English name, which no label but `of` has.
    fn label_id(&self, english: &str, of: Option<usize>) -> LabelId {
        let others = self.labels.iter().enumerate().filter(|(at, _)| Some(*at) != of);
        let used = others.map(|(_, label)| label.id.as_str());
        free_id(&stem(english, "LABEL"), used).as_str().into()
    }

    /// The same in small letters, which no layer but `of` has.
    fn layer_id(&self, english: &str, of: Option<usize>) -> LayerId {
        let others = self.layers.iter().enumerate().filter(|(at, _)| Some(*at) != of);
        let used = others.map(|(_, layer)| layer.id.as_str());
        free_id(&stem(english, "layer").to_lowercase(), used).as_str().into()
    }

    /// What is wrong at that place.
    pub(super) fn fault(&self, at: At) -> Option<Fault> {
        match at {
            At::Layer(at) => {
                let name = self.layers.get(at)?.name();
                let others = self.layers.iter().enumerate().filter(|(of, _)| *of != at);
                let others = others.map(|(_, other)| (other.id.as_str(), other.name()));
                name_fault(&name, others).map(Fault::Name)
            }
            At::Label(at) => self.label_fault(at),
        }
    }

    fn label_fault(&self, at: usize) -> Option<Fault> {
        let label = self.labels.get(at)?;
        let others = self.labels.iter().enumerate().filter(|(of, _)| *of != at);
        let others = others.map(|(_, other)| (other.id.as_str(), other.name()));
        if let Some(why) = name_fault(&label.name(), others) {
            return Some(Fault::Name(why));
        }
        if parts::color_of(label.hex.text()).is_none() {
            return Some(Fault::Color(Message::new(
                "اكتب اللون هكذا: \u{2066}#1f77b4\u{2069}",
                "Write the color as #1f77b4",
            )));
        }
        if label.value.lacks_choices() {
            return Some(Fault::Choices(no_choices()));
        }
        for (number, attribute) in label.attributes.iter().enumerate() {
            let others = label.attributes.iter().enumerate().filter(|(of, _)| *of != number);
            let others = others.map(|(_, other)| (other.id.as_str(), other.name()));
            let why = name_fault(&attribute.name(), others);
            let why = why.or_else(|| attribute.value.lacks_choices().then(no_choices));
            if let Some(why) = why {
                return Some(Fault::Attribute(number, why));
            }
        }
        None
    }

    /// The first place at which something is wrong.
    pub(super) fn first_fault(&self) -> Option<At> {
        self.rows().into_iter().find(|at| self.fault(*at).is_some())
    }

    /// The schema that is asked for.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub(super) fn read(&self) -> Result<Schema, Message> {
        if let Some(fault) = self.first_fault().and_then(|at| self.fault(at)) {
            return Err(fault.why().clone());
        }
        Schema::new(self.draft()).map_err(|error| error.explain())
    }
}

fn no_choices() -> Message {
    Message::new("اكتب اختيارًا واحدًا على الأقل", "Write at least one choice")
}

/// What is wrong with a name among others, which come with their ids.
fn name_fault<'a>(
    name: &Name,
    others: impl Iterator<Item = (&'a str, Name)>,
) -> Option<Message> {
    if name.ar.is_empty() && name.en.is_empty() {
        return Some(Message::new(
            "اكتب اسمًا بإحدى اللغتين",
            "Write a name in one of the languages",
        ));
    }
    let is_same = |a: &str, b: &str| !a.is_empty() && a.to_lowercase() == b.to_lowercase();
    for (id, theirs) in others {
        if is_same(&name.ar, &theirs.ar) || is_same(&name.en, &theirs.en) {
            let id = isolated(id);
            return Some(Message::new(
                format!("الوسم {id} له هذا الاسم نفسه"),
                format!("{id} has this name too"),
            ));
        }
    }
    None
}

/// What an id of capitals, digits and `_` begins with, made of an English name.
fn stem(english: &str, otherwise: &str) -> String {
    let mut stem = String::new();
    for c in english.trim().chars().take(ID_LENGTH) {
        if c.is_ascii_alphanumeric() {
            stem.push(c.to_ascii_uppercase());
        } else if !stem.is_empty() && !stem.ends_with('_') {
            stem.push('_');
        }
    }
    match stem.trim_end_matches('_') {
        "" => otherwise.to_owned(),
        stem => stem.to_owned(),
    }
}

/// An id that begins so and is not used.
fn free_id<'a>(stem: &str, used: impl Iterator<Item = &'a str>) -> String {
    let used: BTreeSet<_> = used.collect();
    let mut id = stem.to_owned();
    let mut number = 2_usize;
    while used.contains(id.as_str()) {
        id = format!("{stem}_{number}");
        number += 1;
    }
    id
}
