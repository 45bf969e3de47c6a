//! Builds the programs of the matrix: code generated from all contracts into one tree per language, a driver that
//! answers requests, and the list of types that generated code of the language has. Knows nothing of messages.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use crate::support::toolchain;

/// The tools that it takes.
pub(crate) struct Tools {
    pub(crate) python: PathBuf,
    protoc: PathBuf,
    well_known: PathBuf,
    go: PathBuf,
    go_module: PathBuf,
    dart: PathBuf,
    dotnet: PathBuf,
}

impl Tools {
    /// All of them, or `None` after it was said which is missing.
    pub(crate) fn find() -> Option<Self> {
        Some(Self {
            python: toolchain::python()?,
            protoc: toolchain::protoc()?,
            well_known: toolchain::protoc_include()?,
            go: toolchain::go()?,
            go_module: toolchain::go_module()?,
            dart: toolchain::dart()?,
            dotnet: toolchain::dotnet()?,
        })
    }
}

/// The root of the repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Runs a command that must succeed; gives what it printed.
pub(crate) fn run(command: &mut Command) -> String {
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned()
        + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?} failed:\n{said}");
    said
}

/// What code is generated from.
pub(crate) struct Contracts {
    /// Import roots with .proto files, for protoc.
    pub(crate) roots: Vec<PathBuf>,
    /// Sources and descriptor sets, for xlc.
    pub(crate) inputs: Vec<PathBuf>,
}

/// Generates, builds everything at once, and gives the commands by language, our four and `google` and `go-google`.
pub(crate) fn build(tools: &Tools, directory: &Path, contracts: &Contracts) -> Value {
    let set = directory.join("contracts.binpb");
    describe(tools, &contracts.roots, &set);
    generate(directory, contracts);
    let (go, official, dart, csharp) = std::thread::scope(|scope| {
        let go = scope.spawn(|| build_go(tools, &directory.join("go")));
        let official = scope.spawn(|| build_official(tools, &directory.join("official")));
        let dart = scope.spawn(|| build_dart(tools, &directory.join("dart")));
        let csharp = scope.spawn(|| build_csharp(tools, &directory.join("csharp")));
        let built = [go, official, dart, csharp].map(|thread| thread.join().unwrap());
        built.into()
    });
    let drivers = root().join("tests/matrix/drivers");
    json!({
        "set": set,
        "programs": {
            "python": [tools.python, "-B", drivers.join("driver.py"), directory.join("python")],
            "go": [go],
            "dart": [dart],
            "csharp": [tools.dotnet, csharp],
            "google": [tools.python, "-B", drivers.join("official.py"), set],
            "go-google": [official, set],
        },
    })
}

/// All contracts below some import roots as protoc reads them: what google's runtimes work from.
pub(crate) fn describe(tools: &Tools, roots: &[PathBuf], set: &Path) {
    let files = roots.iter().flat_map(|path| {
        walkdir::WalkDir::new(path)
            .sort_by_file_name()
            .into_iter()
            .map(|entry| entry.unwrap().into_path())
            .filter(|file| file.extension().is_some_and(|it| it == "proto"))
    });
    run(Command::new(&tools.protoc)
        .args(["--include_imports", "--include_source_info"])
        .arg(format!("--descriptor_set_out={}", set.display()))
        .args(roots.iter().map(|root| format!("-I{}", root.display())))
        .arg(format!("-I{}", tools.well_known.display()))
        .args(files));
}

/// One tree per language, of sources and descriptor sets as users have them.
fn generate(directory: &Path, contracts: &Contracts) {
    let list = |paths: &[PathBuf]| {
        let quoted = paths.iter().map(|path| format!("'{}'", path.display()));
        quoted.collect::<Vec<_>>().join(", ")
    };
    let (inputs, include) = (list(&contracts.inputs), list(&contracts.roots));
    let config = format!(
        "version = 1
contract = [{inputs}]
include = [{include}]
[target.python]
out = 'python/gen'
text_format = true
[target.go]
out = 'go'
text_format = true
module = 'xlc.test/matrix'
go_mod = true
[target.dart]
out = 'dart/gen'
text_format = true
[target.csharp]
out = 'csharp/gen'
text_format = true
"
    );
    std::fs::write(directory.join("xlc.toml"), config).unwrap();
    run(Command::new(env!("CARGO_BIN_EXE_xlc"))
        .arg("gen")
        .current_dir(directory));
}

/// Copies the driver of a language.
fn copy(from: &str, to: &Path) {
    std::fs::create_dir_all(to.parent().unwrap()).unwrap();
    std::fs::copy(root().join("tests/matrix/drivers").join(from), to).unwrap();
}

