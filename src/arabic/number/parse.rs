//! Numbers in words, in digits, or in both, to their value.

use super::decimal::Decimal;
use super::words::{Part, VAGUE, WORDS};

/// A piece of an article as numbers are read from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item<'a> {
    /// A folded word, with what is written onto it (`وعشرون`).
    Word(&'a str),
    /// Western digits.
    Digits(&'a str),
    /// A sign that touches what stands on both sides of it.
    Joint(char),
}

/// A number that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number {
    /// Its value; of a vague one (`عشرات`) the least that it says.
    pub value: Decimal,
    /// How many items it takes.
    pub num_items: usize,
    /// Whether the article `ال` stands on its first word.
    pub is_definite: bool,
    /// Whether it says no more than how large it is: `عشرات`, `مئات الآلاف`.
    pub is_vague: bool,
    /// Whether all of it is digits and separators.
    pub is_digits: bool,
}

/// The number that begins at the first of the items that `item` gives; the longest one.
///
/// A conjunction on the first word is not read: whoever asks cuts it off. Words are folded.
#[must_use]
pub fn parse_number<'a>(item: impl Fn(usize) -> Option<Item<'a>>) -> Option<Number> {
    vague(&item).or_else(|| Parser::new(&item).run())
}

/// Whether a folded word can begin or go on with a number.
#[must_use]
pub fn is_number_word(folded: &str) -> bool {
    part(folded).is_some() || vague_worth(folded).is_some()
}

/// `عشرات`, `مئات الآلاف`, `آلاف`.
fn vague<'a>(item: &impl Fn(usize) -> Option<Item<'a>>) -> Option<Number> {
    let worth = |at| match item(at) {
        Some(Item::Word(word)) => vague_worth(word),
        _ => None,
    };
    let (first, is_definite) = worth(0)?;
    let (mut value, mut num_items) = (Decimal::whole(first), 1);
    // What they are tens or hundreds of.
    if let Some((scale, _)) = worth(1).filter(|(scale, _)| *scale > first && *scale >= 1_000) {
        value = Decimal::whole(first.checked_mul(scale)?);
        num_items = 2;
    }
    Some(Number { value, num_items, is_definite, is_vague: true, is_digits: false })
}

fn vague_worth(word: &str) -> Option<(u64, bool)> {
    let find = |word: &str| VAGUE.iter().find(|(it, _)| *it == word).map(|(_, worth)| *worth);
    let bare = word.strip_prefix("ال").filter(|rest| rest.chars().count() > 2);
    find(word).map(|worth| (worth, false)).or_else(|| Some((find(bare?)?, true)))
}

/// The part of a number that a word is, and whether it has an article.
fn part(word: &str) -> Option<(Part, bool)> {
    let find = |word: &str| WORDS.get(word).copied();
    // Without its article no word is shorter: `الف` has none.
    let bare = word.strip_prefix("ال").filter(|rest| rest.len() > 4);
    find(word).map(|part| (part, false)).or_else(|| Some((find(bare?)?, true)))
}

/// What stands at a place: a part and how many items it takes.
struct Step {
    part: Option<Part>,
    /// A number in digits in place of a part.
    digits: Option<Decimal>,
    num_items: usize,
    is_definite: bool,
    /// Whether `و` stands in front.
    is_joined: bool,
}

struct Parser<'i, F> {
    item: &'i F,
    at: usize,
    /// What is complete: whole groups with their scales.
    total: Decimal,
    /// The power of ten of the last scale; nothing larger may follow.
    last_scale: u32,
    /// The group below a scale that is being read.
    group: Option<Decimal>,
    /// What was taken last within the group.
    last: Option<Part>,
    /// Whether the group is digits: nothing can be added to it.
    group_is_digits: bool,
    is_definite: bool,
    is_digits: bool,
}

impl<'a, 'i, F: Fn(usize) -> Option<Item<'a>>> Parser<'i, F> {
    fn new(item: &'i F) -> Self {
        Self {
            item,
            at: 0,
            total: Decimal::default(),
            last_scale: u32::MAX,
            group: None,
            last: None,
            group_is_digits: false,
            is_definite: false,
            is_digits: true,
        }
    }

