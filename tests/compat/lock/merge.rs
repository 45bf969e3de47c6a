//! Two branches that both locked something, merged by git itself.

use std::process::Command;

use crate::cli::git;
use crate::support::cli::Project;

const CONFIG: &str = "version = 1\ncontract = [\"proto\"]\ninclude = [\"proto\"]\n";

fn order(fields: &str) -> String {
    format!(
        "syntax = \"proto3\";\npackage shop.v1;\n\nmessage Order {{\n  string id = 1;\n{fields}}}\n"
    )
}

fn item(fields: &str) -> String {
    format!(
        "syntax = \"proto3\";\npackage shop.v1;\n\nmessage Item {{\n  string id = 1;\n{fields}}}\n"
    )
}

fn locked(project: &Project) {
    let run = project.xlc(&["lock"]);
    assert_eq!(run.code, 0, "{run:?}");
    git(project, &["add", "."]);
    git(project, &["commit", "--quiet", "-m", "next"]);
}

/// A repository in which two branches edit the contract and lock it; `theirs` is merged into `ours`, which is checked out.
/// Whether git could do it.
fn merge(attributes: &str, ours: &[(&str, &str)], theirs: &[(&str, &str)]) -> (Project, bool) {
    let project = Project::new(&[
        ("xlc.toml", CONFIG),
        (".gitattributes", attributes),
        ("proto/order.proto", &order("")),
        ("proto/item.proto", &item("")),
    ]);
    git(&project, &["init", "--quiet", "--initial-branch=ours"]);
    locked(&project);
    git(&project, &["checkout", "--quiet", "-b", "theirs"]);
    for (path, text) in theirs {
        project.write(path, text);
    }
    locked(&project);
    git(&project, &["checkout", "--quiet", "ours"]);
    for (path, text) in ours {
        project.write(path, text);
    }
    locked(&project);
    let arguments = ["-c", "user.name=t", "-c", "user.email=t@example.com"];
    let merged = Command::new("git")
        .current_dir(project.path())
        .args(arguments)
        .args(["merge", "--quiet", "theirs"])
        .output()
        .expect("git runs");
    (project, merged.status.success())
}

fn check(project: &Project) -> (i32, i32) {
    (
        project.xlc(&["lock", "--check"]).code,
        project.xlc(&["check-compat"]).code,
    )
}

#[test]
fn edits_of_two_messages_merge_by_themselves() {
    let ours = order("  int64 total = 2;\n");
    let theirs = item("  int64 count = 2;\n");
    let ours = [("proto/order.proto", ours.as_str())];
    let (project, merged) = merge("", &ours, &[("proto/item.proto", &theirs)]);
    assert!(merged);
    assert_eq!(check(&project), (0, 0));
}

#[test]
fn new_types_of_two_branches_merge_by_themselves_where_others_stand_between() {
    let ours = "syntax = \"proto3\";\npackage shop.v1;\nmessage Account {}\n";
    let theirs = "syntax = \"proto3\";\npackage shop.v1;\nmessage Voucher {}\n";
    let (project, merged) = merge(
        "xlc.lock merge=union\n",
        &[("proto/account.proto", ours)],
        &[("proto/voucher.proto", theirs)],
    );
    assert!(merged);
    assert_eq!(check(&project), (0, 0));
}

/// Both add a field to one message: git cannot tell, and `xlc lock` can. With `merge=union`, git can too.
#[test]
fn edits_of_one_message_are_resolved_by_keeping_both() {
    let ours = order("  int64 total = 2;\n");
    let theirs = order("  int64 count = 3;\n");
    let both = order("  int64 total = 2;\n  int64 count = 3;\n");
    let ours = [("proto/order.proto", ours.as_str())];
    let theirs = [("proto/order.proto", theirs.as_str())];

    let (project, merged) = merge("", &ours, &theirs);
    assert!(!merged);
    project.write("proto/order.proto", &both);
    for arguments in [&["check-compat"][..], &["lock", "--check"]] {
        let run = project.xlc(arguments);
        assert_eq!(run.code, 2, "{run:?}");
        let words = [
            "error[lock]: the lock has an unresolved conflict of a merge",
            "--> xlc.lock:",
            "help: run `xlc lock`",
        ];
        assert!(words.iter().all(|it| run.stderr.contains(it)), "{run:?}");
    }
    let run = project.xlc(&["lock"]);
    assert!(run.stderr.contains("1 conflict resolved"), "{run:?}");
    let resolved = project.read("xlc.lock");
    assert_eq!(check(&project), (0, 0), "{resolved}");

    let (project, merged) = merge("xlc.lock merge=union\n", &ours, &theirs);
    assert!(!merged, "the contract itself has a conflict");
    project.write("proto/order.proto", &both);
    assert_eq!(check(&project), (0, 0), "{}", project.read("xlc.lock"));
    project.xlc(&["lock"]);
    assert_eq!(project.read("xlc.lock"), resolved);
}

/// One branch removes a field and the other adds one beside it: what is gone stays gone.
#[test]
fn a_removal_beside_an_addition_is_kept() {
    let removed = "syntax = \"proto3\";\npackage shop.v1;\n\nmessage Order {\n  reserved 1;\n  reserved \"id\";\n}\n";
    let added = order("  int64 total = 2;\n");
    let both = removed.replace("\"id\";\n", "\"id\";\n  int64 total = 2;\n");
    for attributes in ["", "xlc.lock merge=union\n"] {
        let (project, _) = merge(
            attributes,
            &[("proto/order.proto", removed)],
            &[("proto/order.proto", &added)],
        );
        project.write("proto/order.proto", &both);
        if attributes.is_empty() {
            project.xlc(&["lock"]);
        }
        assert_eq!(check(&project), (0, 0), "{}", project.read("xlc.lock"));
        project.xlc(&["lock"]);
        let text = project.read("xlc.lock");
        assert!(
            text.contains("field shop.v1.Order 1 string id gone\n"),
            "{text}"
        );
        assert!(!text.contains("string id\nfield shop.v1.Order"), "{text}");
    }
}

/// Two branches took one number: whoever is left in the contract is compared with the other.
#[test]
fn one_number_taken_twice_is_found_after_the_merge() {
    let ours = order("  int64 total = 2;\n");
    let theirs = order("  string note = 2;\n");
    let (project, _) = merge(
        "xlc.lock merge=union\n",
        &[("proto/order.proto", &ours)],
        &[("proto/order.proto", &theirs)],
    );
    project.write("proto/order.proto", &ours);
    let run = project.xlc(&["check-compat"]);
    assert_eq!(run.code, 1, "{run:?}");
    let words = "field `total` of `shop.v1.Order` was `string` and is `int64`";
    assert!(run.stdout.contains(words), "{run:?}");
}