/// The generated files of a language below a directory, with their text, sorted.
fn generated(directory: &Path, ending: &str) -> Vec<(String, String)> {
    let files: Vec<_> = walkdir::WalkDir::new(directory)
        .sort_by_file_name()
        .into_iter()
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| path.to_string_lossy().ends_with(ending))
        .map(|path| {
            let name = path.strip_prefix(directory).unwrap();
            let name = name.to_str().unwrap().to_owned();
            (name, std::fs::read_to_string(&path).unwrap())
        })
        .collect();
    assert!(!files.is_empty(), "{}", directory.display());
    files
}

fn build_go(tools: &Tools, directory: &Path) -> PathBuf {
    let (mut imports, mut lists) = (String::new(), String::new());
    for (index, (file, _)) in generated(directory, "xlc_types.go").iter().enumerate() {
        let package = Path::new("xlc.test/matrix").join(Path::new(file).parent().unwrap());
        let package = package.to_str().unwrap().trim_end_matches('/');
        writeln!(imports, "\tp{index} {package:?}").unwrap();
        writeln!(lists, "\tp{index}.Types(),").unwrap();
    }
    copy("go/main.go", &directory.join("driver/main.go"));
    let types = format!(
        "package main\n\nimport (\n{imports}\t\"xlc.test/matrix/xlc\"\n)\n\nvar lists = [][]xlc.Type{{\n{lists}}}\n"
    );
    std::fs::write(directory.join("driver/types.go"), types).unwrap();
    run(Command::new(&tools.go)
        .args(["build", "-o", "driver/driver", "./driver"])
        .current_dir(directory));
    directory.join("driver/driver")
}

fn build_official(tools: &Tools, directory: &Path) -> PathBuf {
    copy("official/main.go", &directory.join("main.go"));
    for name in ["go.mod", "go.sum"] {
        std::fs::copy(tools.go_module.join(name), directory.join(name)).unwrap();
    }
    run(Command::new(&tools.go)
        .args(["build", "-tags", "protolegacy", "-o", "official", "."])
        .current_dir(directory));
    directory.join("official")
}

fn build_dart(tools: &Tools, directory: &Path) -> PathBuf {
    let (mut imports, mut lists) = (String::new(), String::new());
    let files = generated(&directory.join("gen"), ".pb.dart");
    for (index, (file, text)) in files.iter().enumerate() {
        let name = text
            .lines()
            .find_map(|line| line.strip_prefix("final ")?.split_once("FileTypes "))
            .and_then(|(_, rest)| rest.split_once(" = "))
            .map(|(name, _)| name);
        let name = name.unwrap_or_else(|| panic!("{file} has no list of types"));
        writeln!(imports, "import 'gen/{file}' as p{index};").unwrap();
        writeln!(lists, "  p{index}.{name},").unwrap();
    }
    let types = format!(
        "// @dart = 3.7\n\nimport 'gen/xlc/xlc.dart';\n{imports}\nfinal List<FileTypes> files = [\n{lists}];\n"
    );
    std::fs::write(directory.join("types.dart"), types).unwrap();
    copy("dart/driver.dart", &directory.join("driver.dart"));
    run(Command::new(&tools.dart)
        .args(["compile", "exe", "-o", "driver", "driver.dart"])
        .current_dir(directory));
    directory.join("driver")
}

fn build_csharp(tools: &Tools, directory: &Path) -> PathBuf {
    let mut lists = String::new();
    for (file, text) in generated(&directory.join("gen"), ".g.cs") {
        let namespace = text
            .lines()
            .find_map(|line| line.strip_prefix("namespace "));
        let class = text
            .lines()
            .filter_map(|line| Some(line.split_once("static class ")?.1))
            .find(|name| name.trim_end_matches('_').ends_with("Contract"));
        let (Some(namespace), Some(class)) = (namespace, class) else {
            panic!("{file} has no registry");
        };
        writeln!(lists, "        global::{namespace}.{class}.Types,").unwrap();
    }
    let types = format!(
        "internal static class Lists\n{{\n    internal static readonly Xlc.TypeRegistry[] All =\n    {{\n{lists}    }};\n}}\n"
    );
    std::fs::write(directory.join("Types.cs"), types).unwrap();
    for name in ["Driver.cs", "driver.csproj"] {
        copy(&format!("csharp/{name}"), &directory.join(name));
    }
    run(Command::new(&tools.dotnet)
        .args(["build", "-nologo", "-c", "Release"])
        .current_dir(directory));
    directory.join("bin/Release/netcoreapp3.1/driver.dll")
}
