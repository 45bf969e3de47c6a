//! `xlc lock`, and `check-compat` against what it wrote, as people and CI run them.

use serde_json::Value;

use crate::cli::git;
use crate::support::cli::Project;

const CONFIG: &str = "version = 1\ncontract = [\"proto\"]\ninclude = [\"proto\"]\n";

fn order(body: &str) -> String {
    format!("syntax = \"proto3\";\npackage shop.v1;\n\nmessage Order {{\n{body}}}\n")
}

const FULL: &str = "  string id = 1;\n  string coupon = 2;\n";
const CAREFUL: &str = "  reserved 2;\n  reserved \"coupon\";\n  string id = 1;\n";
const REUSED: &str = "  string id = 1;\n  int32 count = 2;\n";

fn project(body: &str) -> Project {
    Project::new(&[("xlc.toml", CONFIG), ("proto/order.proto", &order(body))])
}

#[test]
fn the_lock_is_written_checked_and_kept_up_to_date() {
    let project = project(FULL);
    let run = |arguments: &[&str]| project.xlc(&[&["lock"], arguments].concat());
    let check = run(&["--check"]);
    assert_eq!(check.code, 1, "{check:?}");
    assert!(check.stderr.contains("there is no lock `xlc.lock`"));
    let first = run(&[]);
    assert_eq!(first.code, 0, "{first:?}");
    assert!(first.stderr.contains("Locked xlc.lock: 4 new"), "{first:?}");
    let text = project.read("xlc.lock");
    assert_eq!(run(&["--check"]).code, 0);
    assert!(run(&[]).stderr.contains("Unchanged xlc.lock"));
    assert_eq!(project.read("xlc.lock"), text);

    project.write(
        "proto/order.proto",
        &order(&format!("{FULL}  bool paid = 3;\n")),
    );
    let check = run(&["--check"]);
    assert_eq!(check.code, 1);
    assert!(
        check
            .stderr
            .contains("missing field shop.v1.Order 3 bool paid"),
        "{check:?}"
    );
    assert!(
        check.stderr.contains("`xlc.lock` lacks 1 element"),
        "{check:?}"
    );
    assert_eq!(project.read("xlc.lock"), text, "a check writes nothing");

    // What is gone does not make the lock lack anything.
    project.write("proto/order.proto", &order("  string id = 1;\n"));
    let check = run(&["--check"]);
    assert_eq!(check.code, 0);
    assert!(
        check.stderr.contains("`xlc lock` will mark 1 as gone"),
        "{check:?}"
    );
    assert!(run(&[]).stderr.contains("xlc.lock: 1 gone"));
    let marked = project.read("xlc.lock");
    assert!(
        marked.contains("field shop.v1.Order 2 string coupon gone\n"),
        "{marked}"
    );
    assert!(run(&["--quiet", "--check"]).stderr.is_empty());
    project.write("proto/order.proto", &order(FULL));
    assert_eq!(run(&["--check"]).code, 1);
    assert!(run(&[]).stderr.contains("xlc.lock: 1 back"));
    assert_eq!(project.read("xlc.lock"), text);
    assert_eq!(project.files(".").len(), 3, "{:?}", project.files("."));
}

