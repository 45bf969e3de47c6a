//! The tests of the runtime and of generated code in C# itself (`tests/csharp/runtime`), malformed input included.

use std::process::Command;

use crate::generated;
use crate::support::toolchain;

/// How often each of the two formats is broken at random, beside all truncations.
const MALFORMED: u32 = 60_000;

#[test]
fn the_runtime_passes_its_own_tests() {
    let Some(dotnet) = toolchain::dotnet() else {
        return;
    };
    let program = generated::runtime_tests(&dotnet);
    let said = generated::run(
        Command::new(&dotnet)
            .arg(program)
            .arg(MALFORMED.to_string()),
    );
    assert_eq!(said.matches(": ok").count(), generated::SUITES, "{said}");
}
