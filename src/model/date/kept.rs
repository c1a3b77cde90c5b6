//! How the calendar's types are written into `.gen/`.

use std::io::{self, Read, Write};

use borsh::{BorshDeserialize, BorshSerialize};
use jiff::Timestamp;
use jiff::civil;

pub(super) fn write_day<W: Write>(day: &civil::Date, to: &mut W) -> io::Result<()> {
    (day.year(), day.month(), day.day()).serialize(to)
}

pub(super) fn read_day<R: Read>(from: &mut R) -> io::Result<civil::Date> {
    let (year, month, day) = BorshDeserialize::deserialize_reader(from)?;
    civil::Date::new(year, month, day).map_err(io::Error::other)
}

pub(super) fn write_local<W: Write>(local: &civil::DateTime, to: &mut W) -> io::Result<()> {
    write_day(&local.date(), to)?;
    (local.hour(), local.minute(), local.second()).serialize(to)
}

pub(super) fn read_local<R: Read>(from: &mut R) -> io::Result<civil::DateTime> {
    let day = read_day(from)?;
    let (hour, minute, second) = BorshDeserialize::deserialize_reader(from)?;
    let time = civil::Time::new(hour, minute, second, 0).map_err(io::Error::other)?;
    Ok(day.to_datetime(time))
}

pub(super) fn write_moment<W: Write>(moment: &Timestamp, to: &mut W) -> io::Result<()> {
    moment.as_nanosecond().serialize(to)
}

pub(super) fn read_moment<R: Read>(from: &mut R) -> io::Result<Timestamp> {
    let nanoseconds = i128::deserialize_reader(from)?;
    Timestamp::from_nanosecond(nanoseconds).map_err(io::Error::other)
}
