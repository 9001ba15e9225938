//! What the chosen span was as a suggestion: who proposed it, by which rule and how sure, what
//! was proposed, what is otherwise now, who decided and when.

use egui::Ui;

use crate::app::quality::fate_name;
use crate::app::suggest::percent;
use crate::app::widget::{Ink, Kit, TextKind};
use crate::lang::{Bilingual, Lang, both, isolated};
use crate::model::{Decision, Document, Span, Verdict};
use crate::project::{Fate, Project};
use crate::theme::size;

/// What each source proposed that the span was taken from; nothing for another span.
pub(super) fn ui(
    ui: &mut Ui,
    kit: &mut Kit,
    (project, document, span): (&Project, &Document, &Span),
) {
    let Some(set) = project.set() else { return };
    let is_its = |it: &&Decision| it.verdict == Verdict::Accepted(span.id.clone());
    for decision in set.decisions.values().filter(is_its) {
        ui.add_space(size::GAP);
        let proposed = proposed(kit, (project, document), decision);
        kit.paragraph(ui, &proposed, TextKind::Small, Ink::Weak);
        let fate = became(kit, Fate::of(decision, set));
        let who = isolated(project.annotator());
        let mut parts = vec![fate, who];
        let at = decision.at.map(|at| at.to_string()).unwrap_or_default();
        if let (Some(day), Some(hour)) = (at.get(..10), at.get(11..16)) {
            parts.push(format!("\u{2066}{} {hour} UTC\u{2069}", kit.date(day)));
        }
        kit.paragraph(ui, &parts.join(" · "), TextKind::Small, Ink::Weak);
    }
}

/// What was proposed, and by whom.
fn proposed(
    kit: &Kit,
    (project, document): (&Project, &Document),
    decision: &Decision,
) -> String {
    let it = &decision.suggestion;
    let source = match it.rule.as_str() {
        "" => isolated(&it.source),
        rule => format!("\u{2066}{}/{rule}\u{2069}", it.source),
    };
    let mut parts = vec![match kit.lang {
        Lang::Ar => format!("اقترحه {source}"),
        Lang::En => format!("Proposed by {source}"),
    }];
    if let Some(confidence) = it.confidence {
        let sure = kit.number(percent(confidence));
        parts.push(match kit.lang {
            Lang::Ar => format!("الثقة {sure}٪"),
            Lang::En => format!("{sure}% sure"),
        });
    }
    if document.check(it.range).is_ok() {
        parts.push(format!("\u{2068}«{}»\u{2069}", document.slice(it.range)));
    }
    let label = project.schema().label(&it.label);
    parts.push(label.map_or(it.label.as_str(), |label| label.name.get(kit.lang)).to_owned());
    let values = it.value.iter().chain(it.attributes.values());
    parts.extend(values.map(|value| format!("\u{2068}{value}\u{2069}")));
    parts.join(" · ")
}

/// What became of it, and what of it is otherwise now.
fn became(kit: &Kit, fate: Fate) -> String {
    let name = kit.t(fate_name(fate));
    let Fate::Corrected(what) = fate else { return name.to_owned() };
    let named: [(bool, Bilingual); 3] = [
        (what.label, both("الوسم", "label")),
        (what.edges, both("الحدود", "edges")),
        (what.value, both("القيمة", "value")),
    ];
    let named: Vec<_> =
        named.iter().filter(|(is, _)| *is).map(|(_, name)| kit.t(*name)).collect();
    format!("{name}: {}", named.join(kit.t(both("، ", ", "))))
}
