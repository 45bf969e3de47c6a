//! Rules of integers: all of them together name a set of numbers, and a set of numbers can be said exactly.

use serde_json::{Value as Json, json};

use super::super::dialect::{Dialect, Schema, any_of};
use super::super::pattern::{self, Integer, object};
use super::super::range;
use super::options::Set;
use super::{Subject, ValueRules};
use crate::contract::Scalar;
use crate::dynamic::Value;

/// So many numbers are listed rather than described by their bounds.
const FEW: i128 = 16;

/// A set of integers: closed intervals in ascending order that neither overlap nor touch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Integers(Vec<(i128, i128)>);

impl Integers {
    /// All numbers of a type.
    pub(super) fn all(integer: Integer) -> Self {
        Self(vec![match integer {
            Integer::Int32 => (i32::MIN.into(), i32::MAX.into()),
            Integer::Uint32 => (0, u32::MAX.into()),
            Integer::Int64 => (i64::MIN.into(), i64::MAX.into()),
            Integer::Uint64 => (0, u64::MAX.into()),
        }])
    }

    /// These numbers.
    pub(super) fn of(numbers: impl IntoIterator<Item = i128>) -> Self {
        Self::join(numbers.into_iter().map(|number| (number, number)).collect())
    }

    fn join(mut intervals: Vec<(i128, i128)>) -> Self {
        intervals.sort_unstable();
        let mut joined: Vec<(i128, i128)> = Vec::new();
        for (low, high) in intervals {
            match joined.last_mut() {
                Some(last) if low <= last.1.saturating_add(1) => last.1 = last.1.max(high),
                _ if low <= high => joined.push((low, high)),
                _ => {}
            }
        }
        Self(joined)
    }

    fn intersect(&self, other: &Self) -> Self {
        let pairs = self.0.iter().flat_map(|one| {
            other
                .0
                .iter()
                .map(move |two| (one.0.max(two.0), one.1.min(two.1)))
        });
        Self::join(pairs.filter(|(low, high)| low <= high).collect())
    }

    fn without(&self, numbers: &[i128]) -> Self {
        let mut rest = self.clone();
        for &number in numbers {
            let below = Self(vec![(i128::MIN, number.saturating_sub(1))]);
            let above = Self(vec![(number.saturating_add(1), i128::MAX)]);
            let outside = [rest.intersect(&below).0, rest.intersect(&above).0].concat();
            rest = Self(outside);
        }
        rest
    }

    pub(super) fn contains(&self, number: i128) -> bool {
        self.0
            .iter()
            .any(|&(low, high)| low <= number && number <= high)
    }

    /// As JSON numbers.
    fn as_number(&self) -> Schema {
        if self.0.is_empty() {
            return object(json!({ "not": {} }));
        }
        let few = self.0.iter().all(|(low, high)| high - low < FEW);
        if few
            && self
                .0
                .iter()
                .map(|(low, high)| high - low + 1)
                .sum::<i128>()
                <= FEW
        {
            let numbers = self.0.iter().flat_map(|&(low, high)| low..=high);
            return object(json!({ "enum": numbers.map(exact).collect::<Vec<Json>>() }));
        }
        let mut ranges: Vec<Json> = self
            .0
            .iter()
            .map(|&(low, high)| json!({ "minimum": exact(low), "maximum": exact(high) }))
            .collect();
        match ranges.len() {
            1 => object(ranges.swap_remove(0)),
            _ => any_of(ranges),
        }
    }

    /// An expression, without anchors, for their plain decimal notation.
    pub(super) fn decimal(&self) -> String {
        let ranges: Vec<String> = self.0.iter().map(|&range| decimal(range)).collect();
        match ranges.as_slice() {
            // Nothing has this form.
            [] => "[^\\s\\S]".to_owned(),
            [one] => one.clone(),
            many => format!("(?:{})", many.join("|")),
        }
    }
}

/// A number of at most 64 bits as JSON.
fn exact(number: i128) -> Json {
    match (i64::try_from(number), u64::try_from(number)) {
        (Ok(signed), _) => signed.into(),
        (Err(_), Ok(unsigned)) => unsigned.into(),
        (Err(_), Err(_)) => Json::Null,
    }
}

fn decimal((low, high): (i128, i128)) -> String {
    let magnitude = |number: i128| u64::try_from(number.unsigned_abs()).unwrap_or(u64::MAX);
    if low >= 0 {
        return range::unsigned(magnitude(low), magnitude(high));
    }
    if high < 0 {
        return format!("-{}", range::unsigned(magnitude(high), magnitude(low)));
    }
    range::signed(magnitude(low), magnitude(high))
}

