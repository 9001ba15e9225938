//! The steps of this session: what was done, what was taken back, and where the work is now.

use egui::{Id, Rect, Role, Ui, WidgetInfo, pos2, vec2};

use crate::app::access;
use crate::app::action::Action;
use crate::app::widget::{Button, Ink, Kit, TextKind, color, rows};
use crate::app::workspace::Workspace;
use crate::edit::{Done, Edit, Step};
use crate::lang::{DOCUMENT, Lang, SPAN, both};
use crate::model::{LabelId, Schema, Span};
use crate::project::Project;
use crate::theme::size;
use crate::typeset::Align;

/// The height of a row, in points.
const ROW: f32 = 28.0;

pub(in crate::app) fn ui(
    ui: &mut Ui,
    kit: &mut Kit,
    project: &Project,
    workspace: &mut Workspace,
    out: &mut Vec<Action>,
) {
    let history = project.history();
    let (here, count) = (history.num_done(), history.len());
    ui.with_layout(kit.column(), |ui| {
        ui.add_space(size::GAP);
        kit.row_ui(ui, |ui, kit| {
            kit.label(ui, kit.t(both("الخطوات", "Steps")), TextKind::Heading, Ink::Text);
            ui.with_layout(kit.row_end(), |ui| {
                if Button::new(kit.t(both("أغلق", "Close"))).flat().ui(ui, kit).clicked() {
                    out.push(Action::ToggleHistory);
                }
            });
        });
        if count == 0 {
            let text = both(
                "لا خطوات بعد. كل ما تفعله يظهر هنا، وتعود إلى أي خطوة بنقرة.",
                "No steps yet. All that you do is listed here, and a click goes back to any step.",
            );
            kit.paragraph(ui, kit.t(text), TextKind::Small, Ink::Weak);
        }
        let is_new = std::mem::replace(&mut workspace.steps_seen, (count, here));
        let shown = (is_new != (count, here)).then_some(here);
        // Before the first step there is a point to go back to as well.
        let list = (count + 1, ROW);
        rows(ui, kit, Id::unique("steps"), list, shown, |ui, kit, at, rect, response| {
            let is_here = at == here;
            let ground = match (is_here, response.hovered()) {
                (true, _) => Some(kit.theme.chosen),
                (false, true) => Some(kit.theme.hover),
                (false, false) => None,
            };
            if let Some(ground) = ground {
                ui.painter().rect_filled(rect, size::RADIUS, color(ground));
            }
            let row = at
                .checked_sub(1)
                .and_then(|at| history.get(at))
                .map_or_else(|| Row::start(kit), |done| Row::of(kit, project, done));
            let is_undone = at > here;
            draw(ui, kit, rect, &row, (is_here, is_undone));
            let state = match (is_here, is_undone) {
                (true, _) => kit.t(both("هنا", "here")),
                (false, true) => kit.t(both("متراجَع عنها", "undone")),
                (false, false) => "",
            };
            response.widget_info(|| {
                let name = [row.step, &row.what, &row.words, &row.place, state];
                let name: Vec<_> = name.into_iter().filter(|part| !part.is_empty()).collect();
                WidgetInfo::selected(Role::Button, true, is_here, name.join(" · "))
            });
            if response.clicked() && !is_here {
                out.push(Action::GoToStep(at));
            }
        });
        let name = kit.t(both("الخطوات", "Steps"));
        access::name_list(ui.ctx(), Id::unique("steps"), name);
    });
}

/// What a row says.
struct Row<'a> {
    /// The step's name.
    step: &'a str,
    /// The label, the value or the state that it gives.
    what: String,
    /// The words that it is about.
    words: String,
    /// Where they stand.
    place: String,
}

impl<'a> Row<'a> {
    /// Before all steps.
    fn start(kit: &Kit) -> Self {
        let step = kit.t(both("بداية الجلسة", "Beginning of the session"));
        Self { step, what: String::new(), words: String::new(), place: String::new() }
    }

    fn of(kit: &Kit, project: &Project, done: &Done) -> Self {
        let transaction = &done.transaction;
        let place = match done.num_documents {
            0 => String::new(),
            1 => {
                let id = transaction.edits.first().map(Edit::document);
                let row = id.and_then(|id| project.row(project.position(id)?));
                row.map(|row| row.title.to_owned()).unwrap_or_default()
            }
            many => kit.count(&DOCUMENT, many),
        };
        Self {
            step: kit.t(transaction.step.name()),
            what: what(kit, project.schema(), done),
            words: done.words.to_string(),
            place,
        }
    }
}

