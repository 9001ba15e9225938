//! What panels are built of. Widgets know nothing of a project.
//!
//! egui shapes no Arabic, so every word goes through the [`Kit`]: it sets text with the
//! typeset layer and paints it from one atlas. Each widget tells its name to the
//! accessibility tree.

mod article_view;
mod button;
mod choice;
mod field;
mod kit;
mod list;
mod menu;
mod plot;
mod scroll;

pub(super) use article_view::{ArticleView, Gesture, Outlined, SpanMark, Tick};
pub(super) use button::{Button, Icon, arrow_button, chip, frame, icon_button, toggle};
pub(super) use choice::{Step, choice, stepper};
pub(super) use field::{Editor, Field, FieldOutcome, text_editor, text_field};
pub(super) use kit::{Ink, Kit, TextKind, color};
pub(super) use list::rows;
pub(super) use menu::{
    Columns, MenuKey, MenuRow, Touched, column_size, combo, fitted, menu_column, menu_keys,
    popup,
};
pub(super) use plot::{
    Bar, Curve, Mark, RateRow, Share, bar_chart, column_chart, rate_chart, step_chart,
};
pub(super) use scroll::{WIDTH as BAR, scroll_area, scrolled};
