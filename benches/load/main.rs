//! What loading costs: `cargo bench --bench load` (Linux) loads a generated tree of 1,000 contracts with `xlc`, with
//! protox alone (parse and link, in this process) and with protoc (a process of its own, if it is installed), and
//! prints the CPU time of each. It fails if xlc needs more than either, which is what the project promises. The lock of the
//! same contract must be read in less time than the contract itself.

#![allow(
    clippy::print_stdout,
    unreachable_pub,
    reason = "a bench prints its figures"
)]

#[path = "../../tests/support/mod.rs"]
mod support;
mod tree;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use support::toolchain;
use xlc::contract::Contract;
use xlc::load::{Input, load};
use xlc::lock::{Conflicts, FILE_NAME, Lock};
use xlc::source::Sources;

/// How many files are loaded.
const FILES: usize = 1_000;

/// How often each is measured; the median counts.
const ROUNDS: usize = 7;

/// CPU time of this thread so far. The scheduler's nanoseconds, because user and system ticks are 10 ms coarse.
fn cpu() -> Duration {
    let text =
        std::fs::read_to_string("/proc/thread-self/schedstat").expect("Linux tells CPU time");
    let first = text.split(' ').next().and_then(|first| first.parse().ok());
    Duration::from_nanos(first.expect("schedstat starts with nanoseconds"))
}

/// CPU time of all child processes that have ended, in ticks of 10 ms.
fn cpu_of_children() -> Duration {
    let text = std::fs::read_to_string("/proc/self/stat").expect("Linux tells CPU time");
    let after_name = text.rsplit(')').next().unwrap_or_default();
    let ticks = |index: usize| -> u64 {
        let field = after_name.split_whitespace().nth(index);
        field
            .and_then(|field| field.parse().ok())
            .expect("stat has a number there")
    };
    // `cutime` and `cstime`, counted from the field after the name.
    Duration::from_millis((ticks(13) + ticks(14)) * 10)
}

fn median(name: &str, clock: fn() -> Duration, mut run: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let start = clock();
            run();
            clock() - start
        })
        .collect();
    times.sort_unstable();
    let (least, median) = (times[0], times[ROUNDS / 2]);
    println!("{name:<40} {median:>9.1?} (least {least:.1?})");
    median
}

fn with_xlc(root: &Path, files: &[PathBuf]) {
    let inputs: Vec<_> = files.iter().cloned().map(Input::File).collect();
    match load(&inputs, &[root.to_owned()]) {
        Ok(loaded) => assert!(loaded.contract.files().len() > FILES),
        Err(failure) => panic!("{:?}", failure.diagnostics.first()),
    }
}

/// The contract, and its lock as text.
fn locked(root: &Path, files: &[PathBuf]) -> (Contract, String) {
    let inputs: Vec<_> = files.iter().cloned().map(Input::File).collect();
    let contract = load(&inputs, &[root.to_owned()]).map(|loaded| loaded.contract);
    let contract = contract.unwrap_or_else(|failure| panic!("{:?}", failure.diagnostics.first()));
    let mut lock = Lock::default();
    lock.add(&contract);
    let text = lock.text();
    (contract, text)
}

fn with_lock(text: &str, new: &Contract) {
    let mut sources = Sources::default();
    let source = sources.add(FILE_NAME, Some(text.into()));
    let lock = Lock::read(text, source, &sources, Conflicts::Refuse).expect("a lock");
    let versions = lock.versions(source, new, &[new]);
    assert_eq!(versions.newest.services().len(), new.services().len());
}

fn with_protox(root: &Path, files: &[PathBuf]) {
    let mut compiler = protox::Compiler::new([root]).expect("the root exists");
    compiler
        .include_imports(true)
        .include_source_info(true)
        .open_files(files)
        .expect("protox takes the tree");
    assert!(compiler.descriptor_pool().files().len() > FILES);
}

fn main() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let root = directory.path();
    let files = tree::write(root, tree::files(FILES)).expect("the tree can be written");
    let bytes: u64 = files
        .iter()
        .map(|file| std::fs::metadata(file).map_or(0, |data| data.len()))
        .sum();
    println!(
        "{} files, {:.2} MB, CPU time of {ROUNDS} rounds",
        files.len(),
        bytes as f64 / 1e6
    );
    let xlc = median("xlc: load to the contract", cpu, || with_xlc(root, &files));
    let (contract, text) = locked(root, &files);
    println!(
        "its lock: {} lines, {:.2} MB",
        text.lines().count(),
        text.len() as f64 / 1e6
    );
    let lock = median("xlc: the lock to the contract", cpu, || {
        with_lock(&text, &contract);
    });
    let protox = median("protox: parse and link", cpu, || with_protox(root, &files));
    let protoc = toolchain::protoc().map(|protoc| {
        median("protoc: descriptor set", cpu_of_children, || {
            // Its warnings about unused imports are not for us.
            let status = Command::new(&protoc)
                .stderr(std::process::Stdio::null())
                .current_dir(root)
                .args([
                    "-I.",
                    "--include_imports",
                    "--include_source_info",
                    "-oset.binpb",
                ])
                .args(
                    files
                        .iter()
                        .map(|file| file.strip_prefix(root).unwrap_or(file)),
                )
                .status()
                .expect("protoc starts");
            assert!(status.success(), "protoc takes the tree");
        })
    });
    assert!(lock < xlc, "the lock needs more CPU than the contract");
    assert!(xlc <= protox, "xlc needs more CPU than protox alone");
    assert!(
        protoc.is_none_or(|protoc| xlc < protoc),
        "xlc needs more CPU than protoc"
    );
}
