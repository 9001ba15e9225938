//! The article under the pointer: presses, drags, clicks and the clicks after them.

use std::sync::Arc;

use egui::{CursorIcon, Pos2, Response, Ui, pos2};

use super::{ArticleView, Frame, Gesture, Handle, SpanMark};
use crate::app::widget::kit::Kit;
use crate::arabic::{Unit, stems};
use crate::edit::Edge;
use crate::text::{self, Offset, TextRange};
use crate::typeset::{Affinity, Caret};

/// How soon a press must follow another to count with it, in seconds.
const SOON: f64 = 0.4;

/// How far from the first one it may be, in points.
const NEAR: f32 = 6.0;

/// How fast a drag scrolls, in lengths of the way past the edge a second.
const PACE: f32 = 9.0;

/// The fastest that it scrolls, in points a second.
const FASTEST: f32 = 3_000.0;

/// Presses one after the other at one place.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Clicks {
    count: u32,
    at: Pos2,
    time: f64,
}

impl Clicks {
    /// Counts a press; which one of a series it is.
    fn press(&mut self, at: Pos2, time: f64) -> u32 {
        let goes_on = self.count > 0 && time - self.time < SOON && at.distance(self.at) <= NEAR;
        let count = if goes_on { self.count + 1 } else { 1 };
        *self = Self { count, at, time };
        count
    }
}

/// What a double click took of a word.
#[derive(Clone, Debug)]
pub(super) struct Taken {
    word: TextRange,
    /// What there is to take, the likeliest first.
    picks: Vec<TextRange>,
    /// Which of them is selected.
    at: usize,
    /// Whether the last click went on to it.
    went_on: bool,
}

impl Taken {
    fn pick(&self) -> TextRange {
        self.picks.get(self.at).copied().unwrap_or(self.word)
    }
}

/// What a button that is down is doing.
#[derive(Clone, Copy, Debug)]
pub(super) enum Press {
    /// Selects.
    Select {
        /// By what.
        unit: Unit,
        /// Where the press was.
        spot: Spot,
        /// What it took.
        origin: TextRange,
        /// Whether a click goes on to the next cut of what was taken.
        goes_on: bool,
        /// Whether the pointer has moved away.
        dragged: bool,
    },
    /// Holds an edge of the chosen mark.
    Hold {
        handle: Handle,
        /// Where the mark would be; none until the pointer has moved away.
        range: Option<TextRange>,
        /// Where the press was, if it turns out to be a click.
        spot: Spot,
    },
}

/// A place in the text under the pointer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot {
    /// The nearest place for a caret.
    caret: Caret,
    /// The letter there; none beside the text.
    letter: Option<TextRange>,
}

impl Press {
    /// The mark an edge of which is being dragged, and where it would be.
    pub(super) fn stretched(&self) -> Option<(usize, TextRange)> {
        match self {
            Self::Hold { handle, range: Some(range), .. } => Some((handle.at, *range)),
            Self::Hold { .. } | Self::Select { .. } => None,
        }
    }
}

