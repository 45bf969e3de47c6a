//! What comparing two versions costs: `cargo bench --bench compat` (Linux) runs `xlc check-compat` and `buf breaking` on
//! the same .proto sources in turn, from start to end of their processes, and prints CPU time and peak memory of each. It
//! fails if xlc is not as much cheaper as the project promises. Two directories as arguments are compared instead of the
//! generated ones: `cargo bench --bench compat -- OLD NEW`.

#![allow(
    clippy::print_stdout,
    unreachable_pub,
    reason = "a bench prints its figures"
)]

mod edits;
mod measure;
#[path = "../../tests/support/mod.rs"]
mod support;
#[path = "../load/tree.rs"]
mod tree;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use measure::{Cost, Run};

/// How many files the old version of the large contract has.
const FILES: usize = 4_000;

/// How many times cheaper xlc has to be: CPU time, then memory where it is promised.
const SMALL: (f64, Option<f64>) = (5.0, None);
const LARGE: (f64, Option<f64>) = (3.0, Some(3.0));

/// The exit codes that say that something breaks.
const XLC_FOUND: i32 = 1;
const BUF_FOUND: i32 = 100;

/// Two versions and how to name them to either program.
struct Case {
    name: String,
    /// Where both are run.
    directory: PathBuf,
    /// The old and the new version.
    xlc: [OsString; 2],
    /// The same for buf.
    buf: [OsString; 2],
    /// How often each is run; the median counts.
    rounds: usize,
    promised: (f64, Option<f64>),
}

fn main() {
    if measure::is_measuring() {
        return;
    }
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    // `cargo test --benches` asks only whether it starts.
    if !arguments.iter().any(|argument| argument == "--bench") {
        return;
    }
    let directory = tempfile::tempdir().expect("a temporary directory");
    let place = directory.path();
    let buf = buf();
    let named: Vec<&String> = arguments.iter().filter(|it| !it.starts_with('-')).collect();
    let cases = match named[..] {
        [] => vec![two_files(), tagged(place), large(place)],
        [old, new] => vec![directories(Path::new(old), Path::new(new))],
        _ => panic!("name the old and the new directory, or none"),
    };
    println!(
        "{:<38} {:>9} {:>9}   {:>9} {:>9}   {:>8} {:>11}",
        "CPU time and peak memory", "xlc", "", "buf", "", "less CPU", "less memory"
    );
    let missed: Vec<String> = cases.iter().flat_map(|it| it.run(place, &buf)).collect();
    assert!(missed.is_empty(), "{}", missed.join("; "));
}

/// buf, which is installed if it is not.
fn buf() -> PathBuf {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/toolchain");
    let installed = Command::new(script).arg("buf").output();
    assert!(
        installed.is_ok_and(|it| it.status.success()),
        "`scripts/toolchain buf` failed"
    );
    support::toolchain::buf().expect("`scripts/toolchain buf` says what is missing")
}

impl Case {
    /// Measures both in turn and prints a line; says what was promised and not kept.
    fn run(&self, place: &Path, buf: &Path) -> Vec<String> {
        let run = |program: &Path, verb: &str, [old, new]: &[OsString; 2], exit| Run {
            program: program.to_owned(),
            arguments: vec![verb.into(), new.clone(), "--against".into(), old.clone()],
            directory: self.directory.clone(),
            exit,
        };
        let ours = run(
            Path::new(env!("CARGO_BIN_EXE_xlc")),
            "check-compat",
            &self.xlc,
            XLC_FOUND,
        );
        let theirs = run(buf, "breaking", &self.buf, BUF_FOUND);
        let printed = place.join("printed.txt");
        let mut costs: [Vec<Cost>; 2] = Default::default();
        for _ in 0..self.rounds {
            costs[0].push(ours.cost(&printed));
            costs[1].push(theirs.cost(&printed));
        }
        let [ours, theirs] = costs.map(median);
        let cpu = theirs.cpu.as_secs_f64() / ours.cpu.as_secs_f64();
        let memory = theirs.peak as f64 / ours.peak as f64;
        println!(
            "{:<38} {:>9} {:>9}   {:>9} {:>9}   {cpu:>7.1}x {memory:>10.1}x",
            self.name,
            time(ours.cpu),
            mebibytes(ours.peak),
            time(theirs.cpu),
            mebibytes(theirs.peak),
        );
        let (least_cpu, least_memory) = self.promised;
        let mut missed = Vec::new();
        if cpu < least_cpu {
            missed.push(format!(
                "{}: {cpu:.2}x less CPU, not {least_cpu}x",
                self.name
            ));
        }
        if let Some(least) = least_memory.filter(|least| memory < *least) {
            missed.push(format!(
                "{}: {memory:.2}x less memory, not {least}x",
                self.name
            ));
        }
        missed
    }
}

