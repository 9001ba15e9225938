//! Deciding about suggestions.

use egui::Context;

use crate::app::action::Step;
use crate::app::dialog::{Deed, Dialog, SpreadForm};
use crate::app::review::{Ask, Review};
use crate::app::widget::ArticleView;
use crate::app::{App, panel};
use crate::edit::{Edge, EdgeMove, moved};
use crate::lang::{Explain as _, Message, SUGGESTION, both};
use crate::model::{LabelId, Schema, Suggestion};
use crate::project::{Backlog, Error, Many, Offer, Project, backlog, in_context};

/// How many documents are decided about within a frame; more are work for a task.
const WITHIN_A_FRAME: usize = 8;

impl App {
    /// Does what was asked for while suggestions are gone through.
    pub(in crate::app) fn review(&mut self, ctx: &Context, ask: Ask) {
        match ask {
            Ask::Toggle => self.toggle_review(ctx),
            Ask::ToggleAll => self.review_all(ctx),
            Ask::Accept { goes_on } => self.accept(None, goes_on),
            Ask::Label(label) => self.accept(Some(&label), true),
            Ask::MoveEdge(step) => self.move_offered(step),
            Ask::Reject(why) => {
                self.decide(|project, offer| project.reject(offer, &why));
            }
            Ask::Skip => self.decide(Project::skip),
            Ask::Why => self.ask_why(),
            Ask::Step(step) => self.step_review(step),
            Ask::Show(range, label) => self.show_offer((range, &label)),
            Ask::FocusValue => self.focus_offered_value(),
            Ask::SetValue(value) => {
                if let Some(review) = &mut self.workspace.review {
                    let value = Some(value).filter(|value| !value.is_empty());
                    review.correct(|taken| taken.value = value);
                }
            }
            Ask::AllLike { rejects } => self.all_alike(ctx, rejects),
            Ask::Quality(ask) => self.quality(ctx, ask),
            Ask::SetOrder(order) => {
                if let Some(review) = &mut self.workspace.review {
                    review.set_order(order);
                }
                self.show_in_hand();
            }
            Ask::ToggleSource(source) => self.toggle_source(ctx, source),
            Ask::Learn(asked) => self.learn(ctx, asked),
            Ask::SetLabel(label) => {
                if let Some(review) = &mut self.workspace.review {
                    review.set_label(label);
                }
                self.show_in_hand();
            }
        }
    }

    fn toggle_review(&mut self, ctx: &Context) {
        if self.workspace.review.take().is_some() {
            self.workspace.focus = Some(ArticleView::id());
            return;
        }
        self.begin_review(ctx);
    }

    /// Shows the one in hand beside the article, and gives the keys to it.
    fn begin_review(&mut self, ctx: &Context) {
        if !self.settings.suggests {
            self.settings.suggests = true;
            self.settings_changed = true;
        }
        let workspace = &mut self.workspace;
        workspace.review = Some(Review::new(ctx.input(|input| input.time)));
        (workspace.chosen, workspace.armed) = (None, None);
        workspace.shows_guidelines = false;
        workspace.article.collapse();
        workspace.focus = Some(ArticleView::id());
        if let Some(project) = &self.project {
            let waker = ctx.clone();
            let wake = move || waker.request_repaint();
            self.workspace.trusting.begin(project.store(), wake);
        }
        self.trust_anew();
        self.follow_suggestions(ctx);
    }

    /// Looks for what is still to be decided in all documents, off the frame; or goes back to
    /// the open one.
    fn review_all(&mut self, ctx: &Context) {
        if self.workspace.review.is_none() {
            self.begin_review(ctx);
        }
        let Some(review) = self.workspace.review.as_mut() else { return };
        if review.everywhere {
            review.here();
            return;
        }
        let Some(project) = &self.project else { return };
        let (store, annotator) = (project.store().clone(), project.annotator().clone());
        let taught = project.taught().clone();
        let hidden = self.settings.hidden_sources.clone();
        let title = both("تُجمع الاقتراحات…", "Collecting suggestions…");
        self.begin(ctx, title, move |progress| {
            let mut go_on = |done, total| progress.report(done, total);
            let found = backlog((&store, &taught), &annotator, &hidden, &mut go_on);
            Box::new(move |app| app.found_backlog(found))
        });
    }

    /// Shows what a source suggests, or no longer; what is gone through follows.
    fn toggle_source(&mut self, ctx: &Context, source: String) {
        let hidden = &mut self.settings.hidden_sources;
        match hidden.iter().position(|name| *name == source) {
            Some(at) => drop(hidden.remove(at)),
            None => hidden.push(source),
        }
        self.settings_changed = true;
        if let Some(review) = self.workspace.review.as_mut().filter(|review| review.everywhere)
        {
            review.here();
            self.review_all(ctx);
        }
    }

