//! The mapping table of the book, row by row.

use serde_json::{Value, json};

use crate::contracts::of_text;
use crate::schemas::{files, plan};

const IMPORTS: &str = "\
    import \"google/protobuf/any.proto\"; import \"google/protobuf/duration.proto\";\
    import \"google/protobuf/empty.proto\"; import \"google/protobuf/field_mask.proto\";\
    import \"google/protobuf/struct.proto\"; import \"google/protobuf/timestamp.proto\";\
    import \"google/protobuf/wrappers.proto\";";

/// A contract in package `t` with these declarations.
fn text(syntax: &str, declarations: &str) -> String {
    format!("syntax = \"{syntax}\"; package t; {IMPORTS}\n{declarations}\n")
}

/// The schema of the message `t.M` of these declarations, without the word on where it comes from.
fn schema(syntax: &str, declarations: &str, options: &str) -> Value {
    let contract = of_text(&text(syntax, declarations));
    let mut schema = files(&contract, &format!("roots = [\"t.M\"]\n{options}"))["t/M.avsc"].clone();
    if let Some(object) = schema.as_object_mut() {
        object.shift_remove("comment");
    }
    schema
}

/// The only field of a message `M` with this body, in proto3, without the name and the attributes for which there is
/// no place in Avro.
fn field(body: &str, options: &str) -> Value {
    of_syntax("proto3", body, options)
}

fn of_syntax(syntax: &str, body: &str, options: &str) -> Value {
    let declarations = format!(
        "message M {{ {body} }}\nenum E {{ Z = 0; A = 1; B = 1; C = -1; option allow_alias = true; }}\nmessage N {{}}"
    );
    let options = format!("properties = false\n{options}");
    let schema = schema(syntax, &declarations, &options);
    let fields = schema["fields"].as_array().expect("a record");
    assert_eq!(fields.len(), 1, "{schema:#}");
    let mut field = fields[0].clone();
    field.as_object_mut().expect("a field").shift_remove("name");
    field
}

#[track_caller]
fn check(body: &str, options: &str, ty: Value, default: Value) {
    assert_eq!(
        field(body, options),
        json!({ "type": ty, "default": default }),
        "{body} [{options}]"
    );
}

#[test]
fn scalars_are_the_narrowest_type_that_holds_them() {
    for (scalar, ty, default) in [
        ("int32", "int", json!(0)),
        ("sint32", "int", json!(0)),
        ("sfixed32", "int", json!(0)),
        ("uint32", "long", json!(0)),
        ("fixed32", "long", json!(0)),
        ("int64", "long", json!(0)),
        ("sint64", "long", json!(0)),
        ("sfixed64", "long", json!(0)),
        ("float", "float", json!(0.0)),
        ("double", "double", json!(0.0)),
        ("bool", "boolean", json!(false)),
        ("string", "string", json!("")),
        ("bytes", "bytes", json!("")),
    ] {
        let nullable = json!(["null", ty]);
        check(&format!("{scalar} f = 1;"), "", json!(ty), default);
        check(
            &format!("optional {scalar} f = 1;"),
            "",
            nullable.clone(),
            json!(null),
        );
        check(
            &format!("{scalar} f = 1;"),
            "presence = \"nullable\"",
            nullable,
            json!(null),
        );
        check(
            &format!("repeated {scalar} f = 1;"),
            "presence = \"nullable\"",
            json!({ "type": "array", "items": ty }),
            json!([]),
        );
    }
}

#[test]
fn unsigned_integers_of_64_bits_have_four_forms() {
    let decimal = json!({ "type": "bytes", "logicalType": "decimal", "precision": 20, "scale": 0 });
    let fixed = json!({
        "type": "fixed", "name": "uint64", "namespace": "proto",
        "doc": "An unsigned 64-bit integer, the highest byte first.", "size": 8
    });
    for scalar in ["uint64", "fixed64"] {
        let body = format!("{scalar} f = 1;");
        check(&body, "", decimal.clone(), json!("\0"));
        check(&body, "uint64 = \"long\"", json!("long"), json!(0));
        check(
            &body,
            "uint64 = \"fixed\"",
            fixed.clone(),
            json!("\0\0\0\0\0\0\0\0"),
        );
        check(&body, "uint64 = \"string\"", json!("string"), json!("0"));
        check(
            &format!("optional {body}"),
            "",
            json!(["null", decimal]),
            json!(null),
        );
    }
}

