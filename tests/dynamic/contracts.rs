//! Contracts that several tests share.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use xlc::contract::Contract;
use xlc::load::Input;

use super::support::{referee, toolchain};

/// Every construct of proto2 and proto3.
pub(crate) static KITCHEN_SINK: LazyLock<Contract> =
    LazyLock::new(|| of_directory("fixtures/contracts/kitchen_sink"));

/// The contract of all .proto files under a directory, which is their import root. Relative to the repository.
pub(crate) fn of_directory(directory: &str) -> Contract {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(directory);
    let files: Vec<Input> = referee::proto_files(&root)
        .into_iter()
        .map(Input::File)
        .collect();
    referee::loaded(&files, &[root])
}

/// The messages of the conformance suite as a descriptor set of protoc's; `None` without the toolchains.
pub(crate) fn conformance() -> Option<Vec<u8>> {
    let protoc = toolchain::protoc()?;
    let include = toolchain::conformance_include()?;
    let files = referee::proto_files(&include);
    let roots: [PathBuf; 1] = [include];
    Some(referee::descriptor_set(&protoc, &roots, &files, false))
}

/// The contract of a descriptor set.
pub(crate) fn of_descriptor_set(bytes: &[u8]) -> Contract {
    let name = "test.binpb".to_owned();
    let bytes = bytes.to_vec();
    referee::loaded(&[Input::DescriptorSet { name, bytes }], &[])
}
