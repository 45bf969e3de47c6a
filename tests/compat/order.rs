//! Verdicts do not depend on the order in which fields are declared, nor on which field of a message comes first.

use xlc::compat::delta::Both;
use xlc::compat::findings;
use xlc::compat::surface::SURFACES;
use xlc::compat::trial::Readers;
use xlc::load::{Input, Loaded, load};

use crate::lock::said;

/// A contract in which `Holder.it` is of a type, and `Inner` has these fields.
fn contract(ty: &str, inner: &[&str]) -> Loaded {
    let text = format!(
        "syntax = \"proto3\";\npackage order;\nmessage Holder {{ {ty} it = 1; }}\nmessage Inner {{ {} }}\n",
        inner.concat()
    );
    let input = Input::Memory {
        import: "order.proto".to_owned(),
        requested: true,
        name: "order.proto".to_owned(),
        bytes: text.into_bytes(),
    };
    load(&[input], &[]).unwrap_or_else(|it| panic!("{:?}", it.diagnostics))
}

/// What is said where `it` was of the one type and is of the other.
fn change(from: &str, to: &str, inner: &[&str]) -> Vec<String> {
    let [old, new] = [from, to].map(|ty| contract(ty, inner));
    let contracts = Both {
        old: &old.contract,
        new: &new.contract,
    };
    let found = findings(contracts, SURFACES, Readers::Official);
    said(&found.expect("fit for the surfaces"))
}

const FIELDS: [&str; 4] = [
    "string text = 1; ",
    "bool flag = 2; ",
    "Inner nested = 3; ",
    "uint64 size = 4; ",
];

#[test]
fn the_order_of_declarations_changes_no_verdict() {
    let [first, second, third, fourth] = FIELDS;
    let orders = [
        [first, second, third, fourth],
        [fourth, third, second, first],
        [second, fourth, first, third],
    ];
    for (from, to) in [("Inner", "string"), ("Inner", "bytes"), ("string", "Inner")] {
        let said = orders.map(|fields| change(from, to, &fields));
        assert_eq!(said[0], said[1], "{from} to {to}");
        assert_eq!(said[0], said[2], "{from} to {to}");
    }
}

/// A text is read from the bytes of a message with a text alone, and not from those of all its numbers.
#[test]
fn every_type_of_field_in_a_message_is_tried() {
    let only_text = change("Inner", "string", &FIELDS[..1]);
    let with_size = change("Inner", "string", &FIELDS);
    let refused = "wire Backward Error";
    assert!(!only_text.concat().contains(refused), "{only_text:?}");
    assert!(with_size.concat().contains(refused), "{with_size:?}");
}
