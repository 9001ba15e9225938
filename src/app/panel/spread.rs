//! The other occurrences of a span's words, in context, to tick.

use egui::{
    CornerRadius, EventFilter, Id, Key, Mesh, Painter, Rect, Role, Sense, Stroke, StrokeKind,
    Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use crate::app::access;
use crate::app::action::Action;
use crate::app::dialog::{Deed, SpreadForm};
use crate::app::widget::{Button, Ink, Kit, TextKind, color, rows};
use crate::lang::{DOCUMENT, Explain as _, Lang, OCCURRENCE, both, isolated};
use crate::project::{Place, Project};
use crate::theme::{Rgba, Shades, size};
use crate::typeset::{Align, Base, Fit};

/// The height of a row of one line, and of one with a second, smaller line, in points.
const LINE: f32 = 32.0;
const TWO_LINES: f32 = 50.0;

/// The width of the tick's column, in points.
const TICK: f32 = 30.0;

/// How wide the strip is in which words fade that have no room, in points.
const FADE: f32 = 36.0;

/// How many rows Page Down goes.
const PAGE: usize = 8;

/// Where the focus is while keys are about the list.
pub(in crate::app) fn list_id() -> Id {
    Id::unique("occurrences")
}

pub(super) fn ui(
    ui: &mut Ui,
    kit: &mut Kit,
    (project, form, height): (Option<&Project>, &mut SpreadForm, f32),
    out: &mut Vec<Action>,
) {
    let label =
        project.zip(form.deed.label()).and_then(|(project, id)| project.schema().label(id));
    let name = label.map_or("", |label| label.name.get(kit.lang));
    let shades = kit.theme.shades(label.map_or([128, 128, 128], |label| label.color));
    header(ui, kit, form, name);
    ui.add_space(size::GAP);
    // What was given in a frame in which the dialog was measured does not stay.
    if ui.memory(|memory| memory.focused().is_none()) {
        ui.memory_mut(|memory| memory.request_focus(list_id()));
    }
    keys(ui, form, out);
    list(ui, kit, (form, shades), height);
    ui.add_space(size::PAD);
    buttons(ui, kit, form, out);
}

fn header(ui: &mut Ui, kit: &mut Kit, form: &SpreadForm, name: &str) {
    let words = isolated(form.deed.words());
    let title = match (&form.deed, kit.lang) {
        (Deed::Label(_), Lang::Ar) => format!("سائر مواضع «{words}» · {name}"),
        (Deed::Label(_), Lang::En) => format!("Other occurrences of “{words}” · {name}"),
        (Deed::Accept(_), Lang::Ar) => format!("اقبل كل ما يماثل «{words}» · {name}"),
        (Deed::Accept(_), Lang::En) => format!("Accept all like “{words}” · {name}"),
        (Deed::Reject(_), Lang::Ar) => format!("ارفض كل ما يماثل «{words}» · {name}"),
        (Deed::Reject(_), Lang::En) => format!("Reject all like “{words}” · {name}"),
    };
    kit.label(ui, &title, TextKind::Heading, Ink::Text);
    let mut parts = vec![kit.count(&OCCURRENCE, form.found.places.len())];
    if form.everywhere {
        let mut documents: Vec<_> = form.found.places.iter().map(|p| &p.document).collect();
        documents.dedup();
        let documents = kit.count(&DOCUMENT, documents.len());
        parts.push(match kit.lang {
            Lang::Ar => documents,
            Lang::En => format!("in {documents}"),
        });
    }
    let refused = form.found.places.len() - form.num_possible();
    if refused > 0 {
        parts.push(match kit.lang {
            Lang::Ar => format!("لا يمكن وسم {} منها", kit.number(refused)),
            Lang::En => format!("{refused} not possible"),
        });
    }
    if form.found.num_ignored > 0 {
        let ignored = kit.count(&DOCUMENT, form.found.num_ignored);
        parts.push(match kit.lang {
            Lang::Ar => format!("تُركت المتجاهَلة: {ignored}"),
            Lang::En => format!("left out as ignored: {ignored}"),
        });
    }
    if form.found.is_stopped {
        parts.push(kit.t(both("أُوقف البحث قبل آخره", "the search was stopped")).to_owned());
    }
    kit.paragraph(ui, &parts.join(" · "), TextKind::Small, Ink::Weak);
    let is_dated = matches!(&form.deed, Deed::Label(pattern) if pattern.is_told_from_its_day());
    if form.everywhere && is_dated {
        let why = both(
            "هذا التاريخ منسوب إلى يوم الكتابة، فلا تُنسخ قيمته إلى المقالات الأخرى.",
            "This date is told from the day of writing: other documents get no value of it.",
        );
        kit.paragraph(ui, kit.t(why), TextKind::Small, Ink::Caution);
    }
}

/// Space ticks, the arrows go on, `A` ticks all or none, Enter labels.
fn keys(ui: &mut Ui, form: &mut SpreadForm, out: &mut Vec<Action>) {
    let id = list_id();
    if !ui.memory(|memory| memory.has_focus(id)) {
        return;
    }
    let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    let last = form.found.places.len().saturating_sub(1);
    let pressed = ui.input(|input| {
        let keys = input.events.iter().filter_map(|event| match event {
            egui::Event::Key { key, pressed: true, modifiers, .. } if !modifiers.alt => {
                Some(*key)
            }
            _ => None,
        });
        keys.collect::<Vec<_>>()
    });
    for key in pressed {
        let before = form.row;
        match key {
            Key::ArrowDown => form.row = (form.row + 1).min(last),
            Key::ArrowUp => form.row = form.row.saturating_sub(1),
            Key::PageDown => form.row = (form.row + PAGE).min(last),
            Key::PageUp => form.row = form.row.saturating_sub(PAGE),
            Key::Home => form.row = 0,
            Key::End => form.row = last,
            Key::Space => form.toggle(form.row),
            Key::A => form.toggle_all(),
            Key::Enter if form.num_ticked() > 0 => out.push(Action::Spread),
            _ => {}
        }
        form.show_row |= form.row != before;
    }
}

fn list(ui: &mut Ui, kit: &mut Kit, (form, shades): (&mut SpreadForm, Shades), height: f32) {
    let id = list_id();
    let has_second = form.everywhere || form.num_possible() < form.found.places.len();
    let row_height = if has_second { TWO_LINES } else { LINE };
    let count = form.found.places.len();
    // Heading, summary, buttons and their margins stay.
    let most = (height - 190.0).max(2.0 * row_height);
    let shown = f32::from(u16::try_from(count).unwrap_or(u16::MAX)) * row_height;
    let room = vec2(ui.available_width(), shown.min(most));
    let (area, _) = ui.allocate_exact_size(room, Sense::hover());
    let focus = ui.interact(area, id, Sense::focusable_noninteractive());
    let name = kit.t(both("المواضع", "Occurrences"));
    focus.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, name));
    if focus.has_focus() {
        let stroke = Stroke::new(1.0, color(kit.theme.accent));
        ui.painter().rect_stroke(area.expand(2.0), size::RADIUS, stroke, StrokeKind::Outside);
    }
    let row = std::mem::take(&mut form.show_row).then_some(form.row);
    let mut clicked = None;
    let mut child = ui.new_child(UiBuilder::new().max_rect(area));
    rows(&mut child, kit, id, (count, row_height), row, |ui, kit, at, rect, response| {
        let Some(place) = form.found.places.get(at) else { return };
        let is_ticked = form.ticked.get(at).copied().unwrap_or_default();
        let ground = match (at == form.row && focus.has_focus(), response.hovered()) {
            (true, _) => Some(kit.theme.chosen),
            (false, true) => Some(kit.theme.hover),
            (false, false) => None,
        };
        if let Some(ground) = ground {
            ui.painter().rect_filled(rect, size::RADIUS, color(ground));
        }
        let (tick, rest) = ends(kit, rect, TICK);
        draw_tick(ui, kit, tick, place.refusal.is_none().then_some(is_ticked));
        let why = place.refusal.as_ref().map(|refusal| refusal.explain());
        let why = why.as_ref().map(|why| why.get(kit.lang));
        let rest = rest.shrink2(vec2(4.0, 2.0));
        let (upper, lower) = if has_second {
            rest.split_top_bottom_at_fraction(0.58)
        } else {
            (rest, Rect::NOTHING)
        };
        draw_context(ui, kit, (upper, ground.unwrap_or(kit.theme.panel)), place, shades);
        if let Some(why) = why {
            let ink = kit.theme.caution;
            kit.paint_in(ui, lower, (why, TextKind::Small), ink, Align::Start);
        } else if form.everywhere {
            let ink = kit.theme.weak;
            kit.paint_content(ui, lower, (&place.title, TextKind::Small), ink);
        }
        let name = match why {
            Some(why) => format!("{} · {why}", place.context),
            None if form.everywhere => format!("{} · {}", place.context, place.title),
            None => place.context.clone(),
        };
        response.widget_info(|| match place.refusal {
            None => WidgetInfo::selected(Role::CheckBox, true, is_ticked, &name),
            Some(_) => WidgetInfo::labeled(Role::Label, false, &name),
        });
        if response.clicked() {
            clicked = Some(at);
        }
        if let Some(why) = why {
            kit.tip(response, why);
        }
    });
    access::name_list(ui.ctx(), id, name);
    if let Some(at) = clicked {
        form.row = at;
        form.toggle(at);
        focus.request_focus();
    }
}

