//! `xlc check-compat` and the rules behind it. Every rule has a fixture, `fixtures/compat/CODE/{old,new}`, that shows it.
#![cfg(feature = "cli")]

mod bench_tree;
mod buf;
mod cli;
mod fix;
mod fixtures;
mod history;
mod lock;
mod matrix;
mod order;
mod pages;
mod proof;
mod prost;
mod rules;
#[path = "../support/mod.rs"]
mod support;
mod surfaces;

use std::path::{Path, PathBuf};

use xlc::compat::delta::Both;
use xlc::compat::rules::Rule;
use xlc::compat::surface::{SURFACES, Surface};
use xlc::compat::trial::Readers;
use xlc::compat::{Finding, findings};
use xlc::load::{Input, Loaded, load};
use xlc::targets::{Options, TARGETS};

/// The directory of the fixtures.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/compat")
}

/// The directory of the book's pages.
pub(crate) fn book() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("book/src")
}

/// Compares a whole page with what is printed now; `XLC_BLESS=1` writes it.
pub(crate) fn whole(page: &str, text: &str) {
    let path = book().join(page);
    let old = std::fs::read_to_string(&path).unwrap_or_default();
    if old == text {
        return;
    }
    if std::env::var_os("XLC_BLESS").is_some() {
        std::fs::create_dir_all(path.parent().expect("a directory")).expect("it can be made");
        std::fs::write(&path, text).expect("the page can be written");
        return;
    }
    panic!("{page} is not up to date: run `XLC_BLESS=1 cargo test --test compat`\n{text}");
}

/// Compares the text between a page's `<!-- printed: NAME -->` and `<!-- end -->` with what is printed now.
pub(crate) fn printed(page: &str, name: &str, text: &str) {
    let old = std::fs::read_to_string(book().join(page)).expect("the page");
    let begin = format!("<!-- printed: {name} -->\n");
    let (head, rest) = old
        .split_once(&begin)
        .unwrap_or_else(|| panic!("{page} has no `{begin}`"));
    let (_, tail) = rest.split_once("<!-- end -->").expect("an end mark");
    whole(
        page,
        &format!("{head}{begin}\n{}\n\n<!-- end -->{tail}", text.trim()),
    );
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
    findings(contracts, SURFACES, Readers::Official).expect("both can be judged")
}

/// The surfaces that targets bring, under their default options.
pub(crate) fn brought() -> Vec<Box<dyn Surface>> {
    let surfaces = TARGETS.iter().map(|it| it.surfaces(&Options::new()));
    surfaces.flat_map(|it| it.expect("legal options")).collect()
}

/// The surfaces of targets that mind what a rule tells of.
pub(crate) fn minded(rule: &Rule) -> Vec<&'static str> {
    let minds = |it: &dyn Surface| rule.kinds.iter().any(|kind| it.minds(*kind));
    let brought = brought();
    let minding = brought.iter().filter(|it| minds(it.as_ref()));
    minding.map(|it| it.name()).collect()
}

/// What all surfaces say of two versions, those of the targets too.
pub(crate) fn compare_all<'a>(
    old: &'a Loaded,
    new: &'a Loaded,
    brought: &[Box<dyn Surface>],
) -> Vec<Finding<'a>> {
    let contracts = Both {
        old: &old.contract,
        new: &new.contract,
    };
    let brought = brought.iter().map(|it| it.as_ref() as &dyn Surface);
    let surfaces: Vec<&dyn Surface> = SURFACES.iter().copied().chain(brought).collect();
    findings(contracts, &surfaces, Readers::Official).expect("both can be judged")
}

/// The contract that a text in proto syntax says.
pub(crate) fn parse(text: &str) -> Loaded {
    let directory = tempfile::tempdir().expect("a directory");
    std::fs::write(directory.path().join("a.proto"), text).expect("it can be written");
    read(directory.path())
}
