//! What is asked for in the list of documents.

use std::sync::Arc;

use egui::Context;

use crate::app::App;
use crate::app::action::Step;
use crate::app::documents::Documents;
use crate::app::drawer::Drawer;
use crate::app::widget::Field;
use crate::app::workspace::Menu;
use crate::lang::{Bilingual, DOCUMENT, Message, both, isolated};
use crate::model::{DocumentId, State};
use crate::project::{Error, Many, Order, OrderBy, Project};

/// How many documents are changed within a frame; more are work for a task.
const WITHIN_A_FRAME: usize = 16;

/// How many of those that were left out are named in the status line.
const NAMED: usize = 3;

impl App {
    /// Does what was asked for in the list of documents.
    pub(in crate::app) fn documents(&mut self, ctx: &Context, asked: Documents) {
        match asked {
            Documents::OrderBy(by) => self.order_by(by),
            Documents::Reverse => self.order_by(self.settings.order.by),
            Documents::ShowAll => {
                self.workspace.search = Field::default();
                self.workspace.state_filter = None;
                self.workspace.show_row = true;
            }
            Documents::ToggleDoubtful => self.workspace.toggle_doubtful(self.kit.lang),
            Documents::NextUnfinished => self.open_next_unfinished(),
            Documents::ToRow => self.show_open_row(),
            Documents::SelectAll => {
                if let Some(project) = &self.project {
                    self.workspace.documents.select_all(project);
                }
            }
            Documents::SelectNone => {
                self.workspace.documents.select_none();
            }
            Documents::ShowMenu(place, documents) => {
                self.workspace.menu = Some(Menu::for_documents(place, documents));
            }
            Documents::SetState(documents, state) => self.set_state_of(ctx, documents, state),
            Documents::DeclareGold(documents) => self.declare_gold_of(ctx, documents),
        }
    }

    fn order_by(&mut self, by: OrderBy) {
        let order = &mut self.settings.order;
        *order = Order { by, is_descending: order.by == by && !order.is_descending };
        self.settings_changed = true;
    }

    /// Opens the first document, whatever the list shows: what was imported is to be seen.
    pub(in crate::app) fn open_first(&mut self) {
        let first = self.project.as_ref().and_then(|project| project.row(0));
        if let Some(id) = first.map(|row| row.id.clone()) {
            self.open_document(&id);
        }
    }

    /// The next document in the list, or the previous one.
    pub(in crate::app) fn step_document(&mut self, step: Step) {
        let Some(project) = &self.project else { return };
        let list = &self.workspace.documents;
        let row = match (project.open_row(), step) {
            (None, _) => Some(0),
            (Some(place), Step::Next) => Some(list.listing.around(project, place).end),
            (Some(place), Step::Previous) => {
                list.listing.around(project, place).start.checked_sub(1)
            }
        };
        match row.and_then(|row| list.id(project, row)).cloned() {
            Some(id) => self.open_document(&id),
            None => self.workspace.say(match step {
                Step::Next => Message::new("هذا آخر مقال", "This is the last document"),
                Step::Previous => Message::new("هذا أول مقال", "This is the first document"),
            }),
        }
    }

    /// Opens the next document of the list that is neither finished nor ignored, going on from
    /// the start once.
    pub(in crate::app) fn open_next_unfinished(&mut self) {
        let Some(project) = &self.project else { return };
        let listing = &self.workspace.documents.listing;
        let around = project.open_row().map_or(0..0, |place| listing.around(project, place));
        let rows = (around.end..listing.rows().len()).chain(0..around.start);
        let others = listing.rows().len() < project.num_documents();
        match project.unfinished_of(listing, rows) {
            Some(id) => self.open_document(&id),
            None if self.workspace.is_filtered() && others => self.workspace.say(Message::new(
                "لم يبق في القائمة مقال آخر غير منتهٍ. أزل المرشحات لترى غيرها.",
                "No other document in the list is unfinished. Clear the filters to see others.",
            )),
            None => self.workspace.say(Message::new(
                "أُنهيت كل المقالات. صدّرها بالمفتاحين ‎Ctrl+E",
                "Every document is finished. Export them with Ctrl+E",
            )),
        }
    }

