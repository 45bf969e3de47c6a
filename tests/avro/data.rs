//! Messages to convert, as google's protobuf writes them, and mappings of all messages of a contract.

use std::path::Path;

use serde_json::Value;
use xlc::avro::Mapping;
use xlc::contract::{Contract, MessageId};
use xlc::targets::avro::Options;

use crate::contracts::{EDITION_2023, EDITION_2024, of_descriptor_set, of_directory, sources};
use crate::support::{referee, script};

/// A message on the wire.
pub(crate) struct Sample {
    pub(crate) message: String,
    pub(crate) wire: Vec<u8>,
}

/// A contract, a descriptor set of it, and messages.
pub(crate) struct Data {
    pub(crate) name: &'static str,
    pub(crate) contract: Contract,
    pub(crate) set: Vec<u8>,
    pub(crate) samples: Vec<Sample>,
}

/// Random messages of the contracts that hold every construct.
pub(crate) fn all(python: &Path, protoc: &Path) -> Vec<Data> {
    let directory = |name| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        let set =
            referee::descriptor_set(protoc, std::slice::from_ref(&root), &sources(&root), false);
        (name, of_directory(name), set)
    };
    [
        directory("schemas"),
        directory("fixtures/contracts/kitchen_sink"),
        (
            "edition 2023",
            of_descriptor_set(EDITION_2023),
            EDITION_2023.to_vec(),
        ),
        (
            "edition 2024",
            of_descriptor_set(EDITION_2024),
            EDITION_2024.to_vec(),
        ),
    ]
    .into_iter()
    .map(|(name, contract, set)| Data {
        samples: samples(python, &set),
        name,
        contract,
        set,
    })
    .collect()
}

fn samples(python: &Path, set: &[u8]) -> Vec<Sample> {
    let printed = script::run(
        python,
        "tests/json_schema/print_documents.py",
        &["11", "1", "3"],
        set,
    );
    let sample = |line: &str| {
        let line: Value = serde_json::from_str(line).expect("a JSON line");
        let text = |key: &str| line[key].as_str().expect("a text").to_owned();
        Sample {
            message: text("message"),
            wire: data_encoding::HEXLOWER
                .decode(text("wire").as_bytes())
                .expect("hexadecimal digits"),
        }
    };
    printed.lines().map(sample).collect()
}

/// The options of the target, given as TOML.
pub(crate) fn options(text: &str) -> Options {
    toml::from_str(text).expect("options")
}

/// A mapping with every message of a contract as a root, except those of a file that holds names that clash.
pub(crate) fn mapping(contract: &Contract, options: &Options) -> Mapping {
    let roots: Vec<MessageId> = contract
        .messages()
        .iter()
        .filter(|message| contract.file(message.file).path != "names_collide.proto")
        .map(|message| message.id)
        .collect();
    Mapping::new(contract, &options.mapping(), &roots)
        .unwrap_or_else(|errors| panic!("{errors:#?}"))
}
