//! The Go target: plain structs with their wire and JSON code in methods, for the standard library alone.
//!
//! Every .proto file becomes a Go file in the package that `go_package` or the protobuf package asks for; the runtime
//! is one package for the whole output. Nothing is registered and nothing is reflected upon.

mod api;
mod binary;
mod decode;
mod docs;
mod enumeration;
mod file;
mod json;
mod json_view;
mod literals;
mod memory;
mod message;
mod names;
mod packages;
mod slot;
mod symbols;
mod text;
mod types;
mod values;
mod view;
mod well_known;
mod wire_view;

use schemars::JsonSchema;
use serde::Deserialize;

use super::kafka;
use super::target::{
    Capabilities, Plan, Support, Target, TemplateSource, artifact, decode_options,
};
use crate::artifact::Artifact;
use crate::compat::surface::Surface;
use crate::contract::{self, Contract, Docs, FileId};
use crate::diagnostics::{Diagnostic, codes};
use file::FileContext;
use packages::inside;

/// The Go target.
#[derive(Debug)]
pub struct Go;

/// The options of `[target.go]`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
struct Options {
    /// The import path of the `out` directory. What `go_package` says is taken relative to it; a `go_package` outside of
    /// it becomes a directory below `out`, and so does the protobuf package of a file without one.
    module: String,
    /// Whether to write a `go.mod` for `module`. Leave it out where `out` lies in a module of yours.
    go_mod: bool,
    /// Whether each string is copied out of the input. Without it they share one copy of the whole input, which is faster
    /// but keeps all of it in memory as long as one string is in use.
    copy_strings: bool,
    /// Whether helpers for messages on Kafka are written: Confluent's framing, with the indexes of each message, and the
    /// single-object encoding of Avro.
    kafka: bool,
    /// Whether messages read and write protobuf's text format, all of it, with `MarshalPrototext` and
    /// `UnmarshalPrototext`. `String` is for people and logs with and without it.
    text_format: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            module: "xlc.local/contract".to_owned(),
            go_mod: false,
            copy_strings: false,
            kafka: false,
            text_format: false,
        }
    }
}

/// The helpers for Kafka.
const KAFKA: &str = include_str!("../../../templates/go/runtime/kafka/kafka.go");

/// A template and, where it prints a view, the view's schema.
macro_rules! template {
    ($name:literal $(, $view:ty)?) => {
        TemplateSource {
            name: concat!("go/", $name),
            text: include_str!(concat!("../../../templates/go/", $name, ".hbs")),
            view: template!(@view $($view)?),
        }
    };
    (@view $view:ty) => { Some(|| schemars::schema_for!($view)) };
    (@view) => { None };
}

/// The files of the runtime: paths below `internal/xlcrt`, and texts.
macro_rules! runtime {
    ($($name:literal),* $(,)?) => {
        &[$((
            concat!("internal/xlcrt/", $name),
            include_str!(concat!("../../../templates/go/runtime/internal/xlcrt/", $name)),
        )),*]
    };
}

const RUNTIME: &[(&str, &str)] = runtime![
    "collect.go",
    "encode.go",
    "errors.go",
    "extension.go",
    "hash.go",
    "json_path.go",
    "json_read.go",
    "json_value.go",
    "json_write.go",
    "message.go",
    "spare.go",
    "text.go",
    "unknown.go",
    "wellknown.go",
    "wire.go",
];

/// The files of the runtime for the text format.
const TEXT_RUNTIME: &[(&str, &str)] = runtime![
    "text_read.go",
    "text_scan.go",
    "text_special.go",
    "text_string.go",
    "text_table.go",
    "text_write.go",
];

impl Target for Go {
    fn name(&self) -> &'static str {
        "go"
    }

    fn about(&self) -> &'static str {
        "Go packages of plain structs: binary and JSON codecs for the standard library alone"
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
        &[
            template!("file", view::File),
            template!("types", view::Types),
            template!("kafka", kafka::KafkaView),
            template!("xlc", view::Module),
            template!("struct_json", view::Module),
            template!("go_mod", view::Module),
            template!("partials/arm"),
            template!("partials/binary"),
            template!("partials/decode"),
            template!("partials/decode_list"),
            template!("partials/encode"),
            template!("partials/encode_field"),
            template!("partials/encode_message"),
            template!("partials/encode_scalar"),
            template!("partials/entry"),
            template!("partials/enum"),
            template!("partials/extension"),
            template!("partials/getter"),
            template!("partials/json"),
            template!("partials/json_methods"),
            template!("partials/json_read"),
            template!("partials/json_write"),
            template!("partials/message"),
            template!("partials/missing"),
            template!("partials/oneof"),
            template!("partials/text"),
            template!("partials/text_methods"),
            template!("partials/text_table"),
            template!("partials/value"),
            template!("partials/value_json"),
            template!("partials/well_known"),
        ]
    }

    fn surfaces(&self, options: &super::Options) -> Result<Vec<Box<dyn Surface>>, Vec<Diagnostic>> {
        let options: Options = decode_options(self.name(), options)?;
        check_module(&options.module)?;
        Ok(vec![Box::new(api::surface(options))])
    }

    fn plan(&self, contract: &Contract, options: &super::Options) -> Result<Plan, Vec<Diagnostic>> {
        let options: Options = decode_options(self.name(), options)?;
        let plan = file::Plan::new(contract, &options)?;
        let mut artifacts = Vec::new();
        for package in &plan.packages.list {
            for &file in &package.files {
                artifacts.push(go_file(&plan, file)?);
            }
            artifacts.extend(types(&plan, package).transpose()?);
        }
        artifacts.extend(conversions(&plan)?);
        artifacts.extend(runtime(&options)?);
        if options.kafka {
            artifacts.push(Artifact::verbatim("xlc/kafka/kafka.go", KAFKA));
            let view = kafka::view(contract);
            artifacts.push(artifact("xlc/kafka/indexes.go", "go/kafka", &view)?);
        }
        Ok(Plan {
            artifacts,
            warnings: Vec::new(),
        })
    }
}

