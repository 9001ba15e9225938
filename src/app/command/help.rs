//! Help.

use super::{Command, Scope};
use crate::app::action::Action;
use crate::app::dialog::Dialog;
use crate::lang::both;

pub(super) const COMMANDS: &[Command] = &[Command {
    id: "help.keys",
    title: both("المفاتيح", "Keys"),
    keys: &["F1"],
    scope: Scope::Anywhere,
    action: |_| Some(Action::Show(Some(Dialog::Keys))),
}];