    fn run(mut self) -> Option<Number> {
        while let Some(step) = self.step() {
            if self.at > 0 && step.is_joined != self.wants_and(&step) {
                break;
            }
            let is_first = self.at == 0;
            if self.take(&step).is_none() {
                break;
            }
            if is_first {
                self.is_definite = step.is_definite;
            }
            self.is_digits &= step.digits.is_some();
            self.at += step.num_items;
        }
        // `أحد`, `اثنا` are numbers only in front of `عشر`.
        let is_whole = !matches!(self.last, Some(Part::TeenUnit(_)));
        (self.at > 0 && is_whole).then_some(())?;
        let value = self.total.plus(self.group.unwrap_or_default())?;
        let Self { at: num_items, is_definite, is_digits, .. } = self;
        Some(Number { value, num_items, is_definite, is_vague: false, is_digits })
    }

    /// What stands next.
    fn step(&self) -> Option<Step> {
        let mut at = self.at;
        let mut is_joined = false;
        if self.at > 0
            && let Some(Item::Word("و")) = (self.item)(at)
        {
            is_joined = true;
            at += 1;
        }
        match (self.item)(at)? {
            Item::Digits(whole) => {
                let (digits, num_items) = digits(self.item, at, whole)?;
                let num_items = at + num_items - self.at;
                let digits = Some(digits);
                Some(Step { part: None, digits, num_items, is_definite: false, is_joined })
            }
            Item::Word(word) => {
                // `وأحد عشر` looks like `واحد` when it is folded.
                let is_eleven = self.at > 0
                    && !is_joined
                    && word == "واحد"
                    && matches!((self.item)(at + 1), Some(Item::Word("عشر")));
                let (found, is_joined) = match part(word) {
                    _ if is_eleven => ((Part::TeenUnit(1), false), true),
                    Some(found) => (found, is_joined),
                    None if self.at > 0 && !is_joined => (part(word.strip_prefix('و')?)?, true),
                    None => return None,
                };
                let (part, is_definite) = found;
                let num_items = at + 1 - self.at;
                Some(Step { part: Some(part), digits: None, num_items, is_definite, is_joined })
            }
            Item::Joint(_) => None,
        }
    }

    /// Whether a conjunction must stand in front of what comes next: between things that are
    /// added, not in front of what is multiplied.
    fn wants_and(&self, step: &Step) -> bool {
        match step.part {
            Some(Part::Parts(_)) => !matches!(self.last, Some(Part::Unit(_))),
            Some(Part::Ten) => !matches!(self.last, Some(Part::Unit(_) | Part::TeenUnit(_))),
            Some(Part::Hundred) => !matches!(self.last, Some(Part::Unit(3..))),
            Some(Part::Scale(_) | Part::ScaleOrTwo(_)) => self.group.is_none(),
            _ => true,
        }
    }

    /// Takes what comes next into the number; none if it cannot be part of it.
    fn take(&mut self, step: &Step) -> Option<()> {
        if let Some(digits) = step.digits {
            let fits = self.group.is_none()
                && digits < Decimal::whole(1).times_ten_to(self.last_scale.min(16))?;
            fits.then_some(())?;
            self.group = Some(digits);
            self.group_is_digits = true;
            self.last = None;
            return Some(());
        }
        let part = step.part?;
        match part {
            Part::Scale(power) | Part::ScaleOrTwo(power) => self.scale(power, part, step),
            Part::TwoScales(power) => {
                (self.group.is_none() && power < self.last_scale).then_some(())?;
                self.total = self.total.plus(Decimal::whole(2).times_ten_to(power)?)?;
                self.last_scale = power;
                self.last = Some(part);
                Some(())
            }
            Part::Fraction(parts) => self.fraction(parts),
            Part::Parts(parts) => self.parts(parts),
            _ => self.within_group(part),
        }
    }

    fn scale(&mut self, power: u32, part: Part, step: &Step) -> Option<()> {
        let last = self.last;
        let Some(group) = self.group.take() else {
            // One of it, standing alone; `ألفا` in front of a genitive is two, which cannot be
            // told from one here.
            (power < self.last_scale).then_some(())?;
            self.total = self.total.plus(Decimal::whole(1).times_ten_to(power)?)?;
            self.last_scale = power;
            self.last = Some(part);
            return Some(());
        };
        // `وألف` behind a group is added to it, not counted by it.
        if step.is_joined || power >= self.last_scale {
            self.group = Some(group);
            self.last = last;
            return None;
        }
        self.total = self.total.plus(group.times_ten_to(power)?)?;
        self.last_scale = power;
        self.group_is_digits = false;
        self.last = Some(part);
        Some(())
    }

