//! The matrix: every message written in Python, Go, Dart and C# and by google's runtimes for Python and Go, read in each
//! of the others, in binary, JSON and text, and compared field by field. `tests/matrix/*.py` make and compare the
//! messages, with google.protobuf for a referee; `tests/matrix/drivers/` holds the program of each language.
//! `XLC_MATRIX=N` makes it N times as large, and `XLC_BLESS=1` prints the counts into the book.
#![cfg(feature = "cli")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod programs;
#[path = "../support/mod.rs"]
mod support;

use std::path::PathBuf;
use std::process::Command;

use programs::{Contracts, Tools, root, run};

/// What a run compares at least.
const LEAST: [(&str, u64); 4] = [
    ("messages", 5_000),
    ("identical to google", 4_000),
    ("pairs of a writer and a reader", 150_000),
    ("texts read", 25_000),
];

/// The kitchen sink and the Study contract as sources, the editions as users have them.
fn of_the_repository() -> Contracts {
    let path = |path: &str| root().join(path);
    let (kitchen, editions) = (
        "fixtures/contracts/kitchen_sink",
        "fixtures/contracts/editions",
    );
    let set = |name: &str| path(editions).join(format!("{name}.binpb"));
    let inputs = vec![
        path(kitchen),
        path("schemas/radiology"),
        set("edition2023"),
        set("edition2024"),
    ];
    Contracts {
        roots: [kitchen, editions, "schemas"].map(path).to_vec(),
        inputs,
    }
}

#[test]
fn every_language_writes_what_every_other_reads() {
    let Some(tools) = Tools::find() else {
        return;
    };
    let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("matrix");
    drop(std::fs::remove_dir_all(&directory));
    std::fs::create_dir_all(&directory).unwrap();
    let plan = programs::build(&tools, &directory, &of_the_repository());
    let path = directory.join("plan.json");
    std::fs::write(&path, plan.to_string()).unwrap();
    let scale = std::env::var("XLC_MATRIX").unwrap_or_else(|_| "1".to_owned());
    let said = run(Command::new(&tools.python)
        .arg("-B")
        .arg(root().join("tests/matrix/matrix.py"))
        .arg(&path)
        .args(["--scale", &scale]));
    for (what, least) in LEAST {
        let found = count(&said, what);
        assert!(found.is_some_and(|found| found >= least), "{what}: {said}");
    }
    if scale == "1" {
        check_the_page(&said);
    }
}

/// A count that the run has printed, or that a page shows.
fn count(said: &str, what: &str) -> Option<u64> {
    said.lines().find_map(|line| {
        let (count, name) = line.trim().split_once(' ')?;
        (name == what).then(|| count.parse().ok())?
    })
}

/// The page does not claim more than there is; counts follow the contracts, so it may lag behind.
fn check_the_page(said: &str) {
    let path = root().join("book/src/matrix.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let (head, rest) = text.split_once("<!-- printed: matrix -->\n").unwrap();
    let (old, tail) = rest.split_once("<!-- end -->").unwrap();
    if std::env::var_os("XLC_BLESS").is_some() {
        let fresh = format!(
            "{head}<!-- printed: matrix -->\n\n```text\n{}\n```\n\n<!-- end -->{tail}",
            said.trim_end()
        );
        std::fs::write(&path, fresh).unwrap();
        return;
    }
    for (what, _) in LEAST {
        let (claimed, found) = (count(old, what), count(said, what));
        assert!(claimed.is_some() && claimed <= found, "{what}: {said}");
    }
}