    fn found_backlog(&mut self, found: Backlog) {
        self.workspace.shows_problems |= !found.problems.is_empty();
        self.workspace.list_problems(found.problems);
        let Some(review) = &mut self.workspace.review else { return };
        if found.offers.is_empty() {
            self.workspace.say(Message::new(
                "لا اقتراح ينتظر قرارًا في أي مقال",
                "No suggestion is waiting in any document",
            ));
            return;
        }
        review.everywhere(found.offers);
        self.show_in_hand();
        if found.is_stopped {
            self.workspace.say(Message::new(
                "أُوقف الجمع: هذه اقتراحات بعض المقالات",
                "Stopped: these are the suggestions of a part of the documents",
            ));
        }
    }

    /// Opens the document of what is in hand, and shows it there.
    pub(in crate::app) fn show_in_hand(&mut self) {
        let Some(review) = &mut self.workspace.review else { return };
        review.shows = false;
        let Some(offer) = review.in_hand() else { return };
        let (document, range) = (offer.document.clone(), offer.range());
        let open = self.project.as_ref().and_then(Project::document);
        if open.is_none_or(|open| *open.id() != document) {
            self.open_document(&document);
        }
        self.workspace.chosen = None;
        self.workspace.article.put_caret(range.start());
        self.workspace.article.show(range.end());
        self.workspace.article.show(range.start());
    }

    fn step_review(&mut self, step: Step) {
        if let Some(review) = &mut self.workspace.review {
            review.step(step);
        }
        self.show_in_hand();
    }

    fn show_offer(&mut self, (range, label): (crate::text::TextRange, &LabelId)) {
        let Some(document) = self.project.as_ref().and_then(Project::document) else { return };
        let id = document.id().clone();
        if let Some(review) = &mut self.workspace.review {
            review.show(&id, range, label);
        }
        self.show_in_hand();
    }

    /// Whether what is in hand is seen; if another document is open, it is shown first.
    fn is_seen(&mut self) -> bool {
        let offer = self.workspace.review.as_ref().and_then(Review::in_hand);
        let open = self.project.as_ref().and_then(Project::document);
        let is_seen = offer.zip(open).is_some_and(|(it, open)| it.document == *open.id());
        if !is_seen {
            self.show_in_hand();
        }
        is_seen
    }

    fn accept(&mut self, label: Option<&LabelId>, goes_on: bool) {
        if !self.is_seen() {
            return;
        }
        let Some(review) = &self.workspace.review else { return };
        let (Some(offer), Some(taken)) = (review.in_hand(), review.taken()) else { return };
        let (offer, mut taken) = (offer.clone(), taken.clone());
        let Some(project) = &mut self.project else { return };
        if let Some(label) = label {
            relabel(&mut taken, label, project.schema());
        }
        match project.accept(&offer, &taken) {
            Ok(_) if goes_on => self.went_on(),
            Ok(span) => {
                self.workspace.review = None;
                self.workspace.focus = Some(ArticleView::id());
                self.choose(span, false);
            }
            Err(error) => self.fail(&error),
        }
    }

    fn decide(&mut self, decide: impl FnOnce(&mut Project, &Offer) -> Result<(), Error>) {
        if !self.is_seen() {
            return;
        }
        let Some(offer) = self.workspace.review.as_ref().and_then(Review::in_hand) else {
            return;
        };
        let offer = offer.clone();
        let Some(project) = &mut self.project else { return };
        match decide(project, &offer) {
            Ok(()) => self.went_on(),
            Err(error) => self.fail(&error),
        }
    }

    /// What was in hand is decided: the next one comes.
    fn went_on(&mut self) {
        if let Some(review) = &mut self.workspace.review {
            review.decided();
            if review.in_hand().is_none() {
                self.workspace.say(Message::new(
                    "لم يبق اقتراح ينتظر قرارًا",
                    "No suggestion is left to decide",
                ));
            }
        }
        self.workspace.focus = Some(ArticleView::id());
        self.show_in_hand();
    }

    fn move_offered(&mut self, step: EdgeMove) {
        let (Some(project), Some(review)) = (&self.project, &mut self.workspace.review) else {
            return;
        };
        let (Some(document), Some(taken)) = (project.document(), review.taken()) else {
            return;
        };
        let layer = project.schema().layer_of(&taken.label);
        let anchoring = layer.map(|layer| layer.anchoring).unwrap_or_default();
        match moved(document, anchoring, taken.range, step) {
            Ok(range) => {
                review.correct(|taken| taken.range = range);
                let seen = if step.edge == Edge::Start { range.start() } else { range.end() };
                self.workspace.article.show(seen);
            }
            Err(refusal) => self.workspace.complain(refusal.explain()),
        }
    }

