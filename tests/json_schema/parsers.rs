//! What three independent parsers agree on: google's protobuf, protobuf-es and generated Python read or refuse
//! documents with every kind of value in every field, and where their verdict is unanimous, the dialect `accept` gives
//! the same. Where it does not, the difference is on a short list, with the reason.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value, json};
use xlc::contract::{Contract, Field, Message, Scalar, Shape, Type, WellKnown};

use crate::contracts::of_descriptor_set;
use crate::generated::generate;
use crate::schemas::Schemas;
use crate::support::{script, toolchain};
use crate::values::{keys, values};

/// The messages in every field of which values are tried.
const MESSAGES: [&str; 2] = [
    "protobuf_test_messages.proto3.TestAllTypesProto3",
    "protobuf_test_messages.proto2.TestAllTypesProto2",
];

/// A document with one property, what type of value stands there, and the value by itself.
struct Trial<'c> {
    message: &'c str,
    ty: Type,
    value: Value,
    document: Value,
}

/// Why a schema may differ from a unanimous verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    /// The schema takes a quoted number with an exponent whatever its value: no expression can tell it.
    ExponentOutOfRange,
    /// The schema takes any text as content of an Any: it does not know which messages there are.
    ContentOfAny,
    /// The schema refuses base64 with one padding character too few or bits left over.
    LaxBase64,
    /// The schema refuses paths that are not in lowerCamelCase.
    LaxFieldMask,
    /// The schema refuses leading zeros of a Duration.
    LaxDuration,
    /// The schema does not see that an offset moves a Timestamp out of its years.
    OffsetBeyondYears,
}

/// The class of a difference, given whether the schema accepts; `None` if there is no excuse.
fn class(contract: &Contract, trial: &Trial<'_>, accepted: bool) -> Option<Class> {
    let text = trial.value.as_str();
    let known = match trial.ty {
        Type::Message(id) => contract.message(id).well_known,
        Type::Scalar(_) | Type::Enum(_) => None,
    };
    let scalar = match (trial.ty, known) {
        (Type::Scalar(scalar), _) | (_, Some(WellKnown::Wrapper(scalar))) => Some(scalar),
        (Type::Message(_) | Type::Enum(_), _) => None,
    };
    match (known, scalar, text) {
        (Some(WellKnown::Any), _, _) if accepted => Some(Class::ContentOfAny),
        (Some(WellKnown::FieldMask), _, Some(_)) if !accepted => Some(Class::LaxFieldMask),
        (Some(WellKnown::Duration), _, Some(_)) if !accepted => Some(Class::LaxDuration),
        (Some(WellKnown::Timestamp), _, Some(_)) if accepted => Some(Class::OffsetBeyondYears),
        (_, Some(Scalar::Bytes), Some(_)) if !accepted => Some(Class::LaxBase64),
        (_, Some(Scalar::String | Scalar::Bool | Scalar::Bytes), _) => None,
        (_, Some(_), Some(text)) if accepted && text.contains(['e', 'E']) => {
            Some(Class::ExponentOutOfRange)
        }
        _ => None,
    }
}

fn trials<'c>(contract: &'c Contract, message: &'c Message) -> Vec<Trial<'c>> {
    let values = values();
    let mut trials = Vec::new();
    for field in &message.fields {
        let name = field.json_name.as_str();
        let mut add = |ty: Type, value: &Value, held: Value| {
            trials.push(Trial {
                message: message.full_name.as_str(),
                ty,
                value: value.clone(),
                document: json!({ name: held }),
            });
        };
        let ty = field.shape.value_type();
        if !is_tried(contract, field) {
            continue;
        }
        for value in &values {
            add(ty, value, value.clone());
            match field.shape {
                Shape::Singular { .. } => {}
                Shape::Repeated { .. } => add(ty, value, json!([value])),
                Shape::Map { key, .. } => {
                    let key = if key == Scalar::Bool { "true" } else { "1" };
                    add(ty, value, json!({ key: value }));
                }
            }
        }
        if let Shape::Map { key, value } = field.shape {
            let zero = match value {
                Type::Scalar(Scalar::Bool) => json!(false),
                Type::Scalar(Scalar::String | Scalar::Bytes) => json!(""),
                Type::Scalar(_) | Type::Enum(_) => json!(0),
                Type::Message(_) => json!({}),
            };
            for text in keys(key) {
                add(Type::Scalar(key), &json!(text), json!({ text: zero }));
            }
        }
    }
    trials
}

