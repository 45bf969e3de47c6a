//! protoc as referee: what it says about files, what it makes of them, and how that differs from what the loader makes
//! of their sources. Knows no particular contract.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use xlc::contract::{Contract, dump_file};
use xlc::load::{Input, load};

/// All .proto files below a directory, sorted.
pub fn proto_files(root: &Path) -> Vec<PathBuf> {
    walkdir::WalkDir::new(root)
        .follow_links(true)
        .sort_by_file_name()
        .into_iter()
        .map(|entry| entry.expect("the tree can be read").into_path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "proto")
        })
        .collect()
}

/// Whether a file is written in an edition, which is not read from source.
pub fn is_edition(path: &Path) -> bool {
    String::from_utf8_lossy(&fs::read(path).expect("the file can be read"))
        .lines()
        .any(|line| line.starts_with("edition = "))
}

/// How a file is imported.
pub fn import_path(roots: &[PathBuf], file: &Path) -> String {
    let relative = roots.iter().find_map(|root| file.strip_prefix(root).ok());
    relative.unwrap_or(file).display().to_string()
}

/// What a file imports, by its text.
pub fn imports(file: &Path) -> Vec<String> {
    String::from_utf8_lossy(&fs::read(file).expect("the file can be read"))
        .lines()
        .filter(|line| line.trim_start().starts_with("import "))
        .filter_map(|line| Some(line.split('"').nth(1)?.to_owned()))
        .collect()
}

/// A line that protoc printed; the line is 0 if it gave none.
pub struct Said {
    pub file: String,
    pub line: u32,
    pub is_warning: bool,
    pub message: String,
}

/// What protoc says about files.
pub fn protoc_says(protoc: &Path, roots: &[PathBuf], files: &[PathBuf]) -> Vec<Said> {
    let null = if cfg!(windows) { "NUL" } else { "/dev/null" };
    let output = protoc_on(protoc, roots, files, &[format!("-o{null}")]);
    let text = String::from_utf8_lossy(&output.stderr);
    text.lines().filter_map(said).collect()
}

/// `file:line:column: warning: message`, where the position and the word may be missing.
fn said(line: &str) -> Option<Said> {
    let (file, rest) = line.split_once(".proto:")?;
    let rest = rest.trim_start();
    let mut parts = rest.splitn(3, ':');
    let number = parts.next().and_then(|part| part.parse().ok());
    let (line, message) = match number {
        Some(number) => (number, parts.nth(1).unwrap_or_default()),
        None => (0, rest),
    };
    let message = message.trim_start();
    let warning = message.strip_prefix("warning: ");
    Some(Said {
        file: format!("{file}.proto"),
        line,
        is_warning: warning.is_some(),
        message: warning.unwrap_or(message).to_owned(),
    })
}

fn protoc_on(protoc: &Path, roots: &[PathBuf], files: &[PathBuf], options: &[String]) -> Output {
    // Thousands of paths do not fit on a command line everywhere.
    let list = tempfile::NamedTempFile::new().expect("there is room for a file");
    let lines: Vec<String> = files
        .iter()
        .map(|file| file.display().to_string())
        .collect();
    fs::write(list.path(), lines.join("\n")).expect("there is room for a file");
    Command::new(protoc)
        .args(roots.iter().map(|root| format!("-I{}", root.display())))
        .args(options)
        .arg(format!("@{}", list.path().display()))
        .output()
        .expect("protoc starts")
}

/// What protoc makes of files that it accepts. With `retain` it keeps options that are for sources only.
pub fn descriptor_set(
    protoc: &Path,
    roots: &[PathBuf],
    files: &[PathBuf],
    retain: bool,
) -> Vec<u8> {
    let out = tempfile::NamedTempFile::new().expect("there is room for a file");
    let mut options = vec![
        "--include_imports".to_owned(),
        "--include_source_info".to_owned(),
        format!("--descriptor_set_out={}", out.path().display()),
    ];
    options.extend(retain.then(|| "--retain_options".to_owned()));
    let output = protoc_on(protoc, roots, files, &options);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "protoc refuses {files:?}: {said}");
    fs::read(out.path()).expect("protoc wrote it")
}

/// Loads what must load.
pub fn loaded(inputs: &[Input], include: &[PathBuf]) -> Contract {
    match load(inputs, include) {
        Ok(loaded) => loaded.contract,
        Err(failure) => panic!(
            "{}",
            xlc::diagnostics::emit::Human::new(false)
                .render(&failure.diagnostics, &failure.sources)
        ),
    }
}

/// How the loader's reading of sources differs from its reading of what protoc makes of them, each difference with its
/// path. Empty for no files.
pub fn differences(protoc: &Path, roots: &[PathBuf], files: &[PathBuf]) -> Vec<String> {
    if files.is_empty() {
        return Vec::new();
    }
    let inputs: Vec<_> = files.iter().cloned().map(Input::File).collect();
    let ours = loaded(&inputs, roots);
    // Each option must be as protoc writes it in one of its two ways.
    let [merged, retained] = [false, true].map(|retain| {
        let bytes = descriptor_set(protoc, roots, files, retain);
        let name = "protoc".to_owned();
        let theirs = loaded(&[Input::DescriptorSet { name, bytes }], &[]);
        assert_eq!(paths(&ours), paths(&theirs));
        let mut found = Vec::new();
        for (ours_file, theirs_file) in ours.files().iter().zip(theirs.files()) {
            let [a, b] = [(&ours, ours_file), (&theirs, theirs_file)].map(|(contract, file)| {
                let mut dump = dump_file(contract, file);
                // That depends on how it was asked for.
                dump.as_object_mut().expect("a file").remove("requested");
                dump
            });
            compare(&ours_file.path, &a, &b, &mut found);
        }
        found
    });
    merged
        .iter()
        .filter(|(path, _)| retained.iter().any(|(other, _)| other == path))
        .map(|(path, difference)| format!("{path}: {difference}"))
        .collect()
}

fn paths(contract: &Contract) -> Vec<&str> {
    contract
        .files()
        .iter()
        .map(|file| file.path.as_str())
        .collect()
}

/// The differences of two dumps, each with its path.
fn compare(path: &str, ours: &Value, theirs: &Value, out: &mut Vec<(String, String)>) {
    match (ours, theirs) {
        (Value::Object(a), Value::Object(b)) => {
            for key in a.keys().chain(b.keys().filter(|key| !a.contains_key(*key))) {
                let [a, b] = [a, b].map(|side| side.get(key).unwrap_or(&Value::Null));
                compare(&format!("{path}.{key}"), a, b, out);
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (index, (a, b)) in a.iter().zip(b).enumerate() {
                let name = a.get("name").map_or(index.to_string(), ToString::to_string);
                compare(&format!("{path}[{name}]"), a, b, out);
            }
        }
        _ if ours != theirs => {
            out.push((path.to_owned(), format!("{ours} is not protoc's {theirs}")));
        }
        _ => {}
    }
}
