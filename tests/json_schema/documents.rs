//! Documents that google.protobuf prints of random messages: every one must be valid, by two validators of different
//! families and under every option.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use xlc::contract::Contract;

use crate::contracts::{self, EDITION_2023, EDITION_2024, of_descriptor_set, of_directory};
use crate::schemas::{self, Schemas};
use crate::support::{referee, toolchain};

/// The options under which documents are checked, and the serializer's flags that match them.
const VARIANTS: [(&str, &[&str]); 7] = [
    ("", &[]),
    ("unknown = \"open\"", &[]),
    ("names = \"proto\"", &["--proto-names"]),
    ("presence = \"always\"", &["--all-fields"]),
    ("enums = \"integer\"", &["--enum-numbers"]),
    (
        "dialect = \"accept\"",
        &["--proto-names", "--all-fields", "--enum-numbers"],
    ),
    ("dialect = \"accept\"\nunknown = \"open\"", &[]),
];

/// A contract that holds every construct.
pub(crate) const KITCHEN_SINK: &str = "fixtures/contracts/kitchen_sink";

/// A descriptor set with all that is in the directory of the repository, made by protoc.
pub(crate) fn descriptor_set(protoc: &Path, directory: &str) -> Vec<u8> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(directory);
    std::fs::read(descriptor_set_of(protoc, &root, &[])).expect("protoc wrote it")
}

/// The path of a descriptor set with all that is under an import root, made by protoc.
pub(crate) fn descriptor_set_of(protoc: &Path, root: &Path, more_roots: &[PathBuf]) -> PathBuf {
    let name = root
        .file_name()
        .and_then(|name| name.to_str())
        .expect("a directory");
    // Tests run side by side: each makes its own.
    let thread = std::thread::current();
    let test = thread.name().unwrap_or("test").replace("::", "-");
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{test}.binpb"));
    let status = Command::new(protoc)
        .args(["--include_imports", "-o"])
        .arg(&out)
        .args(
            std::iter::once(root)
                .chain(more_roots.iter().map(PathBuf::as_path))
                .map(|root| format!("-I{}", root.display())),
        )
        .args(contracts::sources(root))
        .stderr(Stdio::null())
        .status()
        .expect("protoc starts");
    assert!(status.success(), "protoc refuses {}", root.display());
    out
}

/// What google.protobuf prints: lines with the full name of a message, a document of it and the same on the wire.
pub(crate) fn print(python: &Path, set: &[u8], amount: [&str; 2], flags: &[&str]) -> Vec<Value> {
    let output = run(
        python,
        "print_documents.py",
        &[&["7"], &amount[..], flags].concat(),
        set,
    );
    output
        .lines()
        .map(|line| serde_json::from_str(line).expect("a JSON line"))
        .collect()
}

/// The full name of a message and a document of it, by the lines that a program printed.
pub(crate) fn lines(printed: &str) -> Vec<(String, Value)> {
    printed
        .lines()
        .map(|line| message_and_document(&serde_json::from_str(line).expect("a JSON line")))
        .collect()
}

fn message_and_document(line: &Value) -> (String, Value) {
    let text = |key: &str| line[key].as_str().expect("a text").to_owned();
    let document = serde_json::from_str(&text("document")).expect("JSON");
    (text("message"), document)
}

/// Runs a Python program of this directory and gives what it printed.
pub(crate) fn run(python: &Path, program: &str, arguments: &[&str], input: &[u8]) -> String {
    let program = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/json_schema")
        .join(program);
    let mut child = Command::new(python)
        .arg(&program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Python starts");
    let mut stdin = child.stdin.take().expect("it is piped");
    let input = input.to_vec();
    // Written beside the reading: a pipe that is full on both sides would wait for ever.
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().expect("it ends");
    writer
        .join()
        .expect("no panic")
        .expect("the program reads its input");
    assert!(output.status.success(), "{} failed", program.display());
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// Checks that no document is refused under any option, and gives how many there were under the defaults. Under the
/// other options there are fewer.
fn check(contract: &Contract, python: &Path, set: &[u8], amount: [&str; 2]) -> usize {
    let mut counts = Vec::new();
    for (options, flags) in VARIANTS {
        let amount = if options.is_empty() {
            amount
        } else {
            ["1", "3"]
        };
        let documents = print(python, set, amount, flags);
        let schemas = Schemas::new(contract, options);
        for line in &documents {
            let (message, document) = message_and_document(line);
            if let Some(refusal) = schemas.refusal(&message, &document) {
                panic!("[{options}] {message} {document}: {refusal}");
            }
        }
        counts.push(documents.len());
    }
    counts[0]
}

#[test]
fn what_google_prints_of_the_study_is_valid() {
    let (Some(python), Some(protoc)) = (toolchain::python(), toolchain::protoc()) else {
        return;
    };
    let count = check(
        &of_directory("schemas"),
        &python,
        &descriptor_set(&protoc, "schemas"),
        ["20", "60"],
    );
    assert!(count > 5_000, "only {count} documents");
}

#[test]
fn what_google_prints_of_every_construct_is_valid() {
    let (Some(python), Some(protoc)) = (toolchain::python(), toolchain::protoc()) else {
        return;
    };
    let set = descriptor_set(&protoc, KITCHEN_SINK);
    let count = check(&of_directory(KITCHEN_SINK), &python, &set, ["4", "10"]);
    assert!(count > 10_000, "only {count} documents");
}

#[test]
fn what_google_prints_of_editions_is_valid() {
    let Some(python) = toolchain::python() else {
        return;
    };
    for set in [EDITION_2023, EDITION_2024] {
        let count = check(&of_descriptor_set(set), &python, set, ["10", "30"]);
        assert!(count > 500, "only {count} documents");
    }
}

/// The messages that every implementation of protobuf is tested with: proto2, proto3 and their twins in edition 2023.
#[test]
fn what_google_prints_of_the_conformance_messages_is_valid() {
    let (Some(python), Some(protoc), Some(include)) = (
        toolchain::python(),
        toolchain::protoc(),
        toolchain::conformance_include(),
    ) else {
        return;
    };
    let files = referee::proto_files(&include);
    let set = referee::descriptor_set(&protoc, &[include], &files, false);
    let count = check(&of_descriptor_set(&set), &python, &set, ["3", "10"]);
    assert!(count > 2_000, "only {count} documents");
}

#[test]
fn a_validator_of_another_family_agrees() {
    let (Some(python), Some(protoc)) = (toolchain::python(), toolchain::protoc()) else {
        return;
    };
    for directory in ["schemas", KITCHEN_SINK] {
        let set = descriptor_set(&protoc, directory);
        let contract = of_directory(directory);
        for options in ["", "dialect = \"accept\""] {
            let printed = print(&python, &set, ["1", "1"], &[]);
            let accepted: Vec<_> = printed.iter().map(message_and_document).collect();
            let input = json!({
                "schemas": schemas::documents(&contract, options),
                "accepted": accepted,
                // It is slow: every third of them.
                "refused": crate::poison::documents(&contract).into_iter().step_by(3).collect::<Vec<_>>(),
            });
            let verdicts = run(&python, "validate.py", &[], input.to_string().as_bytes());
            assert_eq!(verdicts, "", "[{options}] {directory}");
        }
    }
}
