//! What a narrow window shows in drawers, and the guidelines.

use egui::Context;

use crate::app::App;
use crate::app::drawer::Drawer;
use crate::app::layout::Rearrange;
use crate::app::panel;
use crate::app::widget::ArticleView;
use crate::lang::Message;

impl App {
    /// The chosen span's value, wherever there is room for it.
    pub(in crate::app) fn focus_value(&mut self) {
        self.workspace.shows_guidelines = false;
        self.focus_beside(panel::value_id());
    }

    /// Gives the focus to what stands beside the article, or in a drawer.
    pub(in crate::app) fn focus_beside(&mut self, id: egui::Id) {
        if self.workspace.docked.inspector {
            self.workspace.focus = Some(id);
        } else {
            self.workspace.drawer = Some(Drawer::Inspector);
            self.workspace.drawer_focus = Some(id);
        }
    }

    /// The field that searches the list, wherever there is room for it.
    pub(in crate::app) fn focus_search(&mut self) {
        if self.workspace.docked.documents {
            self.workspace.focus = Some(panel::search_id());
        } else {
            self.workspace.drawer = Some(Drawer::Documents);
            self.workspace.drawer_focus = Some(panel::search_id());
        }
    }

    /// Shows or hides a region beside the article; where there is no room for it, opens or
    /// closes it as a drawer. The focus goes to what is in it.
    pub(in crate::app) fn toggle(&mut self, ctx: &Context, drawer: Drawer) {
        let place = match drawer {
            Drawer::Documents => Some(panel::search_id()),
            Drawer::Inspector if self.workspace.shows_guidelines => {
                Some(panel::guidelines_id())
            }
            Drawer::Inspector => self.workspace.chosen.as_ref().map(|_| panel::value_id()),
        };
        let has_room = self.workspace.room.has(drawer);
        let is_there = if has_room {
            self.workspace.docked.has(drawer)
        } else {
            self.workspace.drawer == Some(drawer)
        };
        if has_room {
            let layout = &mut self.settings.layout;
            match drawer {
                Drawer::Documents => layout.hides_documents = is_there,
                Drawer::Inspector => layout.hides_inspector = is_there,
            }
            self.settings_changed = true;
        }
        self.workspace.drawer = (!has_room && !is_there).then_some(drawer);
        self.workspace.show_row |= drawer == Drawer::Documents;
        if is_there {
            self.workspace.focus = Some(ArticleView::id());
        } else if has_room {
            self.workspace.focus = place;
        } else {
            self.workspace.drawer_focus = place;
            self.leave_article(ctx);
        }
    }

    /// Changes how the regions stand.
    pub(in crate::app) fn rearrange(&mut self, rearrange: Rearrange) {
        match rearrange {
            Rearrange::Resize(region, size) => self.settings.layout.resize(region, size),
            Rearrange::Reset => {
                self.settings.layout.reset();
                self.workspace.shows_history = false;
                if self.workspace.alone.is_some() {
                    self.show_alone();
                }
            }
            Rearrange::Alone => {
                self.show_alone();
                return;
            }
            Rearrange::CloseDrawer => {
                self.workspace.drawer = None;
                self.workspace.focus = Some(ArticleView::id());
                return;
            }
        }
        self.settings_changed = true;
    }

    /// Shows only the article, or the rest again as it was.
    fn show_alone(&mut self) {
        let workspace = &mut self.workspace;
        workspace.drawer = None;
        workspace.focus = Some(ArticleView::id());
        let search = &mut workspace.search_all;
        if let Some([problems, steps, records, all]) = workspace.alone.take() {
            workspace.shows_problems |= problems;
            workspace.shows_history |= steps;
            workspace.records.is_open |= records;
            search.is_open |= all && !workspace.shows_history;
            return;
        }
        let take = std::mem::take::<bool>;
        workspace.alone = Some([
            take(&mut workspace.shows_problems),
            take(&mut workspace.shows_history),
            take(&mut workspace.records.is_open),
            take(&mut search.is_open),
        ]);
        let key = self.kit.keymap.key_of("view.alone").unwrap_or_default();
        workspace.say(Message::new(
            format!("المقال وحده · \u{2066}{key}\u{2069} يعيد الباقي"),
            format!("Only the article · {key} brings the rest back"),
        ));
    }

    /// Keeps the window's size, to open it so the next time.
    pub(in crate::app) fn remember_window(&mut self, ctx: &Context) {
        if self.launch.size.is_some() {
            return;
        }
        let (rect, maximized, full) = ctx.input(|input| {
            let viewport = input.viewport();
            (viewport.inner_rect, viewport.maximized, viewport.fullscreen)
        });
        // A system that does not say whether it is maximized is not asked to make it so.
        let (Some(rect), Some(is_maximized)) = (rect, maximized) else { return };
        let layout = &mut self.settings.layout;
        let (width, height) = (rect.width().round(), rect.height().round());
        let is_free = !is_maximized && full != Some(true) && width >= 1.0 && height >= 1.0;
        let before = (layout.window, layout.is_maximized);
        if is_free {
            layout.window = Some((width, height));
        }
        layout.is_maximized = is_maximized;
        self.settings_changed |= before != (layout.window, is_maximized);
    }

    /// Shows the guidelines at the label that is armed or chosen, or the span again.
    pub(in crate::app) fn toggle_guidelines(&mut self) {
        let workspace = &mut self.workspace;
        let is_seen = workspace.docked.inspector || workspace.drawer == Some(Drawer::Inspector);
        let shows = !(is_seen && workspace.shows_guidelines);
        workspace.shows_guidelines = shows;
        if !workspace.docked.inspector {
            workspace.drawer = shows.then_some(Drawer::Inspector);
        }
        if shows {
            workspace.guide_label = None;
            self.read_guidelines();
        } else {
            workspace.focus = Some(ArticleView::id());
        }
    }
}
