//! The Dart target: a library per .proto file, and a runtime without dependencies beside them.
//!
//! Messages are immutable classes with their own code for the wire and for ProtoJSON. What the code does is decided
//! here; how it is broken into lines is decided by `layout` alone.

mod api;
mod class;
mod element;
mod json;
mod layout;
mod library;
mod message;
mod names;
mod options;
mod place;
mod scan;
mod symbols;
mod text;
mod text_format;
mod value;
mod view;
mod wire;

pub use options::Options;

use super::kafka;
use super::{Capabilities, Plan, Support, Target, TemplateSource, artifact, decode_options};
use crate::artifact::Artifact;
use crate::compat::surface::Surface;
use crate::contract::Contract;
use crate::diagnostics::Diagnostic;

/// The Dart target.
#[derive(Debug, Clone, Copy)]
pub struct Dart;

/// A template of this target, with the schema of its view if it prints one.
macro_rules! template {
    ($name:literal) => {
        template!($name, None)
    };
    ($name:literal, $view:expr) => {
        TemplateSource {
            name: concat!("dart/", $name),
            text: include_str!(concat!("../../../templates/dart/", $name, ".hbs")),
            view: $view,
        }
    };
}

const TEMPLATES: &[TemplateSource] = &[
    template!("kafka", Some(|| schemars::schema_for!(kafka::KafkaView))),
    template!("library", Some(|| schemars::schema_for!(view::LibraryView))),
    template!("partials/any"),
    template!("partials/closed_enum"),
    template!("partials/copy"),
    template!("partials/copy_with"),
    template!("partials/decode"),
    template!("partials/duration"),
    template!("partials/equality"),
    template!("partials/extension"),
    template!("partials/extendable"),
    template!("partials/field_mask"),
    template!("partials/json"),
    template!("partials/list_value"),
    template!("partials/message"),
    template!("partials/oneof"),
    template!("partials/open_enum"),
    template!("partials/places"),
    template!("partials/read"),
    template!("partials/struct"),
    template!("partials/text"),
    template!("partials/timestamp"),
    template!("partials/unrecognized"),
    template!("partials/value"),
    template!("partials/well_known"),
    template!("partials/wrapper"),
];

/// A file of the runtime.
macro_rules! runtime {
    ($($name:literal),* $(,)?) => {
        &[$((
            concat!("xlc/", $name),
            include_str!(concat!("../../../templates/dart/runtime/", $name)),
        )),*]
    };
}

const RUNTIME: &[(&str, &str)] = runtime![
    "src/describer.dart",
    "src/errors.dart",
    "src/extension.dart",
    "src/extension_kinds.dart",
    "src/extension_scalars.dart",
    "src/int64.dart",
    "src/internal.dart",
    "src/json_names.dart",
    "src/json_object.dart",
    "src/json_output.dart",
    "src/json_reader.dart",
    "src/json_text.dart",
    "src/json_time.dart",
    "src/json_values.dart",
    "src/json_writer.dart",
    "src/message.dart",
    "src/place.dart",
    "src/read_map.dart",
    "src/registry.dart",
    "src/unknown.dart",
    "src/unknown_records.dart",
    "src/values.dart",
    "src/wire_reader.dart",
    "src/wire_reader_packed.dart",
    "src/wire_reader_text.dart",
    "src/wire_reader_unknown.dart",
    "src/wire_reader_varint.dart",
    "src/wire_writer.dart",
    "src/wire_writer_nesting.dart",
    "src/wire_writer_packed.dart",
    "src/wire_writer_text.dart",
    "xlc.dart",
];

/// What the text format needs.
const TEXT: &[(&str, &str)] = runtime![
    "src/text_fields.dart",
    "src/text_format.dart",
    "src/text_reader.dart",
    "src/text_scalars.dart",
    "src/text_scanner.dart",
    "src/text_writer.dart",
    "text.dart",
];

/// The helpers for Kafka.
const KAFKA: &str = include_str!("../../../templates/dart/runtime/kafka.dart");

impl Target for Dart {
    fn name(&self) -> &'static str {
        "dart"
    }

    fn about(&self) -> &'static str {
        "Dart: immutable classes with binary and ProtoJSON code, no packages needed"
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

    fn layout(&self, text: String) -> String {
        layout::layout(&text)
    }

    fn surfaces(&self, options: &super::Options) -> Result<Vec<Box<dyn Surface>>, Vec<Diagnostic>> {
        let _: Options = decode_options(self.name(), options)?;
        Ok(vec![Box::new(api::surface())])
    }

    fn plan(&self, contract: &Contract, options: &super::Options) -> Result<Plan, Vec<Diagnostic>> {
        let options: Options = decode_options(self.name(), options)?;
        let symbols = symbols::Symbols::new(contract);
        let needs = contract.needs_required_check();
        let mut artifacts = Vec::new();
        for id in contract.generated_files() {
            let file = contract.file(id);
            let view = library::view(contract, &symbols, file, &needs, &options);
            artifacts.push(artifact(library::path(file), "dart/library", &view)?);
        }
        if options.kafka {
            artifacts.push(Artifact::verbatim("xlc/kafka.dart", KAFKA));
            let view = kafka::view(contract);
            artifacts.push(artifact("xlc/src/kafka_indexes.dart", "dart/kafka", &view)?);
        }
        let text = if options.text_format { TEXT } else { &[] };
        let runtime = RUNTIME.iter().chain(text);
        artifacts.extend(runtime.map(|&(path, text)| Artifact::verbatim(path, text)));
        Ok(Plan {
            artifacts,
            warnings: Vec::new(),
        })
    }
}
