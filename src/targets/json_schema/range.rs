//! Regular expressions that match the decimal notation of exactly the integers in a range. Plain arithmetic on
//! digits: this file knows neither protobuf nor JSON Schema.
//!
//! The expressions use literals, `[a-b]`, `(?:…|…)` and `{n}` only, so that every dialect of regular expressions reads
//! them alike (`\d` is not used: in Rust and Python it matches every digit of Unicode).

/// An expression, without anchors, for the integers from `-negative` to `positive`, both included, written without
/// leading zeros, plus sign or `-0`.
pub(super) fn signed(negative: u64, positive: u64) -> String {
    if negative == 0 {
        return unsigned(0, positive);
    }
    let both = negative.min(positive);
    let mut alternatives = vec!["0".to_owned()];
    if both > 0 {
        alternatives.push(format!("-?{}", unsigned(1, both)));
    }
    if both < negative {
        alternatives.push(format!("-{}", unsigned(both + 1, negative)));
    }
    if both < positive {
        alternatives.push(unsigned(both + 1, positive));
    }
    group(&alternatives)
}

/// An expression, without anchors, for the integers from `low` to `high`, both included, without leading zeros.
pub(super) fn unsigned(low: u64, high: u64) -> String {
    // Zero is the only number that begins with 0, so it never joins longer ones.
    let (zero, low) = if low == 0 && high > 9 {
        (vec!["0".to_owned()], digits(1))
    } else {
        (Vec::new(), digits(low))
    };
    let high = digits(high);
    let all = if low.len() == high.len() {
        between(&low, &high)
    } else {
        of_any_length(&low, &high)
    };
    group(&[zero, all].concat())
}

/// The alternatives for the numbers from `low`, above zero, to `high`, which has more digits.
fn of_any_length(low: &[u8], high: &[u8]) -> Vec<String> {
    let nines = vec![9; low.len()];
    let mut least = vec![0; high.len()];
    least[0] = 1;
    let mut alternatives = Vec::new();
    // The lengths of which every number is in range; the two at the ends are among them if their bound is the extreme.
    let mut first = low.len() + 1;
    let mut last = high.len() - 1;
    if low[0] == 1 && is_all(&low[1..], 0) {
        first -= 1;
    } else {
        alternatives.extend(between(low, &nines));
    }
    let top = if is_all(high, 9) {
        last += 1;
        Vec::new()
    } else {
        between(&least, high)
    };
    if first <= last {
        alternatives.push(format!("[1-9]{}", any(first - 1, last - 1)));
    }
    alternatives.extend(top);
    alternatives
}

/// The alternatives for the numbers from `low` to `high`, which have the same number of digits.
fn between(low: &[u8], high: &[u8]) -> Vec<String> {
    let (Some((&low_digit, low_rest)), Some((&high_digit, high_rest))) =
        (low.split_first(), high.split_first())
    else {
        return vec![String::new()];
    };
    let rest = low_rest.len();
    if low_digit == high_digit {
        let tail = group(&between(low_rest, high_rest));
        return vec![format!("{low_digit}{tail}")];
    }
    let mut alternatives = Vec::new();
    // The first digits after which every tail is allowed.
    let mut first = low_digit;
    let mut last = high_digit;
    if !is_all(low_rest, 0) {
        let tail = group(&between(low_rest, &vec![9; rest]));
        alternatives.push(format!("{low_digit}{tail}"));
        first += 1;
    }
    let top = (!is_all(high_rest, 9)).then(|| {
        last -= 1;
        let tail = group(&between(&vec![0; rest], high_rest));
        format!("{high_digit}{tail}")
    });
    if first <= last {
        alternatives.push(format!("{}{}", class(first, last), any(rest, rest)));
    }
    alternatives.extend(top);
    alternatives
}

/// The decimal digits of a number, most significant first.
fn digits(number: u64) -> Vec<u8> {
    number.to_string().bytes().map(|byte| byte - b'0').collect()
}

fn is_all(digits: &[u8], digit: u8) -> bool {
    digits.iter().all(|&each| each == digit)
}

/// One digit out of a range.
fn class(first: u8, last: u8) -> String {
    match last - first {
        0 => first.to_string(),
        1 => format!("[{first}{last}]"),
        _ => format!("[{first}-{last}]"),
    }
}

/// From `least` to `most` digits of any kind.
fn any(least: usize, most: usize) -> String {
    match (least, most) {
        (0, 0) => String::new(),
        (1, 1) => "[0-9]".to_owned(),
        (0, 1) => "[0-9]?".to_owned(),
        _ if least == most => format!("[0-9]{{{least}}}"),
        _ => format!("[0-9]{{{least},{most}}}"),
    }
}

