//! Marking at random, the same steps wherever it is followed from the same work.

use tawsim::edit::{
    Context, Direction, Refusal, Transaction, Work, accept, annotate, ask_again, declare_gold,
    edit_meta, reject, relabel, remove, resize, set_document_note, set_doubtful, set_note,
    set_state, set_value, skip,
};
use tawsim::model::{
    AnnotationSet, AnnotatorId, DecisionId, Document, Label, LabelId, Meta, Schema, SetKey,
    SpanId, State, Suggestion, Timestamp,
};
use tawsim::text::TextRange;

/// Numbers that follow from a seed (Steele, Lea and Flood's `SplitMix64`).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `bound`, which is not 0.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % bound
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        let len = u64::try_from(from.len()).ok().filter(|len| *len > 0)?;
        from.get(usize::try_from(self.below(len)).ok()?)
    }
}

/// Who marks.
pub(crate) fn annotator() -> AnnotatorId {
    AnnotatorId::new("أمل").unwrap()
}

/// What is marked.
pub(crate) fn documents() -> Vec<Document> {
    let text = "وصلت القافلة إلى مراكش مساء السبت، وعلى متن شاحناتها 14 حرفيا ونحو 300 قطعة من الزليج. ";
    let ids = ["صباح", "news/2024 №2"];
    ids.iter().map(|id| Document::new((*id).into(), text.repeat(12))).collect()
}

/// What the remark of that step says.
pub(crate) fn mark(step: u64) -> String {
    format!("remark-{step:06}")
}

/// Work, and the steps that change it.
pub(crate) struct Script {
    /// All sets and fields as they are after the steps so far.
    pub(crate) work: Work,
    round: u64,
    steps: u64,
    random: Random,
    schema: Schema,
    documents: Vec<Document>,
    last: Option<Transaction>,
}

impl Script {
    pub(crate) fn new(round: u64, work: Work) -> Self {
        Self {
            work,
            round,
            steps: 0,
            random: Random::new(round),
            schema: Schema::default(),
            documents: documents(),
            last: None,
        }
    }

    /// Takes a step at random, and gives it.
    pub(crate) fn step(&mut self) -> Transaction {
        self.steps += 1;
        let transaction = loop {
            // What the project refuses is tried no further.
            if let Ok(transaction) = self.attempt() {
                break transaction;
            }
        };
        self.take(transaction)
    }

    /// Takes the step that writes a remark on the first document, and gives it.
    pub(crate) fn remark(&mut self, step: u64) -> Transaction {
        self.steps += 1;
        let document = &self.documents[0];
        let set = self.set(document, annotator());
        let transaction =
            set_document_note(&self.context(document, &set), &mark(step)).unwrap();
        self.take(transaction)
    }

    fn take(&mut self, transaction: Transaction) -> Transaction {
        self.work.apply(&transaction).unwrap();
        self.last = Some(transaction.clone());
        transaction
    }

    fn attempt(&mut self) -> Result<Transaction, Refusal> {
        let documents = std::mem::take(&mut self.documents);
        let result = match self.random.below(20) {
            // Several sets in one step.
            0 => self.alter(&documents[0]).and_then(|first| {
                let mut second = self.alter(&documents[1])?;
                second.edits.splice(0..0, first.edits);
                Ok(second)
            }),
            1 => {
                let last = self.last.as_ref().filter(|last| last.direction == Direction::Do);
                last.map(|last| last.inverse(self.now())).ok_or(Refusal::Unchanged)
            }
            2 => {
                let document = &documents[0];
                let set = self.set(document, annotator());
                let gold = self.set(document, AnnotatorId::gold());
                declare_gold(&set, Some(&gold), self.now())
            }
            number => self.alter(&documents[usize::from(number % 3 == 0)]),
        };
        self.documents = documents;
        result
    }

    /// A change of one set or of a document's fields.
    fn alter(&mut self, document: &Document) -> Result<Transaction, Refusal> {
        let set = self.set(document, annotator());
        let labels: Vec<LabelId> =
            self.schema.labels().map(|label: &Label| label.id.clone()).collect();
        let label = self.random.pick(&labels).unwrap().clone();
        let range = self.range(document);
        let span = self.random.pick(set.spans()).map(|span| span.id.clone());
        let span = span.unwrap_or_else(|| SpanId::from("none"));
        let decisions: Vec<_> = set.decisions.keys().cloned().collect();
        let decision = self.random.pick(&decisions).cloned();
        let decision = decision.unwrap_or_else(|| DecisionId::new("none"));
        let proposed = Suggestion::new("rules", label.clone(), range);
        let kind = self.random.below(26);
        let text = format!("{}‏ – {}", self.round, self.steps);
        let cx = self.context(document, &set);
        match kind {
            0 | 1 => remove(&cx, &span),
            2 => relabel(&cx, &span, &label),
            3 => resize(&cx, &span, range),
            4 | 5 => set_value(&cx, &span, &text),
            6 => set_note(&cx, &span, &text),
            7 => set_doubtful(&cx, &span, self.steps.is_multiple_of(2)),
            8 => set_state(&cx, State::ALL[usize::from(self.steps.is_multiple_of(3)) + 1]),
            9 => set_document_note(&cx, &text),
            10 => {
                let before = self.work.metas.get(document.id()).cloned().unwrap_or_default();
                let after = Meta { title: Some(text), ..before.clone() };
                edit_meta(document.id(), &before, after, self.now())
            }
            20 | 21 if decisions.len() > 40 => ask_again(&cx, &decision),
            20 => accept(
                &cx,
                std::slice::from_ref(&proposed),
                &proposed,
                SpanId::from(text.as_str()),
            ),
            21 => {
                // Corrected, and proposed by two.
                let other = Suggestion { source: "spacy".to_owned(), ..proposed.clone() };
                let taken = Suggestion { value: Some("3".to_owned()), ..proposed.clone() };
                accept(&cx, &[proposed, other], &taken, SpanId::from(text.as_str()))
            }
            22 if decisions.len() <= 60 => reject(&cx, &[proposed], &text),
            23 if decisions.len() <= 60 => skip(&cx, &[proposed]),
            24 => ask_again(&cx, &decision),
            _ if set.spans().len() > 40 => remove(&cx, &span),
            _ => {
                let id = format!("{:x}-{:x}-{}", self.round, self.steps, set.spans().len());
                annotate(&cx, range, &label, SpanId::from(id.as_str()))
            }
        }
    }

    fn range(&mut self, document: &Document) -> TextRange {
        let edges: Vec<usize> = document.text().char_indices().map(|(at, _)| at).collect();
        let start = usize::try_from(self.random.below(edges.len() as u64)).unwrap();
        let len = usize::try_from(1 + self.random.below(9)).unwrap();
        let end = (start + len).min(edges.len() - 1);
        TextRange::of(edges[start.min(end)]..edges[end])
    }

    fn set(&self, document: &Document, annotator: AnnotatorId) -> AnnotationSet {
        let key = SetKey { annotator, document: document.id().clone() };
        let set = self.work.set(&key).cloned();
        set.unwrap_or_else(|| AnnotationSet::new(key))
    }

    fn context<'a>(&'a self, document: &'a Document, set: &'a AnnotationSet) -> Context<'a> {
        Context { document, schema: &self.schema, set, at: self.now() }
    }

    fn now(&self) -> Timestamp {
        let millis = 1_700_000_000_000 + self.round * 1_000_000 + self.steps;
        Timestamp(i64::try_from(millis).unwrap_or_default())
    }
}
