//! The official conformance suite as a referee: every JSON document in it is accepted or refused as the suite wants it,
//! and every document that a correct serializer printed is canonical.
//!
//! The runner gives no list of its tests, so a testee records what it is asked and answers wrongly on purpose: under
//! `runtime_error` every test of JSON input fails, which tells their names in order; under `parse_error` those pass that
//! want an error.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use crate::contracts::of_descriptor_set;
use crate::schemas::Schemas;
use crate::support::toolchain;

/// One run of the suite.
struct Run {
    /// What was asked, in order: the lines that `record.py` writes.
    requests: Vec<Value>,
    /// The names of the tests that failed, in order.
    failures: Vec<String>,
}

/// The tools that a run takes.
struct Tools {
    python: std::path::PathBuf,
    runner: std::path::PathBuf,
}

impl Tools {
    fn run(&self, mode: &str, set: &Path) -> Run {
        let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("conformance-{mode}"));
        std::fs::create_dir_all(&directory).expect("it can be made");
        let log = directory.join("log.jsonl");
        let testee = directory.join("testee");
        let script = format!(
            "#!/bin/sh\nexec '{}' '{}/tests/json_schema/record.py' {mode} '{}' '{}'\n",
            self.python.display(),
            env!("CARGO_MANIFEST_DIR"),
            log.display(),
            set.display(),
        );
        std::fs::write(&testee, script).expect("it can be written");
        make_executable(&testee);
        let output = Command::new(&self.runner)
            .args([
                "--enforce_recommended",
                "--maximum_edition",
                "2023",
                "--output_dir",
            ])
            .arg(format!("{}/", directory.display()))
            .arg(&testee)
            .output()
            .expect("the runner starts");
        let said =
            String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
        assert!(said.contains("CONFORMANCE SUITE"), "{said}");
        let log = std::fs::read_to_string(log).expect("the testee wrote it");
        Run {
            requests: log
                .lines()
                .map(|line| serde_json::from_str(line).expect("a JSON line"))
                .collect(),
            failures: said
                .lines()
                .filter_map(|line| line.strip_prefix("ERROR, test="))
                .filter_map(|line| Some(line.split_once(':')?.0.to_owned()))
                .collect(),
        }
    }
}

#[cfg(unix)]
fn make_executable(path: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).expect("it is ours");
}

#[cfg(not(unix))]
fn make_executable(_: &Path) {}

/// A JSON document; unlike [`Value`] it is no document if a key is there twice, as the suite wants it.
struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(StrictVisitor).map(Strict)
    }
}

struct StrictVisitor;

impl<'de> Visitor<'de> for StrictVisitor {
    type Value = Value;

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut array = Vec::new();
        while let Some(Strict(item)) = items.next_element()? {
            array.push(item);
        }
        Ok(array.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = serde_json::Map::new();
        while let Some((key, Strict(value))) = members.next_entry::<String, Strict>()? {
            if object.insert(key, value).is_some() {
                return Err(A::Error::custom("a key is there twice"));
            }
        }
        Ok(object.into())
    }
}

#[test]
fn the_suite_and_the_schemas_agree() {
    let (Some(python), Some(runner), Some(protoc), Some(include), Some(well_known)) = (
        toolchain::python(),
        toolchain::conformance_runner(),
        toolchain::protoc(),
        toolchain::conformance_include(),
        toolchain::protoc_include(),
    ) else {
        return;
    };
    let set = crate::documents::descriptor_set_of(&protoc, &include, &[well_known]);
    let contract = of_descriptor_set(&std::fs::read(&set).expect("protoc wrote it"));
    let tools = Tools { python, runner };
    let named = tools.run("runtime_error", &set);
    let refusing = tools.run("parse_error", &set);
    assert_eq!(named.requests, refusing.requests, "the order changes");

    // Vectors: a document, whether unknown fields are ignored, and whether it is to be accepted.
    let accepted: BTreeSet<&String> = refusing.failures.iter().collect();
    let inputs: Vec<&Value> = named
        .requests
        .iter()
        .filter(|request| request["json"].is_string())
        .collect();
    assert_eq!(
        inputs.len(),
        named.failures.len(),
        "a test of JSON input has no name"
    );
    let closed = Schemas::new(&contract, "dialect = \"accept\"");
    let open = Schemas::new(&contract, "dialect = \"accept\"\nunknown = \"open\"");
    let mut seen = BTreeSet::new();
    let mut wrong = String::new();
    for (request, name) in inputs.into_iter().zip(&named.failures) {
        let (message, text) = (text(&request["message"]), text(&request["json"]));
        let lenient = request["lenient"] == true;
        let schemas = if lenient { &open } else { &closed };
        let refusal = match serde_json::from_str(text) {
            Ok(Strict(document)) => schemas.refusal(message, &document),
            Err(error) => Some(error.to_string()),
        };
        seen.insert((message, text, lenient));
        if refusal.is_none() != accepted.contains(name) {
            let verdict = refusal.as_deref().unwrap_or("accepted");
            writeln!(wrong, "{name}: {text}: {verdict}").expect("a text");
        }
    }
    assert_eq!(wrong, "", "the suite disagrees");
    assert!(seen.len() >= 1_000, "only {} documents", seen.len());

    // Outputs: what a serializer printed.
    let canonical = Schemas::new(&contract, "");
    let printed = tools.run("real", &set).requests;
    let outputs: BTreeSet<(&str, &str)> = printed
        .iter()
        .filter(|request| request["output"].is_string())
        .map(|request| (text(&request["message"]), text(&request["output"])))
        .collect();
    for (message, output) in &outputs {
        let document = serde_json::from_str(output).expect("JSON");
        if let Some(refusal) = canonical.refusal(message, &document) {
            panic!("{message} {output}: {refusal}");
        }
    }
    assert!(outputs.len() >= 850, "only {} outputs", outputs.len());
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}
