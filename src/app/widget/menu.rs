//! Menus: columns of rows over the window, for the mouse and for the arrows; and boxes that
//! open one to choose from.

use egui::accesskit::HasPopup;
use egui::{
    Align2, Area, Context, EventFilter, Id, Key, Modal, Modifiers, Order, Pos2, Rect, Response,
    Role, Sense, Stroke, StrokeKind, Ui, UiKind, WidgetInfo, pos2, vec2,
};

use super::kit::{Kit, TextKind, color};
use super::scroll::scroll_area;
use crate::theme::{Rgba, size};
use crate::typeset::Align;

/// The height of a row in points.
const ROW: f32 = 30.0;

/// Where the hand is in a menu of two columns: groups, and the rows of the one it is on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::app) struct Columns {
    /// The group.
    pub(in crate::app) group: usize,
    /// The row of the group.
    pub(in crate::app) row: usize,
    /// Whether the hand is on the row, and not on the group.
    pub(in crate::app) is_inside: bool,
}

/// A row of a menu.
#[derive(Clone, Debug, Default)]
pub(in crate::app) struct MenuRow {
    /// What it does.
    pub(in crate::app) text: String,
    /// The key that does the same, or nothing.
    pub(in crate::app) key: String,
    /// Whether it cannot be done here and now.
    pub(in crate::app) is_off: bool,
    /// Whether it is what holds now; none where that says nothing.
    pub(in crate::app) is_on: Option<bool>,
    /// A color that goes with it.
    pub(in crate::app) swatch: Option<Rgba>,
    /// Whether it opens another column.
    pub(in crate::app) opens: bool,
}

/// What a key asks of a menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum MenuKey {
    /// To the next row.
    Down,
    /// To the one before.
    Up,
    /// To the first row.
    First,
    /// To the last row.
    Last,
    /// Into the column that a row opens.
    Into,
    /// Back to the column before.
    Back,
    /// Does what the row says.
    Enter,
    /// Leaves the menu.
    Leave,
}

impl MenuKey {
    /// The row that it leads to from `at`, of `count`; around the ends.
    pub(in crate::app) fn step(self, at: usize, count: usize) -> usize {
        let last = count.saturating_sub(1);
        match self {
            Self::Down if at >= last => 0,
            Self::Down => at + 1,
            Self::Up => at.checked_sub(1).unwrap_or(last),
            Self::First => 0,
            Self::Last => last,
            Self::Into | Self::Back | Self::Enter | Self::Leave => at.min(last),
        }
    }

    /// Whether it goes from row to row.
    pub(in crate::app) fn is_step(self) -> bool {
        matches!(self, Self::Down | Self::Up | Self::First | Self::Last)
    }
}

/// Takes the keys of a menu out of this frame's input.
pub(in crate::app) fn menu_keys(ctx: &Context, kit: &Kit) -> Vec<MenuKey> {
    // Onwards is to the left where reading is.
    let (onwards, back) = if kit.rtl() {
        (Key::ArrowLeft, Key::ArrowRight)
    } else {
        (Key::ArrowRight, Key::ArrowLeft)
    };
    let mut keys = Vec::new();
    ctx.input_mut(|input| {
        input.events.retain(|event| {
            let egui::Event::Key { key, pressed: true, modifiers, .. } = event else {
                return true;
            };
            let is_plain = !modifiers.command && !modifiers.alt;
            let found = match *key {
                Key::ArrowDown => Some(MenuKey::Down),
                Key::Tab if !modifiers.shift => Some(MenuKey::Down),
                Key::ArrowUp | Key::Tab => Some(MenuKey::Up),
                Key::Home => Some(MenuKey::First),
                Key::End => Some(MenuKey::Last),
                key if key == onwards => Some(MenuKey::Into),
                key if key == back => Some(MenuKey::Back),
                Key::Enter | Key::Space => Some(MenuKey::Enter),
                Key::Escape | Key::F10 => Some(MenuKey::Leave),
                _ => None,
            };
            keys.extend(found.filter(|_| is_plain));
            found.is_none() || !is_plain
        });
    });
    keys
}

