//! Going through suggestions one by one: which is in hand, how it is corrected before it is
//! taken, what is left, and how fast it goes.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::widget::Field;
use crate::edit::EdgeMove;
use crate::model::{DocumentId, LabelId, Suggestion};
use crate::project::{Likeness, Offer, Project, ReviewOrder, Suggestions, Trust, alike};
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
    /// Leaves it for later, and goes on.
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

/// Suggestions that are gone through.
#[derive(Debug, Default)]
pub(super) struct Review {
    /// In the order in which they are gone through, also those that are decided: they come back
    /// when a step is taken back.
    offers: Vec<Offer>,
    is_open: Vec<bool>,
    /// How many of those that are shown are like each.
    alike: BTreeMap<Likeness, usize>,
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
    /// How many were decided since it began, and when that was, in egui's seconds.
    decided: usize,
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

    fn take(&mut self, mut offers: Vec<Offer>) {
        self.order.sort(&mut offers, &self.trust);
        self.is_open = vec![true; offers.len()];
        self.alike = alike(&offers);
        self.offers = offers;
        self.at = 0;
        self.shows = true;
        self.let_go();
        self.find_open(0);
    }

    /// Goes through what is suggested for the same document now, the one in hand first if it
    /// still is; what was decided can come back.
    fn renew(&mut self, found: &[Offer]) {
        let in_hand = self.in_hand().cloned();
        let decided =
            self.offers.drain(..).zip(&self.is_open).filter(|(_, is_open)| !**is_open);
        let mut all: Vec<Offer> = decided.map(|(offer, _)| offer).collect();
        let num_decided = all.len();
        all.extend(found.iter().cloned());
        let decided = all.iter().take(num_decided).cloned().collect::<Vec<_>>();
        all.sort_by_key(|offer| offer.range().start());
        self.take(all);
        for (at, offer) in self.offers.iter().enumerate() {
            self.is_open[at] = !decided.contains(offer);
        }
        self.find_open(0);
        if let Some(offer) = in_hand {
            self.show(&offer.document, offer.range(), &offer.first().label);
        }
    }

    /// Brings it up to what is open now and to what is suggested for it, once that is known.
    pub(super) fn follow(&mut self, project: &Project, suggestions: &Suggestions) {
        let found = suggestions.all();
        let Some(document) = project.document().map(|document| document.id().clone()) else {
            self.here();
            return;
        };
        let now = (document.clone(), project.revision(), suggestions.generation());
        if self.of.as_ref() == Some(&now) {
            return;
        }
        let is_other = self.of.as_ref().is_none_or(|(of, ..)| *of != document);
        let is_new = self.of.as_ref().is_none_or(|(_, _, of)| *of != now.2);
        if (is_other || is_new) && !self.everywhere {
            let Some(found) = found else { return };
            if is_other {
                self.take(found.to_vec());
            } else {
                self.renew(found);
            }
        }
        self.of = Some(now);
        let mut opened = None;
        for (at, offer) in self.offers.iter().enumerate() {
            let was = self.is_open[at];
            let is = project.is_undecided(offer).unwrap_or(was);
            self.is_open[at] = is;
            if is && !was {
                opened = Some(at);
            }
        }
        if let Some(at) = opened {
            // A step was taken back: it is in hand again.
            self.decided = self.decided.saturating_sub(1);
            self.go(at);
        } else if !self.is_shown(self.at) {
            self.find_open(self.at);
        }
    }

    fn is_shown(&self, at: usize) -> bool {
        let is_open = self.is_open.get(at).copied().unwrap_or_default();
        is_open
            && self.offers.get(at).is_some_and(|offer| {
                self.label.as_ref().is_none_or(|label| offer.first().label == *label)
            })
    }

    /// Takes the next open one from there in hand; from the beginning where there is none.
    fn find_open(&mut self, from: usize) {
        let mut places = (from..self.offers.len()).chain(0..from.min(self.offers.len()));
        let next = places.find(|at| self.is_shown(*at));
        self.go(next.unwrap_or(self.offers.len()));
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
        self.offers.get(self.at).filter(|_| self.is_shown(self.at))
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
    pub(super) fn decided(&mut self, how_many: usize) {
        self.decided += how_many;
        if let Some(is_open) = self.is_open.get_mut(self.at) {
            *is_open = false;
        }
        self.find_open(self.at);
    }

    /// Goes to the next or the previous one, around the ends.
    pub(super) fn step(&mut self, step: super::action::Step) {
        let len = self.offers.len();
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
        let at = self.offers.iter().position(|offer| {
            offer.range() == range
                && offer.first().label == *label
                && offer.document == *document
        });
        if let Some(at) = at.filter(|at| self.is_shown(*at)) {
            self.go(at);
        }
    }

    /// Goes through them in another order; the one in hand stays.
    pub(super) fn set_order(&mut self, order: ReviewOrder) {
        let in_hand = self.in_hand().cloned();
        self.order = order;
        let mut open: Vec<Offer> = std::mem::take(&mut self.offers)
            .into_iter()
            .zip(&self.is_open)
            .filter_map(|(offer, is_open)| is_open.then_some(offer))
            .collect();
        if order == ReviewOrder::Text {
            open.sort_by(|a, b| {
                (&a.document, a.range().start()).cmp(&(&b.document, b.range().start()))
            });
        }
        self.take(open);
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
        self.find_open(self.at);
    }

    /// How many are left of those that are shown.
    pub(super) fn num_left(&self) -> usize {
        (0..self.offers.len()).filter(|at| self.is_shown(*at)).count()
    }

    /// How many were decided since it began, and how many a minute, once that says something.
    pub(super) fn pace(&self, now: f64) -> (usize, Option<usize>) {
        let since = now - self.began;
        if since < PACE_AFTER || self.decided == 0 {
            return (self.decided, None);
        }
        let minutes = since / 60.0;
        let pace = (0..10_000_u32).take_while(|pace| {
            f64::from(*pace) * minutes
                <= f64::from(u32::try_from(self.decided).unwrap_or(u32::MAX))
        });
        (self.decided, pace.last().and_then(|pace| usize::try_from(pace).ok()))
    }

    /// How many are like the one in hand, itself too.
    pub(super) fn num_alike(&self) -> usize {
        let Some(offer) = self.in_hand() else { return 0 };
        let most = self.alike.get(&offer.likeness()).copied().unwrap_or_default();
        if most > 1 { self.all_alike().len() } else { most }
    }

    /// Those that are like the one in hand, itself too, and still to be decided.
    pub(super) fn all_alike(&self) -> Vec<Offer> {
        let Some(likeness) = self.in_hand().map(Offer::likeness) else { return Vec::new() };
        let open = self.offers.iter().zip(&self.is_open).filter(|(_, is_open)| **is_open);
        open.map(|(offer, _)| offer)
            .filter(|offer| offer.likeness() == likeness)
            .cloned()
            .collect()
    }
}
