//! The whole claim about carets: what keys come by, and that clicks give the same.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::{Side, boundaries, page, walk};
use crate::text::{self, Offset, TextRange};
use crate::typeset::{Base, Caret, Page, Typesetter};

/// What was looked at.
#[derive(Debug, Default)]
pub(super) struct Counts {
    texts: usize,
    lines: usize,
    steps: usize,
    graphemes: usize,
    clicks: usize,
}

/// A grapheme as it stands on a line: where its left and its right edge are as carets.
struct Seen {
    range: TextRange,
    left: (Caret, f32),
    right: (Caret, f32),
    /// The middle of its line.
    y: f64,
    /// Whether its line ends with it.
    is_last: bool,
}

/// All graphemes of a page where they stand. One that is cut in two by a line's end, as odd
/// text may have it, is left out: neither part has both edges.
fn seen(page: &Page) -> (Vec<Seen>, usize) {
    let mut found = Vec::new();
    let mut num_lines = 0;
    for view in page.lines(0.0, f64::INFINITY) {
        num_lines += 1;
        for run in view.lines.runs_of(view.line) {
            let mut starts: Vec<(u32, f32)> =
                view.lines.clusters_of(run).iter().map(|c| (c.start, c.lead)).collect();
            let rtl = run.direction.is_rtl();
            starts.push((run.range.end, if rtl { 0.0 } else { run.advance }));
            for pair in starts.windows(2) {
                let at = |offset: u32| Offset::at((view.start + offset) as usize);
                let range = TextRange::between(at(pair[0].0), at(pair[1].0));
                if text::widen(page.text(), range) != range {
                    continue;
                }
                let begins = (Caret::before(range.start()), run.x + pair[0].1);
                let ends = (Caret::after(range.end()), run.x + pair[1].1);
                let (left, right) = if rtl { (ends, begins) } else { (begins, ends) };
                let y = f64::midpoint(view.top(), view.bottom());
                let is_last = pair[1].0 == view.line.range.end;
                found.push(Seen { range, left, right, y, is_last });
            }
        }
    }
    (found, num_lines)
}

/// Holds a text to the claim, and counts.
///
/// From its rightmost place a walk to the left comes by every grapheme boundary and by no
/// place twice, crosses every grapheme once, and the way back is the same way. With the ends
/// of wrapped lines, to which `End` leads, it has every edge of every grapheme that is seen.
/// A click on either half of a grapheme gives just the caret that a key gives there.
#[track_caller]
pub(super) fn check(text: &str, base: Base, width: f32) -> Counts {
    let mut ts = Typesetter::new();
    let mut page = page(text, base, width);
    page.prepare(&mut ts, 0.0, f64::INFINITY);
    let (start, about) = (page.start(), format!("{text:?} at {width} px"));
    let rightmost = *walk(&mut ts, &mut page, start, Side::Right).last().unwrap();
    let there = walk(&mut ts, &mut page, rightmost, Side::Left);
    let mut back = walk(&mut ts, &mut page, *there.last().unwrap(), Side::Right);
    back.reverse();
    assert_eq!(there, back, "{about}: the way back is another");
    let offsets: BTreeSet<Offset> = there.iter().map(|caret| caret.offset).collect();
    let expected: BTreeSet<Offset> = boundaries(text).into_iter().collect();
    assert_eq!(offsets, expected, "{about}: a boundary is left out");

    let mut keys: BTreeSet<Caret> = there.iter().copied().collect();
    assert_eq!(keys.len(), there.len(), "{about}: a place is come by twice");
    let (graphemes, num_lines) = seen(&page);
    for grapheme in &graphemes {
        keys.insert(page.line_end(&mut ts, Caret::before(grapheme.range.start())));
    }
    let mut counts = Counts { texts: 1, lines: num_lines, ..Counts::default() };
    counts.steps = 2 * (there.len() - 1);
    let crossed = crossings(&mut ts, &mut page, &there, &graphemes);
    assert!(crossed.values().all(|times| *times == 1), "{about}: {crossed:?}");
    for Seen { range, left, right, y, is_last } in graphemes {
        counts.graphemes += 1;
        let width = right.1 - left.1;
        // From the last letter of a wrapped line the walk goes on to the next line.
        if width > 0.1 && !is_last {
            assert!(crossed.contains_key(&range), "{about}: {range:?} is not crossed");
        }
        for (edge, share) in [(left, 0.25), (right, 0.75)] {
            let place = page.canonical(&mut ts, edge.0);
            assert!(keys.contains(&place), "{about}: no key leads to {place:?}");
            let rect = page.caret_rect(&mut ts, place);
            let (below, above) = (rect.top <= y, rect.bottom >= y);
            assert!(below && above, "{about}: {place:?} is on another line");
            let dx = (rect.left - edge.1).abs();
            assert!(dx < 0.1, "{about}: {place:?} is {dx} px from its letter {range:?}");
            // Nothing to click on: a mark that is not drawn.
            if width < 0.1 {
                continue;
            }
            let hit = page.hit(&mut ts, left.1 + width * share, y);
            assert_eq!(hit, place, "{about}: a click on {range:?}");
            counts.clicks += 1;
        }
    }
    counts
}

