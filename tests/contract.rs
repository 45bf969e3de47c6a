//! What every language asks of a contract is decided in the model: the order of what is written, the names in ProtoJSON,
//! which value of an enum names a number, and what an import shows.

use std::path::PathBuf;

use xlc::contract::{Contract, Element, Enum, Held, Message, NumberRange, OneofId, Written};
use xlc::load::{Input, load};

/// A file with these contents, and what it imports.
fn contract(files: &[(&str, &str)]) -> Contract {
    let directory = tempfile::tempdir().expect("a directory");
    for (name, text) in files {
        std::fs::write(directory.path().join(name), text).expect("a file");
    }
    let root = PathBuf::from(directory.path());
    let input = Input::File(root.join(files[0].0));
    load(&[input], &[root]).expect("a contract").contract
}

fn message<'a>(contract: &'a Contract, name: &str) -> &'a Message {
    match contract.find(name) {
        Some(Element::Message(id)) => contract.message(id),
        _ => panic!("no message `{name}`"),
    }
}

fn enumeration<'a>(contract: &'a Contract, name: &str) -> &'a Enum {
    match contract.find(name) {
        Some(Element::Enum(id)) => contract.enumeration(id),
        _ => panic!("no enum `{name}`"),
    }
}

#[test]
fn fields_and_extensions_are_written_by_number() {
    let text = "syntax = \"proto2\"; message M { optional int32 c = 900; extensions 300 to 399, 100; \
                optional int32 b = 200; optional int32 a = 1; }";
    let contract = contract(&[("m.proto", text)]);
    let message = message(&contract, "M");
    let extensions = |first, last| Written::Extensions(NumberRange { first, last });
    assert_eq!(message.field_order(), [2, 1, 0]);
    assert_eq!(
        message.wire_order(),
        [
            Written::Field(2),
            extensions(100, 100),
            Written::Field(1),
            extensions(300, 399),
            Written::Field(0),
        ]
    );
}

#[test]
fn a_oneof_is_held_where_its_first_field_is() {
    let text = "syntax = \"proto3\"; message M { int32 z = 9; oneof o { int32 y = 5; int32 x = 1; } \
                int32 w = 3; oneof p { int32 v = 2; } }";
    let contract = contract(&[("m.proto", text)]);
    let message = message(&contract, "M");
    let oneof = |index| Held::Oneof(OneofId::new(index));
    assert_eq!(
        message.held(0..5),
        [Held::Field(0), oneof(0), Held::Field(3), oneof(1)]
    );
    assert_eq!(
        message.held(message.field_order()),
        [oneof(0), oneof(1), Held::Field(3), Held::Field(0)]
    );
}

#[test]
fn a_name_in_json_is_one_fields() {
    let text = "syntax = \"proto2\"; message M { \
                optional int32 two = 2 [json_name = \"one\"]; optional int32 one = 1 [json_name = \"two\"]; \
                optional int32 foo_bar = 3; optional int32 foo__bar = 4; optional int32 fooBar = 5; \
                optional int32 plain = 6; }";
    let contract = contract(&[("m.proto", text)]);
    let names: Vec<(&str, Vec<&str>)> = message(&contract, "M")
        .json_names()
        .into_iter()
        .map(|names| (names.written, names.read))
        .collect();
    assert_eq!(
        names,
        [
            // A JSON name goes before another field's own name.
            ("two", vec!["two"]),
            ("one", vec!["one"]),
            ("fooBar", vec!["fooBar", "foo_bar"]),
            // The lower number has what proto2 lets two fields be called.
            ("foo__bar", vec!["foo__bar"]),
            ("fooBar", vec![]),
            ("plain", vec!["plain"]),
        ]
    );
}

#[test]
fn the_first_value_names_a_number() {
    let text =
        "syntax = \"proto2\"; enum E { option allow_alias = true; C = 5; A = -1; B = 5; D = 0; }";
    let contract = contract(&[("e.proto", text)]);
    let of = enumeration(&contract, "E");
    assert_eq!(of.canonical(5), Some(0));
    assert_eq!(of.canonical(7), None);
    assert_eq!(of.canonical_values(), [0, 1, 3]);
    let numbers: Vec<&str> = of
        .numbers()
        .iter()
        .map(|value| value.name.as_str())
        .collect();
    assert_eq!(numbers, ["A", "D", "C"]);
}

#[test]
fn an_import_shows_what_is_imported_publicly_at_any_distance() {
    let contract = contract(&[
        (
            "a.proto",
            "syntax = \"proto3\"; import public \"b.proto\"; import \"d.proto\";",
        ),
        ("b.proto", "syntax = \"proto3\"; import public \"c.proto\";"),
        (
            "c.proto",
            "// Of the syntax.\nsyntax = \"proto3\"; // Of the package.\npackage c;",
        ),
        ("d.proto", "// Of the syntax.\nsyntax = \"proto3\";"),
    ]);
    let file = |path: &str| {
        let mut files = contract.files().iter();
        files.find(|file| file.path == path).expect("the file")
    };
    let seen: Vec<&str> = contract
        .seen_through(file("a.proto").id)
        .into_iter()
        .map(|id| contract.file(id).path.as_str())
        .collect();
    let mut sorted = seen.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, ["a.proto", "b.proto", "c.proto"]);
    assert_eq!(file("d.proto").own_docs().lines(), ["Of the syntax."]);
}

#[test]
fn well_known_types_have_forms_of_their_own_but_for_the_empty_one() {
    let contract = contract(&[(
        "w.proto",
        "syntax = \"proto3\"; import \"google/protobuf/empty.proto\"; import \"google/protobuf/any.proto\"; \
         message M { google.protobuf.Empty empty = 1; google.protobuf.Any any = 2; }",
    )]);
    for (name, plain) in [
        ("M", true),
        ("google.protobuf.Empty", true),
        ("google.protobuf.Any", false),
    ] {
        assert_eq!(message(&contract, name).has_plain_json(), plain, "{name}");
    }
}

#[test]
fn a_group_is_named_by_its_type_in_the_text_format() {
    let text = "syntax = \"proto2\"; message Elsewhere {} message M { \
                optional group Pair = 1 { optional Pair pair = 1; } repeated group Other = 2 {} \
                optional Elsewhere elsewhere = 3; map<string, Other> others = 4; optional int32 number = 5; }";
    let contract = contract(&[("m.proto", text)]);
    let names = |name: &str| -> Vec<String> {
        let holder = message(&contract, name);
        let name_of = |field| contract.text_name(holder, field).to_owned();
        holder.fields.iter().map(name_of).collect()
    };
    assert_eq!(
        names("M"),
        ["Pair", "Other", "elsewhere", "others", "number"]
    );
    assert_eq!(names("M.Pair"), ["pair"]);
}
