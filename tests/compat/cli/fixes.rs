//! `--fix` and `--diff`: what is written, what is not, and what the checks before writing stop.

use serde_json::Value;

use crate::support::cli::Project;

const OLD: &str = "syntax = \"proto3\";\npackage shop.v1;\n\nmessage Order {\n  string id = 1;\n  string coupon = 2;\n  int64 total = 3;\n}\n";
const NEW: &str = "syntax = \"proto3\";\npackage shop.v1;\n\n// What was ordered.\nmessage Order {\n  // The id.\n  string id = 1;\n  string voucher = 2; // was coupon\n}\n";
const FIXED: &str = "syntax = \"proto3\";\npackage shop.v1;\n\n// What was ordered.\nmessage Order {\n  reserved 3;\n  reserved \"total\";\n\n  // The id.\n  string id = 1;\n  string voucher = 2 [json_name = \"coupon\"]; // was coupon\n}\n";

fn project() -> Project {
    Project::new(&[("old/shop.proto", OLD), ("new/shop.proto", NEW)])
}

const CHECK: [&str; 6] = [
    "check-compat",
    "new",
    "--against",
    "old",
    "--require",
    "wire=full,json=forward",
];

fn check(project: &Project, more: &[&str]) -> crate::support::cli::Run {
    project.xlc(&[&CHECK, more].concat())
}

