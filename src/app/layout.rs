//! How the window's regions stand: which are hidden, how large each is, and the edges to drag.

use egui::{
    CursorIcon, EventFilter, Frame, Id, Key, Margin, Panel, Pos2, Rect, Role, Sense, Ui,
    WidgetInfo, pos2,
};

use super::action::Action;
use super::widget::{Kit, color};
use crate::lang::{Bilingual, both};

/// A region whose size is the person's to choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Region {
    /// The list of documents.
    Documents,
    /// The chosen span and the guidelines.
    Inspector,
    /// The problems.
    Problems,
    /// The steps.
    Steps,
    /// The records.
    Records,
    /// The search over all documents.
    Search,
}

/// What is asked of the layout.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Rearrange {
    /// A region gets another size, in points.
    Resize(Region, f32),
    /// Everything stands again as it did at first.
    Reset,
    /// Only the article is shown, or the rest again.
    Alone,
    /// The drawer goes back.
    CloseDrawer,
}

/// How the regions stand. It is the program's, not a project's.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Layout {
    documents: f32,
    inspector: f32,
    problems: f32,
    steps: f32,
    records: f32,
    search: f32,
    /// Whether the list of documents is hidden where it has room.
    pub(super) hides_documents: bool,
    /// Whether the inspector is.
    pub(super) hides_inspector: bool,
    /// Whether the steps are shown.
    pub(super) shows_steps: bool,
    /// Whether the records are.
    pub(super) shows_records: bool,
    /// The window's size in points, when it was last neither maximized nor full.
    pub(super) window: Option<(f32, f32)>,
    /// Whether it was maximized.
    pub(super) is_maximized: bool,
}

impl Default for Layout {
    fn default() -> Self {
        let first = Region::first;
        Self {
            documents: first(Region::Documents),
            inspector: first(Region::Inspector),
            problems: first(Region::Problems),
            steps: first(Region::Steps),
            records: first(Region::Records),
            search: first(Region::Search),
            hides_documents: false,
            hides_inspector: false,
            shows_steps: false,
            shows_records: false,
            window: None,
            is_maximized: false,
        }
    }
}

impl Layout {
    /// A region's size in points.
    pub(super) fn size(&self, region: Region) -> f32 {
        match region {
            Region::Documents => self.documents,
            Region::Inspector => self.inspector,
            Region::Problems => self.problems,
            Region::Steps => self.steps,
            Region::Records => self.records,
            Region::Search => self.search,
        }
    }

    /// Puts all regions back to how they stood at first; the window stays as it is.
    pub(super) fn reset(&mut self) {
        let (window, is_maximized) = (self.window, self.is_maximized);
        *self = Self { window, is_maximized, ..Self::default() };
    }

    /// Gives a region another size; what is no size is passed over.
    pub(super) fn resize(&mut self, region: Region, size: f32) {
        if !size.is_finite() {
            return;
        }
        let place = match region {
            Region::Documents => &mut self.documents,
            Region::Inspector => &mut self.inspector,
            Region::Problems => &mut self.problems,
            Region::Steps => &mut self.steps,
            Region::Records => &mut self.records,
            Region::Search => &mut self.search,
        };
        *place = size.clamp(80.0, 4_000.0);
    }
}

impl Region {
    /// All of them, as they are written in the settings.
    pub(super) const ALL: [(Self, &'static str); 6] = [
        (Self::Documents, "documents"),
        (Self::Inspector, "inspector"),
        (Self::Problems, "problems"),
        (Self::Steps, "steps"),
        (Self::Records, "records"),
        (Self::Search, "search"),
    ];

    /// Its size at first, in points.
    pub(super) fn first(self) -> f32 {
        match self {
            Self::Documents => 280.0,
            Self::Inspector => 300.0,
            Self::Problems => 160.0,
            Self::Steps => 180.0,
            Self::Records | Self::Search => 240.0,
        }
    }

    /// Its size where there are so many points and nobody has chosen another: in a wide window
    /// the panels take some of what the article's lines leave, for longer titles and names.
    fn wanted(self, layout: &Layout, room: f32) -> f32 {
        let chosen = layout.size(self);
        let (part, most) = match self {
            Self::Documents => (0.19, 380.0),
            Self::Inspector => (0.235, 380.0),
            Self::Problems | Self::Steps | Self::Records | Self::Search => return chosen,
        };
        let is_at_first = chosen.to_bits() == self.first().to_bits();
        if is_at_first { (room * part).clamp(chosen, most) } else { chosen }
    }

    /// Its least and largest size where there are so many points: the article keeps its part.
    fn bounds(self, room: f32) -> (f32, f32) {
        let (least, most) = match self {
            Self::Documents => (200.0, (room * 0.4).min(520.0)),
            Self::Inspector => (220.0, (room * 0.48).min(600.0)),
            Self::Problems | Self::Steps => (90.0, room * 0.6),
            Self::Records => (130.0, room * 0.5),
            Self::Search => (160.0, room * 0.6),
        };
        (least, most.max(least))
    }

    fn is_beside(self) -> bool {
        matches!(self, Self::Documents | Self::Inspector)
    }

    /// Its edge, for the accessibility tree.
    fn edge(self) -> Bilingual {
        match self {
            Self::Documents => both("حافة قائمة المقالات", "Edge of the list of documents"),
            Self::Inspector => both("حافة لوح الموضع", "Edge of the span’s panel"),
            Self::Problems => both("حافة المشكلات", "Edge of the problems"),
            Self::Steps => both("حافة الخطوات", "Edge of the steps"),
            Self::Records => both("حافة السجلات", "Edge of the records"),
            Self::Search => both("حافة البحث", "Edge of the search"),
        }
    }
}

/// At which side of the window a region stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Left,
    Right,
    Bottom,
}

