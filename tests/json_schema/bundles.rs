//! Files, paths, ids and what a bundle holds.

use std::collections::BTreeSet;

use jsonschema::Registry;
use serde_json::{Value, json};
use xlc::artifact::Content;
use xlc::contract::Contract;

use crate::contracts::{of_directory, of_text};
use crate::schemas;

/// The files that are planned under the options: path and schema.
fn files(contract: &Contract, options: &str) -> Vec<(String, Value)> {
    let plan = schemas::plan(contract, &options.parse().expect("legal TOML"));
    let files = plan
        .artifacts
        .into_iter()
        .map(|artifact| match artifact.content {
            Content::Json(schema) => (artifact.path, schema),
            content @ (Content::Template { .. } | Content::Verbatim(_)) => {
                panic!("no value: {content:?}")
            }
        });
    files.collect()
}

fn paths(contract: &Contract, options: &str) -> Vec<String> {
    files(contract, options)
        .into_iter()
        .map(|(path, _)| path)
        .collect()
}

/// Every value of a keyword, at any depth.
fn all<'v>(value: &'v Value, keyword: &str, found: &mut Vec<&'v Value>) {
    match value {
        Value::Object(members) => {
            found.extend(members.get(keyword));
            members
                .values()
                .for_each(|member| all(member, keyword, found));
        }
        Value::Array(items) => items.iter().for_each(|item| all(item, keyword, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

const TWO_FILES: &str = r#"
    syntax = "proto3";
    package a.b;
    import "google/protobuf/timestamp.proto";
    message Outer { Inner inner = 1; Color color = 2; message Inner { Outer outer = 1; } }
    message Other { google.protobuf.Timestamp at = 1; Outer.Inner inner = 2; int64 big = 3; }
    message other { Color color = 1; }
    message OTHER {}
    enum Color { NONE = 0; }
"#;

#[test]
fn there_is_a_file_for_each_root_message() {
    let contract = of_text(TWO_FILES);
    let expected = ["a/b/Outer", "a/b/Other", "a/b/other-2", "a/b/OTHER-3"];
    assert_eq!(
        paths(&contract, ""),
        expected.map(|path| format!("{path}.schema.json"))
    );
    assert_eq!(
        paths(
            &contract,
            "roots = [\"a.b.Outer.Inner\", \"google.protobuf.Timestamp\", \"a.b.Outer.Inner\"]"
        ),
        [
            "a/b/Outer.Inner.schema.json",
            "google/protobuf/Timestamp.schema.json"
        ]
    );
}

#[test]
fn there_is_a_file_for_each_message_in_reach() {
    let contract = of_text(TWO_FILES);
    assert_eq!(
        paths(&contract, "bundle = \"message\"\nroots = [\"a.b.Other\"]"),
        [
            "a/b/Outer.schema.json",
            "a/b/Outer.Inner.schema.json",
            "a/b/Other.schema.json"
        ]
    );
}

#[test]
fn an_id_is_a_urn_or_the_prefix_and_the_path() {
    let contract = of_text("syntax = \"proto3\"; message M {}");
    for (options, id) in [
        ("", "urn:protojson:M"),
        ("dialect = \"accept\"", "urn:protojson-accept:M"),
        (
            "id_prefix = \"https://example.com/s/\"",
            "https://example.com/s/M.schema.json",
        ),
    ] {
        let (path, schema) = &files(&contract, options)[0];
        assert_eq!(
            (path.as_str(), &schema["$id"]),
            ("M.schema.json", &json!(id)),
            "{options}"
        );
    }
}

#[test]
fn a_root_that_is_no_message_is_an_error() {
    let contract = of_text(TWO_FILES);
    for (name, help) in [
        ("a.b.Oter", "`a.b.Other`"),
        ("a.b.Color", "full names"),
        ("x", "full names"),
    ] {
        let options = format!("roots = [\"{name}\"]").parse().expect("legal TOML");
        let errors = schemas::target()
            .plan(&contract, &options)
            .expect_err("no message");
        assert!(
            errors[0].message.contains(&format!("`{name}`")),
            "{}",
            errors[0].message
        );
        assert!(
            errors[0].help[0].contains(help),
            "{name}: {}",
            errors[0].help[0]
        );
    }
}

#[test]
fn bundles_that_would_fill_the_disk_are_refused() {
    // A ring: each message reaches all the others.
    let count = 400;
    let ring: String = (0..count)
        .map(|index| format!("message M{index} {{ M{} next = 1; }}", (index + 1) % count))
        .collect();
    let contract = of_text(&format!("syntax = \"proto3\"; {ring}"));
    let errors = schemas::target()
        .plan(&contract, &toml::Table::new())
        .expect_err("too large");
    assert!(
        errors[0].message.contains("400 root messages"),
        "{}",
        errors[0].message
    );
    assert!(
        errors[0].help[0].contains("`roots`"),
        "{}",
        errors[0].help[0]
    );
    assert_eq!(files(&contract, "roots = [\"M0\"]").len(), 1);
    assert_eq!(files(&contract, "bundle = \"message\"").len(), count);
}

#[test]
fn paths_and_ids_are_unique_whatever_the_file_system() {
    for directory in ["schemas", "fixtures/contracts/kitchen_sink"] {
        let contract = of_directory(directory);
        let mut seen = BTreeSet::new();
        for (path, schema) in files(&contract, "bundle = \"message\"") {
            assert!(seen.insert(path.to_ascii_lowercase()), "{path}");
            assert!(seen.insert(schema["$id"].to_string()), "{path}");
        }
    }
}

#[test]
fn a_bundle_is_one_resource_with_nothing_missing_or_spare() {
    let contract = of_directory("fixtures/contracts/kitchen_sink");
    for options in ["", "dialect = \"accept\"", "bundle = \"message\""] {
        for (path, schema) in files(&contract, options) {
            for keyword in ["$schema", "$id"] {
                assert!(schema[keyword].is_string(), "{path}");
                let definitions = &schema["$defs"];
                let mut inner = Vec::new();
                all(definitions, keyword, &mut inner);
                assert!(
                    inner.iter().all(|value| !value.is_string()),
                    "{path}: {keyword} in a definition"
                );
            }
            let mut references = Vec::new();
            all(&schema, "$ref", &mut references);
            let used: BTreeSet<&str> = references
                .iter()
                .filter_map(|reference| reference.as_str()?.strip_prefix("#/$defs/"))
                .collect();
            let there: BTreeSet<&str> = match schema.get("$defs") {
                Some(Value::Object(definitions)) => {
                    definitions.keys().map(String::as_str).collect()
                }
                _ => BTreeSet::new(),
            };
            assert_eq!(used, there, "{path}");
        }
    }
}

#[test]
fn files_of_single_messages_resolve_one_another() {
    let contract = of_text(TWO_FILES);
    let files = files(
        &contract,
        "bundle = \"message\"\nid_prefix = \"https://example.com/\"",
    );
    let by_id = files
        .iter()
        .map(|(_, schema)| (schema["$id"].as_str().expect("an id"), schema));
    let registry = Registry::new()
        .extend(by_id)
        .expect("legal ids")
        .prepare()
        .expect("all resolve");
    let (_, other) = files
        .iter()
        .find(|(path, _)| path == "a/b/Other.schema.json")
        .expect("planned");
    let validator = jsonschema::options()
        .with_registry(&registry)
        .build(other)
        .expect("it compiles");
    let nested = |at: Value| json!({ "at": "2024-01-01T00:00:00Z", "big": "1", "inner": { "outer": { "color": at } } });
    assert!(validator.is_valid(&nested(json!("NONE"))));
    assert!(!validator.is_valid(&nested(json!("SOME"))));
    assert!(!validator.is_valid(&json!({ "at": "yesterday" })));
}

#[test]
fn the_same_contract_gives_the_same_text() {
    let text = |contract: &Contract| {
        let files = files(contract, "");
        files
            .iter()
            .map(|(path, schema)| format!("{path}{schema}"))
            .collect::<String>()
    };
    let directory = "fixtures/contracts/kitchen_sink";
    assert_eq!(
        text(&of_directory(directory)),
        text(&of_directory(directory))
    );
}

#[test]
fn patterns_mean_the_same_everywhere() {
    let contract = of_directory("fixtures/contracts/kitchen_sink");
    let mut patterns = BTreeSet::new();
    for options in ["", "dialect = \"accept\""] {
        for (_, schema) in files(&contract, options) {
            let mut found = Vec::new();
            all(&schema, "pattern", &mut found);
            patterns.extend(
                found
                    .into_iter()
                    .filter_map(Value::as_str)
                    .map(str::to_owned),
            );
        }
    }
    assert!(patterns.len() > 10, "{patterns:?}");
    for pattern in patterns {
        let groups = pattern.replace("(?:", "");
        assert!(
            !groups.contains("(?"),
            "a look-around, flag or named group in {pattern}"
        );
        let escapes = groups.replace("\\.", "").replace("\\n", "");
        assert!(!escapes.contains('\\'), "an escape in {pattern}");
    }
}
