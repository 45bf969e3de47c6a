//! What ships for continuous integration, and what the README and the book show of it: it is YAML, it names what there is,
//! and its commands run.

use std::path::Path;
use std::process::Command;

use saphyr::{LoadableYamlNode as _, Yaml};

use super::{git, project, repository};
use crate::support::cli::{Project, Run, run};

fn file(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn yaml(text: &str) -> Yaml<'_> {
    let documents = Yaml::load_from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    documents.into_iter().next().expect("a document")
}

fn text<'y>(value: &'y Yaml<'_>, key: &str) -> &'y str {
    let found = value.as_mapping_get(key).and_then(Yaml::as_str);
    found.unwrap_or_else(|| panic!("no text `{key}` in {value:?}"))
}

fn list<'y, 'i>(value: &'y Yaml<'i>, key: &str) -> &'y Vec<Yaml<'i>> {
    let found = value.as_mapping_get(key).and_then(Yaml::as_vec);
    found.unwrap_or_else(|| panic!("no list `{key}` in {value:?}"))
}

/// The YAML blocks of a page.
fn blocks(page: &str) -> Vec<String> {
    let text = file(page);
    let parts = text.split("```yaml\n").skip(1);
    let blocks = parts.filter_map(|part| part.split_once("```"));
    blocks.map(|(block, _)| block.to_owned()).collect()
}

/// A clone of [`repository`] with its lock, so that there is an `origin`; its work tree has a contract that breaks it.
fn clone() -> (Project, Project) {
    let origin = repository();
    origin.write(
        "xlc.toml",
        "version = 1\ncontract = [\"proto\"]\ninclude = [\"proto\"]\n",
    );
    assert_eq!(origin.xlc(&["lock"]).code, 0);
    git(&origin, &["add", "."]);
    git(&origin, &["commit", "--quiet", "-m", "three"]);
    git(&origin, &["tag", "v1.2.0"]);
    let clone = Project::new(&[]);
    let from = format!("file://{}", origin.path().display());
    git(&clone, &["clone", "--quiet", &from, "."]);
    clone.write(
        "proto/shop/shop.proto",
        "syntax = \"proto3\";\npackage shop.v1;\nmessage Order { bytes id = 1; }\n",
    );
    (origin, clone)
}

/// Runs a script where `xlc` is the one that was built.
fn bash(project: &Project, script: &str, variables: &[(&str, &str)]) -> Run {
    let program = Path::new(env!("CARGO_BIN_EXE_xlc")).parent();
    let program = program.expect("a directory").display();
    let others = std::env::var("PATH").expect("a path");
    let mut command = Command::new("bash");
    command
        .current_dir(project.path())
        .args(["-euo", "pipefail", "-c", script])
        .env("PATH", format!("{program}:{others}"))
        .envs(variables.iter().copied());
    run(command, b"")
}

#[test]
fn the_action_passes_on_what_it_is_given() {
    let action = file("action.yml");
    let action = yaml(&action);
    let runs = action.as_mapping_get("runs").expect("runs");
    assert_eq!(text(runs, "using"), "composite");
    let inputs = action.as_mapping_get("inputs").expect("inputs");
    let [install, check] = list(runs, "steps").as_slice() else {
        panic!("two steps: {runs:?}");
    };
    assert_eq!(text(install, "if"), "inputs.install != ''");
    assert_eq!(text(install, "run"), "${{ inputs.install }}");
    let env = check.as_mapping_get("env").and_then(Yaml::as_mapping);
    let env = env.expect("variables");
    for (variable, value) in env {
        let value = value.as_str().expect("text");
        let name = value.strip_prefix("${{ inputs.").expect(value);
        let name = name.strip_suffix(" }}").expect(value);
        let input = inputs.as_mapping_get(name);
        assert!(input.is_some(), "{variable:?} is of no input: {value}");
    }
    assert_eq!(env.len() + 1, inputs.as_mapping().map_or(0, |it| it.len()));

    let project = project();
    let given = |against| {
        let variables = [
            ("AGAINST", against),
            ("REQUIRE", "wire=full"),
            ("PATHS", "new"),
            ("FORMAT", "github"),
        ];
        bash(&project, text(check, "run"), &variables)
    };
    let run = given("old\nold/shop.proto\n");
    assert_eq!(run.code, 1, "{run:?}");
    assert_eq!(run.stdout.lines().count(), 2, "{run:?}");
    let run = given("new");
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{run:?}");
}

