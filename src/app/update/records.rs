//! Records: putting spans together, and apart.

use crate::app::App;
use crate::app::action::Step;
use crate::app::records::{Ask, RowKey};
use crate::app::widget::ArticleView;
use crate::lang::{Message, RECORD};
use crate::model::{RecordId, SpanId};
use crate::project::{Error, Project};

impl App {
    /// Does what was asked for about records.
    pub(in crate::app) fn records(&mut self, ask: Ask) {
        if let Some(project) = &self.project {
            self.workspace.records.follow(project);
        }
        match ask {
            Ask::Toggle => self.toggle_records(),
            Ask::AcceptAll => self.accept_records(),
            Ask::Accept(key) => self.accept_record(&key, None),
            Ask::Put => self.put_chosen(),
            Ask::PutNew => {
                let chosen = self.workspace.chosen.clone();
                self.new_record(chosen.into_iter().collect());
            }
            Ask::New => self.new_record(Vec::new()),
            Ask::Enter => self.enter_record(),
            Ask::Take => self.take_from_record(),
            Ask::Remove => self.with_record(Project::remove_record),
            Ask::Move(step) => self.move_in_records(step),
            Ask::Drop { span, from, to } => self.drop_in_record(&span, &from, to.as_ref()),
        }
    }

    fn toggle_records(&mut self) {
        let records = &mut self.workspace.records;
        records.is_open ^= true;
        records.wants_focus = records.is_open;
        if !records.is_open {
            self.workspace.focus = Some(ArticleView::id());
        }
        self.settings.layout.shows_records = records.is_open;
        self.settings_changed = true;
    }

    /// Shows the table, where it was not: what has just come into it is to be seen.
    fn show_records(&mut self) {
        self.settings_changed |= !self.workspace.records.is_open;
        self.workspace.records.is_open = true;
        self.settings.layout.shows_records = true;
    }

    fn accept_records(&mut self) {
        self.show_records();
        let rows = self.workspace.records.proposed();
        if rows.is_empty() {
            self.workspace.say(Message::new(
                "لا سجلات مقترحة: لم يبق عدد ولا مكان خارج السجلات",
                "No record is proposed: no count and no place is left outside of records",
            ));
            return;
        }
        let count = RECORD.message(rows.len());
        let is_done = self.try_records(|project| {
            project.add_records(&rows).map(|ids| ids.into_iter().next())
        });
        if is_done {
            self.workspace.say(Message::new(
                format!("أُضيف: {}", count.ar),
                format!("Added {}", count.en),
            ));
        }
    }

    /// Takes a proposed row, with one more span.
    fn accept_record(&mut self, key: &RowKey, more: Option<SpanId>) {
        let rows = &self.workspace.records.rows;
        let Some(row) = rows.iter().find(|row| row.key == *key) else { return };
        let spans = row.spans.iter().cloned().chain(more).collect();
        self.new_record(spans);
    }

    fn new_record(&mut self, spans: Vec<SpanId>) {
        self.show_records();
        self.try_records(|project| Ok(project.add_records(&[spans])?.into_iter().next()));
    }

    fn put_chosen(&mut self) {
        let Some(chosen) = self.workspace.chosen.clone() else { return };
        self.show_records();
        let hand = self.workspace.records.in_hand().map(|row| row.key.clone());
        match hand {
            Some(RowKey::Kept(id)) => {
                self.try_records(|project| {
                    project.put_in_record(&id, &chosen).map(|()| Some(id))
                });
            }
            Some(key) => self.accept_record(&key, Some(chosen)),
            None => self.new_record(vec![chosen]),
        }
    }

    fn enter_record(&mut self) {
        let Some(set) = self.project.as_ref().and_then(Project::set) else { return };
        let records = &self.workspace.records;
        let span = records.span_in_hand(set);
        match records.in_hand().map(|row| row.key.clone()) {
            Some(key @ RowKey::Proposed(_)) => self.accept_record(&key, None),
            Some(RowKey::Kept(_)) if span.is_some() => self.choose(span, false),
            _ => self.workspace.say(Message::new(
                "الخلية فارغة: اختر موضعًا في المقال ثم اضغط \u{2066}K\u{2069}",
                "This cell is empty: choose a span in the article, then press K",
            )),
        }
    }

    /// Takes the span in hand out of its record; an empty record goes as a whole.
    fn take_from_record(&mut self) {
        let Some(set) = self.project.as_ref().and_then(Project::set) else { return };
        let records = &self.workspace.records;
        match records.span_in_hand(set) {
            Some(span) => self.with_record(|project, id| project.take_from_record(id, &span)),
            None if records.in_hand().is_some_and(|row| row.spans.is_empty()) => {
                self.with_record(Project::remove_record);
            }
            None => {}
        }
    }

    fn move_in_records(&mut self, step: Step) {
        let Some(set) = self.project.as_ref().and_then(Project::set) else { return };
        let records = &self.workspace.records;
        let Some(span) = records.span_in_hand(set) else { return };
        let Some(from) = records.in_hand().map(|row| row.key.clone()) else { return };
        let to = records.beside(step).cloned();
        if step == Step::Next || to.is_some() {
            self.drop_in_record(&span, &from, to.as_ref());
        }
    }

    fn drop_in_record(&mut self, span: &SpanId, from: &RowKey, to: Option<&RecordId>) {
        self.try_records(|project| match (from, to) {
            (RowKey::Kept(from), to) => project.move_between_records(span, from, to).map(Some),
            (RowKey::Proposed(_), Some(to)) => {
                project.put_in_record(to, span).map(|()| Some(to.clone()))
            }
            (RowKey::Proposed(_), None) => {
                Ok(project.add_records(&[vec![span.clone()]])?.into_iter().next())
            }
        });
        let project = self.project.as_ref();
        if let Some(set) = project.and_then(Project::set) {
            self.workspace.records.find(set, span);
            self.workspace.records.wants_focus = true;
        }
    }

    /// Does something with the record in hand.
    fn with_record(&mut self, edit: impl FnOnce(&mut Project, &RecordId) -> Result<(), Error>) {
        let row = self.workspace.records.in_hand();
        let Some(RowKey::Kept(id)) = row.map(|row| row.key.clone()) else { return };
        self.try_records(|project| edit(project, &id).map(|()| None));
    }

    /// Does a step; the record that it is about comes in hand. Whether it was done.
    fn try_records(
        &mut self,
        edit: impl FnOnce(&mut Project) -> Result<Option<RecordId>, Error>,
    ) -> bool {
        let mut id = None;
        let mut is_done = false;
        self.try_edit(|project| {
            id = edit(project)?;
            is_done = true;
            Ok(())
        });
        if let Some(id) = id {
            self.workspace.records.take_in_hand(id);
        }
        if let Some(project) = &self.project {
            self.workspace.records.follow(project);
        }
        is_done
    }
}
