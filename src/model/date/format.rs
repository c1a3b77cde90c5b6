//! Days as readers see them: by a pattern, with a language's names of months and days.

use super::Date;

/// The names of months and days in a language.
#[derive(Clone, Debug, Default)]
pub struct DateNames {
    /// Twelve names, in the form that stands beside a day: `5 марта`.
    pub months: Vec<String>,
    /// Twelve names as they stand without a day, where these differ: `март 2026`.
    pub months_alone: Vec<String>,
    /// Twelve short names; without them, a name's first three letters are.
    pub months_short: Vec<String>,
    /// Seven names, from Monday on.
    pub weekdays: Vec<String>,
}

/// Whether a pattern shows the day of the month.
fn has_day(pattern: &str) -> bool {
    pattern.contains("%d") || pattern.contains("%-d")
}

impl Date {
    /// The day by a pattern of `strftime` (`%Y %m %-m %d %-d %B %b %A`), with these names of months and days.
    pub fn format(self, pattern: &str, names: &DateNames) -> String {
        let day = self.day.0;
        let nth_month = usize::from(day.month().unsigned_abs()) - 1;
        let of_month = |names: &[String]| names.get(nth_month).cloned();
        let alone = of_month(&names.months_alone).filter(|_| !has_day(pattern));
        let month = alone
            .or_else(|| of_month(&names.months))
            .unwrap_or_default();
        let nth_day = usize::from(day.weekday().to_monday_zero_offset().unsigned_abs());
        let mut out = String::with_capacity(pattern.len() + 12);
        let mut rest = pattern;
        while let Some(at) = rest.find('%') {
            out.push_str(&rest[..at]);
            let spec = &rest[at + 1..];
            let (length, text) = match spec.as_bytes() {
                [b'Y', ..] => (1, day.year().to_string()),
                [b'm', ..] => (1, format!("{:02}", day.month())),
                [b'd', ..] => (1, format!("{:02}", day.day())),
                [b'-', b'm', ..] => (2, day.month().to_string()),
                [b'-', b'd', ..] => (2, day.day().to_string()),
                [b'B', ..] => (1, month.clone()),
                [b'b', ..] => {
                    let short = of_month(&names.months_short);
                    (1, short.unwrap_or_else(|| month.chars().take(3).collect()))
                }
                [b'A', ..] => (1, names.weekdays.get(nth_day).cloned().unwrap_or_default()),
                [b'%', ..] => (1, "%".to_owned()),
                _ => (0, "%".to_owned()),
            };
            out.push_str(&text);
            rest = &spec[length..];
        }
        out.push_str(rest);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::super::{WrittenDate, Zone};
    use super::*;

    #[test]
    fn a_pattern_is_filled_in() {
        let words = |text: &str| text.split(' ').map(String::from).collect::<Vec<String>>();
        let mut names = DateNames {
            months: words("января февраля марта"),
            months_alone: words("январь февраль март"),
            weekdays: words("Mo Di Mi Do Fr Sa So"),
            ..DateNames::default()
        };
        let date = Date::resolve(WrittenDate::parse("2026-03-05").unwrap(), &Zone::utc());
        assert_eq!(
            date.format("%A, %-d %B %Y, %b %d.%m %% %q", &names),
            "Do, 5 марта 2026, мар 05.03 % %q"
        );
        assert_eq!(date.format("%B %Y", &names), "март 2026");
        names.months_short = words("янв. февр. мар.");
        assert_eq!(date.format("%b %-d", &names), "мар. 5");
        assert_eq!(date.format("%B %A", &DateNames::default()), " ");
    }
}