/// The hooks are there, look at what they should, and their commands are commands.
#[test]
fn the_hooks_of_pre_commit_run() {
    let hooks = file(".pre-commit-hooks.yaml");
    let hooks = yaml(&hooks);
    let hooks = hooks.as_vec().expect("a list of hooks");
    let (_origin, project) = clone();
    project.xlc(&["lock"]);
    let mut ids = Vec::new();
    for hook in hooks {
        ids.push(text(hook, "id"));
        assert_eq!(text(hook, "language"), "rust");
        let pass = hook
            .as_mapping_get("pass_filenames")
            .and_then(Yaml::as_bool);
        assert_eq!(pass, Some(false));
        let arguments = hook.as_mapping_get("args").and_then(Yaml::as_vec);
        let arguments = arguments.into_iter().flatten().filter_map(Yaml::as_str);
        let words: Vec<&str> = text(hook, "entry").split(' ').chain(arguments).collect();
        let run = bash(&project, &words.join(" "), &[]);
        let expected = i32::from(words.contains(&"check-compat"));
        assert_eq!(run.code, expected, "{words:?}: {run:?}");
        let files = text(hook, "files");
        for (name, seen) in [
            ("proto/shop/shop.proto", true),
            ("xlc.toml", true),
            ("xlc.lock", true),
            ("Cargo.toml", false),
            ("Cargo.lock", false),
            ("proto/notes.txt", false),
        ] {
            let script = format!("[[ '{name}' =~ {files} ]]");
            assert_eq!(
                bash(&project, &script, &[]).code == 0,
                seen,
                "{files}: {name}"
            );
        }
    }
    assert_eq!(ids, ["xlc-check-compat", "xlc-lock"]);
    for page in ["README.md", "book/src/compat.md"] {
        for block in blocks(page) {
            let config = yaml(&block);
            let repositories = config.as_mapping_get("repos").and_then(Yaml::as_vec);
            for repository in repositories.into_iter().flatten() {
                for hook in list(repository, "hooks") {
                    assert!(ids.contains(&text(hook, "id")), "{page}: {hook:?}");
                }
            }
        }
    }
}

/// The commands in the YAML of the README and of the book find the break of a clone, and say so where they should.
#[test]
fn what_is_shown_for_continuous_integration_runs() {
    let (_origin, project) = clone();
    let mut commands = Vec::new();
    for page in ["README.md", "book/src/compat.md", "book/src/lock.md"] {
        for block in blocks(page) {
            let block = yaml(&block);
            let steps = block.as_vec().into_iter().flatten();
            commands.extend(
                steps.filter_map(|it| it.as_mapping_get("run")?.as_str().map(str::to_owned)),
            );
            for (_, job) in block.as_mapping().into_iter().flatten() {
                let script = job.as_mapping_get("script").and_then(Yaml::as_str);
                commands.extend(script.map(str::to_owned));
                if script.is_some() {
                    let report = job.as_mapping_get("artifacts");
                    let report = report.and_then(|it| it.as_mapping_get("reports"));
                    let report = text(report.expect("a report"), "codequality");
                    let run = bash(&project, script.unwrap_or_default(), &[]);
                    assert_eq!(run.code, 1, "{run:?}");
                    let report: serde_json::Value =
                        serde_json::from_str(&project.read(report)).expect("JSON");
                    assert!(report[0]["check_name"].is_string(), "{report}");
                }
            }
        }
    }
    assert!(commands.len() >= 3, "{commands:?}");
    for command in commands {
        let run = bash(&project, &command, &[]);
        assert_eq!(run.code, 1, "{command}: {run:?}");
    }
}
