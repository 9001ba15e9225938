//! Files and folders to import, and what would come of it.

use egui::{Id, Rect, Sense, Stroke, StrokeKind, Ui, UiBuilder, pos2, vec2};

use crate::app::action::{Action, Pick};
use crate::app::preview::{Look, Preview, Sources};
use crate::app::start::Start;
use crate::app::widget::{Button, Field, FieldOutcome, Ink, Kit, TextKind, color, text_field};
use crate::lang::{Bilingual, DOCUMENT, FILE, Lang, Message, SPAN, both, isolated};
use crate::model::{Problem, Severity};
use crate::project::Plan;
use crate::theme::size;

/// How long nothing must be written before files are looked at, in seconds.
const RESTS: f64 = 0.35;

/// How many kinds of problems are shown.
const NUM_PROBLEMS: usize = 3;

/// How many kinds of problems are told apart.
const MOST_GROUPS: usize = 50;

/// How many names of several files are shown.
const NUM_NAMES: usize = 4;

/// A field for a path, and beside it buttons that ask the system for one; the one that was
/// clicked.
pub(super) fn path_row(
    ui: &mut Ui,
    kit: &mut Kit,
    (id, name, hint): (Id, &str, &str),
    field: &mut Field,
    picks: &[(Pick, Bilingual)],
) -> (FieldOutcome, Option<Pick>) {
    let width = |ui: &Ui, kit: &mut Kit, text: Bilingual| {
        let set = kit.set(ui, kit.t(text), TextKind::Body, None);
        (Kit::size(ui, &set).x + 2.0 * size::PAD + 4.0).ceil() + size::PAD
    };
    let buttons: f32 = picks.iter().map(|(_, text)| width(ui, kit, *text)).sum();
    let room = ui.available_rect_before_wrap();
    let area = Rect::from_min_size(room.min, vec2(room.width(), size::CONTROL));
    let (written, beside) = if kit.rtl() {
        let (beside, written) = area.split_left_right_at_x(area.left() + buttons);
        (written, beside)
    } else {
        area.split_left_right_at_x(area.right() - buttons)
    };
    let mut child = ui.new_child(UiBuilder::new().max_rect(written).layout(kit.row()));
    let outcome = text_field(&mut child, kit, id, field, (name, hint), false);
    let mut child = ui.new_child(UiBuilder::new().max_rect(beside).layout(kit.row()));
    child.spacing_mut().item_spacing.x = 0.0;
    let mut picked = None;
    for (pick, text) in picks {
        child.add_space(size::PAD);
        if Button::new(kit.t(*text)).ui(&mut child, kit).clicked() {
            picked = Some(*pick);
        }
    }
    ui.allocate_rect(area, Sense::hover());
    (outcome, picked)
}

/// The files and folders that are named: a field, or the names of several.
pub(super) fn ui(
    ui: &mut Ui,
    kit: &mut Kit,
    (id, name, hint): (Id, Bilingual, Bilingual),
    sources: &mut Sources,
) -> (Option<FieldOutcome>, Option<Pick>) {
    if sources.several.is_empty() {
        let picks = [
            (Pick::Folder, both("اختر مجلدًا…", "Choose a folder…")),
            (Pick::File, both("اختر ملفًا…", "Choose a file…")),
        ];
        let what = (id, kit.t(name), kit.t(hint));
        let (outcome, picked) = path_row(ui, kit, what, &mut sources.path, &picks);
        return (Some(outcome), picked);
    }
    let names = sources
        .several
        .iter()
        .take(NUM_NAMES)
        .map(|path| isolated(path.file_name().unwrap_or(path.as_os_str()).display()));
    let (names, more) = (names.collect::<Vec<_>>(), sources.several.len() > NUM_NAMES);
    let (comma, dots) = if kit.lang == Lang::Ar { ("، ", "، …") } else { (", ", ", …") };
    let text = format!("{}{}", names.join(comma), if more { dots } else { "" });
    let others = kit.t(both("اختر غيرها", "Choose others"));
    kit.row_ui(ui, |ui, kit| {
        if Button::new(others).ui(ui, kit).clicked() {
            *sources = Sources::default();
        }
        kit.label(ui, &text, TextKind::Body, Ink::Text);
    });
    (None, None)
}

/// What would be imported. Asked for anew when something else is named, once nothing is
/// written any more.
pub(super) fn preview(
    ui: &mut Ui,
    kit: &mut Kit,
    preview: &mut Preview,
    (look, is_written): (Look, bool),
    out: &mut Vec<Action>,
) {
    let now = ui.input(|input| input.time);
    if preview.asked.as_ref().is_none_or(|(asked, _)| *asked != look) {
        preview.asked = Some((look.clone(), if is_written { now + RESTS } else { now }));
    }
    let Some(found) = preview.of(&look) else {
        let due = preview.asked.as_ref().map_or(now, |(_, due)| *due);
        if due <= now {
            out.push(Action::Start(Start::Look(Box::new(look))));
        } else {
            let rest = std::time::Duration::from_secs_f64(due - now);
            ui.ctx().request_repaint_after(rest);
        }
        return;
    };
    match found.outcome.get() {
        None => {
            let (done, total) = found.progress.told();
            let text = kit.t(both("تُقرأ الملفات…", "Reading the files…"));
            let text = match total {
                0 => text.to_owned(),
                total => format!("{text} \u{2066}{done} / {total}\u{2069}"),
            };
            kit.row_ui(ui, |ui, kit| {
                kit.label(ui, &text, TextKind::Small, Ink::Weak);
                if Button::new(kit.t(both("أوقف", "Stop"))).ui(ui, kit).clicked() {
                    found.progress.stop();
                }
            });
            ui.ctx().request_repaint_after(std::time::Duration::from_millis(100));
        }
        Some(Err(why)) => {
            kit.paragraph(ui, why.get(kit.lang), TextKind::Small, Ink::Danger);
        }
        Some(Ok(plan)) => show(ui, kit, plan),
    }
}

