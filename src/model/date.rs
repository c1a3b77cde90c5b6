//! Days and moments, as written and as resolved in the site's time zone. Leaves the clock to the commands:
//! "today" is an argument everywhere.

use std::fmt;
use std::io::{self, Read, Write};

use borsh::{BorshDeserialize, BorshSerialize};
use jiff::Timestamp;
use jiff::civil;
use jiff::tz::{Offset, TimeZone};
use serde::{Deserialize, Deserializer, de};

/// A date as an author writes it: a day, or a moment with an offset or without.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
pub enum WrittenDate {
    /// `2026-01-31`.
    Day(#[borsh(serialize_with = "write_day", deserialize_with = "read_day")] civil::Date),
    /// `2026-01-31T18:00:00+01:00` (RFC 3339), or with a space as YAML has it.
    Moment(#[borsh(serialize_with = "write_moment", deserialize_with = "read_moment")] Timestamp),
    /// `2026-01-31 18:00`: in the site's time zone.
    Local(
        #[borsh(serialize_with = "write_local", deserialize_with = "read_local")] civil::DateTime,
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

    /// The day at the start of a file's name such as `2026-01-31-slug`, and the rest of the name.
    pub fn from_file_name(stem: &str) -> Option<(WrittenDate, &str)> {
        let (day, rest) = (stem.get(..10)?, stem.get(10..)?.strip_prefix(['-', '_'])?);
        let day = day.parse::<civil::Date>().ok()?;
        (!rest.is_empty()).then_some((WrittenDate::Day(day), rest))
    }

    /// What has a day's form at the start of a file's name: `2026-02-30` too.
    pub fn like_a_day(stem: &str) -> Option<&str> {
        let (day, rest) = (stem.get(..10)?, stem.get(10..)?);
        let digits = |byte: &u8| byte.is_ascii_digit();
        let formed = day.bytes().enumerate().all(|(at, byte)| {
            if at == 4 || at == 7 {
                byte == b'-'
            } else {
                digits(&byte)
            }
        });
        (formed && rest.starts_with(['-', '_'])).then_some(day)
    }
}

impl std::fmt::Display for WrittenDate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            WrittenDate::Day(day) => write!(f, "{day}"),
            WrittenDate::Moment(moment) => write!(f, "{moment}"),
            WrittenDate::Local(local) => write!(f, "{} {}", local.date(), local.time()),
        }
    }
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

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

/// Seconds since 1970 of a date as HTTP has it: `Sun, 29 Nov 2026 12:35:49 GMT`.
pub fn from_http(text: &str) -> Option<i64> {
    let zoned = jiff::fmt::rfc2822::parse(text).ok()?;
    Some(zoned.timestamp().as_second())
}

/// The moment so many seconds after 1970; the last or the first that there is where that is too far.
pub fn moment(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap_or(match seconds > 0 {
        true => Timestamp::MAX,
        false => Timestamp::MIN,
    })
}

/// A site's time zone. Its rules come with the program, so that every machine has the same.
#[derive(Clone, Debug)]
pub struct Zone(TimeZone);

impl Zone {
    /// UTC.
    pub fn utc() -> Zone {
        Zone(TimeZone::UTC)
    }

    /// A zone by its IANA name, such as `Europe/Berlin`.
    pub fn named(name: &str) -> Option<Zone> {
        TimeZone::get(name).ok().map(Zone)
    }

    /// That of this machine, for what is said on its terminal and stands in no file.
    pub fn of_this_machine() -> Zone {
        Zone(TimeZone::system())
    }

    /// The time of day at a moment given in seconds since 1970: `09:03:41`.
    pub fn clock(&self, unix_seconds: i64) -> String {
        let moment = Timestamp::from_second(unix_seconds).unwrap_or(Timestamp::UNIX_EPOCH);
        let time = moment.to_zoned(self.0.clone()).time();
        format!(
            "{:02}:{:02}:{:02}",
            time.hour(),
            time.minute(),
            time.second()
        )
    }