impl ArticleView {
    /// Presses, drags and clicks.
    pub(super) fn point<'a>(
        &mut self,
        ui: &Ui,
        kit: &mut Kit,
        response: &Response,
        frame: &Frame,
        marks: &dyn Fn(TextRange) -> Vec<SpanMark<'a>>,
    ) -> Option<Gesture> {
        // What is held may have been removed meanwhile, and another may have its place.
        self.press.take_if(|press| match press {
            Press::Hold { handle, .. } => !is_there(handle, marks),
            Press::Select { .. } => false,
        });
        self.show_cursor(ui, response);
        let (pressed, released, is_down) = ui.input(|input| {
            let pointer = &input.pointer;
            (pointer.primary_pressed(), pointer.primary_released(), pointer.primary_down())
        });
        if pressed && (response.is_pointer_button_down_on() || response.clicked()) {
            response.request_focus();
            self.has_left = false;
            self.press(ui, kit, frame);
        }
        if self.press.is_some()
            && response.dragged_by(egui::PointerButton::Primary)
            && let Some(pointer) = ui.input(|input| input.pointer.interact_pos())
            && (self.has_left || pointer.distance(self.clicks.at) > 1.0)
        {
            self.has_left = true;
            // A drag is no click that another could follow.
            self.clicks.count = 0;
            self.auto_scroll(ui, pointer, frame);
            let area = frame.area;
            let y = pointer.y.clamp(area.top() + 1.0, (area.bottom() - 1.0).max(area.top()));
            let by_word = ui.input(|input| input.modifiers.command);
            self.drag(kit, frame, pos2(pointer.x, y), by_word);
        }
        if response.secondary_clicked()
            && let Some(place) = response.interact_pointer_pos()
        {
            return self.asked(kit, frame, place, marks);
        }
        if released || !is_down {
            let shift = ui.input(|input| input.modifiers.shift);
            return self.release(shift, marks);
        }
        None
    }

    /// The right button was clicked: what is selected stays.
    fn asked<'a>(
        &mut self,
        kit: &mut Kit,
        frame: &Frame,
        place: Pos2,
        marks: &dyn Fn(TextRange) -> Vec<SpanMark<'a>>,
    ) -> Option<Gesture> {
        let (x, y) = frame.to_page(place, self.top);
        let letter = self.page.as_mut()?.grapheme_at(&mut kit.typesetter, x, y);
        let selection = self.selection();
        let here = letter.map(marks).unwrap_or_default();
        // What is chosen stays so, where it is one of several.
        let chosen = here.iter().find(|mark| mark.mark.chosen).map(|mark| mark.at);
        Some(Gesture::Asked {
            at: chosen.or_else(|| mark_at(here)),
            in_selection: letter.is_some_and(|letter| letter.overlaps(selection)),
            place,
        })
    }

    fn show_cursor(&self, ui: &Ui, response: &Response) {
        let holds = matches!(self.press, Some(Press::Hold { .. }));
        let here = ui.input(|input| input.pointer.hover_pos());
        let here = here.filter(|_| response.contains_pointer() && self.press.is_none());
        if holds || here.is_some_and(|at| self.handle_at(at).is_some()) {
            ui.ctx().set_cursor_icon(CursorIcon::ResizeHorizontal);
        } else if response.hovered() || response.is_pointer_button_down_on() {
            ui.ctx().set_cursor_icon(CursorIcon::Text);
        }
    }

    /// The handle under the pointer: the nearer one, where a short mark's both are.
    fn handle_at(&self, at: Pos2) -> Option<Handle> {
        let away = |handle: &&Handle| (handle.rect.center().x - at.x).abs();
        let here = self.handles.iter().filter(|handle| handle.rect.contains(at));
        here.min_by(|a, b| away(a).total_cmp(&away(b))).copied()
    }

    /// The button went down.
    fn press(&mut self, ui: &Ui, kit: &mut Kit, frame: &Frame) {
        let (origin, time, shift) = ui.input(|input| {
            // Where it went down: by the end of a slow frame a quick hand is letters away.
            let origin = input.pointer.press_origin().or(input.pointer.interact_pos());
            (origin, input.time, input.modifiers.shift)
        });
        let (Some(origin), Some(page)) = (origin, &mut self.page) else { return };
        let (x, y) = frame.to_page(origin, self.top);
        let caret = page.hit(&mut kit.typesetter, x, y);
        let spot = Spot { caret, letter: page.grapheme_at(&mut kit.typesetter, x, y) };
        let text = Arc::clone(page.text());
        let count = self.clicks.press(origin, time);
        self.goal = None;
        let selection = self.selection();
        self.taken.take_if(|taken| {
            let is_there = spot
                .letter
                .is_some_and(|letter| taken.word.covers(letter) || taken.pick().covers(letter));
            shift || !is_there || taken.pick() != selection
        });
        let here = TextRange::empty(caret.offset);
        let went_on = self.taken.as_ref().map(|taken| taken.went_on);
        let handle = self.handle_at(origin).filter(|_| count == 1 && !shift);
        self.press = Some(match (count, spot.letter, went_on) {
            _ if shift => {
                self.caret = caret;
                select(Unit::Grapheme, spot, here)
            }
            _ if let Some(handle) = handle => Press::Hold { handle, range: None, spot },
            (1, _, Some(_)) => Press::Select {
                unit: Unit::Grapheme,
                spot,
                origin: here,
                goes_on: true,
                dragged: false,
            },
            (2, _, Some(true)) => select(Unit::Word, spot, selection),
            (2, Some(letter), _) => {
                let word = Unit::Word.around(&text, letter.start());
                let picks = stems(&text, word);
                let taken = Taken { word, picks, at: 0, went_on: false };
                let pick = taken.pick();
                self.taken = Some(taken);
                self.mark_out(pick);
                select(Unit::Word, spot, pick)
            }
            (3.., Some(letter), _) => {
                let unit = if count == 3 { Unit::Sentence } else { Unit::Paragraph };
                let range = unit.around(&text, letter.start());
                self.taken = None;
                self.mark_out(range);
                select(unit, spot, range)
            }
            _ => {
                self.taken = None;
                self.caret = caret;
                self.anchor = caret;
                select(Unit::Grapheme, spot, here)
            }
        });
    }

    /// Selects a range without scrolling to it.
    fn mark_out(&mut self, range: TextRange) {
        self.anchor = Caret::before(range.start());
        self.caret = Caret::after(range.end());
    }

    /// The pointer has moved while the button is down.
    fn drag(&mut self, kit: &mut Kit, frame: &Frame, pointer: Pos2, by_word: bool) {
        let Some(page) = &mut self.page else { return };
        let (x, y) = frame.to_page(pointer, self.top);
        let caret = page.hit(&mut kit.typesetter, x, y);
        let text = Arc::clone(page.text());
        match &mut self.press {
            Some(Press::Select { unit: Unit::Grapheme, spot, goes_on, dragged, .. }) => {
                if !*dragged && *goes_on {
                    self.anchor = spot.caret;
                    self.taken = None;
                }
                *goes_on = false;
                *dragged = true;
                self.caret = caret;
            }
            Some(Press::Select { unit, origin, dragged, .. }) => {
                let here = around(*unit, &text, caret);
                let to = TextRange::between(
                    origin.start().min(here.start()),
                    origin.end().max(here.end()),
                );
                if !*dragged && to == *origin {
                    return;
                }
                *dragged = true;
                let turns_back = here.start() < origin.start();
                self.taken = None;
                self.mark_out(to);
                if turns_back {
                    std::mem::swap(&mut self.caret, &mut self.anchor);
                }
            }
            Some(Press::Hold { handle, range, .. }) => {
                let here = if by_word {
                    around(Unit::Word, &text, caret)
                } else {
                    TextRange::empty(caret.offset)
                };
                *range = Some(stretched(&text, handle, here));
            }
            None => {}
        }
    }

    /// The button went up.
    fn release<'a>(
        &mut self,
        shift: bool,
        marks: &dyn Fn(TextRange) -> Vec<SpanMark<'a>>,
    ) -> Option<Gesture> {
        match self.press.take()? {
            Press::Hold { handle, range: Some(range), .. } => {
                (range != handle.range).then_some(Gesture::Stretched(handle.at, range))
            }
            Press::Hold { spot, range: None, .. } => {
                self.caret = spot.caret;
                self.anchor = spot.caret;
                Some(clicked(spot, marks))
            }
            Press::Select { goes_on: true, .. } => {
                let taken = self.taken.as_mut()?;
                taken.at = (taken.at + 1) % taken.picks.len().max(1);
                taken.went_on = true;
                let pick = taken.pick();
                self.mark_out(pick);
                Some(Gesture::Selected)
            }
            Press::Select { .. } if !self.selection().is_empty() => Some(Gesture::Selected),
            // A drag that took nothing is a click too: what was chosen elsewhere must not stay
            // so, where the next key would go to it unseen.
            Press::Select { spot, .. } => (!shift).then(|| clicked(spot, marks)),
        }
    }

    /// Scrolls while a drag is past an edge, the faster the farther out it is.
    fn auto_scroll(&mut self, ui: &Ui, pointer: Pos2, frame: &Frame) {
        let past = if pointer.y < frame.area.top() {
            pointer.y - frame.area.top()
        } else if pointer.y > frame.area.bottom() {
            pointer.y - frame.area.bottom()
        } else {
            return;
        };
        let elapsed = ui.input(|input| input.stable_dt).min(0.1);
        let by = (past * PACE).clamp(-FASTEST, FASTEST) * elapsed;
        self.top += f64::from(by * frame.scale);
        // A pointer that rests outside sends nothing.
        ui.ctx().request_repaint();
    }
}

