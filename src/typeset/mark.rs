//! Marked ranges: their rectangles, and lanes that keep overlapping ones apart.

use super::page::{Page, PageRect};
use crate::text::{self, TextRange};

impl Page {
    /// The rectangles of a range on the lines between `top` and `bottom` that are set.
    ///
    /// The range is widened to whole graphemes. Each line gives one rectangle, several where
    /// its direction changes in the range; from left to right.
    #[must_use]
    pub fn rects(&self, range: TextRange, top: f64, bottom: f64) -> Vec<PageRect> {
        let range = text::widen(&self.text, range);
        let first = self.block_of(range.start());
        let mut block_top = self.top_of(first);
        let mut rects = Vec::new();
        for (index, slot) in self.slots.iter().enumerate().skip(first) {
            let start = slot.block.range.start as usize;
            if start >= range.end().to_usize() || block_top >= bottom {
                break;
            }
            let cut = |at: usize| u32::try_from(at.saturating_sub(start)).unwrap_or(u32::MAX);
            let inside = cut(range.start().to_usize())..cut(range.end().to_usize());
            if let Some(lines) = self.lines_of(index) {
                let after = lines.lines.partition_point(|line| line.range.end <= inside.start);
                let rest = lines.lines.iter().skip(after);
                for line in rest.take_while(|line| line.range.start < inside.end) {
                    let y = block_top + f64::from(line.top);
                    let below = y + f64::from(line.height);
                    if y >= bottom || below <= top {
                        continue;
                    }
                    for (left, right) in lines.stretches(line, inside.clone()) {
                        rects.push(PageRect { left, right, top: y, bottom: below });
                    }
                }
            }
            block_top += slot.height;
        }
        rects
    }
}

/// A lane for each range, so that ranges that overlap have different ones.
///
/// Of two that start together the longer gets the lower lane, so the outer of nested ranges is
/// in lane 0. Touching ranges share a lane. Past 255 all share the last one.
#[must_use]
pub fn lanes(ranges: &[TextRange]) -> Vec<u8> {
    let mut order: Vec<usize> = (0..ranges.len()).collect();
    order.sort_by_key(|at| {
        let range = ranges.get(*at).copied().unwrap_or_default();
        (range.start(), std::cmp::Reverse(range.end()))
    });
    let mut lanes = vec![0; ranges.len()];
    let mut ends = Vec::new();
    for at in order {
        let (Some(range), Some(slot)) = (ranges.get(at), lanes.get_mut(at)) else { continue };
        let free = ends.iter().position(|end| *end <= range.start());
        let lane = free.unwrap_or(ends.len());
        match ends.get_mut(lane) {
            Some(end) => *end = range.end(),
            None => ends.push(range.end()),
        }
        *slot = u8::try_from(lane).unwrap_or(u8::MAX);
    }
    lanes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(ranges: &[(usize, usize)], expected: &[u8]) {
        let ranges: Vec<TextRange> =
            ranges.iter().map(|(start, end)| TextRange::of(*start..*end)).collect();
        assert_eq!(lanes(&ranges), expected);
    }

    #[test]
    fn ranges_apart_share_a_lane() {
        check(&[], &[]);
        check(&[(0, 3), (3, 5), (9, 12)], &[0, 0, 0]);
    }

    #[test]
    fn the_outer_of_nested_ranges_is_in_the_first_lane() {
        check(&[(2, 4), (0, 9), (5, 7)], &[1, 0, 1]);
        check(&[(0, 4), (0, 9)], &[1, 0]);
        check(&[(0, 9), (1, 8), (2, 3)], &[0, 1, 2]);
    }

    #[test]
    fn equal_ranges_keep_their_order() {
        check(&[(0, 3), (0, 3)], &[0, 1]);
    }

    #[test]
    fn a_lane_is_used_again_once_free() {
        check(&[(0, 5), (3, 9), (6, 12)], &[0, 1, 0]);
    }
}
