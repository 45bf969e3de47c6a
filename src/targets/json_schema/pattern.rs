//! The texts of ProtoJSON as regular expressions: numbers in quotes, base64, timestamps, durations, field masks.
//! Knows the notation of each kind of text, but neither which field has it nor the rest of a schema.
//!
//! Portable by construction: no look-around, no back-reference, no `\d` (see [`super::range`]).

use serde_json::{Map, Value, json};

use super::range;
use crate::contract::Scalar;

/// The four integer ranges of protobuf.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Integer {
    /// int32, sint32, sfixed32.
    Int32,
    /// uint32, fixed32.
    Uint32,
    /// int64, sint64, sfixed64.
    Int64,
    /// uint64, fixed64.
    Uint64,
}

impl Integer {
    /// The range of an integer scalar; `None` for the other scalars.
    pub(super) fn of(scalar: Scalar) -> Option<Self> {
        match scalar {
            Scalar::Int32 | Scalar::Sint32 | Scalar::Sfixed32 => Some(Self::Int32),
            Scalar::Uint32 | Scalar::Fixed32 => Some(Self::Uint32),
            Scalar::Int64 | Scalar::Sint64 | Scalar::Sfixed64 => Some(Self::Int64),
            Scalar::Uint64 | Scalar::Fixed64 => Some(Self::Uint64),
            Scalar::Double | Scalar::Float | Scalar::Bool | Scalar::String | Scalar::Bytes => None,
        }
    }

    /// Whether ProtoJSON writes it in quotes.
    pub(super) fn is_quoted(self) -> bool {
        match self {
            Self::Int64 | Self::Uint64 => true,
            Self::Int32 | Self::Uint32 => false,
        }
    }

    /// Its numbers as JSON numbers.
    pub(super) fn as_number(self) -> Map<String, Value> {
        let (minimum, maximum) = match self {
            Self::Int32 => (json!(i32::MIN), json!(i32::MAX)),
            Self::Uint32 => (json!(0), json!(u32::MAX)),
            Self::Int64 => (json!(i64::MIN), json!(i64::MAX)),
            Self::Uint64 => (json!(0), json!(u64::MAX)),
        };
        object(json!({ "type": "integer", "minimum": minimum, "maximum": maximum }))
    }

    /// An expression, without anchors, for its numbers in plain decimal notation.
    pub(super) fn decimal(self) -> String {
        let (negative, positive) = match self {
            Self::Int32 => (1 << 31, i32::MAX as u64),
            Self::Uint32 => (0, u64::from(u32::MAX)),
            Self::Int64 => (1 << 63, i64::MAX as u64),
            Self::Uint64 => (0, u64::MAX),
        };
        range::signed(negative, positive)
    }
}

/// The schema of the texts that an expression matches wholly.
///
/// `$` alone is not enough: in Python's `re` it also matches before a final line feed, so `"1\n"` would pass.
pub(super) fn text(expression: &str) -> Map<String, Value> {
    object(json!({
        "type": "string",
        "pattern": format!("^{expression}$"),
        "not": { "pattern": "\\n" },
    }))
}

/// Standard base64 with padding and with the unused bits zero: what serializers write (RFC 4648, section 4).
pub(super) const BASE64: &str =
    "(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?";

/// Standard or URL-safe base64, with or without padding: what parsers read.
pub(super) const ANY_BASE64: &str =
    "(?:[A-Za-z0-9+/_-]{4})*(?:[A-Za-z0-9+/_-]{2}(?:==)?|[A-Za-z0-9+/_-]{3}=?)?";

/// A number in JSON's notation; its range is not checked.
pub(super) const NUMERAL: &str = r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?";

/// A number in JSON's notation that has an exponent; neither its range nor that it is whole is checked.
pub(super) const SCIENTIFIC: &str = r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?[eE][+-]?[0-9]+";

/// Zero, three, six or nine digits after the point.
const FRACTION: &str = r"(?:\.(?:[0-9]{3}){1,3})?";

/// Up to nine digits after the point.
const ANY_FRACTION: &str = r"(?:\.[0-9]{1,9})?";

