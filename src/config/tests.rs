//! Tests of reading, checking and resolving configurations.

use std::path::Path;

use schemars::JsonSchema;

use super::{Config, ContractFile, Known, find, parse};
use crate::diagnostics::emit::Human;
use crate::source::Sources;

/// Options of the target that these tests pretend to know.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "only its schema is used")]
struct Options {
    package: Option<String>,
    style: Style,
    roots: Option<Vec<String>>,
    deep: Option<Deep>,
}

#[derive(JsonSchema)]
#[serde(rename_all = "lowercase")]
#[allow(dead_code, reason = "only its schema is used")]
enum Style {
    /// Described, so that the schema has `oneOf` and `const`.
    Plain,
    Fancy,
}

#[derive(JsonSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "only its schema is used")]
struct Deep {
    inner: bool,
}

fn known() -> Vec<Known> {
    let mut options = schemars::schema_for!(Options);
    options.remove("required");
    vec![
        Known {
            name: "python",
            options: options.clone(),
            surfaces: vec!["source.python"],
        },
        Known {
            name: "go",
            options,
            surfaces: Vec::new(),
        },
    ]
}

fn read(text: &str) -> Result<Config, String> {
    let directory = tempfile::tempdir().unwrap();
    for file in [
        "schemas/b/b.proto",
        "schemas/a.proto",
        "schemas/.git/x.proto",
        "set.binpb",
    ] {
        let path = directory.path().join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, "").unwrap();
    }
    let mut sources = Sources::default();
    let base = directory.path();
    parse("xlc.toml", text, base, &known(), &mut sources).map_err(|diagnostics| {
        Human::new(false)
            .render(&diagnostics, &sources)
            .replace(&base.display().to_string(), "BASE")
    })
}

fn files(config: &Config) -> Vec<String> {
    let end = |path: &Path| {
        let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
        let start = parts
            .iter()
            .position(|part| part == "schemas" || part == "set.binpb");
        start.map_or(parts.join("/"), |start| parts[start..].join("/"))
    };
    let name = |file: &ContractFile| match file {
        ContractFile::Proto(path) | ContractFile::DescriptorSet(path) => end(path),
        ContractFile::StandardInput => "-".to_owned(),
    };
    config.contract.iter().map(name).collect()
}

#[test]
fn directories_globs_files_and_standard_input_are_expanded_in_order_and_once() {
    let text = |contract: &str| format!("version = 1\ncontract = {contract}\n");
    let expand = |contract: &str| files(&read(&text(contract)).unwrap());
    assert_eq!(
        expand(r#"["schemas"]"#),
        ["schemas/a.proto", "schemas/b/b.proto"]
    );
    assert_eq!(
        expand(r#"["./schemas/"]"#),
        ["schemas/a.proto", "schemas/b/b.proto"]
    );
    assert_eq!(expand(r#"["schemas/*.proto"]"#), ["schemas/a.proto"]);
    assert_eq!(
        expand(r#"["**/b*.proto", "schemas"]"#),
        ["schemas/b/b.proto", "schemas/a.proto"]
    );
    assert_eq!(expand(r#"["*.binpb", "-"]"#), ["set.binpb", "-"]);
}

#[test]
fn targets_have_their_paths_and_options() {
    let config = read(
        "version = 1\ncontract = [\"-\"]\ninclude = [\"schemas\"]\n[target.python]\nout = \"./gen/py\"\nstyle = \"fancy\"\n",
    )
    .unwrap();
    let target = &config.targets[0];
    assert_eq!(target.name, "python");
    assert!(target.out.ends_with("gen/py"));
    assert_eq!(target.options.to_string(), "style = \"fancy\"\n");
    assert!(config.include[0].ends_with("schemas"));
}

#[test]
fn unknown_keys_have_their_place_and_the_nearest_key() {
    insta::assert_snapshot!(read(
        "version = 1\ncontracts = [\"-\"]\n\n[target.pyhton]\nout = \"a\"\n[target.go]\nout = \"b\"\n\
         packge = \"x\"\nnonsense = 1\ndeep = { inner = true, iner = 1 }\n"
    )
    .unwrap_err());
}

#[test]
fn values_of_the_wrong_type_and_unknown_choices_are_shown() {
    insta::assert_snapshot!(read(
        "version = 1\ncontract = \"a.proto\"\n[target.go]\npackage = 1\nstyle = \"fany\"\nroots = [\"a\", 2]\n"
    )
    .unwrap_err());
}

#[test]
fn what_is_not_there_is_an_error() {
    insta::assert_snapshot!(read(
        "version = 1\ncontract = [\"none.proto\", \"x/**/*.proto\", \"[z-a]*\"]\ninclude = [\"no\"]\n\
         [target.go]\nout = \"\"\n[target.python]\nout = \"b\"\ntemplates = \"mine\"\n"
    )
    .unwrap_err());
}

#[test]
fn another_version_says_so_and_nothing_else() {
    insta::assert_snapshot!(
        [
            read("version = 2\nother = 1\n").unwrap_err(),
            read("contract = []\n").unwrap_err(),
            read("version = \"1\"\n").unwrap_err(),
            read("version = 1\ncontract = [\n[target").unwrap_err(),
        ]
        .concat()
    );
}

#[test]
fn the_file_is_found_upwards() {
    let directory = tempfile::tempdir().unwrap();
    let inner = directory.path().join("a/b");
    std::fs::create_dir_all(&inner).unwrap();
    std::fs::write(directory.path().join("xlc.toml"), "").unwrap();
    assert_eq!(find(&inner).unwrap(), Path::new("../../xlc.toml"));
    assert_eq!(find(directory.path()).unwrap(), Path::new("xlc.toml"));
}
