//! The rules of protovalidate, against protovalidate itself: a schema gives each document the verdict that the
//! reference implementation gives the message, and where it cannot, it is on the report.

use std::path::Path;

use serde_json::Value;

use crate::contracts::of_directory;
use crate::documents::{descriptor_set_of, run};
use crate::schemas::{self, Schemas};
use crate::support::toolchain;

const CONTRACT: &str = "fixtures/contracts/validated";

/// The messages with rules that the dialect does not express.
const LOSSES: [(&str, &[&str]); 2] = [
    ("", &["validated.Lost"]),
    (
        "dialect = \"accept\"",
        // One value of bytes and one duration have many notations in this dialect.
        &["validated.Lost", "validated.Others"],
    ),
];

#[test]
fn schemas_agree_with_protovalidate() {
    let (Some(python), Some(protoc)) = (toolchain::python(), toolchain::protoc()) else {
        return;
    };
    let contract = of_directory(CONTRACT);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(CONTRACT);
    let set = std::fs::read(descriptor_set_of(&protoc, &root, &[])).expect("protoc wrote it");
    let printed = run(&python, "validated.py", &[], &set);
    for (options, lossy) in LOSSES {
        let schemas = Schemas::new(&contract, options);
        let mut count = [0, 0];
        for line in printed.lines() {
            let line: Value = serde_json::from_str(line).expect("a JSON line");
            let message = line["message"].as_str().expect("a name");
            let valid = line["valid"].as_bool().expect("a verdict");
            let loose = line["loose"].as_array().expect("documents");
            let loose = loose.iter().filter(|_| !options.is_empty());
            for document in std::iter::once(&line["document"]).chain(loose) {
                count[usize::from(valid)] += 1;
                match schemas.refusal(message, document) {
                    Some(refusal) if valid => panic!("{options} {message} {document}: {refusal}"),
                    None if !valid && !lossy.contains(&message) => {
                        panic!("{options} {message} {document}: protovalidate refuses it");
                    }
                    Some(_) | None => {}
                }
            }
        }
        assert!(count[0] > 2_000 && count[1] > 1_500, "only {count:?}");
    }
}

#[test]
fn what_is_not_expressed_is_reported() {
    let contract = of_directory(CONTRACT);
    for (options, lossy) in LOSSES {
        let plan = schemas::plan(&contract, &options.parse().expect("legal TOML"));
        let mut losses: Vec<String> = plan
            .warnings
            .iter()
            .map(|warning| {
                assert_eq!(warning.code.name, "schema-loss");
                let place = warning.primary.as_ref().expect("it has a place");
                format!("{}: {}", warning.message, place.text)
            })
            .collect();
        losses.sort();
        insta::with_settings!({ snapshot_suffix => if options.is_empty() { "canonical" } else { "accept" } }, {
            insta::assert_snapshot!("losses", losses.join("\n"));
        });
        for message in lossy {
            assert!(
                losses.iter().any(|loss| loss.contains(message)),
                "{message}"
            );
        }
    }
}

#[test]
fn each_loss_is_named_in_the_schema_too() {
    let documents = schemas::documents(&of_directory(CONTRACT), "");
    let lost = &documents["validated.Lost"]["$defs"]["validated.Lost"];
    assert_eq!(lost["$comment"], "Not expressed: cel lost.order.");
    for (property, comment) in [
        ("first", "Not expressed: cel lost.even."),
        ("link", "Not expressed: string.uri."),
        ("past", "Not expressed: timestamp.lt_now."),
    ] {
        assert_eq!(lost["properties"][property]["$comment"], comment);
    }
}
