//! Dates as other systems write them, with the month as a number or by its English name.

use super::WrittenDate;
use crate::list::words;

const MONTHS: [&str; 12] =
    words("january february march april may june july august september october november december");
const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

impl WrittenDate {
    /// Reads what other systems write, with the month as a number or by its English name: `2016/05/01 09:23`,
    /// `Jul 08 2022`, `8 July, 2022`, `Mon, 02 Jan 2006 15:04:05 -0700`. Returns it as [`WrittenDate::parse`] takes it.
    /// None for forms in which nobody can tell the day from the month.
    pub fn parse_any(text: &str) -> Option<String> {
        let text = text.trim();
        if WrittenDate::parse(text).is_ok() {
            return Some(text.to_owned());
        }
        let (mut year, mut month, mut day): (Option<u32>, Option<u32>, Option<u32>) =
            (None, None, None);
        let (mut time, mut zone, mut afternoon) = (None, String::new(), None);
        for word in text.split([' ', ',', '\t']).filter(|word| !word.is_empty()) {
            let small = word.to_lowercase();
            let by_name = MONTHS.iter().position(|name| {
                small.len() >= 3 && (name.starts_with(small.trim_end_matches('.')))
            });
            let parts: Vec<&str> = word.split(['/', '-', '.']).collect();
            let bare = small.trim_end_matches(|c: char| c.is_ascii_alphabetic());
            match parts.as_slice() {
                [y, m, d] if year.is_none() && y.len() == 4 => {
                    (year, month, day) = (y.parse().ok(), m.parse().ok(), d.parse().ok());
                }
                _ if word.contains(':') && time.is_none() => time = Some(word),
                _ if by_name.is_some() && month.is_none() => {
                    month = by_name.map(|at| at as u32 + 1)
                }
                _ if matches!(small.as_str(), "am" | "pm") => afternoon = Some(small == "pm"),
                _ if time.is_some() => zone.push_str(word),
                _ if bare.len() == 4 && year.is_none() => year = bare.parse::<u32>().ok(),
                _ if !bare.is_empty() && bare.len() <= 2 && day.is_none() => {
                    day = bare.parse().ok()
                }
                _ if WEEKDAYS
                    .iter()
                    .any(|name| name.starts_with(small.trim_end_matches('.'))) => {}
                _ => return None,
            }
        }
        let mut written = format!("{:04}-{:02}-{:02}", year?, month?, day?);
        if let Some(time) = time {
            let (hour, rest) = time.split_once(':')?;
            let hour: u32 = hour.parse().ok()?;
            let hour = match afternoon {
                Some(true) if hour < 12 => hour + 12,
                Some(false) if hour == 12 => 0,
                _ => hour,
            };
            written.push_str(&format!(" {hour:02}:{rest}"));
            if !zone.is_empty() {
                written.push_str(&format!(" {zone}"));
            }
        }
        WrittenDate::parse(&written).is_ok().then_some(written)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_other_systems_are_read() {
        for (text, date) in [
            ("2016/05/01", Some("2016-05-01")),
            ("2016/5/1 09:23:55", Some("2016-05-01 09:23:55")),
            ("2016-5-1", Some("2016-05-01")),
            ("Jul 08 2022", Some("2022-07-08")),
            ("July 8th, 2022 3:04 PM", Some("2022-07-08 15:04")),
            ("8 Sept. 2022", Some("2022-09-08")),
            (
                "Mon, 02 Jan 2006 15:04:05 -0700",
                Some("2006-01-02 15:04:05 -0700"),
            ),
            (
                "2021-05-06 10:00:00 +0200",
                Some("2021-05-06 10:00:00 +0200"),
            ),
            ("01/02/2022", None),
            ("2022", None),
            ("Jul 2022", None),
            ("soon", None),
            ("Feb 30 2022", None),
            ("", None),
        ] {
            assert_eq!(WrittenDate::parse_any(text).as_deref(), date, "{text}");
        }
    }
}
