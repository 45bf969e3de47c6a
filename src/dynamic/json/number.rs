//! Numbers, exactly: what integer a decimal text stands for, and how a float is written in the fewest digits.

use super::lexer::number_length;

/// Whether the whole text is a JSON number.
pub(super) fn is_number(text: &str) -> bool {
    number_length(text) == Some(text.len())
}

/// The integer that a JSON number stands for, exponent and fraction included: `1.5e2` is 150. `None` if it is none, or
/// beyond 64 bits.
pub(super) fn integer(text: &str) -> Option<i128> {
    // Everything but exponents and fractions.
    if text.len() < 20
        && let Ok(value) = text.parse::<i64>()
    {
        return Some(value.into());
    }
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent),
        None => (text, "0"),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits: String = [whole, fraction].concat();
    let digits = digits.trim_start_matches('0');
    let significant = digits.trim_end_matches('0');
    if significant.is_empty() {
        return Some(0);
    }
    // An exponent that does not fit makes too many digits or none.
    let exponent: i64 = exponent.parse().ok()?;
    let fraction = i64::try_from(fraction.len()).ok()?;
    let zeros = i64::try_from(digits.len() - significant.len()).ok()?;
    let shift = exponent.checked_sub(fraction)?.checked_add(zeros)?;
    let shift = u32::try_from(shift).ok().filter(|shift| *shift <= 20)?;
    if significant.len() > 20 {
        return None;
    }
    let value = significant
        .parse::<i128>()
        .ok()?
        .checked_mul(10i128.checked_pow(shift)?)?;
    Some(if negative { -value } else { value })
}

/// A finite double in the fewest digits that read back as the same.
pub(in crate::dynamic) fn put_f64(out: &mut String, value: f64) {
    let start = out.len();
    push(out, format_args!("{value:?}"));
    trim(out, start);
}

/// A finite float in the fewest digits that read back as the same float.
pub(in crate::dynamic) fn put_f32(out: &mut String, value: f32) {
    let start = out.len();
    push(out, format_args!("{value:?}"));
    trim(out, start);
}

/// Appends what is formatted; writing to a string cannot fail.
pub(in crate::dynamic) fn push(out: &mut String, arguments: std::fmt::Arguments<'_>) {
    let _ = std::fmt::Write::write_fmt(out, arguments);
}

/// Takes away the `.0` of whole numbers.
fn trim(out: &mut String, start: usize) {
    if out[start..].ends_with(".0") {
        out.truncate(out.len() - 2);
    }
}

#[cfg(test)]
mod tests {
    use super::{integer, is_number, put_f32, put_f64};

    #[test]
    fn integers_are_exact() {
        for (text, value) in [
            ("0", Some(0)),
            ("-0", Some(0)),
            ("1e5", Some(100_000)),
            ("1.50e2", Some(150)),
            ("1.5", None),
            ("15e-1", None),
            ("150e-1", Some(15)),
            ("18446744073709551615", Some(u64::MAX.into())),
            ("18446744073709551616", Some(i128::from(u64::MAX) + 1)),
            ("-9223372036854775808", Some(i64::MIN.into())),
            ("9007199254740993.0", Some(9_007_199_254_740_993)),
            ("0e99999999999999999999", Some(0)),
            ("1e99999999999999999999", None),
            ("1e-99999999999999999999", None),
            ("100000000000000000000000000000000000000000", None),
        ] {
            assert_eq!(integer(text), value, "{text}");
        }
    }

    #[test]
    fn numbers_are_those_of_json() {
        for text in ["0", "-0", "1.5e+3", "10", "1E5"] {
            assert!(is_number(text), "{text}");
        }
        for text in [
            "", "-", "01", "+1", ".5", "5.", "1e", "1e+", "0x1", " 1", "1 ", "NaN",
        ] {
            assert!(!is_number(text), "{text}");
        }
    }

    #[test]
    fn floats_take_few_digits() {
        let mut out = String::new();
        for value in [1.0, -0.0, 0.1, 1e300, 1e-300, 1.797_693_134_862_315_7e308] {
            put_f64(&mut out, value);
            out.push(' ');
        }
        put_f32(&mut out, f32::MAX);
        assert_eq!(
            out,
            "1 -0 0.1 1e300 1e-300 1.7976931348623157e308 3.4028235e38"
        );
    }
}
