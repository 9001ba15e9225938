//! A label's color: from the palette, or as it is written.

use egui::{Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use super::fields::{caption, choice_row, field_id};
use crate::app::schema_form::{Fault, LabelForm, SchemaForm};
use crate::app::widget::{Ink, Kit, TextKind, color, text_field};
use crate::lang::{Lang, both};
use crate::theme::{LABEL_COLORS, Rgba, contrast, size};

/// The contrast that a bar under marked text has with the page at least.
const SEEN: f32 = 3.0;

pub(super) fn ui(
    ui: &mut Ui,
    kit: &mut Kit,
    form: &mut SchemaForm,
    is_locked: bool,
    fault: Option<&Fault>,
) {
    let Some(label) = form.chosen() else { return };
    caption(ui, kit, both("اللون", "Color"));
    choice_row(ui, kit, is_locked, |ui, kit| swatches(ui, kit, label));
    kit.row_ui(ui, |ui, kit| {
        ui.spacing_mut().item_spacing.x = size::PAD;
        let name = kit.t(both("اللون كما يُكتب", "Color as it is written"));
        label.hex.lock(is_locked);
        ui.allocate_ui_with_layout(vec2(110.0, size::CONTROL), kit.row(), |ui| {
            text_field(ui, kit, field_id("hex"), &mut label.hex, (name, "#1f77b4"), false);
        });
        label.read_hex();
        if let Some(Fault::Color(why)) = fault {
            kit.label(ui, why.get(kit.lang), TextKind::Small, Ink::Danger);
        } else {
            told(ui, kit, label);
        }
    });
}

/// How well the color is seen on the page.
fn told(ui: &mut Ui, kit: &mut Kit, label: &LabelForm) {
    let theme = kit.theme;
    let shades = theme.shades(label.color());
    let bar = contrast(shades.bar, theme.page);
    let text = contrast(theme.text, shades.fill);
    let [red, green, blue] = label.color();
    let is_seen =
        contrast(Rgba([red, green, blue, 255]), theme.page) >= SEEN || theme.mode.is_dark();
    let mut said = match kit.lang {
        Lang::Ar => format!("تباين الخط تحت الموضع {bar:.1}:1، والنص فوقه {text:.1}:1"),
        Lang::En => format!("Contrast: bar under a span {bar:.1}:1, text over it {text:.1}:1"),
    };
    if !is_seen {
        said.push_str(
            kit.t(both(" — يُرسم أقوى مما كُتب ليُرى", " — drawn stronger, so that it is seen")),
        );
    }
    let ink = if is_seen { Ink::Weak } else { Ink::Caution };
    kit.label(ui, &said, TextKind::Small, ink);
}

/// The colors to choose from; a label's own that is none of them stands first.
fn swatches(ui: &mut Ui, kit: &mut Kit, label: &mut LabelForm) {
    let chosen = label.color();
    let is_own = LABEL_COLORS.iter().all(|(color, _)| *color != chosen);
    let own = is_own.then_some((chosen, both("لون خاص", "own color")));
    for (rgb, name) in own.into_iter().chain(LABEL_COLORS) {
        let side = vec2(size::CONTROL, size::CONTROL);
        let (rect, response) = ui.allocate_exact_size(side, Sense::click());
        let is_on = rgb == chosen;
        // As it will be seen: in the dark, dark colors are paler.
        let bar = kit.theme.shades(rgb).bar;
        ui.painter().rect_filled(rect.shrink(5.0), 4.0, color(bar));
        let ring = match (is_on, response.hovered()) {
            (true, _) => Some(Stroke::new(2.0, color(kit.theme.text))),
            (false, true) => Some(Stroke::new(1.0, color(kit.theme.edge))),
            (false, false) => None,
        };
        if let Some(ring) = ring {
            ui.painter().rect_stroke(rect.shrink(1.0), size::RADIUS, ring, StrokeKind::Inside);
        }
        if response.has_focus() {
            let ring = Stroke::new(2.0, color(kit.theme.accent));
            ui.painter().rect_stroke(rect.expand(2.0), 7.0, ring, StrokeKind::Inside);
        }
        let name = kit.t(name);
        let is_enabled = ui.is_enabled();
        response
            .widget_info(|| WidgetInfo::selected(Role::RadioButton, is_enabled, is_on, name));
        if kit.tip(response, name).clicked() {
            label.set_color(rgb);
        }
    }
}
