//! The regions of the window. Each reads the project and says what is asked for; none can
//! change the project.

mod article;
mod dialogs;
mod documents;
mod find;
mod inspector;
mod problems;
mod search;
mod status;
mod top;
mod welcome;

pub(super) use article::ui as article_ui;
pub(super) use dialogs::ui as dialogs_ui;
pub(super) use documents::ui as documents_ui;
pub(super) use find::ui as find_ui;
pub(super) use inspector::{ui as inspector_ui, value_id, written};
pub(super) use problems::ui as problems_ui;
pub(super) use search::ui as search_ui;
pub(super) use status::ui as status_ui;
pub(super) use top::ui as top_ui;
pub(super) use welcome::ui as welcome_ui;
