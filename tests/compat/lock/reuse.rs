//! What the lock is for: a number that is used again, long after its reservation was dropped.

use xlc::compat::Finding;
use xlc::compat::surface::Harm;

use super::{against, lock_of, versions};
use crate::parse;

fn shop(body: &str) -> xlc::load::Loaded {
    parse(&format!("syntax = \"proto3\"; package shop.v1;\n{body}"))
}

/// The rules that tell of a body against what was locked, and whether a payload shows it.
fn told(history: &[&str], new: &str) -> Vec<(String, bool)> {
    let history: Vec<_> = history.iter().map(|body| shop(body)).collect();
    let text = lock_of(&history.iter().collect::<Vec<_>>());
    let new = shop(new);
    let versions = versions(&text, &new.contract);
    let found = against(&versions, &new);
    let proved = |it: &Finding<'_>| it.verdicts.iter().any(|it| it.witness.is_some());
    let mut told: Vec<(String, bool)> = found
        .iter()
        .map(|it| (format!("{}: {}", it.rule.code.name, it.message), proved(it)))
        .collect();
    told.sort();
    told
}

const WITH: &str = "message Order { string id = 1; string coupon = 3; }";
const RESERVED: &str = "message Order { reserved 3; reserved \"coupon\"; string id = 1; }";
const DROPPED: &str = "message Order { string id = 1; }";

#[test]
fn what_was_removed_with_care_stays_silent() {
    assert_eq!(told(&[WITH, RESERVED], RESERVED), []);
    assert_eq!(told(&[RESERVED, WITH, RESERVED], RESERVED), []);
}

#[test]
fn a_dropped_reservation_is_told_where_the_field_was() {
    let gone = "field-unreserved: field `coupon` of `shop.v1.Order` is gone and number 3 and its name are not reserved";
    let expected = vec![(gone.to_owned(), false)];
    assert_eq!(told(&[WITH, RESERVED], DROPPED), expected);
    // Also when that was locked.
    assert_eq!(told(&[WITH, RESERVED, DROPPED], DROPPED), expected);
    // Without the field, all that is known is the reservation.
    let reserved = "message-reserved: `shop.v1.Order` no longer reserves 3, `coupon`";
    let expected = vec![(reserved.to_owned(), false)];
    assert_eq!(told(&[RESERVED], DROPPED), expected);
    assert_eq!(told(&[RESERVED, DROPPED], DROPPED), expected);
}

#[test]
fn a_number_that_is_used_again_is_shown_by_a_payload() {
    let reused = "message Order { string id = 1; int32 count = 3; }";
    for history in [
        &[WITH, RESERVED, DROPPED][..],
        &[WITH, RESERVED],
        &[WITH, DROPPED, reused],
    ] {
        let told = told(history, reused);
        assert!(
            told.contains(&(
                "field-kind: field `count` of `shop.v1.Order` was `string` and is `int32`"
                    .to_owned(),
                true
            )),
            "{told:?}"
        );
    }
}

/// The type is the same and the meaning is not: no payload can tell on the wire, but a document can, and the number was
/// taken.
#[test]
fn a_number_that_means_something_else_is_told() {
    let reused = "message Order { string id = 1; string color = 3; }";
    let told = told(&[WITH, RESERVED, DROPPED], reused);
    let expected = [
        (
            "field-number-reused: field `color` of `shop.v1.Order` has number 3, which was reserved",
            false,
        ),
        (
            "field-renamed: field `color` of `shop.v1.Order` was `coupon`",
            true,
        ),
    ];
    let expected = expected.map(|(text, proved)| (text.to_owned(), proved));
    assert!(expected.iter().all(|it| told.contains(it)), "{told:#?}");
}

#[test]
fn a_name_that_is_used_again_is_told() {
    let reused = "message Order { string id = 1; string coupon = 4; reserved 3; }";
    let told = told(&[WITH, RESERVED], reused);
    let renumbered = "field-renumbered: field `coupon` of `shop.v1.Order` had number 3 and has 4";
    assert!(told.contains(&(renumbered.to_owned(), true)), "{told:#?}");
}