    /// `مليون ونصف`, `نصف مليون`.
    fn fraction(&mut self, parts: u32) -> Option<()> {
        if self.group.is_some() {
            return None;
        }
        if self.at == 0 {
            // Of what stands behind it, and of nothing else.
            let Some(Item::Word(word)) = (self.item)(1) else { return None };
            let (Part::Scale(power) | Part::ScaleOrTwo(power), _) = part(word)? else {
                return None;
            };
            self.total = Decimal::part_of_ten_to(parts, power)?;
            self.last_scale = 0;
            // Its scale is taken with it.
            self.at = 1;
            return Some(());
        }
        let power = (3..self.last_scale.saturating_add(1)).contains(&self.last_scale);
        power.then_some(())?;
        self.total = self.total.plus(Decimal::part_of_ten_to(parts, self.last_scale)?)?;
        // `مليون ونصف المليون`: the scale once more.
        let again = match (self.item)(self.at + 1) {
            Some(Item::Word(word)) => part(word),
            _ => None,
        };
        if let Some((Part::Scale(scale), true)) = again
            && scale == self.last_scale
        {
            self.at += 1;
        }
        self.last_scale = 0;
        self.last = Some(Part::Fraction(parts));
        Some(())
    }

    /// `ثلاثة أرباع المليون`.
    fn parts(&mut self, parts: u32) -> Option<()> {
        let times = self.group.filter(|_| self.at == 1)?.to_whole()?;
        let Some(Item::Word(word)) = (self.item)(2) else { return None };
        let (Part::Scale(power) | Part::ScaleOrTwo(power), _) = part(word)? else {
            return None;
        };
        let one = Decimal::part_of_ten_to(parts, power)?;
        self.group = None;
        self.total = (0..times).try_fold(Decimal::default(), |sum, _| sum.plus(one))?;
        self.last_scale = 0;
        self.last = Some(Part::Parts(parts));
        self.at = 2;
        Some(())
    }

    /// Hundreds, then units and tens, as they are said.
    fn within_group(&mut self, part: Part) -> Option<()> {
        (!self.group_is_digits && self.last_scale >= 3).then_some(())?;
        let (last, group) = (self.last, self.group.unwrap_or_default());
        let is_new = self.group.is_none();
        let after_hundreds = is_new || matches!(last, Some(Part::Hundred | Part::Hundreds(_)));
        let add = |number: u32| group.plus(Decimal::whole(u64::from(number)));
        self.group = match (part, last) {
            (Part::Unit(value) | Part::TeenUnit(value), _) if after_hundreds => add(value),
            (Part::Ten, Some(Part::Unit(_) | Part::TeenUnit(_))) if !is_new => add(10),
            (Part::Ten, _) if after_hundreds => add(10),
            (Part::Tens(value), Some(Part::Unit(_) | Part::TeenUnit(1))) if !is_new => {
                add(value)
            }
            (Part::Tens(value), _) if after_hundreds => add(value),
            (Part::Hundreds(value), _) if is_new => add(value),
            (Part::Hundred, _) if is_new => add(100),
            (Part::Hundred, Some(Part::Unit(value @ 3..)))
                if group == Decimal::whole(value.into()) =>
            {
                Some(Decimal::whole(u64::from(value) * 100))
            }
            _ => return None,
        };
        self.last = Some(part);
        Some(())
    }
}

/// A number in digits with its separators: `3.500`, `3,500`, `45,6`, `1 234`.
fn digits<'a>(
    item: &impl Fn(usize) -> Option<Item<'a>>,
    at: usize,
    first: &str,
) -> Option<(Decimal, usize)> {
    let mut groups = vec![first.to_owned()];
    let mut signs = Vec::new();
    let mut next = at + 1;
    while let (Some(Item::Joint(sign @ ('.' | ','))), Some(Item::Digits(more))) =
        (item(next), item(next + 1))
    {
        signs.push(sign);
        groups.push(more.to_owned());
        next += 2;
    }
    let num_items = next - at;
    // Groups of three behind one and the same sign are thousands.
    let is_thousands = |signs: &[char], groups: &[String]| {
        signs.windows(2).all(|pair| pair.first() == pair.last())
            && groups.iter().skip(1).all(|group| group.len() == 3)
            && groups
                .first()
                .is_some_and(|group| (1..=3).contains(&group.len()) && group != "0")
    };
    if signs.is_empty() || is_thousands(&signs, &groups) {
        return Some((Decimal::of_digits(&groups.concat(), "")?, num_items));
    }
    let (decimals, whole) = groups.split_last()?;
    let (sign, before) = signs.split_last()?;
    let is_decimal = before.is_empty() || is_thousands(before, whole) && !before.contains(sign);
    // Otherwise it is a date, a version, a phone number.
    is_decimal.then(|| Some((Decimal::of_digits(&whole.concat(), decimals)?, num_items)))?
}