/// The label, value or state that a step gives.
fn what(kit: &Kit, schema: &Schema, done: &Done) -> String {
    let transaction = &done.transaction;
    let span = |edit: &Edit| match edit {
        Edit::Span(_, _, change) => change.after.clone().or_else(|| change.before.clone()),
        _ => None,
    };
    let label_name = |id: &LabelId| {
        schema.label(id).map_or(id.as_str(), |label| label.name.get(kit.lang)).to_owned()
    };
    let name = |span: &Span| label_name(&span.label);
    let first = transaction.edits.first();
    match (transaction.step, first) {
        (_, Some(Edit::State(_, change))) => kit.t(change.after.name()).to_owned(),
        (_, Some(Edit::Note(_, change))) => change.after.clone(),
        (_, Some(Edit::Decision(_, _, change))) => {
            let decision = change.after.as_ref().or(change.before.as_ref());
            decision.map(|it| label_name(&it.suggestion.label)).unwrap_or_default()
        }
        (Step::SetValue, Some(edit)) => match span(edit) {
            Some(span) => format!("{}: {}", name(&span), span.value.unwrap_or_default()),
            None => String::new(),
        },
        (Step::SetNote, Some(edit)) => span(edit).map(|span| span.note).unwrap_or_default(),
        (Step::Spread | Step::Relabel, Some(edit)) if done.num_spans() > 1 => {
            let name = span(edit).map(|span| name(&span)).unwrap_or_default();
            let count = kit.count(&SPAN, done.num_spans());
            match kit.lang {
                Lang::Ar => format!("{name}، {count}"),
                Lang::En => format!("{name}, {count}"),
            }
        }
        (_, Some(edit)) => span(edit).map(|span| name(&span)).unwrap_or_default(),
        (_, None) => String::new(),
    }
}

fn draw(ui: &Ui, kit: &mut Kit, rect: Rect, row: &Row<'_>, (is_here, is_undone): (bool, bool)) {
    let theme = kit.theme;
    let [sign, step, what, words, place] = columns(kit, rect.shrink2(vec2(6.0, 0.0)));
    if is_here {
        // A triangle that points at the row, so that color is not the only sign.
        let way = if kit.rtl() { -1.0 } else { 1.0 };
        let points = [vec2(-4.0 * way, -5.0), vec2(4.0 * way, 0.0), vec2(-4.0 * way, 5.0)];
        let points = points.map(|by| sign.center() + by).to_vec();
        let (fill, stroke) = (color(theme.accent), egui::Stroke::NONE);
        ui.painter().add(egui::Shape::convex_polygon(points, fill, stroke));
    }
    // The beginning has nothing beside it.
    let is_alone = [&row.what, &row.words, &row.place].into_iter().all(String::is_empty);
    let step = if is_alone { step.union(place) } else { step };
    let ink = if is_undone { theme.weak } else { theme.text };
    let kind = if is_here { TextKind::Strong } else { TextKind::Body };
    kit.paint_in(ui, step, (row.step, kind), ink, Align::Start);
    kit.paint_in(ui, what, (&row.what, TextKind::Small), ink, Align::Start);
    kit.paint_content(ui, words, (&row.words, TextKind::Body), ink);
    kit.paint_content(ui, place, (&row.place, TextKind::Small), theme.weak);
    if is_undone {
        // Struck through, for those who do not see that it is paler.
        let set = kit.set(ui, row.step, kind, Some(step.width()));
        let width = Kit::size(ui, &set).x.min(step.width());
        let (from, to) = if kit.rtl() {
            (step.right() - width, step.right())
        } else {
            (step.left(), step.left() + width)
        };
        let y = rect.center().y + 1.0;
        let stroke = egui::Stroke::new(1.0, color(theme.weak));
        ui.painter().line_segment([pos2(from, y), pos2(to, y)], stroke);
    }
}

/// Sign, step, what, words, place, from where reading begins.
fn columns(kit: &Kit, rect: Rect) -> [Rect; 5] {
    let rest = rect.width() - 20.0;
    let widths = [20.0, rest * 0.18, rest * 0.22, rest * 0.3, rest * 0.3];
    let mut along = 0.0;
    widths.map(|width| {
        let left = if kit.rtl() { rect.right() - along - width } else { rect.left() + along };
        along += width;
        let cell = Rect::from_min_size(pos2(left, rect.top()), vec2(width, rect.height()));
        cell.shrink2(vec2(4.0, 0.0))
    })
}
