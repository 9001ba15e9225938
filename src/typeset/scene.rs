//! What is to be painted, before it is known by whom.
//!
//! The window's painter and the CPU canvas of `tawsim render` both draw a [`Scene`], so the
//! two cannot differ in what they show.

use crate::theme::Rgba;

/// A rectangle in physical pixels, y downwards.
///
/// Painters round its edges to whole pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// The smaller x.
    pub left: f32,
    /// The smaller y.
    pub top: f32,
    /// The larger x.
    pub right: f32,
    /// The larger y.
    pub bottom: f32,
}

impl Rect {
    /// The rectangle between two corners.
    #[must_use]
    pub fn new(left: f32, top: f32, right: f32, bottom: f32) -> Self {
        Self { left, top, right, bottom }
    }

    /// Its width in pixels.
    #[must_use]
    pub fn width(self) -> f32 {
        self.right - self.left
    }

    /// Its height in pixels.
    #[must_use]
    pub fn height(self) -> f32 {
        self.bottom - self.top
    }

    /// The same rectangle elsewhere.
    #[must_use]
    pub fn moved(self, dx: f32, dy: f32) -> Self {
        Self::new(self.left + dx, self.top + dy, self.right + dx, self.bottom + dy)
    }

    /// Whether the point is in it; its right and bottom edges are not.
    #[must_use]
    pub fn contains(self, x: f32, y: f32) -> bool {
        self.left <= x && x < self.right && self.top <= y && y < self.bottom
    }
}

/// One of the bundled fonts: its place in `font::FONTS`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FontId(pub u8);

/// One glyph, placed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    /// The font it is of.
    pub font: FontId,
    /// Its number in that font.
    pub id: u16,
    /// The font size in physical pixels per em.
    pub size: f32,
    /// Where its origin stands, in physical pixels.
    pub x: f32,
    /// The baseline, in physical pixels; the painter rounds it to whole pixels.
    pub y: f32,
}

/// Something to paint.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A filled rectangle with rounded corners.
    Fill {
        /// Where.
        rect: Rect,
        /// The corners' radius in pixels; 0 for square ones.
        radius: f32,
        /// Its color.
        color: Rgba,
    },
    /// The outline of a rectangle, drawn inside its edges.
    Outline {
        /// Where.
        rect: Rect,
        /// The corners' radius in pixels.
        radius: f32,
        /// The line's width in pixels.
        width: f32,
        /// The length of a dash and of a gap in pixels; 0 for an unbroken line.
        dash: f32,
        /// Its color.
        color: Rgba,
    },
    /// Glyphs of one color.
    Glyphs {
        /// Their color.
        color: Rgba,
        /// The glyphs, in visual order within a run.
        glyphs: Vec<Glyph>,
    },
}

/// Shapes in the order in which they are painted, in physical pixels.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scene {
    /// The shapes, undermost first.
    pub shapes: Vec<Shape>,
}

impl Scene {
    /// The same shapes elsewhere.
    #[must_use]
    pub fn moved(mut self, dx: f32, dy: f32) -> Self {
        for shape in &mut self.shapes {
            match shape {
                Shape::Fill { rect, .. } | Shape::Outline { rect, .. } => {
                    *rect = rect.moved(dx, dy);
                }
                Shape::Glyphs { glyphs, .. } => {
                    for glyph in glyphs {
                        glyph.x += dx;
                        glyph.y += dy;
                    }
                }
            }
        }
        self
    }
}
