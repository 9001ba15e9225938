//! Reads a whole project and says what is wrong with it.

use super::record::FileKey;
use super::state::Content;
use super::{Store, suggested};
use crate::model::{Problem, SetKey, validate};

/// What is wrong, in the order of the list; what opening tells comes first.
pub(super) fn check(store: &Store) -> Vec<Problem> {
    let mut problems = match store.refresh() {
        Ok(problems) => problems,
        Err(error) => vec![error.to_problem()],
    };
    let schema = store.schema();
    for entry in store.documents().iter() {
        if let Err(error) = store.document(&entry.id) {
            problems.push(error.to_problem());
            continue;
        }
        for summary in &entry.sets {
            let annotator = summary.annotator.clone();
            let key = FileKey::Set(SetKey { annotator, document: entry.id.clone() });
            let state = store.inner.state();
            let loaded = match store.inner.load(&state, &key, None) {
                Ok(loaded) => loaded,
                Err(error) => {
                    problems.push(error.to_problem());
                    continue;
                }
            };
            drop(state);
            problems.extend(loaded.file.problems);
            let super::state::Rest::Set(document, _) = &loaded.file.rest else { continue };
            if let Content::Set(set) = loaded.content {
                for mut problem in validate(document, &schema, &set) {
                    problem.place.path = Some(store.inner.path_of(&key));
                    problems.push(problem);
                }
            }
        }
    }
    problems.extend(suggested::check(store));
    problems
}