/// A comma-separated list of paths of lowerCamelCase names, possibly empty.
pub(super) const FIELD_MASK: &str = r"(?:[A-Za-z][A-Za-z0-9]*(?:\.[A-Za-z][A-Za-z0-9]*)*(?:,[A-Za-z][A-Za-z0-9]*(?:\.[A-Za-z][A-Za-z0-9]*)*)*)?";

/// The largest whole seconds of a Duration, both ways (duration.proto).
const DURATION_SECONDS: u64 = 315_576_000_000;

/// A Timestamp as serializers write it: in UTC.
pub(super) fn timestamp() -> String {
    format!("{}T{TIME}{FRACTION}Z", date())
}

/// A Timestamp as parsers read it: with any offset. That an offset can push the first or last hours of all years out
/// of range is not expressed.
pub(super) fn any_timestamp() -> String {
    format!(
        "{}T{TIME}{ANY_FRACTION}(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])",
        date()
    )
}

/// A Duration as serializers write it.
pub(super) fn duration() -> String {
    format!("-?{}{FRACTION}s", range::unsigned(0, DURATION_SECONDS))
}

/// A Duration as parsers read it.
pub(super) fn any_duration() -> String {
    format!("-?{}{ANY_FRACTION}s", range::unsigned(0, DURATION_SECONDS))
}

/// Hours, minutes and seconds; protobuf has no leap seconds.
const TIME: &str = "(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]";

/// The days of the years 0001 to 9999 in the Gregorian calendar, leap years included.
fn date() -> String {
    // What two digits are a multiple of four above zero; a year is a leap year if its last two are, or if the first
    // two are and the last two are zero.
    let fourth = "(?:0[48]|[2468][048]|[13579][26])";
    let year = "(?:000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})";
    let long = "(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])";
    let short = "(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)";
    let february = "02-(?:0[1-9]|1[0-9]|2[0-8])";
    format!("(?:{year}-(?:{long}|{short}|{february})|(?:[0-9]{{2}}{fourth}|{fourth}00)-02-29)")
}

