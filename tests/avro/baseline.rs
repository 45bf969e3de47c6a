//! An earlier version of the contract gives aliases and symbols; a name that meant something else is refused.

use serde_json::{Value, json};
use xlc::contract::Contract;
use xlc::diagnostics::Diagnostic;

use crate::contracts::of_text;
use crate::schemas::target;
use crate::support::cli::Project;

fn contract(declarations: &str) -> Contract {
    of_text(&format!("syntax = \"proto3\"; package t; {declarations}"))
}

fn plan(before: &str, after: &str, options: &str) -> Result<Value, Vec<Diagnostic>> {
    let options = format!("properties = false\n{options}");
    let options = options.parse().expect("TOML");
    let plan = target().plan_after(&contract(after), &contract(before), &options)?;
    let xlc::artifact::Content::Json(schema) = plan.artifacts[0].content.clone() else {
        panic!("no value");
    };
    Ok(schema)
}

fn schema(before: &str, after: &str, options: &str) -> Value {
    plan(before, after, options).unwrap_or_else(|errors| panic!("{errors:#?}"))
}

fn error(before: &str, after: &str) -> Diagnostic {
    let mut errors = plan(before, after, "").expect_err("it is refused");
    assert_eq!(errors.len(), 1, "{errors:#?}");
    errors.remove(0)
}

#[test]
fn renamed_fields_have_their_old_name_as_an_alias() {
    let schema = schema(
        "message M { int32 a = 1; map<int32, string> b = 2; string c = 3; }",
        "message M { int32 a_new = 1; map<int32, string> b_new = 2; string c = 3; string d = 4; }",
        "",
    );
    let fields = schema["fields"].as_array().expect("fields");
    assert_eq!(fields[0]["aliases"], json!(["a"]));
    assert_eq!(fields[1]["aliases"], json!(["b"]));
    assert_eq!(fields[1]["type"]["items"]["name"], "BNewEntry");
    assert_eq!(fields[1]["type"]["items"]["aliases"], json!(["BEntry"]));
    assert_eq!(fields[2].get("aliases"), None);
    assert_eq!(fields[3].get("aliases"), None);
}

#[test]
fn renamed_messages_and_enums_are_known_by_the_fields_that_hold_them() {
    let schema = schema(
        "message M { N n = 1; E e = 2; message N { Deep d = 1; } message Deep {} } enum E { Z = 0; }",
        "message M { P n = 1; F e = 2; } message P { Deeper d = 1; } message Deeper {} enum F { Z = 0; }",
        "",
    );
    let fields = schema["fields"].as_array().expect("fields");
    let message = &fields[0]["type"][1];
    assert_eq!(
        (&message["name"], &message["aliases"]),
        (&json!("P"), &json!(["t.M.N"]))
    );
    let deep = &message["fields"][0]["type"][1];
    assert_eq!(
        (&deep["name"], &deep["aliases"]),
        (&json!("Deeper"), &json!(["t.M.Deep"]))
    );
    assert_eq!(fields[1]["type"]["aliases"], json!(["E"]));
}

#[test]
fn renamed_roots_are_known_by_what_they_hold() {
    let before = "message A { int32 x = 1; } message B { int32 y = 1; }";
    let renamed = schema(
        before,
        "message C { int32 x = 1; } message B { int32 y = 1; }",
        "",
    );
    assert_eq!(renamed["aliases"], json!(["A"]));
    // Two that hold the same could each be the other.
    let before = "message A { int32 x = 1; } message B { int32 x = 1; }";
    let unclear = schema(
        before,
        "message C { int32 x = 1; } message D { int32 x = 1; }",
        "",
    );
    assert_eq!(unclear.get("aliases"), None);
}

#[test]
fn renamed_members_of_a_union_are_known() {
    let schema = schema(
        "message M { oneof o { string a = 1; string b = 2; } }",
        "message M { oneof p { string a_new = 1; string b = 2; } }",
        "oneofs = \"union\"",
    );
    let field = &schema["fields"][0];
    assert_eq!(
        (&field["name"], &field["aliases"]),
        (&json!("p"), &json!(["o"]))
    );
    assert_eq!(field["type"][1]["aliases"], json!(["t.M.o.a"]));
    assert_eq!(field["type"][2]["aliases"], json!(["t.M.o.b"]));
}

#[test]
fn renamed_enum_values_keep_their_symbols() {
    let (before, after) = (
        "message M { E e = 1; } enum E { Z = 0; A = 1; }",
        "message M { E e = 1; } enum E { ZERO = 0; A_NEW = 1; B = 2; }",
    );
    let pinned = schema(before, after, "");
    let ty = &pinned["fields"][0]["type"];
    assert_eq!(ty["symbols"], json!(["Z", "A", "B"]));
    assert_eq!(
        (&ty["default"], &pinned["fields"][0]["default"]),
        (&json!("Z"), &json!("Z"))
    );
    let text = schema(before, after, "enums = \"string\"");
    assert_eq!(text["fields"][0]["default"], "Z");
}

#[test]
fn names_that_meant_something_else_are_refused() {
    for (before, after, message) in [
        (
            "message M { string a = 1; string b = 2; }",
            "message M { string b = 2; string a = 3; }",
            "the field `a` of `t.M` has the number 3, and had 1 in the baseline",
        ),
        (
            "message M { E e = 1; } enum E { Z = 0; A = 1; }",
            "message M { E e = 1; } enum E { Z = 0; A = 2; }",
            "the value `A` of `t.E` has the number 2, and had 1 in the baseline",
        ),
    ] {
        let error = error(before, after);
        assert_eq!(error.code.name, "avro-baseline");
        assert_eq!(error.message, message);
        assert!(error.primary.is_some() && !error.help.is_empty());
    }
}

const CONFIG: &str = "version = 1\ncontract = [\"proto\"]\ninclude = [\"proto\"]\n\
    [target.avro]\nout = \"gen\"\nbaseline = \"BASELINE\"\n";

#[test]
fn the_configuration_names_a_directory_or_a_file() {
    let project = Project::new(&[
        (
            "proto/m.proto",
            "syntax = \"proto3\"; message M { int32 new = 1; }",
        ),
        (
            "old/m.proto",
            "syntax = \"proto3\"; message M { int32 old = 1; }",
        ),
        (
            "bad/m.proto",
            "syntax = \"proto3\"; message M { in32 old = 1; }",
        ),
    ]);
    for baseline in ["old", "old/m.proto"] {
        project.write("xlc.toml", &CONFIG.replace("BASELINE", baseline));
        let run = project.xlc(&["gen", "--force"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let schema: Value = serde_json::from_str(&project.read("gen/M.avsc")).expect("JSON");
        assert_eq!(schema["fields"][0]["aliases"], json!(["old"]), "{baseline}");
    }
    for (baseline, said) in [
        ("nowhere", "nowhere"),
        ("bad", "the baseline `bad` cannot be read: "),
        ("xlc.toml", "neither a .proto file nor a descriptor set"),
    ] {
        project.write("xlc.toml", &CONFIG.replace("BASELINE", baseline));
        let run = project.xlc(&["gen"]);
        assert_eq!(run.code, 2, "{}", run.stderr);
        assert!(run.stderr.contains(said), "{}", run.stderr);
        assert!(run.stderr.contains("xlc.toml:6:12"), "{}", run.stderr);
    }
}
