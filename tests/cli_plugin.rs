//! `protoc-gen-xlc`: the plugin, called by the real protoc and the real buf, and descriptor sets from a pipe.
#![cfg(feature = "cli")]

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;

use support::cli::{CONTRACT, Project, Run, run};
use support::toolchain;

/// A project in which the program has the plugin's name, as an installation would.
fn project() -> (Project, PathBuf) {
    let project = Project::new(&[("proto/shop/v1/shop.proto", CONTRACT)]);
    let plugin = project.join("protoc-gen-xlc");
    std::fs::hard_link(env!("CARGO_BIN_EXE_xlc"), &plugin)
        .or_else(|_| std::fs::copy(env!("CARGO_BIN_EXE_xlc"), &plugin).map(|_| ()))
        .expect("the program can be copied");
    std::fs::create_dir(project.join("out")).expect("a directory can be made");
    (project, plugin)
}

/// Runs protoc in a project; `None` if there is none.
fn protoc(project: &Project, plugin: &Path, arguments: &[&str]) -> Option<Run> {
    let mut command = Command::new(toolchain::protoc()?);
    command
        .current_dir(project.path())
        .arg(format!("--plugin=protoc-gen-xlc={}", plugin.display()))
        .args(["-I", "proto"])
        .args(arguments);
    Some(run(command, b""))
}

#[test]
fn protoc_generates_through_the_plugin_what_gen_generates() {
    let (project, plugin) = project();
    let arguments = ["--xlc_out=json_schema:out", "shop/v1/shop.proto"];
    let Some(done) = protoc(&project, &plugin, &arguments) else {
        return;
    };
    assert_eq!(done.code, 0, "{done:?}");
    let through_protoc = project.files("out");
    assert_eq!(through_protoc.len(), 2);
    let direct = [
        "gen",
        "json_schema",
        "--contract",
        "proto",
        "-I",
        "proto",
        "--out",
        "direct",
    ];
    assert_eq!(project.xlc(&direct).code, 0);
    let mut generated = project.files("direct");
    generated.remove(".xlc-manifest.json");
    assert_eq!(through_protoc, generated);
}

#[test]
fn parameters_have_targets_and_options() {
    let (project, plugin) = project();
    let generate = |parameter: &str| {
        let out = format!("--xlc_out={parameter}:out");
        protoc(&project, &plugin, &[&out, "shop/v1/shop.proto"])
    };
    let Some(accept) = generate("json_schema,dialect=accept") else {
        return;
    };
    assert_eq!(accept.code, 0, "{accept:?}");
    let accepting = project.files("out");
    let qualified = generate("json_schema,json_schema.dialect=accept");
    assert_eq!(qualified.map(|it| it.code), Some(0));
    assert_eq!(project.files("out"), accepting);
    for (parameter, reason) in [
        ("json_schma", "did you mean `json_schema`?"),
        ("json_schema,dialct=accept", "did you mean `dialect`?"),
        ("json_schema,dialect", "not of the form `key=value`"),
        ("json_schema,out=x", "not an option of its own"),
    ] {
        let failed = generate(parameter).expect("protoc is there");
        assert_eq!(failed.code, 1, "{parameter}: {failed:?}");
        assert!(failed.stderr.contains(reason), "{parameter}: {failed:?}");
    }
    let none = protoc(&project, &plugin, &["--xlc_out=out", "shop/v1/shop.proto"]);
    let none = none.expect("protoc is there");
    assert!(none.stderr.contains("say what to generate"), "{none:?}");
}

#[test]
fn optional_fields_and_editions_are_supported() {
    let (project, plugin) = project();
    project.write(
        "proto/o.proto",
        "syntax = \"proto3\";\nmessage O { optional string name = 1; }\n",
    );
    project.write(
        "proto/e.proto",
        "edition = \"2023\";\nmessage E { string name = 1 [features.field_presence = IMPLICIT]; }\n",
    );
    let arguments = ["--xlc_out=json_schema:out", "o.proto", "e.proto"];
    let Some(done) = protoc(&project, &plugin, &arguments) else {
        return;
    };
    assert_eq!(done.code, 0, "{done:?}");
    assert_eq!(project.files("out").len(), 2);
}

