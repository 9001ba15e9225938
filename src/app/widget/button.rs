//! Buttons, toggles and label chips.

use egui::{CornerRadius, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use super::kit::{Kit, TextKind, color};
use crate::theme::{Shades, size};
use crate::typeset::Align;

/// A button with a text, and maybe the key that does the same.
#[derive(Clone, Copy, Debug)]
pub(in crate::app) struct Button<'a> {
    text: &'a str,
    name: &'a str,
    tip: &'a str,
    is_primary: bool,
    is_enabled: bool,
    is_flat: bool,
}

impl<'a> Button<'a> {
    pub(in crate::app) fn new(text: &'a str) -> Self {
        Self { text, name: text, tip: "", is_primary: false, is_enabled: true, is_flat: false }
    }

    /// Another name than its text, for the accessibility tree.
    pub(in crate::app) fn named(self, name: &'a str) -> Self {
        Self { name, ..self }
    }

    /// The one thing to do next.
    pub(in crate::app) fn primary(self) -> Self {
        Self { is_primary: true, ..self }
    }

    /// Without an edge until the pointer is over it.
    pub(in crate::app) fn flat(self) -> Self {
        Self { is_flat: true, ..self }
    }

    pub(in crate::app) fn enabled(self, is_enabled: bool) -> Self {
        Self { is_enabled, ..self }
    }

    pub(in crate::app) fn tip(self, tip: &'a str) -> Self {
        Self { tip, ..self }
    }

    pub(in crate::app) fn ui(self, ui: &mut Ui, kit: &mut Kit) -> Response {
        let role = if self.is_primary { TextKind::Strong } else { TextKind::Body };
        let set = kit.set(ui, self.text, role, None);
        let width = (Kit::size(ui, &set).x + 2.0 * size::PAD + 4.0).ceil();
        let sense = if self.is_enabled { Sense::click() } else { Sense::hover() };
        let (rect, response) = ui.allocate_exact_size(vec2(width, size::CONTROL), sense);
        let theme = kit.theme;
        let over = self.is_enabled && response.hovered();
        let (fill, ink, edge) = match (self.is_enabled, self.is_primary) {
            (false, _) => (None, theme.weak.mixed(theme.panel, 0.45), Some(theme.line)),
            (true, true) => {
                let fill =
                    if over { theme.accent.mixed(theme.text, 0.15) } else { theme.accent };
                (Some(fill), theme.on_accent, None)
            }
            (true, false) => (over.then_some(theme.hover), theme.text, Some(theme.edge)),
        };
        let edge = edge.filter(|_| !self.is_flat);
        frame(ui, &response, rect, fill, edge, kit);
        kit.paint_in(
            ui,
            rect.shrink2(vec2(size::PAD, 0.0)),
            (self.text, role),
            ink,
            Align::Center,
        );
        response.widget_info(|| WidgetInfo::labeled(Role::Button, self.is_enabled, self.name));
        if self.tip.is_empty() { response } else { kit.tip(response, self.tip) }
    }
}

/// A button with an arrow to the left or to the right; `name` is for the accessibility tree.
pub(in crate::app) fn arrow_button(
    ui: &mut Ui,
    kit: &mut Kit,
    name: &str,
    tip: &str,
    points_left: bool,
) -> Response {
    let side = vec2(size::CONTROL, size::CONTROL);
    let (rect, response) = ui.allocate_exact_size(side, Sense::click());
    let theme = kit.theme;
    let fill = response.hovered().then_some(theme.hover);
    frame(ui, &response, rect, fill, Some(theme.edge), kit);
    let way = if points_left { -1.0 } else { 1.0 };
    let points = [vec2(-2.5 * way, -5.0), vec2(2.5 * way, 0.0), vec2(-2.5 * way, 5.0)];
    let points = points.map(|by| rect.center() + by).to_vec();
    ui.painter().line(points, Stroke::new(1.8, color(theme.text)));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    kit.tip(response, tip)
}

/// What an icon shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum Icon {
    /// Rows of a list.
    Rows,
    /// A card with fields.
    Card,
    /// More of something.
    Plus,
    /// Less of something.
    Minus,
    /// A wheel with teeth: settings.
    Gear,
    /// The sun: to a light theme.
    Sun,
    /// The moon: to a dark theme.
    Moon,
    /// Lines from the shortest to the longest, and an arrow.
    Ascending,
    /// Lines from the longest to the shortest, and an arrow.
    Descending,
}

