//! The mapping, construct by construct: what the schema of a field accepts and what it refuses, in both dialects.

use serde_json::{Value, json};

use crate::contracts::{of_descriptor_set, of_directory, of_text};
use crate::schemas::{self, Schemas};

/// A message `M` of proto3 with these fields, beside an open enum `E` and a recursive message `N`.
fn proto3(fields: &str) -> String {
    format!(
        r#"syntax = "proto3";
        package t;
        import "google/protobuf/any.proto";
        import "google/protobuf/duration.proto";
        import "google/protobuf/empty.proto";
        import "google/protobuf/field_mask.proto";
        import "google/protobuf/struct.proto";
        import "google/protobuf/timestamp.proto";
        import "google/protobuf/wrappers.proto";
        message M {{ {fields} }}
        message N {{ N n = 1; }}
        enum E {{ option allow_alias = true; ZERO = 0; ONE = 1; ALSO_ONE = 1; MINUS = -1; }}"#
    )
}

/// A message `M` of proto2 with these members, beside a closed enum `C` and what extends `M`.
fn proto2(members: &str) -> String {
    format!(
        r#"syntax = "proto2";
        package t;
        message M {{ {members} }}
        enum C {{ A = 1; B = 2; }}"#
    )
}

/// Checks documents of the message `t.M`.
struct Row {
    contract: xlc::contract::Contract,
}

impl Row {
    fn new(text: &str) -> Self {
        Self {
            contract: of_text(text),
        }
    }

    fn check(&self, options: &str, accepted: &[Value], refused: &[Value]) -> &Self {
        let schemas = Schemas::new(&self.contract, options);
        for document in accepted {
            let refusal = schemas.refusal("t.M", document);
            assert!(
                refusal.is_none(),
                "[{options}] {document}: {}",
                refusal.unwrap_or_default()
            );
        }
        for document in refused {
            assert!(
                schemas.refusal("t.M", document).is_some(),
                "[{options}] accepts {document}"
            );
        }
        self
    }

    /// Both dialects: what a serializer writes is read, too.
    fn both(&self, accepted: &[Value], refused: &[Value]) -> &Self {
        self.check("", accepted, refused)
            .check(ACCEPT, accepted, refused)
    }
}

const ACCEPT: &str = "dialect = \"accept\"";
const OPEN: &str = "dialect = \"accept\"\nunknown = \"open\"";

/// Documents with the field `f` set to each of the values of a JSON array.
fn f(values: Value) -> Vec<Value> {
    let values = values.as_array().expect("an array").clone();
    values
        .into_iter()
        .map(|value| json!({ "f": value }))
        .collect()
}

#[test]
fn integers_of_32_bits_are_numbers() {
    for ty in ["int32", "sint32", "sfixed32"] {
        Row::new(&proto3(&format!("{ty} f = 1;")))
            .both(
                &f(json!([0, -2147483648i64, 2147483647, 1e5, 7.0])),
                &f(json!([
                    -2147483649i64,
                    2147483648i64,
                    0.5,
                    true,
                    [],
                    {},
                    "",
                    "x",
                    "2147483648",
                    " 1",
                    "0.5"
                ])),
            )
            .check("", &[], &f(json!([null, "1"])))
            .check(
                ACCEPT,
                &f(json!([null, "1", "-2147483648", "1e5", "1.50e1", "1.0"])),
                &[],
            );
    }
    for ty in ["uint32", "fixed32"] {
        Row::new(&proto3(&format!("{ty} f = 1;")))
            .both(
                &f(json!([0, 4294967295i64])),
                &f(json!([-1, 4294967296i64, "4294967296", "-1"])),
            )
            .check(ACCEPT, &f(json!(["4294967295"])), &[]);
    }
}

#[test]
fn integers_of_64_bits_are_strings() {
    for ty in ["int64", "sint64", "sfixed64"] {
        Row::new(&proto3(&format!("{ty} f = 1;")))
            .both(
                &f(json!(["0", "-9223372036854775808", "9223372036854775807"])),
                &f(json!([
                    "-9223372036854775809",
                    "9223372036854775808",
                    "",
                    "01",
                    "1\n",
                    "0x1",
                    true,
                    0.5
                ])),
            )
            .check("", &[], &f(json!([1, null, "1.0", "1e5"])))
            .check(
                ACCEPT,
                &f(json!([1, null, i64::MIN, i64::MAX, "1e5"])),
                &f(json!([u64::MAX])),
            );
    }
    for ty in ["uint64", "fixed64"] {
        Row::new(&proto3(&format!("{ty} f = 1;")))
            .both(
                &f(json!(["0", "18446744073709551615"])),
                &f(json!(["-1", "18446744073709551616"])),
            )
            .check(ACCEPT, &f(json!([u64::MAX])), &f(json!([-1])));
    }
}

