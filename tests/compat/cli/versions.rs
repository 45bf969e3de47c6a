//! Where versions come from: directories, files, git.

use serde_json::Value;

use crate::support::cli::Project;

use super::{OLD, git, project, repository};

#[test]
fn a_single_file_and_a_descriptor_set_are_versions_too() {
    let project = project();
    let run = project.xlc(&[
        "check-compat",
        "new/shop.proto",
        "--against",
        "old/shop.proto",
    ]);
    assert_eq!(run.code, 1, "{run:?}");
}

#[test]
fn every_old_version_is_compared() {
    let project = project();
    project.write(
        "older/shop.proto",
        &OLD.replace("  int64 total = 2;\n", "  string total = 3;\n"),
    );
    let arguments = [
        "check-compat",
        "new",
        "--against",
        "old",
        "--against",
        "older",
        "--format",
        "json",
    ];
    let run = project.xlc(&arguments);
    let report: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let against = |index: usize| report["comparisons"][index]["against"].as_str();
    assert_eq!((against(0), against(1)), (Some("old"), Some("older")));
    let rule = |index: usize| report["comparisons"][index]["findings"][0]["rule"].as_str();
    assert_eq!(
        (rule(0), rule(1)),
        (Some("field-kind"), Some("field-renumbered"))
    );
}

#[test]
fn git_is_read_without_the_work_tree() {
    let project = repository();
    let run = |against: &str| {
        let arguments = [
            "check-compat",
            "proto",
            "--against",
            against,
            "--format",
            "json",
        ];
        project.xlc(&arguments)
    };
    let before = project.files(".");
    for (against, names) in [
        ("git:v1.0.0", &["v1.0.0"][..]),
        ("git:main", &["main"]),
        ("latest-tag", &["v1.1.0"]),
        ("tags:v*", &["v1.0.0", "v1.1.0"]),
    ] {
        let run = run(against);
        assert_eq!(run.code, 1, "{against}: {run:?}");
        let report: Value = serde_json::from_str(&run.stdout).expect("JSON");
        let comparisons = report["comparisons"].as_array().expect("a list");
        let called: Vec<_> = comparisons
            .iter()
            .map(|it| it["against"].as_str())
            .collect();
        let names: Vec<_> = names.iter().copied().map(Some).collect();
        assert_eq!(called, names);
        for comparison in comparisons {
            let finding = &comparison["findings"][0];
            assert_eq!(finding["rule"], "field-kind");
            let file = finding["old"]["file"].as_str().expect("a file");
            assert!(file.ends_with(":proto/shop/shop.proto"), "{file}");
        }
    }
    assert_eq!(before, project.files("."));
}

#[test]
fn what_git_does_not_have_is_one_clear_error() {
    let project = repository();
    for (against, words) in [
        ("git:v9", "there is no revision `v9`"),
        ("tags:w*", "no tag matches `w*`"),
        ("git:--help", "there is no revision `--help`"),
    ] {
        let run = project.xlc(&["check-compat", "proto", "--against", against]);
        assert_eq!(run.code, 2, "{against}: {run:?}");
        assert!(run.stderr.contains(words), "{against}: {run:?}");
        assert!(run.stderr.contains("help"), "{against}: {run:?}");
    }
    project.write("other/a.proto", OLD);
    let run = project.xlc(&["check-compat", "other", "--against", "git:main"]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(
        run.stderr
            .contains("revision `main` has no contract in `other`"),
        "{run:?}"
    );
    let outside = super::project();
    let run = outside.xlc(&["check-compat", "new", "--against", "git:main"]);
    assert_eq!(run.code, 2, "{run:?}");
}

#[test]
fn a_shallow_clone_is_told_how_to_get_its_history() {
    let project = repository();
    let clone = Project::new(&[]);
    let from = format!("file://{}", project.path().display());
    git(
        &clone,
        &["clone", "--quiet", "--depth", "1", "--no-tags", &from, "."],
    );
    let run = clone.xlc(&["check-compat", "proto", "--against", "git:v1.0.0"]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(
        run.stderr.contains("git fetch --unshallow --tags"),
        "{run:?}"
    );
}

/// What a contract imports from elsewhere is looked up for all versions, on disk and in git.
#[test]
fn imports_from_elsewhere_are_found() {
    let text = |ty: &str| {
        format!(
            "syntax = \"proto3\"; package a; import \"more/money.proto\"; message Bill {{ more.Money sum = 1; {ty} id = 2; }}"
        )
    };
    let money = "syntax = \"proto3\"; package more; message Money { int64 units = 1; }";
    let project = Project::new(&[
        ("proto/a.proto", &text("int64")),
        ("old/a.proto", &text("int64")),
        ("vendor/more/money.proto", money),
    ]);
    git(&project, &["init", "--quiet", "--initial-branch=main"]);
    git(&project, &["add", "proto"]);
    git(&project, &["commit", "--quiet", "-m", "one"]);
    project.write("proto/a.proto", &text("int32"));
    for against in ["old", "git:main"] {
        let arguments = [
            "check-compat",
            "proto",
            "--against",
            against,
            "--include",
            "vendor",
        ];
        let run = project.xlc(&arguments);
        assert_eq!(run.code, 1, "{run:?}");
        assert!(run.stdout.contains("field `id` of `a.Bill`"), "{run:?}");
        let without = project.xlc(&arguments[..4]);
        assert_eq!(without.code, 2, "{without:?}");
    }
}

/// What is in the directory of the contract and not in the contract is not in the old version either.
#[test]
fn files_that_the_configuration_leaves_out_are_left_out_of_the_revision() {
    let project = Project::new(&[
        ("proto/a.proto", OLD),
        (
            "proto/sub/b.proto",
            "syntax = \"proto3\"; package b; message B { int64 x = 1; } service S { rpc G(B) returns (B); }",
        ),
        (
            "xlc.toml",
            "version = 1\ncontract = [\"proto/*.proto\"]\ninclude = [\"proto\"]\n",
        ),
    ]);
    git(&project, &["init", "--quiet", "--initial-branch=main"]);
    git(&project, &["add", "."]);
    git(&project, &["commit", "--quiet", "-m", "one"]);
    let run = project.xlc(&["check-compat", "--against", "git:main"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{run:?}");
}
