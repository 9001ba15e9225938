//! Questions about lines: what is at a point, where is an offset, which rectangles has a range.

use std::ops::Range;

use super::Glyph;
use super::caret::Affinity;
use super::lines::{Line, Lines, Run, Stop};
use super::style::Direction;

/// How far past a line's end a point still means the letter there, in font sizes.
///
/// Farther out it means the line's start or end as the text runs, so that a drag that leaves
/// the line takes the rest of it, also where a word of the other direction stands at the edge.
const REACH: f32 = 1.0;

impl Lines {
    /// The line at height `y` from the paragraph's upper edge, the nearest if none is there.
    pub(super) fn line_at(&self, y: f32) -> usize {
        let after = self.lines.partition_point(|line| line.top + line.height <= y);
        after.min(self.lines.len().saturating_sub(1))
    }

    /// The line on which a caret stands. Offsets past the end are on the last one.
    pub(super) fn line_of(&self, offset: u32, affinity: Affinity) -> usize {
        let after = match affinity {
            Affinity::Downstream => self.lines.partition_point(|line| line.range.end <= offset),
            Affinity::Upstream => self.lines.partition_point(|line| line.range.end < offset),
        };
        after.min(self.lines.len().saturating_sub(1))
    }

    /// The grapheme edge nearest to `x` on a line.
    pub(super) fn edge_at(&self, line: &Line, x: f32) -> (u32, Affinity) {
        let start = (line.range.start, Affinity::Downstream);
        let end = (line.range.end, Affinity::Upstream);
        let runs = self.runs_of(line);
        let (Some(first), Some(last)) = (runs.first(), runs.last()) else { return start };
        let rtl = self.direction.is_rtl();
        if x < first.x - REACH * first.size {
            return if rtl { end } else { start };
        }
        if x > last.x + last.advance + REACH * last.size {
            return if rtl { start } else { end };
        }
        let run = runs.iter().find(|run| x < run.x + run.advance).unwrap_or(last);
        let (grapheme, left, right) = self.grapheme_in(run, x);
        let on_left = x < (left + right) / 2.0;
        if on_left == run.direction.is_rtl() {
            (grapheme.end, Affinity::Upstream)
        } else {
            (grapheme.start, Affinity::Downstream)
        }
    }

    /// The grapheme under `x` on a line; none beside the text.
    pub(super) fn grapheme_at(&self, line: &Line, x: f32) -> Option<Range<u32>> {
        let run =
            self.runs_of(line).iter().find(|run| run.x <= x && x < run.x + run.advance)?;
        Some(self.grapheme_in(run, x).0)
    }

    /// The grapheme of a run that is nearest to `x`, with its left and right edge.
    fn grapheme_in(&self, run: &Run, x: f32) -> (Range<u32>, f32, f32) {
        let clusters = self.clusters_of(run);
        let inside = x - run.x;
        let after = match run.direction {
            Direction::LeftToRight => clusters.partition_point(|c| c.lead <= inside),
            Direction::RightToLeft => clusters.partition_point(|c| c.lead > inside),
        };
        let at = after.saturating_sub(1);
        let (start, lead) =
            clusters.get(at).map_or((run.range.start, 0.0), |c| (c.start, c.lead));
        let (end, trail) = self.end_of(run, at);
        let (left, right) = (run.x + lead.min(trail), run.x + lead.max(trail));
        (start..end, left, right)
    }

    /// Where the `at`th grapheme of a run ends: its offset and its x from the run's left edge.
    fn end_of(&self, run: &Run, at: usize) -> (u32, f32) {
        match self.clusters_of(run).get(at + 1) {
            Some(next) => (next.start, next.lead),
            None if run.direction.is_rtl() => (run.range.end, 0.0),
            None => (run.range.end, run.advance),
        }
    }

