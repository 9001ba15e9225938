//! A notice above everything else, until it is dismissed.

use egui::{Frame, Margin, Panel, Ui};

use crate::app::action::Action;
use crate::app::notice::Notice;
use crate::app::widget::{Button, Ink, Kit, TextKind, color};
use crate::lang::both;
use crate::theme::size;

/// Shows the notice, if there is one, above the rest of the window.
pub(in crate::app) fn ui(
    ui: &mut Ui,
    kit: &mut Kit,
    notice: Option<&Notice>,
    out: &mut Vec<Action>,
) {
    let Some(notice) = notice else { return };
    let frame =
        Frame::new().fill(color(kit.theme.panel)).inner_margin(Margin::symmetric(12, 8));
    Panel::top("notice").frame(frame).show(ui, |ui| {
        ui.with_layout(kit.column(), |ui| {
            kit.paragraph(ui, notice.message.get(kit.lang), TextKind::Body, Ink::Caution);
            ui.add_space(size::GAP);
            let dismiss = kit.t(both("فهمت، أغلق التنبيه", "Dismiss"));
            if Button::new(dismiss).ui(ui, kit).clicked() {
                out.push(Action::DismissNotice);
            }
        });
    });
}
