//! Prints the tables of the book from the program's own data.

use std::fmt::Write as _;

use serde_json::Value;
use xlc::diagnostics::codes;
use xlc::targets::TARGETS;

/// One row per construct, one column per target.
pub(crate) fn support() -> String {
    let columns: Vec<(&str, Value)> = TARGETS
        .iter()
        .map(|target| {
            (
                target.name(),
                serde_json::to_value(target.capabilities()).expect("capabilities"),
            )
        })
        .collect();
    let mut table = String::from("| |");
    for (name, _) in &columns {
        let _ = write!(table, " {name} |");
    }
    let _ = write!(table, "\n|---|{}", "---|".repeat(columns.len()));
    let constructs: Vec<String> = columns
        .first()
        .and_then(|(_, value)| value.as_object())
        .map(|object| object.keys().cloned().collect())
        .unwrap_or_default();
    for construct in constructs {
        let _ = write!(table, "\n| {} |", construct.replace('_', " "));
        for (_, value) in &columns {
            let cell = match value[&construct].as_str() {
                Some("full") => "yes",
                Some("partial") => "partly",
                Some("none") => "no",
                other => panic!("{construct}: {other:?}"),
            };
            let _ = write!(table, " {cell} |");
        }
    }
    table
}

/// Every key of `xlc.toml`, from the published schema of the file.
pub(crate) fn keys() -> String {
    let schema: Value =
        serde_json::from_str(include_str!("../../schemas/xlc.schema.json")).expect("a JSON schema");
    let mut text = String::from("| key | meaning |\n|---|---|\n");
    for key in ["version", "contract", "include"] {
        row(&mut text, key, &schema["properties"][key]);
    }
    text.push_str("\n## `[compat]`\n\n| key | meaning |\n|---|---|\n");
    let compat = schema["$defs"]["Compat"]["properties"].as_object();
    for (key, value) in compat.expect("the keys of a table") {
        row(&mut text, key, value);
    }
    let targets = schema["properties"]["target"]["properties"]
        .as_object()
        .expect("targets");
    for (index, (name, target)) in targets.iter().enumerate() {
        let properties = target["properties"].as_object().expect("options");
        if index == 0 {
            text.push_str("\n## Keys of every target\n\n| key | meaning |\n|---|---|\n");
            for key in ["out", "templates"] {
                row(&mut text, key, &properties[key]);
            }
        }
        let _ = write!(
            text,
            "\n## `[target.{name}]`\n\n| key | meaning |\n|---|---|\n"
        );
        for (key, value) in properties {
            if !["out", "templates"].contains(&key.as_str()) {
                row(&mut text, key, value);
            }
        }
    }
    text
}

fn row(text: &mut String, key: &str, property: &Value) {
    let description = property["description"].as_str().unwrap_or_default();
    let description = description.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(!description.is_empty(), "`{key}` has no description");
    let _ = writeln!(text, "| `{key}` | {} |", description.replace('|', "\\|"));
}

/// Every code of a diagnostic.
pub(crate) fn codes() -> String {
    let mut text = String::from("| code | meaning |\n|---|---|\n");
    for code in codes::ALL {
        let _ = writeln!(
            text,
            "| `{}` | {} |",
            code.name,
            code.summary.replace('|', "\\|")
        );
    }
    text
}

/// A file that `xlc gen` writes of the example of a page, as a block of JSON.
pub(crate) fn generated(page: &str, file: &str) -> String {
    let project = tempfile::tempdir().expect("a directory");
    let example = crate::book().join(format!("{page}.in"));
    for entry in walkdir::WalkDir::new(&example) {
        let entry = entry.expect("it can be read");
        let path = entry.path().strip_prefix(&example).expect("it is below");
        let to = project.path().join(path);
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(to).expect("there is room");
        } else {
            std::fs::copy(entry.path(), to).expect("there is room");
        }
    }
    let run = std::process::Command::new(env!("CARGO_BIN_EXE_xlc"))
        .current_dir(project.path())
        .args(["gen", page])
        .output()
        .expect("xlc starts");
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{said}");
    let found = walkdir::WalkDir::new(project.path())
        .into_iter()
        .map(|entry| entry.expect("it can be read"))
        .find(|entry| entry.file_name() == file)
        .unwrap_or_else(|| panic!("{file} is not generated"));
    let text = std::fs::read_to_string(found.path()).expect("it can be read");
    format!("```json\n{}\n```", text.trim_end())
}
