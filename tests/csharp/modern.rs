//! Generated code under a current compiler (C# 12) and on a current runtime (.NET 8). What is generated is the same: only
//! `setters = "init"` asks for more than C# 8.

use std::process::Command;

use crate::generated::{self, STRICT, compile, compiled};
use crate::support::toolchain;

/// How often each of the three formats is broken at random; .NET Core 3.1 does more of it.
const MALFORMED: u32 = 5_000;

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

/// A program as the page on C# shows it compiles without a warning and runs; where a value may be absent, the compiler
/// says so.
#[test]
fn programs_are_checked_for_null() {
    let (Some(dotnet), Some(csc)) = (toolchain::dotnet8(), toolchain::csc12()) else {
        return;
    };
    let tree = generated::with_options("consumer", "text_format = true");
    let directory = generated::empty("consumer-8");
    let options = [STRICT, &["-langversion:12", "-target:library"]].concat();
    let library = compiled(&csc, &[&tree], directory.join("library.dll"), &options);

    let reference = format!("-r:{}", library.display());
    let sources = generated::root().join("tests/csharp/consumer");
    let options = [STRICT, &["-langversion:12", "-target:exe", &reference]].concat();
    let program = sources.join("Program.cs");
    let built = compiled(&csc, &[&program], directory.join("program.dll"), &options);
    assert_eq!(generated::run(Command::new(dotnet).arg(built)), "ok\n");

    let wrong = sources.join("Wrong.cs");
    let options = [STRICT, &["-langversion:12", "-target:library", &reference]].concat();
    let output = compile(&csc, &[&wrong], &directory.join("wrong.dll"), &options);
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(!output.status.success());
    assert_eq!(said.matches("error CS8602").count(), 3, "{said}");
}
