//! The schemas of contracts, by the target as people call it.

use std::collections::BTreeMap;

use serde_json::Value;
use xlc::artifact::Content;
use xlc::contract::Contract;
use xlc::diagnostics::Diagnostic;
use xlc::targets::{self, Plan, Target};

use crate::contracts::{EDITION_2023, EDITION_2024, of_descriptor_set, of_directory};

/// Options of which every one occurs once, beside the defaults.
pub(crate) const VARIANTS: [&str; 5] = [
    "",
    "uint64 = \"long\"\ntimestamp = \"record\"\nenums = \"string\"\noneofs = \"union\"\nmaps = \"text\"",
    "uint64 = \"fixed\"\ntimestamp = \"nanos\"\nenums = \"int\"\nnested = \"underscore\"\npresence = \"nullable\"",
    "uint64 = \"string\"\ntimestamp = \"millis\"\nproperties = false\nnamespace = \"none\"",
    "bundle = \"package\"\nnamespace = \"none\"",
];

/// Every contract that the tests have, by name.
pub(crate) fn all_contracts() -> Vec<(&'static str, Contract)> {
    let sets: [(&str, &[u8]); 4] = [
        ("edition 2023", EDITION_2023),
        ("edition 2024", EDITION_2024),
        (
            "protoc only",
            include_bytes!("../../fixtures/contracts/protoc_only/protoc_only.binpb"),
        ),
        (
            "protoc only, proto3",
            include_bytes!("../../fixtures/contracts/protoc_only/protoc_only_proto3.binpb"),
        ),
    ];
    let mut contracts: Vec<(&str, Contract)> = sets
        .into_iter()
        .map(|(name, set)| (name, of_descriptor_set(set)))
        .collect();
    for directory in [
        "schemas",
        "fixtures/contracts/kitchen_sink",
        "fixtures/contracts/report",
    ] {
        contracts.push((directory, of_directory(directory)));
    }
    contracts
}

/// The target under test.
pub(crate) fn target() -> &'static dyn Target {
    targets::find("avro").expect("it is registered")
}

/// What the target plans under options given as TOML.
pub(crate) fn plan(contract: &Contract, options: &str) -> Result<Plan, Vec<Diagnostic>> {
    target().plan(contract, &options.parse().expect("legal TOML"))
}

/// The files that the target plans, by path.
pub(crate) fn files(contract: &Contract, options: &str) -> BTreeMap<String, Value> {
    let plan = plan(contract, options).unwrap_or_else(|errors| panic!("{options}: {errors:#?}"));
    let count = plan.artifacts.len();
    let files: BTreeMap<String, Value> = plan
        .artifacts
        .into_iter()
        .map(|artifact| match artifact.content {
            Content::Json(schema) => (artifact.path, schema),
            content @ (Content::Template { .. } | Content::Verbatim(_)) => {
                panic!("no value: {content:?}")
            }
        })
        .collect();
    assert_eq!(files.len(), count, "two files have one path");
    files
}
