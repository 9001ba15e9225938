//! The numbers of a plot as a table, which can be copied.

use egui::{Id, Rect, Role, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::{name_of, within};
use crate::app::action::Action;
use crate::app::statistics::{StatisticsForm, Tab, hours, percent};
use crate::app::widget::{BAR, Button, Ink, Kit, TextKind, color, rows};
use crate::lang::{Bilingual, both, visible};
use crate::model::{DocumentId, State};
use crate::project::{Project, tenths};
use crate::theme::size;
use crate::typeset::Align;

/// The height of a row, and the width of a column of numbers, which is wider where there are
/// only two, in points.
const ROW: f32 = 28.0;
const NUMBER: f32 = 66.0;
const WIDE_NUMBER: f32 = 84.0;

/// A table of which a row is made when it is looked at.
pub(super) struct Table<'a> {
    pub(super) form: &'a StatisticsForm,
    pub(super) project: &'a Project,
}

impl Table<'_> {
    fn heads(&self) -> Vec<Bilingual> {
        const SPANS: Bilingual = both("مواضع", "Spans");
        const SHARE: Bilingual = both("النسبة", "Share");
        const FINISHED: Bilingual = both("منتهية", "Finished");
        const SO_FAR: Bilingual = both("المجموع", "So far");
        match self.form.tab {
            Tab::Time => {
                vec![
                    both("اليوم", "Day"),
                    SPANS,
                    SO_FAR,
                    FINISHED,
                    SO_FAR,
                    both("العمل", "Work"),
                ]
            }
            Tab::Labels => vec![both("الوسم", "Label"), SPANS, SHARE],
            Tab::Documents => vec![both("المقال", "Document"), SPANS],
            Tab::States => vec![both("الحالة", "State"), both("مقالات", "Documents"), SHARE],
            Tab::Annotators => vec![
                both("الموسّم", "Annotator"),
                FINISHED,
                SPANS,
                both("مشكوك", "Doubtful"),
                both("في الساعة", "Per hour"),
            ],
        }
    }

    /// What its rows say, cell by cell: of all of them, or of some.
    fn rows(&self, kit: &Kit, of: std::ops::Range<usize>) -> Vec<Vec<String>> {
        let form = self.form;
        let (tally, places) = (&form.of.tally, of.clone());
        let some = move |rows: Vec<Vec<String>>| {
            rows.into_iter().skip(places.start).take(places.len()).collect()
        };
        match form.tab {
            Tab::Time => {
                let moments = form.of.moments.get(of).unwrap_or_default().iter();
                let row = |at: &crate::project::Moment| {
                    vec![
                        at.day.to_string(),
                        signed(at.work.spans),
                        at.spans.to_string(),
                        signed(at.work.finished),
                        at.finished.to_string(),
                        hours(kit.lang, at.work.active),
                    ]
                };
                moments.map(row).collect()
            }
            Tab::Labels => {
                let total = tally.num_spans();
                let labels = form.labels(self.project.schema(), kit.lang).into_iter();
                let row = |(_, name, count): (_, String, usize)| {
                    vec![name, count.to_string(), percent(count, total)]
                };
                some(labels.map(row).collect())
            }
            Tab::Documents => {
                let row = |at: usize| {
                    let (place, count) = tally.documents.get(form.listed().start + at)?;
                    let title = self.project.row(*place).map(|row| row.title.to_owned());
                    Some(vec![title.unwrap_or_default(), count.to_string()])
                };
                of.filter_map(row).collect()
            }
            Tab::States => {
                let row = |state: &State| {
                    let count = tally.num_in_state(*state);
                    let share = percent(count, form.progress.num_documents);
                    vec![kit.t(state.name()).to_owned(), count.to_string(), share]
                };
                some(State::ALL.iter().map(row).collect())
            }
            Tab::Annotators => {
                let row = |who| {
                    let tally = form.progress.tallies.get(&who).cloned().unwrap_or_default();
                    vec![
                        name_of(kit, &who),
                        tally.num_in_state(State::Finished).to_string(),
                        tally.num_spans().to_string(),
                        tally.doubtful.to_string(),
                        tally.spans_per_hour().map_or_else(|| "–".to_owned(), tenths),
                    ]
                };
                some(form.people().into_iter().map(row).collect())
            }
        }
    }

    fn len(&self, kit: &Kit) -> usize {
        match self.form.tab {
            Tab::Time => self.form.of.moments.len(),
            Tab::Labels => self.form.labels(self.project.schema(), kit.lang).len(),
            Tab::Documents => self.form.listed().len(),
            Tab::States => State::ALL.len(),
            Tab::Annotators => self.form.people().len(),
        }
    }

    /// All of it as lines of cells with tabs between them, as other programs paste it.
    pub(super) fn tsv(&self, kit: &Kit) -> String {
        let heads = self.heads().iter().map(|head| kit.t(*head).to_owned()).collect();
        let mut text = String::new();
        for row in std::iter::once(heads).chain(self.rows(kit, 0..self.len(kit))) {
            let cells: Vec<_> = row.iter().map(|cell| plain(cell)).collect();
            text.push_str(&cells.join("\t"));
            text.push('\n');
        }
        text
    }

    /// The document of a row.
    fn document(&self, at: usize) -> Option<DocumentId> {
        let form = self.form;
        let (place, _) = form.of.tally.documents.get(form.listed().start + at)?;
        self.project.row(*place).map(|row| row.id.clone())
    }

    pub(super) fn ui(&self, ui: &mut Ui, kit: &mut Kit, out: &mut Vec<Action>) {
        let count = self.len(kit);
        let whole = ui.available_rect_before_wrap();
        let head = whole.with_max_y(whole.top() + ROW);
        let most = whole.bottom() - size::CONTROL - size::GAP - size::PAD;
        let needed = f32::from(u16::try_from(count).unwrap_or(u16::MAX)) * ROW;
        let bottom = (head.bottom() + needed).min(most);
        let body = Rect::from_min_max(head.left_bottom(), pos2(whole.right(), bottom));
        // Close to what it is about.
        let foot = whole.with_min_y(bottom + size::PAD);
        let heads: Vec<_> = self.heads().iter().map(|head| kit.t(*head)).collect();
        // Above the rows, which leave room for their scroll bar where there is one.
        let bar = if needed > body.height() + 0.5 { BAR } else { 0.0 };
        let beside = if kit.rtl() {
            head.with_min_x(head.left() + bar)
        } else {
            head.with_max_x(head.right() - bar)
        };
        let weak = kit.theme.weak;
        for (rect, text) in cells(kit, beside, heads.len()).into_iter().zip(&heads) {
            kit.paint_in(ui, rect, (text, TextKind::Small), weak, Align::Start);
        }
        let line = kit.theme.edge;
        ui.painter().rect_filled(head.with_min_y(head.bottom() - 1.0), 0.0, color(line));
        let mut child = ui.new_child(UiBuilder::new().max_rect(body));
        let id = Id::unique(("statistics", self.form.tab.name().en));
        let list = (count, ROW);
        let opens = self.form.tab == Tab::Documents;
        rows(&mut child, kit, id, list, self.form.shown, |ui, kit, at, rect, response| {
            let Some(row) = self.rows(kit, at..at + 1).into_iter().next() else { return };
            let is_shown = self.form.shown == Some(at) && self.form.tab == Tab::Time;
            let ground = match (is_shown, opens && response.hovered()) {
                (true, _) => Some(kit.theme.chosen),
                (false, true) => Some(kit.theme.hover),
                (false, false) => None,
            };
            if let Some(ground) = ground {
                ui.painter().rect_filled(rect, 0.0, color(ground));
            }
            let below = rect.with_min_y(rect.bottom() - 1.0);
            ui.painter().rect_filled(below, 0.0, color(kit.theme.line));
            let text = kit.theme.text;
            for (at, (rect, cell)) in
                cells(kit, rect, row.len()).into_iter().zip(&row).enumerate()
            {
                let kind = if at == 0 && self.form.tab != Tab::Time {
                    TextKind::Body
                } else {
                    TextKind::Small
                };
                kit.paint_content(ui, rect, (cell, kind), text);
            }
            let told: Vec<_> =
                heads.iter().zip(&row).map(|(head, cell)| format!("{head}: {cell}")).collect();
            let role = if opens { Role::Button } else { Role::Row };
            response.widget_info(|| WidgetInfo::labeled(role, true, told.join(" · ")));
            if opens
                && response.clicked()
                && let Some(id) = self.document(at)
            {
                out.push(Action::Show(None));
                out.push(Action::OpenDocument(id));
            }
        });
        within(ui, kit, foot, |ui, kit| {
            kit.row_ui(ui, |ui, kit| {
                let copy = both("انسخ الجدول", "Copy the table");
                let tip = kit.t(both("Ctrl+C — لجداول البيانات", "Ctrl+C, for spreadsheets"));
                let copy = Button::new(kit.t(copy)).enabled(count > 0).tip(tip);
                if copy.ui(ui, kit).clicked() {
                    ui.ctx().copy_text(self.tsv(kit));
                }
                if opens && count > 0 {
                    let hint = both("انقر مقالًا ليُفتح.", "Click a document to open it.");
                    kit.label(ui, kit.t(hint), TextKind::Small, Ink::Weak);
                }
            });
        });
    }
}

/// A change, with its sign if it is one.
pub(super) fn signed(by: i64) -> String {
    if by == 0 { "0".to_owned() } else { format!("{by:+}") }
}

/// The cells of a row, from where reading begins: the first one has what the numbers leave.
fn cells(kit: &Kit, rect: Rect, count: usize) -> Vec<Rect> {
    let numbers = f32::from(u8::try_from(count.saturating_sub(1)).unwrap_or(u8::MAX));
    let number = if count > 3 { NUMBER } else { WIDE_NUMBER };
    let first = (rect.width() - numbers * number).max(number);
    let mut along = 0.0;
    let cell = |at: usize| {
        let width = if at == 0 { first } else { number };
        let left = if kit.rtl() { rect.right() - along - width } else { rect.left() + along };
        along += width;
        let cell = Rect::from_min_size(pos2(left, rect.top()), vec2(width, rect.height()));
        cell.shrink2(vec2(4.0, 0.0))
    };
    (0..count).map(cell).collect()
}

/// A cell as other programs take it: on one line, without marks of direction.
fn plain(cell: &str) -> String {
    let is_mark = |c: char| matches!(c, '\u{2066}'..='\u{2069}');
    visible(&cell.replace(is_mark, "").replace('\t', " ")).into_owned()
}
