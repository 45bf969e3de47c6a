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
