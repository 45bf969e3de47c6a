//! Reports for people and for other tools.

use serde_json::Value;

use super::project;

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
        junit.contains("<testsuite name=\"old\" tests=\"1\" failures=\"1\" skipped=\"0\">"),
        "{junit}"
    );
    assert!(junit.contains("<failure type=\"field-kind\""), "{junit}");
    let markdown = run("markdown");
    assert!(
        markdown.starts_with("## not compatible with `old`\n\n1 breaking change, 0 warnings\n"),
        "{markdown}"
    );
}
