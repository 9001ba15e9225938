//! One marked article, for the commands that show it.

use std::path::PathBuf;
use std::sync::Arc;

use super::args::annotator;
use super::console::{Console, Failure};
use super::project;
use crate::lang::Message;
use crate::model::{AnnotationSet, AnnotatorId, Document, DocumentId, Schema, SetKey};
use crate::theme::size;
use crate::typeset::{Page, article_style};

/// Which article, and how wide.
#[derive(Debug, clap::Args)]
pub(super) struct Subject {
    /// The project's folder
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// The document
    #[arg(value_name = "ID")]
    document: String,
    /// Whose spans; without it, the only annotator's, or nobody's
    #[arg(long, value_parser = annotator_or_gold, value_name = "NAME")]
    annotator: Option<AnnotatorId>,
}

/// An article and the spans to show on it.
pub(super) struct Article {
    pub(super) document: Arc<Document>,
    pub(super) schema: Schema,
    /// None where there is no set to show.
    pub(super) set: Option<AnnotationSet>,
    has_title: bool,
}

/// An annotator's name, or `gold` for the gold set.
fn annotator_or_gold(name: &str) -> Result<AnnotatorId, String> {
    if name == AnnotatorId::gold().as_str() { Ok(AnnotatorId::gold()) } else { annotator(name) }
}

impl Article {
    /// Reads it. With several annotators' sets on it and none named, that is a refusal.
    pub(super) fn read(subject: &Subject, console: &mut Console<'_>) -> Result<Self, Failure> {
        let store = project::open_and_tell(&subject.folder, console)?;
        let id = DocumentId::from(subject.document.as_str());
        let document = store.document(&id)?;
        let meta = store.meta(&id)?;
        let owner = match &subject.annotator {
            Some(owner) => Some(owner.clone()),
            None => {
                let documents = store.documents();
                let sets = documents.find(&id).map(|entry| entry.sets.as_slice());
                let names = sets.unwrap_or_default().iter().map(|set| &set.annotator);
                let names: Vec<_> = names.filter(|name| !name.is_gold()).collect();
                if names.len() > 1 {
                    let names: Vec<_> = names.iter().map(|name| name.as_str()).collect();
                    let names = names.join(", ");
                    return Err(Failure::Refused(Message::new(
                        format!("وسمه {names}: اذكر أحدهم بـ ‎--annotator"),
                        format!("{names} have marked it: name one with --annotator"),
                    )));
                }
                names.first().map(|name| (*name).clone())
            }
        };
        let mut set = None;
        if let Some(annotator) = owner {
            let (found, problems) = store.set(&SetKey { annotator, document: id })?;
            console.problems(&problems);
            set = Some(found);
        }
        let has_title = document.begins_with_title(&meta);
        Ok(Self { document, schema: store.schema(), set, has_title })
    }

    /// The article on lines of `width` pixels, `scale` times as large. Nothing is set yet.
    pub(super) fn page(&self, width: f32, scale: f32) -> Page {
        let (size, width) = ((size::ARTICLE * scale).round(), (width * scale).floor());
        let style = article_style(size, width, self.has_title);
        Page::new(Arc::clone(self.document.text()), style)
    }
}