#[test]
fn fixes_are_written_and_checked_again() {
    let project = project();
    let before = check(&project, &[]);
    assert_eq!(before.code, 1, "{before:?}");
    assert_eq!(
        before.stdout.matches("help: `--fix` writes it").count(),
        2,
        "{before:?}"
    );
    let json = check(&project, &["--format", "json"]);
    let report: Value = serde_json::from_str(&json.stdout).expect("JSON");
    let findings = report["comparisons"][0]["findings"]
        .as_array()
        .expect("findings");
    assert!(
        findings.iter().all(|it| it["fixable"] == true),
        "{report:#}"
    );
    let run = check(&project, &["--fix"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{run:?}");
    assert_eq!(
        run.stderr,
        "       fixed new/shop.proto: reserved \"total\" in shop.v1.Order\n       \
         fixed new/shop.proto: reserved 3 in shop.v1.Order\n       \
         fixed new/shop.proto: json_name = \"coupon\" in shop.v1.Order.voucher\n\
         ok: compatible with `old`\n"
    );
    assert_eq!(project.read("new/shop.proto"), FIXED);
    let again = check(&project, &["--fix"]);
    assert_eq!(again.code, 0, "{again:?}");
    assert_eq!(
        again.stderr,
        "ok: nothing can be fixed\nok: compatible with `old`\n"
    );
    assert_eq!(project.read("new/shop.proto"), FIXED);
    assert_eq!(project.read("old/shop.proto"), OLD);
}

#[test]
fn a_diff_writes_nothing() {
    let project = project();
    for flag in ["--diff", "--dry-run"] {
        let run = check(&project, &["--fix", flag]);
        assert_eq!(run.code, 1, "{run:?}");
        assert!(
            run.stdout
                .starts_with("--- a/new/shop.proto\n+++ b/new/shop.proto\n@@ "),
            "{run:?}"
        );
        assert!(run.stdout.contains("\n+  reserved 3;\n"), "{run:?}");
        assert_eq!(project.read("new/shop.proto"), NEW);
    }
    project.write("new/shop.proto", FIXED);
    let run = check(&project, &["--diff"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{run:?}");
}

#[test]
fn what_is_accepted_or_not_required_is_not_fixed() {
    let project = project();
    let off = [
        "check-compat",
        "new",
        "--against",
        "old",
        "--require",
        "rpc=full",
        "--fix",
    ];
    assert_eq!(project.xlc(&off).code, 0);
    assert_eq!(project.read("new/shop.proto"), NEW);
    let json = check(&project, &["--format", "json"]);
    let report: Value = serde_json::from_str(&json.stdout).expect("JSON");
    for finding in report["comparisons"][0]["findings"]
        .as_array()
        .expect("findings")
    {
        let print = finding["fingerprint"].as_str().expect("a fingerprint");
        let run = project.xlc(&[
            "accept",
            print,
            "--reason",
            "r",
            "--new",
            "new",
            "--against",
            "old",
        ]);
        assert_eq!(run.code, 0, "{run:?}");
    }
    assert_eq!(check(&project, &["--fix"]).code, 0);
    assert_eq!(project.read("new/shop.proto"), NEW);
}

/// One wish per message, whatever the number of old versions that ask for it, and over several files.
#[test]
fn every_old_version_has_its_say() {
    let project = project();
    let other = "syntax = \"proto3\";\npackage shop.v1;\n\nenum Kind {\n  NONE = 0;\n  GIFT = 1;\n  LOAN = 4;\n}\n";
    project.write("old/kind.proto", other);
    project.write("older/kind.proto", &other.replace("LOAN = 4", "SALE = 2"));
    project.write("older/shop.proto", OLD);
    project.write(
        "new/kind.proto",
        "syntax = \"proto3\";\npackage shop.v1;\n\nenum Kind {\n  NONE = 0;\n}\n",
    );
    let run = check(&project, &["--against", "older", "--fix"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(project.read("new/shop.proto"), FIXED);
    let kind = project.read("new/kind.proto");
    assert!(
        kind.contains("  reserved 1 to 2, 4;\n  reserved \"GIFT\", \"LOAN\", \"SALE\";\n"),
        "{kind}"
    );
}

#[test]
fn only_files_of_the_contract_are_edited() {
    let project = Project::new(&[
        (
            "vendor/money.proto",
            "syntax = \"proto3\";\npackage more;\nmessage Money {\n  int64 units = 1;\n}\n",
        ),
        (
            "proto/a.proto",
            "syntax = \"proto3\";\npackage a;\nimport \"money.proto\";\nmessage Bill {\n  more.Money sum = 1;\n}\n",
        ),
        (
            "xlc.toml",
            "version = 1\ncontract = [\"proto\"]\ninclude = [\"proto\", \"vendor\"]\n[compat]\nagainst = [\"old\"]\n",
        ),
        (
            "old/a.proto",
            "syntax = \"proto3\";\npackage a;\nimport \"money.proto\";\nmessage Bill {\n  more.Money sum = 1;\n  bool paid = 2;\n}\n",
        ),
        (
            "old/money.proto",
            "syntax = \"proto3\";\npackage more;\nmessage Money {\n  int64 units = 1;\n  int32 nanos = 2;\n}\n",
        ),
    ]);
    let vendor = project.read("vendor/money.proto");
    let run = project.xlc(&["check-compat", "--fix"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(project.read("proto/a.proto").contains("reserved 2;"));
    assert_eq!(project.read("vendor/money.proto"), vendor);
    assert!(run.stdout.contains("`nanos`"), "{run:?}");
}

/// A byte order mark, links and line ends stay; a file that cannot be written leaves all as they were.
#[cfg(unix)]
#[test]
fn files_are_written_whole_or_not_at_all() {
    use std::os::unix::fs::PermissionsExt as _;
    let project = project();
    project.write(
        "store/shop.proto",
        &format!("\u{feff}{}", NEW.replace('\n', "\r\n")),
    );
    std::fs::remove_file(project.join("new/shop.proto")).expect("it is there");
    std::os::unix::fs::symlink("../store/shop.proto", project.join("new/shop.proto"))
        .expect("a link");
    assert_eq!(check(&project, &["--fix"]).code, 0);
    assert_eq!(
        project.read("store/shop.proto"),
        format!("\u{feff}{}", FIXED.replace('\n', "\r\n"))
    );
    let other = OLD.replace("Order", "Other");
    project.write("old/b/other.proto", &other);
    project.write(
        "new/b/other.proto",
        &other.replace("  int64 total = 3;\n", ""),
    );
    project.write("new/shop.proto", NEW);
    let lock = |mode: u32| {
        let permissions = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(project.join("new/b"), permissions).expect("permissions");
    };
    lock(0o555);
    // Who may write everywhere cannot be stopped so.
    if std::fs::write(project.join("new/b/probe"), "").is_err() {
        let run = check(&project, &["--fix"]);
        assert_eq!(run.code, 2, "{run:?}");
        assert_eq!(project.read("store/shop.proto"), NEW);
    }
    lock(0o755);
}

/// What the lock knows of is reserved as what an old version had.
#[test]
fn what_the_lock_remembers_is_reserved() {
    let project = Project::new(&[
        ("proto/shop.proto", OLD),
        (
            "xlc.toml",
            "version = 1\ncontract = [\"proto\"]\ninclude = [\"proto\"]\n[compat]\nrequire = { wire = \"full\", json = \"forward\" }\n",
        ),
    ]);
    let locked = project.xlc(&["lock"]);
    assert_eq!(locked.code, 0, "{locked:?}");
    project.write("proto/shop.proto", NEW);
    let run = project.xlc(&["check-compat", "--fix"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(project.read("proto/shop.proto"), FIXED);
}
