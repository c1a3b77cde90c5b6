//! A day of the calendar.

use std::fmt;

use borsh::{BorshDeserialize, BorshSerialize};
use jiff::civil;

use super::kept;

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, BorshDeserialize, BorshSerialize)]
pub struct Day(
    #[borsh(
        serialize_with = "kept::write_day",
        deserialize_with = "kept::read_day"
    )]
    pub(super) civil::Date,
);

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_over_leap_years() {
        let day = |text| Day::parse(text).unwrap();
        assert_eq!(day("2024-03-01").days_since(day("2023-03-01")), 366);
        assert_eq!(day("2023-03-01").days_since(day("2024-03-01")), -366);
    }
}