/// The members of a JSON object that is written as a literal; empty for any other value.
pub(super) fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            Map::new()
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    fn check(expression: &str, accepted: &[&str], rejected: &[&str]) {
        let schema = Value::Object(text(expression));
        let validator = jsonschema::validator_for(&schema).expect("a legal pattern");
        for text in accepted {
            assert!(validator.is_valid(&Value::from(*text)), "{text:?} is legal");
        }
        for text in rejected {
            assert!(
                !validator.is_valid(&Value::from(*text)),
                "{text:?} is not legal"
            );
        }
    }

    #[test]
    fn integers_end_where_their_bits_end() {
        for (integer, least, most, beyond) in [
            (
                Integer::Int32,
                "-2147483648",
                "2147483647",
                ["-2147483649", "2147483648"],
            ),
            (Integer::Uint32, "0", "4294967295", ["-1", "4294967296"]),
            (
                Integer::Int64,
                "-9223372036854775808",
                "9223372036854775807",
                ["-9223372036854775809", "9223372036854775808"],
            ),
            (
                Integer::Uint64,
                "0",
                "18446744073709551615",
                ["-1", "18446744073709551616"],
            ),
        ] {
            check(&integer.decimal(), &[least, most, "0", "7"], &beyond);
            check(
                &integer.decimal(),
                &[],
                &["", "07", "+7", "7.0", "7e0", " 7", "7\n", "-0"],
            );
        }
    }

    #[test]
    fn base64_is_padded_and_has_no_stray_bits() {
        check(
            BASE64,
            &[
                "", "AA==", "AAA=", "AAAA", "+/+/", "AQI=", "/w==", "AQIDBA==",
            ],
            &[
                "A", "AA", "AAA", "AB==", "AAB=", "AA=A", "A===", "-_-_", "AQI=\n", "A Q=",
            ],
        );
        check(
            ANY_BASE64,
            &[
                "", "AA", "AA==", "AAA", "AAA=", "-_-_", "+/+/", "AB==", "AQIDBA",
            ],
            &["A", "A===", "AA=", "AAA==", "AAAA=", "A Q=", "AA\n"],
        );
    }

    #[test]
    fn timestamps_are_days_of_the_calendar() {
        let accepted = [
            "0001-01-01T00:00:00Z",
            "9999-12-31T23:59:59.999999999Z",
            "2024-02-29T12:00:00.5Z",
            "2000-02-29T00:00:00Z",
            "0004-02-29T00:00:00Z",
            "2023-04-30T00:00:00.000001Z",
        ];
        let canonical: Vec<_> = accepted
            .into_iter()
            .filter(|text| !text.contains(".5Z"))
            .collect();
        let rejected = [
            "0000-01-01T00:00:00Z",
            "0000-02-29T00:00:00Z",
            "1900-02-29T00:00:00Z",
            "2023-02-29T00:00:00Z",
            "2023-02-30T00:00:00Z",
            "2023-04-31T00:00:00Z",
            "2023-13-01T00:00:00Z",
            "2023-00-01T00:00:00Z",
            "2023-01-00T00:00:00Z",
            "2023-01-01T24:00:00Z",
            "2023-01-01T00:60:00Z",
            "2023-01-01T00:00:60Z",
            "2023-01-01t00:00:00Z",
            "2023-01-01T00:00:00z",
            "2023-01-01 00:00:00Z",
            "2023-01-01T00:00:00",
            "2023-01-01T00:00:00.Z",
            "2023-01-01T00:00:00.1234567890Z",
            "10000-01-01T00:00:00Z",
            "2023-01-01T00:00:00Z\n",
        ];
        check(&timestamp(), &canonical, &rejected);
        check(
            &timestamp(),
            &[],
            &["2024-02-29T12:00:00.5Z", "2023-01-01T00:00:00+00:00"],
        );
        check(&any_timestamp(), &accepted, &rejected);
        check(
            &any_timestamp(),
            &["2023-01-01T00:00:00+00:00", "2023-01-01T00:00:00.1-23:59"],
            &["2023-01-01T00:00:00+24:00", "2023-01-01T00:00:00+0000"],
        );
    }

    #[test]
    fn every_leap_day_is_known() {
        let schema = Value::Object(text(&timestamp()));
        let validator = jsonschema::validator_for(&schema).expect("a legal pattern");
        for year in 0..=9999u32 {
            let leap = year > 0 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            let day = Value::from(format!("{year:04}-02-29T00:00:00Z"));
            assert_eq!(validator.is_valid(&day), leap, "{year}");
        }
    }

    #[test]
    fn durations_end_at_ten_thousand_years() {
        let accepted = [
            "0s",
            "1s",
            "-1s",
            "1.500s",
            "-0.000000001s",
            "315576000000s",
            "-315576000000.999999999s",
        ];
        let rejected = [
            "",
            "s",
            "1",
            "1S",
            "01s",
            "+1s",
            "1.s",
            ".5s",
            "315576000001s",
            "1.0000000001s",
            "P1D",
            "1s\n",
        ];
        check(&duration(), &accepted, &rejected);
        check(&duration(), &[], &["1.5s", "1.50s", "1.5000s"]);
        check(&any_duration(), &accepted, &rejected);
        check(&any_duration(), &["1.5s", "1.50s", "1.5000s"], &[]);
    }

    #[test]
    fn field_masks_are_lists_of_camel_case_paths() {
        check(
            FIELD_MASK,
            &["", "a", "fooBar", "a,b", "a.bC,d.e.f", "f8"],
            &["foo_bar", ",", "a,", ",a", "a..b", ".a", "a b", "8", "a\n"],
        );
    }

    #[test]
    fn numerals_are_those_of_json() {
        check(
            NUMERAL,
            &["0", "-0", "1.5", "-1e10", "1E-2"],
            &["", "01", "+1", ".5", "5.", "1e", "Infinity", "0x1"],
        );
        check(SCIENTIFIC, &["1e5", "1.50E+1"], &["1", "1.5"]);
    }
}
