//! Another schema for an open project.

use std::collections::BTreeMap;

use super::{Error, Project};
use crate::edit::{Context, Direction, Edit, Refusal, Spread, Step, Transaction, relabel_all};
use crate::lang::{Lang, Message, SPAN, isolated};
use crate::model::{DocumentId, LabelId, Schema, SetKey};
use crate::store::Summary;

impl Project {
    /// How many spans each label has, in everybody's sets; labels without spans are left out.
    #[must_use]
    pub fn num_spans_by_label(&self) -> BTreeMap<LabelId, usize> {
        let mut counts = BTreeMap::new();
        let sets = self.documents.iter().flat_map(|entry| &entry.sets);
        for (label, count) in sets.flat_map(|set| &set.labels) {
            *counts.entry(label.clone()).or_default() += *count as usize;
        }
        counts
    }

    /// How many spans of the annotator's own each label has; labels without are left out.
    #[must_use]
    pub fn num_own_spans_by_label(&self) -> BTreeMap<LabelId, usize> {
        let mut counts = BTreeMap::new();
        let sets = self.documents.iter().filter_map(|entry| entry.summary(&self.annotator));
        for (label, count) in sets.flat_map(|set| &set.labels) {
            *counts.entry(label.clone()).or_default() += *count as usize;
        }
        counts
    }

    /// In how many of the annotator's own sets a label has spans.
    #[must_use]
    pub fn num_own_sets_with(&self, label: &LabelId) -> usize {
        self.own_with(label).count()
    }

    /// The documents on which the annotator has spans of a label.
    fn own_with<'a>(&'a self, label: &'a LabelId) -> impl Iterator<Item = &'a DocumentId> {
        let has =
            move |set: &Summary| set.labels.iter().any(|(of, count)| of == label && *count > 0);
        let entries = self.documents.iter();
        entries
            .filter(move |entry| entry.summary(&self.annotator).is_some_and(has))
            .map(|entry| &entry.id)
    }

    /// Gives all of the annotator's own spans of a label another one, as one step; what it came
    /// to. Spans that cannot have it where they stand are left and counted; a document whose
    /// text or set cannot be read is skipped, with a problem. `go_on` is told how many documents
    /// are done, of how many; if it says no, nothing is changed, and there is no answer.
    ///
    /// # Errors
    ///
    /// If there is nothing to change, the other label is unknown, or nothing can be changed.
    pub fn relabel_all(
        &mut self,
        from: &LabelId,
        to: &LabelId,
        go_on: &mut dyn FnMut(usize, usize) -> bool,
    ) -> Result<Option<Spread>, Error> {
        if !self.is_writable() {
            return Err(Error::ReadOnly);
        }
        let documents: Vec<_> = self.own_with(from).cloned().collect();
        let at = (self.ambient.now)();
        let mut transaction = Transaction {
            step: Step::Relabel,
            direction: Direction::Do,
            edits: Vec::new(),
            look_at: None,
            at,
        };
        let (mut num_spans, mut num_documents, mut num_refused) = (0, 0, 0);
        for (done, id) in documents.iter().enumerate() {
            if done % 16 == 0 && !go_on(done, documents.len()) {
                return Ok(None);
            }
            let key = SetKey { annotator: self.annotator.clone(), document: id.clone() };
            let read = self.store.document(id).map_err(Error::from);
            let document = match read.and_then(|of| self.load_set(&key).map(|_| of)) {
                Ok(document) => document,
                Err(Error::Store(error)) => {
                    self.problems.push(error.to_problem());
                    continue;
                }
                Err(error) => return Err(error),
            };
            let Some(set) = self.work.set(&key) else { continue };
            let cx = Context { document: &document, schema: &self.schema, set, at };
            let (edits, refused) = relabel_all(&cx, from, to)?;
            num_refused += refused;
            let places = edits.iter().filter_map(|edit| match edit {
                Edit::Span(_, _, change) => change.after.as_ref().map(|span| span.range),
                _ => None,
            });
            let places: Vec<_> = places.collect();
            num_spans += places.len();
            num_documents += usize::from(!places.is_empty());
            let place = places.first().map(|range| (id.clone(), *range));
            transaction.look_at = transaction.look_at.or(place);
            transaction.edits.extend(edits);
        }
        if transaction.edits.is_empty() {
            return Err(Refusal::Unchanged.into());
        }
        let label = self.schema.label(from);
        let words = label.map_or(from.as_str(), |label| label.name.get(Lang::Ar)).to_owned();
        self.commit_about(transaction.clone(), &words)?;
        Ok(Some(Spread { transaction, num_spans, num_documents, num_refused }))
    }

