//! What `source.*` says of an edit, held against the tools of each language. `fixtures/source/EDIT` has two versions and a
//! program per language, written against the old one. What is called an error must be refused with the new one, and
//! nothing else may be.
#![cfg(feature = "cli")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../support/mod.rs"]
mod support;

mod claims;
mod trees;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Output};

use xlc::compat::surface::Harm;

use claims::{Claim, claims};
use support::toolchain;
use trees::{Side, cases, tree};

/// The edits of which a surface says something that `wanted` picks out.
fn claimed(surface: &str, wanted: impl Fn(&Claim) -> bool) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for ((case, of), claim) in claims() {
        if *of == surface && wanted(claim) {
            found.insert(case.clone());
        }
    }
    found
}

fn errors(surface: &str) -> BTreeSet<String> {
    let found = claimed(surface, |it| it.harm == Harm::Error);
    assert!(found.len() > 5, "{surface}: {found:?}");
    found
}

/// The programs that some output complains of, by what stands between `before` and `after` around their names.
fn named(output: &str, before: &str, after: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in output.match_indices(before) {
        let rest = &output[at + before.len()..];
        let name = rest.split(after).next().unwrap_or_default();
        if cases().contains(name) {
            found.insert(name.to_owned());
        }
    }
    found
}

fn said(output: &Output) -> String {
    let text = [&output.stdout[..], &output.stderr[..]].concat();
    String::from_utf8_lossy(&text).into_owned()
}

/// What complains of the old version fails the test; what it says of the new one is returned.
fn judged(
    run: impl Fn(&Path) -> String,
    complaints: impl Fn(&str) -> BTreeSet<String>,
) -> BTreeSet<String> {
    let old = run(&tree(Side::Old));
    assert_eq!(complaints(&old), BTreeSet::new(), "{old}");
    let new = run(&tree(Side::New));
    let found = complaints(&new);
    assert!(!found.is_empty(), "{new}");
    found
}

/// mypy refuses what is called an error, and the `match` that is no longer exhaustive.
#[test]
fn python_is_checked_as_it_is_said() {
    let Some(mypy) = toolchain::mypy() else {
        return;
    };
    let cache = Path::new(env!("CARGO_TARGET_TMPDIR")).join("source-mypy-cache");
    let run = |tree: &Path| {
        let side = tree.file_name().unwrap();
        let output = Command::new(&mypy)
            .args(["--strict", "--python-version=3.11", "--config-file="])
            .arg("--follow-imports=silent")
            .arg(format!("--cache-dir={}", cache.join(side).display()))
            .env("MYPYPATH", ".")
            .current_dir(tree.join("python"))
            .arg("use")
            .output();
        said(&output.unwrap())
    };
    let errors_of = |text: &str| {
        let errors = text.lines().filter(|line| line.contains(": error: "));
        let errors: Vec<&str> = errors.collect();
        named(&errors.join("\n"), "use/", ".py:")
    };
    let found = judged(run, errors_of);
    let mut wanted = errors("source.python");
    wanted.extend(claimed("source.python", |it| it.harm == Harm::Hygiene));
    assert_eq!(found, wanted);
}

/// What runs on with the old version still does with the new one, unless something is said of it; what is lossy does
/// something else without a word of the checker.
#[test]
fn python_runs_as_it_is_said() {
    let Some(python) = toolchain::python() else {
        return;
    };
    const RUN: &str = "import pathlib, runpy\n\
        for path in sorted(pathlib.Path('use').glob('*.py')):\n\
        \x20   try:\n\
        \x20       runpy.run_path(str(path))\n\
        \x20   except Exception as error:\n\
        \x20       print(f'failed {path.stem}: {error!r}')\n\
        print('done')\n";
    let run = |tree: &Path| {
        let output = Command::new(&python)
            .args(["-B", "-c", RUN])
            .env("PYTHONPATH", ".")
            .current_dir(tree.join("python"))
            .output();
        let text = said(&output.unwrap());
        assert!(text.ends_with("done\n"), "{text}");
        text
    };
    let failed = judged(run, |text| named(text, "failed ", ":"));
    let lossy = claimed("source.python", |it| it.harm == Harm::Lossy);
    assert!(lossy.is_subset(&failed), "{lossy:?} {failed:?}");
    let told = claimed("source.python", |it| it.harm >= Harm::Lossy);
    assert!(failed.is_subset(&told), "{failed:?} {told:?}");
}

#[test]
fn go_compiles_as_it_is_said() {
    let Some(go) = toolchain::go() else {
        return;
    };
    let run = |tree: &Path| {
        let go = |arguments: &[&str]| {
            let output = Command::new(&go)
                .args(arguments)
                .current_dir(tree.join("go"))
                .output();
            said(&output.unwrap())
        };
        // A package that is not there keeps everything from being built.
        let format = "{{.ImportPath}} {{if .DepsErrors}}lost{{end}}";
        let list = go(&["list", "-e", "-f", format, "./use/..."]);
        let (lost, there): (Vec<&str>, Vec<&str>) =
            list.lines().partition(|line| line.ends_with(" lost"));
        let mut arguments = vec!["build", "-gcflags=-e"];
        arguments.extend(there.iter().map(|line| line.trim_end()));
        let lost: String = lost
            .iter()
            .map(|line| format!("{}.go:\n", line.trim_end_matches(" lost")))
            .collect();
        let built = go(&arguments);
        // `use/CASE/use.go:7:3: …`
        let built = built.replace("/use.go:", ".go:");
        format!("{}{}", lost.replace("example.com/gen/", ""), built)
    };
    let found = judged(run, |text| named(text, "use/", ".go:"));
    assert_eq!(found, errors("source.go"));
}

#[test]
fn dart_analyses_as_it_is_said() {
    let Some(dart) = toolchain::dart() else {
        return;
    };
    let run = |tree: &Path| {
        let output = Command::new(&dart)
            .args(["analyze", "--format=machine", "use"])
            .current_dir(tree.join("dart"))
            .output();
        said(&output.unwrap())
    };
    let errors_of = |text: &str| {
        let errors = text.lines().filter(|line| line.starts_with("ERROR|"));
        let errors: Vec<&str> = errors.collect();
        named(&errors.join("\n"), "/dart/use/", ".dart|")
    };
    assert_eq!(judged(run, errors_of), errors("source.dart"));
}

#[test]
fn csharp_compiles_as_it_is_said() {
    let Some(csc) = toolchain::csc12() else {
        return;
    };
    let run = |tree: &Path| {
        let tree = tree.join("csharp");
        let mut sources: Vec<_> = walkdir::WalkDir::new(&tree)
            .into_iter()
            .map(|entry| entry.unwrap().into_path())
            .filter(|path| path.extension().is_some_and(|it| it == "cs"))
            .map(|path| format!("\"{}\"\n", path.display()))
            .collect();
        sources.sort();
        std::fs::write(tree.join("sources.rsp"), sources.concat()).unwrap();
        let output = Command::new(&csc)
            .args([
                "-nologo",
                "-nullable:enable",
                "-target:library",
                "-out:all.dll",
            ])
            .arg("@sources.rsp")
            .current_dir(&tree)
            .output();
        said(&output.unwrap())
    };
    let errors_of = |text: &str| {
        let errors = text.lines().filter(|line| line.contains(": error "));
        let errors: Vec<&str> = errors.collect();
        named(&errors.join("\n"), "/csharp/use/", ".cs(")
    };
    assert_eq!(judged(run, errors_of), errors("source.csharp"));
}