fn select(unit: Unit, spot: Spot, origin: TextRange) -> Press {
    Press::Select { unit, spot, origin, goes_on: false, dragged: false }
}

/// Whether the mark of a handle is as it was when that was taken hold of.
fn is_there<'a>(handle: &Handle, marks: &dyn Fn(TextRange) -> Vec<SpanMark<'a>>) -> bool {
    let is_it = |mark: &SpanMark<'_>| mark.at == handle.at && mark.mark.range == handle.range;
    marks(handle.range).iter().any(is_it)
}

/// What a click means for the marks.
fn clicked<'a>(spot: Spot, marks: &dyn Fn(TextRange) -> Vec<SpanMark<'a>>) -> Gesture {
    match spot.letter.and_then(|letter| mark_at(marks(letter))) {
        Some(at) => Gesture::Chose(at),
        None => Gesture::Cleared,
    }
}

/// The unit of the letter that a caret belongs to; between words, nothing.
fn around(unit: Unit, text: &str, caret: Caret) -> TextRange {
    let letter = match caret.affinity {
        Affinity::Downstream if caret.offset < Offset::end_of(text) => caret.offset,
        _ => text::previous_boundary(text, caret.offset),
    };
    let found = unit.around(text, letter);
    let is_blank = text.get(found.to_range()).is_none_or(|found| found.trim().is_empty());
    if is_blank { TextRange::empty(caret.offset) } else { found }
}

/// The range of a mark with an edge dragged to where `here` is; a letter is always left.
fn stretched(text: &str, handle: &Handle, here: TextRange) -> TextRange {
    let (start, end) = (handle.range.start(), handle.range.end());
    match handle.edge {
        Edge::Start => {
            let last = text::previous_boundary(text, end);
            TextRange::between(here.start().min(last), end)
        }
        Edge::End => {
            let first = text::next_boundary(text, start);
            TextRange::between(start, here.end().max(first))
        }
    }
}

/// The mark that a click on a letter means: the innermost one, or, where that is chosen
/// already, the next one around it.
fn mark_at(mut here: Vec<SpanMark<'_>>) -> Option<usize> {
    here.sort_by_key(|mark| mark.mark.range.num_bytes());
    let chosen = here.iter().position(|mark| mark.mark.chosen);
    let next = chosen.map_or(0, |at| (at + 1) % here.len());
    here.get(next).map(|mark| mark.at)
}
