//! Rules of floating-point numbers: bounds and lists for the numbers, and which of the values stay that JSON has no
//! number for.

use serde_json::{Value as Json, json};

use super::super::dialect::Dialect;
use super::super::pattern::{self, object};
use super::options::Set;
use super::{Subject, ValueRules, one_of_forms, unless_zero};
use crate::contract::{Scalar, Type};
use crate::dynamic::Value;

/// What the rules leave.
#[derive(Debug, Default)]
struct Left {
    /// Conditions, each of which a number meets.
    conditions: Vec<Condition>,
    /// Whether NaN and the infinities are refused.
    finite: bool,
}

/// A condition on a number.
#[derive(Debug)]
enum Condition {
    /// One of these.
    In(Vec<f64>),
    /// None of these.
    NotIn(Vec<f64>),
    /// Between the bounds, or outside if the upper one is below the lower one.
    Between(Option<Bound>, Option<Bound>),
}

/// A bound of a range.
#[derive(Debug, Clone, Copy)]
struct Bound {
    value: f64,
    included: bool,
}

impl Condition {
    fn holds(&self, number: f64) -> bool {
        match self {
            Self::In(numbers) => numbers.contains(&number),
            Self::NotIn(numbers) => !numbers.contains(&number),
            // NaN is within no bounds.
            Self::Between(..) if number.is_nan() => false,
            Self::Between(low, high) => {
                let above =
                    low.is_none_or(|it| number > it.value || it.included && number == it.value);
                let below =
                    high.is_none_or(|it| number < it.value || it.included && number == it.value);
                if is_outside(*low, *high) {
                    above || below
                } else {
                    above && below
                }
            }
        }
    }

    fn keywords(&self) -> Json {
        match self {
            Self::In(numbers) => json!({ "enum": finite(numbers) }),
            Self::NotIn(numbers) => json!({ "not": { "enum": finite(numbers) } }),
            Self::Between(low, high) => {
                let above = low.map(|it| {
                    (
                        if it.included {
                            "minimum"
                        } else {
                            "exclusiveMinimum"
                        },
                        it,
                    )
                });
                let below = high.map(|it| {
                    (
                        if it.included {
                            "maximum"
                        } else {
                            "exclusiveMaximum"
                        },
                        it,
                    )
                });
                let sides: Vec<Json> = [above, below]
                    .into_iter()
                    .flatten()
                    .map(|(keyword, bound)| json!({ keyword: bound.value }))
                    .collect();
                if is_outside(*low, *high) {
                    return json!({ "anyOf": sides });
                }
                let both = sides.into_iter().flat_map(object);
                Json::Object(both.collect())
            }
        }
    }
}

fn is_outside(low: Option<Bound>, high: Option<Bound>) -> bool {
    matches!((low, high), (Some(low), Some(high)) if high.value < low.value)
}

fn finite(numbers: &[f64]) -> Vec<f64> {
    numbers
        .iter()
        .copied()
        .filter(|it| it.is_finite())
        .collect()
}

/// The keywords for a floating-point number.
pub(super) fn rules(
    rules: &mut ValueRules,
    set: &Set<'_, '_>,
    subject: Subject,
    dialect: &dyn Dialect,
) {
    let name = match subject.ty {
        Type::Scalar(Scalar::Float) => "float",
        Type::Scalar(_) | Type::Enum(_) | Type::Message(_) => "double",
    };
    let left = left(rules, set, name);
    if left.conditions.is_empty() && !left.finite {
        return;
    }
    rules.refuses_zero = !left.conditions.iter().all(|it| it.holds(0.0));
    let numbers: Vec<Json> = left.conditions.iter().map(Condition::keywords).collect();
    let special: Vec<&str> = [
        ("NaN", f64::NAN),
        ("Infinity", f64::INFINITY),
        ("-Infinity", f64::NEG_INFINITY),
    ]
    .into_iter()
    .filter(|(_, value)| !left.finite && left.conditions.iter().all(|it| it.holds(*value)))
    .map(|(name, _)| name)
    .collect();
    let mut number = object(json!({ "type": "number" }));
    match numbers.as_slice() {
        [] => {}
        [one] => number.extend(object(one.clone())),
        many => drop(number.insert("allOf".into(), many.into())),
    }
    let mut forms = vec![Json::Object(number), json!({ "enum": special })];
    if dialect.null_is_absent() {
        let text = pattern::text(pattern::NUMERAL);
        forms.push(Json::Object(text));
        if !left.conditions.is_empty() {
            rules.lose(format!("{name} (numbers in quotes)"));
        }
    }
    let keywords = vec![one_of_forms(forms)];
    rules.keywords.extend(if subject.zero_is_free {
        unless_zero(keywords, json!({ "const": 0 }))
    } else {
        keywords
    });
}

fn left(rules: &mut ValueRules, set: &Set<'_, '_>, type_name: &str) -> Left {
    let mut left = Left::default();
    let (mut low, mut high) = (None, None);
    for (name, value) in set.fields() {
        let first = || numbers(value).and_then(|numbers| numbers.first().copied());
        let bound = |included| first().map(|value| Bound { value, included });
        match name {
            "const" | "in" => left.conditions.extend(numbers(value).map(Condition::In)),
            "not_in" => left.conditions.extend(numbers(value).map(Condition::NotIn)),
            "gt" => low = bound(false),
            "gte" => low = bound(true),
            "lt" => high = bound(false),
            "lte" => high = bound(true),
            "finite" => left.finite = set.flag("finite"),
            "example" => {}
            name if set.is_extension(name) => {}
            name => rules.lose(format!("{type_name}.{name}")),
        }
    }
    if low.is_some() || high.is_some() {
        left.conditions.push(Condition::Between(low, high));
    }
    left
}

/// The numbers of a rule, as serializers write them: a float by its shortest notation.
fn numbers(value: &Value<'_>) -> Option<Vec<f64>> {
    match value {
        Value::F64(number) => Some(vec![*number]),
        Value::F32(number) => Some(vec![
            number.to_string().parse().unwrap_or(f64::from(*number)),
        ]),
        Value::List(values) => {
            let each: Option<Vec<Vec<f64>>> = values.iter().map(numbers).collect();
            Some(each?.concat())
        }
        Value::Bool(_)
        | Value::I32(_)
        | Value::I64(_)
        | Value::U32(_)
        | Value::U64(_)
        | Value::String(_)
        | Value::Bytes(_)
        | Value::Enum(_)
        | Value::Message(_)
        | Value::Map(_) => None,
    }
}
