//! Documents with one bad value, for every field of every message: each must be refused, in both dialects, and because
//! of that value.

use serde_json::{Value, json};
use xlc::contract::{Contract, Field, MapKey, Scalar, Shape, Type, WellKnown};

use crate::contracts::{EDITION_2023, of_descriptor_set, of_directory};
use crate::schemas::Schemas;

/// A document of a message that is wrong in one property.
struct Poison {
    message: String,
    property: String,
    document: Value,
}

/// Documents that are wrong for any parser, each with the full name of its message.
pub(crate) fn documents(contract: &Contract) -> Vec<(String, Value)> {
    poison(contract)
        .into_iter()
        .map(|poison| (poison.message, poison.document))
        .collect()
}

fn poison(contract: &Contract) -> Vec<Poison> {
    let own = contract
        .messages()
        .iter()
        .filter(|message| message.well_known.is_none())
        .flat_map(|message| message.fields.iter().map(move |field| (message, field)));
    let extensions = contract
        .extensions()
        .iter()
        .map(|extension| (contract.message(extension.extendee), &extension.field));
    let mut all = Vec::new();
    for (message, field) in own.chain(extensions) {
        // Where two fields have one name, what is wrong for one of them may be right for the other.
        let namesakes = message
            .fields
            .iter()
            .filter(|other| other.json_name == field.json_name);
        if namesakes.count() > 1 {
            continue;
        }
        let property = field.json_name.as_str();
        all.extend(
            field_values(contract, field)
                .into_iter()
                .map(|value| Poison {
                    message: message.full_name.as_str().to_owned(),
                    property: property.to_owned(),
                    document: json!({ property: value }),
                }),
        );
    }
    all
}

/// Bad values of a field.
fn field_values(contract: &Contract, field: &Field) -> Vec<Value> {
    match field.shape {
        Shape::Singular { ty, .. } => values(contract, ty),
        Shape::Repeated { ty, .. } => {
            let mut lists = vec![json!({}), json!(1), json!("x"), json!(false)];
            lists.extend(values(contract, ty).into_iter().map(|value| json!([value])));
            if !takes_null(contract, ty) {
                lists.push(json!([null]));
            }
            lists
        }
        Shape::Map { key, value } => {
            let mut maps = vec![json!([]), json!(1), json!("x"), json!(false)];
            let good = if key == Scalar::Bool { "true" } else { "1" };
            maps.extend(
                values(contract, value)
                    .into_iter()
                    .map(|value| json!({ good: value })),
            );
            maps.extend(
                bad_keys(key)
                    .into_iter()
                    .map(|bad| json!({ bad: good_value(contract, value) })),
            );
            if !takes_null(contract, value) {
                maps.push(json!({ good: null }));
            }
            maps
        }
    }
}

fn bad_keys(key: MapKey) -> Vec<&'static str> {
    match key {
        Scalar::Bool => vec!["", "1", "True", "null"],
        Scalar::Int32 | Scalar::Sint32 | Scalar::Sfixed32 => {
            vec!["", "x", "2147483648", "1.5", "1 ", "1\n"]
        }
        Scalar::Uint32 | Scalar::Fixed32 => vec!["", "-1", "4294967296", "true"],
        Scalar::Int64 | Scalar::Sint64 | Scalar::Sfixed64 => {
            vec!["", "x", "9223372036854775808", "1e0 "]
        }
        Scalar::Uint64 | Scalar::Fixed64 => vec!["", "-1", "18446744073709551616"],
        Scalar::String | Scalar::Double | Scalar::Float | Scalar::Bytes => vec![],
    }
}

/// A value that is right, so that only the key beside it is wrong.
fn good_value(contract: &Contract, ty: Type) -> Value {
    match ty {
        Type::Scalar(Scalar::Bool) => json!(true),
        Type::Scalar(Scalar::String | Scalar::Bytes) => json!(""),
        Type::Scalar(scalar) if scalar.wire_type() == 1 || scalar.name().ends_with("64") => {
            json!("1")
        }
        Type::Scalar(_) => json!(1),
        Type::Enum(id) => json!(contract.enumeration(id).values[0].name),
        Type::Message(_) => json!({}),
    }
}

fn takes_null(contract: &Contract, ty: Type) -> bool {
    match ty {
        Type::Scalar(_) => false,
        Type::Enum(id) => contract.enumeration(id).is_null_value(),
        Type::Message(id) => contract.message(id).well_known == Some(WellKnown::Value),
    }
}

/// Bad values of a type.
fn values(contract: &Contract, ty: Type) -> Vec<Value> {
    let bad = match ty {
        Type::Scalar(scalar) => scalar_values(scalar),
        Type::Enum(id) => {
            let enumeration = contract.enumeration(id);
            let unknown = (0..).find(|&number| enumeration.value(number).is_none());
            let mut bad = vec![
                json!("NO SUCH NAME"),
                json!(true),
                json!(0.5),
                json!(2147483648i64),
                json!([]),
                json!({}),
            ];
            bad.extend(
                unknown
                    .filter(|_| enumeration.closed)
                    .map(|number| json!(number)),
            );
            return bad;
        }
        Type::Message(id) => match contract.message(id).well_known {
            Some(known) => well_known_values(known),
            None => json!([[], 1, "x", true, { "no such property": 1 }]),
        },
    };
    bad.as_array().cloned().unwrap_or_default()
}

