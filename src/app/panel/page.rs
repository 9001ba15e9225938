//! A page of Markdown to read: the guidelines, the manual.

use std::rc::Rc;

use egui::{EventFilter, Id, Key, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use crate::app::guide::{Block, Guide, Kind, Look};
use crate::app::widget::{Kit, TextKind, color, scrolled};
use crate::theme::size;
use crate::typeset::{Base, Fit, ShapedText};

/// How far an item of a list stands within the one above it, in points.
const INDENT: f32 = 18.0;

/// How far outside of a page the ring stands that shows its focus, in points.
pub(super) const RING: f32 = 8.0;

/// Draws a page in `area`, which takes the focus to scroll by keys. The block at its top.
pub(super) fn page(
    ui: &mut Ui,
    kit: &mut Kit,
    guide: &mut Guide,
    (id, name): (Id, &str),
    area: Rect,
) -> usize {
    let response = ui.interact(area, id, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::ScrollView, true, name));
    if response.clicked() {
        response.request_focus();
    }
    let by = if response.has_focus() { keys(ui, id, area.height()) } else { 0.0 };
    // Room for the bar also where there is none, so that lines do not move.
    let width = area.width() - 14.0;
    lay(ui, kit, guide, width);
    let tops = &guide.tops.1;
    let height = tops.last().copied().unwrap_or_default();
    let to = guide.shown.take().and_then(|at| tops.get(at)).copied();
    let (inner, top) = scrolled(ui, kit, id, (area, height), (to, by));
    let mut child = ui.new_child(UiBuilder::new().max_rect(inner));
    child.set_clip_rect(inner.intersect(ui.clip_rect()));
    let first = tops.partition_point(|y| *y <= top).saturating_sub(1);
    for (at, block) in guide.blocks.iter().enumerate().skip(first) {
        let Some(y) = tops.get(at).map(|y| near(*y - top)) else { break };
        if y > area.height() {
            break;
        }
        let base = base(ui, kit, &guide.blocks, at);
        let place = pos2(inner.left(), area.top() + y);
        draw(&child, kit, (id, block, base), place, width);
    }
    if response.has_focus() {
        let stroke = egui::Stroke::new(2.0, color(kit.theme.accent));
        let edge = area.expand(RING);
        ui.painter().rect_stroke(edge, size::RADIUS, stroke, egui::StrokeKind::Inside);
    }
    first
}

/// How far the keys scroll, in points.
fn keys(ui: &Ui, id: Id, page: f32) -> f32 {
    let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    let all = f32::MAX / 4.0;
    let steps = [
        (Key::ArrowDown, 40.0),
        (Key::ArrowUp, -40.0),
        (Key::PageDown, page * 0.9),
        (Key::Space, page * 0.9),
        (Key::PageUp, -page * 0.9),
        (Key::Home, -all),
        (Key::End, all),
    ];
    ui.input(|input| {
        steps.iter().filter(|(key, _)| input.key_pressed(*key)).map(|(_, by)| by).sum()
    })
}

/// Finds where the blocks stand, unless that is known.
fn lay(ui: &Ui, kit: &mut Kit, guide: &mut Guide, width: f32) {
    let of = (width.to_bits(), ui.ctx().pixels_per_point().to_bits());
    if guide.tops.0 == Some(of) {
        return;
    }
    let mut y = 0.0;
    let mut tops = Vec::with_capacity(guide.blocks.len() + 1);
    let mut before: Option<&Kind> = None;
    for (at, block) in guide.blocks.iter().enumerate() {
        y += f64::from(space(before, &block.kind));
        tops.push(y);
        let base = base(ui, kit, &guide.blocks, at);
        let text = set(ui, kit, (block, base), width);
        y += f64::from(Kit::size(ui, &text).y);
        before = Some(&block.kind);
    }
    tops.push(y + f64::from(size::PAD));
    guide.tops = (Some(of), tops);
}

/// The room above a block, in points.
fn space(before: Option<&Kind>, kind: &Kind) -> f32 {
    match (before, kind) {
        (None, _) => 0.0,
        (_, Kind::Heading(1 | 2)) => 20.0,
        (_, Kind::Heading(_)) => 14.0,
        (Some(Kind::Heading(_)), _) => 4.0,
        (Some(Kind::Item(..)), Kind::Item(..)) | (Some(Kind::Row(_)), Kind::Row(_)) => 3.0,
        _ => 9.0,
    }
}

