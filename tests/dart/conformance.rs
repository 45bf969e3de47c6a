//! protobuf's conformance suite: every binary and JSON test, required and recommended, through edition 2023.

use std::process::Command;

use crate::generated::{conformance, run};
use crate::support::{conformance as suite, toolchain};

#[test]
fn the_suite_passes_ahead_of_time_and_just_in_time() {
    let (Some(dart), Some(runner)) = (toolchain::dart(), toolchain::conformance_runner()) else {
        return;
    };
    let Some(project) = conformance("conformance") else {
        return;
    };
    let source = project.join("testee.dart");
    let compiled = project.join("testee");
    run(Command::new(&dart)
        .args(["compile", "exe", "-o"])
        .arg(&compiled)
        .arg(&source));
    let reports = project.join("reports");
    suite::passes(&runner, &reports, &compiled, suite::Text::Passed);

    // Parsed beforehand: the runner waits half a minute for the first answer, which a busy machine takes to parse.
    let kernel = project.join("testee.dill");
    run(Command::new(&dart)
        .args(["compile", "kernel", "-o"])
        .arg(&kernel)
        .arg(&source));
    let script = project.join("testee.sh");
    let command = format!("'{}' run '{}'", dart.display(), kernel.display());
    suite::script(&script, &command);
    suite::passes(&runner, &reports, &script, suite::Text::Passed);
}