/// How often the walk crosses each grapheme: goes from one of its edges to the other.
fn crossings(
    ts: &mut Typesetter,
    page: &mut Page,
    there: &[Caret],
    graphemes: &[Seen],
) -> BTreeMap<TextRange, usize> {
    let edges: BTreeMap<TextRange, &Seen> =
        graphemes.iter().map(|grapheme| (grapheme.range, grapheme)).collect();
    let mut crossed = BTreeMap::new();
    let rects: Vec<_> = there.iter().map(|caret| page.caret_rect(ts, *caret)).collect();
    for (pair, rects) in there.windows(2).zip(rects.windows(2)) {
        // Two carets may have neighboring offsets where the direction turns or a line ends, and
        // the letter between them stand elsewhere.
        let range = TextRange::between(pair[0].offset, pair[1].offset);
        let Some(seen) = edges.get(&range) else { continue };
        let is_its_line = rects.iter().all(|rect| rect.top <= seen.y && seen.y <= rect.bottom);
        let (from, to) = (rects[0].left, rects[1].left);
        let is_near = |a: f32, b: f32| (a - b).abs() < 0.1;
        let crosses = (is_near(from, seen.right.1) && is_near(to, seen.left.1))
            || (is_near(from, seen.left.1) && is_near(to, seen.right.1));
        if is_its_line && crosses && !is_near(from, to) {
            *crossed.entry(range).or_default() += 1;
        }
    }
    crossed
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.texts += other.texts;
        self.lines += other.lines;
        self.steps += other.steps;
        self.graphemes += other.graphemes;
        self.clicks += other.clicks;
    }
}

/// Numbers that look like chance and are the same every time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }
}

/// Pieces of text that meet in every order.
const PIECES: [&str; 34] = [
    "قال",
    "مدينة",
    "وَكَالَةُ",
    "لا",
    "إِلٰه",
    "الأَمْن",
    "لـــنا",
    "پارس",
    "گ",
    "NATO",
    "Reuters",
    "e\u{301}t",
    "@news_24",
    "https://a.org/b?c=1",
    "12",
    "2021",
    "12/05/2024",
    "٤٥",
    "۳۶",
    "3.5%",
    "👍🏽",
    "👨\u{200D}👩\u{200D}👧",
    "🇲🇦",
    "(",
    ")",
    "«",
    "»",
    "،",
    ":",
    "-",
    "\u{200F}",
    "\u{200E}",
    "\t",
    "\n",
];

fn mixed(chance: &mut Chance) -> String {
    let mut text = String::new();
    for _ in 0..1 + chance.below(40) {
        text.push_str(PIECES[chance.below(PIECES.len())]);
        if chance.below(3) > 0 {
            text.push(' ');
        }
    }
    text
}

#[test]
fn keys_and_clicks_agree_in_mixed_text_at_every_width() {
    let mut chance = Chance(7);
    let mut counts = Counts::default();
    for _ in 0..600 {
        let text = mixed(&mut chance);
        let base = [Base::Auto, Base::RightToLeft, Base::LeftToRight][chance.below(3)];
        let width = 40.0 + f32::from(u16::try_from(chance.below(600)).unwrap());
        counts += check(&text, base, width);
    }
    println!("mixed text: {counts:?}, 0 exceptions");
    assert!(counts.clicks > 10_000);
}

#[test]
fn keys_and_clicks_agree_in_the_seeds() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/gold/seeds.jsonl");
    let Ok(seeds) = std::fs::read_to_string(&path) else {
        println!("skipped: {} is not there", path.display());
        return;
    };
    let mut counts = Counts::default();
    let mut chance = Chance(11);
    for line in seeds.lines() {
        let seed: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = seed["text"].as_str().unwrap();
        for _ in 0..4 {
            let width = 60.0 + f32::from(u16::try_from(chance.below(900)).unwrap());
            counts += check(text, Base::Auto, width);
        }
    }
    println!("seeds: {counts:?}, 0 exceptions");
    assert!(counts.clicks > 1_000);
}
