//! The Python target: a package of plain classes with their own wire and JSON code, and a runtime beside them.
//!
//! What is generated and why is the chapter "Python" of the book. Modules here: `symbols` names everything, `class` and
//! `build` make the classes, `init`, `read`, `write`, `merge` and `json` their methods, `module` and `package` the
//! files; `layout` breaks lines as ruff does.

mod api;
mod build;
mod class;
mod defaults;
mod extension;
mod init;
mod json;
mod layout;
mod lines;
mod merge;
mod module;
mod names;
mod package;
mod place;
mod read;
mod read_map;
mod symbols;
mod text;
mod text_format;
mod to_json;
mod types;
mod view;
mod write;
mod write_value;

use schemars::{JsonSchema, schema_for};
use serde::Deserialize;

use super::kafka;
use super::{Capabilities, Plan, Support, Target, TemplateSource, artifact, decode_options};
use crate::artifact::Artifact;
use crate::compat::surface::Surface;
use crate::contract::Contract;
use crate::diagnostics::Diagnostic;

/// The Python target.
#[derive(Debug, Clone, Copy)]
pub struct Python;

/// The options of `[target.python]`.
#[derive(Debug, Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Whether helpers for messages on Kafka are written: Confluent's framing, with the indexes of each message, and the
    /// single-object encoding of Avro.
    pub kafka: bool,
    /// Whether messages are written and read in protobuf's text format too.
    pub text_format: bool,
}

/// A file of the runtime: its path in the output and its text.
macro_rules! runtime {
    ($($name:literal),* $(,)?) => {
        &[$((
            concat!("_xlc/", $name),
            include_str!(concat!("../../../templates/python/runtime/", $name)),
        )),*]
    };
}

const RUNTIME: &[(&str, &str)] = runtime![
    "__init__.py",
    "errors.py",
    "extendable.py",
    "extension.py",
    "gen.py",
    "kinds.py",
    "lazy.py",
    "message.py",
    "message_set.py",
    "protojson.py",
    "put.py",
    "put_json.py",
    "registry.py",
    "wellknown.py",
    "wire.py",
];

/// What the text format takes.
const TEXT: &[(&str, &str)] = runtime![
    "text.py",
    "text_fields.py",
    "text_read.py",
    "text_scan.py",
    "text_write.py",
];

/// The helpers for Kafka.
const KAFKA: (&str, &str) = runtime!["kafka.py"][0];

/// A template under `templates/`, with the schema of its view if it is not a partial.
macro_rules! template {
    ($name:literal) => {
        template!($name, None)
    };
    ($name:literal, $view:expr) => {
        TemplateSource {
            name: concat!("python/", $name),
            text: include_str!(concat!("../../../templates/python/", $name, ".hbs")),
            view: $view,
        }
    };
}

static TEMPLATES: &[TemplateSource] = &[
    template!("kafka", Some(|| schema_for!(kafka::KafkaView))),
    template!("module", Some(|| schema_for!(view::ModuleView))),
    template!("package", Some(|| schema_for!(view::PackageView))),
    template!("partials/arm"),
    template!("partials/class_facts"),
    template!("partials/enum"),
    template!("partials/extension"),
    template!("partials/from_dict"),
    template!("partials/init"),
    template!("partials/length"),
    template!("partials/line"),
    template!("partials/lines"),
    template!("partials/merge"),
    template!("partials/message"),
    template!("partials/missing"),
    template!("partials/nested"),
    template!("partials/next_tag"),
    template!("partials/read"),
    template!("partials/read_arm"),
    template!("partials/read_map"),
    template!("partials/read_value"),
    template!("partials/table"),
    template!("partials/to_json"),
    template!("partials/well_known"),
    template!("partials/write"),
    template!("partials/write_field"),
    template!("partials/write_value"),
];

impl Target for Python {
    fn name(&self) -> &'static str {
        "python"
    }

    fn about(&self) -> &'static str {
        "Python 3.10+ classes with binary and ProtoJSON codecs, needing the standard library only"
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            binary: Support::Full,
            json: Support::Full,
            text: Support::Full,
            presence: Support::Full,
            defaults: Support::Full,
            open_enums: Support::Full,
            closed_enums: Support::Full,
            oneofs: Support::Full,
            maps: Support::Full,
            groups: Support::Full,
            extensions: Support::Full,
            message_sets: Support::Full,
            unknown_fields: Support::Full,
            well_known_types: Support::Full,
            services: Support::None,
        }
    }

    fn options_schema(&self) -> schemars::Schema {
        schema_for!(Options)
    }

    fn templates(&self) -> &'static [TemplateSource] {
        TEMPLATES
    }

    fn surfaces(&self, options: &super::Options) -> Result<Vec<Box<dyn Surface>>, Vec<Diagnostic>> {
        let _: Options = decode_options(self.name(), options)?;
        Ok(vec![Box::new(api::surface())])
    }

    fn plan(&self, contract: &Contract, options: &super::Options) -> Result<Plan, Vec<Diagnostic>> {
        let options: Options = decode_options(self.name(), options)?;
        let symbols = symbols::Symbols::new(contract);
        let needs_check = contract.needs_required_check();
        let files = contract.generated_files();
        let text: &[_] = if options.text_format { TEXT } else { &[] };
        let mut artifacts: Vec<Artifact> = RUNTIME
            .iter()
            .chain(text)
            .map(|&(path, text)| Artifact::verbatim(path, text))
            .collect();
        artifacts.push(Artifact::verbatim("py.typed", ""));
        if options.kafka {
            artifacts.push(Artifact::verbatim(KAFKA.0, KAFKA.1));
            let view = kafka::view(contract);
            artifacts.push(artifact("_xlc/kafka_indexes.py", "python/kafka", &view)?);
        }
        for &id in &files {
            let file = contract.file(id);
            let style = module::Style {
                needs_check: &needs_check,
                text_format: options.text_format,
            };
            let view = module::module(contract, &symbols, style, file);
            let path = format!("{}.py", symbols.module(id).join("/"));
            artifacts.push(artifact(path, "python/module", &view)?);
        }
        for (package, view) in package::packages(contract, &symbols, &files) {
            let mut path = package;
            path.push("__init__.py".to_owned());
            artifacts.push(artifact(path.join("/"), "python/package", &view)?);
        }
        Ok(Plan {
            artifacts,
            warnings: Vec::new(),
        })
    }
}
