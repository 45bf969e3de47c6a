//! The `default` of a property, which is an annotation.

use serde_json::{Value, json};

use super::{ACCEPT, proto2};
use crate::contracts::{of_directory, of_text};
use crate::schemas;

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
