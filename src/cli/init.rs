//! `xlc init`: writes a commented configuration file to begin with. It is made from the targets' own schemas, so that it
//! names every option that there is.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{ErrorKind, Write as _};
use std::path::Path;

use serde_json::Value;

use super::Status;
use super::terminal::{Terminal, Tone};
use crate::config::FILE_NAME;
use crate::diagnostics::nearest;
use crate::targets::{TARGETS, Target};

/// Arguments of `xlc init`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The targets to switch on; the others are there as comments [default: all]
    #[arg(value_name = "TARGET")]
    targets: Vec<String>,
}

pub(super) fn run(arguments: &Arguments, terminal: &mut Terminal) -> Status {
    let known = || TARGETS.iter().map(|target| target.name());
    if let Some(name) = arguments
        .targets
        .iter()
        .find(|name| known().all(|it| it != *name))
    {
        terminal.error(&format!("no target is called `{name}`"));
        terminal.help(&match nearest(name, known()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`xlc list targets` shows the targets that there are".to_owned(),
        });
        return Status::Failed;
    }
    let text = text(contract_directory(), &arguments.targets);
    let written = File::create_new(FILE_NAME).and_then(|mut file| file.write_all(text.as_bytes()));
    match written {
        Ok(()) => {
            terminal.status(Tone::Good, "Created", FILE_NAME);
            Status::Clean
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            terminal.error(&format!("`{FILE_NAME}` exists and is left as it is"));
            Status::Failed
        }
        Err(error) => {
            terminal.error(&format!("cannot write `{FILE_NAME}`: {error}"));
            Status::Failed
        }
    }
}

/// Where .proto files probably are.
fn contract_directory() -> &'static str {
    ["proto", "protos", "schemas", "api"]
        .into_iter()
        .find(|name| Path::new(name).is_dir())
        .unwrap_or("proto")
}

/// The file, with some targets switched on, or all of them if none is named.
fn text(contract: &str, on: &[String]) -> String {
    let mut text = format!(
        "\
# The configuration of xlc. Paths are relative to this file. Run `xlc gen` after every change of the contract,
# and `xlc gen --check` in CI.
version = 1

# What is compiled: .proto files, directories, globs (\"{contract}/**/*.proto\"), descriptor sets (\"contract.binpb\"),
# or \"-\" for a descriptor set on standard input.
contract = [\"{contract}\"]

# The directories that imports are looked up in; the import path of a file is relative to one of them.
include = [\"{contract}\"]
"
    );
    for target in TARGETS {
        let comment = if on.is_empty() || on.iter().any(|name| name == target.name()) {
            ""
        } else {
            "# "
        };
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "\n# {}\n{comment}[target.{name}]\n{comment}out = \"gen/{name}\"\n",
            target.about(),
            name = target.name()
        );
        text.push_str(&options(*target));
    }
    text
}

/// A target's options as comments: the first sentence of each description, and a value that it can have.
fn options(target: &dyn Target) -> String {
    let schema = target.options_schema().to_value();
    let mut text = String::new();
    let properties = schema.get("properties").and_then(Value::as_object);
    for (key, property) in properties.into_iter().flatten() {
        let about = property
            .get("description")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .replace('\n', " ");
        let about = about
            .split_inclusive(". ")
            .next()
            .unwrap_or_default()
            .trim();
        let value = example(&schema, property);
        // Writing to a string cannot fail.
        let _ = write!(text, "#\n# {about}\n# {key} = {value}\n");
    }
    text
}

/// A value of an option: its default, the first of its choices, or an empty value of its type.
fn example(root: &Value, property: &Value) -> String {
    if let Some(default) = property.get("default").filter(|it| !it.is_null()) {
        // As TOML, which writes tables in its own way.
        return toml::Value::try_from(default)
            .map_or_else(|_| default.to_string(), |it| it.to_string());
    }
    let reference = property.get("$ref").and_then(Value::as_str);
    if let Some(target) = reference.and_then(|it| root.pointer(it.strip_prefix('#')?)) {
        return example(root, target);
    }
    let parts = ["oneOf", "anyOf", "allOf", "enum"]
        .iter()
        .find_map(|keyword| property.get(keyword)?.as_array()?.first());
    match (parts, property.get("const"), kind(property)) {
        (Some(Value::String(choice)), _, _) => Value::from(choice.as_str()).to_string(),
        (Some(part), _, _) => example(root, part),
        (None, Some(constant), _) => constant.to_string(),
        (None, None, "array") => "[]".to_owned(),
        (None, None, "boolean") => "false".to_owned(),
        (None, None, "integer" | "number") => "0".to_owned(),
        (None, None, "object") => "{}".to_owned(),
        (None, None, _) => "\"\"".to_owned(),
    }
}

/// The type that a schema names first.
fn kind(schema: &Value) -> &str {
    match schema.get("type") {
        Some(Value::Array(names)) => names.first().and_then(Value::as_str),
        Some(name) => name.as_str(),
        None => None,
    }
    .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::text;
    use crate::config::parse;
    use crate::pipeline::known_targets;
    use crate::source::Sources;

    #[test]
    fn the_file_is_valid_with_every_target_switched_on() {
        let place = tempfile::tempdir().unwrap();
        std::fs::create_dir(place.path().join("proto")).unwrap();
        std::fs::write(place.path().join("proto/a.proto"), "").unwrap();
        let text = text("proto", &["json_schema".to_owned()]);
        let mut sources = Sources::default();
        let base = place.path();
        let one = parse("xlc.toml", &text, base, known_targets(), &mut sources).unwrap();
        assert_eq!(one.targets.len(), 1);
        let switched_on = text.replace("# [target", "[target").replace("# out", "out");
        let config = parse(
            "xlc.toml",
            &switched_on,
            base,
            known_targets(),
            &mut sources,
        );
        assert_eq!(config.unwrap().targets.len(), known_targets().len());
    }
}