/// A button with an icon, which stays down while `is_on`; `name` is for the accessibility tree.
pub(in crate::app) fn icon_button(
    ui: &mut Ui,
    kit: &mut Kit,
    icon: Icon,
    (name, tip): (&str, &str),
    is_on: bool,
) -> Response {
    let side = vec2(size::CONTROL, size::CONTROL);
    let (rect, response) = ui.allocate_exact_size(side, Sense::click());
    let theme = kit.theme;
    let fill = match (is_on, response.hovered()) {
        (true, _) => Some(theme.chosen),
        (false, true) => Some(theme.hover),
        (false, false) => None,
    };
    let edge = if is_on { theme.accent } else { theme.edge };
    frame(ui, &response, rect, fill, Some(edge), kit);
    draw_icon(ui, kit, rect.center(), icon);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_on, name));
    kit.tip(response, tip)
}

/// Draws an icon in the middle of its button.
fn draw_icon(ui: &Ui, kit: &Kit, center: egui::Pos2, icon: Icon) {
    let painter = ui.painter();
    let stroke = Stroke::new(1.8, color(kit.theme.text));
    let line = |from: egui::Vec2, to: egui::Vec2| {
        painter.line_segment([center + from, center + to], stroke);
    };
    match icon {
        Icon::Rows => {
            for y in [-5.0, 0.0, 5.0] {
                line(vec2(-7.0, y), vec2(7.0, y));
            }
        }
        Icon::Card => {
            let card = egui::Rect::from_center_size(center, vec2(16.0, 14.0));
            painter.rect_stroke(card, 2.0, stroke, StrokeKind::Inside);
            // Two lines of text, from where reading begins.
            let way = if kit.rtl() { -1.0 } else { 1.0 };
            line(vec2(-4.5 * way, -2.0), vec2(4.5 * way, -2.0));
            line(vec2(-4.5 * way, 2.5), vec2(1.0 * way, 2.5));
        }
        Icon::Plus => {
            line(vec2(-6.0, 0.0), vec2(6.0, 0.0));
            line(vec2(0.0, -6.0), vec2(0.0, 6.0));
        }
        Icon::Minus => line(vec2(-6.0, 0.0), vec2(6.0, 0.0)),
        Icon::Gear => {
            painter.circle_stroke(center, 4.4, stroke);
            for way in compass() {
                line(way * 4.6, way * 7.4);
            }
        }
        Icon::Sun => {
            painter.circle_filled(center, 3.6, stroke.color);
            for way in compass() {
                line(way * 5.6, way * 7.8);
            }
        }
        Icon::Moon => {
            // The outer edge, then back along the inner one.
            let arc = |middle: egui::Vec2, radius: f32, from: f32, to: f32| {
                (0..=12_u8).map(move |step| {
                    let angle = from + (to - from) * f32::from(step) / 12.0;
                    middle + egui::Vec2::angled(angle) * radius
                })
            };
            let outer = arc(egui::Vec2::ZERO, 7.0, -0.35, 1.92);
            let far = arc(egui::Vec2::ZERO, 7.0, 1.92, 4.19);
            let inner = arc(vec2(3.2, -3.2), 6.2, 3.35, 1.36);
            let points = outer.chain(far).chain(inner).map(|by| center + by).collect();
            painter.add(egui::Shape::closed_line(points, Stroke::new(1.6, stroke.color)));
        }
        Icon::Ascending | Icon::Descending => {
            let way = if kit.rtl() { -1.0 } else { 1.0 };
            let lengths = [(-6.0, 4.0), (-2.0, 6.5), (2.0, 9.0), (6.0, 11.5)];
            for (y, length) in lengths {
                let y = if icon == Icon::Ascending { y } else { -y };
                line(vec2(-8.0 * way, y), vec2((length - 8.0) * way, y));
            }
            // The list goes down in either order: the arrow says that this is one.
            line(vec2(7.0 * way, -6.0), vec2(7.0 * way, 6.0));
            line(vec2(4.5 * way, 3.5), vec2(7.0 * way, 6.0));
            line(vec2(9.5 * way, 3.5), vec2(7.0 * way, 6.0));
        }
    }
}

/// The eight ways of the compass.
fn compass() -> impl Iterator<Item = egui::Vec2> {
    (0..8_u8).map(|step| egui::Vec2::angled(f32::from(step) * std::f32::consts::FRAC_PI_4))
}

/// A button that stays down.
pub(in crate::app) fn toggle(ui: &mut Ui, kit: &mut Kit, text: &str, is_on: bool) -> Response {
    let set = kit.set(ui, text, TextKind::Body, None);
    let width = (Kit::size(ui, &set).x + 2.0 * size::PAD + 4.0).ceil();
    let (rect, response) = ui.allocate_exact_size(vec2(width, size::CONTROL), Sense::click());
    let theme = kit.theme;
    let fill = match (is_on, response.hovered()) {
        (true, _) => Some(theme.chosen),
        (false, true) => Some(theme.hover),
        (false, false) => None,
    };
    let edge = if is_on { theme.accent } else { theme.edge };
    frame(ui, &response, rect, fill, Some(edge), kit);
    let ink = theme.text;
    kit.paint_in(
        ui,
        rect.shrink2(vec2(size::PAD, 0.0)),
        (text, TextKind::Body),
        ink,
        Align::Center,
    );
    let is_enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, is_enabled, is_on, text));
    response
}

