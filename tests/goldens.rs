//! The goldens: every generated line of a small contract is under version control and held against what is generated
//! now, by `xlc gen --check` itself. Beside them the view that the Python template prints, as a snapshot.
#![cfg(feature = "cli")]

use std::path::PathBuf;
use std::process::{Command, Output};

fn xlc(arguments: &[&str]) -> Output {
    let report = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/contracts/report");
    Command::new(env!("CARGO_BIN_EXE_xlc"))
        .current_dir(report)
        .args(arguments)
        .output()
        .expect("xlc starts")
}

#[test]
fn generated_files_are_the_goldens() {
    let check = xlc(&["gen", "--check", "--diff"]);
    assert!(
        check.status.success(),
        "run `xlc gen` in fixtures/contracts/report and read what changes:\n{}{}",
        String::from_utf8_lossy(&check.stderr),
        String::from_utf8_lossy(&check.stdout),
    );
}

#[test]
fn the_view_that_the_python_template_prints() {
    let view = xlc(&["dump", "view", "python"]);
    assert!(
        view.status.success(),
        "{}",
        String::from_utf8_lossy(&view.stderr)
    );
    let view: serde_json::Value = serde_json::from_slice(&view.stdout).expect("JSON");
    let modules = find(&view, "report.py").expect("the view of report.py");
    insta::assert_json_snapshot!(modules);
}

/// The part of a dump that is about the artifact of this path.
fn find<'a>(value: &'a serde_json::Value, path: &str) -> Option<&'a serde_json::Value> {
    match value {
        serde_json::Value::Array(items) => items.iter().find_map(|item| find(item, path)),
        serde_json::Value::Object(object) => {
            if object.get("path").and_then(serde_json::Value::as_str) == Some(path) {
                return Some(value);
            }
            object.values().find_map(|item| find(item, path))
        }
        serde_json::Value::Null
        | serde_json::Value::Bool(_)
        | serde_json::Value::Number(_)
        | serde_json::Value::String(_) => None,
    }
}
