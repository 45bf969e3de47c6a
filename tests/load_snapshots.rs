//! What contracts look like once they are loaded, as `xlc dump contract` shows it. A change of a snapshot is a change
//! of what every target sees.

use std::path::{Path, PathBuf};

use xlc::contract::{Contract, dump, dump_file};
use xlc::load::{Input, load};

fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The contract in files below a root.
fn from_sources(root: &str, files: &[&str]) -> Contract {
    let root = repository(root);
    let inputs: Vec<_> = files
        .iter()
        .map(|file| Input::File(root.join(file)))
        .collect();
    load(&inputs, &[root]).expect("the fixture loads").contract
}

/// The contract in a committed descriptor set.
fn from_set(path: &str) -> Contract {
    let bytes = std::fs::read(repository(path)).expect("the fixture is there");
    let input = Input::DescriptorSet {
        name: path.to_owned(),
        bytes,
    };
    load(&[input], &[]).expect("the fixture loads").contract
}

/// Keeps a snapshot of each file that was asked for.
fn snapshot(contract: &Contract) {
    for file in contract.requested_files() {
        let name = file.path.replace(['/', '.'], "_");
        insta::assert_json_snapshot!(name, dump_file(contract, file));
    }
}

#[test]
fn the_study_contract() {
    snapshot(&from_sources(
        "schemas",
        &[
            "radiology/study/v1/study.proto",
            "radiology/study/v1/inference.proto",
        ],
    ));
}

#[test]
fn every_construct_of_proto2_and_proto3() {
    snapshot(&from_sources(
        "fixtures/contracts/kitchen_sink",
        &[
            "proto2.proto",
            "proto3.proto",
            "extensions.proto",
            "custom_options.proto",
            "services.proto",
            "public.proto",
        ],
    ));
}

#[test]
fn every_feature_of_the_editions() {
    snapshot(&from_set("fixtures/contracts/editions/edition2023.binpb"));
    snapshot(&from_set("fixtures/contracts/editions/edition2024.binpb"));
}

#[test]
fn the_order_of_inputs_does_not_matter() {
    let files = [
        "proto2.proto",
        "services.proto",
        "extensions_elsewhere.proto",
        "weak.proto",
        "public.proto",
    ];
    let one = dump(&from_sources("fixtures/contracts/kitchen_sink", &files));
    let reversed: Vec<_> = files.into_iter().rev().collect();
    let other = dump(&from_sources("fixtures/contracts/kitchen_sink", &reversed));
    assert_eq!(one, other);
}