/// A label's chip: swatch, name, key, count. `is_on` when it is armed or the span has it.
pub(in crate::app) fn chip(
    ui: &mut Ui,
    kit: &mut Kit,
    (name, key, count): (&str, Option<u8>, Option<usize>),
    shades: Shades,
    is_on: bool,
) -> Response {
    const SWATCH: f32 = 12.0;
    let key_text = key.map(|key| key.to_string()).unwrap_or_default();
    let count_text = count.map(|count| kit.number(count)).unwrap_or_default();
    let widths = [
        (name, TextKind::Strong),
        (&*key_text, TextKind::Small),
        (&*count_text, TextKind::Small),
    ]
    .map(|(text, role)| {
        if text.is_empty() {
            0.0
        } else {
            Kit::size(ui, &kit.set(ui, text, role, None)).x.ceil()
        }
    });
    let [name_width, key_width, count_width] = widths;
    let key_box = if key_width > 0.0 { key_width + 10.0 } else { 0.0 };
    let parts = [SWATCH, name_width, key_box, count_width];
    let shown = parts.iter().filter(|width| **width > 0.0).count();
    let gaps = f32::from(u8::try_from(shown.saturating_sub(1)).unwrap_or(0)) * 7.0;
    let width = parts.iter().sum::<f32>() + gaps + 2.0 * size::PAD;
    let (rect, response) =
        ui.allocate_exact_size(vec2(width.ceil(), size::CONTROL), Sense::click());
    let theme = kit.theme;
    let fill = if is_on || response.hovered() { shades.fill } else { theme.page };
    let edge = if is_on { shades.ink } else { theme.edge };
    frame(ui, &response, rect, Some(fill), Some(edge), kit);
    if is_on {
        ui.painter().rect_stroke(
            rect,
            CornerRadius::same(5),
            Stroke::new(2.0, color(shades.ink)),
            StrokeKind::Inside,
        );
    }
    // Parts from where reading begins.
    let mut along = size::PAD;
    let mut part = |width: f32| {
        let left = if kit.lang.is_right_to_left() {
            rect.right() - along - width
        } else {
            rect.left() + along
        };
        along += width + 7.0;
        egui::Rect::from_min_size(egui::pos2(left, rect.top()), vec2(width, rect.height()))
    };
    let swatch = part(SWATCH);
    let name_rect = part(name_width);
    let key_rect = (key_box > 0.0).then(|| part(key_box));
    let count_rect = (count_width > 0.0).then(|| part(count_width));
    let dot = egui::Rect::from_center_size(swatch.center(), vec2(SWATCH, SWATCH));
    ui.painter().rect_filled(dot, 3.0, color(shades.bar));
    kit.paint_in(ui, name_rect, (name, TextKind::Strong), theme.text, Align::Center);
    if let Some(rect) = key_rect {
        let cap = egui::Rect::from_center_size(rect.center(), vec2(rect.width(), 19.0));
        ui.painter().rect_stroke(
            cap,
            CornerRadius::same(3),
            Stroke::new(1.0, color(theme.edge)),
            StrokeKind::Inside,
        );
        kit.paint_in(ui, cap, (&key_text, TextKind::Small), theme.weak, Align::Center);
    }
    if let Some(rect) = count_rect {
        kit.paint_in(ui, rect, (&count_text, TextKind::Small), theme.weak, Align::Center);
    }
    let is_enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::selected(Role::Button, is_enabled, is_on, name));
    response
}

/// The ground and the edge of what can be clicked, and around it where the focus is.
pub(in crate::app) fn frame(
    ui: &Ui,
    response: &Response,
    rect: egui::Rect,
    fill: Option<crate::theme::Rgba>,
    edge: Option<crate::theme::Rgba>,
    kit: &Kit,
) {
    let radius = size::RADIUS;
    if let Some(fill) = fill {
        ui.painter().rect_filled(rect, radius, color(fill));
    }
    if let Some(edge) = edge {
        let stroke = Stroke::new(1.0, color(edge));
        ui.painter().rect_stroke(rect, radius, stroke, StrokeKind::Inside);
    }
    if response.has_focus() {
        let stroke = Stroke::new(2.0, color(kit.theme.accent));
        ui.painter().rect_stroke(rect.expand(2.0), radius + 2.0, stroke, StrokeKind::Inside);
    }
}
