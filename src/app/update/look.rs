//! How the window looks, changed.

use egui::Context;

use crate::app::dialog::{Dialog, SettingsPage};
use crate::app::look::{Look, TEXT_SIZES, ThemeChoice};
use crate::app::{App, dress};
use crate::lang::Lang;
use crate::theme::size;

impl App {
    /// Shows the settings.
    pub(super) fn show_settings(&mut self, ctx: &Context) {
        let now = self.project.as_ref().map(|project| project.annotator().as_str());
        let annotator = now.unwrap_or(&self.settings.annotator).to_owned();
        let folder = self.launch.config.clone();
        self.show(ctx, Dialog::Settings(SettingsPage { annotator, folder }));
    }

    /// Speaks another language, from the next frame on.
    pub(super) fn set_lang(&mut self, lang: Lang) {
        self.settings.lang = lang;
        self.kit.lang = lang;
        self.settings_changed = true;
    }

    /// Looks otherwise, from the next frame on.
    pub(super) fn set_look(&mut self, ctx: &Context, look: Look) {
        self.settings.look = look;
        self.settings_changed = true;
        self.wear(ctx);
    }

    /// Gives the window the look of the settings.
    pub(in crate::app) fn wear(&mut self, ctx: &Context) {
        let look = self.settings.look;
        self.kit.look = look;
        self.kit.theme = look.colors(ctx.system_theme());
        ctx.set_zoom_factor(look.zoom());
        dress(ctx, &self.kit.theme);
    }

    /// Goes with the system from light to dark and back, where the person wants that.
    pub(in crate::app) fn follow_system(&mut self, ctx: &Context) {
        let theme = self.settings.look.colors(ctx.system_theme());
        if theme.mode != self.kit.theme.mode {
            self.wear(ctx);
        }
    }

    pub(super) fn toggle_theme(&mut self, ctx: &Context) {
        let theme = ThemeChoice::Always(self.kit.theme.mode.other());
        self.set_look(ctx, Look { theme, ..self.settings.look });
    }

    pub(super) fn zoom(&mut self, ctx: &Context, by: f32) {
        let look = self.settings.look;
        let text_size = if by == 0.0 { size::ARTICLE } else { look.text_size + by };
        let text_size = text_size.clamp(*TEXT_SIZES.start(), *TEXT_SIZES.end());
        self.set_look(ctx, Look { text_size, ..look });
    }
}
