//! The other commands, the streams and the colours, as a process.
#![cfg(feature = "cli")]

mod support;

use std::io::Read as _;
use std::process::Stdio;

use support::cli::{CONFIG, CONTRACT, ITEM, Project, run};

#[test]
fn init_writes_a_file_that_generates_and_does_not_overwrite() {
    let project = Project::new(&[("proto/shop/v1/shop.proto", CONTRACT)]);
    let unknown = project.xlc(&["init", "json_shema"]);
    assert_eq!(unknown.code, 2);
    assert!(
        unknown.stderr.contains("did you mean `json_schema`?"),
        "{unknown:?}"
    );
    let first = project.xlc(&["init", "json_schema"]);
    assert_eq!(
        (first.code, first.stderr.as_str()),
        (0, "     Created xlc.toml\n")
    );
    let text = project.read("xlc.toml");
    assert!(text.lines().filter(|line| line.starts_with('#')).count() > 10);
    assert_eq!(project.xlc(&["gen"]).code, 0);
    project.write("xlc.toml", "version = 1 # mine\n");
    let second = project.xlc(&["init"]);
    assert_eq!(second.code, 2);
    assert_eq!(
        second.stderr,
        "error: `xlc.toml` exists and is left as it is\n"
    );
    assert_eq!(project.read("xlc.toml"), "version = 1 # mine\n");
}

#[test]
fn targets_are_listed_for_people_and_for_programs() {
    let project = Project::new(&[]);
    let people = project.xlc(&["list", "targets"]);
    assert!(
        people.stdout.contains("json_schema  JSON Schema"),
        "{people:?}"
    );
    let programs = project.xlc(&["list", "targets", "--json"]);
    let targets: serde_json::Value = serde_json::from_str(&programs.stdout).unwrap();
    let names: Vec<&str> = targets
        .as_array()
        .unwrap()
        .iter()
        .map(|target| target["name"].as_str().unwrap())
        .collect();
    assert_eq!(names.len(), people.stdout.lines().count());
    assert_eq!(targets[0]["capabilities"]["maps"], "full");
}

#[test]
fn the_published_schemas_are_fresh() {
    let project = Project::new(&[]);
    for (what, file) in [("config", "xlc"), ("manifest", "manifest")] {
        let printed = project.xlc(&["schema", what]).stdout;
        let path = format!("{}/schemas/{file}.schema.json", env!("CARGO_MANIFEST_DIR"));
        let published = std::fs::read_to_string(&path).unwrap();
        assert!(
            printed == published,
            "{path} is stale: cargo run -- schema {what} > schemas/{file}.schema.json"
        );
        let schema: serde_json::Value = serde_json::from_str(&printed).unwrap();
        assert!(jsonschema::meta::is_valid(&schema));
    }
}

