//! What assistive technology is told of the window, and what it can ask for.

use std::collections::BTreeSet;

use egui::accesskit::{
    Action, ActionData, ActionRequest, Live, NodeId, TextPosition, TextSelection, TreeId,
};
use egui::{Event, Role};
use egui_kittest::kittest::{AccessKitNode, NodeT as _};
use tawsim::lang::{Bilingual, Lang, both};

use super::hands::{Home, Window};
use super::look::is_frame;
use super::{GARDEN, HARBOR, SCHOOL, mark, three_articles, words};

/// Latin words that an Arabic interface may say: keys, formats, names.
const LATIN: &[&str] = &[
    "Ctrl",
    "Shift",
    "Alt",
    "Enter",
    "Esc",
    "Tab",
    "Space",
    "Home",
    "End",
    "Delete",
    "Backspace",
    "PageUp",
    "PageDown",
    "Menu",
    "Plus",
    "Minus",
    "F",
    "UTF",
    "CSV",
    "JSONL",
    "JSON",
    "Lines",
    "CoNLL",
    "IOB2",
    "BIO",
    "KB",
    "MB",
    "GB",
    "English",
    "amal",
    "garden",
    "harbor",
    "school",
    "AquaLine",
    "txt",
    "keys",
    "ron",
    "guidelines",
    "md",
    "CITY",
    "AGENCY",
    "COUNT",
    "DATE",
    "LOC",
    "Y",
    "m",
    "d",
    "CLDR",
    "Windows",
    "project",
    "Markdown",
    "Tawsim",
    "tawsim",
    "new",
    "schema",
    "label",
    "annotator",
    "PgUp",
    "PgDn",
];

/// Arabic words that an English interface may say.
const ARABIC: &[&str] = &["العربية", "توسيم"];

impl Window {
    /// What cannot be reached or understood by its name.
    fn complaints(&self, state: &str, lang: Lang) -> Vec<String> {
        let (mut groups, mut found) = (BTreeSet::new(), Vec::new());
        for node in self.harness.root().children_recursive() {
            let node = node.accesskit_node();
            let (role, name) = (node.role(), node.label().unwrap_or_default());
            let is_input = egui::accessibility::is_input(role);
            let is_named = is_input
                || is_frame(role)
                || matches!(role, Role::ProgressIndicator | Role::ScrollBar);
            if is_named && name.trim().is_empty() {
                found.push(format!("{state}: a {role:?} without a name"));
            }
            if (is_input || role == Role::Dialog) && node.raw_bounds().is_none() {
                found.push(format!("{state}: `{name}` has no place"));
            }
            if is_input && !matches!(role, Role::Splitter | Role::ListBoxOption) {
                let group = node.parent().map(|parent| format!("{:?}", parent.id()));
                if !groups.insert((group, format!("{role:?}"), name.clone())) {
                    found.push(format!("{state}: two of the name `{name}` beside each other"));
                }
            }
            let is_content =
                matches!(role, Role::Mark | Role::Paragraph | Role::TextRun | Role::Cell);
            if !is_content && (is_named || role == Role::Heading) {
                for text in [name, node.description().unwrap_or_default()] {
                    let words = words_of_other(&text, lang);
                    found.extend(
                        words.iter().map(|word| format!("{state}: `{word}` in `{text}`")),
                    );
                }
            }
        }
        found
    }

    /// The nodes of a role.
    fn nodes(&self, role: Role) -> Vec<AccessKitNode<'_>> {
        let nodes = self.harness.root().children_recursive();
        let nodes = nodes.map(|node| node.accesskit_node());
        nodes.filter(|node| node.role() == role).collect()
    }

    /// Asks as assistive technology does.
    fn ask(&mut self, target_node: NodeId, action: Action, data: Option<ActionData>) {
        let target_tree = TreeId::ROOT;
        let request = ActionRequest { action, target_tree, target_node, data };
        self.frame(&[Event::AccessKitActionRequest(request)]);
        self.settle();
    }
}

/// The words of the other language in a name, other than those of the articles.
fn words_of_other(name: &str, lang: Lang) -> Vec<&str> {
    let is_other = |c: char| match lang {
        Lang::Ar => c.is_ascii_alphabetic(),
        Lang::En => ('\u{620}'..='\u{64A}').contains(&c),
    };
    let known = match lang {
        Lang::Ar => LATIN,
        Lang::En => ARABIC,
    };
    let words = name.split(|c: char| !c.is_alphanumeric() && c != '_');
    // A particle that is written onto a Latin word is none of it.
    let is_particle = |c: char| matches!(c, 'و' | 'ب' | 'ل' | 'ف' | 'ك');
    let words = words.map(|word| match lang {
        Lang::Ar => word.trim_start_matches(is_particle),
        Lang::En => word,
    });
    let words = words.filter(|word| {
        let is_known = word.chars().count() == 1
            || known.contains(word)
            || [GARDEN, HARBOR, SCHOOL].iter().any(|text| text.contains(word));
        word.chars().any(is_other) && !is_known
    });
    words.collect()
}

/// The commands that leave nothing to look at, or lead out of what is looked at.
fn is_left_out(name: &str) -> bool {
    let names = [both("العربية أو الإنجليزية", "Arabic or English")];
    names.iter().any(|left_out| [left_out.ar, left_out.en].contains(&name))
}

