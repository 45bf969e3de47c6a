//! `--profile buf:…`: what buf tells, beside what xlc tells, and what the two come to.

use serde_json::Value;

use crate::support::cli::{Project, Run};

const HEAD: &str = "syntax = \"proto3\";\npackage shop.v1;\n\n";

fn project(old: &str, new: &str) -> Project {
    let text = |it: &str| format!("{HEAD}{it}\n");
    Project::new(&[
        ("old/shop.proto", &text(old)),
        ("new/shop.proto", &text(new)),
    ])
}

fn check(project: &Project, arguments: &[&str]) -> Run {
    project.xlc(&[&["check-compat", "new", "--against", "old"], arguments].concat())
}

/// The rules in a report, in their order, with what xlc itself finds.
fn rules(run: &Run) -> Vec<(String, String)> {
    let report: Value = serde_json::from_str(&run.stdout).expect("a report");
    let findings = report["comparisons"][0]["findings"]
        .as_array()
        .expect("findings");
    let text = |it: &Value| it.as_str().unwrap_or_default().to_owned();
    let own = |it: &Value| match it["own"].as_array() {
        Some(codes) => codes.iter().map(text).collect::<Vec<_>>().join(" "),
        None => "itself".to_owned(),
    };
    findings
        .iter()
        .map(|it| (text(&it["rule"]), own(it)))
        .collect()
}

fn told(project: &Project, arguments: &[&str]) -> (i32, Vec<(String, String)>) {
    let run = check(project, &[arguments, &["--format", "json"]].concat());
    (run.code, rules(&run))
}

fn pair(rule: &str, own: &str) -> (String, String) {
    (rule.to_owned(), own.to_owned())
}

#[test]
fn bufs_rules_are_told_beside_our_own() {
    let project = project("message M { string a = 1; }", "message M { string b = 1; }");
    let names = [
        pair("FIELD_SAME_NAME", "field-renamed"),
        pair("FIELD_SAME_JSON_NAME", "field-renamed"),
    ];
    assert_eq!(
        told(&project, &["--profile", "buf:FILE"]),
        (1, names.to_vec())
    );
    assert_eq!(told(&project, &["--profile", "buf:WIRE"]), (0, vec![]));
    let run = check(&project, &["--profile", "buf:WIRE_JSON"]);
    assert!(run.stdout.contains("error[FIELD_SAME_NAME]"), "{run:?}");
    assert!(
        run.stdout.contains("= note: xlc itself: `field-renamed`"),
        "{run:?}"
    );
    assert!(run.stdout.contains("--> new/shop.proto:4:13"), "{run:?}");
}

#[test]
fn what_buf_does_not_see_is_a_note_or_what_is_required() {
    let project = project(
        "message M { string a = 1; string b = 2; }",
        "message M { string a = 2; string b = 1; }",
    );
    assert_eq!(check(&project, &["--profile", "buf:WIRE"]).code, 0);
    let all = told(&project, &["--profile", "buf:WIRE", "--verbose"]);
    let renumbered = pair("field-renumbered", "itself");
    assert_eq!(all, (0, vec![renumbered.clone(), renumbered.clone()]));
    let both = told(
        &project,
        &["--profile", "buf:WIRE", "--require", "wire=full"],
    );
    assert_eq!(both, (1, vec![renumbered.clone(), renumbered]));
}

#[test]
fn what_hurts_nobody_is_told_as_buf_tells_it() {
    let project = project(
        "message M { oneof a { string x = 1; } }",
        "message M { oneof b { string x = 1; } }",
    );
    let told = told(&project, &["--profile", "buf:WIRE"]);
    assert_eq!(told, (1, vec![pair("FIELD_SAME_ONEOF", "")]));
    let run = check(&project, &["--profile", "buf:WIRE"]);
    assert!(
        run.stdout.contains("xlc itself finds nothing here"),
        "{run:?}"
    );
}

