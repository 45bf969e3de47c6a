//! Contracts that nobody would write: made at random of the words that languages and generated code keep for themselves, of
//! names that case conversion makes equal, of odd numbers, defaults, comments and file names (`contracts.py`). All
//! four languages must compile them with their strictest settings, and write and read messages as google's runtimes do
//! (the matrix). `XLC_HOSTILE=FIRST..LAST` takes other seeds; those of one run are generated into one tree.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../matrix/programs.rs"]
mod programs;
#[path = "../support/mod.rs"]
mod support;

use std::path::{Path, PathBuf};
use std::process::Command;

use programs::{Contracts, Tools, root, run};
use support::toolchain;

/// The seeds of CI: sources and editions, one with files without a package, one with a large message.
const SEEDS: [u32; 2] = [5, 9];

fn seeds() -> Vec<String> {
    let set = std::env::var("XLC_HOSTILE").unwrap_or_default();
    let [first, last] = match set.split_once("..") {
        Some(ends) => [ends.0, ends.1].map(|end| end.parse().expect("FIRST..LAST")),
        None => SEEDS,
    };
    (first..=last).map(|seed| seed.to_string()).collect()
}

/// Makes the contracts. xlc reads those of even seeds as sources, and those of odd ones, which may have an edition, as
/// the descriptor set that protoc makes of them.
fn contracts(tools: &Tools, directory: &Path) -> Contracts {
    let seeds = seeds();
    run(Command::new(&tools.python)
        .arg("-B")
        .arg(root().join("tests/hostile/contracts.py"))
        .arg(directory.join("proto"))
        .args(&seeds));
    let mut contracts = Contracts {
        roots: Vec::new(),
        inputs: Vec::new(),
    };
    for seed in seeds {
        let sources = directory.join("proto").join(format!("s{seed}"));
        contracts.roots.push(sources.clone());
        if seed.parse::<u32>().unwrap() % 2 == 0 {
            contracts.inputs.push(sources);
        } else {
            let set = directory.join(format!("s{seed}.binpb"));
            programs::describe(tools, &[sources], &set);
            contracts.inputs.push(set);
        }
    }
    contracts
}

#[test]
fn hostile_contracts_compile_and_mean_the_same_everywhere() {
    let Some(tools) = Tools::find() else {
        return;
    };
    let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("hostile");
    drop(std::fs::remove_dir_all(&directory));
    std::fs::create_dir_all(&directory).unwrap();
    let contracts = contracts(&tools, &directory);
    let plan = programs::build(&tools, &directory, &contracts);
    python_is_clean(&directory.join("python"));
    go_is_clean(&directory.join("go"));
    dart_is_clean(&directory.join("dart"));
    csharp_is_clean(&directory.join("csharp"));
    let path = directory.join("plan.json");
    std::fs::write(&path, plan.to_string()).unwrap();
    let said = run(Command::new(&tools.python)
        .arg("-B")
        .arg(root().join("tests/matrix/matrix.py"))
        .arg(&path)
        .arg("--few"));
    let pairs = said.lines().find_map(|line| {
        let count = line
            .trim()
            .strip_suffix(" pairs of a writer and a reader")?;
        count.parse::<u64>().ok()
    });
    assert!(pairs.is_some_and(|pairs| pairs > 1_000), "{said}");
}

/// All modules are typed, and the linter finds nothing. Its formatter is not asked: it would break some lines otherwise
/// that stand very deep.
fn python_is_clean(tree: &Path) {
    let (Some(mypy), Some(ruff)) = (toolchain::mypy(), toolchain::ruff()) else {
        return;
    };
    run(Command::new(ruff)
        .args([
            "check",
            "--isolated",
            "--no-cache",
            "--no-respect-gitignore",
        ])
        .args([
            "--extend-select=E,F,W,I,UP,B",
            "--ignore=E501,E741,E742,E743,N999",
        ])
        .args(["--target-version=py310", "."])
        .current_dir(tree));
    let cache = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile-mypy-cache");
    let said = run(Command::new(mypy)
        .args(["--strict", "--python-version=3.10", "--config-file="])
        .arg(format!("--cache-dir={}", cache.display()))
        .arg("gen")
        .current_dir(tree));
    assert!(said.contains("Success: no issues found in"), "{said}");
}

fn go_is_clean(tree: &Path) {
    let (Some(go), Some(gofmt)) = (toolchain::go(), toolchain::gofmt()) else {
        return;
    };
    // The driver of the matrix is no generated code.
    let sources = walkdir::WalkDir::new(tree).sort_by_file_name();
    let sources = sources
        .into_iter()
        .filter_entry(|entry| entry.depth() != 1 || entry.file_name() != "driver")
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| path.extension().is_some_and(|it| it == "go"));
    let changed = run(Command::new(gofmt)
        .arg("-l")
        .args(sources)
        .current_dir(tree));
    assert_eq!(changed, "", "gofmt would change files");
    run(Command::new(go).args(["vet", "./..."]).current_dir(tree));
}

fn dart_is_clean(tree: &Path) {
    let Some(dart) = toolchain::dart() else {
        return;
    };
    let strict = "analyzer:\n  language:\n    strict-casts: true\n    strict-inference: true\n    strict-raw-types: true\n";
    std::fs::write(tree.join("analysis_options.yaml"), strict).unwrap();
    let said = run(Command::new(dart)
        .args(["analyze", "--fatal-infos", "--fatal-warnings", "gen"])
        .current_dir(tree));
    assert!(said.contains("No issues found!"), "{said}");
}

/// With every warning that the compiler knows, those of documentation too.
fn csharp_is_clean(tree: &Path) {
    let Some(csc) = toolchain::csc12() else {
        return;
    };
    let mut sources = String::new();
    for entry in walkdir::WalkDir::new(tree.join("gen")).sort_by_file_name() {
        let path = entry.unwrap().into_path();
        if path.extension().is_some_and(|it| it == "cs") {
            sources.push_str(&format!("\"{}\"\n", path.display()));
        }
    }
    std::fs::write(tree.join("sources.rsp"), sources).unwrap();
    let said = run(Command::new(csc)
        .args(["-nologo", "-nullable:enable", "-warn:9999", "-warnaserror"])
        .args(["-checked", "-langversion:8", "-target:library"])
        .args(["-doc:all.xml", "-out:all.dll", "@sources.rsp"])
        .current_dir(tree));
    assert_eq!(said, "");
}