/// Of several fields of one type and shape one is enough: they are read and described alike. Recursion is tried once.
fn is_tried(contract: &Contract, field: &Field) -> bool {
    match field.shape.value_type() {
        Type::Scalar(_) | Type::Enum(_) => {
            field.oneof.is_none() && !field.name.starts_with("field")
        }
        Type::Message(id) => {
            contract.message(id).well_known.is_some() || field.name.contains("nested_message")
        }
    }
}

fn judge(verdicts: &str) -> Vec<bool> {
    verdicts.lines().map(|line| line == "y").collect()
}

#[test]
fn the_schema_says_what_three_parsers_agree_on() {
    let (Some(python), Some(node), Some(package), Some(protoc), Some(include), Some(well_known)) = (
        toolchain::python(),
        toolchain::node(),
        toolchain::protobuf_es(),
        toolchain::protoc(),
        toolchain::conformance_include(),
        toolchain::protoc_include(),
    ) else {
        return;
    };
    let set = crate::documents::descriptor_set_of(&protoc, &include, &[well_known]);
    let contract = of_descriptor_set(&std::fs::read(&set).expect("protoc wrote it"));
    let generated = generate(&set, Path::new(env!("CARGO_MANIFEST_DIR")));
    let trials: Vec<Trial<'_>> = MESSAGES
        .iter()
        .map(|name| {
            let found = contract
                .messages()
                .iter()
                .find(|it| it.full_name.as_str() == *name);
            found.expect("the suite has it")
        })
        .flat_map(|message| trials(&contract, message))
        .collect();
    let lines: String = trials
        .iter()
        .map(|trial| json!({ "message": trial.message, "text": trial.document.to_string() }))
        .map(|line| format!("{line}\n"))
        .collect();
    let text = |path: &Path| path.to_str().expect("UTF-8").to_owned();
    let run = |interpreter: &Path, name: &str, arguments: &[&str]| {
        judge(&script::run(interpreter, name, arguments, lines.as_bytes()))
    };
    let verdicts = [
        run(&python, "tests/json_schema/judge_google.py", &[&text(&set)]),
        run(
            &node,
            "tests/json_schema/judge_es.mjs",
            &[&text(&package), &text(&set)],
        ),
        run(
            &python,
            "tests/json_schema/judge_generated.py",
            &[&text(generated.path()), "generated"],
        ),
    ];
    assert!(
        verdicts
            .iter()
            .all(|verdicts| verdicts.len() == trials.len())
    );
    let schemas = Schemas::new(&contract, "dialect = \"accept\"");
    let mut unanimous = 0;
    let mut classes: BTreeMap<Class, BTreeSet<String>> = BTreeMap::new();
    let mut wrong = String::new();
    for (index, trial) in trials.iter().enumerate() {
        let [google, es, ours] = [0, 1, 2].map(|parser: usize| verdicts[parser][index]);
        if google != es || es != ours {
            continue;
        }
        unanimous += 1;
        let refusal = schemas.refusal(trial.message, &trial.document);
        let accepted = refusal.is_none();
        if accepted == google {
            continue;
        }
        match class(&contract, trial, accepted) {
            Some(class) => drop(
                classes
                    .entry(class)
                    .or_default()
                    .insert(trial.value.to_string()),
            ),
            None => writeln!(
                wrong,
                "{} {}: parsers {google}, schema {refusal:?}",
                trial.message, trial.document
            )
            .expect("a text"),
        }
    }
    assert_eq!(wrong, "", "no class of differences fits");
    let share = f64::from(unanimous) / trials.len() as f64;
    assert!(
        share > 0.95,
        "the parsers agree on {unanimous} of {} only",
        trials.len()
    );
    assert!(trials.len() > 20_000, "only {} documents", trials.len());
    let classes: Vec<String> = classes
        .into_iter()
        .map(|(class, values)| {
            format!(
                "{class:?}: {}",
                values.into_iter().collect::<Vec<_>>().join(" ")
            )
        })
        .collect();
    insta::assert_snapshot!("differences", classes.join("\n"));
}
