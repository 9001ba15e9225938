//! A page as plain data: what `tawsim layout` prints and tests compare.

use super::FontId;
use super::page::{Page, PageRect};
use super::shaper::Typesetter;
use super::style::Direction;
use crate::text::TextRange;

/// A page's lines and the rectangles of some ranges.
#[derive(Clone, Debug, PartialEq)]
pub struct PageDump {
    /// The width of the text in physical pixels.
    pub width: f32,
    /// The page's height in physical pixels.
    pub height: f64,
    /// All lines, from top to bottom.
    pub lines: Vec<LineDump>,
    /// The rectangles of each range that was asked for.
    pub rects: Vec<Vec<PageRect>>,
}

/// A line.
#[derive(Clone, Debug, PartialEq)]
pub struct LineDump {
    /// Its text, spaces at its end included.
    pub range: TextRange,
    /// Its paragraph's base direction.
    pub direction: Direction,
    /// Its upper edge.
    pub top: f64,
    /// Its lower edge.
    pub bottom: f64,
    /// Its baseline.
    pub baseline: f64,
    /// The left edge of its text, without spaces at its end.
    pub left: f32,
    /// The right edge of its text, without spaces at its end.
    pub right: f32,
    /// Its runs, from left to right.
    pub runs: Vec<RunDump>,
}

/// A run.
#[derive(Clone, Debug, PartialEq)]
pub struct RunDump {
    /// Its text.
    pub range: TextRange,
    /// Its direction.
    pub direction: Direction,
    /// Its left edge.
    pub x: f32,
    /// Its width.
    pub advance: f32,
    /// Its font.
    pub font: FontId,
    /// Its font size in physical pixels per em.
    pub size: f32,
}

impl Page {
    /// Sets the whole page, block by block, and tells what came out.
    pub fn dump(&mut self, typesetter: &mut Typesetter, ranges: &[TextRange]) -> PageDump {
        // Heights first: a block's place depends on all above it.
        for index in 0..self.slots.len() {
            self.set(typesetter, index);
        }
        let mut dump = PageDump {
            width: self.style().width,
            height: self.height(),
            lines: Vec::new(),
            rects: ranges.iter().map(|_| Vec::new()).collect(),
        };
        for line in self.lines(0.0, f64::INFINITY) {
            dump.lines.push(LineDump {
                range: line.range(),
                direction: line.direction(),
                top: line.top(),
                bottom: line.bottom(),
                baseline: line.baseline(),
                left: line.left(),
                right: line.right(),
                runs: line
                    .runs()
                    .map(|run| RunDump {
                        range: run.range(),
                        direction: run.direction(),
                        x: run.x(),
                        advance: run.advance(),
                        font: run.font(),
                        size: run.size(),
                    })
                    .collect(),
            });
        }
        for (range, rects) in ranges.iter().zip(&mut dump.rects) {
            *rects = self.rects(*range, 0.0, f64::INFINITY);
        }
        self.prepare(typesetter, 0.0, 1.0);
        dump
    }
}
