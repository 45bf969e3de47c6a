//! The user's own templates: they take the place of those that ship, and get the same check.
#![cfg(feature = "cli")]

mod support;

use support::cli::{CONTRACT, Project};

const CONFIG: &str = "\
version = 1
contract = [\"proto\"]
include = [\"proto\"]

[target.csharp]
out = \"gen\"
templates = \"mine\"
";

fn project(template: &str, text: &str) -> Project {
    Project::new(&[
        ("proto/shop/v1/shop.proto", CONTRACT),
        ("xlc.toml", CONFIG),
        (&format!("mine/{template}.hbs"), text),
    ])
}

#[test]
fn a_template_takes_the_place_of_the_one_with_its_name() {
    let project = project("partials/enum", "enum {{name}} of our own\n");
    let contract = "syntax = \"proto3\";\nenum Color { COLOR_UNSPECIFIED = 0; }\n";
    project.write("proto/shop/v1/shop.proto", contract);
    let run = project.xlc(&["gen"]);
    assert_eq!(run.code, 0, "{run:?}");
    let generated = project.files("gen");
    assert!(
        generated
            .values()
            .any(|text| text.contains("enum Color of our own"))
    );
}

#[test]
fn a_path_that_the_view_does_not_have_is_refused_with_its_place() {
    let project = project("partials/enum", "{{#if deprecatd}}x{{/if}}\nenum {{nme}}\n");
    let run = project.xlc(&["gen"]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    assert!(
        run.stderr.contains("--> mine/partials/enum.hbs:1:7"),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr.contains("--> mine/partials/enum.hbs:2:8"),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr.contains("did you mean `name`?"),
        "{}",
        run.stderr
    );
    assert!(!project.join("gen").exists());
}

#[test]
fn a_template_of_an_unknown_name_is_refused() {
    let project = project("partials/enums", "");
    let run = project.xlc(&["gen"]);
    assert_eq!(run.code, 2);
    insta::assert_snapshot!(run.stderr);
}
