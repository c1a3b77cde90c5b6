//! A date as an author writes it: a day, or a moment.

use std::fmt;

use borsh::{BorshDeserialize, BorshSerialize};
use jiff::Timestamp;
use jiff::civil;
use jiff::tz::Offset;
use serde::{Deserialize, Deserializer, de};

use super::kept;

/// A date as an author writes it: a day, or a moment with an offset or without.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
pub enum WrittenDate {
    /// `2026-01-31`.
    Day(
        #[borsh(
            serialize_with = "kept::write_day",
            deserialize_with = "kept::read_day"
        )]
        civil::Date,
    ),
    /// `2026-01-31T18:00:00+01:00` (RFC 3339), or with a space as YAML has it.
    Moment(
        #[borsh(
            serialize_with = "kept::write_moment",
            deserialize_with = "kept::read_moment"
        )]
        Timestamp,
    ),
    /// `2026-01-31 18:00`: in the site's time zone.
    Local(
        #[borsh(
            serialize_with = "kept::write_local",
            deserialize_with = "kept::read_local"
        )]
        civil::DateTime,
    ),
}

impl WrittenDate {
    /// Reads either form; the error says what was expected.
    pub fn parse(text: &str) -> Result<WrittenDate, String> {
        let text = text.trim();
        let day_shaped = text.len() == 10 && text.is_ascii();
        if day_shaped && let Ok(day) = text.parse::<civil::Date>() {
            return Ok(WrittenDate::Day(day));
        }
        let moment = || text.parse::<Timestamp>().ok().map(WrittenDate::Moment);
        WrittenDate::with_time(text).or_else(moment).ok_or_else(|| format!(
            "`{text}` is not a date; write a day as 2026-01-31, or a moment as 2026-01-31T18:00:00Z"
        ))
    }

    /// A day and a time as other programs write them: `2026-01-31 18:00`, with or without seconds, their fractions and an
    /// offset in any of its forms.
    fn with_time(text: &str) -> Option<WrittenDate> {
        let (day, rest) = (text.get(..10)?, text.get(10..)?);
        let rest = match rest.strip_prefix(['T', 't']) {
            Some(rest) => rest,
            None if rest.starts_with([' ', '\t']) => rest.trim_start(),
            None => return None,
        };
        let (time, zone) = rest.split_at(
            rest.find(|c: char| !"0123456789:.".contains(c))
                .unwrap_or(rest.len()),
        );
        let local = day
            .parse::<civil::Date>()
            .ok()?
            .to_datetime(time_of_day(time)?);
        Some(match zone.trim() {
            "" => WrittenDate::Local(local),
            zone => WrittenDate::Moment(offset(zone)?.to_timestamp(local).ok()?),
        })
    }

    /// The day at the start of a file's name such as `2026-01-31-slug`, and the rest of the name.
    pub fn from_file_name(stem: &str) -> Option<(WrittenDate, &str)> {
        let (day, rest) = (stem.get(..10)?, stem.get(10..)?.strip_prefix(['-', '_'])?);
        let day = day.parse::<civil::Date>().ok()?;
        (!rest.is_empty()).then_some((WrittenDate::Day(day), rest))
    }

    /// What has a day's form at the start of a file's name: `2026-02-30` too.
    pub fn like_a_day(stem: &str) -> Option<&str> {
        let (day, rest) = (stem.get(..10)?, stem.get(10..)?);
        let formed = day.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
        (formed && rest.starts_with(['-', '_'])).then_some(day)
    }
}

impl fmt::Display for WrittenDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WrittenDate::Day(day) => write!(f, "{day}"),
            WrittenDate::Moment(moment) => write!(f, "{moment}"),
            WrittenDate::Local(local) => write!(f, "{} {}", local.date(), local.time()),
        }
    }
}

/// `18:00`, `18:00:30`, `18:00:30.125`.
fn time_of_day(text: &str) -> Option<civil::Time> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let mut parts = whole.split(':').map(|part| match part.len() {
        1 | 2 => part.parse::<i8>().ok(),
        _ => None,
    });
    let (hour, minute) = (parts.next()??, parts.next()??);
    let second = parts.next().unwrap_or(Some(0))?;
    let ends = parts.next().is_none() && fraction.bytes().all(|byte| byte.is_ascii_digit());
    // A leap second is one in no calendar of computers.
    ends.then(|| civil::Time::new(hour, minute, second.min(60 - i8::from(second == 60)), 0).ok())?
}

/// `Z`, `UTC`, `+01:00`, `+0100`, `+01`.
fn offset(text: &str) -> Option<Offset> {
    if ["Z", "UTC", "GMT"]
        .iter()
        .any(|zero| text.eq_ignore_ascii_case(zero))
    {
        return Some(Offset::UTC);
    }
    let (sign, digits) = match text.split_at_checked(1)? {
        ("+", digits) => (1, digits.replace(':', "")),
        ("-", digits) => (-1, digits.replace(':', "")),
        _ => return None,
    };
    let number = |at: usize| match digits.get(at..at + 2) {
        Some(two) if two.bytes().all(|byte| byte.is_ascii_digit()) => two.parse::<i32>().ok(),
        _ => None,
    };
    let (hours, minutes) = match digits.len() {
        2 => (number(0)?, 0),
        4 => (number(0)?, number(2)?),
        _ => return None,
    };
    let seconds = sign * (hours * 3600 + minutes * 60);
    (minutes < 60).then(|| Offset::from_seconds(seconds).ok())?
}

impl schemars::JsonSchema for WrittenDate {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Date".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A day, 2026-01-31, or a moment, 2026-01-31T18:00:00Z.",
            "type": "string",
            "pattern": "^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])([Tt ].*)?$"
        })
    }
}

impl<'de> Deserialize<'de> for WrittenDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <String as Deserialize>::deserialize(deserializer)?;
        WrittenDate::parse(&text).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_may_begin_with_a_day() {
        let (date, rest) = WrittenDate::from_file_name("2026-01-31-slug").unwrap();
        assert_eq!(
            (date, rest),
            (WrittenDate::parse("2026-01-31").unwrap(), "slug")
        );
        assert!(WrittenDate::from_file_name("2026-01-31").is_none());
        assert!(WrittenDate::from_file_name("2026-99-31-x").is_none());
        assert!(WrittenDate::from_file_name("zehn-ü-äöü-x").is_none());
    }
}
