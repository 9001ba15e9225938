//! What hands ask of the window itself: dialogs, copying, the person's own keys, Alt alone.

use egui::{Context, Event, Key};

use super::App;
use super::dialog::{Dialog, KeyFile};
use super::keymap::{self, KeyMap};
use crate::lang::{Message, isolated};

impl App {
    pub(super) fn show(&mut self, ctx: &Context, dialog: Dialog) {
        let focused = ctx.memory(|memory| memory.focused());
        // What a menu gave the focus to waits.
        self.workspace.focus = None;
        self.workspace.show(dialog, focused);
    }

    /// Asks what to export, in which format at first; a file beside those of the person is
    /// suggested.
    pub(super) fn show_export(&mut self, ctx: &Context, format: &'static str) {
        let Some(project) = &self.project else { return };
        let dialog = Dialog::export(project.name(), self.launch.home.clone(), format);
        self.show(ctx, dialog);
    }

    /// Copies the selection, or the chosen span's text.
    pub(super) fn copy(&self, ctx: &Context) {
        let Some(project) = &self.project else { return };
        let Some(document) = project.document() else { return };
        let chosen = || {
            let span = project.set()?.span(self.workspace.chosen.as_ref()?)?;
            Some(span.range)
        };
        let selection = self.workspace.article.selection();
        let range = Some(selection).filter(|range| !range.is_empty()).or_else(chosen);
        if let Some(range) = range {
            ctx.copy_text(document.slice(range).to_owned());
        }
    }

    /// Makes the file of the person's own keys, unless it is there, and says where it is.
    pub(super) fn show_key_file(&mut self, ctx: &Context) {
        let folder = &self.launch.config;
        let path = keymap::path(folder);
        match keymap::write_template(folder) {
            Ok(()) => self.show(ctx, Dialog::KeyFile(KeyFile { path })),
            Err(error) => self.workspace.complain(Message::new(
                format!("تعذّرت كتابة {}: {error}", isolated(path.display())),
                format!("{} cannot be written: {error}", path.display()),
            )),
        }
    }

    /// Whether Alt went down and up again and nothing else was done meanwhile, such as going
    /// to another window or to another layout.
    pub(super) fn alt_alone(&mut self, ctx: &Context) -> bool {
        let mut opens = false;
        ctx.input(|input| {
            for event in &input.events {
                match event {
                    Event::Key { key: Key::AltLeft, pressed, modifiers, repeat, .. } => {
                        let is_alone = !modifiers.shift && !modifiers.ctrl;
                        opens = !pressed && self.alt_is_down && is_alone;
                        self.alt_is_down =
                            *pressed && is_alone && (self.alt_is_down || !repeat);
                    }
                    Event::Key { .. }
                    | Event::PointerButton { .. }
                    | Event::MouseWheel { .. } => {
                        self.alt_is_down = false;
                    }
                    Event::WindowFocused(_) => (self.alt_is_down, opens) = (false, false),
                    _ => {}
                }
            }
        });
        opens
    }

    /// Reads the person's own keys, and lists what is wrong with them.
    pub(super) fn load_keys(&mut self) {
        let (keymap, problems) = KeyMap::load(&self.launch.config);
        self.kit.keymap = keymap;
        if problems == self.key_problems {
            return;
        }
        let path = Some(keymap::path(&self.launch.config));
        self.workspace.problems.retain(|problem| problem.place.path != path);
        if let Some(first) = problems.first() {
            let what = &first.what;
            let line = first.place.line.unwrap_or(1);
            self.workspace.complain(Message::new(
                format!("\u{2066}keys.ron:{line}\u{2069} · {}", what.ar),
                format!("keys.ron:{line}: {}", what.en),
            ));
            self.workspace.list_problems(problems.clone());
        }
        self.key_problems = problems;
    }
}
