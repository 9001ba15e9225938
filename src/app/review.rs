//! Going through suggestions one by one: which is in hand, how it is corrected before it is
//! taken, what is left, and how fast it goes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::widget::Field;
use crate::edit::{EdgeMove, Edit};
use crate::model::{DecisionId, DocumentId, LabelId, Suggestion};
use crate::project::{Likeness, Offer, Project, ReviewOrder, Suggestions, Trust};
use crate::text::TextRange;

/// After how many seconds the pace is told: one of the first moments would say nothing.
const PACE_AFTER: f64 = 15.0;

/// What can be asked for while suggestions are gone through.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Ask {
    /// Begins with the open document, or ends.
    Toggle,
    /// Begins with all documents, or goes back to the open one.
    ToggleAll,
    /// Takes what is in hand: and goes on, or stays with the span.
    Accept {
        /// Whether the next one comes in hand.
        goes_on: bool,
    },
    /// Takes it with that label, and goes on.
    Label(LabelId),
    /// Moves an edge of what is in hand.
    MoveEdge(EdgeMove),
    /// Says that it is wrong, and why, if that is said; and goes on.
    Reject(String),
    /// Asks why it is wrong.
    Why,
    /// Leaves it undecided, not to be asked again, and goes on.
    Skip,
    /// Goes to the next or the previous one without deciding.
    Step(super::action::Step),
    /// Goes to one in the open document.
    Show(TextRange, LabelId),
    /// Gives the focus to the value.
    FocusValue,
    /// Writes the value of what is in hand.
    SetValue(String),
    /// Shows all that are like it, to take them as one step, or to reject them.
    AllLike {
        /// Whether they are to be rejected.
        rejects: bool,
    },
    /// Goes through them in another order.
    SetOrder(ReviewOrder),
    /// Asks for something about what finished documents teach.
    Learn(super::learn::Learn),
    /// Goes only through those of a label.
    SetLabel(Option<LabelId>),
    /// Shows what a source suggests, or no longer.
    ToggleSource(String),
    /// Asks for something about what was decided.
    Quality(super::quality::Ask),
}

/// A suggestion that is gone through.
#[derive(Debug)]
struct Item {
    offer: Offer,
    is_open: bool,
    /// Those that are alike have one number.
    kind: usize,
    /// Its place in the order of documents and texts.
    place: usize,
}

/// Suggestions that are gone through.
#[derive(Debug, Default)]
pub(super) struct Review {
    /// In the order in which they are gone through, also those that are decided: they come back
    /// when a step is taken back.
    items: Vec<Item>,
    /// Where those of each document are among them.
    places: BTreeMap<DocumentId, Vec<usize>>,
    /// How many of each kind are still to be decided.
    open_of_kind: Vec<usize>,
    /// How many are left of those that are shown.
    num_left: usize,
    /// The one in hand.
    at: usize,
    /// Whether those of all documents are gone through.
    pub(super) everywhere: bool,
    pub(super) order: ReviewOrder,
    /// The label that they are of; none for all.
    pub(super) label: Option<LabelId>,
    /// What is in hand, corrected.
    draft: Option<Suggestion>,
    /// The value of what is in hand, as it is written.
    pub(super) value: Field,
    /// Why it is wrong, while that is being written.
    pub(super) why: Option<Field>,
    /// What the sources' confidence means.
    pub(super) trust: Arc<Trust>,
    /// What was decided since it began, and when that was, in egui's seconds.
    decided: BTreeSet<(DocumentId, DecisionId)>,
    began: f64,
    /// The document, the revision of the project and the generation of suggestions that it
    /// follows.
    of: Option<(DocumentId, u64, u64)>,
    /// The first one in hand of a document is to be shown.
    pub(super) shows: bool,
}

impl Review {
    /// Goes through those of the open document.
    pub(super) fn new(began: f64) -> Self {
        Self { began, shows: true, ..Self::default() }
    }

