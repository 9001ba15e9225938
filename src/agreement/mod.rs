//! How far two markings of the same texts agree: what one has of the other, and how sure that is.
//!
//! [`align()`] pairs the spans of one text, [`Tally`] counts the pairs, and [`Scores`] keeps a
//! tally for each document and label, from which come ratios with their intervals;
//! [`Calibration`] says whether the scores of what was predicted mean what they say, and
//! [`Recalibration`] makes them. [`wilson()`] is the interval of what is counted one by one. One
//! of both sides is called *gold*, the other *predicted*; nothing depends on which is the better
//! one.

mod align;
mod bootstrap;
mod calibration;
mod recalibration;
mod tally;
mod wilson;

pub use align::{Agreement, Pair, align};
pub use bootstrap::{Interval, LEVEL, ROUNDS};
pub use calibration::{Bin, Calibration};
pub use recalibration::{Recalibration, held_out};
pub use tally::{Figure, Measure, Report, Scores, Tally};
pub use wilson::wilson;