/// Draws a region at its side, with an edge to drag.
pub(super) fn show(
    ui: &mut Ui,
    kit: &mut Kit,
    (region, layout): (Region, &Layout),
    out: &mut Vec<Action>,
    add: impl FnOnce(&mut Ui, &mut Kit, &mut Vec<Action>),
) {
    let side = match region {
        _ if !region.is_beside() => Side::Bottom,
        _ if (region == Region::Documents) == kit.rtl() => Side::Right,
        _ => Side::Left,
    };
    let id = Id::unique(("region", region));
    let (panel, room, margin) = match side {
        Side::Left => (Panel::left(id), ui.available_width(), Margin::symmetric(12, 0)),
        Side::Right => (Panel::right(id), ui.available_width(), Margin::symmetric(12, 0)),
        Side::Bottom => (Panel::bottom(id), ui.available_height(), Margin::symmetric(12, 3)),
    };
    let (least, most) = region.bounds(room);
    let size = region.wanted(layout, room).clamp(least, most).round();
    let frame = Frame::new().fill(color(kit.theme.panel)).inner_margin(margin);
    let panel = panel.resizable(false).exact_size(size).frame(frame);
    let rect = panel.show(ui, |ui| add(ui, kit, out)).response.rect;
    if let Some(wanted) = edge(ui, kit, (region, side), (rect, size)) {
        let wanted = wanted.clamp(least, most);
        out.push(Action::Rearrange(Rearrange::Resize(region, wanted)));
    }
}

/// The edge between a region and the article: to drag, to move by arrows, and by a double
/// click or Enter to where it was at first. The size that is asked for.
fn edge(
    ui: &Ui,
    kit: &Kit,
    (region, side): (Region, Side),
    (rect, size): (Rect, f32),
) -> Option<f32> {
    // Mostly within the region, whose margin is empty: beside it the article takes presses.
    const INNER: f32 = 6.0;
    const OUTER: f32 = 2.0;
    let (line, grip) = match side {
        Side::Left => {
            let x = rect.right();
            (
                Rect::from_x_y_ranges(x - 1.0..=x + 1.0, rect.y_range()),
                Rect::from_x_y_ranges(x - INNER..=x + OUTER, rect.y_range()),
            )
        }
        Side::Right => {
            let x = rect.left();
            (
                Rect::from_x_y_ranges(x - 1.0..=x + 1.0, rect.y_range()),
                Rect::from_x_y_ranges(x - OUTER..=x + INNER, rect.y_range()),
            )
        }
        Side::Bottom => {
            let y = rect.top();
            (
                Rect::from_x_y_ranges(rect.x_range(), y - 1.0..=y + 1.0),
                Rect::from_min_max(
                    pos2(rect.left(), y - OUTER),
                    pos2(rect.right(), y + INNER / 2.0),
                ),
            )
        }
    };
    let id = Id::unique(("edge", region));
    let cursor = match side {
        Side::Bottom => CursorIcon::ResizeVertical,
        Side::Left | Side::Right => CursorIcon::ResizeHorizontal,
    };
    let response =
        ui.interact(grip, id, Sense::click_and_drag()).on_hover_and_drag_cursor(cursor);
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::Splitter, true, kit.t(region.edge()));
        info.value = Some(f64::from(size));
        info
    });
    if response.hovered() || response.dragged() || response.has_focus() {
        let painter = ui.ctx().layer_painter(ui.layer_id());
        painter.rect_filled(line, 0.0, color(kit.theme.accent));
    }
    if response.double_clicked() {
        return Some(region.first());
    }
    if response.has_focus()
        && let Some(wanted) = keys(ui, id, side)
    {
        return Some(wanted.map_or(region.first(), |by| size + by));
    }
    let pointer = response.interact_pointer_pos()?;
    let reach = |at: Pos2| match side {
        Side::Left => at.x - rect.left(),
        Side::Right => rect.right() - at.x,
        Side::Bottom => rect.bottom() - at.y,
    };
    if response.drag_started() {
        // Where within the grip the hand took hold of it, so that the edge does not jump.
        let origin = ui.input(|input| input.pointer.press_origin()).unwrap_or(pointer);
        ui.data_mut(|data| data.insert_temp(id, size - reach(origin)));
    }
    let hold = ui.data(|data| data.get_temp::<f32>(id)).unwrap_or_default();
    response
        .dragged()
        .then_some(reach(pointer) + hold)
        .filter(|wanted| (wanted - size).abs() >= 1.0)
}

/// By how much the keys move the edge; within, none for back to where it was at first.
fn keys(ui: &Ui, id: Id, side: Side) -> Option<Option<f32>> {
    const STEP: f32 = 16.0;
    let filter = EventFilter {
        horizontal_arrows: side != Side::Bottom,
        vertical_arrows: side == Side::Bottom,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    let (more, less) = match side {
        Side::Left => (Key::ArrowRight, Key::ArrowLeft),
        Side::Right => (Key::ArrowLeft, Key::ArrowRight),
        Side::Bottom => (Key::ArrowUp, Key::ArrowDown),
    };
    ui.input(|input| {
        if input.key_pressed(Key::Enter) {
            Some(None)
        } else if input.key_pressed(more) {
            Some(Some(STEP))
        } else if input.key_pressed(less) {
            Some(Some(-STEP))
        } else {
            None
        }
    })
}