    /// All places on a line where a caret can stand, from left to right.
    ///
    /// Each grapheme's both edges are among them. Where two graphemes meet that do not follow
    /// each other in the text, there are two stops at one x.
    pub(super) fn stops(&self, line: &Line) -> Vec<Stop> {
        let mut stops: Vec<Stop> = Vec::new();
        let mut push = |offset: u32, affinity: Affinity, x: f32| {
            let upstream = affinity == Affinity::Upstream;
            match stops.last_mut() {
                Some(last) if last.offset == offset => {
                    last.upstream |= upstream;
                    last.downstream |= !upstream;
                }
                _ => stops.push(Stop { offset, x, upstream, downstream: !upstream }),
            }
        };
        for run in self.runs_of(line) {
            let num = self.clusters_of(run).len();
            for nth in 0..num {
                let at = if run.direction.is_rtl() { num - 1 - nth } else { nth };
                let Some(cluster) = self.clusters_of(run).get(at) else { continue };
                let (end, trail) = self.end_of(run, at);
                let begins = (cluster.start, Affinity::Downstream, run.x + cluster.lead);
                let ends = (end, Affinity::Upstream, run.x + trail);
                let (left, right) =
                    if run.direction.is_rtl() { (ends, begins) } else { (begins, ends) };
                push(left.0, left.1, left.2);
                push(right.0, right.1, right.2);
            }
        }
        if stops.is_empty() {
            let (offset, x) = (line.range.start, line.left);
            stops.push(Stop { offset, x, upstream: true, downstream: true });
        }
        stops
    }

    /// The x of a caret on a line.
    pub(super) fn caret_x(&self, line: &Line, offset: u32, affinity: Affinity) -> f32 {
        let other = match affinity {
            Affinity::Downstream => Affinity::Upstream,
            Affinity::Upstream => Affinity::Downstream,
        };
        let found =
            self.run_at(line, offset, affinity).or_else(|| self.run_at(line, offset, other));
        found.map_or(line.left, |run| run.x + self.x_in(run, offset))
    }

    /// The run of the letter that a caret belongs to; none where that is on another line.
    fn run_at(&self, line: &Line, offset: u32, affinity: Affinity) -> Option<&Run> {
        self.runs_of(line).iter().find(|run| match affinity {
            Affinity::Downstream => run.range.start <= offset && offset < run.range.end,
            Affinity::Upstream => run.range.start < offset && offset <= run.range.end,
        })
    }

    /// The direction of the letter that a caret belongs to; none where that is on another line.
    pub(super) fn direction_at(
        &self,
        line: &Line,
        offset: u32,
        affinity: Affinity,
    ) -> Option<Direction> {
        self.run_at(line, offset, affinity).map(|run| run.direction)
    }

    /// The x of an offset in a run, from its left edge.
    pub(super) fn x_in(&self, run: &Run, offset: u32) -> f32 {
        let clusters = self.clusters_of(run);
        if offset >= run.range.end {
            return if run.direction.is_rtl() { 0.0 } else { run.advance };
        }
        let at = clusters.partition_point(|c| c.start <= offset).saturating_sub(1);
        clusters.get(at).map_or(0.0, |c| c.lead)
    }

    /// The stretches of a line that `range` covers, left to right: left and right edge of each.
    ///
    /// Spaces that a wrapped line ends in are left out, unless nothing else is covered.
    pub(super) fn stretches(&self, line: &Line, range: Range<u32>) -> Vec<(f32, f32)> {
        let start = range.start.max(line.range.start);
        let end = range.end.min(line.range.end);
        let end = if start < line.visible_end { end.min(line.visible_end) } else { end };
        let mut found: Vec<(f32, f32)> = Vec::new();
        for run in self.runs_of(line) {
            let (start, end) = (start.max(run.range.start), end.min(run.range.end));
            if start >= end {
                continue;
            }
            let (a, b) = (run.x + self.x_in(run, start), run.x + self.x_in(run, end));
            let (left, right) = (a.min(b), a.max(b));
            match found.last_mut() {
                Some(last) if (left - last.1).abs() < 0.01 => last.1 = right,
                _ => found.push((left, right)),
            }
        }
        found
    }

    /// Where a first line would have to be cut to be at most `width` wide: an offset.
    pub(super) fn fitting(&self, width: f32) -> usize {
        let Some(line) = self.lines.first() else { return 0 };
        let mut runs: Vec<&Run> = self.runs_of(line).iter().collect();
        runs.sort_by_key(|run| run.range.start);
        let mut used = 0.0;
        for run in runs {
            for (at, cluster) in self.clusters_of(run).iter().enumerate() {
                used += (self.end_of(run, at).1 - cluster.lead).abs();
                if used > width {
                    return cluster.start as usize;
                }
            }
        }
        line.range.end as usize
    }

    /// The glyphs of a line, with its paragraph's upper left corner at the origin.
    pub(super) fn glyphs<'a>(&'a self, line: &'a Line) -> impl Iterator<Item = Glyph> + 'a {
        self.runs_of(line).iter().flat_map(|run| self.glyphs_of(run, line.baseline))
    }
}
