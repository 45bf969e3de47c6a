//! Documents that *generated* Python prints: every one must be valid. The messages come from the wire, where google's
//! protobuf wrote them, so that this is the whole way of a contract: code and schema agree.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::contracts::{of_descriptor_set, of_directory};
use crate::documents::{KITCHEN_SINK, descriptor_set, lines, print, run};
use crate::schemas::Schemas;
use crate::support::toolchain;
use xlc::contract::Contract;

/// Generates Python by the command, as people do, and gives the directory that the package lies in.
pub(crate) fn generate(contract: &Path, include: &Path) -> tempfile::TempDir {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let config = format!(
        "version = 1\ncontract = [{:?}]\ninclude = [{:?}]\n[target.python]\nout = \"generated\"\n",
        contract, include
    );
    std::fs::write(directory.path().join("xlc.toml"), config).expect("it can be written");
    let output = Command::new(env!("CARGO_BIN_EXE_xlc"))
        .args(["gen", "-q", "python"])
        .current_dir(directory.path())
        .output()
        .expect("xlc starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    directory
}

/// Checks what generated Python prints of the messages, and gives how many there were.
fn check(contract: &Contract, python: &Path, package: &Path, messages: &[Value]) -> usize {
    let input: String = messages.iter().map(|line| format!("{line}\n")).collect();
    let directory = package.to_str().expect("UTF-8");
    let printed = run(
        python,
        "print_generated.py",
        &[directory, "generated"],
        input.as_bytes(),
    );
    let documents = lines(&printed);
    let schemas = Schemas::new(contract, "");
    for (message, document) in &documents {
        if let Some(refusal) = schemas.refusal(message, document) {
            panic!("{message} {document}: {refusal}");
        }
    }
    documents.len()
}

#[test]
fn what_generated_python_prints_is_valid() {
    let (Some(python), Some(protoc)) = (toolchain::python(), toolchain::protoc()) else {
        return;
    };
    for (directory, amount, least) in [
        ("schemas", ["10", "40"], 3_000),
        (KITCHEN_SINK, ["3", "8"], 8_000),
    ] {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(directory);
        let set = descriptor_set(&protoc, directory);
        let messages = print(&python, &set, amount, &[]);
        let package = generate(&root, &root);
        let count = check(&of_directory(directory), &python, package.path(), &messages);
        assert!(count > least, "only {count} documents");
    }
}

#[test]
fn what_generated_python_prints_of_editions_is_valid() {
    let Some(python) = toolchain::python() else {
        return;
    };
    for name in ["edition2023", "edition2024"] {
        let file = format!("fixtures/contracts/editions/{name}.binpb");
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
        let set = std::fs::read(&path).expect("it is there");
        let messages = print(&python, &set, ["5", "20"], &[]);
        let package = generate(&path, Path::new(env!("CARGO_MANIFEST_DIR")));
        let count = check(&of_descriptor_set(&set), &python, package.path(), &messages);
        assert!(count > 300, "only {count} documents");
    }
}
