//! Arabic text: the units that a caret and a span's edges go by.

mod unit;

pub use unit::{Unit, picks};