    fn focus_offered_value(&mut self) {
        self.workspace.shows_guidelines = false;
        self.focus_beside(panel::offered_value_id());
    }

    fn ask_why(&mut self) {
        if let Some(review) = &mut self.workspace.review {
            review.why = Some(crate::app::widget::Field::default());
        }
        self.focus_beside(panel::why_id());
    }

    /// Shows all that are like the one in hand, in context, to be decided about as one step.
    fn all_alike(&mut self, ctx: &Context, rejects: bool) {
        let Some(review) = &self.workspace.review else { return };
        let (offers, Some(project)) = (review.all_alike(), &self.project) else { return };
        let store = project.store().clone();
        let title = both("تُجمع المقتطفات…", "Collecting excerpts…");
        let show = move |app: &mut Self, offers: Vec<Offer>, found| {
            let deed = if rejects { Deed::Reject(offers) } else { Deed::Accept(offers) };
            let form = SpreadForm::deciding(deed, found);
            app.workspace.dialog = Some(Dialog::Spread(Box::new(form)));
            app.workspace.focus = Some(panel::spread_id());
        };
        if num_documents(&offers) <= WITHIN_A_FRAME {
            let (offers, found) = in_context(&store, &offers, &mut |_, _| true);
            show(self, offers, found);
            return;
        }
        self.begin(ctx, title, move |progress| {
            let mut go_on = |done, total| progress.report(done, total);
            let (offers, found) = in_context(&store, &offers, &mut go_on);
            Box::new(move |app| show(app, offers, found))
        });
    }

    /// Decides about the offers that are ticked in the open dialog, as one step.
    pub(super) fn decide_ticked(&mut self, ctx: &Context, offers: Vec<Offer>, rejects: bool) {
        let Some(mut project) = self.project.take() else { return };
        let why = rejects.then_some("");
        if num_documents(&offers) <= WITHIN_A_FRAME {
            let done = project.decide_all(&offers, why, &mut |_, _| true);
            self.were_decided(project, rejects, done);
            return;
        }
        let title = if rejects {
            both("تُرفض الاقتراحات…", "Rejecting…")
        } else {
            both("تُقبل الاقتراحات…", "Accepting…")
        };
        self.begin(ctx, title, move |progress| {
            let mut go_on = |done, total| progress.report(done, total);
            let done = project.decide_all(&offers, why, &mut go_on);
            Box::new(move |app| app.were_decided(project, rejects, done))
        });
    }

    fn were_decided(
        &mut self,
        project: Project,
        rejects: bool,
        done: Result<Option<(Many, usize)>, Error>,
    ) {
        self.project = Some(project);
        match done {
            Ok(Some((many, count))) => {
                let suggestions = SUGGESTION.message(count);
                let verb = if rejects {
                    both("رُفض", "Rejected")
                } else {
                    both("قُبل", "Accepted")
                };
                self.workspace.say(Message::new(
                    format!("{}: {}", verb.ar, suggestions.ar),
                    format!("{}: {}", verb.en, suggestions.en),
                ));
                self.workspace.shows_problems |= !many.refused.is_empty();
                let refused = many.refused.into_iter().map(|(_, problem)| problem);
                self.workspace.list_problems(refused);
            }
            Ok(None) => self
                .workspace
                .say(Message::new("أُوقف؛ لم يُقرَّر شيء", "Stopped; nothing was decided")),
            Err(error) => self.fail(&error),
        }
    }
}

/// Gives what is taken another label. What it means goes with the label's kind of value.
fn relabel(taken: &mut Suggestion, label: &LabelId, schema: &Schema) {
    if taken.label == *label {
        return;
    }
    let kind = |id: &LabelId| schema.label(id).map(|label| label.value.clone());
    if kind(&taken.label) != kind(label) {
        taken.value = None;
    }
    let has = schema.label(label).map(|label| label.attributes.as_slice()).unwrap_or_default();
    taken.attributes.retain(|id, _| has.iter().any(|attribute| attribute.id == *id));
    taken.label = label.clone();
}

fn num_documents(offers: &[Offer]) -> usize {
    let mut documents: Vec<_> = offers.iter().map(|offer| &offer.document).collect();
    documents.sort_unstable();
    documents.dedup();
    documents.len()
}
