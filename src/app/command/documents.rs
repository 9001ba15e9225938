//! The list of documents.

use super::{Command, Desk, Scope};
use crate::app::action::Action;
use crate::app::documents::Documents;
use crate::lang::{Bilingual, both};
use crate::project::OrderBy;

pub(super) const COMMANDS: &[Command] = &[
    by_name(
        "documents.project",
        both("رتّب المقالات ترتيب المشروع", "Sort documents in project order"),
        |desk| order_by(desk, OrderBy::Project),
    ),
    by_name(
        "documents.title",
        both("رتّب المقالات بالعنوان", "Sort documents by title"),
        |desk| order_by(desk, OrderBy::Title),
    ),
    by_name(
        "documents.date",
        both("رتّب المقالات بالتاريخ", "Sort documents by date"),
        |desk| order_by(desk, OrderBy::Date),
    ),
    by_name(
        "documents.state",
        both("رتّب المقالات بالحالة", "Sort documents by state"),
        |desk| order_by(desk, OrderBy::State),
    ),
    by_name(
        "documents.spans",
        both("رتّب المقالات بعدد المواضع", "Sort documents by number of spans"),
        |desk| order_by(desk, OrderBy::Spans),
    ),
    by_name(
        "documents.reverse",
        both("اعكس ترتيب المقالات", "Reverse the order"),
        |desk| desk.project.map(|_| Action::Documents(Documents::Reverse)),
    ),
    by_name(
        "documents.doubtful",
        both("مقالات فيها موضع مشكوك فيه", "Documents with doubtful spans"),
        |desk| desk.project.map(|_| Action::Documents(Documents::ToggleDoubtful)),
    ),
    by_name(
        "documents.all",
        both("أزل مرشحات القائمة", "Clear the list’s filters"),
        |desk| {
            let is_filtered = desk.project.is_some() && desk.workspace.is_filtered();
            is_filtered.then_some(Action::Documents(Documents::ShowAll))
        },
    ),
    by_name(
        "documents.select",
        both("حدّد كل مقالات القائمة", "Select all listed documents"),
        |desk| desk.project.map(|_| Action::Documents(Documents::SelectAll)),
    ),
    Command {
        id: "documents.unfinished",
        title: both("المقال التالي غير المنتهي", "Next unfinished document"),
        keys: &["Ctrl+Alt+PageDown"],
        scope: Scope::Anywhere,
        action: |desk| desk.project.map(|_| Action::Documents(Documents::NextUnfinished)),
    },
    Command {
        id: "documents.row",
        title: both("إلى المقال المفتوح في القائمة", "To the open document in the list"),
        keys: &["G R"],
        scope: Scope::Article,
        action: |desk| desk.document().map(|_| Action::Documents(Documents::ToRow)),
    },
];

/// A command without a key of its own.
const fn by_name(
    id: &'static str,
    title: Bilingual,
    action: fn(&Desk<'_>) -> Option<Action>,
) -> Command {
    Command { id, title, keys: &[], scope: Scope::Anywhere, action }
}

fn order_by(desk: &Desk<'_>, by: OrderBy) -> Option<Action> {
    desk.project.map(|_| Action::Documents(Documents::OrderBy(by)))
}
