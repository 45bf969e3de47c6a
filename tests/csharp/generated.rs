//! Output trees that several tests share, each generated once per run, and the .NET projects that compile them.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Mutex, OnceLock, PoisonError};

use crate::support::toolchain;

/// How many groups of tests the program `tests/csharp/runtime` has.
pub(crate) const SUITES: usize = 9;

/// The root of the repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A directory of the build that is empty.
pub(crate) fn empty(name: &str) -> PathBuf {
    let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("csharp-{name}"));
    drop(std::fs::remove_dir_all(&directory));
    std::fs::create_dir_all(&directory).unwrap();
    directory
}

/// The C# files in a directory, or the one file that is given.
pub(crate) fn files(place: &Path) -> Vec<PathBuf> {
    if place.is_file() {
        return vec![place.to_owned()];
    }
    let mut found = Vec::new();
    for entry in std::fs::read_dir(place).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|it| it == "cs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Runs a command; its output, or a panic with all that it said.
pub(crate) fn run(command: &mut Command) -> String {
    let output = command.output().unwrap();
    let said = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(output.status.success(), "{command:?} failed:\n{said}");
    said
}

/// Generates C# from some inputs and returns the directory of the output.
fn generate(name: &str, include: &[&str], contract: &[&str]) -> PathBuf {
    let directory = empty(name);
    let mut command = Command::new(env!("CARGO_BIN_EXE_xlc"));
    command
        .args(["gen", "csharp", "--out"])
        .arg(directory.join("gen"));
    for path in contract {
        command.arg("--contract").arg(root().join(path));
    }
    for path in include {
        command.arg("--include").arg(root().join(path));
    }
    run(command.current_dir(&directory));
    directory.join("gen")
}

/// The shipped Study contract and every construct of proto2 and proto3, in one tree, with all formats.
pub(crate) fn sources() -> &'static Path {
    static TREE: OnceLock<PathBuf> = OnceLock::new();
    TREE.get_or_init(|| with_options("sources", "text_format = true"))
}

/// The shipped Study contract.
pub(crate) fn study() -> &'static Path {
    static TREE: OnceLock<PathBuf> = OnceLock::new();
    TREE.get_or_init(|| generate("study", &["schemas"], &["schemas/radiology"]))
}

/// A descriptor set of the fixtures.
pub(crate) fn descriptor_set(path: &str) -> PathBuf {
    let name = Path::new(path).file_stem().unwrap().to_str().unwrap();
    generate(name, &[], &[&format!("fixtures/contracts/{path}.binpb")])
}

/// The kitchen sink and the Study contract with options of the target.
pub(crate) fn with_options(name: &str, options: &str) -> PathBuf {
    let directory = empty(name);
    let path = |path: &str| root().join(path).display().to_string();
    let (study, sink) = (path("schemas"), path("fixtures/contracts/kitchen_sink"));
    let config = format!(
        "version = 1\ncontract = ['{study}/radiology', '{sink}']\ninclude = ['{study}', '{sink}']\n\n[target.csharp]\nout = 'gen'\n{options}\n"
    );
    std::fs::write(directory.join("xlc.toml"), config).unwrap();
    run(Command::new(env!("CARGO_BIN_EXE_xlc"))
        .args(["gen", "csharp"])
        .current_dir(&directory));
    directory.join("gen")
}

/// All that sources can say, as a library; a test for each of the frameworks looks at it.
pub(crate) fn library(dotnet: &Path) -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| build(dotnet, "tests/csharp/library", sources(), "sources-library"))
}

/// The tests of the runtime, built.
pub(crate) fn runtime_tests(dotnet: &Path) -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        build(dotnet, "tests/csharp/runtime", sources(), "runtime")
            .join("netcoreapp3.1/runtime.dll")
    })
}

/// The messages of the conformance suite, by way of protoc and its plugins, which reads the editions; `None` without
/// the toolchains.
pub(crate) fn conformance() -> Option<PathBuf> {
    let include = toolchain::conformance_include()?;
    let protoc = toolchain::protoc()?;
    let directory = empty("conformance-gen");
    // The plugin is the same program under another name.
    let plugin = empty("plugin").join("protoc-gen-xlc");
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_xlc"), &plugin).unwrap();
    run(Command::new(protoc)
        .arg(format!("--plugin={}", plugin.display()))
        .arg(format!(
            "--xlc_out=csharp,text_format=true:{}",
            directory.display()
        ))
        .arg(format!("-I{}", include.display()))
        .args([
            "conformance/conformance.proto",
            "google/protobuf/test_messages_proto2.proto",
            "google/protobuf/test_messages_proto3.proto",
            "google/protobuf/test_messages_edition2023.proto",
            "google/protobuf/test_messages_proto2_editions.proto",
            "google/protobuf/test_messages_proto3_editions.proto",
        ]));
    Some(directory)
}

/// Builds a project, of which the directory is given, with generated code, in a directory called `name`, which it returns.
/// Builds follow one another: each of them takes all that the machine has.
pub(crate) fn build(dotnet: &Path, project: &str, generated: &Path, name: &str) -> PathBuf {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _guard = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let directory = empty(name);
    for entry in std::fs::read_dir(root().join(project)).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            std::fs::copy(&path, directory.join(path.file_name().unwrap())).unwrap();
        }
    }
    let said = run(Command::new(dotnet)
        .args(["build", "-nologo", "-c", "Release"])
        .arg(format!("-p:Generated={}", generated.display()))
        .current_dir(&directory));
    assert!(said.contains("0 Warning(s)"), "{said}");
    directory.join("bin/Release")
}

/// The strictest that a user can ask for, with every wave of warnings that the compiler knows.
pub(crate) const STRICT: &[&str] = &[
    "-nologo",
    "-nullable:enable",
    "-warn:9999",
    "-warnaserror",
    "-checked",
    "-optimize",
    "-deterministic",
];

/// Runs `csc12` on files and on all C# in some directories.
pub(crate) fn compile(csc: &Path, sources: &[&Path], out: &Path, options: &[&str]) -> Output {
    let mut listed = String::new();
    for source in sources {
        for file in files(source) {
            writeln!(listed, "\"{}\"", file.display()).unwrap();
        }
    }
    let list = out.with_extension("rsp");
    std::fs::write(&list, listed).unwrap();
    Command::new(csc)
        .args(options)
        .arg(format!("-out:{}", out.display()))
        .arg(format!("@{}", list.display()))
        .output()
        .unwrap()
}

/// Compiles without a word of the compiler.
pub(crate) fn compiled(csc: &Path, sources: &[&Path], out: PathBuf, options: &[&str]) -> PathBuf {
    let output = compile(csc, sources, &out, options);
    let said = String::from_utf8_lossy(&output.stdout).into_owned()
        + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.is_empty(), "{said}");
    out
}
