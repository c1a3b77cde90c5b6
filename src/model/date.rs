//! Days and moments, as written and as resolved in the site's time zone. Leaves the clock to the commands:
//! "today" is an argument everywhere.

mod day;
mod foreign;
mod format;
mod kept;
mod written;
mod zone;

use borsh::{BorshDeserialize, BorshSerialize};
use jiff::Timestamp;
use jiff::civil;
use jiff::tz::Offset;

pub use day::Day;
pub use format::DateNames;
pub use written::WrittenDate;
pub use zone::Zone;

/// Seconds since 1970 of a date as HTTP has it: `Sun, 29 Nov 2026 12:35:49 GMT`.
pub fn from_http(text: &str) -> Option<i64> {
    let zoned = jiff::fmt::rfc2822::parse(text).ok()?;
    Some(zoned.timestamp().as_second())
}

/// Seconds since 1970 of a moment as servers log it: `29/Nov/2026:12:35:49 +0100`, or `2026-11-29T12:35:49Z`.
pub fn from_log(text: &str) -> Option<i64> {
    let common = jiff::fmt::strtime::parse("%d/%b/%Y:%H:%M:%S %z", text);
    let moment = common.and_then(|parts| parts.to_timestamp());
    let moment = moment.or_else(|_| text.parse::<Timestamp>()).ok()?;
    Some(moment.as_second())
}

/// The moment so many seconds after 1970; the last or the first that there is where that is too far.
pub fn moment(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap_or(match seconds > 0 {
        true => Timestamp::MAX,
        false => Timestamp::MIN,
    })
}

/// The moment of a build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    /// Its day in the site's time zone.
    pub day: Day,
    /// In seconds since 1970.
    pub second: i64,
}

/// A date in the site's time zone: sorts by moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, BorshDeserialize, BorshSerialize)]
pub struct Date {
    #[borsh(
        serialize_with = "kept::write_moment",
        deserialize_with = "kept::read_moment"
    )]
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
        let local = self.local().strftime("%a, %d %b %Y %H:%M:%S");
        format!("{local} {}", self.offset(""))
    }

    /// RFC 3339 with seconds and offset, as feeds want it.
    pub fn rfc3339(self) -> String {
        if self.moment == Timestamp::MAX || self.moment == Timestamp::MIN {
            return format!("{}T00:00:00Z", self.day);
        }
        let zone = match self.offset_seconds / 60 {
            0 => "Z".to_owned(),
            _ => self.offset(":"),
        };
        format!("{}{zone}", self.local().strftime("%FT%T"))
    }

    /// What clocks in the site's time zone show at the moment.
    fn local(self) -> civil::DateTime {
        let offset = Offset::from_seconds(self.offset_seconds).unwrap_or(Offset::UTC);
        offset.to_datetime(self.moment)
    }

    /// `+01:00`, with what stands between hours and minutes.
    fn offset(self, between: &str) -> String {
        let sign = if self.offset_seconds < 0 { '-' } else { '+' };
        let minutes = self.offset_seconds.unsigned_abs() / 60;
        format!("{sign}{:02}{between}{:02}", minutes / 60, minutes % 60)
    }

    /// `2026-01-31` where only a day was written, else RFC 3339: for `datetime` attributes.
    pub fn machine(self) -> String {
        if self.whole_day {
            self.day.to_string()
        } else {
            self.rfc3339()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, zone: &Zone) -> Date {
        Date::resolve(WrittenDate::parse(text).unwrap(), zone)
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
}
