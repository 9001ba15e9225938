//! Suggestions in the open article: whether they are shown, and what is said of them.

use egui::Context;

use super::App;
use crate::lang::{Bilingual, Lang, Message, both, isolated};
use crate::model::{Confidence, Problem, Suggestion};
use crate::project::{Asking, LEARNED, MEMORY, RULES, SourceRow};

/// What a rule goes by, by how its id begins.
const RULES_IN_WORDS: &[(&str, Bilingual)] = &[
    (
        "agency.",
        both(
            "من أسماء الأجهزة الرسمية وتراكيبها",
            "by the names of agencies and how they are built",
        ),
    ),
    ("city.", both("من قائمة المدن", "from the list of cities")),
    ("count.", both("بقواعد الأعداد", "by the grammar of numbers")),
    ("date.", both("بقواعد التواريخ", "by the grammar of dates")),
];

/// What a suggestion goes by, in words: the rule of this program's own, or the other source.
pub(super) fn rule_in_words(of: &Suggestion) -> Message {
    if of.source == LEARNED {
        return both("من المقالات المنتهية", "learned from finished documents").into();
    }
    if of.source == MEMORY {
        return both("وُسمت مثلها من قبل", "the same words were marked before").into();
    }
    if of.source != RULES {
        let source = isolated(&of.source);
        return Message::new(
            format!("من المصدر {source}"),
            format!("from the source {source}"),
        );
    }
    let row = RULES_IN_WORDS.iter().find(|(start, _)| of.rule.starts_with(start));
    row.map_or(both("بقاعدة", "by a rule"), |(_, words)| *words).into()
}

/// What all of some suggestions go by, and how sure each source is where there are several.
pub(super) fn all_in_words(all: &[Suggestion]) -> Message {
    let each: Vec<Message> = all
        .iter()
        .map(|it| match it.confidence.filter(|_| all.len() > 1) {
            Some(confidence) => {
                let (words, sure) = (rule_in_words(it), percent(confidence));
                Message::new(
                    format!("{} ({sure}٪)", words.ar),
                    format!("{} ({sure}%)", words.en),
                )
            }
            None => rule_in_words(it),
        })
        .collect();
    let joined =
        |lang| each.iter().map(|words| words.get(lang)).collect::<Vec<_>>().join(" · ");
    Message::new(joined(Lang::Ar), joined(Lang::En))
}

/// What a source is called.
pub(super) fn source_name(name: &str) -> Message {
    if name == RULES {
        return both("قواعد البرنامج", "This program’s rules").into();
    }
    if name == LEARNED {
        return both("ما تُعلّم من المقالات", "Learned from documents").into();
    }
    if name == MEMORY {
        return both("ما وُسم من قبل", "Marked before").into();
    }
    Message::new(isolated(name), isolated(name))
}

/// The sign of a source: a letter of its name that no source before it has, or else of the
/// alphabet.
pub(super) fn sign_of(sources: &[SourceRow], name: &str, lang: Lang) -> char {
    let mut taken = Vec::new();
    for source in sources {
        let own = match (source.name.as_str(), lang) {
            (RULES, Lang::Ar) => "ق",
            (RULES, Lang::En) => "R",
            (LEARNED, Lang::Ar) => "ت",
            (MEMORY, Lang::Ar) => "ذ",
            (name, _) => name,
        };
        let letters = own.chars().filter(|c| c.is_alphanumeric());
        let letters = letters.flat_map(char::to_uppercase).chain('A'..='Z');
        let sign = letters.into_iter().find(|c| !taken.contains(c)).unwrap_or('?');
        if source.name == name {
            return sign;
        }
        taken.push(sign);
    }
    '?'
}

/// How sure a source is, in whole percent.
pub(super) fn percent(of: Confidence) -> usize {
    (0..100_u8).take_while(|percent| f64::from(*percent) + 0.5 <= of.share() * 100.0).count()
}

impl App {
    /// Brings the suggestions up to the open document.
    pub(super) fn follow_suggestions(&mut self, ctx: &Context) {
        if self.workspace.trusting.follow() {
            self.trust_anew();
        }
        let Some(project) = &self.project else { return };
        let suggestions = &mut self.workspace.suggestions;
        if !self.settings.suggests {
            suggestions.forget();
            return;
        }
        let waker = ctx.clone();
        let asking = Asking { project, hidden: &self.settings.hidden_sources };
        if suggestions.follow(asking, move || waker.request_repaint()) {
            ctx.request_repaint();
        }
        let problems = suggestions.take_problems();
        // What was told before does not open the list again with each document.
        let is_news = |problem: &Problem| !self.workspace.problems.contains(problem);
        let has_news = problems.iter().any(is_news);
        self.workspace.shows_problems |= has_news;
        self.workspace.list_problems(problems);
        let suggestions = &mut self.workspace.suggestions;
        let Some(review) = &mut self.workspace.review else { return };
        review.follow(project, suggestions);
        if review.shows {
            self.show_in_hand();
            ctx.request_repaint();
        }
    }

    /// Shows suggestions, or no longer.
    pub(super) fn toggle_suggestions(&mut self) {
        self.settings.suggests ^= true;
        self.settings_changed = true;
        let now = if self.settings.suggests {
            both("تُعرض الاقتراحات", "Suggestions are shown")
        } else {
            self.workspace.review = None;
            both("أُخفيت الاقتراحات", "Suggestions are hidden")
        };
        self.workspace.say(now.into());
    }
}
