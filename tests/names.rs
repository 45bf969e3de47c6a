//! Properties of the naming module: identifiers are unique, legal and stable when an element is added.

use std::collections::BTreeSet;

use proptest::prelude::*;
use xlc::names::{Candidate, Case, NamePolicy, Role, Scope};

/// A policy of the hard kind: it changes the case and reserves words that are likely to come up.
const POLICY: NamePolicy = NamePolicy {
    case: |role| match role {
        Role::Field | Role::Module => Case::Snake,
        Role::EnumValue => Case::Screaming,
        Role::Method => Case::Camel,
        Role::Message | Role::Enum | Role::OneofMember | Role::Extension | Role::Service => {
            Case::Pascal
        }
    },
    is_reserved: |_, word| ["a", "a_", "b", "class", "A", "B", "_1", "ab"].contains(&word),
    escape: NamePolicy::underscore,
};

fn roles() -> impl Strategy<Value = Role> {
    prop::sample::select(vec![
        Role::Field,
        Role::EnumValue,
        Role::Method,
        Role::Message,
    ])
}

/// Distinct names over a small alphabet, so that they collide after conversion, with distinct ascending numbers.
fn fields() -> impl Strategy<Value = Vec<(String, i32)>> {
    prop::collection::btree_set("[abAB_1]{1,5}", 1..24).prop_flat_map(|names| {
        let names: Vec<String> = names.into_iter().collect();
        let count = names.len();
        (
            Just(names).prop_shuffle(),
            prop::collection::btree_set(-40..40i32, count..=count),
        )
            .prop_map(|(names, numbers)| names.into_iter().zip(numbers).collect())
    })
}

fn assign(role: Role, fields: &[(String, i32)]) -> Vec<String> {
    let candidates: Vec<_> = fields
        .iter()
        .map(|(name, number)| Candidate {
            role,
            name,
            number: Some(*number),
        })
        .collect();
    Scope::new(POLICY)
        .assign(&candidates)
        .iter()
        .map(|ident| ident.as_str().to_owned())
        .collect()
}

proptest! {
    #[test]
    fn identifiers_are_unique_and_legal(role in roles(), fields in fields()) {
        let idents = assign(role, &fields);
        prop_assert_eq!(idents.len(), fields.len());
        prop_assert_eq!(idents.iter().collect::<BTreeSet<_>>().len(), idents.len());
        for ident in &idents {
            prop_assert!(!(POLICY.is_reserved)(role, ident), "{} is reserved", ident);
            prop_assert!(ident.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_'), "{}", ident);
        }
    }

    #[test]
    fn the_order_of_declaration_does_not_matter(role in roles(), fields in fields()) {
        let mut reversed = fields.clone();
        reversed.reverse();
        let mut idents = assign(role, &reversed);
        idents.reverse();
        prop_assert_eq!(idents, assign(role, &fields));
    }

    #[test]
    fn a_new_number_renames_nobody(role in roles(), fields in fields()) {
        // The last field is the one that the next version of the contract adds.
        let (_, older) = fields.split_last().expect("at least one field");
        let before = assign(role, older);
        let after = assign(role, &fields);
        prop_assert_eq!(&before[..], &after[..older.len()]);
    }
}