#[test]
fn floating_point_numbers_end_where_they_round_to_infinity() {
    let special = f(json!(["NaN", "Infinity", "-Infinity", 0, -0.0, 1.5]));
    let wrong = f(json!(["nan", "inf", "+Infinity", true, [], "", "1.5x"]));
    let float = Row::new(&proto3("float f = 1;"));
    float.both(&special, &wrong).both(
        &f(json!([3.4028235e38, -3.4028235e38, 1e-45])),
        &f(json!([3.402823567797337e38, 1e39, -1e39])),
    );
    float.check("", &[], &f(json!(["1.5", null])));
    float.check(ACCEPT, &f(json!(["1.5", "-1e3", null])), &[]);
    let double = Row::new(&proto3("double f = 1;"));
    double
        .both(&special, &wrong)
        .both(&f(json!([f64::MAX, f64::MIN, 5e-324])), &[]);
}

#[test]
fn bool_string_and_bytes() {
    Row::new(&proto3("bool f = 1;")).both(&f(json!([true, false])), &f(json!(["true", 0, 1, []])));
    Row::new(&proto3("string f = 1;")).both(&f(json!(["", "ä\n"])), &f(json!([1, true, [], {}])));
    Row::new(&proto3("bytes f = 1;"))
        .both(
            &f(json!(["", "AA==", "AAA=", "AAAA", "+/+/"])),
            &f(json!(["A", "A===", "AA=A", "A A=", 1, "AQI=\n"])),
        )
        .check("", &[], &f(json!(["AA", "-_-_", "AB=="])))
        .check(ACCEPT, &f(json!(["AA", "-_-_", "AB=="])), &[]);
}

#[test]
fn an_open_enum_is_a_name_or_an_unknown_number() {
    let row = Row::new(&proto3("E f = 1;"));
    row.both(
        &f(json!(["ZERO", "ONE", "MINUS", 2, -2147483648i64])),
        &f(json!([2147483648i64, 0.5, true, []])),
    );
    row.check("", &[], &f(json!(["ALSO_ONE", "TWO", 0, 1, -1, null])));
    row.check(
        ACCEPT,
        &f(json!(["ALSO_ONE", 0, 1, -1, null])),
        &f(json!(["TWO", "1"])),
    );
    row.check(OPEN, &f(json!(["TWO", "ONE", 7])), &f(json!([true])));
    row.check(
        "enums = \"integer\"",
        &f(json!([0, 1, -1, 7])),
        &f(json!(["ZERO"])),
    );
}

#[test]
fn a_closed_enum_is_a_name() {
    let row = Row::new(&proto2("optional C f = 1;"));
    row.both(&f(json!(["A", "B"])), &f(json!(["C", 3, true])));
    row.check("", &[], &f(json!([1, 2, null])));
    row.check(ACCEPT, &f(json!([1, 2, null])), &[]);
    row.check(
        "enums = \"integer\"",
        &f(json!([1, 2])),
        &f(json!(["A", 3])),
    );
}

#[test]
fn null_value_is_null() {
    let row = Row::new(&proto3(
        "google.protobuf.NullValue f = 1; repeated google.protobuf.NullValue g = 2;",
    ));
    row.both(
        &[json!({ "f": null }), json!({ "g": [null] })],
        &f(json!([false, "NULL", {}])),
    );
    row.check("", &[], &f(json!(["NULL_VALUE", 0])));
    row.check(ACCEPT, &f(json!(["NULL_VALUE", 0])), &[]);
    row.check(
        "enums = \"integer\"",
        &f(json!([null, 0])),
        &f(json!([1, "NULL_VALUE"])),
    );
}

#[test]
fn absent_fields_are_left_out_or_null() {
    let row = Row::new(&proto3(
        "int32 f = 1; optional int32 g = 2; N h = 3; repeated N i = 4; map<string, N> j = 5;",
    ));
    row.both(
        &[json!({}), json!({ "h": {} })],
        &[json!([]), json!(null), json!("")],
    );
    for name in ["f", "g", "h", "i", "j"] {
        row.check("", &[], &[json!({ name: null })]);
        row.check(ACCEPT, &[json!({ name: null })], &[]);
    }
    row.check(
        "presence = \"always\"",
        &[json!({ "f": 0, "i": [], "j": {} })],
        &[
            json!({}),
            json!({ "f": 0, "i": [] }),
            json!({ "f": 0, "j": {} }),
            json!({ "i": [], "j": {} }),
        ],
    );
}

