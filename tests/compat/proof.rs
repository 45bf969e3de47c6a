//! Verdicts against google's own runtime. What is called broken, it confirms on the payload that is shown; what is called
//! safe, survives random values that it writes and reads. `XLC_PROOF=5000` tries as many values per cell.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use xlc::compat::delta::{Both, Delta, FieldAt};
use xlc::compat::rules::rules;
use xlc::compat::surface::Harm;
use xlc::compat::trial::{Direction, Effect, Format, Laboratory, Payload, Readers};
use xlc::contract::Message;

use crate::matrix::{self, EXCEPTIONS, FORMS, KINDS};
use crate::support::toolchain;
use crate::{compare, read, root};

/// As many random values are tried per safe cell, unless `XLC_PROOF` says otherwise.
const SAMPLES: u32 = 60;

#[test]
fn the_matrices_hold_in_the_official_runtime() {
    let (Some(python), Some(protoc)) = (toolchain::python(), toolchain::protoc()) else {
        return;
    };
    let directory = tempfile::tempdir().expect("a directory");
    matrix::write(directory.path());
    let set = descriptor_set(
        &protoc,
        directory.path(),
        &directory.path().join("set.binpb"),
    );
    let loaded = read(directory.path());
    let contract = &loaded.contract;
    let contracts = Both {
        old: contract,
        new: contract,
    };
    let laboratory = Laboratory::new(contracts, Readers::Official);
    let mut rows: Vec<(String, &[&str])> = vec![("K_".to_owned(), &KINDS)];
    for ty in ["int32", "string", "message"] {
        rows.push((format!("F_{ty}_"), &FORMS));
    }
    let (mut safe, mut broken) = (Vec::new(), Vec::new());
    for format in [Format::Wire, Format::Json] {
        for (prefix, names) in &rows {
            for from in *names {
                for to in *names {
                    let title = title(format, prefix);
                    if is_excepted(&title, from, to) {
                        continue;
                    }
                    let from = matrix::message(contract, &format!("{prefix}{from}"));
                    let to = matrix::message(contract, &format!("{prefix}{to}"));
                    let letters = matrix::cell(&laboratory, format, from, to);
                    if matches!(letters.as_str(), "." | "p") {
                        let (from, to) = (from.full_name.as_str(), to.full_name.as_str());
                        safe.push(json!({"format": word(format), "from": from, "to": to}));
                    }
                    // Where the field is required, the reader misses it before it is looked at.
                    if !to.name.ends_with("_required") {
                        broken.extend(claim(&laboratory, format, from, to));
                    }
                }
            }
        }
    }
    let count = (broken.len(), safe.len());
    assert!(count.0 > 400 && count.1 > 150, "{count:?}");
    confirm(
        &python,
        &[json!({"name": "matrix", "old": set, "new": set, "broken": broken, "safe": safe})],
    );
}

/// Each payload of each fixture, in each direction.
#[test]
fn the_fixtures_hold_in_the_official_runtime() {
    let (Some(python), Some(protoc)) = (toolchain::python(), toolchain::protoc()) else {
        return;
    };
    let directory = tempfile::tempdir().expect("a directory");
    let mut pairs = Vec::new();
    for rule in rules() {
        let name = rule.code.name;
        let sides = ["old", "new"].map(|side| root().join(name).join(side));
        let (old, new) = (read(&sides[0]), read(&sides[1]));
        let claims: Vec<Value> = compare(&old, &new)
            .iter()
            .flat_map(|finding| {
                let readers = finding.delta().and_then(readers);
                let claims = finding.verdicts.iter().filter_map(move |verdict| {
                    let witness = verdict.witness.as_ref()?;
                    if verdict.surface == "rpc" {
                        // The same payload as on the wire, or no payload.
                        return None;
                    }
                    let to = match (&readers, witness.of.as_str()) {
                        (Some(names), of) if of != ANY => verdict.direction.reader(names.clone()),
                        (Some(_) | None, of) => of.to_owned(),
                    };
                    Some(json!({
                        "rule": finding.rule.code.name,
                        "format": verdict.surface,
                        "direction": verdict.direction.name(),
                        "severity": verdict.harm.name(),
                        "payload": payload(&witness.payload),
                        "from": witness.of,
                        "to": to,
                    }))
                });
                claims.collect::<Vec<_>>()
            })
            .collect();
        if claims.is_empty() {
            continue;
        }
        let sets = ["old", "new"].map(|side| {
            let out = directory.path().join(format!("{name}-{side}.binpb"));
            descriptor_set(&protoc, &root().join(name).join(side), &out)
        });
        pairs.push(
            json!({"name": name, "old": sets[0], "new": sets[1], "broken": claims, "safe": []}),
        );
    }
    confirm(&python, &pairs);
}