/// Shows a menu of that name with its upper corner, where reading begins, at `place`; whether a
/// press beside it asks to close it.
pub(in crate::app) fn popup<T>(
    ctx: &Context,
    kit: &mut Kit,
    id: Id,
    (name, place): (&str, Pos2),
    add: impl FnOnce(&mut Ui, &mut Kit) -> T,
) -> (T, bool) {
    kit.has_popup = true;
    let theme = kit.theme;
    let pivot = if kit.rtl() { Align2::RIGHT_TOP } else { Align2::LEFT_TOP };
    let area = Area::new(id)
        .kind(UiKind::Modal)
        .role(Role::Menu)
        .accessible_name(name)
        .sense(Sense::hover())
        .order(Order::Foreground)
        .pivot(pivot)
        .fixed_pos(place)
        .constrain(true);
    let frame = egui::Frame::new()
        .fill(color(theme.panel))
        .stroke(Stroke::new(1.0, color(theme.edge)))
        .corner_radius(6.0)
        .shadow(egui::Shadow { offset: [0, 3], blur: 12, spread: 0, color: color(theme.shade) })
        .inner_margin(5.0);
    let modal =
        Modal::new(id).area(area).frame(frame).backdrop_color(egui::Color32::TRANSPARENT);
    let shown = modal.show(ctx, |ui| add(ui, kit));
    let beside = &shown.backdrop_response;
    let closes = beside.clicked() || beside.secondary_clicked();
    (shown.inner, closes)
}

/// A place for a menu of so many rows near `place`: higher up where there is no room below it.
pub(in crate::app) fn fitted(ctx: &Context, place: Pos2, count: usize) -> Pos2 {
    let window = ctx.content_rect();
    let height = f32::from(u16::try_from(count).unwrap_or(u16::MAX)) * ROW + 28.0;
    pos2(place.x, place.y.min(window.bottom() - height).max(window.top()))
}

/// What the mouse did in a column.
#[derive(Clone, Copy, Debug)]
pub(in crate::app) struct Touched {
    /// With which row.
    pub(in crate::app) row: usize,
    /// Whether it was clicked, and not only moved over.
    pub(in crate::app) is_clicked: bool,
}

/// How wide a column of rows wants to be, and how high it can be below `top`.
pub(in crate::app) fn column_size(
    ui: &Ui,
    kit: &mut Kit,
    rows: &[MenuRow],
    top: f32,
) -> egui::Vec2 {
    let window = ui.ctx().content_rect();
    let widths = rows.iter().map(|row| width_of(ui, kit, row));
    let width = widths.fold(120.0_f32, f32::max).min(window.width() * 0.6);
    let most = (window.bottom() - top - 16.0).max(3.0 * ROW);
    vec2(width, rows.iter().map(|_| ROW).sum::<f32>().min(most))
}

/// Draws a column of rows as wide as they want. `on` is the row that the hand is on; it has
/// the focus if `has_focus`.
pub(in crate::app) fn menu_column(
    ui: &mut Ui,
    kit: &mut Kit,
    id: Id,
    rows: &[MenuRow],
    (on, has_focus): (Option<usize>, bool),
) -> Option<Touched> {
    let top = ui.cursor().top();
    let wanted = column_size(ui, kit, rows, top);
    let width = wanted.x.max(ui.min_size().x);
    let moved = ui.input(|input| input.pointer.delta() != egui::Vec2::ZERO);
    let mut touched = None;
    ui.set_max_width(width);
    scroll_area(ui, kit, id.with("scroll"), wanted.y, |ui, kit| {
        let width = ui.available_width();
        ui.spacing_mut().item_spacing.y = 0.0;
        for (at, row) in rows.iter().enumerate() {
            let (rect, _) = ui.allocate_exact_size(vec2(width, ROW), Sense::hover());
            let response = ui.interact(rect, id.with(at), Sense::click());
            let is_on = on == Some(at);
            draw(ui, kit, rect, row, (is_on, is_on && has_focus));
            tell(&response, row);
            if is_on && has_focus {
                hold_focus(ui, &response);
            }
            let is_clicked = response.clicked();
            if is_clicked || (moved && response.hovered()) {
                touched = Some(Touched { row: at, is_clicked });
            }
        }
    });
    touched
}

/// Gives a row the focus and keeps it there; the menu takes the keys.
fn hold_focus(ui: &Ui, response: &Response) {
    let filter =
        EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
    if !response.has_focus() {
        response.request_focus();
        ui.scroll_to_rect(response.rect, None);
    }
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
}

/// The name and the key of a row, for the accessibility tree.
fn tell(response: &Response, row: &MenuRow) {
    let role = match row.is_on {
        Some(_) => Role::MenuItemRadio,
        None => Role::MenuItem,
    };
    response.widget_info(|| match row.is_on {
        Some(is_on) => WidgetInfo::selected(role, !row.is_off, is_on, &row.text),
        None => WidgetInfo::labeled(role, !row.is_off, &row.text),
    });
    response.ctx.accesskit_node_builder(response.id, |node| {
        if !row.key.is_empty() {
            node.set_keyboard_shortcut(row.key.as_str());
        }
        if row.opens {
            node.set_has_popup(HasPopup::Menu);
        }
    });
}

