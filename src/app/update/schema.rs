//! The project's schema: to be changed, and changed.

use egui::Context;

use crate::app::App;
use crate::app::dialog::Dialog;
use crate::app::schema_form::SchemaForm;
use crate::lang::{Explain as _, Message};
use crate::model::Schema;

impl App {
    /// Shows the labels, to be changed.
    pub(super) fn show_schema(&mut self, ctx: &Context) {
        let Some(project) = &self.project else { return };
        let form = SchemaForm::new(project.schema(), &project.num_spans_by_label());
        self.show(ctx, Dialog::Schema(Box::new(form)));
    }

    /// Works by another schema from now on. Where that is not possible, the dialog stays.
    pub(super) fn set_schema(&mut self, schema: Schema) {
        let Some(project) = &mut self.project else { return };
        if let Err(error) = project.set_schema(schema) {
            self.workspace.complain(error.explain());
            return;
        }
        let armed = self.workspace.armed.take();
        self.workspace.armed = armed.filter(|id| project.schema().label(id).is_some());
        self.workspace.leave_dialog();
        self.workspace.say(Message::new("حُفظت الوسوم", "The labels are saved"));
    }
}
