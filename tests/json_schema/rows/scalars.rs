//! Scalars and enums: what the schema of a value accepts and what it refuses.

use serde_json::json;

use super::{ACCEPT, OPEN, Row, f, proto2, proto3};

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
