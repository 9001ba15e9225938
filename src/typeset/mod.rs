//! From text to glyphs on the screen.

mod scene;

pub use scene::{FontId, Glyph, Rect, Scene, Shape};
