//! `xlc check-compat` as people and CI run it: inputs, formats, configuration, exit codes.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::support::cli::Project;

const OLD: &str = "syntax = \"proto3\";\npackage shop.v1;\n\nmessage Order {\n  string id = 1;\n  int64 total = 2;\n}\n";

fn new() -> String {
    OLD.replace("int64", "int32")
}

fn project() -> Project {
    Project::new(&[("old/shop.proto", OLD), ("new/shop.proto", &new())])
}

fn git(project: &Project, arguments: &[&str]) {
    let output = Command::new("git")
        .current_dir(project.path())
        .args([
            "-c",
            "user.name=t",
            "-c",
            "user.email=t@example.com",
            "-c",
            "commit.gpgsign=false",
        ])
        .args(arguments)
        .output()
        .expect("git runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// A repository with the old version under two tags, and the new one in the work tree.
fn repository() -> Project {
    let project = Project::new(&[("proto/shop/shop.proto", OLD)]);
    git(&project, &["init", "--quiet", "--initial-branch=main"]);
    git(&project, &["add", "."]);
    git(&project, &["commit", "--quiet", "-m", "one"]);
    git(&project, &["tag", "v1.0.0"]);
    project.write(
        "proto/shop/shop.proto",
        &format!("{OLD}message Item {{}}\n"),
    );
    git(&project, &["commit", "--quiet", "-a", "-m", "two"]);
    git(&project, &["tag", "v1.1.0"]);
    project.write(
        "proto/shop/shop.proto",
        &format!("{}message Item {{}}\n", new()),
    );
    project
}

#[test]
fn the_exit_code_tells_clean_findings_and_failure_apart() {
    let project = project();
    let run = |arguments: &[&str]| project.xlc(&[&["check-compat"], arguments].concat());
    let same = run(&["old", "--against", "old"]);
    assert_eq!((same.code, same.stdout.as_str()), (0, ""));
    let broken = run(&["new", "--against", "old"]);
    assert_eq!(broken.code, 1, "{broken:?}");
    assert!(broken.stdout.contains("error[field-kind]"), "{broken:?}");
    assert!(
        broken.stdout.contains("--> new/shop.proto:6:3"),
        "{broken:?}"
    );
    assert!(
        broken.stdout.contains("::: old/shop.proto:6:3"),
        "{broken:?}"
    );
    project.write("bad/shop.proto", "message {");
    for arguments in [
        ["new", "--against", "bad"],
        ["bad", "--against", "old"],
        ["new", "--against", "missing"],
    ] {
        let failed = run(&arguments);
        assert_eq!(failed.code, 2, "{arguments:?}: {failed:?}");
        assert_eq!(failed.stdout, "", "{arguments:?}: {failed:?}");
        assert!(failed.stderr.contains("error"), "{arguments:?}: {failed:?}");
    }
}

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
fn what_is_required_decides() {
    let project = project();
    let run = |require: &str| {
        let arguments = [
            "check-compat",
            "new",
            "--against",
            "old",
            "--require",
            require,
        ];
        project.xlc(&arguments)
    };
    assert_eq!(run("wire=full").code, 1);
    assert_eq!(run("wire=forward").code, 0);
    assert_eq!(run("wire=off,json=off").code, 0);
    let warned = run("wire=warn");
    assert_eq!(warned.code, 0);
    assert!(warned.stdout.contains("warning[field-kind]"), "{warned:?}");
    for (require, help) in [
        ("wires=full", "did you mean `wire`?"),
        ("wire=back", "the words are"),
        ("wire", "write `wire=full`"),
    ] {
        let failed = run(require);
        assert_eq!(failed.code, 2, "{require}");
        assert!(failed.stderr.contains(help), "{require}: {failed:?}");
    }
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
fn the_json_report_is_what_its_schema_says() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/schemas/compat-report.schema.json"
    );
    let published = std::fs::read_to_string(path).expect("the published schema");
    let schema: Value = serde_json::from_str(&published).expect("JSON");
    assert_eq!(
        schema,
        xlc::compat::report::schema(),
        "run `xlc schema compat-report`"
    );
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let project = project();
    for arguments in [["new", "--against", "old"], ["old", "--against", "old"]] {
        let arguments = [&["check-compat", "--format", "json", "-v"], &arguments[..]].concat();
        let run = project.xlc(&arguments);
        let report: Value = serde_json::from_str(&run.stdout).expect("JSON");
        assert!(validator.is_valid(&report), "{report:#}");
    }
    let run = project.xlc(&[
        "check-compat",
        "new",
        "--against",
        "old",
        "--format",
        "json",
    ]);
    let report: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let verdict = &report["comparisons"][0]["findings"][0]["verdicts"][0];
    assert_eq!(verdict["witness"]["format"], "hex");
    assert_eq!(verdict["witness"]["payload"], "108080808010");
    assert_eq!(verdict["witness"]["meant"], "`total: 4294967296`");
}

#[test]
fn other_tools_get_their_forms() {
    let project = project();
    let run = |format: &str| {
        let arguments = [
            "check-compat",
            "new",
            "--against",
            "old",
            "--format",
            format,
        ];
        let run = project.xlc(&arguments);
        assert_eq!(run.code, 1, "{run:?}");
        run.stdout
    };
    let github = run("github");
    assert!(
        github.starts_with(
            "::error file=new/shop.proto,line=6,col=3,title=field-kind against old::field `total`"
        ),
        "{github}"
    );
    assert_eq!(github.lines().count(), 1, "{github}");
    let gitlab: Value = serde_json::from_str(&run("gitlab")).expect("JSON");
    assert_eq!(gitlab[0]["check_name"], "field-kind");
    assert_eq!(gitlab[0]["location"]["lines"]["begin"], 6);
    let sarif: Value = serde_json::from_str(&run("sarif")).expect("JSON");
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!(result["ruleId"], "field-kind");
    let location = |it: &Value| it["physicalLocation"]["artifactLocation"]["uri"].clone();
    assert_eq!(location(&result["locations"][0]), "new/shop.proto");
    assert_eq!(location(&result["relatedLocations"][0]), "old/shop.proto");
    let junit = run("junit");
    assert!(
        junit.contains("<testsuite name=\"old\" tests=\"1\" failures=\"1\">"),
        "{junit}"
    );
    assert!(junit.contains("<failure type=\"field-kind\""), "{junit}");
    let markdown = run("markdown");
    assert!(
        markdown.starts_with("## not compatible with `old`\n\n1 breaking change, 0 warnings\n"),
        "{markdown}"
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
    let outside = self::project();
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

const CONFIG: &str =
    "version = 1\ncontract = [\"proto/**/*.proto\"]\ninclude = [\"proto\"]\n\n[compat]\n";

#[test]
fn the_configuration_says_what_is_compared_and_required() {
    let project = repository();
    let with = |text: &str| {
        project.write("xlc.toml", &format!("{CONFIG}{text}"));
        project.xlc(&["check-compat"])
    };
    assert_eq!(with("against = [\"latest-tag\"]\n").code, 1);
    let weak = "against = [\"tags:v*\"]\nrequire = { wire = \"forward\" }\n";
    assert_eq!(with(weak).code, 0);
    let special = "against = [\"latest-tag\"]\npackages = { \"shop.*\" = { wire = \"off\", json = \"off\" } }\n";
    assert_eq!(with(special).code, 0);
    let nothing = with("");
    assert_eq!(nothing.code, 2);
    assert!(
        nothing.stderr.contains("there is nothing to compare with"),
        "{nothing:?}"
    );
    let wrong = with("require = { wires = \"full\" }\n");
    assert_eq!(wrong.code, 2);
    assert!(wrong.stderr.contains("did you mean `wire`?"), "{wrong:?}");
    assert!(wrong.stderr.contains("xlc.toml:6:13"), "{wrong:?}");
    let wrong = with("require = { wire = \"fulll\" }\n");
    assert!(wrong.stderr.contains("did you mean `full`?"), "{wrong:?}");
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

#[test]
fn lenient_readers_of_json_take_what_they_do_not_know() {
    let project = repository();
    project.write(
        "proto/shop/shop.proto",
        &OLD.replace("  string id = 1;\n", ""),
    );
    let with = |readers: &str| {
        let text =
            format!("{CONFIG}readers = \"{readers}\"\nrequire = {{ json = \"backward\" }}\n");
        project.write("xlc.toml", &text);
        project
            .xlc(&["check-compat", "--against", "git:v1.0.0"])
            .code
    };
    assert_eq!(with("official"), 1);
    assert_eq!(with("lenient-json"), 0);
}

#[test]
fn the_order_of_a_rollout_is_told() {
    let service = "service S { rpc Put(Order) returns (Done); }\nmessage Done {}\n";
    let more = format!("{OLD}{service}");
    let wider = more.replace("int64", "sint64");
    let text = more.replace("string id", "bytes id");
    let added = format!("{more}service T {{ rpc Put(Order) returns (Done); }}");
    let project = Project::new(&[
        ("old/a.proto", &more),
        ("both/a.proto", &wider),
        ("clients/a.proto", &text),
        ("servers/a.proto", &added),
    ]);
    let run = |new: &str, old: &str| {
        let arguments = ["check-compat", new, "--against", old, "--explain-rollout"];
        let stdout = project.xlc(&arguments).stdout;
        let line = stdout.lines().find(|line| line.starts_with("rollout: "));
        line.unwrap_or_default().to_owned()
    };
    assert_eq!(
        run("old", "old"),
        "rollout: clients and servers can be deployed in any order"
    );
    assert_eq!(
        run("servers", "old"),
        "rollout: deploy servers first, then clients"
    );
    assert_eq!(
        run("clients", "old"),
        "rollout: deploy servers first, then clients"
    );
    assert_eq!(
        run("old", "clients"),
        "rollout: deploy clients first, then servers"
    );
    assert!(run("both", "old").starts_with("rollout: neither order is safe"));
}

/// The script of the action that ships with the repository.
#[test]
fn the_action_passes_on_what_it_is_given() {
    let action = concat!(env!("CARGO_MANIFEST_DIR"), "/action.yml");
    let action = std::fs::read_to_string(action).expect("the action");
    let (_, script) = action.rsplit_once("run: |\n").expect("a script");
    let script: Vec<&str> = script.lines().map(str::trim_start).collect();
    let project = project();
    let program = Path::new(env!("CARGO_BIN_EXE_xlc"))
        .parent()
        .expect("a directory");
    let path = format!(
        "{}:{}",
        program.display(),
        std::env::var("PATH").expect("a path")
    );
    let output = Command::new("bash")
        .current_dir(project.path())
        .args(["-euo", "pipefail", "-c", &script.join("\n")])
        .env("PATH", path)
        .env("AGAINST", "old\nold/shop.proto\n")
        .env("REQUIRE", "wire=full")
        .env("PATHS", "new")
        .env("FORMAT", "github")
        .output()
        .expect("bash runs");
    let told = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert_eq!(told.lines().count(), 2, "{told}");
}

#[test]
fn codes_are_explained() {
    let project = Project::new(&[]);
    let rule = project.xlc(&["explain", "field-kind"]);
    assert_eq!(rule.code, 0);
    assert!(
        rule.stdout.contains("What to do: keep the old kind"),
        "{rule:?}"
    );
    let other = project.xlc(&["explain", "unused-import"]);
    assert!(other.stdout.starts_with("unused-import: "), "{other:?}");
    let wrong = project.xlc(&["explain", "field-knd"]);
    assert_eq!(wrong.code, 2);
    assert!(
        wrong.stderr.contains("did you mean `field-kind`?"),
        "{wrong:?}"
    );
    let list = project.xlc(&["list", "rules", "--json"]);
    let list: Value = serde_json::from_str(&list.stdout).expect("JSON");
    assert!(list.as_array().is_some_and(|it| it.len() > 30));
}
