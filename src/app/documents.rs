//! The list of documents: what is listed, what is selected in it, and what can be asked for.

use std::collections::HashSet;
use std::sync::Arc;

use egui::{Context, Pos2};

use super::widget::Field;
use super::workspace::Workspace;
use crate::model::{DocumentId, State};
use crate::project::{Asked, Listing, Order, OrderBy, Project};

/// The words for doubtful spans in a query, in both languages.
pub(super) const DOUBTFUL: crate::lang::Bilingual = crate::lang::both("مشكوك_فيه", "doubtful");

/// What can be asked for in the list of documents.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Documents {
    /// Orders the list by that; the other way round where it is so already.
    OrderBy(OrderBy),
    /// Orders the list the other way round.
    Reverse,
    /// Takes all filters away.
    ShowAll,
    /// Lists documents with doubtful spans only, or no longer.
    ToggleDoubtful,
    /// Opens the next document that is neither finished nor ignored.
    NextUnfinished,
    /// Gives the focus to the open document's row.
    ToRow,
    /// Selects all that are listed.
    SelectAll,
    /// Selects none.
    SelectNone,
    /// Opens the menu of what can be done with documents.
    ShowMenu(Pos2, Arc<[DocumentId]>),
    /// Says how far the work on documents is.
    SetState(Arc<[DocumentId]>, State),
    /// Declares the sets of documents gold.
    DeclareGold(Arc<[DocumentId]>),
}

/// The list of documents.
#[derive(Debug, Default)]
pub(super) struct DocumentList {
    pub(super) listing: Listing,
    pub(super) order: Order,
    /// Documents that are selected to do something with all of them; only listed ones are.
    pub(super) selected: HashSet<DocumentId>,
    /// From where Shift selects.
    pub(super) anchor: Option<DocumentId>,
    /// The row that has the focus.
    pub(super) focused: Option<usize>,
    /// A row that is to get the focus.
    pub(super) focus: Option<usize>,
}

impl DocumentList {
    /// The document in a row.
    pub(super) fn id<'a>(&self, project: &'a Project, row: usize) -> Option<&'a DocumentId> {
        project.row(self.listing.place(row)?).map(|row| row.id)
    }

    /// The selected documents, in the order of the list.
    pub(super) fn selected_in_order(&self, project: &Project) -> Arc<[DocumentId]> {
        let ids = (0..self.listing.rows().len()).filter_map(|row| self.id(project, row));
        ids.filter(|id| self.selected.contains(*id)).cloned().collect()
    }

    /// Selects a document, or no longer.
    pub(super) fn toggle(&mut self, id: &DocumentId) {
        if !self.selected.remove(id) {
            self.selected.insert(id.clone());
        }
        self.anchor = Some(id.clone());
    }

    /// Selects what stands from the anchor to a row, in place of what was selected.
    pub(super) fn extend_to(&mut self, project: &Project, row: usize) {
        let anchor = self.anchor.as_ref().or_else(|| project.document().map(|open| open.id()));
        let from = anchor.and_then(|id| self.listing.row_of(project.position(id)?));
        let from = from.unwrap_or(row);
        self.anchor = self.id(project, from).cloned();
        let rows = from.min(row)..=from.max(row);
        self.selected = rows.filter_map(|row| self.id(project, row)).cloned().collect();
    }

    /// Selects all that are listed.
    pub(super) fn select_all(&mut self, project: &Project) {
        let rows = 0..self.listing.rows().len();
        self.selected = rows.filter_map(|row| self.id(project, row)).cloned().collect();
    }

    /// Selects none; whether any was.
    pub(super) fn select_none(&mut self) -> bool {
        let any = !self.selected.is_empty();
        self.selected.clear();
        any
    }

    /// What is done with a row is done with all that are selected, if it is one of them.
    pub(super) fn with_selected(
        &self,
        project: &Project,
        id: &DocumentId,
    ) -> Arc<[DocumentId]> {
        if self.selected.contains(id) {
            self.selected_in_order(project)
        } else {
            Arc::new([id.clone()])
        }
    }

    /// Lets go of what is selected and no longer listed: nothing is done with what is not seen.
    fn let_go_of_unlisted(&mut self, project: &Project) {
        if !self.selected.is_empty() {
            self.selected = self.selected_in_order(project).iter().cloned().collect();
        }
    }
}

impl Workspace {
    /// Brings the list of documents up to the project and to what is asked of it.
    pub(super) fn follow_documents(&mut self, ctx: &Context, project: &Project, order: Order) {
        let asked = Asked { text: self.search.text(), state: self.state_filter, order };
        let waker = ctx.clone();
        let list = &mut self.documents;
        if list.listing.follow(project, asked, move || waker.request_repaint()) {
            list.let_go_of_unlisted(project);
        }
        // Another order shows other rows: the open document is looked for first.
        self.show_row |= std::mem::replace(&mut list.order, order) != order;
    }

    /// Whether the list leaves documents out.
    pub(super) fn is_filtered(&self) -> bool {
        self.state_filter.is_some() || !self.search.text().trim().is_empty()
    }

    /// Whether the list asks for doubtful spans.
    pub(super) fn asks_for_doubtful(&self) -> bool {
        let is_word = |word: &str| without_word(self.search.text(), word).is_some();
        is_word(DOUBTFUL.ar) || is_word(DOUBTFUL.en)
    }

    /// Writes a word into the list's search, or takes it out, in whichever language it is there.
    pub(super) fn toggle_doubtful(&mut self, lang: crate::lang::Lang) {
        let text = self.search.text();
        let without =
            without_word(text, DOUBTFUL.ar).or_else(|| without_word(text, DOUBTFUL.en));
        let text = without.unwrap_or_else(|| format!("{} {}", text.trim(), DOUBTFUL.get(lang)));
        self.search = Field::new(text.trim());
    }
}

/// A search without one of its words; none if it has it not.
pub(super) fn without_word(text: &str, word: &str) -> Option<String> {
    let is_edge = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let at = text.match_indices(word).map(|(at, _)| at).find(|at| {
        is_edge(text[..*at].chars().next_back())
            && is_edge(text[at + word.len()..].chars().next())
    })?;
    let (before, after) = (&text[..at], &text[at + word.len()..]);
    Some(format!("{} {}", before.trim_end(), after.trim_start()).trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_is_taken_out_as_a_whole_word() {
        let without = |text, word| without_word(text, word);
        assert_eq!(without("فاس label:CITY x", "label:CITY").as_deref(), Some("فاس x"));
        assert_eq!(without("label:CITY", "label:CITY").as_deref(), Some(""));
        assert_eq!(without("-label:CITY label:CITYX", "label:CITY"), None);
    }
}