/// The end of a row where reading begins, so wide, and the rest.
fn ends(kit: &Kit, rect: Rect, width: f32) -> (Rect, Rect) {
    if kit.rtl() {
        let (rest, end) = rect.split_left_right_at_x(rect.right() - width);
        (end, rest)
    } else {
        rect.split_left_right_at_x(rect.left() + width)
    }
}

/// A box, ticked or not; none for what cannot be ticked: a bar.
fn draw_tick(ui: &Ui, kit: &Kit, rect: Rect, ticked: Option<bool>) {
    let at = Rect::from_center_size(rect.center(), vec2(16.0, 16.0));
    let theme = kit.theme;
    let painter = ui.painter();
    let Some(is_ticked) = ticked else {
        let (left, right) = (at.left_center() + vec2(3.0, 0.0), at.right_center());
        let stroke = Stroke::new(2.0, color(theme.weak));
        painter.line_segment([left, right - vec2(3.0, 0.0)], stroke);
        return;
    };
    let edge = Stroke::new(1.5, color(if is_ticked { theme.accent } else { theme.edge }));
    let fill = if is_ticked { theme.accent } else { theme.page };
    painter.rect_filled(at, 3.0, color(fill));
    painter.rect_stroke(at, CornerRadius::same(3), edge, StrokeKind::Inside);
    if is_ticked {
        let points = [vec2(-4.5, 0.0), vec2(-1.5, 3.5), vec2(4.5, -3.5)];
        let points = points.map(|by| at.center() + by).to_vec();
        painter.line(points, Stroke::new(2.0, color(theme.on_accent)));
    }
}