/// The room before the text of a row: for a swatch or a sign.
fn room_before(row: &MenuRow) -> f32 {
    size::PAD + if row.swatch.is_some() || row.is_on.is_some() { 20.0 } else { 0.0 }
}

fn width_of(ui: &Ui, kit: &mut Kit, row: &MenuRow) -> f32 {
    let mut width = |text: &str, kind| {
        if text.is_empty() {
            0.0
        } else {
            Kit::size(ui, &kit.set(ui, text, kind, None)).x.ceil()
        }
    };
    let key = width(&row.key, TextKind::Small);
    let text = width(&row.text, TextKind::Body);
    let after = if row.opens { 14.0 } else { 0.0 };
    room_before(row) + text + after + if key > 0.0 { key + 26.0 } else { 0.0 } + size::PAD + 2.0
}

fn draw(ui: &Ui, kit: &mut Kit, rect: Rect, row: &MenuRow, (is_on, has_focus): (bool, bool)) {
    let theme = kit.theme;
    if is_on {
        ui.painter().rect_filled(rect, size::RADIUS, color(theme.chosen));
    }
    if has_focus {
        let stroke = Stroke::new(2.0, color(theme.accent));
        ui.painter().rect_stroke(rect, size::RADIUS, stroke, StrokeKind::Inside);
    }
    let ink = if row.is_off { theme.weak.mixed(theme.panel, 0.35) } else { theme.text };
    let weak = if row.is_off { ink } else { theme.weak };
    let before = room_before(row);
    let (start, way) = if kit.rtl() { (rect.right(), -1.0) } else { (rect.left(), 1.0) };
    let sign = pos2(start + way * (size::PAD + 6.0), rect.center().y);
    if let Some(swatch) = row.swatch {
        let dot = Rect::from_center_size(sign, vec2(12.0, 12.0));
        ui.painter().rect_filled(dot, 3.0, color(swatch));
    }
    if row.is_on == Some(true) {
        // A check beside the color, which alone says nothing.
        let ink = if row.swatch.is_some() { theme.page } else { theme.text };
        let points = [vec2(-3.4, 0.2), vec2(-1.0, 2.8), vec2(3.6, -2.8)].map(|by| sign + by);
        ui.painter().line(points.to_vec(), Stroke::new(1.8, color(ink)));
    }
    let text = if kit.rtl() {
        Rect::from_min_max(rect.min + vec2(size::PAD, 0.0), rect.max - vec2(before, 0.0))
    } else {
        Rect::from_min_max(rect.min + vec2(before, 0.0), rect.max - vec2(size::PAD, 0.0))
    };
    kit.paint_in(ui, text, (&row.text, TextKind::Body), ink, Align::Start);
    if !row.key.is_empty() {
        // A key's name keeps its own order within an Arabic line.
        let key = format!("\u{2066}{}\u{2069}", row.key);
        kit.paint_in(ui, text, (&key, TextKind::Small), weak, Align::End);
    }
    if row.opens {
        let end = if kit.rtl() { text.left() + 4.0 } else { text.right() - 4.0 };
        let tip = pos2(end, rect.center().y);
        let points = [vec2(-3.0 * way, -4.0), vec2(1.0 * way, 0.0), vec2(-3.0 * way, 4.0)];
        let points = points.map(|by| tip + by).to_vec();
        ui.painter().line(points, Stroke::new(1.5, color(weak)));
    }
}

