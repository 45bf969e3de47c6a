//! What encoding and decoding cost in C#: `cargo test --test csharp -- --ignored --nocapture bench` prints a table. The
//! official runtime is on NuGet only, which tests do without.

use std::io::Write as _;
use std::process::Command;

use crate::generated;
use crate::support::toolchain;

#[test]
#[ignore = "a measurement, and no test"]
fn bench() {
    let Some(dotnet) = toolchain::dotnet() else {
        return;
    };
    let built = generated::build(&dotnet, "bench", generated::study(), "bench");
    let table = generated::run(Command::new(dotnet).arg(built.join("netcoreapp3.1/bench.dll")));
    std::io::stdout().write_all(table.as_bytes()).unwrap();
}
