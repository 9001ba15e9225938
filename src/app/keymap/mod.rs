//! Which keys mean which command: those of the table, and the person's own over them.
//!
//! Keys one after another (`G D`) go through a trie. Digits are labels' first of all: the
//! schema gives them, and while the article has the focus they mark.

mod change;
mod file;
mod stroke;
mod take;
mod trie;

use super::command::{Command, Group, command, commands};
use crate::model::Problem;

pub(super) use change::{clear, give, read, refusal, write};
pub(super) use file::{path, write_template};
pub(super) use stroke::{Sequence, Stroke};
pub(super) use take::{Focus, take_keys};
use trie::{Found, Trie};

/// A key, or keys one after another, and what they ask for.
#[derive(Clone)]
struct Binding {
    keys: Sequence,
    command: &'static Command,
}

/// Which keys mean which command.
pub(super) struct KeyMap {
    /// The person's own first, then those of the table.
    bindings: Vec<Binding>,
    trie: Trie,
}

impl KeyMap {
    /// The keys of the table.
    pub(super) fn new() -> Self {
        Self::of(defaults())
    }

    /// The keys of the table with those of a person's file over them, and what is wrong with
    /// the file. Without a file, those of the table.
    pub(super) fn load(folder: &std::path::Path) -> (Self, Vec<Problem>) {
        let (bindings, problems) = file::load(folder, defaults());
        (Self::of(bindings), problems)
    }

    fn of(bindings: Vec<Binding>) -> Self {
        let mut trie = Trie::default();
        for binding in &bindings {
            trie.insert(&binding.keys.0, binding.command);
        }
        Self { bindings, trie }
    }

    /// The keys of a command, as they are printed; the first is the one to show.
    pub(super) fn keys_of(&self, id: &str) -> impl Iterator<Item = String> {
        let of = self.bindings.iter().filter(move |binding| binding.command.id == id);
        of.map(|binding| binding.keys.to_string())
    }

    /// The key to show with a command.
    pub(super) fn key_of(&self, id: &str) -> Option<String> {
        self.keys_of(id).next()
    }

    /// The same, to be changed.
    pub(super) fn sequences_of(&self, id: &str) -> Vec<Sequence> {
        let of = self.bindings.iter().filter(|binding| binding.command.id == id);
        of.map(|binding| binding.keys.clone()).collect()
    }

    /// Whether a command has other keys than those of the table.
    pub(super) fn is_changed(&self, command: &Command) -> bool {
        let mut keys: Vec<_> = self.keys_of(command.id).collect();
        let mut first = command.keys.to_vec();
        keys.sort_unstable();
        first.sort_unstable();
        keys != first
    }

    /// Which other commands than `id` could not keep their keys if it had these: those that
    /// have them, or keys that they begin, or that begin them.
    pub(super) fn holders(
        &self,
        keys: &Sequence,
        id: &str,
    ) -> Vec<(Sequence, &'static Command)> {
        let asked = command(id);
        let others = self.bindings.iter().filter(|binding| {
            binding.command.id != id && asked.is_none_or(|asked| asked.meets(binding.command))
        });
        let held = others.filter(|binding| binding.keys.clashes(keys));
        held.map(|binding| (binding.keys.clone(), binding.command)).collect()
    }

    /// The commands of a group that have keys, and those keys.
    pub(super) fn keys_in(
        &self,
        group: &Group,
    ) -> impl Iterator<Item = (&'static Command, Vec<String>)> {
        let keyed = group.commands.iter().map(|command| {
            let keys: Vec<_> = self.keys_of(command.id).collect();
            (command, keys)
        });
        keyed.filter(|(_, keys)| !keys.is_empty())
    }

    /// What may follow keys that were pressed: the rest of the keys, and what they ask for.
    pub(super) fn after(&self, pressed: &[Stroke]) -> Vec<(String, &'static Command)> {
        let follow = self.bindings.iter().filter_map(|binding| {
            let rest = binding.keys.0.strip_prefix(pressed).filter(|rest| !rest.is_empty())?;
            Some((Sequence(rest.to_vec()).to_string(), binding.command))
        });
        follow.collect()
    }
}

/// The keys of the table for a command.
pub(super) fn first_keys(command: &Command) -> Vec<Sequence> {
    command.keys.iter().filter_map(|keys| Sequence::parse(keys)).collect()
}

/// The keys of the table. What is no key there is caught by a test.
fn defaults() -> Vec<Binding> {
    let all = commands().flat_map(|command| {
        let keys = first_keys(command).into_iter();
        keys.map(move |keys| Binding { keys, command })
    });
    all.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_default_key_can_be_read_and_is_printed_as_it_is_written() {
        for command in commands() {
            for keys in command.keys {
                let read = Sequence::parse(keys);
                assert_eq!(read.map(|read| read.to_string()).as_deref(), Some(*keys));
            }
        }
    }

    #[test]
    fn no_two_defaults_clash_in_a_scope() {
        let all = defaults();
        for (at, one) in all.iter().enumerate() {
            for other in &all[at + 1..] {
                let (a, b) = (&one.keys.0, &other.keys.0);
                let clash = a.starts_with(b) || b.starts_with(a);
                // All scopes meet in the article, but what is in hand goes before the rest.
                let is_same =
                    one.command.id == other.command.id || !one.command.meets(other.command);
                let (first, second) = (one.command.id, other.command.id);
                assert!(
                    !clash || is_same,
                    "{} of {first}, {} of {second}",
                    one.keys,
                    other.keys
                );
            }
        }
    }

    #[test]
    fn what_may_follow_a_key_is_told() {
        let map = KeyMap::of(vec![
            Binding {
                keys: Sequence::parse("G D").unwrap(),
                command: commands().next().unwrap(),
            },
            Binding {
                keys: Sequence::parse("Tab").unwrap(),
                command: commands().next().unwrap(),
            },
        ]);
        let pressed = Sequence::parse("G").unwrap();
        let follow: Vec<_> = map.after(&pressed.0).into_iter().map(|(keys, _)| keys).collect();
        assert_eq!(follow, ["D"]);
    }
}
