//! Tests in Python itself, over the generated Study and kitchen-sink packages.

use std::process::Command;

use crate::generated::{self, root, run};
use crate::support::toolchain;

fn unittest(module: &str, least: usize) {
    let Some(python) = toolchain::python() else {
        return;
    };
    let said = run(Command::new(python)
        .args(["-B", "-W", "error", "-m", "unittest", module])
        .env("STUDY", generated::study())
        .env("KITCHEN_SINK", generated::kitchen_sink())
        .env("OWN", generated::own())
        .current_dir(root().join("tests/python")));
    let count = said
        .split_once("Ran ")
        .and_then(|(_, rest)| rest.split_once(" test"))
        .and_then(|(count, _)| count.parse().ok())
        .unwrap_or(0);
    assert!(count >= least, "{said}");
}

#[test]
fn values_behave() {
    unittest("test_values", 15);
}

#[test]
fn errors_name_their_place() {
    unittest("test_errors", 10);
}

#[test]
fn malformed_bytes_are_refused() {
    unittest("test_malformed", 8);
}

#[test]
fn json_is_strict() {
    unittest("test_json", 10);
}

#[test]
fn proto2_behaves() {
    unittest("test_proto2", 10);
}

#[test]
fn the_runtime_behaves() {
    unittest("test_runtime", 15);
}

#[test]
fn the_text_format_is_read_and_written() {
    unittest("test_text", 15);
}

#[test]
fn a_hundred_thousand_malformed_inputs_are_refused() {
    unittest("test_corpus", 3);
}
