//! A site's time zone, and what the clock shows in it.

use jiff::tz::TimeZone;

use super::{Date, Day, Now, WrittenDate, moment};

/// A site's time zone. Its rules come with the program, so that every machine has the same.
#[derive(Clone, Debug)]
pub struct Zone(pub(super) TimeZone);

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
        let there = moment(unix_seconds).to_zoned(self.0.clone());
        there.strftime("%T").to_string()
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
        Day(moment(unix_seconds).to_zoned(self.0.clone()).date())
    }
}
