//! google.protobuf as a referee: random messages of the conformance contract say the same to both, in both formats, and
//! payloads that were damaged get the same verdict and the same meaning.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use data_encoding::HEXLOWER;
use serde_json::Value as Json;
use xlc::contract::Contract;
use xlc::dynamic::{Codec, Settings};

use super::contracts::{conformance, of_descriptor_set};
use super::damage::Damage;
use super::support::toolchain;

/// Runs a Python program of the tests with an input, and gives the lines that it prints.
fn python(program: &str, arguments: &[&str], input: Vec<u8>) -> Option<Vec<Json>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut child = Command::new(toolchain::python()?)
        .arg(root.join(program))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert!(output.status.success(), "{program} failed");
    let text = String::from_utf8(output.stdout).unwrap();
    Some(
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect(),
    )
}

/// Random messages: their name, their payload and their JSON, as google.protobuf wrote them.
fn messages(set: &[u8]) -> Option<Vec<(String, Vec<u8>, String)>> {
    let program = "json_schema/print_documents.py";
    let lines = python(program, &["7", "1", "12"], set.to_vec())?;
    let text = |line: &Json, key: &str| line[key].as_str().unwrap().to_owned();
    let messages: Vec<_> = lines
        .iter()
        .map(|line| {
            let wire = HEXLOWER.decode(text(line, "wire").as_bytes()).unwrap();
            (text(line, "message"), wire, text(line, "document"))
        })
        .collect();
    assert!(messages.len() > 1_500, "only {} messages", messages.len());
    Some(messages)
}

/// What google.protobuf makes of payloads: each written again in a fixed order, or `None` if it does not parse.
fn verdicts(set: &[u8], payloads: &[(String, Vec<u8>)]) -> Option<Vec<Option<Vec<u8>>>> {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("set.binpb");
    std::fs::write(&path, set).unwrap();
    let mut input = String::new();
    for (message, payload) in payloads {
        writeln!(input, "{message} {}", HEXLOWER.encode(payload)).unwrap();
    }
    let lines = python(
        "dynamic/verdict.py",
        &[path.to_str().unwrap()],
        input.into_bytes(),
    )?;
    assert_eq!(lines.len(), payloads.len());
    let decode = |line: &Json| Some(HEXLOWER.decode(line.as_str()?.as_bytes()).unwrap());
    Some(lines.iter().map(decode).collect())
}

#[test]
fn random_messages_mean_the_same() {
    let Some(set) = conformance() else { return };
    let Some(messages) = messages(&set) else {
        return;
    };
    let contract: Contract = of_descriptor_set(&set);
    let codec = Codec::new(&contract);
    let mut written = Vec::new();
    for (name, wire, document) in &messages {
        let ty = codec.find(name).unwrap();
        let message = codec
            .read(ty, wire)
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        let json = codec
            .to_json(&message)
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        // Texts may differ, as floats can be written in several ways.
        let from_json = codec
            .from_json(ty, document)
            .unwrap_or_else(|error| panic!("{name}: {error}: {document}"));
        assert_eq!(codec.to_json(&from_json).unwrap(), json, "{name}");
        written.push((name.clone(), codec.write(&message).unwrap()));
    }
    let originals: Vec<_> = messages
        .into_iter()
        .map(|(name, wire, _)| (name, wire))
        .collect();
    let (Some(ours), Some(theirs)) = (verdicts(&set, &written), verdicts(&set, &originals)) else {
        return;
    };
    for ((ours, theirs), (name, _)) in ours.into_iter().zip(theirs).zip(&originals) {
        assert!(ours.is_some(), "{name} does not parse");
        assert_eq!(ours, theirs, "{name} means something else");
    }
}

/// The problem of number 0.
const NUMBER: &str = "a field number is out of range";

/// Whether it is a MessageSet.
fn in_set(name: &str) -> bool {
    name.ends_with(".MessageSetCorrect")
}

/// As many damaged payloads are shown to google.protobuf.
const DAMAGED: usize = 20_000;

#[test]
fn damaged_payloads_get_the_same_verdict() {
    let Some(set) = conformance() else { return };
    let Some(messages) = messages(&set) else {
        return;
    };
    let contract = of_descriptor_set(&set);
    // It does not ask for required fields in parsing.
    let partial = Settings {
        partial: true,
        ..Settings::default()
    };
    let codec = Codec::with(&contract, partial);
    let seeds: Vec<_> = messages
        .into_iter()
        .filter(|(_, wire, _)| (1..400).contains(&wire.len()))
        .collect();
    let mut damage = Damage::new(11);
    let payloads: Vec<(String, Vec<u8>)> = (0..DAMAGED)
        .map(|index| {
            let (name, wire, _) = &seeds[index % seeds.len()];
            (name.clone(), damage.done_to(wire))
        })
        .collect();
    let Some(verdicts) = verdicts(&set, &payloads) else {
        return;
    };
    let mut disagreements: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut accepted = 0;
    for ((name, payload), theirs) in payloads.iter().zip(verdicts) {
        let ty = codec.find(name).unwrap();
        let canonical = |bytes: &[u8]| {
            let message = codec.read(ty, bytes)?;
            codec.write(&message)
        };
        let ours = canonical(payload);
        let kind = match (&ours, theirs) {
            (Ok(ours), Some(theirs)) => {
                accepted += 1;
                match canonical(&theirs) {
                    Ok(theirs) if theirs == *ours => continue,
                    Ok(_) | Err(_) => "another meaning".to_owned(),
                }
            }
            (Err(_), None) => continue,
            (Ok(_), None) => "only we accept it".to_owned(),
            // Its C core, unlike the C++ one, takes the illegal number 0 in an item of a MessageSet.
            (Err(error), Some(_)) if in_set(name) && error.problem() == NUMBER => continue,
            (Err(error), Some(_)) => format!("only we refuse it: {}", error.problem()),
        };
        let line = format!("{name} {}", HEXLOWER.encode(payload));
        disagreements.entry(kind).or_default().push(line);
    }
    assert!(accepted > DAMAGED / 10, "only {accepted} were accepted");
    let mut told = String::new();
    for (kind, payloads) in &disagreements {
        writeln!(
            told,
            "{kind}: {}\n  {}",
            payloads.len(),
            payloads[..payloads.len().min(3)].join("\n  ")
        )
        .unwrap();
    }
    assert!(disagreements.is_empty(), "{told}");
}
