//! What `[compat]` of xlc.toml says.

use serde_json::Value;

use super::{OLD, git, repository};
use crate::support::cli::Project;

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
fn readers_can_be_those_of_prost() {
    let old = "syntax = \"proto2\"; package a; enum E { X = 1; } message M { optional double d = 1; optional E e = 2; }";
    let new = "syntax = \"proto2\"; package a; enum E { X = 1; Y = 2; } message M { optional float d = 1; optional E e = 2; required int32 r = 3; }";
    let project = Project::new(&[("old/a.proto", old), ("new/a.proto", new)]);
    let found = |readers: &[&str]| {
        let arguments = [
            "check-compat",
            "new",
            "--against",
            "old",
            "--require",
            "wire=full",
            "--format",
            "json",
        ];
        let run = project.xlc(&[&arguments, readers].concat());
        let report: Value =
            serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {run:?}"));
        let findings = report["comparisons"][0]["findings"]
            .as_array()
            .cloned()
            .expect("findings");
        let about = |it: &Value| {
            let verdicts = it["verdicts"].as_array().cloned().expect("verdicts");
            let wire = verdicts.into_iter().find(|it| it["surface"] == "wire")?;
            let text = |value: &Value| value.as_str().map(str::to_owned);
            Some((text(&it["rule"])?, text(&wire["severity"])?))
        };
        findings.iter().filter_map(about).collect::<Vec<_>>()
    };
    let is = |rule: &str, harm: &str| (rule.to_owned(), harm.to_owned());
    let official = [
        is("enum-value-added", "lossy"),
        is("field-kind", "lossy"),
        is("field-required", "error"),
    ];
    assert_eq!(found(&[]), official);
    assert_eq!(found(&["--readers", "official"]), official);
    assert_eq!(found(&["--readers", "prost"]), [is("field-kind", "error")]);
    project.write(
        "xlc.toml",
        "version = 1\ncontract = [\"new\"]\ninclude = [\"new\"]\n[compat]\nagainst = [\"old\"]\nreaders = \"prost\"\n",
    );
    let run = project.xlc(&["check-compat"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(
        run.stdout.contains("the field is of another wire type"),
        "{run:?}"
    );
    let wrong = project.xlc(&["check-compat", "--readers", "prosty"]);
    assert_eq!(wrong.code, 2, "{wrong:?}");
    assert!(
        wrong
            .stderr
            .contains("possible values: official, lenient-json, prost"),
        "{wrong:?}"
    );
}

/// Data may be as old as the oldest release: what the last one no longer shows, all of them do.
#[test]
fn transitive_or_not_is_what_is_compared_with() {
    let project = repository();
    let text = |field: &str| {
        format!(
            "syntax = \"proto3\";\npackage shop.v1;\n\nmessage Order {{\n  string id = 1;\n{field}}}\n"
        )
    };
    project.write(
        "proto/shop/shop.proto",
        &text("  reserved 2;\n  reserved \"total\";\n"),
    );
    git(&project, &["commit", "--quiet", "-a", "-m", "three"]);
    git(&project, &["tag", "v1.2.0"]);
    // The number is used again, after its reservation: only v1.0.0 and v1.1.0 have data with it.
    project.write("proto/shop/shop.proto", &text("  string note = 2;\n"));
    let with = |against: &str| {
        let text = format!("{CONFIG}against = {against}\nrequire = {{ wire = \"backward\" }}\n");
        project.write("xlc.toml", &text);
        let run = project.xlc(&["check-compat", "--format", "json"]);
        let report: Value =
            serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {run:?}"));
        let comparisons = report["comparisons"].as_array().cloned().expect("a list");
        let errors: Vec<u64> = comparisons
            .iter()
            .filter_map(|it| it["errors"].as_u64())
            .collect();
        (run.code, errors)
    };
    assert_eq!(with("[\"latest-tag\"]"), (0, vec![0]));
    assert_eq!(with("[\"tags:v*\"]"), (1, vec![1, 1, 0]));
    assert_eq!(with("[\"tags:v1.[12].*\"]"), (1, vec![1, 0]));
    assert_eq!(
        with("[\"latest-tag\", \"git:v1.0.0\", \"tags:v1.2*\"]"),
        (1, vec![0, 1])
    );
}

/// The longest glob holds, and says nothing of surfaces that it does not name.
#[test]
fn packages_have_requirements_of_their_own() {
    let text = |package: &str, ty: &str| {
        format!("syntax = \"proto3\";\npackage {package};\nmessage M {{\n  {ty} x = 1;\n}}\n")
    };
    let packages = ["shop.v1", "shop.v1beta1", "shop.v2alpha1", "other.v1"];
    let project = Project::new(&[]);
    for package in packages {
        project.write(&format!("old/{package}.proto"), &text(package, "int64"));
        project.write(&format!("proto/{package}.proto"), &text(package, "int32"));
    }
    let with = |policy: &str| {
        let text = format!("{CONFIG}against = [\"old\"]\n{policy}\n");
        project.write("xlc.toml", &text);
        let run = project.xlc(&["check-compat", "--format", "json"]);
        let report: Value =
            serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {run:?}"));
        let findings = report["comparisons"][0]["findings"]
            .as_array()
            .cloned()
            .expect("findings");
        let broken = findings.iter().filter(|it| it["level"] == "error");
        let mut broken: Vec<String> = broken
            .filter_map(|it| it["package"].as_str().map(str::to_owned))
            .collect();
        broken.sort();
        (run.code, broken)
    };
    let require = "require = { wire = \"full\" }\n";
    let (code, all) = with(require);
    assert_eq!((code, all.len()), (1, 4));
    let unstable =
        "[compat.packages]\n\"*.v*{alpha,beta}*\" = { wire = \"off\", json = \"off\" }\n";
    assert_eq!(
        with(&format!("{require}{unstable}")),
        (1, vec!["other.v1".to_owned(), "shop.v1".to_owned()])
    );
    let nested = format!(
        "{require}{unstable}\"*.v2alpha1\" = {{ wire = \"warn\" }}\n\"shop.v1beta1\" = {{ wire = \"backward\" }}\n\"*\" = {{ wire = \"off\" }}\n"
    );
    // `*.v*{alpha,beta}*` is longer than the names of the two.
    assert_eq!(with(&nested), (0, Vec::new()));
    let exact = format!(
        "{require}[compat.packages]\n\"shop.*\" = {{ wire = \"off\" }}\n\"shop.v1beta1\" = {{ wire = \"full\" }}\n\"other.v1\" = {{ json = \"off\" }}\n"
    );
    assert_eq!(
        with(&exact),
        (1, vec!["other.v1".to_owned(), "shop.v1beta1".to_owned()])
    );
}

#[test]
fn paths_are_relative_to_the_configuration() {
    let project = Project::new(&[
        ("proto/shop.proto", OLD),
        ("old/shop.proto", &OLD.replace("int64", "int32")),
    ]);
    project.write("xlc.toml", &format!("{CONFIG}against = [\"old\"]\n"));
    project.write("sub/readme", "");
    let here = project.xlc(&["check-compat"]);
    assert_eq!(here.code, 1, "{here:?}");
    assert!(
        here.stderr.contains("not compatible with `old`"),
        "{here:?}"
    );
    let mut command = project.command(&["check-compat"]);
    command.current_dir(project.join("sub"));
    let below = crate::support::cli::run(command, b"");
    assert_eq!(below.code, 1, "{below:?}");
    assert!(
        below.stdout.contains("--> ../proto/shop.proto:6:3"),
        "{below:?}"
    );
}
