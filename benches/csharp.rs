//! What generated C# costs beside the yardstick of `benches/csharp/Shape.cs`, on .NET Core 3.1 and on .NET 8: encoding,
//! decoding and JSON of a small and a large Study. The official runtime is on NuGet only, which the repository does
//! without: how the yardstick compares with it was measured once, and that gives the last column (see the C# page of
//! the book).
#![expect(clippy::unwrap_used, reason = "a bench fails by panicking")]

#[path = "../tests/csharp/generated.rs"]
#[expect(dead_code, reason = "tests use the rest")]
mod generated;
#[path = "../tests/support/mod.rs"]
mod support;

use std::io::Write as _;
use std::process::Command;

use support::toolchain;

/// How many times as long as the yardstick Google.Protobuf takes for the same messages, on .NET 8.
const OFFICIAL: &[(&str, f64)] = &[
    ("small encode", 1.50),
    ("small append", 1.07),
    ("small decode", 2.10),
    ("small json-out", 5.58),
    ("small json-in", 3.04),
    ("large encode", 1.68),
    ("large append", 1.26),
    ("large decode", 1.91),
    ("large json-out", 5.60),
    ("large json-in", 2.50),
];

fn main() {
    // `cargo test --benches` asks only whether it starts.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let (Some(old), Some(new), Some(csc)) = (
        toolchain::dotnet(),
        toolchain::dotnet8(),
        toolchain::csc12(),
    ) else {
        return;
    };
    let project = "benches/csharp";
    let built = generated::build(&old, project, generated::study(), "bench");
    let sources = generated::root().join(project);
    let out = generated::empty("bench-8").join("bench.dll");
    let options = ["-nologo", "-optimize", "-deterministic", "-target:exe"];
    let modern = generated::compiled(&csc, &[generated::study(), &sources], out, &options);
    print(
        ".NET Core 3.1",
        Command::new(old).arg(built.join("netcoreapp3.1/bench.dll")),
        &[],
    );
    // As the project says it for the other: one compilation, one thread for the garbage.
    print(
        ".NET 8",
        Command::new(new)
            .arg(modern)
            .env("DOTNET_TieredCompilation", "0")
            .env("DOTNET_gcConcurrent", "0"),
        OFFICIAL,
    );
}

/// Runs the program, whose lines read `small encode 439 432 612 384`, and prints its table.
fn print(runtime: &str, command: &mut Command, official: &[(&str, f64)]) {
    let said = generated::run(command);
    let mut table = format!(
        "{runtime:16} {:>9} {:>9} {:>10} {:>9} {:>6}{}\n",
        "xlc ns",
        "bytes",
        "shape ns",
        "bytes",
        "ratio",
        if official.is_empty() {
            ""
        } else {
            "  official"
        }
    );
    for line in said.lines() {
        let words: Vec<&str> = line.split(' ').collect();
        let [size, operation, ours, allocated, theirs, more] = words[..] else {
            panic!("the bench printed `{line}`");
        };
        let ratio = theirs.parse::<f64>().expect("a time") / ours.parse::<f64>().expect("a time");
        let name = format!("{size} {operation}");
        let known = official.iter().find(|(operation, _)| *operation == name);
        let last = known.map_or_else(String::new, |(_, times)| format!("{:10.1}", ratio * times));
        table.push_str(&format!(
            "{name:16} {ours:>9} {allocated:>9} {theirs:>10} {more:>9} {ratio:6.1}{last}\n"
        ));
    }
    std::io::stdout()
        .write_all(format!("{table}\n").as_bytes())
        .expect("stdout is open");
}
