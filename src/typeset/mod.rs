//! From text to glyphs on the screen.
//!
//! A [`Typesetter`] sets texts in the bundled [`FONTS`]: short ones of the interface with
//! [`Typesetter::text`], and whole documents as a [`Page`], of which only what is looked at is
//! set. Both answer what is at a point, where an offset stands and which rectangles a range
//! has; their glyphs go into a [`Scene`].
//!
//! All numbers are physical pixels, y downwards. Knows no window, no span and no file.

mod article;
mod atlas;
mod blocks;
mod canvas;
mod caret;
mod direction;
mod dump;
mod font;
mod heights;
mod hit;
mod hits;
mod label;
mod lines;
mod mark;
mod page;
mod paint;
mod piece;
mod raster;
mod scene;
mod shaper;
mod style;
mod walk;

pub use article::{Mark, article_scene, article_style};
pub use atlas::Atlas;
pub use canvas::{Canvas, CanvasError};
pub use caret::{Affinity, Caret};
pub use dump::{LineDump, PageDump, RunDump};
pub use font::{FONTS, Font, fonts};
pub use hits::add_hits;
pub use label::ShapedText;
pub use mark::lanes;
pub use page::{LineView, Page, PageRect, PageStyle, RunView};
pub use paint::{Pen, paint, paint_with};
pub use raster::Rasterizer;
pub use scene::{FontId, Glyph, Rect, Scene, Shape};
pub use shaper::Typesetter;
pub use style::{Align, Base, Direction, Face, Fit, Style, Wrap};
pub use walk::Side;
