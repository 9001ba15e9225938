//! The article's keys: the caret's moves, and selecting with them.

use std::sync::Arc;

use egui::{Event, EventFilter, Key, Modifiers, Ui};

use super::{ArticleView, Frame};
use crate::app::widget::kit::Kit;
use crate::app::widget::scroll::near;
use crate::arabic::Unit;
use crate::text::{Offset, Way};
use crate::typeset::{Caret, Side};

impl ArticleView {
    /// Takes what is typed while the article has the focus.
    pub(super) fn keys(&mut self, ui: &Ui, kit: &mut Kit, frame: &Frame) {
        let filter = EventFilter {
            tab: true,
            horizontal_arrows: true,
            vertical_arrows: true,
            // Let go of step by step; the window says when the article is left.
            escape: true,
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(Self::id(), filter));
        for event in ui.input(|input| input.filtered_events(&filter)) {
            match event {
                Event::Copy => {
                    let Some(page) = &self.page else { continue };
                    let text = page.text().get(self.selection().to_range());
                    if let Some(text) = text.filter(|text| !text.is_empty()) {
                        ui.ctx().copy_text(text.to_owned());
                    }
                }
                Event::Key { key, pressed: true, modifiers, .. } => {
                    self.travel(kit, frame, key, modifiers);
                }
                _ => {}
            }
        }
    }

    /// Moves the caret by a key; with Shift it extends the selection.
    fn travel(&mut self, kit: &mut Kit, frame: &Frame, key: Key, modifiers: Modifiers) {
        let goal = match (self.goal, &mut self.page) {
            (Some(goal), _) => goal,
            (None, Some(page)) => page.caret_rect(&mut kit.typesetter, self.caret).left,
            (None, None) => return,
        };
        let keeps_goal = match key {
            Key::A if modifiers.command && !modifiers.alt => {
                let Some(page) = &self.page else { return };
                self.anchor = page.start();
                self.caret = page.end();
                return;
            }
            Key::ArrowUp | Key::ArrowDown => !modifiers.alt && !modifiers.command,
            Key::PageUp | Key::PageDown => true,
            _ => false,
        };
        let Some(to) = self.destination(kit, frame, (key, modifiers), goal) else { return };
        self.goal = keeps_goal.then_some(goal);
        self.caret = to;
        if !modifiers.shift {
            self.anchor = to;
        }
        self.go_to(kit, frame, to);
    }

    /// Where a key leads from the caret; none if it moves nothing.
    fn destination(
        &mut self,
        kit: &mut Kit,
        frame: &Frame,
        (key, modifiers): (Key, Modifiers),
        goal: f32,
    ) -> Option<Caret> {
        let page = self.page.as_mut()?;
        let typesetter = &mut kit.typesetter;
        let caret = self.caret;
        let side = if key == Key::ArrowLeft { Side::Left } else { Side::Right };
        let way = if key == Key::ArrowUp { Way::Backward } else { Way::Forward };
        let text = Arc::clone(page.text());
        let start_of = |unit: Unit| Caret::before(unit.edge(&text, caret.offset, way));
        let up = matches!(key, Key::ArrowUp | Key::PageUp);
        let count = match key {
            Key::PageUp | Key::PageDown => {
                let line = f64::from(page.style().body.line_pixels());
                to_usize(frame.height() / line).max(2) - 1
            }
            _ => 1,
        };
        Some(match (key, modifiers.command, modifiers.alt) {
            (Key::ArrowLeft, false, false) => page.left(typesetter, caret),
            (Key::ArrowRight, false, false) => page.right(typesetter, caret),
            (Key::ArrowLeft | Key::ArrowRight, is_word, is_clitic) if is_word != is_clitic => {
                let unit = if is_word { Unit::Word } else { Unit::Clitic };
                let edge = |offset: Offset, way| unit.edge(&text, offset, way);
                page.leap(typesetter, caret, side, &edge)
            }
            (Key::ArrowUp | Key::ArrowDown, true, false) => start_of(Unit::Paragraph),
            (Key::ArrowUp | Key::ArrowDown, false, true) => start_of(Unit::Sentence),
            (Key::ArrowUp | Key::ArrowDown | Key::PageUp | Key::PageDown, false, false) => {
                (0..count).fold(caret, |caret, _| {
                    if up {
                        page.up(typesetter, caret, goal)
                    } else {
                        page.down(typesetter, caret, goal)
                    }
                })
            }
            (Key::Home, true, false) => page.start(),
            (Key::End, true, false) => page.end(),
            (Key::Home, false, false) => page.line_start(typesetter, caret),
            (Key::End, false, false) => page.line_end(typesetter, caret),
            _ => return None,
        })
    }
}

/// A count of lines that fit on a screen.
fn to_usize(lines: f64) -> usize {
    // `near` is exact here: a screen has some hundred lines.
    let lines = near(lines).clamp(0.0, 1_000.0);
    (0..1_000_u16).take_while(|count| f32::from(*count) + 1.0 <= lines).count()
}
