//! Findings that were accepted: the ledger, what `xlc accept` writes into it, and what every report makes of it.

use serde_json::Value;

use super::{OLD, new, project};
use crate::support::cli::{Project, Run, run};

const LEDGER: &str = "xlc-accepted.toml";
const CHECK: [&str; 4] = ["check-compat", "new", "--against", "old"];

/// A run on a day.
fn on(project: &Project, day: &str, arguments: &[&str]) -> Run {
    let seconds = match day {
        "2026-01-01" => "1767225600",
        "2026-12-31" => "1798675200",
        "2027-01-01" => "1798761600",
        other => panic!("{other}"),
    };
    let mut command = project.command(arguments);
    command.env("SOURCE_DATE_EPOCH", seconds);
    run(command, b"")
}

fn accept(project: &Project, day: &str, more: &[&str]) -> Run {
    let base = ["accept", "--new", "new", "--against", "old"];
    on(project, day, &[&base, more].concat())
}

fn report(project: &Project, day: &str) -> Value {
    let run = on(project, day, &[&CHECK[..], &["--format", "json"]].concat());
    serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {run:?}"))
}

/// The fingerprint of the first finding.
fn fingerprint(project: &Project) -> String {
    let report = report(project, "2026-01-01");
    let text = report["comparisons"][0]["findings"][0]["fingerprint"].as_str();
    text.expect("a fingerprint").to_owned()
}

/// A project whose one finding is accepted up to the end of 2026.
fn accepted() -> (Project, String) {
    let project = project();
    let finding = fingerprint(&project);
    let words = [
        &finding,
        "--reason",
        "nobody stores orders",
        "--until",
        "2026-12-31",
    ];
    let run = accept(&project, "2026-01-01", &words);
    assert_eq!(run.code, 0, "{run:?}");
    (project, finding)
}

#[test]
fn what_is_accepted_does_not_count() {
    let (project, finding) = accepted();
    let ledger = project.read(LEDGER);
    let lines = format!(
        "[[waiver]]\nfingerprint = \"{finding}\"\nrule = \"field-kind\"\nelement = \"shop.v1.Order.total\"\n\
         message = \"field `total` of `shop.v1.Order` was `int64` and is `int32`\"\n\
         reason = \"nobody stores orders\"\nuntil = 2026-12-31\n"
    );
    assert!(ledger.ends_with(&lines), "{ledger}");
    for day in ["2026-01-01", "2026-12-31"] {
        let run = on(&project, day, &CHECK);
        assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{run:?}");
        assert_eq!(run.stderr, "ok: compatible with `old`: 1 accepted\n");
    }
    let all = on(&project, "2026-01-01", &[&CHECK[..], &["-v"]].concat());
    assert_eq!(all.code, 0, "{all:?}");
    assert!(all.stdout.contains("warning[field-kind]"), "{all:?}");
    let note = format!("accepted until 2026-12-31 in {LEDGER}:5:15: nobody stores orders");
    assert!(all.stdout.contains(&note), "{all:?}");
}

#[test]
fn a_waiver_ends_after_its_last_day() {
    let (project, finding) = accepted();
    let run = on(&project, "2027-01-01", &CHECK);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.stdout.contains("error[field-kind]"), "{run:?}");
    let note = format!("it was accepted until 2026-12-31 in {LEDGER}:5:15");
    assert!(run.stdout.contains(&note), "{run:?}");
    let report = report(&project, "2027-01-01");
    let comparison = &report["comparisons"][0];
    assert_eq!(comparison["errors"], 1);
    assert_eq!(comparison["accepted"], 0);
    assert_eq!(comparison["findings"][0]["waiver"]["standing"], "expired");
    assert_eq!(report["unused"], Value::Array(Vec::new()));
    let longer = accept(
        &project,
        "2027-01-01",
        &[&finding, "--reason", "still nobody"],
    );
    assert_eq!(longer.code, 0, "{longer:?}");
    assert!(longer.stderr.contains("changed"), "{longer:?}");
    assert!(!project.read(LEDGER).contains("until"));
    assert_eq!(on(&project, "2027-01-01", &CHECK).code, 0);
}

