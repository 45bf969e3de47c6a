//! The program itself: runs `buf breaking` over a directory of many small contracts at once, and reads what it says as
//! what the tests compare: rule, file, element.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// Rule, file of the new version (empty where buf names none), element: `Study#3`, `Study.name`, `Study[2,3]`.
pub(super) type Said = (String, String, String);

/// What `buf breaking` says of two descriptor sets under these categories, and its exit code.
pub(super) fn breaking(
    buf: &Path,
    new: &Path,
    old: &Path,
    categories: &[&str],
) -> (BTreeSet<Said>, Option<i32>) {
    let config =
        serde_json::json!({ "version": "v2", "breaking": { "use": categories } }).to_string();
    let output = Command::new(buf)
        // A directory below the current one would have to be a module of it.
        .current_dir("/")
        .arg("breaking")
        .arg(new)
        .arg("--against")
        .arg(old)
        .args(["--error-format", "json", "--config", &config])
        .output()
        .expect("buf runs");
    let text = String::from_utf8_lossy(&output.stdout);
    let code = output.status.code();
    assert!(
        matches!(code, Some(0 | 100)),
        "{code:?} {text}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let said = text.lines().map(said);
    (said.collect(), code)
}

/// Has buf compile a directory to a descriptor set, which it and we read alike, editions included. The directories of
/// what it refuses, if it does.
pub(super) fn build(buf: &Path, directory: &Path, image: &Path) -> Result<(), BTreeSet<String>> {
    let output = Command::new(buf)
        .current_dir("/")
        .arg("build")
        .arg(directory)
        .arg("-o")
        .arg(image)
        .output()
        .expect("buf runs");
    if output.status.success() {
        return Ok(());
    }
    let text = String::from_utf8_lossy(&output.stderr);
    let place = format!("{}/", directory.display());
    let case = |line: &str| Some(line.strip_prefix(&place)?.split('/').next()?.to_owned());
    let refused: BTreeSet<String> = text.lines().filter_map(case).collect();
    assert!(!refused.is_empty(), "{text}");
    Err(refused)
}

/// Name and categories of each rule, in the configuration's newest version.
pub(super) fn rules(buf: &Path) -> Vec<(String, Vec<String>)> {
    let output = Command::new(buf)
        .args([
            "config",
            "ls-breaking-rules",
            "--version",
            "v2",
            "--format",
            "json",
        ])
        .output()
        .expect("buf runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let rule = |line: &str| {
        let value: Value = serde_json::from_str(line).expect("a rule");
        let categories = value["categories"].as_array().expect("categories").iter();
        let categories = categories.map(|it| it.as_str().expect("a name").to_owned());
        let id = value["id"].as_str().expect("a name").to_owned();
        (id, categories.collect())
    };
    text.lines().map(rule).collect()
}

fn said(line: &str) -> Said {
    let value: Value = serde_json::from_str(line).expect("a line of JSON");
    let text = |key: &str| value[key].as_str().unwrap_or_default();
    let path = text("path").to_owned();
    let element = element(text("message"), &path);
    (text("type").to_owned(), path, element)
}

/// The element of a message. Everything in it that a contract names is quoted.
fn element(message: &str, path: &str) -> String {
    let quoted: Vec<&str> = message.split('"').skip(1).step_by(2).collect();
    let at = |index: usize| quoted.get(index).copied().unwrap_or_default();
    let on = |word: &str| {
        let (_, rest) = message
            .split_once(&format!("on {word} \""))
            .unwrap_or_default();
        let name = rest.split('"').next().unwrap_or_default();
        name.trim_start_matches('.').to_owned()
    };
    let starts = |words: &[&str]| words.iter().any(|it| message.starts_with(it));
    if starts(&["File "]) {
        path.to_owned()
    } else if starts(&["Message option"]) {
        String::new()
    } else if starts(&["Field ", "Extension ", "Previously present field "]) {
        format!("{}#{}", on("message"), at(0))
    } else if starts(&["Enum value ", "Previously present enum value "]) {
        format!("{}#{}", on("enum"), at(0))
    } else if message.contains(" range \"") {
        let of = [on("message"), on("enum")].concat();
        format!("{of}{}", at(0))
    } else if starts(&["Previously present reserved name "]) {
        let of = [on("message"), on("enum")].concat();
        format!("{of}.{}", at(0))
    } else if starts(&["Previously present oneof "]) {
        format!("{}.{}", on("message"), at(0))
    } else if starts(&["RPC ", "Previously present RPC "]) {
        format!("{}.{}", on("service"), at(0))
    } else if message.contains(" had required field ") {
        format!("{}#{}", at(0), at(1))
    } else {
        at(0).to_owned()
    }
}
