//! Generated code compiles for each framework with warnings as errors.

use std::process::Command;

use crate::generated;
use crate::support::toolchain;

#[test]
fn everything_that_sources_can_say_compiles() {
    let Some(dotnet) = toolchain::dotnet() else {
        return;
    };
    let built = generated::library(&dotnet);
    for framework in ["netcoreapp3.1", "netstandard2.1"] {
        assert!(built.join(framework).join("library.dll").exists());
    }
}

#[test]
fn the_study_contract_compiles_alone() {
    let Some(dotnet) = toolchain::dotnet() else {
        return;
    };
    generated::build(
        &dotnet,
        "tests/csharp/library",
        generated::study(),
        "study-library",
    );
}

#[test]
fn editions_compile() {
    let Some(dotnet) = toolchain::dotnet() else {
        return;
    };
    for set in [
        "editions/edition2023",
        "editions/edition2024",
        "protoc_only/protoc_only",
        "protoc_only/protoc_only_proto3",
    ] {
        let tree = generated::descriptor_set(set);
        let name = format!("{}-library", set.replace('/', "-"));
        generated::build(&dotnet, "tests/csharp/library", &tree, &name);
    }
}

#[test]
fn types_can_be_internal_and_have_namespaces_of_choice() {
    let Some(dotnet) = toolchain::dotnet() else {
        return;
    };
    let options = "access = 'internal'\nnamespaces = { 'radiology.study.v1' = 'Acme.Studies', 'kitchen.two' = 'Acme' }";
    let tree = generated::with_options("internal", options);
    generated::build(&dotnet, "tests/csharp/library", &tree, "internal-library");
    let study = std::fs::read_to_string(tree.join("Radiology/Study/V1/Study.g.cs")).unwrap();
    assert!(study.contains("namespace Acme.Studies\n"));
    assert!(study.contains("    internal sealed partial class Study : "));
}

/// What compiled code refers to, and not what its sources spell.
#[test]
fn nothing_is_looked_up_by_reflection() {
    let Some(dotnet) = toolchain::dotnet() else {
        return;
    };
    let tests = generated::runtime_tests(&dotnet);
    for framework in ["netcoreapp3.1", "netstandard2.1"] {
        let library = generated::library(&dotnet)
            .join(framework)
            .join("library.dll");
        let said = generated::run(
            Command::new(&dotnet)
                .arg(tests)
                .arg("reflection")
                .arg(library),
        );
        assert!(said.starts_with("nothing among "), "{said}");
    }
    // The tests themselves look at the methods of an assembly: that is found.
    let output = Command::new(&dotnet)
        .arg(tests)
        .arg("reflection")
        .arg(tests)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("System.Reflection.Metadata."), "{said}");
}