#[test]
fn the_schema_accepts_the_projects_own_configuration_and_no_typo() {
    let root = env!("CARGO_MANIFEST_DIR");
    let read = |path: &str| std::fs::read_to_string(format!("{root}/{path}")).unwrap();
    let schema = serde_json::from_str(&read("schemas/xlc.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let config: toml::Table = read("xlc.toml").parse().unwrap();
    let config = serde_json::to_value(config).unwrap();
    assert!(validator.is_valid(&config));
    let mut typo = config.clone();
    typo["contracts"] = serde_json::json!([]);
    assert!(!validator.is_valid(&typo));
}

#[test]
fn the_manifest_follows_its_schema() {
    let project = Project::shop();
    assert_eq!(project.xlc(&["gen"]).code, 0);
    let schema = serde_json::from_str(&project.xlc(&["schema", "manifest"]).stdout).unwrap();
    let text = project.read("gen/json/.xlc-manifest.json");
    let manifest = serde_json::from_str(&text).unwrap();
    assert!(jsonschema::is_valid(&schema, &manifest));
    // What the files hold is not the matter here.
    let lines = text
        .lines()
        .map(|line| match line.split_once("\"sha256\": \"") {
            Some((head, hash)) => format!("{head}\"sha256\": \"({} digits)\",", hash.len() - 2),
            None => line.to_owned(),
        });
    insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"));
}

#[test]
fn the_pipeline_is_made_visible() {
    let project = Project::shop();
    let contract = project.xlc(&["dump", "contract"]);
    assert_eq!(contract.code, 0);
    let dumped: serde_json::Value = serde_json::from_str(&contract.stdout).unwrap();
    assert!(dumped.to_string().contains("shop.v1.Order"));
    let view = project.xlc(&["dump", "view", "json_schema"]);
    let files: serde_json::Value = serde_json::from_str(&view.stdout).unwrap();
    assert_eq!(files[0]["path"], "shop/v1/Order.schema.json");
    assert!(files[0]["json"].is_object());
    assert!(!project.join("gen").exists());
    assert_eq!(project.xlc(&["dump", "view", "nothing"]).code, 2);
}

#[test]
fn options_are_dumped_as_text_by_their_names() {
    let project = Project::new(&[
        (
            "custom.proto",
            "syntax = \"proto3\"; package c; import \"google/protobuf/descriptor.proto\";\n\
             message Rule { int32 least = 1; string unit = 2; }\n\
             extend google.protobuf.FieldOptions { Rule rule = 50000; }\n\
             message M { int32 x = 1 [deprecated = true, (rule) = {least: 3, unit: \"mm\"}]; }\n",
        ),
        (
            "plain.proto",
            "syntax = \"proto3\"; message P { string s = 1 [debug_redact = true]; option deprecated = true; }\n",
        ),
    ]);
    let dump = |file: &str| {
        let config = format!("version = 1\ncontract = [\"{file}\"]\n");
        project.write("xlc.toml", &config);
        let run = project.xlc(&["dump", "contract"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        run.stdout
    };
    let text = "\"options_text\": \"deprecated: true [c.rule] { least: 3 unit: \\\"mm\\\" }\"";
    assert!(dump("custom.proto").contains(text));
    let plain = dump("plain.proto");
    assert!(plain.contains("\"options_text\": \"debug_redact: true\""));
    assert!(plain.contains("\"options_text\": \"deprecated: true\""));
    assert!(!plain.contains("raw_options"));
}

#[test]
fn completions_and_the_manual_page_know_the_commands() {
    let project = Project::new(&[]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = project.xlc(&["completions", shell]);
        assert_eq!(script.code, 0);
        assert!(script.stdout.contains("dry-run"), "{shell}");
    }
    let page = project.xlc(&["man"]).stdout;
    assert!(page.contains(".TH xlc 1"));
    assert!(page.contains("dry\\-run") && !page.contains("protoc\\-plugin"));
}

#[test]
fn usage_mistakes_exit_with_2_and_help_with_0() {
    let project = Project::new(&[]);
    for arguments in [
        &["nope"][..],
        &[],
        &["gen", "--chekc"],
        &["gen", "--check", "--force"],
        &["gen", "-q", "-v"],
        &["dump"],
    ] {
        let run = project.xlc(arguments);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{arguments:?}");
    }
    assert!(project.xlc(&["gen", "--chekc"]).stderr.contains("--check"));
    for arguments in [&["--help"][..], &["gen", "-h"], &["--version"]] {
        let run = project.xlc(arguments);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{arguments:?}");
    }
}

#[test]
fn colour_follows_the_flag_and_the_environment() {
    let project = Project::shop();
    project.write("proto/shop/v1/shop.proto", "syntax = \"proto3\"\n");
    let colored = |arguments: &[&str], variables: &[(&str, &str)]| {
        let mut command = project.command(arguments);
        command.envs(variables.iter().copied());
        run(command, b"").stderr.contains('\u{1b}')
    };
    // Standard error is a pipe here.
    assert!(!colored(&["gen"], &[]));
    assert!(colored(&["gen", "--color", "always"], &[]));
    assert!(colored(&["gen", "--color", "always"], &[("NO_COLOR", "1")]));
    assert!(colored(&["gen"], &[("CLICOLOR_FORCE", "1")]));
    assert!(!colored(
        &["gen"],
        &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]
    ));
    assert!(!colored(
        &["gen", "--color", "never"],
        &[("CLICOLOR_FORCE", "1")]
    ));
}

#[test]
fn a_reader_that_stops_reading_is_no_failure() {
    let project = Project::new(&[]);
    let mut child = project
        .command(&["schema", "config"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut said = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut said)
        .unwrap();
    assert_eq!((child.wait().unwrap().code(), said.as_str()), (Some(0), ""));
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_a_failure() {
    let project = Project::new(&[]);
    let full = std::fs::File::options()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let mut command = project.command(&["schema", "config"]);
    let output = command.stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("cannot write to standard output"));
}

#[test]
fn a_directory_that_is_named_is_an_import_root() {
    let project = Project::new(&[
        (
            "proto/shop/order.proto",
            "syntax = \"proto3\";\npackage shop;\nimport \"shop/item.proto\";\nmessage Order { Item item = 1; }\n",
        ),
        (
            "proto/shop/item.proto",
            "syntax = \"proto3\";\npackage shop;\nmessage Item {}\n",
        ),
    ]);
    let generate = |more: &[&str]| {
        let head = ["gen", "json_schema", "--out", "gen", "--contract", "proto"];
        let run = project.xlc(&[&head[..], more].concat());
        assert_eq!(run.code, 0, "{}", run.stderr);
    };
    generate(&[]);
    // A root that is named comes before it.
    generate(&["-I", "proto"]);
    let listed = project.xlc_with_input(
        &[
            "convert",
            "--contract",
            "proto",
            "--from",
            "json",
            "--to",
            "json",
            "-m",
            "Order",
        ],
        b"{\"item\":{}}",
    );
    assert_eq!(listed.stdout, "{\"item\":{}}\n", "{}", listed.stderr);
}

#[test]
fn what_out_moved_away_from_is_told_once() {
    let project = Project::shop();
    assert_eq!(project.xlc(&["gen", "-q"]).code, 0);
    project.write("xlc.toml", &CONFIG.replace("gen/json", "out/json"));
    let moved = project.xlc(&["gen"]);
    assert_eq!(moved.code, 0);
    assert_eq!(
        moved.stderr,
        "    Finished create 2, update 0, delete 0, unchanged 0\n        \
         Left `gen/json` holds what `json_schema` now writes elsewhere\n  \
         = help: delete `gen/json` if `out` moved from there: xlc does not update it any more\n"
    );
    // What lies there may be somebody's: it is told, and stays.
    assert!(project.join(ITEM).exists());
    let again = project.xlc(&["gen"]);
    assert_eq!(
        again.stderr,
        "    Finished create 0, update 0, delete 0, unchanged 2\n"
    );
    // Elsewhere nothing is looked for.
    let out = [
        "gen",
        "json_schema",
        "--contract",
        "proto",
        "--out",
        "third",
    ];
    let run = project.xlc(&out);
    assert!(!run.stderr.contains("Left"), "{}", run.stderr);
}

#[test]
fn what_another_project_generates_below_is_its_own() {
    let project = Project::shop();
    assert_eq!(project.xlc(&["gen", "-q"]).code, 0);
    // The same files, in a directory with a configuration of its own.
    std::fs::create_dir(project.join("inner")).unwrap();
    std::fs::rename(project.join("gen"), project.join("inner/gen")).unwrap();
    project.write("inner/xlc.toml", CONFIG);
    let outer = project.xlc(&["gen"]);
    assert_eq!(
        outer.stderr,
        "    Finished create 2, update 0, delete 0, unchanged 0\n"
    );
}
