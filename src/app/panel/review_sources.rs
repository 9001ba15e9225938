//! Who suggests: each source with its sign, how much of it is open in the document, and a switch.

use egui::Ui;

use crate::app::action::Action;
use crate::app::review::Ask;
use crate::app::suggest::{percent, rule_in_words, sign_of, source_name};
use crate::app::widget::{Ink, Kit, TextKind, toggle};
use crate::app::workspace::Workspace;
use crate::lang::{Lang, both};
use crate::project::{Offer, SourceRow};
use crate::theme::size;

/// The sources and their switches; nothing where there is no other than the program's own.
pub(super) fn switches(
    ui: &mut Ui,
    kit: &mut Kit,
    workspace: &Workspace,
    out: &mut Vec<Action>,
) {
    silent(ui, kit, workspace.suggestions.silent());
    let sources = workspace.suggestions.sources();
    if sources.len() < 2 {
        return;
    }
    ui.add_space(size::GAP);
    let name = kit.t(both("المصادر", "Sources"));
    kit.label(ui, name, TextKind::Small, Ink::Weak);
    kit.row_ui(ui, |ui, kit| {
        ui.spacing_mut().item_spacing = egui::vec2(5.0, 5.0);
        for source in sources {
            let open = kit.number(source.open);
            let text = format!(
                "\u{2068}{}\u{2069} · {} · {open}",
                sign_of(sources, &source.name, kit.lang),
                source_name(&source.name).get(kit.lang)
            );
            let tip = match (kit.lang, source.is_on) {
                (Lang::Ar, true) => "تُعرض اقتراحاته؛ انقر لإخفائها",
                (Lang::Ar, false) => "أُخفيت اقتراحاته؛ انقر لعرضها",
                (Lang::En, true) => "Its suggestions are shown; click to hide them",
                (Lang::En, false) => "Its suggestions are hidden; click to show them",
            };
            let response = toggle(ui, kit, &text, source.is_on);
            let response = kit.tip(response, tip);
            if response.clicked() {
                out.push(Action::Review(Ask::ToggleSource(source.name.clone())));
            }
        }
    });
}

/// How many suggestions are silent, if any are.
fn silent(ui: &mut Ui, kit: &mut Kit, silent: usize) {
    if silent == 0 {
        return;
    }
    let number = kit.number(silent);
    let text = match kit.lang {
        Lang::Ar => format!("اقتراحات صامتة: {number}"),
        Lang::En => format!("{number} silent"),
    };
    let why = both(
        "لا تُعرض: رُفض مثلها مرتين ولم يُقبل قط، أو لا يوافقها ما تُعلّم من المقالات المنتهية",
        "Not shown: the same was rejected twice and never accepted, or what finished documents taught does not agree",
    );
    let response = kit.label(ui, &text, TextKind::Small, Ink::Weak);
    kit.tip(response, kit.t(why));
}

/// Who proposes what is in hand, by which rule, and how sure each is; how many of those that are
/// shown agree.
pub(super) fn provenance(ui: &mut Ui, kit: &mut Kit, workspace: &Workspace, offer: &Offer) {
    let sources = workspace.suggestions.sources();
    let shown = sources.iter().filter(|source| source.is_on).count();
    if shown > 1 {
        let (agree, shown) = (kit.number(offer.sources().count()), kit.number(shown));
        let text = match kit.lang {
            Lang::Ar => format!("المصادر المتفقة: {agree} من {shown}"),
            Lang::En => format!("{agree} of {shown} sources"),
        };
        kit.label(ui, &text, TextKind::Small, Ink::Text);
    }
    for it in offer.all() {
        let mut parts = vec![rule_in_words(it).get(kit.lang).to_owned()];
        if sources.len() > 1 {
            parts.insert(0, sign_of(sources, &it.source, kit.lang).to_string());
        }
        if let Some(confidence) = workspace.trusting.trust.confidence(it) {
            let sure = kit.number(percent(confidence));
            parts.push(match kit.lang {
                Lang::Ar => format!("الثقة {sure}٪"),
                Lang::En => format!("{sure}% sure"),
            });
        }
        if !it.rule.is_empty() {
            parts.push(format!("\u{2066}{}\u{2069}", it.rule));
        }
        kit.paragraph(ui, &parts.join(" · "), TextKind::Small, Ink::Weak);
    }
}

/// What an outline is called: its label, and, where there are several sources, the signs of
/// those that propose it.
pub(super) fn outline_name(
    label: &str,
    sources: &[SourceRow],
    (offer, lang): (&Offer, Lang),
) -> String {
    if sources.len() < 2 {
        return label.to_owned();
    }
    let signs = offer.sources().map(|source| sign_of(sources, source, lang).to_string());
    format!("{label} \u{2068}{}\u{2069}", signs.collect::<Vec<_>>().join(" "))
}
