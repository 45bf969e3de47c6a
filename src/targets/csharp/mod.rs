//! The C# target: classes with properties that can be set, no dependency and no reflection, for C# 8 and later.
//!
//! `symbols` names everything, `types` knows a single value, `field` a field; `wire`, `json` and `compare` say what is
//! done with it, `message`, `extension` and `file` put it together. What the code needs at run time is in
//! `templates/csharp/runtime`.

mod api;
mod compare;
mod extension;
mod field;
mod file;
mod json;
mod message;
mod options;
mod runtime;
mod symbols;
#[cfg(test)]
mod tests;
mod text;
mod text_format;
mod types;
mod views;
mod wire;
mod words;

pub use options::{Access, Options, Setters};

use super::kafka;
use super::{Capabilities, Plan, Support, Target, TemplateSource, artifact, decode_options};
use crate::compat::surface::Surface;
use crate::contract::Contract;
use crate::diagnostics::Diagnostic;
use message::Maker;
use symbols::Symbols;

/// The C# target.
#[derive(Debug, Clone, Copy)]
pub struct CSharp;

impl Target for CSharp {
    fn name(&self) -> &'static str {
        "csharp"
    }

    fn about(&self) -> &'static str {
        "C# classes for the binary format and ProtoJSON, without dependencies"
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
        schemars::schema_for!(Options)
    }

    fn templates(&self) -> &'static [TemplateSource] {
        TEMPLATES
    }

    fn surfaces(&self, options: &super::Options) -> Result<Vec<Box<dyn Surface>>, Vec<Diagnostic>> {
        let options: Options = decode_options(self.name(), options)?;
        Ok(vec![Box::new(api::surface(options))])
    }

    fn plan(&self, contract: &Contract, options: &super::Options) -> Result<Plan, Vec<Diagnostic>> {
        let options: Options = decode_options(self.name(), options)?;
        let symbols = Symbols::new(contract, &options);
        let maker = Maker {
            symbols: &symbols,
            options: &options,
            needs_required_check: &contract.needs_required_check(),
        };
        let files: Vec<_> = contract.generated_files().into_iter().collect();
        let mut artifacts = Vec::new();
        for (&id, path) in files.iter().zip(file::paths(contract, &files)) {
            let view = file::view(contract.file(id), &maker, &files);
            artifacts.push(artifact(path, "csharp/file", &view)?);
        }
        if options.kafka {
            artifacts.push(runtime::kafka());
            let view = kafka::view(contract);
            let path = file::runtime_path("KafkaIndexes.cs");
            artifacts.push(artifact(path, "csharp/kafka", &view)?);
        }
        artifacts.extend(runtime::artifacts(contract, &files, &options));
        Ok(Plan {
            artifacts,
            warnings: Vec::new(),
        })
    }
}

macro_rules! template {
    ($name:literal, $view:expr) => {
        TemplateSource {
            name: concat!("csharp/", $name),
            text: include_str!(concat!("../../../templates/csharp/", $name, ".hbs")),
            view: $view,
        }
    };
}

static TEMPLATES: &[TemplateSource] = &[
    template!("file", Some(|| schemars::schema_for!(views::FileView))),
    template!("kafka", Some(|| schemars::schema_for!(kafka::KafkaView))),
    template!("partials/docs", None),
    template!("partials/lines", None),
    template!("partials/class", None),
    template!("partials/enum", None),
    template!("partials/message", None),
    template!("partials/members", None),
    template!("partials/values", None),
    template!("partials/wire", None),
    template!("partials/json", None),
    template!("partials/section", None),
    template!("partials/oneof", None),
    template!("partials/arm", None),
    template!("partials/nested", None),
];
