//! protobuf's conformance suite: every test, binary, JSON and text format, required and recommended, through edition 2023.

use std::path::PathBuf;

use crate::generated::{self, root};
use crate::support::{conformance, toolchain};

#[test]
fn the_suite_passes_without_failures_and_without_skips() {
    let (Some(python), Some(runner)) = (toolchain::python(), toolchain::conformance_runner())
    else {
        return;
    };
    let Some(tree) = generated::conformance() else {
        return;
    };
    let reports = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("python-conformance-reports");
    std::fs::create_dir_all(&reports).unwrap();
    let testee = reports.join("testee");
    let command = format!(
        "'{}' '{}' '{}'",
        python.display(),
        root().join("tests/python/conformance_testee.py").display(),
        tree.display()
    );
    conformance::script(&testee, &command);
    conformance::passes(&runner, &reports, &testee, conformance::Text::Passed);
}

#[test]
fn a_summary_is_read() {
    let line = "CONFORMANCE SUITE FAILED: 5555 successes, 0 skipped, 1 expected failures, 12 unexpected failures.";
    assert_eq!(conformance::summaries(line), [[5555, 0, 1, 12]]);
}
