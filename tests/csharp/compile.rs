//! Generated code compiles for each framework with warnings as errors.

use crate::generated;
use crate::support::toolchain;

#[test]
fn everything_that_sources_can_say_compiles() {
    let Some(dotnet) = toolchain::dotnet() else {
        return;
    };
    let built = generated::build(&dotnet, "library", generated::sources(), "sources-library");
    for framework in ["netcoreapp3.1", "netstandard2.1"] {
        assert!(built.join(framework).join("library.dll").exists());
    }
}

#[test]
fn the_study_contract_compiles_alone() {
    let Some(dotnet) = toolchain::dotnet() else {
        return;
    };
    generated::build(&dotnet, "library", generated::study(), "study-library");
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
        generated::build(&dotnet, "library", &tree, &name);
    }
}

#[test]
fn types_can_be_internal_and_have_namespaces_of_choice() {
    let Some(dotnet) = toolchain::dotnet() else {
        return;
    };
    let options = "access = 'internal'\nnamespaces = { 'radiology.study.v1' = 'Acme.Studies', 'kitchen.two' = 'Acme' }";
    let tree = generated::with_options("internal", options);
    generated::build(&dotnet, "library", &tree, "internal-library");
    let study = std::fs::read_to_string(tree.join("Radiology/Study/V1/Study.g.cs")).unwrap();
    assert!(study.contains("namespace Acme.Studies\n"));
    assert!(study.contains("    internal sealed partial class Study : "));
}

/// `init` is C# 9: the compiler of the tests does not know it, so the text is all that can be checked.
#[test]
fn properties_can_be_fixed_when_an_object_is_made() {
    let tree = generated::with_options("init", "setters = 'init'");
    let study = std::fs::read_to_string(tree.join("Radiology/Study/V1/Study.g.cs")).unwrap();
    assert!(study.contains("            init => _id = value ?? \"\";\n"));
    assert!(!study.contains(" set => "));
    assert!(tree.join("Xlc/IsExternalInit.cs").exists());
}