/// A box that shows what is chosen and opens a list to choose from. The row that was chosen.
///
/// `name` is what it says, for the accessibility tree.
pub(in crate::app) fn combo(
    ui: &mut Ui,
    kit: &mut Kit,
    id: Id,
    (name, chosen, is_enabled): (&str, Option<usize>, bool),
    rows: &[MenuRow],
) -> Option<usize> {
    let sense = if is_enabled { Sense::click() } else { Sense::hover() };
    let (rect, _) =
        ui.allocate_exact_size(vec2(ui.available_width(), size::CONTROL), Sense::hover());
    let response = ui.interact(rect, id, sense);
    let shown = chosen.and_then(|at| rows.get(at));
    draw_box(ui, kit, &response, shown, is_enabled);
    let mut open = ui.data(|data| data.get_temp::<Option<usize>>(id)).flatten();
    let is_open = open.is_some();
    response.widget_info(|| {
        let text = shown.map_or(String::new(), |row| row.text.clone());
        let mut info = WidgetInfo::labeled(Role::ComboBox, is_enabled, name);
        info.current_text_value = Some(text);
        info
    });
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_expanded(is_open);
        node.set_has_popup(HasPopup::Menu);
    });
    let arrow =
        |input: &mut egui::InputState| input.consume_key(Modifiers::NONE, Key::ArrowDown);
    if response.has_focus() {
        let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    }
    // The focus comes back only once the list is no longer above.
    let back = ui.data(|data| data.get_temp::<u8>(id.with("back"))).unwrap_or(0);
    if back > 0 {
        ui.memory_mut(|memory| memory.request_focus(id));
        ui.data_mut(|data| data.insert_temp(id.with("back"), back - 1));
        ui.ctx().request_repaint();
    }
    let mut taken = None;
    if let Some(at) = open {
        let (next, answer) = list(ui.ctx(), kit, (id, name, rect), rows, at);
        open = next;
        taken = answer;
        if open.is_none() {
            ui.data_mut(|data| data.insert_temp(id.with("back"), 2_u8));
        }
    } else if response.clicked() || (response.has_focus() && ui.input_mut(arrow)) {
        open = Some(chosen.unwrap_or(0));
        kit.has_popup = true;
        ui.ctx().request_repaint();
    }
    ui.data_mut(|data| data.insert_temp(id, open));
    taken
}

/// The open list of a box: the row that the hand is on, none if it closes; what was chosen.
fn list(
    ctx: &Context,
    kit: &mut Kit,
    (id, name, rect): (Id, &str, Rect),
    rows: &[MenuRow],
    mut at: usize,
) -> (Option<usize>, Option<usize>) {
    let mut answer = None;
    let mut closes = false;
    for key in menu_keys(ctx, kit) {
        match key {
            MenuKey::Enter => answer = Some(at),
            MenuKey::Leave => closes = true,
            _ => at = key.step(at, rows.len()),
        }
    }
    let place = if kit.rtl() { rect.right_bottom() } else { rect.left_bottom() };
    let (touched, beside) = popup(ctx, kit, id.with("list"), (name, place), |ui, kit| {
        ui.set_min_width(rect.width() - 12.0);
        menu_column(ui, kit, id.with("rows"), rows, (Some(at), true))
    });
    if let Some(touched) = touched {
        at = touched.row;
        answer = answer.or(touched.is_clicked.then_some(at));
    }
    closes |= beside || answer.is_some();
    ((!closes).then_some(at), answer)
}

fn draw_box(
    ui: &Ui,
    kit: &mut Kit,
    response: &Response,
    shown: Option<&MenuRow>,
    is_enabled: bool,
) {
    let (rect, theme) = (response.rect, kit.theme);
    let fill = if is_enabled && response.hovered() { theme.hover } else { theme.page };
    ui.painter().rect_filled(rect, size::RADIUS, color(fill));
    let edge = if response.has_focus() {
        Stroke::new(2.0, color(theme.accent))
    } else {
        Stroke::new(1.0, color(theme.edge))
    };
    ui.painter().rect_stroke(rect, size::RADIUS, edge, StrokeKind::Inside);
    let (text, tip) = if kit.rtl() {
        let (tip, text) = rect.split_left_right_at_x(rect.left() + 24.0);
        (text, tip)
    } else {
        rect.split_left_right_at_x(rect.right() - 24.0)
    };
    if let Some(row) = shown {
        let row =
            MenuRow { is_on: None, key: String::new(), is_off: !is_enabled, ..row.clone() };
        draw(ui, kit, text, &row, (false, false));
    }
    let points =
        [vec2(-4.0, -2.0), vec2(0.0, 2.5), vec2(4.0, -2.0)].map(|by| tip.center() + by);
    ui.painter().line(points.to_vec(), Stroke::new(1.6, color(theme.weak)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arrows_go_around_the_ends() {
        let steps = |key: MenuKey, from: &[usize]| -> Vec<usize> {
            from.iter().map(|at| key.step(*at, 3)).collect()
        };
        assert_eq!(steps(MenuKey::Down, &[0, 1, 2, 9]), [1, 2, 0, 0]);
        assert_eq!(steps(MenuKey::Up, &[0, 1, 2]), [2, 0, 1]);
        assert_eq!(steps(MenuKey::First, &[2]), [0]);
        assert_eq!(steps(MenuKey::Last, &[0]), [2]);
        assert_eq!(MenuKey::Down.step(0, 0), 0);
    }
}
