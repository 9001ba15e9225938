//! The orders of the list of documents.

use std::cmp::Ordering;

use crate::arabic::collation_key;
use crate::find::first_day;
use crate::lang::{Bilingual, both};
use crate::model::{AnnotatorId, State};
use crate::store::{Entry, Summary};

/// What documents are ordered by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OrderBy {
    /// As they came into the project.
    #[default]
    Project,
    /// By title, as a person looks them up ([`collation_key`]).
    Title,
    /// By the first day that the date may mean.
    Date,
    /// By how far the annotator is.
    State,
    /// By how many spans the annotator has.
    Spans,
}

impl OrderBy {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Project, Self::Title, Self::Date, Self::State, Self::Spans];

    /// Its name for a person.
    #[must_use]
    pub fn name(self) -> Bilingual {
        match self {
            Self::Project => both("ترتيب المشروع", "Project order"),
            Self::Title => both("العنوان", "Title"),
            Self::Date => both("التاريخ", "Date"),
            Self::State => both("الحالة", "State"),
            Self::Spans => both("عدد المواضع", "Number of spans"),
        }
    }

    /// Its word in files.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Project => "project",
            Self::Title => "title",
            Self::Date => "date",
            Self::State => "state",
            Self::Spans => "spans",
        }
    }
}

/// An order of documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Order {
    /// What they are ordered by.
    pub by: OrderBy,
    /// Whether the greatest comes first. What has nothing to be ordered by comes last anyway.
    pub is_descending: bool,
}

impl Order {
    /// The order that is written so: what it goes by, with `-` before it where the greatest
    /// comes first; none for another text.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        let (is_descending, id) = match id.strip_prefix('-') {
            Some(id) => (true, id),
            None => (false, id),
        };
        let by = OrderBy::ALL.into_iter().find(|by| by.id() == id)?;
        Some(Self { by, is_descending })
    }

    /// How it is written in files.
    #[must_use]
    pub fn id(self) -> String {
        format!("{}{}", if self.is_descending { "-" } else { "" }, self.by.id())
    }

    /// What comes first in it, for a person.
    #[must_use]
    pub fn direction(self) -> Bilingual {
        match (self.by, self.is_descending) {
            (OrderBy::Project, false) => both("الأسبق أولًا", "First imported first"),
            (OrderBy::Project, true) => both("الأحدث استيرادًا أولًا", "Last imported first"),
            (OrderBy::Title, false) => both("من الألف إلى الياء", "From A to Z"),
            (OrderBy::Title, true) => both("من الياء إلى الألف", "From Z to A"),
            (OrderBy::Date, false) => both("الأقدم أولًا", "Oldest first"),
            (OrderBy::Date, true) => both("الأحدث أولًا", "Newest first"),
            (OrderBy::State, false) => both("الجديد أولًا", "New first"),
            (OrderBy::State, true) => both("المتجاهَل أولًا", "Ignored first"),
            (OrderBy::Spans, false) => both("الأقل أولًا", "Fewest first"),
            (OrderBy::Spans, true) => both("الأكثر أولًا", "Most first"),
        }
    }

    /// What a document is ordered by.
    pub(super) fn key(self, (at, entry): (usize, &Entry), annotator: &AnnotatorId) -> Key {
        match self.by {
            OrderBy::Project => Key::Number(at),
            OrderBy::Title => Key::Words(collation_key(entry.title())),
            OrderBy::Date => entry
                .meta
                .date
                .as_deref()
                .and_then(first_day)
                .map_or(Key::Missing, |day| Key::Number(day as usize)),
            OrderBy::State => {
                let state = entry.state(annotator);
                Key::Number(State::ALL.iter().position(|of| *of == state).unwrap_or_default())
            }
            OrderBy::Spans => {
                Key::Number(entry.summary(annotator).map_or(0, Summary::num_spans))
            }
        }
    }

    /// Which of two documents comes first; where nothing else says so, the one that came first
    /// into the project.
    pub(super) fn compare(self, a: &(Key, u32), b: &(Key, u32)) -> Ordering {
        let keys = match (&a.0, &b.0) {
            (Key::Missing, Key::Missing) => Ordering::Equal,
            (Key::Missing, _) => Ordering::Greater,
            (_, Key::Missing) => Ordering::Less,
            (a, b) if self.is_descending => b.cmp(a),
            (a, b) => a.cmp(b),
        };
        keys.then(a.1.cmp(&b.1))
    }
}

/// What a document is ordered by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    Number(usize),
    Words(String),
    /// It has nothing that it could be ordered by.
    Missing,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_are_read_as_they_are_written() {
        for by in OrderBy::ALL {
            for is_descending in [false, true] {
                let order = Order { by, is_descending };
                assert_eq!(Order::from_id(&order.id()), Some(order));
            }
        }
        assert_eq!(Order::from_id("--title"), None);
        assert_eq!(Order::from_id(""), None);
    }

    #[test]
    fn what_has_no_date_comes_last_either_way() {
        let keys = [(Key::Missing, 0), (Key::Number(3), 1), (Key::Number(7), 2)];
        for is_descending in [false, true] {
            let order = Order { by: OrderBy::Date, is_descending };
            let mut sorted = keys.to_vec();
            sorted.sort_by(|a, b| order.compare(a, b));
            let places: Vec<u32> = sorted.iter().map(|(_, at)| *at).collect();
            assert_eq!(places, if is_descending { [2, 1, 0] } else { [1, 2, 0] });
        }
    }
}
