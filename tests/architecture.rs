//! The arrows of ARCHITECTURE.md: which part of the crate may know which, and which may touch the world.
//! Read off the source text: `use crate::…`, `use super::…` and paths written out.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

/// What each part may know. A part that is not in the table may not exist.
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("contract", &["source"]),
    ("diagnostics", &["source"]),
    ("names", &["contract"]),
    ("artifact", &[]),
    ("wire", &[]),
    ("load", &["contract", "diagnostics", "source", "wire"]),
    ("dynamic", &["contract", "wire"]),
    ("avro", &["contract", "diagnostics", "dynamic", "wire"]),
    ("convert", &["avro", "contract", "dynamic", "wire"]),
    ("inspect", &["contract", "dynamic", "wire"]),
    (
        "targets",
        &[
            "artifact",
            "avro",
            // The trait of surfaces, and what they look at: a target brings its own.
            "compat",
            "contract",
            "diagnostics",
            "dynamic",
            "names",
            "source",
        ],
    ),
    // It prints what targets register; it never sees a contract.
    ("render", &["artifact", "diagnostics", "source", "targets"]),
    ("output", &["diagnostics", "source"]),
    // It compares contracts in memory; where they come from and what it comes to is for the command line.
    (
        "compat",
        &["contract", "diagnostics", "dynamic", "source", "wire"],
    ),
    // It says what versions there were; files are for the command line.
    ("lock", &["contract", "diagnostics", "source"]),
    // It reads the user's templates and says what the loader is to read; what a target's table holds comes in as data.
    (
        "config",
        &["compat", "diagnostics", "load", "render", "source"],
    ),
    (
        "pipeline",
        &[
            "artifact",
            "compat",
            "config",
            "contract",
            "diagnostics",
            "load",
            "output",
            "render",
            "source",
            "targets",
        ],
    ),
    (
        "build_script",
        &["config", "diagnostics", "pipeline", "source"],
    ),
    (
        "cli",
        &[
            "artifact",
            "avro",
            "compat",
            "config",
            "contract",
            "convert",
            "diagnostics",
            "dynamic",
            "inspect",
            "load",
            "lock",
            "output",
            "pipeline",
            "source",
            "targets",
        ],
    ),
    // The two roots of the crate: they name parts and use nothing of them.
    ("lib", &[]),
    ("main", &[]),
];

/// Who may touch files, the environment and processes.
const MAY_TOUCH_THE_WORLD: &[&str] = &["load", "output", "config", "cli", "build_script"];

/// What touches the world.
const WORLD: &[&str] = &[
    "std::fs",
    "std::env",
    "std::process",
    "std::net",
    "std::io::stdin",
    "std::io::stdout",
    "std::io::stderr",
    "walkdir",
    "tempfile",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every source file: its part of the crate, the path in the crate, and its code without comments and tests.
fn files() -> Vec<(String, String, String)> {
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(root()).sort_by_file_name() {
        let entry = entry.expect("the sources can be read");
        let path = entry.path().strip_prefix(root()).expect("it is below");
        let name = path.to_string_lossy().replace('\\', "/");
        let is_test = name.ends_with("tests.rs") || name.contains("/tests/");
        if path.extension().is_some_and(|it| it == "rs") && !is_test {
            let part = name.split('/').next().unwrap_or_default();
            let part = part.trim_end_matches(".rs").to_owned();
            let text = std::fs::read_to_string(entry.path()).expect("it can be read");
            files.push((part, name, code(&text)));
        }
    }
    files
}

/// The text without comments and without its test module, which may know anything.
fn code(text: &str) -> String {
    let end = text.find("#[cfg(test)]\nmod tests {").unwrap_or(text.len());
    text[..end]
        .lines()
        .map(|line| line.split("//").next().unwrap_or_default())
        .collect::<Vec<_>>()
        .join("\n")
}

/// The parts that some code names by `crate::part`, also inside `use crate::{a, b::c}`.
fn named(code: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            found.extend(heads(group));
        } else {
            found.insert(word(rest).to_owned());
        }
    }
    found
}

/// The first words of the items of a `{…}` group, up to its end.
fn heads(group: &str) -> Vec<String> {
    let mut depth = 0;
    let mut heads = Vec::new();
    let mut start = true;
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => start = true,
            c if start && !c.is_whitespace() => {
                heads.push(word(&group[at..]).to_owned());
                start = false;
            }
            _ => {}
        }
    }
    heads
}

