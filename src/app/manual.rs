//! The manual, as it is read in the window: the files of `docs`, without their pictures.

use super::guide::{Guide, Kind};
use super::widget::Field;
use crate::arabic::fold;
use crate::lang::Lang;

/// The manual in a language.
fn source(lang: Lang) -> &'static str {
    match lang {
        Lang::Ar => include_str!("../../docs/manual.ar.md"),
        Lang::En => include_str!("../../docs/manual.en.md"),
    }
}

/// The manual, and where the reader is in it.
#[derive(Debug)]
pub(super) struct ManualForm {
    lang: Lang,
    pub(super) guide: Guide,
    /// What is looked for.
    pub(super) field: Field,
    /// The folded texts of the blocks.
    folded: Vec<String>,
    /// The blocks with what is looked for, and which of them is shown.
    pub(super) hits: (Vec<usize>, usize),
    /// The block at the top.
    pub(super) top: usize,
}

impl Clone for ManualForm {
    fn clone(&self) -> Self {
        Self { field: self.field.clone(), ..Self::new(self.lang) }
    }
}

impl ManualForm {
    pub(super) fn new(lang: Lang) -> Self {
        let is_text = |line: &&str| !line.starts_with("![");
        let text: Vec<_> = source(lang).lines().filter(is_text).collect();
        let mut guide = Guide::default();
        guide.take(Ok(text.join("\n")));
        let folded = guide.blocks.iter().map(|block| fold(&block.text)).collect();
        let field = Field::default();
        Self { lang, guide, field, folded, hits: (Vec::new(), 0), top: 0 }
    }

    /// Reads the manual in that language from now on, at the same place.
    pub(super) fn follow(&mut self, lang: Lang) {
        if self.lang != lang {
            let chapter = (self.top > 0).then(|| self.chapter());
            *self = Self { field: self.field.clone(), ..Self::new(lang) };
            let shown = chapter
                .and_then(|chapter| self.chapters().nth(chapter))
                .map(|(block, _)| block);
            self.guide.shown = shown;
            self.search();
        }
    }

    /// The chapters: the block of each heading, and its text.
    pub(super) fn chapters(&self) -> impl Iterator<Item = (usize, &str)> {
        let blocks = self.guide.blocks.iter().enumerate();
        let heads = blocks.filter(|(_, block)| block.kind == Kind::Heading(2));
        heads.map(|(at, block)| (at, block.text.as_str()))
    }

    /// The chapter that is read, by its number; the first also before it begins.
    pub(super) fn chapter(&self) -> usize {
        self.chapters().filter(|(block, _)| *block <= self.top).count().saturating_sub(1)
    }

    /// Finds what is looked for, however it is spelt, from the first hit on.
    pub(super) fn search(&mut self) {
        let needle = fold(self.field.text().trim());
        let texts = self.folded.iter().enumerate();
        let found = texts.filter(|(_, text)| !needle.is_empty() && text.contains(&needle));
        self.hits = (found.map(|(at, _)| at).collect(), 0);
        if let Some(first) = self.hits.0.first() {
            self.guide.shown = Some(*first);
        }
    }

    /// Goes on to the next hit, round at the end.
    pub(super) fn next(&mut self) {
        let (hits, at) = &mut self.hits;
        if !hits.is_empty() {
            *at = (*at + 1) % hits.len();
            self.guide.shown = hits.get(*at).copied();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::command::commands;
    use crate::app::keymap::Sequence;

    /// What stands between backticks, with what stands before.
    fn codes(text: &str) -> impl Iterator<Item = &str> {
        text.lines().flat_map(|line| line.split('`').skip(1).step_by(2))
    }

    /// What stands between two pairs of asterisks, with what comes after.
    fn bolds(text: &str) -> Vec<(String, &str)> {
        let parts: Vec<_> = text.split("**").collect();
        let pairs = parts.windows(2).skip(1).step_by(2);
        pairs.map(|pair| (pair[0].replace('\n', " "), pair[1])).collect()
    }

    #[test]
    fn every_key_that_the_manual_names_is_a_commands() {
        for lang in [Lang::Ar, Lang::En] {
            let mut count = 0;
            for code in codes(source(lang)) {
                let is_chord =
                    ["Ctrl+", "Shift+", "Alt+", "F1"].iter().any(|m| code.starts_with(m));
                if is_chord
                    && Sequence::parse(code).is_some()
                    && !["Ctrl+U", "Ctrl+S"].contains(&code)
                {
                    count += 1;
                    assert!(commands().any(|c| c.keys.contains(&code)), "{lang:?}: {code}");
                }
            }
            assert!(count > 20, "{count}");
        }
    }

    #[test]
    fn every_command_that_the_manual_names_is_one_and_has_the_key_beside_it() {
        let mut of_lang = Vec::new();
        for lang in [Lang::Ar, Lang::En] {
            let mut named = Vec::new();
            for (name, after) in bolds(source(lang)) {
                let key = after
                    .trim_start()
                    .strip_prefix("(`")
                    .and_then(|rest| rest.split_once('`'))
                    .filter(|(key, _)| Sequence::parse(key).is_some());
                if key.is_none() && !name.ends_with('…') {
                    continue;
                }
                let command = commands().find(|c| c.title.get(lang) == name);
                let Some(command) = command else { panic!("{lang:?}: no command `{name}`") };
                if let Some((key, _)) = key {
                    assert!(command.keys.contains(&key), "{lang:?}: {name} is not at {key}");
                }
                named.push(command.id);
            }
            named.sort_unstable();
            named.dedup();
            of_lang.push(named);
        }
        assert!(of_lang[0].len() > 30, "{of_lang:?}");
        assert_eq!(of_lang[0], of_lang[1], "both manuals name the same commands");
    }

    #[test]
    fn what_is_looked_for_is_found_however_it_is_spelt() {
        let mut form = ManualForm::new(Lang::Ar);
        form.field = Field::new("الذهبية");
        form.search();
        let hits = form.hits.0.clone();
        form.field = Field::new("ألذهبيه");
        form.search();
        assert_eq!(form.hits.0, hits);
        assert!(hits.len() > 1 && form.guide.shown == Some(hits[0]));
        form.next();
        assert_eq!(form.guide.shown, Some(hits[1]));
        form.follow(Lang::En);
        assert!(form.chapters().any(|(_, title)| title == "Bringing in articles"));
    }
}
