//! Finding in the open article, and in all documents: what is looked for, and what was found.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use egui::{Context, Id};

use super::App;
use super::action::Step;
use super::widget::{ArticleView, Field};
use crate::find::{Finder, Kind, Options, Query, Wrong};
use crate::lang::{Message, both};
use crate::model::DocumentId;
use crate::project::{Project, Search};
use crate::text::{Offset, TextRange};

/// Up to how many bytes a text is searched in the frame itself: some milliseconds at most.
const AT_ONCE: usize = 1 << 16;

/// The longest selection that a search begins with, in bytes.
const SEED: usize = 200;

/// What can be asked for where something is looked for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Find {
    /// Opens the bar below the article, for what is selected.
    Open,
    /// Closes it. What was found last stays selected.
    Close,
    /// Goes to the next hit in the article or the previous one.
    Step(Step),
    /// Opens the search of all documents.
    All,
    /// Closes it.
    CloseAll,
    /// Opens a document and selects a range in it.
    Show(DocumentId, TextRange),
}

/// What the hits of an article follow from.
#[derive(Debug)]
struct Of {
    text: Arc<str>,
    pattern: String,
    options: Options,
}

/// The bar below the article.
#[derive(Debug, Default)]
pub(super) struct FindBar {
    pub(super) is_open: bool,
    pub(super) field: Field,
    pub(super) options: Options,
    /// What is found, in text order.
    pub(super) hits: Arc<[TextRange]>,
    /// What is wrong with what is looked for.
    pub(super) wrong: Option<Wrong>,
    /// Whether the last step went on from the other end.
    pub(super) wrapped: Option<Step>,
    /// From where the first hit is looked for.
    from: Offset,
    of: Option<Of>,
    coming: Option<Receiver<Vec<TextRange>>>,
    /// Whether the first hit is to be shown: not where only the article is another one.
    shows_first: bool,
}

impl FindBar {
    /// Where the focus is while the bar's field has it.
    pub(super) fn id() -> Id {
        Id::unique("find")
    }

    /// Whether the article is still being searched.
    pub(super) fn is_busy(&self) -> bool {
        self.coming.is_some()
    }

    /// Looks anew if what is looked for, or the text, has changed; whether there are hits of
    /// which the first is to be shown.
    pub(super) fn follow(&mut self, ctx: &Context, text: &Arc<str>) -> bool {
        let pattern = self.field.text();
        let is_same = self.of.as_ref().is_some_and(|of| {
            Arc::ptr_eq(&of.text, text) && of.pattern == pattern && of.options == self.options
        });
        if is_same {
            return self.take_coming() && self.shows_first;
        }
        self.shows_first = self.of.as_ref().is_none_or(|of| Arc::ptr_eq(&of.text, text));
        let (pattern, options) = (pattern.to_owned(), self.options);
        self.hits = Arc::default();
        (self.wrong, self.wrapped, self.coming) = (None, None, None);
        if !pattern.is_empty() {
            match Finder::new(&pattern, options) {
                Err(wrong) => self.wrong = Some(wrong),
                Ok(finder) if text.len() <= AT_ONCE => self.hits = finder.all(text).into(),
                Ok(finder) => self.look(ctx, finder, Arc::clone(text)),
            }
        }
        self.of = Some(Of { text: Arc::clone(text), pattern, options });
        self.shows_first && !self.is_busy()
    }

    /// Searches a long text in a thread. What it finds for a pattern that is no longer looked
    /// for goes nowhere.
    fn look(&mut self, ctx: &Context, finder: Finder, text: Arc<str>) {
        let (sender, coming) = channel();
        let waker = ctx.clone();
        let work = move || {
            sender.send(finder.all(&text)).ok();
            waker.request_repaint();
        };
        let thread = std::thread::Builder::new().name("find".to_owned()).spawn(work);
        self.coming = thread.is_ok().then_some(coming);
    }

    fn take_coming(&mut self) -> bool {
        match self.coming.as_ref().map(Receiver::try_recv) {
            Some(Ok(hits)) => {
                self.hits = hits.into();
                self.coming = None;
                true
            }
            Some(Err(TryRecvError::Disconnected)) => {
                self.coming = None;
                true
            }
            Some(Err(TryRecvError::Empty)) | None => false,
        }
    }