#[test]
fn at_most_one_member_of_a_oneof_is_set() {
    let row = Row::new(&proto3(
        "oneof x { int32 f = 1; string long_name = 2; google.protobuf.Value v = 3; } oneof y { bool b = 4; N n = 5; }
         oneof alone { bool only = 6; } optional bool synthetic = 7;",
    ));
    row.both(
        &[
            json!({}),
            json!({ "f": 1 }),
            json!({ "longName": "" }),
            json!({ "v": null }),
            json!({ "f": 1, "b": true, "only": true, "synthetic": true }),
        ],
        &[
            json!({ "f": 1, "longName": "" }),
            json!({ "b": true, "n": {} }),
            json!({ "f": 1, "v": null }),
            json!({ "f": 1, "longName": "", "v": 1 }),
        ],
    );
    row.check(
        ACCEPT,
        &[
            json!({ "f": null, "longName": "" }),
            json!({ "f": null, "longName": null }),
            json!({ "long_name": "" }),
        ],
        &[
            json!({ "f": 1, "long_name": "" }),
            json!({ "longName": "", "long_name": "" }),
        ],
    );
}

#[test]
fn a_field_has_one_name_or_two() {
    let row = Row::new(&proto3(
        "int32 two_words = 1; int32 other = 2 [json_name = \"@o\"]; repeated int32 many = 3;",
    ));
    row.both(
        &[json!({ "twoWords": 1, "@o": 2 })],
        &[json!({ "TwoWords": 1 }), json!({ "unknown": 1 })],
    );
    row.check("", &[], &[json!({ "two_words": 1 }), json!({ "other": 1 })]);
    row.check(
        ACCEPT,
        &[json!({ "two_words": 1, "other": 2 })],
        &[json!({ "two_words": 1, "twoWords": 1 })],
    );
    row.check(
        "names = \"proto\"",
        &[json!({ "two_words": 1, "other": 2 })],
        &[json!({ "twoWords": 1 })],
    );
}

#[test]
fn unknown_properties_are_closed_or_open() {
    let row = Row::new(&proto3("N f = 1; google.protobuf.Empty e = 2;"));
    let unknown = [
        json!({ "x": 1 }),
        json!({ "f": { "x": 1 } }),
        json!({ "e": { "x": 1 } }),
    ];
    row.check("", &[json!({ "e": {} })], &unknown)
        .check(ACCEPT, &[], &unknown);
    row.check(OPEN, &unknown, &f(json!([1])))
        .check("unknown = \"open\"", &unknown, &f(json!([1])));
}

#[test]
fn lists_hold_no_null() {
    Row::new(&proto3("repeated int32 f = 1;")).both(
        &f(json!([[], [1, 2]])),
        &f(json!([[null], ["x"], {}, 1, [[1]]])),
    );
    Row::new(&proto3("repeated google.protobuf.Value f = 1;"))
        .both(&f(json!([[null, 1]])), &f(json!([1])));
}

#[test]
fn map_keys_are_exact() {
    for (key, accepted, refused) in [
        (
            "bool",
            json!([{ "true": 1, "false": 2 }]),
            json!([{ "True": 1 }, { "": 1 }, { "1": 1 }]),
        ),
        (
            "int32",
            json!([{ "-2147483648": 1, "0": 1 }]),
            json!([{ "2147483648": 1 }, { "01": 1 }, { "x": 1 }, { "": 1 }]),
        ),
        (
            "fixed32",
            json!([{ "4294967295": 1 }]),
            json!([{ "-1": 1 }, { "4294967296": 1 }]),
        ),
        (
            "sint64",
            json!([{ "-9223372036854775808": 1 }]),
            json!([{ "9223372036854775808": 1 }, { "1.0": 1 }]),
        ),
        (
            "uint64",
            json!([{ "18446744073709551615": 1 }]),
            json!([{ "18446744073709551616": 1 }]),
        ),
        (
            "string",
            json!([{ "": 1, "ä": 2 }]),
            json!([{ "a": "x" }, { "a": null }, [], 1]),
        ),
    ] {
        Row::new(&proto3(&format!("map<{key}, int32> f = 1;"))).both(&f(accepted), &f(refused));
    }
    Row::new(&proto3("map<string, E> f = 1;")).both(
        &f(json!([{ "a": "ONE", "b": 9 }])),
        &f(json!([{ "a": "TWO" }])),
    );
    Row::new(&proto3("map<string, google.protobuf.Value> f = 1;"))
        .both(&f(json!([{ "a": null }])), &[]);
}