#[test]
fn what_was_locked_is_compared_with_by_default() {
    let project = project(FULL);
    project.xlc(&["lock"]);
    assert_eq!(project.xlc(&["check-compat"]).code, 0);
    // It is gone with care, which hurts only those who have documents, until it is locked.
    project.write("proto/order.proto", &order(CAREFUL));
    let run = project.xlc(&["check-compat"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.stdout.contains("error[field-removed]"), "{run:?}");
    project.xlc(&["lock"]);
    let run = project.xlc(&["check-compat"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{run:?}");
    assert!(run.stderr.contains("compatible with `xlc.lock`"));
    // The reservation is dropped and locked, and the number is used again.
    project.write("proto/order.proto", &order("  string id = 1;\n"));
    project.xlc(&["lock"]);
    let run = project.xlc(&["check-compat"]);
    assert_eq!(run.code, 0);
    assert!(run.stdout.contains("warning[field-unreserved]"), "{run:?}");
    project.write("proto/order.proto", &order(REUSED));
    for arguments in [
        &["check-compat"][..],
        &["check-compat", "--against", "xlc.lock"],
    ] {
        let run = project.xlc(&[arguments, &["--format", "json"]].concat());
        assert_eq!(run.code, 1, "{run:?}");
        let report: Value = serde_json::from_str(&run.stdout).expect("JSON");
        let findings = report["comparisons"][0]["findings"]
            .as_array()
            .expect("a list");
        let kind = findings
            .iter()
            .find(|it| it["rule"] == "field-kind")
            .expect("it");
        assert_eq!(kind["old"]["file"], "xlc.lock");
        let line = kind["old"]["line"]
            .as_u64()
            .and_then(|it| usize::try_from(it).ok());
        let text = project.read("xlc.lock");
        let line = text.lines().nth(line.expect("a line") - 1);
        assert_eq!(line, Some("field shop.v1.Order 2 string coupon gone"));
        assert_eq!(kind["verdicts"][0]["witness"]["format"], "hex");
    }
    // What the configuration names is not overruled.
    project.write(
        "xlc.toml",
        &format!("{CONFIG}[compat]\nagainst = [\"proto\"]\n"),
    );
    let run = project.xlc(&["check-compat"]);
    assert!(run.stderr.contains("compatible with `proto`"), "{run:?}");
}

#[test]
fn a_contract_without_configuration_has_its_lock_here() {
    let project = Project::new(&[("proto/order.proto", &order(FULL))]);
    let missing = project.xlc(&["check-compat", "proto", "--against", "lock"]);
    assert_eq!(missing.code, 2);
    assert!(
        missing.stderr.contains("there is no lock `xlc.lock`"),
        "{missing:?}"
    );
    assert_eq!(project.xlc(&["lock", "proto"]).code, 0);
    project.write(
        "proto/order.proto",
        &order(&FULL.replace("string coupon", "int32 coupon")),
    );
    let run = project.xlc(&["check-compat", "proto", "--against", "lock"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.stdout.contains("::: xlc.lock:9:1"), "{run:?}");
}

#[test]
fn the_lock_is_beside_the_configuration() {
    let project = project(FULL);
    let mut command = project.command(&["lock"]);
    command.current_dir(project.join("proto"));
    let run = crate::support::cli::run(command, b"");
    assert_eq!(run.code, 0, "{run:?}");
    assert!(project.join("xlc.lock").is_file());
}

#[test]
fn released_versions_are_the_beginning_of_a_lock() {
    let project = project(FULL);
    git(&project, &["init", "--quiet", "--initial-branch=main"]);
    for (tag, body) in [("v1", FULL), ("v2", CAREFUL), ("v3", "  string id = 1;\n")] {
        project.write("proto/order.proto", &order(body));
        git(&project, &["add", "."]);
        git(&project, &["commit", "--quiet", "-m", tag]);
        git(&project, &["tag", tag]);
    }
    let lock = |arguments: &[&str]| {
        let run = project.xlc(&[&["lock"], arguments].concat());
        assert_eq!(run.code, 0, "{run:?}");
        let text = project.read("xlc.lock");
        std::fs::remove_file(project.join("xlc.lock")).expect("it is there");
        text
    };
    let all = lock(&["--from", "tags:v*"]);
    assert!(
        all.contains("field shop.v1.Order 2 string coupon gone\n"),
        "{all}"
    );
    assert!(all.contains("reserved shop.v1.Order 2\n"), "{all}");
    assert_eq!(lock(&["--from", "git:v2", "--from", "git:v1"]), all);
    assert!(!lock(&[]).contains("coupon"));
    project.xlc(&["lock", "--from", "tags:v*"]);
    project.write("proto/order.proto", &order(REUSED));
    let run = project.xlc(&["check-compat"]);
    assert_eq!(run.code, 1, "{run:?}");
    for (from, words) in [
        ("git:v9", "there is no revision `v9`"),
        ("lock", "`xlc.lock` is a lock, and no contract"),
    ] {
        let run = project.xlc(&["lock", "--from", from]);
        assert_eq!(run.code, 2, "{run:?}");
        assert!(run.stderr.contains(words), "{run:?}");
    }
}

#[test]
fn what_is_wrong_with_a_lock_is_told_with_its_place() {
    let project = project(FULL);
    project.xlc(&["lock"]);
    let text = project.read("xlc.lock");
    let order = "message shop.v1.Order in order.proto\n";
    assert!(text.contains(order), "{text}");
    let with = |line: &str| format!("{text}{line}\n");
    let cases = [
        (
            String::new(),
            "the lock has no line `version 1`",
            "xlc.lock:1:1",
        ),
        (
            text.replace("version 1", "version 2"),
            "the lock has version 2 of its format",
            "xlc.lock:3:1",
        ),
        (
            text.replace("version 1", "version x"),
            "`x` is not a version",
            "xlc.lock:3:9",
        ),
        (
            with("fields shop.v1.Order"),
            "no line begins with `fields`",
            "xlc.lock:10:1",
        ),
        (
            with("field shop.v1.Order x int32 y"),
            "`x` is not a number",
            "xlc.lock:10:21",
        ),
        (
            with("field shop.v1.Order 7 int32"),
            "a name is missing",
            "xlc.lock:10:28",
        ),
        (
            with("field shop.v1.Order 7 int32 y often"),
            "`often` is not expected here",
            "xlc.lock:10:31",
        ),
        (
            with("field shop.v1.Order 7 map<int32 string> y"),
            "`int32` is not the type of a map's keys",
            "xlc.lock:10:27",
        ),
        (
            with("field shop.v1.Order 7 int32 y default=x"),
            "`x` is no default of its type",
            "xlc.lock:10:39",
        ),
        (
            with("field shop.v1.Bill 7 int32 y"),
            "the lock has no message `shop.v1.Bill`",
            "xlc.lock:10:1",
        ),
        (
            with("field shop.v1.Order 7 enum shop.v1.Order y"),
            "the lock has no enum `shop.v1.Order`",
            "xlc.lock:10:1",
        ),
        (
            with("enum shop.v1.Size in order.proto"),
            "enum `shop.v1.Size` has no value",
            "xlc.lock:10:1",
        ),
        (
            with("message shop.v1.Bill in bill.proto"),
            "the lock has no file `bill.proto`",
            "xlc.lock:10:1",
        ),
        (
            with("reserved shop.v1.Order 7 to 3"),
            "the range 7 to 3 ends before it begins",
            "xlc.lock:10:24",
        ),
        (
            with("reserved shop.v1.Order \"x"),
            "the text has no closing quote",
            "xlc.lock:10:24",
        ),
        (
            with("<<<<<<< HEAD"),
            "the lock has an unresolved conflict",
            "xlc.lock:10:1",
        ),
    ];
    for (text, message, place) in cases {
        project.write("xlc.lock", &text);
        for arguments in [&["check-compat"][..], &["lock", "--check"], &["lock"]] {
            if arguments == ["lock"] && text.contains("<<<") {
                continue;
            }
            let run = project.xlc(arguments);
            assert_eq!(run.code, 2, "{message}: {run:?}");
            let words = [
                &format!("error[lock]: {message}"),
                &format!("--> {place}"),
                "= help: ",
            ];
            assert!(
                words.iter().all(|it| run.stderr.contains(*it)),
                "{message}: {run:?}"
            );
            assert_eq!(run.stderr.matches("error[").count(), 1, "{run:?}");
        }
        assert_eq!(
            project.read("xlc.lock"),
            text,
            "what cannot be read is not overwritten"
        );
    }
    std::fs::write(project.join("xlc.lock"), b"\xff\n").expect("it can be written");
    let run = project.xlc(&["lock"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("`xlc.lock` is not UTF-8"), "{run:?}");
}

/// What was dropped is reserved again. A field that took the number of another one does not get its name.
#[test]
fn what_is_gone_is_reserved_again_by_fix() {
    let project = project(FULL);
    project.xlc(&["lock"]);
    project.write("proto/order.proto", &order("  string id = 1;\n"));
    project.xlc(&["lock"]);
    let fixed = project.xlc(&["check-compat", "--fix"]);
    assert_eq!(fixed.code, 0, "{fixed:?}");
    let text = project.read("proto/order.proto");
    assert!(
        text.contains("reserved 2;") && text.contains("reserved \"coupon\";"),
        "{text}"
    );
    let run = project.xlc(&["check-compat"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{run:?}");
    let reused = order("  string id = 1;\n  string color = 2;\n");
    project.write("proto/order.proto", &reused);
    project.xlc(&["check-compat", "--fix"]);
    let text = project.read("proto/order.proto");
    assert!(!text.contains("json_name"), "{text}");
}
