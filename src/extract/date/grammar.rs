//! How dates are put together: words to what they mean.

mod periods;

use jiff::civil::Date;

use super::when::{When, Year};
use super::words::{Rel, Role, Unit};
use crate::arabic::{Calendar, Item, month_of, parse_number, weekday_of};
use crate::extract::Reading;
use crate::extract::tokens::{Kind, Token};
use crate::extract::vocabulary::{Classes, WordId};

/// A date that was read.
#[derive(Debug)]
pub(super) struct Read {
    /// The number of its last token.
    pub(super) last: usize,
    pub(super) when: When,
    pub(super) rule: &'static str,
}

impl Read {
    fn new(last: usize, when: When, rule: &'static str) -> Option<Self> {
        Some(Self { last, when, rule })
    }
}

/// A month that stands somewhere: its last token, with any second name.
struct Month {
    last: usize,
    calendar: Calendar,
    number: i8,
}

/// Reads dates from tokens on.
pub(super) struct Grammar<'a> {
    pub(super) reading: &'a Reading<'a>,
}

impl Grammar<'_> {
    /// The date that begins at a token, read as the word `first`.
    pub(super) fn date(&self, at: usize, first: WordId) -> Option<Read> {
        self.roles(first).iter().find_map(|role| self.of_role(at, *role)).or_else(|| {
            let spelled = self.reading.lexicon.vocabulary.spelling(first);
            if let Some(day) = weekday_of(spelled) {
                return self.weekday(at, day);
            }
            self.month_date(at, spelled)
        })
    }

    fn roles(&self, word: WordId) -> &[Role] {
        self.reading.lexicon.dates.roles(word)
    }

    /// The role of a token as it stands.
    fn role(&self, at: usize, wanted: impl Fn(&Role) -> bool) -> Option<Role> {
        let word = self.reading.tokens.get(at)?.whole;
        self.roles(word).iter().copied().find(|role| wanted(role))
    }

    fn word(&self, at: usize) -> &str {
        self.reading.tokens.folded(at)
    }

    fn rel(&self, at: usize) -> Option<Rel> {
        match self.role(at, |role| matches!(role, Role::Rel(_))) {
            Some(Role::Rel(rel)) => Some(rel),
            _ => None,
        }
    }

    fn of_role(&self, at: usize, role: Role) -> Option<Read> {
        match role {
            Role::Deictic(days) => self.deictic(at, days),
            Role::Day | Role::PartOfDay => self.day_behind(at, role),
            Role::Two(unit) => self.two(at, unit),
            Role::Unit(Unit::Month) => self.named_month(at),
            Role::Unit(_) => self.year_behind(at),
            Role::The(unit) => self.the_unit(at, unit),
            Role::TheTwo(unit) => {
                let rel = self.rel(at + 1)?;
                Read::new(at + 1, When::Many(unit, rel, 2), "date.period")
            }
            Role::TheMany(unit) => self.the_many(at, unit),
            Role::This => self.this(at),
            Role::Part => self.part(at),
            Role::Season(number) => self.season(at, number),
            Role::Share(shares) => self.share(at, shares),
            Role::Decade(tens) => self.decade(at, tens),
            Role::Century => self.century(at),
            Role::Before => self.day_before(at),
            Role::After => {
                let is_after = self.role(at + 1, |it| *it == Role::Deictic(1)).is_some();
                is_after.then(|| self.deictic(at + 1, 2))?
            }
            Role::Same => self.same(at),
            Role::Rel(_) => None,
        }
    }

    /// `اليوم`, `اليوم الثلاثاء`, `أمس الأحد 18 ديسمبر 2021`.
    fn deictic(&self, at: usize, days: i8) -> Option<Read> {
        let next = self.skip_comma(at + 1);
        let weekday = self.weekday_at(next);
        // A comma joins only where a day of the week follows in front of the day itself.
        if weekday.is_some() {
            let full = self
                .weekday(next, weekday?)
                .filter(|read| matches!(read.when, When::Point { .. } | When::Hijri { .. }));
            if let Some(Read { last, when, .. }) = full {
                return Read::new(last, when, "date.day");
            }
            if next == at + 1 {
                return Read::new(next, When::Deictic(days), "date.deictic");
            }
        }
        if days == 0 && self.word(at + 1) == "السابق" {
            return None;
        }
        if days == -1 && self.word(at + 1) == "الاول" {
            return Read::new(at + 1, When::Deictic(-2), "date.deictic");
        }
        Read::new(at, When::Deictic(days), "date.deictic")
    }

    /// `أول أمس`, `أول من أمس`.
    fn day_before(&self, at: usize) -> Option<Read> {
        let next = if self.word(at + 1) == "من" { at + 2 } else { at + 1 };
        let is_before = self.role(next, |it| *it == Role::Deictic(-1)).is_some();
        is_before.then(|| self.deictic(next, -2))?
    }

    /// `الفترة ذاتها من السنة الماضية`, `الفصل نفسه من 2024`.
    fn same(&self, at: usize) -> Option<Read> {
        let is_same =
            matches!(self.word(at + 1), "ذاتها" | "نفسها" | "ذاته" | "نفسه" | "عينها");
        (is_same && self.word(at + 2) == "من").then_some(())?;
        let token = self.reading.tokens.get(at + 3)?;
        let inner = self.date(at + 3, token.whole).or_else(|| self.bare_year(at + 3))?;
        (!is_day(&inner.when)).then_some(())?;
        Read::new(inner.last, inner.when, "date.part")
    }

    fn skip_comma(&self, at: usize) -> usize {
        if self.reading.tokens.is_sign(at, ',') { at + 1 } else { at }
    }

    fn weekday_at(&self, at: usize) -> Option<jiff::civil::Weekday> {
        let token = self.reading.tokens.get(at)?;
        let classes = self.reading.lexicon.vocabulary.classes(token.whole);
        classes.any(Classes::WEEKDAY).then(|| weekday_of(self.word(at)))?
    }

    /// `صباح اليوم`, `يوم الأحد`, `يومه الاثنين`, `مساء السبت 11 ديسمبر 2021`, `ليلة أمس`.
    fn day_behind(&self, at: usize, role: Role) -> Option<Read> {
        let next = at + 1;
        let token = self.reading.tokens.get(next).filter(|token| token.kind != Kind::Break)?;
        let roles = self.roles(token.whole);
        let inner = roles.iter().find_map(|it| match it {
            Role::Deictic(_) | Role::Day => self.of_role(next, *it),
            Role::PartOfDay if role == Role::PartOfDay => self.of_role(next, *it),
            _ => None,
        });
        if matches!(self.word(at), "ليل" | "ليله")
            && let Some(read) = self.night(next)
        {
            return Some(read);
        }
        let inner = inner
            .or_else(|| self.weekday(next, self.weekday_at(next)?))
            .or_else(|| self.day_in_digits(next).filter(|read| is_day(&read.when)));
        let mut read = inner?;
        let is_middle = matches!(self.word(next), "نهار" | "ليل" | "ليله" | "يوم");
        if role == Role::PartOfDay && self.word(at) == "منتصف" && !is_middle {
            return None;
        }
        if read.rule == "date.weekday" && role == Role::Day {
            read.rule = "date.weekday-named";
        }
        Some(read)
    }

    /// `الأحد الاثنين`, `الثلاثاء-الأربعاء`, of a night.
    fn night(&self, at: usize) -> Option<Read> {
        let first = self.weekday_at(at)?;
        let is_sign = self.reading.tokens.is_sign(at + 1, '-')
            || self.reading.tokens.is_sign(at + 1, '/');
        let second = if is_sign || self.word(at + 1) == "الي" { at + 2 } else { at + 1 };
        let day = self.weekday_at(second)?;
        let range = When::Range(
            Box::new(When::Weekday(first, None)),
            Box::new(When::Weekday(day, None)),
        );
        Read::new(second, range, "date.range")
    }

    /// `الثلاثاء`, `الأحد الماضي`, `السبت 11 ديسمبر 2021`, `الجمعة، 3 ماي`.
    fn weekday(&self, at: usize, day: jiff::civil::Weekday) -> Option<Read> {
        let next = self.skip_comma(at + 1);
        // `الأربعاء (19 فبراير 2025)` too, bracket and all.
        let is_open = self.reading.tokens.is_sign(next, '(');
        let start = if is_open { next + 1 } else { next };
        if let Some(read) = self.day_in_digits(start).filter(|read| is_day(&read.when)) {
            let closes = self.reading.tokens.is_sign(read.last + 1, ')');
            if !is_open || closes {
                let last = if is_open { read.last + 1 } else { read.last };
                return Read::new(last, read.when, "date.day");
            }
        }
        if let Some(rel) = self.rel(at + 1) {
            return Read::new(at + 1, When::Weekday(day, Some(rel)), "date.weekday-rel");
        }
        Read::new(at, When::Weekday(day, None), "date.weekday")
    }

    /// A number of a day with its month: `18 ديسمبر/كانون الأول 2021`, `فاتح ماي`,
    /// `18 من شهر ديسمبر`, `12/05/2024`, `2024-05-12`.
    pub(super) fn day_in_digits(&self, at: usize) -> Option<Read> {
        if let Some(read) = self.numeric(at) {
            return Some(read);
        }
        let (day, after) = self.small_number(at, 31).or_else(|| self.ordinal(at))?;
        let mut month = after;
        if self.word(month) == "من" {
            month += 1;
            let the_month = self.role(month, |it| *it == Role::The(Unit::Month)).is_some();
            if let Some(rel) = self.rel(month + 1).filter(|_| the_month) {
                let day = i8::try_from(day).ok()?;
                return Read::new(month + 1, When::DayOfMonth(day, rel), "date.day");
            }
        }
        if self.word(month) == "شهر" {
            month += 1;
        }
        let found = self.month_at(month)?;
        // `3 إلى 5 مارس` is read from the 3 on; here stands what is behind.
        let read = self.with_year(&found, Some(i8::try_from(day).ok()?))?;
        Read::new(read.0, read.1, "date.day")
    }

    /// A whole number in digits, not above a limit, and the token behind it.
    fn small_number(&self, at: usize, most: u64) -> Option<(u64, usize)> {
        let token = self.reading.tokens.get(at)?;
        if token.kind == Kind::Digits {
            let digits = self.word(at);
            let number: u64 = digits.parse().ok()?;
            let is_inside = self.reading.tokens.is_glued(at + 1)
                && self.reading.tokens.get(at + 1).is_some_and(|next| {
                    matches!(next.kind, Kind::Sign('.' | ',' | ':') | Kind::Digits)
                        && self.reading.tokens.is_glued(at + 2)
                });
            return (digits.len() <= 2 && (1..=most).contains(&number) && !is_inside)
                .then_some((number, at + 1));
        }
        // In words: `الخامس عشر` is left to its digits; `خمسة عشر مارس` is seldom, and read.
        let number = parse_number(|ahead| match self.reading.tokens.get(at + ahead)?.kind {
            Kind::Word => Some(Item::Word(self.word(at + ahead))),
            _ => None,
        })?;
        let value = number.value.to_whole().filter(|value| (1..=most).contains(value))?;
        Some((value, at + number.num_items))
    }

    /// `العاشر`, `الخامس والعشرين`, `فاتح`: a day by its ordinal, and the token behind it.
    fn ordinal(&self, at: usize) -> Option<(u64, usize)> {
        const UNITS: [&str; 10] = [
            "الاول",
            "الثاني",
            "الثالث",
            "الرابع",
            "الخامس",
            "السادس",
            "السابع",
            "الثامن",
            "التاسع",
            "العاشر",
        ];
        let word = self.word(at);
        if matches!(word, "فاتح" | "الفاتح") {
            return Some((1, at + 1));
        }
        let unit = (1..).zip(UNITS).find(|(_, name)| *name == word).map(|(unit, _)| unit);
        let unit = unit.or_else(|| (word == "الحادي").then_some(1));
        match (unit, self.word(at + 1)) {
            (Some(unit), "عشر") => Some((10 + unit, at + 2)),
            (Some(unit), "والعشرين" | "والعشرون") => Some((20 + unit, at + 2)),
            (Some(1), "والثلاثين" | "والثلاثون") => Some((31, at + 2)),
            (Some(unit), _) if word != "الحادي" => Some((unit, at + 1)),
            _ => match word {
                "العشرين" | "العشرون" => Some((20, at + 1)),
                "الثلاثين" | "الثلاثون" => Some((30, at + 1)),
                _ => None,
            },
        }
    }

    /// The month at a token, with any second name: `يونيو/حزيران`, `يوليو (تموز)`,
    /// `شباط - فبراير`.
    fn month_at(&self, at: usize) -> Option<Month> {
        let first = self.plain_month(at)?;
        let tokens = self.reading.tokens;
        let sign = first.last + 1;
        let (second, closes) = if tokens.is_sign(sign, '/') || tokens.is_sign(sign, '-') {
            (sign + 1, false)
        } else if tokens.is_sign(sign, '(') {
            (sign + 1, true)
        } else {
            return Some(first);
        };
        let again = self
            .plain_month(second)
            .filter(|again| again.number == first.number && again.calendar == first.calendar);
        match again {
            Some(again) if !closes => Some(Month { last: again.last, ..first }),
            Some(again) if tokens.is_sign(again.last + 1, ')') => {
                Some(Month { last: again.last + 1, ..first })
            }
            _ => Some(first),
        }
    }

    fn plain_month(&self, at: usize) -> Option<Month> {
        let token = self.reading.tokens.get(at)?;
        self.month_named(at, token.whole)
    }

    /// The month whose first word is `first`, be it cut from what is written onto it.
    fn month_named(&self, at: usize, first: WordId) -> Option<Month> {
        let vocabulary = &self.reading.lexicon.vocabulary;
        vocabulary.classes(first).any(Classes::MONTH).then_some(())?;
        let spelled = vocabulary.spelling(first);
        let two = format!("{spelled} {}", self.word(at + 1));
        if let Some((calendar, number)) = month_of(&two) {
            return Some(Month { last: at + 1, calendar, number });
        }
        let (calendar, number) = month_of(spelled)?;
        Some(Month { last: at, calendar, number })
    }

    /// A month with its year or what says which: the last token, what it means.
    fn with_year(&self, month: &Month, day: Option<i8>) -> Option<(usize, When)> {
        let make = |year: Year| match (month.calendar, year) {
            (Calendar::Gregorian, _) => When::Point { year, month: Some(month.number), day },
            (Calendar::Hijri, Year::Known(year)) => {
                When::Hijri { year: Some(year), month: Some(month.number), day }
            }
            (Calendar::Hijri, _) => When::Hijri { year: None, month: Some(month.number), day },
        };
        let next = month.last + 1;
        if let Some(rel) = self.rel(next) {
            return Some((next, make(Year::Since(rel))));
        }
        // `من سنة 2020`, `من العام الماضي`, `سنة 2020`, `2020`, `, 2025`.
        let mut at = next;
        let is_of = self.word(at) == "من";
        if is_of {
            at += 1;
        }
        if self.reading.tokens.is_sign(at, ',') && !is_of {
            at += 1;
        }
        let has_unit = self.role(at, |it| *it == Role::Unit(Unit::Year)).is_some();
        if has_unit {
            at += 1;
        }
        if let Some((year, last)) = self.year_number(at, month.calendar)
            && (!is_of || has_unit)
        {
            return Some((last, make(Year::Known(year))));
        }
        let the_year = self.role(at, |it| *it == Role::The(Unit::Year)).is_some();
        if let Some(rel) = self.rel(at + 1).filter(|_| the_year) {
            return Some((at + 1, make(Year::Rel(rel))));
        }
        Some((month.last, make(Year::Near)))
    }

    /// A year in four digits, or of the Islamic calendar: the year, the last token.
    fn year_number(&self, at: usize, calendar: Calendar) -> Option<(i16, usize)> {
        let token = self.reading.tokens.get(at).filter(|it| it.kind == Kind::Digits)?;
        let digits = self.word(at);
        let year: i16 = digits.parse().ok().filter(|_| digits.len() == 4)?;
        let fits = match calendar {
            Calendar::Gregorian => (1_000..2_200).contains(&year),
            Calendar::Hijri => (1_200..1_600).contains(&year),
        };
        let goes_on = self.reading.tokens.is_glued(at + 1)
            && self.reading.tokens.get(at + 1).is_some_and(|next| next.kind == Kind::Sign(','))
            && self.reading.tokens.is_glued(at + 2)
            && self.reading.tokens.get(at + 2).is_some_and(|next| next.kind == Kind::Digits);
        (fits && !goes_on && token.end() > token.start()).then(|| {
            let is_hijri = calendar == Calendar::Hijri && self.is_hijri_sign(at + 1);
            (year, if is_hijri { at + 1 } else { at })
        })
    }

    /// `هـ` behind a year of the Islamic calendar.
    fn is_hijri_sign(&self, at: usize) -> bool {
        matches!(self.word(at), "ه" | "هجريه" | "هجري")
    }

    /// A date that begins with a month: `يونيو/حزيران الماضي`, `مارس 2020`, `February 19, 2025`.
    fn month_date(&self, at: usize, first: &str) -> Option<Read> {
        let word = self.reading.lexicon.vocabulary.id(first);
        let plain = self.month_named(at, word)?;
        let is_foreign =
            self.reading.tokens.get(at).is_some_and(|token| token.kind == Kind::Foreign);
        if is_foreign {
            return self.foreign(at, &plain);
        }
        let month = if plain.last == at { self.month_from(at, plain) } else { plain };
        let (last, when) = self.with_year(&month, None)?;
        let is_told = last > month.last;
        Read::new(last, when, if is_told { "date.month" } else { "date.month-bare" })
    }

    /// A month whose second name may follow, where the first one was cut.
    fn month_from(&self, at: usize, plain: Month) -> Month {
        let tokens = self.reading.tokens;
        let joins = tokens.is_sign(at + 1, '/') || tokens.is_sign(at + 1, '-');
        if joins
            && let Some(again) =
                self.plain_month(at + 2).filter(|again| again.number == plain.number)
        {
            return Month { last: again.last, ..plain };
        }
        if tokens.is_sign(at + 1, '(')
            && let Some(again) =
                self.plain_month(at + 2).filter(|again| again.number == plain.number)
            && tokens.is_sign(again.last + 1, ')')
        {
            return Month { last: again.last + 1, ..plain };
        }
        plain
    }

    /// `February 19, 2025`, `Feb. 2025`.
    fn foreign(&self, at: usize, month: &Month) -> Option<Read> {
        let dot = usize::from(self.reading.tokens.is_sign(at + 1, '.'));
        let next = at + 1 + dot;
        if let Some((day, after)) = self.small_number(next, 31) {
            let year = self.skip_comma(after);
            let (year, last) = self.year_number(year, Calendar::Gregorian)?;
            let day = Some(i8::try_from(day).ok()?);
            let when = When::Point { year: Year::Known(year), month: Some(month.number), day };
            return Read::new(last, when, "date.foreign");
        }
        let (year, last) = self.year_number(next, Calendar::Gregorian)?;
        let when =
            When::Point { year: Year::Known(year), month: Some(month.number), day: None };
        Read::new(last, when, "date.foreign")
    }

    /// `12/05/2024`, `2024-05-12`, `12.05.2024`: day, month, year, or year, month, day.
    fn numeric(&self, at: usize) -> Option<Read> {
        let tokens = self.reading.tokens;
        let Kind::Sign(sign @ ('/' | '-' | '.')) = tokens.get(at + 1)?.kind else {
            return None;
        };
        let joined =
            (at + 1..=at + 4).all(|at| tokens.is_glued(at)) && tokens.is_sign(at + 3, sign);
        let is_end = !tokens.is_glued(at + 5)
            || !matches!(
                tokens.get(at + 5).map(|it| it.kind),
                Some(Kind::Digits | Kind::Sign('/' | '-' | '_'))
            );
        (joined && is_end).then_some(())?;
        let part = |at: usize| {
            let is_digits = tokens.get(at).is_some_and(|token| token.kind == Kind::Digits);
            is_digits.then(|| self.word(at).parse::<i16>().ok())?
        };
        let (first, month, last) = (part(at)?, part(at + 2)?, part(at + 4)?);
        let (year, day) = if self.word(at).len() == 4 { (first, last) } else { (last, first) };
        let is_year = self.word(at).len() == 4 || self.word(at + 4).len() == 4;
        let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        Date::new(year, month, day).ok().filter(|_| is_year)?;
        let when = When::Point { year: Year::Known(year), month: Some(month), day: Some(day) };
        Read::new(at + 4, when, "date.numeric")
    }

    /// `شهر مارس الماضي`.
    fn named_month(&self, at: usize) -> Option<Read> {
        let month = self.month_at(at + 1)?;
        let (last, when) = self.with_year(&month, None)?;
        Read::new(last, when, "date.month")
    }

    /// `عام 2002`, `سنة 1445هـ`, `عام 2010-2011`.
    fn year_behind(&self, at: usize) -> Option<Read> {
        let next = at + 1;
        if let Some(read) = self.year_in_words(next) {
            return Some(read);
        }
        if let Some((year, last)) = self.year_number(next, Calendar::Hijri)
            && (last > next || year < 1_500)
        {
            let when = When::Hijri { year: Some(year), month: None, day: None };
            return Read::new(last, when, "date.year");
        }
        let (year, last) = self.year_number(next, Calendar::Gregorian)?;
        self.year_or_range(year, last, "date.year")
    }

    /// `ألفين وسبعة عشر`.
    fn year_in_words(&self, at: usize) -> Option<Read> {
        let number = parse_number(|ahead| {
            let is_word = self.reading.tokens.get(at + ahead)?.kind == Kind::Word;
            is_word.then(|| Item::Word(self.word(at + ahead)))
        })?;
        let year = number.value.to_whole().and_then(|year| i16::try_from(year).ok())?;
        let is_year = (1_900..2_100).contains(&year) && !number.is_vague;
        let when = When::Point { year: Year::Known(year), month: None, day: None };
        is_year.then(|| Read::new(at + number.num_items - 1, when, "date.year"))?
    }

    /// A year, or two joined by a sign: `2020/2021`.
    pub(super) fn year_or_range(
        &self,
        year: i16,
        last: usize,
        rule: &'static str,
    ) -> Option<Read> {
        let point = |year| When::Point { year: Year::Known(year), month: None, day: None };
        let tokens = self.reading.tokens;
        let joins = tokens.is_sign(last + 1, '/') || tokens.is_sign(last + 1, '-');
        if let Some((second, end)) = self.year_number(last + 2, Calendar::Gregorian)
            && joins
            && second > year
            && tokens.is_glued(last + 1) == tokens.is_glued(last + 2)
        {
            let range = When::Range(Box::new(point(year)), Box::new(point(second)));
            return Read::new(end, range, rule);
        }
        // `من 2018 حتى 2020` is one period.
        if matches!(self.word(last + 1), "حتي" | "الي")
            && let Some((second, end)) = self.year_number(last + 2, Calendar::Gregorian)
            && second > year
        {
            let range = When::Range(Box::new(point(year)), Box::new(point(second)));
            return Read::new(end, range, "date.range");
        }
        Read::new(last, point(year), rule)
    }

    /// A bare year: four digits that no noun follows.
    pub(super) fn bare_year(&self, at: usize) -> Option<Read> {
        let (year, last) = self.year_number(at, Calendar::Gregorian)?;
        (1_900..2_100).contains(&year).then_some(())?;
        self.year_or_range(year, last, "date.year-bare")
    }

    /// A date that begins with digits: a range of days, a day, a bare year.
    pub(super) fn beginning_in_digits(&self, at: usize) -> Option<Read> {
        if let Some((low, after)) = self.small_number(at, 31)
            && let Some(read) = self.second_day(low, after)
        {
            return Some(read);
        }
        self.day_in_digits(at).or_else(|| self.hijri_year(at)).or_else(|| self.bare_year(at))
    }

    /// `1445هـ`.
    fn hijri_year(&self, at: usize) -> Option<Read> {
        let (year, last) = self.year_number(at, Calendar::Hijri)?;
        let when = When::Hijri { year: Some(year), month: None, day: None };
        (last > at).then(|| Read::new(last, when, "date.year"))?
    }

    /// Whether the token stands alone behind a word that has it mean something else.
    pub(super) fn before(&self, at: usize) -> Option<&Token> {
        at.checked_sub(1).and_then(|at| self.reading.tokens.get(at))
    }
}

