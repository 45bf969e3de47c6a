//! Random messages through google's own runtime and ours, both ways, binary and JSON.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::generated::{self, root, run};
use crate::support::toolchain;

fn exchange(tree: &Path, include: &str, seed: &str) {
    let (Some(python), Some(protoc)) = (toolchain::python(), toolchain::protoc()) else {
        return;
    };
    let Some(wkt) = toolchain::protoc_include() else {
        return;
    };
    let include = root().join(include);
    let set = tree.join("referee.binpb");
    let files = generated::protos(&include);
    let imports = files
        .iter()
        .map(|path| path.strip_prefix(&include).unwrap());
    run(Command::new(protoc)
        .arg("--include_imports")
        .arg(format!("--descriptor_set_out={}", set.display()))
        .arg(format!("-I{}", include.display()))
        .arg(format!("-I{}", wkt.display()))
        .args(imports.collect::<Vec<&Path>>()));
    let said = run(Command::new(python)
        .arg("-B")
        .arg(PathBuf::from("tests/python/interop.py"))
        .args([tree, &set])
        .arg(seed)
        .current_dir(root()));
    assert!(said.contains("messages exchanged"), "{said}");
}

#[test]
fn study_messages_mean_the_same_to_google() {
    exchange(generated::study(), "schemas", "2000");
}

#[test]
fn kitchen_sink_messages_mean_the_same_to_google() {
    exchange(
        generated::kitchen_sink(),
        "fixtures/contracts/kitchen_sink",
        "4000",
    );
}
