//! Runs a program of the tests in another language.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// Runs a script, named relative to the repository, with this input and gives what it printed.
pub fn run(interpreter: &Path, script: &str, arguments: &[&str], input: &[u8]) -> String {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join(script);
    let mut child = Command::new(interpreter)
        .arg(&script)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the interpreter starts");
    let mut stdin = child.stdin.take().expect("it is piped");
    let input = input.to_vec();
    // Written beside the reading: a pipe that is full on both sides would wait for ever.
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success(), "{} failed", script.display());
    writer
        .join()
        .expect("no panic")
        .expect("the script reads its input");
    String::from_utf8(output.stdout).expect("UTF-8")
}