#[test]
fn messages_nest_and_recur() {
    let row = Row::new(&proto3("N f = 1; message Inner { M m = 1; } Inner i = 2;"));
    row.both(
        &[
            json!({ "f": { "n": { "n": {} } } }),
            json!({ "i": { "m": { "i": {} } } }),
        ],
        &[
            json!({ "f": { "n": { "n": 1 } } }),
            json!({ "i": { "m": { "x": {} } } }),
        ],
    );
}

#[test]
fn timestamps_and_durations() {
    Row::new(&proto3("google.protobuf.Timestamp f = 1;"))
        .both(
            &f(json!([
                "1970-01-01T00:00:00Z",
                "0001-01-01T00:00:00.123Z",
                "9999-12-31T23:59:59.999999999Z"
            ])),
            &f(json!([
                "1970-01-01",
                "0000-01-01T00:00:00Z",
                "1970-01-01t00:00:00Z",
                "1970-02-30T00:00:00Z",
                0,
                {}
            ])),
        )
        .check(
            ACCEPT,
            &f(json!(["1970-01-01T00:00:00.1+01:00", null])),
            &[],
        );
    Row::new(&proto3("google.protobuf.Duration f = 1;"))
        .both(
            &f(json!(["0s", "-1.500s", "315576000000s"])),
            &f(json!(["1", "P1D", "315576000001s", 1, {}])),
        )
        .check(ACCEPT, &f(json!(["1.5s", null])), &[]);
}

#[test]
fn the_other_well_known_types() {
    Row::new(&proto3("google.protobuf.FieldMask f = 1;")).both(
        &f(json!(["", "a,bC.d"])),
        &f(json!(["a_b", ["a"], { "paths": [] }])),
    );
    Row::new(&proto3("google.protobuf.Struct f = 1;"))
        .both(&f(json!([{}, { "a": [null] }])), &f(json!([[], 1])));
    Row::new(&proto3("google.protobuf.ListValue f = 1;"))
        .both(&f(json!([[], [null, {}]])), &f(json!([{}, 1])));
    Row::new(&proto3("google.protobuf.Value f = 1;"))
        .both(&f(json!([null, 1, "", [], {}, true])), &[]);
    Row::new(&proto3("google.protobuf.Empty f = 1;"))
        .both(&f(json!([{}])), &f(json!([{ "a": 1 }, 1])));
    Row::new(&proto3("google.protobuf.Any f = 1;")).both(
        &f(json!([{}, { "@type": "type.googleapis.com/t.M" }, { "@type": "/t.M", "value": 1 }])),
        &f(json!([{ "@type": "t.M" }, { "@type": "a/" }, { "@type": 1 }, { "value": 1 }, "x"])),
    );
}

#[test]
fn wrappers_look_like_their_values() {
    for (ty, accepted, refused) in [
        ("Double", json!([1.5, "NaN"]), json!(["x", {}])),
        ("Float", json!([1.5, "NaN"]), json!([1e39])),
        (
            "Int64",
            json!(["1"]),
            json!(["9223372036854775808", { "value": "1" }]),
        ),
        ("UInt64", json!(["1"]), json!(["-1"])),
        ("Int32", json!([1]), json!([2147483648i64])),
        ("UInt32", json!([1]), json!([-1])),
        ("Bool", json!([true]), json!(["true"])),
        ("String", json!([""]), json!([1])),
        ("Bytes", json!(["AA=="]), json!(["A"])),
    ] {
        Row::new(&proto3(&format!("google.protobuf.{ty}Value f = 1;")))
            .both(&f(accepted), &f(refused))
            .check(ACCEPT, &f(json!([null])), &[])
            .check("", &[], &f(json!([null])));
    }
}

#[test]
fn required_fields_are_required() {
    let row = Row::new(&proto2(
        "required int32 long_name = 1; optional int32 f = 2;",
    ));
    row.both(&[json!({ "longName": 1 })], &[json!({}), json!({ "f": 1 })]);
    row.check(ACCEPT, &[json!({ "long_name": 1 })], &[]);
}

