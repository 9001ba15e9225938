//! Periods: units, several of them, parts, seasons, shares, decades, centuries, and two joined.

use super::{Grammar, Read, is_day};
use crate::arabic::{Calendar, Item, parse_number, weekday_of};
use crate::extract::date::when::{When, Year};
use crate::extract::date::words::{Rel, Role, Unit};
use crate::extract::tokens::Kind;

impl Grammar<'_> {
    /// `العام الماضي`, `الأسبوع المقبل`, `العام 2011`, `الصيف الماضي`.
    pub(super) fn the_unit(&self, at: usize, unit: Unit) -> Option<Read> {
        if let Some(rel) = self.rel(at + 1) {
            // `الأخير` of a period is not one of the calendar.
            let is_last = matches!(self.word(at + 1), "الاخير" | "الاخيره");
            return (!is_last)
                .then(|| Read::new(at + 1, When::Period(unit, rel), "date.period"))?;
        }
        if unit == Unit::Year && self.year_number(at + 1, Calendar::Gregorian).is_some() {
            return self.year_behind(at);
        }
        None
    }

    /// `السنوات الثلاث الماضية`, `الأشهر الستة المقبلة`.
    pub(super) fn the_many(&self, at: usize, unit: Unit) -> Option<Read> {
        let (count, after) = match self.reading.tokens.get(at + 1)?.kind {
            Kind::Digits => (self.word(at + 1).parse::<u8>().ok()?, at + 2),
            _ => {
                let number = parse_number(|ahead| {
                    let at = at + 1 + ahead;
                    let is_word = self.reading.tokens.get(at)?.kind == Kind::Word;
                    is_word.then(|| Item::Word(self.word(at)))
                })?;
                let count = u8::try_from(number.value.to_whole()?).ok()?;
                (count, at + 1 + number.num_items)
            }
        };
        if unit == Unit::Month
            && matches!(self.word(after), "الاولي" | "الاول" | "الاوائل")
            && self.word(after + 1) == "من"
        {
            let token = self.reading.tokens.get(after + 2)?;
            let inner =
                self.date(after + 2, token.whole).or_else(|| self.bare_year(after + 2))?;
            let year = match inner.when {
                When::Point { year, month: None, .. } => year,
                When::Period(Unit::Year, rel) => Year::Rel(rel),
                _ => return None,
            };
            let month = |number| Box::new(When::Point { year, month: Some(number), day: None });
            let last = i8::try_from(count).ok().filter(|count| (2..=12).contains(count))?;
            return Read::new(inner.last, When::Range(month(1), month(last)), "date.period");
        }
        let rel = self.rel(after)?;
        Read::new(after, When::Many(unit, rel, count), "date.period")
    }

    /// `هذا العام`, `هذه السنة`, `هذا الصيف`, `هذا اليوم`.
    pub(super) fn this(&self, at: usize) -> Option<Read> {
        let next = at + 1;
        let Role::The(unit) = self.role(next, |it| matches!(it, Role::The(_)))? else {
            return None;
        };
        Read::new(next, When::Period(unit, Rel::This), "date.period")
    }

    /// `أواخر العام الماضي`, `مطلع 2020`, `منتصف شهر مارس`, `نهاية الأسبوع`.
    pub(super) fn part(&self, at: usize) -> Option<Read> {
        let mut next = at + 1;
        if self.word(next) == "من" {
            next += 1;
        }
        let token = self.reading.tokens.get(next)?;
        let inner = self.date(next, token.whole).or_else(|| self.bare_year(next));
        let inner = inner.filter(|read| !is_day(&read.when));
        if let Some(Read { last, when, .. }) = inner {
            return Read::new(last, when, "date.part");
        }
        let unit = self.role(next, |it| matches!(it, Role::The(_)));
        match unit {
            // The end of this week, month or year.
            Some(Role::The(unit @ (Unit::Week | Unit::Month | Unit::Year))) => {
                let ends = matches!(self.word(at), "نهايه" | "بدايه" | "مطلع" | "منتصف");
                ends.then(|| Read::new(next, When::Period(unit, Rel::This), "date.part-open"))?
            }
            _ => None,
        }
    }

    /// `صيف 2015`, `خريف العام الماضي`.
    pub(super) fn season(&self, at: usize, number: u8) -> Option<Read> {
        let mut next = at + 1;
        if self.role(next, |it| *it == Role::Unit(Unit::Year)).is_some() {
            next += 1;
        }
        if let Some((year, last)) = self.year_number(next, Calendar::Gregorian) {
            return Read::new(last, When::Season(number, Year::Known(year)), "date.season");
        }
        let the_year = self.role(next, |it| *it == Role::The(Unit::Year)).is_some();
        let rel = self.rel(next + 1).filter(|_| the_year)?;
        Read::new(next + 1, When::Season(number, Year::Rel(rel)), "date.season")
    }

    /// `الربع الثالث من 2024`, `النصف الأول من العام الجاري`.
    pub(super) fn share(&self, at: usize, shares: u8) -> Option<Read> {
        if let Some(read) = self.same(at) {
            return Some(read);
        }
        let number = match self.word(at + 1) {
            "الاول" => 1,
            "الثاني" => 2,
            "الثالث" => 3,
            "الرابع" | "الاخير" => 4,
            _ => return None,
        };
        let mut next = at + 2;
        (self.word(next) == "من").then_some(())?;
        next += 1;
        let token = self.reading.tokens.get(next)?;
        let inner = self.date(next, token.whole).or_else(|| self.bare_year(next))?;
        let year = match inner.when {
            When::Point { year, month: None, day: None } => year,
            When::Period(Unit::Year, rel) => Year::Rel(rel),
            _ => return None,
        };
        // Quarters are 33 to 36 in EDTF, halves 40 and 41.
        let code = if shares == 4 { 32 + number } else { 39 + number };
        Read::new(inner.last, When::Season(code, year), "date.season")
    }

    /// `الثمانينيات`, `تسعينيات القرن الماضي`.
    pub(super) fn decade(&self, at: usize, tens: u8) -> Option<Read> {
        if self.word(at + 1) == "القرن"
            && let Some(century) = self.century(at + 1)
        {
            let hundreds = match century.when {
                When::Century(Some(hundreds), _) => hundreds,
                When::Century(None, Rel::Last) => 19,
                _ => 20,
            };
            return Read::new(century.last, When::Decade(tens, Some(hundreds)), "date.decade");
        }
        let is_definite = self.word(at).starts_with("ال");
        is_definite.then(|| Read::new(at, When::Decade(tens, None), "date.decade"))?
    }

    /// `القرن الماضي`, `القرن العشرين`, `القرن التاسع عشر`.
    pub(super) fn century(&self, at: usize) -> Option<Read> {
        if let Some(rel) = self.rel(at + 1) {
            return Read::new(at + 1, When::Century(None, rel), "date.century");
        }
        let (hundreds, last) = match (self.word(at + 1), self.word(at + 2)) {
            ("العشرين" | "العشرون", _) => (19, at + 1),
            ("الحادي", "والعشرين" | "والعشرون") => (20, at + 2),
            ("التاسع", "عشر") => (18, at + 2),
            ("الثامن", "عشر") => (17, at + 2),
            ("السابع", "عشر") => (16, at + 2),
            ("السادس", "عشر") => (15, at + 2),
            _ => return None,
        };
        Read::new(last, When::Century(Some(hundreds), Rel::This), "date.century")
    }

    /// `يومي 29 و30 يناير 2024`, `عامي 2002 و2015`, `شهري يناير وفبراير 2020`.
    pub(super) fn two(&self, at: usize, unit: Unit) -> Option<Read> {
        let first = at + 1;
        match unit {
            Unit::Day => {
                if let Some(day) = self.weekday_at(first) {
                    return self.two_weekdays(first, day);
                }
                let (low, after) = self.small_number(first, 31)?;
                self.second_day(low, after)
            }
            Unit::Year => {
                let (low, last) = self.year_number(first, Calendar::Gregorian)?;
                let (high, end) =
                    self.year_number(self.past_and(last + 1)?, Calendar::Gregorian)?;
                let point = |year| {
                    Box::new(When::Point { year: Year::Known(year), month: None, day: None })
                };
                Read::new(end, When::Range(point(low), point(high)), "date.range")
            }
            _ => {
                let low = self.month_at(first)?;
                let next = low.last + 1;
                let token = self.reading.tokens.get(next)?;
                let reading = token.readings().find(|it| it.is_stem)?;
                (token.prefix() == "و").then_some(())?;
                let high = self.month_named(next, reading.word)?;
                let (last, to) = self.with_year(&high, None)?;
                let from = match &to {
                    When::Point { year, .. } => {
                        When::Point { year: *year, month: Some(low.number), day: None }
                    }
                    other => other.clone(),
                };
                Read::new(last, When::Range(Box::new(from), Box::new(to)), "date.range")
            }
        }
    }

    /// `السبت والأحد`, with what says which.
    pub(super) fn two_weekdays(&self, at: usize, day: jiff::civil::Weekday) -> Option<Read> {
        let token = self.reading.tokens.get(at + 1)?;
        let stem = token.readings().find(|it| it.is_stem && token.prefix() == "و")?;
        let second = weekday_of(self.reading.lexicon.vocabulary.spelling(stem.word))?;
        let rel = self.rel(at + 2);
        let last = if rel.is_some() { at + 2 } else { at + 1 };
        let range = When::Range(
            Box::new(When::Weekday(day, rel)),
            Box::new(When::Weekday(second, rel)),
        );
        Read::new(last, range, "date.range")
    }

    /// The token behind `و`, `إلى`, `حتى` or a dash.
    pub(super) fn past_and(&self, at: usize) -> Option<usize> {
        let is_sign = self.reading.tokens.is_sign(at, '-');
        (is_sign || matches!(self.word(at), "و" | "الي" | "حتي")).then_some(at + 1)
    }

    /// The day behind another one, with the month of both.
    pub(super) fn second_day(&self, low: u64, after: usize) -> Option<Read> {
        let next = self.past_and(after)?;
        let high = self.day_in_digits(next)?;
        let from = match &high.when {
            When::Point { year, month, day: Some(_) } => {
                When::Point { year: *year, month: *month, day: i8::try_from(low).ok() }
            }
            When::Hijri { year, month, day: Some(_) } => {
                When::Hijri { year: *year, month: *month, day: i8::try_from(low).ok() }
            }
            _ => return None,
        };
        Read::new(high.last, When::Range(Box::new(from), Box::new(high.when)), "date.range")
    }
}
