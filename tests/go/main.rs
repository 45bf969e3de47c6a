//! Proves generated Go with Go's own tools: it compiles, is formatted and free of findings, does what it says, agrees
//! with google's runtime, and passes the official conformance suite. `tests/go/` holds the programs that use it.
#![cfg(feature = "cli")]

#[path = "../support/mod.rs"]
mod support;
mod tree;

use std::process::Command;

use support::{conformance, toolchain};
use tree::{Tree, run};

#[test]
fn the_study_contract_is_clean_and_works() {
    let Some(tree) = Tree::of_sources(
        "study",
        "schemas",
        "schemas/radiology",
        "example.com/radiology",
    ) else {
        return;
    };
    tree.lint();
    tree.copy("tests/go/proof/study_test.go", "proof/study_test.go");
    tree.test(&["./proof"]);
}

/// `go vet` knows since when there is what: as generated code passes it, Go 1.21 is enough.
#[test]
fn go_1_21_is_the_floor() {
    let Some(tree) = Tree::of_sources("floor", "schemas", "schemas/radiology", "xlc.test") else {
        return;
    };
    let module = std::fs::read_to_string(tree.path("go.mod")).expect("go.mod is read");
    assert_eq!(module, "module xlc.test\n\ngo 1.21\n");
    for (body, newer) in [
        ("for i := range 3 { _ = i }", "go1.22"),
        ("_ = maps.Keys(map[int]int{})", "go1.23"),
    ] {
        let text = format!(
            "package floor\n\nimport \"maps\"\n\nfunc F() {{ _ = maps.Clone[map[int]int]; {body} }}\n"
        );
        tree.write("floor/floor.go", &text);
        let said = tree.vet_fails("./floor");
        assert!(said.contains(newer), "{said}");
    }
}

#[test]
fn the_kitchen_sink_is_clean_and_works() {
    let roots = ["fixtures/contracts/kitchen_sink", "tests/go/secrets"];
    let Some(tree) = Tree::new(
        "kitchen",
        &roots.map(str::to_owned),
        &roots,
        "module = \"example.com/kitchen\"\ntext_format = true",
    ) else {
        return;
    };
    tree.lint();
    for name in ["kitchen", "text", "json", "prototext"] {
        tree.copy(
            &format!("tests/go/kitchen/{name}_test.go"),
            &format!("proof/{name}_test.go"),
        );
    }
    for name in ["collect", "encode", "json", "message", "scan", "wire"] {
        tree.copy(
            &format!("templates/go/runtime/internal/xlcrt/{name}_test.go"),
            &format!("internal/xlcrt/{name}_test.go"),
        );
    }
    tree.copy(
        "templates/go/runtime/protobuf/conversions_test.go",
        "google/protobuf/conversions_test.go",
    );
    tree.test(&[
        "-coverpkg=./internal/xlcrt",
        "-coverprofile=coverage",
        "./proof",
        "./internal/xlcrt",
        "./google/protobuf",
    ]);
    let covered = tree.go(&["tool", "cover", "-func=coverage"]);
    let total = covered.lines().last().unwrap_or_default();
    let percent: f64 = total
        .split_whitespace()
        .last()
        .and_then(|word| word.trim_end_matches('%').parse().ok())
        .expect("a total");
    assert!(percent > 95.0, "of the runtime's statements: {total}");
}

#[test]
fn copied_strings_and_editions_are_clean() {
    let sets = ["2023", "2024"]
        .map(|edition| format!("fixtures/contracts/editions/edition{edition}.binpb"));
    let Some(tree) = Tree::new(
        "editions",
        &sets,
        &[],
        "module = \"example.com/editions\"\ncopy_strings = true",
    ) else {
        return;
    };
    tree.lint();
}

#[test]
fn descriptor_sets_of_odd_contracts_are_clean() {
    let sets = ["protoc_only", "protoc_only_proto3"]
        .map(|name| format!("fixtures/contracts/protoc_only/{name}.binpb"));
    let Some(tree) = Tree::new("odd", &sets, &[], "") else {
        return;
    };
    tree.vet();
}

#[test]
fn google_agrees() {
    let Some(tree) = Tree::beside_google() else {
        return;
    };
    tree.test(&["."]);
}

#[test]
fn google_reads_and_writes_the_same_text() {
    let Some(tree) = Tree::of_text_beside_google() else {
        return;
    };
    tree.copy("tests/go/prototext/agree_test.go", "agree_test.go");
    tree.test(&["."]);
}

#[test]
fn the_conformance_suite_passes() {
    let (Some(runner), Some(protos)) = (
        toolchain::conformance_runner(),
        toolchain::conformance_include(),
    ) else {
        return;
    };
    let (Some(protoc), Some(known)) = (toolchain::protoc(), toolchain::protoc_include()) else {
        return;
    };
    let scratch = tempfile::tempdir().expect("a directory");
    let set = scratch.path().join("conformance.binpb");
    // Editions are read as descriptor sets.
    run(Command::new(protoc)
        .arg(format!("-I{}", protos.display()))
        .arg(format!("-I{}", known.display()))
        .args(["--include_imports", "--include_source_info"])
        .arg(format!("--descriptor_set_out={}", set.display()))
        .arg("conformance/conformance.proto")
        .args(
            [
                "proto2",
                "proto3",
                "proto2_editions",
                "proto3_editions",
                "edition2023",
            ]
            .map(|name| format!("google/protobuf/test_messages_{name}.proto")),
        ));
    let set = set.to_str().expect("a path").to_owned();
    let Some(tree) = Tree::new(
        "conformance",
        &[set],
        &[],
        "module = \"xlc.test/conformance\"\ntext_format = true",
    ) else {
        return;
    };
    tree.vet();
    tree.copy("tests/go/conformance/main.go", "testee/main.go");
    tree.go(&["build", "-o", "testee/testee", "./testee"]);
    conformance::passes(
        &runner,
        scratch.path(),
        &tree.path("testee/testee"),
        conformance::Text::Passed,
    );
}
