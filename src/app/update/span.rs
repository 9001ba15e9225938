//! Spans made of spans: split, join, duplicate, label every other occurrence.

use egui::Context;

use crate::app::action::{Action, Step};
use crate::app::dialog::{Deed, Dialog, SpreadForm};
use crate::app::widget::ArticleView;
use crate::app::{App, panel};
use crate::edit::{Neighbor, Pattern, Spread};
use crate::lang::{DOCUMENT, Message, OCCURRENCE, both, isolated};
use crate::model::{DocumentId, LabelId, SpanId};
use crate::project::{Error, Found, Offer, Project, find_occurrences};
use crate::text::{Offset, TextRange};

/// How many documents are labeled within a frame; more are work for a task.
const WITHIN_A_FRAME: usize = 8;

/// Those that are ticked.
fn of_ticked(offers: Vec<Offer>, ticked: &[bool]) -> Vec<Offer> {
    let both = offers.into_iter().zip(ticked);
    both.filter_map(|(offer, ticked)| ticked.then_some(offer)).collect()
}

/// Makes the change of a span or of the open document that an action says; other actions are
/// none.
pub(super) fn change(project: &mut Project, action: Action) -> Result<(), Error> {
    match action {
        Action::Resize(id, range) => project.resize(&id, range),
        Action::Relabel(id, label) => project.relabel(&id, &label),
        Action::SetValue(id, text) => project.set_value(&id, &text),
        Action::SetAttribute(id, attribute, text) => {
            project.set_attribute(&id, &attribute, &text)
        }
        Action::SetNote(id, text) => project.set_note(&id, &text),
        Action::SetDoubtful(id, on) => project.set_doubtful(&id, on),
        Action::SetState(state) => project.set_state(state),
        Action::SetDocumentNote(note) => project.set_document_note(&note),
        Action::EditMeta(meta) => project.edit_meta(meta),
        _ => Ok(()),
    }
}

impl App {
    pub(super) fn split(&mut self, id: &SpanId, at: Offset) {
        let Some(project) = &mut self.project else { return };
        let value = project.set().and_then(|set| set.span(id)?.value.clone());
        if let Err(error) = project.split(id, at) {
            self.fail(&error);
            return;
        }
        self.choose(Some(id.clone()), false);
        let kept = value.map(|value| isolated(&value));
        self.workspace.say(match kept {
            Some(value) => Message::new(
                format!("قُسم الموضع؛ بقيت القيمة {value} مع الجزء الأول"),
                format!("The span is split; its value {value} stays with the first part"),
            ),
            None => Message::new("قُسم الموضع", "The span is split"),
        });
    }

    pub(super) fn join(&mut self, id: &SpanId, step: Step) {
        let Some(project) = &mut self.project else { return };
        let with = match step {
            Step::Next => Neighbor::Next,
            Step::Previous => Neighbor::Previous,
        };
        match project.join(id, with) {
            Ok(whole) => self.choose(whole, false),
            Err(error) => self.fail(&error),
        }
    }

    pub(super) fn duplicate(&mut self, label: &LabelId) {
        let Some(project) = &mut self.project else { return };
        let Some(id) = self.workspace.chosen.clone() else { return };
        match project.duplicate(&id, label) {
            Ok(copy) => self.choose(copy, false),
            Err(error) => self.fail(&error),
        }
    }

    /// Finds the other occurrences of a span's words; those in all documents off the frame.
    pub(super) fn find_occurrences(&mut self, ctx: &Context, id: &SpanId, everywhere: bool) {
        let Some(project) = &self.project else { return };
        let sought = match project.sought(id, everywhere) {
            Ok(sought) => sought,
            Err(error) => {
                self.fail(&error);
                return;
            }
        };
        let store = project.store().clone();
        if !everywhere {
            let found = find_occurrences(&store, &sought, &mut |_, _| true);
            self.found_occurrences(sought.pattern, everywhere, found);
            return;
        }
        let title = both("يُبحث في المقالات…", "Searching the documents…");
        self.begin(ctx, title, move |progress| {
            let mut go_on = |done, total| progress.report(done, total);
            let found = find_occurrences(&store, &sought, &mut go_on);
            Box::new(move |app| app.found_occurrences(sought.pattern, everywhere, found))
        });
    }

