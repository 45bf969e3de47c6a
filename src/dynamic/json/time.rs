//! Timestamps and durations as text (RFC 3339 in UTC, and seconds with an `s`). The calendar is the proleptic Gregorian
//! one, from the year 1 to the year 9999.

use std::ops::RangeInclusive;

use super::number::push;

/// Seconds of a Timestamp: 0001-01-01T00:00:00Z to 9999-12-31T23:59:59Z.
const TIMESTAMPS: RangeInclusive<i64> = -62_135_596_800..=253_402_300_799;
/// Seconds of a Duration: ten thousand years of 365.25 days.
const DURATIONS: RangeInclusive<i64> = -315_576_000_000..=315_576_000_000;
const DAY: i64 = 86_400;

/// Appends a timestamp; false if it is out of range.
pub(super) fn put_timestamp(out: &mut String, seconds: i64, nanos: i32) -> bool {
    if !TIMESTAMPS.contains(&seconds) || !(0..1_000_000_000).contains(&nanos) {
        return false;
    }
    let (year, month, day) = date(seconds.div_euclid(DAY));
    let time = seconds.rem_euclid(DAY);
    push(
        out,
        format_args!(
            "\"{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}",
            time / 3600,
            time / 60 % 60,
            time % 60
        ),
    );
    put_fraction(out, nanos.unsigned_abs());
    out.push_str("Z\"");
    true
}

/// Appends a duration; false if it is out of range or its parts have different signs.
pub(super) fn put_duration(out: &mut String, seconds: i64, nanos: i32) -> bool {
    let mixed = (seconds < 0 && nanos > 0) || (seconds > 0 && nanos < 0);
    if !DURATIONS.contains(&seconds) || nanos.unsigned_abs() >= 1_000_000_000 || mixed {
        return false;
    }
    let sign = if seconds < 0 || nanos < 0 { "-" } else { "" };
    push(out, format_args!("\"{sign}{}", seconds.unsigned_abs()));
    put_fraction(out, nanos.unsigned_abs());
    out.push_str("s\"");
    true
}

/// A fraction of 0, 3, 6 or 9 digits.
fn put_fraction(out: &mut String, nanos: u32) {
    if nanos == 0 {
    } else if nanos.is_multiple_of(1_000_000) {
        push(out, format_args!(".{:03}", nanos / 1_000_000));
    } else if nanos.is_multiple_of(1_000) {
        push(out, format_args!(".{:06}", nanos / 1_000));
    } else {
        push(out, format_args!(".{nanos:09}"));
    }
}

/// Seconds and nanoseconds of a timestamp.
pub(super) fn timestamp(text: &str) -> Option<(i64, i32)> {
    let mut rest = Scanner(text);
    let year = rest.digits(4)?;
    rest.literal("-")?;
    let month = rest.digits(2)?;
    rest.literal("-")?;
    let day = rest.digits(2)?;
    rest.literal("T")?;
    let hour = rest.digits(2)?;
    rest.literal(":")?;
    let minute = rest.digits(2)?;
    rest.literal(":")?;
    let second = rest.digits(2)?;
    let nanos = rest.fraction()?;
    let offset = rest.offset()?;
    let fits = year >= 1
        && (1..=12).contains(&month)
        && (1..=days_in(year, month)).contains(&day)
        && hour < 24
        && minute < 60
        && second < 60;
    if !fits || !rest.0.is_empty() {
        return None;
    }
    let seconds = days(year, month, day) * DAY + hour * 3600 + minute * 60 + second - offset;
    TIMESTAMPS.contains(&seconds).then_some((seconds, nanos))
}

/// Seconds and nanoseconds of a duration.
pub(super) fn duration(text: &str) -> Option<(i64, i32)> {
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text),
    };
    let whole = text.bytes().take_while(u8::is_ascii_digit).count();
    let seconds = text[..whole].parse::<i64>().ok()? * sign;
    let mut rest = Scanner(&text[whole..]);
    let nanos = rest.fraction()? * i32::try_from(sign).ok()?;
    rest.literal("s")?;
    let fits = rest.0.is_empty() && DURATIONS.contains(&seconds);
    fits.then_some((seconds, nanos))
}

struct Scanner<'a>(&'a str);

