//! `xlc check-compat` and the rules behind it. Every rule has a fixture, `fixtures/compat/CODE/{old,new}`, that shows it.

mod fixtures;
mod rules;

use std::path::{Path, PathBuf};

use xlc::compat::delta::Both;
use xlc::compat::surface::SURFACES;
use xlc::compat::{Finding, findings};
use xlc::load::{Input, Loaded, load};

/// The directory of the fixtures.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/compat")
}

/// The contract of all .proto files below a directory, which is its own import root.
pub(crate) fn read(directory: &Path) -> Loaded {
    let mut inputs = Vec::new();
    for entry in walkdir::WalkDir::new(directory).sort_by_file_name() {
        let path = entry.expect("the fixture can be read").into_path();
        if path.extension().is_some_and(|it| it == "proto") {
            inputs.push(Input::File(path));
        }
    }
    let loaded = load(&inputs, &[directory.to_owned()]);
    loaded.unwrap_or_else(|failure| panic!("{}: {:#?}", directory.display(), failure.diagnostics))
}

/// What all surfaces say of two versions.
pub(crate) fn compare<'a>(old: &'a Loaded, new: &'a Loaded) -> Vec<Finding<'a>> {
    let contracts = Both {
        old: &old.contract,
        new: &new.contract,
    };
    findings(contracts, SURFACES)
}

/// The contract that a text in proto syntax says.
pub(crate) fn parse(text: &str) -> Loaded {
    let directory = tempfile::tempdir().expect("a directory");
    std::fs::write(directory.path().join("a.proto"), text).expect("it can be written");
    read(directory.path())
}