    /// Goes through these, of all documents.
    pub(super) fn everywhere(&mut self, offers: Vec<Offer>) {
        self.everywhere = true;
        self.take(offers);
    }

    /// Goes through those of the open document again.
    pub(super) fn here(&mut self) {
        self.everywhere = false;
        self.of = None;
        self.take(Vec::new());
    }

    fn take(&mut self, offers: Vec<Offer>) {
        let offers = offers.into_iter().map(|offer| (offer, true));
        self.put(offers.collect());
        self.find_open(0);
    }

    /// Puts offers in order, each with whether it is still to be decided.
    fn put(&mut self, offers: Vec<(Offer, bool)>) {
        let mut kinds: BTreeMap<Likeness, usize> = BTreeMap::new();
        let items = offers.into_iter().enumerate().map(|(place, (offer, is_open))| {
            let next = kinds.len();
            let kind = *kinds.entry(offer.likeness()).or_insert(next);
            Item { offer, is_open, kind, place }
        });
        self.items = items.collect();
        self.open_of_kind = vec![0; kinds.len()];
        self.shows = true;
        self.let_go();
        self.arrange();
    }

    /// Brings the items into the order in which they are gone through.
    fn arrange(&mut self) {
        self.items.sort_by_key(|item| item.place);
        self.order.sort(&mut self.items, |item| &item.offer, &self.trust);
        self.places.clear();
        for (at, item) in self.items.iter().enumerate() {
            match self.places.get_mut(&item.offer.document) {
                Some(places) => places.push(at),
                None => drop(self.places.insert(item.offer.document.clone(), vec![at])),
            }
        }
        self.at = self.items.len();
        self.count();
    }

    /// Counts what is left.
    fn count(&mut self) {
        self.open_of_kind.fill(0);
        for item in self.items.iter().filter(|item| item.is_open) {
            self.open_of_kind[item.kind] += 1;
        }
        self.num_left = (0..self.items.len()).filter(|at| self.is_shown(*at)).count();
    }

    /// Goes through what is suggested for the same document now, the one in hand first if it
    /// still is; what was decided can come back.
    fn renew(&mut self, found: &[Offer]) {
        let in_hand = self.in_hand().cloned();
        let decided = self.items.drain(..).filter(|item| !item.is_open);
        let decided = decided.map(|item| item.offer).filter(|offer| !found.contains(offer));
        let mut all: Vec<_> = decided.map(|offer| (offer, false)).collect();
        all.extend(found.iter().map(|offer| (offer.clone(), true)));
        all.sort_by_key(|(offer, _)| offer.range().start());
        self.put(all);
        self.find_open(0);
        if let Some(offer) = in_hand {
            self.show(&offer.document, offer.range(), &offer.first().label);
        }
    }

    /// Brings it up to what is open now and to what is suggested for it, once that is known.
    pub(super) fn follow(&mut self, project: &Project, suggestions: &Suggestions) {
        let Some(document) = project.document().map(|document| document.id().clone()) else {
            self.of = None;
            return;
        };
        let now = (document.clone(), project.revision(), suggestions.generation());
        if self.of.as_ref() == Some(&now) {
            return;
        }
        let is_other = self.of.as_ref().is_none_or(|(of, ..)| *of != document);
        let is_new = self.of.as_ref().is_none_or(|(_, _, of)| *of != now.2);
        if !self.everywhere {
            let Some(found) = suggestions.all() else { return };
            if is_other {
                self.take(found.to_vec());
            } else if is_new || found.iter().any(|offer| !self.has(offer)) {
                self.renew(found);
            }
        }
        let touched = self.touched(project, &document);
        self.of = Some(now);
        let mut reopened = None;
        for at in touched {
            let Some(item) = self.items.get_mut(at) else { continue };
            let is_open = project.is_undecided(&item.offer).unwrap_or(item.is_open);
            if is_open == item.is_open {
                continue;
            }
            item.is_open = is_open;
            let key = key_of(&item.offer);
            if is_open && self.decided.remove(&key) {
                reopened = reopened.or(Some(at));
            } else if !is_open && project.is_decided(&item.offer) {
                self.decided.insert(key);
            }
        }
        self.count();
        if let Some(at) = reopened.filter(|at| self.is_shown(*at)) {
            // A step was taken back: it is in hand again.
            self.go(at);
        } else if !self.is_shown(self.at) {
            self.find_open(self.at);
        } else if self.everywhere && is_other && !self.is_in(&document) {
            // Somebody has opened it to go on there.
            let here = self.places.get(&document).into_iter().flatten().copied();
            if let Some(at) = here.into_iter().find(|at| self.is_shown(*at)) {
                self.go(at);
            }
        }
    }

