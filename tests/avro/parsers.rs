//! Every schema of every contract of the tests, under every option, is a schema for the parsers of other libraries, and
//! they compute the fingerprint that is written beside it.

use serde_json::{Value, json};

use xlc::contract::Contract;

use crate::schemas::{VARIANTS, all_contracts, files, plan};
use crate::support::toolchain;

/// The options, with the roots that they suit: one file of the contracts holds names that clash on purpose.
fn fitting(contract: &Contract, options: &str) -> String {
    if plan(contract, options).is_ok() {
        return options.to_owned();
    }
    let files = contract.requested_files();
    let roots: Vec<&str> = files
        .filter(|file| file.path != "names_collide.proto")
        .flat_map(|file| &file.messages)
        .map(|&id| contract.message(id).full_name.as_str())
        .collect();
    format!("roots = {roots:?}\n{options}")
}

/// The schemas and their fingerprints, each with a name for messages.
fn all() -> Vec<(String, Value, Value)> {
    let mut all = Vec::new();
    for (name, contract) in all_contracts() {
        for options in VARIANTS {
            let options = format!("fingerprint = true\n{options}");
            let files = files(&contract, &fitting(&contract, &options));
            for (path, schema) in &files {
                let Some(stem) = path.strip_suffix(".avsc") else {
                    continue;
                };
                let fingerprint = files[&format!("{stem}.fingerprint.json")].clone();
                let name = format!("{path} of {name} under [{options}]");
                all.push((name, schema.clone(), fingerprint));
            }
        }
    }
    assert!(all.len() > 500, "only {} schemas", all.len());
    all
}

#[test]
fn the_rust_crate_parses_every_schema() {
    for (name, schema, _) in all() {
        if let Err(error) = apache_avro::Schema::parse(&schema) {
            panic!("{name}: {error}\n{schema:#}");
        }
    }
}

#[test]
fn fastavro_parses_every_schema_and_agrees_on_the_fingerprint() {
    let Some(python) = toolchain::python() else {
        return;
    };
    let all = all();
    let lines: String = all
        .iter()
        .map(|(name, schema, _)| format!("{}\n", json!({ "name": name, "schema": schema })))
        .collect();
    let printed =
        crate::support::script::run(&python, "tests/avro/parse.py", &[], lines.as_bytes());
    let mut count = 0;
    for (line, (name, _, ours)) in printed.lines().zip(&all) {
        let theirs: Value = serde_json::from_str(line).expect("JSON");
        assert_eq!(theirs["canonical"], ours["AVRO_SCHEMA"], "{name}");
        let header = format!("c301{}", theirs["fingerprint"].as_str().expect("a text"));
        assert_eq!(header, ours["AVRO_SINGLE_OBJECT_HEADER"], "{name}");
        let bytes = header.as_bytes()[4..].chunks(2).rev();
        let reversed: String = bytes.flatten().map(|&byte| char::from(byte)).collect();
        assert_eq!(reversed, ours["AVRO_FINGERPRINT"], "{name}");
        count += 1;
    }
    assert_eq!(count, all.len());
}

#[test]
fn java_parses_every_schema_and_agrees_on_the_fingerprint() {
    let Some(java) = toolchain::java_avro() else {
        return;
    };
    let all = all();
    let lines: String = all
        .iter()
        .map(|(_, schema, _)| format!("{schema}\n"))
        .collect();
    let printed =
        crate::support::script::run(&java, "tests/avro/Canonical.java", &[], lines.as_bytes());
    let mut count = 0;
    for (line, (name, _, ours)) in printed.lines().zip(&all) {
        let (canonical, fingerprint) = line.split_once('\t').expect("two parts");
        assert_eq!(canonical, ours["AVRO_SCHEMA"], "{name}");
        assert_eq!(fingerprint, ours["AVRO_FINGERPRINT"], "{name}");
        count += 1;
    }
    assert_eq!(count, all.len());
}
