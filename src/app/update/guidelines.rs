//! The guidelines, written in the window.

use egui::Context;

use crate::app::App;
use crate::app::dialog::Dialog;
use crate::app::guide_form::{Ask, GuideForm};
use crate::lang::{Message, both, isolated};
use crate::store::Error;

impl App {
    pub(super) fn guidelines(&mut self, ctx: &Context, asked: Ask) {
        match asked {
            Ask::Edit => self.edit_guidelines(ctx),
            Ask::Save => self.save_guidelines(),
            Ask::TakeOwn => self.take_own_guidelines(),
            Ask::LeaveOther => self.leave_other_guidelines(),
            Ask::GoOn => {
                if let Some(form) = self.guide_form() {
                    (form.leaves, form.other) = (false, None);
                }
            }
            Ask::Discard => {
                self.was_warned = false;
                self.workspace.drop_dialog();
            }
        }
    }

    fn guide_form(&mut self) -> Option<&mut GuideForm> {
        match &mut self.workspace.dialog {
            Some(Dialog::Guidelines(form)) => Some(form),
            _ => None,
        }
    }

    fn edit_guidelines(&mut self, ctx: &Context) {
        let Some(project) = &self.project else { return };
        // What cannot be read is not written over.
        match project.store().guidelines() {
            Ok(text) => self.show(ctx, Dialog::Guidelines(Box::new(GuideForm::new(text)))),
            Err(error) => self.fail(&error),
        }
    }

    fn save_guidelines(&mut self) {
        let Some(form) = self.guide_form() else { return };
        let (before, text) = (form.before().to_owned(), form.text());
        self.write_guidelines(&before, &text);
    }

    /// Writes them over `before`; if the file says something else, asks. Whether it did.
    fn write_guidelines(&mut self, before: &str, text: &str) -> bool {
        let Some(project) = &self.project else { return false };
        match project.store().write_guidelines(before, text) {
            Ok(None) => {
                self.was_warned = false;
                self.workspace.drop_dialog();
                self.read_guidelines();
                let said = both("حُفظ دليل التوسيم", "The guidelines are saved");
                self.workspace.say(said.into());
                true
            }
            Ok(Some(other)) => {
                if let Some(form) = self.guide_form() {
                    (form.leaves, form.other, form.is_new_question) =
                        (false, Some(other), true);
                }
                false
            }
            Err(error) => {
                self.fail(&error);
                false
            }
        }
    }

    /// Keeps the other side first: if that fails, nothing is written over.
    fn take_own_guidelines(&mut self) {
        let Some(form) = self.guide_form() else { return };
        let (other, text) = (form.other.take().unwrap_or_default(), form.text());
        if self.keep_guidelines(&other).is_ok() {
            self.write_guidelines(&other, &text);
        }
    }

    fn leave_other_guidelines(&mut self) {
        let Some(form) = self.guide_form() else { return };
        let text = form.text();
        if self.keep_guidelines(&text).is_ok() {
            self.workspace.drop_dialog();
            self.read_guidelines();
        }
    }

    /// Keeps what does not stand in the file, and says where. Nothing needs no keeping.
    fn keep_guidelines(&mut self, text: &str) -> Result<(), Error> {
        let Some(project) = &self.project else { return Ok(()) };
        if text.is_empty() {
            return Ok(());
        }
        let kept = project.store().keep_guidelines(text);
        match kept {
            Ok((place, problem)) => {
                self.workspace.list_problems([problem]);
                self.workspace.say(Message::new(
                    format!("حُفظ النص الآخر في {}", isolated(place.display())),
                    format!("the other text is kept in {}", place.display()),
                ));
                Ok(())
            }
            Err(error) => {
                self.fail(&error);
                Err(error)
            }
        }
    }
}
