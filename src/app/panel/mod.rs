//! The regions of the window. Each reads the project and says what is asked for; none can
//! change the project.

mod article;
mod assistant;
mod attributes;
mod dialogs;
mod documents;
mod drop;
mod extractor;
mod find;
mod guide_form;
mod guidelines;
mod history;
mod import;
mod inspector;
mod keys;
mod label_card;
mod learn;
mod manual;
mod menu;
mod notice;
mod origin;
mod own_keys;
mod page;
mod palette;
mod problems;
mod quality;
mod records;
mod review;
mod review_sources;
mod schema;
mod search;
mod settings;
mod sources;
mod spans;
mod spread;
mod statistics;
mod status;
mod top;
mod tour;
mod welcome;

pub(super) use article::ui as article_ui;
pub(super) use dialogs::ui as dialogs_ui;
pub(super) use documents::{search_id, ui as documents_ui};
pub(super) use drop::ui as drop_ui;
pub(super) use find::ui as find_ui;
pub(super) use guidelines::guidelines_id;
pub(super) use history::ui as history_ui;
pub(super) use inspector::{ui as inspector_ui, value_id, written};
pub(super) use menu::ui as menu_ui;
pub(super) use notice::ui as notice_ui;
pub(super) use problems::ui as problems_ui;
pub(super) use records::ui as records_ui;
pub(super) use review::{offered_value_id, why_id};
pub(super) use search::ui as search_ui;
pub(super) use spans::SpanTable;
pub(super) use spread::list_id as spread_id;
pub(super) use status::ui as status_ui;
pub(super) use top::ui as top_ui;
pub(super) use tour::ui as tour_ui;
pub(super) use welcome::ui as welcome_ui;

/// A label among commands: what it is, and its name, in both languages.
fn label_name(label: &crate::model::Label) -> crate::lang::Message {
    let name = |lang| label.name.get(lang);
    crate::lang::Message::new(
        format!("وسم: {}", name(crate::lang::Lang::Ar)),
        format!("Label: {}", name(crate::lang::Lang::En)),
    )
}
