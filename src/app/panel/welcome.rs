//! The first page: the sample, a new project, an old one.

use std::path::{Component, Path, PathBuf};

use egui::{Role, Sense, Ui, WidgetInfo, vec2};

use super::article::tip_of;
use crate::app::action::Action;
use crate::app::command::command;
use crate::app::dialog::Dialog;
use crate::app::settings::Settings;
use crate::app::start::Start;
use crate::app::widget::{Button, Ink, Kit, TextKind, color, frame, scroll_area};
use crate::app::workspace::Workspace;
use crate::lang::{both, visible};
use crate::theme::size;
use crate::typeset::Align;

/// The space around the sheet's content, in points.
const MARGIN: f32 = 34.0;

pub(in crate::app) fn ui(
    ui: &mut Ui,
    kit: &mut Kit,
    (settings, home): (&Settings, &Path),
    workspace: &Workspace,
    out: &mut Vec<Action>,
) {
    let area = ui.available_rect_before_wrap();
    ui.painter().rect_filled(area, 0.0, color(kit.theme.desk));
    let width = 560.0_f32.min(area.width() - 40.0);
    // A little above the middle, where the eye looks for it; in a low window all is needed.
    let above = (area.height() * 0.14).min((area.height() - 360.0) * 0.3).max(size::PAD);
    let place = egui::Rect::from_min_size(
        egui::pos2(area.center().x - width / 2.0, area.top() + above),
        vec2(width, area.height() - above - size::PAD),
    );
    let builder = egui::UiBuilder::new().max_rect(place).layout(kit.column());
    let sheet =
        egui::Frame::new().fill(color(kit.theme.page)).corner_radius(8.0).inner_margin(MARGIN);
    ui.scope_builder(builder, |ui| {
        sheet.show(ui, |ui| {
            ui.set_width(width - 2.0 * MARGIN);
            let most = place.height() - 2.0 * MARGIN;
            scroll_area(ui, kit, egui::Id::unique("welcome"), most, |ui, kit| {
                ui.with_layout(kit.column(), |ui| {
                    choices(ui, kit, (settings, home), workspace, out);
                });
            });
        });
    });
}

fn choices(
    ui: &mut Ui,
    kit: &mut Kit,
    (settings, home): (&Settings, &Path),
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
        recent(ui, kit, (&settings.recent, home), out);
    }
    if let Some(said) = &workspace.said {
        ui.add_space(size::PAD);
        let ink = if said.is_error { Ink::Danger } else { Ink::Text };
        let text = said.message.get(kit.lang).to_owned();
        kit.paragraph(ui, &text, TextKind::Body, ink);
    }
}

/// The projects that were open last: each with its place, since names may be alike.
fn recent(
    ui: &mut Ui,
    kit: &mut Kit,
    (paths, home): (&[PathBuf], &Path),
    out: &mut Vec<Action>,
) {
    for path in paths.iter().take(5) {
        let whole = path.display().to_string();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        let name = name.unwrap_or_else(|| whole.clone());
        let size = vec2(ui.available_width(), size::CONTROL);
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        let theme = kit.theme;
        let ground = response.hovered().then_some(theme.hover);
        frame(ui, &response, rect, ground, None, kit);
        let inner = rect.shrink2(vec2(size::PAD, 0.0));
        let set = kit.set(ui, &name, TextKind::Body, None);
        let room = (Kit::size(ui, &set).x + 2.0).min(inner.width() * 0.5);
        let (beside, gap) = (inner.width() - room, 2.0 * size::PAD);
        let (name_at, path_at) = if kit.rtl() {
            let (rest, first) = inner.split_left_right_at_x(inner.right() - room);
            (first, rest.with_max_x(rest.right() - gap))
        } else {
            let (first, rest) = inner.split_left_right_at_x(inner.left() + room);
            (first, rest.with_min_x(rest.left() + gap))
        };
        kit.paint_in(ui, name_at, (&name, TextKind::Body), theme.text, Align::Start);
        let fits = |text: &str| {
            let set = kit.set(ui, &left_to_right(text), TextKind::Small, None);
            Kit::size(ui, &set).x <= beside - gap
        };
        let place = left_to_right(&shortened(path, home, fits));
        kit.paint_in(ui, path_at, (&place, TextKind::Small), theme.weak, Align::End);
        let said = format!("{name} · {}", left_to_right(&whole));
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &said));
        if kit.tip(response, &left_to_right(&whole)).clicked() {
            out.push(Action::OpenProject(path.clone()));
        }
    }
}

/// A path reads from left to right whatever its names are.
fn left_to_right(path: &str) -> String {
    format!("\u{2066}{}\u{2069}", visible(path))
}

/// A path with `~` for the person's own folder, and `…` for as many folders in its middle as
/// must go for it to fit. Its end, which tells it from others, stays longest.
fn shortened(path: &Path, home: &Path, mut fits: impl FnMut(&str) -> bool) -> String {
    let own = path.strip_prefix(home).ok().filter(|_| !home.as_os_str().is_empty());
    let mut parts: Vec<String> = match own {
        Some(rest) => std::iter::once("~".to_owned()).chain(names(rest)).collect(),
        None => names(path).collect(),
    };
    let first = usize::from(own.is_some() || path.has_root()) + usize::from(own.is_none());
    let separator = std::path::MAIN_SEPARATOR_STR;
    let joined = |parts: &[String]| match parts {
        [root, rest @ ..] if root == separator => {
            format!("{root}{}", rest.join(separator))
        }
        parts => parts.join(separator),
    };
    let mut text = joined(&parts);
    let mut is_cut = false;
    while !fits(&text) && parts.len() > first + 1 + usize::from(is_cut) {
        if is_cut {
            parts.remove(first + 1);
        } else if let Some(part) = parts.get_mut(first) {
            *part = "…".to_owned();
            is_cut = true;
        }
        text = joined(&parts);
    }
    text
}

fn names(path: &Path) -> impl Iterator<Item = String> {
    let parts = path.components().filter(|part| !matches!(part, Component::CurDir));
    parts.map(|part| part.as_os_str().to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, most: usize, expected: &str) {
        let fits = |text: &str| text.chars().count() <= most;
        assert_eq!(shortened(Path::new(path), Path::new("/home/amal"), fits), expected);
    }

    #[test]
    fn a_path_is_shortened_in_its_middle() {
        check("/home/amal/news", 40, "~/news");
        check("/home/amal/a/b/c/news", 40, "~/a/b/c/news");
        check("/home/amal/work/2024/march/news", 20, "~/…/2024/march/news");
        check("/home/amal/work/2024/march/news", 14, "~/…/march/news");
        check("/home/amal/work/2024/march/news", 4, "~/…/news");
        check("/data/work/2024/march/news", 18, "/data/…/march/news");
        check("/data/news", 3, "/data/news");
        check("/news", 3, "/news");
        check("/home/amal", 40, "~");
        assert_eq!(shortened(Path::new("/a/b"), Path::new(""), |_| true), "/a/b");
    }
}