/// What was found, on a sheet of its own.
fn show(ui: &mut Ui, kit: &mut Kit, plan: &Plan) {
    let sheet = egui::Frame::new()
        .fill(color(kit.theme.page))
        .stroke(Stroke::new(1.0, color(kit.theme.line)))
        .corner_radius(size::RADIUS)
        .inner_margin(egui::Margin::symmetric(12, 8));
    sheet.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.with_layout(kit.column(), |ui| {
            ui.spacing_mut().item_spacing.y = 3.0;
            let counts = counts(plan);
            kit.paragraph(ui, counts.get(kit.lang), TextKind::Strong, Ink::Text);
            let files = files(kit.lang, plan);
            kit.paragraph(ui, &files, TextKind::Small, Ink::Weak);
            for title in &plan.titles {
                title_row(ui, kit, title);
            }
            if plan.taken.documents > plan.titles.len() && !plan.titles.is_empty() {
                kit.label(ui, "…", TextKind::Small, Ink::Weak);
            }
            problems(ui, kit, &plan.report.problems);
        });
    });
}

/// A title, with a dash before it where reading begins.
fn title_row(ui: &mut Ui, kit: &mut Kit, title: &str) {
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), 19.0), Sense::hover());
    let (dash, rest) = if kit.rtl() {
        let (rest, dash) = rect.split_left_right_at_x(rect.right() - 14.0);
        (pos2(dash.right() - 3.0, dash.center().y), rest)
    } else {
        let (dash, rest) = rect.split_left_right_at_x(rect.left() + 14.0);
        (pos2(dash.left() + 3.0, dash.center().y), rest)
    };
    let square = Rect::from_center_size(dash, vec2(4.0, 4.0));
    ui.painter().rect_stroke(
        square,
        0.0,
        Stroke::new(1.0, color(kit.theme.edge)),
        StrokeKind::Inside,
    );
    kit.paint_content(ui, rest, (title, TextKind::Small), kit.theme.text);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, title));
}

/// How many documents and spans would be taken.
fn counts(plan: &Plan) -> Message {
    let documents = DOCUMENT.message(plan.taken.documents);
    let (mut ar, mut en) = (documents.ar, documents.en);
    let mut add = |count: usize, noun: &crate::lang::Noun, before: [&str; 2]| {
        if count > 0 {
            let count = noun.message(count);
            ar.push_str(&format!(" · {}{}", before[0], count.ar));
            en.push_str(&format!(" · {}{}", before[1], count.en));
        }
    };
    add(plan.taken.spans, &SPAN, ["", ""]);
    add(plan.report.dropped, &SPAN, ["يُسقَط: ", "left out: "]);
    add(plan.taken.same, &DOCUMENT, ["في المشروع من قبل: ", "already here: "]);
    add(plan.copies, &DOCUMENT, ["نصها مكرر: ", "with a text that is there: "]);
    Message::new(ar, en)
}

/// How many files of each format there are.
fn files(lang: Lang, plan: &Plan) -> String {
    let of = plan.files.iter().map(|(format, count)| {
        format!("{}: {}", isolated(format.name.get(lang)), FILE.count(lang, *count))
    });
    of.collect::<Vec<_>>().join(" · ")
}

/// Problems, the same ones of several files as one: what is damaged first.
fn problems(ui: &mut Ui, kit: &mut Kit, problems: &[Problem]) {
    let mut groups: Vec<(&Problem, usize)> = Vec::new();
    for problem in problems {
        let same = groups.iter_mut().find(|(first, _)| first.what == problem.what);
        if let Some((_, count)) = same {
            *count += 1;
        } else if groups.len() < MOST_GROUPS {
            groups.push((problem, 1));
        }
    }
    groups.sort_by_key(|(problem, _)| problem.severity != Severity::Error);
    for (problem, count) in groups.iter().take(NUM_PROBLEMS) {
        let ink = match problem.severity {
            Severity::Error => Ink::Danger,
            _ => Ink::Caution,
        };
        let (what, place) = (problem.what.get(kit.lang), isolated(&problem.place));
        let text = match (kit.lang, count) {
            (_, 1) => format!("{what} · {place}"),
            (Lang::Ar, count) => format!("{count} × {what} · أولها {place}"),
            (Lang::En, count) => format!("{count} × {what} · the first: {place}"),
        };
        kit.paragraph(ui, &text, TextKind::Small, ink);
    }
    if groups.len() > NUM_PROBLEMS {
        kit.label(ui, "…", TextKind::Small, Ink::Weak);
    }
}
