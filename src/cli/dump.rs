//! `xlc dump`: the pipeline made visible, as JSON: the contract as the loader resolved it, or what a target plans for it.

use serde_json::{Value, json};

use super::setup::{self, Setup};
use super::terminal::Terminal;
use super::{Global, Status};
use crate::artifact::{Artifact, Content};
use crate::contract::dump;
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
            terminal.print(&format!("{:#}\n", dump(&loaded.contract)));
            Status::Clean
        }
        Err(failure) => terminal.fail(DOING, &failure.diagnostics, &failure.sources),
    }
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
