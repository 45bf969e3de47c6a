//! What generated Go costs beside google's runtime and beside the code of vtprotobuf: encoding, decoding and JSON of a
//! small and a large Study, all in one run. It prints the processor time in nanoseconds and the allocations of each, and
//! fails if generated code is less than twice as fast as google's or slower than vtprotobuf's.

#[path = "../tests/support/mod.rs"]
mod support;
#[path = "../tests/go/tree.rs"]
#[allow(dead_code)] // tests use the rest
mod tree;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;

/// Nanoseconds and allocations of one operation.
type Cost = (f64, u64);

/// What each contestant costs, by operation.
type Costs = BTreeMap<String, BTreeMap<String, Cost>>;

/// How many times faster than google's runtime, and than vtprotobuf, generated code is at encoding and decoding.
const AT_LEAST: [(&str, f64); 2] = [("google", 2.0), ("vtprotobuf", 1.0)];

/// What two runs of the same code differ by, taken off before a ratio counts as lost.
const NOISE: f64 = 0.03;

/// The seeds by which the linker lays out the program. Where a function happens to lie makes some of them up to a tenth
/// faster or slower, so that no single layout says anything: the median of several counts.
const LAYOUTS: [u32; 3] = [1, 2, 3];

fn main() {
    // `cargo test --benches` asks only whether it starts.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let tree = tree::Tree::beside_google()
        .expect("`scripts/toolchain go python` installs what is missing");
    let runs: Vec<Costs> = LAYOUTS
        .iter()
        .map(|seed| costs(&tree.go(&["run", &format!("-ldflags=-randlayout={seed}"), "."])))
        .collect();
    let costs = medians(&runs);
    let lost = losses(&costs);
    std::io::stdout()
        .write_all(table(&costs).as_bytes())
        .expect("stdout is open");
    assert!(lost.is_empty(), "generated Go lost: {}", lost.join(", "));
}

/// What a run printed: operation, contestant, nanoseconds and allocations, with tabs between them.
fn costs(output: &str) -> Costs {
    let mut costs = Costs::new();
    for line in output.lines() {
        let words: Vec<&str> = line.split('\t').collect();
        let [operation, name, time, allocations] = words[..] else {
            panic!("not a line of the bench: {line}");
        };
        let cost = (
            time.parse().expect("nanoseconds"),
            allocations.parse().expect("allocations"),
        );
        let of = costs.entry(operation.replace('-', " ")).or_default();
        of.insert(name.to_owned(), cost);
    }
    costs
}

/// The median of all runs, for each contestant.
fn medians(runs: &[Costs]) -> Costs {
    let mut costs = runs.first().expect("a run").clone();
    for (operation, of) in &mut costs {
        for (name, cost) in of {
            let mut all: Vec<Cost> = runs.iter().map(|run| run[operation][name]).collect();
            all.sort_by(|a, b| a.0.total_cmp(&b.0));
            *cost = all[all.len() / 2];
        }
    }
    costs
}

/// The promised ratios that were not reached.
fn losses(costs: &Costs) -> Vec<String> {
    let mut lost = Vec::new();
    for operation in [
        "small encode",
        "small decode",
        "large encode",
        "large decode",
    ] {
        for (peer, least) in AT_LEAST {
            let ratio = costs
                .get(operation)
                .and_then(|costs| times_faster(costs, peer))
                .unwrap_or_else(|| panic!("`{operation}` was not measured beside {peer}"));
            if ratio < least - NOISE {
                lost.push(format!("{operation} is {ratio:.2} times as fast as {peer}"));
            }
        }
    }
    lost
}

/// How many times faster generated code is than a peer.
fn times_faster(costs: &BTreeMap<String, Cost>, peer: &str) -> Option<f64> {
    Some(costs.get(peer)?.0 / costs.get("xlc")?.0)
}

fn table(costs: &Costs) -> String {
    let mut table = format!("{:15}{:>10}{:>8}", "operation", "xlc ns", "allocs");
    for (peer, _) in AT_LEAST {
        let _ = write!(
            table,
            "{:>14}{:>8}{:>7}",
            format!("{peer} ns"),
            "allocs",
            "ratio"
        );
    }
    table.push('\n');
    for (operation, of) in costs {
        let Some((time, allocations)) = of.get("xlc") else {
            continue;
        };
        let _ = write!(table, "{operation:15}{time:10.0}{allocations:8}");
        for (peer, _) in AT_LEAST {
            if let (Some((time, allocations)), Some(ratio)) = (of.get(peer), times_faster(of, peer))
            {
                let _ = write!(table, "{time:14.0}{allocations:8}{ratio:7.2}");
            }
        }
        table.push('\n');
    }
    table
}