#[test]
fn enums_have_a_symbol_per_number_and_a_default() {
    let symbols = json!({
        "type": "enum", "name": "E", "symbols": ["C", "Z", "A"], "default": "Z"
    });
    check("E f = 1;", "", symbols.clone(), json!("Z"));
    check(
        "optional E f = 1;",
        "",
        json!(["null", symbols]),
        json!(null),
    );
    check(
        "E f = 1;",
        "enums = \"string\"",
        json!("string"),
        json!("Z"),
    );
    check("E f = 1;", "enums = \"int\"", json!("int"), json!(0));
    let declarations = "message M { optional E f = 1; } enum E { B = 2; A = 1; }";
    let closed = schema("proto2", declarations, "");
    assert_eq!(
        closed["fields"][0]["type"][1],
        json!({
            "type": "enum", "name": "E", "proto.numbers": { "A": 1, "B": 2 },
            "symbols": ["A", "B"], "default": "B"
        })
    );
}

#[test]
fn maps_have_string_keys_or_are_lists_of_entries() {
    check(
        "map<string, int32> f = 1;",
        "",
        json!({ "type": "map", "values": "int" }),
        json!({}),
    );
    let entries = json!({
        "type": "array",
        "items": {
            "type": "record", "name": "FByIdEntry", "namespace": "t.M",
            "fields": [{ "name": "key", "type": "long" }, { "name": "value", "type": "string" }]
        },
        "logicalType": "map"
    });
    check("map<uint32, string> f_by_id = 1;", "", entries, json!([]));
    let text = json!({ "type": "map", "values": "string" });
    check(
        "map<uint32, string> f = 1;",
        "maps = \"text\"",
        text,
        json!({}),
    );
}

#[test]
fn well_known_types_are_what_avro_has_for_them() {
    let logical = |ty: &str, logical: &str| json!(["null", { "type": ty, "logicalType": logical }]);
    let null = || json!(null);
    for (body, options, ty) in [
        ("Timestamp", "", logical("long", "timestamp-micros")),
        (
            "Timestamp",
            "timestamp = \"millis\"",
            logical("long", "timestamp-millis"),
        ),
        (
            "Timestamp",
            "timestamp = \"nanos\"",
            logical("long", "timestamp-nanos"),
        ),
        ("Int32Value", "", json!(["null", "int"])),
        ("UInt64Value", "uint64 = \"long\"", json!(["null", "long"])),
        ("BytesValue", "", json!(["null", "bytes"])),
        ("Struct", "", logical("string", "json")),
        ("Value", "", logical("string", "json")),
        ("ListValue", "", logical("string", "json")),
        (
            "FieldMask",
            "",
            json!(["null", { "type": "array", "items": "string" }]),
        ),
    ] {
        check(
            &format!("google.protobuf.{body} f = 1;"),
            options,
            ty,
            null(),
        );
    }
    for (name, options, fields) in [
        (
            "Timestamp",
            "timestamp = \"record\"",
            vec![("seconds", "long", json!(0)), ("nanos", "int", json!(0))],
        ),
        (
            "Duration",
            "",
            vec![("seconds", "long", json!(0)), ("nanos", "int", json!(0))],
        ),
        (
            "Any",
            "",
            vec![
                ("type_url", "string", json!("")),
                ("value", "bytes", json!("")),
            ],
        ),
        ("Empty", "", vec![]),
    ] {
        let fields: Vec<Value> = fields
            .into_iter()
            .map(|(name, ty, default)| json!({ "name": name, "type": ty, "default": default }))
            .collect();
        let record = json!({
            "type": "record", "name": name, "namespace": "google.protobuf", "fields": fields
        });
        check(
            &format!("google.protobuf.{name} f = 1;"),
            options,
            json!(["null", record]),
            null(),
        );
    }
    // A list holds no nulls.
    check(
        "repeated google.protobuf.StringValue f = 1;",
        "",
        json!({ "type": "array", "items": "string" }),
        json!([]),
    );
}

