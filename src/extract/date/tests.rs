//! Dates, construction by construction.

use jiff::ToSpan as _;
use jiff::civil::{Date, date};

use crate::arabic::{Calendar, NAMINGS, WEEKDAYS, of_hijri, to_hijri};
use crate::extract::{Extractor, Target};

/// The dates of a text: words and values.
fn dates(text: &str, today: Option<Date>) -> Vec<(String, String)> {
    let found = Extractor::default().suggest(text, today);
    let dates = found.into_iter().filter(|it| it.target == Target::Date);
    dates
        .map(|it| (text[it.range.to_range()].to_owned(), it.value.unwrap_or_default()))
        .collect()
}

/// Holds a text to have just these dates, written on Wednesday 19 February 2025.
#[track_caller]
fn check(text: &str, expected: &[(&str, &str)]) {
    let found = dates(text, Some(date(2025, 2, 19)));
    let found: Vec<(&str, &str)> =
        found.iter().map(|(words, value)| (&**words, &**value)).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn every_day_is_read_in_every_calendar_and_naming() {
    let mut extractor = Extractor::default();
    let last = date(2036, 1, 1);
    for naming in NAMINGS {
        let mut day = date(1990, 1, 1);
        while day < last {
            // A month's days in one text.
            let mut text = String::new();
            let mut expected = Vec::new();
            for _ in 0..30 {
                let (year, month, number) = match naming.calendar {
                    Calendar::Gregorian => (day.year(), day.month(), day.day()),
                    Calendar::Hijri => to_hijri(day).unwrap(),
                };
                let names = naming.months[usize::try_from(month).unwrap() - 1];
                let name = names[usize::try_from(number).unwrap() % names.len()];
                let weekday = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap();
                let weekday = WEEKDAYS[weekday][0];
                match naming.place {
                    "English" => text.push_str(&format!("on {name} {number}, {year}.\n")),
                    _ if number % 2 == 0 => {
                        text.push_str(&format!("وقع ذلك في {number} {name} {year}.\n"));
                    }
                    _ => text.push_str(&format!("وقع يوم {weekday} {number} {name} {year}.\n")),
                }
                let value = match naming.calendar {
                    Calendar::Gregorian => day.to_string(),
                    Calendar::Hijri => format!("{}~", of_hijri(year, month, number).unwrap()),
                };
                expected.push(value);
                day = day.checked_add(1.day()).unwrap();
            }
            let found: Vec<String> = extractor
                .suggest(&text, None)
                .into_iter()
                .filter(|it| it.target == Target::Date)
                .map(|it| it.value.unwrap_or_default())
                .collect();
            assert_eq!(found, expected, "{}: {text}", naming.place);
        }
    }
}

#[test]
fn months_stand_under_two_names() {
    check("في 18 ديسمبر/كانون الأول 2021", &[("18 ديسمبر/كانون الأول 2021", "2021-12-18")]);
    check("خلال يونيو/حزيران الماضي", &[("يونيو/حزيران الماضي", "2024-06")]);
    check("يوليو (تموز) 2020 وما بعده", &[("يوليو (تموز) 2020", "2020-07")]);
    check("منذ شباط - فبراير 2019", &[("شباط - فبراير 2019", "2019-02")]);
    check("في 3 تموز (يوليو) المقبل", &[("3 تموز (يوليو) المقبل", "2025-07-03")]);
}

#[test]
fn days_are_told_from_the_day_of_writing() {
    check("وصل اليوم الأربعاء", &[("اليوم الأربعاء", "2025-02-19")]);
    check("يومه الاثنين", &[("يومه الاثنين", "2025-02-17")]);
    check("مساء أمس الثلاثاء", &[("مساء أمس الثلاثاء", "2025-02-18")]);
    check("صباح اليوم بالمدينة", &[("صباح اليوم", "2025-02-19")]);
    check("أول أمس وبعد غد", &[("أول أمس", "2025-02-17"), ("بعد غد", "2025-02-21")]);
    check("يعود الخميس المقبل", &[("الخميس المقبل", "2025-02-20")]);
    check("ليلة الثلاثاء-الأربعاء", &[("ليلة الثلاثاء-الأربعاء", "2025-02-18/2025-02-19")]);
    check("ما يشهده عالم اليوم من تغير", &[]);
    check("اليوم العالمي للمرأة", &[]);
    check("حتى اليوم لم يتغير شيء", &[]);
}

#[test]
fn periods_are_told_from_the_day_of_writing() {
    check("خلال العام الماضي", &[("العام الماضي", "2024")]);
    check("أواخر العام الماضي", &[("أواخر العام الماضي", "2024")]);
    check("في مطلع الشهر الجاري", &[("مطلع الشهر الجاري", "2025-02")]);
    check("الأسبوع الماضي", &[("الأسبوع الماضي", "2025-02-10/2025-02-16")]);
    check("خلال العامين الماضيين", &[("العامين الماضيين", "2023/2024")]);
    check("السنوات الثلاث الماضية", &[("السنوات الثلاث الماضية", "2022/2024")]);
    check("في السنوات الأخيرة", &[]);
    check("هذا العام", &[("هذا العام", "2025")]);
    check("في 28 من الشهر الجاري", &[("28 من الشهر الجاري", "2025-02-28")]);
    check("صيف 2015", &[("صيف 2015", "2015-22")]);
    check("الربع الأول من عام 2024", &[("الربع الأول من عام 2024", "2024-33")]);
    check("ثمانينيات القرن الماضي", &[("ثمانينيات القرن الماضي", "198X")]);
    check(
        "الأشهر الأربعة الأولى من سنة 2024",
        &[("الأشهر الأربعة الأولى من سنة 2024", "2024-01/2024-04")],
    );
}

#[test]
fn ranges_are_one_span() {
    check("يومي 29 و30 يناير 2024", &[("يومي 29 و30 يناير 2024", "2024-01-29/2024-01-30")]);
    check("ما بين عامي 2002 و2015", &[("عامي 2002 و2015", "2002/2015")]);
    check("من 3 إلى 5 مارس 2020", &[("3 إلى 5 مارس 2020", "2020-03-03/2020-03-05")]);
    check("بين 2011 و2019", &[("2011 و2019", "2011/2019")]);
    check("بين يناير ومارس 2020", &[("يناير ومارس 2020", "2020-01/2020-03")]);
    check(
        "من 15 يناير إلى 20 فبراير 2021",
        &[("15 يناير إلى 20 فبراير 2021", "2021-01-15/2021-02-20")],
    );
    check("سنة ألفين وسبعة عشر", &[("سنة ألفين وسبعة عشر", "2017")]);
    check("الليلة الماضية", &[("الليلة الماضية", "2025-02-18")]);
    check("في الفترة من 2018 حتى 2020", &[("2018 حتى 2020", "2018/2020")]);
}

#[test]
fn other_calendars_figures_and_letters() {
    check("في 12/05/2024 صباحا", &[("12/05/2024", "2024-05-12")]);
    check("بتاريخ 2024-05-12", &[("2024-05-12", "2024-05-12")]);
    check("Posted February 19, 2025", &[("February 19, 2025", "2025-02-19")]);
    check("سنة 1445هـ", &[("سنة 1445هـ", "2024~")]);
    check("العاشر من أكتوبر 2023", &[("العاشر من أكتوبر 2023", "2023-10-10")]);
    check("إلى ال14 من نونبر 2018", &[("ال14 من نونبر 2018", "2018-11-14")]);
    check("٣ مارس ٢٠٢١", &[("٣ مارس ٢٠٢١", "2021-03-03")]);
}

#[test]
fn what_only_looks_like_a_date_is_none() {
    for text in [
        "منذ ثلاثة أيام",
        "بعد عدة شهور",
        "عمره 25 سنة",
        "على الساعة 10:30",
        "هاتف 0522-30-40-50",
        "رقم 2020 من القانون",
        "حوالي 2000 شخص",
        "سوق الأحد بالمدينة",
        "مارس الرياضة بانتظام",
        "الأحد عشر لاعبا",
    ] {
        check(text, &[]);
    }
}

#[test]
fn a_stamp_or_a_dateline_tells_the_day_where_nothing_else_does() {
    let dateline = "بيروت، 5 آب 2020 - وقع ذلك عصر أمس.";
    assert_eq!(
        dates(dateline, None),
        [("5 آب 2020", "2020-08-05"), ("عصر أمس", "2020-08-04")]
            .map(|(words, value)| (words.to_owned(), value.to_owned()))
    );
    let stamp = "أعلنت ذلك صباح اليوم.\nنشر في: 03-11-2025 21:40";
    let found = dates(stamp, None);
    assert_eq!(found.first().map(|(_, value)| &**value), Some("2025-11-03"));
    let unknown = dates("وقع ذلك أمس، بعد حادث 3 ماي 2020 بالمدينة.", None);
    assert_eq!(unknown.first().map(|(_, value)| &**value), Some("XXXX-XX-XX"));
}
