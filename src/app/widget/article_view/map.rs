//! The map beside the scroll bar: where in the article its spans are.

use std::sync::Arc;

use egui::{Id, Mesh, Rect, Role, Sense, Shape, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use super::ArticleView;
use crate::app::widget::kit::{Kit, color};
use crate::app::widget::scroll::{Extent, near};
use crate::lang::{Lang, SPAN};
use crate::text::TextRange;
use crate::theme::{Rgba, Theme};
use crate::typeset::Page;

/// How wide the map is, in points.
pub(super) const WIDTH: f32 = 10.0;

/// How high a tick is, in points.
const TICK: f32 = 3.0;

/// A span on the map.
#[derive(Clone, Copy, Debug)]
pub(in crate::app) struct Tick {
    /// Where it stands.
    pub(in crate::app) range: TextRange,
    /// Its label's color.
    pub(in crate::app) ink: Rgba,
    /// Whether it is doubtful.
    pub(in crate::app) doubtful: bool,
}

/// All spans of the article, and how they were drawn last.
#[derive(Debug, Default)]
pub(in crate::app) struct SpanMap {
    of: Option<(u64, Theme)>,
    /// The chosen one, with its color.
    pub(in crate::app) chosen: Option<(TextRange, Rgba)>,
    ticks: Vec<Tick>,
    drawn: Option<Drawn>,
}

/// Ticks as they were drawn: the same as long as neither they nor their places change.
#[derive(Debug)]
struct Drawn {
    mesh: Arc<Mesh>,
    strip: Rect,
    total: f64,
    hits: Arc<[TextRange]>,
}

impl SpanMap {
    /// Takes the ticks anew if what they follow from has changed.
    pub(in crate::app) fn follow(
        &mut self,
        of: (u64, Theme),
        ticks: impl FnOnce() -> Vec<Tick>,
    ) {
        if self.of != Some(of) {
            self.of = Some(of);
            self.ticks = ticks();
            self.drawn = None;
        }
    }

    fn mesh(
        &mut self,
        page: &Page,
        (strip, scale): (Rect, Scale),
        hits: &Arc<[TextRange]>,
        found: Rgba,
    ) -> Arc<Mesh> {
        // Setting more of the page changes its height a little: less than half a point of the
        // map is not seen.
        let moved = |total: f64| {
            (total - scale.total).abs() / scale.total.max(1.0) * f64::from(strip.height())
        };
        if let Some(drawn) = &self.drawn
            && drawn.strip == strip
            && moved(drawn.total) < 0.5
            && Arc::ptr_eq(&drawn.hits, hits)
        {
            return Arc::clone(&drawn.mesh);
        }
        let mut mesh = Mesh::default();
        let mut last: Option<(f32, Rgba)> = None;
        for tick in &self.ticks {
            let y = strip.top() + scale.of(page, tick.range, strip).round();
            // Of spans of one label at one place, one is seen; two labels share it.
            let (left, width) = match last {
                Some((before, ink)) if before == y && ink == tick.ink && !tick.doubtful => {
                    continue;
                }
                Some((before, _)) if before == y => (WIDTH / 2.0, WIDTH / 2.0 - 1.0),
                _ => (1.0, WIDTH - 2.0),
            };
            last = Some((y, tick.ink));
            let ink = color(tick.ink);
            let mut bar = |left: f32, width: f32| {
                let at = egui::pos2(strip.left() + left, y);
                mesh.add_colored_rect(Rect::from_min_size(at, vec2(width, TICK)), ink);
            };
            if tick.doubtful {
                // Broken in two, as color alone says nothing.
                bar(left, width * 0.36);
                bar(left + width * 0.64, width * 0.36);
            } else {
                bar(left, width);
            }
        }
        for hit in hits.iter() {
            let y = strip.top() + scale.of(page, *hit, strip).round() + 1.0;
            let at = egui::pos2(strip.left(), y);
            mesh.add_colored_rect(Rect::from_min_size(at, vec2(WIDTH, 1.0)), color(found));
        }
        let mesh = Arc::new(mesh);
        let (total, hits) = (scale.total, Arc::clone(hits));
        self.drawn = Some(Drawn { mesh: Arc::clone(&mesh), strip, total, hits });
        mesh
    }
}

/// How the page's height becomes the map's.
#[derive(Clone, Copy)]
struct Scale {
    pad: f64,
    /// What the whole map stands for: the page, or the window where that is higher.
    total: f64,
}

impl Scale {
    fn of(self, page: &Page, range: TextRange, strip: Rect) -> f32 {
        let share = (page.y_near(range.start()) + self.pad) / self.total.max(1.0);
        near(share * f64::from(strip.height() - TICK))
    }
}

impl ArticleView {
    /// Draws the map in `strip`; a press or a drag goes to that place.
    pub(super) fn map(
        &mut self,
        ui: &Ui,
        kit: &mut Kit,
        (strip, pad): (Rect, f64),
        extent: Extent,
    ) {
        let Some(page) = &self.page else { return };
        let scale = Scale { pad, total: extent.content.max(extent.viewport) };
        let theme = kit.theme;
        let mesh = self.map.mesh(page, (strip, scale), &self.hits, theme.found_edge);
        if !mesh.is_empty() {
            ui.painter().add(Shape::mesh(mesh));
        }
        if let Some((range, ink)) = self.map.chosen {
            let y = strip.top() + scale.of(page, range, strip).round();
            let at = egui::pos2(strip.left(), y - 1.5);
            let tick = Rect::from_min_size(at, vec2(WIDTH, TICK + 3.0));
            ui.painter().rect_filled(tick, 1.0, color(ink));
            let stroke = Stroke::new(1.0, color(theme.text));
            ui.painter().rect_stroke(tick, 1.0, stroke, StrokeKind::Outside);
        }
        let id = Id::unique("map of spans");
        let response = ui.interact(strip, id, Sense::CLICK | Sense::DRAG);
        let count = kit.count(&SPAN, self.map.ticks.len());
        let name = match kit.lang {
            Lang::Ar => format!("خريطة المواضع: {count}"),
            Lang::En => format!("Map of spans: {count}"),
        };
        response.widget_info(|| WidgetInfo::labeled(Role::ScrollBar, true, &name));
        if let Some(pointer) = response.interact_pointer_pos() {
            let share = f64::from((pointer.y - strip.top()) / strip.height().max(1.0));
            // What is pointed at comes to the middle.
            self.top = share * scale.total - pad - extent.viewport / 2.0;
            ui.ctx().request_repaint();
        }
        kit.tip(response, &name);
    }
}
