//! What a narrow window shows in drawers, and the guidelines.

use egui::Context;

use crate::app::App;
use crate::app::drawer::Drawer;
use crate::app::panel;
use crate::app::widget::ArticleView;

impl App {
    /// The chosen span's value, wherever there is room for it.
    pub(in crate::app) fn focus_value(&mut self) {
        self.workspace.shows_guidelines = false;
        if self.workspace.docked.inspector {
            self.workspace.focus = Some(panel::value_id());
        } else {
            self.workspace.drawer = Some(Drawer::Inspector);
            self.workspace.drawer_focus = Some(panel::value_id());
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

    /// Opens or closes a drawer; the focus goes to what is in it. Where the region stands
    /// beside the article, the focus alone goes there and back.
    pub(in crate::app) fn toggle(&mut self, ctx: &Context, drawer: Drawer) {
        let place = match drawer {
            Drawer::Documents => Some(panel::search_id()),
            Drawer::Inspector if self.workspace.shows_guidelines => {
                Some(panel::guidelines_id())
            }
            Drawer::Inspector => self.workspace.chosen.as_ref().map(|_| panel::value_id()),
        };
        let is_docked = self.workspace.docked.has(drawer);
        let is_there = if is_docked {
            place.is_none() || ctx.memory(|memory| memory.focused()) == place
        } else {
            self.workspace.drawer == Some(drawer)
        };
        self.workspace.drawer = (!is_docked && !is_there).then_some(drawer);
        self.workspace.show_row |= drawer == Drawer::Documents;
        if is_there {
            self.workspace.focus = Some(ArticleView::id());
        } else if is_docked {
            self.workspace.focus = place;
        } else {
            self.workspace.drawer_focus = place;
            self.leave_article(ctx);
        }
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
