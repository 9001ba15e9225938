//! A short tour: cards that point at the places of a working day.
//!
//! A card takes no key and no focus: what it tells of can be done while it stands there.

use egui::{Area, Context, CornerRadius, Id, Order, Rect, Stroke, StrokeKind, Ui, pos2, vec2};

use super::value_id;
use crate::app::action::Action;
use crate::app::start::Start;
use crate::app::widget::{ArticleView, Button, Ink, Kit, TextKind, color};
use crate::lang::{Message, both};
use crate::theme::size;

/// How many cards there are.
pub(in crate::app) const NUM_CARDS: usize = 6;

/// A card's width, in points.
const WIDTH: f32 = 330.0;

/// A card's height at most, in points: where there is room for so much, it stands there.
const HEIGHT: f32 = 150.0;

/// What a card points at.
enum Spot {
    /// The article.
    Article,
    /// The field of the chosen span's value.
    Value,
    /// The button of a command.
    Command(&'static str),
    /// The same, from the article's corner: below that button is the title.
    FromAfar(&'static str),
}

/// Remembers where a command's button was drawn.
pub(super) fn mark(ui: &Ui, command: &str, rect: Rect) {
    let at = ui.ctx().cumulative_pass_nr();
    ui.data_mut(|data| data.insert_temp(Id::unique(("tour", command)), (at, rect)));
}

/// Where it was drawn, if it is seen.
fn place(ctx: &Context, spot: &Spot) -> Option<Rect> {
    match spot {
        Spot::Article => ctx.read_response(ArticleView::id()).map(|response| response.rect),
        Spot::Value => ctx.read_response(value_id()).map(|response| response.rect),
        Spot::Command(id) | Spot::FromAfar(id) => {
            let now = ctx.cumulative_pass_nr();
            let id = Id::unique(("tour", *id));
            let place = ctx.data(|data| data.get_temp::<(u64, Rect)>(id));
            place.filter(|(at, _)| *at == now).map(|(_, rect)| rect)
        }
    }
}

/// What a card points at and says; keys are those that count.
fn card(kit: &Kit, at: usize) -> (Spot, Message) {
    let key = |id: &str| {
        let key = kit.keymap.key_of(id).unwrap_or_default();
        format!("\u{2066}{key}\u{2069}")
    };
    match at {
        0 => (
            Spot::Article,
            Message::new(
                "انقر كلمة نقرتين لتحددها، أو اسحب فوق كلمات، ثم اضغط رقم الوسم: 1 للمدينة، 2 للجهاز الرسمي، 3 للعدد، 4 للتاريخ.",
                "Double-click a word to select it, or drag over words, then press a label’s number: 1 for a city, 2 for an agency, 3 for a count, 4 for a date.",
            ),
        ),
        1 => (
            Spot::Value,
            Message::new(
                "للموضع المختار قيمة: العدد رقمًا، والتاريخ كاملًا، والمدينة باسمها المعروف. اضغط Enter لتكتبها، ثم Enter مرة أخرى لتعود إلى المقال.",
                "The chosen span has a value: a count in digits, a date in full, a city by its usual name. Enter goes there, and Enter again goes back to the article.",
            ),
        ),
        2 => (
            Spot::Command("edit.undo"),
            Message::new(
                format!(
                    "يُتراجع عن كل خطوة بالمفتاحين {}، حتى عما وُسم دفعة واحدة. وكل خطوة تُحفظ في الحال.",
                    key("edit.undo")
                ),
                format!(
                    "{} takes back every step, also what was labeled all at once. Each step is saved at once.",
                    key("edit.undo")
                ),
            ),
        ),
        3 => (
            Spot::FromAfar("document.finish"),
            Message::new(
                format!(
                    "إذا أنهيت المقال فاضغط {}: يصير منتهيًا ويُفتح التالي.",
                    key("document.finish")
                ),
                format!(
                    "When an article is done, {} finishes it and opens the next one.",
                    key("document.finish")
                ),
            ),
        ),
        4 => (
            Spot::Command("project.export"),
            Message::new(
                format!(
                    "تُصدَّر المقالات المنتهية ملفًا واحدًا، للتدريب أو مجموعة ذهبية: {}.",
                    key("project.export")
                ),
                format!(
                    "Finished articles are exported to one file, for training or as a gold set: {}.",
                    key("project.export")
                ),
            ),
        ),
        _ => (
            Spot::FromAfar("help.keys"),
            Message::new(
                format!(
                    "كل المفاتيح في {}، وكل أمر باسمه في {}. وتعود هذه الجولة من قائمة المساعدة.",
                    key("help.keys"),
                    key("help.palette")
                ),
                format!(
                    "All keys are in {}, and every command by its name in {}. This tour is in the help menu.",
                    key("help.keys"),
                    key("help.palette")
                ),
            ),
        ),
    }
}

/// Draws the card, if the tour is on.
pub(in crate::app) fn ui(
    ctx: &Context,
    kit: &mut Kit,
    at: Option<usize>,
    out: &mut Vec<Action>,
) {
    let Some(at) = at else { return };
    let (spot, message) = card(kit, at);
    let window = ctx.content_rect();
    let place = place(ctx, &spot);
    let width = WIDTH.min(window.width() - 2.0 * size::MARGIN);
    let stands_at = match &spot {
        Spot::FromAfar(_) => self::place(ctx, &Spot::Article),
        _ => place,
    };
    let corner = corner(kit, window, (&spot, stands_at), width);
    let layer = Area::new(Id::unique("tour")).order(Order::Middle).fixed_pos(corner);
    layer.movable(false).show(ctx, |ui| {
        if let (Spot::Value | Spot::Command(_) | Spot::FromAfar(_), Some(place)) =
            (&spot, place)
        {
            let stroke = Stroke::new(2.0, color(kit.theme.accent));
            let ring = place.expand(3.0);
            let painter = ui.painter().with_clip_rect(window);
            painter.rect_stroke(ring, CornerRadius::same(7), stroke, StrokeKind::Outside);
        }
        let frame = egui::Frame::new()
            .fill(color(kit.theme.page))
            .stroke(Stroke::new(2.0, color(kit.theme.accent)))
            .corner_radius(8.0)
            .inner_margin(14.0);
        frame.show(ui, |ui| {
            ui.set_width(width - 32.0);
            ui.with_layout(kit.column(), |ui| content(ui, kit, (at, &message), out));
        });
    });
}

/// Where the card stands: beside what it points at, and never over it.
fn corner(
    kit: &Kit,
    window: Rect,
    (spot, place): (&Spot, Option<Rect>),
    width: f32,
) -> egui::Pos2 {
    // What is understood of a value stands below its field.
    let gap = if matches!(spot, Spot::Value) { 34.0 } else { 14.0 };
    let room = window.shrink(size::MARGIN);
    let (x, y) = match (spot, place) {
        (Spot::Value | Spot::Command(_), Some(place)) => {
            let below = place.bottom() + gap + HEIGHT <= room.bottom();
            let y = if below { place.bottom() + gap } else { place.top() - gap - HEIGHT };
            (place.center().x - width / 2.0, y)
        }
        // In the article's corner where reading ends, below its last lines.
        (_, place) => {
            let area = place.unwrap_or(room).shrink(size::MARGIN);
            let x = if kit.rtl() { area.left() } else { area.right() - width };
            (x, area.bottom() - HEIGHT)
        }
    };
    let most = (room.right() - width).max(room.left());
    pos2(
        x.clamp(room.left(), most),
        y.clamp(room.top(), (room.bottom() - HEIGHT).max(room.top())),
    )
}

fn content(
    ui: &mut Ui,
    kit: &mut Kit,
    (at, message): (usize, &Message),
    out: &mut Vec<Action>,
) {
    ui.spacing_mut().item_spacing.y = 6.0;
    kit.paragraph(ui, message.get(kit.lang), TextKind::Body, Ink::Text);
    let row = vec2(ui.available_width(), size::CONTROL);
    ui.allocate_ui_with_layout(row, kit.row(), |ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let end = both("أنهِ الجولة", "End the tour");
        if at + 1 < NUM_CARDS {
            let next = Button::new(kit.t(both("التالي", "Next")));
            let next = next.named(kit.t(both("البطاقة التالية", "Next card"))).primary();
            if next.ui(ui, kit).clicked() {
                out.push(Action::Start(Start::Tour(Some(at + 1))));
            }
            if Button::new(kit.t(end)).flat().ui(ui, kit).clicked() {
                out.push(Action::Start(Start::Tour(None)));
            }
        } else if Button::new(kit.t(end)).primary().ui(ui, kit).clicked() {
            out.push(Action::Start(Start::Tour(None)));
        }
        if let Some(before) = at.checked_sub(1) {
            let back = Button::new(kit.t(both("السابق", "Back"))).flat();
            let back = back.named(kit.t(both("البطاقة السابقة", "Previous card")));
            if back.ui(ui, kit).clicked() {
                out.push(Action::Start(Start::Tour(Some(before))));
            }
        }
        ui.with_layout(kit.row_end(), |ui| {
            let text = format!("\u{2066}{} / {NUM_CARDS}\u{2069}", at + 1);
            kit.label(ui, &text, TextKind::Small, Ink::Weak);
        });
    });
}
