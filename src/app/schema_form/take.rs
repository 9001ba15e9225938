//! Labels of another schema, taken into the draft.

use super::{LabelForm, LayerForm, SchemaForm};
use crate::lang::Message;
use crate::model::{Label, Schema};

impl SchemaForm {
    /// Takes the labels of another schema: those with ids that are here already become what
    /// they are there, the others are added. Nothing is taken away, and the layers that are here
    /// keep their rules.
    pub(in crate::app) fn take(&mut self, schema: &Schema) {
        let (mut num_new, mut num_changed, mut num_same) = (0, 0, 0);
        for layer in schema.layers() {
            for label in &layer.labels {
                let known = self.labels.iter().position(|of| of.id == label.id);
                let mut label = label.clone();
                label.key = self.free_key(&label);
                let Some(known) = known else {
                    num_new += 1;
                    let at = self.layers.iter().position(|of| of.id == layer.id);
                    let at = at.unwrap_or_else(|| {
                        self.layers.push(LayerForm::of(layer));
                        self.layers.len() - 1
                    });
                    self.insert(LabelForm::of(&label, at));
                    continue;
                };
                let Some(here) = self.labels.get_mut(known) else { continue };
                let before = here.label();
                label.key = label.key.or(before.key);
                // What spans may hold stays.
                let is_theirs = |id| label.attributes.iter().any(|of| of.id == id);
                let kept = before.attributes.iter().filter(|of| !is_theirs(of.id.clone()));
                let kept: Vec<_> = kept.cloned().collect();
                label.attributes.extend(kept);
                if label == before {
                    num_same += 1;
                } else {
                    num_changed += 1;
                    *here = LabelForm::of(&label, here.layer);
                }
            }
        }
        self.fixed.add(schema.layers());
        self.choose(self.at);
        self.shows_row = true;
        self.notice = Some(Message::new(
            format!("أُخذت وسوم: جديدة {num_new}، تغيّرت {num_changed}، كما هي {num_same}"),
            format!(
                "Labels taken: {num_new} new, {num_changed} changed, {num_same} as they were"
            ),
        ));
    }

    /// Makes the draft another schema as a whole.
    pub(in crate::app) fn replace(&mut self, schema: &Schema) {
        self.fixed.add(schema.layers());
        self.lay_out(schema.layers());
        self.choose(self.at);
        self.shows_row = true;
    }

    /// The key of a label that comes, unless another one here has it.
    fn free_key(&self, label: &Label) -> Option<u8> {
        let is_taken =
            |key: &u8| self.labels.iter().any(|of| of.key == Some(*key) && of.id != label.id);
        label.key.filter(|key| !is_taken(key))
    }
}
