//! The first page: the sample, a new project, an old one.

use std::path::PathBuf;

use egui::{Ui, vec2};

use super::article::tip_of;
use crate::app::action::Action;
use crate::app::command::command;
use crate::app::dialog::Dialog;
use crate::app::settings::Settings;
use crate::app::start::Start;
use crate::app::widget::{Button, Ink, Kit, TextKind, color};
use crate::app::workspace::Workspace;
use crate::lang::both;
use crate::theme::size;

pub(in crate::app) fn ui(
    ui: &mut Ui,
    kit: &mut Kit,
    settings: &Settings,
    workspace: &Workspace,
    out: &mut Vec<Action>,
) {
    let area = ui.available_rect_before_wrap();
    ui.painter().rect_filled(area, 0.0, color(kit.theme.desk));
    let width = 560.0_f32.min(area.width() - 40.0);
    // A little above the middle, where the eye looks for it.
    let place = egui::Rect::from_min_size(
        egui::pos2(area.center().x - width / 2.0, area.top() + area.height() * 0.14),
        vec2(width, area.height() * 0.86),
    );
    let builder = egui::UiBuilder::new().max_rect(place).layout(kit.column());
    let sheet = egui::Frame::new()
        .fill(color(kit.theme.page))
        .corner_radius(8.0)
        .inner_margin(egui::Margin::same(34));
    ui.scope_builder(builder, |ui| {
        sheet.show(ui, |ui| {
            ui.set_width(width - 68.0);
            ui.with_layout(kit.column(), |ui| choices(ui, kit, settings, workspace, out));
        });
    });
}

fn choices(
    ui: &mut Ui,
    kit: &mut Kit,
    settings: &Settings,
    workspace: &Workspace,
    out: &mut Vec<Action>,
) {
    ui.spacing_mut().item_spacing.y = 6.0;
    kit.label(ui, kit.t(both("توسيم", "Tawsim")), TextKind::Title, Ink::Text);
    let what = both(
        "علّم المدن والأجهزة والأعداد والتواريخ في المقالات العربية، واحفظها مجموعة تدريب أو مجموعة ذهبية.",
        "Mark cities, agencies, counts and dates in Arabic articles, and save them as a training or a gold data set.",
    );
    kit.paragraph(ui, kit.t(what), TextKind::Body, Ink::Weak);
    ui.add_space(size::MARGIN);
    let mut choice = |ui: &mut Ui, text, is_primary: bool, action: Action| {
        let tip = match &action {
            Action::Start(Start::New(_)) => command("project.new"),
            Action::Show(Some(Dialog::Open(_))) => command("project.open"),
            _ => None,
        };
        let tip = tip.map_or(String::new(), |command| tip_of(kit, command));
        let mut button = Button::new(kit.t(text)).tip(&tip);
        if is_primary {
            button = button.primary();
        }
        if button.ui(ui, kit).clicked() {
            out.push(action);
        }
    };
    choice(ui, both("جرّب مشروع المثال", "Try the sample project"), true, Action::OpenSample);
    choice(
        ui,
        both("مشروع جديد…", "New project…"),
        false,
        Action::Start(Start::New(Vec::new())),
    );
    choice(
        ui,
        both("افتح مشروعًا…", "Open a project…"),
        false,
        Action::Show(Some(Dialog::open())),
    );
    if !settings.recent.is_empty() {
        ui.add_space(size::MARGIN);
        kit.label(
            ui,
            kit.t(both("آخر المشاريع", "Recent projects")),
            TextKind::Small,
            Ink::Weak,
        );
        recent(ui, kit, &settings.recent, out);
    }
    if let Some(said) = &workspace.said {
        ui.add_space(size::PAD);
        let ink = if said.is_error { Ink::Danger } else { Ink::Text };
        let text = said.message.get(kit.lang).to_owned();
        kit.paragraph(ui, &text, TextKind::Body, ink);
    }
}

fn recent(ui: &mut Ui, kit: &mut Kit, paths: &[PathBuf], out: &mut Vec<Action>) {
    for path in paths.iter().take(5) {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        let name = name.unwrap_or_else(|| path.display().to_string());
        let tip = path.display().to_string();
        if Button::new(&name).flat().tip(&tip).ui(ui, kit).clicked() {
            out.push(Action::OpenProject(path.clone()));
        }
    }
}
