//! Suggestions in the open article: whether they are shown, and what is said of them.

use egui::Context;

use super::App;
use crate::lang::{Bilingual, Message, both, isolated};
use crate::model::{Confidence, Suggestion};
use crate::project::RULES;

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

/// How sure a source is, in whole percent.
pub(super) fn percent(of: Confidence) -> usize {
    (0..100_u8).take_while(|percent| f64::from(*percent) + 0.5 <= of.share() * 100.0).count()
}

impl App {
    /// Brings the suggestions up to the open document.
    pub(super) fn follow_suggestions(&mut self, ctx: &Context) {
        let Some(project) = &self.project else { return };
        let suggestions = &mut self.workspace.suggestions;
        if !self.settings.suggests {
            suggestions.forget();
            return;
        }
        let waker = ctx.clone();
        if suggestions.follow(project, move || waker.request_repaint()) {
            ctx.request_repaint();
        }
        let Some(review) = &mut self.workspace.review else { return };
        review.follow(project, suggestions.all());
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
            both("أُخفيت الاقتراحات", "Suggestions are hidden")
        };
        self.workspace.say(now.into());
    }
}