/// The words around a place, the place itself in the middle, on its label's ground. Where there
/// is no room for all of them they fade into the row's ground.
fn draw_context(
    ui: &Ui,
    kit: &mut Kit,
    (rect, row_ground): (Rect, Rgba),
    place: &Place,
    shades: Shades,
) {
    let scale = ui.ctx().pixels_per_point();
    let set = kit.set_based(ui, &place.context, TextKind::Body, Base::Auto, Fit::FREE);
    let hit = set.rects(place.hit);
    let left = hit.iter().map(|hit| hit.left).fold(f32::INFINITY, f32::min) / scale;
    let right = hit.iter().map(|hit| hit.right).fold(f32::NEG_INFINITY, f32::max) / scale;
    let middle = if left <= right { (left + right) / 2.0 } else { 0.0 };
    let height = Kit::size(ui, &set).y;
    let origin = pos2(rect.center().x - middle, rect.center().y - height / 2.0);
    let origin = pos2((origin.x * scale).round() / scale, origin.y);
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    for hit in hit {
        let ground = Rect::from_min_max(
            origin + vec2(hit.left, hit.top) / scale,
            origin + vec2(hit.right, hit.bottom) / scale,
        );
        painter.rect_filled(ground.expand2(vec2(1.0, 0.0)), 3.0, color(shades.fill));
        let bar = Rect::from_min_max(ground.left_bottom() - vec2(0.0, 2.0), ground.max);
        painter.rect_filled(bar, 0.0, color(shades.bar));
    }
    let ink = if place.refusal.is_some() { kit.theme.weak } else { kit.theme.text };
    kit.paint(&painter, origin, &set, ink);
    let whole = Rect::from_min_size(origin, Kit::size(ui, &set));
    if whole.left() < rect.left() {
        fade(&painter, rect, (rect.left(), rect.left() + FADE), row_ground);
    }
    if whole.right() > rect.right() {
        fade(&painter, rect, (rect.right(), rect.right() - FADE), row_ground);
    }
}

