//! protoc as referee: a contract loaded from sources says the same as the one loaded from protoc's descriptor set of
//! those sources, down to comments, spans and the bytes of options.

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use support::toolchain;
use xlc::contract::{Contract, dump_file};
use xlc::load::{Input, load};

/// All .proto files below a directory, sorted.
fn proto_files(root: &Path) -> Vec<PathBuf> {
    walkdir::WalkDir::new(root)
        .follow_links(true)
        .sort_by_file_name()
        .into_iter()
        .map(|entry| entry.expect("the tree is readable").into_path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "proto")
        })
        .collect()
}

/// What protoc makes of files below a root. Without `retain` it drops options that are for sources only and merges
/// those that set parts of one message; with it, each stands as it was written.
fn descriptor_set(protoc: &Path, root: &Path, files: &[PathBuf], retain: bool) -> Vec<u8> {
    let out = tempfile::NamedTempFile::new().expect("a temporary file");
    let output = Command::new(protoc)
        .arg(format!("-I{}", root.display()))
        .args(["--include_imports", "--include_source_info"])
        .args(retain.then_some("--retain_options"))
        .arg(format!("--descriptor_set_out={}", out.path().display()))
        .args(files)
        .output()
        .expect("protoc starts");
    assert!(
        output.status.success(),
        "protoc refuses {}: {}",
        root.display(),
        String::from_utf8_lossy(&output.stderr)
    );
    std::fs::read(out.path()).expect("protoc wrote it")
}

fn loaded(inputs: &[Input], include: &[PathBuf]) -> Contract {
    match load(inputs, include) {
        Ok(loaded) => loaded.contract,
        Err(failure) => panic!(
            "{}",
            failure
                .diagnostics
                .iter()
                .map(|diagnostic| {
                    let place = diagnostic
                        .primary
                        .as_ref()
                        .map(|label| failure.sources.place(label.span));
                    format!("{place:?}: {} {:?}\n", diagnostic.message, diagnostic.help)
                })
                .collect::<String>()
        ),
    }
}

/// A file's dump without what depends on how it was asked for.
fn dump_of(contract: &Contract, path: &str) -> Value {
    let file = contract
        .files()
        .iter()
        .find(|file| file.path == path)
        .unwrap_or_else(|| panic!("{path} is missing"));
    let mut dump = dump_file(contract, file);
    if let Some(dump) = dump.as_object_mut() {
        dump.remove("requested");
    }
    dump
}

/// The differences of two dumps, each with its path.
fn differences(path: &str, ours: &Value, theirs: &Value, out: &mut Vec<(String, String)>) {
    match (ours, theirs) {
        (Value::Object(a), Value::Object(b)) => {
            for key in a.keys().chain(b.keys().filter(|key| !a.contains_key(*key))) {
                let null = Value::Null;
                differences(
                    &format!("{path}.{key}"),
                    a.get(key).unwrap_or(&null),
                    b.get(key).unwrap_or(&null),
                    out,
                );
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (index, (a, b)) in a.iter().zip(b).enumerate() {
                let name = a.get("name").map_or(index.to_string(), ToString::to_string);
                differences(&format!("{path}[{name}]"), a, b, out);
            }
        }
        _ if ours != theirs => {
            out.push((path.to_owned(), format!("{ours} is not protoc's {theirs}")))
        }
        _ => {}
    }
}

fn compare(root: &Path, files: &[PathBuf]) {
    let Some(protoc) = toolchain::protoc() else {
        return;
    };
    let inputs: Vec<_> = files.iter().cloned().map(Input::File).collect();
    let ours = loaded(&inputs, &[root.to_owned()]);
    let paths = |contract: &Contract| -> Vec<String> {
        contract
            .files()
            .iter()
            .map(|file| file.path.clone())
            .collect()
    };
    // Each option must be as protoc writes it in one of its two ways.
    let [merged, retained] = [false, true].map(|retain| {
        let theirs = loaded(
            &[Input::DescriptorSet {
                name: "protoc".into(),
                bytes: descriptor_set(&protoc, root, files, retain),
            }],
            &[],
        );
        assert_eq!(paths(&ours), paths(&theirs));
        let mut found = Vec::new();
        for path in paths(&ours) {
            differences(
                &path,
                &dump_of(&ours, &path),
                &dump_of(&theirs, &path),
                &mut found,
            );
        }
        found
    });
    let found: Vec<_> = merged
        .iter()
        .filter(|(path, _)| retained.iter().any(|(other, _)| other == path))
        .map(|(path, difference)| format!("{path}: {difference}"))
        .collect();
    assert!(
        found.is_empty(),
        "{} differences:\n{}",
        found.len(),
        found[..found.len().min(40)].join("\n")
    );
}

fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

#[test]
fn the_study_contract_is_what_protoc_says() {
    let root = repository("schemas");
    compare(&root, &proto_files(&root));
}

#[test]
fn the_kitchen_sink_is_what_protoc_says() {
    let root = repository("fixtures/contracts/kitchen_sink");
    compare(&root, &proto_files(&root));
}

#[test]
fn what_another_reader_refuses_is_what_protoc_says() {
    let root = repository("fixtures/contracts/protoc_only");
    compare(&root, &proto_files(&root));
}

#[test]
fn protobufs_own_sources_are_what_protoc_says() {
    let Some(root) = toolchain::protoc_include() else {
        return;
    };
    let files: Vec<_> = proto_files(&root)
        .into_iter()
        .filter(|path| {
            !std::fs::read_to_string(path)
                .unwrap()
                .contains("\nedition = ")
        })
        .collect();
    assert!(files.len() > 10, "{files:?}");
    compare(&root, &files);
}

#[test]
fn the_built_in_files_are_protocs_own() {
    let (Some(protoc), Some(include)) = (toolchain::protoc(), toolchain::protoc_include()) else {
        return;
    };
    let output = Command::new(repository("scripts/well-known"))
        .arg("--check")
        .env("PROTOC", protoc)
        .env("PROTOC_INCLUDE", include)
        .output()
        .expect("the script starts");
    assert!(
        output.status.success(),
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}
