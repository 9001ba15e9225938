//! From text to glyphs on the screen.

mod font;
mod scene;

pub use font::{FONTS, Font, fonts};
pub use scene::{FontId, Glyph, Rect, Scene, Shape};