fn indent(kind: &Kind) -> f32 {
    match kind {
        Kind::Item(depth, _) => INDENT * f32::from(*depth + 1),
        Kind::Code => size::PAD,
        _ => 0.0,
    }
}

/// Where a block's lines begin: each paragraph has its own direction, but all rows of a table
/// have that of its head.
fn base(ui: &Ui, kit: &mut Kit, blocks: &[Block], at: usize) -> Base {
    let is_row = |block: &&Block| matches!(block.kind, Kind::Row(_));
    let until = blocks.get(..=at).unwrap_or_default();
    let Some(head) = until.iter().rev().take_while(is_row).last() else { return Base::Auto };
    let head = kit.set_based(ui, &head.text, TextKind::Strong, Base::Auto, Fit::FREE);
    if head.direction().is_rtl() { Base::RightToLeft } else { Base::LeftToRight }
}

fn set(ui: &Ui, kit: &mut Kit, (block, base): (&Block, Base), width: f32) -> Rc<ShapedText> {
    let role = match block.kind {
        Kind::Heading(1 | 2) => TextKind::Heading,
        Kind::Heading(_) | Kind::Row(true) => TextKind::Strong,
        _ => TextKind::Body,
    };
    let width = (width - indent(&block.kind)).max(40.0);
    let fit = Fit::wrapped((width * ui.ctx().pixels_per_point()).floor());
    kit.set_based(ui, &block.text, role, base, fit)
}

fn draw(
    ui: &Ui,
    kit: &mut Kit,
    (id, block, base): (Id, &Block, Base),
    at: egui::Pos2,
    width: f32,
) {
    let text = set(ui, kit, (block, base), width);
    let height = Kit::size(ui, &text).y;
    let all = Rect::from_min_size(at, vec2(width, height));
    let is_rtl = text.direction().is_rtl();
    let indent = indent(&block.kind);
    let left = if is_rtl { at.x } else { at.x + indent };
    let theme = kit.theme;
    match &block.kind {
        Kind::Rule => {
            let y = all.center().y;
            ui.painter().hline(all.x_range(), y, egui::Stroke::new(1.0, color(theme.line)));
            return;
        }
        Kind::Code => {
            ui.painter().rect_filled(all, size::RADIUS, color(theme.hover));
        }
        Kind::Item(_, sign) => {
            let x = if is_rtl { all.right() - indent } else { all.left() + indent - INDENT };
            let line = height / f32::from(u16::try_from(text.num_lines()).unwrap_or(1));
            let place = Rect::from_min_size(pos2(x, at.y), vec2(INDENT, line));
            if sign.is_empty() {
                ui.painter().circle_filled(place.center(), 2.2, color(theme.weak));
            } else {
                let align = crate::typeset::Align::Center;
                kit.paint_in(ui, place, (sign, TextKind::Small), theme.weak, align);
            }
        }
        Kind::Heading(_) | Kind::Paragraph | Kind::Row(_) => {}
    }
    let origin = pos2(left, at.y);
    let scale = ui.ctx().pixels_per_point();
    let placed = |part: &crate::typeset::Rect| {
        Rect::from_min_max(
            origin + vec2(part.left, part.top) / scale,
            origin + vec2(part.right, part.bottom) / scale,
        )
    };
    for (range, _) in block.looks.iter().filter(|(_, look)| *look == Look::Code) {
        for part in text.rects(*range) {
            let ground = placed(&part).shrink2(vec2(-2.0, 2.0));
            ui.painter().rect_filled(ground, 3.0, color(theme.hover));
        }
    }
    kit.paint(ui.painter(), origin, &text, theme.text);
    // The typeset layer sets a text in one weight: what is to be heavier is painted once more,
    // a part of a pixel beside.
    for (range, _) in block.looks.iter().filter(|(_, look)| *look == Look::Bold) {
        for part in text.rects(*range) {
            let clip = placed(&part).intersect(ui.clip_rect());
            let painter = ui.painter().with_clip_rect(clip);
            kit.paint(&painter, origin + vec2(0.5, 0.0), &text, theme.text);
        }
    }
    let response = ui.interact(all, id.with(at.y.to_bits()), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &block.text));
}

/// A distance within a window, where `f32` is exact enough.
#[expect(clippy::cast_possible_truncation, reason = "a window is some thousand points high")]
fn near(y: f64) -> f32 {
    y as f32
}
