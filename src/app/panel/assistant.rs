//! The dialog in which a new project is set up: one page, from its folder to who annotates.

use egui::{Id, Rect, Sense, Ui, UiBuilder, vec2};

use super::dialogs::confirm;
use super::sources::{self, path_row};
use crate::app::action::{Action, Pick};
use crate::app::assistant::{Browsed, LabelSet, NewForm, Place};
use crate::app::preview::Look;
use crate::app::start::Start;
use crate::app::widget::{Button, Field, Ink, Kit, TextKind, chip, text_field, toggle};
use crate::lang::{Bilingual, Explain as _, Message, both};
use crate::model::{AnnotatorId, Schema};
use crate::theme::size;

/// The dialog's width, in points.
pub(super) const WIDTH: f32 = 680.0;

pub(super) fn ui(ui: &mut Ui, kit: &mut Kit, form: &mut NewForm, out: &mut Vec<Action>) {
    ui.spacing_mut().item_spacing.y = size::GAP;
    kit.label(ui, kit.t(both("مشروع جديد", "New project")), TextKind::Heading, Ink::Text);
    let mut entered = folder(ui, kit, form, out);
    entered |= names(ui, kit, form);
    section(ui, kit);
    let schema = form.schema();
    entered |= articles(ui, kit, form, schema.as_ref().ok(), out);
    section(ui, kit);
    entered |= labels(ui, kit, form, &schema, out);
    if form.is_new {
        // It stays only with what is seen: not in a frame in which the dialog is measured.
        form.is_new = !ui.memory(|memory| memory.has_focus(folder_id()));
        ui.memory_mut(|memory| memory.request_focus(folder_id()));
    }
    let asked = form.read();
    let is_ready = asked.is_some();
    if (confirm(ui, kit, both("أنشئ", "Create"), is_ready, out) || entered)
        && let Some(asked) = asked
    {
        out.push(Action::Start(Start::Create(Box::new(asked))));
    }
}

fn folder_id() -> Id {
    Id::unique("new project folder")
}

/// A line between two parts.
fn section(ui: &mut Ui, kit: &Kit) {
    ui.add_space(size::GAP);
    kit.rule(ui);
    ui.add_space(size::GAP);
}

fn caption(ui: &mut Ui, kit: &mut Kit, name: Bilingual) {
    kit.label(ui, kit.t(name), TextKind::Small, Ink::Weak);
}

const BROWSE: Bilingual = both("تصفّح…", "Browse…");

/// Where the project will be; true if Enter was pressed.
fn folder(ui: &mut Ui, kit: &mut Kit, form: &mut NewForm, out: &mut Vec<Action>) -> bool {
    let name = both("المسار", "Path");
    caption(ui, kit, name);
    let hint = both("مجلد المشروع", "the project’s folder");
    let what = (folder_id(), kit.t(name), kit.t(hint));
    let (outcome, picked) = path_row(ui, kit, what, &mut form.path, &[(Pick::Folder, BROWSE)]);
    if let Some(pick) = picked {
        form.browsed = Browsed::Folder;
        out.push(Action::Browse(pick));
    }
    let place = form.place();
    let ink = match place {
        Place::Unsaid | Place::New | Place::Empty => Ink::Weak,
        Place::Used => Ink::Caution,
        Place::Project | Place::File | Place::Forbidden => Ink::Danger,
    };
    kit.paragraph(ui, kit.t(place.told()), TextKind::Small, ink);
    if place == Place::Project {
        let open = kit.t(both("افتح هذا المشروع", "Open this project"));
        if Button::new(open).ui(ui, kit).clicked() {
            out.push(Action::OpenProject(form.root()));
        }
    }
    outcome.entered
}

/// What the project is called and who annotates, side by side; true if Enter was pressed.
fn names(ui: &mut Ui, kit: &mut Kit, form: &mut NewForm) -> bool {
    let room = ui.available_rect_before_wrap();
    let width = (room.width() - size::MARGIN) / 2.0;
    let fields: [(Bilingual, &mut Field); 2] = [
        (both("اسم المشروع", "Project name"), &mut form.name),
        (both("اسم الموسّم", "Annotator"), &mut form.annotator),
    ];
    let (mut entered, mut bottom) = (false, room.top());
    for (at, (name, field)) in fields.into_iter().enumerate() {
        let is_left = (at == 0) != kit.rtl();
        let left = if is_left { room.left() } else { room.right() - width };
        let place =
            Rect::from_min_size(egui::pos2(left, room.top()), vec2(width, room.height()));
        let mut child = ui.new_child(UiBuilder::new().max_rect(place).layout(kit.column()));
        child.spacing_mut().item_spacing.y = size::GAP;
        caption(&mut child, kit, name);
        let id = Id::unique(("new project", name.en));
        let name = kit.t(name);
        entered |= text_field(&mut child, kit, id, field, (name, name), false).entered;
        bottom = bottom.max(child.min_rect().bottom());
    }
    ui.allocate_rect(room.with_max_y(bottom), Sense::hover());
    let annotator = form.annotator.text().trim();
    if annotator.is_empty() {
        let why = both(
            "اكتب اسمك: لكل موسّم مجموعته على كل مقال",
            "Write your name: each annotator has a set of their own on each document",
        );
        kit.paragraph(ui, kit.t(why), TextKind::Small, Ink::Danger);
    } else if let Err(why) = AnnotatorId::new(annotator) {
        kit.paragraph(ui, why.explain().get(kit.lang), TextKind::Small, Ink::Danger);
    }
    entered
}