    /// Writes another schema, and works by it from now on. The open document and all steps stay
    /// as they are; this is no step itself. What spans would break by it is told by
    /// [`survey`](super::survey()) before.
    ///
    /// # Errors
    ///
    /// If a label that has spans is missing in it, another program has changed `project.ron`,
    /// or it cannot be written.
    pub fn set_schema(&mut self, schema: Schema) -> Result<(), Error> {
        if !self.is_writable() {
            return Err(Error::ReadOnly);
        }
        if schema == self.schema {
            return Ok(());
        }
        for (id, count) in self.num_spans_by_label() {
            if let Some(label) = self.schema.label(&id).filter(|_| schema.label(&id).is_none())
            {
                let name = |lang| isolated(label.name.get(lang));
                let count = SPAN.message(count);
                return Err(Error::LabelInUse(Message::new(
                    format!("للوسم «{}» {}، فلا يُحذف", name(Lang::Ar), count.ar),
                    format!("“{}” has {} and stays", name(Lang::En), count.en),
                )));
            }
        }
        self.store.write_project(&self.name, &schema)?;
        self.schema = schema;
        self.follow_commits(1);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;

    use super::*;
    use crate::model::{Anchoring, AnnotatorId, Document, Layer, Timestamp, ValueKind};
    use crate::project::{Ambient, survey};
    use crate::store::{Installation, RealDisk, Store};
    use crate::text::TextRange;

    fn open(root: &Path) -> Project {
        let installation = Installation::new("0123456789abcdef").unwrap();
        let ambient = Ambient { now: || Timestamp(1), random: || 7 };
        let sara = AnnotatorId::new("سارة").unwrap();
        let disk = (Arc::new(RealDisk) as Arc<dyn crate::store::Disk>, &installation);
        Project::open(disk, root, sara, ambient, Arc::new(|| {})).unwrap().0
    }

    /// A project with a city marked in its only document, which is open.
    fn with_a_city(root: &Path) -> Project {
        Store::create(&RealDisk, root, "أخبار", &Schema::default()).unwrap();
        let mut project = open(root);
        let mut import = project.session().unwrap().import(Timestamp(0)).unwrap();
        import.add(&Document::new("a".into(), "فاس"), Vec::new(), None).unwrap();
        import.commit().unwrap();
        project.reload();
        project.open_document(&"a".into()).unwrap();
        project.annotate(TextRange::of(0..6), &"CITY".into()).unwrap();
        project
    }

    /// The default schema without a label.
    fn without(id: &str) -> Schema {
        let mut layers = Schema::default().layers().to_vec();
        layers[0].labels.retain(|label| label.id.as_str() != id);
        Schema::new(layers).unwrap()
    }

    #[test]
    fn another_schema_leaves_work_and_steps_as_they_are() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("project");
        let mut project = with_a_city(&root);
        let revision = project.revision();
        project.set_schema(without("DATE")).unwrap();
        assert!(project.revision() > revision);
        assert_eq!(project.set().unwrap().spans().len(), 1);
        assert_eq!(project.take_problems(), []);
        project.undo().unwrap();
        assert_eq!(project.set().unwrap().spans().len(), 0);
        project.close().unwrap();
        assert_eq!(*open(&root).schema(), without("DATE"));
    }

    #[test]
    fn what_spans_hold_and_where_they_end_is_counted_before_another_schema_is_had() {
        let folder = tempfile::tempdir().unwrap();
        let mut project = with_a_city(&folder.path().join("project"));
        let id = project.set().unwrap().spans()[0].id.clone();
        project.relabel(&id, &"COUNT".into()).unwrap();
        project.set_attribute(&id, &"of".into(), "سفن").unwrap();
        let told = |project: &Project, change: fn(&mut Layer)| {
            let mut layers = Schema::default().layers().to_vec();
            change(&mut layers[0]);
            let schema = Schema::new(layers).unwrap();
            let found = survey(project.store(), &schema, &mut |_, _| true);
            let refusals = found.refusals(project.schema(), &schema);
            let refusals: Vec<_> = refusals.into_iter().map(|why| why.en).collect();
            (project.num_to_survey(&schema), refusals)
        };
        let (num, why) = told(&project, |layer| layer.labels[2].attributes.clear());
        assert!(num == 1 && why.len() == 1 && why[0].contains("it is in 1 span"), "{why:?}");
        let of_words: fn(&mut Layer) = |layer| layer.anchoring = Anchoring::Words;
        assert_eq!(told(&project, of_words), (1, Vec::new()));
        project.resize(&id, TextRange::of(0..4)).unwrap();
        let (_, why) = told(&project, of_words);
        assert!(why.len() == 1 && why[0].contains("an edge within a word: 1 span"), "{why:?}");
        // Of labels without spans nothing is to be read.
        assert_eq!(told(&project, |layer| layer.labels[3].value = ValueKind::Text).0, 0);
    }

    #[test]
    fn a_label_that_has_spans_is_not_taken_away() {
        let folder = tempfile::tempdir().unwrap();
        let mut project = with_a_city(&folder.path().join("project"));
        let error = project.set_schema(without("CITY")).unwrap_err();
        assert!(
            error.to_string().contains("has one span") || error.to_string().contains("1 span"),
            "{error}"
        );
        assert_eq!(*project.schema(), Schema::default());
    }
}
