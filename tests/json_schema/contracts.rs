//! Contracts to make schemas of: from text, from a directory of sources, from a descriptor set.

use std::path::{Path, PathBuf};

use xlc::contract::Contract;
use xlc::load::{self, Input};

/// A contract in edition 2023, with every feature.
pub(crate) const EDITION_2023: &[u8] =
    include_bytes!("../../fixtures/contracts/editions/edition2023.binpb");

/// A contract in edition 2024, with every feature.
pub(crate) const EDITION_2024: &[u8] =
    include_bytes!("../../fixtures/contracts/editions/edition2024.binpb");

/// The contract of one file, `t.proto`.
pub(crate) fn of_text(text: &str) -> Contract {
    let directory = tempfile::tempdir().expect("a temporary directory");
    std::fs::write(directory.path().join("t.proto"), text).expect("it can be written");
    of_directory(directory.path())
}

/// The contract of all .proto files under a directory, which is their import root. Relative to the repository.
pub(crate) fn of_directory(directory: impl AsRef<Path>) -> Contract {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(directory);
    let files: Vec<Input> = sources(&root).into_iter().map(Input::File).collect();
    load(&files, &[root])
}

/// The contract of a serialised `FileDescriptorSet`.
pub(crate) fn of_descriptor_set(bytes: &[u8]) -> Contract {
    let input = Input::DescriptorSet {
        name: "test.binpb".to_owned(),
        bytes: bytes.to_vec(),
    };
    load(&[input], &[])
}

fn load(inputs: &[Input], include: &[PathBuf]) -> Contract {
    match load::load(inputs, include) {
        Ok(loaded) => loaded.contract,
        Err(failure) => panic!("{:#?}", failure.diagnostics),
    }
}

/// The .proto files under a directory, sorted.
pub(crate) fn sources(directory: &Path) -> Vec<PathBuf> {
    let files = walkdir::WalkDir::new(directory)
        .sort_by_file_name()
        .into_iter()
        .map(|entry| entry.expect("it can be read").into_path());
    files
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "proto")
        })
        .collect()
}
