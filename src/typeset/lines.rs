//! The lines of one paragraph, with what hit tests, carets and rectangles need.
//!
//! Parley shapes, orders and breaks; its result is copied into flat lists here, so that all
//! questions afterwards are answered from one place, and two of its gaps are closed: rule L1 of
//! UAX #9 (spaces at a line's end belong to the paragraph's direction) and glyphs of control
//! characters, which fonts draw as boxes. Offsets here are bytes from the paragraph's start.

#![expect(
    clippy::cast_possible_truncation,
    reason = "a paragraph is shorter than 4 GiB, and glyph numbers have 16 bits"
)]

use std::ops::Range;

use parley::Layout;

use super::caret::Affinity;
use super::shaper::FontIds;
use super::style::{Align, Direction};
use super::{FontId, Glyph};

/// Lines, from top to bottom, in one direction.
#[derive(Clone, Debug)]
pub(super) struct Lines {
    pub(super) lines: Vec<Line>,
    runs: Vec<Run>,
    clusters: Vec<Cluster>,
    glyphs: Vec<Placed>,
    pub(super) direction: Direction,
    /// The height of all lines.
    pub(super) height: f32,
    /// The widest line's width, without spaces at its end.
    pub(super) width: f32,
}

/// One line.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Its text, spaces at the end included.
    pub(super) range: Range<u32>,
    /// Where the spaces at its end begin.
    pub(super) visible_end: u32,
    runs: Range<u32>,
    /// Its upper edge, from the paragraph's.
    pub(super) top: f32,
    pub(super) height: f32,
    /// Its baseline, from the paragraph's upper edge.
    pub(super) baseline: f32,
    /// The left edge of what is visible.
    pub(super) left: f32,
    /// The right edge of what is visible.
    pub(super) right: f32,
}

/// A stretch of one direction and one font. Runs stand in visual order.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub(super) range: Range<u32>,
    pub(super) direction: Direction,
    pub(super) font: FontId,
    pub(super) size: f32,
    /// Its left edge.
    pub(super) x: f32,
    pub(super) advance: f32,
    /// In logical order.
    clusters: Range<u32>,
    /// In visual order.
    glyphs: Range<u32>,
}

/// A grapheme.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cluster {
    pub(super) start: u32,
    /// Where it begins: its left edge from left to right, its right edge otherwise; from the
    /// run's left edge.
    pub(super) lead: f32,
}

/// A glyph, its place told from the run's left edge and the baseline.
#[derive(Clone, Copy, Debug)]
struct Placed {
    id: u16,
    x: f32,
    y: f32,
}

/// A place on a line where a caret can stand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stop {
    pub(super) offset: u32,
    pub(super) x: f32,
    /// Whether the grapheme before `offset` ends here.
    pub(super) upstream: bool,
    /// Whether the grapheme after `offset` begins here.
    pub(super) downstream: bool,
}

impl Stop {
    /// The affinity that leads back here.
    pub(super) fn affinity(self) -> Affinity {
        if self.downstream { Affinity::Downstream } else { Affinity::Upstream }
    }
}

impl Lines {
    /// Copies the lines of `layout`, which holds `text`. They still have to be placed.
    pub(super) fn of(
        layout: &Layout<()>,
        text: &str,
        fonts: &FontIds,
        direction: Direction,
    ) -> Self {
        let mut lines = Self {
            lines: Vec::with_capacity(layout.len()),
            runs: Vec::with_capacity(layout.len() * 2),
            clusters: Vec::with_capacity(text.len() / 2 + 1),
            glyphs: Vec::with_capacity(text.len() / 2 + 1),
            direction,
            height: 0.0,
            width: 0.0,
        };
        for line in layout.lines() {
            lines.push_line(&line, text, fonts);
        }
        lines.width =
            lines.lines.iter().fold(0.0, |width, line| (line.right - line.left).max(width));
        lines
    }

    /// One line without text.
    fn empty(direction: Direction, (height, baseline): (f32, f32)) -> Self {
        let line = Line {
            range: 0..0,
            visible_end: 0,
            runs: 0..0,
            top: 0.0,
            height,
            baseline,
            left: 0.0,
            right: 0.0,
        };
        Self {
            lines: vec![line],
            runs: Vec::new(),
            clusters: Vec::new(),
            glyphs: Vec::new(),
            direction,
            height,
            width: 0.0,
        }
    }