#[test]
fn whatever_a_command_opens_can_be_read_out_in_the_interfaces_language() {
    let mut found = Vec::new();
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let window = Window::new(home.launch(tawsim::app::View::Welcome, lang));
        found.extend(window.complaints("welcome", lang));
        window.close();
        let home = Home::new();
        let mut window = three_articles(&home, lang);
        let (from, to) = window.sheet(GARDEN, lang).ends("وجدة");
        window.drag(from, to);
        window.key("1");
        found.extend(window.complaints("an article", lang));
        window.key("Ctrl+K");
        let names: Vec<_> = window.options().into_iter().map(|(name, _)| name).collect();
        found.extend(window.complaints("all commands", lang));
        window.key("Esc");
        for name in names.into_iter().filter(|name| !is_left_out(name)) {
            window.key("Ctrl+K");
            window.paste(&name);
            window.key("Enter");
            found.extend(window.complaints(&name, lang));
            for _ in 0..3 {
                window.key("Esc");
            }
        }
        window.close();
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn the_article_is_told_by_paragraph_and_span() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = three_articles(&home, lang);
        let (from, to) = window.sheet(GARDEN, lang).ends("وجدة");
        window.drag(from, to);
        window.key("1");
        window.key("?");
        let told: Vec<_> =
            window.nodes(Role::Paragraph).iter().filter_map(AccessKitNode::value).collect();
        let expected: Vec<_> = GARDEN.split('\n').collect();
        assert_eq!(told.iter().map(String::as_str).collect::<Vec<_>>(), expected);
        let marks = window.nodes(Role::Mark);
        let [city] = marks.as_slice() else { panic!("{} marks", marks.len()) };
        assert_eq!(city.label(), Some(mark(words::CITY, lang, "وجدة")));
        assert_eq!(city.is_selected(), Some(true));
        let doubtful = both("مشكوك فيه", "Doubtful");
        assert_eq!(city.description().as_deref(), Some(doubtful.get(lang)));
        let id = city.locate().0;
        window.key("Esc");
        assert!(window.nodes(Role::Mark)[0].is_selected() == Some(false));
        // Asked to, it is chosen; and the article has the focus.
        window.ask(id, Action::Click, None);
        assert!(window.nodes(Role::Mark)[0].is_selected() == Some(true));
        window.key("Esc");
        window.ask(id, Action::Focus, None);
        assert!(window.nodes(Role::Mark)[0].is_selected() == Some(true));
        assert!(window.is_in_article());
        // Text is selected by asking for it.
        let runs: Vec<_> =
            window.nodes(Role::TextRun).iter().map(|run| run.locate().0).collect();
        let at = |character_index| TextPosition { node: runs[0], character_index };
        let selection =
            TextSelection { anchor: at(0), focus: at("حديقة".chars().count()) };
        let article = window.nodes(Role::Document)[0].locate().0;
        let data = Some(ActionData::SetTextSelection(selection));
        window.ask(article, Action::SetTextSelection, data);
        assert_eq!(window.copy().as_deref(), Some("حديقة"));
        assert_eq!(
            window.nodes(Role::Document)[0].data().text_selection(),
            Some(&selection),
            "and it is told where the selection is"
        );
        window.close();
    }
}

#[test]
fn what_is_said_is_read_out() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = three_articles(&home, lang);
        let (from, to) = window.sheet(GARDEN, lang).ends("وجدة");
        window.drag(from, to);
        window.key("1");
        let saved = |window: &Window| window.says_live(words::SAVED, lang);
        assert!(saved(&window) == Some(Live::Polite));
        window.key("Ctrl+Z");
        let polite = window.nodes(Role::Status).len();
        assert!(polite > 1, "what was undone is said");
        window.close();
    }
}

impl Window {
    /// Whether something of that name is read out when it comes, and how.
    fn says_live(&self, name: Bilingual, lang: Lang) -> Option<Live> {
        let nodes = self.nodes(Role::Status);
        let node = nodes.iter().find(|node| node.label().as_deref() == Some(name.get(lang)))?;
        Some(node.live())
    }
}

#[test]
fn a_dialog_gives_the_focus_back_to_where_it_was() {
    for lang in [Lang::Ar, Lang::En] {
        let home = Home::new();
        let mut window = three_articles(&home, lang);
        window.click_field(words::SEARCH.get(lang));
        window.key("F1");
        assert!(!window.has_focus(words::SEARCH.get(lang)));
        assert_eq!(window.of_role(Role::Dialog).len(), 1);
        assert!(window.nodes(Role::Dialog)[0].is_modal());
        window.key("Esc");
        assert!(window.has_focus(words::SEARCH.get(lang)));
        window.close();
    }
}

#[test]
fn a_tooltip_comes_with_the_focus_and_goes_by_esc() {
    let home = Home::new();
    let mut window = Window::new(home.launch(tawsim::app::View::Welcome, Lang::En));
    window.key("Tab");
    assert!(window.has_focus("Menu"));
    assert!(window.of_role(Role::Tooltip).is_empty());
    window.rest();
    window.rest();
    assert!(!window.of_role(Role::Tooltip).is_empty(), "after a moment");
    window.key("Esc");
    assert!(window.of_role(Role::Tooltip).is_empty());
    assert!(window.has_focus("Menu"), "Esc closes the tooltip, and nothing else");
    window.close();
}