#[test]
fn a_waiver_of_nothing_is_told() {
    let (project, finding) = accepted();
    project.write("new/shop.proto", OLD);
    let run = on(&project, "2026-01-01", &CHECK);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.stdout.contains("warning[waiver-unused]"), "{run:?}");
    assert!(
        run.stdout.contains(&format!("--> {LEDGER}:5:15")),
        "{run:?}"
    );
    assert!(run.stdout.contains("help: take it out"), "{run:?}");
    let report = report(&project, "2026-01-01");
    assert_eq!(report["unused"][0]["fingerprint"], finding);
    assert_eq!(report["unused"][0]["place"]["line"], 5);
    let form = |format: &str| {
        let arguments = [&CHECK[..], &["--format", format]].concat();
        on(&project, "2026-01-01", &arguments).stdout
    };
    let place = format!("::warning file={LEDGER},line=5,col=15,title=waiver-unused::");
    assert!(form("github").starts_with(&place));
    let gitlab: Value = serde_json::from_str(&form("gitlab")).expect("JSON");
    assert_eq!(gitlab[0]["check_name"], "waiver-unused");
    let sarif: Value = serde_json::from_str(&form("sarif")).expect("JSON");
    assert_eq!(sarif["runs"][0]["results"][0]["ruleId"], "waiver-unused");
    assert!(form("markdown").contains(&finding));
}

/// A tool that counts what it is given counts nothing that is accepted.
#[test]
fn every_form_knows_what_is_accepted() {
    let (project, _) = accepted();
    let form = |format: &str| {
        let run = on(
            &project,
            "2026-01-01",
            &[&CHECK[..], &["--format", format]].concat(),
        );
        assert_eq!(run.code, 0, "{run:?}");
        run.stdout
    };
    assert_eq!(form("github"), "");
    assert_eq!(form("gitlab"), "[]\n");
    let sarif: Value = serde_json::from_str(&form("sarif")).expect("JSON");
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!(result["level"], "error");
    let suppression = &result["suppressions"][0];
    assert_eq!(suppression["kind"], "external");
    assert_eq!(suppression["status"], "accepted");
    assert_eq!(suppression["justification"], "nobody stores orders");
    let uri = &suppression["location"]["physicalLocation"]["artifactLocation"]["uri"];
    assert_eq!(uri, LEDGER);
    let junit = form("junit");
    assert!(junit.contains("failures=\"0\" skipped=\"1\""), "{junit}");
    assert!(
        junit.contains("<skipped message=\"nobody stores orders\"/>"),
        "{junit}"
    );
    let markdown = form("markdown");
    assert!(
        markdown.starts_with("## compatible with `old`\n\n0 breaking changes"),
        "{markdown}"
    );
    assert!(
        markdown.contains("### Accepted\n\n* `field-kind`"),
        "{markdown}"
    );
    let report = report(&project, "2026-01-01");
    assert_eq!(report["compatible"], true);
    assert_eq!(report["comparisons"][0]["accepted"], 1);
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/schemas/compat-report.schema.json"
    );
    let schema = std::fs::read_to_string(path).expect("the published schema");
    let schema: Value = serde_json::from_str(&schema).expect("JSON");
    assert!(jsonschema::is_valid(&schema, &report), "{report:#}");
}

#[test]
fn what_cannot_be_accepted_is_one_clear_error() {
    let project = project();
    let finding = fingerprint(&project);
    let close = format!("{}0000", &finding[..12]);
    for (words, said) in [
        (
            vec![close.as_str(), "--reason", "r"],
            format!("`{finding}` is: field `total`"),
        ),
        (
            vec!["zzzz", "--reason", "r"],
            format!("`{finding}` is: field `total`"),
        ),
        (
            vec![&finding, "--reason", " "],
            "the reason is empty".to_owned(),
        ),
        (
            vec![&finding, "--reason", "r", "--until", "2026-13-01"],
            "`2026-13-01` is no date".to_owned(),
        ),
        (
            vec![&finding, "--reason", "r", "--until", "2026-01-01"],
            "`2026-01-01` has passed: today is 2026-12-31".to_owned(),
        ),
    ] {
        let run = accept(&project, "2026-12-31", &words);
        assert_eq!(run.code, 2, "{run:?}");
        assert!(
            run.stderr.contains(&said) && run.stderr.contains("help: "),
            "{run:?}"
        );
        assert!(!project.join(LEDGER).exists());
    }
}