    /// The moment at which a day begins.
    pub fn beginning(&self, day: Day) -> Now {
        let date = Date::resolve(WrittenDate::Day(day.0), self);
        Now {
            day,
            second: date.moment.as_second(),
        }
    }

    /// A moment given in seconds since 1970.
    pub fn now(&self, unix_seconds: i64) -> Now {
        Now {
            day: self.day_of(unix_seconds),
            second: unix_seconds,
        }
    }

    /// The day of a moment given in seconds since 1970.
    pub fn day_of(&self, unix_seconds: i64) -> Day {
        let moment = Timestamp::from_second(unix_seconds).unwrap_or(Timestamp::UNIX_EPOCH);
        Day(moment.to_zoned(self.0.clone()).date())
    }
}

/// The moment of a build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    /// Its day in the site's time zone.
    pub day: Day,
    /// In seconds since 1970.
    pub second: i64,
}

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, BorshDeserialize, BorshSerialize)]
pub struct Day(#[borsh(serialize_with = "write_day", deserialize_with = "read_day")] civil::Date);

impl Day {
    /// Reads `2026-01-31`.
    pub fn parse(text: &str) -> Result<Day, String> {
        let day = text.parse::<civil::Date>();
        day.map(Day)
            .map_err(|_| format!("`{text}` is not a day; write it as 2026-01-31"))
    }

    /// Days from an earlier day to this one; negative where that is later.
    pub fn days_since(self, earlier: Day) -> i64 {
        i64::from((self.0 - earlier.0).get_days())
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.0.year()
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A date in the site's time zone: sorts by moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, BorshDeserialize, BorshSerialize)]
pub struct Date {
    #[borsh(serialize_with = "write_moment", deserialize_with = "read_moment")]
    moment: Timestamp,
    day: Day,
    offset_seconds: i32,
    whole_day: bool,
}

impl Date {
    /// A written date as it is in `zone`; a day begins at its midnight there.
    pub fn resolve(written: WrittenDate, zone: &Zone) -> Date {
        let zone = zone.0.clone();
        let (zoned, day) = match written {
            WrittenDate::Day(day) => (day.to_zoned(zone), day),
            WrittenDate::Moment(at) => {
                let zoned = at.to_zoned(zone);
                let day = zoned.date();
                (Ok(zoned), day)
            }
            WrittenDate::Local(local) => (local.to_zoned(zone), local.date()),
        };
        let whole_day = matches!(written, WrittenDate::Day(_));
        match zoned {
            Ok(zoned) => Date {
                moment: zoned.timestamp(),
                day: Day(zoned.date()),
                offset_seconds: zoned.offset().seconds(),
                whole_day,
            },
            // The first and the last day of the calendar begin before its first moment, or end after its last, in some zones:
            // the day is kept.
            Err(_) => Date {
                moment: match day.year() > 0 {
                    true => Timestamp::MAX,
                    false => Timestamp::MIN,
                },
                day: Day(day),
                offset_seconds: 0,
                whole_day: true,
            },
        }
    }

    /// Whether it is to come: a day begins at its midnight, a moment is itself.
    pub fn is_after(self, now: Now) -> bool {
        match self.whole_day {
            true => self.day > now.day,
            false => self.moment.as_second() > now.second,
        }
    }

    /// Itself as the moment of a build.
    pub fn now(self) -> Now {
        Now {
            day: self.day,
            second: self.moment.as_second(),
        }
    }

    /// The moment, in seconds since 1970, where one was written and not only a day.
    pub fn second(self) -> Option<i64> {
        (!self.whole_day).then(|| self.moment.as_second())
    }

    /// The day in the site's time zone.
    pub fn day(self) -> Day {
        self.day
    }

    /// Days since 1970-01-01, fractions included.
    pub fn days_since_epoch(self) -> f64 {
        self.moment.as_second() as f64 / 86_400.0
    }

    /// `Sat, 31 Jan 2026 18:00:00 +0100`: RFC 822 with a year of four digits, as RSS wants it.
    pub fn rfc822(self) -> String {
        const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
        const MONTHS: [&str; 12] = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ];
        let offset = Offset::from_seconds(self.offset_seconds).unwrap_or(Offset::UTC);
        let civil = offset.to_datetime(self.moment);
        let weekday = civil.weekday().to_monday_zero_offset().unsigned_abs();
        let (sign, minutes) = (
            if self.offset_seconds < 0 { '-' } else { '+' },
            self.offset_seconds.unsigned_abs() / 60,
        );
        format!(
            "{}, {:02} {} {:04} {:02}:{:02}:{:02} {sign}{:02}{:02}",
            DAYS[usize::from(weekday) % 7],
            civil.day(),
            MONTHS[usize::from(civil.month().unsigned_abs().saturating_sub(1)) % 12],
            civil.year(),
            civil.hour(),
            civil.minute(),
            civil.second(),
            minutes / 60,
            minutes % 60
        )
    }

    /// RFC 3339 with seconds and offset, as feeds want it.
    pub fn rfc3339(self) -> String {
        if self.moment == Timestamp::MAX || self.moment == Timestamp::MIN {
            return format!("{}T00:00:00Z", self.day);
        }
        let offset = Offset::from_seconds(self.offset_seconds).unwrap_or(Offset::UTC);
        let civil = offset.to_datetime(self.moment);
        let (sign, minutes) = (
            if self.offset_seconds < 0 { '-' } else { '+' },
            self.offset_seconds.unsigned_abs() / 60,
        );
        let zone = match minutes {
            0 => "Z".to_owned(),
            _ => format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60),
        };
        format!(
            "{}T{:02}:{:02}:{:02}{zone}",
            civil.date(),
            civil.hour(),
            civil.minute(),
            civil.second()
        )
    }

    /// `2026-01-31` where only a day was written, else RFC 3339: for `datetime` attributes.
    pub fn machine(self) -> String {
        if self.whole_day {
            self.day.to_string()
        } else {
            self.rfc3339()
        }
    }

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

fn write_day<W: Write>(day: &civil::Date, to: &mut W) -> io::Result<()> {
    (day.year(), day.month(), day.day()).serialize(to)
}

fn read_day<R: Read>(from: &mut R) -> io::Result<civil::Date> {
    let (year, month, day) = BorshDeserialize::deserialize_reader(from)?;
    civil::Date::new(year, month, day).map_err(io::Error::other)
}

fn write_local<W: Write>(local: &civil::DateTime, to: &mut W) -> io::Result<()> {
    write_day(&local.date(), to)?;
    (local.hour(), local.minute(), local.second()).serialize(to)
}

fn read_local<R: Read>(from: &mut R) -> io::Result<civil::DateTime> {
    let day = read_day(from)?;
    let (hour, minute, second) = BorshDeserialize::deserialize_reader(from)?;
    let time = civil::Time::new(hour, minute, second, 0).map_err(io::Error::other)?;
    Ok(day.to_datetime(time))
}

fn write_moment<W: Write>(moment: &Timestamp, to: &mut W) -> io::Result<()> {
    moment.as_nanosecond().serialize(to)
}

fn read_moment<R: Read>(from: &mut R) -> io::Result<Timestamp> {
    let nanoseconds = i128::deserialize_reader(from)?;
    Timestamp::from_nanosecond(nanoseconds).map_err(io::Error::other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, zone: &Zone) -> Date {
        Date::resolve(WrittenDate::parse(text).unwrap(), zone)
    }

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

    #[test]
    fn days_and_moments_are_read_and_nothing_else() {
        for good in [
            "2026-01-31",
            "2024-02-29",
            "2026-01-31T18:00:00Z",
            "2026-01-31T18:00:00+01:00",
        ] {
            assert!(WrittenDate::parse(good).is_ok(), "{good}");
        }
        let berlin = Zone::named("Europe/Berlin").unwrap();
        for (written, moment) in [
            ("2024-01-15 10:20:30", "2024-01-15T10:20:30+01:00"),
            ("2024-01-15 10:20", "2024-01-15T10:20:00+01:00"),
            ("2024-07-15T9:20", "2024-07-15T09:20:00+02:00"),
            ("2024-01-15 10:20:30.125", "2024-01-15T10:20:30+01:00"),
            ("2024-01-15 10:20:30 +0000", "2024-01-15T11:20:30+01:00"),
            ("2024-01-15 10:20:30 -07:00", "2024-01-15T18:20:30+01:00"),
            ("2024-01-15 10:20:30 UTC", "2024-01-15T11:20:30+01:00"),
            ("2024-01-15T10:20:30.000Z", "2024-01-15T11:20:30+01:00"),
            ("2024-01-15 23:59:60Z", "2024-01-16T00:59:59+01:00"),
            // An hour that no clock in the zone shows.
            ("2024-03-31 02:30", "2024-03-31T03:30:00+02:00"),
        ] {
            assert_eq!(at(written, &berlin).rfc3339(), moment, "{written}");
            let read = WrittenDate::parse(written).unwrap();
            let bytes = borsh::to_vec(&read).unwrap();
            assert_eq!(borsh::from_slice::<WrittenDate>(&bytes).unwrap(), read);
        }
        for bad in [
            "",
            "2026",
            "31.1.2026",
            "2026-02-30",
            "2026-13-01",
            "tomorrow",
            "2026-01-31T18",
            "2026-01-31T25:00",
            "2026-01-31 18:00:00 MEZ",
            "2026-01-31 18:00 +1",
            "2026-01-31 18:00 +01:99",
            "2026-01-31x18:00",
            "2026-02-30 18:00",
            "2026-01-3é 18:00",
        ] {
            assert!(
                WrittenDate::parse(bad).unwrap_err().contains("2026-01-31"),
                "{bad}"
            );
        }
    }

    #[test]
    fn a_day_begins_at_midnight_in_the_zone() {
        let berlin = Zone::named("Europe/Berlin").unwrap();
        assert_eq!(
            at("2026-07-01", &berlin).rfc3339(),
            "2026-07-01T00:00:00+02:00"
        );
        assert_eq!(
            at("2026-07-01", &Zone::utc()).rfc3339(),
            "2026-07-01T00:00:00Z"
        );
        assert_eq!(
            at("2026-06-30T23:00:00Z", &berlin).day().to_string(),
            "2026-07-01"
        );
    }

    #[test]
    fn the_calendar_has_no_end_in_1970() {
        for zone in ["UTC", "Pacific/Honolulu", "Pacific/Kiritimati"] {
            let zone = Zone::named(zone).unwrap();
            for written in ["9999-12-31", "9999-12-31 23:59:59"] {
                let date = at(written, &zone);
                assert!(date.is_after(zone.beginning(Day::parse("2026-01-01").unwrap())));
                assert_eq!(date.day().to_string(), "9999-12-31");
                assert!(
                    date.rfc3339().starts_with("9999-12-31T"),
                    "{}",
                    date.rfc3339()
                );
            }
        }
    }

    #[test]
    fn days_are_counted_over_leap_years() {
        let day = |text| Day::parse(text).unwrap();
        assert_eq!(day("2024-03-01").days_since(day("2023-03-01")), 366);
        assert_eq!(day("2023-03-01").days_since(day("2024-03-01")), -366);
    }

    #[test]
    fn a_pattern_is_filled_in() {
        let words = |text: &str| text.split(' ').map(String::from).collect::<Vec<String>>();
        let mut names = DateNames {
            months: words("января февраля марта"),
            months_alone: words("январь февраль март"),
            weekdays: words("Mo Di Mi Do Fr Sa So"),
            ..DateNames::default()
        };
        let date = at("2026-03-05", &Zone::utc());
        assert_eq!(
            date.format("%A, %-d %B %Y, %b %d.%m %% %q", &names),
            "Do, 5 марта 2026, мар 05.03 % %q"
        );
        assert_eq!(date.format("%B %Y", &names), "март 2026");
        names.months_short = words("янв. февр. мар.");
        assert_eq!(date.format("%b %-d", &names), "мар. 5");
        assert_eq!(date.format("%B %A", &DateNames::default()), " ");
    }

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
