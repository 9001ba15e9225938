//! Keys one after another, as a tree.

use std::collections::BTreeMap;

use super::Stroke;
use crate::app::command::{Command, Scope};

/// What some keys mean.
pub(super) enum Found {
    /// They begin others.
    Pending,
    /// A command.
    Matched(&'static Command),
    /// Nothing.
    Nothing,
}

/// A place in the tree: what the keys up to it mean, and what may follow.
#[derive(Default)]
pub(super) struct Trie {
    /// More than one where they count in scopes that never meet.
    commands: Vec<&'static Command>,
    next: BTreeMap<Stroke, Self>,
}

impl Trie {
    /// Gives keys to a command.
    pub(super) fn insert(&mut self, keys: &[Stroke], command: &'static Command) {
        match keys.split_first() {
            None => self.commands.push(command),
            Some((first, rest)) => {
                self.next.entry(*first).or_default().insert(rest, command);
            }
        }
    }

    /// What keys mean where only commands of some scopes count.
    pub(super) fn find(&self, keys: &[Stroke], counts: &impl Fn(Scope) -> bool) -> Found {
        let Some((first, rest)) = keys.split_first() else {
            let here = self.commands.iter().filter(|command| counts(command.scope));
            // What is in hand goes before what is below it.
            let here = here.min_by_key(|command| command.scope != Scope::Review);
            return match here {
                Some(command) => Found::Matched(command),
                None if self.next.values().any(|next| next.has(counts)) => Found::Pending,
                None => Found::Nothing,
            };
        };
        self.next.get(first).map_or(Found::Nothing, |next| next.find(rest, counts))
    }

    fn has(&self, counts: &impl Fn(Scope) -> bool) -> bool {
        self.commands.iter().any(|command| counts(command.scope))
            || self.next.values().any(|next| next.has(counts))
    }
}
