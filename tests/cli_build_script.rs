//! The build script helper, in a process of its own as cargo would run it.
#![cfg(feature = "cli")]

mod support;

use std::process::Command;

use support::cli::{CONFIG, CONTRACT, ITEM, Project};
use xlc::build_script::{Builder, Error};

/// What the test program does when it is started as a build script.
#[test]
#[ignore = "started by the other tests, as a process of its own"]
fn build_script() -> Result<(), Error> {
    match std::env::var("XLC_TEST_BUILD").as_deref() {
        Ok("config") => Builder::from_config("xlc.toml").generate(),
        _ => {
            let mut options = toml::Table::new();
            options.insert("names".to_owned(), "proto".into());
            Builder::from_contract(["proto"])
                .include("proto")
                .target("json_schema", "gen/json", options)
                .generate()
        }
    }
}

/// Runs the build script in a project; what it says to cargo, and whether it succeeded.
fn build(project: &Project, what: &str) -> (Vec<String>, String, bool) {
    let program = std::env::current_exe().expect("a test knows its program");
    let output = Command::new(program)
        .args(["--exact", "build_script", "--ignored", "--nocapture"])
        .env("XLC_TEST_BUILD", what)
        .current_dir(project.path())
        .output()
        .expect("it starts");
    let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
    let said = stdout
        .lines()
        // The first line follows the test's name, which has no line end yet.
        .filter_map(|line| line.find("cargo::").map(|at| line[at..].to_owned()))
        .collect();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    (said, stdout + &errors, output.status.success())
}

#[test]
fn it_generates_and_tells_cargo_what_to_watch() {
    let project = Project::shop();
    let (said, _, fine) = build(&project, "config");
    assert!(fine);
    assert_eq!(
        said,
        [
            "cargo::rerun-if-changed=xlc.toml",
            "cargo::rerun-if-changed=proto",
            "cargo::rerun-if-changed=proto/shop/v1/shop.proto",
        ]
    );
    assert!(project.join(ITEM).exists());
}

#[test]
fn it_needs_no_configuration_file() {
    let project = Project::new(&[("proto/shop/v1/shop.proto", CONTRACT)]);
    let (said, all, fine) = build(&project, "contract");
    assert!(fine, "{all}");
    assert_eq!(said[0], "cargo::rerun-if-changed=proto");
    assert!(project.join(ITEM).exists());
}

#[test]
fn errors_look_as_on_the_command_line() {
    let project = Project::shop();
    project.write(
        "proto/shop/v1/shop.proto",
        &CONTRACT.replace("int64", "int46"),
    );
    let (_, all, fine) = build(&project, "config");
    assert!(!fine);
    assert!(
        all.contains(
            "error[unknown-name]: `int46` is not defined\n --> proto/shop/v1/shop.proto:9:3"
        ),
        "{all}"
    );
    project.write("xlc.toml", &CONFIG.replace("contract", "contarct"));
    let (said, all, fine) = build(&project, "config");
    assert!(!fine && all.contains("did you mean `contract`?"), "{all}");
    assert_eq!(said, ["cargo::rerun-if-changed=xlc.toml"]);
}
