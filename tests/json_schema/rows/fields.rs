//! Fields: presence, oneofs, names, lists, maps, nesting, groups and extensions.

use serde_json::json;

use super::{ACCEPT, OPEN, Row, f, proto2, proto3};
use crate::contracts::{EDITION_2023, of_descriptor_set};
use crate::schemas::Schemas;

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
    let schemas = Schemas::new(&of_descriptor_set(EDITION_2023), "");
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
