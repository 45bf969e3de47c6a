//! protoc as a referee of the text format: it reads what is written, and what it writes is read, with the same meaning.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use xlc::dynamic::{Codec, Settings};

use super::damage::Damage;
use super::random::{Source, message};
use super::support::{referee, toolchain};

/// Runs protoc on a message of the kitchen sink.
fn protoc(protoc: &Path, set: &Path, mode: &str, name: &str, input: &[u8]) -> Vec<u8> {
    let mut child = Command::new(protoc)
        .arg("--descriptor_set_in")
        .arg(set)
        .arg(format!("--{mode}={name}"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(
        output.status.success(),
        "{mode} {name}: {}\n{}",
        String::from_utf8_lossy(&output.stderr),
        String::from_utf8_lossy(input)
    );
    output.stdout
}

#[test]
fn protoc_reads_what_is_written_and_writes_what_is_read() {
    let Some(program) = toolchain::protoc() else {
        return;
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/contracts/kitchen_sink");
    let files = referee::proto_files(&root);
    let set = referee::descriptor_set(&program, &[root], &files, false);
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("set.binpb");
    std::fs::write(&path, &set).unwrap();
    let contract = super::contracts::of_descriptor_set(&set);
    let partial = Settings {
        partial: true,
        ..Settings::default()
    };
    let codec = Codec::with(&contract, partial);
    let mut damage = Damage::new(23);
    let mut compared = 0;
    for ty in contract.messages() {
        let bytes: Vec<u8> = (0..400).map(|_| damage.below(200) as u8).collect();
        let original = message(&codec, ty.id, &mut Source(&bytes), 4);
        // What is unknown has no place in what is read.
        let text = codec.to_text(&original).unwrap();
        let original = codec.from_text(ty.id, &text).unwrap();
        if original.is_empty() {
            continue;
        }
        compared += 1;
        let name = ty.full_name.as_str();
        let encoded = protoc(&program, &path, "encode", name, text.as_bytes());
        let read = codec.read(ty.id, &encoded).unwrap();
        // A NaN is not itself; its text is.
        assert_eq!(codec.to_text(&read).unwrap(), text, "{name}");
        let wire = codec.write(&original).unwrap();
        let decoded = protoc(&program, &path, "decode", name, &wire);
        let decoded = String::from_utf8(decoded).unwrap();
        let read = codec.from_text(ty.id, &decoded);
        let read = read.unwrap_or_else(|error| panic!("{name}: {error}\n{decoded}"));
        assert_eq!(codec.to_text(&read).unwrap(), text, "{name}\n{decoded}");
    }
    assert!(compared > 40, "only {compared} messages");
}
