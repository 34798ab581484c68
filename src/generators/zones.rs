//! Time zones as people call them.

use crate::text::nearest;

/// Short names, with the offset from UTC in hours that people mean by them, and the zone; the same letters stand for
/// several.
const SHORT: &[(&str, f32, &str)] = &[
    ("KST", 9.0, "Asia/Seoul"),
    ("JST", 9.0, "Asia/Tokyo"),
    ("KOR", 9.0, "Asia/Seoul"),
    ("JPN", 9.0, "Asia/Tokyo"),
    ("CST", 8.0, "Asia/Shanghai"),
    ("CST", -6.0, "America/Chicago"),
    ("HKT", 8.0, "Asia/Hong_Kong"),
    ("SGT", 8.0, "Asia/Singapore"),
    ("ICT", 7.0, "Asia/Bangkok"),
    ("WIB", 7.0, "Asia/Jakarta"),
    ("IST", 5.5, "Asia/Kolkata"),
    ("MSK", 3.0, "Europe/Moscow"),
    ("CET", 1.0, "Europe/Paris"),
    ("CEST", 2.0, "Europe/Paris"),
    ("BST", 1.0, "Europe/London"),
    ("BRT", -3.0, "America/Sao_Paulo"),
    ("EDT", -4.0, "America/New_York"),
    ("CDT", -5.0, "America/Chicago"),
    ("PST", -8.0, "America/Los_Angeles"),
    ("PDT", -7.0, "America/Los_Angeles"),
    ("AEST", 10.0, "Australia/Sydney"),
];

/// The zone that was meant by a name that none has, where the offset of a post is known with it.
pub(crate) fn meant(name: &str, seconds: Option<i32>) -> Option<String> {
    let hours = |hours: f32| (hours * 3600.0) as i32;
    let fits = |offset: f32| seconds.is_none_or(|seconds| seconds == hours(offset));
    let upper = name.trim().to_uppercase();
    if let Some(&(_, _, zone)) = SHORT.iter().find(|(short, offset, _)| *short == upper && fits(*offset)) {
        return Some(zone.to_owned());
    }
    let known = |name: &str| jiff::tz::db().available().find(|zone| zone.as_str().eq_ignore_ascii_case(name));
    // `Asia/seoul`, `Seoul`, `Asia/Seol`.
    if let Some(zone) = known(name) {
        return Some(zone.as_str().to_owned());
    }
    let zones: Vec<String> = jiff::tz::db().available().map(|zone| zone.as_str().to_owned()).collect();
    let of_city = || {
        let city = |zone: &&String| zone.rsplit('/').next().is_some_and(|city| city.eq_ignore_ascii_case(name.trim()));
        zones.iter().filter(|zone| zone.contains('/')).find(city).cloned()
    };
    let near = || {
        let places = zones.iter().map(String::as_str).filter(|zone| zone.contains('/'));
        nearest(name, places).filter(|_| name.contains('/')).map(str::to_owned)
    };
    of_city().or_else(near).or_else(|| seconds.and_then(of_offset).map(str::to_owned))
}

/// The zone that most blogs with this offset are written in.
pub(crate) fn of_offset(seconds: i32) -> Option<&'static str> {
    match seconds {
        32_400 => Some("Asia/Seoul"),
        28_800 => Some("Asia/Shanghai"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_that_were_meant() {
        for (name, hours, zone) in [
            ("KST", Some(9), Some("Asia/Seoul")),
            ("kst", None, Some("Asia/Seoul")),
            ("CST", Some(-6), Some("America/Chicago")),
            ("CST", None, Some("Asia/Shanghai")),
            ("Asia/seoul", None, Some("Asia/Seoul")),
            ("Asia/Seol", None, Some("Asia/Seoul")),
            ("Seoul", None, Some("Asia/Seoul")),
            ("UTC+9h", Some(9), Some("Asia/Seoul")),
            ("home", None, None),
        ] {
            let meant = meant(name, hours.map(|hours: i32| hours * 3600));
            assert_eq!(meant.as_deref(), zone, "{name}");
        }
    }
}
