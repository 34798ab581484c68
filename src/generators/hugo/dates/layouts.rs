//! The layouts that Hugo reads a date by: `ToTimeInDefaultLocationE` of spf13/cast, and `time.Parse` of Go.

use jiff::civil::Date;

/// `timeFormats` of cast, and those of Go that it names.
const LAYOUTS: &[&str] = &[
    "2006-01-02",
    "2006-01-02T15:04:05Z07:00",
    "2006-01-02T15:04:05",
    "Mon, 02 Jan 2006 15:04:05 -0700",
    "Mon, 02 Jan 2006 15:04:05 MST",
    "02 Jan 06 15:04 -0700",
    "02 Jan 06 15:04 MST",
    "Monday, 02-Jan-06 15:04:05 MST",
    "2006-01-02 15:04:05 -0700 MST",
    "2006-01-02T15:04:05-0700",
    "2006-01-02 15:04:05Z0700",
    "2006-01-02 15:04:05",
    "Mon Jan _2 15:04:05 2006",
    "Mon Jan _2 15:04:05 MST 2006",
    "Mon Jan 02 15:04:05 -0700 2006",
    "2006-01-02 15:04:05Z07:00",
    "02 Jan 2006",
    "2006-01-02 15:04:05 -07:00",
    "2006-01-02 15:04:05 -0700",
    "3:04PM",
    "Jan _2 15:04:05",
];

/// The parts of a layout, the longer ones first.
const PARTS: &[&str] = &[
    "Monday", "Mon", "2006", "Z07:00", "Z0700", "-07:00", "-0700", "MST", "Jan", "15", "01", "02", "03", "04", "05",
    "06", "_2", "PM", "3",
];

const MONTHS: &[&str] = &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAYS: &[&str] = &["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/// The day of a text by the first layout that Go's `time.Parse` reads it with.
pub(super) fn day(text: &str) -> Option<Date> {
    LAYOUTS.iter().find_map(|layout| {
        let (year, month, day) = read(layout, text)?;
        Date::new(year, month, day).ok()
    })
}

fn read(mut layout: &str, mut text: &str) -> Option<(i16, i8, i8)> {
    let (mut year, mut month, mut day) = (0, 1, 1);
    while !layout.is_empty() {
        let Some(part) = PARTS.iter().find(|part| layout.starts_with(**part)) else {
            let sign = layout.chars().next()?;
            if sign == ' ' {
                // Any number of spaces is one.
                text = if text.is_empty() { text } else { text.strip_prefix(' ')?.trim_start_matches(' ') };
            } else {
                text = text.strip_prefix(sign)?;
            }
            layout = &layout[sign.len_utf8()..];
            continue;
        };
        layout = &layout[part.len()..];
        match *part {
            "2006" => year = digits(&mut text, 4, 4)?,
            "06" => year = 2000 + digits(&mut text, 2, 2)?,
            "01" => month = i8::try_from(digits(&mut text, 2, 2)?).ok()?,
            "02" => day = i8::try_from(digits(&mut text, 2, 2)?).ok()?,
            "_2" => {
                text = text.strip_prefix(' ').unwrap_or(text);
                day = i8::try_from(digits(&mut text, 1, 2)?).ok()?;
            }
            "15" => drop(Some(digits(&mut text, 1, 2)?).filter(|&hour| hour < 24)?),
            "3" => drop(Some(digits(&mut text, 1, 2)?).filter(|&hour| hour <= 12)?),
            "04" => drop(Some(digits(&mut text, 2, 2)?).filter(|&minute| minute < 60)?),
            "05" => {
                Some(digits(&mut text, 2, 2)?).filter(|&second| second < 60)?;
                let rest =
                    text.strip_prefix(['.', ',']).map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
                text = rest.filter(|rest| text.len() - rest.len() > 1).unwrap_or(text);
            }
            "Jan" => month = i8::try_from(MONTHS.iter().position(|name| begins(&mut text, name))?).ok()? + 1,
            "Mon" => drop(DAYS.iter().position(|name| begins(&mut text, &name[..3]))?),
            "Monday" => drop(DAYS.iter().position(|name| begins(&mut text, name))?),
            "PM" => text = text.strip_prefix("AM").or_else(|| text.strip_prefix("PM"))?,
            "MST" => text = after_zone(text)?,
            "Z0700" | "Z07:00" if text.starts_with('Z') => text = &text[1..],
            part => {
                text = text.strip_prefix(['+', '-'])?;
                Some(digits(&mut text, 2, 2)?).filter(|&hours| hours <= 24)?;
                text = if part.contains(':') { text.strip_prefix(':')? } else { text };
                Some(digits(&mut text, 2, 2)?).filter(|&minutes| minutes <= 60)?;
            }
        }
    }
    text.is_empty().then_some((year, month, day))
}

/// A number of so many digits; as many as there are, up to the most.
fn digits(text: &mut &str, least: usize, most: usize) -> Option<i16> {
    let length = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    let number = text[..length].parse().ok().filter(|_| length >= least)?;
    *text = &text[length..];
    Some(number)
}

fn begins(text: &mut &str, name: &str) -> bool {
    let is = text.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
    *text = if is { &text[name.len()..] } else { text };
    is
}

/// `parseTimeZone`
fn after_zone(text: &str) -> Option<&str> {
    if let Some(rest) = text.strip_prefix("ChST").or_else(|| text.strip_prefix("MeST")) {
        return Some(rest);
    }
    let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
    let is_zone = match letters {
        3 => true,
        4 => text[..4].ends_with('T') || &text[..4] == "WITA",
        5 => text[..5].ends_with('T'),
        _ => false,
    };
    is_zone.then(|| &text[letters..])
}
