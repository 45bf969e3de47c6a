//! `xlc dump`: the pipeline made visible, as JSON: the contract as the loader resolved it, or what a target plans for it.

use serde_json::{Value, json};

use super::setup::{self, Setup};
use super::terminal::Terminal;
use super::{Global, Status};
use crate::artifact::{Artifact, Content};
use crate::contract::{Contract, dump_with};
use crate::dynamic::{Codec, Settings};
use crate::source::Sources;
use crate::{load, pipeline};

/// Arguments of `xlc dump`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// The contract: what the .proto files say, resolved and true in every language
    Contract,
    /// What a target plans: each file with its template and view, or its data
    View {
        /// The target
        target: String,
    },
}

const DOING: &str = "could not dump";

pub(super) fn run(arguments: &Arguments, global: &Global, terminal: &mut Terminal) -> Status {
    let Some(setup) = setup::from_file(global, terminal, DOING) else {
        return Status::Failed;
    };
    match &arguments.what {
        What::Contract => contract(&setup, terminal),
        What::View { target } => view(&setup, target, terminal),
    }
}

fn contract(setup: &Setup, terminal: &mut Terminal) -> Status {
    match load::load(&setup.inputs, &setup.config.include) {
        Ok(loaded) => {
            terminal.print(&format!("{:#}\n", with_options(&loaded.contract)));
            Status::Clean
        }
        Err(failure) => terminal.fail(DOING, &failure.diagnostics, &failure.sources),
    }
}

/// The contract with options in the text format, by the names that it has for them.
fn with_options(contract: &Contract) -> Value {
    let name = "google.protobuf.FieldOptions";
    // Only a contract that has custom options has the types of options.
    let built_in = match contract.find(name) {
        Some(_) => None,
        None => Some(load::built_in()),
    };
    let settings = Settings {
        partial: true,
        one_line: true,
        print_unknown: true,
        ..Settings::default()
    };
    let codec = Codec::with(built_in.as_ref().unwrap_or(contract), settings);
    dump_with(contract, &|ty, options| {
        let message = codec.read(codec.find(ty)?, &options.0).ok()?;
        codec.to_text(&message).ok()
    })
}

fn view(setup: &Setup, target: &str, terminal: &mut Terminal) -> Status {
    let selected = match pipeline::select(&setup.config, &[target.to_owned()]) {
        Ok(selected) => selected,
        Err(problems) => return terminal.fail(DOING, &problems, &Sources::default()),
    };
    let mut files = Vec::new();
    for target in selected {
        match pipeline::plan(&setup.config, target, &setup.inputs) {
            Ok(artifacts) => files.extend(artifacts.iter().map(file)),
            Err(failure) => return terminal.fail(DOING, &failure.diagnostics, &failure.sources),
        }
    }
    terminal.print(&format!("{:#}\n", Value::Array(files)));
    Status::Clean
}

fn file(artifact: &Artifact) -> Value {
    match &artifact.content {
        Content::Template { name, view } => {
            json!({"path": artifact.path, "template": name, "view": view})
        }
        Content::Json(value) => json!({"path": artifact.path, "json": value}),
        Content::Verbatim(text) => json!({"path": artifact.path, "verbatim": text}),
    }
}