impl Scanner<'_> {
    fn literal(&mut self, text: &str) -> Option<()> {
        self.0 = self.0.strip_prefix(text)?;
        Some(())
    }

    /// As many digits.
    fn digits(&mut self, count: usize) -> Option<i64> {
        let digits = self.0.get(..count)?;
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        self.0 = &self.0[count..];
        digits.parse().ok()
    }

    /// Nanoseconds of a fraction of one to nine digits; 0 if there is none.
    fn fraction(&mut self) -> Option<i32> {
        let Some(rest) = self.0.strip_prefix('.') else {
            return Some(0);
        };
        let count = rest.bytes().take_while(u8::is_ascii_digit).count();
        if count == 0 || count > 9 {
            return None;
        }
        self.0 = &rest[count..];
        let scale = 10i32.checked_pow(u32::try_from(9 - count).ok()?)?;
        rest[..count].parse::<i32>().ok()?.checked_mul(scale)
    }

    /// Seconds east of UTC.
    fn offset(&mut self) -> Option<i64> {
        if let Some(rest) = self.0.strip_prefix('Z') {
            self.0 = rest;
            return Some(0);
        }
        let sign = match self.0.as_bytes().first()? {
            b'+' => 1,
            b'-' => -1,
            _ => return None,
        };
        self.0 = &self.0[1..];
        let hours = self.digits(2)?;
        self.literal(":")?;
        let minutes = self.digits(2)?;
        (hours < 24 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
    }
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970-01-01 to a date. Years begin in March, so that leap days come last.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let month = (month + 9) % 12;
    let day_of_year = (153 * month + 2) / 5 + day - 1;
    let day_of_era = year.rem_euclid(400) * 365 + year.rem_euclid(400) / 4
        - year.rem_euclid(400) / 100
        + day_of_year;
    year.div_euclid(400) * 146_097 + day_of_era - 719_468
}

/// The date so many days after 1970-01-01.
fn date(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = (shifted + 2) % 12 + 1;
    let year = year_of_era + days.div_euclid(146_097) * 400;
    (if month <= 2 { year + 1 } else { year }, month, day)
}

#[cfg(test)]
mod tests {
    use super::{DAY, TIMESTAMPS, date, days, duration, put_duration, put_timestamp, timestamp};

    fn printed(seconds: i64, nanos: i32) -> String {
        let mut out = String::new();
        assert!(put_timestamp(&mut out, seconds, nanos), "{seconds} {nanos}");
        out
    }

    #[test]
    fn timestamps_are_rfc_3339() {
        assert_eq!(printed(0, 0), "\"1970-01-01T00:00:00Z\"");
        assert_eq!(printed(-1, 1_000_000), "\"1969-12-31T23:59:59.001Z\"");
        assert_eq!(
            printed(951_782_400, 10),
            "\"2000-02-29T00:00:00.000000010Z\""
        );
        assert_eq!(printed(*TIMESTAMPS.start(), 0), "\"0001-01-01T00:00:00Z\"");
        assert_eq!(printed(*TIMESTAMPS.end(), 0), "\"9999-12-31T23:59:59Z\"");
        assert!(!put_timestamp(&mut String::new(), *TIMESTAMPS.end() + 1, 0));
        assert!(!put_timestamp(&mut String::new(), 0, -1));
        assert_eq!(
            timestamp("1970-01-01T01:00:00.5+01:00"),
            Some((0, 500_000_000))
        );
        for wrong in [
            "1970-01-01T00:00:00",
            "1970-01-01t00:00:00Z",
            "1970-01-01T00:00:60Z",
            "1970-02-29T00:00:00Z",
            "1900-02-29T00:00:00Z",
            "0000-12-31T00:00:00Z",
            "0001-01-01T00:00:00+00:01",
            "1970-01-01T00:00:00.Z",
            "1970-01-01T00:00:00.1234567890Z",
            "1970-01-01T00:00:00ZZ",
            "+970-01-01T00:00:00Z",
        ] {
            assert_eq!(timestamp(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn every_day_has_one_date() {
        let (first, last) = (TIMESTAMPS.start().div_euclid(DAY), TIMESTAMPS.end() / DAY);
        let mut before = (0, 12, 31);
        for day in first..=last {
            let now = date(day);
            assert!(now > before, "{now:?} does not follow {before:?}");
            assert_eq!(days(now.0, now.1, now.2), day);
            before = now;
        }
        assert_eq!(before, (9999, 12, 31));
    }

    #[test]
    fn durations_are_seconds() {
        let printed = |seconds, nanos| {
            let mut out = String::new();
            put_duration(&mut out, seconds, nanos).then_some(out)
        };
        assert_eq!(printed(1, 500_000_000).as_deref(), Some("\"1.500s\""));
        assert_eq!(printed(0, -1).as_deref(), Some("\"-0.000000001s\""));
        assert_eq!(printed(1, -1), None);
        assert_eq!(printed(315_576_000_001, 0), None);
        assert_eq!(duration("-1.5s"), Some((-1, -500_000_000)));
        assert_eq!(duration("-0.5s"), Some((0, -500_000_000)));
        for wrong in [
            "1",
            "s",
            "1.s",
            ".5s",
            "+1s",
            "1 s",
            "315576000001s",
            "--1s",
        ] {
            assert_eq!(duration(wrong), None, "{wrong}");
        }
    }
}