    /// Which items the last steps may have changed: those of the open document, of the one
    /// before, and of the step that was done or taken back last.
    fn touched(&self, project: &Project, document: &DocumentId) -> Vec<usize> {
        let history = project.history();
        let here = history.num_done();
        let steps = [here.checked_sub(1), Some(here)].into_iter().flatten();
        let steps: Vec<_> = steps.filter_map(|at| history.get(at)).collect();
        let mut documents: BTreeSet<&DocumentId> = BTreeSet::from([document]);
        documents.extend(self.of.as_ref().map(|(of, ..)| of));
        documents
            .extend(steps.iter().flat_map(|step| &step.transaction.edits).map(Edit::document));
        let places = documents.into_iter().filter_map(|document| self.places.get(document));
        places.flatten().copied().collect()
    }

    fn has(&self, offer: &Offer) -> bool {
        let mut places = self.places.get(&offer.document).into_iter().flatten();
        places.any(|at| self.items.get(*at).is_some_and(|item| is_same(&item.offer, offer)))
    }

    /// Whether what is in hand is one of that document.
    fn is_in(&self, document: &DocumentId) -> bool {
        self.in_hand().is_some_and(|offer| offer.document == *document)
    }

    fn is_shown(&self, at: usize) -> bool {
        self.items.get(at).is_some_and(|item| {
            let label = &item.offer.first().label;
            item.is_open && self.label.as_ref().is_none_or(|of| of == label)
        })
    }

    /// Takes the next open one from there in hand; from the beginning where there is none.
    fn find_open(&mut self, from: usize) {
        let len = self.items.len();
        let mut places = (from.min(len)..len).chain(0..from.min(len));
        let next = places.find(|at| self.is_shown(*at));
        self.go(next.unwrap_or(len));
    }

    fn go(&mut self, at: usize) {
        self.at = at;
        self.shows = true;
        self.let_go();
        let value = self.in_hand().and_then(|offer| offer.first().value.clone());
        self.value = Field::new(value.as_deref().unwrap_or_default());
    }

    /// Forgets how what is in hand was corrected.
    fn let_go(&mut self) {
        (self.draft, self.why) = (None, None);
    }

    /// The one in hand; none where nothing is left.
    pub(super) fn in_hand(&self) -> Option<&Offer> {
        self.items.get(self.at).filter(|_| self.is_shown(self.at)).map(|item| &item.offer)
    }

    /// What it is to be taken as.
    pub(super) fn taken(&self) -> Option<&Suggestion> {
        let offer = self.in_hand()?;
        Some(self.draft.as_ref().unwrap_or(offer.first()))
    }

    /// Whether it is corrected.
    pub(super) fn is_corrected(&self) -> bool {
        self.draft.is_some()
    }

    /// Corrects what is in hand.
    pub(super) fn correct(&mut self, correct: impl FnOnce(&mut Suggestion)) {
        let Some(mut taken) = self.taken().cloned() else { return };
        correct(&mut taken);
        let is_as_proposed = self.in_hand().is_some_and(|offer| *offer.first() == taken);
        self.draft = (!is_as_proposed).then_some(taken);
    }

    /// What is in hand was decided: the next one comes.
    pub(super) fn decided(&mut self) {
        let at = self.at;
        if let Some(item) = self.items.get_mut(at) {
            item.is_open = false;
            self.decided.insert(key_of(&item.offer));
        }
        self.count();
        self.find_open(at);
    }

