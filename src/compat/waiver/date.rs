//! Days, as a waiver ends on one. Decides nothing of what day it is.

use std::fmt;
use std::str::FromStr;

use toml::value::Datetime;

/// A day of the Gregorian calendar, in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The day of so many seconds after the beginning of 1970. Years after 9999 are that year's last day.
    #[must_use]
    pub fn of_epoch(seconds: u64) -> Self {
        let mut days = seconds / 86_400;
        let mut year = 1970;
        while days >= days_of(year) {
            days -= days_of(year);
            year += 1;
            if year > 9999 {
                return Self {
                    year: 9999,
                    month: 12,
                    day: 31,
                };
            }
        }
        let february = days_of(year) - 337;
        let months = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        let mut month = 1;
        for length in months {
            if days < length {
                break;
            }
            days -= length;
            month += 1;
        }
        Self {
            year,
            month,
            day: u8::try_from(days + 1).unwrap_or(u8::MAX),
        }
    }

    /// The day in a value of TOML; `None` if it has a time of the day.
    #[must_use]
    pub(super) fn of_toml(value: &Datetime) -> Option<Self> {
        let date = value
            .date
            .filter(|_| value.time.is_none() && value.offset.is_none())?;
        Some(Self {
            year: date.year,
            month: date.month,
            day: date.day,
        })
    }
}

fn days_of(year: u16) -> u64 {
    let leap = year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
    match leap {
        true => 366,
        false => 365,
    }
}

impl FromStr for Date {
    type Err = ();

    /// `2026-12-31`.
    fn from_str(text: &str) -> Result<Self, ()> {
        let value: Datetime = text.parse().map_err(|_| ())?;
        Self::of_toml(&value).ok_or(())
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::Date;

    #[test]
    fn seconds_are_days() {
        let day = |seconds| Date::of_epoch(seconds).to_string();
        assert_eq!(day(0), "1970-01-01");
        assert_eq!(day(86_399), "1970-01-01");
        assert_eq!(day(951_782_400), "2000-02-29");
        assert_eq!(day(951_868_800), "2000-03-01");
        assert_eq!(day(1_767_139_199), "2025-12-30");
        assert_eq!(day(1_767_225_599), "2025-12-31");
        assert_eq!(day(1_767_225_600), "2026-01-01");
        assert_eq!(day(4_107_542_400), "2100-03-01");
        assert_eq!(day(u64::MAX), "9999-12-31");
    }

    #[test]
    fn days_are_read_as_they_are_written() {
        let day: Date = "2024-02-29".parse().unwrap();
        assert_eq!(day.to_string(), "2024-02-29");
        assert!(day < "2024-03-01".parse().unwrap());
        for wrong in [
            "2023-02-29",
            "2024-13-01",
            "2024-1-1",
            "tomorrow",
            "2024-01-01T00:00:00Z",
            "",
        ] {
            assert!(wrong.parse::<Date>().is_err(), "{wrong}");
        }
    }
}
