//! What is paired, what is told once, and what is not told at all.

use xlc::compat::surface::Route;
use xlc::compat::trial::Direction;
use xlc::compat::{Finding, Level, Policy, Requirement};
use xlc::load::{Input, load};

use crate::{compare, parse};

fn codes(findings: &[Finding<'_>]) -> Vec<&'static str> {
    findings.iter().map(|it| it.rule.code.name).collect()
}

/// Codes of what is an error under the default policy.
fn errors(old: &str, new: &str) -> Vec<String> {
    let (old, new) = (parse(old), parse(new));
    let policy = Policy::default();
    compare(&old, &new)
        .iter()
        .filter(|it| it.level(&policy) == Level::Error)
        .map(|it| format!("{}: {}", it.rule.code.name, it.message))
        .collect()
}

const HEAD: &str = "syntax = \"proto3\"; package a.v1;";

fn proto3(text: &str) -> String {
    format!("{HEAD} {text}")
}

#[test]
fn what_is_only_added_breaks_nothing() {
    let old = proto3(
        "message M { string a = 1; } enum E { Z = 0; } service S { rpc Get(M) returns (M); }",
    );
    let new = proto3(
        "message M { string a = 1; int32 b = 2; N n = 3; oneof o { string x = 4; E e = 5; } map<string, N> all = 6; }
         message N { repeated M m = 1; } enum E { Z = 0; ONE = 1; }
         service S { rpc Get(M) returns (M); rpc Put(N) returns (M); }",
    );
    assert_eq!(errors(&old, &new), Vec::<String>::new());
}

#[test]
fn a_renamed_message_is_told_once_and_hides_nothing_inside() {
    let old = proto3(
        "message Outer { Item item = 1; } message Item { string sku = 1; int64 amount = 2; }",
    );
    let new = proto3(
        "message Outer { Line item = 1; } message Line { string sku = 1; int32 amount = 2; }",
    );
    assert_eq!(
        errors(&old, &new),
        ["field-kind: field `amount` of `a.v1.Line` was `int64` and is `int32`"]
    );
}

#[test]
fn a_renamed_package_is_told_once_and_hides_nothing_inside() {
    let old = proto3(
        "message M { int64 a = 1; N n = 2; } message N { string b = 1; } service S { rpc Get(M) returns (M); }",
    );
    let new = old.replace("a.v1", "a.v2").replace("int64", "int32");
    let (old, new) = (parse(&old), parse(&new));
    assert_eq!(
        codes(&compare(&old, &new)),
        ["package-renamed", "field-kind"]
    );
}

#[test]
fn a_message_that_takes_the_place_of_another_is_compared_with_it() {
    let old = proto3(
        "message Empty {} message M { Empty e = 1; } service S { rpc Get(M) returns (Empty); }",
    );
    let more = proto3(
        "message Empty {} message M { Empty e = 1; } message R { string a = 1; } service S { rpc Get(M) returns (R); }",
    );
    assert_eq!(errors(&old, &more), Vec::<String>::new());
    let old = proto3(
        "message A { string a = 1; } message B { int32 b = 1; } message M { A x = 1; } message K { A a = 1; B b = 2; }",
    );
    let new = old.replace("A x = 1", "B x = 1");
    assert_eq!(
        errors(&old, &new),
        [
            "field-renamed: field `b` of `a.v1.B` was `a`",
            "field-kind: field `b` of `a.v1.B` was `string` and is `int32`"
        ]
    );
}

#[test]
fn recursive_types_end() {
    let old = proto3(
        "message Node { Node left = 1; Other right = 2; } message Other { Node n = 1; int64 v = 2; }",
    );
    let new = proto3(
        "message Node { Node left = 1; Twin right = 2; } message Twin { Node n = 1; sint64 v = 2; }",
    );
    assert_eq!(
        errors(&old, &new),
        ["field-kind: field `v` of `a.v1.Twin` was `int64` and is `sint64`"]
    );
}

#[test]
fn swapped_numbers_are_two_findings_even_if_all_kinds_agree() {
    let old = proto3("message M { string first = 1; string last = 2; }");
    let new = proto3("message M { string first = 2; string last = 1; }");
    let (old, new) = (parse(&old), parse(&new));
    assert_eq!(
        codes(&compare(&old, &new)),
        ["field-renumbered", "field-renumbered"]
    );
}

#[test]
fn a_oneof_may_be_renamed_and_a_field_may_move_into_one_of_its_own() {
    let old = proto3("message M { oneof a { string x = 1; string y = 2; } string z = 3; }");
    let new =
        proto3("message M { oneof b { string x = 1; string y = 2; } oneof c { string z = 3; } }");
    assert_eq!(errors(&old, &new), Vec::<String>::new());
}

#[test]
fn optional_is_no_break() {
    let old = proto3("message M { string x = 1; int32 y = 2; }");
    let new = proto3("message M { optional string x = 1; optional int32 y = 2; }");
    assert_eq!(errors(&old, &new), Vec::<String>::new());
    assert_eq!(errors(&new, &old), Vec::<String>::new());
}

#[test]
fn a_map_and_a_list_of_its_entries_are_one_on_the_wire() {
    let old = proto3("message M { map<string, int32> m = 1; }");
    let new =
        proto3("message M { repeated E m = 1; } message E { string key = 1; int32 value = 2; }");
    let (old, new) = (parse(&old), parse(&new));
    let findings = compare(&old, &new);
    assert_eq!(codes(&findings), ["field-cardinality"]);
    let surfaces: Vec<&str> = findings[0].verdicts.iter().map(|it| it.surface).collect();
    assert_eq!(surfaces, ["json", "json"]);
}

/// A wider integer in a response hurts old clients; in a request it hurts old servers.
#[test]
fn requests_and_responses_are_judged_for_those_who_read_them() {
    let text = |request: &str, response: &str| {
        proto3(&format!(
            "message Q {{ {request} a = 1; }} message R {{ {response} a = 1; }} service S {{ rpc Get(Q) returns (R); }}"
        ))
    };
    let old = parse(&text("int32", "int32"));
    let new = parse(&text("int64", "int64"));
    let rpc: Vec<_> = compare(&old, &new)
        .iter()
        .flat_map(|it| it.verdicts.clone())
        .filter(|it| it.surface == "rpc")
        .map(|it| (it.direction, it.route))
        .collect();
    let path = || "/a.v1.S/Get".to_owned();
    assert_eq!(
        rpc,
        [
            (Direction::Forward, Some(Route::Request(path()))),
            (Direction::Backward, Some(Route::Response(path())))
        ]
    );
}

#[test]
fn the_policy_decides_what_counts() {
    let old = parse(&proto3("message M { int32 a = 1; }"));
    let new = parse(&proto3("message M { int64 a = 1; }"));
    let findings = compare(&old, &new);
    let level = |requirement| {
        let policy = Policy {
            require: [("wire".to_owned(), requirement)].into(),
            packages: Vec::new(),
        };
        findings[0].level(&policy)
    };
    assert_eq!(level(Requirement::Full), Level::Error);
    assert_eq!(level(Requirement::Forward), Level::Error);
    assert_eq!(level(Requirement::Backward), Level::Note);
    assert_eq!(level(Requirement::Warn), Level::Warning);
    assert_eq!(level(Requirement::Off), Level::Note);
}

#[test]
fn a_fingerprint_does_not_depend_on_lines() {
    let old = parse(&proto3("message M { int32 a = 1; }"));
    let new = proto3("message M { int64 a = 1; }");
    let moved = parse(&new.replace("message", "\n\n\nmessage"));
    let new = parse(&new);
    let one = compare(&old, &new)[0].fingerprint();
    assert_eq!(one, compare(&old, &moved)[0].fingerprint());
    assert_eq!(one.len(), 16);
}

/// What is imported from elsewhere is not what is compared: a key-value store's API that no longer imports a file of custom
/// options has lost none of its own elements.
#[test]
fn an_import_that_is_gone_takes_nothing_along() {
    let tags = "syntax = \"proto2\"; package tags; import \"google/protobuf/descriptor.proto\";
        extend google.protobuf.FieldOptions { optional bool wide = 50001; }";
    let old = "syntax = \"proto3\"; package a.v1; import \"tags.proto\";
        message M { string a = 1 [(tags.wide) = true]; }";
    let new = "syntax = \"proto3\"; package a.v1; message M { string a = 1; }";
    let version = |texts: &[(&str, &str, bool)]| {
        let input = |(path, text, requested): &(&str, &str, bool)| Input::Memory {
            import: (*path).to_owned(),
            requested: *requested,
            name: (*path).to_owned(),
            bytes: text.as_bytes().to_vec(),
        };
        let inputs: Vec<Input> = texts.iter().map(input).collect();
        load(&inputs, &[]).unwrap_or_else(|failure| panic!("{:#?}", failure.diagnostics))
    };
    let old = version(&[("a.proto", old, true), ("tags.proto", tags, false)]);
    let new = version(&[("a.proto", new, true)]);
    assert_eq!(codes(&compare(&old, &new)), Vec::<&str>::new());
    assert_eq!(codes(&compare(&new, &old)), Vec::<&str>::new());
}
