//! What schemas cost: `cargo bench --bench schemas` loads a generated contract of 2,000 messages, plans and renders its
//! JSON Schemas and Avro schemas, and prints the time of each beside that of loading.

#![allow(
    clippy::print_stdout,
    unreachable_pub,
    reason = "a bench prints its figures"
)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use xlc::artifact::Content;
use xlc::contract::Contract;
use xlc::load::{Input, load};
use xlc::targets;

/// The contract: files of messages of ten fields, each of which refers to two earlier messages of its file.
const FILES: usize = 20;
const MESSAGES: usize = 100;

/// How often each is measured; the least counts.
const ROUNDS: usize = 5;

/// What is generated: the target, its options, and what the line is called.
const CASES: [(&str, &str, &str); 4] = [
    (
        "json_schema",
        "bundle = \"message\"",
        "JSON Schema, a file per message",
    ),
    ("json_schema", "", "JSON Schema, a bundle per message"),
    (
        "json_schema",
        "dialect = \"accept\"\nbundle = \"message\"",
        "JSON Schema of what parsers read",
    ),
    ("avro", "", "Avro"),
];

fn source(file: usize) -> String {
    let mut text = format!("syntax = \"proto3\";\npackage bench.v{file};\n");
    for message in 0..MESSAGES {
        // As in contracts that people write, what a message reaches is a small part of the whole.
        let (near, far) = (message / 2, message / 3);
        writeln!(
            text,
            "// The message {message}.\nmessage M{message} {{
  int64 id = 1;
  // What it is called.
  string name = 2;
  optional double share = 3;
  repeated string tags = 4;
  map<string, int32> counts = 5;
  bytes content = 6;
  oneof choice {{ M{near} near = 7; string text = 8; }}
  repeated M{far} far = 9;
  Kind kind = 10;
  enum Kind {{ KIND_UNSPECIFIED = 0; KIND_ONE = 1; KIND_TWO = 2; }}
}}"
        )
        .expect("a text");
    }
    text
}

fn write(root: &Path) -> Vec<PathBuf> {
    let paths = (0..FILES).map(|file| {
        let path = root.join(format!("bench{file}.proto"));
        std::fs::write(&path, source(file)).expect("it can be written");
        path
    });
    paths.collect()
}

fn loaded(root: &Path, files: &[PathBuf]) -> Contract {
    let inputs: Vec<Input> = files.iter().cloned().map(Input::File).collect();
    match load(&inputs, &[root.to_owned()]) {
        Ok(loaded) => loaded.contract,
        Err(failure) => panic!("{:?}", failure.diagnostics.first()),
    }
}

/// Plans and prints all files of a target; their number and bytes.
fn generate(contract: &Contract, target: &str, options: &str) -> (usize, usize) {
    let target = targets::find(target).expect("it is registered");
    let options = options.parse().expect("legal TOML");
    let plan = target.plan(contract, &options).expect("a legal contract");
    let bytes = plan
        .artifacts
        .iter()
        .map(|artifact| match &artifact.content {
            Content::Json(value) => serde_json::to_string_pretty(value).expect("JSON").len(),
            Content::Verbatim(text) => text.len(),
            Content::Template { name, .. } => panic!("schemas are data, not `{name}`"),
        });
    (plan.artifacts.len(), bytes.sum())
}

fn least(mut run: impl FnMut()) -> Duration {
    let times = (0..ROUNDS).map(|_| {
        let start = Instant::now();
        run();
        start.elapsed()
    });
    times.min().unwrap_or_default()
}

fn main() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let files = write(directory.path());
    let contract = loaded(directory.path(), &files);
    assert_eq!(contract.messages().len(), FILES * MESSAGES);
    let loading = least(|| drop(loaded(directory.path(), &files)));
    println!(
        "{} messages, {} fields; multiples of the time of loading",
        FILES * MESSAGES,
        FILES * MESSAGES * 10
    );
    println!(
        "{:<36} {loading:>9.1?}",
        "loading and checking the contract"
    );
    for (target, options, name) in CASES {
        let (files, bytes) = generate(&contract, target, options);
        let time = least(|| assert_eq!(generate(&contract, target, options), (files, bytes)));
        let ratio = time.as_secs_f64() / loading.as_secs_f64();
        println!(
            "{name:<36} {time:>9.1?} {ratio:>5.1}x  {files} files, {:.1} MB",
            bytes as f64 / 1e6
        );
    }
}
