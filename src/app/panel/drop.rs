//! What is said while files are held over the window.

use egui::{
    Area, Context, CornerRadius, Id, Order, Rect, Role, Sense, Stroke, StrokeKind, WidgetInfo,
    vec2,
};

use crate::app::drop::Dropped;
use crate::app::widget::{Kit, TextKind, color};
use crate::theme::size;
use crate::typeset::{Align, Base, Fit};

/// Draws over the whole window what will become of what is held over it.
pub(in crate::app) fn ui(ctx: &Context, kit: &mut Kit, held: Option<&Dropped>) {
    let Some(held) = held else { return };
    let message = held.told();
    let text = message.get(kit.lang);
    let area = ctx.content_rect();
    let layer = Area::new(Id::unique("held")).order(Order::Tooltip).fixed_pos(area.min);
    layer.interactable(false).constrain(false).show(ctx, |ui| {
        let (_, response) = ui.allocate_exact_size(area.size(), Sense::hover());
        ui.painter().rect_filled(area, 0.0, color(kit.theme.shade));
        let frame = area.shrink(size::MARGIN);
        let stroke = Stroke::new(3.0, color(kit.theme.accent));
        ui.painter().rect_stroke(frame, CornerRadius::same(8), stroke, StrokeKind::Inside);
        let base = if kit.rtl() { Base::RightToLeft } else { Base::LeftToRight };
        let width = 460.0_f32.min(area.width() - 96.0);
        let pixels = (width * ui.ctx().pixels_per_point()).floor();
        let fit = Fit::wrapped(pixels).aligned(Align::Center);
        let set = kit.set_based(ui, text, TextKind::Heading, base, fit);
        let inner = vec2(width, Kit::size(ui, &set).y);
        let card = Rect::from_center_size(area.center(), inner + vec2(48.0, 40.0));
        ui.painter().rect(
            card,
            CornerRadius::same(8),
            color(kit.theme.panel),
            Stroke::new(1.0, color(kit.theme.edge)),
            StrokeKind::Inside,
        );
        let at = card.min + vec2(24.0, 20.0);
        let ink = kit.theme.text;
        kit.paint(ui.painter(), at, &set, ink);
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    });
}
