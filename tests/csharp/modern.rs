//! Generated code under a current compiler (C# 12) and on a current runtime (.NET 8). What is generated is the same: only
//! `setters = "init"` asks for more than C# 8.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::generated;
use crate::support::toolchain;

/// How often each of the two formats is broken at random; .NET Core 3.1 does more of it.
const MALFORMED: u32 = 5_000;

/// The strictest that a user can ask for, with every wave of warnings that the compiler knows.
const STRICT: &[&str] = &[
    "-nologo",
    "-nullable:enable",
    "-warn:9999",
    "-warnaserror",
    "-checked",
    "-optimize",
    "-deterministic",
];

/// Runs the compiler on files and on all C# in some directories.
fn compile(csc: &Path, sources: &[&Path], out: &Path, options: &[&str]) -> Output {
    let mut listed = String::new();
    for source in sources {
        for file in generated::files(source) {
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
fn compiled(csc: &Path, sources: &[&Path], out: PathBuf, options: &[&str]) -> PathBuf {
    let output = compile(csc, sources, &out, options);
    let said = String::from_utf8_lossy(&output.stdout).into_owned()
        + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.is_empty(), "{said}");
    out
}

#[test]
fn the_runtime_passes_its_own_tests_on_dotnet_8() {
    let (Some(dotnet), Some(csc)) = (toolchain::dotnet8(), toolchain::csc12()) else {
        return;
    };
    let directory = generated::empty("runtime-8");
    let tests = generated::root().join("tests/csharp/runtime");
    let sources = [generated::sources(), &tests];
    let options = [STRICT, &["-langversion:12", "-target:exe"]].concat();
    let program = compiled(&csc, &sources, directory.join("runtime.dll"), &options);
    let said = generated::run(Command::new(dotnet).arg(program).arg(MALFORMED.to_string()));
    assert_eq!(said.matches(": ok").count(), generated::SUITES, "{said}");
}

/// `init` is C# 9. The tree compiles as a library, with documentation for every public member; a program that makes and
/// copies messages compiles against it, one that changes them does not.
#[test]
fn properties_can_be_fixed_when_an_object_is_made() {
    let tree = generated::with_options("init", "setters = 'init'");
    let study = std::fs::read_to_string(tree.join("Radiology/Study/V1/Study.g.cs")).unwrap();
    assert!(study.contains("            init => _id = value ?? \"\";\n"));
    assert!(!study.contains(" set => "));
    assert!(tree.join("Xlc/IsExternalInit.cs").exists());

    let (Some(dotnet), Some(csc)) = (toolchain::dotnet8(), toolchain::csc12()) else {
        return;
    };
    let directory = generated::empty("init-8");
    let documentation = format!("-doc:{}", directory.join("library.xml").display());
    let options = [
        STRICT,
        &["-langversion:9", "-target:library", &documentation],
    ]
    .concat();
    let library = compiled(&csc, &[&tree], directory.join("library.dll"), &options);

    let reference = format!("-r:{}", library.display());
    let sources = generated::root().join("tests/csharp/init");
    let options = [STRICT, &["-langversion:9", "-target:exe", &reference]].concat();
    let program = sources.join("Program.cs");
    let built = compiled(&csc, &[&program], directory.join("program.dll"), &options);
    assert_eq!(generated::run(Command::new(dotnet).arg(built)), "ok\n");

    let wrong = sources.join("Wrong.cs");
    let output = compile(&csc, &[&wrong], &directory.join("wrong.dll"), &options);
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(!output.status.success());
    assert_eq!(said.matches("error CS8852").count(), 2, "{said}");
}