/// What is taken in at once; true if Enter was pressed.
fn articles(
    ui: &mut Ui,
    kit: &mut Kit,
    form: &mut NewForm,
    schema: Option<&Schema>,
    out: &mut Vec<Action>,
) -> bool {
    let name = both("المقالات", "Articles");
    caption(ui, kit, both("المقالات، أو لا شيء الآن", "Articles, or none yet"));
    let hint =
        both("ملف نصي أو JSONL، أو مجلد منها", "a text or JSONL file, or a folder of them");
    let id = Id::unique("new project articles");
    let (outcome, picked) = sources::ui(ui, kit, (id, name, hint), &mut form.articles);
    if let Some(pick) = picked {
        form.browsed = Browsed::Articles;
        out.push(Action::Browse(pick));
    }
    let is_written = outcome.as_ref().is_some_and(|outcome| outcome.changed);
    if let Some(import) = form.import() {
        // As long as there are no labels, articles can be looked at by those for news.
        let look = Look { import, schema: Some(schema.cloned().unwrap_or_default()) };
        sources::preview(ui, kit, &mut form.preview, (look, is_written), out);
        let is_partly = form
            .preview
            .plan()
            .is_some_and(|plan| plan.is_damaged() && plan.brings_something());
        if is_partly || form.keep_going {
            keep_going(ui, kit, &mut form.keep_going);
        }
    }
    outcome.is_some_and(|outcome| outcome.entered)
}

/// Whether what is well is taken though other things are not.
fn keep_going(ui: &mut Ui, kit: &mut Kit, keep_going: &mut bool) {
    kit.row_ui(ui, |ui, kit| {
        let name = both("استورد السليم", "Import what is well");
        if toggle(ui, kit, kit.t(name), *keep_going).clicked() {
            *keep_going = !*keep_going;
        }
        let why = both("وإلا لم يُستورد شيء", "otherwise nothing is imported");
        kit.label(ui, kit.t(why), TextKind::Small, Ink::Weak);
    });
}

/// The labels; true if Enter was pressed.
fn labels(
    ui: &mut Ui,
    kit: &mut Kit,
    form: &mut NewForm,
    schema: &Result<Schema, Message>,
    out: &mut Vec<Action>,
) -> bool {
    caption(ui, kit, both("الوسوم", "Labels"));
    kit.row_ui(ui, |ui, kit| {
        for set in LabelSet::ALL {
            if toggle(ui, kit, kit.t(set.name()), form.labels == set).clicked() {
                form.labels = set;
            }
        }
    });
    let mut entered = false;
    if form.labels == LabelSet::From {
        let name = kit.t(both("مصدر الوسوم", "Labels from"));
        let id = Id::unique("new project labels");
        let picks = [
            (Pick::Folder, both("اختر مشروعًا…", "Choose a project…")),
            (Pick::File, both("اختر ملف مخطط…", "Choose a schema file…")),
        ];
        let (outcome, picked) = path_row(ui, kit, (id, name, name), &mut form.from, &picks);
        if let Some(pick) = picked {
            form.browsed = Browsed::Labels;
            out.push(Action::Browse(pick));
        }
        entered = outcome.entered;
    }
    match schema {
        Ok(schema) => chips(ui, kit, schema),
        Err(why) => {
            kit.paragraph(ui, why.get(kit.lang), TextKind::Small, Ink::Weak);
        }
    }
    let change = match (form.labels, schema) {
        (LabelSet::From, Err(_)) => None,
        (_, Ok(_)) => Some(both("غيّر هذه الوسوم…", "Change these labels…")),
        (_, Err(_)) => Some(both("اصنع الوسوم…", "Make labels…")),
    };
    if let Some(change) = change
        && Button::new(kit.t(change)).ui(ui, kit).clicked()
    {
        out.push(Action::Start(Start::Labels));
    }
    entered
}

/// The labels as they will stand above an article.
fn chips(ui: &mut Ui, kit: &mut Kit, schema: &Schema) {
    kit.row_ui(ui, |ui, kit| {
        ui.spacing_mut().item_spacing = vec2(7.0, 7.0);
        for label in schema.labels() {
            let shades = kit.theme.shades(label.color);
            let name = label.name.get(kit.lang);
            let response = chip(ui, kit, (name, label.key, None), shades, false);
            let definition = label.definition.get(kit.lang);
            if !definition.is_empty() {
                kit.tip(response, definition);
            }
        }
    });
}