/// The numbers that the rules of an integer type leave.
pub(super) fn allowed(
    rules: &mut ValueRules,
    set: &Set<'_, '_>,
    scalar: Scalar,
) -> Option<Integers> {
    let integer = Integer::of(scalar)?;
    let whole = Integers::all(integer);
    let mut left = whole.clone();
    let (mut low, mut high) = (None, None);
    for (name, value) in set.fields() {
        match (name, numbers(value)) {
            ("const" | "in", Some(numbers)) => left = left.intersect(&Integers::of(numbers)),
            ("not_in", Some(numbers)) => left = left.without(&numbers),
            ("gt", Some(bound)) => low = bound.first().map(|bound| bound + 1),
            ("gte", Some(bound)) => low = bound.first().copied(),
            ("lt", Some(bound)) => high = bound.first().map(|bound| bound - 1),
            ("lte", Some(bound)) => high = bound.first().copied(),
            ("example", _) => {}
            (name, _) if set.is_extension(name) => {}
            (name, _) => rules.lose(format!("{}.{name}", scalar.name())),
        }
    }
    let bounds = match (low, high) {
        (None, None) => None,
        (Some(low), None) => Some(vec![(low, i128::MAX)]),
        (None, Some(high)) => Some(vec![(i128::MIN, high)]),
        // A lower bound above the upper one excludes what is between them.
        (Some(low), Some(high)) if is_outside(set) => {
            Some(vec![(i128::MIN, high), (low, i128::MAX)])
        }
        (Some(low), Some(high)) => Some(vec![(low, high)]),
    };
    if let Some(bounds) = bounds {
        left = left.intersect(&Integers(bounds));
    }
    (left != whole).then_some(left)
}

/// Whether the bounds exclude what is between them: the upper one is below the lower one.
fn is_outside(set: &Set<'_, '_>) -> bool {
    let bound = |names: [&str; 2]| names.iter().find_map(|name| numbers(set.get(name)?));
    match (bound(["gt", "gte"]), bound(["lt", "lte"])) {
        (Some(low), Some(high)) => high < low,
        _ => false,
    }
}

fn numbers(value: &Value<'_>) -> Option<Vec<i128>> {
    Some(match value {
        Value::I32(number) => vec![(*number).into()],
        Value::I64(number) => vec![(*number).into()],
        Value::U32(number) => vec![(*number).into()],
        Value::U64(number) => vec![(*number).into()],
        Value::List(values) => {
            let each: Option<Vec<Vec<i128>>> = values.iter().map(numbers).collect();
            each?.concat()
        }
        Value::Bool(_)
        | Value::F32(_)
        | Value::F64(_)
        | Value::String(_)
        | Value::Bytes(_)
        | Value::Enum(_)
        | Value::Message(_)
        | Value::Map(_) => return None,
    })
}

/// The keywords for an integer.
pub(super) fn rules(
    rules: &mut ValueRules,
    set: &Set<'_, '_>,
    subject: Subject,
    scalar: Scalar,
    dialect: &dyn Dialect,
) {
    let Some(mut left) = allowed(rules, set, scalar) else {
        return;
    };
    rules.refuses_zero = !left.contains(0);
    if subject.zero_is_free {
        left = Integers::join([left.0, vec![(0, 0)]].concat());
    }
    let Some(integer) = Integer::of(scalar) else {
        return;
    };
    let expression = left.decimal();
    if dialect.null_is_absent() {
        let zero = if left.contains(0) { "|-0" } else { "" };
        // The range of a quoted number with an exponent is not held against its type either.
        let quoted = format!(
            "(?:(?:{expression}{zero})(?:\\.0+)?|{})",
            pattern::SCIENTIFIC
        );
        let mut number = left.as_number();
        number.insert("type".into(), "integer".into());
        rules.keywords.push(any_of(vec![
            Json::Object(number),
            Json::Object(pattern::text(&quoted)),
        ]));
    } else if integer.is_quoted() {
        rules
            .keywords
            .push(object(json!({ "pattern": format!("^{expression}$") })));
    } else {
        rules.keywords.push(left.as_number());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_joined_cut_and_written() {
        let all = Integers::all(Integer::Int32);
        assert!(all.contains(-5));
        let some = all.without(&[0, 5]);
        assert_eq!(
            some.0,
            [(i32::MIN.into(), -1), (1, 4), (6, i32::MAX.into())]
        );
        let few = some.intersect(&Integers::of([3, 0, 4, 9]));
        assert_eq!(few.0, [(3, 4), (9, 9)]);
        assert_eq!(few.decimal(), "(?:[34]|9)");
        assert_eq!(
            Integers::of([1, 7]).as_number(),
            object(json!({ "enum": [1, 7] }))
        );
        assert_eq!(
            Integers(vec![(-20, -3)]).decimal(),
            format!("-{}", range::unsigned(3, 20))
        );
        assert_eq!(Integers::of([]).as_number(), object(json!({ "not": {} })));
    }
}
