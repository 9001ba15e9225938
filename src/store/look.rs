//! Looking for what other programs have changed, without disturbing who works.

use std::collections::BTreeMap;

use super::record::FileKey;
use super::state::{Desk, Inner, State};
use super::{Error, disk, scan, suggested};
use crate::model::{Digest, Problem};

/// What other programs have changed since it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outside {
    /// Nothing.
    Nothing,
    /// Documents, sets or metas; the list says what they say now, and this is wrong with it.
    Files(Vec<Problem>),
    /// `project.ron`: the project is to be opened anew.
    Project,
}

/// Looks what has changed, and reads it if something has.
pub(super) fn look(inner: &Inner) -> Result<Outside, Error> {
    let (mut fresh, digest) = {
        let state = inner.state();
        let mut fresh = State::new(state.project.clone(), state.project_digest);
        fresh.desks.clone_from(&state.desks);
        (fresh, state.project_digest)
    };
    let path = inner.layout.project();
    let bytes =
        disk::read_if_there(&*inner.disk, &path).map_err(|error| Error::io(&path, error))?;
    // Where it is gone, what was read of it serves on. We may have written it meanwhile.
    let is_known = |found| found == digest || found == inner.state().project_digest;
    if bytes.is_some_and(|bytes| !is_known(Digest::of(&bytes))) {
        return Ok(Outside::Project);
    }
    if inner.sources.is_known() {
        suggested::refresh(inner);
    }
    // The long part, while work goes on.
    scan::read_all(inner, &mut fresh)?;
    let mut state = inner.state();
    if !differs(inner, &state, &fresh) {
        return Ok(Outside::Nothing);
    }
    scan::refresh(inner, &mut state).map(Outside::Files)
}

/// Whether files have become what nobody here has made of them.
fn differs(inner: &Inner, state: &State, fresh: &State) -> bool {
    let names = |state: &State| -> Vec<_> {
        state.shards.iter().map(|shard| (shard.name.clone(), shard.len)).collect()
    };
    if names(state) != names(fresh) && scan::has_news(inner, state) {
        return true;
    }
    let is_other = |key: &FileKey| {
        // What we are about to write is looked at when it is written.
        let is_ahead = state.open.get(key).is_some_and(|file| file.ahead.is_some());
        let stamp = state.stamps.get(key);
        // Since `fresh` was read, we may have written it.
        !is_ahead
            && fresh.stamps.get(key) != stamp
            && inner.disk.stat(&inner.path_of(key)).ok() != stamp.copied()
    };
    if fresh.stamps.keys().chain(state.stamps.keys()).any(is_other) {
        return true;
    }
    // What other windows and commands on this machine have saved beyond the files.
    others(state, state) != others(state, fresh)
}

/// The steps of other sessions that wait, by file.
fn others<'a>(ours: &State, of: &'a State) -> BTreeMap<&'a FileKey, Vec<(&'a Desk, u64)>> {
    let mut found = BTreeMap::new();
    for (key, pending) in &of.pending {
        let steps = pending.iter().filter(|step| !ours.desks.contains(&step.desk));
        let steps: Vec<_> = steps.map(|step| (&step.desk, step.seq)).collect();
        if !steps.is_empty() {
            found.insert(key, steps);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;
    use std::sync::Arc;

    use super::*;
    use crate::edit::{self, Context};
    use crate::model::{AnnotatorId, Document, Schema, SetKey, Timestamp};
    use crate::store::{Installation, RealDisk, Session, Store};
    use crate::text::TextRange;

    /// Opens the project as an installation of that number does.
    fn open(root: &Path, number: char) -> Store {
        let installation = Installation::new(&number.to_string().repeat(16)).unwrap();
        Store::open(Arc::new(RealDisk), root, &installation).unwrap().0
    }

    fn import(session: &Session, id: &str) {
        let mut import = session.import(Timestamp(0)).unwrap();
        import.add(&Document::new(id.into(), "فاس"), Vec::new(), None).unwrap();
        import.commit().unwrap();
    }

    fn mark(store: &Store, session: &Session, annotator: &AnnotatorId, id: &str) {
        let document = store.document(&id.into()).unwrap();
        let key = SetKey { annotator: annotator.clone(), document: id.into() };
        let (set, _) = store.set(&key).unwrap();
        let schema = Schema::default();
        let cx = Context { document: &document, schema: &schema, set: &set, at: Timestamp(1) };
        let range = TextRange::of(0..document.text().len());
        let step = edit::annotate(&cx, range, &"CITY".into(), "1".into()).unwrap();
        session.commit(&step).unwrap();
    }

    #[test]
    fn what_others_write_is_found_and_what_was_written_here_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("project");
        Store::create(&RealDisk, &root, "أخبار", &Schema::default()).unwrap();
        let (sara, amal) =
            (AnnotatorId::new("سارة").unwrap(), AnnotatorId::new("amal").unwrap());
        let here = open(&root, 'a');
        let session = here.session(Some(&sara), Arc::new(|| {})).unwrap();
        assert_eq!(here.look().unwrap(), Outside::Nothing);
        import(&session, "a");
        assert_eq!(here.look().unwrap(), Outside::Nothing, "in the journal");
        mark(&here, &session, &sara, "a");
        assert_eq!(here.look().unwrap(), Outside::Nothing);
        session.close().unwrap();
        let session = here.session(Some(&sara), Arc::new(|| {})).unwrap();
        let revision = here.revision();
        assert_eq!(here.look().unwrap(), Outside::Nothing, "in the files");
        assert_eq!(here.revision(), revision);

        let there = open(&root, 'b');
        let other = there.session(Some(&amal), Arc::new(|| {})).unwrap();
        mark(&there, &other, &amal, "a");
        other.close().unwrap();
        assert_eq!(here.look().unwrap(), Outside::Files(Vec::new()));
        assert_eq!(here.annotators(), [amal, sara.clone()]);
        assert_eq!(here.look().unwrap(), Outside::Nothing, "it is known now");

        let other = there.session(None, Arc::new(|| {})).unwrap();
        import(&other, "b");
        other.close().unwrap();
        assert_eq!(here.look().unwrap(), Outside::Files(Vec::new()));
        assert_eq!(here.documents().len(), 2);

        let path = here.inner.layout.set(&SetKey { annotator: sara, document: "a".into() });
        fs::remove_file(path).unwrap();
        assert_eq!(here.look().unwrap(), Outside::Files(Vec::new()));
        there.write_project("أخرى", &Schema::default()).unwrap();
        assert_eq!(here.look().unwrap(), Outside::Project);
        session.close().unwrap();
    }
}
