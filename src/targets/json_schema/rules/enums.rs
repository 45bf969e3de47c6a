//! Rules of enums: which of the known values stay, and which unknown numbers.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use super::super::dialect::Dialect;
use super::super::options::Unknown;
use super::options::Set;
use super::{Subject, ValueRules, one_of_forms};
use crate::contract::Enum;
use crate::dynamic::Value;

/// The numbers that an open enum does not name.
#[derive(Debug)]
enum Others {
    /// All but these.
    AllBut(Vec<i32>),
    /// These only.
    Only(Vec<i32>),
}

/// The keywords for a value of an enum.
pub(super) fn rules(
    rules: &mut ValueRules,
    set: &Set<'_, '_>,
    subject: Subject,
    of: &Enum,
    dialect: &dyn Dialect,
) {
    let known: Vec<i32> = of.values.iter().map(|value| value.number).collect();
    let mut left = known.clone();
    let mut others = Others::AllBut(Vec::new());
    let mut said = false;
    for (name, value) in set.fields() {
        let numbers = numbers(value);
        match (name, numbers) {
            ("const" | "in", Some(numbers)) => {
                left.retain(|number| numbers.contains(number));
                others = match others {
                    Others::AllBut(excluded) => Others::Only(
                        numbers
                            .into_iter()
                            .filter(|it| !known.contains(it) && !excluded.contains(it))
                            .collect(),
                    ),
                    Others::Only(mut some) => {
                        some.retain(|number| numbers.contains(number));
                        Others::Only(some)
                    }
                };
            }
            ("not_in", Some(numbers)) => {
                left.retain(|number| !numbers.contains(number));
                match &mut others {
                    Others::AllBut(excluded) => excluded.extend(numbers),
                    Others::Only(some) => some.retain(|number| !numbers.contains(number)),
                }
            }
            ("defined_only", _) if set.flag(name) => others = Others::Only(Vec::new()),
            ("defined_only" | "example", _) => continue,
            (name, _) if set.is_extension(name) => continue,
            (name, _) => {
                rules.lose(format!("enum.{name}"));
                continue;
            }
        }
        said = true;
    }
    if !said {
        return;
    }
    if of.is_null_value() {
        rules.lose("enum");
        return;
    }
    rules.refuses_zero = !left.contains(&of.default_number());
    if subject.zero_is_free && !left.contains(&0) {
        left.push(0);
    }
    let forms = forms(of, &known, &left, others, dialect);
    rules.keywords.push(one_of_forms(forms));
}

fn forms(
    of: &Enum,
    known: &[i32],
    left: &[i32],
    others: Others,
    dialect: &dyn Dialect,
) -> Vec<Json> {
    let names: Vec<&str> = of
        .values
        .iter()
        .filter(|value| left.contains(&value.number))
        .map(|value| value.name.as_str())
        .collect();
    // Which of the forms are written at all is said by the schema of the enum itself.
    let left: BTreeSet<&i32> = left.iter().collect();
    let mut forms = vec![json!({ "enum": names }), json!({ "enum": left })];
    forms.push(match others {
        Others::AllBut(excluded) => {
            let excluded: BTreeSet<&i32> = known.iter().chain(&excluded).collect();
            json!({ "type": "integer", "not": { "enum": excluded } })
        }
        Others::Only(some) => json!({ "enum": some }),
    });
    // A name that the contract does not have is passed over by who ignores the unknown.
    if dialect.null_is_absent() && dialect.unknown() == Unknown::Open {
        let names: Vec<&str> = of.values.iter().map(|value| value.name.as_str()).collect();
        forms.push(json!({ "type": "string", "not": { "enum": names } }));
    }
    forms
}

/// The forms of one number of an enum.
pub(super) fn forms_of(of: &Enum, number: i32) -> Json {
    let names = of.values.iter().filter(|value| value.number == number);
    let mut forms: Vec<Json> = names.map(|value| json!(value.name)).collect();
    forms.push(json!(number));
    json!({ "enum": forms })
}

fn numbers(value: &Value<'_>) -> Option<Vec<i32>> {
    match value {
        Value::I32(number) | Value::Enum(number) => Some(vec![*number]),
        Value::List(values) => {
            let each: Option<Vec<Vec<i32>>> = values.iter().map(numbers).collect();
            Some(each?.concat())
        }
        Value::Bool(_)
        | Value::I64(_)
        | Value::U32(_)
        | Value::U64(_)
        | Value::F32(_)
        | Value::F64(_)
        | Value::String(_)
        | Value::Bytes(_)
        | Value::Message(_)
        | Value::Map(_) => None,
    }
}