/// The alternatives as one unit.
fn group(alternatives: &[String]) -> String {
    match alternatives {
        [one] => one.clone(),
        many => format!("(?:{})", many.join("|")),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{signed, unsigned};

    /// A matcher for whole texts, by the regular expressions of the validator that the schemas are tested with.
    fn matcher(expression: &str) -> impl Fn(&str) -> bool + use<> {
        let schema = serde_json::json!({ "pattern": format!("^{expression}$") });
        let validator = jsonschema::validator_for(&schema).expect("a legal pattern");
        move |text| validator.is_valid(&serde_json::Value::from(text))
    }

    #[test]
    fn small_ranges_are_exact() {
        for low in (0..=12u64).chain([19, 20, 89, 90, 99, 100, 101, 123]) {
            for high in (low..=low + 13).chain([99, 100, 109, 199, 999, 1000, 1001, 1999]) {
                let expression = unsigned(low, high.max(low));
                let matches = matcher(&expression);
                for number in 0..=2100u64 {
                    assert_eq!(
                        matches(&number.to_string()),
                        (low..=high.max(low)).contains(&number),
                        "{number} in {low}..={high} by {expression}"
                    );
                }
            }
        }
    }

    #[test]
    fn only_the_shortest_notation_matches() {
        let matches = matcher(&signed(128, 127));
        for text in [
            "", "-", "00", "01", "+1", "-0", "-01", "1 ", " 1", "1.0", "1e1", "١", "0x1",
        ] {
            assert!(!matches(text), "{text:?}");
        }
        for text in ["0", "-1", "-128", "127"] {
            assert!(matches(text), "{text:?}");
        }
        assert!(!matches("-129"));
        assert!(!matches("128"));
    }

    #[test]
    fn expressions_stay_short() {
        assert_eq!(unsigned(0, 9), "[0-9]");
        assert_eq!(unsigned(0, 99), "(?:0|[1-9][0-9]?)");
        assert_eq!(unsigned(10, 999), "[1-9][0-9]{1,2}");
        assert_eq!(unsigned(1, 12), "(?:[1-9]|1[0-2])");
        assert_eq!(unsigned(0, 4), "[0-4]");
        assert_eq!(unsigned(0, 0), "0");
        assert_eq!(unsigned(7, 7), "7");
        assert_eq!(signed(2, 1), "(?:0|-?1|-2)");
        assert!(signed(1 << 63, i64::MAX as u64).len() < 400);
        assert!(unsigned(0, u64::MAX).len() < 400);
    }

    #[test]
    fn one_sided_and_lopsided_ranges_are_exact() {
        for (negative, positive) in [(0, 0), (0, 5), (5, 0), (1, 1), (12, 3), (3, 12), (100, 99)] {
            let matches = matcher(&signed(negative, positive));
            for number in -130..130i64 {
                let inside = -(negative as i64) <= number && number <= positive as i64;
                assert_eq!(matches(&number.to_string()), inside, "{number}");
            }
        }
    }

    proptest! {
        #[test]
        fn any_range_is_exact(
            bounds in prop::array::uniform2(prop_oneof![any::<u64>(), 0..=u64::from(u32::MAX), 0..=1000u64]),
            numbers in prop::collection::vec(any::<u64>(), 0..20),
        ) {
            let low = bounds[0].min(bounds[1]);
            let high = bounds[0].max(bounds[1]);
            let matches = matcher(&unsigned(low, high));
            let near = |number: u64| (0..4).flat_map(move |by| [number.saturating_sub(by), number.saturating_add(by)]);
            let truncated = numbers.iter().flat_map(|&number| (0..64).step_by(7).map(move |bits| number >> bits));
            let powers = (0..20).map(|exponent| 10u64.pow(exponent)).flat_map(near);
            for number in near(low).chain(near(high)).chain(truncated).chain(powers) {
                prop_assert_eq!(matches(&number.to_string()), (low..=high).contains(&number), "{}", number);
            }
            // One digit more than 64 bits can hold.
            prop_assert!(!matches("18446744073709551616"));
            prop_assert!(!matches("99999999999999999999"));
            prop_assert!(!matches("100000000000000000000"));
        }

        #[test]
        fn any_signed_range_is_exact(negative: u64, positive: u64, number: i128) {
            let matches = matcher(&signed(negative, positive));
            let range = -i128::from(negative)..=i128::from(positive);
            let near = (-2..=2).flat_map(|by| [range.start() + by, range.end() + by]);
            for number in near.chain([number, number >> 63, number >> 70]) {
                prop_assert_eq!(matches(&number.to_string()), range.contains(&number), "{}", number);
            }
        }
    }
}