/// Whether it is one day.
pub(super) fn is_day(when: &When) -> bool {
    matches!(
        when,
        When::Point { day: Some(_), .. }
            | When::Hijri { day: Some(_), .. }
            | When::Deictic(_)
            | When::Weekday(..)
            | When::DayOfMonth(..)
    )
}

impl Grammar<'_> {
    /// A date with the one that ends its period: `بين 2011 و2019`, `من 5 مارس إلى 10 أبريل`. Both
    /// are one span; otherwise the date as it is.
    pub(super) fn to_another(&self, at: usize, read: Read) -> Read {
        let before = self.before(at);
        let is_behind = |words: &[&str]| {
            at > 0
                && before.is_some_and(|token| {
                    let spelled = |it: crate::extract::tokens::WordReading| {
                        self.reading.lexicon.vocabulary.spelling(it.word)
                    };
                    words.contains(&self.word(at - 1))
                        || token.readings().any(|it| words.contains(&spelled(it)))
                })
        };
        if matches!(read.when, When::Range(..)) {
            return read;
        }
        let next = read.last + 1;
        let second = if is_behind(&["بين"]) {
            self.joined(next)
        } else if is_behind(&["من", "منذ"])
            && matches!(self.word(next), "الي" | "حتي" | "لغايه")
        {
            self.at_token(next + 1)
        } else {
            None
        };
        let Some(second) = second.filter(|second| !matches!(second.when, When::Range(..)))
        else {
            return read;
        };
        let from = with_year_of(&read.when, &second.when);
        let range = When::Range(Box::new(from), Box::new(second.when));
        Read { last: second.last, when: range, rule: "date.range" }
    }

    /// The date behind `و`, written onto it or apart.
    fn joined(&self, at: usize) -> Option<Read> {
        if self.word(at) == "و" {
            return self.at_token(at + 1);
        }
        let token = self.reading.tokens.get(at)?;
        let stem = token.readings().find(|it| it.is_stem && token.prefix() == "و")?;
        self.date(at, stem.word)
    }

    fn at_token(&self, at: usize) -> Option<Read> {
        let token = self.reading.tokens.get(at)?;
        if token.kind == Kind::Digits {
            return self.beginning_in_digits(at);
        }
        self.date(at, token.whole)
    }

    /// A day in words in front of its month: `الخامس من مارس`, `خمسة عشر مارس`.
    pub(super) fn in_words(&self, at: usize, first: WordId) -> Option<Read> {
        let vocabulary = &self.reading.lexicon.vocabulary;
        vocabulary.classes(first).any(Classes::NUMBER.and(Classes::DATE)).then_some(())?;
        let read = self.day_in_digits(at)?;
        let is_day = matches!(
            read.when,
            When::Point { month: Some(_), .. }
                | When::Hijri { month: Some(_), .. }
                | When::DayOfMonth(..)
        );
        is_day.then_some(read)
    }
}

/// The first date of a period with the year that only the second one tells.
fn with_year_of(from: &When, to: &When) -> When {
    match (from, to) {
        (
            When::Point { year: Year::Near, month: Some(month), day },
            When::Point { year, month: Some(last), .. },
        ) => {
            let year = match year {
                Year::Known(year) if month > last => Year::Known(year - 1),
                other => *other,
            };
            When::Point { year, month: Some(*month), day: *day }
        }
        _ => from.clone(),
    }
}