/// The middle of each figure.
fn median(costs: Vec<Cost>) -> Cost {
    let middle = costs.len() / 2;
    let mut cpu: Vec<Duration> = costs.iter().map(|it| it.cpu).collect();
    let mut peak: Vec<u64> = costs.iter().map(|it| it.peak).collect();
    cpu.sort_unstable();
    peak.sort_unstable();
    Cost {
        cpu: cpu[middle],
        peak: peak[middle],
    }
}

fn time(cpu: Duration) -> String {
    match cpu.as_millis() {
        ..1_000 => format!("{:.1} ms", cpu.as_secs_f64() * 1e3),
        _ => format!("{:.2} s", cpu.as_secs_f64()),
    }
}

fn mebibytes(kibibytes: u64) -> String {
    format!("{:.0} MiB", kibibytes as f64 / 1024.0)
}

/// The directories of the contract of two files: beside one another in the repository.
fn two() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/compat/two")
}

/// A contract of two files against a directory.
fn two_files() -> Case {
    Case {
        name: "2 files, against a directory".to_owned(),
        directory: two(),
        xlc: ["old", "new"].map(OsString::from),
        buf: ["old", "new"].map(OsString::from),
        rounds: 31,
        promised: SMALL,
    }
}

/// The same against a tag in git.
fn tagged(place: &Path) -> Case {
    let directory = place.join("git");
    copy(&two().join("old"), &directory);
    let git = |arguments: &[&str]| {
        let done = Command::new("git")
            .args(["-c", "user.name=bench", "-c", "user.email=bench@localhost"])
            .args(arguments)
            .current_dir(&directory)
            .output();
        assert!(
            done.is_ok_and(|it| it.status.success()),
            "git {arguments:?}"
        );
    };
    git(&["init", "--quiet"]);
    git(&["add", "."]);
    git(&["commit", "--quiet", "--message", "The old version"]);
    git(&["tag", "v1"]);
    copy(&two().join("new"), &directory);
    Case {
        name: "2 files, against a tag in git".to_owned(),
        directory,
        xlc: ["git:v1", "."].map(OsString::from),
        buf: [".git#tag=v1", "."].map(OsString::from),
        rounds: 31,
        promised: SMALL,
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.expect("the bench has its files");
        let path = to.join(entry.path().strip_prefix(from).expect("it is below"));
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(path).expect("a directory");
        } else {
            std::fs::copy(entry.path(), path).expect("a copy");
        }
    }
}

/// The generated trees.
fn large(place: &Path) -> Case {
    let (old, new) = (place.join("old"), place.join("new"));
    tree::write(&old, tree::files(FILES)).expect("the old tree can be written");
    tree::write(&new, edits::files(FILES)).expect("the new tree can be written");
    directories(&old, &new)
}

/// Two directories.
fn directories(old: &Path, new: &Path) -> Case {
    let [old, new] = [old, new].map(|it| std::path::absolute(it).expect("a path"));
    let [was, is] = [&old, &new].map(|it| size(it));
    let megabytes = (was.1 + is.1) as f64 / 1e6;
    Case {
        name: format!("{} files, against {} ({megabytes:.0} MB)", is.0, was.0),
        directory: std::env::temp_dir(),
        xlc: [&old, &new].map(OsString::from),
        buf: [&old, &new].map(OsString::from),
        rounds: 3,
        promised: LARGE,
    }
}

/// How many contracts are below a directory, and their bytes.
fn size(root: &Path) -> (usize, u64) {
    let entries = walkdir::WalkDir::new(root).into_iter();
    let contracts = entries.filter_map(Result::ok).filter(|it| {
        it.path()
            .extension()
            .is_some_and(|extension| extension == "proto")
    });
    contracts.fold((0, 0), |(files, bytes), it| {
        (
            files + 1,
            bytes + it.metadata().map_or(0, |data| data.len()),
        )
    })
}