/// Each definition that a number ever had is compared, and what they have in common is told once.
#[test]
fn every_definition_of_a_number_counts() {
    let history = [
        "message Order { string a = 1; }",
        "message Order { int32 b = 1; }",
        "message Order { bytes c = 1; }",
    ];
    let new = "message Order { double d = 1; }";
    let told = told(&history, new);
    for was in ["string", "int32", "bytes"] {
        let kind = format!("field-kind: field `d` of `shop.v1.Order` was `{was}` and is `double`");
        assert_eq!(
            told.iter().filter(|it| it.0 == kind && it.1).count(),
            1,
            "{told:#?}"
        );
    }
    assert_eq!(super::said(&[]).len(), 0);
}

#[test]
fn a_type_that_is_made_again_is_compared_with_what_it_was() {
    let old = "message Order { string id = 1; } message Item { int64 count = 1; Size size = 2; } enum Size { S = 0; L = 1; }";
    let gone = "message Order { string id = 1; }";
    assert_eq!(told(&[old, gone], gone), []);
    let again = "message Order { string id = 1; } message Item { string name = 1; Size size = 2; } enum Size { S = 0; XL = 1; }";
    let told = told(&[old, gone], again);
    let texts: Vec<&str> = told.iter().map(|it| it.0.as_str()).collect();
    assert!(
        texts.contains(&"field-kind: field `name` of `shop.v1.Item` was `int64` and is `string`"),
        "{texts:#?}"
    );
    assert!(
        texts.contains(&"enum-value-renamed: value `XL` of enum `shop.v1.Size` was `L`"),
        "{texts:#?}"
    );
}

/// Something new that happens to look like what is gone is not taken for it.
#[test]
fn what_is_gone_is_not_taken_for_something_new() {
    let old = "message Order { string id = 1; int64 total = 2; bool paid = 3; } message Keep { int32 x = 1; }";
    let gone = "message Keep { int32 x = 1; }";
    let new = "message Keep { int32 x = 1; } message Bill { string id = 1; int64 total = 2; bytes paid = 3; }";
    assert_eq!(told(&[old, gone], new), []);
}

#[test]
fn values_and_methods_are_known_too() {
    let old = "enum Size { S = 0; M = 1; } message A { Size size = 1; } message B { int32 x = 1; } service Shop { rpc Get(A) returns (A); rpc Put(A) returns (A); }";
    let gone = "enum Size { reserved 1; reserved \"M\"; S = 0; } message A { Size size = 1; } message B { int32 x = 1; } service Shop { rpc Put(A) returns (A); }";
    assert_eq!(told(&[old, gone], gone), []);
    let again = "enum Size { S = 0; L = 1; } message A { Size size = 1; } message B { int32 x = 1; } service Shop { rpc Get(A) returns (stream A); rpc Put(A) returns (A); }";
    let told = told(&[old, gone], again);
    let texts: Vec<&str> = told.iter().map(|it| it.0.as_str()).collect();
    assert!(
        texts.contains(&"enum-value-renamed: value `L` of enum `shop.v1.Size` was `M`"),
        "{texts:#?}"
    );
    assert!(
        texts
            .iter()
            .any(|it| it.starts_with("enum-value-number-reused")),
        "{texts:#?}"
    );
    assert!(
        texts
            .iter()
            .any(|it| it.starts_with("method-server-streaming")),
        "{texts:#?}"
    );
}

/// What a version imports is locked as far as its own types hold it; protobuf's own types are known anyway.
#[test]
fn a_type_of_protobuf_may_be_gone_from_the_contract() {
    let old = parse(
        "syntax = \"proto3\"; package p; import \"google/protobuf/timestamp.proto\"; message M { google.protobuf.Timestamp at = 1; }",
    );
    let new = parse("syntax = \"proto3\"; package p; message M { string at = 1; }");
    let text = lock_of(&[&old]);
    assert!(!text.contains("Timestamp in"), "{text}");
    let versions = versions(&text, &new.contract);
    let found = against(&versions, &new);
    let worst = found
        .iter()
        .flat_map(|it| &it.verdicts)
        .map(|it| it.harm)
        .max();
    assert_eq!(worst, Some(Harm::Error), "{found:#?}");
    assert_eq!(
        super::said(&found),
        super::said(&crate::compare(&old, &new))
    );
}
