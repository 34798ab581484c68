//! Dates of Hexo: js-yaml 4 (`type/timestamp.js`), hexo-front-matter 4.2, and what the computer that builds the site reads of
//! a text.

use std::sync::LazyLock;

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use regex::Regex;

use crate::syntax::front_matter::{Node, Style};

/// When a post was written, by the clock of the computer that builds the site.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum When {
    /// So.
    Sure(DateTime),
    /// At one of these: it depends on the zone of the computer.
    Near(Vec<DateTime>),
    /// At a time that is not known.
    Unknown,
}

static STAMP: LazyLock<Regex> = LazyLock::new(|| {
    let time = r"(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d*)?";
    let zone = r"(?P<zone>Z|[-+]\d{1,2}(?::?\d{2})?)";
    Regex::new(&format!(r"^(\d{{4}})([-/.])(\d{{1,2}})[-/.](\d{{1,2}})(?:(?:[Tt]|[ \t]+){time}(?:[ \t]*{zone})?)?$"))
        .expect("a pattern")
});

/// `timezone` of the config, for which Hexo puts moments off by what lies between it and the zone of the computer.
#[derive(Debug)]
pub(super) enum Zone {
    /// None is named.
    Local,
    /// This one.
    Named(TimeZone),
    /// One that nobody knows.
    Unknown,
}

impl Zone {
    /// A time of the computer's own clock: as it is where the computer is in this zone, or as servers have it.
    pub(super) fn put_off(&self, at: DateTime) -> When {
        match self {
            Zone::Local => When::Sure(at),
            Zone::Unknown => around(at),
            Zone::Named(zone) => match zone.to_zoned(at) {
                Ok(zoned) => When::Near(vec![at, zoned.with_time_zone(TimeZone::UTC).datetime()]),
                Err(_) => around(at),
            },
        }
    }
}

fn around(at: DateTime) -> When {
    When::Near([-1, 0, 1].into_iter().filter_map(|days: i64| at.checked_add(days.days()).ok()).collect())
}

/// The value of `date`.
pub(super) fn written(node: &Node, zone: &Zone) -> When {
    let Some(text) = node.text() else { return When::Unknown };
    let Some(found) = STAMP.captures(text.trim()) else { return When::Unknown };
    let number = |group: usize| found.get(group).map_or(Some(0), |digits| digits.as_str().parse::<i64>().ok());
    let parts: Option<Vec<i64>> = [1, 3, 4, 5, 6, 7].into_iter().map(number).collect();
    let Some(Ok(parts)) = parts.map(<[i64; 6]>::try_from) else { return When::Unknown };
    let [_, month, day, hour, minute, second] = parts;
    let has_time = found.get(5).is_some();
    let is_stamp = node.style == Style::Plain && &found[2] == "-" && (!has_time || found.get(7).is_some());
    let is_iso_day = &found[2] == "-" && !has_time && found[3].len() == 2 && found[4].len() == 2;
    // js-yaml counts a month or a day too many on; what is no stamp to it is a text, which may be no date at all.
    let is_real = (1..=12).contains(&month) && (1..=31).contains(&day) && hour < 24 && minute < 60 && second < 60;
    let Some(at) = carried(parts).filter(|_| is_stamp || is_real) else { return When::Unknown };
    match found.name("zone").map(|zone| offset(zone.as_str())) {
        // A stamp is told by the clock of UTC, whatever the computer has.
        Some(Some(minutes)) if is_stamp => match at.checked_sub(minutes.minutes()) {
            Ok(at) => zone.put_off(at),
            Err(_) => When::Unknown,
        },
        Some(_) => around(at),
        None if !is_stamp && is_iso_day => around(at),
        None => zone.put_off(at),
    }
}

/// The minutes of an offset from UTC.
fn offset(zone: &str) -> Option<i64> {
    let Some(digits) = zone.strip_prefix(['+', '-']) else { return Some(0) };
    let (hours, minutes) = digits.split_once(':').unwrap_or((digits, "0"));
    let minutes = hours.parse::<i64>().ok().filter(|hours| *hours < 24)? * 60 + minutes.parse::<i64>().ok()?;
    Some(if zone.starts_with('-') { -minutes } else { minutes })
}

/// Year, month, day, hour, minute, second; too many of one are counted on into the next.
pub(super) fn carried([year, month, day, hour, minute, second]: [i64; 6]) -> Option<DateTime> {
    let months = month - 1;
    let year = year + months.div_euclid(12);
    let first = Date::new(i16::try_from(year).ok()?, i8::try_from(months.rem_euclid(12) + 1).ok()?, 1).ok()?;
    let start = first.to_datetime(Time::midnight());
    let span = (day - 1).days().hours(hour).minutes(minute).seconds(second);
    start.checked_add(span).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::front_matter;

    /// Asked of Hexo 8.1.2.
    #[test]
    fn dates_of_posts() {
        let day = |text: &str, zone: &Zone| {
            let text = format!("---\ndate: {text}\n---\n");
            let found = front_matter::read(&text);
            let front = found.whole().expect("front matter");
            match written(&front.get("date").expect("a date").value, zone) {
                When::Sure(at) => at.to_string(),
                When::Near(all) => all.iter().map(|at| at.date().to_string()).collect::<Vec<_>>().join(" "),
                When::Unknown => "?".to_owned(),
            }
        };
        for (text, expected) in [
            ("2022-10-03 00:30:00", "2022-10-03T00:30:00"),
            ("2022-10-03", "2022-10-03T00:00:00"),
            ("2022/10/03 00:30", "2022-10-03T00:30:00"),
            ("2022-10-03T00:30:00Z", "2022-10-03T00:30:00"),
            ("2022-10-03 00:30:00 +09:00", "2022-10-02T15:30:00"),
            ("2022-13-45", "2023-02-14T00:00:00"),
            ("2022-10-3 1:05:00", "2022-10-03T01:05:00"),
            ("2022.10.03", "2022-10-03T00:00:00"),
            ("'2022-10-03'", "2022-10-02 2022-10-03 2022-10-04"),
            ("'2022-10-03 10:00+09:00'", "2022-10-02 2022-10-03 2022-10-04"),
            ("'2022-13-45'", "?"),
            ("10월 3일", "?"),
        ] {
            assert_eq!(day(text, &Zone::Local), expected, "{text}");
        }
        let shanghai = Zone::Named(TimeZone::get("Asia/Shanghai").expect("a zone"));
        assert_eq!(day("2022-10-03 00:30:00", &shanghai), "2022-10-03 2022-10-02");
        assert_eq!(day("2022-10-03 23:30:00", &shanghai), "2022-10-03 2022-10-03");
    }
}
