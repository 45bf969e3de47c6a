//! The surfaces that the schema targets bring, as the configuration has them: required by `[compat]`, with the options of
//! `[target.NAME]`.

use serde_json::Value;

use crate::support::cli::{Project, Run};

const OLD: &str =
    "syntax = \"proto3\";\npackage shop.v1;\n\nmessage Order {\n  string customer = 1;\n}\n";

/// A project whose field has another name by now.
fn project() -> Project {
    Project::new(&[
        ("old/shop.proto", OLD),
        ("new/shop.proto", &OLD.replace("customer", "buyer")),
    ])
}

fn run(project: &Project, require: &str, targets: &str) -> Run {
    let text = format!(
        "version = 1\ncontract = [\"new\"]\ninclude = [\"new\"]\n\n[compat]\nrequire = {{ {require} }}\n\n{targets}"
    );
    project.write("xlc.toml", &text);
    project.xlc(&["check-compat", "--against", "old", "--format", "json"])
}

#[test]
fn the_options_of_the_target_reach_its_surface() {
    let project = project();
    let avro = "[target.avro]\nout = \"gen\"\n";
    let code = |require: &str, targets: &str| run(&project, require, targets).code;
    assert_eq!(code("wire = \"full\"", ""), 0);
    assert_eq!(code("avro = \"backward\"", avro), 1);
    // The baseline carries the old name on, for those who read old data.
    let baseline = format!("{avro}baseline = \"old\"\n");
    assert_eq!(code("avro = \"backward\"", &baseline), 0);
    assert_eq!(code("avro = \"forward\"", &baseline), 1);
    let schema = "[target.json_schema]\nout = \"gen\"\n";
    assert_eq!(code("json-schema = \"backward\"", schema), 1);
    let open = format!("{schema}unknown = \"open\"\n");
    assert_eq!(code("json-schema = \"backward\"", &open), 0);
}

#[test]
fn a_change_is_one_finding_on_all_surfaces_with_the_data_of_each() {
    let project = project();
    let require = "json = \"full\", avro = \"full\", json-schema = \"full\"";
    let said = run(&project, require, "");
    let report: Value = serde_json::from_str(&said.stdout).expect("a report");
    let findings = report["comparisons"][0]["findings"].as_array();
    let [finding] = findings.expect("findings").as_slice() else {
        panic!("{report:#}");
    };
    let verdicts = finding["verdicts"].as_array().expect("verdicts");
    let shown: Vec<[&str; 3]> = verdicts
        .iter()
        .map(|it| {
            let text = |value: &'static str| it.pointer(value).and_then(Value::as_str);
            ["/surface", "/witness/format", "/witness/payload"].map(|key| text(key).unwrap_or("?"))
        })
        .collect();
    let expected = [
        ["json", "json", "{\"customer\":\"a\"}"],
        ["avro", "avro", "0261"],
        ["json-schema", "json", "{\"customer\":\"a\"}"],
    ];
    for line in expected {
        assert!(shown.contains(&line), "{line:?} is not in {shown:#?}");
    }
}

#[test]
fn what_makes_a_version_unfit_is_told_if_its_surface_is_asked() {
    let project = project();
    project.write("bad/shop.proto", "message {");
    let avro = "[target.avro]\nout = \"gen\"\nbaseline = \"bad\"\n";
    assert_eq!(run(&project, "wire = \"full\"", avro).code, 0);
    let failed = run(&project, "avro = \"backward\"", avro);
    assert_eq!((failed.code, failed.stdout.as_str()), (2, ""), "{failed:?}");
    assert!(
        failed.stderr.contains("the baseline `bad` cannot be read")
            && failed.stderr.contains("`avro` of the new version needs it"),
        "{failed:?}"
    );
    let roots = "[target.json_schema]\nout = \"gen\"\nroots = [\"shop.v1.Ordr\"]\n";
    let failed = run(&project, "json-schema = \"backward\"", roots);
    assert_eq!(failed.code, 2, "{failed:?}");
    assert!(
        failed.stderr.contains("did you mean `shop.v1.Order`?"),
        "{failed:?}"
    );
}