    /// Goes to the next or the previous one, around the ends.
    pub(super) fn step(&mut self, step: super::action::Step) {
        let len = self.items.len();
        let by = match step {
            super::action::Step::Next => 1,
            super::action::Step::Previous => len.saturating_sub(1),
        };
        let next = (1..=len).map(|count| (self.at.min(len) + count * by) % len.max(1));
        if let Some(at) = next.into_iter().find(|at| self.is_shown(*at)) {
            self.go(at);
        }
    }

    /// Goes to the one of a document with that range and label.
    pub(super) fn show(&mut self, document: &DocumentId, range: TextRange, label: &LabelId) {
        let places = self.places.get(document).into_iter().flatten().copied();
        let at = places.into_iter().find(|at| {
            self.items
                .get(*at)
                .map(|item| &item.offer)
                .is_some_and(|offer| offer.range() == range && offer.first().label == *label)
        });
        if let Some(at) = at.filter(|at| self.is_shown(*at)) {
            self.go(at);
        }
    }

    /// Goes through them in another order; the one in hand stays.
    pub(super) fn set_order(&mut self, order: ReviewOrder) {
        let in_hand = self.in_hand().cloned();
        self.order = order;
        self.arrange();
        self.find_open(0);
        if let Some(offer) = in_hand {
            self.show(&offer.document, offer.range(), &offer.first().label);
        }
    }

    /// Goes by what confidence means now; the one in hand stays.
    pub(super) fn set_trust(&mut self, trust: Arc<Trust>) {
        if self.trust == trust {
            return;
        }
        self.trust = trust;
        if self.order == ReviewOrder::Doubt {
            let (draft, value, shows) = (self.draft.take(), self.value.clone(), self.shows);
            self.set_order(self.order);
            (self.draft, self.value, self.shows) = (draft, value, shows);
        }
    }

    /// Goes only through those of a label.
    pub(super) fn set_label(&mut self, label: Option<LabelId>) {
        self.label = label;
        self.count();
        self.find_open(self.at);
    }

    /// How many are left of those that are shown.
    pub(super) fn num_left(&self) -> usize {
        self.num_left
    }

    /// How many were decided since it began, and how many a minute, once that says something.
    pub(super) fn pace(&self, now: f64) -> (usize, Option<usize>) {
        let (since, decided) = (now - self.began, self.decided.len());
        if since < PACE_AFTER || decided == 0 {
            return (decided, None);
        }
        let minutes = since / 60.0;
        let most = f64::from(u32::try_from(decided).unwrap_or(u32::MAX));
        let pace = (0..10_000_u32).take_while(|pace| f64::from(*pace) * minutes <= most);
        (decided, pace.last().and_then(|pace| usize::try_from(pace).ok()))
    }

    /// How many are like the one in hand, itself too, and still to be decided.
    pub(super) fn num_alike(&self) -> usize {
        let item = self.items.get(self.at).filter(|_| self.is_shown(self.at));
        item.and_then(|item| self.open_of_kind.get(item.kind)).copied().unwrap_or_default()
    }

    /// Those that are like the one in hand, itself too, and still to be decided.
    pub(super) fn all_alike(&self) -> Vec<Offer> {
        let Some(kind) = self.items.get(self.at).map(|item| item.kind) else {
            return Vec::new();
        };
        let alike = self.items.iter().filter(|item| item.is_open && item.kind == kind);
        alike.map(|item| item.offer.clone()).collect()
    }
}

/// What a decision about an offer is known by.
fn key_of(offer: &Offer) -> (DocumentId, DecisionId) {
    (offer.document.clone(), offer.first().id(&offer.document))
}

/// Whether both ask the same.
fn is_same(one: &Offer, other: &Offer) -> bool {
    one.document == other.document
        && one.range() == other.range()
        && one.first().label == other.first().label
}
