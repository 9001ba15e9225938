//! Undo within the draft: what stands in all fields, before each step.

use super::{At, SchemaForm};
use crate::model::Layer;

/// How many steps are kept.
const MOST: usize = 200;

/// The steps of a draft.
#[derive(Clone, Debug)]
pub(super) struct Steps {
    /// What stood in the fields in the frame before.
    now: Vec<Layer>,
    /// The field that the last step was written in: what follows there is the same step.
    field: Option<egui::Id>,
    done: Vec<(Vec<Layer>, At)>,
    undone: Vec<(Vec<Layer>, At)>,
}

impl Steps {
    pub(super) fn new(now: Vec<Layer>) -> Self {
        Self { now, field: None, done: Vec::new(), undone: Vec::new() }
    }
}

impl SchemaForm {
    /// Remembers what was changed in this frame, in which `focus` had the focus, as a step.
    pub(in crate::app) fn keep_step(&mut self, focus: Option<egui::Id>) {
        let draft = self.draft();
        if draft == self.steps.now {
            return;
        }
        let before = std::mem::replace(&mut self.steps.now, draft);
        let goes_on = focus.is_some() && focus == self.steps.field;
        if !goes_on || self.steps.done.is_empty() {
            self.steps.done.push((before, self.at));
            let surplus = self.steps.done.len().saturating_sub(MOST);
            self.steps.done.drain(..surplus);
        }
        self.steps.field = focus;
        self.steps.undone.clear();
        self.forget_answers();
    }

    pub(in crate::app) fn can_undo(&self) -> bool {
        !self.steps.done.is_empty()
    }

    pub(in crate::app) fn can_redo(&self) -> bool {
        !self.steps.undone.is_empty()
    }

    /// Takes the last step of the draft back, or does it again.
    pub(in crate::app) fn step(&mut self, back: bool) {
        let from = if back { &mut self.steps.done } else { &mut self.steps.undone };
        let Some((layers, at)) = from.pop() else { return };
        let now = std::mem::replace(&mut self.steps.now, layers.clone());
        let to = if back { &mut self.steps.undone } else { &mut self.steps.done };
        to.push((now, self.at));
        self.steps.field = None;
        self.lay_out(&layers);
        self.choose(at);
        self.shows_row = true;
        self.forget_answers();
    }

    /// What was said of another draft is not true of this one.
    fn forget_answers(&mut self) {
        self.refusals.clear();
        self.warnings.clear();
    }
}
