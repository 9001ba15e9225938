//! What becomes of a file's labels on import.

use std::fmt;

use crate::lang::{Explain, Message};
use crate::model::{LabelId, Schema};

/// Names of labels in a file, and the label that each becomes, or none to leave it out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LabelMap {
    rules: Vec<(String, Option<LabelId>)>,
}

/// Why a text is no label map.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidLabelMap {
    /// A rule without `=`, or with nothing on one side of it.
    #[error("`{0}` is no rule: write NAME=LABEL, or NAME=- to leave it out")]
    NoRule(String),
    /// Two rules for one name.
    #[error("there are two rules for `{0}`")]
    Twice(String),
    /// A label that the schema does not have.
    #[error("`{label}` is not in the schema, which has {known}")]
    UnknownLabel {
        /// The label.
        label: String,
        /// The ids that there are.
        known: String,
    },
}

impl Explain for InvalidLabelMap {
    fn explain(&self) -> Message {
        let ar = match self {
            Self::NoRule(rule) => {
                format!("«{rule}» ليست قاعدة: اكتب NAME=LABEL، أو NAME=- لإسقاطه")
            }
            Self::Twice(name) => format!("للاسم «{name}» قاعدتان"),
            Self::UnknownLabel { label, known } => {
                format!("الوسم «{label}» ليس في المخطط، وفيه: {known}")
            }
        };
        Message::new(ar, self.to_string())
    }
}

impl LabelMap {
    /// Reads rules such as `LOC=CITY,PER=-`; `-` leaves a label's spans out.
    ///
    /// # Errors
    ///
    /// If a rule has no two sides or a name has two rules.
    pub fn parse(rules: &str) -> Result<Self, InvalidLabelMap> {
        let mut map = Self::default();
        for rule in rules.split(',').map(str::trim).filter(|rule| !rule.is_empty()) {
            let sides = rule.split_once('=').map(|(from, to)| (from.trim(), to.trim()));
            let Some((from, to)) =
                sides.filter(|(from, to)| !from.is_empty() && !to.is_empty())
            else {
                return Err(InvalidLabelMap::NoRule(rule.to_owned()));
            };
            if map.rules.iter().any(|(name, _)| name == from) {
                return Err(InvalidLabelMap::Twice(from.to_owned()));
            }
            map.rules.push((from.to_owned(), (to != "-").then(|| to.into())));
        }
        Ok(map)
    }

    /// Looks whether every label that names become is in `schema`.
    ///
    /// # Errors
    ///
    /// If one is not.
    pub fn check(&self, schema: &Schema) -> Result<(), InvalidLabelMap> {
        let labels = self.rules.iter().filter_map(|(_, label)| label.as_ref());
        match labels.into_iter().find(|label| schema.label(label).is_none()) {
            None => Ok(()),
            Some(label) => Err(InvalidLabelMap::UnknownLabel {
                label: label.to_string(),
                known: label_ids(schema),
            }),
        }
    }

    /// The label that `name` becomes; none where its spans are left out. A name without a rule
    /// is the label's id.
    #[must_use]
    pub fn label(&self, name: &str) -> Option<LabelId> {
        match self.rules.iter().find(|(from, _)| from == name) {
            Some((_, to)) => to.clone(),
            None => Some(name.into()),
        }
    }
}

impl fmt::Display for LabelMap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, (from, to)) in self.rules.iter().enumerate() {
            let to = to.as_ref().map_or("-", LabelId::as_str);
            write!(f, "{}{from}={to}", if at == 0 { "" } else { "," })?;
        }
        Ok(())
    }
}

/// The ids of a schema's labels, for a message.
pub(super) fn label_ids(schema: &Schema) -> String {
    let ids: Vec<_> = schema.labels().map(|label| label.id.as_str()).collect();
    ids.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_renames_or_drops_and_other_names_stay() {
        let map = LabelMap::parse(" LOC=CITY, PER=- ,مدينة=CITY").unwrap();
        assert_eq!(map.label("LOC"), Some("CITY".into()));
        assert_eq!(map.label("مدينة"), Some("CITY".into()));
        assert_eq!(map.label("PER"), None);
        assert_eq!(map.label("DATE"), Some("DATE".into()));
        assert_eq!(map.check(&Schema::default()), Ok(()));
        assert_eq!(LabelMap::parse(&map.to_string()), Ok(map));
    }

    #[test]
    fn what_is_no_rule_is_named() {
        let no_rule = |rule: &str| Err(InvalidLabelMap::NoRule(rule.to_owned()));
        assert_eq!(LabelMap::parse("LOC"), no_rule("LOC"));
        assert_eq!(LabelMap::parse("LOC="), no_rule("LOC="));
        assert_eq!(LabelMap::parse("=CITY"), no_rule("=CITY"));
        assert_eq!(LabelMap::parse("A=CITY,A=-"), Err(InvalidLabelMap::Twice("A".to_owned())));
        let unknown = LabelMap::parse("LOC=TOWN").unwrap().check(&Schema::default());
        assert!(
            matches!(unknown, Err(InvalidLabelMap::UnknownLabel { label, .. }) if label == "TOWN")
        );
    }
}