    /// Shows what was found, to tick.
    fn found_occurrences(&mut self, pattern: Pattern, everywhere: bool, mut found: Found) {
        let problems = std::mem::take(&mut found.problems);
        self.workspace.shows_problems |= !problems.is_empty();
        self.workspace.list_problems(problems);
        if found.places.is_empty() {
            let words = isolated(&pattern.words);
            let (ar, en) = match (found.is_stopped, everywhere) {
                (true, _) => {
                    ("أُوقف البحث قبل أن يُعثر على", "The search was stopped before it found")
                }
                (false, true) => {
                    ("ليس في المقالات موضع آخر غير موسوم لـ", "No document has another unmarked")
                }
                (false, false) => (
                    "ليس في المقال موضع آخر غير موسوم لـ",
                    "This document has no other unmarked",
                ),
            };
            let message = Message::new(format!("{ar} «{words}»"), format!("{en} “{words}”"));
            self.workspace.say(message);
            return;
        }
        self.workspace.said = None;
        let form = SpreadForm::new(pattern, everywhere, found);
        self.workspace.dialog = Some(Dialog::Spread(Box::new(form)));
        self.workspace.focus = Some(panel::spread_id());
    }

    /// Labels the occurrences that are ticked; those in many documents off the frame.
    pub(super) fn spread(&mut self, ctx: &Context) {
        let Some(Dialog::Spread(form)) = &self.workspace.dialog else { return };
        if form.num_ticked() == 0 {
            return;
        }
        let Some(Dialog::Spread(form)) = self.workspace.dialog.take() else { return };
        let SpreadForm { deed, found, ticked, .. } = *form;
        let pattern = match deed {
            Deed::Label(pattern) => pattern,
            Deed::Accept(offers) => {
                self.workspace.focus = Some(ArticleView::id());
                self.decide_ticked(ctx, of_ticked(offers, &ticked), false);
                return;
            }
            Deed::Reject(offers) => {
                self.workspace.focus = Some(ArticleView::id());
                self.decide_ticked(ctx, of_ticked(offers, &ticked), true);
                return;
            }
        };
        let places: Vec<(DocumentId, TextRange)> = found
            .places
            .into_iter()
            .zip(ticked)
            .filter_map(|(place, ticked)| ticked.then_some((place.document, place.range)))
            .collect();
        self.workspace.focus = Some(ArticleView::id());
        let mut documents: Vec<_> = places.iter().map(|(document, _)| document).collect();
        documents.dedup();
        let Some(mut project) = self.project.take() else { return };
        if documents.len() <= WITHIN_A_FRAME {
            let done = project.spread(&pattern, places, &mut |_, _| true);
            self.was_spread(project, &pattern, done);
            return;
        }
        let title = both("تُوسم المواضع…", "Labeling…");
        self.begin(ctx, title, move |progress| {
            let mut go_on = |done, total| progress.report(done, total);
            let done = project.spread(&pattern, places, &mut go_on);
            Box::new(move |app| app.was_spread(project, &pattern, done))
        });
    }

    fn was_spread(
        &mut self,
        project: Project,
        pattern: &Pattern,
        done: Result<Option<Spread>, Error>,
    ) {
        self.project = Some(project);
        let spread = match done {
            Ok(Some(spread)) => spread,
            Ok(None) => {
                let said = Message::new("أُوقف؛ لم يُوسم شيء", "Stopped; nothing was labeled");
                self.workspace.say(said);
                return;
            }
            Err(error) => {
                self.fail(&error);
                return;
            }
        };
        let words = isolated(&pattern.words);
        let count = OCCURRENCE.message(spread.num_spans);
        let documents = DOCUMENT.message(spread.num_documents);
        let (left_ar, left_en) = match spread.num_refused {
            0 => (String::new(), String::new()),
            left => (format!("؛ لم يمكن {left}"), format!("; {left} were not possible")),
        };
        self.workspace.say(Message::new(
            format!("وُسم «{words}»: {} · {}{left_ar}", count.ar, documents.ar),
            format!("Labeled “{words}”: {} in {}{left_en}", count.en, documents.en),
        ));
    }
}
