//! Well-known types, which have a JSON form of their own.

use serde_json::json;

use super::{ACCEPT, Row, f, proto3};

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