    /// Shows the open document's row and gives it the focus.
    fn show_open_row(&mut self) {
        let Some(project) = &self.project else { return };
        let listing = &self.workspace.documents.listing;
        let Some(row) = project.open_row().and_then(|place| listing.row_of(place)) else {
            self.workspace.say(Message::new(
                "ليس المقال المفتوح في القائمة: أخفته المرشحات",
                "The open document is not in the list: the filters leave it out",
            ));
            return;
        };
        self.workspace.show_row = true;
        self.workspace.documents.focus = Some(row);
        if !self.workspace.docked.documents {
            self.workspace.drawer = Some(Drawer::Documents);
        }
    }

    fn set_state_of(&mut self, ctx: &Context, documents: Arc<[DocumentId]>, state: State) {
        let title = both("تُغيَّر حالة المقالات…", "Changing the documents’ state…");
        self.change_many(
            ctx,
            (title, state.name()),
            documents,
            move |project, documents, go_on| project.set_state_of(documents, state, go_on),
        );
    }

    fn declare_gold_of(&mut self, ctx: &Context, documents: Arc<[DocumentId]>) {
        let title = both("تُعلَن المجموعات ذهبية…", "Declaring the sets gold…");
        let done = both("ذهبي", "Gold");
        self.change_many(ctx, (title, done), documents, |project, documents, go_on| {
            project.declare_gold_of(documents, go_on)
        });
    }

    /// Changes documents as one step; many of them off the frame.
    fn change_many(
        &mut self,
        ctx: &Context,
        (title, done): (Bilingual, Bilingual),
        documents: Arc<[DocumentId]>,
        change: impl FnOnce(
            &mut Project,
            &[DocumentId],
            &mut dyn FnMut(usize, usize) -> bool,
        ) -> Result<Option<Many>, Error>
        + Send
        + 'static,
    ) {
        let Some(mut project) = self.project.take() else { return };
        if documents.len() <= WITHIN_A_FRAME {
            let many = change(&mut project, &documents, &mut |_, _| true);
            self.were_changed(project, done, many);
            return;
        }
        self.begin(ctx, title, move |progress| {
            let mut go_on = |done, total| progress.report(done, total);
            let many = change(&mut project, &documents, &mut go_on);
            Box::new(move |app| app.were_changed(project, done, many))
        });
    }

    /// Says what changing documents came to.
    fn were_changed(
        &mut self,
        project: Project,
        done: Bilingual,
        many: Result<Option<Many>, Error>,
    ) {
        self.project = Some(project);
        let many = match many {
            Ok(Some(many)) => many,
            Ok(None) => {
                let said = Message::new("أُوقف؛ لم يُغيَّر شيء", "Stopped; nothing was changed");
                self.workspace.say(said);
                return;
            }
            Err(error) => {
                self.fail(&error);
                return;
            }
        };
        let message = told(done, &many);
        if many.refused.is_empty() {
            self.workspace.say(message);
        } else {
            self.workspace.complain(message);
        }
        self.workspace.list_problems(many.refused.into_iter().map(|(_, problem)| problem));
    }
}

/// What changing documents came to: how many are what now, and which could not be.
fn told(done: Bilingual, many: &Many) -> Message {
    let changed = DOCUMENT.message(many.num_changed);
    let mut message = Message::new(
        format!("{}: {}", done.ar, changed.ar),
        format!("{}: {}", done.en, changed.en),
    );
    if many.num_unchanged > 0 {
        let unchanged = DOCUMENT.message(many.num_unchanged);
        message.ar.push_str(&format!("؛ وكان كذلك {}", unchanged.ar));
        message.en.push_str(&format!("; {} already so", unchanged.en));
    }
    if !many.refused.is_empty() {
        let titles = |before: &str, after: &str, between: &str| {
            let named = many.refused.iter().take(NAMED);
            let titles: Vec<_> =
                named.map(|(title, _)| format!("{before}{}{after}", isolated(title))).collect();
            titles.join(between)
        };
        let (ar, en) = (titles("«", "»", "، "), titles("“", "”", ", "));
        let (more_ar, more_en) = match many.refused.len().saturating_sub(NAMED) {
            0 => (String::new(), String::new()),
            more => {
                let more = DOCUMENT.message(more);
                (format!(" و{} غيرها", more.ar), format!(" and {} more", more.en))
            }
        };
        message.ar.push_str(&format!("؛ ولم يمكن ذلك في {ar}{more_ar}"));
        message.en.push_str(&format!("; not possible for {en}{more_en}"));
    }
    message
}
