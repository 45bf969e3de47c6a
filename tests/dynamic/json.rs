//! ProtoJSON beyond what the conformance suite asks: where an error is, what settings change, what an Any holds.

use xlc::dynamic::{Codec, Settings};

use super::{contract, hex, m};

const CONTRACT: &str = r#"
syntax = "proto3";
import "google/protobuf/any.proto";
import "google/protobuf/struct.proto";
import "google/protobuf/timestamp.proto";
enum E { ZERO = 0; ONE = 1; UNO = 2; option allow_alias = true; ALSO_ONE = 1; }
message M {
  int64 big_number = 1;
  repeated M children = 2;
  map<int32, E> by_number = 3;
  oneof o { string a = 4; bytes b = 5; }
  google.protobuf.Any any = 6;
  google.protobuf.Value value = 7;
  google.protobuf.Timestamp at = 8;
  optional float f = 9;
  E e = 10;
  map<string, M> named = 11;
}
"#;

fn to_json(payload: &str, settings: Settings) -> String {
    let contract = contract(CONTRACT);
    let codec = Codec::with(&contract, settings);
    let bytes = hex(payload);
    let message = codec.read(m(&codec), &bytes).unwrap();
    codec
        .to_json(&message)
        .unwrap_or_else(|error| error.to_string())
}

/// The message of a document as bytes, or the error.
fn of_json(text: &str) -> Result<String, String> {
    let contract = contract(CONTRACT);
    let codec = Codec::new(&contract);
    let message = codec
        .from_json(m(&codec), text)
        .map_err(|error| error.to_string())?;
    let bytes = codec.write(&message).map_err(|error| error.to_string())?;
    Ok(data_encoding::HEXLOWER.encode(&bytes))
}

#[test]
fn settings_change_what_is_written() {
    let payload = "0807 1202 0801 1a04 0802 1001";
    let default = Settings::default();
    assert_eq!(
        to_json(payload, default),
        r#"{"bigNumber":"7","children":[{"bigNumber":"1"}],"byNumber":{"2":"ONE"}}"#
    );
    let names = Settings {
        proto_names: true,
        enum_numbers: true,
        ..default
    };
    assert_eq!(
        to_json(payload, names),
        r#"{"big_number":"7","children":[{"big_number":"1"}],"by_number":{"2":1}}"#
    );
    let all = Settings {
        always_print: true,
        ..default
    };
    assert_eq!(
        to_json("", all),
        r#"{"bigNumber":"0","children":[],"byNumber":{},"e":"ZERO","named":{}}"#
    );
    let lines = Settings {
        indent: true,
        ..default
    };
    assert_eq!(
        to_json("0807 1200", lines),
        "{\n  \"bigNumber\": \"7\",\n  \"children\": [\n    {}\n  ]\n}"
    );
}

#[test]
fn errors_say_where() {
    for (text, problem) in [
        (
            r#"{"children": [{}, {"bigNumber": "x"}]}"#,
            "`children[1].big_number`: `x` is no number of type `int64` (at byte 32)",
        ),
        (
            r#"{"byNumber": {"1": "ONE", "2": "TWO"}}"#,
            "`by_number[2]`: `E` has no value `TWO` (at byte 31)",
        ),
        (
            r#"{"bignumber": 1}"#,
            "`M` has no field `bignumber` (at byte 1)",
        ),
        (
            r#"{"bigNumber": 1, "big_number": 2}"#,
            "`big_number`: it is there twice (at byte 17)",
        ),
        (
            r#"{"a": "x", "b": "eA=="}"#,
            "`b`: another field of the same oneof stands before it (at byte 11)",
        ),
        (
            r#"{"children": [null]}"#,
            "`children[0]`: `null` is no value here (at byte 14)",
        ),
        (
            r#"{"at": "1970-02-30T00:00:00Z"}"#,
            "`at`: `1970-02-30T00:00:00Z` is no timestamp (at byte 7)",
        ),
        (
            r#"{"f": 3.5e38}"#,
            "`f`: `3.5e38` is no number of type `float` (at byte 6)",
        ),
        (
            r#"{"a": "\ud800"}"#,
            "`a`: half of a surrogate pair stands alone (at byte 7)",
        ),
        (
            r#"{"a": "x"} {}"#,
            "something stands after the document (at byte 11)",
        ),
        (
            r#"{"a": "x",}"#,
            "a comma stands before the end (at byte 10)",
        ),
        (
            "",
            "the document ends where a value is expected (at byte 0)",
        ),
        ("[]", "an object is expected (at byte 0)"),
        (
            r#"{"any": {"@type": "x/N"}}"#,
            "`any`: the contract has no message of type `x/N` (at byte 18)",
        ),
        (
            r#"{"any": {"a": "", "@type": "x/M", "big_number": {}}}"#,
            "`any.(M).big_number`: a number is expected (at byte 48)",
        ),
    ] {
        assert_eq!(of_json(text).unwrap_err(), problem, "{text}");
    }
}

#[test]
fn an_any_holds_messages_of_the_contract() {
    let bytes = of_json(r#"{"any": {"bigNumber": "1", "@type": "x/M", "children": []}}"#).unwrap();
    assert_eq!(bytes, "32090a03782f4d12020801");
    assert_eq!(
        to_json(&bytes, Settings::default()),
        r#"{"any":{"@type":"x/M","bigNumber":"1"}}"#
    );
    let timestamp =
        r#"{"any":{"@type":"x/google.protobuf.Timestamp","value":"1970-01-01T00:00:01Z"}}"#;
    let bytes = of_json(timestamp).unwrap();
    assert_eq!(to_json(&bytes, Settings::default()), timestamp);
    // What it holds does not parse.
    assert_eq!(
        to_json("32080a03782f4d120108", Settings::default()),
        "`any.(M).big_number`: the input ends inside a number (at byte 1)"
    );
}

#[test]
fn any_json_is_a_value() {
    let text = r#"{"value":{"a":[1,2.5,"x",null,true,{}]}}"#;
    let bytes = of_json(text).unwrap();
    assert_eq!(to_json(&bytes, Settings::default()), text);
    assert_eq!(
        to_json("3a00", Settings::default()),
        "`value`: a `google.protobuf.Value` has no value"
    );
    assert_eq!(of_json(r#"{"value": null}"#).unwrap(), "3a020800");
}

#[test]
fn documents_nest_to_a_hundred_levels() {
    let nested = |levels: usize| {
        format!(
            "{}{{}}{}",
            r#"{"children":["#.repeat(levels),
            "]}".repeat(levels)
        )
    };
    assert!(of_json(&nested(100)).is_ok());
    assert!(
        of_json(&nested(101))
            .unwrap_err()
            .contains("nested too deeply")
    );
    // A map is no level of its own, on the wire neither, and of what an Any holds only the messages count.
    let named = |levels: usize| {
        let (open, close) = (r#"{"named":{"k":"#.repeat(levels), "}}".repeat(levels));
        format!("{open}{{}}{close}")
    };
    let payload = of_json(&named(100)).unwrap();
    assert_eq!(to_json(&payload, Settings::default()), named(100));
    assert!(of_json(&named(101)).is_err());
    let held = |levels: usize| {
        let content = nested(levels).replacen('{', r#"{"@type":"x/M","#, 1);
        format!(r#"{{"any":{content}}}"#)
    };
    assert!(of_json(&held(98)).is_ok());
    assert!(of_json(&held(99)).is_err());
    for deep in ["[", "{\"a\":", "{\"children\":["] {
        let text = format!("{{\"value\":{}", deep.repeat(100_000));
        assert!(of_json(&text).is_err());
    }
}
