//! `xlc diff`: what changed, in each form, and the exit codes of something that is no check.

use serde_json::Value;

use super::git;
use crate::support::cli::Project;

const OLD: &str = "syntax = \"proto3\";
package shop.v1;
message Order { string id = 1; int64 total = 2; string note = 3; Stage stage = 4; }
enum Stage { STAGE_OPEN = 0; STAGE_PAID = 1; }
message Refund { string reason = 1; }
service Orders { rpc Place(Order) returns (Order); }
";

const NEW: &str = "syntax = \"proto3\";
package shop.v1;
message Order { string id = 1 [deprecated = true]; int32 total = 2; Stage stage = 4; string payer = 5; }
enum Stage { option deprecated = true; STAGE_OPEN = 0; STAGE_PAID = 1 [deprecated = true]; }
message Invoice { string number = 1; repeated Order orders = 2; }
service Orders { rpc Place(Order) returns (Order) { option deprecated = true; } rpc Cancel(Order) returns (Order); }
";

fn project() -> Project {
    Project::new(&[("old/shop.proto", OLD), ("new/shop.proto", NEW)])
}

#[test]
fn every_sort_of_change_is_listed_under_its_package_and_file() {
    let run = project().xlc(&["diff", "old", "new"]);
    assert_eq!(run.code, 0, "{run:?}");
    let wanted = "shop.v1
  shop.proto
    + field `payer` of `shop.v1.Order` is new
    + method `Cancel` of `shop.v1.Orders` is new
    + message `shop.v1.Invoice` is new
    ~ field `total` of `shop.v1.Order` was `int64` and is `int32`
    ! field `shop.v1.Order.id` is deprecated now
    ! enum `shop.v1.Stage` is deprecated now
    ! enum value `shop.v1.Stage.STAGE_PAID` is deprecated now
    ! method `shop.v1.Orders.Place` is deprecated now
    - field `note` of `shop.v1.Order` is gone
    - message `shop.v1.Refund` is gone
";
    assert_eq!(run.stdout, wanted);
    assert!(
        run.stderr
            .contains("3 added, 1 changed, 4 deprecated, 2 removed"),
        "{run:?}"
    );
}

#[test]
fn markdown_has_a_section_per_package_and_sort() {
    let run = project().xlc(&["diff", "old", "new", "--format", "markdown"]);
    let titles: Vec<&str> = run
        .stdout
        .lines()
        .filter(|it| it.starts_with('#'))
        .collect();
    assert_eq!(
        titles,
        [
            "## `shop.v1`",
            "### Added",
            "### Changed",
            "### Deprecated",
            "### Removed"
        ]
    );
}

#[test]
fn the_json_form_is_what_its_schema_says() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/schemas/diff.schema.json");
    let published = std::fs::read_to_string(path).expect("the published schema");
    let schema: Value = serde_json::from_str(&published).expect("JSON");
    assert_eq!(
        schema,
        xlc::compat::changelog::schema(),
        "run `xlc schema diff`"
    );
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let run = project().xlc(&[
        "diff",
        "old",
        "new",
        "--format",
        "json",
        "--surface",
        "source.python",
    ]);
    let log: Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert!(validator.is_valid(&log), "{log:#}");
    assert_eq!(log["changes"][0]["place"], "new/shop.proto:3:86");
    let lines = log["apis"][0]["lines"].as_array().expect("lines");
    let of = |path: &str| lines.iter().find(|it| it["path"] == path);
    let gone = of("shop.Order.note").expect("the attribute");
    assert_eq!(gone["sort"], "removed");
    assert_eq!(gone["old"], "note: str = \"\"");
    assert_eq!(gone["severity"], "error");
    // A wider number is the same type in Python, and what is inside of a new class goes without saying.
    assert_eq!(of("shop.Order.total"), None);
    assert_eq!(of("shop.Invoice").expect("the class")["sort"], "added");
    assert_eq!(of("shop.Invoice.number"), None);
}

#[test]
fn the_exit_code_is_1_only_on_request() {
    let project = project();
    let code = |arguments: &[&str]| project.xlc(&[&["diff"], arguments].concat()).code;
    assert_eq!(code(&["old", "new"]), 0);
    assert_eq!(code(&["old", "new", "--exit-code"]), 1);
    assert_eq!(code(&["old", "old", "--exit-code"]), 0);
    project.write("bad/shop.proto", "message {");
    assert_eq!(code(&["old", "bad"]), 2);
    assert_eq!(code(&["nowhere", "new"]), 2);
    assert_eq!(code(&["old", "new", "--surface", "wire"]), 2);
    assert_eq!(code(&["old", "--config", "nowhere.toml"]), 2);
}

#[test]
fn versions_come_from_git_and_from_the_configuration() {
    let project = Project::new(&[("proto/shop.proto", OLD)]);
    git(&project, &["init", "--quiet", "--initial-branch=main"]);
    git(&project, &["add", "."]);
    git(&project, &["commit", "--quiet", "-m", "one"]);
    git(&project, &["tag", "v1.0.0"]);
    project.write("proto/shop.proto", NEW);
    git(&project, &["commit", "--quiet", "-a", "-m", "two"]);
    let one = project.xlc(&["diff", "git:v1.0.0", "proto"]);
    assert!(
        one.stdout.contains("message `shop.v1.Refund` is gone"),
        "{one:?}"
    );
    project.write(
        "xlc.toml",
        "version = 1\ncontract = [\"proto\"]\ninclude = [\"proto\"]\n",
    );
    let two = project.xlc(&["diff", "git:v1.0.0"]);
    assert_eq!(one.stdout, two.stdout);
    let three = project.xlc(&["diff", "git:v1.0.0", "git:main"]);
    assert_eq!(one.stdout, three.stdout, "{three:?}");
    let many = project.xlc(&["diff", "tags:none*"]);
    assert_eq!(many.code, 2, "{many:?}");
}

#[test]
fn a_surface_that_is_not_there_is_told_with_the_nearest() {
    let run = project().xlc(&["diff", "old", "new", "--surface", "source.pyton"]);
    assert_eq!(run.code, 2);
    assert!(
        run.stderr.contains("did you mean `source.python`?"),
        "{run:?}"
    );
}
