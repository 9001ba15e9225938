//! What was learned as bytes of a file, and back. The file can be made again from the finished
//! documents, so whatever is wrong with it makes it none.

use std::collections::BTreeMap;

use super::chain::Chain;
use super::gate::{Figures, Gain, Report};
use super::model::{Meaning, Model, Scale, Tagger};
use super::piece::BITS;
use crate::model::{AttributeId, Digest, LabelId};

/// What the file begins with: another way to tell features is another number.
const MAGIC: &[u8] = b"tawsim learned 1\n";

/// A report and a model as bytes: a digest of what follows is in front.
#[must_use]
pub fn to_bytes(report: &Report, model: &Model) -> Vec<u8> {
    let mut out = Out(Vec::new());
    out.number(report.documents);
    out.number(report.gains.len());
    for gain in &report.gains {
        out.text(gain.label.as_str());
        for figures in [gain.rules, gain.learned] {
            [figures.gold, figures.found, figures.right]
                .iter()
                .for_each(|count| out.number(*count));
        }
        out.number(usize::from(gain.is_used));
        out.scale(gain.scale);
    }
    out.number(model.taggers.len());
    for (label, tagger) in &model.taggers {
        out.text(label.as_str());
        out.scale(tagger.scale);
        tagger.chain.steps.as_flattened().iter().for_each(|step| out.weight(*step));
        let told: Vec<_> = tagger
            .chain
            .weights
            .iter()
            .enumerate()
            .filter(|(_, it)| **it != [0.0; 2])
            .collect();
        out.number(told.len());
        for (feature, weights) in told {
            out.number(feature);
            weights.iter().for_each(|weight| out.weight(*weight));
        }
    }
    out.number(model.meanings.len());
    for ((label, letters), (value, attributes)) in &model.meanings {
        out.text(label.as_str());
        out.text(letters);
        out.number(usize::from(value.is_some()));
        out.text(value.as_deref().unwrap_or_default());
        out.number(attributes.len());
        for (id, text) in attributes {
            out.text(id.as_str());
            out.text(text);
        }
    }
    let digest = Digest::of(&out.0).to_string();
    [MAGIC, digest.as_bytes(), b"\n", &out.0].concat()
}

/// What was written so; none if it is damaged or of another version.
#[must_use]
pub fn from_bytes(bytes: &[u8]) -> Option<(Report, Model)> {
    let rest = bytes.strip_prefix(MAGIC)?;
    let line = rest.iter().position(|byte| *byte == b'\n')?;
    let (digest, body) = (rest.get(..line)?, rest.get(line + 1..)?);
    if Digest::of(body).to_string().as_bytes() != digest {
        return None;
    }
    let mut read = In(body);
    let mut report = Report { documents: read.number()?, gains: Vec::new() };
    for _ in 0..read.number()? {
        report.gains.push(Gain {
            label: LabelId::new(read.text()?),
            rules: read.figures()?,
            learned: read.figures()?,
            is_used: read.number()? == 1,
            scale: read.scale()?,
        });
    }
    let mut model = Model::default();
    for _ in 0..read.number()? {
        let label = LabelId::new(read.text()?);
        let scale = read.scale()?;
        let mut chain = Chain { weights: vec![[0.0; 2]; 1 << BITS], steps: [[0.0; 3]; 3] };
        for step in chain.steps.as_flattened_mut() {
            *step = read.weight()?;
        }
        for _ in 0..read.number()? {
            let feature = read.number()?;
            *chain.weights.get_mut(feature)? = [read.weight()?, read.weight()?];
        }
        model.taggers.insert(label, Tagger { chain, scale });
    }
    let mut meanings = BTreeMap::new();
    for _ in 0..read.number()? {
        let key = (LabelId::new(read.text()?), read.text()?.to_owned());
        meanings.insert(key, read.meaning()?);
    }
    model.meanings = meanings;
    Some((report, model))
}

struct Out(Vec<u8>);

impl Out {
    fn number(&mut self, number: usize) {
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        self.0.extend_from_slice(&number.to_le_bytes());
    }

    fn weight(&mut self, weight: f32) {
        self.0.extend_from_slice(&weight.to_le_bytes());
    }

    fn scale(&mut self, scale: Scale) {
        self.0.extend_from_slice(&scale.slope.to_le_bytes());
        self.0.extend_from_slice(&scale.shift.to_le_bytes());
    }

    fn text(&mut self, text: &str) {
        self.number(text.len());
        self.0.extend_from_slice(text.as_bytes());
    }
}

struct In<'a>(&'a [u8]);

impl<'a> In<'a> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*taken)
    }

    fn number(&mut self) -> Option<usize> {
        usize::try_from(u32::from_le_bytes(self.take()?)).ok()
    }

    fn weight(&mut self) -> Option<f32> {
        Some(f32::from_le_bytes(self.take()?))
    }

    fn scale(&mut self) -> Option<Scale> {
        let slope = f64::from_le_bytes(self.take()?);
        Some(Scale { slope, shift: f64::from_le_bytes(self.take()?) })
    }

    fn figures(&mut self) -> Option<Figures> {
        let (gold, found, right) = (self.number()?, self.number()?, self.number()?);
        Some(Figures { gold, found, right })
    }

    fn text(&mut self) -> Option<&'a str> {
        let len = self.number()?;
        let (text, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        std::str::from_utf8(text).ok()
    }

    fn meaning(&mut self) -> Option<Meaning> {
        let has_value = self.number()? == 1;
        let value = self.text()?.to_owned();
        let mut attributes = Vec::new();
        for _ in 0..self.number()? {
            attributes.push((AttributeId::new(self.text()?), self.text()?.to_owned()));
        }
        Some((has_value.then_some(value), attributes))
    }
}