    /// The hit to show first: the first after the place where looking began, else the first.
    pub(super) fn first(&self) -> Option<TextRange> {
        let at = self.hits.partition_point(|hit| hit.start() < self.from);
        self.hits.get(at).or_else(|| self.hits.first()).copied()
    }

    /// The number of the hit that is selected.
    pub(super) fn number(&self, selection: TextRange) -> Option<usize> {
        self.hits.binary_search(&selection).ok()
    }

    /// The hit after a selection or before it, and whether that is on from the other end.
    fn step(&self, selection: TextRange, step: Step) -> Option<(TextRange, bool)> {
        let (next, other) = match step {
            Step::Next => {
                let at = self.hits.partition_point(|hit| *hit <= selection);
                (self.hits.get(at), self.hits.first())
            }
            Step::Previous => {
                let at = self.hits.partition_point(|hit| *hit < selection);
                (at.checked_sub(1).and_then(|at| self.hits.get(at)), self.hits.last())
            }
        };
        next.map(|hit| (*hit, false)).or_else(|| other.map(|hit| (*hit, true)))
    }
}

/// The search of all documents.
#[derive(Debug, Default)]
pub(super) struct SearchPanel {
    pub(super) is_open: bool,
    pub(super) field: Field,
    pub(super) options: Options,
    pub(super) search: Option<Search>,
    /// What is wrong with what is asked.
    pub(super) wrong: Option<Wrong>,
    /// The row that Enter opens.
    pub(super) row: usize,
    /// Whether the list is to show that row.
    pub(super) shows_row: bool,
    /// Whether that row is to be opened as soon as it is known where its hit is.
    pub(super) opens_row: bool,
    of: Option<(String, Options, usize)>,
}

impl SearchPanel {
    /// Where the focus is while the panel's field has it.
    pub(super) fn id() -> Id {
        Id::unique("find all")
    }

    /// Searches anew if what is asked, or the list of documents, has changed. What was under
    /// way is stopped.
    pub(super) fn follow(&mut self, ctx: &Context, project: &Project) {
        let of = (self.field.text().trim().to_owned(), self.options, project.num_documents());
        if self.of.as_ref() != Some(&of) {
            (self.search, self.wrong, self.row, self.opens_row) = (None, None, 0, false);
            self.shows_row = true;
            // As it is written, so that a place in it is one in the field.
            match Query::parse(self.field.text(), self.options, project.schema()) {
                Err(wrong) => self.wrong = Some(wrong),
                Ok(query) if query.is_empty() => {}
                Ok(query) => {
                    let waker = ctx.clone();
                    let wake = Arc::new(move || waker.request_repaint());
                    match Search::begin(project, query, wake) {
                        Ok(search) => self.search = Some(search),
                        Err(error) => {
                            let what = Message::new(
                                format!("تعذّر بدء البحث: {error}"),
                                format!("the search could not be begun: {error}"),
                            );
                            self.wrong = Some(Wrong { place: TextRange::default(), what });
                        }
                    }
                }
            }
            self.of = Some(of);
        }
        if let Some(search) = &mut self.search {
            search.poll();
            if !search.is_done() {
                ctx.request_repaint_after(std::time::Duration::from_millis(50));
            }
        }
    }
}

/// Letters compared in another way, and back.
pub(super) fn toggled(options: Options, kind: Kind) -> Options {
    let kind = if options.kind == kind { Kind::Folded } else { kind };
    Options { kind, ..options }
}

impl App {
    /// Does what was asked for where something is looked for.
    pub(super) fn find(&mut self, ctx: &Context, find: Find) {
        match find {
            Find::Open => self.open_find(),
            Find::Close => {
                self.workspace.find.is_open = false;
                self.workspace.article.hits = Arc::default();
                self.workspace.focus = Some(ArticleView::id());
            }
            Find::Step(step) => self.step_hit(ctx, step),
            Find::All => {
                let panel = &mut self.workspace.search_all;
                panel.is_open = true;
                // Both together leave too little of the article.
                self.workspace.shows_history = false;
                self.workspace.focus = Some(SearchPanel::id());
            }
            Find::CloseAll => {
                self.workspace.search_all.is_open = false;
                self.workspace.focus = Some(ArticleView::id());
            }
            Find::Show(id, range) => self.show_hit(&id, range),
        }
    }