fn word(text: &str) -> &str {
    let end = text
        .find(|c: char| !c.is_alphanumeric() && c != '_')
        .unwrap_or(text.len());
    &text[..end]
}

#[test]
fn no_part_knows_what_it_must_not() {
    let table: BTreeMap<&str, &[&str]> = MAY_KNOW.iter().copied().collect();
    let mut wrong = Vec::new();
    for (part, name, code) in files() {
        let Some(allowed) = table.get(part.as_str()) else {
            wrong.push(format!("src/{name}: `{part}` is not in the table"));
            continue;
        };
        for known in named(&code) {
            let fine = known == part || allowed.contains(&known.as_str());
            if !fine && table.contains_key(known.as_str()) {
                wrong.push(format!("src/{name}: `{part}` must not know `{known}`"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_target_knows_another() {
    let targets: BTreeSet<String> = std::fs::read_dir(root().join("targets"))
        .expect("there are targets")
        .map(|entry| entry.expect("it can be read").path())
        .filter(|path| path.is_dir())
        .map(|path| {
            path.file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    assert!(!targets.is_empty());
    let mut wrong = Vec::new();
    for (_, name, code) in files() {
        let mut parts = name.split('/');
        let (Some("targets"), Some(own)) = (parts.next(), parts.next()) else {
            continue;
        };
        if !targets.contains(own) {
            continue;
        }
        for other in targets.iter().filter(|other| *other != own) {
            if code.contains(&format!("targets::{other}"))
                || code.contains(&format!("super::{other}::"))
            {
                wrong.push(format!(
                    "src/{name}: the target `{own}` must not know `{other}`"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_some_parts_touch_the_world() {
    let mut wrong = Vec::new();
    for (part, name, code) in files() {
        if MAY_TOUCH_THE_WORLD.contains(&part.as_str()) {
            continue;
        }
        // The exit code of the process is all that `main` knows of it.
        let code = code.replace("use std::process::ExitCode;", "");
        for thing in WORLD {
            let short = thing.strip_prefix("std::").unwrap_or(thing);
            let grouped = code.contains("use std::{") && code.contains(&format!("{short}::"));
            if code.contains(thing) || grouped {
                wrong.push(format!("src/{name}: `{part}` must not touch `{thing}`"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_table_names_what_there_is() {
    let parts: BTreeSet<String> = files().into_iter().map(|(part, ..)| part).collect();
    for (part, allowed) in MAY_KNOW {
        assert!(
            parts.contains(*part),
            "`{part}` is in the table and does not exist"
        );
        for known in *allowed {
            assert!(
                parts.contains(*known),
                "`{known}` is in the table and does not exist"
            );
        }
    }
}

#[test]
fn the_check_sees_what_it_should() {
    let seen = |text: &str| named(&code(text)).into_iter().collect::<Vec<_>>();
    assert_eq!(seen("use crate::render::Renderer;"), ["render"]);
    assert_eq!(
        seen("use crate::{contract::{A, B},\n  load as l, output};"),
        ["contract", "load", "output"]
    );
    assert_eq!(
        seen("fn f() { crate::cli::main(); } // crate::load"),
        ["cli"]
    );
    assert!(seen("#[cfg(test)]\nmod tests {\n use crate::cli;\n}").is_empty());
}

/// Who uses xlc from a build script compiles nothing of the command line.
#[test]
fn the_library_alone_does_not_depend_on_the_command_line() {
    let tree = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO"))
            .args([
                "tree",
                "--offline",
                "--edges",
                "normal",
                "--prefix",
                "none",
                "--format",
                "{p}",
            ])
            .args(arguments)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .expect("cargo runs");
        assert!(output.status.success(), "{output:?}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let names = |text: &str| -> BTreeSet<String> {
        text.lines().map(|line| word(line).to_owned()).collect()
    };
    let cli = [
        "clap",
        "clap_complete",
        "clap_mangen",
        "anstream",
        "miniz_oxide",
        "snap",
        "indicatif",
        "jsonschema",
    ];
    let all = names(&tree(&[]));
    let alone = names(&tree(&["--no-default-features"]));
    assert!(
        cli.iter().all(|name| all.contains(*name)),
        "the test looks for the wrong names: {all:?}"
    );
    let extra: Vec<_> = cli.iter().filter(|name| alone.contains(**name)).collect();
    assert!(extra.is_empty(), "{extra:?} come without the command line");
}