#[test]
fn a_file_that_is_gone_has_no_place() {
    let project = project(
        "import \"google/protobuf/any.proto\"; message M {}",
        "message M {}",
    );
    let told = told(&project, &["--profile", "buf:FILE"]);
    assert_eq!(told, (1, vec![pair("FILE_NO_DELETE", "")]));
    for format in ["human", "github", "gitlab", "sarif", "junit", "markdown"] {
        let run = check(&project, &["--profile", "buf:FILE", "--format", format]);
        assert_eq!(run.code, 1, "{run:?}");
        assert!(run.stdout.contains("google/protobuf/any.proto"), "{run:?}");
        assert!(run.stdout.contains("FILE_NO_DELETE"), "{run:?}");
    }
}

#[test]
fn the_configuration_names_the_profile() {
    let text = |it: &str| format!("{HEAD}{it}\n");
    let project = Project::new(&[
        (
            "proto/shop.proto",
            &text("message M { string a = 2; string b = 1; }"),
        ),
        (
            "old/shop.proto",
            &text("message M { string a = 1; string b = 2; }"),
        ),
    ]);
    let with = |words: &str| {
        let config =
            "version = 1\ncontract = [\"proto/shop.proto\"]\ninclude = [\"proto\"]\n\n[compat]\n";
        project.write("xlc.toml", &format!("{config}against = [\"old\"]\n{words}"));
        project.xlc(&["check-compat"])
    };
    assert_eq!(with("profile = \"buf:WIRE\"\n").code, 0);
    assert_eq!(with("profile = \"buf:FILE\"\n").code, 1);
    assert_eq!(
        with("profile = \"buf:WIRE\"\nrequire = { wire = \"full\" }\n").code,
        1
    );
    let wrong = with("profile = \"buf:ALL\"\n");
    assert_eq!(wrong.code, 2);
    assert!(
        wrong.stderr.contains("there is no profile `buf:ALL`"),
        "{wrong:?}"
    );
    assert!(wrong.stderr.contains("xlc.toml:7:11"), "{wrong:?}");
    let wrong = project.xlc(&["check-compat", "--profile", "buf"]);
    assert_eq!(wrong.code, 2);
    assert!(
        wrong
            .stderr
            .contains("the profiles are `buf:FILE`, `buf:PACKAGE`"),
        "{wrong:?}"
    );
}

#[test]
fn a_rule_of_buf_is_explained_and_its_findings_are_accepted() {
    let project = project("message M { int32 a = 1; }", "message M { int64 a = 1; }");
    let explained = project.xlc(&["explain", "FIELD_SAME_TYPE"]);
    assert_eq!(explained.code, 0);
    assert!(explained.stdout.contains("buf breaking"), "{explained:?}");
    let profile = ["--profile", "buf:PACKAGE"];
    let run = check(&project, &[&profile[..], &["--format", "json"]].concat());
    let report: Value = serde_json::from_str(&run.stdout).expect("a report");
    let finding = &report["comparisons"][0]["findings"][0];
    let fingerprint = finding["fingerprint"].as_str().expect("a fingerprint");
    let accept = [
        "accept",
        fingerprint,
        "--reason",
        "nobody reads it",
        "--new",
        "new",
        "--against",
        "old",
    ];
    let accepted = project.xlc(&[&accept[..], &profile[..]].concat());
    assert_eq!(accepted.code, 0, "{accepted:?}");
    assert_eq!(check(&project, &profile).code, 0);
}

#[test]
fn a_profile_is_not_held_against_a_lock() {
    let text = |it: &str| format!("{HEAD}{it}\n");
    let config = "version = 1\ncontract = [\"proto/shop.proto\"]\ninclude = [\"proto\"]\n\n[compat]\nprofile = \"buf:WIRE\"\n";
    let project = Project::new(&[
        ("proto/shop.proto", &text("message M { string a = 1; }")),
        ("xlc.toml", config),
    ]);
    assert_eq!(project.xlc(&["lock"]).code, 0);
    let run = project.xlc(&["check-compat"]);
    assert_eq!(run.code, 2);
    assert!(
        run.stderr.contains("a profile cannot be held against"),
        "{run:?}"
    );
}