#[test]
fn a_ledger_that_is_not_understood_stops_the_check() {
    let (project, _) = accepted();
    let good = project.read(LEDGER);
    for (from, to, place) in [
        ("field-kind", "field-knd", "6:8"),
        ("until = 2026-12-31", "until = \"soon\"", "10:9"),
        ("until = 2026-12-31", "until = 2026-12-32", "10:"),
        ("nobody stores orders", "", "9:10"),
        ("[[waiver]]", "<<<<<<< HEAD\n[[waiver]]", "4:9"),
    ] {
        project.write(LEDGER, &good.replace(from, to));
        for arguments in [
            &CHECK[..],
            &[
                "accept",
                "x",
                "--reason",
                "r",
                "--new",
                "new",
                "--against",
                "old",
            ],
        ] {
            let run = on(&project, "2026-01-01", arguments);
            assert_eq!(run.code, 2, "{to}: {run:?}");
            assert!(
                run.stderr.contains(&format!("--> {LEDGER}:{place}")),
                "{to}: {run:?}"
            );
            assert!(run.stderr.contains("help: "), "{to}: {run:?}");
        }
    }
    let mut command = project.command(&CHECK);
    command.env("SOURCE_DATE_EPOCH", "yesterday");
    let failed = run(command, b"");
    assert_eq!(failed.code, 2, "{failed:?}");
}

/// The ledger is beside xlc.toml, or where `[compat]` says, and one waiver is of a change against every old version.
#[test]
fn the_configuration_says_where_the_ledger_is() {
    let project = Project::new(&[("proto/shop.proto", &new()), ("old/shop.proto", OLD)]);
    let older = OLD.replace("int64", "string");
    project.write("older/shop.proto", &older);
    let config = "version = 1\ncontract = [\"proto\"]\ninclude = [\"proto\"]\n[compat]\nagainst = [\"old\", \"older\", \"old/shop.proto\"]\n";
    project.write("xlc.toml", config);
    let run = project.xlc(&["check-compat", "--format", "json"]);
    let found: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let of = |index: usize| found["comparisons"][index]["findings"][0]["fingerprint"].as_str();
    assert_eq!(of(0), of(2));
    assert_ne!(of(0), of(1));
    let both = [of(0), of(1)].map(|it| it.expect("a fingerprint"));
    let run = project.xlc(&["accept", both[0], both[1], both[0], "--reason", "r"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(project.read(LEDGER).matches("[[waiver]]").count(), 2);
    assert_eq!(project.xlc(&["check-compat"]).code, 0);
    project.write(
        "xlc.toml",
        &format!("{config}accepted = \"ci/waivers.toml\"\n"),
    );
    assert_eq!(project.xlc(&["check-compat"]).code, 1);
    let run = project.xlc(&["accept", both[0], "--reason", "r"]);
    assert_eq!(run.code, 2, "{run:?}");
    project.write("ci/waivers.toml", &project.read(LEDGER));
    assert_eq!(project.xlc(&["check-compat"]).code, 0);
}

/// Two branches that accept different findings merge, at worst by taking both sides.
#[test]
fn ledgers_of_two_branches_merge() {
    let project = Project::new(&[]);
    let fields = |ty: &str| {
        let lines: String = (1..=8).map(|n| format!("  {ty} f{n} = {n};\n")).collect();
        format!("syntax = \"proto3\";\nmessage M {{\n{lines}}}\n")
    };
    project.write("old/a.proto", &fields("int64"));
    project.write("new/a.proto", &fields("int32"));
    let git = |arguments: &[&str]| super::git(&project, arguments);
    let prints: Vec<String> = {
        let report = report(&project, "2026-01-01");
        let list = report["comparisons"][0]["findings"]
            .as_array()
            .cloned()
            .expect("findings");
        let mut prints: Vec<String> = list
            .iter()
            .filter_map(|it| it["fingerprint"].as_str().map(str::to_owned))
            .collect();
        prints.sort();
        prints
    };
    let [a, b, c, d, e] = [0, 1, 3, 5, 7].map(|at| prints[at].as_str());
    let accept = |print: &str| {
        assert_eq!(
            accept(&project, "2026-01-01", &[print, "--reason", "r"]).code,
            0
        )
    };
    [b, d].into_iter().for_each(accept);
    git(&["init", "--quiet", "--initial-branch=main"]);
    git(&["add", "."]);
    git(&["commit", "--quiet", "-m", "base"]);
    git(&["switch", "--quiet", "-c", "other"]);
    [a, e].into_iter().for_each(accept);
    git(&["commit", "--quiet", "-am", "other"]);
    git(&["switch", "--quiet", "main"]);
    accept(c);
    git(&["commit", "--quiet", "-am", "ours"]);
    git(&["merge", "--quiet", "-m", "merged", "other"]);
    let report = report(&project, "2026-01-01");
    assert_eq!(report["comparisons"][0]["accepted"], 5);
    let ledger = project.read(LEDGER);
    let at = |print: &str| ledger.find(print).expect("it is there");
    assert!([a, b, c, d, e].map(at).is_sorted(), "{ledger}");
}