/// Covers a strip of `rect`: wholly at the first x, not at all at the second.
fn fade(painter: &Painter, rect: Rect, (full, none): (f32, f32), ground: Rgba) {
    let (solid, clear) = (color(ground), color(ground).gamma_multiply(0.0));
    let mut mesh = Mesh::default();
    for (x, color) in [(full, solid), (none, clear)] {
        mesh.colored_vertex(pos2(x, rect.top()), color);
        mesh.colored_vertex(pos2(x, rect.bottom()), color);
    }
    mesh.add_triangle(0, 1, 2);
    mesh.add_triangle(1, 2, 3);
    painter.add(mesh);
}

fn buttons(ui: &mut Ui, kit: &mut Kit, form: &mut SpreadForm, out: &mut Vec<Action>) {
    let row = vec2(ui.available_width(), size::CONTROL);
    let count = form.num_ticked();
    ui.allocate_ui_with_layout(row, kit.row(), |ui| {
        let what = kit.count(&OCCURRENCE, count);
        let verb = match (&form.deed, kit.lang) {
            _ if count == 0 => kit.t(both("لا شيء مختار", "Nothing is ticked")).to_owned(),
            (Deed::Label(_), Lang::Ar) => format!("وسم: {what}"),
            (Deed::Label(_), Lang::En) => format!("Label {what}"),
            (Deed::Accept(_), Lang::Ar) => format!("قبول: {what}"),
            (Deed::Accept(_), Lang::En) => format!("Accept {what}"),
            (Deed::Reject(_), Lang::Ar) => format!("رفض: {what}"),
            (Deed::Reject(_), Lang::En) => format!("Reject {what}"),
        };
        let button = Button::new(&verb).primary().enabled(count > 0).tip("Enter");
        if button.ui(ui, kit).clicked() {
            out.push(Action::Spread);
        }
        if Button::new(kit.t(both("ألغِ", "Cancel"))).tip("Esc").ui(ui, kit).clicked() {
            out.push(Action::Show(None));
        }
        let all = if count < form.num_possible() {
            both("اختر الكل", "Tick all")
        } else {
            both("لا تختر شيئًا", "Tick none")
        };
        if Button::new(kit.t(all)).tip("A").ui(ui, kit).clicked() {
            form.toggle_all();
        }
    });
}
