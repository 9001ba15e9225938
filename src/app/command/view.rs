//! How the window looks.

use super::{Command, Scope};
use crate::app::action::Action;
use crate::app::drawer::Drawer;
use crate::app::guide_form::Ask;
use crate::app::layout::Rearrange;
use crate::app::statistics::Statistics;
use crate::app::workspace::Menu;
use crate::lang::both;
use crate::project::Project;

pub(super) const COMMANDS: &[Command] = &[
    Command {
        id: "view.larger",
        title: both("كبّر النص", "Larger text"),
        keys: &["Ctrl+Plus", "Ctrl+="],
        scope: Scope::Anywhere,
        action: |_| Some(Action::Zoom(2.0)),
    },
    Command {
        id: "view.smaller",
        title: both("صغّر النص", "Smaller text"),
        keys: &["Ctrl+Minus"],
        scope: Scope::Anywhere,
        action: |_| Some(Action::Zoom(-2.0)),
    },
    Command {
        id: "view.reset",
        title: both("حجم النص الأول", "First text size"),
        keys: &["Ctrl+0"],
        scope: Scope::Anywhere,
        action: |_| Some(Action::Zoom(0.0)),
    },
    Command {
        id: "view.theme",
        title: both("فاتح أو داكن", "Light or dark"),
        keys: &["Ctrl+D"],
        scope: Scope::Anywhere,
        action: |_| Some(Action::ToggleTheme),
    },
    Command {
        id: "view.language",
        title: both("العربية أو الإنجليزية", "Arabic or English"),
        keys: &["Ctrl+L"],
        scope: Scope::Anywhere,
        action: |_| Some(Action::ToggleLang),
    },
    Command {
        id: "app.settings",
        title: both("الإعدادات…", "Settings…"),
        keys: &["Ctrl+,"],
        scope: Scope::Anywhere,
        action: |_| Some(Action::ShowSettings),
    },
    Command {
        id: "view.guidelines",
        title: both("دليل التوسيم", "Annotation guidelines"),
        keys: &["F3"],
        scope: Scope::Anywhere,
        action: |desk| desk.document().map(|_| Action::ToggleGuidelines),
    },
    Command {
        id: "guidelines.edit",
        title: both("حرّر دليل التوسيم…", "Edit the guidelines…"),
        keys: &[],
        scope: Scope::Anywhere,
        action: |desk| {
            let is_writable = desk.project.is_some_and(Project::is_writable);
            is_writable.then_some(Action::Guidelines(Ask::Edit))
        },
    },
    Command {
        id: "view.documents",
        title: both("قائمة المقالات", "List of documents"),
        keys: &["F4"],
        scope: Scope::Anywhere,
        action: |desk| desk.project.map(|_| Action::Toggle(Drawer::Documents)),
    },
    Command {
        id: "view.inspector",
        title: both("الموضع المختار", "The chosen span"),
        keys: &["Shift+F4"],
        scope: Scope::Anywhere,
        action: |desk| desk.document().map(|_| Action::Toggle(Drawer::Inspector)),
    },
    Command {
        id: "view.alone",
        title: both("المقال وحده، أو مع الباقي", "Only the article, or the rest too"),
        keys: &["F11"],
        scope: Scope::Anywhere,
        action: |desk| {
            let is_alone = desk.workspace.alone.is_some();
            let is_possible = is_alone || desk.document().is_some();
            is_possible.then_some(Action::Rearrange(Rearrange::Alone))
        },
    },
    Command {
        id: "view.layout",
        title: both("أعد الألواح إلى مقاساتها الأولى", "Reset the layout"),
        keys: &[],
        scope: Scope::Anywhere,
        action: |desk| desk.project.map(|_| Action::Rearrange(Rearrange::Reset)),
    },
    Command {
        id: "view.suggestions",
        title: both("الاقتراحات", "Suggestions"),
        keys: &["G U"],
        scope: Scope::Article,
        action: |desk| desk.project.map(|_| Action::ToggleSuggestions),
    },
    Command {
        id: "view.history",
        title: both("الخطوات", "Steps"),
        keys: &["Ctrl+Shift+H"],
        scope: Scope::Anywhere,
        action: |desk| desk.project.map(|_| Action::ToggleHistory),
    },
    Command {
        id: "view.statistics",
        title: both("الإحصاءات", "Statistics"),
        keys: &["Ctrl+Shift+S"],
        scope: Scope::Anywhere,
        action: |desk| desk.project.map(|_| Action::Statistics(Statistics::Show)),
    },
    Command {
        id: "view.problems",
        title: both("المشكلات", "Problems"),
        keys: &["G P"],
        scope: Scope::Article,
        action: |desk| {
            let any = !desk.workspace.problems.is_empty() || desk.workspace.shows_problems;
            (any && desk.project.is_some()).then_some(Action::ToggleProblems)
        },
    },
    Command {
        id: "view.menu",
        title: both("القائمة", "Menu"),
        keys: &["F10"],
        scope: Scope::Anywhere,
        action: |_| Some(Action::ShowMenu(Some(Menu::all()))),
    },
    Command {
        id: "view.here",
        title: both("ما يمكن فعله هنا", "What can be done here"),
        keys: &["Shift+F10", "Menu"],
        scope: Scope::Article,
        action: |desk| desk.document().map(|_| Action::ShowMenuAtCaret),
    },
];