    /// One line without text, `share` times as high as the line that `layout` holds.
    pub(super) fn empty_of(layout: &Layout<()>, direction: Direction, share: f32) -> Self {
        let metrics = layout.get(0).map(|line| *line.metrics()).unwrap_or_default();
        let height = (metrics.line_height * share).round();
        Self::empty(direction, (height, (metrics.baseline * share).round()))
    }

    /// The width of all text on one line.
    pub(super) fn natural(&self) -> f32 {
        self.lines.iter().map(|line| line.right - line.left).sum()
    }

    /// The runs of a line, from left to right.
    pub(super) fn runs_of(&self, line: &Line) -> &[Run] {
        let range = line.runs.start as usize..line.runs.end as usize;
        self.runs.get(range).unwrap_or_default()
    }

    /// The graphemes of a run, in logical order.
    pub(super) fn clusters_of(&self, run: &Run) -> &[Cluster] {
        let range = run.clusters.start as usize..run.clusters.end as usize;
        self.clusters.get(range).unwrap_or_default()
    }

    /// The glyphs of a run on a baseline, from left to right.
    pub(super) fn glyphs_of(
        &self,
        run: &Run,
        baseline: f32,
    ) -> impl Iterator<Item = Glyph> + '_ {
        let range = run.glyphs.start as usize..run.glyphs.end as usize;
        let (font, size, left) = (run.font, run.size, run.x);
        self.glyphs.get(range).unwrap_or_default().iter().map(move |glyph| Glyph {
            font,
            id: glyph.id,
            size,
            x: left + glyph.x,
            y: baseline + glyph.y,
        })
    }

    /// Copies a line, its left edge at 0 and its visible width in `right`.
    ///
    /// Spaces at its end get the paragraph's direction and its end edge (UAX #9, L1): parley
    /// leaves them where the word before them stands, which may be in the midst of the line.
    fn push_line(&mut self, line: &parley::Line<'_, ()>, text: &str, fonts: &FontIds) {
        let range = line.text_range();
        let content = text.get(range.clone()).unwrap_or_default();
        let visible_end = range.start + content.trim_end_matches(hangs).len();
        let rtl = self.direction.is_rtl();
        let edge = if rtl { line.runs().next() } else { line.runs().last() };
        let in_place = edge.is_some_and(|edge| {
            let part = edge.text_range();
            edge.is_rtl() == rtl && part.end == range.end && part.start <= visible_end
        });

        let mut tail = Tail { start: visible_end, in_place, ..Tail::default() };
        let first = self.runs.len();
        for run in line.runs() {
            self.push_run(&run, text, fonts, &mut tail);
        }
        self.push_tail(first, range.end, &mut tail);
        let mut x = 0.0;
        for run in self.runs.iter_mut().skip(first) {
            run.x = x;
            x += run.advance;
        }

        let metrics = line.metrics();
        self.lines.push(Line {
            range: range.start as u32..range.end as u32,
            visible_end: visible_end as u32,
            runs: first as u32..self.runs.len() as u32,
            top: self.height,
            height: metrics.line_height,
            baseline: self.height + (metrics.baseline - metrics.block_min_coord),
            left: if rtl { tail.width } else { 0.0 },
            right: if rtl { x } else { x - tail.width },
        });
        self.height += metrics.line_height;
    }

    /// Copies a run, but for the graphemes that go to the `tail`.
    fn push_run(
        &mut self,
        run: &parley::Run<'_, ()>,
        text: &str,
        fonts: &FontIds,
        tail: &mut Tail,
    ) {
        let direction = Direction::of_rtl(run.is_rtl());
        let font = fonts.of(run.font().data.id());
        let size = run.font_size();
        let (first_cluster, first_glyph) = (self.clusters.len(), self.glyphs.len());
        // Two pens: a ligature's glyph stands at the left edge of all its graphemes.
        let (mut pen, mut glyph_pen) = (0.0, 0.0);
        for cluster in run.visual_clusters() {
            let part = cluster.text_range();
            let advance = cluster.advance();
            if part.start >= tail.start {
                tail.width += advance;
                if !tail.in_place {
                    tail.font = Some((font, size));
                    tail.clusters.push((part.start as u32, advance));
                    continue;
                }
            }
            let lead = if direction.is_rtl() { pen + advance } else { pen };
            self.clusters.push(Cluster { start: part.start as u32, lead });
            pen += advance;
            let drawn = is_drawn(text, part);
            // `for_each`, since the iterator is nested and a plain loop asks it twice as often.
            cluster.glyphs().for_each(|glyph| {
                if drawn {
                    let (x, y) = (glyph_pen + glyph.x, glyph.y);
                    self.glyphs.push(Placed { id: glyph.id as u16, x, y });
                }
                glyph_pen += glyph.advance;
            });
        }
        let mut range = run.text_range();
        if !tail.in_place {
            range.end = range.end.min(tail.start);
        }
        if range.start >= range.end {
            return;
        }
        if direction.is_rtl()
            && let Some(clusters) = self.clusters.get_mut(first_cluster..)
        {
            clusters.reverse();
        }
        self.runs.push(Run {
            range: range.start as u32..range.end as u32,
            direction,
            font,
            size,
            x: 0.0,
            advance: pen,
            clusters: first_cluster as u32..self.clusters.len() as u32,
            glyphs: first_glyph as u32..self.glyphs.len() as u32,
        });
    }

    /// Adds the run of the spaces at the end of the line whose runs begin at `first`.
    fn push_tail(&mut self, first: usize, end: usize, tail: &mut Tail) {
        let Some((font, size)) = tail.font else { return };
        let rtl = self.direction.is_rtl();
        let first_cluster = self.clusters.len() as u32;
        let mut pen = if rtl { tail.width } else { 0.0 };
        tail.clusters.sort_by_key(|(start, _)| *start);
        for &(start, advance) in &tail.clusters {
            self.clusters.push(Cluster { start, lead: pen });
            pen += if rtl { -advance } else { advance };
        }
        let glyphs = self.glyphs.len() as u32;
        let run = Run {
            range: tail.start as u32..end as u32,
            direction: self.direction,
            font,
            size,
            x: 0.0,
            advance: tail.width,
            clusters: first_cluster..self.clusters.len() as u32,
            glyphs: glyphs..glyphs,
        };
        let place = if rtl { first } else { self.runs.len() };
        self.runs.insert(place, run);
    }

    /// Moves every line to its place in `width`.
    pub(super) fn place(&mut self, width: f32, align: Align) {
        for line in &mut self.lines {
            let free = width - (line.right - line.left);
            let share = match align {
                Align::Center => 0.5,
                Align::Start | Align::End => {
                    f32::from(u8::from(self.direction.is_rtl() == (align == Align::Start)))
                }
            };
            // A line that is too wide goes past the edge at which it ends.
            let share =
                if free < 0.0 { f32::from(u8::from(self.direction.is_rtl())) } else { share };
            let dx = free * share - line.left;
            line.left += dx;
            line.right += dx;
            let runs = line.runs.start as usize..line.runs.end as usize;
            for run in self.runs.get_mut(runs).into_iter().flatten() {
                run.x += dx;
            }
        }
    }
}

/// The spaces at a line's end.
#[derive(Default)]
struct Tail {
    /// Where they begin.
    start: usize,
    /// Whether they stand where they belong and may stay in their run.
    in_place: bool,
    width: f32,
    font: Option<(FontId, f32)>,
    /// Start and advance of each.
    clusters: Vec<(u32, f32)>,
}

/// Whether a character at a line's end hangs past it.
fn hangs(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{A0}' | '\u{2007}' | '\u{202F}')
}

/// Whether a grapheme has anything to draw. Fonts draw a tab and other controls as boxes.
fn is_drawn(text: &str, grapheme: Range<usize>) -> bool {
    match text.as_bytes().get(grapheme.start) {
        // No letter of a script is in the lowest block's first part, and few things above it
        // are blank, so that most graphemes need no decoding.
        Some(b'!'..=b'~' | 0xD8..=0xDF) => true,
        _ => {
            let mut chars = text.get(grapheme).unwrap_or_default().chars();
            let first = chars.next();
            chars.next().is_some() || !first.is_none_or(|c| c.is_whitespace() || c.is_control())
        }
    }
}