    fn open_find(&mut self) {
        let Some(document) = self.project.as_ref().and_then(Project::document) else { return };
        let selection = self.workspace.article.selection();
        let selected = document.text().get(selection.to_range()).unwrap_or_default();
        let bar = &mut self.workspace.find;
        if !selected.trim().is_empty() && selected.len() <= SEED && !selected.contains('\n') {
            bar.field = Field::new(selected);
        }
        bar.from = selection.start();
        bar.is_open = true;
        self.workspace.focus = Some(FindBar::id());
    }

    fn step_hit(&mut self, ctx: &Context, step: Step) {
        let Some(document) = self.project.as_ref().and_then(Project::document) else { return };
        let workspace = &mut self.workspace;
        // With the bar closed, what was looked for last is looked for in this article.
        workspace.find.follow(ctx, document.text());
        if workspace.find.field.text().is_empty() {
            workspace.say(Message::from(both(
                "لا شيء ليُبحث عنه: ابدأ بالمفتاحين ‎Ctrl+F",
                "Nothing to look for: begin with Ctrl+F",
            )));
            return;
        }
        let selection = workspace.article.selection();
        match workspace.find.step(selection, step) {
            Some((hit, wraps)) => {
                workspace.find.wrapped = wraps.then_some(step);
                workspace.article.select(hit);
                if wraps && !workspace.find.is_open {
                    workspace.say(Message::from(wrapped(step)));
                }
            }
            None if !workspace.find.is_busy() => {
                workspace
                    .say(Message::from(both("لا نتائج في هذا المقال", "Not in this document")));
            }
            None => {}
        }
    }

    fn show_hit(&mut self, id: &DocumentId, range: TextRange) {
        let open = |app: &Self| {
            app.project.as_ref().and_then(Project::document).map(|open| open.id().clone())
        };
        if open(self).as_ref() != Some(id) {
            self.open_document(id);
        }
        if open(self).as_ref() != Some(id) {
            return;
        }
        self.workspace.focus = Some(ArticleView::id());
        if range.is_empty() {
            return;
        }
        let set = self.project.as_ref().and_then(Project::set);
        let span = set.and_then(|set| set.spans().iter().find(|span| span.range == range));
        let span = span.map(|span| span.id.clone());
        self.choose(span, true);
        self.workspace.article.select(range);
    }
}

/// That a step went on from the other end.
pub(super) fn wrapped(step: Step) -> crate::lang::Bilingual {
    match step {
        Step::Next => both("تابع من البداية", "Went on from the start"),
        Step::Previous => both("تابع من النهاية", "Went on from the end"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(start: usize, end: usize) -> TextRange {
        TextRange::of(start..end)
    }

    #[test]
    fn steps_go_from_the_selection_and_round() {
        let hits = [range(0, 6), range(10, 16), range(20, 26)];
        let bar = FindBar { hits: hits.into(), from: Offset::at(7), ..FindBar::default() };
        assert_eq!(bar.first(), Some(hits[1]));
        assert_eq!(bar.number(hits[1]), Some(1));
        assert_eq!(bar.number(range(10, 11)), None);
        let next = |selection| bar.step(selection, Step::Next).unwrap();
        let previous = |selection| bar.step(selection, Step::Previous).unwrap();
        assert_eq!(next(hits[1]), (hits[2], false));
        assert_eq!(next(hits[2]), (hits[0], true));
        assert_eq!(next(range(8, 8)), (hits[1], false));
        assert_eq!(next(range(10, 10)), (hits[1], false), "a caret in front of it");
        assert_eq!(previous(hits[1]), (hits[0], false));
        assert_eq!(previous(hits[0]), (hits[2], true));
        assert_eq!(previous(range(30, 30)), (hits[2], false));
        assert_eq!(FindBar::default().step(range(0, 0), Step::Next), None);
    }
}