#[test]
fn only_the_files_that_were_asked_for_are_generated() {
    let (project, plugin) = project();
    project.write(
        "proto/one.proto",
        "syntax = \"proto3\";\nimport \"shop/v1/shop.proto\";\nmessage One { shop.v1.Item item = 1; }\n",
    );
    let Some(done) = protoc(
        &project,
        &plugin,
        &["--xlc_out=json_schema:out", "one.proto"],
    ) else {
        return;
    };
    assert_eq!(done.code, 0, "{done:?}");
    let files: Vec<String> = project.files("out").into_keys().collect();
    assert_eq!(files, ["One.schema.json"]);
}

#[test]
fn buf_generates_through_the_plugin() {
    let (project, plugin) = project();
    let Some(buf) = toolchain::buf() else {
        return;
    };
    project.write("buf.yaml", "version: v2\nmodules:\n  - path: proto\n");
    project.write(
        "buf.gen.yaml",
        &format!(
            "version: v2\nplugins:\n  - local: {}\n    out: out\n    opt: json_schema\n    strategy: all\n",
            plugin.display()
        ),
    );
    let mut command = Command::new(buf);
    command.arg("generate").current_dir(project.path());
    // buf keeps what it knows below the home directory; a test has one of its own.
    command.env("BUF_CACHE_DIR", project.join("cache"));
    let done = run(command, b"");
    assert_eq!(done.code, 0, "{done:?}");
    assert_eq!(project.files("out").len(), 2);
}

#[test]
fn descriptor_sets_come_from_files_and_from_a_pipe() {
    let (project, plugin) = project();
    let make = [
        "--include_source_info",
        "-o",
        "contract.binpb",
        "shop/v1/shop.proto",
    ];
    let Some(made) = protoc(&project, &plugin, &make) else {
        return;
    };
    assert_eq!(made.code, 0, "{made:?}");
    let generate = |contract: &str, out: &str, input: &[u8]| {
        let arguments = ["gen", "json_schema", "--contract", contract, "--out", out];
        let done = project.xlc_with_input(&arguments, input);
        assert_eq!(done.code, 0, "{done:?}");
        project.files(out)
    };
    let set = std::fs::read(project.join("contract.binpb")).expect("protoc wrote it");
    let from_file = generate("contract.binpb", "file", b"");
    let from_pipe = generate("-", "pipe", &set);
    let from_source = project.xlc(&[
        "gen",
        "json_schema",
        "--contract",
        "proto",
        "-I",
        "proto",
        "--out",
        "source",
    ]);
    assert_eq!(from_source.code, 0);
    assert_eq!(from_file, project.files("source"));
    assert_eq!(from_pipe, from_file);

    project.write(
        "xlc.toml",
        "version = 1\ncontract = [\"-\"]\n[target.json_schema]\nout = \"configured\"\n",
    );
    assert_eq!(project.xlc_with_input(&["gen"], &set).code, 0);
    assert_eq!(project.files("configured"), from_file);
}

#[test]
fn what_is_no_request_or_no_descriptor_set_is_told() {
    let (project, plugin) = project();
    let called = run(Command::new(&plugin), b"\xff\xff\xff");
    assert_eq!((called.code, called.stdout.as_str()), (2, ""));
    assert!(
        called.stderr.contains("cannot read a CodeGeneratorRequest"),
        "{called:?}"
    );
    let hidden = project.xlc_with_input(&["protoc-plugin"], b"\xff\xff\xff");
    assert_eq!(hidden.stderr, called.stderr);
    let arguments = ["gen", "json_schema", "--contract", "-", "--out", "out"];
    let piped = project.xlc_with_input(&arguments, b"syntax = \"proto3\";");
    assert_eq!(piped.code, 2);
    assert!(piped.stderr.contains("error[descriptor-set]"), "{piped:?}");
    project.write("contract.txt", "");
    let named = project.xlc(&[
        "gen",
        "json_schema",
        "--contract",
        "contract.txt",
        "--out",
        "out",
    ]);
    assert!(
        named
            .stderr
            .contains("neither a .proto file nor a descriptor set"),
        "{named:?}"
    );
}