#[test]
fn a_oneof_is_nullable_fields_or_a_union_of_records() {
    let declarations = "// Said first.\nmessage M {\n// How.\noneof how {\n// By card.\nstring card = 2;\nstring cash = 1;\n}\nint32 z = 3; }";
    let plain = schema("proto3", declarations, "");
    assert_eq!(
        plain["fields"],
        json!([
            { "name": "cash", "type": ["null", "string"], "default": null, "proto.number": 1, "proto.oneof": "how" },
            { "name": "card", "doc": "By card.", "type": ["null", "string"], "default": null, "proto.number": 2, "proto.oneof": "how" },
            { "name": "z", "type": "int", "default": 0, "proto.number": 3 },
        ])
    );
    let member = |name: &str, number: i32, doc: Option<&str>| {
        let mut record = json!({ "type": "record", "name": name, "namespace": "t.M.how" });
        if let Some(doc) = doc {
            record["doc"] = json!(doc);
        }
        record["fields"] = json!([{ "name": "value", "type": "string", "proto.number": number, "proto.oneof": "how" }]);
        record
    };
    let union = schema("proto3", declarations, "oneofs = \"union\"");
    assert_eq!(
        union["fields"][0],
        json!({
            "name": "how", "doc": "How.",
            "type": ["null", member("cash", 1, None), member("card", 2, Some("By card."))],
            "default": null
        })
    );
    assert_eq!(union["fields"].as_array().expect("fields").len(), 2);
}

#[test]
fn what_only_proto2_has_is_there() {
    assert_eq!(
        of_syntax("proto2", "required int32 f = 1;", ""),
        json!({ "type": "int" })
    );
    let group = of_syntax(
        "proto2",
        "repeated group G = 1 { optional bool b = 1; }",
        "",
    );
    assert_eq!(group["type"]["items"]["name"], "G");
    let declarations = "message M { optional float f = 7 [default = 0.1, deprecated = true]; optional E e = 8 [default = B]; } enum E { A = 0; B = 1; }";
    let schema = schema("proto2", declarations, "enums = \"string\"");
    assert_eq!(
        schema["fields"][0],
        json!({
            "name": "f", "type": ["null", "float"], "default": null,
            "deprecated": true, "proto.number": 7, "proto.default": 0.1
        })
    );
    assert_eq!(schema["fields"][1]["proto.default"], "B");
}

#[test]
fn recursion_is_a_name_and_nested_names_follow_the_option() {
    let declarations = "message M { N n = 1; message N { M m = 1; repeated N n = 2; } }";
    let namespace = schema("proto3", declarations, "properties = false");
    let n = |name: &str, namespace: &str, full: &str| {
        let mut record = json!({ "type": "record", "name": name });
        if !namespace.is_empty() {
            record["namespace"] = json!(namespace);
        }
        record["fields"] = json!([
            { "name": "m", "type": ["null", "t.M"], "default": null },
            { "name": "n", "type": { "type": "array", "items": full }, "default": [] },
        ]);
        json!(["null", record])
    };
    assert_eq!(namespace["fields"][0]["type"], n("N", "t.M", "t.M.N"));
    let underscore = schema(
        "proto3",
        declarations,
        "properties = false\nnested = \"underscore\"",
    );
    assert_eq!(underscore["fields"][0]["type"], n("M_N", "", "t.M_N"));
}

#[test]
fn extensions_are_left_out_with_a_warning_at_their_place() {
    let contract = of_text(&text(
        "proto2",
        "message M { optional int32 a = 1; extensions 100 to 200; }\nextend M { optional int32 x = 100; }\nmessage Other { extensions 1; }\nextend Other { optional M y = 1; }",
    ));
    let plan = plan(&contract, "roots = [\"t.M\"]").expect("a plan");
    assert_eq!(plan.warnings.len(), 1, "{:#?}", plan.warnings);
    let warning = &plan.warnings[0];
    assert_eq!(warning.code.name, "avro-loss");
    assert_eq!(
        warning.message,
        "the extension `t.x` of `t.M` is not in the Avro schema"
    );
    assert!(warning.primary.is_some() && !warning.help.is_empty());
}

#[test]
fn names_that_avro_has_taken_get_an_underscore() {
    let taken = schema(
        "proto3",
        "message M { M.string f = 1; M.bytes g = 2; int h = 3; message string {} enum bytes { Z = 0; } } message int {}",
        "properties = false",
    );
    assert_eq!(taken["fields"][0]["type"][1]["name"], "string_");
    assert_eq!(taken["fields"][1]["type"]["name"], "bytes_");
    assert_eq!(taken["fields"][2]["type"][1]["name"], "int_");
}
