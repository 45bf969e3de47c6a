//! `xlc check-compat` as people and CI run it: requirements and exit codes here, the rest by topic.

mod ci;
mod diff;
mod fixes;
mod forms;
mod profile;
mod schemas;
mod settings;
mod versions;
mod waivers;

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

pub(crate) fn git(project: &Project, arguments: &[&str]) {
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
