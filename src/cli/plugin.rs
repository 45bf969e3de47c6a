//! The protoc plugin: a `CodeGeneratorRequest` on standard input becomes a `CodeGeneratorResponse` on standard output.
//!
//! The parameter says what is generated: `python`, or `python+json_schema`, and options after commas: `python,key=value`,
//! for one of several targets `python+json_schema,json_schema.key=value`. What is wrong with the contract is told in
//! the response, as protoc wants it; the exit code is not 0 only if there is no request to answer.

use std::path::Path;

use prost::Message;

use super::terminal::Terminal;
use super::{Status, setup};
use crate::config::{self, Config, Draft};
use crate::diagnostics::emit::Human;
use crate::load::{Failure, Input};
use crate::pipeline;
use crate::source::Sources;

/// The parts of `google.protobuf.compiler.CodeGeneratorRequest` that are used. The files stay bytes: a decoded descriptor
/// would lose what it does not know, such as custom options.
#[derive(Clone, PartialEq, Message)]
struct Request {
    #[prost(string, repeated, tag = "1")]
    file_to_generate: Vec<String>,
    #[prost(string, optional, tag = "2")]
    parameter: Option<String>,
    #[prost(bytes = "vec", repeated, tag = "15")]
    proto_file: Vec<Vec<u8>>,
}

/// `google.protobuf.FileDescriptorSet` with its files as bytes.
#[derive(Clone, PartialEq, Message)]
struct DescriptorSet {
    #[prost(bytes = "vec", repeated, tag = "1")]
    file: Vec<Vec<u8>>,
}

/// `google.protobuf.compiler.CodeGeneratorResponse`.
#[derive(Clone, PartialEq, Message)]
struct Response {
    #[prost(string, optional, tag = "1")]
    error: Option<String>,
    #[prost(uint64, optional, tag = "2")]
    supported_features: Option<u64>,
    #[prost(int32, optional, tag = "3")]
    minimum_edition: Option<i32>,
    #[prost(int32, optional, tag = "4")]
    maximum_edition: Option<i32>,
    #[prost(message, repeated, tag = "15")]
    file: Vec<ResponseFile>,
}

/// `google.protobuf.compiler.CodeGeneratorResponse.File`.
#[derive(Clone, PartialEq, Message)]
struct ResponseFile {
    #[prost(string, optional, tag = "1")]
    name: Option<String>,
    #[prost(string, optional, tag = "15")]
    content: Option<String>,
}

/// `FEATURE_PROTO3_OPTIONAL` and `FEATURE_SUPPORTS_EDITIONS`.
const FEATURES: u64 = 1 | 2;
/// `EDITION_PROTO2`.
const FIRST_EDITION: i32 = 998;
/// `EDITION_2024`.
const LAST_EDITION: i32 = 1001;

pub(super) fn run(terminal: &mut Terminal) -> Status {
    let request = setup::standard_input()
        .map_err(|error| error.to_string())
        .and_then(|bytes| Request::decode(&*bytes).map_err(|error| error.to_string()));
    let request = match request {
        Ok(request) => request,
        Err(reason) => {
            terminal.error(&format!(
                "cannot read a CodeGeneratorRequest from standard input: {reason}"
            ));
            terminal.help(
                "this program is a plugin: call it by `protoc --xlc_out=python:DIRECTORY FILES`",
            );
            return Status::Failed;
        }
    };
    let mut response = Response {
        supported_features: Some(FEATURES),
        minimum_edition: Some(FIRST_EDITION),
        maximum_edition: Some(LAST_EDITION),
        ..Response::default()
    };
    match answer(&request, terminal) {
        Ok(files) => response.file = files,
        Err(error) => response.error = Some(error),
    }
    terminal.print_bytes(&response.encode_to_vec());
    terminal.finish(Status::Clean)
}

fn answer(request: &Request, terminal: &Terminal) -> Result<Vec<ResponseFile>, String> {
    let text = configuration(request.parameter.as_deref().unwrap_or_default())?;
    let show = |failure: &Failure| {
        let text = Human::new(false).render(&failure.diagnostics, &failure.sources);
        format!("\n{}", text.trim_end())
    };
    let config = read(&text).map_err(|failure| show(&failure))?;
    let targets: Vec<_> = config.targets.iter().collect();
    let set = DescriptorSet {
        file: request.proto_file.clone(),
    };
    let inputs = [Input::Request {
        bytes: set.encode_to_vec(),
        generate: request.file_to_generate.clone(),
    }];
    let generated = pipeline::generate(&config, &targets, &inputs, &mut |_| {})
        .map_err(|failure| show(&failure))?;
    terminal.show(&generated.warnings, &generated.sources);
    let files = generated.trees.iter().flat_map(|tree| tree.files());
    Ok(files
        .map(|(path, planned)| ResponseFile {
            name: Some(path.clone()),
            content: Some(planned.text.clone()),
        })
        .collect())
}

/// A configuration in the words of `xlc.toml`, made of the plugin's parameter.
fn configuration(parameter: &str) -> Result<String, String> {
    let mut parts = parameter.split(',').map(str::trim);
    let names: Vec<&str> = parts
        .next()
        .unwrap_or_default()
        .split('+')
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .collect();
    if names.is_empty() {
        return Err(
            "say what to generate: `--xlc_out=python:DIRECTORY`, or `opt: python` in buf.gen.yaml"
                .into(),
        );
    }
    let words: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    let mut draft = Draft {
        contract: vec!["-".to_owned()],
        ..Draft::default()
    };
    for name in &names {
        let own = words.iter().filter_map(|word| match word.split_once('.') {
            Some((target, word)) if names.contains(&target) => (target == *name).then_some(word),
            Some(_) | None => Some(*word),
        });
        draft.add_options(name, own)?;
        draft.set_out(name, ".");
    }
    Ok(draft.text())
}

fn read(text: &str) -> Result<Config, Failure> {
    let mut sources = Sources::default();
    let known = pipeline::known_targets();
    config::parse(
        "<plugin parameter>",
        text,
        Path::new(""),
        known,
        &mut sources,
    )
    .map_err(|diagnostics| Failure {
        sources,
        diagnostics,
    })
}
