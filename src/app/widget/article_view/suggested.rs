//! What is suggested, where it is seen: told when the pointer rests on it, and to assistive
//! technology. It takes no press, so that text is selected as if it were not there.

use egui::{Role, Sense, Ui, WidgetInfo};

use super::{ArticleView, Frame};
use crate::app::widget::kit::Kit;
use crate::lang::{Message, both};
use crate::typeset::Mark;

/// A suggestion.
#[derive(Clone, Debug)]
pub(in crate::app) struct Outlined<'a> {
    /// What is painted.
    pub(in crate::app) mark: Mark<'a>,
    /// The text it is about.
    pub(in crate::app) text: &'a str,
    /// What it means.
    pub(in crate::app) value: Option<&'a str>,
    /// What is counted.
    pub(in crate::app) of: Option<&'a str>,
    /// What it goes by.
    pub(in crate::app) rule: Message,
    /// How likely it is right, in percent, where that is said.
    pub(in crate::app) percent: Option<usize>,
}

impl ArticleView {
    /// Tells of what is suggested.
    pub(super) fn tell_suggested(
        &self,
        ui: &Ui,
        kit: &mut Kit,
        frame: &Frame,
        outlined: &[Outlined<'_>],
    ) {
        let Some(page) = &self.page else { return };
        for it in outlined {
            let start = it.mark.range.start().to_usize();
            let rects = page.rects(it.mark.range, self.top, self.top + frame.height());
            for (at, rect) in rects.into_iter().enumerate() {
                let rect = frame.in_window(rect, self.top).intersect(frame.area);
                let id = Self::id().with(("suggestion", start, at));
                let response = ui.interact(rect, id, Sense::hover());
                // On further lines it is the same one.
                if at == 0 {
                    // In another order than that of spans: heard, they are told apart at once.
                    let what = kit.t(both("اقتراح", "Suggestion"));
                    let name = format!("{what}: {} ({})", it.text, it.mark.name);
                    response.widget_info(|| WidgetInfo::labeled(Role::Suggestion, true, &name));
                    let what = what.to_lowercase();
                    ui.ctx().accesskit_node_builder(id, |node| {
                        node.set_role_description(what);
                        if let Some(value) = it.value {
                            node.set_value(value);
                        }
                    });
                }
                kit.tip(response, &in_words(kit, it));
            }
        }
    }
}

/// Its label, its value, what it goes by, how sure it is.
fn in_words(kit: &Kit, it: &Outlined<'_>) -> String {
    let first = format!("{}: {}", kit.t(both("اقتراح", "Suggestion")), it.mark.name);
    let isolated = |text: &str| format!("\u{2068}{text}\u{2069}");
    let rest = [
        it.value.map(isolated),
        it.of.map(isolated),
        Some(it.rule.get(kit.lang).to_owned()),
        it.percent.map(|percent| format!("{}%", kit.number(percent))),
    ];
    let parts: Vec<_> = std::iter::once(first).chain(rest.into_iter().flatten()).collect();
    parts.join(" · ")
}
