//! protobuf's conformance suite: every test of the binary format, of JSON and of the text format, required and recommended, through edition 2023.

use crate::generated;
use crate::support::{conformance, toolchain};

#[test]
fn the_suite_passes_without_failures_and_without_skips() {
    let (Some(dotnet), Some(runner)) = (toolchain::dotnet(), toolchain::conformance_runner())
    else {
        return;
    };
    let Some(tree) = generated::conformance() else {
        return;
    };
    let built = generated::build(&dotnet, "tests/csharp/conformance", &tree, "conformance");
    let reports = generated::empty("conformance-reports");
    let testee = reports.join("testee");
    let program = built.join("netcoreapp3.1/conformance.dll");
    let command = format!("'{}' '{}'", dotnet.display(), program.display());
    conformance::script(&testee, &command);
    conformance::passes(&runner, &reports, &testee, conformance::Text::Passed);
}