/// Refuses what cannot be the beginning of an import path.
fn check_module(module: &str) -> Result<(), Vec<Diagnostic>> {
    let is_part = |part: &str| {
        !part.is_empty()
            && !part.starts_with('.')
            && part
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"-._~".contains(&b))
    };
    if module.split('/').all(is_part) {
        return Ok(());
    }
    Err(vec![
        Diagnostic::error(
            &codes::CONFIG,
            format!("`{module}` is not a Go import path"),
        )
        .help("set `module` in `[target.go]` to a path such as `example.com/contracts`"),
    ])
}

/// The Go file for a .proto file.
fn go_file(plan: &file::Plan<'_>, id: FileId) -> Result<Artifact, Vec<Diagnostic>> {
    let contract = plan.contract;
    let source = contract.file(id);
    let file = FileContext::new(plan, id);
    let enums: Vec<_> = contract
        .enums_in(id)
        .iter()
        .map(|of| enumeration::enumeration(&file, of))
        .collect();
    let messages: Vec<_> = contract
        .messages_in(id)
        .iter()
        .map(|of| message::message(&file, of))
        .collect();
    let extensions: Vec<_> = contract
        .extensions_in(id)
        .map(|of| message::extension(&file, of))
        .collect();
    let has_types = !(enums.is_empty() && messages.is_empty() && extensions.is_empty());
    let std_imports = file.std_imports();
    let view = view::File {
        source: source.path.clone(),
        docs: package_docs(plan, id),
        package: plan.packages.list[plan.packages.index(id)].name.clone(),
        has_imports: has_types,
        std_imports,
        imports: file.imports(has_types),
        enums,
        messages,
        extensions,
    };
    artifact(plan.packages.output(id), "go/file", &view)
}

/// The package comment, which one file of the package has: what all of them say of themselves. A deprecated file does not
/// make its package so.
fn package_docs(plan: &file::Plan<'_>, id: FileId) -> Vec<String> {
    let package = &plan.packages.list[plan.packages.index(id)];
    if package.files.first() != Some(&id) {
        return Vec::new();
    }
    let files = package.files.iter().map(|&file| plan.contract.file(file));
    let own: Vec<&Docs> = files.map(contract::File::own_docs).collect();
    docs::package(&package.name, &plan.contract.file(id).package, &own)
}

/// The file that lists the types of a package; `None` if it has none.
fn types(
    plan: &file::Plan<'_>,
    package: &packages::Package,
) -> Option<Result<Artifact, Vec<Diagnostic>>> {
    let contract = plan.contract;
    let files = package.files.iter();
    let messages: Vec<String> = files
        .flat_map(|&file| contract.messages_in(file))
        .map(|message| plan.symbols.messages[message.id.index()].clone())
        .collect();
    let files = package.files.iter();
    let extensions: Vec<String> = files
        .flat_map(|&file| contract.extensions_in(file))
        .map(|extension| plan.symbols.extensions[extension.id.index()].clone())
        .collect();
    if messages.is_empty() && extensions.is_empty() {
        return None;
    }
    let view = view::Types {
        package: package.name.clone(),
        source: package
            .files
            .iter()
            .map(|&file| contract.file(file).path.clone())
            .collect::<Vec<_>>()
            .join(", "),
        runtime: inside(&plan.options.module, "internal/xlcrt"),
        messages,
        extensions,
    };
    Some(artifact(
        inside(&package.dir, "xlc_types.go"),
        "go/types",
        &view,
    ))
}

/// The natural conversions of those well-known types that the contract has.
fn conversions(plan: &file::Plan<'_>) -> Result<Vec<Artifact>, Vec<Diagnostic>> {
    let mut artifacts = Vec::new();
    for id in plan.contract.generated_files() {
        let file = plan.contract.file(id);
        if let Some((path, text)) = well_known::conversions(&file.path) {
            artifacts.push(Artifact::verbatim(path, text));
        }
        if file.path == "google/protobuf/struct.proto" {
            let view = module(plan.options);
            let path = "google/protobuf/struct_json.go";
            artifacts.push(artifact(path, "go/struct_json", &view)?);
        }
    }
    Ok(artifacts)
}

fn module(options: &Options) -> view::Module {
    view::Module {
        module: options.module.clone(),
        runtime: inside(&options.module, "internal/xlcrt"),
        text_format: options.text_format,
    }
}

/// The runtime, the package that programs see of it, and `go.mod` on request.
fn runtime(options: &Options) -> Result<Vec<Artifact>, Vec<Diagnostic>> {
    let text = TEXT_RUNTIME.iter().filter(|_| options.text_format);
    let mut artifacts: Vec<Artifact> = RUNTIME
        .iter()
        .chain(text)
        .map(|&(path, text)| Artifact::verbatim(path, text))
        .collect();
    let view = module(options);
    artifacts.push(artifact("xlc/xlc.go", "go/xlc", &view)?);
    if options.go_mod {
        artifacts.push(artifact("go.mod", "go/go_mod", &view)?);
    }
    Ok(artifacts)
}