/// Payloads that this runtime alone reads against the specification, by the kinds that write and read them in JSON.
const PYTHON_ALONE: &[(&[&str], &[&str], &str)] = &[
    (
        &[
            "int64", "uint64", "sint64", "fixed64", "sfixed64", "float", "double",
        ],
        &["enum_open", "enum_closed"],
        "it takes \"0\" and 1.5 for the number of a value",
    ),
    (
        &["string", "bytes"],
        &["message", "group"],
        "it takes \"\" for an empty message",
    ),
];

/// In JSON too, what differs inside a list of messages is told of the messages.
const INSIDE: &[(&str, &str)] = &[
    ("repeated", "entry"),
    ("packed", "entry"),
    ("entry", "repeated"),
    ("entry", "packed"),
];

const ANY: &str = "google.protobuf.Any";

/// The message that each version holds what changed in; `None` where the witness has one name in both.
fn readers(delta: &Delta<'_>) -> Option<Both<String>> {
    match delta {
        Delta::Field(_, holders, _) => Some(holders.map(|it| it.full_name.to_string())),
        Delta::File(..)
        | Delta::Package(..)
        | Delta::Message(..)
        | Delta::Oneof(..)
        | Delta::Enum(..)
        | Delta::Value(..)
        | Delta::Service(..)
        | Delta::Method(..) => None,
    }
}

fn title(format: Format, prefix: &str) -> String {
    match prefix {
        "K_" => format!("{} kinds", word(format)),
        other => {
            let ty = other.trim_start_matches("F_").trim_end_matches('_');
            format!("{} {ty}", word(format))
        }
    }
}

/// Whether the runtime is known to differ, or the cell is about something else.
fn is_excepted(title: &str, from: &str, to: &str) -> bool {
    let alone = title == "json kinds"
        && PYTHON_ALONE
            .iter()
            .any(|(a, b, _)| a.contains(&from) && b.contains(&to));
    let inside = title == "json message" && INSIDE.contains(&(from, to));
    alone
        || inside
        || EXCEPTIONS.iter().any(|(table, a, b, why)| {
            *table == title
                && *a == from
                && *b == to
                && matches!(*why, "a bool is no number" | "told of the message inside")
        })
}

/// The worst that a cell shows, as a claim to be confirmed.
fn claim(
    laboratory: &Laboratory<'_>,
    format: Format,
    from: &Message,
    to: &Message,
) -> Option<Value> {
    let at = |holder| FieldAt {
        holder,
        field: &holder.fields[0],
        extension: None,
    };
    let pair = Both {
        old: at(from),
        new: at(to),
    };
    let evidence = laboratory
        .field(format, Direction::Backward, pair)
        .worst()?;
    let severity = match evidence.effect {
        Effect::Presence => Harm::Presence,
        Effect::Lost | Effect::Changed => Harm::Lossy,
        Effect::Refused => Harm::Error,
    };
    Some(json!({
        "format": word(format),
        "direction": "backward",
        "severity": severity.name(),
        "payload": payload(&evidence.witness.payload),
        "from": from.full_name.as_str(),
        "to": to.full_name.as_str(),
    }))
}

fn word(format: Format) -> &'static str {
    match format {
        Format::Wire => "wire",
        Format::Json => "json",
    }
}

fn payload(payload: &Payload) -> String {
    match payload {
        Payload::Wire(bytes) => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
        Payload::Json(text) | Payload::Call(text) | Payload::Source(text) => text.clone(),
        Payload::Other { text, .. } => text.clone(),
    }
}

fn descriptor_set(protoc: &Path, directory: &Path, out: &Path) -> PathBuf {
    let files = walkdir::WalkDir::new(directory).sort_by_file_name();
    let files = files
        .into_iter()
        .map(|it| it.expect("it can be read").into_path());
    let files = files.filter(|it| it.extension().is_some_and(|end| end == "proto"));
    let output = Command::new(protoc)
        .arg("--include_imports")
        .arg("-o")
        .arg(out)
        .arg(format!("-I{}", directory.display()))
        .args(files)
        .output()
        .expect("protoc starts");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}: {told}", directory.display());
    out.to_owned()
}

/// Has the runtime look at all claims.
fn confirm(python: &Path, pairs: &[Value]) {
    let samples = std::env::var("XLC_PROOF").ok();
    let samples = samples.and_then(|it| it.parse().ok()).unwrap_or(SAMPLES);
    let job = json!({"samples": samples, "pairs": pairs}).to_string();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/compat/official.py");
    let mut child = Command::new(python)
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("Python starts");
    let mut pipe = child.stdin.take().expect("a pipe");
    let writer = std::thread::spawn(move || pipe.write_all(job.as_bytes()));
    let output = child.wait_with_output().expect("it ends");
    writer.join().expect("no panic").expect("it reads the job");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}");
    let verdict: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let wrong: Vec<&str> = verdict["wrong"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(Value::as_str)
        .collect();
    assert!(
        wrong.is_empty(),
        "{} of {verdict:.0}\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