fn scalar_values(scalar: Scalar) -> Value {
    match scalar {
        Scalar::Double => json!([true, "x", "", "inf", "1 ", [], {}]),
        Scalar::Float => json!([true, "x", "", "nan", 1e39, -3.5e38, [], {}]),
        Scalar::Int32 | Scalar::Sint32 | Scalar::Sfixed32 => {
            json!([
                true,
                "x",
                "",
                0.5,
                2147483648i64,
                -2147483649i64,
                "2147483648",
                " 1",
                "1\n",
                "0x1",
                [],
                {}
            ])
        }
        Scalar::Uint32 | Scalar::Fixed32 => {
            json!(
                [true, "x", 0.5, -1, "-1", 4294967296i64, "4294967296", [], {
                }]
            )
        }
        Scalar::Int64 | Scalar::Sint64 | Scalar::Sfixed64 => {
            json!([
                true,
                "x",
                "",
                0.5,
                u64::MAX,
                "9223372036854775808",
                "-9223372036854775809",
                "1 ",
                "1\n",
                [],
                {}
            ])
        }
        Scalar::Uint64 | Scalar::Fixed64 => {
            json!([
                true,
                "x",
                "",
                0.5,
                -1,
                "-1",
                "18446744073709551616",
                "99999999999999999999999",
                [],
                {}
            ])
        }
        Scalar::Bool => json!(["true", "", 0, 1, [], {}]),
        Scalar::String => json!([0, true, [], {}]),
        Scalar::Bytes => json!(["A", "*", "A===", "AA=A", "A A=", "AQI=\n", 1, true, [], {}]),
    }
}

fn well_known_values(known: WellKnown) -> Value {
    match known {
        WellKnown::Timestamp => json!([
            "",
            "now",
            0,
            "2024-01-01",
            "2024-01-01T00:00:00",
            "2024-01-01 00:00:00Z",
            "2024-02-30T00:00:00Z",
            "0000-01-01T00:00:00Z",
            "2024-01-01T00:00:60Z",
            "2024-01-01T00:00:00.Z",
            "2024-01-01T00:00:00Z\n",
            {}
        ]),
        WellKnown::Duration => json!([
            "",
            "s",
            "1",
            1,
            "1m",
            "P1D",
            "1.s",
            "1,5s",
            "315576000001s",
            "1s\n",
            {}
        ]),
        WellKnown::FieldMask => json!([["a"], { "paths": ["a"] }, "foo_bar", 1]),
        WellKnown::Struct => json!([[], 1, "x", true]),
        WellKnown::ListValue => json!([{}, 1, "x", true]),
        WellKnown::Value => json!([]),
        WellKnown::Any => {
            json!([[], "x", 1, { "value": 1 }, { "@type": 1 }, { "@type": "no-slash" }])
        }
        WellKnown::Empty => json!([[], 1, "x", { "no such property": 1 }]),
        WellKnown::Wrapper(scalar) => scalar_values(scalar),
    }
}

fn check(contract: &Contract) -> usize {
    let all = poison(contract);
    for options in ["", "dialect = \"accept\""] {
        let schemas = Schemas::new(contract, options);
        for Poison {
            message,
            property,
            document,
        } in &all
        {
            assert!(
                schemas.refuses_in(message, document, property),
                "[{options}] {message} accepts {document}"
            );
        }
    }
    all.len()
}

#[test]
fn a_bad_value_in_any_field_is_refused() {
    for (contract, least) in [
        (of_directory("schemas"), 1_000),
        (of_directory("fixtures/contracts/kitchen_sink"), 10_000),
        (of_descriptor_set(EDITION_2023), 500),
    ] {
        let count = check(&contract);
        assert!(count > least, "only {count} documents");
    }
}

#[test]
fn a_bad_study_is_refused() {
    let good = json!({
        "id": "s1",
        "status": "STUDY_STATUS_COMPLETED",
        "performedAt": "2024-02-29T12:00:00Z",
        "revision": "9223372036854775807",
        "finding": { "confidence": 0.5, "boxes": {}, "heatmaps": [{ "data": "AAA=" }] },
    });
    let schemas = Schemas::new(&of_directory("schemas"), "");
    let study = "radiology.study.v1.Study";
    assert_eq!(schemas.refusal(study, &good), None);
    for (pointer, bad) in [
        ("/id", json!(1)),
        ("/id", json!(null)),
        ("/status", json!("STUDY_STATUS_COMPLETE")),
        ("/status", json!(4)),
        ("/performedAt", json!("2023-02-29T12:00:00Z")),
        ("/performedAt", json!("2024-02-29T12:00:00")),
        ("/revision", json!("9223372036854775808")),
        ("/revision", json!(1)),
        ("/finding/heatmaps/0/data", json!("AA=A")),
        ("/finding/heatmaps/0/data", json!("AAA")),
        ("/finding/confidence", json!("high")),
        ("/finding/boxes", json!([])),
    ] {
        let mut document = good.clone();
        *document.pointer_mut(pointer).expect("it is there") = bad;
        assert!(
            schemas.refusal(study, &document).is_some(),
            "accepts {document}"
        );
    }
    for (name, value) in [
        ("rejection", json!({})),
        ("patientName", json!("x")),
        ("accession_number", json!("x")),
    ] {
        let mut document = good.clone();
        document[name] = value;
        assert!(
            schemas.refusal(study, &document).is_some(),
            "accepts {document}"
        );
    }
}
