//! What generated Go costs beside google's runtime: encoding, decoding and JSON of a small and a large Study, both in
//! one run. It prints nanoseconds and allocations of each, and the ratio.

#[path = "../tests/support/mod.rs"]
mod support;
#[path = "../tests/go/tree.rs"]
#[allow(dead_code)] // tests use the rest
mod tree;

use std::collections::BTreeMap;
use std::io::Write as _;

/// Nanoseconds and allocations of one operation.
type Cost = (f64, u64);

fn main() {
    // `cargo test --benches` asks only whether it starts.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let Some(tree) = tree::Tree::beside_google() else {
        return;
    };
    let output = tree.go(&[
        "test",
        "-run=^$",
        "-bench=.",
        "-benchmem",
        "-benchtime=300ms",
        "-count=3",
        "-cpu=1",
        ".",
    ]);
    let mut table = format!(
        "{:16} {:>9} {:>8} {:>10} {:>8} {:>6}\n",
        "operation", "xlc ns", "allocs", "google ns", "allocs", "ratio"
    );
    for (name, (ours, theirs)) in pairs(&output) {
        table.push_str(&format!(
            "{name:16} {:9.0} {:8} {:10.0} {:8} {:6.1}\n",
            ours.0,
            ours.1,
            theirs.0,
            theirs.1,
            theirs.0 / ours.0
        ));
    }
    std::io::stdout()
        .write_all(table.as_bytes())
        .expect("stdout is open");
}

/// The best of each operation's runs, ours and google's. A line reads
/// `Benchmark/small/encode/xlc  1000  1076 ns/op  225.01 MB/s  256 B/op  1 allocs/op`.
fn pairs(output: &str) -> BTreeMap<String, (Cost, Cost)> {
    let mut best: BTreeMap<(String, bool), Cost> = BTreeMap::new();
    for line in output.lines().filter(|line| line.starts_with("Benchmark/")) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let before = |unit: &str| -> Option<f64> {
            let at = words.iter().position(|&word| word == unit)?;
            words.get(at.checked_sub(1)?)?.parse().ok()
        };
        let (Some(time), Some(allocations)) = (before("ns/op"), before("allocs/op")) else {
            continue;
        };
        let Some((name, who)) = words[0].trim_start_matches("Benchmark/").rsplit_once('/') else {
            continue;
        };
        let cost = best
            .entry((name.replace('/', " "), who.starts_with("xlc")))
            .or_insert((time, allocations as u64));
        cost.0 = cost.0.min(time);
    }
    let names: Vec<String> = best
        .keys()
        .filter(|(_, ours)| *ours)
        .map(|(name, _)| name.clone())
        .collect();
    names
        .into_iter()
        .filter_map(|name| {
            let ours = *best.get(&(name.clone(), true))?;
            let theirs = *best.get(&(name.clone(), false))?;
            Some((name, (ours, theirs)))
        })
        .collect()
}
