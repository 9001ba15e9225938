//! The person's own keys, changed in the window.

use egui::Context;

use crate::app::App;
use crate::app::command::command;
use crate::app::dialog::Dialog;
use crate::app::keymap::{self, Sequence};
use crate::app::own_keys::{Ask, KeysForm, Question};
use crate::lang::{Message, isolated};

impl App {
    pub(super) fn own_keys(&mut self, ctx: &Context, asked: Ask) {
        match asked {
            Ask::Show => {
                let path = keymap::path(&self.launch.config);
                self.load_keys();
                self.show(ctx, Dialog::OwnKeys(Box::new(KeysForm::new(path))));
            }
            Ask::File => self.show_key_file(ctx),
            Ask::Read => self.load_keys(),
            Ask::Give(id, wanted, takes) => self.give_keys(id, wanted, takes),
            Ask::Reset => self.rewrite_keys(keymap::clear),
            Ask::Undo => self.undo_keys(),
        }
    }

    fn keys_form(&mut self) -> Option<&mut KeysForm> {
        match &mut self.workspace.dialog {
            Some(Dialog::OwnKeys(form)) => Some(form),
            _ => None,
        }
    }

    fn give_keys(&mut self, id: &'static str, wanted: Vec<Sequence>, takes: bool) {
        let Some(command) = command(id) else { return };
        let held = wanted.iter().flat_map(|keys| self.kit.keymap.holders(keys, id));
        let held: Vec<_> = held.map(|(keys, command)| (keys, command.title)).collect();
        if !held.is_empty() && !takes {
            if let Some(form) = self.keys_form() {
                form.question = Some(Question { wanted, held, is_new: true });
            }
            return;
        }
        self.rewrite_keys(|text| keymap::give(text, command, &wanted));
    }

    /// Changes the file, never one that could not be read, and reads it again.
    fn rewrite_keys(&mut self, change: impl FnOnce(&str) -> Result<String, Message>) {
        let Some(before) = self.read_keys() else { return };
        match change(&before) {
            Ok(after) if after == before => {}
            Ok(after) => {
                if self.write_keys(&after)
                    && let Some(form) = self.keys_form()
                {
                    form.changes.push((before, after));
                }
            }
            Err(why) => self.workspace.complain(why),
        }
    }

    fn undo_keys(&mut self) {
        let Some((before, after)) = self.keys_form().and_then(|form| form.changes.pop()) else {
            return;
        };
        let Some(now) = self.read_keys() else { return };
        if now == after {
            self.write_keys(&before);
        } else {
            self.load_keys();
            self.workspace.complain(Message::new(
                "تغيّر ملف المفاتيح في برنامج آخر منذ ذلك، فبقي على حاله",
                "another program has changed the file of keys since then, so it was left as it is",
            ));
        }
    }

    fn read_keys(&mut self) -> Option<String> {
        let folder = &self.launch.config;
        let path = keymap::path(folder);
        match keymap::read(folder) {
            Ok(text) => Some(text),
            Err(error) => {
                self.workspace.complain(Message::new(
                    format!(
                        "تعذّرت قراءة {}، فلم يُكتب فيه شيء: {error}",
                        isolated(path.display())
                    ),
                    format!(
                        "{} cannot be read, so nothing was written to it: {error}",
                        path.display()
                    ),
                ));
                None
            }
        }
    }

    fn write_keys(&mut self, text: &str) -> bool {
        let folder = &self.launch.config;
        if let Err(error) = keymap::write(folder, text) {
            let path = keymap::path(folder);
            self.workspace.complain(Message::new(
                format!("تعذّرت كتابة {}: {error}", isolated(path.display())),
                format!("{} cannot be written: {error}", path.display()),
            ));
            return false;
        }
        self.workspace.said = None;
        self.load_keys();
        true
    }
}
