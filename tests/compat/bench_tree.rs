//! The generated contracts of `benches/compat`, in small: both versions are legal, and their edits are found.

#[path = "../../benches/compat/edits.rs"]
#[allow(unreachable_pub)]
mod edits;
#[path = "../../benches/load/tree.rs"]
#[allow(dead_code, unreachable_pub)]
mod tree;

use std::collections::BTreeSet;

use xlc::load::{Input, Loaded, load};

/// Enough that every kind of edit is among them.
const FILES: usize = 400;

fn loaded(files: impl Iterator<Item = tree::File>) -> Loaded {
    let inputs: Vec<Input> = files
        .map(|file| Input::Memory {
            name: file.path.clone(),
            import: file.path,
            bytes: file.text.into_bytes(),
            requested: true,
        })
        .collect();
    load(&inputs, &[]).unwrap_or_else(|failure| panic!("{:#?}", failure.diagnostics.first()))
}

#[test]
fn the_edits_of_the_bench_are_legal_and_found() {
    let (old, new) = (loaded(tree::files(FILES)), loaded(edits::files(FILES)));
    let found = super::compare(&old, &new);
    let rules: BTreeSet<&str> = found.iter().map(|it| it.rule.code.name).collect();
    for expected in [
        "enum-value-added",
        "field-added",
        "field-cardinality",
        "field-kind",
        "field-removed",
        "field-renamed",
        "field-renumbered",
        "method-added",
        "service-removed",
    ] {
        assert!(
            rules.contains(expected),
            "`{expected}` is not among {rules:?}"
        );
    }
    // What is to be cheap is the comparison of a contract of which most is as it was.
    let of_old = old.contract.messages().len();
    assert!(
        found.len() * 4 < of_old * 3,
        "{} findings in {of_old} messages",
        found.len()
    );
}