#[test]
fn groups_are_objects_under_their_field_name() {
    let row = Row::new(&proto2(
        "optional group MyGroup = 1 { optional int32 f = 2; } repeated group Many = 3 {}",
    ));
    row.both(
        &[json!({ "mygroup": { "f": 1 }, "many": [{}] })],
        &[json!({ "MyGroup": {} }), json!({ "mygroup": { "g": 1 } })],
    );
}

#[test]
fn extensions_stand_in_brackets() {
    let row = Row::new(&proto2(
        "extensions 10 to max; extend M { optional int32 inner = 10; }
         } extend M { optional M outer = 11; repeated C list = 12;",
    ));
    row.both(
        &[
            json!({ "[t.M.inner]": 1 }),
            json!({ "[t.outer]": { "[t.list]": ["A"] } }),
        ],
        &[
            json!({ "inner": 1 }),
            json!({ "[t.inner]": 1 }),
            json!({ "[t.outer]": 1 }),
            json!({ "[t.unknown]": 1 }),
        ],
    );
    row.check(
        OPEN,
        &[json!({ "[t.unknown]": 1 })],
        &[json!({ "[t.outer]": 1 })],
    );
    row.check("presence = \"always\"", &[json!({})], &[]);
}

#[test]
fn editions_are_read_by_their_facts() {
    let set = include_bytes!("../../fixtures/contracts/editions/edition2023.binpb");
    let schemas = Schemas::new(&of_descriptor_set(set), "");
    let refused = |message, document| schemas.refusal(message, &document).is_some();
    assert!(
        refused("kitchen.e2023.Presence", json!({})),
        "a required field is missing"
    );
}

#[test]
fn fields_of_one_json_name_share_it() {
    // A warning in proto2: each of the two may stand under the name.
    let row = Row::new(&proto2(
        "optional int32 foo_bar = 1; optional string fooBar = 2;",
    ));
    row.both(
        &[json!({ "fooBar": 1 }), json!({ "fooBar": "a" })],
        &[json!({ "fooBar": true })],
    );
    row.check(
        ACCEPT,
        &[
            json!({ "foo_bar": 1 }),
            json!({ "foo_bar": 1, "fooBar": "a" }),
        ],
        &[],
    );
}

#[test]
fn a_default_is_valid_itself() {
    let contract = of_directory("fixtures/contracts/kitchen_sink");
    let mut count = 0;
    for options in ["", ACCEPT, "enums = \"integer\""] {
        for (message, schema) in schemas::documents(&contract, options) {
            let properties = &schema["$defs"][&message]["properties"];
            let defaults: serde_json::Map<String, Value> = properties
                .as_object()
                .into_iter()
                .flatten()
                .filter_map(|(name, property)| {
                    Some((name.clone(), property.get("default")?.clone()))
                })
                .collect();
            if defaults.is_empty() {
                continue;
            }
            // The properties alone: all of them at once may break the rules of a oneof.
            let properties = json!({ "properties": properties, "$defs": schema["$defs"] });
            let validator = jsonschema::validator_for(&properties).expect("it compiles");
            count += defaults.len();
            let errors: Vec<String> = validator
                .iter_errors(&defaults.into())
                .map(|error| error.to_string())
                .collect();
            assert!(errors.is_empty(), "[{options}] {message}: {errors:?}");
        }
    }
    assert!(count > 500, "only {count} defaults");
}

#[test]
fn defaults_are_what_an_absent_field_reads_as() {
    let contract = of_text(&proto2(
        "optional double a = 1 [default = inf]; optional float b = 2 [default = 0.1]; optional bytes c = 3 [default = \"\\377a\"];
         optional int64 d = 4 [default = -5]; optional C e = 5 [default = B]; optional string f = 6 [default = \"x\"];
         optional bool g = 7 [default = true]; optional int32 h = 8; optional double i = 9 [default = nan];
         optional C j = 10; repeated int32 k = 11; optional float l = 12 [default = -inf]; optional uint32 m = 13 [default = 7];",
    ));
    let schema = &schemas::documents(&contract, "")["t.M"];
    let properties = &schema["$defs"]["t.M"]["properties"];
    for (name, default) in [
        ("a", json!("Infinity")),
        ("b", json!(0.1)),
        ("c", json!("/2E=")),
        ("d", json!("-5")),
        ("e", json!("B")),
        ("f", json!("x")),
        ("g", json!(true)),
        ("h", json!(null)),
        ("i", json!("NaN")),
        ("j", json!(null)),
        ("k", json!(null)),
        ("l", json!("-Infinity")),
        ("m", json!(7)),
    ] {
        assert_eq!(properties[name]["default"], default, "{name}");
    }
}
